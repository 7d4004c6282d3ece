//! The lines of a file's rules that its tests evaluated.

use std::collections::BTreeSet;

use serde_json::Value as Json;

use super::compile;
use super::error::Rejection;
use super::syntax::{members, variant};
use crate::pack::Source;

/// The lines of one file's rules; lines with nothing to evaluate are in neither set.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Coverage {
    /// The file.
    pub path: String,
    /// The lines that a test evaluated, counted from 1.
    pub covered: BTreeSet<u32>,
    /// The lines that none did.
    pub uncovered: BTreeSet<u32>,
}

impl Coverage {
    /// A file that nothing has evaluated yet.
    pub(super) fn none(source: &Source) -> Result<Self, Rejection> {
        let tree = compile::tree(source)?;
        let mut uncovered = BTreeSet::new();
        members(&tree, "rules")
            .iter()
            .for_each(|rule| of_rule(rule, &mut uncovered));
        Ok(Coverage {
            path: source.path.clone(),
            covered: BTreeSet::new(),
            uncovered,
        })
    }

    /// Adds what the engine evaluated of the file. It says nothing of a file of which it evaluated nothing.
    pub(super) fn add(&mut self, engine: &regorus::Engine) {
        let Ok(report) = engine.get_coverage_report() else {
            return;
        };
        for file in report.files.iter().filter(|file| file.path == self.path) {
            self.covered.extend(&file.covered);
        }
    }

    /// Takes in what another run of the same file covered.
    pub(super) fn merge(&mut self, other: Coverage) {
        self.covered.extend(other.covered);
        self.uncovered = self.uncovered.difference(&self.covered).copied().collect();
    }

    /// How many lines have something to evaluate.
    pub fn lines(&self) -> usize {
        self.covered.len() + self.uncovered.len()
    }
}

/// The lines of a rule's value and bodies, as the engine's own report counts them.
fn of_rule(rule: &Json, lines: &mut BTreeSet<u32>) {
    let Some((kind, inner)) = variant(rule) else { return };
    if kind != "Spec" {
        of_node(&inner["value"], lines);
        return;
    }
    if let Some((_, head)) = variant(&inner["head"]) {
        of_node(&head["key"], lines);
        of_node(&head["assign"]["value"], lines);
    }
    for body in members(inner, "bodies") {
        of_node(&body["query"], lines);
    }
}

fn of_node(node: &Json, lines: &mut BTreeSet<u32>) {
    match node {
        Json::Array(nodes) => nodes.iter().for_each(|node| of_node(node, lines)),
        Json::Object(parts) => match variant(node) {
            // The variables of `some x` and of a `with` are not evaluated.
            Some(("SomeVars", _)) => {}
            // Of a comprehension, its query is.
            Some((kind, inner)) if kind.ends_with("Compr") => of_node(&inner["query"], lines),
            Some((kind, inner)) => {
                let line = inner["span"]["line"].as_u64().and_then(|line| u32::try_from(line).ok());
                // The words `some`, `every` and `not` are none of its own expressions.
                lines.extend(line.filter(|_| !matches!(kind, "SomeIn" | "Every" | "NotExpr" | "Expr")));
                of_node(inner, lines);
            }
            None => {
                let parts = parts
                    .iter()
                    .filter(|(name, _)| !matches!(name.as_str(), "span" | "with_mods"));
                parts.for_each(|(_, part)| of_node(part, lines));
            }
        },
        _ => {}
    }
}
