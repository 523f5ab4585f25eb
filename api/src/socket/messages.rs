//! What is said over a socket, after the graphql-transport-ws protocol.

use async_graphql::ServerError;
use poem::web::websocket::Message;
use serde::{Deserialize, Serialize, de::IgnoredAny};

use crate::{answer::Body, gate::bearer, http::params::Params};

/// What a client says.
#[derive(Deserialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromClient {
    /// The first message, with the sign-in.
    ConnectionInit {
        /// Where the token is.
        payload: Option<SignIn>,
    },
    /// A question whether anyone is there.
    Ping {
        #[serde(rename = "payload")]
        _payload: Option<IgnoredAny>,
    },
    /// The answer to such a question.
    Pong {
        #[serde(rename = "payload")]
        _payload: Option<IgnoredAny>,
    },
    /// A new subscription.
    Subscribe {
        /// What the client calls it.
        id: String,
        /// The GraphQL request.
        payload: Params,
    },
    /// The end of a subscription.
    Complete {
        /// What the client calls it.
        id: String,
    },
}

/// The payload of a `connection_init`: one of the two.
#[derive(Deserialize)]
pub struct SignIn {
    /// As the header's value: `Bearer …`.
    #[serde(alias = "Authorization")]
    pub authorization: Option<String>,
    /// The token alone.
    pub token: Option<String>,
}

impl SignIn {
    /// The token, if there is one.
    pub fn token(self) -> Option<String> {
        let given = self
            .authorization
            .as_deref()
            .and_then(bearer)
            .map(str::to_owned);
        given.or(self.token.filter(|token| !token.is_empty()))
    }
}

/// What the server says.
#[derive(Serialize)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum FromServer<'a> {
    /// The sign-in is good.
    ConnectionAck,
    /// Somebody is there.
    Pong,
    /// One event of a subscription.
    Next {
        /// What the client calls it.
        id: &'a str,
        /// The event.
        payload: Body<'a>,
    },
    /// A subscription that did not begin, or ended badly.
    Error {
        /// What the client calls it.
        id: &'a str,
        /// Why.
        payload: &'a [ServerError],
    },
    /// A subscription has ended.
    Complete {
        /// What the client calls it.
        id: &'a str,
    },
}

impl FromServer<'_> {
    /// The message as it is sent.
    pub fn message(&self) -> Message {
        Message::Text(serde_json::to_string(self).unwrap_or_default())
    }
}

/// Why a socket is closed.
#[derive(Debug)]
pub enum Close {
    /// The other end has gone, or is as good as gone: there is nobody to tell.
    Gone,
    /// With a code and a reason.
    With(u16, &'static str),
}

impl Close {
    /// The program is to stop.
    pub const STOPPING: Self = Self::With(1001, "Going away");
    /// Something broke on our side.
    pub const INTERNAL: Self = Self::With(1011, "Internal error");
    /// The client may try again later.
    pub const AGAIN: Self = Self::With(1013, "Try again later");
    /// A message that is not of the protocol.
    pub const BAD_MESSAGE: Self = Self::With(4400, "Invalid message");
    /// No sign-in, or one that does not hold any more.
    pub const UNAUTHENTICATED: Self = Self::With(4401, "Unauthorized");
    /// Signed in, and not permitted.
    pub const FORBIDDEN: Self = Self::With(4403, "Forbidden");
    /// No sign-in in time.
    pub const INIT_LATE: Self = Self::With(4408, "Connection initialisation timeout");
    /// A second subscription under one name.
    pub const TWICE: Self = Self::With(4409, "Subscriber already exists");
    /// A second sign-in.
    pub const INIT_TWICE: Self = Self::With(4429, "Too many initialisation requests");
}
