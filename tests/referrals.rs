//! From the draft to the disclosure: who does what in which order, what each side sees, and what a mistake leaves behind.

mod bad_input;
mod corrections;
mod lists;
mod proposals;
mod sight;

use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::ids::Id as _;
use serde_json::json;

use crate::on_both;
use crate::support::matching::{World, today};

on_both! {
    async fn a_referral_goes_from_three_peoples_hands_to_the_hand_over(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.draft(&app).await;
        let standing = async || world.on_referral(&app, &world.pekka, &referral, "referralSubmit", json!({})).await;
        assert_eq!(standing().await.user_errors(), ["- INTEREST_NOT_CONFIRMED"]);
        let act = async |mutation: &'static str, input| world.on_referral(&app, &world.pekka, &referral, mutation, input).await;
        act("referralConfirmInterest", json!({ "on": "2026-11-20" })).await.done();
        assert_eq!(standing().await.user_errors(), ["- CONSENT_MISSING"]);
        act("consentRecord", json!({ "on": "2026-11-22", "textVersion": "2026-1" })).await.done();
        let answer = act("referralSubmit", json!({})).await;
        assert_eq!(answer.done()["referral"]["status"], "SUBMITTED");

        let proposal = world.asked(&app, &referral, &tuula).await;
        assert_eq!(world.standing(&app, &referral).await["status"], "PROPOSED");
        let about = (referral.as_str(), proposal.as_str());
        let answer_it = "matchProposalAnswer";
        let yes = json!({ "agrees": true, "channel": "REGISTER" });
        let answer = world.on_proposal(&app, &tuula.actor, about, answer_it, yes).await;
        assert_eq!(answer.done()["matchProposal"]["status"], "OFFERED");
        let early = world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await;
        assert_eq!(early.user_errors(), ["- WRONG_STATE"]);
        let yes = json!({ "agrees": true });
        let answer = world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", yes).await;
        assert_eq!(answer.done()["matchProposal"]["status"], "ACCEPTED");
        assert_eq!(world.standing(&app, &referral).await["status"], "ACCEPTED");
        let answer = world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await;
        let relationship = answer.done()["supportRelationship"]["id"].as_str().unwrap().to_owned();
        assert_eq!(world.standing(&app, &referral).await["status"], "ACCEPTED");
        world.meet(&app, &relationship).await.done();
        let standing = world.standing(&app, &referral).await;
        assert_eq!(standing["status"], "HANDED_OVER");
        assert_eq!(standing["proposals"][0]["status"], "DISCLOSED");
        assert_eq!(standing["proposalCount"], 1);
        assert_eq!(standing["consentGivenOn"], "2026-11-22");
        let answer = world.handle(&app, &referral, "referralClose").await;
        assert_eq!(answer.done()["referral"]["status"], "CLOSED");
    }
}

on_both! {
    async fn what_was_disclosed_to_whom_and_why_is_written_down(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let (proposal, _) = world.disclosed(&app, &referral, &tuula).await;
        let query = "query($id: ID!) { matchProposal(id: $id) { disclosures { what basis disclosedAt ofPerson { name }
            toPerson { name } disclosedBy { name } toOrganisation { name } } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": proposal })).await;
        let disclosures = &answer.data()["matchProposal"]["disclosures"];
        assert_eq!(*disclosures, json!([{ "what": "CONTACT_DETAILS", "basis": "SUPPORT_PERSON_AGREED",
            "disclosedAt": "2026-11-23T08:00:00.000000Z", "ofPerson": { "name": "Tuula" }, "toPerson": { "name": "Pekka" },
            "disclosedBy": { "name": "Kaisa" }, "toOrganisation": { "name": "Esimerkkialue " } }]));
        // The support person may know to whom.
        let query = "query($id: ID!) { matchProposal(id: $id) { disclosures { what toPerson { name } } } }";
        let answer = tuula.actor.ask(&app, query, json!({ "id": proposal })).await;
        assert_eq!(answer.data()["matchProposal"]["disclosures"][0]["toPerson"]["name"], "Pekka");
    }
}

on_both! {
    async fn each_case_has_a_code_of_its_own_that_tells_nothing(app: App) {
        let world = World::new(&app).await;
        let mut codes = Vec::new();
        for _ in 0..5 {
            let referral = world.draft(&app).await;
            let query = "query($id: ID!) { referral(id: $id) { supportedCase { code background countyCode municipalityCode
                birthDecade language interests professionals { person { name } isResponsible } } wishes } }";
            let answer = world.pekka.ask(&app, query, json!({ "id": referral })).await;
            let shown = &answer.data()["referral"];
            let case = &shown["supportedCase"];
            let code = case["code"].as_str().unwrap().to_owned();
            assert_eq!(code.len(), 9);
            assert_eq!(code.parse::<CaseCode>().unwrap().to_string(), code);
            assert_eq!(case["interests"], json!(["FISHING"]));
            assert_eq!(case["professionals"], json!([{ "person": { "name": "Pekka" }, "isResponsible": true }]));
            assert_eq!(shown["wishes"], json!(["SIMILAR_AGE"]));
            codes.push(code);
        }
        codes.sort();
        codes.dedup();
        assert_eq!(codes.len(), 5);
    }
}

on_both! {
    async fn withdrawing_the_consent_stops_the_referral_and_the_open_proposal_at_once(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.offered(&app, &referral, &tuula).await;
        let answer = world.on_referral(&app, &world.pekka, &referral, "consentWithdraw", json!({})).await;
        assert_eq!(answer.done()["referral"]["status"], "WITHDRAWN");
        let standing = world.standing(&app, &referral).await;
        assert_eq!(standing["proposals"][0]["status"], "WITHDRAWN");
        assert_eq!(standing["consentWithdrawnOn"], today(&app));
        // The support person is told no more of the case, and has room again.
        let query = "query($id: ID!) { matchProposal(id: $id) { status askedAbout { caseCode } } }";
        let answer = tuula.actor.ask(&app, query, json!({ "id": proposal })).await;
        assert_eq!(answer.data()["matchProposal"], json!({ "status": "WITHDRAWN", "askedAbout": null }));
        let answer = world.make(&app, &referral, &tuula).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        // Taken back in error: everything is as it was.
        world.cancel(&app, &world.pekka, &referral, "CONSENT_WITHDRAWN").await.done();
        assert_eq!(world.standing(&app, &referral).await["proposals"][0]["status"], "OFFERED");
    }
}

on_both! {
    async fn another_support_person_can_follow_without_a_new_referral(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let timo = world.active(&app, "Timo").await;
        let referral = world.submitted(&app).await;
        let (_, first) = world.disclosed(&app, &referral, &tuula).await;
        world.meet(&app, &first).await.done();
        let answer = world.make(&app, &referral, &timo).await;
        assert_eq!(answer.user_errors(), ["- RELATIONSHIP_STILL_OPEN"]);
        world.end(&app, &first).await.done();
        assert_eq!(world.standing(&app, &referral).await["status"], "HANDED_OVER");
        let (_, second) = world.disclosed(&app, &referral, &timo).await;
        let standing = world.standing(&app, &referral).await;
        assert_eq!((standing["status"].clone(), standing["proposalCount"].clone()), (json!("ACCEPTED"), json!(2)));
        world.meet(&app, &second).await.done();
        assert_eq!(world.standing(&app, &referral).await["status"], "HANDED_OVER");

        // The first one's end can no longer be taken back.
        let query = "query($id: ID!) { supportRelationship(id: $id) { version acts { id kind } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": first })).await;
        let shown = &answer.data()["supportRelationship"];
        let acts = shown["acts"].as_array().unwrap();
        let end = acts.iter().find(|act| act["kind"] == "ENDED").unwrap();
        let input = json!({ "actId": end["id"], "version": shown["version"] });
        let answer = app.mutate(&world.kaisa, "supportRelationshipActCancel", input).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"]);
    }
}

on_both! {
    async fn a_referral_waits_is_declined_expires_or_is_withdrawn(app: App) {
        let world = World::new(&app).await;
        for (mutation, then) in [("referralKeepWaiting", "WAITING"), ("referralDecline", "DECLINED"), ("referralExpire", "EXPIRED")] {
            let referral = world.submitted(&app).await;
            let answer = world.handle(&app, &referral, mutation).await;
            assert_eq!(answer.done()["referral"]["status"], then);
        }
        for by in ["SUPPORTED", "PROFESSIONAL"] {
            let referral = world.draft(&app).await;
            let input = json!({ "withdrawnBy": by });
            let answer = world.on_referral(&app, &world.pekka, &referral, "referralWithdraw", input).await;
            assert_eq!(answer.done()["referral"]["status"], "WITHDRAWN");
            let query = "query($id: ID!) { referral(id: $id) { acts { kind withdrawnBy } } }";
            let answer = world.pekka.ask(&app, query, json!({ "id": referral })).await;
            assert_eq!(answer.data()["referral"]["acts"], json!([{ "kind": "WITHDRAWN", "withdrawnBy": by }]));
        }
    }
}

on_both! {
    async fn people_are_referred_only_where_the_organisations_work_together(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        let mut input = world.draft_input(json!({}), json!({}));
        input["organisationId"] = json!(other.association.encode());
        let answer = app.mutate(&world.pekka, "referralDraft", input).await;
        assert_eq!(answer.user_errors(), ["organisationId NO_PARTNERSHIP"]);

        app.write_sql("UPDATE partnerships SET county_code = '19'").await;
        let here = world.draft_input(json!({}), json!({}));
        let answer = app.mutate(&world.pekka, "referralDraft", here.clone()).await;
        assert_eq!(answer.user_errors(), ["organisationId NO_PARTNERSHIP"], "another county");
        let there = world.draft_with(&app, json!({ "countyCode": "19" }), json!({})).await;
        app.write_sql("UPDATE partnerships SET valid_to = '2026-11-22'").await;
        let answer = app.mutate(&world.pekka, "referralDraft", here).await;
        assert_eq!(answer.user_errors(), ["organisationId NO_PARTNERSHIP"], "over since yesterday");
        // Submitting is what goes across.
        for (mutation, input) in [("referralConfirmInterest", json!({})), ("consentRecord", json!({ "textVersion": "1" }))] {
            world.on_referral(&app, &world.pekka, &there, mutation, input).await.done();
        }
        let answer = world.on_referral(&app, &world.pekka, &there, "referralSubmit", json!({})).await;
        assert_eq!(answer.user_errors(), ["- NO_PARTNERSHIP"]);
    }
}

on_both! {
    async fn what_was_told_can_be_put_right_as_long_as_the_referral_is_open(app: App) {
        let world = World::new(&app).await;
        let referral = world.submitted(&app).await;
        let mut input = world.draft_input(json!({ "background": "NEXT_OF_KIN", "kinRelation": "PARENT", "interests": ["MUSIC"],
            "birthDecade": 1950, "municipalityCode": null }), json!({ "form": "FAMILY", "wishes": [] }));
        input.as_object_mut().unwrap().remove("organisationId");
        world.on_referral(&app, &world.pekka, &referral, "referralCorrect", input.clone()).await.done();
        let query = "query($id: ID!) { referral(id: $id) { form wishes supportedCase { background kinRelation interests
            birthDecade municipalityCode } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(answer.data()["referral"], json!({ "form": "FAMILY", "wishes": [], "supportedCase": { "background": "NEXT_OF_KIN",
            "kinRelation": "PARENT", "interests": ["MUSIC"], "birthDecade": 1950, "municipalityCode": null } }));
        world.handle(&app, &referral, "referralDecline").await.done();
        let answer = world.on_referral(&app, &world.pekka, &referral, "referralCorrect", input).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
    }
}
