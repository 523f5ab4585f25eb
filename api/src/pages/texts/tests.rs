//! Every text is there in three languages, asks for the same words in each, and is used.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::Path;

use super::*;

/// A file's texts, each with the words in braces that it asks for.
fn texts_of(file: &str) -> BTreeMap<String, BTreeSet<String>> {
    let mut texts = BTreeMap::new();
    let mut name = String::new();
    for line in file.lines().filter(|line| !line.starts_with('#')) {
        if let Some((head, _)) = line.split_once(" =")
            && line.starts_with(|c: char| c.is_ascii_lowercase())
        {
            name = head.to_owned();
            let before = texts.insert(name.clone(), BTreeSet::new());
            assert!(before.is_none(), "{name} stands twice");
        }
        let words = line.split("{ $").skip(1);
        let words = words.filter_map(|rest| rest.split([' ', '}']).next());
        let of_text: &mut BTreeSet<String> = texts.entry(name.clone()).or_default();
        of_text.extend(words.map(str::to_owned));
    }
    texts
}

#[test]
fn every_text_is_there_in_three_languages_and_asks_for_the_same_words() {
    let [fi, sv, en] = FILES.map(|(_, text)| texts_of(text));
    assert!(fi.len() > 150, "the texts were not read: {}", fi.len());
    assert_eq!(fi, sv);
    assert_eq!(fi, en);
    for (code, text) in FILES {
        assert!(FluentResource::try_new(text.to_owned()).is_ok(), "{code}");
    }
}

/// Beginnings of names that are put together from a code, a kind or a field.
const MADE: &[&str] = &[
    "course-curriculum-",
    "curriculum-new-",
    "curriculum-edit-",
    "workshop-",
    "cohort-",
    "assignment-edit-",
    "assignment-cancel-",
    "wish-answer-",
    "evening-tap-",
    "contact-request-",
    "house-meeting-",
    "place-role-",
    "supervision-status-",
    "supervision-record-",
    "invitation-",
    "course-leader-",
    "course-open-",
    "course-enrol-",
    "leads-as-",
    "course-plan-",
    "day-off-",
    "session-",
    "training-",
    "expert-",
    "compensation-",
    "employment-",
    "funding-",
    "listed-consent-",
    "expense-",
    "grant-kind-",
    "grant-trustees-",
    "feedback-",
    "mark-",
    "course-status-",
    "session-status-",
    "enrolment-status-",
    "waiting-",
    "weekday-",
    "fault-",
    "error-",
    "done-",
    "fact-",
    "review-held-",
    "review-not-held-",
    "review-book-",
    "channel-",
    "progress-",
    "outcome-",
    "not-held-",
    "review-",
    "first-meeting-",
    "meeting-",
    "hand-over-",
    "proposal-",
    "relationship-is-",
    "background-",
    "supporter-",
    "exception-",
    "agreement-",
    "rhythm-",
    "pause-",
    "resume-",
    "end-",
    "referral-",
    "listing-consent-",
    "asking-",
    "reason-",
    "notice-",
    "name-professional-",
    "own-details-",
    "details-",
    "reads-",
    "organisation-",
    "refer-",
    "support-form-",
    "phase-",
    "own-",
    "wish-area-",
    "wish-status-",
    "proposal",
    "group-",
    "encounter-",
    "influence-",
    "grant-target-",
];

#[test]
fn every_text_is_used_and_every_text_that_is_asked_for_exists() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut sources = String::new();
    let mut folders = vec![root.join("src/pages"), root.join("templates")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            match path.extension().and_then(|it| it.to_str()) {
                None => folders.push(path),
                Some("rs" | "html") => sources.push_str(&fs::read_to_string(path).unwrap()),
                Some(_) => {}
            }
        }
    }
    let texts = texts_of(FILES[0].1);
    for name in texts.keys().filter(|name| !name.is_empty()) {
        let is_made = MADE.iter().any(|start| name.starts_with(start));
        let is_used = sources.contains(&format!("\"{name}\""));
        assert!(is_used || is_made, "{name} is not used");
    }
    for call in [".say(\"", ".with(\"", ".under(\""] {
        for rest in sources.split(call).skip(1) {
            let name = rest.split('"').next().unwrap();
            assert!(
                texts.contains_key(name),
                "{name} is asked for and is not there"
            );
        }
    }
}

#[test]
fn a_day_is_written_as_it_is_in_each_language() {
    let day = NaiveDate::from_ymd_opt(2026, 11, 23).unwrap();
    let of = |language| Texts::in_language(language).day(day);
    assert_eq!(of(Language::Fi), "ma 23.11.2026");
    assert_eq!(of(Language::Sv), "mån 23.11.2026");
    assert_eq!(of(Language::En), "Mon 23 Nov 2026");
    assert_eq!(of(Language::Smn), of(Language::Fi));
}

#[test]
fn a_sentence_for_an_error_is_the_pages_own_or_the_domain_s() {
    let texts = Texts::in_language(Language::En);
    assert_eq!(
        texts.fault("NOT_A_DAY"),
        "Write the day like this: 23.11.2026."
    );
    assert_eq!(
        texts.fault("DATE_IN_FUTURE"),
        rinnalla_domain::texts::of_code(Language::En, "DATE_IN_FUTURE")
    );
    assert!(!texts.fault("DATE_IN_FUTURE").starts_with("error-"));
}

#[test]
fn what_an_address_says_was_done_is_one_of_our_own_sentences() {
    let texts = Texts::in_language(Language::En);
    assert!(texts.done("review-held").is_some());
    for foreign in ["", "no-such-thing", "<b>", "../x", "REVIEW"] {
        assert_eq!(texts.done(foreign), None, "{foreign}");
    }
}

#[test]
fn every_kind_of_reminder_has_a_name_in_three_languages() {
    for language in [Language::Fi, Language::Sv, Language::En] {
        let texts = Texts::in_language(language);
        for kind in rinnalla_domain::states::NoticeKind::ALL {
            let name = kind.code().to_lowercase().replace('_', "-");
            let id = format!("notice-kind-{name}");
            assert!(texts.say_if(&id).is_some(), "{id} in {}", texts.code());
        }
    }
}
