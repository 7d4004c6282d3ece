//! Sets, which are sorted lists without repetition here.
//!
//! <https://developer.hashicorp.com/terraform/language/functions/toset>

use std::cmp::Ordering;

use super::super::convert::{Failure, Outcome, equal, list, unified};
use super::super::marker::has_marker;
use super::{MOST_ELEMENTS, only};
use crate::model::Value;

pub(super) fn to_set(arguments: &[Value]) -> Outcome {
    match only(arguments)? {
        Value::Null => Ok(Value::Null),
        value => Ok(Value::Array(set(list(value)?.to_vec()))),
    }
}

pub(super) fn union(arguments: &[Value]) -> Outcome {
    let mut all = Vec::new();
    for argument in arguments {
        all.extend_from_slice(list(argument)?);
    }
    Ok(Value::Array(set(all)))
}

pub(super) fn intersection(arguments: &[Value]) -> Outcome {
    let (first, others) = arguments.split_first().ok_or(Failure::Invalid)?;
    let mut kept = set(list(first)?.to_vec());
    for other in others {
        let other = set(list(other)?.to_vec());
        kept.retain(|value| has(&other, value));
    }
    Ok(Value::Array(kept))
}

pub(super) fn subtract(arguments: &[Value]) -> Outcome {
    let [from, less] = arguments else {
        return Err(Failure::Invalid);
    };
    let mut kept = set(list(from)?.to_vec());
    let less = set(list(less)?.to_vec());
    kept.retain(|value| !has(&less, value));
    Ok(Value::Array(kept))
}

pub(super) fn product(arguments: &[Value]) -> Outcome {
    let mut rows: Vec<Vec<Value>> = vec![Vec::new()];
    for argument in arguments {
        let elements = list(argument)?;
        if rows.len().saturating_mul(elements.len()) > MOST_ELEMENTS {
            return Err(Failure::Beyond);
        }
        rows = rows
            .iter()
            .flat_map(|row| {
                elements
                    .iter()
                    .map(|element| [row.as_slice(), std::slice::from_ref(element)].concat())
            })
            .collect();
    }
    Ok(Value::Array(rows.into_iter().map(Value::Array).collect()))
}

fn has(sorted: &[Value], value: &Value) -> bool {
    sorted.binary_search_by(|other| order(other, value)).is_ok()
}

/// Sorted, without repetition; what is not known comes last, each for itself.
fn set(elements: Vec<Value>) -> Vec<Value> {
    let (unknown, mut known): (Vec<_>, Vec<_>) = unified(elements).into_iter().partition(has_marker);
    known.sort_by(order);
    known.dedup_by(|left, right| equal(left, right) == Some(true));
    known.extend(unknown);
    known
}

fn order(left: &Value, right: &Value) -> Ordering {
    match (left, right) {
        (Value::Bool(left), Value::Bool(right)) => left.cmp(right),
        (Value::String(left), Value::String(right)) => left.cmp(right),
        (Value::Number(left), Value::Number(right)) => left
            .as_f64()
            .unwrap_or_default()
            .total_cmp(&right.as_f64().unwrap_or_default()),
        (Value::Array(left), Value::Array(right)) => {
            let different = left
                .iter()
                .zip(right)
                .map(|(left, right)| order(left, right))
                .find(|order| order.is_ne());
            different.unwrap_or_else(|| left.len().cmp(&right.len()))
        }
        (Value::Object(left), Value::Object(right)) => {
            let members = left.iter().zip(right);
            let different = members
                .map(|((left_key, left), (right_key, right))| left_key.cmp(right_key).then_with(|| order(left, right)))
                .find(|order| order.is_ne());
            different.unwrap_or_else(|| left.len().cmp(&right.len()))
        }
        (left, right) => rank(left).cmp(&rank(right)),
    }
}

fn rank(value: &Value) -> u8 {
    match value {
        Value::Null => 0,
        Value::Bool(_) => 1,
        Value::Number(_) => 2,
        Value::String(_) => 3,
        Value::Array(_) => 4,
        Value::Object(_) => 5,
    }
}
