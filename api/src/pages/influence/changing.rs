//! An item as it has become: what came of it, whatever is otherwise; or taken back, where it was recorded in error.

use rinnalla_domain::error::Result;
use rinnalla_domain::influence_items::{self as items, Cancel, Correct, Details, InfluenceItem};
use rinnalla_domain::states::InfluenceOutcome;

use super::{card, details, fields, find};
use crate::pages::answer::Answer;
use crate::pages::form::{Fact, Faults, Form};
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
        put(&visit, reading.done(details)?).await
    };
    match done.await {
        Ok(()) => Ok(Answer::to("/influence?done=influence-edit")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// The question what came of it.
pub async fn show_news(visit: Visit) -> Result<Answer> {
    news_page(&visit, Faults::default()).await
}

/// Records what came of it; all else stays as it stands.
pub async fn tell(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let all = InfluenceOutcome::ALL;
        let outcome = reading.choice("outcome", all, InfluenceOutcome::code);
        let outcome_told = reading.text_if("outcomeTold");
        let outcome = reading.done(outcome)?;
        let stands = find(&visit).await?;
        let details = Details {
            kind: stands.kind,
            title: stands.title,
            body: stands.body,
            on: stands.on_date,
            section: stands.section,
            register_number: stands.register_number,
            participants: stands.participants,
            outcome,
            outcome_told,
            area: stands.area.map(i32::from),
        };
        put(&visit, details).await
    };
    match done.await {
        Ok(()) => Ok(Answer::to("/influence?done=influence-news")),
        Err(error) => news_page(&visit, Faults::of(error)?).await,
    }
}

async fn put(visit: &Visit, details: Details) -> Result<()> {
    let input = Correct {
        item: visit.id()?,
        version: visit.version(),
        details,
    };
    items::correct(&visit.ctx, &visit.key(), input).await?;
    Ok(())
}

/// The question whether it was recorded in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = Cancel {
            item: visit.id()?,
            version: visit.version(),
        };
        items::cancel(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/influence?done=influence-cancel")),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

/// An item as it stands, above its forms.
fn facts(visit: &Visit, of: &InfluenceItem) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let card = card(visit, of);
    vec![
        texts.fact("influence", card.title),
        texts.fact("influence-told", card.lines.join(". ")),
        texts.fact("influence-outcome", card.status),
    ]
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    // What was typed stands in the fields; how it stands now, above them.
    let stands = match visit.sent.is_empty() {
        true => Vec::new(),
        false => facts(visit, &found),
    };
    let form = Form::new(visit, "influence-item", faults)
        .headed("influence-edit")
        .about(stands)
        .version(found.version)
        .back("/influence".to_owned());
    fields(form, visit, Some(&found)).answer()
}

async fn news_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let form = Form::new(visit, "influence-news", faults)
        .about(facts(visit, &found))
        .version(found.version)
        .back("/influence".to_owned());
    super::came_of(form, visit, None, Some(&found)).answer()
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    Form::new(visit, "influence-cancel", faults)
        .about(facts(visit, &found))
        .version(found.version)
        .back("/influence".to_owned())
        .answer()
}
