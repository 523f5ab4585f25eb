//! From the day that a review is due to the mail in somebody's hands.

use std::collections::BTreeSet;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use rinnalla_domain::ids::{Id as _, OutboxMessageId};
use rinnalla_domain::job_locks;
use rinnalla_domain::notices;
use rinnalla_worker::{JobReport, Settings};
use tokio::sync::oneshot;

use crate::mail::decoded;
use crate::on_both;
use crate::support::App;
use crate::support::machine::Folder;
use crate::support::reviews::address;
use crate::support::smtp::{Act, Listener, Manner};

/// A worker's settings that mail to a listener, and try again at once.
fn to(listener: &Listener) -> Settings {
    Settings {
        smtp_url: Some(format!("smtp://{}", listener.address)),
        mail_from: "noreply@example.org".to_owned(),
        public_url: "https://rinnalla.example.org".to_owned(),
        tick: Duration::from_secs(1),
        first_retry: Duration::from_millis(1),
        ..Settings::default()
    }
}

async fn job(app: &App, settings: &Settings, name: &str) -> JobReport {
    let report = rinnalla_worker::run_job(app.register.clone(), settings.clone(), name).await;
    report.unwrap()
}

/// Plans what is due and hands it over; how many mails left.
async fn mail(app: &App, settings: &Settings) -> u64 {
    job(app, settings, "review_reminders").await;
    job(app, settings, "deliver_mail").await.done.unwrap()
}

fn message_ids(listener: &Listener) -> Vec<String> {
    let received = listener.received();
    let id_of = |raw: &str| {
        let line = raw.lines().find(|line| line.starts_with("Message-ID:"));
        line.unwrap().to_owned()
    };
    received.iter().map(|letter| id_of(&letter.raw)).collect()
}

on_both! {
    async fn a_due_review_is_mailed_to_its_professional_once(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        let listener = Listener::start(Manner::default()).await;
        assert_eq!(mail(&app, &to(&listener)).await, 1);
        assert_eq!(mail(&app, &to(&listener)).await, 0, "a second round sends nothing");
        let letters = listener.received();
        assert_eq!(letters.len(), 1);
        assert_eq!(letters[0].to, address("Kaisa Esimerkki"));
        let text = decoded(&letters[0].raw);
        for part in [
            "Subject: Muistutus: tarkistettava asia",
            "Hei Kaisa!",
            &followed.code.to_string(),
            "keskiviikkona 24.2.2027",
            &format!("https://rinnalla.example.org/r/{}", followed.review.encode()),
            "Date: Tue, 24 Nov 2026 08:00:00 +0000",
        ] {
            assert!(text.contains(part), "{part}:\n{text}");
        }
        for part in ["Esimerkki", "Tuula", "Maija"] {
            assert!(!text.to_lowercase().replace("kaisa.esimerkki@", "").contains(&part.to_lowercase()), "{part}:\n{text}");
        }
        assert_eq!(app.planned().await, ["REVIEW_DUE PROFESSIONAL 2026-11-24 SENT"]);
    }
}

on_both! {
    async fn what_may_have_arrived_goes_out_again_under_the_same_id(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        let listener = Listener::start(Manner::default()).await;
        listener.on(&address("Kaisa Esimerkki"), &[Act::RefuseRecipient(451), Act::DropAfterDot, Act::Accept]);
        let settings = to(&listener);
        let mut rounds = 0;
        while mail(&app, &settings).await == 0 {
            rounds += 1;
            assert!(rounds < 50);
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let ids = message_ids(&listener);
        assert_eq!(ids.len(), 2, "one whose reply was lost, and one more");
        assert_eq!(ids[0], ids[1]);
        for code in ["SMTP_451", "LOST_AFTER_DATA", "SENT"] {
            let rows = app.run("DELETE FROM message_attempts WHERE outcome = $1", [code.into()]).await;
            assert_eq!(rows, 1, "{code}");
        }
        assert_eq!(app.outbox().await[0].attempts, 3);
    }
}

on_both! {
    async fn an_address_that_is_refused_twice_is_passed_over(app: App) {
        let desk = app.desk().await;
        let listener = Listener::start(Manner::default()).await;
        listener.on(&address("Kaisa Esimerkki"), &[Act::RefuseRecipient(550)]);
        for (base, day) in [("2026-08-24", "2026-11-24"), ("2026-08-25", "2026-11-25"), ("2026-08-26", "2026-11-26")] {
            app.followed(&desk, base, 3).await;
            app.on_day(day);
            mail(&app, &to(&listener)).await;
        }
        assert_eq!(app.planned().await, [
            "REVIEW_DUE PROFESSIONAL 2026-11-24 DEAD SMTP_550",
            "REVIEW_DUE PROFESSIONAL 2026-11-25 DEAD SMTP_550",
            "REVIEW_DUE PROFESSIONAL 2026-11-26 SENT",
        ]);
        let letters = listener.received();
        assert_eq!(letters[0].to, address("Maija Malli"));
        let text = decoded(&letters[0].raw);
        assert!(text.contains("koska kukaan muu ei juuri nyt seuraa asiaa"), "{text}");
    }
}

on_both! {
    async fn trouble_with_our_own_settings_pauses_the_queue_and_blames_no_one(app: App) {
        let desk = app.desk().await;
        for _ in 0..20 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        app.on_day("2026-11-24");
        let manner = Manner { sign_in: Some("AUTH PLAIN never"), ..Manner::default() };
        let listener = Listener::start(manner).await;
        let settings = Settings {
            smtp_url: Some(format!("smtp://rinnalla:wrong@{}", listener.address)),
            first_retry: Duration::from_secs(60),
            ..to(&listener)
        };
        assert_eq!(mail(&app, &settings).await, 0);
        let tried = listener.connections();
        assert!((1..=4).contains(&tried), "{tried}");
        assert_eq!(notices::paused(&app.job_ctx()).await.unwrap().as_deref(), Some("AUTH"));
        for row in app.outbox().await {
            assert_eq!((row.status.code().as_str(), row.attempts), ("PLANNED", 0));
        }
        assert_eq!(mail(&app, &settings).await, 0);
        assert_eq!(listener.connections(), tried, "nothing is tried while it is paused");

        // Somebody puts it right; the pause ends by itself.
        app.run("UPDATE mail_pauses SET until_ms = 0", []).await;
        let right = Listener::start(Manner::default()).await;
        assert_eq!(mail(&app, &to(&right)).await, 20);
    }
}

on_both! {
    async fn a_review_that_is_overdue_is_told_to_both_in_their_own_words_and_languages(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-05-25", 3).await;
        app.run("UPDATE people SET language = 'sv' WHERE id = $1", [desk.maija.id.0.into()]).await;
        app.on_day("2026-11-26");
        let listener = Listener::start(Manner::default()).await;
        assert_eq!(mail(&app, &to(&listener)).await, 2);
        let letters = listener.received();
        let to_whom: BTreeSet<_> = letters.iter().map(|letter| letter.to.clone()).collect();
        assert_eq!(to_whom, [address("Kaisa Esimerkki"), address("Maija Malli")].into());
        let ids: BTreeSet<_> = message_ids(&listener).into_iter().collect();
        assert_eq!(ids.len(), 2);
        let of = |whom: &str| decoded(&letters.iter().find(|it| it.to == address(whom)).unwrap().raw);
        assert!(of("Kaisa Esimerkki").contains("Ei hätää"));
        assert!(of("Maija Malli").contains("Hej Maija!"));
    }
}

on_both! {
    async fn without_a_mail_server_mails_become_files_that_are_named(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        let folder = Folder::new("worker-mail");
        let told: Arc<Mutex<Vec<_>>> = Arc::default();
        let settings = Settings {
            mail_folder: folder.path().join("mail"),
            mail_from: "noreply@example.org".to_owned(),
            on_delivered: Some({
                let told = Arc::clone(&told);
                Arc::new(move |it| told.lock().unwrap().push(it.clone()))
            }),
            ..Settings::default()
        };
        assert_eq!(mail(&app, &settings).await, 1);
        let told = told.lock().unwrap();
        let file = told[0].file.as_ref().unwrap();
        let text = std::fs::read_to_string(file).unwrap();
        assert!(text.contains(&format!("Message-ID: {}", told[0].message_id)), "{text}");
    }
}

on_both! {
    async fn more_than_a_batch_goes_out_in_one_round(app: App) {
        let desk = app.desk().await;
        for _ in 0..3 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        app.on_day("2026-11-24");
        job(&app, &Settings::default(), "review_reminders").await;
        for cycle in 2..=100 {
            // The same duty of other cycles of the same reviews.
            app.run("INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on,
                status, not_before, key_version, created_at)
                SELECT $1, organisation_id, kind, subject_id, $2, recipient_role, for_on, 'PLANNED', not_before, 1, created_at
                FROM outbox_messages WHERE cycle_no = 1 LIMIT 1",
                [OutboxMessageId::random().uuid().into(), cycle.into()]).await;
        }
        let listener = Listener::start(Manner::default()).await;
        assert_eq!(mail(&app, &to(&listener)).await, 3, "the others are about cycles that do not exist");
        let rows = app.outbox().await;
        assert_eq!(rows.len(), 102);
        assert!(rows.iter().all(|row| row.ended_at.is_some()));
    }
}

on_both! {
    async fn the_worker_does_its_rounds_by_itself_and_stops_in_order(app: App) {
        let desk = app.desk().await;
        for _ in 0..30 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        app.on_day("2026-11-24");
        let listener = Listener::start(Manner::default()).await;
        listener.on(&address("Kaisa Esimerkki"), &[Act::Slow(Duration::from_millis(50))]);
        let (stop, stopped) = oneshot::channel::<()>();
        let register = app.register.clone();
        let settings = to(&listener);
        let worker = tokio::spawn(async move {
            rinnalla_worker::run(register, settings, async { drop(stopped.await) }).await
        });
        let begun = tokio::time::Instant::now();
        while listener.received().is_empty() {
            assert!(begun.elapsed() < Duration::from_secs(20), "nothing has come");
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
        let told = tokio::time::Instant::now();
        stop.send(()).unwrap();
        worker.await.unwrap().unwrap();
        assert!(told.elapsed() < Duration::from_secs(15));
        let rows = app.outbox().await;
        let count = |status: &str| rows.iter().filter(|row| row.status.code() == status).count();
        assert_eq!(count("SENT"), listener.received().len(), "what was in flight was finished");
        assert!(count("PLANNED") > 0, "and nothing new was begun");
        assert_eq!(count("CLAIMED"), 0, "and the rest was given back");
        assert!(rows.iter().all(|row| row.status.code() != "PLANNED" || row.attempts == 0));
    }
}

on_both! {
    async fn a_job_that_runs_alone_is_left_to_the_one_that_holds_it(app: App) {
        let ctx = app.job_ctx();
        let lock = job_locks::try_lock(&ctx, "review_reminders", Duration::from_secs(60)).await.unwrap().unwrap();
        let report = job(&app, &Settings::default(), "review_reminders").await;
        assert_eq!(report.to_string(), "review_reminders: another worker is at it");
        job_locks::release(&ctx, lock).await.unwrap();
        let report = job(&app, &Settings::default(), "review_reminders").await;
        assert_eq!(report.to_string(), "review_reminders: 0 notices");

        let stale = job_locks::try_lock(&ctx, "x", Duration::ZERO).await.unwrap().unwrap();
        let fresh = job_locks::try_lock(&ctx, "x", Duration::from_secs(60)).await.unwrap();
        assert!(fresh.is_some(), "a lock that was not given back ends by itself");
        job_locks::release(&ctx, stale).await.unwrap();
        let third = job_locks::try_lock(&ctx, "x", Duration::from_secs(60)).await.unwrap();
        assert!(third.is_none(), "and is nobody else's to give back");
    }
}

on_both! {
    async fn every_job_runs_by_hand_on_an_empty_register(app: App) {
        app.desk().await;
        for info in rinnalla_worker::jobs() {
            let report = job(&app, &Settings::default(), info.name).await;
            // Nobody yet is a figure as well: its tables are published once, and there is nothing else to do.
            let left = match info.name {
                "participation_figures" => {
                    assert!(report.done > Some(0), "{report}");
                    job(&app, &Settings::default(), info.name).await.done
                }
                _ => report.done,
            };
            assert_eq!(left, Some(0), "{report}");
        }
        let unknown = rinnalla_worker::run_job(app.register.clone(), Settings::default(), "nothing").await;
        assert_eq!(unknown.unwrap_err().to_string(), "there is no job nothing");
    }
}
