//! One reference as Terraform's JSON writes it: what it starts from, and the steps that follow.

use std::sync::Arc;

use super::address::{self, Step};
use super::resource::Mode;
use crate::plan::{Leaf, Text};

/// What a reference starts from.
#[derive(Clone, Debug, PartialEq)]
pub(crate) enum Head {
    Resource(Mode, Arc<str>, Arc<str>),
    Module(Arc<str>),
    Variable(Arc<str>),
    EachKey,
    EachValue,
    CountIndex,
    Local(Arc<str>),
    /// `path.module`, `terraform.workspace`, `self` and what later versions add.
    Other,
}

/// One reference: what it starts from, the steps that follow, and its text.
#[derive(Clone, Debug)]
pub(crate) struct Traversal {
    pub head: Head,
    pub steps: Vec<Step>,
    /// How many of the steps the reference itself has; what follows is taken from the value of its expression.
    pub own: usize,
    pub text: Arc<str>,
}

impl Traversal {
    pub(crate) fn parse(text: &str) -> Self {
        let mut steps = address::steps(text).unwrap_or_default();
        let names: Vec<&str> = steps.iter().map_while(Step::name).take(3).collect();
        let (head, taken) = match names[..] {
            ["var", name, ..] => (Head::Variable(name.into()), 2),
            ["local", name, ..] => (Head::Local(name.into()), 2),
            ["module", name, ..] => (Head::Module(name.into()), 2),
            ["each", "key", ..] => (Head::EachKey, 2),
            ["each", "value", ..] => (Head::EachValue, 2),
            ["count", "index", ..] => (Head::CountIndex, 2),
            ["data", kind, name] => (Head::Resource(Mode::Data, kind.into(), name.into()), 3),
            [
                "path" | "terraform" | "self" | "each" | "count" | "data" | "ephemeral",
                ..,
            ] => (Head::Other, 0),
            [kind, name, ..] => (Head::Resource(Mode::Managed, kind.into(), name.into()), 2),
            _ => (Head::Other, 0),
        };
        steps.drain(..taken);
        Traversal {
            head,
            own: steps.len(),
            steps,
            text: text.into(),
        }
    }

    pub(crate) fn then(&self, steps: &[Step]) -> Self {
        let mut whole = self.clone();
        whole.steps.extend_from_slice(steps);
        whole
    }
}

/// The references without those that only repeat the start of the one before them.
pub(crate) fn distinct<'t>(references: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::new();
    for reference in references {
        let repeats = kept.last().is_some_and(|last| {
            last.strip_prefix(reference)
                .is_some_and(|tail| tail.is_empty() || tail.starts_with(['.', '[']))
        });
        if !repeats && !kept.contains(&reference) {
            kept.push(reference);
        }
    }
    kept
}

/// What an expression refers to, without repetitions.
pub(crate) fn texts<'l>(leaf: &'l Leaf) -> Vec<&'l str> {
    distinct(leaf.references.iter().map(Text::as_str))
}
