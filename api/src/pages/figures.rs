//! Participation figures as pages: what is counted, each table with its files to keep, and the summary of a quarter on
//! paper. All of it is what is published; the own association's exact figures have sheets of their own.

pub mod board;
mod chart;
pub mod grant;
pub mod quarter;
pub mod table;

use chrono::Datelike as _;
use rinnalla_domain::access::{KeepGrantTargets, ReadFigures, ReadOwnFigures};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::participation::measures::{MEASURES, Measure};
use rinnalla_domain::participation::periods::{Part, Period};
use rinnalla_domain::participation::{definition, name};
use rinnalla_domain::{grant_targets, organisations};

use super::answer::Answer;
use super::associations::Own;
use super::listing::{Card, Listing, Way};
use super::texts::Texts;
use super::visit::Visit;

/// Of how many quarters the summaries are led to: those of a year.
const LATEST: usize = 4;

/// Every population that is counted, with the way to its tables.
pub async fn list(visit: Visit) -> Result<Answer> {
    if !visit.may::<ReadFigures>() {
        return Err(Error::NotFound);
    }
    let language = visit.frame.texts.language;
    let this = visit.ctx.today.year();
    let mut listing = Listing::new(&visit, visit.say("figures"), "figures-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    listing.ways = quarter::latest(&visit, LATEST)
        .into_iter()
        .map(|quarter| Way {
            path: format!("/figures/quarters/{quarter}"),
            label: visit.frame.texts.with(
                "quarter-way",
                &[("period", period_name(&visit.frame.texts, quarter))],
            ),
        })
        .collect();
    if visit.may::<ReadOwnFigures>() {
        let own = Own::of::<ReadOwnFigures>(&visit)?;
        let known = organisations::for_ids(&visit.ctx, own.all()).await?;
        for year in [this, this - 1] {
            let ways = known.values().map(|it| Way {
                path: board::path(it.id, year),
                label: visit.frame.texts.with(
                    "board-way",
                    &[("year", year.to_string()), ("association", it.name.clone())],
                ),
            });
            listing.ways.extend(ways);
        }
    }
    if visit.may::<KeepGrantTargets>() {
        let targets = grant_targets::list(&visit.ctx, None).await?;
        let sheets = targets.iter().map(|it| grant::way(&visit, it));
        listing.ways.extend(sheets);
        let all = Way::new(&visit, "/grant-targets", "grant-targets");
        listing.ways.push(all);
    }
    listing.cards = MEASURES
        .iter()
        .filter(|measure| !measure.is_untold())
        .map(|measure| Card {
            title: name(measure, language),
            status: measure.figures.to_owned(),
            warnings: Vec::new(),
            lines: vec![definition(measure, language)],
            ways: vec![Way::new(&visit, path(measure), "figures-table-way")],
        })
        .collect();
    listing.answer()
}

/// Where a population's tables are shown.
fn path(measure: &Measure) -> String {
    format!("/figures/{}", slug(measure))
}

/// A population's name as it stands in addresses and in the names of files.
fn slug(measure: &Measure) -> String {
    measure.name.to_lowercase().replace('_', "-")
}

/// A period as people call it: `2026`, `2026, 3. neljännes`.
pub fn period_name(texts: &Texts, period: Period) -> String {
    let told = |id, no: u8| {
        let told = [("year", period.year.to_string()), ("no", no.to_string())];
        texts.with(id, &told)
    };
    match period.part {
        Part::Year => period.year.to_string(),
        Part::Half(no) => told("figures-half-year", no),
        Part::Quarter(no) => told("figures-quarter-of", no),
    }
}
