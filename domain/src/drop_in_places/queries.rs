//! The SQL of drop-in places: each statement reaches what its scope does.

mod acting;
mod planned;

use rinnalla_entity::ids::{
    ClosedDayId, DropInPlaceId, Id as _, OpeningId, OpeningRuleId, OpeningShiftId, OrganisationId,
    PlaceRoleTermId,
};
use sea_orm::FromQueryResult;

use super::{
    ClosedDay, DropInPlace, Opening, OpeningActivity, OpeningRule, OpeningShift, PlaceRoleTerm,
    Source, costs,
};
use crate::access::{ReadDropInPlaces, ReadPlaceCosts, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;

pub(super) use acting::*;
pub(super) use planned::*;

type Reading = Scope<ReadDropInPlaces>;

/// The most places that a list shows: our own choice, far above any association's.
const MOST: i64 = 200;

/// The columns of a place `p`, on a day that is bound between the two parts.
const PLACE: (&str, &str) = (
    "SELECT p.id, p.organisation_id, p.slug, p.name, p.address, p.county_code, p.municipality_code, p.is_public, p.takes_wishes,
       p.least_minutes, p.model_days, p.model_guides, p.version,
       (SELECT count(DISTINCT t.person_id) FROM place_role_terms t WHERE t.place_id = p.id AND t.role = 'PAID_GUIDE'
          AND t.cancelled_at IS NULL AND t.from_on <= ",
    ")) AS guides_today FROM drop_in_places p WHERE ",
);

fn places(ctx: &Ctx) -> Question {
    let mut question = Question::new(ctx.store.backend(), PLACE.0);
    question
        .bind(ctx.today)
        .words(" AND (t.to_on IS NULL OR t.to_on >= ")
        .bind(ctx.today)
        .words(PLACE.1);
    question
}

pub(super) async fn list(ctx: &Ctx, scope: &Reading) -> Result<Vec<DropInPlace>> {
    let mut question = places(ctx);
    question
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY p.id LIMIT ")
        .bind(MOST);
    question.all(ctx.store.reader()).await
}

pub(super) async fn for_ids(
    ctx: &Ctx,
    scope: &Reading,
    ids: &[DropInPlaceId],
) -> Result<Vec<DropInPlace>> {
    let mut question = places(ctx);
    question
        .is_one_of("p.id", ids)
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    question.all(ctx.store.reader()).await
}

#[derive(FromQueryResult)]
pub(super) struct Partner {
    pub place_id: DropInPlaceId,
    pub organisation_id: OrganisationId,
}

pub(super) async fn partners_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[DropInPlaceId],
) -> Result<Vec<Partner>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT r.place_id, r.organisation_id FROM drop_in_place_partners r JOIN drop_in_places p ON p.id = r.place_id WHERE ",
    );
    question
        .is_one_of("r.place_id", of)
        .words(" AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY r.organisation_id");
    question.all(ctx.store.reader()).await
}

/// Of which place a part is.
const IN_PLACE: &str = "p.organisation_id, p.id AS in_place, ";

/// A part of a place: its columns, and its table as `x`.
fn part(ctx: &Ctx, select: &str) -> Question {
    let mut question = Question::new(ctx.store.backend(), "SELECT ");
    question
        .words(select)
        .words(" x JOIN drop_in_places p ON p.id = x.place_id WHERE ");
    question
}

const RULES: &str = "x.id, x.place_id, x.recurrence, x.starts_at, x.ends_at, x.from_on, x.to_on, x.opens_on_holidays, x.version,
     x.cancelled_at IS NOT NULL AS is_cancelled
     FROM opening_rules";
const CLOSED: &str = "x.id, x.place_id, x.from_on, x.to_on, x.reason, x.version, x.cancelled_at IS NOT NULL AS is_cancelled FROM closed_days";
const TERMS: &str = "x.id, x.place_id, x.person_id, x.role, x.from_on, x.to_on, x.version,
     x.cancelled_at IS NOT NULL AS is_cancelled FROM place_role_terms";
const OPENINGS: &str =
    "x.id, x.place_id, x.rule_id, x.on_date, x.starts_at, x.ends_at, x.cancelled_for, x.visits,
     x.first_time_visits, x.personal_supports, x.area, x.version FROM openings";

pub(super) async fn rules_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[DropInPlaceId],
) -> Result<Vec<OpeningRule>> {
    let mut question = part(ctx, RULES);
    question
        .is_one_of("x.place_id", of)
        .words(" AND x.cancelled_at IS NULL AND (x.to_on IS NULL OR x.to_on >= ")
        .bind(ctx.today)
        .words(") AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.from_on, x.starts_at, x.id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn closed_days_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[DropInPlaceId],
) -> Result<Vec<ClosedDay>> {
    let mut question = part(ctx, CLOSED);
    question
        .is_one_of("x.place_id", of)
        .words(" AND x.cancelled_at IS NULL AND x.to_on >= ")
        .bind(ctx.today)
        .words(" AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.from_on, x.id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn terms_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[DropInPlaceId],
) -> Result<Vec<PlaceRoleTerm>> {
    let mut question = part(ctx, TERMS);
    question
        .is_one_of("x.place_id", of)
        .words(" AND x.cancelled_at IS NULL AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.from_on, x.id");
    question.all(ctx.store.reader()).await
}

/// A part that is looked up by itself is noted in the log as the place that it belongs to.
macro_rules! find_part {
    ($name:ident, $select:ident, $id:ident, $row:ident) => {
        pub(super) async fn $name(ctx: &Ctx, scope: &Reading, id: $id) -> Result<Option<$row>> {
            #[derive(FromQueryResult)]
            struct Found {
                organisation_id: OrganisationId,
                in_place: DropInPlaceId,
                #[sea_orm(nested)]
                part: $row,
            }
            let mut question = part(ctx, &[IN_PLACE, $select].concat());
            question
                .words("x.id = ")
                .bind(id.uuid())
                .words(" AND ")
                .reaches_place(scope, ctx.today);
            let found: Option<Found> = question.one(ctx.store.reader()).await?;
            Ok(found.map(|found| {
                let seen = (found.organisation_id, found.in_place.uuid());
                ctx.see(scope, ObjectKind::DropInPlace, [seen]);
                found.part
            }))
        }
    };
}

find_part!(rule, RULES, OpeningRuleId, OpeningRule);
find_part!(closed_day, CLOSED, ClosedDayId, ClosedDay);
find_part!(term, TERMS, PlaceRoleTermId, PlaceRoleTerm);
find_part!(opening, OPENINGS, OpeningId, Opening);

const OF_OPENING: &str =
    " x JOIN openings o ON o.id = x.opening_id JOIN drop_in_places p ON p.id = o.place_id WHERE ";
const SHIFTS: &str =
    "x.id, x.opening_id, x.person_id, x.role, x.instead_of_id, x.absent_at IS NOT NULL AS is_absent
     FROM opening_shifts";
const ACTIVITIES: &str = "SELECT x.opening_id, x.code, x.idea FROM opening_activities";

pub(super) async fn activities_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[OpeningId],
) -> Result<Vec<OpeningActivity>> {
    let mut question = Question::new(ctx.store.backend(), ACTIVITIES);
    question
        .words(OF_OPENING)
        .is_one_of("x.opening_id", of)
        .words(" AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.opening_id, x.no");
    question.all(ctx.store.reader()).await
}

pub(super) async fn shifts_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[OpeningId],
) -> Result<Vec<OpeningShift>> {
    let mut question = Question::new(ctx.store.backend(), "SELECT ");
    question
        .words(SHIFTS)
        .words(OF_OPENING)
        .is_one_of("x.opening_id", of)
        .words(" AND x.removed_at IS NULL AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.added_at, x.id");
    question.all(ctx.store.reader()).await
}

pub(super) async fn sources_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[OpeningId],
) -> Result<Vec<Source>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT x.opening_id, x.code, x.visitors FROM opening_sources",
    );
    question
        .words(OF_OPENING)
        .is_one_of("x.opening_id", of)
        .words(" AND x.visitors > 0 AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY x.opening_id, x.code");
    question.all(ctx.store.reader()).await
}

pub(super) async fn costs_for(
    ctx: &Ctx,
    scope: &Scope<ReadPlaceCosts>,
    of: &[DropInPlaceId],
) -> Result<Vec<costs::Row>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT k.place_id, k.id, k.kind, k.on_date, k.cents, h.funder, h.cents AS share_cents FROM place_costs k
         JOIN drop_in_places p ON p.id = k.place_id JOIN place_cost_shares h ON h.cost_id = k.id
         WHERE k.cancelled_at IS NULL AND ",
    );
    question
        .is_one_of("k.place_id", of)
        .words(" AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY k.on_date DESC, k.recorded_at DESC, k.id, h.funder");
    question.all(ctx.store.reader()).await
}

pub(super) async fn shift(
    ctx: &Ctx,
    scope: &Reading,
    id: OpeningShiftId,
) -> Result<Option<OpeningShift>> {
    #[derive(FromQueryResult)]
    struct Found {
        organisation_id: OrganisationId,
        in_place: DropInPlaceId,
        #[sea_orm(nested)]
        shift: OpeningShift,
    }
    let mut question = Question::new(ctx.store.backend(), "SELECT ");
    question
        .words(IN_PLACE)
        .words(SHIFTS)
        .words(OF_OPENING)
        .words("x.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    let found: Option<Found> = question.one(ctx.store.reader()).await?;
    Ok(found.map(|found| {
        let seen = (found.organisation_id, found.in_place.uuid());
        ctx.see(scope, ObjectKind::DropInPlace, [seen]);
        found.shift
    }))
}
