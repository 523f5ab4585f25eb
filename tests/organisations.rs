//! Organisations, their partnerships, counties, municipalities and codes.

use rinnalla_domain::ids::{Id as _, OrganisationId, PersonId};
use rinnalla_domain::organisations::{self, Details, LoadFault, Loaded};
use rinnalla_domain::states::{OrganisationKind, PartnershipKind, Role};
use rinnalla_domain::texts::Language;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::{Actor, App};

const ORGANISATION: &str = "query($id: ID!) { organisation(id: $id) { id name version } }";
const TABLES: [&str; 3] = ["organisations", "partnerships", "changes"];

async fn coordinator(app: &App, name: &str) -> Actor {
    let association = app.organisation(name, OrganisationKind::Association).await;
    app.person(&format!("Kaisa {name}"), association, Role::Coordinator)
        .await
}

fn partner_of(own: OrganisationId) -> Value {
    json!({
        "organisationId": own.encode(), "partnershipKind": "REFERS", "kind": "WELLBEING_COUNTY",
        "name": " Esimerkkialue ", "language": "FI", "countyCode": "20", "municipalityCode": "205",
        "mailbox": "kirjaamo@example.fi", "maxActiveDefault": 3,
    })
}

on_both! {
    async fn a_coordinator_adds_a_partner_organisation_and_both_know_of_each_other(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let object = "organisation { id name kind countyCode county { nameFi nameSv } municipalityCode mailbox
            maxActiveDefault isNameNeutral language version
            partnerships { kind validFrom validTo organisation { name } partner { name } } }";
        let answer = kaisa.does(&app, "organisationCreate", object, partner_of(kaisa.organisation)).await;
        let made = &answer.done()["organisation"];
        assert_eq!(made["name"], "Esimerkkialue");
        assert_eq!(made["county"], json!({ "nameFi": "Kainuu", "nameSv": "Kajanaland" }));
        assert_eq!(made["partnerships"], json!([{
            "kind": "REFERS", "validFrom": "2026-11-23", "validTo": null,
            "organisation": { "name": "Yhdistys" }, "partner": { "name": "Esimerkkialue" },
        }]));

        let partner = OrganisationId::decode(made["id"].as_str().unwrap()).unwrap();
        let liisa = app.person("Liisa Alue", partner, Role::Professional).await;
        let answer = liisa.ask(&app, "{ organisations { nodes { name } totalCount } }", json!({})).await;
        let known = &answer.data()["organisations"];
        assert_eq!(known["totalCount"], 2);
        assert_eq!(known["nodes"], json!([{ "name": "Yhdistys" }, { "name": "Esimerkkialue" }]));
    }
}

on_both! {
    async fn an_organisation_without_a_partnership_is_not_there_to_be_seen(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let stranger = coordinator(&app, "Toinen").await;
        let hidden = kaisa.ask(&app, ORGANISATION, json!({ "id": stranger.organisation.encode() })).await;
        let absent = kaisa.ask(&app, ORGANISATION, json!({ "id": OrganisationId::random().encode() })).await;
        assert_eq!(hidden.data(), &json!({ "organisation": null }));
        assert_eq!(hidden.data(), absent.data());
        assert_eq!(hidden.statements, absent.statements);
        for malformed in [PersonId::random().encode(), "x".to_owned(), String::new()] {
            let answer = kaisa.ask(&app, ORGANISATION, json!({ "id": malformed })).await;
            assert_eq!(answer.data(), &json!({ "organisation": null }));
        }
        let input = json!({
            "organisationId": stranger.organisation.encode(), "version": 1, "kind": "ASSOCIATION", "name": "Meidän",
            "isNameNeutral": true, "language": "FI", "countyCode": "20", "maxActiveDefault": 2,
        });
        let before = app.rows(&TABLES).await;
        let hidden = kaisa.does(&app, "organisationCorrect", "", input.clone()).await;
        let mut other = input;
        other["organisationId"] = json!(OrganisationId::random().encode());
        let absent = kaisa.does(&app, "organisationCorrect", "", other).await;
        assert_eq!(hidden.codes(), ["NOT_FOUND"]);
        assert_eq!(hidden.json["errors"], absent.json["errors"]);
        assert_eq!(hidden.statements, absent.statements);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_faulty_organisation_is_refused_with_all_its_faults(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let stranger = coordinator(&app, "Toinen").await;
        let before = app.rows(&TABLES).await;
        let long = "x".repeat(161);
        kaisa.tries(&app, "organisationCreate", "organisation { id }", &partner_of(kaisa.organisation), &[
            (json!({ "organisationId": stranger.organisation.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "organisationId": kaisa.node() }), &["organisationId UNKNOWN"]),
            (json!({ "name": "" }), &["name EMPTY"]),
            (json!({ "name": long }), &["name TOO_LONG"]),
            (json!({ "name": "a\u{0}b" }), &["name CONTROL_CHARACTER"]),
            (json!({ "name": "a\u{202e}b" }), &["name CONTROL_CHARACTER"]),
            (json!({ "countyCode": "99" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "countyCode": "2\u{0}0" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "municipalityCode": "20" }), &["municipalityCode MALFORMED"]),
            (json!({ "municipalityCode": "2O5" }), &["municipalityCode MALFORMED"]),
            (json!({ "mailbox": "kirjaamo@" }), &["mailbox MALFORMED"]),
            (json!({ "mailbox": "a@example.fi\r\nBcc: b@example.fi" }), &["mailbox CONTROL_CHARACTER"]),
            (json!({ "maxActiveDefault": 0 }), &["maxActiveDefault OUT_OF_RANGE"]),
            (json!({ "maxActiveDefault": 21, "name": " ", "countyCode": "" }),
                &["name EMPTY", "maxActiveDefault OUT_OF_RANGE", "countyCode UNKNOWN_CODE"]),
            (json!({ "idempotencyKey": "" }), &["idempotencyKey EMPTY"]),
        ]).await;
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn an_organisation_is_corrected_by_its_own_people_on_the_version_they_saw(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let liisa = app.person("Liisa Ammattilainen", kaisa.organisation, Role::Professional).await;
        let input = json!({
            "organisationId": kaisa.organisation.encode(), "version": 1, "kind": "FOUNDATION", "name": "Säätiö",
            "isNameNeutral": true, "language": "SV", "countyCode": "17", "maxActiveDefault": 4,
        });
        let object = "organisation { kind name isNameNeutral language countyCode municipalityCode mailbox maxActiveDefault version }";
        kaisa.tries(&app, "organisationCorrect", object, &input, &[
            (json!({ "name": "\u{200b}", "mailbox": "x", "municipalityCode": "1", "countyCode": "xx", "maxActiveDefault": -1 }),
                &["name CONTROL_CHARACTER", "mailbox MALFORMED", "municipalityCode MALFORMED",
                    "maxActiveDefault OUT_OF_RANGE", "countyCode UNKNOWN_CODE"]),
        ]).await;
        let refused = liisa.does(&app, "organisationCorrect", object, input.clone()).await;
        assert_eq!(refused.codes(), ["FORBIDDEN"]);
        let answer = kaisa.does(&app, "organisationCorrect", object, input.clone()).await;
        assert_eq!(answer.done()["organisation"], json!({
            "kind": "FOUNDATION", "name": "Säätiö", "isNameNeutral": true, "language": "SV", "countyCode": "17",
            "municipalityCode": null, "mailbox": null, "maxActiveDefault": 4, "version": 2,
        }));
        let before = app.rows(&TABLES).await;
        let stale = kaisa.does(&app, "organisationCorrect", object, input).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn a_partner_is_looked_after_until_it_has_an_administrator_of_its_own(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let partner = app.organisation("Alue", OrganisationKind::WellbeingCounty).await;
        app.refers(kaisa.organisation, partner).await;
        let input = |version: i32| json!({
            "organisationId": partner.encode(), "version": version, "kind": "WELLBEING_COUNTY", "name": "Kainuun alue",
            "isNameNeutral": true, "language": "FI", "countyCode": "20", "maxActiveDefault": 2,
        });
        kaisa.does(&app, "organisationCorrect", "organisation { id }", input(1)).await.done();
        app.person("Anna Pääkäyttäjä", partner, Role::Admin).await;
        let refused = kaisa.does(&app, "organisationCorrect", "organisation { id }", input(2)).await;
        assert_eq!(refused.codes(), ["NOT_FOUND"]);
    }
}

on_both! {
    async fn a_partnership_begins_and_ends_on_the_days_that_are_said(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let stranger = coordinator(&app, "Toinen").await;
        let partner = app.organisation("Alue", OrganisationKind::WellbeingCounty).await;
        let liisa = app.person("Liisa Pääkäyttäjä", partner, Role::Admin).await;
        app.refers(kaisa.organisation, partner).await;
        let object = "partnership { id kind countyCode validFrom validTo version partner { name } }";
        let good = json!({
            "organisationId": kaisa.organisation.encode(), "partnerId": partner.encode(), "kind": "SUPERVISES",
            "countyCode": "20", "validFrom": "2026-12-01",
        });
        let before = app.rows(&TABLES).await;
        kaisa.tries(&app, "partnershipStart", object, &good, &[
            (json!({ "organisationId": stranger.organisation.encode() }), &["organisationId UNKNOWN"]),
            (json!({ "partnerId": stranger.organisation.encode() }), &["partnerId UNKNOWN"]),
            (json!({ "partnerId": "x" }), &["partnerId UNKNOWN"]),
            (json!({ "partnerId": kaisa.organisation.encode() }), &["partnerId SAME_TWICE"]),
            (json!({ "validTo": "2026-11-30" }), &["validTo DATES_OUT_OF_ORDER"]),
            (json!({ "countyCode": "xx" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "kind": "REFERS", "countyCode": null }), &["kind ALREADY_PARTNERS"]),
        ]).await;
        assert_eq!(app.rows(&TABLES).await, before);
        let answer = kaisa.does(&app, "partnershipStart", object, good).await;
        let made = answer.done()["partnership"].clone();
        assert_eq!(made["validFrom"], "2026-12-01");

        let end = json!({ "partnershipId": made["id"], "version": 1, "endsOn": "2027-01-31" });
        kaisa.tries(&app, "partnershipEnd", object, &end, &[
            (json!({ "endsOn": "2026-11-30" }), &["endsOn DATES_OUT_OF_ORDER"]),
        ]).await;
        // The partner reads it, and does not end it; to a stranger it is not there.
        for other in [&liisa, &stranger] {
            let refused = other.does(&app, "partnershipEnd", object, end.clone()).await;
            assert_eq!(refused.codes(), ["NOT_FOUND"]);
        }
        let answer = kaisa.does(&app, "partnershipEnd", object, end.clone()).await;
        assert_eq!(answer.done()["partnership"]["validTo"], "2027-01-31");
        let stale = kaisa.does(&app, "partnershipEnd", object, end).await;
        assert_eq!(stale.codes(), ["CONFLICT"]);
    }
}

on_both! {
    async fn an_act_sent_again_is_the_same_act(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let mut input = partner_of(kaisa.organisation);
        input["idempotencyKey"] = json!("once");
        let first = kaisa.does(&app, "organisationCreate", "organisation { id }", input.clone()).await;
        let again = kaisa.does(&app, "organisationCreate", "organisation { id }", input.clone()).await;
        assert_eq!(first.done(), again.done());
        let before = app.rows(&TABLES).await;
        input["name"] = json!("Jokin muu");
        let other = kaisa.does(&app, "organisationCreate", "organisation { id }", input).await;
        assert_eq!(other.codes(), ["CONFLICT"]);
        assert_eq!(app.rows(&TABLES).await, before);
    }
}

on_both! {
    async fn organisations_are_paged_one_statement_a_level(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let query = "query($first: Int, $after: String) { organisations(first: $first, after: $after) {
            nodes { name county { name } partnerships { kind partner { name } } } pageInfo { endCursor hasNextPage } } }";
        let few = kaisa.ask(&app, query, json!({ "first": 100 })).await;
        for n in 0..20 {
            let partner = app.organisation(&format!("Alue {n:02}"), OrganisationKind::WellbeingCounty).await;
            app.refers(kaisa.organisation, partner).await;
        }
        let many = kaisa.ask(&app, query, json!({ "first": 100 })).await;
        assert_eq!(many.data()["organisations"]["nodes"].as_array().unwrap().len(), 21);
        // Sign-in, the organisations, counties, partnerships, and their partners.
        assert_eq!(many.statements.len(), 5, "{:#?}", many.statements);
        assert_eq!(few.statements.len(), 4, "without partnerships there are no partners to look up");

        let mut names = Vec::new();
        let mut after = Value::Null;
        loop {
            let page = kaisa.ask(&app, query, json!({ "first": 8, "after": after })).await;
            let page = page.data()["organisations"].clone();
            for node in page["nodes"].as_array().unwrap() {
                names.push(node["name"].as_str().unwrap().to_owned());
            }
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == json!(false) {
                break;
            }
        }
        assert_eq!(names.len(), 21);
        assert!(names[1..].is_sorted());
        let refused = kaisa.ask(&app, query, json!({ "first": 101 })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
        let refused = kaisa.ask(&app, query, json!({ "after": "?" })).await;
        assert_eq!(refused.codes(), ["BAD_USER_INPUT"]);
    }
}

on_both! {
    async fn counties_and_codes_are_read_in_the_language_of_the_reader(app: App) {
        let kaisa = coordinator(&app, "Yhdistys").await;
        let query = "{ counties { code name nameSv } codes(lists: [ACTIVITY, INTEREST]) { list code name isActive } }";
        let answer = kaisa.ask(&app, query, json!({})).await;
        let counties = answer.data()["counties"].as_array().unwrap();
        assert_eq!(counties.len(), 23);
        assert_eq!(counties[0], json!({ "code": "01", "name": "Itä-Uusimaa", "nameSv": "Östra Nyland" }));
        let codes = answer.data()["codes"].as_array().unwrap();
        assert_eq!(codes[0]["list"], "INTEREST");
        let interests: Vec<_> = codes
            .iter()
            .filter(|code| code["list"] == "INTEREST")
            .map(|code| code["name"].as_str().unwrap())
            .collect();
        assert_eq!(interests[0], "Eläimet");
        assert_eq!(interests.len(), 12);
        let nobody = app.ask(None, query, json!({})).await;
        assert_eq!(nobody.codes(), ["UNAUTHENTICATED", "UNAUTHENTICATED"]);
    }
}

on_both! {
    async fn a_list_of_municipalities_is_loaded_whole_or_not_at_all(app: App) {
        let store = &app.register.store;
        let list = "code;valid_from;valid_to;name_fi;name_sv;county_code\n\
                    205;2023-01-01;;Kajaani;Kajana;20\n\
                    777;1900-01-01;2025-12-31;Suomussalmi;Suomussalmi;20\n";
        let loaded = organisations::load_municipalities(store, list).await.unwrap();
        assert_eq!(loaded, Loaded { lines: 2, changed: 2 });
        let again = organisations::load_municipalities(store, list).await.unwrap();
        assert_eq!(again, Loaded { lines: 2, changed: 0 });
        let ended = list.replace("205;2023-01-01;;", "205;2023-01-01;2030-12-31;");
        let changed = organisations::load_municipalities(store, &ended).await.unwrap();
        assert_eq!(changed.changed, 1);

        let before = app.rows(&["municipalities"]).await;
        let faulty = format!("{list}290;2023-01-01;;Kuhmo;Kuhmo;77\n29;2023-01-01;;Kuhmo;Kuhmo;20\n");
        let fault = organisations::load_municipalities(store, &faulty).await.unwrap_err();
        assert!(matches!(&fault, LoadFault::Lines(lines) if lines.len() == 2));
        assert_eq!(
            fault.to_string(),
            "line 4: there is no county with this code\nline 5: a municipality's code has three digits"
        );
        assert_eq!(app.rows(&["municipalities"]).await, before);

        let kaisa = coordinator(&app, "Yhdistys").await;
        let query = "query($county: String) { municipalities(countyCode: $county) { code nameSv validTo } }";
        let answer = kaisa.ask(&app, query, json!({ "county": "20" })).await;
        assert_eq!(answer.data()["municipalities"], json!([{ "code": "205", "nameSv": "Kajana", "validTo": "2030-12-31" }]));
        let none = kaisa.ask(&app, query, json!({ "county": "01\u{0}" })).await;
        assert_eq!(none.data()["municipalities"], json!([]));
    }
}

on_both! {
    async fn the_keeper_founds_organisations_and_introduces_them(app: App) {
        let told = |name: &str, county: &str| Details {
            kind: OrganisationKind::Association,
            name: name.to_owned(),
            is_name_neutral: true,
            language: Language::Fi,
            county_code: county.to_owned(),
            municipality_code: None,
            mailbox: None,
            max_active_default: None,
        };
        let register = &app.register;
        assert!(organisations::found(register, &told("", "99")).await.is_err());
        let first = organisations::found(register, &told("Yhdistys", "20")).await.unwrap();
        let second = organisations::found(register, &told("Toinen", "20")).await.unwrap();
        for _ in 0..2 {
            organisations::join(register, first, second, PartnershipKind::Refers).await.unwrap();
        }
        assert!(organisations::join(register, first, OrganisationId::random(), PartnershipKind::Refers).await.is_err());
        assert!(organisations::join(register, first, first, PartnershipKind::Refers).await.is_err());
        let anna = app.person("Anna Yhdistys", first, Role::Admin).await;
        let answer = anna.ask(&app, "{ organisations { totalCount } }", json!({})).await;
        assert_eq!(answer.data()["organisations"]["totalCount"], 2);
        assert_eq!(app.rows(&["partnerships"]).await.len(), 1);
        let log = app.rows(&["access_log"]).await;
        assert_eq!(log.iter().filter(|row| row.contains("command line")).count(), 3);
    }
}
