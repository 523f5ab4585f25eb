//! What courses teach, in versions, and the workshops that worked them out.

mod acts;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::curricula::{self as domain, rules};
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CurriculumId, OrganisationId};

pub use self::acts::CurriculumMutation;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// A version of what courses for peer guides teach: what each of the eight sessions is about (kurssirunko).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Curriculum {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name, the same for all its versions.
    name: String,
    /// Which version it is, from 1 on.
    no: i32,
    /// How many courses follow it; once there is one, its sessions are changed no more.
    courses: i64,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Curriculum,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    sessions: Option<Vec<CurriculumSession>>,
    #[graphql(skip)]
    workshops: Option<Vec<CurriculumWorkshop>>,
}

/// What one of the eight sessions is about (kurssirungon kerta).
#[derive(SimpleObject, Written, Clone)]
pub struct CurriculumSession {
    /// Which of the eight it is, from 1 on.
    no: i16,
    /// What it is about.
    theme: String,
    /// How it is worked on.
    methods: Option<String>,
    /// What is needed for it.
    materials: Option<String>,
}

/// A workshop in which professionals and project developers worked a version out (yhteiskehittämisen työpaja).
#[derive(SimpleObject, Written, Clone)]
pub struct CurriculumWorkshop {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The day.
    on: Date,
    /// How many professionals there were.
    professionals: i16,
    /// How many project developers there were.
    developers: i16,
    /// What was changed.
    changed: String,
}

/// A version of what courses for peer guides teach: what each of the eight sessions is about (kurssirunko).
#[written]
#[ComplexObject]
impl Curriculum {
    /// The association whose it is; absent where it is not one's own to know of.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// What the eight sessions are about, in order.
    async fn sessions(&self) -> Result<&[CurriculumSession]> {
        Ok(filled(&self.sessions)?)
    }

    /// The workshops that worked it out, the first one first; those recorded in error are left out.
    async fn workshops(&self) -> Result<&[CurriculumWorkshop]> {
        Ok(filled(&self.workshops)?)
    }

    /// How many of the three workshops are still to be held before its first course; nothing is refused for it.
    async fn workshops_missing(&self) -> Result<usize> {
        Ok(rules::workshops_missing(filled(&self.workshops)?.len()))
    }
}

impl From<domain::Curriculum> for Curriculum {
    fn from(row: domain::Curriculum) -> Self {
        Self {
            id: id(row.id),
            name: row.name.clone(),
            no: row.no,
            courses: row.courses,
            version: row.version,
            row,
            organisation: None,
            sessions: None,
            workshops: None,
        }
    }
}

impl From<domain::Session> for CurriculumSession {
    fn from(row: domain::Session) -> Self {
        Self {
            no: row.no,
            theme: row.theme,
            methods: row.methods,
            materials: row.materials,
        }
    }
}

impl From<domain::Workshop> for CurriculumWorkshop {
    fn from(row: domain::Workshop) -> Self {
        Self {
            id: id(row.id),
            on: row.on_date.into(),
            professionals: row.professionals,
            developers: row.developers,
            changed: row.changed,
        }
    }
}

impl Curriculum {
    /// One version with what is selected below it.
    pub async fn load(ctx: &Ctx, id: CurriculumId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The versions with these ids, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[CurriculumId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<CurriculumId, Self>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: Vec<Self> = found.into_values().map(Self::from).collect();
        fill(&mut found, look, ctx).await?;
        Ok(found.into_iter().map(|it| (it.row.id, it)).collect())
    }
}

impl Prefetch for Curriculum {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<CurriculumId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if look.has("sessions") {
            let mut found = domain::sessions_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.sessions = Some(rows.into_iter().map(Into::into).collect());
            }
        }
        if look.has("workshops") || look.has("workshopsMissing") {
            let mut found = domain::workshops_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.workshops = Some(rows.into_iter().map(Into::into).collect());
            }
        }
        Ok(())
    }
}

/// What can be asked of curricula.
#[derive(Default)]
pub struct CurriculumQuery;

#[Object]
impl CurriculumQuery {
    /// One version of what courses teach; absent where it does not exist or is not one's own to see. Those who lead a
    /// course see the one that it follows.
    async fn curriculum(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<CurriculumId>,
    ) -> Result<Answer<Option<Curriculum>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Curriculum::load(ctx, id, Look::of(c)).await)
    }

    /// The versions of the own association, by name and then the latest first.
    async fn curricula(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of this association; of all within reach where nothing is said.")]
        organisation_id: Option<Ref<OrganisationId>>,
    ) -> Result<Answer<Vec<Curriculum>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let all = async {
            let rows = domain::list(ctx, organisation_id.map(Ref::or_unknown)).await?;
            let mut nodes: Vec<Curriculum> = rows.into_iter().map(Curriculum::from).collect();
            fill(&mut nodes, &look, ctx).await?;
            Ok(nodes)
        };
        answer(ctx, all.await)
    }
}
