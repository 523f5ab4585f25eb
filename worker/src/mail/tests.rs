//! What may stand in a mail, and what must not.

use std::collections::BTreeSet;
use std::fs;

use chrono::{NaiveDate, NaiveTime};
use fluent_syntax::ast::{Entry, Expression, InlineExpression, PatternElement};

use super::texts::{MAILS, Texts, sources};
use super::*;
use crate::language::Language;

/// A mail's texts can ask for these and for nothing else.
const ALLOWED: [&str; 6] = [
    "case",
    "count",
    "date",
    "first_name",
    "organisation",
    "time",
];

/// Beginnings of words that would tell what the matter is about, who takes part or where.
const TELLING: [(Language, &[&str]); 3] = [
    (
        Language::Fi,
        &[
            "päihde",
            "päiht",
            "vertais",
            "tuki",
            "tue",
            "tuett",
            "toipu",
            "riippuv",
            "raitt",
            "hoito",
            "hoida",
            "kuntou",
            "asiak",
            "potil",
            "ammattil",
            "koordin",
            "ohjaa",
            "sopimu",
            "tapaam",
            "tapaat",
            "kohtaam",
            "väliarvi",
            "kurssi",
            "läheis",
            "jäsen",
            "alkohol",
            "huume",
            "klo ",
            "kello",
            "paikka",
            "osoitteessa",
        ],
    ),
    (
        Language::Sv,
        &[
            "missbruk",
            "beroende",
            "stöd",
            "kamrat",
            "tillfrisk",
            "återhämt",
            "nykter",
            "vård",
            "rehabil",
            "klient",
            "patient",
            "samordn",
            "handled",
            "avtal",
            "möte",
            "träff",
            "kurs",
            "närstå",
            "medlem",
            "alkohol",
            "narkotik",
            "drog",
            "klockan",
            "kl.",
            "plats",
            "yrkes",
        ],
    ),
    (
        Language::En,
        &[
            "substance",
            "recover",
            "support",
            "peer",
            "addict",
            "sober",
            "treatment",
            "rehab",
            "client",
            "patient",
            "professional",
            "coordinator",
            "agreement",
            "meet",
            "course",
            "relative",
            "member",
            "alcohol",
            "drug",
            "o'clock",
            "place",
            "relationship",
            "therap",
        ],
    ),
];

fn everything() -> impl Iterator<Item = (Mail, Language, Rendered)> {
    Mail::samples().into_iter().flat_map(|mail| {
        Language::ALL.map(|language| {
            let rendered = render(&mail, language).unwrap();
            (mail.clone(), language, rendered)
        })
    })
}

#[test]
fn every_mail_reads_like_this_in_every_language() {
    for (
        mail,
        language,
        Rendered {
            sender,
            subject,
            text,
            html,
            ..
        },
    ) in everything()
    {
        let wording = mail.parts().body.replace("body", "").replace('-', "_");
        let name = format!("{}{wording}.{}", mail.name(), language.code());
        let plain = format!("From: {sender}\nSubject: {subject}\n\n{text}");
        insta::assert_snapshot!(format!("{name}.txt"), plain);
        insta::assert_snapshot!(format!("{name}.html"), html);
    }
}

#[test]
fn every_folder_is_a_mail_and_every_mail_is_a_folder_with_a_sample() {
    let root = concat!(env!("CARGO_MANIFEST_DIR"), "/templates");
    let folders: BTreeSet<_> = fs::read_dir(root)
        .unwrap()
        .map(|entry| entry.unwrap())
        .filter(|entry| entry.file_type().unwrap().is_dir())
        .map(|entry| entry.file_name().into_string().unwrap())
        .collect();
    let named: BTreeSet<_> = MAILS.iter().map(|(name, _)| (*name).to_owned()).collect();
    let sampled: BTreeSet<_> = Mail::samples()
        .iter()
        .map(|mail| mail.name().to_owned())
        .collect();
    assert_eq!(folders, named);
    assert_eq!(folders, sampled);
}

#[test]
fn the_texts_ask_for_nothing_but_the_allowed_words_and_are_alike_in_all_languages() {
    for (mail, _) in MAILS {
        let [first, rest @ ..] = Language::ALL.map(|language| asked(mail, language));
        for (_, variables) in &first {
            assert!(
                variables
                    .iter()
                    .all(|name| ALLOWED.contains(&name.as_str())),
                "{mail}"
            );
        }
        for other in rest {
            assert_eq!(first, other, "{mail}");
        }
    }
}

/// Every text of a mail with the variables it asks for. A text that calls a function, chooses
/// between variants or points to another text is more than a translator should need: refused.
fn asked(mail: &str, language: Language) -> BTreeSet<(String, BTreeSet<String>)> {
    let mut texts = BTreeSet::new();
    for source in sources(mail, language).unwrap() {
        for entry in fluent_syntax::parser::parse(source).unwrap().body {
            let Entry::Message(message) = entry else {
                continue;
            };
            let mut variables = BTreeSet::new();
            for element in message.value.unwrap().elements {
                if let PatternElement::Placeable { expression } = element {
                    let Expression::Inline(InlineExpression::VariableReference { id }) = expression
                    else {
                        panic!("{mail}: only words may stand in braces")
                    };
                    variables.insert(id.name.to_owned());
                }
            }
            assert!(texts.insert((message.id.name.to_owned(), variables)));
        }
    }
    texts
}

#[test]
fn every_text_in_the_folders_is_used() {
    let used = [
        "sender",
        "greeting",
        "greeting-unnamed",
        "button",
        "link-intro",
        "link-hint",
        "closing",
        "closing-unsigned",
        "no-reply",
        "subject",
        "body",
        "body-professional",
        "body-coordinator",
        "sign-in-button",
        "sign-in-intro",
        "item-overdue",
        "item-unfollowed",
        "item-referrals",
        "item-proposals",
        "item-given-up",
        "item-undelivered",
    ];
    for (mail, _) in MAILS {
        for (text, _) in asked(mail, Language::Fi) {
            assert!(used.contains(&text.as_str()), "{mail}: {text}");
        }
    }
}

#[test]
fn no_mail_tells_what_it_is_about() {
    for (mail, language, rendered) in everything() {
        let mut reader = rendered
            .html
            .split("</style>")
            .nth(1)
            .unwrap()
            .to_lowercase();
        reader = reader.replace(Link::sample().as_str(), "");
        let all = format!(
            "{} {} {} {reader}",
            rendered.sender, rendered.subject, rendered.text
        );
        let all = all.to_lowercase().replace(Link::sample().as_str(), "");
        let telling = TELLING.iter().find(|(of, _)| *of == language).unwrap().1;
        for word in telling {
            let found = all.match_indices(word).find(|(at, _)| {
                !all[..*at]
                    .chars()
                    .next_back()
                    .is_some_and(char::is_alphabetic)
            });
            assert!(
                found.is_none(),
                "{} in {}: {word}",
                mail.name(),
                language.code()
            );
        }
    }
}

const NOON: NaiveTime = match NaiveTime::from_hms_opt(12, 0, 0) {
    Some(noon) => noon,
    None => NaiveTime::MIN,
};

#[test]
fn a_mail_changes_with_its_allowed_words_and_with_nothing_else() {
    let day = NaiveDate::from_ymd_opt(2031, 11, 28).unwrap();
    for (mail, language, rendered) in everything() {
        let marked = render(&marked(mail.clone(), day), language).unwrap();
        let swap = |text: &str| {
            let reader = &mail.parts().reader;
            let mut text = text
                .replace("Marker-Name", FirstName::sample().as_str())
                .replace("Marker Organisation", OrganisationName::sample().as_str())
                .replace("https://marker.example.org/x", mail.parts().link.as_str());
            assert_eq!(
                reader.first_name.is_some(),
                text.contains(FirstName::sample().as_str())
            );
            if let Some((case, on)) = mail.parts().matter {
                text = text.replace("MARKER-CODE", case.as_str()).replace(
                    &dates::written(day, language),
                    &dates::written(on, language),
                );
            }
            if let Some(when) = mail.parts().appointment {
                text = text
                    .replace(
                        &dates::written(day, language),
                        &dates::written(when.on, language),
                    )
                    .replace(
                        &dates::clock(NOON, language),
                        &dates::clock(when.starts_at, language),
                    );
            }
            if let Some(deadline) = mail.parts().deadline {
                text = text.replace(
                    &dates::written(day, language),
                    &dates::written(deadline.on, language),
                );
            }
            if let Some(on) = mail.parts().day {
                text = text.replace(
                    &dates::written(day, language),
                    &dates::written(on, language),
                );
            }
            if let Some(count) = mail.parts().count {
                text = text.replace(": 79", &format!(": {count}"));
            }
            for (marker, (_, count)) in (71..).zip(mail.parts().counts.items()) {
                text = text.replace(&format!(": {marker}"), &format!(": {count}"));
            }
            text
        };
        assert_eq!(swap(&marked.text), rendered.text);
        assert_eq!(swap(&marked.html), rendered.html);
        assert_eq!(
            marked.subject, rendered.subject,
            "a subject holds no word of anyone's"
        );
        for said in [&marked.text, &marked.html] {
            let has_matter = mail.parts().matter.is_some();
            assert!(said.contains("https://marker.example.org/x"));
            assert_eq!(said.contains("MARKER-CODE"), has_matter);
            let parts = mail.parts();
            let is_of_day = parts.deadline.is_some() || parts.day.is_some();
            let has_day = has_matter || parts.appointment.is_some() || is_of_day;
            assert_eq!(said.contains(&dates::written(day, language)), has_day);
            let is_digest = matches!(mail, Mail::WeeklyDigest { .. });
            assert_eq!(said.contains(": 75"), is_digest);
        }
    }
}

fn marked(mut mail: Mail, day: NaiveDate) -> Mail {
    match &mut mail {
        Mail::ReviewComing {
            reader,
            case,
            planned_on: at,
            link,
        }
        | Mail::ReviewDue {
            reader,
            case,
            open_until: at,
            link,
        }
        | Mail::ReviewNudge {
            reader,
            case,
            open_until: at,
            link,
        }
        | Mail::ReviewOverdue {
            reader,
            case,
            open_until: at,
            link,
            ..
        }
        | Mail::ReviewDueNoProfessional {
            reader,
            case,
            open_until: at,
            link,
        }
        | Mail::ReviewBooked {
            reader,
            case,
            booked_for: at,
            link,
        } => {
            if reader.first_name.is_some() {
                reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
                reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            }
            *case = CaseCode::parse("MARKER-CODE").unwrap();
            *link = Link::parse("https://marker.example.org/x").unwrap();
            *at = day;
        }
        Mail::SessionComing {
            reader,
            appointment,
            link,
        }
        | Mail::SessionMoved {
            reader,
            appointment,
            link,
        }
        | Mail::SessionCancelled {
            reader,
            appointment,
            link,
        }
        | Mail::InvitationComing {
            reader,
            appointment,
            link,
        } => {
            if reader.first_name.is_some() {
                reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
                reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            }
            *link = Link::parse("https://marker.example.org/x").unwrap();
            appointment.on = day;
            appointment.starts_at = NOON;
        }
        Mail::ManyWithout {
            reader,
            count,
            link,
        }
        | Mail::AnswersWaiting {
            reader,
            count,
            link,
        } => {
            reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
            reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            *link = Link::parse("https://marker.example.org/x").unwrap();
            *count = 79;
        }
        Mail::WeekPastShort {
            reader,
            monday,
            link,
        }
        | Mail::WeekNextShort {
            reader,
            monday,
            link,
        } => {
            reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
            reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            *link = Link::parse("https://marker.example.org/x").unwrap();
            *monday = day;
        }
        Mail::ListingConsentEnds {
            reader,
            deadline,
            link,
        } => {
            reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
            reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            *link = Link::parse("https://marker.example.org/x").unwrap();
            deadline.on = day;
        }
        Mail::SignIn { reader, link } => {
            reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
            *link = Link::parse("https://marker.example.org/x").unwrap();
        }
        Mail::WeeklyDigest {
            reader,
            counts,
            link,
        } => {
            reader.first_name = Some(FirstName::parse("Marker-Name").unwrap());
            reader.organisation = Some(OrganisationName::parse("Marker Organisation").unwrap());
            *link = Link::parse("https://marker.example.org/x").unwrap();
            *counts = Counts {
                overdue: 71,
                unfollowed: 72,
                referrals: 73,
                proposals: 74,
                given_up: 75,
                undelivered: 76,
            };
        }
    }
    mail
}

#[test]
fn a_mail_loads_nothing_from_elsewhere() {
    for (_, _, Rendered { html, .. }) in everything() {
        for foreign in [
            "<img", "src=", "url(", "<link", "<script", "@import", "<iframe", "<form",
        ] {
            assert!(!html.contains(foreign), "{foreign}");
        }
        assert_eq!(
            html.matches("://").count(),
            html.matches(Link::sample().as_str()).count()
        );
    }
}

#[test]
fn what_a_name_holds_is_text_in_the_page_and_not_a_tag() {
    let mut mail = Mail::samples().remove(1);
    if let Mail::ReviewDue { reader, .. } = &mut mail {
        reader.organisation = Some(OrganisationName::parse("A & B <b>ry</b>").unwrap());
    }
    let rendered = render(&mail, Language::Fi).unwrap();
    assert!(rendered.text.contains("A & B <b>ry</b>"));
    assert!(!rendered.html.contains("<b>ry"));
}

#[test]
fn no_marks_of_direction_surround_a_word() {
    for (
        _,
        _,
        Rendered {
            subject,
            text,
            html,
            ..
        },
    ) in everything()
    {
        let all = format!("{subject}{text}{html}");
        assert!(!all.contains(['\u{2066}', '\u{2067}', '\u{2068}', '\u{2069}']));
        assert!(!subject.contains(char::is_control));
    }
}

#[test]
fn a_text_that_is_missing_or_asks_for_too_much_is_an_error() {
    let read = |source| Texts::read("review_due", Language::Fi, &[source]);
    let texts = read("subject = Muistutus { $case }\n").unwrap();
    assert!(matches!(
        texts.line("subject"),
        Err(RenderError::MissingVariable { .. })
    ));
    assert!(matches!(
        texts.line("body"),
        Err(RenderError::MissingMessage { .. })
    ));
    assert!(matches!(
        read("subject { = \n"),
        Err(RenderError::Syntax { .. })
    ));
    assert!(matches!(
        read("a = 1\na = 2\n"),
        Err(RenderError::Syntax { .. })
    ));
}

#[test]
fn a_word_that_could_break_out_of_its_line_is_refused() {
    for bad in [
        "",
        " ",
        "-",
        "Kaisa\r\nBcc: a@example.org",
        "Kaisa\nb",
        "Kaisa\u{2028}b",
        "Kai\u{202e}sa",
        "Kaisa\0",
        "www.example.org",
        "http://a",
        "<b>",
        "Kaisa, 1",
        &"a".repeat(61),
    ] {
        assert!(FirstName::parse(bad).is_err(), "{bad:?}");
    }
    for bad in [
        "",
        "...",
        "A\nB",
        "A\u{85}B",
        "A\u{200f}",
        "https://a",
        "a@b",
        "www.a.fi",
    ] {
        assert!(OrganisationName::parse(bad).is_err(), "{bad:?}");
    }
    for bad in [
        "",
        "SHORT-1",
        "abcd-efgh",
        "ABCD EFGH",
        "ABCD-EFGH\n",
        "ÄBCD-EFGH",
        "A123456789012345678901234",
    ] {
        assert!(CaseCode::parse(bad).is_err(), "{bad:?}");
    }
    for bad in [
        "",
        "/n/1",
        "http://example.org/n/1",
        "javascript:alert(1)",
        "https://u:p@example.org/",
        "https://example.org/?token=1",
        "https://example.org/#1",
        "https://example.org/\r\nx",
        "ftp://example.org/",
        "https://example.org/ x",
    ] {
        assert!(Link::parse(bad).is_err(), "{bad:?}");
    }
    for good in [
        "Kaisa",
        "Anna-Liisa",
        " Päivi ",
        "O’Neill",
        "Ánte",
        "Yrjö Olavi",
    ] {
        assert_eq!(FirstName::parse(good).unwrap().as_str(), good.trim());
    }
    assert!(Link::parse("http://localhost:8080/n/1").is_ok());
    assert!(Link::parse("http://127.0.0.1:8080/n/1").is_ok());
    assert_eq!(
        Link::parse("https://ääni.example/n/1").unwrap().as_str(),
        "https://xn--ni-uiaa.example/n/1"
    );
}

#[test]
fn a_mail_prints_nothing_of_anyone_in_a_log() {
    let mails = Mail::samples();
    let printed = format!("{mails:?} {:?}", render(&mails[0], Language::Fi));
    for token in ["Päivi", "Esimerkki", "7KQ2"] {
        assert!(!printed.contains(token), "{token}");
    }
}
