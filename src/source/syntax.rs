//! The syntax tree of HCL's expressions, as far as evaluating them needs it.

use std::sync::Arc;

use crate::model::Value;

/// An expression of the configuration, with the line that it starts on.
#[derive(Clone, Debug, PartialEq)]
pub struct Expression {
    pub(super) line: usize,
    pub(super) kind: Kind,
}

impl Expression {
    /// The line that it starts on, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The value, where the expression is a constant without any template or call.
    pub fn literal(&self) -> Option<&Value> {
        match &self.kind {
            Kind::Literal(value) => Some(value),
            _ => None,
        }
    }

    /// The value of that key, where the expression is an object constructor that has the key as a constant.
    pub(super) fn member(&self, name: &str) -> Option<&Expression> {
        let Kind::Object(items) = &self.kind else {
            return None;
        };
        items
            .iter()
            .rev()
            .find(|(key, _)| key.literal().and_then(Value::as_str) == Some(name))
            .map(|(_, value)| value)
    }
}

/// The forms of an expression.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Kind {
    Literal(Value),
    Template(Vec<Piece>),
    List(Vec<Expression>),
    Object(Vec<(Expression, Expression)>),
    /// `var.x`, `each.value["a"]`, `aws_subnet.x[*].id`: a name and what is read of it.
    Reference {
        root: Arc<str>,
        accesses: Vec<Access>,
    },
    /// What is read of another expression's value: `merge(a, b)["c"]`.
    Access {
        base: Box<Expression>,
        accesses: Vec<Access>,
    },
    Conditional {
        condition: Box<Expression>,
        yes: Box<Expression>,
        no: Box<Expression>,
    },
    Call {
        name: Arc<str>,
        arguments: Vec<Expression>,
        /// Whether the last argument is a list of arguments: `max(local.sizes...)`.
        expand: bool,
    },
    Not(Box<Expression>),
    Negate(Box<Expression>),
    Binary {
        operator: Operator,
        left: Box<Expression>,
        right: Box<Expression>,
    },
    For(Box<For>),
}

/// One step of reading a value.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Access {
    /// `.name`
    Name(Arc<str>),
    /// `[expression]`; `.0` is the constant index.
    Index(Expression),
    /// `.*`, which takes the attributes after it along, and no index.
    AttributeSplat,
    /// `[*]`, which takes everything after it along.
    FullSplat,
}

/// `[for key, value in collection : result if condition]` and its form for objects.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct For {
    pub(super) key_name: Option<Arc<str>>,
    pub(super) value_name: Arc<str>,
    pub(super) collection: Expression,
    /// The key of each member, where the result is an object.
    pub(super) key: Option<Expression>,
    pub(super) value: Expression,
    pub(super) condition: Option<Expression>,
    /// Whether values of the same key become a list: `key => value...`.
    pub(super) grouping: bool,
}

/// A part of a template.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Piece {
    Text(Arc<str>),
    Value(Expression),
    If {
        condition: Expression,
        yes: Vec<Piece>,
        no: Vec<Piece>,
    },
    For {
        key_name: Option<Arc<str>>,
        value_name: Arc<str>,
        collection: Expression,
        body: Vec<Piece>,
    },
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Operator {
    Equal,
    NotEqual,
    Less,
    LessOrEqual,
    Greater,
    GreaterOrEqual,
    Add,
    Subtract,
    Multiply,
    Divide,
    Remainder,
    And,
    Or,
}
