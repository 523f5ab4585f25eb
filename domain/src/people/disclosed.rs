//! Changed contact details are a new disclosure to everybody who was given the old ones: they see what is current.

use rinnalla_entity::ids::{PersonId, SupportPersonId};
use sea_orm::{ConnectionTrait as _, Statement, Value};

use super::{Contact, Details};
use crate::act::Act;
use crate::error::Result;
use crate::sql;

/// Whether what others see of a person is another after a correction. The language is nothing that was disclosed.
pub(super) fn differ(before: &Contact, after: &Details) -> bool {
    before.name != after.name || before.email != after.email || before.phone != after.phone
}

const WRITE: &str = "INSERT INTO disclosures (id, organisation_id, proposal_id, of_person_id, to_person_id, to_organisation_id, what,
   basis, disclosed_by, disclosed_at)
 SELECT NEW_ID, m.organisation_id, m.id, sp.person_id, cp.person_id, rf.referring_organisation_id, 'CHANGED_DETAILS',
   'SUPPORT_PERSON_AGREED', $2, $3
 FROM support_persons sp
 JOIN match_proposals m ON m.support_person_id = sp.id AND m.status = 'DISCLOSED'
 JOIN referrals rf ON rf.id = m.referral_id
 JOIN case_professionals cp ON cp.case_id = rf.case_id AND cp.to_on IS NULL
 WHERE ";

/// Writes down to whom the changed details of a support person are visible from now on: to the professionals of the
/// cases for which they were disclosed. One statement, whatever their number; none are written for anybody else.
pub(super) async fn write_down_change(act: &Act<'_>, of: PersonId) -> Result<()> {
    write(act, "sp.person_id = $1", of.0.into()).await
}

/// The same for some of a person's standings as support person alone.
pub(crate) async fn write_down_change_of(act: &Act<'_>, of: &[SupportPersonId]) -> Result<()> {
    let of = sql::ids(act.tx.get_database_backend(), of.iter().copied());
    write(act, "sp.id = ANY_ID($1)", of).await
}

async fn write(act: &Act<'_>, which: &'static str, of: Value) -> Result<()> {
    let on = act.tx.get_database_backend();
    let statement = sql::translate(&format!("{WRITE}{which}"), on);
    let by = act.ctx.actor()?.person;
    let values = [of, by.0.into(), act.ctx.now.into()];
    let statement = Statement::from_sql_and_values(on, statement, values);
    act.tx.execute_raw(statement).await?;
    Ok(())
}
