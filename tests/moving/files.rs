//! Files of every kind: those that can be read, and what is said of those that cannot.

use std::io::{Cursor, Write as _};

use super::*;
use zip::write::SimpleFileOptions;

fn code(bytes: Vec<u8>) -> &'static str {
    moving::read(bytes).unwrap_err().code
}

fn zipped(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in parts {
        writer
            .start_file(*name, SimpleFileOptions::default())
            .unwrap();
        writer.write_all(bytes).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

#[test]
fn a_file_that_is_no_workbook_is_told_apart() {
    let ole = [0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1];
    let locked: Vec<u8> = "EncryptedPackage"
        .encode_utf16()
        .flat_map(u16::to_le_bytes)
        .collect();
    assert_eq!(code([&ole[..], &[0; 512], &locked].concat()), "PASSWORD");
    assert_eq!(code([&ole[..], &[0; 512]].concat()), "OLD_FORMAT");
    assert_eq!(code(b"%PDF-1.7 \n".to_vec()), "NOT_A_WORKBOOK");
    assert_eq!(code(Vec::new()), "NOT_A_WORKBOOK");
    let ods = zipped(&[
        (
            "mimetype",
            b"application/vnd.oasis.opendocument.spreadsheet",
        ),
        ("content.xml", b"<x/>"),
    ]);
    assert_eq!(code(ods), "OLD_FORMAT");
    assert_eq!(
        code(zipped(&[("word/document.xml", b"<x/>")])),
        "NOT_A_WORKBOOK"
    );
    let mut cut = xlsx(&small("Kainuu"));
    cut.truncate(cut.len() / 2);
    assert_eq!(code(cut), "BROKEN_FILE");
    let torn = zipped(&[
        ("xl/workbook.xml", b"<workbook><sheets>"),
        ("[Content_Types].xml", b"<Types"),
    ]);
    assert_eq!(code(torn), "BROKEN_FILE");
}

#[test]
fn a_file_that_would_fill_the_memory_is_refused_before_it_is_unpacked() {
    let zeros = vec![b' '; 300 * 1024 * 1024];
    let bomb = zipped(&[
        ("xl/workbook.xml", b"<x/>"),
        ("xl/worksheets/sheet1.xml", &zeros),
    ]);
    assert!(bomb.len() < 2 * 1024 * 1024, "{}", bomb.len());
    assert_eq!(code(bomb), "TOO_BIG");
}

#[test]
fn a_cell_in_the_last_row_costs_no_more_than_one_in_the_first() {
    let mut workbook = rust_xlsxwriter::Workbook::new();
    let sheet = workbook.add_worksheet();
    sheet.set_name("Henkilöt").unwrap();
    sheet.write_string(0, 0, "Numero").unwrap();
    sheet.write_string(1_048_575, 16_383, "x").unwrap();
    sheet.write_string(1_048_575, 0, "1").unwrap();
    let book = moving::read(workbook.save_to_buffer().unwrap()).unwrap();
    assert_eq!(book.pages[0].rows.len(), 2);
    assert_eq!(book.pages[0].rows[1].number, 1_048_576);
}

on_both! {
    async fn a_folder_of_csv_files_is_as_good_as_a_workbook(app: App) {
        let circle = app.circle("Kainuu").await;
        let folder = tempfile::tempdir().unwrap();
        let book = moving::read(xlsx(&small("Kainuu"))).unwrap();
        moving::save(&book, folder.path()).unwrap();
        let people = std::fs::read_to_string(folder.path().join("people.csv")).unwrap();
        assert_eq!(people, "\u{feff}Numero;Nimi;Sähköposti;Puhelin;Kieli\r\n1;Sari Sointu;sari.sointu@example.org;040 123 4567;suomi\r\n");
        let opened = moving::open(folder.path()).unwrap();
        let first = import(&app, &circle.kaisa, circle.association, &opened).await.unwrap();
        assert_eq!((said(&first.findings), sums(&first)), (Vec::new(), (5, 0, 1)));
        assert_eq!(sums(&moved(&app, &circle, &small("Kainuu")).await), (0, 0, 6), "the same from a workbook");

        let out = moving::export(&ctx(&app, &circle.kaisa).await, circle.association).await.unwrap();
        moving::save(&out, folder.path()).unwrap();
        let people = std::fs::read_to_string(folder.path().join("people.csv")).unwrap();
        assert!(people.contains("'+358401234567"), "no spreadsheet takes it for a formula: {people}");
        let again = moving::open(folder.path()).unwrap();
        let same = import(&app, &circle.kaisa, circle.association, &again).await.unwrap();
        assert_eq!((said(&same.findings), sums(&same).0, sums(&same).1), (Vec::new(), 0, 0));

        std::fs::write(folder.path().join("people.csv"), b"Numero;Nimi\r\n1;Sari S\xf6der\r\n").unwrap();
        assert_eq!(moving::open(folder.path()).unwrap_err().code, "NOT_UTF8");
    }
}

on_both! {
    async fn the_template_is_taken_as_it_is_and_in_three_languages(app: App) {
        let circle = app.circle("Kainuu").await;
        for language in [Language::Fi, Language::Sv, Language::En] {
            let bytes = moving::template(&app.register, language).await.unwrap();
            let book = moving::read(bytes).unwrap();
            assert_eq!(book.pages.len(), moving::SHEETS.len(), "the notes are passed over");
            let empty = import(&app, &circle.kaisa, circle.association, &book).await.unwrap();
            assert_eq!((said(&empty.findings), sums(&empty)), (Vec::new(), (0, 0, 0)));
        }
    }
}

#[test]
fn the_page_on_moving_in_has_every_column() {
    let page = include_str!("../../docs/moving-in.md");
    for sheet in &moving::SHEETS {
        let [fi, sv, en] = sheet.names;
        assert!(page.contains(&format!("### {fi} · {sv} · {en}")), "{fi}");
        for column in sheet.columns {
            let [fi, sv, en] = column.headings;
            assert!(page.contains(&format!("| {fi} | {sv} | {en} |")), "{fi}");
        }
    }
}
