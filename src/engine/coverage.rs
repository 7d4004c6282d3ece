//! The lines of a file's rules that its tests and fixtures evaluated.

use std::borrow::Cow;
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
    /// The lines that a test or a fixture evaluated, counted from 1.
    pub covered: BTreeSet<u32>,
    /// The lines that none did.
    pub uncovered: BTreeSet<u32>,
    /// What stands in the file.
    pub text: Cow<'static, str>,
    heads: Vec<Head>,
}

/// What a rule says where its bodies hold.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
struct Head {
    /// Its lines, without those that are of a body, too.
    own: BTreeSet<u32>,
    /// The lines of the last statement of each body.
    last: BTreeSet<u32>,
}

impl Coverage {
    /// A file that nothing has evaluated yet.
    pub(super) fn none(source: &Source) -> Result<Self, Rejection> {
        let tree = compile::tree(source)?;
        let mut coverage = Coverage {
            path: source.path.clone(),
            text: source.text.clone(),
            ..Coverage::default()
        };
        members(&tree, "rules").iter().for_each(|rule| coverage.of_rule(rule));
        Ok(coverage)
    }

    /// Adds the lines of a rule's value and bodies, as the engine's own report counts them.
    fn of_rule(&mut self, rule: &Json) {
        let Some((kind, inner)) = variant(rule) else { return };
        let mut head = Head::default();
        if kind != "Spec" {
            of_node(&inner["value"], &mut self.uncovered);
            return;
        }
        if let Some((_, written)) = variant(&inner["head"]) {
            of_node(&written["key"], &mut head.own);
            of_node(&written["assign"]["value"], &mut head.own);
        }
        let mut bodies = BTreeSet::new();
        for body in members(inner, "bodies") {
            let statements = members(&body["query"], "stmts");
            statements.iter().for_each(|statement| of_node(statement, &mut bodies));
            if let Some(last) = statements.last() {
                of_node(last, &mut head.last);
            }
        }
        self.uncovered.extend(head.own.iter().chain(&bodies));
        head.own.retain(|line| !bodies.contains(line));
        self.heads.push(head);
    }

    /// With the lines that the engine says it evaluated in all runs of the file.
    ///
    /// It counts the head of a set as evaluated where the body is; here a body's last statement has to be.
    pub(super) fn with(mut self, evaluated: BTreeSet<u32>) -> Self {
        let all = std::mem::take(&mut self.uncovered);
        let is_idle = |head: &&Head| !head.last.is_empty() && head.last.is_disjoint(&evaluated);
        let idle: BTreeSet<u32> = self
            .heads
            .iter()
            .filter(is_idle)
            .flat_map(|head| head.own.iter().copied())
            .collect();
        let is_covered = |line: &u32| evaluated.contains(line) && !idle.contains(line);
        (self.covered, self.uncovered) = all.into_iter().partition(is_covered);
        self
    }

    /// How many lines have something to evaluate.
    pub fn lines(&self) -> usize {
        self.covered.len() + self.uncovered.len()
    }
}

/// The lines of a file that an engine evaluated; none where it evaluated nothing of it.
pub(super) fn evaluated(engine: &regorus::Engine, path: &str) -> BTreeSet<u32> {
    let files = engine
        .get_coverage_report()
        .map(|report| report.files)
        .unwrap_or_default();
    let own = files.into_iter().filter(|file| file.path == path);
    own.flat_map(|file| file.covered).collect()
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
