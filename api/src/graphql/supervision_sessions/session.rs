//! A session of supervision, and what hangs below it.

use std::sync::Arc;

use async_graphql::{ComplexObject, ID, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{PersonId, SupervisionSessionId};
use rinnalla_domain::supervision_sessions as domain;

use super::codes::{SupervisionAnswer, SupervisionForm, SupervisionPresence, SupervisionStatus};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, LocalTime, id};
use crate::graphql::written::{Written, written};

/// A session of supervision, as its supervisor sees it (työnohjauskerta).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupervisionSession {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The name of the association whose peers are supervised.
    organisation_name: String,
    /// The day.
    on: Date,
    /// The time of day.
    starts_at: LocalTime,
    /// When it begins.
    begins: DateTime,
    /// When it ends.
    ends: DateTime,
    /// How long it is to last, in minutes.
    minutes: i16,
    /// How long it lasted, where it was held.
    held_minutes: Option<i16>,
    /// In a group, with one person, or from afar.
    form: SupervisionForm,
    /// Planned, held or cancelled.
    status: SupervisionStatus,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    pub(super) row: domain::SupervisionSession,
    #[graphql(skip)]
    supervisor: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    substitute: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    themes: Option<Vec<String>>,
    #[graphql(skip)]
    text: Option<Option<SupervisionText>>,
    #[graphql(skip)]
    invitations: Option<Vec<SupervisionInvitation>>,
    #[graphql(skip)]
    attendance: Option<Vec<SupervisionAttendance>>,
}

/// A session of supervision, as its supervisor sees it (työnohjauskerta).
#[written]
#[ComplexObject]
impl SupervisionSession {
    /// Whose session it is.
    async fn supervisor(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.supervisor)?.as_deref())
    }

    /// Who holds it in their place, where somebody does.
    async fn substitute(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.substitute)?.as_deref())
    }

    /// What it is about: codes of the list `SUPERVISION_THEME`.
    async fn themes(&self) -> Result<&[String]> {
        Ok(filled(&self.themes)?)
    }

    /// What one wrote on it oneself; nobody else reads it.
    async fn text(&self) -> Result<Option<&SupervisionText>> {
        Ok(filled(&self.text)?.as_ref())
    }

    /// Who is invited.
    async fn invitations(&self) -> Result<&[SupervisionInvitation]> {
        Ok(filled(&self.invitations)?)
    }

    /// Who was there, and who was not.
    async fn attendance(&self) -> Result<&[SupervisionAttendance]> {
        Ok(filled(&self.attendance)?)
    }
}

/// A supervisor's own words on a session, which nobody else reads (työnohjaajan muistiinpano).
#[derive(SimpleObject, Written, Clone)]
pub struct SupervisionText {
    /// What it says, at most 400 characters.
    text: String,
    /// When it was written.
    written_at: DateTime,
}

/// Somebody who is invited to a session, with their answer (kutsu työnohjaukseen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupervisionInvitation {
    /// Its id.
    #[graphql(owned)]
    id: ID,
    /// What they answered.
    answer: SupervisionAnswer,
    /// When, where they did.
    answered_at: Option<DateTime>,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// Somebody who is invited to a session, with their answer (kutsu työnohjaukseen).
#[written]
#[ComplexObject]
impl SupervisionInvitation {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

/// Whether somebody was at a session of supervision (läsnäolomerkintä työnohjauksessa).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupervisionAttendance {
    /// Whether.
    status: SupervisionPresence,
    #[graphql(skip)]
    who: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// Whether somebody was at a session of supervision (läsnäolomerkintä työnohjauksessa).
#[written]
#[ComplexObject]
impl SupervisionAttendance {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<domain::Presence> for SupervisionAttendance {
    fn from(row: domain::Presence) -> Self {
        Self {
            status: row.status.into(),
            who: row.person_id,
            person: None,
        }
    }
}

impl SupervisionAttendance {
    /// Fills in who it was.
    pub(super) async fn fill_people(
        all: Vec<&mut Self>,
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let of: Vec<PersonId> = all.iter().map(|it| it.who).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for it in all {
                it.person = Some(found.get(&it.who).cloned());
            }
        }
        Ok(())
    }
}

impl From<domain::SupervisionSession> for SupervisionSession {
    fn from(row: domain::SupervisionSession) -> Self {
        let time = row.time();
        Self {
            id: id(row.id),
            organisation_name: row.organisation_name.clone(),
            on: row.on_date.into(),
            starts_at: LocalTime(time.clock()),
            begins: time.begins().into(),
            ends: time.ends().into(),
            minutes: row.minutes,
            held_minutes: row.held_minutes,
            form: row.form.into(),
            status: row.status.into(),
            version: row.version,
            row,
            supervisor: None,
            substitute: None,
            themes: None,
            text: None,
            invitations: None,
            attendance: None,
        }
    }
}

impl SupervisionSession {
    /// One session with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupervisionSessionId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    async fn fill_holders(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("supervisor") {
            let of: Vec<PersonId> = nodes.iter().map(|node| node.row.supervisor_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.supervisor = Some(found.get(&node.row.supervisor_id).cloned());
            }
        }
        if let Some(below) = look.child("substitute") {
            let of = nodes.iter().filter_map(|node| node.row.substitute_id);
            let found = Person::for_ids(ctx, &of.collect::<Vec<_>>(), &below).await?;
            for node in nodes.iter_mut() {
                let substitute = node.row.substitute_id;
                node.substitute = Some(substitute.and_then(|id| found.get(&id).cloned()));
            }
        }
        Ok(())
    }

    async fn fill_invitations(
        nodes: &mut [&mut Self],
        of: &[SupervisionSessionId],
        look: &Look<'_>,
        ctx: &Ctx,
    ) -> DomainResult<()> {
        let found = domain::invitations_for(ctx, of).await?;
        let people = match look.child("person") {
            Some(below) => {
                let of = found.values().flatten().map(|it| it.person_id);
                Some(Person::for_ids(ctx, &of.collect::<Vec<_>>(), &below).await?)
            }
            None => None,
        };
        for node in nodes.iter_mut() {
            let rows = found.get(&node.row.id).map(Vec::as_slice);
            let invitation = |row: &domain::Invitation| SupervisionInvitation {
                id: id(row.id),
                answer: row.answer.into(),
                answered_at: row.answered_at.map(Into::into),
                person: people.as_ref().map(|all| all.get(&row.person_id).cloned()),
            };
            node.invitations = Some(rows.unwrap_or_default().iter().map(invitation).collect());
        }
        Ok(())
    }
}

impl Prefetch for SupervisionSession {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<SupervisionSessionId> = nodes.iter().map(|node| node.row.id).collect();
        Self::fill_holders(nodes, look, ctx).await?;
        if look.has("themes") {
            let mut found = domain::themes_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.themes = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if look.has("text") {
            let mut found = domain::texts_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let text = found.remove(&node.row.id);
                node.text = Some(text.map(|text| SupervisionText {
                    text: text.text.into_inner(),
                    written_at: text.written_at.into(),
                }));
            }
        }
        if let Some(below) = look.child("invitations") {
            Self::fill_invitations(nodes, &ids, &below, ctx).await?;
        }
        if let Some(below) = look.child("attendance") {
            let mut found = domain::presences_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.attendance = Some(rows.into_iter().map(Into::into).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.attendance.as_mut());
            SupervisionAttendance::fill_people(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    SupervisionSession,
    SupervisionSessionConnection,
    SupervisionSessionEdge,
    "A page of sessions of supervision."
);
