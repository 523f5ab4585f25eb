//! Notices of sessions: who hears of what, when, and that nothing goes out twice.

use std::time::Duration;

use rinnalla_domain::notices::{self, About, Claimed, Decision, End, Mailing, Reason};
use rinnalla_domain::states::{NoticeKind, Role};
use serde_json::json;

use crate::on_both;
use crate::support::courses::Led;
use crate::support::matching::World;
use crate::support::{Actor, App};

async fn plan(app: &App) -> u64 {
    let ctx = app.job_ctx();
    notices::enqueue_session_reminders(&ctx).await.unwrap()
}

async fn decide(app: &App) -> Vec<(Claimed, Decision)> {
    let lease = Duration::from_secs(60);
    let claimed = notices::claim(&app.job_ctx(), 100, lease).await.unwrap();
    let decisions = notices::resolve(&app.job_ctx(), &claimed).await.unwrap();
    claimed.into_iter().zip(decisions).collect()
}

/// What goes out now; it counts as sent, and what was cancelled or skipped as that.
async fn sent(app: &App) -> Vec<Mailing> {
    let (mut ends, mut sent) = (Vec::new(), Vec::new());
    for (claimed, decision) in decide(app).await {
        let end = match decision {
            Decision::Send(mailing) => {
                let to = mailing.to;
                sent.push(*mailing);
                End::Sent { to }
            }
            Decision::Skip(reason) => End::Skipped(reason),
            Decision::Cancel(reason) => End::Cancelled(reason),
            Decision::Dead(code) => panic!("{code}"),
        };
        ends.push((claimed, end));
    }
    notices::settle(&app.job_ctx(), &ends, Duration::ZERO)
        .await
        .unwrap();
    sent
}

/// A course that begins on Thursday 3.12.2026: Venla wants to be reminded, Vesa does not, Aino has no address.
async fn course(app: &App) -> (World, Led, Actor) {
    let world = World::new(app).await;
    let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
    let venla = app
        .person("Venla", world.association, Role::PeerGuide)
        .await;
    let vesa = app.person("Vesa", world.association, Role::PeerGuide).await;
    led.enrol_person(app, &venla).await;
    led.enrol(app, "Aino").await;
    let input = json!({ "courseId": led.id, "personId": vesa.node(), "wantsReminders": false });
    led.ossi
        .does(app, "enrolmentAddPerson", "enrolment { id }", input)
        .await
        .done();
    (world, led, venla)
}

fn said(mailing: &Mailing) -> (NoticeKind, String) {
    let About::Session { appointment, .. } = &mailing.about else {
        panic!("{mailing:?}")
    };
    let at = appointment.starts_at.format("%H:%M");
    (mailing.kind, format!("{} {at}", appointment.on))
}

on_both! {
    async fn two_working_days_before_a_session_those_who_want_it_and_those_who_lead_are_reminded_once(app: App) {
        let (_, led, venla) = course(&app).await;
        app.on_day("2026-11-30");
        assert_eq!(plan(&app).await, 0, "three working days before");
        app.on_day("2026-12-01");
        assert_eq!(plan(&app).await, 3);
        assert_eq!(plan(&app).await, 0, "looked at twice");
        let letters = sent(&app).await;
        let mut to: Vec<_> = letters.iter().map(|it| it.to.unwrap()).collect();
        let mut expected = vec![venla.id, led.ossi.id, led.outi.id];
        to.sort();
        expected.sort();
        assert_eq!(to, expected);
        for letter in &letters {
            assert_eq!(said(letter), (NoticeKind::SessionComing, "2026-12-03 12:00".to_owned()));
            assert_eq!(letter.organisation_name, None, "its name may tell what it is about");
        }
        app.on_day("2026-12-02");
        assert_eq!(plan(&app).await, 0, "once and no more");
    }
}

on_both! {
    async fn a_session_that_is_moved_moves_its_unsent_mail_and_never_doubles_it(app: App) {
        let (_, led, venla) = course(&app).await;
        app.at("2026-12-01", "08:00");
        assert_eq!(plan(&app).await, 3, "planned, and not sent before nine");
        let mut input = led.session(&app, 0).await;
        input["on"] = json!("2026-12-08");
        input["startsAt"] = json!("16:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input.clone()).await.done();
        let count = async |condition: &str| app.read_sql(&format!("SELECT count(*) FROM outbox_messages WHERE {condition}")).await;
        assert_eq!(count("kind = 'SESSION_COMING' AND status = 'CANCELLED' AND reason = 'DATE_MOVED'").await, "3");
        assert_eq!(plan(&app).await, 0, "the new day is far");
        // Moved once more before anything went out: the earlier word of it is not sent.
        input["version"] = json!(2);
        input["startsAt"] = json!("17:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input).await.done();
        app.at("2026-12-01", "09:30");
        let letters = sent(&app).await;
        let told: Vec<_> = letters.iter().map(|it| (it.to.unwrap(), said(it))).collect();
        let moved = (NoticeKind::SessionMoved, "2026-12-08 17:00".to_owned());
        assert_eq!(told.len(), 2, "{told:?}: Venla and Outi; Ossi did it");
        assert!(told.contains(&(venla.id, moved.clone())) && told.contains(&(led.outi.id, moved)));
        // The reminder comes two working days before the new day: 6.12. is a holiday, and a Sunday besides.
        app.on_day("2026-12-04");
        assert_eq!(plan(&app).await, 3);
        let letters = sent(&app).await;
        assert!(letters.iter().all(|it| said(it) == (NoticeKind::SessionComing, "2026-12-08 17:00".to_owned())));
        assert_eq!(letters.len(), 3);
        app.on_day("2026-12-07");
        assert_eq!(plan(&app).await, 0);
        assert_eq!(count("kind = 'SESSION_COMING' AND status = 'SENT'").await, "3");
    }
}

on_both! {
    async fn who_was_told_of_a_move_within_the_last_days_is_not_reminded_too(app: App) {
        let (_, led, venla) = course(&app).await;
        app.on_day("2026-11-30");
        let mut input = led.session(&app, 0).await;
        input["on"] = json!("2026-12-01");
        input["startsAt"] = json!("12:00");
        led.ossi.does(&app, "courseSessionMove", "courseSession { id }", input).await.done();
        assert_eq!(plan(&app).await, 1, "Ossi, who moved it himself");
        let letters = sent(&app).await;
        let kinds: Vec<_> = letters.iter().map(|it| (it.to.unwrap(), it.kind)).collect();
        assert!(kinds.contains(&(venla.id, NoticeKind::SessionMoved)) && kinds.contains(&(led.ossi.id, NoticeKind::SessionComing)), "{kinds:?}");
        assert_eq!(kinds.len(), 3);
    }
}

on_both! {
    async fn a_cancelled_session_cancels_its_mail_and_is_told_of_at_once(app: App) {
        let (_, led, venla) = course(&app).await;
        app.at("2026-12-01", "08:00");
        plan(&app).await;
        let cancel = led.session(&app, 0).await;
        led.ossi.does(&app, "courseSessionCancel", "courseSession { id }", cancel).await.done();
        assert_eq!(plan(&app).await, 0);
        app.at("2026-12-01", "09:30");
        let told: Vec<_> = sent(&app).await.iter().map(|it| (it.to.unwrap(), said(it))).collect();
        let cancelled = (NoticeKind::SessionCancelled, "2026-12-03 12:00".to_owned());
        assert_eq!(told.len(), 2);
        assert!(told.contains(&(venla.id, cancelled.clone())) && told.contains(&(led.outi.id, cancelled)));
        // Made up for, the new one is told of and reminded of under the same number.
        let cancelled = led.session(&app, 0).await;
        let mut instead = cancelled.clone();
        instead["on"] = json!("2026-12-09");
        instead["startsAt"] = json!("10:00");
        led.ossi.does(&app, "courseSessionMakeUp", "courseSession { id }", instead).await.done();
        let told: Vec<_> = sent(&app).await.iter().map(said).collect();
        assert_eq!(told, vec![(NoticeKind::SessionMoved, "2026-12-09 10:00".to_owned()); 2]);
        app.on_day("2026-12-07");
        assert_eq!(plan(&app).await, 3);
    }
}

on_both! {
    async fn a_cancelled_course_is_told_of_once_and_reminds_of_nothing(app: App) {
        let (world, led, _) = course(&app).await;
        app.at("2026-12-01", "08:00");
        plan(&app).await;
        let input = json!({ "courseId": led.id, "version": 4 });
        world.kaisa.does(&app, "courseCancel", "course { id }", input).await.done();
        app.at("2026-12-01", "09:30");
        assert_eq!(plan(&app).await, 0);
        let told: Vec<_> = sent(&app).await.iter().map(said).collect();
        assert_eq!(told, vec![(NoticeKind::SessionCancelled, "2026-12-03 12:00".to_owned()); 3], "the next one, to each");
        let input = json!({ "courseId": led.id, "version": 5 });
        world.kaisa.does(&app, "courseReinstate", "course { id }", input).await.done();
        let told: Vec<_> = sent(&app).await.iter().map(said).collect();
        assert_eq!(told, vec![(NoticeKind::SessionMoved, "2026-12-03 12:00".to_owned()); 3], "it takes place after all");
    }
}

on_both! {
    async fn what_is_claimed_is_looked_at_again_before_it_is_sent(app: App) {
        let (_, led, venla) = course(&app).await;
        app.on_day("2026-12-01");
        plan(&app).await;
        let part = led.seen_by(&app, &led.ossi).await["enrolments"][0]["id"].clone();
        let input = json!({ "enrolmentId": part, "version": 1, "wantsReminders": false });
        venla.does(&app, "enrolmentChooseReminders", "ownEnrolment { id }", input).await.done();
        let input = json!({ "courseId": led.id, "version": 4, "personId": led.outi.node() });
        led.kaisa.does(&app, "courseFacilitatorRemove", "course { id }", input).await.done();
        let input = json!({ "version": 1, "kinds": ["SESSION_COMING"] });
        led.ossi.does(&app, "noticeOptOutsChange", "viewer { person { version } }", input).await.done();
        let mut fates: Vec<String> = decide(&app).await.into_iter().map(|(_, decision)| match decision {
            Decision::Cancel(reason) | Decision::Skip(reason) => reason.code(),
            other => panic!("{other:?}"),
        }).collect();
        fates.sort();
        assert_eq!(fates, [Reason::NotTakingPart, Reason::NotTakingPart, Reason::OptedOut].map(Reason::code));
    }
}

on_both! {
    async fn after_an_outage_nobody_is_reminded_of_what_has_been(app: App) {
        course(&app).await;
        app.at("2026-12-03", "12:00");
        assert_eq!(plan(&app).await, 0, "it has just begun");
        app.at("2026-12-03", "11:00");
        assert_eq!(plan(&app).await, 3, "late is better than never");
        app.on_day("2026-12-04");
        assert_eq!(sent(&app).await.len(), 0);
        assert_eq!(app.read_sql("SELECT count(*) FROM outbox_messages WHERE reason = 'SESSION_CLOSED'").await, "3");
    }
}
