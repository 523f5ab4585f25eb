//! What becomes of a letter, whatever the server does.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use chrono::DateTime;
use rinnalla_worker::delivery::{Code, Outcome, Post, Settings};
use rinnalla_worker::language::Language;
use rinnalla_worker::mail::{Mail, render};
use rinnalla_worker::message::{Letter, MessageId, Sender};
use rinnalla_worker::smtp::{Limits, Smtp};

use crate::support::certificates::Certificates;
use crate::support::machine::Folder;
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

#[tokio::test]
async fn a_connection_is_kept_renewed_and_left_politely() {
    let listener = Listener::start(Manner::default()).await;
    let limits = Limits {
        letters: 10,
        ..QUICK
    };
    let post = smtp(&format!("smtp://{}", listener.address), limits);
    for row in 0..25 {
        assert_eq!(
            post.send(&letter(row, "kaisa@example.org")).await,
            Outcome::Sent
        );
    }
    assert_eq!(listener.connections(), 3);
    post.rest().await;
    let quits = listener
        .commands()
        .iter()
        .filter(|line| *line == "QUIT")
        .count();
    assert_eq!(quits, 3);
    assert_eq!(
        post.send(&letter(99, "kaisa@example.org")).await,
        Outcome::Sent
    );
    assert_eq!(listener.connections(), 4);
}

#[tokio::test]
async fn a_connection_that_rested_too_long_is_not_used_again() {
    let listener = Listener::start(Manner::default()).await;
    let limits = Limits {
        idle: Duration::from_millis(50),
        ..QUICK
    };
    let post = smtp(&format!("smtp://{}", listener.address), limits);
    assert_eq!(
        post.send(&letter(1, "kaisa@example.org")).await,
        Outcome::Sent
    );
    tokio::time::sleep(limits.idle * 2).await;
    assert_eq!(
        post.send(&letter(2, "kaisa@example.org")).await,
        Outcome::Sent
    );
    assert_eq!(listener.connections(), 2);
}

#[tokio::test]
async fn a_connection_that_the_server_closed_meanwhile_costs_no_try() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("kaisa@example.org", &[Act::AcceptAndClose]);
    let post = to(&listener);
    for row in 0..3 {
        assert_eq!(
            post.send(&letter(row, "kaisa@example.org")).await,
            Outcome::Sent
        );
        tokio::time::sleep(Duration::from_millis(20)).await;
    }
    assert_eq!(listener.received().len(), 3);
    assert_eq!(listener.connections(), 3);
}

#[tokio::test]
async fn no_more_connections_are_made_than_allowed() {
    let listener = Listener::start(Manner::default()).await;
    listener.on("kaisa@example.org", &[Act::Slow(Duration::from_millis(20))]);
    let post = Arc::new(to(&listener));
    let sending = (0..40).map(|row| {
        let post = post.clone();
        tokio::spawn(async move { post.send(&letter(row, "kaisa@example.org")).await })
    });
    for sent in sending.collect::<Vec<_>>() {
        assert_eq!(
            sent.await.unwrap(),
            Outcome::Sent,
            "waiting for a turn is not counted"
        );
    }
    assert_eq!(listener.connections(), QUICK.connections);
}

#[tokio::test]
async fn a_sign_in_that_is_refused_pauses_the_queue() {
    let manner = Manner {
        sign_in: Some(SIGNED_IN),
        ..Manner::default()
    };
    let listener = Listener::start(manner).await;
    let signed_in = |password: &str| {
        smtp(
            &format!("smtp://rinnalla:{password}@{}", listener.address),
            QUICK,
        )
    };
    let right = signed_in("p%40ss")
        .send(&letter(1, "kaisa@example.org"))
        .await;
    assert_eq!(right, Outcome::Sent);
    let wrong = signed_in("wrong")
        .send(&letter(2, "kaisa@example.org"))
        .await;
    assert_eq!(wrong, Outcome::ConfigurationTrouble(Code::Auth));
    let without = Listener::start(Manner::default()).await;
    let unasked = smtp(&format!("smtp://rinnalla:p@{}", without.address), QUICK);
    let unasked = unasked.send(&letter(3, "kaisa@example.org")).await;
    assert_eq!(
        unasked,
        Outcome::ConfigurationTrouble(Code::Auth),
        "no way of signing in offered"
    );
}

#[tokio::test]
async fn mail_to_another_machine_goes_in_tls_that_is_trusted_or_not_at_all() {
    let Some(certificates) = Certificates::make() else {
        return;
    };
    let authority = certificates.authority();
    let tls = Some(certificates.acceptor());
    let starttls = Manner {
        starttls: tls.clone(),
        sign_in: Some(SIGNED_IN),
        ..Manner::default()
    };
    let slipping = Manner {
        slipped_in: b"250 taken\r\n",
        ..starttls.clone()
    };
    let whole = Manner {
        tls,
        ..Manner::default()
    };
    let untrusted = Outcome::Retry(Code::Tls);
    let bare = Outcome::ConfigurationTrouble(Code::TlsRequired);
    for (manner, scheme, host, is_trusted, outcome) in [
        (&starttls, "smtp+starttls", "localhost", true, Outcome::Sent),
        (&whole, "smtps", "localhost", true, Outcome::Sent),
        (&starttls, "smtp+starttls", "localhost", false, untrusted),
        (&whole, "smtps", "localhost", false, untrusted),
        (&starttls, "smtp+starttls", "127.0.0.1", true, untrusted),
        (&slipping, "smtp+starttls", "localhost", true, untrusted),
        (&Manner::default(), "smtp+starttls", "localhost", true, bare),
    ] {
        let listener = Listener::start(manner.clone()).await;
        let user = if manner.sign_in.is_some() {
            "rinnalla:p%40ss@"
        } else {
            ""
        };
        let url = format!("{scheme}://{user}{host}:{}", listener.address.port());
        let ca_file = is_trusted.then_some(authority.as_path());
        let post = Smtp::new(&url, ca_file, &sender(), QUICK).unwrap();
        let got = post.send(&letter(1, "kaisa@example.org")).await;
        assert_eq!(got, outcome, "{scheme} {host} {is_trusted}");
        assert_eq!(
            listener.received().len(),
            usize::from(outcome == Outcome::Sent)
        );
        let sent_early = listener
            .commands()
            .iter()
            .any(|line| line.starts_with("MAIL"));
        assert_eq!(sent_early, outcome == Outcome::Sent);
    }
}

#[tokio::test]
async fn a_log_names_no_address_and_repeats_no_server() {
    let written = Written::default();
    let log = written.clone();
    let subscriber = tracing_subscriber::fmt()
        .with_max_level(tracing::Level::TRACE)
        .with_writer(move || log.clone())
        .finish();
    let guard = tracing::subscriber::set_default(subscriber);
    let manner = Manner {
        sign_in: Some(SIGNED_IN),
        ..Manner::default()
    };
    let listener = Listener::start(manner).await;
    listener.on("matti@example.org", &[Act::RefuseRecipient(550)]);
    listener.on("liisa@example.org", &[Act::DropAfterDot]);
    let post = smtp(
        &format!("smtp://rinnalla:p%40ss@{}", listener.address),
        QUICK,
    );
    for (row, who) in ["kaisa", "matti", "liisa"].into_iter().enumerate() {
        post.send(&letter(row as u32, &format!("{who}@example.org")))
            .await;
    }
    let refused = smtp(
        &format!("smtp://rinnalla:wrong@{}", listener.address),
        QUICK,
    );
    refused.send(&letter(9, "kaisa@example.org")).await;
    drop(guard);
    let log = String::from_utf8(written.0.lock().unwrap().clone()).unwrap();
    assert!(log.contains("no connection to the mail server"), "{log}");
    for secret in [
        "kaisa", "matti", "liisa", "refused", SIGNED_IN, "Päivi", "wrong", "p@ss",
    ] {
        assert!(!log.contains(secret), "{secret}: {log}");
    }
    let shown = format!("{post:?} {:?} {refused:?}", letter(1, "kaisa@example.org"));
    assert!(!shown.contains("kaisa") && !shown.contains("wrong"));
}

#[derive(Clone, Default)]
struct Written(Arc<Mutex<Vec<u8>>>);

impl Write for Written {
    fn write(&mut self, bytes: &[u8]) -> std::io::Result<usize> {
        self.0.lock().unwrap().write(bytes)
    }

    fn flush(&mut self) -> std::io::Result<()> {
        Ok(())
    }
}

#[tokio::test]
async fn a_letter_written_twice_is_one_file() {
    let folder = Folder::new("letters");
    let settings = settings(None, folder.path());
    let post = Post::from_settings(Settings {
        from: &sender(),
        ..settings
    })
    .unwrap();
    let sent = letter(1, "kaisa@example.org");
    for _ in 0..2 {
        assert_eq!(post.send(&sent).await, Outcome::Sent);
    }
    assert_eq!(
        post.send(&letter(2, "kaisa@example.org")).await,
        Outcome::Sent
    );
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut expected = [1, 2].map(|row| format!("{}.eml", letter(row, "a@example.org").id().hex()));
    expected.sort();
    assert_eq!(names, expected, "and nothing unfinished is left");
    let path = folder.path().join(format!("{}.eml", sent.id().hex()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text_of(&sent));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_pauses_the_queue() {
    let folder = Folder::new("letters");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let inside = file.join("inside");
    let post = Post::from_settings(settings(None, &inside)).unwrap();
    let outcome = post.send(&letter(1, "kaisa@example.org")).await;
    assert_eq!(outcome, Outcome::ConfigurationTrouble(Code::Folder));
}

fn settings<'a>(url: Option<&'a str>, folder: &'a std::path::Path) -> Settings<'a> {
    static FROM: std::sync::LazyLock<Sender> = std::sync::LazyLock::new(sender);
    Settings {
        from: &FROM,
        smtp_url: url,
        smtp_ca_file: None,
        folder,
        limits: Limits::default(),
    }
}

/// Not a promise, a figure: printed with `--nocapture`.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn two_thousand_letters_over_four_connections() {
    let listener = Listener::start(Manner::default()).await;
    let limits = Limits {
        connections: 4,
        ..Limits::default()
    };
    let post = Arc::new(smtp(&format!("smtp://{}", listener.address), limits));
    let started = Instant::now();
    let letters: Vec<_> = (0..2_000)
        .map(|row| letter(row, "kaisa@example.org"))
        .collect();
    let written = started.elapsed().as_secs_f64();
    let started = Instant::now();
    let sending: Vec<_> = letters
        .into_iter()
        .map(|letter| {
            let post = post.clone();
            tokio::spawn(async move { post.send(&letter).await })
        })
        .collect();
    for sent in sending {
        assert_eq!(sent.await.unwrap(), Outcome::Sent);
    }
    let took = started.elapsed().as_secs_f64();
    println!("2000 letters written in {written:.2} s");
    println!(
        "and sent over 4 connections in {took:.2} s, {:.0} a second",
        2_000.0 / took
    );
    assert_eq!(listener.received().len(), 2_000);
}
