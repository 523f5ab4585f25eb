//! Who is let in, and what the table of permissions says.

use rinnalla_domain::access;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::json;

use crate::on_both;

#[test]
fn the_table_of_roles_and_permissions_is_as_agreed() {
    let mut table = String::new();
    for (permission, roles) in access::TABLE {
        let names: Vec<String> = roles.iter().map(|role| role.code()).collect();
        table.push_str(&format!("{permission:<24} {}\n", names.join(", ")));
    }
    insta::assert_snapshot!(table);
}

on_both! {
    async fn a_token_opens_the_register_until_it_ends(app: App) {
        let association = app.organisation("Esimerkkiyhdistys", OrganisationKind::Association).await;
        let kaisa = app.person("Kaisa Esimerkki", association, Role::Coordinator).await;
        let answer = kaisa.ask(&app, "{ today }", json!({})).await;
        assert_eq!(answer.data()["today"], "2026-11-23");
        assert_eq!(answer.statements.len(), 1, "sign-in alone: {:#?}", answer.statements);

        app.on_day("2036-12-01");
        let answer = kaisa.ask(&app, "{ today }", json!({})).await;
        assert_eq!(answer.json["refused"], "Unauthenticated");
    }
}
