//! The sessions of a course at an address that a calendar reads again and again. Whoever leads the course opens one and
//! hands it to those who take part, most of whom have no other way in; closed, it answers as if it had never been.
//!
//! The address is the whole key: calendars cannot sign in. So it opens nothing but days and times, without a word of what
//! they are, and nobody is looked up or written down when it is read.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{CourseFeedId, CourseId, CourseSessionId, Id as _, OrganisationId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use sha2::{Digest as _, Sha256};

use super::queries::{self, About};
use super::rules;
use crate::access::{LeadCourses, ReadCourses, require};
use crate::act::{Begun, IdempotencyKey};
use crate::appointments::{self, Appointment};
use crate::audit::ObjectKind;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::page::Grouped;
use crate::personal::Personal;
use crate::sql::Sql;
use crate::texts::Language;
use crate::tokens::AccessToken;

/// How many feeds of a course may be open: one for each who takes part, and some more.
const MOST_OPEN: i64 = 60;

/// An address at which calendars read a course's sessions.
#[derive(Clone, Debug)]
pub struct Feed {
    /// Its id.
    pub id: CourseFeedId,
    /// The course.
    pub course_id: CourseId,
    /// In which language the appointments are named.
    pub language: Language,
    /// The path below the register's own address; none once it is closed.
    pub path: Option<Personal<String>>,
    /// Since when.
    pub opened_at: DateTime<Utc>,
    /// Until when.
    pub closed_at: Option<DateTime<Utc>>,
}

/// A feed to open.
#[derive(Clone, Copy, Debug)]
pub struct OpenFeed {
    /// The course.
    pub course: CourseId,
    /// In which language its appointments are to be named.
    pub language: Language,
}

/// A feed to close.
#[derive(Clone, Copy, Debug)]
pub struct CloseFeed {
    /// The feed.
    pub feed: CourseFeedId,
}

/// What a calendar is given.
#[derive(Debug, PartialEq, Eq)]
pub struct Served {
    /// The file.
    pub text: String,
    /// Another one whenever the file is another.
    pub tag: String,
}

#[derive(FromQueryResult)]
pub(super) struct Row {
    pub id: CourseFeedId,
    pub course_id: CourseId,
    pub organisation_id: OrganisationId,
    language: Language,
    key_version: i32,
    opened_at: DateTime<Utc>,
    closed_at: Option<DateTime<Utc>>,
}

impl Row {
    fn opened(self, keys: &Keys) -> Result<Feed> {
        let path = match self.closed_at {
            None => {
                let token = token(keys, self.id, self.key_version)?;
                let path = format!("/calendar/{}.ics", token.reveal());
                Some(Personal::from(path))
            }
            Some(_) => None,
        };
        Ok(Feed {
            id: self.id,
            course_id: self.course_id,
            language: self.language,
            path,
            opened_at: self.opened_at,
            closed_at: self.closed_at,
        })
    }
}

/// The secret of a feed, made of its row and a key.
fn token(keys: &Keys, id: CourseFeedId, key_version: i32) -> Result<AccessToken> {
    let version = u32::try_from(key_version).unwrap_or_default();
    let secret = keys.feed_mac(version, id.uuid().as_bytes());
    let secret = secret.map_err(|fault| Error::Internal(Box::new(fault)))?;
    Ok(AccessToken::of_bytes(&secret))
}

/// Opens a feed of a course that one leads.
///
/// Errors: `NotFound`, `Invalid` (`language UNKNOWN_CODE` for one that texts are not in, `TOO_MANY`).
pub async fn open_feed(ctx: &Ctx, key: &IdempotencyKey, input: OpenFeed) -> Result<CourseFeedId> {
    static SQL: Sql = Sql::new(
        "INSERT INTO course_feeds (id, course_id, language, token_hash, key_version, opened_by, opened_at)
         VALUES ($1, $2, $3, $4, $5, $6, $7)",
    );
    let scope = require::<LeadCourses>(ctx)?;
    if !input.language.has_texts() {
        return Err(Error::invalid("language", "UNKNOWN_CODE"));
    }
    let id = CourseFeedId::random();
    let mut act = match ctx.begin("courseFeedOpen", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseFeedId(done)),
    };
    let held = queries::hold(&act, &scope, About::Course(input.course)).await?;
    if open_count(&act.tx, held.id).await? >= MOST_OPEN {
        return Err(Error::invalid("", "TOO_MANY"));
    }
    let key_version = i32::try_from(ctx.keys.current_version())
        .map_err(|_| Error::internal("the key version is out of range"))?;
    let hash = token(&ctx.keys, id, key_version)?.hash();
    let values: [Value; 7] = [
        id.0.into(),
        held.id.0.into(),
        input.language.code().into(),
        hash.as_bytes().to_vec().into(),
        key_version.into(),
        scope.actor().0.into(),
        ctx.now.into(),
    ];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseFeedId)
}

async fn open_count(db: &impl ConnectionTrait, course: CourseId) -> Result<i64> {
    static SQL: Sql = Sql::new(
        "SELECT count(*) AS n FROM course_feeds WHERE course_id = $1 AND closed_at IS NULL",
    );
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let count: Option<Count> = SQL.one(db, [course.0.into()]).await?;
    Ok(count.map_or(0, |count| count.n))
}

/// Closes a feed for good; one that is closed already stays as it is.
///
/// Errors: `NotFound`.
pub async fn close_feed(ctx: &Ctx, key: &IdempotencyKey, input: CloseFeed) -> Result<CourseFeedId> {
    static SQL: Sql = Sql::new(
        "UPDATE course_feeds SET closed_by = $2, closed_at = $3 WHERE id = $1 AND closed_at IS NULL",
    );
    let scope = require::<LeadCourses>(ctx)?;
    let mut act = match ctx.begin("courseFeedClose", key, input.feed).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CourseFeedId(done)),
    };
    let held = queries::hold(&act, &scope, About::Feed(input.feed)).await?;
    let by = scope.actor().0;
    let values = [input.feed.0.into(), by.into(), ctx.now.into()];
    SQL.run(&act.tx, values).await?;
    act.changed(&scope, held.organisation_id, ObjectKind::Course, held.id);
    act.done().await.map(CourseFeedId)
}

/// One feed; `None` where it is absent or hidden.
pub async fn find_feed(ctx: &Ctx, id: CourseFeedId) -> Result<Option<Feed>> {
    let scope = require::<ReadCourses>(ctx)?;
    let found = queries::feed(ctx, &scope, id).await?;
    match &found {
        Some(row) => ctx.see(
            &scope,
            ObjectKind::Course,
            [(row.organisation_id, row.course_id.uuid())],
        ),
        None => ctx.refuse(&scope, ObjectKind::Course, id),
    }
    found.map(|row| row.opened(&ctx.keys)).transpose()
}

/// The open feeds of each course, in the order in which they were opened.
pub async fn feeds_for(ctx: &Ctx, of: &[CourseId]) -> Result<Grouped<CourseId, Feed>> {
    let scope = require::<ReadCourses>(ctx)?;
    let mut feeds = Grouped::with_capacity(of.len());
    for row in queries::feeds_for(ctx, &scope, of).await? {
        let of_one: &mut Vec<Feed> = feeds.entry(row.course_id).or_default();
        of_one.push(row.opened(&ctx.keys)?);
    }
    Ok(feeds)
}

#[derive(FromQueryResult)]
struct Dated {
    language: Language,
    id: CourseSessionId,
    on_date: NaiveDate,
    starts_at: i16,
    minutes: i16,
    sequence: i32,
    is_cancelled: bool,
    changed_at: DateTime<Utc>,
}

/// What a calendar is given at an address, in one statement; `None` for one that is closed or never was.
pub async fn served(register: &Register, token: &AccessToken) -> Result<Option<Served>> {
    static SQL: Sql = Sql::new(
        "SELECT f.language, s.id, s.on_date, s.starts_at, s.minutes, s.sequence,
           (s.status = 'CANCELLED' OR (c.status = 'CANCELLED' AND s.status <> 'HELD')) AS is_cancelled,
           coalesce(s.changed_at, c.created_at) AS changed_at
         FROM course_feeds f JOIN courses c ON c.id = f.course_id JOIN course_sessions s ON s.course_id = c.id
         WHERE f.token_hash = $1 AND f.closed_at IS NULL ORDER BY s.on_date, s.starts_at, s.id",
    );
    let hash = token.hash().as_bytes().to_vec();
    let rows: Vec<Dated> = SQL.all(register.store.reader(), [hash.into()]).await?;
    let Some(first) = rows.first() else {
        return Ok(None);
    };
    let language = first.language;
    let appointments = rows.iter().map(|row| Appointment {
        uid: row.id.uuid(),
        on: row.on_date,
        starts_at: rules::clock(row.starts_at),
        minutes: row.minutes,
        sequence: row.sequence,
        is_cancelled: row.is_cancelled,
        changed_at: row.changed_at,
    });
    let text = appointments::feed(&appointments.collect::<Vec<_>>(), language);
    let tag = Sha256::digest(text.as_bytes());
    let tag = tag[..16].iter().map(|byte| format!("{byte:02x}")).collect();
    Ok(Some(Served { text, tag }))
}
