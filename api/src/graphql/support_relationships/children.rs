//! What hangs below a support relationship, one statement a level.

use rinnalla_domain::ctx::Ctx;
use rinnalla_domain::error::{Error, Result};
use rinnalla_domain::ids::SupportRelationshipId;
use rinnalla_domain::page::MAX_FIRST;
use rinnalla_domain::{
    joint_reviews, labels, meetings, referrals, support_relationships as domain,
};

use super::{MEETINGS, REVIEWS, SupportAgreement, SupportRelationship, SupportRelationshipAct};
use crate::graphql::joint_reviews::JointReview;
use crate::graphql::labels::SealedLabel;
use crate::graphql::meetings::Meeting;
use crate::graphql::organisations::Organisation;
use crate::graphql::people::Person;
use crate::graphql::prefetch::{Look, Prefetch, fill_refs, unless_forbidden};
use crate::graphql::referrals::SupportedCase;
use crate::graphql::support_persons::SupportPerson;

type Nodes<'n, 'm> = &'n mut [&'m mut SupportRelationship];

impl Prefetch for SupportRelationship {
    async fn prefetch(nodes: &mut [&mut Self], look: &Look<'_>, ctx: &Ctx) -> Result<()> {
        people_and_organisations(nodes, look, ctx).await?;
        what_happened(nodes, look, ctx).await?;
        reviews(nodes, look, ctx).await?;
        meetings_held(nodes, look, ctx).await
    }
}

fn ids(nodes: &[&mut SupportRelationship]) -> Vec<SupportRelationshipId> {
    nodes.iter().map(|node| node.row.id).collect()
}

fn checked_first(look: &Look<'_>, default: u16) -> Result<u16> {
    let first = look.most("first", default)?;
    if (1..=MAX_FIRST).contains(&first) {
        Ok(first)
    } else {
        Err(Error::invalid("first", "OUT_OF_RANGE"))
    }
}

async fn people_and_organisations(nodes: Nodes<'_, '_>, look: &Look<'_>, ctx: &Ctx) -> Result<()> {
    if let Some(below) = look.child("organisation") {
        let of: Vec<_> = nodes.iter().map(|node| node.row.organisation_id).collect();
        let found = Organisation::for_ids(ctx, &of, &below).await?;
        for node in nodes.iter_mut() {
            node.organisation = Some(found.get(&node.row.organisation_id).cloned());
        }
    }
    if let Some(below) = look.child("referringOrganisation") {
        let from = |node: &SupportRelationship| node.row.referring_organisation_id;
        let of: Vec<_> = nodes.iter().map(|node| from(node)).collect();
        let found = Organisation::for_ids(ctx, &of, &below).await?;
        for node in nodes.iter_mut() {
            node.referring_organisation = Some(found.get(&from(node)).cloned());
        }
    }
    if let Some(below) = look.child("supportPerson") {
        let of: Vec<_> = nodes
            .iter()
            .map(|node| node.row.support_person_id)
            .collect();
        let found = SupportPerson::for_ids(ctx, &of, &below).await?;
        for node in nodes.iter_mut() {
            node.support_person = Some(found.get(&node.row.support_person_id).cloned());
        }
    }
    if let Some(below) = look.child("professional") {
        let of: Vec<_> = nodes
            .iter()
            .filter_map(|node| node.row.professional_id)
            .collect();
        let found = Person::for_ids(ctx, &of, &below).await?;
        for node in nodes.iter_mut() {
            let professional = node.row.professional_id.and_then(|id| found.get(&id));
            node.professional = Some(professional.cloned());
        }
    }
    if look.has("supportPersonLabel") {
        let found = labels::for_relationships(ctx, &ids(nodes)).await;
        let mut found = unless_forbidden(found)?;
        for node in nodes.iter_mut() {
            let label = found.remove(&node.row.id);
            node.support_person_label = Some(label.map(SealedLabel::from));
        }
    }
    if let Some(below) = look.child("supportedCase") {
        let of: Vec<_> = nodes.iter().map(|node| node.row.case_id).collect();
        let found = unless_forbidden(referrals::cases_for_ids(ctx, &of).await)?;
        for node in nodes.iter_mut() {
            let row = found.get(&node.row.case_id).cloned();
            node.supported_case = Some(row.map(|row| Box::new(SupportedCase::from(row))));
        }
        let all = nodes
            .iter_mut()
            .filter_map(|node| node.supported_case.as_mut()?.as_deref_mut());
        fill_refs(all.collect(), &below, ctx).await?;
    }
    Ok(())
}

async fn what_happened(nodes: Nodes<'_, '_>, look: &Look<'_>, ctx: &Ctx) -> Result<()> {
    if let Some(below) = look.child("agreement") {
        let mut found = domain::current_agreements_for(ctx, &ids(nodes)).await?;
        for node in nodes.iter_mut() {
            let current = found.remove(&node.row.id).map(SupportAgreement::from);
            node.agreement = Some(current.map(Box::new));
        }
        let all = nodes
            .iter_mut()
            .filter_map(|node| node.agreement.as_mut()?.as_deref_mut());
        fill_refs(all.collect(), &below, ctx).await?;
    }
    if let Some(below) = look.child("agreements") {
        let mut found = domain::agreements_for(ctx, &ids(nodes)).await?;
        for node in nodes.iter_mut() {
            let rows = found.remove(&node.row.id).unwrap_or_default();
            node.agreements = Some(rows.into_iter().map(SupportAgreement::from).collect());
        }
        let all = nodes.iter_mut().filter_map(|node| node.agreements.as_mut());
        fill_refs(all.flatten().collect(), &below, ctx).await?;
    }
    if let Some(below) = look.child("acts") {
        let mut found = domain::acts_for(ctx, &ids(nodes)).await?;
        for node in nodes.iter_mut() {
            let rows = found.remove(&node.row.id).unwrap_or_default();
            node.acts = Some(rows.into_iter().map(SupportRelationshipAct::from).collect());
        }
        let all = nodes.iter_mut().filter_map(|node| node.acts.as_mut());
        fill_refs(all.flatten().collect(), &below, ctx).await?;
    }
    Ok(())
}

async fn reviews(nodes: Nodes<'_, '_>, look: &Look<'_>, ctx: &Ctx) -> Result<()> {
    if let Some(below) = look.child("openReview") {
        let mut found =
            joint_reviews::open_for_relationships(ctx, &ids(nodes), JointReview::with(&below))
                .await?;
        for node in nodes.iter_mut() {
            let row = found.remove(&node.row.id);
            node.open_review = Some(row.map(|row| Box::new(JointReview::of(row, ctx))));
        }
        let open = nodes
            .iter_mut()
            .filter_map(|node| node.open_review.as_mut()?.as_deref_mut());
        fill_refs(open.collect(), &below, ctx).await?;
    }
    if let Some(below) = look.child("reviews") {
        let first = checked_first(&below, REVIEWS)?;
        let mut found = joint_reviews::latest_for_relationships(
            ctx,
            &ids(nodes),
            first,
            JointReview::with(&below),
        )
        .await?;
        for node in nodes.iter_mut() {
            let rows = found.remove(&node.row.id).unwrap_or_default();
            let reviews = rows.into_iter().map(|row| JointReview::of(row, ctx));
            node.reviews = Some(reviews.collect());
        }
        let all = nodes.iter_mut().filter_map(|node| node.reviews.as_mut());
        fill_refs(all.flatten().collect(), &below, ctx).await?;
    }
    Ok(())
}

async fn meetings_held(nodes: Nodes<'_, '_>, look: &Look<'_>, ctx: &Ctx) -> Result<()> {
    if let Some(below) = look.child("meetings") {
        let first = checked_first(&below, MEETINGS)?;
        let mut found = meetings::latest_for_relationships(ctx, &ids(nodes), first).await?;
        for node in nodes.iter_mut() {
            let rows = found.remove(&node.row.id).unwrap_or_default();
            node.meetings = Some(rows.into_iter().map(Meeting::from).collect());
        }
        let all = nodes.iter_mut().filter_map(|node| node.meetings.as_mut());
        fill_refs(all.flatten().collect(), &below, ctx).await?;
    }
    if look.has("meetingCount") || look.has("meetingMinutes") {
        let found = meetings::totals_for(ctx, &ids(nodes)).await?;
        for node in nodes.iter_mut() {
            node.totals = Some(found.get(&node.row.id).copied().unwrap_or_default());
        }
    }
    Ok(())
}
