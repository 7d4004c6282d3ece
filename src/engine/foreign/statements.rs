//! Statements that mean something else to the engine than elsewhere in Rego.
//!
//! `not f(x)` where `x` is undefined is true to the engine, and undefined elsewhere, since what is handed to a call is
//! worked out before the `not`. So that is what the rewritten text does: `not f(input.x)` becomes `__not_1 := input.x; not
//! f(input.x)`. The sides of `==` are no such arguments: `not input.x == 1` is true where there is no `x`.
//!
//! `some j` in a loop is declared twice to the engine, which ends it; so what a body declares, it declares at its start.

use serde_json::Value as Json;

use super::super::syntax::variant;
use super::place::{Edits, edited, end, line, one_line, span, written};

/// The text with such statements written anew, or the line of a rule in which that cannot be done and what to do instead.
pub(super) fn rewrite(tree: &Json, text: &str) -> Result<String, (u64, &'static str)> {
    let mut walk = Walk {
        text,
        edits: Vec::new(),
        guards: 0,
    };
    walk.node(tree.get("rules").unwrap_or(&Json::Null))?;
    Ok(edited(text, walk.edits))
}

struct Walk<'t> {
    text: &'t str,
    edits: Edits,
    /// How many there are so far: each has a name of its own.
    guards: usize,
}

impl Walk<'_> {
    fn node(&mut self, node: &Json) -> Result<(), (u64, &'static str)> {
        match node {
            Json::Array(nodes) => nodes.iter().try_for_each(|node| self.node(node)),
            Json::Object(members) => {
                let statements = members.get("stmts").and_then(Json::as_array);
                self.declarations(statements.map(Vec::as_slice).unwrap_or_default());
                for statement in statements.into_iter().flatten() {
                    let how = "write its body in braces";
                    self.statement(node, statement).ok_or((line(statement), how))?;
                }
                members.values().try_for_each(|node| self.node(node))
            }
            _ => Ok(()),
        }
    }

    /// Moves `some j` to the start of a query.
    fn declarations(&mut self, statements: &[Json]) {
        let [first, others @ ..] = statements else { return };
        let Some((begin, _)) = span(first) else { return };
        for statement in others {
            let Some((("SomeVars", _), place)) = statement.get("literal").and_then(variant).zip(span(statement)) else {
                continue;
            };
            let declared = self.text.get(place.0..place.1).unwrap_or_default();
            self.edits.push((begin, begin, format!("{}; ", one_line(declared))));
            self.edits.push((place.0, place.1, "true".to_owned()));
        }
    }

    /// Guards a statement of a query, where it negates something; none where there is no place for a guard.
    fn statement(&mut self, query: &Json, statement: &Json) -> Option<()> {
        let Some(("NotExpr", negated)) = statement.get("literal").and_then(variant) else {
            return Some(());
        };
        let negated = negated.get("expr")?;
        let mut arguments = Vec::new();
        self.arguments(negated, &mut arguments);
        if arguments.is_empty() {
            return Some(());
        }
        let (from, to) = span(statement)?;
        let with = statement.get("with_mods").and_then(Json::as_array);
        let with = match with.filter(|with| !with.is_empty()) {
            Some(_) => {
                let behind = self.text.get(end(negated, self.text)?..to)?;
                format!(" {}", one_line(&behind[behind.find("with")?..]))
            }
            None => String::new(),
        };
        let mut guards = String::new();
        for argument in arguments {
            self.guards += 1;
            guards.push_str(&format!("__not_{} := {argument}{with}; ", self.guards));
        }
        // A body that is one statement needs braces to be two; of others the bracket is within the query or before it.
        let (begin, _) = span(query)?;
        let before = self.text.get(..from)?.trim_end();
        let is_bare = before.ends_with("if") && begin == from;
        match is_bare {
            true if with.is_empty() => {
                self.edits.push((from, from, format!("{{ {guards}")));
                let end = end(negated, self.text)?;
                self.edits.push((end, end, " }".to_owned()));
            }
            true => return None,
            false => self.edits.push((from, from, guards)),
        }
        Some(())
    }

    /// What is worked out before an expression is: the arguments of its call, what is compared, what is in brackets.
    fn arguments(&self, node: &Json, found: &mut Vec<String>) {
        let Some((kind, inner)) = variant(node) else { return };
        let part = |name: &str| inner.get(name).filter(|part| !part.is_null());
        match kind {
            "Call" => {
                let parameters = part("params").and_then(Json::as_array).into_iter().flatten();
                parameters.for_each(|parameter| self.value(parameter, found));
            }
            "BoolExpr" if part("op").and_then(Json::as_str) == Some("Eq") => self.sides(inner, found),
            "AssignExpr" => self.sides(inner, found),
            "BoolExpr" | "BinExpr" | "ArithExpr" => {
                ["lhs", "rhs"]
                    .iter()
                    .filter_map(|side| part(side))
                    .for_each(|side| self.value(side, found));
            }
            "Membership" => {
                let parts = ["key", "value", "collection"];
                parts
                    .iter()
                    .filter_map(|name| part(name))
                    .for_each(|part| self.value(part, found));
            }
            "RefDot" | "RefBrack" => self.reference(inner, found),
            _ => {}
        }
    }

    fn sides(&self, inner: &Json, found: &mut Vec<String>) {
        for side in ["lhs", "rhs"].iter().filter_map(|side| inner.get(*side)) {
            match variant(side) {
                Some(("RefDot" | "RefBrack", inner)) => self.reference(inner, found),
                Some(("Var", _)) => {}
                _ => self.value(side, found),
            }
        }
    }

    /// What is in the brackets of a reference, and the call that it starts from.
    fn reference(&self, inner: &Json, found: &mut Vec<String>) {
        let index = inner.get("index");
        let is_name = |index: &&Json| matches!(variant(index), Some(("Var", _)));
        if let Some(index) = index.filter(|index| !is_name(index)) {
            self.value(index, found);
        }
        match inner.get("refr").and_then(variant) {
            Some(("RefDot" | "RefBrack", inner)) => self.reference(inner, found),
            Some(("Call", _)) => self.value(&inner["refr"], found),
            _ => {}
        }
    }

    fn value(&self, node: &Json, found: &mut Vec<String>) {
        let Some((kind, inner)) = variant(node) else { return };
        let is_sure = match kind {
            "String" | "RawString" | "Number" | "Bool" | "Null" | "ArrayCompr" | "SetCompr" | "ObjectCompr" => true,
            "Var" => inner.get("value").and_then(Json::as_str) == Some("_"),
            _ => has_wildcard(node),
        };
        if let Some(written) = written(node, self.text).filter(|_| !is_sure) {
            found.push(one_line(written));
        }
    }
}

/// Whether an expression has a `_`, and so more than one value; the language has that negated nowhere.
fn has_wildcard(node: &Json) -> bool {
    match node {
        Json::Array(nodes) => nodes.iter().any(has_wildcard),
        Json::Object(members) => match variant(node) {
            Some(("Var", inner)) => inner.get("value").and_then(Json::as_str) == Some("_"),
            Some(("ArrayCompr" | "SetCompr" | "ObjectCompr", _)) => false,
            _ => members.values().any(has_wildcard),
        },
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Whether a rule is true once it is rewritten, of an input without `x`.
    fn holds(rule: &str) -> bool {
        let text =
            format!("package p\n\nimport rego.v1\n\nf(x) if x == input.one\n\ng(x) := x.y\n\nm := input.m\n\n{rule}\n");
        let mut engine = regorus::Engine::new();
        engine.add_policy("p.rego".to_owned(), text.clone()).unwrap();
        let ast: Json = serde_json::from_str(&engine.get_ast_as_json().unwrap()).unwrap();
        let text = rewrite(&ast[0]["ast"], &text).unwrap();
        let mut engine = regorus::Engine::new();
        engine.set_strict_builtin_errors(false);
        engine.add_policy("p.rego".to_owned(), text).unwrap();
        let input = r#"{"o": {"a": 1, "b": 2}, "list": [{"b": 1}], "one": 1}"#;
        engine.set_input(regorus::Value::from_json_str(input).unwrap());
        engine.eval_rule("data.p.p".to_owned()).unwrap() == regorus::Value::Bool(true)
    }

    /// As `opa eval` 1.22 has it, each.
    #[test]
    fn what_is_handed_to_a_negated_call_is_worked_out_first() {
        for rule in [
            "p if not f(input.x)",
            "p if not startswith(input.x, \"a\")",
            "p if not f(g(input.x))",
            "p if not m[input.x]",
            "p if not count(input.x) > 0",
            "p if not input.x in {1, 2}",
            "p if not f([input.x])",
            "p if not f({\"a\": input.x, \"b\": 1})",
            "p if not input.x != 1",
            "p if { y := input.o; not f(y.z) }",
            "p if { y := input.o; not g(y) == 3 }",
            "p if not f(count(input.x))",
            "p if not g(input.o).r == 1",
            "p if not (input.x + 1) > 2",
            "p if not f(input.o.a + input.x)",
            "p if not input.o[input.x] == 2",
            "p if not f(input.o[g(input.o)])",
            "p if not input.x.y.z[input.o.q]",
            "p if {\n\tsome t in input.list\n\tnot f(t.z.k)\n}",
            "p if { every t in input.list { not f(t.z) } }",
            "p if { not f(input.x) with input.o as 1 }",
            "p if count([1 | not f(input.x)]) == 1",
            "p if not f(input[\"x\"][\"y\"])",
        ] {
            assert!(!holds(rule), "{rule}");
        }
    }

    #[test]
    fn what_is_declared_in_a_loop_is_declared_before_it() {
        assert!(holds(
            "p if {\n\tsome i\n\tt := input.list[i]\n\n\tsome j, k\n\tt[j] == 1\n\tsome l; not f(input.o[k]); input.o[k]; l = 2\n}"
        ));
        assert!(holds("p if count([k | t := input.list[_]; some k; t[k]]) == 1"));
    }

    #[test]
    fn what_else_is_undefined_is_not_so() {
        for rule in [
            "p if not input.x",
            "p if not input.x == 1",
            "p if not 1 == input.x",
            "p if { y := input.o; not g(y) }",
            "p if not input.o.z.k == input.o.k",
            "p if not f({k | k := input.x})",
            "p if { some t in input.list; not t.z == 1 }",
            "p if { not f(input.o.b) }",
            "p if { some t in input.list; not f(t.b + 1) }",
        ] {
            assert!(holds(rule), "{rule}");
        }
    }
}
