//! The SQL of a peer's own view: it reaches the actor's own invitations, whatever the actor's roles are.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, SupervisionInvitationId};
use rinnalla_entity::states::{SupervisionAnswer, SupervisionStatus};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::access::{Scope, TakePartInSupervision};
use crate::act::code;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;
use crate::supervision_sessions::OwnInvitation;

type Own = Scope<TakePartInSupervision>;

/// One alone, or all.
pub(in crate::supervision_sessions) async fn own_invitations(
    ctx: &Ctx,
    scope: &Own,
    id: Option<SupervisionInvitationId>,
) -> Result<Vec<OwnInvitation>> {
    let mut question = Question::new(
        ctx.store.backend(),
        "SELECT i.id, x.organisation_id, coalesce(x.substitute_id, x.supervisor_id) AS supervisor_id, x.on_date,
           x.starts_at, x.minutes, x.form, x.status, i.answer, a.status AS presence, i.version
         FROM supervision_invitations i JOIN supervision_sessions x ON x.id = i.session_id
         LEFT JOIN supervision_attendances a
           ON a.session_id = i.session_id AND a.person_id = i.person_id AND a.cancelled_at IS NULL
         WHERE i.withdrawn_at IS NULL AND i.person_id = ",
    );
    question.bind(scope.actor().uuid());
    if let Some(id) = id {
        question.words(" AND i.id = ").bind(id.uuid());
    }
    question.words(" ORDER BY x.on_date DESC, i.id DESC LIMIT 100");
    question.all(ctx.store.reader()).await
}

/// An own invitation that an act is about.
#[derive(FromQueryResult)]
pub(in crate::supervision_sessions) struct Invited {
    pub organisation_id: OrganisationId,
    pub on_date: NaiveDate,
    pub status: SupervisionStatus,
}

pub(in crate::supervision_sessions) async fn invited(
    db: &impl ConnectionTrait,
    scope: &Own,
    id: SupervisionInvitationId,
) -> Result<Option<Invited>> {
    static SQL: Sql = Sql::new(
        "SELECT x.organisation_id, x.on_date, x.status FROM supervision_invitations i
         JOIN supervision_sessions x ON x.id = i.session_id
         WHERE i.id = $1 AND i.person_id = $2 AND i.withdrawn_at IS NULL",
    );
    SQL.one(db, [id.0.into(), scope.actor().0.into()]).await
}

/// 0 where it was changed or withdrawn since.
pub(in crate::supervision_sessions) async fn answer(
    db: &impl ConnectionTrait,
    (id, version): (SupervisionInvitationId, i32),
    answer: SupervisionAnswer,
    at: Option<chrono::DateTime<chrono::Utc>>,
) -> Result<u64> {
    static SQL: Sql = Sql::new(
        "UPDATE supervision_invitations SET answer = $3, answered_at = $4, version = version + 1
         WHERE id = $1 AND version = $2 AND withdrawn_at IS NULL",
    );
    let values: [Value; 4] = [id.0.into(), version.into(), code(answer), at.into()];
    SQL.run(db, values).await
}
