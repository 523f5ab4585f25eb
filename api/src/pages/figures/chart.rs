//! A chart as SVG, made here: a bar for each number, as text that is found, read aloud and printed sharp. A number that is
//! hidden has an empty frame of one size in place of a bar, so that its length tells nothing.

use askama::Template;
use rinnalla_domain::participation::files::Told;

use super::table::Entry;
use crate::pages::texts::Texts;

/// How wide the picture is, in its own units; a letter takes about `LETTER` of them.
const WIDE: f64 = 340.0;
const LETTER: f64 = 6.4;
/// How high a row is.
const ROW: f64 = 22.0;
/// What is kept free at the end of the longest bar, for its number.
const NUMBER: f64 = 52.0;

/// The picture.
#[derive(Template)]
#[template(path = "chart.html")]
pub struct Chart {
    /// Its name within the page.
    id: usize,
    title: String,
    /// All that it shows, in words.
    description: String,
    height: f64,
    bars: Vec<Bar>,
}

struct Bar {
    name: String,
    number: String,
    is_hidden: bool,
    /// Where the row's text stands, and the bar's upper edge.
    text_y: f64,
    bar_y: f64,
    name_x: f64,
    x: f64,
    width: f64,
    number_x: f64,
}

/// How wide the frame of a number that is hidden is.
const FRAME: f64 = 30.0;

impl Chart {
    /// A chart of numbers, each with its name.
    pub fn of(texts: &Texts, id: usize, title: String, rows: &[(String, Told)]) -> Self {
        let letters = rows.iter().map(|(name, _)| name.chars().count()).max();
        let name_x = (letters.unwrap_or(0) as f64 * LETTER).min(WIDE / 2.0);
        let x = name_x + 6.0;
        let amount = |told: &Told| match told {
            Told::Number(n) => *n,
            _ => 0.0,
        };
        let most = rows
            .iter()
            .map(|(_, told)| amount(told))
            .fold(0.0, f64::max);
        let mut description = Vec::new();
        let mut bars = Vec::new();
        for (at, (name, told)) in rows.iter().enumerate() {
            let is_hidden = *told == Told::Hidden;
            let width = match is_hidden {
                true => FRAME,
                false if most > 0.0 => amount(told) / most * (WIDE - x - NUMBER),
                false => 0.0,
            };
            let top = at as f64 * ROW;
            let number = match told {
                Told::Hidden => texts.say("figures-hidden"),
                Told::Nothing => texts.say("figures-not-there"),
                told => Entry::of(texts, told.clone()).text,
            };
            description.push(format!("{name}: {number}"));
            bars.push(Bar {
                name: name.clone(),
                number,
                is_hidden,
                text_y: top + 15.0,
                bar_y: top + 4.0,
                name_x,
                x,
                width: (width * 10.0).round() / 10.0,
                number_x: ((x + width + 5.0) * 10.0).round() / 10.0,
            });
        }
        Self {
            id,
            title,
            description: description.join("; "),
            height: rows.len() as f64 * ROW,
            bars,
        }
    }
}

#[cfg(test)]
mod tests {
    use rinnalla_domain::texts::Language;

    use super::*;

    #[test]
    fn a_hidden_number_has_a_frame_whose_length_tells_nothing_and_is_never_nought() {
        let texts = Texts::in_language(Language::En);
        let rows = |n| {
            [
                ("One".to_owned(), Told::Number(n)),
                ("Two".to_owned(), Told::Hidden),
                ("Three".to_owned(), Told::Number(0.0)),
                ("Four".to_owned(), Told::Nothing),
            ]
        };
        let told = |n| Chart::of(&texts, 7, "A <title>".to_owned(), &rows(n)).render();
        let (few, many) = (
            told(7.0).unwrap_or_default(),
            told(7000.0).unwrap_or_default(),
        );
        let frame = "class=\"frame\" x=\"38\" y=\"26\" width=\"30\"";
        assert!(few.contains(frame) && many.contains(frame), "{few}");
        assert_eq!(few.matches("class=\"frame\"").count(), 1);
        assert_eq!(
            few.matches("class=\"amount\"").count(),
            1,
            "nought has no bar"
        );
        for told in [
            "role=\"img\" aria-labelledby=\"chart-7-title chart-7-told\"",
            "<title id=\"chart-7-title\">A &#60;title&#62;</title>",
            "<desc id=\"chart-7-told\">One: 7; Two: hidden; Three: 0; Four: not published</desc>",
        ] {
            assert!(few.contains(told), "{told}: {few}");
        }
        assert!(!few.contains("style="), "the pages' policy forbids it");
    }
}
