//! `plangate check`: judges plans, reports, and exits with what the gate says.

use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::foreign::{Others, Ready};
use super::input::{self, Place};
use super::judge::Judging;
use super::talk;
use super::terminal::Terminal;
use super::view::{self, View};
use crate::judge::Judge;
use crate::model::State;
use crate::pack::{Pack, Severity};
use crate::report::{Exit, Gate, OnNothing, OnUnknown, Options, PlanReport, Report, Row, Verdict};

const EXAMPLES: &str = "\
Examples:
  terraform show -json tfplan | plangate check
  plangate check plan.json --only aws.s3,aws.kms --fail-on high
  plangate check plan.json --new-only --unknown fail
  plangate check plans/ --format table --format json=report.json
  plangate check plan.json --conftest policy/ --all-namespaces";

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
    others: Others,

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
    let pack = match check.others.are_given() && !check.judging.selection.names_some() {
        true => Pack::default(),
        false => check.judging.selection.selected()?,
    };
    let mut others = check
        .others
        .load(check.judging.date(), &check.judging.engine_limits()?)?;
    let judge = check.judging.judge(&pack)?;
    let places = input::places(&check.plans)?;
    let targets = check.view.targets()?;
    targets.ensure_apart(&check.plans, &[&*places, &others.files].concat(), &pack)?;
    let mut plans: Vec<PlanReport> = places
        .iter()
        .map(|place| judged(place, &check.judging, &judge, &mut others))
        .collect();
    others.judge_combined(&mut plans)?;
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
        example_of: view::example_of(&report, &pack),
        elapsed: Some(started.elapsed()),
    };
    targets.write(&report, &options)?;
    // The process ends here: to take the compiled policies apart first would cost a tenth of the time.
    std::mem::forget(judge);
    Ok(report.exit)
}

fn judged(place: &Place, judging: &Judging, judge: &Judge, others: &mut Ready) -> PlanReport {
    let name = place.name();
    let report = judging.read(place, |read| {
        let mut report = judge
            .judge(&name, &read.plan, read.source.as_ref())
            .context("it cannot be judged")?;
        report.notes.clone_from(&read.notes);
        let model = || judge.document(&read.plan, State::After, read.source.as_ref());
        others
            .judge(&mut report, read.text, model)
            .context("it cannot be judged")?;
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
