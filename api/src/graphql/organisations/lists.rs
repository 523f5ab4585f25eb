//! Counties, municipalities and codes.

use async_graphql::{Context, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::organisations as domain;
use rinnalla_domain::texts::Language;

use crate::graphql::Date;
use crate::graphql::codes::CodeList;
use crate::graphql::payload::{ctx, for_client};
use crate::graphql::written::{Answer, Written};

/// A wellbeing services county, or Helsinki, or Åland (hyvinvointialue).
#[derive(SimpleObject, Written, Clone)]
pub struct County {
    /// The official code, two digits.
    code: String,
    /// The name in the reader's language, Finnish or Swedish.
    name: String,
    /// The Finnish name.
    name_fi: String,
    /// The Swedish name.
    name_sv: String,
}

impl County {
    /// A county as the reader names it.
    pub fn of(row: &domain::County, ctx: &Ctx) -> Self {
        let name = match ctx.language {
            Language::Sv => &row.name_sv,
            _ => &row.name_fi,
        };
        Self {
            code: row.code.clone(),
            name: name.clone(),
            name_fi: row.name_fi.clone(),
            name_sv: row.name_sv.clone(),
        }
    }
}

/// A municipality, for as long as its entry holds (kunta).
#[derive(SimpleObject, Written, Clone)]
pub struct Municipality {
    /// The official code, three digits.
    code: String,
    /// The Finnish name.
    name_fi: String,
    /// The Swedish name.
    name_sv: String,
    /// The official code of its wellbeing services county.
    county_code: String,
    /// The first day.
    valid_from: Date,
    /// The last day; open where there is none.
    valid_to: Option<Date>,
}

/// Something that people choose from a list (koodi).
#[derive(SimpleObject, Written, Clone)]
pub struct Code {
    /// The list.
    list: CodeList,
    /// The code, as it is sent and stored.
    code: String,
    /// The name in the reader's language.
    name: String,
    /// Whether it may still be chosen; old entries keep theirs.
    is_active: bool,
}

/// What can be asked of the lists.
#[derive(Default)]
pub struct ListQuery;

#[Object]
impl ListQuery {
    /// All wellbeing services counties, by code.
    async fn counties(&self, c: &Context<'_>) -> Result<Answer<Vec<County>>> {
        let ctx = ctx(c)?;
        let rows = for_client(ctx, domain::counties(ctx).await)?;
        Ok(Answer(
            rows.iter().map(|row| County::of(row, ctx)).collect(),
        ))
    }

    /// The municipalities of today, by code. Empty where the installation has loaded no list of them.
    async fn municipalities(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of this wellbeing services county alone, as `20`.")] county_code: Option<
            String,
        >,
    ) -> Result<Answer<Vec<Municipality>>> {
        let ctx = ctx(c)?;
        let rows = domain::municipalities(ctx, county_code.as_deref()).await;
        let municipality = |row: domain::Municipality| Municipality {
            code: row.code,
            name_fi: row.name_fi,
            name_sv: row.name_sv,
            county_code: row.county_code,
            valid_from: row.valid_from.into(),
            valid_to: row.valid_to.map(Date),
        };
        Ok(Answer(
            for_client(ctx, rows)?
                .into_iter()
                .map(municipality)
                .collect(),
        ))
    }

    /// The codes of some lists, by list and name, those no longer in use as well.
    async fn codes(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "Of which lists.")] lists: Vec<CodeList>,
    ) -> Result<Answer<Vec<Code>>> {
        let ctx = ctx(c)?;
        let lists: Vec<_> = lists.into_iter().map(Into::into).collect();
        let code = |row: domain::Code| Code {
            list: row.list.into(),
            code: row.code,
            name: row.name,
            is_active: row.is_active,
        };
        let rows = for_client(ctx, domain::codes(ctx, &lists).await)?;
        Ok(Answer(rows.into_iter().map(code).collect()))
    }
}
