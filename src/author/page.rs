//! The generated pages: one for each policy, and the index of them all.

use std::fmt::Write as _;

use crate::pack::{Pack, Policy};

/// What every generated file begins with, and no other file does.
pub(super) const MADE: &str = "<!-- Made by `plangate ";

const MARK: &str = "<!-- Made by `plangate docs` from the METADATA of the policy: edit that instead. -->";

/// The page of a policy, in Markdown; it stands beside the policy as `README.md`.
pub fn page(policy: &Policy) -> String {
    let mut page = format!("{MARK}\n\n# {}\n\n", policy.title.trim());
    let examines = examined(policy);
    let mut line = |text: std::fmt::Arguments| {
        // Writing to a string cannot fail.
        let _ = page.write_fmt(text);
    };
    line(format_args!("| | |\n|---|---|\n"));
    line(format_args!("| policy | `{}` |\n", policy.id));
    line(format_args!("| severity | {} |\n", policy.severity));
    line(format_args!("| examines | {examines} |\n"));
    line(format_args!("| since | {} |\n", policy.since));
    line(format_args!("\n{}\n", policy.description.trim()));
    line(format_args!("\n## What to do\n\n{}\n", policy.remediation.trim()));
    if let Some(example) = &policy.example {
        line(format_args!("\n```hcl\n{}\n```\n", example.trim_end()));
    }
    if !policy.params.is_empty() {
        line(format_args!(
            "\n## Parameters\n\n| name | type | default | what it does |\n|---|---|---|---|\n"
        ));
        for (name, param) in &policy.params {
            let default = serde_json::to_string(&param.default).unwrap_or_default();
            let description = cell(&param.description);
            line(format_args!(
                "| `{name}` | {} | `{}` | {description} |\n",
                param.kind,
                default.replace('|', "\\|")
            ));
        }
    }
    if !policy.controls.is_empty() {
        line(format_args!("\n## Controls\n\n"));
        for (standard, controls) in &policy.controls {
            line(format_args!(
                "- {} (`{standard}`): {}\n",
                standard_name(standard),
                controls.join(", ")
            ));
        }
    }
    if !policy.reports.is_empty() {
        line(format_args!(
            "\n## Reports\n\nFirst seen in: {}.\n",
            policy.reports.join(", ")
        ));
    }
    if !policy.related.is_empty() {
        line(format_args!("\n## Read on\n\n"));
        for reference in &policy.related {
            line(format_args!("- <{reference}>\n"));
        }
    }
    page
}

/// The index of a pack's policies, in Markdown; it links to their pages.
pub fn index(pack: &Pack) -> String {
    let name = |policy: &Policy| format!("[{}]({}/README.md)", policy.id, policy.id.replace('.', "/"));
    format!("{MARK}\n\n# The policies\n\n{}", rows(pack, name))
}

/// The table of a pack's policies, in Markdown, to be put into a page of any other place.
pub fn table(pack: &Pack) -> String {
    rows(pack, |policy| format!("`{}`", policy.id))
}

fn rows(pack: &Pack, name: impl Fn(&Policy) -> String) -> String {
    let mut rows =
        "| policy | severity | the fault | examines | reports | controls |\n|---|---|---|---|---|---|\n".to_owned();
    for policy in &pack.policies {
        let examines = in_short(policy);
        let controls = policy
            .controls
            .iter()
            .map(|(standard, controls)| format!("{} {}", standard_name(standard), controls.join(", ")))
            .collect::<Vec<_>>()
            .join("; ");
        let _ = writeln!(
            rows,
            "| {} | {} | {} | {examines} | {} | {controls} |",
            name(policy),
            policy.severity,
            cell(&policy.title),
            policy.reports.join(", "),
        );
    }
    rows
}

/// What a policy examines, as code.
fn examined(policy: &Policy) -> String {
    let subjects: Vec<String> = policy.examines.iter().map(|subject| format!("`{subject}`")).collect();
    subjects.join(", ")
}

/// The first few, for a table in which other columns matter, too.
fn in_short(policy: &Policy) -> String {
    const MOST: usize = 6;
    let subjects = policy.examines.iter().take(MOST).map(|subject| format!("`{subject}`"));
    let shown = subjects.collect::<Vec<_>>().join(", ");
    match policy.examines.len().saturating_sub(MOST) {
        0 => shown,
        more => format!("{shown} and {more} more"),
    }
}

/// A standard's name as people write it; a key that is not in the table is its own.
pub fn standard_name(key: &str) -> &str {
    match key {
        "cis_aws" => "CIS AWS Foundations",
        "nist_800_53" => "NIST 800-53",
        "pci_dss" => "PCI DSS 4",
        "soc2" => "SOC 2",
        other => other,
    }
}

/// A text as a cell of a table.
fn cell(text: &str) -> String {
    text.split_whitespace()
        .collect::<Vec<_>>()
        .join(" ")
        .replace('|', "\\|")
}
