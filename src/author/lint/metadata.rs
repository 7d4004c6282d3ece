//! Lints of METADATA: what a policy can do without, and its readers cannot.

use super::Fault;
use crate::author::scaffold::{TO_FILL, no_subject};
use crate::pack::Policy;

/// What is wrong with the METADATA of a policy that is loaded, and what is left to fill in.
pub(super) fn faults(policy: &Policy) -> Vec<Fault> {
    let text = &*policy.text;
    let mut faults = Vec::new();
    let mut say = |lint, member: &str, message: String| {
        faults.push(Fault::on(lint, &policy.path, text, line(text, member), message));
    };
    if policy.since.is_empty() {
        say(
            "metadata",
            "custom",
            "METADATA has no `since`: say the version that brings it".to_owned(),
        );
    }
    if policy.description.trim().is_empty() {
        say(
            "metadata",
            "title",
            "METADATA has no `description`: say why it matters".to_owned(),
        );
    }
    if policy.related.is_empty() {
        say(
            "metadata",
            "scope",
            "METADATA has no `related_resources`: link the documentation".to_owned(),
        );
    }
    for address in &policy.related {
        if !address.starts_with("https://") && !address.contains(TO_FILL) {
            say(
                "metadata",
                "related_resources",
                format!("`{address}` is no address: write one that begins with https://"),
            );
        }
    }
    if policy.example.is_none() {
        say(
            "metadata",
            "custom",
            "METADATA has no `example`: show the configuration to write".to_owned(),
        );
    }
    if policy.title.trim_end().ends_with('.') {
        say(
            "metadata",
            "title",
            "the title ends in a full stop: it is a heading".to_owned(),
        );
    }
    if !policy.remediation.trim_end().ends_with('.') {
        say(
            "metadata",
            "remediation",
            "the remediation is no sentence: end it in a full stop".to_owned(),
        );
    }
    for subject in &policy.examines {
        if let Some(message) = no_subject(subject) {
            say("unknown-type", "examines", message);
        }
    }
    let tests = policy.tests.iter().map(|tests| (&*tests.path, &*tests.text));
    for (path, text) in tests.chain([(&*policy.path, text)]) {
        let left = text
            .lines()
            .enumerate()
            .find(|(_, line)| line.contains(TO_FILL) || line.contains("fill_in"));
        if let Some((index, _)) = left {
            let message = format!("is left to fill in, and what follows it: see `{TO_FILL}` and `fill_in`");
            faults.push(Fault::on("unfilled", path, text, index + 1, message));
        }
    }
    faults
}

/// The line that has a member of METADATA, else the first.
fn line(text: &str, member: &str) -> usize {
    let written = format!("{member}:");
    let is_it = |line: &str| line.trim_start_matches(['#', ' ']).starts_with(&written);
    text.lines()
        .take_while(|line| !line.starts_with("package "))
        .position(is_it)
        .map_or(1, |index| index + 1)
}
