//! An association, a partner that refers to it, and relationships between them as far as a test needs.

use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::{
    CaseProfessionalId, Id, MatchProposalId, OrganisationId, ReferralActId, ReferralId,
    SupportPersonId, SupportedCaseId,
};
use rinnalla_domain::states::{
    CaseBackground, MatchProposalStatus, OrganisationKind, ReferralActKind, ReferralStatus,
    RehabilitationPhase, Role, SupportBackground, SupportForm, SupportPersonStatus,
};
use rinnalla_entity::{
    case_professionals, joint_reviews, match_proposals, outbox_messages, referral_acts, referrals,
    support_agreements, support_persons, support_relationships, supported_cases,
};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set, EntityTrait as _, QueryOrder as _};
use serde_json::{Value, json};

use super::{Actor, Answer, App, date};

/// The people round a relationship: a coordinator, a professional of a partner, a support person.
pub struct Circle {
    pub association: OrganisationId,
    pub partner: OrganisationId,
    pub kaisa: Actor,
    pub mikko: Actor,
    pub sari: Actor,
    pub support_person: SupportPersonId,
}

/// A relationship as a client knows it.
#[derive(Clone, Debug)]
pub struct Relationship {
    pub id: String,
    pub case_code: String,
    pub referral: ReferralId,
}

impl App {
    /// A circle of its own, strangers to every other.
    pub async fn circle(&self, name: &str) -> Circle {
        let association = self
            .organisation(&format!("{name} ry"), OrganisationKind::Association)
            .await;
        let partner = self
            .organisation(&format!("{name} alue"), OrganisationKind::WellbeingCounty)
            .await;
        self.refers(association, partner).await;
        let kaisa = self
            .person(&format!("Kaisa {name}"), association, Role::Coordinator)
            .await;
        let mikko = self
            .person(&format!("Mikko {name}"), partner, Role::Professional)
            .await;
        let sari = self
            .person(&format!("Sari {name}"), association, Role::SupportPerson)
            .await;
        let db = self.db().await;
        let support_person = SupportPersonId::random();
        support_persons::ActiveModel {
            id: Set(support_person),
            organisation_id: Set(association),
            person_id: Set(sari.id),
            background: Set(SupportBackground::OwnRecovery),
            status: Set(SupportPersonStatus::Active),
            birth_decade: Set(Some(1980)),
            county_code: Set("20".to_owned()),
            weekdays: Set(127),
            max_active: Set(20),
            version: Set(1),
            created_at: Set(self.register.clock.now()),
            programme_id: Set(None),
            first_programme_id: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Circle {
            association,
            partner,
            kaisa,
            mikko,
            sari,
            support_person,
        }
    }

    /// Sends one act as somebody. The input's type is the mutation's name and `Input`; a key is added where it has none.
    pub async fn act(&self, actor: &Actor, mutation: &str, mut input: Value) -> Answer {
        let (head, tail) = mutation.split_at(1);
        let object = if mutation.starts_with("jointReview") {
            "jointReview { id version status cycleNumber plannedOn }"
        } else if mutation.starts_with("meeting") {
            "meeting { id version metOn minutes activity channel }"
        } else {
            "supportRelationship { id version status caseCode }"
        };
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(self.key());
        }
        let query = format!(
            "mutation($input: {}{tail}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ field code }} }} }}",
            head.to_uppercase()
        );
        actor.ask(self, &query, json!({ "input": input })).await
    }

    /// What the tables hold of all relationships that a mistake could have changed: no version, no id, nothing that is
    /// history alone. Equal states are equal texts.
    pub async fn state(&self) -> String {
        let db = self.db().await;
        let mut lines = Vec::new();
        let rows = support_relationships::Entity::find()
            .order_by_asc(support_relationships::Column::Id)
            .all(&db)
            .await
            .unwrap();
        for row in rows {
            lines.push(format!(
                "relationship {:?} met {:?} starts {:?} until {:?} ended {:?} {:?} interval {} follows {}",
                row.status,
                row.first_meeting_on,
                row.starts_on,
                row.agreed_until,
                row.ended_on,
                row.end_reason,
                row.review_interval_months,
                row.professional_follows
            ));
        }
        let rows = joint_reviews::Entity::find()
            .order_by_asc(joint_reviews::Column::RelationshipId)
            .order_by_asc(joint_reviews::Column::CycleNo)
            .all(&db)
            .await
            .unwrap();
        for mut row in rows {
            let in_error = rinnalla_domain::states::ReviewCancelledReason::RecordedInError;
            if row.cancelled_reason != Some(in_error) {
                row.id = rinnalla_domain::ids::JointReviewId::from_uuid(uuid::Uuid::nil());
                row.relationship_id = Id::from_uuid(uuid::Uuid::nil());
                row.organisation_id = Id::from_uuid(uuid::Uuid::nil());
                row.version = 0;
                row.created_at = Default::default();
                lines.push(format!("{row:?}"));
            }
        }
        let rows = support_agreements::Entity::find()
            .order_by_asc(support_agreements::Column::RelationshipId)
            .order_by_asc(support_agreements::Column::VersionNo)
            .all(&db)
            .await
            .unwrap();
        for row in rows.iter().filter(|row| row.cancelled_at.is_none()) {
            lines.push(format!(
                "agreement {} {} {:?} {:?} {} {} {}",
                row.version_no,
                row.starts_on,
                row.ends_on,
                row.rhythm,
                row.review_interval_months,
                row.professional_follows,
                row.signed_on
            ));
        }
        let rows = referrals::Entity::find()
            .order_by_asc(referrals::Column::Id)
            .all(&db)
            .await
            .unwrap();
        for row in rows {
            lines.push(format!("referral {:?}", row.status));
        }
        db.close().await.unwrap();
        lines.join("\n")
    }

    /// Every review's row of the only relationship, by cycle.
    pub async fn review_rows(&self) -> Vec<joint_reviews::Model> {
        let db = self.db().await;
        let rows = joint_reviews::Entity::find()
            .order_by_asc(joint_reviews::Column::CycleNo)
            .all(&db)
            .await
            .unwrap();
        db.close().await.unwrap();
        rows
    }

    /// Every mail's row.
    pub async fn mails(&self) -> Vec<outbox_messages::Model> {
        let db = self.db().await;
        let rows = outbox_messages::Entity::find()
            .order_by_asc(outbox_messages::Column::ForOn)
            .all(&db)
            .await
            .unwrap();
        db.close().await.unwrap();
        rows
    }
}

impl Circle {
    /// A referral whose proposal the supported person said yes to: all but disclosed.
    pub async fn accepted(&self, app: &App) -> (ReferralId, MatchProposalId, CaseCode) {
        let db = app.db().await;
        let case_id = SupportedCaseId::random();
        let case_code = CaseCode::random();
        let now = app.register.clock.now();
        let today = rinnalla_domain::calendar::helsinki_date(now);
        supported_cases::ActiveModel {
            id: Set(case_id),
            organisation_id: Set(self.association),
            referring_organisation_id: Set(self.partner),
            case_code: Set(case_code.as_str().to_owned()),
            background: Set(CaseBackground::DependentOrRecovering),
            kin_relation_list: Set("KIN_RELATION".to_owned()),
            kin_relation: Set(None),
            birth_decade: Set(Some(1990)),
            county_code: Set("20".to_owned()),
            municipality_code: Set(None),
            language: Set("fi".to_owned()),
            version: Set(1),
            created_on: Set(today),
            given_up_on: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        case_professionals::ActiveModel {
            id: Set(CaseProfessionalId::random()),
            case_id: Set(case_id),
            person_id: Set(self.mikko.id),
            is_responsible: Set(true),
            from_on: Set(date("2020-01-01")),
            to_on: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        let referral = ReferralId::random();
        referrals::ActiveModel {
            id: Set(referral),
            organisation_id: Set(self.association),
            referring_organisation_id: Set(self.partner),
            case_id: Set(case_id),
            professional_id: Set(self.mikko.id),
            form: Set(SupportForm::Individual),
            phase: Set(RehabilitationPhase::AfterRehab),
            information_source_list: Set("INFORMATION_SOURCE".to_owned()),
            information_source: Set(None),
            status: Set(ReferralStatus::Accepted),
            submitted_at: Set(Some(now)),
            proposal_count: Set(1),
            version: Set(1),
            created_at: Set(now),
        }
        .insert(&db)
        .await
        .unwrap();
        let acts = [
            ReferralActKind::InterestConfirmed,
            ReferralActKind::ConsentGiven,
            ReferralActKind::Submitted,
        ];
        for (kind, seq) in acts.into_iter().zip(1..) {
            self.referral_act(app, &db, referral, None, kind, seq).await;
        }
        db.close().await.unwrap();
        let proposal = self.accepted_again(app, referral, 4).await;
        (referral, proposal, case_code)
    }

    /// A proposal on a referral that goes on, from the number `seq` of its entries; asked, agreed, accepted.
    pub async fn accepted_again(
        &self,
        app: &App,
        referral: ReferralId,
        seq: i32,
    ) -> MatchProposalId {
        let db = app.db().await;
        let proposal = MatchProposalId::random();
        match_proposals::ActiveModel {
            id: Set(proposal),
            organisation_id: Set(self.association),
            referral_id: Set(referral),
            support_person_id: Set(self.support_person),
            status: Set(MatchProposalStatus::Accepted),
            reasons: Set("[]".to_owned()),
            score: Set(100),
            created_at: Set(app.register.clock.now()),
        }
        .insert(&db)
        .await
        .unwrap();
        let acts = [
            ReferralActKind::SupportPersonAsked,
            ReferralActKind::SupportPersonAgreed,
            ReferralActKind::SupportedAgreed,
        ];
        for (kind, seq) in acts.into_iter().zip(seq..) {
            self.referral_act(app, &db, referral, Some(proposal), kind, seq)
                .await;
        }
        db.close().await.unwrap();
        proposal
    }

    async fn referral_act(
        &self,
        app: &App,
        db: &sea_orm::DatabaseConnection,
        referral: ReferralId,
        proposal: Option<MatchProposalId>,
        kind: ReferralActKind,
        seq: i32,
    ) {
        let now = app.register.clock.now();
        referral_acts::ActiveModel {
            id: Set(ReferralActId::random()),
            organisation_id: Set(self.association),
            referral_id: Set(referral),
            proposal_id: Set(proposal),
            kind: Set(kind),
            on_date: Set(rinnalla_domain::calendar::helsinki_date(now)),
            seq: Set(seq),
            channel: Set(None),
            reason: Set(None),
            text_version: Set(None),
            recorded_by: Set(self.kaisa.id),
            recorded_at: Set(now),
            cancelled_at: Set(None),
            cancelled_by: Set(None),
        }
        .insert(db)
        .await
        .unwrap();
    }

    /// Contact details disclosed today.
    pub async fn disclosed(&self, app: &App) -> Relationship {
        let (referral, proposal, case_code) = self.accepted(app).await;
        let input = json!({ "proposalId": proposal.encode(), "version": 1 });
        let answer = app
            .act(&self.kaisa, "matchProposalDiscloseContact", input)
            .await;
        let id = &answer.done()["supportRelationship"]["id"];
        Relationship {
            id: id.as_str().unwrap().to_owned(),
            case_code: case_code.to_string(),
            referral,
        }
    }

    /// The two met today, with the professional.
    pub async fn met(&self, app: &App) -> Relationship {
        let relationship = self.disclosed(app).await;
        let input = relationship.input(
            app,
            self,
            json!({ "heldOn": today(app), "professionalPresent": true,
            "handoverById": self.mikko.node() }),
        );
        let mutation = "supportRelationshipRecordFirstMeeting";
        app.act(&self.mikko, mutation, input.await).await.done();
        relationship
    }

    /// Met and agreed today, open-ended, with reviews every three months.
    pub async fn active(&self, app: &App) -> Relationship {
        let relationship = self.met(app).await;
        let input = relationship
            .input(app, self, json!({ "terms": terms(&today(app)) }))
            .await;
        app.act(&self.mikko, "supportAgreementRecord", input)
            .await
            .done();
        relationship
    }

    /// The open review of a relationship, as the professional sees it.
    pub async fn open_review(&self, app: &App, relationship: &Relationship) -> Value {
        let query = "query($id: ID!) { supportRelationship(id: $id) { openReview { id version cycleNumber status timing
            isOverdue intervalMonths countedFrom windowStartsOn plannedOn windowEndsOn bookedFor } } }";
        let answer = self
            .mikko
            .ask(app, query, json!({ "id": relationship.id }))
            .await;
        answer.data()["supportRelationship"]["openReview"].clone()
    }
}

impl Relationship {
    /// An input about this relationship at its newest version.
    pub async fn input(&self, app: &App, circle: &Circle, mut more: Value) -> Value {
        more["supportRelationshipId"] = json!(self.id);
        more["version"] = self.version(app, circle).await;
        more
    }

    /// Its newest version.
    pub async fn version(&self, app: &App, circle: &Circle) -> Value {
        let query = "query($id: ID!) { supportRelationship(id: $id) { version } }";
        let answer = circle.kaisa.ask(app, query, json!({ "id": self.id })).await;
        answer.data()["supportRelationship"]["version"].clone()
    }

    /// The ids of its standing entries of a kind, in the order of recording; agreements are of the kind `AGREED`.
    pub async fn entries(&self, app: &App, circle: &Circle, kind: &str) -> Vec<String> {
        let query = "query($id: ID!) { supportRelationship(id: $id) { acts { id kind cancelledAt }
            agreements { id cancelledAt } } }";
        let answer = circle.kaisa.ask(app, query, json!({ "id": self.id })).await;
        let relationship = &answer.data()["supportRelationship"];
        let of = if kind == "AGREED" {
            "agreements"
        } else {
            "acts"
        };
        let rows = relationship[of].as_array().unwrap().iter();
        rows.filter(|row| row["cancelledAt"].is_null())
            .filter(|row| kind == "AGREED" || row["kind"] == kind)
            .map(|row| row["id"].as_str().unwrap().to_owned())
            .collect()
    }
}

/// Today in Helsinki, as a client writes it.
pub fn today(app: &App) -> String {
    rinnalla_domain::calendar::helsinki_date(app.register.clock.now()).to_string()
}

/// Open-ended terms from a day on, signed on that day.
pub fn terms(starts_on: &str) -> Value {
    json!({ "startsOn": starts_on, "isOpenEnded": true, "rhythm": "WEEKLY", "places": ["CAFE"],
        "reviewIntervalMonths": 3, "signedOn": starts_on })
}

/// A joint review with all three, held on a day.
pub fn joint(held_on: &str) -> Value {
    json!({ "heldOn": held_on, "professionalPresent": true, "supportedPresent": true, "supportPersonPresent": true,
        "channel": "IN_PERSON", "progress": "WELL", "outcome": "CONTINUE" })
}
