//! `plangate fixture`: a plan that should have been judged otherwise, cut to a fixture that can be shown.

use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, ensure};
use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;

use super::limits::LimitArgs;
use super::plans::{self, Named};
use super::policies::{Selection, Settings};
use super::{output, talk, values};
use crate::author::{self, Wanted};
use crate::plan;
use crate::report::Exit;

const EXAMPLES: &str = "\
Examples:
  plangate fixture plan.json --policy aws.s3.https_only --address aws_s3_bucket.uploads
  plangate fixture net/plan.json --from our-policies --policy acme.s3.versioning \\
    --address 'module.many[\"x\"].aws_s3_bucket.this' --case nested

The folder is called for what the policy says, fail_nested, and is ready for `plangate test`: beside the policy where --from
has it, else here.";

/// What `plangate fixture` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Fixture {
    /// The plan: a file (JSON, gzip, binary), or - for standard input
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// The policy's id
    #[arg(long, value_name = "ID")]
    policy: String,

    /// The address that it judges: that of a resource, or plan, var.x, output.x, provider.x, module.x
    #[arg(long, value_name = "ADDRESS")]
    address: String,

    /// Which finding, where the policy has several at the address [default: the worst]
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// The folder of policies that has it [default: those of this binary]
    #[arg(long, value_name = "DIR")]
    from: Option<PathBuf>,

    /// What the case is called, after fail_, unknown_ or pass_
    #[arg(long, value_name = "NAME", default_value = "cut", value_parser = case)]
    case: String,

    /// The folder to write in, instead of the policy's or this one
    #[arg(long, value_name = "DIR")]
    output: Option<PathBuf>,

    /// Leave texts that the verdict hangs on as they are, even where they are the plan's own
    #[arg(long)]
    keep: bool,

    #[command(flatten)]
    settings: Settings,

    #[command(flatten)]
    limits: LimitArgs,

    /// The date to judge by, as `plangate test` does
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(values::date), default_value = "2026-11-22")]
    as_of: Date,
}

/// Cuts the plan, and writes the fixture.
///
/// # Errors
///
/// Where the plan cannot be read or the policy says nothing of the address, where the verdict hangs on a text of the
/// plan's own, or where the fixture is there.
pub(super) fn run(fixture: &Fixture) -> anyhow::Result<Exit> {
    let pack = match &fixture.from {
        Some(folder) => super::policies::of_folder(folder)?,
        None => Selection::default().all()?,
    };
    let policy = pack.policy(&fixture.policy).with_context(|| {
        let hint = pack.hint(&fixture.policy);
        format!(
            "there is no policy `{}`{hint}; --from names the folder of your own",
            fixture.policy
        )
    })?;
    let Named { name, place } = plans::one(&fixture.plan)?;
    let params = fixture.settings.by_policy();
    let wanted = Wanted {
        address: &fixture.address,
        key: fixture.key.as_deref(),
        params: params.clone(),
        as_of: &fixture.as_of.to_string(),
        keep: fixture.keep,
        limits: fixture.limits.limits()?,
    };
    let decoded = plan::decode(place.read()?).with_context(|| name.clone())?;
    plan::parse(&decoded.text).map(drop).with_context(|| name.clone())?;
    let cut = author::cut(&pack, policy, &decoded.text, &wanted).with_context(|| name.clone())?;
    let folder = match (&fixture.output, &fixture.from) {
        (Some(folder), _) => folder.clone(),
        (None, Some(from)) => author::folder_of(from, policy),
        (None, None) => PathBuf::new(),
    };
    let folder = folder.join(format!("{}_{}", cut.verdict.name(), fixture.case));
    ensure!(
        !folder.exists(),
        "{} is there: name another case with --case, or delete it",
        folder.display()
    );
    fs::create_dir_all(&folder).with_context(|| format!("{} cannot be made", folder.display()))?;
    let write = |name: &str, text: &str| output::save(&folder.join(name), text.as_bytes());
    write("plan.json", &cut.plan)?;
    write(author::CUT, &note(&policy.id))?;
    if let Some(params) = params.get(&*policy.id) {
        write("params.json", &(serde_json::to_string_pretty(params)? + "\n"))?;
    }
    talk::note(&format!(
        "{} of {} resources are left, and {} is called {}",
        cut.resources, cut.resources_before, fixture.address, cut.address
    ));
    output::print(format!("{}\n", shown(&folder)).as_bytes())?;
    Ok(Exit::Passed)
}

fn shown(folder: &Path) -> String {
    folder.join("plan.json").display().to_string()
}

/// What stands in the place of the configuration that was planned.
fn note(policy: &str) -> String {
    format!(
        "`plangate fixture` cut this plan out of a larger one, by what the policy {policy} says of it, and made up its\n\
         names and texts. There is no main.tf that it was planned from.\n"
    )
}

fn case(text: &str) -> Result<String, String> {
    let is_plain = |letter: char| letter.is_ascii_lowercase() || letter.is_ascii_digit() || letter == '_';
    match !text.is_empty() && text.chars().all(is_plain) {
        true => Ok(text.to_owned()),
        false => Err("write small letters, digits and _".to_owned()),
    }
}
