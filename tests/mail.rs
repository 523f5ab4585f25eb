//! What becomes of a letter, whatever the server does.

mod connections;
mod files;

use std::time::{Duration, Instant};

use chrono::DateTime;
use rinnalla_worker::delivery::{Code, Outcome};
use rinnalla_worker::language::Language;
use rinnalla_worker::mail::{Mail, render};
use rinnalla_worker::message::{Letter, MessageId, Sender};
use rinnalla_worker::smtp::{Limits, Smtp};

use crate::support::smtp::{Act, Listener, Manner};

/// `rinnalla` and `p@ss`, as AUTH PLAIN sends them.
const SIGNED_IN: &str = "AHJpbm5hbGxhAHBAc3M=";

const QUICK: Limits = Limits {
    connections: 4,
    letters: 100,
    send: Duration::from_millis(600),
    connect: Duration::from_millis(300),
    idle: Duration::from_secs(10),
};

fn sender() -> Sender {
    Sender::parse("noreply@example.org").unwrap()
}

pub fn letter(row: u32, to: &str) -> Letter {
    let mail = render(&Mail::samples()[1], Language::Fi).unwrap();
    let id = MessageId::of_mac(&mac(row), &sender());
    Letter::new(id, &sender(), to, &mail, DateTime::UNIX_EPOCH).unwrap()
}

/// A mark that looks like a keyed hash, and is the row's own.
fn mac(row: u32) -> [u8; 32] {
    let mut mac = [0x5a; 32];
    mac[..4].copy_from_slice(&row.to_be_bytes());
    mac
}

pub fn decoded(raw: &str) -> String {
    let bytes = quoted_printable::decode(raw, quoted_printable::ParseMode::Robust).unwrap();
    String::from_utf8(bytes).unwrap()
}

pub fn text_of(letter: &Letter) -> String {
    String::from_utf8(letter.bytes().to_vec()).unwrap()
}

fn undoubled(raw: &str) -> String {
    raw.replace("\r\n.", "\r\n")
}

fn smtp(url: &str, limits: Limits) -> Smtp {
    Smtp::new(url, None, &sender(), limits).unwrap()
}

fn to(listener: &Listener) -> Smtp {
    smtp(&format!("smtp://{}", listener.address), QUICK)
}

#[tokio::test]
async fn a_letter_arrives_as_it_was_written() {
    let listener = Listener::start(Manner::default()).await;
    let sent = letter(1, "kaisa@example.org");
    assert_eq!(to(&listener).send(&sent).await, Outcome::Sent);
    let received = &listener.received()[0];
    assert_eq!(received.from, "noreply@example.org");
    assert_eq!(received.to, "kaisa@example.org");
    assert_eq!(undoubled(&received.raw), text_of(&sent));
    let text = decoded(&received.raw);
    assert!(text.contains("Hei Päivi!") && text.contains("viimeistään torstaina 12.3.2026"));
    assert_eq!(
        listener.commands()[0],
        "EHLO example.org",
        "not the machine's name"
    );
}

#[tokio::test]
async fn a_line_that_is_a_dot_does_not_end_a_letter() {
    let listener = Listener::start(Manner::default()).await;
    let mut mail = render(&Mail::samples()[1], Language::Fi).unwrap();
    mail.text = ".\n..\nHei\n.\nMoi\n.".to_owned();
    mail.html = "<p>Hei</p>".to_owned();
    let id = MessageId::of_mac(&mac(7), &sender());
    let sent = Letter::new(id, &sender(), "a@example.org", &mail, DateTime::UNIX_EPOCH).unwrap();
    assert_eq!(to(&listener).send(&sent).await, Outcome::Sent);
    let raw = &listener.received()[0].raw;
    assert!(
        raw.contains("\r\n..\r\n...\r\nHei\r\n..\r\nMoi\r\n..\r\n"),
        "{raw}"
    );
    assert_eq!(undoubled(raw), text_of(&sent));
}

#[tokio::test]
async fn a_refusal_decides_whether_a_letter_is_tried_again() {
    for (act, outcome) in [
        (Act::RefuseRecipient(450), Outcome::Retry(Code::Smtp(450))),
        (Act::RefuseRecipient(421), Outcome::Retry(Code::Smtp(421))),
        (Act::RefuseRecipient(550), Outcome::Dead(Code::Smtp(550))),
        (
            Act::RefuseRecipient(530),
            Outcome::ConfigurationTrouble(Code::Auth),
        ),
        (Act::RefuseText(451), Outcome::Retry(Code::Smtp(451))),
        (Act::RefuseText(554), Outcome::Dead(Code::Smtp(554))),
    ] {
        let listener = Listener::start(Manner::default()).await;
        listener.on("kaisa@example.org", &[act]);
        let post = to(&listener);
        assert_eq!(
            post.send(&letter(1, "kaisa@example.org")).await,
            outcome,
            "{act:?}"
        );
        let next = post.send(&letter(2, "matti@example.org")).await;
        assert_eq!(
            next,
            Outcome::Sent,
            "one refusal is not the next letter's, {act:?}"
        );
        assert_eq!(listener.received().len(), 1);
        let is_closing = matches!(act, Act::RefuseRecipient(421));
        assert_eq!(
            listener.connections(),
            1 + usize::from(is_closing),
            "{act:?}"
        );
    }
}

#[tokio::test]
async fn a_refusal_before_any_recipient_is_about_us_and_kills_no_letter() {
    for (manner, outcome) in [
        (
            Manner {
                greeting: Some(554),
                ..Manner::default()
            },
            554,
        ),
        (
            Manner {
                sender: Some(550),
                ..Manner::default()
            },
            550,
        ),
    ]
    .map(|(manner, code)| (manner, Outcome::ConfigurationTrouble(Code::Smtp(code))))
    .into_iter()
    .chain([
        (
            Manner {
                greeting: Some(421),
                ..Manner::default()
            },
            Outcome::Retry(Code::Smtp(421)),
        ),
        (
            Manner {
                sender: Some(451),
                ..Manner::default()
            },
            Outcome::Retry(Code::Smtp(451)),
        ),
        (
            Manner {
                sender: Some(530),
                ..Manner::default()
            },
            Outcome::ConfigurationTrouble(Code::Auth),
        ),
    ]) {
        let listener = Listener::start(manner).await;
        assert_eq!(
            to(&listener).send(&letter(1, "kaisa@example.org")).await,
            outcome
        );
    }
}

#[tokio::test]
async fn a_letter_that_may_have_arrived_is_sent_again_under_the_same_id() {
    for act in [Act::DropAfterDot, Act::SilenceAfterDot] {
        let listener = Listener::start(Manner::default()).await;
        listener.on("kaisa@example.org", &[act, Act::Accept]);
        let post = to(&listener);
        let first = post.send(&letter(1, "kaisa@example.org")).await;
        assert_eq!(first, Outcome::Retry(Code::LostAfterData), "{act:?}");
        assert_eq!(
            post.send(&letter(1, "kaisa@example.org")).await,
            Outcome::Sent
        );
        let received = listener.received();
        assert_eq!(received.len(), 2);
        assert_eq!(received[0].raw, received[1].raw);
        let id = letter(1, "kaisa@example.org").id().to_string();
        assert!(received[0].raw.contains(&format!("Message-ID: {id}\r\n")));
    }
}

#[tokio::test]
async fn a_letter_that_is_taken_in_words_we_cannot_read_is_taken() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("kaisa@example.org", &[Act::AcceptInLatin1]);
    let sent = to(&listener).send(&letter(1, "kaisa@example.org")).await;
    assert_eq!(sent, Outcome::Sent);
}

#[tokio::test]
async fn a_connection_that_breaks_before_the_dot_loses_nothing() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("kaisa@example.org", &[Act::DropBeforeDot, Act::Accept]);
    let post = to(&listener);
    let first = post.send(&letter(1, "kaisa@example.org")).await;
    // From here the text is on its way: whether all of it came across cannot be seen from our side.
    assert_eq!(first, Outcome::Retry(Code::LostAfterData));
    assert_eq!(
        post.send(&letter(1, "kaisa@example.org")).await,
        Outcome::Sent
    );
    assert_eq!(listener.received().len(), 1);
}

#[tokio::test]
async fn a_silent_server_is_left_within_the_limit() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("kaisa@example.org", &[Act::Silence]);
    let post = to(&listener);
    let started = Instant::now();
    let outcome = post.send(&letter(1, "kaisa@example.org")).await;
    assert_eq!(outcome, Outcome::Retry(Code::Timeout));
    let took = started.elapsed();
    assert!(took >= QUICK.send && took < QUICK.send * 2, "{took:?}");
    let next = post.send(&letter(2, "matti@example.org")).await;
    assert_eq!(
        next,
        Outcome::Sent,
        "the half-spoken connection is not used again"
    );
    assert_eq!(listener.connections(), 2);
}

#[tokio::test]
async fn a_server_that_never_greets_is_left_within_the_limit_for_connecting() {
    let mute = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    let started = Instant::now();
    for scheme in ["smtp", "smtp+starttls", "smtps"] {
        let address = mute.local_addr().unwrap();
        let outcome = smtp(&format!("{scheme}://{address}"), QUICK);
        let outcome = outcome.send(&letter(1, "kaisa@example.org")).await;
        assert_eq!(outcome, Outcome::Retry(Code::Timeout), "{scheme}");
    }
    assert!(started.elapsed() < QUICK.connect * 5);
}

#[tokio::test]
async fn a_slow_server_has_the_whole_limit_and_no_more() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("matti@example.org", &[Act::Slow(Duration::from_millis(50))]);
    listener.on(
        "kaisa@example.org",
        &[Act::Slow(Duration::from_millis(400))],
    );
    let post = to(&listener);
    assert_eq!(
        post.send(&letter(1, "matti@example.org")).await,
        Outcome::Sent
    );
    let started = Instant::now();
    let late = post.send(&letter(2, "kaisa@example.org")).await;
    assert_eq!(
        late,
        Outcome::Retry(Code::LostAfterData),
        "two steps of 400 ms, one limit of 600"
    );
    assert!(started.elapsed() < QUICK.send * 2);
}

#[tokio::test]
async fn a_server_that_is_not_there_is_tried_again_later() {
    let free = std::net::TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    let refused = smtp(&format!("smtp://{free}"), QUICK);
    let outcome = refused.send(&letter(1, "kaisa@example.org")).await;
    assert_eq!(outcome, Outcome::Retry(Code::Refused));
    let nowhere = smtp(
        "smtps://mail.invalid",
        Limits {
            connect: QUICK.connect * 20,
            ..QUICK
        },
    );
    let outcome = nowhere.send(&letter(1, "kaisa@example.org")).await;
    let unreachable = [Code::Unreachable, Code::Timeout].map(Outcome::Retry);
    assert!(unreachable.contains(&outcome), "{outcome:?}");
}
