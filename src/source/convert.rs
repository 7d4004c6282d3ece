//! Terraform's conversions between its types, and how values compare.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/type-constraints#conversion-of-primitive-types>

use std::sync::Arc;

use serde_json::Number;

use super::marker::is_marker;
use crate::model::{Map, Value};

/// Why an expression has no value.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Failure {
    /// Terraform would report an error: what `try` and `can` are for.
    Invalid,
    /// Terraform has a value, which is beyond this evaluator.
    Beyond,
}

pub(super) type Outcome = Result<Value, Failure>;

/// The text of a string, number or bool.
pub(super) fn text(value: &Value) -> Result<Arc<str>, Failure> {
    match value {
        Value::String(text) => Ok(text.clone()),
        Value::Number(number) => Ok(Arc::from(number_text(number))),
        Value::Bool(flag) => Ok(Arc::from(if *flag { "true" } else { "false" })),
        _ => Err(Failure::Invalid),
    }
}

/// A number as Terraform writes it, which is never with an exponent.
pub(super) fn number_text(number: &Number) -> String {
    match (number.as_i64(), number.as_u64(), number.as_f64()) {
        (Some(integer), _, _) => integer.to_string(),
        (_, Some(integer), _) => integer.to_string(),
        (_, _, Some(float)) => float.to_string(),
        _ => number.to_string(),
    }
}

/// The number of a number, or of a string that is one.
pub(super) fn float(value: &Value) -> Result<f64, Failure> {
    match value {
        Value::Number(number) => number.as_f64().ok_or(Failure::Beyond),
        Value::String(text) => match number_of(text)? {
            Value::Number(number) => number.as_f64().ok_or(Failure::Beyond),
            _ => Err(Failure::Invalid),
        },
        _ => Err(Failure::Invalid),
    }
}

/// The number of a text.
pub(super) fn number_of(text: &str) -> Outcome {
    if let Ok(integer) = text.parse::<i64>() {
        return Ok(Value::Number(integer.into()));
    }
    let starts_well = text
        .strip_prefix('-')
        .unwrap_or(text)
        .starts_with(|first: char| first.is_ascii_digit());
    match text.parse::<f64>() {
        Ok(float) if starts_well => number(float),
        _ => Err(Failure::Invalid),
    }
}

/// The whole number of a number, or of a string that is one.
pub(super) fn integer(value: &Value) -> Result<i64, Failure> {
    if let Value::Number(number) = value
        && let Some(integer) = number.as_i64()
    {
        return Ok(integer);
    }
    let float = float(value)?;
    // Beyond 2^53 a float does not say which whole number it is.
    if float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0 {
        Ok(float as i64)
    } else {
        Err(Failure::Invalid)
    }
}

/// A number, whole where it is one.
pub(super) fn number(float: f64) -> Outcome {
    if float.fract() == 0.0 && float.abs() <= 9_007_199_254_740_992.0 {
        return Ok(Value::Number((float as i64).into()));
    }
    Number::from_f64(float).map(Value::Number).ok_or(Failure::Beyond)
}

/// The bool of a bool, or of a string that is one.
pub(super) fn flag(value: &Value) -> Result<bool, Failure> {
    match value {
        Value::Bool(flag) => Ok(*flag),
        Value::String(text) if &**text == "true" => Ok(true),
        Value::String(text) if &**text == "false" => Ok(false),
        _ => Err(Failure::Invalid),
    }
}

/// The elements of a list or set.
pub(super) fn list(value: &Value) -> Result<&[Value], Failure> {
    value.as_array().ok_or(Failure::Invalid)
}

/// The members of a map or object.
pub(super) fn map(value: &Value) -> Result<&Map, Failure> {
    value.as_object().ok_or(Failure::Invalid)
}

/// The elements in one type: where one is a string, numbers and bools become strings.
pub(super) fn unified(mut elements: Vec<Value>) -> Vec<Value> {
    if elements.iter().any(|element| matches!(element, Value::String(_))) {
        for element in &mut elements {
            if let Value::Number(_) | Value::Bool(_) = element
                && let Ok(text) = text(element)
            {
                *element = Value::String(text);
            }
        }
    }
    elements
}

/// Whether two values are equal, or `None` where that depends on what is not known.
pub(super) fn equal(left: &Value, right: &Value) -> Option<bool> {
    if is_marker(left) || is_marker(right) {
        return None;
    }
    match (left, right) {
        (Value::Number(left), Value::Number(right)) => Some(left == right || left.as_f64() == right.as_f64()),
        (Value::Array(left), Value::Array(right)) if left.len() == right.len() => {
            all(left.iter().zip(right).map(|(left, right)| equal(left, right)))
        }
        (Value::Object(left), Value::Object(right)) if left.keys().eq(right.keys()) => all(left
            .values()
            .zip(right.values())
            .map(|(left, right)| equal(left, right))),
        (Value::Array(_), Value::Array(_)) | (Value::Object(_), Value::Object(_)) => Some(false),
        (left, right) => Some(left == right),
    }
}

fn all(answers: impl Iterator<Item = Option<bool>>) -> Option<bool> {
    let mut known = Some(true);
    for answer in answers {
        match answer {
            Some(true) => {}
            Some(false) => return Some(false),
            None => known = None,
        }
    }
    known
}
