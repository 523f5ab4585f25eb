//! A letter through a real mail server, from our hands to the mailbox.

use rinnalla_worker::delivery::{Code, Outcome, Post, Settings};
use rinnalla_worker::message::Sender;
use rinnalla_worker::smtp::Limits;

use crate::mail::{decoded, letter, text_of};
use crate::support::postfix::{PASSWORD, Postfix, USER};

/// One server for all that follows: it takes a second to start.
#[tokio::test(flavor = "multi_thread")]
async fn a_letter_reaches_a_mailbox_through_a_real_server() {
    let Some(postfix) = Postfix::start() else {
        return;
    };
    let authority = postfix.certificates.authority();
    let from = Sender::parse("noreply@example.org").unwrap();
    let post = |scheme: &str, password: &str, port: u16, is_trusted: bool| {
        let password = password
            .replace('@', "%40")
            .replace('/', "%2F")
            .replace(' ', "%20");
        let user = USER.replace('@', "%40");
        let url = format!("{scheme}://{user}:{password}@localhost:{port}");
        Post::from_settings(Settings {
            from: &from,
            smtp_url: Some(&url),
            smtp_ca_file: is_trusted.then_some(authority.as_path()),
            folder: std::path::Path::new(""),
            limits: Limits::default(),
        })
        .unwrap()
    };
    let starttls = |password: &str| post("smtp+starttls", password, postfix.port, true);
    let sent = letter(1, "kaisa@example.org");

    let way = starttls(PASSWORD);
    assert_eq!(way.send(&sent).await, Outcome::Sent, "{}", postfix.log());
    let delivered = postfix.delivered(1);
    assert!(delivered[0].contains(&format!("Message-ID: {}", sent.id())));
    assert!(delivered[0].contains("Delivered-To: kaisa@example.org"));
    assert!(
        delivered[0].contains("ESMTPSA"),
        "in TLS and signed in: {}",
        delivered[0]
    );
    let body = |text: &str| {
        text[text.find("--").unwrap()..]
            .trim_end()
            .replace("\r\n", "\n")
    };
    assert_eq!(body(&delivered[0]), body(&text_of(&sent)));
    assert!(decoded(&delivered[0]).contains("Hei Päivi!"));
    assert!(
        !delivered[0].contains(&hostname()),
        "our machine's name is nobody's business"
    );

    let second = letter(2, "kaisa@example.org");
    assert_eq!(way.send(&second).await, Outcome::Sent);
    way.rest().await;
    assert_eq!(postfix.delivered(2).len(), 2);
    postfix.has_logged("starttls=1 auth=1 mail=2 rcpt=2 data=2 quit=1");

    let whole = post("smtps", PASSWORD, postfix.tls_port, true);
    assert_eq!(
        whole.send(&letter(3, "kaisa@example.org")).await,
        Outcome::Sent
    );
    assert_eq!(postfix.delivered(3).len(), 3);

    let wrong = starttls("wrong")
        .send(&letter(4, "kaisa@example.org"))
        .await;
    assert_eq!(wrong, Outcome::ConfigurationTrouble(Code::Auth));
    let bare = post("smtp+starttls", PASSWORD, postfix.bare_port, true);
    let refused = bare.send(&letter(5, "kaisa@example.org")).await;
    assert_eq!(refused, Outcome::ConfigurationTrouble(Code::TlsRequired));
    let strange = post("smtp+starttls", PASSWORD, postfix.port, false);
    assert_eq!(
        strange.send(&letter(6, "kaisa@example.org")).await,
        Outcome::Retry(Code::Tls)
    );
    let unsigned = format!("smtp+starttls://localhost:{}", postfix.port);
    let unsigned = Post::from_settings(Settings {
        from: &from,
        smtp_url: Some(&unsigned),
        smtp_ca_file: Some(&authority),
        folder: std::path::Path::new(""),
        limits: Limits::default(),
    });
    let relayed = unsigned
        .unwrap()
        .send(&letter(7, "kaisa@example.org"))
        .await;
    assert_eq!(
        relayed,
        Outcome::Dead(Code::Smtp(554)),
        "what Postfix says to strangers"
    );
    assert_eq!(postfix.delivered(3).len(), 3, "nothing else has arrived");
}

fn hostname() -> String {
    std::fs::read_to_string("/etc/hostname")
        .unwrap_or("no name".to_owned())
        .trim()
        .to_owned()
}
