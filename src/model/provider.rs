//! The configurations of providers, and which of them a resource uses.

use std::sync::Arc;

use serde::Serialize;

use super::evaluated::Evaluated;
use super::instance::Instance;
use super::map::Map;
use super::origin::Origins;
use super::resource::Location;
use super::traversal::distinct;
use super::value::Value;
use super::values::hidden;
use crate::plan::{Block, Expression, Plan, ProviderConfig, Text};

/// A provider's configuration.
#[derive(Clone, Debug, Serialize)]
pub struct Provider {
    /// Its address: `provider.aws`, or `provider.aws.west` for an alias; in a module with the module's before it.
    pub address: Arc<str>,
    /// Its local name.
    pub name: Arc<str>,
    /// Its alias.
    pub alias: Option<Arc<str>>,
    /// Its full name, such as `registry.terraform.io/hashicorp/aws`.
    pub full_name: Option<Arc<str>>,
    /// The versions that are allowed.
    pub version_constraint: Option<Arc<str>>,
    /// The module that configures it; null for the root.
    pub module: Option<Arc<str>>,
    /// Its `region`: null where it sets none, a marker where the plan does not tell what it is set to.
    pub region: Value,
    /// The tags that it gives to all of its resources, by name: empty where it gives none, a marker where the plan does
    /// not tell them.
    pub default_tags: Value,
    /// Where it is declared, when the configuration was given.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub source: Option<Location>,
}

impl Provider {
    /// Hides the sensitive ones of its default tags in a resource's `tags_all`: Terraform takes the marks off what it
    /// hands to a provider, so the plan shows them.
    pub(crate) fn hide_default_tags(&self, values: &mut Value) {
        let Value::Object(members) = values else { return };
        if !self.default_tags.has_marker() {
            return;
        }
        let own = members
            .get("tags")
            .and_then(Value::as_object)
            .cloned()
            .unwrap_or_default();
        let Some(Value::Object(tags)) = members.get_mut("tags_all") else {
            return;
        };
        let secret = |name: &Arc<str>| {
            self.default_tags == Value::sensitive() || self.default_tags.get(name) == Some(&Value::sensitive())
        };
        for (name, tag) in tags {
            if !own.contains_key(name) && secret(name) {
                *tag = hidden(std::mem::take(tag));
            }
        }
    }
}

/// The configurations of a plan's providers, each with what tells whose it is.
pub(crate) struct Providers<'p> {
    all: Vec<(&'p str, &'p ProviderConfig<'p>, Provider)>,
}

impl<'p> Providers<'p> {
    /// Reads them; with the configuration beside the plan their arguments are evaluated.
    pub(crate) fn read(plan: &'p Plan<'p>, origins: Origins<'_, 'p>, evaluated: Option<&Evaluated>) -> Self {
        let configured = plan
            .configuration
            .iter()
            .flat_map(|configuration| &configuration.provider_config);
        let all = configured.map(|(key, config)| (&**key, config, read(config, origins, evaluated)));
        Providers { all: all.collect() }
    }

    /// The configuration that an instance uses, which is in the module with these calls; several, where the plan does
    /// not tell which.
    pub(crate) fn used_by(&self, instance: &Instance, calls: &[Arc<str>]) -> Vec<&Provider> {
        let key = instance
            .config
            .map(|config| &*config.provider_config_key)
            .unwrap_or_default();
        // In a module, one without arguments is what the module requires. Its caller configures it.
        let configures = |config: &ProviderConfig| module_of(config).is_none() || !config.expressions.is_empty();
        let own = self
            .all
            .iter()
            .find(|(own, config, _)| *own == key && configures(config));
        if let Some((_, _, provider)) = own {
            return vec![provider];
        }
        // Before Terraform 1.1 a resource of a module has only the module's own name for its provider.
        let alias = key.rsplit(':').next().and_then(|local| Some(local.split_once('.')?.1));
        let paths: Vec<String> = (0..=calls.len())
            .map(|depth| {
                calls[..depth]
                    .iter()
                    .map(|call| format!("module.{call}"))
                    .collect::<Vec<_>>()
                    .join(".")
            })
            .collect();
        let visible = self.all.iter().filter(|(_, config, provider)| {
            let module = module_of(config).unwrap_or_default();
            is_of(provider, &instance.provider) && configures(config) && paths.iter().any(|path| path == module)
        });
        let (own, above): (Vec<_>, Vec<_>) = visible.partition(|(_, config, provider)| {
            Some(module_of(config).unwrap_or_default()) == paths.last().map(|path| &**path)
                && provider.alias.as_deref() == alias
        });
        let found = if own.is_empty() { above } else { own };
        found.into_iter().map(|(_, _, provider)| provider).collect()
    }

    /// All of them, by address.
    pub(crate) fn sorted(self) -> Vec<Provider> {
        let mut providers: Vec<Provider> = self.all.into_iter().map(|(_, _, provider)| provider).collect();
        providers.sort_by(|one, other| one.address.cmp(&other.address));
        providers
    }
}

/// Whether a configuration is of the provider of that full name; old versions only have the last part of it.
fn is_of(provider: &Provider, full_name: &str) -> bool {
    match &provider.full_name {
        Some(own) => **own == *full_name,
        None => Some(&*provider.name) == full_name.rsplit('/').next(),
    }
}

fn module_of<'c>(config: &'c ProviderConfig) -> Option<&'c str> {
    config.module_address.as_deref().filter(|module| !module.is_empty())
}

fn read<'p>(config: &'p ProviderConfig<'p>, origins: Origins<'_, 'p>, evaluated: Option<&Evaluated>) -> Provider {
    let module = module_of(config);
    let module_prefix = module.map(|module| format!("{module}.")).unwrap_or_default();
    let alias = config.alias.as_deref();
    let alias_suffix = alias.map(|alias| format!(".{alias}")).unwrap_or_default();
    let id = origins.modules.find(module.unwrap_or_default());
    let (body, source) = id
        .zip(evaluated)
        .and_then(|(id, evaluated)| evaluated.provider(id, &config.name, alias))
        .unzip();
    let argument = |arguments: Option<&Block<'p>>, name: &str, evaluated: Option<&Value>| {
        let Some(Expression::Leaf(leaf)) = arguments.and_then(|arguments| arguments.get(name)) else {
            return evaluated.cloned().unwrap_or_default();
        };
        if let Some(constant) = leaf.constant_value {
            return Value::parse(constant);
        }
        let origin = id.map(|id| origins.of(leaf, id, None)).unwrap_or_default();
        match evaluated {
            // The plan tells at least what a value that cannot be evaluated comes from.
            Some(value) if *value != Value::unknown([]) => value.clone(),
            _ if origin.sensitive => Value::sensitive(),
            _ if origin.addresses.is_empty() => {
                let references = distinct(leaf.references.iter().map(Text::as_str));
                Value::unknown(references.into_iter().map(Arc::from))
            }
            _ => Value::unknown(origin.addresses),
        }
    };
    let block = match config.expressions.get("default_tags") {
        Some(Expression::Block(block)) => Some(block),
        Some(Expression::Blocks(blocks)) => blocks.first(),
        _ => None,
    };
    let evaluated_block = body.as_ref().and_then(|body| {
        let blocks = body.get("default_tags")?;
        blocks.as_array().map_or(Some(blocks), <[Value]>::first)
    });
    let tags = match evaluated_block {
        Some(unrolled) if unrolled.has_marker() && unrolled.get("tags").is_none() => unrolled.clone(),
        _ => argument(block, "tags", evaluated_block.and_then(|block| block.get("tags"))),
    };
    Provider {
        address: Arc::from(format!("{module_prefix}provider.{}{alias_suffix}", config.name)),
        name: Arc::from(&*config.name),
        alias: alias.map(Arc::from),
        full_name: config.full_name.as_deref().map(Arc::from),
        version_constraint: config.version_constraint.as_deref().map(Arc::from),
        module: module.map(Arc::from),
        region: argument(
            Some(&config.expressions),
            "region",
            body.as_ref().and_then(|body| body.get("region")),
        ),
        default_tags: match tags {
            Value::Null => Value::Object(Map::new()),
            tags => tags,
        },
        source,
    }
}
