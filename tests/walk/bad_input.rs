//! Whatever can be wrong with an input, tried on every field of every mutation: each fault has a code, and a field where
//! the person can put it right, and nothing comes of it. An act that is sent twice is done once.

use std::fmt::Write as _;

use rinnalla_domain::ids::{Id as _, OutboxMessageId};
use serde_json::{Value, json};

use super::house::House;
use super::rows::Rows;
use super::samples::{Sample, ready, send, send_as_it_is};
use super::sdl::{Sdl, is_demanded, is_list, named, text};
use super::strangers::with;
use crate::on_both;
use crate::support::Answer;

/// Days on which something may begin or end, however far away.
const MAY_LIE_AHEAD: [&str; 3] = ["validFrom", "validTo", "endsOn"];

/// One way to fill a field badly.
struct Fault {
    pointer: String,
    what: &'static str,
    input: Value,
}

/// Everything that can be wrong with a field of this type.
fn faults_of(sdl: &Sdl, field: &Value, now: &Value) -> Vec<(&'static str, Value)> {
    let (name, of) = (text(&field["name"]), named(&field["type"]));
    let long = "ä".repeat(10_000);
    let mut faults = Vec::new();
    if is_list(&field["type"]) {
        faults.push(("no list", json!({})));
        // The same one again and again is only one.
        let many = (0..500).map(|n| format!("CODE_{n}"));
        if of == "String" {
            faults.push(("too many", json!(many.collect::<Vec<_>>())));
            faults.push(("NUL", json!(["\u{0}"])));
            faults.push(("bidi", json!(["a\u{202e}b"])));
            faults.push(("too long", json!([long])));
        }
        return faults;
    }
    match of {
        "String" => {
            faults.push(("NUL", json!("a\u{0}b")));
            faults.push(("control", json!("a\u{1b}[2Jb")));
            faults.push(("line break", json!("a\r\nBcc: b@example.org")));
            faults.push(("bidi", json!("a\u{202e}b")));
            faults.push(("too long", json!(long)));
            faults.push(("number", json!(5)));
        }
        "Date" => {
            for (what, day) in [
                ("no such day", "2026-02-30"),
                ("written otherwise", "23.11.2026"),
                ("empty", ""),
                ("an instant", "2026-11-23T00:00:00Z"),
                ("before calendars", "0000-01-01"),
                ("after calendars", "9999-12-31"),
            ] {
                faults.push((what, json!(day)));
            }
            faults.push(("number", json!(20_261_123)));
            if !MAY_LIE_AHEAD.contains(&name) {
                faults.push(("far ahead", json!("2499-12-31")));
            }
        }
        "LocalTime" => {
            for (what, time) in [
                ("no such time", "24:00"),
                ("written otherwise", "12.00"),
                ("with seconds", "12:00:00"),
                ("too late", "23:59"),
            ] {
                faults.push((what, json!(time)));
            }
        }
        "Int" if name.to_lowercase().ends_with("version") => {
            let now = now.as_i64().unwrap();
            for (what, version) in [
                ("stale", now - 1),
                ("to come", now + 1),
                ("negative", -1),
                ("largest", i64::from(i32::MAX)),
                ("too large", i64::from(i32::MAX) + 1),
            ] {
                faults.push((what, json!(version)));
            }
            faults.push(("text", json!("1")));
        }
        "Int" => {
            faults.push(("negative", json!(-1)));
            faults.push(("largest", json!(i32::MAX)));
            faults.push(("too large", json!(i64::from(i32::MAX) + 1)));
            faults.push(("fraction", json!(1.5)));
        }
        "Boolean" => faults.push(("text", json!("yes"))),
        "ID" => faults.push(("list", json!([1]))),
        of if sdl.is_enum(of) => faults.push(("unknown", json!("NOTHING"))),
        of => assert!(!sdl.inputs(of).is_empty(), "how can a {of} be wrong?"),
    }
    faults
}

/// Every fault of every field of an input; the sample leaves none out.
fn faults(sdl: &Sdl, of: &str, whole: &Value, at: &str) -> Vec<Fault> {
    let mut all = Vec::new();
    for field in sdl.inputs(of) {
        let name = text(&field["name"]);
        let pointer = format!("{at}/{name}");
        let Some(now) = whole.pointer(&pointer) else {
            continue;
        };
        let fault = |what, input| Fault {
            pointer: pointer.clone(),
            what,
            input,
        };
        for (what, value) in faults_of(sdl, field, now) {
            all.push(fault(what, with(whole, &pointer, value)));
        }
        if is_demanded(field) {
            let mut input = whole.clone();
            let around = input.pointer_mut(at).unwrap().as_object_mut().unwrap();
            around.remove(name);
            all.push(fault("missing", input));
            all.push(fault("null", with(whole, &pointer, Value::Null)));
        }
        if now.is_object() {
            all.extend(faults(sdl, named(&field["type"]), whole, &pointer));
        }
    }
    all
}

/// What came of it: the codes of the errors, with their fields; `done` where there were none.
fn came(answer: &Answer) -> String {
    let errors = answer.json["errors"]
        .as_array()
        .cloned()
        .unwrap_or_default();
    if let Some(error) = errors.first() {
        let told = &error["extensions"];
        return [&told["field"], &told["code"], &told["reason"]]
            .map(|part| part.as_str().unwrap_or_default())
            .join(" ")
            .trim()
            .to_owned();
    }
    match answer.user_errors() {
        errors if errors.is_empty() => "done".to_owned(),
        errors => errors.join(", "),
    }
}

/// Whether it is told in a way that the sender can do something with.
fn is_told(fault: &Fault, came: &str) -> bool {
    let field = fault.pointer.rsplit('/').next().unwrap();
    let own = format!("{field} ");
    // Of two days out of order, either may be named.
    let names = |one: &str| {
        one.starts_with(&own) || (!one.starts_with('-') && one.ends_with(" DATES_OUT_OF_ORDER"))
    };
    // An object alone is taken for a list of it: what it lacks is told.
    let is_one = fault.what == "no list" && came.ends_with(" BAD_USER_INPUT");
    is_one
        || came.split(", ").any(names)
        || (field.to_lowercase().ends_with("version") && came == "CONFLICT STALE_VERSION")
}

/// Outcomes with all that led to them.
#[derive(Default)]
struct Lines(Vec<(String, String, Vec<&'static str>)>);

impl Lines {
    fn add(&mut self, pointer: &str, came: String, what: &'static str) {
        let known = self
            .0
            .iter_mut()
            .find(|(at, outcome, _)| at == pointer && *outcome == came);
        match known {
            Some((_, _, all)) => all.push(what),
            None => self.0.push((pointer.to_owned(), came, vec![what])),
        }
    }

    fn print(&self, into: &mut String, mutation: &str) {
        writeln!(into, "{mutation}").unwrap();
        for (pointer, came, what) in &self.0 {
            writeln!(into, "    {}: {} -> {came}", &pointer[1..], what.join(", ")).unwrap();
        }
    }
}

/// Something else than was sent before, and as right.
fn otherwise(mutation: &str, sample: &Sample, house: &House) -> Value {
    let mut input = sample.input.clone();
    if let Some(version) = input["version"].as_i64() {
        input["version"] = json!(version + 1);
        return input;
    }
    let (pointer, value) = match mutation {
        "absenceRecord" => ("/toOn", json!("2026-12-08")),
        "accessTokenRevoke" => ("/accessTokenId", json!(house.things[&6])),
        "caseloadMove" => ("/toId", json!(house.circle.mikko.node())),
        "meetingRecord" => ("/minutes", json!(91)),
        "organisationCreate" | "personAdd" => ("/name", json!("Toinen Nimi")),
        "partnershipStart" | "roleGrantAdd" => ("/validTo", json!("2027-12-30")),
        "referralDraft" => ("/details/form", json!("FAMILY")),
        "supportPersonAdd" => ("/profile/maxActive", json!(4)),
        "personMerge" => ("/keptVersion", json!(2)),
        "savedListSave" => ("/name", json!("Toinen nimi")),
        "successionPropose" => ("/from", json!("2026-11-22")),
        "courseCreate" => ("/startsOn", json!("2027-01-15")),
        "curriculumCreate" => ("/name", json!("Toinen nimi")),
        "courseFeedbackOpen" => ("/courseId", json!(house.things[&36])),
        "courseFeedbackClose" => ("/courseFeedbackWaveId", json!(house.things[&44])),
        "courseFeedOpen" => ("/language", json!("EN")),
        "courseFeedClose" => ("/courseFeedId", json!(house.things[&42])),
        "expertAdd" => ("/details/purposes", json!(["CLIENT_WORK"])),
        "expertCohortAdd" => ("/details/name", json!("Toinen nimi")),
        "expenseRecord" => ("/details/cents", json!(6700)),
        "expenseLimitsAdd" => ("/perDiemDays", json!(21)),
        "trainingCreate" => ("/details/name", json!("Toinen nimi")),
        "supervisionSessionPlan" => ("/details/minutes", json!(91)),
        "supervisionContactRequestSend" => ("/organisationId", json!(house.provider.encode())),
        "dropInPlaceCreate" => ("/details/name", json!("Toinen nimi")),
        "placeRoleTermAdd" | "openingRuleAdd" => ("/to", json!("2027-06-29")),
        "openingTakeUp" | "openingAdd" => ("/on", json!("2026-12-01")),
        "closedDayAdd" => ("/reason", json!("OTHER")),
        "openingSourceCount" => ("/visitors", json!(2)),
        "houseMeetingPlan" => ("/on", json!("2026-12-02")),
        "peerGroupCreate" | "grantTargetCreate" => ("/details/name", json!("Toinen nimi")),
        "peerGroupMeetingRecord" => ("/heads", json!(9)),
        "encounterRecord" => ("/talks", json!(4)),
        "influenceItemRecord" => ("/details/title", json!("Toinen otsikko")),
        "surveyWaveOpen" => ("/name", json!("Toinen nimi")),
        "surveyStatementsLoad" => ("/language", json!("SV")),
        "surveyAnswerSend" => ("/answers/0", json!(5)),
        "wishSend" | "wishTypeIn" => ("/text", json!("Toinen toive")),
        "openingVisitsCount" | "openingVisitsTakeBack" => ("/personalSupports", json!(0)),
        "enrolmentAdd" => ("/name", json!("Toinen Nimi")),
        "enrolmentAddPerson" => ("/wantsReminders", json!(false)),
        "noticeAcknowledge" | "noticeSendAgain" => {
            let other = house.things[&OutboxMessageId::TYPE_BYTE].clone();
            ("/noticeId", json!(other))
        }
        "gateAdd" => ("/nameFi", json!("Toinen nimi")),
        "programmeCreate" => ("/details/nameFi", json!("Toinen nimi")),
        _ => panic!("how could {mutation} be told otherwise?"),
    };
    with(&input, pointer, value)
}

on_both! {
    async fn every_fault_of_every_field_has_a_code_and_changes_nothing(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let rows = Rows::of(&app).await;
        let (mut table, mut untold) = (String::new(), Vec::new());
        for field in sdl.fields("Mutation") {
            let mutation = text(&field["name"]);
            let of = named(&field["args"][0]["type"]);
            let mut sample = ready(&app, &house, mutation).await;
            sample.input["idempotencyKey"] = json!(app.key());
            let before = rows.read().await;
            let mut lines = Lines::default();
            for fault in faults(&sdl, of, &sample.input, "") {
                let mut input = fault.input.clone();
                if fault.pointer != "/idempotencyKey" {
                    input["idempotencyKey"] = json!(app.key());
                }
                let below = "{ userErrors { field code message } }";
                let answer = send_as_it_is(&app, Some(&sample.who), (mutation, below), &input).await;
                let came = came(&answer);
                if !is_told(&fault, &came) {
                    untold.push(format!("{mutation} {} {}: {came}", fault.pointer, fault.what));
                }
                lines.add(&fault.pointer, came, fault.what);
            }
            let changed = Rows::difference(&before, &rows.read().await);
            assert!(changed.is_empty() || !untold.is_empty(), "{mutation} left something behind: {changed:#?}");
            lines.print(&mut table, mutation);
        }
        assert!(untold.is_empty(), "{untold:#?}");
        insta::assert_snapshot!("every_fault_of_every_field_has_a_code_and_changes_nothing", table);
    }
}

/// What an act may have looked at before, made otherwise; and the way back.
const MEANWHILE: [(&str, &str); 3] = [
    (
        "UPDATE codes SET is_active = FALSE WHERE is_active",
        "UPDATE codes SET is_active = TRUE WHERE NOT is_active",
    ),
    (
        "UPDATE partnerships SET valid_to = '2026-11-20' WHERE valid_to IS NULL AND valid_from <= '2026-11-20'",
        "UPDATE partnerships SET valid_to = NULL WHERE valid_to = '2026-11-20'",
    ),
    (
        "UPDATE programmes SET valid_to = '2026-11-20' WHERE valid_to IS NULL AND valid_from <= '2026-11-20'",
        "UPDATE programmes SET valid_to = NULL WHERE valid_to = '2026-11-20'",
    ),
];

on_both! {
    async fn every_act_that_is_sent_twice_is_done_once(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let rows = Rows::of(&app).await;
        let mut table = String::new();
        for field in sdl.fields("Mutation") {
            let mutation = text(&field["name"]);
            let below = sdl.selection(named(&field["type"]));
            let asked = (mutation, below.as_str());
            let mut sample = ready(&app, &house, mutation).await;
            let key = app.key();
            sample.input["idempotencyKey"] = json!(key);
            let first = send(&app, Some(&sample.who), asked, &sample.input).await;
            assert_eq!(came(&first), "done", "{mutation}: {:#}", first.json);
            let after = rows.read().await;

            let again = send(&app, Some(&sample.who), asked, &sample.input).await;
            assert_eq!(again.json, first.json, "{mutation} sent twice");
            for (change, _) in MEANWHILE {
                app.run(change, []).await;
            }
            let late = send(&app, Some(&sample.who), asked, &sample.input).await;
            assert_eq!(came(&late), "done", "{mutation} sent again when all else had changed: {:#}", late.json);
            for (_, back) in MEANWHILE {
                app.run(back, []).await;
            }
            let other = otherwise(mutation, &sample, &house);
            let reused = send(&app, Some(&sample.who), asked, &other).await;
            assert_eq!(came(&reused), "CONFLICT KEY_REUSED", "{mutation}: {:#}", reused.json);
            let mut changed = Rows::difference(&after, &rows.read().await);
            // What was made otherwise in between raises the number of changes of rights.
            changed.retain(|line| !line[2..].starts_with("rights:"));
            assert!(changed.is_empty(), "{mutation} sent twice did something: {changed:#?}");

            // As a new act, on the state that it has led to.
            let mut anew = sample.input.clone();
            anew["idempotencyKey"] = json!(app.key());
            if let Some(version) = anew["version"].as_i64() {
                anew["version"] = json!(version + 1);
            }
            let anew = send(&app, Some(&sample.who), asked, &anew).await;
            writeln!(table, "{mutation}: {}", came(&anew)).unwrap();
        }
        insta::assert_snapshot!("what_comes_of_an_act_on_the_state_that_it_has_led_to", table);
    }
}
