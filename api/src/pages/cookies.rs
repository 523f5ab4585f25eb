//! The three cookies: the session, the browser that asked for a link, and the language.
//!
//! All are `__Host-` cookies: sent to this host alone, over TLS alone (browsers take loopback as safe, too), and not by
//! any other page. `SameSite=Strict` holds for all of them; what a mail's link needs because of it is in
//! [`super::opening`].

use poem::http::{HeaderMap, HeaderValue, header};

/// The session's secret.
pub const SESSION: &str = "__Host-rinnalla";
/// The secret of a browser that asked for a link.
pub const BROWSER: &str = "__Host-rinnalla-browser";
/// The language that was chosen, where it is not the person's own.
pub const LANGUAGE: &str = "__Host-rinnalla-language";

/// The value of a cookie that came with a request.
pub fn read<'a>(headers: &'a HeaderMap, name: &str) -> Option<&'a str> {
    headers
        .get_all(header::COOKIE)
        .iter()
        .filter_map(|value| value.to_str().ok())
        .flat_map(|value| value.split(';'))
        .filter_map(|pair| pair.trim().split_once('='))
        .find(|(key, _)| *key == name)
        .map(|(_, value)| value)
}

/// A cookie that lasts until the browser is closed; when it ends otherwise is for the register to say.
pub fn set(name: &str, value: &str) -> HeaderValue {
    written(&format!("{name}={value}"))
}

/// Takes a cookie back.
pub fn clear(name: &str) -> HeaderValue {
    written(&format!("{name}=; Max-Age=0"))
}

fn written(start: &str) -> HeaderValue {
    let text = format!("{start}; Path=/; Secure; HttpOnly; SameSite=Strict");
    // Our own names, and values in base64url or two letters: always a header's text.
    HeaderValue::from_str(&text).unwrap_or_else(|_| HeaderValue::from_static(""))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cookie_is_found_by_its_whole_name() {
        let mut headers = HeaderMap::new();
        let sent = "__Host-rinnalla-browser=b; __Host-rinnalla=s;x=y";
        headers.insert(header::COOKIE, HeaderValue::from_static(sent));
        assert_eq!(read(&headers, SESSION), Some("s"));
        assert_eq!(read(&headers, BROWSER), Some("b"));
        assert_eq!(read(&headers, LANGUAGE), None);
    }

    #[test]
    fn a_cookie_is_for_this_host_and_its_own_pages_alone() {
        let set = set(SESSION, "rnl_x");
        assert_eq!(
            set,
            "__Host-rinnalla=rnl_x; Path=/; Secure; HttpOnly; SameSite=Strict"
        );
        assert!(clear(SESSION).to_str().unwrap().contains("Max-Age=0"));
    }
}
