//! Rows that a corrected file changes, one after the other. What stood before stays, marked as cancelled, where the
//! register keeps it as history.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    Id as _, JointReviewId, MeetingId, PersonId, RoleGrantId, SupportPersonId,
    SupportRelationshipId,
};
use sea_orm::{FromQueryResult, Value};

use super::batch::Batch;
use super::course::Course;
use super::history::History;
use super::plan::{Plan, Planned};
use super::queries;
use super::remembering::Remembered;
use super::supporter_rows::status_of;
use super::template::Kind;
use super::told::{MeetingTold, PersonTold, RelationshipTold, RoleTold, SupporterTold};
use super::writing::Writing;
use crate::act::code;
use crate::error::{Error, Result};
use crate::sql::Sql;
use crate::{joint_reviews, people};

/// Somebody else was quicker, after the file was held against the register.
pub(super) fn one(rows: u64) -> Result<()> {
    match rows {
        0 => Err(Error::Conflict("STALE_VERSION")),
        _ => Ok(()),
    }
}

pub(super) async fn person(to: &Writing<'_, '_>, id: PersonId, told: &PersonTold) -> Result<()> {
    static KEY: Sql =
        Sql::new("SELECT data_key_sealed FROM people WHERE id = $1 AND erased_at IS NULL");
    static CHANGE: Sql = Sql::new(
        "UPDATE people SET version = version + 1, language = $3, name_sealed = $4, email_sealed = $5, phone_sealed = $6,
           email_bounces = CASE WHEN email_lookup = $7 THEN email_bounces ELSE 0 END, email_lookup = $7, phone_lookup = $8
         WHERE id = $1 AND version = $2",
    );
    #[derive(FromQueryResult)]
    struct Key {
        data_key_sealed: Vec<u8>,
    }
    let tx = &to.act.tx;
    let key: Option<Key> = KEY.one(tx, [id.uuid().into()]).await?;
    let key = key.ok_or(Error::Conflict("STALE_VERSION"))?;
    let keys = &to.act.ctx.keys;
    let cells = people::seal(keys, id, Some(&key.data_key_sealed), &told.details())?;
    let version = to.known.people.get(&id).map_or(0, |it| it.version);
    let values: [Value; 8] = [
        id.uuid().into(),
        version.into(),
        told.language.code().into(),
        cells.name.into(),
        cells.email.into(),
        cells.phone.into(),
        cells.email_lookup.into(),
        cells.phone_lookup.into(),
    ];
    one(CHANGE.run(tx, values).await?)
}

pub(super) async fn role(to: &Writing<'_, '_>, id: RoleGrantId, told: &RoleTold) -> Result<()> {
    static CHANGE: Sql = Sql::new(
        "UPDATE role_grants SET version = version + 1, valid_from = $2, valid_to = $3
         WHERE id = $1 AND version = $4 AND cancelled_at IS NULL",
    );
    let term = (told.person, told.organisation, told.role);
    let version = to.known.grants.get(&term).map_or(0, |(_, it)| it.version);
    let values: [Value; 4] = [
        id.uuid().into(),
        told.from.into(),
        told.to.into(),
        version.into(),
    ];
    one(CHANGE.run(&to.act.tx, values).await?)
}

pub(super) async fn supporter(
    to: &mut Writing<'_, '_>,
    it: &Planned<SupportPersonId, SupporterTold>,
) -> Result<()> {
    static CHANGE: Sql = Sql::new(
        "UPDATE support_persons SET version = version + 1, background = $3, status = $4, birth_decade = $5, county_code = $6,
           weekdays = $7, max_active = $8 WHERE id = $1 AND version = $2",
    );
    static STRIKE: Sql = Sql::new(
        "UPDATE support_person_acts SET cancelled_at = $2, cancelled_by = $3
         WHERE support_person_id = $1 AND cancelled_at IS NULL AND gate_id IS NULL AND programme_id IS NULL
           AND expert_id IS NULL",
    );
    static LAST: Sql = Sql::new(
        "SELECT coalesce(max(seq), 0) AS seq FROM support_person_acts WHERE support_person_id = $1",
    );
    static FORGET: [Sql; 3] = [
        Sql::new("DELETE FROM support_person_interests WHERE support_person_id = $1"),
        Sql::new("DELETE FROM support_person_languages WHERE support_person_id = $1"),
        Sql::new("DELETE FROM support_person_municipalities WHERE support_person_id = $1"),
    ];
    #[derive(FromQueryResult)]
    struct Last {
        seq: i32,
    }
    let (id, told) = (it.id.uuid(), &it.told);
    let stood = to.known.supporters.get(&told.person).map(|(_, it)| it);
    let version = stood.map_or(0, |it| it.version);
    let values: [Value; 8] = [
        id.into(),
        version.into(),
        code(told.background),
        code(status_of(to.known, Some(it.id), told)),
        told.birth_decade.into(),
        told.county.clone().into(),
        told.weekdays.into(),
        told.max_active.into(),
    ];
    one(CHANGE.run(&to.act.tx, values).await?)?;
    for forget in &FORGET {
        forget.run(&to.act.tx, [id.into()]).await?;
    }
    to.add_codes(id, told);
    if stood.is_none_or(|stood| stood.told.acts != told.acts) {
        let by = to.by()?;
        STRIKE
            .run(&to.act.tx, [id.into(), to.act.ctx.now.into(), by.into()])
            .await?;
        let last: Option<Last> = LAST.one(&to.act.tx, [id.into()]).await?;
        to.add_acts(id, told, last.map_or(0, |last| last.seq))?;
    }
    Ok(())
}

/// The mistaken meeting stays, marked, and another takes its place.
pub(super) async fn meeting(
    to: &mut Writing<'_, '_>,
    id: MeetingId,
    told: &MeetingTold,
) -> Result<MeetingId> {
    static STRIKE: Sql = Sql::new(
        "UPDATE meetings SET version = version + 1, cancelled_at = $3, cancelled_by = $4
         WHERE id = $1 AND version = $2 AND cancelled_at IS NULL",
    );
    let version = to.known.meetings.get(&id).map_or(0, |it| it.version);
    let values: [Value; 4] = [
        id.uuid().into(),
        version.into(),
        to.act.ctx.now.into(),
        to.by()?.into(),
    ];
    one(STRIKE.run(&to.act.tx, values).await?)?;
    let new = MeetingId::random();
    to.add_meeting(new.uuid(), told, Some(id.uuid()))?;
    Ok(new)
}

/// A relationship that nobody has worked with since: what stood is cancelled, and the history is recorded anew.
pub(super) async fn relationship(
    to: &mut Writing<'_, '_>,
    it: &Planned<SupportRelationshipId, RelationshipTold>,
    plan: &Plan,
) -> Result<()> {
    static TAKE: Sql = Sql::new(
        "UPDATE support_relationships SET version = version + 1, status = $2, proposed_on = $3, first_meeting_on = $4,
           starts_on = $5, agreed_until = $6, ended_on = $7, end_reason = $8, review_interval_months = $9,
           professional_follows = $10, referring_organisation_id = $11 WHERE id = $1",
    );
    static STRIKE: [Sql; 3] = [
        Sql::new(
            "UPDATE support_relationship_acts SET cancelled_at = $2, cancelled_by = $3
             WHERE relationship_id = $1 AND cancelled_at IS NULL",
        ),
        Sql::new(
            "UPDATE support_agreements SET cancelled_at = $2, cancelled_by = $3
             WHERE relationship_id = $1 AND cancelled_at IS NULL",
        ),
        Sql::new(
            "UPDATE joint_review_records SET cancelled_at = $2, cancelled_by = $3
             WHERE cancelled_at IS NULL AND joint_review_id IN (SELECT jr.id FROM joint_reviews jr WHERE jr.relationship_id = $1)",
        ),
    ];
    static REVIEWS: Sql =
        Sql::new("SELECT id, cycle_no FROM joint_reviews WHERE relationship_id = $1");
    #[derive(FromQueryResult)]
    struct Review {
        id: JointReviewId,
        cycle_no: i32,
    }
    static LOCK: Sql = Sql::new("UPDATE support_relationships SET version = version WHERE id = $1");
    let told = &it.told;
    LOCK.run(&to.act.tx, [it.id.uuid().into()]).await?;
    let version = queries::relationship_version(&to.act.tx, it.id).await?;
    let stood = to
        .known
        .relationships
        .get(&it.id)
        .map(|it| it.stood.version);
    one(u64::from(version == stood))?;
    let recording = to.recording(it.id)?;
    let history = History::of(told, &recording)?;
    let strike = || -> [Value; 3] {
        [
            it.id.uuid().into(),
            recording.now.into(),
            recording.by.into(),
        ]
    };
    for sql in &STRIKE {
        sql.run(&to.act.tx, strike()).await?;
    }
    let state = &history.state;
    let values: [Value; 11] = [
        it.id.uuid().into(),
        code(state.status),
        told.disclosed_on.into(),
        state.first_meeting_on.into(),
        state.starts_on.into(),
        state.agreed_until.into(),
        state.ended_on.into(),
        state.end_reason.map(|it| it.code()).into(),
        state.review_interval_months.into(),
        state.professional_follows.into(),
        told.referring.uuid().into(),
    ];
    TAKE.run(&to.act.tx, values).await?;
    let known: Vec<Review> = REVIEWS.all(&to.act.tx, [it.id.uuid().into()]).await?;
    let known: Vec<(i32, JointReviewId)> = known
        .into_iter()
        .map(|row| (row.cycle_no, row.id))
        .collect();
    let mut batch = Batch::new();
    history.add_entries(&mut batch, told, &recording);
    history.add_reviews(&mut batch, told, &recording, &known);
    batch.write(&to.act.tx).await?;
    referral(to, it, plan, &history).await?;
    joint_reviews::follow(to.act, it.id).await
}

/// The case and the referral of a relationship.
async fn referral(
    to: &mut Writing<'_, '_>,
    it: &Planned<SupportRelationshipId, RelationshipTold>,
    plan: &Plan,
    history: &History,
) -> Result<()> {
    static CASE: Sql = Sql::new(
        "UPDATE supported_cases SET version = version + 1, background = $2, kin_relation = $3, birth_decade = $4,
           county_code = $5, municipality_code = $6, language = $7, referring_organisation_id = $8 WHERE id = $1",
    );
    static REFERRAL: Sql = Sql::new(
        "UPDATE referrals SET version = version + 1, form = $2, phase = $3, status = $4, referring_organisation_id = $5
         WHERE id = $1",
    );
    static DAY: Sql = Sql::new(
        "UPDATE referral_acts SET on_date = $2 WHERE referral_id = $1 AND cancelled_at IS NULL AND (proposal_id IS NULL) = $3",
    );
    static LEAVE: Sql = Sql::new(
        "UPDATE case_professionals SET to_on = $2 WHERE case_id = $1 AND to_on IS NULL AND (is_responsible OR person_id = $3)",
    );
    let told = &it.told;
    let Some(stood) = to.known.relationships.get(&it.id) else {
        return Err(Error::internal("a relationship that was changed is gone"));
    };
    let before = &stood.stood.told;
    let course = Course::of(told, stood.proposal, history.state.status, to.act.ctx.now)?;
    let tx = &to.act.tx;
    if before.case != told.case || before.referring != told.referring {
        let values: [Value; 8] = [
            stood.case.uuid().into(),
            code(told.case.background),
            told.case.kin_relation.clone().into(),
            told.case.birth_decade.into(),
            told.case.county.clone().into(),
            told.case.municipality.clone().into(),
            told.case.language.clone().into(),
            told.referring.uuid().into(),
        ];
        CASE.run(tx, values).await?;
    }
    let values: [Value; 5] = [
        stood.referral.uuid().into(),
        code(told.form),
        code(told.phase),
        code(course.status),
        told.referring.uuid().into(),
    ];
    REFERRAL.run(tx, values).await?;
    let days: [(NaiveDate, NaiveDate, bool); 2] = [
        (before.consent_on, told.consent_on, true),
        (before.disclosed_on, told.disclosed_on, false),
    ];
    for (was, is, of_consent) in days {
        if was != is {
            DAY.run(
                tx,
                [stood.referral.uuid().into(), is.into(), of_consent.into()],
            )
            .await?;
        }
    }
    let Some(professional) = told
        .professional
        .filter(|_| told.professional != before.professional)
    else {
        return Ok(());
    };
    let today = to.act.ctx.today;
    let values: [Value; 3] = [
        stood.case.uuid().into(),
        today.into(),
        professional.uuid().into(),
    ];
    LEAVE.run(tx, values).await?;
    let recording = to.recording(it.id)?;
    to.add_professional(stood.case, professional);
    to.disclose(plan, told, stood.proposal, professional, &recording);
    let batch = std::mem::replace(&mut to.batch, Batch::new());
    batch.write(&to.act.tx).await
}

/// Forgets rows that are about to be remembered anew.
pub(super) async fn forget_moved(to: &Writing<'_, '_>, rows: &[Remembered]) -> Result<()> {
    static FORGET: Sql = Sql::new(
        "DELETE FROM moved_rows WHERE organisation_id = $1 AND kind = $2 AND key_lookup = $3",
    );
    let known = rows
        .iter()
        .filter(|row| to.known.remembers(row.kind, &row.key));
    for row in known {
        let of = to.known.own.id.uuid();
        let values: [Value; 3] = [
            of.into(),
            Kind::code(row.kind).into(),
            row.key.clone().into(),
        ];
        FORGET.run(&to.act.tx, values).await?;
    }
    Ok(())
}
