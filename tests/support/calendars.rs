//! Calendar files as somebody else's program reads them.

use std::io::Write as _;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::Value;

use super::machine::left_out;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// What Python's icalendar makes of a file; `None`, and a line that says so, where it is not on the machine.
pub fn read_back(text: &str) -> Option<Value> {
    let python = Path::new(FOLDER).join(".venv/bin/python");
    if !python.exists() {
        left_out("reading calendars back: tests/clients/.venv is missing");
        return None;
    }
    let mut reader = Command::new(python)
        .arg("read_calendar.py")
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
    Some(serde_json::from_slice(&done.stdout).unwrap())
}
