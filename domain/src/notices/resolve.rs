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
use super::queries::recipients::{self, Matter};
use super::rules::Candidate;
use super::{Claimed, Reason, sign_in};
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

/// Looks at claimed rows anew, and answers in their order: four statements for reviews and two for sign-ins, however
/// many rows.
pub async fn resolve(ctx: &Ctx, claimed: &[Claimed]) -> Result<Vec<Decision>> {
    let is_sign_in = |it: &&Claimed| it.kind == NoticeKind::SignIn;
    let (sign_ins, reviews): (Vec<_>, Vec<_>) = claimed.iter().partition(is_sign_in);
    let mut decided = sign_in::resolve(ctx, &sign_ins).await?;
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
    let chosen: Vec<Chosen> = claimed
        .iter()
        .map(|it| {
            let coordinators = coordinators.get(&it.organisation);
            let coordinators = coordinators.map(Vec::as_slice).unwrap_or_default();
            choose(it, matters.get(&it.id), coordinators)
        })
        .collect();
    let people: BTreeSet<PersonId> = chosen.iter().filter_map(Chosen::person).collect();
    let people: Vec<PersonId> = people.into_iter().collect();
    let without = opt_outs::of_people(ctx.store.reader(), &people).await?;
    let contacts = people::contacts(&ctx.keys, ctx.store.reader(), &people).await?;
    Ok(claimed
        .iter()
        .zip(chosen)
        .map(|(it, chosen)| match (chosen, matters.get(&it.id)) {
            (Chosen::No(decision), _) => decision,
            (Chosen::Reader(_, Some(reader)), _) if without.contains(&(reader, it.kind)) => {
                Decision::Skip(Reason::OptedOut)
            }
            (Chosen::Reader(capacity, to), Some(matter)) => {
                write(ctx, it, matter, capacity, to, &contacts)
            }
            (Chosen::Reader(..), None) => Decision::Cancel(Reason::ReviewClosed),
        })
        .collect())
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
        RecipientRole::Coordinator | RecipientRole::Oneself => None,
    };
    if let Some(person) = professional.and_then(|it| it.reached()) {
        return Chosen::Reader(Capacity::Professional, Some(person));
    }
    let coordinator = coordinators.iter().find_map(Candidate::reached);
    match (coordinator, &matter.mailbox) {
        (None, None) => Chosen::No(Decision::Skip(Reason::NoRecipient)),
        (person, _) => Chosen::Reader(Capacity::Coordinator, person),
    }
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
    // Details that do not open are as good as none: the organisation's mailbox is left.
    let contact = to.and_then(|person| contacts.get(&person));
    let reader = contact.and_then(|it| Some((it, it.email.clone()?)));
    let (to, capacity, email, first_name, language) = match (reader, &matter.mailbox) {
        (Some((it, email)), _) => (to, capacity, email, first_name(&it.name), it.language),
        (None, Some(mailbox)) => {
            let mailbox = Personal::from(mailbox.as_str());
            (
                None,
                Capacity::Coordinator,
                mailbox,
                None,
                organisation_language,
            )
        }
        (None, None) => return Decision::Skip(Reason::NoRecipient),
    };
    let Ok(case_code) = CaseCode::parse(&matter.case_code) else {
        return Decision::Dead("CASE_CODE");
    };
    let version = u32::try_from(claimed.key_version).unwrap_or_default();
    let Ok(message_mac) = ctx.keys.message_id_mac(version, claimed.id.0.as_bytes()) else {
        return Decision::Dead("KEY_MISSING");
    };
    let deadline = match claimed.kind {
        NoticeKind::ReviewComing => matter.planned_on,
        NoticeKind::ReviewBooked => matter.booked_for.unwrap_or(matter.planned_on),
        NoticeKind::ReviewDue
        | NoticeKind::ReviewDueNoProfessional
        | NoticeKind::ReviewNudge
        | NoticeKind::ReviewOverdue
        | NoticeKind::SignIn => matter.window_end_on,
    };
    Decision::Send(Box::new(Mailing {
        kind: claimed.kind,
        to,
        email,
        first_name,
        language: language.readable(organisation_language),
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
