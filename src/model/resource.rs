//! What a policy sees of a resource.

use std::collections::BTreeMap;
use std::sync::{Arc, LazyLock};

use serde::ser::{Serialize, SerializeMap, Serializer};

use super::{Needs, Part, Value};

/// Resources by type, each list sorted by address.
pub type ByType = BTreeMap<Arc<str>, Vec<Resource>>;

/// One instance of a resource or data source.
#[derive(Clone, Debug)]
pub struct Resource {
    /// The instance's address, with the modules that it is in.
    pub address: Arc<str>,
    /// The type, such as `aws_s3_bucket`.
    pub kind: Arc<str>,
    /// The name in the configuration.
    pub name: Arc<str>,
    /// The address of the module instance that it is in; null in the root module.
    pub module: Option<Arc<str>>,
    /// The `count` index or `for_each` key; null where it has none.
    pub index: Value,
    /// The provider's full name, such as `registry.terraform.io/hashicorp/aws`.
    pub provider: Arc<str>,
    /// The address of the provider's configuration that it uses; null where the plan does not tell.
    pub provider_config: Option<Arc<str>>,
    /// Whether it is managed or a data source.
    pub mode: Mode,
    /// What apply does with it, in Terraform's words and order.
    pub actions: Vec<Arc<str>>,
    /// Whether apply deletes it and creates it anew, in either order.
    pub replaces: bool,
    /// Terraform's `action_reason`.
    pub reason: Option<Arc<str>>,
    /// The attribute paths that force the replacement, where Terraform tells.
    pub replace_paths: Value,
    /// The address that it was moved from.
    pub previous_address: Option<Arc<str>>,
    /// Whether this plan takes an object that exists already under Terraform's care.
    pub imported: bool,
    /// Whether the object was changed outside Terraform since the last apply.
    pub drifted: bool,
    /// The values after apply; of a removed resource, the old ones.
    pub values: Value,
    /// The values that are there now; null where the resource is created.
    pub before: Value,
    /// Each argument as the configuration has it: a constant or references.
    pub config: Arc<Value>,
    /// The instances that each argument refers to.
    pub references: BTreeMap<Arc<str>, Vec<Reference>>,
    /// The instances that refer to this one, by their type.
    pub referrers: BTreeMap<Arc<str>, Vec<Referrer>>,
    /// Where the configuration declares it, when it was given.
    pub source: Option<Location>,
}

impl Resource {
    /// The names of its members in the document that policies read.
    pub fn members() -> impl Iterator<Item = &'static str> {
        let parts = Part::ALL.iter().filter(|part| **part != Part::Unresolved);
        ["address", "type", "values"]
            .into_iter()
            .chain(parts.map(|part| part.name()))
    }
}

/// A resource as far as it is needed.
pub(crate) struct Needed<'r>(pub(crate) &'r Resource, pub(crate) &'r Needs);

impl Serialize for Resource {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        static ALL: LazyLock<Needs> = LazyLock::new(Needs::all);
        Needed(self, &ALL).serialize(serializer)
    }
}

impl Serialize for Needed<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let Needed(resource, needs) = self;
        let Resource {
            address,
            kind,
            name,
            module,
            index,
            provider,
            provider_config,
            mode,
            actions,
            replaces,
            reason,
            replace_paths,
            previous_address,
            imported,
            drifted,
            values,
            before,
            config,
            references,
            referrers,
            source,
        } = resource;
        let mut members = Writer {
            needs,
            map: serializer.serialize_map(None)?,
        };
        members.always("address", address)?;
        members.always("type", kind)?;
        members.part(Part::Name, name)?;
        members.part(Part::Module, module)?;
        members.part(Part::Index, index)?;
        members.part(Part::Provider, provider)?;
        members.part(Part::ProviderConfig, provider_config)?;
        members.part(Part::Mode, mode)?;
        members.part(Part::Actions, actions)?;
        members.part(Part::Replaces, replaces)?;
        members.part(Part::Reason, reason)?;
        if !replace_paths.is_null() {
            members.part(Part::ReplacePaths, replace_paths)?;
        }
        members.part(Part::PreviousAddress, previous_address)?;
        members.part(Part::Imported, imported)?;
        members.part(Part::Drifted, drifted)?;
        members.always("values", values)?;
        members.part(Part::Before, before)?;
        members.part(Part::Config, config)?;
        members.part(Part::References, references)?;
        members.part(Part::Referrers, referrers)?;
        if let Some(source) = source {
            members.part(Part::Source, source)?;
        }
        members.map.end()
    }
}

struct Writer<'n, M> {
    needs: &'n Needs,
    map: M,
}

impl<M: SerializeMap> Writer<'_, M> {
    fn always(&mut self, name: &'static str, value: &(impl Serialize + ?Sized)) -> Result<(), M::Error> {
        self.map.serialize_entry(name, value)
    }

    fn part(&mut self, part: Part, value: &(impl Serialize + ?Sized)) -> Result<(), M::Error> {
        match self.needs.has_part(part) {
            true => self.map.serialize_entry(part.name(), value),
            false => Ok(()),
        }
    }
}

/// Whether Terraform manages a resource or only reads it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, serde::Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Mode {
    /// A `resource` block.
    Managed,
    /// A `data` block.
    Data,
}

/// An instance that an argument refers to.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Reference {
    /// The instance's address.
    pub address: Arc<str>,
    /// Its type.
    #[serde(rename = "type")]
    pub kind: Arc<str>,
    /// Whether it is managed or a data source.
    pub mode: Mode,
    /// The attribute that is referred to; empty for the object as a whole.
    pub attribute: Arc<str>,
    /// Whether the plan tells that this very instance is meant.
    pub certain: bool,
    /// Why it is not certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Arc<str>>,
    /// The place of the instance in the list of its type.
    pub position: usize,
}

/// An instance that refers to a resource.
#[derive(Clone, Debug, PartialEq, serde::Serialize)]
pub struct Referrer {
    /// The referring instance's address.
    pub address: Arc<str>,
    /// Whether it is managed or a data source.
    pub mode: Mode,
    /// The argument that refers; one inside a block is `access_logs.bucket`, without indices.
    pub argument: Arc<str>,
    /// The attribute that it refers to.
    pub attribute: Arc<str>,
    /// Whether the plan tells that this very instance is meant.
    pub certain: bool,
    /// Why it is not certain.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub cause: Option<Arc<str>>,
    /// The place of the referring instance in the list of its type.
    pub position: usize,
}

/// A place in the configuration.
#[derive(Clone, Debug, PartialEq, Eq, serde::Serialize)]
pub struct Location {
    /// The file, relative to the folder that was given.
    pub file: Arc<str>,
    /// The line, counted from 1.
    pub line: usize,
}
