//! What calendars read at the address of a drop-in place. Anybody may; nobody is signed in.
//!
//! What was given last is kept: whoever asks again costs one statement, in which it is seen whether anything has changed.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};

use poem::endpoint::BoxEndpoint;
use poem::http::{Method, StatusCode, header};
use poem::{EndpointExt as _, Request, Response};
use rinnalla_domain::ctx::Register;
use rinnalla_domain::drop_in_places::{self, Served};
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{Id as _, RequestId};
use rinnalla_domain::texts::Language;
use tokio::time::timeout;

use super::calendar::{file, plain, unavailable};
use super::desk::Patience;

/// How many files are kept: far above the places of any register, in three languages.
const MOST_KEPT: usize = 600;

/// For how long a calendar, or a cache before it, may go without asking.
const KEPT: &str = "public, max-age=300";

type Kept = Arc<Mutex<HashMap<(String, &'static str), Served>>>;

/// Serves the calendars of places. What is not for everybody and what never was are answered alike.
pub fn feed(register: Register, patience: Patience) -> BoxEndpoint<'static> {
    let kept = Kept::default();
    poem::endpoint::make(move |request: Request| {
        let (register, kept) = (register.clone(), kept.clone());
        async move {
            let answered = timeout(patience.answer, answer(&register, &kept, &request));
            match answered.await {
                Ok(response) => response,
                Err(_) => unavailable(),
            }
        }
    })
    .boxed()
}

async fn answer(register: &Register, kept: &Kept, request: &Request) -> Response {
    if !matches!(*request.method(), Method::GET | Method::HEAD) {
        let refused = plain(StatusCode::METHOD_NOT_ALLOWED);
        return refused.header(header::ALLOW, "GET, HEAD").finish();
    }
    let slug = request.raw_path_param("file");
    let Some(slug) = slug.and_then(|file| file.strip_suffix(".ics")) else {
        return plain(StatusCode::NOT_FOUND).finish();
    };
    let language = language(request);
    let place = (slug.to_owned(), language.code());
    let known = lock(kept).get(&place).cloned();
    match drop_in_places::served(register, slug, language, known).await {
        Ok(Some(served)) => {
            let mut kept = lock(kept);
            if kept.len() < MOST_KEPT || kept.contains_key(&place) {
                kept.insert(place, served.clone());
            }
            file((&served.text, &served.tag), request, KEPT)
        }
        Ok(None) => {
            lock(kept).remove(&place);
            plain(StatusCode::NOT_FOUND).finish()
        }
        Err(Error::Unavailable) => unavailable(),
        Err(cause) => {
            let incident = RequestId::random().encode();
            tracing::error!(incident, %cause, "a place's calendar failed in a way nobody planned");
            plain(StatusCode::INTERNAL_SERVER_ERROR).finish()
        }
    }
}

/// The language that the address asks for, `?language=sv`; Finnish where it asks for none.
fn language(request: &Request) -> Language {
    let query = request.uri().query().unwrap_or_default();
    let asked = query.strip_prefix("language=").unwrap_or_default();
    Language::of_header(asked)
}

fn lock(kept: &Kept) -> std::sync::MutexGuard<'_, HashMap<(String, &'static str), Served>> {
    kept.lock().unwrap_or_else(|e| e.into_inner())
}
