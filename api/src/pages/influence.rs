//! Work for influence, for its coordinator: what was brought before which body, what came of it, and what was recorded in
//! error.

pub mod changing;

use rinnalla_domain::access::KeepInfluence;
use rinnalla_domain::areas::AREAS;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::influence_items::rules::{
    BODY_MAX_CHARS, OUTCOME_MAX_CHARS, SECTION_MAX_CHARS, TITLE_MAX_CHARS,
};
use rinnalla_domain::influence_items::{self as items, Details, Filter, InfluenceItem, Record};
use rinnalla_domain::page::{MAX_FIRST, PageArgs};
use rinnalla_domain::states::{InfluenceKind, InfluenceOutcome};

use super::answer::Answer;
use super::associations::Own;
use super::form::{Faults, Form};
use super::listing::{Card, Listing, Way};
use super::sent::Reading;
use super::visit::Visit;

/// What the address of those that wait for an answer names.
const PENDING: &str = "pending";

/// The own association's items, the latest first; those alone that wait for an answer, where the address says so.
pub async fn list(visit: Visit) -> Result<Answer> {
    Own::of::<KeepInfluence>(&visit)?;
    let waits = visit.query.get("only") == PENDING;
    let filter = Filter {
        kind: None,
        outcome: waits.then_some(InfluenceOutcome::Pending),
    };
    let args = PageArgs {
        first: MAX_FIRST,
        after: None,
        total: false,
    };
    let found = items::list(&visit.ctx, &filter, args).await?;
    let (none, other, path) = match waits {
        true => (
            "influence-none-pending",
            "influence-all",
            "/influence".to_owned(),
        ),
        false => (
            "influence-none",
            "influence-only-pending",
            format!("/influence?only={PENDING}"),
        ),
    };
    let mut listing = Listing::new(&visit, visit.say("influence"), none);
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    listing.ways = vec![
        Way::new(&visit, "/influence/new", "influence-new"),
        Way::new(&visit, path, other),
    ];
    listing.cards = found.rows.iter().map(|it| card(&visit, it)).collect();
    listing.answer()
}

fn card(visit: &Visit, of: &InfluenceItem) -> Card {
    let texts = &visit.frame.texts;
    let path = format!("/influence/{}", of.id.encode());
    let kind = texts.name_of("influence-kind", &of.kind.code());
    let outcome = texts.name_of("influence-outcome", &of.outcome.code());
    let body = [
        Some(&of.body),
        of.section.as_ref(),
        of.register_number.as_ref(),
    ];
    let body: Vec<&str> = body.into_iter().flatten().map(String::as_str).collect();
    let took_part = of.participants;
    let lines = [
        Some(format!("{kind}, {}", texts.date(of.on_date))),
        Some(body.join(", ")),
        took_part.map(|n| texts.with("influence-took-part", &[("n", n)])),
        of.area
            .map(|area| texts.name_of("influence-area", &area.to_string())),
        of.outcome_told.clone(),
    ];
    let waits = of.outcome == InfluenceOutcome::Pending;
    let news = waits.then(|| Way::new(visit, format!("{path}/news"), "influence-news"));
    Card {
        title: of.title.clone(),
        status: outcome,
        warnings: Vec::new(),
        lines: lines.into_iter().flatten().collect(),
        ways: news
            .into_iter()
            .chain([
                Way::new(visit, path.clone(), "influence-edit"),
                Way::new(visit, format!("{path}/cancel"), "influence-cancel"),
            ])
            .collect(),
    }
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records an item.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let details = details(&mut reading);
        let (organisation, details) = reading.done(organisation.zip(details))?;
        let input = Record {
            organisation,
            details,
        };
        items::record(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/influence?done=influence-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<KeepInfluence>(visit)?;
    let form = Form::new(visit, "influence-item", faults)
        .headed("influence-new")
        .back("/influence".to_owned());
    let form = own.ask(form, &own.known(visit).await?);
    fields(form, visit, None).answer()
}

/// The item in the path, for whoever keeps it.
async fn find(visit: &Visit) -> Result<InfluenceItem> {
    Own::of::<KeepInfluence>(visit)?;
    let found = items::find(&visit.ctx, visit.id()?).await?;
    found.filter(|it| !it.is_cancelled).ok_or(Error::NotFound)
}

fn details(reading: &mut Reading<'_>) -> Option<Details> {
    let kind = reading.choice("kind", InfluenceKind::ALL, InfluenceKind::code);
    let title = reading.text("title");
    let body = reading.text("body");
    let on = reading.day("on");
    let participants = reading.number_if("participants");
    let area = reading.number_if("area");
    let outcome = reading.choice("outcome", InfluenceOutcome::ALL, InfluenceOutcome::code);
    Some(Details {
        kind: kind?,
        title: title?,
        body: body?,
        on: on?,
        section: reading.text_if("section"),
        register_number: reading.text_if("registerNumber"),
        participants,
        outcome: outcome?,
        outcome_told: reading.text_if("outcomeTold"),
        area,
    })
}

/// What is asked of an item, with what stands.
fn fields(form: Form, visit: &Visit, of: Option<&InfluenceItem>) -> Form {
    let texts = &visit.frame.texts;
    let kinds = texts.named("influence-kind", InfluenceKind::ALL, InfluenceKind::code);
    let areas: Vec<i32> = AREAS.collect();
    let areas = texts.named("influence-area", &areas, |area| area.to_string());
    let section = of.and_then(|it| it.section.clone());
    let number = of.and_then(|it| it.register_number.clone());
    let form = form
        .choices("kind", kinds, of.map(|it| it.kind.code()))
        .long_line("title", of.map(|it| it.title.clone()), TITLE_MAX_CHARS)
        .long_line("body", of.map(|it| it.body.clone()), BODY_MAX_CHARS)
        .day("on", of.map(|it| it.on_date))
        .long_line("section", section, SECTION_MAX_CHARS)
        .long_line("registerNumber", number, SECTION_MAX_CHARS)
        .number("participants", of.and_then(|it| it.participants))
        .select(
            "area",
            areas,
            of.and_then(|it| it.area).map(|it| it.to_string()),
        );
    let pending = Some(InfluenceOutcome::Pending);
    came_of(form, visit, of.map(|it| it.outcome).or(pending), of)
}

/// What came of an item; `likely` is chosen at first.
fn came_of(
    form: Form,
    visit: &Visit,
    likely: Option<InfluenceOutcome>,
    of: Option<&InfluenceItem>,
) -> Form {
    let texts = &visit.frame.texts;
    let all = InfluenceOutcome::ALL;
    let outcomes = texts.named("influence-outcome", all, InfluenceOutcome::code);
    let told = of.and_then(|it| it.outcome_told.clone());
    form.choices("outcome", outcomes, likely.map(InfluenceOutcome::code))
        .long_line("outcomeTold", told, OUTCOME_MAX_CHARS)
}
