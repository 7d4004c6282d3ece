//! What a plan says beside its resources: versions, variables, outputs and modules.

use std::sync::Arc;

use serde::Serialize;

use super::Model;
use super::module::Modules;
use super::resource::Location;
use super::value::Value;
use super::values::hidden;
use crate::plan::{ConfigModule, Plan};
use crate::source::Source;

/// The plan itself.
#[derive(Clone, Debug, Default, Serialize)]
pub struct Terraform {
    /// The version that made the plan.
    pub version: Option<Arc<str>>,
    /// The version of the JSON format.
    pub format_version: Arc<str>,
    /// Whether planning failed; null where the version does not say.
    pub errored: Option<bool>,
    /// Whether apply would leave nothing undone; null where the version does not say.
    pub complete: Option<bool>,
    /// Whether it can be applied; null where the version does not say.
    pub applyable: Option<bool>,
}

/// A root variable.
#[derive(Clone, Debug, Serialize)]
pub struct Variable {
    /// Its address, `var.region`.
    pub address: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// The value of this plan; hidden where it is sensitive, or where the plan has no configuration to tell.
    pub value: Value,
    /// The default; null where it has none.
    pub default: Value,
    /// Whether a value must be given.
    pub required: bool,
    /// Whether it is declared sensitive.
    pub sensitive: bool,
    /// Its description.
    pub description: Option<Arc<str>>,
    /// Whether a validation is declared; null where neither the plan nor the configuration tells.
    pub validated: Option<bool>,
    /// Its type, as the configuration writes it, when it was given.
    #[serde(rename = "type", skip_serializing_if = "Option::is_none")]
    pub kind: Option<Arc<str>>,
    /// Where it is declared, when the configuration was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Location>,
}

/// A root output.
#[derive(Clone, Debug, Serialize)]
pub struct Output {
    /// Its address, `output.url`.
    pub address: Arc<str>,
    /// Its name.
    pub name: Arc<str>,
    /// Whether it is declared sensitive.
    pub sensitive: bool,
    /// Its description.
    pub description: Option<Arc<str>>,
    /// Where it is declared, when the configuration was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Location>,
}

/// A call of a module.
#[derive(Clone, Debug, Serialize)]
pub struct ModuleUse {
    /// Its address without keys, `module.net.module.sub`.
    pub address: Arc<str>,
    /// Where the module comes from.
    pub source: Option<Arc<str>>,
    /// The versions that are allowed.
    pub version_constraint: Option<Arc<str>>,
}

/// The folder of configuration that a plan was made from.
#[derive(Clone, Debug, Serialize)]
pub struct Folder {
    /// Every file in it, relative to it, sorted.
    pub files: Vec<String>,
    /// The text of its README; null where it has none.
    pub readme: Option<String>,
}

impl Folder {
    pub(crate) fn of(source: &Source) -> Self {
        Folder {
            files: source.files().to_vec(),
            readme: source.readme(),
        }
    }
}

/// Reads them into a model without resources.
pub(crate) fn read(plan: &Plan, modules: &Modules, source: Option<&Source>) -> Model {
    let root = plan
        .configuration
        .as_ref()
        .map(|configuration| &configuration.root_module);
    let mut model = Model {
        terraform: Terraform {
            version: plan.terraform_version.as_deref().map(Arc::from),
            format_version: Arc::from(&*plan.format_version),
            errored: plan.errored,
            complete: plan.complete,
            applyable: plan.applyable,
        },
        variables: variables(plan, modules, source),
        source: source.map(Folder::of),
        ..Model::default()
    };
    for (name, output) in root.into_iter().flat_map(|root| &root.outputs) {
        model.outputs.push(Output {
            address: Arc::from(format!("output.{name}")),
            name: Arc::from(&**name),
            sensitive: output.sensitive,
            description: output.description.as_deref().map(Arc::from),
            source: source
                .and_then(|source| source.module(&[])?.output(name))
                .map(|block| Location {
                    file: Arc::from(block.file()),
                    line: block.line(),
                }),
        });
    }
    if let Some(root) = root {
        calls(root, "", &mut model.modules);
    }
    model
}

fn variables(plan: &Plan, modules: &Modules, source: Option<&Source>) -> Vec<Variable> {
    let declared = plan
        .configuration
        .as_ref()
        .map(|configuration| &configuration.root_module.variables);
    let checked = |name: &str| {
        plan.checks
            .iter()
            .any(|check| check.address.kind == "var" && check.address.name.as_deref() == Some(name))
    };
    let mut names: Vec<&str> = plan.variables.keys().map(|name| &**name).collect();
    names.extend(declared.into_iter().flatten().map(|(name, _)| &**name));
    names.sort_unstable();
    names.dedup();
    let variable = |name: &str| {
        let declaration = declared.and_then(|declared| declared.get(name));
        let written = source.and_then(|source| source.module(&[])?.variable(name));
        let sensitive = declaration.is_some_and(|declaration| declaration.sensitive);
        let hide = |value: Option<Value>| match value {
            Some(value) if sensitive || declared.is_none() => hidden(value),
            value => value.unwrap_or_default(),
        };
        let default = declaration.and_then(|declaration| declaration.default);
        Variable {
            address: Arc::from(format!("var.{name}")),
            name: Arc::from(name),
            value: hide(modules.value(Modules::ROOT, name).cloned()),
            required: declaration.is_some() && default.is_none(),
            default: hide(default.map(Value::parse)),
            sensitive,
            description: declaration
                .and_then(|declaration| declaration.description.as_deref())
                .map(Arc::from),
            validated: match written {
                Some(written) => Some(written.validations().next().is_some()),
                None if checked(name) => Some(true),
                None => lists_validations(plan.terraform_version.as_deref()).then_some(false),
            },
            kind: written.and_then(|written| written.r#type()).map(Arc::from),
            source: written.map(|written| Location {
                file: Arc::from(written.file()),
                line: written.line(),
            }),
        }
    };
    names.into_iter().map(variable).collect()
}

/// Whether a plan of this version lists the validations of all root variables in `checks`: Terraform and OpenTofu do
/// from 1.6 on, whatever their outcome (<https://developer.hashicorp.com/terraform/internals/json-format>, "Checks").
fn lists_validations(version: Option<&str>) -> bool {
    let numbers = version.and_then(|version| {
        let (major, rest) = version.split_once('.')?;
        let minor = rest.split('.').next()?;
        Some((major.parse::<u32>().ok()?, minor.parse::<u32>().ok()?))
    });
    numbers.is_some_and(|numbers| numbers >= (1, 6))
}

fn calls(module: &ConfigModule, prefix: &str, into: &mut Vec<ModuleUse>) {
    for (name, call) in &module.module_calls {
        let address = format!("{prefix}module.{name}");
        into.push(ModuleUse {
            address: Arc::from(&*address),
            source: call.source.as_deref().map(Arc::from),
            version_constraint: call.version_constraint.as_deref().map(Arc::from),
        });
        calls(&call.module, &format!("{address}."), into);
    }
}

#[cfg(test)]
mod tests {
    use super::lists_validations;

    #[test]
    fn validations_are_listed_from_1_6_on() {
        for (version, lists) in [
            ("0.15.5", false),
            ("1.5.7", false),
            ("1.6.0-alpha20230816", true),
            ("1.11.4", true),
            ("2.0", true),
            ("dev", false),
        ] {
            assert_eq!(lists_validations(Some(version)), lists, "{version}");
        }
        assert!(!lists_validations(None));
    }
}
