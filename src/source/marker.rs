//! The markers of values that are not known or that no policy may see.

use std::collections::BTreeSet;
use std::sync::Arc;

use crate::model::Value;

/// Whether this is the marker of an unknown value, an unset one included.
pub(super) fn is_unknown(value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    members.len() == 2
        && members.get("unknown") == Some(&Value::Bool(true))
        && (matches!(members.get("from"), Some(Value::Array(_))) || members.contains_key("unset"))
}

/// Whether this is the marker of a sensitive value.
pub(super) fn is_sensitive(value: &Value) -> bool {
    let Value::Object(members) = value else {
        return false;
    };
    members.len() == 1 && members.get("sensitive") == Some(&Value::Bool(true))
}

/// Whether this is a marker itself.
pub(super) fn is_marker(value: &Value) -> bool {
    is_unknown(value) || is_sensitive(value)
}

/// Whether a marker stands anywhere in it.
pub(super) fn has_marker(value: &Value) -> bool {
    is_marker(value)
        || match value {
            Value::Array(elements) => elements.iter().any(has_marker),
            Value::Object(members) => members.values().any(has_marker),
            _ => false,
        }
}

/// What the result is of something that depends on all of these values and cannot be worked out: sensitive if one
/// of them is, else unknown from all that they are unknown from.
pub(super) fn blend<'v>(values: impl IntoIterator<Item = &'v Value>) -> Value {
    let mut causes = BTreeSet::new();
    let mut sensitive = false;
    for value in values {
        collect(value, &mut causes, &mut sensitive);
    }
    if sensitive {
        Value::sensitive()
    } else {
        Value::unknown(causes)
    }
}

fn collect(value: &Value, causes: &mut BTreeSet<Arc<str>>, sensitive: &mut bool) {
    if is_sensitive(value) {
        *sensitive = true;
    } else if is_unknown(value) {
        causes.extend(from(value).cloned());
    } else {
        match value {
            Value::Array(elements) => elements.iter().for_each(|element| collect(element, causes, sensitive)),
            Value::Object(members) => members.values().for_each(|member| collect(member, causes, sensitive)),
            _ => {}
        }
    }
}

/// What an unknown marker says that the value will come from.
pub(super) fn from(marker: &Value) -> impl Iterator<Item = &Arc<str>> {
    let from = marker.get("from").and_then(Value::as_array).unwrap_or_default();
    from.iter().filter_map(|cause| match cause {
        Value::String(cause) => Some(cause),
        _ => None,
    })
}

/// Whether the address is that of a whole resource or data source, of which an attribute can be read:
/// `module.net.aws_subnet.a["x"]`.
pub(super) fn is_whole_object(address: &str) -> bool {
    let mut names = Vec::new();
    let mut rest = address;
    loop {
        let end = rest.find(['.', '[']).unwrap_or(rest.len());
        names.push(&rest[..end]);
        rest = &rest[end..];
        if rest.starts_with('[') {
            let Some(end) = end_of_index(rest) else {
                return false;
            };
            rest = &rest[end..];
        }
        match rest.strip_prefix('.') {
            Some(more) => rest = more,
            None => break,
        }
    }
    let mut names = names.as_slice();
    while let ["module", _, more @ ..] = names {
        names = more;
    }
    match names {
        ["data", r#type, _] | [r#type, _] => r#type.contains('_'),
        _ => false,
    }
}

/// Where the index that the text starts with ends.
fn end_of_index(text: &str) -> Option<usize> {
    let mut quoted = false;
    let mut escaped = false;
    for (at, char) in text.char_indices() {
        match char {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => quoted = !quoted,
            ']' if !quoted => return Some(at + 1),
            _ => {}
        }
    }
    None
}
