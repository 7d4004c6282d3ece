//! The section `configuration`.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::value::RawValue;

use super::absent::{entries_or_default, object, objects, optional_object, or_default, raw};
use super::{Block, Expression, Leaf, Mode, Text};

/// The configuration that was planned.
///
/// Source: json-format, "Configuration Representation".
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Configuration<'a> {
    /// The providers' configurations, by the key that [`ConfigResource::provider_config_key`] gives.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub provider_config: BTreeMap<Text<'a>, ProviderConfig<'a>>,
    /// The root module, with all others in it.
    #[serde(borrow, default, deserialize_with = "object")]
    pub root_module: ConfigModule<'a>,
}

/// The configuration of a provider.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ProviderConfig<'a> {
    /// The provider's name in its module, as in `aws`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub name: Text<'a>,
    /// The provider's source address; absent in older versions.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub full_name: Option<Text<'a>>,
    /// The configuration's alias.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub alias: Option<Text<'a>>,
    /// The versions that it allows, as in `~> 5.0`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub version_constraint: Option<Text<'a>>,
    /// The address of its module, without indices; absent in the root module.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub module_address: Option<Text<'a>>,
    /// Its arguments.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub expressions: Block<'a>,
}

/// A module, before `count` and `for_each`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ConfigModule<'a> {
    /// Its outputs, by name.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub outputs: BTreeMap<Text<'a>, ConfigOutput<'a>>,
    /// Its resources and data sources.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub resources: Vec<ConfigResource<'a>>,
    /// The modules that it calls, by the name of the call.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub module_calls: BTreeMap<Text<'a>, ModuleCall<'a>>,
    /// Its variables, by name.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub variables: BTreeMap<Text<'a>, ConfigVariable<'a>>,
}

/// An output.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ConfigOutput<'a> {
    /// Its value.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub expression: Expression<'a>,
    /// Its description.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub description: Option<Text<'a>>,
    /// Whether it is declared sensitive.
    #[serde(default, deserialize_with = "or_default")]
    pub sensitive: bool,
}

/// A resource or data source, before `count` and `for_each`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ConfigResource<'a> {
    /// Its address in its module.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub address: Text<'a>,
    /// Whether it is managed or a data source.
    #[serde(default, deserialize_with = "or_default")]
    pub mode: Mode,
    /// Its type, as in `aws_subnet`.
    #[serde(rename = "type", borrow, default, deserialize_with = "or_default")]
    pub resource_type: Text<'a>,
    /// Its name.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub name: Text<'a>,
    /// A key of [`Configuration::provider_config`], which lacks it where a module above configures the provider.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub provider_config_key: Text<'a>,
    /// Its arguments and blocks; dynamic blocks are missing.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub expressions: Block<'a>,
    /// Its `count`.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub count_expression: Option<Leaf<'a>>,
    /// Its `for_each`.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub for_each_expression: Option<Leaf<'a>>,
}

/// A call of a module.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ModuleCall<'a> {
    /// Its source, as it is written.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub source: Option<Text<'a>>,
    /// Its arguments.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub expressions: Block<'a>,
    /// Its `count`.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub count_expression: Option<Leaf<'a>>,
    /// Its `for_each`.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub for_each_expression: Option<Leaf<'a>>,
    /// The module that is called.
    #[serde(borrow, default, deserialize_with = "object")]
    pub module: ConfigModule<'a>,
    /// The versions that it allows, as in `~> 5.0`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub version_constraint: Option<Text<'a>>,
}

/// A variable.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ConfigVariable<'a> {
    /// Its default; absent where it has none and is required.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub default: Option<&'a RawValue>,
    /// Its description.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub description: Option<Text<'a>>,
    /// Whether it is declared sensitive.
    #[serde(default, deserialize_with = "or_default")]
    pub sensitive: bool,
}
