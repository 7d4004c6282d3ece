//! `plangate waive`: writes a waiver for a finding that there is.

use std::fmt::Write;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, bail, ensure};
use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;

use super::config::{self, Config};
use super::judge::Judging;
use super::plans::{self, Named};
use super::{output, talk, values};
use crate::report::{Exit, PlanReport, Row, Source, Verdict};
use crate::waiver::{self, Days, Excuse, Use, Waiver};

const EXAMPLES: &str = "\
Examples:
  plangate waive plan.json aws.s3.versioning aws_s3_bucket.uploads \\
    --reason 'Holds nothing that is kept' --owner data@acme.test --expires 2027-01-31";

/// What `plangate waive` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Waive {
    /// The plan that has the finding
    #[arg(value_name = "PLAN")]
    plan: PathBuf,

    /// The policy of the finding
    #[arg(value_name = "POLICY")]
    id: String,

    /// The address of the finding; without its instance key it stands for all instances
    #[arg(value_name = "ADDRESS")]
    address: String,

    /// The key of the finding, where there are several at the address
    #[arg(long, value_name = "KEY")]
    key: Option<String>,

    /// Why it is excused
    #[arg(long, value_name = "TEXT")]
    reason: String,

    /// Who answers for it
    #[arg(long, value_name = "WHO")]
    owner: String,

    /// Where it is followed up
    #[arg(long, value_name = "TICKET")]
    ticket: Option<String>,

    /// The last day on which it holds
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(values::date))]
    expires: Option<Date>,

    /// End the waiver when what was found changes
    #[arg(long)]
    fingerprint: bool,

    /// The file to write into [default: plangate.waivers.toml beside plangate.toml, else here]
    #[arg(long, value_name = "FILE")]
    file: Option<PathBuf>,

    #[command(flatten)]
    judging: Judging,
}

impl Waive {
    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
    }
}

/// Judges the plan, and writes the waiver where it has such a finding.
///
/// # Errors
///
/// Where there is no such finding, or the waivers cannot be written.
pub(super) fn run(waive: &Waive, config: &Config) -> anyhow::Result<Exit> {
    for (name, said) in [("reason", &waive.reason), ("owner", &waive.owner)] {
        ensure!(!said.trim().is_empty(), "--{name} is empty: a waiver without is none");
    }
    let pack = waive.judging.selection.selected()?;
    let id = &waive.id;
    ensure!(
        pack.policy(id).is_some(),
        "no policy of the name {id} is used{}",
        pack.hint(id)
    );
    let judge = waive.judging.judge(&pack)?;
    if let Some(day) = waive.expires.filter(|day| day.to_string() < judge.as_of) {
        bail!("--expires {day} is past: the waiver would excuse nothing");
    }
    let Named { name, place } = plans::one(&waive.plan)?;
    let file = waive.file.clone().unwrap_or_else(|| match &config.path {
        Some(path) => path.with_file_name(config::WAIVERS),
        None => PathBuf::from(config::WAIVERS),
    });
    let mut standing = config.file.waivers.clone();
    let is_read = |waiver: &Waiver| *waiver.excuse.source.file == *file.display().to_string();
    if file.exists() && !standing.iter().any(is_read) {
        standing.extend(config::waivers(&file)?);
    }
    let judged = waive.judging.read(&place, |read| {
        if let Some(source) = &read.source {
            // A comment that is meant as a waiver and is none is for `check` to tell.
            standing.extend(waiver::comments(source).unwrap_or_default());
        }
        Ok(judge.judge(&name, &read.plan, read.source.as_ref())?)
    });
    let mut plan = judged.with_context(|| name.clone())?;
    let today = Days {
        today: judge.as_of.clone(),
        soon: judge.as_of.clone(),
    };
    waiver::apply(&standing, &today, &mut plan, &mut vec![Use::default(); standing.len()]);
    let rows = findings(waive, &plan)?;
    if let Some(excuse) = excused(&rows) {
        return same(waive, excuse).map(|()| Exit::Passed);
    }
    let text = written(waive, &rows)?;
    let before = match fs::read_to_string(&file) {
        Ok(before) => before,
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => String::new(),
        Err(error) => return Err(error).with_context(|| format!("{} cannot be read", file.display())),
    };
    let gap = match before.as_str() {
        "" => "",
        before if before.ends_with('\n') => "\n",
        _ => "\n\n",
    };
    output::save(&file, format!("{before}{gap}{text}").as_bytes())?;
    for Row { address, message, .. } in rows {
        let address = address.as_deref().unwrap_or_default();
        talk::note(&format!("{address}: {}", message.as_deref().unwrap_or_default()));
    }
    talk::note(&format!("the waiver is in {}", file.display()));
    Ok(Exit::Passed)
}

/// The findings that the waiver is for.
///
/// # Errors
///
/// Where there is none, with the addresses at which the policy has one.
fn findings<'p>(waive: &Waive, plan: &'p PlanReport) -> anyhow::Result<Vec<&'p Row>> {
    let is_verdict = |row: &&Row| matches!(row.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Waived);
    let is_finding = |row: &&Row| is_verdict(row) && *row.policy == *waive.id;
    let all: Vec<&Row> = plan.results.iter().filter(is_finding).collect();
    let wanted = |row: &&Row| {
        let address = row.address.as_deref().unwrap_or_default();
        let key = waive.key.as_deref();
        waiver::matches_address(&waive.address, address) && key.is_none_or(|key| row.key.as_deref() == Some(key))
    };
    let is_exact = |row: &&Row| row.address.as_deref() == Some(&*waive.address);
    let mut found: Vec<&Row> = all.iter().copied().filter(wanted).collect();
    if found.iter().any(is_exact) {
        found.retain(is_exact);
    }
    if found.is_empty() {
        let addresses: Vec<&str> = all.iter().filter_map(|row| row.address.as_deref()).collect();
        match addresses.is_empty() {
            true => bail!(
                "{}: {} finds nothing in it: there is nothing to waive",
                plan.path,
                waive.id
            ),
            false => bail!(
                "{}: {} finds nothing at {}; it does at {}",
                plan.path,
                waive.id,
                waive.address,
                addresses.join(", ")
            ),
        }
    }
    Ok(found)
}

/// The waiver that excuses the first of these findings, where all of them are excused.
fn excused<'p>(rows: &[&'p Row]) -> Option<&'p Excuse> {
    let excuses: Option<Vec<&Excuse>> = rows.iter().map(|row| row.waiver.as_deref()).collect();
    excuses?.first().copied()
}

/// Says that a waiver stands already.
///
/// # Errors
///
/// Where it is not as it was asked for: what is to be changed is in that file.
fn same(waive: &Waive, excuse: &Excuse) -> anyhow::Result<()> {
    let Source { file, line } = &excuse.source;
    let until = match &excuse.expires {
        Some(day) => format!("until {day}"),
        None => "without an end".to_owned(),
    };
    let expires = waive.expires.map(|day| day.to_string());
    let is_same = *excuse.reason == *waive.reason
        && *excuse.owner == *waive.owner
        && excuse.ticket.as_deref() == waive.ticket.as_deref()
        && excuse.expires.as_deref() == expires.as_deref();
    ensure!(
        is_same,
        "it is waived already by {file}:{line}, {until}, for {} by {}: change it there",
        excuse.reason,
        excuse.owner
    );
    talk::note(&format!("the waiver stands already, at {file}:{line}"));
    Ok(())
}

fn written(waive: &Waive, rows: &[&Row]) -> anyhow::Result<String> {
    let mut text = "[[waiver]]\n".to_owned();
    let expires = waive.expires.map(|day| day.to_string());
    // An address that a finding has is that one, whatever is in its keys.
    let is_exact = rows.iter().any(|row| row.address.as_deref() == Some(&*waive.address));
    let address = match is_exact {
        true => waiver::literal(&waive.address),
        false => waive.address.clone(),
    };
    let key = waive.key.as_deref().map(waiver::literal);
    let fingerprint = match waive.fingerprint {
        false => None,
        true => {
            let mut fingerprints: Vec<&str> = rows.iter().filter_map(|row| row.fingerprint.as_deref()).collect();
            fingerprints.dedup();
            let [one] = fingerprints[..] else {
                bail!(
                    "--fingerprint needs one found value, and there are {}: waive them one by one, with --key or the instance's key",
                    fingerprints.len()
                );
            };
            Some(one.to_owned())
        }
    };
    for (name, value) in [
        ("policy", Some(&waive.id)),
        ("address", Some(&address)),
        ("key", key.as_ref()),
        ("reason", Some(&waive.reason)),
        ("owner", Some(&waive.owner)),
        ("ticket", waive.ticket.as_ref()),
        ("expires", expires.as_ref()),
        ("fingerprint", fingerprint.as_ref()),
    ] {
        if let Some(value) = value {
            let _ = writeln!(text, "{name} = {}", toml::Value::from(value.as_str()));
        }
    }
    Ok(text)
}
