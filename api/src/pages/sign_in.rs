//! Asking for a link. Whoever asks is told the same, whether the address is known or not.

use askama::Template;
use poem::http::{HeaderValue, StatusCode, header};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::sessions::{self, Ask, Asked};
use rinnalla_domain::tokens::AccessToken;

use super::answer::Answer;
use super::cookies;
use super::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "sign_in.html")]
struct SignIn {
    frame: Frame,
    email: String,
    leads_to: String,
    fault: Option<String>,
}

#[derive(Template)]
#[template(path = "link_sent.html")]
struct LinkSent {
    frame: Frame,
}

/// The field for the address; whoever is signed in is led on.
pub async fn show(visit: Visit) -> Result<Answer> {
    let leads_to = sessions::rules::leads_to(visit.query.get("to")).to_owned();
    if visit.with.is_some() {
        return Ok(Answer::to(&leads_to));
    }
    page(&visit, leads_to, None)
}

/// Notes that somebody wants a link, and binds it to this browser.
pub async fn ask(visit: Visit) -> Result<Answer> {
    let leads_to = sessions::rules::leads_to(visit.sent.get("to")).to_owned();
    let browser = cookies::read(&visit.headers, cookies::BROWSER)
        .and_then(|sent| AccessToken::parse(sent).ok())
        .unwrap_or_else(AccessToken::random);
    let ask = Ask {
        email: visit.sent.get("email"),
        browser: &browser,
        address: visit.address,
        leads_to: &leads_to,
    };
    match sessions::ask(&visit.ctx, &ask).await {
        Ok(Asked::Noted) => {
            let frame = visit.frame.titled(visit.say("link-sent"));
            let cookie = cookies::set(cookies::BROWSER, browser.reveal());
            Ok(Answer::page(&LinkSent { frame })?.with(header::SET_COOKIE, cookie))
        }
        Ok(Asked::TooMany { retry_after }) => {
            let minutes = retry_after.as_secs().div_ceil(60);
            let fault = visit
                .frame
                .texts
                .with("sign-in-wait", &[("minutes", minutes)]);
            let answer = page(&visit, leads_to, Some(fault))?.status(StatusCode::TOO_MANY_REQUESTS);
            Ok(answer.with(
                header::RETRY_AFTER,
                HeaderValue::from(retry_after.as_secs()),
            ))
        }
        Err(Error::Invalid(_)) => {
            let fault = visit.say("sign-in-email-malformed");
            let answer = page(&visit, leads_to, Some(fault))?;
            Ok(answer.status(StatusCode::UNPROCESSABLE_ENTITY))
        }
        Err(error) => Err(error),
    }
}

fn page(visit: &Visit, leads_to: String, fault: Option<String>) -> Result<Answer> {
    Answer::page(&SignIn {
        frame: visit.frame.titled(visit.say("sign-in")),
        email: visit.sent.get("email").to_owned(),
        leads_to,
        fault,
    })
}
