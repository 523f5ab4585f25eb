//! What codes of every list are called, and counties.

use rinnalla_domain::error::Result;
use rinnalla_domain::organisations::{self, Code, CodeList, County};
use rinnalla_domain::text;
use rinnalla_domain::texts::Language;

use super::visit::Visit;

/// The names of codes, in the viewer's language; two statements, however many are asked for.
pub struct Names {
    codes: Vec<Code>,
    counties: Vec<County>,
    language: Language,
}

impl Names {
    pub async fn load(visit: &Visit) -> Result<Self> {
        Ok(Self {
            codes: organisations::codes(&visit.ctx, &CodeList::ALL).await?,
            counties: organisations::counties(&visit.ctx).await?,
            language: visit.frame.texts.language,
        })
    }

    /// The name of a code; the code itself where it has none.
    pub fn code(&self, list: CodeList, code: &str) -> String {
        let mut codes = self.codes.iter();
        let found = codes.find(|it| it.list == list && it.code == code);
        found.map_or_else(|| code.to_owned(), |it| it.name.clone())
    }

    /// The names of several, with commas between.
    pub fn codes(&self, list: CodeList, of: &[String]) -> String {
        let names: Vec<String> = of.iter().map(|code| self.code(list, code)).collect();
        names.join(", ")
    }

    /// The codes of a list that may be chosen, each with its name.
    pub fn all(&self, list: CodeList) -> Vec<(String, String)> {
        let of_list = self
            .codes
            .iter()
            .filter(|it| it.list == list && it.is_active);
        of_list
            .map(|it| (it.code.clone(), it.name.clone()))
            .collect()
    }

    /// Every county, by name.
    pub fn counties(&self) -> Vec<(String, String)> {
        in_order(&self.counties, self.language)
    }

    /// The name of a county.
    pub fn county(&self, code: &str) -> String {
        let found = self.counties.iter().find(|it| it.code == code);
        found.map_or_else(|| code.to_owned(), |it| name_of(it, self.language))
    }
}

/// The code and the name of each county, by name.
pub fn in_order(counties: &[County], language: Language) -> Vec<(String, String)> {
    let named = counties.iter();
    let mut named: Vec<(String, String)> = named
        .map(|it| (it.code.clone(), name_of(it, language)))
        .collect();
    named.sort_by_cached_key(|(_, name)| text::sort_key(name));
    named
}

fn name_of(county: &County, language: Language) -> String {
    match language {
        Language::Sv => county.name_sv.clone(),
        _ => county.name_fi.clone(),
    }
}
