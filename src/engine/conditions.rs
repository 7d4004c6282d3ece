//! How far each rule of a policy comes for one address: its conditions, the first that fails, and what that reads.
//!
//! The engine keeps no trace, so a body is asked in parts: its first condition, its first two, and so on, each as a
//! comprehension beside the policy's rules. The last part that holds of the address says which condition stops it.

mod nodes;

use std::num::NonZeroUsize;
use std::time::{Duration, Instant};

use regorus::Value as Raw;
use serde::Serialize;
use serde_json::Value as Json;

use nodes::{brief, expressions, line_of, mentioned, names, syntax_is_name};

use super::compile::{self, Checked, Libraries};
use super::imports;
use super::syntax::{self, members, rule_name, span, variant};
use super::verdicts::member;
use super::workers::{self, Job};
use super::{Document, EngineError, Limits, Rejections, query};
use crate::model::Value;
use crate::pack::{Library, Policy, Source};

/// How deep one rule is followed into those that it reads.
const DEPTH: usize = 3;
/// The most expressions of a condition whose values are shown.
const READS: usize = 6;
/// The time for the parts of one body, and for all of them.
const PART: Duration = Duration::from_secs(2);
const ALL: Duration = Duration::from_secs(15);
/// Where the arguments of a function stand while its bodies are asked.
const ARGUMENTS: &str = "__arguments";

/// One body of a rule, as far as it holds of an address.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Clause {
    /// The rule: `deny`.
    pub rule: String,
    /// The line of its head, from 1.
    pub line: u64,
    /// Whether all of its conditions hold.
    pub holds: bool,
    /// Its conditions in their order.
    pub conditions: Vec<Condition>,
}

/// One condition of a body.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Condition {
    /// Its line, from 1.
    pub line: u64,
    /// As it is written; of several lines, the first.
    pub text: String,
    /// Whether it holds; none where an earlier one fails, or where it cannot be asked alone.
    pub holds: Option<bool>,
    /// What it names, or of one that fails, what it reads; undefined is no value.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub reads: Vec<Read>,
    /// The rules of the policy that it reads, where they say nothing of the address.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub because: Vec<Clause>,
}

/// An expression and its value; resources in it are their addresses.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Read {
    /// The expression.
    pub expression: String,
    /// Its value; none where it is undefined.
    pub value: Option<Value>,
}

/// How far `deny`, `unknown` and `examined` of a policy come for an address.
///
/// # Errors
///
/// [`EngineError::Rejected`] where the policy or a library does not load.
pub fn conditions(
    policy: &Policy,
    libraries: &[Library],
    document: &Document,
    address: &str,
    limits: &Limits,
) -> Result<Vec<Clause>, EngineError> {
    let rejected = |rejections| EngineError::Rejected(Rejections(rejections));
    let source = Source {
        path: policy.path.clone(),
        text: policy.text.clone(),
    };
    let tree = compile::tree(&source).map_err(|rejection| rejected(vec![rejection]))?;
    let limits = Limits {
        time: PART.min(limits.time),
        ..limits.clone()
    };
    let needed = imports::needed(libraries, [&*policy.text].into_iter());
    let mut engine = Libraries::load(&needed, &limits, Checked::None)
        .map_err(rejected)?
        .engine;
    compile::add_policy(&mut engine, policy).map_err(|rejection| rejected(vec![rejection]))?;
    engine.set_input(document.0.clone());
    let rules: Vec<&Json> = members(&tree, "rules")
        .iter()
        .filter_map(|rule| Some(variant(rule)?.1))
        .collect();
    let imports = policy.text.lines().filter(|line| line.starts_with("import "));
    let tracer = Tracer {
        text: &policy.text,
        head: format!("package {}\n\n{}\n", policy.id, imports.collect::<Vec<_>>().join("\n")),
        rules,
        engine,
        // What is said of the plan as a whole is about every row.
        address: (address != "plan").then_some(address),
        limits,
        until: Instant::now() + ALL,
    };
    let verdicts = tracer
        .rules
        .iter()
        .filter(|rule| rule_name(rule).is_some_and(|name| compile::RULES.contains(&name)));
    Ok(verdicts.flat_map(|rule| tracer.clauses(rule, 0)).collect())
}

#[derive(Clone)]
struct Tracer<'a> {
    text: &'a str,
    head: String,
    rules: Vec<&'a Json>,
    engine: regorus::Engine,
    /// What the rows are about; none where all of them count: for the plan, and in a function, whose rows are of one
    /// call.
    address: Option<&'a str>,
    limits: Limits,
    until: Instant,
}

/// A body, ready to be asked in parts.
struct Body<'a> {
    line: u64,
    /// What stands before it and is not shown: the arguments of a function.
    given: Vec<String>,
    statements: Vec<&'a Json>,
    /// What the rule says the address of, once the name that it begins with is bound.
    subject: Option<(String, String)>,
}

impl<'a> Tracer<'a> {
    fn part(&self, node: &Json) -> &'a str {
        let text = self.text;
        span(node, text)
            .and_then(|(start, end)| text.get(start..end))
            .unwrap_or_default()
    }

    fn of_expression(&self, node: &Json) -> &'a str {
        variant(node).map_or("", |(_, inner)| self.part(inner))
    }

    fn clauses(&self, rule: &'a Json, depth: usize) -> Vec<Clause> {
        let name = rule_name(rule).unwrap_or_default();
        self.bodies(rule)
            .iter()
            .map(|body| self.clause(name, body, depth))
            .collect()
    }

    /// The bodies of a set, of a list or set that a comprehension makes, or of a function.
    fn bodies(&self, rule: &'a Json) -> Vec<Body<'a>> {
        let line = line_of(rule);
        let Some((kind, head)) = rule.get("head").and_then(variant) else {
            return Vec::new();
        };
        let given = match kind {
            "Func" => members(head, "args")
                .iter()
                .enumerate()
                .filter(|(_, argument)| self.of_expression(argument) != "_")
                .map(|(index, argument)| {
                    let sign = if syntax_is_name(argument) { ":=" } else { "=" };
                    format!("{} {sign} data.{ARGUMENTS}[{index}]", self.of_expression(argument))
                })
                .collect(),
            _ => Vec::new(),
        };
        let made = head
            .get("assign")
            .and_then(|assign| assign.get("value"))
            .and_then(variant);
        if let Some(("ArrayCompr" | "SetCompr", comprehension)) = made.filter(|_| members(rule, "bodies").is_empty()) {
            let query = comprehension.get("query").unwrap_or(&Json::Null);
            return vec![Body {
                line,
                given,
                statements: members(query, "stmts").iter().collect(),
                subject: None,
            }];
        }
        let subject = head.get("key").and_then(|key| self.subject(key));
        members(rule, "bodies")
            .iter()
            .map(|body| Body {
                line: if body.get("is_else").and_then(Json::as_bool) == Some(true) {
                    line_of(body)
                } else {
                    line
                },
                given: given.clone(),
                statements: members(body.get("query").unwrap_or(&Json::Null), "stmts")
                    .iter()
                    .collect(),
                subject: subject.clone(),
            })
            .collect()
    }

    /// What a finding is about, and the name that it begins with.
    fn subject(&self, key: &'a Json) -> Option<(String, String)> {
        let about = match variant(key)? {
            ("Call", call) => members(call, "params").first()?,
            _ => key,
        };
        let mut root = about;
        loop {
            match variant(root)? {
                ("Var", inner) => {
                    let name = inner.get("value")?.as_str()?.to_owned();
                    return Some((name, self.of_expression(about).to_owned()));
                }
                ("RefDot" | "RefBrack", inner) => root = inner.get("refr")?,
                _ => return None,
            }
        }
    }

    fn clause(&self, rule: &str, body: &Body<'a>, depth: usize) -> Clause {
        let parts: Vec<Option<Vec<Raw>>> = self.parts(body);
        let reached = (0..parts.len())
            .rev()
            .find(|count| parts[*count].as_ref().is_some_and(|rows| !rows.is_empty()));
        // What cannot be asked alone is settled by the next part that can.
        let stopped = match reached {
            Some(last) if last + 1 == parts.len() => None,
            Some(last) => Some(last),
            None => Some(0),
        };
        let row = reached.and_then(|last| parts[last].as_ref()?.first());
        let conditions = body.statements.iter().enumerate().map(|(index, statement)| {
            let holds = match stopped {
                None => Some(true),
                Some(at) if index < at => Some(true),
                Some(at) if index == at => Some(false),
                Some(_) => None,
            };
            let (reads, because) = match holds {
                Some(true) => (self.named(statement, row), Vec::new()),
                Some(false) => self.why(body, index, statement, row.is_some(), depth),
                None => Default::default(),
            };
            let text = self.part(statement).trim();
            Condition {
                line: line_of(statement),
                text: text.lines().next().unwrap_or_default().to_owned(),
                holds,
                reads,
                because,
            }
        });
        Clause {
            rule: rule.to_owned(),
            line: body.line,
            holds: stopped.is_none(),
            conditions: conditions.collect(),
        }
    }

    /// The rows about the address of each part of a body, from none of its conditions to all; none for a part that
    /// cannot be asked.
    fn parts(&self, body: &Body) -> Vec<Option<Vec<Raw>>> {
        let wanted: Vec<String> = (0..=body.statements.len())
            .map(|count| self.comprehension(body, count, "true"))
            .collect();
        // In a loop over all resources the part without any condition is about each of them.
        self.ask(&wanted)
            .into_iter()
            .enumerate()
            .map(|(count, rows)| match count {
                0 => Some(vec![Raw::Null]),
                _ => rows.map(|rows| self.about(rows)),
            })
            .collect()
    }

    /// `[{"names": {...}, "subject": ..., "value": ...} | the first conditions]`
    fn comprehension(&self, body: &Body, count: usize, value: &str) -> String {
        let mut names = Vec::new();
        for statement in &body.statements[..count] {
            syntax::bound(statement, &mut names);
        }
        names.sort();
        names.dedup();
        let subject = match &body.subject {
            Some((root, path)) if names.contains(root) => format!(", \"subject\": {path}"),
            _ => String::new(),
        };
        let named: Vec<String> = names.iter().map(|name| format!("\"{name}\": {name}")).collect();
        let statements = body.statements[..count].iter().map(|statement| self.part(statement));
        let mut lines: Vec<&str> = body.given.iter().map(String::as_str).chain(statements).collect();
        lines.push("true");
        format!(
            "[{{\"names\": {{{}}}{subject}, \"value\": __value}} |\n{}\n__value := {value}\n]",
            named.join(", "),
            lines.join("\n")
        )
    }

    /// The rows of comprehensions; together where that can be, else each alone.
    fn ask(&self, wanted: &[String]) -> Vec<Option<Vec<Raw>>> {
        if Instant::now() > self.until {
            return vec![None; wanted.len()];
        }
        let together = self.ask_in_one(wanted);
        if together.iter().any(Option::is_some) || wanted.len() < 2 {
            return together;
        }
        wanted
            .iter()
            .flat_map(|one| match Instant::now() > self.until {
                true => vec![None],
                false => self.ask_in_one(std::slice::from_ref(one)),
            })
            .collect()
    }

    fn ask_in_one(&self, wanted: &[String]) -> Vec<Option<Vec<Raw>>> {
        let none = || vec![None; wanted.len()];
        let mut text = self.head.clone();
        for (index, comprehension) in wanted.iter().enumerate() {
            text.push_str(&format!("\n__part_{index} := {comprehension}\n"));
        }
        let Some(package) = self.head.lines().next().and_then(|line| line.strip_prefix("package ")) else {
            return none();
        };
        let names: Vec<String> = (0..wanted.len())
            .map(|index| format!("data.{package}.__part_{index}"))
            .collect();
        let mut engine = self.engine.clone();
        if engine.add_policy("#parts".to_owned(), text).is_err() {
            return none();
        }
        let job: Job<Vec<Option<Vec<Raw>>>> = Box::new(move || {
            let rows = |name| match engine.eval_rule(name) {
                Ok(Raw::Array(rows)) => Some(rows.iter().cloned().collect()),
                _ => None,
            };
            names.into_iter().map(rows).collect()
        });
        let patience = compile::patience(&self.limits);
        match workers::run(vec![job], NonZeroUsize::MIN, patience).pop() {
            Some(Ok(rows)) => rows,
            _ => none(),
        }
    }

    fn about(&self, rows: Vec<Raw>) -> Vec<Raw> {
        let Some(address) = self.address else { return rows };
        let is_about = |row: &Raw| match member(row, "subject") {
            Some(subject) => names(subject, address, 1),
            None => member(row, "names").is_some_and(|bound| names(bound, address, 4)),
        };
        rows.into_iter().filter(is_about).collect()
    }

    /// What a condition that holds gives names to.
    fn named(&self, statement: &Json, row: Option<&Raw>) -> Vec<Read> {
        let mut bound = Vec::new();
        syntax::bound(statement, &mut bound);
        let values = row.and_then(|row| member(row, "names"));
        bound
            .into_iter()
            .filter_map(|name| {
                let value = query::value(&brief(member(values?, &name)?)).ok()?;
                Some(Read {
                    expression: name,
                    value: Some(value),
                })
            })
            .collect()
    }

    /// What a condition that fails reads, and why what it reads says nothing.
    fn why(
        &self,
        body: &Body<'a>,
        index: usize,
        statement: &'a Json,
        has_row: bool,
        depth: usize,
    ) -> (Vec<Read>, Vec<Clause>) {
        let mut because = Vec::new();
        let mut reads = Vec::new();
        let mut found = Vec::new();
        expressions(statement.get("literal").unwrap_or(&Json::Null), &mut found);
        if has_row {
            for node in &found {
                let expression = self.of_expression(node);
                if reads.len() == READS || reads.iter().any(|read: &Read| read.expression == expression) {
                    continue;
                }
                let Some(Some(rows)) = self.ask(&[self.comprehension(body, index, expression)]).pop() else {
                    continue;
                };
                let rows = if index == 0 { rows } else { self.about(rows) };
                let value = rows.first().and_then(|row| member(row, "value"));
                if depth < DEPTH && value.is_none_or(|value| *value == Raw::from(false)) {
                    because.extend(self.called(body, index, node, depth));
                }
                // All resources of a type are no answer.
                if index > 0 || self.address.is_none() {
                    reads.push(Read {
                        expression: expression.split_whitespace().collect::<Vec<_>>().join(" "),
                        value: value.and_then(|value| query::value(&brief(value)).ok()),
                    });
                }
            }
        }
        if depth < DEPTH && self.address.is_some() {
            let mut names = Vec::new();
            mentioned(statement, &mut names);
            names.dedup();
            let read = self
                .rules
                .iter()
                .filter(|rule| rule_name(rule).is_some_and(|name| names.contains(&name)));
            let read = read.filter(|rule| {
                rule.get("head")
                    .and_then(variant)
                    .is_some_and(|(kind, _)| kind != "Func")
            });
            because.extend(
                read.flat_map(|rule| self.clauses(rule, depth + 1))
                    .filter(|clause| !clause.holds),
            );
        }
        (reads, because)
    }

    /// How far the bodies of a function of the policy come in this call, where none holds.
    fn called(&self, body: &Body<'a>, index: usize, node: &'a Json, depth: usize) -> Vec<Clause> {
        let Some(("Call", call)) = variant(node) else {
            return Vec::new();
        };
        let name = call
            .get("fcn")
            .map(|function| self.of_expression(function))
            .unwrap_or_default();
        let functions: Vec<&&Json> = self.rules.iter().filter(|rule| rule_name(rule) == Some(name)).collect();
        if functions.is_empty() {
            return Vec::new();
        }
        let arguments: Vec<&str> = members(call, "params")
            .iter()
            .map(|argument| self.of_expression(argument))
            .collect();
        let value = format!("[{}]", arguments.join(", "));
        let Some(Some(rows)) = self.ask(&[self.comprehension(body, index, &value)]).pop() else {
            return Vec::new();
        };
        let rows = if index == 0 { rows } else { self.about(rows) };
        let Some(value) = rows.first().and_then(|row| member(row, "value")) else {
            return Vec::new();
        };
        let mut inner = Tracer {
            address: None,
            ..self.clone()
        };
        let given = Raw::from(std::collections::BTreeMap::from([(
            Raw::from(ARGUMENTS),
            value.clone(),
        )]));
        // A call within a call takes the place of its arguments; where the engine has others already, it is not followed.
        if inner.engine.add_data(given).is_err() {
            return Vec::new();
        }
        functions
            .iter()
            .flat_map(|rule| inner.clauses(rule, depth + 1))
            .filter(|clause| !clause.holds)
            .collect()
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::pack::Pack;

    fn trace(policy: &str, document: &str, address: &str) -> Vec<Clause> {
        let pack = Pack::embedded().unwrap();
        let document: Value = serde_json::from_str(document).unwrap();
        let document = Document::new(&document).unwrap();
        let policy = pack.policy(policy).unwrap();
        conditions(policy, &pack.libraries, &document, address, &Limits::default()).unwrap()
    }

    fn key(rotation: &str) -> String {
        format!(
            r#"{{"resources": {{"aws_kms_key": [
            {{"address": "aws_kms_key.a", "values": {{"enable_key_rotation": {rotation}}}}},
            {{"address": "aws_kms_key.b", "values": {{"enable_key_rotation": null}}}}]}}}}"#
        )
    }

    #[test]
    fn the_rule_that_holds_is_told_from_that_which_does_not() {
        let clauses = trace("aws.kms.rotation", &key("false"), "aws_kms_key.a");
        let deny = clauses.iter().find(|clause| clause.rule == "deny").unwrap();
        assert!(deny.holds, "{deny:?}");
        assert!(deny.conditions.iter().all(|condition| condition.holds == Some(true)));
        let unknown = clauses.iter().find(|clause| clause.rule == "unknown").unwrap();
        assert!(!unknown.holds);
        assert_eq!(unknown.conditions[1].holds, Some(false));
        assert_eq!(unknown.conditions[1].text, "count(entry.doubts) > 0");
        assert_eq!(unknown.conditions[1].reads[0].expression, "count(entry.doubts)");
        assert_eq!(unknown.conditions[1].reads[0].value, Some(Value::Number(0.into())));
    }

    #[test]
    fn what_stops_a_rule_is_found_in_those_that_it_reads() {
        let clauses = trace("aws.kms.rotation", &key("true"), "aws_kms_key.a");
        let deny = clauses.iter().find(|clause| clause.rule == "deny").unwrap();
        assert_eq!(deny.conditions[0].holds, Some(false));
        let unrotated = &deny.conditions[0].because[0];
        assert_eq!(unrotated.rule, "unrotated");
        let failed = unrotated
            .conditions
            .iter()
            .find(|condition| condition.holds == Some(false))
            .unwrap();
        assert!(failed.text.starts_with("doubts := "), "{failed:?}");
        assert!(failed.reads.contains(&Read {
            expression: "off(rotation)".to_owned(),
            value: None
        }));
        assert!(failed.because.iter().any(|clause| clause.rule == "off"), "{failed:?}");
    }
}
