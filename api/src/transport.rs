//! What HTTP and the socket share: the schema behind its gate, and the documents seen.

use std::{io, sync::Arc, time::Duration};

use async_graphql::{Executor, Request as GraphQlRequest, Response as Executed};
use tokio::sync::{Semaphore, SemaphorePermit};

use crate::{
    answer::{self, Nulls, Stage},
    fault::Fault,
    gate::Gate,
    http::params::Params,
    limits::{Checked, Chosen, Documents, Limits, TrustedDocuments},
};

/// The most values that the answers under way may hold together, estimated ([`Limits::check_cost`]); whoever asks for more
/// than is free waits, in the order in which they came. An answer takes memory by what it holds, and the database answers few
/// at a time: hundreds of short ones go on together, of large ones a dozen, and the largest alone.
const AT_ONCE: u32 = 8_000;

/// What may differ between production, development and tests.
#[derive(Clone, Debug)]
pub struct Policy {
    /// Whether clients may ask for the schema.
    pub introspection: bool,
    /// Whether an unknown field is answered with the names of similar ones.
    pub suggestions: bool,
    /// How long a body may take to arrive.
    pub body_time: Duration,
    /// How long a request may take once it has arrived.
    pub request_time: Duration,
    /// The documents that are answered alone; any document where there are none.
    pub trusted: Option<Arc<TrustedDocuments>>,
}

impl Default for Policy {
    /// As in production.
    fn default() -> Self {
        Self {
            introspection: false,
            suggestions: false,
            body_time: Duration::from_secs(15),
            request_time: Duration::from_secs(30),
            trusted: None,
        }
    }
}

/// What the endpoint and the socket share: the schema, the gate, and the documents seen.
pub struct Transport<G, E> {
    pub(crate) gate: G,
    pub(crate) schema: E,
    pub(crate) policy: Policy,
    documents: Documents,
    nulls: Nulls,
    room: Semaphore,
}

impl<G: Gate, E: Executor> Transport<G, E> {
    /// Puts a schema, and what it is in GraphQL's own language, behind a gate.
    ///
    /// # Errors
    /// If the SDL cannot be read, or a trusted document is over a limit.
    pub fn new(schema: E, sdl: &str, gate: G, policy: Policy) -> io::Result<Arc<Self>> {
        let limits = Limits::for_schema(sdl, policy.introspection).map_err(io::Error::other)?;
        if let Some(trusted) = &policy.trusted {
            trusted.check(&limits).map_err(io::Error::other)?;
        }
        let trusted = policy.trusted.clone();
        Ok(Arc::new(Self {
            gate,
            schema,
            policy,
            documents: Documents::new(limits, trusted),
            nulls: Nulls::from_sdl(sdl).map_err(io::Error::other)?,
            room: Semaphore::new(AT_ONCE as usize),
        }))
    }

    /// The measured document of a query, and whether it has been validated before.
    pub(crate) fn find(&self, query: &str) -> Result<(Arc<Checked>, bool), Fault> {
        self.documents.find(query)
    }

    /// Keeps a document that passed validation.
    pub(crate) fn keep(&self, query: String, checked: &Arc<Checked>) {
        self.documents.keep(query, Arc::clone(checked));
    }

    /// Checks what depends on the variables; how many values the answer may hold.
    pub(crate) fn check(&self, chosen: Chosen<'_>, params: &Params) -> Result<u64, Fault> {
        chosen.check_variables(&params.variables)?;
        self.documents
            .limits()
            .check_cost(chosen, &params.variables)
    }

    /// Waits until so many values more may be under way ([`AT_ONCE`]); they are until what it returns is dropped.
    pub(crate) async fn admit(&self, values: u64) -> Option<SemaphorePermit<'_>> {
        let values = u32::try_from(values).unwrap_or(AT_ONCE).clamp(1, AT_ONCE);
        // It fails where the semaphore is closed, which nobody does.
        self.room.acquire_many(values).await.ok()
    }

    /// The executor's request. It is given the parsed document and no text.
    pub(crate) fn request(
        &self,
        checked: &Checked,
        params: &Params,
        ctx: G::Ctx,
    ) -> GraphQlRequest {
        let variables = params.variables.clone();
        let mut request = GraphQlRequest::new("").variables(variables).data(ctx);
        request.operation_name.clone_from(&params.operation_name);
        request.set_parsed_query(checked.document().clone());
        request
    }

    /// Settles what an execution gave: codes on the errors, null where they stand.
    pub(crate) fn settle(
        &self,
        response: &mut Executed,
        chosen: Chosen<'_>,
        incident: impl FnOnce() -> String,
    ) -> Stage {
        let effects = chosen.effects();
        let stage = answer::settle(response, self.policy.suggestions, effects, incident);
        if stage == Stage::Executed && !response.errors.is_empty() {
            let (document, operation) = chosen.parts();
            self.nulls.complete(response, document, operation, effects);
        }
        stage
    }
}
