//! An analyst who asks every question that may be asked, and solves what they were answered.
//!
//! The cells of the finest table (every breakdown at once) are the unknowns; every shown number is an equation between them,
//! and that a hidden category is named says that it is at least one. A solver then tells how low and how high each hidden cell
//! could be. A hidden cell must be able to be any of at least as many numbers as the threshold, and a small one must be able to
//! reach it. `ATTACKED_REGISTERS` sets how many invented registers are attacked.

use std::collections::{BTreeMap, BTreeSet};

use microlp::{ComparisonOp, OptimizationDirection, Problem};

use super::measures::{Behind, Breakdown as By, Counting, Measure, MeasureCode};
use super::suppression::Year;
use super::tables::{Cell, Cells, Counted, Making, Place, REST};

const THRESHOLD: u64 = 5;

static STAR: Measure = Measure {
    code: MeasureCode::Referrals,
    name: "STAR",
    figures: "",
    counting: Counting::Happened,
    behind: Behind::Each,
    tells_count: true,
    breakdowns: &[By::County, By::Background, By::Stage, By::Quarter],
    tables: &[
        (By::County, By::Stage),
        (By::Background, By::Stage),
        (By::Quarter, By::Stage),
    ],
    summaries: &[],
    rows: "",
    count: "1",
    within: "",
};

static CHAIN: Measure = Measure {
    name: "CHAIN",
    tables: &[
        (By::Background, By::County),
        (By::County, By::Stage),
        (By::Background, By::Quarter),
    ],
    ..STAR
};

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

/// A small invented register: how many there are of each combination of categories.
struct Invented {
    measure: &'static Measure,
    atoms: Vec<Counted>,
}

fn invented(seed: u64) -> Invented {
    let mut dice = Dice(seed.wrapping_mul(0x9E37_79B9_7F4A_7C15) | 1);
    for _ in 0..8 {
        dice.below(2);
    }
    let measure = if dice.below(2) == 0 { &STAR } else { &CHAIN };
    let sizes = [
        2 + dice.below(3),
        1 + dice.below(2),
        2 + dice.below(2),
        2 + dice.below(3),
    ];
    let most = 1 + dice.below(6);
    let dense = 20 + dice.below(80);
    let mut atoms = Vec::new();
    for county in 0..sizes[0] {
        for background in 0..sizes[1] {
            for stage in 0..sizes[2] {
                for quarter in 0..sizes[3] {
                    let n = if dice.below(100) < dense {
                        dice.below(most + 1)
                    } else {
                        0
                    };
                    // The first categories are the large ones, as in life.
                    let n = if county == 0 && stage == 0 { n * 3 } else { n };
                    atoms.push(Counted {
                        quarter: quarter as u8 + 1,
                        of: vec![
                            county.to_string(),
                            background.to_string(),
                            stage.to_string(),
                        ],
                        n,
                        ..Counted::default()
                    });
                }
            }
        }
    }
    Invented { measure, atoms }
}

/// What the analyst was told.
struct Told {
    totals: Year<Cell>,
    cells: Cells,
}

impl Invented {
    fn published(&self) -> Told {
        let making = Making {
            measure: self.measure,
            threshold: THRESHOLD,
        };
        let totals = making.totals(&self.atoms);
        let has_quarters = totals.quarters.iter().all(|it| !it.is_hidden);
        let cells = match totals.year.is_hidden {
            true => Cells::new(),
            false => making.tables(&self.atoms, has_quarters),
        };
        Told { totals, cells }
    }

    fn category(&self, atom: &Counted, by: By) -> String {
        match by {
            By::County => atom.of[0].clone(),
            By::Background => atom.of[1].clone(),
            By::Stage => atom.of[2].clone(),
            _ => format!("Q{}", atom.quarter),
        }
    }

    fn categories(&self, by: By) -> BTreeSet<String> {
        self.atoms
            .iter()
            .map(|atom| self.category(atom, by))
            .collect()
    }

    fn which(&self, is: impl Fn(&Counted) -> bool) -> Vec<usize> {
        (0..self.atoms.len())
            .filter(|at| is(&self.atoms[*at]))
            .collect()
    }

    fn sum(&self, of: &[usize]) -> u64 {
        of.iter().map(|at| self.atoms[*at].n).sum()
    }
}

/// The equations of an analyst, and the sums of unknowns that they would like to know.
#[derive(Default)]
struct Attack {
    known: Vec<(Vec<usize>, ComparisonOp, f64)>,
    wanted: Vec<(String, Vec<usize>)>,
}

impl Attack {
    fn of(it: &Invented, told: &Told) -> Self {
        let mut attack = Self::default();
        let totals = &told.totals;
        for (no, cell) in (1..).zip(&totals.quarters) {
            attack.hear(format!("Q{no}"), it.which(|atom| atom.quarter == no), cell);
        }
        for (no, cell) in (1..).zip(&totals.halves) {
            attack.hear(
                format!("H{no}"),
                it.which(|atom| atom.quarter.div_ceil(2) == no),
                cell,
            );
        }
        attack.hear("year".to_owned(), it.which(|_| true), &totals.year);
        if totals.year.is_hidden {
            return attack;
        }
        let mut other: BTreeMap<By, BTreeSet<String>> = BTreeMap::new();
        for (place, cell) in &told.cells {
            if let (Some(by), None, true) = (place.by.0, place.by.1, cell.is_hidden) {
                other.entry(by).or_default().insert(place.row.clone());
            }
        }
        let is_in = |atom: &Counted, by: By, code: &str| {
            let category = it.category(atom, by);
            category == code
                || (code == REST && other.get(&by).is_some_and(|of| of.contains(&category)))
        };
        for (place, cell) in &told.cells {
            let (rows, columns) = place.by;
            let of = it.which(|atom| {
                rows.is_none_or(|by| is_in(atom, by, &place.row))
                    && columns.is_none_or(|by| is_in(atom, by, &place.column))
            });
            let name = format!("{:?} {} {}", place.by, place.row, place.column);
            match (cell.is_hidden, columns) {
                // A hidden row of a table may hold noughts as well.
                (true, Some(_)) => attack.wanted.push((name, of)),
                _ => attack.hear(name, of, cell),
            }
        }
        attack.listen_for_what_is_missing(it, told);
        attack
    }

    /// A number that is told, or a hidden one that is named: nought would have been shown.
    fn hear(&mut self, name: String, of: Vec<usize>, cell: &Cell) {
        match cell.count {
            Some(n) => self.known.push((of, ComparisonOp::Eq, n as f64)),
            None => {
                self.known.push((of.clone(), ComparisonOp::Ge, 1.0));
                self.wanted.push((name, of));
            }
        }
    }

    /// Categories that a published table does not name are empty; whatever is not published is wanted.
    fn listen_for_what_is_missing(&mut self, it: &Invented, told: &Told) {
        // The totals of quarters were heard by themselves.
        let breakdowns = it.measure.breakdowns.iter().copied();
        for by in breakdowns.filter(|by| *by != By::Quarter) {
            let named = |code: &str| {
                let place = Place {
                    by: (Some(by), None),
                    row: code.to_owned(),
                    column: String::new(),
                };
                told.cells.contains_key(&place)
            };
            let is_published = told.cells.keys().any(|place| place.by == (Some(by), None));
            for code in it.categories(by).into_iter().filter(|code| !named(code)) {
                let of = it.which(|atom| it.category(atom, by) == code);
                match is_published {
                    true => self.known.push((of, ComparisonOp::Eq, 0.0)),
                    false => self.wanted.push((format!("{by:?} {code}"), of)),
                }
            }
        }
        for (rows, columns) in it.measure.tables {
            for row in it.categories(*rows) {
                for column in it.categories(*columns) {
                    let place = Place {
                        by: (Some(*rows), Some(*columns)),
                        row: row.clone(),
                        column: column.clone(),
                    };
                    if !told.cells.contains_key(&place) {
                        let is = |atom: &Counted| {
                            it.category(atom, *rows) == row && it.category(atom, *columns) == column
                        };
                        self.wanted.push((
                            format!("{rows:?} {row}, {columns:?} {column}"),
                            it.which(is),
                        ));
                    }
                }
            }
        }
    }

    /// How low, or how high, a sum of unknowns can be; `None` where nothing bounds it.
    fn bound(
        &self,
        unknowns: usize,
        of: &[usize],
        direction: OptimizationDirection,
    ) -> Option<f64> {
        let mut problem = Problem::new(direction);
        let variables: Vec<_> = (0..unknowns)
            .map(|at| {
                let weight = if of.contains(&at) { 1.0 } else { 0.0 };
                problem.add_var(weight, (0.0, f64::INFINITY))
            })
            .collect();
        for (sum, op, n) in &self.known {
            let sum: Vec<_> = sum.iter().map(|at| (variables[*at], 1.0)).collect();
            problem.add_constraint(sum, *op, *n);
        }
        match problem.solve() {
            Ok(outcome) => Some(
                outcome
                    .solution()
                    .expect("nothing limits the solver")
                    .objective(),
            ),
            Err(microlp::Error::Unbounded) => None,
            Err(fault) => panic!("the truth itself solves the equations: {fault}"),
        }
    }

    /// What the analyst finds out: hidden cells that can be told too narrowly.
    fn finds(&self, it: &Invented) -> Vec<String> {
        // What is known to be empty makes no difference: a category that is all there is is the total, which is shown.
        let empty = self
            .known
            .iter()
            .filter(|(_, op, n)| matches!(op, ComparisonOp::Eq) && *n == 0.0);
        let empty: BTreeSet<usize> = empty.flat_map(|(of, ..)| of.iter().copied()).collect();
        let rest = |of: &[usize]| {
            of.iter()
                .copied()
                .filter(|at| !empty.contains(at))
                .collect::<BTreeSet<_>>()
        };
        let shown = self
            .known
            .iter()
            .filter(|(_, op, _)| matches!(op, ComparisonOp::Eq));
        let shown: BTreeSet<BTreeSet<usize>> = shown.map(|(of, ..)| rest(of)).collect();
        let mut found = Vec::new();
        for (name, of) in &self.wanted {
            let truth = it.sum(of);
            if truth == 0 || (truth >= THRESHOLD && shown.contains(&rest(of))) {
                continue;
            }
            let unknowns = it.atoms.len();
            let low = self
                .bound(unknowns, of, OptimizationDirection::Minimize)
                .unwrap_or(0.0);
            let high = self
                .bound(unknowns, of, OptimizationDirection::Maximize)
                .unwrap_or(f64::INFINITY);
            let is_wide = high - low > THRESHOLD as f64 - 1.0 - 1e-6;
            let reaches = truth >= THRESHOLD || high > THRESHOLD as f64 - 1e-6;
            if !is_wide || !reaches {
                found.push(format!(
                    "{name} is {truth}, and known to be from {low} to {high}"
                ));
            }
        }
        found
    }
}

fn how_many(usually: u64) -> u64 {
    let told = std::env::var("ATTACKED_REGISTERS").ok();
    told.and_then(|it| it.parse().ok()).unwrap_or(usually)
}

#[test]
fn an_analyst_who_asks_everything_finds_no_hidden_cell() {
    let (mut hidden, mut shown) = (0, 0);
    for seed in 1..=how_many(300) {
        let it = invented(seed);
        let told = it.published();
        let attack = Attack::of(&it, &told);
        let found = attack.finds(&it);
        assert!(
            found.is_empty(),
            "register {seed} ({}): {found:#?}",
            it.measure.name
        );
        hidden += attack.wanted.len();
        shown += told.cells.values().filter(|cell| !cell.is_hidden).count();
    }
    assert!(
        hidden > 300 && shown > 300,
        "there is something to attack: {hidden} hidden, {shown} shown"
    );
}

/// The attack is worth something only if it finds what is left open.
#[test]
fn an_analyst_finds_cells_that_are_hidden_by_their_size_alone() {
    let mut found = 0;
    for seed in 1..=40 {
        let it = invented(seed);
        let making = Making {
            measure: it.measure,
            threshold: 0,
        };
        let hide = |cell: Cell| match cell.count {
            Some(1..THRESHOLD) => Cell {
                is_hidden: true,
                count: None,
                ..cell
            },
            _ => cell,
        };
        let totals = making.totals(&it.atoms);
        let told = Told {
            totals: Year {
                quarters: totals.quarters.map(hide),
                halves: totals.halves.map(hide),
                year: hide(totals.year),
            },
            cells: making
                .tables(&it.atoms, true)
                .into_iter()
                .map(|(place, cell)| (place, hide(cell)))
                .collect(),
        };
        found += usize::from(!Attack::of(&it, &told).finds(&it).is_empty());
    }
    assert!(
        found > 20,
        "the attack found something in {found} of 40 registers alone"
    );
}
