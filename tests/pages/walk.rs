//! The pages in a real browser: `tests/browser/walk.mjs` walks from a mail's link to the recorded review, in Chromium
//! with scripts off; `tests/browser/paper.mjs` prints every sheet. `.ci/run browser` installs what they need.

use crate::support::chromium::{demonstration, walked, word_after};
use crate::support::program::Installation;

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
        told["pages"].as_u64().unwrap() >= 150,
        "a mail's way in three languages, and a coordinator's own pages: {told}"
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
    let leader = word_after(&demo.hear("FACILITATOR "), "FACILITATOR");
    let told = walked(
        "paper.mjs",
        &address,
        &folder,
        &[("SIGN_IN_AS", &professional), ("LEADER", &leader)],
    );
    assert_eq!(
        told["sheets"], 24,
        "eight sheets in three languages: {told}"
    );
    assert_eq!(demo.stop(), Some(0));
}
