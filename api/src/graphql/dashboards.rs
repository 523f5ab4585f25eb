//! Dashboards: what awaits the viewer, and the news.

use std::collections::VecDeque;
use std::sync::Arc;

use async_graphql::{Context, Enum, ID, Object, Result, SimpleObject, Subscription};
use futures_util::stream::{self, Stream};
use rinnalla_domain::dashboards::{self as domain, Listener};
use rinnalla_domain::error::Error;
use rinnalla_domain::labels;
use rinnalla_domain::texts::Language;
use tokio::sync::broadcast::{Receiver, error::RecvError};

use super::errors::top_level;
use super::labels::SealedLabel;
use super::payload::{ctx, for_client};
use super::prefetch::{Look, unless_forbidden};
use super::scalars::{Date, DateTime};
use super::written::{Answer, Written};
use crate::feed::Feed;

/// What somebody is to do.
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::WaitingKind")]
pub enum WaitingKind {
    /// The professional's referral (yhteydenotto) is not submitted yet.
    ReferralDraft,
    /// A support person is offered: ask the supported person, and record the answer.
    ProposalOffered,
    /// Contact details were given: hold the first meeting, and record it.
    FirstMeetingToRecord,
    /// The two have met: the agreement (sopimus) is to be made and recorded.
    AgreementToRecord,
    /// A joint review (väliarvio) is due, and no day is booked for it.
    ReviewDue,
    /// A joint review is booked for a day within three working days, or for one that has passed.
    ReviewBooked,
    /// The window of a joint review has passed.
    ReviewOverdue,
    /// A joint review is due in a relationship that no professional follows.
    ReviewDueNoProfessional,
    /// The latest review said that the agreement should be changed, and none has been signed since.
    AgreementToChange,
    /// The latest review said that the relationship should pause, and it has not.
    PauseToRecord,
    /// The latest review said that the relationship should end, and it has not.
    EndToRecord,
    /// The viewer was asked to be a support person, and is to answer.
    ProposalAsked,
    /// A referral was submitted: look for a support person.
    ReferralSubmitted,
    /// A referral is kept waiting until there is a suitable support person.
    ReferralWaiting,
    /// A support person is asked by phone: record the answer.
    ProposalByPhone,
    /// A proposal has been without an answer for a week: ask what holds it up.
    ProposalUnanswered,
    /// Both have agreed: disclose the contact details to the professional.
    DetailsToDisclose,
    /// The responsible professional gave a case up without a successor, or is none any more: name another.
    ProfessionalToName,
    /// A notice could not be delivered.
    NoticeDead,
    /// There was nobody to send a notice to.
    NoticeSkipped,
}

/// What an item is about.
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::SubjectKind")]
pub enum WaitingSubjectKind {
    /// A referral (yhteydenotto).
    Referral,
    /// A proposal of a support person (ehdotus).
    Proposal,
    /// A support relationship (tukisuhde).
    Relationship,
    /// A joint review (väliarvio).
    Review,
    /// A supported case (tuettava).
    Case,
    /// A notice that was to be mailed (muistutus).
    Notice,
}

/// The thing to look at.
#[derive(SimpleObject, Written)]
pub struct WaitingSubject {
    /// Its id.
    id: ID,
    /// What it is.
    kind: WaitingSubjectKind,
}

/// Something that awaits the viewer (odottava asia).
#[derive(SimpleObject, Written)]
pub struct WaitingItem {
    /// What is to be done.
    kind: WaitingKind,
    /// The day since which it waits.
    since: Date,
    /// The day by which it should be done, where there is one.
    due_on: Option<Date>,
    /// Whether that day has passed.
    is_overdue: bool,
    /// By how many days; 0 where it has not.
    days_late: i64,
    /// The code of the supported case, as people read it: `7KXR-2MHD`. Absent where the viewer may not know of it.
    case_code: Option<String>,
    /// What the viewer recognises the case by, where the viewer keeps a label for it.
    label: Option<SealedLabel>,
    /// What to look at.
    subject: WaitingSubject,
}

/// Everything that awaits the viewer.
#[derive(SimpleObject, Written)]
pub struct Waiting {
    /// The most urgent first: what is late, by how late it is; then by the day; then the longest waiting. At most 200.
    items: Vec<WaitingItem>,
    /// Whether there is more.
    has_more: bool,
}

impl From<domain::WaitingItem> for WaitingItem {
    fn from(item: domain::WaitingItem) -> Self {
        Self {
            kind: item.kind.into(),
            since: item.since.into(),
            due_on: item.due_on.map(Date),
            is_overdue: item.is_overdue,
            days_late: item.days_late,
            case_code: item.case_code,
            label: None,
            subject: WaitingSubject {
                id: ID(item.subject.encode()),
                kind: item.subject.kind.into(),
            },
        }
    }
}

/// What dashboards ask for.
#[derive(Default)]
pub struct DashboardQuery;

#[Object]
impl DashboardQuery {
    /// Everything, of every kind, that awaits the viewer, the most urgent first.
    async fn waiting_for_me(&self, c: &Context<'_>) -> Result<Answer<Waiting>> {
        let ctx = ctx(c)?;
        let waiting = for_client(ctx, domain::waiting_for_me(ctx).await)?;
        let mut items: Vec<WaitingItem> = waiting.items.into_iter().map(Into::into).collect();
        let below = Look::of(c).child("items").unwrap_or_default();
        if below.has("label") {
            let codes = items.iter().filter_map(|item| item.case_code.clone());
            let codes: Vec<String> = codes.collect();
            let found = unless_forbidden(labels::for_case_codes(ctx, &codes).await);
            let found = for_client(ctx, found)?;
            for item in &mut items {
                let label = item.case_code.as_ref().and_then(|code| found.get(code));
                item.label = label.cloned().map(SealedLabel::from);
            }
        }
        Ok(Answer(Waiting {
            items,
            has_more: waiting.has_more,
        }))
    }
}

/// What kind of thing changed.
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "rinnalla_domain::ChangeKind")]
pub enum ChangeKind {
    /// An organisation.
    Organisation,
    /// A partnership of two organisations.
    Partnership,
    /// A person, or a role or an absence of theirs.
    Person,
    /// A support person (tukihenkilö).
    SupportPerson,
    /// A supported case (tuettava).
    SupportedCase,
    /// A referral (yhteydenotto) or one of its proposals.
    Referral,
    /// A proposal (ehdotus) to the viewer as a support person.
    MatchProposal,
    /// A support relationship (tukisuhde), its agreement, meetings or reviews.
    SupportRelationship,
    /// A course (kurssi): its sessions, who leads it, who takes part, who was there.
    Course,
    /// A training of support persons (tukihenkilökoulutus).
    Training,
    /// Somebody in a register of experts (kokemusasiantuntija), with their consent and assignments.
    Expert,
    /// A peer group (vertaisryhmä): its leaders, its meetings.
    PeerGroup,
    /// Something that was done for influence (vaikuttamisteko).
    InfluenceItem,
    /// A grant target (avustuskohde) with the activities that belong to it.
    GrantTarget,
}

/// Something that the viewer may see has changed (muutos): ask for it again.
#[derive(SimpleObject)]
pub struct Change {
    /// What kind of thing.
    kind: ChangeKind,
    /// Its id.
    id: ID,
    /// When it changed.
    at: DateTime,
}

impl From<domain::Change> for Change {
    fn from(change: domain::Change) -> Self {
        Self {
            kind: change.kind.into(),
            id: ID(change.id()),
            at: change.at.into(),
        }
    }
}

/// What dashboards listen to.
#[derive(Default)]
pub struct DashboardSubscription;

#[Subscription]
impl DashboardSubscription {
    /// Tells, within a second or so, that something changed that the viewer may see: from now on, and through whichever
    /// server. After a new connection, ask for everything again.
    async fn changes(&self, c: &Context<'_>) -> Result<impl Stream<Item = Result<Change>> + use<>> {
        let ctx = ctx(c)?;
        let feed = c.data::<Feed>()?.clone();
        let viewer = for_client(ctx, Listener::of(ctx))?;
        let news = for_client(ctx, feed.listen().await)?;
        Ok(Following::new(feed, viewer, news, ctx.language).stream())
    }
}

/// One subscription under way.
struct Following {
    feed: Feed,
    viewer: Listener,
    news: Receiver<Arc<[domain::Change]>>,
    language: Language,
    ready: VecDeque<domain::Change>,
    is_over: bool,
}

impl Following {
    fn new(
        feed: Feed,
        viewer: Listener,
        news: Receiver<Arc<[domain::Change]>>,
        language: Language,
    ) -> Self {
        Self {
            feed,
            viewer,
            news,
            language,
            ready: VecDeque::new(),
            is_over: false,
        }
    }

    fn stream(self) -> impl Stream<Item = Result<Change>> + use<> {
        stream::unfold(self, async |mut following| {
            let next = following.next().await?;
            Some((next, following))
        })
    }

    /// After an error the subscription is over: the client begins again, and asks for everything again.
    async fn next(&mut self) -> Option<Result<Change>> {
        while !self.is_over {
            if let Some(change) = self.ready.pop_front() {
                return Some(Ok(change.into()));
            }
            let told = match self.news.recv().await {
                Ok(changes) => self.viewer.told(self.feed.register(), &changes).await,
                Err(RecvError::Lagged(_)) => Err(Error::Unavailable),
                Err(RecvError::Closed) => return None,
            };
            match told {
                Ok(told) => self.ready.extend(told),
                Err(error) => {
                    self.is_over = true;
                    return Some(Err(top_level(error, self.language)));
                }
            }
        }
        None
    }
}
