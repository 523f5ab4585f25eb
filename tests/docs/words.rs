//! What must stand nowhere: somebody's machine, somebody's identity number, somebody's mail address; and what the
//! database must have no column for.

use super::{File, files, files_in, none};

/// Folders of one machine. Written in pieces, so that this file does not hold them.
const MACHINES: [&str; 5] = [
    concat!("/ho", "me/"),
    concat!("/Us", "ers/"),
    concat!("/ro", "ot/"),
    concat!("/wo", "rk/"),
    concat!("C:", "\\"),
];

/// Domains that belong to nobody (RFC 2606), and `example.fi`.
const NOBODYS: [&str; 4] = ["example.org", "example.com", "example.net", "example.fi"];
const NOBODYS_TLDS: [&str; 4] = ["invalid", "test", "example", "localhost"];

/// What the register must not know of anybody.
const NEVER_KEPT: [&str; 12] = [
    "hetu",
    "ssn",
    "identity_number",
    "diagnosis",
    "substance",
    "relapse",
    "criminal",
    "income",
    "birth_date",
    "birthday",
    "free_text",
    "reason_text",
];

fn lines() -> impl Iterator<Item = (&'static File, usize, &'static str)> {
    files()
        .iter()
        .filter(|file| file.path != "Cargo.lock")
        .flat_map(|file| {
            (1..)
                .zip(file.text.lines())
                .map(move |(no, line)| (file, no, line))
        })
}

fn faults(of: impl Fn(&str) -> Option<String>) -> Vec<String> {
    lines()
        .filter_map(|(file, no, line)| Some(format!("{}:{no}: {}", file.path, of(line)?)))
        .collect()
}

#[test]
fn no_file_names_a_folder_of_one_machine() {
    none(&faults(|line| {
        let found = MACHINES.iter().find(|folder| line.contains(**folder));
        found.map(|folder| format!("{folder} is on one machine only"))
    }));
}

#[test]
fn no_file_holds_what_could_be_an_identity_number() {
    none(&faults(|line| {
        identity_number(line).map(|at| format!("{at} looks like an identity number"))
    }));
}

#[test]
fn every_mail_address_belongs_to_nobody() {
    none(&faults(|line| {
        let mut addresses = mail_addresses(line).into_iter();
        let somebodys =
            addresses.find(|it| it.rsplit_once('@').is_some_and(|it| !is_nobodys(it.1)));
        somebodys.map(|it| format!("{it} could be somebody's"))
    }));
}

#[test]
fn nobody_is_a_client_or_a_patient_to_a_peer() {
    // Nor does anybody write a doctor's "lähete": a professional suggests and contacts.
    let words = [
        "asiaka",
        "potila",
        "lähettee",
        "klient",
        "patient",
        "remiss",
    ];
    let mut faults = Vec::new();
    for folder in [
        "api/src/graphql/",
        "domain/src/locales/",
        "worker/templates/",
        "api/src/pages/locales/",
        "api/templates/",
    ] {
        for file in files_in(folder, "").filter(|file| !file.path.ends_with("layout.html")) {
            for (no, line) in (1..).zip(file.text.lines()) {
                let line = line.to_lowercase();
                let is_text = !file.path.ends_with(".rs") || line.trim().starts_with("///");
                if let Some(word) = words.iter().find(|word| is_text && line.contains(**word)) {
                    faults.push(format!("{}:{no}: {word}…", file.path));
                }
            }
        }
    }
    none(&faults);
}

#[test]
fn the_database_has_no_column_for_what_must_not_be_known() {
    let mut columns = 0;
    let mut faults = Vec::new();
    for file in files_in("migration/src/sql/", ".sql") {
        for (table, column) in columns_of(&file.text) {
            columns += 1;
            if let Some(word) = NEVER_KEPT.iter().find(|word| column.contains(**word)) {
                faults.push(format!("{table}.{column}: {word} is never kept"));
            }
        }
    }
    assert!(columns > 200, "the columns were not read: {columns}");
    none(&faults);
}

/// Whatever is about a case, by its name or by what it refers to.
const OF_A_CASE: [&str; 6] = [
    "case_id",
    "referral_id",
    "relationship_id",
    "proposal_id",
    "agreement_id",
    "joint_review_id",
];
const CASE_TABLES: [&str; 4] = ["case", "referral", "relationship", "match_proposals"];

#[test]
fn no_table_about_a_case_has_a_target_group_or_names_a_programme() {
    let mut seen = 0;
    let mut faults = Vec::new();
    for file in files_in("migration/src/sql/", ".sql") {
        let columns = columns_of(&file.text);
        for (table, column) in &columns {
            let has = |name: &str| columns.contains(&(*table, name));
            let is_about_a_case = OF_A_CASE.iter().any(|name| has(name))
                || CASE_TABLES.iter().any(|part| table.contains(part));
            if !is_about_a_case {
                continue;
            }
            seen += 1;
            if column.contains("target_group") || column.contains("programme") {
                faults.push(format!("{table}.{column}: a case has no target group"));
            }
        }
        for (table, line) in lists_of(&file.text) {
            let is_about_a_case = CASE_TABLES.iter().any(|part| table.contains(part));
            if is_about_a_case && line.contains("TARGET_GROUP") {
                faults.push(format!("{table}: {line}"));
            }
        }
    }
    assert!(seen > 100, "the tables of cases were not read: {seen}");
    none(&faults);
}

#[test]
fn whatever_is_an_organisations_goes_over_to_its_successor_or_stays_for_a_reason() {
    use rinnalla_domain::successions::{STAYS, tables};
    let mut seen = 0;
    let mut faults = Vec::new();
    for file in files_in("migration/src/sql/", ".sql") {
        let columns = columns_of(&file.text).into_iter();
        for (table, _) in columns.filter(|(_, column)| column.ends_with("organisation_id")) {
            seen += 1;
            let stays = STAYS
                .iter()
                .any(|(name, reason)| *name == table && !reason.is_empty());
            if !stays && !tables().any(|name| name == table) {
                faults.push(format!("{table}: does it go over to a successor, or stay?"));
            }
        }
    }
    assert!(seen > 20, "the columns were not read: {seen}");
    none(&faults);
}

/// The lines of each table, as `(table, line)`.
fn lists_of(sql: &str) -> Vec<(&str, &str)> {
    let mut table = "";
    let mut lines = Vec::new();
    for line in sql.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split_whitespace().next().unwrap_or_default();
        }
        lines.push((table, line));
    }
    lines
}

/// The tables of a migration with their columns, as `(table, column)`.
pub fn columns_of(sql: &str) -> Vec<(&str, &str)> {
    let mut table = "";
    let mut columns = Vec::new();
    for line in sql.lines() {
        if let Some(rest) = line.strip_prefix("CREATE TABLE ") {
            table = rest.split_whitespace().next().unwrap_or_default();
        } else if let Some(rest) = line
            .strip_prefix("  ")
            .filter(|rest| !rest.starts_with(' '))
        {
            let first = rest.split_whitespace().next().unwrap_or_default();
            if first.chars().all(|c| c.is_ascii_lowercase() || c == '_') && !first.is_empty() {
                columns.push((table, first));
            }
        }
    }
    columns
}

/// Six digits that make a day, a mark of the century, three digits and a check character, alone.
fn identity_number(line: &str) -> Option<String> {
    let chars: Vec<char> = line.chars().collect();
    let number = |part: &[char]| {
        let is_number = part.iter().all(char::is_ascii_digit);
        is_number.then(|| part.iter().collect::<String>().parse::<u32>().unwrap_or(0))
    };
    let is_alone = |at: usize| {
        let before = at.checked_sub(1).and_then(|at| chars.get(at));
        [before, chars.get(at + 11)]
            .iter()
            .flatten()
            .all(|c| !c.is_ascii_alphanumeric())
    };
    (0..chars.len().saturating_sub(10)).find_map(|at| {
        let it = &chars[at..at + 11];
        let (day, month) = (number(&it[..2])?, number(&it[2..4])?);
        number(&it[4..6])?;
        number(&it[7..10])?;
        let is_one = (1..=31).contains(&day)
            && (1..=12).contains(&month)
            && "-+ABCDEFYXWVU".contains(it[6])
            && (it[10].is_ascii_digit() || ('A'..='Y').contains(&it[10]))
            && is_alone(at);
        is_one.then(|| it.iter().collect())
    })
}

/// Everything in a line that mail could be sent to: something before the sign, and labels and letters after it.
fn mail_addresses(line: &str) -> Vec<&str> {
    let is_local = |c: char| c.is_alphanumeric() || "._%+-".contains(c);
    let is_domain = |c: char| c.is_alphanumeric() || ".-".contains(c);
    line.match_indices('@')
        .filter_map(|(at, _)| {
            let start = line[..at].rfind(|c| !is_local(c)).map_or(0, |end| {
                end + line[end..].chars().next().map_or(1, char::len_utf8)
            });
            let rest = &line[at + 1..];
            let end = at + 1 + rest.find(|c| !is_domain(c)).unwrap_or(rest.len());
            let domain = line[at + 1..end].trim_end_matches(['.', '-']);
            let (_, tld) = domain.rsplit_once('.')?;
            let has_labels = domain
                .split('.')
                .all(|it| !it.is_empty() && !it.starts_with('-'));
            let has_tld = tld.len() >= 2 && tld.chars().all(char::is_alphabetic);
            let is_address = start < at && has_labels && has_tld;
            is_address.then(|| line[start..end].trim_end_matches(['.', '-']))
        })
        .collect()
}

fn is_nobodys(domain: &str) -> bool {
    let domain = domain.to_lowercase();
    let is_or_is_under = |it: &str| domain == it || domain.ends_with(&format!(".{it}"));
    NOBODYS
        .iter()
        .chain(&NOBODYS_TLDS)
        .any(|it| is_or_is_under(it))
}

#[test]
fn what_is_looked_for_is_found() {
    let invented = format!("{}{}", "131052", "-308T");
    assert_eq!(
        identity_number(&format!("hetu {invented}.")),
        Some(invented.clone())
    );
    assert_eq!(
        identity_number(&format!("1{invented}")),
        None,
        "part of something longer"
    );
    assert_eq!(
        identity_number("00000000-0000-0000-0000-000000000000"),
        None
    );
    let address = format!("kaisa{}yritys.fi", '@');
    assert_eq!(mail_addresses(&format!("<{address}>.")), [address.as_str()]);
    assert!(!is_nobodys("yritys.fi") && !is_nobodys("notexample.org"));
    assert!(is_nobodys("mail.example.org") && is_nobodys("rinnalla.invalid"));
    assert!(mail_addresses("actions/checkout@v4 client@3.8.1").is_empty());
    assert_eq!(
        columns_of("CREATE TABLE a (\n  id {uuid},\n  CONSTRAINT b CHECK (\n    x)\n);"),
        [("a", "id")]
    );
}
