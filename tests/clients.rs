//! The public clients against the program itself: npm's audits of GraphQL over HTTP, Apollo Client, urql and Python's
//! gql. What they do stands in `tests/clients/`, in their own languages; `.ci/run clients` installs them.

use std::path::Path;
use std::process::Command;

use crate::support::databases::Kind;
use crate::support::machine::{has, left_out};
use crate::support::program::{
    Installation, Running, free_address, on_both_installations, wait_for,
};

const FOLDER: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/clients");

/// A register with one administrator, served.
struct Served {
    it: Installation,
    address: String,
    organisation: String,
    token: String,
    api: Running,
}

impl Served {
    fn start(it: Installation) -> Self {
        let organisation = it.must(&[
            "organisation",
            "add",
            "--name",
            "Malliyhdistys ry",
            "--county",
            "20",
        ]);
        let name = [
            "person",
            "add",
            "--name",
            "Aino Mallinen",
            "--organisation",
            &organisation,
        ];
        let token = it.must(&["token", "issue", "--person", &it.must(&name)]);
        let address = free_address();
        // The audits look at the schema as well.
        let api = it.start(&["api", "--listen", &address, "--development"]);
        wait_for(&address);
        Self {
            it,
            address,
            organisation,
            token,
            api,
        }
    }

    /// Runs a client; the last line that it prints.
    #[track_caller]
    fn runs(&self, program: &str, script: &str) -> String {
        let done = Command::new(program)
            .arg(script)
            .current_dir(FOLDER)
            .env("REGISTER_URL", format!("http://{}/graphql", self.address))
            .env("REGISTER_TOKEN", &self.token)
            .env("REGISTER_ORGANISATION", &self.organisation)
            .output()
            .unwrap();
        let said = String::from_utf8_lossy(&done.stdout).into_owned();
        let faults = String::from_utf8_lossy(&done.stderr);
        assert!(done.status.success(), "{script}:\n{said}{faults}");
        said.lines().last().unwrap_or_default().to_owned()
    }

    fn stop(self) {
        assert_eq!(self.api.stop(), Some(0));
        drop(self.it);
    }
}

/// Whether node and the packages are there; else a line says what is missing.
fn has_node() -> bool {
    let is_there = has("node") && Path::new(FOLDER).join("node_modules/graphql-http").exists();
    if !is_there {
        left_out(
            "the audits, Apollo Client and urql: node, or `npm ci` in tests/clients, is missing",
        );
    }
    is_there
}

const PYTHON: &str = ".venv/bin/python";

fn has_python() -> bool {
    let is_there = Path::new(FOLDER).join(PYTHON).exists();
    if !is_there {
        left_out("Python's gql: tests/clients/.venv is missing");
    }
    is_there
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn every_audit_of_graphql_over_http_passes() {
    if !has_node() {
        return;
    }
    let served = Served::start(Installation::on(Kind::Sqlite).await.unwrap());
    // As many as graphql-http 1.23 has: fewer would mean that some were not run.
    assert_eq!(served.runs("node", "audits.mjs"), "61 of 61 audits pass");
    served.stop();
}

on_both_installations! {
    fn clients_of_javascript_query_page_mutate_and_subscribe(it: Installation) {
        if !has_node() {
            return;
        }
        let served = Served::start(it);
        assert_eq!(served.runs("node", "apollo.mjs"), "Apollo Client: asked, 5 added, 6 on 3 pages, heard PERSON");
        let said = served.runs("node", "urql.mjs");
        assert!(said.starts_with("urql: asked, 5 added, ") && said.ends_with("heard PERSON"), "{said}");
        served.stop();
    }

    fn the_client_of_python_queries_pages_mutates_and_subscribes(it: Installation) {
        if !has_python() {
            return;
        }
        let served = Served::start(it);
        let said = served.runs(PYTHON, "python_gql.py");
        assert_eq!(said, "Python gql: asked, 5 added, 6 on 3 pages, heard PERSON");
        served.stop();
    }
}
