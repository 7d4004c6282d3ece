//! References of the configuration, resolved to instances.
//!
//! Terraform's JSON lists for each argument what its expression refers to, not the expression
//! (<https://developer.hashicorp.com/terraform/internals/json-format#expression-representation>).
//! A key that is not constant is cut off there: `aws_s3_bucket.x[each.key].id` is the two
//! references `aws_s3_bucket.x` and `each.key`. Here they meet again.

use std::cell::RefCell;
use std::collections::{BTreeSet, HashMap};
use std::sync::Arc;

use super::address::{self, Key, Step};
use super::instance::{Group, Instances};
use super::module::{ModuleId, Modules};
use super::resource::Mode;
use super::value::Value;
use crate::plan::{Leaf, Text};

/// More candidates than this are named by their resource only, so that the work stays linear.
const CANDIDATES: usize = 16;

/// Modules nest less deep than this in any plan that the reader lets through.
const DEPTH: usize = 200;

/// What a reference starts from.
#[derive(Clone, Debug, PartialEq)]
enum Head {
    Resource(Mode, Arc<str>, Arc<str>),
    Module(Arc<str>),
    Variable(Arc<str>),
    EachKey,
    EachValue,
    CountIndex,
    Local(Arc<str>),
    /// `path.module`, `terraform.workspace`, `self` and what later versions add.
    Other,
}

/// One reference: what it starts from, the steps that follow, and its text.
#[derive(Clone, Debug)]
struct Traversal {
    head: Head,
    steps: Vec<Step>,
    text: Arc<str>,
}

impl Traversal {
    fn parse(text: &str) -> Self {
        let mut steps = address::steps(text).unwrap_or_default();
        let names: Vec<&str> = steps.iter().map_while(Step::name).take(3).collect();
        let (head, taken) = match names[..] {
            ["var", name, ..] => (Head::Variable(name.into()), 2),
            ["local", name, ..] => (Head::Local(name.into()), 2),
            ["module", name, ..] => (Head::Module(name.into()), 2),
            ["each", "key", ..] => (Head::EachKey, 2),
            ["each", "value", ..] => (Head::EachValue, 2),
            ["count", "index", ..] => (Head::CountIndex, 2),
            ["data", kind, name] => (Head::Resource(Mode::Data, kind.into(), name.into()), 3),
            [
                "path" | "terraform" | "self" | "each" | "count" | "data" | "ephemeral",
                ..,
            ] => (Head::Other, 0),
            [kind, name, ..] => (Head::Resource(Mode::Managed, kind.into(), name.into()), 2),
            _ => (Head::Other, 0),
        };
        steps.drain(..taken);
        Traversal {
            head,
            steps,
            text: text.into(),
        }
    }

    fn then(&self, steps: &[Step]) -> Self {
        let mut whole = self.clone();
        whole.steps.extend_from_slice(steps);
        whole
    }
}

/// Where an expression stands: its module instance, and the repetition that it is in.
#[derive(Clone, Copy)]
pub(crate) struct Scope<'m, 'p> {
    pub module: ModuleId,
    pub key: Option<&'m Key>,
    pub for_each: Option<&'m Leaf<'p>>,
}

impl Scope<'_, '_> {
    pub(crate) fn of(module: ModuleId) -> Self {
        Scope {
            module,
            key: None,
            for_each: None,
        }
    }
}

/// An instance that an expression refers to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    pub instance: usize,
    pub attribute: String,
    pub certain: bool,
    pub cause: Option<Arc<str>>,
}

/// All that an expression refers to.
#[derive(Clone, Debug, Default)]
pub(crate) struct Resolved {
    /// The instances, in the order of the configuration.
    pub targets: Vec<Target>,
    /// What the plan does not follow: local values, whole modules, many candidates.
    pub causes: BTreeSet<Arc<str>>,
    /// The values that are known already: variables' and their like.
    pub known: Vec<Value>,
    /// Whether it names a resource or module that has no instance.
    pub absent: bool,
}

/// The references without those that only repeat the start of the one before them.
pub(crate) fn distinct<'t>(references: impl IntoIterator<Item = &'t str>) -> Vec<&'t str> {
    let mut kept: Vec<&str> = Vec::new();
    for reference in references {
        let repeats = kept.last().is_some_and(|last| {
            last.strip_prefix(reference)
                .is_some_and(|tail| tail.is_empty() || tail.starts_with(['.', '[']))
        });
        if !repeats && !kept.contains(&reference) {
            kept.push(reference);
        }
    }
    kept
}

/// Resolves references against the instances of a plan.
pub(crate) struct Resolver<'m, 'p> {
    pub modules: &'m Modules<'p>,
    pub instances: &'m Instances<'p>,
    /// Constants that were read already, by where their text stands.
    constants: RefCell<HashMap<*const u8, Value>>,
}

impl<'m, 'p> Resolver<'m, 'p> {
    pub(crate) fn new(modules: &'m Modules<'p>, instances: &'m Instances<'p>) -> Self {
        Resolver {
            modules,
            instances,
            constants: RefCell::default(),
        }
    }

    /// Resolves what an expression refers to. Several instances are certain where it is a `list`;
    /// where it makes one value of them, none is.
    pub(crate) fn resolve(&self, leaf: &Leaf, scope: Scope<'m, 'p>, list: bool) -> Resolved {
        let mut resolved = Resolved::default();
        self.follow(leaf, &[], scope, list, DEPTH, &mut resolved);
        let first = resolved.targets.first().map(|target| target.instance);
        let several = resolved.targets.iter().any(|target| Some(target.instance) != first);
        if several && !list {
            for target in &mut resolved.targets {
                target.certain = false;
                target
                    .cause
                    .get_or_insert_with(|| Arc::from("an expression over several resources"));
            }
        }
        resolved
    }

    fn follow(&self, leaf: &Leaf, tail: &[Step], scope: Scope<'m, 'p>, list: bool, depth: usize, into: &mut Resolved) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if leaf.constant_value.is_some() {
            into.known.push(
                self.constant(leaf, |value| pick(value, tail).cloned())
                    .unwrap_or_default(),
            );
            return;
        }
        let traversals: Vec<Traversal> = texts(leaf).into_iter().map(Traversal::parse).collect();
        if traversals.is_empty() {
            into.causes.insert(Arc::from("a function call"));
        }
        let mut rest = &traversals[..];
        while let Some((traversal, after)) = rest.split_first() {
            let selectors = self.selectors(traversal, after, scope);
            rest = &after[selectors.len()..];
            self.follow_one(&traversal.then(tail), selectors, scope, list, depth, into);
        }
    }

    /// The references that stand in the brackets behind another, where Terraform cut it off: it then
    /// has no attribute, and they come right after it.
    fn selectors<'t>(&self, cut: &Traversal, after: &'t [Traversal], scope: Scope<'m, 'p>) -> &'t [Traversal] {
        if !matches!(cut.head, Head::Resource(..) | Head::Module(_)) || !cut.steps.is_empty() {
            return &[];
        }
        let selects = |other: &&Traversal| match &other.head {
            Head::EachKey | Head::EachValue | Head::CountIndex | Head::Local(_) => true,
            // A variable that holds a list or a map is no key: it stands beside, as in concat().
            Head::Variable(_) => self.known(other, scope).is_none_or(|value| key_of(value).is_some()),
            _ => false,
        };
        &after[..after.iter().take_while(selects).count()]
    }

    fn follow_one(
        &self,
        traversal: &Traversal,
        selectors: &[Traversal],
        scope: Scope<'m, 'p>,
        list: bool,
        depth: usize,
        into: &mut Resolved,
    ) {
        match &traversal.head {
            Head::Resource(mode, kind, name) => match self.instances.group(scope.module, *mode, kind, name) {
                Some(group) => self.choose(group, traversal, selectors, scope, list, into),
                None => into.absent = true,
            },
            Head::Module(call) => {
                self.follow_module(call, traversal, selectors, scope, list, depth, into);
            }
            Head::Variable(name) => match self.modules.argument(scope.module, name) {
                Some((leaf, scope)) => {
                    self.follow(leaf, &traversal.steps, scope, list, depth, into);
                }
                None => match self.modules.value(scope.module, name) {
                    Some(value) => into
                        .known
                        .push(pick(value, &traversal.steps).cloned().unwrap_or_default()),
                    None => {
                        into.causes.insert(traversal.text.clone());
                    }
                },
            },
            Head::EachValue => self.follow_each(traversal, scope, list, depth, into),
            Head::Local(_) => {
                into.causes.insert(traversal.text.clone());
            }
            Head::EachKey | Head::CountIndex => {
                into.known.extend(scope.key.map(key_value));
            }
            Head::Other => {}
        }
    }

    /// `each.value` is the element of what `for_each` goes over that has the instance's key.
    fn follow_each(&self, traversal: &Traversal, scope: Scope<'m, 'p>, list: bool, depth: usize, into: &mut Resolved) {
        if let Some(value) = self.known(traversal, scope) {
            into.known.push(value);
            return;
        }
        let (Some(key), Some(for_each)) = (scope.key, scope.for_each) else {
            into.causes.insert(traversal.text.clone());
            return;
        };
        let mut tail = vec![Step::Key(key.clone())];
        tail.extend_from_slice(&traversal.steps);
        self.follow(for_each, &tail, Scope::of(scope.module), list, depth, into);
    }

    #[allow(clippy::too_many_arguments)]
    fn follow_module(
        &self,
        call: &Arc<str>,
        traversal: &Traversal,
        selectors: &[Traversal],
        scope: Scope<'m, 'p>,
        list: bool,
        depth: usize,
        into: &mut Resolved,
    ) {
        let children = self.modules.children(scope.module, call);
        let (key, steps) = match traversal.steps.split_first() {
            Some((Step::Key(key), rest)) => (Some(key), rest),
            _ => (None, &traversal.steps[..]),
        };
        let chosen: Vec<(ModuleId, bool)> = match key {
            Some(key) => children
                .iter()
                .filter(|(other, _)| other.as_ref() == Some(key))
                .map(|(_, id)| (*id, true))
                .collect(),
            None if children.len() == 1 => children.values().map(|id| (*id, true)).collect(),
            None => match self.selected(selectors, scope).and_then(|key| children.get(&Some(key))) {
                Some(id) => vec![(*id, true)],
                None => children
                    .values()
                    .map(|id| (*id, list && selectors.is_empty()))
                    .collect(),
            },
        };
        if chosen.is_empty() {
            if self.modules.calls(scope.module, call) {
                into.absent = true;
            } else {
                into.causes.insert(traversal.text.clone());
            }
            return;
        }
        let Some((Step::Name(output), rest)) = steps.split_first() else {
            into.causes.insert(traversal.text.clone());
            return;
        };
        if chosen.len() > CANDIDATES {
            into.causes.insert(traversal.text.clone());
            return;
        }
        for (child, certain) in chosen {
            let Some(leaf) = self.modules.output(child, output) else {
                into.causes.insert(traversal.text.clone());
                continue;
            };
            let from = into.targets.len();
            self.follow(leaf, rest, Scope::of(child), list, depth, into);
            if !certain {
                for target in &mut into.targets[from..] {
                    target.certain = false;
                    target.cause.get_or_insert_with(|| traversal.text.clone());
                }
            }
        }
    }

    /// Chooses the instances of a resource that a reference means.
    fn choose(
        &self,
        group: &Group,
        traversal: &Traversal,
        selectors: &[Traversal],
        scope: Scope<'m, 'p>,
        list: bool,
        into: &mut Resolved,
    ) {
        let (key, steps) = match traversal.steps.split_first() {
            Some((Step::Key(key), rest)) => (Some(key.clone()), rest),
            _ => (None, &traversal.steps[..]),
        };
        let target = |instance: usize, cause: Option<Arc<str>>| Target {
            instance,
            attribute: address::attribute(steps),
            certain: cause.is_none(),
            cause,
        };
        if let Some(key) = &key
            && let Some(instance) = group.by_key.get(&Some(key.clone()))
        {
            into.targets.push(target(*instance, None));
            return;
        }
        // A key on a resource without instances' keys belongs to a list made of it elsewhere.
        if group.by_key.len() == 1 && (key.is_none() || group.by_key.contains_key(&None)) {
            into.targets
                .extend(group.by_key.values().map(|instance| target(*instance, None)));
            return;
        }
        if key.is_some() {
            into.absent = true;
            return;
        }
        if let Some(instance) = self
            .selected(selectors, scope)
            .and_then(|key| group.by_key.get(&Some(key)))
        {
            into.targets.push(target(*instance, None));
        } else if list && selectors.is_empty() {
            into.targets
                .extend(group.by_key.values().map(|instance| target(*instance, None)));
        } else if group.by_key.len() > CANDIDATES {
            into.causes.insert(traversal.text.clone());
        } else {
            let cause = match selectors.first() {
                Some(selector) => selector.text.clone(),
                None => Arc::from("an expression over several instances"),
            };
            into.targets.extend(
                group
                    .by_key
                    .values()
                    .map(|instance| target(*instance, Some(cause.clone()))),
            );
        }
    }

    /// The key that the references after a resource select: those cut off its brackets.
    fn selected(&self, selectors: &[Traversal], scope: Scope<'m, 'p>) -> Option<Key> {
        key_of(self.known(selectors.first()?, scope)?)
    }

    /// The value of a reference, where the plan tells it.
    fn known(&self, traversal: &Traversal, scope: Scope<'m, 'p>) -> Option<Value> {
        match &traversal.head {
            Head::EachKey | Head::CountIndex => scope.key.map(key_value),
            Head::EachValue => {
                let (key, for_each) = (scope.key?, scope.for_each?);
                let mut steps = vec![Step::Key(key.clone())];
                steps.extend_from_slice(&traversal.steps);
                let itself = || traversal.steps.is_empty().then(|| key_value(key));
                // A set, and `for_each` makes one of a list by `toset`: its values are its keys.
                let element = |whole: &Value| match whole {
                    Value::Array(_) => itself(),
                    whole => pick(whole, &steps).cloned(),
                };
                match &texts(for_each)[..] {
                    _ if for_each.constant_value.is_some() => self.constant(for_each, element),
                    [] => itself(),
                    [only] => {
                        let whole = Traversal::parse(only);
                        let scope = Scope::of(scope.module);
                        self.known(&whole.then(&steps), scope).or_else(|| {
                            matches!(self.known(&whole, scope)?, Value::Array(_))
                                .then(itself)
                                .flatten()
                        })
                    }
                    _ => None,
                }
            }
            Head::Variable(name) => match self.modules.argument(scope.module, name) {
                Some((leaf, _)) if leaf.constant_value.is_some() => {
                    self.constant(leaf, |value| pick(value, &traversal.steps).cloned())
                }
                Some((leaf, scope)) => match texts(leaf)[..] {
                    [only] => self.known(&Traversal::parse(only).then(&traversal.steps), scope),
                    _ => None,
                },
                None => pick(self.modules.value(scope.module, name)?, &traversal.steps).cloned(),
            },
            _ => None,
        }
    }

    /// Reads a constant, which many instances may ask for, once.
    fn constant(&self, leaf: &Leaf, read: impl FnOnce(&Value) -> Option<Value>) -> Option<Value> {
        let constant = leaf.constant_value?;
        let mut constants = self.constants.borrow_mut();
        read(
            constants
                .entry(constant.get().as_ptr())
                .or_insert_with(|| Value::parse(constant)),
        )
    }
}

/// What an expression refers to, without repetitions.
fn texts<'l>(leaf: &'l Leaf) -> Vec<&'l str> {
    distinct(leaf.references.iter().map(Text::as_str))
}

fn key_of(value: Value) -> Option<Key> {
    match value {
        Value::String(text) => Some(Key::Text(text)),
        Value::Number(number) => number.as_u64().map(Key::Number),
        _ => None,
    }
}

pub(crate) fn key_value(key: &Key) -> Value {
    match key {
        Key::Text(text) => Value::String(text.clone()),
        Key::Number(number) => Value::Number((*number).into()),
    }
}

/// Follows steps into a value.
fn pick<'v>(value: &'v Value, steps: &[Step]) -> Option<&'v Value> {
    steps.iter().try_fold(value, |value, step| match (value, step) {
        (Value::Object(members), Step::Name(name) | Step::Key(Key::Text(name))) => members.get(name),
        (Value::Array(elements), Step::Key(Key::Number(at))) => elements.get(usize::try_from(*at).ok()?),
        _ => None,
    })
}
