//! Where the links of mails lead, and other ways that show nothing themselves.

use askama::Template;
use poem::http::header;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{
    self, CourseSessionId, DropInPlaceId, EnrolmentId, ExpertProfileId, Id, JointReviewId,
    MatchProposalId, OrganisationId, ReferralId, SupervisionInvitationId, SupportRelationshipId,
};
use rinnalla_domain::sessions::rules::leads_to;
use rinnalla_domain::texts::Language;

use super::answer::Answer;
use super::cookies;
use super::visit::{Frame, Visit};

/// The page that goes on by itself.
#[derive(Template)]
#[template(path = "opening.html")]
struct Opening {
    frame: Frame,
}

/// A mail's link leads to the page of what it is about. Whether that exists, and is the viewer's to see, is that page's
/// to say.
///
/// A link in a web mail is followed by another site's page, and then the browser keeps the strict session cookie to
/// itself. So whoever seems to be nobody is sent on once by a page of ours, with the cookie if there is one.
pub async fn follow(visit: Visit) -> Result<Answer> {
    let text = visit.part.as_deref().unwrap_or_default();
    let path = page_of(text).ok_or(Error::NotFound)?;
    if visit.with.is_some() {
        return Ok(Answer::to(&path));
    }
    if visit.query.get("again").is_empty() {
        let frame = visit.frame.titled(visit.say("opening"));
        return Answer::page(&Opening { frame });
    }
    Ok(Answer::to(&format!("/sign-in?to={}", visit.frame.path)))
}

/// The page of what an opaque id is about.
pub fn page_of(id: &str) -> Option<String> {
    let (byte, _) = ids::decode(id)?;
    let folder = match byte {
        // A digest is about all that waits in an organisation.
        OrganisationId::TYPE_BYTE => return Some("/".to_owned()),
        SupervisionInvitationId::TYPE_BYTE => "invitations",
        DropInPlaceId::TYPE_BYTE => "evenings",
        JointReviewId::TYPE_BYTE => "reviews",
        SupportRelationshipId::TYPE_BYTE => "relationships",
        MatchProposalId::TYPE_BYTE => "proposals",
        ReferralId::TYPE_BYTE => "referrals",
        CourseSessionId::TYPE_BYTE => "attendance",
        EnrolmentId::TYPE_BYTE => "enrolments",
        ExpertProfileId::TYPE_BYTE => "experts",
        _ => return None,
    };
    Some(format!("/{folder}/{id}"))
}

/// Chooses the language of the pages in this browser, and goes back.
pub async fn choose_language(visit: Visit) -> Result<Answer> {
    let code = visit.part.as_deref().unwrap_or_default();
    let language = Language::ALL
        .into_iter()
        .find(|language| language.has_texts() && language.code() == code)
        .ok_or(Error::NotFound)?;
    let cookie = cookies::set(cookies::LANGUAGE, language.code());
    Ok(Answer::to(leads_to(visit.query.get("to"))).with(header::SET_COOKIE, cookie))
}

/// There is no such page.
pub async fn nowhere(_: Visit) -> Result<Answer> {
    Err(Error::NotFound)
}
