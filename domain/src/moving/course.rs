//! The referral that led to a relationship, as far as it can have gone only.

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, MatchProposalId, ReferralActId};
use rinnalla_entity::states::{
    AskingChannel, MatchProposalStatus, ReferralActKind, ReferralStatus, SupportRelationshipStatus,
};
use uuid::Uuid;

use super::batch::{Batch, Table};
use super::history::Recording;
use super::told::RelationshipTold;
use crate::act::code;
use crate::error::{Error, Result};
use crate::referrals::rules as referrals;

/// What the consent's text was is not known of one that was given on paper elsewhere.
const TEXT_VERSION: &str = "MOVED_IN";

/// The course of a referral that led to a relationship, as far as it can have gone only.
pub(super) struct Course {
    pub status: ReferralStatus,
    pub proposal: MatchProposalStatus,
    pub submitted_at: DateTime<Utc>,
    acts: Vec<referrals::Entry>,
}

impl Course {
    /// Works it out.
    ///
    /// Errors: `Internal` where it makes no state.
    pub(super) fn of(
        told: &RelationshipTold,
        proposal: MatchProposalId,
        status: SupportRelationshipStatus,
        now: DateTime<Utc>,
    ) -> Result<Self> {
        use ReferralActKind::{
            ConsentGiven, DetailsDisclosed, InterestConfirmed, Submitted, SupportPersonAgreed,
            SupportPersonAsked, SupportedAgreed,
        };
        let consented =
            [InterestConfirmed, ConsentGiven, Submitted].map(|kind| (kind, told.consent_on, None));
        let proposed = [
            SupportPersonAsked,
            SupportPersonAgreed,
            SupportedAgreed,
            DetailsDisclosed,
        ]
        .map(|kind| (kind, told.disclosed_on, Some(proposal)));
        let acts: Vec<referrals::Entry> = consented
            .into_iter()
            .chain(proposed)
            .map(|(kind, on, proposal)| referrals::Entry {
                id: ReferralActId::random(),
                kind,
                proposal,
                on,
                recorded_at: now,
            })
            .collect();
        let met_on = told.met.map(|met| met.on);
        let handovers: Vec<_> = referrals::Handover::of(proposal, status, met_on)
            .into_iter()
            .collect();
        let standing = referrals::fold(&acts, &handovers)
            .map_err(|_| Error::internal("a referral that was checked makes no state"))?;
        Ok(Self {
            status: standing.status,
            proposal: standing
                .proposals
                .get(&proposal)
                .copied()
                .unwrap_or(MatchProposalStatus::Disclosed),
            submitted_at: crate::calendar::helsinki_instant(
                told.consent_on,
                crate::notices::rules::FROM,
            ),
            acts,
        })
    }

    pub(super) fn add(&self, batch: &mut Batch, referral: Uuid, to: &Recording) {
        for (seq, act) in (1_i32..).zip(&self.acts) {
            let is_asking = [
                ReferralActKind::SupportPersonAsked,
                ReferralActKind::SupportPersonAgreed,
            ];
            let channel = is_asking
                .contains(&act.kind)
                .then(|| AskingChannel::Phone.code());
            let text_version =
                (act.kind == ReferralActKind::ConsentGiven).then(|| TEXT_VERSION.to_owned());
            batch.add(
                Table::ReferralActs,
                [
                    act.id.uuid().into(),
                    to.organisation.into(),
                    referral.into(),
                    act.proposal.map(|it| it.uuid()).into(),
                    code(act.kind),
                    act.on.into(),
                    seq.into(),
                    channel.into(),
                    text_version.into(),
                    to.by.into(),
                    to.now.into(),
                ],
            );
        }
    }
}
