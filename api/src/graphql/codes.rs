//! The codes that several features share: what an organisation is, what a person may be in it, languages.

use super::written::Written;
use async_graphql::Enum;
use rinnalla_domain::{organisations, states, texts};

/// What kind of body an organisation is (organisaation laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::OrganisationKind")]
pub enum OrganisationKind {
    /// A city.
    City,
    /// A municipality.
    Municipality,
    /// A wellbeing services county.
    WellbeingCounty,
    /// An association.
    Association,
    /// A foundation.
    Foundation,
    /// A private provider.
    PrivateProvider,
}

/// What a partner does for the coordinating organisation (kumppanuuden laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::PartnershipKind")]
pub enum PartnershipKind {
    /// Its professionals suggest peer support to people.
    Refers,
    /// It arranges the supervision of support persons.
    Supervises,
    /// It organises courses or a drop-in place together with the other.
    Organises,
}

/// What a person may be in an organisation (rooli).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::Role")]
pub enum Role {
    /// Suggests peer support, and stays by its side (ammattilainen).
    Professional,
    /// Coordinates the association's support persons (koordinaattori).
    Coordinator,
    /// Supervises support persons in their task (työnohjaaja).
    Supervisor,
    /// Leads a course or a group (ohjaaja).
    Facilitator,
    /// Guides at a drop-in place for pay (palkattu ohjaaja).
    PaidGuide,
    /// Keeps the drop-in places of the organisation (kohtaamispaikan vastaava).
    PlaceKeeper,
    /// Supports another from own experience (tukihenkilö).
    SupportPerson,
    /// Guides others from own experience (vertaisohjaaja).
    PeerGuide,
    /// Works as an expert by experience (kokemusasiantuntija).
    Expert,
    /// Reads figures, and nothing of a person (analyytikko).
    Analyst,
    /// Looks over the protection of data (tietosuojavastaava).
    Dpo,
    /// Gives roles and keeps the organisation's details (pääkäyttäjä).
    Admin,
}

/// The language in which somebody is written to (asiointikieli).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "texts::Language")]
pub enum Language {
    /// Finnish.
    Fi,
    /// Swedish.
    Sv,
    /// English.
    En,
    /// North Sámi; written to in the organisation's language.
    Se,
    /// Inari Sámi; written to in the organisation's language.
    Smn,
    /// Skolt Sámi; written to in the organisation's language.
    Sms,
}

/// A list that people choose from (koodisto).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "organisations::CodeList")]
pub enum CodeList {
    /// What people like to do.
    Interest,
    /// What a supported person wishes of a support person.
    MatchWish,
    /// How a next of kin is related.
    KinRelation,
    /// Who told of peer support.
    InformationSource,
    /// What was done at a meeting.
    Activity,
    /// Where people meet.
    MeetingPlace,
    /// Whom a programme is for.
    TargetGroup,
    /// In which form a programme supports people.
    SupportForm,
    /// What a course is to bring.
    CourseGoal,
    /// Who pays for something.
    Funder,
    /// What somebody goes on to after a course.
    NextStep,
    /// What experts by experience are trained for.
    ExpertPurpose,
    /// What experts by experience do.
    ExpertTask,
    /// What a session of supervision was about.
    SupervisionTheme,
    /// What is done at a drop-in place.
    PlaceActivity,
    /// Whom a peer group is for.
    GroupAudience,
    /// What kind of talk a single encounter is.
    EncounterKind,
}
