//! A target put right, or taken back where it was added in error.

use rinnalla_domain::error::Result;
use rinnalla_domain::grant_targets::{self as targets, Cancel, Correct};
use rinnalla_domain::ids::Id as _;

use super::{details, facts, fields, find};
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form with what stands.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Puts it right.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let details = details(&mut reading);
        let input = Correct {
            target: visit.id()?,
            version: visit.version(),
            details: reading.done(details)?,
        };
        targets::correct(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/grant-targets?done=grant-target-edit")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question whether it was added in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = Cancel {
            target: visit.id()?,
            version: visit.version(),
        };
        targets::cancel(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/grant-targets?done=grant-target-cancel")),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let names = Names::load(visit).await?;
    // What was typed stands in the fields; how it stands now, above them.
    let stands = match visit.sent.is_empty() {
        true => Vec::new(),
        false => facts(visit, &names, &found),
    };
    let form = Form::new(visit, "grant-target", faults)
        .headed("grant-target-edit")
        .about(stands)
        .version(found.version)
        .back("/grant-targets".to_owned());
    fields(form, visit, &names, Some(&found)).answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let names = Names::load(visit).await?;
    Form::new(visit, "grant-target-cancel", faults)
        .about(facts(visit, &names, &found))
        .version(found.version)
        .back("/grant-targets".to_owned())
        .link(
            format!("/grant-targets/{}/activities", found.id.encode()),
            "grant-target-tie",
        )
        .answer()
}
