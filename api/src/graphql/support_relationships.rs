//! Support relationships, with their agreements and everything that happened to them.

mod acts;
mod agreements;
mod children;
mod codes;

use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, SupportPersonId, SupportRelationshipId};
use rinnalla_domain::meetings;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::support_relationships::{self as domain, Filter, With};

pub use self::acts::{SupportRelationshipAct, SupportRelationshipMutation};
pub use self::agreements::{SupportAgreement, SupportAgreementMutation};
pub use self::codes::{
    EndReason, HandoverException, MeetingRhythm, SupportRelationshipActKind,
    SupportRelationshipStatus,
};
use super::joint_reviews::JointReview;
use super::labels::SealedLabel;
use super::meetings::Meeting;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::people::Person;
use super::prefetch::{Look, fill, filled};
use super::referrals::SupportedCase;
use super::scalars::{Date, Ref, id};
use super::support_persons::SupportPerson;
use super::written::{Answer, written};

/// How many of its latest reviews a relationship shows when it is not said.
const REVIEWS: u16 = 3;
/// How many of its latest meetings a relationship shows when it is not said.
const MEETINGS: u16 = 5;

/// What is read where it is selected alone.
const PARTICULARS: [&str; 6] = [
    "proposedOn",
    "startsOn",
    "agreedUntil",
    "endReason",
    "reviewIntervalMonths",
    "professionalFollows",
];

/// A support relationship between a supported person and a support person (tukisuhde).
pub struct SupportRelationship {
    pub(super) row: domain::SupportRelationship,
    organisation: Option<Option<Arc<Organisation>>>,
    referring_organisation: Option<Option<Arc<Organisation>>>,
    supported_case: Option<Option<Box<SupportedCase>>>,
    support_person: Option<Option<Arc<SupportPerson>>>,
    professional: Option<Option<Arc<Person>>>,
    support_person_label: Option<Option<SealedLabel>>,
    agreement: Option<Option<Box<SupportAgreement>>>,
    agreements: Option<Vec<SupportAgreement>>,
    acts: Option<Vec<SupportRelationshipAct>>,
    open_review: Option<Option<Box<JointReview>>>,
    reviews: Option<Vec<JointReview>>,
    meetings: Option<Vec<Meeting>>,
    totals: Option<meetings::Totals>,
}

impl From<domain::SupportRelationship> for SupportRelationship {
    fn from(row: domain::SupportRelationship) -> Self {
        Self {
            row,
            organisation: None,
            referring_organisation: None,
            supported_case: None,
            support_person: None,
            professional: None,
            support_person_label: None,
            agreement: None,
            agreements: None,
            acts: None,
            open_review: None,
            reviews: None,
            meetings: None,
            totals: None,
        }
    }
}

impl SupportRelationship {
    /// What the domain is asked for beside the rows, of what is selected below them.
    pub fn with(look: &Look<'_>) -> With {
        With {
            professional: look.has("professional"),
            supporter: look.has("isPeer"),
            particulars: look.has_any(&PARTICULARS),
        }
    }

    /// One relationship with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupportRelationshipId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let mut found: Vec<Self> = domain::find_with(ctx, id, Self::with(&look))
            .await?
            .map(Self::from)
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// A support relationship between a supported person and a support person (tukisuhde).
#[written]
#[Object]
impl SupportRelationship {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// How it stands.
    async fn status(&self) -> SupportRelationshipStatus {
        self.row.status.into()
    }

    /// The code that stands for the supported person, as `7KXR-2MHD`.
    async fn case_code(&self) -> String {
        self.row.shown_case_code()
    }

    /// The day on which the support person's contact details were disclosed to the professional.
    async fn proposed_on(&self) -> Result<Date> {
        Ok(filled(&self.row.particulars)?.proposed_on.into())
    }

    /// The day of the first meeting.
    async fn first_meeting_on(&self) -> Option<Date> {
        self.row.first_meeting_on.map(Date)
    }

    /// The first day of the first agreement.
    async fn starts_on(&self) -> Result<Option<Date>> {
        Ok(filled(&self.row.particulars)?.starts_on.map(Date))
    }

    /// The last day that the agreement is for; absent where it is open-ended. Nothing ends by itself on that day.
    async fn agreed_until(&self) -> Result<Option<Date>> {
        Ok(filled(&self.row.particulars)?.agreed_until.map(Date))
    }

    /// The last day.
    async fn ended_on(&self) -> Option<Date> {
        self.row.ended_on.map(Date)
    }

    /// Why it ended.
    async fn end_reason(&self) -> Result<Option<EndReason>> {
        Ok(filled(&self.row.particulars)?
            .end_reason
            .map(EndReason::from))
    }

    /// The agreed review interval, in whole months.
    async fn review_interval_months(&self) -> Result<i16> {
        Ok(filled(&self.row.particulars)?.review_interval_months)
    }

    /// Whether the professional stays by its side; where not, the coordinator is told when a review is due.
    async fn professional_follows(&self) -> Result<bool> {
        Ok(filled(&self.row.particulars)?.professional_follows)
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// The association that coordinates it.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The organisation of the professional who suggested peer support.
    async fn referring_organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.referring_organisation)?.as_deref())
    }

    /// The supported person's case.
    async fn supported_case(&self) -> Result<Option<&SupportedCase>> {
        Ok(filled(&self.supported_case)?.as_deref())
    }

    /// The support person.
    async fn support_person(&self) -> Result<Option<&SupportPerson>> {
        Ok(filled(&self.support_person)?.as_deref())
    }

    /// Whether the two share the experience, both recovering or both next of kin: peer support (vertaistuki). Where they do
    /// not, it is support all the same.
    async fn is_peer(&self) -> Result<bool> {
        Ok(*filled(&self.row.is_peer)?)
    }

    /// The responsible professional of the case.
    async fn professional(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.professional)?.as_deref())
    }

    /// What the support person recognises the supported person by; absent for everybody else. The professionals' own is
    /// the case's.
    async fn support_person_label(&self) -> Result<Option<&SealedLabel>> {
        Ok(filled(&self.support_person_label)?.as_ref())
    }

    /// The agreement that applies.
    async fn agreement(&self) -> Result<Option<&SupportAgreement>> {
        Ok(filled(&self.agreement)?.as_deref())
    }

    /// Every agreement in the order of recording, cancelled ones included.
    async fn agreements(&self) -> Result<&[SupportAgreement]> {
        Ok(filled(&self.agreements)?)
    }

    /// Everything that happened, in the order of recording, cancelled entries included.
    async fn acts(&self) -> Result<&[SupportRelationshipAct]> {
        Ok(filled(&self.acts)?)
    }

    /// The review that is open.
    async fn open_review(&self) -> Result<Option<&JointReview>> {
        Ok(filled(&self.open_review)?.as_deref())
    }

    /// The latest reviews, the latest first.
    async fn reviews(
        &self,
        #[graphql(desc = "How many, 1 to 100.", default_with = "i32::from(REVIEWS)")] first: i32,
    ) -> Result<Vec<&JointReview>> {
        Ok(filled(&self.reviews)?.iter().take(size(first)).collect())
    }

    /// The latest meetings, the latest first.
    async fn meetings(
        &self,
        #[graphql(desc = "How many, 1 to 100.", default_with = "i32::from(MEETINGS)")] first: i32,
    ) -> Result<Vec<&Meeting>> {
        Ok(filled(&self.meetings)?.iter().take(size(first)).collect())
    }

    /// How many meetings there were in all.
    async fn meeting_count(&self) -> Result<i64> {
        Ok(filled(&self.totals)?.meetings)
    }

    /// How many minutes the two have met in all.
    async fn meeting_minutes(&self) -> Result<i64> {
        Ok(filled(&self.totals)?.minutes)
    }
}

fn size(first: i32) -> usize {
    usize::try_from(first).unwrap_or(0)
}

connection!(
    SupportRelationship,
    SupportRelationshipConnection,
    SupportRelationshipEdge,
    "A page of support relationships."
);

/// Which support relationships a list holds; everything that is given must apply.
#[derive(InputObject, Default)]
pub struct SupportRelationshipFilter {
    /// Of one's own cases, or supported by oneself; also of those whom one stands in for.
    #[graphql(default)]
    mine: bool,
    /// Standing so. Without it, all but those whose disclosure was cancelled.
    status: Option<SupportRelationshipStatus>,
    /// Of cases in this wellbeing services county, as `20`.
    county_code: Option<String>,
    /// Agreed to end at most so many days from today (0 to 366); those that have overrun are included.
    ending_within_days: Option<i32>,
    /// Of the case with exactly this code.
    case_code: Option<String>,
    /// Of this support person.
    support_person_id: Option<Ref<SupportPersonId>>,
    /// Of this coordinating organisation.
    organisation_id: Option<Ref<OrganisationId>>,
}

impl SupportRelationshipFilter {
    /// As the domain asks.
    pub fn of(self) -> Filter {
        Filter {
            mine: self.mine,
            status: self.status.map(Into::into),
            county_code: self.county_code,
            ending_within_days: self.ending_within_days,
            case_code: self.case_code,
            support_person: self.support_person_id.map(Ref::or_unknown),
            organisation: self.organisation_id.map(Ref::or_unknown),
        }
    }
}

/// What can be asked of support relationships.
#[derive(Default)]
pub struct SupportRelationshipQuery;

#[Object]
impl SupportRelationshipQuery {
    /// One support relationship; absent where it does not exist or is not one's own to see.
    async fn support_relationship(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SupportRelationshipId>,
    ) -> Result<Answer<Option<SupportRelationship>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, SupportRelationship::load(ctx, id, Look::of(c)).await)
    }

    /// The support relationships that one may see, the newest first.
    async fn support_relationships(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all that one may see where it is not said.")] filter: Option<
            SupportRelationshipFilter,
        >,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<SupportRelationshipConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let (filter, below) = (filter.unwrap_or_default().of(), look.nodes());
            let with = SupportRelationship::with(&below);
            let page = domain::list(ctx, &filter, args, with).await?;
            let mut page = page.map(SupportRelationship::from);
            fill(&mut page.rows, &below, ctx).await?;
            Ok(SupportRelationshipConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
