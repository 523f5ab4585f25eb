//! `rinnalla token`: access tokens. A token is shown once; the register keeps its hash alone.

use clap::{Args, Subcommand};
use rinnalla_domain::ids::{Id as _, PersonId};
use rinnalla_domain::people;

use super::outcome::{Outcome, failed, tell};
use super::register;
use super::settings::{Need, Written};

/// What is done.
#[derive(Subcommand)]
pub enum Token {
    /// Issues a token and prints it, once
    Issue(Issue),
    /// Revokes a token
    Revoke(Revoke),
}

/// A new token.
#[derive(Args)]
pub struct Issue {
    /// The person's id
    #[arg(long, value_name = "ID", required_unless_present = "email")]
    person: Option<String>,
    /// Or the person's mail address
    #[arg(long, value_name = "ADDRESS", conflicts_with = "person")]
    email: Option<String>,
    /// What it is for
    #[arg(long, default_value = "command line")]
    label: String,
    /// For how many days it is good
    #[arg(long, default_value_t = 90)]
    days: u32,
}

/// A token that is good no longer.
#[derive(Args)]
pub struct Revoke {
    /// The token's id or, where it got loose, the token itself
    token: String,
}

/// Does it.
pub async fn run(written: &Written, command: Token) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    match command {
        Token::Issue(it) => {
            let person = match (&it.person, &it.email) {
                (Some(id), _) => PersonId::decode(id).ok_or_else(|| {
                    failed(format!(
                        "{id:?} is not the id of a person, as `person add` prints it"
                    ))
                })?,
                (None, email) => {
                    let email = email.as_deref().unwrap_or_default();
                    let found = people::find_by_email(&register, email).await?;
                    found
                        .map(|it| it.id)
                        .ok_or_else(|| failed("nobody in the register has this mail address"))?
                }
            };
            let token = people::issue_token(&register, person, &it.label, it.days).await?;
            tell!("{}", token.reveal());
        }
        Token::Revoke(it) => match people::revoke_token(&register, &it.token).await? {
            true => tell!("The token is good no longer."),
            false => return Err(failed("there is no such token that is still good")),
        },
    }
    register.store.close().await?;
    Ok(())
}
