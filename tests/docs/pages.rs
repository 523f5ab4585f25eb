//! What the pages refer to exists: files, headings, functions, tables, dependencies, roles.

use std::collections::BTreeSet;
use std::path::{Component, Path, PathBuf};

use rinnalla_domain::access;

use super::words::columns_of;
use super::{File, files, files_in, has_word, none, read, root};

#[test]
fn every_link_within_the_tree_leads_somewhere() {
    let mut faults = Vec::new();
    for page in files_in("", ".md") {
        for link in links(&page.text) {
            if link.contains("://") || link.starts_with("mailto:") {
                continue;
            }
            let (target, heading) = link.split_once('#').unwrap_or((link, ""));
            let path = beside(&page.path, target);
            if !root().join(&path).exists() {
                faults.push(format!("{}: {link} leads nowhere", page.path));
            } else if !heading.is_empty() && !has_heading(&path, heading) {
                faults.push(format!("{}: {link} leads to no heading", page.path));
            }
        }
    }
    none(&faults);
}

/// The pages that describe the code by the names of its files and functions.
const MAPS: [&str; 4] = [
    "docs/architecture.md",
    "docs/decisions.md",
    "docs/privacy.md",
    "docs/glossary.md",
];

#[test]
fn every_file_that_the_pages_name_exists() {
    let mut faults = Vec::new();
    for page in MAPS {
        for name in code_words(read(page)).filter(|it| is_path(it)) {
            let found = files().iter().any(|file| {
                file.path == name
                    || file
                        .path
                        .starts_with(&format!("{}/", name.trim_end_matches('/')))
            });
            if !found {
                faults.push(format!("{page}: there is no {name}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_function_that_the_pages_name_exists() {
    let mut faults = Vec::new();
    for page in MAPS {
        for name in code_words(read(page)).filter(|it| it.contains("::")) {
            let (place, last) = name.rsplit_once("::").unwrap_or_default();
            let place = place.rsplit("::").next().unwrap_or_default();
            let found = files_in("", ".rs").any(|file| has(file, place, last));
            if !found {
                faults.push(format!("{page}: nothing defines {name}"));
            }
        }
    }
    none(&faults);
}

#[test]
fn every_dependency_has_its_reason() {
    let manifest = read("Cargo.toml");
    let (_, list) = manifest.split_once("[workspace.dependencies]\n").unwrap();
    let (list, _) = list.split_once("\n[").unwrap();
    let faults: Vec<String> = list
        .lines()
        .filter_map(|line| line.split_once(" = "))
        .map(|(name, _)| name)
        .filter(|name| !name.starts_with("rinnalla-"))
        .filter(|name| !read("docs/decisions.md").contains(&format!("| `{name}` |")))
        .map(|name| format!("docs/decisions.md does not say why {name} is needed"))
        .collect();
    none(&faults);
}

#[test]
fn every_table_says_what_it_keeps_about_whom() {
    let tables: BTreeSet<&str> = files_in("migration/src/sql/", ".sql")
        .flat_map(|file| columns_of(&file.text))
        .map(|(table, _)| table)
        .collect();
    let faults: Vec<String> = tables
        .into_iter()
        .filter(|table| !read("docs/privacy.md").contains(&format!("`{table}`")))
        .map(|table| format!("docs/privacy.md does not mention {table}"))
        .collect();
    none(&faults);
}

#[test]
fn the_table_of_roles_is_the_one_that_the_program_goes_by() {
    let source = read("domain/src/access.rs");
    let (_, source) = source.split_once("\npermissions! {\n").unwrap();
    let mut table = String::from("| permission | what it allows | roles |\n| --- | --- | --- |\n");
    for (permission, roles) in access::TABLE {
        let (before, _) = source.split_once(&format!("    {permission}:")).unwrap();
        let lines: Vec<&str> = before
            .lines()
            .rev()
            .map_while(|it| it.trim().strip_prefix("/// "))
            .collect();
        let sentence: Vec<&str> = lines.into_iter().rev().collect();
        let roles: Vec<String> = roles.iter().map(|role| role.code()).collect();
        let (sentence, roles) = (sentence.join(" "), roles.join(", "));
        table.push_str(&format!("| {permission} | {sentence} | {roles} |\n"));
    }
    let page = read("docs/privacy.md");
    assert!(
        page.contains(&table),
        "docs/privacy.md must hold this table:\n\n{table}"
    );
}

/// The targets of a page's links, those in code left out.
fn links(page: &str) -> Vec<&str> {
    let mut is_code = false;
    let mut links = Vec::new();
    for line in page.lines() {
        is_code ^= line.trim_start().starts_with("```");
        if !is_code {
            let ends = line.split("](").skip(1);
            links.extend(ends.filter_map(|rest| Some(rest.split_once(')')?.0)));
        }
    }
    links
}

/// Where a link of a page leads, as a path from the root.
fn beside(page: &str, target: &str) -> PathBuf {
    if target.is_empty() {
        return page.into();
    }
    let joined = Path::new(page)
        .parent()
        .unwrap_or(Path::new(""))
        .join(target);
    let mut path = PathBuf::new();
    for part in joined.components() {
        match part {
            Component::ParentDir => {
                path.pop();
            }
            Component::Normal(name) => path.push(name),
            _ => {}
        }
    }
    path
}

/// Whether a page has a heading under the name that its anchor is made of.
fn has_heading(page: &Path, anchor: &str) -> bool {
    let Some(page) = files().iter().find(|file| Path::new(&file.path) == page) else {
        return false;
    };
    let headings = page.text.lines().filter(|line| line.starts_with('#'));
    headings
        .map(|line| line.trim_start_matches('#').trim())
        .any(|heading| {
            let kept = heading.to_lowercase().replace(' ', "-");
            let is_kept = |c: &char| c.is_alphanumeric() || "-_".contains(*c);
            kept.chars().filter(is_kept).eq(anchor.chars())
        })
}

/// What stands between backticks, blocks of code left out; a function's brackets are taken off.
fn code_words(page: &str) -> impl Iterator<Item = &str> {
    let mut is_code = false;
    page.lines()
        .filter(move |line| {
            let is_fence = line.trim_start().starts_with("```");
            is_code ^= is_fence;
            !is_code && !is_fence
        })
        .flat_map(|line| line.split('`').skip(1).step_by(2))
        .map(|word| word.trim_end_matches("()"))
        .filter(|word| !word.contains(char::is_whitespace))
}

fn is_path(word: &str) -> bool {
    let ending = word.rsplit_once('.').map_or("", |(_, ending)| ending);
    let is_file = [
        "rs", "sql", "ftl", "md", "toml", "graphql", "yml", "txt", "html",
    ]
    .contains(&ending);
    let is_plain = word
        .chars()
        .all(|c| c.is_alphanumeric() || "/._-".contains(c));
    is_plain && word.contains('/') && !word.starts_with('/') && (is_file || word.ends_with('/'))
}

/// Whether a file defines `last` in a module `place`, or a type `place` that has something of that name.
fn has(file: &File, place: &str, last: &str) -> bool {
    if place.starts_with(char::is_uppercase) {
        let is_there = defines(&file.text, place) || has_word(&file.text, &format!("impl {place}"));
        return is_there && has_word(&file.text, last);
    }
    let is_module = |part: &str| part == place || part.strip_suffix(".rs") == Some(place);
    file.path.split('/').any(is_module) && defines(&file.text, last)
}

fn defines(text: &str, name: &str) -> bool {
    // The last makes a function of the name that follows it.
    const WORDS: [&str; 9] = [
        "fn",
        "struct",
        "enum",
        "trait",
        "const",
        "static",
        "type",
        "mod",
        "take_version!(pub(super)",
    ];
    WORDS
        .iter()
        .any(|word| has_word(text, &format!("{word} {name}")))
}
