//! Whether a filter that is to be saved is one that its list would take, and the one form in which it is kept.

use async_graphql::{InputType, Value};
use rinnalla_domain::error::{Error, Result, Violations};

use super::SavedListKind;
use crate::graphql::joint_reviews::JointReviewFilter;
use crate::graphql::notices::NoticeFilter;
use crate::graphql::referrals::ReferralFilter;
use crate::graphql::support_persons::SupportPersonFilter;
use crate::graphql::support_relationships::SupportRelationshipFilter;

/// The filter in its one form: the list's own fields, without those that say nothing.
///
/// Errors: `Invalid`: `filter MALFORMED` where it is no filter of this list, and what the list itself would refuse.
pub fn checked(list: SavedListKind, written: &str) -> Result<String> {
    let given: serde_json::Value = serde_json::from_str(written).map_err(|_| malformed())?;
    let mut faults = Violations::default();
    let kept = match list {
        SavedListKind::SupportRelationships => {
            let (filter, kept) = parse::<SupportRelationshipFilter>(&given)?;
            filter.of().check(&mut faults);
            kept
        }
        SavedListKind::JointReviews => {
            let (filter, kept) = parse::<JointReviewFilter>(&given)?;
            filter.of().check(&mut faults);
            kept
        }
        SavedListKind::Referrals => {
            let (filter, kept) = parse::<ReferralFilter>(&given)?;
            filter.of().check(&mut faults);
            kept
        }
        SavedListKind::SupportPersons => {
            let (filter, kept) = parse::<SupportPersonFilter>(&given)?;
            rinnalla_domain::support_persons::Filter::from(filter).check(&mut faults);
            kept
        }
        SavedListKind::Notices => parse::<NoticeFilter>(&given)?.1,
    };
    faults.done()?;
    Ok(kept)
}

fn malformed() -> Error {
    Error::invalid("filter", "MALFORMED")
}

fn parse<T: InputType>(given: &serde_json::Value) -> Result<(T, String)> {
    let said = given.as_object().ok_or_else(malformed)?;
    let value = Value::from_json(given.clone()).map_err(|_| malformed())?;
    let filter = T::parse(Some(value)).map_err(|_| malformed())?;
    let known = filter.to_value().into_json().map_err(|_| malformed())?;
    // A field that the filter does not know would be passed over in silence, and so would an id that is none.
    let is_known = |field: &String| known.get(field).is_some_and(|value| !value.is_null());
    if !said
        .iter()
        .all(|(field, value)| value.is_null() || is_known(field))
    {
        return Err(malformed());
    }
    let kept: serde_json::Map<_, _> = said
        .iter()
        .filter(|(_, value)| !value.is_null())
        .map(|(field, _)| (field.clone(), known[field].clone()))
        .collect();
    Ok((filter, serde_json::Value::Object(kept).to_string()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refused(list: SavedListKind, written: &str) -> Vec<String> {
        match checked(list, written) {
            Err(Error::Invalid(faults)) => {
                let say =
                    |it: &rinnalla_domain::error::Violation| format!("{} {}", it.field, it.code);
                faults.iter().map(say).collect()
            }
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn a_filter_is_kept_in_one_form() {
        let written =
            r#"{ "status": "ACTIVE", "mine": true, "countyCode": null, "endingWithinDays": 30 }"#;
        let kept = checked(SavedListKind::SupportRelationships, written).unwrap();
        assert_eq!(
            kept,
            r#"{"endingWithinDays":30,"mine":true,"status":"ACTIVE"}"#
        );
        assert_eq!(
            checked(SavedListKind::SupportRelationships, &kept).unwrap(),
            kept
        );
        let waiting = r#"{"isWaiting":true,"statuses":["SUBMITTED","WAITING"]}"#;
        assert_eq!(checked(SavedListKind::Referrals, waiting).unwrap(), waiting);
        assert_eq!(checked(SavedListKind::JointReviews, "{}").unwrap(), "{}");
        assert_eq!(
            checked(SavedListKind::Notices, r#"{"isUndelivered":true}"#).unwrap(),
            r#"{"isUndelivered":true}"#
        );
    }

    #[test]
    fn what_the_list_would_not_take_is_refused() {
        let relationships = |written| refused(SavedListKind::SupportRelationships, written);
        for written in [
            "",
            "x",
            "[]",
            "null",
            "\"x\"",
            r#"{"status":"NO_STATE"}"#,
            r#"{"mine":"yes"}"#,
            r#"{"isWaiting":true}"#,
            r#"{"supportPersonId":"x"}"#,
            r#"{"Mine":true}"#,
        ] {
            assert_eq!(relationships(written), ["filter MALFORMED"], "{written}");
        }
        assert_eq!(
            relationships(r#"{"countyCode":"Kainuu","endingWithinDays":400,"caseCode":"A"}"#),
            [
                "caseCode MALFORMED",
                "countyCode UNKNOWN_CODE",
                "endingWithinDays OUT_OF_RANGE"
            ]
        );
        let reviews = r#"{"plannedFrom":"2026-12-01","plannedTo":"2026-11-01"}"#;
        assert_eq!(
            refused(SavedListKind::JointReviews, reviews),
            ["plannedTo DATES_OUT_OF_ORDER"]
        );
        let persons = r#"{"countyCode":"200"}"#;
        assert_eq!(
            refused(SavedListKind::SupportPersons, persons),
            ["countyCode MALFORMED"]
        );
        assert_eq!(
            refused(SavedListKind::Referrals, persons),
            ["countyCode MALFORMED"]
        );
    }
}
