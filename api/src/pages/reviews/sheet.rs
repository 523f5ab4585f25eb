//! The sheet of a review: what is to be recorded, as boxes to tick, and the association's own questions with room to write.
//! The answers stay on the paper.

use askama::Template;
use rinnalla_domain::error::Result;
use rinnalla_domain::states::{PrintedTextKind, ReviewChannel, ReviewOutcome, ReviewProgress};

use crate::pages::answer::Answer;
use crate::pages::form::Fact;
use crate::pages::paper::{INTERVALS, Paper, Sheet};
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "review_sheet.html")]
struct ReviewSheet {
    sheet: Sheet,
    facts: Vec<Fact>,
    /// What is to be recorded: its name, and what there is to tick.
    rows: Vec<(String, Vec<String>)>,
    questions: Vec<String>,
    /// How many lines there are to write on below each.
    lines: usize,
}

/// So many questions fit on one page with three lines below each; of more, two have to do.
const ROOMY: usize = 4;

/// The sheet.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = super::find(&visit).await?;
    let paper = Paper::of(
        &visit,
        found.relationship.organisation_id,
        Some(PrintedTextKind::ReviewQuestions),
        "paper-review",
        super::back(&found),
    )
    .await?;
    let texts = paper.sheet.texts;
    let names = |of: Vec<(String, String)>| of.into_iter().map(|(_, name)| name).collect();
    let present = [
        "paper-professional",
        "paper-supported",
        "paper-support-person",
    ];
    let months = |months: i16| texts.with("paper-months", &[("months", months)]);
    let rows = vec![
        (
            texts.say("paper-present"),
            present.map(|it| texts.say(it)).into(),
        ),
        (
            texts.say("review-held-channel"),
            names(texts.named("channel", ReviewChannel::ALL, ReviewChannel::code)),
        ),
        (
            texts.say("review-held-progress"),
            names(texts.named("progress", ReviewProgress::ALL, ReviewProgress::code)),
        ),
        (
            texts.say("review-held-outcome"),
            names(texts.named("outcome", ReviewOutcome::ALL, ReviewOutcome::code)),
        ),
        (
            texts.say("review-held-next-interval-months"),
            INTERVALS.map(months).into(),
        ),
    ];
    let questions = paper.own.map_or_else(Vec::new, |own| own.lines);
    Answer::page(&ReviewSheet {
        facts: super::facts(&texts, &found),
        rows,
        lines: if questions.len() > ROOMY { 2 } else { 3 },
        questions,
        sheet: paper.sheet,
    })
}
