//! Absences: the substitute has the absent person's rights for those days, and not a day longer.

use rinnalla_domain::ids::{AbsenceId, Id as _, SupportedCaseId};
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use super::{TABLES, house};
use crate::on_both;
use crate::support::{Actor, App};

const ABSENCE: &str = "absence { id fromOn toOn version cancelledAt person { name } substitute { name } organisation { name } }";

fn away(from: &str, to: &str, at: &Actor, substitute: &Actor) -> Value {
    json!({
        "organisationId": at.organisation.encode(), "substituteId": substitute.node(), "fromOn": from, "toOn": to,
    })
}

async fn sees_case(app: &App, reader: &Actor, case: SupportedCaseId) -> bool {
    let query = "query($case: ID!) { caseProfessionals(caseId: $case) { id } }";
    let answer = reader
        .ask(app, query, json!({ "case": case.encode() }))
        .await;
    !answer.data()["caseProfessionals"]
        .as_array()
        .unwrap()
        .is_empty()
}

on_both! {
    async fn a_substitute_has_the_rights_for_the_days_of_the_absence(app: App) {
        let house = house(&app).await;
        let liisa = app.person("Liisa Ammattilainen", house.mikko.organisation, Role::Professional).await;
        let case = app.case(house.kaisa.organisation, house.mikko.organisation, &[&house.mikko]).await;
        let input = away("2026-12-01", "2026-12-07", &house.mikko, &liisa);
        let answer = house.mikko.does(&app, "absenceRecord", ABSENCE, input).await;
        let absence = answer.done()["absence"].clone();
        assert_eq!(absence["substitute"]["name"], "Liisa Ammattilainen");
        for (day, sees) in [("2026-11-30", false), ("2026-12-01", true), ("2026-12-07", true), ("2026-12-08", false)] {
            app.on_day(day);
            assert_eq!(sees_case(&app, &liisa, case.id).await, sees, "{day}");
            assert!(sees_case(&app, &house.mikko, case.id).await, "the absent person keeps what is theirs");
        }
        app.on_day("2026-12-02");
        let query = "{ me { roles { role isLent holder { name } organisation { name } } standingIn { toOn person { name } } } }";
        let answer = liisa.ask(&app, query, json!({})).await;
        let mut roles = answer.data()["me"]["roles"].as_array().unwrap().clone();
        roles.sort_by_key(|role| role["isLent"].as_bool());
        assert_eq!(roles, [
            json!({ "role": "PROFESSIONAL", "isLent": false, "holder": null, "organisation": { "name": "Esimerkkialue" } }),
            json!({ "role": "PROFESSIONAL", "isLent": true, "holder": { "name": "Mikko Ammattilainen" },
                "organisation": { "name": "Esimerkkialue" } }),
        ]);
        assert_eq!(answer.data()["me"]["standingIn"], json!([{ "toOn": "2026-12-07", "person": { "name": "Mikko Ammattilainen" } }]));

        let cancel = json!({ "absenceId": absence["id"], "version": 1 });
        let cancelled = house.mikko.does(&app, "absenceCancel", ABSENCE, cancel.clone()).await;
        assert!(cancelled.done()["absence"]["cancelledAt"].is_string());
        assert!(!sees_case(&app, &liisa, case.id).await);
        let stale = house.mikko.does(&app, "absenceCancel", ABSENCE, cancel).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        let again = json!({ "absenceId": absence["id"], "version": 2 });
        let again = house.mikko.does(&app, "absenceCancel", ABSENCE, again).await;
        assert_eq!(again.user_errors(), ["absenceId WRONG_STATE"]);
    }
}

on_both! {
    async fn an_absence_lends_no_role_that_the_substitute_has_lost_since(app: App) {
        let house = house(&app).await;
        let liisa = app.person("Liisa Ammattilainen", house.mikko.organisation, Role::Professional).await;
        let anna = app.person("Paula Hallinto", house.mikko.organisation, Role::Admin).await;
        let case = app.case(house.kaisa.organisation, house.mikko.organisation, &[&house.mikko]).await;
        let input = away("2026-11-23", "2026-12-31", &house.mikko, &liisa);
        house.mikko.does(&app, "absenceRecord", ABSENCE, input).await.done();
        assert!(sees_case(&app, &liisa, case.id).await);
        // Liisa becomes a supervisor and is a professional no more.
        let role = json!({ "personId": liisa.node(), "organisationId": liisa.organisation.encode(), "role": "SUPERVISOR" });
        anna.does(&app, "roleGrantAdd", "roleGrant { id }", role).await.done();
        let query = "query($id: ID!) { person(id: $id) { roles { id role } } }";
        let roles = anna.ask(&app, query, json!({ "id": liisa.node() })).await;
        let professional = roles.data()["person"]["roles"][0].clone();
        assert_eq!(professional["role"], "PROFESSIONAL");
        let end = json!({ "roleGrantId": professional["id"], "version": 1, "endsOn": "2026-11-23" });
        anna.does(&app, "roleGrantEnd", "roleGrant { id }", end).await.done();
        app.on_day("2026-11-24");
        let answer = liisa.ask(&app, "{ me { roles { role } } }", json!({})).await;
        assert_eq!(answer.data()["me"]["roles"], json!([{ "role": "SUPERVISOR" }]));
    }
}

on_both! {
    async fn a_faulty_absence_is_refused(app: App) {
        let house = house(&app).await;
        let at = house.mikko.organisation;
        let liisa = app.person("Liisa Ammattilainen", at, Role::Professional).await;
        let timo = app.person("Timo Työnohjaaja", at, Role::Supervisor).await;
        let good = away("2026-12-01", "2026-12-07", &house.mikko, &liisa);
        let before = app.rows(&TABLES).await;
        house.mikko.tries(&app, "absenceRecord", ABSENCE, &good, &[
            (json!({ "fromOn": "2026-12-08" }), &["toOn DATES_OUT_OF_ORDER"]),
            (json!({ "fromOn": "2026-11-01", "toOn": "2026-11-22" }), &["toOn DATE_IN_PAST"]),
            (json!({ "toOn": "2036-12-01" }), &["toOn OUT_OF_RANGE"]),
            (json!({ "substituteId": house.mikko.node() }), &["substituteId SAME_TWICE"]),
            (json!({ "substituteId": timo.node() }), &["substituteId SUBSTITUTE_LACKS_ROLE"]),
            (json!({ "substituteId": house.kaisa.node() }), &["substituteId SUBSTITUTE_LACKS_ROLE"]),
            (json!({ "substituteId": "x" }), &["substituteId SUBSTITUTE_LACKS_ROLE"]),
            (json!({ "organisationId": house.kaisa.organisation.encode() }), &["organisationId UNKNOWN"]),
        ]).await;
        let mut other = good.clone();
        other["personId"] = json!(liisa.node());
        let refused = house.mikko.does(&app, "absenceRecord", ABSENCE, other).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"], "somebody else's absence is the coordinator's");
        let sari = app.person("Sari Tukihenkilö", at, Role::SupportPerson).await;
        let refused = sari.does(&app, "absenceRecord", ABSENCE, good.clone()).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        assert_eq!(app.rows(&TABLES).await.len(), before.len() + 3, "Sari, her role and her token");

        house.mikko.does(&app, "absenceRecord", ABSENCE, good.clone()).await.done();
        house.mikko.tries(&app, "absenceRecord", ABSENCE, &good, &[
            (json!({ "fromOn": "2026-12-07", "toOn": "2026-12-31" }), &["fromOn ABSENCE_OVERLAPS"]),
        ]).await;
        let crosswise = away("2026-12-05", "2026-12-31", &house.mikko, &house.mikko);
        let refused = liisa.does(&app, "absenceRecord", ABSENCE, crosswise).await;
        assert_eq!(refused.user_errors(), ["substituteId SUBSTITUTE_AWAY"]);
    }
}

on_both! {
    async fn a_coordinator_records_anybodys_absence_in_the_own_organisation(app: App) {
        let house = house(&app).await;
        let own = house.kaisa.organisation;
        let timo = app.person("Timo Työnohjaaja", own, Role::Supervisor).await;
        let tiina = app.person("Tiina Työnohjaaja", own, Role::Supervisor).await;
        let mut input = away("2026-12-01", "2026-12-07", &timo, &tiina);
        input["personId"] = json!(timo.node());
        let answer = house.kaisa.does(&app, "absenceRecord", ABSENCE, input.clone()).await;
        let absence = answer.done()["absence"].clone();
        house.kaisa.tries(&app, "absenceRecord", ABSENCE, &input, &[
            (json!({ "personId": house.mikko.node() }), &["personId NO_WORK_THERE"]),
            (json!({ "personId": house.anna.node() }), &["personId NO_WORK_THERE"]),
            (json!({ "organisationId": house.mikko.organisation.encode() }), &["organisationId UNKNOWN"]),
        ]).await;
        let before = app.rows(&TABLES).await;
        let hidden = json!({ "absenceId": absence["id"], "version": 1 });
        let hidden = house.mikko.does(&app, "absenceCancel", ABSENCE, hidden).await;
        let absent = json!({ "absenceId": AbsenceId::random().encode(), "version": 1 });
        let absent = house.mikko.does(&app, "absenceCancel", ABSENCE, absent).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        assert_eq!(hidden.json["errors"], absent.json["errors"]);
        assert_eq!(hidden.statements, absent.statements);
        assert_eq!(app.rows(&TABLES).await, before);
        let query = "query($id: ID!) { person(id: $id) { absences { fromOn substitute { name } } } }";
        let shown = timo.ask(&app, query, json!({ "id": timo.node() })).await;
        assert_eq!(shown.data()["person"]["absences"], json!([{ "fromOn": "2026-12-01", "substitute": { "name": "Tiina Työnohjaaja" } }]));
        let cancel = json!({ "absenceId": absence["id"], "version": 1 });
        timo.does(&app, "absenceCancel", ABSENCE, cancel).await.done();
    }
}

on_both! {
    async fn one_may_choose_a_substitute_among_those_with_the_same_role(app: App) {
        let house = house(&app).await;
        for name in ["Öhman Testi", "Aalto Testi"] {
            app.person(name, house.mikko.organisation, Role::Professional).await;
        }
        let answer = house.mikko.ask(&app, "{ me { colleagues { name role } } }", json!({})).await;
        assert_eq!(answer.data()["me"]["colleagues"], json!([
            { "name": "Aalto Testi", "role": "PROFESSIONAL" }, { "name": "Öhman Testi", "role": "PROFESSIONAL" },
        ]));
        // An administrator has no absence to record, and is told all else of herself.
        let anna = house.anna.ask(&app, "{ me { person { name } colleagues { name } } }", json!({})).await;
        assert_eq!(anna.data()["me"]["colleagues"], json!([]));
    }
}
