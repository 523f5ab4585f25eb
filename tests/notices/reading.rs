//! Who sees what was mailed and what was not.

use super::*;

const NOTICES: &str = "query ($filter: NoticeFilter, $first: Int, $after: String) {
  notices(filter: $filter, first: $first, after: $after) {
    totalCount
    pageInfo { hasNextPage endCursor }
    nodes {
      id kind status reason recipientRole forOn
      sentTo { id }
      supportRelationship { id }
      attempts { number outcome }
    }
  }
}";

on_both! {
    async fn a_coordinator_sees_what_was_mailed_and_what_was_not(app: App) {
        let desk = app.desk().await;
        for _ in 0..3 {
            app.followed(&desk, "2026-08-24", 3).await;
        }
        app.on_day("2026-11-24");
        plan(&app).await;
        let mut claimed = claim(&app, 100).await.into_iter();
        let mut next = || claimed.next().unwrap();
        settle(&app, &[
            (next(), End::Sent { to: Some(desk.kaisa.id) }),
            (next(), End::Dead { code: "SMTP_550".to_owned(), refused: None }),
            (next(), End::Skipped(Reason::NoRecipient)),
        ]).await;

        let answer = desk.maija.ask(&app, NOTICES, json!({})).await;
        let page = &answer.data()["notices"];
        assert_eq!(page["totalCount"], 3);
        let of = |status: &str| page["nodes"].as_array().unwrap().iter().find(|it| it["status"] == status).unwrap().clone();
        assert_eq!(of("SENT")["sentTo"]["id"], desk.kaisa.node());
        assert_eq!(of("SENT")["attempts"], json!([{ "number": 1, "outcome": "SENT" }]));
        assert_eq!(of("SKIPPED")["reason"], "NO_RECIPIENT");
        assert_eq!(of("DEAD")["attempts"], json!([{ "number": 1, "outcome": "SMTP_550" }]));
        assert!(of("DEAD")["supportRelationship"]["id"].is_string());
        let statements = answer.statements.len();
        // Sign-in, the list, its count, relationships, people, attempts, and one or two for the log.
        assert!((7..=9).contains(&statements), "{:#?}", answer.statements);

        let undelivered = json!({ "filter": { "isUndelivered": true }, "first": 1 });
        let answer = desk.maija.ask(&app, NOTICES, undelivered).await;
        let page = &answer.data()["notices"];
        assert_eq!((&page["totalCount"], &page["pageInfo"]["hasNextPage"]), (&json!(2), &json!(true)));
        let first = page["nodes"][0]["id"].clone();
        let more = json!({ "filter": { "isUndelivered": true }, "first": 1, "after": page["pageInfo"]["endCursor"] });
        let answer = desk.maija.ask(&app, NOTICES, more).await;
        let page = &answer.data()["notices"];
        assert_eq!(page["pageInfo"]["hasNextPage"], false);
        assert_ne!(page["nodes"][0]["id"], first);
        assert!(answer.statements.len() <= statements, "as many, however many rows");
    }
}

on_both! {
    async fn others_see_no_notices_and_an_administrator_no_relationships(app: App) {
        let desk = app.desk().await;
        app.followed(&desk, "2026-08-24", 3).await;
        app.on_day("2026-11-24");
        plan(&app).await;
        let elsewhere = app.organisation("Toinen yhdistys", OrganisationKind::Association).await;
        let stranger = app.person("Outi Outo", elsewhere, Role::Coordinator).await;
        let admin = app.person("Antti Malli", desk.association, Role::Admin).await;
        let one = "query ($id: ID!) { notice(id: $id) { id } }";
        let id = app.outbox().await[0].id;
        let absent = OutboxMessageId::random();

        let answer = stranger.ask(&app, NOTICES, json!({})).await;
        assert_eq!(answer.data()["notices"]["totalCount"], 0);
        for id in [id, absent] {
            let answer = stranger.ask(&app, one, json!({ "id": id.encode() })).await;
            assert_eq!(answer.data()["notice"], json!(null));
        }
        for other in [&desk.kaisa, &app.person("Eero Malli", desk.association, Role::SupportPerson).await] {
            let answer = other.ask(&app, NOTICES, json!({})).await;
            assert_eq!(answer.codes(), ["FORBIDDEN"]);
        }
        let answer = admin.ask(&app, NOTICES, json!({})).await;
        let notice = &answer.data()["notices"]["nodes"][0];
        assert_eq!((&notice["status"], &notice["supportRelationship"]), (&json!("PLANNED"), &json!(null)));
        let answer = admin.ask(&app, one, json!({ "id": id.encode() })).await;
        assert_eq!(answer.data()["notice"]["id"], id.encode());
    }
}
