//! What is asked of a model.

use std::collections::{BTreeSet, HashSet};

/// What of a model somebody sees: the types of resources, and the parts of each.
#[derive(Clone, Debug, Default)]
pub struct Needs {
    all: bool,
    kinds: HashSet<Box<str>>,
    /// Those of the types of which all values are seen.
    whole: HashSet<Box<str>>,
    /// The names of the values that are seen of the others.
    values: HashSet<Box<str>>,
    parts: BTreeSet<&'static str>,
}

impl Needs {
    /// What a resource has, or the model of all, that takes time to find and that not everybody sees.
    pub const PARTS: [&'static str; 5] = ["before", "config", "references", "referrers", "unresolved"];

    /// All that there is.
    pub fn all() -> Self {
        Needs {
            all: true,
            parts: BTreeSet::from(Needs::PARTS),
            ..Needs::default()
        }
    }

    /// Whether resources and data sources of this type are seen.
    pub fn has(&self, kind: &str) -> bool {
        self.all || self.kinds.contains(kind)
    }

    /// Whether all values of resources of this type may be seen, and not only those of which [`Needs::has_value`] holds.
    pub fn is_whole(&self, kind: &str) -> bool {
        self.all || self.whole.contains(kind)
    }

    /// Whether values of this name are seen.
    pub fn has_value(&self, name: &str) -> bool {
        self.values.contains(name)
    }

    /// Whether what resources refer to is seen.
    pub(crate) fn has_links(&self) -> bool {
        ["references", "referrers", "unresolved"]
            .iter()
            .any(|part| self.has_part(part))
    }

    /// Whether this one of [`Needs::PARTS`] is.
    pub fn has_part(&self, part: &str) -> bool {
        self.parts.contains(part)
    }

    /// Adds types, of which some values may be all that is seen.
    pub fn add<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        self.kinds.extend(kinds.map(Box::from));
    }

    /// Adds types with all their values.
    pub fn add_whole<'k>(&mut self, kinds: impl Iterator<Item = &'k str>) {
        for kind in kinds {
            self.kinds.insert(kind.into());
            self.whole.insert(kind.into());
        }
    }

    /// Adds names of values.
    pub fn add_values<'k>(&mut self, names: impl Iterator<Item = &'k str>) {
        self.values.extend(names.map(Box::from));
    }

    /// Adds all types, with all their values.
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
        self.kinds.extend(other.kinds.iter().cloned());
        self.whole.extend(other.whole.iter().cloned());
        self.values.extend(other.values.iter().cloned());
        self.add_parts(other.parts.iter().copied());
        self
    }
}
