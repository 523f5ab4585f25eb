//! The key file: one line a version, `1 <base64 of 32 bytes>`; `#` opens a comment.
//!
//! It stays outside the database and its backups: a copy of the database alone yields no name, and a lost
//! key file loses every name, so it needs a copy of its own in another safe place.

use std::fs::{File, OpenOptions};
use std::io::{self, Write as _};
use std::path::{Path, PathBuf};

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use zeroize::Zeroizing;

use crate::keys::{KEY_LENGTH, KeyBytes, Keys, random_root};

const HEADING: &str = "# Root keys of the register, one line a version; the highest is current.\n\
    # Without this file no name can be read: keep a copy elsewhere, never with a backup of the database.\n";

/// Why there are no keys. No variant holds anything of a key.
#[derive(Debug, thiserror::Error)]
pub enum KeyFault {
    /// There is no file at this path.
    #[error("the key file {} is missing", .0.display())]
    Missing(PathBuf),
    /// The file is there and cannot be read.
    #[error("the key file {} cannot be read", path.display())]
    Unreadable {
        /// Where the key file should be.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// A file is at this path already and is never overwritten.
    #[error("{} exists already and is left as it is", .0.display())]
    AlreadyThere(PathBuf),
    /// The file could not be written to the disk.
    #[error("the key file {} cannot be written", path.display())]
    Unwritable {
        /// Where the key file should go.
        path: PathBuf,
        /// What the operating system says.
        source: io::Error,
    },
    /// The file holds comments and empty lines only.
    #[error("the key file holds no key")]
    NoKeys,
    /// A line is not a version from 1 upwards, a space and base64.
    #[error("key file, line {line}: expected a version number, a space and a key in base64")]
    Malformed {
        /// Counted from 1.
        line: usize,
    },
    /// A key is not 32 bytes long.
    #[error("key file, line {line}: the key has {bytes} bytes, 32 are needed")]
    WrongLength {
        /// Counted from 1.
        line: usize,
        /// How many bytes the key has.
        bytes: usize,
    },
    /// A version, or the key of another version, stands there twice.
    #[error("key file, line {line}: this version or this key stands there already")]
    Repeated {
        /// Counted from 1.
        line: usize,
    },
    /// The operating system gives no random bytes.
    #[error("the operating system gives no random bytes")]
    NoRandomness,
    /// A sub-key could not be derived; cannot happen with keys of 32 bytes.
    #[error("a sub-key could not be derived")]
    Derivation,
}

/// Something about the key file that an administrator should put right; the keys work all the same.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum KeyFileWarning {
    /// Other users of the machine may read or change the file; its mode bits.
    OpenToOthers(u32),
}

impl std::fmt::Display for KeyFileWarning {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            Self::OpenToOthers(mode) => write!(
                f,
                "the key file is open to other users (mode {mode:03o}); 600 is enough"
            ),
        }
    }
}

impl Keys {
    /// The keys in the file at `path`, and a warning where others could read it.
    ///
    /// # Errors
    /// A [`KeyFault`] that names the path or the line.
    pub fn read(path: &Path) -> Result<(Self, Option<KeyFileWarning>), KeyFault> {
        let fault = |source: io::Error| match source.kind() {
            io::ErrorKind::NotFound => KeyFault::Missing(path.to_owned()),
            _ => KeyFault::Unreadable {
                path: path.to_owned(),
                source,
            },
        };
        let warning = open_to_others(path).map_err(fault)?;
        let text = Zeroizing::new(std::fs::read_to_string(path).map_err(fault)?);
        Ok((Self::parse(&text)?, warning))
    }

    /// Writes a new key file with version 1, readable by its owner alone, and returns its keys.
    ///
    /// # Errors
    /// [`KeyFault::AlreadyThere`] where anything is at `path`; else a [`KeyFault`] of writing.
    pub fn create_new(path: &Path) -> Result<Self, KeyFault> {
        let keys = Self::generate()?;
        write_new(path, &keys.to_text())?;
        sync_folder(path)?;
        Ok(keys)
    }

    /// Adds the next version to the key file and returns all keys: the first step of a rotation. The old
    /// file is replaced whole, so that a crash leaves either the old or the new one.
    ///
    /// # Errors
    /// A [`KeyFault`] of reading or writing; [`KeyFault::AlreadyThere`] names the unfinished copy of
    /// another rotation.
    pub fn add_version(path: &Path) -> Result<Self, KeyFault> {
        let (keys, _) = Self::read(path)?;
        // A link to the key file stays a link: the file itself is replaced.
        let path = &std::fs::canonicalize(path).map_err(|source| KeyFault::Unreadable {
            path: path.to_owned(),
            source,
        })?;
        let next = keys
            .current_version()
            .checked_add(1)
            .ok_or(KeyFault::Derivation)?;
        let mut roots: Vec<_> = keys.roots().map(|(n, root)| (n, root.clone())).collect();
        roots.push((next, random_root()?));
        let keys = Self::from_roots(roots)?;
        let mut copy = path.as_os_str().to_owned();
        copy.push(".new");
        let copy = PathBuf::from(copy);
        write_new(&copy, &keys.to_text())?;
        std::fs::rename(&copy, path).map_err(|source| KeyFault::Unwritable {
            path: path.to_owned(),
            source,
        })?;
        sync_folder(path)?;
        Ok(keys)
    }

    /// The keys in the text of a key file.
    ///
    /// # Errors
    /// A [`KeyFault`] that names the first line at fault.
    pub fn parse(text: &str) -> Result<Self, KeyFault> {
        let mut roots: Vec<(u32, KeyBytes)> = Vec::new();
        for (line, content) in (1..).zip(text.lines()) {
            let content = content.split('#').next().unwrap_or_default().trim();
            if content.is_empty() {
                continue;
            }
            let (version, root) = parse_line(line, content)?;
            if roots.iter().any(|(n, r)| *n == version || *r == root) {
                return Err(KeyFault::Repeated { line });
            }
            roots.push((version, root));
        }
        Self::from_roots(roots)
    }

    fn to_text(&self) -> Zeroizing<String> {
        let mut text = Zeroizing::new(String::with_capacity(4096));
        text.push_str(HEADING);
        for (version, root) in self.roots() {
            text.push_str(&version.to_string());
            text.push(' ');
            text.push_str(&Zeroizing::new(STANDARD.encode(root.as_slice())));
            text.push('\n');
        }
        text
    }
}

fn parse_line(line: usize, content: &str) -> Result<(u32, KeyBytes), KeyFault> {
    let malformed = || KeyFault::Malformed { line };
    let (version, key) = content
        .split_once(char::is_whitespace)
        .ok_or_else(malformed)?;
    let version = version.parse().map_err(|_| malformed())?;
    if version == 0 {
        return Err(malformed());
    }
    let key = STANDARD.decode(key.trim_start()).map_err(|_| malformed())?;
    let key = Zeroizing::new(key);
    let root: [u8; KEY_LENGTH] = key
        .as_slice()
        .try_into()
        .map_err(|_| KeyFault::WrongLength {
            line,
            bytes: key.len(),
        })?;
    Ok((version, Zeroizing::new(root)))
}

fn write_new(path: &Path, text: &str) -> Result<(), KeyFault> {
    let fault = |source: io::Error| match source.kind() {
        io::ErrorKind::AlreadyExists => KeyFault::AlreadyThere(path.to_owned()),
        _ => KeyFault::Unwritable {
            path: path.to_owned(),
            source,
        },
    };
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path).map_err(fault)?;
    let written = file
        .write_all(text.as_bytes())
        .and_then(|()| file.sync_all());
    if written.is_err() {
        // Half a key file would be mistaken for a whole one; the fault below is the one to tell.
        let _ = std::fs::remove_file(path);
    }
    written.map_err(fault)
}

/// Makes the name of a new file as durable as its content.
fn sync_folder(path: &Path) -> Result<(), KeyFault> {
    let folder = match path.parent() {
        Some(folder) if !folder.as_os_str().is_empty() => folder,
        _ => Path::new("."),
    };
    File::open(folder)
        .and_then(|folder| folder.sync_all())
        .map_err(|source| KeyFault::Unwritable {
            path: path.to_owned(),
            source,
        })
}

fn open_to_others(path: &Path) -> io::Result<Option<KeyFileWarning>> {
    #[cfg(unix)]
    {
        use std::os::unix::fs::PermissionsExt as _;
        let mode = std::fs::metadata(path)?.permissions().mode() & 0o777;
        Ok((mode & 0o077 != 0).then_some(KeyFileWarning::OpenToOthers(mode)))
    }
    #[cfg(not(unix))]
    std::fs::metadata(path).map(|_| None)
}

#[cfg(test)]
#[path = "key_file_tests.rs"]
mod tests;
