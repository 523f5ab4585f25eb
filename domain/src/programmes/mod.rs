//! Programmes: what an association offers, to whom, in which form and language, and what it asks for before somebody
//! acts as a support person in it ([`rules`]).
//!
//! Target groups are told of programmes, and of nothing else: a case that carried one would tell why somebody is
//! supported. For the same reason no referral, proposal or relationship names a programme.

mod acts;
mod gates;
mod queries;
pub mod rules;

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{GateId, OrganisationId, ProgrammeId};
use sea_orm::FromQueryResult;

use crate::access::{self, ReadOrganisations};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::organisations;
use crate::page::Grouped;
use crate::texts::Language;

pub use acts::{Correct, Create, Details, RequirementsInput, correct, create};
pub(crate) use acts::{checked_requirements, default_of, lock};
pub(crate) use gates::is_gate_of;
pub use gates::{
    Gate, GateAdd, GateCorrect, add_gate, correct_gate, find_gate, gates_for, gates_for_ids,
};
pub(crate) use queries::{ask_from, asked_by, valid_on};

/// A name in the three languages that people read.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct Names {
    /// In Finnish.
    pub name_fi: String,
    /// In Swedish.
    pub name_sv: String,
    /// In English.
    pub name_en: String,
}

impl Names {
    /// As a reader of some language reads it.
    pub fn read_in(&self, language: Language) -> &str {
        match language.readable(Language::Fi) {
            Language::Sv => &self.name_sv,
            Language::En => &self.name_en,
            _ => &self.name_fi,
        }
    }
}

/// A programme.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Programme {
    /// Its id.
    pub id: ProgrammeId,
    /// The association.
    pub organisation_id: OrganisationId,
    /// Its name.
    #[sea_orm(nested)]
    pub names: Names,
    /// Whether it is the one that everybody is in of whom nothing else was said.
    pub is_default: bool,
    /// The first day on which somebody may join it.
    pub valid_from: NaiveDate,
    /// The last such day; open where there is none.
    pub valid_to: Option<NaiveDate>,
    /// Rises with every change.
    pub version: i32,
}

/// What a programme offers, as codes.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Offer {
    /// Target groups.
    pub target_groups: Vec<String>,
    /// Forms of support.
    pub forms: Vec<String>,
    /// Languages, as `fi`.
    pub languages: Vec<String>,
}

/// What a programme asks for from a day on.
#[derive(Clone, Debug)]
pub struct Asked {
    /// From which day on.
    pub from_on: NaiveDate,
    /// What.
    pub requirements: rules::Requirements,
}

/// The programmes among `ids` of organisations that the actor may know of.
pub async fn for_ids(ctx: &Ctx, ids: &[ProgrammeId]) -> Result<HashMap<ProgrammeId, Programme>> {
    let reach = organisations::reach(ctx)?;
    let rows = queries::for_ids(ctx.store.reader(), ids, &reach).await?;
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// One programme; `None` where it is absent or its organisation is not the actor's to know of.
pub async fn find(ctx: &Ctx, id: ProgrammeId) -> Result<Option<Programme>> {
    let scope = access::require::<ReadOrganisations>(ctx)?;
    let found = for_ids(ctx, &[id]).await?.remove(&id);
    if found.is_none() {
        ctx.refuse(&scope, ObjectKind::Organisation, id);
    }
    Ok(found)
}

/// The programmes of organisations that the actor may know of: the default one first, then the oldest.
pub async fn for_organisations(
    ctx: &Ctx,
    of: &[OrganisationId],
) -> Result<Grouped<OrganisationId, Programme>> {
    let reach = organisations::reach(ctx)?;
    let mut grouped = Grouped::new();
    for row in queries::for_organisations(ctx.store.reader(), of, &reach).await? {
        let of_one: &mut Vec<Programme> = grouped.entry(row.organisation_id).or_default();
        of_one.push(row);
    }
    Ok(grouped)
}

/// What programmes offer. Whoever reads a programme has found it by one of the functions above.
pub async fn offers_for(ctx: &Ctx, of: &[ProgrammeId]) -> Result<HashMap<ProgrammeId, Offer>> {
    let reach = organisations::reach(ctx)?;
    queries::offers_for(ctx.store.reader(), of, &reach).await
}

/// What programmes ask for and asked for, the latest first.
pub async fn asked_for(ctx: &Ctx, of: &[ProgrammeId]) -> Result<Grouped<ProgrammeId, Asked>> {
    let reach = organisations::reach(ctx)?;
    queries::asked_for(ctx.store.reader(), of, &reach).await
}

/// Which gates some requirements name.
pub fn gates_in<'a>(asked: impl IntoIterator<Item = &'a rules::Requirements>) -> Vec<GateId> {
    let all = asked.into_iter().flat_map(|it| it.further.iter().copied());
    all.collect()
}
