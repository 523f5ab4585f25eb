//! A joint review: how it stands, and the three things that may be done about it. It is the worked example of an item's
//! page with its forms.

pub mod book;
pub mod held;
pub mod not_held;
pub mod sheet;

use rinnalla_domain::access::RecordReviews;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, JointReviewId};
use rinnalla_domain::joint_reviews::rules::Timing;
use rinnalla_domain::joint_reviews::{self, JointReview};
use rinnalla_domain::states::JointReviewStatus;
use rinnalla_domain::support_relationships::{self, SupportRelationship};

use super::answer::Answer;
use super::form::Fact;
use super::item::{Item, Way};
use super::texts::Texts;
use super::visit::Visit;

/// A review with the relationship that it is of.
struct Found {
    review: JointReview,
    relationship: SupportRelationship,
}

/// How the review stands, and what may be done.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = find(&visit).await?;
    let timing = found.review.timing(&visit.ctx);
    let is_open = timing.is_some() && visit.may::<RecordReviews>();
    let id = found.review.id.encode();
    let ways = [
        ("held", "review-held-way"),
        ("not-held", "review-not-held-way"),
        ("book", "review-book-way"),
    ];
    let ways = ways.into_iter().filter(|_| is_open);
    let ways = ways
        .chain([("sheet", "review-sheet-way")])
        .map(|(path, text)| Way {
            path: format!("/reviews/{id}/{path}"),
            label: visit.say(text),
            hint: visit.say(&format!("{text}-hint")),
        });
    let heading = visit.say("review");
    Answer::page(&Item {
        frame: visit.frame.titled(heading.clone()),
        heading,
        status: status(&visit, &found.review),
        is_late: timing == Some(Timing::Overdue),
        facts: facts(&visit.frame.texts, &found),
        ways: ways.collect(),
    })
}

/// The review in the path, or the same answer as for one that is not there.
async fn find(visit: &Visit) -> Result<Found> {
    let with = joint_reviews::With { particulars: true };
    let review = joint_reviews::find(&visit.ctx, visit.id::<JointReviewId>()?, with)
        .await?
        .ok_or(Error::NotFound)?;
    let relationship = support_relationships::find(&visit.ctx, review.relationship_id)
        .await?
        .ok_or(Error::NotFound)?;
    Ok(Found {
        review,
        relationship,
    })
}

/// What stands above the review's page and each of its forms.
fn facts(texts: &Texts, found: &Found) -> Vec<Fact> {
    let review = &found.review;
    let mut facts = vec![
        texts.fact("case", found.relationship.shown_case_code()),
        texts.fact("review-planned", texts.day(review.planned_on)),
        texts.fact("review-window-end", texts.day(review.window_end_on)),
    ];
    if let Some(day) = review.particulars.as_ref().and_then(|it| it.booked_for) {
        facts.push(texts.fact("review-booked-for", texts.day(day)));
    }
    if let Some(day) = review.held_on {
        facts.push(texts.fact("review-held-on", texts.day(day)));
    }
    facts
}

fn status(visit: &Visit, review: &JointReview) -> String {
    let name = match (review.status, review.timing(&visit.ctx)) {
        (_, Some(Timing::Upcoming)) => "review-upcoming",
        (_, Some(Timing::Due)) => "review-is-due",
        (_, Some(Timing::Overdue)) => "review-is-overdue",
        (JointReviewStatus::Held, _) => "review-was-held",
        (JointReviewStatus::NotHeld, _) => "review-was-not-held",
        (JointReviewStatus::Planned | JointReviewStatus::Cancelled, _) => "review-was-cancelled",
    };
    visit.say(name)
}

/// The way back from a form.
fn back(found: &Found) -> String {
    format!("/reviews/{}", found.review.id.encode())
}
