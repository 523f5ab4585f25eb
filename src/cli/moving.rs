//! `rinnalla import` and `rinnalla export`: an association's register in from a file, and out into one.

use std::path::PathBuf;

use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use rinnalla_domain::access::{self, Actor};
use rinnalla_domain::ctx::{Ctx, Register};
use rinnalla_domain::ids::OrganisationId;
use rinnalla_domain::moving::{self, Moved, Sheet};
use rinnalla_domain::people;
use rinnalla_domain::states::Role;
use rinnalla_domain::texts::{Language, text_with};

use super::codes;
use super::outcome::{Outcome, failed, tell};
use super::settings::{Need, Written};
use super::{organisation, register};

/// Moves a register in.
#[derive(Args)]
pub struct Import {
    /// The workbook (.xlsx), or a folder of CSV files
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Tells what would come of it, and changes nothing
    #[arg(long)]
    dry_run: bool,
    /// Writes the empty template into FILE instead
    #[arg(long, conflicts_with = "dry_run")]
    template: bool,
    /// Tells every fault on a line of its own, also where many rows have the same
    #[arg(long)]
    each: bool,
    #[command(flatten)]
    who: Who,
}

/// Moves a register out.
#[derive(Args)]
pub struct Export {
    /// The workbook to write (.xlsx), or a folder for CSV files
    #[arg(value_name = "FILE")]
    file: PathBuf,
    #[command(flatten)]
    who: Who,
}

/// For whom, and for which organisation.
#[derive(Args)]
struct Who {
    /// The mail address of the coordinator in whose name it is done
    #[arg(long = "as", value_name = "ADDRESS")]
    coordinator: Option<String>,
    /// The organisation's id, where the coordinator has several
    #[arg(long, value_name = "ID")]
    organisation: Option<String>,
    /// The language to answer in; otherwise that of LANG, or the coordinator's own
    #[arg(long, value_parser = ["fi", "sv", "en"])]
    language: Option<String>,
}

/// Moves a file in, or writes the template.
pub async fn import(written: &Written, import: &Import) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    if import.template {
        let language = import.who.language().unwrap_or(Language::Fi);
        let bytes = moving::template(&register, language).await?;
        std::fs::write(&import.file, bytes).map_err(|fault| unwritable(&import.file, &fault))?;
        register.store.close().await?;
        return Ok(());
    }
    let (ctx, organisation) = import.who.act(&register).await?;
    let language = ctx.language;
    let book = moving::open(&import.file)
        .map_err(|found| failed(moving::lines(&[found], language, true).concat()))?;
    let bar = ProgressBar::new(book.rows()).with_style(style());
    let told = bar.clone();
    let tell = move |done| told.set_position(done);
    let moved = moving::import(&ctx, organisation, &book, import.dry_run, &tell).await?;
    bar.finish_and_clear();
    register.store.close().await?;
    tell_of(&moved, import, language)
}

/// Moves a register out into a file.
pub async fn export(written: &Written, export: &Export) -> Outcome {
    let settings = written.check(&[Need::Database, Need::Keys])?;
    let register = register::open(&settings).await?;
    let (ctx, organisation) = export.who.act(&register).await?;
    let book = moving::export(&ctx, organisation).await?;
    moving::save(&book, &export.file)?;
    for page in &book.pages {
        tell!("{}: {}", page.name, page.rows.len() - 1);
    }
    register.store.close().await?;
    Ok(())
}

impl Who {
    /// The language that was asked for, or that the terminal is in.
    fn language(&self) -> Option<Language> {
        let asked = self.language.as_deref().map(codes::language);
        let of_terminal = || {
            let lang = std::env::var("LANG").unwrap_or_default();
            let code = lang.split(['_', '.']).next().unwrap_or_default();
            Language::ALL
                .into_iter()
                .find(|it| it.code() == code && it.has_texts())
        };
        asked.or_else(of_terminal)
    }

    /// The coordinator's own context: what is done is done and logged in that name.
    async fn act(&self, register: &Register) -> Outcome<(Ctx, OrganisationId)> {
        let address = self.coordinator.as_deref();
        let address = address.ok_or_else(|| failed("say in whose name, with --as ADDRESS"))?;
        let known = people::find_by_email(register, address).await?;
        let known = known.ok_or_else(|| failed("nobody in the register has this mail address"))?;
        let nobody_yet = Actor {
            person: known.id,
            language: Language::Fi,
            grants: Vec::new(),
        };
        let actor = access::renew(register, &nobody_yet).await?;
        let actor = actor.ok_or_else(|| failed("this person may not sign in any more"))?;
        let own: Vec<OrganisationId> = actor
            .grants
            .iter()
            .filter(|grant| grant.role == Role::Coordinator)
            .map(|grant| grant.organisation)
            .collect();
        let organisation = match (&self.organisation, &own[..]) {
            (Some(written), _) => organisation::id(written)?,
            (None, [one]) => *one,
            (None, []) => return Err(failed("this person is no organisation's coordinator")),
            (None, _) => {
                return Err(failed(
                    "this person coordinates several organisations: say which with --organisation",
                ));
            }
        };
        let mut ctx = Ctx::new(register, Some(actor), Language::Fi);
        if let Some(language) = self.language() {
            ctx.language = language;
        }
        Ok((ctx, organisation))
    }
}

fn tell_of(moved: &Moved, import: &Import, language: Language) -> Outcome {
    for line in moving::lines(&moved.findings, language, import.each) {
        tell!("{line}");
    }
    if !moved.findings.is_empty() {
        let count = moved.findings.len().to_string();
        return Err(failed(text_with(
            language,
            "moving-mend",
            &[("count", &count)],
        )));
    }
    let head = if import.dry_run {
        "moving-would"
    } else {
        "moving-done"
    };
    tell!("{}", text_with(language, head, &[]));
    for count in &moved.counts {
        let numbers = [count.new, count.changed, count.same].map(|it| it.to_string());
        let told = [
            ("sheet", Sheet::of(count.kind).name(language)),
            ("new", &numbers[0]),
            ("changed", &numbers[1]),
            ("same", &numbers[2]),
        ];
        tell!("  {}", text_with(language, "moving-count", &told));
    }
    for (row, code) in &moved.codes {
        let row = row.to_string();
        tell!(
            "{}",
            text_with(language, "moving-code", &[("row", &row), ("code", code)])
        );
    }
    Ok(())
}

fn unwritable(path: &std::path::Path, fault: &std::io::Error) -> super::outcome::Failure {
    failed(format!("{} cannot be written: {fault}", path.display()))
}

fn style() -> ProgressStyle {
    ProgressStyle::with_template("{bar:40} {pos}/{len}  {elapsed}")
        .unwrap_or_else(|_| ProgressStyle::default_bar())
}
