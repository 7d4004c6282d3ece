//! The section `checks`: preconditions, postconditions, validations of variables and `check` blocks.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::Text;
use super::absent::{object, objects, or_default, raw};

/// The outcome of the conditions of one object of the configuration.
///
/// Source: json-format, "Checks Representation".
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Check<'a> {
    /// Whose conditions these are.
    #[serde(borrow, default, deserialize_with = "object")]
    pub address: CheckAddress<'a>,
    /// `pass`, `fail`, `error` or `unknown`, over all instances.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub status: Text<'a>,
    /// The outcome for each instance.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub instances: Vec<CheckInstance<'a>>,
}

/// The object that conditions belong to.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CheckAddress<'a> {
    /// `resource`, `output_value`, `check` or `var`; empty for an instance.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub kind: Text<'a>,
    /// The address as people know it, as in `module.net.var.cidr`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub to_display: Text<'a>,
    /// The module's address, for an instance with indices; absent in the root module.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub module: Option<Text<'a>>,
    /// The object's name.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub name: Option<Text<'a>>,
    /// The instance's key: a number or a string.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub instance_key: Option<&'a RawValue>,
}

/// The outcome of the conditions of one instance.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CheckInstance<'a> {
    /// The instance.
    #[serde(borrow, default, deserialize_with = "object")]
    pub address: CheckAddress<'a>,
    /// `pass`, `fail`, `error` or `unknown`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub status: Text<'a>,
    /// What failed.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub problems: Vec<CheckProblem<'a>>,
}

/// A condition that failed.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct CheckProblem<'a> {
    /// The configuration's `error_message`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub message: Text<'a>,
}
