//! What people read, in Finnish, Swedish and English. The texts stand in `locales/*.ftl`.

use std::sync::LazyLock;

use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource};
use unic_langid::LanguageIdentifier;

/// A person's language. The three Sámi languages are kept as a preference; their readers get the fallback.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
    /// North Sámi.
    Se,
    /// Inari Sámi.
    Smn,
    /// Skolt Sámi.
    Sms,
}

impl Language {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Fi, Self::Sv, Self::En, Self::Se, Self::Smn, Self::Sms];

    /// The stored code, as `fi`.
    pub fn code(self) -> &'static str {
        match self {
            Self::Fi => "fi",
            Self::Sv => "sv",
            Self::En => "en",
            Self::Se => "se",
            Self::Smn => "smn",
            Self::Sms => "sms",
        }
    }

    /// The language of a stored code; Finnish for one that is not known.
    pub fn of_code(code: &str) -> Self {
        Self::ALL
            .into_iter()
            .find(|language| language.code() == code)
            .unwrap_or(Self::Fi)
    }

    /// Whether texts exist in it.
    pub fn has_texts(self) -> bool {
        matches!(self, Self::Fi | Self::Sv | Self::En)
    }

    /// The language to read in: this one where texts exist, else `fallback` (the organisation's), else Finnish.
    pub fn readable(self, fallback: Self) -> Self {
        [self, fallback]
            .into_iter()
            .find(|language| language.has_texts())
            .unwrap_or(Self::Fi)
    }

    /// The best of `Accept-Language` that texts exist in; Finnish where none is.
    pub fn of_header(header: &str) -> Self {
        let mut wished: Vec<(f32, Self)> = header
            .split(',')
            .filter_map(|part| {
                let mut pieces = part.split(';');
                let primary = pieces.next()?.trim().split('-').next()?.to_lowercase();
                let language = Self::ALL
                    .into_iter()
                    .find(|language| language.code() == primary && language.has_texts())?;
                let q = pieces
                    .find_map(|piece| piece.trim().strip_prefix("q=")?.parse().ok())
                    .unwrap_or(1.0);
                Some((q, language))
            })
            .collect();
        wished.sort_by(|a, b| b.0.total_cmp(&a.0));
        wished.first().map_or(Self::Fi, |(_, language)| *language)
    }
}

impl sea_orm::TryGetable for Language {
    fn try_get_by<I: sea_orm::ColIdx>(
        row: &sea_orm::QueryResult,
        index: I,
    ) -> Result<Self, sea_orm::TryGetError> {
        String::try_get_by(row, index).map(|code| Self::of_code(&code))
    }
}

const FI: &str = concat!(
    include_str!("locales/fi.ftl"),
    "\n",
    include_str!("locales/participation.fi.ftl"),
    "\n",
    include_str!("locales/figures.fi.ftl")
);
const SV: &str = concat!(
    include_str!("locales/sv.ftl"),
    "\n",
    include_str!("locales/participation.sv.ftl"),
    "\n",
    include_str!("locales/figures.sv.ftl")
);
const EN: &str = concat!(
    include_str!("locales/en.ftl"),
    "\n",
    include_str!("locales/participation.en.ftl"),
    "\n",
    include_str!("locales/figures.en.ftl")
);

static BUNDLES: LazyLock<[FluentBundle<FluentResource>; 3]> =
    LazyLock::new(|| [bundle("fi", FI), bundle("sv", SV), bundle("en", EN)]);

fn bundle(code: &str, text: &str) -> FluentBundle<FluentResource> {
    let language: LanguageIdentifier = code.parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![language]);
    bundle.set_use_isolating(false);
    // A faulty file loses a message, never the program: the test below finds it.
    let resource = FluentResource::try_new(text.to_owned()).unwrap_or_else(|(partial, _)| partial);
    bundle.add_resource_overriding(resource);
    bundle
}

/// The text of a message; its id where the file has none.
pub fn text(language: Language, id: &str, args: Option<&FluentArgs<'_>>) -> String {
    let bundle = &BUNDLES[match language.readable(Language::Fi) {
        Language::Sv => 1,
        Language::En => 2,
        _ => 0,
    }];
    let Some(pattern) = bundle.get_message(id).and_then(|message| message.value()) else {
        return id.to_owned();
    };
    bundle
        .format_pattern(pattern, args, &mut Vec::new())
        .into_owned()
}

/// The text of a message with what it tells besides.
pub fn text_with(language: Language, id: &str, told: &[(&str, &str)]) -> String {
    let mut args = FluentArgs::new();
    for (name, value) in told {
        args.set(*name, *value);
    }
    text(language, id, Some(&args))
}

/// The sentence for an error code, as people read it.
pub fn of_code(language: Language, code: &str) -> String {
    text(
        language,
        &format!("error-{}", code.to_lowercase().replace('_', "-")),
        None,
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn ids(file: &str) -> Vec<&str> {
        let mut ids: Vec<&str> = file
            .lines()
            .filter(|line| line.starts_with(|c: char| c.is_ascii_alphabetic()))
            .filter_map(|line| line.split_once(" ="))
            .map(|(id, _)| id)
            .collect();
        ids.sort_unstable();
        ids
    }

    #[test]
    fn every_text_exists_in_the_three_languages() {
        let fi = ids(FI);
        assert_eq!(fi, ids(SV));
        assert_eq!(fi, ids(EN));
        for file in [FI, SV, EN] {
            assert!(FluentResource::try_new(file.to_owned()).is_ok());
        }
    }

    #[test]
    fn a_reader_of_a_sami_language_gets_the_fallback() {
        assert_eq!(Language::Smn.readable(Language::Sv), Language::Sv);
        assert_eq!(Language::Smn.readable(Language::Sms), Language::Fi);
    }

    #[test]
    fn the_best_language_of_the_header_wins() {
        assert_eq!(
            Language::of_header("en;q=0.4, sv-FI;q=0.9, se"),
            Language::Sv
        );
        assert_eq!(Language::of_header("de"), Language::Fi);
    }
}
