//! Lists and maps: <https://developer.hashicorp.com/terraform/language/functions#collection-functions>

use super::super::convert::{Failure, Outcome, equal, flag, integer, list, map, text, unified};
use super::super::marker::{blend, has_marker, is_marker};
use super::{only, string};
use crate::model::{Map, Value};

pub(super) fn to_list(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => Ok(Value::Array(unified(list(value)?.to_vec()))),
    }
}

pub(super) fn to_map(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => {
            let members = map(value)?;
            let values = unified(members.values().cloned().collect());
            Ok(Value::Object(members.keys().cloned().zip(values).collect()))
        }
    }
}

pub(super) fn length(arguments: &[Value]) -> Outcome {
    let length = match only(arguments)? {
        Value::Array(elements) => elements.len(),
        Value::Object(members) => members.len(),
        Value::String(text) => string::characters(text)?.len(),
        _ => return Err(Failure::Invalid),
    };
    Ok(Value::Number(length.into()))
}

pub(super) fn merge(arguments: &[Value]) -> Outcome {
    let mut merged = Map::new();
    for argument in arguments.iter().filter(|argument| !argument.is_null()) {
        merged.extend(map(argument)?.iter().map(|(key, value)| (key.clone(), value.clone())));
    }
    Ok(Value::Object(merged))
}

pub(super) fn concat(arguments: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for argument in arguments {
        all.extend_from_slice(list(argument)?);
    }
    Ok(Value::Array(all))
}

/// An element that is not known may be a list itself; it stays one element.
pub(super) fn flatten(arguments: &[Value]) -> Outcome {
    fn add(elements: &[Value], flat: &mut Vec<Value>) {
        for element in elements {
            match element {
                Value::Array(inner) => add(inner, flat),
                other => flat.push(other.clone()),
            }
        }
    }
    let mut flat = Vec::new();
    add(list(only(arguments)?)?, &mut flat);
    Ok(Value::Array(flat))
}

pub(super) fn compact(arguments: &[Value]) -> Outcome {
    let kept = list(only(arguments)?)?
        .iter()
        .filter(|value| !value.is_null() && value.as_str() != Some(""));
    Ok(Value::Array(kept.cloned().collect()))
}

pub(super) fn distinct(arguments: &[Value]) -> Outcome {
    let mut seen: Vec<Value> = Vec::new();
    for value in unified(list(only(arguments)?)?.to_vec()) {
        if seen.len() > 4096 {
            return Err(Failure::Beyond);
        }
        if !seen.iter().any(|other| equal(other, &value) == Some(true)) {
            seen.push(value);
        }
    }
    Ok(Value::Array(seen))
}

pub(super) fn keys(arguments: &[Value]) -> Outcome {
    Ok(Value::Array(
        map(only(arguments)?)?.keys().cloned().map(Value::String).collect(),
    ))
}

pub(super) fn values(arguments: &[Value]) -> Outcome {
    Ok(Value::Array(map(only(arguments)?)?.values().cloned().collect()))
}

pub(super) fn element(arguments: &[Value]) -> Outcome {
    let [elements, index] = arguments else {
        return Err(Failure::Invalid);
    };
    let (elements, index) = (list(elements)?, integer(index)?);
    // Newer versions count a negative index from the end.
    let index = usize::try_from(index).map_err(|_| Failure::Beyond)?;
    let index = index.checked_rem(elements.len()).ok_or(Failure::Invalid)?;
    elements.get(index).cloned().ok_or(Failure::Invalid)
}

pub(super) fn index(arguments: &[Value]) -> Outcome {
    let [elements, wanted] = arguments else {
        return Err(Failure::Invalid);
    };
    let at = list(elements)?
        .iter()
        .position(|element| equal(element, wanted) == Some(true));
    at.map(|at| Value::Number(at.into())).ok_or(Failure::Invalid)
}

pub(super) fn zipmap(arguments: &[Value]) -> Outcome {
    let [keys, values] = arguments else {
        return Err(Failure::Invalid);
    };
    let (keys, values) = (list(keys)?, list(values)?);
    if keys.len() != values.len() {
        return Err(Failure::Invalid);
    }
    if keys.iter().any(is_marker) {
        return Ok(blend(arguments));
    }
    let members = keys
        .iter()
        .zip(values)
        .map(|(key, value)| Ok((text(key)?, value.clone())));
    Ok(Value::Object(members.collect::<Result<_, Failure>>()?))
}

pub(super) fn slice(arguments: &[Value]) -> Outcome {
    let [elements, start, end] = arguments else {
        return Err(Failure::Invalid);
    };
    let bound = |value| usize::try_from(integer(value)?).map_err(|_| Failure::Invalid);
    let elements = list(elements)?
        .get(bound(start)?..bound(end)?)
        .ok_or(Failure::Invalid)?;
    Ok(Value::Array(elements.to_vec()))
}

pub(super) fn reverse(arguments: &[Value]) -> Outcome {
    Ok(Value::Array(list(only(arguments)?)?.iter().rev().cloned().collect()))
}

pub(super) fn chunk_list(arguments: &[Value]) -> Outcome {
    let [elements, size] = arguments else {
        return Err(Failure::Invalid);
    };
    let size = usize::try_from(integer(size)?).map_err(|_| Failure::Invalid)?;
    let elements = list(elements)?;
    let size = if size == 0 { elements.len().max(1) } else { size };
    Ok(Value::Array(
        elements
            .chunks(size)
            .map(|chunk| Value::Array(chunk.to_vec()))
            .collect(),
    ))
}

pub(super) fn match_keys(arguments: &[Value]) -> Outcome {
    let [values, keys, wanted] = arguments else {
        return Err(Failure::Invalid);
    };
    let (values, keys, wanted) = (list(values)?, list(keys)?, list(wanted)?);
    if values.len() != keys.len() {
        return Err(Failure::Invalid);
    }
    if keys.len().saturating_mul(wanted.len()) > 1 << 20 {
        return Err(Failure::Beyond);
    }
    let kept = values
        .iter()
        .zip(keys)
        .filter(|(_, key)| wanted.iter().any(|other| equal(key, other) == Some(true)));
    Ok(Value::Array(kept.map(|(value, _)| value.clone()).collect()))
}

pub(super) fn one(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => match list(value)? {
            [] => Ok(Value::Null),
            [element] => Ok(element.clone()),
            _ => Err(Failure::Invalid),
        },
    }
}

pub(super) fn all_true(arguments: &[Value]) -> Outcome {
    let flags = list(only(arguments)?)?
        .iter()
        .map(|value| if value.is_null() { Ok(false) } else { flag(value) });
    Ok(Value::Bool(
        flags.collect::<Result<Vec<bool>, _>>()?.into_iter().all(|flag| flag),
    ))
}

pub(super) fn any_true(arguments: &[Value]) -> Outcome {
    let flags = list(only(arguments)?)?
        .iter()
        .map(|value| if value.is_null() { Ok(false) } else { flag(value) });
    Ok(Value::Bool(
        flags.collect::<Result<Vec<bool>, _>>()?.into_iter().any(|flag| flag),
    ))
}

pub(super) fn sort(arguments: &[Value]) -> Outcome {
    let mut texts = list(only(arguments)?)?
        .iter()
        .map(text)
        .collect::<Result<Vec<_>, _>>()?;
    texts.sort_unstable();
    Ok(Value::Array(texts.into_iter().map(Value::String).collect()))
}

/// The first that is neither null nor empty.
pub(super) fn coalesce(arguments: &[Value]) -> Outcome {
    first(arguments, |value| !value.is_null() && value.as_str() != Some(""))
}

/// The first list that has an element.
pub(super) fn coalesce_list(arguments: &[Value]) -> Outcome {
    first(arguments, |value| {
        value.as_array().is_some_and(|elements| !elements.is_empty())
    })
}

fn first(arguments: &[Value], wanted: fn(&Value) -> bool) -> Outcome {
    for (at, argument) in arguments.iter().enumerate() {
        if is_marker(argument) {
            return Ok(blend(&arguments[at..]));
        }
        if wanted(argument) {
            return Ok(argument.clone());
        }
    }
    Err(Failure::Invalid)
}

pub(super) fn lookup(arguments: &[Value]) -> Outcome {
    let (members, key, default) = match arguments {
        [members, key] => (members, key, None),
        [members, key, default] => (members, key, Some(default)),
        _ => return Err(Failure::Invalid),
    };
    if is_marker(members) || is_marker(key) {
        return Ok(blend(arguments));
    }
    map(members)?
        .get(&text(key)?)
        .or(default)
        .cloned()
        .ok_or(Failure::Invalid)
}

pub(super) fn contains(arguments: &[Value]) -> Outcome {
    let [elements, wanted] = arguments else {
        return Err(Failure::Invalid);
    };
    if is_marker(elements) || is_marker(wanted) {
        return Ok(blend(arguments));
    }
    let elements = list(elements)?;
    if elements.iter().any(|element| equal(element, wanted) == Some(true)) {
        return Ok(Value::Bool(true));
    }
    let undecided: Vec<&Value> = elements
        .iter()
        .filter(|element| equal(element, wanted).is_none())
        .collect();
    if undecided.is_empty() && !has_marker(wanted) {
        return Ok(Value::Bool(false));
    }
    Ok(blend(undecided.into_iter().chain([wanted])))
}
