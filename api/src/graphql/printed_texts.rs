//! What an association has printed in its own words: agreement templates, and the questions of its review sheet.

use async_graphql::{Context, Enum, ID, InputObject, Object, Result, SimpleObject};
use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::Result as DomainResult;
use rinnalla_domain::ids::{OrganisationId, PrintedTextId};
use rinnalla_domain::page::{Cursor, Page, PageArgs};
use rinnalla_domain::printed_texts::{self as domain, Publish};
use rinnalla_domain::states;

use super::codes::Language;
use super::payload::{answer, ctx, key};
use super::prefetch::Look;
use super::scalars::{DateTime, Ref, id};
use super::written::{Answer, Written};

/// What a printed text is (painettavan tekstin laji).
#[derive(Enum, Written, Clone, Copy, Debug, PartialEq, Eq)]
#[graphql(remote = "states::PrintedTextKind")]
pub enum PrintedTextKind {
    /// The terms of an agreement between a supported person and a support person (sopimuspohja).
    AgreementTemplate,
    /// The association's own questions for the review sheet (omat kysymykset). Nobody's answers are kept.
    ReviewQuestions,
}

/// One version of what an association has printed in its own words (painettava teksti).
#[derive(SimpleObject, Written, Clone)]
pub struct PrintedText {
    /// Its id.
    #[graphql(owned)]
    pub id: ID,
    /// What it is.
    kind: PrintedTextKind,
    /// Its language: Finnish, Swedish or English.
    language: Language,
    /// Counts the versions, from 1; the highest is printed. Publishing names the one that it takes the place of.
    version: i32,
    /// Paragraphs of an agreement, or questions. Empty where nothing is to be printed any more.
    lines: Vec<String>,
    /// When it was published.
    published_at: DateTime,
    #[graphql(skip)]
    cursor: Cursor,
}

impl From<domain::PrintedText> for PrintedText {
    fn from(row: domain::PrintedText) -> Self {
        Self {
            id: id(row.id),
            kind: row.kind.into(),
            language: row.language.into(),
            version: row.version,
            cursor: row.cursor(),
            lines: row.lines,
            published_at: row.published_at.into(),
        }
    }
}

impl PrintedText {
    /// One version.
    pub async fn load(ctx: &Ctx, id: PrintedTextId, _: Look<'_>) -> DomainResult<Option<Self>> {
        Ok(domain::find(ctx, id).await?.map(Self::from))
    }
}

connection!(
    PrintedText,
    PrintedTextConnection,
    PrintedTextEdge,
    "A page of versions of a printed text."
);

/// What can be asked of printed texts.
#[derive(Default)]
pub struct PrintedTextQuery;

#[Object]
impl PrintedTextQuery {
    /// Every version of what an organisation has printed, the newest first; what is printed today stands at the
    /// organisation.
    #[allow(clippy::too_many_arguments)] // a text is named by three words
    async fn printed_text_versions(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The organisation: one's own, or a partner.")] organisation_id: Ref<
            OrganisationId,
        >,
        #[graphql(desc = "What it is.")] kind: PrintedTextKind,
        #[graphql(desc = "Its language.")] language: Language,
        #[graphql(desc = "How many, 1 to 100; 20 where it is not said.")] first: Option<i32>,
        #[graphql(desc = "After which row: its cursor.")] after: Option<String>,
    ) -> Result<Answer<PrintedTextConnection>> {
        let (ctx, look) = (ctx(c)?, Look::of(c));
        let page = async {
            let args = PageArgs::new(first, after.as_deref(), look.has("totalCount"))?;
            let of = organisation_id.or_unknown();
            let page = domain::versions(ctx, of, kind.into(), language.into(), args).await?;
            let page: Page<PrintedText> = page.map(PrintedText::from);
            Ok(PrintedTextConnection::new(page, &args, |node| node.cursor))
        };
        answer(ctx, page.await)
    }
}

payload!(PrintedTextPayload, printed_text: PrintedText, "What came of publishing a text.");

/// Publishes what is to be printed, in one language: all of it. The version before stays to be read.
#[derive(InputObject)]
pub struct PrintedTextPublishInput {
    /// The client's own name for this attempt; the same key with the same input is done once.
    idempotency_key: String,
    /// The organisation, of which one is a coordinator or an administrator.
    organisation_id: Ref<OrganisationId>,
    /// What it is.
    kind: PrintedTextKind,
    /// Its language: Finnish, Swedish or English.
    language: Language,
    /// The version that it takes the place of; 0 where there is none yet.
    version: i32,
    /// At most 30 paragraphs of 600 characters, or 12 questions of 200. Empty where nothing is to be printed any more.
    lines: Vec<String>,
}

/// What can be done with printed texts.
#[derive(Default)]
pub struct PrintedTextMutation;

#[Object]
impl PrintedTextMutation {
    /// Publishes an agreement template or the questions of the review sheet, as a new version in one language.
    async fn printed_text_publish(
        &self,
        c: &Context<'_>,
        #[graphql(desc = "The text.")] input: PrintedTextPublishInput,
    ) -> Result<PrintedTextPayload> {
        let (ctx, key) = (ctx(c)?, key(c, &input.idempotency_key)?);
        let publish = Publish {
            organisation: input.organisation_id.or_unknown(),
            kind: input.kind.into(),
            language: input.language.into(),
            version: input.version,
            lines: input.lines,
        };
        let done = domain::publish(ctx, &key, publish).await;
        PrintedTextPayload::of(c, done, PrintedText::load).await
    }
}
