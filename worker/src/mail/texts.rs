//! The texts of one mail in one language, read by Fluent.

use fluent_bundle::{FluentArgs, FluentBundle, FluentResource, FluentValue};

use super::RenderError;
use crate::language::Language;

macro_rules! languages {
    ($path:literal) => {
        [
            include_str!(concat!("../../templates/", $path, "fi.ftl")),
            include_str!(concat!("../../templates/", $path, "sv.ftl")),
            include_str!(concat!("../../templates/", $path, "en.ftl")),
        ]
    };
}

/// The words round every mail.
const LAYOUT: [&str; 3] = languages!("layout.");

/// One line a mail: its folder, and its texts in the order of `Language::ALL`.
pub(super) const MAILS: [(&str, [&str; 3]); 17] = [
    ("review_coming", languages!("review_coming/")),
    ("review_due", languages!("review_due/")),
    ("review_nudge", languages!("review_nudge/")),
    ("review_overdue", languages!("review_overdue/")),
    (
        "review_due_no_professional",
        languages!("review_due_no_professional/"),
    ),
    ("review_booked", languages!("review_booked/")),
    ("sign_in", languages!("sign_in/")),
    ("weekly_digest", languages!("weekly_digest/")),
    ("session_coming", languages!("session_coming/")),
    ("session_moved", languages!("session_moved/")),
    ("session_cancelled", languages!("session_cancelled/")),
    ("listing_consent_ends", languages!("listing_consent_ends/")),
    ("invitation_coming", languages!("invitation_coming/")),
    ("many_without", languages!("many_without/")),
    ("week_past_short", languages!("week_past_short/")),
    ("week_next_short", languages!("week_next_short/")),
    ("answers_waiting", languages!("answers_waiting/")),
];

pub(super) fn sources(mail: &str, language: Language) -> Option<[&'static str; 2]> {
    let (_, texts) = MAILS.iter().find(|(name, _)| *name == mail)?;
    Some([LAYOUT[language as usize], texts[language as usize]])
}

pub(super) struct Texts<'a> {
    mail: &'static str,
    language: Language,
    bundle: FluentBundle<FluentResource>,
    said: FluentArgs<'a>,
}

impl<'a> Texts<'a> {
    pub(super) fn open(mail: &'static str, language: Language) -> Result<Self, RenderError> {
        let unreadable = || RenderError::Syntax {
            mail,
            language: language.code(),
        };
        Self::read(
            mail,
            language,
            &sources(mail, language).ok_or_else(unreadable)?,
        )
    }

    pub(super) fn read(
        mail: &'static str,
        language: Language,
        sources: &[&str],
    ) -> Result<Self, RenderError> {
        let unreadable = || RenderError::Syntax {
            mail,
            language: language.code(),
        };
        let mut bundle = FluentBundle::new(vec![language.identifier()]);
        // The marks that Fluent puts round a value would be seen in subjects and in plain text.
        bundle.set_use_isolating(false);
        for source in sources {
            let resource =
                FluentResource::try_new((*source).to_owned()).map_err(|_| unreadable())?;
            bundle.add_resource(resource).map_err(|_| unreadable())?;
        }
        Ok(Self {
            mail,
            language,
            bundle,
            said: FluentArgs::new(),
        })
    }

    pub(super) fn say(&mut self, name: &'static str, value: impl Into<FluentValue<'a>>) {
        self.said.set(name, value);
    }

    /// A text of one line.
    pub(super) fn line(&self, message: &'static str) -> Result<String, RenderError> {
        Ok(one_line(&self.text(message)?))
    }

    /// A text whose paragraphs are parted by empty lines; within one, a line's end is a space.
    pub(super) fn paragraphs(&self, message: &'static str) -> Result<Vec<String>, RenderError> {
        Ok(self.text(message)?.split("\n\n").map(one_line).collect())
    }

    fn text(&self, message: &'static str) -> Result<String, RenderError> {
        let (mail, language) = (self.mail, self.language.code());
        let pattern = self
            .bundle
            .get_message(message)
            .and_then(|found| found.value())
            .ok_or(RenderError::MissingMessage {
                mail,
                language,
                message,
            })?;
        let mut faults = Vec::new();
        let text = self
            .bundle
            .format_pattern(pattern, Some(&self.said), &mut faults);
        if faults.is_empty() {
            Ok(text.into_owned())
        } else {
            Err(RenderError::MissingVariable {
                mail,
                language,
                message,
            })
        }
    }
}

fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
