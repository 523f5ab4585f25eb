//! Experts by experience: who was trained, whether they may be listed, what they do, and how many there are.

mod acts;
mod capacity;
mod codes;
mod cohorts;
mod work;
mod work_acts;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use chrono::NaiveDate;
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::experts as domain;
use rinnalla_domain::ids::{ExpertCohortId, ExpertProfileId, OrganisationId};
use rinnalla_domain::page::PageArgs;

pub use self::acts::ExpertMutation;
use self::capacity::ExpertCapacity;
use self::codes::ExpertStatus;
pub use self::cohorts::ExpertCohort;
use self::cohorts::ExpertCohortConnection;
pub use self::work::ExpertAssignment;
pub use self::work_acts::ExpertWorkMutation;
use super::organisations::Organisation;
use super::payload::{answer, ctx, for_client};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// Somebody in an organisation's register of experts by experience (kokemusasiantuntija).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct ExpertProfile {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The name of the organisation whose register it is: whoever stands in it knows it.
    register_name: String,
    /// Whether they are trained: of a cohort, only after its end.
    status: ExpertStatus,
    /// When a training outside a cohort was completed.
    trained_on: Option<Date>,
    /// Whether they may be listed today: while their consent lasts.
    is_listed: bool,
    /// The consent to be listed that was given and not ended; absent where there is none.
    consent: Option<ListingConsent>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::ExpertProfile,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    trainer: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
    #[graphql(skip)]
    cohort: Option<Option<ExpertCohort>>,
    #[graphql(skip)]
    purposes: Option<Vec<String>>,
    #[graphql(skip)]
    assignments: Option<Vec<ExpertAssignment>>,
}

/// A consent to be listed as an expert by experience (suostumus rekisterissä näkymiseen).
#[derive(SimpleObject, Written, Clone, Copy)]
pub struct ListingConsent {
    /// Since when.
    given_on: Date,
    /// Its last day.
    until: Date,
}

/// Somebody in an organisation's register of experts by experience (kokemusasiantuntija).
#[written]
#[ComplexObject]
impl ExpertProfile {
    /// Whose register it is.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// Who trained them; absent where it is not one's own to know of.
    async fn trainer(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.trainer)?.as_deref())
    }

    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// The cohort in which they are or were trained, where there is one.
    async fn cohort(&self) -> Result<Option<&ExpertCohort>> {
        Ok(filled(&self.cohort)?.as_ref())
    }

    /// What they were trained for: codes of the list `EXPERT_PURPOSE`.
    async fn purposes(&self) -> Result<&[String]> {
        Ok(filled(&self.purposes)?)
    }

    /// What they do and did, the latest first.
    async fn assignments(&self) -> Result<&[ExpertAssignment]> {
        Ok(filled(&self.assignments)?)
    }
}

impl ExpertProfile {
    fn of(row: domain::ExpertProfile, today: NaiveDate) -> Self {
        let consent = row.consent_given_on.zip(row.consent_until_on);
        Self {
            id: id(row.id),
            register_name: row.register_name.clone(),
            status: row.status(today).into(),
            trained_on: row.trained_on.map(Date),
            is_listed: row.is_listed(today),
            consent: consent.map(|(given_on, until)| ListingConsent {
                given_on: Date(given_on),
                until: Date(until),
            }),
            version: row.version,
            row,
            organisation: None,
            trainer: None,
            person: None,
            cohort: None,
            purposes: None,
            assignments: None,
        }
    }

    /// One expert with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: ExpertProfileId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found
            .map(|row| Self::of(row, ctx.today))
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for ExpertProfile {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<ExpertProfileId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if let Some(below) = look.child("trainer") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.trainer_id).collect();
            let found = unless_forbidden(Organisation::for_ids(ctx, &of, &below).await)?;
            for node in nodes.iter_mut() {
                node.trainer = Some(found.get(&node.row.trainer_id).cloned());
            }
        }
        if let Some(below) = look.child("person") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.person_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.row.person_id).cloned());
            }
        }
        if let Some(below) = look.child("cohort") {
            let of: Vec<_> = nodes.iter().filter_map(|it| it.row.cohort_id).collect();
            let found = ExpertCohort::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                let cohort = node.row.cohort_id.and_then(|id| found.get(&id));
                node.cohort = Some(cohort.cloned());
            }
        }
        if look.has("purposes") {
            let mut found = domain::purposes_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.purposes = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("assignments") {
            let mut found = domain::assignments_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.assignments = Some(rows.into_iter().map(ExpertAssignment::from).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.assignments.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    ExpertProfile,
    ExpertProfileConnection,
    ExpertProfileEdge,
    "A page of experts by experience."
);

/// Which experts a list holds; everything that is set must apply.
#[derive(InputObject, Default)]
pub struct ExpertFilter {
    /// In this organisation's register.
    organisation_id: Option<Ref<OrganisationId>>,
    /// Of this cohort.
    expert_cohort_id: Option<Ref<ExpertCohortId>>,
    /// Trained, or still in training.
    status: Option<ExpertStatus>,
    /// Trained for this: a code of the list `EXPERT_PURPOSE`.
    purpose: Option<String>,
    /// Those alone who may be listed today.
    #[graphql(default)]
    is_listed: bool,
}

impl From<ExpertFilter> for domain::Filter {
    fn from(filter: ExpertFilter) -> Self {
        Self {
            organisation: filter.organisation_id.map(Ref::or_unknown),
            cohort: filter.expert_cohort_id.map(Ref::or_unknown),
            status: filter.status.map(Into::into),
            purpose: filter.purpose,
            is_listed: filter.is_listed,
        }
    }
}

/// What can be asked of experts by experience.
#[derive(Default)]
pub struct ExpertQuery;

#[Object]
impl ExpertQuery {
    /// One expert; absent where it does not exist or is not one's own to see.
    async fn expert(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<ExpertProfileId>,
    ) -> Result<Answer<Option<ExpertProfile>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, ExpertProfile::load(ctx, id, Look::of(c)).await)
    }

    /// The own organisation's register, or one's own entries, the longest in the register first.
    async fn experts(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: ExpertFilter,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<ExpertProfileConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter.into(), args).await?;
            let mut page = page.map(|row| ExpertProfile::of(row, ctx.today));
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(ExpertProfileConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }

    /// The own organisation's cohorts, or one's own, the latest in the register first.
    async fn expert_cohorts(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<ExpertCohortConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::cohorts(ctx, args).await?;
            let mut page = page.map(ExpertCohort::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(ExpertCohortConnection::new(
                page,
                &args,
                ExpertCohort::cursor,
            ))
        };
        answer(ctx, page.await)
    }

    /// How many full-time experts the own register has on a day, beside how many are planned; exact, for its own use. Absent
    /// where the organisation is not one's own.
    async fn expert_capacity(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Whose register.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "On which day; today where nothing is said.")] on: Option<Date>,
    ) -> Result<Answer<Option<ExpertCapacity>>> {
        let (ctx, of) = (ctx(c)?, organisation_id.or_unknown());
        let capacity = domain::capacity(ctx, of, on.map(|day| day.0)).await;
        Ok(Answer(for_client(ctx, capacity)?.map(ExpertCapacity::from)))
    }
}
