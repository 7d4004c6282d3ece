//! What a finding says: the message, then what was found, expected, the cause and the fix; and findings that say the same.

use std::collections::HashMap;

use super::{Gate, Row, Verdict, text};
use crate::model::Value;

/// The parts of a finding, each with its label; the message has none.
pub(super) fn parts(row: &Row) -> Vec<(&'static str, String)> {
    let mut parts = Vec::new();
    if let Some(message) = &row.message {
        parts.push(("", message.to_string()));
    }
    // The cause already says that it is known after apply.
    let found = if row.cause.is_some() && text::is_unknown(&row.found) {
        &Value::Null
    } else {
        &row.found
    };
    match (&row.attribute, found) {
        (None, Value::Null) => {}
        (None, found) => parts.push(("found", text::value(found))),
        (Some(attribute), Value::Null) => parts.push(("argument", attribute.to_string())),
        (Some(attribute), found) => {
            parts.push(("found", format!("{attribute} = {}", text::value(found))));
        }
    }
    if !row.expected.is_null() {
        parts.push(("expected", text::value(&row.expected)));
    }
    if let Some(cause) = &row.cause {
        parts.push(("because", cause.to_string()));
    }
    if let Some(remediation) = &row.remediation {
        parts.push(("fix", remediation.to_string()));
    }
    parts
}

/// Where it is and what was found, in one line: `aws_s3_bucket.logs: it has no encryption`.
pub(super) fn headline(row: &Row) -> String {
    let address = row.address.as_deref().unwrap_or(&row.policy);
    let key = row.key.as_deref().map(|key| format!(" [{key}]")).unwrap_or_default();
    let doubt = match row.verdict {
        Verdict::Unknown => "cannot be told until apply: ",
        _ => "",
    };
    let message = row.message.as_deref().unwrap_or(&row.title);
    text::line(&format!("{address}{key}: {doubt}{message}"))
}

/// As [`headline`], with the cause and the fix.
pub(super) fn sentence(row: &Row) -> String {
    let cause = row.cause.as_ref().map(|cause| format!("; because {cause}"));
    let fix = row.remediation.as_ref().map(|fix| format!("; fix: {fix}"));
    let more = format!("{}{}", cause.unwrap_or_default(), fix.unwrap_or_default());
    format!("{}{}", headline(row), text::line(&more))
}

/// What broke comes first, then what shuts the gate, then by severity; within one, failures before unknowns.
pub(super) fn order<'a>(gate: &Gate, row: &'a Row) -> impl Ord + use<'a> {
    (
        row.verdict != Verdict::Error,
        !gate.shuts(row),
        std::cmp::Reverse(row.severity),
        row.verdict,
        &row.policy,
        &row.address,
        &row.key,
    )
}

/// What a policy says in the same words of one or several resources.
pub(super) struct Group<'a> {
    pub(super) rows: Vec<&'a Row>,
    pub(super) first: &'a Row,
    pub(super) parts: Vec<(&'static str, String)>,
}

/// The rows by what they say, in the order in which they are given.
pub(super) fn grouped<'a>(rows: &[&'a Row]) -> Vec<Group<'a>> {
    let mut groups: Vec<Group<'a>> = Vec::new();
    let mut known = HashMap::new();
    for row in rows {
        let parts = parts(row);
        let same = (&row.policy, row.verdict, row.since, &row.waiver, parts.clone());
        let at = *known.entry(same).or_insert(groups.len());
        match groups.get_mut(at) {
            Some(group) => group.rows.push(row),
            None => groups.push(Group {
                rows: vec![row],
                first: row,
                parts,
            }),
        }
    }
    groups
}
