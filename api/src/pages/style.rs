//! The one stylesheet and the icon, served from the program itself.

use std::hash::{DefaultHasher, Hash as _, Hasher as _};
use std::sync::LazyLock;

use poem::endpoint::BoxEndpoint;
use poem::http::header;
use poem::{EndpointExt as _, Response};

const SHEET: &str = include_str!("style.css");
const ICON: &str = include_str!("icon.svg");

/// The sheet's address: another one whenever the sheet is another, so that browsers may keep it for long.
pub fn address() -> &'static str {
    static ADDRESS: LazyLock<String> = LazyLock::new(|| {
        let mut hasher = DefaultHasher::new();
        SHEET.hash(&mut hasher);
        format!("/style.css?v={:x}", hasher.finish())
    });
    &ADDRESS
}

/// Serves the sheet.
pub fn sheet() -> BoxEndpoint<'static> {
    file("text/css; charset=utf-8", SHEET)
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
