//! The wish box of a drop-in place, for anybody: what came of earlier wishes, and a form for another. Nobody is signed in, and
//! nothing is kept of who wished.

use askama::Template;
use poem::http::StatusCode;
use rinnalla_domain::areas::AREAS;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::wishes::{self, SendWish};

use super::answer::Answer;
use super::form::Faults;
use super::visit::{Frame, Visit};

struct Fault {
    text: String,
    is_on_text: bool,
}

struct Area {
    code: String,
    name: String,
    is_chosen: bool,
}

struct Told {
    told: String,
    status: String,
    answer: Option<String>,
}

#[derive(Template)]
#[template(path = "wishes.html")]
struct WishBox {
    frame: Frame,
    heading: String,
    /// The wish's own name, so that a button pressed twice is one wish.
    key: String,
    text: String,
    areas: Vec<Area>,
    told: Vec<Told>,
    faults: Vec<Fault>,
    is_sent: bool,
}

impl WishBox {
    /// What is wrong with the wish itself.
    fn text_fault(&self) -> Option<&str> {
        let mut faults = self.faults.iter();
        let found = faults.find(|fault| fault.is_on_text);
        found.map(|fault| fault.text.as_str())
    }
}

/// The box, as long as the place takes wishes.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, &Faults::default()).await
}

/// Keeps a wish.
pub async fn send(visit: Visit) -> Result<Answer> {
    let slug = visit.part.clone().unwrap_or_default();
    let area = visit.sent.get("area").parse().ok();
    // A textarea breaks lines; a wish is one.
    let lines = visit.sent.get("text").split_whitespace();
    let text = lines.collect::<Vec<_>>().join(" ");
    let wish = SendWish {
        slug: slug.clone(),
        text,
        area,
    };
    match wishes::send(&visit.ctx, visit.sent.get("key"), wish).await {
        Ok(_) => Ok(Answer::to(&format!("/wishes/{slug}?done=wish"))),
        Err(error) => page(&visit, &Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: &Faults) -> Result<Answer> {
    let slug = visit.part.as_deref().unwrap_or_default();
    let place = wishes::takes_wishes(&visit.ctx, slug).await?;
    let place = place.ok_or(Error::NotFound)?;
    let texts = &visit.frame.texts;
    let status = |code: String| {
        texts.say(&format!(
            "wish-status-{}",
            code.to_lowercase().replace('_', "-")
        ))
    };
    let told = wishes::told(&visit.ctx, slug).await?.into_iter();
    let told = told.map(|wish| Told {
        told: wish.told,
        status: status(wish.status.code()),
        answer: wish.answer,
    });
    let key = match visit.sent.get("key") {
        "" => visit.ctx.request.encode(),
        sent => sent.to_owned(),
    };
    let area = |area: i32| Area {
        code: area.to_string(),
        name: texts.say(&format!("wish-area-{area}")),
        is_chosen: visit.sent.get("area") == area.to_string(),
    };
    let fault = |code| Fault {
        text: texts.fault(code),
        is_on_text: !["RATE_LIMITED", "BOX_FULL"].contains(&code),
    };
    let codes: Vec<&str> = faults.codes().collect();
    let mut title = texts.with("wishes", &[("place", place.as_str())]);
    if !codes.is_empty() {
        title = texts.with("title-with-faults", &[("title", title.as_str())]);
    }
    let page = WishBox {
        heading: texts.with("wishes", &[("place", place.as_str())]),
        frame: visit.frame.titled(title),
        key,
        text: visit.sent.get("text").to_owned(),
        areas: AREAS.map(area).collect(),
        told: told.collect(),
        faults: codes.iter().copied().map(fault).collect(),
        is_sent: visit.query.get("done") == "wish",
    };
    let status = match codes.as_slice() {
        [] => StatusCode::OK,
        ["RATE_LIMITED"] => StatusCode::TOO_MANY_REQUESTS,
        _ => StatusCode::UNPROCESSABLE_ENTITY,
    };
    Ok(Answer::page(&page)?.status(status))
}
