//! Each mail filled with what is invented, for tests and for looking at.

use rinnalla_domain::appointments::Appointment;
use rinnalla_domain::appointments::days::Deadline;

use super::{
    CaseCode, Counts, FirstName, Link, Mail, OrganisationName, OverdueWording, Reader, dates,
};

impl Mail {
    /// Each mail in each of its wordings, filled with what is invented.
    pub fn samples() -> Vec<Self> {
        let reader = Reader::sample;
        let case = CaseCode::sample;
        let link = Link::sample;
        let day = dates::sample();
        vec![
            Self::ReviewComing {
                reader: reader(),
                case: case(),
                planned_on: day,
                link: link(),
            },
            Self::ReviewDue {
                reader: reader(),
                case: case(),
                open_until: day,
                link: link(),
            },
            Self::ReviewNudge {
                reader: reader(),
                case: case(),
                open_until: day,
                link: link(),
            },
            Self::ReviewOverdue {
                reader: reader(),
                wording: OverdueWording::Professional,
                case: case(),
                open_until: day,
                link: link(),
            },
            Self::ReviewOverdue {
                reader: reader(),
                wording: OverdueWording::Coordinator,
                case: case(),
                open_until: day,
                link: link(),
            },
            Self::ReviewDueNoProfessional {
                reader: Reader::default(),
                case: case(),
                open_until: day,
                link: link(),
            },
            Self::ReviewBooked {
                reader: reader(),
                case: case(),
                booked_for: day,
                link: link(),
            },
            Self::SignIn {
                reader: Reader {
                    organisation: None,
                    ..reader()
                },
                link: link(),
            },
            Self::SessionComing {
                reader: reader(),
                appointment: Appointment::sample(false),
                link: link(),
            },
            Self::SessionMoved {
                reader: reader(),
                appointment: Appointment::sample(false),
                link: link(),
            },
            Self::SessionCancelled {
                reader: Reader::default(),
                appointment: Appointment::sample(true),
                link: link(),
            },
            Self::ListingConsentEnds {
                reader: reader(),
                deadline: Deadline {
                    on: day,
                    ..Deadline::sample()
                },
                link: link(),
            },
            Self::InvitationComing {
                reader: reader(),
                appointment: Appointment::sample(false),
                link: link(),
            },
            Self::ManyWithout {
                reader: reader(),
                count: 3,
                link: link(),
            },
            Self::WeekPastShort {
                reader: reader(),
                monday: day,
                link: link(),
            },
            Self::WeekNextShort {
                reader: reader(),
                monday: day,
                link: link(),
            },
            Self::AnswersWaiting {
                reader: reader(),
                count: 4,
                link: link(),
            },
            Self::WeeklyDigest {
                reader: reader(),
                counts: Counts {
                    overdue: 4,
                    unfollowed: 1,
                    referrals: 3,
                    proposals: 2,
                    given_up: 5,
                    undelivered: 1,
                },
                link: link(),
            },
        ]
    }
}

impl Reader {
    /// An invented reader.
    pub fn sample() -> Self {
        Self {
            first_name: Some(FirstName::sample()),
            organisation: Some(OrganisationName::sample()),
        }
    }
}
