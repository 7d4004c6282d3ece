//! The configuration's expressions, evaluated in the place of each instance.
//!
//! The plan's JSON says what an expression refers to; the configuration beside it says the expression. With
//! it, local values are resolved, a key is computed, a dynamic block is unrolled, and the one part of a
//! document that is not known is told from the rest.

use std::cell::RefCell;
use std::collections::HashMap;
use std::sync::Arc;

use super::address::{Key, Step};
use super::choice::ByKey;
use super::instance::{Group, Instance, Instances};
use super::map::Map;
use super::module::{ModuleId, Modules};
use super::resource::{Location, Mode};
use super::value::Value;
use crate::plan::{Expression, Leaf};
use crate::source::{self, Block, Locals, Part, Scope, Source};

/// Evaluates the configuration of a plan's instances.
pub(crate) struct Evaluated<'m, 'p> {
    source: &'m Source,
    modules: &'m Modules<'p>,
    instances: &'m Instances<'p>,
    /// The instances' values, as far as the plan alone tells them.
    values: &'m [Value],
    locals: RefCell<HashMap<ModuleId, Arc<Locals>>>,
    arguments: RefCell<HashMap<(ModuleId, Arc<str>), Value>>,
    /// What a `for_each` goes over, by module and where its expression stands.
    collections: RefCell<HashMap<(ModuleId, *const source::Expression), Arc<Value>>>,
}

/// Where an expression stands: a module instance, and the repetition that it is in.
struct Place<'e, 'm, 'p> {
    evaluated: &'e Evaluated<'m, 'p>,
    module: ModuleId,
    locals: Arc<Locals>,
    key: Option<Key>,
    for_each: Option<&'m source::Expression>,
}

impl<'m, 'p> Evaluated<'m, 'p> {
    /// `values` are those of the existing instances, in their order.
    pub(crate) fn new(
        source: &'m Source,
        modules: &'m Modules<'p>,
        instances: &'m Instances<'p>,
        values: &'m [Value],
    ) -> Self {
        Evaluated {
            source,
            modules,
            instances,
            values,
            locals: RefCell::default(),
            arguments: RefCell::default(),
            collections: RefCell::default(),
        }
    }

    /// The existing instances, with their values.
    pub(crate) fn instances(&self) -> impl Iterator<Item = (&'m Instance<'p>, &'m Value)> {
        self.instances.existing.iter().zip(self.values)
    }

    /// The arguments and blocks of an instance, evaluated: known parts as they are, markers for the rest.
    pub(crate) fn body(&self, instance: &Instance) -> Option<Value> {
        let (module, block) = self.block(instance)?;
        Some(source::body_value(block, &self.place_of(instance, block), module))
    }

    /// The document that a policy argument makes, where its expression tells more than that it is unknown.
    pub(crate) fn document(&self, instance: &Instance<'p>, argument: &str) -> Option<Value> {
        let (module, block) = self.block(instance)?;
        let expression = block.expression(&[source::Step::Name(argument)])?;
        let place = self.place_of(instance, block);
        let Expression::Leaf(leaf) = instance.config?.expressions.get(argument)? else {
            return None;
        };
        Some(self.document_of(expression, &place, module, leaf))
    }

    /// Where a module only hands on a variable, what its caller gives is asked instead.
    fn document_of(
        &self,
        expression: &source::Expression,
        place: &Place<'_, 'm, 'p>,
        module: &source::Module,
        leaf: &Leaf<'p>,
    ) -> Value {
        let variable = match &leaf.references[..] {
            [only] => only.strip_prefix("var.").filter(|name| !name.contains(['.', '['])),
            _ => None,
        };
        let given = variable.and_then(|name| {
            Some((
                self.argument_of(place.module, name)?,
                self.modules.argument(place.module, name)?,
            ))
        });
        match given {
            Some(((expression, place, module), (leaf, _))) => self.document_of(expression, &place, module, leaf),
            None => source::evaluate_document(expression, place, module),
        }
    }

    /// Where an instance is declared.
    pub(crate) fn location(&self, instance: &Instance) -> Option<Location> {
        let (_, block) = self.block(instance)?;
        Some(Location {
            file: Arc::from(block.file()),
            line: block.line(),
        })
    }

    /// The arguments and blocks of a provider's configuration, evaluated, and where it is declared.
    pub(crate) fn provider(&self, id: ModuleId, name: &str, alias: Option<&str>) -> Option<(Value, Location)> {
        let module = self.module(id)?;
        let block = module.provider(name, alias)?;
        let location = Location {
            file: Arc::from(block.file()),
            line: block.line(),
        };
        Some((source::body_value(block, &self.place(id), module), location))
    }

    fn module(&self, id: ModuleId) -> Option<&'m source::Module> {
        let path: Vec<&str> = self.modules.path(id).iter().map(|name| &**name).collect();
        self.source.module(&path)
    }

    fn block(&self, instance: &Instance) -> Option<(&'m source::Module, &'m Block)> {
        let module = self.module(instance.module)?;
        let mode = match instance.mode {
            Mode::Managed => source::Mode::Managed,
            Mode::Data => source::Mode::Data,
        };
        Some((module, module.resource(mode, &instance.kind, &instance.name)?))
    }

    fn place_of(&self, instance: &Instance, block: &'m Block) -> Place<'_, 'm, 'p> {
        Place {
            key: instance.key.clone(),
            for_each: block.for_each(),
            ..self.place(instance.module)
        }
    }

    fn place(&self, module: ModuleId) -> Place<'_, 'm, 'p> {
        let locals = self.locals.borrow_mut().entry(module).or_default().clone();
        Place {
            evaluated: self,
            module,
            locals,
            key: None,
            for_each: None,
        }
    }

    /// What the caller of a module gives for a variable: the expression, and where it stands.
    fn argument_of(
        &self,
        module: ModuleId,
        variable: &str,
    ) -> Option<(&'m source::Expression, Place<'_, 'm, 'p>, &'m source::Module)> {
        let (parent, key) = self.modules.repetition(module)?;
        let caller = self.module(parent)?;
        let call = caller.call(self.modules.path(module).last()?)?;
        let expression = call.expression(&[source::Step::Name(variable)])?;
        let place = Place {
            key: key.cloned(),
            for_each: call.for_each(),
            ..self.place(parent)
        };
        Some((expression, place, caller))
    }

    fn variable(&self, module: ModuleId, name: &Arc<str>) -> Option<Value> {
        let key = (module, name.clone());
        if let Some(value) = self.arguments.borrow().get(&key) {
            return Some(value.clone());
        }
        let declared = self.module(module).and_then(|module| module.variable(name));
        let value = if declared.is_some_and(source::Variable::sensitive) {
            Value::sensitive()
        } else if let Some((expression, place, caller)) = self.argument_of(module, name) {
            match source::evaluate(expression, &place, caller) {
                // null gives a variable its default, unless it takes null itself.
                Value::Null if declared.is_some_and(|declared| !declared.nullable()) => {
                    self.modules.value(module, name).cloned().unwrap_or_default()
                }
                value => value,
            }
        } else {
            self.modules.value(module, name)?.clone()
        };
        self.arguments.borrow_mut().insert(key, value.clone());
        Some(value)
    }

    fn output(&self, module: ModuleId, name: &str) -> Option<Value> {
        let declared = self.module(module)?;
        let expression = declared.output(name)?.expression(&[source::Step::Name("value")])?;
        Some(source::evaluate(expression, &self.place(module), declared))
    }

    /// What a traversal that begins with a resource leads to, and how many of its parts that takes.
    fn resource(&self, group: &Group, rest: &[Part]) -> Option<Value> {
        match (group.of(&None), rest) {
            (Some(instance), [Part::Name(attribute)]) => Some(self.attribute(instance, attribute)),
            (Some(instance), []) => Some(self.object(instance)),
            (None, [key]) => Some(self.object(group.of(&Some(key_of(key)?))?)),
            (None, [key, Part::Name(attribute)]) => Some(self.attribute(group.of(&Some(key_of(key)?))?, attribute)),
            (None, []) => Some(self.collection(group)),
            _ => None,
        }
    }

    fn collection(&self, group: &Group) -> Value {
        let keyed = group.by_key.iter();
        if keyed.clone().all(|(key, _)| matches!(key, Some(Key::Number(_)))) {
            return Value::Array(keyed.map(|(_, instance)| self.object(*instance)).collect());
        }
        let members = keyed.filter_map(|(key, instance)| match key {
            Some(Key::Text(text)) => Some((text.clone(), self.object(*instance))),
            _ => None,
        });
        Value::Object(members.collect())
    }

    /// A whole instance: what is not known of it will come from its attribute.
    fn object(&self, instance: usize) -> Value {
        let Value::Object(members) = &self.values[instance] else {
            return Value::unknown([]);
        };
        Value::Object(
            members
                .keys()
                .map(|name| (name.clone(), self.attribute(instance, name)))
                .collect::<Map>(),
        )
    }

    fn attribute(&self, instance: usize, name: &str) -> Value {
        let address = &self.instances.existing[instance].address;
        match self.values[instance].get(name) {
            Some(value) if value.get("unknown") != Some(&Value::Bool(true)) => value.clone(),
            _ => Value::unknown([Arc::from(format!("{address}.{name}"))]),
        }
    }
}

impl Place<'_, '_, '_> {
    fn module_output(&self, call: &str, rest: &[Part]) -> Option<Value> {
        let evaluated = self.evaluated;
        let children = evaluated.modules.children(self.module, call);
        match rest {
            [Part::Name(output)] => evaluated.output(*children.get(&None)?, output),
            [key, Part::Name(output)] => evaluated.output(*children.get(&Some(key_of(key)?))?, output),
            [] if children.is_empty() => self.no_calls(call),
            [] if children.contains_key(&None) => None,
            [] => {
                if children.keys().all(|key| matches!(key, Some(Key::Number(_)))) {
                    return Some(Value::Array(
                        children.values().map(|child| self.outputs(*child)).collect(),
                    ));
                }
                let objects = children.iter().map(|(key, child)| (key, self.outputs(*child)));
                let by_text = objects.filter_map(|(key, outputs)| match key {
                    Some(Key::Text(text)) => Some((text.clone(), outputs)),
                    _ => None,
                });
                Some(Value::Object(by_text.collect::<Map>()))
                    .filter(|value| value.as_object().is_some_and(|all| !all.is_empty()))
            }
            _ => None,
        }
    }

    /// A module of whose `count` or `for_each` no instance came, as far as what it would have made tells.
    fn no_calls(&self, call: &str) -> Option<Value> {
        let mut path: Vec<&str> = self
            .evaluated
            .modules
            .path(self.module)
            .iter()
            .map(|name| &**name)
            .collect();
        path.push(call);
        let mut resources = self.evaluated.source.module(&path)?.resources();
        let would_have = resources.any(|(mode, _, _, block)| {
            mode == source::Mode::Managed && block.count().is_none() && block.for_each().is_none()
        });
        let block = self.evaluated.module(self.module)?.call(call)?;
        empty_of(block).filter(|_| would_have)
    }

    /// A resource of whose `count` or `for_each` no instance came: an empty list or map.
    fn no_instances(&self, mode: Mode, kind: &str, name: &str) -> Option<Value> {
        let mode = match mode {
            Mode::Managed => source::Mode::Managed,
            Mode::Data => source::Mode::Data,
        };
        let block = self.evaluated.module(self.module)?.resource(mode, kind, name)?;
        empty_of(block)
    }

    fn outputs(&self, module: ModuleId) -> Value {
        let names = self.evaluated.modules.output_names(module);
        let members = names.filter_map(|name| Some((Arc::from(name), self.evaluated.output(module, name)?)));
        Value::Object(members.collect::<Map>())
    }

    /// What `for_each` goes over, evaluated once for all of its instances.
    fn collection(&self) -> Option<Arc<Value>> {
        let expression = self.for_each?;
        let key = (self.module, std::ptr::from_ref(expression));
        if let Some(collection) = self.evaluated.collections.borrow().get(&key) {
            return Some(collection.clone());
        }
        let module = self.evaluated.module(self.module)?;
        let collection = Arc::new(source::evaluate(expression, &self.evaluated.place(self.module), module));
        self.evaluated.collections.borrow_mut().insert(key, collection.clone());
        Some(collection)
    }

    fn each_value(&self) -> Option<Value> {
        let Some(Key::Text(key)) = &self.key else { return None };
        match &*self.collection()? {
            Value::Array(_) => Some(Value::String(key.clone())),
            Value::Object(members) => members.get(key).cloned(),
            _ => None,
        }
    }
}

impl Scope for Place<'_, '_, '_> {
    fn resolve(&self, traversal: &[Part]) -> Option<Value> {
        let names: Vec<&str> = traversal
            .iter()
            .map_while(|part| match part {
                Part::Name(name) => Some(&**name),
                _ => None,
            })
            .take(3)
            .collect();
        let resource = |mode, kind: &str, name: &str, rest: &[Part]| {
            let instances = self.evaluated.instances;
            match instances.group(self.module, mode, &Arc::from(kind), &Arc::from(name)) {
                Some(group) => self.evaluated.resource(group, rest),
                None if rest.is_empty() => self.no_instances(mode, kind, name),
                None => None,
            }
        };
        match names[..] {
            ["var", name] if traversal.len() == 2 => self.evaluated.variable(self.module, &Arc::from(name)),
            ["each", "key"] if traversal.len() == 2 => Some(super::known::key_value(self.key.as_ref()?)),
            ["count", "index"] if traversal.len() == 2 => Some(super::known::key_value(self.key.as_ref()?)),
            ["each", "value"] if traversal.len() == 2 => self.each_value(),
            ["var" | "each" | "count" | "path" | "terraform" | "self", ..] => None,
            ["module", call, ..] => self.module_output(call, &traversal[2..]),
            ["data", kind, name] => resource(Mode::Data, kind, name, &traversal[3..]),
            ["data", ..] => None,
            [kind, name, ..] => resource(Mode::Managed, kind, name, &traversal[2..]),
            _ => None,
        }
    }

    fn locals(&self) -> Option<&Locals> {
        Some(&self.locals)
    }
}

/// The collection that a `count` or `for_each` without instances makes.
fn empty_of(block: &Block) -> Option<Value> {
    match (block.count(), block.for_each()) {
        (Some(_), _) => Some(Value::Array(Vec::new())),
        (None, Some(_)) => Some(Value::Object(Map::new())),
        (None, None) => None,
    }
}

fn key_of(part: &Part) -> Option<Key> {
    match part {
        Part::Key(text) => Some(Key::Text(text.clone())),
        Part::Index(number) => Some(Key::Number(u64::try_from(*number).ok()?)),
        Part::Name(_) => None,
    }
}

/// The instance and the attribute that an address of the evaluated configuration names.
pub(crate) fn split_address(text: &str) -> Option<(String, String)> {
    let steps = super::address::steps(text)?;
    let mut at = 0;
    while steps.get(at).and_then(Step::name) == Some("module") {
        at += 2;
        if matches!(steps.get(at), Some(Step::Key(_))) {
            at += 1;
        }
    }
    at += if steps.get(at).and_then(Step::name) == Some("data") {
        3
    } else {
        2
    };
    if matches!(steps.get(at), Some(Step::Key(_))) {
        at += 1;
    }
    let (address, attribute) = steps.split_at_checked(at)?;
    Some((super::address::attribute(address), super::address::attribute(attribute)))
}
