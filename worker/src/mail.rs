//! What the mails say. One variant a mail, one folder of `templates/` a variant, three languages a
//! folder.
//!
//! A mail may be read over someone's shoulder, forwarded, or open on a shared screen. So it names no
//! one but its reader, and tells a case code, a date and where to sign in; what the matter is about
//! is told only after signing in. No link holds a secret, save the one that somebody asked for in
//! order to sign in. A variant's fields are all that its texts can say: there is no
//! other way for a word to get in.

mod dates;
mod rendering;
mod samples;
mod texts;
pub(crate) mod tokens;

#[cfg(test)]
mod tests;

use chrono::NaiveDate;
use rinnalla_domain::appointments::Appointment;
use rinnalla_domain::appointments::days::Deadline;

pub use rendering::{Entry, RenderError, Rendered, render};
pub use tokens::{CaseCode, FirstName, Link, OrganisationName, TokenError};

/// A mail with everything it needs in order to be written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Mail {
    /// A review comes up in about two weeks.
    ReviewComing {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The day the review is planned on.
        planned_on: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// A review has fallen due.
    ReviewDue {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// Half of the time for a review has gone.
    ReviewNudge {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// The time for a review has passed.
    ReviewOverdue {
        /// Who reads it.
        reader: Reader,
        /// In which wording: it is the same matter, but not the same thing to do.
        wording: OverdueWording,
        /// Which case.
        case: CaseCode,
        /// What was the last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// A review has fallen due and no professional follows the case: to the coordinator.
    ReviewDueNoProfessional {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The last day of the review's window.
        open_until: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// The day booked for a review is three working days away.
    ReviewBooked {
        /// Who reads it.
        reader: Reader,
        /// Which case.
        case: CaseCode,
        /// The booked day.
        booked_for: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// Somebody asked for a link to sign in with: the one mail whose link holds a secret.
    SignIn {
        /// Who reads it.
        reader: Reader,
        /// The link to sign in with.
        link: Link,
    },
    /// A session of a course is two working days away. Nothing tells that it is one.
    SessionComing {
        /// Who reads it.
        reader: Reader,
        /// When.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A session of a course was moved, or takes place after all.
    SessionMoved {
        /// Who reads it.
        reader: Reader,
        /// When it is from now on.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A session of a course was cancelled.
    SessionCancelled {
        /// Who reads it.
        reader: Reader,
        /// When it would have been.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// A consent comes to its end. Nothing tells to what it was given.
    ListingConsentEnds {
        /// Who reads it.
        reader: Reader,
        /// Its last day.
        deadline: Deadline,
        /// Where to sign in.
        link: Link,
    },
    /// Somebody is invited to something in a week. Nothing tells to what.
    InvitationComing {
        /// Who reads it.
        reader: Reader,
        /// When.
        appointment: Appointment,
        /// Where to sign in.
        link: Link,
    },
    /// How many have been without for longer than was set. Nothing tells without what.
    ManyWithout {
        /// Who reads it.
        reader: Reader,
        /// How many.
        count: i64,
        /// Where to sign in.
        link: Link,
    },
    /// A week that is past fell short.
    WeekPastShort {
        /// Who reads it.
        reader: Reader,
        /// Its Monday.
        monday: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// A week that is to come falls short.
    WeekNextShort {
        /// Who reads it.
        reader: Reader,
        /// Its Monday.
        monday: NaiveDate,
        /// Where to sign in.
        link: Link,
    },
    /// How many messages wait for an answer. Nothing tells of what kind.
    AnswersWaiting {
        /// Who reads it.
        reader: Reader,
        /// How many.
        count: i64,
        /// Where to sign in.
        link: Link,
    },
    /// At the beginning of a week: how much is open.
    WeeklyDigest {
        /// Who reads it.
        reader: Reader,
        /// How much.
        counts: Counts,
        /// Where to sign in.
        link: Link,
    },
}

/// How much is open, by kind: numbers and nothing else.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Reviews whose time has passed.
    pub overdue: i64,
    /// Reviews that are due and that nobody follows.
    pub unfollowed: i64,
    /// Referrals that wait.
    pub referrals: i64,
    /// Proposals that wait.
    pub proposals: i64,
    /// Cases without a responsible professional.
    pub given_up: i64,
    /// Messages that reached nobody.
    pub undelivered: i64,
}

impl Counts {
    /// Each kind's text and number, those that there are none of left out.
    fn items(&self) -> impl Iterator<Item = (&'static str, i64)> {
        let items = [
            ("item-overdue", self.overdue),
            ("item-unfollowed", self.unfollowed),
            ("item-referrals", self.referrals),
            ("item-proposals", self.proposals),
            ("item-given-up", self.given_up),
            ("item-undelivered", self.undelivered),
        ];
        items.into_iter().filter(|(_, count)| *count > 0)
    }
}

/// How the reader is greeted, and in whose name.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Reader {
    /// The reader's own first name; without one the greeting is plain.
    pub first_name: Option<FirstName>,
    /// The organisation that writes, only where its name tells nothing of the matter.
    pub organisation: Option<OrganisationName>,
}

/// To whom it is said that a review is overdue.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum OverdueWording {
    /// To the professional, who can hold the review or record it.
    Professional,
    /// To the coordinator, who can ask how things stand.
    Coordinator,
}

impl Mail {
    /// The mail's folder of texts.
    pub fn name(&self) -> &'static str {
        match self {
            Self::ReviewComing { .. } => "review_coming",
            Self::ReviewDue { .. } => "review_due",
            Self::ReviewNudge { .. } => "review_nudge",
            Self::ReviewOverdue { .. } => "review_overdue",
            Self::ReviewDueNoProfessional { .. } => "review_due_no_professional",
            Self::ReviewBooked { .. } => "review_booked",
            Self::SignIn { .. } => "sign_in",
            Self::SessionComing { .. } => "session_coming",
            Self::SessionMoved { .. } => "session_moved",
            Self::SessionCancelled { .. } => "session_cancelled",
            Self::ListingConsentEnds { .. } => "listing_consent_ends",
            Self::InvitationComing { .. } => "invitation_coming",
            Self::ManyWithout { .. } => "many_without",
            Self::WeekPastShort { .. } => "week_past_short",
            Self::WeekNextShort { .. } => "week_next_short",
            Self::AnswersWaiting { .. } => "answers_waiting",
            Self::WeeklyDigest { .. } => "weekly_digest",
        }
    }

    fn parts(&self) -> Parts<'_> {
        let (body, reader, case, day, link) = match self {
            Self::ReviewComing {
                reader,
                case,
                planned_on: day,
                link,
            }
            | Self::ReviewDue {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewNudge {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewDueNoProfessional {
                reader,
                case,
                open_until: day,
                link,
            }
            | Self::ReviewBooked {
                reader,
                case,
                booked_for: day,
                link,
            } => ("body", reader, case, day, link),
            Self::SessionComing {
                reader,
                appointment,
                link,
            }
            | Self::SessionMoved {
                reader,
                appointment,
                link,
            }
            | Self::SessionCancelled {
                reader,
                appointment,
                link,
            }
            | Self::InvitationComing {
                reader,
                appointment,
                link,
            } => {
                return Parts {
                    appointment: Some(appointment),
                    ..Parts::plain(reader, link)
                };
            }
            Self::ListingConsentEnds {
                reader,
                deadline,
                link,
            } => {
                return Parts {
                    deadline: Some(deadline),
                    ..Parts::plain(reader, link)
                };
            }
            Self::WeekPastShort {
                reader,
                monday: day,
                link,
            }
            | Self::WeekNextShort {
                reader,
                monday: day,
                link,
            } => {
                return Parts {
                    day: Some(*day),
                    ..Parts::plain(reader, link)
                };
            }
            Self::ManyWithout {
                reader,
                count,
                link,
            }
            | Self::AnswersWaiting {
                reader,
                count,
                link,
            } => {
                return Parts {
                    count: Some(*count),
                    ..Parts::plain(reader, link)
                };
            }
            Self::WeeklyDigest {
                reader,
                counts,
                link,
            } => {
                return Parts {
                    counts: *counts,
                    ..Parts::plain(reader, link)
                };
            }
            Self::ReviewOverdue {
                reader,
                wording,
                case,
                open_until: day,
                link,
            } => {
                let body = match wording {
                    OverdueWording::Professional => "body-professional",
                    OverdueWording::Coordinator => "body-coordinator",
                };
                (body, reader, case, day, link)
            }
            Self::SignIn { reader, link } => {
                return Parts {
                    link_intro: "sign-in-intro",
                    link_hint: "sign-in-intro",
                    button: "sign-in-button",
                    ..Parts::plain(reader, link)
                };
            }
        };
        Parts {
            body,
            matter: Some((case, *day)),
            ..Parts::plain(reader, link)
        }
    }
}

/// What every mail has: the names of its texts, and what may fill them.
struct Parts<'a> {
    body: &'static str,
    reader: &'a Reader,
    /// The case and the day, where it is about one.
    matter: Option<(&'a CaseCode, NaiveDate)>,
    /// When somebody is to be somewhere, where it is about that.
    appointment: Option<&'a Appointment>,
    /// The day on which something ends, where it is about that.
    deadline: Option<&'a Deadline>,
    /// The day, where it is about one alone.
    day: Option<NaiveDate>,
    /// How many of one thing, where it is about that.
    count: Option<i64>,
    counts: Counts,
    link: &'a Link,
    link_intro: &'static str,
    link_hint: &'static str,
    button: &'static str,
}

impl<'a> Parts<'a> {
    /// A mail that says nothing of its own but its body.
    fn plain(reader: &'a Reader, link: &'a Link) -> Self {
        Self {
            body: "body",
            reader,
            matter: None,
            appointment: None,
            deadline: None,
            day: None,
            count: None,
            counts: Counts::default(),
            link,
            link_intro: "link-intro",
            link_hint: "link-hint",
            button: "button",
        }
    }
}
