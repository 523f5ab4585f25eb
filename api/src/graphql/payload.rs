//! What a mutation answers: the object as it is now, or what the person can put right.

use async_graphql::{Context, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Violation};
use rinnalla_domain::{IdempotencyKey, texts};

use super::errors::top_level;
use super::written::Answer;

/// Something in the input that the person can put right.
#[derive(SimpleObject, Debug, Clone)]
pub struct UserError {
    /// The input field that it concerns, as `heldOn`; absent where it concerns the act as a whole.
    field: Option<String>,
    /// The stable code, as `DATE_IN_FUTURE`.
    code: String,
    /// The sentence for the person, in the person's language.
    message: String,
}

/// The request's context.
pub fn ctx<'a>(c: &Context<'a>) -> Result<&'a Ctx> {
    c.data::<Ctx>()
}

/// The mutation's idempotency key, bound to its whole input.
pub fn key(c: &Context<'_>, key: &str) -> Result<IdempotencyKey> {
    let arguments = c.field().arguments()?;
    // serde_json sorts an object's keys, so the same input in another order is the same input.
    let input: serde_json::Map<String, serde_json::Value> = arguments
        .into_iter()
        .filter_map(|(name, value)| Some((name.to_string(), value.into_json().ok()?)))
        .collect();
    Ok(IdempotencyKey {
        key: key.to_owned(),
        input: serde_json::Value::Object(input).to_string().into_bytes(),
    })
}

/// What was read or done, with the domain's error made a client's.
pub fn for_client<T>(ctx: &Ctx, done: rinnalla_domain::error::Result<T>) -> Result<T> {
    done.map_err(|error| top_level(error, ctx.language))
}

/// Answers a question.
pub fn answer<T>(ctx: &Ctx, done: rinnalla_domain::error::Result<T>) -> Result<Answer<T>> {
    for_client(ctx, done).map(Answer)
}

/// Splits what an act came to: its object's id, or the user's errors; anything else is a top-level error.
pub fn outcome<I>(
    ctx: &Ctx,
    done: rinnalla_domain::error::Result<I>,
) -> Result<std::result::Result<I, Vec<UserError>>> {
    match done {
        Ok(id) => Ok(Ok(id)),
        Err(Error::Invalid(violations)) => Ok(Err(violations
            .into_iter()
            .map(|violation| user_error(ctx, &violation))
            .collect())),
        Err(error) => Err(top_level(error, ctx.language)),
    }
}

fn user_error(ctx: &Ctx, violation: &Violation) -> UserError {
    UserError {
        field: (!violation.field.is_empty()).then(|| violation.field.to_owned()),
        code: violation.code.to_owned(),
        message: texts::of_code(ctx.language, violation.code),
    }
}

/// Declares a payload type: `payload!(MeetingPayload, meeting: Meeting, "The meeting …")`, and with it
/// `MeetingPayload::of(c, done, load)`, which reads the object again after the act (and after a replay of it).
macro_rules! payload {
    ($payload:ident, $field:ident: $node:ty, $doc:literal) => {
        #[doc = $doc]
        #[derive(async_graphql::SimpleObject)]
        pub struct $payload {
            /// The object as it is now; absent where the act was refused.
            $field: Option<$node>,
            /// What the person can put right; empty where the act was done.
            user_errors: Vec<$crate::graphql::UserError>,
        }

        impl $payload {
            pub(in crate::graphql) async fn of<I>(
                c: &async_graphql::Context<'_>,
                done: rinnalla_domain::error::Result<I>,
                load: impl AsyncFnOnce(
                    &rinnalla_domain::ctx::Ctx,
                    I,
                    $crate::graphql::prefetch::Look<'_>,
                ) -> rinnalla_domain::error::Result<Option<$node>>,
            ) -> async_graphql::Result<Self> {
                use $crate::graphql::payload::{ctx, for_client, outcome};
                let ctx = ctx(c)?;
                Ok(match outcome(ctx, done)? {
                    Ok(id) => {
                        let look = $crate::graphql::prefetch::Look::of(c)
                            .child_of(stringify!($field))
                            .unwrap_or_default();
                        Self {
                            $field: for_client(ctx, load(ctx, id, look).await)?,
                            user_errors: Vec::new(),
                        }
                    }
                    Err(user_errors) => Self {
                        $field: None,
                        user_errors,
                    },
                })
            }
        }
    };
}
