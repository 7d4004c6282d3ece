//! The value of a whole block.

use std::sync::Arc;

use super::block::{Block, Body, Nested};
use super::evaluate::{Evaluator, Names, entries};
use super::marker::{blend, is_marker};
use super::module::Module;
use super::scope::Scope;
use crate::model::{Map, Value};

/// The arguments and blocks of a resource or module call that are Terraform's own:
/// <https://developer.hashicorp.com/terraform/language/meta-arguments>
const META: [&str; 8] = [
    "count",
    "for_each",
    "depends_on",
    "provider",
    "providers",
    "lifecycle",
    "connection",
    "provisioner",
];

/// Evaluates the body of a block: `{"bucket": ..., "rule": [{...}, {...}]}`.
///
/// Each type of nested blocks is a list, static and dynamic blocks in the order in which they are written; a dynamic
/// block over what is not known is one marker in that list. Terraform's own arguments and blocks (`count`,
/// `for_each`, `depends_on`, `provider`, `lifecycle`, ...) are left out. In the JSON syntax, a static nested block is an
/// argument: an object or a list of them.
pub fn body_value(block: &Block, scope: &dyn Scope, module: &Module) -> Value {
    let evaluator = Evaluator::new(scope, module);
    Value::Object(evaluator.body(&block.body, None, &META))
}

impl Evaluator<'_> {
    fn body(&self, body: &Body, names: Option<&Names>, skip: &[&str]) -> Map {
        let mut members = Map::new();
        for (name, argument) in &body.arguments {
            if !skip.contains(&&**name) {
                members.insert(name.clone(), self.settle(self.expression(&argument.expression, names)));
            }
        }
        for nested in body.blocks.iter().filter(|nested| !skip.contains(&&*nested.name)) {
            let made = self.nested(nested, names);
            match members
                .entry(nested.name.clone())
                .or_insert_with(|| Value::Array(Vec::new()))
            {
                Value::Array(blocks) => blocks.extend(made),
                other => *other = Value::Array(made),
            }
        }
        members
    }

    fn nested(&self, nested: &Nested, names: Option<&Names>) -> Vec<Value> {
        let Some(dynamic) = &nested.dynamic else {
            return vec![Value::Object(self.body(&nested.body, names, &[]))];
        };
        let collection = self.settle(self.expression(&dynamic.for_each, names));
        if is_marker(&collection) {
            return vec![blend([&collection])];
        }
        let Ok(entries) = entries(collection, self.is_set(&dynamic.for_each, 0)) else {
            return vec![Value::unknown([])];
        };
        let mut made = Vec::new();
        for (key, value) in entries {
            if self.charge(1).is_err() {
                return vec![Value::unknown([])];
            }
            let value = Arc::new(Value::object([("key", key), ("value", value)]));
            let names = Names {
                outer: names,
                name: &dynamic.iterator,
                value,
            };
            made.push(Value::Object(self.body(&nested.body, Some(&names), &[])));
        }
        made
    }
}
