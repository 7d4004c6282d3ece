//! Parameters of policies, and the values that a run gives them.

use std::collections::BTreeMap;
use std::fmt;
use std::sync::Arc;

use super::nearest::hint;
use super::{Pack, PackError, Policy, Problem};
use crate::model::{Map, Value};

/// What a parameter may be set to.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum ParamType {
    /// true or false.
    Boolean,
    /// A whole number.
    Integer,
    /// A number.
    Number,
    /// A text.
    String,
    /// A list of anything.
    List,
    /// An object of anything.
    Object,
}

impl ParamType {
    /// Every type.
    pub const ALL: [ParamType; 6] = [
        ParamType::Boolean,
        ParamType::Integer,
        ParamType::Number,
        ParamType::String,
        ParamType::List,
        ParamType::Object,
    ];

    /// The name as METADATA writes it.
    pub fn name(self) -> &'static str {
        match self {
            ParamType::Boolean => "boolean",
            ParamType::Integer => "integer",
            ParamType::Number => "number",
            ParamType::String => "string",
            ParamType::List => "list",
            ParamType::Object => "object",
        }
    }

    /// Whether a value is of this type.
    pub fn admits(self, value: &Value) -> bool {
        match (self, value) {
            (ParamType::Integer, Value::Number(number)) => number.is_i64() || number.is_u64(),
            (ParamType::Boolean, Value::Bool(_))
            | (ParamType::Number, Value::Number(_))
            | (ParamType::String, Value::String(_))
            | (ParamType::List, Value::Array(_))
            | (ParamType::Object, Value::Object(_)) => true,
            _ => false,
        }
    }
}

impl fmt::Display for ParamType {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.pad(self.name())
    }
}

/// A parameter of a policy.
#[derive(Clone, Debug, PartialEq)]
pub struct Param {
    /// What it may be set to.
    pub kind: ParamType,
    /// What it is where nobody sets it.
    pub default: Value,
    /// What it does.
    pub description: String,
}

impl Policy {
    /// That it has no parameter of this name, and which may have been meant.
    pub(crate) fn lacks(&self, name: &str) -> String {
        let id = &self.id;
        if self.params.is_empty() {
            return format!("`{id}` has no parameters");
        }
        let hint = hint(name, self.params.keys().map(String::as_str));
        format!("`{id}` has no parameter `{name}`{hint}")
    }
}

impl Pack {
    /// Every policy's parameters, `{"<policy id>": {"<name>": value}}`, with defaults filled in; this is `input.params`.
    ///
    /// # Errors
    ///
    /// Where an override names no policy or parameter of this pack, or is of another type than the parameter.
    pub fn params(&self, overrides: &BTreeMap<String, Map>) -> Result<Value, PackError> {
        let mut problems = Vec::new();
        for (id, values) in overrides {
            match self.policy(id) {
                None => {
                    let hint = hint(id, self.policies.iter().map(|policy| &*policy.id));
                    problems.push(Problem::new("", format!("parameters of `{id}`: no such policy{hint}")));
                }
                Some(policy) => problems.extend(values.iter().filter_map(|(name, value)| {
                    let message = match policy.params.get(&**name) {
                        None => policy.lacks(name),
                        Some(param) if param.kind.admits(value) => return None,
                        Some(param) => format!("parameter `{name}` of `{id}` must be of type {}", param.kind),
                    };
                    Some(Problem::new("", message))
                })),
            }
        }
        let members = self.policies.iter().map(|policy| {
            let set = overrides.get(&*policy.id);
            let values = policy.params.iter().map(|(name, param)| {
                let value = set.and_then(|set| set.get(name.as_str())).unwrap_or(&param.default);
                (Arc::from(name.as_str()), value.clone())
            });
            (policy.id.clone(), Value::Object(values.collect()))
        });
        PackError::unless(problems, Value::Object(members.collect()))
    }
}
