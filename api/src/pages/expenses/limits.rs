//! What may be paid free of tax, from which year on. Everybody who keeps expenses sees it; an administrator adds to it.

use chrono::Datelike as _;
use rinnalla_domain::access::{ManageExpenseLimits, ReadExpenseLimits};
use rinnalla_domain::error::Result;
use rinnalla_domain::expenses::{self, AddLimits, ExpenseLimits};
use rinnalla_domain::organisations;

use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// Every limit, the latest year first.
pub async fn list(visit: Visit) -> Result<Answer> {
    let own = Own::of::<ReadExpenseLimits>(&visit)?;
    let known = organisations::for_ids(&visit.ctx, own.all()).await?;
    let mut cards = Vec::new();
    for of in own.all() {
        let name = known.get(of).map(|it| it.name.as_str());
        let found = expenses::limits_of(&visit.ctx, *of).await?;
        let of_whom = name.filter(|_| own.all().len() > 1);
        cards.extend(found.iter().map(|it| card(&visit, it, of_whom)));
    }
    let mut listing = Listing::new(&visit, visit.say("expense-limits"), "expense-limits-none");
    listing.back = Way::new(&visit, "/expenses", "back-to-expenses");
    if visit.may::<ManageExpenseLimits>() {
        let add = Way::new(&visit, "/expenses/limits/new", "expense-limits-new");
        listing.ways.push(add);
    }
    listing.cards = cards;
    listing.answer()
}

fn card(visit: &Visit, of: &ExpenseLimits, whose: Option<&str>) -> Card {
    let texts = &visit.frame.texts;
    let from = [("year", of.from_year.to_string())];
    let words = [
        ("days", of.per_diem_days.to_string()),
        ("euros", texts.euros(of.own_vehicle_cents.into())),
    ];
    Card {
        title: texts.with("expense-limits-from", &from),
        status: texts.say(match of.is_own {
            true => "expense-limits-own",
            false => "expense-limits-common",
        }),
        warnings: Vec::new(),
        lines: [
            Some(texts.with("expense-limits-told", &words)),
            whose.map(str::to_owned),
        ]
        .into_iter()
        .flatten()
        .collect(),
        ways: Vec::new(),
    }
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Adds limits, or puts those of that year right.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let from_year = reading.number("fromYear");
        let days = reading.number("perDiemDays");
        let cents = reading.cents("ownVehicleCents");
        let told = organisation.zip(from_year).zip(days.zip(cents));
        let ((organisation, from_year), (per_diem_days, own_vehicle_cents)) = reading.done(told)?;
        let input = AddLimits {
            organisation,
            from_year,
            per_diem_days,
            own_vehicle_cents,
        };
        expenses::add_limits(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/expenses/limits?done=expense-limits-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageExpenseLimits>(visit)?;
    let known = organisations::for_ids(&visit.ctx, own.all()).await?;
    own.ask(Form::new(visit, "expense-limits-new", faults), &known)
        .back("/expenses/limits".to_owned())
        .number("fromYear", Some(visit.ctx.today.year() + 1))
        .number("perDiemDays", None)
        .line("ownVehicleCents", None)
        .answer()
}
