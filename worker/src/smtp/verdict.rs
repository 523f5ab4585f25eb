//! What a reply or a broken connection means for the letter and for the queue.
//!
//! 4xx comes again later. 5xx about this recipient or this text is final for this letter. 5xx before
//! any recipient was named is not about a letter at all, and one that asks for a sign-in is not
//! either: those are our settings, and no letter may die of them.

use std::error::Error as _;
use std::io;

use lettre::transport::smtp::Error;

use crate::delivery::{Code, Outcome};

/// How far the conversation had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    /// Greeting, EHLO, STARTTLS.
    Opening,
    /// AUTH.
    SigningIn,
    /// MAIL FROM.
    Sender,
    /// RCPT TO.
    Recipient,
    /// DATA, before any of the text.
    Data,
    /// The text and its final dot.
    Text,
}

/// A conversation that did not end well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Fault {
    pub(super) outcome: Outcome,
    /// The server has answered in turn and will take another letter after RSET.
    pub(super) can_go_on: bool,
    stage: Stage,
}

impl Fault {
    pub(super) fn of(stage: Stage, error: &Error) -> Self {
        match error.status() {
            Some(reply) => {
                let reply = u16::from(reply);
                Self {
                    outcome: of_reply(stage, reply),
                    can_go_on: reply != 421,
                    stage,
                }
            }
            None => Self {
                outcome: of_silence(stage, error),
                can_go_on: false,
                stage,
            },
        }
    }

    pub(super) fn too_late(stage: Stage) -> Self {
        Self {
            outcome: Outcome::Retry(lost(stage, Code::Timeout)),
            can_go_on: false,
            stage,
        }
    }

    pub(super) fn out_of_step(stage: Stage) -> Self {
        Self {
            outcome: Outcome::Retry(lost(stage, Code::Lost)),
            can_go_on: false,
            stage,
        }
    }

    /// The connection was closed before anything was said about this letter.
    pub(super) fn is_closed_at_start(self) -> bool {
        let is_closed = matches!(self.outcome, Outcome::Retry(Code::Lost | Code::Smtp(421)));
        self.stage == Stage::Sender && is_closed
    }
}

/// What a refusing reply means.
pub(super) fn of_reply(stage: Stage, reply: u16) -> Outcome {
    match (stage, reply) {
        (_, 530 | 534 | 535 | 538) => Outcome::ConfigurationTrouble(Code::Auth),
        (_, ..500) => Outcome::Retry(Code::Smtp(reply)),
        (Stage::SigningIn, _) => Outcome::ConfigurationTrouble(Code::Auth),
        (Stage::Opening | Stage::Sender, _) => Outcome::ConfigurationTrouble(Code::Smtp(reply)),
        (Stage::Recipient | Stage::Data | Stage::Text, _) => Outcome::Dead(Code::Smtp(reply)),
    }
}

fn of_silence(stage: Stage, error: &Error) -> Outcome {
    if stage == Stage::SigningIn && error.is_client() {
        // The server knows no way of signing in that we know.
        return Outcome::ConfigurationTrouble(Code::Auth);
    }
    let mut source = error.source();
    while let Some(cause) = source {
        if let Some(cause) = cause.downcast_ref::<io::Error>()
            && is_tls(cause)
            && stage != Stage::Text
        {
            return Outcome::Retry(Code::Tls);
        }
        source = cause.source();
    }
    Outcome::Retry(lost(
        stage,
        if error.is_timeout() {
            Code::Timeout
        } else {
            Code::Lost
        },
    ))
}

pub(super) fn is_tls(error: &io::Error) -> bool {
    error
        .get_ref()
        .is_some_and(|cause| cause.is::<rustls::Error>())
}

fn lost(stage: Stage, before: Code) -> Code {
    if stage == Stage::Text {
        Code::LostAfterData
    } else {
        before
    }
}
