//! Policies that were written for another tool: loaded, checked and asked as that tool asks them.
//!
//! They read another `input` than the contract's and may be written in the Rego of before version 1. The engine's traps
//! are the same, so they are checked and rewritten as plangate's own are.

pub(super) mod apart;
mod builtins;
mod chained;
mod conftest;
mod format;
mod imports;
mod place;
mod regula;
mod rewrite;
mod statements;

use std::sync::Arc;

use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

pub use conftest::{Conftest, Namespaces};
pub use regula::Regula;

use super::check::Group;
use super::compile::{self, whole};
use super::error::{self, Rejection, Rejections, without_values};
use super::syntax::{self, Module};
use super::workers::{self, Job};
use super::{EngineError, Limits, heads, input, unfinished_of};
use crate::model::{Map, Value};
use crate::pack::{Foreign, Source};
use apart::Outcome;

pub(super) use builtins::arity;

/// What one rule of another tool says of a plan.
#[derive(Clone, Debug, Deserialize, PartialEq, Serialize)]
pub struct Said {
    /// What plangate calls it: `conftest.main.deny`.
    pub policy: Arc<str>,
    /// What its author calls it, where that is told.
    pub title: Option<Arc<str>>,
    /// What it says.
    pub verdict: Says,
    /// Its message, where it has one.
    pub message: Option<Arc<str>>,
    /// What else it says: the members of its object but `msg`.
    pub members: Map,
}

/// What a rule of another tool says.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Says {
    /// It fails.
    Fails,
    /// It fails in a way that is only to be told.
    Warns,
    /// It passes.
    Passes,
    /// It is not asked, because of an exception.
    Excepted,
    /// The plan has nothing that it is about.
    FindsNothing,
}

/// What policies of another tool say of a plan.
#[derive(Clone, Debug, Default)]
pub struct Sayings {
    /// What they say, in the order of their rules.
    pub said: Vec<Said>,
    /// What broke, by policy or namespace.
    pub broken: Vec<(Arc<str>, EngineError)>,
}

impl Sayings {
    /// Takes what a policy, or several of a namespace, said, or why there is nothing.
    fn take(&mut self, policy: Arc<str>, judged: Result<Outcome, EngineError>, limits: &Limits) {
        let of = policy.clone();
        let broken = match judged {
            Ok(Ok(said)) => return self.said.extend(said),
            Ok(Err(message)) if error::is_late(&message) => EngineError::Late {
                policy: of,
                limit: limits.time,
                place: String::new(),
            },
            Ok(Err(message)) => EngineError::Broken { policy: of, message },
            Err(error) => error,
        };
        self.broken.push((policy, broken));
    }
}

/// What each package says, worked out in this process.
fn judge_here(packages: &[Arc<str>], jobs: Vec<Job<Outcome>>, limits: &Limits) -> Vec<Result<Outcome, EngineError>> {
    let judged = workers::run(jobs, limits.workers(), compile::patience(limits));
    let judged = packages.iter().zip(judged);
    judged
        .map(|(package, outcome)| outcome.map_err(|unfinished| unfinished_of(package, unfinished, limits)))
        .collect()
}

/// The files of another tool, in an engine and checked.
struct Loaded {
    engine: regorus::Engine,
    /// By path.
    files: Vec<File>,
    /// What leads nowhere, and is undefined there.
    undefined: Vec<Rejection>,
}

struct File {
    path: String,
    tree: Json,
    module: Module,
}

impl Loaded {
    fn new(foreign: &Foreign, limits: &Limits, now: i64) -> Result<Self, EngineError> {
        let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
        let mut engine = compile::engine(limits);
        // A built-in that does not take its arguments is undefined to these policies, and they rely on it.
        engine.set_strict_builtin_errors(false);
        builtins::add(&mut engine, now);
        let mut files = Vec::new();
        let mut rejections = Vec::new();
        for source in &foreign.files {
            match add(&mut engine, source) {
                Ok(file) => files.push(file),
                Err(rejection) => rejections.push(rejection),
            }
        }
        if !rejections.is_empty() {
            return Err(rejected(rejections));
        }
        let modules: Vec<(String, Module)>;
        let trees: Vec<Json>;
        (modules, trees) = files
            .into_iter()
            .map(|File { path, tree, module }| ((path, module), tree))
            .unzip();
        let facts = foreign.data.as_object().into_iter().flatten();
        let group = Group {
            files: &modules,
            facts: facts.map(|(name, value)| (&**name, value)).collect(),
            libraries: None,
            policies: &[],
            foreign: true,
        };
        rejections.extend(group.check());
        if !rejections.is_empty() {
            return Err(rejected(rejections));
        }
        let undefined = group.undefined();
        let data = input::value(&foreign.data).map_err(|error| EngineError::Input(error.to_string()))?;
        let ready = engine.add_data(data).map_err(|error| error.to_string());
        ready
            .and_then(|()| compile::prepare(&mut engine))
            .map_err(|message| rejected(vec![whole(&foreign.place, message)]))?;
        let files = modules.into_iter().zip(trees);
        Ok(Loaded {
            engine,
            files: files
                .map(|((path, module), tree)| File { path, tree, module })
                .collect(),
            undefined,
        })
    }
}

/// Adds a file, in the version of Rego in which it is written.
fn add(engine: &mut regorus::Engine, source: &Source) -> Result<File, Rejection> {
    compile::ensure_flat(source)?;
    let (is_old, tree, source) = parse(source)?;
    let source = &source;
    let module = syntax::module(&tree, &source.text).ok_or_else(|| compile::too_deep_to_check(source))?;
    let refused = |(line, how): (u64, &str)| Rejection {
        path: source.path.clone(),
        line,
        message: format!("one round of its loop that is undefined would lose the others: {how}"),
    };
    // Each of these works on the places of a tree, so the text is parsed anew between them.
    let text = imports::rewrite(&tree, &module, &source.text);
    let (tree_now, source_now) = again(source, text)?;
    let text = statements::rewrite(&tree_now, &source_now.text).map_err(|(line, how)| Rejection {
        path: source.path.clone(),
        line,
        message: format!("what it negates is to be worked out before: {how}"),
    })?;
    let (tree_now, source_now) = again(source, text)?;
    let text = rewrite::rewrite(&tree_now, &source_now.text).map_err(refused)?;
    let text = heads::rewrite(&text).map_err(|line| refused((line, "write the body in one pair of braces")))?;
    engine.set_rego_v0(is_old);
    engine
        .add_policy(source.path.clone(), text)
        .map_err(|error| whole(&source.path, format!("cannot be loaded:\n{}", without_values(&error))))?;
    Ok(File {
        path: source.path.clone(),
        tree,
        module,
    })
}

/// A rewritten text and its syntax tree.
fn again(source: &Source, text: String) -> Result<(Json, Source), Rejection> {
    let source = Source {
        path: source.path.clone(),
        text: text.into(),
    };
    let (_, tree, source) = parse(&source)?;
    Ok((tree, source))
}

/// The syntax tree of a file, and whether it is in the Rego of before version 1; then each of its rules has one body in
/// the text that is given back.
fn parse(source: &Source) -> Result<(bool, Json, Source), Rejection> {
    let parsed = |is_old, text: String| {
        let mut engine = regorus::Engine::new();
        engine.set_rego_v0(is_old);
        engine
            .add_policy(source.path.clone(), text)
            .map_err(|error| error.to_string())?;
        engine.get_ast_as_json().map_err(|error| error.to_string())
    };
    let split = chained::split(&source.text);
    let (is_old, tree, text) = match parsed(false, source.text.clone().into_owned()) {
        Ok(tree) => (false, tree, source.text.clone()),
        Err(new) => match parsed(true, split.clone()) {
            Ok(tree) => (true, tree, split.into()),
            // The version that reads on for longer is the one that was meant.
            Err(old) => {
                let error = if line_of(&old) >= line_of(&new) { old } else { new };
                return Err(whole(&source.path, format!("is not valid Rego:\n{}", error.trim())));
            }
        },
    };
    let mut tree: Json = serde_json::from_str(&tree).map_err(|_| compile::too_deep_to_check(source))?;
    let ast = tree.get_mut(0).and_then(|module| module.get_mut("ast"));
    let ast = ast.ok_or_else(|| compile::too_deep_to_check(source))?;
    let source = Source {
        path: source.path.clone(),
        text,
    };
    Ok((is_old, ast.take(), source))
}

/// The line that an error of the engine's parser names.
fn line_of(error: &str) -> u64 {
    let place = error.lines().find(|line| line.contains("--> ")).unwrap_or_default();
    let mut parts = place.rsplit(':');
    parts.nth(1).and_then(|line| line.parse().ok()).unwrap_or(0)
}

/// The value of a rule of a package; none where it is undefined.
fn ask(engine: &mut regorus::Engine, package: &str, rule: &str) -> Result<Option<regorus::Value>, String> {
    let path: Vec<String> = package.split('.').map(|part| format!("[\"{part}\"]")).collect();
    let results = engine
        .eval_query(format!("data{}.{rule}", path.concat()), false)
        .map_err(|error| match error::is_late(&error) {
            true => error.to_string(),
            false => without_values(&error),
        })?;
    let mut expressions = results.result.into_iter().flat_map(|result| result.expressions);
    let value = expressions.next().map(|expression| expression.value);
    Ok(value.filter(|value| *value != regorus::Value::Undefined))
}

/// The engine's value as one of ours.
fn plain(value: &regorus::Value) -> Value {
    serde_json::to_value(value)
        .ok()
        .and_then(|value| serde_json::from_value(value).ok())
        .unwrap_or_default()
}
