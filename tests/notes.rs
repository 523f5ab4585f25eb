//! Coordinators' notes on support persons: off, until an administrator allows them; and then theirs alone.

use rinnalla_domain::ids::{Id as _, SupportPersonId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::pairs::Pair;
use crate::support::{Actor, App};

const NOTE: &str = "supportPerson { note { text version writtenBy { name } } }";
const OF: &str =
    "query($id: ID!) { supportPerson(id: $id) { note { text version writtenBy { name } } } }";
const ALLOWED: &str = "organisation { keepsNotes version }";
const TABLES: [&str; 4] = [
    "support_person_notes",
    "note_allowances",
    "changes",
    "idempotency_keys",
];

impl Pair {
    fn note(&self, text: &str, version: Option<i32>) -> Value {
        json!({ "supportPersonId": self.proposed.support_person.encode(), "text": text, "version": version })
    }

    fn allow(&self, is_allowed: bool, version: i32) -> Value {
        json!({ "organisationId": self.kaisa.organisation.encode(), "isAllowed": is_allowed, "version": version })
    }

    async fn read(&self, app: &App, reader: &Actor) -> Value {
        let answer = reader
            .ask(
                app,
                OF,
                json!({ "id": self.proposed.support_person.encode() }),
            )
            .await;
        answer.data()["supportPerson"]["note"].clone()
    }
}

on_both! {
    async fn notes_are_off_until_an_administrator_allows_them_and_gone_when_that_ends(app: App) {
        let house = app.pair(&[]).await;
        let off = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Tavoittaa iltapäivisin", None)).await;
        assert_eq!(off.user_errors(), ["text NOTES_NOT_ALLOWED"]);
        let refused = house.kaisa.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let allowed = house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await;
        assert_eq!(allowed.done()["organisation"], json!({ "keepsNotes": true, "version": 2 }));

        let set = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note(" Tavoittaa iltapäivisin ", None)).await;
        let written = json!({ "text": "Tavoittaa iltapäivisin", "version": 1, "writtenBy": { "name": "Kaisa Koordinaattori" } });
        assert_eq!(set.done()["supportPerson"]["note"], written);
        let second = app.person("Satu Koordinaattori", house.kaisa.organisation, Role::Coordinator).await;
        assert_eq!(house.read(&app, &second).await, written);
        for reader in [&house.mikko, &house.sari] {
            assert_eq!(house.read(&app, reader).await, Value::Null);
        }
        let refused = house.anna.ask(&app, OF, json!({ "id": house.proposed.support_person.encode() })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "the administrator allows notes and reads none");
        let told = house.mikko.ask(&app, "query($id: ID!) { organisation(id: $id) { keepsNotes } }", json!({ "id": house.kaisa.organisation.encode() })).await;
        assert_eq!(told.data()["organisation"]["keepsNotes"], false, "not theirs to know");

        let ended = house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(false, 2)).await;
        assert_eq!(ended.done()["organisation"]["keepsNotes"], false);
        assert_eq!(app.rows(&["support_person_notes", "note_allowances"]).await, [""; 0]);
        assert_eq!(house.read(&app, &house.kaisa).await, Value::Null);
    }
}

on_both! {
    async fn a_coordinator_elsewhere_who_knows_the_support_person_sees_no_note(app: App) {
        let house = app.pair(&[]).await;
        house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await.done();
        house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Tavoittaa iltapäivisin", None)).await.done();
        // The professional coordinates another association, which keeps notes, too.
        let other = app.organisation("Toinen yhdistys", OrganisationKind::Association).await;
        let admin = app.person("Oili Hallinto", other, Role::Admin).await;
        let allow = json!({ "organisationId": other.encode(), "isAllowed": true, "version": 1 });
        admin.does(&app, "organisationNotesAllow", ALLOWED, allow).await.done();
        app.refers(other, house.mikko.organisation).await;
        app.case(other, house.mikko.organisation, &[&house.mikko]).await;
        let role = json!({ "personId": house.mikko.node(), "organisationId": other.encode(), "role": "COORDINATOR" });
        admin.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        assert_eq!(house.read(&app, &house.mikko).await, Value::Null);
        let hidden = house.mikko.does(&app, "supportPersonNoteSet", NOTE, house.note("x", Some(1))).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn a_note_is_replaced_by_version_and_a_retry_writes_it_once(app: App) {
        let house = app.pair(&[]).await;
        house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await.done();
        let mut input = house.note("Ensin", None);
        input["idempotencyKey"] = json!("once");
        let first = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, input.clone()).await;
        let rows = app.rows(&TABLES).await;
        let again = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, input).await;
        assert_eq!(first.done(), again.done());
        assert_eq!(app.rows(&TABLES).await, rows);
        for version in [None, Some(2)] {
            let stale = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Sitten", version)).await;
            assert_eq!(stale.codes(), ["CONFLICT"]);
        }
        let second = house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Sitten", Some(1))).await;
        assert_eq!(second.done()["supportPerson"]["note"]["version"], 2);
        let clear = |version: i32| json!({ "supportPersonId": house.proposed.support_person.encode(), "version": version });
        let stale = house.kaisa.does(&app, "supportPersonNoteClear", NOTE, clear(1)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let cleared = house.kaisa.does(&app, "supportPersonNoteClear", NOTE, clear(2)).await;
        assert_eq!(cleared.done()["supportPerson"]["note"], Value::Null);
        let none = house.kaisa.does(&app, "supportPersonNoteClear", NOTE, clear(2)).await;
        assert_eq!(none.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn a_faulty_note_is_refused_and_a_strangers_support_person_is_not_there(app: App) {
        let house = app.pair(&[]).await;
        house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await.done();
        let other = app.organisation("Toinen yhdistys", OrganisationKind::Association).await;
        let stranger = app.person("Outi Koordinaattori", other, Role::Coordinator).await;
        let admin = app.person("Oili Hallinto", other, Role::Admin).await;
        let before = app.rows(&TABLES).await;
        let number = format!("{}{}", "131052", "-308T");
        house.kaisa.tries(&app, "supportPersonNoteSet", NOTE, &house.note("Hyvä", None), &[
            (json!({ "text": " " }), &["text EMPTY"]),
            (json!({ "text": "x".repeat(201) }), &["text TOO_LONG"]),
            (json!({ "text": "a\u{202e}b" }), &["text CONTROL_CHARACTER"]),
            (json!({ "text": number }), &["text LOOKS_LIKE_IDENTITY_NUMBER"]),
        ]).await;
        let hidden = stranger.does(&app, "supportPersonNoteSet", NOTE, house.note("x", None)).await;
        let mut input = house.note("x", None);
        input["supportPersonId"] = json!(SupportPersonId::random().encode());
        let absent = stranger.does(&app, "supportPersonNoteSet", NOTE, input).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        assert_eq!(hidden.json["errors"], absent.json["errors"]);
        assert_eq!(hidden.statements, absent.statements);
        for reader in [&house.mikko, &house.sari, &house.anna] {
            let refused = reader.does(&app, "supportPersonNoteSet", NOTE, house.note("x", None)).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"]);
        }
        let hidden = admin.does(&app, "organisationNotesAllow", ALLOWED, house.allow(false, 2)).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        let stale = house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(false, 1)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_note_stands_nowhere_in_the_clear_and_goes_with_the_persons_key(app: App) {
        let house = app.pair(&[]).await;
        house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await.done();
        house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Merkkimuistio", None)).await.done();
        let bytes = app.raw(&["support_person_notes", "idempotency_keys", "access_log", "access_log_objects", "access_log_looks", "changes"]).await;
        assert!(bytes.windows(20).any(|window| window == b"supportPersonNoteSet"), "the log was read as well");
        let hex: String = "Merkkimuistio".bytes().map(|byte| format!("{byte:02x}")).collect();
        for form in ["Merkkimuistio".to_owned(), hex.clone(), hex.to_uppercase()] {
            assert!(!bytes.windows(form.len()).any(|window| window == form.as_bytes()), "the note can be read");
        }
        let found = house.kaisa.ask(&app, "{ people(search: \"Merkkimuistio\") { nodes { name } } }", json!({})).await;
        assert_eq!(found.data()["people"]["nodes"], json!([]));

        let db = app.db().await;
        let destroy = match app.database.kind {
            crate::support::databases::Kind::Sqlite => "UPDATE people SET data_key_sealed = x'00'",
            crate::support::databases::Kind::Postgres => "UPDATE people SET data_key_sealed = '\\x00'",
        };
        sea_orm::ConnectionTrait::execute_unprepared(&db, destroy).await.unwrap();
        db.close().await.unwrap();
        assert_eq!(house.read(&app, &house.kaisa).await, Value::Null);
    }
}

on_both! {
    async fn notes_of_a_list_take_a_statement_and_their_writers_another(app: App) {
        let house = app.pair(&[]).await;
        house.anna.does(&app, "organisationNotesAllow", ALLOWED, house.allow(true, 1)).await.done();
        house.kaisa.does(&app, "supportPersonNoteSet", NOTE, house.note("Yksi", None)).await.done();
        let list = |note: &str| format!("{{ supportPersons {{ nodes {{ status {note} }} }} }}");
        let mut counts = Vec::new();
        for more in [0, 4] {
            for n in 0..more {
                let name = ["Aino Yksi", "Aino Kaksi", "Aino Kolme", "Aino Neljä"][n];
                let somebody = app.person(name, house.kaisa.organisation, Role::SupportPerson).await;
                let case = app.case(house.kaisa.organisation, house.mikko.organisation, &[&house.mikko]).await;
                let proposed = app.proposed(&case, &somebody).await;
                let note = json!({ "supportPersonId": proposed.support_person.encode(), "text": name });
                house.kaisa.does(&app, "supportPersonNoteSet", NOTE, note).await.done();
            }
            let without = house.kaisa.ask(&app, &list(""), json!({})).await.statements.len();
            let text = house.kaisa.ask(&app, &list("note { text }"), json!({})).await;
            assert_eq!(text.statements.len(), without + 1);
            let writers = house.kaisa.ask(&app, &list("note { text writtenBy { name } }"), json!({})).await;
            assert_eq!(writers.data()["supportPersons"]["nodes"].as_array().unwrap().len(), more + 1);
            counts.push(writers.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
    }
}

on_both! {
    async fn a_hint_stands_beside_every_field_for_free_words(app: App) {
        let house = app.pair(&[]).await;
        let answer = house.kaisa.ask(&app, "{ noteHint { maxCharacters text } labelHint { maxCharacters text } }", json!({})).await;
        assert_eq!(answer.data()["noteHint"]["maxCharacters"], 200);
        assert_eq!(answer.data()["labelHint"]["maxCharacters"], 30);
        for hint in ["noteHint", "labelHint"] {
            let text = answer.data()[hint]["text"].as_str().unwrap();
            assert!(text.ends_with('.') && !text.starts_with("hint-"), "{text}");
        }
    }
}
