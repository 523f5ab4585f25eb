//! Adding people and correcting their details, and that nothing of it can be read in the database.

use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{TABLES, house};
use crate::on_both;

const OBJECT: &str = "person { id name email phone language isActive emailBounces version roles { role validFrom validTo } }";

fn somebody(organisation: OrganisationId) -> Value {
    json!({
        "organisationId": organisation.encode(), "role": "SUPPORT_PERSON", "name": "  Aino   Esimerkki ",
        "email": "Aino@example.org", "phone": "040 123 4567", "language": "SMN",
    })
}

on_both! {
    async fn a_person_is_added_with_a_first_role(app: App) {
        let house = house(&app).await;
        let answer = house.kaisa.does(&app, "personAdd", OBJECT, somebody(house.kaisa.organisation)).await;
        let mut person = answer.done()["person"].clone();
        assert!(person["id"].as_str().unwrap().len() > 20);
        person.as_object_mut().unwrap().remove("id");
        assert_eq!(person, json!({
            "name": "Aino Esimerkki", "email": "Aino@example.org", "phone": "+358401234567", "language": "SMN",
            "isActive": true, "emailBounces": 0, "version": 1,
            "roles": [{ "role": "SUPPORT_PERSON", "validFrom": "2026-11-23", "validTo": null }],
        }));
    }
}

on_both! {
    async fn a_faulty_person_is_refused_with_all_faults(app: App) {
        let house = house(&app).await;
        let before = app.rows(&TABLES).await;
        let foreign = house.mikko.organisation.encode();
        house.kaisa.tries(&app, "personAdd", OBJECT, &somebody(house.kaisa.organisation), &[
            (json!({ "organisationId": foreign }), &["organisationId UNKNOWN"]),
            (json!({ "organisationId": "nothing" }), &["organisationId UNKNOWN"]),
            (json!({ "name": "" }), &["name EMPTY"]),
            (json!({ "name": "x".repeat(121) }), &["name TOO_LONG"]),
            (json!({ "name": "Aino 3" }), &["name MALFORMED"]),
            (json!({ "name": "Ai\u{0}no" }), &["name CONTROL_CHARACTER"]),
            (json!({ "email": "aino" }), &["email MALFORMED"]),
            (json!({ "email": "Kaisa.Koordinaattori@EXAMPLE.org" }), &["email EMAIL_IN_USE"]),
            (json!({ "phone": "12" }), &["phone MALFORMED"]),
            (json!({ "name": "-", "email": "@", "phone": "x" }), &["name MALFORMED", "email MALFORMED", "phone MALFORMED"]),
            (json!({ "role": "ADMIN" }), &["role NOT_YOURS_TO_GIVE"]),
            (json!({ "role": "ANALYST" }), &["role NOT_YOURS_TO_GIVE"]),
            (json!({ "idempotencyKey": "a\u{0}" }), &["idempotencyKey CONTROL_CHARACTER"]),
        ]).await;
        let refused = house.mikko.does(&app, "personAdd", OBJECT, somebody(house.mikko.organisation)).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(app.rows(&TABLES).await, before);
        let mut dpo = somebody(house.kaisa.organisation);
        dpo["role"] = json!("DPO");
        house.anna.does(&app, "personAdd", OBJECT, dpo).await.done();
    }
}

on_both! {
    async fn a_person_added_twice_with_one_key_is_one_person(app: App) {
        let house = house(&app).await;
        let mut input = somebody(house.kaisa.organisation);
        input["idempotencyKey"] = json!("once");
        let first = house.kaisa.does(&app, "personAdd", OBJECT, input.clone()).await;
        let before = app.rows(&TABLES).await;
        let again = house.kaisa.does(&app, "personAdd", OBJECT, input.clone()).await;
        assert_eq!(first.done(), again.done());
        input["name"] = json!("Toinen Nimi");
        let other = house.kaisa.does(&app, "personAdd", OBJECT, input).await;
        assert_eq!(other.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn everybody_corrects_their_own_details(app: App) {
        let house = house(&app).await;
        let input = json!({
            "personId": house.mikko.node(), "version": 1, "name": "Mikko Uusi", "email": "mikko.uusi@example.org",
            "phone": null, "language": "SV",
        });
        let object = "person { name email phone language version }";
        house.mikko.tries(&app, "personCorrect", object, &input, &[
            (json!({ "email": "kaisa.koordinaattori@example.org" }), &["email EMAIL_IN_USE"]),
            (json!({ "name": " ", "phone": "1" }), &["name EMPTY", "phone MALFORMED"]),
        ]).await;
        let answer = house.mikko.does(&app, "personCorrect", object, input.clone()).await;
        assert_eq!(answer.done()["person"], json!({
            "name": "Mikko Uusi", "email": "mikko.uusi@example.org", "phone": null, "language": "SV", "version": 2,
        }));
        let stale = house.mikko.does(&app, "personCorrect", object, input.clone()).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        // The own address is nobody else's: it may stay, however it is written.
        let mut same = input;
        same["version"] = json!(2);
        same["email"] = json!("MIKKO.uusi@example.org");
        house.mikko.does(&app, "personCorrect", object, same).await.done();
    }
}

on_both! {
    async fn a_coordinator_corrects_those_who_work_in_the_own_organisation_alone(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        let correct = |of: &crate::support::Actor| json!({
            "personId": of.node(), "version": 1, "name": "Uusi Nimi", "email": null, "language": "FI",
        });
        house.kaisa.does(&app, "personCorrect", "person { id }", correct(&sari)).await.done();
        let before = app.rows(&TABLES).await;
        // Oversight is corrected by an administrator.
        let refused = house.kaisa.does(&app, "personCorrect", "person { id }", correct(&house.anna)).await;
        assert_eq!(refused.user_errors(), ["personId NOT_YOURS_TO_CORRECT"]);
        // Somebody of another organisation is not there, whether known by a case or not.
        app.case(house.kaisa.organisation, house.mikko.organisation, &[&house.mikko]).await;
        let hidden = house.kaisa.does(&app, "personCorrect", "person { id }", correct(&house.mikko)).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        let refused = house.mikko.does(&app, "personCorrect", "person { id }", correct(&sari)).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(app.rows(&TABLES).await, before);

        // Whoever works elsewhere too is corrected there, or by oneself: a new mail address could take the account over.
        let role = json!({
            "personId": house.mikko.node(), "organisationId": house.kaisa.organisation.encode(), "role": "SUPERVISOR",
        });
        house.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        let refused = house.kaisa.does(&app, "personCorrect", "person { id }", correct(&house.mikko)).await;
        assert_eq!(refused.user_errors(), ["personId NOT_YOURS_TO_CORRECT"]);
        house.anna.does(&app, "personCorrect", "person { id }", correct(&house.anna)).await.done();
    }
}

const MARKERS: [&str; 3] = ["Merkkinimi", "merkkiposti", "5557771234"];

on_both! {
    async fn no_name_address_or_phone_can_be_read_in_the_database(app: App) {
        let house = house(&app).await;
        let mut input = somebody(house.kaisa.organisation);
        input["name"] = json!("Aino Merkkinimi");
        input["email"] = json!("merkkiposti@example.org");
        input["phone"] = json!("+3585557771234");
        let added = house.kaisa.does(&app, "personAdd", OBJECT, input.clone()).await;
        let person = added.done()["person"].clone();
        assert_eq!(person["name"], "Aino Merkkinimi");
        let correction = json!({
            "personId": person["id"], "version": 1, "name": "Aino Merkkinimi", "email": "merkkiposti@example.org",
            "phone": "+3585557771234", "language": "FI",
        });
        house.kaisa.does(&app, "personCorrect", OBJECT, correction).await.done();
        house.kaisa.ask(&app, "query($s: String) { people(search: $s) { nodes { name } } }", json!({ "s": "Merkkinimi" })).await;
        let taken = house.kaisa.does(&app, "personAdd", OBJECT, input).await;
        assert_eq!(taken.user_errors(), ["email EMAIL_IN_USE"]);

        let bytes = app.raw(&["people", "idempotency_keys", "access_log", "access_log_objects", "access_log_looks", "changes", "access_tokens"]).await;
        assert!(bytes.windows(9).any(|window| window == b"personAdd"), "the log was read as well");
        for marker in MARKERS {
            let hex: String = marker.bytes().map(|byte| format!("{byte:02x}")).collect();
            for form in [marker.to_owned(), hex.clone(), hex.to_uppercase()] {
                let is_there = bytes.windows(form.len()).any(|window| window == form.as_bytes());
                assert!(!is_there, "{marker} can be read");
            }
        }
    }
}

on_both! {
    async fn a_row_that_does_not_open_takes_no_list_down(app: App) {
        let house = house(&app).await;
        let sari = app.person("Sari Tukihenkilö", house.kaisa.organisation, Role::SupportPerson).await;
        let db = app.db().await;
        // Somebody swapped the sealed name for the mail address: it opens in its own cell alone.
        sea_orm::ConnectionTrait::execute_unprepared(
            &db,
            "UPDATE people SET name_sealed = email_sealed WHERE id IN (SELECT person_id FROM role_grants WHERE role = 'SUPPORT_PERSON')",
        )
        .await
        .unwrap();
        db.close().await.unwrap();
        let answer = house.kaisa.ask(&app, "{ people { nodes { name } } }", json!({})).await;
        assert_eq!(answer.data()["people"]["nodes"].as_array().unwrap().len(), 2);
        let person = house.kaisa.ask(&app, "query($id: ID!) { person(id: $id) { name } }", json!({ "id": sari.node() })).await;
        assert_eq!(person.data()["person"], Value::Null);
    }
}
