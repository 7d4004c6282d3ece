//! References: what a name stands for, and what is read of it.

use std::sync::Arc;

use super::convert::{Failure, Outcome, integer, list, map, text};
use super::evaluate::{Evaluator, Names};
use super::marker::{blend, from, is_marker, is_sensitive, is_unknown, is_whole_object};
use super::scope::{Part, address};
use super::syntax::{Access, Expression, Kind};
use crate::model::Value;

/// Where a value that is being read came from.
#[derive(Clone)]
struct Trail {
    parts: Vec<Part>,
    /// Whether it is of a resource, data source or module, whose attributes all exist whether or not they are at hand.
    object: bool,
}

impl Trail {
    fn with(&self, part: Part) -> Trail {
        let mut parts = self.parts.clone();
        parts.push(part);
        Trail {
            parts,
            object: self.object,
        }
    }

    fn unknown(&self) -> Value {
        Value::unknown([Arc::from(address(&self.parts))])
    }
}

impl Evaluator<'_> {
    /// The value of a name and of what is read of it.
    pub(super) fn reference(&self, root: &Arc<str>, accesses: &[Access], names: Option<&Names>) -> Outcome {
        if let Some(value) = self.named(root, names) {
            return self.walk(&value, accesses, names, None);
        }
        if let ("local", [Access::Name(name), rest @ ..]) = (&**root, accesses) {
            return match self.local(name) {
                Some(value) => self.walk(&value, rest, names, None),
                None => Err(Failure::Invalid),
            };
        }
        let (parts, blocked) = self.parts(root, accesses, names)?;
        let least = match &**root {
            "data" | "ephemeral" => 3,
            _ => 2,
        };
        for length in (least.min(parts.len())..=parts.len()).rev() {
            if let Some(value) = self.scope.resolve(&parts[..length]) {
                self.charge(1)?;
                let object = !matches!(&**root, "var" | "each" | "count" | "path" | "terraform" | "self");
                let trail = Trail {
                    parts: parts[..length].to_vec(),
                    object,
                };
                return self.walk(&value, &accesses[length - 1..], names, Some(trail));
            }
        }
        let unknown = Value::unknown([Arc::from(address(&parts))]);
        Ok(match blocked {
            Some(index) => blend([&unknown, &index]),
            None => unknown,
        })
    }

    /// What is read of the value of another expression.
    pub(super) fn read(&self, value: &Value, accesses: &[Access], names: Option<&Names>) -> Outcome {
        self.walk(value, accesses, names, None)
    }

    /// The traversal up to the first splat or index that is not known, and that index.
    fn parts(
        &self,
        root: &Arc<str>,
        accesses: &[Access],
        names: Option<&Names>,
    ) -> Result<(Vec<Part>, Option<Value>), Failure> {
        let mut parts = vec![Part::Name(root.clone())];
        for access in accesses {
            match access {
                Access::Name(name) => parts.push(Part::Name(name.clone())),
                Access::Index(index) => {
                    let index = self.index(index, names)?;
                    match part(&index) {
                        Some(part) => parts.push(part),
                        None if is_marker(&index) => return Ok((parts, Some(index))),
                        None => return Err(Failure::Invalid),
                    }
                }
                Access::AttributeSplat | Access::FullSplat => break,
            }
        }
        Ok((parts, None))
    }

    fn index(&self, index: &Expression, names: Option<&Names>) -> Outcome {
        match &index.kind {
            Kind::Literal(value) => Ok(value.clone()),
            _ => self.expression(index, names),
        }
    }

    fn walk(&self, value: &Value, accesses: &[Access], names: Option<&Names>, trail: Option<Trail>) -> Outcome {
        self.charge(1)?;
        self.deeper(|| self.step(value, accesses, names, trail))
    }

    fn step(&self, value: &Value, accesses: &[Access], names: Option<&Names>, trail: Option<Trail>) -> Outcome {
        if is_sensitive(value) {
            return Ok(Value::sensitive());
        }
        if is_unknown(value) {
            return self.extend(value, accesses, names, trail);
        }
        let Some((access, rest)) = accesses.split_first() else {
            return self.copy(value);
        };
        match access {
            Access::Name(name) => {
                let trail = trail.map(|trail| trail.with(Part::Name(name.clone())));
                match (map(value)?.get(name), trail) {
                    (Some(member), trail) => self.walk(member, rest, names, trail),
                    (None, Some(trail)) if trail.object => self.extend(&trail.unknown(), rest, names, Some(trail)),
                    (None, _) => Err(Failure::Invalid),
                }
            }
            Access::Index(index) => {
                let index = self.index(index, names)?;
                if is_marker(&index) {
                    return Ok(blend([value, &index]));
                }
                let element = match value {
                    Value::Array(elements) => usize::try_from(integer(&index)?)
                        .ok()
                        .and_then(|index| elements.get(index)),
                    value => map(value)?.get(&text(&index)?),
                };
                let trail = trail.zip(part(&index)).map(|(trail, part)| trail.with(part));
                self.walk(element.ok_or(Failure::Invalid)?, rest, names, trail)
            }
            Access::FullSplat => self.splat(value, rest, names, trail),
            Access::AttributeSplat => {
                let attributes = rest
                    .iter()
                    .take_while(|access| matches!(access, Access::Name(_)))
                    .count();
                let (attributes, rest) = rest.split_at(attributes);
                let elements = self.splat(value, attributes, names, trail)?;
                if rest.is_empty() {
                    Ok(elements)
                } else {
                    self.walk(&elements, rest, names, None)
                }
            }
        }
    }

    /// <https://developer.hashicorp.com/terraform/language/expressions/splat>
    fn splat(&self, value: &Value, accesses: &[Access], names: Option<&Names>, trail: Option<Trail>) -> Outcome {
        if value.is_null() {
            return Ok(Value::Array(Vec::new()));
        }
        let Ok(elements) = list(value) else {
            return Ok(Value::Array(vec![self.walk(value, accesses, names, trail)?]));
        };
        let elements = elements.iter().enumerate().map(|(at, element)| {
            let trail = trail.as_ref().map(|trail| trail.with(Part::Index(at)));
            self.walk(element, accesses, names, trail)
        });
        Ok(Value::Array(elements.collect::<Result<_, _>>()?))
    }

    /// What is read of a value that is not known: unknown from the same, and where that is a whole object, or what
    /// was asked for, from just what is read of it.
    fn extend(&self, unknown: &Value, accesses: &[Access], names: Option<&Names>, trail: Option<Trail>) -> Outcome {
        if unknown.get("unset").is_some() {
            let trail = trail.map(|trail| trail.unknown()).unwrap_or_else(|| Value::unknown([]));
            return self.extend(&trail, accesses, names, None);
        }
        let mut more = Vec::new();
        let mut hidden = None;
        for access in accesses {
            match access {
                Access::Name(name) => more.push(Part::Name(name.clone())),
                Access::Index(index) => {
                    let index = self.index(index, names)?;
                    match part(&index) {
                        Some(part) => more.push(part),
                        None => {
                            hidden = Some(index);
                            break;
                        }
                    }
                }
                Access::AttributeSplat | Access::FullSplat => break,
            }
        }
        let asked = trail.map(|trail| address(&trail.parts));
        let extended = Value::unknown(from(unknown).map(|cause| {
            if !more.is_empty() && (Some(&**cause) == asked.as_deref() || is_whole_object(cause)) {
                // The first part is only there so that a dot comes before the second.
                let mut parts = vec![Part::Name(cause.clone())];
                parts.extend(more.iter().cloned());
                Arc::from(address(&parts))
            } else {
                cause.clone()
            }
        }));
        Ok(blend([Some(&extended), hidden.as_ref()].into_iter().flatten()))
    }
}

/// The part of an address that an index makes.
pub(super) fn part(index: &Value) -> Option<Part> {
    match index {
        Value::String(key) => Some(Part::Key(key.clone())),
        Value::Number(_) => usize::try_from(integer(index).ok()?).ok().map(Part::Index),
        _ => None,
    }
}
