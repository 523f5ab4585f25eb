//! The order of the house: which crate and which feature may use which, and how long a file may grow.

use std::collections::BTreeSet;

use super::{File, files_in, none, read};

/// The features in the order in which `domain/src/lib.rs` writes them down.
fn features() -> Vec<&'static str> {
    read("domain/src/lib.rs")
        .lines()
        .filter_map(|line| line.strip_prefix("//! - [`")?.split_once('`'))
        .map(|(name, _)| name)
        .collect()
}

/// The feature that a file belongs to; none for the ground that all features stand on.
fn feature_of(file: &File) -> Option<&'static str> {
    let inside = file.path.strip_prefix("domain/src/")?;
    let name = inside.split(['/', '.']).next()?;
    features().into_iter().find(|feature| *feature == name)
}

fn domain() -> impl Iterator<Item = &'static File> {
    files_in("domain/src/", ".rs").filter(|file| file.path != "domain/src/lib.rs")
}

#[test]
fn every_feature_is_a_folder_of_the_domain() {
    let features = features();
    assert!(
        features.len() >= 10,
        "the list in domain/src/lib.rs was not read: {features:?}"
    );
    let faults: Vec<String> = features
        .into_iter()
        .filter(|name| !domain().any(|file| file.path == format!("domain/src/{name}/mod.rs")))
        .map(|name| format!("domain/src/{name}/mod.rs is missing"))
        .collect();
    none(&faults);
}

#[test]
fn a_feature_uses_only_those_before_it() {
    let features = features();
    let place = |name: &str| features.iter().position(|feature| *feature == name);
    let mut faults = Vec::new();
    for file in domain() {
        let Some(own) = feature_of(file).and_then(place) else {
            continue;
        };
        for used in used_modules(&file.text) {
            if place(used).is_some_and(|used| used > own) {
                faults.push(format!("{} uses {used}, which comes later", file.path));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_ground_that_features_stand_on_uses_none_of_them() {
    let features = features();
    let mut faults = Vec::new();
    for file in domain().filter(|file| feature_of(file).is_none()) {
        let used = used_modules(&file.text);
        if let Some(used) = used.into_iter().find(|used| features.contains(used)) {
            faults.push(format!("{} uses {used}", file.path));
        }
    }
    none(&faults);
}

#[test]
fn a_features_sql_is_its_own() {
    let mut faults = Vec::new();
    for file in domain() {
        let own = feature_of(file);
        for other in features().into_iter().filter(|other| Some(*other) != own) {
            if file.text.contains(&format!("{other}::queries")) {
                faults.push(format!("{} uses {other}::queries", file.path));
            }
        }
    }
    for folder in ["api/src/", "worker/src/", "src/"] {
        for file in files_in(folder, ".rs").filter(|file| file.text.contains("::queries")) {
            faults.push(format!("{} reaches into a feature's queries", file.path));
        }
    }
    none(&faults);
}

/// What a crate may depend on of the workspace, and what it must not know of at all.
const WALLS: [(&str, &[&str], &[&str]); 6] = [
    ("migration", &[], &[]),
    ("entity", &[], &[]),
    ("api/macros", &[], &[]),
    (
        "domain",
        &["rinnalla-entity"],
        &["async-graphql", "poem", "lettre", "tokio-cron-scheduler"],
    ),
    (
        "api",
        &["rinnalla-domain", "rinnalla-api-macros"],
        &["sea-orm", "sea-orm-migration", "lettre"],
    ),
    (
        "worker",
        &["rinnalla-domain"],
        &["sea-orm", "sea-orm-migration", "async-graphql", "poem"],
    ),
];

#[test]
fn the_walls_between_the_crates_stand() {
    let mut faults = Vec::new();
    for (name, may, must_not) in WALLS {
        let manifest = format!("{name}/Cargo.toml");
        for used in dependencies(read(&manifest)) {
            let is_foreign = used.starts_with("rinnalla-") && !may.contains(&used);
            if is_foreign || must_not.contains(&used) {
                faults.push(format!("{manifest} depends on {used}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn the_clock_is_read_and_ids_are_made_in_one_place_each() {
    let faults: Vec<String> = files_in("", ".rs")
        .filter(|file| !["domain/src/ctx.rs", "entity/src/ids.rs"].contains(&file.path.as_str()))
        .filter(|file| {
            file.text
                .contains(concat!("(clippy::disallowed_", "methods"))
        })
        .map(|file| format!("{} lifts the ban on the clock and on random ids", file.path))
        .collect();
    none(&faults);
}

#[test]
fn no_module_has_a_name_that_says_nothing() {
    let empty = [
        "manager", "service", "helper", "helpers", "util", "utils", "common", "core", "data",
        "misc",
    ];
    let faults: Vec<String> = files_in("", ".rs")
        .filter(|file| {
            let mut parts = file
                .path
                .split('/')
                .map(|part| part.trim_end_matches(".rs"));
            parts.any(|part| empty.contains(&part))
        })
        .map(|file| file.path.clone())
        .collect();
    none(&faults);
}

/// An act that looks at how things stand before it looks at its key answers a request that is sent again otherwise than
/// the first time.
#[test]
fn an_act_looks_at_its_key_before_anything_else() {
    let mut acts = 0;
    for file in domain() {
        for function in file.text.split("async fn ").skip(1) {
            let body = function.split("\n}\n").next().unwrap_or_default();
            let body: String = body.split_whitespace().collect();
            let Some(begun) = body.find("ctx.begin(") else {
                continue;
            };
            acts += 1;
            let before = &body[..begun];
            let looked = before.find(".await").unwrap_or(before.len());
            // An act at once writes its key with everything else.
            let asks = [
                "ctx.done_before(",
                ".run(ctx,&scope,key,",
                "at_once::record(ctx,&scope,(name,key),",
            ];
            let asked = asks.iter().filter_map(|ask| before.find(ask)).min();
            let asked = asked.unwrap_or(before.len());
            let name = function.split('(').next().unwrap_or_default();
            assert!(
                asked <= looked,
                "{}: {name} looks before it asks for its key",
                file.path
            );
        }
    }
    assert!(acts > 60, "the acts were not found: {acts}");
}

/// Files of the program: half of them are short, 19 of 20 have at most 400 lines, none has more than 600. Lists of
/// sentences about the association may be longer.
#[test]
fn files_stay_short_enough_to_read() {
    let lines = |file: &'static File| (file.text.lines().count(), file.path.as_str());
    let (tests, program): (Vec<_>, Vec<_>) = files_in("", ".rs")
        .map(lines)
        .partition(|(_, path)| path.contains("tests"));
    let mut lengths: Vec<usize> = program.iter().map(|(lines, _)| *lines).collect();
    lengths.sort_unstable();
    let median = lengths[lengths.len() / 2];
    assert!(
        median <= 200,
        "half of the files have more than {median} lines"
    );
    let longer_than = |most: usize, files: &[(usize, &str)]| -> Vec<String> {
        let long = files.iter().filter(|(lines, _)| *lines > most);
        long.map(|(lines, path)| format!("{path} has {lines} lines"))
            .collect()
    };
    none(&longer_than(600, &program));
    none(&longer_than(800, &tests));
    let long = longer_than(400, &program);
    let (some, all) = (long.len(), lengths.len());
    assert!(
        some * 20 <= all,
        "{some} of {all} files are long:\n{}",
        long.join("\n")
    );
}

/// The modules of the crate that a source names: `crate::people`, `crate::{people, sql::Sql}`.
fn used_modules(text: &str) -> BTreeSet<&str> {
    let mut used = BTreeSet::new();
    for (at, mark) in text.match_indices("crate::") {
        let rest = &text[at + mark.len()..];
        let Some(group) = rest.strip_prefix('{') else {
            used.insert(first_name(rest));
            continue;
        };
        // Names of the outer braces alone: those inside belong to a module that was named before them.
        let (mut depth, mut begins) = (0, true);
        for (at, c) in group.char_indices() {
            match c {
                '}' if depth == 0 => break,
                '{' => depth += 1,
                '}' => depth -= 1,
                ',' if depth == 0 => begins = true,
                c if depth == 0 && begins && !c.is_whitespace() => {
                    begins = false;
                    used.insert(first_name(&group[at..]));
                }
                _ => {}
            }
        }
    }
    used
}

fn first_name(text: &str) -> &str {
    let end = text.find(|c: char| !c.is_alphanumeric() && c != '_');
    &text[..end.unwrap_or(text.len())]
}

/// The names under a manifest's dependencies, those for tests left out.
fn dependencies(manifest: &str) -> Vec<&str> {
    let mut is_inside = false;
    let mut names = Vec::new();
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_inside = line == "[dependencies]";
        } else if is_inside {
            let end = line.find(['.', ' ', '=']).unwrap_or(line.len());
            names.push(&line[..end]);
        }
    }
    names.retain(|name| !name.is_empty());
    names
}

#[test]
fn uses_are_read_however_they_are_written() {
    let text = "use crate::{a::{x, y}, b,\n  c::Z};\nuse crate::d::e;\nfn f() { crate::g::h() }";
    assert_eq!(
        used_modules(text),
        BTreeSet::from(["a", "b", "c", "d", "g"])
    );
    assert_eq!(
        dependencies(
            "[package]\nname = 1\n[dependencies]\na.workspace = true\nb = 2\n\n[dev-dependencies]\nc = 1"
        ),
        ["a", "b"]
    );
}
