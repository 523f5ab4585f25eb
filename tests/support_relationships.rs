//! From the disclosure of contact details to the end of a support relationship, and every way back.

use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::ids::{Id as _, SupportRelationshipId};
use rinnalla_domain::texts::Language;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::App;
use crate::support::matching::World;
use crate::support::relationships::{Circle, Relationship, terms};

const STANDING: &str = "query($id: ID!) { supportRelationship(id: $id) { status proposedOn firstMeetingOn startsOn agreedUntil
    endedOn endReason reviewIntervalMonths professionalFollows caseCode } }";

async fn standing(app: &App, circle: &Circle, relationship: &Relationship) -> Value {
    let answer = circle
        .kaisa
        .ask(app, STANDING, json!({ "id": relationship.id }))
        .await;
    answer.data()["supportRelationship"].clone()
}

/// Does an act about a relationship at its newest version, as the professional; it must succeed.
async fn act(app: &App, circle: &Circle, relationship: &Relationship, mutation: &str, more: Value) {
    let input = relationship.input(app, circle, more).await;
    app.act(&circle.mikko, mutation, input).await.done();
}

/// Tries an act about a relationship at its newest version, as the professional.
async fn refused(
    app: &App,
    circle: &Circle,
    relationship: &Relationship,
    mutation: &str,
    more: Value,
) -> Vec<String> {
    let input = relationship.input(app, circle, more).await;
    app.act(&circle.mikko, mutation, input).await.user_errors()
}

/// Cancels the newest standing entry of a kind.
async fn cancel(
    app: &App,
    circle: &Circle,
    relationship: &Relationship,
    kind: &str,
) -> Vec<String> {
    let entry = relationship.entries(app, circle, kind).await.pop().unwrap();
    let version = relationship.version(app, circle).await;
    let answer = if kind == "AGREED" {
        let input = json!({ "supportAgreementId": entry, "version": version });
        app.act(&circle.mikko, "supportAgreementCancel", input)
            .await
    } else {
        let input = json!({ "actId": entry, "version": version });
        app.act(&circle.mikko, "supportRelationshipActCancel", input)
            .await
    };
    answer.user_errors()
}

/// From a first meeting on 14.9.2026 to an end on 20.11.2026, each act on its day: kind, day, mutation, input.
fn course(circle: &Circle) -> Vec<(&'static str, &'static str, &'static str, Value)> {
    vec![
        (
            "FIRST_MEETING_HELD",
            "2026-09-14",
            "supportRelationshipRecordFirstMeeting",
            json!({ "heldOn": "2026-09-14", "professionalPresent": true, "handoverById": circle.mikko.node() }),
        ),
        (
            "AGREED",
            "2026-09-15",
            "supportAgreementRecord",
            json!({ "terms": terms("2026-09-15") }),
        ),
        (
            "AGREED",
            "2026-09-30",
            "supportAgreementRecord",
            json!({ "terms": {
            "startsOn": "2026-10-01", "endsOn": "2027-05-31", "rhythm": "MONTHLY", "places": ["LIBRARY", "OUTDOORS"],
            "reviewIntervalMonths": 5, "professionalFollows": false, "signedOn": "2026-09-30" } }),
        ),
        (
            "PAUSED",
            "2026-10-10",
            "supportRelationshipPause",
            json!({ "pausedOn": "2026-10-10" }),
        ),
        (
            "RESUMED",
            "2026-11-02",
            "supportRelationshipResume",
            json!({ "resumedOn": "2026-11-02" }),
        ),
        (
            "ENDED",
            "2026-11-20",
            "supportRelationshipEnd",
            json!({ "endedOn": "2026-11-20", "endReason": "MOVED" }),
        ),
    ]
}

on_both! {
    async fn a_relationship_goes_from_the_disclosure_to_the_end(app: App) {
        app.on_day("2026-09-01");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.disclosed(&app).await;
        let now = standing(&app, &circle, &relationship).await;
        assert_eq!(now["status"], "PROPOSED");
        assert_eq!(now["proposedOn"], "2026-09-01");
        assert_eq!(now["caseCode"], relationship.case_code);
        let expected = ["FIRST_MEETING_HELD", "ACTIVE", "ACTIVE", "PAUSED", "ACTIVE", "ENDED"];
        for ((_, day, mutation, input), status) in course(&circle).into_iter().zip(expected) {
            app.on_day(day);
            act(&app, &circle, &relationship, mutation, input).await;
            assert_eq!(standing(&app, &circle, &relationship).await["status"], status, "{mutation}");
        }
        let now = standing(&app, &circle, &relationship).await;
        assert_eq!(now, json!({ "status": "ENDED", "proposedOn": "2026-09-01", "firstMeetingOn": "2026-09-14",
            "startsOn": "2026-09-15", "agreedUntil": "2027-05-31", "endedOn": "2026-11-20", "endReason": "MOVED",
            "reviewIntervalMonths": 5, "professionalFollows": false, "caseCode": relationship.case_code }));
        assert!(app.state().await.contains("referral HandedOver"), "{}", app.state().await);
    }
}

on_both! {
    async fn every_entry_cancelled_leaves_the_state_as_if_it_had_never_been(app: App) {
        app.on_day("2026-09-01");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.disclosed(&app).await;
        for (kind, day, mutation, input) in course(&circle) {
            app.on_day(day);
            let before = app.state().await;
            act(&app, &circle, &relationship, mutation, input.clone()).await;
            let after = app.state().await;
            assert_ne!(before, after, "{mutation} changes something");
            assert_eq!(cancel(&app, &circle, &relationship, kind).await, [""; 0], "{mutation}");
            assert_eq!(app.state().await, before, "{mutation} was cancelled");
            act(&app, &circle, &relationship, mutation, input).await;
            assert_eq!(app.state().await, after, "{mutation} was recorded again");
        }
    }
}

on_both! {
    async fn every_entry_put_right_gives_the_state_as_if_it_had_been_right_at_once(app: App) {
        app.on_day("2026-09-01");
        let right = app.circle("Oikea").await;
        let expected = right.disclosed(&app).await;
        for (_, day, mutation, input) in course(&right) {
            app.on_day(day);
            act(&app, &right, &expected, mutation, input).await;
        }
        let of_expected = app.state().await;

        app.on_day("2026-09-01");
        let circle = app.circle("Väärä").await;
        let relationship = circle.disclosed(&app).await;
        let mistaken = [
            json!({ "heldOn": "2026-09-13", "professionalPresent": true, "handoverById": circle.mikko.node() }),
            json!({ "terms": { "startsOn": "2026-09-14", "endsOn": "2026-12-31", "rhythm": "WEEKLY", "places": ["HOME"],
                "reviewIntervalMonths": 6, "professionalFollows": false, "signedOn": "2026-09-14" } }),
            json!({ "terms": terms("2026-09-30") }),
            json!({ "pausedOn": "2026-10-05" }),
            json!({ "resumedOn": "2026-10-20" }),
            json!({ "endedOn": "2026-11-19", "endReason": "OTHER" }),
        ];
        let course = course(&circle);
        for ((_, day, mutation, _), input) in course.iter().zip(mistaken) {
            app.on_day(day);
            act(&app, &circle, &relationship, mutation, input).await;
        }
        app.on_day("2026-11-23");
        // The last first, so that the days stay in order on the way; a pause moves to after its old resuming.
        for (index, (kind, _, _, input)) in course.iter().enumerate().rev() {
            let entries = relationship.entries(&app, &circle, kind).await;
            let entry = if index == 1 { &entries[0] } else { entries.last().unwrap() };
            let version = relationship.version(&app, &circle).await;
            let answer = if *kind == "AGREED" {
                let input = json!({ "supportAgreementId": entry, "version": version, "terms": input["terms"] });
                app.act(&circle.mikko, "supportAgreementCorrect", input).await
            } else {
                let mut input = input.clone();
                let day = ["heldOn", "pausedOn", "resumedOn", "endedOn"].into_iter().find_map(|field| {
                    input.as_object_mut()?.remove(field)
                });
                input["on"] = day.unwrap();
                input["actId"] = json!(entry);
                input["version"] = version;
                app.act(&circle.mikko, "supportRelationshipActCorrect", input).await
            };
            answer.done();
        }
        let lines = of_expected.lines();
        let twice: Vec<&str> = lines.flat_map(|line| [line, line]).collect();
        let mut both: Vec<String> = app.state().await.lines().map(str::to_owned).collect();
        let mut twice: Vec<String> = twice.into_iter().map(str::to_owned).collect();
        both.sort();
        twice.sort();
        assert_eq!(both, twice);
    }
}

on_both! {
    async fn what_later_entries_stand_on_cannot_be_taken_away(app: App) {
        app.on_day("2026-09-01");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.disclosed(&app).await;
        let course = course(&circle);
        for (_, day, mutation, input) in &course[..5] {
            app.on_day(day);
            act(&app, &circle, &relationship, mutation, input.clone()).await;
        }
        let before = app.state().await;
        for kind in ["FIRST_MEETING_HELD", "PAUSED"] {
            let errors = cancel(&app, &circle, &relationship, kind).await;
            assert_eq!(errors, ["- LATER_ENTRIES_STAND_ON_IT"], "{kind}");
        }
        let entry = relationship.entries(&app, &circle, "FIRST_MEETING_HELD").await.pop().unwrap();
        let input = json!({ "actId": entry, "version": relationship.version(&app, &circle).await, "on": "2026-09-16",
            "professionalPresent": true, "handoverById": circle.mikko.node() });
        let errors = app.act(&circle.mikko, "supportRelationshipActCorrect", input).await.user_errors();
        assert_eq!(errors, ["- LATER_ENTRIES_STAND_ON_IT"], "the agreement starts on 15.9.");
        let input = relationship.input(&app, &circle, json!({})).await;
        let errors = app.act(&circle.kaisa, "matchProposalDiscloseContactCancel", input).await.user_errors();
        assert_eq!(errors, ["- LATER_ENTRIES_STAND_ON_IT"]);
        assert_eq!(app.state().await, before);
    }
}

on_both! {
    async fn a_meeting_that_was_recorded_holds_the_first_meeting_and_the_end_in_their_place(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.met(&app).await;
        app.on_day("2026-09-20");
        let meeting = json!({ "supportRelationshipId": relationship.id, "metOn": "2026-09-18", "minutes": 60,
            "activity": "COFFEE", "channel": "IN_PERSON" });
        app.act(&circle.sari, "meetingRecord", meeting).await.done();
        let errors = cancel(&app, &circle, &relationship, "FIRST_MEETING_HELD").await;
        assert_eq!(errors, ["- LATER_ENTRIES_STAND_ON_IT"]);
        let end = json!({ "endedOn": "2026-09-17", "endReason": "BY_SUPPORTED" });
        let errors = refused(&app, &circle, &relationship, "supportRelationshipEnd", end).await;
        assert_eq!(errors, ["endedOn DATES_OUT_OF_ORDER"]);
        let end = json!({ "endedOn": "2026-09-18", "endReason": "BY_SUPPORTED" });
        act(&app, &circle, &relationship, "supportRelationshipEnd", end).await;
    }
}

on_both! {
    async fn a_disclosure_that_was_a_mistake_is_taken_back_and_made_again(app: App) {
        app.on_day("2026-09-01");
        let circle = app.circle("Esimerkki").await;
        let (referral, proposal, _) = circle.accepted(&app).await;
        let input = json!({ "proposalId": proposal.encode(), "version": 1 });
        let first = app.act(&circle.kaisa, "matchProposalDiscloseContact", input).await;
        let first = first.done()["supportRelationship"].clone();
        let input = json!({ "supportRelationshipId": first["id"], "version": first["version"] });
        let back = app.act(&circle.kaisa, "matchProposalDiscloseContactCancel", input.clone()).await;
        assert_eq!(back.done()["supportRelationship"]["status"], "CANCELLED");
        assert!(app.state().await.contains("referral Accepted"));

        let mut again = input;
        again["version"] = back.done()["supportRelationship"]["version"].clone();
        let errors = app.act(&circle.kaisa, "matchProposalDiscloseContactCancel", again).await.user_errors();
        assert_eq!(errors, ["- WRONG_STATE"]);
        let list = circle.mikko.ask(&app, "{ supportRelationships { nodes { id } totalCount } }", json!({})).await;
        assert_eq!(list.data()["supportRelationships"], json!({ "nodes": [], "totalCount": 0 }));

        let input = json!({ "proposalId": proposal.encode(), "version": 3 });
        let second = app.act(&circle.kaisa, "matchProposalDiscloseContact", input).await;
        assert_ne!(second.done()["supportRelationship"]["id"], first["id"], "{referral:?}");
    }
}

on_both! {
    async fn the_professional_is_there_when_the_two_first_meet(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let stranger = app.circle("Vieras").await;
        let relationship = circle.disclosed(&app).await;
        let mutation = "supportRelationshipRecordFirstMeeting";
        let attempts = [
            (json!({ "professionalPresent": false }), "professionalPresent PROFESSIONAL_MUST_BE_PRESENT"),
            (json!({ "professionalPresent": false, "exceptionReason": "DISTANCE" }), "exceptionReason COORDINATOR_ONLY"),
            (json!({ "professionalPresent": true }), "handoverById REQUIRED"),
            (json!({ "professionalPresent": true, "handoverById": stranger.mikko.node() }), "handoverById UNKNOWN"),
            (json!({ "professionalPresent": true, "handoverById": relationship.id }), "handoverById UNKNOWN"),
            (json!({ "professionalPresent": true, "exceptionReason": "OTHER", "handoverById": circle.mikko.node() }),
                "exceptionReason NOT_APPLICABLE"),
            (json!({ "professionalPresent": true, "handoverById": circle.mikko.node(), "heldOn": "2026-09-15" }),
                "heldOn DATE_IN_FUTURE"),
            (json!({ "professionalPresent": true, "handoverById": circle.mikko.node(), "heldOn": "2026-09-13" }),
                "heldOn DATES_OUT_OF_ORDER"),
        ];
        let before = app.state().await;
        for (mut input, expected) in attempts {
            if input.get("heldOn").is_none() {
                input["heldOn"] = json!("2026-09-14");
            }
            assert_eq!(refused(&app, &circle, &relationship, mutation, input).await, [expected]);
        }
        assert_eq!(app.state().await, before);
        let excused = json!({ "heldOn": "2026-09-14", "professionalPresent": false, "exceptionReason": "PROFESSIONAL_ILL" });
        let input = relationship.input(&app, &circle, excused).await;
        let answer = app.act(&circle.kaisa, mutation, input).await;
        assert_eq!(answer.done()["supportRelationship"]["status"], "FIRST_MEETING_HELD");
        let twice = json!({ "heldOn": "2026-09-14", "professionalPresent": true, "handoverById": circle.mikko.node() });
        assert_eq!(refused(&app, &circle, &relationship, mutation, twice).await, ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn an_agreement_says_how_long_how_often_and_where(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.met(&app).await;
        let faults: [(Value, &[&str]); 14] = [
            (json!({ "isOpenEnded": false }), &["endsOn REQUIRED"]),
            (json!({ "endsOn": "2027-01-01" }), &["endsOn NOT_APPLICABLE"]),
            (json!({ "isOpenEnded": false, "endsOn": "2026-09-13" }), &["endsOn DATES_OUT_OF_ORDER"]),
            (json!({ "isOpenEnded": false, "endsOn": "2046-09-13" }), &["endsOn OUT_OF_RANGE"]),
            (json!({ "startsOn": "2027-09-15" }), &["startsOn OUT_OF_RANGE"]),
            (json!({ "startsOn": "2026-09-13" }), &["startsOn DATES_OUT_OF_ORDER"]),
            (json!({ "signedOn": "2026-09-15" }), &["signedOn DATE_IN_FUTURE"]),
            (json!({ "signedOn": "2026-09-13" }), &["signedOn DATES_OUT_OF_ORDER"]),
            (json!({ "places": [] }), &["places REQUIRED"]),
            (json!({ "places": ["CAFE", "MOON"] }), &["places UNKNOWN_CODE"]),
            (json!({ "places": ["CAFE", "A\u{0}"] }), &["places UNKNOWN_CODE"]),
            (json!({ "reviewIntervalMonths": 2 }), &["reviewIntervalMonths OUT_OF_RANGE"]),
            (json!({ "reviewIntervalMonths": 7 }), &["reviewIntervalMonths OUT_OF_RANGE"]),
            (json!({ "reviewIntervalMonths": -250, "places": [], "isOpenEnded": false }),
                &["endsOn REQUIRED", "places REQUIRED", "reviewIntervalMonths OUT_OF_RANGE"]),
        ];
        let before = app.state().await;
        for (change, expected) in faults {
            let mut terms = terms("2026-09-14");
            for (field, value) in change.as_object().unwrap() {
                terms[field] = value.clone();
            }
            let errors = refused(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms })).await;
            assert_eq!(errors, expected, "{change}");
        }
        assert_eq!(app.state().await, before);
        let mut terms = terms("2026-09-14");
        terms["places"] = json!(["AGREED_EACH_TIME"]);
        act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms })).await;
        let query = "query($id: ID!) { supportRelationship(id: $id) { agreement { number startsOn endsOn isOpenEnded rhythm
            places reviewIntervalMonths professionalFollows signedOn isCorrection } } }";
        let answer = circle.sari.ask(&app, query, json!({ "id": relationship.id })).await;
        assert_eq!(answer.data()["supportRelationship"]["agreement"], json!({ "number": 1, "startsOn": "2026-09-14",
            "endsOn": null, "isOpenEnded": true, "rhythm": "WEEKLY", "places": ["AGREED_EACH_TIME"],
            "reviewIntervalMonths": 3, "professionalFollows": true, "signedOn": "2026-09-14", "isCorrection": false }));
    }
}

on_both! {
    async fn a_new_agreement_replaces_the_one_before_and_cancelled_ones_leave_no_gap(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        for (starts_on, rhythm) in [("2026-10-01", "MONTHLY"), ("2026-11-01", "EVERY_TWO_WEEKS")] {
            let mut terms = terms("2026-09-14");
            terms["startsOn"] = json!(starts_on);
            terms["rhythm"] = json!(rhythm);
            act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms })).await;
        }
        let second = relationship.entries(&app, &circle, "AGREED").await[1].clone();
        let input = json!({ "supportAgreementId": second, "version": relationship.version(&app, &circle).await });
        app.act(&circle.mikko, "supportAgreementCancel", input).await.done();
        let query = "query($id: ID!) { supportRelationship(id: $id) { agreement { number rhythm }
            agreements { number rhythm cancelledAt } } }";
        let answer = circle.mikko.ask(&app, query, json!({ "id": relationship.id })).await;
        let seen = &answer.data()["supportRelationship"];
        assert_eq!(seen["agreement"], json!({ "number": 2, "rhythm": "EVERY_TWO_WEEKS" }));
        let cancelled: Vec<bool> = seen["agreements"].as_array().unwrap().iter().map(|it| !it["cancelledAt"].is_null()).collect();
        assert_eq!(cancelled, [false, true, false]);
    }
}

on_both! {
    async fn an_agreement_that_starts_later_comes_under_way_on_its_day(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.met(&app).await;
        let mut terms = terms("2026-09-14");
        terms["startsOn"] = json!("2026-10-01");
        act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms })).await;
        assert_eq!(standing(&app, &circle, &relationship).await["status"], "AGREED");
        let errors = refused(&app, &circle, &relationship, "supportRelationshipPause", json!({ "pausedOn": "2026-09-14" })).await;
        assert_eq!(errors, ["pausedOn DATES_OUT_OF_ORDER"]);
        for (day, started) in [("2026-09-30", 0), ("2026-10-03", 1), ("2026-10-03", 0)] {
            app.on_day(day);
            let job = Ctx::new(&app.register, None, Language::Fi);
            let count = rinnalla_domain::support_relationships::start_agreed(&job).await.unwrap();
            assert_eq!(count, started, "{day}");
        }
        assert_eq!(standing(&app, &circle, &relationship).await["status"], "ACTIVE");
    }
}

on_both! {
    async fn two_people_have_one_open_relationship_at_a_time(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let first = circle.active(&app).await;
        let end = json!({ "endedOn": "2026-09-14", "endReason": "BY_AGREEMENT" });
        act(&app, &circle, &first, "supportRelationshipEnd", end).await;
        let proposal = circle.accepted_again(&app, first.referral, 8).await;
        let referral = {
            use sea_orm::EntityTrait as _;
            let db = app.db().await;
            let row = rinnalla_entity::referrals::Entity::find_by_id(first.referral).one(&db).await.unwrap().unwrap();
            db.close().await.unwrap();
            row
        };
        let input = json!({ "proposalId": proposal.encode(), "version": referral.version });
        app.act(&circle.kaisa, "matchProposalDiscloseContact", input).await.done();
        let before = app.state().await;
        let errors = cancel(&app, &circle, &first, "ENDED").await;
        assert_eq!(errors, ["proposalId RELATIONSHIP_ALREADY_OPEN"]);
        assert_eq!(app.state().await, before);
    }
}

on_both! {
    async fn nothing_happens_out_of_turn_or_out_of_order(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let proposed = circle.disclosed(&app).await;
        let met = circle.met(&app).await;
        let active = circle.active(&app).await;
        let ended = circle.active(&app).await;
        act(&app, &circle, &ended, "supportRelationshipEnd", json!({ "endedOn": "2026-09-14", "endReason": "OTHER" })).await;
        let pause = |day: &str| ("supportRelationshipPause", json!({ "pausedOn": day }));
        let resume = |day: &str| ("supportRelationshipResume", json!({ "resumedOn": day }));
        let end = |day: &str| ("supportRelationshipEnd", json!({ "endedOn": day, "endReason": "OTHER" }));
        let agree = ("supportAgreementRecord", json!({ "terms": terms("2026-09-14") }));
        let attempts = [
            (&proposed, pause("2026-09-14"), "- WRONG_STATE"),
            (&proposed, agree.clone(), "- WRONG_STATE"),
            (&proposed, end("2026-09-13"), "endedOn DATES_OUT_OF_ORDER"),
            (&met, pause("2026-09-14"), "- WRONG_STATE"),
            (&met, resume("2026-09-14"), "- WRONG_STATE"),
            (&met, end("2026-09-13"), "endedOn DATES_OUT_OF_ORDER"),
            (&active, resume("2026-09-14"), "- WRONG_STATE"),
            (&active, pause("2026-09-13"), "pausedOn DATES_OUT_OF_ORDER"),
            (&active, pause("2026-09-15"), "pausedOn DATE_IN_FUTURE"),
            (&active, end("2026-09-15"), "endedOn DATE_IN_FUTURE"),
            (&ended, pause("2026-09-14"), "- WRONG_STATE"),
            (&ended, agree, "- WRONG_STATE"),
            (&ended, end("2026-09-14"), "- WRONG_STATE"),
        ];
        let before = app.state().await;
        for (relationship, (mutation, input), expected) in attempts {
            let errors = refused(&app, &circle, relationship, mutation, input.clone()).await;
            assert_eq!(errors, [expected], "{mutation} {input}");
        }
        assert_eq!(app.state().await, before);
    }
}

on_both! {
    async fn an_entry_is_put_right_only_with_what_belongs_to_its_kind(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        act(&app, &circle, &relationship, "supportRelationshipPause", json!({ "pausedOn": "2026-09-14" })).await;
        let first = relationship.entries(&app, &circle, "FIRST_MEETING_HELD").await.pop().unwrap();
        let pause = relationship.entries(&app, &circle, "PAUSED").await.pop().unwrap();
        let attempts: [(&str, Value, &[&str]); 4] = [
            (&pause, json!({ "on": "2026-09-14", "endReason": "OTHER", "professionalPresent": true }),
                &["professionalPresent NOT_APPLICABLE", "handoverById REQUIRED", "endReason NOT_APPLICABLE"]),
            (&pause, json!({ "on": "2026-09-15" }), &["on DATE_IN_FUTURE"]),
            (&pause, json!({ "on": "2026-09-13" }), &["on DATES_OUT_OF_ORDER"]),
            (&first, json!({ "on": "2026-09-14" }), &["professionalPresent REQUIRED"]),
        ];
        for (entry, mut input, expected) in attempts {
            input["actId"] = json!(entry);
            input["version"] = relationship.version(&app, &circle).await;
            let errors = app.act(&circle.mikko, "supportRelationshipActCorrect", input.clone()).await.user_errors();
            assert_eq!(errors, expected, "{input}");
        }
        assert_eq!(cancel(&app, &circle, &relationship, "PAUSED").await, [""; 0]);
        let input = json!({ "actId": pause, "version": relationship.version(&app, &circle).await });
        let errors = app.act(&circle.mikko, "supportRelationshipActCancel", input).await.user_errors();
        assert_eq!(errors, ["- ALREADY_CANCELLED"]);
    }
}

on_both! {
    async fn an_act_sent_twice_is_done_once_and_a_stale_one_not_at_all(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let mut input = relationship.input(&app, &circle, json!({ "pausedOn": "2026-09-14" })).await;
        input["idempotencyKey"] = json!("tauko-1");
        let first = app.act(&circle.mikko, "supportRelationshipPause", input.clone()).await;
        let second = app.act(&circle.mikko, "supportRelationshipPause", input.clone()).await;
        assert_eq!(first.done(), second.done());
        let state = app.state().await;
        let mut other = input.clone();
        other["pausedOn"] = json!("2026-09-13");
        let answer = app.act(&circle.mikko, "supportRelationshipPause", other).await;
        assert_eq!(answer.codes(), ["CONFLICT"], "the same key for something else");
        input["idempotencyKey"] = json!("tauko-2");
        let answer = app.act(&circle.mikko, "supportRelationshipPause", input).await;
        assert_eq!(answer.codes(), ["CONFLICT"], "{:#}", answer.json);
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "STALE_VERSION");

        let entry = relationship.entries(&app, &circle, "PAUSED").await.pop().unwrap();
        let input = json!({ "idempotencyKey": "peru-1", "actId": entry, "version": relationship.version(&app, &circle).await });
        let first = app.act(&circle.mikko, "supportRelationshipActCancel", input.clone()).await;
        let second = app.act(&circle.mikko, "supportRelationshipActCancel", input).await;
        assert_eq!(first.done(), second.done());
        assert_ne!(app.state().await, state);
    }
}

on_both! {
    async fn strangers_are_told_the_same_as_of_something_that_does_not_exist(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let pause = json!({ "pausedOn": "2026-09-14" });
        act(&app, &circle, &relationship, "supportRelationshipPause", pause.clone()).await;
        let agreement = relationship.entries(&app, &circle, "AGREED").await.pop().unwrap();
        let entry = relationship.entries(&app, &circle, "PAUSED").await.pop().unwrap();
        let nowhere = SupportRelationshipId::random().encode();
        let other = app.circle("Vieras").await;
        let version = relationship.version(&app, &circle).await;
        let before = app.state().await;
        let full = "query($id: ID!) { supportRelationship(id: $id) { id status agreement { id } acts { id } reviews { id }
            meetings { id } openReview { id } } }";
        for stranger in [&other.kaisa, &other.mikko, &other.sari] {
            let hidden = stranger.ask(&app, full, json!({ "id": relationship.id })).await;
            let absent = stranger.ask(&app, full, json!({ "id": nowhere })).await;
            assert_eq!(hidden.data()["supportRelationship"], Value::Null);
            assert_eq!(hidden.json, absent.json);
            assert_eq!(hidden.statements, absent.statements);
            let list = stranger.ask(&app, "{ supportRelationships { totalCount nodes { id } } }", json!({})).await;
            assert_eq!(list.data()["supportRelationships"]["totalCount"], 0);
        }
        let none = rinnalla_domain::ids::SupportRelationshipActId::random().encode();
        let no_agreement = rinnalla_domain::ids::SupportAgreementId::random().encode();
        for stranger in [&other.kaisa, &other.mikko] {
            let terms = terms("2026-09-14");
            for (mutation, hidden, absent) in [
                ("supportRelationshipResume", json!({ "supportRelationshipId": relationship.id, "resumedOn": "2026-09-14" }),
                    json!({ "supportRelationshipId": nowhere, "resumedOn": "2026-09-14" })),
                ("supportAgreementRecord", json!({ "supportRelationshipId": relationship.id, "terms": terms }),
                    json!({ "supportRelationshipId": nowhere, "terms": terms })),
                ("supportAgreementCancel", json!({ "supportAgreementId": agreement }), json!({ "supportAgreementId": no_agreement })),
                ("supportRelationshipActCancel", json!({ "actId": entry }), json!({ "actId": none })),
            ] {
                let mut answers = Vec::new();
                for mut input in [hidden, absent] {
                    input["version"] = version.clone();
                    let answer = app.act(stranger, mutation, input).await;
                    assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}: {:#}", answer.json);
                    answers.push((answer.json["errors"][0]["message"].clone(), answer.statements));
                }
                assert_eq!(answers[0], answers[1], "{mutation}");
            }
        }
        let answer = app.act(&circle.sari, "supportRelationshipPause",
            json!({ "supportRelationshipId": relationship.id, "version": 1, "pausedOn": "2026-09-14" })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"], "a support person pauses nothing");
        let nobody = app.ask(None, full, json!({ "id": relationship.id })).await;
        assert_eq!(nobody.codes(), ["UNAUTHENTICATED"]);
        assert_eq!(app.state().await, before);
    }
}

on_both! {
    async fn each_sees_their_own_relationships(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let active = circle.active(&app).await;
        let proposed = circle.disclosed(&app).await;
        let elsewhere = app.circle("Vieras").await;
        elsewhere.active(&app).await;
        let query = "query($filter: SupportRelationshipFilter) { supportRelationships(filter: $filter) { nodes { id } totalCount } }";
        let ids = |answer: crate::support::Answer| -> Vec<String> {
            let nodes = answer.data()["supportRelationships"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| node["id"].as_str().unwrap().to_owned()).collect()
        };
        for actor in [&circle.kaisa, &circle.mikko, &circle.sari] {
            let all = actor.ask(&app, query, json!({})).await;
            assert_eq!(ids(all), [proposed.id.clone(), active.id.clone()], "the newest first");
        }
        let of = async |actor: &crate::support::Actor, filter: Value| ids(actor.ask(&app, query, json!({ "filter": filter })).await);
        assert_eq!(of(&circle.mikko, json!({ "mine": true })).await.len(), 2);
        assert_eq!(of(&circle.sari, json!({ "mine": true })).await.len(), 2);
        assert_eq!(of(&circle.kaisa, json!({ "mine": true })).await, [""; 0]);
        assert_eq!(of(&circle.kaisa, json!({ "status": "ACTIVE" })).await, [active.id.as_str()]);
        assert_eq!(of(&circle.kaisa, json!({ "countyCode": "20" })).await.len(), 2);
        assert_eq!(of(&circle.kaisa, json!({ "countyCode": "05" })).await, [""; 0]);
        let written = active.case_code.to_lowercase().replace('-', " ");
        assert_eq!(of(&circle.kaisa, json!({ "caseCode": written })).await, [active.id.as_str()]);
        assert_eq!(of(&circle.kaisa, json!({ "supportPersonId": circle.support_person.encode() })).await.len(), 2);
        assert_eq!(of(&circle.kaisa, json!({ "supportPersonId": elsewhere.support_person.encode() })).await, [""; 0]);
        assert_eq!(of(&circle.kaisa, json!({ "organisationId": circle.association.encode() })).await.len(), 2);
        assert_eq!(of(&circle.kaisa, json!({ "endingWithinDays": 366 })).await, [""; 0], "open-ended");
        let mut terms = terms("2026-09-14");
        terms["isOpenEnded"] = json!(false);
        terms["endsOn"] = json!("2026-12-31");
        act(&app, &circle, &active, "supportAgreementRecord", json!({ "terms": terms })).await;
        assert_eq!(of(&circle.kaisa, json!({ "endingWithinDays": 107 })).await, [""; 0]);
        assert_eq!(of(&circle.kaisa, json!({ "endingWithinDays": 108 })).await, [active.id.as_str()]);
        for (filter, field, reason) in [
            (json!({ "endingWithinDays": 367 }), "endingWithinDays", "OUT_OF_RANGE"),
            (json!({ "caseCode": "7KXR-2MH0" }), "caseCode", "MALFORMED"),
            (json!({ "countyCode": "Kainuu" }), "countyCode", "UNKNOWN_CODE"),
        ] {
            let answer = circle.kaisa.ask(&app, query, json!({ "filter": filter })).await;
            assert_eq!(answer.json["errors"][0]["extensions"]["field"], field);
            assert_eq!(answer.json["errors"][0]["extensions"]["reason"], reason);
        }
    }
}

on_both! {
    async fn a_list_is_paged_without_gaps_or_repetition(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let mut made = Vec::new();
        for _ in 0..5 {
            made.push(circle.disclosed(&app).await.id);
        }
        made.reverse();
        let query = "query($after: String) { supportRelationships(first: 2, after: $after) { edges { cursor node { id } }
            pageInfo { hasNextPage endCursor } totalCount } }";
        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = circle.mikko.ask(&app, query, json!({ "after": after })).await;
            let page = answer.data()["supportRelationships"].clone();
            assert_eq!(page["totalCount"], 5);
            seen.extend(page["edges"].as_array().unwrap().iter().map(|it| it["node"]["id"].as_str().unwrap().to_owned()));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, made);
        let answer = circle.mikko.ask(&app, query, json!({ "after": "garbage" })).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "MALFORMED");
    }
}

on_both! {
    async fn a_page_takes_one_statement_a_level_whatever_its_size(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        circle.active(&app).await;
        let query = "{ supportRelationships(filter: { mine: true }, first: 20) { nodes { id caseCode status
            agreement { places } acts { kind } openReview { plannedOn records { id } }
            reviews(first: 3) { plannedOn supportRelationship { meetings(first: 1) { metOn } } } few: reviews(first: 1) { id }
            meetings(first: 5) { metOn } meetingCount } } }";
        let one = circle.mikko.ask(&app, query, json!({})).await;
        one.data();
        for _ in 0..4 {
            circle.active(&app).await;
        }
        let many = circle.mikko.ask(&app, query, json!({})).await;
        assert_eq!(many.data()["supportRelationships"]["nodes"].as_array().unwrap().len(), 5);
        assert_eq!(one.statements.len(), many.statements.len(), "{:#?}", many.statements);
        // The list, agreement, acts, open review and its records, reviews, their relationships and these' meetings,
        // meetings, totals; sign-in before and the log after.
        let log = if app.register.store.is_postgres() { 1 } else { 2 };
        assert_eq!(many.statements.len(), 10 + 1 + log, "{:#?}", many.statements);
    }
}

on_both! {
    async fn support_is_peer_support_where_the_two_share_the_experience(app: App) {
        let world = World::new(&app).await;
        let supporter = world.active(&app, "Venla").await;
        let referral = world.submitted(&app).await;
        let (_, relationship) = world.disclosed(&app, &referral, &supporter).await;
        let query = "query($id: ID!) { supportRelationship(id: $id) { isPeer } supportRelationships { nodes { isPeer } }
            supportRelationshipOfReferral: referral(id: $referral) { supportedCase { supportRelationships { isPeer } } } }";
        let query = query.replace("($id: ID!)", "($id: ID!, $referral: ID!)");
        for (background, is_peer) in [("OWN_RECOVERY", true), ("NEXT_OF_KIN", false)] {
            app.write_sql(&format!("UPDATE support_persons SET background = '{background}'")).await;
            let seen = world.kaisa.ask(&app, &query, json!({ "id": relationship, "referral": referral })).await;
            let seen = seen.data();
            assert_eq!(seen["supportRelationship"]["isPeer"], is_peer, "{background}");
            assert_eq!(seen["supportRelationships"]["nodes"][0]["isPeer"], is_peer);
            assert_eq!(seen["supportRelationshipOfReferral"]["supportedCase"]["supportRelationships"][0]["isPeer"], is_peer);
        }
    }
}
