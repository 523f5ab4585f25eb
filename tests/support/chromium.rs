//! A demonstration that is walked through in Chromium, by the scripts in `tests/browser`.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use super::machine::{has, left_out};
use super::program::{Installation, Running};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// A demonstration for a walk; `None` where there is no browser to walk with.
pub fn demonstration(it: &Installation) -> Option<Running> {
    let has_packages = Path::new(FOLDER)
        .join("node_modules/playwright-core")
        .is_dir();
    if !has("chromium") || !has("node") || !has_packages {
        left_out(
            "the pages are not walked through: Chromium, node or the packages of tests/browser are missing",
        );
        return None;
    }
    Some(it.start(&[
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--clock",
        "2026-11-23T10:00",
    ]))
}

/// The word after a name in a line.
pub fn word_after(line: &str, name: &str) -> String {
    let rest = line.split(name).nth(1).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Runs a walk, which must find no fault; what it looked at.
pub fn walked(script: &str, address: &str, folder: &str, more: &[(&str, &str)]) -> Value {
    let walk = Command::new("node")
        .arg(script)
        .current_dir(FOLDER)
        .env("PAGES_URL", address)
        .env("MAIL_FOLDER", Path::new(folder).join("mail"))
        .envs(more.iter().copied())
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&walk.stdout).into_owned();
    let faults = String::from_utf8_lossy(&walk.stderr);
    assert!(walk.status.success(), "{said}{faults}");
    let told: Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!(told["faults"], 0);
    told
}
