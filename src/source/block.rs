//! Blocks and their bodies, and how a path leads through them.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::syntax::{Expression, Kind};
use crate::model::Value;

/// One step of a path into a block: an argument or a type of nested blocks, and which of them.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Step<'a> {
    /// The name of an argument, of a type of nested blocks, or of an object's member.
    Name(&'a str),
    /// Which of the nested blocks of a type, or of a list's elements, from 0.
    Index(usize),
}

impl<'a> From<&'a str> for Step<'a> {
    fn from(name: &'a str) -> Self {
        Step::Name(name)
    }
}

impl From<usize> for Step<'_> {
    fn from(index: usize) -> Self {
        Step::Index(index)
    }
}

/// A block at the top of a file: a resource, a variable, an output, a module call, a provider.
#[derive(Clone, Debug, PartialEq)]
pub struct Block {
    pub(super) file: Arc<str>,
    pub(super) line: usize,
    pub(super) labels: Vec<Arc<str>>,
    pub(super) body: Body,
}

/// The arguments and nested blocks of a block.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Body {
    pub(super) arguments: BTreeMap<Arc<str>, Argument>,
    pub(super) blocks: Vec<Nested>,
}

/// An argument, and the line that its name stands on.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Argument {
    pub(super) line: usize,
    pub(super) expression: Expression,
    /// The text of the expression, where it is not one to evaluate: the type of a variable.
    pub(super) text: Option<Arc<str>>,
}

/// A block in a block.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Nested {
    /// Its type; of a dynamic block that which it makes.
    pub(super) name: Arc<str>,
    pub(super) line: usize,
    pub(super) labels: Vec<Arc<str>>,
    pub(super) dynamic: Option<Dynamic>,
    /// Its body; of a dynamic block that of its `content`.
    pub(super) body: Body,
}

/// How a dynamic block makes its blocks.
///
/// <https://developer.hashicorp.com/terraform/language/expressions/dynamic-blocks>
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Dynamic {
    pub(super) for_each: Expression,
    pub(super) iterator: Arc<str>,
}

/// What a path leads to.
enum Target<'a> {
    Expression(&'a Expression, usize),
    Block(usize),
}

impl Block {
    /// The file, relative to the root folder: `modules/net/main.tf`.
    pub fn file(&self) -> &str {
        &self.file
    }

    /// The line of the block's first word, from 1.
    pub fn line(&self) -> usize {
        self.line
    }

    /// The labels: `["aws_s3_bucket", "logs"]` of a resource.
    pub fn labels(&self) -> &[Arc<str>] {
        &self.labels
    }

    /// The names of the arguments, sorted, without those of nested blocks.
    pub fn arguments(&self) -> impl Iterator<Item = &str> {
        self.body.arguments.keys().map(|name| &**name)
    }

    /// The expression of the argument at that path: `["rule", 0, "status"]`.
    ///
    /// Nested blocks of a type count in the order in which they are written. A dynamic block that is the last of
    /// its type stands for that index and all after it; one that others follow hides them, since the configuration
    /// does not say how many it makes. The path leads on through list and object constructors, and into the
    /// arguments that the JSON syntax has for blocks, where a sole object may stand for a list of one.
    pub fn expression(&self, path: &[Step]) -> Option<&Expression> {
        match self.body.target(path)? {
            Target::Expression(expression, _) => Some(expression),
            Target::Block(_) => None,
        }
    }

    /// The line of the argument or nested block at that path, by the rules of [`Block::expression`].
    pub fn line_of(&self, path: &[Step]) -> Option<usize> {
        match self.body.target(path)? {
            Target::Expression(_, line) | Target::Block(line) => Some(line),
        }
    }

    /// The expression of `for_each`.
    pub fn for_each(&self) -> Option<&Expression> {
        self.expression(&[Step::Name("for_each")])
    }

    /// The expression of `count`.
    pub fn count(&self) -> Option<&Expression> {
        self.expression(&[Step::Name("count")])
    }
}

impl Body {
    /// The constant text of an argument.
    pub(super) fn constant(&self, name: &str) -> Option<Arc<str>> {
        match self.arguments.get(name)?.expression.literal()? {
            Value::String(text) => Some(text.clone()),
            _ => None,
        }
    }

    /// Whether the argument is the constant true.
    pub(super) fn flag(&self, name: &str) -> bool {
        let argument = self.arguments.get(name);
        argument.and_then(|argument| argument.expression.literal()) == Some(&Value::Bool(true))
    }

    fn target(&self, path: &[Step]) -> Option<Target<'_>> {
        let (Step::Name(name), rest) = path.split_first()? else {
            return None;
        };
        if let Some(argument) = self.arguments.get(*name) {
            return into_expression(&argument.expression, argument.line, rest);
        }
        let same: Vec<&Nested> = self.blocks.iter().filter(|nested| &*nested.name == *name).collect();
        let (index, rest) = match rest.split_first() {
            Some((Step::Index(index), rest)) => (*index, rest),
            _ => (0, rest),
        };
        let nested = match same.iter().position(|nested| nested.dynamic.is_some()) {
            Some(dynamic) if dynamic <= index && dynamic + 1 < same.len() => return None,
            Some(dynamic) if dynamic <= index => same.get(dynamic)?,
            _ => same.get(index)?,
        };
        match rest {
            [] => Some(Target::Block(nested.line)),
            rest => nested.body.target(rest),
        }
    }
}

fn into_expression<'a>(expression: &'a Expression, line: usize, path: &[Step]) -> Option<Target<'a>> {
    let Some((step, rest)) = path.split_first() else {
        return Some(Target::Expression(expression, line));
    };
    let next = match (step, &expression.kind) {
        (Step::Index(index), Kind::List(elements)) => elements.get(*index)?,
        (Step::Index(0), Kind::Object(_)) => return into_expression(expression, line, rest),
        (Step::Name(name), Kind::Object(_)) => expression.member(name)?,
        _ => return None,
    };
    into_expression(next, next.line, rest)
}
