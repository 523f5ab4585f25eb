//! Organisations, their partnerships, counties, and the lists that people choose from.

mod acts;
mod lists;
mod partnerships;

use std::collections::HashMap;
use std::sync::Arc;

use async_graphql::{ComplexObject, Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::page::{Cursor, PageArgs};
use rinnalla_domain::{directory, notes, organisations as domain, printed_texts};

pub use self::acts::OrganisationMutation;
pub use self::lists::{County, ListQuery};
pub use self::partnerships::{Partnership, PartnershipMutation};
use super::codes::{Language, OrganisationKind};
use super::directory::DirectoryEntry;
use super::payload::{answer, ctx};
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, shared, unless_forbidden};
use super::printed_texts::PrintedText;
use super::programmes::{Gate, Programme};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// An organisation: an association that coordinates peer support, or one of its partners (organisaatio).
#[derive(SimpleObject, Written, Clone)]
#[graphql(complex)]
pub struct Organisation {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What kind of body it is.
    kind: OrganisationKind,
    /// Its name.
    name: String,
    /// Whether the name tells nothing of dependence or recovery, so that a mail may hold it.
    is_name_neutral: bool,
    /// The language in which it is written to.
    language: Language,
    /// The official code of its wellbeing services county, as `20`.
    county_code: String,
    /// The official code of its municipality, as `205`.
    municipality_code: Option<String>,
    /// Where notices go when no person is found for them.
    mailbox: Option<String>,
    /// How many support relationships a new support person may have at once, unless said otherwise.
    max_active_default: i16,
    /// The first day on which its successor took over, where one did.
    closed_on: Option<Date>,
    /// Grows with every change; an act names the version that it is based on.
    version: i32,
    #[graphql(skip)]
    key: OrganisationId,
    #[graphql(skip)]
    county: Option<Option<County>>,
    #[graphql(skip)]
    partnerships: Option<Vec<Partnership>>,
    #[graphql(skip)]
    programmes: Option<Vec<Programme>>,
    #[graphql(skip)]
    gates: Option<Vec<Gate>>,
    #[graphql(skip)]
    keeps_notes: Option<bool>,
    #[graphql(skip)]
    directory_entry: Option<Option<DirectoryEntry>>,
    #[graphql(skip)]
    printed_texts: Option<Vec<PrintedText>>,
}

impl From<domain::Organisation> for Organisation {
    fn from(row: domain::Organisation) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            name: row.name,
            is_name_neutral: row.is_name_neutral,
            language: row.language.into(),
            county_code: row.county_code,
            municipality_code: row.municipality_code,
            mailbox: row.mailbox,
            max_active_default: row.max_active_default,
            closed_on: row.closed_on.map(Date),
            version: row.version,
            key: row.id,
            county: None,
            partnerships: None,
            programmes: None,
            gates: None,
            keeps_notes: None,
            directory_entry: None,
            printed_texts: None,
        }
    }
}

/// An organisation: an association that coordinates peer support, or one of its partners (organisaatio).
#[written]
#[ComplexObject]
impl Organisation {
    /// Its wellbeing services county.
    async fn county(&self) -> Result<Option<&County>> {
        Ok(filled(&self.county)?.as_ref())
    }

    /// The partnerships in which an organisation of one's own takes part, the oldest first.
    async fn partnerships(&self) -> Result<&[Partnership]> {
        Ok(filled(&self.partnerships)?)
    }

    /// Its programmes, the default one first.
    async fn programmes(&self) -> Result<&[Programme]> {
        Ok(filled(&self.programmes)?)
    }

    /// What it asks for besides the three gates, in some programme or other.
    async fn gates(&self) -> Result<&[Gate]> {
        Ok(filled(&self.gates)?)
    }

    /// Whether its coordinators keep notes on support persons; told to them and to its administrators alone.
    async fn keeps_notes(&self) -> Result<bool> {
        Ok(*filled(&self.keeps_notes)?)
    }

    /// What it has said for the public directory: for those who act for it.
    async fn directory_entry(&self) -> Result<Option<&DirectoryEntry>> {
        Ok(filled(&self.directory_entry)?.as_ref())
    }

    /// What it has printed today in its own words: of each kind and language the newest version.
    async fn printed_texts(&self) -> Result<&[PrintedText]> {
        Ok(filled(&self.printed_texts)?)
    }
}

impl Organisation {
    /// One organisation with what is selected below it.
    pub async fn load(ctx: &Ctx, id: OrganisationId, look: Look<'_>) -> DomainResult<Option<Self>> {
        let found = domain::find(ctx, id).await?;
        let mut found: Vec<Self> = found.map(Self::from).into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// Those among `ids` that may be seen, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[OrganisationId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<OrganisationId, Arc<Self>>> {
        let found = domain::for_ids(ctx, ids).await?;
        let mut found: HashMap<_, _> = found
            .into_iter()
            .map(|(id, row)| (id, Self::from(row)))
            .collect();
        fill_refs(found.values_mut().collect(), look, ctx).await?;
        Ok(shared(found))
    }
}

impl Prefetch for Organisation {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if look.has("county") {
            let counties = domain::counties(ctx).await?;
            for node in nodes.iter_mut() {
                let county = counties.iter().find(|one| one.code == node.county_code);
                node.county = Some(county.map(|county| County::of(county, ctx)));
            }
        }
        if look.has("keepsNotes") {
            let ids: Vec<_> = nodes.iter().map(|node| node.key).collect();
            let kept = notes::kept_in(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.keeps_notes = Some(kept.contains(&node.key));
            }
        }
        if let Some(below) = look.child("partnerships") {
            let ids: Vec<_> = nodes.iter().map(|node| node.key).collect();
            let mut found = domain::partnerships_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.partnerships = Some(rows.into_iter().map(Partnership::from).collect());
            }
            let all = nodes
                .iter_mut()
                .filter_map(|node| node.partnerships.as_mut())
                .flatten();
            fill_refs(all.collect(), &below, ctx).await?;
        }
        let ids: Vec<_> = nodes.iter().map(|node| node.key).collect();
        if let Some(below) = look.child("programmes") {
            let mut found = Programme::for_organisations(ctx, &ids, &below).await?;
            for node in nodes.iter_mut() {
                node.programmes = Some(found.remove(&node.key).unwrap_or_default());
            }
        }
        if look.has("gates") {
            let mut found = Gate::for_organisations(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.gates = Some(found.remove(&node.key).unwrap_or_default());
            }
        }
        if look.has("directoryEntry") {
            let mut found = unless_forbidden(directory::entries_for(ctx, &ids).await)?;
            for node in nodes.iter_mut() {
                node.directory_entry = Some(found.remove(&node.key).map(Into::into));
            }
        }
        if look.has("printedTexts") {
            let mut found = printed_texts::current_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.key).unwrap_or_default();
                node.printed_texts = Some(rows.into_iter().map(PrintedText::from).collect());
            }
        }
        Ok(())
    }
}

connection!(
    Organisation,
    OrganisationConnection,
    OrganisationEdge,
    "A page of organisations."
);

/// Which organisations a list holds; everything that is given must apply.
#[derive(InputObject, Default)]
pub struct OrganisationFilter {
    /// Of this kind.
    kind: Option<OrganisationKind>,
    /// In this wellbeing services county, as `20`.
    county_code: Option<String>,
}

/// What can be asked of organisations.
#[derive(Default)]
pub struct OrganisationQuery;

#[Object]
impl OrganisationQuery {
    /// One organisation; absent where it does not exist or is not one's own to know of.
    async fn organisation(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<OrganisationId>,
    ) -> Result<Answer<Option<Organisation>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, Organisation::load(ctx, id, Look::of(c)).await)
    }

    /// One's own organisations and their partners, the oldest in the register first.
    async fn organisations(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: OrganisationFilter,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<OrganisationConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let filter = domain::Filter {
                kind: filter.kind.map(Into::into),
                county_code: filter.county_code,
            };
            let page = domain::list(ctx, &filter, args).await?;
            let mut page = page.map(Organisation::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(OrganisationConnection::new(page, &args, |node| {
                Cursor::of(node.key)
            }))
        };
        answer(ctx, page.await)
    }
}
