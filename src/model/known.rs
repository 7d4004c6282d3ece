//! What the plan tells of a reference's value: variables, keys, and the elements of what `for_each` goes over.

use super::address::{Key, Step};
use super::reference::{Resolver, Scope};
use super::traversal::{Head, Traversal, texts};
use super::value::Value;
use crate::plan::Leaf;

impl<'m, 'p> Resolver<'m, 'p> {
    /// The value of a reference, where the plan tells it.
    pub(super) fn known(&self, traversal: &Traversal, scope: Scope<'m, 'p>) -> Option<Value> {
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
    pub(super) fn constant(&self, leaf: &Leaf, read: impl FnOnce(&Value) -> Option<Value>) -> Option<Value> {
        let constant = leaf.constant_value?;
        let mut constants = self.constants.borrow_mut();
        read(
            constants
                .entry(constant.get().as_ptr())
                .or_insert_with(|| Value::parse(constant)),
        )
    }
}

pub(crate) fn key_of(value: Value) -> Option<Key> {
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
pub(crate) fn taken(value: &Value, steps: &[Step]) -> Value {
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
