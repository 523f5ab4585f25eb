//! A Postfix of the test's own: its own configuration, queue and ports on this machine, STARTTLS with
//! a certificate of the test's authority, a sign-in, and a Maildir that can be read back.
//!
//! Postfix asks about passwords over a socket, in the protocol of Dovecot; the test answers. So
//! nothing of the machine's own accounts is looked at or changed.

use std::fs;
use std::io::{BufRead, BufReader, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::os::unix::fs::{PermissionsExt, chown};
use std::process::Command;
use std::time::{Duration, Instant};

use super::certificates::Certificates;
use super::machine::{Folder, has, left_out, run, say};

pub const USER: &str = "rinnalla@example.org";
pub const PASSWORD: &str = "p@ss/wörd 1";
/// The same, as AUTH PLAIN and AUTH LOGIN send them.
const PLAIN: &str = "AHJpbm5hbGxhQGV4YW1wbGUub3JnAHBAc3Mvd8O2cmQgMQ==";
const LOGIN: [&str; 2] = ["cmlubmFsbGFAZXhhbXBsZS5vcmc=", "cEBzcy93w7ZyZCAx"];
/// Debian's `nobody`: whose mail it is does not matter.
const NOBODY: u32 = 65534;

pub struct Postfix {
    pub certificates: Certificates,
    /// STARTTLS and sign-in.
    pub port: u16,
    /// TLS from the first byte, and sign-in by AUTH LOGIN alone.
    pub tls_port: u16,
    /// Sign-in, but no TLS.
    pub bare_port: u16,
    folder: Folder,
}

impl Postfix {
    /// `None`, and a line that says why, where it cannot be had.
    pub fn start() -> Option<Self> {
        if !has("postfix") {
            left_out("no mail through a real server: Postfix is not installed (Debian: postfix)");
            return None;
        }
        let user = Command::new("id").arg("-u").output().unwrap();
        if user.stdout.trim_ascii() != b"0" {
            say("left out: no mail through a real server: Postfix can only be started by root");
            return None;
        }
        let certificates = Certificates::make()?;
        let [port, tls_port, bare_port] = free_ports();
        let folder = Folder::new("postfix");
        let postfix = Self {
            certificates,
            port,
            tls_port,
            bare_port,
            folder,
        };
        postfix.configure();
        run("postfix", &["-c", &postfix.path("etc"), "start"]);
        let until = Instant::now() + Duration::from_secs(20);
        while TcpStream::connect(("127.0.0.1", bare_port)).is_err() {
            assert!(
                Instant::now() < until,
                "Postfix does not answer:\n{}",
                postfix.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
        Some(postfix)
    }

    /// The letters that have been delivered, waiting for as many.
    pub fn delivered(&self, wanted: usize) -> Vec<String> {
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            let folder = fs::read_dir(self.path("mail/inbox/new"))
                .into_iter()
                .flatten();
            let letters: Vec<_> = folder
                .map(|file| fs::read_to_string(file.unwrap().path()).unwrap())
                .collect();
            if letters.len() >= wanted {
                return letters;
            }
            assert!(
                Instant::now() < until,
                "nothing is delivered:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    /// Waits until its log says so.
    pub fn has_logged(&self, words: &str) {
        let until = Instant::now() + Duration::from_secs(10);
        while !self.log().contains(words) {
            assert!(
                Instant::now() < until,
                "{words} is not logged:\n{}",
                self.log()
            );
            std::thread::sleep(Duration::from_millis(50));
        }
    }

    pub fn log(&self) -> String {
        fs::read_to_string(self.path("log/mail.log")).unwrap_or_default()
    }

    fn configure(&self) {
        for part in ["etc", "queue", "data", "mail", "log"] {
            fs::create_dir_all(self.path(part)).unwrap();
        }
        fs::set_permissions(self.folder.path(), fs::Permissions::from_mode(0o755)).unwrap();
        chown(self.path("mail"), Some(NOBODY), Some(NOBODY)).unwrap();
        run("chown", &["postfix", &self.path("data")]);
        self.write_main();
        self.write_master();
    }

    fn write_main(&self) {
        let certificate = self.certificates.certificate().display().to_string();
        let key = self.certificates.key().display().to_string();
        let [queue, data, mail, log] = ["queue", "data", "mail", "log"].map(|part| self.path(part));
        let sign_in = SignIn::start();
        let main = format!(
            "compatibility_level = 3.6
queue_directory = {queue}
data_directory = {data}
maillog_file = {log}/mail.log
maillog_file_prefixes = {log}
myhostname = localhost.example.org
inet_interfaces = 127.0.0.1
inet_protocols = ipv4
mydestination =
local_recipient_maps =
alias_maps =
alias_database =
virtual_mailbox_domains = example.org
virtual_mailbox_base = {mail}
virtual_mailbox_maps = static:inbox/
virtual_minimum_uid = 1
virtual_uid_maps = static:{NOBODY}
virtual_gid_maps = static:{NOBODY}
smtpd_tls_cert_file = {certificate}
smtpd_tls_key_file = {key}
smtpd_sasl_auth_enable = yes
smtpd_sasl_type = dovecot
smtpd_sasl_path = inet:{sign_in}
smtpd_sasl_security_options = noanonymous
smtpd_relay_restrictions = permit_sasl_authenticated, reject
smtpd_recipient_restrictions = permit_sasl_authenticated, reject
smtpd_delay_reject = yes
"
        );
        fs::write(self.path("etc/main.cf"), main).unwrap();
    }

    fn write_master(&self) {
        let Self {
            port,
            tls_port,
            bare_port,
            ..
        } = self;
        let master = format!(
            "127.0.0.1:{port} inet n - n - - smtpd
  -o smtpd_tls_security_level=encrypt -o smtpd_tls_auth_only=yes
127.0.0.1:{tls_port} inet n - n - - smtpd
  -o smtpd_tls_wrappermode=yes -o smtpd_sasl_mechanism_filter=login
127.0.0.1:{bare_port} inet n - n - - smtpd
  -o smtpd_tls_security_level=none
pickup unix n - n 60 1 pickup
cleanup unix n - n - 0 cleanup
qmgr unix n - n 300 1 qmgr
tlsmgr unix - - n 1000? 1 tlsmgr
rewrite unix - - n - - trivial-rewrite
bounce unix - - n - 0 bounce
defer unix - - n - 0 bounce
trace unix - - n - 0 bounce
verify unix - - n - 1 verify
flush unix n - n 1000? 0 flush
proxymap unix - - n - - proxymap
proxywrite unix - - n - 1 proxymap
smtp unix - - n - - smtp
relay unix - - n - - smtp
showq unix n - n - - showq
error unix - - n - - error
retry unix - - n - - error
discard unix - - n - - discard
local unix - n n - - local
virtual unix - n n - - virtual
lmtp unix - - n - - lmtp
anvil unix - - n - 1 anvil
scache unix - - n - 1 scache
postlog unix-dgram n - n - 1 postlogd
"
        );
        fs::write(self.path("etc/master.cf"), master).unwrap();
    }

    fn path(&self, part: &str) -> String {
        self.folder.path().join(part).display().to_string()
    }
}

impl Drop for Postfix {
    fn drop(&mut self) {
        let stopped = Command::new("postfix")
            .args(["-c", &self.path("etc"), "stop"])
            .env("PATH", "/usr/sbin:/usr/bin:/sbin:/bin")
            .output();
        if !stopped.is_ok_and(|stopped| stopped.status.success()) {
            println!("Postfix in {} did not stop", self.folder.path().display());
        }
    }
}

/// Knows one user, by both ways of signing in.
struct SignIn;

impl SignIn {
    /// Answers for as long as the test's process runs.
    fn start() -> SocketAddr {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let address = listener.local_addr().unwrap();
        std::thread::spawn(move || {
            for asking in listener.incoming() {
                std::thread::spawn(move || Self::answer(asking.ok()?));
            }
        });
        address
    }

    fn answer(mut asking: TcpStream) -> Option<()> {
        let opening = "VERSION\t1\t1\nMECH\tPLAIN\tplaintext\nMECH\tLOGIN\tplaintext\n\
                       SPID\t1\nCUID\t1\nCOOKIE\t0123456789abcdef0123456789abcdef\nDONE\n";
        asking.write_all(opening.as_bytes()).ok()?;
        let mut user = None;
        for line in BufReader::new(asking.try_clone().ok()?).lines() {
            let line = line.ok()?;
            let mut words = line.split('\t');
            let (verb, id) = (words.next()?, words.next()?);
            let last = words.next_back().unwrap_or_default();
            let verdict = |is_right| if is_right { "OK" } else { "FAIL" };
            let reply = match verb {
                "AUTH" if line.contains("\tPLAIN\t") => {
                    format!(
                        "{}\t{id}",
                        verdict(last.strip_prefix("resp=") == Some(PLAIN))
                    )
                }
                // *Username:*, then *Password:*.
                "AUTH" => format!("CONT\t{id}\tVXNlcm5hbWU6"),
                "CONT" => match user.take() {
                    None => {
                        user = Some(last.to_owned());
                        format!("CONT\t{id}\tUGFzc3dvcmQ6")
                    }
                    Some(user) => format!("{}\t{id}", verdict([user.as_str(), last] == LOGIN)),
                },
                _ => continue,
            };
            let user = if reply.starts_with("CONT") {
                String::new()
            } else {
                format!("\tuser={USER}")
            };
            asking
                .write_all(format!("{reply}{user}\n").as_bytes())
                .ok()?;
        }
        None
    }
}

fn free_ports() -> [u16; 3] {
    let held = [(); 3].map(|()| TcpListener::bind("127.0.0.1:0").unwrap());
    held.map(|port| port.local_addr().unwrap().port())
}
