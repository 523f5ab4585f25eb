//! The news: whoever may see a thing hears that it changed, whichever process it went through; nobody else does.

use std::sync::{Arc, Mutex};
use std::time::Duration;

use async_graphql::{Executor as _, Request};
use futures_util::StreamExt as _;
use rinnalla_api::RegisterGate;
use rinnalla_api::feed::Feed;
use rinnalla_api::gate::{Credentials, Gate as _, Via};
use rinnalla_api::graphql::RegisterSchema;
use rinnalla_domain::ChangeKind;
use rinnalla_domain::ctx::Register;
use rinnalla_domain::dashboards::{self, Change, Listener, News};
use rinnalla_domain::error::Error;
use rinnalla_domain::ids::{Id as _, SupportRelationshipId};
use rinnalla_domain::referrals::{self, Submit};
use rinnalla_domain::states::{AskingChannel, Role};
use rinnalla_domain::store::Store;
use rinnalla_entity::{access_log, access_log_looks, role_grants};
use sea_orm::{
    ColumnTrait as _, ConnectionTrait as _, EntityTrait as _, QueryFilter as _,
    TransactionTrait as _,
};
use serde_json::{Value, json};
use tokio::sync::mpsc::{UnboundedReceiver, unbounded_channel};
use tokio::time::{sleep, timeout};

use super::path::{Path, ctx, key};
use crate::experts::Expert;
use crate::on_both;
use crate::support::databases::Kind;
use crate::support::matching::World;
use crate::support::{Actor, App, date};

/// Long enough for an event that is on its way, on a busy machine.
const SOON: Duration = Duration::from_secs(20);
/// Long enough for three readings, after which nothing more is on its way.
const A_WHILE: Duration = Duration::from_millis(1600);

/// One process of the API, over the test's database.
struct Process {
    register: Register,
    feed: Feed,
    gate: RegisterGate,
    schema: RegisterSchema,
    statements: Arc<Mutex<Vec<String>>>,
}

impl Process {
    async fn of(app: &App) -> Self {
        let statements: Arc<Mutex<Vec<String>>> = Arc::default();
        let observer = {
            let statements = Arc::clone(&statements);
            Arc::new(move |sql: &str| statements.lock().unwrap().push(sql.to_owned()))
        };
        let store = Store::open_observed(&app.database.url, Some(observer));
        let register = Register {
            store: store.await.unwrap(),
            ..app.register.clone()
        };
        let feed = Feed::new(register.clone());
        Self {
            gate: RegisterGate::new(register.clone()),
            schema: rinnalla_api::graphql::schema(feed.clone()),
            register,
            feed,
            statements,
        }
    }

    /// How often the news were read.
    fn readings(&self) -> usize {
        let statements = self.statements.lock().unwrap();
        let is_reading = |sql: &&String| sql.contains("at_ms FROM changes");
        statements.iter().filter(is_reading).count()
    }

    /// Listens as somebody; returns once everything from now on will be heard of.
    async fn listen(&self, actor: &Actor) -> Listening {
        let headers = poem::http::HeaderMap::new();
        let credentials = Credentials {
            bearer: Some(&actor.token),
            headers: &headers,
            peer: None,
            via: Via::Socket,
        };
        let ctx = self.gate.open(credentials).await.unwrap();
        let request = Request::new("subscription { changes { kind id at } }").data(ctx);
        let mut stream = self.schema.execute_stream(request, None);
        let before = self.feed.listeners();
        let (send, events) = unbounded_channel();
        tokio::spawn(async move {
            while let Some(event) = stream.next().await {
                if send.send(serde_json::to_value(event).unwrap()).is_err() {
                    return;
                }
            }
        });
        let is_heard = async {
            while self.feed.listeners() == before {
                sleep(Duration::from_millis(10)).await;
            }
            let readings = self.readings();
            while self.readings() == readings {
                sleep(Duration::from_millis(10)).await;
            }
        };
        timeout(SOON, is_heard).await.expect("nothing is read");
        Listening(events)
    }
}

struct Listening(UnboundedReceiver<Value>);

impl Listening {
    /// The next event, as its kind and id.
    async fn next(&mut self) -> (String, String) {
        let event = timeout(SOON, self.0.recv()).await.expect("no event came");
        let event = event.expect("the subscription has ended");
        let change = &event["data"]["changes"];
        assert!(change["at"].is_string(), "{event}");
        let text = |field: &str| change[field].as_str().unwrap().to_owned();
        (text("kind"), text("id"))
    }

    /// What comes in the next while.
    async fn rest(&mut self) -> Vec<Value> {
        sleep(A_WHILE).await;
        let mut rest = Vec::new();
        while let Ok(event) = self.0.try_recv() {
            rest.push(event);
        }
        rest
    }
}

fn of(kind: &str, id: impl rinnalla_domain::ids::Id) -> (String, String) {
    (kind.to_owned(), id.encode())
}

on_both! {
    async fn what_is_done_through_one_process_is_heard_of_in_another(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-11-23", true).await;
        let draft = path.draft(&app).await;
        let (one, other) = (Process::of(&app).await, Process::of(&app).await);
        let mut kaisa = one.listen(&path.kaisa).await;
        let mut mikko = other.listen(&path.mikko).await;
        let mut sari = other.listen(&path.sari).await;

        // Through a third process, that of the test.
        path.pause(&app, relationship).await;
        for listening in [&mut kaisa, &mut mikko, &mut sari] {
            assert_eq!(listening.next().await, of("SUPPORT_RELATIONSHIP", relationship));
        }
        // Through one of the two.
        let submit = Submit { referral: draft, version: 3 };
        referrals::submit(&ctx(&one.register, &path.mikko).await, &key(&app), submit).await.unwrap();
        for listening in [&mut kaisa, &mut mikko] {
            assert_eq!(listening.next().await, of("REFERRAL", draft));
        }
        assert_eq!(sari.rest().await, [Value::Null; 0], "nobody has asked her yet");
    }
}

on_both! {
    async fn a_stranger_hears_nothing(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let strangers = Path::new(&app, "Vieras").await;
        let process = Process::of(&app).await;
        let mut listening = Vec::new();
        for actor in [&strangers.kaisa, &strangers.mikko, &strangers.sari] {
            listening.push(process.listen(actor).await);
        }
        let mut kaisa = process.listen(&path.kaisa).await;
        let proposal = path.accepted(&app).await;
        let relationship = path.disclose(&app, proposal).await;
        path.meet(&app, relationship).await;
        path.agree(&app, relationship, true).await;
        while kaisa.next().await != of("SUPPORT_RELATIONSHIP", relationship) {}
        for mut listening in listening {
            assert_eq!(listening.rest().await, [Value::Null; 0]);
        }
    }
}

on_both! {
    async fn a_draft_is_heard_of_by_its_professional_alone(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let colleague = app.person("Riitta Esimerkki", path.service, rinnalla_domain::states::Role::Professional).await;
        let process = Process::of(&app).await;
        let mut kaisa = process.listen(&path.kaisa).await;
        let mut riitta = process.listen(&colleague).await;
        let mut mikko = process.listen(&path.mikko).await;
        let referral = path.draft(&app).await;
        while mikko.next().await != of("REFERRAL", referral) {}
        assert_eq!(kaisa.rest().await, [Value::Null; 0]);
        assert_eq!(riitta.rest().await, [Value::Null; 0]);
        path.submit(&app, referral).await;
        assert_eq!(kaisa.next().await, of("REFERRAL", referral));
    }
}

on_both! {
    async fn a_support_person_hears_of_the_proposal_and_not_of_the_referral(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let referral = path.submitted(&app).await;
        let process = Process::of(&app).await;
        let mut sari = process.listen(&path.sari).await;
        let proposal = path.ask(&app, referral, AskingChannel::Register).await;
        let mut heard = [sari.next().await, sari.next().await];
        heard.sort();
        assert_eq!(heard, [of("MATCH_PROPOSAL", proposal), of("SUPPORT_PERSON", path.support_person)]);
        // With her no, the referral is no concern of hers any more.
        path.answer(&app, proposal, false).await;
        assert_eq!(sari.next().await, of("SUPPORT_PERSON", path.support_person));
        path.keep_waiting(&app, referral).await;
        assert_eq!(sari.rest().await, [Value::Null; 0]);
    }
}

on_both! {
    async fn a_transaction_that_ends_late_is_heard_of_although_its_number_is_smaller(app: App) {
        if app.database.kind == Kind::Sqlite {
            return; // One writer: numbers are given and seen in the same order.
        }
        let path = Path::new(&app, "Esimerkki").await;
        let late = path.active(&app, "2026-11-23", true).await;
        let early = path.active(&app, "2026-11-23", true).await;
        let db = app.db().await;
        let insert = |relationship: SupportRelationshipId| {
            let (association, relationship) = (path.association.uuid(), relationship.uuid());
            format!("INSERT INTO changes (organisation_id, kind, object_id, at_ms)
                VALUES ('{association}', 'SUPPORT_RELATIONSHIP', '{relationship}', 1795420800000)")
        };
        // Begun before anybody listens, and while somebody does.
        let before = db.begin().await.unwrap();
        before.execute_unprepared(&insert(late)).await.unwrap();
        let process = Process::of(&app).await;
        let mut kaisa = process.listen(&path.kaisa).await;
        let tx = db.begin().await.unwrap();
        tx.execute_unprepared(&insert(late)).await.unwrap();
        path.pause(&app, early).await;
        assert_eq!(kaisa.next().await, of("SUPPORT_RELATIONSHIP", early));
        assert_eq!(kaisa.rest().await, [Value::Null; 0]);
        tx.commit().await.unwrap();
        assert_eq!(kaisa.next().await, of("SUPPORT_RELATIONSHIP", late));
        assert_eq!(kaisa.rest().await, [Value::Null; 0], "once");
        before.commit().await.unwrap();
        assert_eq!(kaisa.next().await, of("SUPPORT_RELATIONSHIP", late));
        assert_eq!(kaisa.rest().await, [Value::Null; 0], "once");
    }
}

on_both! {
    async fn whoever_has_lost_the_role_hears_no_more(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-11-23", true).await;
        let process = Process::of(&app).await;
        let mut kaisa = process.listen(&path.kaisa).await;
        let db = app.db().await;
        role_grants::Entity::update_many()
            .col_expr(role_grants::Column::ValidTo, date("2026-11-22").into())
            .filter(role_grants::Column::PersonId.eq(path.kaisa.id))
            .exec(&db)
            .await
            .unwrap();
        sleep(Duration::from_secs(6)).await;
        path.pause(&app, relationship).await;
        let event = timeout(SOON, kaisa.0.recv()).await.unwrap().unwrap();
        assert_eq!(event["data"], Value::Null);
        assert_eq!(event["errors"][0]["extensions"]["code"], "FORBIDDEN");
        assert_eq!(timeout(SOON, kaisa.0.recv()).await.unwrap(), None, "it is over");
    }
}

on_both! {
    async fn roles_without_a_dashboard_cannot_listen(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let role = rinnalla_domain::states::Role::Analyst;
        let analyst = app.person("Antti Esimerkki", path.association, role).await;
        let process = Process::of(&app).await;
        let request = Request::new("subscription { changes { id } }").data(ctx(&process.register, &analyst).await);
        let mut stream = process.schema.execute_stream(request, None);
        let event = serde_json::to_value(stream.next().await.unwrap()).unwrap();
        assert_eq!(event["errors"][0]["extensions"]["code"], "FORBIDDEN");
        assert_eq!(process.feed.listeners(), 0);
    }
}

on_both! {
    async fn nothing_is_read_while_nobody_listens(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let process = Process::of(&app).await;
        sleep(A_WHILE).await;
        assert_eq!(process.readings(), 0);
        drop(process.listen(&path.kaisa).await);
        // The stream is let go with the next event at the latest.
        path.submitted(&app).await;
        sleep(A_WHILE).await;
        path.submitted(&app).await;
        sleep(A_WHILE).await;
        let readings = process.readings();
        sleep(A_WHILE).await;
        assert_eq!(process.readings(), readings);

        // And everything is heard of by who comes then.
        let mut kaisa = process.listen(&path.kaisa).await;
        let referral = path.submitted(&app).await;
        while kaisa.next().await != of("REFERRAL", referral) {}
    }
}

on_both! {
    async fn what_was_told_stands_in_the_access_log(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let relationship = path.active(&app, "2026-11-20", true).await;
        let process = Process::of(&app).await;
        let mut kaisa = process.listen(&path.kaisa).await;
        app.on_day("2026-11-23");
        path.pause(&app, relationship).await;
        kaisa.next().await;
        let db = app.db().await;
        let entries = access_log::Entity::find()
            .filter(access_log::Column::Purpose.eq("subscription"))
            .all(&db)
            .await
            .unwrap();
        assert_eq!(entries.len(), 1);
        assert_eq!((entries[0].person_id, entries[0].at), (path.kaisa.id, app.register.clock.now()));
        let objects = access_log_looks::Entity::find()
            .filter(access_log_looks::Column::EntryId.eq(entries[0].id))
            .all(&db)
            .await
            .unwrap();
        let seen: Vec<_> = objects.iter().map(|row| &row.objects[..]).collect();
        assert_eq!(seen, [relationship.uuid().as_bytes()]);
    }
}

on_both! {
    async fn many_changes_take_no_more_statements_than_one(app: App) {
        let path = Path::new(&app, "Esimerkki").await;
        let strangers = Path::new(&app, "Vieras").await;
        let mut changes = Vec::new();
        for of in [&path, &strangers, &path] {
            let relationship = of.active(&app, "2026-11-23", true).await;
            let referral = of.submitted(&app).await;
            let kinds = [
                (ChangeKind::SupportRelationship, relationship.uuid()),
                (ChangeKind::Referral, referral.uuid()),
                (ChangeKind::SupportPerson, of.support_person.uuid()),
                (ChangeKind::Person, of.mikko.id.uuid()),
                (ChangeKind::Organisation, of.association.uuid()),
            ];
            changes.extend(kinds.map(|(kind, object)| Change {
                kind,
                object,
                organisation: of.association,
                at: app.register.clock.now(),
            }));
        }
        for (actor, seen_of_one, seen_of_all) in [(&path.kaisa, 5, 7), (&path.mikko, 4, 6), (&path.sari, 3, 4)] {
            let ctx = ctx(&app.register, actor).await;
            app.forget_statements();
            let told = dashboards::visible(&ctx, &changes[..10]).await.unwrap();
            let statements = app.statements().len();
            assert_eq!(told.len(), seen_of_one, "{told:?}");
            assert!(statements <= 5, "{statements}");
            app.forget_statements();
            let told = dashboards::visible(&ctx, &changes).await.unwrap();
            assert_eq!(told.len(), seen_of_all, "{told:?}");
            assert!(told.iter().all(|change| change.organisation == path.association));
            assert_eq!(app.statements().len(), statements);
        }
    }
}

on_both! {
    async fn a_coordinator_hears_of_courses_trainings_and_experts(app: App) {
        let world = World::new(&app).await;
        let mut news = News::begin(&app.register).await.unwrap();
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        news.next().await.unwrap();
        led.enrol(&app, "Aino").await;
        let own = world.association.encode();
        let details = json!({ "name": "Kevään koulutus", "trainerId": own, "firstOn": "2027-01-16", "secondOn": "2027-01-30" });
        let input = json!({ "organisationId": own, "details": details });
        world.kaisa.does(&app, "trainingCreate", "training { id }", input).await.done();
        Expert::new(&app, &world, "Eero").await;
        let changes = news.next().await.unwrap();
        let heard = dashboards::visible(&ctx(&app.register, &world.kaisa).await, &changes).await.unwrap();
        let kinds: Vec<ChangeKind> = heard.iter().map(|it| it.kind).collect();
        for kind in [ChangeKind::Course, ChangeKind::Training, ChangeKind::Expert] {
            assert!(kinds.contains(&kind), "{kind:?} is missing: {kinds:?}");
        }
    }
}

on_both! {
    async fn whoever_leads_a_course_hears_of_it_and_of_no_other(app: App) {
        let world = World::new(&app).await;
        let led = app.led_course(&world.kaisa, "2026-12-03", json!({})).await;
        let other = app.led_course(&world.kaisa, "2026-12-04", json!({})).await;
        let mut news = News::begin(&app.register).await.unwrap();
        let ctx = ctx(&app.register, &led.ossi).await;
        let mut listener = Listener::of(&ctx).unwrap();
        other.enrol(&app, "Bea").await;
        let changes = news.next().await.unwrap();
        assert!(!changes.is_empty());
        let heard = listener.told(&app.register, &changes).await.unwrap();
        assert!(heard.is_empty(), "another's course: {heard:?}");
        led.enrol(&app, "Aino").await;
        let changes = news.next().await.unwrap();
        let heard = listener.told(&app.register, &changes).await.unwrap();
        let told: Vec<(ChangeKind, String)> = heard.iter().map(|it| (it.kind, it.id())).collect();
        assert_eq!(told, [(ChangeKind::Course, led.id.clone())]);
        let venla = app.person("Venla Vieras", world.association, Role::PeerGuide).await;
        let nobody = Listener::of(&self::ctx(&app.register, &venla).await);
        assert!(matches!(nobody, Err(Error::Forbidden)), "whoever takes part asks, and is not told");
    }
}
