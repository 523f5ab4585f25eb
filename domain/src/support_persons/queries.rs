//! The SQL of support persons.

use std::collections::HashMap;

use chrono::NaiveDate;
use rinnalla_entity::ids::{
    ExpertProfileId, GateId, Id, OrganisationId, ProgrammeId, SupportPersonActId, SupportPersonId,
};
use rinnalla_entity::states::{SupportBackground, SupportPersonActKind};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::rules::{self, Entry, Gates, Ground, Standing};
use super::{Filter, SupportPerson, SupportPersonAct};
use crate::access::{Permission, Scope};
use crate::act::{code, take_version};
use crate::error::Result;
use crate::page::PageArgs;
use crate::programmes;
use crate::reach::Question;
use crate::sql::Sql;

const COLUMNS: &str = "SELECT sp.id, sp.organisation_id, sp.person_id, sp.background, sp.status, sp.birth_decade, sp.county_code,
   sp.weekdays, sp.max_active, sp.programme_id, sp.version FROM support_persons sp WHERE ";

/// How many relationships and open proposals a support person has.
macro_rules! occupied {
    ($support_person:literal) => {
        concat!(
            "((SELECT count(*) FROM support_relationships o WHERE o.support_person_id = ",
            $support_person,
            " AND o.status NOT IN ('ENDED', 'CANCELLED'))
             + (SELECT count(*) FROM match_proposals o WHERE o.support_person_id = ",
            $support_person,
            " AND o.status IN ('ASKED', 'OFFERED', 'ACCEPTED')))"
        )
    };
}
pub(super) use occupied;

/// Who may see that somebody is a support person at all.
pub(super) fn reaches<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    let professionals = scope.professionals();
    let joint = own_side(question, scope);
    if !professionals.is_empty() {
        question
            .words(joint)
            .words(
                "sp.id IN (SELECT mp.support_person_id FROM case_professionals h JOIN referrals f ON f.case_id = h.case_id
                 JOIN match_proposals mp ON mp.referral_id = f.id AND mp.status = 'DISCLOSED'
                 WHERE h.to_on IS NULL AND ",
            )
            .is_one_of("h.person_id", &professionals)
            .words(")");
    } else if joint == FIRST {
        question.words("(1 = 0");
    }
    question.words(")");
}

/// Who may see what is attested: the association and the support person.
pub(super) fn reaches_attested<P: Permission>(question: &mut Question, scope: &Scope<P>) {
    if own_side(question, scope) == FIRST {
        question.words("(1 = 0");
    }
    question.words(")");
}

/// What joins the first way of reaching somebody, and a further one.
const FIRST: &str = "(";
const FURTHER: &str = " OR ";

/// Leaves a bracket open, and says how the next way is joined. A way that reaches nobody is not written at all:
/// PostgreSQL does not look behind an OR of its own accord.
fn own_side<P: Permission>(question: &mut Question, scope: &Scope<P>) -> &'static str {
    let organisations = scope.organisations();
    let support_people = scope.support_people();
    let mut joint = FIRST;
    if !organisations.is_empty() {
        question
            .words(joint)
            .is_one_of("sp.organisation_id", &organisations);
        joint = FURTHER;
    }
    if !support_people.is_empty() {
        question
            .words(joint)
            .is_one_of("sp.person_id", &support_people);
        joint = FURTHER;
    }
    joint
}

pub(super) async fn for_ids<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    ids: &[SupportPersonId],
    is_reached: bool,
) -> Result<Vec<SupportPerson>> {
    let mut question = Question::new(db.get_database_backend(), COLUMNS);
    question.is_one_of("sp.id", ids);
    if !is_reached {
        question.words(" AND ");
        reaches(&mut question, scope);
    }
    question.all(db).await
}

fn filter<P: Permission>(question: &mut Question, scope: &Scope<P>, filter: &Filter) {
    reaches(question, scope);
    if !filter.statuses.is_empty() {
        let statuses = filter.statuses.iter().map(|status| status.code());
        question.words(" AND ").is_code_of("sp.status", statuses);
    }
    if let Some(county) = &filter.county_code {
        question
            .words(" AND sp.county_code = ")
            .bind(county.clone());
    }
    if let Some(background) = filter.background {
        question
            .words(" AND sp.background = ")
            .bind(code(background));
    }
    if let Some(programme) = filter.programme {
        question.words(" AND sp.programme_id = ").bind(programme.0);
    }
    if filter.has_free_capacity {
        question.words(concat!(
            " AND sp.status = 'ACTIVE' AND sp.max_active > ",
            occupied!("sp.id")
        ));
    }
}

pub(super) async fn list<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    by: &Filter,
    page: &PageArgs,
) -> Result<Vec<SupportPerson>> {
    let mut question = Question::new(db.get_database_backend(), COLUMNS);
    filter(&mut question, scope, by);
    if let Some(after) = page.after {
        question.words(" AND sp.id > ").bind(after.id);
    }
    question.words(" ORDER BY sp.id LIMIT ").bind(page.limit());
    question.all(db).await
}

pub(super) async fn count<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    by: &Filter,
) -> Result<u64> {
    #[derive(FromQueryResult)]
    struct Count {
        total: i64,
    }
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT count(*) AS total FROM support_persons sp WHERE ",
    );
    filter(&mut question, scope, by);
    let count: Option<Count> = question.one(db).await?;
    Ok(count.map_or(0, |count| count.total.unsigned_abs()))
}

/// An entry, with the association that it belongs to.
#[derive(FromQueryResult)]
pub(super) struct ActRow {
    pub organisation_id: OrganisationId,
    #[sea_orm(nested)]
    pub act: SupportPersonAct,
}

/// `column` says what `ids` names: support persons, or the entries themselves.
pub(super) async fn acts_for<P: Permission, T: Id + Ord>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    column: &'static str,
    ids: &[T],
) -> Result<Vec<ActRow>> {
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT sp.organisation_id, a.id, a.support_person_id, a.kind, a.on_date, a.gate_id, a.programme_id, a.recorded_by, a.recorded_at, a.cancelled_at, a.cancelled_by
         FROM support_person_acts a JOIN support_persons sp ON sp.id = a.support_person_id WHERE ",
    );
    question.is_one_of(column, ids).words(" AND ");
    reaches_attested(&mut question, scope);
    question.words(" ORDER BY a.on_date, a.seq, a.id");
    question.all(db).await
}

#[derive(FromQueryResult)]
struct GroundRow {
    support_person_id: SupportPersonId,
    background: SupportBackground,
    first_programme_id: Option<ProgrammeId>,
    id: Option<SupportPersonActId>,
    kind: Option<SupportPersonActKind>,
    on_date: Option<NaiveDate>,
    gate_id: Option<GateId>,
    programme_id: Option<ProgrammeId>,
    expert_id: Option<ExpertProfileId>,
}

/// Support persons with the entries that stand, in the order of recording.
const GROUNDS: &str = "SELECT sp.id AS support_person_id, sp.background, sp.first_programme_id, a.id, a.kind, a.on_date, a.gate_id,
   a.programme_id, a.expert_id
 FROM support_persons sp LEFT JOIN support_person_acts a ON a.support_person_id = sp.id AND a.cancelled_at IS NULL
 WHERE ";

pub(super) async fn gates_for<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    ids: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, Gates>> {
    let mut question = Question::new(db.get_database_backend(), GROUNDS);
    question.is_one_of("sp.id", ids).words(" AND ");
    reaches_attested(&mut question, scope);
    let grounds = grounds(db, question).await?.into_iter();
    Ok(grounds
        .map(|(id, (ground, entries))| {
            let gates = rules::gates_on(&ground, &entries, NaiveDate::MAX);
            (id, gates)
        })
        .collect())
}

/// These support persons, with what their gates are worked out from. Whoever calls has reached them already.
pub(super) async fn grounds_of(
    db: &impl ConnectionTrait,
    ids: &[SupportPersonId],
) -> Result<HashMap<SupportPersonId, (Ground, Vec<Entry>)>> {
    let mut question = Question::new(db.get_database_backend(), GROUNDS);
    question.is_one_of("sp.id", ids);
    grounds(db, question).await
}

/// Everybody who is or was in a programme of the association, with what their gates are worked out from.
pub(super) async fn members(
    db: &impl ConnectionTrait,
    programme: ProgrammeId,
) -> Result<HashMap<SupportPersonId, (Ground, Vec<Entry>)>> {
    let mut question = Question::new(db.get_database_backend(), GROUNDS);
    question
        .words("(sp.first_programme_id = ")
        .bind(programme.0)
        .words(
            " OR sp.id IN (SELECT m.support_person_id FROM support_person_acts m WHERE m.programme_id = ",
        )
        .bind(programme.0)
        .words("))");
    grounds(db, question).await
}

async fn grounds(
    db: &impl ConnectionTrait,
    mut question: Question,
) -> Result<HashMap<SupportPersonId, (Ground, Vec<Entry>)>> {
    question.words(" ORDER BY sp.id, a.seq, a.id");
    let rows: Vec<GroundRow> = question.all(db).await?;
    let named: Vec<ProgrammeId> = rows
        .iter()
        .flat_map(|row| [row.first_programme_id, row.programme_id])
        .flatten()
        .collect();
    let asked = programmes::asked_by(db, named).await?;
    let mut grounds = HashMap::new();
    for row in rows {
        let (_, entries) = grounds.entry(row.support_person_id).or_insert_with(|| {
            let ground = Ground {
                background: row.background,
                first_programme: row.first_programme_id,
                asked: asked.clone(),
            };
            (ground, Vec::new())
        });
        if let (Some(id), Some(kind), Some(on)) = (row.id, row.kind, row.on_date) {
            let (gate, programme) = (row.gate_id, row.programme_id);
            entries.push(Entry {
                id,
                kind,
                on,
                gate,
                programme,
                expert: row.expert_id,
            });
        }
    }
    Ok(grounds)
}

/// What an act on a support person must know of it.
#[derive(Clone, Copy, Debug, FromQueryResult)]
pub(super) struct Held {
    pub organisation_id: OrganisationId,
    pub background: SupportBackground,
    pub first_programme_id: Option<ProgrammeId>,
}

/// The support person, where the scope reaches it.
pub(super) async fn held<P: Permission>(
    db: &impl ConnectionTrait,
    scope: &Scope<P>,
    id: SupportPersonId,
) -> Result<Option<Held>> {
    let mut question = Question::new(
        db.get_database_backend(),
        "SELECT sp.organisation_id, sp.background, sp.first_programme_id FROM support_persons sp WHERE sp.id = ",
    );
    question.bind(id.0).words(" AND ");
    reaches_attested(&mut question, scope);
    question.one(db).await
}

take_version!(pub(super) lock, "support_persons", SupportPersonId);

pub(super) async fn write_standing(
    db: &impl ConnectionTrait,
    id: SupportPersonId,
    standing: &Standing,
) -> Result<()> {
    static WRITE: Sql =
        Sql::new("UPDATE support_persons SET status = $2, programme_id = $3 WHERE id = $1");
    let programme = standing.programme.map(|programme| programme.0);
    let values = [id.0.into(), code(standing.status), programme.into()];
    WRITE.run(db, values).await?;
    Ok(())
}

#[derive(FromQueryResult)]
struct EntryRow {
    id: SupportPersonActId,
    kind: SupportPersonActKind,
    on_date: NaiveDate,
    gate_id: Option<GateId>,
    programme_id: Option<ProgrammeId>,
    expert_id: Option<ExpertProfileId>,
}

/// What stands, in the order of recording.
pub(super) async fn entries(db: &impl ConnectionTrait, id: SupportPersonId) -> Result<Vec<Entry>> {
    static ENTRIES: Sql = Sql::new(
        "SELECT id, kind, on_date, gate_id, programme_id, expert_id FROM support_person_acts
         WHERE support_person_id = $1 AND cancelled_at IS NULL ORDER BY seq, id",
    );
    let rows: Vec<EntryRow> = ENTRIES.all(db, [id.0.into()]).await?;
    Ok(rows
        .into_iter()
        .map(|row| Entry {
            id: row.id,
            kind: row.kind,
            on: row.on_date,
            gate: row.gate_id,
            programme: row.programme_id,
            expert: row.expert_id,
        })
        .collect())
}

/// What some entries are held against.
pub(super) async fn ground(
    db: &impl ConnectionTrait,
    background: SupportBackground,
    first_programme: Option<ProgrammeId>,
    entries: &[Entry],
) -> Result<Ground> {
    let named = entries.iter().filter_map(|entry| entry.programme);
    let named: Vec<ProgrammeId> = named.chain(first_programme).collect();
    let asked = programmes::asked_by(db, named).await?;
    Ok(Ground {
        background,
        first_programme,
        asked,
    })
}
