//! Survey waves: ten numbers from whoever has the code, or from paper, and means from five answers on.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use serde_json::{Value, json};

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, App};

const SEEN: &str = "surveyWave { id code version openedOn closedOn results { answers items { no answers mean } } }";

async fn opened(app: &App, kaisa: &Actor) -> Value {
    let input = json!({ "organisationId": kaisa.organisation.encode(), "name": "Kevään kysely" });
    let answer = kaisa.does(app, "surveyWaveOpen", SEEN, input).await;
    answer.done()["surveyWave"].clone()
}

/// Sends an answer as nobody, under a key.
async fn send(app: &App, code: &Value, key: &str, answers: Value) -> Value {
    let query = "mutation($input: SurveyAnswerSendInput!) { surveyAnswerSend(input: $input) { isKept userErrors { field code } } }";
    let input = json!({ "idempotencyKey": key, "waveCode": code, "answers": answers });
    app.ask(None, query, json!({ "input": input })).await.json
}

fn kept(answer: &Value) -> &Value {
    &answer["data"]["surveyAnswerSend"]["isKept"]
}

/// The same step ten times, and none in the third place where `n` is odd.
fn answers(n: i32) -> Value {
    let step = |no: i32| {
        if no == 3 && n % 2 == 1 {
            Value::Null
        } else {
            json!(n)
        }
    };
    (1..=10).map(step).collect()
}

on_both! {
    async fn what_came_of_a_wave_is_told_once_it_is_closed_and_five_have_answered(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let wave = opened(&app, kaisa).await;
        for n in 1..=4 {
            assert_eq!(kept(&send(&app, &wave["code"], &format!("puhelin-{n}"), answers(n)).await), true);
        }
        let typed = |version| json!({ "surveyWaveId": wave["id"], "version": version, "answers": answers(5) });
        let seen = kaisa.does(&app, "surveyAnswerTypeIn", SEEN, typed(1)).await.done()["surveyWave"].clone();
        assert_eq!(seen["results"], Value::Null, "it is open");
        // One too many is taken back; the form's own answers cannot be.
        kaisa.does(&app, "surveyAnswerTypeIn", SEEN, typed(2)).await.done();
        kaisa.does(&app, "surveyAnswerTakeBack", SEEN, typed(3)).await.done();
        let of_form = json!({ "surveyWaveId": wave["id"], "version": 4, "answers": answers(4) });
        assert_eq!(kaisa.does(&app, "surveyAnswerTakeBack", SEEN, of_form).await.user_errors(), ["answers UNKNOWN"]);

        let close = json!({ "surveyWaveId": wave["id"], "version": 4 });
        let closed = kaisa.does(&app, "surveyWaveClose", SEEN, close).await.done()["surveyWave"].clone();
        assert_eq!(closed["results"]["answers"], 5);
        let items = closed["results"]["items"].as_array().unwrap();
        assert_eq!((items.len(), &items[0]), (10, &json!({ "no": 1, "answers": 5, "mean": 3.0 })));
        assert_eq!(items[2], json!({ "no": 3, "answers": null, "mean": null }), "two alone answered the third");
        let late = send(&app, &wave["code"], "puhelin-9", answers(5)).await;
        assert_eq!(late["errors"][0]["extensions"]["code"], "NOT_FOUND");
        let late = json!({ "surveyWaveId": wave["id"], "version": 5, "answers": answers(5) });
        assert_eq!(kaisa.does(&app, "surveyAnswerTypeIn", SEEN, late).await.user_errors(), ["- WRONG_STATE"]);
    }
}

on_both! {
    async fn of_four_answers_nothing_is_told_and_of_none_who_or_when(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let wave = opened(&app, kaisa).await;
        for n in 1..=4 {
            send(&app, &wave["code"], &format!("puhelin-{n}"), answers(2)).await;
        }
        assert_eq!(kept(&send(&app, &wave["code"], "puhelin-1", answers(2)).await), true, "sent twice");
        assert_eq!(app.read_sql("SELECT count(*) FROM survey_answers").await, "4");
        let other = send(&app, &wave["code"], "puhelin-1", answers(4)).await;
        assert_eq!(other["errors"][0]["extensions"]["code"], "CONFLICT");
        let close = json!({ "surveyWaveId": wave["id"], "version": 1 });
        let closed = kaisa.does(&app, "surveyWaveClose", SEEN, close).await.done()["surveyWave"].clone();
        assert_eq!((&closed["closedOn"], &closed["results"]), (&json!("2026-11-23"), &Value::Null));
        for (answers, code) in [(json!([1]), "OUT_OF_RANGE"), (json!(vec![Value::Null; 10]), "EMPTY"), (json!(vec![6; 10]), "OUT_OF_RANGE")] {
            let refused = send(&app, &json!("22222222"), "puhelin-5", answers).await;
            let told = &refused["data"]["surveyAnswerSend"]["userErrors"];
            assert_eq!(told, &json!([{ "field": "answers", "code": code }]));
        }
        // A table of numbers: neither somebody's id nor a day or a time is in it (D-18).
        let columns = match app.database.kind {
            crate::support::databases::Kind::Sqlite => "SELECT group_concat(name, ' ') FROM pragma_table_info('survey_answers')",
            crate::support::databases::Kind::Postgres => {
                "SELECT string_agg(column_name, ' ' ORDER BY ordinal_position) FROM information_schema.columns
                 WHERE table_name = 'survey_answers'"
            }
        };
        assert_eq!(app.read_sql(columns).await, "id wave_id source s1 s2 s3 s4 s5 s6 s7 s8 s9 s10");
    }
}

on_both! {
    async fn the_official_forms_statements_are_loaded_by_the_association_and_shown_by_code(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let wave = opened(&app, kaisa).await;
        let shown = async |code: &Value| {
            let query = "query($code: String!) { publicSurvey(waveCode: $code) { lines } }";
            app.ask(None, query, json!({ "code": code })).await.data()["publicSurvey"].clone()
        };
        assert_eq!(shown(&wave["code"]).await, json!({ "lines": [] }), "none come with the program");
        assert_eq!(shown(&json!("22222222")).await, Value::Null);
        let own = world.association.encode();
        let lines: Value = (1..=10).map(|no| json!(format!("Väittämä {no}"))).collect();
        let load = json!({ "organisationId": own, "language": "FI", "lines": lines });
        kaisa.does(&app, "surveyStatementsLoad", "organisation { id }", load).await.done();
        assert_eq!(shown(&wave["code"]).await, json!({ "lines": lines }));
        let query = "query($id: ID!) { surveyStatements(organisationId: $id, language: FI) }";
        assert_eq!(kaisa.ask(&app, query, json!({ "id": own })).await.data()["surveyStatements"], lines);
        let others = World::named(&app, "Vieras").await;
        assert_eq!(others.kaisa.ask(&app, query, json!({ "id": own })).await.data()["surveyStatements"], json!([]));
        let nine = json!({ "organisationId": own, "language": "FI", "lines": vec!["Väittämä"; 9] });
        let answer = kaisa.does(&app, "surveyStatementsLoad", "organisation { id }", nine).await;
        assert_eq!(answer.user_errors(), ["lines OUT_OF_RANGE"]);
    }
}

on_both! {
    async fn a_group_answers_on_a_page_with_the_waves_code_and_nobody_is_asked_who_they_are(app: App) {
        let world = World::new(&app).await;
        let kaisa = &world.kaisa;
        let wave = opened(&app, kaisa).await;
        let code = wave["code"].as_str().unwrap();
        let plain: String = code.chars().filter(|c| *c != '-').collect();
        let path = format!("/surveys/{plain}");
        let mut browser = app.browser();
        assert!(browser.get("/sign-in").await.html.contains("href=\"/surveys\""));
        browser.get("/surveys").await.with(StatusCode::OK);
        let written = format!("/surveys?code={}", code.to_lowercase());
        assert_eq!(browser.get(&written).await.leads_to(), path);
        let unknown = browser.get("/surveys?code=2222-2222").await;
        assert!(unknown.with(StatusCode::NOT_FOUND).contains("ei ole avointa kyselyä"), "{}", unknown.html);

        let page = browser.get(&path).await;
        assert!(page.with(StatusCode::OK).contains("Väittämä 10"), "the statements are on paper: {}", page.html);
        let nothing = browser.fill(&path, &page, &[]).await;
        assert!(nothing.with(StatusCode::UNPROCESSABLE_ENTITY).contains("ainakin yhteen"), "{}", nothing.html);
        let wrong = browser.fill(&path, &page, &[("s1", "4"), ("s2", "6")]).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains(r#"name="s1" value="4" checked"#), "{}", wrong.html);
        for _ in 0..2 {
            let sent = browser.fill(&path, &page, &[("s1", "4"), ("s10", "2")]).await;
            assert_eq!(sent.leads_to(), "/surveys?done=survey");
        }
        assert!(browser.get("/surveys?done=survey").await.html.contains("Vastauksesi on mukana"));
        let kept = "SELECT count(*) || ' ' || sum(s1) || ' ' || sum(s10) || ' ' || count(s2) FROM survey_answers";
        assert_eq!(app.read_sql(kept).await, "1 4 2 0", "a button pressed twice is one answer");

        let lines: Value = (1..=10).map(|no| json!(format!("Olen osa {no}:tä"))).collect();
        let load = json!({ "organisationId": world.association.encode(), "language": "FI", "lines": lines });
        kaisa.does(&app, "surveyStatementsLoad", "organisation { id }", load).await.done();
        assert!(browser.get(&path).await.html.contains("3. Olen osa 3:tä"));
        let close = json!({ "surveyWaveId": wave["id"], "version": 1 });
        kaisa.does(&app, "surveyWaveClose", SEEN, close).await.done();
        browser.get(&path).await.with(StatusCode::NOT_FOUND);
        browser.fill(&path, &page, &[("s1", "4")]).await.with(StatusCode::NOT_FOUND);
    }
}
