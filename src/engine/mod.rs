//! The engine that judges plans by policies. This is the only module that knows which engine it is.

mod apart;
mod builtins;
mod check;
mod code;
mod compile;
mod conditions;
mod coverage;
mod depth;
mod document;
mod error;
pub mod foreign;
mod format;
mod forms;
mod handed;
mod heads;
mod imports;
mod input;
mod needs;
mod query;
mod ranges;
mod reader;
mod subjects;
mod sure;
mod syntax;
mod testing;
mod together;
mod tokens;
mod trial;
mod unread;
mod verdicts;
mod watch;
mod workers;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::{Arc, Mutex, PoisonError};
use std::thread;
use std::time::Duration;

use serde::Serialize;

pub use apart::serve;
pub(crate) use apart::verdicts as verdicts_apart;
pub use conditions::{Clause, Condition, Read, conditions};
pub use coverage::Coverage;
pub use document::{Document, Step};
pub use error::{EngineError, Rejection, Rejections};
pub(crate) use imports::needed_by;
pub use query::{Answer, Answers, Session, is_definition, is_unfinished};
pub(crate) use subjects::astray;
pub(crate) use syntax::{members, rule_name, span, text_of, variant};
pub use testing::{TestOutcome, TestResult, Tested};
pub use trial::{Trial, Tried, in_time};
pub use verdicts::{Finding, Verdicts};
pub use watch::{Stage, Watch};

use crate::abreast;
use crate::apart::Apart;
use crate::model::{Model, Needs, Value};
use crate::pack::{Library, Origin, Pack, Policy, Source};
use compile::{Checked, Libraries};
use handed::Handed;
use together::{Group, Together};
use workers::{Job, Unfinished};

/// A plan of fewer resources is judged by the embedded policies on one thread.
const SMALL: usize = 150;

/// So many shares of the embedded policies has each thread of a larger one, as shares take unlike times, and what a share
/// works out is held as long as it judges.
const SHARES: usize = 8;

/// The resources for which the time of a policy is meant.
const PER_TIME: usize = 10_000;

/// What a policy may take.
#[derive(Clone, Debug)]
pub struct Limits {
    /// The time for one policy and each 10,000 resources of a plan.
    pub time: Duration,
    /// What a single step of the engine, which no timer ends, may take past that.
    pub grace: Duration,
    /// The most numbers that `numbers.range` makes.
    pub range: u32,
    /// The threads to judge on; as many as the machine has where it is not given.
    pub workers: Option<NonZeroUsize>,
    /// Where the user's policies judge in processes of their own: then memory has a limit, too. Else they judge in this
    /// one.
    pub apart: Option<Apart>,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            time: Duration::from_secs(10),
            grace: Duration::from_secs(2),
            range: 100_000,
            workers: None,
            apart: None,
        }
    }
}

impl Limits {
    /// The limits for an input of so many resources: the time is in proportion, since the work is.
    fn for_resources(&self, resources: usize) -> Self {
        let times = u32::try_from(resources.div_ceil(PER_TIME)).unwrap_or(u32::MAX).max(1);
        Limits {
            time: self.time.saturating_mul(times),
            ..self.clone()
        }
    }

    fn workers(&self) -> NonZeroUsize {
        self.workers.unwrap_or_else(abreast::threads)
    }
}

/// Policies that are loaded and checked, ready to judge plans.
pub struct Engine<'p> {
    limits: Limits,
    libraries: &'p [Library],
    policies: Vec<Loaded<'p>>,
    group: Mutex<Option<Group>>,
}

type Outcome = Result<Verdicts, EngineError>;

/// By policy, what became of it.
type Outcomes = BTreeMap<Arc<str>, Outcome>;

struct Loaded<'p> {
    policy: &'p Policy,
    /// The user's policies have an engine each, so that what is wrong with one is wrong with it alone. The embedded
    /// ones, which the project's tests check that way, share one, made when it is known which apply.
    alone: Option<regorus::Engine>,
}

/// What became of one policy.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// The policy.
    pub policy: Arc<str>,
    /// What it says, or why it says nothing.
    pub outcome: Result<Verdicts, EngineError>,
}

impl<'p> Engine<'p> {
    /// Loads the policies of a pack; the user's are compiled and checked, each alone with the libraries.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with all of them.
    pub fn new(pack: &'p Pack, limits: Limits) -> Result<Self, EngineError> {
        let trusted = pack.policies.iter().all(|policy| policy.origin == Origin::Embedded)
            && pack.libraries.iter().all(|library| library.origin == Origin::Embedded);
        let is_alone = |policy: &Policy| policy.origin == Origin::Folder;
        let libraries = imports::used(&pack.libraries, pack.policies.iter().filter(|policy| is_alone(policy)));
        let checked = if trusted { Checked::None } else { Checked::Own };
        Engine::load(pack, &libraries, limits, checked, is_alone)
    }

    /// Loads the policies of a pack and checks all of them alone, the embedded ones too: the project's own tests.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with all of them.
    pub fn verify(pack: &'p Pack, limits: Limits) -> Result<Self, EngineError> {
        Engine::load(pack, &pack.libraries, limits, Checked::All, |_| true)
    }

    /// `used` are those of its libraries that are loaded for policies alone.
    fn load(
        pack: &'p Pack,
        used: &[Library],
        limits: Limits,
        checked: Checked,
        is_alone: impl Fn(&Policy) -> bool + Sync,
    ) -> Result<Self, EngineError> {
        let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
        let libraries = match checked {
            Checked::None => None,
            Checked::Own | Checked::All => {
                let mut libraries = Libraries::load(used, &limits, checked).map_err(rejected)?;
                let packages = pack.libraries.iter().map(|library| &*library.package);
                libraries.names.know(packages);
                Some(libraries)
            }
        };
        let load = |policy: &'p Policy| -> Result<Loaded<'p>, Vec<Rejection>> {
            let alone = match &libraries {
                Some(libraries) if is_alone(policy) => Some(libraries.alone(policy, pack)?),
                _ => None,
            };
            Ok(Loaded { policy, alone })
        };
        let share = pack.policies.len().div_ceil(limits.workers().get()).max(1);
        let loaded: Vec<Result<Loaded, Vec<Rejection>>> = if libraries.is_some() {
            thread::scope(|scope| {
                let shares = pack.policies.chunks(share);
                let threads: Vec<_> = shares
                    .map(|share| scope.spawn(|| share.iter().map(load).collect::<Vec<_>>()))
                    .collect();
                threads
                    .into_iter()
                    .flat_map(|thread| thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic)))
                    .collect()
            })
        } else {
            pack.policies.iter().map(load).collect()
        };
        let mut policies = Vec::with_capacity(loaded.len());
        let mut rejections = Vec::new();
        for loaded in loaded {
            match loaded {
                Ok(loaded) => policies.push(loaded),
                Err(more) => rejections.extend(more),
            }
        }
        if rejections.is_empty() {
            Ok(Engine {
                limits,
                libraries: &pack.libraries,
                policies,
                group: Mutex::default(),
            })
        } else {
            Err(rejected(rejections))
        }
    }

    /// What each policy that applies says of a plan, sorted by policy; `input` is the document of the contract.
    ///
    /// Only policies that apply are asked, and only they have a judgement: one that examines no type of the plan costs
    /// nothing.
    ///
    /// # Errors
    ///
    /// [`EngineError::Input`] where the input cannot be handed to policies, [`EngineError::Rejected`] where an embedded
    /// policy does not load.
    pub fn judge<M: Serialize + ?Sized>(
        &self,
        input: &M,
        applies: impl Fn(&Policy) -> bool,
    ) -> Result<Vec<Judgement>, EngineError> {
        self.judge_watched(input, applies, &())
    }

    /// As [`Engine::judge`]; `watch` is told of [`Stage::Compile`] and [`Stage::Evaluate`], or of each policy where it
    /// wants that.
    ///
    /// # Errors
    ///
    /// As [`Engine::judge`].
    pub fn judge_watched<M: Serialize + ?Sized>(
        &self,
        input: &M,
        applies: impl Fn(&Policy) -> bool,
        watch: &dyn Watch,
    ) -> Result<Vec<Judgement>, EngineError> {
        watch.begin(Stage::Compile);
        let input = input::value(input).map_err(unusable)?;
        let limits = self.limits.for_resources(input::resources(&input));
        self.judge_handed(Handed::Value(input), &limits, applies, watch)
    }

    /// As [`Engine::judge_watched`], of a model, which is not held twice; the policies see no more of it than `needs`.
    pub(crate) fn judge_model(
        &self,
        model: Model,
        needs: &Needs,
        applies: impl Fn(&Policy) -> bool,
        watch: &dyn Watch,
    ) -> Result<Vec<Judgement>, EngineError> {
        watch.begin(Stage::Compile);
        let limits = self.limits.for_resources(model.resource_count());
        self.judge_handed(Handed::model(model, needs.clone()), &limits, applies, watch)
    }

    /// What the policies, with these parameters, can see of a plan.
    pub(crate) fn needs(&self, params: &Value) -> Needs {
        let policies = || self.policies.iter().map(|loaded| loaded.policy);
        let libraries = imports::needed(self.libraries, policies().map(|policy| &*policy.text));
        needs::needs(policies(), &libraries, params)
    }

    fn judge_handed(
        &self,
        handed: Handed,
        limits: &Limits,
        applies: impl Fn(&Policy) -> bool,
        watch: &dyn Watch,
    ) -> Result<Vec<Judgement>, EngineError> {
        let chosen: Vec<&Loaded> = self.policies.iter().filter(|loaded| applies(loaded.policy)).collect();
        let (alone, embedded): (Vec<&Loaded>, Vec<&Loaded>) = chosen.iter().partition(|loaded| loaded.alone.is_some());
        let (apart, here) = match &limits.apart {
            Some(apart) => (Some((apart, alone)), embedded.clone()),
            None => (None, chosen.clone()),
        };
        let group = match &embedded[..] {
            [] => None,
            some => Some(self.group(&some.iter().map(|loaded| loaded.policy).collect::<Vec<_>>())?),
        };
        let mut outcomes = Outcomes::new();
        if let Some((apart, alone)) = apart.filter(|(_, alone)| !alone.is_empty()) {
            watch.begin(Stage::Evaluate);
            for share in shares(&alone, watch) {
                let policies: Vec<&Policy> = share.iter().map(|loaded| loaded.policy).collect();
                outcomes.extend(apart::judge(&policies, self.libraries, &handed, limits, apart)?);
            }
        }
        if here.is_empty() {
            handed.let_go();
        } else {
            watch.begin(Stage::Compile);
            let input = handed.into_value().map_err(unusable)?;
            watch.begin(Stage::Evaluate);
            for share in shares(&here, watch) {
                outcomes.extend(self.outcomes(share, group.as_ref(), &input, limits));
            }
        }
        Ok(chosen
            .iter()
            .map(|loaded| {
                let policy = loaded.policy.id.clone();
                let lost = |policy| Err(EngineError::Lost { policy });
                let outcome = outcomes.remove(&policy).unwrap_or_else(|| lost(policy.clone()));
                Judgement { policy, outcome }
            })
            .collect())
    }

    /// What these policies say: the embedded ones by the group, the user's each by its own engine.
    fn outcomes(&self, chosen: &[&Loaded], group: Option<&Group>, input: &regorus::Value, limits: &Limits) -> Outcomes {
        let (embedded, alone): (Vec<&Loaded>, Vec<&Loaded>) = chosen.iter().partition(|loaded| loaded.alone.is_none());
        let together = group.map(|group| self.judge_together(&embedded, group, input, limits));
        let mut outcomes = together.unwrap_or_default();
        let jobs = alone.iter().filter_map(|loaded| {
            let (engine, policy) = (loaded.alone.clone()?, &loaded.policy.id);
            Some((policy, job(move |_| Ok(engine), policy, input, limits)))
        });
        outcomes.extend(judge_alone(jobs.collect(), limits));
        outcomes
    }

    /// The embedded policies by their group: what several of them work out with the libraries is worked out once.
    fn judge_together(&self, chosen: &[&Loaded], group: &Group, input: &regorus::Value, limits: &Limits) -> Outcomes {
        // Each share works out for itself what its policies share, and on a small plan that is most of it.
        let count = match input::resources(input) {
            ..SMALL => 1,
            _ => limits.workers().get() * SHARES,
        };
        let mut shares: Vec<&[&Loaded]> = chosen.chunks(chosen.len().div_ceil(count).max(1)).collect();
        // Those that see all resources hold the most while they judge, and come first, while no others' verdicts are held.
        shares.sort_by_key(|share| !share.iter().any(|loaded| sees_all(loaded.policy)));
        let jobs = shares.iter().map(|share| -> Job<Option<Outcomes>> {
            let (group, input, limit) = (group.clone(), input.clone(), limits.time);
            let policies: Vec<Arc<str>> = share.iter().map(|loaded| loaded.policy.id.clone()).collect();
            Box::new(move || group.evaluate(&policies, &input, limit))
        });
        let judged = workers::run(jobs.collect(), limits.workers(), compile::patience(limits));
        let mut outcomes = Outcomes::new();
        for (share, judged) in shares.into_iter().zip(judged) {
            // Where one breaks, each is judged by itself, as it is written.
            let judged = judged.ok().flatten().unwrap_or_else(|| {
                let jobs = share.iter().map(|Loaded { policy, .. }| {
                    let libraries = imports::needed(self.libraries, [&*policy.text].into_iter());
                    let own = (*policy).clone();
                    let load = move |limits: &Limits| compile::alone(&own, &libraries, limits);
                    (&policy.id, job(load, &policy.id, input, limits))
                });
                judge_alone(jobs.collect(), limits)
            });
            outcomes.extend(judged);
        }
        outcomes
    }

    /// The embedded policies, compiled once for all plans: those of the first plan, and once another plan needs more, all.
    fn group(&self, chosen: &[&Policy]) -> Result<Group, EngineError> {
        let mut kept = self.group.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(group) = &*kept
            && chosen.iter().all(|policy| group.policies.contains(&policy.id))
        {
            return Ok(group.clone());
        }
        let all = || self.policies.iter().filter(|loaded| loaded.alone.is_none());
        let policies: Vec<&Policy> = match &*kept {
            None => chosen.to_vec(),
            Some(_) => all().map(|loaded| loaded.policy).collect(),
        };
        let together = Together::new(&policies, self.libraries, &self.limits)
            .map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))?;
        let group = Group {
            together,
            policies: Arc::new(policies.iter().map(|policy| policy.id.clone()).collect()),
        };
        *kept = Some(group.clone());
        Ok(group)
    }
}

fn unusable(error: input::Refused) -> EngineError {
    EngineError::Input(error.to_string())
}

/// The policies that are evaluated together: each is by itself where their times are asked for.
fn shares<'l, 'p>(policies: &'l [&'l Loaded<'p>], watch: &dyn Watch) -> impl Iterator<Item = &'l [&'l Loaded<'p>]> {
    let share = if watch.by_policy() { 1 } else { policies.len().max(1) };
    policies.chunks(share).inspect(move |share| {
        if let (true, [loaded]) = (watch.by_policy(), share) {
            watch.begin(Stage::Policy(&loaded.policy.id));
        }
    })
}

/// Whether a policy examines the resources of all types.
fn sees_all(policy: &Policy) -> bool {
    policy.examines.iter().any(|subject| subject == "*")
}

/// The job of judging by one policy, in an engine that the job loads.
fn job(
    load: impl FnOnce(&Limits) -> Result<regorus::Engine, Rejection> + Send + 'static,
    policy: &Arc<str>,
    input: &regorus::Value,
    limits: &Limits,
) -> Job<Outcome> {
    let (policy, input, limits) = (policy.clone(), input.clone(), limits.clone());
    Box::new(move || {
        let mut engine = load(&limits).map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))?;
        compile::set_time(&mut engine, limits.time);
        engine.set_input(input);
        evaluate(&mut engine, policy, limits.time)
    })
}

fn judge_alone(jobs: Vec<(&Arc<str>, Job<Outcome>)>, limits: &Limits) -> Outcomes {
    let (policies, jobs): (Vec<&Arc<str>>, Vec<_>) = jobs.into_iter().unzip();
    let outcomes = workers::run(jobs, limits.workers(), compile::patience(limits));
    let outcomes = policies.iter().zip(outcomes).map(|(policy, outcome)| {
        let outcome = outcome.unwrap_or_else(|unfinished| Err(unfinished_of(policy, unfinished, limits)));
        ((*policy).clone(), outcome)
    });
    outcomes.collect()
}

fn unfinished_of(policy: &Arc<str>, unfinished: Unfinished, limits: &Limits) -> EngineError {
    let policy = policy.clone();
    match unfinished {
        Unfinished::Late => EngineError::Late {
            policy,
            limit: compile::patience(limits),
            place: String::new(),
        },
        Unfinished::Lost => EngineError::Lost { policy },
    }
}

/// The engine's syntax tree of a file of Rego, as JSON: places in it are bytes of the text.
pub(crate) fn tree(source: &Source) -> Result<serde_json::Value, EngineError> {
    compile::tree(source).map_err(|rejection| EngineError::Rejected(Rejections(vec![rejection])))
}

fn read(said: &regorus::Value, policy: &Arc<str>) -> Result<Verdicts, EngineError> {
    verdicts::read(said).map_err(|(rule, message)| EngineError::NoFinding {
        policy: policy.clone(),
        rule,
        message,
    })
}

/// What the policy of an engine of its own says.
fn evaluate(engine: &mut regorus::Engine, policy: Arc<str>, limit: Duration) -> Result<Verdicts, EngineError> {
    match engine.eval_rule(compile::verdicts()) {
        Ok(regorus::Value::Undefined) => {
            let message = "is undefined, or `unknown` or `examined` is: write them `contains`".to_owned();
            Err(EngineError::NoFinding {
                policy,
                rule: "deny",
                message,
            })
        }
        Ok(said) => read(&said, &policy),
        Err(error) if error::is_late(&error) => Err(EngineError::Late {
            policy,
            limit,
            place: String::new(),
        }),
        Err(error) => Err(EngineError::Broken {
            policy,
            message: error::without_values(&error),
        }),
    }
}

#[cfg(test)]
mod tests;
