//! What the categories of a table are called: people read no codes.

use std::collections::HashMap;

use super::measures::Breakdown;
use super::{Category, REST, Table, text_id};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organisations::{self, CodeList};
use crate::texts::{self, Language};

/// The names that some tables need, in one language.
#[derive(Clone, Debug)]
pub struct Names {
    /// The language.
    pub language: Language,
    counties: HashMap<String, String>,
    codes: HashMap<(CodeList, String), String>,
}

/// The list that the categories of a breakdown are codes of, where they are of one.
fn list_of(by: Breakdown) -> Option<CodeList> {
    match by {
        Breakdown::Activity => Some(CodeList::Activity),
        Breakdown::Task => Some(CodeList::ExpertTask),
        _ => None,
    }
}

impl Names {
    /// The names that tables need, in the asker's language. A statement for counties and one for codes of lists, each only
    /// where there are such.
    pub async fn load(ctx: &Ctx, tables: &[Table]) -> Result<Self> {
        let language = ctx.language.readable(Language::Fi);
        let by = || tables.iter().flat_map(|table| &table.by).copied();
        let counties = match by().any(|by| by == Breakdown::County) {
            true => organisations::counties(ctx).await?,
            false => Vec::new(),
        };
        let mut lists: Vec<CodeList> = by().filter_map(list_of).collect();
        lists.sort_unstable();
        lists.dedup();
        let codes = match lists.is_empty() {
            true => Vec::new(),
            false => organisations::codes(ctx, &lists).await?,
        };
        let name = |it: organisations::County| match language {
            Language::Sv => (it.code, it.name_sv),
            _ => (it.code, it.name_fi),
        };
        Ok(Self {
            language,
            counties: counties.into_iter().map(name).collect(),
            codes: codes
                .into_iter()
                .map(|it| ((it.list, it.code), it.name))
                .collect(),
        })
    }

    /// What a category is called; its code where it has no name.
    pub fn category(&self, by: Breakdown, it: &Category) -> String {
        if it.code == REST {
            return self.text("other");
        }
        if let Some(name) = &it.name {
            return name.clone();
        }
        let known = match (by, list_of(by)) {
            (_, Some(list)) => self.codes.get(&(list, it.code.clone())).cloned(),
            (Breakdown::County, _) => self.counties.get(&it.code).cloned(),
            (Breakdown::Session, _) => Some(texts::text_with(
                self.language,
                "figures-session-no",
                &[("no", &it.code)],
            )),
            _ => {
                let id = format!("{}-{}", text_id("figures-of", by.name()), kebab(&it.code));
                Some(texts::text(self.language, &id, None)).filter(|told| *told != id)
            }
        };
        known.unwrap_or_else(|| it.code.clone())
    }

    /// What a breakdown is called.
    pub fn breakdown(&self, by: Breakdown) -> String {
        self.text(&text_id("by", by.name()))
    }

    /// What is told beside the count, by its code.
    pub fn told(&self, code: &str) -> String {
        self.text(&text_id("told", code))
    }

    /// A text of the figures.
    pub fn text(&self, id: &str) -> String {
        texts::text(self.language, &format!("figures-{id}"), None)
    }
}

fn kebab(code: &str) -> String {
    code.to_lowercase().replace('_', "-")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::participation::measures::MEASURES;

    fn names(language: Language) -> Names {
        Names {
            language,
            counties: HashMap::from([("05".to_owned(), "Kanta-Häme".to_owned())]),
            codes: HashMap::new(),
        }
    }

    #[test]
    fn every_breakdown_and_everything_told_has_a_name_in_three_languages() {
        for language in [Language::Fi, Language::Sv, Language::En] {
            let names = names(language);
            for measure in MEASURES {
                for by in measure.breakdowns {
                    let name = names.breakdown(*by);
                    assert!(!name.starts_with("figures-"), "{name}");
                }
                for summary in measure.summaries {
                    let name = names.told(summary.code());
                    assert!(!name.starts_with("figures-"), "{name}");
                }
            }
        }
    }

    #[test]
    fn a_category_is_called_by_its_name_and_one_without_by_its_code() {
        let names = names(Language::Sv);
        let called = |by, code: &str| {
            let category = Category {
                code: code.to_owned(),
                name: None,
            };
            names.category(by, &category)
        };
        assert_eq!(called(Breakdown::County, "05"), "Kanta-Häme");
        assert_eq!(called(Breakdown::County, "99"), "99");
        assert_eq!(called(Breakdown::Result, "GRADUATED"), "Slutförde kursen");
        assert_eq!(called(Breakdown::EndReason, "OTHER"), "Annan orsak");
        assert_eq!(called(Breakdown::Result, REST), "Övriga sammanlagt");
        assert_eq!(called(Breakdown::Session, "8"), "Träff 8");
        assert_eq!(called(Breakdown::Quarter, "Q3"), "Kvartal 3");
    }
}
