//! A small schema with everything that can go right and wrong, and a gate of a few tokens.

use std::{
    pin::Pin,
    sync::{
        Arc,
        atomic::{AtomicBool, AtomicUsize, Ordering},
    },
    time::Duration,
};

use async_graphql::{
    Context, Error, ErrorExtensions, InputValueError, InputValueResult, Object, Scalar, ScalarType,
    Schema, SimpleObject, Subscription, Value,
};
use futures_util::{Stream, StreamExt, stream};
use poem::{Endpoint, EndpointExt, Route};
use rinnalla_api::{
    gate::{Credentials, Gate, Outcome, Refusal, Via},
    http::GraphQl,
    server::{Drain, readiness},
    socket::{Manners, Socket},
    transport::{Policy, Transport},
};

#[derive(Clone, Default)]
pub struct ToyGate(pub Arc<Book>);

#[derive(Default)]
pub struct Book {
    pub opened: AtomicUsize,
    pub closed: AtomicUsize,
    pub incidents: AtomicUsize,
    pub touched: AtomicUsize,
    pub dropped: AtomicUsize,
    pub cannot_close: AtomicBool,
    pub withdrawn: AtomicBool,
    pub store_is_down: AtomicBool,
    pub outdated: AtomicUsize,
}

#[derive(Clone)]
pub struct Caller {
    pub name: Option<String>,
    pub is_remembered: bool,
    pub book: Arc<Book>,
}

impl Gate for ToyGate {
    type Ctx = Caller;

    async fn open(&self, who: Credentials<'_>) -> Result<Caller, Refusal> {
        self.0.opened.fetch_add(1, Ordering::SeqCst);
        let retry_after = Duration::from_secs(7);
        if matches!(who.via, Via::Socket | Via::Recheck) {
            assert!(who.headers.get("cookie").is_none());
        }
        if who.via == Via::Recheck && self.0.store_is_down.load(Ordering::SeqCst) {
            return Err(Refusal::Unavailable { retry_after });
        }
        if self.0.withdrawn.load(Ordering::SeqCst) {
            return Err(Refusal::Unauthenticated);
        }
        let name = match who.bearer {
            None => None,
            Some(name @ ("kaisa" | "sofia" | "changed")) => Some(name.to_owned()),
            Some("banned") => return Err(Refusal::Forbidden),
            Some("hasty") => return Err(Refusal::RateLimited { retry_after }),
            Some("early") => return Err(Refusal::Unavailable { retry_after }),
            Some("unlucky") => return Err(Refusal::Internal("secret cause".into())),
            Some("panicky") => panic!("secret panic"),
            Some(_) => return Err(Refusal::Unauthenticated),
        };
        Ok(Caller {
            is_remembered: who.via == Via::Question && name.as_deref() == Some("changed"),
            name,
            book: Arc::clone(&self.0),
        })
    }

    async fn close(&self, caller: &Caller, _: Outcome<'_>) -> Result<(), Refusal> {
        if caller.is_remembered {
            self.0.outdated.fetch_add(1, Ordering::SeqCst);
            return Err(Refusal::Outdated);
        }
        if self.0.cannot_close.load(Ordering::SeqCst) {
            return Err(Refusal::Internal("the audit is full".into()));
        }
        self.0.closed.fetch_add(1, Ordering::SeqCst);
        Ok(())
    }

    fn incident(&self, _: Option<&Caller>) -> String {
        format!(
            "incident-{}",
            self.0.incidents.fetch_add(1, Ordering::SeqCst)
        )
    }
}

pub struct Even(i64);

#[Scalar]
impl ScalarType for Even {
    fn parse(value: Value) -> InputValueResult<Self> {
        match &value {
            Value::Number(number) if number.as_i64().is_some_and(|n| n % 2 == 0) => {
                Ok(Self(number.as_i64().unwrap_or_default()))
            }
            _ => Err(InputValueError::custom("not an even number")),
        }
    }

    fn to_value(&self) -> Value {
        self.0.into()
    }
}

#[derive(SimpleObject, Clone)]
pub struct Part {
    id: i32,
    name: String,
}

#[derive(Clone)]
pub struct Thing(i32);

#[Object]
impl Thing {
    async fn id(&self) -> i32 {
        self.0
    }
    async fn name(&self) -> String {
        "esine".to_owned()
    }
    async fn parts(&self, #[graphql(default = 3)] first: i32) -> Vec<Part> {
        (0..first.min(100))
            .map(|id| Part {
                id,
                name: "osa".to_owned(),
            })
            .collect()
    }
    async fn tags(&self) -> Vec<String> {
        vec!["a".to_owned()]
    }
    async fn maybe(&self) -> Result<Option<String>, Error> {
        Err(coded("NOT_FOUND"))
    }
    async fn even(&self) -> Result<String, Error> {
        (self.0 % 2 == 0)
            .then(|| "parillinen".to_owned())
            .ok_or_else(|| coded("NOT_FOUND"))
    }
    async fn inner(&self) -> Thing {
        Thing(self.0 + 1)
    }
    async fn things(&self, #[graphql(default = 20)] first: i32) -> ThingConnection {
        ThingConnection(first)
    }
}

pub struct ThingConnection(i32);

#[Object]
impl ThingConnection {
    async fn nodes(&self) -> Vec<Thing> {
        (0..self.0.min(100)).map(Thing).collect()
    }
    async fn total_count(&self) -> i32 {
        100
    }
}

pub struct Query;

struct Dropped(Arc<Book>);

impl Drop for Dropped {
    fn drop(&mut self) {
        self.0.dropped.fetch_add(1, Ordering::SeqCst);
    }
}

fn coded(code: &'static str) -> Error {
    Error::new("in its own words").extend_with(|_, extensions| extensions.set("code", code))
}

#[Object]
impl Query {
    async fn hello(&self) -> String {
        "hei".to_owned()
    }
    async fn me(&self, ctx: &Context<'_>) -> Result<String, Error> {
        let caller = ctx.data::<Caller>()?;
        caller.name.clone().ok_or_else(|| coded("UNAUTHENTICATED"))
    }
    async fn maybe_me(&self, ctx: &Context<'_>) -> Result<Option<String>, Error> {
        self.me(ctx).await.map(Some)
    }
    async fn coded(&self, code: String) -> Result<String, Error> {
        Err(match code.as_str() {
            "CONFLICT" => coded("CONFLICT"),
            _ => coded("UNAVAILABLE"),
        })
    }
    async fn broken(&self) -> Result<String, std::io::Error> {
        Err(std::io::Error::other("Kaisa's secret"))
    }
    async fn panics(&self, really: Option<bool>) -> String {
        assert!(really == Some(false), "Kaisa's secret");
        String::new()
    }
    async fn slow(&self, ctx: &Context<'_>, ms: u64) -> Result<String, Error> {
        let _dropped = Dropped(Arc::clone(&ctx.data::<Caller>()?.book));
        tokio::time::sleep(Duration::from_millis(ms)).await;
        Ok("vihdoin".to_owned())
    }
    async fn even(&self, n: Even) -> i64 {
        n.0
    }
    async fn list(&self, of: Option<Vec<i32>>) -> usize {
        of.map_or(0, |of| of.len())
    }
    async fn echo(&self, text: String) -> String {
        text
    }
    async fn large(&self, bytes: usize) -> String {
        "x".repeat(bytes)
    }
    async fn cookie(&self, ctx: &Context<'_>) -> bool {
        ctx.insert_http_header("set-cookie", "__Host-s=1");
        true
    }
    async fn thing(&self) -> Thing {
        Thing(0)
    }
    async fn maybe_thing(&self, id: i32) -> Option<Thing> {
        Some(Thing(id))
    }
    async fn row(&self) -> Vec<Option<Thing>> {
        (0..3).map(|id| Some(Thing(id))).collect()
    }
    async fn things(&self, #[graphql(default = 20)] first: i32) -> ThingConnection {
        ThingConnection(first)
    }
}

pub struct Mutation;

#[Object]
impl Mutation {
    async fn touch(&self, ctx: &Context<'_>, n: Option<Even>) -> Result<usize, Error> {
        let _ = n;
        Ok(ctx
            .data::<Caller>()?
            .book
            .touched
            .fetch_add(1, Ordering::SeqCst)
            + 1)
    }
}

pub struct Changes;

type Numbers = Pin<Box<dyn Stream<Item = Result<i32, Error>> + Send>>;

#[Subscription]
impl Changes {
    async fn count(&self, to: i32) -> impl Stream<Item = i32> + use<> {
        stream::iter(0..to)
    }
    async fn ticks(&self, ctx: &Context<'_>) -> Result<impl Stream<Item = i32> + use<>, Error> {
        let dropped = Dropped(Arc::clone(&ctx.data::<Caller>()?.book));
        Ok(stream::unfold((0, dropped), |(n, dropped)| async move {
            tokio::time::sleep(Duration::from_millis(20)).await;
            Some((n, (n + 1, dropped)))
        }))
    }
    async fn fails(&self) -> Numbers {
        let failure = stream::once(async { Err(Error::from(std::io::Error::other("secret"))) });
        stream::once(async { Ok(1) }).chain(failure).boxed()
    }
    async fn bursts(&self) -> Numbers {
        stream::once(async { panic!("secret") }).boxed()
    }
}

pub fn app(
    gate: &ToyGate,
    policy: Policy,
    manners: Manners,
    drain: &Drain,
) -> impl Endpoint<Output = poem::Response> + use<> {
    let schema = Schema::build(Query, Mutation, Changes).finish();
    let sdl = schema.sdl();
    let transport =
        Transport::new(schema, &sdl, gate.clone(), policy).expect("the toy's SDL is read");
    Route::new()
        .at("/graphql", GraphQl(Arc::clone(&transport)))
        .at(
            "/graphql/socket",
            Socket::new(transport, manners, drain.clone()),
        )
        .at("/readyz", readiness(drain.clone(), || async { true }))
        .map_to_response()
}
