//! The plan's values and what the configuration says of them, brought together.

use super::value::Value;
use super::values::{is_untold, scalar};

/// Makes what is unknown more precise by the evaluated configuration.
///
/// What `sensitive`, the plan's mirror of the value, marks stays as it is: the configuration may hold a secret as text,
/// and only the provider's schema knows.
pub(crate) fn refine(value: &mut Value, evaluated: &Value, sensitive: &Value) {
    if *sensitive == Value::Bool(true) {
        return;
    }
    // A dynamic block is not in the plan's configuration, so the plan takes it for one that is left out.
    let dynamic = match evaluated {
        Value::Array(blocks) => blocks.iter().any(is_unknown),
        evaluated => is_unknown(evaluated),
    };
    if dynamic && value.get("unset").is_some() {
        *value = evaluated.clone();
        return;
    }
    if is_unknown(value) {
        match evaluated {
            Value::Null => *value = Value::unset(),
            evaluated if is_unknown(evaluated) => {
                let from = evaluated.get("from").and_then(Value::as_array).unwrap_or_default();
                if !from.is_empty() {
                    *value = evaluated.clone();
                }
            }
            // Only some of it is not known; of a set or a map the plan, or the provider, leaves the whole open.
            Value::Array(elements) if elements.iter().any(Value::has_marker) => *value = evaluated.clone(),
            Value::Object(members) if members.values().any(Value::has_marker) => *value = evaluated.clone(),
            _ => {}
        }
        return;
    }
    if is_unknown(evaluated) {
        return explain(value, evaluated);
    }
    match (value, evaluated) {
        (Value::Object(members), Value::Object(evaluated)) => {
            for (name, member) in members {
                match evaluated.get(name) {
                    Some(evaluated) => {
                        refine(member, evaluated, sensitive.get(name).unwrap_or(&Value::Null));
                    }
                    // The plan could not tell a dynamic block's argument from one that is left out.
                    None if is_untold(member) => *member = Value::unset(),
                    None => {}
                }
            }
        }
        (Value::Array(elements), Value::Array(evaluated)) => {
            let mut taken = vec![false; evaluated.len()];
            let same_length = elements.len() == evaluated.len();
            for (at, element) in elements.iter_mut().enumerate() {
                let fits = |other: usize, taken: &[bool]| !taken[other] && agrees(element, &evaluated[other]);
                let found = if same_length && fits(at, &taken) {
                    Some(at)
                } else {
                    (0..evaluated.len()).find(|other| fits(*other, &taken))
                };
                if let Some(found) = found {
                    taken[found] = true;
                    let sensitive = sensitive.as_array().and_then(|marks| marks.get(at));
                    refine(element, &evaluated[found], sensitive.unwrap_or(&Value::Null));
                }
            }
        }
        _ => {}
    }
}

/// Gives the parts of a value that are not known, and do not say why, the cause of the whole: a dynamic block over what
/// is not known.
fn explain(value: &mut Value, cause: &Value) {
    match value {
        marker if is_untold(marker) => *marker = cause.clone(),
        marker if is_unknown(marker) => {}
        Value::Object(members) => members.values_mut().for_each(|member| explain(member, cause)),
        Value::Array(elements) => elements.iter_mut().for_each(|element| explain(element, cause)),
        _ => {}
    }
}

/// Whether nothing that is known of two values contradicts.
fn agrees(one: &Value, other: &Value) -> bool {
    match (one, other) {
        (Value::Object(one), Value::Object(other))
            if !one.contains_key("unknown") && !other.contains_key("unknown") =>
        {
            one.iter()
                .all(|(name, member)| other.get(name).is_none_or(|other| agrees(member, other)))
        }
        (Value::Array(_) | Value::Object(_) | Value::Null, _)
        | (_, Value::Array(_) | Value::Object(_) | Value::Null) => true,
        (one, other) => scalar(one) == scalar(other),
    }
}

fn is_unknown(value: &Value) -> bool {
    value.get("unknown") == Some(&Value::Bool(true)) && value.get("from").is_some()
}
