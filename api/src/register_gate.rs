//! The gate of the register: who asks is looked up before, and what was looked at is written down after.

use std::time::Duration;

use async_graphql::parser::types::OperationType;
use poem::http::header;
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{Id as _, RequestId};
use rinnalla_domain::texts::Language;
use rinnalla_domain::tokens::AccessToken;
use rinnalla_domain::{access, audit};

use crate::gate::{Credentials, Gate, Outcome, Refusal, Via};

/// Signs callers in by their access token; a request without one is nobody's.
#[derive(Clone)]
pub struct RegisterGate {
    register: Register,
}

impl RegisterGate {
    /// A gate before this register.
    pub fn new(register: Register) -> Self {
        Self { register }
    }
}

impl Gate for RegisterGate {
    type Ctx = Ctx;

    async fn open(&self, who: Credentials<'_>) -> Result<Ctx, Refusal> {
        let language = who
            .headers
            .get(header::ACCEPT_LANGUAGE)
            .and_then(|value| value.to_str().ok())
            .map_or(Language::Fi, Language::of_header);
        let address = crate::http::address_of(who.peer, who.headers);
        let Some(sent) = who.bearer else {
            return Ok(Ctx::new(&self.register, None, language).from_address(address));
        };
        let token = AccessToken::parse(sent).map_err(|_| Refusal::Unauthenticated)?;
        if who.via == Via::Question
            && let Some(known) = access::remembered(&self.register, &token)
        {
            return Ok(Ctx::of_remembered(&self.register, known, language).from_address(address));
        }
        let actor = access::sign_in(&self.register, &token).await?;
        let actor = actor.ok_or(Refusal::Unauthenticated)?;
        Ok(Ctx::new(&self.register, Some(actor), language).from_address(address))
    }

    async fn close(&self, ctx: &Ctx, outcome: Outcome<'_>) -> Result<(), Refusal> {
        // A client's own operation name could hold anything, so the log says the kind alone.
        let purpose = match outcome.kind {
            OperationType::Query => "query",
            OperationType::Mutation => "mutation",
            OperationType::Subscription => "subscription",
        };
        Ok(audit::write_seen(ctx, purpose).await?)
    }

    fn incident(&self, ctx: Option<&Ctx>) -> String {
        ctx.map_or_else(RequestId::random, |ctx| ctx.request)
            .encode()
    }
}

impl From<Error> for Refusal {
    fn from(error: Error) -> Self {
        match error {
            Error::Unauthenticated => Self::Unauthenticated,
            Error::Forbidden => Self::Forbidden,
            Error::Unavailable => Self::Unavailable {
                retry_after: Duration::from_secs(2),
            },
            Error::Outdated => Self::Outdated,
            other => Self::Internal(Box::new(other)),
        }
    }
}
