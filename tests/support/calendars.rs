//! Calendar files as somebody else's program reads them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::machine::left_out;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// What Python's icalendar makes of a file; `None`, and a line that says so, where it is not on the machine.
pub fn read_back(text: &str) -> Option<Value> {
    let told = read_by("read_calendar.py", text)?;
    Some(serde_json::from_slice(&told).unwrap())
}

/// The calendar file of a mail, as Python's mail program finds it there by RFC 6047; `None` as above.
pub fn taken_out(mail: &str) -> Option<String> {
    let file = read_by("read_mail.py", mail)?;
    Some(String::from_utf8(file).unwrap())
}

/// The days of recurrence rules as python-dateutil expands them, a list a rule; `None` as above.
pub fn expanded(rules: &Value) -> Option<Value> {
    let told = read_by("expand_rules.py", &rules.to_string())?;
    Some(serde_json::from_slice(&told).unwrap())
}

fn read_by(script: &str, text: &str) -> Option<Vec<u8>> {
    let python = Path::new(FOLDER).join(".venv/bin/python");
    if !python.exists() {
        left_out("reading calendars back: tests/clients/.venv is missing");
        return None;
    }
    let mut reader = Command::new(python)
        .arg(script)
        .current_dir(FOLDER)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut input = reader.stdin.take().unwrap();
    input.write_all(text.as_bytes()).unwrap();
    drop(input);
    let done = reader.wait_with_output().unwrap();
    let faults = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success(), "{faults}\n{text}");
    Some(done.stdout)
}
