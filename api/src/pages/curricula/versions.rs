//! Writing a version down, or putting one right that no course follows yet: what each of the eight sessions is about.

use rinnalla_domain::access::ManageCourses;
use rinnalla_domain::curricula::{self, Correct, Create, Session, Words};
use rinnalla_domain::error::Result;
use rinnalla_domain::ids::{CurriculumId, Id as _};

use super::find;
use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

/// The fields of a session: what it is about, how it is worked on, what is needed for it.
type Fields = [&'static str; 3];

const SESSIONS: [Fields; 8] = [
    ["theme1", "methods1", "materials1"],
    ["theme2", "methods2", "materials2"],
    ["theme3", "methods3", "materials3"],
    ["theme4", "methods4", "materials4"],
    ["theme5", "methods5", "materials5"],
    ["theme6", "methods6", "materials6"],
    ["theme7", "methods7", "materials7"],
    ["theme8", "methods8", "materials8"],
];

/// How long their texts may be, in characters: as the database holds them.
const MOST: [usize; 3] = [120, 200, 200];

/// The form of a new version; with the words of another one, where it comes from there.
pub async fn show_new(visit: Visit) -> Result<Answer> {
    new(&visit, Faults::default()).await
}

/// Writes it down.
pub async fn create(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let told = reading.id("organisationId").zip(reading.text("name"));
        let sessions = sessions(&mut reading);
        let ((organisation, name), sessions) = reading.done(told.zip(sessions))?;
        let input = Create {
            organisation,
            name,
            sessions,
        };
        curricula::create(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "curriculum-new")),
        Err(error) => new(&visit, Faults::of(error)?).await,
    }
}

/// The form of putting a version right.
pub async fn show_edit(visit: Visit) -> Result<Answer> {
    edit(&visit, Faults::default()).await
}

/// Puts it right.
pub async fn correct(visit: Visit) -> Result<Answer> {
    let done = async {
        let mut reading = Reading::of(&visit.sent);
        let sessions = sessions(&mut reading);
        let input = Correct {
            curriculum: visit.id()?,
            version: visit.version(),
            sessions: reading.done(sessions)?,
        };
        curricula::correct(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(id) => Ok(leads(id, "curriculum-edit")),
        Err(error) => edit(&visit, Faults::of(error)?).await,
    }
}

fn leads(id: CurriculumId, done: &str) -> Answer {
    Answer::to(&format!("/curricula/{}?done={done}", id.encode()))
}

fn sessions(reading: &mut Reading<'_>) -> Option<Vec<Words>> {
    let read: Vec<Option<Words>> = SESSIONS
        .into_iter()
        .map(|[theme, methods, materials]| {
            Some(Words {
                theme: reading.text(theme)?,
                methods: reading.text_if(methods),
                materials: reading.text_if(materials),
            })
        })
        .collect();
    read.into_iter().collect()
}

async fn new(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = Own::of::<ManageCourses>(visit)?;
    let known = rinnalla_domain::organisations::for_ids(&visit.ctx, own.all()).await?;
    let from = CurriculumId::decode(visit.query.get("from"));
    let former = match from {
        Some(id) => curricula::find(&visit.ctx, id).await?,
        None => None,
    };
    let words = words_of(visit, from).await?;
    let form = own
        .ask(Form::new(visit, "curriculum-new", faults), &known)
        .back("/curricula".to_owned())
        .line("name", former.map(|it| it.name));
    asked(form, &visit.frame.texts, &words).answer()
}

async fn edit(visit: &Visit, faults: Faults) -> Result<Answer> {
    let found = find(visit).await?;
    let words = words_of(visit, Some(found.id)).await?;
    let form = Form::new(visit, "curriculum-edit", faults)
        .about(vec![
            visit
                .frame
                .texts
                .fact("curriculum", super::called(visit, &found)),
        ])
        .version(found.version)
        .back(format!("/curricula/{}", found.id.encode()));
    asked(form, &visit.frame.texts, &words).answer()
}

async fn words_of(visit: &Visit, of: Option<CurriculumId>) -> Result<Vec<Session>> {
    let Some(of) = of else {
        return Ok(Vec::new());
    };
    let mut found = curricula::sessions_for(&visit.ctx, &[of]).await?;
    Ok(found.remove(&of).unwrap_or_default())
}

/// The fields of the eight sessions, each under its number.
fn asked(form: Form, texts: &Texts, likely: &[Session]) -> Form {
    let mut form = form;
    for (at, fields) in SESSIONS.into_iter().enumerate() {
        let words = likely.get(at);
        let told = [
            words.map(|it| it.theme.clone()),
            words.and_then(|it| it.methods.clone()),
            words.and_then(|it| it.materials.clone()),
        ];
        for (place, (field, told)) in fields.into_iter().zip(told).enumerate() {
            let label = texts.say(LABELS[place]);
            form = form.long_line(field, told, MOST[place]).called(label);
            if place == 0 {
                let no = (at + 1).to_string();
                form = form.grouped(texts.with("curriculum-session", &[("no", no)]));
            }
        }
    }
    form
}

/// What the fields are called, under the number of their session.
const LABELS: [&str; 3] = [
    "curriculum-theme",
    "curriculum-methods",
    "curriculum-materials",
];
