//! What awaits each, from the first draft to the notice that reached nobody.

use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::{
    AbsenceId, CaseProfessionalId, Id as _, OutboxMessageId, ReferralId, SupportedCaseId,
};
use rinnalla_domain::states::{
    AskingChannel, CaseBackground, NoticeKind, OrganisationKind, OutboxStatus, RecipientRole,
    ReferralStatus, RehabilitationPhase, ReviewOutcome, Role, SupportForm,
};
use rinnalla_entity::{absences, case_professionals, outbox_messages, referrals, supported_cases};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, ConnectionTrait as _,
    DatabaseConnection, EntityTrait as _, QueryFilter as _,
};
use serde_json::{Value, json};

use super::path::{Path, open_review, today};
use crate::on_both;
use crate::support::databases::Kind;
use crate::support::{Actor, App, at, date};

const WAITING: &str = "{ waitingForMe { hasMore items { kind since dueOn isOverdue daysLate caseCode subject { id kind } } } }";

async fn waiting(app: &App, actor: &Actor) -> Vec<Value> {
    let answer = actor.ask(app, WAITING, json!({})).await;
    let waiting = &answer.data()["waitingForMe"];
    assert_eq!(waiting["hasMore"], false);
    waiting["items"].as_array().unwrap().clone()
}

/// What awaits somebody, a line each: the kind, since when, until when, how late.
async fn lines(app: &App, actor: &Actor) -> Vec<String> {
    let text = |value: &Value| value.as_str().unwrap_or("-").to_owned();
    let line = |item: &Value| {
        assert_eq!(item["isOverdue"], item["daysLate"] != 0, "{item}");
        format!(
            "{} since {} by {} late {}",
            text(&item["kind"]),
            text(&item["since"]),
            text(&item["dueOn"]),
            item["daysLate"]
        )
    };
    waiting(app, actor).await.iter().map(line).collect()
}

fn none() -> Vec<String> {
    Vec::new()
}

on_both! {
    async fn a_referral_waits_for_its_professional_and_then_for_the_association(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.draft(&app).await;
        app.on_day("2026-11-24");
        assert_eq!(lines(&app, &path.mikko).await, ["REFERRAL_DRAFT since 2026-11-23 by - late 0"]);
        assert_eq!(lines(&app, &path.kaisa).await, none(), "a draft is the professional's alone");
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": referral.encode(), "kind": "REFERRAL" }));

        path.submit(&app, referral).await;
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REFERRAL_SUBMITTED since 2026-11-24 by - late 0"]);

        path.keep_waiting(&app, referral).await;
        assert_eq!(lines(&app, &path.kaisa).await, ["REFERRAL_WAITING since 2026-11-24 by - late 0"]);
        path.ask(&app, referral, AskingChannel::Register).await;
        assert_eq!(lines(&app, &path.kaisa).await, none());
    }
}

on_both! {
    async fn a_proposal_waits_for_each_in_turn(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.submitted(&app).await;
        let proposal = path.ask(&app, referral, AskingChannel::Register).await;
        assert_eq!(lines(&app, &path.sari).await, ["PROPOSAL_ASKED since 2026-11-23 by - late 0"]);
        let item = waiting(&app, &path.sari).await.remove(0);
        assert_eq!(item["subject"], json!({ "id": proposal.encode(), "kind": "PROPOSAL" }));
        assert_eq!(item["caseCode"].as_str().unwrap().len(), "7KXR-2MHD".len());
        assert_eq!(lines(&app, &path.mikko).await, none(), "the support person is asked first");

        app.on_day("2026-11-25");
        path.answer(&app, proposal, true).await;
        assert_eq!(lines(&app, &path.sari).await, none());
        assert_eq!(lines(&app, &path.mikko).await, ["PROPOSAL_OFFERED since 2026-11-25 by 2026-12-02 late 0"]);

        path.supported_answers(&app, proposal, true).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["DETAILS_TO_DISCLOSE since 2026-11-25 by - late 0"]);

        let relationship = path.disclose(&app, proposal).await;
        assert_eq!(lines(&app, &path.kaisa).await, none());
        let first_meeting = "FIRST_MEETING_TO_RECORD since 2026-11-25 by 2026-12-09 late";
        assert_eq!(lines(&app, &path.mikko).await, [format!("{first_meeting} 0")]);
        app.on_day("2026-12-14");
        assert_eq!(lines(&app, &path.mikko).await, [format!("{first_meeting} 5")]);
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": relationship.encode(), "kind": "RELATIONSHIP" }));

        path.meet(&app, relationship).await;
        assert_eq!(lines(&app, &path.mikko).await, ["AGREEMENT_TO_RECORD since 2026-12-14 by - late 0"]);
        path.agree(&app, relationship, true).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
        for actor in [&path.kaisa, &path.sari] {
            assert_eq!(lines(&app, actor).await, none());
        }
    }
}

on_both! {
    async fn a_no_brings_the_referral_back_to_the_association(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.submitted(&app).await;
        let proposal = path.ask(&app, referral, AskingChannel::Register).await;
        path.answer(&app, proposal, false).await;
        assert_eq!(lines(&app, &path.sari).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REFERRAL_SUBMITTED since 2026-11-23 by - late 0"]);
    }
}

on_both! {
    async fn an_answer_that_does_not_come_for_a_week_is_asked_after(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.submitted(&app).await;
        let proposal = path.ask(&app, referral, AskingChannel::Register).await;
        app.on_day("2026-11-29");
        assert_eq!(lines(&app, &path.kaisa).await, none());
        app.on_day("2026-11-30");
        let unanswered = "PROPOSAL_UNANSWERED since 2026-11-23 by 2026-11-30 late";
        assert_eq!(lines(&app, &path.kaisa).await, [format!("{unanswered} 0")]);
        app.on_day("2026-12-02");
        assert_eq!(lines(&app, &path.kaisa).await, [format!("{unanswered} 2")]);

        // The week begins anew with the other's turn.
        path.answer(&app, proposal, true).await;
        assert_eq!(lines(&app, &path.kaisa).await, none());
        app.on_day("2026-12-09");
        assert_eq!(lines(&app, &path.kaisa).await, ["PROPOSAL_UNANSWERED since 2026-12-02 by 2026-12-09 late 0"]);
        app.on_day("2026-12-10");
        assert_eq!(lines(&app, &path.mikko).await, ["PROPOSAL_OFFERED since 2026-12-02 by 2026-12-09 late 1"]);
    }
}

on_both! {
    async fn a_support_person_who_is_asked_by_phone_is_the_coordinators_to_call(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.submitted(&app).await;
        path.ask(&app, referral, AskingChannel::Phone).await;
        assert_eq!(lines(&app, &path.kaisa).await, ["PROPOSAL_BY_PHONE since 2026-11-23 by 2026-11-30 late 0"]);
        assert_eq!(lines(&app, &path.sari).await, none());
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.kaisa).await, ["PROPOSAL_UNANSWERED since 2026-11-23 by 2026-11-30 late 1"]);
    }
}

on_both! {
    async fn a_review_waits_for_the_professional_from_its_planned_day_until_it_is_recorded(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        let review = open_review(&app, relationship).await;
        assert_eq!((review.planned_on, review.window_end_on), (date("2026-11-30"), date("2027-03-01")));
        app.on_day("2026-11-29");
        assert_eq!(lines(&app, &path.mikko).await, none());
        app.on_day("2026-11-30");
        let due = "since 2026-11-30 by 2027-03-01 late";
        assert_eq!(lines(&app, &path.mikko).await, [format!("REVIEW_DUE {due} 0")]);
        assert_eq!(lines(&app, &path.kaisa).await, none(), "the professional follows");
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": review.id.encode(), "kind": "REVIEW" }));

        app.on_day("2027-03-01");
        assert_eq!(lines(&app, &path.mikko).await, [format!("REVIEW_DUE {due} 0")]);
        app.on_day("2027-03-03");
        for actor in [&path.mikko, &path.kaisa] {
            assert_eq!(lines(&app, actor).await, [format!("REVIEW_OVERDUE {due} 2")]);
        }
        assert_eq!(lines(&app, &path.sari).await, none());

        path.review(&app, relationship, ReviewOutcome::Continue).await;
        for actor in [&path.mikko, &path.kaisa] {
            assert_eq!(lines(&app, actor).await, none());
        }
    }
}

on_both! {
    async fn a_booked_review_waits_three_working_days_before_its_day(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.book(&app, relationship, "2026-12-15").await;
        assert_eq!(lines(&app, &path.mikko).await, none(), "a day is booked: nothing to do yet");
        app.on_day("2026-12-09");
        assert_eq!(lines(&app, &path.mikko).await, none());
        app.on_day("2026-12-10");
        let booked = "REVIEW_BOOKED since 2026-11-30 by 2026-12-15 late";
        assert_eq!(lines(&app, &path.mikko).await, [format!("{booked} 0")]);
        // What came of it is still to be recorded.
        app.on_day("2026-12-16");
        assert_eq!(lines(&app, &path.mikko).await, [format!("{booked} 1")]);
        path.review(&app, relationship, ReviewOutcome::Continue).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

on_both! {
    async fn a_review_that_nobody_follows_waits_for_the_coordinator(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-08-31", false).await;
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_DUE_NO_PROFESSIONAL since 2026-11-30 by 2027-03-01 late 0"]);
        app.on_day("2027-03-02");
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_OVERDUE since 2026-11-30 by 2027-03-01 late 1"]);
    }
}

on_both! {
    async fn a_review_of_a_case_that_its_professional_has_left_waits_for_the_coordinator(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-08-31", true).await;
        let db = app.db().await;
        case_professionals::Entity::update_many()
            .col_expr(case_professionals::Column::ToOn, date("2026-11-01").into())
            .exec(&db)
            .await
            .unwrap();
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, none());
        assert_eq!(lines(&app, &path.kaisa).await, ["REVIEW_DUE_NO_PROFESSIONAL since 2026-11-30 by 2027-03-01 late 0"]);
    }
}

on_both! {
    async fn what_a_review_said_should_follow_waits_until_it_is_done(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let changing = path.active(&app, "2026-08-31", true).await;
        let pausing = path.active(&app, "2026-08-31", true).await;
        let ending = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.review(&app, changing, ReviewOutcome::ChangeAgreement).await;
        path.review(&app, pausing, ReviewOutcome::Pause).await;
        path.review(&app, ending, ReviewOutcome::End).await;
        let mut expected = vec![
            "AGREEMENT_TO_CHANGE since 2026-12-01 by - late 0",
            "PAUSE_TO_RECORD since 2026-12-01 by - late 0",
            "END_TO_RECORD since 2026-12-01 by - late 0",
        ];
        assert_eq!(lines(&app, &path.mikko).await, expected);
        assert_eq!(lines(&app, &path.kaisa).await, none());
        let subject = &waiting(&app, &path.mikko).await[0]["subject"];
        assert_eq!(*subject, json!({ "id": changing.encode(), "kind": "RELATIONSHIP" }));

        app.on_day("2026-12-02");
        path.agree(&app, changing, true).await;
        expected.remove(0);
        assert_eq!(lines(&app, &path.mikko).await, expected);
        path.pause(&app, pausing).await;
        expected.remove(0);
        assert_eq!(lines(&app, &path.mikko).await, expected);
        path.end(&app, ending).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

on_both! {
    async fn only_the_latest_review_says_what_should_follow(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-08-31", true).await;
        app.on_day("2026-12-01");
        path.review(&app, relationship, ReviewOutcome::End).await;
        app.on_day("2026-12-10");
        path.review(&app, relationship, ReviewOutcome::Continue).await;
        assert_eq!(lines(&app, &path.mikko).await, none());
    }
}

async fn notice(app: &App, path: &Path, status: OutboxStatus, subject: uuid::Uuid) -> String {
    let db = app.db().await;
    let now = app.register.clock.now();
    let id = OutboxMessageId::random();
    outbox_messages::ActiveModel {
        id: Set(id),
        organisation_id: Set(path.association),
        kind: Set(NoticeKind::ReviewDue),
        subject_id: Set(subject),
        cycle_no: Set(i32::from(status == OutboxStatus::Dead)),
        recipient_role: Set(RecipientRole::Professional),
        for_on: Set(today(app)),
        status: Set(status),
        reason: Set(Some("NO_RECIPIENT".to_owned())),
        not_before: Set(now),
        available_ms: Set(0),
        lease_token: Set(None),
        attempts: Set(1),
        sent_to_id: Set(None),
        key_version: Set(1),
        created_at: Set(now),
        ended_at: Set((status != OutboxStatus::Planned).then_some(now)),
    }
    .insert(&db)
    .await
    .unwrap();
    db.close().await.unwrap();
    id.encode()
}

on_both! {
    async fn a_notice_that_reached_nobody_stays_in_view_for_thirty_days(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-10-01", true).await;
        let review = open_review(&app, relationship).await.id.uuid();
        app.at("2026-10-26", "00:30");
        let dead = notice(&app, &path, OutboxStatus::Dead, review).await;
        app.on_day("2026-10-27");
        notice(&app, &path, OutboxStatus::Skipped, review).await;
        let elsewhere = app.organisation("Muu ry", OrganisationKind::Association).await;
        let aino = app.person("Aino Esimerkki", path.association, Role::Admin).await;
        let olli = app.person("Olli Vieras", elsewhere, Role::Admin).await;

        app.on_day("2026-11-25");
        let failed = ["NOTICE_DEAD since 2026-10-26 by - late 0", "NOTICE_SKIPPED since 2026-10-27 by - late 0"];
        assert_eq!(lines(&app, &path.kaisa).await, failed);
        assert_eq!(lines(&app, &aino).await, failed);
        assert_eq!(lines(&app, &olli).await, none());
        assert_eq!(lines(&app, &path.mikko).await, none());
        let (of_kaisa, of_aino) = (waiting(&app, &path.kaisa).await, waiting(&app, &aino).await);
        assert_eq!(of_kaisa[0]["subject"], json!({ "id": dead, "kind": "NOTICE" }));
        assert!(of_kaisa[0]["caseCode"].is_string());
        assert!(of_aino[0]["caseCode"].is_null(), "an administrator learns nothing of whom it was about");

        app.on_day("2026-11-26");
        assert_eq!(lines(&app, &path.kaisa).await, failed[1..]);
        app.on_day("2026-11-27");
        assert_eq!(lines(&app, &path.kaisa).await, none());
    }
}

on_both! {
    async fn a_substitute_sees_what_awaits_the_absent(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.draft(&app).await;
        let riitta = app.person("Riitta Esimerkki", path.service, Role::Professional).await;
        assert_eq!(lines(&app, &riitta).await, none());
        let db = app.db().await;
        absences::ActiveModel {
            id: Set(AbsenceId::random()),
            person_id: Set(path.mikko.id),
            organisation_id: Set(path.service),
            substitute_id: Set(riitta.id),
            from_on: Set(date("2026-11-24")),
            to_on: Set(date("2026-11-25")),
            version: Set(1),
            created_at: Set(app.register.clock.now()),
            cancelled_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        for (day, expected) in [("2026-11-23", 0), ("2026-11-24", 1), ("2026-11-25", 1), ("2026-11-26", 0)] {
            app.on_day(day);
            assert_eq!(lines(&app, &riitta).await.len(), expected, "{day}");
        }
    }
}

on_both! {
    async fn whoever_is_both_coordinator_and_professional_finds_an_overdue_review_once(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-08-31", true).await;
        app.grant(path.mikko.id, path.association, Role::Coordinator).await;
        app.on_day("2027-03-02");
        assert_eq!(lines(&app, &path.mikko).await, ["REVIEW_OVERDUE since 2026-11-30 by 2027-03-01 late 1"]);
    }
}

on_both! {
    async fn nothing_of_one_association_awaits_another(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let other = Path::new(&app, "Vieras").await;
        path.draft(&app).await;
        path.submitted(&app).await;
        let accepted = path.accepted(&app).await;
        path.disclose(&app, accepted).await;
        let asked = path.submitted(&app).await;
        path.ask(&app, asked, AskingChannel::Register).await;
        path.active(&app, "2026-11-24", false).await;
        app.on_day("2028-01-10");
        for actor in [&other.kaisa, &other.mikko, &other.sari] {
            assert_eq!(lines(&app, actor).await, none());
        }
        assert_eq!(lines(&app, &path.mikko).await.len(), 2);
        assert_eq!(lines(&app, &path.sari).await.len(), 1);
        assert_eq!(lines(&app, &path.kaisa).await.len(), 3);
    }
}

on_both! {
    async fn roles_without_a_dashboard_are_told_so(app: App) {
        let association = app.organisation("Esimerkki ry", OrganisationKind::Association).await;
        for role in [Role::Analyst, Role::Dpo] {
            let actor = app.person(&format!("{role:?}"), association, role).await;
            assert_eq!(actor.ask(&app, WAITING, json!({})).await.codes(), ["FORBIDDEN"]);
        }
        assert_eq!(app.ask(None, WAITING, json!({})).await.codes(), ["UNAUTHENTICATED"]);
    }
}

/// Drafts of Mikko's, begun on one day after another.
async fn many_drafts(app: &App, path: &Path, count: i64) {
    let db = app.db().await;
    let mut cases = Vec::new();
    let mut parts = Vec::new();
    let mut drafts = Vec::new();
    for n in 0..count {
        let case = SupportedCaseId::random();
        cases.push(supported_cases::ActiveModel {
            id: Set(case),
            organisation_id: Set(path.association),
            referring_organisation_id: Set(path.service),
            case_code: Set(CaseCode::random().as_str().to_owned()),
            background: Set(CaseBackground::DependentOrRecovering),
            kin_relation_list: Set("KIN_RELATION".to_owned()),
            kin_relation: Set(None),
            birth_decade: Set(None),
            county_code: Set("20".to_owned()),
            municipality_code: Set(None),
            language: Set("fi".to_owned()),
            version: Set(1),
            created_on: Set(today(app)),
        });
        parts.push(case_professionals::ActiveModel {
            id: Set(CaseProfessionalId::random()),
            case_id: Set(case),
            person_id: Set(path.mikko.id),
            is_responsible: Set(true),
            from_on: Set(today(app)),
            to_on: Set(None),
        });
        drafts.push(referrals::ActiveModel {
            id: Set(ReferralId::random()),
            organisation_id: Set(path.association),
            referring_organisation_id: Set(path.service),
            case_id: Set(case),
            professional_id: Set(path.mikko.id),
            form: Set(SupportForm::Individual),
            phase: Set(RehabilitationPhase::Unknown),
            information_source_list: Set("INFORMATION_SOURCE".to_owned()),
            information_source: Set(None),
            status: Set(ReferralStatus::Draft),
            submitted_at: Set(None),
            proposal_count: Set(0),
            version: Set(1),
            created_at: Set(at("2026-01-01", "12:00") + chrono::Duration::days(count - n)),
        });
    }
    supported_cases::Entity::insert_many(cases)
        .exec(&db)
        .await
        .unwrap();
    case_professionals::Entity::insert_many(parts)
        .exec(&db)
        .await
        .unwrap();
    referrals::Entity::insert_many(drafts)
        .exec(&db)
        .await
        .unwrap();
    db.close().await.unwrap();
}

on_both! {
    async fn two_hundred_are_shown_and_it_is_said_that_there_are_more(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let overdue = path.active(&app, "2025-11-24", true).await;
        app.on_day("2026-11-23");
        many_drafts(&app, &path, 199).await;
        let answer = path.mikko.ask(&app, WAITING, json!({})).await;
        assert_eq!(answer.data()["waitingForMe"]["hasMore"], false);
        assert_eq!(answer.data()["waitingForMe"]["items"].as_array().unwrap().len(), 200);
        // Sign-in, the one question, and the access log.
        let log = if app.database.kind == Kind::Postgres { 1 } else { 2 };
        let statements: Vec<_> = answer.statements.iter().filter(|sql| sql.len() > 20).collect();
        assert_eq!(statements.len(), 2 + log, "{statements:#?}");

        many_drafts(&app, &path, 10).await;
        let answer = path.mikko.ask(&app, WAITING, json!({})).await;
        let shown = &answer.data()["waitingForMe"];
        assert_eq!(shown["hasMore"], true);
        let items = shown["items"].as_array().unwrap();
        assert_eq!(items.len(), 200);
        assert_eq!(items[0]["kind"], "REVIEW_OVERDUE");
        assert_eq!(items[0]["subject"]["id"], json!(open_review(&app, overdue).await.id.encode()));
        let since: Vec<&str> = items[1..].iter().map(|item| item["since"].as_str().unwrap()).collect();
        assert!(since.is_sorted(), "the longest waiting first: {since:?}");
        assert_eq!(since[0], "2026-01-02");
    }
}

on_both! {
    async fn the_most_urgent_comes_first(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        path.active(&app, "2026-04-01", true).await; // its review is overdue since 1.10.2026
        path.active(&app, "2026-08-31", true).await; // due since 30.11.2026
        app.on_day("2026-11-01");
        let accepted = path.accepted(&app).await;
        path.disclose(&app, accepted).await; // first meeting due on 15.11.2026
        app.on_day("2026-11-20");
        path.draft(&app).await;
        app.on_day("2026-11-25");
        let referral = path.submitted(&app).await;
        let proposal = path.ask(&app, referral, AskingChannel::Register).await;
        path.answer(&app, proposal, true).await; // an answer due on 2.12.2026
        app.on_day("2026-12-01");
        assert_eq!(lines(&app, &path.mikko).await, [
            "REVIEW_OVERDUE since 2026-07-01 by 2026-10-01 late 61",
            "FIRST_MEETING_TO_RECORD since 2026-11-01 by 2026-11-15 late 16",
            "PROPOSAL_OFFERED since 2026-11-25 by 2026-12-02 late 0",
            "REVIEW_DUE since 2026-11-30 by 2027-03-01 late 0",
            "REFERRAL_DRAFT since 2026-11-20 by - late 0",
        ]);
    }
}

/// How the database goes about a statement, whatever its values.
async fn plan(db: &DatabaseConnection, kind: Kind, sql: &str) -> String {
    let column = match kind {
        Kind::Sqlite => "detail",
        Kind::Postgres => "QUERY PLAN",
    };
    let explain = match kind {
        Kind::Sqlite => format!("EXPLAIN QUERY PLAN {sql}"),
        Kind::Postgres => {
            let values = (1..)
                .take_while(|n| sql.contains(&format!("${n}")))
                .map(|_| "NULL");
            let values = values.collect::<Vec<_>>().join(", ");
            for set in [
                "enable_seqscan = off",
                "plan_cache_mode = force_generic_plan",
            ] {
                db.execute_unprepared(&format!("SET {set}")).await.unwrap();
            }
            db.execute_unprepared(&format!("PREPARE q AS {sql}"))
                .await
                .unwrap();
            format!("EXPLAIN EXECUTE q({values})")
        }
    };
    let rows = db
        .query_all_raw(sea_orm::Statement::from_string(
            db.get_database_backend(),
            explain,
        ))
        .await
        .unwrap();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get("", column).unwrap())
        .collect();
    lines.join("\n")
}

on_both! {
    async fn each_part_of_the_question_goes_by_an_index(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        // One person with every reach there is, so that the statement has every part.
        app.grant(path.kaisa.id, path.association, Role::SupportPerson).await;
        app.grant(path.kaisa.id, path.service, Role::Professional).await;
        let answer = path.kaisa.ask(&app, WAITING, json!({})).await;
        answer.data();
        let sql = answer.statements.iter().find(|sql| sql.contains("NOTICE_DEAD")).unwrap();
        assert_eq!(sql.matches(" UNION ").count(), 10, "eleven parts");
        let options = sea_orm::ConnectOptions::new(&app.database.url).max_connections(1).to_owned();
        let db = sea_orm::Database::connect(options).await.unwrap();
        let plan = plan(&db, app.database.kind, sql).await;
        for table in ["referrals", "match_proposals", "support_relationships", "joint_reviews", "outbox_messages",
            "case_professionals", "support_persons", "referral_acts", "joint_review_records"] {
            assert!(!plan.contains(&format!("Seq Scan on {table}")), "{plan}");
        }
        let scans = plan.lines().map(str::trim).filter(|line| line.starts_with("SCAN "));
        assert_eq!(scans.collect::<std::collections::BTreeSet<_>>().into_iter().find(|scan| *scan != "SCAN w"), None, "{plan}");
    }
}

on_both! {
    async fn what_was_shown_stands_in_the_access_log(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.draft(&app).await;
        let db = app.db().await;
        let seen = async || {
            rinnalla_entity::access_log_objects::Entity::find()
                .filter(rinnalla_entity::access_log_objects::Column::Act.eq("READ"))
                .all(&db)
                .await
                .unwrap()
        };
        assert_eq!(seen().await.len(), 0);
        lines(&app, &path.mikko).await;
        let seen = seen().await;
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].object_kind.as_str(), seen[0].object_id), ("REFERRAL", referral.uuid()));
    }
}
