//! Reading the news: what acts noted as changed, each note once, whatever the order in which transactions end.

use std::collections::BTreeMap;

use chrono::DateTime;
use rinnalla_entity::ids::OrganisationId;
use sea_orm::{FromQueryResult, Value};
use uuid::Uuid;

use super::changes::Change;
use crate::act::ChangeKind;
use crate::ctx::Register;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;
use crate::store::Store;

/// How many readings a number that was left out is waited for. Numbers are given when a row is written and seen when
/// its transaction ends, so a smaller one may come later; at two readings a second this is a minute, and no request
/// lives for more than half of one.
const READINGS_TO_WAIT: u64 = 120;
/// The most numbers that are waited for at once.
const MOST_GAPS: i64 = 1_000;
/// The most rows of one reading.
const MOST_ROWS: i64 = 5_000;
/// The numbers that a reader has seen, as far as they matter.
#[derive(Debug, Default)]
struct Place {
    last: i64,
    /// Numbers below `last` that have not been seen, with the reading at which they were missed.
    gaps: BTreeMap<i64, u64>,
    readings: u64,
}

impl Place {
    /// Takes note of the numbers of one reading, in order.
    fn pass(&mut self, numbers: impl IntoIterator<Item = i64>) {
        self.readings += 1;
        for number in numbers {
            if number > self.last {
                let first = (self.last + 1).max(number - MOST_GAPS);
                let readings = self.readings;
                self.gaps.extend((first..number).map(|gap| (gap, readings)));
                self.last = number;
            } else {
                self.gaps.remove(&number);
            }
        }
        let oldest = self.readings.saturating_sub(READINGS_TO_WAIT);
        self.gaps.retain(|_, missed_at| *missed_at >= oldest);
        while self.gaps.len() > MOST_GAPS.unsigned_abs() as usize {
            self.gaps.pop_first();
        }
    }
}

/// A reader of the news: from now on, each change once, also those of transactions that end out of order.
pub struct News {
    store: Store,
    place: Place,
}

#[derive(FromQueryResult)]
struct Row {
    id: i64,
    organisation_id: OrganisationId,
    kind: String,
    object_id: Uuid,
    at_ms: i64,
}

impl News {
    /// Begins to read: what is committed by now is not told any more.
    pub async fn begin(register: &Register) -> Result<Self> {
        #[derive(FromQueryResult)]
        struct Number {
            id: i64,
        }
        static LATEST: Sql = Sql::new(
            "SELECT id FROM changes WHERE id > (SELECT coalesce(max(id), 0) FROM changes) - $1 ORDER BY id",
        );
        let store = register.store.clone();
        let seen: Vec<Number> = LATEST.all(store.reader(), [MOST_GAPS.into()]).await?;
        let mut place = Place::default();
        if let Some(first) = seen.first() {
            place.last = first.id - 1;
        }
        place.pass(seen.into_iter().map(|number| number.id));
        Ok(Self { store, place })
    }

    /// What was committed since the last reading.
    pub async fn next(&mut self) -> Result<Vec<Change>> {
        let mut question = Question::new(
            self.store.backend(),
            "SELECT id, organisation_id, kind, object_id, at_ms FROM changes WHERE id > ",
        );
        question.bind(self.place.last);
        if !self.place.gaps.is_empty() {
            let gaps: Vec<i64> = self.place.gaps.keys().copied().collect();
            let gaps: Value = if self.store.is_postgres() {
                gaps.into()
            } else {
                serde_json::Value::from(gaps).to_string().into()
            };
            question
                .words_on(" OR id = ANY(", " OR id IN (SELECT value FROM json_each(")
                .bind(gaps)
                .words_on(")", "))");
        }
        question.words(" ORDER BY id LIMIT ").bind(MOST_ROWS);
        let rows: Vec<Row> = question.all(self.store.reader()).await?;
        self.place.pass(rows.iter().map(|row| row.id));
        Ok(rows.into_iter().filter_map(Row::read).collect())
    }
}

impl Row {
    /// A kind that this program does not know was written by a newer one, for newer dashboards.
    fn read(self) -> Option<Change> {
        Some(Change {
            kind: ChangeKind::of_code(&self.kind)?,
            object: self.object_id,
            organisation: self.organisation_id,
            at: DateTime::from_timestamp_millis(self.at_ms)?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(seen: &[i64]) -> Place {
        let mut place = Place::default();
        place.pass(seen.iter().copied());
        place
    }

    fn gaps(place: &Place) -> Vec<i64> {
        place.gaps.keys().copied().collect()
    }

    #[test]
    fn a_number_that_was_left_out_is_waited_for_until_it_comes() {
        let mut place = place(&[1, 2, 5]);
        assert_eq!((place.last, gaps(&place)), (5, vec![3, 4]));
        place.pass([3, 6]);
        assert_eq!((place.last, gaps(&place)), (6, vec![4]));
    }

    #[test]
    fn a_number_that_never_comes_is_given_up() {
        let mut place = place(&[1, 3]);
        for _ in 0..READINGS_TO_WAIT {
            place.pass([]);
        }
        assert_eq!(gaps(&place), [2]);
        place.pass([]);
        assert_eq!(gaps(&place), Vec::<i64>::new());
    }

    #[test]
    fn a_leap_is_waited_for_at_its_near_end_alone() {
        let place = place(&[1, 1_000_000]);
        assert_eq!(place.gaps.len(), 1_000);
        assert_eq!(place.gaps.keys().next(), Some(&999_000));
    }
}
