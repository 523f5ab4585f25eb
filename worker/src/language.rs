//! The languages that people are written to in.

use unic_langid::LanguageIdentifier;

/// A language that every text is complete in.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish, as it is written in Finland.
    Sv,
    /// English.
    En,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 3] = [Self::Fi, Self::Sv, Self::En];

    /// The recipient's language if we write it, else the organisation's, else Finnish. The Sámi
    /// languages (se, smn, sms) can be preferred but are not written yet, so they fall through.
    pub fn choose(recipient: Option<&str>, organisation: Option<&str>) -> Self {
        [recipient, organisation]
            .into_iter()
            .flatten()
            .find_map(Self::from_code)
            .unwrap_or(Self::Fi)
    }

    /// Its code: `fi`, `sv` or `en`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
        }
    }

    fn from_code(code: &str) -> Option<Self> {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
    }

    /// By which plurals and numbers are formed.
    pub(crate) fn identifier(self) -> LanguageIdentifier {
        self.code().parse().unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::Language;

    #[test]
    fn a_language_we_do_not_write_falls_back_to_the_organisations_and_then_to_finnish() {
        assert_eq!(Language::choose(Some("en"), Some("sv")), Language::En);
        assert_eq!(Language::choose(Some("smn"), Some("sv")), Language::Sv);
        assert_eq!(Language::choose(None, Some("sv")), Language::Sv);
        assert_eq!(Language::choose(Some("se"), Some("sms")), Language::Fi);
        assert_eq!(Language::choose(None, None), Language::Fi);
    }
}
