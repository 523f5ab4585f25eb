//! `rinnalla organisation`: the first organisations, before anybody can sign in.

use clap::{Args, Subcommand};
use rinnalla_domain::ids::{Id as _, OrganisationId};
use rinnalla_domain::organisations::{self, Details};
use rinnalla_domain::states::{OrganisationKind, PartnershipKind};

use super::codes::{self, LANGUAGES};
use super::outcome::{Outcome, failed, tell};
use super::register;
use super::settings::{Need, Written};

/// What is done.
#[derive(Subcommand)]
pub enum Organisation {
    /// Adds an organisation and prints its id
    Add(Add),
    /// Lists the wellbeing services counties with their codes
    Counties,
    /// Makes one organisation a partner of another, so that its professionals can refer
    Join(Join),
}

/// A new organisation.
#[derive(Args)]
pub struct Add {
    /// Its name
    #[arg(long)]
    name: String,
    /// What kind of body it is
    #[arg(long, default_value = "ASSOCIATION", ignore_case = true, value_parser = codes::parser::<OrganisationKind>())]
    kind: OrganisationKind,
    /// The official code of its county, two digits, as 20 for Kainuu; `organisation counties` lists them
    #[arg(long, value_name = "CODE")]
    county: String,
    /// The official code of its municipality, three digits, as 205 for Kajaani
    #[arg(long, value_name = "CODE")]
    municipality: Option<String>,
    /// The language in which it is written to
    #[arg(long, default_value = "fi", value_parser = LANGUAGES)]
    language: String,
    /// Where notices go when no person is found for them
    #[arg(long, value_name = "ADDRESS")]
    mailbox: Option<String>,
    /// Mail may hold the name: it tells nothing of what the organisation does
    #[arg(long)]
    neutral_name: bool,
}

/// Two organisations that work together.
#[derive(Args)]
pub struct Join {
    /// The coordinating organisation's id
    organisation: String,
    /// The partner's id
    partner: String,
    /// What the partner does
    #[arg(long, default_value = "REFERS", ignore_case = true, value_parser = codes::parser::<PartnershipKind>())]
    kind: PartnershipKind,
}

/// Does it.
pub async fn run(written: &Written, command: Organisation) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    match command {
        Organisation::Add(it) => {
            let details = Details {
                kind: it.kind,
                name: it.name,
                is_name_neutral: it.neutral_name,
                language: codes::language(&it.language),
                county_code: it.county,
                municipality_code: it.municipality,
                mailbox: it.mailbox,
                max_active_default: None,
            };
            let id = organisations::found(&register, &details).await?;
            tell!("{}", id.encode());
        }
        Organisation::Counties => {
            for county in organisations::county_list(&register.store).await? {
                tell!("{}  {} / {}", county.code, county.name_fi, county.name_sv);
            }
        }
        Organisation::Join(it) => {
            let (of, partner) = (id(&it.organisation)?, id(&it.partner)?);
            organisations::join(&register, of, partner, it.kind).await?;
            tell!("They are partners.");
        }
    }
    register.store.close().await?;
    Ok(())
}

/// Reads an organisation's id.
pub fn id(text: &str) -> Outcome<OrganisationId> {
    OrganisationId::decode(text).ok_or_else(|| {
        failed(format!(
            "{text:?} is not the id of an organisation, as `organisation add` prints it"
        ))
    })
}
