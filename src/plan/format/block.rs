//! The arguments of a block.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};

use super::{Expression, Text};
use crate::sorted;

/// The arguments and blocks of a block, sorted by name.
///
/// A plan has as many as its configuration has resources, each with a few members, so they stand side by side.
#[derive(Clone, Debug, Default)]
pub struct Block<'a>(Vec<(Text<'a>, Expression<'a>)>);

impl<'a> Block<'a> {
    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The argument of that name.
    pub fn get(&self, name: &str) -> Option<&Expression<'a>> {
        let at = self.0.binary_search_by(|(own, _)| own.as_str().cmp(name)).ok()?;
        Some(&self.0[at].1)
    }

    /// Whether there is an argument of that name.
    pub fn contains_key(&self, name: &str) -> bool {
        self.get(name).is_some()
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&Text<'a>, &Expression<'a>)> {
        self.0.iter().map(|(name, argument)| (name, argument))
    }

    /// Their expressions, in the order of their names.
    pub fn values(&self) -> impl Iterator<Item = &Expression<'a>> {
        self.0.iter().map(|(_, argument)| argument)
    }
}

impl<'a> FromIterator<(Text<'a>, Expression<'a>)> for Block<'a> {
    /// Of several arguments of one name the last counts.
    fn from_iter<I: IntoIterator<Item = (Text<'a>, Expression<'a>)>>(arguments: I) -> Self {
        let mut arguments: Vec<_> = arguments.into_iter().collect();
        sorted::sort(&mut arguments);
        Block(arguments)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Block<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let arguments: BTreeMap<Text<'de>, Expression<'de>> = BTreeMap::deserialize(deserializer)?;
        Ok(arguments.into_iter().collect())
    }
}
