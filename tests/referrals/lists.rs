//! Lists of referrals, what waits for whom, and how many statements they take.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::Actor;
use crate::support::matching::World;

on_both! {
    async fn a_list_of_referrals_takes_one_statement_a_level(app: App) {
        let world = World::new(&app).await;
        let query = "{ referrals(first: 50) { nodes { id status wishes consentGivenOn acts { kind }
            organisation { name } referringOrganisation { name } professional { name }
            supportedCase { code interests professionals { person { name } } }
            proposals { status proposedPerson { birthDecade } askedAbout { caseCode } disclosures { what } supportPerson { person { name } } } }
            totalCount } }";
        let tuula = world.active_with(&app, "Tuula", json!({ "maxActive": 20 })).await;
        let add = async || {
            let referral = world.submitted(&app).await;
            world.disclosed(&app, &referral, &tuula).await;
        };
        add().await;
        add().await;
        let few = [world.kaisa.ask(&app, query, json!({})).await, world.pekka.ask(&app, query, json!({})).await];
        for _ in 0..3 {
            add().await;
        }
        let many = [world.kaisa.ask(&app, query, json!({})).await, world.pekka.ask(&app, query, json!({})).await];
        for (few, many) in few.iter().zip(&many) {
            assert_eq!(many.data()["referrals"]["totalCount"], 5);
            assert_eq!(few.statements.len(), many.statements.len(), "as many for five as for two");
            let of_log = if app.register.store.is_postgres() { 1 } else { 2 };
            assert_eq!(many.statements.len(), 1 + 18 + of_log, "{:#?}", many.statements);
        }
    }
}

on_both! {
    async fn candidates_take_the_same_statements_whatever_their_number(app: App) {
        let world = World::new(&app).await;
        let referral = world.submitted(&app).await;
        let query = "query($id: ID!) { matchCandidates(referralId: $id) { score reasons { kind } } }";
        world.active(&app, "Tuula").await;
        let few = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        for name in ["Timo", "Tarja", "Teppo"] {
            world.active(&app, name).await;
        }
        let many = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(many.data()["matchCandidates"].as_array().unwrap().len(), 4);
        assert_eq!(few.statements, many.statements);
        let of_log = if app.register.store.is_postgres() { 1 } else { 2 };
        assert_eq!(many.statements.len(), 1 + 4 + of_log);
    }
}

on_both! {
    async fn referrals_are_found_by_state_county_organisation_and_whose_they_are(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let first = world.submitted(&app).await;
        let second = world.submitted(&app).await;
        world.handle(&app, &second, "referralKeepWaiting").await.done();
        let elsewhere = world.draft_with(&app, json!({ "countyCode": "19" }), json!({})).await;
        world.submit(&app, &elsewhere).await;
        let proposed = world.submitted(&app).await;
        world.asked(&app, &proposed, &tuula).await;
        let draft = world.draft(&app).await;
        let found = async |actor: &Actor, filter: Value| {
            let query = "query($f: ReferralFilter!) { referrals(filter: $f) { nodes { id } totalCount } }";
            let answer = actor.ask(&app, query, json!({ "f": filter })).await;
            let list = &answer.data()["referrals"];
            let ids: Vec<String> = list["nodes"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
            assert_eq!(list["totalCount"], ids.len());
            ids
        };
        let kaisa = &world.kaisa;
        let ids = |list: &[&String]| list.iter().map(|&it| it.clone()).collect::<Vec<_>>();
        assert_eq!(found(kaisa, json!({})).await, ids(&[&proposed, &elsewhere, &second, &first]), "the newest first");
        assert_eq!(found(kaisa, json!({ "isWaiting": true })).await, ids(&[&first, &second, &elsewhere]), "the longest waiting first");
        assert_eq!(found(kaisa, json!({ "isWaiting": true, "countyCode": "20" })).await, ids(&[&first, &second]));
        assert_eq!(found(kaisa, json!({ "statuses": ["PROPOSED", "WAITING"] })).await, ids(&[&proposed, &second]));
        let service = json!({ "referringOrganisationId": world.service.encode() });
        assert_eq!(found(kaisa, service).await.len(), 4);
        let nobody = json!({ "referringOrganisationId": world.association.encode() });
        assert_eq!(found(kaisa, nobody).await.len(), 0);
        assert_eq!(found(kaisa, json!({ "isMine": true })).await.len(), 0, "a coordinator is no professional of a case");
        assert_eq!(found(&world.pekka, json!({ "isMine": true })).await.len(), 5);
        assert_eq!(found(&world.pekka, json!({ "statuses": ["DRAFT"] })).await, ids(&[&draft]));
        let query = "query($f: ReferralFilter!) { referrals(filter: $f) { nodes { id } } }";
        let answer = kaisa.ask(&app, query, json!({ "f": { "countyCode": "\u{0}" } })).await;
        assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        let answer = tuula.actor.ask(&app, query, json!({ "f": {} })).await;
        assert_eq!(answer.codes(), ["FORBIDDEN"]);
    }
}

on_both! {
    async fn pages_of_referrals_follow_on_each_other_in_both_orders(app: App) {
        let world = World::new(&app).await;
        for _ in 0..5 {
            world.submitted(&app).await;
        }
        for waiting in [false, true] {
            let query = "query($after: String, $f: ReferralFilter!) { referrals(first: 2, after: $after, filter: $f) {
                nodes { id } pageInfo { hasNextPage endCursor } } }";
            let (mut seen, mut after) = (Vec::new(), Value::Null);
            loop {
                let variables = json!({ "after": after, "f": { "isWaiting": waiting } });
                let answer = world.kaisa.ask(&app, query, variables).await;
                let page = &answer.data()["referrals"];
                seen.extend(page["nodes"].as_array().unwrap().clone());
                after = page["pageInfo"]["endCursor"].clone();
                if page["pageInfo"]["hasNextPage"] == false {
                    break;
                }
            }
            let all = world.kaisa.ask(&app, "query($f: ReferralFilter!) { referrals(filter: $f) { nodes { id } } }",
                json!({ "f": { "isWaiting": waiting } })).await;
            assert_eq!(json!(seen), all.data()["referrals"]["nodes"]);
            assert_eq!(seen.len(), 5);
        }
        for (first, after) in [(json!(0), Value::Null), (json!(101), Value::Null), (json!(2), json!("x"))] {
            let query = "query($first: Int, $after: String) { referrals(first: $first, after: $after) { nodes { id } } }";
            let answer = world.kaisa.ask(&app, query, json!({ "first": first, "after": after })).await;
            assert_eq!(answer.codes(), ["BAD_USER_INPUT"]);
        }
    }
}

on_both! {
    async fn a_proposal_waits_for_whoever_is_next(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let by_phone = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let input = json!({ "supportPersonId": tuula.id, "channel": "PHONE" });
        let answer = world.on_referral(&app, &world.kaisa, &by_phone, "matchProposalMake", input).await;
        let called = answer.done()["matchProposal"]["id"].as_str().unwrap().to_owned();
        let waiting = async || {
            let mut all = Vec::new();
            for actor in [&tuula.actor, &world.pekka, &world.kaisa] {
                let answer = actor.ask(&app, "{ matchProposalsToAnswer { nodes { id } totalCount } }", json!({})).await;
                let list = &answer.data()["matchProposalsToAnswer"];
                let ids: Vec<String> = list["nodes"].as_array().unwrap().iter().map(|it| it["id"].as_str().unwrap().to_owned()).collect();
                assert_eq!(list["totalCount"], ids.len());
                all.push(ids);
            }
            all
        };
        let none: Vec<String> = Vec::new();
        let one = |id: &String| vec![id.clone()];
        assert_eq!(waiting().await, [one(&proposal), none.clone(), one(&called)]);
        let about = (referral.as_str(), proposal.as_str());
        let yes = json!({ "agrees": true, "channel": "REGISTER" });
        world.on_proposal(&app, &tuula.actor, about, "matchProposalAnswer", yes).await.done();
        assert_eq!(waiting().await, [none.clone(), one(&proposal), one(&called)]);
        let yes = json!({ "agrees": true });
        world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", yes).await.done();
        assert_eq!(waiting().await, [none.clone(), none.clone(), vec![proposal.clone(), called.clone()]]);
        world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await.done();
        assert_eq!(waiting().await, [none.clone(), none, one(&called)]);
    }
}
