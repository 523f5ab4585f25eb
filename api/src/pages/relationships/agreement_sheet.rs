//! The agreement of a relationship, to be printed: as it was recorded, or blank while there is none.

use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::states::{PrintedTextKind, SupportRelationshipStatus as Status};
use rinnalla_domain::{people, support_relationships};

use crate::pages::answer::Answer;
use crate::pages::paper::{Paper, agreement};
use crate::pages::visit::Visit;

/// The sheet. The support person's name stands on it for whom may see it; the supported person writes their own.
pub async fn show(visit: Visit) -> Result<Answer> {
    let found = super::find(&visit).await?;
    if found.status == Status::Cancelled {
        return Err(Error::NotFound);
    }
    let agreed = support_relationships::current_agreements_for(&visit.ctx, &[found.id]).await?;
    let supporter: Vec<_> = found.supporter_id.into_iter().collect();
    let known = people::for_ids(&visit.ctx, &supporter).await?;
    let name = known.into_values().next();
    let name = name.map(|it| it.name.reveal().clone());
    let paper = Paper::of(
        &visit,
        found.organisation_id,
        Some(PrintedTextKind::AgreementTemplate),
        "paper-agreement",
        super::back(&found),
    )
    .await?;
    agreement::answer(paper, agreed.get(&found.id), name).await
}
