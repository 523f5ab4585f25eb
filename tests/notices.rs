//! What is planned, for whom, and what becomes of it.

use std::collections::{HashMap, HashSet};
use std::time::Duration;

use chrono::NaiveDate;
use rinnalla_domain::calendar::is_working_day;
use rinnalla_domain::ids::OutboxMessageId;
use rinnalla_domain::joint_reviews::rules::reminders::{
    NoticeDates, ReviewNotice, latest_applicable,
};
use rinnalla_domain::notices::{self, Capacity, Claimed, Decision, End, Notice, Reason, rules};
use rinnalla_domain::states::{NoticeKind, Role};
use rinnalla_entity::{joint_reviews, support_relationships};
use sea_orm::EntityTrait as _;

use crate::on_both;
use crate::support::reviews::address;
use crate::support::{App, date};

const LEASE: Duration = Duration::from_secs(60);
const NO_WAIT: Duration = Duration::ZERO;

/// Plans what applies now; how many rows were written.
async fn plan(app: &App) -> u64 {
    let written = notices::enqueue_review_notices(&app.job_ctx())
        .await
        .unwrap();
    written.iter().map(|(_, count)| count).sum()
}

async fn claim(app: &App, batch: u16) -> Vec<Claimed> {
    notices::claim(&app.job_ctx(), batch, LEASE).await.unwrap()
}

async fn settle(app: &App, ends: &[(Claimed, End)]) -> Vec<OutboxMessageId> {
    notices::settle(&app.job_ctx(), ends, NO_WAIT)
        .await
        .unwrap()
}

/// Claims all there is and looks at it; nothing is sent.
async fn decide(app: &App) -> Vec<(Claimed, Decision)> {
    let claimed = claim(app, 100).await;
    let decisions = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
    claimed.into_iter().zip(decisions).collect()
}

/// What the one claimed row says, and to whom.
async fn the_notice(app: &App) -> Notice {
    match decide(app).await.pop() {
        Some((_, Decision::Send(notice))) => *notice,
        other => panic!("nothing to send: {other:?}"),
    }
}

async fn fate(app: &App) -> Reason {
    match decide(app).await.pop() {
        Some((_, Decision::Cancel(reason) | Decision::Skip(reason))) => reason,
        other => panic!("it is sent after all: {other:?}"),
    }
}

on_both! {
    async fn each_notice_of_a_review_is_planned_on_its_day(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-09-14", 3).await;
        let days = [
            ("2026-11-27", vec![]),
            ("2026-11-30", vec!["REVIEW_COMING PROFESSIONAL 2026-11-30"]),
            ("2026-12-11", vec![]),
            ("2026-12-14", vec!["REVIEW_DUE PROFESSIONAL 2026-12-14"]),
            ("2027-01-28", vec!["REVIEW_NUDGE PROFESSIONAL 2027-01-28"]),
            ("2027-03-15", vec![]),
            ("2027-03-16", vec![
                "REVIEW_OVERDUE COORDINATOR 2027-03-16", "REVIEW_OVERDUE PROFESSIONAL 2027-03-16"]),
            ("2027-04-14", vec![]),
            ("2027-04-15", vec![
                "REVIEW_OVERDUE COORDINATOR 2027-04-15", "REVIEW_OVERDUE PROFESSIONAL 2027-04-15"]),
            ("2027-05-17", vec![]),
        ];
        let mut all: Vec<String> = Vec::new();
        for (day, expected) in days {
            app.on_day(day);
            assert_eq!(plan(&app).await, expected.len() as u64, "{day}");
            assert_eq!(plan(&app).await, 0, "{day}, looked at twice");
            all.extend(expected.iter().map(|line| format!("{line} PLANNED")));
        }
        assert_eq!(app.planned().await, all);
    }
}

on_both! {
    async fn where_no_professional_follows_the_coordinator_hears_of_due_and_overdue(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-09-14", 3).await;
        app.run("UPDATE support_relationships SET professional_follows = false WHERE id = $1",
            [followed.relationship.0.into()]).await;
        for (day, count) in [("2026-11-30", 0), ("2026-12-14", 1), ("2027-01-28", 0), ("2027-03-16", 1)] {
            app.on_day(day);
            assert_eq!(plan(&app).await, count, "{day}");
        }
        assert_eq!(app.planned().await, [
            "REVIEW_DUE_NO_PROFESSIONAL COORDINATOR 2026-12-14 PLANNED",
            "REVIEW_OVERDUE COORDINATOR 2027-03-16 PLANNED",
        ]);
        let decisions = decide(&app).await;
        assert!(matches!(&decisions[0].1, Decision::Cancel(Reason::Superseded)), "{decisions:?}");
        let Decision::Send(overdue) = &decisions[1].1 else { panic!("{decisions:?}") };
        assert_eq!((overdue.to, overdue.capacity), (Some(desk.maija.id), Capacity::Coordinator));
    }
}

on_both! {
    async fn a_booked_review_is_reminded_of_three_working_days_ahead(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-09-14", 3).await;
        app.booked(&followed, Some("2026-12-16")).await;
        for (day, count) in [("2026-12-10", 0), ("2026-12-11", 1), ("2026-12-16", 0), ("2026-12-17", 0)] {
            app.on_day(day);
            assert_eq!(plan(&app).await, count, "{day}");
        }
        assert_eq!(app.planned().await, ["REVIEW_BOOKED PROFESSIONAL 2026-12-11 PLANNED"]);
        app.on_day("2026-12-14");
        let notice = the_notice(&app).await;
        assert_eq!((notice.kind, notice.deadline), (NoticeKind::ReviewBooked, date("2026-12-16")));
    }
}

on_both! {
    async fn after_a_month_without_a_worker_each_open_review_gets_its_latest_notice_once(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-09-14", 3).await;
        app.followed(&desk, "2026-06-14", 3).await;
        app.on_day("2027-01-20");
        assert_eq!(plan(&app).await, 3);
        assert_eq!(plan(&app).await, 0);
        assert_eq!(app.planned().await, [
            "REVIEW_DUE PROFESSIONAL 2026-12-14 PLANNED",
            "REVIEW_OVERDUE COORDINATOR 2027-01-14 PLANNED",
            "REVIEW_OVERDUE PROFESSIONAL 2027-01-14 PLANNED",
        ]);
        let mut sent = 0;
        for (_, decision) in decide(&app).await {
            assert!(matches!(decision, Decision::Send(_)), "{decision:?}");
            sent += 1;
        }
        assert_eq!(sent, 3);
    }
}

on_both! {
    async fn nothing_happens_at_weekends_on_holidays_and_at_night(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-09-24", 3).await;
        for silent in ["2026-12-24", "2026-12-25", "2026-12-26", "2026-12-27"] {
            app.on_day(silent);
            assert_eq!(plan(&app).await, 0, "{silent}");
        }
        app.at("2026-12-28", "06:00");
        assert_eq!(plan(&app).await, 1);
        for (day, time) in [("2026-12-28", "08:59"), ("2027-01-01", "12:00"), ("2027-01-02", "12:00"), ("2027-01-04", "03:00")] {
            app.at(day, time);
            assert!(claim(&app, 100).await.is_empty(), "{day} {time}");
        }
        app.at("2027-01-04", "09:00");
        assert_eq!(claim(&app, 100).await.len(), 1);
    }
}

on_both! {
    async fn the_statements_and_the_rules_agree_on_every_day(app: App) {
        let desk = app.desk().await;
        let bases = ["2026-01-31", "2026-03-19", "2026-06-01", "2026-07-06", "2026-08-30"];
        let mut n = 0;
        for base in bases {
            for interval in 3..=6 {
                let followed = app.followed(&desk, base, interval).await;
                // Booked days all round the window, some long past, some after the overdue notice.
                let from_base = [None, Some(60), Some(100), Some(140), Some(186), Some(190), Some(240)][n % 7];
                let booked = from_base.map(|days| (date(base) + chrono::Days::new(days)).to_string());
                app.booked(&followed, booked.as_deref()).await;
                if n % 5 == 4 {
                    app.run("UPDATE support_relationships SET professional_follows = false WHERE id = $1",
                        [followed.relationship.0.into()]).await;
                }
                n += 1;
            }
        }
        let db = app.db().await;
        let reviews = joint_reviews::Entity::find().all(&db).await.unwrap();
        let relationships: HashMap<_, _> = support_relationships::Entity::find().all(&db).await.unwrap()
            .into_iter().map(|it| (it.id, it)).collect();
        let mut kinds = HashSet::new();
        let days = date("2026-03-01").iter_days().take(460).filter(|day| is_working_day(*day));
        for day in days.step_by(3) {
            app.run("DELETE FROM outbox_messages", []).await;
            app.on_day(&day.to_string());
            plan(&app).await;
            let mut expected: Vec<(uuid::Uuid, NoticeKind, NaiveDate, bool)> = Vec::new();
            for review in &reviews {
                let follows = relationships[&review.relationship_id].professional_follows;
                let dates = NoticeDates {
                    coming_on: review.coming_notice_on,
                    due_on: review.due_notice_on,
                    nudge_on: review.nudge_notice_on,
                    booked_reminder_on: review.booked_notice_on,
                    booked_for: review.booked_for,
                    overdue_on: review.overdue_notice_on.unwrap(),
                    overdue_again_on: review.overdue_again_notice_on.unwrap(),
                };
                let Some((notice, on)) = latest_applicable(&dates, follows, day) else { continue };
                let (kind, both) = match notice {
                    ReviewNotice::Coming => (NoticeKind::ReviewComing, false),
                    ReviewNotice::Due => (NoticeKind::ReviewDue, false),
                    ReviewNotice::DueNoProfessional => (NoticeKind::ReviewDueNoProfessional, false),
                    ReviewNotice::Nudge => (NoticeKind::ReviewNudge, false),
                    ReviewNotice::BookedReminder => (NoticeKind::ReviewBooked, false),
                    ReviewNotice::Overdue | ReviewNotice::OverdueAgain => (NoticeKind::ReviewOverdue, follows),
                };
                kinds.insert(kind);
                let coordinator_alone = !follows;
                expected.push((review.relationship_id.0, kind, on, coordinator_alone));
                if both {
                    expected.push((review.relationship_id.0, kind, on, true));
                }
            }
            let mut written: Vec<_> = app.outbox().await.into_iter()
                .map(|row| (row.subject_id, row.kind, row.for_on, row.recipient_role.code() == "COORDINATOR"))
                .collect();
            expected.sort();
            written.sort();
            assert_eq!(written, expected, "{day}");
            for (claimed, decision) in decide(&app).await {
                assert!(matches!(decision, Decision::Send(_)), "{day}: {claimed:?} {decision:?}");
            }
        }
        assert_eq!(kinds.len(), 6, "every kind was met: {kinds:?}");
        db.close().await.unwrap();
    }
}

on_both! {
    async fn a_notice_says_what_it_may_and_no_more(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let notice = the_notice(&app).await;
        assert_eq!(notice.email.reveal(), &address("Kaisa Esimerkki"));
        assert_eq!(notice.first_name.as_ref().unwrap().reveal(), "Kaisa");
        assert_eq!(notice.case_code, followed.code);
        assert_eq!(notice.deadline, date("2027-02-24"));
        assert_eq!(notice.organisation_name, None, "its name may tell what it is about");
        assert_eq!((notice.to, notice.capacity), (Some(desk.kaisa.id), Capacity::Professional));
        app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
        app.run("UPDATE organisations SET is_name_neutral = true", []).await;
        let again = the_notice(&app).await;
        assert_eq!(again.organisation_name.as_deref(), Some("Esimerkkiyhdistys"));
        assert_eq!(again.message_mac, notice.message_mac, "the same over attempts");
        assert_eq!(again.written_at, notice.written_at);
    }
}

on_both! {
    async fn a_notice_goes_to_whoever_is_there(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        let pekka = app.person("Pekka Esimerkki", desk.city, Role::Professional).await;
        let anna = app.person("Anna Esimerkki", desk.city, Role::Professional).await;
        let sirpa = app.person("Sirpa Malli", desk.association, Role::Coordinator).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let to = async |expected: Option<&str>| {
            app.run("UPDATE outbox_messages SET available_ms = 0, attempts = 0", []).await;
            let notice = the_notice(&app).await;
            assert_eq!(Some(notice.email.reveal().as_str()), expected.map(address).as_deref());
            notice.capacity
        };
        to(Some("Kaisa Esimerkki")).await;

        // Her cases move to another.
        app.handed_to(&followed, &pekka, "2026-11-23").await;
        to(Some("Pekka Esimerkki")).await;

        // He is away, and stood in for; on other days he is not.
        app.away(&pekka, &anna, "2026-11-20", "2026-11-24").await;
        assert_eq!(to(Some("Anna Esimerkki")).await, Capacity::Professional);
        app.on_day("2026-11-25");
        to(Some("Pekka Esimerkki")).await;

        // His address has been refused twice; once would do no harm.
        app.run("UPDATE people SET email_bounces = 1 WHERE id = $1", [pekka.id.0.into()]).await;
        to(Some("Pekka Esimerkki")).await;
        app.run("UPDATE people SET email_bounces = 2 WHERE id = $1", [pekka.id.0.into()]).await;
        assert_eq!(to(Some("Maija Malli")).await, Capacity::Coordinator);
        app.run("UPDATE people SET email_bounces = 0 WHERE id = $1", [pekka.id.0.into()]).await;
        to(Some("Pekka Esimerkki")).await;

        // His role has ended and his cases were not moved.
        app.run("UPDATE role_grants SET valid_to = $2 WHERE person_id = $1",
            [pekka.id.0.into(), date("2026-11-24").into()]).await;
        to(Some("Maija Malli")).await;

        // The coordinator is away, stood in for, then gone; another is there; then nobody is.
        app.away(&desk.maija, &anna, "2026-11-25", "2026-11-26").await;
        to(Some("Anna Esimerkki")).await;
        app.on_day("2026-11-27");
        to(Some("Maija Malli")).await;
        app.run("UPDATE people SET is_active = false WHERE id = $1", [desk.maija.id.0.into()]).await;
        to(Some("Sirpa Malli")).await;
        app.run("UPDATE people SET email_sealed = NULL WHERE id = $1", [sirpa.id.0.into()]).await;
        app.run("UPDATE organisations SET mailbox = 'toimisto@example.org' WHERE id = $1", [desk.association.0.into()]).await;
        to(Some("toimisto")).await;
        app.run("UPDATE organisations SET mailbox = NULL", []).await;
        app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
        assert_eq!(fate(&app).await, Reason::NoRecipient);
    }
}

on_both! {
    async fn the_reader_is_written_to_in_their_own_language(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        for (person, organisation, expected) in [("sv", "fi", "sv"), ("se", "sv", "sv"), ("smn", "sms", "fi"), ("en", "fi", "en")] {
            app.run("UPDATE people SET language = $1", [person.into()]).await;
            app.run("UPDATE organisations SET language = $1", [organisation.into()]).await;
            app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
            assert_eq!(the_notice(&app).await.language.code(), expected);
        }
    }
}

on_both! {
    async fn what_no_longer_applies_is_not_sent(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        let review = || [followed.review.0.into()];
        let relationship = || [followed.relationship.0.into()];
        app.on_day("2026-11-24");
        plan(&app).await;
        let cases = [
            ("joint_reviews", "planned_on = planned_on, status = 'NOT_HELD'", "status = 'PLANNED'", Reason::ReviewClosed),
            ("joint_reviews", "cycle_no = 2", "cycle_no = 1", Reason::ReviewClosed),
            ("joint_reviews", "due_notice_on = '2026-11-25'", "due_notice_on = '2026-11-24'", Reason::DateMoved),
            ("support_relationships", "status = 'PAUSED'", "status = 'ACTIVE'", Reason::RelationshipNotActive),
            ("referrals", "status = 'WITHDRAWN'", "status = 'HANDED_OVER'", Reason::ConsentWithdrawn),
        ];
        for (table, change, back, reason) in cases {
            let id = || match table {
                "joint_reviews" => review(),
                "referrals" => [followed.referral.0.into()],
                _ => relationship(),
            };
            app.run(&format!("UPDATE {table} SET {change} WHERE id = $1"), id()).await;
            app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
            assert_eq!(fate(&app).await, reason, "{change}");
            app.run(&format!("UPDATE {table} SET {back} WHERE id = $1"), id()).await;
            app.run("UPDATE outbox_messages SET available_ms = 0", []).await;
            the_notice(&app).await;
        }
        app.on_day("2027-02-25");
        app.run("UPDATE outbox_messages SET available_ms = 0, attempts = 0", []).await;
        assert_eq!(fate(&app).await, Reason::Superseded);
    }
}

on_both! {
    async fn a_duty_that_stands_again_is_planned_again_in_the_same_row(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let before = app.outbox().await;
        let (claimed, _) = decide(&app).await.pop().unwrap();
        settle(&app, &[(claimed, End::Cancelled(Reason::RelationshipNotActive))]).await;
        assert_eq!(app.planned().await, ["REVIEW_DUE PROFESSIONAL 2026-11-24 CANCELLED RELATIONSHIP_NOT_ACTIVE"]);
        assert_eq!(plan(&app).await, 1);
        let after = app.outbox().await;
        assert_eq!((after.len(), after[0].id), (1, before[0].id));
        assert_eq!((after[0].attempts, after[0].reason.as_deref()), (0, None));

        let (claimed, _) = decide(&app).await.pop().unwrap();
        settle(&app, &[(claimed, End::Sent { to: Some(desk.kaisa.id) })]).await;
        assert_eq!(plan(&app).await, 0, "what was sent is done");
        assert_eq!(app.outbox().await[0].sent_to_id, Some(desk.kaisa.id));
    }
}

on_both! {
    async fn whoever_lost_the_lease_writes_nothing(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let ctx = app.job_ctx();
        let first = notices::claim(&ctx, 100, Duration::ZERO).await.unwrap().pop().unwrap();
        let second = claim(&app, 100).await.pop().unwrap();
        assert_eq!((first.id, first.attempt, second.attempt), (second.id, 1, 2));
        let sent = || End::Sent { to: None };
        assert!(settle(&app, &[(first.clone(), sent())]).await.is_empty());
        notices::give_back(&ctx, &[first]).await.unwrap();
        assert_eq!(app.outbox().await[0].status.code(), "CLAIMED");
        assert_eq!(settle(&app, &[(second.clone(), sent())]).await, [second.id]);
        assert!(settle(&app, &[(second, sent())]).await.is_empty(), "once is enough");
        let attempts = app.run("DELETE FROM message_attempts", []).await;
        assert_eq!(attempts, 1);
    }
}

on_both! {
    async fn what_failed_is_tried_again_later_and_given_up_in_the_end(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let retry = || End::Retry { code: "SMTP_450".to_owned() };
        let first = claim(&app, 100).await.pop().unwrap();
        notices::settle(&app.job_ctx(), &[(first, retry())], Duration::from_secs(60)).await.unwrap();
        assert!(claim(&app, 100).await.is_empty(), "not before half a minute");
        app.run("UPDATE outbox_messages SET available_ms = available_ms - 61000", []).await;
        let mut claimed = claim(&app, 100).await.pop().unwrap();
        assert_eq!(claimed.attempt, 2);
        while claimed.attempt < rules::MOST_ATTEMPTS {
            settle(&app, &[(claimed, retry())]).await;
            claimed = claim(&app, 100).await.pop().unwrap();
        }
        settle(&app, &[(claimed, retry())]).await;
        assert_eq!(app.planned().await, ["REVIEW_DUE PROFESSIONAL 2026-11-24 DEAD ATTEMPTS"]);
        assert_eq!(app.run("DELETE FROM message_attempts WHERE outcome = 'SMTP_450'", []).await, u64::from(rules::MOST_ATTEMPTS.unsigned_abs()));
        assert_eq!(plan(&app).await, 0, "nor is it planned again");
    }
}

on_both! {
    async fn a_row_that_kills_workers_is_tried_alone_and_ends_as_dead(app: App) {
        let desk = app.desk().await;
        for _ in 0..3 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        app.on_day("2026-11-24");
        plan(&app).await;
        let killed = async || notices::claim(&app.job_ctx(), 100, Duration::ZERO).await.unwrap();
        for attempt in 1..=rules::SUSPECT_ATTEMPTS {
            assert_eq!(killed().await.len(), 3, "attempt {attempt}");
        }
        let alone = claim(&app, 100).await;
        assert_eq!(alone.len(), 1, "from now on one by one");
        settle(&app, &[(alone[0].clone(), End::Sent { to: None })]).await;
        app.run("UPDATE outbox_messages SET attempts = $1 WHERE status = 'CLAIMED'", [rules::MOST_ATTEMPTS.into()]).await;
        for _ in 0..2 {
            assert!(killed().await.is_empty());
        }
        let mut ends: Vec<String> = app.outbox().await.into_iter().map(|row| row.status.code()).collect();
        ends.sort();
        assert_eq!(ends, ["DEAD", "DEAD", "SENT"]);
    }
}

on_both! {
    async fn a_paused_queue_gives_nothing_out(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let ctx = app.job_ctx();
        let claimed = claim(&app, 100).await;
        notices::pause(&ctx, "AUTH", Duration::from_secs(300)).await.unwrap();
        notices::give_back(&ctx, &claimed).await.unwrap();
        assert!(claim(&app, 100).await.is_empty());
        assert_eq!(notices::paused(&ctx).await.unwrap().as_deref(), Some("AUTH"));
        let row = app.outbox().await.remove(0);
        assert_eq!((row.status.code().as_str(), row.attempts), ("PLANNED", 0), "no recipient is blamed");
        notices::pause(&ctx, "AUTH", Duration::ZERO).await.unwrap();
        assert_eq!(notices::paused(&ctx).await.unwrap(), None);
        assert_eq!(claim(&app, 100).await.len(), 1);
    }
}

on_both! {
    async fn eight_workers_claim_two_hundred_rows_each_exactly_once(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        for cycle in 2..=200 {
            app.run("INSERT INTO outbox_messages (id, organisation_id, kind, subject_id, cycle_no, recipient_role, for_on,
                status, not_before, key_version, created_at)
                SELECT $1, organisation_id, kind, subject_id, $2, recipient_role, for_on, 'PLANNED', not_before, 1, created_at
                FROM outbox_messages WHERE subject_id = $3 AND cycle_no = 1",
                [rinnalla_domain::ids::Id::uuid(<OutboxMessageId as rinnalla_domain::ids::Id>::random()).into(), cycle.into(), followed.relationship.0.into()]).await;
        }
        let workers: Vec<_> = (0..8)
            .map(|_| {
                let register = app.register.clone();
                tokio::spawn(async move {
                    let ctx = rinnalla_domain::ctx::Ctx::new(&register, None, rinnalla_domain::texts::Language::Fi);
                    let mut mine = Vec::new();
                    loop {
                        let claimed = notices::claim(&ctx, 7, LEASE).await.unwrap();
                        if claimed.is_empty() {
                            return mine;
                        }
                        mine.extend(claimed.into_iter().map(|it| it.id));
                    }
                })
            })
            .collect();
        let mut all = Vec::new();
        for worker in workers {
            all.extend(worker.await.unwrap());
        }
        assert_eq!(all.len(), 200);
        assert_eq!(all.iter().collect::<HashSet<_>>().len(), 200);
    }
}

on_both! {
    async fn planning_and_looking_anew_take_a_fixed_number_of_statements(app: App) {
        let desk = app.desk().await;
        app.on_day("2026-11-24");
        let mut counts = Vec::new();
        for more in [1, 20] {
            for _ in 0..more {
                app.followed(&desk, "2026-08-24", 3).await;
            }
            app.forget_statements();
            plan(&app).await;
            let planning = app.statements().len();
            let claimed = claim(&app, 100).await;
            assert_eq!(claimed.len(), more);
            app.forget_statements();
            notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
            counts.push((planning, app.statements().len()));
        }
        assert_eq!(counts, [(6, 3), (6, 3)]);
    }
}
