//! The agreement as a sheet: what was agreed, or room for it; the association's terms; names and signatures.

use askama::Template;
use rinnalla_domain::calendar::helsinki_date;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::PrintedTextId;
use rinnalla_domain::organisations::{self, CodeList};
use rinnalla_domain::printed_texts;
use rinnalla_domain::states::{MeetingRhythm, PrintedTextKind};
use rinnalla_domain::support_relationships::SupportAgreement;

use super::{INTERVALS, Paper, Sheet};
use crate::pages::answer::Answer;
use crate::pages::texts::Texts;
use crate::pages::visit::Visit;

#[derive(Template)]
#[template(path = "agreement_sheet.html")]
struct AgreementSheet {
    sheet: Sheet,
    /// The support person's name, for whom may see it; the supported person's is in no register.
    support_person: Option<String>,
    rows: Vec<Row>,
    terms: Vec<String>,
    /// Which template it was printed from.
    template: Option<String>,
}

/// Something to agree on.
struct Row {
    label: String,
    /// What was agreed; none where it is still to be filled in.
    value: Option<String>,
    /// What there is to choose from.
    choices: Vec<String>,
    /// Whether something else can be written after them.
    has_line: bool,
}

/// A blank agreement of a template, whichever version.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = printed_texts::find(&visit.ctx, visit.id::<PrintedTextId>()?).await?;
    let found = found.filter(|it| it.kind == PrintedTextKind::AgreementTemplate);
    let template = found.ok_or(Error::NotFound)?;
    let of = template.organisation_id;
    let association = organisations::for_ids(&visit.ctx, &[of]).await?.remove(&of);
    let back = "/paper".to_owned();
    let mut paper = Paper::blank(&visit, template.language, "paper-agreement", back);
    paper.sheet.association = association.map_or_else(String::new, |it| it.name);
    paper.own = Some(template);
    answer(paper, None, None).await
}

/// The sheet of an agreement, blank where there is none.
pub async fn answer(
    paper: Paper,
    agreed: Option<&SupportAgreement>,
    support_person: Option<String>,
) -> Result<Answer> {
    let texts = paper.sheet.texts;
    let codes = organisations::codes(&paper.ctx, &[CodeList::MeetingPlace]).await?;
    let place = |code: &String| {
        let found = codes.iter().find(|it| it.code == *code);
        found.map_or_else(|| code.clone(), |it| it.name.clone())
    };
    let places = agreed.map(|it| it.places.iter().map(place).collect::<Vec<_>>().join(", "));
    let possible = codes.iter().filter(|code| code.is_active);
    let possible: Vec<String> = possible.map(|code| code.name.clone()).collect();
    let rows = rows(&texts, agreed, places, possible);
    let template = paper.own.as_ref().map(|own| {
        let day = texts.date(helsinki_date(own.published_at));
        let words = [
            ("association", paper.sheet.association.clone()),
            ("version", own.version.to_string()),
            ("day", day),
        ];
        texts.with("paper-template-foot", &words)
    });
    Answer::page(&AgreementSheet {
        sheet: paper.sheet,
        support_person,
        rows,
        terms: paper.own.map_or_else(Vec::new, |own| own.lines),
        template,
    })
}

fn rows(
    texts: &Texts,
    agreed: Option<&SupportAgreement>,
    places: Option<String>,
    possible: Vec<String>,
) -> Vec<Row> {
    let row = |label: &str, value: Option<String>, choices: Vec<String>, has_line: bool| Row {
        label: texts.say(label),
        value,
        choices,
        has_line,
    };
    let months = |text: &str, months: i16| texts.with(text, &[("months", months)]);
    let rhythms = texts.named("rhythm", MeetingRhythm::ALL, MeetingRhythm::code);
    let rhythm = agreed.map(|it| {
        let code = it.rhythm.code();
        let found = rhythms.iter().find(|(known, _)| *known == code);
        found.map_or(code, |(_, name)| name.clone())
    });
    let ends = agreed.map(|it| {
        it.ends_on
            .map_or_else(|| texts.say("paper-open-ended"), |day| texts.date(day))
    });
    let follows = agreed.map(|it| texts.say(if it.professional_follows { "yes" } else { "no" }));
    let elsewhere = texts.say("paper-elsewhere");
    vec![
        row(
            "paper-starts-on",
            agreed.map(|it| texts.date(it.starts_on)),
            Vec::new(),
            true,
        ),
        row(
            "paper-ends-on",
            ends,
            ["paper-open-ended", "paper-on-the-day"]
                .map(|it| texts.say(it))
                .into(),
            true,
        ),
        row(
            "paper-rhythm",
            rhythm,
            rhythms.iter().map(|(_, name)| name.clone()).collect(),
            false,
        ),
        row(
            "paper-places",
            places,
            possible.into_iter().chain([elsewhere]).collect(),
            true,
        ),
        row(
            "paper-interval",
            agreed.map(|it| months("paper-interval-months", it.review_interval_months)),
            INTERVALS.map(|it| months("paper-months", it)).into(),
            false,
        ),
        row(
            "paper-follows",
            follows,
            ["yes", "no"].map(|it| texts.say(it)).into(),
            false,
        ),
    ]
}
