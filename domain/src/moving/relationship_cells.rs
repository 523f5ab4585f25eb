//! The cells of a relationship's row, held against the rules of relationships and reviews.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, SupportPersonId};
use rinnalla_entity::states::{
    CaseBackground, RehabilitationPhase, ReviewChannel, ReviewOutcome, ReviewProgress, SupportForm,
    SupportRelationshipStatus,
};

use super::cells::Line;
use super::supporter_rows::decade;
use super::told::{Agreed, CaseTold, Met, RelationshipTold, Reviewed, Step};
use crate::calendar::add_months;
use crate::support_relationships::rules::{self, Fault};

/// The people and organisations that a row names, not looked up yet.
pub(super) struct Named {
    pub key: String,
    pub case_code: Option<String>,
    pub support_person: String,
    pub professional: Option<String>,
    pub referring: Option<String>,
}

pub(super) fn names(line: &mut Line<'_>) -> Option<Named> {
    let key = line.text("key");
    let support_person = line.text("support_person");
    let professional = line.text("professional");
    let referring = line.text("referring_organisation");
    let case_code = line.text("case_code");
    Some(Named {
        key: key?,
        case_code,
        support_person: support_person?,
        professional,
        referring,
    })
}

/// What a row tells, with people and organisation still to be looked up.
pub(super) fn tell(
    line: &mut Line<'_>,
    today: NaiveDate,
    own_county: &str,
) -> Option<RelationshipTold> {
    let before = line.faults();
    let case = case(line, today, own_county);
    let form = line.state("form").unwrap_or(SupportForm::Individual);
    let phase = line.state("phase").unwrap_or(RehabilitationPhase::Unknown);
    let consent_on = line.past_day("consent_on", today);
    let met = met(line, today);
    let disclosed_on = line
        .past_day("disclosed_on", today)
        .or(met.map(|met| met.on));
    if disclosed_on.is_none() && line.faults() == before {
        line.note("disclosed_on", "REQUIRED");
    }
    let agreed = agreed(line, today);
    let reviewed = reviewed(line, today);
    let paused_on = line.past_day("paused_on", today);
    let resumed_on = line.past_day("resumed_on", today);
    let ended_on = line.past_day("ended_on", today);
    let end_reason = line.state("end_reason");
    line.check(
        ended_on.is_some() == end_reason.is_some(),
        "end_reason",
        "END_WITHOUT_REASON",
    );
    let status = line.state::<SupportRelationshipStatus>("status");
    let told = RelationshipTold {
        case: case?,
        support_person: SupportPersonId::random(),
        professional: None,
        referring: OrganisationId::random(),
        form,
        phase,
        consent_on: consent_on?,
        disclosed_on: disclosed_on?,
        met,
        agreed,
        reviewed,
        paused_on,
        resumed_on,
        ended: ended_on.zip(end_reason),
    };
    if line.faults() == before {
        in_order(line, &told, today, status);
    }
    Some(told)
}

fn case(line: &mut Line<'_>, today: NaiveDate, own_county: &str) -> Option<CaseTold> {
    let background = line.state("case_background");
    let kin_relation = line.word("kin_relation");
    let is_kin = background.is_none_or(|it| it == CaseBackground::NextOfKin);
    line.check(
        kin_relation.is_none() || is_kin,
        "kin_relation",
        "NOT_NEXT_OF_KIN",
    );
    let birth_decade = decade(line, today);
    let county = line.word("county");
    let municipality = line.words("municipality");
    line.check(municipality.len() <= 1, "municipality", "ONE_ALONE");
    let language = line.word("language");
    Some(CaseTold {
        background: background?,
        kin_relation,
        birth_decade,
        county: county.unwrap_or_else(|| own_county.to_owned()),
        municipality: municipality.into_iter().next(),
        language: language.unwrap_or_else(|| "fi".to_owned()),
    })
}

fn met(line: &mut Line<'_>, today: NaiveDate) -> Option<Met> {
    let on = line.past_day("first_meeting_on", today);
    let was_there = line.flag("professional_present").unwrap_or(true);
    let exception = line.state("exception");
    line.check(
        was_there || exception.is_some(),
        "exception",
        "WHY_NOT_PRESENT",
    );
    line.check(
        !was_there || exception.is_none(),
        "exception",
        "WAS_PRESENT",
    );
    Some(Met { on: on?, exception })
}

/// An agreement starts at most a year ahead, as in the register.
const STARTS_AHEAD_MONTHS: i32 = 12;

fn agreed(line: &mut Line<'_>, today: NaiveDate) -> Option<Agreed> {
    let from = line.day("agreement_from");
    let until = line.day_or_word("agreement_until");
    let signed_on = line.past_day("signed_on", today);
    let rhythm = line.state("rhythm");
    let places = line.words("places");
    let interval = line.number("review_interval", 3..=6);
    let follows = line.flag("professional_follows");
    let is_told = from.is_some()
        || until.is_some()
        || signed_on.is_some()
        || rhythm.is_some()
        || !places.is_empty();
    if !is_told {
        return None;
    }
    let needs = [
        ("agreement_from", from.is_some()),
        ("agreement_until", until.is_some()),
        ("signed_on", signed_on.is_some()),
        ("rhythm", rhythm.is_some()),
        ("places", !places.is_empty()),
    ];
    for (column, is_there) in needs {
        let is_told = is_there || !line.is_empty(column);
        line.check(is_told, column, "AGREEMENT_INCOMPLETE");
    }
    if let Some(from) = from {
        let is_far = from > add_months(today, STARTS_AHEAD_MONTHS);
        line.check(!is_far, "agreement_from", "FAR_DAY");
        let ends = until.flatten();
        line.check(
            ends.is_none_or(|until| until >= from),
            "agreement_until",
            "DATES_OUT_OF_ORDER",
        );
    }
    line.check(places.len() <= 8, "places", "TOO_MANY_PLACES");
    Some(Agreed {
        from: from?,
        until: until?,
        signed_on: signed_on?,
        rhythm: rhythm?,
        places,
        interval: interval.unwrap_or(3),
        follows: follows.unwrap_or(true),
    })
}

fn reviewed(line: &mut Line<'_>, today: NaiveDate) -> Option<Reviewed> {
    let on = line.past_day("review_held_on", today);
    let supported = line.flag("review_supported").unwrap_or(true);
    let support_person = line.flag("review_support_person").unwrap_or(true);
    let settles = line.flag("review_settles");
    let channel = line
        .state("review_channel")
        .unwrap_or(ReviewChannel::InPerson);
    let progress = line
        .state("review_progress")
        .unwrap_or(ReviewProgress::NotSaid);
    let outcome = line
        .state("review_outcome")
        .unwrap_or(ReviewOutcome::Continue);
    let not_held = line.state("review_not_held");
    let is_joint = supported && support_person;
    line.check(
        on.is_none() || not_held.is_none(),
        "review_not_held",
        "HELD_AND_NOT_HELD",
    );
    line.check(
        supported || support_person,
        "review_supported",
        "ONE_OF_TWO_MUST_BE_PRESENT",
    );
    line.check(
        on.is_none() || is_joint || settles.is_some(),
        "review_settles",
        "SAY_IF_IT_SETTLES",
    );
    line.check(
        !is_joint || settles != Some(false),
        "review_settles",
        "JOINT_SETTLES",
    );
    match (on, not_held) {
        (Some(on), _) => Some(Reviewed::Held {
            on,
            supported,
            support_person,
            settles: is_joint || settles == Some(true),
            channel,
            progress,
            outcome,
        }),
        (None, reason) => reason.map(Reviewed::NotHeld),
    }
}

pub(super) fn entries(told: &RelationshipTold) -> Vec<rules::Entry> {
    told.entries().into_iter().map(|(_, entry)| entry).collect()
}

/// Holds the days against each other, by the rules of relationships and reviews.
fn in_order(
    line: &mut Line<'_>,
    told: &RelationshipTold,
    today: NaiveDate,
    written: Option<SupportRelationshipStatus>,
) {
    line.check(
        told.consent_on <= told.disclosed_on,
        "consent_on",
        "CONSENT_LATER",
    );
    line.check(
        told.resumed_on.is_none() || told.paused_on.is_some(),
        "resumed_on",
        "DATES_OUT_OF_ORDER",
    );
    match rules::state(told.disclosed_on, &entries(told), today) {
        Ok(state) => {
            // Until the job of the day has run, what starts today stands as agreed.
            let starts = (
                SupportRelationshipStatus::Agreed,
                SupportRelationshipStatus::Active,
            );
            let differs = |it: &SupportRelationshipStatus| {
                *it != state.status && (*it, state.status) != starts
            };
            if let Some(written) = written.filter(differs) {
                line.note_status("status", &written.code(), &state.status.code());
            }
        }
        Err((place, fault)) => {
            let step = told.entries().get(place).map(|(step, _)| *step);
            let column = match (step, fault) {
                (Some(Step::Agreed), Fault::SignedTooEarly) => "signed_on",
                (Some(Step::Met(_)), _) => "first_meeting_on",
                (Some(Step::Agreed), _) => "agreement_from",
                (Some(Step::Paused(_)), _) => "paused_on",
                (Some(Step::Resumed(_)), _) => "resumed_on",
                _ => "ended_on",
            };
            let code = match fault {
                Fault::WrongState => "STEP_MISSING",
                Fault::OutOfOrder | Fault::SignedTooEarly => "DATES_OUT_OF_ORDER",
            };
            line.note(column, code);
        }
    }
    let Some(reviewed) = told.reviewed else {
        return;
    };
    let column = match reviewed {
        Reviewed::Held { .. } => "review_held_on",
        Reviewed::NotHeld(_) => "review_not_held",
    };
    if told.met.is_none() || told.agreed.is_none() {
        return line.note(column, "STEP_MISSING");
    }
    if let (Reviewed::Held { on, .. }, Some(met)) = (reviewed, told.met) {
        let is_before_end = told.ended.is_none_or(|(ended_on, _)| on <= ended_on);
        line.check(on >= met.on && is_before_end, column, "DATES_OUT_OF_ORDER");
    }
}
