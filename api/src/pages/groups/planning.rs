//! What a coordinator tells of a peer group: when it begins, who leads it, until when it goes on; or that it was added in
//! error.

use rinnalla_domain::access::{LeadPeerGroups, ManagePeerGroups, Permission as _};
use rinnalla_domain::drop_in_places as places;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId, PeerGroupId, PersonId};
use rinnalla_domain::organisations::CodeList;
use rinnalla_domain::peer_groups::rules::{MOST_LEADERS, NAME_MAX_CHARS, PLACE_MAX_CHARS};
use rinnalla_domain::peer_groups::{self as groups, Cancel, Correct, Create, Details, PeerGroup};
use rinnalla_domain::states::PeerGroupKind;

use super::Told;
use crate::pages::answer::Answer;
use crate::pages::associations::{Own, in_a_role};
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The fields of those who lead a group: as many as may lead one.
const LEADERS: [&str; MOST_LEADERS] = [
    "leader1", "leader2", "leader3", "leader4", "leader5", "leader6", "leader7", "leader8",
    "leader9", "leader10",
];

/// Of how many the form asks at first; later of one more than there are.
const LIKELY_LEADERS: usize = 3;

/// The empty form.
pub async fn show_new(visit: Visit) -> Result<Answer> {
    new(&visit, Faults::default()).await
}

/// Adds the group.
pub async fn create(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let organisation = reading.id("organisationId");
        let details = details(&mut reading);
        let (organisation, details) = reading.done(organisation.zip(details))?;
        let input = Create {
            organisation,
            details,
        };
        groups::create(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads_to(id, "group-new")),
        Err(error) => new(&visit, Faults::of(error)?).await,
    }
}

/// The form with what stands.
pub async fn show_edit(visit: Visit) -> Result<Answer> {
    edit(&visit, Faults::default()).await
}

/// Changes it.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let details = details(&mut reading);
        let input = Correct {
            group: visit.id()?,
            version: visit.version(),
            details: reading.done(details)?,
        };
        groups::correct(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads_to(id, "group-edit")),
        Err(error) => edit(&visit, Faults::of(error)?).await,
    }
}

/// The question whether it was added in error.
pub async fn show_cancel(visit: Visit) -> Result<Answer> {
    cancel_page(&visit, Faults::default()).await
}

/// Takes it back.
pub async fn cancel(visit: Visit) -> Result<Answer> {
    let done = async {
        let input = Cancel {
            group: visit.id()?,
            version: visit.version(),
        };
        groups::cancel(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/groups?done=group-cancel")),
        Err(error) => cancel_page(&visit, Faults::of(error)?).await,
    }
}

fn leads_to(group: PeerGroupId, what: &str) -> Answer {
    Answer::to(&format!("/groups/{}?done={what}", group.encode()))
}

fn details(reading: &mut Reading<'_>) -> Option<Details> {
    let name = reading.text("name");
    let kind = reading.choice("kind", PeerGroupKind::ALL, PeerGroupKind::code);
    let audiences = reading.some("audiences");
    let place = reading.text_if("place");
    let drop_in_place = reading.id_if("dropInPlaceId");
    let from = reading.day("from");
    let to = reading.day_if("to");
    let leaders = LEADERS.into_iter().filter_map(|field| reading.id_if(field));
    let leaders = leaders.collect();
    Some(Details {
        name: name?,
        kind: kind?,
        audiences: audiences?,
        place,
        drop_in_place,
        from: from?,
        to,
        leaders,
    })
}

async fn new(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManagePeerGroups>(visit)?;
    let form = Form::new(visit, "group", faults)
        .headed("group-new")
        .back("/groups".to_owned());
    let form = own.ask(form, &own.known(visit).await?);
    let told = Told::of(visit, &[]).await?;
    fields(form, visit, own.all(), (&told, None))
        .await?
        .answer()
}

/// The group in the path, for whoever may change it; whoever only leads it finds no such page.
async fn managed(visit: &Visit) -> Result<PeerGroup> {
    let group = super::find(visit).await?;
    match super::manages(visit, &group) {
        true => Ok(group),
        false => Err(Error::NotFound),
    }
}

async fn edit(visit: &Visit, faults: Faults) -> Result<Answer> {
    let group = managed(visit).await?;
    let told = Told::of(visit, std::slice::from_ref(&group)).await?;
    // What was typed stands in the fields; how it stands now, above them.
    let stands = match visit.sent.is_empty() {
        true => Vec::new(),
        false => told.facts(&visit.frame.texts, &group),
    };
    let form = Form::new(visit, "group", faults)
        .headed("group-edit")
        .about(stands)
        .version(group.version)
        .back(format!("/groups/{}", group.id.encode()));
    let of = [group.organisation_id];
    let form = fields(form, visit, &of, (&told, Some(&group)));
    form.await?.answer()
}

/// What is asked of a group, with what stands.
async fn fields(
    form: Form,
    visit: &Visit,
    own: &[OrganisationId],
    (told, group): (&Told, Option<&PeerGroup>),
) -> Result<Form> {
    let texts = &visit.frame.texts;
    let kinds = texts.named("group-kind", PeerGroupKind::ALL, PeerGroupKind::code);
    let audiences = group.and_then(|it| told.audiences.get(&it.id)).cloned();
    let audiences = audiences.unwrap_or_default();
    let leaders = group.and_then(|it| told.leaders.get(&it.id)).cloned();
    let leaders = leaders.unwrap_or_default();
    let places = places::list(&visit.ctx).await?.into_iter();
    let places: Vec<(String, String)> = places
        .filter(|it| own.contains(&it.organisation_id))
        .map(|it| (it.id.encode(), it.name))
        .collect();
    let people = in_a_role(visit, own, LeadPeerGroups::ROLES).await?;
    let people = people.into_iter().map(|(id, name)| (id.encode(), name));
    let people: Vec<(String, String)> = people.collect();
    let name = group.map(|it| it.name.clone());
    let place = group.and_then(|it| it.place.clone());
    let mut form = form
        .long_line("name", name, NAME_MAX_CHARS)
        .choices("kind", kinds, group.map(|it| it.kind.code()))
        .several(
            "audiences",
            told.names.all(CodeList::GroupAudience),
            audiences,
        )
        .long_line("place", place, PLACE_MAX_CHARS);
    if !places.is_empty() {
        let place = group.and_then(|it| it.drop_in_place_id);
        form = form.select("dropInPlaceId", places, place.map(|id| id.encode()));
    }
    form = form
        .day("from", group.map(|it| it.from_on))
        .day("to", group.and_then(|it| it.to_on));
    let asked = (leaders.len() + 1).max(LIKELY_LEADERS);
    for (at, field) in LEADERS.into_iter().take(asked).enumerate() {
        let leader = leaders.get(at).copied().map(PersonId::encode);
        let label = texts.with("group-leader", &[("no", at + 1)]);
        form = form.select(field, people.clone(), leader).called(label);
        if at == 0 {
            form = form.under("group-leaders");
        }
    }
    Ok(form)
}

async fn cancel_page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let group = managed(visit).await?;
    let texts = &visit.frame.texts;
    let back = format!("/groups/{}", group.id.encode());
    Form::new(visit, "group-cancel", faults)
        .about(vec![texts.fact("group", group.name)])
        .version(group.version)
        .back(back)
        .answer()
}
