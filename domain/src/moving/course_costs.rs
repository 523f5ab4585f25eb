//! What courses cost: read from a file, written, and given out. A line that is corrected stays, cancelled, and another one
//! takes its place.

use std::collections::BTreeMap;

use rinnalla_entity::ids::{CourseCostId, CourseId, Id as _};
use sea_orm::Value;

use super::batch::Table;
use super::book::{Cell, Page};
use super::cells::Recognised;
use super::changing::one;
use super::course_told::CostTold;
use super::exporting::{Writer, number};
use super::figures::shown_sum;
use super::own_rows::At;
use super::plan::{Fate, Plan, Planning};
use super::template::{Kind, List};
use super::writing::Writing;
use crate::act::code;
use crate::audit::ObjectKind;
use crate::costs::COST_CENTS;
use crate::error::Result;
use crate::sql::Sql;

impl Planning<'_> {
    pub(super) fn read_costs(&mut self, sheet: &Recognised<'_>) {
        let mut seen = BTreeMap::new();
        for row in sheet.rows() {
            let at = At {
                sheet,
                row: row.number,
                column: "key",
            };
            let (mut key, mut course) = (None, None);
            let read = self.line(sheet, row, |line| {
                key = line.text("key");
                course = line.text("course");
                let kind = line.state("kind");
                let cents = line.sum("sum", *COST_CENTS.end());
                let shares = line.shares("shares", cents);
                let told = CostTold {
                    // Filled in from the key of the row.
                    course: CourseId(uuid::Uuid::nil()),
                    kind: kind?,
                    cents: cents?,
                    shares: shares?,
                };
                Some((told, line.version()))
            });
            let (Some(key), Some(course)) = (key, course) else {
                continue;
            };
            if !self.is_once(at, &mut seen, &key) {
                continue;
            }
            let Some(course) = self.course_of(at.under("course"), &course) else {
                continue;
            };
            let planned = read.and_then(|(told, version)| {
                let told = CostTold { course, ..told };
                let known = self.known;
                let own = (Kind::CourseCosts, key.as_str());
                self.plan_own(at, own, (told, version), &known.taught.costs)
            });
            self.plan.costs.extend(planned);
        }
    }
}

impl Writing<'_, '_> {
    pub(super) async fn write_costs(&mut self, plan: &Plan) -> Result<()> {
        static CANCEL: Sql = Sql::new(
            "UPDATE course_costs SET cancelled_by = $2, cancelled_at = $3 WHERE id = $1 AND cancelled_at IS NULL",
        );
        let (by, now) = (self.by()?, self.ctx().now);
        for it in &plan.costs {
            match it.fate {
                Fate::New => self.add_cost(it.id, &it.told)?,
                Fate::Changed => {
                    let values: [Value; 3] = [it.id.uuid().into(), by.into(), now.into()];
                    one(CANCEL.run(&self.act.tx, values).await?)?;
                    let instead = CourseCostId::random();
                    self.add_cost(instead, &it.told)?;
                    self.instead.insert(it.id.uuid(), instead.uuid());
                }
                Fate::Same => {}
            }
            self.row_about(it.fate, ObjectKind::Course, it.told.course);
        }
        Ok(())
    }

    fn add_cost(&mut self, id: CourseCostId, told: &CostTold) -> Result<()> {
        let (by, now) = (self.by()?, self.ctx().now);
        let cells: [Value; 6] = [
            id.uuid().into(),
            told.course.uuid().into(),
            code(told.kind),
            told.cents.into(),
            by.into(),
            now.into(),
        ];
        self.batch.add(Table::CourseCosts, cells);
        for (funder, cents) in &told.shares {
            let cells = [id.uuid().into(), funder.clone().into(), (*cents).into()];
            self.batch.add(Table::CourseCostShares, cells);
        }
        Ok(())
    }
}

impl Writer<'_> {
    pub(super) fn course_costs(&self) -> Page {
        let mut costs: Vec<_> = self.known.taught.costs.iter().collect();
        costs.sort_by_key(|(id, it)| (it.told.course, **id));
        self.page(
            Kind::CourseCosts,
            costs.into_iter().map(|(id, it)| {
                let told = &it.told;
                let paid = |(funder, cents): (&String, &i32)| {
                    let word = self.known.words.say(List::Funder, funder, self.language);
                    format!("{word} {}", shown_sum(*cents))
                };
                let paid: Vec<String> = told.shares.iter().map(paid).collect();
                vec![
                    ("key", Cell::Text(id.encode())),
                    ("course", Cell::Text(told.course.encode())),
                    ("kind", self.word(List::CourseCostKind, &told.kind.code())),
                    ("sum", Cell::Number(f64::from(told.cents) / 100.0)),
                    ("shares", Cell::Text(paid.join("; "))),
                    ("version", number(it.version)),
                ]
            }),
        )
    }
}
