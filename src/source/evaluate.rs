//! Evaluating expressions as far as they are known.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::Arc;

use super::convert::{Failure, Outcome, flag, text};
use super::functions;
use super::marker::{blend, has_marker, is_marker, is_sensitive};
use super::module::Module;
use super::operate;
use super::scope::{Locals, Scope};
use super::syntax::{Expression, For, Kind, Operator};
use crate::model::{Map, Value};

/// How deep expressions and local values may lead into each other.
const DEPTH: usize = 200;
/// How much one evaluation may do and make: each step, each value and each 16 bytes of text count one.
const BUDGET: usize = 1 << 19;

/// Evaluates an expression of that module as far as it goes.
///
/// What is known is a plain value, with unknown and sensitive markers in their places inside of lists and objects.
/// What depends on something that is not known is an unknown marker with the addresses of all that it depends on;
/// what depends on something sensitive is a sensitive marker. An expression that Terraform would not accept, that
/// calls a function without a value before apply (`timestamp`) or beyond this evaluator (`file`, `templatefile`),
/// that leads into itself, or that grows without measure is an unknown marker too.
pub fn evaluate(expression: &Expression, scope: &dyn Scope, module: &Module) -> Value {
    let evaluator = Evaluator::new(scope, module);
    evaluator.settle(evaluator.expression(expression, None))
}

/// The names that `for` expressions and dynamic blocks add, innermost first.
pub(super) struct Names<'n> {
    pub(super) outer: Option<&'n Names<'n>>,
    pub(super) name: &'n str,
    pub(super) value: Arc<Value>,
}

impl Names<'_> {
    fn get(&self, name: &str) -> Option<&Arc<Value>> {
        if self.name == name {
            Some(&self.value)
        } else {
            self.outer?.get(name)
        }
    }
}

/// One evaluation, with what is left of its budget.
pub(super) struct Evaluator<'a> {
    pub(super) scope: &'a dyn Scope,
    pub(super) module: &'a Module,
    own: Locals,
    /// The locals that are being evaluated.
    open: RefCell<Vec<Arc<str>>>,
    left: Cell<usize>,
    depth: Cell<usize>,
    /// Whether a limit was met, so that what came of it is not kept.
    cut: Cell<bool>,
}

impl<'a> Evaluator<'a> {
    pub(super) fn new(scope: &'a dyn Scope, module: &'a Module) -> Self {
        Evaluator {
            scope,
            module,
            own: Locals::default(),
            open: RefCell::default(),
            left: Cell::new(BUDGET),
            depth: Cell::new(0),
            cut: Cell::new(false),
        }
    }

    /// The value, or an unknown one where there is none.
    pub(super) fn settle(&self, outcome: Outcome) -> Value {
        outcome.unwrap_or_else(|_| Value::unknown([]))
    }

    /// Takes so much of the budget, if it is there.
    pub(super) fn charge(&self, units: usize) -> Result<(), Failure> {
        match self.left.get().checked_sub(units) {
            Some(left) => {
                self.left.set(left);
                Ok(())
            }
            None => {
                self.left.set(0);
                self.cut.set(true);
                Err(Failure::Beyond)
            }
        }
    }

    /// A copy of the value, at its price.
    pub(super) fn copy(&self, value: &Value) -> Outcome {
        self.charge(size(value))?;
        Ok(value.clone())
    }

    /// Runs `inner` one level deeper.
    pub(super) fn deeper<T>(&self, inner: impl FnOnce() -> Result<T, Failure>) -> Result<T, Failure> {
        if self.depth.get() >= DEPTH {
            self.cut.set(true);
            return Err(Failure::Beyond);
        }
        self.depth.set(self.depth.get() + 1);
        let result = inner();
        self.depth.set(self.depth.get() - 1);
        result
    }

    /// The value of an expression; what is beyond this evaluator is unknown.
    pub(super) fn expression(&self, expression: &Expression, names: Option<&Names>) -> Outcome {
        let outcome = self
            .charge(1)
            .and_then(|()| self.deeper(|| self.kind(&expression.kind, names)));
        match outcome {
            Err(Failure::Beyond) => Ok(Value::unknown([])),
            outcome => outcome,
        }
    }

    fn kind(&self, kind: &Kind, names: Option<&Names>) -> Outcome {
        match kind {
            Kind::Literal(value) => self.copy(value),
            Kind::Template(pieces) => self.template(pieces, names),
            Kind::List(elements) => Ok(Value::Array(
                elements
                    .iter()
                    .map(|element| self.expression(element, names))
                    .collect::<Result<_, _>>()?,
            )),
            Kind::Object(items) => self.object(items, names),
            Kind::Reference { root, accesses } => self.reference(root, accesses, names),
            Kind::Access { base, accesses } => {
                let base = self.expression(base, names)?;
                self.read(&base, accesses, names)
            }
            Kind::Conditional { condition, yes, no } => {
                let condition = self.expression(condition, names)?;
                if !is_marker(&condition) {
                    return self.expression(if flag(&condition)? { yes } else { no }, names);
                }
                let yes = self.settle(self.expression(yes, names));
                let no = self.settle(self.expression(no, names));
                if yes == no && !is_sensitive(&condition) && !has_marker(&yes) {
                    return Ok(yes);
                }
                Ok(blend([&condition, &yes, &no]))
            }
            Kind::Call {
                name,
                arguments,
                expand,
            } => self.call(name, arguments, *expand, names),
            Kind::Not(inner) => operate::not(&self.expression(inner, names)?),
            Kind::Negate(inner) => operate::negate(&self.expression(inner, names)?),
            Kind::Binary { operator, left, right } => self.binary(*operator, left, right, names),
            Kind::For(expression) => self.for_expression(expression, names),
        }
    }

    fn binary(&self, operator: Operator, left: &Expression, right: &Expression, names: Option<&Names>) -> Outcome {
        let left = self.expression(left, names)?;
        let decided = match (operator, &left) {
            (Operator::And, Value::Bool(false)) => Some(false),
            (Operator::Or, Value::Bool(true)) => Some(true),
            _ => None,
        };
        match decided {
            Some(flag) => Ok(Value::Bool(flag)),
            None => operate::binary(operator, &left, &self.expression(right, names)?),
        }
    }

    fn object(&self, items: &[(Expression, Expression)], names: Option<&Names>) -> Outcome {
        let mut members = Map::new();
        let mut hidden = Vec::new();
        for (key, value) in items {
            let key = self.expression(key, names)?;
            let value = self.expression(value, names)?;
            if is_marker(&key) {
                hidden.push(key);
                hidden.push(value);
            } else {
                members.insert(text(&key)?, value);
            }
        }
        if hidden.is_empty() {
            return Ok(Value::Object(members));
        }
        hidden.push(Value::Object(members));
        Ok(blend(&hidden))
    }

    /// <https://developer.hashicorp.com/terraform/language/expressions/for>
    fn for_expression(&self, expression: &For, names: Option<&Names>) -> Outcome {
        let collection = self.expression(&expression.collection, names)?;
        if is_marker(&collection) {
            return Ok(blend([&collection]));
        }
        let is_set = self.is_set(&expression.collection, 0);
        let mut elements = Vec::new();
        let mut groups: BTreeMap<Arc<str>, Vec<Value>> = BTreeMap::new();
        for (key, value) in entries(collection, is_set)? {
            let outer = expression.key_name.as_deref().map(|name| Names {
                outer: names,
                name,
                value: Arc::new(key),
            });
            let inner = Names {
                outer: outer.as_ref().or(names),
                name: &expression.value_name,
                value: Arc::new(value),
            };
            if let Some(condition) = &expression.condition {
                let condition = self.expression(condition, Some(&inner))?;
                if is_marker(&condition) {
                    return Ok(blend([&condition]));
                }
                if !flag(&condition)? {
                    continue;
                }
            }
            let Some(key) = &expression.key else {
                elements.push(self.expression(&expression.value, Some(&inner))?);
                continue;
            };
            let key = self.expression(key, Some(&inner))?;
            if is_marker(&key) {
                return Ok(blend([&key]));
            }
            let group = groups.entry(text(&key)?).or_default();
            if !group.is_empty() && !expression.grouping {
                return Err(Failure::Invalid);
            }
            group.push(self.expression(&expression.value, Some(&inner))?);
        }
        if expression.key.is_none() {
            return Ok(Value::Array(elements));
        }
        let members = groups.into_iter().map(|(key, mut group)| {
            let value = if expression.grouping {
                Value::Array(group)
            } else {
                group.pop().unwrap_or_default()
            };
            (key, value)
        });
        Ok(Value::Object(members.collect()))
    }

    fn call(&self, name: &str, arguments: &[Expression], expand: bool, names: Option<&Names>) -> Outcome {
        match name {
            "try" => return self.try_each(arguments, names),
            "can" => {
                let [argument] = arguments else {
                    return Err(Failure::Invalid);
                };
                return Ok(match self.expression(argument, names) {
                    Err(_) => Value::Bool(false),
                    Ok(value) if has_marker(&value) => blend([&value]),
                    Ok(_) => Value::Bool(true),
                });
            }
            _ => {}
        }
        let mut values = Vec::with_capacity(arguments.len());
        for argument in arguments {
            values.push(self.expression(argument, names)?);
        }
        if expand && let Some(last) = values.pop() {
            if is_marker(&last) {
                values.push(last);
                return Ok(blend(&values));
            }
            match last {
                Value::Array(more) => values.extend(more),
                _ => return Err(Failure::Invalid),
            }
        }
        // A function may look at each of its arguments as often as it likes, but at nothing else.
        self.charge(values.iter().map(size).sum())?;
        match functions::call(name, &values) {
            Err(Failure::Beyond) => Ok(blend(&values)),
            Err(Failure::Invalid) => Err(Failure::Invalid),
            Ok(value) => {
                self.charge(size(&value))?;
                Ok(value)
            }
        }
    }

    fn try_each(&self, arguments: &[Expression], names: Option<&Names>) -> Outcome {
        for argument in arguments {
            if let Ok(value) = self.expression(argument, names) {
                return Ok(value);
            }
        }
        Err(Failure::Invalid)
    }

    /// A local value, evaluated once.
    pub(super) fn local(&self, name: &str) -> Option<Arc<Value>> {
        let kept = self.scope.locals().unwrap_or(&self.own);
        if let Some(value) = kept.get(name) {
            return Some(value);
        }
        let expression = self.module.local(name)?;
        let value = self.opened(name, || self.expression(expression, None));
        let value = Arc::new(self.settle(value));
        if !self.cut.get() {
            kept.put(name, value.clone());
        }
        Some(value)
    }

    /// Runs `inner` for a local value, unless that is being evaluated already.
    pub(super) fn opened(&self, name: &str, inner: impl FnOnce() -> Outcome) -> Outcome {
        if self.open.borrow().iter().any(|open| &**open == name) {
            self.cut.set(true);
            return Err(Failure::Beyond);
        }
        self.open.borrow_mut().push(Arc::from(name));
        let outcome = inner();
        self.open.borrow_mut().pop();
        outcome
    }

    /// The value of a name of a `for` expression or dynamic block.
    pub(super) fn named(&self, name: &str, names: Option<&Names>) -> Option<Arc<Value>> {
        names?.get(name).cloned()
    }

    /// Whether the expression is a set for all that is written: the keys of a set are its elements.
    pub(super) fn is_set(&self, expression: &Expression, depth: usize) -> bool {
        if depth > 16 {
            return false;
        }
        match &expression.kind {
            Kind::Call { name, .. } => {
                matches!(
                    &**name,
                    "toset" | "setunion" | "setintersection" | "setsubtract" | "fileset"
                )
            }
            Kind::Conditional { yes, no, .. } => self.is_set(yes, depth + 1) || self.is_set(no, depth + 1),
            Kind::Reference { root, accesses } => match (&**root, accesses.as_slice()) {
                ("local", [super::syntax::Access::Name(name)]) => self
                    .module
                    .local(name)
                    .is_some_and(|local| self.is_set(local, depth + 1)),
                ("var", [super::syntax::Access::Name(name)]) => {
                    let variable = self.module.variable(name);
                    variable
                        .and_then(|variable| variable.r#type())
                        .is_some_and(|text| text.starts_with("set("))
                }
                _ => false,
            },
            _ => false,
        }
    }
}

/// The keys and values of a collection, in Terraform's order.
pub(super) fn entries(collection: Value, is_set: bool) -> Result<Vec<(Value, Value)>, Failure> {
    match collection {
        Value::Array(elements) if is_set => Ok(elements.into_iter().map(|value| (value.clone(), value)).collect()),
        Value::Array(elements) => Ok(elements
            .into_iter()
            .enumerate()
            .map(|(at, value)| (Value::Number(at.into()), value))
            .collect()),
        Value::Object(members) => Ok(members
            .into_iter()
            .map(|(key, value)| (Value::String(key), value))
            .collect()),
        _ => Err(Failure::Invalid),
    }
}

/// What a value costs.
pub(super) fn size(value: &Value) -> usize {
    match value {
        Value::String(text) => 1 + text.len() / 16,
        Value::Array(elements) => 1 + elements.iter().map(size).sum::<usize>(),
        Value::Object(members) => {
            1 + members
                .iter()
                .map(|(key, value)| 1 + key.len() / 16 + size(value))
                .sum::<usize>()
        }
        _ => 1,
    }
}
