//! How long a sign-in link and a session are good, how often one may ask, and what is kept of a browser.

use std::time::Duration;

use chrono::TimeDelta;

/// A link in a mail is good for a quarter of an hour: time enough for a slow mail server, and little for whoever finds
/// the mail later. Our own choice.
pub const LINK_GOOD_FOR: TimeDelta = TimeDelta::minutes(15);

/// A session that is not used for two hours ends: a phone or a shared computer that was left behind shows nothing after
/// lunch. Our own choice.
pub const IDLE_AT_MOST: TimeDelta = TimeDelta::hours(2);

/// A session ends after twelve hours, however much it is used: one sign-in a working day. Our own choice.
pub const GOOD_FOR_AT_MOST: TimeDelta = TimeDelta::hours(12);

/// That a session is in use is written down at most this often, so that looking at a page is not a write.
pub const SEEN_EVERY: TimeDelta = TimeDelta::minutes(5);

/// Links for one mail address in a minute, used ones left out: more is somebody else's game with a mailbox. Our own
/// choice, as are the two below.
pub const ACCOUNT_A_MINUTE: i64 = 3;
/// Links for one mail address in an hour.
pub const ACCOUNT_AN_HOUR: i64 = 10;
/// Links for one network address in a minute: an office shares one.
pub const ADDRESS_A_MINUTE: i64 = 20;

/// The longest path that a sign-in may lead to.
pub const LEADS_TO_CHARS: usize = 120;

/// What was asked for lately.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Tries {
    /// For this mail address, in the last minute.
    pub account_minute: i64,
    /// For this mail address, in the last hour.
    pub account_hour: i64,
    /// From this network address, in the last minute.
    pub address_minute: i64,
}

/// How long to wait before asking again; none where one may ask now.
pub fn wait(tries: Tries) -> Option<Duration> {
    if tries.account_hour >= ACCOUNT_AN_HOUR {
        Some(Duration::from_secs(15 * 60))
    } else if tries.account_minute >= ACCOUNT_A_MINUTE || tries.address_minute >= ADDRESS_A_MINUTE {
        Some(Duration::from_secs(60))
    } else {
        None
    }
}

/// Where a sign-in, or the choice of a language, leads: a path of our own pages with what was chosen there, else the front
/// page. Never another site.
pub fn leads_to(wished: &str) -> &str {
    let is_plain =
        |more: &'static str| move |c: char| c.is_ascii_alphanumeric() || more.contains(c);
    let (path, chosen) = wished.split_once('?').unwrap_or((wished, ""));
    let is_own = path.starts_with('/') && !path.starts_with("//");
    let is_plain = path.chars().all(is_plain("/-_")) && chosen.chars().all(is_plain("-_=&%,."));
    if is_own && is_plain && wished.len() <= LEADS_TO_CHARS {
        wished
    } else {
        "/"
    }
}

/// What is kept of a browser: its family and the system, as `Firefox, Android`; nothing where neither is known. The
/// first of the marks that fits counts, since browsers name each other.
pub fn label_of(user_agent: &str) -> String {
    const BROWSERS: [(&str, &str); 7] = [
        ("Edg", "Edge"),
        ("OPR/", "Opera"),
        ("SamsungBrowser/", "Samsung Internet"),
        ("Firefox/", "Firefox"),
        ("FxiOS/", "Firefox"),
        ("Chrome/", "Chrome"),
        ("Safari/", "Safari"),
    ];
    const SYSTEMS: [(&str, &str); 7] = [
        ("Android", "Android"),
        ("iPhone", "iPhone"),
        ("iPad", "iPad"),
        ("Windows", "Windows"),
        ("CrOS", "ChromeOS"),
        ("Mac OS X", "macOS"),
        ("Linux", "Linux"),
    ];
    let first = |marks: &[(&str, &'static str)]| {
        let found = marks.iter().find(|(mark, _)| user_agent.contains(mark));
        found.map(|(_, name)| *name)
    };
    let parts: Vec<&str> = [first(&BROWSERS), first(&SYSTEMS)]
        .into_iter()
        .flatten()
        .collect();
    parts.join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_sign_in_leads_to_our_own_pages_alone() {
        for own in [
            "/r/EgGZ_a-b",
            "/figures/visits?period=2025&by=AREA%2CQUARTER",
        ] {
            assert_eq!(leads_to(own), own);
        }
        for foreign in [
            "",
            "r",
            "//example.org",
            "/\\example.org",
            "https://example.org",
            "/a?b?c",
            "/a?b=<",
            "?b=c",
            "/a\r\nb",
            &format!("/{}", "a".repeat(120)),
        ] {
            assert_eq!(leads_to(foreign), "/", "{foreign:?}");
        }
    }

    #[test]
    fn a_browser_is_known_by_its_family_and_system_alone() {
        let label = |text: &str| label_of(text);
        assert_eq!(
            label(
                "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/140.0.0.0 Safari/537.36 Edg/140.0.0.0"
            ),
            "Edge, Windows"
        );
        assert_eq!(
            label(
                "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) AppleWebKit/605.1.15 Version/18.0 Mobile/15E148 Safari/604.1"
            ),
            "Safari, iPhone"
        );
        assert_eq!(
            label("Mozilla/5.0 (Android 15; Mobile; rv:143.0) Gecko/143.0 Firefox/143.0"),
            "Firefox, Android"
        );
        assert_eq!(label("curl/8.0"), "");
    }

    #[test]
    fn whoever_asks_too_often_waits() {
        assert_eq!(wait(Tries::default()), None);
        let minute = Some(Duration::from_secs(60));
        let asked = |account_minute, account_hour, address_minute| {
            wait(Tries {
                account_minute,
                account_hour,
                address_minute,
            })
        };
        assert_eq!(asked(2, 9, 19), None);
        assert_eq!(asked(3, 3, 0), minute);
        assert_eq!(asked(0, 0, 20), minute);
        assert_eq!(asked(0, 10, 0), Some(Duration::from_secs(900)));
    }
}
