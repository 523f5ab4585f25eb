//! The SQL of survey waves: each statement reaches what its scope does.

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id as _, OrganisationId, SurveyWaveId};
use sea_orm::{ConnectionTrait, FromQueryResult};

use super::{Item, Results, SurveyWave, rules};
use crate::access::{KeepSurveys, Scope};
use crate::case_code::CaseCode;
use crate::ctx::Ctx;
use crate::error::Result;
use crate::reach::Question;
use crate::sql::Sql;

type Keeping = Scope<KeepSurveys>;

/// The most waves of a list: far more than an association opens.
const MOST: i64 = 500;

macro_rules! answered {
    ($($no:literal $n:ident $mean:ident),+) => {
        /// A wave with how its statements were answered.
        #[derive(FromQueryResult)]
        pub(super) struct Row {
            pub id: SurveyWaveId,
            organisation_id: OrganisationId,
            name: String,
            code: String,
            opened_on: NaiveDate,
            closed_on: Option<NaiveDate>,
            version: i32,
            answers: i64,
            $($n: i64, $mean: Option<f64>),+
        }

        impl From<Row> for SurveyWave {
            fn from(row: Row) -> Self {
                let is_told = row.closed_on.is_some() && row.answers >= rules::LEAST;
                let items = [$(($no, row.$n, row.$mean)),+];
                let items = items.into_iter().map(|(no, n, mean)| Item {
                    no,
                    answers: (n >= rules::LEAST).then_some(n),
                    mean: rules::mean(n, mean),
                });
                let results = is_told.then(|| Results {
                    answers: row.answers,
                    items: items.collect(),
                });
                Self {
                    id: row.id,
                    organisation_id: row.organisation_id,
                    name: row.name,
                    code: row.code,
                    opened_on: row.opened_on,
                    closed_on: row.closed_on,
                    version: row.version,
                    results,
                }
            }
        }

        const WAVES: (&str, &str) = (
            concat!(
                "SELECT w.id, w.organisation_id, w.name, w.code, w.opened_on, w.closed_on, w.version, count(a.id) AS answers",
                $(", count(a.s", $no, ") AS ", stringify!($n), ", avg(CAST(a.s", $no, " AS double precision)) AS ", stringify!($mean)),+,
                " FROM survey_waves w LEFT JOIN survey_answers a ON a.wave_id = w.id WHERE "
            ),
            " GROUP BY w.id",
        );
    };
}

answered! {
    1 n1 mean1, 2 n2 mean2, 3 n3 mean3, 4 n4 mean4, 5 n5 mean5,
    6 n6 mean6, 7 n7 mean7, 8 n8 mean8, 9 n9 mean9, 10 n10 mean10
}

pub(super) async fn list(
    ctx: &Ctx,
    scope: &Keeping,
    organisation: Option<OrganisationId>,
) -> Result<Vec<Row>> {
    let mut question = Question::new(ctx.store.backend(), WAVES.0);
    question.is_one_of("w.organisation_id", &scope.organisations());
    if let Some(organisation) = organisation {
        question.words(" AND w.organisation_id = ");
        question.bind(organisation.uuid());
    }
    question
        .words(WAVES.1)
        .words(" ORDER BY w.opened_on DESC, w.id DESC LIMIT ")
        .bind(MOST);
    question.all(ctx.store.reader()).await
}

pub(super) async fn for_ids(ctx: &Ctx, scope: &Keeping, ids: &[SurveyWaveId]) -> Result<Vec<Row>> {
    let mut question = Question::new(ctx.store.backend(), WAVES.0);
    question
        .is_one_of("w.id", ids)
        .words(" AND ")
        .is_one_of("w.organisation_id", &scope.organisations())
        .words(WAVES.1);
    question.all(ctx.store.reader()).await
}

/// A wave that takes answers.
#[derive(FromQueryResult)]
pub(super) struct Taking {
    pub id: SurveyWaveId,
    pub organisation_id: OrganisationId,
}

/// The wave of a code, as long as it takes answers.
pub(super) async fn taking(db: &impl ConnectionTrait, code: &str) -> Result<Option<Taking>> {
    static SQL: Sql = Sql::new(
        "SELECT id, organisation_id FROM survey_waves WHERE code = $1 AND closed_on IS NULL",
    );
    match CaseCode::parse(code) {
        Ok(code) => SQL.one(db, [code.as_str().into()]).await,
        Err(_) => Ok(None),
    }
}

#[derive(FromQueryResult)]
struct Count {
    n: i64,
}

/// Whether a wave takes no answers any more.
pub(super) async fn is_closed(db: &impl ConnectionTrait, id: SurveyWaveId) -> Result<bool> {
    static SQL: Sql =
        Sql::new("SELECT count(*) AS n FROM survey_waves WHERE id = $1 AND closed_on IS NOT NULL");
    let closed: Option<Count> = SQL.one(db, [id.0.into()]).await?;
    Ok(closed.is_some_and(|closed| closed.n == 1))
}
