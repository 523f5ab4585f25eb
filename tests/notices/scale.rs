//! Planning over a register of real size: one statement a kind, by its index.

use std::time::Instant;

use rinnalla_domain::calendar::plus_days;
use sea_orm::{ConnectionTrait as _, Statement};

use super::*;
use crate::support::databases::Kind;
use crate::support::reviews::{Desk, Followed};

/// How many relationships; three reviews each, of which one is open. `RINNALLA_RELATIONSHIPS=100000` measures the
/// size that the register is built for.
fn relationships() -> u32 {
    let asked = std::env::var("RINNALLA_RELATIONSHIPS").ok();
    asked.and_then(|n| n.parse().ok()).unwrap_or(10_000)
}

/// Copies one relationship with all that hangs on it, each open review with other days: one in twenty is due.
const COPIES: [&str; 7] = [
    "INSERT INTO supported_cases SELECT c.* FROM generate_series(1, $N) g, supported_cases o, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('case' || g)::uuid, 'case_code', translate(lpad(g::text, 8, '0'), '01', 'CD'))) c WHERE o.id = $C",
    "INSERT INTO case_professionals SELECT c.* FROM generate_series(1, $N) g, case_professionals o, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('part' || g)::uuid, 'case_id', md5('case' || g)::uuid)) c WHERE o.case_id = $C",
    "INSERT INTO referrals SELECT c.* FROM generate_series(1, $N) g, referrals o, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('referral' || g)::uuid, 'case_id', md5('case' || g)::uuid)) c WHERE o.case_id = $C",
    "INSERT INTO match_proposals SELECT c.* FROM generate_series(1, $N) g, match_proposals o, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('proposal' || g)::uuid, 'referral_id', md5('referral' || g)::uuid)) c WHERE o.referral_id = $R",
    "INSERT INTO support_relationships SELECT c.* FROM generate_series(1, $N) g, support_relationships o, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('relationship' || g)::uuid, 'case_id', md5('case' || g)::uuid,
         'referral_id', md5('referral' || g)::uuid, 'proposal_id', md5('proposal' || g)::uuid)) c WHERE o.case_id = $C",
    "INSERT INTO joint_reviews SELECT c.* FROM generate_series(1, $N) g, generate_series(1, 2) k, joint_reviews o,
       LATERAL (SELECT date '$T' - 180 + k * 90 - 90 AS d) y, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('review' || g || ' ' || k)::uuid, 'relationship_id', md5('relationship' || g)::uuid,
         'cycle_no', k, 'status', 'HELD', 'held_on', y.d, 'window_start_on', y.d, 'planned_on', y.d, 'window_end_on', y.d + 90,
         'coming_notice_on', y.d - 14, 'due_notice_on', y.d, 'nudge_notice_on', y.d + 45, 'overdue_notice_on', y.d + 91,
         'overdue_again_notice_on', y.d + 121)) c WHERE o.id = $V",
    "INSERT INTO joint_reviews SELECT c.* FROM generate_series(1, $N) g, joint_reviews o,
       LATERAL (SELECT date '$T' + CASE WHEN g % 20 = 0 THEN -(g % 120) ELSE 1 + g % 120 END AS d) y, LATERAL jsonb_populate_record(o,
       jsonb_build_object('id', md5('review' || g || ' 3')::uuid, 'relationship_id', md5('relationship' || g)::uuid,
         'cycle_no', 3, 'window_start_on', y.d, 'planned_on', y.d, 'window_end_on', y.d + 90,
         'coming_notice_on', y.d - 14, 'due_notice_on', y.d, 'nudge_notice_on', y.d + 45, 'overdue_notice_on', y.d + 91,
         'overdue_again_notice_on', y.d + 121)) c WHERE o.id = $V",
];

async fn grow(app: &App, of: &Followed, today: NaiveDate) {
    let db = app.db().await;
    let quoted = |id: uuid::Uuid| format!("'{id}'");
    for copy in COPIES {
        let sql = copy
            .replace("$N", &relationships().to_string())
            .replace("$C", &quoted(of.case.0))
            .replace("$R", &quoted(of.referral.0))
            .replace("$V", &quoted(of.review.0))
            .replace("$T", &today.to_string());
        db.execute_unprepared(&sql).await.unwrap();
    }
    db.execute_unprepared("ANALYZE").await.unwrap();
    db.close().await.unwrap();
}

/// The plan of a statement that was sent, with the values that it had.
async fn explained(app: &App, explain: &str, sql: &str, today: NaiveDate) -> String {
    let sql = sql
        .replace("$1", &format!("date '{today}'"))
        .replace("$2", &format!("timestamptz '{today} 07:00:00+00'"))
        .replace("$3", "1")
        .replace("$4", &format!("timestamptz '{today} 08:00:00+00'"))
        .replace("$5", "10000");
    let db = app.db().await;
    let statement = Statement::from_string(db.get_database_backend(), format!("{explain} {sql}"));
    let rows = db.query_all_raw(statement).await.unwrap();
    let lines: Vec<String> = rows
        .iter()
        .map(|row| row.try_get_by_index(0).unwrap())
        .collect();
    db.close().await.unwrap();
    lines.join("\n")
}

/// PostgreSQL alone: it is what a register of this size is kept in, and it tells its plans.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn each_kind_is_planned_by_its_index_however_large_the_register() {
    let Some(app) = App::on(Kind::Postgres).await else {
        return;
    };
    let desk: Desk = app.desk().await;
    let followed = app.followed(&desk, "2026-08-25", 3).await;
    let today = date("2026-11-24");
    let begun = Instant::now();
    grow(&app, &followed, today).await;
    println!(
        "{} relationships made in {:?}",
        relationships(),
        begun.elapsed()
    );

    app.on_day(&today.to_string());
    app.forget_statements();
    let begun = Instant::now();
    let written = plan(&app).await;
    println!("the first look: {written} notices in {:?}", begun.elapsed());
    let statements = app.statements();
    assert!(
        statements.len() <= 6 + written as usize / 10_000,
        "{statements:#?}"
    );
    assert!(written >= u64::from(relationships()) / 20, "{written}");
    for sql in &statements {
        let plan = explained(&app, "EXPLAIN", sql, today).await;
        assert!(!plan.contains("Seq Scan on joint_reviews"), "{plan}");
        assert!(plan.contains("joint_reviews_"), "{plan}");
    }
    for look in ["the second look", "the third look"] {
        let begun = Instant::now();
        assert_eq!(plan(&app).await, 0);
        println!("{look}: {:?}", begun.elapsed());
    }
    if std::env::var_os("RINNALLA_RELATIONSHIPS").is_some() {
        for sql in &statements {
            println!(
                "{}",
                explained(&app, "EXPLAIN (ANALYZE, BUFFERS)", sql, today).await
            );
        }
    }

    let begun = Instant::now();
    let mut claimed = 0;
    loop {
        let batch = claim(&app, 100).await;
        if batch.is_empty() {
            break;
        }
        let decisions = notices::resolve(&app.job_ctx(), &batch).await.unwrap();
        let sent: Vec<_> = batch
            .into_iter()
            .zip(decisions)
            .map(|(it, decision)| match decision {
                Decision::Send(mailing) => (it, End::Sent { to: mailing.to }),
                other => panic!("{other:?}"),
            })
            .collect();
        claimed += sent.len() as u64;
        assert_eq!(settle(&app, &sent).await.len(), sent.len());
    }
    assert_eq!(claimed, written);
    println!(
        "{claimed} claimed, looked at and settled in {:?}",
        begun.elapsed()
    );

    app.on_day(&plus_days(today, 2).to_string());
    let begun = Instant::now();
    let more = plan(&app).await;
    println!("two days on: {more} more in {:?}", begun.elapsed());
}
