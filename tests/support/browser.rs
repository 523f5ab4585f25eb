//! A browser without a screen: cookies, forms, and the statements that each page took.

use std::collections::BTreeMap;

use chrono::Duration;
use poem::http::{HeaderMap, Method, StatusCode, header};
use poem::{Endpoint as _, Request, Route};
use rinnalla_api::pages;
use rinnalla_domain::ids::{Id as _, SessionId};
use rinnalla_domain::tokens::AccessToken;
use rinnalla_entity::sessions;
use sea_orm::{ActiveModelTrait as _, ActiveValue::Set};

use super::{Actor, App};

/// Where the pages are, as the browser sees it.
pub const HOST: &str = "rinnalla.example.org";

/// Somebody's browser.
pub struct Browser<'a> {
    app: &'a App,
    routes: Route,
    pub cookies: BTreeMap<String, String>,
    /// What it says about itself; a header that is empty is left out.
    pub headers: BTreeMap<&'static str, String>,
}

/// A page as it was answered.
#[derive(Debug)]
pub struct Shown {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub html: String,
    /// The same as it came: of a file that is no text.
    pub content: Vec<u8>,
    /// The SQL statements that it took, sign-in and log included.
    pub statements: Vec<String>,
}

impl App {
    /// A browser in which nobody is signed in.
    pub fn browser(&self) -> Browser<'_> {
        let headers = [
            ("host", HOST.to_owned()),
            ("origin", format!("https://{HOST}")),
            ("accept-language", "fi".to_owned()),
            (
                "user-agent",
                "Mozilla/5.0 (X11; Linux x86_64) Firefox/143.0".to_owned(),
            ),
        ];
        Browser {
            app: self,
            routes: pages::routes(self.register.clone(), pages::Patience::default()),
            cookies: BTreeMap::new(),
            headers: headers.into(),
        }
    }

    /// A browser in which somebody is signed in since now.
    pub async fn browser_of(&self, who: &Actor) -> Browser<'_> {
        let secret = AccessToken::random();
        let now = self.register.clock.now();
        let db = self.db().await;
        sessions::ActiveModel {
            id: Set(SessionId::random()),
            person_id: Set(who.id),
            token_hash: Set(secret.hash().as_bytes().to_vec()),
            label: Set("Firefox, Linux".to_owned()),
            created_at: Set(now),
            last_seen_at: Set(now),
            expires_at: Set(now + Duration::hours(12)),
            ended_at: Set(None),
        }
        .insert(&db)
        .await
        .unwrap();
        db.close().await.unwrap();
        let mut browser = self.browser();
        let name = "__Host-rinnalla".to_owned();
        browser.cookies.insert(name, secret.reveal().to_owned());
        browser
    }
}

impl Browser<'_> {
    /// Asks for a page.
    pub async fn get(&mut self, path: &str) -> Shown {
        self.ask(Method::GET, path, String::new()).await
    }

    /// Sends a form as it is written here.
    pub async fn post(&mut self, path: &str, fields: &[(&str, &str)]) -> Shown {
        let mut body = url_encoded(fields);
        if body.is_empty() {
            body = "x=".to_owned();
        }
        self.ask(Method::POST, path, body).await
    }

    /// Fills in the form of a page and sends it: what is hidden in it goes along, what is told here is typed.
    pub async fn fill(&mut self, path: &str, page: &Shown, fields: &[(&str, &str)]) -> Shown {
        let hidden = page.hidden();
        let mut all: Vec<(&str, &str)> = hidden
            .iter()
            .map(|(name, value)| (name.as_str(), value.as_str()))
            .collect();
        all.extend(fields);
        self.post(path, &all).await
    }

    async fn ask(&mut self, method: Method, path: &str, body: String) -> Shown {
        let mut request = Request::builder()
            .method(method.clone())
            .uri(path.parse().unwrap());
        for (name, value) in self.headers.iter().filter(|(_, value)| !value.is_empty()) {
            request = request.header(*name, value);
        }
        if method == Method::POST {
            request = request.content_type("application/x-www-form-urlencoded");
        }
        if !self.cookies.is_empty() {
            let pairs: Vec<String> = self
                .cookies
                .iter()
                .map(|(k, v)| format!("{k}={v}"))
                .collect();
            request = request.header(header::COOKIE, pairs.join("; "));
        }
        self.app.forget_statements();
        let response = self.routes.get_response(request.body(body)).await;
        let statements = self.app.statements();
        let (parts, body) = response.into_parts();
        for cookie in parts.headers.get_all(header::SET_COOKIE) {
            let cookie = cookie.to_str().unwrap();
            for needed in [
                "__Host-",
                "; Path=/",
                "; Secure",
                "; HttpOnly",
                "; SameSite=Strict",
            ] {
                assert!(cookie.contains(needed), "{cookie} lacks {needed}");
            }
            let (name, rest) = cookie.split_once('=').unwrap();
            match cookie.contains("Max-Age=0") {
                true => self.cookies.remove(name),
                false => self
                    .cookies
                    .insert(name.to_owned(), rest.split(';').next().unwrap().to_owned()),
            };
        }
        let content = body.into_vec().await.unwrap();
        Shown {
            status: parts.status,
            headers: parts.headers,
            html: String::from_utf8_lossy(&content).into_owned(),
            content,
            statements,
        }
    }
}

impl Shown {
    /// Where it leads on to; fails the test where it does not.
    #[track_caller]
    pub fn leads_to(&self) -> &str {
        assert_eq!(self.status, StatusCode::SEE_OTHER, "{}", self.html);
        self.headers[header::LOCATION].to_str().unwrap()
    }

    /// The page; fails the test where it is another status.
    #[track_caller]
    pub fn with(&self, status: StatusCode) -> &str {
        assert_eq!(self.status, status, "{}", self.html);
        &self.html
    }

    /// The hidden fields of the page's last form.
    pub fn hidden(&self) -> Vec<(String, String)> {
        let form = self.html.rsplit("<form").next().unwrap_or_default();
        let value = |tag: &str, name: &str| {
            let rest = tag.split(&format!("{name}=\"")).nth(1)?;
            Some(rest.split('"').next()?.to_owned())
        };
        form.split("<input type=\"hidden\"")
            .skip(1)
            .map(|tag| tag.split('>').next().unwrap_or_default())
            .filter_map(|tag| Some((value(tag, "name")?, value(tag, "value")?)))
            .collect()
    }
}

fn url_encoded(fields: &[(&str, &str)]) -> String {
    let byte = |b: u8| match b {
        b'a'..=b'z' | b'A'..=b'Z' | b'0'..=b'9' | b'-' | b'.' | b'_' => char::from(b).to_string(),
        _ => format!("%{b:02X}"),
    };
    let word = |text: &str| text.bytes().map(byte).collect::<String>();
    let pairs: Vec<String> = fields
        .iter()
        .map(|(name, value)| format!("{}={}", word(name), word(value)))
        .collect();
    pairs.join("&")
}
