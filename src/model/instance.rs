//! The instances of a plan's resources, found in whichever of its sections has them.

use std::collections::{HashMap, HashSet};
use std::sync::Arc;

use serde_json::value::RawValue;

use super::address::{self, Key};
use super::choice::ByKey;
use super::module::{ModuleId, Modules};
use super::reference::Scope;
use super::resource::Mode;
use crate::plan::{self, ConfigResource, Plan, ResourceChange, StateResource};
use crate::sorted;

/// Which of a plan's two states is modelled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// What there is before apply.
    Before,
    /// What there will be after apply.
    After,
}

/// The instances of one resource, sorted by key; `None` where it has neither `count` nor `for_each`.
#[derive(Debug, Default)]
pub(crate) struct Group {
    pub by_key: Vec<(Option<Key>, usize)>,
}

impl ByKey<usize> for Group {
    fn of(&self, key: &Option<Key>) -> Option<usize> {
        let at = self.by_key.binary_search_by(|(own, _)| own.cmp(key)).ok()?;
        Some(self.by_key[at].1)
    }

    fn all(&self) -> impl ExactSizeIterator<Item = usize> {
        self.by_key.iter().map(|(_, instance)| *instance)
    }
}

/// One instance, its values still as the plan has them.
pub(crate) struct Instance<'p> {
    pub address: Arc<str>,
    pub mode: Mode,
    pub kind: Arc<str>,
    pub name: Arc<str>,
    pub module: ModuleId,
    pub key: Option<Key>,
    pub provider: Arc<str>,
    pub config: Option<&'p ConfigResource<'p>>,
    pub change: Option<&'p ResourceChange<'p>>,
    pub values: Option<&'p RawValue>,
    pub unknown: Option<&'p RawValue>,
    pub sensitive: Option<&'p RawValue>,
    /// How many instances its resource has in its module instance, itself included.
    pub siblings: usize,
    /// Whether the plan has a change for it; if not, what is unknown can only be told from the configuration.
    pub planned: bool,
}

impl<'p> Instance<'p> {
    /// Where the expressions of its configuration stand.
    pub(crate) fn scope(&self) -> Scope<'_, 'p> {
        Scope {
            module: self.module,
            key: self.key.as_ref(),
            for_each: self.config.and_then(|config| config.for_each_expression.as_ref()),
            instances: self.siblings,
        }
    }
}

type GroupKey = (ModuleId, Mode, Arc<str>, Arc<str>);

/// All instances of one state of a plan.
#[derive(Default)]
pub(crate) struct Instances<'p> {
    /// Those that exist, sorted by mode, type and address.
    pub existing: Vec<Instance<'p>>,
    /// Those that apply deletes or forgets, sorted likewise.
    pub removed: Vec<Instance<'p>>,
    groups: HashMap<GroupKey, Group>,
}

impl<'p> Instances<'p> {
    /// Finds them in `resource_changes`, then in `planned_values` for what has no change, then
    /// in `prior_state` for the data sources that are read already. A plan that only refreshes the state
    /// has neither of the first two: all that is in `prior_state` remains.
    pub(crate) fn collect(plan: &'p Plan<'p>, modules: &mut Modules<'p>, state: State) -> Self {
        let mut collector = Collector {
            modules,
            texts: HashSet::new(),
            seen: HashSet::with_capacity(plan.resource_changes.len()),
            last: None,
        };
        let mut instances = Instances::default();
        instances.existing.reserve_exact(plan.resource_changes.len());
        for change in plan.resource_changes.iter().filter(|change| !change.is_deposed()) {
            let gone = change.is_gone();
            let instance = collector.changed(change, state, gone);
            let Some(instance) = instance else { continue };
            if gone && state == State::After {
                instances.removed.push(instance);
            } else {
                instances.existing.push(instance);
            }
        }
        if state == State::After
            && let Some(planned) = &plan.planned_values
        {
            collector.walk(&planned.root_module, None, &mut instances.existing);
        }
        let changes_nothing = collector.seen.is_empty() && plan.resource_changes.is_empty();
        if let Some(values) = plan.prior_state.as_ref().and_then(|state| state.values.as_ref()) {
            let only = Some(Mode::Data).filter(|_| !changes_nothing);
            collector.walk(&values.root_module, only, &mut instances.existing);
        }
        sort(&mut instances.existing);
        sort(&mut instances.removed);
        // Instances of one resource mostly stand side by side.
        let is_same = |one: &Instance, next: &Instance| {
            (one.module, one.mode) == (next.module, next.mode) && one.name == next.name && one.kind == next.kind
        };
        let mut begin = 0;
        for of_one in instances.existing.chunk_by(is_same) {
            let Instance {
                module,
                mode,
                kind,
                name,
                ..
            } = &of_one[0];
            let group = instances
                .groups
                .entry((*module, *mode, kind.clone(), name.clone()))
                .or_default();
            let places = (begin..).zip(of_one);
            group
                .by_key
                .extend(places.map(|(at, instance)| (instance.key.clone(), at)));
            begin += of_one.len();
        }
        for group in instances.groups.values_mut() {
            sorted::sort(&mut group.by_key);
            for at in group.all() {
                instances.existing[at].siblings = group.by_key.len();
            }
        }
        instances
    }

    /// The instances of a resource of a module instance.
    pub(crate) fn group(&self, module: ModuleId, mode: Mode, kind: &Arc<str>, name: &Arc<str>) -> Option<&Group> {
        self.groups.get(&(module, mode, kind.clone(), name.clone()))
    }
}

/// Sorts instances by mode, type and address. Their places are sorted first, since they are large themselves, and mostly in
/// the order of their addresses.
fn sort(instances: &mut [Instance]) {
    let kinds: HashSet<(Mode, &str)> = instances
        .iter()
        .map(|instance| (instance.mode, &*instance.kind))
        .collect();
    let mut kinds = Vec::from_iter(kinds);
    kinds.sort_unstable();
    let ranks: HashMap<(Mode, &str), u32> = kinds.into_iter().zip(0..).collect();
    let mut order: Vec<(u32, usize)> = instances
        .iter()
        .enumerate()
        .map(|(at, instance)| (ranks[&(instance.mode, &*instance.kind)], at))
        .collect();
    order.sort_by_key(|(rank, _)| *rank);
    order.sort_by(|(one, at), (other, next)| {
        one.cmp(other)
            .then_with(|| instances[*at].address.cmp(&instances[*next].address))
    });
    for place in 0..order.len() {
        // What belongs here may have made way for what belonged before it.
        let mut from = order[place].1;
        while from < place {
            from = order[from].1;
        }
        order[place].1 = from;
        instances.swap(place, from);
    }
}

struct Collector<'c, 'p> {
    modules: &'c mut Modules<'p>,
    texts: HashSet<Arc<str>>,
    seen: HashSet<Arc<str>>,
    /// The module instance that was asked for last.
    last: Option<(Option<&'p str>, ModuleId)>,
}

impl<'p> Collector<'_, 'p> {
    /// The one shared copy of a text that many resources repeat.
    fn share(&mut self, text: &str) -> Arc<str> {
        if let Some(shared) = self.texts.get(text) {
            return shared.clone();
        }
        let shared: Arc<str> = Arc::from(text);
        self.texts.insert(shared.clone());
        shared
    }

    fn changed(&mut self, change: &'p ResourceChange<'p>, state: State, gone: bool) -> Option<Instance<'p>> {
        let body = &change.change;
        let mode = mode(change.mode)?;
        let (values, unknown, sensitive) = match (state, mode) {
            (State::After, _) if !gone => (body.after, body.after_unknown, body.after_sensitive),
            (State::Before, Mode::Data) => return None,
            _ => (Some(body.before?), None, body.before_sensitive),
        };
        if state == State::Before && body.before.is_none_or(|before| before.get() == "null") {
            return None;
        }
        let address: Arc<str> = Arc::from(&*change.address);
        self.seen.insert(address.clone());
        let (module, key) = self.place(&change.address, change.module_address.as_deref());
        Some(Instance {
            mode,
            kind: self.share(&change.resource_type),
            name: self.share(&change.name),
            module,
            key,
            siblings: 1,
            provider: self.share(&change.provider_name),
            // The plan has the new configuration alone, which made nothing of what this change is about to make.
            config: match state {
                State::Before if !body.actions.iter().all(|action| action == "no-op") => None,
                _ => self.config(module, mode, &change.resource_type, &change.name),
            },
            change: Some(change),
            values,
            unknown,
            sensitive,
            planned: true,
            address,
        })
    }

    fn walk(&mut self, module: &'p plan::Module<'p>, only: Option<Mode>, into: &mut Vec<Instance<'p>>) {
        for resource in &module.resources {
            let Some(mode) = mode(resource.mode) else { continue };
            if only.is_some_and(|only| only != mode) || self.seen.contains(&*resource.address) {
                continue;
            }
            into.push(self.known(resource, mode, module.address.as_deref()));
        }
        for child in &module.child_modules {
            self.walk(child, only, into);
        }
    }

    fn known(&mut self, resource: &'p StateResource<'p>, mode: Mode, module: Option<&'p str>) -> Instance<'p> {
        let address: Arc<str> = Arc::from(&*resource.address);
        self.seen.insert(address.clone());
        let (module, key) = self.place(&resource.address, module);
        Instance {
            mode,
            kind: self.share(&resource.resource_type),
            name: self.share(&resource.name),
            module,
            key,
            siblings: 1,
            provider: self.share(&resource.provider_name),
            config: self.config(module, mode, &resource.resource_type, &resource.name),
            change: None,
            values: resource.values,
            unknown: None,
            sensitive: resource.sensitive_values,
            planned: false,
            address,
        }
    }

    /// The module instance and the key that an address names. Terraform 0.12 leaves the module's
    /// address out of some sections, so it is read from the resource's own.
    fn place(&mut self, address: &'p str, module: Option<&'p str>) -> (ModuleId, Option<Key>) {
        let inner = module.and_then(|module| address.strip_prefix(module)?.strip_prefix('.'));
        let (module, inner) = match inner {
            Some(inner) => (module, inner),
            None => address::split_module(address),
        };
        // Neighbours are mostly of one module.
        let id = match self.last {
            Some((last, id)) if last == module => id,
            _ => self.modules.instance(module),
        };
        self.last = Some((module, id));
        (id, address::own_key(inner))
    }

    fn config(&self, module: ModuleId, mode: Mode, kind: &str, name: &str) -> Option<&'p ConfigResource<'p>> {
        let name = match mode {
            Mode::Managed => format!("{kind}.{name}"),
            Mode::Data => format!("data.{kind}.{name}"),
        };
        self.modules.resource(module, &name)
    }
}

/// Ephemeral resources are in no state, so no policy sees them.
fn mode(mode: plan::Mode) -> Option<Mode> {
    match mode {
        plan::Mode::Managed => Some(Mode::Managed),
        plan::Mode::Data => Some(Mode::Data),
        plan::Mode::Ephemeral | plan::Mode::Other => None,
    }
}
