//! Sealed labels: a supported person is a code here, and a code is hard to remember. So the professionals of a case may
//! keep a short label to recognise it by, and the support person another.
//!
//! Each is read by its keepers alone: whoever is a professional of the case today, or stands in for one; the support
//! person of the relationship. The association never sees either. A label is never searched, mailed, exported or
//! logged; that it was read or changed is. When a case gets other professionals, the label is theirs, as the case is.

mod queries;
pub mod rules;

use std::collections::HashMap;

use rinnalla_entity::ids::{Id as _, SealedLabelId, SupportRelationshipId, SupportedCaseId};
use uuid::Uuid;

use crate::access::{self, KeepLabels, Scope};
use crate::act::{Act, Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::case_code::{self, CaseCode};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::personal::Personal;
use crate::sealing::{self, Cell, DataKey, SealFault};

use queries::{Cells, Place, Sealed};

/// A label, opened for its keeper.
#[derive(Clone, Debug)]
pub struct SealedLabel {
    /// What it says.
    pub text: Personal<String>,
    /// Grows with every change.
    pub version: i32,
}

/// What a label is kept for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Of {
    /// A case, by its professionals.
    Case(SupportedCaseId),
    /// A relationship, by its support person.
    Relationship(SupportRelationshipId),
}

/// A label to write.
#[derive(Clone, Debug)]
pub struct Set {
    /// What for.
    pub of: Of,
    /// The version of the label that it takes the place of; none where there is none yet.
    pub version: Option<i32>,
    /// What it says, at most [`rules::LABEL_MAX_CHARS`] characters.
    pub text: Personal<String>,
}

/// A label to erase.
#[derive(Clone, Copy, Debug)]
pub struct Clear {
    /// What for.
    pub of: Of,
    /// The label's version.
    pub version: i32,
}

/// The labels that the actor keeps for these cases as their professional.
pub async fn for_cases(
    ctx: &Ctx,
    cases: &[SupportedCaseId],
) -> Result<HashMap<SupportedCaseId, SealedLabel>> {
    let scope = access::require::<KeepLabels>(ctx)?;
    if cases.is_empty() || scope.professionals().is_empty() {
        return Ok(HashMap::new());
    }
    let rows = queries::of_cases(ctx.store.reader(), &scope, cases).await?;
    see(ctx, &scope, ObjectKind::SupportedCase, &rows);
    open(&ctx.keys, rows, |row| SupportedCaseId(row.of_id))
}

/// The labels that the actor keeps for these relationships as their support person.
pub async fn for_relationships(
    ctx: &Ctx,
    relationships: &[SupportRelationshipId],
) -> Result<HashMap<SupportRelationshipId, SealedLabel>> {
    let scope = access::require::<KeepLabels>(ctx)?;
    if relationships.is_empty() || scope.support_people().is_empty() {
        return Ok(HashMap::new());
    }
    let rows = queries::of_relationships(ctx.store.reader(), &scope, relationships).await?;
    see(ctx, &scope, ObjectKind::SupportRelationship, &rows);
    open(&ctx.keys, rows, |row| SupportRelationshipId(row.of_id))
}

/// The label by which the actor recognises each case, by the case's code as people read it: the professionals' to a
/// professional of the case, the support person's own to the support person.
pub async fn for_case_codes(ctx: &Ctx, codes: &[String]) -> Result<HashMap<String, SealedLabel>> {
    let scope = access::require::<KeepLabels>(ctx)?;
    let stored = codes.iter().filter_map(|code| CaseCode::parse(code).ok());
    let stored: Vec<String> = stored.map(|code| code.as_str().to_owned()).collect();
    if stored.is_empty() {
        return Ok(HashMap::new());
    }
    let mut rows = queries::of_codes(ctx.store.reader(), &scope, stored).await?;
    let mut met = std::collections::HashSet::new();
    rows.retain(|row| met.insert(row.of_id));
    see(ctx, &scope, ObjectKind::SupportedCase, &rows);
    open(&ctx.keys, rows, |row| case_code::shown(&row.case_code))
}

/// Writes a label, in the place of the one before where there was one.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`label EMPTY`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `LOOKS_LIKE_IDENTITY_NUMBER`).
pub async fn set(ctx: &Ctx, key: &IdempotencyKey, input: Set) -> Result<()> {
    let scope = access::require::<KeepLabels>(ctx)?;
    let text = rules::check(input.text.reveal()).map(Personal::from);
    let text: Personal<String> = text.map_err(|code| Error::invalid("label", code))?;
    let mut act = match begin(ctx, Doing::Set, key, input.of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(_) => return Ok(()),
    };
    let place = reach(&act, &scope, input.of).await?;
    if place.version != input.version {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    let id = place.label_id.unwrap_or_else(SealedLabelId::random);
    let cells = seal(&ctx.keys, id, &text)?;
    let written = match place.version {
        Some(version) => queries::replace(&act.tx, id, version, cells).await?,
        None => queries::insert(&act.tx, id, input.of, cells).await?,
    };
    if written == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    changed(&mut act, &scope, &place, input.of);
    act.done().await.map(drop)
}

/// Erases a label, its key with it.
///
/// Errors: `NotFound` (also where there is no label), `Conflict` (`STALE_VERSION`).
pub async fn clear(ctx: &Ctx, key: &IdempotencyKey, input: Clear) -> Result<()> {
    let scope = access::require::<KeepLabels>(ctx)?;
    let mut act = match begin(ctx, Doing::Clear, key, input.of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(_) => return Ok(()),
    };
    let place = reach(&act, &scope, input.of).await?;
    let id = place.label_id.ok_or(Error::NotFound)?;
    if queries::erase(&act.tx, id, input.version).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    changed(&mut act, &scope, &place, input.of);
    act.done().await.map(drop)
}

enum Doing {
    Set,
    Clear,
}

async fn begin<'a>(ctx: &'a Ctx, doing: Doing, key: &IdempotencyKey, of: Of) -> Result<Begun<'a>> {
    let name = match (of, doing) {
        (Of::Case(_), Doing::Set) => "supportedCaseLabelSet",
        (Of::Case(_), Doing::Clear) => "supportedCaseLabelClear",
        (Of::Relationship(_), Doing::Set) => "supportRelationshipLabelSet",
        (Of::Relationship(_), Doing::Clear) => "supportRelationshipLabelClear",
    };
    match of {
        Of::Case(case) => ctx.begin(name, key, case).await,
        Of::Relationship(relationship) => ctx.begin(name, key, relationship).await,
    }
}

async fn reach(act: &Act<'_>, scope: &Scope<KeepLabels>, of: Of) -> Result<Place> {
    let place = queries::place(&act.tx, scope, of).await?;
    if place.is_none() {
        match of {
            Of::Case(case) => act.ctx.refuse(scope, ObjectKind::SupportedCase, case),
            Of::Relationship(relationship) => {
                act.ctx
                    .refuse(scope, ObjectKind::SupportRelationship, relationship);
            }
        }
    }
    place.ok_or(Error::NotFound)
}

/// Notes the change. The news of it goes to everybody who sees the case and tells none of them what changed.
fn changed(act: &mut Act<'_>, scope: &Scope<KeepLabels>, place: &Place, of: Of) {
    let organisation = place.organisation_id;
    match of {
        Of::Case(case) => act.changed(scope, organisation, ObjectKind::SupportedCase, case),
        Of::Relationship(relationship) => act.changed(
            scope,
            organisation,
            ObjectKind::SupportRelationship,
            relationship,
        ),
    }
}

fn see(ctx: &Ctx, scope: &Scope<KeepLabels>, kind: ObjectKind, rows: &[Sealed]) {
    let seen = rows.iter().map(|row| (row.organisation_id, row.of_id));
    ctx.see(scope, kind, seen);
}

fn cell(label: Uuid, column: &'static str) -> Cell {
    Cell {
        table: "sealed_labels",
        column,
        row: label,
    }
}

/// Seals a text under a fresh key, so that a former text does not open with it.
fn seal(keys: &Keys, id: SealedLabelId, text: &Personal<String>) -> Result<Cells> {
    let sealed = || {
        let key = DataKey::new();
        Ok::<_, SealFault>(Cells {
            data_key: sealing::seal_data_key_at(keys, cell(id.0, "data_key"), &key)?,
            text: sealing::seal_text(&key, cell(id.0, "text"), text.reveal())?,
        })
    };
    sealed().map_err(|fault| Error::Internal(Box::new(fault)))
}

/// Opens labels. One that does not open is left behind with a log line, so that it takes no list down with it.
fn open<K: std::hash::Hash + Eq>(
    keys: &Keys,
    rows: Vec<Sealed>,
    of: impl Fn(&Sealed) -> K,
) -> Result<HashMap<K, SealedLabel>> {
    let mut opened = HashMap::with_capacity(rows.len());
    for row in rows {
        let text = || {
            let at = |column| cell(row.id.0, column);
            let key = sealing::open_data_key_at(keys, at("data_key"), &row.data_key_sealed)?;
            sealing::open_text(&key, at("text"), &row.text_sealed)
        };
        match text() {
            Ok(text) => {
                let version = row.version;
                opened.insert(of(&row), SealedLabel { text, version });
            }
            Err(SealFault::UnknownKeyVersion(fault)) => {
                return Err(Error::Internal(Box::new(fault)));
            }
            Err(fault) => tracing::error!("label {} does not open: {fault}", row.id.encode()),
        }
    }
    Ok(opened)
}
