//! Municipalities merge and change their county, so their list is dated. It is loaded from a file of the installation's
//! keeper: `code;valid_from;valid_to;name_fi;name_sv;county_code`, one municipality and period a line.

use std::collections::BTreeMap;
use std::fmt;

use chrono::NaiveDate;
use sea_orm::{FromQueryResult, Value};

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::sql::Sql;
use crate::store::Store;
use crate::text;

use super::County;
use super::rules::is_municipality_code;

/// The longest name of a municipality that the table holds.
const NAME_MAX_CHARS: usize = 80;

/// A municipality, for as long as this entry holds.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Municipality {
    /// The official code, three digits.
    pub code: String,
    /// The first day.
    pub valid_from: NaiveDate,
    /// The last day; open where nothing is said.
    pub valid_to: Option<NaiveDate>,
    /// The Finnish name.
    pub name_fi: String,
    /// The Swedish name.
    pub name_sv: String,
    /// The county that it belongs to.
    pub county_code: String,
}

/// What a load came to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Loaded {
    /// Lines with a municipality.
    pub lines: usize,
    /// Entries that were new or differed.
    pub changed: u64,
}

/// What is wrong with a line.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum LineProblem {
    /// Not six fields, or quotes that do not match.
    Fields,
    /// The code is not three digits.
    Code,
    /// A date is not written as 2026-01-01.
    Date,
    /// The last day lies before the first.
    Order,
    /// A name is missing, too long or holds what may not be in a text.
    Name,
    /// No such county.
    County,
    /// The same municipality is told of on the same days in another line, whose number this is.
    Overlap(u64),
}

/// A line that cannot be taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LineFault {
    /// Its number, from 1.
    pub line: u64,
    /// What is wrong.
    pub problem: LineProblem,
}

impl fmt::Display for LineFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}: ", self.line)?;
        match &self.problem {
            LineProblem::Fields => f.write_str(
                "six fields are needed: code;valid_from;valid_to;name_fi;name_sv;county_code",
            ),
            LineProblem::Code => f.write_str("a municipality's code has three digits"),
            LineProblem::Date => f.write_str("a date is written as 2026-01-01"),
            LineProblem::Order => f.write_str("the last day lies before the first"),
            LineProblem::Name => f.write_str("both names are needed, at most 80 characters each"),
            LineProblem::County => f.write_str("there is no county with this code"),
            LineProblem::Overlap(other) => {
                write!(
                    f,
                    "the same municipality on the same days as in line {other}"
                )
            }
        }
    }
}

/// Why nothing was loaded.
#[derive(Debug)]
pub enum LoadFault {
    /// All lines that cannot be taken.
    Lines(Vec<LineFault>),
    /// The database.
    Register(Error),
}

impl fmt::Display for LoadFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Lines(faults) => {
                let lines: Vec<String> = faults.iter().map(ToString::to_string).collect();
                f.write_str(&lines.join("\n"))
            }
            Self::Register(error) => error.fmt(f),
        }
    }
}

impl std::error::Error for LoadFault {}

impl From<Error> for LoadFault {
    fn from(error: Error) -> Self {
        Self::Register(error)
    }
}

/// Loads a list, all of it or nothing. Loaded again, it changes nothing; an entry with the same code and first day is
/// replaced; what is in the register and not in the list stays.
///
/// Errors: every line that cannot be taken, with its number.
pub async fn load_municipalities(
    store: &Store,
    csv: &str,
) -> std::result::Result<Loaded, LoadFault> {
    static COUNTIES: Sql = Sql::new("SELECT code, name_fi, name_sv FROM counties");
    static PUT: Sql = Sql::new(
        "INSERT INTO municipalities AS m (code, valid_from, valid_to, name_fi, name_sv, county_code)
         VALUES ($1, $2, $3, $4, $5, $6)
         ON CONFLICT (code, valid_from) DO UPDATE
         SET valid_to = excluded.valid_to, name_fi = excluded.name_fi, name_sv = excluded.name_sv,
           county_code = excluded.county_code
         WHERE m.name_fi <> excluded.name_fi OR m.name_sv <> excluded.name_sv OR m.county_code <> excluded.county_code
           OR coalesce(m.valid_to, $7) <> coalesce(excluded.valid_to, $7)",
    );
    let tx = store.begin_write().await?;
    let counties: Vec<County> = COUNTIES.all(&tx, []).await?;
    let rows = read(csv, |code| {
        counties.iter().any(|county| county.code == code)
    })
    .map_err(LoadFault::Lines)?;
    let mut changed = 0;
    for row in &rows {
        let values: [Value; 7] = [
            row.code.clone().into(),
            row.valid_from.into(),
            row.valid_to.into(),
            row.name_fi.clone().into(),
            row.name_sv.clone().into(),
            row.county_code.clone().into(),
            far_away().into(),
        ];
        changed += PUT.run(&tx, values).await?;
    }
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(Loaded {
        lines: rows.len(),
        changed,
    })
}

/// The municipalities of a county, or of all, as they are today, by code.
pub async fn municipalities(ctx: &Ctx, county: Option<&str>) -> Result<Vec<Municipality>> {
    static SQL: Sql = Sql::new(
        "SELECT code, valid_from, valid_to, name_fi, name_sv, county_code FROM municipalities
         WHERE valid_from <= $1 AND (valid_to IS NULL OR valid_to >= $1) AND county_code = coalesce($2, county_code)
         ORDER BY code",
    );
    ctx.actor()?;
    if county.is_some_and(|code| code.contains('\0')) {
        return Ok(Vec::new());
    }
    let values: [Value; 2] = [ctx.today.into(), county.map(str::to_owned).into()];
    SQL.all(ctx.store.reader(), values).await
}

/// Reads the lines; a first line that begins with `code` is a heading.
fn read(
    csv: &str,
    is_county: impl Fn(&str) -> bool,
) -> std::result::Result<Vec<Municipality>, Vec<LineFault>> {
    let mut rows: Vec<(u64, Municipality)> = Vec::new();
    let mut faults = Vec::new();
    let mut reader = csv::ReaderBuilder::new()
        .delimiter(b';')
        .has_headers(false)
        .flexible(true)
        .trim(csv::Trim::All)
        .from_reader(csv.trim_start_matches('\u{feff}').as_bytes());
    for (n, record) in reader.records().enumerate() {
        let record = match record {
            Ok(record) => record,
            Err(fault) => {
                let line = fault.position().map_or(n as u64 + 1, csv::Position::line);
                faults.push(LineFault {
                    line,
                    problem: LineProblem::Fields,
                });
                continue;
            }
        };
        if n == 0 && record.get(0) == Some("code") {
            continue;
        }
        let line = record.position().map_or(n as u64 + 1, csv::Position::line);
        match read_line(&record, &is_county) {
            Ok(row) => rows.push((line, row)),
            Err(problems) => faults.extend(
                problems
                    .into_iter()
                    .map(|problem| LineFault { line, problem }),
            ),
        }
    }
    faults.extend(overlaps(&rows));
    faults.sort_by_key(|fault| fault.line);
    if faults.is_empty() {
        Ok(rows.into_iter().map(|(_, row)| row).collect())
    } else {
        Err(faults)
    }
}

fn read_line(
    record: &csv::StringRecord,
    is_county: impl Fn(&str) -> bool,
) -> std::result::Result<Municipality, Vec<LineProblem>> {
    let fields: Vec<&str> = record.iter().collect();
    let [code, from, to, fi, sv, county] = fields[..] else {
        return Err(vec![LineProblem::Fields]);
    };
    let mut problems = Vec::new();
    let mut check = |holds: bool, problem| {
        if !holds {
            problems.push(problem);
        }
    };
    check(is_municipality_code(code), LineProblem::Code);
    let valid_from = date(from);
    let valid_to = (!to.is_empty()).then(|| date(to));
    check(
        valid_from.is_some() && valid_to != Some(None),
        LineProblem::Date,
    );
    let valid_to = valid_to.flatten();
    let in_order = valid_from.zip(valid_to).is_none_or(|(from, to)| from <= to);
    check(in_order, LineProblem::Order);
    let names = [fi, sv].map(|name| text::clean_line(name, NAME_MAX_CHARS));
    check(names.iter().all(|name| name.is_ok()), LineProblem::Name);
    check(is_county(county), LineProblem::County);
    match (names, valid_from) {
        ([Ok(name_fi), Ok(name_sv)], Some(valid_from)) if problems.is_empty() => Ok(Municipality {
            code: code.to_owned(),
            valid_from,
            valid_to,
            name_fi,
            name_sv,
            county_code: county.to_owned(),
        }),
        _ => Err(problems),
    }
}

fn date(text: &str) -> Option<NaiveDate> {
    (text.len() == 10)
        .then(|| NaiveDate::parse_from_str(text, "%Y-%m-%d").ok())
        .flatten()
}

/// Later than any date in a list.
fn far_away() -> NaiveDate {
    NaiveDate::from_ymd_opt(9999, 12, 31).unwrap_or(NaiveDate::MAX)
}

fn overlaps(rows: &[(u64, Municipality)]) -> Vec<LineFault> {
    let mut by_code: BTreeMap<&str, Vec<&(u64, Municipality)>> = BTreeMap::new();
    for row in rows {
        by_code.entry(&row.1.code).or_default().push(row);
    }
    let mut faults = Vec::new();
    for mut same in by_code.into_values() {
        same.sort_by_key(|(line, row)| (row.valid_from, *line));
        faults.extend(same.windows(2).filter_map(|pair| {
            let [(first, earlier), (line, later)] = pair else {
                return None;
            };
            let overlap = earlier.valid_to.is_none_or(|to| to >= later.valid_from);
            overlap.then_some(LineFault {
                line: *line,
                problem: LineProblem::Overlap(*first),
            })
        }));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read_list(csv: &str) -> std::result::Result<Vec<Municipality>, Vec<LineFault>> {
        read(csv, |code| code == "20")
    }

    #[test]
    fn a_list_is_read_with_its_heading_and_open_ends() {
        let rows = read_list(
            "\u{feff}code;valid_from;valid_to;name_fi;name_sv;county_code\r\n\
             205;2023-01-01;;Kajaani;Kajana;20\r\n\
             940;1900-01-01;2006-12-31;Vuolijoki;Vuolijoki;20\r\n",
        )
        .unwrap();
        assert_eq!(rows.len(), 2);
        assert_eq!(rows[0].name_sv, "Kajana");
        assert_eq!(rows[0].valid_to, None);
        assert_eq!(rows[1].valid_to, NaiveDate::from_ymd_opt(2006, 12, 31));
    }

    #[test]
    fn every_faulty_line_is_told_with_its_number() {
        let faults = read_list(
            "205;2023-01-01;;Kajaani;Kajana;20\n\
             2O5;2023-01-01;2022-01-01;;Kajana;99\n\
             777;1.1.2023;;Suomussalmi;Suomussalmi;20\n\
             620;2023-01-01;Puolanka;Puolanka;20\n\
             205;2024-01-01;;Kajaani;Kajana;20\n",
        )
        .unwrap_err();
        let told: Vec<String> = faults.iter().map(ToString::to_string).collect();
        assert_eq!(
            told,
            [
                "line 2: a municipality's code has three digits",
                "line 2: the last day lies before the first",
                "line 2: both names are needed, at most 80 characters each",
                "line 2: there is no county with this code",
                "line 3: a date is written as 2026-01-01",
                "line 4: six fields are needed: code;valid_from;valid_to;name_fi;name_sv;county_code",
                "line 5: the same municipality on the same days as in line 1",
            ]
        );
    }
}
