//! The plan as a whole.

use std::collections::{BTreeMap, HashSet};

use serde::Deserialize;
use serde::de::IgnoredAny;
use serde_json::value::RawValue;

use super::absent::{complete_objects, entries_or_default, objects, optional_object, or_default, raw};
use super::{Change, Check, Configuration, Mode, Module, ResourceChange, StateValues, Text};
use crate::plan::PlanError;

/// A plan, as `terraform show -json` and `tofu show -json` print it.
///
/// Source: <https://developer.hashicorp.com/terraform/internals/json-format>, "Plan Representation".
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Plan<'a> {
    /// The version of the format, as in `1.2`.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub format_version: Text<'a>,
    /// The version of Terraform or OpenTofu.
    #[serde(borrow, default, deserialize_with = "or_default")]
    pub terraform_version: Option<Text<'a>>,
    /// The values of the root module's variables, by name.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub variables: BTreeMap<Text<'a>, Variable<'a>>,
    /// The values after apply, as far as they are known.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub planned_values: Option<StateValues<'a>>,
    /// What apply does to each instance; absent from some cut plans and from a refresh-only plan.
    #[serde(borrow, default, deserialize_with = "complete_objects")]
    pub resource_changes: Vec<ResourceChange<'a>>,
    /// What has changed outside of Terraform since it last ran.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub resource_drift: Vec<ResourceChange<'a>>,
    /// What Terraform leaves to a later plan; such a plan is not decided on, so only their number is read.
    #[serde(default, deserialize_with = "or_default")]
    pub deferred_changes: Vec<IgnoredAny>,
    /// What changes of the root module's outputs, by name.
    #[serde(borrow, default, deserialize_with = "entries_or_default")]
    pub output_changes: BTreeMap<Text<'a>, Change<'a>>,
    /// The state that was planned against; absent where it was empty.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub prior_state: Option<PriorState<'a>>,
    /// The configuration that was planned.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub configuration: Option<Configuration<'a>>,
    /// The outcome of conditions.
    #[serde(borrow, default, deserialize_with = "objects")]
    pub checks: Vec<Check<'a>>,
    /// Whether planning stopped at an error; absent before Terraform 1.5.
    #[serde(default, deserialize_with = "or_default")]
    pub errored: Option<bool>,
    /// Whether nothing was left out; absent in versions that do not tell, as before Terraform 1.8.
    #[serde(default, deserialize_with = "or_default")]
    pub complete: Option<bool>,
    /// Whether apply would do anything; absent in versions that do not tell, as before Terraform 1.8.
    #[serde(default, deserialize_with = "or_default")]
    pub applyable: Option<bool>,
    /// What a person should know of how the plan was read, a sentence each without a full stop.
    #[serde(skip)]
    pub notes: Vec<String>,
}

impl Plan<'_> {
    /// Refuses a plan that does not tell all that apply would do.
    ///
    /// `terraform plan -target` sets `complete` to false, as deferred changes do. Versions without `complete`, as
    /// Terraform before 1.8, do not tell.
    ///
    /// # Errors
    ///
    /// [`PlanError::Errored`] where planning stopped at an error, else [`PlanError::Incomplete`] where something was
    /// left out. Source: json-format, "Plan Representation", `errored` and `complete`.
    pub fn ensure_finished(&self) -> Result<(), PlanError> {
        let deferred = self.deferred_changes.len();
        if self.errored == Some(true) {
            Err(PlanError::Errored)
        } else if self.complete == Some(false) || deferred > 0 {
            Err(PlanError::Incomplete { deferred })
        } else {
            Ok(())
        }
    }

    /// The types of the resources and data sources that it may have after apply.
    pub(crate) fn types_after(&self) -> HashSet<&str> {
        fn add<'p>(module: &'p Module, is_there: &dyn Fn(Mode) -> bool, types: &mut HashSet<&'p str>) {
            let there = module.resources.iter().filter(|resource| is_there(resource.mode));
            types.extend(there.map(|resource| &*resource.resource_type));
            module
                .child_modules
                .iter()
                .for_each(|child| add(child, is_there, types));
        }
        let remaining = self.resource_changes.iter().filter(|change| !change.is_gone());
        let mut types: HashSet<&str> = remaining.map(|change| &*change.resource_type).collect();
        if let Some(planned) = &self.planned_values {
            add(&planned.root_module, &|_| true, &mut types);
        }
        if let Some(prior) = self.prior_state.as_ref().and_then(|state| state.values.as_ref()) {
            let has_changes = !self.resource_changes.is_empty();
            let is_there = |mode| !has_changes || mode == Mode::Data;
            add(&prior.root_module, &is_there, &mut types);
        }
        types
    }

    /// Whether it has anything that only a plan has.
    pub(in crate::plan) fn has_a_section(&self) -> bool {
        self.planned_values.is_some() || self.configuration.is_some() || !self.resource_changes.is_empty()
    }
}

/// The value of a variable of the root module.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Variable<'a> {
    /// The value; secret where the configuration declares the variable sensitive.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub value: Option<&'a RawValue>,
}

/// The state that was planned against.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct PriorState<'a> {
    /// Its values, with the data sources that were read while planning.
    #[serde(borrow, default, deserialize_with = "optional_object")]
    pub values: Option<StateValues<'a>>,
}
