//! An analyst who asks everything that may be asked of registers that really stand in the database, and solves what they were
//! answered. Each year is a register of its own: so many participants of courses by organisation, quarter and result.
//!
//! Beside the answers they know what everybody knows: in which county an organisation is, and that nobody takes part less than
//! not at all. The test beside the code attacks thousands of registers; this one sees that nothing is added on the way out.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::states::OrganisationKind;
use sea_orm::Value as Cell;
use serde_json::Value;

use super::{Figures, fault, finished_course};
use crate::on_both;
use crate::support::App;

const THRESHOLD: u64 = 5;
const YEARS: std::ops::RangeInclusive<i32> = 2021..=2025;
/// Days on which a course ends, one in each quarter.
const ENDS: [&str; 4] = ["03-13", "05-15", "09-11", "11-13"];

/// Participants with an organisation, a quarter from 1 to 4, and whether they graduated.
type Atom = (usize, u8, bool);
type Register = BTreeMap<Atom, u64>;

/// Numbers that look drawn, the same in every run.
struct Dice(u64);

impl Dice {
    fn below(&mut self, n: u64) -> u64 {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        (self.0 >> 11) % n
    }
}

/// A year: large organisations and small ones, busy quarters and empty ones.
fn invented(dice: &mut Dice, organisations: usize) -> Register {
    let mut register = Register::new();
    for at in 0..organisations {
        for quarter in 1..=4 {
            let size = [9, 4, 2][at.min(2)];
            let is_held = dice.below(3) > 0;
            for graduated in [true, false] {
                let n = if is_held { dice.below(size) } else { 0 };
                register.insert((at, quarter, graduated), n);
            }
        }
    }
    register
}

/// What an analyst would like to know or is told: which participants, by a name.
#[derive(Clone, Debug)]
struct Question {
    name: String,
    of: BTreeSet<Atom>,
}

/// What an analyst knows: sums of participants, and bounds of such.
#[derive(Default)]
struct Known {
    sums: Vec<(BTreeSet<Atom>, ComparisonOp, u64)>,
    shown: BTreeSet<BTreeSet<Atom>>,
}

impl Known {
    fn hear(&mut self, of: BTreeSet<Atom>, count: Option<u64>) {
        match count {
            Some(n) => {
                self.shown.insert(of.clone());
                self.sums.push((of, ComparisonOp::Eq, n));
            }
            // A hidden number is not nought: that would be shown.
            None => self.sums.push((of, ComparisonOp::Ge, 1)),
        }
    }

    /// A number as it is told where only small ones are hidden.
    fn hear_of(&mut self, question: &Question, n: u64) {
        let is_small = (1..THRESHOLD).contains(&n);
        self.hear(question.of.clone(), (!is_small).then_some(n));
    }

    fn bound(&self, atoms: &[Atom], of: &BTreeSet<Atom>, to: OptimizationDirection) -> Option<f64> {
        let mut problem = Problem::new(to);
        let variables: BTreeMap<Atom, _> = atoms
            .iter()
            .map(|atom| {
                let weight = if of.contains(atom) { 1.0 } else { 0.0 };
                (*atom, problem.add_var(weight, (0.0, f64::INFINITY)))
            })
            .collect();
        for (sum, op, n) in &self.sums {
            let sum: Vec<_> = sum.iter().map(|atom| (variables[atom], 1.0)).collect();
            problem.add_constraint(sum, *op, *n as f64);
        }
        match problem.solve() {
            Ok(outcome) => Some(outcome.solution().expect("nothing limits it").objective()),
            Err(microlp::Error::Unbounded) => None,
            Err(fault) => panic!("the truth itself solves the equations: {fault}"),
        }
    }

    /// What is found out of what was not told.
    fn finds(&self, register: &Register, wanted: &[Question]) -> Vec<String> {
        let atoms: Vec<Atom> = register.keys().copied().collect();
        let mut found = Vec::new();
        for question in wanted {
            let truth: u64 = question.of.iter().map(|atom| register[atom]).sum();
            if truth == 0 || (truth >= THRESHOLD && self.shown.contains(&question.of)) {
                continue;
            }
            let low = self
                .bound(&atoms, &question.of, OptimizationDirection::Minimize)
                .unwrap_or(0.0);
            let high = self
                .bound(&atoms, &question.of, OptimizationDirection::Maximize)
                .unwrap_or(f64::INFINITY);
            let is_wide = high - low > THRESHOLD as f64 - 1.0 - 1e-6;
            if !is_wide || (truth < THRESHOLD && high < THRESHOLD as f64 - 1e-6) {
                found.push(format!(
                    "{} is {truth}, and known to be from {low} to {high}",
                    question.name
                ));
            }
        }
        found
    }
}

/// The breakdowns that an analyst may ask for, and the categories of each.
struct Categories {
    organisations: Vec<String>,
}

impl Categories {
    fn of(&self, by: &str) -> Vec<String> {
        match by {
            "ORGANISATION" => self.organisations.clone(),
            "RESULT" => vec!["GRADUATED".to_owned(), "NOT_GRADUATED".to_owned()],
            _ => (1..=4).map(|no| format!("Q{no}")).collect(),
        }
    }

    fn is_in(&self, atom: &Atom, by: &str, code: &str) -> bool {
        match by {
            "ORGANISATION" => self.organisations[atom.0] == code,
            "RESULT" => (code == "GRADUATED") == atom.2,
            _ => code == format!("Q{}", atom.1),
        }
    }

    fn question(&self, register: &Register, of: &[(&str, &str)]) -> Question {
        let is_of = |atom: &&Atom| of.iter().all(|(by, code)| self.is_in(atom, by, code));
        let names: Vec<&str> = of.iter().map(|(_, code)| *code).collect();
        Question {
            name: names.join(" "),
            of: register.keys().filter(is_of).copied().collect(),
        }
    }

    /// Everything that somebody could want to know of somebody.
    fn wanted(&self, register: &Register) -> Vec<Question> {
        let mut wanted = Vec::new();
        for by in ["ORGANISATION", "RESULT", "QUARTER"] {
            for code in self.of(by) {
                wanted.push(self.question(register, &[(by, &code)]));
                for result in self.of("RESULT").iter().filter(|_| by != "RESULT") {
                    wanted.push(self.question(register, &[(by, &code), ("RESULT", result)]));
                }
            }
        }
        wanted
    }

    /// Which participants the code of a row means: those that are put together are the hidden ones.
    fn meant(
        &self,
        register: &Register,
        hidden: &BTreeMap<String, BTreeSet<Atom>>,
        by: &str,
        code: &str,
    ) -> BTreeSet<Atom> {
        match code {
            "REST" => hidden.get(by).cloned().unwrap_or_default(),
            code => self.question(register, &[(by, code)]).of,
        }
    }
}

fn code<'v>(row: &'v Value, of: &str) -> &'v str {
    row[of]["code"].as_str().unwrap_or_default()
}

/// Asks everything of a year.
async fn heard(
    app: &App,
    figures: &Figures,
    year: i32,
    register: &Register,
    categories: &Categories,
) -> Known {
    let mut known = Known::default();
    let all: BTreeSet<Atom> = register.keys().copied().collect();
    let of_quarters = |from: u8, to: u8| -> BTreeSet<Atom> {
        let atoms = all.iter().filter(|atom| (from..=to).contains(&atom.1));
        atoms.copied().collect()
    };
    let periods = [
        ("", 1, 4),
        ("H1", 1, 2),
        ("H2", 3, 4),
        ("Q1", 1, 1),
        ("Q2", 2, 2),
        ("Q3", 3, 3),
        ("Q4", 4, 4),
    ];
    for (part, from, to) in periods {
        let total = figures
            .table(app, "COURSE_PARTICIPANTS", &format!("{year}{part}"), &[])
            .await;
        known.hear(of_quarters(from, to), total["rows"][0]["count"].as_u64());
    }
    let mut hidden: BTreeMap<String, BTreeSet<Atom>> = BTreeMap::new();
    let period = year.to_string();
    for by in ["ORGANISATION", "RESULT", "QUARTER"] {
        let table = figures
            .table(app, "COURSE_PARTICIPANTS", &period, &[by])
            .await;
        let rows = table["rows"].as_array().unwrap().clone();
        let named: BTreeSet<&str> = rows.iter().map(|row| code(row, "row")).collect();
        for row in rows.iter().filter(|row| row["isHidden"] == true) {
            let of = categories.question(register, &[(by, code(row, "row"))]).of;
            hidden.entry(by.to_owned()).or_default().extend(of);
        }
        for row in &rows {
            let of = categories.meant(register, &hidden, by, code(row, "row"));
            known.hear(of, row["count"].as_u64());
        }
        // What a table does not name is empty.
        let is_there = table["standing"] == "PUBLISHED" && !rows.is_empty();
        for empty in categories.of(by).iter().filter(|_| is_there) {
            if !named.contains(empty.as_str()) {
                known.hear(categories.question(register, &[(by, empty)]).of, Some(0));
            }
        }
    }
    for by in ["ORGANISATION", "QUARTER"] {
        let table = figures
            .table(app, "COURSE_PARTICIPANTS", &period, &[by, "RESULT"])
            .await;
        for row in table["rows"].as_array().unwrap() {
            // A hidden row may hold noughts as well.
            if let Some(n) = row["count"].as_u64() {
                let rows = categories.meant(register, &hidden, by, code(row, "row"));
                let columns = categories.meant(register, &hidden, "RESULT", code(row, "column"));
                known.hear(rows.intersection(&columns).copied().collect(), Some(n));
            }
        }
    }
    // Each took part once at least as a person, and has one mark at most of a session.
    for (measure, by, row) in [
        ("COURSE_PERSONS", &[][..], ""),
        ("SESSION_ATTENDANCE", &["SESSION"], "1"),
    ] {
        let table = figures.table(app, measure, &period, by).await;
        for it in table["rows"].as_array().unwrap() {
            if let (true, Some(n)) = (code(it, "row") == row, it["count"].as_u64()) {
                known.sums.push((all.clone(), ComparisonOp::Ge, n));
            }
        }
    }
    known
}

on_both! {
    async fn nothing_is_found_out_of_registers_that_stand_in_the_database(app: App) {
        let figures = Figures::new(&app).await;
        let by = figures.world.kaisa.id;
        let mut organisations: Vec<OrganisationId> = vec![figures.world.association];
        for (name, county) in [("Toinen ry", "20"), ("Kolmas ry", "05"), ("Neljäs ry", "05")] {
            let of = app.organisation(name, OrganisationKind::Association).await;
            app.run("UPDATE organisations SET county_code = $2 WHERE id = $1", [Cell::from(of.0), county.into()]).await;
            organisations.push(of);
        }
        let mut dice = Dice(0x5eed_0007);
        let mut registers = BTreeMap::new();
        for year in YEARS {
            let register = invented(&mut dice, organisations.len());
            for (at, of) in organisations.iter().enumerate() {
                for quarter in 1..=4 {
                    let (done, not) = (register[&(at, quarter, true)], register[&(at, quarter, false)]);
                    if done + not > 0 {
                        let on = format!("{year}-{}", ENDS[usize::from(quarter) - 1]);
                        let sizes = (usize::try_from(done + not).unwrap(), usize::try_from(done).unwrap());
                        finished_course(&app, *of, by, &on, sizes).await;
                    }
                }
            }
            registers.insert(year, register);
        }
        figures.publish(&app).await;
        // A small organisation would be its county less the others in it.
        let by_county = figures.ask(&app, "COURSE_PARTICIPANTS", "2025", &["COUNTY"]).await;
        assert_eq!(fault(&by_county), "by BREAKDOWN_NOT_ALLOWED");
        let categories = Categories { organisations: organisations.iter().map(|it| it.encode()).collect() };
        let (mut shown, mut naive) = (0, 0);
        for (year, register) in &registers {
            let known = heard(&app, &figures, *year, register, &categories).await;
            let wanted = categories.wanted(register);
            let found = known.finds(register, &wanted);
            assert!(found.is_empty(), "{year}: {found:#?}\n{register:?}");
            shown += known.shown.len();
            // The attack is worth something only if it finds what is hidden by its size alone.
            let mut careless = Known::default();
            for question in &wanted {
                let n: u64 = question.of.iter().map(|atom| register[atom]).sum();
                careless.hear_of(question, n);
            }
            careless.hear(register.keys().copied().collect(), Some(register.values().sum()));
            naive += usize::from(!careless.finds(register, &wanted).is_empty());
        }
        assert!(shown > 30, "there is something to read: {shown}");
        assert!(naive > 3, "hidden by size alone, something is found in {naive} registers");
    }
}
