//! The access log: who looked at whose data, and who changed it (act 703/2023 § 11: the person whom it is about may ask).
//!
//! Changes are logged in their own transaction ([`crate::act`]). For questions, each query over protected data notes
//! what it brought ([`Ctx::see`]), and the endpoint writes the notes before the answer goes out ([`write_seen`]).
//! One row a request, organisation and grant, and one row for each of its objects. The parts of a support
//! relationship (agreement, meetings, reviews) are logged as the relationship that they belong to.

pub(crate) mod journal;
pub mod seals;
pub(crate) mod writing;

use std::collections::BTreeSet;

use rinnalla_entity::ids::{Id, OrganisationId, PersonId, RoleGrantId};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use crate::access::{Permission, Rights, Scope};
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::store::Store;
use crate::texts::Language;
use journal::Entry;
pub(crate) use writing::Noted;

/// What kind of protected object a log row is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum ObjectKind {
    /// A person: name and contact details.
    Person,
    /// A support person.
    SupportPerson,
    /// A supported case.
    SupportedCase,
    /// A referral with its proposals.
    Referral,
    /// A support relationship with its agreement, meetings and reviews.
    SupportRelationship,
    /// A course with its sessions.
    Course,
    /// Somebody's part in a course, with the attendance.
    Enrolment,
    /// A training of support persons, with who takes part.
    Training,
    /// An expert by experience, with consents and assignments.
    Expert,
    /// A session of supervision with its invitations and attendance.
    SupervisionSession,
    /// A peer's asking to be contacted by a supervisor.
    SupervisionContactRequest,
    /// A drop-in place with its openings and who is there.
    DropInPlace,
    /// A peer group with its leaders and meetings.
    PeerGroup,
    /// An organisation, a partnership, a grant, an absence: who may do what; and what it counts without anybody in it.
    Organisation,
}

impl ObjectKind {
    pub(crate) fn code(self) -> &'static str {
        match self {
            Self::Person => "PERSON",
            Self::SupportPerson => "SUPPORT_PERSON",
            Self::SupportedCase => "SUPPORTED_CASE",
            Self::Referral => "REFERRAL",
            Self::SupportRelationship => "SUPPORT_RELATIONSHIP",
            Self::Course => "COURSE",
            Self::Enrolment => "ENROLMENT",
            Self::Training => "TRAINING",
            Self::Expert => "EXPERT",
            Self::SupervisionSession => "SUPERVISION_SESSION",
            Self::SupervisionContactRequest => "SUPERVISION_CONTACT",
            Self::DropInPlace => "DROP_IN_PLACE",
            Self::PeerGroup => "PEER_GROUP",
            Self::Organisation => "ORGANISATION",
        }
    }
}

/// What was done to an object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) enum Access {
    Read,
    Write,
    /// A question or act about something that is absent or hidden.
    Refused,
}

/// One object that was looked at or changed.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(crate) struct Seen {
    pub organisation: OrganisationId,
    pub grant: Option<RoleGrantId>,
    pub kind: ObjectKind,
    pub object: Uuid,
    pub access: Access,
}

impl Ctx {
    /// Notes protected objects that a question brought.
    pub(crate) fn see<P: Permission>(
        &self,
        scope: &Scope<P>,
        kind: ObjectKind,
        objects: impl IntoIterator<Item = (OrganisationId, Uuid)>,
    ) {
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        seen.extend(objects.into_iter().map(|(organisation, object)| Seen {
            organisation,
            grant: scope.grant_for(organisation),
            kind,
            object,
            access: Access::Read,
        }));
    }

    /// Notes that something was asked for that is absent or hidden; told apart by nobody but the log's reader.
    pub(crate) fn refuse<P: Permission>(
        &self,
        scope: &Scope<P>,
        kind: ObjectKind,
        object: impl Id,
    ) {
        let Some(organisation) = scope.any_organisations().first().copied() else {
            return;
        };
        let mut seen = self.seen.lock().unwrap_or_else(|e| e.into_inner());
        seen.push(Seen {
            organisation,
            grant: scope.grant_for(organisation),
            kind,
            object: object.uuid(),
            access: Access::Refused,
        });
    }
}

/// Writes what the request has looked at, and returns when it is safe. `purpose` is the operation's name or kind, never
/// its text.
///
/// Two statements on SQLite, one on PostgreSQL; none where nothing protected was seen by somebody who signed in for this
/// request. Requests that come at the same time are written together ([`journal`]).
///
/// Errors: `Outdated` where whoever asks is remembered and it holds no more; nothing is written then.
pub async fn write_seen(ctx: &Ctx, purpose: &str) -> Result<()> {
    let Some(actor) = &ctx.actor else {
        return Ok(());
    };
    let seen = seen_alone(ctx);
    let noted = (!seen.is_empty()).then(|| Noted::of(ctx, actor.person, purpose, seen));
    if noted.is_none() && ctx.rights.is_none() {
        return Ok(());
    }
    let entry = Entry {
        rights: ctx.rights,
        noted,
    };
    match journal::write(&ctx.store, entry).await? {
        true => Ok(()),
        false => Err(Error::Outdated),
    }
}

/// Whether rights stand where they stood when somebody was last looked up. One statement, shared with the log rows of those
/// who come at the same time.
pub(crate) async fn still_holds(store: &Store, rights: Rights) -> Result<bool> {
    let entry = Entry {
        rights: Some(rights),
        noted: None,
    };
    journal::write(store, entry).await
}

/// Takes out what was seen. What the request has changed is in the log already, and more than seen.
fn seen_alone(ctx: &Ctx) -> BTreeSet<Seen> {
    let seen = std::mem::take(&mut *ctx.seen.lock().unwrap_or_else(|e| e.into_inner()));
    let changed = ctx.changed.lock().unwrap_or_else(|e| e.into_inner());
    let is_news = |one: &Seen| {
        one.access != Access::Read || !changed.contains(&(one.organisation, one.object))
    };
    seen.into_iter().filter(is_news).collect()
}

/// One object changed at the command line.
pub(crate) fn at_command_line(
    organisation: OrganisationId,
    kind: ObjectKind,
    object: impl Id,
) -> Seen {
    Seen {
        organisation,
        grant: None,
        kind,
        object: object.uuid(),
        access: Access::Write,
    }
}

/// Writes log rows of what the keeper of the installation did, where nobody is signed in: their person is the nil id.
pub(crate) async fn write_command_line(
    db: &impl ConnectionTrait,
    register: &Register,
    seen: &[Seen],
) -> Result<()> {
    let ctx = Ctx::new(register, None, Language::Fi);
    let nobody = PersonId(Uuid::nil());
    let seen = seen.iter().copied().collect();
    let noted = [Noted::of(&ctx, nobody, "command line", seen)];
    writing::write(db, None, noted.iter()).await?;
    Ok(())
}
