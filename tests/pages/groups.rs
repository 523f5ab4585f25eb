//! Peer groups on a leader's phone: how many came tonight, the group that a coordinator plans and ends, and talks that are
//! counted without anybody in them.

use poem::http::StatusCode;
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::states::Role;
use serde_json::json;

use crate::on_both;
use crate::support::matching::World;
use crate::support::{Actor, App};

/// A group of the coordinator's association, added through the API.
async fn group(app: &App, kaisa: &Actor, leaders: &[&Actor]) -> String {
    let leaders: Vec<String> = leaders.iter().map(|it| it.node()).collect();
    let details = json!({ "name": "Läheisten ilta", "kind": "PEER_GROUP", "audiences": ["NEXT_OF_KIN"], "place": "Kirjasto",
        "from": "2026-01-01", "leaderIds": leaders });
    let input = json!({ "organisationId": kaisa.organisation.encode(), "details": details });
    let made = kaisa
        .does(app, "peerGroupCreate", "peerGroup { id }", input)
        .await;
    made.done()["peerGroup"]["id"].as_str().unwrap().to_owned()
}

/// The first address on a page that begins and ends so.
pub fn link(html: &str, start: &str, end: &str) -> String {
    let mut links = html
        .split("href=\"")
        .filter_map(|rest| rest.split('"').next());
    links
        .find(|it| it.starts_with(start) && it.ends_with(end))
        .unwrap_or_else(|| panic!("{start}…{end}: {html}"))
        .to_owned()
}

on_both! {
    async fn a_leader_records_tonight_s_meeting_from_the_front_page_and_takes_it_back(app: App) {
        let world = World::new(&app).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let own = group(&app, &world.kaisa, &[&venla]).await;
        let other = group(&app, &world.kaisa, &[]).await;
        let mut browser = app.browser_of(&venla).await;
        assert!(browser.get("/").await.with(StatusCode::OK).contains("href=\"/groups\""));
        let list = browser.get("/groups").await;
        let path = format!("/groups/{own}");
        let meeting = format!("{path}/meeting");
        let html = list.with(StatusCode::OK);
        for told in ["Läheisten ilta", "Läheiset", "Kirjasto", "Venla Vertainen", "Kirjaa kokoontuminen: Läheisten ilta", &format!("href=\"{meeting}\"")] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(!html.contains(&other) && !html.contains("href=\"/groups/new\""), "{html}");
        // Sign-in, groups, leaders, codes, counties, audiences, names, log.
        assert!(list.statements.len() <= 9, "{:#?}", list.statements);

        let form = browser.get(&meeting).await;
        let html = form.with(StatusCode::OK);
        assert!(html.contains("value=\"23.11.2026\"") && html.contains("value=\"90\""), "tonight, as long as usual: {html}");
        let told = [("on", "23.11.2026"), ("minutes", "75"), ("heads", "8"), ("firstTimers", "9")];
        let wrong = browser.fill(&meeting, &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["Ensi kertaa tulleita ei voi olla enempää kuin tulijoita.", "id=\"firstTimers-fault\"", "value=\"75\"", "value=\"8\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let before = [("on", "31.12.2025"), told[1], told[2]];
        let wrong = browser.fill(&meeting, &wrong, &before).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        assert!(html.contains("Ryhmä ei toiminut tuona päivänä"), "{html}");
        let told = [told[0], told[1], told[2], ("firstTimers", "2")];
        assert_eq!(browser.fill(&meeting, &wrong, &told).await.leads_to(), format!("{path}?done=group-meeting"));
        assert_eq!(browser.fill(&meeting, &wrong, &told).await.leads_to(), format!("{path}?done=group-meeting"), "pressed twice");
        assert_eq!(app.read_sql("SELECT count(*) FROM peer_group_meetings").await, "1");

        let page = browser.get(&path).await;
        let html = page.with(StatusCode::OK);
        for told in ["ma 23.11.2026", "Kävijöitä 8", "Ensi kertaa 2", "75 minuuttia"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(!html.contains("/edit\"") && !html.contains("Poista väärin lisätty ryhmä"), "a leader changes nothing of the group: {html}");
        let next = browser.get(&meeting).await;
        assert!(next.html.contains("value=\"75\"") && next.html.contains("ma 23.11.2026. Kävijöitä 8"), "as long as the last: {}", next.html);
        let back = link(html, "/group-meetings/", "/cancel");
        let question = browser.get(&back).await;
        assert!(question.with(StatusCode::OK).contains("ma 23.11.2026. Kävijöitä 8"), "{}", question.html);
        assert_eq!(browser.fill(&back, &question, &[]).await.leads_to(), format!("{path}?done=group-meeting-cancel"));
        assert!(browser.get(&path).await.html.contains("Kokoontumisia ei ole vielä kirjattu."));
        browser.get(&back).await.with(StatusCode::NOT_FOUND);

        browser.get(&format!("/groups/{other}")).await.with(StatusCode::NOT_FOUND);
        browser.get(&format!("/groups/{other}/meeting")).await.with(StatusCode::NOT_FOUND);
        for hidden in [format!("{path}/edit"), format!("{path}/cancel"), "/groups/new".to_owned()] {
            browser.get(&hidden).await.with(StatusCode::NOT_FOUND);
        }
        for stranger in [&World::named(&app, "Vieras").await.kaisa, &world.pekka] {
            let mut stranger = app.browser_of(stranger).await;
            for hidden in [&path, &meeting, &back] {
                stranger.get(hidden).await.with(StatusCode::NOT_FOUND);
            }
        }
    }
}

on_both! {
    async fn a_coordinator_plans_a_group_says_who_leads_it_and_ends_it(app: App) {
        let world = World::new(&app).await;
        let venla = app.person("Venla Vertainen", world.association, Role::PeerGuide).await;
        let place = app.bare_place(&world.kaisa, "kulma", json!({})).await;
        let mut kaisa = app.browser_of(&world.kaisa).await;
        assert!(kaisa.get("/groups").await.with(StatusCode::OK).contains("Vertaisryhmiä ei ole vielä lisätty."));
        let form = kaisa.get("/groups/new").await;
        let (leader, place) = (venla.node(), place);
        assert!(form.with(StatusCode::OK).contains(&leader) && form.html.contains("Vanhemmat"), "{}", form.html);
        let told = [("name", "Vanhempien ryhmä"), ("from", "1.1.2026"), ("to", "31.12.2025"), ("leader1", leader.as_str())];
        let wrong = kaisa.fill("/groups/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"kind-fault\"", "id=\"audiences-fault\"", "value=\"Vanhempien ryhmä\"", &format!("value=\"{leader}\" selected")] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let whole = [told[0], told[1], told[2], told[3], ("kind", "GUIDED"), ("audiences", "PARENTS"), ("audiences", "FAMILIES"),
            ("dropInPlaceId", place.as_str()), ("place", "Yläkerta")];
        let wrong = kaisa.fill("/groups/new", &wrong, &whole).await;
        assert!(wrong.with(StatusCode::UNPROCESSABLE_ENTITY).contains("id=\"to-fault\""), "{}", wrong.html);
        let whole = whole.map(|(name, value)| if name == "to" { (name, "") } else { (name, value) });
        let made = kaisa.fill("/groups/new", &wrong, &whole).await;
        assert_eq!(kaisa.fill("/groups/new", &wrong, &whole).await.leads_to(), made.leads_to(), "pressed twice");
        let page = kaisa.get(made.leads_to()).await;
        let html = page.with(StatusCode::OK);
        for told in ["Ryhmä on lisätty.", "Ohjattu vertaistuki", "Perheet, Vanhemmat", "Kulma, Yläkerta", "Venla Vertainen", "1.1.2026 alkaen"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert!(app.browser_of(&venla).await.get("/groups").await.html.contains("Vanhempien ryhmä"));

        let path = made.leads_to().split('?').next().unwrap().to_owned();
        let edit = format!("{path}/edit");
        let (form, same) = (kaisa.get(&edit).await, kaisa.get(&edit).await);
        let html = form.with(StatusCode::OK);
        assert!(html.contains("value=\"Yläkerta\"") && html.contains(&format!("value=\"{leader}\" selected")), "{html}");
        let ended = whole.map(|(name, value)| if name == "to" { (name, "22.11.2026") } else { (name, value) });
        assert_eq!(kaisa.fill(&edit, &form, &ended).await.leads_to(), format!("{path}?done=group-edit"));
        // The form that was opened before knows nothing of it.
        let stale = kaisa.fill(&edit, &same, &whole).await;
        assert!(stale.with(StatusCode::CONFLICT).contains("Joku muu ehti muuttaa tätä."), "{}", stale.html);
        assert!(stale.html.contains("<dd>1.1.2026–22.11.2026</dd>"), "how it stands now: {}", stale.html);
        assert_eq!(app.read_sql("SELECT '' || to_on FROM peer_groups").await, "2026-11-22");
        let list = kaisa.get("/groups").await;
        assert!(list.html.contains("1.1.2026–22.11.2026") && !list.html.contains(&format!("{path}/meeting")), "{}", list.html);
        let form = kaisa.get(&format!("{path}/meeting")).await;
        assert!(!form.with(StatusCode::OK).contains("value=\"23.11.2026\""), "it did not meet tonight: {}", form.html);

        let cancel = format!("{path}/cancel");
        let question = kaisa.get(&cancel).await;
        let late = kaisa.fill(&format!("{path}/meeting"), &form, &[("on", "16.11.2026"), ("minutes", "90"), ("heads", "5")]).await;
        assert_eq!(late.leads_to(), format!("{path}?done=group-meeting"));
        let refused = kaisa.fill(&cancel, &question, &[]).await;
        assert!(refused.with(StatusCode::UNPROCESSABLE_ENTITY).contains("Ryhmällä on kirjattuja kokoontumisia"), "{}", refused.html);
        let html = kaisa.get(&path).await.html;
        assert!(!html.contains(&format!("href=\"{cancel}\"")), "what was met in is not offered to be removed: {html}");
        let back = link(&html, "/group-meetings/", "/cancel");
        let form = kaisa.get(&back).await;
        kaisa.fill(&back, &form, &[]).await.leads_to();
        assert_eq!(kaisa.fill(&cancel, &question, &[]).await.leads_to(), "/groups?done=group-cancel");
        assert!(!kaisa.get("/groups").await.html.contains("Vanhempien ryhmä"));
        kaisa.get(&path).await.with(StatusCode::NOT_FOUND);
    }
}

on_both! {
    async fn an_expert_counts_a_talk_without_anybody_in_it_and_takes_it_back(app: App) {
        let world = World::new(&app).await;
        let eero = app.person("Eero Kokenut", world.association, Role::Expert).await;
        let ossi = app.person("Ossi Ohjaaja", world.association, Role::Facilitator).await;
        let mut browser = app.browser_of(&eero).await;
        assert!(browser.get("/groups").await.with(StatusCode::OK).contains("href=\"/encounters/new\""));
        let form = browser.get("/encounters/new").await;
        assert!(form.with(StatusCode::OK).contains("Motivaatiokeskustelu") && form.html.contains("value=\"23.11.2026\""), "{}", form.html);
        let told = [("on", "24.11.2026"), ("talks", "101"), ("kind", "MOTIVATION_TALK"), ("phase", "BEFORE_REHAB")];
        let wrong = browser.fill("/encounters/new", &form, &told).await;
        let html = wrong.with(StatusCode::UNPROCESSABLE_ENTITY);
        for told in ["id=\"on-fault\"", "Kirjoita luku väliltä 1–100.", "value=\"MOTIVATION_TALK\" checked", "value=\"101\""] {
            assert!(html.contains(told), "{told}: {html}");
        }
        let told = [("on", "20.11.2026"), ("talks", "2"), told[2], told[3]];
        for _ in 0..2 {
            let sent = browser.fill("/encounters/new", &wrong, &told).await;
            assert_eq!(sent.leads_to(), "/encounters?done=encounter-new");
        }
        let list = browser.get("/encounters").await;
        let html = list.with(StatusCode::OK);
        for told in ["pe 20.11.2026", "Motivaatiokeskustelu", "Ennen kuntoutusta", "Keskusteluja 2"] {
            assert!(html.contains(told), "{told}: {html}");
        }
        assert_eq!(app.read_sql("SELECT count(*) FROM encounters").await, "1", "pressed twice");
        let cancel = link(html, "/encounters/", "/cancel");
        let question = browser.get(&cancel).await;
        assert!(question.with(StatusCode::OK).contains("pe 20.11.2026. Motivaatiokeskustelu. Keskusteluja 2"), "{}", question.html);
        for (who, expected) in [(&ossi, StatusCode::NOT_FOUND), (&world.pekka, StatusCode::NOT_FOUND), (&world.kaisa, StatusCode::OK)] {
            let mut other = app.browser_of(who).await;
            other.get(&cancel).await.with(expected);
            other.get("/encounters").await.with(expected);
            other.get("/encounters/new").await.with(expected);
        }
        // Somebody else was faster: nothing is taken back twice.
        let mut kaisa = app.browser_of(&world.kaisa).await;
        let same = kaisa.get(&cancel).await;
        assert_eq!(browser.fill(&cancel, &question, &[]).await.leads_to(), "/encounters?done=encounter-cancel");
        kaisa.fill(&cancel, &same, &[]).await.with(StatusCode::NOT_FOUND);
        assert!(browser.get("/encounters").await.html.contains("Keskusteluja ei ole vielä kirjattu."));
    }
}
