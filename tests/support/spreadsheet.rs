//! LibreOffice, as people open files with it and save them again.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::machine::{has, left_out};

/// Text between commas, in UTF-8, from the first line on.
const CSV: &str = "--infilter=Text - txt - csv (StarCalc):44,34,76,1";

/// Whether there is one; says what is left out where there is none.
#[track_caller]
pub fn is_there() -> bool {
    let is_there = has("soffice");
    if !is_there {
        left_out(
            "no export in a spreadsheet: LibreOffice is not installed (Debian: libreoffice-calc-nogui)",
        );
    }
    is_there
}

/// Has files saved in another form, all in one go; the folder that they are in, under their names with another ending.
pub fn saved_as(form: &str, files: &[PathBuf], into: &Path) -> PathBuf {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        into.join("profile").display()
    );
    let folder = into.join(form);
    let is_text = files
        .iter()
        .all(|file| file.extension().is_some_and(|it| it == "csv"));
    let done = Command::new("soffice")
        .arg(profile)
        .args(is_text.then_some(CSV))
        .args(["--headless", "--convert-to", form, "--outdir"])
        .arg(&folder)
        .args(files)
        .env("HOME", into)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && folder.is_dir(), "{form}: {said}");
    folder
}
