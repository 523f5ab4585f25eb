//! The survey's form, and when its results open. ESIS (Osallisuusindikaattori of THL) has ten statements that are answered in
//! five steps; no score is made of them, since its rule was not found (decision 6).

use crate::text;

/// How many statements the form has.
pub const STATEMENTS: usize = 10;

/// What a statement is answered with: 1 to 5.
pub const STEPS: std::ops::RangeInclusive<i32> = 1..=5;

/// From how many answers on something is told, of the whole wave and of each statement (D-18).
pub const LEAST: i64 = 5;

/// The most answers that one wave takes.
pub const MOST: i64 = 2000;

/// The longest name of a wave, and the longest statement, in characters.
pub const NAME_MAX_CHARS: usize = 80;
/// The longest statement.
pub const LINE_MAX_CHARS: usize = 200;

/// Ten answers as they are kept; what was passed over is none.
///
/// Errors: a code.
pub fn answers(told: &[Option<i32>]) -> Result<[Option<i16>; STATEMENTS], &'static str> {
    let told: [Option<i32>; STATEMENTS] = told.try_into().map_err(|_| "OUT_OF_RANGE")?;
    if told.iter().all(Option::is_none) {
        return Err("EMPTY");
    }
    if !told.iter().flatten().all(|step| STEPS.contains(step)) {
        return Err("OUT_OF_RANGE");
    }
    Ok(told.map(|step| step.and_then(|step| i16::try_from(step).ok())))
}

/// The ten statements as an association got them.
///
/// Errors: a code.
pub fn lines(told: &[String]) -> Result<Vec<String>, &'static str> {
    if told.len() != STATEMENTS {
        return Err("OUT_OF_RANGE");
    }
    told.iter()
        .map(|line| text::free_line(line, LINE_MAX_CHARS))
        .collect()
}

/// A mean to two places, where enough have answered.
pub fn mean(answers: i64, mean: Option<f64>) -> Option<f64> {
    mean.filter(|_| answers >= LEAST)
        .map(|mean| (mean * 100.0).round() / 100.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ten_answers_of_five_steps_are_taken_and_gaps_left_open() {
        let mut told = vec![Some(1); 10];
        told[3] = None;
        assert_eq!(answers(&told).unwrap()[3], None);
        assert_eq!(answers(&told[..9]), Err("OUT_OF_RANGE"));
        told[0] = Some(6);
        assert_eq!(answers(&told), Err("OUT_OF_RANGE"));
        assert_eq!(answers(&[None; 10]), Err("EMPTY"));
    }

    #[test]
    fn a_mean_is_told_of_five_answers_on() {
        assert_eq!(mean(4, Some(3.0)), None);
        assert_eq!(mean(5, Some(3.333_333)), Some(3.33));
    }
}
