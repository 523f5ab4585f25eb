//! The SQL of programmes and gates.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    GateId, Id as _, OrganisationId, PersonId, ProgrammeId, ProgrammeRequirementId,
};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::acts::Told;
use super::gates::Gate;
use super::rules::{AskedBy, Requirements};
use super::{Asked, Offer, Programme};
use crate::error::Result;
use crate::organisations::{Reach, visible};
use crate::page::Grouped;
use crate::sql::{self, Sql};

/// From when on a default programme asks for the three gates: before anything that the register holds.
pub(super) const SINCE_EVER: NaiveDate = match NaiveDate::from_ymd_opt(2000, 1, 1) {
    Some(day) => day,
    None => NaiveDate::MIN,
};

macro_rules! columns {
    () => {
        "p.id, p.organisation_id, p.name_fi, p.name_sv, p.name_en, p.is_default, p.valid_from, p.valid_to, p.version"
    };
}

pub(super) async fn for_ids(
    db: &impl ConnectionTrait,
    ids: &[ProgrammeId],
    reach: &Reach,
) -> Result<Vec<Programme>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM programmes p WHERE p.id = ANY_ID($3) AND p.organisation_id IN ",
        visible!("$1", "$2"),
    ));
    let ids = sql::ids(db.get_database_backend(), ids.iter().copied());
    SQL.all(db, reach.values(db).into_iter().chain([ids])).await
}

pub(super) async fn for_organisations(
    db: &impl ConnectionTrait,
    of: &[OrganisationId],
    reach: &Reach,
) -> Result<Vec<Programme>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        columns!(),
        " FROM programmes p WHERE p.organisation_id = ANY_ID($3) AND p.organisation_id IN ",
        visible!("$1", "$2"),
        " ORDER BY p.is_default DESC, p.id"
    ));
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, reach.values(db).into_iter().chain([of])).await
}

pub(super) async fn offers_for(
    db: &impl ConnectionTrait,
    of: &[ProgrammeId],
    reach: &Reach,
) -> Result<HashMap<ProgrammeId, Offer>> {
    static SQL: Sql = Sql::new(concat!(
        "WITH q AS (SELECT p.id FROM programmes p WHERE p.id = ANY_ID($3) AND p.organisation_id IN ",
        visible!("$1", "$2"),
        ") SELECT q.id, c.list, c.code FROM q JOIN programme_codes c ON c.programme_id = q.id
           UNION ALL SELECT q.id, 'LANGUAGE', l.code FROM q JOIN programme_languages l ON l.programme_id = q.id
           ORDER BY 2, 3"
    ));
    #[derive(FromQueryResult)]
    struct Row {
        id: ProgrammeId,
        list: String,
        code: String,
    }
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    let rows: Vec<Row> = SQL
        .all(db, reach.values(db).into_iter().chain([of]))
        .await?;
    let mut offers: HashMap<ProgrammeId, Offer> = HashMap::new();
    for row in rows {
        let offer = offers.entry(row.id).or_default();
        match row.list.as_str() {
            "TARGET_GROUP" => offer.target_groups.push(row.code),
            "SUPPORT_FORM" => offer.forms.push(row.code),
            _ => offer.languages.push(row.code),
        }
    }
    Ok(offers)
}

#[derive(FromQueryResult)]
struct AskedRow {
    id: ProgrammeRequirementId,
    programme_id: ProgrammeId,
    from_on: NaiveDate,
    asks_criterion: bool,
    training_weekends: i16,
    accepts_earlier_training: bool,
    takes_experts: bool,
    asks_confidentiality: bool,
    gate_id: Option<GateId>,
}

macro_rules! asked {
    ($($programmes:tt)+) => {
        concat!(
            "SELECT r.id, r.programme_id, r.from_on, r.asks_criterion, r.training_weekends, r.accepts_earlier_training,
               r.takes_experts, r.asks_confidentiality, g.gate_id
             FROM programme_requirements r LEFT JOIN programme_requirement_gates g ON g.requirement_id = r.id
             WHERE r.cancelled_at IS NULL AND r.programme_id ",
            $($programmes)+,
            " ORDER BY r.from_on DESC, r.id"
        )
    };
}

/// One row a requirement and gate, read into one entry a requirement.
fn gathered(rows: Vec<AskedRow>) -> Vec<(ProgrammeId, Asked)> {
    let mut gathered: Vec<(ProgrammeId, Asked)> = Vec::new();
    let mut last: Option<ProgrammeRequirementId> = None;
    for row in rows {
        if last != Some(row.id) {
            last = Some(row.id);
            let requirements = Requirements {
                asks_criterion: row.asks_criterion,
                training_weekends: usize::try_from(row.training_weekends).unwrap_or_default(),
                accepts_earlier_training: row.accepts_earlier_training,
                takes_experts: row.takes_experts,
                asks_confidentiality: row.asks_confidentiality,
                further: BTreeSet::new(),
            };
            let from_on = row.from_on;
            gathered.push((
                row.programme_id,
                Asked {
                    from_on,
                    requirements,
                },
            ));
        }
        if let (Some(gate), Some((_, asked))) = (row.gate_id, gathered.last_mut()) {
            asked.requirements.further.insert(gate);
        }
    }
    gathered
}

pub(super) async fn asked_for(
    db: &impl ConnectionTrait,
    of: &[ProgrammeId],
    reach: &Reach,
) -> Result<Grouped<ProgrammeId, Asked>> {
    static SQL: Sql = Sql::new(asked!(
        "IN (SELECT p.id FROM programmes p WHERE p.id = ANY_ID($3) AND p.organisation_id IN ",
        visible!("$1", "$2"),
        ")"
    ));
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    let rows = SQL
        .all(db, reach.values(db).into_iter().chain([of]))
        .await?;
    let mut grouped = Grouped::new();
    for (programme, asked) in gathered(rows) {
        let of_one: &mut Vec<Asked> = grouped.entry(programme).or_default();
        of_one.push(asked);
    }
    Ok(grouped)
}

/// What programmes ask for and asked for, for whoever works out gates from it.
pub(crate) async fn asked_by(
    db: &impl ConnectionTrait,
    of: impl IntoIterator<Item = ProgrammeId>,
) -> Result<AskedBy> {
    static SQL: Sql = Sql::new(asked!("= ANY_ID($1)"));
    let of: BTreeSet<ProgrammeId> = of.into_iter().collect();
    let mut asked_by = AskedBy::default();
    if of.is_empty() {
        return Ok(asked_by);
    }
    let of = sql::ids(db.get_database_backend(), of);
    for (programme, asked) in gathered(SQL.all(db, [of]).await?) {
        asked_by.note(programme, asked.from_on, asked.requirements);
    }
    Ok(asked_by)
}

/// Whether somebody may join an association's programme on a day; `None` where the association has no such programme.
pub(crate) async fn valid_on(
    db: &impl ConnectionTrait,
    id: ProgrammeId,
    organisation: OrganisationId,
    day: NaiveDate,
) -> Result<Option<bool>> {
    static SQL: Sql = Sql::new(
        "SELECT (p.valid_from <= $3 AND (p.valid_to IS NULL OR p.valid_to >= $3)) AS is_valid
         FROM programmes p WHERE p.id = $1 AND p.organisation_id = $2",
    );
    #[derive(FromQueryResult)]
    struct Row {
        is_valid: bool,
    }
    let values = [id.0.into(), organisation.0.into(), day.into()];
    let row: Option<Row> = SQL.one(db, values).await?;
    Ok(row.map(|row| row.is_valid))
}

#[derive(FromQueryResult)]
struct Found {
    id: ProgrammeId,
}

pub(super) async fn find_default(
    db: &impl ConnectionTrait,
    organisation: OrganisationId,
) -> Result<Option<ProgrammeId>> {
    static SQL: Sql =
        Sql::new("SELECT id FROM programmes WHERE organisation_id = $1 AND is_default");
    let found: Option<Found> = SQL.one(db, [organisation.0.into()]).await?;
    Ok(found.map(|found| found.id))
}

pub(super) async fn insert_default(
    db: &impl ConnectionTrait,
    id: ProgrammeId,
    organisation: OrganisationId,
    now: DateTime<Utc>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "INSERT INTO programmes (id, organisation_id, name_fi, name_sv, name_en, is_default, valid_from, created_at)
         VALUES ($1, $2, 'Vertaistukihenkilöt', 'Kamratstödpersoner', 'Peer support persons', true, $3, $4)
         ON CONFLICT DO NOTHING",
    );
    let values = [
        id.0.into(),
        organisation.0.into(),
        SINCE_EVER.into(),
        now.into(),
    ];
    SQL.run(db, values).await
}

pub(super) async fn insert(
    db: &impl ConnectionTrait,
    id: ProgrammeId,
    organisation: OrganisationId,
    told: &Told,
    now: DateTime<Utc>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO programmes (id, name_fi, name_sv, name_en, valid_from, valid_to, organisation_id, created_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let rest = [organisation.0.into(), now.into()];
    SQL.run(db, told_values(id, told).into_iter().chain(rest))
        .await?;
    Ok(())
}

pub(super) async fn update(db: &impl ConnectionTrait, id: ProgrammeId, told: &Told) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE programmes SET name_fi = $2, name_sv = $3, name_en = $4, valid_from = $5, valid_to = $6 WHERE id = $1",
    );
    SQL.run(db, told_values(id, told)).await?;
    Ok(())
}

fn told_values(id: ProgrammeId, told: &Told) -> [Value; 6] {
    [
        id.0.into(),
        told.names.name_fi.clone().into(),
        told.names.name_sv.clone().into(),
        told.names.name_en.clone().into(),
        told.valid_from.into(),
        told.valid_to.into(),
    ]
}

pub(super) async fn write_codes(
    db: &impl ConnectionTrait,
    id: ProgrammeId,
    told: &Told,
) -> Result<()> {
    static FORGET: [Sql; 2] = [
        Sql::new("DELETE FROM programme_codes WHERE programme_id = $1"),
        Sql::new("DELETE FROM programme_languages WHERE programme_id = $1"),
    ];
    static CODES: Sql = Sql::new(
        "INSERT INTO programme_codes (programme_id, list, code) SELECT $1, list, code FROM codes WHERE list = $2 AND code = ANY_TEXT($3)",
    );
    static LANGUAGES: Sql = Sql::new(
        "INSERT INTO programme_languages (programme_id, code) SELECT $1, code FROM languages WHERE code = ANY_TEXT($2)",
    );
    let on = db.get_database_backend();
    for forget in &FORGET {
        forget.run(db, [id.0.into()]).await?;
    }
    for (list, codes) in [
        ("TARGET_GROUP", &told.target_groups),
        ("SUPPORT_FORM", &told.forms),
    ] {
        let codes = sql::texts(on, codes.iter().cloned());
        CODES.run(db, [id.0.into(), list.into(), codes]).await?;
    }
    let languages = sql::texts(on, told.languages.iter().cloned());
    LANGUAGES.run(db, [id.0.into(), languages]).await?;
    Ok(())
}

/// Writes what a programme asks for from a day on; what was said for the same day before is marked as cancelled.
pub(crate) async fn ask_from(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
    from: NaiveDate,
    asked: &Requirements,
    by: Option<PersonId>,
    now: DateTime<Utc>,
) -> Result<()> {
    static STRIKE: Sql = Sql::new(
        "UPDATE programme_requirements SET cancelled_at = $3, cancelled_by = $4
         WHERE programme_id = $1 AND from_on = $2 AND cancelled_at IS NULL",
    );
    static INSERT: Sql = Sql::new(
        "INSERT INTO programme_requirements (id, programme_id, from_on, asks_criterion, training_weekends,
           accepts_earlier_training, asks_confidentiality, recorded_by, recorded_at, takes_experts)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)",
    );
    static GATES: Sql = Sql::new(
        "INSERT INTO programme_requirement_gates (requirement_id, gate_id) SELECT $1, id FROM gates WHERE id = ANY_ID($2)",
    );
    let by: Value = by.map(|person| person.0).into();
    let values = [programme.0.into(), from.into(), now.into(), by.clone()];
    STRIKE.run(db, values).await?;
    let id = ProgrammeRequirementId::random();
    let weekends = i16::try_from(asked.training_weekends).unwrap_or(i16::MAX);
    let values = [
        id.0.into(),
        programme.0.into(),
        from.into(),
        asked.asks_criterion.into(),
        weekends.into(),
        asked.accepts_earlier_training.into(),
        asked.asks_confidentiality.into(),
        by,
        now.into(),
        asked.takes_experts.into(),
    ];
    INSERT.run(db, values).await?;
    let gates = sql::ids(db.get_database_backend(), asked.further.iter().copied());
    GATES.run(db, [id.0.into(), gates]).await?;
    Ok(())
}

/// Which gates are asked for.
pub(super) enum GatesBy<'a> {
    Ids(&'a [GateId]),
    Organisations(&'a [OrganisationId]),
}

macro_rules! gates {
    ($by:literal) => {
        concat!(
            "SELECT g.id, g.organisation_id, g.name_fi, g.name_sv, g.name_en, g.is_active, g.version FROM gates g WHERE ",
            $by,
            " = ANY_ID($3) AND g.organisation_id IN ",
            visible!("$1", "$2"),
            " ORDER BY g.id"
        )
    };
}

pub(super) async fn gates(
    db: &impl ConnectionTrait,
    by: GatesBy<'_>,
    reach: &Reach,
) -> Result<Vec<Gate>> {
    static BY_ID: Sql = Sql::new(gates!("g.id"));
    static BY_ORGANISATION: Sql = Sql::new(gates!("g.organisation_id"));
    let on = db.get_database_backend();
    let (sql, list) = match by {
        GatesBy::Ids(ids) => (&BY_ID, sql::ids(on, ids.iter().copied())),
        GatesBy::Organisations(of) => (&BY_ORGANISATION, sql::ids(on, of.iter().copied())),
    };
    sql.all(db, reach.values(db).into_iter().chain([list]))
        .await
}

pub(super) async fn organisation_of_gate(
    db: &impl ConnectionTrait,
    id: GateId,
) -> Result<Option<OrganisationId>> {
    static SQL: Sql = Sql::new("SELECT organisation_id FROM gates WHERE id = $1");
    #[derive(FromQueryResult)]
    struct Row {
        organisation_id: OrganisationId,
    }
    let row: Option<Row> = SQL.one(db, [id.0.into()]).await?;
    Ok(row.map(|row| row.organisation_id))
}
