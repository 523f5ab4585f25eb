//! What is told of each answer over HTTP, so that whoever keeps the register can count them: never who asked, nor what.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use async_graphql::parser::types::OperationType;
use poem::{Endpoint, Request, Response};

/// One answer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// `query` or `mutation`; `none` where the request was refused before its operation was executed.
    pub operation: &'static str,
    /// `OK`, or the code of the first error.
    pub outcome: String,
    /// From the end of the header to the beginning of the answer.
    pub took: Duration,
}

/// Told of every answer.
pub type OnAnswer = Arc<dyn Fn(&Answered) + Send + Sync>;

/// The code of an answer's first error, kept beside the answer.
#[derive(Clone)]
pub(crate) struct Outcome(pub(crate) String);

/// The operation that was executed, kept beside its answer.
#[derive(Clone)]
pub(crate) struct Operation(pub(crate) OperationType);

/// An endpoint whose answers are told.
pub struct Measured<E> {
    /// What answers.
    pub endpoint: E,
    /// Who is told.
    pub told: Option<OnAnswer>,
}

impl<E: Endpoint<Output = Response>> Endpoint for Measured<E> {
    type Output = Response;

    async fn call(&self, request: Request) -> poem::Result<Response> {
        let begun = Instant::now();
        let response = self.endpoint.call(request).await?;
        if let Some(told) = &self.told {
            let operation = response.data().map(|Operation(of)| of);
            let outcome = response.data().map(|Outcome(code)| code.clone());
            told(&Answered {
                operation: match operation {
                    Some(OperationType::Query) => "query",
                    Some(OperationType::Mutation) => "mutation",
                    Some(OperationType::Subscription) | None => "none",
                },
                outcome: outcome.unwrap_or_else(|| "OK".to_owned()),
                took: begun.elapsed(),
            });
        }
        Ok(response)
    }
}
