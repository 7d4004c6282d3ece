//! What is asked of a model.

use std::collections::{BTreeSet, HashSet};

/// What of a model somebody sees: the types of resources, and the parts of each.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    all: bool,
    kinds: HashSet<Box<str>>,
    parts: BTreeSet<&'static str>,
}

impl Needs {
    /// What a resource has, or the model of all, that takes time to find and that not everybody sees.
    pub const PARTS: [&'static str; 5] = ["before", "config", "references", "referrers", "unresolved"];

    /// All that there is.
    pub fn all() -> Self {
        Needs {
            all: true,
            kinds: HashSet::new(),
            parts: BTreeSet::from(Needs::PARTS),
        }
    }

    /// Whether resources and data sources of this type are seen.
    pub fn has(&self, kind: &str) -> bool {
        self.all || self.kinds.contains(kind)
    }

    /// Whether this one of [`Needs::PARTS`] is.
    pub fn has_part(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// Adds types.
    pub fn add<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        self.kinds.extend(kinds.map(Box::from));
    }

    /// Adds all types.
    pub fn add_all(&mut self) {
        self.all = true;
    }

    /// Adds parts.
    pub fn add_parts(&mut self, parts: impl Iterator<Item = &'static str>) {
        self.parts.extend(parts);
    }

    /// Adds what another needs.
    #[must_use]
    pub fn and(mut self, other: &Self) -> Self {
        self.all |= other.all;
        self.add(other.kinds.iter().map(|kind| &**kind));
        self.add_parts(other.parts.iter().copied());
        self
    }
}
