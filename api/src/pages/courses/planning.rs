//! A course planned by one act: its eight days are looked at before they are kept.

use chrono::NaiveTime;
use rinnalla_domain::access::ManageCourses;
use rinnalla_domain::calendar::{Eve, Holiday};
use rinnalla_domain::courses::rules::DayOff;
use rinnalla_domain::courses::{self, Create, Details, Preview};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::Id as _;

use super::following;
use crate::pages::answer::Answer;
use crate::pages::associations::Own;
use crate::pages::form::{Fact, Faults, Form, written};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// How long lunch is where nobody says otherwise: our own choice; the source names a break and no length.
const LUNCH_MINUTES: i32 = 45;

/// What was asked for.
enum Asked {
    /// To see the days first.
    Look(Preview),
    /// To keep what was looked at.
    Keep(Create),
}

/// The empty form.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default(), None).await
}

/// Shows the days, or keeps those that were shown.
pub async fn plan(visit: Visit) -> Result<Answer> {
    let done = async {
        match asked(&visit)? {
            Asked::Look(preview) => Ok(Err(preview)),
            Asked::Keep(input) => {
                let kept = courses::create(&visit.ctx, &visit.key(), input).await?;
                Ok(Ok(kept))
            }
        }
    };
    match done.await {
        Ok(Ok(id)) => Ok(Answer::to(&format!(
            "/courses/{}?done=course-planned",
            id.encode()
        ))),
        Ok(Err(preview)) => page(&visit, Faults::default(), Some(preview)).await,
        Err(error) => page(&visit, Faults::of(error)?, None).await,
    }
}

fn asked(visit: &Visit) -> Result<Asked> {
    let mut reading = Reading::of(&visit.sent);
    let organisation = reading.id("organisationId");
    let name = reading.text("name");
    let when = reading.day("startsOn").zip(reading.time("startsAt"));
    let lunch = reading.number("lunchMinutes");
    let limit = reading.number_if("participantLimit");
    let unit = reading.text_if("unit");
    let curriculum = following::chosen(&mut reading, visit);
    let all = organisation.zip(name).zip(when).zip(lunch.zip(curriculum));
    let (((organisation, name), (starts_on, starts_at)), (lunch_minutes, curriculum)) =
        reading.done(all)?;
    let preview = courses::preview(&visit.ctx, starts_on, starts_at, lunch_minutes)?;
    if visit.sent.get("shown") != shown(&preview) {
        return Ok(Asked::Look(preview));
    }
    Ok(Asked::Keep(Create {
        organisation,
        curriculum,
        starts_on,
        starts_at,
        details: Details {
            name,
            unit,
            lunch_minutes,
            baseline_group_size: None,
            participant_limit: limit,
            goals: Vec::new(),
            organisers: Vec::new(),
            partners: Vec::new(),
        },
    }))
}

/// What tells one plan from another: whoever changes the day sees the days anew.
fn shown(preview: &Preview) -> String {
    let days = preview.plan.days.iter();
    let days: Vec<String> = days.map(|day| written(*day)).collect();
    format!(
        "{} {} {}",
        days.join(" "),
        preview.starts_at,
        preview.net_minutes
    )
}

async fn page(visit: &Visit, faults: Faults, preview: Option<Preview>) -> Result<Answer> {
    let own = Own::of::<ManageCourses>(visit)?;
    let known = rinnalla_domain::organisations::for_ids(&visit.ctx, own.all()).await?;
    let versions = following::versions(visit, own.all()).await?;
    let texts = &visit.frame.texts;
    let form = Form::new(visit, "course-plan", faults);
    let form = match &preview {
        None => form,
        Some(preview) => form
            .about(facts(visit, preview))
            .hidden("shown", shown(preview))
            .submitting("course-plan-keep"),
    };
    let noon = NaiveTime::from_hms_opt(12, 0, 0).ok_or_else(|| Error::internal("no noon"))?;
    own.ask(form, &known)
        .back("/courses".to_owned())
        .line("name", None)
        .line("unit", None)
        .day("startsOn", None)
        .line("startsAt", Some(texts.time(noon)))
        .number("lunchMinutes", Some(LUNCH_MINUTES))
        .number("participantLimit", None)
        .select("curriculumId", versions, None)
        .answer()
}

/// The days, those that were left out and why, and the hours.
fn facts(visit: &Visit, preview: &Preview) -> Vec<Fact> {
    let texts = &visit.frame.texts;
    let days: Vec<String> = preview
        .plan
        .days
        .iter()
        .map(|day| texts.day(*day))
        .collect();
    let mut facts = vec![texts.fact("planned-days", days.join(", "))];
    for skipped in &preview.plan.skipped {
        let why = texts.say(&format!("day-off-{}", name_of(skipped.why)));
        let told = format!("{} ({why})", texts.day(skipped.on));
        facts.push(texts.fact("left-out", told));
    }
    let hours = |minutes: i32| texts.decimal(f64::from(minutes) / 60.0);
    let words = [
        ("gross", hours(preview.gross_minutes)),
        ("net", hours(preview.net_minutes)),
    ];
    facts.push(texts.fact("course-hours", texts.with("course-hours", &words)));
    facts
}

/// What a day off is called in the names of texts.
fn name_of(why: DayOff) -> &'static str {
    match why {
        DayOff::Holiday(Holiday::NewYearsDay) => "new-years-day",
        DayOff::Holiday(Holiday::Epiphany) => "epiphany",
        DayOff::Holiday(Holiday::GoodFriday) => "good-friday",
        DayOff::Holiday(Holiday::EasterSunday) => "easter-sunday",
        DayOff::Holiday(Holiday::EasterMonday) => "easter-monday",
        DayOff::Holiday(Holiday::MayDay) => "may-day",
        DayOff::Holiday(Holiday::AscensionDay) => "ascension-day",
        DayOff::Holiday(Holiday::WhitSunday) => "whit-sunday",
        DayOff::Holiday(Holiday::MidsummerDay) => "midsummer-day",
        DayOff::Holiday(Holiday::AllSaintsDay) => "all-saints-day",
        DayOff::Holiday(Holiday::IndependenceDay) => "independence-day",
        DayOff::Holiday(Holiday::ChristmasDay) => "christmas-day",
        DayOff::Holiday(Holiday::StStephensDay) => "st-stephens-day",
        DayOff::Eve(Eve::Midsummer) => "midsummer-eve",
        DayOff::Eve(Eve::Christmas) => "christmas-eve",
    }
}
