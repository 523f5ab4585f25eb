//! The one who asks, access tokens, and what the keeper of the installation does at the command line.

use std::sync::Arc;

use rinnalla_domain::ctx::Register;
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{AccessTokenId, Id as _, OrganisationId, PersonId};
use rinnalla_domain::keys::Keys;
use rinnalla_domain::people::{self, Details};
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_domain::texts::Language;
use serde_json::json;

use super::{TABLES, house};
use crate::on_both;
use crate::support::Actor;

fn told(email: &str) -> Details {
    Details {
        name: "Anna Ensimmäinen".into(),
        email: Some(email.into()),
        phone: None,
        language: Language::Fi,
    }
}

on_both! {
    async fn the_first_administrator_is_added_at_the_command_line(app: App) {
        let register = &app.register;
        let association = app.organisation("Yhdistys", OrganisationKind::Association).await;
        let anna = people::add_first(register, &told("anna@example.org"), association, Role::Admin).await.unwrap();
        for (details, organisation) in [
            (told("ANNA@example.org"), association),
            (told("anna"), association),
            (told("toinen@example.org"), OrganisationId::random()),
        ] {
            let refused = people::add_first(register, &details, organisation, Role::Admin).await;
            assert!(matches!(refused, Err(Error::Invalid(_))));
        }
        let known = people::find_by_email(register, " Anna@Example.org").await.unwrap().unwrap();
        assert_eq!((known.id, known.name.reveal().as_str()), (anna, "Anna Ensimmäinen"));
        assert!(people::find_by_email(register, "kuka@example.org").await.unwrap().is_none());

        let token = people::issue_token(register, anna, "kannettava", 30).await.unwrap();
        assert!(people::issue_token(register, anna, "", 0).await.is_err());
        assert!(matches!(people::issue_token(register, PersonId::random(), "x", 1).await, Err(Error::NotFound)));
        let actor = Actor { id: anna, organisation: association, token: token.reveal().to_owned() };
        let answer = actor.ask(&app, "{ me { language person { name } roles { role isLent } accessTokens { id label expiresAt } } }", json!({})).await;
        let me = &answer.data()["me"];
        assert_eq!(me["person"]["name"], "Anna Ensimmäinen");
        assert_eq!(me["roles"], json!([{ "role": "ADMIN", "isLent": false }]));
        assert_eq!(me["accessTokens"][0]["expiresAt"], "2026-12-23T08:00:00.000000Z");

        let by_id = me["accessTokens"][0]["id"].as_str().unwrap();
        assert!(people::revoke_token(register, by_id).await.unwrap());
        assert!(!people::revoke_token(register, token.reveal()).await.unwrap(), "it is revoked already");
        assert!(people::revoke_token(register, "x").await.is_err());
        assert_eq!(actor.ask(&app, "{ today }", json!({})).await.json["refused"], "Unauthenticated");
        let lost = people::issue_token(register, anna, "kadonnut", 30).await.unwrap();
        assert!(people::revoke_token(register, lost.reveal()).await.unwrap());
        let log = app.rows(&["access_log"]).await;
        // Added, looked up, two issued, two revoked; what was refused changed nothing.
        assert_eq!(log.iter().filter(|row| row.contains("command line")).count(), 6, "{log:#?}");
    }
}

on_both! {
    async fn a_mail_address_is_one_persons_while_keys_are_changed(app: App) {
        const FIRST: &str = "1 BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=\n";
        const SECOND: &str = "2 CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=\n";
        let with = |keys: &str| Register { keys: Arc::new(Keys::parse(keys).unwrap()), ..app.register.clone() };
        let (before, after) = (with(FIRST), with(&format!("{FIRST}{SECOND}")));
        let association = app.organisation("Yhdistys", OrganisationKind::Association).await;
        let anna = people::add_first(&before, &told("anna@example.org"), association, Role::Admin).await.unwrap();
        let again = people::add_first(&after, &told("Anna@example.org"), association, Role::Admin).await;
        assert!(matches!(again, Err(Error::Invalid(_))));
        let found = people::find_by_email(&after, "anna@example.org").await.unwrap().unwrap();
        assert_eq!(found.id, anna);
    }
}

on_both! {
    async fn everybody_revokes_their_own_tokens_and_nobody_elses(app: App) {
        let house = house(&app).await;
        let query = "{ me { accessTokens { id revokedAt } } }";
        let own = house.mikko.ask(&app, query, json!({})).await.data()["me"]["accessTokens"][0].clone();
        let object = "accessToken { id revokedAt }";
        let before = app.rows(&TABLES).await;
        for id in [own["id"].clone(), json!(AccessTokenId::random().encode()), json!("x")] {
            let refused = house.kaisa.does(&app, "accessTokenRevoke", object, json!({ "accessTokenId": id })).await;
            assert_eq!(refused.codes(), ["NOT_FOUND"]);
        }
        assert_eq!(app.rows(&TABLES).await, before);
        let revoked = house.mikko.does(&app, "accessTokenRevoke", object, json!({ "accessTokenId": own["id"] })).await;
        assert!(revoked.done()["accessToken"]["revokedAt"].is_string());
        assert_eq!(house.mikko.ask(&app, query, json!({})).await.json["refused"], "Unauthenticated");
    }
}

on_both! {
    async fn nobody_learns_anything_without_signing_in(app: App) {
        let house = house(&app).await;
        let id = house.kaisa.node();
        for query in [
            "{ me { language } }".to_owned(),
            format!("{{ person(id: \"{id}\") {{ name }} }}"),
            "{ people { nodes { name } } }".to_owned(),
            "{ organisations { nodes { name } } }".to_owned(),
            "{ caseloads { nodes { cases } } }".to_owned(),
        ] {
            let answer = app.ask(None, &query, json!({})).await;
            assert_eq!(answer.codes(), ["UNAUTHENTICATED"], "{query}");
            assert!(answer.statements.is_empty());
        }
    }
}
