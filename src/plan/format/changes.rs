//! Changes: the sections `resource_changes`, `resource_drift`, `deferred_changes` and `output_changes`.

use serde::Deserialize;
use serde_json::value::RawValue;

use super::absent::{Complete, exact, is_mirror, is_object, object, or_default, raw};
use super::{Mode, Text};

/// What apply does to an instance of a resource.
///
/// Source: json-format, "Plan Representation", `resource_changes`.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct ResourceChange<'a> {
    /// Its address from the root module, as in `module.net.aws_subnet.private[0]`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub address: Text<'a>,
    /// The address that it was moved from.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub previous_address: Option<Text<'a>>,
    /// The address of its module's instance; absent in the root module.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub module_address: Option<Text<'a>>,
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
    /// Present for an object that its replacement has left behind: its key, a string.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub deposed: Option<&'a RawValue>,
    /// The provider's source address, as in `registry.terraform.io/hashicorp/aws`; before Terraform 0.13 its name.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub provider_name: Text<'a>,
    /// What changes.
    #[serde(borrow, default, deserialize_with = "object")]
    pub change: Change<'a>,
    /// Why Terraform chose these actions, as in `replace_because_cannot_update`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub action_reason: Option<Text<'a>>,
}

impl ResourceChange<'_> {
    /// Whether it is of an object that a replacement has left behind.
    pub(crate) fn is_deposed(&self) -> bool {
        self.deposed.is_some_and(|deposed| deposed.get() != "null")
    }

    /// Whether the instance is none of the state's after apply.
    pub(crate) fn is_gone(&self) -> bool {
        let mut actions = self.change.actions.iter();
        actions.all(|action| matches!(action.as_str(), "delete" | "forget"))
    }
}

impl Complete for ResourceChange<'_> {
    /// Without its actions a change would read as a deletion, and values of another shape as none.
    fn lacks(&self) -> Option<&'static str> {
        let change = &self.change;
        if self.address.is_empty() || self.resource_type.is_empty() {
            Some("`address` and `type` in a change")
        } else if change.actions.is_empty() {
            Some("`actions` in a change")
        } else if !is_object(change.before) || !is_object(change.after) {
            Some("`before` and `after` to be objects or null")
        } else if ![change.after_unknown, change.before_sensitive, change.after_sensitive]
            .into_iter()
            .all(is_mirror)
        {
            Some("`after_unknown`, `before_sensitive` and `after_sensitive` to be objects, true or false")
        } else {
            None
        }
    }
}

/// What changes of a resource or an output.
///
/// Source: json-format, "Change Representation".
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Change<'a> {
    /// The actions in their order, as in `["delete", "create"]`.
    #[serde(borrow, default, deserialize_with = "exact")]
    pub actions: Vec<Text<'a>>,
    /// The value now; null where there is none.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub before: Option<&'a RawValue>,
    /// The value after apply, without what only apply will tell; null where there will be none.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub after: Option<&'a RawValue>,
    /// True or false, or an object of the form of `after` with true for each value that only apply will tell.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub after_unknown: Option<&'a RawValue>,
    /// True or false, or an object of the form of `before` with true for each secret.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub before_sensitive: Option<&'a RawValue>,
    /// True or false, or an object of the form of `after` with true for each secret.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub after_sensitive: Option<&'a RawValue>,
    /// A list of paths, each a list of names and numbers, to what forces the replacement.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub replace_paths: Option<&'a RawValue>,
    /// An object where apply imports the resource, of which no member is certain to be there.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub importing: Option<&'a RawValue>,
}
