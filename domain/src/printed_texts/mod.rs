//! What an association has printed in its own words: the agreement template (sopimuspohja), whose terms stand between
//! what was agreed and the signatures, and its own questions for the review sheet.
//!
//! The association supplies the contract templates to the professional (the support-person model of Kainuu), so everybody
//! who works with it may read and print them. Each is published in one act, a language at a time, as a new version; the
//! former ones stay, since agreements were signed on them. The answers to the questions are written on paper, and the
//! register has no place for them.

mod queries;
pub mod rules;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, PrintedTextId};
use rinnalla_entity::states::PrintedTextKind;

use crate::access::{self, PublishPrintedTexts, ReadOrganisations};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations;
use crate::page::{Cursor, Grouped, Page, PageArgs};
use crate::texts::Language;

/// One version of a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PrintedText {
    /// Its id.
    pub id: PrintedTextId,
    /// Whose words they are.
    pub organisation_id: OrganisationId,
    /// What it is.
    pub kind: PrintedTextKind,
    /// Its language: one of those that pages are in.
    pub language: Language,
    /// Counts the versions, from 1; the highest is printed.
    pub version: i32,
    /// Paragraphs of an agreement, or questions. None where nothing is to be printed any more.
    pub lines: Vec<String>,
    /// Who published it.
    pub published_by: PersonId,
    /// When.
    pub published_at: DateTime<Utc>,
}

impl PrintedText {
    /// Where the row stands among the versions.
    pub fn cursor(&self) -> Cursor {
        Cursor::of(self.id)
    }
}

/// A text to publish: all of it, as it is to be printed.
#[derive(Clone, Debug)]
pub struct Publish {
    /// The organisation.
    pub organisation: OrganisationId,
    /// What it is.
    pub kind: PrintedTextKind,
    /// Its language.
    pub language: Language,
    /// The version that it takes the place of; 0 where there is none yet.
    pub version: i32,
    /// The lines: at most so many, and so long, as [`rules::size`] says.
    pub lines: Vec<String>,
}

/// What these organisations have printed today: of each kind and language the newest version, as far as the actor knows of
/// the organisation.
pub async fn current_for(
    ctx: &Ctx,
    of: &[OrganisationId],
) -> Result<Grouped<OrganisationId, PrintedText>> {
    let reach = organisations::reach(ctx)?;
    let rows = queries::current(ctx.store.reader(), &reach, of).await?;
    let mut grouped = Grouped::new();
    for row in rows {
        let of_one: &mut Vec<PrintedText> = grouped.entry(row.organisation_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// The agreement templates of today of every organisation that the actor knows of, those without a word left out.
pub async fn templates(ctx: &Ctx) -> Result<Vec<PrintedText>> {
    let reach = organisations::reach(ctx)?;
    let mut rows = queries::templates(ctx.store.reader(), &reach).await?;
    rows.retain(|row| !row.lines.is_empty());
    Ok(rows)
}

/// One version; `None` where it is absent or not the actor's to know of.
pub async fn find(ctx: &Ctx, id: PrintedTextId) -> Result<Option<PrintedText>> {
    let reach = organisations::reach(ctx)?;
    let found = queries::find(ctx.store.reader(), &reach, id).await?;
    match access::require::<ReadOrganisations>(ctx) {
        Ok(scope) if found.is_none() => ctx.refuse(&scope, ObjectKind::Organisation, id),
        // Every role knows its own organisation, and what it has printed.
        Err(error) if found.is_none() => return Err(error),
        _ => {}
    }
    Ok(found)
}

/// Every version of one text, the newest first.
pub async fn versions(
    ctx: &Ctx,
    organisation: OrganisationId,
    kind: PrintedTextKind,
    language: Language,
    page: PageArgs,
) -> Result<Page<PrintedText>> {
    access::require::<ReadOrganisations>(ctx)?;
    let reach = organisations::reach(ctx)?;
    let of = (organisation, kind, language);
    let db = ctx.store.reader();
    let rows = queries::versions(db, &reach, of, &page).await?;
    let total = match page.total {
        true => Some(queries::count(db, &reach, of).await?),
        false => None,
    };
    Ok(Page::of(rows, &page, total))
}

/// Publishes a text of one's own organisation, in one language.
///
/// Errors: `Conflict` (`STALE_VERSION`), `Invalid`: `organisationId UNKNOWN`, `language UNKNOWN_CODE` (one that pages are
/// not in), `lines TOO_MANY`, `EMPTY` (one of them), `TOO_LONG`, `CONTROL_CHARACTER`, `LOOKS_LIKE_IDENTITY_NUMBER`.
pub async fn publish(ctx: &Ctx, key: &IdempotencyKey, input: Publish) -> Result<PrintedTextId> {
    let scope = access::require::<PublishPrintedTexts>(ctx)?;
    let mut faults = Violations::default();
    faults.check(
        scope.covers(input.organisation),
        "organisationId",
        "UNKNOWN",
    );
    let body = rules::check(input.kind, input.language, &input.lines, &mut faults);
    faults.done()?;
    let body = body.ok_or_else(|| Error::internal("an input was neither taken nor refused"))?;
    let id = PrintedTextId::random();
    let mut act = match ctx.begin("printedTextPublish", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(PrintedTextId(done)),
    };
    if queries::insert(&act.tx, &scope, id, &input, body, ctx.now).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let of = input.organisation;
    act.changed(&scope, of, ObjectKind::Organisation, of);
    act.done().await.map(PrintedTextId)
}
