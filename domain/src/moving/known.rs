//! What the register knows of an organisation, loaded once for an import or an export.

use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use rinnalla_entity::ids::{Id, OrganisationId, PersonId, ProgrammeId, SupportPersonId};
use rinnalla_entity::states::{PartnershipKind, SupportBackground, SupportPersonStatus};
use sea_orm::ConnectionTrait;
use uuid::Uuid;

use super::plan::{of_id, plain_key};
use super::queries::{
    self, Grants, Held, Meetings, Moved, Named, Own, Partner, Relationships, Supporters, Taught,
    Volunteers,
};
use super::template::Kind;
use super::told::{PersonTold, Stood, Told};
use super::words::Words;
use crate::access::{MoveRegister, Scope};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::lookup::{LookupField, lookup, lookups};
use crate::programmes::rules::AskedBy;
use crate::support_persons::rules::{Entry, Ground};
use crate::{organisations, people, programmes};

/// The label of the keyed hashes of rows' keys, and of what rows told.
const KEY: &str = "moved row key";
const CONTENT: &str = "moved row content";

/// An organisation's part of the register.
pub(super) struct Known {
    keys: Arc<Keys>,
    pub own: Own,
    pub partners: Vec<Partner>,
    /// The organisations whose people the actor may manage.
    pub managed: BTreeSet<OrganisationId>,
    pub words: Words,
    pub people: HashMap<PersonId, Stood<PersonTold>>,
    by_address: HashMap<Vec<u8>, PersonId>,
    pub grants: Grants,
    pub supporters: Supporters,
    held: HashMap<SupportPersonId, Held>,
    /// The programme that new support persons begin in.
    pub programme: Option<ProgrammeId>,
    asked: AskedBy,
    pub relationships: Relationships,
    pub meetings: Meetings,
    /// Former and present partners, and organisations that the register names beside courses, trainings and experts.
    pub named: Vec<Named>,
    pub taught: Taught,
    pub volunteers: Volunteers,
    moved: HashMap<(String, Vec<u8>), Moved>,
}

impl Known {
    /// Loads it.
    ///
    /// Errors: `NotFound` where the organisation is not the actor's to move.
    pub(super) async fn load(
        db: &impl ConnectionTrait,
        ctx: &Ctx,
        scope: &Scope<MoveRegister>,
        of: OrganisationId,
        programme: Option<ProgrammeId>,
    ) -> Result<Self> {
        let own = queries::own(db, scope, of).await?.ok_or(Error::NotFound)?;
        let partners = queries::partners(db, of, ctx.today).await?;
        let at: Vec<OrganisationId> = partners.iter().map(|it| it.id).chain([of]).collect();
        let managed = organisations::managed(db, ctx, scope).await?;
        let managed = managed.into_iter().filter(|(_, by)| *by == of);
        let ids = queries::people(db, of, &at).await?;
        let contacts = people::contacts(&ctx.keys, db, &ids).await?;
        let opened =
            |text: Option<crate::personal::Personal<String>>| text.map(|it| it.reveal().clone());
        let people = contacts.into_iter().map(|(id, it)| {
            let told = PersonTold {
                name: it.name.reveal().clone(),
                email: opened(it.email),
                phone: opened(it.phone),
                language: it.language,
            };
            let version = it.version.into();
            (id, Stood { told, version })
        });
        let moved = queries::moved(db, of).await?;
        let moved = moved
            .into_iter()
            .map(|it| ((it.kind.clone(), it.key_lookup.clone()), it));
        let (supporters, held) = queries::supporters(db, of).await?;
        let moves = held
            .values()
            .flat_map(|it| it.others.iter().map(|entry| entry.programme));
        let firsts = held.values().map(|it| it.first_programme);
        let named: Vec<ProgrammeId> = firsts.chain(moves).chain([programme]).flatten().collect();
        Ok(Self {
            keys: ctx.keys.clone(),
            managed: managed.map(|(id, _)| id).collect(),
            words: queries::words(db).await?,
            people: people.collect(),
            by_address: queries::addresses(db).await?,
            grants: queries::grants(db, &at).await?,
            supporters,
            held,
            programme,
            asked: programmes::asked_by(db, named).await?,
            relationships: queries::relationships(db, of).await?,
            meetings: queries::meetings(db, of).await?,
            named: queries::named(db, of).await?,
            taught: Taught::load(db, ctx, of).await?,
            volunteers: Volunteers::load(db, of).await?,
            moved: moved.collect(),
            own,
            partners,
        })
    }

    /// What was moved in under a key before.
    pub(super) fn moved(&self, kind: Kind, key: &str) -> Option<&Moved> {
        let hashes = self.keys.lookup_macs(KEY, &self.of_key(kind, key));
        hashes
            .into_iter()
            .find_map(|hash| self.moved.get(&(kind.code().to_owned(), hash.to_vec())))
    }

    /// The keyed hash under which a row is remembered: what stands in the file may be somebody's name.
    pub(super) fn key(&self, kind: Kind, key: &str) -> Vec<u8> {
        self.keys.lookup_mac(KEY, &self.of_key(kind, key)).to_vec()
    }

    fn of_key(&self, kind: Kind, key: &str) -> String {
        format!(
            "{} {} {}",
            self.own.id.encode(),
            kind.code(),
            plain_key(key)
        )
    }

    /// Whether something was moved in under a key's hash.
    pub(super) fn remembers(&self, kind: Kind, key: &[u8]) -> bool {
        self.moved
            .contains_key(&(kind.code().to_owned(), key.to_vec()))
    }

    /// The keyed hash of what a row told.
    pub(super) fn content(&self, kind: Kind, told: &impl Told) -> Vec<u8> {
        self.keys
            .lookup_mac(CONTENT, &of_content(kind, told))
            .to_vec()
    }

    /// Whether a row tells what it told before.
    pub(super) fn is_content(&self, kind: Kind, stored: &[u8], told: &impl Told) -> bool {
        let hashes = self.keys.lookup_macs(CONTENT, &of_content(kind, told));
        hashes.iter().any(|hash| hash[..] == *stored)
    }

    /// The object that a key stands for: as it was moved in before, or by its own opaque id.
    pub(super) fn object<I: Id>(&self, kind: Kind, key: &str) -> Option<Uuid> {
        let moved = self.moved(kind, key).map(|it| it.object_id);
        moved.or_else(|| of_id::<I>(key))
    }

    /// Whom a key stands for among those whom the organisation knows: as moved in before, by id, or by mail address.
    pub(super) fn person(&self, key: &str) -> Option<PersonId> {
        let by_key = self.object::<PersonId>(Kind::People, key).map(PersonId);
        let found = by_key.or_else(|| self.owner(key));
        found.filter(|id| self.people.contains_key(id))
    }

    /// Whose mail address this is, in the whole register.
    pub(super) fn owner(&self, address: &str) -> Option<PersonId> {
        let hashes = lookups(&self.keys, LookupField::Email, address);
        hashes
            .iter()
            .find_map(|hash| self.by_address.get(&hash[..]))
            .copied()
    }

    /// The hash that two spellings of one address share.
    pub(super) fn address(&self, address: &str) -> [u8; 32] {
        lookup(&self.keys, LookupField::Email, address)
    }

    /// The own organisation or a partner, by its name or id.
    ///
    /// Errors: the code of a finding.
    pub(super) fn organisation(
        &self,
        written: &str,
    ) -> std::result::Result<OrganisationId, &'static str> {
        let partners = self.partners.iter().map(|it| (it.id, it.name.as_str()));
        self.one_of(partners, written)
    }

    /// The own organisation, a former or present partner, or one that the register names already, by its name or id.
    ///
    /// Errors: the code of a finding.
    pub(super) fn named_organisation(
        &self,
        written: &str,
    ) -> std::result::Result<OrganisationId, &'static str> {
        let named = self.named.iter().map(|it| (it.id, it.name.as_str()));
        self.one_of(named, written)
    }

    fn one_of<'a>(
        &'a self,
        others: impl Iterator<Item = (OrganisationId, &'a str)>,
        written: &str,
    ) -> std::result::Result<OrganisationId, &'static str> {
        let all: BTreeSet<_> = others
            .chain([(self.own.id, self.own.name.as_str())])
            .collect();
        if let Some(id) = of_id::<OrganisationId>(written).map(OrganisationId) {
            return all
                .iter()
                .any(|it| it.0 == id)
                .then_some(id)
                .ok_or("UNKNOWN_ORGANISATION");
        }
        let written = super::template::plain(written);
        let named: Vec<_> = all
            .iter()
            .filter(|it| super::template::plain(it.1) == written)
            .collect();
        match named[..] {
            [one] => Ok(one.0),
            [] => Err("UNKNOWN_ORGANISATION"),
            _ => Err("SEVERAL_ORGANISATIONS"),
        }
    }

    /// How an export names an organisation: by its name, where no other has it.
    pub(super) fn organisation_name(&self, id: OrganisationId) -> String {
        let others = self.partners.iter().map(|it| (it.id, &it.name));
        let named = self.named.iter().map(|it| (it.id, &it.name));
        let mut all = others.chain(named).chain([(self.own.id, &self.own.name)]);
        let name = all.find(|it| it.0 == id).map(|it| it.1);
        let names_it = |name: &&String| {
            [self.organisation(name), self.named_organisation(name)].contains(&Ok(id))
        };
        name.filter(names_it)
            .cloned()
            .unwrap_or_else(|| id.encode())
    }

    /// What a support person's entries are held against, and those of them that no file tells.
    pub(super) fn ground(
        &self,
        id: Option<SupportPersonId>,
        background: SupportBackground,
    ) -> (Ground, &[Entry]) {
        let held = id.and_then(|id| self.held.get(&id));
        let ground = Ground {
            background,
            first_programme: held.map_or(self.programme, |it| it.first_programme),
            asked: self.asked.clone(),
        };
        (ground, held.map_or(&[], |it| it.others.as_slice()))
    }

    /// How a support person stands in the register.
    pub(super) fn status(&self, id: SupportPersonId) -> SupportPersonStatus {
        let held = self.held.get(&id);
        held.map_or(SupportPersonStatus::Applicant, |it| it.status)
    }

    /// Whether an organisation may refer people here.
    pub(super) fn refers(&self, id: OrganisationId) -> bool {
        let mut partners = self.partners.iter();
        id == self.own.id || partners.any(|it| it.id == id && it.kind == PartnershipKind::Refers)
    }
}

fn of_content(kind: Kind, told: &impl Told) -> String {
    format!("{}\n{}", kind.code(), told.content())
}
