//! Coordinators' notes on support persons, and what to keep in mind when writing where people may be told of.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ids::{OrganisationId, PersonId, SupportPersonId};
use rinnalla_domain::notes::{self as domain, Allow, Clear, Set};
use rinnalla_domain::personal::Personal;
use rinnalla_domain::{labels, texts};

use super::organisations::Organisation;
use super::payload::{ctx, key};
use super::people::Person;
use super::prefetch::filled;
use super::scalars::{DateTime, Ref};
use super::support_persons::SupportPerson;
use super::written::{Answer, Written, written};

/// A coordinator's short note on a support person (koordinaattorin muistiinpano). The organisation's coordinators alone
/// see it, and only where its administrator allowed notes. The support person may ask to be told what it says.
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupportPersonNote {
    /// What it says, at most 200 characters.
    text: String,
    /// When it was written.
    written_at: DateTime,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    pub(super) by: PersonId,
    #[graphql(skip)]
    pub(super) written_by: Option<Option<Arc<Person>>>,
}

/// A coordinator's short note on a support person (koordinaattorin muistiinpano). The organisation's coordinators alone
/// see it, and only where its administrator allowed notes. The support person may ask to be told what it says.
#[written]
#[ComplexObject]
impl SupportPersonNote {
    /// Who wrote it last.
    async fn written_by(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.written_by)?.as_deref())
    }
}

impl From<domain::Note> for SupportPersonNote {
    fn from(note: domain::Note) -> Self {
        Self {
            text: note.text.into_inner(),
            written_at: note.written_at.into(),
            version: note.version,
            by: note.written_by,
            written_by: None,
        }
    }
}

/// What to keep in mind beside a field for free words (kirjoitusohje).
#[derive(SimpleObject, Written)]
pub struct WritingHint {
    /// The most characters.
    max_characters: i32,
    /// The sentence, in the viewer's language.
    text: String,
}

/// What can be asked of fields for free words.
#[derive(Default)]
pub struct WritingQuery;

#[Object]
impl WritingQuery {
    /// What to keep in mind when writing a label for a case.
    async fn label_hint(&self, c: &Context<'_>) -> Result<Answer<WritingHint>> {
        hint(c, "hint-label", labels::rules::LABEL_MAX_CHARS)
    }

    /// What to keep in mind when writing a note on a support person.
    async fn note_hint(&self, c: &Context<'_>) -> Result<Answer<WritingHint>> {
        hint(c, "hint-note", domain::rules::NOTE_MAX_CHARS)
    }
}

fn hint(c: &Context<'_>, id: &str, most: usize) -> Result<Answer<WritingHint>> {
    Ok(Answer(WritingHint {
        max_characters: i32::try_from(most).unwrap_or(i32::MAX),
        text: texts::text(ctx(c)?.language, id, None),
    }))
}

payload!(SupportPersonNotePayload, support_person: SupportPerson, "What came of an act on a note.");
payload!(OrganisationNotesPayload, organisation: Organisation, "What came of allowing notes, or of ending that.");

/// Writes a note on a support person.
#[derive(InputObject)]
pub struct SupportPersonNoteSetInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whom it is about.
    support_person_id: Ref<SupportPersonId>,
    /// The version of the note that it takes the place of; absent where there is none yet.
    version: Option<i32>,
    /// What it says, at most 200 characters: a practical matter. Nothing on anybody's health, and nobody else's name.
    text: String,
}

/// Erases a note on a support person.
#[derive(InputObject)]
pub struct SupportPersonNoteClearInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Whom it is about.
    support_person_id: Ref<SupportPersonId>,
    /// The note's version.
    version: i32,
}

/// Allows notes on support persons in an organisation, or ends that.
#[derive(InputObject)]
pub struct OrganisationNotesAllowInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation, of which one is an administrator.
    organisation_id: Ref<OrganisationId>,
    /// The organisation's version.
    version: i32,
    /// Whether its coordinators may keep notes. Where they may no longer, every note is erased.
    is_allowed: bool,
}

/// What can be done with notes.
#[derive(Default)]
pub struct NoteMutation;

#[Object]
impl NoteMutation {
    /// Writes a note on a support person, which the organisation's coordinators alone see.
    async fn support_person_note_set(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The note.")] input: SupportPersonNoteSetInput,
    ) -> Result<SupportPersonNotePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let set = Set {
                support_person: input.support_person_id.or_unknown(),
                version: input.version,
                text: Personal::from(input.text),
            };
            domain::set(ctx, &key, set).await
        };
        SupportPersonNotePayload::of(c, done.await, SupportPerson::load).await
    }

    /// Erases a note on a support person.
    async fn support_person_note_clear(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SupportPersonNoteClearInput,
    ) -> Result<SupportPersonNotePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let clear = Clear {
                support_person: input.support_person_id.or_unknown(),
                version: input.version,
            };
            domain::clear(ctx, &key, clear).await
        };
        SupportPersonNotePayload::of(c, done.await, SupportPerson::load).await
    }

    /// Allows notes on support persons in an organisation that one administers, or ends that and erases them.
    async fn organisation_notes_allow(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Where, and whether.")] input: OrganisationNotesAllowInput,
    ) -> Result<OrganisationNotesPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let allow = Allow {
                organisation: input.organisation_id.or_unknown(),
                version: input.version,
                is_allowed: input.is_allowed,
            };
            domain::allow(ctx, &key, allow).await
        };
        OrganisationNotesPayload::of(c, done.await, Organisation::load).await
    }
}
