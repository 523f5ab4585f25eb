//! What a place has planned and recorded for some days. The place was reached before: by its reader's scope, or because
//! everybody may read its calendar.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{DropInPlaceId, OpeningId, PersonId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::drop_in_places::rules::{Away, Days, GuideTerm, Missed, Model, Plan};
use crate::drop_in_places::{ClosedDay, Opening, OpeningRule};
use crate::error::Result;
use crate::sql::{self, Sql};
use crate::texts::Language;

fn of_days(place: DropInPlaceId, days: &Days) -> [Value; 3] {
    [place.0.into(), (*days.start()).into(), (*days.end()).into()]
}

macro_rules! rules_of {
    ($places:literal) => {
        concat!(
            "SELECT id, place_id, recurrence, starts_at, ends_at, from_on, to_on, opens_on_holidays, version,
               cancelled_at IS NOT NULL AS is_cancelled FROM opening_rules WHERE place_id ",
            $places,
            " AND cancelled_at IS NULL AND from_on <= $3 AND (to_on IS NULL OR to_on >= $2) ORDER BY from_on, id"
        )
    };
}

macro_rules! closed_of {
    ($places:literal) => {
        concat!(
            "SELECT id, place_id, from_on, to_on, reason, version, cancelled_at IS NOT NULL AS is_cancelled FROM closed_days
             WHERE place_id ",
            $places,
            " AND cancelled_at IS NULL AND from_on <= $3 AND to_on >= $2 ORDER BY from_on, id"
        )
    };
}

macro_rules! openings_of {
    ($places:literal, $which:literal) => {
        concat!(
            "SELECT id, place_id, rule_id, on_date, starts_at, ends_at, cancelled_for, visits, first_time_visits,
               personal_supports, area, version FROM openings WHERE place_id ",
            $places,
            " AND on_date BETWEEN $2 AND $3",
            $which,
            " ORDER BY on_date, starts_at, id"
        )
    };
}

/// Three statements, however many days there are.
pub(in crate::drop_in_places) async fn plan(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    days: &Days,
) -> Result<Plan> {
    static RULES: Sql = Sql::new(rules_of!("= $1"));
    static CLOSED: Sql = Sql::new(closed_of!("= $1"));
    static OPENINGS: Sql = Sql::new(openings_of!("= $1", ""));
    let rules: Vec<OpeningRule> = RULES.all(db, of_days(place, days)).await?;
    let closed: Vec<ClosedDay> = CLOSED.all(db, of_days(place, days)).await?;
    let openings: Vec<Opening> = OPENINGS.all(db, of_days(place, days)).await?;
    Ok(Plan {
        rules,
        openings,
        closed,
    })
}

/// The same of many places, in as many statements: of the openings those alone that a rule does not tell.
pub(in crate::drop_in_places) async fn plans(
    db: &impl ConnectionTrait,
    places: &[DropInPlaceId],
    days: &Days,
) -> Result<HashMap<DropInPlaceId, Plan>> {
    static RULES: Sql = Sql::new(rules_of!("= ANY_ID($1)"));
    static CLOSED: Sql = Sql::new(closed_of!("= ANY_ID($1)"));
    static OPENINGS: Sql = Sql::new(openings_of!(
        "= ANY_ID($1)",
        " AND (rule_id IS NULL OR cancelled_for IS NOT NULL)"
    ));
    let places = sql::ids(db.get_database_backend(), places.iter().copied());
    let values = || [places.clone(), (*days.start()).into(), (*days.end()).into()];
    let rules: Vec<OpeningRule> = RULES.all(db, values()).await?;
    let closed: Vec<ClosedDay> = CLOSED.all(db, values()).await?;
    let openings: Vec<Opening> = OPENINGS.all(db, values()).await?;
    let mut plans: HashMap<DropInPlaceId, Plan> = HashMap::new();
    for it in rules {
        plans.entry(it.place_id).or_default().rules.push(it);
    }
    for it in closed {
        plans.entry(it.place_id).or_default().closed.push(it);
    }
    for it in openings {
        plans.entry(it.place_id).or_default().openings.push(it);
    }
    Ok(plans)
}

/// What the weeks of some places are held against.
pub(in crate::drop_in_places) async fn models(
    db: &impl ConnectionTrait,
    places: &[DropInPlaceId],
) -> Result<Vec<(DropInPlaceId, Model)>> {
    static SQL: Sql = Sql::new(
        "SELECT id, model_days, least_minutes, model_guides FROM drop_in_places WHERE id = ANY_ID($1) ORDER BY id",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: DropInPlaceId,
        model_days: i16,
        least_minutes: i16,
        model_guides: i16,
    }
    let places = sql::ids(db.get_database_backend(), places.iter().copied());
    let rows: Vec<Row> = SQL.all(db, [places]).await?;
    let model = |row: Row| {
        let model = Model {
            days: row.model_days,
            least_minutes: row.least_minutes,
            guides: row.model_guides,
        };
        (row.id, model)
    };
    Ok(rows.into_iter().map(model).collect())
}

#[derive(FromQueryResult)]
struct Term {
    person_id: PersonId,
    from_on: NaiveDate,
    to_on: Option<NaiveDate>,
}

#[derive(FromQueryResult)]
struct AwayRow {
    person_id: PersonId,
    from_on: NaiveDate,
    to_on: NaiveDate,
}

#[derive(FromQueryResult)]
struct MissedRow {
    on_date: NaiveDate,
    person_id: PersonId,
}

/// Who are paid guides at a place on some days, who of them is away, and who could not come to an opening; three statements.
pub(in crate::drop_in_places) async fn guides(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    days: &Days,
) -> Result<(Vec<GuideTerm>, Vec<Away>, Vec<Missed>)> {
    static TERMS: Sql = Sql::new(
        "SELECT person_id, from_on, to_on FROM place_role_terms
         WHERE place_id = $1 AND role = 'PAID_GUIDE' AND cancelled_at IS NULL AND from_on <= $3
           AND (to_on IS NULL OR to_on >= $2) ORDER BY person_id, from_on",
    );
    static AWAY: Sql = Sql::new(
        "SELECT a.person_id, a.from_on, a.to_on FROM absences a JOIN drop_in_places p ON p.organisation_id = a.organisation_id
         WHERE p.id = $1 AND a.cancelled_at IS NULL AND a.from_on <= $3 AND a.to_on >= $2
           AND a.person_id IN (SELECT t.person_id FROM place_role_terms t WHERE t.place_id = $1 AND t.role = 'PAID_GUIDE')
         ORDER BY a.person_id, a.from_on",
    );
    static MISSED: Sql = Sql::new(
        "SELECT o.on_date, s.person_id FROM opening_shifts s JOIN openings o ON o.id = s.opening_id
         WHERE o.place_id = $1 AND o.on_date BETWEEN $2 AND $3 AND s.role = 'PAID_GUIDE' AND s.absent_at IS NOT NULL
           AND s.removed_at IS NULL
           AND NOT EXISTS (SELECT 1 FROM opening_shifts i WHERE i.instead_of_id = s.id AND i.removed_at IS NULL)
         ORDER BY o.on_date, s.person_id",
    );
    let terms: Vec<Term> = TERMS.all(db, of_days(place, days)).await?;
    let away: Vec<AwayRow> = AWAY.all(db, of_days(place, days)).await?;
    let missed: Vec<MissedRow> = MISSED.all(db, of_days(place, days)).await?;
    let terms = terms.into_iter().map(|row| GuideTerm {
        person: row.person_id,
        from_on: row.from_on,
        to_on: row.to_on,
    });
    let away = away.into_iter().map(|row| Away {
        person: row.person_id,
        from_on: row.from_on,
        to_on: row.to_on,
    });
    let missed = missed.into_iter().map(|row| Missed {
        on: row.on_date,
        person: row.person_id,
    });
    Ok((terms.collect(), away.collect(), missed.collect()))
}

/// What everybody may read of a place.
#[derive(Clone, FromQueryResult)]
pub(in crate::drop_in_places) struct PublicRow {
    pub id: DropInPlaceId,
    pub name: String,
    pub address: String,
    pub county_code: String,
    pub municipality_code: Option<String>,
    pub takes_wishes: bool,
    pub changes: i32,
    pub changed_at: DateTime<Utc>,
}

/// A place whose calendar everybody may read, by its slug.
pub(in crate::drop_in_places) async fn public(
    db: &impl ConnectionTrait,
    slug: &str,
) -> Result<Option<PublicRow>> {
    static SQL: Sql = Sql::new(
        "SELECT id, name, address, county_code, municipality_code, takes_wishes, changes, changed_at FROM drop_in_places
         WHERE slug = $1 AND is_public",
    );
    SQL.one(db, [slug.into()]).await
}

/// What is done at an opening, as everybody reads it.
#[derive(FromQueryResult)]
pub(in crate::drop_in_places) struct Told {
    pub opening_id: OpeningId,
    pub text: String,
}

/// What is done at openings, which everybody may read.
pub(in crate::drop_in_places) async fn public_activities(
    db: &impl ConnectionTrait,
    of: &[OpeningId],
    language: Language,
) -> Result<Vec<Told>> {
    static SQL: Sql = Sql::new(
        "SELECT a.opening_id,
           coalesce(a.idea, CASE $2 WHEN 'sv' THEN c.name_sv WHEN 'en' THEN c.name_en ELSE c.name_fi END) AS text
         FROM opening_activities a LEFT JOIN codes c ON c.list = a.list AND c.code = a.code
         WHERE a.opening_id = ANY_ID($1) ORDER BY a.opening_id, a.no",
    );
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    SQL.all(db, [of, language.code().into()]).await
}
