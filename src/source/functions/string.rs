//! Strings: <https://developer.hashicorp.com/terraform/language/functions#string-functions>

use std::sync::Arc;

use super::super::convert::{Failure, Outcome, integer, list, text};
use super::{MOST_TEXT, only};
use crate::model::Value;

fn made(text: impl Into<Arc<str>>) -> Outcome {
    Ok(Value::String(text.into()))
}

fn pair(arguments: &[Value]) -> Result<(Arc<str>, Arc<str>), Failure> {
    match arguments {
        [first, second] => Ok((text(first)?, text(second)?)),
        _ => Err(Failure::Invalid),
    }
}

/// The characters as a reader counts them, where each is one code point.
pub(super) fn characters(text: &str) -> Result<Vec<char>, Failure> {
    // From U+0300 on, several code points may combine into one character.
    if text.chars().any(|char| char >= '\u{300}') || text.contains("\r\n") {
        return Err(Failure::Beyond);
    }
    Ok(text.chars().collect())
}

pub(super) fn join(arguments: &[Value]) -> Outcome {
    let (separator, lists) = arguments.split_first().ok_or(Failure::Invalid)?;
    let separator = text(separator)?;
    let mut joined = String::new();
    let mut first = true;
    for elements in lists {
        for element in list(elements)? {
            if !std::mem::take(&mut first) {
                joined.push_str(&separator);
            }
            joined.push_str(&text(element)?);
            if joined.len() > MOST_TEXT {
                return Err(Failure::Beyond);
            }
        }
    }
    made(joined)
}

pub(super) fn split(arguments: &[Value]) -> Outcome {
    let (separator, whole) = pair(arguments)?;
    let parts = if separator.is_empty() {
        whole
            .chars()
            .map(|char| Value::from(char.to_string().as_str()))
            .collect()
    } else {
        whole.split(&*separator).map(Value::from).collect()
    };
    Ok(Value::Array(parts))
}

/// Terraform maps each code point to one.
fn each(text: &str, map: impl Fn(char) -> Option<char>) -> Outcome {
    made(text.chars().map(|char| map(char).unwrap_or(char)).collect::<String>())
}

fn single(mut chars: impl Iterator<Item = char>) -> Option<char> {
    let first = chars.next()?;
    if chars.next().is_some() { None } else { Some(first) }
}

pub(super) fn lower(arguments: &[Value]) -> Outcome {
    each(&text(only(arguments)?)?, |char| single(char.to_lowercase()))
}

pub(super) fn upper(arguments: &[Value]) -> Outcome {
    each(&text(only(arguments)?)?, |char| single(char.to_uppercase()))
}

pub(super) fn title(arguments: &[Value]) -> Outcome {
    let whole = text(only(arguments)?)?;
    let mut inside = false;
    let mut out = String::with_capacity(whole.len());
    for char in whole.chars() {
        let first = !std::mem::replace(&mut inside, char.is_alphanumeric() || char == '_');
        out.push(if first {
            single(char.to_uppercase()).unwrap_or(char)
        } else {
            char
        });
    }
    made(out)
}

pub(super) fn trim(arguments: &[Value]) -> Outcome {
    let (whole, cut) = pair(arguments)?;
    made(whole.trim_matches(|char| cut.contains(char)))
}

pub(super) fn trim_space(arguments: &[Value]) -> Outcome {
    made(text(only(arguments)?)?.trim())
}

pub(super) fn trim_prefix(arguments: &[Value]) -> Outcome {
    let (whole, prefix) = pair(arguments)?;
    made(whole.strip_prefix(&*prefix).unwrap_or(&whole))
}

pub(super) fn trim_suffix(arguments: &[Value]) -> Outcome {
    let (whole, suffix) = pair(arguments)?;
    made(whole.strip_suffix(&*suffix).unwrap_or(&whole))
}

pub(super) fn chomp(arguments: &[Value]) -> Outcome {
    made(text(only(arguments)?)?.trim_end_matches(['\r', '\n']))
}

pub(super) fn indent(arguments: &[Value]) -> Outcome {
    let [spaces, whole] = arguments else {
        return Err(Failure::Invalid);
    };
    let spaces = usize::try_from(integer(spaces)?).map_err(|_| Failure::Invalid)?;
    let whole = text(whole)?;
    if spaces.saturating_mul(whole.matches('\n').count()) > MOST_TEXT {
        return Err(Failure::Beyond);
    }
    made(whole.replace('\n', &format!("\n{}", " ".repeat(spaces.min(MOST_TEXT)))))
}

pub(super) fn substr(arguments: &[Value]) -> Outcome {
    let [whole, offset, length] = arguments else {
        return Err(Failure::Invalid);
    };
    let characters = characters(&text(whole)?)?;
    let (offset, length) = (integer(offset)?, integer(length)?);
    let count = i64::try_from(characters.len()).map_err(|_| Failure::Beyond)?;
    let start = if offset < 0 {
        count.saturating_add(offset).max(0)
    } else {
        offset.min(count)
    };
    let end = if length < 0 {
        count
    } else {
        start.saturating_add(length).min(count)
    };
    let kept = usize::try_from(start)
        .ok()
        .zip(usize::try_from(end).ok())
        .and_then(|(start, end)| characters.get(start..end));
    made(kept.unwrap_or_default().iter().collect::<String>())
}

pub(super) fn reverse(arguments: &[Value]) -> Outcome {
    made(
        characters(&text(only(arguments)?)?)?
            .into_iter()
            .rev()
            .collect::<String>(),
    )
}

pub(super) fn starts_with(arguments: &[Value]) -> Outcome {
    let (whole, prefix) = pair(arguments)?;
    Ok(Value::Bool(whole.starts_with(&*prefix)))
}

pub(super) fn ends_with(arguments: &[Value]) -> Outcome {
    let (whole, suffix) = pair(arguments)?;
    Ok(Value::Bool(whole.ends_with(&*suffix)))
}

pub(super) fn contains(arguments: &[Value]) -> Outcome {
    let (whole, part) = pair(arguments)?;
    Ok(Value::Bool(whole.contains(&*part)))
}

pub(super) fn basename(arguments: &[Value]) -> Outcome {
    let path = text(only(arguments)?)?;
    let path = path.trim_end_matches('/');
    if path.is_empty() {
        return Err(Failure::Beyond);
    }
    made(path.rsplit('/').next().unwrap_or(path))
}
