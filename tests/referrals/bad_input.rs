//! Whatever is wrong with an input has a code and a field, and changes nothing.

use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn what_is_told_of_a_case_is_checked_whole(app: App) {
        let world = World::new(&app).await;
        let referral = world.draft(&app).await;
        let cases: [(Value, &[&str]); 13] = [
            (json!({ "countyCode": "99" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "countyCode": "2\u{0}" }), &["countyCode UNKNOWN_CODE"]),
            (json!({ "birthDecade": 1985 }), &["birthDecade OUT_OF_RANGE"]),
            (json!({ "birthDecade": -2147483648 }), &["birthDecade OUT_OF_RANGE"]),
            (json!({ "municipalityCode": "20" }), &["municipalityCode MALFORMED"]),
            (json!({ "municipalityCode": "2\u{0}5" }), &["municipalityCode MALFORMED"]),
            (json!({ "language": "xx" }), &["language UNKNOWN_CODE"]),
            (json!({ "kinRelation": "PARENT" }), &["kinRelation NOT_NEXT_OF_KIN"]),
            (json!({ "background": "NEXT_OF_KIN", "kinRelation": "NEIGHBOUR\u{0}" }), &["kinRelation UNKNOWN_CODE"]),
            (json!({ "interests": ["FISHING", "NOTHING"] }), &["interests UNKNOWN_CODE"]),
            (json!({ "interests": vec!["FISHING"; 41] }), &["interests OUT_OF_RANGE"]),
            (json!({ "interests": ["\u{202e}"] }), &["interests UNKNOWN_CODE"]),
            (json!({ "language": "", "interests": [""] }), &["language UNKNOWN_CODE", "interests UNKNOWN_CODE"]),
        ];
        let details: [(Value, &[&str]); 3] = [
            (json!({ "wishes": ["FISHING"] }), &["wishes UNKNOWN_CODE"]),
            (json!({ "informationSource": "\u{0}" }), &["informationSource UNKNOWN_CODE"]),
            (json!({ "informationSource": "x".repeat(10_000) }), &["informationSource UNKNOWN_CODE"]),
        ];
        let all = cases.into_iter().map(|(told, faults)| (told, json!({}), faults))
            .chain(details.into_iter().map(|(told, faults)| (json!({}), told, faults)));
        let before = app.read_sql("SELECT count(*) FROM supported_cases").await;
        for (case, details, faults) in all {
            let mut input = world.draft_input(case.clone(), details);
            let unknown_county = faults.contains(&"countyCode UNKNOWN_CODE");
            let answer = app.mutate(&world.pekka, "referralDraft", input.clone()).await;
            assert_eq!(answer.user_errors(), faults, "{case} {unknown_county}");
            input.as_object_mut().unwrap().remove("organisationId");
            let answer = world.on_referral(&app, &world.pekka, &referral, "referralCorrect", input).await;
            assert_eq!(answer.user_errors(), faults, "{case}");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM supported_cases").await, before);
        let mut input = world.draft_input(json!({}), json!({}));
        input["referringOrganisationId"] = json!(world.association.encode());
        let answer = app.mutate(&world.pekka, "referralDraft", input).await;
        assert_eq!(answer.user_errors(), ["referringOrganisationId UNKNOWN"]);
    }
}

on_both! {
    async fn whoever_works_in_several_organisations_says_for_which(app: App) {
        let world = World::new(&app).await;
        let other = World::named(&app, "toinen").await;
        app.write_sql(&format!(
            "INSERT INTO role_grants (id, person_id, organisation_id, role, valid_from, version, created_at)
             SELECT {}, g.person_id, o.organisation_id, 'PROFESSIONAL', g.valid_from, 1, g.created_at FROM role_grants g, role_grants o
             WHERE g.person_id = {} AND o.person_id = {}",
            id(&app, rinnalla_domain::ids::RoleGrantId::random()), id(&app, world.pekka.id), id(&app, other.pekka.id)
        )).await;
        let mut input = world.draft_input(json!({}), json!({}));
        let answer = app.mutate(&world.pekka, "referralDraft", input.clone()).await;
        assert_eq!(answer.user_errors(), ["referringOrganisationId REQUIRED"]);
        input["referringOrganisationId"] = json!(other.service.encode());
        let answer = app.mutate(&world.pekka, "referralDraft", input.clone()).await;
        assert_eq!(answer.user_errors(), ["organisationId NO_PARTNERSHIP"]);
        input["referringOrganisationId"] = json!(world.service.encode());
        app.mutate(&world.pekka, "referralDraft", input).await.done();
    }
}

fn id(app: &crate::support::App, id: impl rinnalla_domain::ids::Id) -> String {
    match app.database.kind {
        crate::support::databases::Kind::Sqlite => format!("x'{}'", id.uuid().simple()),
        crate::support::databases::Kind::Postgres => format!("'{}'", id.uuid()),
    }
}

/// Every act on a referral, by whom it is done, with the least input.
fn on_referrals(world: &World, supporter: &str) -> Vec<(bool, &'static str, Value)> {
    let mut told = world.draft_input(json!({}), json!({}));
    told.as_object_mut().unwrap().remove("organisationId");
    vec![
        (false, "referralConfirmInterest", json!({})),
        (false, "consentRecord", json!({ "textVersion": "1" })),
        (false, "consentWithdraw", json!({})),
        (false, "referralSubmit", json!({})),
        (
            false,
            "referralWithdraw",
            json!({ "withdrawnBy": "SUPPORTED" }),
        ),
        (false, "referralCorrect", told),
        (true, "referralKeepWaiting", json!({})),
        (true, "referralDecline", json!({})),
        (true, "referralExpire", json!({})),
        (true, "referralClose", json!({})),
        (
            true,
            "matchProposalMake",
            json!({ "supportPersonId": supporter, "channel": "REGISTER" }),
        ),
    ]
}

on_both! {
    async fn a_stale_version_a_foreign_id_a_day_to_come_and_another_role_are_refused_by_every_act(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let before = world.standing(&app, &referral).await;
        for (is_coordinators, mutation, more) in on_referrals(&world, &tuula.id) {
            let (side, other) = if is_coordinators { (&world.kaisa, &world.pekka) } else { (&world.pekka, &tuula.actor) };
            let with = |id: &str, version: i64| {
                let mut input = more.clone();
                input["referralId"] = json!(id);
                input["version"] = json!(version);
                input
            };
            for version in [0, 99, -1] {
                let answer = app.mutate(side, mutation, with(&referral, version)).await;
                assert_eq!(answer.codes(), ["CONFLICT"], "{mutation}");
            }
            for foreign in [tuula.id.as_str(), "", "x", "\u{0}"] {
                let answer = app.mutate(side, mutation, with(foreign, 4)).await;
                assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
            }
            let answer = app.mutate(other, mutation, with(&referral, 4)).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"], "{mutation}");
            if !["referralSubmit", "referralCorrect"].contains(&mutation) {
                let mut input = with(&referral, 4);
                input["on"] = json!("2026-11-24");
                let answer = app.mutate(side, mutation, input).await;
                assert_eq!(answer.user_errors(), ["on DATE_IN_FUTURE"], "{mutation}");
            }
        }
        assert_eq!(world.standing(&app, &referral).await, before);
    }
}

on_both! {
    async fn an_act_that_does_not_fit_the_state_is_refused(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        for (mutation, expected) in [
            ("referralKeepWaiting", "- WRONG_STATE"),
            ("referralDecline", "- WRONG_STATE"),
            ("referralExpire", "- WRONG_STATE"),
            ("referralClose", "- WRONG_STATE"),
        ] {
            assert_eq!(world.handle(&app, &referral, mutation).await.user_errors(), [expected], "{mutation}");
        }
        for (mutation, input, expected) in [
            ("referralConfirmInterest", json!({}), "- WRONG_STATE"),
            ("consentRecord", json!({ "textVersion": "2" }), "- WRONG_STATE"),
            ("referralSubmit", json!({}), "- WRONG_STATE"),
        ] {
            let answer = world.on_referral(&app, &world.pekka, &referral, mutation, input).await;
            assert_eq!(answer.user_errors(), [expected], "{mutation}");
        }
        let about = (referral.as_str(), proposal.as_str());
        let answer = world.on_proposal(&app, &world.kaisa, about, "matchProposalAnswerForSupported", json!({ "agrees": true })).await;
        assert_eq!(answer.user_errors(), ["- WRONG_STATE"]);
        let draft = world.draft(&app).await;
        world.on_referral(&app, &world.pekka, &draft, "referralConfirmInterest", json!({})).await.done();
        let answer = world.on_referral(&app, &world.pekka, &draft, "referralConfirmInterest", json!({})).await;
        assert_eq!(answer.user_errors(), ["- ALREADY_RECORDED"]);
        for (text, code) in [("", "EMPTY"), ("\u{0}", "CONTROL_CHARACTER"), ("1\n2", "CONTROL_CHARACTER"), (&"v".repeat(33), "TOO_LONG")] {
            let answer = world.on_referral(&app, &world.pekka, &draft, "consentRecord", json!({ "textVersion": text })).await;
            assert_eq!(answer.user_errors(), [format!("textVersion {code}")]);
        }
        assert_eq!(world.standing(&app, &referral).await["status"], "PROPOSED");
    }
}

on_both! {
    async fn acts_on_proposals_and_entries_are_checked_as_well(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let referral = world.submitted(&app).await;
        let proposal = world.asked(&app, &referral, &tuula).await;
        for (side, mutation, more) in [
            (&tuula.actor, "matchProposalAnswer", json!({ "agrees": true, "channel": "REGISTER" })),
            (&world.kaisa, "matchProposalAnswerForSupported", json!({ "agrees": true })),
            (&world.kaisa, "matchProposalWithdraw", json!({})),
        ] {
            let with = |id: &str, version: i64, on: &str| {
                let mut input = more.clone();
                input["matchProposalId"] = json!(id);
                input["version"] = json!(version);
                input["on"] = json!(on);
                input
            };
            let answer = app.mutate(side, mutation, with(&proposal, 1, "2026-11-23")).await;
            assert_eq!(answer.codes(), ["CONFLICT"], "{mutation}");
            let answer = app.mutate(side, mutation, with(&referral, 5, "2026-11-23")).await;
            assert_eq!(answer.codes(), ["NOT_FOUND"], "{mutation}");
            let answer = app.mutate(side, mutation, with(&proposal, 5, "2026-11-24")).await;
            assert_eq!(answer.user_errors(), ["on DATE_IN_FUTURE"], "{mutation}");
        }
        let make = json!({ "supportPersonId": tuula.id, "channel": "REGISTER" });
        for foreign in [world.kaisa.node(), "x".to_owned()] {
            let mut input = make.clone();
            input["supportPersonId"] = json!(foreign);
            let answer = world.on_referral(&app, &world.kaisa, &referral, "matchProposalMake", input).await;
            assert_eq!(answer.user_errors(), ["supportPersonId UNKNOWN"]);
        }
        let act = world.entry(&app, &world.kaisa, &referral, "SUPPORT_PERSON_ASKED").await;
        let stale = json!({ "actId": act, "version": 1 });
        assert_eq!(app.mutate(&world.kaisa, "referralActCancel", stale).await.codes(), ["CONFLICT"]);
        let foreign = json!({ "actId": proposal, "version": 5 });
        assert_eq!(app.mutate(&world.kaisa, "referralActCancel", foreign).await.codes(), ["NOT_FOUND"]);
        let stale = json!({ "actId": act, "version": 1, "on": "2026-11-23" });
        assert_eq!(app.mutate(&world.kaisa, "referralActCorrect", stale).await.codes(), ["CONFLICT"]);
        world.cancel(&app, &world.kaisa, &referral, "SUPPORT_PERSON_ASKED").await.done();
        let twice = json!({ "actId": act, "version": 6 });
        assert_eq!(app.mutate(&world.kaisa, "referralActCancel", twice).await.user_errors(), ["- ALREADY_CANCELLED"]);
        let twice = json!({ "actId": act, "version": 6, "on": "2026-11-23" });
        assert_eq!(app.mutate(&world.kaisa, "referralActCorrect", twice).await.user_errors(), ["- ALREADY_CANCELLED"]);
    }
}

on_both! {
    async fn an_act_sent_twice_is_done_once_and_its_key_serves_no_other(app: App) {
        let world = World::new(&app).await;
        let tuula = world.active(&app, "Tuula").await;
        let mut draft = world.draft_input(json!({}), json!({}));
        draft["idempotencyKey"] = json!("draft");
        let first = app.mutate(&world.pekka, "referralDraft", draft.clone()).await;
        let again = app.mutate(&world.pekka, "referralDraft", draft.clone()).await;
        assert_eq!(first.done(), again.done());
        assert_eq!(app.read_sql("SELECT count(*) FROM referrals").await, "1");
        draft["details"]["form"] = json!("FAMILY");
        assert_eq!(app.mutate(&world.pekka, "referralDraft", draft).await.codes(), ["CONFLICT"]);

        let referral = world.submitted(&app).await;
        let make = json!({ "referralId": referral, "version": 4, "supportPersonId": tuula.id, "channel": "PHONE", "idempotencyKey": "make" });
        let first = app.mutate(&world.kaisa, "matchProposalMake", make.clone()).await;
        let again = app.mutate(&world.kaisa, "matchProposalMake", make).await;
        assert_eq!(first.done(), again.done());
        assert_eq!(app.read_sql("SELECT count(*) FROM match_proposals").await, "1");
    }
}
