//! Null and absent, and what Terraform writes in no other shape.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, Error, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Text;

/// Null reads as what an absent member is.
pub(super) fn or_default<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(Option::<T>::deserialize(deserializer)?.unwrap_or_default())
}

/// A list with room for its elements alone, as of a plan's many short ones; null reads as an empty one.
pub(super) fn exact<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let mut list: Vec<T> = or_default(deserializer)?;
    list.shrink_to_fit();
    Ok(list)
}

/// An object and nothing else: serde's own structs also read a list as their members in order.
pub(in crate::plan) struct Object<T>(pub(in crate::plan) T);

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Object<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ObjectVisitor<T>(PhantomData<T>);

        impl<'de, T: Deserialize<'de>> Visitor<'de> for ObjectVisitor<T> {
            type Value = Object<T>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
                T::deserialize(MapAccessDeserializer::new(members)).map(Object)
            }
        }

        deserializer.deserialize_map(ObjectVisitor(PhantomData))
    }
}

/// An object, or the default for null.
pub(super) fn object<'de, D, T>(deserializer: D) -> Result<T, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    Ok(optional_object(deserializer)?.unwrap_or_default())
}

/// An object, or nothing for null.
pub(super) fn optional_object<'de, D, T>(deserializer: D) -> Result<Option<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Ok(Option::<Object<T>>::deserialize(deserializer)?.map(|Object(object)| object))
}

/// A list of objects; null reads as an empty one.
pub(super) fn objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    let objects: Vec<Object<T>> = exact(deserializer)?;
    Ok(objects.into_iter().map(|Object(object)| object).collect())
}

/// What must hold of an object for the gate to judge it.
pub(in crate::plan) trait Complete {
    /// What it should have and does not, as in "an address"; nothing where it has all.
    fn lacks(&self) -> Option<&'static str>;
}

/// A list of objects that lack nothing; null reads as an empty one.
pub(super) fn complete_objects<'de, D, T>(deserializer: D) -> Result<Vec<T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Complete,
{
    struct Checked<T>(T);

    impl<'de, T: Deserialize<'de> + Complete> Deserialize<'de> for Checked<T> {
        fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
            let Object(object) = Object::<T>::deserialize(deserializer)?;
            match object.lacks() {
                Some(lack) => Err(D::Error::custom(format_args!("a part is missing, expected {lack}"))),
                None => Ok(Checked(object)),
            }
        }
    }

    let objects = Option::<Vec<Checked<T>>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(objects.into_iter().map(|Checked(object)| object).collect())
}

/// Whether these can be the values of a resource: an object, or null.
pub(super) fn is_object(values: Option<&RawValue>) -> bool {
    values.is_none_or(|raw| raw.get().starts_with(['{', 'n']))
}

/// Whether this can mark values of a resource: an object of their form, or true or false for all of them.
pub(super) fn is_mirror(marks: Option<&RawValue>) -> bool {
    marks.is_none_or(|raw| raw.get().starts_with(['{', 'n', 't', 'f']))
}

/// A map of objects; null reads as an empty map, and a null in it as what an empty object is.
pub(super) fn entries_or_default<'de, D, T>(deserializer: D) -> Result<BTreeMap<Text<'de>, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let entries = Option::<BTreeMap<Text<'de>, Option<Object<T>>>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(entries
        .into_iter()
        .map(|(name, entry)| (name, entry.map(|Object(object)| object).unwrap_or_default()))
        .collect())
}

/// Null stays, as the raw text `null`: serde's own `Option` would make it absent.
pub(super) fn raw<'de, D>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error>
where
    D: Deserializer<'de>,
{
    <&RawValue>::deserialize(deserializer).map(Some)
}
