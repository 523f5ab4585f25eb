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
mod courses;
mod curricula;
mod dashboards;
mod directory;
mod drop_in_places;
mod errors;
mod expenses;
mod experts;
mod history;
mod joint_reviews;
mod labels;
mod meetings;
mod node;
mod notes;
mod notices;
mod organisations;
mod participation;
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
mod trainings;
mod wishes;

use async_graphql::{MergedObject, MergedSubscription, Schema, SchemaBuilder};

use crate::feed::Feed;

pub use self::payload::UserError;
pub(crate) use self::scalars::WRITTEN;
pub use self::scalars::{Date, DateTime};

/// Everything that can be asked for.
#[derive(MergedObject, Default)]
#[graphql(name = "Query")]
pub struct Query(
    node::NodeQuery,
    support_relationships::SupportRelationshipQuery,
    joint_reviews::JointReviewQuery,
    meetings::MeetingQuery,
    courses::CourseQuery,
    curricula::CurriculumQuery,
    trainings::TrainingQuery,
    experts::ExpertQuery,
    expenses::ExpenseQuery,
    supervision_sessions::SupervisionQuery,
    drop_in_places::DropInPlaceQuery,
    wishes::WishQuery,
    notices::NoticeQuery,
    notes::WritingQuery,
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
    drop_in_places::OpeningMutation,
    wishes::WishMutation,
    organisations::OrganisationMutation,
    organisations::PartnershipMutation,
    notes::NoteMutation,
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

/// The schema's Rust type.
pub type RegisterSchema = Schema<Query, Mutation, Subscription>;

/// The schema under way, without anything in it.
pub fn builder() -> SchemaBuilder<Query, Mutation, Subscription> {
    Schema::build(
        Query::default(),
        Mutation::default(),
        Subscription::default(),
    )
}

/// Builds the schema. It holds nothing but the process's news: who asks, and the database, come with each request.
pub fn schema(feed: Feed) -> RegisterSchema {
    builder().data(feed).finish()
}

/// The schema in GraphQL's own language.
pub fn sdl() -> String {
    builder().finish().sdl()
}
