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
use super::choice::{ByKey, CANDIDATES, Choice, Pick, choose};
use super::instance::{Group, Instances};
use super::known::{key_value, taken};
use super::module::{ModuleId, Modules};
use super::traversal::{Head, Traversal, texts};
use super::value::Value;
use crate::plan::Leaf;

/// Modules nest less deep than this in any plan that the reader lets through.
const DEPTH: usize = 200;

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

/// What is asked of an expression.
#[derive(Clone, Copy)]
struct Asked<'m, 'p, 't> {
    /// Where it stands.
    scope: Scope<'m, 'p>,
    /// What is taken from its value.
    tail: &'t [Step],
    /// How many instances count, where the tail begins with the `count.index` of one.
    counted: Option<usize>,
    /// Whether all that it refers to may be meant.
    list: bool,
    /// How many modules deeper it may lead.
    depth: usize,
}

/// An instance that an expression refers to.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Target {
    pub instance: usize,
    pub attribute: String,
    pub certain: bool,
    pub cause: Option<Arc<str>>,
}

impl Target {
    /// Notes why another may be meant instead.
    fn doubt(&mut self, cause: &str) {
        self.certain = false;
        self.cause.get_or_insert_with(|| Arc::from(cause));
    }
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

/// Resolves references against the instances of a plan.
pub(crate) struct Resolver<'m, 'p> {
    pub modules: &'m Modules<'p>,
    pub instances: &'m Instances<'p>,
    /// Constants that were read already, by where their text stands.
    pub(super) constants: RefCell<HashMap<*const u8, Value>>,
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
        let asked = Asked {
            scope,
            tail: &[],
            counted: None,
            list,
            depth: DEPTH,
        };
        self.follow(leaf, asked, &mut resolved);
        self.doubt_conditionals(&mut resolved);
        let first = resolved.targets.first().map(|target| target.instance);
        let several = resolved.targets.iter().any(|target| Some(target.instance) != first);
        if several && !list {
            for target in &mut resolved.targets {
                target.doubt("an expression over several resources");
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
                target.doubt(&flag);
            }
        }
    }

    fn follow(&self, leaf: &Leaf, asked: Asked<'m, 'p, '_>, into: &mut Resolved) {
        let Some(depth) = asked.depth.checked_sub(1) else {
            return;
        };
        let asked = Asked { depth, ..asked };
        if leaf.constant_value.is_some() {
            into.known
                .extend(self.constant(leaf, |value| Some(taken(value, asked.tail))));
            if let (None, Some(Value::Bool(_))) = (&into.flag, into.known.last()) {
                into.flag = Some(Arc::from("a constant"));
            }
            return;
        }
        let traversals: Vec<Traversal> = texts(leaf).into_iter().map(Traversal::parse).collect();
        if traversals.is_empty() {
            into.causes.insert(Arc::from("a function call"));
        }
        let from = into.targets.len();
        let mut rest = &traversals[..];
        while let Some((traversal, after)) = rest.split_first() {
            let selectors = self.selectors(traversal, after, asked.scope);
            rest = &after[selectors.len()..];
            match self.key_behind(traversal, after, asked.scope) {
                Some(Pick { key, counted, .. }) => {
                    let key = key.map(Step::Key);
                    let whole = traversal.then(key.as_slice()).then(asked.tail);
                    self.follow_one(&whole, selectors, Asked { counted, ..asked }, into);
                }
                None => self.follow_one(&traversal.then(asked.tail), selectors, asked, into),
            }
        }
        if let Some(Step::Key(_)) = asked.tail.first() {
            self.doubt_members(&mut into.targets[from..]);
        }
    }

    /// One member of an object or list that an expression makes of several resources: the plan does not tell which.
    fn doubt_members(&self, targets: &mut [Target]) {
        let is_member = |target: &Target| self.instances.existing[target.instance].key.is_none();
        let mut members = targets.iter().filter(|target| is_member(target));
        let first = members.next().map(|target| target.instance);
        if members.any(|target| Some(target.instance) != first) {
            for target in targets.iter_mut().filter(|target| is_member(target)) {
                target.doubt("an expression over several resources");
            }
        }
    }

    fn follow_one(
        &self,
        traversal: &Traversal,
        selectors: &[Traversal],
        asked: Asked<'m, 'p, '_>,
        into: &mut Resolved,
    ) {
        let scope = asked.scope;
        match &traversal.head {
            Head::Resource(mode, kind, name) => match self.instances.group(scope.module, *mode, kind, name) {
                Some(group) => self.choose_instances(group, traversal, selectors, asked, into),
                None => into.absent = true,
            },
            Head::Module(call) => self.follow_module(call, traversal, selectors, asked, into),
            Head::Variable(name) => match self.modules.argument(scope.module, name) {
                Some((leaf, scope)) => {
                    let flag = into.flag.take();
                    let tail = &traversal.steps[..];
                    self.follow(leaf, Asked { scope, tail, ..asked }, into);
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
            Head::EachValue => self.follow_each(traversal, asked, into),
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
    fn follow_each(&self, traversal: &Traversal, asked: Asked<'m, 'p, '_>, into: &mut Resolved) {
        let scope = asked.scope;
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
        let around = Asked {
            scope: Scope {
                instances: scope.instances,
                ..Scope::of(scope.module)
            },
            tail: &tail,
            counted: None,
            ..asked
        };
        self.follow(for_each, around, into);
        // A flag in `for_each` tells whether there are instances, and there is one.
        into.flag = flag;
    }

    fn follow_module(
        &self,
        call: &Arc<str>,
        traversal: &Traversal,
        selectors: &[Traversal],
        asked: Asked<'m, 'p, '_>,
        into: &mut Resolved,
    ) {
        let (key, steps) = leading_key(&traversal.steps);
        let pick = self.pick(selectors, asked.scope);
        let children = self.modules.children(asked.scope.module, call);
        let chosen = match choose(children, key, pick.as_ref(), asked.list) {
            Choice::Of(chosen) => chosen,
            Choice::Absent if self.modules.calls(asked.scope.module, call) => {
                into.absent = true;
                return;
            }
            Choice::Absent | Choice::TooMany => {
                into.causes.insert(traversal.text.clone());
                return;
            }
        };
        let (output, tail) = match steps.split_first() {
            Some((Step::Name(output), rest)) => (Some(output), rest),
            _ => (None, &[][..]),
        };
        for (child, cause) in chosen {
            let asked = Asked {
                scope: Scope::of(child),
                tail,
                ..asked
            };
            let leaf = match output {
                Some(output) => self.modules.output(child, output),
                // Terraform cut the output off; where the module has only one, it is that.
                None => self.modules.only_output(child),
            };
            let Some(leaf) = leaf else {
                if cause.is_none() && output.is_none() {
                    self.follow_outputs(child, asked, into);
                }
                into.causes.insert(traversal.text.clone());
                continue;
            };
            let from = into.targets.len();
            self.follow(leaf, asked, into);
            if let Some(cause) = cause {
                for target in &mut into.targets[from..] {
                    target.doubt(&cause);
                }
            }
        }
    }

    /// Notes what any output of a module leads to, where the plan does not tell which output is meant.
    fn follow_outputs(&self, module: ModuleId, asked: Asked<'m, 'p, '_>, into: &mut Resolved) {
        let mut found = Resolved::default();
        for leaf in self.modules.outputs(module).take(CANDIDATES) {
            self.follow(leaf, asked, &mut found);
        }
        into.any_of.extend(found.targets);
    }

    /// Chooses the instances of a resource that a reference means.
    fn choose_instances(
        &self,
        group: &Group,
        traversal: &Traversal,
        selectors: &[Traversal],
        asked: Asked<'m, 'p, '_>,
        into: &mut Resolved,
    ) {
        let (own, tail) = traversal.steps.split_at(traversal.own);
        let (key, own) = leading_key(own);
        // What is taken from a list or map that an expression makes of attributes is no part of the attribute.
        let attribute = match own {
            [] => address::attribute(&tail[tail.iter().take_while(|step| step.name().is_none()).count()..]),
            own => address::attribute(own),
        };
        let pick = match leading_key(tail) {
            (Some(key), _) if own.is_empty() => Some(Pick::behind(key, asked.counted)),
            _ => self.pick(selectors, asked.scope),
        };
        // Of several members of an object that the expression makes, this may be another than the one that is meant.
        let is_member = matches!(tail.first(), Some(Step::Key(Key::Text(_))));
        let made = (is_member && asked.scope.instances > 1 && group.of(&None).is_some())
            .then(|| Arc::from("an expression over several resources"));
        match choose(group, key, pick.as_ref(), asked.list) {
            Choice::Of(chosen) => into.targets.extend(chosen.into_iter().map(|(instance, cause)| {
                let cause = cause.or_else(|| made.clone());
                Target {
                    instance,
                    attribute: attribute.clone(),
                    certain: cause.is_none(),
                    cause,
                }
            })),
            Choice::Absent => into.absent = true,
            Choice::TooMany => {
                into.causes.insert(traversal.text.clone());
            }
        }
    }
}

/// The key that steps begin with, and the steps behind it.
fn leading_key(steps: &[Step]) -> (Option<&Key>, &[Step]) {
    match steps.split_first() {
        Some((Step::Key(key), rest)) => (Some(key), rest),
        _ => (None, steps),
    }
}
