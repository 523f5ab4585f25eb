//! The pages in a real browser: `tests/browser/walk.mjs` walks from a mail's link to the recorded review, in Chromium
//! with scripts off; `tests/browser/paper.mjs` prints every sheet. `.ci/run browser` installs what they need.

use crate::support::chromium::{demonstration, walked, word_after};
use crate::support::program::{Installation, ask};
use serde_json::json;

#[test]
fn a_mail_s_link_leads_to_the_recorded_review_in_a_browser_without_scripts() {
    let it = Installation::empty();
    let Some(mut demo) = demonstration(&it) else {
        return;
    };
    let address = word_after(&demo.hear("Pages "), "Pages");
    let folder = word_after(&demo.hear("Folder "), "Folder");
    let peer_guide = word_after(&demo.hear("PEER_GUIDE "), "PEER_GUIDE");
    let supervisor = word_after(&demo.hear("SUPERVISOR "), "SUPERVISOR");
    let tokens = demo.hear("COORDINATOR ");
    let token = tokens.split_whitespace().last().unwrap();
    let listens = address.trim_start_matches("http://").trim_end_matches('/');
    let waves = ask(
        listens,
        token,
        "{ surveyWaves { code closedOn } }",
        json!({}),
    );
    let waves = waves["data"]["surveyWaves"].as_array().unwrap().iter();
    let open = waves.clone().find(|it| it["closedOn"].is_null());
    let survey = open.unwrap()["code"].as_str().unwrap();
    let told = walked(
        "walk.mjs",
        &address,
        &folder,
        &[
            ("TODAY", "2026-11-23"),
            ("PEER_GUIDE", &peer_guide),
            ("SUPERVISOR", &supervisor),
            ("SURVEY", survey),
        ],
    );
    assert!(
        told["pages"].as_u64().unwrap() >= 200,
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
    let coordinator = word_after(&demo.hear("COORDINATOR "), "COORDINATOR");
    let professional = word_after(&demo.hear("PROFESSIONAL "), "PROFESSIONAL");
    let analyst = word_after(&demo.hear("ANALYST "), "ANALYST");
    let leader = word_after(&demo.hear("FACILITATOR "), "FACILITATOR");
    let guide = word_after(&demo.hear("PAID_GUIDE "), "PAID_GUIDE");
    let told = walked(
        "paper.mjs",
        &address,
        &folder,
        &[
            ("SIGN_IN_AS", &professional),
            ("LEADER", &leader),
            ("ANALYST", &analyst),
            ("COORDINATOR", &coordinator),
            ("GUIDE", &guide),
        ],
    );
    assert_eq!(
        told["sheets"], 39,
        "thirteen sheets in three languages: {told}"
    );
    assert_eq!(demo.stop(), Some(0));
}
