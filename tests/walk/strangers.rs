//! What is hidden answers as what is not there, to the byte and to the statement: nothing is learnt from trying ids.

use rinnalla_domain::ChangeKind;
use rinnalla_domain::dashboards::{self, Change};
use rinnalla_domain::ids::{Id as _, PersonId, decode, encode};
use serde_json::{Value, json};
use uuid::Uuid;

use super::house::House;
use super::roles::{arguments, refers_to, stranger};
use super::rows::Rows;
use super::samples::{ready, send};
use super::sdl::{Sdl, array, named, text, type_byte};
use crate::dashboards::path::ctx;
use crate::on_both;
use crate::support::Answer;

/// Ids that refer to nothing at all.
pub const MALFORMED: [&str; 4] = ["x", "", "\u{0}", "AwGc4Ff9dGmQm5Zo3xVJ0Q"];

/// An id of this type that nothing has.
pub fn absent(byte: u8) -> String {
    encode(byte, PersonId::random().uuid())
}

/// Ids in whose place another can be put without anybody learning of it: the first is of something that is there.
pub fn alike(of: &House, byte: u8) -> Vec<String> {
    let other = of.things.iter().find(|(known, _)| **known != byte);
    let mut ids = vec![of.things[&byte].clone(), absent(byte)];
    ids.extend(other.map(|(_, id)| id.clone()));
    ids.extend(MALFORMED.map(str::to_owned));
    ids
}

/// Fails where an answer, or what it took, differs from the first.
fn assert_alike(about: &str, asked: &[(String, Answer)]) {
    let (_, first) = &asked[0];
    for (id, answer) in asked {
        assert_eq!(answer.json, first.json, "{about} {id:?}");
        assert_eq!(answer.statements, first.statements, "{about} {id:?}");
    }
}

/// A question in which an id stands, with a hole for it.
struct Asked {
    name: String,
    byte: u8,
    before: String,
    after: String,
}

/// Questions that take an id of any type; they are walked by themselves.
const BY_ANY_ID: [&str; 2] = ["node", "history"];

/// Every place of every question where an id can be put.
fn places(sdl: &Sdl, house: &House) -> Vec<Asked> {
    let mut places = Vec::new();
    for field in sdl
        .fields("Query")
        .iter()
        .filter(|f| !BY_ANY_ID.contains(&text(&f["name"])))
    {
        let (name, below) = (text(&field["name"]), sdl.selection(named(&field["type"])));
        let mut found = |argument: &str, before: &str, after: &str| {
            places.push(Asked {
                name: format!("{name} by {argument}"),
                byte: refers_to(sdl, field, argument),
                before: format!("{{ it: {name}({before}"),
                after: format!("{after}) {below} }}"),
            });
        };
        for argument in array(&field["args"]) {
            let (argument, of) = (text(&argument["name"]), named(&argument["type"]));
            if of == "ID" {
                let others = arguments(sdl, house, field, argument);
                let others: String = others.iter().map(|other| format!(", {other}")).collect();
                found(argument, &format!("{argument}: "), &others);
            }
            for inner in sdl.inputs(of) {
                if named(&inner["type"]) == "ID" {
                    let inner = text(&inner["name"]);
                    found(inner, &format!("{argument}: {{ {inner}: "), " }");
                }
            }
        }
    }
    places
}

on_both! {
    async fn a_question_about_what_is_hidden_is_answered_as_about_what_is_not_there(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let vilma = stranger(&app).await;
        let places = places(&sdl, &house);
        assert!(places.len() >= 20, "the places were not read");
        for place in places {
            let mut asked = Vec::new();
            for id in alike(&house, place.byte) {
                let question = format!("{}{}{}", place.before, json!(id), place.after);
                asked.push((id, vilma.ask(&app, &question, json!({})).await));
            }
            assert_alike(&place.name, &asked);
        }
    }
}

on_both! {
    async fn what_is_hidden_is_null_by_any_id_like_what_is_not_there(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let vilma = stranger(&app).await;
        let node = format!("query($id: ID!) {{ it: node(id: $id) {} }}", sdl.selection("Node"));
        let history = format!("query($id: ID!) {{ it: history(of: $id) {} }}", sdl.selection("HistoryLineConnection"));
        for question in [node, history] {
            for (byte, id) in &house.things {
                let mut asked = Vec::new();
                for id in [id.clone(), absent(*byte)] {
                    let answer = vilma.ask(&app, &question, json!({ "id": id })).await;
                    assert_eq!(answer.data(), &json!({ "it": null }));
                    asked.push((id, answer));
                }
                assert_alike("by any id", &asked);
            }
            for id in MALFORMED {
                // There is no type whose look-up could be run.
                let answer = vilma.ask(&app, &question, json!({ "id": id })).await;
                assert_eq!(answer.data(), &json!({ "it": null }));
            }
        }
    }
}

/// Where ids stand in an input, as JSON pointers, with the type byte of each.
pub fn ids_in(sdl: &Sdl, of: &str, input: &Value, at: &str) -> Vec<(String, u8)> {
    let mut found = Vec::new();
    for field in sdl.inputs(of) {
        let (name, inner) = (text(&field["name"]), named(&field["type"]));
        let pointer = format!("{at}/{name}");
        match &input[name] {
            Value::String(id) if inner == "ID" => {
                let (byte, _) = decode(id).unwrap_or_else(|| panic!("{of}.{name} is no id"));
                found.push((pointer, byte));
            }
            Value::Array(ids) if inner == "ID" => {
                let (byte, _) = decode(text(&ids[0])).unwrap();
                found.push((format!("{pointer}/0"), byte));
            }
            Value::Object(_) => found.extend(ids_in(sdl, inner, &input[name], &pointer)),
            _ => assert_ne!(inner, "ID", "{of}.{name}: the sample leaves it out"),
        }
    }
    found
}

/// An input with another id somewhere.
pub fn with(input: &Value, pointer: &str, value: Value) -> Value {
    let mut changed = input.clone();
    *changed.pointer_mut(pointer).unwrap() = value;
    changed
}

on_both! {
    async fn an_act_on_what_is_hidden_is_refused_as_on_what_is_not_there(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let others = House::new(&app, "Toinen").await;
        let rows = Rows::of(&app).await;
        let sdl = Sdl::read().await;
        let vilma = stranger(&app).await;
        for field in sdl.fields("Mutation") {
            let mutation = text(&field["name"]);
            let below = sdl.selection(named(&field["type"]));
            let of = named(&field["args"][0]["type"]);
            let sample = ready(&app, &house, mutation).await;
            let before = rows.read().await;
            for (pointer, byte) in ids_in(&sdl, of, &sample.input, "") {
                // To the stranger, what the house has; to its own people, what the others have.
                let own = sample.input.pointer(&pointer).unwrap().clone();
                let mut ids = alike(&house, byte);
                ids[0] = own.as_str().unwrap().to_owned();
                for (who, ids) in [(&vilma, ids), (&sample.who, alike(&others, byte))] {
                    let mut asked = Vec::new();
                    for id in ids {
                        let input = with(&sample.input, &pointer, json!(id));
                        asked.push((id, send(&app, Some(who), (mutation, &below), &input).await));
                    }
                    assert_alike(&format!("{mutation} {pointer}"), &asked);
                    let (_, answer) = &asked[0];
                    let field = pointer.trim_end_matches("/0").rsplit('/').next().unwrap();
                    let is_refused = match answer.codes().is_empty() {
                        false => answer.codes() == ["NOT_FOUND"],
                        true => answer.user_errors().iter().any(|error| who.id == vilma.id || error.starts_with(field)),
                    };
                    assert!(is_refused, "{mutation} {pointer}: {:#}", answer.json);
                }
            }
            let changed = Rows::difference(&before, &rows.read().await);
            assert!(changed.is_empty(), "{mutation} left something behind: {changed:#?}");
        }
    }
}

on_both! {
    async fn news_of_what_is_hidden_are_weighed_as_news_of_what_is_not_there(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let vilma = stranger(&app).await;
        let kinds = [
            (ChangeKind::Organisation, "Organisation"),
            (ChangeKind::Partnership, "Partnership"),
            (ChangeKind::Person, "Person"),
            (ChangeKind::SupportPerson, "SupportPerson"),
            (ChangeKind::SupportedCase, "SupportedCase"),
            (ChangeKind::Referral, "Referral"),
            (ChangeKind::MatchProposal, "MatchProposal"),
            (ChangeKind::SupportRelationship, "SupportRelationship"),
            (ChangeKind::Course, "Course"),
            (ChangeKind::Training, "Training"),
            (ChangeKind::Expert, "ExpertProfile"),
            (ChangeKind::PeerGroup, "PeerGroup"),
            (ChangeKind::InfluenceItem, "InfluenceItem"),
            (ChangeKind::GrantTarget, "GrantTarget"),
        ];
        let sdl = Sdl::read().await;
        assert_eq!(kinds.len(), sdl.values("ChangeKind").len(), "a kind without a row");
        for (kind, of) in kinds {
            let (_, hidden) = decode(&house.things[&type_byte(of)]).unwrap();
            let mut taken = Vec::new();
            for object in [hidden, PersonId::random().uuid()] {
                let change = Change { kind, object, organisation: house.circle.association, at: app.register.clock.now() };
                let ctx = ctx(&app.register, &vilma).await;
                app.forget_statements();
                let told: Vec<Uuid> = dashboards::visible(&ctx, &[change]).await.unwrap().iter().map(|c| c.object).collect();
                assert!(told.is_empty(), "{of}: {told:?}");
                taken.push(app.statements());
            }
            assert_eq!(taken[0], taken[1], "{of}");
        }
    }
}
