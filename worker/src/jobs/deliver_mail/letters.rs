//! A notice as the letter that leaves.

use rinnalla_domain::notices::{About, Capacity, End, Mailing};
use rinnalla_domain::states::NoticeKind;

use crate::jobs::House;
use crate::language::Language;
use crate::mail::{
    CaseCode, Counts, FirstName, Link, Mail, OrganisationName, OverdueWording, Reader, TokenError,
    render,
};
use crate::message::{Letter, LetterError, MessageId};

/// Writes a notice's letter; or what becomes of a notice that cannot be written.
pub(super) fn write(house: &House, notice: &Mailing) -> Result<Letter, End> {
    let mail = mail(house, notice).map_err(|_| dead("CONTENT", notice))?;
    let language = Language::choose(Some(notice.language.code()), None);
    let rendered = render(&mail, language).map_err(|error| {
        // Our own fault: a later version of the program will write it.
        tracing::error!(%error, "a mail could not be written");
        End::Retry {
            code: "TEXTS".to_owned(),
        }
    })?;
    let id = MessageId::of_mac(&notice.message_mac, &house.sender);
    let to = notice.email.reveal();
    Letter::new(id, &house.sender, to, &rendered, notice.written_at)
        .map_err(|error: LetterError| dead(error.code(), notice))
}

fn dead(code: &str, notice: &Mailing) -> End {
    End::Dead {
        code: code.to_owned(),
        refused: notice.to.filter(|_| code == LetterError::Address.code()),
    }
}

fn mail(house: &House, notice: &Mailing) -> Result<Mail, TokenError> {
    let first_name = notice
        .first_name
        .as_ref()
        .map(|name| FirstName::parse(name.reveal()));
    let organisation = notice
        .organisation_name
        .as_deref()
        .map(OrganisationName::parse);
    let reader = Reader {
        first_name: first_name.and_then(Result::ok),
        organisation: organisation.and_then(Result::ok),
    };
    let (capacity, case_code, day, opaque_id) = match &notice.about {
        About::SignIn { secret } => {
            let link = Link::parse(&house.settings.sign_in_link(secret.reveal()))?;
            return Ok(Mail::SignIn { reader, link });
        }
        About::Session {
            appointment,
            opaque_id,
        } => {
            let link = Link::parse(&house.settings.link_to(opaque_id))?;
            let appointment = appointment.clone();
            return Ok(match notice.kind {
                NoticeKind::SupervisionComing => Mail::InvitationComing {
                    reader,
                    appointment,
                    link,
                },
                NoticeKind::SessionMoved => Mail::SessionMoved {
                    reader,
                    appointment,
                    link,
                },
                NoticeKind::SessionCancelled => Mail::SessionCancelled {
                    reader,
                    appointment,
                    link,
                },
                _ => Mail::SessionComing {
                    reader,
                    appointment,
                    link,
                },
            });
        }
        About::Consent {
            deadline,
            opaque_id,
        } => {
            let link = Link::parse(&house.settings.link_to(opaque_id))?;
            return Ok(Mail::ListingConsentEnds {
                reader,
                deadline: *deadline,
                link,
            });
        }
        About::Count { count, opaque_id } => {
            let link = Link::parse(&house.settings.link_to(opaque_id))?;
            let count = *count;
            return Ok(match notice.kind {
                NoticeKind::SupervisionMissing => Mail::ManyWithout {
                    reader,
                    count,
                    link,
                },
                _ => Mail::AnswersWaiting {
                    reader,
                    count,
                    link,
                },
            });
        }
        About::Week { monday, opaque_id } => {
            let link = Link::parse(&house.settings.link_to(opaque_id))?;
            let monday = *monday;
            return Ok(match notice.kind {
                NoticeKind::PlaceWeekPast => Mail::WeekPastShort {
                    reader,
                    monday,
                    link,
                },
                _ => Mail::WeekNextShort {
                    reader,
                    monday,
                    link,
                },
            });
        }
        About::Digest { open, opaque_id } => {
            let link = Link::parse(&house.settings.link_to(opaque_id))?;
            let counts = Counts {
                overdue: open.reviews_overdue,
                unfollowed: open.reviews_unfollowed,
                referrals: open.referrals,
                proposals: open.proposals,
                given_up: open.cases_given_up,
                undelivered: open.notices,
            };
            return Ok(Mail::WeeklyDigest {
                reader,
                counts,
                link,
            });
        }
        About::Review {
            capacity,
            case_code,
            deadline,
            opaque_id,
        } => (*capacity, case_code, *deadline, opaque_id),
    };
    let case = CaseCode::parse(&case_code.to_string())?;
    let link = Link::parse(&house.settings.link_to(opaque_id))?;
    Ok(match (notice.kind, capacity) {
        (NoticeKind::ReviewComing, _) => Mail::ReviewComing {
            reader,
            case,
            planned_on: day,
            link,
        },
        (NoticeKind::ReviewDue, Capacity::Professional) => Mail::ReviewDue {
            reader,
            case,
            open_until: day,
            link,
        },
        (NoticeKind::ReviewDue, Capacity::Coordinator)
        | (NoticeKind::ReviewDueNoProfessional, _) => Mail::ReviewDueNoProfessional {
            reader,
            case,
            open_until: day,
            link,
        },
        (NoticeKind::ReviewNudge, _) => Mail::ReviewNudge {
            reader,
            case,
            open_until: day,
            link,
        },
        (NoticeKind::ReviewOverdue, capacity) => Mail::ReviewOverdue {
            reader,
            wording: match capacity {
                Capacity::Professional => OverdueWording::Professional,
                Capacity::Coordinator => OverdueWording::Coordinator,
            },
            case,
            open_until: day,
            link,
        },
        // A notice of a review is never of the other kind: `About` says which it is.
        (
            NoticeKind::ReviewBooked
            | NoticeKind::SignIn
            | NoticeKind::WeeklyDigest
            | NoticeKind::SessionComing
            | NoticeKind::SessionMoved
            | NoticeKind::SessionCancelled
            | NoticeKind::ListingConsentEnds
            | NoticeKind::SupervisionComing
            | NoticeKind::SupervisionMissing
            | NoticeKind::PlaceWeekPast
            | NoticeKind::PlaceWeekNext
            | NoticeKind::WishesUnanswered,
            _,
        ) => Mail::ReviewBooked {
            reader,
            case,
            booked_for: day,
            link,
        },
    })
}
