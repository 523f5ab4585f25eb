//! Which activities belong to a target: all that the association has, those ticked that belong to it.

use rinnalla_domain::courses;
use rinnalla_domain::drop_in_places as places;
use rinnalla_domain::error::Result;
use rinnalla_domain::grant_targets::{self as targets, Activities, GrantTarget, Tie};
use rinnalla_domain::ids::Id;
use rinnalla_domain::influence_items as influence;
use rinnalla_domain::peer_groups as groups;
use rinnalla_domain::programmes;

use super::{facts, find};
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::listing::every;
use crate::pages::names::Names;
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// The form with what belongs to it now.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Ties what is ticked, and unties what is not.
pub async fn tie(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let activities = Activities {
            courses: reading.ids("courseIds"),
            places: reading.ids("dropInPlaceIds"),
            groups: reading.ids("peerGroupIds"),
            programmes: reading.ids("programmeIds"),
            influence: reading.ids("influenceItemIds"),
        };
        let input = Tie {
            target: visit.id()?,
            version: visit.version(),
            activities: reading.done(Some(activities))?,
        };
        targets::tie(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/grant-targets?done=grant-target-tie")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let mut tied = targets::activities_for(&visit.ctx, &[found.id]).await?;
    let tied = tied.remove(&found.id).unwrap_or_default();
    let names = Names::load(visit).await?;
    let mut about = facts(visit, &names, &found);
    if !visit.sent.is_empty() {
        let told = super::told(visit, &tied);
        about.push(visit.frame.texts.fact("grant-target-tied", told));
    }
    let form = Form::new(visit, "grant-target-tie", faults)
        .about(about)
        .version(found.version)
        .back("/grant-targets".to_owned());
    offered(form, visit, &found, &tied).await?.answer()
}

/// Everything of the association's that may belong to the target, kind by kind.
async fn offered(form: Form, visit: &Visit, of: &GrantTarget, tied: &Activities) -> Result<Form> {
    let (ctx, texts) = (&visit.ctx, &visit.frame.texts);
    let own = of.organisation_id;
    let filter = courses::Filter {
        organisation: Some(own),
        ..courses::Filter::default()
    };
    let courses = every(
        |args| courses::list(ctx, &filter, args),
        courses::Course::cursor,
    );
    let courses = courses.await?.into_iter().map(|it| {
        let told = format!("{}, {}", it.name, texts.date(it.starts_on));
        (it.id, told)
    });
    let places = places::list(ctx).await?.into_iter();
    let places = places.filter(|it| it.organisation_id == own);
    let groups = groups::list(ctx).await?.into_iter();
    let groups = groups.filter(|it| it.organisation_id == own);
    let mut programmes = programmes::for_organisations(ctx, &[own]).await?;
    let programmes = programmes.remove(&own).unwrap_or_default().into_iter();
    let filter = influence::Filter::default();
    let items = every(
        |args| influence::list(ctx, &filter, args),
        influence::InfluenceItem::cursor,
    );
    let items = items.await?.into_iter();
    let items = items.filter(|it| it.organisation_id == own).map(|it| {
        let told = format!("{}, {}", it.title, texts.date(it.on_date));
        (it.id, told)
    });
    let form = several(form, "courseIds", courses, &tied.courses);
    let places = places.map(|it| (it.id, it.name));
    let form = several(form, "dropInPlaceIds", places, &tied.places);
    let groups = groups.map(|it| (it.id, it.name));
    let form = several(form, "peerGroupIds", groups, &tied.groups);
    let programmes = programmes.map(|it| {
        let name = it.names.read_in(texts.language).to_owned();
        (it.id, name)
    });
    let form = several(form, "programmeIds", programmes, &tied.programmes);
    Ok(several(form, "influenceItemIds", items, &tied.influence))
}

/// One kind of activities to tick, those that belong to the target first; nothing where the association has none.
fn several<T: Id + PartialEq>(
    form: Form,
    field: &'static str,
    rows: impl Iterator<Item = (T, String)>,
    tied: &[T],
) -> Form {
    let mut rows: Vec<(T, String)> = rows.collect();
    if rows.is_empty() {
        return form;
    }
    rows.sort_by_key(|(id, _)| !tied.contains(id));
    let rows = rows.into_iter().map(|(id, told)| (id.encode(), told));
    let tied = tied.iter().map(|id| id.encode()).collect();
    form.several(field, rows, tied)
}
