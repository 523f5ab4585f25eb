//! The populations of places and of the community: visits, weeks, wishes, work for influence, surveys.

use super::super::measures::{Behind, Breakdown as By, Counting, Measure, MeasureCode, Summary};
use super::{DAY, statements};

pub(super) const VISITS: Measure = Measure {
    code: MeasureCode::Visits,
    name: "VISITS",
    figures: "F-8, F-14",
    counting: Counting::Happened,
    behind: Behind::Nobody,
    tells_count: true,
    breakdowns: &[
        By::County,
        By::Organisation,
        By::Area,
        By::Quarter,
        By::Month,
    ],
    // Months are for the visits of an organisation alone (F-0).
    tables: &[
        (By::Organisation, By::Quarter),
        (By::Organisation, By::Month),
        (By::Organisation, By::Area),
    ],
    summaries: &[
        Summary::Sum("OPENINGS", "x.openings"),
        Summary::Sum("FIRST_TIME_VISITS", "x.first_time_visits"),
    ],
    count: "x.visits",
    rows: statements::VISITS,
    within: DAY,
};

/// The weeks of a place are made of its calendar (`weeks`): each belongs to the quarter of its Thursday.
pub(super) const OPENING_WEEKS: Measure = Measure {
    code: MeasureCode::OpeningWeeks,
    name: "OPENING_WEEKS",
    figures: "F-7",
    counting: Counting::Happened,
    behind: Behind::Nobody,
    tells_count: true,
    breakdowns: &[By::Opened, By::County, By::Organisation, By::Quarter],
    tables: &[
        (By::County, By::Opened),
        (By::Organisation, By::Opened),
        (By::Quarter, By::Opened),
    ],
    summaries: &[Summary::Sum("OPEN_MINUTES", "0")],
    count: "1",
    rows: statements::PLACES,
    within: "1 = 1",
};

pub(super) const WISHES: Measure = Measure {
    code: MeasureCode::Wishes,
    name: "WISHES",
    figures: "F-14",
    counting: Counting::Happened,
    behind: Behind::Each,
    tells_count: true,
    breakdowns: &[By::Outcome, By::Area, By::Organisation, By::Quarter],
    tables: &[
        (By::Area, By::Outcome),
        (By::Organisation, By::Outcome),
        (By::Quarter, By::Outcome),
    ],
    summaries: &[Summary::Median("DAYS_TO_ANSWER")],
    count: "1",
    rows: statements::WISHES,
    within: DAY,
};

pub(super) const INFLUENCE_ITEMS: Measure = Measure {
    code: MeasureCode::InfluenceItems,
    name: "INFLUENCE_ITEMS",
    figures: "F-14",
    counting: Counting::Happened,
    behind: Behind::Nobody,
    tells_count: true,
    breakdowns: &[
        By::Kind,
        By::Area,
        By::Outcome,
        By::Organisation,
        By::Quarter,
    ],
    tables: &[
        (By::Area, By::Kind),
        (By::Outcome, By::Kind),
        (By::Organisation, By::Kind),
        (By::Quarter, By::Kind),
    ],
    summaries: &[],
    count: "1",
    rows: statements::INFLUENCE_ITEMS,
    within: DAY,
};

/// A form is counted as `FORM` and once for each statement that was answered in it.
pub(super) const SURVEY_ANSWERS: Measure = Measure {
    code: MeasureCode::SurveyAnswers,
    name: "SURVEY_ANSWERS",
    figures: "F-17",
    counting: Counting::Happened,
    behind: Behind::Some,
    tells_count: true,
    breakdowns: &[By::Wave, By::Statement],
    tables: &[(By::Wave, By::Statement)],
    summaries: &[Summary::Sum("POINTS", "x.points")],
    count: "1",
    rows: statements::SURVEY_ANSWERS,
    within: DAY,
};
