//! Choosing the professionals of a case, and moving a leaver's cases.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::caseloads as domain;
use rinnalla_domain::ids::{CaseProfessionalId, CaseloadMoveId, PersonId, SupportedCaseId};

use super::{CaseProfessional, CaseloadMove};
use crate::graphql::payload::{ctx, key};
use crate::graphql::referrals::SupportedCase;
use crate::graphql::scalars::Ref;

payload!(
    CaseProfessionalPayload,
    case_professional: CaseProfessional,
    "What came of an act on the professionals of a case."
);
payload!(
    CaseProfessionalLeavePayload,
    supported_case: SupportedCase,
    "What came of giving up a case."
);
payload!(
    CaseloadMovePayload,
    caseload_move: CaseloadMove,
    "What came of moving a leaver's cases, or of undoing it."
);

/// Puts another professional on a case.
#[derive(InputObject)]
pub struct CaseProfessionalAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The case.
    case_id: Ref<SupportedCaseId>,
    /// The case's version.
    version: i32,
    /// The professional: one of the organisation that referred the case.
    person_id: Ref<PersonId>,
}

/// Takes a professional off a case.
#[derive(InputObject)]
pub struct CaseProfessionalEndInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The professional's part in the case.
    case_professional_id: Ref<CaseProfessionalId>,
    /// The case's version.
    version: i32,
}

/// Makes a professional the one responsible for a case.
#[derive(InputObject)]
pub struct CaseResponsibleChangeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The case.
    case_id: Ref<SupportedCaseId>,
    /// The case's version.
    version: i32,
    /// The professional: one of the organisation that referred the case, on it already or put on it now.
    person_id: Ref<PersonId>,
}

/// Gives up one's own part in a case.
#[derive(InputObject)]
pub struct CaseProfessionalLeaveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The case.
    case_id: Ref<SupportedCaseId>,
    /// The case's version.
    version: i32,
    /// Who takes over: a professional of the organisation that referred the case. Nobody where the coordinator is to
    /// find somebody.
    successor_id: Option<Ref<PersonId>>,
}

/// Moves all cases of a leaver to another professional.
#[derive(InputObject)]
pub struct CaseloadMoveInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The leaver.
    from_id: Ref<PersonId>,
    /// Who takes the cases over: a professional of the same organisation.
    to_id: Ref<PersonId>,
}

/// Undoes a move.
#[derive(InputObject)]
pub struct CaseloadMoveCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The move.
    caseload_move_id: Ref<CaseloadMoveId>,
    /// Its version.
    version: i32,
}

/// What can be done with caseloads.
#[derive(Default)]
pub struct CaseloadMutation;

#[Object]
impl CaseloadMutation {
    /// Puts another professional on a case.
    async fn case_professional_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom, on which case.")] input: CaseProfessionalAddInput,
    ) -> Result<CaseProfessionalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let add = domain::Add {
                case: input.case_id.or_unknown(),
                version: input.version,
                person: input.person_id.or_unknown(),
            };
            domain::add(ctx, &key, add).await
        };
        CaseProfessionalPayload::of(c, done.await, CaseProfessional::load).await
    }

    /// Takes a professional off a case; the responsible one stays until another is responsible.
    async fn case_professional_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose part.")] input: CaseProfessionalEndInput,
    ) -> Result<CaseProfessionalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let end = domain::End {
                id: input.case_professional_id.or_unknown(),
                version: input.version,
            };
            domain::end(ctx, &key, end).await
        };
        CaseProfessionalPayload::of(c, done.await, CaseProfessional::load).await
    }

    /// Makes a professional the one responsible for a case; the former one stays on it.
    async fn case_responsible_change(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whom, for which case.")] input: CaseResponsibleChangeInput,
    ) -> Result<CaseProfessionalPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let change = domain::ChangeResponsible {
                case: input.case_id.or_unknown(),
                version: input.version,
                person: input.person_id.or_unknown(),
            };
            domain::change_responsible(ctx, &key, change).await
        };
        CaseProfessionalPayload::of(c, done.await, CaseProfessional::load).await
    }

    /// Gives up one's own part in a case, to a successor or to the coordinator. The case is answered where one still
    /// sees it.
    async fn case_professional_leave(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which case, and to whom.")] input: CaseProfessionalLeaveInput,
    ) -> Result<CaseProfessionalLeavePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let leave = domain::Leave {
                case: input.case_id.or_unknown(),
                version: input.version,
                successor: input.successor_id.map(|id| id.or_unknown()),
            };
            domain::leave(ctx, &key, leave).await
        };
        CaseProfessionalLeavePayload::of(c, done.await, SupportedCase::load).await
    }

    /// Moves all cases of a leaver to another professional of the same organisation: as far as one reaches them. Mail
    /// that is not sent yet follows.
    async fn caseload_move(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "From whom to whom.")] input: CaseloadMoveInput,
    ) -> Result<CaseloadMovePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let people = domain::Move {
            from: input.from_id.or_unknown(),
            to: input.to_id.or_unknown(),
        };
        let done = domain::move_all(ctx, &key, people).await;
        CaseloadMovePayload::of(c, done, CaseloadMove::load).await
    }

    /// Undoes a move: the cases go back, except those whose professionals were changed since.
    async fn caseload_move_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which move.")] input: CaseloadMoveCancelInput,
    ) -> Result<CaseloadMovePayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let cancel = domain::MoveCancel {
                id: input.caseload_move_id.or_unknown(),
                version: input.version,
            };
            domain::cancel_move(ctx, &key, cancel).await
        };
        CaseloadMovePayload::of(c, done.await, CaseloadMove::load).await
    }
}
