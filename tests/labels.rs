//! Sealed labels: by which a professional or a support person recognises a case, and which nobody else ever sees.

use rinnalla_domain::ids::{Id as _, SupportedCaseId};
use rinnalla_domain::states::{OrganisationKind, Role, SupportRelationshipStatus};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::pairs::Pair;
use crate::support::{Actor, App};

const CASE: &str = "supportedCase { code label { text version } }";
const RELATIONSHIP: &str = "supportRelationship { caseCode supportPersonLabel { text version } }";
const OF_CASE: &str = "query($id: ID!) { supportedCase(id: $id) { label { text version } } }";
const OF_RELATIONSHIP: &str = "query($id: ID!) { supportRelationship(id: $id) {
    supportPersonLabel { text version } supportedCase { label { text } } } }";
const TABLES: [&str; 3] = ["sealed_labels", "changes", "idempotency_keys"];

/// A case with two professionals.
async fn pair(app: &App) -> Pair {
    app.pair(&["Liisa Ammattilainen"]).await
}

impl Pair {
    fn liisa(&self) -> &Actor {
        &self.others[0]
    }

    fn of_case(&self, label: &str, version: Option<i32>) -> Value {
        json!({ "supportedCaseId": self.case.id.encode(), "label": label, "version": version })
    }

    fn of_relationship(&self, label: &str, version: Option<i32>) -> Value {
        json!({ "supportRelationshipId": self.relationship.encode(), "label": label, "version": version })
    }
}

/// What a reader sees of the two labels, by way of the relationship: the case's, the support person's.
async fn seen(app: &App, reader: &Actor, pair: &Pair) -> [Value; 2] {
    let answer = reader
        .ask(
            app,
            OF_RELATIONSHIP,
            json!({ "id": pair.relationship.encode() }),
        )
        .await;
    let it = &answer.data()["supportRelationship"];
    [
        it["supportedCase"]["label"]["text"].clone(),
        it["supportPersonLabel"]["text"].clone(),
    ]
}

on_both! {
    async fn each_label_is_read_by_its_keepers_alone(app: App) {
        let pair = pair(&app).await;
        let set = pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case(" Kansio 14 ", None)).await;
        assert_eq!(set.done()["supportedCase"]["label"], json!({ "text": "Kansio 14", "version": 1 }));
        let set = pair.sari.does(&app, "supportRelationshipLabelSet", RELATIONSHIP, pair.of_relationship("torstai-ihminen", None)).await;
        assert_eq!(set.done()["supportRelationship"]["supportPersonLabel"], json!({ "text": "torstai-ihminen", "version": 1 }));

        for professional in [&pair.mikko, pair.liisa()] {
            assert_eq!(seen(&app, professional, &pair).await, [json!("Kansio 14"), Value::Null]);
        }
        assert_eq!(seen(&app, &pair.sari, &pair).await, [Value::Null, json!("torstai-ihminen")]);
        // The association sees the relationship, and neither label; the administrator not even the relationship.
        let answer = pair.kaisa.ask(&app, OF_RELATIONSHIP, json!({ "id": pair.relationship.encode() })).await;
        assert_eq!(answer.data(), &json!({ "supportRelationship": { "supportPersonLabel": null, "supportedCase": { "label": null } } }));
        let refused = pair.anna.ask(&app, OF_CASE, json!({ "id": pair.case.id.encode() })).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn a_coordinator_who_is_the_support_person_keeps_that_label_alone(app: App) {
        let pair = pair(&app).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 14", None)).await.done();
        let role = json!({ "personId": pair.sari.node(), "organisationId": pair.kaisa.organisation.encode(), "role": "COORDINATOR" });
        pair.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        pair.sari.does(&app, "supportRelationshipLabelSet", RELATIONSHIP, pair.of_relationship("oma", None)).await.done();
        assert_eq!(seen(&app, &pair.sari, &pair).await, [Value::Null, json!("oma")]);
        let hidden = pair.sari.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("x", Some(1))).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn a_coordinator_who_was_the_professional_once_sees_the_case_and_no_label(app: App) {
        let pair = pair(&app).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 14", None)).await.done();
        let role = json!({ "personId": pair.mikko.node(), "organisationId": pair.kaisa.organisation.encode(), "role": "COORDINATOR" });
        pair.kaisa.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        assert_eq!(seen(&app, &pair.mikko, &pair).await, [json!("Kansio 14"), Value::Null]);
        let moved = json!({ "fromId": pair.mikko.node(), "toId": pair.liisa().node() });
        pair.kaisa.does(&app, "caseloadMove", "caseloadMove { movedCount }", moved).await.done();
        assert_eq!(seen(&app, &pair.mikko, &pair).await, [Value::Null, Value::Null]);
        assert_eq!(seen(&app, pair.liisa(), &pair).await, [json!("Kansio 14"), Value::Null]);
    }
}

on_both! {
    async fn the_label_follows_the_case_to_its_next_professional_and_to_a_substitute(app: App) {
        let pair = pair(&app).await;
        let partner = pair.mikko.organisation;
        let tero = app.person("Tero Seuraava", partner, Role::Professional).await;
        let outi = app.person("Outi Sijainen", partner, Role::Professional).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 14", None)).await.done();
        let of_case = json!({ "id": pair.case.id.encode() });
        let hidden = tero.ask(&app, OF_CASE, of_case.clone()).await;
        assert_eq!(hidden.data()["supportedCase"], Value::Null, "not yet on the case");

        let moved = json!({ "fromId": pair.mikko.node(), "toId": tero.node() });
        pair.kaisa.does(&app, "caseloadMove", "caseloadMove { movedCount }", moved).await.done();
        let read = tero.ask(&app, OF_CASE, of_case.clone()).await;
        assert_eq!(read.data()["supportedCase"]["label"]["text"], "Kansio 14");
        let gone = pair.mikko.ask(&app, OF_CASE, of_case.clone()).await;
        assert_eq!(gone.data()["supportedCase"], Value::Null, "no longer one's own");

        let away = json!({
            "personId": tero.node(), "organisationId": partner.encode(), "substituteId": outi.node(),
            "fromOn": "2026-11-23", "toOn": "2026-11-30",
        });
        tero.does(&app, "absenceRecord", "absence { id }", away).await.done();
        let lent = outi.ask(&app, OF_CASE, of_case.clone()).await;
        assert_eq!(lent.data()["supportedCase"]["label"]["text"], "Kansio 14", "while standing in");
        app.on_day("2026-12-01");
        let over = outi.ask(&app, OF_CASE, of_case).await;
        assert_eq!(over.data()["supportedCase"], Value::Null, "and not a day longer");
    }
}

on_both! {
    async fn a_label_is_replaced_and_erased_and_a_retry_does_it_once(app: App) {
        let pair = pair(&app).await;
        let mut first = pair.of_case("Kansio 14", None);
        first["idempotencyKey"] = json!("once");
        let set = pair.mikko.does(&app, "supportedCaseLabelSet", CASE, first.clone()).await;
        let rows = app.rows(&TABLES).await;
        let again = pair.mikko.does(&app, "supportedCaseLabelSet", CASE, first.clone()).await;
        assert_eq!(set.done(), again.done());
        assert_eq!(app.rows(&TABLES).await, rows);
        first["label"] = json!("Kansio 15");
        let other = pair.mikko.does(&app, "supportedCaseLabelSet", CASE, first).await;
        assert_eq!(other.codes(), ["CONFLICT"]);

        // The colleague did not see that there was one already, or saw an older one: nothing is lost.
        for version in [None, Some(7)] {
            let stale = pair.liisa().does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 15", version)).await;
            assert_eq!(stale.codes(), ["CONFLICT"]);
        }
        let replaced = pair.liisa().does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 15", Some(1))).await;
        assert_eq!(replaced.done()["supportedCase"]["label"], json!({ "text": "Kansio 15", "version": 2 }));

        let clear = |version: i32| json!({ "supportedCaseId": pair.case.id.encode(), "version": version });
        let stale = pair.mikko.does(&app, "supportedCaseLabelClear", CASE, clear(1)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let cleared = pair.mikko.does(&app, "supportedCaseLabelClear", CASE, clear(2)).await;
        assert_eq!(cleared.done()["supportedCase"]["label"], Value::Null);
        assert_eq!(app.rows(&["sealed_labels"]).await, [""; 0], "key and text are gone");
        let none = pair.mikko.does(&app, "supportedCaseLabelClear", CASE, clear(2)).await;
        assert_eq!(none.codes(), ["NOT_FOUND"]);

        pair.sari.does(&app, "supportRelationshipLabelSet", RELATIONSHIP, pair.of_relationship("torstai", None)).await.done();
        let clear = json!({ "supportRelationshipId": pair.relationship.encode(), "version": 1 });
        let cleared = pair.sari.does(&app, "supportRelationshipLabelClear", RELATIONSHIP, clear).await;
        assert_eq!(cleared.done()["supportRelationship"]["supportPersonLabel"], Value::Null);
    }
}

on_both! {
    async fn a_faulty_label_is_refused_and_a_strangers_case_is_not_there(app: App) {
        let pair = pair(&app).await;
        let other = app.organisation("Toinen alue", OrganisationKind::WellbeingCounty).await;
        let stranger = app.person("Outi Outo", other, Role::Professional).await;
        let before = app.rows(&TABLES).await;
        let number = format!("{}{}", "131052", "-308T");
        let faults: [(Value, &[&str]); 6] = [
            (json!({ "label": "" }), &["label EMPTY"]),
            (json!({ "label": "x".repeat(31) }), &["label TOO_LONG"]),
            (json!({ "label": "a\u{0}b" }), &["label CONTROL_CHARACTER"]),
            (json!({ "label": "kaksi\nriviä" }), &["label CONTROL_CHARACTER"]),
            (json!({ "label": number }), &["label LOOKS_LIKE_IDENTITY_NUMBER"]),
            (json!({ "idempotencyKey": "" }), &["idempotencyKey EMPTY"]),
        ];
        pair.mikko.tries(&app, "supportedCaseLabelSet", CASE, &pair.of_case("Kansio 14", None), &faults).await;
        pair.sari.tries(&app, "supportRelationshipLabelSet", RELATIONSHIP, &pair.of_relationship("oma", None), &faults).await;

        for reader in [&stranger, &pair.sari] {
            let hidden = reader.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("x", None)).await;
            let mut input = pair.of_case("x", None);
            input["supportedCaseId"] = json!(SupportedCaseId::random().encode());
            let absent = reader.does(&app, "supportedCaseLabelSet", CASE, input.clone()).await;
            assert_eq!(hidden.codes(), ["NOT_FOUND"]);
            assert_eq!(hidden.json["errors"], absent.json["errors"]);
            assert_eq!(hidden.statements, absent.statements);
            input["supportedCaseId"] = json!(pair.relationship.encode());
            let malformed = reader.does(&app, "supportedCaseLabelSet", CASE, input).await;
            assert_eq!(malformed.json["errors"], absent.json["errors"]);
        }
        let hidden = pair.mikko.does(&app, "supportRelationshipLabelSet", RELATIONSHIP, pair.of_relationship("x", None)).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"], "the support person's own");
        for reader in [&pair.kaisa, &pair.anna] {
            let refused = reader.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("x", None)).await;
            assert_eq!(refused.codes(), ["FORBIDDEN"]);
        }
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_label_stands_nowhere_in_the_clear_and_its_reading_is_logged(app: App) {
        let pair = pair(&app).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Merkkiviite", None)).await.done();
        pair.sari.does(&app, "supportRelationshipLabelSet", RELATIONSHIP, pair.of_relationship("Merkkiviite", None)).await.done();
        let bytes = app.raw(&["sealed_labels", "idempotency_keys", "access_log", "access_log_objects", "access_log_looks", "changes"]).await;
        assert!(bytes.windows(21).any(|window| window == b"supportedCaseLabelSet"), "the log was read as well");
        let hex: String = "Merkkiviite".bytes().map(|byte| format!("{byte:02x}")).collect();
        for form in ["Merkkiviite".to_owned(), hex.clone(), hex.to_uppercase()] {
            assert!(!bytes.windows(form.len()).any(|window| window == form.as_bytes()), "the label can be read");
        }
        let log = app.rows(&["access_log_seen"]).await.len();
        let list = "{ supportRelationships { nodes { supportedCase { label { text } } } } }";
        pair.mikko.ask(&app, list, json!({})).await.data();
        assert_eq!(app.rows(&["access_log_seen"]).await.len(), log + 2, "the relationship and the case");
    }
}

on_both! {
    async fn a_label_that_was_moved_to_another_row_does_not_open(app: App) {
        let pair = pair(&app).await;
        let second = app.case(pair.case.association, pair.case.partner, &[&pair.mikko]).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 14", None)).await.done();
        let mut input = pair.of_case("Kansio 15", None);
        input["supportedCaseId"] = json!(second.id.encode());
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, input).await.done();
        let swap = "UPDATE sealed_labels SET text_sealed = (SELECT o.text_sealed FROM sealed_labels o WHERE o.case_id = $1) WHERE case_id = $2";
        app.run(swap, [pair.case.id.0.into(), second.id.0.into()]).await;
        let answer = pair.mikko.ask(&app, OF_CASE, json!({ "id": second.id.encode() })).await;
        assert_eq!(answer.data()["supportedCase"]["label"], Value::Null);
    }
}

on_both! {
    async fn labels_of_a_list_take_one_statement_more(app: App) {
        let pair = pair(&app).await;
        let list = |label: &str| format!("{{ supportRelationships {{ nodes {{ caseCode {label} supportedCase {{ code }} }} }} }}");
        let with = "{ supportRelationships { nodes { caseCode supportPersonLabel { text } supportedCase { code label { text } } } } }";
        let mut counts = Vec::new();
        for more in [0, 5] {
            for n in 0..more {
                let supporter = app.person(&format!("Aino {}", ["Yksi", "Kaksi", "Kolme", "Neljä", "Viisi"][n]), pair.case.association, Role::SupportPerson).await;
                let case = app.case(pair.case.association, pair.case.partner, &[&pair.mikko]).await;
                let proposed = app.proposed(&case, &supporter).await;
                app.disclosed(&case, &proposed, &pair.mikko).await;
                app.relationship(&case, &proposed, SupportRelationshipStatus::Active).await;
                let label = json!({ "supportedCaseId": case.id.encode(), "label": format!("Kansio {n}") });
                pair.mikko.does(&app, "supportedCaseLabelSet", CASE, label).await.done();
            }
            let without = pair.mikko.ask(&app, &list(""), json!({})).await.statements.len();
            let answer = pair.mikko.ask(&app, with, json!({})).await;
            let nodes = answer.data()["supportRelationships"]["nodes"].as_array().unwrap().clone();
            assert_eq!(nodes.iter().filter(|it| it["supportedCase"]["label"].is_object()).count(), more);
            assert_eq!(answer.statements.len(), without + 1, "the case's; nobody's support person is asked for none");
            counts.push(answer.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
    }
}

on_both! {
    async fn what_awaits_somebody_carries_their_own_label(app: App) {
        let pair = pair(&app).await;
        pair.mikko.does(&app, "supportedCaseLabelSet", CASE, pair.of_case("Kansio 14", None)).await.done();
        let db = app.db().await;
        let back = "UPDATE support_relationships SET status = 'PROPOSED', first_meeting_on = NULL, starts_on = NULL";
        sea_orm::ConnectionTrait::execute_unprepared(&db, back).await.unwrap();
        db.close().await.unwrap();
        let query = "{ waitingForMe { items { kind label { text } } } }";
        let of = |answer: &crate::support::Answer| {
            let items = answer.data()["waitingForMe"]["items"].as_array().unwrap().clone();
            let item = items.iter().find(|it| it["kind"] == "FIRST_MEETING_TO_RECORD").cloned();
            item.map(|it| it["label"].clone())
        };
        let mikko = pair.mikko.ask(&app, query, json!({})).await;
        assert_eq!(of(&mikko), Some(json!({ "text": "Kansio 14" })));
        for reader in [&pair.kaisa, &pair.sari] {
            let answer = reader.ask(&app, query, json!({})).await;
            assert!(of(&answer).is_none_or(|label| label.is_null()), "{:#}", answer.json);
        }
    }
}
