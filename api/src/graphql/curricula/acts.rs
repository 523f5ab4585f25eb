//! What coordinators do with curricula.

use async_graphql::{Context, InputObject, Object, Result};
use rinnalla_domain::curricula::{self as domain, AddWorkshop, CancelWorkshop, Words};
use rinnalla_domain::ids::{CurriculumId, CurriculumWorkshopId, OrganisationId};

use super::Curriculum;
use crate::graphql::payload::{ctx, key};
use crate::graphql::scalars::{Date, Ref};

payload!(CurriculumPayload, curriculum: Curriculum, "What came of an act on a curriculum.");

/// What a session is about.
#[derive(InputObject)]
pub struct CurriculumSessionInput {
    /// What it is about, at most 120 characters.
    theme: String,
    /// How it is worked on, at most 200 characters.
    methods: Option<String>,
    /// What is needed for it, at most 200 characters.
    materials: Option<String>,
}

impl From<CurriculumSessionInput> for Words {
    fn from(told: CurriculumSessionInput) -> Self {
        Self {
            theme: told.theme,
            methods: told.methods,
            materials: told.materials,
        }
    }
}

/// Adds a version of what courses teach.
#[derive(InputObject)]
pub struct CurriculumCreateInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The association.
    organisation_id: Ref<OrganisationId>,
    /// Its name, at most 80 characters: with one that stands already, the next version of it.
    name: String,
    /// What the eight sessions are about, in order.
    sessions: Vec<CurriculumSessionInput>,
}

/// Puts right what the sessions of a version are about.
#[derive(InputObject)]
pub struct CurriculumCorrectInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Which.
    curriculum_id: Ref<CurriculumId>,
    /// Its version.
    version: i32,
    /// What the eight sessions are about, in order.
    sessions: Vec<CurriculumSessionInput>,
}

/// Records a workshop.
#[derive(InputObject)]
pub struct CurriculumWorkshopAddInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Which curriculum was worked out.
    curriculum_id: Ref<CurriculumId>,
    /// Its version.
    version: i32,
    /// The day, today at the latest.
    on: Date,
    /// How many professionals there were, 0 to 100.
    professionals: i32,
    /// How many project developers there were, 0 to 100; somebody was there.
    developers: i32,
    /// What was changed, at most 400 characters; nothing on anybody who was there.
    changed: String,
}

/// Takes back a workshop that was recorded in error.
#[derive(InputObject)]
pub struct CurriculumWorkshopCancelInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// Of which curriculum.
    curriculum_id: Ref<CurriculumId>,
    /// Its version.
    version: i32,
    /// The workshop.
    curriculum_workshop_id: Ref<CurriculumWorkshopId>,
}

/// What can be done with curricula.
#[derive(Default)]
pub struct CurriculumMutation;

#[Object]
impl CurriculumMutation {
    /// Adds a version of what courses teach; with a name that stands already, the next version of it.
    async fn curriculum_create(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The version.")] input: CurriculumCreateInput,
    ) -> Result<CurriculumPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let create = domain::Create {
            organisation: input.organisation_id.or_unknown(),
            name: input.name,
            sessions: input.sessions.into_iter().map(Words::from).collect(),
        };
        let done = domain::create(ctx, &key, create).await;
        CurriculumPayload::of(c, done, Curriculum::load).await
    }

    /// Puts right what the sessions of a version are about, as long as no course follows it.
    async fn curriculum_correct(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "All eight as they should be.")] input: CurriculumCorrectInput,
    ) -> Result<CurriculumPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let correct = domain::Correct {
            curriculum: input.curriculum_id.or_unknown(),
            version: input.version,
            sessions: input.sessions.into_iter().map(Words::from).collect(),
        };
        let done = domain::correct(ctx, &key, correct).await;
        CurriculumPayload::of(c, done, Curriculum::load).await
    }

    /// Records a workshop in which a version was worked out: how many there were and what was changed.
    async fn curriculum_workshop_add(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The workshop.")] input: CurriculumWorkshopAddInput,
    ) -> Result<CurriculumPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let add = AddWorkshop {
            curriculum: input.curriculum_id.or_unknown(),
            version: input.version,
            on: input.on.0,
            professionals: input.professionals,
            developers: input.developers,
            changed: input.changed,
        };
        let done = domain::add_workshop(ctx, &key, add).await;
        CurriculumPayload::of(c, done, Curriculum::load).await
    }

    /// Takes back a workshop that was recorded in error; it stays in the register, cancelled.
    async fn curriculum_workshop_cancel(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The workshop.")] input: CurriculumWorkshopCancelInput,
    ) -> Result<CurriculumPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let cancel = CancelWorkshop {
            curriculum: input.curriculum_id.or_unknown(),
            version: input.version,
            workshop: input.curriculum_workshop_id.or_unknown(),
        };
        let done = domain::cancel_workshop(ctx, &key, cancel).await;
        CurriculumPayload::of(c, done, Curriculum::load).await
    }
}
