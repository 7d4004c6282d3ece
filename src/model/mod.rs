//! The model of a plan: what policies read as `input`.
//!
//! It is built once from a plan, in Rust, so that a policy of three lines is right: references are
//! resolved between instances and through modules, what is not known yet has its cause, IAM documents
//! are objects, and no sensitive value is in it. `docs/policy-contract.md` describes its shape.

mod address;
mod blocks;
mod build;
mod choice;
mod config;
mod evaluated;
mod iam;
mod identity;
mod instance;
mod known;
mod links;
mod map;
mod module;
mod needs;
mod origin;
mod plan_parts;
mod provider;
mod raw;
mod reference;
mod refine;
mod resource;
mod traversal;
mod value;
mod values;

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::Serialize;

pub(crate) use address::split_module;
pub use build::build;
pub(crate) use build::build_for;
pub(crate) use iam::Documents;
pub use instance::State;
pub use links::Unresolved;
pub use map::Map;
pub use needs::{Needs, Part};
pub use plan_parts::{Folder, ModuleUse, Output, Terraform, Variable};
pub use provider::Provider;
pub use raw::raw;
pub(crate) use resource::Needed;
pub use resource::{ByType, Location, Mode, Reference, Referrer, Resource};
pub use value::Value;

/// A plan as policies read it. Its serialized form is the document that `plangate inspect` prints.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Model {
    /// The date of the check, `2026-11-22`; the caller says it.
    pub as_of: String,
    /// Every policy's parameters by policy id; the caller says them.
    pub params: Value,
    /// The plan itself.
    pub terraform: Terraform,
    /// Managed resources that exist after apply, by type.
    pub resources: ByType,
    /// Data sources, read or still to be read, by type.
    pub data: ByType,
    /// Managed resources that apply deletes or forgets, by type.
    pub removed: ByType,
    /// Why references lead nowhere that the plan tells, by type and argument.
    pub unresolved: Unresolved,
    /// Root variables, by name.
    pub variables: Vec<Variable>,
    /// Root outputs, by name.
    pub outputs: Vec<Output>,
    /// Provider configurations, by address.
    pub providers: Vec<Provider>,
    /// Module calls, by address.
    pub modules: Vec<ModuleUse>,
    /// The folder that the plan was made from, when it was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Folder>,
    /// The resources of types that nobody sees.
    #[serde(skip)]
    pub(crate) unseen: Unseen,
}

/// The addresses of managed resources of which a model tells no more.
#[derive(Clone, Debug, Default)]
pub(crate) struct Unseen {
    /// Those that exist after apply.
    pub(crate) resources: Vec<Arc<str>>,
    /// Those that apply deletes or forgets.
    pub(crate) removed: Vec<Arc<str>>,
}

impl Model {
    /// The addresses that an entry of a policy's `examines` covers: a resource type, `data.` and a
    /// type, `*` for all managed resources, `removed`, `var`, `output`, `provider`, `module` or `plan`.
    pub fn addresses<'m>(&'m self, subject: &str) -> Box<dyn Iterator<Item = &'m Arc<str>> + 'm> {
        static PLAN: LazyLock<Arc<str>> = LazyLock::new(|| Arc::from("plan"));

        fn of<'m>(
            resources: impl Iterator<Item = &'m Resource> + 'm,
            unseen: &'m [Arc<str>],
        ) -> Box<dyn Iterator<Item = &'m Arc<str>> + 'm> {
            let seen = resources.map(|resource| &resource.address);
            Box::new(seen.chain(unseen))
        }
        let of_type = |section: &'m ByType, kind: &str| of(section.get(kind).into_iter().flatten(), &[]);
        let all = |section: &'m ByType, unseen| of(section.values().flatten(), unseen);
        match subject {
            "plan" => Box::new(std::iter::once(&*PLAN)),
            "var" => Box::new(self.variables.iter().map(|variable| &variable.address)),
            "output" => Box::new(self.outputs.iter().map(|output| &output.address)),
            "provider" => Box::new(self.providers.iter().map(|provider| &provider.address)),
            "module" => Box::new(self.modules.iter().map(|module| &module.address)),
            "removed" => all(&self.removed, &self.unseen.removed),
            "*" => all(&self.resources, &self.unseen.resources),
            _ => match subject.strip_prefix("data.") {
                Some(kind) => of_type(&self.data, kind),
                None => of_type(&self.resources, subject),
            },
        }
    }

    /// How many managed resources exist after apply.
    pub fn resource_count(&self) -> usize {
        self.resources.values().map(Vec::len).sum::<usize>() + self.unseen.resources.len()
    }

    /// Each address with the place that declares it, where the configuration was given.
    pub fn locations(&self) -> BTreeMap<&str, &Location> {
        let resources = self.resources.values().chain(self.removed.values()).flatten();
        let resources = resources.map(|resource| (&*resource.address, &resource.source));
        let variables = self
            .variables
            .iter()
            .map(|variable| (&*variable.address, &variable.source));
        let outputs = self.outputs.iter().map(|output| (&*output.address, &output.source));
        let providers = self
            .providers
            .iter()
            .map(|provider| (&*provider.address, &provider.source));
        resources
            .chain(variables)
            .chain(outputs)
            .chain(providers)
            .filter_map(|(address, source)| Some((address, source.as_ref()?)))
            .collect()
    }
}
