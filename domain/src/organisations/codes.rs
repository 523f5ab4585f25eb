//! The lists that people choose from: counties, interests, wishes, activities. They are the association's own words,
//! so the database holds them, with a name in each language.

use sea_orm::{ConnectionTrait, FromQueryResult, Value};

use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Sql};
use crate::store::Store;
use crate::texts::Language;

/// A wellbeing services county (or Helsinki, or Åland), with its official names.
#[derive(Clone, Debug, FromQueryResult)]
pub struct County {
    /// The official code, two digits.
    pub code: String,
    /// The Finnish name.
    pub name_fi: String,
    /// The Swedish name.
    pub name_sv: String,
}

/// Which list a code is of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum CodeList {
    /// What people like to do.
    Interest,
    /// What a supported person wishes of a support person.
    MatchWish,
    /// How a next of kin is related.
    KinRelation,
    /// Who told of peer support.
    InformationSource,
    /// What was done at a meeting.
    Activity,
    /// Where people meet.
    MeetingPlace,
    /// Whom a programme is for.
    TargetGroup,
    /// In which form a programme supports people.
    SupportForm,
    /// What a course is to bring.
    CourseGoal,
    /// Who pays for something.
    Funder,
    /// What somebody goes on to after a course.
    NextStep,
    /// What experts by experience are trained for.
    ExpertPurpose,
    /// What experts by experience do.
    ExpertTask,
    /// What a session of supervision was about.
    SupervisionTheme,
    /// What is done at a drop-in place.
    PlaceActivity,
    /// Whom a peer group is for.
    GroupAudience,
    /// What kind of talk a single encounter is.
    EncounterKind,
}

impl CodeList {
    /// All of them.
    pub const ALL: [Self; 17] = [
        Self::Interest,
        Self::MatchWish,
        Self::KinRelation,
        Self::InformationSource,
        Self::Activity,
        Self::MeetingPlace,
        Self::TargetGroup,
        Self::SupportForm,
        Self::CourseGoal,
        Self::Funder,
        Self::NextStep,
        Self::ExpertPurpose,
        Self::ExpertTask,
        Self::SupervisionTheme,
        Self::PlaceActivity,
        Self::GroupAudience,
        Self::EncounterKind,
    ];

    /// The stored form.
    pub fn code(self) -> &'static str {
        match self {
            Self::Interest => "INTEREST",
            Self::MatchWish => "MATCH_WISH",
            Self::KinRelation => "KIN_RELATION",
            Self::InformationSource => "INFORMATION_SOURCE",
            Self::Activity => "ACTIVITY",
            Self::MeetingPlace => "MEETING_PLACE",
            Self::TargetGroup => "TARGET_GROUP",
            Self::SupportForm => "SUPPORT_FORM",
            Self::CourseGoal => "COURSE_GOAL",
            Self::Funder => "FUNDER",
            Self::NextStep => "NEXT_STEP",
            Self::ExpertPurpose => "EXPERT_PURPOSE",
            Self::ExpertTask => "EXPERT_TASK",
            Self::SupervisionTheme => "SUPERVISION_THEME",
            Self::PlaceActivity => "PLACE_ACTIVITY",
            Self::GroupAudience => "GROUP_AUDIENCE",
            Self::EncounterKind => "ENCOUNTER_KIND",
        }
    }

    fn of_code(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|list| list.code() == code)
    }
}

/// A code with its name in the reader's language.
#[derive(Clone, Debug)]
pub struct Code {
    /// The list.
    pub list: CodeList,
    /// The code.
    pub code: String,
    /// What people read.
    pub name: String,
    /// Whether it may still be chosen; old entries keep theirs.
    pub is_active: bool,
}

/// All counties, by code.
pub async fn counties(ctx: &Ctx) -> Result<Vec<County>> {
    ctx.actor()?;
    county_list(&ctx.store).await
}

/// The same where nobody is signed in.
pub async fn county_list(store: &Store) -> Result<Vec<County>> {
    static SQL: Sql = Sql::new("SELECT code, name_fi, name_sv FROM counties ORDER BY code");
    SQL.all(store.reader(), []).await
}

/// The codes of some lists, those no longer in use as well, in the order of their names.
pub async fn codes(ctx: &Ctx, lists: &[CodeList]) -> Result<Vec<Code>> {
    static SQL: Sql = Sql::new(
        "SELECT list, code, is_active, CASE $2 WHEN 'sv' THEN name_sv WHEN 'en' THEN name_en ELSE name_fi END AS name
         FROM codes WHERE list = ANY_TEXT($1)",
    );
    ctx.actor()?;
    let db = ctx.store.reader();
    let lists = lists.iter().map(|list| list.code().to_owned());
    let language = ctx.language.readable(Language::Fi).code();
    let values: [Value; 2] = [
        sql::texts(db.get_database_backend(), lists),
        language.into(),
    ];
    let rows: Vec<Row> = SQL.all(db, values).await?;
    let mut codes: Vec<Code> = rows.into_iter().filter_map(Row::read).collect();
    // Sorted here: the databases do not agree on where Finnish letters belong.
    codes.sort_by_cached_key(|code| (code.list, crate::text::sort_key(&code.name)));
    Ok(codes)
}

#[derive(FromQueryResult)]
struct Row {
    list: String,
    code: String,
    is_active: bool,
    name: String,
}

impl Row {
    fn read(self) -> Option<Code> {
        Some(Code {
            list: CodeList::of_code(&self.list)?,
            code: self.code,
            name: self.name,
            is_active: self.is_active,
        })
    }
}

#[derive(FromQueryResult)]
struct Found {
    code: String,
}

/// Whether a county has this code.
pub(crate) async fn is_county(db: &impl ConnectionTrait, code: &str) -> Result<bool> {
    static SQL: Sql = Sql::new("SELECT code FROM counties WHERE code = $1");
    // PostgreSQL takes no NUL in a text, even to look for.
    if code.contains('\0') {
        return Ok(false);
    }
    let found: Option<Found> = SQL.one(db, [code.into()]).await?;
    Ok(found.is_some())
}

/// Those of `codes` that may not be chosen from a list.
pub(crate) async fn unknown_codes(
    db: &impl ConnectionTrait,
    list: CodeList,
    codes: &[String],
) -> Result<Vec<String>> {
    static SQL: Sql =
        Sql::new("SELECT code FROM codes WHERE list = $1 AND is_active AND code = ANY_TEXT($2)");
    let (mut unknown, asked): (Vec<String>, Vec<String>) =
        codes.iter().cloned().partition(|code| code.contains('\0'));
    if asked.is_empty() {
        return Ok(unknown);
    }
    let bound = sql::texts(db.get_database_backend(), asked.clone());
    let known: Vec<Found> = SQL.all(db, [list.code().into(), bound]).await?;
    unknown.extend(
        asked
            .into_iter()
            .filter(|code| known.iter().all(|known| known.code != *code)),
    );
    Ok(unknown)
}
