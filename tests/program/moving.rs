//! Moving a register in and out at the command line.

use std::process::Stdio;

use crate::support::program::Installation;

/// An installation with an association and its coordinator.
fn association() -> Installation {
    let it = Installation::empty();
    it.must(&[
        "migrate",
        "--database-url",
        "sqlite:r.sqlite",
        "--key-file",
        "key",
    ]);
    let association = must(
        &it,
        &[
            "organisation",
            "add",
            "--name",
            "Malliyhdistys ry",
            "--county",
            "20",
        ],
    );
    let add = [
        "person",
        "add",
        "--name",
        "Kaisa Malli",
        "--email",
        "kaisa@example.org",
        "--role",
        "COORDINATOR",
        "--organisation",
    ];
    must(&it, &[&add[..], &[association.as_str()]].concat());
    it
}

fn must(it: &Installation, args: &[&str]) -> String {
    it.must(
        &[
            args,
            &["--database-url", "sqlite:r.sqlite", "--key-file", "key"],
        ]
        .concat(),
    )
}

#[test]
fn every_fault_is_told_in_the_language_of_the_terminal_and_nothing_is_moved() {
    let it = association();
    std::fs::create_dir(it.path().join("moving")).unwrap();
    let people = it.path().join("moving/personer.csv");
    std::fs::write(
        &people,
        "Nummer;Namn;E-post\n1;Mikko Malli;mikko(at)example.org\n1;=A1;\n",
    )
    .unwrap();
    let import = [
        "import",
        "moving",
        "--as",
        "kaisa@example.org",
        "--database-url",
        "sqlite:r.sqlite",
        "--key-file",
        "key",
    ];
    let output = it
        .command(&import)
        .env("LANG", "sv_FI.UTF-8")
        .output()
        .unwrap();
    assert_eq!(output.status.code(), Some(1));
    let said = String::from_utf8(output.stdout).unwrap();
    assert_eq!(
        said.lines().collect::<Vec<_>>(),
        [
            "personer, rad 2, C E-post: Det här är ingen e-postadress. Skriv den som fornamn.efternamn@example.fi, en adress i cellen.",
            "personer, rad 3, B Namn: Cellen har en formel. Skriv resultatet i stället: kopiera och klistra in som värde.",
            "personer, rad 3, A Nummer: Detsamma finns redan på rad 2. Lämna en av dem, eller ge vardera ett eget nummer.",
        ]
    );
    let told = String::from_utf8(output.stderr).unwrap();
    assert!(
        told.contains("Att rätta: 3. Ingenting flyttades."),
        "{told}"
    );
}

#[test]
fn what_is_moved_out_moves_in_again() {
    let it = association();
    must(
        &it,
        &["import", "template.xlsx", "--template", "--language", "en"],
    );
    let empty = must(
        &it,
        &[
            "import",
            "template.xlsx",
            "--as",
            "kaisa@example.org",
            "--dry-run",
            "--language",
            "en",
        ],
    );
    assert!(empty.starts_with("The file is in order."), "{empty}");
    let out = must(
        &it,
        &[
            "export",
            "out.xlsx",
            "--as",
            "kaisa@example.org",
            "--language",
            "en",
        ],
    );
    assert!(out.starts_with("People: 1\nRoles: 1"), "{out}");
    let again = must(
        &it,
        &[
            "import",
            "out.xlsx",
            "--as",
            "kaisa@example.org",
            "--language",
            "en",
        ],
    );
    assert!(
        again.contains("People: 0 new, 0 changed, 1 as they were"),
        "{again}"
    );
    let args = [
        "export",
        "x.xlsx",
        "--as",
        "nobody@example.org",
        "--database-url",
        "sqlite:r.sqlite",
        "--key-file",
        "key",
    ];
    let (code, told) = it.refused(&args);
    assert_eq!(
        (code, told.trim()),
        (1, "rinnalla: nobody in the register has this mail address")
    );
}

#[test]
fn whoever_has_heard_enough_ends_the_command_without_a_word() {
    let it = association();
    let list = [
        "organisation",
        "counties",
        "--database-url",
        "sqlite:r.sqlite",
        "--key-file",
        "key",
    ];
    let mut listing = it
        .command(&list)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // As `head` does: gone before the first line is said.
    drop(listing.stdout.take());
    let done = listing.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&done.stderr), "");
    assert_eq!(done.status.code(), Some(0));
}
