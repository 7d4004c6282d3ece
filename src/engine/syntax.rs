//! What a file of Rego says: its imports, rules, references and calls, read from the engine's syntax tree.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::sure;

/// A file of Rego.
pub(super) struct Module {
    pub(super) package: String,
    pub(super) imports: Vec<Import>,
    pub(super) rules: Vec<Rule>,
}

/// `import data.lib.tf as tf`.
pub(super) struct Import {
    pub(super) line: u64,
    /// `["data", "lib", "tf"]`.
    pub(super) path: Vec<String>,
    pub(super) alias: String,
}

/// One definition of a rule or function; others of the same name may follow.
pub(super) struct Rule {
    pub(super) line: u64,
    /// The first part of its head: `a` of `a.b[c]`.
    pub(super) name: String,
    pub(super) form: Form,
    pub(super) uses: Vec<Use>,
    /// The names that it binds itself: arguments, `some`, `:=`.
    pub(super) locals: BTreeSet<String>,
    /// Whether it loops and makes, in each round, what may be undefined.
    pub(super) unsure_in_loop: bool,
}

/// What a rule makes.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Form {
    /// A value.
    Value,
    /// A set, by `contains`.
    Set,
    /// A function of so many arguments.
    Function(usize),
}

/// Something that a rule refers to.
pub(super) struct Use {
    pub(super) line: u64,
    /// The static parts, from the first name on: `["data", "lib", "tf", "get"]`.
    pub(super) path: Vec<String>,
    pub(super) how: How,
}

/// How a rule refers to it.
pub(super) enum How {
    /// Its value.
    Read,
    /// By a call.
    Call {
        arguments: usize,
        /// The format and the number of values, where it is a `sprintf` of literals.
        format: Option<(String, usize)>,
    },
    /// By `with <it> as`.
    With,
}

/// Reads the engine's syntax tree of one file; the tree has places where the text has names.
pub(super) fn module(ast: &Json, text: &str) -> Option<Module> {
    let imports = ast.get("imports")?.as_array()?.iter();
    let rules = ast.get("rules")?.as_array()?.iter();
    Some(Module {
        package: path(ast.get("package")?.get("refr")?)?.join("."),
        imports: imports.map(|node| import(node, text)).collect::<Option<_>>()?,
        rules: rules.map(|node| rule(node, text)).collect::<Option<_>>()?,
    })
}

fn import(import: &Json, text: &str) -> Option<Import> {
    let path = path(import.get("refr")?)?;
    let alias = match import.get("as") {
        Some(place) => name_at(place, text)?,
        None => path.last()?.clone(),
    };
    Some(Import {
        line: line(import),
        path,
        alias,
    })
}

fn rule(rule: &Json, text: &str) -> Option<Rule> {
    let (kind, inner) = variant(rule)?;
    let mut walk = Walk {
        text,
        uses: Vec::new(),
        locals: BTreeSet::new(),
        parameters: BTreeMap::new(),
    };
    let (refr, form) = if kind == "Spec" {
        let (kind, head) = variant(inner.get("head")?)?;
        let form = match kind {
            "Func" => {
                let arguments = head.get("args")?.as_array()?;
                arguments.iter().for_each(|argument| walk.bind(argument));
                Form::Function(arguments.len())
            }
            "Set" if head.get("key").is_some_and(|key| !key.is_null()) => Form::Set,
            _ => Form::Value,
        };
        let refr = head.get("refr")?;
        // The head's first name is the rule; what stands in its brackets is used.
        walk.inside(refr);
        ["key", "assign"]
            .iter()
            .filter_map(|part| head.get(*part))
            .for_each(|part| walk.node(part));
        walk.node(inner.get("bodies")?);
        (refr, form)
    } else {
        let arguments = inner.get("args")?.as_array()?;
        arguments.iter().for_each(|argument| walk.bind(argument));
        walk.node(inner.get("value")?);
        let form = if arguments.is_empty() {
            Form::Value
        } else {
            Form::Function(arguments.len())
        };
        (inner.get("refr")?, form)
    };
    let name = path(refr)?.into_iter().next()?;
    let unsure_in_loop = form == Form::Value && sure::unsure_in_loop(inner);
    Some(Rule {
        line: line(inner),
        name,
        form,
        uses: walk.uses,
        locals: walk.locals,
        unsure_in_loop,
    })
}

struct Walk<'a> {
    text: &'a str,
    uses: Vec<Use>,
    locals: BTreeSet<String>,
    /// The names that stand for parameters, and which.
    parameters: BTreeMap<String, Vec<String>>,
}

impl Walk<'_> {
    /// Any part of the tree.
    fn node(&mut self, node: &Json) {
        match node {
            Json::Array(nodes) => nodes.iter().for_each(|node| self.node(node)),
            Json::Object(members) => {
                if let Some((kind, inner)) = variant(node) {
                    self.expression(kind, node, inner);
                } else {
                    // A `with` names what it stands in for.
                    if let (Some(target), Some(_)) = (members.get("refr"), members.get("as")) {
                        self.reference(target, How::With);
                    }
                    let parts = members
                        .iter()
                        .filter(|(name, _)| !matches!(name.as_str(), "refr" | "span"));
                    parts.for_each(|(_, part)| self.node(part));
                }
            }
            _ => {}
        }
    }

    fn expression(&mut self, kind: &str, node: &Json, inner: &Json) {
        match kind {
            "Var" | "RefDot" | "RefBrack" => self.reference(node, How::Read),
            "Call" => self.call(inner),
            "SomeVars" => {
                let places = inner.get("vars").and_then(Json::as_array).into_iter().flatten();
                self.locals.extend(places.filter_map(|place| name_at(place, self.text)));
            }
            "SomeIn" => {
                ["key", "value"]
                    .iter()
                    .filter_map(|part| inner.get(*part))
                    .for_each(|part| self.bind(part));
                self.node(inner.get("collection").unwrap_or(&Json::Null));
            }
            "Every" => {
                let places = ["key", "value"].iter().filter_map(|part| inner.get(*part));
                self.locals.extend(places.filter_map(|place| name_at(place, self.text)));
                ["domain", "query"]
                    .iter()
                    .filter_map(|part| inner.get(*part))
                    .for_each(|part| self.node(part));
            }
            "AssignExpr" if inner.get("op").and_then(Json::as_str) == Some("ColEq") => {
                inner.get("lhs").into_iter().for_each(|part| self.bind(part));
                let value = inner.get("rhs").unwrap_or(&Json::Null);
                if let (Some(names), Some(path)) = (inner.get("lhs").and_then(path), path(value))
                    && path.starts_with(&["input".to_owned(), "params".to_owned()])
                    && is_static(value)
                {
                    self.parameters.extend(names.first().map(|name| (name.clone(), path)));
                }
                self.node(value);
            }
            "String" | "RawString" | "Number" | "Bool" | "Null" => {}
            _ => inner
                .as_object()
                .into_iter()
                .flatten()
                .for_each(|(_, part)| self.node(part)),
        }
    }

    fn call(&mut self, call: &Json) {
        let parameters = call
            .get("params")
            .and_then(Json::as_array)
            .map(Vec::as_slice)
            .unwrap_or_default();
        let format = match parameters {
            [format, values, ..] => literal(format).zip(length(values)),
            _ => None,
        };
        if let Some(function) = call.get("fcn") {
            self.reference(
                function,
                How::Call {
                    arguments: parameters.len(),
                    format,
                },
            );
        }
        self.read_by_get(call, parameters);
        parameters.iter().for_each(|parameter| self.node(parameter));
    }

    /// `object.get(input, "x", y)` reads `input.x`.
    fn read_by_get(&mut self, call: &Json, parameters: &[Json]) {
        let [object, key, ..] = parameters else { return };
        let is_get = call
            .get("fcn")
            .and_then(path)
            .is_some_and(|name| name == ["object", "get"]);
        let Some(mut path) = path(object).filter(|path| is_get && path[0] == "input" && is_static(object)) else {
            return;
        };
        match variant(key) {
            Some(("Array", inner)) => {
                let items = inner.get("items").and_then(Json::as_array).into_iter().flatten();
                path.extend(items.map_while(literal));
            }
            _ => path.extend(literal(key)),
        }
        self.uses.push(Use {
            line: place(key),
            path,
            how: How::Read,
        });
    }

    fn reference(&mut self, node: &Json, how: How) {
        match path(node) {
            Some(path) => {
                // A name that stands for a policy's parameters is read as they are.
                if let Some(parameters) = self.parameters.get(&path[0]) {
                    self.uses.push(Use {
                        line: place(node),
                        path: [parameters, &path[1..]].concat(),
                        how: How::Read,
                    });
                }
                self.uses.push(Use {
                    line: place(node),
                    path,
                    how,
                });
            }
            None => self.head(node),
        }
        self.inside(node);
    }

    /// What a reference starts from, where that is no name: `{...}[x]`, `f(x).y`.
    fn head(&mut self, node: &Json) {
        match variant(node) {
            Some(("RefDot" | "RefBrack", inner)) => self.head(inner.get("refr").unwrap_or(&Json::Null)),
            _ => self.node(node),
        }
    }

    /// What stands in the brackets of a reference.
    fn inside(&mut self, node: &Json) {
        if let Some(("RefDot" | "RefBrack", inner)) = variant(node) {
            inner.get("index").into_iter().for_each(|index| self.node(index));
            inner.get("refr").into_iter().for_each(|refr| self.inside(refr));
        }
    }

    /// A pattern whose names are bound here.
    fn bind(&mut self, node: &Json) {
        match variant(node) {
            Some(("Var", inner)) => {
                self.locals
                    .extend(inner.get("value").and_then(Json::as_str).map(str::to_owned));
            }
            Some(("Array" | "Object" | "Set", inner)) => {
                for part in ["items", "fields"] {
                    let parts = inner.get(part).and_then(Json::as_array).into_iter().flatten();
                    // A field is [place, name, pattern].
                    parts.for_each(|part| self.bind(part.get(2).unwrap_or(part)));
                }
            }
            _ => self.node(node),
        }
    }
}

/// `{"<kind>": {...}}`: the one member of a node, whose name begins with a capital.
pub(crate) fn variant(node: &Json) -> Option<(&str, &Json)> {
    let members = node.as_object().filter(|members| members.len() == 1)?;
    let (kind, inner) = members.iter().next()?;
    kind.starts_with(|first: char| first.is_ascii_uppercase())
        .then_some((kind.as_str(), inner))
}

/// The static parts of a reference from a name on; it ends before the first bracket that holds no string.
fn path(node: &Json) -> Option<Vec<String>> {
    let (kind, inner) = variant(node)?;
    match kind {
        "Var" => Some(vec![inner.get("value")?.as_str()?.to_owned()]),
        "RefDot" | "RefBrack" => {
            let refr = inner.get("refr")?;
            let mut parts = path(refr)?;
            let part = match kind {
                "RefDot" => inner.get("field")?.get(1)?.as_str().map(str::to_owned),
                _ => inner.get("index").and_then(literal),
            };
            if let Some(part) = part.filter(|_| is_static(refr)) {
                parts.push(part);
            }
            Some(parts)
        }
        _ => None,
    }
}

/// Whether a reference has only names and strings in it.
fn is_static(node: &Json) -> bool {
    match variant(node) {
        Some(("Var", _)) => true,
        Some(("RefDot", inner)) => inner.get("refr").is_some_and(is_static),
        Some(("RefBrack", inner)) => {
            inner.get("index").and_then(literal).is_some() && inner.get("refr").is_some_and(is_static)
        }
        _ => false,
    }
}

fn literal(node: &Json) -> Option<String> {
    match variant(node)? {
        ("String" | "RawString", inner) => inner.get("value")?.as_str().map(str::to_owned),
        _ => None,
    }
}

fn length(node: &Json) -> Option<usize> {
    match variant(node)? {
        ("Array", inner) => Some(inner.get("items")?.as_array()?.len()),
        _ => None,
    }
}

/// The text of a place, `{line, col, start, end}`.
fn name_at(place: &Json, text: &str) -> Option<String> {
    let byte = |end: &str| {
        place
            .get(end)
            .and_then(Json::as_u64)
            .and_then(|at| usize::try_from(at).ok())
    };
    text.get(byte("start")?..byte("end")?).map(str::to_owned)
}

fn place(node: &Json) -> u64 {
    variant(node).map_or(0, |(_, inner)| line(inner))
}

fn line(node: &Json) -> u64 {
    node.get("span")
        .and_then(|span| span.get("line"))
        .and_then(Json::as_u64)
        .unwrap_or(0)
}

/// The elements of a list of the tree; none where it has none.
pub(crate) fn members<'j>(node: &'j Json, name: &str) -> &'j [Json] {
    node.get(name)
        .and_then(Json::as_array)
        .map(Vec::as_slice)
        .unwrap_or_default()
}

/// A text of the tree.
pub(crate) fn text_of<'j>(node: &'j Json, name: &str) -> Option<&'j str> {
    node.get(name).and_then(Json::as_str)
}

/// The bytes that a part of the tree stands for. The tree leaves a quote out that a part begins or ends with.
pub(crate) fn span(node: &Json, text: &str) -> Option<(usize, usize)> {
    let place = node.get("span")?;
    let byte = |end: &str| usize::try_from(place.get(end)?.as_u64()?).ok();
    let is_quote = |at: usize| matches!(text.as_bytes().get(at), Some(b'"' | b'`'));
    let (start, end) = (byte("start")?, byte("end")?);
    let start = start.checked_sub(1).filter(|before| is_quote(*before)).unwrap_or(start);
    Some((start, end + usize::from(is_quote(end))))
}

/// The first name of a rule's head.
pub(crate) fn rule_name(rule: &Json) -> Option<&str> {
    let head = rule.get("head").and_then(variant).map_or(rule, |(_, head)| head);
    let mut refr = head.get("refr")?;
    loop {
        match variant(refr)? {
            ("Var", inner) => return text_of(inner, "value"),
            (_, inner) => refr = inner.get("refr")?,
        }
    }
}

/// The names that a statement gives a value, outside of what it makes by comprehensions.
pub(super) fn bound(statement: &Json, names: &mut Vec<String>) {
    let Some((kind, literal)) = statement.get("literal").and_then(variant) else {
        return;
    };
    match kind {
        "SomeIn" => ["key", "value"]
            .iter()
            .for_each(|part| pattern(literal.get(*part), names)),
        "Expr" => {
            if let Some(("AssignExpr", assign)) = literal.get("expr").and_then(variant) {
                pattern(assign.get("lhs"), names);
                if text_of(assign, "op") != Some("ColEq") {
                    pattern(assign.get("rhs"), names);
                }
            }
        }
        _ => {}
    }
}

/// The names in what takes a value apart.
fn pattern(node: Option<&Json>, names: &mut Vec<String>) {
    let Some((kind, inner)) = node.and_then(variant) else {
        return;
    };
    match kind {
        "Var" => names.extend(
            text_of(inner, "value")
                .filter(|name| !["_", "input", "data"].contains(name))
                .map(str::to_owned),
        ),
        "Array" | "Set" => members(inner, "items")
            .iter()
            .for_each(|item| pattern(Some(item), names)),
        "Object" => members(inner, "fields")
            .iter()
            .for_each(|field| pattern(field.get(2), names)),
        _ => {}
    }
}
