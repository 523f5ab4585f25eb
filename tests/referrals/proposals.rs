//! Proposing, the two answers, and who has room.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_no_brings_the_referral_back_and_the_next_proposal_is_counted(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let timo = world.active(&app, "Timo").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let no = json!({ "agrees": false, "channel": "REGISTER" });
        let about = (referral.as_str(), proposal.as_str());
        let answer = world.on_proposal(&app, &tuula.actor, about, "matchProposalAnswer", no).await;
        assert_eq!(answer.done()["matchProposal"]["status"], "REFUSED_BY_SUPPORT_PERSON");
        assert_eq!(world.standing(&app, &referral).await["status"], "SUBMITTED");

        world.handle(&app, &referral, "referralKeepWaiting").await.done();
        let proposal = world.offered(&app, &referral, &timo).await;
        let about = (referral.as_str(), proposal.as_str());
        let no = json!({ "agrees": false });
        let answer = world.on_proposal(&app, &world.pekka, about, "matchProposalAnswerForSupported", no).await;
        assert_eq!(answer.done()["matchProposal"]["status"], "REFUSED_BY_SUPPORTED");
        assert_eq!(world.standing(&app, &referral).await["status"], "WAITING");

        // The same person may be asked again.
        world.asked(&app, &referral, &tuula).await;
        let standing = world.standing(&app, &referral).await;
        assert_eq!(standing["proposalCount"], 3);
        let states: Vec<&Value> = standing["proposals"].as_array().unwrap().iter().map(|it| &it["status"]).collect();
        assert_eq!(states, ["REFUSED_BY_SUPPORT_PERSON", "REFUSED_BY_SUPPORTED", "ASKED"]);
    }
}

on_both! {
    async fn one_proposal_is_open_at_a_time_and_may_be_taken_back(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let timo = world.active(&app, "Timo").await;
        let referral = world.submitted(&app).await;
        let proposal = world.offered(&app, &referral, &tuula).await;
        let answer = world.make(&app, &referral, &timo).await;
        assert_eq!(answer.user_errors(), ["- PROPOSAL_ALREADY_OPEN"]);
        let about = (referral.as_str(), proposal.as_str());
        let answer = world.on_proposal(&app, &world.kaisa, about, "matchProposalWithdraw", json!({})).await;
        assert_eq!(answer.done()["matchProposal"]["status"], "WITHDRAWN");
        world.asked(&app, &referral, &timo).await;
        assert_eq!(app.read_sql("SELECT count(*) FROM match_proposals").await, "2", "a refused one leaves nothing");
    }
}

on_both! {
    async fn nobody_is_proposed_who_is_not_active_or_has_no_room(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active_with(&app, "Tuula", json!({ "maxActive": 1 })).await;
        let tarja = world.applicant(&app, "Tarja").await;
        let other = World::named(&app, "toinen").await;
        let vieno = other.active(&app, "Vieno").await;
        let referral = world.submitted(&app).await;
        let answer = world.make(&app, &referral, &tarja).await;
        assert_eq!(answer.user_errors(), ["supportPersonId SUPPORT_PERSON_NOT_ACTIVE"]);
        let answer = world.make(&app, &referral, &vieno).await;
        assert_eq!(answer.user_errors(), ["supportPersonId UNKNOWN"]);
        world.record(&app, &tuula, "supportPersonPause", "2026-11-23").await.done();
        let answer = world.make(&app, &referral, &tuula).await;
        assert_eq!(answer.user_errors(), ["supportPersonId SUPPORT_PERSON_NOT_ACTIVE"]);
        world.record(&app, &tuula, "supportPersonResume", "2026-11-23").await.done();

        let proposal = world.asked(&app, &referral, &tuula).await;
        let second = world.submitted(&app).await;
        let answer = world.make(&app, &second, &tuula).await;
        assert_eq!(answer.user_errors(), ["supportPersonId NO_FREE_CAPACITY"], "an open proposal takes the place");
        let about = (referral.as_str(), proposal.as_str());
        let no = json!({ "agrees": false, "channel": "PHONE" });
        world.on_proposal(&app, &world.kaisa, about, "matchProposalAnswer", no).await.done();
        let (_, relationship) = world.disclosed(&app, &second, &tuula).await;
        let answer = world.make(&app, &referral, &tuula).await;
        assert_eq!(answer.user_errors(), ["supportPersonId NO_FREE_CAPACITY"], "an open relationship takes the place");
        world.meet(&app, &relationship).await.done();
        world.end(&app, &relationship).await.done();
        world.asked(&app, &referral, &tuula).await;
    }
}

on_both! {
    async fn two_coordinators_at_once_cannot_give_the_last_place_twice(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active_with(&app, "Tuula", json!({ "maxActive": 1 })).await;
        let (one, other) = (world.submitted(&app).await, world.submitted(&app).await);
        // `ask` notes statements for one request at a time, so the answers are looked at and not the statements.
        let (first, second) = tokio::join!(world.make(&app, &one, &tuula), world.make(&app, &other, &tuula));
        let done = [&first, &second].iter().filter(|answer| answer.user_errors().is_empty()).count();
        assert_eq!(done, 1, "{:#} {:#}", first.json, second.json);
        assert_eq!(app.read_sql("SELECT count(*) FROM match_proposals WHERE status = 'ASKED'").await, "1");
    }
}

on_both! {
    async fn the_support_person_answers_in_the_register_and_the_coordinator_for_the_phone(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let about = (referral.as_str(), proposal.as_str());
        let answer = async |actor: &crate::support::Actor, input: Value| {
            world.on_proposal(&app, actor, about, "matchProposalAnswer", input).await
        };
        let register = json!({ "agrees": true, "channel": "REGISTER" });
        let phone = json!({ "agrees": true, "channel": "PHONE" });
        assert_eq!(answer(&world.kaisa, register.clone()).await.user_errors(), ["channel WRONG_CHANNEL"]);
        assert_eq!(answer(&tuula.actor, phone.clone()).await.user_errors(), ["channel WRONG_CHANNEL"]);
        let yesterday = json!({ "agrees": true, "channel": "REGISTER", "on": "2026-11-22" });
        assert_eq!(answer(&tuula.actor, yesterday).await.user_errors(), ["on DATE_NOT_TODAY"]);
        let earlier = json!({ "agrees": true, "channel": "PHONE", "on": "2026-11-22" });
        assert_eq!(answer(&world.kaisa, earlier).await.user_errors(), ["on DATES_OUT_OF_ORDER"]);
        assert_eq!(answer(&world.pekka, phone.clone()).await.codes(), ["FORBIDDEN"]);
        world.record(&app, &tuula, "supportPersonPause", "2026-11-23").await.done();
        assert_eq!(answer(&tuula.actor, register.clone()).await.user_errors(), ["- SUPPORT_PERSON_NOT_ACTIVE"]);
        world.record(&app, &tuula, "supportPersonResume", "2026-11-23").await.done();
        answer(&world.kaisa, phone).await.done();
        assert_eq!(answer(&tuula.actor, register).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn details_are_disclosed_of_somebody_who_is_still_active(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.accepted(&app, &referral, &tuula).await;
        world.record(&app, &tuula, "supportPersonPause", "2026-11-23").await.done();
        let about = (referral.as_str(), proposal.as_str());
        let answer = world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await;
        assert_eq!(answer.user_errors(), ["- SUPPORT_PERSON_NOT_ACTIVE"]);
        assert_eq!(app.read_sql("SELECT count(*) FROM disclosures").await, "0");
        assert_eq!(world.standing(&app, &referral).await["status"], "ACCEPTED");
    }
}

on_both! {
    async fn candidates_come_best_first_with_their_reasons(app: App) {
        let world = World::new(&app).await;
        let best = world.active(&app, "Tuula").await;
        let near = world.active_with(&app, "Timo", json!({ "birthDecade": 1990, "municipalities": [], "interests": [] })).await;
        world.active_with(&app, "Sven", json!({ "languages": ["sv"] })).await;
        world.applicant(&app, "Tarja").await;
        let full = world.active_with(&app, "Teppo", json!({ "maxActive": 1 })).await;
        let busy = world.submitted(&app).await;
        world.asked(&app, &busy, &full).await;
        let referral = world.submitted(&app).await;
        let query = "query($id: ID!) { matchCandidates(referralId: $id) { supportPerson { id person { name } } score
            reasons { kind code freeCapacity } earlierProposals } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        let candidates = answer.data()["matchCandidates"].as_array().unwrap();
        let names: Vec<&Value> = candidates.iter().map(|it| &it["supportPerson"]["person"]["name"]).collect();
        assert_eq!(names, ["Tuula", "Timo"]);
        let kinds = |n: usize| -> Vec<String> {
            let reasons = candidates[n]["reasons"].as_array().unwrap();
            reasons.iter().map(|it| it["kind"].as_str().unwrap().to_owned()).collect()
        };
        assert_eq!(kinds(0), ["BACKGROUND", "SAME_AGE_BAND", "SERVES_MUNICIPALITY", "SHARED_INTEREST", "SHARED_LANGUAGE", "FREE_CAPACITY"]);
        assert_eq!(kinds(1), ["BACKGROUND", "NEAR_AGE_BAND", "SAME_COUNTY", "SHARED_LANGUAGE", "FREE_CAPACITY"]);
        assert_eq!(candidates[0]["reasons"][3]["code"], "FISHING");
        assert_eq!(candidates[0]["reasons"][5]["freeCapacity"], 2);

        let proposal = world.asked(&app, &referral, &near).await;
        let about = (referral.as_str(), proposal.as_str());
        let no = json!({ "agrees": false, "channel": "PHONE" });
        world.on_proposal(&app, &world.kaisa, about, "matchProposalAnswer", no).await.done();
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(answer.data()["matchCandidates"][1]["earlierProposals"], json!(["REFUSED_BY_SUPPORT_PERSON"]));
        assert_eq!(answer.data()["matchCandidates"][0]["supportPerson"]["id"], best.id);
        for hidden in [&world.pekka, &near.actor] {
            assert_eq!(hidden.ask(&app, query, json!({ "id": referral })).await.codes(), ["FORBIDDEN"]);
        }
        let other = World::named(&app, "toinen").await;
        let answer = other.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(answer.data()["matchCandidates"], json!(null));
    }
}

on_both! {
    async fn whoever_supports_the_case_already_is_not_proposed_for_it(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let (_, relationship) = world.disclosed(&app, &referral, &tuula).await;
        world.meet(&app, &relationship).await.done();
        let query = "query($id: ID!) { matchCandidates(referralId: $id) { score } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        assert_eq!(answer.data()["matchCandidates"], json!([]));
    }
}
