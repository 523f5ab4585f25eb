//! What the pages say, in Finnish, Swedish and English: `locales/*.ftl`. Sentences for codes of errors are the domain's.

use std::sync::LazyLock;

use chrono::{DateTime, Datelike as _, NaiveDate, NaiveTime, Utc};
use fluent_bundle::concurrent::FluentBundle;
use fluent_bundle::{FluentArgs, FluentResource, FluentValue};
use rinnalla_domain::calendar::TIME_ZONE;
use rinnalla_domain::texts::{self, Language};
use unic_langid::LanguageIdentifier;

use super::form::Fact;

const FILES: [(&str, &str); 3] = [
    (
        "fi",
        concat!(
            include_str!("locales/fi.ftl"),
            "\n",
            include_str!("locales/figures.fi.ftl"),
            "\n",
            include_str!("locales/groups.fi.ftl"),
            "\n",
            include_str!("locales/house_meetings.fi.ftl"),
            "\n",
            include_str!("locales/influence.fi.ftl")
        ),
    ),
    (
        "sv",
        concat!(
            include_str!("locales/sv.ftl"),
            "\n",
            include_str!("locales/figures.sv.ftl"),
            "\n",
            include_str!("locales/groups.sv.ftl"),
            "\n",
            include_str!("locales/house_meetings.sv.ftl"),
            "\n",
            include_str!("locales/influence.sv.ftl")
        ),
    ),
    (
        "en",
        concat!(
            include_str!("locales/en.ftl"),
            "\n",
            include_str!("locales/figures.en.ftl"),
            "\n",
            include_str!("locales/groups.en.ftl"),
            "\n",
            include_str!("locales/house_meetings.en.ftl"),
            "\n",
            include_str!("locales/influence.en.ftl")
        ),
    ),
];

static BUNDLES: LazyLock<Vec<FluentBundle<FluentResource>>> = LazyLock::new(|| {
    FILES
        .iter()
        .map(|(code, text)| {
            let language: LanguageIdentifier = code.parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![language]);
            bundle.set_use_isolating(false);
            // A faulty file loses a text, never the program: the test below finds it.
            let resource = FluentResource::try_new((*text).to_owned());
            bundle.add_resource_overriding(resource.unwrap_or_else(|(partial, _)| partial));
            bundle
        })
        .collect()
});

/// The texts of one language.
#[derive(Clone, Copy, Debug)]
pub struct Texts {
    /// The language; always one that texts exist in.
    pub language: Language,
}

impl Texts {
    /// The texts of a language, or of the one that its readers read instead.
    pub fn in_language(language: Language) -> Self {
        Self {
            language: language.readable(Language::Fi),
        }
    }

    /// The language's code, for the page.
    pub fn code(&self) -> &'static str {
        self.language.code()
    }

    /// A text.
    pub fn say(&self, id: &str) -> String {
        self.say_if(id).unwrap_or_else(|| id.to_owned())
    }

    /// A text, where there is one of this name.
    pub fn say_if(&self, id: &str) -> Option<String> {
        self.format(id, None)
    }

    /// A text with words or numbers in it.
    pub fn with<'a, V: Into<FluentValue<'a>> + Clone>(
        &self,
        id: &str,
        words: &[(&'static str, V)],
    ) -> String {
        let mut args = FluentArgs::new();
        for (name, value) in words {
            args.set(*name, value.clone());
        }
        self.format(id, Some(&args))
            .unwrap_or_else(|| id.to_owned())
    }

    /// The sentence for an error's code: the pages' own where they have one, else the domain's.
    pub fn fault(&self, code: &str) -> String {
        let own = format!("error-{}", code.to_lowercase().replace('_', "-"));
        self.say_if(&own)
            .unwrap_or_else(|| texts::of_code(self.language, code))
    }

    /// What an act says when it is done; nothing for what is not one of these texts, since it comes in an address.
    pub fn done(&self, what: &str) -> Option<String> {
        let is_name = |c: char| c.is_ascii_lowercase() || c == '-';
        (!what.is_empty() && what.chars().all(is_name))
            .then(|| self.say_if(&format!("done-{what}")))
            .flatten()
    }

    /// A name and what it is.
    pub fn fact(&self, name: &str, value: String) -> Fact {
        Fact {
            name: self.say(&format!("fact-{name}")),
            value,
        }
    }

    /// The codes of a closed set, each with its name, `list-code`.
    pub fn named<T: Copy>(
        &self,
        list: &str,
        all: &[T],
        code: impl Fn(T) -> String,
    ) -> Vec<(String, String)> {
        all.iter()
            .map(|one| code(*one))
            .map(|code| (code.clone(), self.name_of(list, &code)))
            .collect()
    }

    /// The name of one of them.
    pub fn name_of(&self, list: &str, code: &str) -> String {
        self.say(&format!("{list}-{}", code.to_lowercase().replace('_', "-")))
    }

    /// A day with its weekday: `ma 23.11.2026`, `mån 23.11.2026`, `Mon 23 Nov 2026`.
    pub fn day(&self, day: NaiveDate) -> String {
        let weekday = self.say(&format!("weekday-{}", day.weekday().number_from_monday()));
        format!("{weekday} {}", self.date(day))
    }

    /// A day alone: `23.11.2026`, `23 Nov 2026`.
    pub fn date(&self, day: NaiveDate) -> String {
        let form = match self.language {
            Language::En => "%-d %b %Y",
            _ => "%-d.%-m.%Y",
        };
        day.format(form).to_string()
    }

    /// From which day to which, or from which on: `1.1.2026–31.12.2026`, `1.1.2026 alkaen`.
    pub fn span(&self, from: NaiveDate, to: Option<NaiveDate>) -> String {
        let from = self.date(from);
        match to {
            Some(to) => format!("{from}–{}", self.date(to)),
            None => self.with("since", &[("day", from)]),
        }
    }

    /// An instant by Helsinki's clock.
    pub fn moment(&self, at: DateTime<Utc>) -> String {
        let local = at.with_timezone(&TIME_ZONE);
        let day = self.day(local.date_naive());
        self.with("moment", &[("day", day), ("time", self.time(local.time()))])
    }

    /// A time of day: `17.30`, `17:30`.
    pub fn time(&self, at: NaiveTime) -> String {
        let form = match self.language {
            Language::En => "%H:%M",
            _ => "%-H.%M",
        };
        at.format(form).to_string()
    }

    /// A number with one decimal: `0,5`, `0.5`.
    pub fn decimal(&self, number: f64) -> String {
        let number = format!("{number:.1}");
        match self.language {
            Language::En => number,
            _ => number.replace('.', ","),
        }
    }

    /// A sum of money: `3 036,00 €`, `€3,036.00`.
    pub fn euros(&self, cents: i64) -> String {
        let whole = (cents / 100).to_string();
        let mut grouped = String::with_capacity(whole.len() + 2);
        for (place, digit) in whole.chars().enumerate() {
            if place > 0 && (whole.len() - place).is_multiple_of(3) {
                grouped.push(match self.language {
                    Language::En => ',',
                    _ => '\u{a0}',
                });
            }
            grouped.push(digit);
        }
        let rest = cents % 100;
        match self.language {
            Language::En => format!("€{grouped}.{rest:02}"),
            _ => format!("{grouped},{rest:02}\u{a0}€"),
        }
    }

    fn format(&self, id: &str, args: Option<&FluentArgs<'_>>) -> Option<String> {
        let bundle = match self.language {
            Language::Sv => &BUNDLES[1],
            Language::En => &BUNDLES[2],
            _ => &BUNDLES[0],
        };
        let pattern = bundle.get_message(id)?.value()?;
        let text = bundle.format_pattern(pattern, args, &mut Vec::new());
        Some(text.into_owned())
    }
}

#[cfg(test)]
mod tests;
