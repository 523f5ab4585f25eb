//! The public directory: who offers what in a county, and whom to call. Anybody may ask, without signing in.
//!
//! An organisation is in it only if its administrator or coordinator said so. It holds a mailbox and a phone number of
//! the organisation's own, and no person: an address or number that is somebody's own is refused.

mod queries;

use std::collections::{BTreeSet, HashMap};

use rinnalla_entity::ids::{OrganisationId, ProgrammeId};
use rinnalla_entity::states::OrganisationKind;
use sea_orm::FromQueryResult;

use crate::access::{self, ManageOrganisations};
use crate::act::{Begun, IdempotencyKey};
use crate::audit::ObjectKind;
use crate::ctx::Ctx;
use crate::error::{Error, Result, Violations};
use crate::organisations::rules::is_county_code;
use crate::organisations::{self, CodeList};
use crate::text::{self, TextFault};
use crate::texts::Language;

/// How many organisations one county shows: our own choice, far above need.
const MOST_LISTINGS: usize = 200;

/// What everybody may read of an organisation.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listing {
    /// What kind of body it is.
    pub kind: OrganisationKind,
    /// Its name.
    pub name: String,
    /// A mailbox of its own.
    pub mailbox: Option<String>,
    /// A phone number of its own.
    pub phone: Option<String>,
    /// The programmes that somebody could join today.
    pub programmes: Vec<ListedProgramme>,
}

/// What everybody may read of a programme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedProgramme {
    id: ProgrammeId,
    /// Its name in the reader's language.
    pub name: String,
    /// Target groups.
    pub target_groups: Vec<ListedCode>,
    /// Forms of support.
    pub forms: Vec<ListedCode>,
    /// Codes of languages.
    pub languages: Vec<String>,
}

/// A code with its name in the reader's language.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ListedCode {
    /// The code.
    pub code: String,
    /// What people read.
    pub name: String,
}

/// What an organisation has said for the directory.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Entry {
    /// Whether it is in the directory.
    pub is_listed: bool,
    /// A mailbox of its own.
    pub mailbox: Option<String>,
    /// A phone number of its own, in its international form.
    pub phone: Option<String>,
    /// The official codes of the counties where it is to be found.
    pub county_codes: Vec<String>,
    /// Rises with every change; 0 where nothing was said yet.
    pub version: i32,
}

/// What an organisation says for the directory: everything as it should be.
#[derive(Clone, Debug)]
pub struct EntryCorrect {
    /// The organisation.
    pub organisation: OrganisationId,
    /// The version that the correction was made from; 0 where nothing was said yet.
    pub version: i32,
    /// Whether it is to be in the directory.
    pub is_listed: bool,
    /// A mailbox of its own.
    pub mailbox: Option<String>,
    /// A phone number of its own.
    pub phone: Option<String>,
    /// The official codes of the counties where it is to be found.
    pub county_codes: Vec<String>,
}

/// Who offers what in a county, by name. One statement; nobody has to be signed in.
///
/// Errors: `Invalid` (`countyCode MALFORMED`).
pub async fn listings(ctx: &Ctx, county_code: &str) -> Result<Vec<Listing>> {
    Violations::default()
        .check(is_county_code(county_code), "countyCode", "MALFORMED")
        .done()?;
    let language = ctx.language.readable(Language::Fi);
    let rows = queries::listed(ctx.store.reader(), county_code, language, ctx.today).await?;
    let mut listings: Vec<(OrganisationId, Listing)> = Vec::new();
    for row in rows {
        if listings
            .last()
            .is_none_or(|(id, _)| *id != row.organisation_id)
        {
            let listing = Listing {
                kind: row.kind,
                name: row.name,
                mailbox: row.mailbox,
                phone: row.phone,
                programmes: Vec::new(),
            };
            listings.push((row.organisation_id, listing));
        }
        let Some((_, listing)) = listings.last_mut() else {
            continue;
        };
        let (Some(id), Some(name)) = (row.programme_id, row.programme_name) else {
            continue;
        };
        let programmes = &mut listing.programmes;
        if programmes.last().is_none_or(|programme| programme.id != id) {
            programmes.push(ListedProgramme {
                id,
                name,
                target_groups: Vec::new(),
                forms: Vec::new(),
                languages: Vec::new(),
            });
        }
        let (Some(programme), Some(code)) = (programmes.last_mut(), row.code) else {
            continue;
        };
        let name = row.code_name.unwrap_or_default();
        match row.list.as_deref() {
            Some(list) if list == CodeList::TargetGroup.code() => {
                programme.target_groups.push(ListedCode { code, name });
            }
            Some(list) if list == CodeList::SupportForm.code() => {
                programme.forms.push(ListedCode { code, name });
            }
            _ => programme.languages.push(code),
        }
    }
    listings.truncate(MOST_LISTINGS);
    let mut listings: Vec<Listing> = listings.into_iter().map(|(_, listing)| listing).collect();
    listings.sort_by_cached_key(|listing| text::sort_key(&listing.name));
    Ok(listings)
}

/// What organisations have said for the directory, those among them that the actor manages.
pub async fn entries_for(
    ctx: &Ctx,
    of: &[OrganisationId],
) -> Result<HashMap<OrganisationId, Entry>> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    let db = ctx.store.reader();
    let managed = organisations::managed(db, ctx, &scope).await?;
    let own: Vec<OrganisationId> = of
        .iter()
        .copied()
        .filter(|id| managed.contains_key(id))
        .collect();
    let mut entries: HashMap<_, _> = own.iter().map(|id| (*id, Entry::default())).collect();
    for row in queries::entries(db, &own).await? {
        let entry = entries.entry(row.organisation_id).or_default();
        entry.is_listed = row.is_listed;
        entry.mailbox = row.mailbox;
        entry.phone = row.phone;
        entry.version = row.version;
        entry.county_codes.extend(row.county_code);
    }
    Ok(entries)
}

/// Says what everybody may read of one's own organisation, or of one that it looks after.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid`: faults of the mailbox and the number, `mailbox` or `phone
/// SOMEBODYS_OWN`, `countyCodes UNKNOWN_CODE`, and for a listed one `mailbox REQUIRED` (neither mailbox nor phone) and
/// `countyCodes REQUIRED`.
pub async fn correct_entry(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: EntryCorrect,
) -> Result<OrganisationId> {
    let scope = access::require::<ManageOrganisations>(ctx)?;
    if let Some(done) = ctx.done_before("directoryEntryCorrect", key).await? {
        return Ok(OrganisationId(done));
    }
    let of = input.organisation;
    let managed = organisations::managed(ctx.store.reader(), ctx, &scope).await?;
    let Some(by) = managed.get(&of).copied() else {
        ctx.refuse(&scope, ObjectKind::Organisation, of);
        return Err(Error::NotFound);
    };
    let told = check(ctx, &input).await?;
    let mut act = match ctx.begin("directoryEntryCorrect", key, of).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(OrganisationId(done)),
    };
    if queries::write(&act.tx, of, input.version, &told, ctx.now).await? == 0 {
        return Err(Error::Conflict("STALE_VERSION"));
    }
    queries::write_counties(&act.tx, of, told.county_codes).await?;
    act.changed(&scope, by, ObjectKind::Organisation, of);
    act.done().await.map(OrganisationId)
}

/// What is said, checked.
struct Told {
    is_listed: bool,
    mailbox: Option<String>,
    phone: Option<String>,
    county_codes: BTreeSet<String>,
}

async fn check(ctx: &Ctx, input: &EntryCorrect) -> Result<Told> {
    let db = ctx.store.reader();
    let mut faults = Violations::default();
    let mailbox = input.mailbox.as_deref().map(|written| {
        faults.take(
            "mailbox",
            text::clean_email(written).map_err(TextFault::code),
        )
    });
    let phone = input
        .phone
        .as_deref()
        .map(|written| faults.take("phone", text::clean_phone(written).map_err(TextFault::code)));
    let (mailbox, phone) = (mailbox.flatten(), phone.flatten());
    let of = input.organisation;
    if mailbox.is_some() || phone.is_some() {
        let own = queries::somebodys_own(ctx, of, mailbox.as_deref(), phone.as_deref()).await?;
        faults
            .check(!own.mailbox, "mailbox", "SOMEBODYS_OWN")
            .check(!own.phone, "phone", "SOMEBODYS_OWN");
    }
    let county_codes: BTreeSet<String> = input.county_codes.iter().cloned().collect();
    let are_counties = queries::are_counties(db, &county_codes).await?;
    faults.check(are_counties, "countyCodes", "UNKNOWN_CODE");
    if input.is_listed {
        let is_reachable = input.mailbox.is_some() || input.phone.is_some();
        faults.check(is_reachable, "mailbox", "REQUIRED").check(
            !county_codes.is_empty(),
            "countyCodes",
            "REQUIRED",
        );
    }
    faults.done()?;
    Ok(Told {
        is_listed: input.is_listed,
        mailbox,
        phone,
        county_codes,
    })
}

/// Whether an address or a number is that of somebody in a role of the organisation.
#[derive(FromQueryResult)]
struct SomebodysOwn {
    mailbox: bool,
    phone: bool,
}
