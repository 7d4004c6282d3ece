//! References between instances, forward and back.

use std::collections::{BTreeMap, BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::config;
use super::evaluated::split_address;
use super::identity::{self, Identities};
use super::instance::Instance;
use super::map::Map;
use super::reference::{Resolved, Resolver, Target};
use super::resource::{Mode, Reference, Referrer};
use super::value::Value;
use crate::plan::Expression;

/// By argument, the instances that it refers to.
pub(crate) type References = BTreeMap<Arc<str>, Vec<Reference>>;
/// By type, the instances that refer to one.
pub(crate) type Referrers = BTreeMap<Arc<str>, Vec<Referrer>>;
/// By type and argument, why the plan does not tell what is referred to.
pub type Unresolved = BTreeMap<Arc<str>, BTreeMap<Arc<str>, BTreeSet<Arc<str>>>>;

/// An attribute that names another resource is followed this far:
/// `aws_s3_bucket_versioning.logs.bucket` is the bucket.
const HOPS: usize = 4;

/// Instances of whose values there are only those by which others name them.
pub(crate) struct Partial<'b> {
    /// Whether an instance is one.
    pub is: &'b dyn Fn(usize) -> bool,
    /// All values of one.
    pub whole: &'b dyn Fn(usize) -> Value,
}

/// The references of all instances; by default of none.
#[derive(Default)]
pub(crate) struct Links {
    forward: Vec<References>,
    back: Vec<Referrers>,
    pub unresolved: Unresolved,
}

impl Links {
    /// Finds the references of the existing instances; `values` are theirs, and `bodies` what the configuration
    /// beside the plan says of them, where it was given, in the same order. What `partial` ones refer to is left out.
    pub(crate) fn find<'p>(
        resolver: &Resolver<'_, 'p>,
        values: &[Value],
        bodies: &[Option<Value>],
        partial: &Partial,
    ) -> Self {
        let instances = &resolver.instances.existing;
        let by_address = match bodies {
            [] => HashMap::new(),
            _ => instances
                .iter()
                .enumerate()
                .map(|(at, instance)| (&*instance.address, at))
                .collect(),
        };
        let positions = positions(instances);
        let managed = instances.iter().zip(values).enumerate();
        let identities = Identities::new(
            managed
                .filter(|(_, (instance, _))| instance.mode == Mode::Managed)
                .map(|(at, (instance, values))| (at, &*instance.kind, values)),
        );
        let mut links = Links {
            forward: Vec::with_capacity(instances.len()),
            back: vec![Referrers::new(); instances.len()],
            unresolved: Unresolved::new(),
        };
        for (at, instance) in instances.iter().enumerate() {
            if (partial.is)(at) {
                links.forward.push(References::new());
                continue;
            }
            let mut found = Found {
                resolver,
                values,
                partial,
                body: bodies.get(at).and_then(Option::as_ref),
                by_address: &by_address,
                at,
                targets: BTreeMap::new(),
                configured: HashSet::new(),
            };
            found.configured(&mut links.unresolved);
            found.named(&identities, &mut String::new(), &values[at]);
            if found.body.is_some() {
                found.dynamic(&mut String::new(), &values[at]);
            }
            let mut forward = References::new();
            for (argument, targets) in found.targets {
                for target in &targets {
                    let back = links.back[target.instance].entry(instance.kind.clone()).or_default();
                    back.push(Referrer {
                        address: instance.address.clone(),
                        mode: instance.mode,
                        argument: argument.clone(),
                        attribute: Arc::from(&*target.attribute),
                        certain: target.certain,
                        cause: target.cause.clone(),
                        position: positions[at],
                    });
                }
                let references = targets.into_iter().map(|target| {
                    let other = &instances[target.instance];
                    Reference {
                        address: other.address.clone(),
                        kind: other.kind.clone(),
                        mode: other.mode,
                        attribute: Arc::from(target.attribute),
                        certain: target.certain,
                        cause: target.cause,
                        position: positions[target.instance],
                    }
                });
                forward.insert(argument, references.collect());
            }
            links.forward.push(forward);
        }
        links
    }

    /// Takes out the references of an instance and those to it, where there are any.
    pub(crate) fn take(&mut self, at: usize) -> (References, Referrers) {
        let forward = self.forward.get_mut(at).map(std::mem::take);
        let back = self.back.get_mut(at).map(std::mem::take);
        (forward.unwrap_or_default(), back.unwrap_or_default())
    }
}

/// The place of each instance in the list of its mode and type; instances are sorted by them.
fn positions(instances: &[Instance]) -> Vec<usize> {
    let mut positions: Vec<usize> = Vec::with_capacity(instances.len());
    for (at, instance) in instances.iter().enumerate() {
        let same = at
            .checked_sub(1)
            .map(|last| &instances[last])
            .is_some_and(|last| (last.mode, &last.kind) == (instance.mode, &instance.kind));
        positions.push(if same { positions[at - 1] + 1 } else { 0 });
    }
    positions
}

/// The references of one instance, as they are found.
struct Found<'f, 'm, 'p> {
    resolver: &'f Resolver<'m, 'p>,
    values: &'f [Value],
    partial: &'f Partial<'f>,
    body: Option<&'f Value>,
    by_address: &'f HashMap<&'f str, usize>,
    at: usize,
    targets: BTreeMap<Arc<str>, Vec<Target>>,
    /// The arguments that the plan's configuration has, where what it lacks is asked of the other.
    configured: HashSet<String>,
}

impl Found<'_, '_, '_> {
    /// References that the configuration writes.
    fn configured(&mut self, unresolved: &mut Unresolved) {
        let instance = &self.resolver.instances.existing[self.at];
        let Some(configuration) = instance.config else { return };
        let values = self.values;
        config::leaves(&configuration.expressions, &mut |path, leaf| {
            if self.body.is_some() {
                self.configured.insert(path.to_owned());
            }
            if leaf.references.is_empty() {
                return;
            }
            let mut found = Vec::new();
            at_path(&values[self.at], path, &mut found);
            let known = !found.is_empty() && !found.iter().any(|value| value.has_marker());
            let list = found.iter().any(|value| matches!(value, Value::Array(_))) || is_plural(path);
            let mut resolved = self.resolver.resolve(leaf, instance.scope(), list);
            if let Some(targets) = self.evaluated(path, list) {
                resolved = Resolved {
                    targets,
                    ..Resolved::default()
                };
            } else if known {
                resolved.targets.retain_mut(|target| self.fits(target, path, &found));
            } else {
                self.choose_output(path, &mut resolved);
                let causes = resolved.causes.iter().filter(|cause| !cause.contains(' '));
                for cause in causes.take_while(|_| instance.mode == Mode::Managed) {
                    let arguments = unresolved.entry(instance.kind.clone()).or_default();
                    arguments.entry(Arc::from(path)).or_default().insert(cause.clone());
                }
            }
            for target in resolved.targets {
                self.add(path, target, HOPS);
            }
        });
    }

    /// What the evaluated configuration says that an argument refers to; `None` where it does not tell.
    fn evaluated(&self, path: &str, list: bool) -> Option<Vec<Target>> {
        let mut found = Vec::new();
        at_path(self.body?, path, &mut found);
        if !found.is_empty() && found.iter().all(|value| value.is_null()) {
            return Some(Vec::new());
        }
        let mut all: Vec<Target> = Vec::new();
        // Of several blocks each has its own value.
        for value in found {
            let mut sources = Vec::new();
            if !unknown_sources(value, &mut sources) {
                return None;
            }
            let mut targets: Vec<Target> = Vec::new();
            for source in sources {
                let (address, attribute) = split_address(source)?;
                targets.push(Target {
                    instance: *self.by_address.get(&*address)?,
                    attribute,
                    certain: true,
                    cause: None,
                });
            }
            let several = targets.iter().any(|target| target.instance != targets[0].instance);
            if several && !list {
                for target in &mut targets {
                    target.certain = false;
                    target.cause = Some(Arc::from("an expression over several resources"));
                }
            }
            for target in targets {
                if !all.contains(&target) {
                    all.push(target);
                }
            }
        }
        Some(all).filter(|all| !all.is_empty())
    }

    /// References in what the plan's configuration leaves out, `dynamic` blocks: their markers say where they come from.
    fn dynamic(&mut self, path: &mut String, value: &Value) {
        match value {
            Value::Object(members) if is_document(members) => {
                let mut sources = Vec::new();
                if members.contains_key("Statement") || self.configured.contains(&**path) {
                    return;
                }
                unknown_sources(value, &mut sources);
                let targets: Vec<(usize, String)> = sources
                    .into_iter()
                    .filter_map(|source| {
                        let (address, attribute) = split_address(source)?;
                        Some((*self.by_address.get(&*address)?, attribute))
                    })
                    .collect();
                let several = targets.iter().any(|target| target.0 != targets[0].0);
                for (instance, attribute) in targets {
                    let target = Target {
                        instance,
                        attribute,
                        certain: !several,
                        cause: several.then(|| Arc::from("an expression over several resources")),
                    };
                    self.add(path, target, HOPS);
                }
            }
            Value::Object(members) => each_member(path, members, |path, member| self.dynamic(path, member)),
            Value::Array(elements) => elements.iter().for_each(|element| self.dynamic(path, element)),
            _ => {}
        }
    }

    /// Whether a known value may be that of a target's attribute; a candidate is told by it.
    fn fits(&self, target: &mut Target, path: &str, found: &[&Value]) -> bool {
        let whole = (self.partial.is)(target.instance).then(|| (self.partial.whole)(target.instance));
        let values = whole.as_ref().unwrap_or(&self.values[target.instance]);
        let attribute = values.get(&target.attribute);
        if attribute.is_some_and(|value| value.get("unknown") == Some(&Value::Bool(true))) {
            return false;
        }
        let value = attribute.and_then(Value::as_str);
        let any = |fits: &dyn Fn(&str) -> bool| {
            found.iter().any(|found| match found {
                Value::Array(elements) => elements.iter().filter_map(Value::as_str).any(fits),
                one => one.as_str().is_some_and(fits),
            })
        };
        if !target.certain {
            if value.is_some_and(|value| any(&|found| found == value)) {
                target.certain = true;
                target.cause = None;
            }
            return target.certain;
        }
        // An argument that takes a name, and has another: a conditional took its other side.
        let kind = &self.resolver.instances.existing[target.instance].kind;
        let takes = identity::kinds(path).any(|takes| takes == &**kind);
        value.is_none_or(|value| !takes || any(&|found| found.contains(value) || value.contains(found)))
    }

    /// Where Terraform cut off which output of a module is meant, it is one that leads to what the argument takes.
    fn choose_output(&self, path: &str, resolved: &mut Resolved) {
        let instances = &self.resolver.instances.existing;
        let mut fitting: Vec<Target> = Vec::new();
        for target in std::mem::take(&mut resolved.any_of) {
            let takes = identity::kinds(path).any(|kind| kind == &*instances[target.instance].kind);
            if takes && !fitting.iter().any(|other| other.instance == target.instance) {
                fitting.push(Target {
                    attribute: String::new(),
                    ..target
                });
            }
        }
        let Some(cause) = resolved
            .causes
            .iter()
            .find(|cause| cause.starts_with("module."))
            .cloned()
        else {
            return;
        };
        if fitting.is_empty() {
            return;
        }
        resolved.causes.remove(&cause);
        let several = fitting.len() > 1;
        for target in &mut fitting {
            target.certain &= !several;
            if !target.certain {
                target.cause.get_or_insert_with(|| cause.clone());
            }
        }
        resolved.targets.extend(fitting);
    }

    /// Adds a reference and, where it goes to an attribute that is itself a reference, what that refers to.
    fn add(&mut self, argument: &str, target: Target, hops: usize) {
        if let Some(hops) = hops.checked_sub(1) {
            let through = &self.resolver.instances.existing[target.instance];
            let attribute = stands_for(through, &target.attribute, argument);
            let argument_through = through.config.and_then(|config| config.expressions.get(attribute));
            if let Some(Expression::Leaf(leaf)) = argument_through {
                let next = self.resolver.resolve(leaf, through.scope(), is_plural(attribute));
                for mut next in next.targets {
                    next.certain &= target.certain;
                    if next.cause.is_none() {
                        next.cause.clone_from(&target.cause);
                    }
                    self.add(argument, next, hops);
                }
            }
        }
        if target.instance == self.at {
            return;
        }
        let targets = self.targets.entry(Arc::from(argument)).or_default();
        match targets
            .iter_mut()
            .find(|other| other.instance == target.instance && other.attribute == target.attribute)
        {
            Some(other) if target.certain => *other = target,
            Some(_) => {}
            None => targets.push(target),
        }
    }

    /// References by equal known values.
    fn named(&mut self, identities: &Identities, path: &mut String, value: &Value) {
        match value {
            Value::Object(members) if !is_document(members) => {
                each_member(path, members, |path, member| self.named(identities, path, member));
            }
            Value::Array(elements) => {
                for element in elements {
                    self.named(identities, path, element);
                }
            }
            Value::String(text) => {
                let kind = &self.resolver.instances.existing[self.at].kind;
                let Some((named, attribute)) = identities.named(kind, path, text) else {
                    return;
                };
                if named
                    .iter()
                    .any(|instance| *instance == self.at || self.refers(path, *instance))
                {
                    return;
                }
                let cause = (named.len() > 1).then(|| Arc::from("a name that several resources have"));
                let targets = named.iter().map(|instance| Target {
                    instance: *instance,
                    attribute: attribute.to_owned(),
                    certain: cause.is_none(),
                    cause: cause.clone(),
                });
                self.targets.entry(Arc::from(&**path)).or_default().extend(targets);
            }
            _ => {}
        }
    }

    fn refers(&self, argument: &str, instance: usize) -> bool {
        let targets = self.targets.get(argument);
        targets.is_some_and(|targets| {
            targets
                .iter()
                .any(|target| target.instance == instance && target.certain)
        })
    }
}

/// Visits the members of an object with their paths.
fn each_member(path: &mut String, members: &Map, mut visit: impl FnMut(&mut String, &Value)) {
    for (name, member) in members {
        let start = path.len();
        if start > 0 {
            path.push('.');
        }
        path.push_str(name);
        visit(path, member);
        path.truncate(start);
    }
}

/// The argument that an attribute repeats: the id of what configures a bucket is the bucket's name. An attribute that
/// Terraform cut off is the one that is called like the argument which it is for.
fn stands_for<'a>(through: &Instance, attribute: &'a str, argument: &'a str) -> &'a str {
    let of_bucket = through.kind.starts_with("aws_s3_bucket_") && &*through.kind != "aws_s3_bucket_object";
    let cut = attribute.is_empty();
    let takes = |kind: &str| identity::kinds(argument).any(|takes| takes == kind);
    match attribute {
        "id" if of_bucket => "bucket",
        _ if cut && of_bucket && takes("aws_s3_bucket") => "bucket",
        _ if cut && !takes(&through.kind) => argument.rsplit('.').next().unwrap_or(argument),
        other => other,
    }
}

/// Collects the values at a path without indices, from every element of the lists on the way.
fn at_path<'v>(value: &'v Value, path: &str, into: &mut Vec<&'v Value>) {
    match value {
        Value::Array(elements) => elements.iter().for_each(|element| at_path(element, path, into)),
        Value::Object(members) => {
            let (name, rest) = path.split_once('.').unwrap_or((path, ""));
            match members.get(name) {
                Some(value) if rest.is_empty() => into.push(value),
                Some(value) => at_path(value, rest, into),
                None => {}
            }
        }
        _ => {}
    }
}

/// Whether an argument takes a list, told by its name where its value tells nothing: providers call
/// lists by the plural.
fn is_plural(path: &str) -> bool {
    let leaf = path.rsplit('.').next().unwrap_or(path);
    leaf.ends_with('s') && !leaf.ends_with("ss") && !leaf.ends_with("_dns") && !leaf.ends_with("alias")
        || matches!(leaf, "vpc_zone_identifier" | "dimensions")
}

/// Collects where the unknown parts of a value come from; `false` where one of them does not say.
fn unknown_sources<'v>(value: &'v Value, into: &mut Vec<&'v str>) -> bool {
    match value {
        Value::Object(members) => match members.get("from").and_then(Value::as_array) {
            Some(from) => {
                into.extend(from.iter().filter_map(Value::as_str));
                !from.is_empty()
            }
            None => members.values().all(|member| unknown_sources(member, into)),
        },
        Value::Array(elements) => elements.iter().all(|element| unknown_sources(element, into)),
        _ => true,
    }
}

fn is_document(members: &Map) -> bool {
    members.contains_key("Statement") || members.contains_key("unknown")
}
