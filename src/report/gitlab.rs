//! GitLab's reports: code quality, which merge requests show, and SAST, in the security report schema 15.

use serde_json::{Value as Json, json};

use super::{Exit, Options, PlanReport, Report, Row, Verdict, finding, text};
use crate::pack::Severity;

/// The version of the schema that the SAST report keeps to.
const SAST: &str = "15.0.7";
/// The most letters of a name and of a solution in it.
const NAME: usize = 255;
const SOLUTION: usize = 7000;

/// Code quality: failures by their severity, unknowns that do not gate as `info`, and as `blocker` what broke or cannot be
/// judged. What is waived is left out.
///
/// The fingerprint is of policy, address and key, so that a merge request shows what it adds and what it mends.
pub fn codequality(report: &Report, options: &Options) -> Vec<u8> {
    let mut issues = Vec::new();
    for plan in &report.plans {
        if let Some(why) = options.gate.undecided(plan) {
            let why = format!("{} {why}", plan.called());
            let place = plan.own_place();
            issues.push(json!({
                "description": text::line(plan.error.as_deref().unwrap_or(&why)),
                "check_name": "plangate",
                "fingerprint": super::fingerprint::digest(plan.name.as_bytes()),
                "severity": "blocker",
                "location": {"path": place.path, "lines": {"begin": place.line}},
            }));
        }
        let is_told = |row: &&Row| matches!(row.verdict, Verdict::Fail | Verdict::Unknown | Verdict::Error);
        for row in plan.results.iter().filter(is_told) {
            let severity = match (row.verdict, row.severity) {
                (Verdict::Error, _) => "blocker",
                (Verdict::Unknown, _) if !options.gate.shuts(row) => "info",
                (_, Severity::Critical) => "blocker",
                (_, Severity::High) => "critical",
                (_, Severity::Medium) => "major",
                (_, Severity::Low) => "minor",
                (_, Severity::Info) => "info",
            };
            let place = plan.place_or_plan(row);
            issues.push(json!({
                "description": finding::headline(row),
                "check_name": row.policy,
                "fingerprint": report.identity(plan, row),
                "severity": severity,
                "location": {"path": place.path, "lines": {"begin": place.line}},
            }));
        }
    }
    bytes(&Json::Array(issues))
}

/// SAST: failures and unknowns, whose severity is `Unknown`; what broke or cannot be judged is a message of a scan that
/// failed. What is waived is left out.
///
/// GitLab wants the time of the scan; the same plan gives the same bytes, so that is the date that it was judged for.
pub fn sast(report: &Report, options: &Options) -> Vec<u8> {
    let time = format!("{}T00:00:00", report.as_of);
    let tool = json!({
        "id": "plangate",
        "name": "plangate",
        "version": report.plangate,
        "vendor": {"name": "plangate"},
    });
    let is_told = |row: &&Row| matches!(row.verdict, Verdict::Fail | Verdict::Unknown);
    let findings = report
        .plans
        .iter()
        .flat_map(|plan| plan.results.iter().filter(is_told).map(move |row| (plan, row)));
    let vulnerabilities: Vec<Json> = findings
        .map(|(plan, row)| vulnerability(report, plan, row, options))
        .collect();
    bytes(&json!({
        "version": SAST,
        "scan": {
            "type": "sast",
            "status": if report.exit == Exit::CannotDecide { "failure" } else { "success" },
            "start_time": time,
            "end_time": time,
            "analyzer": tool,
            "scanner": tool,
            "messages": messages(report, options),
        },
        "vulnerabilities": vulnerabilities,
    }))
}

fn messages(report: &Report, options: &Options) -> Vec<Json> {
    let mut messages = Vec::new();
    let mut say = |level: &str, text: String| messages.push(json!({"level": level, "value": text::line(&text)}));
    for plan in &report.plans {
        for note in &plan.notes {
            say("info", format!("{}: {note}", plan.called()));
        }
        match (options.gate.undecided(plan), &plan.error) {
            (_, Some(error)) => say("fatal", format!("{}: {error}", plan.called())),
            (Some(why), None) => say("fatal", format!("{} {why}", plan.called())),
            (None, None) => {}
        }
        for row in plan.results.iter().filter(|row| row.verdict == Verdict::Error) {
            say("fatal", format!("{}: {}", plan.called(), finding::sentence(row)));
        }
    }
    messages
}

fn vulnerability(report: &Report, plan: &PlanReport, row: &Row, options: &Options) -> Json {
    let policy = options.pack.and_then(|pack| pack.policy(&row.policy));
    let place = plan.place_or_plan(row);
    let severity = match (row.verdict, row.severity) {
        (Verdict::Unknown, _) => "Unknown",
        (_, Severity::Critical) => "Critical",
        (_, Severity::High) => "High",
        (_, Severity::Medium) => "Medium",
        (_, Severity::Low) => "Low",
        (_, Severity::Info) => "Info",
    };
    let parts = finding::parts(row).into_iter().filter(|(label, _)| *label != "fix");
    let mut description = format!("{}\n", finding::headline(row));
    for (label, part) in parts.filter(|(label, _)| !label.is_empty()) {
        description.push_str(&format!("\n{label}: {}", text::line(&part)));
    }
    if let Some(policy) = policy {
        description.push_str(&format!("\n\n{}", policy.description.trim()));
    }
    let mut vulnerability = json!({
        "id": report.identity(plan, row),
        "name": cut(&row.title, NAME),
        "description": description.trim_end(),
        "severity": severity,
        "identifiers": [{"type": "plangate_policy", "name": row.policy, "value": row.policy}],
        "location": {"file": place.path, "start_line": place.line},
    });
    if let Some(remediation) = &row.remediation {
        vulnerability["solution"] = json!(cut(remediation, SOLUTION));
    }
    let pages = policy.into_iter().flat_map(|policy| &policy.related);
    let links: Vec<Json> = pages
        .filter(|page| page.starts_with("https://"))
        .map(|page| json!({"url": page}))
        .collect();
    if !links.is_empty() {
        vulnerability["links"] = Json::Array(links);
    }
    vulnerability
}

fn cut(text: &str, most: usize) -> &str {
    text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at])
}

fn bytes(json: &Json) -> Vec<u8> {
    let mut bytes = serde_json::to_vec_pretty(json).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}
