//! What is written about the register stays true: the pages under `docs/`, the words of the schema, and the order of
//! the house.

mod glossary;
mod house;
mod pages;
mod schema;
mod words;

use std::path::{Path, PathBuf};
use std::process::Command;
use std::sync::LazyLock;

/// A text file of the tree: its path from the root, and its content.
pub struct File {
    pub path: String,
    pub text: String,
}

/// Every text file that belongs to the tree: those that git tracks or would track.
pub fn files() -> &'static [File] {
    static FILES: LazyLock<Vec<File>> = LazyLock::new(|| {
        paths()
            .into_iter()
            .filter_map(|path| {
                let text = std::fs::read_to_string(root().join(&path)).ok()?;
                Some(File { path, text })
            })
            .collect()
    });
    &FILES
}

/// The text files under a folder whose names end so.
pub fn files_in(folder: &str, ending: &str) -> impl Iterator<Item = &'static File> {
    files()
        .iter()
        .filter(move |file| file.path.starts_with(folder) && file.path.ends_with(ending))
}

/// One file's text.
#[track_caller]
pub fn read(path: &str) -> &'static str {
    let file = files().iter().find(|file| file.path == path);
    &file.unwrap_or_else(|| panic!("{path} is missing")).text
}

/// The folder of the workspace.
pub fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

/// Fails with every fault, one a line.
#[track_caller]
pub fn none(faults: &[String]) {
    assert!(faults.is_empty(), "\n  {}\n", faults.join("\n  "));
}

/// Whether a name stands in a text as a word of its own.
pub fn has_word(text: &str, name: &str) -> bool {
    let is_part = |c: char| c.is_alphanumeric() || c == '_';
    text.match_indices(name).any(|(at, _)| {
        !text[..at].ends_with(is_part) && !text[at + name.len()..].starts_with(is_part)
    })
}

fn paths() -> Vec<String> {
    let git = Command::new("git")
        .args([
            "ls-files",
            "-z",
            "--cached",
            "--others",
            "--exclude-standard",
        ])
        .current_dir(root())
        .output();
    match git {
        Ok(listed) if listed.status.success() && !listed.stdout.is_empty() => {
            let listed = String::from_utf8(listed.stdout).unwrap();
            listed.split_terminator('\0').map(str::to_owned).collect()
        }
        // An unpacked archive has no history: then every file but what is built and kept there.
        _ => {
            let mut paths = Vec::new();
            walk(root().to_owned(), &mut paths);
            paths
        }
    }
}

fn walk(folder: PathBuf, paths: &mut Vec<String>) {
    for entry in std::fs::read_dir(folder).unwrap().flatten() {
        let name = entry.file_name();
        let is_ours =
            !["target", "data", "node_modules", ".git"].contains(&&*name.to_string_lossy());
        if is_ours && entry.path().is_dir() {
            walk(entry.path(), paths);
        } else if is_ours {
            let path = entry.path();
            paths.push(path.strip_prefix(root()).unwrap().display().to_string());
        }
    }
}
