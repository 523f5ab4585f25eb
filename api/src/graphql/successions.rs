//! One organisation taking over from another.

use std::sync::Arc;

use async_graphql::{ComplexObject, Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, SuccessionId};
use rinnalla_domain::{states, successions as domain};

use super::organisations::Organisation;
use super::payload::{answer, ctx, for_client, key};
use super::prefetch::{Look, Prefetch, fill, filled};
use super::scalars::{Date, DateTime, Ref, id};
use super::written::{Answer, Written, written};

/// How far a succession is (seuraannon tila).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::SuccessionStatus")]
pub enum SuccessionStatus {
    /// Proposed for the former organisation; the successor's answer is waited for.
    Proposed,
    /// Made: everything went over.
    Made,
    /// Taken back or declined before it was made.
    Withdrawn,
    /// Undone: everything went back.
    Undone,
}

/// One organisation taking over from another, from a day on (organisaation seuraanto).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Succession {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// The name of the organisation that ends.
    former_name: String,
    /// The name of the one that goes on.
    successor_name: String,
    /// The successor's first day.
    from_on: Date,
    /// How far it is.
    status: SuccessionStatus,
    /// When it was proposed.
    proposed_at: DateTime,
    /// When it was made, where it was.
    made_at: Option<DateTime>,
    /// When it was withdrawn or undone, where it was.
    cancelled_at: Option<DateTime>,
    /// How many cases went over, where it was made.
    moved_cases: Option<i32>,
    /// How many referrals.
    moved_referrals: Option<i32>,
    /// How many support relationships.
    moved_relationships: Option<i32>,
    /// How many support persons.
    moved_support_persons: Option<i32>,
    /// How many people whose roles went over.
    moved_people: Option<i32>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    sides: [OrganisationId; 2],
    #[graphql(skip)]
    former: Option<Option<Arc<Organisation>>>,
    #[graphql(skip)]
    successor: Option<Option<Arc<Organisation>>>,
}

impl From<domain::Succession> for Succession {
    fn from(row: domain::Succession) -> Self {
        Self {
            id: id(row.id),
            former_name: row.former_name,
            successor_name: row.successor_name,
            from_on: row.from_on.into(),
            status: row.status.into(),
            proposed_at: row.proposed_at.into(),
            made_at: row.made_at.map(DateTime),
            cancelled_at: row.cancelled_at.map(DateTime),
            moved_cases: row.moved.moved_cases,
            moved_referrals: row.moved.moved_referrals,
            moved_relationships: row.moved.moved_relationships,
            moved_support_persons: row.moved.moved_support_persons,
            moved_people: row.moved.moved_people,
            version: row.version,
            sides: [row.former_id, row.successor_id],
            former: None,
            successor: None,
        }
    }
}

/// One organisation taking over from another, from a day on (organisaation seuraanto).
#[written]
#[ComplexObject]
impl Succession {
    /// The organisation that ends; absent where one does not know of it otherwise.
    async fn former(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.former)?.as_deref())
    }

    /// The one that goes on; absent where one does not know of it otherwise.
    async fn successor(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.successor)?.as_deref())
    }
}

impl Succession {
    /// One succession with what is selected below it.
    pub async fn load(ctx: &Ctx, id: SuccessionId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

impl Prefetch for Succession {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if let Some(below) = look.child("former") {
            let of: Vec<_> = nodes.iter().map(|node| node.sides[0]).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.former = Some(found.get(&node.sides[0]).cloned());
            }
        }
        if let Some(below) = look.child("successor") {
            let of: Vec<_> = nodes.iter().map(|node| node.sides[1]).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.successor = Some(found.get(&node.sides[1]).cloned());
            }
        }
        Ok(())
    }
}

/// What would go over today: counts, and nothing of what it is (seuraannon esikatselu).
#[derive(SimpleObject, Written)]
pub struct SuccessionPreview {
    /// Cases that the former organisation coordinates or has referred.
    cases: i64,
    /// Their referrals.
    referrals: i64,
    /// Support relationships.
    relationships: i64,
    /// Those of them that have not ended.
    open_relationships: i64,
    /// Support persons.
    support_persons: i64,
    /// Programmes.
    programmes: i64,
    /// Notices that have not gone out.
    unsent_notices: i64,
    /// Partnerships of that day and later.
    partnerships: i64,
    /// Roles of daily work of that day and later. Roles that oversee others stay.
    role_grants: i64,
    /// How many people hold them.
    people: i64,
    /// Support persons who are the successor's already, and must end with one of the two first.
    support_persons_in_both: i64,
}

impl From<domain::Counts> for SuccessionPreview {
    fn from(counts: domain::Counts) -> Self {
        Self {
            cases: counts.cases,
            referrals: counts.referrals,
            relationships: counts.relationships,
            open_relationships: counts.open_relationships,
            support_persons: counts.support_persons,
            programmes: counts.programmes,
            unsent_notices: counts.unsent_notices,
            partnerships: counts.partnerships,
            role_grants: counts.role_grants,
            people: counts.people,
            support_persons_in_both: counts.support_persons_in_both,
        }
    }
}

/// What can be asked of successions.
#[derive(Default)]
pub struct SuccessionQuery;

#[Object]
impl SuccessionQuery {
    /// One succession; absent where it does not exist or one acts for neither side.
    async fn succession(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SuccessionId>,
    ) -> Result<Answer<Option<Succession>>> {
        let ctx = ctx(c)?;
        answer(
            ctx,
            Succession::load(ctx, id.or_unknown(), Look::of(c)).await,
        )
    }

    /// The successions of one's own organisations and of those that they look after, the latest first.
    async fn successions(&self, c: &Context<'_>) -> Result<Answer<Vec<Succession>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let found = async {
            let rows = domain::list(ctx).await?.into_iter();
            let mut found: Vec<Succession> = rows.map(Into::into).collect();
            fill(&mut found, &look, ctx).await?;
            Ok(found)
        };
        answer(ctx, found.await)
    }

    /// What would go over if one organisation took over from another. Absent unless one acts for the former one and knows
    /// of the other, or acts for the successor to which it was proposed.
    async fn succession_preview(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The organisation that would end.")] former_id: Ref<OrganisationId>,
        #[graphql(desc = "The one that would go on.")] successor_id: Ref<OrganisationId>,
        #[graphql(desc = "The successor's first day; today where it is not said.")] from: Option<
            Date,
        >,
    ) -> Result<Answer<Option<SuccessionPreview>>> {
        let ctx = ctx(c)?;
        let propose = domain::Propose {
            former: former_id.or_unknown(),
            successor: successor_id.or_unknown(),
            from: from.map(|date| date.0),
        };
        let counts = for_client(ctx, domain::preview(ctx, propose).await)?;
        Ok(Answer(counts.map(Into::into)))
    }
}

payload!(SuccessionPayload, succession: Succession, "What came of an act on a succession.");

/// Proposes that one organisation takes over from another.
#[derive(InputObject)]
pub struct SuccessionProposeInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation that ends: one's own, or a partner that has no coordinator or administrator of its own.
    former_id: Ref<OrganisationId>,
    /// The one that goes on: an organisation that one knows of.
    successor_id: Ref<OrganisationId>,
    /// The successor's first day, today or earlier; today where it is not said.
    from: Option<Date>,
}

macro_rules! decide_inputs {
    ($($(#[$doc:meta])+ $input:ident;)+) => {
        $(
            $(#[$doc])+
            #[derive(InputObject)]
            pub struct $input {
                /// The client's own name for this attempt; the same key with the same input is done once.
                idempotency_key: String,
                /// The succession.
                succession_id: Ref<SuccessionId>,
                /// Its version.
                version: i32,
            }

            impl $input {
                fn of(&self) -> domain::Decide {
                    domain::Decide {
                        id: self.succession_id.or_unknown(),
                        version: self.version,
                    }
                }
            }
        )+
    };
}

decide_inputs! {
    /// Agrees for the successor, and makes it so.
    SuccessionAcceptInput;
    /// Takes a proposal back, or declines it.
    SuccessionWithdrawInput;
    /// Undoes what was made.
    SuccessionUndoInput;
}

/// What can be done with successions.
#[derive(Default)]
pub struct SuccessionMutation;

#[Object]
impl SuccessionMutation {
    /// Proposes that one organisation takes over from another. Where one acts for both, it is made at once.
    async fn succession_propose(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, from whom, from when on.")] input: SuccessionProposeInput,
    ) -> Result<SuccessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let propose = domain::Propose {
            former: input.former_id.or_unknown(),
            successor: input.successor_id.or_unknown(),
            from: input.from.map(|date| date.0),
        };
        let done = domain::propose(ctx, &key, propose).await;
        SuccessionPayload::of(c, done, Succession::load).await
    }

    /// Agrees for the successor, and makes it so: everything that the former organisation has to go on with goes over,
    /// people keep their roles through new ones, and the former organisation is closed.
    async fn succession_accept(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SuccessionAcceptInput,
    ) -> Result<SuccessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::accept(ctx, &key, input.of()).await;
        SuccessionPayload::of(c, done, Succession::load).await
    }

    /// Takes a proposal back, or declines it.
    async fn succession_withdraw(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SuccessionWithdrawInput,
    ) -> Result<SuccessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::withdraw(ctx, &key, input.of()).await;
        SuccessionPayload::of(c, done, Succession::load).await
    }

    /// Undoes what was made, for the successor: everything is again as it was. Refused once something was built on it.
    async fn succession_undo(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.")] input: SuccessionUndoInput,
    ) -> Result<SuccessionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::undo(ctx, &key, input.of()).await;
        SuccessionPayload::of(c, done, Succession::load).await
    }
}
