//! An association, a service that refers people to it, and the path of a referral, act by act.

use rinnalla_domain::IdempotencyKey;
use rinnalla_domain::access;
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::ids::{
    Id as _, JointReviewId, MatchProposalId, OrganisationId, PersonId, ReferralId, RoleGrantId,
    SupportPersonId, SupportRelationshipId,
};
use rinnalla_domain::joint_reviews::{self, Happened, Held};
use rinnalla_domain::referrals::{self, CaseInput, Draft, On, ReferralInput};
use rinnalla_domain::states::{
    AskingChannel, CaseBackground, JointReviewStatus, MeetingRhythm, OrganisationKind,
    RehabilitationPhase, ReviewChannel, ReviewOutcome, ReviewProgress, Role, SupportBackground,
    SupportForm, SupportPersonStatus,
};
use rinnalla_domain::support_relationships::{self, RecordFirstMeeting, Terms};
use rinnalla_domain::texts::Language;
use rinnalla_domain::tokens::AccessToken;
use rinnalla_entity::{
    joint_reviews as review_rows, match_proposals, referrals as referral_rows, role_grants,
    support_persons, support_relationships as relationship_rows,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};

use crate::support::{Actor, App, date};

/// Who acts on the path.
pub struct Path {
    pub association: OrganisationId,
    pub service: OrganisationId,
    pub kaisa: Actor,
    pub mikko: Actor,
    pub sari: Actor,
    pub support_person: SupportPersonId,
}

/// The day of the register.
pub fn today(app: &App) -> chrono::NaiveDate {
    rinnalla_domain::calendar::helsinki_date(app.register.clock.now())
}

/// A request of somebody's through one process of the register.
pub async fn ctx(register: &Register, actor: &Actor) -> Ctx {
    let token = AccessToken::parse(&actor.token).unwrap();
    let actor = access::sign_in(register, &token).await.unwrap();
    Ctx::new(register, actor, Language::Fi)
}

impl App {
    /// One more role, since 2020.
    pub async fn grant(&self, person: PersonId, organisation: OrganisationId, role: Role) {
        let db = self.db().await;
        role_grants::ActiveModel {
            id: Set(RoleGrantId::random()),
            person_id: Set(person),
            organisation_id: Set(organisation),
            role: Set(role),
            valid_from: Set(date("2020-01-01")),
            valid_to: Set(None),
            version: Set(1),
            created_at: Set(self.register.clock.now()),
            cancelled_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
    }
}

impl Path {
    /// A fresh association with its people, strangers to every other.
    pub async fn new(app: &App, name: &str) -> Self {
        let kind = OrganisationKind::Association;
        let association = app.organisation(&format!("{name} ry"), kind).await;
        let kind = OrganisationKind::WellbeingCounty;
        let service = app.organisation(&format!("{name} alue"), kind).await;
        app.refers(association, service).await;
        let person = async |first: &str, organisation, role| {
            app.person(&format!("{first} {name}"), organisation, role)
                .await
        };
        let kaisa = person("Kaisa", association, Role::Coordinator).await;
        let mikko = person("Mikko", service, Role::Professional).await;
        let sari = person("Sari", association, Role::SupportPerson).await;
        let support_person = SupportPersonId::random();
        let db = app.db().await;
        support_persons::ActiveModel {
            id: Set(support_person),
            organisation_id: Set(association),
            person_id: Set(sari.id),
            background: Set(SupportBackground::OwnRecovery),
            status: Set(SupportPersonStatus::Active),
            birth_decade: Set(None),
            county_code: Set("20".to_owned()),
            weekdays: Set(127),
            max_active: Set(20),
            version: Set(1),
            created_at: Set(app.register.clock.now()),
            programme_id: Set(None),
            first_programme_id: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Self {
            association,
            service,
            kaisa,
            mikko,
            sari,
            support_person,
        }
    }

    /// A professional's draft, with interest and consent recorded.
    pub async fn draft(&self, app: &App) -> ReferralId {
        let ctx = ctx(&app.register, &self.mikko).await;
        let draft = Draft {
            organisation: self.association,
            referring_organisation: None,
            case: CaseInput {
                background: CaseBackground::DependentOrRecovering,
                kin_relation: None,
                birth_decade: None,
                county_code: "20".to_owned(),
                municipality_code: None,
                language: "fi".to_owned(),
                interests: Vec::new(),
            },
            referral: ReferralInput {
                form: SupportForm::Individual,
                phase: RehabilitationPhase::Unknown,
                information_source: None,
                wishes: Vec::new(),
            },
        };
        let id = referrals::draft(&ctx, &key(app), draft).await.unwrap();
        let on = on(app, id).await;
        referrals::confirm_interest(&ctx, &key(app), on)
            .await
            .unwrap();
        let consent = referrals::ConsentRecord {
            on: self::on(app, id).await,
            text_version: "1".to_owned(),
        };
        referrals::record_consent(&ctx, &key(app), consent)
            .await
            .unwrap();
        id
    }

    pub async fn submit(&self, app: &App, referral: ReferralId) {
        let submit = referrals::Submit {
            referral,
            version: referral_version(app, referral).await,
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        referrals::submit(&ctx, &key(app), submit).await.unwrap();
    }

    pub async fn keep_waiting(&self, app: &App, referral: ReferralId) {
        let ctx = ctx(&app.register, &self.kaisa).await;
        let on = on(app, referral).await;
        referrals::keep_waiting(&ctx, &key(app), on).await.unwrap();
    }

    /// A referral that was submitted today.
    pub async fn submitted(&self, app: &App) -> ReferralId {
        let referral = self.draft(app).await;
        self.submit(app, referral).await;
        referral
    }

    pub async fn ask(
        &self,
        app: &App,
        referral: ReferralId,
        channel: AskingChannel,
    ) -> MatchProposalId {
        let make = referrals::Make {
            referral,
            version: referral_version(app, referral).await,
            support_person: self.support_person,
            channel,
            on: None,
        };
        let ctx = ctx(&app.register, &self.kaisa).await;
        referrals::make(&ctx, &key(app), make).await.unwrap()
    }

    /// The support person's answer, in the register.
    pub async fn answer(&self, app: &App, proposal: MatchProposalId, agrees: bool) {
        let answer = referrals::Answer {
            proposal,
            version: proposal_version(app, proposal).await,
            agrees,
            channel: AskingChannel::Register,
            on: None,
        };
        let ctx = ctx(&app.register, &self.sari).await;
        referrals::answer(&ctx, &key(app), answer).await.unwrap();
    }

    /// The supported person's answer, as the professional records it.
    pub async fn supported_answers(&self, app: &App, proposal: MatchProposalId, agrees: bool) {
        let answer = referrals::SupportedAnswer {
            proposal,
            version: proposal_version(app, proposal).await,
            agrees,
            on: None,
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let done = referrals::answer_for_supported(&ctx, &key(app), answer).await;
        done.unwrap();
    }

    /// A proposal that both have agreed to today.
    pub async fn accepted(&self, app: &App) -> MatchProposalId {
        let referral = self.submitted(app).await;
        let proposal = self.ask(app, referral, AskingChannel::Register).await;
        self.answer(app, proposal, true).await;
        self.supported_answers(app, proposal, true).await;
        proposal
    }

    pub async fn disclose(&self, app: &App, proposal: MatchProposalId) -> SupportRelationshipId {
        let disclose = support_relationships::Disclose {
            proposal,
            version: proposal_version(app, proposal).await,
        };
        let ctx = ctx(&app.register, &self.kaisa).await;
        let done = support_relationships::disclose(&ctx, &key(app), disclose).await;
        done.unwrap()
    }

    /// The two meet today, with the professional.
    pub async fn meet(&self, app: &App, relationship: SupportRelationshipId) {
        let meeting = RecordFirstMeeting {
            relationship,
            version: relationship_row(app, relationship).await.version,
            held_on: today(app),
            professional_present: true,
            exception_reason: None,
            handover_by: Some(self.mikko.id),
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let done = support_relationships::record_first_meeting(&ctx, &key(app), meeting).await;
        done.unwrap();
    }

    /// The two agree today, open-ended, with reviews every three months.
    pub async fn agree(&self, app: &App, relationship: SupportRelationshipId, follows: bool) {
        let agreement = support_relationships::RecordAgreement {
            relationship,
            version: relationship_row(app, relationship).await.version,
            terms: Terms {
                starts_on: today(app),
                ends_on: None,
                is_open_ended: true,
                rhythm: MeetingRhythm::Weekly,
                places: vec!["CAFE".to_owned()],
                review_interval_months: 3,
                professional_follows: follows,
                signed_on: today(app),
            },
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let done = support_relationships::record_agreement(&ctx, &key(app), agreement).await;
        done.unwrap();
    }

    /// A relationship that begins on a day: asked, met and agreed on.
    pub async fn active(&self, app: &App, day: &str, follows: bool) -> SupportRelationshipId {
        app.on_day(day);
        let proposal = self.accepted(app).await;
        let relationship = self.disclose(app, proposal).await;
        self.meet(app, relationship).await;
        self.agree(app, relationship, follows).await;
        relationship
    }

    pub async fn pause(&self, app: &App, relationship: SupportRelationshipId) {
        let pause = support_relationships::Pause {
            relationship,
            version: relationship_row(app, relationship).await.version,
            paused_on: today(app),
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let done = support_relationships::pause(&ctx, &key(app), pause).await;
        done.unwrap();
    }

    pub async fn end(&self, app: &App, relationship: SupportRelationshipId) {
        let end = support_relationships::End {
            relationship,
            version: relationship_row(app, relationship).await.version,
            ended_on: today(app),
            reason: rinnalla_domain::states::EndReason::ByAgreement,
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let done = support_relationships::end(&ctx, &key(app), end).await;
        done.unwrap();
    }

    pub async fn book(&self, app: &App, relationship: SupportRelationshipId, day: &str) {
        let review = open_review(app, relationship).await;
        let book = joint_reviews::BookReview {
            review: review.id,
            version: review.version,
            booked_for: date(day),
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        joint_reviews::book(&ctx, &key(app), book).await.unwrap();
    }

    /// A joint review is held today, with an outcome.
    pub async fn review(
        &self,
        app: &App,
        relationship: SupportRelationshipId,
        outcome: ReviewOutcome,
    ) -> JointReviewId {
        let review = open_review(app, relationship).await;
        let record = joint_reviews::RecordReview {
            review: review.id,
            version: review.version,
            happened: Happened::Held(Held {
                held_on: today(app),
                professional_present: true,
                supported_present: true,
                support_person_present: true,
                settles_cycle: None,
                channel: ReviewChannel::InPerson,
                progress: ReviewProgress::Well,
                outcome,
                next_interval_months: None,
            }),
        };
        let ctx = ctx(&app.register, &self.mikko).await;
        let key = key(app);
        joint_reviews::record(&ctx, &key, record).await.unwrap();
        review.id
    }
}

pub fn key(app: &App) -> IdempotencyKey {
    IdempotencyKey {
        key: app.key(),
        input: Vec::new(),
    }
}

async fn on(app: &App, referral: ReferralId) -> On {
    On {
        referral,
        version: referral_version(app, referral).await,
        on: None,
    }
}

async fn referral_version(app: &App, referral: ReferralId) -> i32 {
    let db = app.db().await;
    let found = referral_rows::Entity::find_by_id(referral).one(&db).await;
    db.close().await.unwrap();
    found.unwrap().unwrap().version
}

async fn proposal_version(app: &App, proposal: MatchProposalId) -> i32 {
    let db = app.db().await;
    let found = match_proposals::Entity::find_by_id(proposal).one(&db).await;
    db.close().await.unwrap();
    referral_version(app, found.unwrap().unwrap().referral_id).await
}

pub async fn relationship_row(app: &App, id: SupportRelationshipId) -> relationship_rows::Model {
    let db = app.db().await;
    let found = relationship_rows::Entity::find_by_id(id).one(&db).await;
    db.close().await.unwrap();
    found.unwrap().unwrap()
}

pub async fn open_review(app: &App, of: SupportRelationshipId) -> review_rows::Model {
    let db = app.db().await;
    let found = review_rows::Entity::find()
        .filter(review_rows::Column::RelationshipId.eq(of))
        .filter(review_rows::Column::Status.eq(JointReviewStatus::Planned))
        .one(&db)
        .await;
    db.close().await.unwrap();
    found.unwrap().expect("an open review")
}
