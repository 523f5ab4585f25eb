//! The pages in a real browser: `tests/browser/walk.mjs` walks from a mail's link to the recorded review, in Chromium
//! with scripts off. `.ci/run browser` installs what it needs.

use std::path::Path;
use std::process::Command;

use crate::support::machine::{has, left_out};
use crate::support::program::Installation;

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/browser");

#[test]
fn a_mail_s_link_leads_to_the_recorded_review_in_a_browser_without_scripts() {
    let has_packages = Path::new(FOLDER)
        .join("node_modules/playwright-core")
        .is_dir();
    if !has("chromium") || !has("node") || !has_packages {
        return left_out(
            "the pages are not walked through: Chromium, node or the packages of tests/browser are missing",
        );
    }
    let it = Installation::empty();
    let mut demo = it.start(&[
        "demo",
        "--listen",
        "127.0.0.1:0",
        "--clock",
        "2026-11-23T10:00",
    ]);
    let word_after = |line: String, name: &str| {
        let rest = line.split(name).nth(1).unwrap().to_owned();
        rest.split_whitespace().next().unwrap().to_owned()
    };
    let address = word_after(demo.hear("Pages "), "Pages");
    let folder = word_after(demo.hear("Folder "), "Folder");
    let walk = Command::new("node")
        .arg("walk.mjs")
        .current_dir(FOLDER)
        .env("PAGES_URL", address)
        .env("MAIL_FOLDER", Path::new(&folder).join("mail"))
        .env("TODAY", "2026-11-23")
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&walk.stdout).into_owned();
    let faults = String::from_utf8_lossy(&walk.stderr);
    assert!(walk.status.success(), "{said}{faults}");
    let told: serde_json::Value = serde_json::from_str(said.trim()).unwrap();
    assert_eq!(told["faults"], 0);
    assert!(
        told["pages"].as_u64().unwrap() >= 27,
        "nine pages in three languages: {told}"
    );
    assert_eq!(demo.stop(), Some(0));
}
