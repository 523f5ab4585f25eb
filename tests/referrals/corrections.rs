//! What was recorded in error: cancelled or put right, the referral stands as if it had never been.

use serde_json::{Value, json};

use crate::on_both;
use crate::support::Actor;
use crate::support::matching::{Supporter, World};

/// Leads a referral to a point, records one thing more, cancels it, and compares.
async fn cancelled_it_leaves_nothing(
    app: &crate::support::App,
    world: &World,
    tuula: &Supporter,
    mutation: &'static str,
    kind: &str,
) {
    let referral = match mutation {
        "referralConfirmInterest" | "consentRecord" => world.draft(app).await,
        _ => world.submitted(app).await,
    };
    let proposal = match mutation {
        "matchProposalAnswer" => Some(world.asked(app, &referral, tuula).await),
        "matchProposalAnswerForSupported" => Some(world.offered(app, &referral, tuula).await),
        "matchProposalWithdraw" => Some(world.accepted(app, &referral, tuula).await),
        _ => None,
    };
    let side: &Actor = match mutation {
        "referralConfirmInterest" | "consentRecord" | "referralWithdraw" | "consentWithdraw" => {
            &world.pekka
        }
        _ => &world.kaisa,
    };
    let mine = "query($id: ID!) { referral(id: $id) { status submittedAt proposalCount interestConfirmedOn consentGivenOn
        consentTextVersion consentWithdrawnOn proposals { id status } } }";
    let see = async || {
        let answer = world.pekka.ask(app, mine, json!({ "id": referral })).await;
        let theirs = world.kaisa.ask(app, mine, json!({ "id": referral })).await;
        (
            answer.data()["referral"].clone(),
            theirs.data()["referral"].clone(),
            tuula.status(app, &world.kaisa).await,
        )
    };
    let before = see().await;
    let input = match mutation {
        "consentRecord" => json!({ "textVersion": "1" }),
        "referralWithdraw" => json!({ "withdrawnBy": "SUPPORTED" }),
        "matchProposalMake" => json!({ "supportPersonId": tuula.id, "channel": "PHONE" }),
        "matchProposalAnswer" => {
            json!({ "agrees": kind == "SUPPORT_PERSON_AGREED", "channel": "PHONE" })
        }
        "matchProposalAnswerForSupported" => json!({ "agrees": kind == "SUPPORTED_AGREED" }),
        _ => json!({}),
    };
    match &proposal {
        Some(proposal) => {
            let about = (referral.as_str(), proposal.as_str());
            world.on_proposal(app, side, about, mutation, input).await
        }
        None => {
            world
                .on_referral(app, side, &referral, mutation, input)
                .await
        }
    }
    .done();
    assert_ne!(see().await, before, "{kind}");
    world.cancel(app, side, &referral, kind).await.done();
    let after = see().await;
    if mutation == "matchProposalMake" {
        // A proposal that was never made stays as history alone, and is not counted.
        assert_eq!(after.1["proposals"][0]["status"], "WITHDRAWN");
        assert_eq!(
            (&after.1["status"], &after.1["proposalCount"]),
            (&json!("SUBMITTED"), &json!(0))
        );
    } else {
        assert_eq!(after, before, "{kind}");
    }
    if proposal.is_some() {
        world
            .on_referral(app, &world.pekka, &referral, "consentWithdraw", json!({}))
            .await
            .done();
    }
}

on_both! {
    async fn whatever_is_cancelled_leaves_the_referral_as_it_was(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        for (mutation, kind) in [
            ("referralConfirmInterest", "INTEREST_CONFIRMED"),
            ("consentRecord", "CONSENT_GIVEN"),
            ("referralKeepWaiting", "KEPT_WAITING"),
            ("referralDecline", "DECLINED"),
            ("referralExpire", "EXPIRED"),
            ("referralWithdraw", "WITHDRAWN"),
            ("consentWithdraw", "CONSENT_WITHDRAWN"),
            ("matchProposalMake", "SUPPORT_PERSON_ASKED"),
            ("matchProposalAnswer", "SUPPORT_PERSON_AGREED"),
            ("matchProposalAnswer", "SUPPORT_PERSON_REFUSED"),
            ("matchProposalAnswerForSupported", "SUPPORTED_AGREED"),
            ("matchProposalAnswerForSupported", "SUPPORTED_REFUSED"),
            ("matchProposalWithdraw", "PROPOSAL_WITHDRAWN"),
        ] {
            cancelled_it_leaves_nothing(&app, &world, &tuula, mutation, kind).await;
        }
    }
}

on_both! {
    async fn a_disclosure_and_a_close_are_taken_back_too(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let accepted = world.accepted(&app, &referral, &tuula).await;
        let before = world.standing(&app, &referral).await;
        let about = (referral.as_str(), accepted.as_str());
        let disclose = async || world.on_proposal(&app, &world.kaisa, about, "matchProposalDiscloseContact", json!({})).await;
        let relationship = disclose().await.done()["supportRelationship"]["id"].as_str().unwrap().to_owned();
        let answer = world.cancel(&app, &world.kaisa, &referral, "DETAILS_DISCLOSED").await;
        assert_eq!(answer.user_errors(), ["- CANCEL_THE_RELATIONSHIP"]);
        world.on_relationship(&app, &relationship, "matchProposalDiscloseContactCancel", json!({})).await.done();
        assert_eq!(world.standing(&app, &referral).await, before);
        assert_eq!(app.read_sql("SELECT count(*) FROM disclosures").await, "1", "what was seen was seen");
        let hidden = world.pekka.ask(&app, "query($id: ID!) { supportPerson(id: $id) { id } }", json!({ "id": tuula.id })).await;
        assert_eq!(hidden.data()["supportPerson"], json!(null));
        // The same proposal can be disclosed again.
        let relationship = disclose().await.done()["supportRelationship"]["id"].as_str().unwrap().to_owned();
        world.meet(&app, &relationship).await.done();
        let before = world.standing(&app, &referral).await;
        world.handle(&app, &referral, "referralClose").await.done();
        world.cancel(&app, &world.kaisa, &referral, "CLOSED").await.done();
        assert_eq!(world.standing(&app, &referral).await, before);
    }
}

on_both! {
    async fn what_later_entries_stand_on_stays(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let (_, relationship) = world.disclosed(&app, &referral, &tuula).await;
        for (side, kind) in [
            (&world.pekka, "INTEREST_CONFIRMED"),
            (&world.pekka, "CONSENT_GIVEN"),
            (&world.pekka, "SUBMITTED"),
            (&world.kaisa, "SUPPORT_PERSON_ASKED"),
            (&world.kaisa, "SUPPORT_PERSON_AGREED"),
            (&world.pekka, "SUPPORTED_AGREED"),
        ] {
            let answer = world.cancel(&app, side, &referral, kind).await;
            assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"], "{kind}");
        }
        let answer = world.cancel(&app, &world.kaisa, &referral, "SUBMITTED").await;
        assert_eq!(answer.user_errors(), ["- NOT_FROM_YOUR_SIDE"]);
        world.meet(&app, &relationship).await.done();
        world.handle(&app, &referral, "referralClose").await.done();
        let query = "query($id: ID!) { supportRelationship(id: $id) { version acts { id kind } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": relationship })).await;
        let shown = &answer.data()["supportRelationship"];
        let input = json!({ "actId": shown["acts"][0]["id"], "version": shown["version"] });
        let answer = app.mutate(&world.kaisa, "supportRelationshipActCancel", input).await;
        assert_eq!(answer.user_errors(), ["- LATER_ENTRIES_STAND_ON_IT"], "a close stands on the first meeting");
    }
}

on_both! {
    async fn a_cancelled_no_opens_a_proposal_again_only_where_there_is_room(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active_with(&app, "Tuula", json!({ "maxActive": 1 })).await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        let no = json!({ "agrees": false, "channel": "PHONE" });
        let about = (referral.as_str(), proposal.as_str());
        world.on_proposal(&app, &world.kaisa, about, "matchProposalAnswer", no).await.done();
        let second = world.submitted(&app).await;
        let taken = world.asked(&app, &second, &tuula).await;
        let answer = world.cancel(&app, &world.kaisa, &referral, "SUPPORT_PERSON_REFUSED").await;
        assert_eq!(answer.user_errors(), ["- NO_FREE_CAPACITY"]);
        let about = (second.as_str(), taken.as_str());
        world.on_proposal(&app, &world.kaisa, about, "matchProposalWithdraw", json!({})).await.done();
        world.record(&app, &tuula, "supportPersonPause", "2026-11-23").await.done();
        let answer = world.cancel(&app, &world.kaisa, &referral, "SUPPORT_PERSON_REFUSED").await;
        assert_eq!(answer.user_errors(), ["- SUPPORT_PERSON_NOT_ACTIVE"]);
        world.record(&app, &tuula, "supportPersonResume", "2026-11-23").await.done();
        world.cancel(&app, &world.kaisa, &referral, "SUPPORT_PERSON_REFUSED").await.done();
        assert_eq!(world.standing(&app, &referral).await["proposals"][0]["status"], "ASKED");
    }
}

on_both! {
    async fn a_day_that_is_put_right_keeps_its_place_among_the_others(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        app.on_day("2026-11-10");
        let referral = world.submitted(&app).await;
        app.on_day("2026-11-20");
        let proposal = world.offered(&app, &referral, &tuula).await;
        app.on_day("2026-11-23");
        let version = async || -> Value {
            let query = "query($id: ID!) { referral(id: $id) { version } }";
            let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
            answer.data()["referral"]["version"].clone()
        };
        let correct = async |kind: &str, on: &str| {
            let act = world.entry(&app, &world.kaisa, &referral, kind).await;
            let input = json!({ "actId": act, "version": version().await, "on": on });
            app.mutate(&world.kaisa, "referralActCorrect", input).await
        };
        let before = world.standing(&app, &referral).await;
        correct("SUPPORT_PERSON_ASKED", "2026-11-12").await.done();
        correct("SUPPORT_PERSON_AGREED", "2026-11-13").await.done();
        assert_eq!(correct("SUPPORT_PERSON_ASKED", "2026-11-14").await.user_errors(), ["on DATES_OUT_OF_ORDER"]);
        assert_eq!(correct("SUPPORT_PERSON_ASKED", "2026-11-09").await.user_errors(), ["on DATES_OUT_OF_ORDER"]);
        assert_eq!(correct("SUPPORT_PERSON_ASKED", "2026-11-24").await.user_errors(), ["on DATE_IN_FUTURE"]);
        assert_eq!(correct("SUBMITTED", "2026-11-10").await.user_errors(), ["- NOT_FROM_YOUR_SIDE"]);
        let query = "query($id: ID!) { referral(id: $id) { acts { kind on channel cancelledAt } } }";
        let answer = world.kaisa.ask(&app, query, json!({ "id": referral })).await;
        let acts = answer.data()["referral"]["acts"].as_array().unwrap();
        let standing: Vec<(&Value, &Value)> = acts.iter().filter(|it| it["cancelledAt"].is_null()).map(|it| (&it["kind"], &it["on"])).collect();
        assert_eq!(standing[3..], [(&json!("SUPPORT_PERSON_ASKED"), &json!("2026-11-12")), (&json!("SUPPORT_PERSON_AGREED"), &json!("2026-11-13"))]);
        assert_eq!(acts.len(), 7, "what was put right stays, marked");
        assert_eq!(world.standing(&app, &referral).await, before, "the same state, on other days");

        // The day of submitting is the day that waiting is counted from.
        let act = world.entry(&app, &world.kaisa, &referral, "SUBMITTED").await;
        let input = json!({ "actId": act, "version": version().await, "on": "2026-11-09" });
        let early = app.mutate(&world.pekka, "referralActCorrect", input).await;
        assert_eq!(early.user_errors(), ["on DATES_OUT_OF_ORDER"], "before the consent");
        let about = (referral.as_str(), proposal.as_str());
        world.on_proposal(&app, &world.kaisa, about, "matchProposalWithdraw", json!({})).await.done();
        let act = world.entry(&app, &world.kaisa, &referral, "SUBMITTED").await;
        let input = json!({ "actId": act, "version": version().await, "on": "2026-11-11" });
        app.mutate(&world.pekka, "referralActCorrect", input).await.done();
        assert_eq!(world.standing(&app, &referral).await["submittedAt"], "2026-11-10T22:00:00.000000Z");
    }
}
