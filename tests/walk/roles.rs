//! Every root field as nobody, as a stranger, and as each role of the handbook: a table for a lawyer to read.

use std::fmt::Write as _;

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::{OrganisationKind, Role};
use serde_json::{Value, json};

use super::house::{House, TODAY};
use super::samples::{ready, send};
use super::sdl::{Sdl, array, is_demanded, is_list, named, text, type_byte};
use crate::on_both;
use crate::support::{Actor, Answer, App};

/// Everybody who asks, as the table names them.
pub async fn everybody(app: &App, house: &House) -> Vec<(String, Option<Actor>)> {
    let mut everybody = vec![
        ("nobody".to_owned(), None),
        ("stranger".to_owned(), Some(stranger(app).await)),
    ];
    for (role, actor) in &house.people {
        everybody.push((role.code(), Some(actor.clone())));
    }
    everybody
}

/// Somebody who may do everything, in an association that has nothing to do with any other.
pub async fn stranger(app: &App) -> Actor {
    let kind = OrganisationKind::Association;
    let place = app.organisation("Vieras ry", kind).await;
    let stranger = app.person("Vilma Vieras", place, Role::Coordinator).await;
    for role in [
        Role::Professional,
        Role::Supervisor,
        Role::SupportPerson,
        Role::Admin,
    ] {
        app.grant(stranger.id, place, role).await;
    }
    stranger
}

/// The type byte of what an argument or a field of an input refers to.
pub fn refers_to(sdl: &Sdl, field: &Value, argument: &str) -> u8 {
    let of = match argument {
        "id" => named(&field["type"]).to_owned(),
        "caseId" => "SupportedCase".to_owned(),
        "referringOrganisationId"
        | "formerId"
        | "successorId"
        | "trainerId"
        | "hostId"
        | "providerId" => "Organisation".to_owned(),
        _ => {
            let of = argument.strip_suffix("Id").unwrap_or(argument);
            let (head, tail) = of.split_at(1);
            head.to_uppercase() + tail
        }
    };
    assert!(!sdl.fields(&of).is_empty(), "what is {argument}?");
    type_byte(&of)
}

/// The arguments that a question needs, about what is in the house, but for one.
pub fn arguments(sdl: &Sdl, house: &House, field: &Value, but: &str) -> Vec<String> {
    let mut written = Vec::new();
    let needed = array(&field["args"]).iter();
    for argument in needed.filter(|of| is_demanded(of) && of["name"] != but) {
        let (name, of) = (text(&argument["name"]), named(&argument["type"]));
        let value = match of {
            "ID" => json!(house.things[&refers_to(sdl, field, name)]).to_string(),
            of if sdl.is_enum(of) && is_list(&argument["type"]) => {
                format!("[{}]", sdl.values(of).join(", "))
            }
            of if sdl.is_enum(of) => sdl.values(of)[0].to_owned(),
            "String" if name == "countyCode" => "\"20\"".to_owned(),
            // No wave has it: the codes of waves are made by chance.
            "String" if name == "waveCode" => "\"22222222\"".to_owned(),
            "String" if name == "slug" => json!(super::places::SLUG).to_string(),
            "String" if name == "period" => "\"2026\"".to_owned(),
            "Date" => "\"2026-11-26\"".to_owned(),
            "LocalTime" => "\"12:00\"".to_owned(),
            "Int" if name == "year" => "2026".to_owned(),
            "Int" => "45".to_owned(),
            of => panic!("what {of} is {name}?"),
        };
        written.push(format!("{name}: {value}"));
    }
    written
}

/// What has a history.
const RECORDS: [&str; 12] = [
    "Person",
    "SupportPerson",
    "SupportedCase",
    "Referral",
    "SupportRelationship",
    "Organisation",
    "Course",
    "Training",
    "ExpertProfile",
    "PeerGroup",
    "InfluenceItem",
    "GrantTarget",
];

/// Every question, as the table names it and as it is asked.
pub fn questions(sdl: &Sdl, house: &House) -> Vec<(String, String)> {
    let mut questions = Vec::new();
    for field in sdl.fields("Query") {
        let (name, of) = (text(&field["name"]), named(&field["type"]));
        let below = match sdl.fields(of).is_empty() {
            true => String::new(),
            false => sdl.selection(of),
        };
        if name == "history" {
            for one in RECORDS {
                let id = &house.things[&type_byte(one)];
                let asked = format!("{{ it: history(of: \"{id}\") {below} }}");
                questions.push((format!("history (of {one})"), asked));
            }
            continue;
        }
        if name != "node" {
            let arguments = match &arguments(sdl, house, field, "")[..] {
                [] => String::new(),
                some => format!("({})", some.join(", ")),
            };
            questions.push((
                name.to_owned(),
                format!("{{ it: {name}{arguments} {below} }}"),
            ));
            continue;
        }
        for one in sdl.possible(of) {
            let id = &house.things[&type_byte(one)];
            let below = format!("{{ ... on {one} {} }}", sdl.selection(one));
            let asked = format!("{{ it: node(id: \"{id}\") {below} }}");
            questions.push((format!("node (of {one})"), asked));
        }
    }
    questions
}

/// What somebody was answered, in a word.
fn outcome(answer: &Answer) -> String {
    if !answer.json["refused"].is_null() {
        return answer.json["refused"].to_string();
    }
    let mut codes = answer.codes();
    codes.sort();
    codes.dedup();
    let data = answer.json["data"].as_object();
    let found = data.and_then(|data| data.values().next());
    let told = match found {
        None | Some(Value::Null) => "null",
        Some(Value::Array(rows)) if rows.is_empty() => "empty",
        Some(Value::Array(_)) => "rows",
        Some(Value::Object(it)) => match (it.get("nodes"), it.get("userErrors")) {
            (Some(nodes), _) if array(nodes).is_empty() => "empty",
            (Some(_), _) => "rows",
            (_, Some(errors)) if !array(errors).is_empty() => {
                return answer.user_errors().join(", ");
            }
            (_, Some(_)) => "done",
            _ => "answer",
        },
        Some(_) => "answer",
    };
    match (told, codes.is_empty()) {
        ("null", false) => codes.join(" "),
        (told, false) => format!(
            "{told}, but {} at {}",
            codes.join(" "),
            answer.json["errors"]
        ),
        (told, true) => told.to_owned(),
    }
}

/// One field of the table: each outcome with all to whom it comes.
pub struct Block(pub Vec<(String, Vec<String>)>);

impl Block {
    pub fn add(&mut self, outcome: String, who: &str) {
        match self.0.iter_mut().find(|(known, _)| *known == outcome) {
            Some((_, all)) => all.push(who.to_owned()),
            None => self.0.push((outcome, vec![who.to_owned()])),
        }
    }

    pub fn print(&self, into: &mut String, name: &str) {
        writeln!(into, "{name}").unwrap();
        for (outcome, who) in &self.0 {
            writeln!(into, "    {outcome}: {}", who.join(", ")).unwrap();
        }
    }
}

on_both! {
    async fn what_everybody_is_answered_to_every_question(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let everybody = everybody(&app, &house).await;
        let roles: Vec<&str> = everybody[2..].iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(roles, sdl.values("Role"), "a role without a column");
        let mut table = String::new();
        for (name, question) in questions(&sdl, &house) {
            let mut block = Block(Vec::new());
            for (who, actor) in &everybody {
                let token = actor.as_ref().map(|actor| actor.token.as_str());
                let answer = app.ask(token, &question, json!({})).await;
                block.add(outcome(&answer), who);
            }
            block.print(&mut table, &name);
        }
        insta::assert_snapshot!("what_everybody_is_answered_to_every_question", table);
    }
}

/// What an analyst is answered: figures, what is the analyst's own, and what everybody may read.
const OF_AN_ANALYST: [&str; 16] = [
    "codes",
    "counties",
    "directory",
    "labelHint",
    "me",
    "municipalities",
    "myEnrolments",
    "node (of PrintedText)",
    "noteHint",
    "participation",
    "participationFigures",
    "participationPopulations",
    "participationSnapshots",
    "publicCalendar",
    "publicWishes",
    "today",
];

/// Whose ids would lead to somebody.
const OF_SOMEBODY: [&str; 9] = [
    "Person",
    "SupportPerson",
    "SupportedCase",
    "Referral",
    "MatchProposal",
    "SupportRelationship",
    "Meeting",
    "JointReview",
    "ExpertProfile",
];

on_both! {
    async fn an_analyst_reaches_figures_and_no_person_case_or_row_by_any_question(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let (_, analyst) = house.people.iter().find(|(role, _)| *role == Role::Analyst).unwrap();
        let mut answered = Vec::new();
        for (name, question) in questions(&sdl, &house) {
            let answer = app.ask(Some(&analyst.token), &question, json!({})).await;
            let told = answer.json.to_string();
            for of in OF_SOMEBODY {
                assert!(!told.contains(&house.things[&type_byte(of)]), "{name} leads to a {of}: {told}");
            }
            match outcome(&answer).as_str() {
                "null" | "FORBIDDEN" => {}
                _ => answered.push(name),
            }
        }
        answered.sort();
        assert_eq!(answered, OF_AN_ANALYST);
    }
}

on_both! {
    async fn what_comes_of_every_act_of_everybodys(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let everybody = everybody(&app, &house).await;
        let mut table = String::new();
        for field in sdl.fields("Mutation") {
            let mutation = text(&field["name"]);
            let below = sdl.selection(named(&field["type"]));
            let mut block = Block(Vec::new());
            let mut standing = None;
            for (who, actor) in &everybody {
                let sample = match standing.take() {
                    None => ready(&app, &house, mutation).await,
                    Some(sample) => sample,
                };
                let mut input = sample.input.clone();
                if let Some(actor) = actor.as_ref().filter(|_| mutation == "noticeOptOutsChange") {
                    // Everybody chooses for themselves.
                    input["version"] = json!(app.version_in("people", actor.id.uuid()).await);
                }
                let answer = send(&app, actor.as_ref(), (mutation, &below), &input).await;
                let came = outcome(&answer);
                if came != "done" {
                    standing = Some(sample);
                }
                block.add(came, who);
            }
            block.print(&mut table, mutation);
        }
        assert_eq!(app.register.clock.now(), crate::support::at(TODAY, "10:00"));
        insta::assert_snapshot!("what_comes_of_every_act_of_everybodys", table);
    }
}
