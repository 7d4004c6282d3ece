//! Questions that are asked of a plan beside its policies: a query, and rules of the moment.

mod places;
mod statements;

use std::collections::BTreeMap;
use std::num::NonZeroUsize;
use std::sync::Arc;

use regorus::Value as Raw;
use serde::Serialize;

use places::moved;
use statements::{Statement, statements};
pub use statements::{is_definition, is_unfinished};

use super::apart::rules::{self, Surroundings};
use super::builtins;
use super::check::{Group, INPUT};
use super::compile::{self, Checked, Libraries};
use super::error::{self, Rejection};
use super::syntax::{self, Module, members, variant};
use super::workers::{self, Job, Unfinished};
use super::{Document, EngineError, Limits, Rejections};
use crate::model::Value;
use crate::pack::{Library, Pack, Policy, Source};

/// What messages call the query, in the place of a file.
const PATH: &str = "query";
const PACKAGE: &str = "plangate_query";
const ANSWERS: &str = "__answers";
/// What stands before the last statement of a query, so that its value is kept.
const VALUE: &str = "__value := ";

/// A plan's document with policies and libraries, ready to be asked. The libraries are imported.
pub struct Session {
    libraries: Libraries,
    /// The policies that a query may refer to, and while one is asked the query.
    files: Vec<(String, Module)>,
    policies: Vec<Policy>,
    head: String,
    definitions: Vec<Definition>,
    limits: Limits,
    /// What the query's own process needs, where it has one: the libraries' text, and the plan as JSON.
    sent: Option<(Vec<Library>, Vec<u8>)>,
}

/// A rule that was defined.
#[derive(Clone)]
struct Definition {
    name: String,
    text: String,
}

/// One way in which a query holds.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Answer {
    /// The value of the query's last statement; true where that has none, as `some x in xs`.
    pub value: Value,
    /// What the query's variables are, by name.
    pub bindings: BTreeMap<String, Value>,
}

/// What came of a query.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Answers {
    /// In the order in which they were found; none where the query is undefined.
    pub answers: Vec<Answer>,
    /// What it printed.
    pub prints: Vec<String>,
}

impl Session {
    /// The members of `input`.
    pub const MEMBERS: [&str; 12] = INPUT;

    /// Loads the libraries of a pack over a plan's document; policies are loaded by [`Session::load`].
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where one does not load.
    pub fn new(pack: &Pack, document: &Document, limits: Limits) -> Result<Self, EngineError> {
        let mut libraries = Libraries::load(&pack.libraries, &limits, Checked::Own).map_err(rejected)?;
        libraries.engine.set_input(document.0.clone());
        let mut packages: Vec<&str> = pack.libraries.iter().map(|library| &*library.package).collect();
        packages.dedup();
        let imports = packages.iter().map(|package| format!("import data.{package}\n"));
        let sent = match &limits.apart {
            Some(_) => Some((
                pack.libraries.clone(),
                serde_json::to_vec(&document.0).map_err(|error| EngineError::Input(error.to_string()))?,
            )),
            None => None,
        };
        Ok(Session {
            libraries,
            files: Vec::new(),
            policies: Vec::new(),
            head: format!("package {PACKAGE}\n\n{}\n", imports.collect::<String>()),
            definitions: Vec::new(),
            limits,
            sent,
        })
    }

    /// Loads a policy, so that queries can refer to its rules; a second time it does nothing.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where it does not load.
    pub fn load(&mut self, policy: &Policy) -> Result<(), EngineError> {
        if self.policies.iter().any(|loaded| loaded.id == policy.id) {
            return Ok(());
        }
        let source = Source {
            path: policy.path.clone(),
            text: policy.text.clone(),
        };
        let module = compile::parse(&source).map_err(one)?;
        compile::add_policy(&mut self.libraries.engine, policy).map_err(one)?;
        self.files.push((policy.path.clone(), module));
        self.policies.push(policy.clone());
        Ok(())
    }

    /// The functions that a query can call, as it writes them: built-in ones, and those of the libraries.
    pub fn functions(&self) -> Vec<String> {
        let of_libraries = self.libraries.names.functions().map(|(package, name)| {
            let alias = package.rsplit('.').next().unwrap_or(package);
            format!("{alias}.{name}")
        });
        builtins::names().map(str::to_owned).chain(of_libraries).collect()
    }

    /// Asks a query: statements, each on a line of its own or after `;`.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where it is no query, or refers to what is not there; [`EngineError::Broken`] where it
    /// breaks, [`EngineError::Late`] where it comes to no end in time. Places are those of the query.
    pub fn ask(&mut self, query: &str) -> Result<Answers, EngineError> {
        let statements = statements(query)?;
        let mut bindings: Vec<String> = statements.iter().flat_map(Statement::binds).collect();
        bindings.sort_unstable();
        bindings.dedup();
        if let Some(name) = statements.last().and_then(Statement::name) {
            let is_import = self.head.contains(&format!(".{name}\n")) || name == "input" || name == "data";
            let is_defined = self.defined().any(|defined| defined == name);
            if !is_import && !is_defined && !bindings.iter().any(|bound| bound == name) {
                // The engine would print what it makes of it.
                let message = format!("`{name}` has no value: define it by `{name} := ...`, or ask for `input.{name}`");
                return Err(one(compile::whole(PATH, message)));
            }
        }
        let (before, last) = match statements.last() {
            Some(last) if last.has_value() => query.split_at(last.start),
            _ => (query, ""),
        };
        let value = if last.is_empty() {
            "true"
        } else {
            VALUE.trim_end_matches(" := ")
        };
        let bound: Vec<String> = bindings.iter().map(|name| format!("\"{name}\": {name}")).collect();
        let mut text = self.head.clone();
        for definition in &self.definitions {
            text.push_str(&definition.text);
            text.push('\n');
        }
        text.push_str(&format!(
            "{ANSWERS} := [{{\"value\": {value}, \"bindings\": {{{}}}}} |\n",
            bound.join(", ")
        ));
        let shift = text.matches('\n').count();
        text.push_str(before);
        if !last.is_empty() {
            text.push_str(VALUE);
            text.push_str(last);
        }
        text.push_str("\n]\n");
        let source = Source {
            path: PATH.to_owned(),
            text: text.into(),
        };
        let place = match query.trim().contains('\n') {
            true => format!("{PATH}: "),
            false => format!("{PATH}:1: "),
        };
        self.evaluate(&source, &place).map_err(|error| moved(error, shift))
    }

    fn evaluate(&mut self, source: &Source, place: &str) -> Result<Answers, EngineError> {
        let module = compile::parse(source).map_err(one)?;
        self.files.push((PATH.to_owned(), module));
        let group = Group {
            files: &self.files,
            facts: self
                .policies
                .iter()
                .filter_map(|policy| Some((&*policy.id, policy.data.as_ref()?)))
                .collect(),
            libraries: Some(&self.libraries.names),
            policies: &[],
            foreign: false,
        };
        let rejections: Vec<Rejection> = group.check().into_iter().filter(|found| found.path == PATH).collect();
        self.files.pop();
        if !rejections.is_empty() {
            return Err(rejected(rejections));
        }
        let mut engine = self.libraries.engine.clone();
        compile::add(&mut engine, source).map_err(one)?;
        let policy = || PATH.into();
        compile::prepare(&mut engine).map_err(|message| EngineError::Broken {
            policy: policy(),
            message,
        })?;
        let (said, prints) = self.said(engine, source, place)?;
        let answers = match said {
            Value::Array(answers) => answers,
            _ => Vec::new(),
        };
        let answers = answers.into_iter().map(|answer| Answer {
            value: answer.get("value").cloned().unwrap_or_default(),
            bindings: answer
                .get("bindings")
                .and_then(Value::as_object)
                .into_iter()
                .flatten()
                .map(|(name, value)| (name.to_string(), value.clone()))
                .collect(),
        });
        Ok(Answers {
            answers: answers.collect(),
            prints,
        })
    }

    /// The answers to a query, and what it printed.
    fn said(&self, engine: regorus::Engine, source: &Source, place: &str) -> Result<(Value, Vec<String>), EngineError> {
        let rule = format!("data.{PACKAGE}.{ANSWERS}");
        let (Some((libraries, input)), Some(apart)) = (&self.sent, &self.limits.apart) else {
            let (said, prints) = value_of(engine, rule, PATH, &self.limits)?;
            return Ok((value(&said)?, prints));
        };
        let policies: Vec<&Policy> = self.policies.iter().collect();
        let surroundings = Surroundings {
            libraries,
            policies: &policies,
            file: source,
            input,
            place,
        };
        let evaluated = rules::evaluate(&surroundings, &[rule], &self.limits, apart)?.pop();
        let evaluated = evaluated.unwrap_or_else(|| Err(EngineError::Lost { policy: PATH.into() }))?;
        Ok((evaluated.value.unwrap_or_default(), evaluated.printed))
    }

    /// Defines rules for the queries that follow: `x := 1`, a rule or a function, or several of them. A value takes the
    /// place of an older one of its name; a rule is one more of its name. Gives the names.
    ///
    /// # Errors
    ///
    /// [`EngineError::Rejected`] where it is no rule, or one that does not load; then nothing is defined.
    pub fn define(&mut self, rules: &str) -> Result<Vec<String>, EngineError> {
        const HEAD: &str = "package rules\n";
        let source = Source {
            path: PATH.to_owned(),
            text: format!("{HEAD}{rules}\n").into(),
        };
        let tree = compile::tree(&source).map_err(one).map_err(|error| moved(error, 1))?;
        let mut defined = Vec::new();
        let mut names = Vec::new();
        for rule in members(&tree, "rules").iter().filter_map(|rule| Some(variant(rule)?.1)) {
            let Some(name) = syntax::rule_name(rule) else { continue };
            names.push(name.to_owned());
            let is_value = rule
                .get("head")
                .and_then(variant)
                .is_some_and(|(kind, _)| kind == "Compr")
                && members(rule, "bodies").is_empty();
            if is_value {
                defined.push(name.to_owned());
            }
        }
        names.dedup();
        if names.is_empty() {
            let message = "defines no rule: write `x := ...` or `name if {...}`".to_owned();
            return Err(one(compile::whole(PATH, message)));
        }
        let before = self.definitions.clone();
        self.definitions
            .retain(|definition| !defined.contains(&definition.name));
        let definition = Definition {
            name: names[0].clone(),
            text: rules.trim_end().to_owned(),
        };
        self.definitions.push(definition);
        match self.ask("true") {
            Ok(_) => Ok(names),
            Err(error) => {
                self.definitions = before;
                Err(error)
            }
        }
    }

    /// The names of what was defined, in its order.
    pub fn defined(&self) -> impl Iterator<Item = &str> {
        self.definitions.iter().map(|definition| &*definition.name)
    }
}

/// What a rule says, within the limits, and what was printed.
pub(super) fn value_of(
    mut engine: regorus::Engine,
    rule: String,
    policy: &str,
    limits: &Limits,
) -> Result<(Raw, Vec<String>), EngineError> {
    let policy: Arc<str> = Arc::from(policy);
    let (of, limit) = (policy.clone(), limits.time);
    let job: Job<Result<(Raw, Vec<String>), EngineError>> = Box::new(move || {
        let said = engine.eval_rule(rule).map_err(|error| match error::is_late(&error) {
            true => EngineError::Late {
                policy: of.clone(),
                limit,
                place: String::new(),
            },
            false => EngineError::Broken {
                policy: of,
                message: error::without_values(&error),
            },
        })?;
        Ok((said, engine.take_prints().unwrap_or_default()))
    });
    let mut done = workers::run(vec![job], NonZeroUsize::MIN, compile::patience(limits));
    match done.pop() {
        Some(Ok(said)) => said,
        Some(Err(Unfinished::Late)) => Err(EngineError::Late {
            policy,
            limit: compile::patience(limits),
            place: String::new(),
        }),
        _ => Err(EngineError::Lost { policy }),
    }
}

/// The engine's value as one of ours, as JSON has it: sets are lists, and names are texts.
pub(super) fn value(raw: &Raw) -> Result<Value, EngineError> {
    if *raw == Raw::Undefined {
        return Ok(Value::Null);
    }
    let json = raw
        .to_json_str()
        .map_err(|error| EngineError::Input(error.to_string()))?;
    serde_json::from_str(&json).map_err(|error| EngineError::Input(error.to_string()))
}

fn one(rejection: Rejection) -> EngineError {
    rejected(vec![rejection])
}

fn rejected(rejections: Vec<Rejection>) -> EngineError {
    EngineError::Rejected(Rejections(rejections))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn session() -> Session {
        let pack = Pack::embedded().unwrap();
        let document = serde_json::from_str::<Value>(
            r#"{"resources": {"aws_s3_bucket": [{"address": "a.b", "values": {"acl": "private"}}]}}"#,
        );
        let policy = pack.policy("aws.s3.https_only").unwrap();
        let document = Document::new(&document.unwrap()).unwrap();
        let mut session = Session::new(&pack, &document, Limits::default()).unwrap();
        session.load(policy).unwrap();
        session
    }

    fn json(session: &mut Session, query: &str) -> String {
        serde_json::to_string(&session.ask(query).unwrap().answers).unwrap()
    }

    #[test]
    fn a_query_gives_its_value_and_what_it_binds() {
        let mut session = session();
        assert_eq!(json(&mut session, "1 + 1"), r#"[{"value":2,"bindings":{}}]"#);
        assert_eq!(json(&mut session, "1 == 2"), r#"[{"value":false,"bindings":{}}]"#);
        assert_eq!(json(&mut session, "input.resources.aws_vpc"), "[]");
        assert_eq!(
            json(
                &mut session,
                "some b in input.resources.aws_s3_bucket; x := tf.get(b, \"acl\", null)\nx == \"private\""
            )
            .replace(r#""b":{"address":"a.b","values":{"acl":"private"}},"#, ""),
            r#"[{"value":true,"bindings":{"x":"private"}}]"#
        );
        assert!(json(&mut session, "data.aws.s3.https_only.deny").contains("it has no policy"));
    }

    #[test]
    fn definitions_are_kept_and_a_value_is_replaced() {
        let mut session = session();
        assert!(is_definition("x := 1") && is_definition("p(y) := y + 1") && is_definition("p if {\n  true\n}"));
        assert!(!is_definition("x == 1") && !is_definition("x := 1; x == 1") && !is_definition("("));
        assert!(is_unfinished("p if {") && is_unfinished("1 +") && !is_unfinished("1") && !is_unfinished("\"{\" )"));
        session.define("x := 1").unwrap();
        session.define("x := 2").unwrap();
        session.define("p(y) := y + x").unwrap();
        assert_eq!(json(&mut session, "p(3)"), r#"[{"value":5,"bindings":{}}]"#);
        assert!(session.define("q if { nothing(1) }").is_err());
        assert!(session.define("q := q").is_err(), "recursion is refused");
        assert_eq!(session.defined().collect::<Vec<_>>(), ["x", "p"]);
    }

    #[test]
    fn errors_show_the_query_as_it_was_written() {
        let mut session = session();
        for (query, said) in [
            ("", "is empty"),
            ("1 +", "ends before it is complete"),
            ("true\nx := 1 1", "query:2:"),
            ("true\ntf.gat(1, 2, 3)", "query:2: `data.lib.tf` has no `gat`"),
            ("input.resurces", "there is no `input.resurces`"),
            ("true; 1 + \"a\"", "query:1:12"),
            ("true } x if { true", "is no query"),
            ("nobody", "`nobody` has no value"),
            ("true; nobody > 1", "query:1:7\n"),
            ("not nobody", "error: `nobody` has no value here"),
        ] {
            let error = session.ask(query).unwrap_err().to_string();
            assert!(error.contains(said), "{query}: {error}");
            assert!(!error.contains("__"), "{query}: {error}");
        }
    }
}
