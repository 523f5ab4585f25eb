//! What a coordinator or an administrator sees of the outbox: what went out, and above all what did not.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{
    Id as _, JointReviewId, OrganisationId, OutboxMessageId, PersonId, SupportRelationshipId,
};
use rinnalla_entity::states::{NoticeKind, OutboxStatus, RecipientRole};
use sea_orm::FromQueryResult;

use super::OPTED_OUT;
use super::queries::reading;
use crate::access::{ReadNotices, Scope, require};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::page::{Cursor, Grouped, Page, PageArgs};

/// A notice as it stands in the outbox.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Notice {
    /// Its id.
    pub id: OutboxMessageId,
    /// The organisation that coordinates the matter.
    pub organisation_id: OrganisationId,
    /// What it says.
    pub kind: NoticeKind,
    /// The relationship that it is about; a digest is about none.
    pub relationship_id: Option<SupportRelationshipId>,
    /// The review that it is about.
    pub review_id: Option<JointReviewId>,
    /// Whose duty it is.
    pub recipient_role: RecipientRole,
    /// The day that it is meant for.
    pub for_on: NaiveDate,
    /// How it stands.
    pub status: OutboxStatus,
    /// Why it was skipped, cancelled or given up, as `NO_RECIPIENT`.
    pub reason: Option<String>,
    /// How often it has been tried.
    pub attempts: i16,
    /// Before this it does not leave.
    pub not_before: DateTime<Utc>,
    /// Who it was sent to; none for an organisation's mailbox.
    pub sent_to_id: Option<PersonId>,
    /// When the duty to send it arose.
    pub created_at: DateTime<Utc>,
    /// When it ended.
    pub ended_at: Option<DateTime<Utc>>,
    /// Whose duty it is today, where that is one person: the responsible professional, whoever takes part in a course or
    /// leads it.
    pub meant_for_id: Option<PersonId>,
    /// Who said that it is seen to.
    pub acknowledged_by_id: Option<PersonId>,
    /// When.
    pub acknowledged_at: Option<DateTime<Utc>>,
}

impl Notice {
    /// Whether it reached nobody although it still applied, and nobody has seen to it.
    pub fn is_to_be_seen_to(&self) -> bool {
        matches!(self.status, OutboxStatus::Skipped | OutboxStatus::Dead)
            && self.reason.as_deref() != Some(OPTED_OUT)
            && self.acknowledged_at.is_none()
    }

    /// Where it stands in the list.
    pub fn cursor(&self) -> Cursor {
        Cursor {
            on: None,
            id: self.id.uuid(),
        }
    }
}

/// One try to hand a notice over.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Attempt {
    pub(super) message_id: OutboxMessageId,
    /// Which try; the first is 1.
    pub attempt: i16,
    /// What came of it, as `SENT` or `SMTP_450`.
    pub outcome: String,
    /// When.
    pub at: DateTime<Utc>,
}

/// Which notices are asked for; empty lists ask for all.
#[derive(Clone, Debug, Default)]
pub struct Filter {
    /// Those that reached nobody although they still applied, and that nobody has seen to.
    pub is_undelivered: bool,
    /// Those that stand so.
    pub statuses: Vec<OutboxStatus>,
    /// Those that say this.
    pub kinds: Vec<NoticeKind>,
    /// Those about this relationship.
    pub relationship: Option<SupportRelationshipId>,
}

/// The notices of the organisations that the actor acts for, the newest first.
pub async fn list(ctx: &Ctx, filter: &Filter, page: PageArgs) -> Result<Page<Notice>> {
    let scope = require::<ReadNotices>(ctx)?;
    let rows = reading::list(ctx, &scope, filter, &page).await?;
    let total = match page.total {
        true => Some(reading::count(ctx, &scope, filter).await?),
        false => None,
    };
    let page = Page::of(rows, &page, total);
    see(ctx, &scope, &page.rows);
    Ok(page)
}

/// One notice; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: OutboxMessageId) -> Result<Option<Notice>> {
    let scope = require::<ReadNotices>(ctx)?;
    let found = reading::find(ctx, &scope, id).await?;
    match &found {
        Some(notice) => see(ctx, &scope, std::slice::from_ref(notice)),
        None => ctx.refuse(&scope, ObjectKind::SupportRelationship, id),
    }
    Ok(found)
}

/// The tries of each notice, the first one first.
pub async fn attempts_for(
    ctx: &Ctx,
    of: &[OutboxMessageId],
) -> Result<Grouped<OutboxMessageId, Attempt>> {
    let scope = require::<ReadNotices>(ctx)?;
    let mut grouped = Grouped::new();
    for row in reading::attempts(ctx, &scope, of).await? {
        grouped
            .entry(row.message_id)
            .or_insert_with(Vec::new)
            .push(row);
    }
    Ok(grouped)
}

fn see(ctx: &Ctx, scope: &Scope<ReadNotices>, rows: &[Notice]) {
    let about = rows
        .iter()
        .filter(|row| row.kind != NoticeKind::SignIn)
        .filter_map(|row| Some((row.organisation_id, row.relationship_id?.uuid())));
    ctx.see(scope, ObjectKind::SupportRelationship, about);
}
