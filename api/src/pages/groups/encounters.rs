//! Talks that are counted one by one: those that were recorded, one more, and one taken back. Nobody's name is asked.

use rinnalla_domain::access::RecordEncounters;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::peer_groups::{self as groups, CancelEncounter, Encounter, RecordEncounter};
use rinnalla_domain::states::RehabilitationPhase;

use super::LATEST;
use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The talks that one recorded, or that are one's association's, the latest first.
pub async fn list(visit: Visit) -> Result<Answer> {
    if !visit.may::<RecordEncounters>() {
        return Err(Error::NotFound);
    }
    let found = groups::encounters(&visit.ctx, LATEST).await?;
    let names = Names::load(&visit).await?;
    let texts = &visit.frame.texts;
    let card = |it: &Encounter| {
        let cancel = format!("/encounters/{}/cancel", it.id.encode());
        Card {
            title: texts.day(it.on_date),
            status: names.code(CodeList::EncounterKind, &it.kind),
            warnings: Vec::new(),
            lines: vec![
                texts.name_of("phase", &it.phase.code()),
                texts.with("encounter-talks", &[("n", it.talks)]),
            ],
            ways: vec![Way::new(&visit, cancel, "encounter-cancel")],
        }
    };
    let mut listing = Listing::new(&visit, visit.say("encounters"), "encounters-none");
    listing.back = Way::new(&visit, "/groups", "back-to-groups");
    listing.ways = vec![Way::new(&visit, "/encounters/new", "encounter-new")];
    listing.cards = found.rows.iter().map(card).collect();
    listing.answer()
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Counts them.
pub async fn record(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let kind = reading.text("kind");
        let phases = RehabilitationPhase::ALL;
        let phase = reading.choice("phase", phases, RehabilitationPhase::code);
        let on = reading.day("on");
        let talks = reading.number("talks");
        let told = organisation.zip(kind.zip(phase)).zip(on.zip(talks));
        let ((organisation, (kind, phase)), (on, talks)) = reading.done(told)?;
        let input = RecordEncounter {
            organisation,
            kind,
            phase,
            on,
            talks,
        };
        groups::record_encounter(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/encounters?done=encounter-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question whether they were recorded in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes them back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = CancelEncounter {
            encounter: visit.id()?,
            version: visit.version(),
        };
        groups::cancel_encounter(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/encounters?done=encounter-cancel")),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::with_a_role::<RecordEncounters>(visit)?;
    let names = Names::load(visit).await?;
    let texts = &visit.frame.texts;
    let phases = RehabilitationPhase::ALL;
    let phases = texts.named("phase", phases, RehabilitationPhase::code);
    own.ask(
        Form::new(visit, "encounter-new", faults),
        &own.known(visit).await?,
    )
    .back("/groups".to_owned())
    .choices("kind", names.all(CodeList::EncounterKind), None)
    .choices("phase", phases, None)
    .day("on", Some(visit.ctx.today))
    .number("talks", Some(1))
    .answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = match groups::find_encounter(&visit.ctx, visit.id()?).await {
        Err(Error::Forbidden) => None,
        found => found?,
    };
    let found = found.filter(|it| !it.is_cancelled);
    let found = found.ok_or(Error::NotFound)?;
    let names = Names::load(visit).await?;
    let texts = &visit.frame.texts;
    let kind = names.code(CodeList::EncounterKind, &found.kind);
    let told = format!("{}. {kind}", texts.day(found.on_date));
    let talks = texts.with("encounter-talks", &[("n", found.talks)]);
    Form::new(visit, "encounter-cancel", faults)
        .about(vec![texts.fact("encounter", format!("{told}. {talks}"))])
        .version(found.version)
        .back("/encounters".to_owned())
        .answer()
}
