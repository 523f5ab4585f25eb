//! The link: asked for, looked at, used.

use std::net::IpAddr;
use std::time::Duration;

use rinnalla_entity::ids::{Id as _, SignInLinkId};

use super::queries::{self, NewLink};
use super::rules;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::lookup::{LookupField, lookup};
use crate::people;
use crate::text::{self, TextFault};
use crate::tokens::AccessToken;

/// Somebody who wants to sign in.
pub struct Ask<'a> {
    /// The mail address, as it was typed.
    pub email: &'a str,
    /// The secret of the browser that asks; the link is good in it alone.
    pub browser: &'a AccessToken,
    /// The network address that the question came from.
    pub address: Option<IpAddr>,
    /// The page that the sign-in is wanted for.
    pub leads_to: &'a str,
}

/// What became of the question.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asked {
    /// If the register knows the address, a mail is on its way. Whoever asked is told no more.
    Noted,
    /// Too many questions for this address, or from this place.
    TooMany {
        /// How long to wait.
        retry_after: Duration,
    },
}

/// How a link stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// It can be used.
    Good,
    /// It is unknown, was used, or is too old.
    NoLonger,
}

/// What became of using a link.
pub enum SignedIn {
    /// Signed in: the session's secret, for the browser alone, and the page to go to.
    Now {
        /// The session's secret.
        session: AccessToken,
        /// A path of our own.
        leads_to: String,
    },
    /// The link is good, and not in this browser.
    OtherBrowser,
    /// It is unknown, was used, or is too old.
    NoLonger,
}

/// Notes that somebody wants a link. The same statements run, and the same is answered, whether the register knows the
/// address or not.
///
/// Errors: `Invalid` (`email`).
pub async fn ask(ctx: &Ctx, ask: &Ask<'_>) -> Result<Asked> {
    let email = text::clean_email(ask.email)
        .map_err(TextFault::code)
        .map_err(|code| Error::invalid("email", code))?;
    let account = lookup(&ctx.keys, LookupField::Email, &email);
    let address = ctx.keys.lookup_mac("network address", &place(ask.address));
    let tries = queries::tries(ctx.store.reader(), &account, &address, ctx.now).await?;
    if let Some(retry_after) = rules::wait(tries) {
        return Ok(Asked::TooMany { retry_after });
    }
    let person = people::with_email(ctx.store.reader(), &ctx.keys, &email).await?;
    let id = SignInLinkId::random();
    let version = ctx.keys.current_version();
    let link = NewLink {
        id,
        person,
        account,
        address,
        browser: ask.browser.hash(),
        token: secret(&ctx.keys, version, id)?.hash(),
        key_version: i32::try_from(version)
            .map_err(|_| Error::internal("the key version is out of range"))?,
        leads_to: rules::leads_to(ask.leads_to).to_owned(),
        created_at: ctx.now,
        expires_at: ctx.now + rules::LINK_GOOD_FOR,
    };
    queries::insert(ctx.store.writer(), link).await?;
    Ok(Asked::Noted)
}

/// Looks at a link without using it: mail programs and their scanners open links, too.
pub async fn look_at(ctx: &Ctx, token: &AccessToken) -> Result<Link> {
    Ok(
        match queries::find(ctx.store.reader(), token, ctx.now).await? {
            Some(_) => Link::Good,
            None => Link::NoLonger,
        },
    )
}

/// Uses a link in the browser that asked for it, and opens a session.
pub async fn sign_in(
    register: &Register,
    token: &AccessToken,
    browser: Option<&AccessToken>,
    user_agent: &str,
) -> Result<SignedIn> {
    let now = register.clock.now();
    let tx = register.store.begin_write().await?;
    let Some(link) = queries::find(&tx, token, now).await? else {
        return Ok(SignedIn::NoLonger);
    };
    if browser.is_none_or(|browser| browser.hash().as_bytes()[..] != link.browser_hash[..]) {
        return Ok(SignedIn::OtherBrowser);
    }
    // Two at once: the second finds it used.
    if queries::mark_used(&tx, link.id, now).await? == 0 {
        return Ok(SignedIn::NoLonger);
    }
    let session = AccessToken::random();
    let label = rules::label_of(user_agent);
    let end = now + rules::GOOD_FOR_AT_MOST;
    queries::begin(&tx, link.person_id, &session, &label, now, end).await?;
    tx.commit().await.map_err(|_| Error::Unavailable)?;
    Ok(SignedIn::Now {
        session,
        leads_to: link.leads_to,
    })
}

fn secret(keys: &Keys, version: u32, id: SignInLinkId) -> Result<AccessToken> {
    let mac = keys.sign_in_mac(version, id.uuid().as_bytes());
    let mac = mac.map_err(|fault| Error::Internal(Box::new(fault)))?;
    Ok(AccessToken::of_bytes(&mac))
}

/// Where a question came from: of IPv6 the network, since one house has as many addresses as it likes.
fn place(address: Option<IpAddr>) -> String {
    match address {
        Some(IpAddr::V6(v6)) => match v6.to_ipv4_mapped() {
            Some(v4) => v4.to_string(),
            None => format!("{:x?}", &v6.segments()[..4]),
        },
        Some(v4) => v4.to_string(),
        None => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_house_with_many_addresses_is_one_place() {
        let of = |text: &str| place(Some(text.parse().unwrap()));
        assert_eq!(of("2001:db8:1:2::1"), of("2001:db8:1:2:ffff::9"));
        assert_ne!(of("2001:db8:1:2::1"), of("2001:db8:1:3::1"));
        assert_eq!(of("::ffff:192.0.2.1"), of("192.0.2.1"));
    }

    #[test]
    fn a_link_s_secret_is_made_again_from_its_row_and_the_key() {
        let keys = Keys::generate().unwrap();
        let (one, other) = (SignInLinkId::random(), SignInLinkId::random());
        let of = |id| secret(&keys, 1, id).unwrap();
        assert_eq!(of(one).hash(), of(one).hash());
        assert_ne!(of(one).hash(), of(other).hash());
        assert_ne!(
            of(one).hash(),
            secret(&Keys::generate().unwrap(), 1, one).unwrap().hash()
        );
    }
}
