//! Every word of the register stands in the glossary once, in three languages, with its name in code.

use std::collections::BTreeSet;

use super::schema::types;
use super::{files, has_word, none, read};

const PAGE: &str = "docs/glossary.md";

/// Types that are built from a row's own: `MeetingConnection`, `MeetingEdge`. The glossary explains the endings once,
/// with that of what a mutation answers.
const BUILT: [&str; 2] = ["Connection", "Edge"];
const ANSWER: &str = "Payload";

/// A row of the glossary, as it is written.
struct Term {
    finnish: String,
    swedish: String,
    english: String,
    names: Vec<String>,
    sentence: String,
}

fn terms() -> Vec<Term> {
    read(PAGE)
        .lines()
        .filter(|line| {
            let is_head = ["| suomeksi", "| ---"]
                .iter()
                .any(|head| line.starts_with(head));
            line.starts_with('|') && !is_head
        })
        .map(|line| {
            let cells: Vec<&str> = line.trim_matches('|').split('|').map(str::trim).collect();
            let [finnish, swedish, english, names, sentence] = cells[..] else {
                panic!("a row of five cells is needed: {line}");
            };
            Term {
                finnish: finnish.to_owned(),
                swedish: swedish.to_owned(),
                english: english.to_owned(),
                names: names
                    .split('`')
                    .skip(1)
                    .step_by(2)
                    .map(str::to_owned)
                    .collect(),
                sentence: sentence.to_owned(),
            }
        })
        .collect()
}

#[test]
fn every_type_of_the_schema_has_its_finnish_word_in_the_glossary() {
    let terms = terms();
    let named: BTreeSet<&str> = terms
        .iter()
        .flat_map(|it| &it.names)
        .map(String::as_str)
        .collect();
    for ending in BUILT.iter().chain(&[ANSWER]) {
        assert!(
            read(PAGE).contains(&format!("`…{ending}`")),
            "{ending} is not explained"
        );
    }
    let is_explained = |name: &str| {
        let mut bases = BUILT.iter().filter_map(|ending| name.strip_suffix(ending));
        named.contains(name) || name.ends_with(ANSWER) || bases.any(|base| named.contains(base))
    };
    let faults: Vec<String> = types()
        .iter()
        .filter(|it| it.kind != "input")
        .filter(|it| !is_explained(&it.name))
        .map(|it| format!("{} {} has no row in {PAGE}", it.kind, it.name))
        .collect();
    none(&faults);
}

#[test]
fn the_schema_and_the_glossary_use_the_same_finnish_word() {
    let mut faults = Vec::new();
    for term in terms() {
        for of in types().iter().filter(|it| term.names.contains(&it.name)) {
            let said = of
                .description
                .split_once('(')
                .and_then(|(_, rest)| rest.split_once(')'));
            if let Some((said, _)) = said.filter(|(said, _)| *said != term.finnish) {
                faults.push(format!(
                    "{}: {said} in the schema, {} in {PAGE}",
                    of.name, term.finnish
                ));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_row_is_filled_in_and_ends_in_a_sentence() {
    let mut faults = Vec::new();
    for term in terms() {
        let words = [&term.finnish, &term.swedish, &term.english];
        if words
            .iter()
            .any(|word| word.is_empty() || word.contains('?'))
        {
            faults.push(format!("{words:?}: a word is missing"));
        }
        if !term.sentence.ends_with('.') {
            faults.push(format!("{}: no sentence", term.finnish));
        }
    }
    none(&faults);
}

#[test]
fn every_name_in_the_glossary_is_one_that_the_code_uses() {
    let sources: Vec<&str> = files()
        .iter()
        .filter(|file| {
            let is_code = file.path.ends_with(".rs") || file.path.ends_with(".sql");
            is_code && !file.path.starts_with("tests/")
        })
        .map(|file| file.text.as_str())
        .collect();
    let is_used = |name: &str| sources.iter().any(|text| has_word(text, name));
    let faults: Vec<String> = terms()
        .iter()
        .flat_map(|it| it.names.clone())
        .filter(|name| !is_used(name))
        .map(|name| format!("`{name}` stands in {PAGE} and nowhere in the code"))
        .collect();
    none(&faults);
}

#[test]
fn no_word_is_explained_twice() {
    let mut seen = BTreeSet::new();
    let faults: Vec<String> = terms()
        .into_iter()
        .flat_map(|it| it.names)
        .filter(|name| !seen.insert(name.clone()))
        .map(|name| format!("`{name}` has two rows"))
        .collect();
    none(&faults);
}
