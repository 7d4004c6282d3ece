//! Templates, and documents that one makes of what is only partly known.

use std::sync::Arc;

use super::convert::{Failure, Outcome, flag, text};
use super::evaluate::{Evaluator, Names, entries};
use super::marker::{blend, is_marker};
use super::module::Module;
use super::scope::Scope;
use super::syntax::{Access, Expression, Kind, Piece};
use crate::model::{Map, Value};

/// Stands in a text around the number of a piece that is not known; a character for private use.
const HOLE: char = '\u{f8ff}';

/// Evaluates an expression that makes a JSON document, of which only a part may be known.
///
/// Where the expression is, be it through local values, parentheses or a condition that is known, a call of
/// `jsonencode`, this is the argument as it is: an object with markers in the places of what is not known. Where it is
/// a template that has JSON around what is not known (`"Resource": "${aws_s3_bucket.logs.arn}/*"`), this is the
/// document, with a marker for each string that something unknown is in. Anything else is as [`evaluate`] has it.
///
/// [`evaluate`]: super::evaluate()
pub fn evaluate_document(expression: &Expression, scope: &dyn Scope, module: &Module) -> Value {
    let evaluator = Evaluator::new(scope, module);
    evaluator.settle(evaluator.document(expression, None))
}

/// A text with numbered holes in it.
#[derive(Default)]
struct Rendering {
    text: String,
    holes: Vec<Value>,
    /// What says which text there is at all.
    hidden: Vec<Value>,
}

impl Rendering {
    fn blend(&self) -> Value {
        blend(self.holes.iter().chain(&self.hidden))
    }
}

impl Evaluator<'_> {
    /// The text of a template, or a marker.
    pub(super) fn template(&self, pieces: &[Piece], names: Option<&Names>) -> Outcome {
        let rendering = self.rendered(pieces, names)?;
        if rendering.holes.is_empty() && rendering.hidden.is_empty() {
            return Ok(Value::String(Arc::from(rendering.text)));
        }
        Ok(rendering.blend())
    }

    pub(super) fn document(&self, expression: &Expression, names: Option<&Names>) -> Outcome {
        self.charge(1)?;
        self.deeper(|| match &expression.kind {
            Kind::Call {
                name,
                arguments,
                expand: false,
            } if &**name == "jsonencode" => match arguments.as_slice() {
                [argument] => self.expression(argument, names),
                _ => Err(Failure::Invalid),
            },
            Kind::Conditional { condition, yes, no } => {
                let condition = self.expression(condition, names)?;
                if is_marker(&condition) {
                    return self.expression(expression, names);
                }
                self.document(if flag(&condition)? { yes } else { no }, names)
            }
            Kind::Reference { root, accesses } => match (&**root, accesses.as_slice()) {
                ("local", [Access::Name(name)]) if self.named(root, names).is_none() => {
                    let local = self.module.local(name).ok_or(Failure::Invalid)?;
                    self.opened(name, || self.document(local, None))
                }
                _ => self.expression(expression, names),
            },
            Kind::Template(pieces) => {
                let rendering = self.rendered(pieces, names)?;
                Ok(parsed(&rendering).unwrap_or_else(|| rendering.blend()))
            }
            _ => self.expression(expression, names),
        })
    }

    fn rendered(&self, pieces: &[Piece], names: Option<&Names>) -> Result<Rendering, Failure> {
        let mut rendering = Rendering::default();
        self.render(pieces, names, &mut rendering)?;
        Ok(rendering)
    }

    fn render(&self, pieces: &[Piece], names: Option<&Names>, into: &mut Rendering) -> Result<(), Failure> {
        for piece in pieces {
            self.charge(1)?;
            match piece {
                Piece::Text(text) => {
                    self.charge(text.len() / 16)?;
                    into.text.push_str(text);
                }
                Piece::Value(expression) => {
                    let value = self.expression(expression, names)?;
                    if is_marker(&value) {
                        into.text.push_str(&format!("{HOLE}{}{HOLE}", into.holes.len()));
                        into.holes.push(value);
                    } else {
                        into.text.push_str(&text(&value)?);
                    }
                }
                Piece::If { condition, yes, no } => {
                    let condition = self.expression(condition, names)?;
                    if is_marker(&condition) {
                        into.hidden.push(condition);
                    } else {
                        let pieces = if flag(&condition)? { yes } else { no };
                        self.deeper(|| self.render(pieces, names, into))?;
                    }
                }
                Piece::For {
                    key_name,
                    value_name,
                    collection,
                    body,
                } => {
                    let is_set = self.is_set(collection, 0);
                    let collection = self.expression(collection, names)?;
                    if is_marker(&collection) {
                        into.hidden.push(collection);
                        continue;
                    }
                    for (key, value) in entries(collection, is_set)? {
                        let outer = key_name.as_deref().map(|name| Names {
                            outer: names,
                            name,
                            value: Arc::new(key),
                        });
                        let inner = Names {
                            outer: outer.as_ref().or(names),
                            name: value_name,
                            value: Arc::new(value),
                        };
                        self.deeper(|| self.render(body, Some(&inner), into))?;
                    }
                }
            }
        }
        Ok(())
    }
}

/// The text as JSON with markers in the place of its holes; known text stays text.
fn parsed(rendering: &Rendering) -> Option<Value> {
    if !rendering.hidden.is_empty() {
        return None;
    }
    if rendering.holes.is_empty() {
        return Some(Value::from(rendering.text.as_str()));
    }
    let marks = rendering.text.matches(HOLE).count();
    if marks != rendering.holes.len() * 2 {
        return None;
    }
    filled(serde_json::from_str(&rendering.text).ok()?, &rendering.holes)
}

fn filled(value: Value, holes: &[Value]) -> Option<Value> {
    Some(match value {
        Value::String(text) if text.contains(HOLE) => {
            let inside = text.split(HOLE).skip(1).step_by(2);
            let holes: Option<Vec<&Value>> = inside.map(|number| holes.get(number.parse::<usize>().ok()?)).collect();
            blend(holes?)
        }
        Value::Array(elements) => Value::Array(
            elements
                .into_iter()
                .map(|element| filled(element, holes))
                .collect::<Option<_>>()?,
        ),
        Value::Object(members) => {
            let members = members.into_iter().map(|(key, value)| {
                if key.contains(HOLE) {
                    None
                } else {
                    Some((key, filled(value, holes)?))
                }
            });
            Value::Object(members.collect::<Option<Map>>()?)
        }
        other => other,
    })
}
