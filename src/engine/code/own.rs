//! The built-ins of compiled policies: Rego's, watched, and those that check what the machine does not.

use std::cell::{Cell, RefCell};
use std::collections::BTreeMap;
use std::sync::OnceLock;

use regorus::Value;
use regorus::rvm::program::BuiltinInfo;
use regorus::unstable::{BUILTINS, BuiltinFcn};

use super::{names, vocabulary};

thread_local! {
    /// Whether nothing has gone wrong since the machine of this thread started.
    static IS_RIGHT: Cell<bool> = const { Cell::new(true) };
    /// By number, what a rule with several definitions has said.
    static SAID: RefCell<BTreeMap<Value, Value>> = const { RefCell::new(BTreeMap::new()) };
}

/// Runs a machine, and tells whether the interpreter would have found nothing wrong either.
pub(super) fn watched<T>(run: impl FnOnce() -> T) -> (T, bool) {
    IS_RIGHT.set(true);
    SAID.with_borrow_mut(BTreeMap::clear);
    let result = run();
    (result, IS_RIGHT.get())
}

/// Rego's built-ins that the code calls, by their place in its table.
static REGO: OnceLock<Vec<Option<BuiltinFcn>>> = OnceLock::new();

/// The built-ins of a program's table; none where there is one that is not known.
pub(super) fn resolve(table: &[BuiltinInfo]) -> Option<Vec<BuiltinFcn>> {
    let rego = table.iter().map(|builtin| BUILTINS.get(&*builtin.name).copied());
    let rego = REGO.get_or_init(|| rego.collect());
    let resolved = table.iter().enumerate().map(|(place, builtin)| {
        let function = own(&builtin.name).or_else(|| {
            rego.get(place)?.as_ref()?;
            WATCHED.get(place).copied()
        })?;
        Some((function.0, u8::try_from(builtin.num_args).ok()?))
    });
    resolved.collect()
}

/// A check of a value: whether it is as the machine takes it to be.
fn checked(is_right: bool) -> Value {
    if !is_right {
        IS_RIGHT.set(false);
    }
    Value::Bool(true)
}

/// A value that a built-in gives; where it gives none, the interpreter decides.
pub(super) fn told(value: Option<Value>) -> Value {
    value.unwrap_or_else(|| {
        IS_RIGHT.set(false);
        Value::Undefined
    })
}

fn own(name: &str) -> Option<BuiltinFcn> {
    Some(match name {
        names::WALK => (|_, _, arguments, _| Ok(walk(arguments)), 1),
        names::COLLECTION => (|_, _, arguments, _| Ok(checked(is_collection(arguments))), 1),
        names::NUMBERS => (|_, _, arguments, _| Ok(checked(are_numbers(arguments))), 2),
        names::NUMBERS_OR_SETS => (
            |_, _, arguments, _| Ok(checked(are_numbers(arguments) || are_sets(arguments))),
            2,
        ),
        names::FRESH => (|_, _, arguments, _| Ok(checked(is_fresh(arguments))), 3),
        names::LET_GO => (|_, _, _, _| Ok(Value::Bool(true)), 1),
        names::BEGIN => (|_, _, arguments, _| Ok(begin(arguments)), 1),
        names::SAME => (|_, _, arguments, _| Ok(checked(is_same(arguments))), 2),
        _ => return vocabulary::function(name),
    })
}

fn is_collection(arguments: &[Value]) -> bool {
    matches!(arguments, [Value::Array(_) | Value::Object(_) | Value::Set(_)])
}

fn are_numbers(arguments: &[Value]) -> bool {
    matches!(arguments, [Value::Number(_), Value::Number(_)])
}

fn are_sets(arguments: &[Value]) -> bool {
    matches!(arguments, [Value::Set(_), Value::Set(_)])
}

fn is_fresh(arguments: &[Value]) -> bool {
    let [Value::Object(object), key, value] = arguments else {
        return false;
    };
    object.get(key).is_none_or(|known| known == value)
}

fn begin(arguments: &[Value]) -> Value {
    SAID.with_borrow_mut(|said| arguments.first().and_then(|rule| said.remove(rule)));
    Value::Bool(true)
}

fn is_same(arguments: &[Value]) -> bool {
    let [rule, value] = arguments else { return false };
    SAID.with_borrow_mut(|said| said.entry(rule.clone()).or_insert_with(|| value.clone()) == value)
}

/// The pairs of each path in a value and what is there, as Rego's `walk` gives them.
fn walk(arguments: &[Value]) -> Value {
    let mut pairs = Vec::new();
    if let Some(value) = arguments.first() {
        step(value, &mut Vec::new(), &mut pairs);
    }
    Value::from(pairs)
}

fn step(value: &Value, path: &mut Vec<Value>, pairs: &mut Vec<Value>) {
    pairs.push(Value::from(vec![Value::from(path.clone()), value.clone()]));
    let mut into = |name: Value, inner: &Value| {
        path.push(name);
        step(inner, path, pairs);
        path.pop();
    };
    match value {
        Value::Object(members) => members.iter().for_each(|(name, inner)| into(name.clone(), inner)),
        Value::Array(elements) => (0u64..)
            .zip(elements.iter())
            .for_each(|(at, inner)| into(Value::from(at), inner)),
        Value::Set(elements) => elements.iter().for_each(|inner| into(inner.clone(), inner)),
        _ => {}
    }
}

/// The built-in of a place in the table; to it, everything that the interpreter takes for an error is one.
fn rego(place: usize) -> Option<BuiltinFcn> {
    REGO.get()?.get(place).copied().flatten()
}

/// A built-in is a function and not a closure, so there is one for each place.
macro_rules! watched {
    ($($place:literal)*) => {
        [$(
            (
                |span, parameters, arguments, _| {
                    let called = rego($place).map(|builtin| (builtin.0)(span, parameters, arguments, true));
                    Ok(told(called.and_then(Result::ok)))
                },
                0,
            ),
        )*]
    };
}

const WATCHED: [BuiltinFcn; 80] = watched! {
    0 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30 31 32 33 34 35 36 37 38 39 40 41
    42 43 44 45 46 47 48 49 50 51 52 53 54 55 56 57 58 59 60 61 62 63 64 65 66 67 68 69 70 71 72 73 74 75 76 77 78 79
};
