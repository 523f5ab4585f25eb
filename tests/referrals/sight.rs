//! What each side sees of the same referral and proposal, and what nobody else does.

use rinnalla_domain::ids::{Id as _, MatchProposalId, ReferralId, SupportedCaseId};
use rinnalla_domain::states::Role;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

const PROPOSAL: &str = "query($id: ID!) { matchProposal(id: $id) { status askedThrough score reasons { kind }
    supportPerson { person { name email } gates { areAllMet } capacity { freeCapacity } acts { kind } }
    proposedPerson { background birthDecade countyCode interests languages }
    askedAbout { caseCode background countyCode form interests wishes }
    referral { supportedCase { code } } disclosures { what } } }";

on_both! {
    async fn a_draft_is_the_professionals_alone(app: App) {
        let world = World::new(&app).await;
        let referral = world.draft(&app).await;
        let query = "query($id: ID!) { referral(id: $id) { status supportedCase { id code } } }";
        let own = world.pekka.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(own.data()["referral"]["status"], "DRAFT");
        let case = own.data()["referral"]["supportedCase"]["id"].clone();
        let colleague = app.person("Paavo", world.service, Role::Professional).await;
        for other in [&world.kaisa, &colleague] {
            let hidden = other.ask(&app, query, json!({ "id": referral })).await;
            assert_eq!(hidden.data()["referral"], json!(null));
            let hidden = other.ask(&app, "query($id: ID!) { supportedCase(id: $id) { code } }", json!({ "id": case })).await;
            assert_eq!(hidden.data()["supportedCase"], json!(null));
            let list = other.ask(&app, "{ referrals { nodes { id } totalCount } }", json!({})).await;
            assert_eq!(list.data()["referrals"]["totalCount"], 0);
        }
        world.submit(&app, &referral).await;
        let seen = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(seen.data()["referral"]["status"], "SUBMITTED");
        // A submission that is cancelled is a draft again, and nobody else's.
        let act = world.entry(&app, &world.kaisa, &referral, "SUBMITTED").await;
        let version = seen_version(&app, &world, &referral).await;
        app.mutate(&world.pekka, "referralActCancel", json!({ "actId": act, "version": version })).await.done();
        let hidden = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(hidden.data()["referral"], json!(null));
    }
}

async fn seen_version(app: &crate::support::App, world: &World, referral: &str) -> Value {
    let query = "query($id: ID!) { referral(id: $id) { version } }";
    let answer = world.pekka.ask(app, query, json!({ "id": referral })).await;
    answer.data()["referral"]["version"].clone()
}

on_both! {
    async fn each_side_sees_of_a_proposal_what_is_theirs_to_see(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let see = async |actor: &crate::support::Actor| {
            let answer = actor.ask(&app, PROPOSAL, json!({ "id": proposal })).await;
            answer.data()["matchProposal"].clone()
        };
        // Asked: the professional does not know that anybody is.
        assert_eq!(see(&world.pekka).await, json!(null));
        let acts = "query($id: ID!) { referral(id: $id) { proposalCount proposals { id } acts { kind proposalId } } }";
        let shown = world.pekka.ask(&app, acts, json!({ "id": referral })).await;
        let shown = &shown.data()["referral"];
        assert_eq!((&shown["proposals"], &shown["proposalCount"]), (&json!([]), &json!(1)));
        assert_eq!(shown["acts"].as_array().unwrap().len(), 3, "not that somebody was asked");
        let own = see(&tuula.actor).await;
        assert_eq!(own["askedAbout"]["background"], "DEPENDENT_OR_RECOVERING");
        assert_eq!(own["askedAbout"]["form"], "INDIVIDUAL");
        assert_eq!(own["askedAbout"]["interests"], json!(["FISHING"]));
        assert_eq!(own["askedAbout"]["wishes"], json!(["SIMILAR_AGE"]));
        assert_eq!(own["askedAbout"]["countyCode"], "20");
        assert_eq!((&own["reasons"], &own["score"], &own["referral"]), (&json!([]), &json!(null), &json!(null)));
        assert_eq!(own["supportPerson"]["person"]["name"], "Tuula");
        let case = "query($id: ID!) { matchProposal(id: $id) { referral { id } } supportPersons { nodes { id } } }";
        let answer = tuula.actor.ask(&app, case, json!({ "id": proposal })).await;
        assert_eq!(answer.data()["matchProposal"]["referral"], json!(null));

        // Offered: without a name.
        let about = (referral.as_str(), proposal.as_str());
        let yes = json!({ "agrees": true, "channel": "REGISTER" });
        world.on_proposal(&app, &tuula.actor, about, "matchProposalAnswer", yes).await.done();
        let offered = see(&world.pekka).await;
        assert_eq!(offered["supportPerson"], json!(null));
        assert_eq!(offered["proposedPerson"], json!({ "background": "OWN_RECOVERY", "birthDecade": 1980, "countyCode": "20",
            "interests": ["COFFEE", "FISHING"], "languages": ["fi"] }));
        assert!(offered["reasons"].as_array().unwrap().iter().all(|it| it["kind"] != "FREE_CAPACITY"));
        assert_eq!(offered["score"], json!(null));
        let hidden = world.pekka.ask(&app, "query($id: ID!) { supportPerson(id: $id) { id } }", json!({ "id": tuula.id })).await;
        assert_eq!(hidden.data()["supportPerson"], json!(null));
        let hidden = world.pekka.ask(&app, "query($id: ID!) { person(id: $id) { name } }", json!({ "id": tuula.actor.node() })).await;
        assert_eq!(hidden.data()["person"], json!(null));
        let everything = serde_json::to_string(&offered).unwrap();
        assert!(!everything.contains("Tuula") && !everything.contains("tuula"));

        // Disclosed: with name and contact details, and still not with the gates.
        let yes = json!({ "agrees": true });
        world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", yes).await.done();
        world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await.done();
        let disclosed = see(&world.pekka).await;
        assert_eq!(disclosed["supportPerson"], json!({ "person": { "name": "Tuula", "email": "tuula@example.org" }, "gates": null,
            "capacity": null, "acts": [] }));
        let association = see(&world.kaisa).await;
        assert_eq!(association["supportPerson"]["gates"]["areAllMet"], true);
        assert!(association["score"].as_i64().unwrap() > 100);
    }
}

on_both! {
    async fn a_support_person_sees_of_a_case_the_code_and_what_concerns_them(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let timo = world.active(&app, "Timo").await;
        let referral = world.submitted(&app).await;
        let query = "query($id: ID!) { referral(id: $id) { supportedCase { id code } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        let case = answer.data()["referral"]["supportedCase"].clone();
        let query = "query($id: ID!) { supportedCase(id: $id) { code background countyCode interests birthDecade municipalityCode
            language kinRelation createdOn referrals { id } } }";
        let see = async |actor: &crate::support::Actor| {
            let answer = actor.ask(&app, query, json!({ "id": case["id"] })).await;
            answer.data()["supportedCase"].clone()
        };
        assert_eq!(see(&tuula.actor).await, json!(null));
        world.asked(&app, &referral, &tuula).await;
        assert_eq!(see(&tuula.actor).await, json!({ "code": case["code"], "background": "DEPENDENT_OR_RECOVERING", "countyCode": "20",
            "interests": ["FISHING"], "birthDecade": null, "municipalityCode": null, "language": null, "kinRelation": null,
            "createdOn": null, "referrals": [] }));
        assert_eq!(see(&timo.actor).await, json!(null));
        assert_eq!(see(&world.kaisa).await["birthDecade"], 1980);
        assert_eq!(see(&world.pekka).await["referrals"].as_array().unwrap().len(), 1);
    }
}

on_both! {
    async fn a_stranger_learns_nothing_of_a_referral_a_case_or_a_proposal(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let timo = world.active(&app, "Timo").await;
        let other = World::named(&app, "toinen").await;
        let colleague = app.person("Paavo", world.service, Role::Professional).await;
        let referral = world.submitted(&app).await;
        let proposal = world.offered(&app, &referral, &tuula).await;
        let query = "query($id: ID!) { referral(id: $id) { supportedCase { id } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        let case = answer.data()["referral"]["supportedCase"]["id"].as_str().unwrap().to_owned();
        let referral_query = "query($id: ID!) { referral(id: $id) { status acts { kind } proposals { id } wishes supportedCase { code } } }";
        let case_query = "query($id: ID!) { supportedCase(id: $id) { code interests referrals { id } } }";
        for stranger in [&other.kaisa, &other.pekka, &colleague, &timo.actor] {
            for (query, hidden, missing) in [
                (referral_query, &referral, ReferralId::random().encode()),
                (case_query, &case, SupportedCaseId::random().encode()),
                (PROPOSAL, &proposal, MatchProposalId::random().encode()),
            ] {
                let hidden = stranger.ask(&app, query, json!({ "id": hidden })).await;
                let missing = stranger.ask(&app, query, json!({ "id": missing })).await;
                assert_eq!(hidden.json, missing.json);
                assert_eq!(hidden.statements, missing.statements, "{query}");
            }
        }
        // Acts say the same of what is hidden and what is not there.
        let on_referral = ["referralConfirmInterest", "referralSubmit", "consentRecord", "consentWithdraw", "referralWithdraw", "referralCorrect"];
        for mutation in on_referral {
            let input = |id: String| {
                let mut input = json!({ "referralId": id, "version": 1 });
                match mutation {
                    "consentRecord" => input["textVersion"] = json!("1"),
                    "referralWithdraw" => input["withdrawnBy"] = json!("SUPPORTED"),
                    "referralCorrect" => {
                        let told = world.draft_input(json!({}), json!({}));
                        input["supportedCase"] = told["supportedCase"].clone();
                        input["details"] = told["details"].clone();
                    }
                    _ => {}
                }
                input
            };
            for stranger in [&other.pekka, &colleague] {
                let hidden = app.mutate(stranger, mutation, input(referral.clone())).await;
                let missing = app.mutate(stranger, mutation, input(ReferralId::random().encode())).await;
                assert_eq!(hidden.codes(), ["NOT_FOUND"], "{mutation}");
                assert_eq!(hidden.statements, missing.statements, "{mutation}");
            }
        }
        for mutation in ["referralKeepWaiting", "referralDecline", "referralExpire", "referralClose"] {
            let input = |id: String| json!({ "referralId": id, "version": 1 });
            let hidden = app.mutate(&other.kaisa, mutation, input(referral.clone())).await;
            let missing = app.mutate(&other.kaisa, mutation, input(ReferralId::random().encode())).await;
            assert_eq!(hidden.codes(), ["NOT_FOUND"], "{mutation}");
            assert_eq!(hidden.statements, missing.statements, "{mutation}");
        }
        let make = json!({ "referralId": referral, "version": 1, "supportPersonId": tuula.id, "channel": "PHONE" });
        assert_eq!(app.mutate(&other.kaisa, "matchProposalMake", make).await.codes(), ["NOT_FOUND"]);
        for (stranger, mutation, more) in [
            (&timo.actor, "matchProposalAnswer", json!({ "agrees": true, "channel": "REGISTER" })),
            (&other.kaisa, "matchProposalAnswer", json!({ "agrees": true, "channel": "PHONE" })),
            (&colleague, "matchProposalAnswerForSupported", json!({ "agrees": true })),
            (&other.kaisa, "matchProposalAnswerForSupported", json!({ "agrees": true })),
            (&other.kaisa, "matchProposalWithdraw", json!({})),
        ] {
            let input = |id: String| {
                let mut input = more.clone();
                input["matchProposalId"] = json!(id);
                input["version"] = json!(1);
                input
            };
            let hidden = app.mutate(stranger, mutation, input(proposal.clone())).await;
            let missing = app.mutate(stranger, mutation, input(MatchProposalId::random().encode())).await;
            assert_eq!(hidden.codes(), ["NOT_FOUND"], "{mutation}");
            assert_eq!(hidden.statements, missing.statements, "{mutation}");
        }
        let act = world.entry(&app, &world.kaisa, &referral, "SUBMITTED").await;
        let asked = world.entry(&app, &world.kaisa, &referral, "SUPPORT_PERSON_ASKED").await;
        for (stranger, act) in [(&other.kaisa, &act), (&colleague, &act), (&world.pekka, &asked)] {
            let answer = app.mutate(stranger, "referralActCancel", json!({ "actId": act, "version": 1 })).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"]);
        }
        assert_eq!(world.standing(&app, &referral).await["proposals"][0]["status"], "OFFERED");
    }
}

on_both! {
    async fn every_look_is_in_the_access_log(app: App) {
        let world = World::new(&app).await;
        let referral = world.submitted(&app).await;
        let logged = "SELECT count(*) FROM access_log_seen WHERE act = 'READ' AND object_kind IN ('REFERRAL', 'SUPPORTED_CASE')";
        let before: i64 = app.read_sql(logged).await.parse().unwrap();
        let query = "query($id: ID!) { referral(id: $id) { supportedCase { code } } }";
        world.kaisa.ask(&app, query, json!({ "id": referral })).await.data();
        let after: i64 = app.read_sql(logged).await.parse().unwrap();
        assert_eq!(after - before, 2, "the referral and the case");
        let other = World::named(&app, "toinen").await;
        other.kaisa.ask(&app, query, json!({ "id": referral })).await.data();
        let refused = "SELECT count(*) FROM access_log_seen WHERE act = 'REFUSED' AND object_kind = 'REFERRAL'";
        assert_eq!(app.read_sql(refused).await, "1");
    }
}
