//! The directory for anybody: who offers peer support in a county, and whom to call. No person is in it.

use askama::Template;
use rinnalla_domain::directory::{self, ListedProgramme, Listing};
use rinnalla_domain::error::Result;
use rinnalla_domain::organisations;

use super::answer::Answer;
use super::names;
use super::texts::Texts;
use super::visit::{Frame, Visit};

struct Card {
    listing: Listing,
    kind: String,
    programmes: Vec<Programme>,
}

struct Programme {
    name: String,
    lines: Vec<String>,
}

#[derive(Template)]
#[template(path = "directory.html")]
struct Directory {
    frame: Frame,
    /// Each county's code and name, and whether it is the one that is shown.
    counties: Vec<(String, String, bool)>,
    /// Who is in it; nobody has asked yet where there is no list.
    cards: Option<Vec<Card>>,
}

/// The counties to choose from, and whoever is listed in the chosen one.
pub async fn show(visit: Visit) -> Result<Answer> {
    let texts = &visit.frame.texts;
    let counties = organisations::county_list(&visit.register.store).await?;
    let counties = names::in_order(&counties, texts.language);
    let asked = visit.query.get("county");
    // What is no county is answered as if nothing were chosen.
    let is_known = counties.iter().any(|(code, _)| code == asked);
    let cards = match is_known {
        true => {
            let found = directory::listings(&visit.ctx, asked).await?;
            Some(found.into_iter().map(|it| Card::of(texts, it)).collect())
        }
        false => None,
    };
    let chosen = |(code, name): (String, String)| {
        let is_chosen = code == asked;
        (code, name, is_chosen)
    };
    let page = Directory {
        frame: visit.frame.titled(visit.say("directory")),
        counties: counties.into_iter().map(chosen).collect(),
        cards,
    };
    Ok(Answer::page(&page)?.for_everybody(&visit))
}

impl Card {
    fn of(texts: &Texts, listing: Listing) -> Self {
        let programmes = listing.programmes.iter();
        Self {
            kind: texts.name_of("organisation", &listing.kind.code()),
            programmes: programmes.map(|it| Programme::of(texts, it)).collect(),
            listing,
        }
    }
}

impl Programme {
    fn of(texts: &Texts, listed: &ListedProgramme) -> Self {
        let names = |codes: &[directory::ListedCode]| -> Vec<String> {
            codes.iter().map(|it| it.name.clone()).collect()
        };
        let languages = listed.languages.iter();
        let languages = languages.map(|code| texts.name_of("reads", code)).collect();
        let told = [
            ("directory-for-whom", names(&listed.target_groups)),
            ("directory-forms", names(&listed.forms)),
            ("directory-languages", languages),
        ];
        let told = told.into_iter().filter(|(_, names)| !names.is_empty());
        let line =
            |(text, names): (&str, Vec<String>)| texts.with(text, &[("names", names.join(", "))]);
        Self {
            name: listed.name.clone(),
            lines: told.map(line).collect(),
        }
    }
}
