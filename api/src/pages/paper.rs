//! Paper: what people sign, fill in and take along. Each sheet is a page of its own for A4, black on white, with a bar
//! above it that is not printed. The register keeps nothing of what is written on one.
//!
//! A sheet is in one language as a whole, the association's own words included: the one that was asked for (`?in=sv`), else
//! the viewer's, unless the association has published its words in others alone.

pub mod agreement;
pub mod own_text;

use askama::Template;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::organisations;
use rinnalla_domain::printed_texts::{self, PrintedText};
use rinnalla_domain::states::PrintedTextKind;
use rinnalla_domain::texts::Language;

use super::answer::Answer;
use super::texts::Texts;
use super::visit::{Frame, Visit};

/// The languages that a sheet can be in, with the text that names each.
const LANGUAGES: [(Language, &str); 3] = [
    (Language::Fi, "paper-in-fi"),
    (Language::Sv, "paper-in-sv"),
    (Language::En, "paper-in-en"),
];

/// Intervals that a review can have, in months (`joint_reviews::rules::INTERVAL_MONTHS`, of which each is one to tick).
pub const INTERVALS: [i16; 4] = [3, 4, 5, 6];

/// What stands round every sheet.
pub struct Sheet {
    /// The viewer's frame, for the bar.
    pub frame: Frame,
    /// The texts of the sheet's language.
    pub texts: Texts,
    /// What it is.
    pub heading: String,
    /// The association's name.
    pub association: String,
    /// The association's mailbox, where it has one.
    pub mailbox: Option<String>,
    /// Told in the bar: what is missing on the sheet.
    pub missing: Option<String>,
    /// Where the bar leads back to.
    pub back: String,
    /// The day of printing.
    pub printed_on: String,
}

/// A sheet under way: its frame, and the association's own words for it.
pub struct Paper {
    pub sheet: Sheet,
    /// The association's words, where it has any in the sheet's language.
    pub own: Option<PrintedText>,
    /// As the visit's, in the sheet's language.
    pub ctx: Ctx,
}

impl Paper {
    /// Begins a sheet of an association's. `heading` names its text; `kind` which words of the association's it holds.
    pub async fn of(
        visit: &Visit,
        association: OrganisationId,
        kind: Option<PrintedTextKind>,
        heading: &str,
        back: String,
    ) -> Result<Self> {
        let found = organisations::for_ids(&visit.ctx, &[association]).await?;
        let found = found.get(&association);
        let mut own = match kind {
            Some(kind) => words(visit, association, kind).await?,
            None => Vec::new(),
        };
        let own_language = found.map_or(Language::Fi, |it| it.language);
        let language = language(visit, own_language, &own);
        let at = own.iter().position(|text| text.language == language);
        let own = at.map(|at| own.swap_remove(at));
        let mut paper = Self::blank(visit, language, heading, back);
        if let Some(found) = found {
            paper.sheet.association = found.name.clone();
            paper.sheet.mailbox = found.mailbox.clone();
        }
        let is_missing = kind.is_some() && own.is_none();
        paper.sheet.missing = is_missing.then(|| visit.say("paper-no-own-text"));
        paper.own = own;
        Ok(paper)
    }

    /// A sheet in a language, without a word of an association's yet.
    pub fn blank(visit: &Visit, language: Language, heading: &str, back: String) -> Self {
        let texts = Texts::in_language(language);
        let heading = texts.say(heading);
        let mut ctx = visit.ctx.clone();
        ctx.language = language;
        let day = texts.date(visit.ctx.today);
        let mut frame = visit.frame.titled(heading.clone());
        // A sheet has a choice of languages of its own; what else was chosen is the sheet's to say.
        frame.query.clear();
        Self {
            sheet: Sheet {
                frame,
                heading,
                association: String::new(),
                mailbox: None,
                missing: None,
                back,
                printed_on: texts.with("paper-printed-on", &[("day", day)]),
                texts,
            },
            own: None,
            ctx,
        }
    }
}

impl Sheet {
    /// The other languages that it can be in: code, address, name.
    pub fn languages(&self) -> Vec<(&'static str, String, String)> {
        let others = LANGUAGES.into_iter();
        others
            .filter(|(language, _)| *language != self.texts.language)
            .map(|(language, name)| {
                let chosen = match self.frame.query.as_str() {
                    "" => String::new(),
                    query => format!("{query}&"),
                };
                let path = format!("{}?{chosen}in={}", self.frame.path, language.code());
                (language.code(), path, self.frame.texts.say(name))
            })
            .collect()
    }

    /// The sheet's own language, as the viewer calls it.
    pub fn language(&self) -> String {
        let own = LANGUAGES.iter().find(|(it, _)| *it == self.texts.language);
        own.map_or_else(String::new, |(_, name)| self.frame.texts.say(name))
    }

    /// The address of the sheets' own stylesheet.
    pub fn style(&self) -> &'static str {
        super::style::paper_address()
    }
}

/// The association's words of a kind: those that are printed today.
async fn words(
    visit: &Visit,
    association: OrganisationId,
    kind: PrintedTextKind,
) -> Result<Vec<PrintedText>> {
    let found = printed_texts::current_for(&visit.ctx, &[association]).await?;
    let all = found.into_values().flatten();
    Ok(all
        .filter(|text| text.kind == kind && !text.lines.is_empty())
        .collect())
}

/// The sheet's language: the one that was asked for; else the first of the viewer's, the association's and the others in
/// which there are words; the viewer's where there are none.
fn language(visit: &Visit, association: Language, own: &[PrintedText]) -> Language {
    if let Some(asked) = asked_for(visit) {
        return asked;
    }
    let viewers = visit.frame.texts.language;
    let wished = [viewers, association].into_iter();
    let mut wished = wished.chain(LANGUAGES.map(|(language, _)| language));
    wished
        .find(|wish| own.iter().any(|text| text.language == *wish))
        .unwrap_or(viewers)
}

fn asked_for(visit: &Visit) -> Option<Language> {
    let asked = visit.query.get("in");
    let found = LANGUAGES.iter().find(|(it, _)| it.code() == asked);
    found.map(|(language, _)| *language)
}

/// The language of a sheet that holds none of an association's words: the one that was asked for, else the viewer's.
pub fn asked_language(visit: &Visit) -> Language {
    asked_for(visit).unwrap_or(visit.frame.texts.language)
}

#[derive(Template)]
#[template(path = "paper.html")]
struct Printouts {
    frame: Frame,
    rows: Vec<Row>,
    own: Vec<own_text::Own>,
    done: Option<String>,
}

/// An association with its blank agreements.
struct Row {
    association: String,
    /// Address, language as the viewer calls it, version.
    agreements: Vec<(String, String, String)>,
}

/// Blank agreements of every association that the viewer knows of.
pub async fn list(visit: Visit) -> Result<Answer> {
    let templates = printed_texts::templates(&visit.ctx).await?;
    let ids: Vec<OrganisationId> = templates.iter().map(|it| it.organisation_id).collect();
    let associations = organisations::for_ids(&visit.ctx, &ids).await?;
    let texts = &visit.frame.texts;
    let mut rows: Vec<(OrganisationId, Row)> = Vec::new();
    for template in &templates {
        let of = template.organisation_id;
        let Some(association) = associations.get(&of) else {
            continue;
        };
        if rows.last().is_none_or(|(last, _)| *last != of) {
            let row = Row {
                association: association.name.clone(),
                agreements: Vec::new(),
            };
            rows.push((of, row));
        }
        let name = LANGUAGES.iter().find(|(it, _)| *it == template.language);
        let day = rinnalla_domain::calendar::helsinki_date(template.published_at);
        let version = [
            ("version", template.version.to_string()),
            ("day", texts.date(day)),
        ];
        if let (Some((_, row)), Some((_, name))) = (rows.last_mut(), name) {
            row.agreements.push((
                format!("/paper/agreement/{}", template.id.encode()),
                texts.say(name),
                texts.with("paper-version", &version),
            ));
        }
    }
    Answer::page(&Printouts {
        rows: rows.into_iter().map(|(_, row)| row).collect(),
        own: own_text::list(&visit).await?,
        done: texts.done(visit.query.get("done")),
        frame: visit.frame.titled(visit.say("paper")),
    })
}
