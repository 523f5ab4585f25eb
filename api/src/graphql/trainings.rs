//! Trainings of support persons: when they are, who takes part, and who was there.

mod acts;

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, TrainingId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::trainings as domain;

pub use self::acts::TrainingMutation;
use super::organisations::Organisation;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, filled, unless_forbidden};
use super::scalars::{Date, Ref, id};
use super::support_persons::SupportPerson;
use super::written::{Answer, Written, written};

/// Which of a training's two weekends (koulutuksen viikonloppu).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "domain::Weekend")]
pub enum TrainingWeekend {
    /// The first.
    First,
    /// The second.
    Second,
}

/// A training of support persons: two weekends (tukihenkilökoulutus).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Training {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// Its name.
    name: String,
    /// The first day of the first weekend.
    first_on: Date,
    /// The first day of the second weekend.
    second_on: Date,
    /// Whether it does not take place.
    is_cancelled: bool,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    row: domain::Training,
    #[graphql(skip)]
    organisation: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    trainer: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    participants: Option<Vec<TrainingParticipant>>,
}

/// A training of support persons: two weekends (tukihenkilökoulutus).
#[written]
#[ComplexObject]
impl Training {
    /// The association whose support persons it trains.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The organisation of the trainers; absent where it is not one's own to know of.
    async fn trainer(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.trainer)?.as_deref())
    }

    /// Who takes part: everybody for the association and for those who give the training, oneself for a support person.
    async fn participants(&self) -> Result<&[TrainingParticipant]> {
        Ok(filled(&self.participants)?)
    }
}

/// A support person who takes part in a training (koulutettava).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct TrainingParticipant {
    /// Which support person.
    #[graphql(owned)]
    support_person_id: ID,
    /// By what name.
    name: Option<String>,
    /// Whether they were at the first weekend.
    attended_first: bool,
    /// Whether they were at the second weekend.
    attended_second: bool,
    #[graphql(skip)]
    support_person: Option<Option<Arc<SupportPerson>>>,
}

/// A support person who takes part in a training (koulutettava).
#[written]
#[ComplexObject]
impl TrainingParticipant {
    /// Who; absent for those who only give the training, to whom the name is told.
    async fn support_person(&self) -> Result<Option<&SupportPerson>> {
        Ok(filled(&self.support_person)?.as_deref())
    }

    /// Whether they were at both weekends.
    async fn attended_both(&self) -> bool {
        self.attended_first && self.attended_second
    }
}

impl From<domain::Training> for Training {
    fn from(row: domain::Training) -> Self {
        Self {
            id: id(row.id),
            name: row.name.clone(),
            first_on: row.first_on.into(),
            second_on: row.second_on.into(),
            is_cancelled: row.is_cancelled,
            version: row.version,
            row,
            organisation: None,
            trainer: None,
            participants: None,
        }
    }
}

impl Training {
    /// One training with what is selected below it.
    pub async fn load(ctx: &Ctx, id: TrainingId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Training {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
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
        if let Some(below) = look.child("participants") {
            TrainingParticipant::fill(nodes, &below, ctx).await?;
        }
        Ok(())
    }
}

impl TrainingParticipant {
    async fn fill(nodes: &mut [&mut Training], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<TrainingId> = nodes.iter().map(|node| node.row.id).collect();
        let found = domain::participants_for(ctx, &ids).await?;
        let all = found.values().flatten();
        let of: Vec<_> = all.map(|row| row.support_person_id).collect();
        let people = match look.child("supportPerson") {
            Some(below) => Some(unless_forbidden(
                SupportPerson::for_ids(ctx, &of, &below).await,
            )?),
            None => None,
        };
        for node in nodes.iter_mut() {
            let rows = found.get(&node.row.id).map(Vec::as_slice);
            let part = |row: &domain::Participant| Self {
                support_person_id: id(row.support_person_id),
                name: row.name.as_ref().map(|name| name.reveal().clone()),
                attended_first: row.attended_first,
                attended_second: row.attended_second,
                support_person: people
                    .as_ref()
                    .map(|all| all.get(&row.support_person_id).cloned()),
            };
            node.participants = Some(rows.unwrap_or_default().iter().map(part).collect());
        }
        Ok(())
    }
}

connection!(
    Training,
    TrainingConnection,
    TrainingEdge,
    "A page of trainings."
);

/// Which trainings a list holds; everything that is set must apply.
#[derive(InputObject, Default)]
pub struct TrainingFilter {
    /// Of this association.
    organisation_id: Option<Ref<OrganisationId>>,
    /// Beginning on this day or later.
    from: Option<Date>,
    /// Beginning on this day or earlier.
    to: Option<Date>,
}

impl From<TrainingFilter> for domain::Filter {
    fn from(filter: TrainingFilter) -> Self {
        Self {
            organisation: filter.organisation_id.map(Ref::or_unknown),
            from: filter.from.map(|date| date.0),
            to: filter.to.map(|date| date.0),
        }
    }
}

/// What can be asked of trainings.
#[derive(Default)]
pub struct TrainingQuery;

#[Object]
impl TrainingQuery {
    /// One training; absent where it does not exist or is not one's own to see.
    async fn training(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<TrainingId>,
    ) -> Result<Answer<Option<Training>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Training::load(ctx, id, Look::of(c)).await)
    }

    /// The trainings of the own association, those that it gives, or those that one takes part in, the latest first.
    async fn trainings(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: TrainingFilter,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<TrainingConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter.into(), args).await?;
            let mut page = page.map(Training::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(TrainingConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }
}
