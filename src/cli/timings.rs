//! `--timings`: where the time of a check went.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::io::Write;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use super::progress::Progress;
use crate::engine::{Stage, Watch};
use crate::report::{PolicyTime, StageTime, Timings, text};

/// The stages of a check, in their order.
#[derive(Clone, Copy, Debug, Eq, Ord, PartialEq, PartialOrd)]
pub(super) enum Step {
    /// The policies are read.
    Load,
    /// The plan's bytes are read.
    Read,
    /// They become text.
    Decode,
    /// The text becomes a plan.
    Parse,
    /// The configuration beside it is found and read.
    Source,
    /// The model is built.
    Model,
    /// The policies are compiled, and the model is handed to the engine.
    Compile,
    /// The policies are evaluated.
    Evaluate,
    /// The verdicts are put together.
    Report,
}

impl Step {
    pub(super) fn name(self) -> &'static str {
        match self {
            Step::Load => "load",
            Step::Read => "read",
            Step::Decode => "decode",
            Step::Parse => "parse",
            Step::Source => "source",
            Step::Model => "model",
            Step::Compile => "compile",
            Step::Evaluate => "evaluate",
            Step::Report => "report",
        }
    }
}

/// The times of all plans together.
#[derive(Debug, Default)]
pub(super) struct Totals(Mutex<Times>);

#[derive(Debug, Default)]
struct Times {
    steps: BTreeMap<Step, Duration>,
    policies: BTreeMap<String, Duration>,
}

impl Totals {
    /// Adds what a step took that is no plan's.
    pub(super) fn add(&self, step: Step, time: Duration) {
        let mut times = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        *times.steps.entry(step).or_default() += time;
    }

    /// The times, for the report.
    pub(super) fn timings(self) -> Timings {
        let Times { steps, policies } = self.0.into_inner().unwrap_or_else(PoisonError::into_inner);
        let stage = |(step, time): (Step, Duration)| StageTime {
            stage: step.name(),
            time,
        };
        let mut policies: Vec<PolicyTime> = policies
            .into_iter()
            .map(|(policy, time)| PolicyTime { policy, time })
            .collect();
        policies.sort_by(|one, other| other.time.cmp(&one.time).then_with(|| one.policy.cmp(&other.policy)));
        Timings {
            stages: steps.into_iter().map(stage).collect(),
            policies,
        }
    }
}

/// Follows one plan through its steps.
pub(super) struct Clock<'a> {
    plan: &'a str,
    /// Where the times go, if anybody asked for them.
    totals: Option<&'a Totals>,
    progress: &'a Progress,
    running: RefCell<Running>,
}

struct Running {
    step: Step,
    policy: Option<String>,
    since: Instant,
}

impl<'a> Clock<'a> {
    /// Begins to read a plan.
    pub(super) fn start(plan: &'a str, totals: Option<&'a Totals>, progress: &'a Progress) -> Self {
        progress.at(plan, Step::Read);
        Clock {
            plan,
            totals,
            progress,
            running: RefCell::new(Running {
                step: Step::Read,
                policy: None,
                since: Instant::now(),
            }),
        }
    }

    /// A step begins, and the one before it is over.
    pub(super) fn step(&self, step: Step) {
        self.next(step, None);
    }

    fn next(&self, step: Step, policy: Option<&str>) {
        let now = Instant::now();
        let running = self.running.replace(Running {
            step,
            policy: policy.map(str::to_owned),
            since: now,
        });
        if step != running.step {
            self.progress.at(self.plan, step);
        }
        let Some(totals) = self.totals else { return };
        let time = now.duration_since(running.since);
        totals.add(running.step, time);
        if let Some(policy) = running.policy {
            let mut times = totals.0.lock().unwrap_or_else(PoisonError::into_inner);
            *times.policies.entry(policy).or_default() += time;
        }
    }

    /// The plan is done.
    pub(super) fn stop(self) {
        self.step(Step::Report);
        self.progress.done();
    }
}

impl Watch for Clock<'_> {
    fn begin(&self, stage: Stage) {
        match stage {
            Stage::Model => self.step(Step::Model),
            Stage::Compile => self.step(Step::Compile),
            Stage::Evaluate => self.step(Step::Evaluate),
            Stage::Policy(policy) => self.next(Step::Evaluate, Some(policy)),
            Stage::Report => self.step(Step::Report),
        }
    }

    fn by_policy(&self) -> bool {
        self.totals.is_some()
    }
}

/// Shows the times on standard error.
pub(super) fn tell(timings: &Timings) {
    let stages = timings.stages.iter().map(|time| (time.stage, time.time));
    let policies = timings.policies.iter().map(|time| (&*time.policy, time.time));
    let width = policies.clone().map(|(name, _)| name.len()).max().unwrap_or(0).max(8);
    let mut lines = String::new();
    let heads = [("stage", stages.collect::<Vec<_>>()), ("policy", policies.collect())];
    for (head, times) in heads {
        lines.push_str(&format!("\n{head:width$}  milliseconds\n"));
        for (name, time) in times {
            lines.push_str(&format!(
                "{:width$}  {:>12.2}\n",
                text::safe(name),
                time.as_secs_f64() * 1e3
            ));
        }
    }
    // Where standard error is closed there is nobody to tell.
    let _ = write!(anstream::stderr(), "{lines}");
}
