//! Builds the model of one state of a plan.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use serde_json::value::RawValue;

use super::config;
use super::evaluated::Evaluated;
use super::iam::{self, Documents};
use super::instance::{Instance, Instances, State};
use super::links::{Links, Partial};
use super::module::{ModuleId, Modules};
use super::origin::Origins;
use super::provider::Providers;
use super::reference::Resolver;
use super::refine::refine;
use super::resource::{ByType, Location, Mode, Resource};
use super::value::{Names, Value};
use super::values::{Merge, hide, hide_alike, is_blank};
use super::{Model, Needs, Part, identity, plan_parts};
use crate::abreast;
use crate::plan::{Change, ConfigResource, Leaf, Plan};
use crate::source::Source;

/// So many instances are worth a thread of their own.
const SHARE: usize = 250;

/// Builds the model of a plan before or after apply. Sensitive values are left behind here.
///
/// With the `source`, the configuration that the plan was made from, it tells more: local values, computed keys,
/// `dynamic` blocks, documents that are known in part, and where everything stands.
pub fn build<'p>(plan: &'p Plan<'p>, state: State, source: Option<&Source>) -> Model {
    build_for(plan, state, source, &Needs::all())
}

/// As [`build`]; of managed resources of types that are not needed, there is no more than their addresses.
pub(crate) fn build_for<'p>(plan: &'p Plan<'p>, state: State, source: Option<&Source>, needs: &Needs) -> Model {
    let mut modules = Modules::new(plan);
    let instances = Instances::collect(plan, &mut modules, state);
    let resolver = Resolver::new(&modules, &instances);

    let all: Vec<&Instance> = instances.existing.iter().chain(&instances.removed).collect();
    let origins = Origins {
        modules: &modules,
        source,
    };
    let configs = match needs.has_part(Part::Config) {
        true => shown_configs(
            all.iter().copied().filter(|instance| is_whole(instance, needs)),
            origins,
        ),
        false => HashMap::new(),
    };
    let mut values = all_values(&all, &modules, &instances, state, needs);
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
    place(&documents, &all, &mut values);
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
    let mut links = match needs.has_links() {
        false => Links::default(),
        true => {
            let partial = Partial {
                is: &|at| !is_whole(&instances.existing[at], needs),
                whole: &|at| {
                    let instance = &instances.existing[at];
                    let mut values = values_of(instance, &resolver, state, &|_| true, &mut Names::new());
                    documents.place_in(&instance.address, &mut values);
                    values
                },
            };
            Links::find(&resolver, &values[..removed_from], &read.bodies, &partial)
        }
    };

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
    let no_config = Arc::new(Value::object([]));
    // Actions are few.
    let mut names: Vec<Arc<str>> = Vec::new();
    let mut named = |name: &str| -> Arc<str> {
        let known = names.iter().find(|known| ***known == *name).cloned();
        known.unwrap_or_else(|| {
            names.push(Arc::from(name));
            names[names.len() - 1].clone()
        })
    };
    // The instances are taken apart here, so that they are not held beside what is made of them.
    let Instances { existing, removed, .. } = instances;
    for (at, (instance, mut values)) in existing.into_iter().chain(removed).zip(values).enumerate() {
        if !is_whole(&instance, needs) {
            let unseen = match at < removed_from {
                true => &mut model.unseen.resources,
                false => &mut model.unseen.removed,
            };
            unseen.push(instance.address);
            continue;
        }
        // Before apply nothing is about to change: what there is, is there.
        let change = instance.change.filter(|_| state == State::After);
        let before = change.filter(|_| needs.has_part(Part::Before));
        let mut before = before.map_or(Value::Null, |change| before_of(&change.change));
        documents.place(&mut before);
        let used = providers.used_by(&instance, modules.path(instance.module));
        for provider in &used {
            provider.hide_default_tags(&mut values);
            provider.hide_default_tags(&mut before);
        }
        let (references, referrers) = links.take(at);
        let actions = change.map(|change| &change.change.actions[..]).unwrap_or_default();
        let resource = Resource {
            drifted: drifted.contains_key(&*instance.address),
            address: instance.address,
            kind: instance.kind,
            name: instance.name,
            module: Some(modules.address(instance.module))
                .filter(|address| !address.is_empty())
                .cloned(),
            index: instance.key.as_ref().map_or(Value::Null, super::known::key_value),
            provider: instance.provider,
            provider_config: match used[..] {
                [only] => Some(only.address.clone()),
                _ => None,
            },
            mode: instance.mode,
            actions: actions.iter().map(|action| named(action)).collect(),
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
            values,
            before,
            config: instance
                .config
                .and_then(|config| configs.get(&std::ptr::from_ref(config)).cloned())
                .unwrap_or_else(|| no_config.clone()),
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

/// Whether all of an instance is needed. Data sources are few, and others are made of them.
fn is_whole(instance: &Instance, needs: &Needs) -> bool {
    instance.mode == Mode::Data || needs.has(&instance.kind)
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

/// The values of all instances in their order, worked out by as many threads as they are worth.
fn all_values<'p>(
    all: &[&Instance<'p>],
    modules: &Modules<'p>,
    instances: &Instances<'p>,
    state: State,
    needs: &Needs,
) -> Vec<Value> {
    let share = all.len().div_ceil(abreast::threads().get()).max(SHARE);
    let of = |share: &[&Instance<'p>]| -> Vec<Value> {
        let (resolver, mut names) = (Resolver::new(modules, instances), Names::new());
        let mut naming: HashMap<&str, Vec<&str>> = HashMap::new();
        let values = share.iter().map(|instance| {
            if is_whole(instance, needs) {
                // What an argument refers to is told by its value, and values of data sources are told by others.
                let all = needs.has_links() || instance.mode == Mode::Data || needs.is_whole(&instance.kind);
                return values_of(
                    instance,
                    &resolver,
                    state,
                    &|name| all || needs.has_value(name),
                    &mut names,
                );
            }
            if !needs.has_links() {
                return Value::Null;
            }
            let naming = naming
                .entry(&instance.kind)
                .or_insert_with(|| identity::naming(&instance.kind));
            naming_values(instance, state, naming, &mut names)
        });
        values.collect()
    };
    let values = abreast::each(all.chunks(share), all.len().div_ceil(share), of);
    values.into_iter().flatten().collect()
}

/// Puts documents in the place of policies.
fn place(documents: &Documents, all: &[&Instance], values: &mut [Value]) {
    let pairs = all.chunks(SHARE).zip(values.chunks_mut(SHARE));
    abreast::each(pairs, all.len() / SHARE, |(instances, values)| {
        for (instance, values) in instances.iter().zip(values) {
            documents.place_in(&instance.address, values);
        }
    });
}

/// The values of an instance that are kept, by their names.
fn values_of<'p>(
    instance: &Instance<'p>,
    resolver: &Resolver<'_, 'p>,
    state: State,
    is_kept: &dyn Fn(&str) -> bool,
    names: &mut Names,
) -> Value {
    let mut read = |raw: Option<&RawValue>| raw.map_or(Value::Null, |raw| Value::parse_members(raw, is_kept, names));
    let known = match read(instance.values) {
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
        &read(instance.unknown),
        &marks(instance.sensitive),
        arguments,
        instance.planned,
    );
    newly_hidden(values, instance, state)
}

/// Those of an instance's values by which others may name it, where they are known.
fn naming_values(instance: &Instance, state: State, naming: &[&str], names: &mut Names) -> Value {
    if instance.unknown.is_some_and(|unknown| unknown.get() == "true") {
        return Value::object([]);
    }
    let is_naming = |name: &str| naming.contains(&name);
    let known = instance
        .values
        .map_or(Value::Null, |raw| Value::parse_members(raw, &is_naming, names));
    newly_hidden(hide(known, &marks(instance.sensitive)), instance, state)
}

/// Of the state before, values without what this plan marks.
fn newly_hidden(values: Value, instance: &Instance, state: State) -> Value {
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
