//! References and calls in the engine's syntax tree, as the lints read them.

use serde_json::Value as Json;

use crate::author::schema::Mode;
use crate::engine::variant;

/// Members that hold resources by type.
const BY_TYPE: [&str; 3] = ["resources", "data", "removed"];

/// The type of a resource.
pub(super) type Kind = (Mode, String);

/// A part of a reference: its name where it is written, and the byte where that begins.
pub(super) struct Step {
    pub(super) name: Option<String>,
    pub(super) at: usize,
}

/// The type in `input.resources.<type>`, and how many steps follow it.
pub(super) fn kind_of_section(steps: &[Step]) -> Option<(Kind, usize)> {
    let mode = is(steps.first(), "input").then(|| mode_of(steps))??;
    Some(((mode, steps.get(2)?.name.clone()?), steps.len() - 3))
}

pub(super) fn mode_of(steps: &[Step]) -> Option<Mode> {
    match steps.get(1)?.name.as_deref()? {
        "resources" | "removed" => Some(Mode::Managed),
        "data" => Some(Mode::Data),
        _ => None,
    }
}

/// Where a list of all resources of a type is written.
pub(super) fn is_of_a_type(steps: &[Step]) -> Option<usize> {
    let section = steps.get(1).and_then(|step| step.name.as_deref())?;
    let is_list = is(steps.first(), "input") && BY_TYPE.contains(&section) && steps.len() == 3;
    is_list.then(|| steps[0].at)
}

pub(super) fn is(step: Option<&Step>, name: &str) -> bool {
    step.is_some_and(|step| step.name.as_deref() == Some(name))
}

pub(super) fn is_get(node: &Json) -> bool {
    call(node).is_some_and(|(function, _)| function == "tf.get")
}

/// The name of what is called, and what it is given.
pub(super) fn call(node: &Json) -> Option<(String, &[Json])> {
    let (_, inner) = variant(node).filter(|(kind, _)| *kind == "Call")?;
    let names: Option<Vec<String>> = steps(inner.get("fcn")?)?.into_iter().map(|step| step.name).collect();
    Some((names?.join("."), array(inner, "params")))
}

/// The steps of a reference that begins with a name.
pub(super) fn steps(node: &Json) -> Option<Vec<Step>> {
    let (kind, inner) = variant(node)?;
    match kind {
        "Var" => Some(vec![Step {
            name: Some(inner.get("value")?.as_str()?.to_owned()),
            at: start(node),
        }]),
        "RefDot" => {
            let mut before = steps(inner.get("refr")?)?;
            let field = inner.get("field")?;
            before.push(Step {
                name: field.get(1)?.as_str().map(str::to_owned),
                at: byte(field.get(0)?),
            });
            Some(before)
        }
        "RefBrack" => {
            let mut before = steps(inner.get("refr")?)?;
            let index = inner.get("index")?;
            before.push(Step {
                name: literal(index).map(|(text, _)| text),
                at: start(index),
            });
            Some(before)
        }
        _ => None,
    }
}

/// A text that is written, and where.
pub(super) fn literal(node: &Json) -> Option<(String, usize)> {
    match variant(node)? {
        ("String" | "RawString", inner) => Some((inner.get("value")?.as_str()?.to_owned(), start(node))),
        _ => None,
    }
}

pub(super) fn var(node: &Json) -> Option<&str> {
    match variant(node)? {
        ("Var", inner) => inner.get("value").and_then(Json::as_str),
        _ => None,
    }
}

pub(super) fn array<'j>(node: &'j Json, name: &str) -> &'j [Json] {
    node.get(name)
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// The byte at which an expression begins; a reference begins where its first name does.
pub(super) fn start(node: &Json) -> usize {
    match variant(node) {
        Some(("RefDot" | "RefBrack", inner)) => inner.get("refr").map_or(0, start),
        Some(("Call", inner)) => inner.get("fcn").map_or(0, start),
        Some((_, inner)) => inner.get("span").map_or(0, byte),
        None => 0,
    }
}

pub(super) fn byte(span: &Json) -> usize {
    let at = span.get("start").and_then(Json::as_u64);
    at.and_then(|at| usize::try_from(at).ok()).unwrap_or(0)
}
