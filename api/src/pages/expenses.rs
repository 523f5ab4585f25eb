//! What volunteers were paid for in a year, with a warning where a limit of what is free of tax is reached.

pub mod limits;

use std::collections::HashMap;

use chrono::Datelike as _;
use rinnalla_domain::access::RecordExpenses;
use rinnalla_domain::error::Result;
use rinnalla_domain::expenses::{self, Details, ExpenseLimits, PersonYear, Record, rules::Warning};
use rinnalla_domain::experts;
use rinnalla_domain::ids::{Id as _, OrganisationId, PersonId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::states::ExpenseKind;
use rinnalla_domain::support_persons;

use super::answer::Answer;
use super::associations::{self, Own, by_name};
use super::form::{Fact, Faults, Form};
use super::listing::{Card, Listing, Way};
use super::sent::Reading;
use super::texts::Texts;
use super::visit::Visit;

/// How many people stand on the page.
const ROWS: i32 = 100;

/// Everybody who was paid for something in the year that the address names; this one where it names none.
pub async fn list(visit: Visit) -> Result<Answer> {
    let own = Own::of::<RecordExpenses>(&visit)?;
    let this = visit.ctx.today.year();
    let year = visit.query.get("year").parse().unwrap_or(this);
    let mut facts = Vec::new();
    let mut years = Vec::new();
    for of in own.all() {
        facts.extend(limits_in(&visit, *of, year).await?);
        let page = PageArgs::new(Some(ROWS), None, false)?;
        years.extend(expenses::years(&visit.ctx, (*of, year), page).await?.rows);
    }
    let people: Vec<PersonId> = years.iter().map(|it| it.person_id).collect();
    let names = associations::names(&visit, &people).await?;
    let texts = &visit.frame.texts;
    let mut cards: Vec<Card> = years.iter().map(|it| card(texts, &names, it)).collect();
    // Whoever must be seen to comes first.
    cards.sort_by_cached_key(|it| {
        (
            it.warnings.is_empty(),
            rinnalla_domain::text::sort_key(&it.title),
        )
    });
    let title = texts.with("expenses-of", &[("year", year.to_string())]);
    let mut listing = Listing::new(&visit, title, "expenses-none");
    listing
        .ways
        .push(Way::new(&visit, "/expenses/new", "expense-record"));
    let other = if year == this { this - 1 } else { this };
    listing.ways.push(Way {
        path: format!("/expenses?year={other}"),
        label: texts.with("expenses-of", &[("year", other.to_string())]),
    });
    listing
        .ways
        .push(Way::new(&visit, "/expenses/limits", "expense-limits"));
    listing.facts = facts;
    listing.cards = cards;
    listing.answer()
}

fn card(texts: &Texts, names: &HashMap<PersonId, String>, of: &PersonYear) -> Card {
    let name = names.get(&of.person_id).cloned();
    let warning = |warning: &Warning| {
        texts.say(match warning {
            Warning::PerDiemDays => "expenses-per-diems-reached",
            Warning::OwnVehicle => "expenses-own-vehicle-reached",
        })
    };
    let line = |(kind, cents): (ExpenseKind, i64)| {
        let more = match kind {
            ExpenseKind::OwnVehicle => Some(("expenses-kilometres", of.kilometres)),
            ExpenseKind::PerDiem => Some(("expenses-days", of.days)),
            _ => None,
        };
        let more = more.map(|(text, n)| format!(", {}", texts.with(text, &[("n", n)])));
        let told = format!(
            "{}: {}",
            texts.name_of("expense-kind", &kind.code()),
            texts.euros(cents)
        );
        format!("{told}{}", more.unwrap_or_default())
    };
    Card {
        title: name.unwrap_or_else(|| texts.say("attendance-nameless")),
        status: texts.euros(of.cents),
        warnings: of.warnings.iter().map(warning).collect(),
        lines: of.sums.iter().map(|it| line((it.kind, it.cents))).collect(),
        ways: Vec::new(),
    }
}

/// The limits that hold in a year.
async fn limits_in(visit: &Visit, of: OrganisationId, year: i32) -> Result<Option<Fact>> {
    let all = expenses::limits_of(&visit.ctx, of).await?;
    let holds = |it: &&ExpenseLimits| i32::from(it.from_year) <= year;
    let texts = &visit.frame.texts;
    Ok(all.iter().find(holds).map(|it| {
        let words = [
            ("days", it.per_diem_days.to_string()),
            ("euros", texts.euros(it.own_vehicle_cents.into())),
        ];
        texts.fact("expense-limits", texts.with("expense-limits-told", &words))
    }))
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Records what somebody was paid for.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let whom = reading.id("organisationId").zip(reading.id("personId"));
        let year = reading.number("year");
        let kind = reading.choice("kind", ExpenseKind::ALL, ExpenseKind::code);
        let cents = reading.cents("cents");
        let kilometres = reading.number_if("kilometres");
        let days = reading.number_if("days");
        let told = whom.zip(year).zip(kind.zip(cents));
        let (((organisation, person), year), (kind, cents)) = reading.done(told)?;
        let input = Record {
            organisation,
            person,
            details: Details {
                year,
                kind,
                kilometres,
                days,
                cents,
            },
        };
        expenses::record(&visit.ctx, &visit.key(), input).await?;
        Ok(year)
    };
    match done.await {
        Ok(year) => Ok(Answer::to(&format!("/expenses?year={year}&done=expense"))),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<RecordExpenses>(visit)?;
    let known = rinnalla_domain::organisations::for_ids(&visit.ctx, own.all()).await?;
    let texts = &visit.frame.texts;
    let kinds = texts.named("expense-kind", ExpenseKind::ALL, ExpenseKind::code);
    own.ask(Form::new(visit, "expense-record", faults), &known)
        .back("/expenses".to_owned())
        .select("personId", volunteers(visit).await?, None)
        .number("year", Some(visit.ctx.today.year()))
        .choices("kind", kinds, None)
        .line("cents", None)
        .number("kilometres", None)
        .number("days", None)
        .answer()
}

/// The experts and support persons of the viewer's associations, by name.
async fn volunteers(visit: &Visit) -> Result<Vec<(String, String)>> {
    let page = PageArgs::new(Some(ROWS), None, false)?;
    let experts = experts::list(&visit.ctx, &Default::default(), page).await?;
    let supporters = support_persons::list(&visit.ctx, &Default::default(), page).await?;
    let mut people: Vec<PersonId> = experts.rows.iter().map(|it| it.person_id).collect();
    people.extend(supporters.rows.iter().map(|it| it.person_id));
    let names = associations::names(visit, &people).await?;
    Ok(by_name(
        names.into_iter().map(|(id, name)| (id.encode(), name)),
    ))
}
