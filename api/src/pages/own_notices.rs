//! Which reminders the viewer gets: those that one may do without are chosen here, the others come in any case.

use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::notices::{self, OptOuts};
use rinnalla_domain::people;
use rinnalla_domain::states::NoticeKind;

use super::answer::Answer;
use super::form::{Faults, Form};
use super::sent::Reading;
use super::visit::Visit;

/// The form, with what is chosen now.
pub async fn show(visit: Visit) -> Result<Answer> {
    page(&visit, Faults::default()).await
}

/// Keeps the choice. What is ticked is wished for; the domain is told what is not.
pub async fn choose(visit: Visit) -> Result<Answer> {
    let done = async {
        let offered = offered(&visit).await?;
        let wished = visit.sent.all("kinds");
        let is_offered = |code: &String| offered.iter().any(|(kind, _)| kind.code() == *code);
        let mut reading = Reading::of(&visit.sent);
        let kinds = match wished.iter().all(is_offered) {
            true => Some(offered.iter().map(|(kind, _)| *kind)),
            false => reading.fault("kinds", "UNKNOWN_CODE"),
        };
        let without = |kind: &NoticeKind| !wished.iter().any(|code| *code == kind.code());
        let input = OptOuts {
            version: visit.version(),
            kinds: reading.done(kinds)?.filter(without).collect(),
        };
        notices::change_opt_outs(&visit.ctx, &visit.key(), input).await
    };
    match done.await {
        Ok(_) => Ok(Answer::done("own-notices")),
        Err(error) => page(&visit, Faults::of(error)?).await,
    }
}

async fn page(visit: &Visit, faults: Faults) -> Result<Answer> {
    let own = visit.ctx.actor()?.person;
    let found = people::find(&visit.ctx, own).await?;
    let found = found.ok_or(Error::NotFound)?;
    let offered = offered(visit).await?;
    let texts = &visit.frame.texts;
    let named = offered.iter().map(|(kind, _)| {
        let name = kind.code().to_lowercase().replace('_', "-");
        (kind.code(), texts.say(&format!("notice-kind-{name}")))
    });
    let wished = offered.iter().filter(|(_, is_wished)| *is_wished);
    let wished = wished.map(|(kind, _)| kind.code());
    Form::new(visit, "own-notices", faults)
        .version(found.version)
        .several("kinds", named.collect::<Vec<_>>(), wished.collect())
        .answer()
}

/// The kinds that one may do without, each with whether the viewer wishes for it.
async fn offered(visit: &Visit) -> Result<Vec<(NoticeKind, bool)>> {
    let all = notices::own_choices(&visit.ctx).await?;
    let free = all.into_iter().filter(|choice| choice.may_opt_out);
    Ok(free.map(|it| (it.kind, !it.is_opted_out)).collect())
}
