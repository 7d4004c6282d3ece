//! The engine's syntax tree: its parts, and where they stand in the text.

use serde_json::Value as Json;

use crate::engine::variant;
pub(super) use crate::engine::{members, rule_name, span, text_of};

/// Whether one of these branches holds whatever the others do.
pub(super) fn is_total(bodies: &[Json]) -> bool {
    let holds = |body: &Json| {
        body.get("query")
            .is_some_and(|query| members(query, "stmts").is_empty())
    };
    bodies.is_empty() || bodies.iter().any(holds)
}

/// The name of a variable.
pub(super) fn var(node: &Json) -> Option<&str> {
    match variant(node)? {
        ("Var", inner) => text_of(inner, "value"),
        _ => None,
    }
}

/// Whether it is the literal of a text.
pub(super) fn is_text(node: &Json) -> bool {
    matches!(variant(node), Some(("String" | "RawString", _)))
}

/// Whether it is the literal of a text, a number or a boolean.
pub(super) fn is_scalar(node: &Json) -> bool {
    matches!(variant(node), Some(("String" | "RawString" | "Number" | "Bool", _)))
}

/// What takes a list or an object apart, in a head or a binding.
pub(super) fn is_pattern(node: &Json) -> bool {
    matches!(variant(node), Some(("Array" | "Set" | "Object", _)))
}

/// Whether the name of a member is one of these.
pub(super) fn is_member(name: &Json, names: &[&str]) -> bool {
    let text = variant(name)
        .filter(|_| is_text(name))
        .and_then(|(_, inner)| text_of(inner, "value"));
    text.is_some_and(|text| names.contains(&text))
}
