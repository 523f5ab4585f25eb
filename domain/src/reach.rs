//! Row scoping over support relationships and their parts: how far a permission reaches, written as SQL, once.
//!
//! A question is put together from fixed parts and bound values. Only the kinds of reach that the actor has are written,
//! so that a professional's or a coordinator's statement goes straight to its index.

mod at_once;
mod rows;

use chrono::NaiveDate;
use rinnalla_entity::ids::{Id, OrganisationId, PersonId, SupportRelationshipId};
use sea_orm::{ConnectionTrait, DbBackend, FromQueryResult, QueryResult, Statement, Value};

use crate::access::{Permission, ReadRelationships, Scope};
use crate::ctx::Ctx;
use crate::error::Result;
use crate::sql::{self, Placed};

pub(crate) use at_once::Questions;

const SELECT: &str = "SELECT ";

/// A statement under way. Its text depends on which parts it has, never on a value.
#[derive(Clone)]
pub(crate) struct Question {
    backend: DbBackend,
    text: String,
    values: Vec<Value>,
    is_of_many: bool,
}

impl Question {
    pub(crate) fn new(backend: DbBackend, text: &str) -> Self {
        Self {
            backend,
            text: text.to_owned(),
            values: Vec::new(),
            is_of_many: false,
        }
    }

    /// A statement that is sent with the rows of all who do the same at the same time, on PostgreSQL ([`Self::as_one`]).
    pub(crate) fn of_many(backend: DbBackend) -> Self {
        Self {
            is_of_many: true,
            ..Self::new(backend, "")
        }
    }

    /// Adds words that only a statement of many rows has.
    pub(crate) fn words_of_many(&mut self, text: &str) -> &mut Self {
        self.words(if self.is_of_many { text } else { "" })
    }

    /// Its words: of questions with the same, [`Self::as_one`] makes one statement.
    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// Whether each of its values has a place in a row.
    pub(crate) fn is_row(&self) -> bool {
        rows::have_a_place(&self.values)
    }

    /// One statement of questions that have the same words, on PostgreSQL. What is bound is a column there: it begins with `WITH
    /// asked AS (SELECT * FROM … a`, a row for each question with its number `a.n`, from 0; then come `before`, the words and `after`.
    /// `None` where one is no row, or there are none.
    pub(crate) fn as_one<'a>(
        all: impl IntoIterator<Item = &'a Self>,
        before: &str,
        after: &str,
    ) -> Option<Statement> {
        let mut all = all.into_iter().peekable();
        let first = *all.peek()?;
        let (columns, rows) = rows::json_rows(all.map(|one| &one.values[..]))?;
        let words = first.text.replace('$', "a.v");
        let asked = "WITH asked AS (SELECT * FROM json_to_recordset($1::json) AS a ";
        let text = format!("{asked}({columns}){before}{words}{after}");
        Some(Statement::from_sql_and_values(first.backend, text, [rows]))
    }

    /// A SELECT of rows that are read by place ([`Self::placed`]), up to its FROM.
    pub(crate) fn select<T: Placed>(backend: DbBackend, with: T::With) -> Self {
        let mut question = Self::new(backend, SELECT);
        T::list(&mut question, with);
        question
    }

    /// Adds a column to those that are selected.
    pub(crate) fn column(&mut self, column: &str) -> &mut Self {
        if self.text.len() > SELECT.len() {
            self.text.push_str(", ");
        }
        self.words(column)
    }

    /// Adds fixed words.
    pub(crate) fn words(&mut self, text: &str) -> &mut Self {
        self.text.push_str(text);
        self
    }

    /// Adds words that differ between the databases.
    pub(crate) fn words_on(&mut self, postgres: &str, sqlite: &str) -> &mut Self {
        self.words(if self.backend == DbBackend::Postgres {
            postgres
        } else {
            sqlite
        })
    }

    /// Adds a value.
    pub(crate) fn bind(&mut self, value: impl Into<Value>) -> &mut Self {
        self.values.push(value.into());
        let number = self.values.len();
        self.text.push('$');
        self.text.push_str(&number.to_string());
        self
    }

    /// Adds values, with commas between them.
    pub(crate) fn bind_all(&mut self, values: impl IntoIterator<Item = Value>) -> &mut Self {
        for (n, value) in values.into_iter().enumerate() {
            self.words(if n == 0 { "" } else { ", " }).bind(value);
        }
        self
    }

    /// Binds a list of ids as one parameter, as [`sql::ids`].
    pub(crate) fn bind_ids<T: Id>(&mut self, ids: &[T]) -> &mut Self {
        let list = sql::ids(self.backend, ids.iter().copied());
        self.bind(list)
    }

    /// `column` is one of `ids`. One id is compared by itself: an index that the list is sorted by serves no other way.
    pub(crate) fn is_one_of<T: Id + Ord>(&mut self, column: &str, ids: &[T]) -> &mut Self {
        let mut ids = ids.to_vec();
        ids.sort_unstable();
        ids.dedup();
        self.words(column);
        match ids[..] {
            [id] => self.words(" = ").bind(id.uuid()),
            _ => self
                .words_on(" = ANY(", " IN (SELECT unhex(value) FROM json_each(")
                .bind_ids(&ids)
                .words_on(")", "))"),
        }
    }

    /// `column` is one of some codes, bound as one parameter.
    pub(crate) fn is_code_of(
        &mut self,
        column: &str,
        codes: impl IntoIterator<Item = String>,
    ) -> &mut Self {
        let list = sql::texts(self.backend, codes);
        self.words(column)
            .words_on(" = ANY(", " IN (SELECT value FROM json_each(")
            .bind(list)
            .words_on(")", "))")
    }

    /// The rows of `support_relationships AS r` that the scope reaches.
    pub(crate) fn reaches_relationship<P: Permission>(&mut self, scope: &Scope<P>) -> &mut Self {
        let organisations = scope.organisations();
        self.reaches(scope, "r.organisation_id", &organisations, of_relationship)
    }

    /// Of these, the ones that are the actor's own: as professional of the case, or as support person.
    pub(crate) fn reaches_own_relationship<P: Permission>(
        &mut self,
        scope: &Scope<P>,
    ) -> &mut Self {
        self.reaches(scope, "r.organisation_id", &[], of_relationship)
    }

    /// Something of each of these relationships that the scope reaches, joined to `w.id` by `parts`. Whether it does is
    /// not asked of those that the request has brought already.
    pub(crate) fn of_each_relationship(
        &mut self,
        ctx: &Ctx,
        scope: &Scope<ReadRelationships>,
        of: &[SupportRelationshipId],
        parts: impl FnOnce(&mut Self),
    ) -> &mut Self {
        let is_reached = ctx.reached.has_relationships(of);
        self.words_on(
            " FROM unnest(",
            " FROM (SELECT unhex(value) AS id FROM json_each(",
        )
        .bind_ids(of)
        .words_on("::uuid[]) AS w (id)", ")) w");
        if !is_reached {
            self.words(" JOIN support_relationships r ON r.id = w.id");
        }
        parts(self);
        if !is_reached {
            self.words(" WHERE ").reaches_relationship(scope);
        }
        self
    }

    /// The rows of a table of parts that the scope reaches: those with `organisation_id` and `relationship_id`.
    pub(crate) fn reaches_part<P: Permission>(
        &mut self,
        scope: &Scope<P>,
        organisation: &str,
        relationship: &str,
    ) -> &mut Self {
        let organisations = scope.organisations();
        self.reaches(scope, organisation, &organisations, |question, holders| {
            let (select, people) = match holders {
                Holders::Professionals(people) => (RELATIONSHIPS_OF_CASES, people),
                Holders::SupportPeople(people) => (RELATIONSHIPS_SUPPORTED, people),
            };
            question
                .words(relationship)
                .words(select)
                .is_one_of("h.person_id", people)
                .words(")");
        })
    }

    /// The rows of `courses AS c` that the scope reaches: the own organisation's, and those that one leads.
    pub(crate) fn reaches_course<P: Permission>(&mut self, scope: &Scope<P>) -> &mut Self {
        let (organisations, leaders) = (scope.organisations(), scope.facilitators());
        let mut joint = "(";
        if !organisations.is_empty() {
            self.words(joint)
                .is_one_of("c.organisation_id", &organisations);
            joint = " OR ";
        }
        if !leaders.is_empty() {
            self.words(joint)
                .words("c.id IN (SELECT h.course_id FROM course_facilitators h WHERE h.removed_at IS NULL AND ")
                .is_one_of("h.person_id", &leaders)
                .words(")");
            joint = " OR ";
        }
        self.words(if joint == "(" { "(1 = 0)" } else { ")" })
    }

    /// The rows of `drop_in_places AS p` that the scope reaches: the own organisation's, as its coordinator or as the keeper
    /// of its places, and those where one is a paid guide today.
    pub(crate) fn reaches_place<P: Permission>(
        &mut self,
        scope: &Scope<P>,
        today: NaiveDate,
    ) -> &mut Self {
        let (organisations, guides) = (scope.with_places(), scope.guides());
        let mut joint = "(";
        if !organisations.is_empty() {
            self.words(joint)
                .is_one_of("p.organisation_id", &organisations);
            joint = " OR ";
        }
        if !guides.is_empty() {
            self.words(joint)
                .words(PLACES_GUIDED)
                .bind(today)
                .words(" AND (h.to_on IS NULL OR h.to_on >= ")
                .bind(today)
                .words(") AND ")
                .is_one_of("h.person_id", &guides)
                .words(")");
            joint = " OR ";
        }
        self.words(if joint == "(" { "(1 = 0)" } else { ")" })
    }

    /// The parts of the cases of these professionals, whatever else the actor reaches.
    pub(crate) fn reaches_part_of_cases(
        &mut self,
        professionals: &[PersonId],
        relationship: &str,
    ) -> &mut Self {
        self.words(relationship)
            .words(RELATIONSHIPS_OF_CASES)
            .is_one_of("h.person_id", professionals)
            .words(")")
    }

    fn reaches<P: Permission>(
        &mut self,
        scope: &Scope<P>,
        organisation: &str,
        organisations: &[OrganisationId],
        of_people: impl Fn(&mut Self, Holders<'_>),
    ) -> &mut Self {
        let professionals = scope.professionals();
        let support_people = scope.support_people();
        let mut joint = "(";
        if !organisations.is_empty() {
            self.words(joint).is_one_of(organisation, organisations);
            joint = " OR ";
        }
        if !professionals.is_empty() {
            self.words(joint);
            of_people(self, Holders::Professionals(&professionals));
            joint = " OR ";
        }
        if !support_people.is_empty() {
            self.words(joint);
            of_people(self, Holders::SupportPeople(&support_people));
            joint = " OR ";
        }
        // Where there is no reach of the kind that was asked for, nothing is reached.
        self.words(if joint == "(" { "(1 = 0)" } else { ")" })
    }

    pub(crate) async fn all<T: FromQueryResult>(self, db: &impl ConnectionTrait) -> Result<Vec<T>> {
        sql::named(&self.rows(db).await?)
    }

    /// The rows of a [`Self::select`] with the same `with`.
    pub(crate) async fn placed<T: Placed>(
        self,
        db: &impl ConnectionTrait,
        with: T::With,
    ) -> Result<Vec<T>> {
        sql::placed(&self.rows(db).await?, with)
    }

    async fn rows(self, db: &impl ConnectionTrait) -> Result<Vec<QueryResult>> {
        let statement = Statement::from_sql_and_values(self.backend, self.text, self.values);
        Ok(db.query_all_raw(statement).await?)
    }

    pub(crate) async fn run(self, db: &impl ConnectionTrait) -> Result<u64> {
        sql::run(db, &self.text, self.values).await
    }

    pub(crate) async fn one<T: FromQueryResult>(
        self,
        db: &impl ConnectionTrait,
    ) -> Result<Option<T>> {
        Ok(self.all(db).await?.into_iter().next())
    }
}

enum Holders<'a> {
    Professionals(&'a [PersonId]),
    SupportPeople(&'a [PersonId]),
}

fn of_relationship(question: &mut Question, holders: Holders<'_>) {
    let (column, people) = match holders {
        Holders::Professionals(people) => (CASES, people),
        Holders::SupportPeople(people) => (SUPPORT_PERSONS, people),
    };
    question
        .words(column)
        .is_one_of("h.person_id", people)
        .words(")");
}

const PLACES_GUIDED: &str = "p.id IN (SELECT h.place_id FROM place_role_terms h
     WHERE h.cancelled_at IS NULL AND h.role = 'PAID_GUIDE' AND h.from_on <= ";
const CASES: &str =
    "r.case_id IN (SELECT h.case_id FROM case_professionals h WHERE h.to_on IS NULL AND ";
const SUPPORT_PERSONS: &str = "r.support_person_id IN (SELECT h.id FROM support_persons h WHERE ";
const RELATIONSHIPS_OF_CASES: &str = " IN (SELECT o.id FROM case_professionals h JOIN support_relationships o ON o.case_id = h.case_id
     WHERE h.to_on IS NULL AND ";
const RELATIONSHIPS_SUPPORTED: &str = " IN (SELECT o.id FROM support_persons h JOIN support_relationships o ON o.support_person_id = h.id
     WHERE ";
