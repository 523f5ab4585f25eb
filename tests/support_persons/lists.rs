//! Lists of support persons, and capacity by county.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_list_of_support_persons_takes_one_statement_a_level(app: App) {
        let world = World::new(&app).await;
        let query = "{ supportPersons(first: 50) { nodes { id status interests person { name } gates { areAllMet }
            capacity { freeCapacity } acts { kind } } totalCount } }";
        world.active(&app, "Tuula").await;
        world.active(&app, "Tapio").await;
        let few = world.kaisa.ask(&app, query, json!({})).await;
        for name in ["Timo", "Tarja", "Teppo"] {
            world.active(&app, name).await;
        }
        let many = world.kaisa.ask(&app, query, json!({})).await;
        assert_eq!(many.data()["supportPersons"]["totalCount"], 5);
        assert_eq!(few.statements, many.statements, "as many for five as for two");
        // Sign-in; list, count, profiles, people, gates with what is asked for, capacity, acts; the log.
        let of_log = if app.register.store.is_postgres() { 1 } else { 2 };
        assert_eq!(many.statements.len(), 1 + 8 + of_log, "{:#?}", many.statements);
    }
}

on_both! {
    async fn support_persons_are_found_by_state_county_background_and_free_capacity(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        world.active_with(&app, "Timo", json!({ "countyCode": "19", "maxActive": 1 })).await;
        world.applicant_with(&app, "Tarja", json!({ "background": "NEXT_OF_KIN" })).await;
        let names = async |filter: Value| {
            let query = "query($f: SupportPersonFilter!) { supportPersons(filter: $f) { nodes { person { name } } totalCount } }";
            let answer = world.kaisa.ask(&app, query, json!({ "f": filter })).await;
            let list = &answer.data()["supportPersons"];
            let nodes = list["nodes"].as_array().unwrap();
            assert_eq!(list["totalCount"], nodes.len());
            nodes.iter().map(|node| node["person"]["name"].as_str().unwrap().to_owned()).collect::<Vec<_>>()
        };
        assert_eq!(names(json!({})).await, ["Tuula", "Timo", "Tarja"]);
        assert_eq!(names(json!({ "statuses": ["ACTIVE"] })).await, ["Tuula", "Timo"]);
        assert_eq!(names(json!({ "statuses": ["APPLICANT", "PAUSED"] })).await, ["Tarja"]);
        assert_eq!(names(json!({ "countyCode": "20" })).await, ["Tuula", "Tarja"]);
        assert_eq!(names(json!({ "background": "NEXT_OF_KIN" })).await, ["Tarja"]);
        assert_eq!(names(json!({ "hasFreeCapacity": true })).await, ["Tuula", "Timo"]);

        for _ in 0..2 {
            let referral = world.submitted(&app).await;
            world.asked(&app, &referral, &tuula).await;
        }
        assert_eq!(names(json!({ "hasFreeCapacity": true })).await, ["Timo"], "open proposals count");
        let query = "query($f: SupportPersonFilter!) { supportPersons(filter: $f) { nodes { id } } }";
        for county in ["2", "\u{0}0", "Kainuu"] {
            let answer = world.kaisa.ask(&app, query, json!({ "f": { "countyCode": county } })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        }
    }
}

on_both! {
    async fn a_page_of_support_persons_follows_on_the_last(app: App) {
        let world = World::new(&app).await;
        for name in ["Tuula", "Timo", "Tarja"] {
            world.applicant(&app, name).await;
        }
        let query = "query($after: String) { supportPersons(first: 2, after: $after) { nodes { id } pageInfo { hasNextPage endCursor } } }";
        let first = world.kaisa.ask(&app, query, json!({})).await;
        let first = &first.data()["supportPersons"];
        assert_eq!(first["pageInfo"]["hasNextPage"], true);
        let after = &first["pageInfo"]["endCursor"];
        let second = world.kaisa.ask(&app, query, json!({ "after": after })).await;
        let second = &second.data()["supportPersons"];
        assert_eq!(second["pageInfo"]["hasNextPage"], false);
        assert_eq!(second["nodes"].as_array().unwrap().len(), 1);
        assert!(!first["nodes"].as_array().unwrap().contains(&second["nodes"][0]));
    }
}

on_both! {
    async fn free_capacity_by_county_counts_relationships_proposals_and_who_waits(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active_with(&app, "Tuula", json!({ "maxActive": 3 })).await;
        world.active_with(&app, "Timo", json!({ "countyCode": "19" })).await;
        world.applicant(&app, "Tarja").await;
        let counties = async |actor: &crate::support::Actor| {
            let query = "{ countyCapacities { countyCode active freeCapacity waitingReferrals } }";
            actor.ask(&app, query, json!({})).await
        };
        let row = |county: &str, active: i64, free: i64, waiting: i64| json!({ "countyCode": county, "active": active,
            "freeCapacity": free, "waitingReferrals": waiting });
        let answer = counties(&world.kaisa).await;
        assert_eq!(answer.data()["countyCapacities"], json!([row("19", 1, 2, 0), row("20", 1, 3, 0)]));
        assert_eq!(answer.statements.len(), 2, "sign-in and one more");

        let referral = world.submitted(&app).await;
        world.disclosed(&app, &referral, &tuula).await;
        let referral = world.submitted(&app).await;
        world.asked(&app, &referral, &tuula).await;
        world.submitted(&app).await;
        let waiting = world.submitted(&app).await;
        world.handle(&app, &waiting, "referralKeepWaiting").await.done();
        world.draft(&app).await;
        let answer = counties(&world.kaisa).await;
        assert_eq!(answer.data()["countyCapacities"], json!([row("19", 1, 2, 0), row("20", 1, 1, 2)]));

        let other = World::named(&app, "toinen").await;
        assert_eq!(counties(&other.kaisa).await.data()["countyCapacities"], json!([]));
        assert_eq!(counties(&world.pekka).await.codes(), ["FORBIDDEN"]);
    }
}
