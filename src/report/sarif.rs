//! SARIF 2.1.0, as GitHub code scanning and Azure read it: <https://docs.oasis-open.org/sarif/sarif/v2.1.0/>.

use std::collections::BTreeMap;

use serde_json::{Map, Value as Json, json};

use super::place::{Place, uri};
use super::{Exit, Options, PlanReport, Report, Row, Since, Verdict, Waiver, finding, words};
use crate::pack::{Policy, Severity};

/// What relative URIs start from.
const ROOT: &str = "%SRCROOT%";

/// One run, whose results are the failures, the unknowns and what is waived.
///
/// An unknown has the kind `open`, since the plan has too little to tell by. What is waived is suppressed, and what
/// broke or cannot be judged is a notification of the invocation. Passes are left out: a consumer that does not know
/// kinds would show each as an alert.
pub fn render(report: &Report, options: &Options) -> Vec<u8> {
    let findings: Vec<(&PlanReport, &Row)> = report
        .plans
        .iter()
        .flat_map(|plan| plan.results.iter().map(move |row| (plan, row)))
        .filter(|(_, row)| row.is_finding())
        .collect();
    let mut policies: BTreeMap<&str, (usize, &Row)> =
        findings.iter().map(|(_, row)| (&*row.policy, (0, *row))).collect();
    for (index, (at, _)) in policies.values_mut().enumerate() {
        *at = index;
    }
    let rules: Vec<Json> = policies.values().map(|(_, row)| rule(row, options)).collect();
    let has_waivers = findings.iter().any(|(_, row)| row.waiver.is_some());
    let results: Vec<Json> = findings
        .iter()
        .map(|(plan, row)| {
            let index = policies.get(&*row.policy).map_or(0, |(index, _)| *index);
            let mut result = result(report, plan, row, index);
            // Where one result has them, each must say that it has none.
            if has_waivers {
                result["suppressions"] = Json::Array(row.waiver.iter().map(|waiver| suppression(waiver)).collect());
            }
            result
        })
        .collect();
    let log = json!({
        "$schema": "https://docs.oasis-open.org/sarif/sarif/v2.1.0/errata01/os/schemas/sarif-schema-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": {"driver": {
                "name": "plangate",
                "semanticVersion": report.plangate,
                "version": report.plangate,
                "rules": rules,
            }},
            "invocations": [invocation(report, options)],
            "originalUriBaseIds": {ROOT: {"description": {"text": "The working folder."}}},
            "columnKind": "unicodeCodePoints",
            "results": results,
            "properties": {"as_of": report.as_of},
        }],
    });
    let mut bytes = serde_json::to_vec_pretty(&log).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

fn rule(row: &Row, options: &Options) -> Json {
    let policy = options.pack.and_then(|pack| pack.policy(&row.policy));
    let mut properties = json!({"problem.severity": level(row.severity), "tags": tags(policy)});
    if let Some(score) = score(row.severity) {
        properties["security-severity"] = json!(score);
    }
    let mut rule = json!({
        "id": row.policy,
        "name": row.policy,
        "shortDescription": {"text": row.title},
        "defaultConfiguration": {"level": level(row.severity)},
        "properties": properties,
    });
    if let Some(policy) = policy {
        rule["fullDescription"] = json!({"text": policy.description.trim()});
        rule["help"] = json!({"text": help(policy, false), "markdown": help(policy, true)});
        if let Some(page) = policy.related.iter().find(|page| page.starts_with("https://")) {
            rule["helpUri"] = json!(page);
        }
    }
    rule
}

fn help(policy: &Policy, markdown: bool) -> String {
    let mut help = format!("{}\n\n{}\n", policy.description.trim(), policy.remediation.trim());
    if let Some(example) = &policy.example {
        let example = example.trim_end();
        help.push_str(&match markdown {
            true => format!("\n```hcl\n{example}\n```\n"),
            false => format!("\n{example}\n"),
        });
    }
    for page in &policy.related {
        help.push_str(&match markdown {
            true => format!("\n- <{page}>"),
            false => format!("\n{page}"),
        });
    }
    help.trim_end().to_owned()
}

/// What alerts can be filtered by: the controls as `cis_aws:2.1.4`, as `--control` takes them.
fn tags(policy: Option<&Policy>) -> Vec<String> {
    let mut tags = vec!["security".to_owned(), "terraform".to_owned()];
    for (standard, controls) in policy.into_iter().flat_map(|policy| &policy.controls) {
        tags.extend(controls.iter().map(|control| format!("{standard}:{control}")));
    }
    tags
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Critical | Severity::High => "error",
        Severity::Medium => "warning",
        Severity::Low | Severity::Info => "note",
    }
}

/// The middle of the range that GitHub has for a severity.
fn score(severity: Severity) -> Option<&'static str> {
    match severity {
        Severity::Critical => Some("9.5"),
        Severity::High => Some("8.0"),
        Severity::Medium => Some("5.5"),
        Severity::Low => Some("2.0"),
        Severity::Info => None,
    }
}

fn result(report: &Report, plan: &PlanReport, row: &Row, index: usize) -> Json {
    let is_open = row.verdict == Verdict::Unknown || (row.verdict == Verdict::Waived && row.cause.is_some());
    let (kind, level) = match is_open {
        true => ("open", "none"),
        false => ("fail", level(row.severity)),
    };
    let mut location = json!({"physicalLocation": physical(&plan.place_or_plan(row))});
    if let Some(address) = &row.address {
        location["logicalLocations"] = json!([{"fullyQualifiedName": address, "kind": "resource"}]);
    }
    let identity = report.identity(plan, row);
    let mut result = json!({
        "ruleId": row.policy,
        "ruleIndex": index,
        "kind": kind,
        "level": level,
        "message": {"text": finding::sentence(row)},
        "locations": [location],
        // The second is what GitHub knows an alert by.
        "partialFingerprints": {"plangate/v1": identity, "primaryLocationLineHash": identity},
        "properties": properties(plan, row),
    });
    if let Some(state) = row.since.and_then(baseline_state) {
        result["baselineState"] = json!(state);
    }
    result
}

/// What is there before apply is the baseline.
fn baseline_state(since: Since) -> Option<&'static str> {
    match since {
        Since::Introduced => Some("new"),
        Since::Existing => Some("unchanged"),
        Since::Fixed => None,
    }
}

fn suppression(waiver: &Waiver) -> Json {
    let in_source = crate::source::is_configuration(&waiver.source.file);
    let place = Place {
        path: waiver.source.file.to_string(),
        line: waiver.source.line,
    };
    json!({
        "kind": if in_source { "inSource" } else { "external" },
        "status": "accepted",
        "justification": waiver.reason,
        "location": {"physicalLocation": physical(&place)},
        "properties": {"owner": waiver.owner, "ticket": waiver.ticket, "expires": waiver.expires},
    })
}

/// What SARIF has no place for; members that a row does not have are left out.
fn properties(plan: &PlanReport, row: &Row) -> Json {
    let members = json!({
        "plan": plan.name,
        "verdict": row.verdict,
        "severity": row.severity,
        "since": row.since,
        "key": row.key,
        "attribute": row.attribute,
        "found": row.found,
        "expected": row.expected,
        "cause": row.cause,
        "fingerprint": row.fingerprint,
    });
    let members = members.as_object().cloned().unwrap_or_default();
    Json::Object(
        members
            .into_iter()
            .filter(|(_, member)| !member.is_null())
            .collect::<Map<_, _>>(),
    )
}

fn physical(place: &Place) -> Json {
    let uri = uri(&place.path);
    let mut artifact = json!({"uri": uri});
    if !uri.starts_with("file:") {
        artifact["uriBaseId"] = json!(ROOT);
    }
    json!({"artifactLocation": artifact, "region": {"startLine": place.line}})
}

fn invocation(report: &Report, options: &Options) -> Json {
    let mut notifications = Vec::new();
    let mut notify = |plan: &PlanReport, level: &str, text: String, policy: Option<&str>| {
        let mut notification = json!({
            "level": level,
            "message": {"text": text},
            "locations": [{"physicalLocation": physical(&plan.own_place())}],
        });
        if let Some(policy) = policy {
            notification["associatedRule"] = json!({"id": policy});
        }
        notifications.push(notification);
    };
    for plan in &report.plans {
        for note in &plan.notes {
            notify(plan, "note", note.clone(), None);
        }
        for row in plan.results.iter().filter(|row| row.verdict == Verdict::Error) {
            notify(plan, "error", finding::sentence(row), Some(&row.policy));
        }
        match (options.gate.undecided(plan), &plan.error) {
            (_, Some(error)) => notify(plan, "error", error.clone(), None),
            (Some(why), None) => notify(plan, "error", format!("{} {why}", plan.called()), None),
            (None, None) => {}
        }
    }
    json!({
        "executionSuccessful": report.exit != Exit::CannotDecide,
        "exitCode": report.exit.code(),
        "exitCodeDescription": format!("{}: {}", words::exit(report.exit), words::why(report, &options.gate)),
        "toolExecutionNotifications": notifications,
    })
}
