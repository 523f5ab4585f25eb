//! The pages in a real browser: `tests/browser/walk.mjs` walks from a mail's link to the recorded review, in Chromium
//! with scripts off; `tests/browser/paper.mjs` prints every sheet. `.ci/run browser` installs what they need.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

use crate::support::machine::{has, left_out};
use crate::support::program::{Installation, Running};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

/// A demonstration for a walk; `None` where there is no browser to walk with.
fn demonstration(it: &Installation) -> Option<Running> {
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

fn word_after(line: &str, name: &str) -> String {
    let rest = line.split(name).nth(1).unwrap();
    rest.split_whitespace().next().unwrap().to_owned()
}

/// Runs a walk, which must find no fault; what it looked at.
fn walked(script: &str, address: &str, folder: &str, more: &[(&str, &str)]) -> Value {
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

#[test]
fn a_mail_s_link_leads_to_the_recorded_review_in_a_browser_without_scripts() {
    let it = Installation::empty();
    let Some(mut demo) = demonstration(&it) else {
        return;
    };
    let address = word_after(&demo.hear("Pages "), "Pages");
    let folder = word_after(&demo.hear("Folder "), "Folder");
    let told = walked("walk.mjs", &address, &folder, &[("TODAY", "2026-11-23")]);
    assert!(
        told["pages"].as_u64().unwrap() >= 27,
        "nine pages in three languages: {told}"
    );
    assert_eq!(demo.stop(), Some(0));
}

#[test]
fn every_sheet_is_printed_on_whole_pages_of_a4() {
    let it = Installation::empty();
    let Some(mut demo) = demonstration(&it) else {
        return;
    };
    let address = word_after(&demo.hear("Pages "), "Pages");
    let folder = word_after(&demo.hear("Folder "), "Folder");
    let professional = word_after(&demo.hear("PROFESSIONAL "), "PROFESSIONAL");
    let told = walked(
        "paper.mjs",
        &address,
        &folder,
        &[("SIGN_IN_AS", &professional)],
    );
    assert_eq!(told["sheets"], 12, "four sheets in three languages: {told}");
    assert_eq!(demo.stop(), Some(0));
}
