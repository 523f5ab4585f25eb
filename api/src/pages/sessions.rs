//! The browsers that the viewer is signed in with: seen and ended.

use askama::Template;
use poem::http::header;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, SessionId};
use rinnalla_domain::sessions::{self as domain, SessionEnd};

use super::answer::Answer;
use super::cookies;
use super::visit::{Frame, Visit};

#[derive(Template)]
#[template(path = "sessions.html")]
struct Sessions {
    frame: Frame,
    rows: Vec<Row>,
    has_others: bool,
    key: String,
    done: Option<String>,
    /// The page of the viewer's own details.
    own: String,
}

struct Row {
    id: String,
    label: String,
    since: String,
    last_seen: String,
    is_this: bool,
}

/// All of them, this one first.
pub async fn show(visit: Visit) -> Result<Answer> {
    let this = visit.with.map(|with| with.session);
    let own = visit.ctx.actor()?.person.encode();
    let texts = &visit.frame.texts;
    let mut rows: Vec<Row> = domain::own(&visit.ctx)
        .await?
        .into_iter()
        .map(|session| Row {
            id: session.id.encode(),
            label: match session.label.as_str() {
                "" => texts.say("sessions-unknown-browser"),
                label => label.to_owned(),
            },
            since: texts.moment(session.created_at),
            last_seen: texts.moment(session.last_seen_at),
            is_this: Some(session.id) == this,
        })
        .collect();
    rows.sort_by_key(|row| !row.is_this);
    Answer::page(&Sessions {
        has_others: rows.iter().any(|row| !row.is_this),
        done: texts.done(visit.query.get("done")),
        key: visit.ctx.request.encode(),
        own: format!("/people/{own}"),
        frame: visit.frame.titled(visit.say("sessions")),
        rows,
    })
}

/// Ends one of them, or all but this one.
pub async fn end(visit: Visit) -> Result<Answer> {
    let key = visit.key();
    let this = visit.with.ok_or(Error::Unauthenticated)?.session;
    match visit.sent.get("session") {
        "" => domain::end_others(&visit.ctx, &key, SessionEnd { id: this }).await?,
        id => {
            let id = SessionId::decode(id).ok_or(Error::NotFound)?;
            domain::end(&visit.ctx, &key, SessionEnd { id }).await?
        }
    };
    Ok(Answer::to("/sessions?done=session-ended"))
}

/// Signs out.
pub async fn sign_out(visit: Visit) -> Result<Answer> {
    if let Some(with) = visit.with {
        domain::sign_out(&visit.ctx, with.session).await?;
    }
    Ok(Answer::to("/sign-in").with(header::SET_COOKIE, cookies::clear(cookies::SESSION)))
}
