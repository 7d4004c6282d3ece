//! Where an argument comes from in the end: through the calls of modules, and through local values where the
//! configuration beside the plan was given.

use std::collections::{BTreeSet, HashSet};
use std::sync::Arc;

use super::address::{self, Step};
use super::module::{ModuleId, Modules};
use super::traversal::distinct;
use crate::plan::{Leaf, Text};
use crate::source::{self, Source};

/// Follows references to their origins.
#[derive(Clone, Copy)]
pub(crate) struct Origins<'m, 'p> {
    pub modules: &'m Modules<'p>,
    pub source: Option<&'m Source>,
}

/// What an expression is made of in the end.
#[derive(Debug, Default)]
pub(crate) struct Origin {
    /// Resources, data sources and root variables, and whatever the plan does not let follow: local values, and modules
    /// of which it does not tell the output. They are as the configuration has them, without the keys of modules. A
    /// constant has none.
    pub addresses: BTreeSet<Arc<str>>,
    /// Whether a variable on the way is declared sensitive.
    pub sensitive: bool,
}

/// Where a reference stands.
#[derive(Clone, Copy)]
struct Place<'m, 'p> {
    module: ModuleId,
    /// What `each` goes over there.
    for_each: Option<&'m Leaf<'p>>,
}

impl<'m, 'p> Origins<'m, 'p> {
    /// The origins of an expression of a module; `for_each` is that of the block in which it stands.
    pub(crate) fn of(&self, leaf: &Leaf<'p>, module: ModuleId, for_each: Option<&'m Leaf<'p>>) -> Origin {
        let mut walk = Walk {
            origins: *self,
            seen: HashSet::new(),
            found: Origin::default(),
        };
        walk.leaf(leaf, Place { module, for_each });
        walk.found
    }
}

struct Walk<'m, 'p> {
    origins: Origins<'m, 'p>,
    /// Each reference of a module is followed once; a plan that was made by hand may go in circles.
    seen: HashSet<(ModuleId, String)>,
    found: Origin,
}

impl<'m, 'p> Walk<'m, 'p> {
    fn leaf(&mut self, leaf: &Leaf<'p>, place: Place<'m, 'p>) {
        for reference in distinct(leaf.references.iter().map(Text::as_str)) {
            self.reference(reference, place);
        }
    }

    fn reference(&mut self, text: &str, place: Place<'m, 'p>) {
        if !self.seen.insert((place.module, text.to_owned())) {
            return;
        }
        let steps = address::steps(text).unwrap_or_default();
        let names: Vec<&str> = steps.iter().filter_map(Step::name).collect();
        match names[..] {
            ["var", name, ..] => self.variable(name, place.module),
            ["local", name, ..] => self.local(name, place.module),
            ["each", ..] => {
                if let Some(for_each) = place.for_each {
                    let outside = Place {
                        for_each: None,
                        ..place
                    };
                    self.leaf(for_each, outside);
                }
            }
            ["count" | "path" | "terraform" | "self", ..] => {}
            ["module", call, output, ..] => self.output(call, output, text, place.module),
            _ => self.end(text, place.module),
        }
    }

    fn variable(&mut self, name: &str, module: ModuleId) {
        let modules = self.origins.modules;
        self.found.sensitive |= modules.is_sensitive(module, name);
        if module == Modules::ROOT {
            self.end(&format!("var.{name}"), module);
        } else if let Some((leaf, scope)) = modules.argument(module, name) {
            let place = Place {
                module: scope.module,
                for_each: scope.for_each,
            };
            self.leaf(leaf, place);
        }
    }

    fn local(&mut self, name: &str, module: ModuleId) {
        let path: Vec<&str> = self.origins.modules.path(module).iter().map(|call| &**call).collect();
        let source = self.origins.source.and_then(|source| source.module(&path));
        let Some(local) = source.and_then(|source| source.local(name)) else {
            return self.end(&format!("local.{name}"), module);
        };
        let place = Place { module, for_each: None };
        for reference in source::Expression::mentions(local) {
            self.reference(&reference, place);
        }
    }

    fn output(&mut self, call: &str, output: &str, text: &str, module: ModuleId) {
        let modules = self.origins.modules;
        // The instances of a call share one configuration.
        let child = modules.children(module, call).values().next();
        match child.and_then(|child| Some((*child, modules.output(*child, output)?))) {
            Some((child, leaf)) => {
                let place = Place {
                    module: child,
                    for_each: None,
                };
                self.leaf(leaf, place);
            }
            None => self.end(text, module),
        }
    }

    fn end(&mut self, text: &str, module: ModuleId) {
        let calls = self.origins.modules.path(module).iter();
        let module: String = calls.map(|call| format!("module.{call}.")).collect();
        self.found.addresses.insert(Arc::from(module + text));
    }
}
