//! What an expression refers to, whatever its value.

use super::reference::part;
use super::scope::{Part, address};
use super::syntax::{Access, Expression, Kind, Piece};

/// Names that are bound around an expression: those of `for` expressions.
struct Bound<'a> {
    outer: Option<&'a Bound<'a>>,
    names: [Option<&'a str>; 2],
}

impl Bound<'_> {
    fn has(&self, name: &str) -> bool {
        self.names.contains(&Some(name)) || self.outer.is_some_and(|outer| outer.has(name))
    }
}

impl Expression {
    /// The references in it, sorted and each once, up to the first splat or index that is no constant:
    /// `["data.aws_availability_zones.all.names", "var.count"]`.
    pub fn mentions(&self) -> Vec<String> {
        let mut found = Vec::new();
        expression(self, None, &mut found);
        found.sort_unstable();
        found.dedup();
        found
    }
}

fn expression(of: &Expression, bound: Option<&Bound>, into: &mut Vec<String>) {
    match &of.kind {
        Kind::Literal(_) => {}
        Kind::Template(parts) => pieces(parts, bound, into),
        Kind::List(elements) => elements.iter().for_each(|element| expression(element, bound, into)),
        Kind::Object(members) => {
            for (key, value) in members {
                expression(key, bound, into);
                expression(value, bound, into);
            }
        }
        Kind::Reference { root, accesses } => {
            if !bound.is_some_and(|bound| bound.has(root)) {
                let mut parts = vec![Part::Name(root.clone())];
                parts.extend(accesses.iter().map_while(constant));
                // An object's key may look like a reference, of one name; Terraform's have two.
                if parts.len() > 1 {
                    into.push(address(&parts));
                }
            }
            indices(accesses, bound, into);
        }
        Kind::Access { base, accesses } => {
            expression(base, bound, into);
            indices(accesses, bound, into);
        }
        Kind::Conditional { condition, yes, no } => {
            for part in [condition, yes, no] {
                expression(part, bound, into);
            }
        }
        Kind::Call { arguments, .. } => arguments.iter().for_each(|argument| expression(argument, bound, into)),
        Kind::Not(operand) | Kind::Negate(operand) => expression(operand, bound, into),
        Kind::Binary { left, right, .. } => {
            expression(left, bound, into);
            expression(right, bound, into);
        }
        Kind::For(made) => {
            expression(&made.collection, bound, into);
            let inner = Bound {
                outer: bound,
                names: [made.key_name.as_deref(), Some(&made.value_name)],
            };
            for part in [made.key.as_ref(), Some(&made.value), made.condition.as_ref()] {
                part.into_iter().for_each(|part| expression(part, Some(&inner), into));
            }
        }
    }
}

fn pieces(parts: &[Piece], bound: Option<&Bound>, into: &mut Vec<String>) {
    for part in parts {
        match part {
            Piece::Text(_) => {}
            Piece::Value(value) => expression(value, bound, into),
            Piece::If { condition, yes, no } => {
                expression(condition, bound, into);
                pieces(yes, bound, into);
                pieces(no, bound, into);
            }
            Piece::For {
                key_name,
                value_name,
                collection,
                body,
            } => {
                expression(collection, bound, into);
                let inner = Bound {
                    outer: bound,
                    names: [key_name.as_deref(), Some(value_name)],
                };
                pieces(body, Some(&inner), into);
            }
        }
    }
}

fn indices(accesses: &[Access], bound: Option<&Bound>, into: &mut Vec<String>) {
    for access in accesses {
        if let Access::Index(index) = access {
            expression(index, bound, into);
        }
    }
}

fn constant(access: &Access) -> Option<Part> {
    match access {
        Access::Name(name) => Some(Part::Name(name.clone())),
        Access::Index(index) => part(index.literal()?),
        Access::AttributeSplat | Access::FullSplat => None,
    }
}
