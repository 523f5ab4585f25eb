//! "Please contact me": a peer asks a supervisor to call or write, without a reason, and takes it back as long as nobody has
//! taken care of it.

use rinnalla_domain::access::TakePartInSupervision;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::supervision_sessions::{
    self as sessions, Ask, ContactRequest, OnContactRequest,
};
use rinnalla_domain::{organisations, people};

use super::contact_requests::reached;
use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// One's own requests, and the way to another.
pub async fn list(visit: Visit) -> Result<Answer> {
    let own = Own::with_a_role::<TakePartInSupervision>(&visit)?;
    let found = sessions::own_requests(&visit.ctx).await?;
    let texts = &visit.frame.texts;
    let card = |it: &ContactRequest| {
        let path = format!("/contact-requests/{}", it.id.encode());
        let back = waits(it).then(|| Way::new(&visit, path, "contact-request-back"));
        Card {
            title: texts.moment(it.asked_at),
            status: match (it.withdrawn_at, it.acknowledged_at) {
                (Some(_), _) => texts.say("contact-request-is-withdrawn"),
                (None, Some(_)) => texts.say("contact-request-is-taken"),
                (None, None) => texts.say("contact-request-is-waiting"),
            },
            warnings: Vec::new(),
            lines: Vec::new(),
            ways: back.into_iter().collect(),
        }
    };
    let mut listing = Listing::new(&visit, visit.say("contact-me"), "contact-me-none");
    listing.back = Way::new(&visit, "/", "back-to-waiting");
    // One waits at most in each association.
    if found.iter().filter(|it| waits(it)).count() < own.all().len() {
        listing.ways = vec![Way::new(
            &visit,
            "/contact-requests/new",
            "contact-request-new",
        )];
    }
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

fn waits(it: &ContactRequest) -> bool {
    it.acknowledged_at.is_none() && it.withdrawn_at.is_none()
}

/// The form of a request.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Sends it.
pub async fn ask(visit: Visit) -> Result<Answer> {
    Own::with_a_role::<TakePartInSupervision>(&visit)?;
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let input = Ask {
            organisation: reading.done(organisation)?,
        };
        sessions::ask(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/contact-requests?done=contact-request-new")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::with_a_role::<TakePartInSupervision>(visit)?;
    let known = organisations::for_ids(&visit.ctx, own.all()).await?;
    let mut form = Form::new(visit, "contact-request-new", faults);
    if let Some(me) = people::me(&visit.ctx).await? {
        let path = format!("/people/{}", me.id.encode());
        form = form
            .about(reached(visit, &me))
            .link(path, "contact-request-details");
    }
    own.ask(form, &known)
        .back("/contact-requests".to_owned())
        .answer()
}

/// Asks whether one's own request is taken back.
pub async fn show_back(visit: Visit) -> Result<Answer> {
    asked(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn take_back(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = OnContactRequest {
            request: find(&visit).await?.id,
            version: visit.version(),
        };
        sessions::withdraw(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/contact-requests?done=contact-request-back")),
        Err(error) => asked(&visit, Faults::of(error)?).await,
    }
}

/// One's own request in the path.
async fn find(visit: &Visit) -> Result<ContactRequest> {
    let id = visit.id()?;
    if !visit.may::<TakePartInSupervision>() {
        return Err(Error::NotFound);
    }
    let me = visit.ctx.actor()?.person;
    let found = sessions::find_request(&visit.ctx, id).await?;
    let found = found.filter(|it| it.person_id == me);
    found.ok_or(Error::NotFound)
}

async fn asked(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let texts = &visit.frame.texts;
    Form::new(visit, "contact-request-back", faults)
        .about(vec![
            texts.fact("contact-request-asked", texts.moment(found.asked_at)),
        ])
        .version(found.version)
        .back("/contact-requests".to_owned())
        .answer()
}
