//! Support persons, their gates, and how many more people they can take.

mod acts;
mod codes;
mod inputs;

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use async_graphql::{Context, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{GateId, ProgrammeId, SupportPersonId};
use rinnalla_domain::notes;
use rinnalla_domain::page::PageArgs;
use rinnalla_domain::support_persons::{self as domain, Filter};

pub use self::acts::{SupportPersonAct, SupportPersonMutation};
pub use self::codes::{SupportBackground, SupportPersonActKind, SupportPersonStatus, Weekday};
use super::notes::SupportPersonNote;
use super::organisations::Organisation;
use super::payload::{answer, ctx, for_client};
use super::people::Person;
use super::prefetch::{Look, Prefetch, fill, fill_refs, filled, shared, unless_forbidden};
use super::programmes::{Gate, Programme};
use super::scalars::{Date, Ref, id};
use super::written::{Answer, Written, written};

/// A support person: recovered, or a recovered next of kin, trained by an association (tukihenkilö).
#[derive(Clone)]
pub struct SupportPerson {
    pub(super) row: domain::SupportPerson,
    person: Option<Option<Arc<Person>>>,
    organisation: Option<Option<Arc<Organisation>>>,
    programme: Option<Option<Programme>>,
    profile: Option<domain::Profile>,
    gates: Option<Option<SupportPersonGates>>,
    capacity: Option<Option<SupportPersonCapacity>>,
    acts: Option<Vec<SupportPersonAct>>,
    note: Option<Option<SupportPersonNote>>,
}

impl From<domain::SupportPerson> for SupportPerson {
    fn from(row: domain::SupportPerson) -> Self {
        Self {
            row,
            person: None,
            organisation: None,
            programme: None,
            profile: None,
            gates: None,
            capacity: None,
            acts: None,
            note: None,
        }
    }
}

impl SupportPerson {
    /// One support person with what is selected below it.
    pub async fn load(
        ctx: &Ctx,
        id: SupportPersonId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let mut found: Vec<Self> = domain::find(ctx, id)
            .await?
            .map(Self::from)
            .into_iter()
            .collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }

    /// Those among `ids` that may be seen, with what is selected below them.
    pub async fn for_ids(
        ctx: &Ctx,
        ids: &[SupportPersonId],
        look: &Look<'_>,
    ) -> DomainResult<HashMap<SupportPersonId, Arc<Self>>> {
        if ids.is_empty() {
            return Ok(HashMap::new());
        }
        let found = unless_forbidden(domain::for_ids(ctx, ids).await)?;
        let mut found: HashMap<_, _> = found
            .into_iter()
            .map(|(id, row)| (id, Self::from(row)))
            .collect();
        fill_refs(found.values_mut().collect(), look, ctx).await?;
        Ok(shared(found))
    }
}

/// The gates before a support person's first meeting (edellytykset): what was attested, and when.
#[derive(SimpleObject, Written, Clone)]
pub struct SupportPersonGates {
    /// When the one-year criterion was attested as met.
    criterion_met_on: Option<Date>,
    /// When it was attested that the criterion does not apply to this next of kin.
    criterion_not_applicable_on: Option<Date>,
    /// How many training weekends were attended, each on a date of its own.
    weekends_attended: i32,
    /// When the training was complete: the last weekend that the programme asks for, or the attestation of an earlier
    /// training where it accepts one.
    training_complete_on: Option<Date>,
    /// When the confidentiality undertaking was signed.
    confidentiality_signed_on: Option<Date>,
    /// Further gates that the programme asks for, and others that were attested.
    further: Vec<SupportPersonFurtherGate>,
    /// Whether everything is met that the programme asks for today.
    are_all_met: bool,
}

/// A further gate of a support person (tukihenkilön lisäedellytys).
#[derive(SimpleObject, Written, Clone)]
pub struct SupportPersonFurtherGate {
    /// The gate.
    gate: Gate,
    /// Whether the programme asks for it.
    is_asked: bool,
    /// When it was attested; absent where it has not been.
    attested_on: Option<Date>,
}

impl SupportPersonGates {
    /// As the domain worked them out, with the further gates' names.
    fn of(gates: &domain::rules::Gates, named: &HashMap<GateId, Gate>) -> Self {
        let all: BTreeSet<GateId> = gates.named().collect();
        let further = all.into_iter().filter_map(|id| {
            Some(SupportPersonFurtherGate {
                gate: named.get(&id)?.clone(),
                is_asked: gates.asked.further.contains(&id),
                attested_on: gates.further.get(&id).copied().map(Date),
            })
        });
        Self {
            further: further.collect(),
            criterion_met_on: gates.criterion_met_on.map(Date),
            criterion_not_applicable_on: gates.criterion_not_applicable_on.map(Date),
            weekends_attended: i32::try_from(gates.weekends).unwrap_or(i32::MAX),
            training_complete_on: gates.training_complete_on.map(Date),
            confidentiality_signed_on: gates.confidentiality_signed_on.map(Date),
            are_all_met: gates.are_all_met(),
        }
    }
}

/// What a support person carries now (tukihenkilön kuormitus).
#[derive(SimpleObject, Written, Clone, Copy, Debug)]
pub struct SupportPersonCapacity {
    /// Relationships that have not ended.
    open_relationships: i64,
    /// Proposals that are asked, offered or accepted.
    open_proposals: i64,
    /// How many more fit; none for somebody who is not active.
    free_capacity: i64,
}

/// How many people a county's support persons can take, and who waits there (alueen tilanne).
#[derive(SimpleObject, Written, Clone, Debug)]
pub struct CountyCapacity {
    /// The official code of the county.
    county_code: String,
    /// Support persons who are active.
    active: i64,
    /// How many more they can take together.
    free_capacity: i64,
    /// Referrals that wait without an open proposal.
    waiting_referrals: i64,
}

/// A support person: recovered, or a recovered next of kin, trained by an association (tukihenkilö).
#[written]
#[Object]
impl SupportPerson {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// Who it is, with contact details: for the association and that person; for the professional once they are disclosed.
    async fn person(&self) -> Result<Option<&Person>> {
        Ok(filled(&self.person)?.as_deref())
    }

    /// The association.
    async fn organisation(&self) -> Result<Option<&Organisation>> {
        Ok(filled(&self.organisation)?.as_deref())
    }

    /// The programme of today; absent for somebody of whom none was said, who is asked for the three gates.
    async fn programme(&self) -> Result<Option<&Programme>> {
        Ok(filled(&self.programme)?.as_ref())
    }

    /// The ground of the peerness.
    async fn background(&self) -> SupportBackground {
        self.row.background.into()
    }

    /// The state today.
    async fn status(&self) -> SupportPersonStatus {
        self.row.status.into()
    }

    /// The first year of the decade of birth, as 1980.
    async fn birth_decade(&self) -> Option<i16> {
        self.row.birth_decade
    }

    /// The official code of the county where the support person is.
    async fn county_code(&self) -> &str {
        &self.row.county_code
    }

    /// Days that suit.
    async fn weekdays(&self) -> Vec<Weekday> {
        domain::weekdays_of(self.row.weekdays)
            .into_iter()
            .map(Weekday::from)
            .collect()
    }

    /// How many relationships and open proposals at once.
    async fn max_active(&self) -> i16 {
        self.row.max_active
    }

    /// Grows with every change; an act names the version that it is based on.
    async fn version(&self) -> i32 {
        self.row.version
    }

    /// Codes of interests.
    async fn interests(&self) -> Result<&[String]> {
        Ok(&filled(&self.profile)?.interests)
    }

    /// Codes of the languages that the support person talks in.
    async fn languages(&self) -> Result<&[String]> {
        Ok(&filled(&self.profile)?.languages)
    }

    /// Official codes of the municipalities where the support person meets people.
    async fn municipality_codes(&self) -> Result<&[String]> {
        Ok(&filled(&self.profile)?.municipalities)
    }

    /// The gates of the programme: for the association and the support person.
    async fn gates(&self) -> Result<Option<&SupportPersonGates>> {
        Ok(filled(&self.gates)?.as_ref())
    }

    /// What the support person carries now: for the association and the support person.
    async fn capacity(&self) -> Result<Option<SupportPersonCapacity>> {
        Ok(*filled(&self.capacity)?)
    }

    /// Everything that was recorded, by the day, cancelled entries included: for the association and the support person.
    async fn acts(&self) -> Result<&[SupportPersonAct]> {
        Ok(filled(&self.acts)?)
    }

    /// The coordinators' short note; absent for everybody else, and where the organisation keeps none.
    async fn note(&self) -> Result<Option<&SupportPersonNote>> {
        Ok(filled(&self.note)?.as_ref())
    }
}

impl Prefetch for SupportPerson {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        let ids: Vec<SupportPersonId> = nodes.iter().map(|node| node.row.id).collect();
        if let Some(below) = look.child("person") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.person_id).collect();
            let found = Person::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.person = Some(found.get(&node.row.person_id).cloned());
            }
        }
        if let Some(below) = look.child("organisation") {
            let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
            let found = Organisation::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                node.organisation = Some(found.get(&node.row.organisation_id).cloned());
            }
        }
        if let Some(below) = look.child("programme") {
            let of: Vec<_> = nodes
                .iter()
                .filter_map(|node| node.row.programme_id)
                .collect();
            let found = Programme::for_ids(ctx, &of, &below).await?;
            for node in nodes.iter_mut() {
                let programme = node.row.programme_id.and_then(|id| found.get(&id).cloned());
                node.programme = Some(programme);
            }
        }
        if ["interests", "languages", "municipalityCodes"]
            .iter()
            .any(|field| look.has(field))
        {
            let mut found = domain::profiles_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                node.profile = Some(found.remove(&node.row.id).unwrap_or_default());
            }
        }
        if let Some(below) = look.child("note") {
            let mut found = unless_forbidden(notes::for_support_persons(ctx, &ids).await)?;
            let writers: Vec<_> = found.values().map(|note| note.written_by).collect();
            let writers = match below.child("writtenBy") {
                Some(below) if !writers.is_empty() => {
                    Some(Person::for_ids(ctx, &writers, &below).await?)
                }
                _ => None,
            };
            for node in nodes.iter_mut() {
                let note = found.remove(&node.row.id).map(SupportPersonNote::from);
                node.note = Some(note.map(|mut note| {
                    note.written_by = writers.as_ref().map(|it| it.get(&note.by).cloned());
                    note
                }));
            }
        }
        if look.has("gates") {
            let found = domain::gates_for(ctx, &ids).await?;
            let named: Vec<GateId> = found
                .values()
                .flat_map(domain::rules::Gates::named)
                .collect();
            let named = Gate::for_ids(ctx, &named).await?;
            for node in nodes.iter_mut() {
                let gates = found.get(&node.row.id);
                node.gates = Some(gates.map(|gates| SupportPersonGates::of(gates, &named)));
            }
        }
        if look.has("capacity") {
            let found = domain::occupancy_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let carried = found.get(&node.row.id);
                node.capacity = Some(carried.map(|it| SupportPersonCapacity {
                    open_relationships: it.open_relationships,
                    open_proposals: it.open_proposals,
                    free_capacity: it.free_capacity,
                }));
            }
        }
        if let Some(below) = look.child("acts") {
            let mut found = domain::acts_for(ctx, &ids).await?;
            for node in nodes.iter_mut() {
                let rows = found.remove(&node.row.id).unwrap_or_default();
                node.acts = Some(rows.into_iter().map(SupportPersonAct::from).collect());
            }
            let all = nodes.iter_mut().filter_map(|node| node.acts.as_mut());
            fill_refs(all.flatten().collect(), &below, ctx).await?;
        }
        Ok(())
    }
}

connection!(
    SupportPerson,
    SupportPersonConnection,
    SupportPersonEdge,
    "A page of support persons."
);

/// Which support persons a list holds; everything that is given must apply.
#[derive(InputObject, Default)]
pub struct SupportPersonFilter {
    /// In one of these states; in any where none is given.
    #[graphql(default)]
    statuses: Vec<SupportPersonStatus>,
    /// In this wellbeing services county, as `20`.
    county_code: Option<String>,
    /// With this background.
    background: Option<SupportBackground>,
    /// In this programme today.
    programme_id: Option<Ref<ProgrammeId>>,
    /// Active ones alone who can take at least one more.
    #[graphql(default)]
    has_free_capacity: bool,
}

impl From<SupportPersonFilter> for Filter {
    fn from(filter: SupportPersonFilter) -> Self {
        Self {
            statuses: filter.statuses.into_iter().map(Into::into).collect(),
            county_code: filter.county_code,
            background: filter.background.map(Into::into),
            programme: filter.programme_id.map(Ref::or_unknown),
            has_free_capacity: filter.has_free_capacity,
        }
    }
}

/// What can be asked of support persons.
#[derive(Default)]
pub struct SupportPersonQuery;

#[Object]
impl SupportPersonQuery {
    /// One support person; absent where it does not exist or is not one's own to see.
    async fn support_person(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Its id.")] id: Ref<SupportPersonId>,
    ) -> Result<Answer<Option<SupportPerson>>> {
        let (ctx, id) = (ctx(c)?, id.or_unknown());
        answer(ctx, SupportPerson::load(ctx, id, Look::of(c)).await)
    }

    /// The support persons that one may see, the longest in the register first.
    async fn support_persons(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which.", default)] filter: SupportPersonFilter,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<SupportPersonConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let page = domain::list(ctx, &filter.into(), args).await?;
            let mut page = page.map(SupportPerson::from);
            fill(&mut page.rows, &look.nodes(), ctx).await?;
            Ok(SupportPersonConnection::new(page, &args, |node| {
                node.row.cursor()
            }))
        };
        answer(ctx, page.await)
    }

    /// The own organisation's counties in which somebody is active or somebody waits: how many more can be taken.
    async fn county_capacities(&self, c: &Context<'_>) -> Result<Answer<Vec<CountyCapacity>>> {
        let ctx = ctx(c)?;
        let rows = for_client(ctx, domain::capacity_by_county(ctx).await)?;
        let of = |row: domain::CountyCapacity| CountyCapacity {
            county_code: row.county_code,
            active: row.active,
            free_capacity: row.free_capacity,
            waiting_referrals: row.waiting_referrals,
        };
        Ok(Answer(rows.into_iter().map(of).collect()))
    }
}
