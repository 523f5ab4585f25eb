//! The SQL of wishes: each statement reaches what its scope does of their places.

use rinnalla_entity::ids::{DropInPlaceId, Id as _, OrganisationId, WishId};
use rinnalla_entity::states::WishStatus;
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Filter, Wish};
use crate::access::{KeepWishes, ReadDropInPlaces, Scope};
use crate::act::{Act, code, take_version};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::reach::Question;
use crate::sql::{self, Sql};

type Reading = Scope<ReadDropInPlaces>;

const WISHES: &str = "SELECT w.id, w.place_id, p.organisation_id, w.source, w.text, w.area, w.status, w.told, w.answer,
       w.received_on, w.answered_on, w.version FROM wishes w JOIN drop_in_places p ON p.id = w.place_id WHERE ";

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Reading,
    filter: &Filter,
    page: &PageArgs,
) -> Result<Vec<Wish>> {
    let mut question = Question::new(ctx.store.backend(), WISHES);
    which(&mut question, ctx, scope, filter);
    if let Some(after) = page.after {
        question
            .words(" AND (w.received_on, w.id) < (")
            .bind(after.on)
            .words(", ")
            .bind(after.id)
            .words(")");
    }
    question
        .words(" ORDER BY w.received_on DESC, w.id DESC LIMIT ")
        .bind(page.limit());
    question.all(ctx.store.reader()).await
}

pub(super) async fn count(ctx: &Ctx, scope: &Reading, filter: &Filter) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT count(*) AS n FROM wishes w JOIN drop_in_places p ON p.id = w.place_id WHERE ",
    );
    which(&mut question, ctx, scope, filter);
    let count: Option<Count> = question.one(ctx.store.reader()).await?;
    Ok(count.map_or(0, |count| count.n.unsigned_abs()))
}

fn which(question: &mut Question, ctx: &Ctx, scope: &Reading, filter: &Filter) {
    question
        .words("w.text IS NOT NULL AND ")
        .reaches_place(scope, ctx.today);
    if let Some(place) = filter.place {
        question.words(" AND w.place_id = ").bind(place.uuid());
    }
    if let Some(status) = filter.status {
        question.words(" AND w.status = ").bind(code(status));
    }
}

pub(super) async fn find(ctx: &Ctx, scope: &Reading, id: WishId) -> Result<Option<Wish>> {
    Ok(for_ids(ctx, scope, &[id]).await?.pop())
}

pub(super) async fn for_ids(ctx: &Ctx, scope: &Reading, ids: &[WishId]) -> Result<Vec<Wish>> {
    let mut question = Question::new(ctx.store.backend(), WISHES);
    question
        .is_one_of("w.id", ids)
        .words(" AND ")
        .reaches_place(scope, ctx.today);
    question.all(ctx.store.reader()).await
}

/// What an act is about.
#[derive(Clone, Copy)]
pub(super) enum About {
    Place(DropInPlaceId),
    Wish(WishId),
}

/// The place that an act on its wishes is about.
#[derive(FromQueryResult)]
pub(super) struct Held {
    pub place_id: DropInPlaceId,
    pub organisation_id: OrganisationId,
}

/// Holds what an act is about. Absent or hidden: `NotFound`, noted as refused.
pub(super) async fn hold(act: &Act<'_>, scope: &Scope<KeepWishes>, about: About) -> Result<Held> {
    let mut question = Question::new(
        act.ctx.store.backend(),
        "SELECT p.id AS place_id, p.organisation_id FROM drop_in_places p WHERE p.id = ",
    );
    match about {
        About::Place(id) => question.bind(id.uuid()),
        About::Wish(id) => question
            .words("(SELECT w.place_id FROM wishes w WHERE w.id = ")
            .bind(id.uuid())
            .words(")"),
    };
    question
        .words(" AND ")
        .reaches_place(scope, act.ctx.today)
        .words_on(" FOR UPDATE OF p", "");
    let held: Option<Held> = question.one(&act.tx).await?;
    if held.is_none() {
        match about {
            About::Place(id) => act.ctx.refuse(scope, ObjectKind::DropInPlace, id),
            About::Wish(id) => act.ctx.refuse(scope, ObjectKind::DropInPlace, id),
        }
    }
    held.ok_or(Error::NotFound)
}

/// What is kept of a wish.
#[derive(FromQueryResult)]
pub(super) struct Kept {
    pub text: Option<String>,
    pub area: Option<i16>,
    pub status: WishStatus,
    pub answer: Option<String>,
}

pub(super) async fn kept(db: &impl ConnectionTrait, id: WishId) -> Result<Option<Kept>> {
    static SQL: Sql = Sql::new("SELECT text, area, status, answer FROM wishes WHERE id = $1");
    SQL.one(db, [id.0.into()]).await
}

take_version!(pub(super) take, "wishes", WishId);

/// Whether all of these wishes are a place's, and none was erased.
pub(super) async fn are_of(
    db: &impl ConnectionTrait,
    wishes: &[WishId],
    place: DropInPlaceId,
) -> Result<bool> {
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM wishes WHERE id = ANY_ID($1) AND place_id = $2 AND text IS NOT NULL",
    );
    let ids = sql::ids(db.get_database_backend(), wishes.iter().copied());
    let count: Option<Count> = SQL.one(db, [ids, place.0.into()]).await?;
    Ok(count.is_some_and(|count| usize::try_from(count.n) == Ok(wishes.len())))
}
