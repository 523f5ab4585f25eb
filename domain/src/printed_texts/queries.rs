//! The SQL of printed texts: those of organisations that the actor knows of.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{OrganisationId, PersonId, PrintedTextId};
use rinnalla_entity::states::PrintedTextKind;
use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use super::{PrintedText, Publish};
use crate::access::{PublishPrintedTexts, Scope};
use crate::error::Result;
use crate::organisations::{Reach, visible};
use crate::page::PageArgs;
use crate::sql::{self, Sql};
use crate::texts::Language;

macro_rules! texts {
    ($condition:literal) => {
        concat!(
            "SELECT t.id, t.organisation_id, t.kind, t.language, t.version_no, t.body, t.published_by, t.published_at
             FROM printed_texts t WHERE t.organisation_id IN ",
            visible!("$1", "$2"),
            $condition
        )
    };
}

#[derive(FromQueryResult)]
struct Row {
    id: PrintedTextId,
    organisation_id: OrganisationId,
    kind: PrintedTextKind,
    language: Language,
    version_no: i32,
    body: String,
    published_by: PersonId,
    published_at: DateTime<Utc>,
}

impl From<Row> for PrintedText {
    fn from(row: Row) -> Self {
        Self {
            id: row.id,
            organisation_id: row.organisation_id,
            kind: row.kind,
            language: row.language,
            version: row.version_no,
            lines: row.body.lines().map(str::to_owned).collect(),
            published_by: row.published_by,
            published_at: row.published_at,
        }
    }
}

/// The newest version of each kind and language.
pub(super) async fn current(
    db: &impl ConnectionTrait,
    reach: &Reach,
    of: &[OrganisationId],
) -> Result<Vec<PrintedText>> {
    static SQL: Sql = Sql::new(texts!(
        " AND t.organisation_id = ANY_ID($3) AND NOT EXISTS (SELECT 1 FROM printed_texts newer
             WHERE newer.organisation_id = t.organisation_id AND newer.kind = t.kind AND newer.language = t.language
               AND newer.version_no > t.version_no)
           ORDER BY t.kind, t.language"
    ));
    let [own, with_partners] = reach.values(db);
    let of = sql::ids(db.get_database_backend(), of.iter().copied());
    Ok(texts(SQL.all(db, [own, with_partners, of]).await?))
}

/// The newest agreement templates of every organisation that is known.
pub(super) async fn templates(
    db: &impl ConnectionTrait,
    reach: &Reach,
) -> Result<Vec<PrintedText>> {
    static SQL: Sql = Sql::new(texts!(
        " AND t.kind = 'AGREEMENT_TEMPLATE' AND NOT EXISTS (SELECT 1 FROM printed_texts newer
             WHERE newer.organisation_id = t.organisation_id AND newer.kind = t.kind AND newer.language = t.language
               AND newer.version_no > t.version_no)
           ORDER BY t.organisation_id, t.language"
    ));
    Ok(texts(SQL.all(db, reach.values(db)).await?))
}

pub(super) async fn find(
    db: &impl ConnectionTrait,
    reach: &Reach,
    id: PrintedTextId,
) -> Result<Option<PrintedText>> {
    static SQL: Sql = Sql::new(texts!(" AND t.id = $3"));
    let [own, with_partners] = reach.values(db);
    let row: Option<Row> = SQL.one(db, [own, with_partners, id.0.into()]).await?;
    Ok(row.map(PrintedText::from))
}

/// Every version of one text, the newest first; one row more than the page has.
pub(super) async fn versions(
    db: &impl ConnectionTrait,
    reach: &Reach,
    of: (OrganisationId, PrintedTextKind, Language),
    page: &PageArgs,
) -> Result<Vec<PrintedText>> {
    static SQL: Sql = Sql::new(texts!(
        " AND t.organisation_id = $3 AND t.kind = $4 AND t.language = $5
           AND ($6 IS NULL OR t.version_no < (SELECT after.version_no FROM printed_texts after WHERE after.id = $6))
         ORDER BY t.version_no DESC LIMIT $7"
    ));
    let [own, with_partners] = reach.values(db);
    let (organisation, kind, language) = of;
    let values: [Value; 7] = [
        own,
        with_partners,
        organisation.0.into(),
        kind.code().into(),
        language.code().into(),
        page.after.map(|cursor| cursor.id).into(),
        page.limit().into(),
    ];
    Ok(texts(SQL.all(db, values).await?))
}

pub(super) async fn count(
    db: &impl ConnectionTrait,
    reach: &Reach,
    of: (OrganisationId, PrintedTextKind, Language),
) -> Result<u64> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT count(*) AS n FROM printed_texts t WHERE t.organisation_id IN ",
        visible!("$1", "$2"),
        " AND t.organisation_id = $3 AND t.kind = $4 AND t.language = $5"
    ));
    #[derive(FromQueryResult)]
    struct Count {
        n: i64,
    }
    let [own, with_partners] = reach.values(db);
    let (organisation, kind, language) = of;
    let values: [Value; 5] = [
        own,
        with_partners,
        organisation.0.into(),
        kind.code().into(),
        language.code().into(),
    ];
    let row: Option<Count> = SQL.one(db, values).await?;
    Ok(row.map_or(0, |row| u64::try_from(row.n).unwrap_or(0)))
}

/// Adds the version after the one that it was written on; 0 where that is not the newest one any more.
pub(super) async fn insert(
    db: &impl ConnectionTrait,
    scope: &Scope<PublishPrintedTexts>,
    id: PrintedTextId,
    input: &Publish,
    body: String,
    now: DateTime<Utc>,
) -> Result<u64> {
    // Of two at once, the unique index lets one in.
    static SQL: Sql = Sql::new(
        "INSERT INTO printed_texts (id, organisation_id, kind, language, version_no, body, published_by, published_at)
         SELECT $1, $2, $3, $4, newest.version_no + 1, $6, $7, $8
         FROM (SELECT coalesce(max(t.version_no), 0) AS version_no FROM printed_texts t
           WHERE t.organisation_id = $2 AND t.kind = $3 AND t.language = $4) newest
         WHERE newest.version_no = $5
         ON CONFLICT DO NOTHING",
    );
    let values: [Value; 8] = [
        id.0.into(),
        input.organisation.0.into(),
        input.kind.code().into(),
        input.language.code().into(),
        input.version.into(),
        body.into(),
        scope.actor().0.into(),
        now.into(),
    ];
    SQL.run(db, values).await
}

fn texts(rows: Vec<Row>) -> Vec<PrintedText> {
    rows.into_iter().map(PrintedText::from).collect()
}
