//! Letters as files in a folder: for trying the register out, and for tests.

use std::fs::{self, File, OpenOptions};
use std::io::{self, Write};
use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicU64, Ordering};

use crate::delivery::{Code, Outcome};
use crate::message::Letter;

static NEXT: AtomicU64 = AtomicU64::new(0);

/// A folder of letters. A letter's file is named after its Message-ID, so sending it again replaces
/// it, and what stands under that name is always a whole letter.
#[derive(Clone, Debug)]
pub struct Files {
    folder: PathBuf,
}

impl Files {
    /// A folder; it is made when the first letter is written.
    pub fn new(folder: &Path) -> Self {
        Self {
            folder: folder.to_owned(),
        }
    }

    /// The file that a letter is written into.
    pub fn file_of(&self, letter: &Letter) -> PathBuf {
        self.folder.join(format!("{}.eml", letter.id.hex()))
    }

    /// Writes a letter; it is on the disk when this returns.
    pub async fn send(&self, letter: &Letter) -> Outcome {
        let (folder, letter) = (self.folder.clone(), letter.clone());
        match tokio::task::spawn_blocking(move || write(&folder, &letter)).await {
            Ok(Ok(())) => Outcome::Sent,
            Ok(Err(error)) => outcome_of(&error),
            Err(_) => Outcome::Retry(Code::Folder),
        }
    }
}

fn write(folder: &Path, letter: &Letter) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    let name = letter.id.hex();
    let turn = NEXT.fetch_add(1, Ordering::Relaxed);
    let unfinished = folder.join(format!(".{name}.{}.{turn}", std::process::id()));
    let written = write_whole(&unfinished, &letter.bytes)
        .and_then(|()| fs::rename(&unfinished, folder.join(format!("{name}.eml"))));
    if written.is_err() {
        // What could not be finished is of no use; that it could not be is what is told.
        let _ = fs::remove_file(&unfinished);
    }
    written?;
    File::open(folder)?.sync_all()
}

fn write_whole(path: &Path, bytes: &[u8]) -> io::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create_new(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    file.write_all(bytes)?;
    file.sync_all()
}

fn outcome_of(error: &io::Error) -> Outcome {
    use io::ErrorKind::{
        AlreadyExists, IsADirectory, NotADirectory, NotFound, PermissionDenied, ReadOnlyFilesystem,
    };
    tracing::warn!(kind = ?error.kind(), "a mail could not be written into the folder");
    match error.kind() {
        AlreadyExists | IsADirectory | NotADirectory | NotFound | PermissionDenied
        | ReadOnlyFilesystem => Outcome::ConfigurationTrouble(Code::Folder),
        _ => Outcome::Retry(Code::Folder),
    }
}
