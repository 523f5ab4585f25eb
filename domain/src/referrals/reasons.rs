//! The reasons for a proposal as they are kept with it: short words, so that the list fits its column.

use super::matching::MatchReason;

/// As many bytes as the column holds.
const MOST_BYTES: usize = 400;

/// The reasons in one line; where they do not fit, the last ones are left out.
pub(super) fn write(reasons: &[MatchReason]) -> String {
    let mut line = String::new();
    for reason in reasons {
        let word = match reason {
            MatchReason::Background => "BACKGROUND".to_owned(),
            MatchReason::SameAgeBand => "SAME_AGE".to_owned(),
            MatchReason::NearAgeBand => "NEAR_AGE".to_owned(),
            MatchReason::ServesMunicipality => "MUNICIPALITY".to_owned(),
            MatchReason::SameCounty => "COUNTY".to_owned(),
            MatchReason::SharedInterest(code) => format!("I:{code}"),
            MatchReason::SharedLanguage(code) => format!("L:{code}"),
            MatchReason::SharedWeekday => "WEEKDAY".to_owned(),
            MatchReason::Expert => "EXPERT".to_owned(),
            MatchReason::FreeCapacity(free) => format!("FREE:{free}"),
        };
        if line.len() + 1 + word.len() > MOST_BYTES {
            break;
        }
        if !line.is_empty() {
            line.push(' ');
        }
        line.push_str(&word);
    }
    line
}

/// Reads the line back; words that are not known are passed over.
pub(super) fn read(line: &str) -> Vec<MatchReason> {
    line.split(' ')
        .filter_map(|word| {
            Some(match word.split_once(':') {
                Some(("I", code)) => MatchReason::SharedInterest(code.to_owned()),
                Some(("L", code)) => MatchReason::SharedLanguage(code.to_owned()),
                Some(("FREE", free)) => MatchReason::FreeCapacity(free.parse().ok()?),
                _ => match word {
                    "BACKGROUND" => MatchReason::Background,
                    "SAME_AGE" => MatchReason::SameAgeBand,
                    "NEAR_AGE" => MatchReason::NearAgeBand,
                    "MUNICIPALITY" => MatchReason::ServesMunicipality,
                    "COUNTY" => MatchReason::SameCounty,
                    "WEEKDAY" => MatchReason::SharedWeekday,
                    "EXPERT" => MatchReason::Expert,
                    _ => return None,
                },
            })
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reasons_are_read_back_as_they_were_written() {
        let reasons = vec![
            MatchReason::Background,
            MatchReason::SameAgeBand,
            MatchReason::NearAgeBand,
            MatchReason::ServesMunicipality,
            MatchReason::SameCounty,
            MatchReason::SharedInterest("FISHING".to_owned()),
            MatchReason::SharedLanguage("smn".to_owned()),
            MatchReason::SharedWeekday,
            MatchReason::Expert,
            MatchReason::FreeCapacity(2),
        ];
        assert_eq!(read(&write(&reasons)), reasons);
        assert_eq!(read(""), []);
    }

    #[test]
    fn a_very_long_list_is_cut_between_two_reasons() {
        let long = MatchReason::SharedInterest("X".repeat(32));
        let line = write(&vec![long.clone(); 40]);
        assert!(line.len() <= MOST_BYTES);
        assert!(read(&line).iter().all(|reason| *reason == long));
    }
}
