//! The changes that a policy's syntax tree has a place for.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::edit::{Change, Edit};
use super::tables::{ALIKE, ARE_KNOWN, BOUNDS, GET, JOINS, KEY, OPPOSITES, OTHER_CALLS, OTHERS, VERDICTS, WORDS};
use super::tree::{is_member, is_pattern, is_scalar, is_text, is_total, members, rule_name, span, text_of, var};
use crate::engine::variant;

/// Every change of a file, in the order of their places.
pub(super) fn edits(tree: &Json, text: &str) -> Vec<Edit> {
    let rules: Vec<&Json> = members(tree, "rules")
        .iter()
        .filter_map(|rule| Some(variant(rule)?.1))
        .collect();
    let mut words = Words::default();
    // What is only used where words are made is words too, and so on.
    loop {
        let mut walk = Walk::new(text, &words);
        rules
            .iter()
            .enumerate()
            .for_each(|(number, rule)| walk.rule(number, rule, &rules));
        let found = walk.uses.words();
        if found == words {
            let mut edits = walk.edits;
            edits.sort();
            return edits;
        }
        words = found;
    }
}

/// What only reaches the words of a finding.
#[derive(Default, PartialEq)]
struct Words {
    rules: BTreeSet<String>,
    /// Names that a rule binds, by its number.
    locals: BTreeSet<(usize, String)>,
}

/// Whether each use of a name is in words.
#[derive(Default)]
struct Uses {
    rules: BTreeMap<String, bool>,
    locals: BTreeMap<(usize, String), bool>,
}

impl Uses {
    fn words(self) -> Words {
        Words {
            rules: self
                .rules
                .into_iter()
                .filter(|(_, all)| *all)
                .map(|(name, _)| name)
                .collect(),
            locals: self
                .locals
                .into_iter()
                .filter(|(_, all)| *all)
                .map(|(name, _)| name)
                .collect(),
        }
    }
}

struct Walk<'a> {
    text: &'a str,
    words: &'a Words,
    /// Whether what is walked only reaches words.
    in_words: bool,
    rule: usize,
    uses: Uses,
    edits: Vec<Edit>,
}

impl<'a> Walk<'a> {
    fn new(text: &'a str, words: &'a Words) -> Self {
        Walk {
            text,
            words,
            in_words: false,
            rule: 0,
            uses: Uses::default(),
            edits: Vec::new(),
        }
    }

    fn span(&self, node: &Json) -> Option<(usize, usize)> {
        span(node, self.text)
    }

    fn expression_span(&self, node: &Json) -> Option<(usize, usize)> {
        self.span(variant(node)?.1)
    }

    /// From the head of a rule to the end of its last body.
    fn whole(&self, rule: &Json) -> Option<(usize, usize)> {
        let (start, mut end) = self.span(rule)?;
        for body in members(rule, "bodies") {
            end = end.max(self.span(body)?.1);
        }
        Some((start, end))
    }

    fn edit(&mut self, start: usize, end: usize, new: impl Into<String>, change: Change) {
        if !self.in_words {
            self.edits.push(Edit {
                start,
                end,
                new: new.into(),
                change,
            });
        }
    }

    /// Walks what only reaches words, or, inside of what does, what does not.
    fn in_words(&mut self, is_words: bool, walk: impl FnOnce(&mut Self)) {
        let outside = std::mem::replace(&mut self.in_words, is_words);
        walk(self);
        self.in_words = outside;
    }

    fn rule(&mut self, number: usize, rule: &Json, rules: &[&Json]) {
        self.rule = number;
        let Some(name) = rule_name(rule) else { return };
        let clauses = rules.iter().filter(|other| rule_name(other) == Some(name)).count();
        let is_words = self.words.rules.contains(name);
        let bodies = members(rule, "bodies");
        // Where some branch always holds, the others only choose the words; else they decide whether there are any.
        self.in_words(is_words && is_total(bodies), |walk| {
            if let Some((start, end)) = walk.whole(rule).filter(|_| clauses > 1 || VERDICTS.contains(&name)) {
                walk.edit(start, end, "", Change::DropClause);
            }
            walk.head(name, rule, is_words);
            for body in bodies {
                walk.branch(body, bodies.len(), is_words);
            }
        });
    }

    fn head(&mut self, name: &str, rule: &Json, is_words: bool) {
        // A default has no head: its parts are its own.
        let head = rule.get("head").and_then(variant).map_or(rule, |(_, head)| head);
        for argument in members(head, "args").iter().filter(|argument| !is_pattern(argument)) {
            self.node(argument);
        }
        self.in_words(is_words, |walk| {
            let assigned = head.get("assign").and_then(|assign| assign.get("value"));
            let values = [head.get("value"), assigned];
            values.into_iter().flatten().for_each(|value| walk.node(value));
        });
        match head.get("key").and_then(variant) {
            Some(("Call", call)) if name == "deny" || name == "unknown" => self.finding(call),
            _ => head.get("key").into_iter().for_each(|key| self.node(key)),
        }
    }

    /// A call that makes a finding: of what it is about, and then what it says of it.
    fn finding(&mut self, call: &Json) {
        let (about, said) = match members(call, "params") {
            [about, said @ ..] => (Some(about), said),
            [] => (None, [].as_slice()),
        };
        call.get("fcn").into_iter().for_each(|function| self.node(function));
        about.into_iter().for_each(|about| self.node(about));
        self.in_words(true, |walk| said.iter().for_each(|said| walk.node(said)));
    }

    /// One of a rule's bodies: the only one, or a branch with `else`.
    fn branch(&mut self, body: &Json, branches: usize, is_words: bool) {
        let query = body.get("query").unwrap_or(&Json::Null);
        if body.get("is_else").and_then(Json::as_bool) == Some(true) {
            if let Some((start, end)) = self.span(body) {
                // Without the branch that always holds, a finding may be without words, and so no finding.
                let in_words = self.in_words && !members(query, "stmts").is_empty();
                self.in_words(in_words, |walk| walk.edit(start, end, "", Change::DropClause));
            }
        } else if branches > 1
            && let [first, ..] = members(query, "stmts")
            && let Some((start, end)) = self.span(first)
            && let Some(stmt) = self.text.get(start..end)
        {
            let in_braces = self.span(query).is_some_and(|(begin, _)| begin < start);
            let never = if in_braces {
                format!("false; {stmt}")
            } else {
                format!("{{ false; {stmt} }}")
            };
            self.edit(start, end, never, Change::DropClause);
        }
        self.in_words(is_words, |walk| {
            let value = body.get("assign").and_then(|assign| assign.get("value"));
            value.into_iter().for_each(|value| walk.node(value));
        });
        self.query(query);
    }

    fn query(&mut self, query: &Json) {
        members(query, "stmts").iter().for_each(|stmt| self.statement(stmt));
    }

    fn statement(&mut self, stmt: &Json) {
        let Some((kind, literal)) = stmt.get("literal").and_then(variant) else {
            return;
        };
        let expression = literal.get("expr").and_then(variant);
        let place = self
            .span(stmt)
            .filter(|(start, end)| self.text.get(*start..*end) != Some("true"));
        match (kind, expression) {
            ("Expr", Some(("AssignExpr", assign))) if text_of(assign, "op") == Some("ColEq") => self.assign(assign),
            ("Expr" | "NotExpr" | "Every", _) => {
                if let Some((start, end)) = place {
                    self.edit(start, end, "true", Change::DropCondition);
                }
                if let Some((start, _)) = place {
                    match expression {
                        Some(_) if kind == "NotExpr" => {
                            self.edit(start, start + "not ".len(), "", Change::Negate);
                        }
                        Some(("Call" | "Var" | "RefDot" | "RefBrack" | "Membership", _)) => {
                            self.edit(start, start, "not ", Change::Negate);
                        }
                        _ => {}
                    }
                }
                ["expr", "domain"]
                    .iter()
                    .filter_map(|part| literal.get(*part))
                    .for_each(|part| self.node(part));
                literal.get("query").into_iter().for_each(|query| self.query(query));
            }
            _ => literal.get("collection").into_iter().for_each(|part| self.node(part)),
        }
        members(stmt, "with_mods")
            .iter()
            .filter_map(|with| with.get("as"))
            .for_each(|value| self.node(value));
    }

    /// `x := ...`: what is bound is words where each use of the name is.
    fn assign(&mut self, assign: &Json) {
        let bound = assign.get("lhs").and_then(var);
        let is_words = bound.is_some_and(|name| self.words.locals.contains(&(self.rule, name.to_owned())));
        self.in_words(self.in_words || is_words, |walk| {
            assign.get("rhs").into_iter().for_each(|value| walk.node(value))
        });
    }

    fn nodes(&mut self, nodes: &[Json]) {
        nodes.iter().for_each(|node| self.node(node));
    }

    fn parts(&mut self, inner: &Json, parts: &[&str]) {
        parts
            .iter()
            .filter_map(|part| inner.get(*part))
            .for_each(|part| self.node(part));
    }

    fn node(&mut self, node: &Json) {
        let Some((kind, inner)) = variant(node) else { return };
        match kind {
            "Var" => self.used(inner),
            "Bool" | "Number" | "String" | "RawString" => self.constant(kind, node, inner),
            "Array" | "Set" => self.list(kind, inner, false),
            "Object" => self.object(inner),
            "RefDot" => self.parts(inner, &["refr"]),
            "RefBrack" => {
                self.parts(inner, &["refr"]);
                // A text in brackets is a name.
                let index = inner.get("index").filter(|index| !is_text(index));
                index.into_iter().for_each(|index| self.node(index));
            }
            "Call" => self.call(inner),
            "ArrayCompr" | "SetCompr" | "ObjectCompr" => {
                self.parts(inner, &["key", "value", "term"]);
                inner.get("query").into_iter().for_each(|query| self.query(query));
            }
            "BoolExpr" | "BinExpr" | "ArithExpr" => self.operation(inner),
            "AssignExpr" => self.parts(inner, &["rhs"]),
            "Membership" => self.parts(inner, &["key", "value", "collection"]),
            _ => {}
        }
    }

    fn call(&mut self, call: &Json) {
        self.parts(call, &["fcn"]);
        let parameters = members(call, "params");
        let function = call.get("fcn").and_then(|function| self.expression_span(function));
        if let Some((start, end)) = function
            && let Some(name) = self.text.get(start..end)
        {
            for (_, other) in OTHER_CALLS.iter().filter(|(one, _)| *one == name) {
                self.edit(start, end, *other, Change::Operator);
            }
            match parameters {
                [one, other] if JOINS.contains(&name) => self.either(call, &[one, other]),
                [only] if ALIKE.contains(&name) => self.either(call, &[only]),
                [asked] if ARE_KNOWN.contains(&name) => return self.asked(asked),
                _ => {}
            }
        }
        self.nodes(parameters);
    }

    /// What is only asked whether it is known: what stands for it where it is unset makes no difference.
    fn asked(&mut self, asked: &Json) {
        match variant(asked) {
            Some(("Call", call)) if self.name(call) == Some(GET) => match members(call, "params") {
                [read @ .., fallback] if is_scalar(fallback) => self.nodes(read),
                parameters => self.nodes(parameters),
            },
            _ => self.node(asked),
        }
    }

    /// The name of the function that is called.
    fn name(&self, call: &Json) -> Option<&'a str> {
        let (start, end) = self.expression_span(call.get("fcn")?)?;
        self.text.get(start..end)
    }

    /// Leaves of an expression one part, each in turn.
    fn either(&mut self, whole: &Json, parts: &[&Json]) {
        let Some((start, end)) = self.span(whole) else { return };
        for part in parts {
            let text = self
                .expression_span(part)
                .and_then(|(start, end)| self.text.get(start..end));
            if let Some(text) = text {
                self.edit(start, end, text, Change::DropOperand);
            }
        }
    }

    fn used(&mut self, inner: &Json) {
        let Some(name) = text_of(inner, "value") else { return };
        let in_words = self.in_words;
        for all in [
            self.uses.rules.entry(name.to_owned()).or_insert(true),
            self.uses.locals.entry((self.rule, name.to_owned())).or_insert(true),
        ] {
            *all &= in_words;
        }
    }

    fn constant(&mut self, kind: &str, node: &Json, inner: &Json) {
        let Some((start, end)) = self.expression_span(node) else {
            return;
        };
        let Some(written) = self.text.get(start..end) else {
            return;
        };
        match kind {
            "Bool" => {
                let other = if written == "true" { "false" } else { "true" };
                self.edit(start, end, other, Change::Constant);
            }
            "Number" => {
                let Ok(number) = written.parse::<i64>() else { return };
                self.edit(start, end, number.saturating_add(1).to_string(), Change::Constant);
                // What is below nothing is no index, and no number of things.
                if number > 0 {
                    self.edit(start, end, (number - 1).to_string(), Change::Constant);
                }
            }
            // The empty text stands for none, which another would as well; a text with blanks is for people.
            _ if text_of(inner, "value").is_some_and(|text| text.is_empty() || text.contains(' ')) => {}
            _ => self.edit(end - 1, end - 1, "~", Change::Constant),
        }
    }

    /// A set or an array, which may be one of a list of them: then its elements have each their meaning, and are changed
    /// as well as left out.
    fn list(&mut self, kind: &str, inner: &Json, is_tuple: bool) {
        let items = members(inner, "items");
        let places: Option<Vec<(usize, usize)>> = items.iter().map(|item| self.expression_span(item)).collect();
        match places.as_deref() {
            Some([_]) => {
                let empty = if kind == "Set" { "set()" } else { "[]" };
                if let Some((start, end)) = self.span(inner) {
                    self.edit(start, end, empty, Change::DropElement);
                }
            }
            Some(places) => self.elements(places),
            None => {}
        }
        for item in items {
            match variant(item) {
                Some((kind @ ("Array" | "Set"), inner)) => self.list(kind, inner, true),
                _ if is_tuple || !is_scalar(item) => self.node(item),
                _ => {}
            }
        }
    }

    /// Leaves out each of several elements, with the comma behind it, or before it where it is the last.
    fn elements(&mut self, places: &[(usize, usize)]) {
        for (at, (start, end)) in places.iter().enumerate() {
            let (from, to) = match (
                places.get(at + 1),
                at.checked_sub(1).and_then(|before| places.get(before)),
            ) {
                (Some((next, _)), _) => (*start, *next),
                (None, Some((_, before))) => (*before, *end),
                (None, None) => continue,
            };
            self.edit(from, to, "", Change::DropElement);
        }
    }

    fn object(&mut self, inner: &Json) {
        // A field is [place, name, value].
        let fields: Vec<(&Json, &Json)> = members(inner, "fields")
            .iter()
            .filter_map(|field| Some((field.get(1)?, field.get(2)?)))
            .collect();
        let is_table = fields
            .iter()
            .all(|(name, value)| is_scalar(name) && is_scalar(value) && !is_member(name, &WORDS));
        if is_table {
            let place =
                |(name, value): &(&Json, &Json)| Some((self.expression_span(name)?.0, self.expression_span(value)?.1));
            let places: Option<Vec<(usize, usize)>> = fields.iter().map(place).collect();
            places.into_iter().for_each(|places| self.elements(&places));
        }
        for (name, value) in fields {
            if !is_scalar(name) {
                self.node(name);
            }
            // What a finding is known by is no word.
            let is_words = (self.in_words || is_member(name, &WORDS)) && !is_member(name, &[KEY]);
            self.in_words(is_words, |walk| walk.node(value));
        }
    }

    fn operation(&mut self, inner: &Json) {
        self.parts(inner, &["lhs", "rhs"]);
        let [Some(left), Some(right)] = ["lhs", "rhs"].map(|side| inner.get(side)) else {
            return;
        };
        let (Some((_, from)), Some((to, _))) = (self.expression_span(left), self.expression_span(right)) else {
            return;
        };
        let Some(between) = self.text.get(from..to) else { return };
        let sign = between.trim_matches(|c: char| c.is_whitespace() || matches!(c, '(' | ')'));
        let Some(start) = between.find(sign).map(|at| from + at) else {
            return;
        };
        let end = start + sign.len();
        let others = |table: &[(&str, &'static str)]| -> Vec<&'static str> {
            table
                .iter()
                .filter(|(one, _)| *one == sign)
                .map(|(_, other)| *other)
                .collect()
        };
        for other in others(&OPPOSITES) {
            self.edit(start, end, other, Change::Compare);
        }
        // A number beside it is changed by one, which is the same.
        if ![left, right]
            .into_iter()
            .any(|side| matches!(variant(side), Some(("Number", _))))
        {
            for other in others(&BOUNDS) {
                self.edit(start, end, other, Change::Compare);
            }
        }
        if sign == "|" {
            self.either(inner, &[left, right]);
        }
        for other in others(&OTHERS) {
            self.edit(start, end, other, Change::Operator);
        }
    }
}
