//! What those who lead a course do with its sessions.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::courses::{self as domain, OnSession};
use rinnalla_domain::ids::{CourseSessionId, EnrolmentId};

use super::codes::AttendanceStatus;
use super::{CourseSession, input_on};
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, LocalTime, Ref};

payload!(CourseSessionPayload, course_session: CourseSession, "What came of an act on a session.");

/// Moves a session.
#[derive(InputObject)]
pub struct CourseSessionMoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    course_session_id: Ref<CourseSessionId>,
    /// Its version.
    version: i32,
    /// The day, at most a year away from the one before.
    on: Date,
    /// The time of day, 20:00 at the latest.
    starts_at: LocalTime,
}

input_on!(
    CourseSessionCancelInput,
    course_session_id: CourseSessionId,
    "Cancels a session.",
    "The session."
);
input_on!(
    CourseSessionReinstateInput,
    course_session_id: CourseSessionId,
    "Lets a cancelled session take place after all.",
    "The session."
);

/// Makes up for a cancelled session.
#[derive(InputObject)]
pub struct CourseSessionMakeUpInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The cancelled session.
    course_session_id: Ref<CourseSessionId>,
    /// Its version.
    version: i32,
    /// The day, at most a year away from the cancelled one's.
    on: Date,
    /// The time of day, 20:00 at the latest.
    starts_at: LocalTime,
}

/// Says what a session is about: all of it, as it should be.
#[derive(InputObject)]
pub struct CourseSessionDescribeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    course_session_id: Ref<CourseSessionId>,
    /// Its version.
    version: i32,
    /// What it is about, at most 120 characters; nothing on anybody in the course.
    theme: Option<String>,
    /// How it is worked on, at most 200 characters.
    methods: Option<String>,
    /// What is needed for it, at most 200 characters.
    materials: Option<String>,
    /// Why it is changed, at most 200 characters, where the course follows a curriculum; nothing on anybody in it.
    reason: Option<String>,
}

/// Whether somebody was there.
#[derive(InputObject)]
pub struct AttendanceMarkInput {
    /// Whose part in the course.
    enrolment_id: Ref<EnrolmentId>,
    /// Whether.
    status: AttendanceStatus,
}

/// Records who was at a session.
#[derive(InputObject)]
pub struct CourseSessionRecordAttendanceInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The session.
    course_session_id: Ref<CourseSessionId>,
    /// The version that the marks were made on. What somebody else has recorded since of others is kept; where they said
    /// otherwise of the same people, the whole is refused as `STALE_VERSION`.
    version: i32,
    /// The marks; whoever is not named stays as they were.
    marks: Vec<AttendanceMarkInput>,
}

/// What can be done with sessions of a course.
#[derive(Default)]
pub struct CourseSessionMutation;

#[Object]
impl CourseSessionMutation {
    /// Moves a session that is still to be held; the others keep their days.
    async fn course_session_move(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Where to.")] input: CourseSessionMoveInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let to = domain::MoveSession {
            session: input.course_session_id.or_unknown(),
            version: input.version,
            on: input.on.0,
            starts_at: input.starts_at.0,
        };
        let done = domain::move_session(ctx, &key, to).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }

    /// Cancels a session that is still to be held.
    async fn course_session_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: CourseSessionCancelInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_session_id, input.version);
        let done = domain::cancel_session(ctx, &key, on).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }

    /// Lets a cancelled session take place after all, on its day.
    async fn course_session_reinstate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: CourseSessionReinstateInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let on = on(&input.course_session_id, input.version);
        let done = domain::reinstate_session(ctx, &key, on).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }

    /// Makes up for a cancelled session on another day, under its number. Answers the new one.
    async fn course_session_make_up(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "For which, when.")] input: CourseSessionMakeUpInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let instead = domain::MakeUpSession {
            session: input.course_session_id.or_unknown(),
            version: input.version,
            on: input.on.0,
            starts_at: input.starts_at.0,
        };
        let done = domain::make_up_session(ctx, &key, instead).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }

    /// Says what a session is about, how it is worked on, and what is needed for it.
    async fn course_session_describe(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: CourseSessionDescribeInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let told = domain::DescribeSession {
            session: input.course_session_id.or_unknown(),
            version: input.version,
            theme: input.theme,
            methods: input.methods,
            materials: input.materials,
            reason: input.reason,
        };
        let done = domain::describe_session(ctx, &key, told).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }

    /// Records who was at a session, on its day or later. A mark that was wrong is recorded again.
    async fn course_session_record_attendance(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who was there.")] input: CourseSessionRecordAttendanceInput,
    ) -> Result<CourseSessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let mark = |mark: AttendanceMarkInput| domain::Mark {
            enrolment: mark.enrolment_id.or_unknown(),
            status: mark.status.into(),
        };
        let record = domain::RecordAttendance {
            session: input.course_session_id.or_unknown(),
            version: input.version,
            marks: input.marks.into_iter().map(mark).collect(),
        };
        let done = domain::record_attendance(ctx, &key, record).await;
        CourseSessionPayload::of(c, done, CourseSession::load).await
    }
}

fn on(session: &Ref<CourseSessionId>, version: i32) -> OnSession {
    OnSession {
        session: session.or_unknown(),
        version,
    }
}
