//! Who changed what and when in a record.

use rinnalla_domain::ids::{Id as _, PersonId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use crate::experts::Expert;
use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, App};

const HISTORY: &str = "query($of: ID!, $first: Int, $after: String) { history(of: $of, first: $first, after: $after) {
    nodes { part what on at by { name } cancelledBy { name } cancelledAt } totalCount pageInfo { endCursor hasNextPage } } }";

/// Another association's coordinator.
async fn outi(app: &App) -> Actor {
    let other = app
        .organisation("Toinen yhdistys", OrganisationKind::Association)
        .await;
    app.person("Outi Koordinaattori", other, Role::Coordinator)
        .await
}

/// The lines that a reader sees, as `PART what by`, with a mark where cancelled.
async fn lines(app: &App, reader: &Actor, of: String) -> Option<Vec<String>> {
    let answer = reader.ask(app, HISTORY, json!({ "of": of })).await;
    let nodes = answer.data()["history"]["nodes"].as_array()?.clone();
    let say = |it: &Value| {
        let by = it["by"]["name"]
            .as_str()
            .and_then(|name| name.split(' ').next())
            .unwrap_or("-");
        let mark = if it["cancelledAt"].is_string() {
            " (cancelled)"
        } else {
            ""
        };
        format!(
            "{} {} {by}{mark}",
            it["part"].as_str().unwrap(),
            it["what"].as_str().unwrap()
        )
    };
    Some(nodes.iter().map(say).collect())
}

on_both! {
    async fn a_relationships_history_is_its_entries_and_to_the_association_its_other_changes(app: App) {
        let house = app.pair(&[]).await;
        let outi = outi(&app).await;
        let meeting = json!({
            "supportRelationshipId": house.relationship.encode(), "metOn": "2026-11-20", "minutes": 60,
            "activity": "COFFEE", "channel": "IN_PERSON",
        });
        app.at("2026-11-23", "11:00");
        let recorded = house.sari.does(&app, "meetingRecord", "meeting { id version }", meeting).await;
        let meeting = recorded.done()["meeting"].clone();
        app.at("2026-11-23", "12:00");
        let cancel = json!({ "meetingId": meeting["id"], "version": meeting["version"] });
        house.kaisa.does(&app, "meetingCancel", "meeting { id }", cancel).await.done();
        app.at("2026-11-23", "13:00");
        let label = json!({ "supportRelationshipId": house.relationship.encode(), "label": "torstai" });
        house.sari.does(&app, "supportRelationshipLabelSet", "supportRelationship { id }", label).await.done();

        let of = house.relationship.encode();
        let told = lines(&app, &house.kaisa, of.clone()).await.unwrap();
        assert_eq!(told, ["CHANGE supportRelationshipLabelSet Sari", "MEETING IN_PERSON Sari (cancelled)"]);
        for (reader, by) in [(&house.mikko, "Sari"), (&house.sari, "Sari")] {
            assert_eq!(lines(&app, reader, of.clone()).await.unwrap(), [format!("MEETING IN_PERSON {by} (cancelled)")]);
        }
        for stranger in [&outi, &house.anna] {
            assert_eq!(lines(&app, stranger, of.clone()).await, None);
        }
    }
}

on_both! {
    async fn a_persons_history_is_the_own_organisations_to_see(app: App) {
        let house = app.pair(&[]).await;
        let outi = outi(&app).await;
        let correct = |version: i32, phone: &str| json!({
            "personId": house.sari.node(), "version": version, "name": "Sari Tukihenkilö", "email": null, "phone": phone, "language": "FI",
        });
        app.at("2026-11-23", "11:00");
        house.sari.does(&app, "personCorrect", "person { id }", correct(1, "040 123 4567")).await.done();
        app.at("2026-11-23", "12:00");
        house.kaisa.does(&app, "personCorrect", "person { id }", correct(2, "040 765 4321")).await.done();
        let told = ["CHANGE personCorrect Kaisa", "CHANGE personCorrect Sari"];
        for reader in [&house.kaisa, &house.anna] {
            assert_eq!(lines(&app, reader, house.sari.node()).await.unwrap(), told);
        }
        // The professional knows the person, and nothing of who changed the details.
        assert_eq!(lines(&app, &house.mikko, house.sari.node()).await.unwrap(), [""; 0]);
        assert_eq!(lines(&app, &outi, house.sari.node()).await, None);
    }
}

on_both! {
    async fn what_passed_between_association_and_support_person_is_not_the_professionals_to_know(app: App) {
        let house = app.pair(&[]).await;
        let act = |kind: &str, day: &str, by: &Actor| {
            let sql = "INSERT INTO referral_acts (id, organisation_id, referral_id, kind, on_date, seq, recorded_by, recorded_at)
                VALUES ($1, $2, $3, $4, $5, 0, $6, $7)";
            let values: Vec<sea_orm::Value> = vec![
                rinnalla_domain::ids::ReferralActId::random().0.into(), house.case.association.0.into(), house.case.referral.0.into(),
                kind.into(), crate::support::date(day).into(), by.id.0.into(), crate::support::at(day, "09:00").into(),
            ];
            (sql, values)
        };
        for (kind, day, by) in [
            ("SUBMITTED", "2026-11-02", &house.mikko),
            ("SUPPORT_PERSON_ASKED", "2026-11-03", &house.kaisa),
            ("SUPPORT_PERSON_REFUSED", "2026-11-04", &house.kaisa),
            ("KEPT_WAITING", "2026-11-05", &house.kaisa),
        ] {
            let (sql, values) = act(kind, day, by);
            app.run(sql, values).await;
        }
        let all = ["REFERRAL_ACT KEPT_WAITING Kaisa", "REFERRAL_ACT SUPPORT_PERSON_REFUSED Kaisa",
            "REFERRAL_ACT SUPPORT_PERSON_ASKED Kaisa", "REFERRAL_ACT SUBMITTED Mikko"];
        for of in [house.case.referral.encode(), house.case.id.encode()] {
            assert_eq!(lines(&app, &house.kaisa, of.clone()).await.unwrap(), all);
            assert_eq!(lines(&app, &house.mikko, of.clone()).await.unwrap(), ["REFERRAL_ACT KEPT_WAITING -", "REFERRAL_ACT SUBMITTED Mikko"]);
            assert_eq!(lines(&app, &house.sari, of).await, None);
        }
    }
}

on_both! {
    async fn a_support_persons_gates_have_their_history_and_so_has_an_organisation(app: App) {
        let house = app.pair(&[]).await;
        let outi = outi(&app).await;
        let of = house.proposed.support_person.encode();
        let sign = json!({ "supportPersonId": of, "version": 1, "on": "2026-11-20" });
        house.kaisa.does(&app, "supportPersonSignConfidentiality", "supportPerson { id }", sign).await.done();
        for reader in [&house.kaisa, &house.sari] {
            let told = lines(&app, reader, of.clone()).await.unwrap();
            assert_eq!(told.len(), 1, "{told:?}");
            assert!(told[0].starts_with("SUPPORT_PERSON_ACT CONFIDENTIALITY_SIGNED"), "{told:?}");
        }
        assert_eq!(lines(&app, &house.mikko, of.clone()).await.unwrap(), [""; 0], "the gates are not the professional's to see");
        assert_eq!(lines(&app, &outi, of).await, None);

        let allow = json!({ "organisationId": house.anna.organisation.encode(), "isAllowed": true, "version": 1 });
        house.anna.does(&app, "organisationNotesAllow", "organisation { id }", allow).await.done();
        let of = house.anna.organisation.encode();
        assert_eq!(lines(&app, &house.kaisa, of.clone()).await.unwrap(), ["CHANGE organisationNotesAllow Anna"]);
        assert_eq!(lines(&app, &house.mikko, of.clone()).await.unwrap(), [""; 0]);
        assert_eq!(lines(&app, &outi, of).await, None);
    }
}

on_both! {
    async fn a_history_is_paged_and_takes_as_many_statements_however_long_it_is(app: App) {
        let house = app.pair(&[]).await;
        let mut counts = Vec::new();
        let mut version = 1;
        for more in [2, 7] {
            for n in 0..more {
                app.at("2026-11-23", &format!("1{more}:0{n}"));
                let correct = json!({
                    "personId": house.sari.node(), "version": version, "name": "Sari Tukihenkilö", "phone": format!("040 123 45{version}0"), "language": "FI",
                });
                house.kaisa.does(&app, "personCorrect", "person { id }", correct).await.done();
                version += 1;
            }
            let answer = house.kaisa.ask(&app, HISTORY, json!({ "of": house.sari.node(), "first": 2 })).await;
            counts.push(answer.statements.len());
        }
        assert_eq!(counts[0], counts[1]);
        let (mut after, mut times) = (Value::Null, Vec::new());
        loop {
            let page = house.kaisa.ask(&app, HISTORY, json!({ "of": house.sari.node(), "first": 4, "after": after })).await;
            let page = page.data()["history"].clone();
            assert_eq!(page["totalCount"], 9);
            times.extend(page["nodes"].as_array().unwrap().iter().map(|it| it["at"].as_str().unwrap().to_owned()));
            after = page["pageInfo"]["endCursor"].clone();
            if page["pageInfo"]["hasNextPage"] == false {
                break;
            }
        }
        assert_eq!(times.len(), 9);
        assert!(times.is_sorted_by(|one, other| one > other), "the latest first, each once: {times:?}");
    }
}

on_both! {
    async fn what_is_no_record_has_no_history(app: App) {
        let house = app.pair(&[]).await;
        for of in ["".to_owned(), "x".to_owned(), PersonId::random().encode(), rinnalla_domain::ids::MeetingId::random().encode()] {
            assert_eq!(lines(&app, &house.kaisa, of).await, None);
        }
        for (first, after) in [(json!(0), Value::Null), (json!(101), Value::Null), (json!(5), json!("x"))] {
            let answer = house.kaisa.ask(&app, HISTORY, json!({ "of": house.sari.node(), "first": first, "after": after })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        }
        let nobody = app.ask(None, HISTORY, json!({ "of": house.sari.node() })).await;
        assert_eq!(nobody.codes(), ["UNAUTHENTICATED"]);
    }
}

on_both! {
    async fn what_the_association_did_with_a_course_a_training_and_an_expert_is_told_to_it_alone(app: App) {
        let world = World::new(&app).await;
        let outi = outi(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        led.enrol(&app, "Aino").await;
        let session = led.session(&app, 1).await;
        led.ossi.does(&app, "courseSessionCancel", "courseSession { id }", session).await.done();
        let own = world.association.encode();
        let details = json!({ "name": "Kevään koulutus", "trainerId": own, "firstOn": "2027-01-16", "secondOn": "2027-01-30" });
        let input = json!({ "organisationId": own, "details": details });
        let answer = world.kaisa.does(&app, "trainingCreate", "training { id version }", input).await;
        let training = answer.done()["training"].clone();
        let cancel = json!({ "trainingId": training["id"], "version": training["version"] });
        world.kaisa.does(&app, "trainingCancel", "training { id }", cancel).await.done();
        let eero = Expert::new(&app, &world, "Eero").await;
        eero.does(&app, &eero.actor, "expertConsentGive", json!({ "until": "2027-11-23" })).await.done();
        for (of, told) in [
            (led.id.clone(), vec!["CHANGE courseCreate Kaisa", "CHANGE enrolmentAdd Ossi", "CHANGE courseSessionCancel Ossi"]),
            (training["id"].as_str().unwrap().to_owned(), vec!["CHANGE trainingCreate Kaisa", "CHANGE trainingCancel Kaisa"]),
            (eero.id.clone(), vec!["CHANGE expertAdd Kaisa", "CHANGE expertConsentGive Eero"]),
        ] {
            let seen = lines(&app, &world.kaisa, of.clone()).await.unwrap();
            for line in told {
                assert!(seen.iter().any(|it| it.starts_with(line)), "{line}: {seen:?}");
            }
            assert_eq!(lines(&app, &outi, of).await, None, "of another association");
        }
        assert_eq!(lines(&app, &led.ossi, led.id.clone()).await, Some(Vec::new()), "what left no entry is the association's");
    }
}
