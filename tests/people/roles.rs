//! Who gives and ends which role, and what that opens and closes.

use rinnalla_domain::ids::{Id as _, OrganisationId, PersonId, RoleGrantId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::{TABLES, house};
use crate::on_both;
use crate::support::{Actor, App};

const GRANT: &str = "roleGrant { id role validFrom validTo version cancelledAt person { name } organisation { name } }";

fn role(person: &Actor, organisation: OrganisationId, role: &str) -> Value {
    json!({ "personId": person.node(), "organisationId": organisation.encode(), "role": role })
}

/// The id and version of a person's only role.
async fn only_role(app: &App, reader: &Actor, person: &Actor) -> Value {
    let query = "query($id: ID!) { person(id: $id) { roles { id version } } }";
    let answer = reader.ask(app, query, json!({ "id": person.node() })).await;
    let roles = answer.data()["person"]["roles"].as_array().unwrap().clone();
    assert_eq!(roles.len(), 1);
    roles[0].clone()
}

on_both! {
    async fn a_role_gives_rights_from_its_first_day_to_its_last(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        let mut input = role(&sari, house.kaisa.organisation, "COORDINATOR");
        input["validFrom"] = json!("2026-12-01");
        input["validTo"] = json!("2026-12-31");
        let answer = house.kaisa.does(&app, "roleGrantAdd", GRANT, input).await;
        let granted = answer.done()["roleGrant"].clone();
        assert_eq!(granted["person"]["name"], "Sari Tukihenkilö");
        assert_eq!(granted["organisation"]["name"], "Esimerkkiyhdistys");
        for (day, may) in [("2026-11-30", false), ("2026-12-01", true), ("2026-12-31", true), ("2027-01-01", false)] {
            app.on_day(day);
            let answer = sari.ask(&app, "{ people { totalCount } }", json!({})).await;
            assert_eq!(answer.codes().is_empty(), may, "{day}");
        }
        app.on_day("2026-12-10");
        let end = json!({ "roleGrantId": granted["id"], "version": 1, "endsOn": "2026-12-09" });
        house.kaisa.tries(&app, "roleGrantEnd", GRANT, &end, &[
            (json!({ "endsOn": "2026-11-30" }), &["endsOn DATES_OUT_OF_ORDER"]),
        ]).await;
        let answer = house.kaisa.does(&app, "roleGrantEnd", GRANT, end.clone()).await;
        assert_eq!(answer.done()["roleGrant"]["validTo"], "2026-12-09");
        assert_eq!(sari.ask(&app, "{ people { totalCount } }", json!({})).await.codes(), ["FORBIDDEN"]);
        let stale = house.kaisa.does(&app, "roleGrantEnd", GRANT, end).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let query = "query($id: ID!) { person(id: $id) { roles { role validTo } } }";
        let history = house.kaisa.ask(&app, query, json!({ "id": sari.node() })).await;
        assert_eq!(history.data()["person"]["roles"][1], json!({ "role": "COORDINATOR", "validTo": "2026-12-09" }));
    }
}

on_both! {
    async fn oversight_is_given_and_ended_by_an_administrator(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Työntekijä", house.kaisa.organisation, Role::Facilitator).await;
        for oversight in ["ADMIN", "DPO", "ANALYST"] {
            let input = role(&sari, house.kaisa.organisation, oversight);
            let refused = house.kaisa.does(&app, "roleGrantAdd", GRANT, input.clone()).await;
            assert_eq!(refused.user_errors(), ["role NOT_YOURS_TO_GIVE"]);
            let given = house.anna.does(&app, "roleGrantAdd", GRANT, input).await;
            let id = given.done()["roleGrant"]["id"].clone();
            let end = json!({ "roleGrantId": id, "version": 1, "endsOn": "2026-11-23" });
            let refused = house.kaisa.does(&app, "roleGrantEnd", GRANT, end.clone()).await;
            assert_eq!(refused.user_errors(), ["roleGrantId NOT_YOURS_TO_GIVE"]);
            let cancel = json!({ "roleGrantId": id, "version": 1 });
            let refused = house.kaisa.does(&app, "roleGrantCancel", GRANT, cancel).await;
            assert_eq!(refused.user_errors(), ["roleGrantId NOT_YOURS_TO_GIVE"]);
            house.anna.does(&app, "roleGrantEnd", GRANT, end).await.done();
        }
    }
}

on_both! {
    async fn a_faulty_role_is_refused(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        let before = app.rows(&TABLES).await;
        let good = role(&sari, house.kaisa.organisation, "PEER_GUIDE");
        house.kaisa.tries(&app, "roleGrantAdd", GRANT, &good, &[
            (json!({ "personId": house.mikko.node() }), &["personId UNKNOWN"]),
            (json!({ "personId": PersonId::random().encode() }), &["personId UNKNOWN"]),
            (json!({ "personId": house.kaisa.organisation.encode() }), &["personId UNKNOWN"]),
            (json!({ "organisationId": house.mikko.organisation.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "role": "SUPPORT_PERSON" }), &["role ROLE_ALREADY_HELD"]),
            (json!({ "validFrom": "2026-12-02", "validTo": "2026-12-01" }), &["validTo DATES_OUT_OF_ORDER"]),
        ]).await;
        assert_eq!(app.rows(&TABLES).await, before);
        let refused = house.mikko.does(&app, "roleGrantAdd", GRANT, good).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn a_role_of_another_organisation_is_not_there_to_be_ended(app: App) {
        let house = house(&app).await;
        let other = app.organisation("Toinen", OrganisationKind::Association).await;
        let outi = app.person("Outi Outo", other, Role::Coordinator).await;
        let theirs = only_role(&app, &outi, &outi).await;
        let before = app.rows(&TABLES).await;
        for act in ["roleGrantEnd", "roleGrantCancel"] {
            let input = |id: Value| match act {
                "roleGrantEnd" => json!({ "roleGrantId": id, "version": 1, "endsOn": "2026-11-23" }),
                _ => json!({ "roleGrantId": id, "version": 1 }),
            };
            let hidden = house.anna.does(&app, act, GRANT, input(theirs["id"].clone())).await;
            let absent = house.anna.does(&app, act, GRANT, input(json!(RoleGrantId::random().encode()))).await;
            assert_eq!(hidden.codes(), ["NOT_FOUND"]);
            assert_eq!(hidden.json["errors"], absent.json["errors"]);
            assert_eq!(hidden.statements, absent.statements);
        }
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_role_given_in_error_is_taken_back_as_if_it_had_not_been_given(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        let only = only_role(&app, &house.kaisa, &sari).await;
        let cancel = json!({ "roleGrantId": only["id"], "version": 1 });
        let refused = house.kaisa.does(&app, "roleGrantCancel", GRANT, cancel).await;
        assert_eq!(refused.user_errors(), ["roleGrantId ONLY_ROLE"]);

        let input = role(&sari, house.kaisa.organisation, "COORDINATOR");
        let given = house.kaisa.does(&app, "roleGrantAdd", GRANT, input.clone()).await;
        assert!(sari.ask(&app, "{ people { totalCount } }", json!({})).await.codes().is_empty());
        let cancel = json!({ "roleGrantId": given.done()["roleGrant"]["id"], "version": 1 });
        let cancelled = house.kaisa.does(&app, "roleGrantCancel", GRANT, cancel.clone()).await;
        assert!(cancelled.done()["roleGrant"]["cancelledAt"].is_string());
        assert_eq!(sari.ask(&app, "{ people { totalCount } }", json!({})).await.codes(), ["FORBIDDEN"]);
        only_role(&app, &house.kaisa, &sari).await;
        let again = house.kaisa.does(&app, "roleGrantCancel", GRANT, cancel).await;
        assert_eq!(again.codes(), ["NOT_FOUND"]);
        house.kaisa.does(&app, "roleGrantAdd", GRANT, input).await.done();
    }
}

on_both! {
    async fn an_association_names_the_first_administrator_of_a_partner_it_looks_after(app: App) {
        let house = house(&app).await;
        let alone = app.organisation("Pieni kunta", OrganisationKind::Municipality).await;
        app.refers(house.kaisa.organisation, alone).await;
        let input = json!({ "organisationId": alone.encode(), "role": "ADMIN", "name": "Liisa Kunta", "language": "FI" });
        let refused = house.kaisa.does(&app, "personAdd", "person { id }", input.clone()).await;
        assert_eq!(refused.user_errors(), ["role NOT_YOURS_TO_GIVE"]);
        house.anna.does(&app, "personAdd", "person { id }", input.clone()).await.done();
        let refused = house.anna.does(&app, "personAdd", "person { id }", input).await;
        assert_eq!(refused.user_errors(), ["organisationId UNKNOWN", "role NOT_YOURS_TO_GIVE"]);
    }
}
