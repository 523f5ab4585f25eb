//! As what people are at a place, from when to when: paid guides, volunteers, work try-outs, peer guides. Visitors are
//! nothing of the kind, and are not written down.

use chrono::NaiveDate;
use rinnalla_entity::ids::{DropInPlaceId, Id as _, PersonId, PlaceRoleTermId};
use rinnalla_entity::states::{PlaceRole, Role};
use sea_orm::Value;

use super::queries::{self, About};
use super::{PlaceRoleTerm, rules};
use crate::access::{ManageDropInPlaces, ReadDropInPlaces, require};
use crate::act::{Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::calendar::plus_days;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::people;
use crate::sql::Sql;

/// Somebody is something at a place from a day on.
#[derive(Clone, Copy, Debug)]
pub struct AddTerm {
    /// The place.
    pub place: DropInPlaceId,
    /// Who: somebody in a role of the association; as a paid guide, one of its paid guides.
    pub person: PersonId,
    /// As what.
    pub role: PlaceRole,
    /// The first day.
    pub from: NaiveDate,
    /// The last day; open where none is said.
    pub to: Option<NaiveDate>,
}

/// Somebody is it no longer.
#[derive(Clone, Copy, Debug)]
pub struct EndTerm {
    /// The term.
    pub term: PlaceRoleTermId,
    /// Its version.
    pub version: i32,
    /// The last day; the day before its first takes the whole term back.
    pub last_on: NaiveDate,
}

/// Says that somebody is something at a place. Nobody is the same twice on one day.
///
/// Errors: `NotFound`, `Invalid` (`from`, `to OUT_OF_RANGE`; `to DATES_OUT_OF_ORDER`; `personId UNKNOWN`,
/// `NOT_A_PAID_GUIDE_THERE`, `ALREADY_RECORDED`, `TOO_MANY`).
pub async fn add_term(ctx: &Ctx, key: &IdempotencyKey, input: AddTerm) -> Result<PlaceRoleTermId> {
    static MANY: Sql = Sql::new(
        "SELECT count(*) AS n FROM place_role_terms WHERE place_id = $1 AND cancelled_at IS NULL
           AND (to_on IS NULL OR to_on >= $2)",
    );
    static SAME: Sql = Sql::new(
        "SELECT count(*) AS n FROM place_role_terms WHERE place_id = $1 AND person_id = $2 AND role = $3
           AND cancelled_at IS NULL AND (to_on IS NULL OR to_on >= $4) AND from_on <= $5",
    );
    static SQL: Sql = Sql::new(
        "INSERT INTO place_role_terms (id, place_id, person_id, role, from_on, to_on, recorded_by, recorded_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7, $8)",
    );
    let scope = require::<ManageDropInPlaces>(ctx)?;
    let near = rules::near(ctx.today);
    let (from, to) = (input.from, input.to);
    Violations::default()
        .check(near.contains(&from), "from", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| near.contains(&to)), "to", "OUT_OF_RANGE")
        .check(to.is_none_or(|to| from <= to), "to", "DATES_OUT_OF_ORDER")
        .done()?;
    let id = PlaceRoleTermId::random();
    let mut act = match ctx.begin("placeRoleTermAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PlaceRoleTermId(done)),
    };
    let held = queries::hold(&act, &scope, About::Place(input.place)).await?;
    let (place, person, of): (Value, Value, _) = (
        held.id.0.into(),
        input.person.0.into(),
        held.organisation_id,
    );
    let is_known = people::holds_any_role(&act.tx, input.person, of, ctx.today).await?;
    let may_be = match input.role {
        PlaceRole::PaidGuide => {
            people::holds_role(&act.tx, input.person, of, Role::PaidGuide, ctx.today).await?
        }
        _ => true,
    };
    let same = [
        place.clone(),
        person.clone(),
        code(input.role),
        from.into(),
        to.unwrap_or(*near.end()).into(),
    ];
    let same = queries::count(&act.tx, &SAME, same).await?;
    let many = queries::count(&act.tx, &MANY, [place.clone(), ctx.today.into()]).await?;
    Violations::default()
        .check(is_known, "personId", "UNKNOWN")
        .check(!is_known || may_be, "personId", "NOT_A_PAID_GUIDE_THERE")
        .check(same == 0, "personId", "ALREADY_RECORDED")
        .check(many < rules::MOST_OF_A_PLACE, "personId", "TOO_MANY")
        .done()?;
    let values: [Value; 8] = [
        id.0.into(),
        place,
        person,
        code(input.role),
        from.into(),
        to.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(PlaceRoleTermId)
}

/// Ends somebody's term; ended on the day before its first, it is taken back.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`lastOn OUT_OF_RANGE`).
pub async fn end_term(ctx: &Ctx, key: &IdempotencyKey, input: EndTerm) -> Result<PlaceRoleTermId> {
    static END: Sql = Sql::new("UPDATE place_role_terms SET to_on = $2 WHERE id = $1");
    static CANCEL: Sql = Sql::new("UPDATE place_role_terms SET cancelled_at = $2 WHERE id = $1");
    let scope = require::<ManageDropInPlaces>(ctx)?;
    let id = input.term;
    let mut act = match ctx.begin("placeRoleTermEnd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PlaceRoleTermId(done)),
    };
    let held = queries::hold(&act, &scope, About::Term(id)).await?;
    queries::take_term(&act.tx, id, input.version).await?;
    let term = queries::held_term(&act.tx, id).await?;
    let before = plus_days(term.from_on, -1);
    let may_end = before..=*rules::near(ctx.today).end();
    if !may_end.contains(&input.last_on) {
        return Err(Error::invalid("lastOn", "OUT_OF_RANGE"));
    }
    match input.last_on == before {
        true => CANCEL.run(&act.tx, [id.0.into(), ctx.now.into()]).await?,
        false => {
            END.run(&act.tx, [id.0.into(), input.last_on.into()])
                .await?
        }
    };
    let of = held.organisation_id;
    act.changed(&scope, of, ObjectKind::DropInPlace, held.id);
    act.done().await.map(PlaceRoleTermId)
}

/// One term; `None` where it is absent or hidden.
pub async fn find_term(ctx: &Ctx, id: PlaceRoleTermId) -> Result<Option<PlaceRoleTerm>> {
    let scope = require::<ReadDropInPlaces>(ctx)?;
    let found = queries::term(ctx, &scope, id).await?;
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::DropInPlace, id);
    }
    Ok(found)
}
