//! How connections to a mail server are made, kept and left, and to whom they are trusted.

use std::io::Write;
use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use rinnalla_worker::delivery::{Code, Outcome};
use rinnalla_worker::smtp::{Limits, Smtp};

use super::{QUICK, SIGNED_IN, letter, sender, smtp, to};
use crate::support::certificates::Certificates;
use crate::support::smtp::{Act, Listener, Manner};

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
