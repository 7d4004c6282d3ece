//! The engine's syntax tree: its parts, and where they stand in the text.

use serde_json::Value as Json;

use crate::engine::variant;

/// The elements of a list of the tree; none where it has none.
pub(super) fn members<'j>(node: &'j Json, name: &str) -> &'j [Json] {
    node.get(name)
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// A text of the tree.
pub(super) fn text_of<'j>(node: &'j Json, name: &str) -> Option<&'j str> {
    node.get(name).and_then(Json::as_str)
}

/// The bytes that a part of the tree stands for. The tree leaves a quote out that a part begins or ends with.
pub(super) fn span(node: &Json, text: &str) -> Option<(usize, usize)> {
    let place = node.get("span")?;
    let byte = |end: &str| usize::try_from(place.get(end)?.as_u64()?).ok();
    let is_quote = |at: usize| matches!(text.as_bytes().get(at), Some(b'"' | b'`'));
    let (start, end) = (byte("start")?, byte("end")?);
    let start = start.checked_sub(1).filter(|before| is_quote(*before)).unwrap_or(start);
    Some((start, end + usize::from(is_quote(end))))
}

/// Whether one of these branches holds whatever the others do.
pub(super) fn is_total(bodies: &[Json]) -> bool {
    let holds = |body: &Json| {
        body.get("query")
            .is_some_and(|query| members(query, "stmts").is_empty())
    };
    bodies.is_empty() || bodies.iter().any(holds)
}

/// The first name of a rule's head.
pub(super) fn rule_name(rule: &Json) -> Option<&str> {
    let head = rule.get("head").and_then(variant).map_or(rule, |(_, head)| head);
    let mut refr = head.get("refr")?;
    loop {
        match variant(refr)? {
            ("Var", inner) => return text_of(inner, "value"),
            (_, inner) => refr = inner.get("refr")?,
        }
    }
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
