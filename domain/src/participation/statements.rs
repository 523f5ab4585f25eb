//! The rows that are counted, as SQL for both databases; one text a population. `own` is the organisation, `root` the row that
//! goes over to a successor, `day` the day of what happened, `from_on` and `until_on` the days from and until which something
//! stood.

pub(super) const REFERRALS: &str = "SELECT r.id AS root, r.organisation_id AS own, s.on_date AS day, c.county_code AS county,
    c.background, r.form, s.on_date AS from_on, m.met_on AS to_on,
    CASE WHEN m.met_on IS NOT NULL THEN 'HANDED_OVER'
      WHEN EXISTS (SELECT 1 FROM match_proposals o WHERE o.referral_id = r.id AND o.status IN ('ACCEPTED', 'DISCLOSED')) THEN 'ACCEPTED'
      WHEN r.proposal_count > 0 THEN 'PROPOSED' ELSE 'SUBMITTED' END AS stage
  FROM referrals r JOIN supported_cases c ON c.id = r.case_id
  JOIN (SELECT referral_id, min(on_date) AS on_date FROM referral_acts WHERE kind = 'SUBMITTED' AND cancelled_at IS NULL
    GROUP BY referral_id) s ON s.referral_id = r.id
  LEFT JOIN (SELECT referral_id, min(first_meeting_on) AS met_on FROM support_relationships
    WHERE status <> 'CANCELLED' AND first_meeting_on IS NOT NULL GROUP BY referral_id) m ON m.referral_id = r.id";

/// A referral waits until its first meeting, or until it is ended without one.
pub(super) const WAITING_REFERRALS: &str = "SELECT r.id AS root, r.organisation_id AS own, c.county_code AS county, c.background,
    s.on_date AS from_on, CASE WHEN m.met_on IS NULL THEN e.on_date WHEN e.on_date IS NULL OR m.met_on < e.on_date THEN m.met_on
      ELSE e.on_date END AS until_on
  FROM referrals r JOIN supported_cases c ON c.id = r.case_id
  JOIN (SELECT referral_id, min(on_date) AS on_date FROM referral_acts WHERE kind = 'SUBMITTED' AND cancelled_at IS NULL
    GROUP BY referral_id) s ON s.referral_id = r.id
  LEFT JOIN (SELECT referral_id, min(on_date) AS on_date FROM referral_acts
    WHERE kind IN ('CONSENT_WITHDRAWN', 'WITHDRAWN', 'DECLINED', 'EXPIRED', 'CLOSED') AND cancelled_at IS NULL
    GROUP BY referral_id) e ON e.referral_id = r.id
  LEFT JOIN (SELECT referral_id, min(first_meeting_on) AS met_on FROM support_relationships
    WHERE status <> 'CANCELLED' AND first_meeting_on IS NOT NULL GROUP BY referral_id) m ON m.referral_id = r.id";

pub(super) const RELATIONSHIPS: &str =
    "SELECT r.id AS root, r.organisation_id AS own, r.starts_on AS from_on, r.ended_on AS until_on,
    c.county_code AS county, s.background, f.form
  FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id
  JOIN support_persons s ON s.id = r.support_person_id JOIN referrals f ON f.id = r.referral_id
  WHERE r.status <> 'CANCELLED' AND r.starts_on IS NOT NULL";

/// Under way on a quarter's last day, and not paused then.
pub(super) const NOT_PAUSED: &str = "x.from_on <= p.last_on AND (x.until_on IS NULL OR x.until_on > p.last_on) AND NOT EXISTS (
    SELECT 1 FROM support_relationship_acts a WHERE a.relationship_id = x.root AND a.kind = 'PAUSED' AND a.cancelled_at IS NULL
      AND a.on_date <= p.last_on AND NOT EXISTS (SELECT 1 FROM support_relationship_acts b WHERE b.relationship_id = x.root
        AND b.kind = 'RESUMED' AND b.cancelled_at IS NULL AND b.on_date >= a.on_date AND b.on_date <= p.last_on))";

pub(super) const ENDED_RELATIONSHIPS: &str = "SELECT r.id AS root, r.organisation_id AS own, r.ended_on AS day,
    coalesce(r.end_reason, 'OTHER') AS end_reason, c.county_code AS county, s.background
  FROM support_relationships r JOIN supported_cases c ON c.id = r.case_id JOIN support_persons s ON s.id = r.support_person_id
  WHERE r.status = 'ENDED' AND r.starts_on IS NOT NULL";

pub(super) const MEETINGS: &str =
    "SELECT m.relationship_id AS root, m.organisation_id AS own, m.relationship_id AS unit,
    m.met_on AS day, m.activity, m.minutes
  FROM meetings m WHERE m.cancelled_at IS NULL";

pub(super) const REVIEWS: &str = "SELECT j.relationship_id AS root, j.organisation_id AS own, j.window_end_on AS day,
    c.county_code AS county, CASE WHEN j.status = 'HELD' AND j.held_on <= j.window_end_on AND j.is_joint THEN 'JOINT_IN_TIME'
      WHEN j.status = 'HELD' AND j.held_on <= j.window_end_on THEN 'TWO_IN_TIME' WHEN j.status = 'HELD' THEN 'LATE'
      WHEN j.status = 'NOT_HELD' THEN 'NOT_HELD' ELSE 'OVERDUE' END AS review
  FROM joint_reviews j JOIN support_relationships r ON r.id = j.relationship_id JOIN supported_cases c ON c.id = r.case_id
  WHERE j.status <> 'CANCELLED' AND r.status <> 'CANCELLED'";

pub(super) const SUPPORT_PERSONS: &str = "SELECT s.id AS root, s.organisation_id AS own, s.person_id, s.county_code AS county, s.background,
    s.max_active, f.from_on
  FROM support_persons s JOIN (SELECT support_person_id, min(on_date) AS from_on FROM support_person_acts
    WHERE kind = 'ACTIVATED' AND cancelled_at IS NULL GROUP BY support_person_id) f ON f.support_person_id = s.id";

/// By the last of what made somebody active or stopped that, up to a quarter's last day.
pub(super) const IS_ACTIVE: &str = "x.from_on <= p.last_on AND (SELECT a.kind FROM support_person_acts a WHERE a.support_person_id = x.root AND a.cancelled_at IS NULL
    AND a.kind IN ('ACTIVATED', 'RESUMED', 'PAUSED', 'ENDED') AND a.on_date <= p.last_on
    ORDER BY a.on_date DESC, a.seq DESC, a.id DESC LIMIT 1) IN ('ACTIVATED', 'RESUMED')";

/// How many more one could support on a quarter's last day.
pub(super) const FREE_CAPACITY: &str = "x.max_active - (SELECT count(*) FROM support_relationships q WHERE q.support_person_id = x.root
    AND q.status <> 'CANCELLED' AND q.starts_on <= p.last_on AND (q.ended_on IS NULL OR q.ended_on > p.last_on))";

/// In the twelve months up to a quarter's last day: in one form of supervision, in several, or not at all.
pub(super) const WAS_SUPERVISED: &str = "(SELECT CASE WHEN count(*) = 0 THEN 'NO' WHEN min(h.form) = max(h.form) THEN min(h.form)
      ELSE 'SEVERAL' END FROM supervision_attendances a
    JOIN supervision_sessions h ON h.id = a.session_id WHERE a.person_id = x.person_id AND a.cancelled_at IS NULL
      AND a.status = 'ATTENDED' AND h.organisation_id = x.own AND h.status = 'HELD' AND h.on_date > p.year_before
      AND h.on_date <= p.last_on)";

pub(super) const SUPERVISION_MINUTES: &str = "coalesce((SELECT sum(h.held_minutes) FROM supervision_attendances a
    JOIN supervision_sessions h ON h.id = a.session_id WHERE a.person_id = x.person_id AND a.cancelled_at IS NULL
      AND a.status = 'ATTENDED' AND h.organisation_id = x.own AND h.status = 'HELD' AND h.on_date > p.year_before
      AND h.on_date <= p.last_on), 0)";

/// Peers who are no support persons: those are counted by their own acts.
pub(super) const OTHER_PEERS: &str = "SELECT DISTINCT g.person_id AS root, g.organisation_id AS own, g.person_id, g.person_id AS unit,
    g.role, g.valid_from AS from_on, g.valid_to AS to_on
  FROM role_grants g WHERE g.role IN ('PEER_GUIDE', 'EXPERT') AND g.cancelled_at IS NULL";

pub(super) const COURSES: &str = "SELECT c.id AS root, c.organisation_id AS own, o.county_code AS county,
    (SELECT max(s.on_date) FROM course_sessions s WHERE s.course_id = c.id AND s.status <> 'CANCELLED') AS day,
    coalesce((SELECT sum(k.cents) FROM course_costs k WHERE k.course_id = c.id AND k.cancelled_at IS NULL), 0) AS cents
  FROM courses c JOIN organisations o ON o.id = c.organisation_id WHERE c.status = 'FINISHED'";

/// Whoever was there at least once. A course belongs to the period of its last session.
pub(super) const COURSE_PARTICIPANTS: &str = "SELECT c.id AS root, c.organisation_id AS own,
    coalesce(e.person_id, e.id) AS unit, l.on_date AS day, m.attended, m.recorded, m.kept,
    CASE WHEN e.status = 'GRADUATED' THEN 'GRADUATED' ELSE 'NOT_GRADUATED' END AS result
  FROM courses c
  JOIN (SELECT course_id, max(on_date) AS on_date FROM course_sessions WHERE status <> 'CANCELLED' GROUP BY course_id) l
    ON l.course_id = c.id
  JOIN enrolments e ON e.course_id = c.id AND e.status <> 'CANCELLED'
  JOIN (SELECT a.enrolment_id, sum(CASE WHEN a.status IN ('PRESENT', 'PARTLY') THEN 1 ELSE 0 END) AS attended,
      sum(CASE WHEN a.status <> 'NOT_RECORDED' THEN 1 ELSE 0 END) AS recorded,
      sum(CASE WHEN a.status IN ('PRESENT', 'PARTLY', 'EXCUSED') THEN 1 ELSE 0 END) AS kept
    FROM attendances a JOIN course_sessions s ON s.id = a.session_id AND s.status <> 'CANCELLED'
    WHERE a.cancelled_at IS NULL GROUP BY a.enrolment_id) m ON m.enrolment_id = e.id AND m.attended > 0
  WHERE c.status = 'FINISHED'";

pub(super) const SESSION_ATTENDANCE: &str = "SELECT c.id AS root, c.organisation_id AS own, a.enrolment_id AS unit, l.on_date AS day,
    CAST(s.no AS varchar(2)) AS session, CASE WHEN a.status IN ('PRESENT', 'PARTLY') THEN 'THERE' ELSE 'AWAY' END AS mark
  FROM courses c
  JOIN (SELECT course_id, max(on_date) AS on_date FROM course_sessions WHERE status <> 'CANCELLED' GROUP BY course_id) l
    ON l.course_id = c.id
  JOIN course_sessions s ON s.course_id = c.id AND s.status <> 'CANCELLED'
  JOIN attendances a ON a.session_id = s.id AND a.cancelled_at IS NULL AND a.status <> 'NOT_RECORDED'
  WHERE c.status = 'FINISHED'";

/// Somebody's path within one association begins with the first step, and is known by the furthest.
pub(super) const PATHS: &str = "SELECT f.person_id AS root, f.own, f.day, CASE f.step WHEN 4 THEN 'EXPERT' WHEN 3 THEN 'SUPPORT_PERSON'
    WHEN 2 THEN 'PEER_GUIDE' ELSE 'PARTICIPANT' END AS path
  FROM (SELECT u.person_id, u.own, min(u.on_date) AS day, max(u.step) AS step FROM (
      SELECT e.person_id, c.organisation_id AS own, s.on_date, 1 AS step FROM enrolments e JOIN courses c ON c.id = e.course_id
        JOIN attendances a ON a.enrolment_id = e.id AND a.cancelled_at IS NULL AND a.status IN ('PRESENT', 'PARTLY')
        JOIN course_sessions s ON s.id = a.session_id WHERE e.person_id IS NOT NULL AND e.status <> 'CANCELLED'
      UNION ALL SELECT e.person_id, c.organisation_id, d.on_date, 2 FROM enrolment_decisions d JOIN enrolments e ON e.id = d.enrolment_id
        JOIN courses c ON c.id = e.course_id WHERE d.kind = 'GRADUATED' AND d.cancelled_at IS NULL AND e.person_id IS NOT NULL
      UNION ALL SELECT s.person_id, s.organisation_id, a.on_date, 3 FROM support_person_acts a
        JOIN support_persons s ON s.id = a.support_person_id WHERE a.kind = 'ACTIVATED' AND a.cancelled_at IS NULL
      UNION ALL SELECT e.person_id, e.organisation_id, coalesce(e.trained_on, h.ends_on), 4 FROM expert_profiles e
        LEFT JOIN expert_cohorts h ON h.id = e.cohort_id WHERE e.removed_at IS NULL
    ) u GROUP BY u.person_id, u.own) f";

pub(super) const EXPERT_ASSIGNMENTS: &str = "SELECT e.id AS root, e.organisation_id AS own, e.person_id AS unit, a.task, a.employment,
    a.funding, a.working_time_pct AS percent, a.from_on, a.to_on
  FROM expert_assignments a JOIN expert_profiles e ON e.id = a.profile_id WHERE e.removed_at IS NULL AND a.cancelled_at IS NULL";

pub(super) const PLANNED_EXPERTS: &str = "SELECT t.organisation_id AS root, t.organisation_id AS own, CAST(t.year AS varchar(4)) AS year,
    t.fte_hundredths AS hundredths FROM expert_targets t";

pub(super) const VISITS: &str =
    "SELECT d.id AS root, d.organisation_id AS own, d.county_code AS county, o.on_date AS day,
    substr(CAST(o.on_date AS varchar(10)), 6, 2) AS month, o.visits,
    o.first_time_visits, CASE WHEN o.visits > 0 THEN 1 ELSE 0 END AS openings,
    coalesce(CAST(o.area AS varchar(2)), 'NOT_TOLD') AS area
  FROM openings o JOIN drop_in_places d ON d.id = o.place_id WHERE o.cancelled_for IS NULL";

pub(super) const WISHES: &str = "SELECT d.id AS root, d.organisation_id AS own, w.received_on AS day, w.received_on AS from_on,
    w.answered_on AS to_on, coalesce(CAST(w.area AS varchar(2)), 'NOT_TOLD') AS area,
    CASE WHEN w.status = 'DONE' THEN 'DONE' WHEN w.answered_on IS NOT NULL THEN 'ANSWERED' ELSE 'NOT_ANSWERED' END AS outcome
  FROM wishes w JOIN drop_in_places d ON d.id = w.place_id";

/// Drop-in places: what is counted are their weeks, which come from their calendars.
pub(super) const PLACES: &str = "SELECT d.id AS root, d.organisation_id AS own, d.id AS unit, d.county_code AS county FROM drop_in_places d";

pub(super) const INFLUENCE_ITEMS: &str =
    "SELECT i.id AS root, i.organisation_id AS own, i.on_date AS day, i.kind, i.outcome,
    coalesce(CAST(i.area AS varchar(2)), 'NOT_TOLD') AS area
  FROM influence_items i WHERE i.cancelled_at IS NULL";

/// A form, and each of its statements that was not passed over.
pub(super) const SURVEY_ANSWERS: &str = "SELECT s.* FROM (
    SELECT w.id AS root, w.organisation_id AS own, w.id AS wave, a.id AS unit, w.closed_on AS day, i.no AS statement,
      CASE i.no WHEN 'FORM' THEN 0 WHEN '1' THEN a.s1 WHEN '2' THEN a.s2 WHEN '3' THEN a.s3 WHEN '4' THEN a.s4 WHEN '5' THEN a.s5
        WHEN '6' THEN a.s6 WHEN '7' THEN a.s7 WHEN '8' THEN a.s8 WHEN '9' THEN a.s9 WHEN '10' THEN a.s10 END AS points
    FROM survey_waves w JOIN survey_answers a ON a.wave_id = w.id
    CROSS JOIN (SELECT 'FORM' AS no UNION ALL SELECT '1' UNION ALL SELECT '2' UNION ALL SELECT '3' UNION ALL SELECT '4'
      UNION ALL SELECT '5' UNION ALL SELECT '6' UNION ALL SELECT '7' UNION ALL SELECT '8' UNION ALL SELECT '9'
      UNION ALL SELECT '10') i
    WHERE w.closed_on IS NOT NULL) s WHERE s.points IS NOT NULL";
