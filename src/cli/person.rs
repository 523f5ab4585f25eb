//! `rinnalla person`: the first administrator, before anybody can sign in.

use clap::{Args, Subcommand};
use rinnalla_domain::ids::Id as _;
use rinnalla_domain::people::{self, Details};
use rinnalla_domain::personal::Personal;
use rinnalla_domain::states::Role;

use super::codes::{self, LANGUAGES};
use super::outcome::{Outcome, tell};
use super::settings::{Need, Written};
use super::{organisation, register};

/// What is done.
#[derive(Subcommand)]
pub enum Person {
    /// Adds a person with a role and prints the person's id
    Add(Add),
}

/// A new person.
#[derive(Args)]
pub struct Add {
    /// The name
    #[arg(long)]
    name: String,
    /// The mail address
    #[arg(long, value_name = "ADDRESS")]
    email: Option<String>,
    /// The phone number
    #[arg(long, value_name = "NUMBER")]
    phone: Option<String>,
    /// The language in which the person is written to
    #[arg(long, default_value = "fi", value_parser = LANGUAGES)]
    language: String,
    /// The organisation's id
    #[arg(long, value_name = "ID")]
    organisation: String,
    /// The role
    #[arg(long, default_value = "ADMIN", ignore_case = true, value_parser = codes::parser::<Role>())]
    role: Role,
}

/// Does it.
pub async fn run(written: &Written, command: Person) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    let Person::Add(it) = command;
    let details = Details {
        name: Personal::from(it.name),
        email: it.email.map(Personal::from),
        phone: it.phone.map(Personal::from),
        language: codes::language(&it.language),
    };
    let organisation = organisation::id(&it.organisation)?;
    let id = people::add_first(&register, &details, organisation, it.role).await?;
    tell!("{}", id.encode());
    register.store.close().await?;
    Ok(())
}
