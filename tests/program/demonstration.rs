//! `rinnalla demo`, and `rinnalla` in an empty folder.

use std::path::PathBuf;
use std::process::Command;

use crate::support::program::Installation;

#[test]
fn without_a_word_in_an_empty_folder_it_shows_itself_and_leaves_nothing() {
    let it = Installation::empty();
    let mut demo = it.start(&["--listen", "127.0.0.1:0"]);
    let folder = demo.hear("Folder ");
    let folder = PathBuf::from(folder.split_whitespace().last().unwrap());
    demo.hear("To begin for real");
    demo.hear("Mails that are due");
    let mail = demo.hear(".eml");
    let mail = std::fs::read_to_string(mail.trim()).unwrap();
    assert!(
        mail.contains("To: ") && mail.contains("Message-ID: "),
        "{mail}"
    );
    for role in [
        "COORDINATOR",
        "PROFESSIONAL",
        "SUPPORT_PERSON",
        "ADMIN",
        "ANALYST",
        "FACILITATOR",
        "PEER_GUIDE",
    ] {
        assert!(
            demo.said
                .iter()
                .any(|line| line.trim_start().starts_with(role) && line.contains("rnl_")),
            "no token for {role}: {:#?}",
            demo.said
        );
    }
    // The questions are tried as they stand on the terminal.
    let text = demo.said.join("\n");
    let questions: Vec<&str> = text.split("\ncurl ").skip(1).collect();
    assert_eq!(questions.len(), 3, "{text}");
    for question in questions {
        let end = question.find("}'").unwrap() + 2;
        let asked = Command::new("bash")
            .args(["-c", &format!("curl {}", &question[..end])])
            .output()
            .unwrap();
        let answer = String::from_utf8(asked.stdout).unwrap();
        let json: serde_json::Value =
            serde_json::from_str(&answer).unwrap_or_else(|_| panic!("{question}: {answer}"));
        assert!(json["errors"].is_null(), "{json}");
        assert!(answer.len() > 120, "nothing to see: {answer}");
    }
    assert_eq!(demo.stop(), Some(0));
    assert!(!folder.exists());
    assert_eq!(std::fs::read_dir(it.path()).unwrap().count(), 0);
}
