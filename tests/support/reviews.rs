//! Relationships whose reviews are followed, written straight into the tables: what led there is tested elsewhere.

use chrono::{DateTime, Utc};
use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::ids::{
    AbsenceId, CaseProfessionalId, Id as _, JointReviewId, MatchProposalId, OrganisationId,
    ReferralId, SupportPersonId, SupportRelationshipId, SupportedCaseId,
};
use rinnalla_domain::joint_reviews::rules::reminders::notice_dates;
use rinnalla_domain::joint_reviews::rules::window;
use rinnalla_domain::states::{
    CaseBackground, JointReviewStatus, MatchProposalStatus, OrganisationKind, ReferralStatus,
    RehabilitationPhase, Role, SupportBackground, SupportForm, SupportPersonStatus,
    SupportRelationshipStatus,
};
use rinnalla_domain::texts::Language;
use rinnalla_entity::{
    absences, case_professionals, joint_reviews, match_proposals, outbox_messages, referrals,
    support_persons, support_relationships, supported_cases,
};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ConnectionTrait as _, EntityTrait as _,
    QueryOrder as _, Statement, Value,
};

use super::{Actor, App, date};

/// An association, a city that refers to it, and the people who work there.
pub struct Desk {
    pub association: OrganisationId,
    pub city: OrganisationId,
    /// The professional, in the city.
    pub kaisa: Actor,
    /// The coordinator, in the association.
    pub maija: Actor,
    /// The support person's own sign-in.
    pub tuula: Actor,
    pub support_person: SupportPersonId,
}

/// A relationship with one open review.
#[derive(Clone, Debug)]
pub struct Followed {
    pub relationship: SupportRelationshipId,
    pub review: JointReviewId,
    pub case: SupportedCaseId,
    pub referral: ReferralId,
    pub code: CaseCode,
}

impl App {
    /// The context of a job.
    pub fn job_ctx(&self) -> Ctx {
        Ctx::new(&self.register, None, Language::Fi)
    }

    /// An association with its coordinator Maija, and a city with its professional Kaisa.
    pub async fn desk(&self) -> Desk {
        let association = self
            .organisation("Esimerkkiyhdistys", OrganisationKind::Association)
            .await;
        let city = self
            .organisation("Esimerkkikaupunki", OrganisationKind::City)
            .await;
        let kaisa = self
            .person("Kaisa Esimerkki", city, Role::Professional)
            .await;
        let maija = self
            .person("Maija Malli", association, Role::Coordinator)
            .await;
        let tuula = self
            .person("Tuula Tuki", association, Role::SupportPerson)
            .await;
        let support_person = SupportPersonId::random();
        let db = self.db().await;
        support_persons::ActiveModel {
            id: Set(support_person),
            organisation_id: Set(association),
            person_id: Set(tuula.id),
            background: Set(SupportBackground::OwnRecovery),
            status: Set(SupportPersonStatus::Active),
            county_code: Set("20".to_owned()),
            weekdays: Set(127),
            max_active: Set(20),
            version: Set(1),
            created_at: Set(self.long_ago()),
            programme_id: Set(None),
            first_programme_id: Set(None),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        Desk {
            association,
            city,
            kaisa,
            maija,
            tuula,
            support_person,
        }
    }

    /// A relationship whose first meeting was on `base`, with its first review open, followed by Kaisa.
    pub async fn followed(&self, desk: &Desk, base: &str, interval_months: u8) -> Followed {
        let base = date(base);
        let followed = Followed {
            relationship: SupportRelationshipId::random(),
            review: JointReviewId::random(),
            case: SupportedCaseId::random(),
            referral: ReferralId::random(),
            code: CaseCode::random(),
        };
        let proposal = MatchProposalId::random();
        let created_at = self.long_ago();
        let db = self.db().await;
        supported_cases::ActiveModel {
            id: Set(followed.case),
            organisation_id: Set(desk.association),
            referring_organisation_id: Set(desk.city),
            case_code: Set(followed.code.as_str().to_owned()),
            background: Set(CaseBackground::DependentOrRecovering),
            county_code: Set("20".to_owned()),
            language: Set("fi".to_owned()),
            version: Set(1),
            created_on: Set(base),
            given_up_on: Set(None),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        case_professionals::ActiveModel {
            id: Set(CaseProfessionalId::random()),
            case_id: Set(followed.case),
            person_id: Set(desk.kaisa.id),
            is_responsible: Set(true),
            from_on: Set(base),
            to_on: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        referrals::ActiveModel {
            id: Set(followed.referral),
            organisation_id: Set(desk.association),
            referring_organisation_id: Set(desk.city),
            case_id: Set(followed.case),
            professional_id: Set(desk.kaisa.id),
            form: Set(SupportForm::Individual),
            phase: Set(RehabilitationPhase::Unknown),
            status: Set(ReferralStatus::HandedOver),
            submitted_at: Set(Some(created_at)),
            created_at: Set(created_at),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        match_proposals::ActiveModel {
            id: Set(proposal),
            organisation_id: Set(desk.association),
            referral_id: Set(followed.referral),
            support_person_id: Set(desk.support_person),
            status: Set(MatchProposalStatus::Disclosed),
            reasons: Set("[]".to_owned()),
            score: Set(0),
            created_at: Set(created_at),
        }
        .insert(&db)
        .await
        .unwrap();
        support_relationships::ActiveModel {
            id: Set(followed.relationship),
            organisation_id: Set(desk.association),
            referring_organisation_id: Set(desk.city),
            case_id: Set(followed.case),
            support_person_id: Set(desk.support_person),
            referral_id: Set(followed.referral),
            proposal_id: Set(proposal),
            status: Set(SupportRelationshipStatus::Active),
            proposed_on: Set(base),
            first_meeting_on: Set(Some(base)),
            starts_on: Set(Some(base)),
            review_interval_months: Set(interval_months.into()),
            professional_follows: Set(true),
            version: Set(1),
            created_at: Set(created_at),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        let days = window(base, interval_months);
        let notices = notice_dates(days.planned_on, days.window_end_on, None);
        joint_reviews::ActiveModel {
            id: Set(followed.review),
            organisation_id: Set(desk.association),
            relationship_id: Set(followed.relationship),
            cycle_no: Set(1),
            status: Set(JointReviewStatus::Planned),
            interval_months: Set(interval_months.into()),
            base_on: Set(base),
            raw_planned_on: Set(days.raw_planned_on),
            raw_window_end_on: Set(days.raw_window_end_on),
            window_start_on: Set(days.window_start_on),
            planned_on: Set(days.planned_on),
            window_end_on: Set(days.window_end_on),
            coming_notice_on: Set(notices.coming_on),
            due_notice_on: Set(notices.due_on),
            nudge_notice_on: Set(notices.nudge_on),
            overdue_notice_on: Set(Some(notices.overdue_on)),
            overdue_again_notice_on: Set(Some(notices.overdue_again_on)),
            version: Set(1),
            created_at: Set(created_at),
            ..Default::default()
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        followed
    }

    /// Books a day for the open review, or none.
    pub async fn booked(&self, of: &Followed, on: Option<&str>) {
        let db = self.db().await;
        let review = joint_reviews::Entity::find_by_id(of.review)
            .one(&db)
            .await
            .unwrap()
            .unwrap();
        let booked_for = on.map(date);
        let notices = notice_dates(review.planned_on, review.window_end_on, booked_for);
        let mut review: joint_reviews::ActiveModel = review.into();
        review.booked_for = Set(booked_for);
        review.coming_notice_on = Set(notices.coming_on);
        review.due_notice_on = Set(notices.due_on);
        review.nudge_notice_on = Set(notices.nudge_on);
        review.booked_notice_on = Set(notices.booked_reminder_on);
        review.update(&db).await.unwrap();
        db.close().await.unwrap();
    }

    /// Somebody is away and stood in for, in an organisation.
    pub async fn away(&self, who: &Actor, substitute: &Actor, from: &str, to: &str) {
        let db = self.db().await;
        absences::ActiveModel {
            id: Set(AbsenceId::random()),
            person_id: Set(who.id),
            organisation_id: Set(who.organisation),
            substitute_id: Set(substitute.id),
            from_on: Set(date(from)),
            to_on: Set(date(to)),
            version: Set(1),
            created_at: Set(self.long_ago()),
            cancelled_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    /// Another professional takes over a case.
    pub async fn handed_to(&self, of: &Followed, professional: &Actor, on: &str) {
        self.run(
            "UPDATE case_professionals SET to_on = $2, is_responsible = false WHERE case_id = $1",
            [of.case.0.into(), date(on).into()],
        )
        .await;
        let db = self.db().await;
        case_professionals::ActiveModel {
            id: Set(CaseProfessionalId::random()),
            case_id: Set(of.case),
            person_id: Set(professional.id),
            is_responsible: Set(true),
            from_on: Set(date(on)),
            to_on: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
    }

    /// The one number that a statement asks for, as `n`.
    pub async fn count(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> i64 {
        let db = self.db().await;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        db.close().await.unwrap();
        row.try_get("", "n").unwrap()
    }

    /// One statement past the program; how many rows it changed.
    pub async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> u64 {
        let db = self.db().await;
        let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, values);
        let done = db.execute_raw(statement).await.unwrap().rows_affected();
        db.close().await.unwrap();
        done
    }

    /// The outbox, in the order in which its rows were written.
    pub async fn outbox(&self) -> Vec<outbox_messages::Model> {
        let db = self.db().await;
        let rows = outbox_messages::Entity::find()
            .order_by_asc(outbox_messages::Column::ForOn)
            .order_by_asc(outbox_messages::Column::RecipientRole)
            .all(&db)
            .await
            .unwrap();
        db.close().await.unwrap();
        rows
    }

    /// The outbox in words: kind, role, day, status and reason.
    pub async fn planned(&self) -> Vec<String> {
        let rows = self.outbox().await;
        rows.iter()
            .map(|row| {
                let reason = row.reason.as_deref().unwrap_or_default();
                let [kind, role, status] = [
                    row.kind.code(),
                    row.recipient_role.code(),
                    row.status.code(),
                ];
                format!("{kind} {role} {} {status} {reason}", row.for_on)
                    .trim_end()
                    .to_owned()
            })
            .collect()
    }

    fn long_ago(&self) -> DateTime<Utc> {
        super::at("2020-01-01", "12:00")
    }
}

/// A person's mail address, as the tests make them.
pub fn address(name: &str) -> String {
    format!("{}@example.org", name.to_lowercase().replace(' ', "."))
}
