//! The mail server's address, checked before anything is sent: a password never crosses a wire in clear text.

use std::fmt;

/// Where mail is handed over, and how. Prints nothing of the credentials.
#[derive(Clone, PartialEq, Eq)]
pub struct MailServer {
    /// As it was written, checked.
    pub url: String,
    /// Whether it is on this machine, where mail may be handed over without TLS.
    pub is_loopback: bool,
}

impl fmt::Debug for MailServer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("MailServer")
    }
}

/// Reads `smtps://…` (TLS from the first byte) or `smtp://…` (STARTTLS, required unless on this machine).
pub fn parse(text: &str) -> Result<MailServer, String> {
    let fault =
        || "expected smtps://HOST or smtp://HOST, with USER:PASSWORD@ where needed".to_owned();
    let rest = ["smtps://", "smtp://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme))
        .ok_or_else(fault)?;
    let (credentials, place) = match rest.rsplit_once('@') {
        Some((credentials, place)) => (Some(credentials), place),
        None => (None, rest),
    };
    if credentials.is_some_and(|it| !it.contains(':')) {
        return Err("a user without a password; expected USER:PASSWORD@HOST".into());
    }
    let place = place.split_once('?').map_or(place, |(place, _)| place);
    let place = place.trim_end_matches('/');
    let (host, port) = match place.strip_prefix('[').and_then(|it| it.split_once(']')) {
        Some((host, port)) => (host, port.strip_prefix(':')),
        None => match place.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (place, None),
        },
    };
    let odd = |c: char| c.is_whitespace() || c.is_control() || "/#\"<>\\".contains(c);
    if host.is_empty() || host.contains(odd) {
        return Err(fault());
    }
    if port.is_some_and(|port| port.parse::<u16>().map_or(true, |port| port == 0)) {
        return Err("expected a port from 1 to 65535 after the host".into());
    }
    Ok(MailServer {
        url: text.to_owned(),
        is_loopback: matches!(host, "localhost" | "127.0.0.1" | "::1"),
    })
}
