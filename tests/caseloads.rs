//! Who the professionals of a case are, and moving a leaver's cases.

use rinnalla_domain::ids::{
    CaseProfessionalId, CaseloadMoveId, Id as _, PersonId, SupportedCaseId,
};
use rinnalla_domain::states::{OrganisationKind, Role, SupportRelationshipStatus};
use serde_json::{Value, json};

use crate::on_both;
use crate::support::cases::Case;
use crate::support::{Actor, App};

const PART: &str = "caseProfessional { id isResponsible fromOn toOn person { name } }";
const MOVED: &str = "caseloadMove { id movedCount version cancelledAt from { name } to { name } }";
const TABLES: [&str; 5] = [
    "case_professionals",
    "caseload_moves",
    "caseload_move_entries",
    "supported_cases",
    "changes",
];

/// An association with its coordinator, and a partner with three professionals.
struct Office {
    kaisa: Actor,
    mikko: Actor,
    liisa: Actor,
    tero: Actor,
}

async fn office(app: &App) -> Office {
    let association = app
        .organisation("Yhdistys", OrganisationKind::Association)
        .await;
    let partner = app
        .organisation("Alue", OrganisationKind::WellbeingCounty)
        .await;
    app.refers(association, partner).await;
    let kaisa = app
        .person("Kaisa Koordinaattori", association, Role::Coordinator)
        .await;
    let mut professionals = Vec::new();
    for name in ["Mikko Lähtevä", "Liisa Jäävä", "Tero Toinen"] {
        professionals.push(app.person(name, partner, Role::Professional).await);
    }
    let [mikko, liisa, tero] = professionals.try_into().unwrap();
    Office {
        kaisa,
        mikko,
        liisa,
        tero,
    }
}

impl Office {
    async fn case(&self, app: &App, professionals: &[&Actor]) -> Case {
        let (association, partner) = (self.kaisa.organisation, self.mikko.organisation);
        app.case(association, partner, professionals).await
    }
}

/// Who is on a case, as the coordinator sees it: the responsible one first, marked.
async fn on(app: &App, reader: &Actor, case: &Case) -> Vec<String> {
    let query =
        "query($case: ID!) { caseProfessionals(caseId: $case) { isResponsible person { name } } }";
    let answer = reader
        .ask(app, query, json!({ "case": case.id.encode() }))
        .await;
    let parts = answer.data()["caseProfessionals"]
        .as_array()
        .unwrap()
        .clone();
    parts
        .iter()
        .map(|part| {
            let name = part["person"]["name"]
                .as_str()
                .unwrap()
                .split(' ')
                .next()
                .unwrap();
            let mark = if part["isResponsible"] == json!(true) {
                "!"
            } else {
                ""
            };
            format!("{name}{mark}")
        })
        .collect()
}

/// The id of somebody's part in a case.
async fn part(app: &App, reader: &Actor, case: &Case, name: &str) -> Value {
    let query = "query($case: ID!) { caseProfessionals(caseId: $case) { id person { name } } }";
    let answer = reader
        .ask(app, query, json!({ "case": case.id.encode() }))
        .await;
    let parts = answer.data()["caseProfessionals"]
        .as_array()
        .unwrap()
        .clone();
    let part = parts
        .iter()
        .find(|part| part["person"]["name"].as_str().unwrap().starts_with(name));
    part.unwrap()["id"].clone()
}

on_both! {
    async fn a_case_has_several_professionals_and_one_responsible(app: App) {
        let office = office(&app).await;
        let case = office.case(&app, &[&office.mikko]).await;
        let add = json!({ "caseId": case.id.encode(), "version": 1, "personId": office.liisa.node() });
        let added = office.mikko.does(&app, "caseProfessionalAdd", PART, add).await;
        assert_eq!(added.done()["caseProfessional"]["isResponsible"], false);
        assert_eq!(on(&app, &office.kaisa, &case).await, ["Mikko!", "Liisa"]);

        let end = |id: Value, version: i32| json!({ "caseProfessionalId": id, "version": version });
        let mikko = part(&app, &office.kaisa, &case, "Mikko").await;
        let refused = office.mikko.does(&app, "caseProfessionalEnd", PART, end(mikko, 2)).await;
        assert_eq!(refused.user_errors(), ["caseProfessionalId RESPONSIBLE_NEEDED"]);

        app.on_day("2026-12-01");
        let change = |to: &Actor, version: i32| json!({ "caseId": case.id.encode(), "version": version, "personId": to.node() });
        let changed = office.mikko.does(&app, "caseResponsibleChange", PART, change(&office.liisa, 2)).await;
        assert_eq!(changed.done()["caseProfessional"]["fromOn"], "2026-12-01");
        assert_eq!(on(&app, &office.kaisa, &case).await, ["Liisa!", "Mikko"]);
        let refused = office.mikko.does(&app, "caseResponsibleChange", PART, change(&office.liisa, 3)).await;
        assert_eq!(refused.user_errors(), ["personId ALREADY_RESPONSIBLE"]);
        // Somebody who was not on the case may become responsible at once.
        office.kaisa.does(&app, "caseResponsibleChange", PART, change(&office.tero, 3)).await.done();
        assert_eq!(on(&app, &office.kaisa, &case).await, ["Tero!", "Mikko", "Liisa"]);

        let mikko = part(&app, &office.kaisa, &case, "Mikko").await;
        office.kaisa.does(&app, "caseProfessionalEnd", PART, end(mikko.clone(), 4)).await.done();
        assert_eq!(on(&app, &office.kaisa, &case).await, ["Tero!", "Liisa"]);
        assert_eq!(on(&app, &office.mikko, &case).await, [""; 0], "no longer one's own");
        let again = office.kaisa.does(&app, "caseProfessionalEnd", PART, end(mikko, 5)).await;
        assert_eq!(again.user_errors(), ["caseProfessionalId WRONG_STATE"]);
    }
}

on_both! {
    async fn faulty_acts_on_the_professionals_of_a_case_change_nothing(app: App) {
        let office = office(&app).await;
        let other = app.organisation("Toinen alue", OrganisationKind::WellbeingCounty).await;
        let stranger = app.person("Outi Outo", other, Role::Professional).await;
        let case = office.case(&app, &[&office.mikko, &office.liisa]).await;
        let good = json!({ "caseId": case.id.encode(), "version": 1, "personId": office.tero.node() });
        let before = app.rows(&TABLES).await;
        let not_there: &[&str] = &["personId NOT_A_PROFESSIONAL_THERE"];
        for act in ["caseProfessionalAdd", "caseResponsibleChange"] {
            office.kaisa.tries(&app, act, PART, &good, &[
                (json!({ "personId": office.kaisa.node() }), not_there),
                (json!({ "personId": stranger.node() }), not_there),
                (json!({ "personId": PersonId::random().encode() }), not_there),
                (json!({ "personId": case.id.encode() }), not_there),
            ]).await;
            let mut stale = good.clone();
            stale["version"] = json!(7);
            assert_eq!(office.kaisa.does(&app, act, PART, stale).await.codes(), ["CONFLICT"]);
            // To those who are not on the case it is not there.
            for reader in [&stranger, &office.tero] {
                let hidden = reader.does(&app, act, PART, good.clone()).await;
                let mut other = good.clone();
                other["caseId"] = json!(SupportedCaseId::random().encode());
                let absent = reader.does(&app, act, PART, other).await;
                assert_eq!(hidden.codes(), ["NOT_FOUND"]);
                assert_eq!(hidden.json["errors"], absent.json["errors"]);
                assert_eq!(hidden.statements, absent.statements);
            }
        }
        let twice = json!({ "caseId": case.id.encode(), "version": 1, "personId": office.liisa.node() });
        let twice = office.kaisa.does(&app, "caseProfessionalAdd", PART, twice).await;
        assert_eq!(twice.user_errors(), ["personId ALREADY_ON_THE_CASE"]);
        let liisa = part(&app, &office.kaisa, &case, "Liisa").await;
        let end = |id: Value, version: i32| json!({ "caseProfessionalId": id, "version": version });
        let stale = office.kaisa.does(&app, "caseProfessionalEnd", PART, end(liisa.clone(), 7)).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let hidden = stranger.does(&app, "caseProfessionalEnd", PART, end(liisa, 1)).await;
        let absent = stranger.does(&app, "caseProfessionalEnd", PART, end(json!(CaseProfessionalId::random().encode()), 1)).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        assert_eq!(hidden.json["errors"], absent.json["errors"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn one_act_moves_all_cases_of_a_leaver_and_can_be_undone(app: App) {
        let office = office(&app).await;
        let cases = [
            office.case(&app, &[&office.mikko]).await,
            office.case(&app, &[&office.mikko, &office.liisa]).await,
            office.case(&app, &[&office.tero, &office.mikko]).await,
            office.case(&app, &[&office.liisa, &office.mikko]).await,
            office.case(&app, &[&office.tero]).await,
        ];
        let mut before = Vec::new();
        for case in &cases {
            before.push(on(&app, &office.kaisa, case).await);
        }
        let mut input = json!({ "fromId": office.mikko.node(), "toId": office.liisa.node(), "idempotencyKey": "leaver" });
        let answer = office.kaisa.does(&app, "caseloadMove", MOVED, input.clone()).await;
        let moved = answer.done()["caseloadMove"].clone();
        assert_eq!(moved["movedCount"], 4);
        assert_eq!(moved["to"]["name"], "Liisa Jäävä");
        let mut after = Vec::new();
        for case in &cases {
            after.push(on(&app, &office.kaisa, case).await);
        }
        assert_eq!(after, [
            vec!["Liisa!"], vec!["Liisa!"], vec!["Tero!", "Liisa"], vec!["Liisa!"], vec!["Tero!"],
        ]);
        let rows = app.rows(&TABLES).await;
        let again = office.kaisa.does(&app, "caseloadMove", MOVED, input.clone()).await;
        assert_eq!(again.done()["caseloadMove"], moved, "the same act, sent again");
        assert_eq!(app.rows(&TABLES).await, rows);
        input["idempotencyKey"] = json!("once more");
        let none = office.kaisa.does(&app, "caseloadMove", MOVED, input).await;
        assert_eq!(none.done()["caseloadMove"]["movedCount"], 0);

        // One case was given to Tero since: that stands.
        let change = json!({ "caseId": cases[0].id.encode(), "version": 2, "personId": office.tero.node() });
        office.kaisa.does(&app, "caseResponsibleChange", PART, change).await.done();
        let undo = json!({ "caseloadMoveId": moved["id"], "version": 1 });
        let undone = office.kaisa.does(&app, "caseloadMoveCancel", MOVED, undo.clone()).await;
        assert!(undone.done()["caseloadMove"]["cancelledAt"].is_string());
        assert_eq!(on(&app, &office.kaisa, &cases[0]).await, ["Tero!", "Liisa"]);
        for (case, before) in cases.iter().zip(&before).skip(1) {
            assert_eq!(on(&app, &office.kaisa, case).await, *before);
        }
        let stale = office.kaisa.does(&app, "caseloadMoveCancel", MOVED, undo).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let twice = json!({ "caseloadMoveId": moved["id"], "version": 2 });
        let twice = office.kaisa.does(&app, "caseloadMoveCancel", MOVED, twice).await;
        assert_eq!(twice.user_errors(), ["caseloadMoveId WRONG_STATE"]);
    }
}

on_both! {
    async fn a_coordinator_moves_what_the_own_association_coordinates_and_a_leaver_all_of_it(app: App) {
        let office = office(&app).await;
        let second = app.organisation("Toinen yhdistys", OrganisationKind::Association).await;
        app.refers(second, office.mikko.organisation).await;
        let ours = office.case(&app, &[&office.mikko]).await;
        let theirs = app.case(second, office.mikko.organisation, &[&office.mikko]).await;
        let outi = app.person("Outi Koordinaattori", second, Role::Coordinator).await;
        let input = json!({ "fromId": office.mikko.node(), "toId": office.liisa.node() });
        let moved = office.kaisa.does(&app, "caseloadMove", MOVED, input.clone()).await;
        assert_eq!(moved.done()["caseloadMove"]["movedCount"], 1);
        assert_eq!(on(&app, &office.kaisa, &ours).await, ["Liisa!"]);
        assert_eq!(on(&app, &outi, &theirs).await, ["Mikko!"]);
        let hidden = json!({ "caseloadMoveId": moved.done()["caseloadMove"]["id"], "version": 1 });
        let hidden = outi.does(&app, "caseloadMoveCancel", MOVED, hidden).await;
        let absent = json!({ "caseloadMoveId": CaseloadMoveId::random().encode(), "version": 1 });
        let absent = outi.does(&app, "caseloadMoveCancel", MOVED, absent).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        assert_eq!(hidden.json["errors"], absent.json["errors"]);

        let own = office.mikko.does(&app, "caseloadMove", MOVED, input).await;
        assert_eq!(own.done()["caseloadMove"]["movedCount"], 1);
        assert_eq!(on(&app, &outi, &theirs).await, ["Liisa!"]);
    }
}

on_both! {
    async fn a_faulty_move_changes_nothing(app: App) {
        let office = office(&app).await;
        let other = app.organisation("Toinen", OrganisationKind::Association).await;
        let outi = app.person("Outi Outo", other, Role::Coordinator).await;
        office.case(&app, &[&office.mikko]).await;
        let good = json!({ "fromId": office.mikko.node(), "toId": office.liisa.node() });
        let before = app.rows(&TABLES).await;
        let not_there: &[&str] = &["toId NOT_A_PROFESSIONAL_THERE"];
        office.kaisa.tries(&app, "caseloadMove", MOVED, &good, &[
            (json!({ "toId": office.mikko.node() }), &["toId SAME_TWICE"]),
            (json!({ "toId": office.kaisa.node() }), not_there),
            (json!({ "toId": "x" }), not_there),
            (json!({ "fromId": PersonId::random().encode() }), &["fromId UNKNOWN"]),
        ]).await;
        for reader in [&outi, &office.tero] {
            let refused = reader.does(&app, "caseloadMove", MOVED, good.clone()).await;
            assert_eq!(refused.user_errors(), ["fromId UNKNOWN"]);
        }
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_move_takes_as_many_statements_whatever_the_number_of_cases(app: App) {
        let office = office(&app).await;
        let mut counts = Vec::new();
        for (from, to, cases) in [(&office.mikko, &office.liisa, 2), (&office.liisa, &office.tero, 12)] {
            for _ in 0..cases {
                office.case(&app, &[from]).await;
            }
            let input = json!({ "fromId": from.node(), "toId": to.node() });
            let moved = office.kaisa.does(&app, "caseloadMove", MOVED, input).await;
            assert!(moved.done()["caseloadMove"]["movedCount"].as_i64().unwrap() >= cases);
            counts.push(moved.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
    }
}

on_both! {
    async fn a_coordinator_sees_how_much_each_professional_has_to_do(app: App) {
        let office = office(&app).await;
        let sari = app.person("Sari Tukihenkilö", office.kaisa.organisation, Role::SupportPerson).await;
        let first = office.case(&app, &[&office.mikko, &office.liisa]).await;
        office.case(&app, &[&office.mikko]).await;
        let proposed = app.proposed(&first, &sari).await;
        app.relationship(&first, &proposed, SupportRelationshipStatus::Active).await;
        let query = "query($first: Int, $after: String) { caseloads(first: $first, after: $after) {
            nodes { cases responsibleFor openRelationships person { name } } totalCount pageInfo { endCursor hasNextPage } } }";
        let answer = office.kaisa.ask(&app, query, json!({})).await;
        let page = &answer.data()["caseloads"];
        assert_eq!(page["totalCount"], 2);
        assert_eq!(page["nodes"], json!([
            { "cases": 2, "responsibleFor": 2, "openRelationships": 1, "person": { "name": "Mikko Lähtevä" } },
            { "cases": 1, "responsibleFor": 0, "openRelationships": 1, "person": { "name": "Liisa Jäävä" } },
        ]));
        let own = office.liisa.ask(&app, query, json!({})).await;
        assert_eq!(own.data()["caseloads"]["nodes"].as_array().unwrap().len(), 1);
        let page = office.kaisa.ask(&app, query, json!({ "first": 1 })).await;
        let page = page.data()["caseloads"]["pageInfo"].clone();
        let next = office.kaisa.ask(&app, query, json!({ "first": 1, "after": page["endCursor"] })).await;
        assert_eq!(next.data()["caseloads"]["nodes"][0]["person"]["name"], "Liisa Jäävä");
        assert_eq!(next.data()["caseloads"]["pageInfo"]["hasNextPage"], false);
        let refused = sari.ask(&app, query, json!({})).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
    }
}
