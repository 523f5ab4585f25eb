//! Names, addresses and phone numbers are sealed: whoever copies the database reads none of them.
//!
//! Each person has a data key of their own, kept in their row, wrapped by the current root key; destroying
//! it erases the person. A sealed value is bound to its cell, so that it opens in no other row, column or
//! table.
//!
//! The bytes: format (1) ‖ key version (4, big-endian) ‖ nonce (24) ‖ ciphertext ‖ tag (16). A data key's
//! version is that of the root key; a text's is the generation of the person's data key. Rotating the root
//! key therefore wraps data keys anew and leaves texts alone.

use std::fmt;

use chacha20poly1305::aead::KeyInit as _;
use chacha20poly1305::{AeadInOut as _, Key, Tag, XChaCha20Poly1305, XNonce};
use uuid::Uuid;
use zeroize::{Zeroize as _, Zeroizing};

use crate::keys::{KEY_LENGTH, KeyBytes, Keys, UnknownKeyVersion};
use crate::personal::Personal;

const FORMAT_DATA_KEY: u8 = 1;
const FORMAT_TEXT: u8 = 2;

const VERSION_END: usize = 5;
const NONCE_LENGTH: usize = 24;
const HEAD_LENGTH: usize = VERSION_END + NONCE_LENGTH;
const TAG_LENGTH: usize = 16;

/// Texts are padded to multiples of this many bytes, so that a name's length tells nothing of the name.
pub const TEXT_BLOCK: usize = 32;

/// Ends a text; zeros follow up to the end of its block.
const TEXT_END: u8 = 0x80;

/// Why a value was not sealed or opened. The reasons are for the log: to people it is all one.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum SealFault {
    /// Too short, of an unknown format, or not what was sealed.
    #[error("the sealed value is malformed")]
    Malformed,
    /// The key file lacks the version that wrapped the data key.
    #[error(transparent)]
    UnknownKeyVersion(#[from] UnknownKeyVersion),
    /// The text was sealed with another generation of the person's data key.
    #[error("the text was sealed with data key generation {0}")]
    OtherGeneration(u32),
    /// Another key, another cell, or changed bytes.
    #[error("the sealed value does not open here")]
    Refused,
    /// The value is too long for the cipher.
    #[error("the value is too long to seal")]
    TooLong,
}

/// Where a value lives. Sealed in one cell, it opens in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Cell {
    /// The table's name.
    pub table: &'static str,
    /// The column's name.
    pub column: &'static str,
    /// The row's primary key.
    pub row: Uuid,
}

/// A person's own key, which seals their texts. Destroying the wrapped copy erases them.
pub struct DataKey {
    generation: u32,
    bytes: KeyBytes,
    cipher: XChaCha20Poly1305,
}

impl DataKey {
    /// A random key of the first generation, for a new person.
    #[expect(
        clippy::new_without_default,
        reason = "no two keys are alike, so none is the default"
    )]
    #[must_use]
    pub fn new() -> Self {
        Self::random(1)
    }

    /// A random key of the next generation; the person's texts are sealed anew in the same transaction.
    #[must_use]
    pub fn renewed(&self) -> Self {
        Self::random(self.generation.wrapping_add(1))
    }

    /// The generation that texts sealed with this key carry.
    #[must_use]
    pub fn generation(&self) -> u32 {
        self.generation
    }

    fn random(generation: u32) -> Self {
        let mut bytes = Zeroizing::new([0; KEY_LENGTH]);
        rand::fill(bytes.as_mut_slice());
        Self::of(generation, bytes)
    }

    fn of(generation: u32, bytes: KeyBytes) -> Self {
        let cipher = XChaCha20Poly1305::new(<&Key>::from(&*bytes));
        Self {
            generation,
            bytes,
            cipher,
        }
    }
}

impl fmt::Debug for DataKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("DataKey")
    }
}

/// Wraps a person's data key with the current root key, for `people.data_key`.
///
/// # Errors
/// None in practice: [`SealFault::TooLong`] stands for the cipher's refusal.
pub fn seal_data_key(keys: &Keys, person: Uuid, key: &DataKey) -> Result<Vec<u8>, SealFault> {
    seal_data_key_at(keys, data_key_cell(person), key)
}

/// Wraps a data key that is kept in a cell of its own, for what is no person's: a sealed label.
///
/// # Errors
/// As [`seal_data_key`].
pub fn seal_data_key_at(keys: &Keys, at: Cell, key: &DataKey) -> Result<Vec<u8>, SealFault> {
    let version = keys.current_version();
    let mut plain = Zeroizing::new([0; 4 + KEY_LENGTH]);
    plain[..4].copy_from_slice(&key.generation.to_be_bytes());
    plain[4..].copy_from_slice(key.bytes.as_slice());
    seal(
        keys.wrapping(version)?,
        FORMAT_DATA_KEY,
        version,
        at,
        &[plain.as_slice()],
        0,
    )
}

/// Opens a person's data key, whichever root key wrapped it.
///
/// # Errors
/// [`SealFault::UnknownKeyVersion`] where the key file lacks the root key; [`SealFault::Refused`] where the
/// bytes are another person's or were changed.
pub fn open_data_key(keys: &Keys, person: Uuid, sealed: &[u8]) -> Result<DataKey, SealFault> {
    open_data_key_at(keys, data_key_cell(person), sealed)
}

/// Opens a data key that is kept in a cell of its own.
///
/// # Errors
/// As [`open_data_key`].
pub fn open_data_key_at(keys: &Keys, at: Cell, sealed: &[u8]) -> Result<DataKey, SealFault> {
    let version = version_of(FORMAT_DATA_KEY, sealed)?;
    let cipher = keys.wrapping(version)?;
    let plain = Zeroizing::new(open(cipher, at, sealed)?);
    let (generation, bytes) = plain.split_first_chunk().ok_or(SealFault::Malformed)?;
    let bytes: [u8; KEY_LENGTH] = bytes.try_into().map_err(|_| SealFault::Malformed)?;
    Ok(DataKey::of(
        u32::from_be_bytes(*generation),
        Zeroizing::new(bytes),
    ))
}

/// The same data key wrapped with the current root key, or `None` where it is already: a rotation calls
/// this row by row and may be stopped and taken up again anywhere.
///
/// # Errors
/// As [`open_data_key`].
pub fn rewrap_data_key(
    keys: &Keys,
    person: Uuid,
    sealed: &[u8],
) -> Result<Option<Vec<u8>>, SealFault> {
    rewrap_data_key_at(keys, data_key_cell(person), sealed)
}

/// The same for a data key that is kept in a cell of its own.
///
/// # Errors
/// As [`open_data_key`].
pub fn rewrap_data_key_at(
    keys: &Keys,
    at: Cell,
    sealed: &[u8],
) -> Result<Option<Vec<u8>>, SealFault> {
    if version_of(FORMAT_DATA_KEY, sealed)? == keys.current_version() {
        return Ok(None);
    }
    let key = open_data_key_at(keys, at, sealed)?;
    seal_data_key_at(keys, at, &key).map(Some)
}

/// Seals one text of a person for one cell.
///
/// # Errors
/// [`SealFault::TooLong`] beyond 256 GiB.
pub fn seal_text(key: &DataKey, at: Cell, text: &str) -> Result<Vec<u8>, SealFault> {
    let padding = TEXT_BLOCK - 1 - text.len() % TEXT_BLOCK;
    let parts = [text.as_bytes(), &[TEXT_END]];
    seal(
        &key.cipher,
        FORMAT_TEXT,
        key.generation,
        at,
        &parts,
        padding,
    )
}

/// Opens a text in the cell that it was sealed for.
///
/// # Errors
/// [`SealFault::OtherGeneration`] where another key of the person is needed; [`SealFault::Refused`] where the
/// bytes belong to another cell or person, or were changed.
pub fn open_text(key: &DataKey, at: Cell, sealed: &[u8]) -> Result<Personal<String>, SealFault> {
    let generation = version_of(FORMAT_TEXT, sealed)?;
    if generation != key.generation {
        return Err(SealFault::OtherGeneration(generation));
    }
    let mut plain = open(&key.cipher, at, sealed)?;
    let end = plain.iter().rposition(|&byte| byte != 0);
    let end = end.filter(|&end| plain[end] == TEXT_END);
    plain.truncate(end.unwrap_or(0));
    if end.is_none() {
        return Err(SealFault::Malformed);
    }
    String::from_utf8(plain)
        .map(Personal::from)
        .map_err(|fault| {
            fault.into_bytes().zeroize();
            SealFault::Malformed
        })
}

fn data_key_cell(person: Uuid) -> Cell {
    Cell {
        table: "people",
        column: "data_key",
        row: person,
    }
}

fn version_of(format: u8, sealed: &[u8]) -> Result<u32, SealFault> {
    match sealed.split_first() {
        Some((found, rest)) if *found == format => {
            let version = rest.first_chunk().ok_or(SealFault::Malformed)?;
            Ok(u32::from_be_bytes(*version))
        }
        _ => Err(SealFault::Malformed),
    }
}

/// Format, version, table, column and row; each name with its length in front, so that no two cells give
/// the same bytes.
fn associated_data(head: &[u8], at: Cell) -> Vec<u8> {
    let mut data = Vec::with_capacity(96);
    data.extend_from_slice(head);
    for name in [at.table, at.column] {
        data.extend_from_slice(&(name.len() as u64).to_be_bytes());
        data.extend_from_slice(name.as_bytes());
    }
    data.extend_from_slice(at.row.as_bytes());
    data
}

fn seal(
    cipher: &XChaCha20Poly1305,
    format: u8,
    version: u32,
    at: Cell,
    parts: &[&[u8]],
    padding: usize,
) -> Result<Vec<u8>, SealFault> {
    let length = parts.iter().map(|part| part.len()).sum::<usize>() + padding;
    // Room for everything at once: growing would leave copies of the text behind.
    let mut sealed = Vec::with_capacity(HEAD_LENGTH + length + TAG_LENGTH);
    sealed.push(format);
    sealed.extend_from_slice(&version.to_be_bytes());
    let data = associated_data(&sealed, at);
    let mut nonce = XNonce::default();
    rand::fill(nonce.as_mut_slice());
    sealed.extend_from_slice(&nonce);
    for part in parts {
        sealed.extend_from_slice(part);
    }
    sealed.resize(HEAD_LENGTH + length, 0);
    let tag = cipher
        .encrypt_inout_detached(&nonce, &data, (&mut sealed[HEAD_LENGTH..]).into())
        .map_err(|_| SealFault::TooLong)?;
    sealed.extend_from_slice(&tag);
    Ok(sealed)
}

fn open(cipher: &XChaCha20Poly1305, at: Cell, sealed: &[u8]) -> Result<Vec<u8>, SealFault> {
    let (head, rest) = sealed
        .split_first_chunk::<VERSION_END>()
        .ok_or(SealFault::Malformed)?;
    let (nonce, rest) = rest
        .split_first_chunk::<NONCE_LENGTH>()
        .ok_or(SealFault::Malformed)?;
    let (body, tag) = rest
        .split_last_chunk::<TAG_LENGTH>()
        .ok_or(SealFault::Malformed)?;
    let mut plain = body.to_vec();
    cipher
        .decrypt_inout_detached(
            <&XNonce>::from(nonce),
            &associated_data(head, at),
            plain.as_mut_slice().into(),
            <&Tag>::from(tag),
        )
        .map_err(|_| SealFault::Refused)?;
    Ok(plain)
}

#[cfg(test)]
#[path = "sealing_tests.rs"]
mod tests;
