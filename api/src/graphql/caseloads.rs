//! Who the professionals of a case are, and moving a leaver's cases.

mod acts;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::caseloads as domain;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{CaseProfessionalId, CaseloadMoveId, PersonId, SupportedCaseId};
use rinnalla_domain::page::{Cursor, Grouped, PageArgs};

pub use self::acts::CaseloadMutation;
use super::payload::{answer, ctx, for_client};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled};
use super::scalars::{Date, DateTime, Ref, id};
use super::written::{Answer, Written, written};

/// A professional's part in a supported person's case (tapauksen ammattilainen).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct CaseProfessional {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Whether the professional is the one responsible, who is reminded of the reviews.
    is_responsible: bool,
    /// The first day.
    from_on: Date,
    /// The last day; open while it lasts.
    to_on: Option<Date>,
    #[graphql(skip)]
    who: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

impl From<domain::CaseProfessional> for CaseProfessional {
    fn from(row: domain::CaseProfessional) -> Self {
        Self {
            id: id(row.id),
            is_responsible: row.is_responsible,
            from_on: row.from_on.into(),
            to_on: row.to_on.map(Date),
            who: row.person_id,
            person: None,
        }
    }
}

/// A professional's part in a supported person's case (tapauksen ammattilainen).
#[written]
#[ComplexObject]
impl CaseProfessional {
    /// The professional.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl CaseProfessional {
    /// One professional's part with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: CaseProfessionalId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// The professionals of cases as they are now, the responsible one first, with what is selected below them.
    pub async fn for_cases(
        ctx: &Ctx,
        cases: &[SupportedCaseId],
        look: &Look<'_>,
    ) -> DomainResult<Grouped<SupportedCaseId, Self>> {
        let found = domain::for_cases(ctx, cases).await?;
        let mut found: Grouped<SupportedCaseId, Self> = found
            .into_iter()
            .map(|(case, rows)| (case, rows.into_iter().map(Self::from).collect()))
            .collect();
        fill_refs(found.values_mut().flatten().collect(), look, ctx).await?;
        Ok(found)
    }
}

impl Prefetch for CaseProfessional {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<_> = nodes.iter().map(|node| node.who).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.who).cloned());
            }
        }
        Ok(())
    }
}

/// How much one professional has to do (tuettavien määrä).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Caseload {
    /// How many cases the professional is on.
    cases: i64,
    /// For how many of them the professional is responsible.
    responsible_for: i64,
    /// How many support relationships are open in them.
    open_relationships: i64,
    #[graphql(skip)]
    who: PersonId,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

impl From<domain::Caseload> for Caseload {
    fn from(row: domain::Caseload) -> Self {
        Self {
            cases: row.cases,
            responsible_for: row.responsible_for,
            open_relationships: row.open_relationships,
            who: row.person_id,
            person: None,
        }
    }
}

/// How much one professional has to do (tuettavien määrä).
#[written]
#[ComplexObject]
impl Caseload {
    /// The professional.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl Prefetch for Caseload {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("person") {
            let ids: Vec<_> = nodes.iter().map(|node| node.who).collect();
            let found = Person::for_ids(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.who).cloned());
            }
        }
        Ok(())
    }
}

connection!(
    Caseload,
    CaseloadConnection,
    CaseloadEdge,
    "A page of caseloads."
);

/// A leaver's cases, moved to another professional in one act (tapausten siirto).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct CaseloadMove {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// How many cases were moved.
    moved_count: i32,
    /// When.
    recorded_at: DateTime,
    /// When the move was undone, where it was.
    cancelled_at: Option<DateTime>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    from: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    to: Option<Option<Arc<Person>>>,
}

/// A leaver's cases, moved to another professional in one act (tapausten siirto).
#[written]
#[ComplexObject]
impl CaseloadMove {
    /// Whose cases they were.
    async fn from(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.from)?.as_deref())
    }

    /// Whose they are.
    async fn to(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.to)?.as_deref())
    }
}

impl CaseloadMove {
    /// One move with what is selected below it.
    pub async fn load(ctx: &Ctx, id: CaseloadMoveId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let Some(row) = domain::find_move(ctx, id).await? else {
            return Ok(None);
        };
        let people = [row.from_id, row.to_id];
        let mut sides = [None, None];
        for (side, name) in ["from", "to"].into_iter().enumerate() {
            if let Some(below) = look.child(name) {
                let found = Person::for_ids(ctx, &[people[side]], &below).await?;
                sides[side] = Some(found.into_values().next());
            }
        }
        let [from, to] = sides;
        Ok(Some(Self {
            id: self::id(row.id),
            moved_count: row.moved_count,
            recorded_at: row.recorded_at.into(),
            cancelled_at: row.cancelled_at.map(DateTime),
            version: row.version,
            from,
            to,
        }))
    }
}

/// What can be asked of caseloads.
#[derive(Default)]
pub struct CaseloadQuery;

#[Object]
impl CaseloadQuery {
    /// The professionals of a case as they are now, the responsible one first; empty where the case is not one's own to
    /// know of.
    async fn case_professionals(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The case.")] case_id: Ref<SupportedCaseId>,
    ) -> Result<Answer<Vec<CaseProfessional>>> {
        let (ctx, case) = (ctx(c)?, case_id.or_unknown());
        let found = CaseProfessional::for_cases(ctx, &[case], &Look::of(c)).await;
        Ok(Answer(
            for_client(ctx, found)?.remove(&case).unwrap_or_default(),
        ))
    }

    /// How much each professional has to do: on the cases that one's own organisation coordinates, or oneself.
    async fn caseloads(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<CaseloadConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let mut page = domain::list(ctx, args).await?.map(Caseload::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(CaseloadConnection::new(page, &args, |node| {
                Cursor::of(node.who)
            }))
        };
        answer(ctx, page.await)
    }
}
