//! The front page.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;

use crate::on_both;

on_both! {
    async fn what_waits_is_shown_the_most_urgent_first_with_the_way_there(app: App) {
        let desk = app.desk().await;
        let due = app.followed(&desk, "2026-08-20", 3).await;
        let overdue = app.followed(&desk, "2026-05-20", 3).await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        for (language, sentences) in [
            ("fi", ["2 asiaa odottaa", "Väliarvion aika on mennyt", "3 päivää myöhässä"]),
            ("sv", ["2 ärenden väntar", "Tiden för mellanutvärderingen har gått ut", "3 dagar försenat"]),
            ("en", ["2 matters are waiting", "The time for a joint review has passed", "3 days late"]),
        ] {
            kaisa.get(&format!("/language/{language}")).await;
            let shown = kaisa.get("/").await;
            let html = shown.with(StatusCode::OK);
            for sentence in sentences {
                assert!(html.contains(sentence), "{language}: {sentence}\n{html}");
            }
            let place = |id: &str| html.find(&format!("href=\"/reviews/{id}\"")).expect("a way there");
            assert!(place(&overdue.review.encode()) < place(&due.review.encode()));
            assert!(html.contains(&overdue.code.to_string()));
        }
    }
}

on_both! {
    async fn the_front_page_costs_the_same_however_much_waits(app: App) {
        let desk = app.desk().await;
        let mut kaisa = app.browser_of(&desk.kaisa).await;
        app.followed(&desk, "2026-08-20", 3).await;
        let one = kaisa.get("/").await.statements;
        for _ in 0..9 {
            app.followed(&desk, "2026-08-20", 3).await;
        }
        let shown = kaisa.get("/").await;
        assert!(shown.html.contains("10 asiaa odottaa"));
        assert_eq!(shown.statements.len(), one.len(), "{:#?}", shown.statements);
        // Sign-in, what waits, and the log: one statement on PostgreSQL, two on SQLite.
        assert!(one.len() <= 4, "{one:#?}");
    }
}

on_both! {
    async fn whoever_has_nothing_to_do_is_told_so(app: App) {
        let desk = app.desk().await;
        let mut maija = app.browser_of(&desk.maija).await;
        assert!(maija.get("/").await.with(StatusCode::OK).contains("Mikään ei odota sinua nyt"));
        // Nor is a role turned away for which nothing ever waits.
        let analyst = app.person("Aino Analyysi", desk.association, Role::Analyst).await;
        let mut analyst = app.browser_of(&analyst).await;
        assert!(analyst.get("/").await.with(StatusCode::OK).contains("Mikään ei odota sinua nyt"));
    }
}
