//! The stylesheets, of the pages and of the sheets that are printed, and the icon, served from the program itself.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use poem::endpoint::BoxEndpoint;
use poem::http::header;
use poem::{EndpointExt as _, Response};

const SHEET: &str = include_str!("style.css");
const PAPER: &str = include_str!("paper.css");
const ICON: &str = include_str!("icon.svg");

/// The address of the pages' stylesheet: another one whenever it is another, so that browsers may keep it for long.
pub fn address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("/style.css", SHEET));
    &ADDRESS
}

/// The address of the stylesheet of what is printed.
pub fn paper_address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| versioned("/paper.css", PAPER));
    &ADDRESS
}

fn versioned(path: &str, text: &str) -> String {
    let mut hasher = DefaultHasher::new();
    text.hash(&mut hasher);
    format!("{path}?v={:x}", hasher.finish())
}

/// Serves the sheet.
pub fn sheet() -> BoxEndpoint<'static> {
    file("text/css; charset=utf-8", SHEET)
}

/// Serves the stylesheet of what is printed.
pub fn paper() -> BoxEndpoint<'static> {
    file("text/css; charset=utf-8", PAPER)
}

/// Serves the icon.
pub fn icon() -> BoxEndpoint<'static> {
    file("image/svg+xml", ICON)
}

fn file(kind: &'static str, text: &'static str) -> BoxEndpoint<'static> {
    poem::endpoint::make_sync(move |_| {
        Response::builder()
            .content_type(kind)
            .header(header::CACHE_CONTROL, "public, max-age=31536000, immutable")
            .header(header::X_CONTENT_TYPE_OPTIONS, "nosniff")
            .header("cross-origin-resource-policy", "same-origin")
            .body(text)
    })
    .boxed()
}
