//! The statements of a query, and whether a text is one.

use serde_json::Value as Json;

use super::places::moved;
use super::{ANSWERS, PACKAGE, PATH, one};
use crate::engine::syntax::{self, members, text_of, variant};
use crate::engine::{EngineError, compile};
use crate::pack::Source;

const UNFINISHED: &str = "ends before it is complete";

/// Whether a text is a definition of rules and no query.
pub fn is_definition(text: &str) -> bool {
    if let Ok(statements) = statements(text) {
        return match &statements[..] {
            [only] => only.names_value(),
            _ => false,
        };
    }
    let source = Source {
        path: PATH.to_owned(),
        text: format!("package rules\n{text}\n").into(),
    };
    compile::tree(&source).is_ok_and(|tree| !members(&tree, "rules").is_empty())
}

/// Whether a text goes on, since a bracket is open in it or something has to follow.
pub fn is_unfinished(text: &str) -> bool {
    let mut open = 0_i32;
    let mut chars = text.chars();
    while let Some(c) = chars.next() {
        match c {
            '(' | '[' | '{' => open += 1,
            ')' | ']' | '}' => open -= 1,
            '#' => drop(chars.by_ref().find(|c| *c == '\n')),
            '`' => drop(chars.by_ref().find(|c| *c == '`')),
            '"' => {
                while let Some(c) = chars.next().filter(|c| *c != '"') {
                    if c == '\\' {
                        chars.next();
                    }
                }
            }
            _ => {}
        }
    }
    let lacks_more = |error: EngineError| error.to_string().ends_with(UNFINISHED);
    open > 0 || (!text.trim().is_empty() && statements(text).err().is_some_and(lacks_more))
}

/// One statement of a query.
pub(super) struct Statement {
    tree: Json,
    /// The byte of the query at which it begins.
    pub(super) start: usize,
}

impl Statement {
    /// The names that it gives a value.
    pub(super) fn binds(&self) -> Vec<String> {
        let mut names = Vec::new();
        syntax::bound(&self.tree, &mut names);
        names
    }

    fn expression(&self) -> Option<(&str, &Json)> {
        match variant(self.tree.get("literal")?)? {
            ("Expr", literal) => variant(literal.get("expr")?),
            _ => None,
        }
    }

    /// The name that it is, where it is no more.
    pub(super) fn name(&self) -> Option<&str> {
        self.expression()
            .filter(|(kind, _)| *kind == "Var")
            .and_then(|(_, inner)| text_of(inner, "value"))
    }

    pub(super) fn has_value(&self) -> bool {
        self.expression().is_some_and(|(kind, _)| kind != "AssignExpr")
    }

    /// Whether it is `x := ...` or `f(x) := ...`.
    fn names_value(&self) -> bool {
        self.expression().is_some_and(|(kind, inner)| {
            let is_name = || {
                inner
                    .get("lhs")
                    .and_then(variant)
                    .is_some_and(|(kind, _)| kind == "Var" || kind == "Call")
            };
            kind == "AssignExpr" && text_of(inner, "op") == Some("ColEq") && is_name()
        })
    }
}

pub(super) fn statements(query: &str) -> Result<Vec<Statement>, EngineError> {
    if query.trim().is_empty() {
        let message = "is empty: ask for something, as in 'input.resources.aws_s3_bucket[_].address'".to_owned();
        return Err(one(compile::whole(PATH, message)));
    }
    let head = format!("package {PACKAGE}\n\n{ANSWERS} if {{\n");
    let text = format!("{head}{query}\n}}\n");
    let source = Source {
        path: PATH.to_owned(),
        text: text.clone().into(),
    };
    let tree = compile::tree(&source).map_err(|rejection| {
        let past_the_end = format!("--> {PATH}:{}:", query.lines().count() + 4);
        match rejection.message.contains(&past_the_end) {
            true => one(compile::whole(PATH, UNFINISHED.to_owned())),
            false => moved(one(rejection), 3),
        }
    })?;
    let bodies = match members(&tree, "rules") {
        [rule] => variant(rule)
            .map(|(_, rule)| members(rule, "bodies"))
            .unwrap_or_default(),
        _ => &[],
    };
    let [body] = bodies else {
        return Err(one(compile::whole(
            PATH,
            "is no query: it closes a bracket that it does not open".to_owned(),
        )));
    };
    let found = members(body.get("query").unwrap_or(&Json::Null), "stmts").iter();
    Ok(found
        .filter_map(|statement| {
            let start = syntax::span(statement, &text)?.0.checked_sub(head.len())?;
            Some(Statement {
                tree: statement.clone(),
                start,
            })
        })
        .collect())
}
