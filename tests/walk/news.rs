//! The subscription as nobody, as a stranger, and as each role: who hears of a meeting, and who of nothing.

use std::sync::{Arc, Mutex};
use std::time::{Duration, Instant};

use async_graphql::{Executor as _, Request};
use futures_util::StreamExt as _;
use rinnalla_api::feed::Feed;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::texts::Language;
use serde_json::{Value, json};
use tokio::time::sleep;

use super::house::House;
use super::roles::{Block, everybody};
use super::samples::ready;
use super::sdl::{Sdl, text};
use crate::dashboards::path::ctx;
use crate::on_both;

/// Long enough for three readings, after which nothing more is on its way.
const A_WHILE: Duration = Duration::from_millis(1600);

on_both! {
    async fn who_hears_of_a_meeting(app: App) {
        let house = House::new(&app, "Esimerkki").await;
        let sdl = Sdl::read().await;
        let fields: Vec<&str> = sdl.fields("Subscription").iter().map(|field| text(&field["name"])).collect();
        assert_eq!(fields, ["changes"], "a subscription without a row");
        let schema = rinnalla_api::graphql::schema(Feed::new(app.register.clone()));
        let mut listening = Vec::new();
        for (who, actor) in everybody(&app, &house).await {
            let ctx = match &actor {
                Some(actor) => ctx(&app.register, actor).await,
                None => Ctx::new(&app.register, None, Language::Fi),
            };
            let request = Request::new("subscription { changes { kind id at } }").data(ctx);
            let mut stream = schema.execute_stream(request, None);
            let heard: Arc<Mutex<Vec<Value>>> = Arc::default();
            let kept = Arc::clone(&heard);
            tokio::spawn(async move {
                while let Some(event) = stream.next().await {
                    kept.lock().unwrap().push(serde_json::to_value(event).unwrap());
                }
            });
            listening.push((who, heard));
        }

        let sample = ready(&app, &house, "meetingRecord").await;
        let about = sample.input["supportRelationshipId"].clone();
        let hears = |heard: &Mutex<Vec<Value>>| {
            let heard = heard.lock().unwrap();
            let mut codes = heard.iter().filter_map(|event| event["errors"][0]["extensions"]["code"].as_str());
            match codes.next_back() {
                Some(code) => code.to_owned(),
                None if heard.iter().any(|event| event["data"]["changes"]["id"] == about) => "hears of it".to_owned(),
                None => "hears nothing".to_owned(),
            }
        };
        // Again and again, until those have heard of it whom it concerns: some may not have listened yet.
        let concerned = ["PROFESSIONAL", "COORDINATOR", "SUPPORT_PERSON"];
        let begun = Instant::now();
        let is_one_left = |(who, heard): &(String, Arc<Mutex<Vec<Value>>>)| {
            concerned.contains(&who.as_str()) && hears(heard) == "hears nothing"
        };
        while listening.iter().any(is_one_left) {
            assert!(begun.elapsed() < Duration::from_secs(20), "nobody tells them");
            let mut input = sample.input.clone();
            input["idempotencyKey"] = json!(app.key());
            sample.who.does(&app, "meetingRecord", "meeting { id }", input).await.done();
            sleep(Duration::from_millis(300)).await;
        }
        sleep(A_WHILE).await;
        let (mut block, mut table) = (Block(Vec::new()), String::new());
        for (who, heard) in &listening {
            block.add(hears(heard), who);
        }
        block.print(&mut table, "changes");
        insta::assert_snapshot!("who_hears_of_a_meeting", table);
    }
}
