//! Whether a claimed notice still applies, and whom it goes to: looked at just before it is sent.
//!
//! The one whose duty it is may have changed, be away, or have an address that mail does not reach. Then it goes to
//! the next: the responsible professional of the case, whoever stands in for them, the organisation's coordinator,
//! whoever stands in for that one, the organisation's mailbox. Where there is none, that is recorded and shown.

use std::collections::{BTreeSet, HashMap};

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::ids::{Id as _, OrganisationId, OutboxMessageId, PersonId};
use rinnalla_entity::states::{NoticeKind, RecipientRole};

use super::opt_outs;
use super::queries::digests;
use super::queries::recipients::{self, Matter};
use super::rules::{self, Candidate};
use super::{
    Claimed, Open, Reason, course_sessions, listing_consents, overviews, personal, sign_in,
};
use crate::appointments::Appointment;
use crate::appointments::days::Deadline;
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::people::{self, Contact};
use crate::personal::Personal;
use crate::texts::Language;

/// What is to be done with a claimed row.
#[derive(Debug)]
pub enum Decision {
    /// Send it.
    Send(Box<Mailing>),
    /// There is nobody to send it to.
    Skip(Reason),
    /// It no longer applies.
    Cancel(Reason),
    /// It cannot be written; for an administrator.
    Dead(&'static str),
}

/// As what somebody reads a notice.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Capacity {
    /// As the professional of the case, or in their place.
    Professional,
    /// As the coordinator, in their place, or at the organisation's mailbox.
    Coordinator,
}

/// What a mail is about.
#[derive(Clone, Debug)]
pub enum About {
    /// A joint review.
    Review {
        /// As what it is read.
        capacity: Capacity,
        /// The case.
        case_code: CaseCode,
        /// The planned day of a coming review, the booked day of a booked one, else the window's end.
        deadline: NaiveDate,
        /// The review's opaque id, for a link.
        opaque_id: String,
    },
    /// All that is open in an organisation.
    Digest {
        /// How much, by kind.
        open: Open,
        /// The organisation's opaque id, for a link.
        opaque_id: String,
    },
    /// A session of a course; nothing tells that it is one.
    Session {
        /// When it is, as calendars read it.
        appointment: Appointment,
        /// The opaque id of the reader's own part, or of the session for whoever leads it, for a link.
        opaque_id: String,
    },
    /// A consent that comes to its end; nothing tells to what.
    Consent {
        /// Its last day, for the reader's calendar too.
        deadline: Deadline,
        /// The opaque id of what it is about, for a link.
        opaque_id: String,
    },
    /// How much of something waits; nothing tells of what but the mail's own words.
    Count {
        /// How much.
        count: i64,
        /// The opaque id of what it is about, for a link.
        opaque_id: String,
    },
    /// A week that falls short.
    Week {
        /// Its Monday.
        monday: NaiveDate,
        /// The opaque id of what it is about, for a link.
        opaque_id: String,
    },
    /// A link for signing in.
    SignIn {
        /// The link's secret; it stands nowhere but in the mail.
        secret: Personal<String>,
    },
}

/// Everything that a mail may say, and to whom.
#[derive(Clone, Debug)]
pub struct Mailing {
    /// What it says.
    pub kind: NoticeKind,
    /// The reader; none for an organisation's mailbox.
    pub to: Option<PersonId>,
    /// The reader's address.
    pub email: Personal<String>,
    /// The reader's own first name.
    pub first_name: Option<Personal<String>>,
    /// The reader's language where texts exist in it, else the organisation's, else Finnish.
    pub language: Language,
    /// The organisation's name, where it tells nothing of the matter.
    pub organisation_name: Option<String>,
    /// The matter.
    pub about: About,
    /// The mark from which the Message-ID is made, the same over all attempts.
    pub message_mac: [u8; 32],
    /// The mail's `Date`, the same over all attempts.
    pub written_at: DateTime<Utc>,
}

/// Looks at claimed rows anew, and answers in their order: four statements for reviews, two for sign-ins, three each for
/// course sessions, consents and what is somebody's own, six for overviews, and one for digests, however many rows.
pub async fn resolve(ctx: &Ctx, claimed: &[Claimed]) -> Result<Vec<Decision>> {
    let is_sign_in = |it: &&Claimed| it.kind == NoticeKind::SignIn;
    let (sign_ins, others): (Vec<_>, Vec<_>) = claimed.iter().partition(is_sign_in);
    let is_consent = |it: &&Claimed| it.kind == NoticeKind::ListingConsentEnds;
    let (consents, others): (Vec<_>, Vec<_>) = others.into_iter().partition(is_consent);
    let (own, others): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|it| personal::is_personal(it.kind));
    let (overviews, others): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|it| overviews::is_overview(it.kind));
    let (sessions, reviews): (Vec<_>, Vec<_>) = others
        .into_iter()
        .partition(|it| course_sessions::is_of_session(it.kind));
    let mut decided = sign_in::resolve(ctx, &sign_ins).await?;
    decided.extend(course_sessions::resolve(ctx, &sessions).await?);
    decided.extend(listing_consents::resolve(ctx, &consents).await?);
    decided.extend(personal::resolve(ctx, &own).await?);
    decided.extend(overviews::resolve(ctx, &overviews).await?);
    let of_reviews = resolve_reviews(ctx, &reviews).await?;
    decided.extend(reviews.iter().map(|it| it.id).zip(of_reviews));
    Ok(claimed
        .iter()
        .map(|it| {
            decided
                .remove(&it.id)
                .unwrap_or(Decision::Cancel(Reason::ReviewClosed))
        })
        .collect())
}

async fn resolve_reviews(ctx: &Ctx, claimed: &[&Claimed]) -> Result<Vec<Decision>> {
    if claimed.is_empty() {
        return Ok(Vec::new());
    }
    let mut matters: HashMap<OutboxMessageId, Matter> = HashMap::new();
    for matter in recipients::matters(ctx, claimed).await? {
        // Of two absences on one day, the first row counts: the one whose substitute can be reached.
        matters.entry(matter.message_id).or_insert(matter);
    }
    let organisations: BTreeSet<OrganisationId> =
        claimed.iter().map(|it| it.organisation).collect();
    let mut coordinators: HashMap<OrganisationId, Vec<Candidate<PersonId>>> = HashMap::new();
    for (organisation, candidate) in recipients::coordinators(ctx, organisations).await? {
        coordinators
            .entry(organisation)
            .or_default()
            .push(candidate);
    }
    let digests = digests_of(ctx, claimed).await?;
    let chosen: Vec<Chosen> = claimed
        .iter()
        .map(|it| {
            let coordinators = coordinators.get(&it.organisation);
            let coordinators = coordinators.map(Vec::as_slice).unwrap_or_default();
            match it.kind {
                NoticeKind::WeeklyDigest => {
                    let digest = digests.get(&it.organisation);
                    choose_digest(ctx.today, it, digest, coordinators)
                }
                _ => choose(it, matters.get(&it.id), coordinators),
            }
        })
        .collect();
    let people: BTreeSet<PersonId> = chosen.iter().filter_map(Chosen::person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let without = opt_outs::of_people(ctx.store.reader(), &people).await?;
    let contacts = people::contacts(&ctx.keys, ctx.store.reader(), &people).await?;
    Ok(claimed
        .iter()
        .zip(chosen)
        .map(|(it, chosen)| {
            let (capacity, to) = match chosen {
                Chosen::No(decision) => return decision,
                Chosen::Reader(_, Some(reader)) if without.contains(&(reader, it.kind)) => {
                    return Decision::Skip(Reason::OptedOut);
                }
                Chosen::Reader(capacity, to) => (capacity, to),
            };
            match (digests.get(&it.organisation), matters.get(&it.id)) {
                (Some(digest), _) if it.kind == NoticeKind::WeeklyDigest => {
                    write_digest(ctx, it, digest, to, &contacts)
                }
                (_, Some(matter)) => write(ctx, it, matter, capacity, to, &contacts),
                (_, None) => Decision::Cancel(Reason::ReviewClosed),
            }
        })
        .collect())
}

/// What is open in the organisations of claimed digests; nothing is asked where there is none.
async fn digests_of(
    ctx: &Ctx,
    claimed: &[&Claimed],
) -> Result<HashMap<OrganisationId, digests::Matter>> {
    let of: BTreeSet<OrganisationId> = claimed
        .iter()
        .filter(|it| it.kind == NoticeKind::WeeklyDigest)
        .map(|it| it.organisation)
        .collect();
    if of.is_empty() {
        return Ok(HashMap::new());
    }
    let rows = digests::matters(ctx, of).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

fn choose_digest(
    today: NaiveDate,
    claimed: &Claimed,
    digest: Option<&digests::Matter>,
    coordinators: &[Candidate<PersonId>],
) -> Chosen {
    let cancel = |reason| Chosen::No(Decision::Cancel(reason));
    if claimed.for_on != rules::digest_on(today) {
        return cancel(Reason::Superseded);
    }
    let Some(digest) = digest.filter(|digest| digest.open.is_anything()) else {
        return cancel(Reason::NothingOpen);
    };
    to_coordinator(coordinators, digest.mailbox.is_some())
}

/// The coordinator, whoever stands in for that one, the next coordinator, the mailbox.
fn to_coordinator(coordinators: &[Candidate<PersonId>], has_mailbox: bool) -> Chosen {
    match coordinators.iter().find_map(Candidate::reached) {
        None if !has_mailbox => Chosen::No(Decision::Skip(Reason::NoRecipient)),
        person => Chosen::Reader(Capacity::Coordinator, person),
    }
}

enum Chosen {
    No(Decision),
    /// A person, or the organisation's mailbox.
    Reader(Capacity, Option<PersonId>),
}

impl Chosen {
    fn person(&self) -> Option<PersonId> {
        match self {
            Self::Reader(_, to) => *to,
            Self::No(_) => None,
        }
    }
}

fn choose(
    claimed: &Claimed,
    matter: Option<&Matter>,
    coordinators: &[Candidate<PersonId>],
) -> Chosen {
    let cancel = |reason| Chosen::No(Decision::Cancel(reason));
    let Some(matter) = matter.filter(|matter| matter.is_open) else {
        return cancel(Reason::ReviewClosed);
    };
    if !matter.relationship_stands {
        return cancel(Reason::RelationshipNotActive);
    }
    if !matter.consent_stands {
        return cancel(Reason::ConsentWithdrawn);
    }
    if !matter.is_dated {
        return cancel(Reason::DateMoved);
    }
    if !matter.is_latest {
        return cancel(Reason::Superseded);
    }
    let professional = match claimed.role {
        RecipientRole::Professional => matter.professional(),
        RecipientRole::Coordinator
        | RecipientRole::Oneself
        | RecipientRole::Participant
        | RecipientRole::Facilitator
        | RecipientRole::PlaceKeeper
        | RecipientRole::PaidGuide => None,
    };
    if let Some(person) = professional.and_then(|it| it.reached()) {
        return Chosen::Reader(Capacity::Professional, Some(person));
    }
    to_coordinator(coordinators, matter.mailbox.is_some())
}

/// How somebody is written to.
pub(super) struct Address {
    pub to: Option<PersonId>,
    pub email: Personal<String>,
    pub first_name: Option<Personal<String>>,
    pub language: Language,
}

/// The reader's address. Details that do not open are as good as none: the organisation's mailbox is left.
pub(super) fn address(
    to: Option<PersonId>,
    mailbox: Option<&str>,
    organisation_language: Language,
    contacts: &HashMap<PersonId, Contact>,
) -> Option<Address> {
    let contact = to.and_then(|person| contacts.get(&person));
    match contact.and_then(|it| Some((it, it.email.clone()?))) {
        Some((it, email)) => Some(Address {
            to,
            email,
            first_name: first_name(&it.name),
            language: it.language.readable(organisation_language),
        }),
        None => Some(Address {
            to: None,
            email: Personal::from(mailbox?),
            first_name: None,
            language: organisation_language.readable(organisation_language),
        }),
    }
}

/// The mark of a row's Message-ID.
pub(super) fn mark(ctx: &Ctx, claimed: &Claimed) -> std::result::Result<[u8; 32], Decision> {
    let version = u32::try_from(claimed.key_version).unwrap_or_default();
    ctx.keys
        .message_id_mac(version, claimed.id.0.as_bytes())
        .map_err(|_| Decision::Dead("KEY_MISSING"))
}

fn write_digest(
    ctx: &Ctx,
    claimed: &Claimed,
    digest: &digests::Matter,
    to: Option<PersonId>,
    contacts: &HashMap<PersonId, Contact>,
) -> Decision {
    let language = Language::of_code(&digest.language);
    let Some(address) = address(to, digest.mailbox.as_deref(), language, contacts) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to: address.to,
        email: address.email,
        first_name: address.first_name,
        language: address.language,
        organisation_name: digest.is_name_neutral.then(|| digest.name.clone()),
        about: About::Digest {
            open: digest.open,
            opaque_id: digest.id.encode(),
        },
        message_mac,
        written_at: claimed.created_at,
    }))
}

fn write(
    ctx: &Ctx,
    claimed: &Claimed,
    matter: &Matter,
    capacity: Capacity,
    to: Option<PersonId>,
    contacts: &HashMap<PersonId, Contact>,
) -> Decision {
    let organisation_language = Language::of_code(&matter.organisation_language);
    let mailbox = matter.mailbox.as_deref();
    let Some(address) = address(to, mailbox, organisation_language, contacts) else {
        return Decision::Skip(Reason::NoRecipient);
    };
    let capacity = match address.to {
        Some(_) => capacity,
        None => Capacity::Coordinator,
    };
    let Ok(case_code) = CaseCode::parse(&matter.case_code) else {
        return Decision::Dead("CASE_CODE");
    };
    let message_mac = match mark(ctx, claimed) {
        Ok(mark) => mark,
        Err(dead) => return dead,
    };
    let deadline = match claimed.kind {
        NoticeKind::ReviewComing => matter.planned_on,
        NoticeKind::ReviewBooked => matter.booked_for.unwrap_or(matter.planned_on),
        NoticeKind::ReviewDue
        | NoticeKind::ReviewDueNoProfessional
        | NoticeKind::ReviewNudge
        | NoticeKind::ReviewOverdue
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
        | NoticeKind::WishesUnanswered => matter.window_end_on,
    };
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to: address.to,
        email: address.email,
        first_name: address.first_name,
        language: address.language,
        organisation_name: matter
            .is_name_neutral
            .then(|| matter.organisation_name.clone()),
        about: About::Review {
            capacity,
            case_code,
            deadline,
            opaque_id: matter.review_id.encode(),
        },
        message_mac,
        written_at: claimed.created_at,
    }))
}

pub(super) fn first_name(name: &Personal<String>) -> Option<Personal<String>> {
    name.reveal().split_whitespace().next().map(Personal::from)
}
