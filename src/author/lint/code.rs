//! Lints of what a policy's Rego does: arguments that no resource has, loops that are not linear, what is unknown taken
//! for absent.

use std::collections::{BTreeMap, BTreeSet};

use serde_json::Value as Json;

use super::Fault;
use super::steps::{
    Kind, Step, array, call, is, is_get, is_of_a_type, kind_of_section, literal, mode_of, start, steps, var,
};
use crate::author::schema::{Mode, Schema};
use crate::engine::variant;
use crate::model::Resource;
use crate::pack::nearest;

/// Members of the markers that stand in the place of a value.
const MARKERS: [&str; 4] = ["unknown", "unset", "sensitive", "from"];

/// Functions of `data.lib.tf` that take a resource and the way to an argument of it.
const TAKE_ARGUMENT: [&str; 9] = [
    "get",
    "blocks",
    "own_blocks",
    "is_left_out",
    "references",
    "targets",
    "candidates",
    "may_refer",
    "is_set_apart",
];

/// Those that take a type and the argument by which resources of it refer.
const TAKE_REFERRER: [&str; 5] = [
    "attached",
    "referrers",
    "lacks",
    "may_be_attached",
    "may_yet_be_attached",
];

/// Everything that is wrong with the Rego of a file; the tree is the engine's.
pub(super) fn faults(path: &str, text: &str, tree: &Json) -> Vec<Fault> {
    let rules = || array(tree, "rules").iter().filter_map(variant);
    let arrays = rules().filter_map(|(_, rule)| {
        let head = variant(rule.get("head")?)?.1;
        let value = head.get("assign")?.get("value")?;
        let steps = steps(head.get("refr")?)?;
        matches!(variant(value)?, ("ArrayCompr", _)).then(|| steps.into_iter().next()?.name)?
    });
    let mut code = Code {
        path,
        text,
        schema: Schema::aws(),
        arrays: arrays.collect(),
        kinds: BTreeMap::new(),
        looked_up: BTreeSet::new(),
        is_denial: false,
        faults: Vec::new(),
    };
    for (_, rule) in rules() {
        code.kinds.clear();
        code.looked_up.clear();
        code.bind(rule);
        let name = rule
            .get("head")
            .and_then(variant)
            .and_then(|(_, head)| steps(head.get("refr")?));
        code.is_denial = name.is_some_and(|steps| is(steps.first(), "deny"));
        code.node(rule, Loops::default());
    }
    code.faults
}

struct Code<'a> {
    path: &'a str,
    text: &'a str,
    schema: &'a Schema,
    /// Rules that are arrays as long as the plan.
    arrays: BTreeSet<String>,
    /// The types of the resources that names of a rule stand for; none where they differ.
    kinds: BTreeMap<String, Option<Kind>>,
    /// Names that stand for what `tf.get` found.
    looked_up: BTreeSet<String>,
    is_denial: bool,
    faults: Vec<Fault>,
}

/// What is being gone through where an expression stands.
#[derive(Clone, Copy, Default)]
struct Loops {
    /// Anything.
    any: bool,
    /// The resources of a type.
    resources: bool,
}

impl Code<'_> {
    fn fault(&mut self, lint: &'static str, at: usize, message: String) {
        self.faults.push(Fault::at(lint, self.path, self.text, at, message));
    }

    /// Learns what the names of a rule stand for.
    fn bind(&mut self, node: &Json) {
        match node {
            Json::Array(nodes) => nodes.iter().for_each(|node| self.bind(node)),
            Json::Object(members) => {
                match variant(node) {
                    Some(("SomeIn", inner)) => {
                        let kind = inner.get("collection").and_then(|list| self.kind_of_list(list));
                        self.name(inner.get("value"), kind);
                    }
                    Some(("AssignExpr", inner)) => {
                        let value = inner.get("rhs").unwrap_or(&Json::Null);
                        self.name(inner.get("lhs"), self.kind_of(value));
                        let name = inner.get("lhs").and_then(var);
                        self.looked_up.extend(name.filter(|_| is_get(value)).map(str::to_owned));
                    }
                    _ => {}
                }
                members.values().for_each(|part| self.bind(part));
            }
            _ => {}
        }
    }

    fn name(&mut self, name: Option<&Json>, kind: Option<Kind>) {
        if let Some(name) = name.and_then(var) {
            let known = self.kinds.entry(name.to_owned()).or_insert_with(|| kind.clone());
            if *known != kind {
                *known = None;
            }
        }
    }

    /// The type of the resources in a list.
    fn kind_of_list(&self, node: &Json) -> Option<Kind> {
        if let Some((function, parameters)) = call(node) {
            let kind = literal(parameters.get(1)?)?.0;
            return (function == "tf.attached").then_some((Mode::Managed, kind));
        }
        kind_of_section(&steps(node)?)
            .filter(|(_, rest)| *rest == 0)
            .map(|(kind, _)| kind)
    }

    /// The type of a resource.
    fn kind_of(&self, node: &Json) -> Option<Kind> {
        kind_of_section(&steps(node)?)
            .filter(|(_, rest)| *rest == 1)
            .map(|(kind, _)| kind)
    }

    fn node(&mut self, node: &Json, loops: Loops) {
        match node {
            Json::Array(nodes) => nodes.iter().for_each(|node| self.node(node, loops)),
            Json::Object(members) => {
                if let Some(stmts) = members.get("stmts").and_then(Json::as_array) {
                    self.query(stmts, loops);
                    return;
                }
                if let Some((kind, inner)) = variant(node) {
                    self.expression(kind, node, inner, loops);
                    return;
                }
                members.values().for_each(|part| self.node(part, loops));
            }
            _ => {}
        }
    }

    fn query(&mut self, stmts: &[Json], mut loops: Loops) {
        for stmt in stmts {
            let Some((kind, inner)) = stmt.get("literal").and_then(variant) else {
                continue;
            };
            if kind == "SomeIn" {
                let list = inner.get("collection").unwrap_or(&Json::Null);
                self.node(list, loops);
                if let Some(at) = steps(list).and_then(|steps| is_of_a_type(&steps)) {
                    if loops.resources {
                        let message = "goes through the resources of a type for each resource of another: join them by \
                                       `tf.attached`, by `position`, or through an object that is made once";
                        self.fault("nested-loop", at, message.to_owned());
                    }
                    loops.resources = true;
                }
                loops.any = true;
                continue;
            }
            if kind == "NotExpr" {
                self.negated(inner.get("expr").unwrap_or(&Json::Null));
            }
            self.node(inner, loops);
        }
    }

    /// A condition that holds where an argument is absent, and where it is unknown.
    fn negated(&mut self, expression: &Json) {
        let name = var(expression).filter(|name| self.looked_up.contains(*name));
        let is_lookup = is_get(expression) || name.is_some();
        let steps = steps(expression).unwrap_or_default();
        let of_values = is(steps.get(1), "values") && steps.len() > 2;
        let of_marker = steps
            .last()
            .and_then(|step| step.name.as_deref())
            .is_some_and(|name| MARKERS.contains(&name));
        // What is handed to a call is worked out before the `not` elsewhere in Rego.
        let handed = call(expression).map(|(_, parameters)| parameters).unwrap_or_default();
        let is_handed = handed
            .iter()
            .filter_map(super::steps::steps)
            .any(|steps| is(steps.get(1), "values"));
        if is_handed {
            let message = "holds where the argument is absent, too, since the call then has no value: give what `tf.get` says \
                           of it a name before";
            self.fault("negated-lookup", start(expression), message.to_owned());
        }
        if is_lookup || (of_values && !of_marker) {
            let message = "holds where the argument is false, absent or known only after apply: ask `tf.is_false(tf.get(\
                           ...))` here, and `tf.is_unknown` in `unknown`";
            self.fault("negated-lookup", start(expression), message.to_owned());
        }
    }

    fn expression(&mut self, kind: &str, node: &Json, inner: &Json, loops: Loops) {
        match kind {
            "RefDot" | "RefBrack" | "Var" => {
                if let Some(steps) = steps(node) {
                    self.reference(&steps);
                }
                return self.indices(node, loops);
            }
            "Call" => {
                if let Some((function, parameters)) = call(node) {
                    self.call(&function, parameters, start(node));
                }
                return self.node(inner.get("params").unwrap_or(&Json::Null), loops);
            }
            "BoolExpr" if self.is_denial && inner.get("op").and_then(Json::as_str) == Some("Ne") => {
                let sides = ["lhs", "rhs"].map(|side| inner.get(side).unwrap_or(&Json::Null));
                let is_value = |side: &&Json| {
                    let steps = steps(side).unwrap_or_default();
                    is(steps.get(1), "values") && steps.len() > 2
                };
                let is_literal =
                    |side: &&Json| matches!(variant(side), Some(("String" | "RawString" | "Number" | "Bool", _)));
                if let (Some(value), true) = (sides.iter().copied().find(is_value), sides.iter().any(is_literal)) {
                    let message = "a value that is known only after apply differs from every other, so this fails it: \
                                   take `tf.get`, and ask `tf.is_known` first";
                    self.fault("unknown-differs", start(value), message.to_owned());
                }
            }
            "Membership" if loops.any => {
                let list = inner.get("collection").unwrap_or(&Json::Null);
                let is_pair = inner.get("key").is_some_and(|key| !key.is_null());
                if let Some(name) = var(list).filter(|name| !is_pair && self.arrays.contains(*name)) {
                    let message = format!("looks through all of `{name}` in each round: make it a set, {{x | ...}}");
                    self.fault("array-membership", start(list), message);
                }
            }
            "ArrayCompr" | "SetCompr" | "ObjectCompr" => {
                self.node(inner.get("query").unwrap_or(&Json::Null), loops);
                for part in ["term", "key", "value"].iter().filter_map(|part| inner.get(*part)) {
                    self.node(part, Loops { any: true, ..loops });
                }
                return;
            }
            _ => {}
        }
        if let Some(members) = inner.as_object() {
            members.values().for_each(|part| self.node(part, loops));
        }
    }

    /// What stands in the brackets of a reference, and what it starts from where that is no name.
    fn indices(&mut self, node: &Json, loops: Loops) {
        match variant(node) {
            Some(("RefBrack", inner)) => {
                self.node(inner.get("index").unwrap_or(&Json::Null), loops);
                self.indices(inner.get("refr").unwrap_or(&Json::Null), loops);
            }
            Some(("RefDot", inner)) => self.indices(inner.get("refr").unwrap_or(&Json::Null), loops),
            Some(("Var", _)) | None => {}
            Some(_) => self.node(node, loops),
        }
    }

    fn reference(&mut self, steps: &[Step]) {
        if is(steps.first(), "input") {
            if let (Some(mode), Some(step)) = (mode_of(steps), steps.get(2))
                && let Some(name) = &step.name
            {
                self.type_name(mode, name, step.at);
            }
            return;
        }
        let Some(Some((mode, kind))) = steps.first().and_then(|step| self.kinds.get(step.name.as_deref()?)) else {
            return;
        };
        let (mode, kind) = (*mode, kind.clone());
        let Some((member, at)) = steps.get(1).and_then(|step| Some((step.name.as_deref()?, step.at))) else {
            return;
        };
        match member {
            "values" | "before" => {
                let named = steps[2..]
                    .iter()
                    .filter_map(|step| Some((step.name.as_deref()?, step.at)));
                let way: Vec<(&str, usize)> = named.take_while(|(name, _)| !MARKERS.contains(name)).collect();
                self.argument(mode, &kind, &way);
            }
            "config" | "references" => {
                if let Some((name, at)) = steps.get(2).and_then(|step| Some((step.name.as_deref()?, step.at))) {
                    self.dotted(mode, &kind, name, at);
                }
            }
            "referrers" => {
                if let Some((name, at)) = steps.get(2).and_then(|step| Some((step.name.as_deref()?, step.at))) {
                    self.type_name(Mode::Managed, name, at);
                }
            }
            _ if Resource::members().any(|known| known == member) => {}
            _ => {
                let hint = nearest::hint(member, Resource::members());
                self.fault(
                    "unknown-member",
                    at,
                    format!("a resource has no member `{member}`{hint}"),
                );
            }
        }
    }

    fn call(&mut self, function: &str, parameters: &[Json], at: usize) {
        let is_made = |node: &Json| matches!(variant(node), Some(("ArrayCompr" | "SetCompr", _)));
        if matches!(function, "union" | "object.union_n") && parameters.first().is_some_and(is_made) {
            let message =
                format!("`{function}` of a comprehension is quadratic: make one comprehension with two `some`");
            self.fault("quadratic-union", at, message);
        }
        let Some(function) = function.strip_prefix("tf.") else {
            return;
        };
        if TAKE_REFERRER.contains(&function) {
            let Some((kind, at)) = parameters.get(1).and_then(literal) else {
                return;
            };
            self.type_name(Mode::Managed, &kind, at);
            if let Some((argument, at)) = parameters.get(2).and_then(literal) {
                self.dotted(Mode::Managed, &kind, &argument, at);
            }
            return;
        }
        if !TAKE_ARGUMENT.contains(&function) {
            return;
        }
        if let Some((kind, at)) = parameters.get(2).and_then(literal).filter(|_| function == "targets")
            && self.schema.no_type(Mode::Data, &kind).is_some()
        {
            self.type_name(Mode::Managed, &kind, at);
        }
        let known = parameters
            .first()
            .and_then(var)
            .and_then(|name| self.kinds.get(name))
            .cloned();
        let (Some(Some((mode, kind))), Some(path)) = (known, parameters.get(1)) else {
            return;
        };
        match variant(path) {
            Some(("Array", inner)) => {
                let way: Vec<(String, usize)> = array(inner, "items").iter().filter_map(literal).collect();
                let way: Vec<(&str, usize)> = way.iter().map(|(name, at)| (name.as_str(), *at)).collect();
                self.argument(mode, &kind, &way);
            }
            _ => {
                if let Some((argument, at)) = literal(path) {
                    self.dotted(mode, &kind, &argument, at);
                }
            }
        }
    }

    fn type_name(&mut self, mode: Mode, name: &str, at: usize) {
        if let Some(message) = self.schema.no_type(mode, name) {
            self.fault("unknown-type", at, message);
        }
    }

    fn dotted(&mut self, mode: Mode, kind: &str, argument: &str, at: usize) {
        let way: Vec<(&str, usize)> = argument.split('.').map(|step| (step, at)).collect();
        self.argument(mode, kind, &way);
    }

    fn argument(&mut self, mode: Mode, kind: &str, way: &[(&str, usize)]) {
        let names: Vec<&str> = way.iter().map(|(name, _)| *name).collect();
        if let Some((step, message)) = self.schema.no_argument(mode, kind, &names) {
            self.fault("unknown-argument", way[step].1, message);
        }
    }
}
