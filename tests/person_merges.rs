//! One person who was written down twice: found, merged, and told apart again.

use rinnalla_domain::ids::{Id as _, PersonId, PersonMergeId};
use rinnalla_domain::states::{OrganisationKind, Role, SupportRelationshipStatus};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Actor, App};

const MERGE: &str = "personMerge { id version cancelledAt kept { name } merged { name isActive } recordedBy { name } changes { kind count } }";
const PAIRS: &str = "{ duplicatePeople { one { id name } other { id name } reasons } }";
const TABLES: [&str; 14] = [
    "enrolments",
    "course_facilitators",
    "people",
    "role_grants",
    "absences",
    "support_persons",
    "case_professionals",
    "referrals",
    "access_tokens",
    "saved_lists",
    "person_merges",
    "person_merge_entries",
    "support_person_notes",
    "disclosures",
];

struct House {
    kaisa: Actor,
    anna: Actor,
    /// Sari, written down twice.
    sari: Actor,
    again: Actor,
    partner: rinnalla_domain::ids::OrganisationId,
}

async fn house(app: &App) -> House {
    let association = app
        .organisation("Esimerkkiyhdistys", OrganisationKind::Association)
        .await;
    let partner = app
        .organisation("Esimerkkialue", OrganisationKind::WellbeingCounty)
        .await;
    app.refers(association, partner).await;
    House {
        kaisa: app
            .person("Kaisa Koordinaattori", association, Role::Coordinator)
            .await,
        anna: app.person("Anna Hallinto", association, Role::Admin).await,
        sari: app
            .person("Sari Esimerkki", association, Role::SupportPerson)
            .await,
        again: app
            .person("Sari Esimerkki-", association, Role::SupportPerson)
            .await,
        partner,
    }
}

fn two(kept: &Actor, merged: &Actor) -> Value {
    json!({ "keptId": kept.node(), "keptVersion": 1, "mergedId": merged.node(), "mergedVersion": 1 })
}

async fn sees(app: &App, reader: &Actor, of: &Actor) -> bool {
    let answer = reader
        .ask(
            app,
            "query($id: ID!) { person(id: $id) { name } }",
            json!({ "id": of.node() }),
        )
        .await;
    answer.data()["person"] != Value::Null
}

/// The rows of some tables without what rises with every change.
async fn standing(app: &App, of: PersonId) -> Vec<String> {
    let sql = |table: &str, column: &str, more: &str| {
        format!("SELECT count(*) AS n FROM {table} WHERE {column} = $1 AND {more}")
    };
    let today = crate::support::date("2026-11-23");
    let mut rows = Vec::new();
    for (table, column, more) in [
        (
            "role_grants",
            "person_id",
            "cancelled_at IS NULL AND (valid_to IS NULL OR valid_to >= $2)",
        ),
        (
            "absences",
            "person_id",
            "cancelled_at IS NULL AND to_on >= $2",
        ),
        (
            "absences",
            "substitute_id",
            "cancelled_at IS NULL AND to_on >= $2",
        ),
        ("support_persons", "person_id", "$2 = $2"),
        (
            "case_professionals",
            "person_id",
            "to_on IS NULL AND $2 = $2",
        ),
        ("referrals", "professional_id", "$2 = $2"),
        (
            "access_tokens",
            "person_id",
            "revoked_at IS NULL AND $2 = $2",
        ),
        ("saved_lists", "owner_id", "$2 = $2"),
        (
            "enrolments",
            "person_id",
            "status <> 'CANCELLED' AND $2 = $2",
        ),
        (
            "course_facilitators",
            "person_id",
            "removed_at IS NULL AND $2 = $2",
        ),
        (
            "place_role_terms",
            "person_id",
            "cancelled_at IS NULL AND $2 = $2",
        ),
        (
            "opening_shifts",
            "person_id",
            "removed_at IS NULL AND $2 = $2",
        ),
        (
            "peer_group_leaders",
            "person_id",
            "removed_at IS NULL AND $2 = $2",
        ),
    ] {
        let n = app
            .count(&sql(table, column, more), [of.0.into(), today.into()])
            .await;
        rows.push(format!("{table}.{column} {n}"));
    }
    rows
}

on_both! {
    async fn one_person_written_down_twice_is_found(app: App) {
        let house = house(&app).await;
        let found = house.kaisa.ask(&app, PAIRS, json!({})).await;
        assert_eq!(found.data()["duplicatePeople"], json!([{
            "one": { "id": house.sari.node(), "name": "Sari Esimerkki" }, "other": { "id": house.again.node(), "name": "Sari Esimerkki-" },
            "reasons": ["SAME_NAME"],
        }]));
        let phone = |of: &Actor, name: &str, phone: &str| json!({ "personId": of.node(), "version": 1, "name": name, "phone": phone, "language": "FI" });
        let kaarina = app.person("Kaarina Aivan", house.kaisa.organisation, Role::Expert).await;
        house.kaisa.does(&app, "personCorrect", "person { id }", phone(&kaarina, "Kaarina Aivan", "040 123 4567")).await.done();
        house.kaisa.does(&app, "personCorrect", "person { id }", phone(&house.sari, "Sari Esimerkki", "+358401234567")).await.done();
        let found = house.kaisa.ask(&app, "{ duplicatePeople { reasons } }", json!({})).await;
        assert_eq!(found.data()["duplicatePeople"], json!([{ "reasons": ["SAME_PHONE"] }, { "reasons": ["SAME_NAME"] }]), "the surest first");
        // Nobody else's people are opened, and others may not ask.
        let other = app.organisation("Toinen", OrganisationKind::Association).await;
        let outi = app.person("Outi Koordinaattori", other, Role::Coordinator).await;
        app.person("Sari Esimerkki.", other, Role::SupportPerson).await;
        let none = outi.ask(&app, PAIRS, json!({})).await;
        assert_eq!(none.data()["duplicatePeople"], json!([]));
        assert_eq!(house.sari.ask(&app, PAIRS, json!({})).await.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn what_goes_on_is_the_kept_records_and_comes_back_when_the_merge_is_taken_back(app: App) {
        let house = house(&app).await;
        let association = house.kaisa.organisation;
        // The second record: support person with a relationship, professional elsewhere with a case, away, standing in.
        let mikko = app.person("Mikko Ammattilainen", house.partner, Role::Professional).await;
        let case = app.case(association, house.partner, &[&mikko]).await;
        let proposed = app.proposed(&case, &house.again).await;
        app.disclosed(&case, &proposed, &mikko).await;
        app.relationship(&case, &proposed, SupportRelationshipStatus::Active).await;
        let role = json!({ "personId": house.again.node(), "organisationId": house.partner.encode(), "role": "PROFESSIONAL" });
        house.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        let own = app.case(association, house.partner, &[&house.again]).await;
        app.away(&house.again, &mikko, "2026-11-20", "2026-12-20").await;
        app.away(&mikko, &house.again, "2027-01-01", "2027-01-10").await;
        house.anna.does(&app, "organisationNotesAllow", "organisation { id }", json!({ "organisationId": association.encode(), "version": 1, "isAllowed": true })).await.done();
        let note = json!({ "supportPersonId": proposed.support_person.encode(), "text": "Tavoittaa iltapäivisin" });
        house.kaisa.does(&app, "supportPersonNoteSet", "supportPerson { id }", note).await.done();
        let (kept_before, merged_before) = (standing(&app, house.sari.id).await, standing(&app, house.again.id).await);

        let mut input = two(&house.sari, &house.again);
        input["idempotencyKey"] = json!("once");
        let answer = house.kaisa.does(&app, "personMerge", MERGE, input.clone()).await;
        let merge = answer.done()["personMerge"].clone();
        assert_eq!(merge["kept"]["name"], "Sari Esimerkki");
        assert_eq!(merge["merged"], json!({ "name": "Sari Esimerkki-", "isActive": false }));
        let mut changes: Vec<String> = merge["changes"].as_array().unwrap().iter()
            .map(|it| format!("{} {}", it["kind"].as_str().unwrap(), it["count"])).collect();
        changes.sort();
        assert_eq!(changes, ["ABSENCE_MOVED 1", "CASE_MOVED 1", "REFERRAL_MOVED 1", "ROLE_ENDED 2", "ROLE_GIVEN 1",
            "STAND_IN_MOVED 1", "SUPPORT_PERSON_MOVED 1", "TOKEN_REVOKED 1"]);
        // A role that began today ends today; nobody can use it, since the record is closed.
        assert_eq!(standing(&app, house.again.id).await, ["role_grants.person_id 1", "absences.person_id 0", "absences.substitute_id 0",
            "support_persons.person_id 0", "case_professionals.person_id 0", "referrals.professional_id 0", "access_tokens.person_id 0", "saved_lists.owner_id 0",
            "enrolments.person_id 0", "course_facilitators.person_id 0", "place_role_terms.person_id 0", "opening_shifts.person_id 0",
            "peer_group_leaders.person_id 0"]);
        assert_eq!(standing(&app, house.sari.id).await, ["role_grants.person_id 2", "absences.person_id 1", "absences.substitute_id 1",
            "support_persons.person_id 1", "case_professionals.person_id 1", "referrals.professional_id 1", "access_tokens.person_id 1", "saved_lists.owner_id 0",
            "enrolments.person_id 0", "course_facilitators.person_id 0", "place_role_terms.person_id 0", "opening_shifts.person_id 0",
            "peer_group_leaders.person_id 0"]);
        let rows = app.rows(&TABLES).await;
        let again = house.kaisa.does(&app, "personMerge", MERGE, input).await;
        assert_eq!(again.done()["personMerge"], merge, "the same act, sent again");
        assert_eq!(app.rows(&TABLES).await, rows);

        // The kept record works on, the closed one signs in no more, and the professional sees whom they work with.
        let list = house.sari.ask(&app, "{ supportRelationships { nodes { caseCode } } }", json!({})).await;
        assert_eq!(list.data()["supportRelationships"]["nodes"].as_array().unwrap().len(), 1);
        assert_eq!(house.again.ask(&app, "{ today }", json!({})).await.json["refused"], "Unauthenticated");
        assert!(sees(&app, &mikko, &house.sari).await);
        let told = app.rows(&["disclosures"]).await;
        assert_eq!(told.iter().filter(|row| row.contains("CHANGED_DETAILS")).count(), 1, "other details are visible now");
        let query = "query($id: ID!) { supportPerson(id: $id) { note { text } person { name } } }";
        let read = house.kaisa.ask(&app, query, json!({ "id": proposed.support_person.encode() })).await;
        assert_eq!(read.data()["supportPerson"], json!({ "note": { "text": "Tavoittaa iltapäivisin" }, "person": { "name": "Sari Esimerkki" } }));
        let found = house.kaisa.ask(&app, PAIRS, json!({})).await;
        assert_eq!(found.data()["duplicatePeople"], json!([]), "merged");

        let undo = |version: i32| json!({ "personMergeId": merge["id"], "version": version });
        let stale = house.kaisa.does(&app, "personMergeCancel", MERGE, undo(2)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let undone = house.kaisa.does(&app, "personMergeCancel", MERGE, undo(1)).await;
        assert!(undone.done()["personMerge"]["cancelledAt"].is_string());
        assert_eq!(standing(&app, house.sari.id).await, kept_before);
        assert_eq!(standing(&app, house.again.id).await, merged_before);
        let read = house.kaisa.ask(&app, query, json!({ "id": proposed.support_person.encode() })).await;
        assert_eq!(read.data()["supportPerson"]["note"]["text"], "Tavoittaa iltapäivisin");
        house.again.ask(&app, "{ today }", json!({})).await.data();
        let twice = house.kaisa.does(&app, "personMergeCancel", MERGE, undo(2)).await;
        assert_eq!(twice.user_errors(), ["personMergeId WRONG_STATE"]);
        assert_eq!(own.partner, house.partner);
    }
}

on_both! {
    async fn the_past_stays_where_it_was_recorded(app: App) {
        let house = house(&app).await;
        // The second record looked at somebody under its own grant.
        house.again.ask(&app, "{ me { person { name } } }", json!({})).await.data();
        let browser = app.browser_of(&house.again).await;
        let log = |rows: Vec<String>| rows.into_iter().filter(|row| row.starts_with("access_log:")).collect::<Vec<_>>();
        let before = log(app.rows(&["access_log", "access_log_seen"]).await);
        house.kaisa.does(&app, "personMerge", MERGE, two(&house.sari, &house.again)).await.done();
        let after = log(app.rows(&["access_log", "access_log_seen"]).await);
        assert!(before.iter().all(|row| after.contains(row)), "nothing of it was rewritten");
        drop(browser);
        let open = app.count("SELECT count(*) AS n FROM sessions WHERE person_id = $1 AND ended_at IS NULL", [house.again.id.0.into()]).await;
        assert_eq!(open, 0, "its sessions have ended");
        let grants = app.count("SELECT count(*) AS n FROM role_grants WHERE person_id = $1 AND valid_to = $2",
            [house.again.id.0.into(), crate::support::date("2026-11-22").into()]).await;
        assert_eq!(grants, 1, "its grant ended the day before, and is nobody else's");
        // Its mail address is free for the kept record.
        let correct = json!({ "personId": house.sari.node(), "version": 2, "name": "Sari Esimerkki", "email": "sari.esimerkki-@example.org", "language": "FI" });
        house.kaisa.does(&app, "personCorrect", "person { id }", correct).await.done();
        let merges = house.kaisa.ask(&app, "{ personMerges { nodes { id version } totalCount } }", json!({})).await;
        assert_eq!(merges.data()["personMerges"]["totalCount"], 1);
        let merge = merges.data()["personMerges"]["nodes"][0].clone();
        let undo = json!({ "personMergeId": merge["id"], "version": 1 });
        let refused = house.kaisa.does(&app, "personMergeCancel", MERGE, undo).await;
        assert_eq!(refused.user_errors(), ["- EMAIL_IN_USE"], "it would be two people's");
    }
}

on_both! {
    async fn what_cannot_be_merged_is_told_and_changes_nothing(app: App) {
        let house = house(&app).await;
        let association = house.kaisa.organisation;
        let other = app.organisation("Toinen", OrganisationKind::Association).await;
        let outi = app.person("Outi Koordinaattori", other, Role::Coordinator).await;
        let mikko = app.person("Mikko Ammattilainen", house.partner, Role::Professional).await;
        let case = app.case(association, house.partner, &[&mikko]).await;
        app.proposed(&case, &house.sari).await;
        let second = app.case(association, house.partner, &[&mikko]).await;
        let proposed = app.proposed(&second, &house.again).await;
        let third = app.person("Salli Kolmas", association, Role::SupportPerson).await;
        let before = app.rows(&TABLES).await;
        let good = two(&house.sari, &third);
        house.kaisa.tries(&app, "personMerge", MERGE, &good, &[
            (json!({ "mergedId": house.again.node() }), &["mergedId TWO_SUPPORT_PERSONS"]),
            (json!({ "mergedId": house.sari.node() }), &["mergedId SAME_TWICE"]),
            (json!({ "mergedId": house.kaisa.node() }), &["mergedId IS_ONESELF"]),
            (json!({ "mergedId": outi.node() }), &["mergedId UNKNOWN"]),
            (json!({ "mergedId": PersonId::random().encode() }), &["mergedId UNKNOWN"]),
            (json!({ "keptId": "x", "mergedId": case.id.encode() }), &["keptId UNKNOWN", "mergedId UNKNOWN"]),
            (json!({ "mergedId": house.anna.node() }), &["mergedId NOT_YOURS_TO_MERGE"]),
            (json!({ "keptId": house.anna.node() }), &["keptId NOT_YOURS_TO_MERGE"]),
        ]).await;
        for (field, value) in [("keptVersion", 2), ("mergedVersion", 2)] {
            let mut stale = good.clone();
            stale[field] = json!(value);
            assert_eq!(house.kaisa.does(&app, "personMerge", MERGE, stale).await.codes(), ["CONFLICT"]);
        }
        for stranger in [&mikko, &house.sari] {
            assert_eq!(stranger.does(&app, "personMerge", MERGE, good.clone()).await.codes(), ["FORBIDDEN"]);
        }
        let unknown = outi.does(&app, "personMerge", MERGE, good.clone()).await;
        assert_eq!(unknown.user_errors(), ["keptId UNKNOWN", "mergedId UNKNOWN"]);
        let absent = outi.does(&app, "personMergeCancel", MERGE, json!({ "personMergeId": PersonMergeId::random().encode(), "version": 1 })).await;
        assert_eq!(absent.codes(), ["NOT_FOUND"]);
        assert_eq!(app.rows(&TABLES).await, before);

        // Once the second standing has ended, the two can be merged: its history stays with the closed record.
        app.run("UPDATE support_persons SET status = 'ENDED' WHERE id = $1", [proposed.support_person.0.into()]).await;
        let done = house.kaisa.does(&app, "personMerge", MERGE, two(&house.sari, &house.again)).await;
        let merge = done.done()["personMerge"].clone();
        let hidden = outi.does(&app, "personMergeCancel", MERGE, json!({ "personMergeId": merge["id"], "version": 1 })).await;
        assert_eq!(hidden.json["errors"], absent.json["errors"]);
        // A merge on which another stands is not taken back before that one.
        let mut further = two(&third, &house.sari);
        further["mergedVersion"] = json!(2);
        let blocked = house.kaisa.does(&app, "personMerge", MERGE, further).await;
        blocked.done();
        let early = house.kaisa.does(&app, "personMergeCancel", MERGE, json!({ "personMergeId": merge["id"], "version": 1 })).await;
        assert_eq!(early.user_errors(), ["personMergeId LATER_ENTRIES_STAND_ON_IT"]);
    }
}

on_both! {
    async fn the_professional_of_a_case_and_its_support_person_are_two_people(app: App) {
        let house = house(&app).await;
        let association = house.kaisa.organisation;
        let role = json!({ "personId": house.again.node(), "organisationId": house.partner.encode(), "role": "PROFESSIONAL" });
        house.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        let case = app.case(association, house.partner, &[&house.again]).await;
        let proposed = app.proposed(&case, &house.sari).await;
        app.relationship(&case, &proposed, SupportRelationshipStatus::Active).await;
        let refused = house.kaisa.does(&app, "personMerge", MERGE, two(&house.sari, &house.again)).await;
        assert_eq!(refused.user_errors(), ["mergedId BOTH_SIDES_OF_A_CASE"]);
    }
}

on_both! {
    async fn merges_are_listed_in_as_many_statements_however_many_there_are(app: App) {
        let house = house(&app).await;
        let mut counts = Vec::new();
        for more in [1, 4] {
            for n in 0..more {
                let name = ["Aino Yksi", "Aino Kaksi", "Aino Kolme", "Aino Neljä"][n];
                let one = app.person(&format!("{name} Ensin{more}"), house.kaisa.organisation, Role::Expert).await;
                let other = app.person(&format!("{name} Sitten{more}"), house.kaisa.organisation, Role::Expert).await;
                house.kaisa.does(&app, "personMerge", MERGE, two(&one, &other)).await.done();
            }
            let query = "{ personMerges { nodes { kept { name } merged { name } recordedBy { name } changes { kind count } } } }";
            let answer = house.kaisa.ask(&app, query, json!({})).await;
            assert!(answer.data()["personMerges"]["nodes"].as_array().unwrap().len() >= more);
            counts.push(answer.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
    }
}

on_both! {
    async fn parts_in_courses_and_courses_that_one_leads_go_along_and_come_back(app: App) {
        let house = house(&app).await;
        let association = house.kaisa.organisation;
        let venla = app.person("Venla Esimerkki", association, Role::PeerGuide).await;
        let again = app.person("Venla Esimerkki-", association, Role::PeerGuide).await;
        let first = app.led_course(&house.kaisa, "2026-08-06", json!({})).await;
        let both = app.led_course(&house.kaisa, "2026-12-03", json!({})).await;
        let part = first.enrol_person(&app, &again).await;
        both.enrol_person(&app, &venla).await;
        both.enrol_person(&app, &again).await;
        let assists = app.course(&house.kaisa, "2026-12-04", json!({})).await;
        let input = json!({ "courseId": assists, "version": 1, "personId": again.node(), "kind": "ASSISTANT" });
        house.kaisa.does(&app, "courseFacilitatorAssign", "course { id }", input).await.done();
        let (kept_before, merged_before) = (standing(&app, venla.id).await, standing(&app, again.id).await);

        let answer = house.kaisa.does(&app, "personMerge", MERGE, two(&venla, &again)).await;
        let merge = answer.done()["personMerge"].clone();
        let changes = merge["changes"].as_array().unwrap();
        for kind in ["ENROLMENT_MOVED", "FACILITATOR_MOVED"] {
            assert!(changes.contains(&json!({ "kind": kind, "count": 1 })), "{kind}: {changes:?}");
        }
        let own = "{ myEnrolments { id } }";
        let seen = venla.ask(&app, own, json!({})).await;
        let seen = seen.data()["myEnrolments"].as_array().unwrap().clone();
        assert_eq!(seen.len(), 2, "where both had a part, each keeps their own");
        assert!(seen.contains(&json!({ "id": part })));
        let led = "query($id: ID!) { course(id: $id) { facilitators { person { name } } } }";
        let answer = house.kaisa.ask(&app, led, json!({ "id": assists })).await;
        assert_eq!(answer.data()["course"]["facilitators"], json!([{ "person": { "name": "Venla Esimerkki" } }]));

        let back = json!({ "personMergeId": merge["id"], "version": 1 });
        house.kaisa.does(&app, "personMergeCancel", MERGE, back).await.done();
        assert_eq!(standing(&app, venla.id).await, kept_before);
        assert_eq!(standing(&app, again.id).await, merged_before);
    }
}

on_both! {
    async fn parts_in_drop_in_places_and_groups_that_one_leads_go_along_and_come_back(app: App) {
        let house = house(&app).await;
        let association = house.kaisa.organisation;
        let venla = app.person("Venla Esimerkki", association, Role::PeerGuide).await;
        let again = app.person("Venla Esimerkki-", association, Role::PeerGuide).await;
        let place = app.place(&house.kaisa, "kulma").await;
        place.term(&app, &venla, "VOLUNTEER").await;
        place.term(&app, &again, "VOLUNTEER").await;
        place.term(&app, &again, "PEER_GUIDE").await;
        let evening = place.take_up(&app, "2026-11-24").await;
        place.shift(&app, &evening, 1, &again).await;
        let details = json!({ "name": "Ryhmä", "kind": "PEER_GROUP", "audiences": ["SIBLINGS"], "from": "2026-01-01", "leaderIds": [again.node()] });
        let group = json!({ "organisationId": association.encode(), "details": details });
        house.kaisa.does(&app, "peerGroupCreate", "peerGroup { id }", group).await.done();
        let (kept_before, merged_before) = (standing(&app, venla.id).await, standing(&app, again.id).await);

        let answer = house.kaisa.does(&app, "personMerge", MERGE, two(&venla, &again)).await;
        let merge = answer.done()["personMerge"].clone();
        let changes = merge["changes"].as_array().unwrap();
        for kind in ["PLACE_TERM_MOVED", "SHIFT_MOVED", "GROUP_LEADER_MOVED"] {
            assert!(changes.contains(&json!({ "kind": kind, "count": 1 })), "{kind}: {changes:?}");
        }
        let led = venla.ask(&app, "{ peerGroups { name leaders { name } } }", json!({})).await;
        assert_eq!(led.data()["peerGroups"], json!([{ "name": "Ryhmä", "leaders": [{ "name": "Venla Esimerkki" }] }]));
        let shifts = place.calendar(&app, &house.kaisa, "2026-11-24", "2026-11-24").await;
        assert_eq!(shifts[0]["opening"]["shifts"][0]["person"]["name"], "Venla Esimerkki");

        let back = json!({ "personMergeId": merge["id"], "version": 1 });
        house.kaisa.does(&app, "personMergeCancel", MERGE, back).await.done();
        assert_eq!(standing(&app, venla.id).await, kept_before);
        assert_eq!(standing(&app, again.id).await, merged_before);
        assert!(venla.ask(&app, "{ peerGroups { name } }", json!({})).await.data()["peerGroups"].as_array().unwrap().is_empty());
    }
}
