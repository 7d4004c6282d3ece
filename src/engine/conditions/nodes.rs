//! What is looked at in the nodes of a condition and in values.

use std::collections::BTreeMap;

use regorus::Value as Raw;
use serde_json::Value as Json;

use crate::engine::syntax::{members, variant};
use crate::engine::verdicts::member;

pub(super) fn line_of(node: &Json) -> u64 {
    node.get("span")
        .and_then(|span| span.get("line"))
        .and_then(Json::as_u64)
        .unwrap_or(0)
}

pub(super) fn syntax_is_name(node: &Json) -> bool {
    variant(node).is_some_and(|(kind, _)| kind == "Var")
}

/// Whether a value is the address or a resource at it, or holds that so deep.
pub(super) fn names(value: &Raw, address: &str, depth: usize) -> bool {
    match value {
        Raw::String(text) => **text == *address,
        Raw::Object(inner) => match member(value, "address") {
            Some(Raw::String(own)) => **own == *address,
            _ => depth > 0 && inner.iter().any(|(_, inner)| names(inner, address, depth - 1)),
        },
        Raw::Array(elements) => depth > 0 && elements.iter().any(|element| names(element, address, depth - 1)),
        _ => false,
    }
}

/// A value with the resources in it as their addresses.
pub(super) fn brief(value: &Raw) -> Raw {
    match value {
        Raw::Object(inner) => match (member(value, "address"), member(value, "values")) {
            (Some(address), Some(_)) => address.clone(),
            _ => {
                let briefs = inner.iter().map(|(name, inner)| (name.clone(), brief(inner)));
                Raw::from(briefs.collect::<BTreeMap<_, _>>())
            }
        },
        Raw::Array(elements) => Raw::from(elements.iter().map(brief).collect::<Vec<_>>()),
        other => other.clone(),
    }
}

/// The calls and references of a condition, the outermost first; not those in comprehensions.
pub(super) fn expressions<'j>(node: &'j Json, found: &mut Vec<&'j Json>) {
    if let Some((kind, inner)) = variant(node) {
        match kind {
            "ArrayCompr" | "SetCompr" | "ObjectCompr" | "String" | "RawString" | "Number" | "Bool" | "Null" => return,
            "Call" => {
                found.push(node);
                members(inner, "params")
                    .iter()
                    .for_each(|part| expressions(part, found));
                return;
            }
            "RefDot" | "RefBrack" | "Var" => return found.push(node),
            "AssignExpr" => return inner.get("rhs").into_iter().for_each(|part| expressions(part, found)),
            "SomeIn" => {
                return inner
                    .get("collection")
                    .into_iter()
                    .for_each(|part| expressions(part, found));
            }
            "Every" => {
                return inner
                    .get("domain")
                    .into_iter()
                    .for_each(|part| expressions(part, found));
            }
            _ => {}
        }
    }
    match node {
        Json::Object(parts) => parts
            .iter()
            .filter(|(name, _)| *name != "span")
            .for_each(|(_, part)| expressions(part, found)),
        Json::Array(parts) => parts.iter().for_each(|part| expressions(part, found)),
        _ => {}
    }
}

/// Every name in a condition.
pub(super) fn mentioned<'j>(node: &'j Json, names: &mut Vec<&'j str>) {
    if let Some(("Var", inner)) = variant(node) {
        names.extend(inner.get("value").and_then(Json::as_str));
    }
    match node {
        Json::Object(parts) => parts.values().for_each(|part| mentioned(part, names)),
        Json::Array(parts) => parts.iter().for_each(|part| mentioned(part, names)),
        _ => {}
    }
}
