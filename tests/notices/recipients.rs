//! Whom a notice goes to, what it says, and when it is not sent after all.

use super::*;

on_both! {
    async fn a_notice_says_what_it_may_and_no_more(app: App) {
        let desk = app.desk().await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let notice = the_notice(&app).await;
        assert_eq!(notice.email.reveal(), &address("Kaisa Esimerkki"));
        assert_eq!(notice.first_name.as_ref().unwrap().reveal(), "Kaisa");
        let (capacity, case_code, deadline) = matter(&notice);
        assert_eq!((case_code, deadline), (followed.code, date("2027-02-24")));
        assert_eq!(notice.organisation_name, None, "its name may tell what it is about");
        assert_eq!((notice.to, capacity), (Some(desk.kaisa.id), Capacity::Professional));
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
            matter(&notice).0
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
