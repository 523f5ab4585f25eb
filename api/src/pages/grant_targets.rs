//! Grant targets, for the association's coordinator: what a funder gives money for, which activities belong to it, and
//! the way to each year's sheet.

pub mod activities;
pub mod changing;

use rinnalla_domain::access::KeepGrantTargets;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::grant_targets::rules::{CODE_MAX_CHARS, NAME_MAX_CHARS};
use rinnalla_domain::grant_targets::{self as targets, Activities, Create, Details, GrantTarget};
use rinnalla_domain::ids::{GrantTargetId, Id as _};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::states::GrantKind;

use super::answer::Answer;
use super::associations::Own;
use super::figures::grant;
use super::form::{Fact, Faults, Form};
use super::listing::{Card, Listing, Way};
use super::names::Names;
use super::sent::Reading;
use super::visit::Visit;

/// The own association's targets, the latest period first.
pub async fn list(visit: Visit) -> Result<Answer> {
    Own::of::<KeepGrantTargets>(&visit)?;
    let found = targets::list(&visit.ctx, None).await?;
    let ids: Vec<GrantTargetId> = found.iter().map(|it| it.id).collect();
    let mut tied = targets::activities_for(&visit.ctx, &ids).await?;
    let names = Names::load(&visit).await?;
    let mut card = |it: &GrantTarget| {
        let path = format!("/grant-targets/{}", it.id.encode());
        let tied = told(&visit, &tied.remove(&it.id).unwrap_or_default());
        let nothing = tied.is_empty().then(|| visit.say("grant-target-nothing"));
        let texts = &visit.frame.texts;
        let talks = it
            .counts_encounters
            .then(|| texts.say("grant-target-talks"));
        let kind = texts.name_of("grant-kind", &it.kind.code());
        Card {
            title: it.name.clone(),
            status: texts.span(it.from_on, it.to_on),
            warnings: nothing.into_iter().collect(),
            lines: [funded(&names, it), kind, tied]
                .into_iter()
                .chain(talks)
                .filter(|line| !line.is_empty())
                .collect(),
            ways: vec![
                grant::way(&visit, it),
                Way::new(&visit, format!("{path}/activities"), "grant-target-tie"),
                Way::new(&visit, path.clone(), "grant-target-edit"),
                Way::new(&visit, format!("{path}/cancel"), "grant-target-cancel"),
            ],
        }
    };
    let cards = found.iter().map(&mut card).collect();
    let mut listing = Listing::new(&visit, visit.say("grant-targets"), "grant-targets-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    listing.ways = vec![Way::new(&visit, "/grant-targets/new", "grant-target-new")];
    listing.cards = cards;
    listing.answer()
}

/// Who gives the grant, and under which code.
fn funded(names: &Names, of: &GrantTarget) -> String {
    let funder = names.code(CodeList::Funder, &of.funder);
    format!("{funder}, {}", of.code)
}

/// How many activities of each kind belong to a target.
fn told(visit: &Visit, of: &Activities) -> String {
    let texts = &visit.frame.texts;
    let counts = [
        ("grant-target-courses", of.courses.len()),
        ("grant-target-places", of.places.len()),
        ("grant-target-groups", of.groups.len()),
        ("grant-target-programmes", of.programmes.len()),
        ("grant-target-influence", of.influence.len()),
    ];
    let counts = counts.into_iter().filter(|(_, n)| *n > 0);
    let told: Vec<String> = counts.map(|(id, n)| texts.with(id, &[("n", n)])).collect();
    told.join(", ")
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Adds a target.
pub async fn add(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let details = details(&mut reading);
        let (organisation, details) = reading.done(organisation.zip(details))?;
        let input = Create {
            organisation,
            details,
        };
        targets::create(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/grant-targets?done=grant-target-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<KeepGrantTargets>(visit)?;
    let form = Form::new(visit, "grant-target", faults)
        .headed("grant-target-new")
        .back("/grant-targets".to_owned());
    let form = own.ask(form, &own.known(visit).await?);
    let names = Names::load(visit).await?;
    fields(form, visit, &names, None).answer()
}

/// The target in the path, for whoever keeps it.
async fn find(visit: &Visit) -> Result<GrantTarget> {
    Own::of::<KeepGrantTargets>(visit)?;
    let found = targets::find(&visit.ctx, visit.id()?).await?;
    found.filter(|it| !it.is_cancelled).ok_or(Error::NotFound)
}

/// A target as it stands, above its forms.
fn facts(visit: &Visit, names: &Names, of: &GrantTarget) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let kind = texts.name_of("grant-kind", &of.kind.code());
    vec![
        texts.fact("grant-target", of.name.clone()),
        texts.fact("grant-funder", funded(names, of)),
        texts.fact("grant-kind", kind),
        texts.fact("grant-period", texts.span(of.from_on, of.to_on)),
    ]
}

fn details(reading: &mut Reading<'_>) -> Option<Details> {
    let funder = reading.text("funder");
    let code = reading.text("code");
    let name = reading.text("name");
    let kind = reading.choice("kind", GrantKind::ALL, GrantKind::code);
    let from = reading.day("from");
    let to = reading.day_if("to");
    Some(Details {
        funder: funder?,
        code: code?,
        name: name?,
        kind: kind?,
        from: from?,
        to,
        counts_encounters: reading.tick("countsEncounters"),
    })
}

/// What is asked of a target, with what stands.
fn fields(form: Form, visit: &Visit, names: &Names, of: Option<&GrantTarget>) -> Form {
    let kinds = visit
        .frame
        .texts
        .named("grant-kind", GrantKind::ALL, GrantKind::code);
    form.long_line("name", of.map(|it| it.name.clone()), NAME_MAX_CHARS)
        .select(
            "funder",
            names.all(CodeList::Funder),
            of.map(|it| it.funder.clone()),
        )
        .long_line("code", of.map(|it| it.code.clone()), CODE_MAX_CHARS)
        .choices("kind", kinds, of.map(|it| it.kind.code()))
        .day("from", of.map(|it| it.from_on))
        .day("to", of.and_then(|it| it.to_on))
        .tick(
            "countsEncounters",
            of.is_some_and(|it| it.counts_encounters),
        )
}
