//! What an export becomes in somebody's spreadsheet: opened and saved by LibreOffice, as XLSX and by way of ODS, and
//! moved in again, it changes nothing.

use std::path::{Path, PathBuf};
use std::process::Command;

use super::*;
use crate::support::machine::{has, left_out};

/// Has LibreOffice save a file in another form; the folder that it is in.
fn saved_as(form: &str, file: &Path, into: &Path) -> PathBuf {
    let profile = format!(
        "-env:UserInstallation=file://{}",
        into.join("profile").display()
    );
    let folder = into.join(form);
    let done = Command::new("soffice")
        .args([
            profile.as_str(),
            "--headless",
            "--convert-to",
            form,
            "--outdir",
        ])
        .args([folder.as_path(), file])
        .env("HOME", into)
        .output()
        .unwrap();
    let said = String::from_utf8_lossy(&done.stderr);
    assert!(done.status.success() && folder.is_dir(), "{form}: {said}");
    folder
}

on_both! {
    async fn what_a_spreadsheet_has_saved_again_changes_nothing(app: App) {
        if !has("soffice") {
            return left_out("no export in a spreadsheet: LibreOffice is not installed (Debian: libreoffice-calc-nogui)");
        }
        let circle = app.circle("Kainuu").await;
        moved(&app, &circle, &small("Kainuu")).await;
        let book = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let rows: usize = book.pages.iter().map(|page| page.rows.len() - 1).sum();
        assert!(rows >= 8, "{rows} rows are too few to be looked at");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.xlsx");
        moving::save(&book, &file).unwrap();

        let again = saved_as("xlsx", &file, folder.path()).join("register.xlsx");
        let ods = saved_as("ods", &file, folder.path()).join("register.ods");
        assert_eq!(moving::open(&ods).unwrap_err().code, "OLD_FORMAT", "it is told to save it as XLSX");
        let by_ods = folder.path().join("by-ods");
        let by_ods = saved_as("xlsx", &ods, &by_ods).join("register.xlsx");
        for path in [again, by_ods] {
            let opened = moving::open(&path).unwrap();
            let same = import(&app, &circle.kaisa, circle.association, &opened).await.unwrap();
            assert_eq!((said(&same.findings), sums(&same)), (Vec::new(), (0, 0, rows)), "{}", path.display());
        }
        // It can tell: one word that somebody typed over is a change.
        let mut other = moving::open(&file).unwrap();
        let name = other.pages[0].rows[0].cells.iter().position(|cell| *cell == Cell::Text("Nimi".to_owned())).unwrap();
        other.pages[0].rows[1].cells[name] = Cell::Text("Toinen Nimi".to_owned());
        let changed = import(&app, &circle.kaisa, circle.association, &other).await.unwrap();
        assert_eq!(sums(&changed), (0, 1, rows - 1));
    }
}
