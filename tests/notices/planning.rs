//! Which notices are planned, and when.

use super::*;

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
        assert_eq!((overdue.to, matter(overdue).0), (Some(desk.maija.id), Capacity::Coordinator));
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
        assert_eq!((notice.kind, matter(&notice).2), (NoticeKind::ReviewBooked, date("2026-12-16")));
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
        assert_eq!(counts, [(6, 4), (6, 4)]);
    }
}
