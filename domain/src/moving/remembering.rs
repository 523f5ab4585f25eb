//! Remembering what was moved in under which key, so that the same file changes nothing.

use rinnalla_entity::ids::Id as _;
use uuid::Uuid;

use super::batch::{Batch, Table};
use super::changing;
use super::course_rows::number_key;
use super::known::Known;
use super::plan::{Fate, Plan, Planned};
use super::queries;
use super::template::Kind;
use super::told::Told;
use super::writing::Writing;
use crate::error::Result;

impl Writing<'_, '_> {
    /// Remembers what was moved in under which key, so that the same file changes nothing.
    pub(super) async fn remember(&mut self, plan: &Plan) -> Result<()> {
        let (known, of) = (self.known, self.known.own.id);
        let relationships = queries::relationship_versions(&self.act.tx, of).await?;
        let version = |fate: Fate, stood: Option<i64>| match (fate, stood) {
            (Fate::Same, Some(version)) => version,
            (_, version) => version.map_or(1, |version| version + 1),
        };
        let mut rows = Vec::new();
        remembered(&mut rows, known, Kind::People, &plan.people, |it| {
            version(it.fate, known.people.get(&it.id).map(|it| it.version))
        });
        remembered(&mut rows, known, Kind::Roles, &plan.roles, |it| {
            let term = (it.told.person, it.told.organisation, it.told.role);
            version(it.fate, known.grants.get(&term).map(|(_, it)| it.version))
        });
        remembered(
            &mut rows,
            known,
            Kind::SupportPersons,
            &plan.supporters,
            |it| {
                version(
                    it.fate,
                    known
                        .supporters
                        .get(&it.told.person)
                        .map(|(_, it)| it.version),
                )
            },
        );
        remembered(
            &mut rows,
            known,
            Kind::Relationships,
            &plan.relationships,
            |it| relationships.get(&it.id).copied().unwrap_or(1),
        );
        remembered(&mut rows, known, Kind::Meetings, &plan.meetings, |_| 1);
        remember_own(&mut rows, known, plan);
        for row in &mut rows {
            row.object = self.instead.get(&row.object).copied().unwrap_or(row.object);
        }
        changing::forget_moved(self, &rows).await?;
        let now = self.ctx().now;
        let mut batch = Batch::new();
        for row in rows {
            batch.add(
                Table::MovedRows,
                [
                    of.uuid().into(),
                    row.kind.code().into(),
                    row.key.into(),
                    row.object.into(),
                    row.content.into(),
                    row.version.into(),
                    now.into(),
                ],
            );
        }
        batch.write(&self.act.tx).await
    }
}

/// Rows that are compared by what they tell, so that their version tells nothing more.
fn remember_own(rows: &mut Vec<Remembered>, known: &Known, plan: &Plan) {
    remembered(rows, known, Kind::Courses, &plan.courses, |_| 1);
    remembered(rows, known, Kind::CourseSessions, &plan.sessions, |_| 1);
    remembered(rows, known, Kind::Enrolments, &plan.enrolments, |_| 1);
    remembered(rows, known, Kind::CourseCosts, &plan.costs, |_| 1);
    remembered(rows, known, Kind::Trainings, &plan.trainings, |_| 1);
    let kind = Kind::TrainingParticipants;
    remembered(rows, known, kind, &plan.parts, |_| 1);
    remembered(rows, known, Kind::ExpertCohorts, &plan.cohorts, |_| 1);
    remembered(rows, known, Kind::Experts, &plan.experts, |_| 1);
    let kind = Kind::ExpertAssignments;
    remembered(rows, known, kind, &plan.assignments, |_| 1);
    remembered(rows, known, Kind::Expenses, &plan.expenses, |_| 1);
    for (id, told) in &plan.planned_sessions {
        rows.push(Remembered {
            kind: Kind::CourseSessions,
            key: known.key(Kind::CourseSessions, &number_key(told)),
            object: id.uuid(),
            content: known.content(Kind::CourseSessions, told),
            version: 1,
        });
    }
}

/// A row as it is remembered.
pub(super) struct Remembered {
    pub kind: Kind,
    pub key: Vec<u8>,
    object: Uuid,
    content: Vec<u8>,
    version: i64,
}

fn remembered<I: rinnalla_entity::ids::Id, T: Told>(
    rows: &mut Vec<Remembered>,
    known: &Known,
    kind: Kind,
    planned: &[Planned<I, T>],
    version: impl Fn(&Planned<I, T>) -> i64,
) {
    for it in planned {
        let Some(key) = &it.key else { continue };
        if it.fate == Fate::Same && known.remembers(kind, key) {
            continue;
        }
        rows.push(Remembered {
            kind,
            key: key.clone(),
            object: it.id.uuid(),
            content: known.content(kind, &it.told),
            version: version(it),
        });
    }
}
