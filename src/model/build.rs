//! Builds the model of one state of a plan.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::value::RawValue;

use super::config;
use super::evaluated::Evaluated;
use super::iam::{self, Documents};
use super::instance::{Instance, Instances, State};
use super::links::Links;
use super::module::{ModuleId, Modules};
use super::origin::Origins;
use super::provider::Providers;
use super::reference::Resolver;
use super::refine::refine;
use super::resource::{ByType, Location, Mode, Resource};
use super::value::Value;
use super::values::{Merge, hide, hide_alike, is_blank};
use super::{Model, plan_parts};
use crate::plan::{Change, ConfigResource, Leaf, Plan};
use crate::source::Source;

/// Builds the model of a plan before or after apply. Sensitive values are left behind here.
///
/// With the `source`, the configuration that the plan was made from, it tells more: local values, computed keys,
/// `dynamic` blocks, documents that are known in part, and where everything stands.
pub fn build<'p>(plan: &'p Plan<'p>, state: State, source: Option<&Source>) -> Model {
    let mut modules = Modules::new(plan);
    let instances = Instances::collect(plan, &mut modules, state);
    let resolver = Resolver::new(&modules, &instances);

    let all = || instances.existing.iter().chain(&instances.removed);
    let origins = Origins {
        modules: &modules,
        source,
    };
    let configs = shown_configs(all(), origins);
    let mut values: Vec<Value> = all().map(|instance| values_of(instance, &resolver, state)).collect();
    let removed_from = instances.existing.len();
    let evaluated = source.map(|source| Evaluated::new(source, &modules, &instances, &values[..removed_from]));
    let read = evaluated.as_ref().map(read_source).unwrap_or_default();
    let providers = Providers::read(plan, origins, evaluated.as_ref());
    for ((value, body), instance) in values.iter_mut().zip(&read.bodies).zip(&instances.existing) {
        if let Some(body) = body {
            refine(value, body, &parse(instance.sensitive));
        }
    }
    let data = instances.existing.iter().zip(&values);
    let documents = Documents::rebuild(
        data.filter(|(instance, _)| instance.mode == Mode::Data && &*instance.kind == "aws_iam_policy_document")
            .map(|(instance, values)| (instance.address.clone(), values)),
    );
    for (instance, values) in all().zip(&mut values) {
        documents.place_in(&instance.address, values);
    }
    for (at, argument, document) in read.documents {
        if parse(instances.existing[at].sensitive).get(argument) == Some(&Value::Bool(true)) {
            continue;
        }
        if let Value::Object(members) = &mut values[at] {
            let unknown = members
                .get(argument)
                .is_some_and(|value| value.get("Statement").is_none());
            if unknown && let Some(document) = iam::from_expression(&document) {
                members.insert(Arc::from(argument), document);
            }
        }
    }
    let mut links = Links::find(&resolver, &values[..removed_from], &read.bodies);

    let drifted: HashMap<&str, ()> = plan
        .resource_drift
        .iter()
        .filter(|change| differs(parse(change.change.before), parse(change.change.after)))
        .map(|change| (&*change.address, ()))
        .collect();
    let mut model = Model {
        unresolved: std::mem::take(&mut links.unresolved),
        ..plan_parts::read(plan, &modules, source)
    };
    for (at, (instance, mut values)) in all().zip(values).enumerate() {
        // Before apply nothing is about to change: what there is, is there.
        let change = instance.change.filter(|_| state == State::After);
        let mut before = change.map_or(Value::Null, |change| before_of(&change.change));
        documents.place(&mut before);
        let used = providers.used_by(instance, modules.path(instance.module));
        for provider in &used {
            provider.hide_default_tags(&mut values);
            provider.hide_default_tags(&mut before);
        }
        let no_config = || Arc::new(Value::object([]));
        let (references, referrers) = if at < removed_from {
            links.take(at)
        } else {
            Default::default()
        };
        let actions = change.map(|change| &change.change.actions[..]).unwrap_or_default();
        let resource = Resource {
            address: instance.address.clone(),
            kind: instance.kind.clone(),
            name: instance.name.clone(),
            module: Some(modules.address(instance.module))
                .filter(|address| !address.is_empty())
                .cloned(),
            index: instance.key.as_ref().map_or(Value::Null, super::known::key_value),
            provider: instance.provider.clone(),
            provider_config: match used[..] {
                [only] => Some(only.address.clone()),
                _ => None,
            },
            mode: instance.mode,
            actions: actions.iter().map(|action| Arc::from(&**action)).collect(),
            replaces: actions.len() > 1 && actions.iter().any(|action| action == "create"),
            reason: change.and_then(|change| change.action_reason.as_deref()).map(Arc::from),
            replace_paths: change
                .and_then(|change| change.change.replace_paths)
                .map_or(Value::Null, Value::parse),
            previous_address: change
                .and_then(|change| change.previous_address.as_deref())
                .map(Arc::from),
            imported: change
                .and_then(|change| change.change.importing)
                .is_some_and(|raw| raw.get() != "null"),
            drifted: drifted.contains_key(&*instance.address),
            values,
            before,
            config: instance
                .config
                .and_then(|config| configs.get(&std::ptr::from_ref(config)).cloned())
                .unwrap_or_else(no_config),
            references,
            referrers,
            source: read.locations.get(at).cloned().flatten(),
        };
        let section: &mut ByType = match (at < removed_from, instance.mode) {
            (false, _) => &mut model.removed,
            (true, Mode::Managed) => &mut model.resources,
            (true, Mode::Data) => &mut model.data,
        };
        section.entry(resource.kind.clone()).or_default().push(resource);
    }
    model.providers = providers.sorted();
    model
}

/// What the configuration says of the existing instances, in their order.
#[derive(Default)]
struct Read {
    bodies: Vec<Option<Value>>,
    locations: Vec<Option<Location>>,
    /// The documents of policy arguments that the plan does not tell.
    documents: Vec<(usize, &'static str, Value)>,
}

fn read_source(evaluated: &Evaluated) -> Read {
    let mut read = Read::default();
    for (at, (instance, values)) in evaluated.instances().enumerate() {
        read.bodies.push(evaluated.body(instance));
        read.locations.push(evaluated.location(instance));
        for argument in iam::ARGUMENTS {
            let unknown = values.get(argument).is_some_and(|value| value.get("from").is_some());
            if unknown && let Some(document) = evaluated.document(instance, argument) {
                read.documents.push((at, argument, document));
            }
        }
    }
    read
}

/// The configuration of each resource, as policies may see it; the instances of one share it.
fn shown_configs<'i, 'p: 'i>(
    instances: impl Iterator<Item = &'i Instance<'p>>,
    origins: Origins<'_, 'p>,
) -> HashMap<*const ConfigResource<'p>, Arc<Value>> {
    let mut marks: BTreeMap<*const ConfigResource<'p>, (&'p ConfigResource<'p>, ModuleId, Value)> = BTreeMap::new();
    for instance in instances {
        let Some(resource) = instance.config else { continue };
        let (_, _, known) = marks
            .entry(std::ptr::from_ref(resource))
            .or_insert_with(|| (resource, instance.module, Value::Null));
        let before = instance.change.and_then(|change| change.change.before_sensitive);
        let after = instance.change.and_then(|change| change.change.after_sensitive);
        for mirror in [instance.sensitive, before, after].into_iter().flatten() {
            config::add_marks(known, &Value::parse(mirror));
        }
    }
    marks
        .into_iter()
        .map(|(key, (resource, module, marks))| {
            let for_each = resource.for_each_expression.as_ref();
            let from = |leaf: &Leaf<'p>| origins.of(leaf, module, for_each).addresses;
            (key, Arc::new(config::show(&resource.expressions, &marks, &from)))
        })
        .collect()
}

fn parse(raw: Option<&RawValue>) -> Value {
    raw.map_or(Value::Null, Value::parse)
}

/// What a mirror marks as sensitive. The provider copies `tags` into `tags_all`, and the marks stay behind.
fn marks(sensitive: Option<&RawValue>) -> Value {
    let mut marks = parse(sensitive);
    if let Value::Object(members) = &mut marks
        && let Some(tags) = members.get("tags").cloned()
    {
        config::add_marks(members.entry(Arc::from("tags_all")).or_default(), &tags);
    }
    marks
}

/// Whether two values differ by more than that one is null where the other is empty, as providers leave them.
fn differs(before: Value, after: Value) -> bool {
    match (before, after) {
        (Value::Object(before), Value::Object(mut after)) => {
            let changed = before
                .into_iter()
                .any(|(name, value)| differs(value, after.remove(&name).unwrap_or_default()));
            changed || after.into_values().any(|value| !is_blank(&value))
        }
        (before, after) => before != after && !(is_blank(&before) && is_blank(&after)),
    }
}

fn values_of<'p>(instance: &Instance<'p>, resolver: &Resolver<'_, 'p>, state: State) -> Value {
    let known = match parse(instance.values) {
        Value::Null => Value::object([]),
        known => known,
    };
    let merge = Merge {
        kind: &instance.kind,
        resolver,
        scope: instance.scope(),
    };
    let arguments = instance.config.map(|config| &config.expressions);
    let values = merge.resource(
        known,
        &parse(instance.unknown),
        &marks(instance.sensitive),
        arguments,
        instance.planned,
    );
    match instance.change {
        Some(change) if state == State::Before => hide_newly_marked(values, &change.change),
        _ => values,
    }
}

fn before_of(change: &Change) -> Value {
    hide_newly_marked(hide(parse(change.before), &marks(change.before_sensitive)), change)
}

/// Hides in values from before what only this plan marks: they may well be what they will be.
fn hide_newly_marked(before: Value, change: &Change) -> Value {
    hide_alike(before, &marks(change.after_sensitive))
}
