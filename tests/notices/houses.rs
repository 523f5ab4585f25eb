//! Notices about supervision and drop-in places: a week before, each month, on Monday and on Thursday.

use super::*;
use crate::support::matching::World;
use rinnalla_domain::drop_in_places;

/// What is to be sent, and to whom, in the order in which it was planned.
async fn letters(app: &App) -> Vec<Mailing> {
    let decided = decide(app).await.into_iter();
    let sent = decided.filter_map(|(_, decision)| match decision {
        Decision::Send(mailing) => Some(*mailing),
        _ => None,
    });
    sent.collect()
}

async fn invited(app: &App) -> u64 {
    notices::enqueue_invitations(&app.job_ctx()).await.unwrap()
}

async fn monthly(app: &App) -> u64 {
    notices::enqueue_monthly_overviews(&app.job_ctx())
        .await
        .unwrap()
}

async fn weeks(app: &App) -> u64 {
    drop_in_places::enqueue_week_notices(&app.job_ctx())
        .await
        .unwrap()
}

async fn wishes(app: &App) -> u64 {
    notices::enqueue_wish_notices(&app.job_ctx()).await.unwrap()
}

fn without(version: i32, kinds: &[&str]) -> serde_json::Value {
    json!({ "version": version, "kinds": kinds })
}

on_both! {
    async fn an_invitation_to_supervision_is_mailed_a_week_before_and_moves_with_the_session(app: App) {
        let world = World::new(&app).await;
        let supervised = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let session = supervised.planned(&app, "2026-12-03", &[&venla, &eero]).await;
        app.on_day("2026-11-25");
        assert_eq!(invited(&app).await, 0, "eight days before");
        app.on_day("2026-11-26");
        eero.does(&app, "noticeOptOutsChange", "viewer { person { version } }", without(1, &["SUPERVISION_COMING"])).await.done();
        assert_eq!((invited(&app).await, invited(&app).await), (2, 0), "looked at twice");
        let decided = decide(&app).await;
        let skipped = decided.iter().filter(|(_, it)| matches!(it, Decision::Skip(Reason::OptedOut)));
        assert_eq!(skipped.count(), 1, "Eero does without");
        let mail = decided.into_iter().find_map(|(_, it)| match it { Decision::Send(mail) => Some(*mail), _ => None }).unwrap();
        let About::Session { appointment, .. } = &mail.about else { panic!("{mail:?}") };
        assert_eq!((mail.to, mail.kind, appointment.on), (Some(venla.id), NoticeKind::SupervisionComing, date("2026-12-03")));

        // It moves: what is unsent is called off when it would be sent, and the new day has a mail of its own.
        app.run("UPDATE outbox_messages SET status = 'PLANNED', available_ms = 0, lease_token = NULL", []).await;
        app.run("UPDATE supervision_sessions SET on_date = '2026-12-04' WHERE id = $1",
            [rinnalla_domain::ids::SupervisionSessionId::decode(&session).unwrap().0.into()]).await;
        let fates = decide(&app).await;
        assert!(fates.iter().all(|(_, it)| matches!(it, Decision::Cancel(Reason::DateMoved))), "{fates:?}");
        app.on_day("2026-11-27");
        assert_eq!(invited(&app).await, 2);
    }
}

on_both! {
    async fn a_coordinator_hears_each_month_how_many_are_without_supervision(app: App) {
        let world = World::new(&app).await;
        let supervised = app.supervised(world.association).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        app.run("UPDATE role_grants SET valid_from = '2026-01-01' WHERE person_id IN ($1, $2)", [venla.id.0.into(), eero.id.0.into()]).await;
        supervised.held(&app, "2026-11-20", &[&eero]).await;
        app.on_day("2026-12-01");
        assert_eq!(monthly(&app).await, 0, "no limit is set");
        let limit = json!({ "organisationId": world.association.encode(), "version": 0, "limitDays": 60 });
        world.kaisa.does(&app, "supervisionLimitSet", "supervisionSettings { limitDays }", limit).await.done();
        assert_eq!((monthly(&app).await, monthly(&app).await), (1, 0), "looked at twice");
        let mail = letters(&app).await.pop().unwrap();
        let About::Count { count, .. } = &mail.about else { panic!("{mail:?}") };
        assert_eq!((mail.kind, mail.to, *count), (NoticeKind::SupervisionMissing, Some(world.kaisa.id), 1), "Venla alone");
        let listed = supervised.peers(&app, &world.kaisa, true).await;
        assert_eq!(listed.len(), 1, "as many as the list shows");
        app.on_day("2027-01-04");
        assert_eq!(monthly(&app).await, 1, "the first working day of the next month");
    }
}

on_both! {
    async fn a_short_week_is_told_to_the_place_keeper_on_thursday_before_and_on_monday_after(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        app.run("UPDATE drop_in_places SET created_at = $1", [crate::support::at("2026-01-02", "10:00").into()]).await;
        app.on_day("2026-12-17");
        let told = weeks(&app).await;
        assert_eq!((told, weeks(&app).await), (1, 0), "Christmas week is short, the past one was not");
        let mail = letters(&app).await.pop().unwrap();
        let About::Week { monday, opaque_id } = &mail.about else { panic!("{mail:?}") };
        assert_eq!((mail.kind, mail.to), (NoticeKind::PlaceWeekNext, Some(world.kaisa.id)), "nobody keeps the places, so the coordinator");
        assert_eq!((*monday, opaque_id), (date("2026-12-21"), &place.id));

        // Somebody keeps the places now, and hears of the same week when it is past.
        let pia = app.person("Pia Paikka", world.association, Role::PlaceKeeper).await;
        app.on_day("2026-12-28");
        assert_eq!(weeks(&app).await, 1, "New Year's week is open on four days");
        let mails = letters(&app).await;
        let [mail] = &mails[..] else { panic!("{mails:?}") };
        assert_eq!((mail.kind, mail.to), (NoticeKind::PlaceWeekPast, Some(pia.id)));
    }
}

on_both! {
    async fn a_week_that_is_mended_before_the_mail_leaves_is_not_told(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        app.run("UPDATE drop_in_places SET created_at = $1", [crate::support::at("2026-01-02", "10:00").into()]).await;
        app.at("2026-12-17", "07:00");
        assert_eq!(weeks(&app).await, 1);
        let one = json!({ "dropInPlaceId": place.id, "on": "2026-12-27", "startsAt": "12:00", "endsAt": "16:00" });
        place.paavo.does(&app, "openingAdd", "opening { id }", one).await.done();
        assert_eq!(weeks(&app).await, 0);
        app.on_day("2026-12-17");
        assert!(decide(&app).await.is_empty(), "it was cancelled");
        assert_eq!(app.read_sql("SELECT reason FROM outbox_messages").await, "NOTHING_OPEN");
    }
}

on_both! {
    async fn guides_hear_on_monday_of_wishes_that_waited_a_fortnight(app: App) {
        let world = World::new(&app).await;
        let place = app.place(&world.kaisa, "kulma").await;
        let mut ids = Vec::new();
        for on in ["2026-11-09", "2026-11-16", "2026-11-17"] {
            let paper = json!({ "dropInPlaceId": place.id, "text": "Biljardipöytä", "receivedOn": on });
            ids.push(place.paavo.does(&app, "wishTypeIn", "wish { id }", paper).await.done()["wish"]["id"].clone());
        }
        app.on_day("2026-11-30");
        assert_eq!((wishes(&app).await, wishes(&app).await), (2, 0), "both paid guides, looked at twice");
        let answered = json!({ "wishId": ids[0], "version": 1, "status": "PLANNED", "answer": "Keväällä" });
        place.paavo.does(&app, "wishAnswer", "wish { id }", answered).await.done();
        place.pirjo.does(&app, "noticeOptOutsChange", "viewer { person { version } }", without(1, &["WISHES_UNANSWERED"])).await.done();
        let mails = letters(&app).await;
        let [mail] = &mails[..] else { panic!("{mails:?}") };
        let About::Count { count, opaque_id } = &mail.about else { panic!("{mail:?}") };
        assert_eq!((mail.to, mail.kind, *count, opaque_id), (Some(place.paavo.id), NoticeKind::WishesUnanswered, 1, &place.id));
    }
}
