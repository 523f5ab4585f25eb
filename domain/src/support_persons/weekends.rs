//! Training weekends of many support persons at once, as a training records them: each is an entry of its own, as if it
//! had been recorded by itself, and can be cancelled as any other.

use std::collections::{BTreeMap, HashMap};

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, SupportPersonActId, SupportPersonId};
use rinnalla_entity::states::{SupportPersonActKind as Kind, SupportPersonStatus};
use sea_orm::{FromQueryResult, Value};

use super::acts::entry;
use super::queries;
use super::rules::{self, Entry};
use crate::access::{Permission, Scope};
use crate::act::{Act, code};
use crate::audit::ObjectKind;
use crate::error::{Error, Result};
use crate::sql::{self, Sql};

/// What becomes of somebody's weekend.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Weekend {
    /// They were there on this day.
    Attended(NaiveDate),
    /// They were not: the entry is cancelled.
    Missed(SupportPersonActId),
    /// They were, on another day than the entry says.
    Moved(SupportPersonActId, NaiveDate),
}

/// Records weekends of support persons of one association, and works out anew how each stands; the entry of whoever was
/// there. The caller's scope reaches them all. A fixed number of statements, and one for each state.
///
/// Errors: `Invalid` (`field`) with what the rules say.
pub(crate) async fn record_weekends<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    organisation: OrganisationId,
    weekends: &BTreeMap<SupportPersonId, Weekend>,
    field: &'static str,
) -> Result<HashMap<SupportPersonId, SupportPersonActId>> {
    static LOCK: Sql =
        Sql::new("UPDATE support_persons SET version = version + 1 WHERE id = ANY_ID($1)");
    static STRIKE: Sql = Sql::new(
        "UPDATE support_person_acts SET cancelled_at = $2, cancelled_by = $3 WHERE id = ANY_ID($1)",
    );
    static STATUS: Sql = Sql::new("UPDATE support_persons SET status = $1 WHERE id = ANY_ID($2)");
    let mut entries_of = HashMap::new();
    if weekends.is_empty() {
        return Ok(entries_of);
    }
    let on = act.ctx.store.backend();
    let people: Vec<SupportPersonId> = weekends.keys().copied().collect();
    LOCK.run(&act.tx, [sql::ids(on, people.iter().copied())])
        .await?;
    let grounds = queries::grounds_of(&act.tx, &people).await?;
    let places = Places::of(act, &people).await?;
    let by = act.ctx.actor()?.person;
    let (mut struck, mut rows) = (Vec::new(), Vec::new());
    let mut states: BTreeMap<SupportPersonStatus, Vec<SupportPersonId>> = BTreeMap::new();
    for (person, weekend) in weekends {
        let (ground, before) = grounds.get(person).ok_or(Error::NotFound)?;
        let stands = |id: &SupportPersonActId| before.iter().find(|it| it.id == *id);
        let same_day = |on: NaiveDate| {
            let mut same = before.iter();
            same.find(|it| it.kind == Kind::TrainingWeekendAttended && it.on == on)
        };
        let refused = |fault: rules::Fault| Error::invalid(field, fault.code());
        let (standing, new, place) = match weekend {
            Weekend::Attended(on) => {
                if let Some(known) = same_day(*on) {
                    entries_of.insert(*person, known.id);
                    continue;
                }
                let new = entry(Kind::TrainingWeekendAttended, *on);
                let standing = rules::record(ground, before, &new).map_err(refused)?;
                (standing, Some(new), places.next(*person))
            }
            Weekend::Missed(id) if stands(id).is_none() => continue,
            Weekend::Missed(id) => {
                struck.push(*id);
                let standing = rules::cancel(ground, before, *id).map_err(refused)?;
                (standing, None, 0)
            }
            Weekend::Moved(id, on) => {
                let Some(old) = stands(id) else { continue };
                let new = Entry {
                    id: SupportPersonActId::random(),
                    on: *on,
                    ..*old
                };
                struck.push(*id);
                let standing = rules::correct(ground, before, *id, &new).map_err(refused)?;
                (standing, Some(new), places.held(*id))
            }
        };
        if let Some(new) = new {
            entries_of.insert(*person, new.id);
            rows.extend([
                Value::from(new.id.0),
                organisation.0.into(),
                person.0.into(),
                code(new.kind),
                new.on.into(),
                by.0.into(),
                act.ctx.now.into(),
                place.into(),
            ]);
        }
        states.entry(standing.status).or_default().push(*person);
        act.changed(scope, organisation, ObjectKind::SupportPerson, *person);
    }
    let values: [Value; 3] = [sql::ids(on, struck), act.ctx.now.into(), by.0.into()];
    STRIKE.run(&act.tx, values).await?;
    let columns =
        "id, organisation_id, support_person_id, kind, on_date, recorded_by, recorded_at, seq";
    sql::insert_many(&act.tx, "support_person_acts", columns, rows).await?;
    for (status, people) in states {
        let values = [code(status), sql::ids(on, people)];
        STATUS.run(&act.tx, values).await?;
    }
    Ok(entries_of)
}

/// The order in which entries were recorded.
struct Places {
    of: HashMap<SupportPersonActId, i32>,
    last: HashMap<SupportPersonId, i32>,
}

impl Places {
    async fn of(act: &Act<'_>, people: &[SupportPersonId]) -> Result<Self> {
        static SQL: Sql = Sql::new(
            "SELECT id, support_person_id, seq FROM support_person_acts WHERE support_person_id = ANY_ID($1)",
        );
        #[derive(FromQueryResult)]
        struct Row {
            id: SupportPersonActId,
            support_person_id: SupportPersonId,
            seq: i32,
        }
        let people = sql::ids(act.ctx.store.backend(), people.iter().copied());
        let rows: Vec<Row> = SQL.all(&act.tx, [people]).await?;
        let mut last = HashMap::new();
        for row in &rows {
            let last = last.entry(row.support_person_id).or_insert(row.seq);
            *last = row.seq.max(*last);
        }
        let of = rows.into_iter().map(|row| (row.id, row.seq)).collect();
        Ok(Self { of, last })
    }

    fn next(&self, person: SupportPersonId) -> i32 {
        self.last.get(&person).map_or(1, |last| last + 1)
    }

    fn held(&self, entry: SupportPersonActId) -> i32 {
        self.of.get(&entry).copied().unwrap_or_default()
    }
}
