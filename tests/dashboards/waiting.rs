//! What awaits each on a referral's way, and whom it does not await.

use rinnalla_domain::ids::{AbsenceId, Id as _};
use rinnalla_domain::states::{AskingChannel, OrganisationKind, Role};
use rinnalla_entity::{absences, access_log_looks};
use sea_orm::{
    ActiveModelTrait as _, ActiveValue::Set, ColumnTrait as _, EntityTrait as _, QueryFilter as _,
};
use serde_json::{Value, json};

use super::path::Path;
use crate::on_both;
use crate::support::{Actor, App, date};

pub const WAITING: &str = "{ waitingForMe { hasMore items { kind since dueOn isOverdue daysLate caseCode subject { id kind } } } }";

pub async fn waiting(app: &App, actor: &Actor) -> Vec<Value> {
    let answer = actor.ask(app, WAITING, json!({})).await;
    let waiting = &answer.data()["waitingForMe"];
    assert_eq!(waiting["hasMore"], false);
    waiting["items"].as_array().unwrap().clone()
}

/// What awaits somebody, a line each: the kind, since when, until when, how late.
pub async fn lines(app: &App, actor: &Actor) -> Vec<String> {
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

pub fn none() -> Vec<String> {
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

on_both! {
    async fn what_was_shown_stands_in_the_access_log(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.draft(&app).await;
        let db = app.db().await;
        let seen = async || {
            access_log_looks::Entity::find()
                .filter(access_log_looks::Column::Act.eq("READ"))
                .all(&db)
                .await
                .unwrap()
        };
        assert_eq!(seen().await.len(), 0);
        lines(&app, &path.mikko).await;
        let seen = seen().await;
        assert_eq!(seen.len(), 1);
        assert_eq!((seen[0].object_kind.as_str(), &seen[0].objects[..]), ("REFERRAL", &referral.uuid().as_bytes()[..]));
    }
}
