//! `plangate check`: judges plans, reports, and exits with what the gate says.

use std::path::{Path, PathBuf};
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Args;

use super::input::{self, Place};
use super::judge::Judging;
use super::terminal::Terminal;
use super::values::Format;
use super::{output, talk};
use crate::judge::Judge;
use crate::pack::{Pack, Severity};
use crate::report::{Exit, Gate, OnNothing, OnUnknown, Options, PlanReport, Report, Row, Verdict, json, table};
use crate::source::is_configuration;

const EXAMPLES: &str = "\
Examples:
  terraform show -json tfplan | plangate check
  plangate check plan.json --only aws.s3,aws.kms --fail-on high
  plangate check plan.json --new-only --unknown fail
  plangate check plans/ --format json --output report.json";

/// What `plangate check` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Plans to judge: files (JSON, gzip, binary), folders of them, or - for standard input
    ///
    /// A folder is every *.json, *.json.gz and *.tfplan in it and below, but for what begins with a dot. A binary plan file is shown by terraform or tofu, in the
    /// folder where it is. Without any, the plan is read from standard input.
    #[arg(value_name = "PLAN")]
    plans: Vec<PathBuf>,

    #[command(flatten)]
    judging: Judging,

    #[command(flatten)]
    gate: GateArgs,

    #[command(flatten)]
    view: View,
}

#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Gate")]
struct GateArgs {
    /// The least severity that fails the gate
    #[arg(long, value_enum, default_value = "low", value_name = "SEVERITY")]
    fail_on: Severity,

    /// What to do where the plan cannot tell until apply
    #[arg(long, value_enum, default_value = "warn", value_name = "WHAT")]
    unknown: OnUnknown,

    /// What to do where no policy has anything to examine
    #[arg(long, value_enum, default_value = "warn", value_name = "WHAT")]
    nothing: OnNothing,

    /// Let failures through that are there before apply
    #[arg(long)]
    new_only: bool,
}

#[derive(Args, Clone, Debug)]
#[command(next_help_heading = "Report")]
struct View {
    /// How to write the report
    #[arg(long, value_enum, default_value_t, value_name = "FORMAT")]
    format: Format,

    /// Write the report to a file, and the table to standard output
    #[arg(long, value_name = "FILE")]
    output: Option<PathBuf>,

    /// Show what passed, resource by resource
    #[arg(long)]
    all: bool,
}

impl Check {
    /// By what the gate decides.
    pub(super) fn gate(&self) -> Gate {
        let GateArgs {
            fail_on,
            unknown,
            nothing,
            new_only,
        } = self.gate;
        Gate {
            fail_on,
            unknown,
            nothing,
            new_only,
        }
    }
}

/// Reads each plan, has it judged, and reports. A plan that cannot be read or judged is reported as that, and the
/// others are judged all the same.
///
/// # Errors
///
/// Where there is nothing to read, or the report cannot be written.
pub(super) fn run(check: &Check, terminal: Terminal, started: Instant) -> anyhow::Result<Exit> {
    let pack = check.judging.selection.selected()?;
    let judge = check.judging.judge(&pack)?;
    let places = input::places(&check.plans)?;
    if let Some(file) = &check.view.output {
        ensure_apart(file, check, &places, &pack)?;
    }
    let plans = places
        .iter()
        .map(|place| judged(place, &check.judging, &judge))
        .collect();
    let gate = check.gate();
    let report = Report::new(&*judge.as_of, plans, &gate);
    for plan in &report.plans {
        tell(plan, &gate);
    }
    let options = Options {
        all: check.view.all,
        colour: terminal.colour,
        width: terminal.width,
        gate,
        elapsed: Some(started.elapsed()),
    };
    write(&check.view, &report, &options)?;
    // The process ends here: to take the compiled policies apart first would cost a tenth of the time.
    std::mem::forget(judge);
    Ok(report.exit)
}

/// Whether the report may be written there: not over a file that is read, and not where it is taken for a plan next time.
fn ensure_apart(file: &Path, check: &Check, places: &[Place], pack: &Pack) -> anyhow::Result<()> {
    let shown = file.display();
    let folder = input::folder_of(file).and_then(|folder| folder.canonicalize().ok());
    if let Some(folder) = folder.filter(|_| input::is_called_plan(file)) {
        for plans in check.plans.iter().filter(|plans| plans.is_dir()) {
            let is_in = plans.canonicalize().is_ok_and(|plans| folder.starts_with(plans));
            let plans = plans.display();
            ensure!(
                !is_in,
                "--output {shown} would be read as a plan of {plans} the next time: write it elsewhere"
            );
        }
    }
    let Ok(file) = file.canonicalize() else {
        return Ok(());
    };
    let plans = places.iter().filter_map(Place::file);
    let policies = pack.policies.iter().map(|policy| Path::new(&policy.path));
    let libraries = pack.libraries.iter().map(|library| Path::new(&library.path));
    let mut read = plans.chain(policies).chain(libraries);
    let is_read = read.any(|read| read.canonicalize().is_ok_and(|read| read == file))
        || is_configuration(&file.to_string_lossy());
    ensure!(
        !is_read,
        "--output {shown} is a file that is read: write the report elsewhere"
    );
    Ok(())
}

fn judged(place: &Place, judging: &Judging, judge: &Judge) -> PlanReport {
    let name = place.name();
    let report = judging.read(place, |read| {
        let mut report = judge
            .judge(&name, &read.plan, read.source.as_ref())
            .context("it cannot be judged")?;
        report.notes.clone_from(&read.notes);
        Ok(report)
    });
    report.unwrap_or_else(|error| PlanReport::unreadable(name, format!("{error:#}")))
}

/// Says what the exit code alone does not.
fn tell(plan: &PlanReport, gate: &Gate) {
    let name = if plan.path == "-" { "standard input" } else { &plan.path };
    for note in &plan.notes {
        talk::note(&format!("{name}: {note}"));
    }
    if let Some(error) = &plan.error {
        talk::error(&format!("{name}: {error}"));
        return;
    }
    let broke = |row: &&Row| row.verdict == Verdict::Error;
    for row in plan.results.iter().filter(broke) {
        let at = row
            .address
            .as_ref()
            .map(|address| format!(" at {address}"))
            .unwrap_or_default();
        let message = row.message.as_deref().unwrap_or_default();
        talk::error(&format!("{name}: the policy {} broke{at}: {message}", row.policy));
    }
    if plan.examines_nothing() {
        let message = format!("{name}: nothing was judged, since no policy has anything to examine in it");
        match gate.nothing {
            OnNothing::Warn => talk::warning(&message),
            OnNothing::Fail => talk::error(&message),
        }
    }
    if gate.unknown == OnUnknown::Warn && plan.counts.unknown > 0 {
        let number = plan.counts.unknown;
        let verb = if number == 1 { "verdict is" } else { "verdicts are" };
        talk::warning(&format!(
            "{name}: {number} {verb} unknown until apply; --unknown fail makes the gate fail then"
        ));
    }
}

fn write(view: &View, report: &Report, options: &Options) -> anyhow::Result<()> {
    let Some(file) = &view.output else {
        return output::print(&render(view.format, report, options));
    };
    // A file is no terminal, whatever standard output is.
    let plain = Options {
        colour: false,
        width: None,
        ..options.clone()
    };
    let saved = output::save(file, &render(view.format, report, &plain));
    output::print(&table::render(report, options))?;
    saved?;
    talk::note(&format!("the report is in {}", file.display()));
    Ok(())
}

fn render(format: Format, report: &Report, options: &Options) -> Vec<u8> {
    match format {
        Format::Table => table::render(report, options),
        Format::Json => json::render(report, options),
    }
}
