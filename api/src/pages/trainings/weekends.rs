//! Who was at a weekend of a training: a tick each, in one act.

use rinnalla_domain::error::Result;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::trainings::{self, Mark, Participant, RecordAttendance, Weekend};

use super::{find, parts, path_of, people_of};
use crate::pages::answer::Answer;
use crate::pages::associations::by_name;
use crate::pages::form::{Faults, Form};
use crate::pages::visit::Visit;

/// Who was at the first.
pub async fn show_first(visit: Visit) -> Result<Answer> {
    page(&visit, Weekend::First, Faults::default()).await
}

/// Records it.
pub async fn record_first(visit: Visit) -> Result<Answer> {
    record(visit, Weekend::First).await
}

/// Who was at the second.
pub async fn show_second(visit: Visit) -> Result<Answer> {
    page(&visit, Weekend::Second, Faults::default()).await
}

/// Records it.
pub async fn record_second(visit: Visit) -> Result<Answer> {
    record(visit, Weekend::Second).await
}

async fn record(visit: Visit, weekend: Weekend) -> Result<Answer> {
    let done = async {
        let found = find(&visit).await?;
        let there = visit.sent.all("marks");
        let mark = |part: &Participant| Mark {
            support_person: part.support_person_id,
            was_there: there.contains(&part.support_person_id.encode()),
        };
        let input = RecordAttendance {
            training: found.id,
            version: visit.version(),
            weekend,
            marks: parts(&visit, found.id).await?.iter().map(mark).collect(),
        };
        trainings::record_attendance(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(Answer::to(&format!(
            "{}?done=training-weekend",
            path_of(id)
        ))),
        Err(error) => page(&visit, weekend, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, weekend: Weekend, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let parts = parts(visit, found.id).await?;
    let people = people_of(visit, &parts).await?;
    let texts = &visit.frame.texts;
    let (on, name) = match weekend {
        Weekend::First => (found.first_on, "training-first"),
        Weekend::Second => (found.second_on, "training-second"),
    };
    let was_there = |part: &&Participant| match weekend {
        Weekend::First => part.attended_first,
        Weekend::Second => part.attended_second,
    };
    let there = parts.iter().filter(was_there);
    let there = there.map(|it| it.support_person_id.encode()).collect();
    let rows = people.into_iter().map(|(id, it)| (id.encode(), it.name));
    Form::new(visit, name, faults)
        .about(vec![
            texts.fact("training", found.name.clone()),
            texts.fact("training-days", texts.day(on)),
        ])
        .version(found.version)
        .back(path_of(found.id))
        .several("marks", by_name(rows), there)
        .answer()
}
