//! Typed ids. A row's id is a UUID: version 7, ordered by time, for most; version 4 for cases and their
//! labels, whose time of creation would tell something, and for what a secret is made of.
//!
//! Outside the program an id is opaque: base64url of a type byte and the UUID's 16 bytes.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use sea_orm::DeriveValueType;
use uuid::Uuid;

/// What every typed id can do.
pub trait Id: Copy + Send + Sync + Sized + 'static {
    /// The byte that tells this type's opaque ids from all others.
    const TYPE_BYTE: u8;
    /// A fresh id.
    fn random() -> Self;
    /// The id of a UUID that is known to be of this type.
    fn from_uuid(uuid: Uuid) -> Self;
    /// The UUID inside.
    fn uuid(self) -> Uuid;

    /// The opaque form: 23 characters of base64url.
    fn encode(self) -> String {
        encode(Self::TYPE_BYTE, self.uuid())
    }

    /// Reads an opaque id; `None` where it is malformed or of another type.
    fn decode(text: &str) -> Option<Self> {
        let (byte, uuid) = decode(text)?;
        (byte == Self::TYPE_BYTE).then(|| Self::from_uuid(uuid))
    }
}

/// The opaque form of any id: a type byte, then the UUID.
pub fn encode(type_byte: u8, uuid: Uuid) -> String {
    let mut bytes = [0; 17];
    bytes[0] = type_byte;
    bytes[1..].copy_from_slice(uuid.as_bytes());
    URL_SAFE_NO_PAD.encode(bytes)
}

/// Takes an opaque id apart into its type byte and UUID; `None` where it is malformed.
pub fn decode(text: &str) -> Option<(u8, Uuid)> {
    let bytes: [u8; 17] = URL_SAFE_NO_PAD.decode(text).ok()?.try_into().ok()?;
    Some((bytes[0], Uuid::from_slice(&bytes[1..]).ok()?))
}

macro_rules! ids {
    ($($name:ident = $byte:literal, $fresh:ident;)+) => {
        $(
            #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, DeriveValueType)]
            pub struct $name(pub Uuid);

            impl Id for $name {
                const TYPE_BYTE: u8 = $byte;
                #[allow(clippy::disallowed_methods)] // the one place where ids are made
                fn random() -> Self {
                    Self(Uuid::$fresh())
                }
                fn from_uuid(uuid: Uuid) -> Self {
                    Self(uuid)
                }
                fn uuid(self) -> Uuid {
                    self.0
                }
            }

            impl sea_orm::TryFromU64 for $name {
                fn try_from_u64(_: u64) -> Result<Self, sea_orm::DbErr> {
                    Err(sea_orm::DbErr::Type("a UUID is no number".into()))
                }
            }
        )+

        /// Every type byte that is in use, with the name of its type; the test below keeps them apart.
        pub const TYPE_BYTES: &[(u8, &str)] = &[$(($byte, stringify!($name))),+];
    };
}

ids! {
    OrganisationId = 1, now_v7;
    PartnershipId = 2, now_v7;
    PersonId = 3, now_v7;
    RoleGrantId = 4, now_v7;
    AbsenceId = 5, now_v7;
    AccessTokenId = 6, now_v7;
    SupportPersonId = 7, now_v7;
    SupportPersonActId = 8, now_v7;
    SupportedCaseId = 9, new_v4;
    ReferralId = 10, now_v7;
    MatchProposalId = 11, now_v7;
    ReferralActId = 12, now_v7;
    DisclosureId = 13, now_v7;
    SupportRelationshipId = 14, now_v7;
    SupportRelationshipActId = 15, now_v7;
    SupportAgreementId = 16, now_v7;
    MeetingId = 17, now_v7;
    JointReviewId = 18, now_v7;
    JointReviewRecordId = 19, now_v7;
    OutboxMessageId = 20, now_v7;
    CaseProfessionalId = 21, now_v7;
    AccessLogId = 22, now_v7;
    RequestId = 23, now_v7;
    LeaseToken = 24, new_v4;
    MessageAttemptId = 25, now_v7;
    CaseloadMoveId = 26, now_v7;
    ProgrammeId = 27, now_v7;
    ProgrammeRequirementId = 28, now_v7;
    GateId = 29, now_v7;
    SealedLabelId = 30, new_v4;
    SavedListId = 31, now_v7;
    PersonMergeId = 32, now_v7;
    SignInLinkId = 33, new_v4;
    SessionId = 34, now_v7;
    SuccessionId = 35, now_v7;
    CourseId = 36, now_v7;
    CourseSessionId = 37, now_v7;
    EnrolmentId = 38, now_v7;
    EnrolmentDecisionId = 39, now_v7;
    CourseFacilitatorId = 40, now_v7;
    PrintedTextId = 41, now_v7;
    CourseFeedId = 42, new_v4;
    CourseCostId = 43, now_v7;
    CourseFeedbackWaveId = 44, now_v7;
    CourseFeedbackAnswerId = 45, new_v4;
    TrainingId = 50, now_v7;
    TrainingParticipantId = 51, now_v7;
    ExpertProfileId = 52, now_v7;
    ExpertCohortId = 53, now_v7;
    ExpertAssignmentId = 54, now_v7;
    ExpenseId = 55, now_v7;
    SupervisionSessionId = 56, now_v7;
    SupervisionInvitationId = 57, now_v7;
    SupervisionContactRequestId = 58, now_v7;
    DropInPlaceId = 60, now_v7;
    PlaceRoleTermId = 61, now_v7;
    OpeningRuleId = 62, now_v7;
    OpeningId = 63, now_v7;
    OpeningShiftId = 64, now_v7;
    ClosedDayId = 65, now_v7;
    WishId = 66, new_v4;
    CurriculumId = 70, now_v7;
    CurriculumWorkshopId = 71, now_v7;
    CourseChangeId = 72, now_v7;
    PeerGroupId = 80, now_v7;
    PeerGroupMeetingId = 81, now_v7;
    EncounterId = 82, now_v7;
    InfluenceItemId = 83, now_v7;
    GrantTargetId = 84, now_v7;
    SurveyWaveId = 85, now_v7;
    SurveyAnswerId = 86, new_v4;
    HouseMeetingId = 87, now_v7;
    PlaceCostId = 88, now_v7;
    ParticipationSnapshotId = 90, now_v7;
    ParticipationPublicationId = 91, now_v7;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_opaque_id_is_read_back_by_its_own_type_alone() {
        let id = PersonId::random();
        assert_eq!(PersonId::decode(&id.encode()), Some(id));
        assert_eq!(OrganisationId::decode(&id.encode()), None);
    }

    #[test]
    fn a_malformed_id_is_no_id() {
        for text in ["", "x", "AAAA", "====", &"A".repeat(24), "\u{0}"] {
            assert_eq!(PersonId::decode(text), None, "{text:?}");
        }
    }

    #[test]
    fn no_two_types_share_a_byte() {
        let mut bytes: Vec<u8> = TYPE_BYTES.iter().map(|(byte, _)| *byte).collect();
        bytes.dedup();
        assert_eq!(bytes.len(), TYPE_BYTES.len());
        assert!(bytes.is_sorted());
    }
}
