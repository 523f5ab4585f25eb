//! Erasing somebody for good: what goes, what stays, and when it is refused.

use rinnalla_domain::ids::{Id as _, RoleGrantId};
use rinnalla_domain::states::{OrganisationKind, Role};
use rinnalla_entity::role_grants;
use sea_orm::{ActiveModelTrait as _, Set};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::{Supporter, World};
use crate::support::{Actor, Answer, App, date};

const PERSON: &str = "person { id }";

/// Everything that a refused act could have changed.
const TABLES: [&str; 9] = [
    "people",
    "role_grants",
    "access_tokens",
    "absences",
    "support_persons",
    "support_person_interests",
    "expert_consents",
    "changes",
    "idempotency_keys",
];

async fn erase(app: &App, by: &Actor, who: &Actor) -> Answer {
    let version = app.version_in("people", who.id.uuid()).await;
    let input = json!({ "personId": who.node(), "version": version });
    by.does(app, "personErase", PERSON, input).await
}

/// Ends somebody's only role yesterday.
async fn end_role(app: &App, by: &Actor, who: &Actor) {
    let query = "query($id: ID!) { person(id: $id) { roles { id version } } }";
    let found = by.ask(app, query, json!({ "id": who.node() })).await;
    let role = &found.data()["person"]["roles"][0];
    let input =
        json!({ "roleGrantId": role["id"], "version": role["version"], "endsOn": "2026-11-22" });
    by.does(app, "roleGrantEnd", "roleGrant { id }", input)
        .await
        .done();
}

/// An association with an administrator, and a support person whose one relationship has ended, and who has ended too.
async fn ended(app: &App) -> (World, Actor, Supporter, String) {
    let world = World::new(app).await;
    let anna = app
        .person("Anna Hallinto", world.association, Role::Admin)
        .await;
    let told = json!({ "weekdays": ["MONDAY"] });
    let tuula = world.active_with(app, "Tuula Tukeva", told).await;
    let referral = world.submitted(app).await;
    let (_, relationship) = world.disclosed(app, &referral, &tuula).await;
    world.meet(app, &relationship).await.done();
    let label = json!({ "supportRelationshipId": relationship, "label": "tummasininen takki" });
    tuula
        .actor
        .does(
            app,
            "supportRelationshipLabelSet",
            "supportRelationship { id }",
            label,
        )
        .await
        .done();
    world.end(app, &relationship).await.done();
    world
        .record(app, &tuula, "supportPersonEnd", "2026-11-23")
        .await
        .done();
    end_role(app, &world.kaisa, &tuula.actor).await;
    (world, anna, tuula, relationship)
}

on_both! {
    async fn of_an_erased_person_nothing_is_left_but_that_they_were(app: App) {
        let (world, anna, tuula, relationship) = ended(&app).await;
        let who = &tuula.actor;
        let token = who.token.clone();
        let erased = erase(&app, &anna, who).await;
        assert_eq!(erased.done()["person"], Value::Null);

        let row = app.read_sql("SELECT count(*) FROM people WHERE erased_at IS NOT NULL AND NOT is_active AND length(name_sealed) = 0
            AND length(data_key_sealed) = 0 AND email_sealed IS NULL AND phone_sealed IS NULL AND email_lookup IS NULL
            AND phone_lookup IS NULL").await;
        assert_eq!(row, "1");
        for gone in ["support_person_interests", "support_person_languages", "sealed_labels"] {
            assert_eq!(app.read_sql(&format!("SELECT count(*) FROM {gone}")).await, "0", "{gone}");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM support_persons WHERE birth_decade IS NULL AND weekdays = 127").await, "1");
        assert_eq!(app.ask(Some(&token), "{ today }", json!({})).await.json["refused"], "Unauthenticated");

        // What happened is seen as before, without a name; nothing fails for want of one.
        let query = "query($id: ID!, $who: ID!) { person(id: $who) { name } people { nodes { name } }
            supportPersons { nodes { status person { name } } } duplicatePeople { reasons }
            supportRelationship(id: $id) { status supportPerson { person { name } } } }";
        let seen = world.kaisa.ask(&app, query, json!({ "id": relationship, "who": who.node() })).await;
        let seen = seen.data();
        assert_eq!(seen["person"], Value::Null);
        assert!(!seen["people"].to_string().contains("Tuula"), "{seen}");
        assert_eq!(seen["supportPersons"]["nodes"], json!([{ "status": "ENDED", "person": null }]));
        assert_eq!((&seen["supportRelationship"]["status"], &seen["supportRelationship"]["supportPerson"]["person"]),
            (&json!("ENDED"), &Value::Null));
        let ctx = crate::moving::ctx(&app, &world.kaisa).await;
        let book = rinnalla_domain::moving::export(&ctx, world.association).await.unwrap();
        assert!(!format!("{book:?}").contains("Tuula"), "nor does she go out in a workbook");

        // The address is free again; the role that was cannot be given to nobody.
        let again = json!({ "organisationId": world.association.encode(), "role": "PEER_GUIDE", "name": "Tuula Uusi",
            "email": "tuula.tukeva@example.org", "language": "FI" });
        world.kaisa.does(&app, "personAdd", PERSON, again).await.done();
        let role = json!({ "personId": who.node(), "organisationId": world.association.encode(), "role": "PEER_GUIDE" });
        let refused = world.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await;
        assert_eq!(refused.user_errors(), ["personId UNKNOWN"]);
        assert_eq!(erase(&app, &anna, who).await.codes(), ["NOT_FOUND"], "once and for good");
        let logged = app.read_sql("SELECT count(*) FROM access_log l JOIN access_log_objects o ON o.entry_id = l.id
            WHERE l.purpose = 'personErase' AND o.act = 'WRITE'").await;
        assert_eq!(logged, "1");
    }
}

on_both! {
    async fn whom_the_register_still_needs_is_not_erased_and_every_reason_is_told(app: App) {
        let world = World::new(&app).await;
        let anna = app.person("Anna Hallinto", world.association, Role::Admin).await;
        let tuula = world.active(&app, "Tuula Tukeva").await;
        let who = &tuula.actor;
        let association = world.association.encode();
        let paid = json!({ "organisationId": association, "personId": who.node(),
            "details": { "year": 2026, "kind": "LODGING", "cents": 8_900 } });
        world.kaisa.does(&app, "expenseRecord", "expense { id }", paid).await.done();
        let course = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        course.enrol_person(&app, who).await;
        let place = app.place(&world.kaisa, "kahvila").await;
        place.term(&app, who, "VOLUNTEER").await;
        world.submitted(&app).await;
        let before = app.rows(&TABLES).await;
        let refused = erase(&app, &anna, who).await;
        assert_eq!(refused.user_errors(), ["personId HAS_ROLES", "personId IS_SUPPORT_PERSON", "personId IS_IN_COURSE",
            "personId HAS_DUTIES", "personId ACCOUNTS_ARE_KEPT"]);
        assert_eq!(erase(&app, &anna, &anna).await.user_errors(), ["personId IS_YOU", "personId HAS_ROLES"]);
        let partners = erase(&app, &anna, &world.pekka).await;
        assert_eq!(partners.user_errors(), ["personId HAS_ROLES", "personId HAS_CASES"], "of a partner that has no administrator");
        assert_eq!(erase(&app, &world.kaisa, who).await.codes(), ["FORBIDDEN"], "coordinators do not erase");
        let other = World::named(&app, "toinen").await;
        let vieno = app.person("Vieno Hallinto", other.association, Role::Admin).await;
        assert_eq!(erase(&app, &vieno, who).await.codes(), ["NOT_FOUND"], "nor does another's administrator");
        let unchanged = app.rows(&TABLES).await;
        let are_there = before.iter().filter(|row| unchanged.contains(row)).count();
        assert_eq!(are_there, before.len());
        assert!(!app.read_sql("SELECT count(*) FROM people WHERE erased_at IS NOT NULL").await.starts_with('1'));
    }
}

on_both! {
    async fn somebody_who_works_elsewhere_too_is_that_associations_to_erase_as_well(app: App) {
        let (_, anna, tuula, _) = ended(&app).await;
        let other = app.organisation("Toinen yhdistys", OrganisationKind::Association).await;
        app.person("Olli Hallinto", other, Role::Admin).await;
        let db = app.db().await;
        let once = role_grants::ActiveModel {
            id: Set(RoleGrantId::random()),
            person_id: Set(tuula.actor.id),
            organisation_id: Set(other),
            role: Set(Role::PeerGuide),
            valid_from: Set(date("2025-01-01")),
            valid_to: Set(Some(date("2025-06-30"))),
            version: Set(1),
            created_at: Set(app.register.clock.now()),
            cancelled_at: Set(None),
        };
        once.insert(&db).await.unwrap();
        db.close().await.unwrap();
        assert_eq!(erase(&app, &anna, &tuula.actor).await.user_errors(), ["personId HELD_ELSEWHERE"]);
        app.write_sql("UPDATE role_grants SET cancelled_at = created_at WHERE role = 'PEER_GUIDE'").await;
        let stale = json!({ "personId": tuula.actor.node(), "version": 7 });
        assert_eq!(anna.does(&app, "personErase", PERSON, stale).await.codes(), ["CONFLICT"]);
        erase(&app, &anna, &tuula.actor).await.done();
    }
}

on_both! {
    async fn accounts_are_kept_for_six_whole_years_and_then_no_longer(app: App) {
        let world = World::new(&app).await;
        let anna = app.person("Anna Hallinto", world.association, Role::Admin).await;
        let who = &app.person("Eero Osaava", world.association, Role::Expert).await;
        let paid = json!({ "organisationId": world.association.encode(), "personId": who.node(),
            "details": { "year": 2026, "kind": "LODGING", "cents": 8_900 } });
        world.kaisa.does(&app, "expenseRecord", "expense { id }", paid).await.done();
        end_role(&app, &world.kaisa, who).await;
        app.write_sql("UPDATE expenses SET year = 2020").await;
        assert_eq!(erase(&app, &anna, who).await.user_errors(), ["personId ACCOUNTS_ARE_KEPT"], "2020 and six years: 2026");
        app.write_sql("UPDATE expenses SET year = 2019").await;
        erase(&app, &anna, who).await.done();
    }
}

on_both! {
    async fn a_merge_is_not_taken_back_once_either_is_erased(app: App) {
        let (world, anna, tuula, _) = ended(&app).await;
        let again = app.person("Tuula Tukeva-", world.association, Role::PeerGuide).await;
        let version = app.version_in("people", tuula.actor.id.uuid()).await;
        let two = json!({ "keptId": again.node(), "keptVersion": 1, "mergedId": tuula.actor.node(), "mergedVersion": version });
        let merge = world.kaisa.does(&app, "personMerge", "personMerge { id version }", two).await.done()["personMerge"].clone();
        erase(&app, &anna, &tuula.actor).await.done();
        let undo = json!({ "personMergeId": merge["id"], "version": merge["version"] });
        let refused = world.kaisa.does(&app, "personMergeCancel", "personMerge { id }", undo).await;
        assert_eq!(refused.user_errors(), ["personMergeId IS_ERASED"]);
    }
}
