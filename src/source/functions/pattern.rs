//! Regular expressions, of RE2's syntax: <https://developer.hashicorp.com/terraform/language/functions/regex>

use std::sync::Arc;

use regex::{Captures, Regex, RegexBuilder};

use super::super::convert::{Failure, Outcome, text};
use super::{MOST_ELEMENTS, MOST_TEXT};
use crate::model::Value;

/// How large a compiled pattern may be.
const MOST_PATTERN: usize = 1 << 20;

fn compiled(pattern: &str) -> Result<Regex, Failure> {
    RegexBuilder::new(pattern)
        .size_limit(MOST_PATTERN)
        .dfa_size_limit(MOST_PATTERN)
        .build()
        .map_err(|_| Failure::Beyond)
}

/// <https://developer.hashicorp.com/terraform/language/functions/replace>
pub(super) fn replace(arguments: &[Value]) -> Outcome {
    let [whole, part, by] = arguments else {
        return Err(Failure::Invalid);
    };
    let (whole, part, by) = (text(whole)?, text(part)?, text(by)?);
    if whole.len().saturating_add(1).saturating_mul(by.len()) > 16 * MOST_TEXT {
        return Err(Failure::Beyond);
    }
    let pattern = part.strip_prefix('/').and_then(|rest| rest.strip_suffix('/'));
    let replaced = match pattern {
        Some(pattern) => {
            // Each `$1` may stand for the whole match.
            if by.contains('$') && by.matches('$').count().saturating_mul(whole.len()) > MOST_TEXT {
                return Err(Failure::Beyond);
            }
            compiled(pattern)?.replace_all(&whole, &*by).into_owned()
        }
        None => whole.replace(&*part, &by),
    };
    Ok(Value::String(Arc::from(replaced)))
}

pub(super) fn regex(arguments: &[Value]) -> Outcome {
    let [pattern, whole] = arguments else {
        return Err(Failure::Invalid);
    };
    let (pattern, whole) = (compiled(&text(pattern)?)?, text(whole)?);
    let found = pattern.captures(&whole).ok_or(Failure::Invalid)?;
    Ok(captured(&pattern, &found))
}

pub(super) fn regex_all(arguments: &[Value]) -> Outcome {
    let [pattern, whole] = arguments else {
        return Err(Failure::Invalid);
    };
    let (pattern, whole) = (compiled(&text(pattern)?)?, text(whole)?);
    let found: Vec<Value> = pattern
        .captures_iter(&whole)
        .take(MOST_ELEMENTS)
        .map(|found| captured(&pattern, &found))
        .collect();
    if found.len() == MOST_ELEMENTS {
        Err(Failure::Beyond)
    } else {
        Ok(Value::Array(found))
    }
}

/// The match; its groups, where there are any; by name, where they have names.
fn captured(pattern: &Regex, found: &Captures) -> Value {
    let group = |at: usize| found.get(at).map_or(Value::Null, |group| Value::from(group.as_str()));
    if pattern.captures_len() == 1 {
        return group(0);
    }
    let named: Vec<(usize, &str)> = pattern
        .capture_names()
        .enumerate()
        .filter_map(|(at, name)| Some((at, name?)))
        .collect();
    if named.is_empty() {
        return Value::Array((1..pattern.captures_len()).map(group).collect());
    }
    Value::Object(
        named
            .into_iter()
            .map(|(at, name)| (Arc::from(name), group(at)))
            .collect(),
    )
}
