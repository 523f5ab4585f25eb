//! How each setting is read from its text; what cannot be read is told in a sentence without the text.

use std::net::SocketAddr;
use std::time::Duration;

use chrono::{DateTime, NaiveDateTime, Utc};
use rinnalla_domain::calendar;

use super::DatabaseUrl;

pub(super) fn database(text: &str) -> Result<DatabaseUrl, String> {
    if let Some(path) = text.strip_prefix("sqlite:") {
        let path = path.trim_start_matches("//");
        if path.is_empty() || path.contains(":memory:") || path.contains('?') {
            return Err("expected a file after sqlite:, as sqlite:data/rinnalla.sqlite".into());
        }
        return Ok(DatabaseUrl::Sqlite(path.into()));
    }
    let server = ["postgres://", "postgresql://"]
        .iter()
        .find_map(|scheme| text.strip_prefix(scheme));
    match server {
        Some(rest) if !rest.is_empty() => Ok(DatabaseUrl::Postgres(text.to_owned())),
        _ => Err("expected sqlite:PATH or postgres://USER@HOST/NAME".into()),
    }
}

pub(super) fn door(text: &str, example: SocketAddr) -> Result<SocketAddr, String> {
    text.parse()
        .map_err(|_| format!("expected an address and a port, as {example}"))
}

pub(super) fn web_address(text: &str) -> Result<String, String> {
    let fault = || "expected a web address, as https://rinnalla.example.org".to_owned();
    let trimmed = text.trim_end_matches('/');
    let rest = ["https://", "http://"]
        .iter()
        .find_map(|scheme| trimmed.strip_prefix(scheme))
        .ok_or_else(fault)?;
    let odd = |c: char| c.is_whitespace() || c.is_control() || "?#@\"<>\\".contains(c);
    if rest.is_empty() || rest.starts_with('/') || rest.contains(odd) {
        return Err(fault());
    }
    Ok(trimmed.to_owned())
}

pub(super) fn origins(text: &str) -> Result<Vec<String>, String> {
    let one = |origin: &str| {
        let origin = web_address(origin.trim())?;
        let host = origin.split_once("//").map_or("", |(_, host)| host);
        if host.contains('/') {
            return Err(format!(
                "{origin:?} has a path; an origin is a scheme, a host and a port"
            ));
        }
        Ok(origin)
    };
    text.split(',').map(one).collect()
}

pub(super) fn yes_or_no(text: &str) -> Result<bool, String> {
    match text.to_lowercase().as_str() {
        "true" | "yes" | "1" | "on" => Ok(true),
        "false" | "no" | "0" | "off" => Ok(false),
        _ => Err("expected true or false".into()),
    }
}

/// Reads `30s`, `5m`, `2h`, `250ms` or plain seconds.
pub(super) fn duration(text: &str) -> Option<Duration> {
    let digits = text
        .find(|c: char| !c.is_ascii_digit())
        .unwrap_or(text.len());
    let (number, unit) = text.split_at(digits);
    let number: u64 = number.parse().ok()?;
    let milliseconds = match unit.trim() {
        "ms" => 1,
        "" | "s" => 1_000,
        "m" => 60_000,
        "h" => 3_600_000,
        _ => return None,
    };
    number.checked_mul(milliseconds).map(Duration::from_millis)
}

pub(super) fn at_least(text: &str, least: Duration) -> Result<Duration, String> {
    let most = Duration::from_secs(24 * 3600);
    duration(text)
        .filter(|time| (least..=most).contains(time))
        .ok_or_else(|| format!("expected a time from {least:?} to 24h, as 30s or 5m"))
}

/// Reads a time of Helsinki's clocks, as `2026-11-20T10:00`.
pub fn helsinki_time(text: &str) -> Result<DateTime<Utc>, String> {
    ["%Y-%m-%dT%H:%M", "%Y-%m-%dT%H:%M:%S"]
        .iter()
        .find_map(|form| NaiveDateTime::parse_from_str(text, form).ok())
        .map(|local| calendar::helsinki_instant(local.date(), local.time()))
        .ok_or_else(|| "expected a time in Helsinki, as 2026-11-20T10:00".into())
}
