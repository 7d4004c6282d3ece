//! Policies and libraries into the engine.

use std::collections::BTreeMap;
use std::time::Duration;

use regorus::Value as Raw;
use regorus::utils::limits::ExecutionTimerConfig;

use super::Limits;
use super::check::{Group, Names};
use super::code::PACKAGE;
pub(super) use super::code::RULES;
use super::depth::{self, too_deep};
use super::error::{Rejection, without_values};
use super::forms;
use super::heads;
use super::imports::needed;
use super::input;
use super::subjects;
use super::syntax::{self, Form, Module};
use super::unread::unread;
use crate::model::Value;
use crate::pack::{Library, Pack, Policy, Source, is_embedded};

/// The rule, beside [`ASKED`], for a policy that has an engine of its own.
const ALONE: &str = "verdicts";

/// How many steps pass between two looks at the clock.
const TICKS: std::num::NonZeroU32 = std::num::NonZeroU32::MIN.saturating_add(999);

/// Which of the libraries are checked as they are loaded.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(super) enum Checked {
    /// None: nothing is asked that goes by it.
    None,
    /// Those of the user; the embedded ones are as the project's tests have checked them.
    Own,
    /// All: the project's own tests.
    All,
}

/// The libraries of a pack, in the engine and checked.
pub(super) struct Libraries {
    pub(super) engine: regorus::Engine,
    pub(super) names: Names,
}

impl Libraries {
    /// Loads the libraries, and checks which are to be.
    pub(super) fn load(libraries: &[Library], limits: &Limits, checked: Checked) -> Result<Self, Vec<Rejection>> {
        let mut engine = engine(limits);
        let mut names = Names::default();
        let mut rejections = Vec::new();
        let mut files = Vec::new();
        let mut facts = Vec::new();
        for library in libraries {
            let source = Source {
                path: library.path.clone(),
                text: library.text.clone(),
            };
            let added = add(&mut engine, &source).and_then(|()| add_facts_of_library(&mut engine, library));
            let known = forms::of_package(&library.package).filter(|_| is_embedded(&library.path, &library.text));
            let own_facts = library.data.as_ref();
            if let (Checked::Own, Some(rules)) = (checked, known) {
                names.add(&library.package, rules, own_facts);
            } else {
                facts.extend(own_facts.map(|facts| (&*library.package, facts)));
            }
            let is_parsed = checked == Checked::All || (checked == Checked::Own && known.is_none());
            match added.and_then(|()| is_parsed.then(|| parse(&source)).transpose()) {
                Ok(module) => files.extend(module.map(|module| (library.path.clone(), module))),
                Err(rejection) => rejections.push(rejection),
            }
        }
        let group = Group {
            files: &files,
            facts,
            libraries: Some(&names),
            policies: &[],
            foreign: false,
        };
        // What is missing from a file that does not parse would be told of all who use it.
        if rejections.is_empty() {
            rejections.extend(group.check());
        }
        if !rejections.is_empty() {
            return Err(rejections);
        }
        let own = group.names();
        names.extend(own);
        Ok(Libraries { engine, names })
    }

    /// An engine with the libraries and this policy of the pack alone, ready to judge, and everything checked.
    pub(super) fn alone(&self, policy: &Policy, pack: &Pack) -> Result<regorus::Engine, Vec<Rejection>> {
        let source = Source {
            path: policy.path.clone(),
            text: policy.text.clone(),
        };
        let module = parse(&source).map_err(|rejection| vec![rejection])?;
        let mut rejections = contract(&policy.path, &module);
        rejections.extend(astray(policy, pack));
        let mut files = vec![(policy.path.clone(), module)];
        rejections.extend(self.group(Some(policy), &files, &pack.policies).check());
        // What is wrong with the tests is told where they are run.
        let tests = policy
            .tests
            .as_ref()
            .and_then(|tests| Some((tests.path.clone(), parse(tests).ok()?)));
        files.extend(tests);
        let group = self.group(Some(policy), &files, &[]);
        let read_by = |module: Option<&(String, Module)>| module.map(|(_, module)| group.read_by(module));
        let (by_policy, by_tests) = (read_by(files.first()), read_by(files.get(1)));
        rejections.extend(unread(
            &policy.path,
            &files[0].1,
            &by_policy.unwrap_or_default(),
            &by_tests.unwrap_or_default(),
        ));
        if !rejections.is_empty() {
            return Err(rejections);
        }
        let mut engine = self.engine.clone();
        add_policy(&mut engine, policy)
            .and_then(|read| ready_alone(&mut engine, &read).map_err(|message| whole(&policy.path, message)))
            .map_err(|rejection| vec![rejection])?;
        Ok(engine)
    }

    /// An engine with the libraries, the tests of one of them or of a policy, and that policy; and the names of the
    /// tests by their package. `package` is that of what is tested.
    pub(super) fn with_tests(
        &self,
        package: &str,
        policy: Option<&Policy>,
        tests: &Source,
    ) -> Result<(regorus::Engine, Vec<String>), Vec<Rejection>> {
        let one = |rejection| vec![rejection];
        let module = parse(tests).map_err(one)?;
        let names = test_names(package, tests, &module).map_err(one)?;
        let mut files = vec![(tests.path.clone(), module)];
        if let Some(policy) = policy {
            let source = Source {
                path: policy.path.clone(),
                text: policy.text.clone(),
            };
            files.push((policy.path.clone(), parse(&source).map_err(one)?));
        }
        let rejections = self.group(policy, &files, &[]).check();
        if !rejections.is_empty() {
            return Err(rejections);
        }
        let mut engine = self.engine.clone();
        if let Some(policy) = policy {
            add_policy(&mut engine, policy).map_err(one)?;
        }
        add(&mut engine, tests).map_err(one)?;
        prepare(&mut engine).map_err(|message| vec![whole(&tests.path, message)])?;
        Ok((engine, names))
    }

    fn group<'a>(
        &'a self,
        policy: Option<&'a Policy>,
        files: &'a [(String, Module)],
        policies: &'a [Policy],
    ) -> Group<'a> {
        Group {
            files,
            facts: policy
                .and_then(|policy| Some((&*policy.id, policy.data.as_ref()?)))
                .into_iter()
                .collect(),
            libraries: Some(&self.names),
            policies,
            foreign: false,
        }
    }
}

/// The rules of a file of tests that are tests, by their whole names and in its order.
fn test_names(tested: &str, tests: &Source, module: &Module) -> Result<Vec<String>, Rejection> {
    let package = &module.package;
    if **package != *tested && *package != format!("{tested}_test") {
        let message = format!("must be of package `{tested}` or `{tested}_test`, not `{package}`");
        return Err(whole(&tests.path, message));
    }
    let mut names: Vec<String> = Vec::new();
    for rule in module.rules.iter().filter(|rule| rule.name.starts_with("test_")) {
        let name = format!("data.{package}.{}", rule.name);
        if names.contains(&name) {
            let message = format!("`{}` is defined twice: either would do, so rename one", rule.name);
            return Err(Rejection {
                path: tests.path.clone(),
                line: rule.line,
                message,
            });
        }
        names.push(name);
    }
    Ok(names)
}

/// An engine with all that surrounds a policy's own rules: the libraries that it and its tests import, its facts and
/// its tests; and the names of the tests.
pub(super) fn surroundings(
    policy: &Policy,
    libraries: &[Library],
    limits: &Limits,
) -> Result<(regorus::Engine, Vec<String>), Vec<Rejection>> {
    let one = |rejection| vec![rejection];
    let texts = [Some(&policy.text), policy.tests.as_ref().map(|tests| &tests.text)];
    let needed = needed(libraries, texts.into_iter().flatten().map(|text| &**text));
    let mut engine = Libraries::load(&needed, limits, Checked::None)?.engine;
    add_facts_of(&mut engine, policy).map_err(one)?;
    let names = match &policy.tests {
        Some(tests) => {
            add(&mut engine, tests).map_err(one)?;
            test_names(&policy.id, tests, &parse(tests).map_err(one)?).map_err(one)?
        }
        None => Vec::new(),
    };
    Ok((engine, names))
}

/// Adds a policy and its facts; gives the Rego that reads its verdicts.
pub(super) fn add_policy(engine: &mut regorus::Engine, policy: &Policy) -> Result<String, Rejection> {
    let source = Source {
        path: policy.path.clone(),
        text: policy.text.clone(),
    };
    add_facts_of(engine, policy)?;
    add_rules(engine, &policy.id, &source)
}

pub(super) fn add_facts_of(engine: &mut regorus::Engine, policy: &Policy) -> Result<(), Rejection> {
    match &policy.data {
        Some(facts) => add_facts(engine, &policy.id, facts).map_err(|message| whole(&policy.path, message)),
        None => Ok(()),
    }
}

/// Adds the rules of a policy; gives the Rego that reads its verdicts.
fn add_rules(engine: &mut regorus::Engine, id: &str, policy: &Source) -> Result<String, Rejection> {
    add(engine, policy)?;
    let mut members = Vec::new();
    for rule in RULES {
        let declared = engine
            .has_declared_rule_rooted_at(&policy.path, rule)
            .map_err(|error| whole(&policy.path, without_values(&error)))?;
        members.extend(declared.then(|| format!("\"{rule}\": data.{id}.{rule}")));
    }
    Ok(format!("{{{}}}", members.join(", ")))
}

/// An engine with this policy alone, ready to judge by it, of which nothing is checked.
pub(super) fn alone(policy: &Policy, libraries: &[Library], limits: &Limits) -> Result<regorus::Engine, Rejection> {
    let mut engine = unchecked(libraries, limits)?;
    let read = add_policy(&mut engine, policy)?;
    ready_alone(&mut engine, &read).map_err(|message| whole(&policy.path, message))?;
    Ok(engine)
}

pub(super) fn unchecked(libraries: &[Library], limits: &Limits) -> Result<regorus::Engine, Rejection> {
    let loaded = Libraries::load(libraries, limits, Checked::None);
    loaded
        .map(|libraries| libraries.engine)
        .map_err(|mut rejections| rejections.remove(0))
}

pub(super) fn add_facts_of_library(engine: &mut regorus::Engine, library: &Library) -> Result<(), Rejection> {
    match &library.data {
        Some(facts) => add_facts(engine, &library.package, facts).map_err(|message| whole(&library.path, message)),
        None => Ok(()),
    }
}

/// Adds the rules of a policy alone, and has the engine ready to judge by them.
pub(super) fn add_alone(engine: &mut regorus::Engine, id: &str, policy: &Source) -> Result<(), Rejection> {
    let read = add_rules(engine, id, policy)?;
    ready_alone(engine, &read).map_err(|message| whole(&policy.path, message))
}

fn ready_alone(engine: &mut regorus::Engine, read: &str) -> Result<(), String> {
    ready(engine, &format!("{ALONE} := {read}\n"))
}

/// Adds the rules that read verdicts, and what they read of the same package, and has the engine ready to judge: in one
/// module, since what the engine does for each costs more than the rules.
pub(super) fn ready(engine: &mut regorus::Engine, rules: &str) -> Result<(), String> {
    let text = format!("package {PACKAGE}\n\n{rules}");
    engine
        .add_policy("#verdicts".to_owned(), text)
        .map_err(|error| error.to_string())?;
    prepare(engine)
}

/// The path of the rule that reads the verdicts of the policy that an engine has alone.
pub(super) fn verdicts() -> String {
    format!("data.{PACKAGE}.{ALONE}")
}

/// Has the engine work out what it needs before it judges; where a variable is unsafe, it says so here.
pub(super) fn prepare(engine: &mut regorus::Engine) -> Result<(), String> {
    engine
        .eval_query("true".to_owned(), false)
        .map(drop)
        .map_err(|error| without_values(&error))
}

/// Loading does what the engine cannot say itself: the rules that a policy must have, as the contract wants them.
fn contract(path: &str, module: &Module) -> Vec<Rejection> {
    let mut rejections = Vec::new();
    for rule in module.rules.iter().filter(|rule| RULES.contains(&rule.name.as_str())) {
        if matches!(rule.form, Form::Function(_)) {
            let message = format!("`{}` must be a set: write `{0} contains ... if {{...}}`", rule.name);
            rejections.push(Rejection {
                path: path.to_owned(),
                line: rule.line,
                message,
            });
        }
    }
    if !module
        .rules
        .iter()
        .any(|rule| rule.name == "deny" || rule.name == "unknown")
    {
        rejections.push(whole(
            path,
            "has no rule `deny` and none `unknown`, so it can never fail".to_owned(),
        ));
    }
    rejections
}

/// That a policy reads other types than it examines, unless a library that it imports may read those.
fn astray(policy: &Policy, pack: &Pack) -> Option<Rejection> {
    let message = subjects::astray(policy)?;
    let libraries = needed(&pack.libraries, [&*policy.text].into_iter());
    let by_library = libraries
        .iter()
        .any(|library| subjects::names_any(&library.text, &policy.examines));
    (!by_library).then(|| whole(&policy.path, message))
}

/// The syntax of a file.
pub(super) fn parse(source: &Source) -> Result<Module, Rejection> {
    syntax::module(&tree(source)?, &source.text).ok_or_else(|| too_deep_to_check(source))
}

/// The engine's syntax tree of a file.
pub(super) fn tree(source: &Source) -> Result<serde_json::Value, Rejection> {
    let engine = as_is(source)?;
    let ast = engine
        .get_ast_as_json()
        .map_err(|error| whole(&source.path, error.to_string()))?;
    serde_json::from_str::<serde_json::Value>(&ast)
        .ok()
        .and_then(|mut ast| Some(ast.get_mut(0)?.get_mut("ast")?.take()))
        .ok_or_else(|| too_deep_to_check(source))
}

pub(super) fn too_deep_to_check(source: &Source) -> Rejection {
    let message = "nests too deep to be checked: name its parts by rules".to_owned();
    whole(&source.path, message)
}

/// Refuses what would not be parsed in time.
pub(super) fn ensure_flat(source: &Source) -> Result<(), Rejection> {
    let Some(line) = too_deep(&source.text) else {
        return Ok(());
    };
    Err(Rejection {
        path: source.path.clone(),
        line,
        message: format!(
            "literals nest more than {} deep: name the inner ones by rules",
            depth::MAX_DEPTH
        ),
    })
}

/// Adds a file of Rego, its sets rewritten.
pub(super) fn add(engine: &mut regorus::Engine, source: &Source) -> Result<(), Rejection> {
    ensure_flat(source)?;
    let rewritten = heads::rewrite(&source.text).map_err(|line| {
        let message = "the body of a set must be one pair of braces or one statement".to_owned();
        Rejection {
            path: source.path.clone(),
            line,
            message,
        }
    })?;
    let Err(error) = engine.add_policy(source.path.clone(), rewritten) else {
        return Ok(());
    };
    // The fault is shown as it is without our rewriting, or it is one of our rewriting.
    Err(match as_is(source) {
        Err(rejection) => rejection,
        Ok(_) => {
            let message = format!("write the bodies of sets in braces:\n{}", without_values(&error));
            whole(&source.path, message)
        }
    })
}

/// An engine with this file alone, as it is written.
fn as_is(source: &Source) -> Result<regorus::Engine, Rejection> {
    ensure_flat(source)?;
    let mut engine = regorus::Engine::new();
    match engine.add_policy(source.path.clone(), source.text.clone().into_owned()) {
        Ok(_) => Ok(engine),
        Err(error) => Err(whole(
            &source.path,
            format!("is not valid Rego:\n{}", error.to_string().trim()),
        )),
    }
}

pub(super) fn add_facts(engine: &mut regorus::Engine, package: &str, facts: &Value) -> Result<(), String> {
    let facts = input::value(facts).map_err(|error| error.to_string())?;
    let under = package.rsplit('.').fold(facts, |inner, name| {
        Raw::from(BTreeMap::from([(Raw::from(name), inner)]))
    });
    engine.add_data(under).map_err(|error| error.to_string())
}

pub(super) fn whole(path: &str, message: String) -> Rejection {
    Rejection {
        path: path.to_owned(),
        line: 0,
        message,
    }
}

pub(super) fn engine(limits: &Limits) -> regorus::Engine {
    let mut engine = regorus::Engine::new();
    engine.set_strict_builtin_errors(true);
    // What a policy prints goes nowhere; not gathered, it would go to standard error.
    engine.set_gather_prints(true);
    set_time(&mut engine, limits.time);
    super::ranges::limit(&mut engine, limits.range);
    engine
}

/// Gives an engine so much time for each thing that it evaluates.
pub(super) fn set_time(engine: &mut regorus::Engine, limit: Duration) {
    engine.set_execution_timer_config(time(limit));
}

pub(super) fn time(limit: Duration) -> ExecutionTimerConfig {
    ExecutionTimerConfig {
        limit,
        check_interval: TICKS,
    }
}

/// The time that the engine gives a policy, and what it has before the thread is given up.
pub(super) fn patience(limits: &Limits) -> Duration {
    limits.time + limits.grace
}
