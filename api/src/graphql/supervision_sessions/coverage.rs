//! Who has been without supervision for how long.

use std::sync::Arc;

use async_graphql::{ComplexObject, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::supervision_sessions as domain;

use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, filled};
use crate::graphql::scalars::Date;
use crate::graphql::written::{Written, written};

/// A support person, peer guide or expert, and how long they have been without supervision (työnohjattava).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct SupervisedPeer {
    /// The day of the last session that they were at.
    last_on: Option<Date>,
    /// How many days ago that was.
    days_since: Option<i64>,
    /// Whether they have been without for longer than the association's limit: since the last session or, where there was
    /// none, since they became a peer. Never, where no limit is set.
    is_missing: bool,
    /// How many sessions they were at in the past twelve months.
    sessions: i64,
    /// How long these lasted together, in minutes.
    minutes: i64,
    #[graphql(skip)]
    row: domain::Peer,
    #[graphql(skip)]
    person: Option<Option<Arc<Person>>>,
}

/// A support person, peer guide or expert, and how long they have been without supervision (työnohjattava).
#[written]
#[ComplexObject]
impl SupervisedPeer {
    /// Who.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }
}

impl SupervisedPeer {
    fn of(row: domain::Peer, ctx: &Ctx) -> Self {
        let without = row.without(ctx.today);
        Self {
            last_on: row.last_on.map(Date),
            days_since: without.since_last,
            is_missing: without.is_missing,
            sessions: row.sessions,
            minutes: row.minutes,
            row,
            person: None,
        }
    }

    /// A page with what is selected below its rows.
    pub async fn page(
        ctx: &Ctx,
        filter: domain::PeerFilter,
        args: PageArgs,
        look: &Look<'_>,
    ) -> DomainResult<SupervisedPeerConnection> {
        let page = domain::peers(ctx, filter, args).await?;
        let mut page = page.map(|row| Self::of(row, ctx));
        if let Some(below) = look.child("person") {
            let of: Vec<_> = page.rows.iter().map(|node| node.row.person_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in &mut page.rows {
                node.person = Some(found.get(&node.row.person_id).cloned());
            }
        }
        Ok(SupervisedPeerConnection::new(page, &args, |node| {
            node.row.cursor()
        }))
    }
}

connection!(
    SupervisedPeer,
    SupervisedPeerConnection,
    SupervisedPeerEdge,
    "A page of peers, with how long each has been without supervision."
);
