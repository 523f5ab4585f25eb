//! The sheet of enrolments: who takes part in courses, was at which session, and what came of it. The rules are the
//! courses' own.

use std::collections::{BTreeMap, BTreeSet};

use chrono::NaiveDate;
use rinnalla_entity::ids::{CourseId, EnrolmentId};
use rinnalla_entity::states::{AttendanceStatus, EnrolmentStatus};

use super::cells::{Line, Recognised, place};
use super::course_told::{EnrolmentTold, Marks, SessionTold};
use super::own_rows::At;
use super::plan::{Fate, Planning};
use super::template::Kind;
use crate::courses::check_name;
use crate::courses::rules::{self, MOST_ON_LIST, PROFESSIONALS};
use crate::text::NAME_MAX_CHARS;

/// The columns of the eight sessions.
pub(super) const SESSION: [&str; rules::SESSIONS] = [
    "session_1",
    "session_2",
    "session_3",
    "session_4",
    "session_5",
    "session_6",
    "session_7",
    "session_8",
];

/// Whether the day of a decision belongs to a state.
pub(super) fn is_decided(status: EnrolmentStatus) -> bool {
    use EnrolmentStatus::{Graduated, Interrupted, NoShow};
    matches!(status, Graduated | Interrupted | NoShow)
}

fn was_there(marks: &Marks) -> bool {
    use AttendanceStatus::{Partly, Present};
    marks
        .iter()
        .flatten()
        .any(|it| [Present, Partly].contains(it))
}

impl Planning<'_> {
    pub(super) fn read_enrolments(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let today = self.ctx.today;
            let (mut key, mut keys) = (None, None);
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                keys = Some((line.text("course")?, line.text("person")));
                let told = enrolment(line, today);
                Some((told?, line.version()))
            });
            let (Some(key), Some((course, person))) = (key, keys) else {
                continue;
            };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let course = self.course_of(at.under("course"), &course);
            let person = match person {
                None => Ok(None),
                Some(person) => self
                    .known_person(sheet, row.number, "person", &person)
                    .map(Some)
                    .ok_or(()),
            };
            let (Some(course), Ok(person), Some((told, version))) = (course, person, read) else {
                continue;
            };
            let told = EnrolmentTold {
                course,
                person,
                ..told
            };
            self.plan_enrolment(at, &key, told, version);
        }
        self.hold_against_places(sheet);
    }

    fn plan_enrolment(
        &mut self,
        at: At<'_, '_>,
        key: &str,
        told: EnrolmentTold,
        version: Option<i64>,
    ) {
        let known = self.known;
        let before = self.findings.len();
        let found = known
            .object::<EnrolmentId>(Kind::Enrolments, key)
            .map(EnrolmentId);
        let stood = found.and_then(|id| known.taught.enrolments.get(&id));
        if stood.is_some_and(|it| it.told.course != told.course) {
            self.note_at(at.under("course"), "OTHER_COURSE");
        }
        if let Some(person) = told.person {
            let own = known.own.id;
            let holds = self
                .role_terms
                .keys()
                .any(|(it, of, _)| (*it, *of) == (person, own));
            if !holds && !self.supporters.contains_key(&person) {
                self.note_at(at.under("person"), "NO_ROLE");
            }
            let is_same = |it: &EnrolmentTold| (it.course, it.person) == (told.course, told.person);
            let in_register = known
                .taught
                .enrolments
                .iter()
                .any(|(id, it)| Some(*id) != found && is_same(&it.told));
            if in_register || self.plan.enrolments.iter().any(|it| is_same(&it.told)) {
                self.note_at(at.under("person"), "ENROLLED_TWICE");
            }
        }
        self.check_course(at, &told, stood.map(|it| &it.told));
        if self.findings.len() == before {
            let planned = self.plan_own(
                at,
                (Kind::Enrolments, key),
                (told, version),
                &known.taught.enrolments,
            );
            self.plan.enrolments.extend(planned);
        }
    }

    /// What the course allows: nobody before it is open, no mark before a session, no graduation before the last.
    fn check_course(
        &mut self,
        at: At<'_, '_>,
        told: &EnrolmentTold,
        stood: Option<&EnrolmentTold>,
    ) {
        // What stands in the register already was allowed when it was recorded.
        if stood == Some(told) {
            return;
        }
        let (is_open, professionals) = match self.course(told.course) {
            Some(course) => (course.is_open, course.professionals.len()),
            None => return,
        };
        if !is_open {
            self.note_at(at.under("course"), "COURSE_NOT_OPEN");
        }
        let sessions = self.sessions_of(told.course);
        let held = |no: usize| {
            let mut sessions = sessions.iter().map(|(_, it)| it);
            sessions.find(|it| !it.is_cancelled && usize::from(it.no.unsigned_abs()) == no + 1)
        };
        for (no, column) in SESSION.iter().enumerate() {
            let was = stood.and_then(|it| it.marks[no]);
            if told.marks[no].is_none() || told.marks[no] == was {
                continue;
            }
            let code = match held(no) {
                None => "NO_SESSION",
                Some(session) if session.on > self.ctx.today => "DATE_IN_FUTURE",
                Some(_) if professionals < PROFESSIONALS => "TOO_FEW_PROFESSIONALS",
                Some(_) if !rules::has_place(told.status) => "WAITS",
                Some(_) => continue,
            };
            self.note_at(at.under(column), code);
        }
        self.check_decision(
            at,
            told,
            &sessions.iter().map(|(_, it)| it).collect::<Vec<_>>(),
        );
    }

    fn check_decision(&mut self, at: At<'_, '_>, told: &EnrolmentTold, sessions: &[&SessionTold]) {
        let Some(on) = told.decided_on else { return };
        let days = sessions.iter().filter(|it| !it.is_cancelled);
        let days: BTreeSet<NaiveDate> = days.map(|it| it.on).collect();
        let earliest = match told.status {
            EnrolmentStatus::Graduated => days.last(),
            _ => days.first(),
        };
        if earliest.is_some_and(|earliest| on < *earliest) {
            let code = match told.status {
                EnrolmentStatus::Graduated => "LAST_SESSION_TO_COME",
                _ => "DATES_OUT_OF_ORDER",
            };
            self.note_at(at.under("decided_on"), code);
        }
        if told.status == EnrolmentStatus::NoShow && was_there(&told.marks) {
            self.note_at(at.under("status"), "CAME");
        }
    }

    /// Nobody graduates before somebody's mark stands at every session that was not cancelled.
    fn hold_against_sessions(&mut self, sheet: &Recognised<'_>) {
        let graduates = self
            .plan
            .enrolments
            .iter()
            .filter(|it| it.fate != Fate::Same && it.told.status == EnrolmentStatus::Graduated);
        let graduates: Vec<(u32, CourseId)> =
            graduates.map(|it| (it.row, it.told.course)).collect();
        let mut is_over: BTreeMap<CourseId, bool> = BTreeMap::new();
        for (row, of) in graduates {
            let is_over = *is_over.entry(of).or_insert_with(|| {
                let marks = self.marks_of(of);
                let sessions = self.sessions_of(of);
                let mut sessions = sessions.iter().filter(|(_, it)| !it.is_cancelled);
                sessions.all(|(_, it)| marks.contains(&it.no))
            });
            if !is_over {
                self.note(sheet, row, "status", "LAST_SESSION_TO_COME", &[]);
            }
        }
    }

    /// At which sessions of a course, by number, somebody's mark would stand.
    pub(super) fn marks_of(&self, of: CourseId) -> BTreeSet<i16> {
        let stood = self.known.taught.enrolments.iter();
        let mut told: BTreeMap<EnrolmentId, &EnrolmentTold> = stood
            .map(|(id, it)| (*id, &it.told))
            .chain(self.plan.enrolments.iter().map(|it| (it.id, &it.told)))
            .collect();
        told.retain(|_, it| it.course == of);
        let numbered = told.values().flat_map(|it| (1_i16..).zip(&it.marks));
        numbered
            .filter(|(_, mark)| mark.is_some())
            .map(|(no, _)| no)
            .collect()
    }

    /// A session at which somebody was cannot be cancelled, nor moved to a day that is still to come.
    pub(super) fn hold_sessions_against_marks(&mut self) {
        let mut faults = Vec::new();
        for it in self
            .plan
            .sessions
            .iter()
            .filter(|it| it.fate == Fate::Changed)
        {
            let is_off = it.told.is_cancelled || it.told.on > self.ctx.today;
            let was = self.known.taught.sessions.get(&it.id);
            let stood = was.is_some_and(|was| !was.told.is_cancelled);
            if is_off && stood && self.marks_of(it.told.course).contains(&it.told.no) {
                faults.push(it.row);
            }
        }
        let name = super::template::Sheet::of(Kind::CourseSessions).name(self.language);
        for row in faults {
            let found = super::finding::Finding::of_sheet(name, "SESSION_MARKED");
            self.findings.push(found.at(row, None));
        }
    }

    /// No more people than a course has places, and no longer list than a course may have.
    fn hold_against_places(&mut self, sheet: &Recognised<'_>) {
        let known = self.known;
        let mut parts: BTreeMap<EnrolmentId, (CourseId, EnrolmentStatus)> = BTreeMap::new();
        let stood = known.taught.enrolments.iter();
        parts.extend(stood.map(|(id, it)| (*id, (it.told.course, it.told.status))));
        let planned = self.plan.enrolments.iter();
        parts.extend(planned.map(|it| (it.id, (it.told.course, it.told.status))));
        let mut told = BTreeSet::new();
        let mut faults = Vec::new();
        for it in &self.plan.enrolments {
            let of = it.told.course;
            let is_same = it.fate == Fate::Same;
            let Some(course) = self.course(of).filter(|_| !is_same && told.insert(of)) else {
                continue;
            };
            let on_list = || parts.values().filter(|(course, _)| *course == of);
            let takes_a_place = |status: EnrolmentStatus| {
                matches!(
                    status,
                    EnrolmentStatus::Enrolled | EnrolmentStatus::Graduated
                )
            };
            let taken = on_list().filter(|(_, it)| takes_a_place(*it)).count();
            let limit = course.limit.map(|limit| usize::from(limit.unsigned_abs()));
            if let Some(limit) = limit.filter(|limit| taken > *limit) {
                faults.push((it.row, "status", "COURSE_FULL", limit));
            }
            if on_list().count() > MOST_ON_LIST {
                faults.push((it.row, "course", "TOO_MANY_NAMED", MOST_ON_LIST));
            }
        }
        self.hold_against_sessions(sheet);
        for (row, column, code, most) in faults {
            let told = [("most", most.to_string())];
            self.findings.push(place(sheet, row, column, code, &told));
        }
    }
}

/// What the row tells of itself.
fn enrolment(line: &mut Line<'_>, today: NaiveDate) -> Option<EnrolmentTold> {
    let is_pseudonym = line.flag("pseudonym").unwrap_or(false);
    let is_person = !line.is_empty("person");
    line.check(is_person == line.is_empty("name"), "name", "NAME_OR_PERSON");
    let name = match is_person {
        true => None,
        false => name(line, is_pseudonym),
    };
    line.check(!(is_person && is_pseudonym), "pseudonym", "NAME_OR_PERSON");
    let wants_reminders = line.flag("reminders").unwrap_or(false);
    line.check(is_person || !wants_reminders, "reminders", "NO_ADDRESS");
    let applied_on = line.past_day("applied_on", today);
    let marks = SESSION.map(|id| {
        let mark: Option<AttendanceStatus> = line.state(id);
        mark.filter(|it| *it != AttendanceStatus::NotRecorded)
    });
    let status = line.state("status");
    let status = status.unwrap_or(EnrolmentStatus::Enrolled);
    let decided_on = line.past_day("decided_on", today);
    let is_told = !line.is_empty("decided_on");
    line.check(is_told || !is_decided(status), "decided_on", "REQUIRED");
    line.check(!is_told || is_decided(status), "decided_on", "NOT_DECIDED");
    let next_steps = line.words("next_steps");
    let may_go_on =
        status == EnrolmentStatus::Graduated && next_steps.len() <= rules::MOST_NEXT_STEPS;
    line.check(
        next_steps.is_empty() || may_go_on,
        "next_steps",
        "NEXT_STEPS_OF_GRADUATES",
    );
    let decided_on = decided_on.filter(|_| is_decided(status));
    Some(EnrolmentTold {
        // Filled in from the keys of the row.
        course: CourseId(uuid::Uuid::nil()),
        person: None,
        name,
        is_pseudonym,
        wants_reminders,
        applied_on: applied_on?,
        marks,
        status,
        decided_on,
        next_steps,
    })
}

/// A name, or a pseudonym.
fn name(line: &mut Line<'_>, is_pseudonym: bool) -> Option<String> {
    let written = line.text("name")?;
    let code = match check_name(&written, is_pseudonym) {
        Ok(name) => return Some(name.reveal().clone()),
        Err("TOO_LONG") => "TOO_LONG",
        Err("LOOKS_LIKE_IDENTITY_NUMBER") => "IDENTITY_NUMBER",
        Err("CONTROL_CHARACTER") => "CONTROL_CHARACTER",
        Err(_) => "BAD_NAME",
    };
    let most = if is_pseudonym { 40 } else { NAME_MAX_CHARS };
    line.note_told("name", code, &[("most", most.to_string())]);
    None
}
