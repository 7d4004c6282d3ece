//! The configuration of a resource as a policy sees it: constants and references per argument.

use std::collections::BTreeSet;
use std::sync::Arc;

use super::map::Map;
use super::traversal::distinct;
use super::value::Value;
use super::values::hidden;
use crate::plan::{Block, Expression, Leaf, Text};

/// Shows arguments, with constants hidden where `sensitive` marks the value that they make, and with what `origins` says
/// of the others.
pub(crate) fn show<'p>(
    arguments: &Block<'p>,
    sensitive: &Value,
    origins: &impl Fn(&Leaf<'p>) -> BTreeSet<Arc<str>>,
) -> Value {
    Value::Object(
        arguments
            .iter()
            .map(|(name, argument)| {
                let sensitive = sensitive.get(name).unwrap_or(&Value::Null);
                (Arc::from(&**name), show_expression(argument, sensitive, origins))
            })
            .collect::<Map>(),
    )
}

fn show_expression<'p>(
    expression: &Expression<'p>,
    sensitive: &Value,
    origins: &impl Fn(&Leaf<'p>) -> BTreeSet<Arc<str>>,
) -> Value {
    match expression {
        Expression::Block(arguments) => show(arguments, &any_element(sensitive), origins),
        Expression::Blocks(blocks) => {
            let sensitive = any_element(sensitive);
            Value::Array(blocks.iter().map(|block| show(block, &sensitive, origins)).collect())
        }
        Expression::Leaf(leaf) => match leaf.constant_value {
            Some(constant) if marks(sensitive) => Value::object([("constant", hidden(Value::parse(constant)))]),
            Some(constant) => Value::object([("constant", Value::parse(constant))]),
            None => {
                let references = distinct(leaf.references.iter().map(Text::as_str));
                let origins = origins(leaf);
                let differs =
                    references.iter().copied().collect::<BTreeSet<_>>() != origins.iter().map(|from| &**from).collect();
                let mut shown = Map::from([(
                    Arc::from("references"),
                    Value::Array(references.into_iter().map(Value::from).collect()),
                )]);
                if differs {
                    let origins = origins.into_iter().map(Value::String);
                    shown.insert(Arc::from("origins"), Value::Array(origins.collect()));
                }
                Value::Object(shown)
            }
        },
    }
}

/// Adds what one mirror marks as sensitive to another.
pub(crate) fn add_marks(into: &mut Value, from: &Value) {
    match (into, from) {
        (into @ Value::Bool(true), _) | (into, Value::Bool(true)) => *into = Value::Bool(true),
        (Value::Object(into), Value::Object(from)) => {
            for (name, mark) in from.iter().filter(|(_, mark)| marks(mark)) {
                add_marks(into.entry(name.clone()).or_default(), mark);
            }
        }
        (Value::Array(into), Value::Array(from)) => {
            let folded = from.iter().filter(|mark| marks(mark));
            for mark in folded {
                match into.first_mut() {
                    Some(first) => add_marks(first, mark),
                    None => into.push(mark.clone()),
                }
            }
        }
        (into, from) if marks(from) => *into = from.clone(),
        _ => {}
    }
}

/// What is marked in any element of a list: the values of a set of blocks have another order than
/// the blocks, so a mark on one hides the argument in all.
pub(crate) fn any_element(sensitive: &Value) -> Value {
    match sensitive {
        Value::Array(elements) => {
            let mut folded = Value::Null;
            for element in elements {
                add_marks(&mut folded, element);
            }
            folded
        }
        other => other.clone(),
    }
}

fn marks(mirror: &Value) -> bool {
    match mirror {
        Value::Bool(flag) => *flag,
        Value::Array(elements) => elements.iter().any(marks),
        Value::Object(members) => members.values().any(marks),
        _ => false,
    }
}

/// Visits every argument that is no block, with its path: `access_logs.bucket`, without indices.
pub(crate) fn leaves<'e, 'p>(arguments: &'e Block<'p>, visit: &mut impl FnMut(&str, &'e Leaf<'p>)) {
    fn walk<'e, 'p>(path: &mut String, arguments: &'e Block<'p>, visit: &mut impl FnMut(&str, &'e Leaf<'p>)) {
        for (name, argument) in arguments.iter() {
            let start = path.len();
            if start > 0 {
                path.push('.');
            }
            path.push_str(name);
            match argument {
                Expression::Leaf(leaf) => visit(path, leaf),
                Expression::Block(inner) => walk(path, inner, visit),
                Expression::Blocks(blocks) => {
                    for block in blocks {
                        walk(path, block, visit);
                    }
                }
            }
            path.truncate(start);
        }
    }
    walk(&mut String::new(), arguments, visit);
}
