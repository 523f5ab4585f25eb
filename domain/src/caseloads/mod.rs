//! Who the professionals of a case are. A case may have several, one of them responsible: the one who is reminded of
//! its reviews. Mail looks up its recipient when it is sent, so unsent mail follows every change here.

mod leaving;
mod moves;
mod queries;
pub mod rules;

use chrono::NaiveDate;
use rinnalla_entity::ids::{CaseProfessionalId, OrganisationId, PersonId, SupportedCaseId};
use rinnalla_entity::states::Role;
use sea_orm::FromQueryResult;
use uuid::Uuid;

use crate::access::{self, MoveCaseload, Permission, ReadRelationships, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::page::{Grouped, Page, PageArgs};
use crate::people::{self, Contact};
use crate::text;

use rules::{Begin, Part};

pub use leaving::{Leave, leave};
pub use moves::{CaseloadMove, Move, MoveCancel, cancel_move, find_move, move_all};
pub(crate) use moves::{hand_over, take_back};

/// A professional's part in a case, for as long as it lasts.
#[derive(Clone, Debug, FromQueryResult)]
pub struct CaseProfessional {
    /// Its id.
    pub id: CaseProfessionalId,
    /// The case.
    pub case_id: SupportedCaseId,
    /// The professional.
    pub person_id: PersonId,
    /// Whether the professional is the one responsible.
    pub is_responsible: bool,
    /// The first day.
    pub from_on: NaiveDate,
    /// The last day; open while it lasts.
    pub to_on: Option<NaiveDate>,
}

/// How much one professional has to do.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Caseload {
    /// The professional.
    pub person_id: PersonId,
    /// The cases that the professional is on.
    pub cases: i64,
    /// Those for which the professional is responsible.
    pub responsible_for: i64,
    /// Their open relationships.
    pub open_relationships: i64,
}

/// A professional to put on a case.
#[derive(Clone, Debug)]
pub struct Add {
    /// The case.
    pub case: SupportedCaseId,
    /// The case's version that the act was decided on.
    pub version: i32,
    /// The professional.
    pub person: PersonId,
}

/// A professional to take off a case.
#[derive(Clone, Debug)]
pub struct End {
    /// The professional's part.
    pub id: CaseProfessionalId,
    /// The case's version that the act was decided on.
    pub version: i32,
}

/// Who is to be responsible for a case.
#[derive(Clone, Debug)]
pub struct ChangeResponsible {
    /// The case.
    pub case: SupportedCaseId,
    /// The case's version that the act was decided on.
    pub version: i32,
    /// The professional, on the case already or put on it by this act.
    pub person: PersonId,
}

/// The professionals of cases as they are now, the responsible one first.
pub async fn for_cases(
    ctx: &Ctx,
    cases: &[SupportedCaseId],
) -> Result<Grouped<SupportedCaseId, CaseProfessional>> {
    let scope = access::require::<ReadRelationships>(ctx)?;
    let mut grouped: Grouped<SupportedCaseId, CaseProfessional> = Grouped::new();
    if cases.is_empty() {
        return Ok(grouped);
    }
    let rows = queries::for_cases(ctx.store.reader(), &scope, cases).await?;
    let seen = rows
        .iter()
        .map(|row| (row.organisation_id, row.professional.case_id.0));
    ctx.see(&scope, ObjectKind::SupportedCase, seen);
    for row in rows {
        let professional = row.professional;
        grouped
            .entry(professional.case_id)
            .or_default()
            .push(professional);
    }
    Ok(grouped)
}

/// One professional's part in a case, also one that has ended; `None` where it is absent or hidden.
pub async fn find(ctx: &Ctx, id: CaseProfessionalId) -> Result<Option<CaseProfessional>> {
    let scope = access::require::<ReadRelationships>(ctx)?;
    let found = queries::find(ctx.store.reader(), &scope, id).await?;
    match &found {
        Some(row) => {
            let seen = (row.organisation_id, row.professional.case_id.0);
            ctx.see(&scope, ObjectKind::SupportedCase, [seen]);
        }
        None => ctx.refuse(&scope, ObjectKind::SupportedCase, id),
    }
    Ok(found.map(|row| row.professional))
}

/// Who can be made responsible for a case: the professionals of the organisation that referred it, as far as the actor knows
/// of them, by name. Empty where the case is absent or hidden.
pub async fn eligible(ctx: &Ctx, case: SupportedCaseId) -> Result<Vec<Contact>> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let db = ctx.store.reader();
    let Some(found) = queries::case(db, &scope, case).await? else {
        ctx.refuse(&scope, ObjectKind::SupportedCase, case);
        return Ok(Vec::new());
    };
    let ids = queries::professionals_of(db, found.referring_organisation_id, ctx.today).await?;
    let known = people::contacts_for(ctx, &scope, &ids).await?;
    let mut known: Vec<Contact> = known.into_values().filter(|it| it.is_active).collect();
    known.sort_by_cached_key(|it| (text::sort_key(it.name.reveal()), it.id));
    Ok(known)
}

/// How much each professional has to do: all on cases that the own organisation coordinates, or oneself.
pub async fn list(ctx: &Ctx, page: PageArgs) -> Result<Page<Caseload>> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let after = page.after.map_or(Uuid::nil(), |cursor| cursor.id);
    let db = ctx.store.reader();
    let rows = queries::list(db, &scope, after, page.limit()).await?;
    let total = match page.total {
        true => Some(queries::count(db, &scope).await?),
        false => None,
    };
    Ok(Page::of(rows, &page, total))
}

/// Puts another professional on a case.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_A_PROFESSIONAL_THERE`, `personId
/// ALREADY_ON_THE_CASE`).
pub async fn add(ctx: &Ctx, key: &IdempotencyKey, input: Add) -> Result<CaseProfessionalId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let id = <CaseProfessionalId as rinnalla_entity::ids::Id>::random();
    let mut act = match ctx.begin("caseProfessionalAdd", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CaseProfessionalId(done)),
    };
    let case = take(&act, &scope, input.case, input.version).await?;
    let current = queries::current(&act.tx, [input.case]).await?;
    let is_on = current.iter().any(|part| part.person_id == input.person);
    let fits = is_professional(&act, input.person, case.referring_organisation_id).await?;
    Violations::default()
        .check(fits, "personId", "NOT_A_PROFESSIONAL_THERE")
        .check(!is_on, "personId", "ALREADY_ON_THE_CASE")
        .done()?;
    let new = Begin {
        case_id: input.case,
        person_id: input.person,
        is_responsible: current.is_empty(),
    };
    queries::begin_parts(&act.tx, &[(id, new)], ctx.today).await?;
    tell(&mut act, &scope, &[(input.case, case.organisation_id)]).await?;
    act.done().await.map(CaseProfessionalId)
}

/// Takes a professional off a case. The responsible one stays until another is responsible.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`caseProfessionalId WRONG_STATE` where it has ended,
/// `caseProfessionalId RESPONSIBLE_NEEDED`).
pub async fn end(ctx: &Ctx, key: &IdempotencyKey, input: End) -> Result<CaseProfessionalId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let mut act = match ctx.begin("caseProfessionalEnd", key, input.id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CaseProfessionalId(done)),
    };
    let Some(row) = queries::find(&act.tx, &scope, input.id).await? else {
        ctx.refuse(&scope, ObjectKind::SupportedCase, input.id);
        return Err(Error::NotFound);
    };
    let case = row.professional.case_id;
    take(&act, &scope, case, input.version).await?;
    Violations::default()
        .check(
            row.professional.to_on.is_none(),
            "caseProfessionalId",
            "WRONG_STATE",
        )
        .check(
            !row.professional.is_responsible,
            "caseProfessionalId",
            "RESPONSIBLE_NEEDED",
        )
        .done()?;
    queries::end_parts(&act.tx, &[input.id], ctx.today).await?;
    tell(&mut act, &scope, &[(case, row.organisation_id)]).await?;
    act.done().await.map(CaseProfessionalId)
}

/// Makes a professional the responsible one; the former one stays on the case. Who was responsible when stays on
/// record. Nothing changes where the professional is responsible already.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`personId NOT_A_PROFESSIONAL_THERE`).
pub async fn change_responsible(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: ChangeResponsible,
) -> Result<CaseProfessionalId> {
    let scope = access::require::<MoveCaseload>(ctx)?;
    let id = <CaseProfessionalId as rinnalla_entity::ids::Id>::random();
    let mut act = match ctx.begin("caseResponsibleChange", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(CaseProfessionalId(done)),
    };
    let case = take(&act, &scope, input.case, input.version).await?;
    let fits = is_professional(&act, input.person, case.referring_organisation_id).await?;
    let current = queries::current(&act.tx, [input.case]).await?;
    Violations::default()
        .check(fits, "personId", "NOT_A_PROFESSIONAL_THERE")
        .check(
            !current
                .iter()
                .any(|part| part.is_responsible && part.person_id == input.person),
            "personId",
            "ALREADY_RESPONSIBLE",
        )
        .done()?;
    let changes = |part: &&Part| part.is_responsible || part.person_id == input.person;
    let end: Vec<_> = current.iter().filter(changes).map(|part| part.id).collect();
    // Whoever is a professional there stays on the case; whoever has left the work does not.
    let mut former = current.iter().find(|part| part.is_responsible);
    if let Some(part) = former
        && !is_professional(&act, part.person_id, case.referring_organisation_id).await?
    {
        former = None;
    }
    let new = Begin {
        case_id: input.case,
        person_id: input.person,
        is_responsible: true,
    };
    let mut begin = vec![(id, new)];
    begin.extend(former.map(|former| {
        let stays = Begin {
            person_id: former.person_id,
            is_responsible: false,
            ..new
        };
        (rinnalla_entity::ids::Id::random(), stays)
    }));
    queries::end_parts(&act.tx, &end, ctx.today).await?;
    queries::begin_parts(&act.tx, &begin, ctx.today).await?;
    tell(&mut act, &scope, &[(input.case, case.organisation_id)]).await?;
    act.done().await.map(CaseProfessionalId)
}

/// Takes a case for an act, if the scope reaches it and its version is the one that the act was decided on.
async fn take(
    act: &Act<'_>,
    scope: &Scope<MoveCaseload>,
    case: SupportedCaseId,
    version: i32,
) -> Result<queries::Case> {
    let Some(found) = queries::case(&act.tx, scope, case).await? else {
        act.ctx.refuse(scope, ObjectKind::SupportedCase, case);
        return Err(Error::NotFound);
    };
    queries::lock(&act.tx, case, version).await?;
    Ok(found)
}

async fn is_professional(
    act: &Act<'_>,
    person: PersonId,
    organisation: OrganisationId,
) -> Result<bool> {
    let today = act.ctx.today;
    people::holds_role(&act.tx, person, organisation, Role::Professional, today).await
}

/// Notes that the professionals of cases changed, and with them everything that shows them.
async fn tell<P: Permission>(
    act: &mut Act<'_>,
    scope: &Scope<P>,
    cases: &[(SupportedCaseId, OrganisationId)],
) -> Result<()> {
    for (case, organisation) in cases {
        act.changed(scope, *organisation, ObjectKind::SupportedCase, *case);
    }
    let on_cases = queries::touched(&act.tx, cases.iter().map(|(case, _)| *case)).await?;
    for row in on_cases {
        let organisation = row.organisation_id;
        if let Some(id) = row.relationship_id {
            act.changed(scope, organisation, ObjectKind::SupportRelationship, id);
        }
        if let Some(id) = row.referral_id {
            act.changed(scope, organisation, ObjectKind::Referral, id);
        }
    }
    Ok(())
}
