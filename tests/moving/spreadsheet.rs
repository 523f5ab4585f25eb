//! What an export becomes in somebody's spreadsheet: opened and saved by LibreOffice, as XLSX and by way of ODS, and
//! moved in again, it changes nothing.

use super::*;
use crate::support::spreadsheet::{is_there, saved_as};

on_both! {
    async fn what_a_spreadsheet_has_saved_again_changes_nothing(app: App) {
        if !is_there() {
            return;
        }
        let circle = app.circle("Kainuu").await;
        moved(&app, &circle, &small("Kainuu")).await;
        let book = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        let rows: usize = book.pages.iter().map(|page| page.rows.len() - 1).sum();
        assert!(rows >= 8, "{rows} rows are too few to be looked at");
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("register.xlsx");
        moving::save(&book, &file).unwrap();

        let again = saved_as("xlsx", std::slice::from_ref(&file), folder.path()).join("register.xlsx");
        let ods = saved_as("ods", std::slice::from_ref(&file), folder.path()).join("register.ods");
        assert_eq!(moving::open(&ods).unwrap_err().code, "OLD_FORMAT", "it is told to save it as XLSX");
        let by_ods = folder.path().join("by-ods");
        let by_ods = saved_as("xlsx", std::slice::from_ref(&ods), &by_ods).join("register.xlsx");
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
