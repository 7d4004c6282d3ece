//! Null and absent.

use std::collections::BTreeMap;

use serde::de::{Deserialize, Deserializer};
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

/// Null reads as an empty map, and a null in a map as what an empty object is.
pub(super) fn entries_or_default<'de, D, T>(deserializer: D) -> Result<BTreeMap<Text<'de>, T>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de> + Default,
{
    let entries = Option::<BTreeMap<Text<'de>, Option<T>>>::deserialize(deserializer)?.unwrap_or_default();
    Ok(entries
        .into_iter()
        .map(|(name, entry)| (name, entry.unwrap_or_default()))
        .collect())
}

/// Null stays, as the raw text `null`: serde's own `Option` would make it absent.
pub(super) fn raw<'de, D>(deserializer: D) -> Result<Option<&'de RawValue>, D::Error>
where
    D: Deserializer<'de>,
{
    <&RawValue>::deserialize(deserializer).map(Some)
}
