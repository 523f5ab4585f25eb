//! Supervision as a client sees it: a provider with its people, and sessions.

use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::{Actor, App};

/// What a supervisor's page asks for in one question.
pub const SESSION: &str = "supervisionSession { id version organisationName on startsAt begins minutes heldMinutes form status themes
    supervisor { name } substitute { name } text { text } invitations { id answer person { name } } attendance { status person { name } } }";

/// What an association's coordinator can be told of a session, all of it.
pub const ATTENDED: &str = "query($id: ID!) { attendedSupervision(organisationId: $id) { totalCount nodes { providerName on begins ends
    minutes form status attendance { status person { name } } } } }";

/// An association whose peers are supervised by another organisation.
pub struct Supervised {
    pub association: OrganisationId,
    pub provider: OrganisationId,
    /// A supervisor of the provider's.
    pub tyyne: Actor,
    /// Another.
    pub tarja: Actor,
    /// The provider's administrator.
    pub aila: Actor,
}

impl App {
    /// A provider for an association, with two supervisors and an administrator.
    pub async fn supervised(&self, association: OrganisationId) -> Supervised {
        let kind = OrganisationKind::Association;
        let provider = self.organisation("Työnohjaus ry", kind).await;
        self.supervises(association, provider).await;
        Supervised {
            association,
            provider,
            tyyne: self
                .person("Tyyne Ohjaaja", provider, Role::Supervisor)
                .await,
            tarja: self
                .person("Tarja Ohjaaja", provider, Role::Supervisor)
                .await,
            aila: self.person("Aila Hallinto", provider, Role::Admin).await,
        }
    }
}

impl Supervised {
    /// An input for a session in a group, an hour and a half from half past five on.
    pub fn details(&self, on: &str, invitees: &[&Actor]) -> Value {
        let invitees: Vec<String> = invitees.iter().map(|who| who.node()).collect();
        json!({ "providerId": self.provider.encode(), "organisationId": self.association.encode(),
            "details": { "on": on, "startsAt": "17:30", "minutes": 90, "form": "GROUP", "themes": ["COPING"],
                "inviteeIds": invitees } })
    }

    /// A planned session of Tyyne's.
    pub async fn planned(&self, app: &App, on: &str, invitees: &[&Actor]) -> String {
        let act = "supervisionSessionPlan";
        let input = self.details(on, invitees);
        let answer = self.tyyne.does(app, act, SESSION, input).await;
        let id = &answer.done()["supervisionSession"]["id"];
        id.as_str().unwrap().to_owned()
    }

    /// A session of Tyyne's that was held, for as long as planned.
    pub async fn held(&self, app: &App, on: &str, there: &[&Actor]) -> String {
        let id = self.planned(app, on, there).await;
        let input = self.record(&id, 1, 90, there, &[]);
        self.does(app, "supervisionSessionRecord", input).await;
        id
    }

    /// An input that records a session.
    pub fn record(
        &self,
        id: &str,
        version: i32,
        minutes: i32,
        there: &[&Actor],
        absent: &[&Actor],
    ) -> Value {
        let mark = |status: &'static str| move |who: &&Actor| json!({ "personId": who.node(), "status": status });
        let marks = there.iter().map(mark("ATTENDED"));
        let marks: Vec<Value> = marks.chain(absent.iter().map(mark("ABSENT"))).collect();
        json!({ "supervisionSessionId": id, "version": version, "minutes": minutes, "marks": marks })
    }

    /// Tyyne does something with a session, and must succeed; the session.
    pub async fn does(&self, app: &App, act: &str, input: Value) -> Value {
        let answer = self.tyyne.does(app, act, SESSION, input).await;
        answer.done()["supervisionSession"].clone()
    }

    /// A session as somebody sees it.
    pub async fn seen_by(&self, app: &App, who: &Actor, id: &str) -> Value {
        let below = SESSION.trim_start_matches("supervisionSession ");
        let query = format!("query($id: ID!) {{ supervisionSession(id: $id) {below} }}");
        let answer = who.ask(app, &query, json!({ "id": id })).await;
        answer.data()["supervisionSession"].clone()
    }

    /// What a coordinator is told of all sessions.
    pub async fn attended(&self, app: &App, kaisa: &Actor) -> Value {
        let id = json!({ "id": self.association.encode() });
        let answer = kaisa.ask(app, ATTENDED, id).await;
        answer.data()["attendedSupervision"].clone()
    }

    /// The peers as somebody is told of them, by name.
    pub async fn peers(&self, app: &App, who: &Actor, missing: bool) -> Vec<Value> {
        let query = "query($id: ID!, $missing: Boolean!) { supervisedPeers(organisationId: $id, missing: $missing, first: 50) {
            totalCount nodes { person { name } lastOn daysSince isMissing sessions minutes } } }";
        let asked = json!({ "id": self.association.encode(), "missing": missing });
        let answer = who.ask(app, query, asked).await;
        let page = &answer.data()["supervisedPeers"];
        let mut rows = page["nodes"].as_array().unwrap().clone();
        assert_eq!(page["totalCount"], rows.len());
        rows.sort_by_key(|row| row["person"]["name"].as_str().map(str::to_owned));
        rows
    }
}
