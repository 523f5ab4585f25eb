//! A marker in everything that is sealed and in every free text: it is in no mail, no log line, no error, and, where it
//! is sealed, in no file of the database.

use std::collections::BTreeSet;
use std::fs::File;
use std::process::{Child, Command, Stdio};
use std::sync::Arc;
use std::time::{Duration, Instant};

use rinnalla_domain::ids::Id as _;
use rinnalla_domain::keys::Keys;
use sea_orm::{ConnectionTrait as _, Statement};
use serde_json::{Value, json};

use super::sdl::{Sdl, named, text};
use crate::mail::decoded;
use crate::on_both;
use crate::support::databases::Kind;
use crate::support::machine::Folder;
use crate::support::matching::{referral_details, supported_case};
use crate::support::program::{ask, free_address, http};
use crate::support::smtp::{Act, Listener, Manner};
use crate::support::{Actor, App};

/// What stands in each sealed column of a person; a column without a marker fails.
const SEALED: [(&str, &str); 7] = [
    ("people.name_sealed", "Qvxnimi"),
    ("people.email_sealed", "qvxposti"),
    ("people.phone_sealed", "5098761"),
    ("sealed_labels.text_sealed", "Qvxtunnus"),
    ("support_person_notes.text_sealed", "Qvxhuomio"),
    ("enrolments.name_sealed", "Qvxosallinen"),
    ("supervision_texts.text_sealed", "Qvxohjaus"),
];
/// Sealed, and no text.
const KEYS: [&str; 4] = [
    "people.data_key_sealed",
    "sealed_labels.data_key_sealed",
    "enrolments.data_key_sealed",
    "supervision_texts.data_key_sealed",
];

/// What a client writes as it likes, besides what is sealed.
const FREE: &str = "Qvxvapaa";
const FREE_FIELDS: [&str; 32] = [
    "changed",
    "reason",
    "place",
    "address",
    "ideas",
    "unit",
    "theme",
    "methods",
    "materials",
    "label",
    "lines",
    "text",
    "told",
    "answer",
    "topics",
    "decision",
    "title",
    "body",
    "section",
    "registerNumber",
    "outcomeTold",
    "code",
    "nameFi",
    "nameSv",
    "nameEn",
    "idempotencyKey",
    "name",
    "email",
    "phone",
    "mailbox",
    "textVersion",
    "search",
];
/// What must be one of a list, or of a form that says nothing.
const CODES: [&str; 29] = [
    "period",
    "kind",
    "audiences",
    "waveCode",
    "funder",
    "task",
    "purpose",
    "purposes",
    "themes",
    "activities",
    "slug",
    "goals",
    "nextSteps",
    "countyCodes",
    "filter",
    "targetGroups",
    "forms",
    "countyCode",
    "municipalityCode",
    "kinRelation",
    "language",
    "informationSource",
    "activity",
    "interests",
    "wishes",
    "places",
    "languages",
    "municipalities",
    "caseCode",
];

/// A part of the program, with all that it logs in a file.
struct Part(Child);

impl Part {
    fn start(app: &App, folder: &Folder, name: &str, settings: &[(&str, &str)]) -> Self {
        let log = File::create(folder.path().join(format!("{name}.log"))).unwrap();
        let child = Command::new(env!("CARGO_BIN_EXE_rinnalla"))
            .arg(name)
            .env_clear()
            .env("PATH", std::env::var_os("PATH").unwrap_or_default())
            .env("DATABASE_URL", &app.database.url)
            .env("KEY_FILE", folder.path().join("key"))
            .env("DATA_DIR", folder.path())
            .env("CLOCK", "2026-11-24T10:00")
            .env("LOG_LEVEL", "trace")
            .envs(settings.iter().copied())
            .stdin(Stdio::null())
            .stdout(log.try_clone().unwrap())
            .stderr(log)
            .spawn()
            .unwrap();
        Self(child)
    }
}

impl Drop for Part {
    fn drop(&mut self) {
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}

/// Somebody's details, each with its marker.
fn details(first: &str, number: u8) -> Value {
    let address = first.to_lowercase();
    json!({ "name": format!("{first} Qvxnimi"), "email": format!("{address}.qvxposti@example.org"),
        "phone": format!("+358 40 50 98 76 1{number}"), "language": "FI" })
}

/// Sends an act over HTTP; it must be done.
fn does(
    app: &App,
    address: &str,
    who: &Actor,
    mutation: &str,
    object: &str,
    mut input: Value,
) -> Value {
    let (head, tail) = mutation.split_at(1);
    let head = head.to_uppercase();
    let query = format!(
        "mutation {FREE}($input: {head}{tail}Input!) {{ {mutation}(input: $input) {{ {object} userErrors {{ field code }} }} }}"
    );
    input["idempotencyKey"] = json!(format!("{FREE}-{}", app.key()));
    let answer = ask(address, &who.token, &query, json!({ "input": input }));
    let payload = answer["data"][mutation].clone();
    assert_eq!(payload["userErrors"], json!([]), "{answer}");
    payload
}

/// Requests that fail, each with markers in it.
fn faulty(maija: &Actor, place: &str) -> Vec<Value> {
    let add = "mutation($input: PersonAddInput!) { personAdd(input: $input) { userErrors { field code message } } }";
    let person = |more: Value| {
        let mut input = details("Toinen", 9);
        input["organisationId"] = json!(place);
        input["role"] = json!("PEER_GUIDE");
        input["idempotencyKey"] = json!(FREE);
        for (field, value) in more.as_object().unwrap() {
            input[field] = value.clone();
        }
        json!({ "query": add, "variables": { "input": input } })
    };
    let asked = |query: &str| json!({ "query": query });
    vec![
        person(json!({ "email": "kaisa.qvxposti@example.org" })),
        person(json!({ "name": "Qvxnimi 1", "email": "qvxposti", "phone": "5098761x" })),
        person(json!({ "name": "Qvxnimi".repeat(30) })),
        person(json!({ "name": "Qvxnimi\u{0}" })),
        person(json!({ "language": "Qvxnimi" })),
        person(json!({ "validFrom": "Qvxnimi" })),
        person(json!({ "organisationId": maija.node(), "name": "Qvxnimi" })),
        asked("{ people(search: \"Qvxnimi\" { totalCount } }"),
        asked("{ people(search: \"Qvxnimi\", first: \"qvxposti\") { totalCount } }"),
        asked("{ people(search: \"Qvxnimi\", first: 1000) { totalCount } }"),
        asked("{ people(search: \"Qvxnimi\", after: \"qvxposti\") { totalCount } }"),
        json!({ "query": "query A { today }", "operationName": "Qvxnimi" }),
        json!({ "query": "query($d: Date) { jointReviews(filter: { plannedFrom: $d }) { totalCount } }",
            "variables": { "d": "Qvxnimi" } }),
    ]
}

/// Fails where a marker can be read in a text.
fn nothing_in(what: &str, text: &str) {
    for marker in SEALED.iter().map(|(_, marker)| *marker).chain([FREE]) {
        let at = text.find(marker);
        let around = at.map(|at| text.get(at.saturating_sub(200)..at + 60).unwrap_or(marker));
        assert_eq!(around, None, "{marker} is in {what}");
    }
}

/// The sealed columns that there are.
async fn sealed_columns(app: &App) -> BTreeSet<String> {
    let sql = match app.database.kind {
        Kind::Sqlite => {
            "SELECT m.name || '.' || c.name AS name FROM sqlite_master m JOIN pragma_table_info(m.name) c
             WHERE m.type = 'table' AND c.name LIKE '%sealed'"
        }
        Kind::Postgres => {
            "SELECT table_name || '.' || column_name AS name FROM information_schema.columns
             WHERE table_schema = 'public' AND column_name LIKE '%sealed'"
        }
    };
    let db = app.db().await;
    let rows = db
        .query_all_raw(Statement::from_string(db.get_database_backend(), sql))
        .await
        .unwrap();
    db.close().await.unwrap();
    rows.iter()
        .map(|row| row.try_get("", "name").unwrap())
        .collect()
}

/// Whether a text can be read in the files of the database, as it is or as hexadecimal digits.
async fn is_in_files(app: &App, marker: &str) -> bool {
    let hex: String = marker.bytes().map(|byte| format!("{byte:02x}")).collect();
    let forms = [marker.to_owned(), hex.to_uppercase(), hex];
    if app.database.kind == Kind::Sqlite {
        let path = app.database.url.trim_start_matches("sqlite:");
        let mut bytes = std::fs::read(path).unwrap();
        bytes.extend(std::fs::read(format!("{path}-wal")).unwrap_or_default());
        return forms.iter().any(|form| {
            bytes
                .windows(form.len())
                .any(|window| window == form.as_bytes())
        });
    }
    let sql = "SELECT count(*) AS n FROM pg_class c, unnest($1::text[]) AS form
        WHERE c.relkind IN ('r', 'i', 't') AND c.oid >= 16384
          AND position(convert_to(form, 'UTF8') IN pg_read_binary_file(pg_relation_filepath(c.oid))) > 0";
    let db = app.db().await;
    db.execute_unprepared("CHECKPOINT").await.unwrap();
    let forms = Vec::from(forms).into();
    let statement = Statement::from_sql_and_values(db.get_database_backend(), sql, [forms]);
    let row = db.query_one_raw(statement).await.unwrap().unwrap();
    db.close().await.unwrap();
    row.try_get::<i64>("", "n").unwrap() > 0
}

#[tokio::test]
async fn every_text_that_a_client_writes_is_a_code_or_has_a_marker() {
    let sdl = Sdl::read().await;
    let inputs = sdl.input_types().into_iter().flat_map(|of| sdl.inputs(of));
    let arguments = sdl
        .fields("Query")
        .iter()
        .flat_map(|field| super::sdl::array(&field["args"]));
    for field in inputs
        .chain(arguments)
        .filter(|field| named(&field["type"]) == "String")
    {
        let name = text(&field["name"]);
        let is_known = FREE_FIELDS.contains(&name) || CODES.contains(&name) || name == "after";
        assert!(
            is_known,
            "{name}: is it a code, or a free text? then give it a marker"
        );
    }
}

on_both! {
    async fn what_is_sealed_is_in_no_mail_log_error_or_file(app: App) {
        let mut app = app;
        let folder = Folder::new("markers");
        app.register.keys = Arc::new(Keys::create_new(&folder.path().join("key")).unwrap());
        app.on_day("2026-11-24");
        let desk = app.desk().await;
        app.refers(desk.association, desk.city).await;
        let followed = app.followed(&desk, "2026-08-24", 3).await;
        app.followed(&desk, "2026-08-24", 3).await;
        let anna = app.person("Anna Hallinto", desk.association, rinnalla_domain::states::Role::Admin).await;
        let tuula = app.person("Tuula Uusi", desk.association, rinnalla_domain::states::Role::SupportPerson).await;
        let address = free_address();
        let api = Part::start(&app, &folder, "api", &[("LISTEN", &address)]);
        let begun = Instant::now();
        while std::net::TcpStream::connect(&address).is_err() {
            assert!(begun.elapsed() < Duration::from_secs(60), "nobody listens");
            tokio::time::sleep(Duration::from_millis(50)).await;
        }

        // The markers go in, and are read by those who may.
        for (who, by, first, number) in
            [(&desk.kaisa, &desk.kaisa, "Kaisa", 1), (&desk.maija, &desk.maija, "Maija", 2), (&tuula, &desk.maija, "Tuula", 3)]
        {
            let mut input = details(first, number);
            input["personId"] = json!(who.node());
            input["version"] = json!(1);
            let told = does(&app, &address, by, "personCorrect", "person { name email phone }", input);
            let whole = told.to_string();
            assert!(SEALED.iter().filter(|(of, _)| of.starts_with("people")).all(|(_, marker)| whole.contains(marker)), "{whole}");
        }
        let columns: BTreeSet<String> = SEALED.iter().map(|(column, _)| *column).chain(KEYS).map(str::to_owned).collect();
        assert_eq!(sealed_columns(&app).await, columns, "a sealed column without a marker");
        let association = desk.association.encode();
        let named = json!({ "organisationId": association, "version": 1, "kind": "ASSOCIATION", "name": FREE,
            "isNameNeutral": false, "language": "FI", "countyCode": "20", "mailbox": format!("{FREE}@example.org"),
            "maxActiveDefault": 2 });
        does(&app, &address, &desk.maija, "organisationCorrect", "organisation { name }", named);
        let list = json!({ "organisationId": association, "list": "REFERRALS", "name": FREE, "filter": "{}", "isShared": true });
        does(&app, &address, &desk.maija, "savedListSave", "savedList { name }", list);
        let terms = json!({ "organisationId": association, "kind": "AGREEMENT_TEMPLATE", "language": "FI", "version": 0, "lines": [FREE] });
        does(&app, &address, &desk.maija, "printedTextPublish", "printedText { lines }", terms);
        let label = json!({ "supportedCaseId": followed.case.encode(), "label": "Qvxtunnus 12" });
        let told = does(&app, &address, &desk.kaisa, "supportedCaseLabelSet", "supportedCase { label { text } }", label);
        assert!(told.to_string().contains("Qvxtunnus"), "{told}");
        let allowed = json!({ "organisationId": association, "version": 2, "isAllowed": true });
        does(&app, &address, &anna, "organisationNotesAllow", "organisation { name }", allowed);
        let note = json!({ "supportPersonId": desk.support_person.encode(), "text": "Qvxhuomio: soittaa iltaisin" });
        let told = does(&app, &address, &desk.maija, "supportPersonNoteSet", "supportPerson { note { text } }", note);
        assert!(told.to_string().contains("Qvxhuomio"), "{told}");
        let session = json!({ "theme": FREE, "methods": FREE, "materials": FREE });
        let sessions = vec![session; 8];
        let taught = json!({ "organisationId": association, "name": FREE, "sessions": sessions });
        let taught = does(&app, &address, &desk.maija, "curriculumCreate", "curriculum { id }", taught);
        let taught = &taught["curriculum"]["id"];
        let workshop = json!({ "curriculumId": taught, "version": 1, "on": "2026-10-01", "professionals": 2, "developers": 5, "changed": FREE });
        does(&app, &address, &desk.maija, "curriculumWorkshopAdd", "curriculum { id }", workshop);
        let course = json!({ "organisationId": association, "startsOn": "2027-01-14", "startsAt": "12:00", "curriculumId": taught,
            "details": { "name": FREE, "unit": FREE, "lunchMinutes": 45 } });
        let course = does(&app, &address, &desk.maija, "courseCreate", "course { id sessions { id } }", course);
        let course = &course["course"];
        does(&app, &address, &desk.maija, "courseOpen", "course { id }", json!({ "courseId": course["id"], "version": 1 }));
        let part = json!({ "courseId": course["id"], "name": "Qvxosallinen", "isPseudonym": true });
        let told = does(&app, &address, &desk.maija, "enrolmentAdd", "enrolment { name }", part);
        assert!(told.to_string().contains("Qvxosallinen"), "{told}");
        let about = json!({ "courseSessionId": course["sessions"][0]["id"], "version": 1, "theme": FREE, "methods": FREE, "materials": FREE, "reason": FREE });
        does(&app, &address, &desk.maija, "courseSessionDescribe", "courseSession { theme }", about);
        let training = json!({ "organisationId": association, "details": { "name": FREE, "trainerId": association,
            "firstOn": "2026-11-07", "secondOn": "2026-11-14" } });
        does(&app, &address, &desk.maija, "trainingCreate", "training { name }", training);
        let eero = app.person("Eero Uusi", desk.association, rinnalla_domain::states::Role::Expert).await;
        let expert = json!({ "organisationId": association, "personId": eero.node(),
            "details": { "trainerId": association, "trainedOn": "2021-05-20" } });
        let expert = does(&app, &address, &desk.maija, "expertAdd", "expert { id }", expert);
        let work = json!({ "expertProfileId": expert["expert"]["id"], "version": 1, "details": { "hostId": association,
            "task": "CLIENT_WORK", "place": FREE, "workingTimePct": 50, "compensation": "EXPENSES", "employment": "VOLUNTEER",
            "funding": "GRANTED", "phase": "AFTER_REHAB", "fromOn": "2026-02-01" } });
        does(&app, &address, &desk.maija, "expertAssignmentAdd", "expertAssignment { place }", work);
        let supervised = app.supervised(desk.association).await;
        let allowed = json!({ "organisationId": supervised.provider.encode(), "version": 0, "isAllowed": true });
        does(&app, &address, &supervised.aila, "supervisionTextsAllow", "supervisionSettings { keepsTexts }", allowed);
        let session = supervised.details("2026-12-07", &[]);
        let session = does(&app, &address, &supervised.tyyne, "supervisionSessionPlan", "supervisionSession { id }", session);
        let text = json!({ "supervisionSessionId": session["supervisionSession"]["id"], "version": 1, "text": "Qvxohjaus: jatketaan" });
        let told = does(&app, &address, &supervised.tyyne, "supervisionSessionSetText", "supervisionSession { text { text } }", text);
        assert!(told.to_string().contains("Qvxohjaus"), "{told}");
        let place = json!({ "organisationId": association, "details": { "name": FREE, "address": FREE, "slug": "kulma",
            "countyCode": "20", "isPublic": true } });
        let place = does(&app, &address, &desk.maija, "dropInPlaceCreate", "dropInPlace { id }", place);
        let open = json!({ "dropInPlaceId": place["dropInPlace"]["id"], "on": "2026-11-24", "startsAt": "12:00", "endsAt": "16:00" });
        let open = does(&app, &address, &desk.maija, "openingAdd", "opening { id }", open);
        let about = json!({ "openingId": open["opening"]["id"], "version": 1, "ideas": [FREE] });
        does(&app, &address, &desk.maija, "openingDescribe", "opening { ideas }", about);
        let wish = json!({ "dropInPlaceId": place["dropInPlace"]["id"], "text": FREE, "receivedOn": "2026-11-23" });
        let wish = does(&app, &address, &desk.maija, "wishTypeIn", "wish { id }", wish);
        let came = json!({ "wishId": wish["wish"]["id"], "version": 1, "status": "PLANNED", "told": FREE, "answer": FREE });
        does(&app, &address, &desk.maija, "wishAnswer", "wish { told }", came);
        let meeting = json!({ "dropInPlaceId": place["dropInPlace"]["id"], "on": "2026-11-23", "topics": [FREE] });
        let meeting = does(&app, &address, &desk.maija, "houseMeetingPlan", "houseMeeting { id }", meeting);
        let decided = json!({ "houseMeetingId": meeting["houseMeeting"]["id"], "version": 1, "heads": 8,
            "decisions": [{ "no": 1, "decision": FREE }] });
        does(&app, &address, &desk.maija, "houseMeetingRecord", "houseMeeting { items { topic decision } }", decided);
        let group = json!({ "name": FREE, "kind": "SELF_HELP", "audiences": ["SIBLINGS"], "place": FREE, "from": "2026-01-01" });
        let group = json!({ "organisationId": association, "details": group });
        does(&app, &address, &desk.maija, "peerGroupCreate", "peerGroup { name place }", group);
        let item = json!({ "kind": "STATEMENT", "title": FREE, "body": FREE, "on": "2026-11-02", "section": FREE,
            "registerNumber": FREE, "outcome": "PENDING", "outcomeTold": FREE });
        let item = json!({ "organisationId": association, "details": item });
        does(&app, &address, &desk.maija, "influenceItemRecord", "influenceItem { title body outcomeTold }", item);
        let target = json!({ "funder": "STEA", "code": FREE, "name": FREE, "kind": "PROJECT", "from": "2026-01-01" });
        let target = json!({ "organisationId": association, "details": target });
        does(&app, &address, &desk.maija, "grantTargetCreate", "grantTarget { code name }", target);
        let wave = json!({ "organisationId": association, "name": FREE });
        does(&app, &address, &desk.maija, "surveyWaveOpen", "surveyWave { name }", wave);
        let form = json!({ "organisationId": association, "language": "FI", "lines": vec![FREE; 10] });
        does(&app, &address, &desk.maija, "surveyStatementsLoad", "organisation { name }", form);
        let gate = json!({ "organisationId": association, "nameFi": FREE, "nameSv": FREE, "nameEn": FREE });
        does(&app, &address, &desk.maija, "gateAdd", "gate { name }", gate);
        let draft = json!({ "organisationId": association, "supportedCase": supported_case(json!({})),
            "details": referral_details(json!({})) });
        let draft = does(&app, &address, &desk.kaisa, "referralDraft", "referral { id version }", draft);
        let consent = json!({ "referralId": draft["referral"]["id"], "version": draft["referral"]["version"], "textVersion": FREE });
        does(&app, &address, &desk.kaisa, "consentRecord", "referral { id }", consent);
        for search in ["Qvxnimi", "qvxposti", "5098761", FREE] {
            let query = "query($s: String) { people(search: $s) { nodes { name email phone } } }";
            ask(&address, &desk.maija.token, query, json!({ "s": search }));
        }

        for request in faulty(&desk.maija, &association) {
            let (_, answer) = http(&address, "/graphql", &desk.maija.token, Some(request.clone()));
            assert!(answer.contains("\"code\":"), "{request} was not refused: {answer}");
            nothing_in(&format!("the answer to {request}"), &answer);
        }

        let listener = Listener::start(Manner::default()).await;
        listener.on("kaisa.qvxposti@example.org", &[Act::RefuseRecipient(450), Act::RefuseRecipient(550), Act::Accept]);
        let smtp = format!("smtp://{}", listener.address);
        let worker = Part::start(&app, &folder, "worker", &[
            ("SMTP_URL", &smtp), ("MAIL_FROM", "noreply@example.org"), ("PUBLIC_URL", "https://rinnalla.example.org"),
            ("WORKER_TICK", "1s"), ("WORKER_FIRST_RETRY", "100ms"),
        ]);
        let begun = Instant::now();
        loop {
            let ended: Vec<String> = app.outbox().await.iter().map(|row| row.status.code()).collect();
            if ended.contains(&"SENT".to_owned()) && ended.contains(&"DEAD".to_owned()) {
                break;
            }
            assert!(begun.elapsed() < Duration::from_secs(60), "{ended:?}");
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        for letter in listener.received() {
            let letter = decoded(&letter.raw);
            assert!(letter.contains("Kaisa"), "{letter}");
            let said: Vec<&str> = letter.lines().filter(|line| !line.starts_with("To: ")).collect();
            nothing_in("a mail", &said.join("\n"));
        }

        for (_, marker) in SEALED {
            assert!(!is_in_files(&app, marker).await, "{marker} can be read in the database's files");
        }
        assert!(is_in_files(&app, FREE).await, "the files were not read");
        drop((api, worker));
        for part in ["api", "worker"] {
            let log = std::fs::read_to_string(folder.path().join(format!("{part}.log"))).unwrap();
            assert!(log.lines().count() > 1, "{part} has logged nothing");
            nothing_in(&format!("the log of {part}"), &log);
        }
    }
}
