//! Where the parts of a syntax tree stand in the text: the engine's own places leave out brackets and quotes.

use serde_json::Value as Json;

use super::super::syntax::variant;

/// The text of an expression.
pub(super) fn written<'t>(node: &Json, text: &'t str) -> Option<&'t str> {
    text.get(start(node, text)?..end(node, text)?)
}

/// The first and the last byte of what the engine takes for the place of a node.
pub(super) fn span(node: &Json) -> Option<(usize, usize)> {
    let node = variant(node).map_or(node, |(_, inner)| inner);
    let place = |end: &str| usize::try_from(node.get("span")?.get(end)?.as_u64()?).ok();
    Some((place("start")?, place("end")?))
}

/// The line of a node.
pub(super) fn line(node: &Json) -> u64 {
    let node = variant(node).map_or(node, |(_, inner)| inner);
    let line = node.get("span").and_then(|span| span.get("line"));
    line.and_then(Json::as_u64).unwrap_or(0)
}

/// The byte at which an expression starts.
pub(super) fn start(node: &Json, text: &str) -> Option<usize> {
    let (kind, inner) = variant(node)?;
    match kind {
        "String" | "RawString" => span(node)?.0.checked_sub(1),
        "RefDot" | "RefBrack" => start(inner.get("refr")?, text),
        "Call" => start(inner.get("fcn")?, text),
        "BinExpr" | "BoolExpr" | "ArithExpr" | "AssignExpr" => start(inner.get("lhs")?, text),
        "Membership" => {
            let key = inner.get("key").filter(|key| !key.is_null());
            start(key.or(inner.get("value"))?, text)
        }
        "Object" => match inner
            .get("fields")
            .and_then(Json::as_array)
            .and_then(|fields| fields.first())
        {
            Some(field) => text.get(..start(field.get(1)?, text)?)?.rfind('{'),
            None => Some(span(node)?.0),
        },
        _ => Some(span(node)?.0),
    }
}

/// The byte behind an expression.
pub(super) fn end(node: &Json, text: &str) -> Option<usize> {
    let (kind, inner) = variant(node)?;
    match kind {
        "String" | "RawString" => Some(span(node)?.1 + 1),
        "RefDot" => {
            let field = inner.get("field")?.get(0)?.get("end")?.as_u64()?;
            usize::try_from(field).ok()
        }
        "RefBrack" => {
            let index = end(inner.get("index")?, text)?;
            Some(index + text.get(index..)?.find(']')? + 1)
        }
        "BinExpr" | "BoolExpr" | "ArithExpr" | "AssignExpr" => end(inner.get("rhs")?, text),
        "Membership" => end(inner.get("collection")?, text),
        _ => Some(span(node)?.1),
    }
}

/// The same on one line, as what is moved must not move the lines behind it. Comments would swallow what follows them, so
/// lines stay where there are any.
pub(super) fn one_line(text: &str) -> String {
    match text.contains('#') {
        true => format!("{}\n", text.trim()),
        false => text
            .split('\n')
            .map(str::trim)
            .collect::<Vec<_>>()
            .join(" ")
            .trim()
            .to_owned(),
    }
}

/// Edits of a text: from where, to where, and what comes there.
pub(super) type Edits = Vec<(usize, usize, String)>;

/// The text with these edits made.
pub(super) fn edited(text: &str, mut edits: Edits) -> String {
    // Of two at one place, the one that was made first comes first.
    edits.sort_by_key(|(start, end, _)| (*start, *end));
    let mut written = String::with_capacity(text.len() + 64 * edits.len());
    let mut done = 0;
    for (start, end, new) in edits {
        written.push_str(text.get(done..start).unwrap_or_default());
        written.push_str(&new);
        done = end;
    }
    written.push_str(text.get(done..).unwrap_or_default());
    written
}
