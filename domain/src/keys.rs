//! The keys of the register, which live outside the database.
//!
//! Each version of the root key gives six sub-keys, derived with HKDF-SHA256 so that no key serves two
//! purposes: one wraps the data keys of people, one hashes look-up fields, one makes Message-IDs, one
//! vouches for the audit log, one makes sign-in links, one the addresses of calendar feeds. The highest version is current; the earlier ones still open what they sealed.

use std::fmt;

use chacha20poly1305::XChaCha20Poly1305;
use chacha20poly1305::aead::KeyInit as _;
use hkdf::Hkdf;
use hmac::{Hmac, Mac as _};
use rand::TryRng as _;
use rand::rngs::SysRng;
use sha2::Sha256;
use zeroize::Zeroizing;

use crate::key_file::KeyFault;

/// The length of a root key and of every sub-key, in bytes.
pub const KEY_LENGTH: usize = 32;

const FINGERPRINT_BYTES: usize = 8;

/// The bytes of a key, overwritten when dropped.
pub(crate) type KeyBytes = Zeroizing<[u8; KEY_LENGTH]>;

type HmacSha256 = Hmac<Sha256>;

/// A version of the root key that the key file does not hold.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("key version {0} is not in the key file")]
pub struct UnknownKeyVersion(pub u32);

/// The root keys of all versions with their sub-keys. Held once, shared by reference.
pub struct Keys {
    current: KeyVersion,
    /// Newest first.
    earlier: Vec<KeyVersion>,
}

struct KeyVersion {
    number: u32,
    root: KeyBytes,
    wrapping: XChaCha20Poly1305,
    lookup: HmacSha256,
    message_id: HmacSha256,
    audit: HmacSha256,
    sign_in: HmacSha256,
    feeds: HmacSha256,
    fingerprint: String,
}

impl Keys {
    /// A new root key of version 1 from the operating system, in memory only (tests, demos).
    ///
    /// # Errors
    /// [`KeyFault::NoRandomness`] where the operating system gives no random bytes.
    pub fn generate() -> Result<Self, KeyFault> {
        Self::from_roots(vec![(1, random_root()?)])
    }

    /// Keys of these root keys; the highest version becomes the current one.
    pub(crate) fn from_roots(mut roots: Vec<(u32, KeyBytes)>) -> Result<Self, KeyFault> {
        roots.sort_by_key(|(number, _)| std::cmp::Reverse(*number));
        let mut versions = roots
            .into_iter()
            .map(|(number, root)| KeyVersion::derive(number, root));
        let current = versions.next().ok_or(KeyFault::NoKeys)??;
        let earlier = versions.collect::<Result<_, _>>()?;
        Ok(Self { current, earlier })
    }

    /// The version that new seals are made with.
    #[must_use]
    pub fn current_version(&self) -> u32 {
        self.current.number
    }

    /// All versions, newest first.
    pub fn versions(&self) -> impl Iterator<Item = u32> {
        self.newest_first().map(|key| key.number)
    }

    /// A check value of one version, 16 hexadecimal digits, that tells nothing of the key. A database keeps
    /// it and refuses a key file whose value differs, before anything is sealed with the wrong key.
    ///
    /// # Errors
    /// [`UnknownKeyVersion`] where the key file lacks the version.
    pub fn fingerprint(&self, version: u32) -> Result<&str, UnknownKeyVersion> {
        Ok(&self.version(version)?.fingerprint)
    }

    /// HMAC-SHA256 of a mail's row for its Message-ID. The row keeps the version that it was planned with,
    /// so that a retry after a rotation still carries the same Message-ID.
    ///
    /// # Errors
    /// [`UnknownKeyVersion`] where the key file lacks the version.
    pub fn message_id_mac(&self, version: u32, row: &[u8]) -> Result<[u8; 32], UnknownKeyVersion> {
        Ok(mac(&self.version(version)?.message_id, &[row]))
    }

    /// HMAC-SHA256 that vouches for a link or the head of the audit log.
    ///
    /// # Errors
    /// [`UnknownKeyVersion`] where the key file lacks the version.
    pub fn audit_mac(&self, version: u32, entry: &[u8]) -> Result<[u8; 32], UnknownKeyVersion> {
        Ok(mac(&self.version(version)?.audit, &[entry]))
    }

    /// HMAC-SHA256 of a sign-in link's row: the link's secret. The API stores its hash, and the worker, which knows the
    /// row and the key, makes it again for the mail; so the secret stands nowhere in the database.
    ///
    /// # Errors
    /// [`UnknownKeyVersion`] where the key file lacks the version.
    pub(crate) fn sign_in_mac(
        &self,
        version: u32,
        link: &[u8],
    ) -> Result<[u8; 32], UnknownKeyVersion> {
        Ok(mac(&self.version(version)?.sign_in, &[link]))
    }

    /// HMAC-SHA256 of a calendar feed's row: the secret in its address, of which the database holds a hash alone.
    ///
    /// # Errors
    /// [`UnknownKeyVersion`] where the key file lacks the version.
    pub(crate) fn feed_mac(&self, version: u32, row: &[u8]) -> Result<[u8; 32], UnknownKeyVersion> {
        Ok(mac(&self.version(version)?.feeds, &[row]))
    }

    /// The keyed hash of a field's normal form under the current key.
    pub(crate) fn lookup_mac(&self, field: &str, text: &str) -> [u8; 32] {
        self.current.lookup_mac(field, text)
    }

    /// The keyed hash of a field's normal form under each version, newest first.
    pub(crate) fn lookup_macs(&self, field: &str, text: &str) -> Vec<[u8; 32]> {
        self.newest_first()
            .map(|key| key.lookup_mac(field, text))
            .collect()
    }

    /// The key that wraps people's data keys.
    pub(crate) fn wrapping(&self, version: u32) -> Result<&XChaCha20Poly1305, UnknownKeyVersion> {
        Ok(&self.version(version)?.wrapping)
    }

    /// The versions and root keys, oldest first, for writing the key file.
    pub(crate) fn roots(&self) -> impl Iterator<Item = (u32, &KeyBytes)> {
        let oldest_first = self.earlier.iter().rev();
        oldest_first
            .chain([&self.current])
            .map(|key| (key.number, &key.root))
    }

    fn newest_first(&self) -> impl Iterator<Item = &KeyVersion> {
        [&self.current].into_iter().chain(&self.earlier)
    }

    fn version(&self, number: u32) -> Result<&KeyVersion, UnknownKeyVersion> {
        self.newest_first()
            .find(|key| key.number == number)
            .ok_or(UnknownKeyVersion(number))
    }
}

impl fmt::Debug for Keys {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Keys(current version {})", self.current.number)
    }
}

impl KeyVersion {
    fn derive(number: u32, root: KeyBytes) -> Result<Self, KeyFault> {
        let hkdf = Hkdf::<Sha256>::new(Some(b"rinnalla"), root.as_slice());
        let keyed = |label| {
            let key: KeyBytes = expand(&hkdf, label)?;
            HmacSha256::new_from_slice(key.as_slice()).map_err(|_| KeyFault::Derivation)
        };
        let wrapping: KeyBytes = expand(&hkdf, "wrapping of data keys")?;
        let fingerprint: Zeroizing<[u8; FINGERPRINT_BYTES]> = expand(&hkdf, "fingerprint")?;
        Ok(Self {
            number,
            wrapping: XChaCha20Poly1305::new_from_slice(wrapping.as_slice())
                .map_err(|_| KeyFault::Derivation)?,
            lookup: keyed("look-up of unique fields")?,
            message_id: keyed("message-id of mails")?,
            audit: keyed("audit log")?,
            sign_in: keyed("sign-in links")?,
            feeds: keyed("calendar feeds")?,
            fingerprint: fingerprint.iter().map(|b| format!("{b:02x}")).collect(),
            root,
        })
    }

    fn lookup_mac(&self, field: &str, text: &str) -> [u8; 32] {
        // The length in front keeps field and text apart.
        let length = (field.len() as u64).to_be_bytes();
        mac(&self.lookup, &[&length, field.as_bytes(), text.as_bytes()])
    }
}

fn expand<const N: usize>(
    hkdf: &Hkdf<Sha256>,
    label: &str,
) -> Result<Zeroizing<[u8; N]>, KeyFault> {
    let mut key = Zeroizing::new([0; N]);
    hkdf.expand(label.as_bytes(), key.as_mut_slice())
        .map_err(|_| KeyFault::Derivation)?;
    Ok(key)
}

fn mac(keyed: &HmacSha256, parts: &[&[u8]]) -> [u8; 32] {
    let mut mac = keyed.clone();
    for part in parts {
        mac.update(part);
    }
    mac.finalize().into_bytes().into()
}

/// A new root key, straight from the operating system.
pub(crate) fn random_root() -> Result<KeyBytes, KeyFault> {
    let mut root = Zeroizing::new([0; KEY_LENGTH]);
    SysRng
        .try_fill_bytes(root.as_mut_slice())
        .map_err(|_| KeyFault::NoRandomness)?;
    Ok(root)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn keys(roots: &[(u32, u8)]) -> Keys {
        let roots = roots
            .iter()
            .map(|&(number, byte)| (number, Zeroizing::new([byte; KEY_LENGTH])));
        Keys::from_roots(roots.collect()).unwrap()
    }

    #[test]
    fn the_highest_version_is_current_and_the_earlier_ones_remain() {
        let keys = keys(&[(2, 7), (10, 8), (1, 9)]);
        assert_eq!(keys.current_version(), 10);
        assert_eq!(keys.versions().collect::<Vec<_>>(), [10, 2, 1]);
        assert_eq!(keys.fingerprint(3), Err(UnknownKeyVersion(3)));
    }

    #[test]
    fn no_key_serves_two_purposes() {
        let keys = keys(&[(1, 7)]);
        let lookup = mac(&keys.current.lookup, &[b"x"]);
        let message_id = keys.message_id_mac(1, b"x").unwrap();
        let audit = keys.audit_mac(1, b"x").unwrap();
        let sign_in = keys.sign_in_mac(1, b"x").unwrap();
        let feed = keys.feed_mac(1, b"x").unwrap();
        let root = mac(&HmacSha256::new_from_slice(&[7; 32]).unwrap(), &[b"x"]);
        let mut all = [lookup, message_id, audit, sign_in, feed, root].to_vec();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), 6);
    }

    #[test]
    fn derived_keys_stay_the_same_over_releases() {
        // Changing a label or the salt would lose every sealed text: these values are for ever.
        let keys = keys(&[(1, 7)]);
        // Worked out with another implementation of HKDF and HMAC.
        assert_eq!(keys.fingerprint(1), Ok("d0e84cb7179d1545"));
        let start = |mac: [u8; 32]| u32::from_be_bytes([mac[0], mac[1], mac[2], mac[3]]);
        assert_eq!(start(keys.message_id_mac(1, b"x").unwrap()), 0xb305_8195);
        assert_eq!(start(keys.audit_mac(1, b"x").unwrap()), 0xc0d6_d52c);
        assert_eq!(start(keys.lookup_mac("email", "a@b.test")), 0x5c7f_4bd0);
    }

    #[test]
    fn a_wrong_key_file_is_told_by_its_fingerprint() {
        let right = keys(&[(1, 7)]);
        let wrong = keys(&[(1, 8)]);
        assert_eq!(right.fingerprint(1).unwrap().len(), 16);
        assert_ne!(right.fingerprint(1), wrong.fingerprint(1));
    }

    #[test]
    fn a_message_id_survives_a_rotation() {
        let before = keys(&[(1, 7)]);
        let after = keys(&[(1, 7), (2, 8)]);
        assert_eq!(
            before.message_id_mac(1, b"row"),
            after.message_id_mac(1, b"row")
        );
        assert_ne!(
            after.message_id_mac(1, b"row"),
            after.message_id_mac(2, b"row")
        );
    }

    #[test]
    fn printing_the_keys_shows_a_version_only() {
        assert_eq!(
            format!("{:?}", keys(&[(1, 7), (2, 8)])),
            "Keys(current version 2)"
        );
    }

    #[test]
    fn two_generated_keys_differ() {
        let (one, other) = (Keys::generate().unwrap(), Keys::generate().unwrap());
        assert_ne!(one.fingerprint(1), other.fingerprint(1));
    }
}
