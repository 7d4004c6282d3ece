//! What `terraform console` (1.11) says of each expression of `terraform.jsonl`, beside `terraform.tf`.

use std::collections::BTreeSet;

use super::module;
use crate::model::Value;
use crate::source::{Part, Scope, evaluate};

struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, _: &[Part]) -> Option<Value> {
        None
    }
}

#[test]
fn values_are_those_of_terraform() {
    let mut wrong = BTreeSet::new();
    for line in include_str!("terraform.jsonl").lines() {
        let (expression, expected): (String, Value) = serde_json::from_str(line).unwrap();
        let text = format!("{}\nlocals {{\n it = {expression}\n}}\n", include_str!("terraform.tf"));
        let module = module(&text);
        let found = evaluate(module.local("it").unwrap(), &Nothing, &module);
        if serde_json::to_value(&found).unwrap() != serde_json::to_value(&expected).unwrap() {
            wrong.insert(format!(
                "{expression}\n  expected {}\n  found    {}",
                serde_json::to_string(&expected).unwrap(),
                serde_json::to_string(&found).unwrap()
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.into_iter().collect::<Vec<_>>().join("\n"));
}
