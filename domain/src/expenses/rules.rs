//! What may be recorded of a volunteer's expenses, and when a limit of what is paid free of tax is reached.
//!
//! A non-profit organisation may pay per diems for a number of days and travel in one's own vehicle up to a sum a year
//! without tax (20 days and 3,000 € as the tax authority's guide for non-profit organisations has them); public transport
//! and lodging by receipt are without limit. The figures are data with a year, not code.

use rinnalla_entity::states::ExpenseKind;

/// The years for which expenses may be recorded before the present one: our own choice, as long as accounts are kept.
pub const YEARS_BACK: i32 = 6;

/// The longest way and the largest sum that one entry may tell: our own choice, far above any.
pub const MOST: i32 = 10_000_000;

/// The most days that one entry may tell.
pub const MOST_DAYS: i32 = 366;

/// The years from which on a limit may hold: our own choice.
pub const LIMIT_YEARS: std::ops::RangeInclusive<i32> = 2019..=2100;

/// The largest limit of travel in one's own vehicle, in cents: our own choice, as the database holds it too.
pub const MOST_LIMIT_CENTS: i32 = 100_000_000;

/// What may be paid free of tax in a year.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// For how many days a per diem.
    pub per_diem_days: i32,
    /// How much for travel in one's own vehicle, in cents.
    pub own_vehicle_cents: i32,
}

/// A limit that is reached: what is paid beyond it is no longer free of tax.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Warning {
    /// Of per diems.
    PerDiemDays,
    /// Of travel in one's own vehicle.
    OwnVehicle,
}

/// Which limits are reached by what was paid to one person in a year.
pub fn warnings(limits: Option<Limits>, days: i64, own_vehicle_cents: i64) -> Vec<Warning> {
    let Some(limits) = limits else {
        return Vec::new();
    };
    let mut warnings = Vec::new();
    if days > 0 && days >= i64::from(limits.per_diem_days) {
        warnings.push(Warning::PerDiemDays);
    }
    if own_vehicle_cents > 0 && own_vehicle_cents >= i64::from(limits.own_vehicle_cents) {
        warnings.push(Warning::OwnVehicle);
    }
    warnings
}

/// What is wrong with the numbers of an entry, each with its field: kilometres belong to one's own vehicle, days to per
/// diems, and a sum to all.
pub fn faults(
    kind: ExpenseKind,
    kilometres: Option<i32>,
    days: Option<i32>,
    cents: i32,
) -> Vec<(&'static str, &'static str)> {
    let mut faults = Vec::new();
    for (field, number, belongs, most) in [
        ("kilometres", kilometres, ExpenseKind::OwnVehicle, MOST),
        ("days", days, ExpenseKind::PerDiem, MOST_DAYS),
    ] {
        match number {
            Some(_) if kind != belongs => faults.push((field, "NOT_APPLICABLE")),
            Some(n) if !(1..=most).contains(&n) => faults.push((field, "OUT_OF_RANGE")),
            None if kind == belongs => faults.push((field, "REQUIRED")),
            _ => {}
        }
    }
    if !(1..=MOST).contains(&cents) {
        faults.push(("cents", "OUT_OF_RANGE"));
    }
    faults
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_limit_warns_when_it_is_reached_and_not_before() {
        let limits = Some(Limits {
            per_diem_days: 20,
            own_vehicle_cents: 300_000,
        });
        assert_eq!(warnings(limits, 19, 299_999), []);
        assert_eq!(warnings(limits, 20, 0), [Warning::PerDiemDays]);
        assert_eq!(
            warnings(limits, 21, 300_000),
            [Warning::PerDiemDays, Warning::OwnVehicle]
        );
        assert_eq!(warnings(None, 99, 999_999), [], "no limit is known");
    }

    #[test]
    fn kilometres_belong_to_an_own_vehicle_and_days_to_a_per_diem() {
        use ExpenseKind::{Lodging, OwnVehicle, PerDiem};
        assert_eq!(faults(OwnVehicle, Some(120), None, 6600), []);
        assert_eq!(
            faults(OwnVehicle, None, Some(1), 6600),
            [("kilometres", "REQUIRED"), ("days", "NOT_APPLICABLE")]
        );
        assert_eq!(
            faults(PerDiem, Some(1), Some(0), 0),
            [
                ("kilometres", "NOT_APPLICABLE"),
                ("days", "OUT_OF_RANGE"),
                ("cents", "OUT_OF_RANGE")
            ]
        );
        assert_eq!(faults(Lodging, None, None, 8900), []);
    }
}
