//! Operators.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/operators>

use super::convert::{Failure, Outcome, equal, flag, float, number};
use super::marker::{blend, has_marker, is_marker};
use super::syntax::Operator;
use crate::model::Value;

/// The value of `left operator right`.
pub(super) fn binary(operator: Operator, left: &Value, right: &Value) -> Outcome {
    match operator {
        Operator::Equal => Ok(equality(left, right, true)),
        Operator::NotEqual => Ok(equality(left, right, false)),
        Operator::And => logic(left, right, false),
        Operator::Or => logic(left, right, true),
        _ if has_marker(left) || has_marker(right) => Ok(blend([left, right])),
        Operator::Less => Ok(Value::Bool(float(left)? < float(right)?)),
        Operator::LessOrEqual => Ok(Value::Bool(float(left)? <= float(right)?)),
        Operator::Greater => Ok(Value::Bool(float(left)? > float(right)?)),
        Operator::GreaterOrEqual => Ok(Value::Bool(float(left)? >= float(right)?)),
        Operator::Add => arithmetic(left, right, i64::checked_add, |left, right| left + right),
        Operator::Subtract => arithmetic(left, right, i64::checked_sub, |left, right| left - right),
        Operator::Multiply => arithmetic(left, right, i64::checked_mul, |left, right| left * right),
        Operator::Divide => {
            let (left, right) = (float(left)?, float(right)?);
            if right == 0.0 {
                Err(Failure::Invalid)
            } else {
                rounded(left / right)
            }
        }
        Operator::Remainder => {
            let (left, right) = (float(left)?, float(right)?);
            if right == 0.0 {
                Err(Failure::Invalid)
            } else {
                rounded(left % right)
            }
        }
    }
}

/// The value of `!value`.
pub(super) fn not(value: &Value) -> Outcome {
    if is_marker(value) {
        Ok(blend([value]))
    } else {
        Ok(Value::Bool(!flag(value)?))
    }
}

/// The value of `-value`.
pub(super) fn negate(value: &Value) -> Outcome {
    if is_marker(value) {
        Ok(blend([value]))
    } else {
        number(-float(value)?)
    }
}

fn equality(left: &Value, right: &Value, wanted: bool) -> Value {
    match equal(left, right) {
        Some(answer) => Value::Bool(answer == wanted),
        None => blend([left, right]),
    }
}

/// `decisive` decides alone: false and anything is false, true or anything is true.
fn logic(left: &Value, right: &Value, decisive: bool) -> Outcome {
    let known = |value: &Value| {
        if is_marker(value) {
            Ok(None)
        } else {
            flag(value).map(Some)
        }
    };
    Ok(match (known(left)?, known(right)?) {
        (Some(flag), _) | (_, Some(flag)) if flag == decisive => Value::Bool(decisive),
        (Some(_), Some(_)) => Value::Bool(!decisive),
        _ => blend([left, right]),
    })
}

fn arithmetic(
    left: &Value,
    right: &Value,
    integers: fn(i64, i64) -> Option<i64>,
    floats: fn(f64, f64) -> f64,
) -> Outcome {
    if let (Value::Number(left), Value::Number(right)) = (left, right)
        && let (Some(left), Some(right)) = (left.as_i64(), right.as_i64())
        && let Some(result) = integers(left, right)
    {
        return Ok(Value::Number(result.into()));
    }
    rounded(floats(float(left)?, float(right)?))
}

/// Terraform calculates in 512 bits: 0.1 + 0.2 is 0.3 there.
fn rounded(float: f64) -> Outcome {
    if float.fract() == 0.0 || !float.is_finite() {
        return number(float);
    }
    number(format!("{float:.14e}").parse().map_err(|_| Failure::Beyond)?)
}
