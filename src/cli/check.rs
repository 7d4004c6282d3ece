//! `plangate check`: judges plans, reports, and exits with what the gate says.

use std::collections::BTreeMap;
use std::path::PathBuf;
use std::time::Instant;

use anyhow::Context;
use clap::Args;

use super::config::{At, Config};
use super::excusing::{self, Excused, Excusing};
use super::foreign::{Foreigner, Others, Ready};
use super::input;
use super::judge::{Judging, Read};
use super::plans::{self, Named};
use super::progress::Progress;
use super::talk;
use super::terminal::Terminal;
use super::timings::{self, Clock, Step, Totals};
use super::view::{self, View};
use crate::abreast;
use crate::author;
use crate::judge::Judge;
use crate::model::{State, Value};
use crate::pack::{Pack, Severity};
use crate::report::{Exit, Gate, OnNothing, OnUnknown, Options, PlanReport, Row, Verdict};
use crate::source::Source;

const EXAMPLES: &str = "\
Examples:
  terraform show -json tfplan | plangate check
  plangate check plan.json --only aws.s3,aws.kms --fail-on high
  plangate check plan.json --new-only --unknown fail
  plangate check plans/ --format table --format json=report.json
  plangate check network=net/plan.json app=app/plan.json --format sarif=out.sarif
  plangate check plan.json --timings
  plangate check plan.json --conftest policy/ --all-namespaces";

/// What `plangate check` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Check {
    /// Plans to judge: files (JSON, gzip, binary), folders, patterns, NAME=PATH, or - for standard input
    ///
    /// A folder is every *.json, *.json.gz and *.tfplan in it and below, but for what begins with a dot, and the plans in
    /// .terragrunt-cache. A pattern such as 'stacks/*/plan.json' is matched also where the shell does not. NAME=PATH says
    /// what the report calls a plan. A binary plan file is shown by terraform or tofu, in the folder where it is. Without
    /// any, the plan is read from standard input.
    #[arg(value_name = "PLAN")]
    plans: Vec<PathBuf>,

    #[command(flatten)]
    judging: Judging,

    #[command(flatten)]
    others: Others,

    #[command(flatten)]
    gate: GateArgs,

    #[command(flatten)]
    excusing: Excusing,

    #[command(flatten)]
    view: View,

    /// Show where the time went, on standard error and in the JSON report
    ///
    /// Each policy is then evaluated by itself, to be timed; that takes longer, since what policies share is worked out for
    /// each of them.
    #[arg(long, help_heading = "Report")]
    timings: bool,
}

#[derive(Args, Clone, Copy, Debug)]
#[command(next_help_heading = "Gate")]
struct GateArgs {
    /// The least severity that fails the gate [default: low]
    #[arg(long, value_enum, ignore_case = true, value_name = "SEVERITY")]
    fail_on: Option<Severity>,

    /// What to do where the plan cannot tell until apply [default: warn]
    #[arg(long, value_enum, ignore_case = true, value_name = "WHAT")]
    unknown: Option<OnUnknown>,

    /// What to do where no policy has anything to examine [default: warn]
    #[arg(long, value_enum, ignore_case = true, value_name = "WHAT")]
    nothing: Option<OnNothing>,

    /// Let failures through that are there before apply
    #[arg(long)]
    new_only: bool,
}

/// What the arguments say of the settings that a configuration file has, too.
pub(super) struct Given {
    /// By flag, what it lists.
    pub(super) lists: BTreeMap<&'static str, Vec<String>>,
    /// By flag, what it is set to.
    pub(super) words: BTreeMap<&'static str, String>,
    /// By policy and name, the parameters.
    pub(super) params: BTreeMap<String, Value>,
    /// Whether only new failures count.
    pub(super) new_only: bool,
}

impl Check {
    /// By what the gate decides.
    fn gate(&self, config: &Config) -> Gate {
        let (given, file, default) = (self.gate, &config.file, Gate::default());
        let mut unknown_by = default.unknown_by;
        // A flag is for every severity.
        for (severity, what) in file.unknown_by.iter().filter(|_| given.unknown.is_none()) {
            unknown_by[*severity as usize] = Some(what.value);
        }
        fn first<T: Copy>(given: Option<T>, said: &Option<At<T>>, default: T) -> T {
            given.or(said.as_ref().map(|at| at.value)).unwrap_or(default)
        }
        Gate {
            fail_on: first(given.fail_on, &file.fail_on, default.fail_on),
            unknown: first(given.unknown, &file.unknown, default.unknown),
            unknown_by,
            nothing: first(given.nothing, &file.nothing, default.nothing),
            new_only: given.new_only || file.new_only.as_ref().is_some_and(|at| at.value),
        }
    }

    /// Takes from the configuration file what the arguments do not say.
    pub(super) fn configure(&mut self, config: &Config) {
        self.judging.configure(config);
        self.view.configure(config);
        if let (true, Some(plans)) = (self.plans.is_empty(), &config.file.plans) {
            self.plans = plans.value.iter().map(|plan| config.plan(plan)).collect();
        }
    }

    /// What the arguments say, before the configuration file is looked at.
    pub(super) fn given(&self) -> Given {
        let selection = &self.judging.selection;
        let paths = |paths: &[PathBuf]| paths.iter().map(|path| path.display().to_string()).collect();
        let words = [
            ("fail-on", self.gate.fail_on.map(|severity| severity.name().to_owned())),
            ("unknown", self.gate.unknown.map(|what| what.name().to_owned())),
            ("nothing", self.gate.nothing.map(|what| what.name().to_owned())),
            (
                "source",
                self.judging.source.as_ref().map(|folder| folder.display().to_string()),
            ),
            (
                "verification-key",
                selection
                    .sources
                    .verification_key()
                    .map(|file| file.display().to_string()),
            ),
            ("waivers-due", self.excusing.due_days().map(|days| days.to_string())),
        ];
        let settings = self.judging.settings.by_policy().into_iter();
        Given {
            lists: BTreeMap::from([
                ("PLAN", paths(&self.plans)),
                ("policy", paths(&selection.folders)),
                (
                    "bundle",
                    selection.sources.bundles.iter().map(ToString::to_string).collect(),
                ),
                ("only", selection.only.clone()),
                ("control", selection.controls.clone()),
                ("skip", selection.skip.clone()),
                ("format", self.view.formats.iter().map(ToString::to_string).collect()),
            ]),
            words: words
                .into_iter()
                .filter_map(|(flag, word)| Some((flag, word?)))
                .collect(),
            params: settings
                .flat_map(|(id, values)| {
                    values
                        .into_iter()
                        .map(move |(name, value)| (format!("{id}.{name}"), value))
                })
                .collect(),
            new_only: self.gate.new_only,
        }
    }
}

/// Reads each plan, has it judged, and reports. A plan that cannot be read or judged is reported as that, and the
/// others are judged all the same.
///
/// # Errors
///
/// Where there is nothing to read, or the report cannot be written.
pub(super) fn run(check: &Check, config: &Config, terminal: Terminal, started: Instant) -> anyhow::Result<Exit> {
    let pack = match check.others.are_given() && !check.judging.selection.names_some() {
        true => Pack::default(),
        false => check.judging.selection.selected()?,
    };
    let (judge, misleading) = abreast::both(|| check.judging.judge(&pack), || author::misleading(&pack));
    for fault in misleading {
        talk::warning(&format!("{}:{}: {}", fault.path, fault.line, fault.message));
    }
    let others = check
        .others
        .load(check.judging.date(), &check.judging.engine_limits()?)?;
    let judge = judge?;
    let excused = check
        .excusing
        .ready(config, &check.judging.selection, &pack, &judge.as_of)?;
    let named = plans::find(&check.plans)?;
    let targets = check.view.targets()?;
    targets.ensure_apart(&check.plans, &named, &others.files, &pack)?;
    let totals = check.timings.then(Totals::default);
    if let Some(totals) = &totals {
        totals.add(Step::Load, started.elapsed());
    }
    let progress = Progress::of(named.len());
    let judged = abreast::each(named.iter(), named.len(), |named| {
        judged(
            named,
            &check.judging,
            &judge,
            &others,
            &excused,
            totals.as_ref(),
            &progress,
        )
    });
    let (mut plans, combined): (Vec<PlanReport>, Vec<_>) = judged.into_iter().unzip();
    others.judge_combined(&mut plans, combined.into_iter().flatten().collect())?;
    drop(progress);
    let gate = check.gate(config);
    let mut report = excused.report(&judge.as_of, plans, &gate);
    report.timings = totals.map(Totals::timings);
    for plan in &report.plans {
        tell(plan, &gate);
    }
    excusing::tell(&report);
    let options = Options {
        all: check.view.all,
        colour: terminal.colour,
        width: terminal.width,
        gate,
        pack: Some(&pack),
        example_of: view::example_of(&report, &pack),
        elapsed: Some(started.elapsed()),
    };
    targets.write(&report, &options)?;
    if let Some(timings) = &report.timings {
        timings::tell(timings);
    }
    let exit = report.exit;
    // The process ends here: to take the compiled policies and the rows apart first would cost a tenth of the time.
    std::mem::forget((judge, report));
    Ok(exit)
}

fn judged(
    named: &Named,
    judging: &Judging,
    judge: &Judge,
    others: &Ready,
    excused: &Excused,
    totals: Option<&Totals>,
    progress: &Progress,
) -> (PlanReport, Option<Foreigner>) {
    let path = named
        .place
        .path()
        .map_or("-".to_owned(), |path| path.display().to_string());
    let clock = Clock::start(&named.name, totals, progress);
    let step = |step| clock.step(step);
    let finished = |mut report: PlanReport, source: Option<&Source>, notes| {
        report.notes = notes;
        excused.by_comments(&mut report, source)?;
        report.folder = source.map(|source| input::from_here(source.folder()));
        anyhow::Ok(report)
    };
    let mut combined = None;
    let prepare = |read: &Read| {
        let source = read.source.as_ref();
        let prepared = match &read.needs {
            Some(needs) => judge.prepare_for(needs.clone(), &path, &read.plan, source, &clock),
            None => judge.prepare(&path, &read.plan, source, &clock),
        };
        prepared.context("it cannot be judged")
    };
    let decide = |prepared| judge.decide(prepared, &clock).context("it cannot be judged");
    let report = if others.are_none() {
        // The plan's text is let go before its state after apply is judged.
        let prepared = judging.read_for(
            &named.place,
            || judge.needs(),
            step,
            |read| Ok((prepare(&read)?, read.source, read.notes)),
        );
        prepared.and_then(|(prepared, source, notes)| finished(decide(prepared)?, source.as_ref(), notes))
    } else {
        judging.read_whole(&named.place, step, |read, text| {
            let mut report = decide(prepare(&read)?)?;
            let source = read.source.as_ref();
            let model = || judge.document(&read.plan, State::After, source);
            combined = others
                .judge(&mut report, text, model, source.is_some())
                .context("it cannot be judged")?;
            finished(report, source, read.notes)
        })
    };
    clock.stop();
    let report = report.unwrap_or_else(|error| PlanReport::unreadable(&*path, format!("{error:#}")));
    let report = PlanReport {
        name: named.name.clone(),
        ..report
    };
    (report, combined)
}

/// Says what the exit code alone does not.
fn tell(plan: &PlanReport, gate: &Gate) {
    let name = if plan.name == "-" { "standard input" } else { &plan.name };
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
    let warns = |row: &&Row| row.verdict == Verdict::Unknown && gate.on_unknown(row.severity) == OnUnknown::Warn;
    let number = plan.results.iter().filter(warns).count();
    if number > 0 {
        let verb = if number == 1 { "verdict is" } else { "verdicts are" };
        talk::warning(&format!(
            "{name}: {number} {verb} unknown until apply; --unknown fail makes the gate fail then"
        ));
    }
}
