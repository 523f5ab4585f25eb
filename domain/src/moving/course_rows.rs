//! The sheets of courses and of their sessions.

use std::collections::{BTreeMap, BTreeSet};

use rinnalla_entity::ids::{CourseId, CourseSessionId, CurriculumId, Id as _, PersonId};
use rinnalla_entity::states::Role;

use super::cells::Recognised;
use super::course_told::{CourseTold, SessionTold};
use super::own_rows::At;
use super::plan::{Fate, Planned, Planning, of_id};
use super::queries::Version;
use super::template::{Kind, plain};
use crate::courses::rules::{
    self, LATEST_START, LUNCH_MINUTES, MOST_FACILITATORS, MOST_PARTICIPANTS, SESSIONS,
};
use crate::courses::{LINE_MAX_CHARS, NAME_MAX_CHARS, THEME_MAX_CHARS};

/// The key of a session that takes place under its number.
pub(super) fn number_key(told: &SessionTold) -> String {
    format!("{} {}", told.course.encode(), told.no)
}

/// The key of the session of a number on a day: several may have been cancelled.
fn day_key(told: &SessionTold) -> String {
    format!("{} {}", number_key(told), told.on)
}

/// How a version of a curriculum is named: two may have one name.
pub(super) fn numbered(it: &Version) -> String {
    format!("{} {}", it.name, it.no)
}

fn small(range: std::ops::RangeInclusive<i32>) -> std::ops::RangeInclusive<i16> {
    let number = |n: i32| i16::try_from(n).unwrap_or(i16::MAX);
    number(*range.start())..=number(*range.end())
}

impl Planning<'_> {
    pub(super) fn read_courses(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let mut key = None;
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                let name = line.line("name", NAME_MAX_CHARS);
                let unit = line.line("unit", NAME_MAX_CHARS);
                let starts_on = line.day("starts_on");
                let starts_at = line.clock("starts_at", LATEST_START);
                let lunch = line.number("lunch", small(LUNCH_MINUTES));
                let baseline = line.number("baseline", small(0..=MOST_PARTICIPANTS));
                let limit = line.number("limit", small(1..=MOST_PARTICIPANTS));
                let curriculum = line.text("curriculum");
                let goals = line.words("goals");
                let named = ["organisers", "partners"].map(|id| line.listed(id));
                let led = ["professionals", "assistants"].map(|id| line.listed(id));
                let is_open = line.flag("opened").unwrap_or(true);
                let is_cancelled = line.flag("cancelled").unwrap_or(false);
                let told = CourseTold {
                    name: name?,
                    unit,
                    starts_on: starts_on?,
                    starts_at: starts_at?,
                    lunch_minutes: lunch?,
                    baseline,
                    limit,
                    curriculum: None,
                    goals,
                    organisers: BTreeSet::new(),
                    partners: BTreeSet::new(),
                    professionals: BTreeSet::new(),
                    assistants: BTreeSet::new(),
                    is_open,
                    is_cancelled,
                };
                Some((told, curriculum, named, led, line.version()))
            });
            let Some(key) = key else { continue };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let before = self.findings.len();
            let planned = read.and_then(|(told, curriculum, named, led, version)| {
                let curriculum = self.curriculum_of(at.under("curriculum"), curriculum);
                let told = CourseTold { curriculum, ..told };
                let told = self.course_with(at, told, named, led);
                let known = self.known;
                let own = (Kind::Courses, key.as_str());
                let planned = self.plan_own(at, own, (told, version), &known.taught.courses);
                let takes_part = planned
                    .as_ref()
                    .filter(|it| !it.told.is_open)
                    .is_some_and(|it| {
                        let mut parts = known.taught.enrolments.values();
                        parts.any(|part| part.told.course == it.id)
                    });
                if takes_part {
                    self.note_at(at.under("opened"), "COURSE_NOT_OPEN");
                }
                planned.filter(|_| self.findings.len() == before)
            });
            self.name_row(Kind::Courses, &key, planned.as_ref().map(|it| it.id));
            self.plan.courses.extend(planned);
        }
    }

    /// A course with whom its cells name.
    fn course_with(
        &mut self,
        at: At<'_, '_>,
        told: CourseTold,
        [organisers, partners]: [BTreeSet<String>; 2],
        [professionals, assistants]: [BTreeSet<String>; 2],
    ) -> CourseTold {
        let mut named = |column, written: &BTreeSet<String>| {
            let names = written.iter();
            let found =
                names.filter_map(|it| self.organisation_of(at.under(column), Some(it.as_str())));
            found.collect::<BTreeSet<_>>()
        };
        let (organisers, partners) = (
            named("organisers", &organisers),
            named("partners", &partners),
        );
        if organisers.intersection(&partners).next().is_some() {
            self.note_at(at.under("partners"), "NAMED_TWICE");
        }
        let mut led = |column, keys: &BTreeSet<String>, roles: &[Role]| {
            let at = at.under(column);
            let people: BTreeSet<PersonId> = self.people_of(at, keys);
            if people.iter().any(|it| !self.has_role(*it, roles)) {
                self.note_at(at, "NOT_A_FACILITATOR");
            }
            people
        };
        let professionals = led("professionals", &professionals, &[Role::Facilitator]);
        let may_assist = [Role::Facilitator, Role::PeerGuide];
        let assistants = led("assistants", &assistants, &may_assist);
        if professionals.intersection(&assistants).next().is_some() {
            self.note_at(at.under("assistants"), "NAMED_TWICE");
        }
        if professionals.len() + assistants.len() > MOST_FACILITATORS {
            let told = [("most", MOST_FACILITATORS.to_string())];
            self.note(at.sheet, at.row, "assistants", "TOO_MANY_NAMED", &told);
        }
        CourseTold {
            organisers,
            partners,
            professionals,
            assistants,
            ..told
        }
    }

    /// A version of a curriculum by its name and number, by its name where there is one of it alone, or by its id.
    fn curriculum_of(&mut self, at: At<'_, '_>, written: Option<String>) -> Option<CurriculumId> {
        let written = plain(&written?);
        let all = &self.known.taught.curricula;
        let fits = |it: &&Version| {
            [it.name.clone(), numbered(it), it.id.encode()]
                .iter()
                .any(|name| plain(name) == written)
        };
        let mut found = all.iter().filter(fits);
        match (found.next(), found.next()) {
            (Some(one), None) => return Some(one.id),
            (None, _) => self.note_at(at, "UNKNOWN_CURRICULUM"),
            (Some(_), Some(_)) => self.note_at(at, "SEVERAL_CURRICULA"),
        }
        None
    }

    /// The course that a key means, and what is told of it.
    pub(super) fn course_of(&mut self, at: At<'_, '_>, key: &str) -> Option<CourseId> {
        let known = self.known;
        self.row_of(at, Kind::Courses, key, |id| {
            known.taught.courses.contains_key(&id)
        })
    }

    /// What is told of a course: by the file, or by the register.
    pub(super) fn course(&self, id: CourseId) -> Option<&CourseTold> {
        let planned = self.plan.courses.iter().find(|it| it.id == id);
        let stood = self.known.taught.courses.get(&id);
        planned
            .map(|it| &it.told)
            .or_else(|| stood.map(|it| &it.told))
    }

    pub(super) fn read_sessions(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "no",
            };
            let read = self.line(sheet, row, |line| {
                let key = line.text("key");
                let course = line.text("course");
                let no = line.number("no", 1..=SESSIONS as i16);
                let on = line.day("on");
                let starts_at = line.clock("starts_at", LATEST_START);
                let planned_on = line.day("planned_on");
                let planned_at = line.clock("planned_at", LATEST_START);
                let is_cancelled = line.flag("cancelled").unwrap_or(false);
                let theme = line.line("theme", THEME_MAX_CHARS);
                let methods = line.line("methods", LINE_MAX_CHARS);
                let materials = line.line("materials", LINE_MAX_CHARS);
                let when = (no?, on?, starts_at, (planned_on, planned_at), is_cancelled);
                Some((
                    key,
                    course?,
                    when,
                    [theme, methods, materials],
                    line.version(),
                ))
            });
            let Some((key, course, when, [theme, methods, materials], version)) = read else {
                continue;
            };
            let Some(course) = self.course_of(at.under("course"), &course) else {
                continue;
            };
            let (no, on, starts_at, (planned_on, planned_at), is_cancelled) = when;
            let starts_at = starts_at.or_else(|| self.course(course).map(|it| it.starts_at));
            let starts_at = starts_at.unwrap_or_default();
            let told = SessionTold {
                course,
                no,
                on,
                at: starts_at,
                planned_on: planned_on.unwrap_or(on),
                planned_at: planned_at.unwrap_or(starts_at),
                is_cancelled,
                theme,
                methods,
                materials,
            };
            let once = key.clone().unwrap_or_else(|| day_key(&told));
            if self.is_once(at, &mut seen, &once) {
                self.plan_session(at, key, told, version);
            }
        }
    }

    /// Without a number of its own, a row is the session of that number on that day, or the one that takes place under it.
    fn session_like(&self, told: &SessionTold) -> Option<CourseSessionId> {
        let of_no = || {
            let stood = self.known.taught.sessions.iter();
            stood.filter(|(_, it)| (it.told.course, it.told.no) == (told.course, told.no))
        };
        let on_day = of_no().find(|(_, it)| it.told.on == told.on);
        let taking_place = of_no().find(|(_, it)| !it.told.is_cancelled && !told.is_cancelled);
        on_day.or(taking_place).map(|(id, _)| *id)
    }

    fn plan_session(
        &mut self,
        at: At<'_, '_>,
        key: Option<String>,
        told: SessionTold,
        version: Option<i64>,
    ) {
        const KIND: Kind = Kind::CourseSessions;
        let known = self.known;
        let found = match &key {
            Some(key) => known
                .object::<CourseSessionId>(KIND, key)
                .map(CourseSessionId),
            None => self.session_like(&told),
        };
        let found = found.and_then(|id| Some((id, known.taught.sessions.get(&id)?)));
        if found.is_some_and(|(_, it)| (it.told.course, it.told.no) != (told.course, told.no)) {
            self.note_at(at, "OTHER_COURSE");
            return;
        }
        let is_natural = key.as_deref().is_some_and(|key| {
            of_id::<CourseSessionId>(key).is_some_and(|id| found.map(|it| it.0.uuid()) == Some(id))
        });
        let keys = match key {
            Some(key) => vec![key],
            None if told.is_cancelled => vec![day_key(&told), number_key(&told)],
            None => vec![number_key(&told), day_key(&told)],
        };
        let means_it = |key: &&String| {
            let moved = known.moved(KIND, key).map(|it| it.object_id);
            found.is_some_and(|(id, _)| moved == Some(id.uuid()))
        };
        let key = keys.iter().find(means_it).unwrap_or(&keys[0]);
        let stood = found.map(|(_, it)| it);
        let fate = match self.own_fate((KIND, key.as_str()), (&told, version), stood) {
            Ok(fate) => fate,
            Err(code) => return self.note_at(at, code),
        };
        let planned = Planned {
            id: found.map_or_else(CourseSessionId::random, |(id, _)| id),
            told,
            fate,
            row: at.row,
            key: (!is_natural).then(|| known.key(KIND, key)),
        };
        let others = self.sessions_of(planned.told.course);
        let mut others = others
            .iter()
            .filter(|(id, it)| *id != planned.id && !it.is_cancelled && !planned.told.is_cancelled);
        if let Some((_, other)) =
            others.find(|(_, it)| it.no == planned.told.no || it.on == planned.told.on)
        {
            let column = if other.no == planned.told.no {
                "no"
            } else {
                "on"
            };
            self.note_at(at.under(column), "SESSION_TWICE");
            return;
        }
        self.plan.sessions.push(planned);
    }

    /// The sessions of a course as they would be: the file's word before the register's.
    pub(super) fn sessions_of(&self, of: CourseId) -> Vec<(CourseSessionId, SessionTold)> {
        let planned = self.plan.sessions.iter().filter(|it| it.told.course == of);
        let mut sessions: BTreeMap<CourseSessionId, SessionTold> = self
            .known
            .taught
            .sessions
            .iter()
            .filter(|(_, it)| it.told.course == of)
            .map(|(id, it)| (*id, it.told.clone()))
            .collect();
        let from_plan = self.plan.planned_sessions.iter();
        sessions.extend(from_plan.filter(|(_, it)| it.course == of).cloned());
        sessions.extend(planned.map(|it| (it.id, it.told.clone())));
        sessions.into_iter().collect()
    }

    /// A new course has the sessions that the file tells, all eight of them, or those of its plan.
    pub(super) fn plan_missing_sessions(&mut self) {
        let new: Vec<(CourseId, u32)> = self
            .plan
            .courses
            .iter()
            .filter(|it| it.fate == Fate::New)
            .map(|it| (it.id, it.row))
            .collect();
        for (id, row) in new {
            let told: BTreeSet<i16> = self.sessions_of(id).iter().map(|(_, it)| it.no).collect();
            if !told.is_empty() {
                let missing = (1..=SESSIONS as i16).filter(|no| !told.contains(no));
                let missing: Vec<String> = missing.map(|no| no.to_string()).collect();
                if !missing.is_empty() {
                    self.note_missing(row, &missing.join(", "));
                }
                continue;
            }
            let Some(course) = self.course(id).cloned() else {
                continue;
            };
            let days = rules::plan(course.starts_on).days;
            let sessions = (1_i16..).zip(days).map(|(no, on)| {
                let told = SessionTold {
                    course: id,
                    no,
                    on,
                    at: course.starts_at,
                    planned_on: on,
                    planned_at: course.starts_at,
                    is_cancelled: false,
                    theme: None,
                    methods: None,
                    materials: None,
                };
                (CourseSessionId::random(), told)
            });
            self.plan.planned_sessions.extend(sessions);
        }
    }

    fn note_missing(&mut self, row: u32, missing: &str) {
        let sheet = super::template::Sheet::of(Kind::Courses).name(self.language);
        let found = super::finding::Finding::of_sheet(sheet, "SESSIONS_MISSING").at(row, None);
        self.findings.push(found.tell("names", missing));
    }
}
