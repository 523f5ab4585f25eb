//! The untidy workbook of an association that does not exist: 3,000 rows with everything in them that years of copying
//! leave behind. The dry run names it all; mended, it moves in, and comes back out equal.

use std::collections::{BTreeMap, BTreeSet};

use chrono::{Days, NaiveDate};

use super::*;
use crate::support::date;
use crate::support::workbook::In;

/// A small generator: the same workbook each time.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: u64) -> u64 {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        (self.0 >> 33) % sides
    }

    fn of<'a>(&mut self, all: &[&'a str]) -> &'a str {
        let place = self.roll(all.len() as u64);
        all[usize::try_from(place).unwrap()]
    }

    /// A day as one of many hands wrote it.
    fn day(&mut self, on: NaiveDate) -> In {
        match self.roll(6) {
            0 => on.format("%-d.%-m.%Y").to_string().into(),
            1 => on.format("%d.%m.%Y").to_string().into(),
            2 => on.format("%-d.%-m.%y").to_string().into(),
            3 => on.format("%Y-%m-%d").to_string().into(),
            4 => on.format(" %-d. %-m. %Y ").to_string().into(),
            _ => In::Day(on),
        }
    }
}

fn plus(on: NaiveDate, days: u64) -> NaiveDate {
    on.checked_add_days(Days::new(days)).unwrap()
}

const FIRST: [&str; 12] = [
    "Aino", "Bertta", "Eero", "Hilkka", "Ilmari", "Kerttu", "Lauri", "Maija", "Onni", "Saimi",
    "Toivo", "Väinö",
];
const LAST: [&str; 10] = [
    "Aalto",
    "Heikkilä",
    "Järvi",
    "Koski",
    "Lehto",
    "Mäki-Laine",
    "Niemi",
    "Öhman",
    "Ranta",
    "Salo",
];

const PROFESSIONALS: usize = 40;
const SUPPORTERS: usize = 600;
const RELATED: usize = 620;
const MET: usize = 1_100;

/// The five sheets: 640 people, 40 roles, 600 support persons, 620 relationships, 1,100 meetings.
fn tidy() -> Vec<Sheet> {
    let mut dice = Dice(20_261_126);
    let mut people = Sheet::new("Henkilöt", &PEOPLE);
    let mut roles = Sheet::new("Roolit", &ROLES);
    let mut supporters = Sheet::new("tukihenkilöt ", &SUPPORT_PERSONS);
    supporters.name = "TUKIHENKILÖT".to_owned();
    for number in 1..=PROFESSIONALS + SUPPORTERS {
        let name = format!("{} {}", dice.of(&FIRST), dice.of(&LAST));
        let email = format!("henkilo{number}@example.org");
        let phone = format!(
            "{}{:07}",
            dice.of(&["040 ", "+35850", "044-"]),
            1_000_000 + number
        );
        people.row([
            number.to_string(),
            name,
            email,
            phone,
            dice.of(&["suomi", "", "sv", "Finska"]).to_owned(),
        ]);
    }
    for number in 1..=PROFESSIONALS {
        let from = dice.day(date("2024-01-08"));
        roles.row([
            number.to_string().into(),
            "Kainuu alue".into(),
            "Ammattilainen".into(),
            from,
        ]);
    }
    for number in PROFESSIONALS + 1..=PROFESSIONALS + SUPPORTERS {
        let first = plus(date("2024-03-02"), dice.roll(200));
        let days: Vec<In> = [0, 7, 28, 40, 47]
            .map(|after| dice.day(plus(first, after)))
            .into();
        let [met, one, two, signed, began] = <[In; 5]>::try_from(days).unwrap();
        supporters.row([
            number.to_string().into(),
            dice.of(&[
                "oma toipuminen",
                "Läheinen",
                "OWN_RECOVERY",
                " egen återhämtning",
            ])
            .into(),
            met,
            one,
            two,
            signed,
            began,
            dice.of(&["kalastus", "Kahvittelu; musiikki", "NATURE, SPORT", ""])
                .into(),
            In::Number(3.0),
            dice.of(&["", "aktiivinen", "ACTIVE"]).into(),
        ]);
    }
    let mut relationships = Sheet::new("Tukisuhteet", &RELATIONSHIPS);
    for number in 1..=RELATED {
        let supporter = PROFESSIONALS + 1 + number % SUPPORTERS;
        let professional = format!("HENKILO{}@example.org", 1 + number % PROFESSIONALS);
        let met = plus(date("2025-01-13"), dice.roll(500));
        let days: Vec<In> = [0, 1, 5].map(|after| dice.day(plus(met, after))).into();
        let [first, signed, from] = <[In; 3]>::try_from(days).unwrap();
        let reviewed = dice.roll(3) > 0;
        let after = 85 + dice.roll(60);
        let review = match reviewed {
            true => dice.day(plus(met, after)),
            false => In::Empty,
        };
        relationships.row([
            format!("TS {number}").into(),
            supporter.to_string().into(),
            professional.into(),
            dice.of(&["itse toipuva", "läheinen", "närstående"]).into(),
            dice.day(date("2024-12-20")),
            dice.day(date("2025-01-07")),
            first,
            from,
            if dice.roll(2) == 0 {
                "toistaiseksi".into()
            } else {
                dice.day(date("2027-06-30"))
            },
            signed,
            dice.of(&["viikoittain", "joka toinen viikko", "MONTHLY"])
                .into(),
            dice.of(&["kahvila", "Ulkona; kirjasto", "HOME"]).into(),
            review,
            if reviewed {
                dice.of(&["hyvin", "vaihdellen"]).into()
            } else {
                In::Empty
            },
            dice.of(&["kyllä", "ei", ""]).into(),
            dice.of(&["käynnissä", "", "voimassa"]).into(),
        ]);
    }
    let mut meetings = Sheet::new("Tapaamiset", &MEETINGS);
    for number in 0..MET {
        let on = plus(
            date("2026-06-08"),
            number as u64 / RELATED as u64 * 14 + dice.roll(10),
        );
        meetings.row([
            In::Empty,
            format!("ts {}", 1 + number % RELATED).into(),
            dice.day(on),
            In::Number(30.0 + 15.0 * dice.roll(4) as f64),
            dice.of(&["keskustelu", "Kahvilla", "NATURE_WALK", "fiske"])
                .into(),
            dice.of(&["", "kasvokkain", "puhelin"]).into(),
        ]);
    }
    vec![people, roles, supporters, relationships, meetings]
}

/// The same as it lay on the association's disk, and what is to be found in it.
fn untidy() -> (Vec<Sheet>, BTreeSet<String>) {
    let mut sheets = tidy();
    let mut expected = BTreeSet::new();
    let mut expect = |sheet: &str, row: usize, column: &str, code: &str| {
        expected.insert(format!("{sheet}, rivi {row}, {column}: {code}"));
    };
    let [people, roles, supporters, relationships, meetings] = &mut sheets[..] else {
        unreachable!()
    };
    // The same person twice: the row copied, and once more under another number.
    for number in [50, 51, 52] {
        let copied = people.rows[number].clone();
        let row = people.row(copied);
        expect("Henkilöt", row, "A Numero", "KEY_TWICE");
    }
    let row = people.row(["9001", "Aino Aalto", "henkilo60@example.org ", "", ""]);
    expect("Henkilöt", row, "C Sähköposti", "EMAIL_TWICE");
    let row = people.row(["9002", "Kerttu Koski", "kerttu.koski@example.org", "", ""]);
    expect("Henkilöt", row, "A Numero", "NOBODY");
    *people.cell(row, "Sähköposti") = "kerttu.koski(at)example.org".into();
    expect("Henkilöt", row, "C Sähköposti", "BAD_EMAIL");
    // A name over two rows, a formula, a number that has lost its zero, a name with a remark, an invisible character.
    people.merged.push((70, 71, 1));
    expect("Henkilöt", 71, "B", "MERGED");
    *people.cell(72, "Nimi") = In::Empty;
    expect("Henkilöt", 72, "B Nimi", "REQUIRED");
    *people.cell(80, "Nimi") = In::Formula("=\"Aino \"&\"Aalto\"".to_owned());
    expect("Henkilöt", 80, "B Nimi", "FORMULA");
    *people.cell(81, "Puhelin") = In::Number(401_234_567.0);
    expect("Henkilöt", 81, "D Puhelin", "NOT_A_TEXT");
    *people.cell(82, "Nimi") = "Onni Ranta (ent. 1234)".into();
    expect("Henkilöt", 82, "B Nimi", "BAD_NAME");
    *people.cell(83, "Nimi") = "Saimi\u{200b} Salo".into();
    expect("Henkilöt", 83, "B Nimi", "CONTROL_CHARACTER");
    *people.cell(84, "Nimi") = "Aalto ".repeat(30).into();
    expect("Henkilöt", 84, "B Nimi", "TOO_LONG");
    *people.cell(85, "Kieli") = "soumi".into();
    expect("Henkilöt", 85, "E Kieli", "NEARLY_A_WORD");
    // Blanks at the ends are no fault.
    *people.cell(90, "Nimi") = "  Toivo\u{a0} Niemi \u{a0}".into();
    *roles.cell(5, "Rooli") = "lääkäri".into();
    expect("Roolit", 5, "C Rooli", "UNKNOWN_WORD");
    *roles.cell(6, "Organisaatio") = "Kainun alue".into();
    expect("Roolit", 6, "B Organisaatio", "UNKNOWN_ORGANISATION");
    let row = roles.row(["7777", "", "koordinaattori", "1.1.2025"]);
    expect("Roolit", row, "A Henkilö", "UNKNOWN_PERSON");
    *supporters.cell(10, "1. viikonloppu") = "maaliskuussa".into();
    expect("TUKIHENKILÖT", 10, "D 1. viikonloppu", "BAD_DAY");
    *supporters.cell(9, "1. viikonloppu") = "03/04/2021".into();
    expect("TUKIHENKILÖT", 9, "D 1. viikonloppu", "SLASHED_DAY");
    *supporters.cell(11, "Vaitiolositoumus") = In::Empty;
    expect("TUKIHENKILÖT", 11, "G Aloitti", "GATES_OPEN");
    *supporters.cell(12, "Tila") = "päättynyt".into();
    expect("TUKIHENKILÖT", 12, "J Tila", "STATUS_DIFFERS");
    *supporters.cell(13, "Kiinnostuksen kohteet") = "kalastuss; musiikki".into();
    expect(
        "TUKIHENKILÖT",
        13,
        "H Kiinnostuksen kohteet",
        "NEARLY_A_WORD",
    );
    *supporters.cell(14, "Päihteettömyys todettu") = "1.1.2031".into();
    expect(
        "TUKIHENKILÖT",
        14,
        "C Päihteettömyys todettu",
        "DATE_IN_FUTURE",
    );
    *supporters.cell(15, "Tuettavia enintään") = "paljon".into();
    expect("TUKIHENKILÖT", 15, "I Tuettavia enintään", "BAD_NUMBER");
    *relationships.cell(20, "Sopimus allekirjoitettu") = "1.1.2025".into();
    expect(
        "Tukisuhteet",
        20,
        "J Sopimus allekirjoitettu",
        "DATES_OUT_OF_ORDER",
    );
    *relationships.cell(21, "Tukihenkilö") = "1".into();
    expect("Tukisuhteet", 21, "B Tukihenkilö", "NOT_A_SUPPORT_PERSON");
    *relationships.cell(22, "Ammattilainen") = "100".into();
    expect("Tukisuhteet", 22, "C Ammattilainen", "NOT_A_PROFESSIONAL");
    *relationships.cell(23, "Tapaamispaikat") = In::Empty;
    expect(
        "Tukisuhteet",
        23,
        "L Tapaamispaikat",
        "AGREEMENT_INCOMPLETE",
    );
    *relationships.cell(24, "Suostumus") = "8.1.2025".into();
    expect("Tukisuhteet", 24, "E Suostumus", "CONSENT_LATER");
    *relationships.cell(25, "Tila") = "loppunut".into();
    expect("Tukisuhteet", 25, "P Tila", "STATUS_DIFFERS");
    *relationships.cell(26, "Ensitapaaminen") = "31.2.2025".into();
    expect("Tukisuhteet", 26, "G Ensitapaaminen", "BAD_DAY");
    // A word that is not understood is no gap in the agreement besides.
    *relationships.cell(27, "Tapaamisväli") = "joka toinnen viikko".into();
    expect("Tukisuhteet", 27, "K Tapaamisväli", "NEARLY_A_WORD");
    let copied = meetings.rows[9].clone();
    let row = meetings.row(copied);
    expect("Tapaamiset", row, "C Päivä", "MEETING_TWICE");
    *meetings.cell(30, "Tukisuhde") = "TS 9999".into();
    expect("Tapaamiset", 30, "B Tukisuhde", "UNKNOWN_RELATIONSHIP");
    *meetings.cell(60, "Päivä") = "1.1.2025".into();
    expect("Tapaamiset", 60, "C Päivä", "OUTSIDE_RELATIONSHIP");
    *meetings.cell(32, "Kesto min") = "tunti".into();
    expect("Tapaamiset", 32, "D Kesto min", "BAD_NUMBER");
    *meetings.cell(33, "Tekeminen") = "shakki".into();
    expect("Tapaamiset", 33, "E Tekeminen", "UNKNOWN_WORD");
    expected.retain(|line| !line.ends_with("NOBODY"));
    expected.insert("Vanhat 2019: UNKNOWN_SHEET".to_owned());
    let mut old = Sheet::new("Vanhat 2019", &["nimi"]);
    old.row(["Aino"]);
    sheets.push(old);
    (sheets, expected)
}

on_both! {
    async fn an_untidy_workbook_is_mended_moved_in_and_comes_back_out_equal(app: App) {
        let circle = app.circle("Kainuu").await;
        let (untidy, expected) = untidy();
        let book = moving::read(xlsx(&untidy)).unwrap();
        let before = app.rows(&TABLES).await;
        let found = moving::import(&ctx(&app, &circle.kaisa).await, circle.association, &book, true, &|_| {}).await.unwrap();
        let lines: BTreeSet<String> = said(&found.findings).into_iter().collect();
        let missed: Vec<_> = expected.difference(&lines).collect();
        let invented: Vec<_> = lines.difference(&expected).collect();
        assert!(missed.is_empty() && invented.is_empty(), "missed: {missed:#?}\ninvented: {invented:#?}");
        for finding in &found.findings {
            let sentence = finding.say(Language::Fi);
            assert!(sentence.contains(' ') && !sentence.starts_with("moving-"), "{sentence}");
        }
        let refused = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
        assert_eq!(refused.findings.len(), found.findings.len());
        assert_eq!(app.rows(&TABLES).await, before, "all or nothing");

        let mended = tidy();
        let book = moving::read(xlsx(&mended)).unwrap();
        assert_eq!(book.rows(), 3_000);
        let dry = moving::import(&ctx(&app, &circle.kaisa).await, circle.association, &book, true, &|_| {}).await.unwrap();
        assert_eq!((said(&dry.findings), sums(&dry)), (Vec::new(), (3_000, 0, 0)));
        assert_eq!(app.rows(&TABLES).await, before, "a dry run changes nothing");
        let first = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
        assert_eq!((said(&first.findings), sums(&first)), (Vec::new(), (3_000, 0, 0)));
        assert_eq!(first.codes.len(), RELATED);
        let second = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
        assert_eq!((said(&second.findings), sums(&second)), (Vec::new(), (0, 0, 3_000)));

        let out = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let again = moving::read(moving::bytes(&out).unwrap()).unwrap();
        let third = import(&app, &circle.kaisa, circle.association, &again).await.unwrap();
        assert_eq!((said(&third.findings), sums(&third).0, sums(&third).1), (Vec::new(), 0, 0));
        assert_eq!(facts(&again), facts(&book), "what came out is what went in");
    }
}

/// What both books say, whatever the keys: how often each name, each day and each length of a meeting stands there.
fn facts(book: &Book) -> BTreeMap<String, usize> {
    let wanted = [
        (Kind::People, "Nimi"),
        (Kind::People, "Sähköposti"),
        (Kind::SupportPersons, "1. viikonloppu"),
        (Kind::SupportPersons, "Aloitti"),
        (Kind::Relationships, "Ensitapaaminen"),
        (Kind::Relationships, "Sopimus alkaa"),
        (Kind::Relationships, "Sopimus allekirjoitettu"),
        (Kind::Relationships, "Viimeisin väliarvio"),
        (Kind::Meetings, "Päivä"),
        (Kind::Meetings, "Kesto min"),
    ];
    let mut facts = BTreeMap::new();
    for (kind, heading) in wanted {
        let page = book
            .pages
            .iter()
            .find(|page| moving::Sheet::named(&page.name).is_some_and(|it| it.kind == kind));
        let rows = &page.unwrap().rows;
        let place = rows[0]
            .cells
            .iter()
            .position(|cell| *cell == Cell::Text(heading.to_owned()))
            .unwrap();
        for row in &rows[1..] {
            let cell = row.cells.get(place).cloned().unwrap_or_default();
            let said = match cell {
                Cell::Empty => continue,
                Cell::Day(day) => day.to_string(),
                Cell::Text(text) => day_of(&text).map_or(text, |day| day.to_string()),
                other => format!("{other:?}"),
            };
            // The people of the circle were there before.
            if !said.contains("Kainuu") && !said.contains("kainuu") {
                *facts.entry(format!("{heading} {said}")).or_default() += 1;
            }
        }
    }
    facts
}

/// The test's own reading of a day.
fn day_of(text: &str) -> Option<NaiveDate> {
    let bare: String = text.split_whitespace().collect();
    let forms = ["%Y-%m-%d", "%d.%m.%Y", "%d.%m.%y"];
    let short = bare.rsplit('.').next().is_some_and(|year| year.len() == 2);
    let forms = if short { &forms[2..] } else { &forms[..2] };
    forms
        .iter()
        .find_map(|form| NaiveDate::parse_from_str(&bare, form).ok())
}
