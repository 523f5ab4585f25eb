//! Each population with an example that can be counted by hand.

use rinnalla_domain::ids::{ExpertAssignmentId, ExpertProfileId, Id as _};
use rinnalla_domain::states::Role;
use rinnalla_domain::synthetic::{Amount, sow};
use sea_orm::Value as Cell;
use serde_json::json;

use super::{Figures, counts, finished_course, value};
use crate::on_both;
use crate::support::date;

on_both! {
    async fn four_courses_with_41_participants_have_28_graduates(app: App) {
        let figures = Figures::new(&app).await;
        let (of, by) = (figures.world.association, figures.world.kaisa.id);
        for (on, took_part) in [("2025-03-13", 10), ("2025-05-15", 10), ("2025-09-11", 10), ("2025-12-31", 11)] {
            finished_course(&app, of, by, on, (took_part, 7)).await;
        }
        // One of another year, by a day of Helsinki's calendar.
        finished_course(&app, of, by, "2026-01-01", (6, 6)).await;
        assert!(figures.publish(&app).await > 100);
        let results = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &["RESULT"]).await;
        assert_eq!(counts(&results), json!({ "GRADUATED": 28, "NOT_GRADUATED": 13 }));
        assert!((28.0_f64 / 41.0 - 0.6829).abs() < 0.00005);
        let total = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &[]).await;
        assert_eq!(counts(&total), json!({ "": 41 }));
        // 28 were there eight times; 13 four times of eight, and excused once.
        assert_eq!(value(&total, 0, "ATTENDED"), json!(28.0 * 8.0 + 13.0 * 4.0));
        assert_eq!(value(&total, 0, "RECORDED"), json!(41.0 * 8.0));
        assert_eq!(value(&total, 0, "KEPT"), json!(28.0 * 8.0 + 13.0 * 5.0));
        let courses = figures.table(&app, "COURSES", "2025", &[]).await;
        assert_eq!(counts(&courses), json!({ "": 4 }), "so 10.25 took part in each");
        let persons = figures.table(&app, "COURSE_PERSONS", "2025", &[]).await;
        assert_eq!(counts(&persons), json!({ "": 41 }));
        let quarters = figures.table(&app, "COURSE_PARTICIPANTS", "2025", &["QUARTER"]).await;
        assert_eq!(counts(&quarters), json!({ "Q1": 10, "Q2": 10, "Q3": 10, "Q4": 11 }));
        for (period, n) in [("2025H1", 20), ("2025Q4", 11), ("2026Q1", 6)] {
            assert_eq!(counts(&figures.table(&app, "COURSE_PARTICIPANTS", period, &[]).await), json!({ "": n }), "{period}");
        }
        let marks = figures.table(&app, "SESSION_ATTENDANCE", "2025", &["SESSION", "MARK"]).await;
        assert_eq!(counts(&marks)["1 THERE"], json!(41));
        assert_eq!((&counts(&marks)["8 THERE"], &counts(&marks)["8 AWAY"]), (&json!(28), &json!(13)));
        // What the association itself is told is the same, by other rows.
        let own = figures.own(&app, "COURSE_PARTICIPANTS", "2025", &["RESULT"]).await;
        assert_eq!((&own["standing"], counts(&own)), (&json!("INTERNAL"), counts(&results)));
    }
}

on_both! {
    async fn half_an_expert_of_four_is_told_to_the_own_association_alone(app: App) {
        let figures = Figures::new(&app).await;
        let kaisa = &figures.world.kaisa;
        let eero = app.person("Eero Osaava", figures.world.association, Role::Expert).await;
        let now = app.register.clock.now();
        let (profile, of) = (ExpertProfileId::random(), figures.world.association);
        app.run(
            "INSERT INTO expert_profiles (id, organisation_id, person_id, trainer_id, trained_on, created_by, created_at)
             VALUES ($1, $2, $3, $2, $4, $5, $6)",
            [Cell::from(profile.0), of.0.into(), eero.id.0.into(), date("2021-12-01").into(), kaisa.id.0.into(), now.into()],
        ).await;
        app.run(
            "INSERT INTO expert_assignments (id, profile_id, host_id, task, working_time_pct, compensation, employment, funding, phase,
               from_on, recorded_by, recorded_at)
             VALUES ($1, $2, $3, 'CLIENT_WORK', 50, 'EXPENSES', 'VOLUNTEER', 'GRANTED', 'UNKNOWN', $4, $5, $6)",
            [Cell::from(ExpertAssignmentId::random().0), profile.0.into(), of.0.into(), date("2022-02-01").into(),
                kaisa.id.0.into(), now.into()],
        ).await;
        app.run(
            "INSERT INTO expert_targets (organisation_id, year, fte_hundredths) VALUES ($1, 2022, 400)",
            [Cell::from(of.0)],
        ).await;
        figures.publish(&app).await;
        let own = figures.own(&app, "EXPERT_ASSIGNMENTS", "2022", &[]).await;
        assert_eq!(value(&own, 0, "WORKING_TIME_PCT"), json!(50.0), "0.50 full-time experts");
        let planned = figures.own(&app, "PLANNED_EXPERTS", "2022", &[]).await;
        assert_eq!(value(&planned, 0, "WORKING_TIME_PCT"), json!(400.0), "against 4.0");
        let told = figures.table(&app, "EXPERT_ASSIGNMENTS", "2022", &[]).await;
        assert_eq!((&told["rows"][0]["count"], &told["rows"][0]["isHidden"]), (&json!(null), &json!(true)));
        assert_eq!(value(&told, 0, "WORKING_TIME_PCT"), json!(null));
        // Before it began there was none, and nought is shown.
        assert_eq!(counts(&figures.table(&app, "EXPERT_ASSIGNMENTS", "2021", &[]).await), json!({ "": 0 }));
    }
}

on_both! {
    async fn a_referral_counts_as_far_as_it_has_come(app: App) {
        let figures = Figures::new(&app).await;
        let world = &figures.world;
        let supporter = world.active(&app, "Sanna Tukeva").await;
        world.submitted(&app).await;
        let referral = world.submitted(&app).await;
        let (_, relationship) = world.disclosed(&app, &referral, &supporter).await;
        app.on_day("2026-12-07");
        world.meet(&app, &relationship).await.done();
        world.submitted(&app).await;
        let quarter = figures.own(&app, "REFERRALS", "2026Q4", &[]).await;
        assert_eq!(counts(&quarter), json!({ "": 3 }));
        assert_eq!(value(&quarter, 0, "DAYS_TO_FIRST_MEETING"), json!(14.0));
        let stages = figures.own(&app, "REFERRALS", "2026", &["STAGE"]).await;
        assert_eq!(counts(&stages), json!({ "HANDED_OVER": 1, "SUBMITTED": 2 }));
        let waiting = figures.own(&app, "WAITING_REFERRALS", "2026", &[]).await;
        assert_eq!(counts(&waiting), json!({ "": 2 }));
        assert_eq!(counts(&figures.own(&app, "REFERRALS", "2026Q3", &[]).await), json!({ "": 0 }));
        let supporters = figures.own(&app, "SUPPORT_PERSONS", "2026", &["SUPERVISED"]).await;
        assert_eq!(counts(&supporters), json!({ "NO": 1 }));
    }
}

on_both! {
    async fn published_figures_agree_with_plain_counts(app: App) {
        let figures = Figures::new(&app).await;
        sow(&app.register, Amount { relationships: 120, seed: 6 }, |_| ()).await.unwrap();
        figures.publish(&app).await;
        for (measure, period, plain) in [
            ("REFERRALS", "2025", "SELECT count(*) FROM referral_acts WHERE kind = 'SUBMITTED' AND cancelled_at IS NULL
               AND on_date BETWEEN '2025-01-01' AND '2025-12-31'"),
            ("ACTIVE_RELATIONSHIPS", "2026Q3", "SELECT count(*) FROM support_relationships r WHERE r.status <> 'CANCELLED'
               AND r.starts_on <= '2026-09-30' AND (r.ended_on IS NULL OR r.ended_on > '2026-09-30') AND coalesce((
                 SELECT a.kind FROM support_relationship_acts a WHERE a.relationship_id = r.id AND a.cancelled_at IS NULL
                   AND a.kind IN ('PAUSED', 'RESUMED') AND a.on_date <= '2026-09-30' ORDER BY a.on_date DESC, a.id DESC LIMIT 1), '')
                 <> 'PAUSED'"),
            ("ENDED_RELATIONSHIPS", "2026H1", "SELECT count(*) FROM support_relationships WHERE status = 'ENDED'
               AND starts_on IS NOT NULL AND ended_on BETWEEN '2026-01-01' AND '2026-06-30'"),
            ("MEETINGS", "2026Q2", "SELECT count(*) FROM meetings WHERE cancelled_at IS NULL
               AND met_on BETWEEN '2026-04-01' AND '2026-06-30'"),
            ("REVIEWS", "2026Q3", "SELECT count(*) FROM joint_reviews WHERE status <> 'CANCELLED'
               AND window_end_on BETWEEN '2026-07-01' AND '2026-09-30'"),
        ] {
            let told = counts(&figures.table(&app, measure, period, &[]).await);
            let plain = match app.read_sql(plain).await.as_str() {
                "1" | "2" | "3" | "4" => "null".to_owned(),
                n => n.to_owned(),
            };
            assert_eq!(told[""].to_string(), plain, "{measure} {period}");
        }
    }
}
