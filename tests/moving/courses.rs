//! Courses with their sessions and attendance, trainings, experts by experience and expenses: moved in, corrected, and out
//! again.

use super::*;
use crate::support::Answer;
use rinnalla_domain::ids::Id as _;

/// What a file could change of them.
const TAUGHT: [&str; 18] = [
    "courses",
    "course_goals",
    "course_facilitators",
    "course_sessions",
    "enrolments",
    "enrolment_decisions",
    "attendances",
    "course_costs",
    "course_cost_shares",
    "trainings",
    "training_participants",
    "training_attendances",
    "expert_cohorts",
    "expert_profiles",
    "expert_consents",
    "expert_assignments",
    "expenses",
    "outbox_messages",
];

const ENROLMENTS: [&str; 15] = [
    "Numero",
    "Kurssi",
    "Henkilö",
    "Nimi",
    "Nimimerkki",
    "Ilmoittautui",
    "1. kerta",
    "2. kerta",
    "3. kerta",
    "4. kerta",
    "5. kerta",
    "6. kerta",
    "7. kerta",
    "8. kerta",
    "Tila",
];

/// The sheets of a small association with a course that is over, a training, an expert and what was paid.
fn taught(circle_name: &str) -> Vec<Sheet> {
    let mut sheets = small(circle_name);
    for (number, name) in [("2", "Olli Oja"), ("3", "Outi Oksa"), ("4", "Eeva Erkko")] {
        let address = format!("{}@example.org", name.to_lowercase().replace(' ', "."));
        sheets[0].row([number, name, &address, "", "suomi"]);
    }
    for (person, role) in [
        ("2", "ohjaaja"),
        ("3", "ohjaaja"),
        ("4", "kokemusasiantuntija"),
    ] {
        sheets[1].row([person, "", role, "1.1.2026"]);
    }
    let headings = [
        "Numero",
        "Nimi",
        "Alkaa",
        "Kello",
        "Lounas min",
        "Paikkoja",
        "Tavoitteet",
        "Ohjaajat",
        "Ilmoittautuminen avattu",
        "Opetussuunnitelma",
    ];
    let mut courses = Sheet::new("Kurssit", &headings);
    courses.row([
        "K-1",
        "Syksyn kurssi",
        "7.9.2026",
        "klo 17.30",
        "30",
        "12",
        "ryhmätaidot",
        "2; 3",
        "kyllä",
        "",
    ]);
    let mut enrolments = Sheet::new(
        "Osallistumiset",
        &[&ENROLMENTS[..], &["Päätetty", "Mihin jatkoi"]].concat(),
    );
    let was = [
        "läsnä",
        "läsnä",
        "osan aikaa",
        "läsnä",
        "ilmoitti poissaolosta",
        "läsnä",
        "poissa",
        "läsnä",
    ];
    let row = |start: [&str; 6], marks: [&str; 8], end: [&str; 3]| -> Vec<String> {
        let cells = start.iter().chain(&marks).chain(&end);
        cells.map(|cell| (*cell).to_owned()).collect()
    };
    let end = ["suoritti kurssin", "26.10.2026", "opinnot; vertaisohjaaja"];
    enrolments.row(row(
        ["O-1", "K-1", "", "Kaneli", "kyllä", "1.9.2026"],
        was,
        end,
    ));
    let left = ["läsnä", "poissa", "poissa", "", "", "", "", ""];
    let end = ["keskeytti", "1.10.2026", ""];
    enrolments.row(row(["O-2", "K-1", "4", "", "", "2.9.2026"], left, end));
    let mut costs = Sheet::new(
        "Kurssien kulut",
        &["Numero", "Kurssi", "Laji", "Summa €", "Maksajat"],
    );
    costs.row([
        "L-1",
        "K-1",
        "tila",
        "1 000,50",
        "STEA-avustus 800; Kunta 200,50",
    ]);
    costs.row(["L-2", "K-1", "materiaali", "60", "omat varat"]);
    let mut trainings = Sheet::new(
        "Koulutukset",
        &["Numero", "Nimi", "1. viikonloppu", "2. viikonloppu"],
    );
    trainings.row(["KO-1", "Kevään koulutus", "7.3.2026", "21.3.2026"]);
    let mut parts = Sheet::new(
        "Koulutettavat",
        &[
            "Koulutus",
            "Tukihenkilö",
            "1. viikonloppu",
            "2. viikonloppu",
        ],
    );
    parts.row(["KO-1", "1", "kyllä", "kyllä"]);
    let mut cohorts = Sheet::new("Koulutusryhmät", &["Numero", "Nimi", "Alkaen", "Päättyen"]);
    cohorts.row(["R-1", "Ryhmä 2022", "1.9.2022", "31.5.2023"]);
    let headings = [
        "Henkilö",
        "Koulutusryhmä",
        "Koulutettu",
        "Mihin koulutettu",
        "Suostui luetteloon",
        "Suostumus päättyy",
    ];
    let mut experts = Sheet::new("Kokemusasiantuntijat", &headings);
    experts.row(["4", "R-1", "", "vertaistuki", "1.6.2026", "1.6.2027"]);
    let headings = [
        "Numero",
        "Kokemusasiantuntija",
        "Tehtävä",
        "Paikka",
        "Työaika %",
        "Korvaus",
        "Työsuhde",
        "Rahoitus",
        "Alkaen",
        "Päättyen",
    ];
    let mut assignments = Sheet::new("Tehtävät", &headings);
    assignments.row([
        "T-1",
        "4",
        "asiakastyö",
        "Terveysneuvontapiste",
        "50",
        "kulukorvaus",
        "vapaaehtoinen",
        "myönnetty",
        "1.2.2026",
        "",
    ]);
    let mut expenses = Sheet::new(
        "Kulukorvaukset",
        &[
            "Numero",
            "Henkilö",
            "Vuosi",
            "Laji",
            "Kilometrit",
            "Summa €",
        ],
    );
    expenses.row(["M-1", "1", "2026", "oma auto", "120", "66,00 €"]);
    sheets.extend([
        courses,
        enrolments,
        costs,
        trainings,
        parts,
        cohorts,
        experts,
        assignments,
        expenses,
    ]);
    sheets
}

fn sheet<'a>(sheets: &'a mut [Sheet], name: &str) -> &'a mut Sheet {
    let found = sheets.iter_mut().find(|it| it.name == name);
    found.unwrap_or_else(|| panic!("no sheet {name}"))
}

fn count(rows: &[String], word: &str) -> usize {
    rows.iter().filter(|row| row.contains(word)).count()
}

on_both! {
    async fn a_course_that_is_moved_in_stands_as_its_rules_have_it(app: App) {
        let circle = app.circle("Kainuu").await;
        let sheets = taught("Kainuu");
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (22, 0, 1));
        let course = app.rows(&["courses"]).await;
        assert_eq!((course.len(), count(&course, "FINISHED")), (1, 1), "{course:?}");
        let sessions = app.rows(&["course_sessions"]).await;
        assert_eq!((sessions.len(), count(&sessions, "HELD")), (8, 8), "{sessions:?}");
        assert_eq!(app.rows(&["attendances"]).await.len(), 11);
        let query = "{ courses(first: 5) { nodes { name startsAt warnings figures { enrolled graduated }
            costs { kind cents shares { funder cents } } sessions { no on status } enrolments { name status } facilitators { kind } } } }";
        let answer = circle.kaisa.ask(&app, query, json!({})).await;
        let course = &answer.data()["courses"]["nodes"][0];
        assert_eq!(course["startsAt"], "17:30");
        assert_eq!(course["figures"], json!({ "enrolled": 2, "graduated": 1 }));
        let mut costs = course["costs"].as_array().unwrap().clone();
        costs.sort_by_key(|it| it["cents"].as_i64());
        let shares = json!([{ "funder": "MUNICIPALITY", "cents": 20_050 }, { "funder": "STEA", "cents": 80_000 }]);
        let space = json!({ "kind": "SPACE", "cents": 100_050, "shares": shares });
        let all = json!([{ "funder": "OWN", "cents": 6_000 }]);
        assert_eq!(costs, [json!({ "kind": "MATERIAL", "cents": 6_000, "shares": all }), space]);
        assert_eq!(course["sessions"][7]["on"], "2026-10-26");
        let names: Vec<&str> = course["enrolments"].as_array().unwrap().iter().filter_map(|it| it["name"].as_str()).collect();
        assert_eq!(names, ["Kaneli", "Eeva Erkko"]);
        let sealed = app.rows(&["enrolments", "moved_rows"]).await;
        assert_eq!(count(&sealed, "Kaneli"), 0, "a name is sealed, and kept nowhere else");

        let query = "{ trainings(first: 5) { nodes { participants { attendedFirst attendedSecond } } }
            experts(first: 5) { nodes { status isListed purposes assignments { workingTimePct } } } }";
        let answer = circle.kaisa.ask(&app, query, json!({})).await;
        let part = &answer.data()["trainings"]["nodes"][0]["participants"][0];
        assert_eq!(part, &json!({ "attendedFirst": true, "attendedSecond": true }));
        let expert = &answer.data()["experts"]["nodes"][0];
        assert_eq!((&expert["status"], &expert["isListed"]), (&json!("TRAINED"), &json!(true)));
        assert_eq!(expert["assignments"][0]["workingTimePct"], 50);
        let paid = app.rows(&["expenses"]).await;
        assert_eq!(count(&paid, "6600"), 1, "{paid:?}");
    }
}

on_both! {
    async fn the_same_courses_twice_change_nothing_and_corrected_ones_what_was_corrected(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = taught("Kainuu");
        moved(&app, &circle, &sheets).await;
        let before = app.rows(&TAUGHT).await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 23));
        assert_eq!(app.rows(&TAUGHT).await, before);

        *sheet(&mut sheets, "Osallistumiset").cell(2, "7. kerta") = "läsnä".into();
        *sheet(&mut sheets, "Osallistumiset").cell(3, "Tila") = "osallistuu".into();
        *sheet(&mut sheets, "Osallistumiset").cell(3, "Päätetty") = "".into();
        *sheet(&mut sheets, "Kurssit").cell(2, "Nimi") = "Syyskurssi".into();
        *sheet(&mut sheets, "Kurssien kulut").cell(2, "Maksajat") = "STEA-avustus 700,50; Kunta 300".into();
        *sheet(&mut sheets, "Tehtävät").cell(2, "Päättyen") = "31.10.2026".into();
        *sheet(&mut sheets, "Kulukorvaukset").cell(2, "Summa €") = "70,5".into();
        *sheet(&mut sheets, "Kokemusasiantuntijat").cell(2, "Suostumus päättyy") = "1.9.2027".into();
        *sheet(&mut sheets, "Tukihenkilöt").cell(2, "Tuettavia enintään") = "3".into();
        let mut sessions = Sheet::new("Kurssikerrat", &["Kurssi", "Kerta", "Päivä", "Teema", "Kello", "Alun perin klo"]);
        sessions.row(["K-1", "2", "15.9.2026", "Ryhmässä toimiminen", "18.00", "17.30"]);
        sheets.insert(6, sessions);
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 9, 15));
        let corrected = app.rows(&TAUGHT).await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 24));
        assert_eq!(app.rows(&TAUGHT).await, corrected);
        let marks = app.rows(&["attendances"]).await;
        assert_eq!(marks.len(), 12, "the mistaken mark stays, cancelled: {marks:?}");
        assert_eq!(count(&app.rows(&["course_sessions"]).await, "Ryhmässä toimiminen"), 1);
        let costs = app.rows(&["course_costs"]).await;
        assert_eq!((costs.len(), count(&app.rows(&["course_cost_shares"]).await, "70050")), (3, 1), "{costs:?}");
        let consents = app.rows(&["expert_consents"]).await;
        assert_eq!((consents.len(), count(&consents, "2027-09-01")), (2, 1));
        let query = "{ trainings(first: 5) { nodes { participants { attendedFirst attendedSecond } } } }";
        let answer = circle.kaisa.ask(&app, query, json!({})).await;
        let part = &answer.data()["trainings"]["nodes"][0]["participants"][0];
        assert_eq!(part["attendedFirst"], true, "a corrected support person was where they were");
    }
}

on_both! {
    async fn what_facilitators_recorded_since_is_not_undone_by_a_file(app: App) {
        let circle = app.circle("Kainuu").await;
        let mut sheets = taught("Kainuu");
        moved(&app, &circle, &sheets).await;
        let query = "{ courses(first: 5) { nodes { sessions { id version } enrolments { id name } } } }";
        let answer = circle.kaisa.ask(&app, query, json!({})).await;
        let course = &answer.data()["courses"]["nodes"][0];
        let mark = |enrolment: usize| json!({ "courseSessionId": course["sessions"][6]["id"],
            "version": course["sessions"][6]["version"],
            "marks": [{ "enrolmentId": course["enrolments"][enrolment]["id"], "status": "EXCUSED" }] });
        let act = "courseSessionRecordAttendance";
        circle.kaisa.does(&app, act, "courseSession { status }", mark(0)).await.done();
        let state = app.rows(&TAUGHT).await;
        assert_eq!(sums(&moved(&app, &circle, &sheets).await), (0, 0, 23), "the file says what it said");
        assert_eq!(app.rows(&TAUGHT).await, state);
        *sheet(&mut sheets, "Osallistumiset").cell(2, "7. kerta") = "läsnä".into();
        let book = moving::read(xlsx(&sheets)).unwrap();
        let refused = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
        assert_eq!(said(&refused.findings), ["Osallistumiset, rivi 2, A Numero: CHANGED_SINCE"]);
        assert_eq!(app.rows(&TAUGHT).await, state);
    }
}

on_both! {
    async fn every_fault_of_a_course_is_told_with_its_place_and_nothing_is_moved(app: App) {
        let circle = app.circle("Kainuu").await;
        let before = app.rows(&TAUGHT).await;
        for (name, row, heading, written, told) in [
            ("Kurssit", 2, "Kello", "viideltä", "D Kello: BAD_CLOCK"),
            ("Kurssit", 2, "Kello", "21.00", "D Kello: BAD_CLOCK"),
            ("Kurssit", 2, "Nimi", concat!("Kurssi 131052-", "308T"), "B Nimi: IDENTITY_NUMBER"),
            ("Kurssit", 2, "Tavoitteet", "ryhmätaitoja", "G Tavoitteet: NEARLY_A_WORD"),
            ("Kurssit", 2, "Ohjaajat", "2; 9", "H Ohjaajat: UNKNOWN_PERSON"),
            ("Kurssit", 2, "Ohjaajat", "2; 3; 4", "H Ohjaajat: NOT_A_FACILITATOR"),
            ("Osallistumiset", 2, "Kurssi", "K-2", "B Kurssi: UNKNOWN_ROW"),
            ("Osallistumiset", 2, "Nimi", "", "D Nimi: NAME_OR_PERSON"),
            ("Osallistumiset", 3, "Nimi", "Eeva", "D Nimi: NAME_OR_PERSON"),
            ("Osallistumiset", 3, "Henkilö", "1", "C Henkilö: UNKNOWN_PERSON"),
            ("Osallistumiset", 2, "3. kerta", "varmaan", "I 3. kerta: UNKNOWN_WORD"),
            ("Osallistumiset", 2, "Päätetty", "25.10.2026", "P Päätetty: LAST_SESSION_TO_COME"),
            ("Osallistumiset", 2, "Päätetty", "", "P Päätetty: REQUIRED"),
            ("Osallistumiset", 2, "8. kerta", "", "O Tila: LAST_SESSION_TO_COME"),
            ("Osallistumiset", 3, "Tila", "ei tullut", "O Tila: CAME"),
            ("Osallistumiset", 3, "Mihin jatkoi", "työ", "Q Mihin jatkoi: NEXT_STEPS_OF_GRADUATES"),
            ("Kurssit", 2, "Opetussuunnitelma", "Ohjaajan kurssi 2", "J Opetussuunnitelma: UNKNOWN_CURRICULUM"),
            ("Kurssien kulut", 2, "Kurssi", "K-2", "B Kurssi: UNKNOWN_ROW"),
            ("Kurssien kulut", 2, "Laji", "tilaa", "C Laji: NEARLY_A_WORD"),
            ("Kurssien kulut", 2, "Summa €", "0", "D Summa €: BAD_SUM"),
            ("Kurssien kulut", 2, "Maksajat", "", "E Maksajat: REQUIRED"),
            ("Kurssien kulut", 2, "Maksajat", "STEA-avustus 800; Kunta", "E Maksajat: BAD_SHARES"),
            ("Kurssien kulut", 2, "Maksajat", "STEA-avustus 800; Kunta 200,5e", "E Maksajat: BAD_SHARES"),
            ("Kurssien kulut", 2, "Maksajat", "STEA-avustus 800; Kunta 200", "E Maksajat: SHARES_DO_NOT_ADD_UP"),
            ("Kurssien kulut", 2, "Maksajat", "Kunta 800; Kunta 200,50", "E Maksajat: PAYER_TWICE"),
            ("Kurssien kulut", 2, "Maksajat", "Pankki 1000,50", "E Maksajat: UNKNOWN_WORD"),
            ("Koulutukset", 2, "2. viikonloppu", "8.3.2026", "D 2. viikonloppu: DATES_OUT_OF_ORDER"),
            ("Koulutettavat", 2, "Tukihenkilö", "2", "B Tukihenkilö: NOT_A_SUPPORT_PERSON"),
            ("Kokemusasiantuntijat", 2, "Koulutettu", "1.6.2023", "C Koulutettu: COHORT_OR_DAY"),
            ("Kokemusasiantuntijat", 2, "Koulutusryhmä", "R-2", "B Koulutusryhmä: UNKNOWN_ROW"),
            ("Kokemusasiantuntijat", 2, "Suostumus päättyy", "2.6.2029", "F Suostumus päättyy: CONSENT_TOO_LONG"),
            ("Kokemusasiantuntijat", 2, "Suostui luetteloon", "", "F Suostumus päättyy: CONSENT_INCOMPLETE"),
            ("Tehtävät", 2, "Työaika %", "101", "E Työaika %: BAD_NUMBER"),
            ("Tehtävät", 2, "Kokemusasiantuntija", "2", "B Kokemusasiantuntija: NOT_AN_EXPERT"),
            ("Tehtävät", 2, "Päättyen", "1.1.2026", "J Päättyen: DATES_OUT_OF_ORDER"),
            ("Kulukorvaukset", 2, "Summa €", "paljon", "F Summa €: BAD_SUM"),
            ("Kulukorvaukset", 2, "Kilometrit", "", "E Kilometrit: REQUIRED"),
            ("Kulukorvaukset", 2, "Laji", "majoitus", "E Kilometrit: NOT_OF_THIS_KIND"),
            ("Kulukorvaukset", 2, "Henkilö", "2", "B Henkilö: NOT_A_VOLUNTEER"),
            ("Kulukorvaukset", 2, "Vuosi", "2019", "C Vuosi: BAD_NUMBER"),
        ] {
            let mut sheets = taught("Kainuu");
            *sheet(&mut sheets, name).cell(row, heading) = written.into();
            if told.contains("UNKNOWN_PERSON") && name == "Osallistumiset" {
                *sheet(&mut sheets, name).cell(row, heading) = "99".into();
            }
            let book = moving::read(xlsx(&sheets)).unwrap();
            let refused = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
            let told = format!("{name}, rivi {row}, {told}");
            assert!(said(&refused.findings).contains(&told), "{told}: {:?}", said(&refused.findings));
        }
        assert_eq!(app.rows(&TAUGHT).await, before);
    }
}

on_both! {
    async fn what_hangs_on_several_rows_of_a_course_is_told_too(app: App) {
        let circle = app.circle("Kainuu").await;
        let told = async |sheets: &[Sheet]| {
            let book = moving::read(xlsx(sheets)).unwrap();
            said(&import(&app, &circle.kaisa, circle.association, &book).await.unwrap().findings)
        };
        let mut sheets = taught("Kainuu");
        *sheet(&mut sheets, "Kurssit").cell(2, "Ohjaajat") = "2".into();
        let found = told(&sheets).await;
        assert_eq!(found.iter().filter(|it| it.ends_with("TOO_FEW_PROFESSIONALS")).count(), 11, "{found:?}");

        let mut sheets = taught("Kainuu");
        *sheet(&mut sheets, "Kurssit").cell(2, "Paikkoja") = "1".into();
        *sheet(&mut sheets, "Osallistumiset").cell(3, "Tila") = "osallistuu".into();
        *sheet(&mut sheets, "Osallistumiset").cell(3, "Päätetty") = "".into();
        assert_eq!(told(&sheets).await, ["Osallistumiset, rivi 2, O Tila: COURSE_FULL"]);

        let mut sheets = taught("Kainuu");
        *sheet(&mut sheets, "Kurssit").cell(2, "Alkaa") = "12.10.2026".into();
        let found = told(&sheets).await;
        let last = "Osallistumiset, rivi 2, N 8. kerta: DATE_IN_FUTURE".to_owned();
        assert!(found.contains(&last), "the eighth session is on 30 November: {found:?}");

        let mut sheets = taught("Kainuu");
        *sheet(&mut sheets, "Koulutukset").cell(2, "1. viikonloppu") = "14.2.2026".into();
        assert_eq!(told(&sheets).await, ["Koulutettavat, rivi 2, C 1. viikonloppu: WEEKEND_NOT_TOLD"]);

        let mut sheets = taught("Kainuu");
        let mut sessions = Sheet::new("Kurssikerrat", &["Kurssi", "Kerta", "Päivä", "Peruttu"]);
        sessions.row(["K-1", "1", "7.9.2026", ""]);
        sessions.row(["K-1", "2", "7.9.2026", ""]);
        sheets.insert(6, sessions);
        let found = told(&sheets).await;
        assert!(found.contains(&"Kurssikerrat, rivi 3, C Päivä: SESSION_TWICE".to_owned()), "{found:?}");
        assert!(found.iter().any(|it| it.ends_with("SESSIONS_MISSING")), "{found:?}");

        let sheets = taught("Kainuu");
        moved(&app, &circle, &sheets).await;
        let mut sheets = taught("Kainuu");
        let mut sessions = Sheet::new("Kurssikerrat", &["Kurssi", "Kerta", "Päivä", "Peruttu"]);
        sessions.row(["K-1", "1", "7.9.2026", "kyllä"]);
        sheets.insert(6, sessions);
        assert_eq!(told(&sheets).await, ["Kurssikerrat, rivi 2: SESSION_MARKED"]);
    }
}

on_both! {
    async fn courses_that_are_given_out_come_in_again_here_and_in_an_empty_register(app: App) {
        let circle = app.circle("Kainuu").await;
        moved(&app, &circle, &taught("Kainuu")).await;
        let before = app.rows(&TAUGHT).await;
        let out = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let looked_at = app.rows(&["access_log_objects"]).await;
        for kind in ["COURSE", "ENROLMENT", "TRAINING", "EXPERT"] {
            assert!(count(&looked_at, kind) > 0, "{kind} is in the access log");
        }
        let again = moving::read(moving::bytes(&out).unwrap()).unwrap();
        let same = import(&app, &circle.kaisa, circle.association, &again).await.unwrap();
        assert_eq!((said(&same.findings), sums(&same).0, sums(&same).1), (Vec::new(), 0, 0));
        assert_eq!(app.rows(&TAUGHT).await, before);

        let mut changed = again.clone();
        let page = changed.pages.iter_mut().find(|page| page.name == "Kurssit").unwrap();
        page.rows[1].cells[1] = Cell::Text("Toinen nimi".to_owned());
        let one = import(&app, &circle.kaisa, circle.association, &changed).await.unwrap();
        assert_eq!((said(&one.findings), sums(&one).1), (Vec::new(), 1), "a correction in what was given out");

        let other = app.organisation("Toinen ry", OrganisationKind::Association).await;
        let stranger = app.person("Outi Outo", other, Role::Coordinator).await;
        let mine = moving::export(&ctx(&app, &stranger).await, other).await.unwrap();
        let taught = mine.pages.iter().skip(5);
        assert!(taught.clone().count() == 10 && taught.into_iter().all(|page| page.rows.len() == 1), "headings alone");

        // A case code is the register's own, so relationships stay where they are.
        let mut again = again;
        again.pages.retain(|page| !["Tukisuhteet", "Tapaamiset"].contains(&page.name.as_str()));
        let empty = App::on(app.database.kind).await.unwrap();
        let fresh = empty.circle("Kainuu").await;
        let first = import(&empty, &fresh.kaisa, fresh.association, &again).await.unwrap();
        assert_eq!(said(&first.findings), [""; 0]);
        assert_eq!(empty.rows(&["course_sessions"]).await.len(), 8);
        let out = moving::export(&ctx(&empty, &fresh.kaisa).await, fresh.association).await.unwrap();
        let shown = |book: &Book| -> Vec<Vec<Cell>> {
            let page = book.pages.iter().find(|page| page.name == "Osallistumiset").unwrap();
            page.rows.iter().map(|row| row.cells[2..17].to_vec()).collect()
        };
        let (mut ours, mut theirs) = (shown(&again), shown(&out));
        ours.sort_by_key(|row| format!("{row:?}"));
        theirs.sort_by_key(|row| format!("{row:?}"));
        assert_eq!(ours, theirs);
    }
}

on_both! {
    async fn a_course_to_come_comes_in_again_with_its_curriculum_and_the_hour_from_which_it_was_moved(app: App) {
        let sessions = (0..8).map(|n| json!({ "theme": format!("Aihe {n}") })).collect::<Vec<_>>();
        let curriculum = async |app: &App, circle: &Circle| {
            let input = json!({ "organisationId": circle.association.encode(), "name": "Ohjaajan kurssi", "sessions": sessions });
            circle.kaisa.does(app, "curriculumCreate", "curriculum { id }", input).await.done();
        };
        let query = "{ courses(first: 5) { nodes { name curriculum { name no }
            sessions { no on startsAt status } } } }";
        let circle = app.circle("Kainuu").await;
        curriculum(&app, &circle).await;
        let mut sheets = taught("Kainuu");
        let courses = sheet(&mut sheets, "Kurssit");
        courses.row(["K-2", "Talven kurssi", "11.1.2027", "17.30", "30", "12", "", "2; 3", "kyllä", "ohjaajan kurssi"]);
        let mut sessions = Sheet::new("Kurssikerrat", &["Kurssi", "Kerta", "Päivä", "Kello", "Alun perin klo"]);
        let start = chrono::NaiveDate::from_ymd_opt(2027, 1, 11).unwrap();
        for no in 1..=8_u64 {
            let on = (start + chrono::Days::new(7 * (no - 1))).to_string();
            let at = if no == 2 { "18.00" } else { "" };
            sessions.row(["K-2", &no.to_string(), &on, at, if no == 2 { "17.30" } else { "" }]);
        }
        sheets.insert(6, sessions);
        moved(&app, &circle, &sheets).await;
        let of_winter = |answer: &Answer| {
            let courses = answer.data()["courses"]["nodes"].as_array().unwrap().clone();
            courses.into_iter().find(|it| it["name"] == "Talven kurssi").unwrap()
        };
        let here = of_winter(&circle.kaisa.ask(&app, query, json!({})).await);
        assert_eq!(here["curriculum"], json!({ "name": "Ohjaajan kurssi", "no": 1 }));
        let second = json!({ "no": 2, "on": "2027-01-18", "startsAt": "18:00", "status": "MOVED" });
        assert_eq!(here["sessions"][1], second);

        let out = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let mut again = moving::read(moving::bytes(&out).unwrap()).unwrap();
        again.pages.retain(|page| !["Tukisuhteet", "Tapaamiset"].contains(&page.name.as_str()));
        let empty = App::on(app.database.kind).await.unwrap();
        let fresh = empty.circle("Kainuu").await;
        curriculum(&empty, &fresh).await;
        let first = import(&empty, &fresh.kaisa, fresh.association, &again).await.unwrap();
        assert_eq!(said(&first.findings), [""; 0]);
        assert_eq!(of_winter(&fresh.kaisa.ask(&empty, query, json!({})).await), here);
        assert_eq!(empty.rows(&["course_cost_shares"]).await.len(), 3);
    }
}
