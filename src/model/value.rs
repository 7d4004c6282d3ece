//! JSON values, shared by reference where the plan repeats them.

use std::cell::RefCell;
use std::collections::{HashMap, HashSet};
use std::fmt;
use std::sync::Arc;

use serde::de::{Deserialize, DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use serde::ser::{Serialize, SerializeSeq, Serializer};
use serde_json::Number;
use serde_json::value::RawValue;

use super::Map;

/// A JSON value of a plan; strings are shared, so that cloning one copies no text.
///
/// A value that is not known until apply, or that is sensitive, is an object of its own form:
/// see [`Value::unknown`], [`Value::unset`] and [`Value::sensitive`].
#[derive(Clone, Debug, Default, PartialEq)]
pub enum Value {
    /// JSON null: the argument is not set.
    #[default]
    Null,
    /// JSON true or false.
    Bool(bool),
    /// A JSON number, in the precision that 64 bits give.
    Number(Number),
    /// A string.
    String(Arc<str>),
    /// A list or a set; Terraform's JSON does not tell them apart.
    Array(Vec<Value>),
    /// An object or a map.
    Object(Map),
}

impl Value {
    /// The marker of a value that only apply will know, and the references it will come from.
    pub fn unknown(from: impl IntoIterator<Item = Arc<str>>) -> Self {
        let from = from.into_iter().map(Value::String).collect();
        Value::object([("unknown", Value::Bool(true)), ("from", Value::Array(from))])
    }

    /// The marker of an argument that the configuration leaves unset and the provider fills in.
    pub fn unset() -> Self {
        Value::object([("unknown", Value::Bool(true)), ("unset", Value::Bool(true))])
    }

    /// The marker that stands in for a sensitive value.
    pub fn sensitive() -> Self {
        Value::object([("sensitive", Value::Bool(true))])
    }

    /// Reads a raw value of a plan; [`crate::plan::parse`] has found that it can be read.
    pub(crate) fn parse(raw: &RawValue) -> Self {
        Value::parse_members(raw, &|_| true, &mut Names::default())
    }

    /// As [`parse`](Self::parse), of many values that repeat a few names of members; of an object those that are kept.
    pub(crate) fn parse_members(raw: &RawValue, is_kept: &dyn Fn(&str) -> bool, names: &mut Names) -> Self {
        let mut reader = serde_json::Deserializer::from_str(raw.get());
        let value = match raw.get().starts_with('{') {
            true => Members { is_kept, names }.deserialize(&mut reader),
            false => Read { names }.deserialize(&mut reader),
        };
        value.unwrap_or_default()
    }

    /// Whether this is an unknown or a sensitive marker, or holds one.
    pub(crate) fn has_marker(&self) -> bool {
        match self {
            Value::Array(elements) => elements.iter().any(Value::has_marker),
            Value::Object(members) => {
                let marks = |name: &str| members.get(name) == Some(&Value::Bool(true));
                marks("unknown") || marks("sensitive") || members.values().any(Value::has_marker)
            }
            _ => false,
        }
    }

    /// An object of the given members.
    pub fn object<const N: usize>(members: [(&'static str, Value); N]) -> Self {
        Value::Object(members.map(|(name, value)| (own_name(name), value)).into())
    }

    /// Whether this is [`Value::unset`].
    pub(crate) fn is_unset(&self) -> bool {
        self.as_object().is_some_and(|members| {
            let marks = |name: &str| members.get(name) == Some(&Value::Bool(true));
            members.len() == 2 && marks("unknown") && marks("unset")
        })
    }

    /// The text, where this is a string.
    pub fn as_str(&self) -> Option<&str> {
        match self {
            Value::String(text) => Some(text),
            _ => None,
        }
    }

    /// The members, where this is an object.
    pub fn as_object(&self) -> Option<&Map> {
        match self {
            Value::Object(members) => Some(members),
            _ => None,
        }
    }

    /// The elements, where this is a list.
    pub fn as_array(&self) -> Option<&[Value]> {
        match self {
            Value::Array(elements) => Some(elements),
            _ => None,
        }
    }

    /// The member of that name, where this is an object that has it.
    pub fn get(&self, name: &str) -> Option<&Value> {
        self.as_object()?.get(name)
    }

    /// Whether this is null.
    pub fn is_null(&self) -> bool {
        matches!(self, Value::Null)
    }
}

/// A name that we give, of which a model has many: each thread shares its own, so that none waits for another.
fn own_name(name: &'static str) -> Arc<str> {
    thread_local! {
        static NAMES: RefCell<HashMap<&'static str, Arc<str>>> = RefCell::default();
    }
    NAMES.with_borrow_mut(|names| names.entry(name).or_insert_with(|| Arc::from(name)).clone())
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Value::String(Arc::from(text))
    }
}

impl Serialize for Value {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        match self {
            Value::Null => serializer.serialize_unit(),
            Value::Bool(flag) => serializer.serialize_bool(*flag),
            Value::Number(number) => number.serialize(serializer),
            Value::String(text) => serializer.serialize_str(text),
            Value::Array(elements) => {
                let mut list = serializer.serialize_seq(Some(elements.len()))?;
                for element in elements {
                    list.serialize_element(element)?;
                }
                list.end()
            }
            Value::Object(members) => members.serialize(serializer),
        }
    }
}

/// The names of members and the short texts so far, each of which is held once: most are said of many resources.
pub(crate) type Names = HashSet<Arc<str>>;

/// Longer texts are hardly said twice.
const SHORT: usize = 64;

fn shared(names: &mut Names, text: &str) -> Arc<str> {
    if let Some(known) = names.get(text) {
        return known.clone();
    }
    let new: Arc<str> = Arc::from(text);
    names.insert(new.clone());
    new
}

/// Reads a value whose names are shared.
struct Read<'n> {
    names: &'n mut Names,
}

impl<'de> Deserialize<'de> for Value {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let names = &mut Names::default();
        Read { names }.deserialize(deserializer)
    }
}

impl<'de> DeserializeSeed<'de> for Read<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_any(self)
    }
}

/// Reads some members of an object.
struct Members<'k> {
    is_kept: &'k dyn Fn(&str) -> bool,
    names: &'k mut Names,
}

impl<'de> DeserializeSeed<'de> for Members<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Value, D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Members<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members: Vec<(Arc<str>, Value)> = Vec::new();
        while let Some(name) = object.next_key_seed(Name(self.names))? {
            if (self.is_kept)(&name) {
                members.push((name, object.next_value_seed(Read { names: self.names })?));
            } else {
                object.next_value::<IgnoredAny>()?;
            }
        }
        Ok(Value::Object(members.into_iter().collect()))
    }
}

/// The name of a member.
struct Name<'n>(&'n mut Names);

impl<'de> DeserializeSeed<'de> for Name<'_> {
    type Value = Arc<str>;

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Arc<str>, D::Error> {
        deserializer.deserialize_str(self)
    }
}

impl Visitor<'_> for Name<'_> {
    type Value = Arc<str>;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_str<E>(self, name: &str) -> Result<Arc<str>, E> {
        Ok(shared(self.0, name))
    }
}

impl<'de> Visitor<'de> for Read<'_> {
    type Value = Value;

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("a JSON value")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_none<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, flag: bool) -> Result<Value, E> {
        Ok(Value::Bool(flag))
    }

    fn visit_i64<E>(self, number: i64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_u64<E>(self, number: u64) -> Result<Value, E> {
        Ok(Value::Number(number.into()))
    }

    fn visit_f64<E>(self, number: f64) -> Result<Value, E> {
        Ok(Number::from_f64(number).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, text: &str) -> Result<Value, E> {
        Ok(match text.len() <= SHORT {
            true => Value::String(shared(self.names, text)),
            false => Value::from(text),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Value, A::Error> {
        let mut elements = Vec::with_capacity(list.size_hint().unwrap_or(0).min(1024));
        while let Some(element) = list.next_element_seed(Read { names: self.names })? {
            elements.push(element);
        }
        Ok(Value::Array(elements))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Value, A::Error> {
        let mut members: Vec<(Arc<str>, Value)> = Vec::new();
        while let Some(name) = object.next_key_seed(Name(self.names))? {
            members.push((name, object.next_value_seed(Read { names: self.names })?));
        }
        Ok(Value::Object(members.into_iter().collect()))
    }
}
