//! What an expression's names stand for, which the caller knows.

use std::cell::RefCell;
use std::collections::BTreeMap;
use std::fmt::Write;
use std::sync::Arc;

use crate::model::Value;

/// One part of what an expression refers to: `aws_s3_bucket.x["a"].id` is
/// `[Name("aws_s3_bucket"), Name("x"), Key("a"), Name("id")]`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Part {
    /// A name, or an attribute: `.id`.
    Name(Arc<str>),
    /// An index that is a string: `["a"]`.
    Key(Arc<str>),
    /// An index that is a number: `[0]`.
    Index(usize),
}

/// What the names in an expression stand for.
pub trait Scope {
    /// The value of what a traversal leads to, or `None` where this scope does not know.
    ///
    /// It is asked for the longest traversal first, the indices in it evaluated, and then for shorter ones, down to
    /// `var.x`, `each.key`, `count.index`, `path.module`, `aws_s3_bucket.x`, `data.aws_region.x` and `module.net`;
    /// whatever it answers is read on from there. So it may answer as precisely as suits it. A resource with `count`
    /// is an array of its instances, one with `for_each` an object of them; what is not known is an unknown marker.
    /// Local values and the names of `for` expressions and dynamic blocks are not asked for.
    fn resolve(&self, traversal: &[Part]) -> Option<Value>;

    /// Where the local values of this module's instance are kept once they are evaluated, if the scope keeps them.
    ///
    /// A scope of each resource instance had better hand out its module's, so that a local is evaluated only once.
    fn locals(&self) -> Option<&Locals> {
        None
    }
}

/// The local values of one instance of a module, evaluated.
#[derive(Debug, Default)]
pub struct Locals(RefCell<BTreeMap<Arc<str>, Arc<Value>>>);

impl Locals {
    pub(super) fn get(&self, name: &str) -> Option<Arc<Value>> {
        self.0.borrow().get(name).cloned()
    }

    pub(super) fn put(&self, name: &str, value: Arc<Value>) {
        self.0.borrow_mut().insert(Arc::from(name), value);
    }
}

/// The address as Terraform writes it: `aws_s3_bucket.x["a"].id`.
pub fn address(traversal: &[Part]) -> String {
    let mut out = String::new();
    for part in traversal {
        let written = match part {
            Part::Name(name) if out.is_empty() => write!(out, "{name}"),
            Part::Name(name) => write!(out, ".{name}"),
            Part::Key(key) => write!(out, "[{}]", serde_json::Value::from(&**key)),
            Part::Index(index) => write!(out, "[{index}]"),
        };
        debug_assert!(written.is_ok());
    }
    out
}
