//! Feedback on a course, for whoever has the code: nobody is signed in, and nothing tells which course it is.

use askama::Template;
use poem::http::StatusCode;
use rinnalla_domain::courses::{self, Answers};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{CourseFeedbackAnswerId, Id as _};

use crate::pages::answer::Answer;
use crate::pages::form::Faults;
use crate::pages::visit::{Frame, Visit};

/// The statements, as fields and texts call them.
const STATEMENTS: [&str; 4] = ["heard", "safe", "useful", "recommends"];

#[derive(Template)]
#[template(path = "feedback.html")]
struct Feedback {
    frame: Frame,
    /// Field and statement.
    statements: Vec<(&'static str, String)>,
    faults: Vec<String>,
    /// The answer's own name, so that a button pressed twice is one answer.
    answer: String,
    is_given: bool,
}

/// The form, as long as the code takes answers.
pub async fn show(visit: Visit) -> Result<Answer> {
    let answer = CourseFeedbackAnswerId::random().encode();
    let is_given = visit.query.get("done") == "feedback";
    page(&visit, answer, is_given, &Faults::default()).await
}

/// Keeps what was answered.
pub async fn give(visit: Visit) -> Result<Answer> {
    let sent = visit.sent.get("answer").to_owned();
    let id = CourseFeedbackAnswerId::decode(&sent).ok_or(Error::NotFound)?;
    let told = |field: &str| visit.sent.get(field).parse().ok();
    let answers = Answers {
        heard: told("heard"),
        safe: told("safe"),
        useful: told("useful"),
        recommends: told("recommends"),
    };
    let code = visit.part.clone().unwrap_or_default();
    match courses::give_feedback(&visit.ctx, &code, id, answers).await {
        Ok(()) => Ok(Answer::to(&format!("/feedback/{code}?done=feedback"))),
        Err(error) => page(&visit, sent, false, &Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, answer: String, is_given: bool, faults: &Faults) -> Result<Answer> {
    let code = visit.part.as_deref().unwrap_or_default();
    if !courses::takes_feedback(&visit.ctx, code).await? {
        return Err(Error::NotFound);
    }
    let texts = &visit.frame.texts;
    let statement = |field| (field, texts.say(&format!("feedback-{field}")));
    let page = Feedback {
        statements: STATEMENTS.map(statement).into(),
        faults: faults.codes().map(|code| texts.fault(code)).collect(),
        answer,
        is_given,
        frame: visit.frame.titled(visit.say("feedback")),
    };
    let status = match faults.codes().next() {
        None => StatusCode::OK,
        Some(_) => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::page(&page)?.status(status))
}
