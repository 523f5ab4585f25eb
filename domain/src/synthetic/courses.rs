//! The demonstration's courses: two that are finished, one under way with a session today, and one that is to come. They
//! come of the same acts as anybody's, each done on its day.

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{CourseId, CourseSessionId, EnrolmentId, OrganisationId, PersonId};
use rinnalla_entity::states::{AttendanceStatus, FacilitatorKind};

use super::acting::Acting;
use super::chance::Chance;
use super::names;
use crate::calendar::plus_days;
use crate::courses::{
    self, AddPerson, AddSomebody, AssignFacilitator, Create, Decide, Decision, Details, Mark,
    OnCourse, RecordAttendance,
};
use crate::ctx::Register;
use crate::error::Result;
use crate::personal::Personal;

/// Who has to do with courses.
pub(super) struct Circle {
    pub association: OrganisationId,
    pub coordinator: PersonId,
    pub facilitators: [PersonId; 2],
    /// Takes part in the one under way.
    pub peer_guide: PersonId,
}

/// A course: its name, in how many weeks it begins, how many take part, how many of them graduate.
struct Told(&'static str, i64, usize, usize);

const TOLD: [Told; 4] = [
    Told("Kevään vertaisohjaajakurssi", -44, 11, 8),
    Told("Kesän vertaisohjaajakurssi", -22, 9, 6),
    Told("Syksyn vertaisohjaajakurssi", -4, 8, 0),
    Told("Talven vertaisohjaajakurssi", 6, 3, 0),
];

const THEMES: [&str; 8] = [
    "Tutustuminen ja ryhmän säännöt",
    "Kuka on vertaisohjaaja?",
    "Kuunteleminen",
    "Omat rajat ja jaksaminen",
    "Ryhmän ohjaaminen",
    "Retki",
    "Vaikeat tilanteet",
    "Päätös ja todistukset",
];

const STARTS_AT: NaiveTime = match NaiveTime::from_hms_opt(11, 30, 0) {
    Some(time) => time,
    None => NaiveTime::MIN,
};

/// Adds them.
pub(super) async fn add(register: &Register, circle: &Circle) -> Result<()> {
    let mut writing = Writing {
        acting: Acting::new(register, "course"),
        circle,
        chance: Chance::new(8),
    };
    for told in &TOLD {
        writing.course(told).await?;
    }
    Ok(())
}

struct Writing<'a> {
    acting: Acting<'a>,
    circle: &'a Circle,
    chance: Chance,
}

impl Writing<'_> {
    async fn course(&mut self, told: &Told) -> Result<()> {
        let Told(name, weeks, people, graduates) = *told;
        let starts_on = plus_days(self.acting.today, 7 * weeks);
        let planned_on = plus_days(starts_on, -30).min(self.acting.today);
        let course = self.plan(name, starts_on, planned_on).await?;
        let mut parts = Vec::new();
        let is_under_way = weeks < 0 && graduates == 0;
        if is_under_way {
            parts.push(self.enrol_peer_guide(course, planned_on).await?);
        }
        while parts.len() < people {
            parts.push(self.enrol(course, planned_on).await?);
        }
        let ctx = self
            .acting
            .as_on(self.circle.facilitators[0], self.acting.today)
            .await?;
        let mut sessions = courses::sessions_for(&ctx, &[course]).await?;
        let sessions = sessions.remove(&course).unwrap_or_default();
        for (session, theme) in sessions.iter().zip(THEMES) {
            let input = courses::DescribeSession {
                session: session.id,
                version: session.version,
                theme: Some(theme.to_owned()),
                methods: None,
                materials: None,
                reason: None,
            };
            courses::describe_session(&ctx, &self.acting.key(), input).await?;
            if session.on_date < self.acting.today {
                let version = session.version + 1;
                let on = (session.id, version, session.on_date);
                self.record(on, &parts, graduates).await?;
            }
        }
        let last = sessions.last().map_or(starts_on, |session| session.on_date);
        if last < self.acting.today {
            self.decide(&parts, graduates, last).await?;
        }
        Ok(())
    }

    async fn plan(&mut self, name: &str, starts_on: NaiveDate, on: NaiveDate) -> Result<CourseId> {
        let ctx = self.acting.as_on(self.circle.coordinator, on).await?;
        let create = Create {
            organisation: self.circle.association,
            starts_on,
            starts_at: STARTS_AT,
            curriculum: None,
            details: Details {
                name: name.to_owned(),
                unit: None,
                lunch_minutes: 45,
                baseline_group_size: Some(3),
                participant_limit: Some(12),
                goals: vec!["SELF_WORTH".to_owned(), "COMMITMENT".to_owned()],
                organisers: Vec::new(),
                partners: Vec::new(),
            },
        };
        let course = courses::create(&ctx, &self.acting.key(), create).await?;
        for (version, person) in (1..).zip(self.circle.facilitators) {
            let assign = AssignFacilitator {
                course,
                version,
                person,
                kind: FacilitatorKind::Professional,
            };
            courses::assign(&ctx, &self.acting.key(), assign).await?;
        }
        let open = OnCourse { course, version: 3 };
        courses::open(&ctx, &self.acting.key(), open).await
    }

    async fn enrol(&mut self, course: CourseId, on: NaiveDate) -> Result<EnrolmentId> {
        let ctx = self.acting.as_on(self.circle.facilitators[0], on).await?;
        let (first, surname) = names::person(&mut self.chance);
        let is_pseudonym = self.chance.percent(25);
        let name = match is_pseudonym {
            true => format!("{first}-nimimerkki"),
            false => format!("{first} {surname}"),
        };
        let add = AddSomebody {
            course,
            name: Personal::from(name),
            is_pseudonym,
        };
        courses::add(&ctx, &self.acting.key(), add).await
    }

    async fn enrol_peer_guide(&mut self, course: CourseId, on: NaiveDate) -> Result<EnrolmentId> {
        let ctx = self.acting.as_on(self.circle.facilitators[0], on).await?;
        let add = AddPerson {
            course,
            person: self.circle.peer_guide,
            wants_reminders: true,
        };
        courses::add_person(&ctx, &self.acting.key(), add).await
    }

    /// Whoever is to graduate comes most of the time.
    async fn record(
        &mut self,
        (session, version, on): (CourseSessionId, i32, NaiveDate),
        parts: &[EnrolmentId],
        graduates: usize,
    ) -> Result<()> {
        let ctx = self.acting.as_on(self.circle.facilitators[1], on).await?;
        let mut marks = Vec::with_capacity(parts.len());
        for (place, enrolment) in parts.iter().enumerate() {
            let weights = match place < graduates || graduates == 0 {
                true => [82, 6, 9, 3],
                false => [40, 10, 15, 35],
            };
            let status = [
                AttendanceStatus::Present,
                AttendanceStatus::Partly,
                AttendanceStatus::Excused,
                AttendanceStatus::Absent,
            ][self.chance.weighted(&weights)];
            marks.push(Mark {
                enrolment: *enrolment,
                status,
            });
        }
        let record = RecordAttendance {
            session,
            version,
            marks,
        };
        courses::record_attendance(&ctx, &self.acting.key(), record).await?;
        Ok(())
    }

    async fn decide(
        &mut self,
        parts: &[EnrolmentId],
        graduates: usize,
        on: NaiveDate,
    ) -> Result<()> {
        const STEPS: [&str; 4] = ["STUDY", "VOLUNTEER", "PEER_GUIDE", "WORK_TRYOUT"];
        let ctx = self.acting.as_on(self.circle.facilitators[0], on).await?;
        for (place, enrolment) in parts.iter().enumerate() {
            let decision = match place < graduates {
                true => Decision::Graduated(vec![STEPS[place % STEPS.len()].to_owned()]),
                false => Decision::Interrupted,
            };
            let decide = Decide {
                enrolment: *enrolment,
                version: 1,
                decision,
                on,
            };
            courses::decide(&ctx, &self.acting.key(), decide).await?;
        }
        Ok(())
    }
}
