//! The page that the link in a mail opens. Opening it does nothing yet, since mail programs and their scanners open
//! links, too; the button on it signs in.

use askama::Template;
use poem::http::{StatusCode, header};
use rinnalla_domain::error::Result;
use rinnalla_domain::sessions::{self, Link, SignedIn};
use rinnalla_domain::tokens::AccessToken;

use super::answer::{Answer, fault};
use super::cookies;
use super::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "door.html")]
struct Door {
    frame: Frame,
}

/// The button, if the link is good.
pub async fn show(visit: Visit) -> Result<Answer> {
    let Some(token) = token(&visit) else {
        return Ok(no_longer(&visit));
    };
    match sessions::look_at(&visit.ctx, &token).await? {
        Link::NoLonger => Ok(no_longer(&visit)),
        Link::Good => Answer::page(&Door {
            frame: visit.frame.titled(visit.say("door")),
        }),
    }
}

/// Uses the link. A button that was pressed twice leads on as well.
pub async fn enter(visit: Visit) -> Result<Answer> {
    let Some(token) = token(&visit) else {
        return Ok(no_longer(&visit));
    };
    let browser = cookies::read(&visit.headers, cookies::BROWSER)
        .and_then(|sent| AccessToken::parse(sent).ok());
    let user_agent = visit.headers.get(header::USER_AGENT);
    let user_agent = user_agent
        .and_then(|value| value.to_str().ok())
        .unwrap_or_default();
    match sessions::sign_in(&visit.register, &token, browser.as_ref(), user_agent).await? {
        SignedIn::Now { session, leads_to } => Ok(Answer::to(&leads_to)
            .with(
                header::SET_COOKIE,
                cookies::set(cookies::SESSION, session.reveal()),
            )
            .with(header::SET_COOKIE, cookies::clear(cookies::BROWSER))),
        SignedIn::OtherBrowser => Ok(fault(
            &visit.frame,
            StatusCode::FORBIDDEN,
            "other-browser",
            None,
        )),
        SignedIn::NoLonger if visit.with.is_some() => Ok(Answer::to("/")),
        SignedIn::NoLonger => Ok(no_longer(&visit)),
    }
}

fn token(visit: &Visit) -> Option<AccessToken> {
    AccessToken::parse(visit.part.as_deref()?).ok()
}

fn no_longer(visit: &Visit) -> Answer {
    fault(&visit.frame, StatusCode::GONE, "link", None)
}
