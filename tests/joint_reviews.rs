//! Joint reviews: when they fall due, what follows from what was recorded, and every way back.

mod recording;

use chrono::NaiveDate;
use rinnalla_domain::ids::{
    Id as _, JointReviewId, JointReviewRecordId, OutboxMessageId, SupportRelationshipId,
};
use rinnalla_domain::states::{JointReviewStatus, NoticeKind, OutboxStatus, RecipientRole};
use rinnalla_entity::{joint_reviews, outbox_messages};
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::relationships::{Circle, Relationship, joint, terms};
use crate::support::{Answer, App, date};

/// Does or tries an act about the open review, at its newest version, as the professional.
async fn on_open(
    app: &App,
    circle: &Circle,
    relationship: &Relationship,
    mutation: &str,
    mut more: Value,
) -> Answer {
    let open = circle.open_review(app, relationship).await;
    more["jointReviewId"] = open["id"].clone();
    more["version"] = open["version"].clone();
    app.act(&circle.mikko, mutation, more).await
}

async fn held(app: &App, circle: &Circle, relationship: &Relationship, held: Value) -> Answer {
    on_open(
        app,
        circle,
        relationship,
        "jointReviewRecordHeld",
        json!({ "held": held }),
    )
    .await
}

async fn not_held(app: &App, circle: &Circle, relationship: &Relationship) -> Answer {
    let more = json!({ "reason": "POSTPONED" });
    on_open(app, circle, relationship, "jointReviewRecordNotHeld", more).await
}

/// The open review as `cycle base planned`.
async fn open(app: &App, circle: &Circle, relationship: &Relationship) -> String {
    let open = circle.open_review(app, relationship).await;
    if open.is_null() {
        return "none".to_owned();
    }
    let text = |field: &str| open[field].as_str().unwrap().to_owned();
    format!(
        "{} {} {}",
        open["cycleNumber"],
        text("countedFrom"),
        text("plannedOn")
    )
}

/// The newest standing record of a review's cycle, with the review's version.
async fn record_of(app: &App, circle: &Circle, relationship: &Relationship, cycle: i64) -> Value {
    let query = "query($id: ID!) { supportRelationship(id: $id) { reviews(first: 100) { id version cycleNumber
        records { id cancelledAt } } } }";
    let answer = circle
        .mikko
        .ask(app, query, json!({ "id": relationship.id }))
        .await;
    let reviews = answer.data()["supportRelationship"]["reviews"]
        .as_array()
        .unwrap()
        .clone();
    let review = reviews
        .into_iter()
        .find(|it| it["cycleNumber"] == cycle)
        .unwrap();
    let records = review["records"].as_array().unwrap();
    let record = records
        .iter()
        .rfind(|it| it["cancelledAt"].is_null())
        .unwrap();
    json!({ "recordId": record["id"], "version": review["version"] })
}

async fn act(app: &App, circle: &Circle, relationship: &Relationship, mutation: &str, more: Value) {
    let input = relationship.input(app, circle, more).await;
    app.act(&circle.mikko, mutation, input).await.done();
}

/// There is never more than one open review, and its days are in order.
async fn at_most_one_is_open(app: &App) {
    let rows = app.review_rows().await;
    let open = rows
        .iter()
        .filter(|row| row.status == JointReviewStatus::Planned);
    assert!(open.count() <= 1, "{rows:#?}");
}

on_both! {
    async fn a_review_is_due_three_months_after_the_first_meeting(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.met(&app).await;
        assert_eq!(open(&app, &circle, &relationship).await, "none", "nothing is agreed yet");
        app.on_day("2026-09-30");
        act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms("2026-09-30") })).await;
        let review = circle.open_review(&app, &relationship).await;
        assert_eq!(review["cycleNumber"], 1);
        assert_eq!(review["countedFrom"], "2026-09-14", "from the first meeting, not from the agreement");
        assert_eq!(review["windowStartsOn"], "2026-12-14");
        assert_eq!(review["plannedOn"], "2026-12-14");
        assert_eq!(review["windowEndsOn"], "2027-03-15", "14.3.2027 is a Sunday");
        assert_eq!(review["intervalMonths"], 3);
        let row = app.review_rows().await.remove(0);
        assert_eq!(row.raw_window_end_on, date("2027-03-14"), "the next is counted from the day that was not moved");
        let notices = [row.coming_notice_on, row.due_notice_on, row.nudge_notice_on, row.overdue_notice_on,
            row.overdue_again_notice_on, row.booked_notice_on];
        let expected = ["2026-11-30", "2026-12-14", "2027-01-28", "2027-03-16", "2027-04-15"].map(|day| Some(date(day)));
        assert_eq!(notices[..5], expected);
        assert_eq!(notices[5], None);
    }
}

on_both! {
    async fn a_review_is_upcoming_then_due_then_overdue(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        for (day, timing) in [("2026-12-13", "UPCOMING"), ("2026-12-14", "DUE"), ("2027-03-15", "DUE"), ("2027-03-16", "OVERDUE")] {
            app.on_day(day);
            let review = circle.open_review(&app, &relationship).await;
            assert_eq!(review["timing"], timing, "{day}");
            assert_eq!(review["isOverdue"], timing == "OVERDUE");
        }
        app.at("2026-12-13", "23:59");
        assert_eq!(circle.open_review(&app, &relationship).await["timing"], "UPCOMING");
        app.at("2026-12-14", "00:01");
        assert_eq!(circle.open_review(&app, &relationship).await["timing"], "DUE", "the day begins in Helsinki");
    }
}

on_both! {
    async fn a_review_with_all_three_is_joint_and_the_next_counts_from_its_day(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        let answer = held(&app, &circle, &relationship, joint("2026-12-15")).await;
        assert_eq!(answer.done()["jointReview"]["status"], "HELD");
        let row = app.review_rows().await.remove(0);
        assert_eq!((row.held_on, row.is_joint), (Some(date("2026-12-15")), Some(true)));
        assert_eq!(row.due_notice_on, None, "nobody is reminded of what was held");
        assert_eq!(open(&app, &circle, &relationship).await, "2 2026-12-15 2027-03-15");

        let mut five = joint("2026-12-16");
        five["nextIntervalMonths"] = json!(5);
        held(&app, &circle, &relationship, five).await.done();
        assert_eq!(open(&app, &circle, &relationship).await, "3 2026-12-16 2027-05-17", "early, and every five months from now on");
    }
}

on_both! {
    async fn of_a_meeting_of_two_the_professional_says_whether_it_settles_the_review(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        let mut two = joint("2026-12-16");
        two["supportedPresent"] = json!(false);
        assert_eq!(held(&app, &circle, &relationship, two.clone()).await.user_errors(), ["settlesCycle REQUIRED"]);
        two["settlesCycle"] = json!(false);
        let answer = held(&app, &circle, &relationship, two.clone()).await;
        assert_eq!(answer.done()["jointReview"]["status"], "PLANNED", "kept, and still open");
        assert_eq!(open(&app, &circle, &relationship).await, "1 2026-09-14 2026-12-14");
        two["settlesCycle"] = json!(true);
        held(&app, &circle, &relationship, two).await.done();
        assert_eq!(open(&app, &circle, &relationship).await, "2 2026-12-16 2027-03-16");
        let row = app.review_rows().await.remove(0);
        assert_eq!((row.status, row.is_joint), (JointReviewStatus::Held, Some(false)));
        let query = "query($id: ID!) { jointReview(id: $id) { records { kind settlesCycle heldOn supportedPresent } } }";
        let answer = circle.sari.ask(&app, query, json!({ "id": row.id.encode() })).await;
        assert_eq!(answer.data()["jointReview"]["records"].as_array().unwrap().len(), 2);
    }
}

on_both! {
    async fn a_review_not_held_leads_on_from_its_plan_in_time_and_from_its_window_too_late(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let (early, late, later) = (circle.active(&app).await, circle.active(&app).await, circle.active(&app).await);
        app.on_day("2026-10-01");
        not_held(&app, &circle, &early).await.done();
        assert_eq!(open(&app, &circle, &early).await, "2 2026-12-14 2027-03-15", "said early");
        app.on_day("2027-03-15");
        not_held(&app, &circle, &late).await.done();
        assert_eq!(open(&app, &circle, &late).await, "2 2026-12-14 2027-03-15", "said on the last day");
        app.on_day("2027-03-16");
        not_held(&app, &circle, &later).await.done();
        assert_eq!(open(&app, &circle, &later).await, "2 2027-03-14 2027-06-14", "said too late");
    }
}

on_both! {
    async fn what_is_recorded_very_late_skips_the_windows_that_have_passed(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2027-06-15");
        held(&app, &circle, &relationship, joint("2026-12-14")).await.done();
        assert_eq!(open(&app, &circle, &relationship).await, "3 2027-06-14 2027-09-14");
        let entered_late = {
            app.on_day("2026-09-14");
            let relationship = circle.met(&app).await;
            app.on_day("2028-10-02");
            act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": terms("2026-09-14") })).await;
            relationship
        };
        assert_eq!(open(&app, &circle, &entered_late).await, "5 2028-09-14 2028-12-14");
    }
}

on_both! {
    async fn a_pause_cuts_the_review_off_and_resuming_opens_another(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-01");
        act(&app, &circle, &relationship, "supportRelationshipPause", json!({ "pausedOn": "2026-12-01" })).await;
        assert_eq!(open(&app, &circle, &relationship).await, "none");
        let cut_off = app.review_rows().await.remove(0);
        assert_eq!(cut_off.status, JointReviewStatus::Cancelled);
        app.on_day("2027-02-01");
        act(&app, &circle, &relationship, "supportRelationshipResume", json!({ "resumedOn": "2027-02-01" })).await;
        assert_eq!(open(&app, &circle, &relationship).await, "2 2027-02-01 2027-05-03");
        let mut input = json!({ "held": joint("2026-11-30"), "jointReviewId": cut_off.id.encode(), "version": cut_off.version });
        let answer = app.act(&circle.mikko, "jointReviewRecordHeld", input.clone()).await;
        assert_eq!(answer.done()["jointReview"]["status"], "HELD", "held before the pause, recorded after it");
        assert_eq!(open(&app, &circle, &relationship).await, "2 2027-02-01 2027-05-03", "the open one stays");
        input["version"] = answer.done()["jointReview"]["version"].clone();
        let twice = app.act(&circle.mikko, "jointReviewRecordHeld", input).await;
        assert_eq!(twice.user_errors(), ["- WRONG_STATE"]);

        act(&app, &circle, &relationship, "supportRelationshipEnd", json!({ "endedOn": "2027-02-01", "endReason": "MOVED" })).await;
        assert_eq!(open(&app, &circle, &relationship).await, "none");
        let rows = app.review_rows().await;
        assert_eq!(rows[1].cancelled_reason.map(|it| it.code()), Some("ENDED".to_owned()));
        at_most_one_is_open(&app).await;
    }
}

on_both! {
    async fn the_changes_of_the_clock_move_no_review(app: App) {
        app.at("2026-07-25", "23:30");
        let circle = app.circle("Esimerkki").await;
        let autumn = circle.active(&app).await;
        assert_eq!(open(&app, &circle, &autumn).await, "1 2026-07-25 2026-10-26", "25.10.2026 is a Sunday, and the clock's");
        // On that night the clock shows 03:30 twice; half an hour after midnight it is the 26th in Helsinki alone.
        app.at("2026-10-25", "23:30");
        held(&app, &circle, &autumn, joint("2026-10-25")).await.done();
        assert_eq!(open(&app, &circle, &autumn).await, "2 2026-10-25 2027-01-25");
        app.at("2026-12-28", "00:10");
        let spring = circle.active(&app).await;
        assert_eq!(open(&app, &circle, &spring).await, "1 2026-12-28 2027-03-30", "28.3.2027 is Easter Sunday, and the clock's");
        app.at("2027-03-29", "00:30");
        let tomorrow = held(&app, &circle, &spring, joint("2027-03-30")).await;
        assert_eq!(tomorrow.user_errors(), ["heldOn DATE_IN_FUTURE"]);
        held(&app, &circle, &spring, joint("2027-03-29")).await.done();
        assert_eq!(open(&app, &circle, &spring).await, "2 2027-03-29 2027-06-29");
    }
}

on_both! {
    async fn a_booked_day_replaces_the_nudges_by_a_reminder(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let before = app.state().await;
        let book = async |day: &str| on_open(&app, &circle, &relationship, "jointReviewBook", json!({ "bookedFor": day })).await;
        assert_eq!(book("2026-09-13").await.user_errors(), ["bookedFor DATE_IN_PAST"]);
        assert_eq!(book("2027-09-15").await.user_errors(), ["bookedFor OUT_OF_RANGE"]);
        assert_eq!(app.state().await, before);
        book("2027-02-06").await.done();
        let row = app.review_rows().await.remove(0);
        assert_eq!(row.booked_for, Some(date("2027-02-06")), "a Saturday will do");
        assert_eq!(row.booked_notice_on, Some(date("2027-02-03")));
        assert_eq!((row.coming_notice_on, row.due_notice_on, row.nudge_notice_on), (None, None, None));
        assert_eq!(row.overdue_notice_on, Some(date("2027-03-16")));
        on_open(&app, &circle, &relationship, "jointReviewUnbook", json!({})).await.done();
        assert_eq!(app.state().await, before);
        let cut_off = app.review_rows().await.remove(0);
        act(&app, &circle, &relationship, "supportRelationshipPause", json!({ "pausedOn": "2026-09-14" })).await;
        let version = app.review_rows().await.remove(0).version;
        let input = json!({ "jointReviewId": cut_off.id.encode(), "version": version, "bookedFor": "2027-02-06" });
        assert_eq!(app.act(&circle.mikko, "jointReviewBook", input).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn where_no_professional_follows_only_due_and_overdue_are_told(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        on_open(&app, &circle, &relationship, "jointReviewBook", json!({ "bookedFor": "2026-12-10" })).await.done();
        let before = app.state().await;
        let mut alone = terms("2026-09-14");
        alone["professionalFollows"] = json!(false);
        act(&app, &circle, &relationship, "supportAgreementRecord", json!({ "terms": alone })).await;
        let row = app.review_rows().await.remove(0);
        assert_eq!((row.coming_notice_on, row.nudge_notice_on, row.booked_notice_on), (None, None, None));
        assert_eq!(row.due_notice_on, Some(date("2026-12-14")));
        assert_eq!(row.overdue_notice_on, Some(date("2027-03-16")));
        let agreement = relationship.entries(&app, &circle, "AGREED").await.pop().unwrap();
        let input = json!({ "supportAgreementId": agreement, "version": relationship.version(&app, &circle).await });
        app.act(&circle.mikko, "supportAgreementCancel", input).await.done();
        assert_eq!(app.state().await, before, "the booking is back as well");
    }
}

on_both! {
    async fn every_record_cancelled_leaves_the_state_as_if_it_had_never_been(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let mut two = joint("2027-06-20");
        two["supportPersonPresent"] = json!(false);
        two["settlesCycle"] = json!(false);
        two["nextIntervalMonths"] = json!(6);
        let course: [(&str, &str, Option<Value>); 5] = [
            ("2026-12-16", "1", Some(joint("2026-12-15"))),
            ("2027-02-01", "2", None),
            ("2027-06-20", "3", Some(two)),
            ("2027-06-20", "3", Some(joint("2027-06-20"))),
            ("2029-01-08", "4", None),
        ];
        for (day, cycle, what) in course {
            app.on_day(day);
            let cycle: i64 = cycle.parse().unwrap();
            let before = app.state().await;
            let ids = open_id(&app).await;
            let record = async || match &what {
                Some(how) => held(&app, &circle, &relationship, how.clone()).await,
                None => not_held(&app, &circle, &relationship).await,
            };
            record().await.done();
            let after = app.state().await;
            at_most_one_is_open(&app).await;
            let of = record_of(&app, &circle, &relationship, cycle).await;
            let answer = app.act(&circle.mikko, "jointReviewRecordCancel", of.clone()).await;
            assert_eq!(answer.done()["jointReview"]["status"], "PLANNED");
            assert_eq!(app.state().await, before, "{day}");
            assert_eq!(open_id(&app).await, ids, "links in mails go on working");
            let mut again = of;
            again["version"] = answer.done()["jointReview"]["version"].clone();
            assert_eq!(app.act(&circle.mikko, "jointReviewRecordCancel", again).await.user_errors(), ["- ALREADY_CANCELLED"]);
            record().await.done();
            assert_eq!(app.state().await, after, "{day}, recorded again");
            at_most_one_is_open(&app).await;
        }
    }
}

async fn open_id(app: &App) -> Option<JointReviewId> {
    let rows = app.review_rows().await;
    let open = rows
        .iter()
        .find(|row| row.status == JointReviewStatus::Planned);
    open.map(|row| row.id)
}

on_both! {
    async fn a_record_put_right_gives_the_state_as_if_it_had_been_right_at_once(app: App) {
        let record = async |circle: &Circle, first: Value| {
            app.on_day("2026-09-14");
            let relationship = circle.active(&app).await;
            app.on_day("2026-12-16");
            match first["heldOn"].is_null() {
                true => not_held(&app, circle, &relationship).await.done(),
                false => held(&app, circle, &relationship, first).await.done(),
            };
            app.on_day("2027-03-17");
            held(&app, circle, &relationship, joint("2027-03-17")).await.done();
            relationship
        };
        let circle = app.circle("Esimerkki").await;
        let mut right = joint("2026-12-10");
        right["nextIntervalMonths"] = json!(4);
        record(&circle, right.clone()).await;
        let expected = app.state().await;
        for mistaken in [joint("2026-12-16"), json!({})] {
            let relationship = record(&circle, mistaken).await;
            // Long after, when a new record would skip windows and a not held one would count from its window's end.
            app.on_day("2027-12-01");
            let mut input = record_of(&app, &circle, &relationship, 1).await;
            input["held"] = right.clone();
            app.act(&circle.mikko, "jointReviewRecordCorrect", input.clone()).await.done();
            let mut lines: Vec<String> = app.state().await.lines().map(str::to_owned).collect();
            lines.sort();
            lines.dedup();
            let mut wanted: Vec<String> = expected.lines().map(str::to_owned).collect();
            wanted.sort();
            wanted.dedup();
            assert_eq!(lines, wanted);
        }
    }
}

on_both! {
    async fn a_not_held_review_put_right_long_after_still_counts_from_the_day_it_was_said(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        not_held(&app, &circle, &relationship).await.done();
        let before = app.state().await;
        app.on_day("2027-12-01");
        let mut input = record_of(&app, &circle, &relationship, 1).await;
        input["notHeldReason"] = json!("NOT_WANTED");
        app.act(&circle.mikko, "jointReviewRecordCorrect", input).await.done();
        assert_eq!(app.state().await, before);
        let mut input = record_of(&app, &circle, &relationship, 1).await;
        let errors = app.act(&circle.mikko, "jointReviewRecordCorrect", input.clone()).await.user_errors();
        assert_eq!(errors, ["held REQUIRED"]);
        input["notHeldReason"] = json!("OTHER");
        input["held"] = joint("2026-12-16");
        let errors = app.act(&circle.mikko, "jointReviewRecordCorrect", input).await.user_errors();
        assert_eq!(errors, ["notHeldReason NOT_APPLICABLE"]);
    }
}

on_both! {
    async fn a_cycle_that_an_earlier_mistake_had_opened_is_history(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        held(&app, &circle, &relationship, joint("2026-12-15")).await.done();
        let cancel = record_of(&app, &circle, &relationship, 1).await;
        app.act(&circle.mikko, "jointReviewRecordCancel", cancel).await.done();
        let query = "{ jointReviews { nodes { cycleNumber status } totalCount } }";
        let answer = circle.mikko.ask(&app, query, json!({})).await;
        assert_eq!(answer.data()["jointReviews"], json!({ "nodes": [{ "cycleNumber": 1, "status": "PLANNED" }], "totalCount": 1 }));
        let in_error = &app.review_rows().await[1];
        assert_eq!(in_error.cancelled_reason.map(|it| it.code()), Some("RECORDED_IN_ERROR".to_owned()));
        let input = json!({ "jointReviewId": in_error.id.encode(), "version": in_error.version, "held": joint("2026-12-15") });
        let answer = app.act(&circle.mikko, "jointReviewRecordHeld", input).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn bad_input_is_told_all_at_once_and_changes_nothing(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        held(&app, &circle, &relationship, joint("2026-12-10")).await.done();
        let change = |changes: &[(&str, Value)]| {
            let mut held = joint("2026-12-16");
            for (field, value) in changes {
                held[*field] = value.clone();
            }
            held
        };
        let faults: [(Value, &[&str]); 8] = [
            (change(&[("heldOn", json!("2026-12-17"))]), &["heldOn DATE_IN_FUTURE"]),
            (change(&[("heldOn", json!("2026-09-13"))]), &["heldOn DATES_OUT_OF_ORDER"]),
            (change(&[("heldOn", json!("2026-12-09"))]), &["heldOn DATES_OUT_OF_ORDER"]),
            (change(&[("professionalPresent", json!(false))]), &["professionalPresent PROFESSIONAL_MUST_BE_PRESENT"]),
            (change(&[("supportedPresent", json!(false)), ("supportPersonPresent", json!(false)), ("settlesCycle", json!(true))]),
                &["supportedPresent ONE_OF_TWO_MUST_BE_PRESENT"]),
            (change(&[("settlesCycle", json!(false))]), &["settlesCycle NOT_APPLICABLE"]),
            (change(&[("nextIntervalMonths", json!(7))]), &["nextIntervalMonths OUT_OF_RANGE"]),
            (change(&[("nextIntervalMonths", json!(-253)), ("heldOn", json!("2030-01-01")), ("professionalPresent", json!(false))]),
                &["heldOn DATE_IN_FUTURE", "professionalPresent PROFESSIONAL_MUST_BE_PRESENT", "nextIntervalMonths OUT_OF_RANGE"]),
        ];
        let before = app.state().await;
        for (input, expected) in faults {
            assert_eq!(held(&app, &circle, &relationship, input.clone()).await.user_errors(), expected, "{input}");
        }
        let mut correct = record_of(&app, &circle, &relationship, 1).await;
        correct["held"] = joint("2026-09-13");
        let errors = app.act(&circle.mikko, "jointReviewRecordCorrect", correct).await.user_errors();
        assert_eq!(errors, ["heldOn DATES_OUT_OF_ORDER"]);
        let open = circle.open_review(&app, &relationship).await;
        let mut stale = json!({ "jointReviewId": open["id"], "version": 99, "held": joint("2026-12-16") });
        let answer = app.act(&circle.mikko, "jointReviewRecordHeld", stale.clone()).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "STALE_VERSION");
        for id in [relationship.id.clone(), "garbage".to_owned(), "\u{0}".to_owned()] {
            stale["jointReviewId"] = json!(id);
            assert_eq!(app.act(&circle.mikko, "jointReviewRecordHeld", stale.clone()).await.codes(), ["NOT_FOUND"]);
        }
        let mut keyed = json!({ "jointReviewId": open["id"], "version": open["version"], "bookedFor": "2027-03-01",
            "idempotencyKey": "varaus" });
        let once = app.act(&circle.mikko, "jointReviewBook", keyed.clone()).await;
        assert_eq!(once.done(), app.act(&circle.mikko, "jointReviewBook", keyed.clone()).await.done());
        keyed["bookedFor"] = json!("2027-03-02");
        let answer = app.act(&circle.mikko, "jointReviewBook", keyed).await;
        assert_eq!(answer.json["errors"][0]["extensions"]["reason"], "KEY_REUSED");
        on_open(&app, &circle, &relationship, "jointReviewUnbook", json!({})).await.done();
        assert_eq!(app.state().await, before);
    }
}

on_both! {
    async fn strangers_are_told_the_same_as_of_a_review_that_does_not_exist(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        app.on_day("2026-12-16");
        held(&app, &circle, &relationship, joint("2026-12-16")).await.done();
        let review = circle.open_review(&app, &relationship).await["id"].clone();
        let record = record_of(&app, &circle, &relationship, 1).await["recordId"].clone();
        let (none, no_record) = (json!(JointReviewId::random().encode()), json!(JointReviewRecordId::random().encode()));
        let other = app.circle("Vieras").await;
        let before = app.state().await;
        let query = "query($id: ID!) { jointReview(id: $id) { id plannedOn records { id } supportRelationship { id } } }";
        for stranger in [&other.kaisa, &other.mikko, &other.sari] {
            let hidden = stranger.ask(&app, query, json!({ "id": review })).await;
            let absent = stranger.ask(&app, query, json!({ "id": none })).await;
            assert_eq!(hidden.data()["jointReview"], Value::Null);
            assert_eq!(hidden.json, absent.json);
            assert_eq!(hidden.statements, absent.statements);
            let list = stranger.ask(&app, "{ jointReviews { totalCount nodes { id } } }", json!({})).await;
            assert_eq!(list.data()["jointReviews"], json!({ "totalCount": 0, "nodes": [] }));
        }
        for stranger in [&other.kaisa, &other.mikko] {
            for (mutation, hidden, absent, more) in [
                ("jointReviewBook", &review, &none, json!({ "bookedFor": "2027-01-01" })),
                ("jointReviewUnbook", &review, &none, json!({})),
                ("jointReviewRecordHeld", &review, &none, json!({ "held": joint("2026-12-16") })),
                ("jointReviewRecordNotHeld", &review, &none, json!({ "reason": "OTHER" })),
                ("jointReviewRecordCancel", &record, &no_record, json!({})),
                ("jointReviewRecordCorrect", &record, &no_record, json!({ "notHeldReason": "OTHER" })),
            ] {
                let mut answers = Vec::new();
                for id in [hidden, absent] {
                    let mut input = more.clone();
                    let field = if mutation.starts_with("jointReviewRecordC") { "recordId" } else { "jointReviewId" };
                    input[field] = id.clone();
                    input["version"] = json!(1);
                    let answer = app.act(stranger, mutation, input).await;
                    assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
                    answers.push(answer.statements);
                }
                assert_eq!(answers[0], answers[1], "{mutation}");
            }
        }
        let sari = app.act(&circle.sari, "jointReviewUnbook", json!({ "jointReviewId": review, "version": 1 })).await;
        assert_eq!(sari.codes(), ["FORBIDDEN"], "a support person sees reviews and records none");
        assert_eq!(app.state().await, before);
    }
}

/// A planned mail of a review.
async fn planned(
    app: &App,
    circle: &Circle,
    relationship: &Relationship,
    kind: NoticeKind,
    cycle_no: i32,
    for_on: &str,
) {
    let db = app.db().await;
    outbox_messages::ActiveModel {
        id: Set(OutboxMessageId::random()),
        organisation_id: Set(circle.association),
        kind: Set(kind),
        subject_id: Set(SupportRelationshipId::decode(&relationship.id)
            .unwrap()
            .uuid()),
        cycle_no: Set(cycle_no),
        recipient_role: Set(RecipientRole::Professional),
        for_on: Set(date(for_on)),
        status: Set(OutboxStatus::Planned),
        reason: Set(None),
        not_before: Set(app.register.clock.now()),
        available_ms: Set(0),
        lease_token: Set(None),
        attempts: Set(0),
        sent_to_id: Set(None),
        key_version: Set(1),
        created_at: Set(app.register.clock.now()),
        ended_at: Set(None),
    }
    .insert(&db)
    .await
    .unwrap();
    db.close().await.unwrap();
}

on_both! {
    async fn unsent_mail_that_no_longer_stands_is_cancelled_in_the_same_act(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        let relationship = circle.active(&app).await;
        let bystander = circle.active(&app).await;
        planned(&app, &circle, &relationship, NoticeKind::ReviewComing, 1, "2026-11-30").await;
        planned(&app, &circle, &relationship, NoticeKind::ReviewOverdue, 1, "2027-03-16").await;
        planned(&app, &circle, &bystander, NoticeKind::ReviewComing, 1, "2026-11-30").await;
        let statuses = async || -> Vec<OutboxStatus> { app.mails().await.iter().map(|mail| mail.status).collect() };
        on_open(&app, &circle, &relationship, "jointReviewBook", json!({ "bookedFor": "2027-01-07" })).await.done();
        let mails = app.mails().await;
        let of = |on: NaiveDate| mails.iter().filter(move |mail| mail.for_on == on);
        let cancelled = of(date("2026-11-30")).filter(|mail| mail.status == OutboxStatus::Cancelled);
        assert_eq!(cancelled.count(), 1, "the announcement of this one alone: {mails:#?}");
        assert_eq!(of(date("2027-03-16")).next().unwrap().status, OutboxStatus::Planned, "overdue would still stand");
        app.on_day("2026-12-14");
        held(&app, &circle, &relationship, joint("2026-12-14")).await.done();
        let left = statuses().await.into_iter().filter(|status| *status == OutboxStatus::Planned).count();
        assert_eq!(left, 1, "the bystander's");
    }
}

on_both! {
    async fn a_dashboard_sees_what_is_due_the_most_urgent_first(app: App) {
        let circle = app.circle("Esimerkki").await;
        let mut planned_on = Vec::new();
        for day in ["2026-03-02", "2026-08-03", "2026-09-14", "2026-09-15", "2026-10-05"] {
            app.on_day(day);
            let relationship = circle.active(&app).await;
            let review = circle.open_review(&app, &relationship).await;
            planned_on.push(review["plannedOn"].as_str().unwrap().to_owned());
        }
        let elsewhere = app.circle("Vieras").await;
        elsewhere.active(&app).await;
        app.on_day("2026-11-16");
        let query = "query($filter: JointReviewFilter, $first: Int, $after: String) { jointReviews(filter: $filter, first: $first,
            after: $after) { nodes { plannedOn timing } pageInfo { hasNextPage endCursor } totalCount } }";
        let days = |answer: &Answer| -> Vec<String> {
            let nodes = answer.data()["jointReviews"]["nodes"].as_array().unwrap().clone();
            nodes.iter().map(|node| node["plannedOn"].as_str().unwrap().to_owned()).collect()
        };
        let of = async |filter: Value| days(&circle.mikko.ask(&app, query, json!({ "filter": filter })).await);
        assert_eq!(of(json!({})).await, planned_on);
        assert_eq!(of(json!({ "dueWithinDays": 28 })).await, planned_on[..3], "overdue, due, and 14.12.");
        assert_eq!(of(json!({ "dueWithinDays": 28, "mine": true })).await, planned_on[..3]);
        assert_eq!(of(json!({ "dueWithinDays": 0 })).await, planned_on[..2]);
        assert_eq!(of(json!({ "isOverdue": true })).await, planned_on[..1]);
        assert_eq!(of(json!({ "isOverdue": false, "dueWithinDays": 28 })).await, planned_on[1..3]);
        assert_eq!(of(json!({ "plannedFrom": "2026-11-03", "plannedTo": "2026-12-14" })).await, planned_on[1..3]);
        assert_eq!(of(json!({ "openOnly": true, "organisationId": circle.association.encode() })).await, planned_on);
        assert_eq!(of(json!({ "organisationId": elsewhere.association.encode() })).await, [""; 0]);
        let mine = circle.kaisa.ask(&app, query, json!({ "filter": { "mine": true } })).await;
        assert_eq!(days(&mine), [""; 0], "a coordinator has no cases of her own");

        let (mut seen, mut after) = (Vec::new(), Value::Null);
        loop {
            let answer = circle.kaisa.ask(&app, query, json!({ "first": 2, "after": after })).await;
            let page = &answer.data()["jointReviews"];
            assert_eq!(page["totalCount"], 5);
            seen.extend(days(&answer));
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
            after = page["pageInfo"]["endCursor"].clone();
        }
        assert_eq!(seen, planned_on);
        for (filter, field) in [
            (json!({ "dueWithinDays": -1 }), "dueWithinDays"),
            (json!({ "dueWithinDays": 367 }), "dueWithinDays"),
            (json!({ "plannedFrom": "2026-12-02", "plannedTo": "2026-12-01" }), "plannedTo"),
        ] {
            let answer = circle.kaisa.ask(&app, query, json!({ "filter": filter })).await;
            assert_eq!(answer.json["errors"][0]["extensions"]["field"], field);
        }
    }
}

on_both! {
    async fn what_is_due_takes_one_statement_a_level_whatever_the_number(app: App) {
        app.on_day("2026-09-14");
        let circle = app.circle("Esimerkki").await;
        circle.active(&app).await;
        let query = "{ jointReviews(filter: { dueWithinDays: 100 }, first: 50) { nodes { id plannedOn timing records { kind }
            supportRelationship { caseCode status agreement { rhythm } } } } }";
        for actor in [&circle.kaisa, &circle.mikko] {
            let few = actor.ask(&app, query, json!({})).await;
            for _ in 0..3 {
                circle.active(&app).await;
            }
            let many = actor.ask(&app, query, json!({})).await;
            assert!(many.data()["jointReviews"]["nodes"].as_array().unwrap().len() >= 4);
            assert_eq!(few.statements.len(), many.statements.len());
            let log = if app.register.store.is_postgres() { 1 } else { 2 };
            // The reviews with their relationships, the agreements, the records.
            assert_eq!(many.statements.len(), 3 + 1 + log, "{:#?}", many.statements);
        }
    }
}

#[test]
fn the_row_of_a_review_is_compared_whole() {
    // A new column must be looked at: does a cancelled mistake leave it as it was?
    let columns = <joint_reviews::Column as sea_orm::Iterable>::iter().count();
    assert_eq!(columns, 24);
}
