//! A supervisor's own words on a session. They are off: a provider's administrator turns them on, and turning them off
//! erases them all. A text is sealed with a key of its own, and read by whoever wrote it and by nobody else: neither by a
//! substitute, nor by another supervisor, nor by the association.

use std::collections::HashMap;

use chrono::{DateTime, Utc};
use rinnalla_entity::ids::{Id as _, SupervisionSessionId};
use sea_orm::Value;

use super::planning::{done, take};
use super::{queries, rules};
use crate::access::{Supervise, require};
use crate::act::{Begun, IdempotencyKey};
use crate::ctx::Ctx;
use crate::error::{Error, Result};
use crate::keys::Keys;
use crate::personal::Personal;
use crate::sealing::{self, Cell, DataKey, SealFault};
use crate::sql::Sql;
use crate::text;

/// A text, opened for whoever wrote it.
#[derive(Clone, Debug)]
pub struct Text {
    /// What it says.
    pub text: Personal<String>,
    /// When it was written.
    pub written_at: DateTime<Utc>,
}

/// A text to write, in the place of the one before where there was one.
#[derive(Clone, Debug)]
pub struct SetText {
    /// The session.
    pub session: SupervisionSessionId,
    /// Its version.
    pub version: i32,
    /// What it says; nothing erases it.
    pub text: Option<Personal<String>>,
}

/// The texts that the actor wrote on these sessions.
pub async fn texts_for(
    ctx: &Ctx,
    of: &[SupervisionSessionId],
) -> Result<HashMap<SupervisionSessionId, Text>> {
    let scope = require::<Supervise>(ctx)?;
    let mut texts = HashMap::new();
    for row in queries::texts_for(ctx, &scope, of).await? {
        let id = row.session_id;
        match open(&ctx.keys, &row) {
            Ok(text) => {
                let written_at = row.written_at;
                texts.insert(id, Text { text, written_at });
            }
            Err(SealFault::UnknownKeyVersion(fault)) => {
                return Err(Error::Internal(Box::new(fault)));
            }
            Err(fault) => tracing::error!("the text on {} does not open: {fault}", id.encode()),
        }
    }
    Ok(texts)
}

/// Writes a text on a session, or erases it.
///
/// Errors: `NotFound`, `Conflict` (`STALE_VERSION`), `Invalid` (`text EMPTY`, `TOO_LONG`, `CONTROL_CHARACTER`,
/// `LOOKS_LIKE_IDENTITY_NUMBER`, `TEXTS_NOT_ALLOWED` where the provider keeps none, `WRITTEN_BY_ANOTHER`).
pub async fn set_text(
    ctx: &Ctx,
    key: &IdempotencyKey,
    input: SetText,
) -> Result<SupervisionSessionId> {
    static ERASE: Sql =
        Sql::new("DELETE FROM supervision_texts WHERE session_id = $1 AND written_by = $2");
    static WRITE: Sql = Sql::new(
        "INSERT INTO supervision_texts (session_id, written_by, text_sealed, data_key_sealed, written_at)
         VALUES ($1, $2, $3, $4, $5) ON CONFLICT DO NOTHING",
    );
    let scope = require::<Supervise>(ctx)?;
    let text = input.text.as_ref().map(check).transpose()?;
    let id = input.session;
    let act = match ctx.begin("supervisionSessionSetText", key, id).await? {
        Begun::Fresh(act) => act,
        Begun::Done(done) => return Ok(SupervisionSessionId(done)),
    };
    let held = take(&act, &scope, id, input.version).await?;
    if !queries::keeps_texts(&act.tx, held.provider_id).await? {
        return Err(Error::invalid("text", "TEXTS_NOT_ALLOWED"));
    }
    let by = ctx.actor()?.person;
    ERASE.run(&act.tx, [id.0.into(), by.0.into()]).await?;
    if let Some(text) = text {
        let (data_key, sealed) = seal(&ctx.keys, id, &text)?;
        let values: [Value; 5] = [
            id.0.into(),
            by.0.into(),
            sealed.into(),
            data_key.into(),
            ctx.now.into(),
        ];
        if WRITE.run(&act.tx, values).await? == 0 {
            return Err(Error::invalid("text", "WRITTEN_BY_ANOTHER"));
        }
    }
    done(act, &scope, &held).await
}

fn check(written: &Personal<String>) -> Result<Personal<String>> {
    match text::free_line(written.reveal(), rules::TEXT_MAX_CHARS) {
        Ok(line) => Ok(Personal::from(line)),
        Err(code) => Err(Error::invalid("text", code)),
    }
}

/// Seals a text under a fresh key: a former one, wherever a copy of it is, opens no more.
fn seal(
    keys: &Keys,
    of: SupervisionSessionId,
    text: &Personal<String>,
) -> Result<(Vec<u8>, Vec<u8>)> {
    let key = DataKey::new();
    let sealed = || {
        let data_key = sealing::seal_data_key_at(keys, cell(of, "data_key"), &key)?;
        let text = sealing::seal_text(&key, cell(of, "text"), text.reveal())?;
        Ok::<_, SealFault>((data_key, text))
    };
    sealed().map_err(|fault| Error::Internal(Box::new(fault)))
}

fn open(
    keys: &Keys,
    row: &queries::SealedText,
) -> std::result::Result<Personal<String>, SealFault> {
    let of = row.session_id;
    let key = sealing::open_data_key_at(keys, cell(of, "data_key"), &row.data_key_sealed)?;
    sealing::open_text(&key, cell(of, "text"), &row.text_sealed)
}

fn cell(of: SupervisionSessionId, column: &'static str) -> Cell {
    Cell {
        table: "supervision_texts",
        column,
        row: of.0,
    }
}
