//! One population: a table of it to choose, to look at, and to take away as a file.

use askama::Template;
use chrono::Datelike as _;
use poem::http::StatusCode;
use rinnalla_domain::error::{Error, Result, Violations};
use rinnalla_domain::participation::files::{self, HIDDEN, Told};
use rinnalla_domain::participation::measures::{Breakdown, MEASURES, Measure};
use rinnalla_domain::participation::periods::{Part, Period};
use rinnalla_domain::participation::{self, Asked, Names, Table, definition, name};

use super::{path, period_name, slug};
use crate::pages::answer::Answer;
use crate::pages::form::Fact;
use crate::pages::texts::Texts;
use crate::pages::visit::{Frame, Visit};

/// Of how many years before this one a table may be chosen; what was published of earlier ones is found by its address.
const YEARS_BACK: i32 = 5;

/// Kinds of files, as browsers are told.
const CSV: &str = "text/csv; charset=utf-8";
pub const XLSX: &str = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet";

#[derive(Template)]
#[template(path = "figures.html")]
struct FiguresPage {
    frame: Frame,
    definition: String,
    /// The page's own address, without what is chosen.
    path: String,
    /// What may be chosen: value, name, whether it is chosen.
    periods: Vec<(String, String, bool)>,
    by: Vec<(String, String, bool)>,
    /// What is wrong with the choice.
    faults: Vec<String>,
    /// Of when the table is, what is hidden in it and why, where it comes from.
    facts: Vec<Fact>,
    shown: Option<Shown>,
}

/// A table as it is shown.
struct Shown {
    caption: String,
    heading: Vec<String>,
    rows: Vec<Vec<Entry>>,
    /// Where it is as CSV, and as a workbook.
    csv: String,
    workbook: String,
}

/// A cell as it is shown.
pub struct Entry {
    pub text: String,
    pub is_number: bool,
    pub is_hidden: bool,
}

impl Entry {
    pub fn of(texts: &Texts, told: Told) -> Self {
        let is_number = !matches!(told, Told::Text(_));
        let is_hidden = told == Told::Hidden;
        let text = match told {
            Told::Text(text) => text,
            Told::Number(n) if n.fract() == 0.0 => format!("{n:.0}"),
            Told::Number(n) => texts.decimal(n),
            Told::Hidden => HIDDEN.to_owned(),
            Told::Nothing => "–".to_owned(),
        };
        Self {
            text,
            is_number,
            is_hidden,
        }
    }
}

/// What somebody chose of a population.
struct Choice {
    measure: &'static Measure,
    period: String,
    by: String,
}

impl Choice {
    fn of(visit: &Visit) -> Result<Self> {
        let part = visit.part.as_deref().unwrap_or_default();
        let mut all = MEASURES.iter();
        let measure = all.find(|it| slug(it) == part).ok_or(Error::NotFound)?;
        let period = match visit.query.get("period") {
            "" => (visit.ctx.today.year() - 1).to_string(),
            chosen => chosen.to_owned(),
        };
        Ok(Self {
            measure,
            period,
            by: visit.query.get("by").to_owned(),
        })
    }

    /// The table that was chosen, as it is published.
    async fn table(&self, visit: &Visit) -> Result<Table> {
        let named = |name: &str| {
            let mut all = self.measure.breakdowns.iter().copied();
            all.find(|by| by.name() == name)
        };
        let names = self.by.split(',').filter(|name| !name.is_empty());
        let by: Option<Vec<Breakdown>> = names.map(named).collect();
        let mut faults = Violations::default();
        let by = faults.take("by", by.ok_or("BREAKDOWN_NOT_ALLOWED"));
        // Whoever may read none is told that, not what is wrong with the question.
        participation::may_read(&visit.ctx)?;
        faults.done()?;
        let asked = Asked {
            measure: self.measure.code,
            period: self.period.clone(),
            by: by.unwrap_or_default(),
        };
        participation::table(&visit.ctx, &asked, None).await
    }

    /// The address of a file of it.
    fn file(&self, kind: &str) -> String {
        let mut query = url::form_urlencoded::Serializer::new(String::new());
        query.append_pair("period", &self.period);
        query.append_pair("by", &self.by);
        format!("{}/{kind}?{}", path(self.measure), query.finish())
    }

    /// What a file of it is called: of a table that is there, so of plain letters.
    fn file_name(&self, table: &Table, ending: &str) -> String {
        let by = table.by.iter().map(|by| by.name().to_lowercase());
        let mut parts = vec![slug(self.measure), table.period.to_string()];
        parts.extend(by.map(|by| by.replace('_', "-")));
        format!("{}.{ending}", parts.join("-"))
    }

    fn periods(&self, visit: &Visit) -> Vec<(String, String, bool)> {
        let texts = &visit.frame.texts;
        let this = visit.ctx.today.year();
        let of_year = |year| {
            let part = move |part| Period { year, part };
            let halves = [2, 1].map(|no| part(Part::Half(no)));
            let quarters = [4, 3, 2, 1].map(|no| part(Part::Quarter(no)));
            [Period::year(year)]
                .into_iter()
                .chain(halves)
                .chain(quarters)
        };
        let all = (this - YEARS_BACK..=this).rev().flat_map(of_year);
        let over = all.filter(|it| it.is_over(visit.ctx.today));
        over.map(|it| {
            let value = it.to_string();
            let is_chosen = value == self.period;
            (value, period_name(texts, it), is_chosen)
        })
        .collect()
    }

    fn breakdowns(&self, texts: &Texts, names: &Names) -> Vec<(String, String, bool)> {
        let one = self.measure.breakdowns.iter().map(|by| vec![*by]);
        let two = self
            .measure
            .tables
            .iter()
            .map(|(rows, columns)| vec![*rows, *columns]);
        let named = |by: Vec<Breakdown>| {
            let value: Vec<&str> = by.iter().map(|by| by.name()).collect();
            let value = value.join(",");
            let name: Vec<String> = by.iter().map(|by| names.breakdown(*by)).collect();
            let is_chosen = value == self.by;
            (value, name.join(" × "), is_chosen)
        };
        let none = (
            String::new(),
            texts.say("figures-by-nothing"),
            self.by.is_empty(),
        );
        std::iter::once(none)
            .chain(one.chain(two).map(named))
            .collect()
    }
}

/// What may be chosen of a population, and the table that is.
pub async fn show(visit: Visit) -> Result<Answer> {
    let choice = Choice::of(&visit)?;
    let texts = visit.frame.texts;
    let (table, faults) = match choice.table(&visit).await {
        Ok(table) => (Some(table), Vec::new()),
        Err(Error::Invalid(faults)) => (None, faults),
        Err(Error::Forbidden) => return Err(Error::NotFound),
        Err(error) => return Err(error),
    };
    let names = Names::load(&visit.ctx, table.as_slice()).await?;
    let status = match table {
        Some(_) => StatusCode::OK,
        None => StatusCode::UNPROCESSABLE_ENTITY,
    };
    let page = FiguresPage {
        definition: definition(choice.measure, texts.language),
        path: path(choice.measure),
        periods: choice.periods(&visit),
        by: choice.breakdowns(&texts, &names),
        faults: faults.iter().map(|fault| texts.fault(fault.code)).collect(),
        facts: table.iter().flat_map(|it| facts(it, &names)).collect(),
        shown: table.map(|table| shown(&texts, &choice, &table, &names)),
        frame: visit.frame.titled(name(choice.measure, texts.language)),
    };
    Ok(Answer::page(&page)?.status(status))
}

/// What it is and how it is defined stands above already.
fn facts(table: &Table, names: &Names) -> impl Iterator<Item = Fact> {
    let about = files::about(table, names).into_iter().skip(2);
    about.map(|(name, value)| Fact { name, value })
}

fn shown(texts: &Texts, choice: &Choice, table: &Table, names: &Names) -> Shown {
    let row = |it| {
        let cells = files::cells(table, it, names).into_iter();
        cells.map(|told| Entry::of(texts, told)).collect()
    };
    let by: Vec<String> = table.by.iter().map(|by| names.breakdown(*by)).collect();
    let mut caption = format!(
        "{}, {}",
        name(table.measure, texts.language),
        period_name(texts, table.period)
    );
    if !by.is_empty() {
        caption = format!("{caption}: {}", by.join(" × "));
    }
    Shown {
        caption,
        heading: files::heading(table, names),
        rows: table.rows.iter().map(row).collect(),
        csv: choice.file("csv"),
        workbook: choice.file("xlsx"),
    }
}

/// The table as a CSV file.
pub async fn csv(visit: Visit) -> Result<Answer> {
    let (choice, table, names) = found(&visit).await?;
    let content = files::csv(&table, &names)?.into_bytes();
    Ok(Answer::file(CSV, &choice.file_name(&table, "csv"), content))
}

/// The table as a workbook.
pub async fn workbook(visit: Visit) -> Result<Answer> {
    let (choice, table, names) = found(&visit).await?;
    let content = files::workbook(&table, &names)?;
    Ok(Answer::file(
        XLSX,
        &choice.file_name(&table, "xlsx"),
        content,
    ))
}

async fn found(visit: &Visit) -> Result<(Choice, Table, Names)> {
    let choice = Choice::of(visit)?;
    let table = match choice.table(visit).await {
        Err(Error::Forbidden) => return Err(Error::NotFound),
        found => found?,
    };
    let names = Names::load(&visit.ctx, std::slice::from_ref(&table)).await?;
    Ok((choice, table, names))
}
