//! Sessions one by one: moving, cancelling, making up, and saying what each is about. What depends on a session moves
//! along, since it is found through the session.

use chrono::{NaiveDate, NaiveTime};
use rinnalla_entity::ids::{CourseId, CourseSessionId, Id as _};
use rinnalla_entity::states::{CourseSessionStatus, CourseStatus, EnrolmentStatus, NoticeKind};
use sea_orm::Value;

use super::names::{LINE_MAX_CHARS, THEME_MAX_CHARS};
use super::queries::{self, About, Held};
use super::{CourseSession, changes, rules};
use crate::access::{LeadCourses, Scope, require};
use crate::act::{Act, Begun, IdempotencyKey, code};
use crate::audit::ObjectKind;
use crate::calendar::add_months;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations, unchecked};
use crate::notices;
use crate::sql::Sql;
use crate::text::free_line;

/// Another day or time for a session.
#[derive(Clone, Copy, Debug)]
pub struct MoveSession {
    /// The session.
    pub session: CourseSessionId,
    /// Its version.
    pub version: i32,
    /// The day.
    pub on: NaiveDate,
    /// The time of day.
    pub starts_at: NaiveTime,
}

/// A session in the place of a cancelled one.
#[derive(Clone, Copy, Debug)]
pub struct MakeUpSession {
    /// The cancelled session.
    pub session: CourseSessionId,
    /// Its version.
    pub version: i32,
    /// The day.
    pub on: NaiveDate,
    /// The time of day.
    pub starts_at: NaiveTime,
}

/// An act on a session that says nothing more.
#[derive(Clone, Copy, Debug)]
pub struct OnSession {
    /// The session.
    pub session: CourseSessionId,
    /// Its version.
    pub version: i32,
}

/// What a session is about: everything as it should be.
#[derive(Clone, Debug)]
pub struct DescribeSession {
    /// The session.
    pub session: CourseSessionId,
    /// Its version.
    pub version: i32,
    /// What it is about.
    pub theme: Option<String>,
    /// How it is worked on.
    pub methods: Option<String>,
    /// What is needed for it.
    pub materials: Option<String>,
    /// Why it is changed, where the course follows a curriculum.
    pub reason: Option<String>,
}

/// Moves a session that is still to be held. Nothing else moves with it: the others keep their days.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`startsAt OUT_OF_RANGE`, `on OUT_OF_RANGE`, `on DAY_TAKEN`,
/// `WRONG_STATE`).
pub async fn move_session(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: MoveSession,
) -> Result<CourseSessionId> {
    let scope = require::<LeadCourses>(ctx)?;
    let at = check_time(input.starts_at)?;
    let mut act = match ctx.begin("courseSessionMove", key, input.session).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let on = take(&act, &scope, input.session, input.version).await?;
    on.check_state(rules::is_to_come)?;
    on.check_day(input.on)?;
    let (planned_on, planned_at) = planned(&act, input.session).await?;
    let is_moved = (input.on, at) != (planned_on, planned_at);
    let status = rules::session_status(false, false, is_moved);
    queries::set_session(&act, input.session, (input.on, at), status).await?;
    on.tell(&act, input.session, Some(input.on)).await?;
    on.done(&mut act, &scope).await?;
    act.done().await.map(CourseSessionId)
}

/// Cancels a session that is still to be held.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`WRONG_STATE`).
pub async fn cancel_session(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnSession,
) -> Result<CourseSessionId> {
    let scope = require::<LeadCourses>(ctx)?;
    let name = "courseSessionCancel";
    let mut act = match ctx.begin(name, key, input.session).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let on = take(&act, &scope, input.session, input.version).await?;
    on.check_state(rules::is_to_come)?;
    let when = (on.session.on_date, on.session.starts_at);
    let status = CourseSessionStatus::Cancelled;
    queries::set_session(&act, input.session, when, status).await?;
    on.tell(&act, input.session, None).await?;
    on.done(&mut act, &scope).await?;
    act.done().await.map(CourseSessionId)
}

/// Lets a cancelled session take place after all, on its day.
///
/// Errors: as [`cancel_session`]; `LATER_ENTRIES_STAND_ON_IT` where another makes up for it or somebody has graduated,
/// `DAY_TAKEN`.
pub async fn reinstate_session(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: OnSession,
) -> Result<CourseSessionId> {
    let scope = require::<LeadCourses>(ctx)?;
    let name = "courseSessionReinstate";
    let mut act = match ctx.begin(name, key, input.session).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let on = take(&act, &scope, input.session, input.version).await?;
    on.check_state(|status| status == CourseSessionStatus::Cancelled)?;
    on.check_not_made_up(&act).await?;
    if on.is_taken(on.session.on_date) {
        return Err(Error::invalid("", "DAY_TAKEN"));
    }
    let when = (on.session.on_date, on.session.starts_at);
    let is_moved = when != planned(&act, input.session).await?;
    let status = rules::session_status(false, false, is_moved);
    queries::set_session(&act, input.session, when, status).await?;
    on.tell(&act, input.session, Some(on.session.on_date))
        .await?;
    on.done(&mut act, &scope).await?;
    act.done().await.map(CourseSessionId)
}

/// Makes up for a cancelled session on another day, under its number. Answers the new one.
///
/// Errors: as [`move_session`] and [`reinstate_session`].
pub async fn make_up_session(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: MakeUpSession,
) -> Result<CourseSessionId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_sessions (id, course_id, no, planned_on, planned_at, on_date, remind_on, starts_at, minutes,
           status, replaces_id, theme, methods, materials)
         SELECT $2, course_id, no, $3, $4, $3, $5, $4, minutes, 'SCHEDULED', id, theme, methods, materials
         FROM course_sessions WHERE id = $1",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let at = check_time(input.starts_at)?;
    let id = CourseSessionId::random();
    let mut act = match ctx.begin("courseSessionMakeUp", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let on = take(&act, &scope, input.session, input.version).await?;
    on.check_state(|status| status == CourseSessionStatus::Cancelled)?;
    on.check_not_made_up(&act).await?;
    on.check_day(input.on)?;
    let values: [Value; 5] = [
        input.session.0.into(),
        id.0.into(),
        input.on.into(),
        at.into(),
        rules::remind_on(input.on).into(),
    ];
    SQL.run(&act.tx, values).await?;
    queries::count_change(&act, id).await?;
    on.tell(&act, id, Some(input.on)).await?;
    on.done(&mut act, &scope).await?;
    act.done().await.map(CourseSessionId)
}

/// Says what a session is about, how it is worked on, and what is needed for it. Where the course follows a curriculum, what
/// was told before stays as a change.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`theme`, `methods`, `materials`, `reason`).
pub async fn describe_session(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: DescribeSession,
) -> Result<CourseSessionId> {
    static SQL: Sql = Sql::new(
        "UPDATE course_sessions SET theme = $2, methods = $3, materials = $4 WHERE id = $1",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let mut faults = Violations::default();
    let mut line = |field, told: &Option<String>, most| {
        let told = told.as_deref()?;
        Some(faults.take(field, free_line(told, most)))
    };
    let told = DescribeSession {
        theme: line("theme", &input.theme, THEME_MAX_CHARS).flatten(),
        methods: line("methods", &input.methods, LINE_MAX_CHARS).flatten(),
        materials: line("materials", &input.materials, LINE_MAX_CHARS).flatten(),
        reason: line("reason", &input.reason, LINE_MAX_CHARS).flatten(),
        ..input
    };
    faults.done()?;
    let name = "courseSessionDescribe";
    let mut act = match ctx.begin(name, key, told.session).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseSessionId(done)),
    };
    let on = take(&act, &scope, told.session, told.version).await?;
    changes::note(&act, &told).await?;
    let values: [Value; 4] = [
        told.session.0.into(),
        told.theme.into(),
        told.methods.into(),
        told.materials.into(),
    ];
    SQL.run(&act.tx, values).await?;
    on.done(&mut act, &scope).await?;
    act.done().await.map(CourseSessionId)
}

fn check_time(at: NaiveTime) -> Result<i16> {
    rules::start(at).ok_or_else(|| Error::invalid("startsAt", "OUT_OF_RANGE"))
}

/// A session that an act is about, with its course held.
struct On {
    held: Held,
    session: CourseSession,
    all: Vec<CourseSession>,
}

async fn take(
    act: &Act<'_>,
    scope: &Scope<LeadCourses>,
    id: CourseSessionId,
    version: i32,
) -> Result<On> {
    let held = queries::hold(act, scope, About::Session(id)).await?;
    let all = queries::sessions_of(&act.tx, held.id).await?;
    let session = all.iter().find(|it| it.id == id).cloned();
    let session = session.ok_or_else(unchecked)?;
    queries::take_session(&act.tx, id, version).await?;
    Ok(On { held, session, all })
}

impl On {
    fn check_state(&self, fits: impl Fn(CourseSessionStatus) -> bool) -> Result<()> {
        match fits(self.session.status) && self.held.status != CourseStatus::Cancelled {
            true => Ok(()),
            false => Err(Error::invalid("", "WRONG_STATE")),
        }
    }

    /// Another session of the course takes place on the day.
    fn is_taken(&self, on: NaiveDate) -> bool {
        self.all.iter().any(|it| {
            it.id != self.session.id
                && it.on_date == on
                && it.status != CourseSessionStatus::Cancelled
        })
    }

    fn check_day(&self, on: NaiveDate) -> Result<()> {
        let months = rules::MOVED_MONTHS;
        let (from, to) = (self.session.on_date, self.session.on_date);
        let near = add_months(from, -months)..=add_months(to, months);
        Violations::default()
            .check(near.contains(&on), "on", "OUT_OF_RANGE")
            .check(!self.is_taken(on), "on", "DAY_TAKEN")
            .done()
    }

    /// A cancelled session is still open: nothing stands in its place, and nobody's course has ended without it.
    async fn check_not_made_up(&self, act: &Act<'_>) -> Result<()> {
        let is_made_up = self
            .all
            .iter()
            .any(|it| it.no == self.session.no && it.status != CourseSessionStatus::Cancelled);
        if is_made_up || has_graduates(act, &self.held).await? {
            return Err(Error::invalid("", "LATER_ENTRIES_STAND_ON_IT"));
        }
        Ok(())
    }

    /// Tells of a change: the day on which the session takes place from now on, where it does. What was planned to remind
    /// of another day is cancelled.
    async fn tell(
        &self,
        act: &Act<'_>,
        session: CourseSessionId,
        on: Option<NaiveDate>,
    ) -> Result<()> {
        let of = (self.held.id, self.session.no);
        let still = on.map(rules::remind_on);
        notices::cancel_reminders(&act.tx, act.ctx, of, still).await?;
        let kind = match on {
            Some(_) => NoticeKind::SessionMoved,
            None => NoticeKind::SessionCancelled,
        };
        notices::tell_of_session(&act.tx, act.ctx, session, kind).await?;
        Ok(())
    }

    async fn done(&self, act: &mut Act<'_>, scope: &Scope<LeadCourses>) -> Result<()> {
        queries::follow(&act.tx, &self.held).await?;
        let (of, course) = (self.held.organisation_id, self.held.id);
        act.changed(scope, of, ObjectKind::Course, course);
        Ok(())
    }
}

/// Tells that a course was cancelled, or goes on: of its next session, since a mail for each would say the same. What was
/// planned to remind of its sessions is cancelled with it, and planned again by the job when it goes on. Calendars hear of
/// each.
pub(crate) async fn tell_of_course(act: &Act<'_>, course: CourseId, goes_on: bool) -> Result<()> {
    let sessions = queries::sessions_of(&act.tx, course).await?;
    let to_come = || sessions.iter().filter(|it| rules::is_to_come(it.status));
    for session in to_come() {
        queries::count_change(act, session.id).await?;
        if !goes_on {
            let of = (course, session.no);
            notices::cancel_reminders(&act.tx, act.ctx, of, None).await?;
        }
    }
    let kind = match goes_on {
        true => NoticeKind::SessionMoved,
        false => NoticeKind::SessionCancelled,
    };
    if let Some(next) = to_come().find(|it| it.on_date >= act.ctx.today) {
        notices::tell_of_session(&act.tx, act.ctx, next.id, kind).await?;
    }
    Ok(())
}

/// Whether somebody has graduated from the course.
pub(super) async fn has_graduates(act: &Act<'_>, held: &Held) -> Result<bool> {
    let parts = queries::parts_of(&act.tx, held.id).await?;
    Ok(parts
        .iter()
        .any(|it| it.status == EnrolmentStatus::Graduated))
}

/// When a session was to be at first.
async fn planned(act: &Act<'_>, id: CourseSessionId) -> Result<(NaiveDate, i16)> {
    queries::planned(&act.tx, id).await
}

/// The state of a session of which something was recorded, or nothing more.
pub(super) async fn set_recorded(
    act: &Act<'_>,
    id: CourseSessionId,
    when: (NaiveDate, i16),
    is_recorded: bool,
) -> Result<()> {
    static SQL: Sql =
        Sql::new("UPDATE course_sessions SET status = $2, version = version + 1 WHERE id = $1");
    let is_moved = when != planned(act, id).await?;
    let status = rules::session_status(false, is_recorded, is_moved);
    SQL.run(&act.tx, [id.0.into(), code(status)]).await?;
    Ok(())
}
