//! From what the policies of another tool say of a plan to the rows of its report.

use std::collections::{BTreeMap, BTreeSet};
use std::path::Path;
use std::sync::Arc;

use crate::engine::foreign::{Conftest, Regula, Said, Sayings, Says};
use crate::engine::{Document, EngineError};
use crate::model::{self, Map, Model, Value};
use crate::pack::Severity;
use crate::report::{PlanReport, Row, Source, Verdict};

/// Whom a finding is about where its message and members name no resource of the plan.
const PLAN: &str = "plan";

/// The members of a finding that may say whom it is about.
const ADDRESSES: [&str; 4] = ["address", "resource", "resource_address", "id"];

/// A plan as other tools read it.
pub struct Foreigner {
    /// The path, as it was given.
    pub path: String,
    /// The plan, without what is sensitive.
    pub plan: Value,
}

impl Foreigner {
    /// The plan in a text that [`crate::plan::parse`] has read.
    pub fn new(path: &str, text: &str) -> Self {
        Foreigner {
            path: path.to_owned(),
            plan: model::raw(text),
        }
    }

    /// The addresses of all resources that the plan names.
    fn addresses(&self) -> BTreeSet<&str> {
        let changes = self.plan.get("resource_changes").and_then(Value::as_array);
        let changes = changes.into_iter().flatten();
        changes.filter_map(|change| change.get("address")?.as_str()).collect()
    }
}

/// Adds to a report what Conftest's policies say of its plan.
///
/// # Errors
///
/// Where the plan cannot be handed to policies.
pub fn judge(conftest: &Conftest, plan: &Foreigner, report: &mut PlanReport) -> Result<(), EngineError> {
    let document = Document::new(&plan.plan)?;
    let path = Path::new(&plan.path);
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let folder = path.parent().unwrap_or(Path::new("")).to_string_lossy();
    let sayings = conftest.judge(&document, (&name, &folder));
    report.add(rows(sayings, &plan.addresses()));
    Ok(())
}

/// What Conftest's policies say of all plans as one document, `[{"path": ..., "contents": ...}]`.
///
/// # Errors
///
/// Where the plans cannot be handed to policies.
pub fn judge_combined(conftest: &Conftest, plans: &[Foreigner]) -> Result<PlanReport, EngineError> {
    const COMBINED: &str = "Combined";
    let each = plans.iter().map(|plan| {
        let path = Value::from(plan.path.as_str());
        Value::object([("path", path), ("contents", plan.plan.clone())])
    });
    let document = Document::new(&Value::Array(each.collect()))?;
    let addresses = plans.iter().flat_map(Foreigner::addresses).collect();
    let mut report = PlanReport::unreadable(COMBINED, "");
    report.error = None;
    report.add(rows(conftest.judge(&document, (COMBINED, "")), &addresses));
    Ok(report)
}

/// Adds to a report what Regula's rules say of its plan.
///
/// # Errors
///
/// Where the plan cannot be handed to policies.
pub fn judge_regula(
    regula: &Regula,
    plan: &Foreigner,
    model: &Model,
    report: &mut PlanReport,
) -> Result<(), EngineError> {
    let document = Value::object([("resources", view(plan, model)), ("_plan", plan.plan.clone())]);
    let sayings = regula.judge(&Document::new(&document)?);
    let own = model.addresses("*").map(|address| &**address);
    let addresses = own.chain(plan.addresses()).collect();
    report.add(rows(sayings, &addresses));
    Ok(())
}

/// The resources as Regula has them: their values, and in the place of what only apply will tell the address of the
/// resource that it comes from.
fn view(plan: &Foreigner, model: &Model) -> Value {
    let mut known: BTreeMap<&str, &Value> = BTreeMap::new();
    for values in [&["planned_values"][..], &["prior_state", "values"]] {
        let values = values.iter().try_fold(&plan.plan, |value, name| value.get(name));
        if let Some(root) = values.and_then(|values| values.get("root_module")) {
            values_of(root, &mut known);
        }
    }
    let sections = [("", &model.resources), ("data.", &model.data)];
    let resources = sections.iter().flat_map(|(prefix, by_type)| {
        let all = by_type.values().flatten();
        all.map(move |resource| (*prefix, resource))
    });
    let views = resources.map(|(prefix, resource)| {
        let values = known.get(&*resource.address).copied().unwrap_or(&Value::Null);
        let mut members = match filled(values, &resource.values) {
            Some(Value::Object(members)) => members,
            _ => Map::new(),
        };
        let tags = members.get("tags").cloned().unwrap_or_default();
        for (name, value) in [
            ("id", Value::String(resource.address.clone())),
            ("_type", Value::from(&*format!("{prefix}{}", resource.kind))),
            (
                "_provider",
                Value::from(resource.provider.rsplit('/').next().unwrap_or_default()),
            ),
            ("_tags", tags),
        ] {
            members.insert(name.into(), value);
        }
        (resource.address.clone(), Value::Object(members))
    });
    Value::Object(views.collect())
}

/// The values of the resources of a module and those below it, by address; what comes first counts.
fn values_of<'p>(module: &'p Value, known: &mut BTreeMap<&'p str, &'p Value>) {
    let list = |name: &str| module.get(name).and_then(Value::as_array).unwrap_or_default();
    for resource in list("resources") {
        if let (Some(address), Some(values)) = (resource.get("address").and_then(Value::as_str), resource.get("values"))
        {
            known.entry(address).or_insert(values);
        }
    }
    list("child_modules").iter().for_each(|child| values_of(child, known));
}

/// A value of the plan, with what the model knows of its unknown parts; none where nothing is known.
fn filled(value: &Value, model: &Value) -> Option<Value> {
    if model.get("unknown") == Some(&Value::Bool(true)) {
        let from = model.get("from").and_then(Value::as_array).unwrap_or_default();
        let from = from.iter().filter_map(|from| from.as_str()?.rsplit_once('.'));
        let mut addresses: Vec<Value> = from
            .filter(|(address, _)| address.contains('.'))
            .map(|(address, _)| address.into())
            .collect();
        return match addresses.len() {
            0 => None,
            1 => addresses.pop(),
            _ => Some(Value::Array(addresses)),
        };
    }
    Some(match (value, model) {
        (Value::Object(values), Value::Object(model)) => {
            let mut members = values.clone();
            for (name, model) in model {
                let value = values.get(name).unwrap_or(&Value::Null);
                // What the model has and the plan does not is unknown, or of the model's own making.
                match filled(value, model) {
                    Some(filled) if values.contains_key(name) || model.get("unknown").is_some() => {
                        drop(members.insert(name.clone(), filled));
                    }
                    _ => {}
                }
            }
            Value::Object(members)
        }
        (Value::Array(values), Value::Array(model)) if values.len() == model.len() => {
            let elements = values.iter().zip(model);
            Value::Array(
                elements
                    .map(|(value, model)| filled(value, model).unwrap_or_default())
                    .collect(),
            )
        }
        (value, _) => value.clone(),
    })
}

fn rows(sayings: Sayings, addresses: &BTreeSet<&str>) -> Vec<Row> {
    let broken = sayings.broken.into_iter().map(|(policy, error)| Row {
        message: Some(error.to_string().into()),
        ..bare(policy, Verdict::Error, Severity::High)
    });
    let mut rows: Vec<Row> = broken.collect();
    let mut seen: BTreeMap<(Arc<str>, Option<Arc<str>>), usize> = BTreeMap::new();
    for said in sayings.said {
        let mut row = row(said, addresses);
        let times = seen.entry((row.policy.clone(), row.address.clone())).or_default();
        *times += 1;
        // Another tool's findings have no identity but their words; what has no words is numbered.
        if *times > 1 {
            row.key = match row.verdict {
                Verdict::Fail => row.message.clone(),
                _ => Some(times.to_string().into()),
            };
        }
        rows.push(row);
    }
    rows
}

fn row(said: Said, addresses: &BTreeSet<&str>) -> Row {
    let Said {
        policy,
        title,
        verdict,
        message,
        mut members,
    } = said;
    let is_about_something = verdict != Says::FindsNothing;
    let (verdict, severity) = match verdict {
        Says::Fails => (Verdict::Fail, severity(&members)),
        Says::Warns => (Verdict::Fail, Severity::Info),
        Says::Passes => (Verdict::Pass, severity(&members)),
        Says::Excepted | Says::FindsNothing => (Verdict::NotApplicable, severity(&members)),
    };
    let address = address(&members, message.as_deref().unwrap_or_default(), addresses);
    let source = source(&mut members);
    let attribute = members.remove("attribute");
    members.retain(|name, _| name.as_ref() != "severity" && !ADDRESSES.contains(&name.as_ref()));
    let plain = bare(policy, verdict, severity);
    Row {
        title: title.unwrap_or_else(|| plain.title.clone()),
        address: is_about_something.then(|| address.into()),
        attribute: attribute.and_then(|attribute| attribute.as_str().map(Arc::from)),
        message,
        source,
        found: match members.is_empty() {
            true => Value::Null,
            false => Value::Object(members),
        },
        ..plain
    }
}

fn bare(policy: Arc<str>, verdict: Verdict, severity: Severity) -> Row {
    let rule = policy.split_once('.').map_or(&*policy, |(_, rule)| rule);
    let title = format!("data.{rule}").into();
    Row::new(policy, title, verdict, severity)
}

/// The severity that a failure names, but never one that does not gate.
fn severity(members: &Map) -> Severity {
    let named = members.get("severity").and_then(Value::as_str);
    let named = named.and_then(|name| name.to_lowercase().parse::<Severity>().ok());
    named.map_or(Severity::High, |severity| severity.max(Severity::Low))
}

/// Whom a finding is about: the resource that a member names, or the only one that its message names.
fn address(members: &Map, message: &str, addresses: &BTreeSet<&str>) -> String {
    let named = ADDRESSES.iter().filter_map(|name| members.get(*name)?.as_str());
    if let Some(address) = named.into_iter().find(|name| addresses.contains(name)) {
        return address.to_owned();
    }
    let mut found: BTreeSet<&str> = BTreeSet::new();
    for word in message.split(char::is_whitespace) {
        let word = word.trim_start_matches(|c: char| !c.is_alphanumeric() && c != '_');
        let mut end = word.len();
        // The quotes and stops after an address may be its own: `x.y["a"]`.
        while end > 0 && !addresses.contains(&word[..end]) {
            let last = word[..end].chars().next_back().filter(|last| !last.is_alphanumeric());
            end -= last.map_or(end, char::len_utf8);
        }
        found.extend((end > 0).then(|| &word[..end]));
    }
    match (found.pop_first(), found.is_empty()) {
        (Some(address), true) => address.to_owned(),
        _ => PLAN.to_owned(),
    }
}

/// The place that Conftest's `_loc` names.
fn source(members: &mut Map) -> Option<Source> {
    let place = members.remove("_loc")?;
    let file = place.get("file")?.as_str()?.into();
    let line = match place.get("line") {
        Some(Value::Number(line)) => line.as_u64().and_then(|line| u32::try_from(line).ok()),
        _ => None,
    };
    Some(Source { file, line: line? })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_finding_is_about_the_one_resource_that_it_names() {
        let addresses = BTreeSet::from(["aws_s3_bucket.a", "aws_s3_bucket.b", "module.m[\"x\"].aws_eip.e[\"k\"]"]);
        let of = |message| address(&Map::new(), message, &addresses);
        assert_eq!(of("aws_s3_bucket.a has no tags"), "aws_s3_bucket.a");
        assert_eq!(of("bucket 'aws_s3_bucket.a', is public."), "aws_s3_bucket.a");
        assert_eq!(
            of("(module.m[\"x\"].aws_eip.e[\"k\"]): no"),
            "module.m[\"x\"].aws_eip.e[\"k\"]"
        );
        assert_eq!(of("aws_s3_bucket.a and aws_s3_bucket.b"), PLAN);
        assert_eq!(of("aws_s3_bucket.ab, a bucket: é"), PLAN);
        let member = Map::from([(Arc::from("resource"), Value::from("aws_s3_bucket.b"))]);
        assert_eq!(address(&member, "aws_s3_bucket.a", &addresses), "aws_s3_bucket.b");
    }

    #[test]
    fn a_failure_gates_whatever_severity_it_names() {
        let named = |name| severity(&Map::from([(Arc::from("severity"), Value::from(name))]));
        assert_eq!(named("CRITICAL"), Severity::Critical);
        assert_eq!(named("info"), Severity::Low);
        assert_eq!(named("blocker"), Severity::High);
        assert_eq!(severity(&Map::new()), Severity::High);
    }
}
