//! The populations of grant targets, as the funder's yearly report asks for them (F-12). An activity may belong to several
//! targets, and is counted for each.
//!
//! Cases, participants, volunteers and meetings are told to the own organisation alone: they are the people of other
//! populations, cut by another line, and whoever could lay one beside the other would find those that are hidden in either.

use super::super::measures::{Behind, Breakdown as By, Counting, Measure, MeasureCode};
use super::DAY;

/// What happened on a day within the target's period, by an activity that belongs to it: what, which one, how many.
macro_rules! happened {
    ($kind:literal, $unit:literal, $n:literal, $day:literal, $($join:tt)+) => {
        concat!(
            "SELECT t.id AS root, t.organisation_id AS own, t.id AS target, '",
            $kind,
            "' AS kind, ",
            $unit,
            " AS unit, ",
            $n,
            " AS n, ",
            $day,
            " AS day FROM grant_targets t JOIN grant_target_activities g ON g.grant_target_id = t.id JOIN ",
            $($join)+,
            " WHERE ",
            $day,
            " >= t.from_on AND (t.to_on IS NULL OR ",
            $day,
            " <= t.to_on)"
        )
    };
}

/// Who was counted in a role from one day to another, which reach into the target's period.
macro_rules! counted {
    ($role:literal, $unit:literal, $from:literal, $to:literal, $($join:tt)+) => {
        concat!(
            "SELECT t.id AS root, t.organisation_id AS own, t.id AS target, '",
            $role,
            "' AS role, ",
            $unit,
            " AS unit, ",
            $from,
            " AS from_on, ",
            $to,
            " AS to_on, t.from_on AS granted_from, t.to_on AS granted_to
             FROM grant_targets t JOIN grant_target_activities g ON g.grant_target_id = t.id JOIN ",
            $($join)+,
            " WHERE (t.to_on IS NULL OR ",
            $from,
            " <= t.to_on) AND (",
            $to,
            " IS NULL OR ",
            $to,
            " >= t.from_on)"
        )
    };
}

macro_rules! visited {
    () => {
        "openings o ON o.place_id = g.drop_in_place_id AND o.cancelled_for IS NULL AND o.visits > 0"
    };
}

macro_rules! taught {
    () => {
        "course_sessions s ON s.course_id = g.course_id AND s.status = 'HELD'"
    };
}

macro_rules! grouped {
    () => {
        "peer_group_meetings m ON m.peer_group_id = g.peer_group_id AND m.cancelled_at IS NULL"
    };
}

/// A relationship is in the programme that its support person is in.
macro_rules! supported {
    () => {
        "support_persons h ON h.programme_id = g.programme_id
         JOIN support_relationships r ON r.support_person_id = h.id AND r.status <> 'CANCELLED' AND r.starts_on IS NOT NULL"
    };
}

macro_rules! met {
    () => {
        concat!(
            supported!(),
            " JOIN meetings m ON m.relationship_id = r.id AND m.cancelled_at IS NULL"
        )
    };
}

/// How many activities something happened in.
pub(super) const ACTIVITIES: Measure = Measure {
    code: MeasureCode::GrantActivities,
    name: "GRANT_ACTIVITIES",
    figures: "F-12",
    counting: Counting::Distinct,
    behind: Behind::Nobody,
    tells_count: true,
    breakdowns: &[By::GrantTarget, By::Kind],
    tables: &[(By::GrantTarget, By::Kind)],
    summaries: &[],
    count: "1",
    rows: concat!(
        happened!("COURSE", "g.course_id", "1", "s.on_date", taught!()),
        " UNION ALL ",
        happened!("PLACE", "g.drop_in_place_id", "1", "o.on_date", visited!()),
        " UNION ALL ",
        happened!("GROUP", "g.peer_group_id", "1", "m.on_date", grouped!()),
        " UNION ALL ",
        happened!("PROGRAMME", "g.programme_id", "1", "m.met_on", met!()),
        " UNION ALL ",
        happened!(
            "INFLUENCE",
            "i.id",
            "1",
            "i.on_date",
            "influence_items i ON i.id = g.influence_item_id AND i.cancelled_at IS NULL"
        )
    ),
    within: DAY,
};

/// Organisations that a course or a place names as its partners, where something happened in it.
pub(super) const PARTNERS: Measure = Measure {
    code: MeasureCode::GrantPartners,
    name: "GRANT_PARTNERS",
    breakdowns: &[By::GrantTarget],
    tables: &[],
    rows: concat!(
        happened!(
            "COURSE",
            "k.organisation_id",
            "1",
            "s.on_date",
            concat!(
                taught!(),
                " JOIN course_organisers k ON k.course_id = s.course_id"
            )
        ),
        " UNION ALL ",
        happened!(
            "PLACE",
            "k.organisation_id",
            "1",
            "o.on_date",
            concat!(
                visited!(),
                " JOIN drop_in_place_partners k ON k.place_id = o.place_id"
            )
        )
    ),
    ..ACTIVITIES
};

/// Encounters that nobody is behind: visits, sessions, heads in groups, talks.
pub(super) const ENCOUNTERS: Measure = Measure {
    code: MeasureCode::GrantEncounters,
    name: "GRANT_ENCOUNTERS",
    counting: Counting::Happened,
    count: "x.n",
    rows: concat!(
        happened!("VISIT", "o.id", "o.visits", "o.on_date", visited!()),
        " UNION ALL ",
        happened!("COURSE_SESSION", "s.id", "1", "s.on_date", taught!()),
        " UNION ALL ",
        happened!("GROUP_VISIT", "m.id", "m.heads", "m.on_date", grouped!()),
        " UNION ALL SELECT t.id, t.organisation_id, t.id, 'TALK', e.id, e.talks, e.on_date
         FROM grant_targets t JOIN encounters e ON e.organisation_id = t.organisation_id AND e.cancelled_at IS NULL
         WHERE t.counts_encounters AND t.cancelled_at IS NULL AND e.on_date >= t.from_on AND (t.to_on IS NULL OR e.on_date <= t.to_on)"
    ),
    ..ACTIVITIES
};

/// People, each once in a role: cases with a relationship under way, participants who were there, and volunteers, who have no
/// contract of work: support persons, and those who volunteer or guide at a place.
pub(super) const PEOPLE: Measure = Measure {
    code: MeasureCode::GrantPeople,
    name: "GRANT_PEOPLE",
    behind: Behind::Untold,
    breakdowns: &[By::GrantTarget, By::Role],
    tables: &[(By::GrantTarget, By::Role)],
    rows: concat!(
        counted!("CASE", "r.case_id", "r.starts_on", "r.ended_on", supported!()),
        " UNION ALL ",
        counted!(
            "PARTICIPANT",
            "coalesce(e.person_id, e.id)",
            "s.on_date",
            "s.on_date",
            concat!(
                taught!(),
                " JOIN attendances a ON a.session_id = s.id AND a.cancelled_at IS NULL AND a.status IN ('PRESENT', 'PARTLY')
                  JOIN enrolments e ON e.id = a.enrolment_id AND e.status <> 'CANCELLED'"
            )
        ),
        " UNION ALL ",
        counted!("VOLUNTEER", "h.person_id", "r.starts_on", "r.ended_on", supported!()),
        " UNION ALL ",
        counted!(
            "VOLUNTEER",
            "k.person_id",
            "k.from_on",
            "k.to_on",
            "place_role_terms k ON k.place_id = g.drop_in_place_id AND k.role IN ('VOLUNTEER', 'PEER_GUIDE')
               AND k.cancelled_at IS NULL"
        )
    ),
    within: "x.from_on <= p.last_on AND (x.to_on IS NULL OR x.to_on >= p.first_on) AND x.granted_from <= p.last_on
      AND (x.granted_to IS NULL OR x.granted_to >= p.first_on)",
    ..ACTIVITIES
};

pub(super) const MEETINGS: Measure = Measure {
    code: MeasureCode::GrantMeetings,
    name: "GRANT_MEETINGS",
    counting: Counting::Happened,
    behind: Behind::Untold,
    breakdowns: &[By::GrantTarget],
    tables: &[],
    rows: happened!("MEETING", "m.id", "1", "m.met_on", met!()),
    ..ACTIVITIES
};
