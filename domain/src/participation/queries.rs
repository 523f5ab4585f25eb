//! What is published, as rows: written by the snapshot alone, read by one statement.

use std::collections::HashMap;

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, ParticipationPublicationId, ParticipationSnapshotId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use super::measures::{Breakdown, MEASURES, MeasureCode};
use super::publishing::{Publication, Published};
use super::tables::{Cell, Cells, Place};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};

/// What is published of a population in a period and stands.
pub(super) struct Stands {
    pub id: ParticipationPublicationId,
    pub cells: Cells,
}

#[derive(FromQueryResult)]
struct Id {
    id: Uuid,
}

/// Whether the snapshot of a day is taken.
pub(super) async fn is_taken(db: &impl ConnectionTrait, on: NaiveDate) -> Result<bool> {
    static SQL: Sql = Sql::new("SELECT id FROM participation_snapshots WHERE taken_on = $1");
    let found: Option<Id> = SQL.one(db, [on.into()]).await?;
    Ok(found.is_some_and(|it| !it.id.is_nil()))
}

/// What organisations, grant targets and rounds of surveys are called today. A round goes by whose it is and its first day.
pub(super) async fn names(db: &impl ConnectionTrait) -> Result<HashMap<Uuid, String>> {
    static SQL: Sql = Sql::new(
        "SELECT id, name FROM organisations UNION ALL SELECT id, name FROM grant_targets
         UNION ALL SELECT w.id, substr(o.name, 1, 140) || ' ' || CAST(w.opened_on AS varchar(10))
         FROM survey_waves w JOIN organisations o ON o.id = w.organisation_id",
    );
    #[derive(FromQueryResult)]
    struct Row {
        id: Uuid,
        name: String,
    }
    let rows: Vec<Row> = SQL.all(db, []).await?;
    Ok(rows.into_iter().map(|row| (row.id, row.name)).collect())
}

/// Writes that a snapshot was taken; `None` where another worker has taken it meanwhile.
pub(super) async fn add_snapshot(
    db: &impl ConnectionTrait,
    ctx: &Ctx,
    threshold: u64,
) -> Result<Option<ParticipationSnapshotId>> {
    static SQL: Sql = Sql::new(
        "INSERT INTO participation_snapshots (id, taken_on, taken_at, threshold) VALUES ($1, $2, $3, $4)
         ON CONFLICT DO NOTHING",
    );
    let id = ParticipationSnapshotId::random();
    let values: [Value; 4] = [
        id.0.into(),
        ctx.today.into(),
        ctx.now.into(),
        small(threshold).into(),
    ];
    let added = SQL.run(db, values).await?;
    Ok((added == 1).then_some(id))
}

/// A cell with what it belongs to.
#[derive(FromQueryResult)]
struct CellRow {
    id: ParticipationPublicationId,
    measure: String,
    period: String,
    #[sea_orm(nested)]
    cell: StoredCell,
}

/// A cell as it is stored.
#[derive(Debug, FromQueryResult)]
pub(super) struct StoredCell {
    by_rows: Option<String>,
    by_columns: Option<String>,
    row_code: Option<String>,
    column_code: Option<String>,
    pub row_name: Option<String>,
    pub column_name: Option<String>,
    how_many: Option<i64>,
    told_1: Option<f64>,
    told_2: Option<f64>,
    told_3: Option<f64>,
    is_hidden: Option<bool>,
}

impl StoredCell {
    /// The cell and its place; none where there is no cell.
    pub fn told(&self) -> Option<(Place, Cell)> {
        let breakdown = |name: &Option<String>| name.as_deref().and_then(Breakdown::named);
        let place = Place {
            by: (breakdown(&self.by_rows), breakdown(&self.by_columns)),
            row: self.row_code.clone()?,
            column: self.column_code.clone()?,
        };
        let cell = Cell {
            count: self.how_many.and_then(|n| n.try_into().ok()),
            told: [self.told_1, self.told_2, self.told_3],
            is_hidden: self.is_hidden?,
        };
        Some((place, cell))
    }
}

macro_rules! cell_columns {
    () => {
        "c.by_rows, c.by_columns, c.row_code, c.column_code, c.row_name, c.column_name, c.how_many, c.told_1, c.told_2, c.told_3, c.is_hidden"
    };
}

/// Everything that is published and stands.
pub(super) async fn published(db: &impl ConnectionTrait) -> Result<Published> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT p.id, p.measure, p.period, ",
        cell_columns!(),
        " FROM participation_publications p JOIN participation_cells c ON c.publication_id = p.id WHERE p.replaced_on IS NULL"
    ));
    let rows: Vec<CellRow> = SQL.all(db, []).await?;
    let mut published = Published::new();
    for row in rows {
        let (Some(measure), Some((place, cell))) =
            (MeasureCode::named(&row.measure), row.cell.told())
        else {
            continue;
        };
        let stands = published
            .entry((measure, row.period))
            .or_insert_with(|| Stands {
                id: row.id,
                cells: Cells::new(),
            });
        stands.cells.insert(place, cell);
    }
    Ok(published)
}

/// Ends what is published: from this day on something else is.
pub(super) async fn replace(
    db: &impl ConnectionTrait,
    id: ParticipationPublicationId,
    on: NaiveDate,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE participation_publications SET replaced_on = $2 WHERE id = $1 AND replaced_on IS NULL",
    );
    SQL.run(db, [id.0.into(), on.into()]).await?;
    Ok(())
}

/// Publishes the cells of a population in a period.
pub(super) async fn add_publication(
    db: &impl ConnectionTrait,
    (snapshot, on, threshold): (ParticipationSnapshotId, NaiveDate, u64),
    it: &Publication,
    names: &HashMap<Uuid, String>,
) -> Result<()> {
    static SQL: Sql = Sql::new(
        "INSERT INTO participation_publications (id, snapshot_id, measure, period, threshold, published_on)
         VALUES ($1, $2, $3, $4, $5, $6)",
    );
    const COLUMNS: &str = "publication_id, by_rows, by_columns, row_code, column_code, row_name, column_name, how_many, told_1, \
                           told_2, told_3, is_hidden";
    let id = ParticipationPublicationId::random();
    let measure = it.measure.measure();
    let threshold = if measure.is_open() { 0 } else { threshold };
    let values: [Value; 6] = [
        id.0.into(),
        snapshot.0.into(),
        measure.name.into(),
        it.period.to_string().into(),
        small(threshold).into(),
        on.into(),
    ];
    SQL.run(db, values).await?;
    let mut cells: Vec<Value> = Vec::with_capacity(it.cells.len() * 12);
    for (place, cell) in &it.cells {
        let (rows, columns) = place.by;
        cells.extend([
            Value::from(id.0),
            rows.map_or("", Breakdown::name).into(),
            columns.map_or("", Breakdown::name).into(),
            place.row.clone().into(),
            place.column.clone().into(),
            name_of(rows, &place.row, names).into(),
            name_of(columns, &place.column, names).into(),
            cell.count
                .map(|n| i64::try_from(n).unwrap_or(i64::MAX))
                .into(),
            cell.told[0].into(),
            cell.told[1].into(),
            cell.told[2].into(),
            cell.is_hidden.into(),
        ]);
    }
    sql::insert_many(db, "participation_cells", COLUMNS, cells).await
}

/// What something was called when its figure was published; other categories are codes.
pub(super) fn name_of(
    by: Option<Breakdown>,
    code: &str,
    names: &HashMap<Uuid, String>,
) -> Option<String> {
    by.filter(|by| by.is_of_ids())?;
    names.get(&Uuid::try_parse(code).ok()?).cloned()
}

fn small(threshold: u64) -> i16 {
    i16::try_from(threshold).unwrap_or(i16::MAX)
}

/// A cell that is read, with what it was published as.
#[derive(FromQueryResult)]
pub(super) struct ReadRow {
    pub measure: String,
    pub period: String,
    pub published_on: NaiveDate,
    pub threshold: i16,
    #[sea_orm(nested)]
    pub cell: StoredCell,
}

/// What was published on a day of some populations and periods, of the tables of these kinds. One statement.
pub(super) async fn read(
    db: &impl ConnectionTrait,
    measures: &[&str],
    periods: &[String],
    tables: &[String],
    on: NaiveDate,
) -> Result<Vec<ReadRow>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT p.measure, p.period, p.published_on, p.threshold, ",
        cell_columns!(),
        " FROM participation_publications p LEFT JOIN participation_cells c ON c.publication_id = p.id
            AND c.by_rows || '/' || c.by_columns = ANY_TEXT($3)
         WHERE p.measure = ANY_TEXT($1) AND p.period = ANY_TEXT($2) AND p.published_on <= $4
           AND (p.replaced_on IS NULL OR p.replaced_on > $4)
         ORDER BY p.measure, p.period, c.row_code, c.column_code"
    ));
    let backend = db.get_database_backend();
    let values = [
        sql::texts(backend, measures.iter().map(|it| (*it).to_owned())),
        sql::texts(backend, periods.iter().cloned()),
        sql::texts(backend, tables.iter().cloned()),
        on.into(),
    ];
    SQL.all(db, values).await
}

/// A snapshot that was taken.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub struct Snapshot {
    /// The day.
    pub taken_on: NaiveDate,
    /// When.
    pub taken_at: DateTime<Utc>,
    /// Fewer than this were hidden.
    pub threshold: i16,
    /// How many tables of a population and period were published with it.
    pub published: i64,
}

/// The latest snapshots, the last one first.
pub(super) async fn snapshots(db: &impl ConnectionTrait, most: u16) -> Result<Vec<Snapshot>> {
    static SQL: Sql = Sql::new(
        "SELECT s.taken_on, s.taken_at, s.threshold,
           (SELECT count(*) FROM participation_publications p WHERE p.snapshot_id = s.id) AS published
         FROM participation_snapshots s ORDER BY s.taken_on DESC LIMIT $1",
    );
    SQL.all(db, [i64::from(most).into()]).await
}

impl Breakdown {
    /// The one of a name.
    pub(super) fn named(name: &str) -> Option<Self> {
        let all = MEASURES.iter().flat_map(|measure| measure.breakdowns);
        all.copied().find(|by| by.name() == name)
    }
}
