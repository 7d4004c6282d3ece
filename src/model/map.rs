//! The members of an object.

use std::borrow::Borrow;
use std::slice;
use std::sync::Arc;
use std::vec;

use serde::de::{Deserialize, Deserializer, Error};
use serde::ser::{Serialize, Serializer};

use super::Value;
use crate::sorted;

/// An object's members, sorted by name so that the same plan prints the same bytes.
///
/// A plan has millions of objects with few members, so they stand side by side: a tree's nodes would be most of what a
/// model takes.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Map(Vec<(Arc<str>, Value)>);

impl Map {
    /// No members.
    pub const fn new() -> Self {
        Map(Vec::new())
    }

    /// How many members there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The member of that name.
    pub fn get<N: Borrow<str> + ?Sized>(&self, name: &N) -> Option<&Value> {
        self.at(name.borrow()).ok().map(|at| &self.0[at].1)
    }

    /// The member of that name, to be changed.
    pub fn get_mut<N: Borrow<str> + ?Sized>(&mut self, name: &N) -> Option<&mut Value> {
        self.at(name.borrow()).ok().map(|at| &mut self.0[at].1)
    }

    /// Whether there is a member of that name.
    pub fn contains_key<N: Borrow<str> + ?Sized>(&self, name: &N) -> bool {
        self.at(name.borrow()).is_ok()
    }

    /// Sets a member, and gives the value that it had.
    pub fn insert(&mut self, name: Arc<str>, value: Value) -> Option<Value> {
        match self.at(&name) {
            Ok(at) => Some(std::mem::replace(&mut self.0[at].1, value)),
            Err(at) => {
                self.0.insert(at, (name, value));
                None
            }
        }
    }

    /// Takes a member out.
    pub fn remove<N: Borrow<str> + ?Sized>(&mut self, name: &N) -> Option<Value> {
        self.at(name.borrow()).ok().map(|at| self.0.remove(at).1)
    }

    /// The member of that name, where there is one or is to be.
    pub fn entry(&mut self, name: Arc<str>) -> Entry<'_> {
        Entry { map: self, name }
    }

    /// Keeps the members of which this holds.
    pub fn retain(&mut self, mut is_kept: impl FnMut(&Arc<str>, &mut Value) -> bool) {
        self.0.retain_mut(|(name, value)| is_kept(name, value));
    }

    /// The members in their order.
    pub fn iter(&self) -> Iter<'_> {
        self.0.iter().map(pair)
    }

    /// The members in their order, to be changed.
    pub fn iter_mut(&mut self) -> IterMut<'_> {
        self.0.iter_mut().map(pair_mut)
    }

    /// The names in their order.
    pub fn keys(&self) -> impl DoubleEndedIterator<Item = &Arc<str>> + Clone {
        self.0.iter().map(|(name, _)| name)
    }

    /// The values in the order of their names.
    pub fn values(&self) -> impl DoubleEndedIterator<Item = &Value> + Clone {
        self.0.iter().map(|(_, value)| value)
    }

    /// The values in the order of their names, to be changed.
    pub fn values_mut(&mut self) -> impl DoubleEndedIterator<Item = &mut Value> {
        self.0.iter_mut().map(|(_, value)| value)
    }

    /// The names in their order.
    pub fn into_keys(self) -> impl DoubleEndedIterator<Item = Arc<str>> {
        self.0.into_iter().map(|(name, _)| name)
    }

    /// The values in the order of their names.
    pub fn into_values(self) -> impl DoubleEndedIterator<Item = Value> {
        self.0.into_iter().map(|(_, value)| value)
    }

    fn at(&self, name: &str) -> Result<usize, usize> {
        // What is read comes in order.
        if self.0.last().is_none_or(|(last, _)| **last < *name) {
            return Err(self.0.len());
        }
        self.0.binary_search_by(|(other, _)| (**other).cmp(name))
    }
}

/// A member that is there or is to be.
pub struct Entry<'m> {
    map: &'m mut Map,
    name: Arc<str>,
}

impl<'m> Entry<'m> {
    /// Its value; where there is none, this one.
    pub fn or_insert_with(self, value: impl FnOnce() -> Value) -> &'m mut Value {
        let at = match self.map.at(&self.name) {
            Ok(at) => at,
            Err(at) => {
                self.map.0.insert(at, (self.name, value()));
                at
            }
        };
        &mut self.map.0[at].1
    }

    /// Its value; where there is none, this one.
    pub fn or_insert(self, value: Value) -> &'m mut Value {
        self.or_insert_with(|| value)
    }

    /// Its value; where there is none, null.
    pub fn or_default(self) -> &'m mut Value {
        self.or_insert(Value::Null)
    }
}

type Pair<'m> = fn(&'m (Arc<str>, Value)) -> (&'m Arc<str>, &'m Value);
type PairMut<'m> = fn(&'m mut (Arc<str>, Value)) -> (&'m Arc<str>, &'m mut Value);

type Iter<'m> = std::iter::Map<slice::Iter<'m, (Arc<str>, Value)>, Pair<'m>>;

type IterMut<'m> = std::iter::Map<slice::IterMut<'m, (Arc<str>, Value)>, PairMut<'m>>;

fn pair((name, value): &(Arc<str>, Value)) -> (&Arc<str>, &Value) {
    (name, value)
}

fn pair_mut((name, value): &mut (Arc<str>, Value)) -> (&Arc<str>, &mut Value) {
    (name, value)
}

impl FromIterator<(Arc<str>, Value)> for Map {
    /// Of several members of one name the last counts.
    fn from_iter<I: IntoIterator<Item = (Arc<str>, Value)>>(members: I) -> Self {
        let mut members: Vec<(Arc<str>, Value)> = members.into_iter().collect();
        sorted::sort(&mut members);
        Map(members)
    }
}

impl Extend<(Arc<str>, Value)> for Map {
    fn extend<I: IntoIterator<Item = (Arc<str>, Value)>>(&mut self, members: I) {
        for (name, value) in members {
            self.insert(name, value);
        }
    }
}

impl<const N: usize> From<[(Arc<str>, Value); N]> for Map {
    fn from(members: [(Arc<str>, Value); N]) -> Self {
        members.into_iter().collect()
    }
}

impl IntoIterator for Map {
    type Item = (Arc<str>, Value);
    type IntoIter = vec::IntoIter<(Arc<str>, Value)>;

    fn into_iter(self) -> Self::IntoIter {
        self.0.into_iter()
    }
}

impl<'m> IntoIterator for &'m Map {
    type Item = (&'m Arc<str>, &'m Value);
    type IntoIter = Iter<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter()
    }
}

impl<'m> IntoIterator for &'m mut Map {
    type Item = (&'m Arc<str>, &'m mut Value);
    type IntoIter = IterMut<'m>;

    fn into_iter(self) -> Self::IntoIter {
        self.iter_mut()
    }
}

impl Serialize for Map {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_map(self.iter().map(|(name, value)| (&**name, value)))
    }
}

impl<'de> Deserialize<'de> for Map {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        match Value::deserialize(deserializer)? {
            Value::Object(members) => Ok(members),
            _ => Err(Error::custom("expected an object")),
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn map(names: &[(&str, bool)]) -> Map {
        let members = names
            .iter()
            .map(|(name, value)| (Arc::from(*name), Value::Bool(*value)));
        members.collect()
    }

    #[test]
    fn members_are_sorted_and_the_last_of_one_name_counts() {
        let read = map(&[("b", true), ("a", false), ("b", false), ("c", true), ("a", true)]);
        assert_eq!(read, map(&[("a", true), ("b", false), ("c", true)]));
        let mut inserted = Map::new();
        for (name, value) in [("b", true), ("a", true), ("b", false), ("c", true)] {
            inserted.insert(Arc::from(name), Value::Bool(value));
        }
        assert_eq!(inserted, read);
    }

    #[test]
    fn members_are_found_changed_and_taken_out() {
        let mut members = map(&[("a", true), ("c", true)]);
        assert_eq!(members.get("b"), None);
        *members.entry(Arc::from("b")).or_default() = Value::Bool(false);
        assert_eq!(*members.entry(Arc::from("a")).or_default(), Value::Bool(true));
        assert_eq!(members, map(&[("a", true), ("b", false), ("c", true)]));
        assert_eq!(members.remove("a"), Some(Value::Bool(true)));
        assert_eq!(members.remove("z"), None);
        members.retain(|name, _| &**name != "c");
        assert!(members.contains_key("b") && members.len() == 1);
    }
}
