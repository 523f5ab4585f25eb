//! What a claimed row is about as things stand now, and who may be written to about it.

use chrono::NaiveDate;
use rinnalla_entity::ids::{JointReviewId, OrganisationId, OutboxMessageId, PersonId};
use rinnalla_entity::states::Role;
use sea_orm::FromQueryResult;

use super::duties::{applies, consent_stands, for_each_kind, for_on, relationship_stands, still};
use super::duties::{no_booked, not_yet};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::notices::Claimed;
use crate::notices::rules::{Candidate, FLAGGED_BOUNCES};
use crate::sql::{self, Sql};

/// A claimed row's matter as it stands now.
#[derive(FromQueryResult)]
pub(in crate::notices) struct Matter {
    pub message_id: OutboxMessageId,
    pub review_id: JointReviewId,
    pub is_open: bool,
    pub is_dated: bool,
    pub is_latest: bool,
    pub relationship_stands: bool,
    pub consent_stands: bool,
    pub planned_on: NaiveDate,
    pub window_end_on: NaiveDate,
    pub booked_for: Option<NaiveDate>,
    pub case_code: String,
    pub organisation_name: String,
    pub is_name_neutral: bool,
    pub organisation_language: String,
    pub mailbox: Option<String>,
    professional_id: Option<PersonId>,
    is_reachable: Option<bool>,
    substitute_id: Option<PersonId>,
    is_substitute_reachable: Option<bool>,
}

impl Matter {
    /// The professional who is responsible for the case today.
    pub fn professional(&self) -> Option<Candidate<PersonId>> {
        let person = self.professional_id?;
        Some(Candidate {
            person: (person, self.is_reachable.unwrap_or(false)),
            away: self
                .substitute_id
                .map(|substitute| (substitute, self.is_substitute_reachable.unwrap_or(false))),
        })
    }
}

/// Whether mail can reach a person (`$person`): there, with an address that has not been refused too often (`$2`).
macro_rules! reachable {
    ($person:literal) => {
        concat!(
            "(",
            $person,
            ".is_active AND ",
            $person,
            ".erased_at IS NULL AND ",
            $person,
            ".email_sealed IS NOT NULL AND ",
            $person,
            ".email_bounces < $2)"
        )
    };
}

/// The matters of claimed rows, one statement; a row whose review is no more has none.
pub(in crate::notices) async fn matters(ctx: &Ctx, claimed: &[&Claimed]) -> Result<Vec<Matter>> {
    static MATTERS: Sql = Sql::new(concat!(
        "SELECT m.id AS message_id, r.id AS review_id, r.status = 'PLANNED' AS is_open, ",
        still!(),
        ", r.planned_on, r.window_end_on, r.booked_for, c.case_code, o.name AS organisation_name, o.is_name_neutral,
           o.language AS organisation_language, o.mailbox, p.id AS professional_id, ",
        reachable!("p"),
        " AS is_reachable, a.substitute_id, ",
        reachable!("u"),
        " AS is_substitute_reachable
         FROM outbox_messages m
         JOIN joint_reviews r ON r.relationship_id = m.subject_id AND r.cycle_no = m.cycle_no
         JOIN support_relationships s ON s.id = r.relationship_id
         JOIN supported_cases c ON c.id = s.case_id
         JOIN organisations o ON o.id = m.organisation_id
         LEFT JOIN case_professionals k ON k.case_id = c.id AND k.to_on IS NULL AND k.is_responsible
           AND EXISTS (SELECT 1 FROM role_grants g WHERE g.person_id = k.person_id AND g.role = 'PROFESSIONAL'
             AND g.cancelled_at IS NULL AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1))
         LEFT JOIN people p ON p.id = k.person_id
         LEFT JOIN absences a ON a.person_id = p.id AND a.organisation_id = c.referring_organisation_id
           AND a.cancelled_at IS NULL AND a.from_on <= $1 AND a.to_on >= $1
         LEFT JOIN people u ON u.id = a.substitute_id
         WHERE m.id = ANY_ID($3)
         ORDER BY m.id, is_substitute_reachable DESC, a.id"
    ));
    let db = ctx.store.reader();
    let ids = sql::ids(ctx.store.backend(), claimed.iter().map(|it| it.id));
    MATTERS
        .all(db, [ctx.today.into(), FLAGGED_BOUNCES.into(), ids])
        .await
}

#[derive(FromQueryResult)]
struct CoordinatorRow {
    organisation_id: OrganisationId,
    person_id: PersonId,
    is_reachable: bool,
    substitute_id: Option<PersonId>,
    is_substitute_reachable: Option<bool>,
}

/// The coordinators of organisations today, those longest in office first; one statement.
pub(in crate::notices) async fn coordinators(
    ctx: &Ctx,
    of: impl IntoIterator<Item = OrganisationId>,
) -> Result<Vec<(OrganisationId, Candidate<PersonId>)>> {
    holders(ctx, of, Role::Coordinator).await
}

/// Whoever holds a role of organisations today, those longest in office first; one statement.
pub(in crate::notices) async fn holders(
    ctx: &Ctx,
    of: impl IntoIterator<Item = OrganisationId>,
    role: Role,
) -> Result<Vec<(OrganisationId, Candidate<PersonId>)>> {
    static HOLDERS: Sql = Sql::new(concat!(
        "SELECT g.organisation_id, p.id AS person_id, ",
        reachable!("p"),
        " AS is_reachable, a.substitute_id, ",
        reachable!("u"),
        " AS is_substitute_reachable
         FROM role_grants g
         JOIN people p ON p.id = g.person_id
         LEFT JOIN absences a ON a.person_id = p.id AND a.organisation_id = g.organisation_id
           AND a.cancelled_at IS NULL AND a.from_on <= $1 AND a.to_on >= $1
         LEFT JOIN people u ON u.id = a.substitute_id
         WHERE g.organisation_id = ANY_ID($3) AND g.role = $4 AND g.cancelled_at IS NULL
           AND g.valid_from <= $1 AND (g.valid_to IS NULL OR g.valid_to >= $1)
         ORDER BY g.organisation_id, g.valid_from, g.id, is_substitute_reachable DESC, a.id"
    ));
    let db = ctx.store.reader();
    let ids = sql::ids(ctx.store.backend(), of);
    let values = [ctx.today.into(), FLAGGED_BOUNCES.into(), ids, code(role)];
    let rows: Vec<CoordinatorRow> = HOLDERS.all(db, values).await?;
    Ok(rows
        .into_iter()
        .map(|row| {
            let candidate = Candidate {
                person: (row.person_id, row.is_reachable),
                away: row
                    .substitute_id
                    .map(|it| (it, row.is_substitute_reachable.unwrap_or(false))),
            };
            (row.organisation_id, candidate)
        })
        .collect())
}
