//! Changes as the HCL to write.

use std::fmt::Write;

use super::reads::Part;
use crate::model::{Resource, Value};

/// A resource with what is to be written in it.
pub(super) fn block(resource: &Resource, body: &str) -> String {
    let place = resource
        .source
        .as_ref()
        .map_or(String::new(), |at| format!("  # {}:{}", at.file, at.line));
    format!(
        "resource \"{}\" \"{}\" {{{place}\n{body}}}\n",
        resource.kind, resource.name
    )
}

/// What sets each path to its value; those within one map are written as one, with what that has already.
pub(super) fn settings(edits: &[(Vec<Part>, Value)], before: &Value) -> String {
    if let [(first, _), ..] = edits
        && let [Part::Name(map), Part::Name(_)] = &first[..]
        && edits.iter().all(|(path, value)| {
            !value.is_null() && matches!(&path[..], [Part::Name(own), Part::Name(_)] if own == map)
        })
    {
        let there = before.get(map).and_then(Value::as_object).into_iter().flatten();
        let there = there.filter(|(_, value)| value.as_str().is_some());
        let there = there.map(|(name, value)| (name.clone(), value.clone()));
        let new = edits
            .iter()
            .filter_map(|(path, value)| Some((path.last()?.name()?.into(), value.clone())));
        return format!("  {map} = {}\n", literal(&Value::Object(there.chain(new).collect()), 1));
    }
    edits.iter().map(|(path, value)| setting(path, value, before)).collect()
}

/// What sets a path to a value: `rule {\n  status = "Enabled"\n}`.
pub(super) fn setting(path: &[Part], value: &Value, before: &Value) -> String {
    let mut out = String::new();
    write_setting(&mut out, path, value, before, 1);
    out
}

fn write_setting(out: &mut String, path: &[Part], value: &Value, before: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let [Part::Name(name), rest @ ..] = path else { return };
    let inner = before.get(name).cloned().unwrap_or_default();
    let _ = match rest {
        [] if value.is_null() => writeln!(out, "{indent}# leave out {name}"),
        [] if is_blocks(value) || (is_empty(value) && is_blocks(&inner)) => {
            write_blocks(out, name, value, depth);
            Ok(())
        }
        [] => writeln!(out, "{indent}{name} = {}", literal(value, depth)),
        [Part::Place(place)] if value.is_null() => {
            writeln!(out, "{indent}# leave out {name}[{place}]: {}", shown(&inner, *place))
        }
        [Part::Place(place), inner_path @ ..] if !inner_path.is_empty() => {
            let number = if *place > 0 {
                format!("  # block {}", place + 1)
            } else {
                String::new()
            };
            let _ = writeln!(out, "{indent}{name} {{{number}");
            let element = inner
                .as_array()
                .and_then(|list| list.get(*place))
                .cloned()
                .unwrap_or_default();
            write_setting(out, inner_path, value, &element, depth + 1);
            writeln!(out, "{indent}}}")
        }
        [Part::Place(place)] => writeln!(out, "{indent}{name}[{place}] = {}", literal(value, depth)),
        _ => {
            let _ = writeln!(out, "{indent}{name} = {{");
            write_setting(out, rest, value, &inner, depth + 1);
            writeln!(out, "{indent}}}")
        }
    };
}

fn shown(list: &Value, place: usize) -> String {
    let element = list
        .as_array()
        .and_then(|list| list.get(place))
        .cloned()
        .unwrap_or_default();
    let from = element.get("from").and_then(Value::as_array).unwrap_or_default();
    match from.iter().filter_map(Value::as_str).collect::<Vec<_>>() {
        none if none.is_empty() => serde_json::to_string(&without_nulls(&element)).unwrap_or_default(),
        from => from.join(", "),
    }
}

fn without_nulls(value: &Value) -> Value {
    match value {
        Value::Object(members) => Value::Object(
            members
                .iter()
                .filter(|(_, value)| !is_empty(value))
                .map(|(name, value)| (name.clone(), without_nulls(value)))
                .collect(),
        ),
        other => other.clone(),
    }
}

fn is_empty(value: &Value) -> bool {
    matches!(value, Value::Null) || *value == Value::from("") || *value == Value::Array(Vec::new())
}

fn is_blocks(value: &Value) -> bool {
    value
        .as_array()
        .is_some_and(|list| !list.is_empty() && list.iter().all(|element| element.as_object().is_some()))
}

fn write_blocks(out: &mut String, name: &str, value: &Value, depth: usize) {
    let indent = "  ".repeat(depth);
    let blocks = value.as_array().unwrap_or_default();
    if blocks.is_empty() {
        let _ = writeln!(out, "{indent}# leave out {name}");
    }
    for block in blocks {
        let _ = writeln!(out, "{indent}{name} {{");
        for (name, value) in block
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(_, value)| !is_empty(value))
        {
            write_setting(out, &[Part::Name(name.to_string())], value, &Value::Null, depth + 1);
        }
        let _ = writeln!(out, "{indent}}}");
    }
}

fn literal(value: &Value, depth: usize) -> String {
    match value {
        Value::String(text) => {
            let quoted = serde_json::to_string(text).unwrap_or_default();
            quoted.replace("${", "$${").replace("%{", "%%{")
        }
        Value::Array(elements) => {
            let elements: Vec<String> = elements.iter().map(|element| literal(element, depth)).collect();
            format!("[{}]", elements.join(", "))
        }
        Value::Object(members) => {
            let (indent, close) = ("  ".repeat(depth + 1), "  ".repeat(depth));
            let members = members.iter().map(|(name, value)| {
                let is_plain = name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_');
                let name = if is_plain {
                    name.to_string()
                } else {
                    format!("{name:?}")
                };
                format!("{indent}{name} = {}\n", literal(value, depth + 1))
            });
            format!("{{\n{}{close}}}", members.collect::<String>())
        }
        other => serde_json::to_string(other).unwrap_or_default(),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::super::reads::path_of;
    use super::*;

    #[test]
    fn a_setting_is_written_where_it_belongs() {
        let before: Value =
            serde_json::from_str(r#"{"rule": [{"status": "Off"}, {"cidr": "0.0.0.0/0", "x": null}]}"#).unwrap();
        let set = |path: &str, value: &str| setting(&path_of(path), &serde_json::from_str(value).unwrap(), &before);
        assert_eq!(set("acl", "\"a${b}\""), "  acl = \"a$${b}\"\n");
        assert_eq!(set("acl", "null"), "  # leave out acl\n");
        assert_eq!(
            set("rule[1].x", "[80, 443]"),
            "  rule {  # block 2\n    x = [80, 443]\n  }\n"
        );
        assert_eq!(
            set("rule[1]", "null"),
            "  # leave out rule[1]: {\"cidr\":\"0.0.0.0/0\"}\n"
        );
        assert_eq!(
            set("rule", "[{\"a\": true, \"b\": null}]"),
            "  rule {\n    a = true\n  }\n"
        );
    }
}
