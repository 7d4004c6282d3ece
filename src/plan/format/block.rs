//! The arguments of a block.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::{Expression, Text};

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
        // Of neighbours the first is kept.
        arguments.reverse();
        arguments.sort_by(|one, other| one.0.cmp(&other.0));
        arguments.dedup_by(|next, one| next.0 == one.0);
        arguments.shrink_to_fit();
        Block(arguments)
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Block<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct BlockVisitor;

        impl<'de> Visitor<'de> for BlockVisitor {
            type Value = Block<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a block")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut arguments = Vec::new();
                while let Some(argument) = map.next_entry()? {
                    arguments.push(argument);
                }
                Ok(arguments.into_iter().collect())
            }
        }

        deserializer.deserialize_map(BlockVisitor)
    }
}
