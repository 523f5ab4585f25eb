//! What is promised when programs are killed, and when they are told to stop.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::keys::Keys;
use rinnalla_domain::notices;

use crate::mail::decoded;
use crate::on_both;
use crate::support::App;
use crate::support::machine::Folder;
use crate::support::reviews::{Followed, address};
use crate::support::smtp::{Act, Listener, Manner};

const WORKERS: usize = 3;
const KILLS: usize = 36;
const REVIEWS: usize = 150;

/// The worker's own process, as operators start it.
struct Process(Child);

impl Process {
    fn start(app: &App, keys: &Path, listener: &Listener, folder: &Folder) -> Self {
        let child = Command::new(env!("CARGO_BIN_EXE_rinnalla"))
            .arg("worker")
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DATABASE_URL", &app.database.url)
            .env("KEY_FILE", keys)
            .env("DATA_DIR", folder.path())
            .env("SMTP_URL", format!("smtp://{}", listener.address))
            .env("MAIL_FROM", "noreply@example.org")
            .env("PUBLIC_URL", "https://rinnalla.example.org")
            .env("WORKER_TICK", "1s")
            .env("WORKER_LEASE", "2s")
            .env("WORKER_FIRST_RETRY", "100ms")
            .env("CLOCK", "2026-11-24T10:00")
            .env("LOG_LEVEL", "error")
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::inherit())
            .spawn()
            .unwrap();
        Self(child)
    }

    /// `kill -9`: no goodbye.
    fn kill(mut self) {
        self.0.kill().unwrap();
        self.0.wait().unwrap();
    }

    /// `kill`: whether it ended well, and after how long.
    fn stop(mut self) -> (bool, Duration) {
        let told = Instant::now();
        let id = self.0.id().to_string();
        let sent = Command::new("kill").args(["-TERM", &id]).status().unwrap();
        assert!(sent.success());
        let status = self.0.wait().unwrap();
        (status.success(), told.elapsed())
    }
}

impl Drop for Process {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// A dice of the test's own; what it throws is printed, so that a failure can be looked at.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        self.0 % sides
    }
}

/// Reviews that are due, and the keys of the register in a file.
async fn due_reviews(app: &mut App, folder: &Folder, n: usize) -> Vec<Followed> {
    app.register.keys = Arc::new(Keys::create_new(&folder.path().join("key")).unwrap());
    app.on_day("2026-11-24");
    let desk = app.desk().await;
    let mut followed = Vec::new();
    for _ in 0..n {
        followed.push(app.followed(&desk, "2026-08-24", 3).await);
    }
    followed
}

async fn count(app: &App, status: &str) -> usize {
    let rows = app.outbox().await;
    rows.iter()
        .filter(|row| row.status.code() == status)
        .count()
}

/// The Message-IDs under which each review's mail came, by the code of the case.
fn ids_by_case(listener: &Listener) -> HashMap<String, Vec<String>> {
    let mut ids: HashMap<String, Vec<String>> = HashMap::new();
    for letter in listener.received() {
        let text = decoded(&letter.raw);
        let id = text
            .lines()
            .find(|line| line.starts_with("Message-ID:"))
            .unwrap();
        let link = text
            .split("https://rinnalla.example.org/r/")
            .nth(1)
            .unwrap();
        let review: String = link.chars().take_while(|c| !c.is_whitespace()).collect();
        ids.entry(review).or_default().push(id.to_owned());
    }
    ids
}

on_both! {
    async fn workers_that_are_killed_lose_no_reminder_and_send_none_under_a_second_id(app: App) {
        let mut app = app;
        let folder = Folder::new("faults");
        let followed = due_reviews(&mut app, &folder, REVIEWS).await;
        let keys = folder.path().join("key");
        let listener = Listener::start(Manner::default()).await;
        // Slow enough that a kill meets every point between the claim and the word of it.
        listener.on(&address("Kaisa Esimerkki"), &[Act::Slow(Duration::from_millis(40))]);
        let seed = u64::from(std::process::id()) | 1 << 32;
        let mut dice = Dice(seed);
        let start = || Process::start(&app, &keys, &listener, &folder);
        let mut workers: Vec<Process> = (0..WORKERS).map(|_| start()).collect();
        for _ in 0..KILLS {
            let pause = Duration::from_millis(30 + dice.throw(500));
            tokio::time::sleep(pause).await;
            let one = dice.throw(WORKERS as u64) as usize;
            workers.swap_remove(one).kill();
            workers.push(start());
        }
        let begun = Instant::now();
        while count(&app, "SENT").await < REVIEWS {
            assert!(begun.elapsed() < Duration::from_secs(120), "seed {seed}: {:#?}", app.planned().await);
            tokio::time::sleep(Duration::from_millis(200)).await;
        }
        for worker in workers {
            let (ended_well, after) = worker.stop();
            assert!(ended_well && after < Duration::from_secs(15), "{after:?}");
        }
        assert_eq!(app.outbox().await.len(), REVIEWS, "one row a duty");
        let ids = ids_by_case(&listener);
        let copies: usize = ids.values().map(|ids| ids.len() - 1).sum();
        println!("{KILLS} kills (seed {seed}): {REVIEWS} reminders, {copies} copies under the same id");
        for one in &followed {
            let review = one.review.encode();
            let ids: HashSet<_> = ids.get(&review).into_iter().flatten().collect();
            assert_eq!(ids.len(), 1, "seed {seed}: {review} {ids:?}");
        }
    }
}

on_both! {
    async fn a_worker_that_is_told_to_stop_finishes_what_it_began(app: App) {
        let mut app = app;
        let folder = Folder::new("faults");
        due_reviews(&mut app, &folder, 60).await;
        let keys = folder.path().join("key");
        let listener = Listener::start(Manner::default()).await;
        listener.on(&address("Kaisa Esimerkki"), &[Act::Slow(Duration::from_millis(60))]);
        let worker = Process::start(&app, &keys, &listener, &folder);
        let begun = Instant::now();
        while listener.received().len() < 5 {
            assert!(begun.elapsed() < Duration::from_secs(60), "nothing has come");
            tokio::time::sleep(Duration::from_millis(20)).await;
        }
        let (ended_well, after) = tokio::task::spawn_blocking(|| worker.stop()).await.unwrap();
        assert!(ended_well && after < Duration::from_secs(15), "{after:?}");
        assert_eq!(count(&app, "SENT").await, listener.received().len());
        assert_eq!(count(&app, "CLAIMED").await, 0);
        assert!(count(&app, "PLANNED").await > 0);
        assert_eq!(notices::paused(&app.job_ctx()).await.unwrap(), None);
    }
}
