//! The tree of module instances, and what flows into and out of each.

use std::collections::{BTreeMap, HashMap};
use std::sync::Arc;

use super::address::{self, Key};
use super::reference::Scope;
use super::value::Value;
use crate::plan::{ConfigModule, ConfigResource, Expression, Leaf, ModuleCall, Plan};

/// The place of a module instance in its tree.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub(crate) struct ModuleId(usize);

/// The instances of a call, by key; `None` where it has neither `count` nor `for_each`.
pub(crate) type Children = BTreeMap<Option<Key>, ModuleId>;

/// One instance of a module.
struct Module<'p> {
    address: Arc<str>,
    calls: Vec<Arc<str>>,
    parent: Option<ModuleId>,
    call: Option<&'p ModuleCall<'p>>,
    key: Option<Key>,
    config: Option<&'p ConfigModule<'p>>,
    children: HashMap<Arc<str>, Children>,
}

/// What is looked up in the configuration of a module, by name.
#[derive(Default)]
struct Names<'p> {
    resources: HashMap<&'p str, &'p ConfigResource<'p>>,
    defaults: HashMap<&'p str, Value>,
}

/// All module instances of a plan, the root first.
pub(crate) struct Modules<'p> {
    modules: Vec<Module<'p>>,
    by_address: HashMap<Arc<str>, ModuleId>,
    /// By where the configuration stands: the instances of a module share it.
    names: HashMap<usize, Names<'p>>,
    variables: HashMap<&'p str, Value>,
}

impl<'p> Modules<'p> {
    pub(crate) const ROOT: ModuleId = ModuleId(0);

    /// The root module, and every module that is called once; [`Modules::instance`] adds the others.
    pub(crate) fn new(plan: &'p Plan<'p>) -> Self {
        let config = plan
            .configuration
            .as_ref()
            .map(|configuration| &configuration.root_module);
        let mut modules = Modules {
            modules: Vec::new(),
            by_address: HashMap::new(),
            names: HashMap::new(),
            variables: plan
                .variables
                .iter()
                .filter_map(|(name, variable)| Some((&**name, Value::parse(variable.value?))))
                .collect(),
        };
        modules.add(Module {
            address: Arc::from(""),
            calls: Vec::new(),
            parent: None,
            call: None,
            key: None,
            config,
            children: HashMap::new(),
        });
        modules
    }

    fn add(&mut self, module: Module<'p>) -> ModuleId {
        let id = ModuleId(self.modules.len());
        let config = module.config;
        self.by_address.insert(module.address.clone(), id);
        self.modules.push(module);
        if let Some(config) = config {
            self.names
                .entry(std::ptr::from_ref(config).addr())
                .or_insert_with(|| Names {
                    resources: config
                        .resources
                        .iter()
                        .map(|resource| (&*resource.address, resource))
                        .collect(),
                    defaults: config
                        .variables
                        .iter()
                        .filter_map(|(name, variable)| Some((&**name, Value::parse(variable.default?))))
                        .collect(),
                });
            for (name, call) in &config.module_calls {
                if call.count_expression.is_none() && call.for_each_expression.is_none() {
                    self.child(id, &Arc::from(&**name), None);
                }
            }
        }
        id
    }

    fn child(&mut self, parent: ModuleId, name: &Arc<str>, key: Option<Key>) -> ModuleId {
        let module = &self.modules[parent.0];
        if let Some(id) = module.children.get(name).and_then(|children| children.get(&key)) {
            return *id;
        }
        let call = module.config.and_then(|config| config.module_calls.get(&**name));
        let prefix = if module.address.is_empty() {
            String::new()
        } else {
            format!("{}.", module.address)
        };
        let suffix = key.as_ref().map(Key::to_string).unwrap_or_default();
        let mut calls = module.calls.clone();
        calls.push(name.clone());
        let id = self.add(Module {
            address: Arc::from(format!("{prefix}module.{name}{suffix}")),
            calls,
            parent: Some(parent),
            call,
            key: key.clone(),
            config: call.map(|call| &call.module),
            children: HashMap::new(),
        });
        let children = self.modules[parent.0].children.entry(name.clone()).or_default();
        if key.is_some() {
            // A `for_each` without references is not in the plan, and so looked like none.
            children.remove(&None);
        }
        children.insert(key, id);
        id
    }

    /// The module instance of that address, made where no other resource named it yet.
    pub(crate) fn instance(&mut self, address: Option<&str>) -> ModuleId {
        let address = address.unwrap_or_default();
        if let Some(id) = self.by_address.get(address) {
            return *id;
        }
        let mut id = Self::ROOT;
        for (name, key) in address::module_calls(address).unwrap_or_default() {
            id = self.child(id, &name, key);
        }
        self.by_address.insert(Arc::from(address), id);
        id
    }

    /// The module instance of that address, where there is one.
    pub(crate) fn find(&self, address: &str) -> Option<ModuleId> {
        self.by_address.get(address).copied()
    }

    /// The address of a module instance; empty for the root.
    pub(crate) fn address(&self, id: ModuleId) -> &Arc<str> {
        &self.modules[id.0].address
    }

    /// The names of the calls that lead from the root to a module.
    pub(crate) fn path(&self, id: ModuleId) -> &[Arc<str>] {
        &self.modules[id.0].calls
    }

    /// The instances of a call in a module.
    pub(crate) fn children(&self, id: ModuleId, call: &str) -> &Children {
        static NONE: Children = Children::new();
        self.modules[id.0].children.get(call).unwrap_or(&NONE)
    }

    /// Whether the configuration of a module has that call.
    pub(crate) fn calls(&self, id: ModuleId, call: &str) -> bool {
        self.modules[id.0]
            .config
            .is_some_and(|config| config.module_calls.contains_key(call))
    }

    /// The configuration of a resource of a module; `name` is `data.x.y` for a data source.
    pub(crate) fn resource(&self, id: ModuleId, name: &str) -> Option<&'p ConfigResource<'p>> {
        self.names(id)?.resources.get(name).copied()
    }

    /// The expression that the caller of a module gives for a variable, and where it stands.
    pub(crate) fn argument(&self, id: ModuleId, variable: &str) -> Option<(&'p Leaf<'p>, Scope<'_, 'p>)> {
        let module = &self.modules[id.0];
        let call = module.call?;
        let Expression::Leaf(leaf) = call.expressions.get(variable)? else {
            return None;
        };
        let for_each = call.for_each_expression.as_ref();
        Some((
            leaf,
            Scope {
                module: module.parent?,
                key: module.key.as_ref(),
                for_each,
                instances: self.children(module.parent?, self.path(id).last()?).len(),
            },
        ))
    }

    /// The value of a variable that no expression gives: the root's own, or the default.
    pub(crate) fn value(&self, id: ModuleId, variable: &str) -> Option<&Value> {
        let given = if id == Self::ROOT {
            self.variables.get(variable)
        } else {
            None
        };
        given.or_else(|| self.names(id)?.defaults.get(variable))
    }

    /// Whether a module declares a variable sensitive.
    pub(crate) fn is_sensitive(&self, id: ModuleId, variable: &str) -> bool {
        let declared = self.modules[id.0]
            .config
            .and_then(|config| config.variables.get(variable));
        declared.is_some_and(|variable| variable.sensitive)
    }

    /// The expression of a module's output.
    pub(crate) fn output(&self, id: ModuleId, name: &str) -> Option<&'p Leaf<'p>> {
        match &self.modules[id.0].config?.outputs.get(name)?.expression {
            Expression::Leaf(leaf) => Some(leaf),
            _ => None,
        }
    }

    /// The expressions of a module's outputs, by name.
    pub(crate) fn outputs(&self, id: ModuleId) -> impl Iterator<Item = &'p Leaf<'p>> {
        let outputs = self.modules[id.0]
            .config
            .into_iter()
            .flat_map(|config| config.outputs.values());
        outputs.filter_map(|output| match &output.expression {
            Expression::Leaf(leaf) => Some(leaf),
            _ => None,
        })
    }

    /// The expression of the only output that a module has.
    pub(crate) fn only_output(&self, id: ModuleId) -> Option<&'p Leaf<'p>> {
        let mut outputs = self.outputs(id);
        outputs.next().filter(|_| outputs.next().is_none())
    }

    /// The names of a module's outputs.
    pub(crate) fn output_names(&self, id: ModuleId) -> impl Iterator<Item = &'p str> {
        self.modules[id.0]
            .config
            .into_iter()
            .flat_map(|config| config.outputs.keys().map(|name| &**name))
    }

    /// Whether the call of a module has `count` or `for_each`.
    pub(crate) fn is_repeated(&self, id: ModuleId) -> bool {
        self.modules[id.0].key.is_some()
    }

    /// The module that calls another, and the key of the instance that the other is.
    pub(crate) fn repetition(&self, id: ModuleId) -> Option<(ModuleId, Option<&Key>)> {
        let module = &self.modules[id.0];
        Some((module.parent?, module.key.as_ref()))
    }

    fn names(&self, id: ModuleId) -> Option<&Names<'p>> {
        self.names.get(&std::ptr::from_ref(self.modules[id.0].config?).addr())
    }
}
