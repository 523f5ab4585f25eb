//! The program as an administrator meets it: settings, the first steps, the parts, and how it stops.

mod demonstration;
mod moving;
mod sowing;
mod watching;

use serde_json::json;

use crate::support::program::{
    Installation, ask, free_address, http, on_both_installations, wait_for,
};

#[test]
fn all_wrong_settings_are_told_at_once_with_exit_code_2() {
    let it = Installation::empty();
    let output = it
        .command(&["worker"])
        .env("DATABASE_URL", "mysql://user:hunter2@db/x")
        .env("LISTEN", "8000")
        .env("SMTP_URL", "smtp://user:hunter2@mail.example.org")
        .env("WORKER_TICK", "10ms")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(2));
    let told = String::from_utf8(output.stderr).unwrap();
    for name in [
        "DATABASE_URL",
        "LISTEN",
        "SMTP_URL",
        "WORKER_TICK",
        "KEY_FILE",
        "MAIL_FROM",
        "PUBLIC_URL",
    ] {
        assert!(
            told.lines()
                .any(|line| line.trim_start().starts_with(&format!("{name} ("))),
            "{name} is missing:\n{told}"
        );
    }
    assert!(!told.contains("hunter2"), "{told}");
}

#[test]
fn help_shows_every_setting_and_no_secret() {
    let it = Installation::empty();
    let output = it
        .command(&["--help"])
        .env("DATABASE_URL", "postgres://user:hunter2@db/x")
        .output()
        .unwrap();
    let help = String::from_utf8(output.stdout).unwrap();
    for name in [
        "DATABASE_URL",
        "SMTP_URL",
        "MAIL_FROM",
        "PUBLIC_URL",
        "LISTEN",
        "METRICS_LISTEN",
        "TRUSTED_DOCUMENTS",
        "DATA_DIR",
        "KEY_FILE",
        "LOG_LEVEL",
        "CLOCK",
    ] {
        assert!(help.contains(&format!("[env: {name}")), "{name}:\n{help}");
    }
    assert!(!help.contains("hunter2"));
}

#[test]
fn the_parts_refuse_a_database_that_does_not_serve_them_and_say_what_to_do() {
    let it = Installation::empty();
    it.must(&["migrate", "--database-url", "sqlite:a.sqlite"]);
    for part in [&["api"][..], &["job", "review_reminders"]] {
        let args: Vec<&str> = part
            .iter()
            .copied()
            .chain(["--database-url", "sqlite:b.sqlite"])
            .collect();
        let (code, told) = it.refused(&args);
        assert_eq!(code, 1, "{told}");
        assert!(told.contains("run `rinnalla migrate` first"), "{told}");
    }
}

#[test]
fn up_makes_what_is_missing_and_stops_in_order() {
    let it = Installation::empty();
    let address = free_address();
    let mut up = it.start(&["up", "--listen", &address]);
    up.hear("Nobody can sign in yet");
    let mode = std::fs::metadata(it.path().join("data/key")).unwrap();
    assert_eq!(
        std::os::unix::fs::PermissionsExt::mode(&mode.permissions()) & 0o777,
        0o600
    );
    assert_eq!(http(&address, "/livez", "", None).0, 200);
    assert_eq!(http(&address, "/readyz", "", None).0, 200);
    assert_eq!(up.stop(), Some(0));

    // Whoever comes back to the folder finds the same register, also without saying `up`.
    let mut again = it.start(&["--listen", &address]);
    again.hear("Nobody can sign in yet");
    assert_eq!(again.stop(), Some(0));
    std::fs::remove_file(it.path().join("data/key")).unwrap();
    let (code, told) = it.refused(&["up", "--listen", &address]);
    assert_eq!(code, 1);
    assert!(told.contains("the key file data/key is missing"), "{told}");
}

on_both_installations! {
    fn the_first_administrator_signs_in_with_a_token_until_it_is_revoked(it: Installation) {
        let association = it.must(&["organisation", "add", "--name", "Malliyhdistys ry", "--county", "20"]);
        let city = it.must(&["organisation", "add", "--name", "Mallikaupunki", "--kind", "city", "--county", "20"]);
        it.must(&["organisation", "join", &association, &city]);
        let person = it.must(&[
            "person", "add", "--name", "Aino Mallinen", "--email", "aino@example.org", "--organisation", &association,
        ]);
        let token = it.must(&["token", "issue", "--person", &person]);
        let other = it.must(&["token", "issue", "--email", "aino@example.org", "--days", "1"]);
        assert_ne!(token, other);

        let address = free_address();
        let api = it.start(&["api", "--listen", &address]);
        wait_for(&address);
        let name = "{ me { person { name } roles { role } } }";
        let answer = ask(&address, &token, name, json!({}));
        assert_eq!(answer["data"]["me"]["person"]["name"], "Aino Mallinen", "{answer}");
        let revoked = it.must(&["token", "revoke", &token]);
        assert!(!revoked.contains(&token));
        let (code, _) = it.refused(&["token", "revoke", &token]);
        assert_eq!(code, 1);
        assert!(ask(&address, &token, name, json!({}))["data"]["me"].is_null());
        assert_eq!(ask(&address, &other, name, json!({}))["data"]["me"]["person"]["name"], "Aino Mallinen");
        assert_eq!(api.stop(), Some(0));
        it.must(&["job", "seal_access_log"]);
        assert!(it.must(&["audit", "verify"]).contains("whole"));
    }

    fn another_key_file_is_refused(it: Installation) {
        it.must(&["organisation", "add", "--name", "Malliyhdistys ry", "--county", "20"]);
        let other = Installation::empty();
        other.must(&["migrate", "--database-url", "sqlite:other.sqlite"]);
        let key = other.path().join("data/key");
        let key = key.to_str().unwrap();
        let (code, told) = it.refused(&["organisation", "add", "--name", "Toinen ry", "--county", "20", "--key-file", key]);
        assert_eq!(code, 1);
        assert!(told.contains("not the one that this database was made with"), "{told}");
        it.must(&["organisation", "add", "--name", "Toinen ry", "--county", "20"]);
    }
}

#[test]
fn jobs_are_listed_and_an_unknown_one_is_named() {
    let it = Installation::empty();
    let list = it.must(&["job", "--list"]);
    assert!(
        list.contains("review_reminders") && list.contains("deliver_mail"),
        "{list}"
    );
    it.must(&["migrate", "--database-url", "sqlite:data/rinnalla.sqlite"]);
    let (code, told) = it.refused(&["job", "make_coffee"]);
    assert_eq!(code, 1);
    assert!(
        told.contains("make_coffee") && told.contains("--list"),
        "{told}"
    );
    let (code, told) = it.refused(&["job", "review_reminders", "--at", "noon", "--listen", "x"]);
    assert_eq!(code, 2);
    assert!(
        told.contains("AT (--at)") && told.contains("LISTEN"),
        "{told}"
    );
}

#[test]
fn the_program_prints_the_schema_that_is_checked_in() {
    let printed = Installation::empty().run(&["schema"]).stdout;
    assert_eq!(String::from_utf8(printed).unwrap(), rinnalla_api::sdl());
}
