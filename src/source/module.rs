//! What a module declares, put together from its files.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::block::{Argument, Block, Body};
use super::parse::TopBlock;
use super::syntax::Expression;
use crate::model::Value;

/// Which kind of resource: `resource` or `data`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Mode {
    /// A `resource` block.
    Managed,
    /// A `data` block, one inside of a `check` block included.
    Data,
}

/// A module: the blocks of all files of one folder, override files merged.
///
/// <https://developer.hashicorp.com/terraform/language/files/override>
#[derive(Clone, Debug, Default)]
pub struct Module {
    resources: BTreeMap<(Mode, Arc<str>, Arc<str>), Block>,
    variables: BTreeMap<Arc<str>, Variable>,
    outputs: BTreeMap<Arc<str>, Block>,
    locals: BTreeMap<Arc<str>, Argument>,
    calls: BTreeMap<Arc<str>, Block>,
    providers: BTreeMap<(Arc<str>, Option<Arc<str>>), Block>,
}

/// A `variable` block.
#[derive(Clone, Debug, PartialEq)]
pub struct Variable {
    block: Block,
}

/// A `validation` block of a variable.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Validation<'a> {
    /// The line of the block, from 1.
    pub line: usize,
    /// Its condition, where it has one.
    pub condition: Option<&'a Expression>,
}

impl Module {
    /// The resource or data source of that type and name.
    pub fn resource(&self, mode: Mode, r#type: &str, name: &str) -> Option<&Block> {
        self.resources.get(&(mode, Arc::from(r#type), Arc::from(name)))
    }

    /// All resources and data sources, sorted: `(mode, type, name, block)`.
    pub fn resources(&self) -> impl Iterator<Item = (Mode, &str, &str, &Block)> {
        self.resources
            .iter()
            .map(|((mode, r#type, name), block)| (*mode, &**r#type, &**name, block))
    }

    /// Every block at the top of its files but for locals.
    pub(super) fn blocks(&self) -> impl Iterator<Item = &Block> {
        let variables = self.variables.values().map(|variable| &variable.block);
        let others = self
            .outputs
            .values()
            .chain(self.calls.values())
            .chain(self.providers.values());
        self.resources.values().chain(variables).chain(others)
    }

    /// The variable of that name.
    pub fn variable(&self, name: &str) -> Option<&Variable> {
        self.variables.get(name)
    }

    /// All outputs, sorted: `(name, block)`.
    pub fn outputs(&self) -> impl Iterator<Item = (&str, &Block)> {
        self.outputs.iter().map(|(name, block)| (&**name, block))
    }

    /// The output of that name; its arguments are `value`, `sensitive`, `description`.
    pub fn output(&self, name: &str) -> Option<&Block> {
        self.outputs.get(name)
    }

    /// The expression of the local value of that name.
    pub fn local(&self, name: &str) -> Option<&Expression> {
        self.locals.get(name).map(|local| &local.expression)
    }

    /// The call of a module by that name.
    pub fn call(&self, name: &str) -> Option<&Block> {
        self.calls.get(name)
    }

    /// All calls of modules, sorted: `(name, block)`.
    pub fn calls(&self) -> impl Iterator<Item = (&str, &Block)> {
        self.calls.iter().map(|(name, block)| (&**name, block))
    }

    /// The configuration of the provider of that local name, and its alias if it has one.
    pub fn provider(&self, name: &str, alias: Option<&str>) -> Option<&Block> {
        self.providers.get(&(Arc::from(name), alias.map(Arc::from)))
    }

    /// Adds the blocks of an ordinary file; of what is declared twice, the first counts.
    pub(super) fn declare(&mut self, blocks: Vec<TopBlock>) {
        for TopBlock { kind, block } in blocks {
            match (&*kind, block.labels.as_slice()) {
                ("locals", _) => {
                    for (name, local) in block.body.arguments {
                        self.locals.entry(name).or_insert(local);
                    }
                }
                ("check", _) => self.declare_in_check(&block),
                _ => {
                    if let Some(slot) = self.slot(&kind, &block) {
                        slot.or_insert(block);
                    } else if let ("variable", [name]) = (&*kind, block.labels.as_slice()) {
                        self.variables.entry(name.clone()).or_insert(Variable { block });
                    }
                }
            }
        }
    }

    /// Merges the blocks of an override file into those that are declared.
    pub(super) fn merge(&mut self, blocks: Vec<TopBlock>) {
        for TopBlock { kind, block } in blocks {
            if &*kind == "locals" {
                self.locals.extend(block.body.arguments);
            } else if let Some(slot) = self.slot(&kind, &block) {
                let body = block.body.clone();
                slot.and_modify(|base| base.body.merge(body)).or_insert(block);
            } else if let ("variable", [name]) = (&*kind, block.labels.as_slice()) {
                let body = block.body.clone();
                let base = self.variables.entry(name.clone());
                base.and_modify(|base| base.block.body.merge(body))
                    .or_insert(Variable { block });
            }
        }
    }

    /// Where a block is kept, if it is of a kind that is kept as it is.
    fn slot(&mut self, kind: &str, block: &Block) -> Option<Slot<'_>> {
        Some(match (kind, block.labels.as_slice()) {
            ("resource", [r#type, name]) => {
                Slot::Resource(self.resources.entry((Mode::Managed, r#type.clone(), name.clone())))
            }
            ("data", [r#type, name]) => {
                Slot::Resource(self.resources.entry((Mode::Data, r#type.clone(), name.clone())))
            }
            ("output", [name]) => Slot::Named(self.outputs.entry(name.clone())),
            ("module", [name]) => Slot::Named(self.calls.entry(name.clone())),
            ("provider", [name]) => Slot::Provider(self.providers.entry((name.clone(), block.body.constant("alias")))),
            _ => return None,
        })
    }

    /// A check's data source is one of the module: <https://developer.hashicorp.com/terraform/language/block/check>
    fn declare_in_check(&mut self, check: &Block) {
        for nested in &check.body.blocks {
            if let ("data", [r#type, name]) = (&*nested.name, nested.labels.as_slice()) {
                let block = Block {
                    file: check.file.clone(),
                    line: nested.line,
                    labels: nested.labels.clone(),
                    body: nested.body.clone(),
                };
                self.resources
                    .entry((Mode::Data, r#type.clone(), name.clone()))
                    .or_insert(block);
            }
        }
    }
}

type Entry<'m, K> = std::collections::btree_map::Entry<'m, K, Block>;

/// The place of a block in one of a module's tables.
enum Slot<'m> {
    Resource(Entry<'m, (Mode, Arc<str>, Arc<str>)>),
    Named(Entry<'m, Arc<str>>),
    Provider(Entry<'m, (Arc<str>, Option<Arc<str>>)>),
}

impl Slot<'_> {
    fn or_insert(self, block: Block) {
        match self {
            Slot::Resource(entry) => drop(entry.or_insert(block)),
            Slot::Named(entry) => drop(entry.or_insert(block)),
            Slot::Provider(entry) => drop(entry.or_insert(block)),
        }
    }

    fn and_modify(self, change: impl FnOnce(&mut Block)) -> Self {
        match self {
            Slot::Resource(entry) => Slot::Resource(entry.and_modify(change)),
            Slot::Named(entry) => Slot::Named(entry.and_modify(change)),
            Slot::Provider(entry) => Slot::Provider(entry.and_modify(change)),
        }
    }
}

impl Body {
    /// Takes over what an override says: its arguments one by one, and its nested blocks in place of all those of
    /// their type; `lifecycle` is merged argument by argument.
    fn merge(&mut self, over: Body) {
        self.arguments.extend(over.arguments);
        let (lifecycle, others): (Vec<_>, Vec<_>) =
            over.blocks.into_iter().partition(|nested| &*nested.name == "lifecycle");
        self.blocks
            .retain(|base| !others.iter().any(|nested| nested.name == base.name));
        self.blocks.extend(others);
        for nested in lifecycle {
            match self.blocks.iter_mut().find(|base| base.name == nested.name) {
                Some(base) => base.body.merge(nested.body),
                None => self.blocks.push(nested),
            }
        }
    }
}

impl Variable {
    /// The file, relative to the root folder.
    pub fn file(&self) -> &str {
        self.block.file()
    }

    /// The line of the block's first word, from 1.
    pub fn line(&self) -> usize {
        self.block.line()
    }

    /// The text of its type constraint: `map(object({ port = number }))`.
    pub fn r#type(&self) -> Option<&str> {
        self.block.body.arguments.get("type")?.text.as_deref()
    }

    /// The expression of its default.
    pub fn default(&self) -> Option<&Expression> {
        self.block.expression(&["default".into()])
    }

    /// Its description.
    pub fn description(&self) -> Option<Arc<str>> {
        self.block.body.constant("description")
    }

    /// Whether it says `sensitive = true`.
    pub fn sensitive(&self) -> bool {
        self.block.body.flag("sensitive")
    }

    /// Whether null may be given: so unless it says `nullable = false`.
    pub fn nullable(&self) -> bool {
        let nullable = self
            .block
            .expression(&["nullable".into()])
            .and_then(Expression::literal);
        nullable != Some(&Value::Bool(false))
    }

    /// Its validations, in order.
    pub fn validations(&self) -> impl Iterator<Item = Validation<'_>> {
        self.block
            .body
            .blocks
            .iter()
            .filter(|nested| &*nested.name == "validation")
            .map(|nested| Validation {
                line: nested.line,
                condition: nested
                    .body
                    .arguments
                    .get("condition")
                    .map(|condition| &condition.expression),
            })
    }
}
