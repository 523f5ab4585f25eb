//! The own association's year for its board: exact, and so marked as internal on every page. On paper and as a workbook.

use std::cmp::Reverse;

use askama::Template;
use chrono::Datelike as _;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::participation::files::{self, Told};
use rinnalla_domain::participation::measures::{Breakdown, MEASURES, Measure, MeasureCode};
use rinnalla_domain::participation::periods::YEARS;
use rinnalla_domain::participation::{self, Asked, Names, Table, name};

use super::table::{Entry, XLSX};
use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

/// What is broken down, in this order.
const BREAKDOWNS: [(MeasureCode, Breakdown); 10] = [
    (MeasureCode::Referrals, Breakdown::Stage),
    (MeasureCode::ActiveRelationships, Breakdown::Background),
    (MeasureCode::EndedRelationships, Breakdown::EndReason),
    (MeasureCode::Meetings, Breakdown::Activity),
    (MeasureCode::Reviews, Breakdown::Review),
    (MeasureCode::SupportPersons, Breakdown::Supervised),
    (MeasureCode::CourseParticipants, Breakdown::Result),
    (MeasureCode::Paths, Breakdown::Path),
    (MeasureCode::ExpertAssignments, Breakdown::Funding),
    (MeasureCode::Wishes, Breakdown::Outcome),
];

#[derive(Template)]
#[template(path = "board_sheet.html")]
struct BoardSheet {
    sheet: Sheet,
    lead: String,
    /// The years that are compared.
    years: [String; 2],
    totals: Vec<Line>,
    parts: Vec<Part>,
}

/// A number of this year and of the year before.
struct Line {
    name: String,
    /// Whether it is told of the line before: minutes of meetings.
    is_beside: bool,
    cells: [Told; 2],
}

impl Line {
    fn entries(&self, texts: &Texts) -> [Entry; 2] {
        self.cells.clone().map(|told| Entry::of(texts, told))
    }
}

/// One population, broken down.
struct Part {
    heading: String,
    of: String,
    lines: Vec<Line>,
}

/// What a board is told of a year.
struct Year {
    year: i32,
    totals: Vec<Line>,
    parts: Vec<Part>,
}

/// The year that is asked for; the running one where none is.
pub fn year_of(visit: &Visit) -> Result<i32> {
    match visit.query.get("year") {
        "" => Ok(visit.ctx.today.year()),
        year => {
            let year = year.parse().ok().filter(|it| YEARS.contains(it));
            year.ok_or(Error::NotFound)
        }
    }
}

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let (mut paper, told, _) = found(&visit).await?;
    let texts = paper.sheet.texts;
    paper.sheet.frame.query = format!("year={}", told.year);
    let day = texts.date(visit.ctx.today);
    let lead = [("year", told.year.to_string()), ("day", day)];
    Answer::page(&BoardSheet {
        lead: texts.with("board-lead", &lead),
        years: [told.year, told.year - 1].map(|year| year.to_string()),
        totals: told.totals,
        parts: told.parts,
        sheet: paper.sheet,
    })
}

/// The same as a workbook.
pub async fn workbook(visit: Visit) -> Result<Answer> {
    let (paper, told, names) = found(&visit).await?;
    let text = |text: &str| Told::Text(text.to_owned());
    let years = [told.year, told.year - 1].map(|year| text(&year.to_string()));
    let head = || {
        vec![
            vec![text(&names.text("note-internal"))],
            vec![text(&paper.sheet.association)],
            vec![text(&paper.sheet.printed_on)],
            Vec::new(),
        ]
    };
    let line = |line: Line| {
        let [this, before] = line.cells;
        vec![Told::Text(line.name), this, before]
    };
    let of = |name: String| vec![Told::Text(name), years[0].clone(), years[1].clone()];
    let mut totals = head();
    totals.push(of(paper.sheet.texts.say("board-what")));
    totals.extend(told.totals.into_iter().map(line));
    let mut parts = head();
    for part in told.parts {
        parts.push(vec![Told::Text(part.heading)]);
        parts.push(of(part.of));
        parts.extend(part.lines.into_iter().map(line));
        parts.push(Vec::new());
    }
    let texts = paper.sheet.texts;
    let pages = vec![
        (texts.say("board-totals"), totals),
        (texts.say("board-parts"), parts),
    ];
    let name = format!("internal-{}.xlsx", told.year);
    Ok(Answer::file(XLSX, &name, files::book(pages)?))
}

async fn found(visit: &Visit) -> Result<(Paper, Year, Names)> {
    let of: OrganisationId = visit.id()?;
    let year = year_of(visit)?;
    let paper = Paper::of(visit, of, None, "board", "/figures".to_owned()).await?;
    let asked = asked_of(year);
    let tables = match participation::own_tables(&paper.ctx, of, &asked).await {
        Err(Error::Forbidden) => None,
        found => found?,
    };
    let tables = tables.ok_or(Error::NotFound)?;
    let names = Names::load(&paper.ctx, &tables).await?;
    let (totals, parts) = tables.split_at(totalled().count() * 2);
    let told = Year {
        year,
        totals: totals
            .chunks(2)
            .flat_map(|it| of_measure(it, &names))
            .collect(),
        parts: parts.chunks(2).filter_map(|it| part(it, &names)).collect(),
    };
    Ok((paper, told, names))
}

/// What has a total: grant targets have sheets of their own.
fn totalled() -> impl Iterator<Item = &'static Measure> {
    let is_of_targets = |it: &&Measure| it.breakdowns.contains(&Breakdown::GrantTarget);
    MEASURES.iter().filter(move |it| !is_of_targets(it))
}

/// Each total and each table, of the year and of the one before.
fn asked_of(year: i32) -> Vec<Asked> {
    let totals = totalled().map(|measure| (measure.code, Vec::new()));
    let parts = BREAKDOWNS.iter().map(|(code, by)| (*code, vec![*by]));
    let of_years = |(measure, by): (MeasureCode, Vec<Breakdown>)| {
        [year, year - 1].map(|year| Asked {
            measure,
            period: year.to_string(),
            by: by.clone(),
        })
    };
    totals.chain(parts).flat_map(of_years).collect()
}

/// The lines of a population: how many, and what is told besides.
fn of_measure(of_years: &[Table], names: &Names) -> Vec<Line> {
    let [this, before] = of_years else {
        return Vec::new();
    };
    let measure = this.measure;
    let number = |n: Option<f64>| n.map_or(Told::Nothing, Told::Number);
    let count = |table: &Table| {
        let cell = table.cell("");
        number(cell.and_then(|cell| cell.count).map(|n| n as f64))
    };
    let mut lines = vec![Line {
        name: name(measure, names.language),
        is_beside: false,
        cells: [count(this), count(before)],
    }];
    for (at, summary) in measure.summaries.iter().enumerate() {
        let told = |table: &Table| number(table.cell("").and_then(|cell| cell.told[at]));
        lines.push(Line {
            name: names.told(summary.code()),
            is_beside: true,
            cells: [told(this), told(before)],
        });
    }
    lines
}

/// A table of two years; none where nothing is in it.
fn part(of_years: &[Table], names: &Names) -> Option<Part> {
    let [this, before] = of_years else {
        return None;
    };
    let by = *this.by.first()?;
    let rows = this.rows.iter().chain(&before.rows);
    let mut codes: Vec<&participation::Category> = rows.filter_map(|it| it.row.as_ref()).collect();
    codes.sort_by(|a, b| a.code.cmp(&b.code));
    codes.dedup_by(|a, b| a.code == b.code);
    let of = |table: &Table, code: &str| table.cell(code).and_then(|cell| cell.count).unwrap_or(0);
    let count = |table, code: &str| Told::Number(of(table, code) as f64);
    // The largest first.
    codes.sort_by_key(|it| Reverse((of(this, &it.code), of(before, &it.code))));
    let line = |it: &participation::Category| Line {
        name: names.category(by, it),
        is_beside: false,
        cells: [count(this, &it.code), count(before, &it.code)],
    };
    let lines: Vec<Line> = codes.into_iter().map(line).collect();
    (!lines.is_empty()).then(|| Part {
        heading: name(this.measure, names.language),
        of: names.breakdown(by),
        lines,
    })
}

/// Where the sheets of an association's year are.
pub fn path(of: OrganisationId, year: i32) -> String {
    format!("/figures/own/{}?year={year}", of.encode())
}
