//! What the people of the demonstration would have added by themselves, through the same acts as anybody: labels by
//! which they recognise a case, a note, a saved list, and somebody who was written down twice.

use rinnalla_entity::ids::{OrganisationId, PersonId};
use rinnalla_entity::states::{Role, SavedListKind};

use super::demonstration::Player;
use crate::access::{self, Actor};
use crate::act::IdempotencyKey;
use crate::ctx::{Ctx, Register};
use crate::error::{Error, Result};
use crate::page::PageArgs;
use crate::personal::Personal;
use crate::sql::Sql;
use crate::texts::Language;
use crate::{
    labels, notes, organisations, people, saved_lists, support_persons, support_relationships,
};

/// How the professional and the support person recognise the first few.
const FOLDERS: [&str; 4] = [
    "Kansio 14",
    "Kansio 3 / syksy",
    "Kansio 27",
    "Työpari Tuula",
];
const MEETINGS: [&str; 2] = ["Torstain kahvit", "Kalakaveri"];
const NOTE: &str = "Tavoittaa parhaiten iltapäivisin tekstiviestillä.";
const SAVED: (&str, &str) = (
    "Päättymässä kuukauden sisällä",
    r#"{"endingWithinDays":30}"#,
);

/// The last reminder that went to a professional is one that their mail server refused: a coordinator sees to it.
async fn refuse_one(register: &Register, association: OrganisationId) -> Result<()> {
    static SQL: Sql = Sql::new(
        "UPDATE outbox_messages SET status = 'DEAD', reason = 'SMTP_550' WHERE id =
           (SELECT id FROM outbox_messages WHERE organisation_id = $1 AND status = 'SENT' AND recipient_role = 'PROFESSIONAL'
            ORDER BY ended_at DESC, id DESC LIMIT 1)",
    );
    let db = register.store.writer();
    SQL.run(db, [association.0.into()]).await.map(drop)
}

/// Adds them.
pub(super) async fn add(
    register: &Register,
    association: OrganisationId,
    players: &[Player],
) -> Result<()> {
    for player in players {
        let ctx = as_player(register, player.person).await?;
        match player.role {
            Role::Professional => label_cases(&ctx).await?,
            Role::SupportPerson => label_relationships(&ctx).await?,
            Role::Admin => allow_notes(&ctx, association).await?,
            _ => {}
        }
    }
    refuse_one(register, association).await?;
    for player in players.iter().filter(|it| it.role == Role::Coordinator) {
        let ctx = as_player(register, player.person).await?;
        coordinate(&ctx, association).await?;
    }
    Ok(())
}

pub(super) async fn as_player(register: &Register, person: PersonId) -> Result<Ctx> {
    let nobody_yet = Actor {
        person,
        language: Language::Fi,
        grants: Vec::new(),
    };
    let actor = access::renew(register, &nobody_yet).await?;
    Ok(Ctx::new(register, actor, Language::Fi))
}

fn key(of: &str) -> IdempotencyKey {
    IdempotencyKey {
        key: format!("demonstration-{of}"),
        input: Vec::new(),
    }
}

async fn own(ctx: &Ctx) -> Result<Vec<support_relationships::SupportRelationship>> {
    let filter = support_relationships::Filter {
        mine: true,
        ..Default::default()
    };
    let page = PageArgs::new(Some(20), None, false)?;
    Ok(
        support_relationships::list(ctx, &filter, page, Default::default())
            .await?
            .rows,
    )
}

async fn label_cases(ctx: &Ctx) -> Result<()> {
    let mut cases: Vec<_> = own(ctx).await?.iter().map(|it| it.case_id).collect();
    cases.dedup();
    for (n, (case, text)) in cases.into_iter().zip(FOLDERS).enumerate() {
        let set = labels::Set {
            of: labels::Of::Case(case),
            version: None,
            text: Personal::from(text),
        };
        labels::set(ctx, &key(&format!("case-{n}")), set).await?;
    }
    Ok(())
}

async fn label_relationships(ctx: &Ctx) -> Result<()> {
    for (n, (relationship, text)) in own(ctx).await?.iter().zip(MEETINGS).enumerate() {
        let set = labels::Set {
            of: labels::Of::Relationship(relationship.id),
            version: None,
            text: Personal::from(text),
        };
        labels::set(ctx, &key(&format!("relationship-{n}")), set).await?;
    }
    Ok(())
}

async fn allow_notes(ctx: &Ctx, association: OrganisationId) -> Result<()> {
    let found = organisations::find(ctx, association).await?;
    let allow = notes::Allow {
        organisation: association,
        version: found.ok_or(Error::NotFound)?.version,
        is_allowed: true,
    };
    notes::allow(ctx, &key("notes"), allow).await.map(drop)
}

async fn coordinate(ctx: &Ctx, association: OrganisationId) -> Result<()> {
    let page = PageArgs::new(Some(1), None, false)?;
    let first = support_persons::list(ctx, &Default::default(), page).await?;
    if let Some(somebody) = first.rows.first() {
        let set = notes::Set {
            support_person: somebody.id,
            version: None,
            text: Personal::from(NOTE),
        };
        notes::set(ctx, &key("note"), set).await?;
        write_down_twice(ctx, association, somebody.person_id).await?;
    }
    let save = saved_lists::Save {
        organisation: association,
        list: SavedListKind::SupportRelationships,
        details: saved_lists::Details {
            name: SAVED.0.to_owned(),
            filter: SAVED.1.to_owned(),
            is_shared: true,
        },
    };
    saved_lists::save(ctx, &key("list"), save).await.map(drop)
}

/// Somebody came to a course and was written down anew, under the same phone number.
async fn write_down_twice(ctx: &Ctx, association: OrganisationId, who: PersonId) -> Result<()> {
    let Some(known) = people::find(ctx, who).await? else {
        return Ok(());
    };
    let add = people::Add {
        organisation: association,
        role: Role::PeerGuide,
        valid_from: None,
        details: people::Details {
            name: known.name,
            email: None,
            phone: known.phone,
            language: known.language,
        },
    };
    people::add(ctx, &key("twice"), add).await.map(drop)
}
