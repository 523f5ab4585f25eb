//! The certificate of somebody who has graduated, for those who lead the course to sign. It says what was completed and
//! nothing of why anybody took part; whoever took part under a pseudonym has room to write a name.

use askama::Template;
use rinnalla_domain::courses::{self, CourseSession, Enrolment, rules};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{EnrolmentId, Id as _};
use rinnalla_domain::people;
use rinnalla_domain::states::{CourseSessionStatus, EnrolmentStatus, FacilitatorKind};

use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, Sheet};
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "certificate.html")]
struct Certificate {
    sheet: Sheet,
    name: Option<String>,
    completed: String,
    /// The day of the decision.
    decided: Option<String>,
    /// Who signs: the professionals who lead the course.
    signers: Vec<String>,
}

/// The certificate.
pub async fn show(visit: Visit) -> Result<Answer> {
    let part = find(&visit).await?;
    let id = part.course_id;
    let course = courses::find(&visit.ctx, id).await?;
    let course = course.ok_or(Error::NotFound)?;
    let sessions = courses::sessions_for(&visit.ctx, &[id]).await?.remove(&id);
    let sessions = sessions.unwrap_or_default();
    let held: Vec<&CourseSession> = sessions
        .iter()
        .filter(|it| it.status == CourseSessionStatus::Held)
        .collect();
    let (Some(first), Some(last)) = (held.first(), held.last()) else {
        return Err(Error::NotFound);
    };
    let leaders = courses::facilitators_for(&visit.ctx, &[id]).await?;
    let leaders = leaders.into_values().flatten();
    let signers: Vec<_> = leaders
        .filter(|it| it.kind == FacilitatorKind::Professional)
        .map(|it| it.person_id)
        .collect();
    let people = people::for_ids(&visit.ctx, &signers).await?;
    let back = format!("/courses/{}", id.encode());
    let heading = "paper-certificate";
    let paper = Paper::of(&visit, course.organisation_id, None, heading, back).await?;
    let texts = paper.sheet.texts;
    let (gross, _) = rules::hours(held.len(), course.lunch_minutes.into());
    let told = [
        ("from", texts.date(first.on_date)),
        ("to", texts.date(last.on_date)),
        ("sessions", held.len().to_string()),
        ("hours", (gross / 60).to_string()),
    ];
    let name = part.name.filter(|_| !part.is_pseudonym);
    Answer::page(&Certificate {
        name: name.map(|name| name.reveal().clone()),
        completed: texts.with("paper-certificate-completed", &told),
        decided: part.decided_on.map(|day| texts.date(day)),
        signers: signers
            .iter()
            .filter_map(|id| Some(people.get(id)?.name.reveal().clone()))
            .collect(),
        sheet: paper.sheet,
    })
}

/// A part that ended in graduation, in a course that the viewer leads or that is their association's.
async fn find(visit: &Visit) -> Result<Enrolment> {
    let id = visit.id::<EnrolmentId>()?;
    let found = match courses::find_enrolment(&visit.ctx, id).await {
        Err(Error::Forbidden) => None,
        found => found?,
    };
    let graduated = found.filter(|part| part.status == EnrolmentStatus::Graduated);
    graduated.ok_or(Error::NotFound)
}
