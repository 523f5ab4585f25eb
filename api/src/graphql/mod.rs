//! What a client can ask for and do: the GraphQL schema, one file a feature.
//!
//! Resolvers are 1–5 lines: they call one use case of the domain and shape its answer. Lists and everything below
//! them are filled by look-ahead ([`prefetch`]), one SQL statement a level.

#[macro_use]
mod connection;
#[macro_use]
mod payload;
mod caseloads;
mod codes;
mod costs;
mod courses;
mod curricula;
mod dashboards;
mod directory;
mod drop_in_places;
mod errors;
mod expenses;
mod experts;
mod grant_targets;
mod history;
mod house_meetings;
mod influence_items;
mod joint_reviews;
mod labels;
mod meetings;
mod node;
mod notes;
mod notices;
mod organisations;
mod participation;
mod peer_groups;
mod people;
mod person_merges;
mod prefetch;
mod printed_texts;
mod programmes;
mod referrals;
mod saved_lists;
mod scalars;
mod successions;
mod supervision_sessions;
mod support_persons;
mod support_relationships;
mod survey_waves;
mod trainings;
mod wishes;
mod written;

use std::sync::Arc;

use async_graphql::async_trait::async_trait;
use async_graphql::{
    Data, Executor, MergedObject, MergedSubscription, Request, Response, Schema, SchemaBuilder,
};
use futures_util::stream::BoxStream;

use crate::feed::Feed;

pub use self::payload::UserError;
pub(crate) use self::scalars::WRITTEN;
pub use self::scalars::{Date, DateTime};

/// Everything that can be asked for. In groups, here and below: the futures of merged parts lie within one another, and a long
/// chain of them runs out of stack.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(SupportQuery, PlaceQuery, HouseQuery, ReferringQuery);

/// Support, courses and trainings.
#[derive(MergedObject, Default)]
struct SupportQuery(
    node::NodeQuery,
    support_relationships::SupportRelationshipQuery,
    joint_reviews::JointReviewQuery,
    meetings::MeetingQuery,
    courses::CourseQuery,
    curricula::CurriculumQuery,
    trainings::TrainingQuery,
    experts::ExpertQuery,
    expenses::ExpenseQuery,
);

/// Supervision, places, groups, and what went out.
#[derive(MergedObject, Default)]
struct PlaceQuery(
    supervision_sessions::SupervisionQuery,
    drop_in_places::DropInPlaceQuery,
    wishes::WishQuery,
    house_meetings::HouseMeetingQuery,
    peer_groups::PeerGroupQuery,
    influence_items::InfluenceItemQuery,
    grant_targets::GrantTargetQuery,
    survey_waves::SurveyWaveQuery,
    notices::NoticeQuery,
    notes::WritingQuery,
);

/// Organisations and their people.
#[derive(MergedObject, Default)]
struct HouseQuery(
    organisations::OrganisationQuery,
    organisations::ListQuery,
    people::ViewerQuery,
    people::PersonQuery,
    caseloads::CaseloadQuery,
    history::HistoryQuery,
    person_merges::PersonMergeQuery,
    saved_lists::SavedListQuery,
    successions::SuccessionQuery,
    participation::ParticipationQuery,
    participation::OwnParticipationQuery,
    participation::ParticipationFigureQuery,
);

/// How somebody comes to a support person.
#[derive(MergedObject, Default)]
struct ReferringQuery(
    dashboards::DashboardQuery,
    programmes::ProgrammeQuery,
    directory::DirectoryQuery,
    printed_texts::PrintedTextQuery,
    support_persons::SupportPersonQuery,
    referrals::ReferralQuery,
    referrals::SupportedCaseQuery,
    referrals::MatchProposalQuery,
);

/// Everything that can be done: one mutation an act.
#[derive(MergedObject, Default)]
#[graphql(name = "Mutation")]
pub struct Mutation(
    SupportAndCourseMutation,
    TrainingAndSupervisionMutation,
    PlaceMutation,
    HouseMutation,
    ReferringMutation,
);

/// Support and courses.
#[derive(MergedObject, Default)]
struct SupportAndCourseMutation(
    support_relationships::SupportRelationshipMutation,
    support_relationships::SupportAgreementMutation,
    joint_reviews::JointReviewMutation,
    meetings::MeetingMutation,
    courses::CourseMutation,
    courses::CourseSessionMutation,
    courses::EnrolmentMutation,
    courses::CourseFeedMutation,
    courses::CourseFeedbackMutation,
    courses::CourseCostMutation,
);

/// Trainings, experts and supervision.
#[derive(MergedObject, Default)]
struct TrainingAndSupervisionMutation(
    curricula::CurriculumMutation,
    trainings::TrainingMutation,
    experts::ExpertMutation,
    experts::ExpertWorkMutation,
    expenses::ExpenseMutation,
    supervision_sessions::SupervisionSessionMutation,
    supervision_sessions::SupervisionInvitationMutation,
    supervision_sessions::SupervisionContactRequestMutation,
    supervision_sessions::SupervisionSettingsMutation,
    drop_in_places::DropInPlaceMutation,
);

/// Places, groups and organisations.
#[derive(MergedObject, Default)]
struct PlaceMutation(
    drop_in_places::OpeningMutation,
    wishes::WishMutation,
    drop_in_places::PlaceCostMutation,
    house_meetings::HouseMeetingMutation,
    peer_groups::PeerGroupMutation,
    peer_groups::EncounterMutation,
    influence_items::InfluenceItemMutation,
    grant_targets::GrantTargetMutation,
    survey_waves::SurveyWaveMutation,
    organisations::OrganisationMutation,
    organisations::PartnershipMutation,
    notes::NoteMutation,
);

/// People and what they are written to.
#[derive(MergedObject, Default)]
struct HouseMutation(
    notices::NoticeMutation,
    notices::UndeliveredMutation,
    people::PersonMutation,
    people::RoleGrantMutation,
    people::AbsenceMutation,
    people::AccessTokenMutation,
    caseloads::CaseloadMutation,
    successions::SuccessionMutation,
    programmes::ProgrammeMutation,
    programmes::GateMutation,
);

/// How somebody comes to a support person.
#[derive(MergedObject, Default)]
struct ReferringMutation(
    labels::LabelMutation,
    saved_lists::SavedListMutation,
    person_merges::PersonMergeMutation,
    directory::DirectoryMutation,
    printed_texts::PrintedTextMutation,
    support_persons::SupportPersonMutation,
    referrals::ReferralMutation,
    referrals::MatchProposalMutation,
);

/// Everything that can be listened to.
#[derive(MergedSubscription, Default)]
#[graphql(name = "Subscription")]
pub struct Subscription(dashboards::DashboardSubscription);

/// The schema under way, without anything in it.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
}

/// The schema, ready to be asked. The futures of its thousands of fields begin in a box here, so that they are compiled
/// once, and not again in each program that asks.
#[derive(Clone)]
pub struct RegisterSchema(Schema<Query, Mutation, Subscription>);

#[async_trait]
impl Executor for RegisterSchema {
    async fn execute(&self, request: Request) -> Response {
        self.0.execute(request).await
    }

    fn execute_stream(
        &self,
        request: Request,
        session: Option<Arc<Data>>,
    ) -> BoxStream<'static, Response> {
        Executor::execute_stream(&self.0, request, session)
    }
}

/// Builds the schema. It holds nothing but the process's news: who asks, and the database, come with each request.
pub fn schema(feed: Feed) -> RegisterSchema {
    RegisterSchema(builder().data(feed).finish())
}

/// The schema in GraphQL's own language.
pub fn sdl() -> String {
    builder().finish().sdl()
}
