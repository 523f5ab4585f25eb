//! A question is answered when its log rows are safe, however many are asked at once.

use futures_util::future::join_all;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_domain::texts::Language;
use rinnalla_domain::tokens::AccessToken;
use rinnalla_domain::{access, audit, people};

use crate::on_both;
use crate::support::App;

on_both! {
    async fn questions_asked_at_the_same_time_are_each_in_the_log(app: App) {
        let association = app.organisation("Kaislaranta ry", OrganisationKind::Association).await;
        let kaisa = app.person("Kaisa Koordinaattori", association, Role::Coordinator).await;
        let logged = join_all((0..100).map(|_| look(&app, &kaisa.token))).await;
        assert!(logged.iter().all(|is_logged| *is_logged));
        assert_eq!(app.rows(&["access_log"]).await.len(), 100, "one row a request");
        assert_eq!(app.rows(&["access_log_seen"]).await.len(), 100);
    }
}

on_both! {
    async fn a_question_whose_look_cannot_be_logged_is_not_answered(app: App) {
        let association = app.organisation("Kaislaranta ry", OrganisationKind::Association).await;
        let kaisa = app.person("Kaisa Koordinaattori", association, Role::Coordinator).await;
        app.run("ALTER TABLE access_log_looks RENAME TO elsewhere", []).await;
        let logged = join_all((0..3).map(|_| look(&app, &kaisa.token))).await;
        assert!(logged.iter().all(|is_logged| !is_logged), "{logged:?}");
        app.run("ALTER TABLE elsewhere RENAME TO access_log_looks", []).await;
        assert!(look(&app, &kaisa.token).await, "the next one is logged again");
        assert_eq!(app.rows(&["access_log"]).await.len(), 1, "nothing is left of the others");
    }
}

/// Looks at the own details, and tells whether the log let the answer go.
async fn look(app: &App, token: &str) -> bool {
    let token = AccessToken::parse(token).unwrap();
    let actor = access::sign_in(&app.register, &token).await.unwrap();
    let ctx = Ctx::new(&app.register, actor, Language::Fi);
    assert!(people::me(&ctx).await.unwrap().is_some());
    audit::write_seen(&ctx, "query").await.is_ok()
}
