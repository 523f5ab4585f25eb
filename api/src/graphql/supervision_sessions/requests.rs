//! Peers who ask to be contacted by a supervisor.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PersonId, SupervisionContactRequestId};
use rinnalla_domain::supervision_sessions::{self as domain, Ask, OnContactRequest};

use crate::graphql::payload::{ctx, key};
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, filled};
use crate::graphql::scalars::{DateTime, Ref, id};
use crate::graphql::written::{Written, written};

/// "Please contact me": a peer asks a supervisor to contact them, without a reason (yhteydenottopyyntö työnohjaajalle).
/// Supervisors see it, and the one who asked; the association does not.
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupervisionContactRequest {
    /// Its id.
    #[graphql(owned)]
    id: ID,
    /// When it was sent.
    asked_at: DateTime,
    /// When a supervisor said that they take care of it.
    acknowledged_at: Option<DateTime>,
    /// When it was taken back.
    withdrawn_at: Option<DateTime>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    who: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// "Please contact me": a peer asks a supervisor to contact them, without a reason (yhteydenottopyyntö työnohjaajalle).
/// Supervisors see it, and the one who asked; the association does not.
#[written]
#[ComplexObject]
impl SupervisionContactRequest {
    /// Who asks.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl From<domain::ContactRequest> for SupervisionContactRequest {
    fn from(row: domain::ContactRequest) -> Self {
        Self {
            id: id(row.id),
            asked_at: row.asked_at.into(),
            acknowledged_at: row.acknowledged_at.map(Into::into),
            withdrawn_at: row.withdrawn_at.map(Into::into),
            version: row.version,
            who: row.person_id,
            person: None,
        }
    }
}

impl SupervisionContactRequest {
    /// A list with what is selected below it.
    pub async fn all(
        ctx: &Ctx,
        rows: DomainResult<Vec<domain::ContactRequest>>,
        look: &Look<'_>,
    ) -> DomainResult<Vec<Self>> {
        let mut rows: Vec<Self> = rows?.into_iter().map(Self::from).collect();
        if let Some(below) = look.child("person") {
            let of: Vec<PersonId> = rows.iter().map(|row| row.who).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for row in &mut rows {
                row.person = Some(found.get(&row.who).cloned());
            }
        }
        Ok(rows)
    }

    /// One request with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupervisionContactRequestId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_request(ctx, id).await?;
        let found = Self::all(ctx, Ok(found.into_iter().collect()), &look).await;
        Ok(found?.pop())
    }
}

payload!(
    SupervisionContactRequestPayload,
    supervision_contact_request: SupervisionContactRequest,
    "What came of an act on a request to be contacted."
);

/// Asks to be contacted. There is no field for a reason.
#[derive(InputObject)]
pub struct SupervisionContactRequestSendInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association of which one is a support person, peer guide or expert.
    organisation_id: Ref<OrganisationId>,
}

macro_rules! input_on_request {
    ($name:ident, $doc:literal) => {
        #[doc = $doc]
        #[derive(InputObject)]
        pub struct $name {
            /// The client's own name for this attempt; the same key with the same input is done once.
            idempotency_key: String,
            /// The request.
            supervision_contact_request_id: Ref<SupervisionContactRequestId>,
            /// Its version.
            version: i32,
        }
    };
}

input_on_request!(
    SupervisionContactRequestWithdrawInput,
    "Takes one's own request back."
);
input_on_request!(
    SupervisionContactRequestAcknowledgeInput,
    "Says that one takes care of a request."
);
input_on_request!(
    SupervisionContactRequestAcknowledgeCancelInput,
    "Lets a request wait again."
);

/// What can be done with requests to be contacted.
#[derive(Default)]
pub struct SupervisionContactRequestMutation;

#[Object]
impl SupervisionContactRequestMutation {
    /// Asks the supervisors of an association's peers to contact one. No reason is given.
    async fn supervision_contact_request_send(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "As whose peer.")] input: SupervisionContactRequestSendInput,
    ) -> Result<SupervisionContactRequestPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let organisation = input.organisation_id.or_unknown();
        let done = domain::ask(ctx, &key, Ask { organisation }).await;
        SupervisionContactRequestPayload::of(c, done, SupervisionContactRequest::load).await
    }

    /// Takes one's own request back, as long as nobody has taken care of it.
    async fn supervision_contact_request_withdraw(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which request.")] input: SupervisionContactRequestWithdrawInput,
    ) -> Result<SupervisionContactRequestPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_contact_request_id, input.version);
        let done = domain::withdraw(ctx, &key, on).await;
        SupervisionContactRequestPayload::of(c, done, SupervisionContactRequest::load).await
    }

    /// Says, as a supervisor, that one takes care of a request.
    async fn supervision_contact_request_acknowledge(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which request.")] input: SupervisionContactRequestAcknowledgeInput,
    ) -> Result<SupervisionContactRequestPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_contact_request_id, input.version);
        let done = domain::acknowledge(ctx, &key, on).await;
        SupervisionContactRequestPayload::of(c, done, SupervisionContactRequest::load).await
    }

    /// Says that nobody has taken care of a request after all: it waits again.
    async fn supervision_contact_request_acknowledge_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which request.")] input: SupervisionContactRequestAcknowledgeCancelInput,
    ) -> Result<SupervisionContactRequestPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.supervision_contact_request_id, input.version);
        let done = domain::acknowledge_cancel(ctx, &key, on).await;
        SupervisionContactRequestPayload::of(c, done, SupervisionContactRequest::load).await
    }
}

fn on(request: &Ref<SupervisionContactRequestId>, version: i32) -> OnContactRequest {
    OnContactRequest {
        request: request.or_unknown(),
        version,
    }
}
