//! The list of known documents that a register can be told to answer alone.
//!
//! Whoever runs a register knows the programs that ask it. Given their documents, it answers those and no other, so
//! that a stolen token asks nothing that no page of the association asks. A client sends the text as always; spaces,
//! commas and comments don't matter, since clients lay out anew what they send.

use std::{
    collections::{BTreeMap, HashMap},
    fmt, fs, io,
    path::{Path, PathBuf},
};

use super::{Limits, lexer};
use crate::fault::Fault;

/// The known documents, each with the place that it was read from.
#[derive(Default)]
pub struct TrustedDocuments {
    places: HashMap<Box<[u8]>, (PathBuf, Box<str>)>,
}

impl TrustedDocuments {
    /// Reads a folder of `.graphql` files, each one document (folders inside it included), or a JSON file, an object
    /// of documents by any key.
    ///
    /// # Errors
    /// A sentence on what is wrong, with the file: it cannot be read, it is no document, or there is none at all.
    pub fn read(path: &Path) -> Result<Self, String> {
        let cannot = |path: &Path, error: io::Error| format!("{}: {error}", path.display());
        let mut all = Self::default();
        if path.is_dir() {
            let mut folders = vec![path.to_owned()];
            while let Some(folder) = folders.pop() {
                let entries = fs::read_dir(&folder).map_err(|error| cannot(&folder, error))?;
                for entry in entries {
                    let entry = entry.map_err(|error| cannot(&folder, error))?;
                    let file = entry.path();
                    // A link to a folder isn't followed: it could lead round in a circle.
                    if entry.file_type().is_ok_and(|of| of.is_dir()) {
                        folders.push(file);
                    } else if file.extension().is_some_and(|of| of == "graphql") {
                        let text = fs::read_to_string(&file);
                        all.add(&file, text.map_err(|error| cannot(&file, error))?)?;
                    }
                }
            }
        } else {
            let text = fs::read_to_string(path).map_err(|error| cannot(path, error))?;
            let map: BTreeMap<String, String> = serde_json::from_str(&text).map_err(|_| {
                let path = path.display();
                format!("{path}: expected a folder, or a JSON object of documents by any key")
            })?;
            for text in map.into_values() {
                all.add(path, text)?;
            }
        }
        if all.places.is_empty() {
            return Err(format!("{}: no document in it", path.display()));
        }
        Ok(all)
    }

    fn add(&mut self, from: &Path, text: String) -> Result<(), String> {
        let key = plain(&text).map_err(|fault| said(from, fault))?;
        self.places.insert(key, (from.to_owned(), text.into()));
        Ok(())
    }

    /// Whether every document is within the limits: one that is not would be refused when it is asked.
    ///
    /// # Errors
    /// A sentence on the first that is not, with its file.
    pub fn check(&self, limits: &Limits) -> Result<(), String> {
        for (from, text) in self.places.values() {
            limits.check(text).map_err(|fault| said(from, fault))?;
        }
        Ok(())
    }

    /// Lets a known document through.
    ///
    /// # Errors
    /// `UNKNOWN_DOCUMENT`.
    pub fn let_through(&self, query: &str) -> Result<(), Fault> {
        // What cannot even be taken apart is told no more than what is merely unknown.
        match plain(query) {
            Ok(key) if self.places.contains_key(&key) => Ok(()),
            _ => {
                let message = "this register answers known documents alone";
                Err(Fault::document("UNKNOWN_DOCUMENT", message))
            }
        }
    }
}

impl fmt::Debug for TrustedDocuments {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{} trusted documents", self.places.len())
    }
}

fn said(from: &Path, fault: Fault) -> String {
    format!("{}: {}", from.display(), fault.into_error().message)
}

/// A document without what does not matter: its tokens, with a space between them.
fn plain(query: &str) -> Result<Box<[u8]>, Fault> {
    if query.len() > super::QUERY_BYTES {
        return Err(Fault::over("queryBytes", super::QUERY_BYTES));
    }
    let mut plain = Vec::with_capacity(query.len());
    lexer::tokens(query, |token| {
        plain.extend_from_slice(token);
        plain.push(b' ');
    })?;
    Ok(plain.into())
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    fn same(one: &str, other: &str) -> bool {
        plain(one).unwrap() == plain(other).unwrap()
    }

    #[test]
    fn layout_does_not_matter_and_everything_else_does() {
        assert!(same("{ a(b: 1, c: 2) }", "{\n  # c\n  a(b:1 c:2)\n}\n"));
        for (one, other) in [
            ("{ a b }", "{ ab }"),
            ("{ a }", "{ b: a }"),
            ("{ a(b: \"x y\") }", "{ a(b: \"x  y\") }"),
            ("{ a(b: \"x,y\") }", "{ a(b: \"xy\") }"),
            ("{ a(b: 12) }", "{ a(b: 1 2) }"),
            ("{ a(b: \"# x\") }", "{ a(b: \"\") }"),
        ] {
            assert!(!same(one, other), "{one} {other}");
        }
    }
}
