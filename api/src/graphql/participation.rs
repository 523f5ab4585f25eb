//! Participation figures: what is counted, and the tables of it that are published.

mod codes;
mod figure_types;
mod figures;
mod own;

use async_graphql::{ComplexObject, Context, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{GrantTargetId, Id as _, OrganisationId, SurveyWaveId, encode};
use rinnalla_domain::participation::measures::{Breakdown, MEASURES, Measure};
use rinnalla_domain::participation::{self as domain, Asked, Names, files};
use rinnalla_domain::texts::Language;

use self::codes::{ParticipationBreakdown, ParticipationMeasure, ParticipationStanding};
pub use self::figures::ParticipationFigureQuery;
pub use self::own::OwnParticipationQuery;
use super::payload::{answer, ctx, for_client};
use super::scalars::{Date, DateTime};
use super::written::{Answer, Written, written};

/// What a population is called, and what exactly is counted (tilastoitavan joukon määritelmä).
#[derive(SimpleObject, Written)]
pub struct ParticipationDefinition {
    /// The language, as `fi`.
    language: String,
    /// What it is called.
    name: String,
    /// What exactly is counted, for people who are no programmers.
    definition: String,
}

/// Two breakdowns of which there is a table together (kahden jaottelun taulukko).
#[derive(SimpleObject, Written)]
pub struct ParticipationPair {
    /// Of the rows.
    rows: ParticipationBreakdown,
    /// Of the columns.
    columns: ParticipationBreakdown,
}

/// A population that is counted (tilastoitava joukko).
#[derive(SimpleObject, Written)]
pub struct ParticipationPopulation {
    /// Its code.
    measure: ParticipationMeasure,
    /// The figures that are read from it, as `F-1, F-2`.
    figures: String,
    /// What it is called and what is counted, in Finnish, Swedish and English.
    definitions: Vec<ParticipationDefinition>,
    /// What its tables may be broken down by.
    breakdowns: Vec<ParticipationBreakdown>,
    /// By which two at once.
    pairs: Vec<ParticipationPair>,
    /// What is told beside the count, as codes.
    told: Vec<String>,
    /// Whether nothing of it is ever hidden: it is no people.
    is_open: bool,
}

impl From<&'static Measure> for ParticipationPopulation {
    fn from(it: &'static Measure) -> Self {
        let languages = [Language::Fi, Language::Sv, Language::En];
        Self {
            measure: it.code.into(),
            figures: it.figures.to_owned(),
            definitions: languages
                .map(|language| ParticipationDefinition {
                    language: language.code().to_owned(),
                    name: domain::name(it, language),
                    definition: domain::definition(it, language),
                })
                .into(),
            breakdowns: it.breakdowns.iter().map(|by| (*by).into()).collect(),
            pairs: it
                .tables
                .iter()
                .map(|(rows, columns)| ParticipationPair {
                    rows: (*rows).into(),
                    columns: (*columns).into(),
                })
                .collect(),
            told: it.summaries.iter().map(|it| it.code().to_owned()).collect(),
            is_open: it.is_open(),
        }
    }
}

/// A category of a breakdown (jaottelun luokka).
#[derive(SimpleObject, Written)]
pub struct ParticipationCategory {
    /// Its code; of an organisation, a grant target or a round of a survey its id; `REST` for small ones that are put together.
    code: String,
    /// The name that what has an id had when it was published.
    name: Option<String>,
}

/// Something that is told beside a count (luvun rinnalla kerrottu tieto).
#[derive(SimpleObject, Written)]
pub struct ParticipationValue {
    /// What, as a code: `MINUTES`.
    code: String,
    /// How much; null where it is hidden, or there is none.
    value: Option<f64>,
}

/// A row of a table (taulukon rivi).
#[derive(SimpleObject, Written)]
pub struct ParticipationRow {
    /// The category of the first breakdown; absent in a total.
    row: Option<ParticipationCategory>,
    /// The category of the second breakdown.
    column: Option<ParticipationCategory>,
    /// How many; null where it is hidden, and never nought instead. Of some populations no number is told at all.
    count: Option<u64>,
    /// What is told besides.
    values: Vec<ParticipationValue>,
    /// Whether it is hidden: it is small, or a small one could be worked out from it. Which of the two is not told.
    is_hidden: bool,
}

/// A table of a population in a period (osallistumistaulukko).
#[derive(SimpleObject, Written)]
#[graphql(complex)]
pub struct ParticipationTable {
    /// Of which population.
    measure: ParticipationMeasure,
    /// Of which period.
    period: String,
    /// Its first day.
    from: Date,
    /// Its last day.
    until: Date,
    /// By what.
    by: Vec<ParticipationBreakdown>,
    /// Whether it is published, and why not.
    standing: ParticipationStanding,
    /// On which day it was published.
    published_on: Option<Date>,
    /// Counts under this are hidden; nought where nothing is.
    threshold: Option<i16>,
    /// Its rows.
    rows: Vec<ParticipationRow>,
    #[graphql(skip)]
    table: domain::Table,
}

/// A table of a population in a period (osallistumistaulukko).
#[written]
#[ComplexObject]
impl ParticipationTable {
    /// The table as a CSV file in the reader's language, with its definition, period, source and a note on what is hidden.
    async fn csv(&self, c: &Context<'_>) -> Result<String> {
        let ctx = ctx(c)?;
        let names = for_client(ctx, self.names(ctx).await)?;
        for_client(ctx, files::csv(&self.table, &names))
    }

    /// The same as an Excel workbook (XLSX), as base64.
    async fn workbook(&self, c: &Context<'_>) -> Result<String> {
        let ctx = ctx(c)?;
        let names = for_client(ctx, self.names(ctx).await)?;
        for_client(ctx, files::workbook_as_text(&self.table, &names))
    }
}

impl ParticipationTable {
    /// What the categories of its files are called.
    async fn names(&self, ctx: &Ctx) -> Result<Names, Error> {
        Names::load(ctx, std::slice::from_ref(&self.table)).await
    }
}

impl From<domain::Table> for ParticipationTable {
    fn from(it: domain::Table) -> Self {
        let table = it.clone();
        let measure = it.measure;
        let by = it.by.clone();
        let row = |row: domain::Row| ParticipationRow {
            row: row.row.map(|it| category(by.first(), it)),
            column: row.column.map(|it| category(by.get(1), it)),
            count: row.cell.count,
            values: values(measure, row.cell.told),
            is_hidden: row.cell.is_hidden,
        };
        Self {
            measure: measure.code.into(),
            period: it.period.to_string(),
            from: Date(it.period.first_on()),
            until: Date(it.period.last_on()),
            by: it.by.iter().map(|by| (*by).into()).collect(),
            standing: it.standing.into(),
            published_on: it.published_on.map(Date),
            threshold: it.threshold,
            rows: it.rows.into_iter().map(row).collect(),
            table,
        }
    }
}

/// What has an id is told by it, as everywhere else.
fn category(by: Option<&Breakdown>, it: domain::Category) -> ParticipationCategory {
    let of_type = match by {
        Some(Breakdown::Organisation) => Some(OrganisationId::TYPE_BYTE),
        Some(Breakdown::GrantTarget) => Some(GrantTargetId::TYPE_BYTE),
        Some(Breakdown::Wave) => Some(SurveyWaveId::TYPE_BYTE),
        _ => None,
    };
    let id = of_type.zip(it.code.parse().ok());
    ParticipationCategory {
        code: id.map_or(it.code, |(byte, id)| encode(byte, id)),
        name: it.name,
    }
}

fn values(measure: &Measure, told: [Option<f64>; 3]) -> Vec<ParticipationValue> {
    let told = measure.summaries.iter().zip(told);
    told.map(|(summary, value)| ParticipationValue {
        code: summary.code().to_owned(),
        value,
    })
    .collect()
}

/// A night on which everything was counted anew (lukujen tilannekuva).
#[derive(SimpleObject, Written)]
pub struct ParticipationSnapshot {
    /// The day.
    taken_on: Date,
    /// When.
    taken_at: DateTime,
    /// Counts under this were hidden.
    threshold: i16,
    /// How many tables of a population and period were published anew with it.
    published: i64,
}

/// What can be asked of participation figures.
#[derive(Default)]
pub struct ParticipationQuery;

#[Object]
impl ParticipationQuery {
    /// Everything that is counted, with what it is, in three languages. For analysts and coordinators.
    async fn participation_populations(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<ParticipationPopulation>>> {
        let ctx = ctx(c)?;
        for_client(ctx, domain::may_read(ctx))?;
        Ok(Answer(MEASURES.iter().map(Into::into).collect()))
    }

    /// A table as it is published: the same for everybody, all day. Periods are years, half-years and quarters; what is
    /// published of one stays. By nothing, by one breakdown, or by two that there is a table of; tables are of whole years,
    /// and of what stands on a day also of its quarter and half-year.
    async fn participation(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What is counted.")] measure: ParticipationMeasure,
        #[graphql(desc = "The period, as `2026`, `2026H1` or `2026Q3`.")] period: String,
        #[graphql(default, desc = "By what; two at most.")] by: Vec<ParticipationBreakdown>,
        #[graphql(desc = "As it was published on this day; today where none is given.")]
        as_of: Option<Date>,
    ) -> Result<Answer<ParticipationTable>> {
        let ctx = ctx(c)?;
        let asked = asked(measure, period, by);
        let table = domain::table(ctx, &asked, as_of.map(|day| day.0)).await;
        answer(ctx, table.map(Into::into))
    }

    /// The nights of the past year on which everything was counted anew, the last one first.
    async fn participation_snapshots(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<ParticipationSnapshot>>> {
        let ctx = ctx(c)?;
        let found = for_client(ctx, domain::snapshots(ctx).await)?.into_iter();
        Ok(Answer(
            found
                .map(|it| ParticipationSnapshot {
                    taken_on: Date(it.taken_on),
                    taken_at: it.taken_at.into(),
                    threshold: it.threshold,
                    published: it.published,
                })
                .collect(),
        ))
    }
}

fn asked(measure: ParticipationMeasure, period: String, by: Vec<ParticipationBreakdown>) -> Asked {
    Asked {
        measure: measure.into(),
        period,
        by: by.into_iter().map(Into::into).collect(),
    }
}
