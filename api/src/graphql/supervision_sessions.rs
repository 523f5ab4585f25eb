//! The supervision log: what supervisors write, what the association is told of it, and what peers see of their own.

mod acts;
mod attended;
mod codes;
mod coverage;
mod own;
mod requests;
mod session;
mod settings;

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::ids::{OrganisationId, SupervisionSessionId};
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::supervision_sessions as domain;

pub use self::acts::SupervisionSessionMutation;
use self::attended::{AttendedSupervision, AttendedSupervisionConnection, SupervisionFigures};
use self::codes::SupervisionStatus;
use self::coverage::{SupervisedPeer, SupervisedPeerConnection};
use self::own::OwnSupervisionInvitation;
pub use self::own::SupervisionInvitationMutation;
use self::requests::SupervisionContactRequest;
pub use self::requests::SupervisionContactRequestMutation;
pub use self::session::SupervisionSession;
use self::session::SupervisionSessionConnection;
pub use self::settings::SupervisionSettingsMutation;
use self::settings::{SupervisedOrganisation, SupervisionSettings};
use super::payload::{answer, ctx, for_client};
use super::prefetch::{Look, fill};
use super::scalars::{Date, Ref};
use super::written::Answer;

/// Which sessions a list holds; everything that is set must apply.
#[derive(InputObject, Default)]
pub struct SupervisionSessionFilter {
    /// For peers of this association.
    organisation_id: Option<Ref<OrganisationId>>,
    /// Planned, held or cancelled.
    status: Option<SupervisionStatus>,
    /// From this day on.
    from: Option<Date>,
    /// To this day.
    to: Option<Date>,
}

/// What can be asked of supervision.
#[derive(Default)]
pub struct SupervisionQuery;

#[Object]
impl SupervisionQuery {
    /// One session that one holds; absent where it does not exist or is another's.
    async fn supervision_session(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SupervisionSessionId>,
    ) -> Result<Answer<Option<SupervisionSession>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, SupervisionSession::load(ctx, id, Look::of(c)).await)
    }

    /// The sessions that one holds as a supervisor, or holds for another, the latest first.
    async fn supervision_sessions(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which; all where nothing is said.")] filter: Option<
            SupervisionSessionFilter,
        >,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<SupervisionSessionConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let filter = filter.unwrap_or_default();
        let filter = domain::Filter {
            organisation: filter.organisation_id.map(Ref::or_unknown),
            status: filter.status.map(Into::into),
            from: filter.from.map(|date| date.0),
            to: filter.to.map(|date| date.0),
        };
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter, args).await?;
            let mut page = page.map(SupervisionSession::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(SupervisionSessionConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }

    /// The sessions of supervision of an association that one coordinates, the latest first: when, how long, who was
    /// there, and nothing else.
    async fn attended_supervision(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The association.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "From this day on.")] from: Option<Date>,
        #[graphql(desc = "To this day.")] to: Option<Date>,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<AttendedSupervisionConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let filter = domain::AttendedFilter {
            organisation: organisation_id.or_unknown(),
            from: from.map(|date| date.0),
            to: to.map(|date| date.0),
        };
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            AttendedSupervision::page(ctx, filter, args, &look.nodes()).await
        };
        answer(ctx, page.await)
    }

    /// How much supervision an association that one coordinates had between two days, and how many it reached.
    async fn supervision_figures(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The association.")] organisation_id: Ref<OrganisationId>,
        #[graphql(desc = "The first day.")] from: Date,
        #[graphql(desc = "The last day.")] to: Date,
    ) -> Result<Answer<SupervisionFigures>> {
        let (ctx, of) = (ctx(c)?, organisation_id.or_unknown());
        let figures = domain::figures(ctx, of, from.0, to.0).await;
        answer(ctx, figures.map(SupervisionFigures::from))
    }

    /// The peers of an association that one coordinates or supervises, with how long each has been without supervision.
    /// A supervisor is told of the sessions of the own organisation alone.
    async fn supervised_peers(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The association.")] organisation_id: Ref<OrganisationId>,
        #[graphql(
            desc = "Only those who have been without for longer than the association's limit.",
            default
        )]
        missing: bool,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<SupervisedPeerConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let filter = domain::PeerFilter {
            organisation: organisation_id.or_unknown(),
            missing,
        };
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            SupervisedPeer::page(ctx, filter, args, &look.nodes()).await
        };
        answer(ctx, page.await)
    }

    /// The associations whose peers one may supervise today.
    async fn supervised_organisations(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<SupervisedOrganisation>>> {
        let ctx = ctx(c)?;
        let rows = for_client(ctx, domain::supervised_organisations(ctx).await)?;
        Ok(Answer(
            rows.into_iter().map(SupervisedOrganisation::from).collect(),
        ))
    }

    /// How supervision is set up in an organisation of one's own; absent for any other.
    async fn supervision_settings(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The organisation.")] organisation_id: Ref<OrganisationId>,
    ) -> Result<Answer<Option<SupervisionSettings>>> {
        let (ctx, of) = (ctx(c)?, organisation_id.or_unknown());
        answer(ctx, SupervisionSettings::load(ctx, of, Look::of(c)).await)
    }

    /// Who asks a supervisor to contact them: those who wait first, then those who were taken care of; the latest hundred.
    async fn supervision_contact_requests(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<SupervisionContactRequest>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let rows = domain::requests(ctx).await;
        answer(ctx, SupervisionContactRequest::all(ctx, rows, &look).await)
    }

    /// One's own requests to be contacted by a supervisor, the latest first, at most a hundred.
    async fn my_supervision_contact_requests(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<SupervisionContactRequest>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let rows = domain::own_requests(ctx).await;
        answer(ctx, SupervisionContactRequest::all(ctx, rows, &look).await)
    }

    /// One's own invitations to supervision, the latest session first, at most a hundred.
    async fn my_supervision_invitations(
        &self,
        c: &Context<'_>,
    ) -> Result<Answer<Vec<OwnSupervisionInvitation>>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        answer(ctx, OwnSupervisionInvitation::all(ctx, &look).await)
    }
}
