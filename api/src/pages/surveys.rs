//! A survey wave, for anybody who has its code: ten statements, five steps, and nobody is asked who they are. The statements are the
//! official form's, as the association loaded them; where it has loaded none they are on paper, and the page has their
//! numbers.

use askama::Template;
use poem::http::StatusCode;
use rinnalla_domain::case_code::CaseCode;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::survey_waves::rules::{STATEMENTS, STEPS};
use rinnalla_domain::survey_waves::{self, SendAnswer};

use super::answer::Answer;
use super::form::Faults;
use super::texts::Texts;
use super::visit::{Frame, Visit};

/// Where the code is typed in.
#[derive(Template)]
#[template(path = "survey_code.html")]
struct Code {
    frame: Frame,
    code: String,
    is_unknown: bool,
    is_sent: bool,
}

#[derive(Template)]
#[template(path = "survey.html")]
struct Survey {
    frame: Frame,
    /// The answer's own name, so that a button pressed twice is one answer.
    key: String,
    is_on_paper: bool,
    statements: Vec<Statement>,
    faults: Vec<String>,
}

struct Statement {
    no: usize,
    line: String,
    steps: Vec<Step>,
}

struct Step {
    value: String,
    name: String,
    is_chosen: bool,
}

/// A form for the code; a known code leads to its survey.
pub async fn enter(visit: Visit) -> Result<Answer> {
    let written = visit.query.get("code").to_owned();
    if let Ok(code) = CaseCode::parse(&written)
        && survey_waves::public_survey(&visit.ctx, code.as_str())
            .await?
            .is_some()
    {
        return Ok(Answer::to(&format!("/surveys/{}", code.as_str())));
    }
    let is_unknown = !written.is_empty();
    let page = Code {
        frame: visit.frame.titled(visit.say("survey")),
        code: written,
        is_unknown,
        is_sent: visit.query.get("done") == "survey",
    };
    let status = match is_unknown {
        true => StatusCode::NOT_FOUND,
        false => StatusCode::OK,
    };
    Ok(Answer::page(&page)?.status(status))
}

/// The survey, as long as it takes answers.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, &Faults::default()).await
}

/// Keeps an answer.
pub async fn send(visit: Visit) -> Result<Answer> {
    let step = |no: usize| visit.sent.get(&field(no)).parse().ok();
    let answer = SendAnswer {
        code: visit.part.clone().unwrap_or_default(),
        answers: (1..=STATEMENTS).map(step).collect(),
    };
    match survey_waves::send(&visit.ctx, visit.sent.get("key"), answer).await {
        Ok(()) => Ok(Answer::to("/surveys?done=survey")),
        Err(error) => page(&visit, &Faults::of(error)?).await,
    }
}

fn field(no: usize) -> String {
    format!("s{no}")
}

async fn page(visit: &Visit, faults: &Faults) -> Result<Answer> {
    let code = visit.part.as_deref().unwrap_or_default();
    let found = survey_waves::public_survey(&visit.ctx, code).await?;
    let lines = found.ok_or(Error::NotFound)?.lines;
    let texts = &visit.frame.texts;
    let statement = |no: usize| Statement {
        no,
        line: match lines.get(no - 1) {
            Some(line) => line.clone(),
            None => texts.with("survey-statement", &[("no", no.to_string())]),
        },
        steps: STEPS.map(|step| step_of(visit, no, step)).collect(),
    };
    let codes: Vec<&str> = faults.codes().collect();
    let mut title = texts.say("survey");
    if !codes.is_empty() {
        title = texts.with("title-with-faults", &[("title", title.as_str())]);
    }
    let page = Survey {
        frame: visit.frame.titled(title),
        key: match visit.sent.get("key") {
            "" => visit.ctx.request.encode(),
            sent => sent.to_owned(),
        },
        is_on_paper: lines.is_empty(),
        statements: (1..=STATEMENTS).map(statement).collect(),
        faults: codes.iter().map(|code| fault(texts, code)).collect(),
    };
    let status = match codes.as_slice() {
        [] => StatusCode::OK,
        ["RATE_LIMITED"] => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::page(&page)?.status(status))
}

/// One of the five steps: a number, and at both ends what it means.
fn step_of(visit: &Visit, no: usize, step: i32) -> Step {
    let texts = &visit.frame.texts;
    let value = step.to_string();
    Step {
        name: match step {
            1 => texts.say("survey-step-least"),
            5 => texts.say("survey-step-most"),
            _ => value.clone(),
        },
        is_chosen: visit.sent.get(&field(no)) == value,
        value,
    }
}

/// What is wrong, in words for somebody who answers.
fn fault(texts: &Texts, code: &str) -> String {
    match code {
        "EMPTY" => texts.say("survey-empty"),
        "TOO_MANY" => texts.say("survey-full"),
        code => texts.fault(code),
    }
}
