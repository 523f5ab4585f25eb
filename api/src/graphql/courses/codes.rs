//! What the states of courses are called.

use crate::graphql::written::Written;
use async_graphql::Enum;
use rinnalla_domain::calendar::{Eve, Holiday};
use rinnalla_domain::courses::rules;
use rinnalla_domain::states;

/// How far a course is (kurssin tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::CourseStatus")]
pub enum CourseStatus {
    /// Planned; it takes nobody in yet.
    Planned,
    /// It takes people in; no session has been held.
    Open,
    /// A session was held, and others are to come.
    Running,
    /// No session is to come.
    Finished,
    /// It does not take place, or does not go on.
    Cancelled,
}

/// In which part an organisation arranges a course (järjestäjän osuus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::CourseOrganiserKind")]
pub enum CourseOrganiserKind {
    /// It arranges the course too.
    Organiser,
    /// It works along.
    Partner,
}

/// As what somebody leads a course (ohjaajan osuus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::FacilitatorKind")]
pub enum FacilitatorKind {
    /// As a professional.
    Professional,
    /// Assisting.
    Assistant,
}

/// Whether a session is to come or was held (kurssikerran tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::CourseSessionStatus")]
pub enum CourseSessionStatus {
    /// To come, on its first day.
    Scheduled,
    /// To come, on another day or at another time than planned.
    Moved,
    /// Held: it is recorded who was there.
    Held,
    /// Cancelled.
    Cancelled,
}

/// How far somebody's part in a course is (osallistumisen tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::EnrolmentStatus")]
pub enum EnrolmentStatus {
    /// Waits for a place.
    Applied,
    /// Has a place.
    Enrolled,
    /// Graduated.
    Graduated,
    /// Left before the end.
    Interrupted,
    /// Never came.
    NoShow,
    /// Taken off the list.
    Cancelled,
}

/// How somebody's part ends without graduation (osallistumisen päättyminen).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
pub enum EnrolmentEnding {
    /// Left before the end.
    Interrupted,
    /// Never came.
    NoShow,
}

/// Whether somebody was at a session (läsnäolo).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::AttendanceStatus")]
pub enum AttendanceStatus {
    /// Nothing is recorded; sent, it takes a mark back.
    NotRecorded,
    /// There.
    Present,
    /// There for a part of it.
    Partly,
    /// Not there, and had said so.
    Excused,
    /// Not there.
    Absent,
}

/// What should be put right about a course; nothing is refused for it (kurssin huomautus).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "rules::Warning")]
pub enum CourseWarning {
    /// Fewer than two professionals lead it: no session can be recorded yet.
    TooFewProfessionals,
    /// Somebody assists who has not graduated from a course of the association.
    AssistantNotGraduate,
}

macro_rules! days_off {
    ($($(#[$doc:meta])+ $day:ident: $of:pat,)+) => {
        /// Why nobody meets on a day (vapaapäivä).
        #[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
        pub enum DayOff {
            $($(#[$doc])+ $day,)+
        }

        impl From<rules::DayOff> for DayOff {
            fn from(why: rules::DayOff) -> Self {
                match why {
                    $($of => Self::$day,)+
                }
            }
        }
    };
}

days_off! {
    /// 1 January (uudenvuodenpäivä).
    NewYearsDay: rules::DayOff::Holiday(Holiday::NewYearsDay),
    /// 6 January (loppiainen).
    Epiphany: rules::DayOff::Holiday(Holiday::Epiphany),
    /// Good Friday (pitkäperjantai).
    GoodFriday: rules::DayOff::Holiday(Holiday::GoodFriday),
    /// Easter Sunday (pääsiäispäivä).
    EasterSunday: rules::DayOff::Holiday(Holiday::EasterSunday),
    /// Easter Monday (toinen pääsiäispäivä).
    EasterMonday: rules::DayOff::Holiday(Holiday::EasterMonday),
    /// 1 May (vappu).
    MayDay: rules::DayOff::Holiday(Holiday::MayDay),
    /// Ascension Day (helatorstai).
    AscensionDay: rules::DayOff::Holiday(Holiday::AscensionDay),
    /// Whit Sunday (helluntaipäivä).
    WhitSunday: rules::DayOff::Holiday(Holiday::WhitSunday),
    /// Midsummer Day (juhannuspäivä).
    MidsummerDay: rules::DayOff::Holiday(Holiday::MidsummerDay),
    /// All Saints' Day (pyhäinpäivä).
    AllSaintsDay: rules::DayOff::Holiday(Holiday::AllSaintsDay),
    /// 6 December (itsenäisyyspäivä).
    IndependenceDay: rules::DayOff::Holiday(Holiday::IndependenceDay),
    /// 25 December (joulupäivä).
    ChristmasDay: rules::DayOff::Holiday(Holiday::ChristmasDay),
    /// 26 December (tapaninpäivä).
    StStephensDay: rules::DayOff::Holiday(Holiday::StStephensDay),
    /// Midsummer Eve (juhannusaatto).
    MidsummerEve: rules::DayOff::Eve(Eve::Midsummer),
    /// Christmas Eve (jouluaatto).
    ChristmasEve: rules::DayOff::Eve(Eve::Christmas),
}
