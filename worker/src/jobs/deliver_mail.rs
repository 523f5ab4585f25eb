//! Hands over the mail that is due.
//!
//! Claims rows for a while, looks at each anew, sends what still applies, several at a time, and writes what became of
//! each as it ends. A mail that was handed over and not yet written down when the worker dies goes out once more, with
//! the same Message-ID; nothing is lost, and nothing goes out as a second message.

use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Duration;

use rinnalla_domain::error::Result;
use rinnalla_domain::notices::{self, Claimed, Decision, End, Mailing};
use tokio::task::JoinSet;
use tokio::time::{Instant, sleep};

use super::House;
use crate::delivery::{Code, Outcome, Post};
use crate::message::Letter;
use crate::settings::Delivered;

mod letters;

/// Rows that one claim takes: claims in hundreds are twenty times as fast as single ones.
const BATCH: u16 = 100;
/// How many of the first wait a queue stands still whose own settings are in the way.
const PAUSE_WAITS: u32 = 5;
/// How often it is tried to write down what became of mails before that is left to the leases' end.
const TRIES: u32 = 5;

pub(crate) async fn run(house: &House) -> Result<u64> {
    let mut sent = 0;
    notices::enqueue_sign_ins(&house.ctx()).await?;
    while !house.is_stopping() {
        let claimed_at = Instant::now();
        let ctx = house.ctx();
        let claimed = notices::claim(&ctx, BATCH, house.settings.lease).await?;
        if claimed.is_empty() {
            break;
        }
        let batch = Batch::resolved(house, claimed, claimed_at).await?;
        let end = batch.hand_over().await?;
        sent += end.sent;
        if end.is_paused {
            break;
        }
    }
    house.post.rest().await;
    Ok(sent)
}

/// Claimed rows on their way out.
struct Batch<'a> {
    house: &'a House,
    waiting: VecDeque<(Claimed, Box<Mailing>, Letter)>,
    ended: Vec<(Claimed, End)>,
    in_flight: JoinSet<(Claimed, Box<Mailing>, Delivered, Outcome)>,
    /// After this nothing is begun: the lease might end before the server answers.
    last_start: Instant,
    trouble: Option<Code>,
    untried: Vec<Claimed>,
    sent: u64,
}

struct BatchEnd {
    sent: u64,
    is_paused: bool,
}

impl<'a> Batch<'a> {
    async fn resolved(
        house: &'a House,
        claimed: Vec<Claimed>,
        claimed_at: Instant,
    ) -> Result<Self> {
        let mut batch = Self {
            house,
            waiting: VecDeque::new(),
            ended: Vec::new(),
            in_flight: JoinSet::new(),
            // A letter takes half a lease at most; a little is left for writing down what became of it.
            last_start: claimed_at + house.settings.lease * 2 / 5,
            trouble: None,
            untried: Vec::new(),
            sent: 0,
        };
        let ctx = house.ctx();
        let resolved = match notices::resolve(&ctx, &claimed).await {
            Ok(resolved) => resolved,
            Err(error) => {
                // Nothing was wrong with the rows themselves.
                notices::give_back(&ctx, &claimed).await?;
                return Err(error);
            }
        };
        for (claimed, decision) in claimed.into_iter().zip(resolved) {
            let end = match decision {
                Decision::Skip(reason) => {
                    tracing::warn!(notice = %claimed.id.0, reason = reason.code(), "a notice has no recipient");
                    End::Skipped(reason)
                }
                Decision::Cancel(reason) => End::Cancelled(reason),
                Decision::Dead(code) => End::Dead {
                    code: code.to_owned(),
                    refused: None,
                },
                Decision::Send(notice) => match letters::write(house, &notice) {
                    Ok(letter) => {
                        batch.waiting.push_back((claimed, notice, letter));
                        continue;
                    }
                    Err(end) => end,
                },
            };
            batch.ended.push((claimed, end));
        }
        Ok(batch)
    }

    /// Sends what waits, several at a time, and writes down what became of each.
    async fn hand_over(mut self) -> Result<BatchEnd> {
        let at_once = self.house.settings.parallel.min(self.house.post.at_once());
        loop {
            while self.may_begin() && self.in_flight.len() < at_once {
                let Some((claimed, notice, letter)) = self.waiting.pop_front() else {
                    break;
                };
                let post = Arc::clone(&self.house.post);
                self.in_flight.spawn(hand(post, claimed, notice, letter));
            }
            self.write_down().await?;
            let Some(first) = self.in_flight.join_next().await else {
                break;
            };
            let mut done = vec![first];
            while let Some(more) = self.in_flight.try_join_next() {
                done.push(more);
            }
            for one in done {
                match one {
                    Ok((claimed, notice, delivered, outcome)) => {
                        self.note(claimed, &notice, &delivered, outcome);
                    }
                    Err(error) => tracing::error!(%error, "a mail could not be handed over"),
                }
            }
        }
        let waiting = self.waiting.drain(..).map(|(it, _, _)| it);
        self.untried.extend(waiting);
        let ctx = self.house.ctx();
        if let Some(code) = self.trouble {
            let wait = self.house.settings.first_retry * PAUSE_WAITS;
            tracing::error!(code = %code, "mail is paused: our own settings are in the way");
            notices::pause(&ctx, &code.to_string(), wait).await?;
        }
        notices::give_back(&ctx, &self.untried).await?;
        Ok(BatchEnd {
            sent: self.sent,
            is_paused: self.trouble.is_some(),
        })
    }

    fn may_begin(&self) -> bool {
        self.trouble.is_none() && !self.house.is_stopping() && Instant::now() < self.last_start
    }

    fn note(
        &mut self,
        claimed: Claimed,
        notice: &Mailing,
        delivered: &Delivered,
        outcome: Outcome,
    ) {
        let end = match outcome {
            Outcome::Sent => {
                self.sent += 1;
                tracing::info!(message_id = delivered.message_id, file = ?delivered.file, "mail delivered");
                if let Some(tell) = &self.house.settings.on_delivered {
                    tell(delivered);
                }
                End::Sent { to: notice.to }
            }
            Outcome::Retry(code) => End::Retry {
                code: code.to_string(),
            },
            Outcome::Dead(code) => {
                tracing::warn!(notice = %claimed.id.0, code = %code, "a mail was refused for good");
                End::Dead {
                    code: code.to_string(),
                    refused: notice.to.filter(|_| is_about_the_address(code)),
                }
            }
            Outcome::ConfigurationTrouble(code) => {
                self.trouble = Some(code);
                // It has not been tried at all, as far as its reader is concerned.
                self.untried.push(claimed);
                return;
            }
        };
        self.ended.push((claimed, end));
    }

    /// Writes what has ended so far. Where the database cannot be reached it is tried for a while, since what is not
    /// written goes out again.
    async fn write_down(&mut self) -> Result<()> {
        let ended = std::mem::take(&mut self.ended);
        let first_retry = self.house.settings.first_retry;
        let mut tried = 1;
        let kept = loop {
            match notices::settle(&self.house.ctx(), &ended, first_retry).await {
                Ok(kept) => break kept,
                Err(error) if tried == TRIES => return Err(error),
                Err(error) => {
                    tracing::warn!(%error, "what became of mails could not be written yet")
                }
            }
            sleep(Duration::from_millis(200) * 2_u32.pow(tried)).await;
            tried += 1;
        };
        for (claimed, _) in ended.iter().filter(|(it, _)| !kept.contains(&it.id)) {
            tracing::warn!(notice = %claimed.id.0, "a lease had ended: another worker has the notice");
        }
        Ok(())
    }
}

async fn hand(
    post: Arc<Post>,
    claimed: Claimed,
    notice: Box<Mailing>,
    letter: Letter,
) -> (Claimed, Box<Mailing>, Delivered, Outcome) {
    let outcome = post.send(&letter).await;
    let delivered = Delivered {
        message_id: letter.id().to_string(),
        file: post.file_of(&letter),
    };
    (claimed, notice, delivered, outcome)
}

/// Whether a refusal says that the address itself is no good: no such mailbox, moved, disabled.
fn is_about_the_address(code: Code) -> bool {
    matches!(code, Code::Smtp(521 | 550 | 551 | 553 | 556))
}
