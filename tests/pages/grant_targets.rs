//! Grant targets on pages: added, put right, activities tied and untied, taken back; and the way to the year's sheet.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::json;

use super::groups::link;
use crate::on_both;
use crate::support::matching::World;

on_both! {
    async fn a_target_is_added_and_activities_are_tied_to_it_and_untied(app: App) {
        let world = World::new(&app).await;
        let place = app.bare_place(&world.kaisa, "kulma", json!({})).await;
        let course = app.course(&world.kaisa, "2027-01-14", json!({})).await;
        let programme = world.programme(&app, json!({})).await;
        let programme = programme.as_str().to_owned();
        let mut kaisa = app.browser_of(&world.kaisa).await;
        for path in ["/", "/figures"] {
            assert!(kaisa.get(path).await.with(StatusCode::OK).contains("href=\"/grant-targets\""), "{path}");
        }
        assert!(kaisa.get("/grant-targets").await.with(StatusCode::OK).contains("Avustuskohteita ei ole vielä lisätty."));
        let form = kaisa.get("/grant-targets/new").await;
        assert!(form.with(StatusCode::OK).contains("STEA-avustus") && form.html.contains("Hankeavustus (C)"), "{}", form.html);
        let told = [("name", "Kohtaamispaikka nuorille"), ("funder", "STEA"), ("code", "C4321"), ("from", "1.1.2026"), ("to", "31.12.2025"),
            ("countsEncounters", "yes")];
        let wrong = kaisa.fill("/grant-targets/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"kind-fault\"", "value=\"C4321\"", "value=\"STEA\" selected", "value=\"yes\" checked"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let more = [told[0], told[1], told[2], told[3], told[4], told[5], ("kind", "PROJECT")];
        let wrong = kaisa.fill("/grant-targets/new", &wrong, &more).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"to-fault\""), "{}", wrong.html);
        let whole = more.map(|(name, value)| if name == "to" { (name, "31.12.2027") } else { (name, value) });
        for _ in 0..2 {
            let sent = kaisa.fill("/grant-targets/new", &wrong, &whole).await;
            assert_eq!(sent.leads_to(), "/grant-targets?done=grant-target-new");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM grant_targets").await, "1", "pressed twice");
        let list = kaisa.get("/grant-targets").await;
        let html = list.with(StatusCode::OK);
        for told in ["Kohtaamispaikka nuorille", "STEA-avustus, C4321", "Hankeavustus (C)", "1.1.2026–31.12.2027",
            "Yksittäiset keskustelut lasketaan mukaan", "Kohteeseen ei kuulu vielä mitään toimintaa"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        // Sign-in, targets, activities, codes, counties, log.
        assert!(list.statements.len() <= 6, "{:#?}", list.statements);
        let sheet = html.split("href=\"").filter_map(|it| it.split('"').next()).find(|it| it.starts_with("/figures/grants/")).unwrap();
        kaisa.get(sheet).await.with(StatusCode::OK);

        let tie = link(html, "/grant-targets/", "/activities");
        let (form, before) = (kaisa.get(&tie).await, kaisa.get(&tie).await);
        let html = form.with(StatusCode::OK);
        for (field, id) in [("courseIds", &course), ("dropInPlaceIds", &place), ("programmeIds", &programme)] {
            assert!(html.contains(&format!("name=\"{field}\" value=\"{id}\"> ")), "{field}: {html}");
        }
        assert!(!html.contains("name=\"peerGroupIds\""), "there are none to tie: {html}");
        let all = [("courseIds", course.as_str()), ("dropInPlaceIds", place.as_str()), ("programmeIds", programme.as_str())];
        assert_eq!(kaisa.fill(&tie, &form, &all).await.leads_to(), "/grant-targets?done=grant-target-tie");
        let html = kaisa.get("/grant-targets").await.html;
        assert!(html.contains("kursseja 1, kohtaamispaikkoja 1, tukisuhteiden ohjelmia 1"), "{html}");
        let stale = kaisa.fill(&tie, &before, &[all[0]]).await;
        let html = stale.with(StatusCode::CONFLICT);
        assert!(html.contains("<dd>kursseja 1, kohtaamispaikkoja 1, tukisuhteiden ohjelmia 1</dd>"), "how it stands now: {html}");
        assert!(html.contains(&format!("value=\"{course}\" checked")) && !html.contains(&format!("value=\"{place}\" checked")), "{html}");
        let theirs = World::named(&app, "Vieras").await;
        let foreign = app.bare_place(&theirs.kaisa, "vieras", json!({})).await;
        let refused = kaisa.fill(&tie, &stale, &[("dropInPlaceIds", foreign.as_str()), all[0]]).await;
        let html = refused.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"dropInPlaceIds-fault\"") && !html.contains(&foreign), "{html}");

        let edit = tie.trim_end_matches("/activities").to_owned();
        let cancel = format!("{edit}/cancel");
        let question = kaisa.get(&cancel).await;
        let used = kaisa.fill(&cancel, &question, &[]).await;
        assert!(used.with(StatusCode::UNPROCESSABLE_ENTITY).contains("Kohteeseen kuuluu vielä toimintaa."), "{}", used.html);
        let form = kaisa.get(&tie).await;
        assert_eq!(kaisa.fill(&tie, &form, &[]).await.leads_to(), "/grant-targets?done=grant-target-tie");
        assert_eq!(app.read_sql("SELECT count(*) FROM grant_target_activities").await, "0");
        let question = kaisa.get(&cancel).await;
        assert_eq!(kaisa.fill(&cancel, &question, &[]).await.leads_to(), "/grant-targets?done=grant-target-cancel");
        assert!(!kaisa.get("/grant-targets").await.html.contains("C4321"));
        for path in [&edit, &tie, &cancel] {
            kaisa.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}

on_both! {
    async fn a_target_is_put_right_by_its_coordinator_alone(app: App) {
        let world = World::new(&app).await;
        let details = json!({ "funder": "STEA", "code": "C4321", "name": "Kohde", "kind": "PROJECT", "from": "2026-01-01" });
        let input = json!({ "organisationId": world.association.encode(), "details": details });
        let made = world.kaisa.does(&app, "grantTargetCreate", "grantTarget { id }", input).await;
        let edit = format!("/grant-targets/{}", made.done()["grantTarget"]["id"].as_str().unwrap());
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/grant-targets").await.html.contains("1.1.2026 alkaen"));
        let (form, before) = (kaisa.get(&edit).await, kaisa.get(&edit).await);
        assert!(form.with(StatusCode::OK).contains("value=\"C4321\"") && !form.html.contains("value=\"yes\" checked"), "{}", form.html);
        let told = [("name", "Kohde"), ("funder", "STEA"), ("code", ""), ("kind", "GENERAL"), ("from", "1.1.2026")];
        let wrong = kaisa.fill(&edit, &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("id=\"code-fault\"") && html.contains("value=\"GENERAL\" checked"), "{html}");
        let whole = told.map(|(name, value)| if name == "code" { (name, "C1") } else { (name, value) });
        assert_eq!(kaisa.fill(&edit, &wrong, &whole).await.leads_to(), "/grant-targets?done=grant-target-edit");
        let stale = kaisa.fill(&edit, &before, &whole).await;
        assert!(stale.with(StatusCode::CONFLICT).contains("<dd>STEA-avustus, C1</dd>"), "{}", stale.html);
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let strange = World::named(&app, "Vieras").await.kaisa;
        for who in [&strange, &eero] {
            let mut other = app.browser_of(who).await;
            for path in [edit.clone(), format!("{edit}/activities"), format!("{edit}/cancel")] {
                other.get(&path).await.with(StatusCode::NOT_FOUND);
            }
        }
        for path in ["/grant-targets", "/grant-targets/new"] {
            app.browser_of(&eero).await.get(path).await.with(StatusCode::NOT_FOUND);
        }
    }
}
