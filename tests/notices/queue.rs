//! How rows are claimed, tried again, given up and given back.

use super::*;

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
                [OutboxMessageId::random().uuid().into(), cycle.into(), followed.relationship.0.into()]).await;
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
    async fn the_queue_is_told_in_numbers(app: App) {
        let desk = app.desk().await;
        for _ in 0..3 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        let standing = async || notices::standing(&app.job_ctx()).await.unwrap();
        assert_eq!(standing().await, notices::Standing::default());
        app.on_day("2026-11-24");
        plan(&app).await;
        app.at("2026-11-24", "08:30");
        assert_eq!(standing().await.oldest_due, None, "mail leaves from nine on");
        app.at("2026-11-24", "10:00");
        let nine = crate::support::at("2026-11-24", "09:00");
        assert_eq!(standing().await.oldest_due, Some(nine));
        assert_eq!(told(&standing().await), ["PLANNED 3"]);
        let mut claimed = claim(&app, 2).await;
        assert_eq!(told(&standing().await), ["CLAIMED 2", "PLANNED 1"]);
        let dead = End::Dead { code: "SMTP_550".to_owned(), refused: None };
        let ends = [(claimed.pop().unwrap(), dead), (claimed.pop().unwrap(), End::Sent { to: None })];
        settle(&app, &ends).await;
        assert_eq!(told(&standing().await), ["PLANNED 1", "DEAD 1"], "what was sent is not counted");
        notices::pause(&app.job_ctx(), "AUTH", Duration::from_secs(60)).await.unwrap();
        assert!(standing().await.is_paused);
    }
}

fn told(standing: &notices::Standing) -> Vec<String> {
    let counts = standing.counts.iter();
    counts
        .map(|(status, n)| format!("{} {n}", status.code()))
        .collect()
}
