//! Regula: rules under the package `rules`, each about one resource type or, with the library `fugue`, about several.
//!
//! A rule with a `resource_type` reads one resource as `input` and says `allow`, `deny` or `deny[message]`; one of
//! `MULTIPLE` reads all of them and says `policy`, a set of judgements: <https://regula.dev/>.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regorus::Value as Raw;

use super::super::error::{Rejection, Rejections};
use super::super::verdicts::member;
use super::super::workers::Job;
use super::super::{Document, EngineError, Limits, compile};
use super::apart::{Desk, Outcome};
use super::{Loaded, Namespaces, Said, Sayings, Says, judge_here, plain};
use crate::model::{Map, Value};
use crate::pack::{Foreign, Source};

/// The library that rules import, where their folder does not bring it.
const FUGUE: &str = include_str!("fugue.rego");

/// Regula's rules, loaded and ready to judge plans.
pub struct Regula {
    loaded: Loaded,
    rules: Vec<Rule>,
    limits: Limits,
    /// Where they judge in processes of their own.
    apart: Option<Desk>,
}

#[derive(Clone)]
struct Rule {
    package: String,
    /// The names of its rules.
    names: BTreeSet<String>,
}

impl Regula {
    /// Loads and checks the rules; `now` is what they read as the time, in nanoseconds since 1970.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] with everything that is wrong with them, and where there is no rule among them.
    pub fn new(foreign: &Foreign, limits: Limits, now: i64) -> Result<Self, EngineError> {
        let mut foreign = foreign.clone();
        let has_library = |source: &Source| source.text.lines().any(|line| line.trim() == "package fugue");
        if !foreign.files.iter().any(has_library) {
            foreign.files.push(Source {
                path: "fugue.rego".to_owned(),
                text: FUGUE.into(),
            });
        }
        let loaded = Loaded::new(&foreign, &limits, now)?;
        let mut rules: BTreeMap<&str, Rule> = BTreeMap::new();
        let mut rejections = Vec::new();
        for file in loaded
            .files
            .iter()
            .filter(|file| file.module.package.starts_with("rules."))
        {
            let package = &file.module.package;
            let rule = rules.entry(package).or_insert_with(|| Rule {
                package: package.clone(),
                names: BTreeSet::new(),
            });
            rule.names
                .extend(file.module.rules.iter().map(|rule| rule.name.clone()));
        }
        let rules: Vec<Rule> = rules.into_values().collect();
        for rule in &rules {
            if !["allow", "deny", "policy"]
                .iter()
                .any(|name| rule.names.contains(*name))
            {
                let message = format!(
                    "`{}` has no rule allow, deny or policy, so it judges nothing",
                    rule.package
                );
                rejections.push(compile::whole(&foreign.place, message));
            }
        }
        if rules.is_empty() {
            let message = "no rule of Regula's: they are in packages under `rules`, such as `package rules.mine`";
            rejections.push(compile::whole(&foreign.place, message.to_owned()));
        }
        match rejections.is_empty() {
            true => Ok(Regula {
                loaded,
                rules,
                apart: Desk::new(&foreign, &Namespaces::All, &limits, now),
                limits,
            }),
            false => Err(EngineError::Rejected(Rejections(rejections))),
        }
    }

    /// What leads nowhere in them, a sentence each.
    pub fn warnings(&self) -> Vec<String> {
        let judges = |file: &&super::File| {
            let is_asked = file.module.package.starts_with("rules.") || file.module.package == "fugue";
            let mut names = file.module.rules.iter().map(|rule| rule.name.as_str());
            !is_asked && names.any(|name| matches!(name, "allow" | "deny" | "policy"))
        };
        let unasked = self.loaded.files.iter().filter(judges);
        let unasked = unasked.map(|file| {
            let package = &file.module.package;
            format!(
                "{}: the package {package} is not asked: those under `rules` are",
                file.path
            )
        });
        let undefined = self.loaded.undefined.iter().map(Rejection::to_string);
        undefined.chain(unasked).collect()
    }

    /// What the rules say of a document `{"resources": {address: resource}, "_plan": plan}`; a resource has its values as
    /// members, and `id`, its address, `_type` and `_provider`.
    pub fn judge(&self, document: &Document) -> Sayings {
        let policies: Vec<Arc<str>> = self.rules.iter().map(Rule::id).collect();
        let judged = match &self.apart {
            Some(desk) => {
                let packages: Vec<&str> = self.rules.iter().map(|rule| &*rule.package).collect();
                desk.judge(&packages, &self.loaded.files, document, ("", ""))
            }
            None => {
                let jobs = self.rules.iter().map(|rule| -> Job<Outcome> {
                    let (mut engine, rule, input) = (self.engine(), rule.clone(), document.0.clone());
                    Box::new(move || rule.judge(&mut engine, &input))
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

    /// What one of the rules says.
    pub(super) fn judge_one(&self, index: usize, input: &Raw) -> Outcome {
        match self.rules.get(index) {
            Some(rule) => rule.judge(&mut self.engine(), input),
            None => Err("there is no such rule".to_owned()),
        }
    }

    /// An engine with the rules.
    pub(super) fn engine(&self) -> regorus::Engine {
        self.loaded.engine.clone()
    }
}

impl Rule {
    fn id(&self) -> Arc<str> {
        format!("regula.{}", self.package).into()
    }

    fn judge(&self, engine: &mut regorus::Engine, input: &Raw) -> Outcome {
        engine.set_input(input.clone());
        let about = self
            .ask(engine, "__rego__metadoc__")?
            .map(|about| plain(&about))
            .unwrap_or_default();
        let severity = about.get("custom").and_then(|custom| custom.get("severity")).cloned();
        let title = about.get("title").and_then(Value::as_str).map(Arc::from);
        let says = |verdict, address: &str, message: Option<&str>, attribute: Option<&Raw>| {
            let mut members = Map::new();
            if !address.is_empty() {
                members.insert("address".into(), address.into());
            }
            members.extend(attribute.map(|attribute| (Arc::from("attribute"), plain(attribute))));
            members.extend(severity.clone().map(|severity| (Arc::from("severity"), severity)));
            Said {
                policy: self.id(),
                title: title.clone(),
                verdict,
                message: message.filter(|message| !message.is_empty()).map(Arc::from),
                members,
            }
        };
        let is_of_terraform = match self.ask(engine, "input_type")? {
            Some(Raw::String(kind)) => kind.starts_with("tf"),
            _ => true,
        };
        let kind = match self.ask(engine, "resource_type")? {
            Some(Raw::String(kind)) if &*kind != "MULTIPLE" => Some(kind),
            _ => None,
        };
        let mut said = Vec::new();
        match kind {
            _ if !is_of_terraform => {}
            None => {
                let Some(Raw::Set(judgements)) = self.ask(engine, "policy")? else {
                    return Err(
                        "its rule `policy` is no set of judgements; `resource_type` names a type, where it is \
                                about one"
                            .to_owned(),
                    );
                };
                for judgement in judgements.iter() {
                    let verdict = match member(judgement, "valid") {
                        Some(Raw::Bool(true)) => Says::Passes,
                        Some(Raw::Bool(false)) => Says::Fails,
                        _ => return Err("its rule `policy` has something that is no judgement".to_owned()),
                    };
                    let [id, message] = ["id", "message"].map(|name| text(member(judgement, name)));
                    let attribute = member(judgement, "attribute").filter(|attribute| **attribute != Raw::Null);
                    said.push(says(verdict, id.unwrap_or_default(), message, attribute));
                }
            }
            Some(kind) => {
                let resources = member(input, "resources").map(values).unwrap_or_default();
                let is_one = |resource: &&Raw| text(member(resource, "_type")) == Some(&*kind);
                for resource in resources.into_iter().filter(is_one) {
                    engine.set_input(resource.clone());
                    let address = text(member(resource, "id")).unwrap_or_default();
                    let before = said.len();
                    if let Some(denied) = self.ask(engine, "deny")? {
                        if let Raw::Set(_) = denied {
                            for one in values(&denied) {
                                let message = text(Some(one)).or_else(|| text(member(one, "message")));
                                said.push(says(Says::Fails, address, message, member(one, "attribute")));
                            }
                        } else if denied == Raw::Bool(true) {
                            said.push(says(Says::Fails, address, Some("its rule `deny` holds"), None));
                        } else if denied != Raw::Bool(false) {
                            return Err("its rule `deny` is neither a set nor true or false".to_owned());
                        }
                    }
                    let allowed = self.ask(engine, "allow")?;
                    let needs_allow = self.names.contains("allow");
                    if said.len() == before {
                        let passes = !needs_allow || allowed == Some(Raw::Bool(true));
                        said.push(match passes {
                            true => says(Says::Passes, address, None, None),
                            false => says(Says::Fails, address, Some("its rule `allow` does not hold"), None),
                        });
                    }
                }
            }
        }
        if said.is_empty() {
            said.push(says(Says::FindsNothing, "", None, None));
        }
        Ok(said)
    }

    /// The value of one of its rules; none where it is undefined, or there is no such rule.
    fn ask(&self, engine: &mut regorus::Engine, rule: &str) -> Result<Option<Raw>, String> {
        match self.names.contains(rule) {
            true => super::ask(engine, &self.package, rule),
            false => Ok(None),
        }
    }
}

fn text(value: Option<&Raw>) -> Option<&str> {
    match value {
        Some(Raw::String(text)) => Some(text),
        _ => None,
    }
}

pub(super) fn values(value: &Raw) -> Vec<&Raw> {
    match value {
        Raw::Set(elements) => elements.iter().collect(),
        Raw::Object(members) => members.iter().map(|(_, value)| value).collect(),
        _ => Vec::new(),
    }
}
