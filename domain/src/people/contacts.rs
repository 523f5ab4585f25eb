//! Names, mail addresses and phone numbers: the one place where they are opened, and sealed.

use std::collections::HashMap;

use rinnalla_entity::ids::{Id as _, OrganisationId, PersonId};
use sea_orm::{ConnectionTrait, FromQueryResult, Value};
use uuid::Uuid;

use crate::access::{Permission, ReadContacts, Scope};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::lookup::{LookupField, lookup};
use crate::organisations::looked_after;
use crate::personal::Personal;
use crate::sealing::{self, Cell, DataKey, SealFault};
use crate::sql::{self, Sql};
use crate::texts::Language;

use super::Details;

/// A person, opened for somebody who may know.
#[derive(Clone, Debug)]
pub struct Contact {
    /// The person.
    pub id: PersonId,
    /// The language that the person is written to in.
    pub language: Language,
    /// The name.
    pub name: Personal<String>,
    /// The mail address.
    pub email: Option<Personal<String>>,
    /// The phone number, as `+358401234567`.
    pub phone: Option<Personal<String>>,
    /// Whether the person may sign in and be written to.
    pub is_active: bool,
    /// How often in a row mail to this address came back.
    pub email_bounces: i16,
    /// Rises with every change.
    pub version: i32,
}

/// A person of whom nothing sealed is shown.
#[derive(Clone, Debug, FromQueryResult)]
pub struct Known {
    /// The person.
    pub id: PersonId,
    /// The language that the person is written to in.
    pub language: Language,
    /// Whether the person may sign in and be written to.
    pub is_active: bool,
    /// How often in a row mail to this address came back.
    pub email_bounces: i16,
    /// Rises with every change.
    pub version: i32,
}

/// A person's row with its sealed cells. Lives in the statements of this folder alone.
#[derive(FromQueryResult)]
pub(super) struct Sealed {
    pub id: PersonId,
    pub language: Language,
    pub data_key_sealed: Vec<u8>,
    pub name_sealed: Vec<u8>,
    pub email_sealed: Option<Vec<u8>>,
    pub phone_sealed: Option<Vec<u8>>,
    pub is_active: bool,
    pub email_bounces: i16,
    pub version: i32,
}

/// The columns of [`Sealed`], of a table called `p`.
macro_rules! sealed_columns {
    () => {
        "p.id, p.language, p.data_key_sealed, p.name_sealed, p.email_sealed, p.phone_sealed, p.is_active,
         p.email_bounces, p.version"
    };
}
pub(super) use sealed_columns;

impl Sealed {
    /// Opens the cells. `None` for a row that does not open, which is left behind with a log line, so that it takes
    /// no list down with it.
    ///
    /// Errors: `Internal` where the key file lacks a key: then no row would open.
    pub(super) fn open(self, keys: &Keys) -> Result<Option<Contact>> {
        let id = self.id;
        match self.try_open(keys) {
            Ok(contact) => Ok(Some(contact)),
            Err(SealFault::UnknownKeyVersion(fault)) => Err(Error::Internal(Box::new(fault))),
            Err(fault) => {
                tracing::error!("the details of person {} do not open: {fault}", id.encode());
                Ok(None)
            }
        }
    }

    fn try_open(self, keys: &Keys) -> std::result::Result<Contact, SealFault> {
        let id = self.id.0;
        let key = sealing::open_data_key(keys, id, &self.data_key_sealed)?;
        let opened = |column, bytes: Option<Vec<u8>>| {
            bytes
                .map(|bytes| sealing::open_text(&key, cell(id, column), &bytes))
                .transpose()
        };
        Ok(Contact {
            id: self.id,
            language: self.language,
            name: sealing::open_text(&key, cell(id, "name"), &self.name_sealed)?,
            email: opened("email", self.email_sealed)?,
            phone: opened("phone", self.phone_sealed)?,
            is_active: self.is_active,
            email_bounces: self.email_bounces,
            version: self.version,
        })
    }
}

fn cell(row: Uuid, column: &'static str) -> Cell {
    Cell {
        table: "people",
        column,
        row,
    }
}

/// Opens somebody's name where another feature's statement has brought it within its own scope.
pub(crate) fn open_name(
    keys: &Keys,
    person: PersonId,
    data_key: &[u8],
    name: &[u8],
) -> std::result::Result<Personal<String>, SealFault> {
    let key = sealing::open_data_key(keys, person.0, data_key)?;
    sealing::open_text(&key, cell(person.0, "name"), name)
}

/// Details as they are stored: sealed, and hashed to be found by.
pub(crate) struct Cells {
    pub data_key: Vec<u8>,
    pub name: Vec<u8>,
    pub email: Option<Vec<u8>>,
    pub phone: Option<Vec<u8>>,
    pub email_lookup: Option<Vec<u8>>,
    pub phone_lookup: Option<Vec<u8>>,
}

/// Seals checked details under a person's data key: a fresh one where `data_key` is not given.
pub(crate) fn seal(
    keys: &Keys,
    person: PersonId,
    data_key: Option<&[u8]>,
    details: &Details,
) -> Result<Cells> {
    let sealed = || {
        let key = match data_key {
            Some(sealed) => sealing::open_data_key(keys, person.0, sealed)?,
            None => DataKey::new(),
        };
        let text = |column, text: &Option<Personal<String>>| {
            text.as_ref()
                .map(|text| sealing::seal_text(&key, cell(person.0, column), text.reveal()))
                .transpose()
        };
        let hash = |field, text: &Option<Personal<String>>| {
            text.as_ref()
                .map(|text| lookup(keys, field, text.reveal()).to_vec())
        };
        Ok::<_, SealFault>(Cells {
            data_key: sealing::seal_data_key(keys, person.0, &key)?,
            name: sealing::seal_text(&key, cell(person.0, "name"), details.name.reveal())?,
            email: text("email", &details.email)?,
            phone: text("phone", &details.phone)?,
            email_lookup: hash(LookupField::Email, &details.email),
            phone_lookup: hash(LookupField::Phone, &details.phone),
        })
    };
    sealed().map_err(|fault| Error::Internal(Box::new(fault)))
}

/// Opens the details of people, for the program itself: whoever is to be written to. One statement.
/// Nobody's scope is asked, so what comes out goes into a mail's head or nowhere. Erased people are left out.
pub(crate) async fn contacts(
    keys: &Keys,
    db: &impl ConnectionTrait,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Contact>> {
    static SQL: Sql = Sql::new(concat!(
        "SELECT ",
        sealed_columns!(),
        " FROM people p WHERE p.id = ANY_ID($1) AND p.erased_at IS NULL"
    ));
    let ids = sql::ids(db.get_database_backend(), ids.iter().copied());
    let rows: Vec<Sealed> = SQL.all(db, [ids]).await?;
    open_all(keys, rows)
}

fn open_all(keys: &Keys, rows: Vec<Sealed>) -> Result<HashMap<PersonId, Contact>> {
    let mut opened = HashMap::with_capacity(rows.len());
    for row in rows {
        if let Some(contact) = row.open(keys)? {
            opened.insert(contact.id, contact);
        }
    }
    Ok(opened)
}

#[derive(FromQueryResult)]
struct Near<T: FromQueryResult> {
    #[sea_orm(nested)]
    person: T,
    seen_in: Option<OrganisationId>,
}

/// For those who act for the organisations `$R`, on the day `$T`: people in roles there, professionals of cases that
/// they coordinate or that were referred to them, people of partners that they look after.
const OF_ORGANISATIONS: &str = concat!(
    "(SELECT g.organisation_id FROM role_grants g
      WHERE g.person_id = p.id AND g.cancelled_at IS NULL AND g.organisation_id = ANY_ID($R) LIMIT 1),
     (SELECT c.organisation_id FROM case_professionals cp JOIN supported_cases c ON c.id = cp.case_id
      WHERE cp.person_id = p.id AND cp.to_on IS NULL AND c.organisation_id = ANY_ID($R) LIMIT 1),
     (SELECT r.organisation_id FROM referrals r
      WHERE r.professional_id = p.id AND r.organisation_id = ANY_ID($R) LIMIT 1),
     (SELECT g.organisation_id FROM role_grants g
      WHERE g.person_id = p.id AND g.cancelled_at IS NULL AND g.organisation_id IN (",
    looked_after!("pa.partner_id", "$R", "$T"),
    ") LIMIT 1)"
);

/// For the professionals `$R`: the support persons of their cases, and the other professionals of these.
const OF_CASES: &str = "(SELECT r.organisation_id FROM support_persons sp
      JOIN support_relationships r ON r.support_person_id = sp.id AND r.status <> 'CANCELLED'
      JOIN case_professionals cp ON cp.case_id = r.case_id AND cp.to_on IS NULL
      WHERE sp.person_id = p.id AND cp.person_id = ANY_ID($R) LIMIT 1),
     (SELECT d.organisation_id FROM disclosures d
      JOIN match_proposals m ON m.id = d.proposal_id AND m.status = 'DISCLOSED'
      JOIN referrals rf ON rf.id = m.referral_id
      JOIN case_professionals cp ON cp.case_id = rf.case_id AND cp.to_on IS NULL
      WHERE d.of_person_id = p.id AND cp.person_id = ANY_ID($R) LIMIT 1),
     (SELECT c.organisation_id FROM case_professionals other
      JOIN case_professionals cp ON cp.case_id = other.case_id AND cp.to_on IS NULL
      JOIN supported_cases c ON c.id = other.case_id
      WHERE other.person_id = p.id AND other.to_on IS NULL AND cp.person_id = ANY_ID($R) LIMIT 1)";

/// For the support persons `$R`: the professionals of the cases in their open relationships.
const OF_RELATIONSHIPS: &str = "(SELECT r.organisation_id FROM case_professionals cp
      JOIN support_relationships r ON r.case_id = cp.case_id AND r.status NOT IN ('ENDED', 'CANCELLED')
      JOIN support_persons sp ON sp.id = r.support_person_id
      WHERE cp.person_id = p.id AND cp.to_on IS NULL AND sp.person_id = ANY_ID($R) LIMIT 1)";

/// For the facilitators `$R`: whoever leads a course with them.
const OF_COURSES: &str = "(SELECT c.organisation_id FROM course_facilitators f
      JOIN courses c ON c.id = f.course_id
      JOIN course_facilitators other ON other.course_id = f.course_id AND other.removed_at IS NULL
      WHERE f.person_id = p.id AND f.removed_at IS NULL AND other.person_id = ANY_ID($R) LIMIT 1)";

/// For the supervisors `$R`, on the day `$T`: peers of the associations that their organisation supervises, whoever was
/// invited to a session of theirs, and supervisors of the same organisation.
const OF_SUPERVISION: &str = "(SELECT g.organisation_id FROM role_grants s
      JOIN partnerships pa ON pa.partner_id = s.organisation_id AND pa.kind = 'SUPERVISES' AND pa.valid_from <= $T
        AND (pa.valid_to IS NULL OR pa.valid_to >= $T)
      JOIN role_grants g ON g.organisation_id = pa.organisation_id AND g.cancelled_at IS NULL AND g.valid_from <= $T
        AND (g.valid_to IS NULL OR g.valid_to >= $T) AND g.role IN ('SUPPORT_PERSON', 'PEER_GUIDE', 'EXPERT')
      WHERE g.person_id = p.id AND s.role = 'SUPERVISOR' AND s.cancelled_at IS NULL AND s.valid_from <= $T
        AND (s.valid_to IS NULL OR s.valid_to >= $T) AND s.person_id = ANY_ID($R) LIMIT 1),
     (SELECT x.organisation_id FROM supervision_invitations i JOIN supervision_sessions x ON x.id = i.session_id
      WHERE i.person_id = p.id AND (x.supervisor_id = ANY_ID($R) OR x.substitute_id = ANY_ID($R)) LIMIT 1),
     (SELECT g.organisation_id FROM role_grants g
      JOIN role_grants s ON s.organisation_id = g.organisation_id AND s.role = 'SUPERVISOR' AND s.cancelled_at IS NULL
      WHERE g.person_id = p.id AND g.role = 'SUPERVISOR' AND g.cancelled_at IS NULL AND s.person_id = ANY_ID($R) LIMIT 1)";

/// For the peers `$R`: whoever holds a session of supervision that they are invited to.
const OF_INVITATIONS: &str = "(SELECT x.organisation_id FROM supervision_invitations i
      JOIN supervision_sessions x ON x.id = i.session_id
      WHERE p.id IN (x.supervisor_id, x.substitute_id) AND i.withdrawn_at IS NULL AND i.person_id = ANY_ID($R) LIMIT 1)";

/// For the paid guides `$R` of the day `$T`: whoever is or was at a drop-in place with them.
const OF_PLACES: &str = "(SELECT l.organisation_id FROM place_role_terms t
      JOIN drop_in_places l ON l.id = t.place_id
      JOIN place_role_terms own ON own.place_id = t.place_id AND own.cancelled_at IS NULL AND own.role = 'PAID_GUIDE'
        AND own.from_on <= $T AND (own.to_on IS NULL OR own.to_on >= $T)
      WHERE t.person_id = p.id AND t.cancelled_at IS NULL AND own.person_id = ANY_ID($R) LIMIT 1)";

/// For whoever keeps the drop-in places of the organisations `$R`: whoever is or was at one of them.
const OF_PLACES_KEPT: &str = "(SELECT l.organisation_id FROM place_role_terms t JOIN drop_in_places l ON l.id = t.place_id
      WHERE t.person_id = p.id AND t.cancelled_at IS NULL AND l.organisation_id = ANY_ID($R) LIMIT 1)";

/// For everybody, `$2`: the own substitutes, and those for whom one stands in.
const OF_ABSENCES: &str = "(SELECT a.organisation_id FROM absences a
      WHERE a.substitute_id = p.id AND a.person_id = $2 AND a.cancelled_at IS NULL LIMIT 1),
     (SELECT a.organisation_id FROM absences a
      WHERE a.person_id = p.id AND a.substitute_id = $2 AND a.cancelled_at IS NULL LIMIT 1)";

/// Those among `ids` whose contact details the scope may see, opened; one statement. They are:
/// - oneself, one's substitutes and those for whom one stands in;
/// - for those who act for an organisation: everybody who holds or held a role in it, or in a partner that it looks
///   after; and the professionals of the cases that it coordinates;
/// - for a professional: the support persons of the own cases, from the disclosure on, and the cases' other
///   professionals;
/// - for a support person: the professionals of the cases in the own open relationships;
/// - for a facilitator: whoever leads a course with them;
/// - for a supervisor: peers of the associations that the own organisation supervises, whoever was invited to a session
///   of theirs, and the organisation's other supervisors; and for a peer: whoever holds a session that they are invited to.
/// - for a paid guide: whoever is or was at a drop-in place with them; for a place keeper: at any of the association's.
pub async fn contacts_for<P: Permission>(
    ctx: &Ctx,
    scope: &Scope<P>,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Contact>> {
    let rows = near(ctx, scope, ids, sealed_columns!(), |row: &Sealed| row.id).await?;
    open_all(&ctx.keys, rows)
}

/// The same people, with nothing opened.
pub(super) async fn known(
    ctx: &Ctx,
    scope: &Scope<ReadContacts>,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Known>> {
    const COLUMNS: &str = "p.id, p.language, p.is_active, p.email_bounces, p.version";
    let id = |row: &Known| row.id;
    let rows = match reached(ctx, scope, ids, COLUMNS, id).await? {
        Some(rows) => rows,
        None => near(ctx, scope, ids, COLUMNS, id).await?,
    };
    Ok(rows.into_iter().map(|row| (row.id, row)).collect())
}

/// The same for whoever reads contacts; professionals of cases that the request has brought are theirs to see by that.
pub(super) async fn read(
    ctx: &Ctx,
    scope: &Scope<ReadContacts>,
    ids: &[PersonId],
) -> Result<HashMap<PersonId, Contact>> {
    match reached(ctx, scope, ids, sealed_columns!(), |row: &Sealed| row.id).await? {
        Some(rows) => open_all(&ctx.keys, rows),
        None => contacts_for(ctx, scope, ids).await,
    }
}

async fn reached<T: FromQueryResult>(
    ctx: &Ctx,
    scope: &Scope<ReadContacts>,
    ids: &[PersonId],
    columns: &str,
    id: impl Fn(&T) -> PersonId,
) -> Result<Option<Vec<T>>> {
    let Some(by) = ctx.reached.professionals(ids).filter(|by| !by.is_empty()) else {
        return Ok(None);
    };
    let db = ctx.store.reader();
    let on = db.get_database_backend();
    let statement =
        format!("SELECT {columns} FROM people p WHERE p.id = ANY_ID($1) AND p.erased_at IS NULL");
    let ids = sql::ids(on, by.keys().copied());
    let rows: Vec<T> = sql::all(db, &sql::translate(&statement, on), [ids]).await?;
    let seen = rows.iter().map(|row| (by[&id(row)], id(row).0));
    ctx.see(scope, ObjectKind::Person, seen);
    Ok(Some(rows))
}

async fn near<P: Permission, T: FromQueryResult>(
    ctx: &Ctx,
    scope: &Scope<P>,
    ids: &[PersonId],
    columns: &str,
    id: impl Fn(&T) -> PersonId,
) -> Result<Vec<T>> {
    if ids.is_empty() {
        return Ok(Vec::new());
    }
    let db = ctx.store.reader();
    let on = db.get_database_backend();
    let mut values: Vec<Value> = vec![sql::ids(on, ids.iter().copied()), scope.actor().0.into()];
    let mut ways: Vec<String> = Vec::new();
    let organisations = scope.organisations();
    if !organisations.is_empty() {
        values.extend([sql::ids(on, organisations), ctx.today.into()]);
        ways.push(OF_ORGANISATIONS.replace("$R", "$3").replace("$T", "$4"));
    }
    for (of, way) in [
        (scope.professionals(), OF_CASES),
        (scope.support_people(), OF_RELATIONSHIPS),
        (scope.support_people(), OF_INVITATIONS),
        (scope.facilitators(), OF_COURSES),
    ] {
        if !of.is_empty() {
            values.push(sql::ids(on, of));
            ways.push(way.replace("$R", &format!("${}", values.len())));
        }
    }
    let supervisors = scope.supervisors();
    if !supervisors.is_empty() {
        values.extend([sql::ids(on, supervisors), ctx.today.into()]);
        let (of, today) = (values.len() - 1, values.len());
        let way = OF_SUPERVISION.replace("$R", &format!("${of}"));
        ways.push(way.replace("$T", &format!("${today}")));
    }
    let guides = scope.guides();
    if !guides.is_empty() {
        values.extend([sql::ids(on, guides), ctx.today.into()]);
        let (guides, today) = (
            format!("${}", values.len() - 1),
            format!("${}", values.len()),
        );
        ways.push(OF_PLACES.replace("$R", &guides).replace("$T", &today));
    }
    let kept = scope.place_keepers();
    if !kept.is_empty() {
        values.push(sql::ids(on, kept));
        ways.push(OF_PLACES_KEPT.replace("$R", &format!("${}", values.len())));
    }
    ways.push(OF_ABSENCES.to_owned());
    let statement = format!(
        "WITH near AS MATERIALIZED (
           SELECT {columns}, coalesce({ways}) AS seen_in FROM people p
           WHERE p.id = ANY_ID($1) AND p.erased_at IS NULL)
         SELECT * FROM near p WHERE p.id = $2 OR p.seen_in IS NOT NULL",
        ways = ways.join(",\n"),
    );
    let rows: Vec<Near<T>> = sql::all(db, &sql::translate(&statement, on), values).await?;
    let own = scope.any_organisations().first().copied();
    ctx.see(
        scope,
        ObjectKind::Person,
        rows.iter()
            .filter_map(|row| Some((row.seen_in.or(own)?, id(&row.person).0))),
    );
    Ok(rows.into_iter().map(|row| row.person).collect())
}
