//! A coordinator's short note on a support person: a practical matter, such as when somebody is best reached.
//!
//! There are none unless the organisation's administrator allows them, and ending that erases them. A note is read and
//! written by the organisation's own coordinators alone. It is sealed with the data key of the person whom it is about, so
//! that erasing the person erases it. It is never searched, mailed, exported or logged; that it was read or changed is.

mod queries;
pub mod rules;

use std::collections::{HashMap, HashSet};

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId, SupportPersonId};
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::access::{self, AllowNotes, KeepNotes, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::personal::Personal;
use crate::sealing::{self, Cell, SealFault};

use queries::About;

/// A note, opened for a coordinator.
#[derive(Clone, Debug)]
pub struct Note {
    /// What it says.
    pub text: Personal<String>,
    /// Who wrote it last.
    pub written_by: PersonId,
    /// When.
    pub written_at: DateTime<Utc>,
    /// Grows with every change.
    pub version: i32,
}

/// A note to write.
#[derive(Clone, Debug)]
pub struct Set {
    /// Whom it is about.
    pub support_person: SupportPersonId,
    /// The version of the note that it takes the place of; none where there is none yet.
    pub version: Option<i32>,
    /// What it says, at most [`rules::NOTE_MAX_CHARS`] characters.
    pub text: Personal<String>,
}

/// A note to erase.
#[derive(Clone, Copy, Debug)]
pub struct Clear {
    /// Whom it is about.
    pub support_person: SupportPersonId,
    /// The note's version.
    pub version: i32,
}

/// Whether an organisation keeps notes from now on.
#[derive(Clone, Copy, Debug)]
pub struct Allow {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The organisation's version.
    pub version: i32,
    /// Whether it keeps notes.
    pub is_allowed: bool,
}

#[derive(FromQueryResult)]
struct Sealed {
    support_person_id: SupportPersonId,
    organisation_id: OrganisationId,
    text_sealed: Vec<u8>,
    written_by: PersonId,
    written_at: DateTime<Utc>,
    version: i32,
    person_id: PersonId,
    data_key_sealed: Vec<u8>,
}

/// The notes on these support persons, for the coordinators of their organisations.
pub async fn for_support_persons(
    ctx: &Ctx,
    of: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, Note>> {
    let scope = access::require::<KeepNotes>(ctx)?;
    let rows = queries::notes_for(ctx.store.reader(), &scope, of).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.support_person_id.0));
    ctx.see(&scope, ObjectKind::SupportPerson, seen);
    let mut notes = HashMap::with_capacity(rows.len());
    for row in rows {
        let id = row.support_person_id;
        match open(ctx, &row) {
            Ok(text) => {
                let note = Note {
                    text,
                    written_by: row.written_by,
                    written_at: row.written_at,
                    version: row.version,
                };
                notes.insert(id, note);
            }
            Err(SealFault::UnknownKeyVersion(fault)) => {
                return Err(Error::Internal(Box::new(fault)));
            }
            Err(fault) => tracing::error!("the note on {} does not open: {fault}", id.encode()),
        }
    }
    Ok(notes)
}

/// Which of these organisations keep notes, as far as the actor coordinates or administers them.
pub async fn kept_in(ctx: &Ctx, of: &[OrganisationId]) -> Result<HashSet<OrganisationId>> {
    let mut own = Vec::new();
    for scope in [
        access::require::<KeepNotes>(ctx).map(|scope| scope.organisations()),
        access::require::<AllowNotes>(ctx).map(|scope| scope.organisations()),
    ] {
        match scope {
            Ok(organisations) => own.extend(organisations),
            Err(Error::Forbidden) => {}
            Err(error) => return Err(error),
        }
    }
    let of = of.iter().copied().filter(|id| own.contains(id));
    let of: Vec<OrganisationId> = of.collect();
    if of.is_empty() {
        return Ok(HashSet::new());
    }
    let kept = queries::allowed(ctx.store.reader(), of).await?;
    Ok(kept.into_iter().collect())
}

/// Writes a note, in the place of the one before where there was one.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`text EMPTY`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `LOOKS_LIKE_IDENTITY_NUMBER`, `NOTES_NOT_ALLOWED` where the organisation keeps none).
pub async fn set(ctx: &Ctx, key: &IdempotencyKey, input: Set) -> Result<SupportPersonId> {
    let scope = access::require::<KeepNotes>(ctx)?;
    let text = rules::check(input.text.reveal()).map(Personal::from);
    let text: Personal<String> = text.map_err(|code| Error::invalid("text", code))?;
    let of = input.support_person;
    let mut act = match ctx.begin("supportPersonNoteSet", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let about = reach(&act, &scope, of).await?;
    if !about.is_allowed {
        return Err(Error::invalid("text", "NOTES_NOT_ALLOWED"));
    }
    if about.version != input.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let sealed = seal(ctx, of, &about, &text)?;
    let written = match about.version {
        Some(version) => queries::replace(&act.tx, of, version, sealed, ctx).await?,
        None => queries::insert(&act.tx, of, about.organisation_id, sealed, ctx).await?,
    };
    if written == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, about.organisation_id, ObjectKind::SupportPerson, of);
    act.done().await.map(SupportPersonId)
}

/// Erases a note.
///
/// Errors: `NotFound` (also where there is no note), `Conflict` (`STALE_VERSION`).
pub async fn clear(ctx: &Ctx, key: &IdempotencyKey, input: Clear) -> Result<SupportPersonId> {
    let scope = access::require::<KeepNotes>(ctx)?;
    let of = input.support_person;
    let mut act = match ctx.begin("supportPersonNoteClear", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupportPersonId(done)),
    };
    let about = reach(&act, &scope, of).await?;
    about.version.ok_or(Error::NotFound)?;
    if queries::erase(&act.tx, of, input.version).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    act.changed(&scope, about.organisation_id, ObjectKind::SupportPerson, of);
    act.done().await.map(SupportPersonId)
}

/// Allows notes in one's own organisation, or ends that. Ending it erases every note of the organisation.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`).
pub async fn allow(ctx: &Ctx, key: &IdempotencyKey, input: Allow) -> Result<OrganisationId> {
    let scope = access::require::<AllowNotes>(ctx)?;
    let id = input.organisation;
    let mut act = match ctx.begin("organisationNotesAllow", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    if !scope.covers(id) {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
        return Err(Error::NotFound);
    }
    queries::take_organisation(&act.tx, id, input.version).await?;
    match input.is_allowed {
        true => drop(queries::allow(&act.tx, id, ctx).await?),
        false => queries::forbid(&act.tx, id).await?,
    }
    act.changed(&scope, id, ObjectKind::Organisation, id);
    act.done().await.map(OrganisationId)
}

/// Seals the notes on these support persons anew with the key of the person whom they are about from now on.
pub(crate) async fn follow(
    act: &Act<'_>,
    of: &[SupportPersonId],
    from: PersonId,
    to: PersonId,
) -> Result<()> {
    let notes = queries::texts(&act.tx, of).await?;
    if notes.is_empty() {
        return Ok(());
    }
    let keys = queries::keys_of(&act.tx, &[from, to]).await?;
    let key = |person: PersonId| {
        let sealed = keys.iter().find(|row| row.id == person);
        let sealed = sealed.map(|row| row.data_key_sealed.as_slice());
        let sealed = sealed.ok_or_else(|| Error::internal("a person has no data key"))?;
        sealing::open_data_key(&act.ctx.keys, person.0, sealed)
            .map_err(|fault| Error::Internal(Box::new(fault)))
    };
    let (old, new) = (key(from)?, key(to)?);
    for note in notes {
        let at = cell(note.support_person_id.0);
        let text = sealing::open_text(&old, at, &note.text_sealed)
            .and_then(|text| sealing::seal_text(&new, at, text.reveal()))
            .map_err(|fault| Error::Internal(Box::new(fault)))?;
        queries::reseal(&act.tx, note.support_person_id, text).await?;
    }
    Ok(())
}

async fn reach(act: &Act<'_>, scope: &Scope<KeepNotes>, of: SupportPersonId) -> Result<About> {
    let found = queries::about(&act.tx, scope, of).await?;
    if found.is_none() {
        act.ctx.refuse(scope, ObjectKind::SupportPerson, of);
    }
    found.ok_or(Error::NotFound)
}

fn cell(support_person: Uuid) -> Cell {
    Cell {
        table: "support_person_notes",
        column: "text",
        row: support_person,
    }
}

fn seal(ctx: &Ctx, of: SupportPersonId, about: &About, text: &Personal<String>) -> Result<Vec<u8>> {
    let sealed = || {
        let key = sealing::open_data_key(&ctx.keys, about.person_id.0, &about.data_key_sealed)?;
        sealing::seal_text(&key, cell(of.0), text.reveal())
    };
    sealed().map_err(|fault: SealFault| Error::Internal(Box::new(fault)))
}

fn open(ctx: &Ctx, row: &Sealed) -> std::result::Result<Personal<String>, SealFault> {
    let key = sealing::open_data_key(&ctx.keys, row.person_id.0, &row.data_key_sealed)?;
    sealing::open_text(&key, cell(row.support_person_id.0), &row.text_sealed)
}
