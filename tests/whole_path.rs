//! The whole path as people walk it: three of them with a token each, over HTTP against the program itself, API and
//! worker in processes of their own; from a referral to the reminder in the mailbox, the review, and the next one.

use std::sync::atomic::{AtomicU32, Ordering};

use serde_json::{Value, json};

use crate::mail::decoded;
use crate::support::matching::{profile, referral_details, supported_case};
use crate::support::postfix::{PASSWORD, Postfix, USER};
use crate::support::program::{
    Installation, Running, ask, free_address, on_both_installations, wait_for,
};
use crate::support::relationships::{joint, terms};

/// The referral, the first meeting a week later, and the day on which the review falls due.
const REFERRED: &str = "2026-08-17";
const MET: &str = "2026-08-24";
const DUE: &str = "2026-11-24";
const PUBLIC: &str = "https://rinnalla.example.org";

/// Somebody at a screen.
struct Person {
    address: String,
    id: String,
    mail: String,
    token: String,
}

impl Person {
    /// Asks, and is answered without an error.
    #[track_caller]
    fn asks(&self, query: &str, variables: Value) -> Value {
        let answer = ask(&self.address, &self.token, query, variables);
        assert!(answer["errors"].is_null(), "{query}: {answer}");
        answer["data"].clone()
    }

    /// Does something, and nobody objects; what is told of `object`.
    #[track_caller]
    fn does(&self, mutation: &str, object: &str, mut input: Value) -> Value {
        static ACTS: AtomicU32 = AtomicU32::new(0);
        input["idempotencyKey"] = json!(format!("act-{:08}", ACTS.fetch_add(1, Ordering::Relaxed)));
        let (head, tail) = mutation.split_at(1);
        let query = format!(
            "mutation($input: {}{tail}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ field code }} }} }}",
            head.to_uppercase()
        );
        let payload = &self.asks(&query, json!({ "input": input }))[mutation];
        assert_eq!(payload["userErrors"], json!([]), "{mutation}");
        let object = object.split_whitespace().next().unwrap();
        payload[object].clone()
    }

    /// An act on a referral, or on its proposal, at the version that it has now.
    #[track_caller]
    fn on_referral(
        &self,
        referral: &Value,
        mutation: &str,
        object: &str,
        mut input: Value,
    ) -> Value {
        let query = "query($id: ID!) { referral(id: $id) { version } }";
        let found = self.asks(query, json!({ "id": referral }));
        input["version"] = found["referral"]["version"].clone();
        self.does(mutation, &format!("{object} {{ id status }}"), input)
    }
}

/// The register: its processes are started anew for each day, as time in them stands still.
struct House {
    it: Installation,
    address: String,
}

impl House {
    fn on(&self, day: &str) -> Running {
        let clock = format!("{day}T10:00");
        let api = self
            .it
            .start(&["api", "--listen", &self.address, "--clock", &clock]);
        wait_for(&self.address);
        api
    }

    /// A command of the administrator's, two weeks before.
    #[track_caller]
    fn prepares(&self, args: &[&str]) -> String {
        self.it
            .must(&[args, &["--clock", "2026-08-03T10:00"]].concat())
    }

    fn person(&self, name: &str, role: &str, organisation: &str) -> Person {
        let mail = format!("{}@example.org", name.to_lowercase());
        let full = format!("{name} Esimerkki");
        let who = [
            "person",
            "add",
            "--name",
            &full,
            "--email",
            &mail,
            "--role",
            role,
            "--organisation",
            organisation,
        ];
        let id = self.prepares(&who);
        let token = self.prepares(&["token", "issue", "--person", &id, "--days", "300"]);
        Person {
            address: self.address.clone(),
            id,
            mail,
            token,
        }
    }

    /// The worker, until a mail is in the mailbox of a real server; the mail. None where there is no such server.
    fn mailed(&self, day: &str) -> Option<String> {
        let postfix = Postfix::start()?;
        let escaped = |text: &str| {
            text.replace('@', "%40")
                .replace('/', "%2F")
                .replace(' ', "%20")
        };
        let url = format!(
            "smtp+starttls://{}:{}@localhost:{}",
            escaped(USER),
            escaped(PASSWORD),
            postfix.port
        );
        let mut worker = self
            .it
            .command(&["worker", "--clock", &format!("{day}T10:00")]);
        worker
            .env("SMTP_URL", url)
            .env("SMTP_CA_FILE", postfix.certificates.authority())
            .env("MAIL_FROM", "noreply@example.org")
            .env("PUBLIC_URL", PUBLIC)
            .env("WORKER_TICK", "1s");
        let worker = Running::of(worker);
        let mut delivered = postfix.delivered(1);
        assert_eq!(worker.stop(), Some(0));
        postfix.has_logged("starttls=1 auth=1 mail=1 rcpt=1 data=1 quit=1");
        assert_eq!(delivered.len(), 1, "one duty, one mail");
        delivered.pop()
    }
}

on_both_installations! {
    fn three_people_walk_from_a_referral_to_the_review_and_the_next_one(it: Installation) {
        let house = House { it, address: free_address() };
        let association = house.prepares(&["organisation", "add", "--name", "Malliyhdistys ry", "--county", "20"]);
        let service = ["organisation", "add", "--name", "Malliala", "--kind", "wellbeing_county", "--county", "20"];
        let service = house.prepares(&service);
        house.prepares(&["organisation", "join", &association, &service]);
        let kaisa = house.person("Kaisa", "coordinator", &association);
        let mikko = house.person("Mikko", "professional", &service);
        let sari = house.person("Sari", "support_person", &association);

        let api = house.on(REFERRED);
        let supporter = becomes_a_support_person(&kaisa, &sari, &association);
        let referral = refers(&mikko, &association);
        let relationship = proposes(&kaisa, &mikko, &sari, &referral, &supporter);
        assert_eq!(api.stop(), Some(0));

        let api = house.on(MET);
        let code = meets_and_agrees(&mikko, &relationship);
        assert_eq!(api.stop(), Some(0));

        let told = house.it.must(&["job", "review_reminders", "--at", &format!("{DUE}T08:00")]);
        assert_eq!(told, "review_reminders: 1 notices");
        let mail = house.mailed(DUE);
        let api = house.on(DUE);
        let waiting = mikko.asks("{ waitingForMe { items { kind caseCode dueOn } } }", json!({}));
        let items = &waiting["waitingForMe"]["items"];
        assert_eq!(items, &json!([{ "kind": "REVIEW_DUE", "caseCode": code, "dueOn": "2027-02-24" }]));
        let query = "query($id: ID!) { supportRelationship(id: $id) { openReview { id version plannedOn } } }";
        let review = mikko.asks(query, json!({ "id": relationship }))["supportRelationship"]["openReview"].clone();
        assert_eq!(review["plannedOn"], DUE);
        if let Some(mail) = mail {
            says_what_it_may(&mail, &mikko, &code, &review["id"]);
            let notices = kaisa.asks("{ notices { nodes { kind status } } }", json!({}));
            // Monday's digest was planned too, and had nothing to tell.
            let mut notices = notices["notices"]["nodes"].as_array().unwrap().clone();
            notices.retain(|it| it["kind"] != "WEEKLY_DIGEST" || it["status"] == "SENT");
            assert_eq!(notices, [json!({ "kind": "REVIEW_DUE", "status": "SENT" })]);
        }
        reviews(&mikko, &review, &relationship);
        assert_eq!(api.stop(), Some(0));
    }
}

/// The coordinator takes a support person through the gates.
fn becomes_a_support_person(kaisa: &Person, sari: &Person, association: &str) -> Value {
    let input = json!({ "organisationId": association, "personId": sari.id, "profile": profile(json!({})) });
    let mut at = kaisa.does("supportPersonAdd", "supportPerson { id version }", input);
    for (mutation, on) in [
        ("supportPersonAttestCriterion", "2026-06-01"),
        ("supportPersonRecordWeekend", "2026-06-06"),
        ("supportPersonRecordWeekend", "2026-06-13"),
        ("supportPersonSignConfidentiality", "2026-06-15"),
        ("supportPersonActivate", "2026-07-01"),
    ] {
        let mut input = json!({ "supportPersonId": at["id"], "version": at["version"], "on": on });
        if mutation == "supportPersonAttestCriterion" {
            input["substanceFreeSince"] = json!("2025-02-01");
        }
        at = kaisa.does(mutation, "supportPerson { id version status }", input);
    }
    assert_eq!(at["status"], "ACTIVE");
    at["id"].clone()
}

/// The professional refers, notes interest and consent, and submits.
fn refers(mikko: &Person, association: &str) -> Value {
    let input = json!({
        "organisationId": association,
        "supportedCase": supported_case(json!({})),
        "details": referral_details(json!({})),
    });
    let referral = mikko.does("referralDraft", "referral { id }", input)["id"].clone();
    let mut status = Value::Null;
    for (mutation, mut input) in [
        ("referralConfirmInterest", json!({})),
        ("consentRecord", json!({ "textVersion": "2026-1" })),
        ("referralSubmit", json!({})),
    ] {
        input["referralId"] = referral.clone();
        status = mikko.on_referral(&referral, mutation, "referral", input)["status"].clone();
    }
    assert_eq!(status, "SUBMITTED");
    referral
}

/// The coordinator finds a candidate and asks; the support person says yes, then the supported person does; only then
/// are the contact details disclosed. The relationship's id.
fn proposes(
    kaisa: &Person,
    mikko: &Person,
    sari: &Person,
    referral: &Value,
    supporter: &Value,
) -> Value {
    let query = "query($id: ID!) { matchCandidates(referralId: $id) { score reasons { kind } supportPerson { id } } }";
    let found = kaisa.asks(query, json!({ "id": referral }));
    let best = &found["matchCandidates"][0];
    assert_eq!(&best["supportPerson"]["id"], supporter, "{found}");
    assert!(
        best["reasons"]
            .as_array()
            .is_some_and(|reasons| !reasons.is_empty()),
        "{found}"
    );

    let input =
        json!({ "referralId": referral, "supportPersonId": supporter, "channel": "REGISTER" });
    let proposal =
        kaisa.on_referral(referral, "matchProposalMake", "matchProposal", input)["id"].clone();
    let asked = sari.asks(
        "{ matchProposalsToAnswer { nodes { id version } } }",
        json!({}),
    );
    let asked = &asked["matchProposalsToAnswer"]["nodes"][0];
    assert_eq!(asked["id"], proposal);
    let input = json!({
        "matchProposalId": proposal, "version": asked["version"], "agrees": true, "channel": "REGISTER",
    });
    let offered = sari.does("matchProposalAnswer", "matchProposal { status }", input);
    assert_eq!(offered["status"], "OFFERED");

    let seen = mikko.asks(PROPOSED, json!({ "id": proposal }))["matchProposal"].clone();
    assert_eq!(
        seen["proposedPerson"]["interests"],
        json!(["COFFEE", "FISHING"]),
        "{seen}"
    );
    assert!(
        !seen.to_string().contains("Sari"),
        "no contact details before the yes: {seen}"
    );
    let input = json!({ "matchProposalId": proposal, "agrees": true });
    let accepted = mikko.on_referral(
        referral,
        "matchProposalAnswerForSupported",
        "matchProposal",
        input,
    );
    assert_eq!(accepted["status"], "ACCEPTED");

    let input = json!({ "proposalId": proposal });
    let object = "supportRelationship";
    let made = kaisa.on_referral(referral, "matchProposalDiscloseContact", object, input);
    assert_eq!(made["status"], "PROPOSED");
    let seen = mikko.asks(PROPOSED, json!({ "id": proposal }));
    let person = &seen["matchProposal"]["supportPerson"]["person"];
    assert_eq!(
        person,
        &json!({ "name": "Sari Esimerkki", "email": "sari@example.org" }),
        "{seen}"
    );
    made["id"].clone()
}

const PROPOSED: &str = "query($id: ID!) { matchProposal(id: $id) {
    proposedPerson { interests } supportPerson { person { name email } } } }";

/// The first meeting with the professional present, and the agreement. The case's code.
fn meets_and_agrees(mikko: &Person, relationship: &Value) -> String {
    let query = "query($id: ID!) { supportRelationship(id: $id) { version caseCode } }";
    let found = mikko.asks(query, json!({ "id": relationship }))["supportRelationship"].clone();
    let input = json!({
        "supportRelationshipId": relationship, "version": found["version"], "heldOn": MET, "professionalPresent": true,
        "handoverById": mikko.id,
    });
    let object = "supportRelationship { status version }";
    let met = mikko.does("supportRelationshipRecordFirstMeeting", object, input);
    assert_eq!(met["status"], "FIRST_MEETING_HELD");
    let input = json!({ "supportRelationshipId": relationship, "version": met["version"], "terms": terms(MET) });
    let agreed = mikko.does("supportAgreementRecord", object, input);
    assert_eq!(agreed["status"], "ACTIVE");
    found["caseCode"].as_str().unwrap().to_owned()
}

/// The mail came in TLS from somebody signed in, to its reader; it holds the code and an opaque link, and no name.
fn says_what_it_may(mail: &str, mikko: &Person, code: &str, review: &Value) {
    let text = decoded(mail);
    let to = format!("Delivered-To: {}", mikko.mail);
    let link = format!("{PUBLIC}/r/{}", review.as_str().unwrap());
    for part in [to.as_str(), "ESMTPSA", "Hei Mikko!", code, link.as_str()] {
        assert!(text.contains(part), "{part}:\n{text}");
    }
    for name in ["Esimerkki", "Sari", "Kaisa", "Malli"] {
        assert!(!text.contains(name), "{name}:\n{text}");
    }
    // The link's end is what the professional's page asks for.
    let opaque = link.rsplit('/').next().unwrap();
    let query = "query($id: ID!) { node(id: $id) { ... on JointReview { plannedOn timing } } }";
    let node = mikko.asks(query, json!({ "id": opaque }))["node"].clone();
    assert_eq!(node, json!({ "plannedOn": DUE, "timing": "DUE" }));
}

/// The professional records the review, and the next one is planned from its day.
fn reviews(mikko: &Person, review: &Value, relationship: &Value) {
    let input =
        json!({ "jointReviewId": review["id"], "version": review["version"], "held": joint(DUE) });
    let held = mikko.does(
        "jointReviewRecordHeld",
        "jointReview { status heldOn isJoint }",
        input,
    );
    assert_eq!(
        held,
        json!({ "status": "HELD", "heldOn": DUE, "isJoint": true })
    );
    let query = "query($id: ID!) { supportRelationship(id: $id) { status openReview {
        cycleNumber status countedFrom plannedOn windowEndsOn } } }";
    let next = mikko.asks(query, json!({ "id": relationship }))["supportRelationship"].clone();
    let planned = json!({
        "cycleNumber": 2, "status": "PLANNED", "countedFrom": DUE, "plannedOn": "2027-02-24", "windowEndsOn": "2027-05-24",
    });
    assert_eq!(next, json!({ "status": "ACTIVE", "openReview": planned }));
    let waiting = mikko.asks("{ waitingForMe { items { kind } } }", json!({}));
    assert_eq!(
        waiting["waitingForMe"]["items"],
        json!([]),
        "nothing more awaits anybody"
    );
}
