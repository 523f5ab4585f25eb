//! Writes a referral with its case, its entries, proposals and disclosures.

use chrono::{DateTime, NaiveDate, Utc};
use rinnalla_entity::states::{
    CaseBackground, MatchProposalStatus as Proposal, ReferralActKind as Act,
    ReferralStatus as Status, SupportBackground,
};
use uuid::Uuid;

use super::rows::Table;
use super::story::Asking;
use super::supporters::{Supporter, after, interests};
use super::world::{Association, Referrer, Somebody, World};

/// How far a referral has come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Stage {
    Draft,
    Submitted,
    Waiting,
    Asked,
    Offered,
    Accepted,
    RefusedBySupportPerson,
    RefusedBySupported,
    Withdrawn,
    Declined,
    Expired,
    Disclosed,
    HandedOver,
    Closed,
    /// Disclosed in error: the relationship is cancelled, and so is the proposal.
    TakenBack,
}

impl Stage {
    /// What was recorded, in order, and what follows from it.
    fn course(self) -> (&'static [Act], Status, Option<Proposal>) {
        use Act::{
            Closed, ConsentGiven, Declined, DetailsDisclosed, Expired, InterestConfirmed,
            KeptWaiting, ProposalWithdrawn, Submitted, SupportPersonAgreed, SupportPersonAsked,
            SupportPersonRefused, SupportedAgreed, SupportedRefused, Withdrawn,
        };
        macro_rules! submitted {
            ($($then:ident),*) => { &[InterestConfirmed, ConsentGiven, Submitted, $($then),*] };
        }
        macro_rules! disclosed {
            ($($then:ident),*) => {
                submitted!(SupportPersonAsked, SupportPersonAgreed, SupportedAgreed, DetailsDisclosed $(, $then)*)
            };
        }
        match self {
            Self::Draft => (&[InterestConfirmed], Status::Draft, None),
            Self::Submitted => (submitted!(), Status::Submitted, None),
            Self::Waiting => (submitted!(KeptWaiting), Status::Waiting, None),
            Self::Withdrawn => (submitted!(Withdrawn), Status::Withdrawn, None),
            Self::Declined => (submitted!(Declined), Status::Declined, None),
            Self::Expired => (submitted!(Expired), Status::Expired, None),
            Self::Asked => (
                submitted!(SupportPersonAsked),
                Status::Proposed,
                Some(Proposal::Asked),
            ),
            Self::RefusedBySupportPerson => (
                submitted!(SupportPersonAsked, SupportPersonRefused),
                Status::Submitted,
                Some(Proposal::RefusedBySupportPerson),
            ),
            Self::Offered => (
                submitted!(SupportPersonAsked, SupportPersonAgreed),
                Status::Proposed,
                Some(Proposal::Offered),
            ),
            Self::RefusedBySupported => (
                submitted!(SupportPersonAsked, SupportPersonAgreed, SupportedRefused),
                Status::Submitted,
                Some(Proposal::RefusedBySupported),
            ),
            Self::Accepted => (
                submitted!(SupportPersonAsked, SupportPersonAgreed, SupportedAgreed),
                Status::Accepted,
                Some(Proposal::Accepted),
            ),
            Self::Disclosed => (disclosed!(), Status::Accepted, Some(Proposal::Disclosed)),
            Self::HandedOver => (disclosed!(), Status::HandedOver, Some(Proposal::Disclosed)),
            Self::Closed => (
                disclosed!(Closed),
                Status::Closed,
                Some(Proposal::Disclosed),
            ),
            Self::TakenBack => (
                disclosed!(ProposalWithdrawn),
                Status::Submitted,
                Some(Proposal::Withdrawn),
            ),
        }
    }
}

/// Who a case belongs to.
pub(super) struct Parties<'a> {
    pub association: &'a Association,
    pub referrer: &'a Referrer,
    pub professional: &'a Somebody,
    /// A second professional of the case, or one who had it before (until the day).
    pub colleague: Option<(&'a Somebody, Option<NaiveDate>)>,
    pub coordinator: Uuid,
}

/// What a relationship needs of the referral that it came of.
pub(super) struct Written {
    pub case: Uuid,
    pub referral: Uuid,
    pub proposal: Option<Uuid>,
    pub disclosed_at: Option<DateTime<Utc>>,
}

struct Entry {
    kind: Act,
    on: NaiveDate,
    proposal: Option<Uuid>,
    by: Uuid,
}

/// Writes a referral that has come so far. `ended_on` is the day of closing or taking back; `earlier` said no first.
pub(super) fn write(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    supporter: Option<&Supporter>,
    earlier: Option<&Supporter>,
    asking: &Asking,
    (stage, ended_on): (Stage, Option<NaiveDate>),
) -> Written {
    let case = write_case(world, parties, supporter, asking.consented_on);
    let created_at = world.chance.at(asking.consented_on);
    let referral = world.chance.id(created_at);
    let (acts, status, proposal_status) = stage.course();
    let coordinator = parties.coordinator;
    let mut proposals = Vec::new();
    let asked = supporter.zip(proposal_status).map(|(supporter, status)| {
        let at = world.chance.at(asking.asked_on);
        let id = world.chance.id(at);
        proposals.push((id, supporter.id, status, at));
        id
    });
    let mut entries: Vec<Entry> = acts
        .iter()
        .map(|&kind| {
            let (on, by) = match kind {
                Act::InterestConfirmed | Act::ConsentGiven => {
                    (asking.consented_on, parties.professional.id)
                }
                Act::Submitted => (asking.submitted_on, parties.professional.id),
                Act::SupportPersonAgreed => (
                    asking.answered_on,
                    supporter.map_or(coordinator, |it| it.person.id),
                ),
                Act::SupportPersonRefused => (asking.answered_on, coordinator),
                Act::SupportedAgreed | Act::SupportedRefused => {
                    (asking.accepted_on, parties.professional.id)
                }
                Act::DetailsDisclosed => (asking.disclosed_on, coordinator),
                Act::Withdrawn => (asking.asked_on, parties.professional.id),
                Act::Closed | Act::ProposalWithdrawn => {
                    (ended_on.unwrap_or(asking.disclosed_on), coordinator)
                }
                _ => (asking.asked_on, coordinator),
            };
            let proposal = asked.filter(|_| is_about_proposal(kind));
            Entry {
                kind,
                on,
                proposal,
                by,
            }
        })
        .collect();
    let no = asking.refused.zip(earlier).filter(|_| entries.len() > 3);
    if let Some((on, earlier)) = no {
        let at = world.chance.at(on);
        let id = world.chance.id(at);
        proposals.insert(0, (id, earlier.id, Proposal::RefusedBySupportPerson, at));
        for kind in [Act::SupportPersonRefused, Act::SupportPersonAsked] {
            let entry = Entry {
                kind,
                on,
                proposal: Some(id),
                by: coordinator,
            };
            entries.insert(3, entry);
        }
    }
    let mut last_at = None;
    let dated: Vec<(Entry, DateTime<Utc>)> = entries
        .into_iter()
        .map(|entry| {
            let at = after(world.chance.at(entry.on), &mut last_at);
            (entry, at)
        })
        .collect();
    let at_of = |kind| {
        dated
            .iter()
            .find(|(it, _)| it.kind == kind)
            .map(|(_, at)| *at)
    };
    let written = Written {
        case,
        referral,
        proposal: asked,
        disclosed_at: at_of(Act::DetailsDisclosed),
    };
    let form = if world.chance.percent(90) {
        "INDIVIDUAL"
    } else {
        "FAMILY"
    };
    let phases = [
        "AFTER_REHAB",
        "NO_REHAB",
        "DURING_REHAB",
        "BEFORE_REHAB",
        "UNKNOWN",
    ];
    let phase = phases[world.chance.weighted(&[40, 25, 15, 10, 10])];
    let source = world.chance.one_of(&[
        "PROFESSIONAL",
        "PEER",
        "NEXT_OF_KIN",
        "INTERNET",
        "BROCHURE",
        "EVENT",
    ]);
    world.batch.add(
        Table::Referrals,
        [
            referral.into(),
            parties.association.id.into(),
            parties.referrer.id.into(),
            case.into(),
            parties.professional.id.into(),
            form.into(),
            phase.into(),
            world.chance.percent(80).then_some(source).into(),
            status.code().into(),
            at_of(Act::Submitted).into(),
            i64::try_from(proposals.len()).unwrap_or(0).into(),
            i64::try_from(dated.len()).unwrap_or(1).into(),
            created_at.into(),
        ],
    );
    let wishes = [
        "WOMAN",
        "MAN",
        "SIMILAR_AGE",
        "REMOTE",
        "EVENINGS",
        "WEEKENDS",
        "SHARED_HOBBY",
    ];
    for wish in world.chance.some_of(&wishes, 2) {
        let row = [referral.into(), wish.into()];
        world.batch.add(Table::ReferralWishes, row);
    }
    for (id, supporter, status, at) in proposals {
        world.batch.add(
            Table::MatchProposals,
            [
                id.into(),
                parties.association.id.into(),
                referral.into(),
                supporter.into(),
                status.code().into(),
                "BACKGROUND COUNTY L:fi FREE:1".into(),
                110_i64.into(),
                at.into(),
            ],
        );
    }
    let taken_back_at = (stage == Stage::TakenBack).then_some(last_at).flatten();
    for (seq, (entry, at)) in (1_u32..).zip(&dated) {
        let cancelled_at = taken_back_at.filter(|_| entry.kind == Act::DetailsDisclosed);
        write_entry(world, parties, referral, seq, entry, (*at, cancelled_at));
    }
    if let (Some(at), Some(supporter)) = (written.disclosed_at, supporter) {
        write_disclosures(world, parties, &written, supporter, at);
    }
    written
}

fn is_about_proposal(kind: Act) -> bool {
    matches!(
        kind,
        Act::SupportPersonAsked
            | Act::SupportPersonAgreed
            | Act::SupportPersonRefused
            | Act::SupportedAgreed
            | Act::SupportedRefused
            | Act::ProposalWithdrawn
            | Act::DetailsDisclosed
    )
}

fn write_disclosures(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    written: &Written,
    supporter: &Supporter,
    at: DateTime<Utc>,
) {
    let colleague = parties.colleague.filter(|(_, until)| until.is_none());
    let to = [
        Some(parties.professional.id),
        colleague.map(|(it, _)| it.id),
    ];
    for to in to.into_iter().flatten() {
        let id = world.chance.id(at);
        world.batch.add(
            Table::Disclosures,
            [
                id.into(),
                parties.association.id.into(),
                written.proposal.into(),
                supporter.person.id.into(),
                to.into(),
                parties.referrer.id.into(),
                "CONTACT_DETAILS".into(),
                "SUPPORT_PERSON_AGREED".into(),
                parties.coordinator.into(),
                at.into(),
            ],
        );
    }
}

fn write_entry(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    referral: Uuid,
    seq: u32,
    entry: &Entry,
    (at, cancelled_at): (DateTime<Utc>, Option<DateTime<Utc>>),
) {
    let id = world.chance.id(at);
    let channel = match entry.kind {
        Act::SupportPersonAgreed => Some("REGISTER"),
        Act::SupportPersonAsked | Act::SupportPersonRefused => Some("PHONE"),
        _ => None,
    };
    let reason = (entry.kind == Act::Withdrawn).then_some("SUPPORTED");
    world.batch.add(
        Table::ReferralActs,
        [
            id.into(),
            parties.association.id.into(),
            referral.into(),
            entry.proposal.into(),
            entry.kind.code().into(),
            entry.on.into(),
            seq.into(),
            channel.into(),
            reason.into(),
            (entry.kind == Act::ConsentGiven).then_some("2026-1").into(),
            entry.by.into(),
            at.into(),
            cancelled_at.into(),
            cancelled_at.map(|_| parties.coordinator).into(),
        ],
    );
}

fn write_case(
    world: &mut World<'_>,
    parties: &Parties<'_>,
    supporter: Option<&Supporter>,
    on: NaiveDate,
) -> Uuid {
    let case = world.chance.case_id();
    let is_kin = match supporter {
        Some(supporter) => supporter.background == SupportBackground::NextOfKin,
        None => world.chance.percent(28),
    };
    let background = match is_kin {
        true => CaseBackground::NextOfKin,
        false => CaseBackground::DependentOrRecovering,
    };
    let relation = world.chance.one_of(&[
        "PARENT",
        "CHILD",
        "SIBLING",
        "PARTNER",
        "GRANDPARENT",
        "FRIEND",
    ]);
    let decade = world.chance.one_of(&[1960_i16, 1970, 1980, 1990, 2000]);
    let language = ["fi", "sv", "en"][world.chance.weighted(&[93, 5, 2])];
    let code = world.chance.case_code();
    world.batch.add(
        Table::SupportedCases,
        [
            case.into(),
            parties.association.id.into(),
            parties.referrer.id.into(),
            code.into(),
            background.code().into(),
            is_kin.then_some(relation).into(),
            world.chance.percent(90).then_some(decade).into(),
            parties.referrer.county.into(),
            None::<String>.into(),
            language.into(),
            on.into(),
        ],
    );
    let mut professional =
        |person: Uuid, is_responsible: bool, from_on: NaiveDate, to_on: Option<NaiveDate>| {
            let id = world.chance.id(world.now);
            world.batch.add(
                Table::CaseProfessionals,
                [
                    id.into(),
                    case.into(),
                    person.into(),
                    is_responsible.into(),
                    from_on.into(),
                    to_on.into(),
                ],
            );
        };
    match parties.colleague {
        Some((former, Some(until))) if until > on => {
            professional(former.id, true, on, Some(until));
            professional(parties.professional.id, true, until, None);
        }
        colleague => {
            professional(parties.professional.id, true, on, None);
            if let Some((colleague, None)) = colleague {
                professional(colleague.id, false, on, None);
            }
        }
    }
    for interest in interests(world, 3) {
        let row = [case.into(), interest.into()];
        world.batch.add(Table::CaseInterests, row);
    }
    case
}
