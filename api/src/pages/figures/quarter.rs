//! The summary of a quarter, for paper: what is published of it and of the four quarters before, a chart and a table beside
//! each other. What is hidden is shown as hidden, with the reason.

use askama::Template;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::participation::files::{self, Told};
use rinnalla_domain::participation::measures::{Breakdown, MeasureCode};
use rinnalla_domain::participation::periods::{Part, Period};
use rinnalla_domain::participation::{self, Asked, Names, Standing, Table, definition, name};

use super::chart::Chart;
use super::period_name;
use super::table::Entry;
use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet, asked_language};
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

/// How many quarters are told of.
const QUARTERS: usize = 5;

/// What is told of each of them, in this order.
const OVER_TIME: [MeasureCode; 10] = [
    MeasureCode::Referrals,
    MeasureCode::WaitingReferrals,
    MeasureCode::ActiveRelationships,
    MeasureCode::Meetings,
    MeasureCode::Reviews,
    MeasureCode::EndedRelationships,
    MeasureCode::SupportPersons,
    MeasureCode::CourseParticipants,
    MeasureCode::Visits,
    MeasureCode::Wishes,
];

/// What is broken down for the last day of the quarter.
const ON_THE_LAST_DAY: [(MeasureCode, Breakdown); 2] = [
    (MeasureCode::ActiveRelationships, Breakdown::Background),
    (MeasureCode::SupportPersons, Breakdown::Background),
];

#[derive(Template)]
#[template(path = "quarter_sheet.html")]
struct QuarterSheet {
    sheet: Sheet,
    lead: String,
    /// What is hidden and why.
    note: String,
    sections: Vec<Section>,
    /// What exactly is counted: its name, and how it is defined.
    definitions: Vec<(String, String)>,
    source: String,
}

/// A chart with its table.
pub struct Section {
    pub heading: String,
    /// What the names of the rows are.
    pub of: String,
    pub rows: Vec<(String, Entry)>,
    pub chart: Chart,
    /// Why there is no table.
    pub missing: Option<String>,
}

/// The quarters that summaries can be made of, the last one first.
pub fn latest(visit: &Visit, how_many: usize) -> Vec<Period> {
    let running = Period::of_day(visit.ctx.today);
    let over = std::iter::successors(Some(running), |it| Some(before(*it)));
    over.filter(|it| it.is_over(visit.ctx.today))
        .take(how_many)
        .collect()
}

fn before(period: Period) -> Period {
    match period.part {
        Part::Quarter(no) if no > 1 => Period::quarter(period.year, no - 1),
        _ => Period::quarter(period.year - 1, 4),
    }
}

/// The summary.
pub async fn show(visit: Visit) -> Result<Answer> {
    let asked = visit.part.as_deref().and_then(Period::parse);
    let is_quarter =
        |it: &Period| matches!(it.part, Part::Quarter(_)) && it.is_over(visit.ctx.today);
    let period = asked.filter(is_quarter).ok_or(Error::NotFound)?;
    let language = asked_language(&visit);
    let paper = Paper::blank(&visit, language, "quarter", "/figures".to_owned());
    let tables = match participation::tables_of(&paper.ctx, &asked_of(period), None).await {
        Err(Error::Forbidden) => return Err(Error::NotFound),
        found => found?,
    };
    let names = Names::load(&paper.ctx, &tables).await?;
    let texts = paper.sheet.texts;
    let (over_time, on_the_last_day) = tables.split_at(OVER_TIME.len() * QUARTERS);
    let mut sections = Vec::new();
    for of in over_time.chunks(QUARTERS) {
        sections.push(series(&texts, &names, sections.len(), of));
    }
    for of in on_the_last_day {
        sections.push(breakdown(&texts, &names, sections.len(), of));
    }
    let measures = OVER_TIME.iter().map(|code| code.measure());
    let told = [
        ("period", period_name(&texts, period)),
        ("from", texts.date(period.first_on())),
        ("to", texts.date(period.last_on())),
    ];
    // One note for all: it is the same of every population that has people in it.
    let hiding = tables
        .iter()
        .find(|it| it.standing == Standing::Published && !it.measure.is_open());
    let mut sheet = paper.sheet;
    sheet.association = names.text("source-of");
    Answer::page(&QuarterSheet {
        lead: texts.with("quarter-lead", &told),
        note: hiding.map_or_else(
            || names.text("note-not-published"),
            |it| files::note(it, &names),
        ),
        sections,
        definitions: measures
            .map(|it| (name(it, names.language), definition(it, names.language)))
            .collect(),
        source: texts.with("quarter-source", &[("day", published(&texts, &tables))]),
        sheet,
    })
}

fn asked_of(period: Period) -> Vec<Asked> {
    let mut quarters: Vec<Period> = std::iter::successors(Some(period), |it| Some(before(*it)))
        .take(QUARTERS)
        .collect();
    quarters.reverse();
    let over_time = OVER_TIME.iter().flat_map(|measure| {
        quarters.iter().map(|period| Asked {
            measure: *measure,
            period: period.to_string(),
            by: Vec::new(),
        })
    });
    let on_the_last_day = ON_THE_LAST_DAY.iter().map(|(measure, by)| Asked {
        measure: *measure,
        period: period.to_string(),
        by: vec![*by],
    });
    over_time.chain(on_the_last_day).collect()
}

/// The day on which the newest of some tables was published.
fn published(texts: &Texts, tables: &[Table]) -> String {
    let last = tables.iter().filter_map(|it| it.published_on).max();
    last.map_or_else(|| "–".to_owned(), |day| texts.date(day))
}

fn series(texts: &Texts, names: &Names, id: usize, of: &[Table]) -> Section {
    let rows: Vec<(String, Told)> = of
        .iter()
        .map(|table| (period_name(texts, table.period), total(table)))
        .collect();
    let heading = of
        .first()
        .map_or_else(String::new, |it| name(it.measure, names.language));
    section(texts, id, heading, texts.say("figures-period"), rows, None)
}

fn total(table: &Table) -> Told {
    let cell = table
        .cell("")
        .filter(|_| table.standing == Standing::Published);
    match cell {
        Some(cell) if cell.is_hidden => Told::Hidden,
        Some(cell) => cell.count.map_or(Told::Nothing, |n| Told::Number(n as f64)),
        None => Told::Nothing,
    }
}

fn breakdown(texts: &Texts, names: &Names, id: usize, table: &Table) -> Section {
    let by = table
        .by
        .first()
        .map_or_else(String::new, |by| names.breakdown(*by));
    let of_row = |row| {
        let mut cells = files::cells(table, row, names).into_iter();
        match (cells.next(), cells.next()) {
            (Some(Told::Text(name)), Some(told)) => Some((name, told)),
            _ => None,
        }
    };
    let rows: Vec<(String, Told)> = table.rows.iter().filter_map(of_row).collect();
    let day = texts.date(table.period.last_on());
    let told = [
        ("name", name(table.measure, names.language)),
        ("by", by.to_lowercase()),
        ("day", day),
    ];
    let heading = texts.with("quarter-on-the-last-day", &told);
    let missing = rows.is_empty().then(|| files::note(table, names));
    section(texts, id, heading, by, rows, missing)
}

fn section(
    texts: &Texts,
    id: usize,
    heading: String,
    of: String,
    rows: Vec<(String, Told)>,
    missing: Option<String>,
) -> Section {
    Section {
        chart: Chart::of(texts, id, heading.clone(), &rows),
        rows: rows
            .into_iter()
            .map(|(name, told)| (name, Entry::of(texts, told)))
            .collect(),
        heading,
        of,
        missing,
    }
}
