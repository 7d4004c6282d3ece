//! Conftest: which rules it asks, and what it makes of what they say.
//!
//! It asks each rule `deny`, `violation` and `warn`, or of a name that goes on with `_`, in its namespaces, which are
//! packages. A text, or an object with `msg`, is a failure or a warning; an empty set passes. How many passes there are
//! is counted as it counts them: <https://www.conftest.dev/>.
//!
//! Trivy asks the same rules of its custom checks, in packages under `user`:
//! <https://trivy.dev/docs/latest/scanner/misconfiguration/custom/>. Those that read the plan as a file of JSON are asked
//! here; those that read Trivy's own model of resources are refused.

use std::collections::BTreeMap;
use std::sync::Arc;

use regorus::Value as Raw;
use serde::{Deserialize, Serialize};
use serde_json::Value as Json;

use super::super::error::{Rejection, Rejections};
use super::super::syntax::variant;
use super::super::workers::Job;
use super::super::{Document, EngineError, Limits, compile};
use super::apart::{Desk, Outcome};
use super::{File, Loaded, Said, Sayings, Says, judge_here, plain};
use crate::model::Map;
use crate::pack::{Dialect, Foreign, nearest};

/// Which packages Conftest asks.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub enum Namespaces {
    /// Those of these names; `*` stands for any text and `?` for one character.
    Named(Vec<String>),
    /// All of them.
    All,
}

impl Default for Namespaces {
    fn default() -> Self {
        Namespaces::Named(vec!["main".to_owned()])
    }
}

/// The members of a plan, as Terraform prints it.
const PLAN: [&str; 15] = [
    "applyable",
    "checks",
    "complete",
    "configuration",
    "errored",
    "format_version",
    "output_changes",
    "planned_values",
    "prior_state",
    "relevant_attributes",
    "resource_changes",
    "resource_drift",
    "terraform_version",
    "timestamp",
    "variables",
];

/// Conftest's policies, or Trivy's custom checks, loaded and ready to judge plans.
pub struct Conftest {
    loaded: Loaded,
    namespaces: Vec<Namespace>,
    /// The packages with rules that are not asked, and the names that no package with rules has.
    unasked: Vec<String>,
    limits: Limits,
    /// Where they judge in processes of their own.
    apart: Option<Desk>,
}

#[derive(Clone)]
struct Namespace {
    tool: Dialect,
    name: String,
    rules: Vec<Rule>,
    /// How many definitions its rules have.
    definitions: usize,
}

#[derive(Clone)]
struct Rule {
    name: String,
    /// How many definitions it has.
    definitions: usize,
    /// Where it is no set: the file and the line.
    value_at: Option<(String, u64)>,
}

impl Conftest {
    /// Loads and checks the policies; `now` is what they read as the time, in nanoseconds since 1970.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with them: what is no Rego, calls what the engine lacks,
    /// or has no rule that Conftest would ask.
    pub fn new(foreign: &Foreign, namespaces: &Namespaces, limits: Limits, now: i64) -> Result<Self, EngineError> {
        let loaded = Loaded::new(foreign, &limits, now)?;
        let rejected = |rejections| Err(EngineError::Rejected(Rejections(rejections)));
        let mut rejections = Vec::new();
        let mut found: BTreeMap<String, Namespace> = BTreeMap::new();
        for file in &loaded.files {
            let rules = definitions(&file.tree, &file.path, &mut rejections);
            let package = &file.module.package;
            if foreign.dialect == Dialect::Trivy {
                rejections.extend(astray(file));
            }
            let namespace = found.entry(package.clone()).or_insert_with(|| Namespace {
                tool: foreign.dialect,
                name: package.clone(),
                rules: Vec::new(),
                definitions: 0,
            });
            for rule in rules {
                namespace.definitions += rule.definitions;
                match namespace.rules.iter_mut().find(|known| known.name == rule.name) {
                    Some(known) => {
                        known.definitions += rule.definitions;
                        known.value_at = known.value_at.take().or(rule.value_at);
                    }
                    None => namespace.rules.push(rule),
                }
            }
        }
        if !rejections.is_empty() {
            return rejected(rejections);
        }
        let asked: Vec<Namespace> = match namespaces {
            Namespaces::All => found.values().cloned().collect(),
            Namespaces::Named(names) => {
                let is_named = |package: &&Namespace| names.iter().any(|name| is_like(name, &package.name));
                found.values().filter(is_named).cloned().collect()
            }
        };
        let asked: Vec<Namespace> = asked.into_iter().filter(|one| !one.rules.is_empty()).collect();
        if asked.is_empty() {
            return rejected(vec![nothing(&foreign.place, &found, namespaces)]);
        }
        let is_asked = |package: &&Namespace| asked.iter().any(|one| one.name == package.name);
        let mut unasked: Vec<String> = found
            .values()
            .filter(|package| !package.rules.is_empty() && !is_asked(package))
            .map(|package| format!("the package {} has rules, and is not asked", package.name))
            .collect();
        if let (Namespaces::Named(names), Dialect::Conftest) = (namespaces, foreign.dialect) {
            let is_idle = |name: &&String| !asked.iter().any(|package| is_like(name, &package.name));
            let idle = names.iter().filter(is_idle);
            unasked.extend(idle.map(|name| format!("the namespace {name} has no rules")));
        }
        Ok(Conftest {
            loaded,
            namespaces: asked,
            unasked,
            apart: Desk::new(foreign, namespaces, &limits, now),
            limits,
        })
    }

    /// What leads nowhere in them or may not mean what it seems to, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let mut warnings: Vec<String> = self.loaded.undefined.iter().map(ToString::to_string).collect();
        warnings.extend(self.unasked.iter().cloned());
        for (namespace, rule) in self.rules() {
            if let Some((path, line)) = rule.value_at.as_ref().filter(|_| namespace.tool == Dialect::Conftest) {
                warnings.push(format!(
                    "{path}:{line}: `{}` of {} is a value and no set, so that Conftest passes it unless it is a list",
                    rule.name, namespace.name
                ));
            }
        }
        warnings
    }

    /// What plangate calls each rule that is asked.
    pub fn policies(&self) -> Vec<Arc<str>> {
        self.rules().map(|(namespace, rule)| namespace.id(&rule.name)).collect()
    }

    fn rules(&self) -> impl Iterator<Item = (&Namespace, &Rule)> {
        let each = |namespace| Namespace::rules(namespace);
        self.namespaces.iter().flat_map(each)
    }

    /// What the policies say of a document; `file` is its name and folder, which they read as `data.conftest.file`.
    pub fn judge(&self, document: &Document, file: (&str, &str)) -> Sayings {
        let policies: Vec<Arc<str>> = self
            .namespaces
            .iter()
            .map(|namespace| format!("{}.{}", namespace.tool.name(), namespace.name).into())
            .collect();
        let judged = match &self.apart {
            Some(desk) => {
                let packages: Vec<&str> = self.namespaces.iter().map(|namespace| &*namespace.name).collect();
                desk.judge(&packages, &self.loaded.files, document, file)
            }
            None => {
                let jobs = self.namespaces.iter().map(|namespace| -> Job<Outcome> {
                    let (engine, namespace) = (self.ready(&document.0, file), namespace.clone());
                    Box::new(move || namespace.judge(&mut engine?))
                });
                judge_here(&policies, jobs.collect(), &self.limits)
            }
        };
        let mut sayings = Sayings::default();
        for (policy, judged) in policies.into_iter().zip(judged) {
            sayings.take(policy, judged, &self.limits);
        }
        sayings
    }

    /// What one of the namespaces says.
    pub(super) fn judge_one(&self, index: usize, input: &Raw, file: (&str, &str)) -> Outcome {
        match self.namespaces.get(index) {
            Some(namespace) => namespace.judge(&mut self.ready(input, file)?),
            None => Err("there is no such namespace".to_owned()),
        }
    }

    /// An engine with what the policies read.
    pub(super) fn ready(&self, input: &Raw, (name, folder): (&str, &str)) -> Result<regorus::Engine, String> {
        let file = Raw::from(BTreeMap::from(
            [("name", Raw::from(name)), ("dir", Raw::from(folder))].map(member),
        ));
        let own = Raw::from(BTreeMap::from([member(("file", file))]));
        let data = Raw::from(BTreeMap::from([member(("conftest", own))]));
        let mut engine = self.loaded.engine.clone();
        engine.set_input(input.clone());
        engine.add_data(data).map_err(|error| error.to_string())?;
        Ok(engine)
    }
}

fn member((name, value): (&str, Raw)) -> (Raw, Raw) {
    (Raw::from(name), value)
}

impl Namespace {
    fn rules(&self) -> impl Iterator<Item = (&Namespace, &Rule)> {
        self.rules.iter().map(move |rule| (self, rule))
    }

    fn id(&self, rule: &str) -> Arc<str> {
        format!("{}.{}.{rule}", self.tool.name(), self.name).into()
    }

    fn judge(&self, engine: &mut regorus::Engine) -> Outcome {
        let exceptions = self.ask(engine, "exception")?;
        let mut said: Vec<Said> = Vec::new();
        for rule in &self.rules {
            let policy = self.id(&rule.name);
            let says = |verdict, message| Said {
                policy: policy.clone(),
                title: None,
                verdict,
                message,
                members: Map::new(),
            };
            let excepted = excepted(exceptions.as_ref(), without_prefix(&rule.name));
            let by: Arc<str> = format!("excepted by `data.{}.exception`", self.name).into();
            said.extend((0..excepted).map(|_| says(Says::Excepted, Some(by.clone()))));
            let Some(value) = self.ask(engine, &rule.name)?.filter(|_| excepted == 0) else {
                continue;
            };
            let elements: Vec<&Raw> = match &value {
                Raw::Set(elements) => elements.iter().collect(),
                Raw::Array(elements) => elements.iter().collect(),
                _ => Vec::new(),
            };
            let fails = match rule.name.starts_with("warn") {
                true => Says::Warns,
                false => Says::Fails,
            };
            let is_trivy = self.tool == Dialect::Trivy;
            let is_list = matches!(value, Raw::Set(_) | Raw::Array(_) | Raw::Bool(_));
            if is_trivy && !is_list {
                return Err(format!(
                    "its rule `{0}` is neither a set nor true or false: write `{0} contains ...`",
                    rule.name
                ));
            }
            if elements.is_empty() {
                // Only Trivy takes `deny = true` for a failure.
                said.push(match is_trivy && value == Raw::Bool(true) {
                    true => says(fails, Some(format!("its rule `{}` holds", rule.name).into())),
                    false => says(Says::Passes, None),
                });
            }
            for element in elements {
                let one = match element {
                    Raw::String(message) => says(fails, Some(message.clone())),
                    Raw::Object(_) => {
                        let mut members = plain(element).as_object().cloned().unwrap_or_default();
                        let message = members
                            .remove("msg")
                            .and_then(|message| message.as_str().map(Arc::from));
                        let Some(message) = message else {
                            let rule = &rule.name;
                            return Err(format!("its rule `{rule}` has an object without a text `msg`"));
                        };
                        Said {
                            members,
                            ..says(fails, Some(message))
                        }
                    }
                    _ if is_trivy => {
                        return Err(format!("its rule `{}` has something that is no message", rule.name));
                    }
                    // Conftest does not look at anything else.
                    _ => continue,
                };
                said.push(match one.message.as_deref() {
                    // So does Conftest.
                    Some("") if !is_trivy => says(Says::Passes, None),
                    Some("") => says(fails, Some(format!("its rule `{}` holds", rule.name).into())),
                    _ => one,
                });
            }
        }
        self.pass_the_rest(&mut said);
        Ok(said)
    }

    /// A definition that gave no result has passed, as far as there are more of them than results.
    fn pass_the_rest(&self, said: &mut Vec<Said>) {
        let mut missing = self.definitions.saturating_sub(said.len());
        for rule in &self.rules {
            let policy = self.id(&rule.name);
            let results = said.iter().filter(|said| said.policy == policy).count();
            let passes = rule.definitions.saturating_sub(results).min(missing);
            missing -= passes;
            said.extend((0..passes).map(|_| Said {
                policy: policy.clone(),
                title: None,
                verdict: Says::Passes,
                message: None,
                members: Map::new(),
            }));
        }
    }

    /// The value of a rule; none where it is undefined, or there is no such rule.
    fn ask(&self, engine: &mut regorus::Engine, rule: &str) -> Result<Option<Raw>, String> {
        super::ask(engine, &self.name, rule)
    }
}

/// Where a check of Trivy's reads what is no member of a plan.
fn astray(file: &File) -> Vec<Rejection> {
    let is_foreign = |path: &[String]| match path {
        [root, member, ..] if root == "input" => !PLAN.contains(&member.as_str()),
        _ => false,
    };
    let imports = file.module.imports.iter().map(|import| (import.line, &import.path));
    let uses = file.module.rules.iter().flat_map(|rule| &rule.uses);
    let uses = uses.map(|used| (used.line, &used.path));
    let strays = imports.chain(uses).filter(|(_, path)| is_foreign(path));
    strays
        .map(|(line, path)| Rejection {
            path: file.path.clone(),
            line,
            message: format!(
                "`input.{}` is no part of a plan: checks of Trivy's own model of resources, or of other files, do not run \
                 here; read `input.resource_changes`, or `input.resources` in a policy of plangate's",
                path[1]
            ),
        })
        .collect()
}

/// How often `exception[_][_]` is the name of a rule.
fn excepted(exceptions: Option<&Raw>, name: &str) -> usize {
    fn inner(value: &Raw) -> Vec<&Raw> {
        match value {
            Raw::Set(elements) => elements.iter().collect(),
            Raw::Array(elements) => elements.iter().collect(),
            Raw::Object(members) => members.iter().map(|(_, value)| value).collect(),
            _ => Vec::new(),
        }
    }
    let all = exceptions.map(inner).unwrap_or_default();
    all.into_iter()
        .flat_map(inner)
        .filter(|element| matches!(element, Raw::String(text) if **text == *name))
        .count()
}

fn without_prefix(rule: &str) -> &str {
    let known = ["violation", "deny", "warn"];
    if known.contains(&rule) {
        return "";
    }
    let rest = known
        .iter()
        .find_map(|known| rule.strip_prefix(known)?.strip_prefix('_'));
    rest.unwrap_or(rule)
}

/// Whether Conftest asks a rule of that name: `deny`, and `deny_a_b`, but not `deny__a`.
fn is_asked(name: &str) -> bool {
    let mut parts = name.split('_');
    parts
        .next()
        .is_some_and(|first| ["deny", "violation", "warn"].contains(&first))
        && parts.all(|part| !part.is_empty() && part.chars().all(|c| c.is_ascii_alphanumeric()))
}

/// The rules of a file that Conftest asks.
fn definitions(tree: &Json, path: &str, rejections: &mut Vec<Rejection>) -> Vec<Rule> {
    let mut rules = Vec::new();
    for (kind, rule) in tree
        .get("rules")
        .and_then(Json::as_array)
        .into_iter()
        .flatten()
        .filter_map(variant)
    {
        let line = rule
            .get("span")
            .and_then(|span| span.get("line"))
            .and_then(Json::as_u64)
            .unwrap_or(0);
        let (form, head) = match kind {
            "Default" => ("Default", rule),
            _ => match rule.get("head").and_then(variant) {
                Some(head) => head,
                None => continue,
            },
        };
        let Some(refr) = head.get("refr").and_then(variant) else {
            continue;
        };
        let (is_plain, name) = match refr {
            ("Var", inner) => (true, inner.get("value")),
            (_, inner) => (
                false,
                inner
                    .get("refr")
                    .and_then(variant)
                    .and_then(|(_, inner)| inner.get("value")),
            ),
        };
        let Some(name) = name.and_then(Json::as_str).filter(|name| is_asked(name)) else {
            continue;
        };
        let mut reject = |message: String| {
            rejections.push(Rejection {
                path: path.to_owned(),
                line,
                message,
            });
        };
        let has_value = head.get("assign").is_some_and(|assign| !assign.is_null());
        match form {
            "Func" => reject(format!(
                "`{name}` takes arguments, so that Conftest cannot ask it: rename it"
            )),
            "Compr" if !is_plain && !has_value => reject(format!(
                "`{name}[...] if` makes an object, which Conftest does not read: write `{name} contains ... if`"
            )),
            _ => {}
        }
        let bodies = rule.get("bodies").and_then(Json::as_array).into_iter().flatten();
        let bodies = bodies.filter(|body| body.get("is_else") != Some(&Json::Bool(true)));
        rules.push(Rule {
            name: name.to_owned(),
            definitions: bodies.count().max(1),
            value_at: matches!(form, "Compr" | "Default").then(|| (path.to_owned(), line)),
        });
    }
    rules
}

/// Whether a name is like a pattern, in which `*` is any text and `?` one character.
fn is_like(pattern: &str, name: &str) -> bool {
    let mut expression = String::from("^");
    for c in pattern.chars() {
        match c {
            '*' => expression.push_str(".*"),
            '?' => expression.push('.'),
            c => expression.push_str(&regex::escape(c.encode_utf8(&mut [0; 4]))),
        }
    }
    expression.push('$');
    regex::Regex::new(&expression).is_ok_and(|pattern| pattern.is_match(name))
}

/// That there is no rule to ask, and where there is one.
fn nothing(place: &str, found: &BTreeMap<String, Namespace>, namespaces: &Namespaces) -> Rejection {
    let others = found.values().filter(|one| !one.rules.is_empty());
    let others: Vec<&str> = others.map(|one| &*one.name).collect();
    let (names, hint) = match namespaces {
        Namespaces::All => (String::from("any package"), String::new()),
        Namespaces::Named(names) => {
            let hint = names.first().map(|name| nearest::hint(name, others.iter().copied()));
            (format!("the package {}", names.join(", ")), hint.unwrap_or_default())
        }
    };
    let there = match others.is_empty() {
        true => "; they would pass everything".to_owned(),
        false => format!(
            ": there are some in {}; name them by --namespace, or give --all-namespaces{hint}",
            others.join(", ")
        ),
    };
    compile::whole(place, format!("no rule deny, violation or warn in {names}{there}"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rules_that_conftest_asks_are_known_by_their_names() {
        for name in ["deny", "warn", "violation", "deny_a", "warn_a_b2"] {
            assert!(is_asked(name), "{name}");
        }
        for name in ["denys", "deny_", "deny__a", "allow", "denied", "xdeny", "warning"] {
            assert!(!is_asked(name), "{name}");
        }
        assert_eq!(without_prefix("deny_run_as_root"), "run_as_root");
        assert_eq!(without_prefix("warn"), "");
        assert!(is_like("k8s.*", "k8s.simple.deployment"));
        assert!(!is_like("k8s.*", "k8sxsimple"));
        assert!(is_like("ma?n", "main") && !is_like("main", "main2"));
    }
}
