//! Who is away and who stands in.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{AbsenceId, OrganisationId, PersonId};
use rinnalla_domain::people as domain;

use super::Person;
use crate::graphql::codes::Role;
use crate::graphql::organisations::Organisation;
use crate::graphql::payload::{ctx, key};
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::{Written, written};

/// An absence, with the person who stands in and has the absent one's rights and notices for those days (poissaolo).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Absence {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The first day.
    from_on: Date,
    /// The last day.
    to_on: Date,
    /// When it was cancelled, where it was.
    cancelled_at: Option<DateTime>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    people: [PersonId; 2],
    #[graphql(skip)]
    place: OrganisationId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    substitute: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
}

impl From<domain::Absence> for Absence {
    fn from(row: domain::Absence) -> Self {
        Self {
            id: id(row.id),
            from_on: row.from_on.into(),
            to_on: row.to_on.into(),
            cancelled_at: row.cancelled_at.map(DateTime),
            version: row.version,
            people: [row.person_id, row.substitute_id],
            place: row.organisation_id,
            person: None,
            substitute: None,
            organisation: None,
        }
    }
}

/// An absence, with the person who stands in and has the absent one's rights and notices for those days (poissaolo).
#[written]
#[ComplexObject]
impl Absence {
    /// Who is away.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// Who stands in.
    async fn substitute(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.substitute)?.as_deref())
    }

    /// From which organisation's work.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }
}

impl Absence {
    /// One absence with what is selected below it.
    pub async fn load(ctx: &Ctx, id: AbsenceId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find_absence(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Absence {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<_> = nodes.iter().map(|node| node.people[0]).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.people[0]).cloned());
            }
        }
        if let Some(below) = look.child("substitute") {
            let ids: Vec<_> = nodes.iter().map(|node| node.people[1]).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.substitute = Some(found.get(&node.people[1]).cloned());
            }
        }
        if let Some(below) = look.child("organisation") {
            let ids: Vec<_> = nodes.iter().map(|node| node.place).collect();
            let found = Organisation::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.place).cloned());
            }
        }
        Ok(())
    }
}

/// Somebody who may stand in for the one who asks: the name, and no more (työtoveri).
#[derive(SimpleObject, Written, Clone)]
pub struct Colleague {
    /// The person's id.
    id: ID,
    /// The name.
    name: String,
    /// The organisation in which both hold the role.
    organisation_id: ID,
    /// The role that both hold.
    role: Role,
}

impl From<domain::Colleague> for Colleague {
    fn from(row: domain::Colleague) -> Self {
        Self {
            id: id(row.id),
            name: row.name.into_inner(),
            organisation_id: id(row.organisation_id),
            role: row.role.into(),
        }
    }
}

payload!(AbsencePayload, absence: Absence, "What came of an act on an absence.");

/// Records an absence. Why somebody is away is not asked.
#[derive(InputObject)]
pub struct AbsenceRecordInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Who is away; oneself where it is not said.
    person_id: Option<Ref<PersonId>>,
    /// From which organisation's work.
    organisation_id: Ref<OrganisationId>,
    /// Who stands in: somebody with the same roles there over all the days.
    substitute_id: Ref<PersonId>,
    /// The first day.
    from_on: Date,
    /// The last day.
    to_on: Date,
}

/// Cancels an absence.
#[derive(InputObject)]
pub struct AbsenceCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The absence.
    absence_id: Ref<AbsenceId>,
    /// Its version.
    version: i32,
}

/// What can be done with absences.
#[derive(Default)]
pub struct AbsenceMutation;

#[Object]
impl AbsenceMutation {
    /// Records one's own absence, or somebody's in an organisation that one coordinates or administers.
    async fn absence_record(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, when, and who stands in.")] input: AbsenceRecordInput,
    ) -> Result<AbsencePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let new = domain::AbsenceRecord {
            person: input.person_id.map(Ref::or_unknown),
            organisation: input.organisation_id.or_unknown(),
            substitute: input.substitute_id.or_unknown(),
            from_on: input.from_on.0,
            to_on: input.to_on.0,
        };
        let done = domain::record_absence(ctx, &key, new).await;
        AbsencePayload::of(c, done, Absence::load).await
    }

    /// Cancels an absence; the substitute's rights end at once.
    async fn absence_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: AbsenceCancelInput,
    ) -> Result<AbsencePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let cancel = domain::AbsenceCancel {
                id: input.absence_id.or_unknown(),
                version: input.version,
            };
            domain::cancel_absence(ctx, &key, cancel).await
        };
        AbsencePayload::of(c, done.await, Absence::load).await
    }
}
