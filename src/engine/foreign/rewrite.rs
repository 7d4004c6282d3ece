//! The heads of foreign rules, rewritten so that one round of a loop that is undefined does not lose the others.
//!
//! `heads` does it for sets that are made by `contains`; this does it for `deny[f(r)] {...}`, for `tags[r.type] = r.tags
//! {...}` and for `x = f(r) {...}`: `deny[__element] { __all := [f(r) | ...]; __element := __all[_] }`. Lines stay where
//! they are.

use serde_json::Value as Json;

use super::super::syntax::variant;
use super::place::{Edits, edited, line, one_line, span, start as start_of};

/// The text with its heads rewritten, or the line of a rule in whose form that cannot be done and what to do instead.
pub(super) fn rewrite(tree: &Json, text: &str) -> Result<String, (u64, &'static str)> {
    let mut edits = Edits::new();
    let rules = tree.get("rules").and_then(Json::as_array).into_iter().flatten();
    for spec in rules.filter_map(|rule| rule.get("Spec")) {
        edit(spec, text, &mut edits).map_err(|how| (line(spec), how))?;
    }
    Ok(edited(text, edits))
}

fn edit(spec: &Json, text: &str, edits: &mut Edits) -> Result<(), &'static str> {
    let (Some((kind, head)), Some([body, others @ ..])) = (
        spec.get("head").and_then(variant),
        spec.get("bodies").and_then(Json::as_array).map(Vec::as_slice),
    ) else {
        return Ok(());
    };
    let whole = span(head).and_then(|(start, end)| Some((start, text.get(start..end)?)));
    let Some((start, whole)) = whole else {
        return Ok(());
    };
    // A value after `else` is made in no loop of the body before it.
    let unsure_else = others.iter().any(|body| {
        let value = body.get("assign").and_then(|assign| assign.get("value"));
        value.is_some_and(|value| !is_sure(value))
    });
    let assign = head.get("assign").filter(|assign| !assign.is_null());
    let value = assign.and_then(|assign| assign.get("value"));
    match kind {
        "Set" => {
            if head.get("key").is_none_or(|key| key.is_null() || is_sure(key)) {
                return Ok(());
            }
            // Sets that are made by `contains` are rewritten elsewhere.
            let name = head.get("refr").and_then(span).map_or(0, |(start, end)| end - start);
            let Some((open, close)) = brackets(whole, name) else {
                return Ok(());
            };
            let key = one_line(&whole[open + 1..close]);
            edits.push((start + open + 1, start + close, "__element".to_owned()));
            edits.extend(loop_of(body, text, &key, "__element")?);
        }
        "Compr" => {
            let refr = head.get("refr");
            let key = refr.and_then(variant).filter(|(kind, _)| *kind == "RefBrack");
            let index = key.and_then(|(_, inner)| inner.get("index"));
            let is_static = index.is_none_or(is_sure);
            let Some(value) = value else {
                return match is_static {
                    true => Ok(()),
                    false => Err("give the rule a value, or write `contains`"),
                };
            };
            if is_static && (is_sure(value) || is_constant(value)) {
                return match unsure_else && loops(spec) {
                    true => Err("name what stands after `else` in its body, as in `x := ...`"),
                    false => Ok(()),
                };
            }
            let Some((assigned, _)) = assign.and_then(span) else {
                return Ok(());
            };
            let value_at = start_of(value, text).unwrap_or(assigned) - start;
            let written = one_line(&whole[value_at..]);
            let operator = if whole[assigned - start..].starts_with(":=") {
                ":="
            } else {
                "="
            };
            match index.filter(|index| !is_literal(index)) {
                None => {
                    edits.push((assigned, start + whole.len(), format!("{operator} __value")));
                    edits.extend(loop_of(body, text, &written, "__value")?);
                }
                Some(_) => {
                    let before = &whole[..assigned - start];
                    let open = before.find('[').filter(|_| is_one_deep(refr));
                    let (Some(open), Some(close)) = (open, before.rfind(']')) else {
                        return Err("name its keys and its value in the body, as in `x := ...`");
                    };
                    let key = one_line(&before[open + 1..close]);
                    edits.push((start + open + 1, start + close, "__key".to_owned()));
                    edits.push((assigned, start + whole.len(), format!("{operator} __value")));
                    edits.extend(loop_of(body, text, &format!("[{key}, {written}]"), "[__key, __value]")?);
                }
            }
        }
        _ => {}
    }
    Ok(())
}

/// The edits that put a comprehension round a body in braces; a rule without a body makes nothing in a loop.
fn loop_of(body: &Json, text: &str, made: &str, name: &str) -> Result<[(usize, usize, String); 2], &'static str> {
    const BRACES: &str = "write its body in braces, or name what it makes there, as in `x := ...`";
    let (from, end) = span(body).ok_or(BRACES)?;
    let written = text.get(from..end).unwrap_or_default();
    let open = from + written.find('{').ok_or(BRACES)?;
    let is_body = matches!(text.get(from..open).map(str::trim), Some("" | "if"));
    if !is_body || !written.ends_with('}') {
        return Err(BRACES);
    }
    Ok([
        (open + 1, open + 1, format!(" __all := [{made} | ")),
        (end - 1, end - 1, format!("]; {name} := __all[_] ")),
    ])
}

/// Whether anything in a rule may go through a collection: a comparison of what is there does not.
fn loops(spec: &Json) -> bool {
    let bodies = spec.get("bodies").map(Json::to_string).unwrap_or_default();
    bodies.contains("\"RefBrack\"") || bodies.contains("\"SomeIn\"")
}

fn is_one_deep(refr: Option<&Json>) -> bool {
    let inner = refr.and_then(variant).and_then(|(_, inner)| inner.get("refr"));
    inner.and_then(variant).is_some_and(|(kind, _)| kind == "Var")
}

/// The first bracket after a name and the last one.
fn brackets(head: &str, name: usize) -> Option<(usize, usize)> {
    let open = head
        .find('[')
        .filter(|open| head.get(name..*open).is_some_and(|between| between.trim().is_empty()))?;
    let close = head.rfind(']').filter(|close| *close > open)?;
    head[close + 1..].trim().is_empty().then_some((open, close))
}

/// Whether an expression is defined wherever its names are.
fn is_sure(node: &Json) -> bool {
    match variant(node) {
        Some(("Var", _)) => true,
        Some(("Array" | "Set", inner)) => {
            let items = inner.get("items").and_then(Json::as_array);
            items.is_some_and(|items| items.iter().all(is_sure))
        }
        // A field is [place, name, value].
        Some(("Object", inner)) => inner.get("fields").and_then(Json::as_array).is_some_and(|fields| {
            let mut parts = fields.iter().flat_map(|field| [field.get(1), field.get(2)]);
            parts.all(|part| part.is_some_and(is_sure))
        }),
        _ => is_literal(node),
    }
}

fn is_literal(node: &Json) -> bool {
    matches!(
        variant(node),
        Some(("String" | "RawString" | "Number" | "Bool" | "Null", _))
    )
}

/// What no round of a loop can leave undefined.
fn is_constant(node: &Json) -> bool {
    is_literal(node) || matches!(variant(node), Some(("ArrayCompr" | "SetCompr" | "ObjectCompr", _)))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn rewritten(text: &str) -> Result<String, (u64, &'static str)> {
        let text = format!("package p\n{text}");
        let mut engine = regorus::Engine::new();
        engine.set_rego_v0(true);
        engine.add_policy("p.rego".to_owned(), text.clone()).unwrap();
        let ast: Json = serde_json::from_str(&engine.get_ast_as_json().unwrap()).unwrap();
        rewrite(&ast[0]["ast"], &text)
    }

    /// What the rule `p.x` is, of a plan of two resources of which one has a name.
    fn said(text: &str) -> String {
        let mut engine = regorus::Engine::new();
        engine.set_rego_v0(true);
        engine
            .add_policy("p.rego".to_owned(), rewritten(text).unwrap())
            .unwrap();
        let input = r#"{"r": [{"a": 1, "n": "one"}, {"a": 2}, {"a": 3, "n": "three"}]}"#;
        engine.set_input(regorus::Value::from_json_str(input).unwrap());
        engine.eval_rule("data.p.x".to_owned()).unwrap().to_string()
    }

    #[test]
    fn an_undefined_round_does_not_lose_the_others() {
        for (text, expected) in [
            ("x[r.n] { r := input.r[_] }", r#"["one","three"]"#),
            (
                "x[f(r)] { r := input.r[_] }\nf(r) = n { n := r.n }",
                r#"["one","three"]"#,
            ),
            (
                "x[{\"msg\": m, \"n\": r.n}] {\n\tr := input.r[_]\n\tm := \"m\" # {\n}",
                r#"[{"msg":"m","n":"one"},{"msg":"m","n":"three"}]"#,
            ),
            ("x[r.n] = r.a { r := input.r[_] }", r#"{"one":1,"three":3}"#),
            ("x[r.a] = n { r := input.r[_]; n := r.n }", r#"{"1":"one","3":"three"}"#),
            ("x[n] { n := input.r[_].n }", r#"["one","three"]"#),
            ("x = r.n { r := input.r[i]; r.a > 2 } else = 0 { true }", "\"three\""),
            ("x = upper(r.n) { r := input.r[_]; r.a < 3 }", "\"ONE\""),
        ] {
            assert_eq!(said(text).replace(", ", ",").replace(": ", ":"), expected, "{text}");
        }
    }

    #[test]
    fn what_is_sure_stays_as_it_is() {
        for text in [
            "x[msg] { msg := \"m\" }",
            "x[{\"msg\": msg}] { msg := \"m\" }",
            "x = true { input.r[_] }",
            "f(r) = r.n { r.n }",
            "x = y { y := 1 }",
            "default x = {}",
            "x[\"literal\"]",
            "x := {r | r := input.r[_]}",
        ] {
            assert_eq!(rewritten(text).unwrap(), format!("package p\n{text}"));
        }
    }

    #[test]
    fn what_cannot_be_rewritten_is_told_by_its_line() {
        let text = "\nimport future.keywords\nx[r.n] := r.a if r := input.r[_]";
        let (line, how) = rewritten(text).unwrap_err();
        assert_eq!(line, 4);
        assert!(how.contains("braces"), "{how}");
    }
}
