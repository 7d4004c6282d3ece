//! An explanation for people.

use std::fmt::Write;

use super::{Explanation, ReadValue, Ruling};
use crate::engine::{Clause, Condition};
use crate::model::Value;

/// Values longer than this are cut: the plan has them whole.
const MOST: usize = 160;

/// The explanation as text.
pub fn render(explanation: &Explanation) -> String {
    let mut out = String::new();
    let declared = explanation
        .declared
        .as_ref()
        .map_or(String::new(), |place| format!("  ({place})"));
    let _ = writeln!(
        out,
        "{}: {}\n{}{declared}\n",
        explanation.verdict.name(),
        explanation.policy,
        explanation.address
    );
    let _ = writeln!(out, "The policy looks for: {}", explanation.title);
    if let Some(why) = &explanation.not_examined {
        let _ = writeln!(out, "Not examined: {why}");
    }
    for said in &explanation.findings {
        let key = said.key.as_ref().map_or(String::new(), |key| format!("{key}: "));
        let _ = writeln!(out, "\nFound: {key}{}", said.message);
        for (label, value) in [("argument", &said.attribute), ("because", &said.cause)] {
            if let Some(value) = value {
                let _ = writeln!(out, "  {label} {value}");
            }
        }
        if !said.expected.is_null() {
            let _ = writeln!(out, "  expected {}", brief(&said.expected));
        }
    }
    if explanation.verdict == Ruling::Unknown {
        out.push_str("\nIt is decided once these are known: write a value that the plan has, or apply what it comes from first.\n");
    }
    rules(&mut out, explanation);
    values(&mut out, &explanation.values);
    if !explanation.references.is_empty() {
        out.push_str("\nReferences\n");
        for link in &explanation.references {
            let doubt = match (&link.cause, link.certain) {
                (Some(cause), false) => format!("  (not certain: {cause})"),
                (None, false) => "  (not certain)".to_owned(),
                _ => String::new(),
            };
            let _ = writeln!(out, "  {}{doubt}", link.text);
        }
    }
    change(&mut out, explanation);
    out
}

fn rules(out: &mut String, explanation: &Explanation) {
    let (held, stopped): (Vec<&Clause>, Vec<&Clause>) = explanation.rules.iter().partition(|clause| clause.holds);
    let mut seen = Vec::new();
    if !held.is_empty() {
        out.push_str("\nRules that hold\n");
        held.iter()
            .for_each(|held| clause(out, explanation, held, 1, &mut seen));
    }
    if !stopped.is_empty() {
        out.push_str("\nRules that do not hold\n");
        stopped
            .iter()
            .for_each(|stopped| clause(out, explanation, stopped, 1, &mut seen));
    }
}

fn clause<'e>(
    out: &mut String,
    explanation: &Explanation,
    clause: &'e Clause,
    depth: usize,
    seen: &mut Vec<&'e Clause>,
) {
    let indent = "  ".repeat(depth);
    if seen.contains(&clause) {
        let _ = writeln!(out, "{indent}{} at line {}, as above", clause.rule, clause.line);
        return;
    }
    seen.push(clause);
    let _ = writeln!(out, "{indent}{} at {}:{}", clause.rule, explanation.file, clause.line);
    // Of a rule that holds all conditions tell why; of another, where it stops.
    clause
        .conditions
        .iter()
        .for_each(|found| condition(out, explanation, found, depth + 1, seen));
}

fn condition<'e>(
    out: &mut String,
    explanation: &Explanation,
    condition: &'e Condition,
    depth: usize,
    seen: &mut Vec<&'e Clause>,
) {
    let indent = "  ".repeat(depth);
    let Some(holds) = condition.holds else { return };
    let (mark, note) = if holds {
        ("+", "")
    } else {
        ("-", "   <- does not hold here")
    };
    let _ = writeln!(out, "{indent}{mark} {:<4} {}{note}", condition.line, condition.text);
    for read in &condition.reads {
        let value = read.value.as_ref().map_or("undefined".to_owned(), brief);
        let _ = writeln!(out, "{indent}       {} = {value}", read.expression);
    }
    for because in &condition.because {
        clause(out, explanation, because, depth + 1, seen);
    }
}

fn values(out: &mut String, values: &[ReadValue]) {
    if values.is_empty() {
        return;
    }
    out.push_str("\nValues\n");
    for value in values {
        let shown = match &value.value {
            Value::Null => "null".to_owned(),
            marker if super::reads::is_marker(marker) => String::new(),
            known => brief(known),
        };
        let equals = if shown.is_empty() {
            String::new()
        } else {
            format!(" = {shown}")
        };
        let _ = writeln!(out, "  {}{equals}\n    {}", value.argument, value.origin);
    }
}

fn change(out: &mut String, explanation: &Explanation) {
    match (&explanation.change, explanation.verdict) {
        (Some(change), _) => {
            let _ = writeln!(
                out,
                "\nThe smallest change with which it passes ({} judged)\n",
                explanation.tried
            );
            for line in change.hcl.lines() {
                let _ = if line.is_empty() {
                    writeln!(out)
                } else {
                    writeln!(out, "  {line}")
                };
            }
        }
        (None, Ruling::Fail | Ruling::Unknown) => {
            let _ = writeln!(
                out,
                "\nNone of {} changes of its values and of the policy's example was seen to make it pass.",
                explanation.tried
            );
            let _ = writeln!(
                out,
                "`plangate explain {}` shows the Terraform to write.",
                explanation.policy
            );
        }
        _ => {}
    }
}

fn brief(value: &Value) -> String {
    let text = serde_json::to_string(value).unwrap_or_default();
    match text.char_indices().nth(MOST) {
        Some((end, _)) => format!("{}...", &text[..end]),
        None => text,
    }
}
