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

/// So many instances may a list refer to.
const LISTED: usize = 256;

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
    /// How many of the steps the reference itself has; what follows is taken from the value of its expression.
    own: usize,
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
            own: steps.len(),
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
    /// How many instances the repetition has.
    pub instances: usize,
}

impl Scope<'_, '_> {
    pub(crate) fn of(module: ModuleId) -> Self {
        Scope {
            module,
            key: None,
            for_each: None,
            instances: 1,
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
    /// The first of them that is a boolean, by the reference that leads to it.
    pub flag: Option<Arc<str>>,
    /// Whether it names a resource or module that has no instance.
    pub absent: bool,
    /// What any output of a module leads to, where Terraform cut off which one is meant.
    pub any_of: Vec<Target>,
}

impl Resolved {
    fn know(&mut self, value: Value, reference: &Traversal) {
        if matches!(value, Value::Bool(_)) {
            self.flag.get_or_insert_with(|| reference.text.clone());
        }
        self.known.push(value);
    }
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
        self.doubt_conditionals(&mut resolved);
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

    /// A flag beside a resource that exists in any case, as in `var.own_key ? aws_kms_key.k.arn : null`: the plan does
    /// not tell which side was taken. Where the other side has no instance, or `count` depends on the flag, it does.
    fn doubt_conditionals(&self, resolved: &mut Resolved) {
        let Some(flag) = resolved.flag.clone().filter(|_| !resolved.absent) else {
            return;
        };
        for target in &mut resolved.targets {
            let instance = &self.instances.existing[target.instance];
            if instance.key.is_none() && !self.modules.is_repeated(instance.module) {
                target.certain = false;
                target.cause.get_or_insert_with(|| flag.clone());
            }
        }
    }

    fn follow(&self, leaf: &Leaf, tail: &[Step], scope: Scope<'m, 'p>, list: bool, depth: usize, into: &mut Resolved) {
        let Some(depth) = depth.checked_sub(1) else { return };
        if leaf.constant_value.is_some() {
            into.known.extend(self.constant(leaf, |value| Some(taken(value, tail))));
            if let (None, Some(Value::Bool(_))) = (&into.flag, into.known.last()) {
                into.flag = Some(Arc::from("a constant"));
            }
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
            let behind = self.key_behind(traversal, after, scope);
            let whole = match behind {
                Some(key) => traversal.then(&[Step::Key(key)]).then(tail),
                None => traversal.then(tail),
            };
            self.follow_one(&whole, selectors, scope, list, depth, into);
        }
    }

    /// The key in the brackets behind a module's output or a variable, as in `module.net.subnet_ids[each.key]`: they
    /// are cut off there too. The key may as well stand beside, as in a template, so it only chooses among several.
    fn key_behind(&self, cut: &Traversal, after: &[Traversal], scope: Scope<'m, 'p>) -> Option<Key> {
        let leads_on = match cut.head {
            Head::Module(_) => cut.steps.last().is_some_and(|step| step.name().is_some()),
            Head::Variable(_) => true,
            _ => false,
        };
        let next = after.first().filter(|_| leads_on)?;
        match next.head {
            Head::EachKey | Head::EachValue | Head::CountIndex => key_of(self.known(next, scope)?),
            _ => None,
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
        if after
            .first()
            .is_some_and(|first| self.looked_up(first, &after[1..], scope).is_some())
        {
            return &after[..2];
        }
        &after[..after.iter().take_while(selects).count()]
    }

    /// The key that a variable's list or map holds for another, as in `aws_subnet.x[var.zones[count.index]]`.
    fn looked_up(&self, variable: &Traversal, after: &[Traversal], scope: Scope<'m, 'p>) -> Option<Key> {
        let key = self.key_behind(variable, after, scope)?;
        matches!(variable.head, Head::Variable(_)).then_some(())?;
        key_of(self.known(&variable.then(&[Step::Key(key)]), scope)?)
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
                    let flag = into.flag.take();
                    self.follow(leaf, &traversal.steps, scope, list, depth, into);
                    let inner = into.flag.take().map(|_| traversal.text.clone());
                    into.flag = flag.or(inner);
                }
                None => match self.modules.value(scope.module, name) {
                    Some(value) => into.know(taken(value, &traversal.steps), traversal),
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
            into.know(value, traversal);
            return;
        }
        let (Some(key), Some(for_each)) = (scope.key, scope.for_each) else {
            into.causes.insert(traversal.text.clone());
            return;
        };
        let mut tail = vec![Step::Key(key.clone())];
        tail.extend_from_slice(&traversal.steps);
        let flag = into.flag.take();
        let around = Scope {
            instances: scope.instances,
            ..Scope::of(scope.module)
        };
        self.follow(for_each, &tail, around, list, depth, into);
        // A flag in `for_each` tells whether there are instances, and there is one.
        into.flag = flag;
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
        if chosen.len() > CANDIDATES {
            into.causes.insert(traversal.text.clone());
            return;
        }
        let output = match steps.split_first() {
            Some((Step::Name(output), rest)) => Some((output, rest)),
            _ => None,
        };
        for (child, certain) in chosen {
            let leaf = match output {
                Some((output, _)) => self.modules.output(child, output),
                // Terraform cut the output off; where the module has only one, it is that.
                None => self.modules.only_output(child),
            };
            let Some(leaf) = leaf else {
                if certain && output.is_none() {
                    self.follow_outputs(child, list, depth, into);
                }
                into.causes.insert(traversal.text.clone());
                continue;
            };
            let from = into.targets.len();
            let rest = output.map(|(_, rest)| rest).unwrap_or_default();
            self.follow(leaf, rest, Scope::of(child), list, depth, into);
            if !certain {
                for target in &mut into.targets[from..] {
                    target.certain = false;
                    target.cause.get_or_insert_with(|| traversal.text.clone());
                }
            }
        }
    }

    /// Notes what any output of a module leads to, where the plan does not tell which output is meant.
    fn follow_outputs(&self, module: ModuleId, list: bool, depth: usize, into: &mut Resolved) {
        let mut found = Resolved::default();
        for leaf in self.modules.outputs(module).take(CANDIDATES) {
            self.follow(leaf, &[], Scope::of(module), list, depth, &mut found);
        }
        into.any_of.extend(found.targets);
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
        let (own, tail) = traversal.steps.split_at(traversal.own);
        let (key, own) = match own.split_first() {
            Some((Step::Key(key), rest)) => (Some(key), rest),
            _ => (None, own),
        };
        // What is taken from a list or map that an expression makes of attributes is no part of the attribute.
        let attribute = match own {
            [] => address::attribute(&tail[tail.iter().take_while(|step| step.name().is_none()).count()..]),
            own => address::attribute(own),
        };
        let target = |instance: &usize, cause: Option<&Arc<str>>| Target {
            instance: *instance,
            attribute: attribute.clone(),
            certain: cause.is_none(),
            cause: cause.cloned(),
        };
        if let Some(only) = group.by_key.get(&None) {
            // Of several members of an object that the expression makes, this may be another than the one that is meant.
            let made = scope.instances > 1 && matches!(tail.first(), Some(Step::Key(Key::Text(_))));
            let cause = made.then(|| Arc::from("an expression over several resources"));
            into.targets.push(target(only, cause.as_ref()));
            return;
        }
        if let Some(key) = key {
            match group.get(key) {
                Some(instance) => into.targets.push(target(instance, None)),
                None => into.absent = true,
            }
            return;
        }
        let taken = match tail.first() {
            Some(Step::Key(key)) if own.is_empty() => Some(key.clone()),
            _ => None,
        };
        let picks = taken.is_some() || !selectors.is_empty();
        let picked = taken.or_else(|| self.selected(selectors, scope));
        let all = || group.by_key.values();
        if let Some(instance) = picked.as_ref().and_then(|key| group.get(key)) {
            into.targets.push(target(instance, None));
        } else if (list && !picks && group.by_key.len() <= LISTED) || (group.by_key.len() == 1 && picked.is_none()) {
            into.targets.extend(all().map(|instance| target(instance, None)));
        } else if group.by_key.len() > CANDIDATES {
            into.causes.insert(traversal.text.clone());
        } else {
            let cause = match selectors.first() {
                Some(selector) => selector.text.clone(),
                None => Arc::from("an expression over several instances"),
            };
            into.targets
                .extend(all().map(|instance| target(instance, Some(&cause))));
        }
    }

    /// The key that the references after a resource select: those cut off its brackets.
    fn selected(&self, selectors: &[Traversal], scope: Scope<'m, 'p>) -> Option<Key> {
        let (first, after) = selectors.split_first()?;
        self.looked_up(first, after, scope)
            .or_else(|| key_of(self.known(first, scope)?))
    }

    /// The value of a reference, where the plan tells it.
    fn known(&self, traversal: &Traversal, scope: Scope<'m, 'p>) -> Option<Value> {
        match &traversal.head {
            Head::EachKey | Head::CountIndex => scope.key.map(key_value),
            Head::EachValue => {
                let key = scope.key?;
                let itself = || traversal.steps.is_empty().then(|| key_value(key));
                // Without references it is made of constants, nearly always by `toset`.
                let Some(for_each) = scope.for_each else {
                    return itself();
                };
                let mut steps = vec![Step::Key(key.clone())];
                steps.extend_from_slice(&traversal.steps);
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

/// Follows steps into a known value as far as they fit: a member that an object leaves out is null, and a key that
/// does not fit does not belong to it.
fn taken(value: &Value, steps: &[Step]) -> Value {
    let Some((step, rest)) = steps.split_first() else {
        return value.clone();
    };
    match (pick(value, std::slice::from_ref(step)), step) {
        (Some(inner), _) => taken(inner, rest),
        (None, Step::Name(_)) => Value::Null,
        (None, Step::Key(_)) => value.clone(),
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
