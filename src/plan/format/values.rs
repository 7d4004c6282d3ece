//! Values: the sections `planned_values` and `prior_state`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde::de::Deserializer;
use serde_json::value::RawValue;

use super::Text;
use super::absent::{
    Complete, complete_objects, entries_or_default, is_mirror, is_object, object, objects, or_default, raw,
};

/// The values of a whole configuration, module by module.
///
/// Source: json-format, "Values Representation".
#[derive(Clone, Debug, Default, Deserialize)]
pub struct StateValues<'a> {
    /// The root module's outputs, by name.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub outputs: BTreeMap<Text<'a>, OutputValue<'a>>,
    /// The root module, with all others in it.
    #[serde(borrow, default, deserialize_with = "object")]
    pub root_module: Module<'a>,
}

/// The value of an output of the root module.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct OutputValue<'a> {
    /// Whether Terraform hides the value.
    #[serde(default, deserialize_with = "or_default")]
    pub sensitive: bool,
    /// The value, secret where `sensitive`; absent where only apply will tell.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub value: Option<&'a RawValue>,
}

/// An instance of a module.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Module<'a> {
    /// Its address, with the indices of its instance; absent for the root module.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub address: Option<Text<'a>>,
    /// Its resources' instances.
    #[serde(borrow, default, deserialize_with = "complete_objects")]
    pub resources: Vec<StateResource<'a>>,
    /// The instances of the modules that it calls.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub child_modules: Vec<Module<'a>>,
}

/// An instance of a resource.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct StateResource<'a> {
    /// Its address from the root module, as in `module.net.aws_subnet.private[0]`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub address: Text<'a>,
    /// Whether it is managed or a data source.
    #[serde(default, deserialize_with = "or_default")]
    pub mode: Mode,
    /// Its type, as in `aws_subnet`.
    #[serde(rename = "type", borrow, default, deserialize_with = "or_default")]
    pub resource_type: Text<'a>,
    /// Its name in the configuration.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub name: Text<'a>,
    /// Its key: a number with `count`, a string with `for_each`, else absent.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub index: Option<&'a RawValue>,
    /// The provider's source address, as in `registry.terraform.io/hashicorp/aws`; before Terraform 0.13 its name.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub provider_name: Text<'a>,
    /// An object of its arguments; what only apply will tell is absent or null.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub values: Option<&'a RawValue>,
    /// An object of the form of `values` with true for each secret.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub sensitive_values: Option<&'a RawValue>,
}

impl Complete for StateResource<'_> {
    fn lacks(&self) -> Option<&'static str> {
        if self.address.is_empty() || self.resource_type.is_empty() {
            Some("`address` and `type` in a resource")
        } else if !is_object(self.values) {
            Some("`values` to be an object or null")
        } else if !is_mirror(self.sensitive_values) {
            Some("`sensitive_values` to be an object, true or false")
        } else {
            None
        }
    }
}

/// What kind of block declares a resource.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Mode {
    /// A `resource` block; also where a cut plan does not say.
    #[default]
    Managed,
    /// A `data` block.
    Data,
    /// An `ephemeral` block.
    Ephemeral,
    /// A block of a kind that this plangate does not know.
    Other,
}

impl<'de> Deserialize<'de> for Mode {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Ok(match Text::deserialize(deserializer)?.as_str() {
            "managed" => Mode::Managed,
            "data" => Mode::Data,
            "ephemeral" => Mode::Ephemeral,
            _ => Mode::Other,
        })
    }
}
