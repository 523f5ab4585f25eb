//! What an association has printed in its own words: its coordinator or administrator publishes it here, one kind and
//! language at a time. Every publishing is a new version; nothing is changed.

use rinnalla_domain::access::{self, PublishPrintedTexts};
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::organisations;
use rinnalla_domain::printed_texts::{self, PrintedText, Publish, rules::size};
use rinnalla_domain::states::PrintedTextKind;
use rinnalla_domain::texts::Language;

use super::LANGUAGES;
use crate::pages::answer::Answer;
use crate::pages::form::{Faults, Form};
use crate::pages::sent::Reading;
use crate::pages::visit::Visit;

/// An association's texts, as they stand in the list.
pub struct Own {
    pub association: String,
    pub kinds: Vec<Kind>,
}

/// What one kind of text is called, and the texts of it.
pub struct Kind {
    pub name: String,
    /// Address, language as the viewer calls it, version.
    pub texts: Vec<(String, String, String)>,
}

/// Every text of the associations for which the viewer publishes, those that are not published yet too.
pub async fn list(visit: &Visit) -> Result<Vec<Own>> {
    let Ok(scope) = access::require::<PublishPrintedTexts>(&visit.ctx) else {
        return Ok(Vec::new());
    };
    let mut own = scope.organisations();
    own.sort_unstable();
    own.dedup();
    let found = organisations::for_ids(&visit.ctx, &own).await?;
    let published = printed_texts::current_for(&visit.ctx, &own).await?;
    let of_one = |id: &OrganisationId| {
        let published = published.get(id).map(Vec::as_slice).unwrap_or_default();
        let kinds = PrintedTextKind::ALL.iter().map(|kind| {
            let rows = LANGUAGES
                .iter()
                .map(|(language, name)| row(visit, *id, (*kind, *language), name, published));
            Kind {
                name: visit.say(name_of(*kind)),
                texts: rows.collect(),
            }
        });
        Some(Own {
            association: found.get(id)?.name.clone(),
            kinds: kinds.collect(),
        })
    };
    Ok(own.iter().filter_map(of_one).collect())
}

fn row(
    visit: &Visit,
    id: OrganisationId,
    (kind, language): (PrintedTextKind, Language),
    name: &str,
    published: &[PrintedText],
) -> (String, String, String) {
    let texts = &visit.frame.texts;
    let text = published
        .iter()
        .find(|it| it.kind == kind && it.language == language);
    let version = match text {
        Some(it) => {
            let day = rinnalla_domain::calendar::helsinki_date(it.published_at);
            let version = [
                ("version", it.version.to_string()),
                ("day", texts.date(day)),
            ];
            texts.with("paper-version", &version)
        }
        None => texts.say("own-text-none"),
    };
    let path = format!(
        "/paper/own/{}?kind={}&in={}",
        id.encode(),
        kind.code(),
        language.code()
    );
    (path, texts.say(name), version)
}

/// The form, with the text that is printed today.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Publishes the text.
pub async fn publish(visit: Visit) -> Result<Answer> {
    let done = async {
        let (kind, language) = which(&visit)?;
        let input = Publish {
            organisation: visit.id()?,
            kind,
            language,
            version: visit.version(),
            lines: Reading::of(&visit.sent).lines("lines"),
        };
        printed_texts::publish(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::to("/paper?done=own-text")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

/// Which text the address names.
fn which(visit: &Visit) -> Result<(PrintedTextKind, Language)> {
    let asked = |name: &str| match visit.sent.get(name) {
        "" => visit.query.get(name).to_owned(),
        sent => sent.to_owned(),
    };
    let kind = PrintedTextKind::ALL
        .iter()
        .find(|kind| kind.code() == asked("kind"));
    let language = LANGUAGES.iter().find(|(it, _)| it.code() == asked("in"));
    kind.copied()
        .zip(language.map(|(language, _)| *language))
        .ok_or(Error::NotFound)
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let (kind, language) = which(visit)?;
    let id = visit.id::<OrganisationId>()?;
    let scope = access::require::<PublishPrintedTexts>(&visit.ctx);
    // Whoever may not publish for it learns no more than that there is nothing to publish.
    if !scope.is_ok_and(|scope| scope.covers(id)) {
        return Err(Error::NotFound);
    }
    let found = organisations::for_ids(&visit.ctx, &[id]).await?;
    let published = printed_texts::current_for(&visit.ctx, &[id]).await?;
    let current = published.get(&id).and_then(|all| {
        all.iter()
            .find(|it| it.kind == kind && it.language == language)
    });
    let texts = &visit.frame.texts;
    let in_words = LANGUAGES.iter().find(|(it, _)| *it == language);
    let mut facts = Vec::new();
    if let Some(association) = found.get(&id) {
        facts.push(texts.fact("association", association.name.clone()));
    }
    if let Some((_, name)) = in_words {
        facts.push(texts.fact("own-text-language", texts.say(name)));
    }
    let most = size(kind);
    let limits = [
        ("lines", most.lines.to_string()),
        ("chars", most.chars.to_string()),
    ];
    facts.push(texts.fact("own-text-size", texts.with("own-text-limits", &limits)));
    let lines = current.map(|it| it.lines.as_slice()).unwrap_or_default();
    Form::new(visit, name_of(kind), faults)
        .about(facts)
        .version(current.map_or(0, |it| it.version))
        .hidden("kind", kind.code())
        .hidden("in", language.code())
        .back("/paper".to_owned())
        .lines("lines", lines)
        .answer()
}

fn name_of(kind: PrintedTextKind) -> &'static str {
    match kind {
        PrintedTextKind::AgreementTemplate => "own-terms",
        PrintedTextKind::ReviewQuestions => "own-questions",
    }
}
