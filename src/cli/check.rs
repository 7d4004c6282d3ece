//! `plangate check`: judges plans, reports, and exits with what the gate says.

use std::borrow::Cow;
use std::cmp::Reverse;
use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Instant;

use anyhow::{Context, ensure};
use clap::Args;

use super::foreign::Others;
use super::input::{self, Place};
use super::judge::Judging;
use super::terminal::Terminal;
use super::values::Format;
use super::{output, talk};
use crate::engine::foreign::Conftest;
use crate::foreign::{self, Foreigner};
use crate::judge::Judge;
use crate::pack::{Origin, Pack, Severity};
use crate::report::{Exit, Gate, OnNothing, OnUnknown, Options, PlanReport, Report, Row, Verdict, json, table};
use crate::source::is_configuration;

const EXAMPLES: &str = "\
Examples:
  terraform show -json tfplan | plangate check
  plangate check plan.json --only aws.s3,aws.kms --fail-on high
  plangate check plan.json --new-only --unknown fail
  plangate check plans/ --format json --output report.json
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
    let pack = match check.others.are_given() && !check.judging.selection.names_some() {
        true => Pack::default(),
        false => check.judging.selection.selected()?,
    };
    let conftest = check.others.conftest(check.judging.date())?;
    let judge = check.judging.judge(&pack)?;
    let places = input::places(&check.plans)?;
    if let Some(file) = &check.view.output {
        ensure_apart(file, check, &places, &pack)?;
    }
    let mut others = By {
        conftest: conftest.as_ref(),
        combined: check.others.combine.then(Vec::new),
    };
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
        example_of: example_of(&report, &pack),
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
    ensure!(
        file.as_os_str() != "-",
        "--output - names no file: standard output is where the report goes without --output"
    );
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
    for policies in check.others.places() {
        let is_in = policies.canonicalize().is_ok_and(|policies| file.starts_with(policies));
        ensure!(
            !is_in,
            "--output {shown} is among the policies of {}: write the report elsewhere",
            policies.display()
        );
    }
    let is_read = read.any(|read| read.canonicalize().is_ok_and(|read| read == file))
        || is_configuration(&file.to_string_lossy());
    ensure!(
        !is_read,
        "--output {shown} is a file that is read: write the report elsewhere"
    );
    Ok(())
}

/// The policies of other tools, and the plans that they are to judge as one.
struct By<'c> {
    conftest: Option<&'c Conftest>,
    combined: Option<Vec<Foreigner>>,
}

impl By<'_> {
    fn judge(&mut self, report: &mut PlanReport, text: &str) -> anyhow::Result<()> {
        let Some(conftest) = self.conftest else {
            return Ok(());
        };
        let plan = Foreigner::new(&report.path, text);
        match &mut self.combined {
            Some(plans) => plans.push(plan),
            None => foreign::judge(conftest, &plan, report)?,
        }
        Ok(())
    }

    /// Judges what is to be judged as one; a plan that nothing else was said of has no report of its own.
    fn judge_combined(self, reports: &mut Vec<PlanReport>) -> anyhow::Result<()> {
        if let (Some(conftest), Some(plans)) = (self.conftest, self.combined) {
            reports.retain(|report| report.error.is_some() || !report.results.is_empty());
            if !plans.is_empty() {
                reports.push(foreign::judge_combined(conftest, &plans)?);
            }
        }
        Ok(())
    }
}

fn judged(place: &Place, judging: &Judging, judge: &Judge, others: &mut By) -> PlanReport {
    let name = place.name();
    let report = judging.read(place, |read| {
        let mut report = judge
            .judge(&name, &read.plan, read.source.as_ref())
            .context("it cannot be judged")?;
        report.notes.clone_from(&read.notes);
        others.judge(&mut report, read.text).context("it cannot be judged")?;
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
        return output::print(&match view.format {
            Format::Table => table::render(&told(report), options),
            Format::Json => json::render(report, options),
        });
    };
    // A file is no terminal, whatever standard output is.
    let plain = Options {
        colour: false,
        width: None,
        ..options.clone()
    };
    let saved = output::save(file, &render(view.format, report, &plain));
    output::print(&table::render(&told(report), options))?;
    saved?;
    talk::note(&format!("the report is in {}", file.display()));
    Ok(())
}

/// The report without the errors that standard error has already shown.
fn told(report: &Report) -> Cow<'_, Report> {
    const TOLD: &str = "standard error says why";
    if report.counts.error == 0 && report.plans.iter().all(|plan| plan.error.is_none()) {
        return Cow::Borrowed(report);
    }
    let mut report = report.clone();
    for plan in &mut report.plans {
        plan.error = plan.error.take().map(|_| TOLD.to_owned());
        for row in plan.results.iter_mut().filter(|row| row.verdict == Verdict::Error) {
            row.message = Some(TOLD.into());
        }
    }
    Cow::Owned(report)
}

/// The policy of the first failure in the table that has an example which `plangate explain` shows by its id alone.
fn example_of(report: &Report, pack: &Pack) -> Option<Arc<str>> {
    let has_example = |row: &&Row| {
        let policy = pack.policy(&row.policy);
        policy.is_some_and(|policy| policy.origin == Origin::Embedded && policy.example.is_some())
    };
    let rows = report.plans.iter().flat_map(|plan| &plan.results);
    rows.filter(|row| row.verdict == Verdict::Fail)
        .filter(has_example)
        .min_by_key(|row| Reverse(row.severity))
        .map(|row| row.policy.clone())
}

fn render(format: Format, report: &Report, options: &Options) -> Vec<u8> {
    match format {
        Format::Table => table::render(report, options),
        Format::Json => json::render(report, options),
    }
}
