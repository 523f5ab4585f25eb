//! The SQL of house meetings: each statement reaches what its scope does of their places.

use rinnalla_entity::ids::{DropInPlaceId, HouseMeetingId, Id as _, WishId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{HouseMeeting, Item};
use crate::access::{KeepWishes, ReadDropInPlaces, Scope};
use crate::act::{Act, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::{self, Sql};

type Reading = Scope<ReadDropInPlaces>;

const MEETINGS: &str = "SELECT m.id, m.place_id, p.organisation_id, m.on_date, m.status, m.heads, m.version FROM house_meetings m
   JOIN drop_in_places p ON p.id = m.place_id WHERE ";

take_version!(pub(super) take, "house_meetings", HouseMeetingId);

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    of: DropInPlaceId,
    page: &PageArgs,
) -> Result<Vec<HouseMeeting>> {
    let mut question = Question::new(ctx.store.backend(), MEETINGS);
    question
        .words("m.place_id = ")
        .bind(of.uuid())
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    if let Some(after) = page.after {
        question
            .words(" AND (m.on_date, m.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY m.on_date DESC, m.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, of: DropInPlaceId) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM house_meetings m JOIN drop_in_places p ON p.id = m.place_id WHERE m.place_id = ",
    );
    question
        .bind(of.uuid())
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

pub(super) async fn find(
    ctx: &Ctx,
    scope: &Reading,
    id: HouseMeetingId,
) -> Result<Option<HouseMeeting>> {
    let mut question = Question::new(ctx.store.backend(), MEETINGS);
    question
        .words("m.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    question.one(ctx.store.reader()).await
}

pub(super) async fn items_for(
    ctx: &Ctx,
    scope: &Reading,
    of: &[HouseMeetingId],
) -> Result<Vec<Item>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT i.house_meeting_id, i.no, i.wish_id, i.topic, i.decision FROM house_meeting_items i
         JOIN house_meetings m ON m.id = i.house_meeting_id JOIN drop_in_places p ON p.id = m.place_id WHERE ",
    );
    question
        .is_one_of("i.house_meeting_id", of)
        .words(" AND ")
        .reaches_place(scope, ctx.today)
        .words(" ORDER BY i.house_meeting_id, i.no");
    question.all(ctx.store.reader()).await
}

/// Holds the meeting that an act is about, with its place. Absent or hidden: `NotFound`, noted as refused.
pub(super) async fn hold(
    act: &Act<'_>,
    scope: &Scope<KeepWishes>,
    id: HouseMeetingId,
) -> Result<HouseMeeting> {
    let mut question = Question::new(act.ctx.store.backend(), MEETINGS);
    question
        .words("m.id = ")
        .bind(id.uuid())
        .words(" AND ")
        .reaches_place(scope, act.ctx.today)
        .words_on(" FOR UPDATE OF m", "");
    let held: Option<HouseMeeting> = question.one(&act.tx).await?;
    if held.is_none() {
        act.ctx.refuse(scope, ObjectKind::DropInPlace, id);
    }
    held.ok_or(Error::NotFound)
}

/// The agenda of a meeting that is held.
pub(super) async fn items_of(db: &impl ConnectionTrait, id: HouseMeetingId) -> Result<Vec<Item>> {
    static SQL: Sql = Sql::new(
        "SELECT house_meeting_id, no, wish_id, topic, decision FROM house_meeting_items WHERE house_meeting_id = $1 ORDER BY no",
    );
    SQL.all(db, [id.0.into()]).await
}

/// Writes an agenda in the place of the one before: wishes first, then other matters.
pub(super) async fn write_items(
    db: &impl ConnectionTrait,
    id: HouseMeetingId,
    wishes: &[WishId],
    topics: &[String],
) -> Result<()> {
    static BEFORE: Sql = Sql::new("DELETE FROM house_meeting_items WHERE house_meeting_id = $1");
    BEFORE.run(db, [id.0.into()]).await?;
    let wishes = wishes.iter().map(|wish| (Some(wish.0), None));
    let topics = topics.iter().map(|topic| (None, Some(topic.clone())));
    let rows = (1_i16..).zip(wishes.chain(topics));
    let cells = rows
        .flat_map(|(no, (wish, topic))| [Value::from(id.0), no.into(), wish.into(), topic.into()]);
    let columns = "house_meeting_id, no, wish_id, topic";
    sql::insert_many(db, "house_meeting_items", columns, cells.collect()).await
}
