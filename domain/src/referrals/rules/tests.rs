use rinnalla_entity::ids::Id as _;

use super::*;
use crate::calendar::{day, plus_days};

/// Days of November 2026, one a step, each recorded at midnight of its day.
struct Story {
    entries: Vec<Entry>,
    handovers: Vec<Handover>,
    on: NaiveDate,
}

impl Story {
    fn new() -> Self {
        Self {
            entries: Vec::new(),
            handovers: Vec::new(),
            on: day("1.11.2026"),
        }
    }

    fn drafted() -> Self {
        Self::new()
            .then(Kind::InterestConfirmed)
            .then(Kind::ConsentGiven)
    }

    fn submitted() -> Self {
        Self::drafted().then(Kind::Submitted)
    }

    fn accepted(proposal: MatchProposalId) -> Self {
        Self::submitted()
            .about(Kind::SupportPersonAsked, proposal)
            .about(Kind::SupportPersonAgreed, proposal)
            .about(Kind::SupportedAgreed, proposal)
    }

    fn disclosed(proposal: MatchProposalId) -> Self {
        Self::accepted(proposal).about(Kind::DetailsDisclosed, proposal)
    }

    fn add(&mut self, kind: Kind, proposal: Option<MatchProposalId>) {
        self.on = plus_days(self.on, 1);
        self.entries.push(Entry {
            id: ReferralActId::random(),
            kind,
            proposal,
            on: self.on,
            recorded_at: self.on.and_time(chrono::NaiveTime::MIN).and_utc(),
        });
    }

    fn then(mut self, kind: Kind) -> Self {
        self.add(kind, None);
        self
    }

    fn about(mut self, kind: Kind, proposal: MatchProposalId) -> Self {
        self.add(kind, Some(proposal));
        self
    }

    fn relationship(mut self, proposal: MatchProposalId, has_met: bool, is_over: bool) -> Self {
        self.handovers.retain(|it| it.proposal != proposal);
        self.handovers.push(Handover {
            proposal,
            has_met,
            is_over,
        });
        self
    }

    fn fold(&self) -> Result<Standing, Refused> {
        fold(&self.entries, &self.handovers)
    }

    #[track_caller]
    fn standing(&self) -> Standing {
        self.fold().unwrap()
    }

    #[track_caller]
    fn status(&self) -> ReferralStatus {
        self.standing().status
    }

    /// The fault of one more entry.
    #[track_caller]
    fn refuses(&self, kind: Kind, proposal: Option<MatchProposalId>) -> Fault {
        let mut more = Self {
            entries: self.entries.clone(),
            handovers: self.handovers.clone(),
            on: self.on,
        };
        more.add(kind, proposal);
        let refused = more.fold().unwrap_err();
        assert_eq!(refused.at, more.entries.last().unwrap().id);
        refused.fault
    }

    #[track_caller]
    fn without(&self, kind: Kind) -> Result<Standing, Refused> {
        let mut entries = self.entries.clone();
        let at = entries.iter().rposition(|it| it.kind == kind).unwrap();
        entries.remove(at);
        fold(&entries, &self.handovers)
    }
}

fn proposal() -> MatchProposalId {
    MatchProposalId::random()
}

#[test]
fn a_referral_goes_from_a_draft_to_the_hand_over_and_is_closed() {
    let p = proposal();
    let mut story = Story::new();
    let steps = [
        (Kind::InterestConfirmed, None, ReferralStatus::Draft),
        (Kind::ConsentGiven, None, ReferralStatus::Draft),
        (Kind::Submitted, None, ReferralStatus::Submitted),
        (Kind::SupportPersonAsked, Some(p), ReferralStatus::Proposed),
        (Kind::SupportPersonAgreed, Some(p), ReferralStatus::Proposed),
        (Kind::SupportedAgreed, Some(p), ReferralStatus::Accepted),
        (Kind::DetailsDisclosed, Some(p), ReferralStatus::Accepted),
    ];
    for (kind, about, then) in steps {
        story.add(kind, about);
        assert_eq!(story.status(), then, "{kind:?}");
    }
    let story = story.relationship(p, false, false);
    assert_eq!(story.status(), ReferralStatus::Accepted);
    let story = story.relationship(p, true, false);
    assert_eq!(story.status(), ReferralStatus::HandedOver);
    assert_eq!(story.then(Kind::Closed).status(), ReferralStatus::Closed);
}

#[test]
fn submitting_needs_the_confirmed_interest_and_a_standing_consent() {
    let consent = Story::new().then(Kind::ConsentGiven);
    let fault = consent.refuses(Kind::Submitted, None);
    assert_eq!(fault, Fault::InterestNotConfirmed);
    let interest = Story::new().then(Kind::InterestConfirmed);
    let fault = interest.refuses(Kind::Submitted, None);
    assert_eq!(fault, Fault::ConsentMissing);
    let withdrawn = Story::drafted().then(Kind::ConsentWithdrawn);
    assert_eq!(withdrawn.refuses(Kind::Submitted, None), Fault::WrongState);
    let mut backwards = Story::drafted();
    backwards.on = day("1.11.2026");
    let fault = backwards.refuses(Kind::Submitted, None);
    assert_eq!(fault, Fault::DatesOutOfOrder);
}

#[test]
fn a_no_of_either_brings_the_referral_back_and_is_counted() {
    let (first, second, third) = (proposal(), proposal(), proposal());
    let story = Story::submitted()
        .about(Kind::SupportPersonAsked, first)
        .about(Kind::SupportPersonRefused, first);
    assert_eq!(story.status(), ReferralStatus::Submitted);
    let story = story
        .then(Kind::KeptWaiting)
        .about(Kind::SupportPersonAsked, second)
        .about(Kind::SupportPersonAgreed, second)
        .about(Kind::SupportedRefused, second);
    assert_eq!(story.status(), ReferralStatus::Waiting);
    let story = story
        .about(Kind::SupportPersonAsked, third)
        .about(Kind::ProposalWithdrawn, third);
    let standing = story.standing();
    assert_eq!(standing.status, ReferralStatus::Waiting);
    assert_eq!(standing.proposal_count(), 3);
    let became = [first, second, third].map(|it| standing.proposals[&it]);
    assert_eq!(
        became,
        [
            MatchProposalStatus::RefusedBySupportPerson,
            MatchProposalStatus::RefusedBySupported,
            MatchProposalStatus::Withdrawn
        ]
    );
}

#[test]
fn the_support_person_answers_before_the_supported_person_and_both_before_the_details() {
    let p = proposal();
    let asked = Story::submitted().about(Kind::SupportPersonAsked, p);
    for early in [
        Kind::SupportedAgreed,
        Kind::SupportedRefused,
        Kind::DetailsDisclosed,
    ] {
        assert_eq!(asked.refuses(early, Some(p)), Fault::WrongState);
    }
    let offered = asked.about(Kind::SupportPersonAgreed, p);
    for out_of_turn in [
        Kind::SupportPersonAgreed,
        Kind::SupportPersonRefused,
        Kind::DetailsDisclosed,
    ] {
        assert_eq!(offered.refuses(out_of_turn, Some(p)), Fault::WrongState);
    }
    assert_eq!(
        offered.refuses(Kind::SupportedAgreed, Some(proposal())),
        Fault::WrongState,
        "another proposal than the open one"
    );
}

#[test]
fn one_proposal_is_open_at_a_time() {
    let p = proposal();
    for story in [
        Story::submitted().about(Kind::SupportPersonAsked, p),
        Story::accepted(p),
    ] {
        assert_eq!(
            story.refuses(Kind::SupportPersonAsked, Some(proposal())),
            Fault::ProposalAlreadyOpen
        );
    }
    assert_eq!(
        Story::drafted().refuses(Kind::SupportPersonAsked, Some(p)),
        Fault::WrongState
    );
}

#[test]
fn another_support_person_can_follow_once_the_relationship_has_ended() {
    let (p, next) = (proposal(), proposal());
    let met = Story::disclosed(p).relationship(p, true, false);
    assert_eq!(
        met.refuses(Kind::SupportPersonAsked, Some(next)),
        Fault::RelationshipStillOpen
    );
    let ended = met.relationship(p, true, true);
    assert_eq!(ended.status(), ReferralStatus::HandedOver);
    let followed = ended.about(Kind::SupportPersonAsked, next);
    assert_eq!(followed.status(), ReferralStatus::Proposed);
    let refused = followed.about(Kind::SupportPersonRefused, next);
    assert_eq!(refused.status(), ReferralStatus::Submitted);
    assert_eq!(refused.standing().proposal_count(), 2);
    // The end cannot be taken back now.
    let reopened = refused.relationship(p, true, false).fold().unwrap_err();
    assert_eq!(reopened.fault, Fault::RelationshipStillOpen);
}

#[test]
fn a_relationship_that_ended_before_anybody_met_leaves_the_referral_waiting() {
    let p = proposal();
    let story = Story::disclosed(p).relationship(p, false, true);
    assert_eq!(story.status(), ReferralStatus::Submitted);
    assert_eq!(story.refuses(Kind::Closed, None), Fault::WrongState);
    assert_eq!(
        story.then(Kind::KeptWaiting).status(),
        ReferralStatus::Waiting
    );
}

#[test]
fn withdrawing_the_consent_stops_everything_that_is_under_way() {
    let p = proposal();
    let asked = Story::submitted()
        .about(Kind::SupportPersonAsked, p)
        .then(Kind::ConsentWithdrawn);
    let standing = asked.standing();
    assert_eq!(standing.status, ReferralStatus::Withdrawn);
    assert_eq!(standing.proposals[&p], MatchProposalStatus::Withdrawn);
    assert!(!standing.has_consent);
    for story in [
        Story::drafted(),
        Story::submitted(),
        Story::accepted(p),
        Story::disclosed(p).relationship(p, false, false),
        Story::disclosed(p).relationship(p, true, false),
    ] {
        let stopped = story.then(Kind::ConsentWithdrawn);
        assert_eq!(stopped.status(), ReferralStatus::Withdrawn);
        assert_eq!(
            stopped.refuses(Kind::ConsentWithdrawn, None),
            Fault::WrongState
        );
        assert_eq!(stopped.refuses(Kind::ConsentGiven, None), Fault::WrongState);
    }
    let closed = Story::disclosed(p)
        .relationship(p, true, true)
        .then(Kind::Closed)
        .then(Kind::ConsentWithdrawn);
    assert_eq!(closed.status(), ReferralStatus::Closed);
}

#[test]
fn a_referral_leaves_the_path_by_one_door_only() {
    let p = proposal();
    for exit in [Kind::Withdrawn, Kind::Declined, Kind::Expired] {
        let left = Story::submitted().then(exit);
        for kind in [
            Kind::Withdrawn,
            Kind::Declined,
            Kind::Expired,
            Kind::Closed,
            Kind::KeptWaiting,
            Kind::Submitted,
            Kind::InterestConfirmed,
        ] {
            assert_eq!(left.refuses(kind, None), Fault::WrongState, "{exit:?}");
        }
        assert_eq!(
            left.refuses(Kind::SupportPersonAsked, Some(p)),
            Fault::WrongState
        );
    }
    assert_eq!(
        Story::drafted().refuses(Kind::Declined, None),
        Fault::WrongState
    );
    let open = Story::accepted(p);
    for kind in [
        Kind::Declined,
        Kind::Expired,
        Kind::Closed,
        Kind::KeptWaiting,
    ] {
        assert_eq!(open.refuses(kind, None), Fault::WrongState);
    }
    let handed_over = Story::disclosed(p).relationship(p, true, false);
    assert_eq!(
        handed_over.refuses(Kind::Withdrawn, None),
        Fault::WrongState
    );
}

#[test]
fn a_referral_may_be_withdrawn_on_a_day_before_the_last_act_but_not_before_submitting() {
    let p = proposal();
    let mut story = Story::submitted().about(Kind::SupportPersonAsked, p);
    story.on = plus_days(story.on, -2);
    story.add(Kind::Withdrawn, None);
    assert_eq!(story.status(), ReferralStatus::Withdrawn);
    let mut early = Story::submitted();
    early.on = plus_days(early.on, -2);
    assert_eq!(early.refuses(Kind::Withdrawn, None), Fault::DatesOutOfOrder);
}

#[test]
fn an_answer_cannot_come_before_the_question() {
    let p = proposal();
    let mut asked = Story::submitted().about(Kind::SupportPersonAsked, p);
    asked.on = plus_days(asked.on, -2);
    let fault = asked.refuses(Kind::SupportPersonAgreed, Some(p));
    assert_eq!(fault, Fault::DatesOutOfOrder);
}

#[test]
fn what_later_entries_stand_on_cannot_be_cancelled() {
    let p = proposal();
    let story = Story::disclosed(p).relationship(p, true, false);
    for kind in [
        Kind::InterestConfirmed,
        Kind::ConsentGiven,
        Kind::Submitted,
        Kind::SupportPersonAsked,
        Kind::SupportPersonAgreed,
        Kind::SupportedAgreed,
    ] {
        assert!(story.without(kind).is_err(), "{kind:?}");
    }
}

#[test]
fn the_state_after_a_cancelled_mistake_is_the_state_without_it() {
    let p = proposal();
    let stories = [
        (Story::submitted(), Kind::Declined, None),
        (Story::submitted(), Kind::KeptWaiting, None),
        (Story::submitted(), Kind::SupportPersonAsked, Some(p)),
        (Story::accepted(p), Kind::DetailsDisclosed, Some(p)),
        (Story::accepted(p), Kind::ProposalWithdrawn, Some(p)),
        (Story::accepted(p), Kind::ConsentWithdrawn, None),
        (Story::drafted(), Kind::Submitted, None),
    ];
    for (mut story, kind, about) in stories {
        let without = story.standing();
        story.add(kind, about);
        assert_ne!(story.standing(), without, "{kind:?}");
        assert_eq!(story.without(kind).unwrap(), without, "{kind:?}");
    }
}

#[test]
fn a_cancelled_relationship_is_no_hand_over() {
    let p = proposal();
    let of = |status| Handover::of(p, status, Some(day("1.12.2026")));
    assert_eq!(of(SupportRelationshipStatus::Cancelled), None);
    assert!(of(SupportRelationshipStatus::Ended).unwrap().is_over);
    assert!(!of(SupportRelationshipStatus::Paused).unwrap().is_over);
}
