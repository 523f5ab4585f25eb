//! What calendars read at a feed's address. No page: nobody is signed in, and no browser is needed.

use poem::endpoint::BoxEndpoint;
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{EndpointExt as _, Request, Response};
use rinnalla_domain::courses::{self, Served};
use rinnalla_domain::ctx::Register;
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{Id as _, RequestId};
use rinnalla_domain::tokens::AccessToken;
use tokio::time::timeout;

use super::desk::Patience;

/// Serves feeds. What is closed, what never was and what is no address at all are answered alike.
pub fn feed(register: Register, patience: Patience) -> BoxEndpoint<'static> {
    poem::endpoint::make(move |request: Request| {
        let register = register.clone();
        async move {
            let answered = timeout(patience.answer, answer(&register, &request));
            match answered.await {
                Ok(response) => response,
                Err(_) => unavailable(),
            }
        }
    })
    .boxed()
}

async fn answer(register: &Register, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = plain(StatusCode::METHOD_NOT_ALLOWED);
        return refused.header(header::ALLOW, "GET, HEAD").finish();
    }
    let token = request
        .raw_path_param("file")
        .and_then(|file| AccessToken::parse(file.strip_suffix(".ics")?).ok());
    let served = match token {
        Some(token) => courses::served(register, &token).await,
        None => Ok(None),
    };
    match served {
        Ok(Some(served)) => calendar(&served, request),
        Ok(None) => plain(StatusCode::NOT_FOUND).finish(),
        Err(Error::Unavailable) => unavailable(),
        Err(cause) => {
            let incident = RequestId::random().encode();
            tracing::error!(incident, %cause, "a calendar's feed failed in a way nobody planned");
            plain(StatusCode::INTERNAL_SERVER_ERROR).finish()
        }
    }
}

fn calendar(served: &Served, request: &Request) -> Response {
    // Kept by the calendar alone, and asked for anew each time: a closed address is closed at once.
    file((&served.text, &served.tag), request, "private, no-cache")
}

/// A calendar's file, or that the one that is known stands.
pub(super) fn file((text, tag): (&str, &str), request: &Request, kept: &str) -> Response {
    let tag = format!("\"{tag}\"");
    let is_known = is_known(request.headers(), &tag);
    let response = common(Response::builder())
        .header(header::CACHE_CONTROL, kept)
        .header(header::ETAG, tag);
    if is_known {
        return response.status(StatusCode::NOT_MODIFIED).finish();
    }
    response
        .content_type("text/calendar; charset=utf-8")
        .header(
            header::CONTENT_DISPOSITION,
            "attachment; filename=\"calendar.ics\"",
        )
        .body(text.to_owned())
}

/// Whether the asker says that they have what is called so.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let known = headers.get_all(header::IF_NONE_MATCH).iter();
    known
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(','))
        .any(|it| it.trim().trim_start_matches("W/") == tag)
}

pub(super) fn unavailable() -> Response {
    let answer = plain(StatusCode::SERVICE_UNAVAILABLE);
    answer.header(header::RETRY_AFTER, "2").finish()
}

pub(super) fn plain(status: StatusCode) -> poem::ResponseBuilder {
    common(Response::builder())
        .status(status)
        .header(header::CACHE_CONTROL, "no-store")
}

fn common(response: poem::ResponseBuilder) -> poem::ResponseBuilder {
    response
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header("x-robots-tag", "noindex, nofollow")
}
