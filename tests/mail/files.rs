//! Letters that become files.

use rinnalla_worker::delivery::{Code, Outcome, Post, Settings};
use rinnalla_worker::message::Sender;
use rinnalla_worker::smtp::Limits;

use super::{letter, sender, text_of};
use crate::support::machine::Folder;

#[tokio::test]
async fn a_letter_written_twice_is_one_file() {
    let folder = Folder::new("letters");
    let settings = settings(None, folder.path());
    let post = Post::from_settings(Settings {
        from: &sender(),
        ..settings
    })
    .unwrap();
    let sent = letter(1, "kaisa@example.org");
    for _ in 0..2 {
        assert_eq!(post.send(&sent).await, Outcome::Sent);
    }
    assert_eq!(
        post.send(&letter(2, "kaisa@example.org")).await,
        Outcome::Sent
    );
    let mut names: Vec<_> = std::fs::read_dir(folder.path())
        .unwrap()
        .map(|file| file.unwrap().file_name().into_string().unwrap())
        .collect();
    names.sort();
    let mut expected = [1, 2].map(|row| format!("{}.eml", letter(row, "a@example.org").id().hex()));
    expected.sort();
    assert_eq!(names, expected, "and nothing unfinished is left");
    let path = folder.path().join(format!("{}.eml", sent.id().hex()));
    assert_eq!(std::fs::read_to_string(&path).unwrap(), text_of(&sent));
    use std::os::unix::fs::PermissionsExt;
    assert_eq!(
        std::fs::metadata(path).unwrap().permissions().mode() & 0o777,
        0o600
    );
}

#[tokio::test]
async fn a_folder_that_cannot_be_written_to_pauses_the_queue() {
    let folder = Folder::new("letters");
    let file = folder.path().join("file");
    std::fs::write(&file, "").unwrap();
    let inside = file.join("inside");
    let post = Post::from_settings(settings(None, &inside)).unwrap();
    let outcome = post.send(&letter(1, "kaisa@example.org")).await;
    assert_eq!(outcome, Outcome::ConfigurationTrouble(Code::Folder));
}

fn settings<'a>(url: Option<&'a str>, folder: &'a std::path::Path) -> Settings<'a> {
    static FROM: std::sync::LazyLock<Sender> = std::sync::LazyLock::new(sender);
    Settings {
        from: &FROM,
        smtp_url: url,
        smtp_ca_file: None,
        folder,
        limits: Limits::default(),
    }
}
