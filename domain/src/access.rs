//! Who may do what, and with whose data: the one place.
//!
//! A person holds roles in organisations ([`Role`]); a role carries permissions (the table below); a permission
//! reaches as far as the role does: a coordinator's own organisation, a professional's own cases, a support person's
//! own relationships. While someone is away, the substitute has the absent person's reach for those days.
//! Every use case begins with [`require`], and every query over people's data takes the [`Scope`] that it returns.

mod remembered;
mod signing_in;

use std::marker::PhantomData;

use rinnalla_entity::ids::{OrganisationId, PersonId, RoleGrantId};
pub use rinnalla_entity::states::Role;

use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::texts::Language;
pub use remembered::Known;
pub(crate) use remembered::{Remembered, Rights};
pub(crate) use signing_in::{SignIns, sign_in_by_session};
pub use signing_in::{SignedInWith, remembered, renew, sign_in};

/// A role that the actor holds, or stands in for, today.
#[derive(Clone, Debug)]
pub struct Grant {
    /// The grant; the access log names it.
    pub id: RoleGrantId,
    /// Whose grant it is: the actor's, or an absent person's whose substitute the actor is.
    pub holder: PersonId,
    /// Where the role is held.
    pub organisation: OrganisationId,
    /// The role.
    pub role: Role,
}

/// The person who is signed in, with every role of today.
#[derive(Clone, Debug)]
pub struct Actor {
    /// The person.
    pub person: PersonId,
    /// The person's own language.
    pub language: Language,
    /// Own and lent grants of today.
    pub grants: Vec<Grant>,
}

/// Something that may be allowed. Implemented by the table in this file alone.
pub trait Permission: Send + Sync + 'static {
    /// Its name, as the role table prints it.
    const NAME: &'static str;
    /// The roles that carry it.
    const ROLES: &'static [Role];
}

macro_rules! permissions {
    ($($(#[$doc:meta])+ $name:ident: $($role:ident),+;)+) => {
        $(
            $(#[$doc])+
            #[derive(Debug)]
            pub struct $name;
            impl Permission for $name {
                const NAME: &'static str = stringify!($name);
                const ROLES: &'static [Role] = &[$(Role::$role),+];
            }
        )+
        /// Every permission with the roles that carry it: the table that a lawyer reads.
        pub const TABLE: &[(&str, &[Role])] = &[$(($name::NAME, $name::ROLES)),+];
    };
}

permissions! {
    /// See an organisation, its partners and their people in roles.
    ReadOrganisations: Professional, Coordinator, SupportPerson, Admin;
    /// Add organisations and partnerships, change one's own.
    ManageOrganisations: Coordinator, Admin;
    /// Propose, agree to and undo that one organisation takes over from another.
    ManageSuccessions: Admin;
    /// Publish the agreement template and the review questions of the own organisation.
    PublishPrintedTexts: Coordinator, Admin;
    /// Define programmes and further gates of the own organisation.
    ManageProgrammes: Coordinator;
    /// See one's own details, roles and absences, and contact details of those whom one works with.
    ReadContacts: Professional, Coordinator, Supervisor, Facilitator, PaidGuide, PlaceKeeper, SupportPerson, PeerGuide,
        Expert, Analyst, Dpo, Admin;
    /// Find people of the own organisation, with their contact details.
    ReadPeople: Coordinator, Admin;
    /// Add people and correct their details.
    ManagePeople: Coordinator, Admin;
    /// Find two records of one person in the own organisation, merge them, and take that back.
    MergePeople: Coordinator, Admin;
    /// Erase people whose roles were all in the own organisation.
    ErasePeople: Admin;
    /// Give and end roles in the own organisation.
    ManageRoles: Coordinator, Admin;
    /// Give and end the roles that oversee others: administrator, data protection officer, analyst.
    ManageOversight: Admin;
    /// Record one's own absence, and name the substitute.
    RecordOwnAbsence: Professional, Coordinator, Supervisor, Facilitator, PaidGuide, PlaceKeeper;
    /// Record anybody's absence in the own organisation.
    RecordAbsence: Coordinator, Admin;
    /// Choose who the professionals of a case are; move a leaver's cases to another professional.
    MoveCaseload: Professional, Coordinator;
    /// See support persons: the own organisation's, oneself, or those whose contact details were disclosed for an own case.
    ReadSupportPersons: Professional, Coordinator, SupportPerson;
    /// Add support persons, attest their gates, change their states.
    ManageSupportPersons: Coordinator;
    /// Pause and resume as a support person oneself.
    PauseOneself: Coordinator, SupportPerson;
    /// See supported cases: own cases, the own organisation's; the code and what concerns one as the support person.
    ReadCases: Professional, Coordinator, SupportPerson;
    /// Read and write the sealed label by which one recognises a case: as its professional, or as the support person.
    KeepLabels: Professional, SupportPerson;
    /// Read and write the own organisation's short notes on support persons, where its administrator allowed them.
    KeepNotes: Coordinator;
    /// Allow notes on support persons in the own organisation, and end that.
    AllowNotes: Admin;
    /// See referrals: own cases, or the own organisation's.
    ReadReferrals: Professional, Coordinator;
    /// Refer somebody, confirm interest, record consents, withdraw.
    Refer: Professional;
    /// Look for a support person, ask, keep waiting, decline, disclose contact details.
    HandleReferrals: Coordinator;
    /// Take back or put right what was recorded about a referral from one's own side.
    CorrectReferrals: Professional, Coordinator;
    /// See the proposals that concern one.
    ReadProposals: Professional, Coordinator, SupportPerson;
    /// Answer a proposal as the support person, or record the answer given by phone.
    AnswerForSupportPerson: Coordinator, SupportPerson;
    /// Record what the supported person answered.
    AnswerForSupported: Professional, Coordinator;
    /// See support relationships: own cases, own relationships, or the own organisation's.
    ReadRelationships: Professional, Coordinator, SupportPerson;
    /// Record the first meeting, pauses, the end.
    ManageRelationships: Professional, Coordinator;
    /// Record the agreement and its changes.
    RecordAgreements: Professional, Coordinator;
    /// Record meetings.
    RecordMeetings: Professional, Coordinator, SupportPerson;
    /// Book and record joint reviews.
    RecordReviews: Professional, Coordinator;
    /// See courses with their participants and attendance: the own organisation's, or those that one leads.
    ReadCourses: Coordinator, Facilitator;
    /// See the courses that one takes part in or assists in, and one's own attendance.
    ReadOwnCourses: Professional, Coordinator, Supervisor, Facilitator, PaidGuide, PlaceKeeper, SupportPerson, PeerGuide,
        Expert, Analyst, Dpo, Admin;
    /// Plan and cancel courses of the own organisation, and say who leads them.
    ManageCourses: Coordinator;
    /// Move and cancel sessions, enrol people, record attendance and graduation.
    LeadCourses: Coordinator, Facilitator;
    /// See trainings of support persons: the own organisation's, those that it gives, or those that one takes part in.
    ReadTrainings: Coordinator, Facilitator, SupportPerson;
    /// Plan trainings of support persons, and say who takes part.
    ManageTrainings: Coordinator;
    /// Record who was at a training of the own organisation's support persons, or at one that the own organisation gives.
    RecordTrainings: Coordinator, Facilitator;
    /// See experts by experience: the own organisation's register, or one's own entries.
    ReadExperts: Coordinator, Expert;
    /// Keep the register of experts by experience: trainings, cohorts, assignments, how many are planned.
    ManageExperts: Coordinator;
    /// Give, renew and end a consent to be listed: one's own, or as it was heard.
    ConsentToListing: Coordinator, Expert;
    /// See what people were paid for in a year: by the own organisation, or oneself.
    ReadExpenses: Coordinator, SupportPerson, Expert;
    /// Record what experts and support persons of the own organisation were paid for.
    RecordExpenses: Coordinator;
    /// See what may be paid free of tax in a year.
    ReadExpenseLimits: Coordinator, SupportPerson, Expert, Admin;
    /// Add limits of what may be paid free of tax.
    ManageExpenseLimits: Admin;
    /// Plan the sessions of supervision that one holds, record who was there, see who asks to be contacted.
    Supervise: Supervisor;
    /// See who has been without supervision for how long: the own organisation's peers, or those whom one supervises.
    ReadSupervisionCoverage: Coordinator, Supervisor;
    /// See attendance and hours of the own organisation's supervision, and nothing of its content.
    ReadSupervisionAttendance: Coordinator;
    /// See how supervision is set up in the own organisation.
    ReadSupervisionSettings: Coordinator, Supervisor, Admin;
    /// Set after how many days without supervision somebody is missing from it.
    SetSupervisionLimit: Coordinator;
    /// Allow the own organisation's supervisors to keep texts on their sessions, and end that.
    AllowSupervisionTexts: Admin;
    /// Answer invitations to supervision, and ask to be contacted.
    TakePartInSupervision: SupportPerson, PeerGuide, Expert;
    /// See drop-in places with their openings, who is there, and counts of visits: the own organisation's, or those where one
    /// is a paid guide.
    ReadDropInPlaces: Coordinator, PaidGuide, PlaceKeeper;
    /// Keep drop-in places of the own organisation: what is told of them, when they open, who is there in which role.
    ManageDropInPlaces: Coordinator, PlaceKeeper;
    /// See what drop-in places of the own organisation cost, and who paid.
    ReadPlaceCosts: Coordinator, PlaceKeeper;
    /// Add, cancel and describe openings, close days, say who is there and who comes instead, count visits.
    KeepOpenings: Coordinator, PaidGuide, PlaceKeeper;
    /// Type in wishes from the paper box, answer wishes, erase those that do not belong there, and record house meetings.
    KeepWishes: Coordinator, PaidGuide, PlaceKeeper;
    /// See peer groups with the counts of their meetings: the own organisation's, or those that one leads.
    ReadPeerGroups: Coordinator, Facilitator, PaidGuide, SupportPerson, PeerGuide, Expert;
    /// Keep peer groups of the own organisation: what is told of them, and who leads them.
    ManagePeerGroups: Coordinator;
    /// Record how many came to a meeting of a peer group of the own organisation, or of one that one leads.
    LeadPeerGroups: Coordinator, Facilitator, PaidGuide, SupportPerson, PeerGuide, Expert;
    /// Record talks that are counted one by one, and see them: the own organisation's, or those that one recorded.
    RecordEncounters: Coordinator, PaidGuide, SupportPerson, PeerGuide, Expert;
    /// See and record the own organisation's work for influence.
    KeepInfluence: Coordinator;
    /// See and keep the own organisation's grant targets, and say which activities belong to them.
    KeepGrantTargets: Coordinator;
    /// Open and close waves of a survey in the own organisation, type answers in from paper, see what came of it.
    KeepSurveys: Coordinator;
    /// See who changed what and when in a record of the own organisation, beyond what was recorded about it.
    ReadChanges: Coordinator, Admin;
    /// Save the filters of lists, for oneself or for every coordinator of the own organisation.
    SaveLists: Coordinator;
    /// See which notices went out, and which did not.
    ReadNotices: Coordinator, Admin;
    /// See to a notice that reached nobody: have it sent anew, or say that it is seen to.
    HandleNotices: Coordinator;
    /// Read participation figures as they are published: no person, no case, and no count that could give somebody away.
    ReadFigures: Coordinator, Analyst;
    /// Read the own organisation's exact figures, for its own use.
    ReadOwnFigures: Coordinator;
    /// Move the organisation's register in from a file, and out into one.
    MoveRegister: Coordinator;
    /// See what awaits one.
    SeeDashboard: Professional, Coordinator, SupportPerson, Admin;
    /// Hear of changes as they happen: of what one may see, and of nothing else.
    HearOfChanges: Professional, Coordinator, Facilitator, SupportPerson, Admin;
}

/// How far a permission reaches for one grant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Reach {
    /// Everything that the organisation coordinates.
    Organisation(OrganisationId),
    /// The cases whose professional this person is.
    CasesOf(PersonId),
    /// The relationships and proposals whose support person this person is.
    SupportGivenBy(PersonId),
    /// The courses that this person leads.
    CoursesLedBy(PersonId),
    /// The sessions of supervision that this person holds.
    SessionsHeldBy(PersonId),
    /// The drop-in places where this person is a paid guide today.
    PlacesGuidedBy(PersonId),
    /// The drop-in places of an organisation, and nothing else of it.
    PlacesOf(OrganisationId),
    /// The person's own details alone.
    Oneself,
}

/// Proof that the actor holds `P` somewhere, and how far it reaches. Nothing but [`require`] makes one.
#[derive(Debug)]
pub struct Scope<P> {
    actor: PersonId,
    grants: Vec<Grant>,
    permission: PhantomData<P>,
}

/// The actor's scope for a permission: the union of the grants that carry it.
///
/// Errors: `Unauthenticated`, `Forbidden` where no grant carries it.
pub fn require<P: Permission>(ctx: &Ctx) -> Result<Scope<P>> {
    let actor = ctx.actor()?;
    let grants: Vec<Grant> = actor
        .grants
        .iter()
        .filter(|grant| P::ROLES.contains(&grant.role))
        .cloned()
        .collect();
    if grants.is_empty() {
        return Err(Error::Forbidden);
    }
    Ok(Scope {
        actor: actor.person,
        grants,
        permission: PhantomData,
    })
}

impl<P: Permission> Scope<P> {
    /// The person who acts.
    pub fn actor(&self) -> PersonId {
        self.actor
    }

    /// The organisations that the actor may act for as a whole (as coordinator or administrator).
    pub fn organisations(&self) -> Vec<OrganisationId> {
        self.grants
            .iter()
            .filter(|grant| matches!(grant.reach(), Reach::Organisation(_)))
            .map(|grant| grant.organisation)
            .collect()
    }

    /// Every organisation in which the actor holds the permission, whatever its reach.
    pub fn any_organisations(&self) -> Vec<OrganisationId> {
        self.grants.iter().map(|grant| grant.organisation).collect()
    }

    /// The professionals whose cases the actor reaches: the actor, and those whom the actor stands in for.
    pub fn professionals(&self) -> Vec<PersonId> {
        self.holders(|reach| matches!(reach, Reach::CasesOf(_)))
    }

    /// The support persons (as people) whose relationships the actor reaches.
    pub fn support_people(&self) -> Vec<PersonId> {
        self.holders(|reach| matches!(reach, Reach::SupportGivenBy(_)))
    }

    /// The facilitators whose courses the actor reaches.
    pub fn facilitators(&self) -> Vec<PersonId> {
        self.holders(|reach| matches!(reach, Reach::CoursesLedBy(_)))
    }

    /// The organisations in which the actor, or whom the actor stands in for, is a facilitator: what they give as trainers.
    pub fn trainers(&self) -> Vec<OrganisationId> {
        let lead = |grant: &&Grant| matches!(grant.reach(), Reach::CoursesLedBy(_));
        let grants = self.grants.iter().filter(lead);
        grants.map(|grant| grant.organisation).collect()
    }

    /// The supervisors whose sessions the actor reaches.
    pub fn supervisors(&self) -> Vec<PersonId> {
        self.holders(|reach| matches!(reach, Reach::SessionsHeldBy(_)))
    }

    /// The organisations in which the actor, or whom the actor stands in for, is a supervisor.
    pub fn providers(&self) -> Vec<OrganisationId> {
        let supervise = |grant: &&Grant| matches!(grant.reach(), Reach::SessionsHeldBy(_));
        self.grants
            .iter()
            .filter(supervise)
            .map(|grant| grant.organisation)
            .collect()
    }

    /// Whose sessions the actor plans in a provider: the actor's own or, where they only stand in there, the absent
    /// supervisor's.
    pub fn supervisor_in(&self, provider: OrganisationId) -> PersonId {
        let mut there = self
            .grants
            .iter()
            .filter(|grant| grant.organisation == provider)
            .map(|grant| grant.holder);
        let first = there.next().unwrap_or(self.actor);
        match there.any(|holder| holder == self.actor) {
            true => self.actor,
            false => first,
        }
    }

    /// The paid guides whose drop-in places the actor reaches.
    pub fn guides(&self) -> Vec<PersonId> {
        self.holders(|reach| matches!(reach, Reach::PlacesGuidedBy(_)))
    }

    /// The organisations whose drop-in places the actor keeps, and nothing else of them.
    pub fn place_keepers(&self) -> Vec<OrganisationId> {
        let keep = |grant: &&Grant| matches!(grant.reach(), Reach::PlacesOf(_));
        let grants = self.grants.iter().filter(keep);
        grants.map(|grant| grant.organisation).collect()
    }

    /// The organisations all of whose drop-in places the actor reaches.
    pub fn with_places(&self) -> Vec<OrganisationId> {
        let mut all = self.organisations();
        all.extend(self.place_keepers());
        all
    }

    fn holders(&self, of: impl Fn(Reach) -> bool) -> Vec<PersonId> {
        self.grants
            .iter()
            .filter(|grant| of(grant.reach()))
            .map(|grant| grant.holder)
            .collect()
    }

    /// The grants that carry the permission.
    pub(crate) fn grants(&self) -> impl Iterator<Item = RoleGrantId> {
        self.grants.iter().map(|grant| grant.id)
    }

    /// The same with the organisations in which they are held.
    pub(crate) fn grants_in(&self) -> impl Iterator<Item = (OrganisationId, RoleGrantId)> {
        self.grants
            .iter()
            .map(|grant| (grant.organisation, grant.id))
    }

    /// Whether the scope covers an organisation as a whole.
    pub fn covers(&self, organisation: OrganisationId) -> bool {
        self.organisations().contains(&organisation)
    }

    /// The grant by which data of an organisation is reached: the one in that organisation, else the first.
    pub(crate) fn grant_for(&self, organisation: OrganisationId) -> Option<RoleGrantId> {
        self.grants
            .iter()
            .find(|grant| grant.organisation == organisation)
            .or(self.grants.first())
            .map(|grant| grant.id)
    }
}

impl Grant {
    /// Whether it reaches single people's cases or relationships, whatever organisation they are of.
    pub(crate) fn reaches_people(&self) -> bool {
        matches!(self.reach(), Reach::CasesOf(_) | Reach::SupportGivenBy(_))
    }

    fn reach(&self) -> Reach {
        match self.role {
            Role::Professional => Reach::CasesOf(self.holder),
            Role::SupportPerson | Role::PeerGuide | Role::Expert => {
                Reach::SupportGivenBy(self.holder)
            }
            Role::Coordinator | Role::Admin => Reach::Organisation(self.organisation),
            Role::Facilitator => Reach::CoursesLedBy(self.holder),
            Role::Supervisor => Reach::SessionsHeldBy(self.holder),
            Role::PaidGuide => Reach::PlacesGuidedBy(self.holder),
            Role::PlaceKeeper => Reach::PlacesOf(self.organisation),
            // A role reaches further only where a feature of theirs says so.
            Role::Analyst | Role::Dpo => Reach::Oneself,
        }
    }
}
