//! How often one network address may send something without being signed in.
//!
//! Addresses are kept in this process's memory alone, never beside what was sent: it stays nobody's.

use std::net::{IpAddr, Ipv6Addr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use governor::{DefaultKeyedRateLimiter, Quota};

/// How much may be sent at once: an evening's wishes from the tablet of a drop-in place. Our own choice.
const AT_ONCE: NonZeroU32 = NonZeroU32::new(20).unwrap();

/// After which time one more may be.
const ONE_MORE_AFTER: Duration = Duration::from_secs(30);

/// How many addresses are kept before those that have been silent for long enough are forgotten.
const MOST_KEPT: usize = 10_000;

/// Who has sent how much lately.
#[derive(Clone)]
pub struct Senders(Arc<DefaultKeyedRateLimiter<IpAddr>>);

impl Default for Senders {
    fn default() -> Self {
        let quota = Quota::with_period(ONE_MORE_AFTER)
            .unwrap_or_else(|| Quota::per_minute(NonZeroU32::MIN))
            .allow_burst(AT_ONCE);
        Self(Arc::new(DefaultKeyedRateLimiter::keyed(quota)))
    }
}

impl Senders {
    /// Whether this address may send one more now. The program itself, which has no address, may.
    pub(crate) fn may_send(&self, from: Option<IpAddr>) -> bool {
        let Some(from) = from else { return true };
        if self.0.len() > MOST_KEPT {
            self.0.retain_recent();
        }
        self.0.check_key(&network(from)).is_ok()
    }
}

/// One subscriber holds a whole /64 of IPv6.
fn network(address: IpAddr) -> IpAddr {
    match address.to_canonical() {
        IpAddr::V6(v6) => Ipv6Addr::from_bits(v6.to_bits() >> 64 << 64).into(),
        v4 => v4,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_address_has_its_own_measure() {
        let senders = Senders::default();
        let of = |text: &str| Some(text.parse().unwrap());
        for _ in 0..AT_ONCE.get() {
            assert!(senders.may_send(of("192.0.2.1")));
            assert!(senders.may_send(of("2001:db8::1")));
        }
        assert!(!senders.may_send(of("192.0.2.1")));
        assert!(!senders.may_send(of("::ffff:192.0.2.1")));
        assert!(!senders.may_send(of("2001:db8::2")), "the same network");
        assert!(senders.may_send(of("2001:db8:0:1::1")));
        assert!(senders.may_send(of("192.0.2.2")));
        assert!(senders.may_send(None));
    }
}
