//! GraphiQL, for whoever writes a program that asks the register: in development alone, and without one request that
//! leads elsewhere. What is served is bundled in `api/graphiql/`, where it is told how it is renewed.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use poem::http::{HeaderName, StatusCode, header};
use poem::{IntoResponse as _, Request, Response, Route, get, handler};

/// The page's own policy, besides which the pages' stays as strict as it is: the editor writes its styles as it goes, and
/// brings its fonts along in them. Nothing comes from elsewhere or goes there.
const POLICY: &str = "default-src 'none'; script-src 'self'; worker-src 'self'; style-src 'self' 'unsafe-inline'; \
                      img-src 'self' data:; font-src 'self' data:; connect-src 'self'; form-action 'none'; \
                      base-uri 'none'; frame-ancestors 'none'";

/// Packed as they go over the wire, which every browser takes.
const FILES: [(&str, &str, &[u8]); 7] = [
    (
        "graphiql.js",
        SCRIPT,
        include_bytes!("../graphiql/served/graphiql.js.gz"),
    ),
    (
        "graphiql.css",
        "text/css; charset=utf-8",
        include_bytes!("../graphiql/served/graphiql.css.gz"),
    ),
    (
        "codicon.ttf",
        "font/ttf",
        include_bytes!("../graphiql/served/codicon.ttf.gz"),
    ),
    (
        "editor.worker.js",
        SCRIPT,
        include_bytes!("../graphiql/served/editor.worker.js.gz"),
    ),
    (
        "graphql.worker.js",
        SCRIPT,
        include_bytes!("../graphiql/served/graphql.worker.js.gz"),
    ),
    (
        "json.worker.js",
        SCRIPT,
        include_bytes!("../graphiql/served/json.worker.js.gz"),
    ),
    (
        "licences.txt",
        "text/plain; charset=utf-8",
        include_bytes!("../graphiql/served/licences.txt.gz"),
    ),
];
const SCRIPT: &str = "text/javascript; charset=utf-8";

/// A name for what is served: another one whenever it is another, so that browsers may keep it for long.
static VERSION: LazyLock<String> = LazyLock::new(|| {
    let mut hasher = DefaultHasher::new();
    FILES.hash(&mut hasher);
    format!("{:x}", hasher.finish())
});

/// The page, and what it is made of.
pub fn routes() -> Route {
    Route::new()
        .at("/", get(page))
        .at("/:version/:file", get(file))
}

#[handler]
fn page() -> Response {
    let version = VERSION.as_str();
    let html = format!(
        "<!DOCTYPE html>
<html lang=\"en\">
<head>
<meta charset=\"utf-8\">
<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">
<title>GraphiQL – Rinnalla</title>
<link rel=\"icon\" href=\"/favicon.svg\" type=\"image/svg+xml\">
<link rel=\"stylesheet\" href=\"/graphiql/{version}/graphiql.css\">
<link rel=\"license\" href=\"/graphiql/{version}/licences.txt\">
<script type=\"module\" src=\"/graphiql/{version}/graphiql.js\"></script>
<style>html, body, #graphiql {{ height: 100%; margin: 0; }}</style>
</head>
<body><div id=\"graphiql\"></div><noscript>GraphiQL needs scripts.</noscript></body>
</html>
"
    );
    Response::builder()
        .content_type("text/html; charset=utf-8")
        .header(header::CONTENT_SECURITY_POLICY, POLICY)
        .header(header::CACHE_CONTROL, "no-store")
        .header(header::REFERRER_POLICY, "no-referrer")
        .header(header::X_FRAME_OPTIONS, "DENY")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .body(html)
}

#[handler]
fn file(request: &Request) -> Response {
    let name = request.raw_path_param("file").unwrap_or_default();
    let Some((_, kind, packed)) = FILES.into_iter().find(|(it, _, _)| *it == name) else {
        return StatusCode::NOT_FOUND.into_response();
    };
    Response::builder()
        .content_type(kind)
        .header(header::CONTENT_ENCODING, "gzip")
        .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
        .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
        .header(
            HeaderName::from_static("cross-origin-resource-policy"),
            "same-origin",
        )
        .body(packed)
}
