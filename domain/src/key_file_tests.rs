use std::os::unix::fs::PermissionsExt as _;

use super::*;

const SEVENS: &str = "BwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwcHBwc=";
const EIGHTS: &str = "CAgICAgICAgICAgICAgICAgICAgICAgICAgICAgICAg=";

struct Folder(PathBuf);

impl Folder {
    fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("rinnalla-{}-{name}", std::process::id()));
        std::fs::create_dir_all(&path).unwrap();
        Self(path)
    }

    fn file(&self) -> PathBuf {
        self.0.join("keys.txt")
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.0);
    }
}

fn fault(text: &str) -> String {
    Keys::parse(text).unwrap_err().to_string()
}

#[test]
fn comments_and_empty_lines_are_passed_over() {
    let text = format!("# two keys\r\n\r\n  2 {EIGHTS} # since spring\r\n1\t{SEVENS}\r\n");
    let keys = Keys::parse(&text).unwrap();
    assert_eq!(keys.versions().collect::<Vec<_>>(), [2, 1]);
}

#[test]
fn a_fault_names_its_line_and_nothing_of_the_key() {
    let malformed = |line| {
        format!("key file, line {line}: expected a version number, a space and a key in base64")
    };
    assert_eq!(fault(&format!("# head\n{SEVENS}")), malformed(2));
    assert_eq!(fault(&format!("0 {SEVENS}")), malformed(1));
    assert_eq!(fault(&format!("-1 {SEVENS}")), malformed(1));
    assert_eq!(fault(&format!("1 {SEVENS} x")), malformed(1));
    assert_eq!(fault("1 secret!"), malformed(1));
    assert_eq!(
        fault(&format!("1 {SEVENS}\n2 c2VjcmV0")),
        "key file, line 2: the key has 6 bytes, 32 are needed"
    );
    assert_eq!(fault("# nothing\n\n"), "the key file holds no key");
}

#[test]
fn a_version_or_a_key_that_stands_there_twice_is_refused() {
    let twice = "key file, line 2: this version or this key stands there already";
    assert_eq!(fault(&format!("1 {SEVENS}\n1 {EIGHTS}")), twice);
    assert_eq!(fault(&format!("1 {SEVENS}\n2 {SEVENS}")), twice);
}

#[test]
fn a_missing_file_is_told_from_an_unreadable_one() {
    let folder = Folder::new("missing");
    assert!(
        matches!(Keys::read(&folder.file()), Err(KeyFault::Missing(path)) if path == folder.file())
    );
    std::fs::write(folder.file(), [0xff, 0xfe]).unwrap();
    assert!(matches!(
        Keys::read(&folder.file()),
        Err(KeyFault::Unreadable { .. })
    ));
}

#[test]
fn a_new_key_file_is_its_owners_alone_and_is_never_overwritten() {
    let folder = Folder::new("new");
    let created = Keys::create_new(&folder.file()).unwrap();
    let mode = std::fs::metadata(folder.file())
        .unwrap()
        .permissions()
        .mode();
    assert_eq!(mode & 0o777, 0o600);
    assert!(matches!(
        Keys::create_new(&folder.file()),
        Err(KeyFault::AlreadyThere(_))
    ));
    let (read, warning) = Keys::read(&folder.file()).unwrap();
    assert_eq!(read.fingerprint(1), created.fingerprint(1));
    assert_eq!(warning, None);
}

#[test]
fn a_file_that_others_can_read_gives_its_keys_and_a_warning() {
    let folder = Folder::new("open");
    Keys::create_new(&folder.file()).unwrap();
    std::fs::set_permissions(folder.file(), std::fs::Permissions::from_mode(0o640)).unwrap();
    let (_, warning) = Keys::read(&folder.file()).unwrap();
    assert_eq!(warning, Some(KeyFileWarning::OpenToOthers(0o640)));
    assert_eq!(
        warning.unwrap().to_string(),
        "the key file is open to other users (mode 640); 600 is enough"
    );
}

#[test]
fn a_rotation_adds_a_version_and_keeps_the_earlier_ones() {
    let folder = Folder::new("rotation");
    let first = Keys::create_new(&folder.file()).unwrap();
    let second = Keys::add_version(&folder.file()).unwrap();
    let (read, warning) = Keys::read(&folder.file()).unwrap();
    assert_eq!(read.versions().collect::<Vec<_>>(), [2, 1]);
    assert_eq!(read.fingerprint(1), first.fingerprint(1));
    assert_eq!(read.fingerprint(2), second.fingerprint(2));
    assert_ne!(read.fingerprint(1), read.fingerprint(2));
    assert_eq!(warning, None);
}

#[test]
fn a_rotation_through_a_link_changes_the_file_itself() {
    let folder = Folder::new("link");
    Keys::create_new(&folder.file()).unwrap();
    let link = folder.0.join("link");
    std::os::unix::fs::symlink(folder.file(), &link).unwrap();
    Keys::add_version(&link).unwrap();
    let (read, _) = Keys::read(&folder.file()).unwrap();
    assert_eq!(read.current_version(), 2);
}
