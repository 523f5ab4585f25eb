//! Much that awaits somebody: what comes first, how much is shown, what it costs.

use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::{CaseProfessionalId, Id as _, ReferralId, SupportedCaseId};
use rinnalla_domain::states::{
    AskingChannel, CaseBackground, ReferralStatus, RehabilitationPhase, Role, SupportForm,
};
use rinnalla_entity::{case_professionals, referrals, supported_cases};
use sea_orm::{ActiveValue::Set, ConnectionTrait as _, DatabaseConnection, EntityTrait as _};
use serde_json::json;

use super::path::{Path, open_review, today};
use super::waiting::{WAITING, lines};
use crate::on_both;
use crate::support::databases::Kind;
use crate::support::{App, at};

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
            given_up_on: Set(None),
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
        assert_eq!(sql.matches(" UNION ").count(), 12, "thirteen parts");
        let options = sea_orm::ConnectOptions::new(&app.database.url).max_connections(1).to_owned();
        let db = sea_orm::Database::connect(options).await.unwrap();
        let plan = plan(&db, app.database.kind, sql).await;
        for table in ["referrals", "match_proposals", "support_relationships", "joint_reviews", "outbox_messages", "supported_cases",
            "case_professionals", "support_persons", "referral_acts", "joint_review_records"] {
            assert!(!plan.contains(&format!("Seq Scan on {table}")), "{plan}");
        }
        // Those whose role has ended have an index of their own, which is short enough to be read as a whole.
        let is_short = |scan: &&str| ["SCAN w", "SCAN e"].contains(scan) || scan.ends_with(" USING INDEX role_grants_ended");
        let scans = plan.lines().map(str::trim).filter(|line| line.starts_with("SCAN "));
        assert_eq!(scans.collect::<std::collections::BTreeSet<_>>().into_iter().find(|scan| !is_short(scan)), None, "{plan}");
    }
}
