//! Who asks to be contacted, for supervisors: how each is reached, and that one takes care of it. The association is told
//! nothing of it.

use std::collections::HashMap;

use rinnalla_domain::access::Supervise;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, PersonId, SupervisionContactRequestId};
use rinnalla_domain::people::{self, Contact};
use rinnalla_domain::personal::Personal;
use rinnalla_domain::supervision_sessions::{self as sessions, ContactRequest, OnContactRequest};

use crate::pages::answer::Answer;
use crate::pages::form::{Fact, Faults, Form};
use crate::pages::listing::{Card, Listing, Way};
use crate::pages::visit::Visit;

/// Where they stand.
pub const PATH: &str = "/supervision/contact-requests";

/// The way there, with how many wait; none for one who supervises nobody.
pub async fn way(visit: &Visit) -> Result<Option<Way>> {
    if !visit.may::<Supervise>() {
        return Ok(None);
    }
    let number = sessions::waiting(&visit.ctx).await?;
    let texts = &visit.frame.texts;
    let label = texts.with("contact-requests-waiting", &[("number", number)]);
    Ok(Some(Way {
        path: PATH.to_owned(),
        label,
    }))
}

/// Those who wait, and after them those who were taken care of.
pub async fn list(visit: Visit) -> Result<Answer> {
    if !visit.may::<Supervise>() {
        return Err(Error::NotFound);
    }
    let found = sessions::requests(&visit.ctx).await?;
    let people = of(&visit, &found).await?;
    let texts = &visit.frame.texts;
    let card = |it: &ContactRequest| {
        let path = format!("{PATH}/{}", it.id.encode());
        let (state, way) = match it.acknowledged_at {
            None => (None, Way::new(&visit, path, "contact-request-take")),
            Some(at) => {
                let since = texts.with("contact-request-taken", &[("at", texts.moment(at))]);
                let path = format!("{path}/wait");
                (Some(since), Way::new(&visit, path, "contact-request-wait"))
            }
        };
        let known = people.get(&it.person_id);
        let reached = [
            known.and_then(|it| told(&it.phone)),
            known.and_then(|it| told(&it.email)),
        ];
        Card {
            title: name(&visit, known),
            status: texts.with(
                "contact-request-asked",
                &[("at", texts.moment(it.asked_at))],
            ),
            warnings: Vec::new(),
            lines: state
                .into_iter()
                .chain(reached.into_iter().flatten())
                .collect(),
            ways: vec![way],
        }
    };
    let mut listing = Listing::new(
        &visit,
        visit.say("contact-requests"),
        "contact-requests-none",
    );
    listing.back = Way::new(&visit, "/supervision", "back-to-supervision");
    listing.cards = found.iter().map(card).collect();
    listing.answer()
}

/// Asks whether one takes care of a request.
pub async fn show_take(visit: Visit) -> Result<Answer> {
    page(&visit, "contact-request-take", Faults::default()).await
}

/// Says that one does.
pub async fn take(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = input(&visit)?;
        sessions::acknowledge(&visit.ctx, &visit.key(), input).await
    };
    answered(&visit, "contact-request-take", done.await).await
}

/// Asks whether a request waits again.
pub async fn show_wait(visit: Visit) -> Result<Answer> {
    page(&visit, "contact-request-wait", Faults::default()).await
}

/// Says that nobody has taken care of it after all.
pub async fn wait(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = input(&visit)?;
        sessions::acknowledge_cancel(&visit.ctx, &visit.key(), input).await
    };
    answered(&visit, "contact-request-wait", done.await).await
}

fn input(visit: &Visit) -> Result<OnContactRequest> {
    if !visit.may::<Supervise>() {
        return Err(Error::NotFound);
    }
    Ok(OnContactRequest {
        request: visit.id()?,
        version: visit.version(),
    })
}

async fn answered(
    visit: &Visit,
    name: &'static str,
    done: Result<SupervisionContactRequestId>,
) -> Result<Answer> {
    match done {
        Ok(_) => Ok(Answer::to(&format!("{PATH}?done={name}"))),
        Err(error) => page(visit, name, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, form: &'static str, faults: Faults) -> Result<Answer> {
    if !visit.may::<Supervise>() {
        return Err(Error::NotFound);
    }
    let found = sessions::find_request(&visit.ctx, visit.id()?).await?;
    let found = found.ok_or(Error::NotFound)?;
    let people = of(visit, &[found]).await?;
    let known = people.get(&found.person_id);
    let texts = &visit.frame.texts;
    let mut facts = vec![texts.fact("contact-request-person", name(visit, known))];
    facts.extend(known.into_iter().flat_map(|it| reached(visit, it)));
    facts.push(texts.fact("contact-request-asked", texts.moment(found.asked_at)));
    Form::new(visit, form, faults)
        .about(facts)
        .version(found.version)
        .back(PATH.to_owned())
        .answer()
}

async fn of(visit: &Visit, requests: &[ContactRequest]) -> Result<HashMap<PersonId, Contact>> {
    let ids: Vec<PersonId> = requests.iter().map(|it| it.person_id).collect();
    match ids[..] {
        [] => Ok(HashMap::new()),
        _ => people::for_ids(&visit.ctx, &ids).await,
    }
}

fn name(visit: &Visit, known: Option<&Contact>) -> String {
    let name = known.map(|it| it.name.reveal().clone());
    name.unwrap_or_else(|| visit.say("evening-nameless"))
}

/// How somebody is reached.
pub fn reached(visit: &Visit, known: &Contact) -> Vec<Fact> {
    let ways = [("phone", &known.phone), ("email", &known.email)];
    let ways = ways.into_iter();
    ways.filter_map(|(fact, it)| Some(visit.frame.texts.fact(fact, told(it)?)))
        .collect()
}

fn told(it: &Option<Personal<String>>) -> Option<String> {
    it.as_ref().map(|it| it.reveal().clone())
}
