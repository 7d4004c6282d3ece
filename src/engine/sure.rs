//! Rules whose loops may lose what they make: to the engine, a round whose value is undefined ends the rule undefined.
//!
//! Sets are rewritten (see `heads`) and functions do not have the fault; other rules must not be written so.

use serde_json::Value as Json;

use super::syntax::variant;

/// Whether a body iterates and the head's value or key is more than a name or a literal.
pub(super) fn unsure_in_loop(rule: &Json) -> bool {
    let bodies = rule.get("bodies").and_then(Json::as_array).into_iter().flatten();
    let loops = bodies
        .filter_map(|body| body.get("query")?.get("stmts")?.as_array())
        .flatten()
        .any(|stmt| {
            let literal = stmt.get("literal").and_then(variant);
            matches!(literal, Some(("SomeIn" | "SomeVars", _)))
                || matches!(literal, Some(("Expr", inner)) if iterates(inner))
        });
    let Some((_, head)) = rule.get("head").and_then(variant) else {
        return false;
    };
    let value = head.get("assign").and_then(|assign| assign.get("value"));
    loops && (value.is_some_and(|value| !is_sure(value)) || head.get("refr").is_some_and(|refr| !has_sure_keys(refr)))
}

/// Whether an expression goes through a collection by `[_]`; what is in comprehensions has loops of its own.
fn iterates(node: &Json) -> bool {
    match node {
        Json::Array(nodes) => nodes.iter().any(iterates),
        Json::Object(members) => match variant(node) {
            Some(("ArrayCompr" | "SetCompr" | "ObjectCompr", _)) => false,
            Some(("RefBrack", inner)) if inner.get("index").is_some_and(is_wildcard) => true,
            _ => members.values().any(iterates),
        },
        _ => false,
    }
}

fn is_wildcard(node: &Json) -> bool {
    matches!(variant(node), Some(("Var", inner)) if inner.get("value").and_then(Json::as_str) == Some("_"))
}

/// Whether an expression is defined wherever its names are.
fn is_sure(node: &Json) -> bool {
    match variant(node) {
        Some(("Var" | "String" | "RawString" | "Number" | "Bool" | "Null", _)) => true,
        Some(("ArrayCompr" | "SetCompr" | "ObjectCompr", _)) => true,
        Some(("Array" | "Set", inner)) => inner
            .get("items")
            .and_then(Json::as_array)
            .is_some_and(|items| items.iter().all(is_sure)),
        // Everything in a plan has an address.
        Some(("RefDot", inner)) => {
            let field = inner.get("field").and_then(|field| field.get(1)).and_then(Json::as_str);
            field == Some("address") && matches!(inner.get("refr").and_then(variant), Some(("Var", _)))
        }
        // A field is [place, name, value].
        Some(("Object", inner)) => inner.get("fields").and_then(Json::as_array).is_some_and(|fields| {
            fields.iter().all(|field| {
                [1, 2]
                    .into_iter()
                    .all(|part: usize| field.get(part).is_some_and(is_sure))
            })
        }),
        _ => false,
    }
}

fn has_sure_keys(refr: &Json) -> bool {
    match variant(refr) {
        Some(("RefBrack", inner)) => {
            inner.get("index").is_some_and(is_sure) && inner.get("refr").is_some_and(has_sure_keys)
        }
        Some(("RefDot", inner)) => inner.get("refr").is_some_and(has_sure_keys),
        _ => true,
    }
}
