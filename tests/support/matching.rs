//! An association with support persons, and a service whose professional refers people to it: built through the API.

mod told;

use rinnalla_domain::ids::{Id as _, OrganisationId, SupportPersonId};
use rinnalla_domain::states::{OrganisationKind, Role};
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};

pub use self::told::{profile, referral_details, supported_case, today};
use super::{Actor, Answer, App};

/// Kaisa coordinates the association; Pekka is a professional of the service.
pub struct World {
    pub association: OrganisationId,
    pub service: OrganisationId,
    pub kaisa: Actor,
    pub pekka: Actor,
}

/// Somebody who is, or becomes, a support person.
#[derive(Clone, Debug)]
pub struct Supporter {
    pub actor: Actor,
    pub id: String,
}

/// What a mutation on each kind of object answers.
const SUPPORT_PERSON: &str = "supportPerson { id status version }";
const REFERRAL: &str = "referral { id status version proposalCount }";
const PROPOSAL: &str = "matchProposal { id status version }";
const RELATIONSHIP: &str = "supportRelationship { id status version }";

impl App {
    /// Sends one act, with a fresh key unless it has one.
    pub async fn mutate(&self, actor: &Actor, mutation: &str, mut input: Value) -> Answer {
        if input.get("idempotencyKey").is_none() {
            input["idempotencyKey"] = json!(self.key());
        }
        let (head, tail) = mutation.split_at(1);
        let object = match mutation {
            "supportPersonAttestCriterion" => {
                "isMet supportPerson { id status version }".to_owned()
            }
            "matchProposalDiscloseContact" | "matchProposalDiscloseContactCancel" => {
                RELATIONSHIP.to_owned()
            }
            m if m.starts_with("supportPerson") => SUPPORT_PERSON.to_owned(),
            m if m.starts_with("supportRelationship") => RELATIONSHIP.to_owned(),
            m if m.starts_with("matchProposal") => PROPOSAL.to_owned(),
            _ => REFERRAL.to_owned(),
        };
        let query = format!(
            "mutation($input: {}{tail}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ field code }} }} }}",
            head.to_uppercase()
        );
        actor.ask(self, &query, json!({ "input": input })).await
    }

    /// One number or text of the database.
    pub async fn read_sql(&self, sql: &str) -> String {
        let db = self.db().await;
        let statement = Statement::from_string(db.get_database_backend(), sql.to_owned());
        let row = db.query_one_raw(statement).await.unwrap().unwrap();
        let value = row
            .try_get_by_index::<String>(0)
            .or_else(|_| row.try_get_by_index::<i64>(0).map(|n| n.to_string()))
            .or_else(|_| row.try_get_by_index::<i32>(0).map(|n| n.to_string()))
            .unwrap();
        db.close().await.unwrap();
        value
    }

    /// Runs a statement of the test's own.
    pub async fn write_sql(&self, sql: &str) {
        let db = self.db().await;
        db.execute_unprepared(sql).await.unwrap();
        db.close().await.unwrap();
    }
}

impl World {
    pub async fn new(app: &App) -> Self {
        Self::named(app, "").await
    }

    /// A second world beside the first has another name.
    pub async fn named(app: &App, name: &str) -> Self {
        let association = app
            .organisation(
                &format!("Esimerkkiyhdistys {name}"),
                OrganisationKind::Association,
            )
            .await;
        let service = app
            .organisation(
                &format!("Esimerkkialue {name}"),
                OrganisationKind::WellbeingCounty,
            )
            .await;
        app.refers(association, service).await;
        let kaisa = format!("Kaisa {name}");
        let pekka = format!("Pekka {name}");
        Self {
            kaisa: app
                .person(kaisa.trim(), association, Role::Coordinator)
                .await,
            pekka: app.person(pekka.trim(), service, Role::Professional).await,
            association,
            service,
        }
    }

    /// Somebody who has offered to become a support person.
    pub async fn applicant(&self, app: &App, name: &str) -> Supporter {
        self.applicant_with(app, name, json!({})).await
    }

    /// The same, told otherwise.
    pub async fn applicant_with(&self, app: &App, name: &str, told: Value) -> Supporter {
        let actor = app
            .person(name, self.association, Role::SupportPerson)
            .await;
        let input = json!({
            "organisationId": self.association.encode(),
            "personId": actor.node(),
            "profile": profile(told),
        });
        let answer = app.mutate(&self.kaisa, "supportPersonAdd", input).await;
        let id = answer.done()["supportPerson"]["id"].as_str().unwrap();
        Supporter {
            actor,
            id: id.to_owned(),
        }
    }

    /// Somebody through all three gates, active since 1.10.2026.
    pub async fn active(&self, app: &App, name: &str) -> Supporter {
        self.active_with(app, name, json!({})).await
    }

    /// The same, told otherwise.
    pub async fn active_with(&self, app: &App, name: &str, told: Value) -> Supporter {
        let supporter = self.applicant_with(app, name, told).await;
        self.through_the_gates(app, &supporter).await;
        self.record(app, &supporter, "supportPersonActivate", "2026-10-01")
            .await
            .done();
        supporter
    }

    pub async fn through_the_gates(&self, app: &App, supporter: &Supporter) {
        let criterion = json!({ "substanceFreeSince": "2025-08-01", "on": "2026-09-01" });
        let name = "supportPersonAttestCriterion";
        self.on_supporter(app, supporter, name, criterion)
            .await
            .done();
        for (mutation, on) in [
            ("supportPersonRecordWeekend", "2026-09-05"),
            ("supportPersonRecordWeekend", "2026-09-19"),
            ("supportPersonSignConfidentiality", "2026-09-21"),
        ] {
            self.record(app, supporter, mutation, on).await.done();
        }
    }

    /// An act of the coordinator's on a support person, on a day.
    pub async fn record(
        &self,
        app: &App,
        supporter: &Supporter,
        mutation: &str,
        on: &str,
    ) -> Answer {
        let input = json!({ "on": on });
        self.on_supporter(app, supporter, mutation, input).await
    }

    /// An act of the coordinator's on a support person, at its present version.
    pub async fn on_supporter(
        &self,
        app: &App,
        supporter: &Supporter,
        mutation: &str,
        mut input: Value,
    ) -> Answer {
        input["supportPersonId"] = json!(supporter.id);
        input["version"] = json!(supporter.version(app).await);
        app.mutate(&self.kaisa, mutation, input).await
    }

    /// A draft by Pekka.
    pub async fn draft(&self, app: &App) -> String {
        self.draft_with(app, json!({}), json!({})).await
    }

    /// The same, told otherwise.
    pub async fn draft_with(&self, app: &App, case: Value, details: Value) -> String {
        let input = self.draft_input(case, details);
        let answer = app.mutate(&self.pekka, "referralDraft", input).await;
        answer.done()["referral"]["id"].as_str().unwrap().to_owned()
    }

    pub fn draft_input(&self, case: Value, details: Value) -> Value {
        json!({
            "organisationId": self.association.encode(),
            "supportedCase": supported_case(case),
            "details": referral_details(details),
        })
    }

    /// Submitted by Pekka, with interest and consent.
    pub async fn submitted(&self, app: &App) -> String {
        let referral = self.draft(app).await;
        self.submit(app, &referral).await;
        referral
    }

    pub async fn submit(&self, app: &App, referral: &str) {
        for (mutation, input) in [
            ("referralConfirmInterest", json!({})),
            ("consentRecord", json!({ "textVersion": "2026-1" })),
            ("referralSubmit", json!({})),
        ] {
            self.on_referral(app, &self.pekka, referral, mutation, input)
                .await
                .done();
        }
    }

    /// An act on a referral at its present version.
    pub async fn on_referral(
        &self,
        app: &App,
        actor: &Actor,
        referral: &str,
        mutation: &str,
        mut input: Value,
    ) -> Answer {
        input["referralId"] = json!(referral);
        input["version"] = json!(self.version(app, referral).await);
        app.mutate(actor, mutation, input).await
    }

    /// The coordinator's act on a referral without further input.
    pub async fn handle(&self, app: &App, referral: &str, mutation: &str) -> Answer {
        self.on_referral(app, &self.kaisa, referral, mutation, json!({}))
            .await
    }

    /// Proposes somebody in the register.
    pub async fn make(&self, app: &App, referral: &str, supporter: &Supporter) -> Answer {
        let input = json!({ "supportPersonId": supporter.id, "channel": "REGISTER" });
        self.on_referral(app, &self.kaisa, referral, "matchProposalMake", input)
            .await
    }

    /// The same; the proposal's id.
    pub async fn asked(&self, app: &App, referral: &str, supporter: &Supporter) -> String {
        let answer = self.make(app, referral, supporter).await;
        answer.done()["matchProposal"]["id"]
            .as_str()
            .unwrap()
            .to_owned()
    }

    /// An act on a proposal at its referral's present version.
    pub async fn on_proposal(
        &self,
        app: &App,
        actor: &Actor,
        (referral, proposal): (&str, &str),
        mutation: &str,
        mut input: Value,
    ) -> Answer {
        let field = if mutation == "matchProposalDiscloseContact" {
            "proposalId"
        } else {
            "matchProposalId"
        };
        input[field] = json!(proposal);
        input["version"] = json!(self.version(app, referral).await);
        app.mutate(actor, mutation, input).await
    }

    /// Asked, and agreed in the register.
    pub async fn offered(&self, app: &App, referral: &str, supporter: &Supporter) -> String {
        let proposal = self.asked(app, referral, supporter).await;
        let input = json!({ "agrees": true, "channel": "REGISTER" });
        let about = (referral, proposal.as_str());
        self.on_proposal(app, &supporter.actor, about, "matchProposalAnswer", input)
            .await
            .done();
        proposal
    }

    /// Both have agreed.
    pub async fn accepted(&self, app: &App, referral: &str, supporter: &Supporter) -> String {
        let proposal = self.offered(app, referral, supporter).await;
        let about = (referral, proposal.as_str());
        let mutation = "matchProposalAnswerForSupported";
        self.on_proposal(app, &self.pekka, about, mutation, json!({ "agrees": true }))
            .await
            .done();
        proposal
    }

    /// The details are disclosed: the proposal, and the relationship's id.
    pub async fn disclosed(
        &self,
        app: &App,
        referral: &str,
        supporter: &Supporter,
    ) -> (String, String) {
        let proposal = self.accepted(app, referral, supporter).await;
        let about = (referral, proposal.as_str());
        let mutation = "matchProposalDiscloseContact";
        let answer = self
            .on_proposal(app, &self.kaisa, about, mutation, json!({}))
            .await;
        let id = &answer.done()["supportRelationship"]["id"];
        (proposal, id.as_str().unwrap().to_owned())
    }

    /// An act of the coordinator's on a relationship at its present version.
    pub async fn on_relationship(
        &self,
        app: &App,
        relationship: &str,
        mutation: &str,
        mut input: Value,
    ) -> Answer {
        let query = "query($id: ID!) { supportRelationship(id: $id) { version } }";
        let answer = self
            .kaisa
            .ask(app, query, json!({ "id": relationship }))
            .await;
        input["version"] = answer.data()["supportRelationship"]["version"].clone();
        input["supportRelationshipId"] = json!(relationship);
        app.mutate(&self.kaisa, mutation, input).await
    }

    /// The two meet today, with Pekka.
    pub async fn meet(&self, app: &App, relationship: &str) -> Answer {
        let input = json!({ "heldOn": today(app), "professionalPresent": true, "handoverById": self.pekka.node() });
        self.on_relationship(
            app,
            relationship,
            "supportRelationshipRecordFirstMeeting",
            input,
        )
        .await
    }

    /// The relationship ends today.
    pub async fn end(&self, app: &App, relationship: &str) -> Answer {
        let input = json!({ "endedOn": today(app), "endReason": "BY_AGREEMENT" });
        self.on_relationship(app, relationship, "supportRelationshipEnd", input)
            .await
    }

    /// A referral's present version.
    pub async fn version(&self, app: &App, referral: &str) -> i64 {
        let id = rinnalla_domain::ids::ReferralId::decode(referral).unwrap();
        app.version_in("referrals", id.uuid()).await
    }

    /// How a referral stands, without what is history alone: its state, count and the states of its proposals.
    pub async fn standing(&self, app: &App, referral: &str) -> Value {
        let query = "query($id: ID!) { referral(id: $id) { status submittedAt proposalCount interestConfirmedOn consentGivenOn
            consentWithdrawnOn proposals { id status } } }";
        let answer = self.kaisa.ask(app, query, json!({ "id": referral })).await;
        answer.data()["referral"].clone()
    }

    /// The id of the last standing entry of a kind.
    pub async fn entry(&self, app: &App, actor: &Actor, referral: &str, kind: &str) -> String {
        let query = "query($id: ID!) { referral(id: $id) { acts { id kind cancelledAt } } }";
        let answer = actor.ask(app, query, json!({ "id": referral })).await;
        let acts = answer.data()["referral"]["acts"].as_array().unwrap();
        let last = acts
            .iter()
            .rfind(|act| act["kind"] == kind && act["cancelledAt"].is_null());
        last.unwrap()["id"].as_str().unwrap().to_owned()
    }

    /// Cancels the last standing entry of a kind.
    pub async fn cancel(&self, app: &App, actor: &Actor, referral: &str, kind: &str) -> Answer {
        let reader = if kind == "INTEREST_CONFIRMED" || kind == "CONSENT_GIVEN" {
            &self.pekka
        } else {
            &self.kaisa
        };
        let act = self.entry(app, reader, referral, kind).await;
        let input = json!({ "actId": act, "version": self.version(app, referral).await });
        app.mutate(actor, "referralActCancel", input).await
    }
}

impl App {
    /// A row's present version.
    pub async fn version_in(&self, table: &str, id: uuid::Uuid) -> i64 {
        let id = match self.database.kind {
            super::databases::Kind::Sqlite => format!("x'{}'", id.simple()),
            super::databases::Kind::Postgres => format!("'{id}'"),
        };
        let sql = format!("SELECT version FROM {table} WHERE id = {id}");
        self.read_sql(&sql).await.parse().unwrap()
    }
}

impl Supporter {
    pub async fn version(&self, app: &App) -> i64 {
        let id = SupportPersonId::decode(&self.id).unwrap();
        app.version_in("support_persons", id.uuid()).await
    }

    pub async fn status(&self, app: &App, reader: &Actor) -> String {
        let query = "query($id: ID!) { supportPerson(id: $id) { status } }";
        let answer = reader.ask(app, query, json!({ "id": self.id })).await;
        let status = &answer.data()["supportPerson"]["status"];
        status.as_str().unwrap_or("-").to_owned()
    }

    /// The last standing entry of a kind.
    pub async fn entry(&self, app: &App, reader: &Actor, kind: &str) -> String {
        let query = "query($id: ID!) { supportPerson(id: $id) { acts { id kind cancelledAt } } }";
        let answer = reader.ask(app, query, json!({ "id": self.id })).await;
        let acts = answer.data()["supportPerson"]["acts"].as_array().unwrap();
        let last = acts
            .iter()
            .rfind(|act| act["kind"] == kind && act["cancelledAt"].is_null());
        last.unwrap()["id"].as_str().unwrap().to_owned()
    }
}
