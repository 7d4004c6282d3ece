//! Values as a policy sees them: what is known, with a marker where the plan cannot tell or must not.
//!
//! `after` leaves out what is not known, `after_unknown` and `after_sensitive` mirror its shape
//! (<https://developer.hashicorp.com/terraform/internals/json-format#change-representation>).

use std::sync::Arc;

use super::blocks::is_never_filled_in;
use super::config::any_element;
use super::map::Map;
use super::reference::{Resolved, Resolver, Scope};
use super::value::Value;
use crate::plan::{Block, Expression, Leaf};

/// Why a value is not known of a resource that the plan's configuration leaves out, as plans that were cut down do.
const NO_CONFIGURATION: &str = "no configuration in the plan";

/// What the configuration says of a value.
#[derive(Clone, Copy)]
enum Configured<'e, 'p> {
    /// It gives this expression.
    Leaf(&'e Leaf<'p>),
    /// It gives this block.
    Block(&'e Block<'p>),
    /// It gives these blocks.
    Blocks(&'e [Block<'p>]),
    /// It leaves the argument out.
    Not,
    /// It cannot be told: a `dynamic` block is not in the plan's configuration.
    Untold,
    /// The plan has no configuration of the resource.
    Nowhere,
}

impl<'e, 'p> From<&'e Expression<'p>> for Configured<'e, 'p> {
    fn from(expression: &'e Expression<'p>) -> Self {
        match expression {
            Expression::Leaf(leaf) => Configured::Leaf(leaf),
            Expression::Block(block) => Configured::Block(block),
            Expression::Blocks(blocks) => Configured::Blocks(blocks),
        }
    }
}

/// Whether a value is one that is not known, and nothing in the plan says where it will come from.
pub(crate) fn is_untold(value: &Value) -> bool {
    *value == Value::unknown([]) || *value == Value::unknown([Arc::from(NO_CONFIGURATION)])
}

/// Merges the parts of a change into values with markers.
pub(crate) struct Merge<'m, 'p> {
    /// The type of the resource.
    pub kind: &'m str,
    pub resolver: &'m Resolver<'m, 'p>,
    pub scope: Scope<'m, 'p>,
}

impl<'m, 'p> Merge<'m, 'p> {
    /// Merges a whole resource; `arguments` are those that its configuration sets. Where there was
    /// no change `planned` for it, an argument without a value is one that is not known.
    pub(crate) fn resource(
        &self,
        known: Value,
        unknown: &Value,
        sensitive: &Value,
        arguments: Option<&Block<'p>>,
        planned: bool,
    ) -> Value {
        let configured = arguments.map_or(Configured::Nowhere, Configured::Block);
        let whole = *unknown == Value::Bool(true);
        let mut values = if whole {
            Map::new()
        } else {
            self.merge_members(known, unknown, sensitive, configured)
        };
        if whole || !planned {
            for (name, argument) in arguments.into_iter().flat_map(Block::iter) {
                values
                    .entry(Arc::from(&**name))
                    .or_insert_with(|| self.marker(argument.into()));
            }
        }
        for (name, value) in &mut values {
            if value.is_unset() && is_never_filled_in(self.kind, name) {
                // A `dynamic` block over what is not known.
                *value = Value::unknown([]);
            }
        }
        Value::Object(values)
    }

    fn merge_members(&self, known: Value, unknown: &Value, sensitive: &Value, config: Configured<'_, 'p>) -> Map {
        match self.merge(known, unknown, sensitive, config) {
            Value::Object(members) => members,
            _ => Map::new(),
        }
    }

    fn merge(&self, known: Value, unknown: &Value, sensitive: &Value, config: Configured<'_, 'p>) -> Value {
        if *unknown == Value::Bool(true) {
            return self.marker(config);
        }
        if is_secret(&known, sensitive) {
            return hidden(known);
        }
        if !tells(unknown) && !tells(sensitive) {
            return known;
        }
        match (known, unknown) {
            (Value::Object(known), unknown) => self.object(known, unknown.as_object(), sensitive, config),
            (Value::Null, Value::Object(unknown)) if unknown.values().any(tells) => {
                self.object(Map::new(), Some(unknown), sensitive, config)
            }
            // Where nothing of a list is known, only its mirror tells its elements.
            (Value::Null, Value::Array(unknown)) if unknown.iter().any(tells) => {
                self.array(vec![Value::Null; unknown.len()], unknown, sensitive, config)
            }
            (Value::Array(known), unknown) => {
                self.array(known, unknown.as_array().unwrap_or_default(), sensitive, config)
            }
            (known, _) => known,
        }
    }

    fn object(&self, mut members: Map, unknown: Option<&Map>, sensitive: &Value, config: Configured<'_, 'p>) -> Value {
        let part = |name: &str| match config {
            Configured::Block(arguments) => arguments.get(name).map_or(Configured::Not, Configured::from),
            // One expression gives the whole object, so it gives its members too.
            config => config,
        };
        for (name, value) in &mut members {
            let unknown = unknown.and_then(|unknown| unknown.get(name)).unwrap_or(&Value::Null);
            let sensitive = sensitive.get(name).unwrap_or(&Value::Null);
            *value = self.merge(std::mem::take(value), unknown, sensitive, part(name));
        }
        let unknown = unknown.into_iter().flatten();
        let of_no_value = unknown.filter(|(name, unknown)| !members.contains_key(*name) && tells(unknown));
        let of_no_value: Vec<(Arc<str>, Value)> = of_no_value
            .map(|(name, unknown)| {
                let sensitive = sensitive.get(name).unwrap_or(&Value::Null);
                let value = self.merge(Value::Null, unknown, sensitive, part(name));
                (name.clone(), value)
            })
            .collect();
        if of_no_value.is_empty() {
            return Value::Object(members);
        }
        Value::Object(members.into_iter().chain(of_no_value).collect())
    }

    fn array(&self, known: Vec<Value>, unknown: &[Value], sensitive: &Value, config: Configured<'_, 'p>) -> Value {
        let blocks = blocks(config);
        let (known, unknown) = align(known, unknown);
        let pairs = blocks.map(|blocks| pair(blocks, &known));
        let sensitive = sensitive.as_array().unwrap_or_default();
        let merged = known.into_iter().enumerate().map(|(at, value)| {
            let config = match (blocks, &pairs) {
                (Some(blocks), Some(pairs)) => {
                    pairs[at].map_or(Configured::Untold, |block| Configured::Block(&blocks[block]))
                }
                // An element that no block of the configuration accounts for comes from a `dynamic` one.
                _ if matches!(config, Configured::Not) => Configured::Untold,
                _ => config,
            };
            let unknown = unknown.get(at).copied().unwrap_or(&Value::Null);
            self.merge(value, unknown, sensitive.get(at).unwrap_or(&Value::Null), config)
        });
        Value::Array(merged.collect())
    }

    /// The marker of a value that is not known.
    fn marker(&self, config: Configured<'_, 'p>) -> Value {
        let leaf = match config {
            Configured::Leaf(leaf) => leaf,
            Configured::Not => return Value::unset(),
            Configured::Nowhere => return Value::unknown([Arc::from(NO_CONFIGURATION)]),
            Configured::Block(_) | Configured::Blocks(_) | Configured::Untold => return Value::unknown([]),
        };
        if leaf
            .constant_value
            .is_some_and(|constant| is_blank(&Value::parse(constant)))
        {
            return Value::unset();
        }
        let resolved = self.resolver.resolve(leaf, self.scope, false);
        if resolved.targets.is_empty() && resolved.causes.is_empty() {
            // Nothing that it refers to is unknown, so the provider fills it in: unless all that it
            // refers to is set, and a function such as timestamp() makes it anew.
            if resolved.absent || resolved.known.iter().any(is_blank) {
                return Value::unset();
            }
            return Value::unknown([]);
        }
        Value::unknown(self.sources(&resolved))
    }

    /// What an unknown value comes from, each once, in the order of the configuration.
    fn sources(&self, resolved: &Resolved) -> Vec<Arc<str>> {
        let mut sources: Vec<Arc<str>> = Vec::new();
        for target in &resolved.targets {
            let address = &self.resolver.instances.existing[target.instance].address;
            let source = match &*target.attribute {
                "" => address.clone(),
                attribute => Arc::from(format!("{address}.{attribute}")),
            };
            if !sources.contains(&source) {
                sources.push(source);
            }
        }
        sources.extend(resolved.causes.iter().filter(|cause| !cause.contains(' ')).cloned());
        sources
    }
}

/// Puts the elements of a list opposite their mirrors. Terraform before 0.14 leaves out of a set what is not known,
/// which the mirror alone then tells of.
fn align(known: Vec<Value>, unknown: &[Value]) -> (Vec<Value>, Vec<&Value>) {
    if known.len() >= unknown.len() {
        return (known, unknown.iter().collect());
    }
    let mut known = known.into_iter();
    let element = |mirror| match mirror {
        &Value::Bool(true) => Some((Value::Null, mirror)),
        _ => known.next().map(|value| (value, mirror)),
    };
    unknown.iter().filter_map(element).unzip()
}

/// The configuration's blocks behind a list of values, where it consists of blocks.
fn blocks<'e, 'p>(config: Configured<'e, 'p>) -> Option<&'e [Block<'p>]> {
    match config {
        Configured::Blocks(blocks) => Some(blocks),
        Configured::Block(block) => Some(std::slice::from_ref(block)),
        _ => None,
    }
}

/// Finds for each value the block that it comes from. A set of blocks is sorted in the values, and
/// not in the configuration, so blocks are told by their constants.
fn pair(blocks: &[Block], values: &[Value]) -> Vec<Option<usize>> {
    let fits = |block: usize, value: usize| blocks.get(block).is_some_and(|block| agrees(block, &values[value]));
    let mut taken = vec![false; blocks.len()];
    let mut pairs = vec![None; values.len()];
    for (at, pair) in pairs.iter_mut().enumerate() {
        if fits(at, at) && blocks.len() == values.len() {
            *pair = Some(at);
            taken[at] = true;
        }
    }
    let open: Vec<usize> = (0..values.len()).filter(|at| pairs[*at].is_none()).collect();
    for at in open {
        if let Some(block) = (0..blocks.len()).find(|block| !taken[*block] && fits(*block, at)) {
            pairs[at] = Some(block);
            taken[block] = true;
        }
    }
    pairs
}

/// Whether a block's constants are those of a value.
fn agrees(block: &Block, value: &Value) -> bool {
    let Value::Object(members) = value else { return true };
    block.iter().all(|(name, argument)| {
        let Expression::Leaf(Leaf {
            constant_value: Some(constant),
            ..
        }) = argument
        else {
            return true;
        };
        let Some(value) = members.get(&**name) else { return true };
        match (scalar(&Value::parse(constant)), scalar(value)) {
            (Some(constant), Some(value)) => constant == value,
            _ => true,
        }
    })
}

/// The marker in the place of a sensitive value; null and an empty text hold no secret, and stay.
pub(crate) fn hidden(value: Value) -> Value {
    match value {
        Value::Null => Value::Null,
        Value::String(text) if text.is_empty() => Value::String(text),
        _ => Value::sensitive(),
    }
}

/// Hides what a mirror of a value marks as sensitive.
pub(crate) fn hide(value: Value, sensitive: &Value) -> Value {
    match (value, sensitive) {
        (value, marks) if is_secret(&value, marks) => hidden(value),
        (Value::Object(members), Value::Object(marks)) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| {
                    let hidden = hide(member, marks.get(&name).unwrap_or(&Value::Null));
                    (name, hidden)
                })
                .collect(),
        ),
        (Value::Array(elements), Value::Array(marks)) => {
            let mark = |at: usize| marks.get(at).unwrap_or(&Value::Null);
            Value::Array(
                elements
                    .into_iter()
                    .enumerate()
                    .map(|(at, element)| hide(element, mark(at)))
                    .collect(),
            )
        }
        (value, _) => value,
    }
}

/// Whether a mirror marks a whole value as sensitive: also where it has another form, and so cannot say what of it.
fn is_secret(value: &Value, sensitive: &Value) -> bool {
    match (value, sensitive) {
        (_, Value::Bool(marked)) => *marked,
        (Value::Null, _) | (Value::Object(_), Value::Object(_)) | (Value::Array(_), Value::Array(_)) => false,
        (_, marks) => tells(marks),
    }
}

/// Hides what the mirror of another value of the same argument marks. The elements of lists may stand in another
/// order, so a mark on one of them holds for all.
pub(crate) fn hide_alike(value: Value, sensitive: &Value) -> Value {
    match (value, sensitive) {
        (value, marks) if is_secret(&value, marks) => hidden(value),
        (Value::Object(members), Value::Object(marks)) => Value::Object(
            members
                .into_iter()
                .map(|(name, member)| {
                    let hidden = hide_alike(member, marks.get(&name).unwrap_or(&Value::Null));
                    (name, hidden)
                })
                .collect(),
        ),
        (Value::Array(elements), marks @ Value::Array(_)) => {
            let mark = any_element(marks);
            Value::Array(elements.into_iter().map(|element| hide_alike(element, &mark)).collect())
        }
        (value, _) => value,
    }
}

/// A scalar as text, since providers turn numbers and booleans into strings and back.
pub(crate) fn scalar(value: &Value) -> Option<String> {
    match value {
        Value::Bool(flag) => Some(flag.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::String(text) => Some(text.to_string()),
        _ => None,
    }
}

/// Whether a mirror of a value marks anything in it.
pub(super) fn tells(mirror: &Value) -> bool {
    match mirror {
        Value::Bool(flag) => *flag,
        Value::Array(elements) => elements.iter().any(tells),
        Value::Object(members) => members.values().any(tells),
        _ => false,
    }
}

/// Whether a configured value counts as leaving the argument out: null, or empty.
pub(crate) fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}
