use super::reading::duration;
use super::*;

fn faults(written: &Written, needs: &[Need]) -> Vec<String> {
    written
        .check(needs)
        .err()
        .unwrap_or_default()
        .iter()
        .map(Fault::to_string)
        .collect()
}

fn some(text: &str) -> Option<String> {
    Some(text.to_owned())
}

#[test]
fn all_wrong_settings_are_told_at_once() {
    let written = Written {
        database_url: some("mysql://root@db/x"),
        smtp_url: some("http://mail"),
        mail_from: some("nobody"),
        public_url: some("rinnalla.example.org"),
        listen: some("8000"),
        metrics_listen: some("localhost"),
        trusted_documents: some("/nowhere/documents"),
        log_level: some("loud"),
        log_format: some("xml"),
        worker_tick: some("500ms"),
        worker_lease: some("1s"),
        worker_first_retry: some("soon"),
        figures_threshold: some("2"),
        clock: some("yesterday"),
        development: some("perhaps"),
        allowed_origins: some("https://app.example.org/path"),
        smtp_ca_file: some("/nowhere/ca.pem"),
        data_dir: some("/nowhere"),
        key_file: None,
    };
    let told = faults(&written, &[]);
    assert_eq!(told.len(), 17, "{told:#?}");
    assert!(
        told.contains(
            &"LISTEN (--listen): expected an address and a port, as 127.0.0.1:8000".into()
        )
    );
}

#[test]
fn what_a_command_needs_is_told_with_what_is_wrong() {
    let written = Written {
        data_dir: some("/nowhere"),
        listen: some("x"),
        ..Written::default()
    };
    let needs = [Need::Database, Need::Keys, Need::Mail, Need::PublicUrl];
    let told = faults(&written, &needs);
    let names: Vec<&str> = told.iter().filter_map(|it| it.split(' ').next()).collect();
    assert_eq!(
        names,
        [
            "LISTEN",
            "DATABASE_URL",
            "KEY_FILE",
            "SMTP_URL",
            "MAIL_FROM",
            "PUBLIC_URL"
        ]
    );
}

#[test]
fn a_password_is_never_shown() {
    let written = Written {
        database_url: some("mysql://user:hunter2@db/x"),
        smtp_url: some("smtp://user:hunter2@mail.example.org:0"),
        ..Written::default()
    };
    let told = format!("{:?}", faults(&written, &[]));
    assert!(!told.contains("hunter2"), "{told}");
    let right = Written {
        database_url: some("postgres://user:hunter2@db/x"),
        ..Written::default()
    };
    let settings = right.check(&[]).unwrap();
    assert!(!format!("{settings:?}").contains("hunter2"));
}

#[test]
fn an_empty_setting_is_none() {
    let written = Written {
        smtp_url: some(""),
        listen: some("  "),
        ..Written::default()
    };
    assert!(written.check(&[]).unwrap().smtp_url.is_none());
}

#[test]
fn a_time_is_helsinkis_on_both_sides_of_a_clock_change() {
    let utc = |text| helsinki_time(text).unwrap().to_rfc3339();
    assert_eq!(utc("2026-11-20T10:00"), "2026-11-20T08:00:00+00:00");
    assert_eq!(utc("2026-06-20T10:00:30"), "2026-06-20T07:00:30+00:00");
    assert_eq!(utc("2026-03-29T03:30"), "2026-03-29T01:00:00+00:00");
}

#[test]
fn durations_are_written_as_people_write_them() {
    assert_eq!(duration("90"), Some(Duration::from_secs(90)));
    assert_eq!(duration("5m"), Some(Duration::from_secs(300)));
    assert_eq!(duration("250ms"), Some(Duration::from_millis(250)));
    for wrong in ["", "m", "-1s", "1d", "99999999999999999999s"] {
        assert_eq!(duration(wrong), None, "{wrong}");
    }
}
