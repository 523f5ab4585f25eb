//! An act: one transaction, in which a change, its log rows, the notices that it causes and the news of it for
//! listening dashboards are kept together, or not at all.

mod at_once;

use rinnalla_entity::ids::{
    CourseId, ExpertProfileId, GrantTargetId, Id, InfluenceItemId, MatchProposalId, OrganisationId,
    PartnershipId, PeerGroupId, PersonId, ReferralId, RoleGrantId, SupportPersonId,
    SupportRelationshipId, SupportedCaseId, TrainingId,
};
use sea_orm::{DatabaseTransaction, FromQueryResult, Value};
use uuid::Uuid;

use crate::access::{Permission, Scope};
use crate::audit::writing::{self, Columns, log_rows};
use crate::audit::{Access, Noted, ObjectKind, Seen};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::reach::Question;
use crate::sql::Sql;
pub(crate) use at_once::{Acts, AtOnce};

/// The client's own name for one attempt at an act, and its input: the same key with the same input is
/// the same act, however often it is sent, for 24 hours.
#[derive(Clone, Debug)]
pub struct IdempotencyKey {
    /// 1 to 80 characters.
    pub key: String,
    /// The whole input in one form, as sorted JSON. Only a keyed hash of it is kept.
    pub input: Vec<u8>,
}

macro_rules! change_kinds {
    ($($(#[$doc:meta])+ $kind:ident = $code:literal, $id:ident;)+) => {
        /// Something that a listening dashboard may want to ask for again.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub enum ChangeKind {
            $($(#[$doc])+ $kind),+
        }

        impl ChangeKind {
            /// The stored form.
            pub(crate) fn code(self) -> &'static str {
                match self {
                    $(Self::$kind => $code),+
                }
            }

            pub(crate) fn of_code(code: &str) -> Option<Self> {
                match code {
                    $($code => Some(Self::$kind),)+
                    _ => None,
                }
            }

            /// The type byte of the opaque ids of its objects.
            pub(crate) fn type_byte(self) -> u8 {
                match self {
                    $(Self::$kind => $id::TYPE_BYTE),+
                }
            }

            /// What a changed object is; `None` for what no dashboard shows.
            fn of_object<I: Id>(_: I) -> Option<Self> {
                match I::TYPE_BYTE {
                    $($id::TYPE_BYTE => Some(Self::$kind),)+
                    _ => None,
                }
            }
        }
    };
}

change_kinds! {
    /// An organisation.
    Organisation = "ORGANISATION", OrganisationId;
    /// A partnership of two organisations.
    Partnership = "PARTNERSHIP", PartnershipId;
    /// A person, or a role or an absence of theirs.
    Person = "PERSON", PersonId;
    /// A support person.
    SupportPerson = "SUPPORT_PERSON", SupportPersonId;
    /// A supported case.
    SupportedCase = "SUPPORTED_CASE", SupportedCaseId;
    /// A referral or one of its proposals.
    Referral = "REFERRAL", ReferralId;
    /// A proposal, as its support person is told.
    MatchProposal = "MATCH_PROPOSAL", MatchProposalId;
    /// A support relationship or a part of it.
    SupportRelationship = "SUPPORT_RELATIONSHIP", SupportRelationshipId;
    /// A course: its sessions, who leads it, who takes part, who was there.
    Course = "COURSE", CourseId;
    /// A training of support persons.
    Training = "TRAINING", TrainingId;
    /// Somebody in a register of experts, with their consent and assignments.
    Expert = "EXPERT", ExpertProfileId;
    /// A peer group: its leaders, its meetings.
    PeerGroup = "PEER_GROUP", PeerGroupId;
    /// Something that was done for influence.
    InfluenceItem = "INFLUENCE_ITEM", InfluenceItemId;
    /// A grant target with the activities that belong to it.
    GrantTarget = "GRANT_TARGET", GrantTargetId;
}

/// Makes a function of a database, an id and a version: it raises the version of the row that an act is based on.
/// Errors: `Conflict` (`STALE_VERSION`).
macro_rules! take_version {
    ($seen:vis $name:ident, $table:literal, $id:ty) => {
        /// Raises the version that an act is based on.
        ///
        /// Errors: `Conflict` (`STALE_VERSION`).
        $seen async fn $name(
            db: &impl sea_orm::ConnectionTrait,
            id: $id,
            version: i32,
        ) -> $crate::error::Result<()> {
            static SQL: $crate::sql::Sql = $crate::sql::Sql::new(concat!(
                "UPDATE ",
                $table,
                " SET version = version + 1 WHERE id = $1 AND version = $2"
            ));
            match SQL.run(db, [id.0.into(), version.into()]).await? {
                0 => Err($crate::error::Error::Conflict("STALE_VERSION")),
                _ => Ok(()),
            }
        }
    };
}
pub(crate) use take_version;

/// A transaction under way. Dropped without [`Act::done`], it leaves nothing behind.
pub(crate) struct Act<'a> {
    pub ctx: &'a Ctx,
    pub tx: DatabaseTransaction,
    name: &'static str,
    object: Uuid,
    touched: Vec<Seen>,
    changes: Vec<(OrganisationId, ChangeKind, Uuid)>,
}

/// Whether an act is new, or was done before under the same key.
pub(crate) enum Begun<'a> {
    Fresh(Act<'a>),
    /// The object that it was about then.
    Done(Uuid),
}

#[derive(FromQueryResult)]
struct Kept {
    act: String,
    input_hash: Vec<u8>,
    object_id: Uuid,
}

static KEPT: Sql = Sql::new(
    "SELECT act, input_hash, object_id FROM idempotency_keys WHERE actor_id = $1 AND idempotency_key = $2",
);

impl Kept {
    /// The object, where the key stood for this act and input.
    fn object_of(self, name: &str, input_hash: &[u8]) -> Result<Uuid> {
        match self.act == name && self.input_hash == input_hash {
            true => Ok(self.object_id),
            false => Err(Error::Conflict("KEY_REUSED")),
        }
    }
}

impl Ctx {
    /// Begins an act about `object` (for something new, its fresh id).
    ///
    /// The key's row goes in first: a second request with the same key waits here for the first one's end.
    ///
    /// Errors: `Conflict` (`KEY_REUSED`) where the key stood for another act or input; `Invalid` (`idempotencyKey`).
    pub(crate) async fn begin(
        &self,
        name: &'static str,
        key: &IdempotencyKey,
        object: impl Id,
    ) -> Result<Begun<'_>> {
        static KEEP: Sql = Sql::new(
            "INSERT INTO idempotency_keys (actor_id, idempotency_key, act, input_hash, object_id, created_at)
             VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING",
        );
        let actor = self.actor()?.person;
        let (clean, input_hash) = self.checked(key)?;
        let tx = self.store.begin_write().await?;
        let fresh = KEEP
            .run(
                &tx,
                [
                    Value::from(actor.0),
                    clean.clone().into(),
                    name.into(),
                    input_hash.clone().into(),
                    object.uuid().into(),
                    self.now.into(),
                ],
            )
            .await?;
        if fresh == 1 {
            return Ok(Begun::Fresh(Act {
                ctx: self,
                tx,
                name,
                object: object.uuid(),
                touched: Vec::new(),
                changes: Vec::new(),
            }));
        }
        let kept: Option<Kept> = KEPT.one(&tx, [actor.0.into(), clean.into()]).await?;
        let kept = kept.ok_or(Error::Unavailable)?;
        kept.object_of(name, &input_hash).map(Begun::Done)
    }

    /// The object of an act that was done before under the same key. An act that looks at how things stand before it
    /// begins asks this first: what it would see may be otherwise now, and the answer is to be the same.
    ///
    /// Errors: as [`Ctx::begin`].
    pub(crate) async fn done_before(
        &self,
        name: &'static str,
        key: &IdempotencyKey,
    ) -> Result<Option<Uuid>> {
        let actor = self.actor()?.person;
        let (clean, input_hash) = self.checked(key)?;
        let values = [actor.0.into(), clean.into()];
        let kept: Option<Kept> = KEPT.one(self.store.reader(), values).await?;
        kept.map(|kept| kept.object_of(name, &input_hash))
            .transpose()
    }

    /// A key that may be kept, and the hash of its input.
    fn checked(&self, key: &IdempotencyKey) -> Result<(String, Vec<u8>)> {
        let clean = crate::text::clean_line(&key.key, 80)
            .map_err(|fault| Error::invalid("idempotencyKey", fault.code()))?;
        // Keyed, since an input may be short enough to be guessed from a plain hash.
        let input_hash = self
            .keys
            .audit_mac(self.keys.current_version(), &key.input)
            .map_err(|fault| Error::Internal(Box::new(fault)))?;
        Ok((clean, input_hash.to_vec()))
    }
}

/// Whose a row is.
#[derive(FromQueryResult)]
struct Own {
    organisation_id: OrganisationId,
}

impl Act<'_> {
    /// Notes that a protected object is changed, and tells listening dashboards of it.
    pub fn changed<P: Permission>(
        &mut self,
        scope: &Scope<P>,
        organisation: OrganisationId,
        kind: ObjectKind,
        object: impl Id,
    ) {
        let grant: Option<RoleGrantId> = scope.grant_for(organisation);
        self.touched.push(Seen {
            organisation,
            grant,
            kind,
            object: object.uuid(),
            access: Access::Write,
        });
        if let Some(change) = ChangeKind::of_object(object) {
            self.changes.push((organisation, change, object.uuid()));
        }
    }

    /// Holds a row of an own organisation's until the act ends, and raises the version that the act is based on.
    ///
    /// Errors: `NotFound`, noted as refused; `Conflict` (`STALE_VERSION`).
    pub async fn take_own<P: Permission>(
        &self,
        scope: &Scope<P>,
        table: &'static str,
        (kind, id): (ObjectKind, impl Id),
        version: i32,
    ) -> Result<OrganisationId> {
        let backend = self.ctx.store.backend();
        let mut held = Question::new(backend, "SELECT t.organisation_id FROM ");
        held.words(table).words(" t WHERE t.id = ").bind(id.uuid());
        held.words(" AND ")
            .is_one_of("t.organisation_id", &scope.organisations())
            .words_on(" FOR UPDATE", "");
        let Some(Own { organisation_id }) = held.one(&self.tx).await? else {
            self.ctx.refuse(scope, kind, id);
            return Err(Error::NotFound);
        };
        let mut take = Question::new(backend, "UPDATE ");
        take.words(table)
            .words(" SET version = version + 1 WHERE id = ");
        take.bind(id.uuid()).words(" AND version = ").bind(version);
        take.words(" RETURNING organisation_id");
        let taken: Option<Own> = take.one(&self.tx).await?;
        taken.map_or(Err(Error::Conflict("STALE_VERSION")), |_| {
            Ok(organisation_id)
        })
    }

    /// Takes a row of an own organisation's back that was added in error: it stays, cancelled.
    ///
    /// Errors: as [`Self::take_own`]; `Invalid` (`ALREADY_CANCELLED`).
    pub async fn cancel_own<P: Permission, T: Id>(
        &mut self,
        scope: &Scope<P>,
        table: &'static str,
        (kind, id): (ObjectKind, T),
        version: i32,
    ) -> Result<()> {
        let own = self.take_own(scope, table, (kind, id), version);
        let of = own.await?;
        let mut cancel = Question::new(self.ctx.store.backend(), "UPDATE ");
        cancel.words(table).words(" SET cancelled_by = ");
        cancel.bind(scope.actor().uuid()).words(", cancelled_at = ");
        cancel
            .bind(self.ctx.now)
            .words(" WHERE id = ")
            .bind(id.uuid());
        cancel.words(" AND cancelled_at IS NULL RETURNING organisation_id");
        let cancelled: Option<Own> = cancel.one(&self.tx).await?;
        if cancelled.is_none() {
            return Err(Error::invalid("", "ALREADY_CANCELLED"));
        }
        self.changed(scope, of, kind, id);
        Ok(())
    }

    /// Ends the act: log rows, news, commit.
    ///
    /// Errors: `Unavailable` where the commit's outcome is unknown; the key then tells at the next try.
    pub async fn done(self) -> Result<Uuid> {
        let actor = self.ctx.actor()?.person;
        let touched = self.touched.iter().copied().collect();
        let noted = [Noted::of(self.ctx, actor, self.name, touched)];
        if self.ctx.store.is_postgres() {
            self.log_and_tell(&noted).await?;
        } else {
            writing::write(&self.tx, None, noted.iter()).await?;
            self.tell().await?;
        }
        self.tx.commit().await.map_err(|_| Error::Unavailable)?;
        let changed = self.touched.iter();
        let changed = changed.map(|one| (one.organisation, one.object));
        self.ctx.reached.clear();
        let mut known = self.ctx.changed.lock().unwrap_or_else(|e| e.into_inner());
        known.extend(changed);
        Ok(self.object)
    }

    /// Log rows and news in one statement, however many there are: an act may be about hundreds of cases.
    async fn log_and_tell(&self, noted: &[Noted]) -> Result<()> {
        static BOTH: Sql = Sql::new(concat!(
            "WITH ",
            log_rows!(""),
            " INSERT INTO changes (organisation_id, kind, object_id, at_ms)
             SELECT organisation_id, kind, object_id, NOW_MS
             FROM unnest($15::uuid[], $16::text[], $17::uuid[]) AS news (organisation_id, kind, object_id)"
        ));
        let news = self.changes.iter();
        let (organisations, objects): (Vec<_>, Vec<_>) =
            news.clone().map(|(of, _, id)| (of.0, *id)).unzip();
        let kinds: Vec<String> = news.map(|(_, kind, _)| kind.code().to_owned()).collect();
        let news: [Value; 3] = [organisations.into(), kinds.into(), objects.into()];
        let rows = Columns::of(noted).into_values();
        BOTH.run(&self.tx, rows.into_iter().chain(news)).await?;
        Ok(())
    }

    /// The news on SQLite, in one statement.
    async fn tell(&self) -> Result<()> {
        static SQLITE: Sql = Sql::new(
            "INSERT INTO changes (organisation_id, kind, object_id, at_ms)
             SELECT unhex(value ->> 0), value ->> 1, unhex(value ->> 2), NOW_MS FROM json_each($1)",
        );
        if self.changes.is_empty() {
            return Ok(());
        }
        let hex = |id: &Uuid| id.simple().to_string();
        let rows: serde_json::Value = self
            .changes
            .iter()
            .map(|(of, kind, id)| serde_json::json!([hex(&of.0), kind.code(), hex(id)]))
            .collect();
        SQLITE.run(&self.tx, [rows.to_string().into()]).await?;
        Ok(())
    }
}

/// The stored form of a state, as a bound value.
pub(crate) fn code<E: sea_orm::ActiveEnum<Value = String>>(state: E) -> Value {
    state.to_value().into()
}
