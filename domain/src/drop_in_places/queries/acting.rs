//! The SQL of acts. Every act holds its place until it ends, so that what it has read stays true, and two phones that count
//! at once come one after the other.

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ClosedDayId, DropInPlaceId, Id as _, OpeningId, OpeningRuleId, OpeningShiftId, OrganisationId,
    PersonId, PlaceRoleTermId,
};
use rinnalla_entity::states::PlaceRole;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::access::{Permission, Scope};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::drop_in_places::{Opening, OpeningRule, OpeningShift, PlaceRoleTerm};
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;

/// What an act is about.
#[derive(Clone, Copy)]
pub(in crate::drop_in_places) enum About {
    Place(DropInPlaceId),
    Rule(OpeningRuleId),
    Opening(OpeningId),
    Shift(OpeningShiftId),
    Closed(ClosedDayId),
    Term(PlaceRoleTermId),
}

/// A place that an act holds.
#[derive(FromQueryResult)]
pub(in crate::drop_in_places) struct Held {
    pub id: DropInPlaceId,
    pub organisation_id: OrganisationId,
}

/// Holds the place of what an act is about. Absent or hidden: `NotFound`, noted as refused.
pub(in crate::drop_in_places) async fn hold<P: Permission>(
    act: &Act<'_>,
    scope: &Scope<P>,
    about: About,
) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT p.id, p.organisation_id FROM drop_in_places p WHERE p.id = ",
    );
    let of = |question: &mut Question, table: &str, id: uuid::Uuid| {
        question
            .words("(SELECT x.place_id FROM ")
            .words(table)
            .words(" x WHERE x.id = ")
            .bind(id)
            .words(")");
    };
    match about {
        About::Place(id) => {
            question.bind(id.uuid());
        }
        About::Rule(id) => of(&mut question, "opening_rules", id.0),
        About::Opening(id) => of(&mut question, "openings", id.0),
        About::Closed(id) => of(&mut question, "closed_days", id.0),
        About::Term(id) => of(&mut question, "place_role_terms", id.0),
        About::Shift(id) => {
            question
                .words("(SELECT x.place_id FROM openings x JOIN opening_shifts s ON s.opening_id = x.id WHERE s.id = ")
                .bind(id.uuid())
                .words(")");
        }
    }
    question
        .words(" AND ")
        .reaches_place(scope, act.ctx.today)
        .words_on(" FOR UPDATE OF p", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        let of = ObjectKind::DropInPlace;
        match about {
            About::Place(id) => act.ctx.refuse(scope, of, id),
            About::Rule(id) => act.ctx.refuse(scope, of, id),
            About::Opening(id) => act.ctx.refuse(scope, of, id),
            About::Shift(id) => act.ctx.refuse(scope, of, id),
            About::Closed(id) => act.ctx.refuse(scope, of, id),
            About::Term(id) => act.ctx.refuse(scope, of, id),
        }
    }
    held.ok_or(Error::NotFound)
}

take_version!(pub(in crate::drop_in_places) take_place, "drop_in_places", DropInPlaceId);
take_version!(pub(in crate::drop_in_places) take_rule, "opening_rules", OpeningRuleId);
take_version!(pub(in crate::drop_in_places) take_opening, "openings", OpeningId);
take_version!(pub(in crate::drop_in_places) take_closed, "closed_days", ClosedDayId);
take_version!(pub(in crate::drop_in_places) take_term, "place_role_terms", PlaceRoleTermId);

/// Notes that something has changed that the public calendar shows.
pub(in crate::drop_in_places) async fn show_change(act: &Act<'_>, held: &Held) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE drop_in_places SET changes = changes + 1, changed_at = $2 WHERE id = $1");
    SQL.run(&act.tx, [held.id.0.into(), act.ctx.now.into()])
        .await?;
    Ok(())
}

macro_rules! held_part {
    ($name:ident, $row:ident, $id:ident, $sql:literal) => {
        /// A part of the place that an act holds.
        pub(in crate::drop_in_places) async fn $name(
            db: &impl ConnectionTrait,
            id: $id,
        ) -> Result<$row> {
            static SQL: Sql = Sql::new($sql);
            let found: Option<$row> = SQL.one(db, [id.0.into()]).await?;
            found.ok_or(Error::NotFound)
        }
    };
}

held_part!(
    held_rule,
    OpeningRule,
    OpeningRuleId,
    "SELECT id, place_id, recurrence, starts_at, ends_at, from_on, to_on, opens_on_holidays, version,
           cancelled_at IS NOT NULL AS is_cancelled FROM opening_rules
     WHERE id = $1 AND cancelled_at IS NULL"
);
held_part!(
    held_opening,
    Opening,
    OpeningId,
    "SELECT id, place_id, rule_id, on_date, starts_at, ends_at, cancelled_for, visits, first_time_visits,
       personal_supports, area, version FROM openings WHERE id = $1"
);
held_part!(
    held_term,
    PlaceRoleTerm,
    PlaceRoleTermId,
    "SELECT id, place_id, person_id, role, from_on, to_on, version, cancelled_at IS NOT NULL AS is_cancelled
     FROM place_role_terms
     WHERE id = $1 AND cancelled_at IS NULL"
);
held_part!(
    held_shift,
    OpeningShift,
    OpeningShiftId,
    "SELECT id, opening_id, person_id, role, instead_of_id, absent_at IS NOT NULL AS is_absent FROM opening_shifts
     WHERE id = $1 AND removed_at IS NULL"
);

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// How many rows a statement counts.
pub(in crate::drop_in_places) async fn count(
    db: &impl ConnectionTrait,
    sql: &'static Sql,
    values: impl IntoIterator<Item = Value>,
) -> Result<i64> {
    let count: Option<Count> = sql.one(db, values).await?;
    Ok(count.map_or(0, |count| count.n))
}

#[derive(FromQueryResult)]
struct RoleRow {
    role: PlaceRole,
}

/// As what somebody is at the place on a day; as a paid guide where that is one of several.
pub(in crate::drop_in_places) async fn role_on(
    db: &impl ConnectionTrait,
    place: DropInPlaceId,
    person: PersonId,
    on: NaiveDate,
) -> Result<Option<PlaceRole>> {
    static SQL: Sql = Sql::new(
        "SELECT role FROM place_role_terms WHERE place_id = $1 AND person_id = $2 AND cancelled_at IS NULL AND from_on <= $3
           AND (to_on IS NULL OR to_on >= $3) ORDER BY CASE role WHEN 'PAID_GUIDE' THEN 0 ELSE 1 END, from_on, id LIMIT 1",
    );
    let values: [Value; 3] = [place.0.into(), person.0.into(), on.into()];
    let found: Option<RoleRow> = SQL.one(db, values).await?;
    Ok(found.map(|row| row.role))
}
