//! What happens to a support person: each gate, each state; and putting it right.

use async_graphql::{Context, ID, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::experts;
use rinnalla_domain::ids::SupportPersonActId;
use rinnalla_domain::support_persons as domain;

use super::inputs::*;
use super::{SupportPerson, SupportPersonActKind};
use crate::graphql::UserError;
use crate::graphql::payload::{ctx, for_client, key, outcome};
use crate::graphql::prefetch::{Look, Prefetch, fill, filled};
use crate::graphql::programmes::{Gate, Programme};
use crate::graphql::scalars::{Date, DateTime, Ref, id};
use crate::graphql::written::written;

/// Something that was recorded about a support person (tukihenkilön kirjaus). A cancelled entry stays, marked.
#[derive(Clone)]
pub struct SupportPersonAct {
    row: domain::SupportPersonAct,
    gate: Option<Option<Gate>>,
    programme: Option<Option<Programme>>,
}

impl From<domain::SupportPersonAct> for SupportPersonAct {
    fn from(row: domain::SupportPersonAct) -> Self {
        Self {
            row,
            gate: None,
            programme: None,
        }
    }
}

impl SupportPersonAct {
    /// One entry.
    pub async fn load(
        ctx: &Ctx,
        id: SupportPersonActId,
        look: Look<'_>,
    ) -> DomainResult<Option<Self>> {
        let found = domain::find_act(ctx, id).await?.map(Self::from);
        let mut found: Vec<Self> = found.into_iter().collect();
        fill(&mut found, &look, ctx).await?;
        Ok(found.pop())
    }
}

/// Something that was recorded about a support person (tukihenkilön kirjaus). A cancelled entry stays, marked.
#[written]
#[Object]
impl SupportPersonAct {
    /// Its id.
    pub async fn id(&self) -> ID {
        id(self.row.id)
    }

    /// What happened.
    async fn kind(&self) -> SupportPersonActKind {
        self.row.kind.into()
    }

    /// The day.
    async fn on(&self) -> Date {
        self.row.on_date.into()
    }

    /// The further gate that it attests, where it attests one.
    async fn gate(&self) -> Result<Option<&Gate>> {
        Ok(filled(&self.gate)?.as_ref())
    }

    /// The programme that it moves the support person to, where it does.
    async fn programme(&self) -> Result<Option<&Programme>> {
        Ok(filled(&self.programme)?.as_ref())
    }

    /// When it was recorded.
    async fn recorded_at(&self) -> DateTime {
        self.row.recorded_at.into()
    }

    /// When it was cancelled or corrected, where it was.
    async fn cancelled_at(&self) -> Option<DateTime> {
        self.row.cancelled_at.map(DateTime)
    }
}

impl Prefetch for SupportPersonAct {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> DomainResult<()> {
        if look.has("gate") {
            let of: Vec<_> = nodes.iter().filter_map(|node| node.row.gate_id).collect();
            let found = Gate::for_ids(ctx, &of).await?;
            for node in nodes.iter_mut() {
                let gate = node.row.gate_id.and_then(|id| found.get(&id).cloned());
                node.gate = Some(gate);
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
        Ok(())
    }
}

payload!(SupportPersonPayload, support_person: SupportPerson, "What came of an act on a support person.");

/// What came of asking for the one-year criterion (vuoden kriteeri).
#[derive(SimpleObject)]
pub struct SupportPersonAttestCriterionPayload {
    /// Whether a year had passed. Only then is something recorded: that it had, never since when.
    is_met: Option<bool>,
    /// The support person as it is now; absent where the act was refused.
    support_person: Option<SupportPerson>,
    /// What the person can put right; empty where the act was done.
    user_errors: Vec<UserError>,
}

/// What can be done with support persons.
#[derive(Default)]
pub struct SupportPersonMutation;

#[Object]
impl SupportPersonMutation {
    /// Makes somebody of the association an applicant, and gives them the role of a support person.
    async fn support_person_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who.")] input: SupportPersonAddInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let add = domain::Add {
                organisation: input.organisation_id.or_unknown(),
                person: input.person_id.or_unknown(),
                programme: input.programme_id.map(Ref::or_unknown),
                profile: input.profile.into(),
            };
            domain::add(ctx, &key, add).await
        };
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Makes the support person's record of an expert by experience, whose own training stands for the weekends for as long
    /// as the register of experts has it so; from then on they are proposed as everybody is.
    async fn support_person_add_expert(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, and in which programme.")] input: SupportPersonAddExpertInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = experts::AddSupportPerson {
            profile: input.expert_profile_id.or_unknown(),
            version: input.version,
            programme: input.programme_id.or_unknown(),
            on: input.on.map(|day| day.0),
            told: input.profile.into(),
        };
        let done = experts::add_support_person(ctx, &key, add).await;
        SupportPersonPayload::of(c, done, SupportPerson::load).await
    }

    /// Attests that a support person was trained as an expert by experience; it stands for the weekends in programmes that
    /// take experts.
    async fn support_person_attest_expert(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, and by which entry.")] input: SupportPersonAttestExpertInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let attest = domain::AttestExpert {
            record: domain::Record {
                support_person: input.support_person_id.or_unknown(),
                version: input.version,
                on: input.on.map(|day| day.0),
            },
            expert: input.expert_profile_id.or_unknown(),
        };
        let done = domain::attest_expert_training(ctx, &key, attest).await;
        SupportPersonPayload::of(c, done, SupportPerson::load).await
    }

    /// Puts right what is told of a support person; another background works the gates out anew.
    async fn support_person_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Everything as it should be.")] input: SupportPersonCorrectInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let correct = domain::Correct {
                id: input.support_person_id.or_unknown(),
                version: input.version,
                profile: input.profile.into(),
            };
            domain::correct(ctx, &key, correct).await
        };
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Attests the one-year criterion, if a year without substances has passed on that day. The answer is met or not
    /// met; the date since when is kept nowhere.
    async fn support_person_attest_criterion(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, and since when.")] input: SupportPersonAttestCriterionInput,
    ) -> Result<SupportPersonAttestCriterionPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let attest = domain::AttestCriterion {
                record: domain::Record {
                    support_person: input.support_person_id.or_unknown(),
                    version: input.version,
                    on: input.on.map(|on| on.0),
                },
                substance_free_since: input.substance_free_since.0,
            };
            domain::attest_criterion(ctx, &key, attest).await
        };
        Ok(match outcome(ctx, done.await)? {
            Ok(attested) => {
                let look = Look::of(c).child("supportPerson").unwrap_or_default();
                let load = SupportPerson::load(ctx, attested.support_person, look);
                SupportPersonAttestCriterionPayload {
                    is_met: Some(attested.is_met),
                    support_person: for_client(ctx, load.await)?,
                    user_errors: Vec::new(),
                }
            }
            Err(user_errors) => SupportPersonAttestCriterionPayload {
                is_met: None,
                support_person: None,
                user_errors,
            },
        })
    }

    /// Attests that the one-year criterion does not apply: for a next of kin's background alone.
    async fn support_person_attest_criterion_not_applicable(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")]
        input: SupportPersonAttestCriterionNotApplicableInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::attest_criterion_not_applicable(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Records that the training has started.
    async fn support_person_start_training(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonStartTrainingInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::start_training(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Records a training weekend. Two, on different dates, make the training complete.
    async fn support_person_record_weekend(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonRecordWeekendInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::record_weekend(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Attests a training that was completed earlier or elsewhere.
    async fn support_person_attest_earlier_training(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonAttestEarlierTrainingInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::attest_earlier_training(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Records that the confidentiality undertaking was signed.
    async fn support_person_sign_confidentiality(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonSignConfidentialityInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::sign_confidentiality(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Attests a further gate of the association, whether the programme asks for it today or not.
    async fn support_person_attest_gate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, which gate, on which day.")] input: SupportPersonAttestGateInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let attest = domain::AttestGate {
            record: domain::Record {
                support_person: input.support_person_id.or_unknown(),
                version: input.version,
                on: input.on.map(|on| on.0),
            },
            gate: input.gate_id.or_unknown(),
        };
        let done = domain::attest_gate(ctx, &key, attest).await;
        SupportPersonPayload::of(c, done, SupportPerson::load).await
    }

    /// Moves a support person to another programme of the association. The gates are worked out anew from that day:
    /// whoever lacks one is active no longer.
    async fn support_person_change_programme(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, where to, on which day.")] input: SupportPersonChangeProgrammeInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let change = domain::ChangeProgramme {
            record: domain::Record {
                support_person: input.support_person_id.or_unknown(),
                version: input.version,
                on: input.on.map(|on| on.0),
            },
            programme: input.programme_id.or_unknown(),
        };
        let done = domain::change_programme(ctx, &key, change).await;
        SupportPersonPayload::of(c, done, SupportPerson::load).await
    }

    /// Lets a support person begin. The gates of the programme must be met on that day.
    async fn support_person_activate(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonActivateInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::activate(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Pauses, by the coordinator or by the support person. No reason is recorded.
    async fn support_person_pause(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonPauseInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::pause(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Goes on after a pause, by the coordinator or by the support person.
    async fn support_person_resume(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonResumeInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::resume(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Ends somebody's time as a support person, once no relationship and no proposal of theirs is open.
    async fn support_person_end(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Who, on which day.")] input: SupportPersonEndInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = domain::end(ctx, &key, input.of());
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Cancels an entry that was made by mistake. A gate can always be cancelled: whoever was active through it is
    /// active no longer. A state is refused while later entries stand on it.
    async fn support_person_act_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Which entry.")] input: SupportPersonActCancelInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (act, version) = (input.act_id.or_unknown(), input.version);
            domain::cancel_act(ctx, &key, domain::ActCancel { act, version }).await
        };
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }

    /// Puts the day of an entry right: as if it had been recorded so from the start. Not the one-year criterion, which
    /// is attested anew.
    async fn support_person_act_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "What really happened.")] input: SupportPersonActCorrectInput,
    ) -> Result<SupportPersonPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let done = async {
            let (act, version) = (input.act_id.or_unknown(), input.version);
            let on = input.on.0;
            domain::correct_act(ctx, &key, domain::ActCorrect { act, version, on }).await
        };
        SupportPersonPayload::of(c, done.await, SupportPerson::load).await
    }
}
