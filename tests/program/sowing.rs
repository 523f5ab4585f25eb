//! `rinnalla seed`: what it sows is what acts would have left, and the same seed sows the same.

use std::collections::BTreeMap;

use rinnalla_domain::ids::{Id as _, PersonId};
use sea_orm::{ConnectionTrait as _, Database, Statement};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{on_both_installations, wait_for};
use crate::support::databases::Kind;
use crate::support::program::{Installation, ask, free_address};

/// Friday 20.11.2026, 10:00.
const CLOCK: [&str; 2] = ["--clock", "2026-11-20T10:00"];

fn seed(it: &Installation, relationships: &str, seed: &str) -> Vec<String> {
    let due = it.must(&[
        "seed",
        "--relationships",
        relationships,
        "--seed",
        seed,
        "--print-due",
        CLOCK[0],
        CLOCK[1],
    ]);
    due.lines().map(str::to_owned).collect()
}

fn counted(addresses: impl IntoIterator<Item = String>) -> BTreeMap<String, usize> {
    let mut counted = BTreeMap::new();
    for address in addresses {
        *counted.entry(address).or_default() += 1;
    }
    counted
}

on_both_installations! {
    fn who_is_said_to_be_due_a_notice_gets_it_and_nobody_else(it: Installation) {
        let due = seed(&it, "300", "7");
        assert!(due.len() >= 8, "{due:?}");
        let planned = it.must(&["job", "review_reminders", CLOCK[0], CLOCK[1]]);
        assert_eq!(planned, format!("review_reminders: {} notices", due.len()));
        let sent = it.must(&["job", "deliver_mail", CLOCK[0], CLOCK[1]]);
        assert_eq!(sent, format!("deliver_mail: {} mails", due.len()));
        let mails = std::fs::read_dir(it.path().join("data/mail")).unwrap();
        let to = mails.map(|mail| {
            let text = std::fs::read_to_string(mail.unwrap().path()).unwrap();
            let to = text.lines().find_map(|line| line.strip_prefix("To: ")).unwrap();
            to.rsplit('<').next().unwrap().trim_end_matches('>').trim().to_owned()
        });
        assert_eq!(counted(to), counted(due));
        let again = it.must(&["job", "review_reminders", CLOCK[0], CLOCK[1]]);
        assert_eq!(again, "review_reminders: 0 notices");
    }

    fn an_act_that_is_done_and_undone_leaves_what_was_sown_as_it_was(it: Installation) {
        seed(&it, "120", "3");
        let token = coordinators_token(&it);
        let address = free_address();
        let _api = it.start(&["api", "--listen", &address, CLOCK[0], CLOCK[1]]);
        wait_for(&address);
        let all = ask(
            &address,
            &token,
            "{ supportRelationships(first: 60) { nodes { id version status } } }",
            json!({}),
        );
        let mut tried = BTreeMap::<String, usize>::new();
        for (n, node) in all["data"]["supportRelationships"]["nodes"].as_array().unwrap().iter().enumerate() {
            let status = node["status"].as_str().unwrap();
            let (act, day, wanted) = match status {
                "ACTIVE" => ("supportRelationshipPause", "pausedOn", "PAUSED"),
                "PAUSED" => ("supportRelationshipResume", "resumedOn", "RESUMED"),
                "FIRST_MEETING_HELD" | "PROPOSED" | "AGREED" => ("supportRelationshipEnd", "endedOn", "ENDED"),
                _ => continue,
            };
            *tried.entry(status.to_owned()).or_default() += 1;
            let before = state(&address, &token, &node["id"]);
            let mut input = json!({
                "idempotencyKey": format!("do-{n}"), "supportRelationshipId": node["id"], "version": node["version"],
            });
            input[day] = json!("2026-11-20");
            if wanted == "ENDED" {
                input["endReason"] = json!("OTHER");
            }
            let kind = format!("{}{}Input", act[..1].to_uppercase(), &act[1..]);
            let query = format!("mutation ($input: {kind}!) {{ {act}(input: $input) {{ supportRelationship {{ version acts {{ id kind }} }} userErrors {{ field code }} }} }}");
            let done = ask(&address, &token, &query, json!({ "input": input }));
            let after = &done["data"][act]["supportRelationship"];
            assert!(after.is_object(), "{status}: {done}");
            let acts = after["acts"].as_array().unwrap();
            let last = acts.iter().rfind(|it| it["kind"] == wanted).unwrap();
            let undone = ask(
                &address,
                &token,
                "mutation ($input: SupportRelationshipActCancelInput!) { supportRelationshipActCancel(input: $input) { supportRelationship { id } userErrors { field code } } }",
                json!({ "input": { "idempotencyKey": format!("undo-{n}"), "actId": last["id"], "version": after["version"] } }),
            );
            assert!(undone["data"]["supportRelationshipActCancel"]["supportRelationship"].is_object(), "{undone}");
            assert_eq!(state(&address, &token, &node["id"]), before, "{status}");
        }
        assert!(tried["ACTIVE"] > 20, "{tried:?}");
    }
}

/// What follows from a relationship's entries; cycles that were opened in between are told as errors and left out.
fn state(address: &str, token: &str, id: &Value) -> Value {
    let query = "query ($id: ID!) { supportRelationship(id: $id) {
        status caseCode proposedOn firstMeetingOn startsOn agreedUntil endedOn endReason reviewIntervalMonths professionalFollows
        meetingCount
        reviews(first: 20) { cycleNumber status cancelledReason intervalMonths countedFrom windowStartsOn plannedOn windowEndsOn
          bookedFor heldOn isJoint }
    } }";
    let answer = ask(address, token, query, json!({ "id": id }));
    let state = answer["data"]["supportRelationship"].clone();
    assert!(state.is_object(), "{answer}");
    state
}

/// An access token for the first coordinator.
fn coordinators_token(it: &Installation) -> String {
    let url = it.database.as_ref().unwrap().url.clone();
    let person = std::thread::spawn(move || {
        let runtime = tokio::runtime::Runtime::new().unwrap();
        runtime.block_on(async {
            let db = Database::connect(url).await.unwrap();
            let sql = "SELECT person_id FROM role_grants WHERE role = 'COORDINATOR' ORDER BY valid_from LIMIT 1";
            let row = db
                .query_one_raw(Statement::from_string(db.get_database_backend(), sql))
                .await
                .unwrap()
                .unwrap();
            let id: Uuid = row.try_get("", "person_id").unwrap();
            db.close().await.unwrap();
            PersonId(id)
        })
    });
    let person = person.join().unwrap().encode();
    it.must(&["token", "issue", "--person", &person, CLOCK[0], CLOCK[1]])
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn the_same_seed_sows_the_same_and_only_once() {
    let [one, other, third] = [
        Installation::on(Kind::Sqlite).await.unwrap(),
        Installation::on(Kind::Sqlite).await.unwrap(),
        Installation::on(Kind::Sqlite).await.unwrap(),
    ];
    let due = seed(&one, "60", "1");
    assert_eq!(seed(&other, "60", "1"), due);
    assert_ne!(seed(&third, "60", "2"), due);
    let (code, told) = one.refused(&["seed", "--relationships", "60"]);
    assert_eq!(code, 1);
    assert!(told.contains("--beside"), "{told}");
    let (_, told) = one.refused(&[
        "seed",
        "--relationships",
        "60",
        "--beside",
        CLOCK[0],
        CLOCK[1],
    ]);
    assert!(told.contains("--seed"), "{told}");
    one.must(&[
        "seed",
        "--relationships",
        "60",
        "--beside",
        "--seed",
        "2",
        CLOCK[0],
        CLOCK[1],
    ]);
}
