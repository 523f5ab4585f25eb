//! The sheet of a grant target and a year, as STEA's yearly report asks for it: exact, and so marked as internal. On paper
//! and as a workbook.

use askama::Template;
use chrono::Datelike as _;
use rinnalla_domain::access::KeepGrantTargets;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::grant_targets::{self, GrantTarget, rules};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::participation::files::{self, Told};
use rinnalla_domain::participation::measures::{Breakdown, MeasureCode};
use rinnalla_domain::participation::{self, Asked, Category, Names, Table, definition, name};

use super::board::year_of;
use super::table::{Entry, XLSX};
use crate::pages::answer::Answer;
use crate::pages::form::Fact;
use crate::pages::listing::Way;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

/// What is told, in this order: each by what, and by which categories of it.
const TABLES: [(MeasureCode, Option<Breakdown>, &[&str]); 5] = [
    (
        MeasureCode::GrantPeople,
        Some(Breakdown::Role),
        &["CASE", "PARTICIPANT", VOLUNTEER],
    ),
    (MeasureCode::GrantMeetings, None, &[]),
    (
        MeasureCode::GrantEncounters,
        Some(Breakdown::Kind),
        &["VISIT", "COURSE_SESSION", "GROUP_VISIT", "TALK"],
    ),
    (
        MeasureCode::GrantActivities,
        Some(Breakdown::Kind),
        &["COURSE", "PLACE", "GROUP", "PROGRAMME", "INFLUENCE"],
    ),
    (MeasureCode::GrantPartners, None, &[]),
];

/// The role whose class the report asks for.
const VOLUNTEER: &str = "VOLUNTEER";

#[derive(Template)]
#[template(path = "grant_sheet.html")]
struct GrantSheet {
    sheet: Sheet,
    facts: Vec<Fact>,
    parts: Vec<Part>,
    class: String,
    trustees: String,
}

/// One population of the target's.
struct Part {
    heading: String,
    definition: String,
    lines: Vec<(String, u64)>,
}

impl Part {
    fn entries(&self, texts: &Texts) -> Vec<(String, Entry)> {
        let lines = self.lines.iter().cloned();
        lines
            .map(|(name, n)| (name, Entry::of(texts, Told::Number(n as f64))))
            .collect()
    }
}

/// What a target's report is told of a year.
struct Year {
    facts: Vec<Fact>,
    parts: Vec<Part>,
    class: String,
    trustees: String,
    /// The name of its file.
    file: String,
}

/// The way to a target's sheet: of this year, or of the year of its period that is nearest.
pub fn way(visit: &Visit, of: &GrantTarget) -> Way {
    let this = visit.ctx.today.year();
    let ends_in = of.to_on.map_or(this, |day| day.year());
    let year = this.clamp(of.from_on.year().min(ends_in), ends_in);
    let told = [("year", year.to_string()), ("name", of.name.clone())];
    Way {
        path: format!("/figures/grants/{}?year={year}", of.id.encode()),
        label: visit.frame.texts.with("grant-way", &told),
    }
}

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let (mut paper, told) = found(&visit).await?;
    paper.sheet.frame.query = format!("year={}", year_of(&visit)?);
    Answer::page(&GrantSheet {
        facts: told.facts,
        parts: told.parts,
        class: told.class,
        trustees: told.trustees,
        sheet: paper.sheet,
    })
}

/// The same as a workbook.
pub async fn workbook(visit: Visit) -> Result<Answer> {
    let (paper, told) = found(&visit).await?;
    let texts = paper.sheet.texts;
    let pair = |name: String, what: String| vec![Told::Text(name), Told::Text(what)];
    let mut lines = vec![
        vec![Told::Text(texts.say("board-internal"))],
        vec![Told::Text(paper.sheet.association)],
        vec![Told::Text(paper.sheet.printed_on)],
    ];
    lines.extend(told.facts.into_iter().map(|it| pair(it.name, it.value)));
    for part in told.parts {
        lines.push(Vec::new());
        lines.push(pair(part.heading, part.definition));
        let line = |(name, n)| vec![Told::Text(name), Told::Number(n as f64)];
        lines.extend(part.lines.into_iter().map(line));
    }
    lines.push(Vec::new());
    lines.push(pair(texts.say("grant-class"), told.class));
    lines.push(vec![Told::Text(told.trustees)]);
    let content = files::book(vec![(texts.say("grant"), lines)])?;
    Ok(Answer::file(XLSX, &told.file, content))
}

async fn found(visit: &Visit) -> Result<(Paper, Year)> {
    // Whoever keeps none finds no such page.
    if !visit.may::<KeepGrantTargets>() {
        return Err(Error::NotFound);
    }
    let target = grant_targets::find(&visit.ctx, visit.id()?).await?;
    let target = target.ok_or(Error::NotFound)?;
    let year = year_of(visit)?;
    let of = target.organisation_id;
    let paper = Paper::of(visit, of, None, "grant", "/figures".to_owned()).await?;
    let tables = participation::own_tables(&paper.ctx, of, &asked_of(year)).await?;
    let tables = tables.ok_or(Error::NotFound)?;
    let names = Names::load(&paper.ctx, &tables).await?;
    let texts = paper.sheet.texts;
    let code = target.id.0.simple().to_string();
    let told = TABLES.iter().zip(&tables);
    let parts = told.map(|((_, _, of), table)| part(table, &code, of, &names));
    let parts: Vec<Part> = parts.collect();
    let volunteers = tables.first().map_or(0, |it| count(it, &code, VOLUNTEER));
    let class = rules::class_of(volunteers);
    let kind = target.kind.code().to_lowercase();
    let told = Year {
        facts: facts(&paper, &target, year).await?,
        parts,
        class: class.to_owned(),
        trustees: texts.say(&format!("grant-trustees-{kind}")),
        file: format!("internal-grant-{year}.xlsx"),
    };
    Ok((paper, told))
}

fn asked_of(year: i32) -> Vec<Asked> {
    let asked = TABLES.iter().map(|(measure, by, _)| Asked {
        measure: *measure,
        period: year.to_string(),
        by: [Some(Breakdown::GrantTarget), *by]
            .into_iter()
            .flatten()
            .collect(),
    });
    asked.collect()
}

async fn facts(paper: &Paper, target: &GrantTarget, year: i32) -> Result<Vec<Fact>> {
    let texts = &paper.sheet.texts;
    let funders = organisations::codes(&paper.ctx, &[CodeList::Funder]).await?;
    let funder = funders.into_iter().find(|it| it.code == target.funder);
    Ok(vec![
        texts.fact("grant-target", format!("{} ({})", target.name, target.code)),
        texts.fact(
            "grant-funder",
            funder.map_or_else(|| target.funder.clone(), |it| it.name),
        ),
        texts.fact(
            "grant-kind",
            texts.name_of("grant-kind", &target.kind.code()),
        ),
        texts.fact("grant-period", texts.span(target.from_on, target.to_on)),
        texts.fact("grant-year", year.to_string()),
    ])
}

/// What a table tells of one target: a line for each category, or the one number.
fn part(table: &Table, target: &str, categories: &[&str], names: &Names) -> Part {
    let line = |by: &Breakdown, code: &str| {
        let category = Category {
            code: code.to_owned(),
            name: None,
        };
        (names.category(*by, &category), count(table, target, code))
    };
    let lines = match table.by.get(1) {
        Some(by) => categories.iter().map(|code| line(by, code)).collect(),
        None => vec![(names.text("count"), count(table, target, ""))],
    };
    Part {
        heading: name(table.measure, names.language),
        definition: definition(table.measure, names.language),
        lines,
    }
}

/// How many there are of a target and a category; a table names none that is empty.
fn count(table: &Table, target: &str, category: &str) -> u64 {
    let code = |it: &Option<Category>| it.as_ref().map_or(String::new(), |it| it.code.clone());
    let mut rows = table.rows.iter();
    let found = rows.find(|it| code(&it.row) == target && code(&it.column) == category);
    found.and_then(|it| it.cell.count).unwrap_or(0)
}
