//! Numbers: <https://developer.hashicorp.com/terraform/language/functions#numeric-functions>

use super::super::convert::{Failure, Outcome, float, integer, list, number, text};
use super::super::operate;
use super::super::syntax::Operator;
use super::only;
use crate::model::Value;

/// Terraform makes no longer ranges either.
const MOST_STEPS: usize = 1024;

pub(super) fn range(arguments: &[Value]) -> Outcome {
    let (start, end, step) = match arguments {
        [end] => (0.0, float(end)?, None),
        [start, end] => (float(start)?, float(end)?, None),
        [start, end, step] => (float(start)?, float(end)?, Some(float(step)?)),
        _ => return Err(Failure::Invalid),
    };
    let step = step.unwrap_or(if start > end { -1.0 } else { 1.0 });
    if step == 0.0 || (step > 0.0) != (end > start) && end != start {
        return Err(Failure::Invalid);
    }
    let mut steps = Vec::new();
    loop {
        let next = start + step * steps.len() as f64;
        if (step > 0.0 && next >= end) || (step < 0.0 && next <= end) {
            return Ok(Value::Array(steps));
        }
        if steps.len() >= MOST_STEPS {
            return Err(Failure::Invalid);
        }
        steps.push(number(next)?);
    }
}

pub(super) fn sum(arguments: &[Value]) -> Outcome {
    let (first, more) = list(only(arguments)?)?.split_first().ok_or(Failure::Invalid)?;
    let first = number(float(first)?)?;
    more.iter()
        .try_fold(first, |sum, value| operate::binary(Operator::Add, &sum, value))
}

pub(super) fn min(arguments: &[Value]) -> Outcome {
    extreme(arguments, f64::min)
}

pub(super) fn max(arguments: &[Value]) -> Outcome {
    extreme(arguments, f64::max)
}

fn extreme(arguments: &[Value], better: fn(f64, f64) -> f64) -> Outcome {
    let mut floats = arguments.iter().map(float);
    let first = floats.next().ok_or(Failure::Invalid)??;
    number(floats.try_fold(first, |best, float| Ok(better(best, float?)))?)
}

pub(super) fn abs(arguments: &[Value]) -> Outcome {
    number(float(only(arguments)?)?.abs())
}

pub(super) fn ceil(arguments: &[Value]) -> Outcome {
    number(float(only(arguments)?)?.ceil())
}

pub(super) fn floor(arguments: &[Value]) -> Outcome {
    number(float(only(arguments)?)?.floor())
}

pub(super) fn signum(arguments: &[Value]) -> Outcome {
    let float = float(only(arguments)?)?;
    number(if float == 0.0 { 0.0 } else { float.signum() })
}

pub(super) fn pow(arguments: &[Value]) -> Outcome {
    let [base, exponent] = arguments else {
        return Err(Failure::Invalid);
    };
    number(float(base)?.powf(float(exponent)?))
}

pub(super) fn parse_int(arguments: &[Value]) -> Outcome {
    let [digits, base] = arguments else {
        return Err(Failure::Invalid);
    };
    let base = u32::try_from(integer(base)?).map_err(|_| Failure::Invalid)?;
    if !(2..=36).contains(&base) {
        return Err(Failure::Beyond);
    }
    let integer = i64::from_str_radix(&text(digits)?, base).map_err(|_| Failure::Beyond)?;
    Ok(Value::Number(integer.into()))
}
