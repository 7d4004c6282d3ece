//! The functions of `lib.tf` that policies call without end, as built-ins: each does what its Rego does. Given what no
//! model has, they give none, and the interpreter decides.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::LazyLock;

use regorus::Value;
use regorus::unstable::BuiltinFcn;

use super::names;
use super::own::told;

/// The functions by their names in `lib.tf`. The engine's built-ins are functions and not closures, hence one for each.
macro_rules! vocabulary {
    ($($name:literal => $function:expr,)*) => {
        /// The function of a built-in's name.
        pub(super) fn function(name: &str) -> Option<BuiltinFcn> {
            let (function, _, arguments) = names::VOCABULARY.iter().find(|(_, built_in, _)| *built_in == name)?;
            let function: BuiltinFcn = match *function {
                $($name => (|_, _, given, _| Ok(told(($function)(given))), *arguments),)*
                _ => return None,
            };
            Some(function)
        }

        #[cfg(test)]
        fn answer(function: &str, given: &[Value]) -> Option<Value> {
            match function {
                $($name => ($function)(given),)*
                _ => None,
            }
        }
    };
}

vocabulary! {
    "blocks" => blocks,
    "candidates" => candidates,
    "cause" => |given: &[Value]| given.first().map(cause),
    "causes" => |given: &[Value]| given.first().map(causes),
    "elements" => |given: &[Value]| given.first().map(elements),
    "finding" => |given: &[Value]| Some(Value::from(finding(given.first()?, given.get(1)?)?)),
    "finding_with" => finding_with,
    "get" => get,
    "is_known" => |given: &[Value]| given.first().map(|found| Value::Bool(is_known(found))),
    "known" => |given: &[Value]| given.first().map(known),
    "mentions" => |given: &[Value]| Some(Value::Bool(mentions(given.first()?, given.get(1)?.as_string().ok()?))),
    "referrers" => referrers,
}

/// Names of members, made once.
struct Names {
    address: Value,
    argument: Value,
    cause: Value,
    from: Value,
    message: Value,
    references: Value,
    referrers: Value,
    sensitive: Value,
    unknown: Value,
    unset: Value,
    values: Value,
}

static NAMES: LazyLock<Names> = LazyLock::new(|| Names {
    address: "address".into(),
    argument: "argument".into(),
    cause: "cause".into(),
    from: "from".into(),
    message: "message".into(),
    references: "references".into(),
    referrers: "referrers".into(),
    sensitive: "sensitive".into(),
    unknown: "unknown".into(),
    unset: "unset".into(),
    values: "values".into(),
});

static NO_CAUSE: LazyLock<Value> = LazyLock::new(Value::new_array);
static COMPUTED: LazyLock<Value> = LazyLock::new(|| vec![Value::from("a value that apply computes")].into());
static SENSITIVE: LazyLock<Value> = LazyLock::new(|| vec![Value::from("a sensitive value")].into());

/// Rego's `not`: that it is false, or is not there.
fn is_not(found: &Value) -> bool {
    matches!(found, Value::Undefined | Value::Bool(false))
}

fn is_true(found: &Value) -> bool {
    *found == Value::Bool(true)
}

fn get(given: &[Value]) -> Option<Value> {
    let [resource, path, fallback] = given else { return None };
    let values = &resource[&NAMES.values];
    let is_object = |value: &Value| matches!(value, Value::Object(_));
    let is_whole = |value: &Value| is_not(&value[&NAMES.unknown]) && is_not(&value[&NAMES.sensitive]);
    let is_resource = matches!(resource[&NAMES.address], Value::String(_)) && is_object(values);
    let is_name = matches!(path, Value::String(_));
    let found = if is_name && is_resource && is_whole(values) {
        member_of(values, path)
    } else if is_name && is_object(resource) && !is_object(values) && is_whole(resource) {
        member_of(resource, path)
    } else {
        member(if is_resource { values } else { resource }, path)?
    };
    Some(with_default(found, fallback))
}

/// `object.get(object, name, null)`
fn member_of(object: &Value, name: &Value) -> Value {
    match &object[name] {
        Value::Undefined => Value::Null,
        found => found.clone(),
    }
}

fn member(block: &Value, path: &Value) -> Option<Value> {
    if is_marker(block) {
        return Some(block.clone());
    }
    match (path, block) {
        (Value::String(_), Value::Object(_)) => Some(member_of(block, path)),
        (Value::Array(names), Value::Object(_)) if !names.is_empty() => {
            let mut step = block;
            for name in names.iter() {
                step = &step[name];
                if is_marker(step) {
                    break;
                }
            }
            Some(match step {
                Value::Undefined => Value::Null,
                found => found.clone(),
            })
        }
        (Value::Array(_), _) => None,
        _ => Some(Value::Null),
    }
}

fn with_default(found: Value, fallback: &Value) -> Value {
    let is_like_unset = match &found {
        Value::Null => true,
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        _ => is_true(&found[&NAMES.unset]) && is_true(&found[&NAMES.unknown]),
    };
    if is_like_unset { fallback.clone() } else { found }
}

fn is_marker(found: &Value) -> bool {
    is_true(&found[&NAMES.unknown]) || is_sensitive(found)
}

fn is_sensitive(found: &Value) -> bool {
    is_true(&found[&NAMES.sensitive]) && matches!(found, Value::Object(members) if members.len() == 1)
}

fn is_known(found: &Value) -> bool {
    (is_not(&found[&NAMES.unknown]) && is_not(&found[&NAMES.sensitive])) || !is_marker(found)
}

fn cause(found: &Value) -> Value {
    let (unknown, from) = (&found[&NAMES.unknown], &found[&NAMES.from]);
    if is_not(unknown) && is_not(&found[&NAMES.sensitive]) {
        return NO_CAUSE.clone();
    }
    match from {
        Value::Array(texts) if is_true(unknown) && texts.is_empty() => COMPUTED.clone(),
        Value::Array(_) if is_true(unknown) => from.clone(),
        _ if is_sensitive(found) => SENSITIVE.clone(),
        _ => NO_CAUSE.clone(),
    }
}

/// The elements of a list that are not null, of which `is_kept` holds.
fn kept(found: &Value, is_kept: fn(&Value) -> bool) -> Value {
    match found {
        Value::Array(elements) => {
            let elements = elements
                .iter()
                .filter(|element| **element != Value::Null && is_kept(element));
            Value::from(elements.cloned().collect::<Vec<_>>())
        }
        Value::Null => Value::new_array(),
        found if is_kept(found) => Value::from(vec![found.clone()]),
        _ => Value::new_array(),
    }
}

fn elements(found: &Value) -> Value {
    kept(found, |_| true)
}

fn known(found: &Value) -> Value {
    kept(found, is_known)
}

fn causes(found: &Value) -> Value {
    let mut causes = Vec::new();
    if let Value::Array(elements) = elements(found) {
        for element in elements.iter() {
            if let Value::Array(texts) = cause(element) {
                causes.extend(texts.iter().cloned());
            }
        }
    }
    Value::from(causes)
}

fn blocks(given: &[Value]) -> Option<Value> {
    let [resource, path] = given else { return None };
    get(&[resource.clone(), path.clone(), NO_CAUSE.clone()]).map(|found| elements(&found))
}

/// Whether a text stands in a string or a name within a value.
fn mentions(value: &Value, text: &str) -> bool {
    match value {
        Value::String(found) => found.contains(text),
        Value::Array(elements) => elements.iter().any(|element| mentions(element, text)),
        Value::Object(members) => members
            .iter()
            .any(|(name, member)| mentions(name, text) || mentions(member, text)),
        Value::Set(elements) => elements.iter().any(|element| mentions(element, text)),
        _ => false,
    }
}

/// A finding of a text; whatever else a policy may say is for the interpreter.
fn finding(resource: &Value, message: &Value) -> Option<BTreeMap<Value, Value>> {
    let address = &resource[&NAMES.address];
    let is_text = |value: &Value| matches!(value, Value::String(_));
    (is_text(address) && is_text(message)).then(|| {
        BTreeMap::from([
            (NAMES.address.clone(), address.clone()),
            (NAMES.message.clone(), message.clone()),
        ])
    })
}

fn finding_with(given: &[Value]) -> Option<Value> {
    let [resource, message, Value::Object(details)] = given else {
        return None;
    };
    let mut finding = finding(resource, message)?;
    for (name, detail) in details.iter() {
        if *name == NAMES.cause {
            if let Some(cause) = joined(detail)? {
                finding.insert(name.clone(), cause);
            }
        } else if *detail != Value::Null {
            finding.entry(name.clone()).or_insert_with(|| detail.clone());
        }
    }
    Some(Value::from(finding))
}

/// The causes as one text, sorted; `Some(None)` where there is none.
fn joined(causes: &Value) -> Option<Option<Value>> {
    match causes {
        Value::Null => Some(None),
        Value::String(_) => Some(Some(causes.clone())),
        Value::Array(causes) => {
            let texts: Option<BTreeSet<&str>> = causes
                .iter()
                .map(|cause| cause.as_string().ok().map(|text| &**text))
                .collect();
            let texts: Vec<&str> = texts?.into_iter().collect();
            Some((!texts.is_empty()).then(|| Value::from(texts.join(", "))))
        }
        _ => None,
    }
}

/// `object.get(resource, [section, name], [])`
fn linked<'v>(resource: &'v Value, section: &Value, name: &Value) -> Option<&'v Value> {
    if !matches!(resource, Value::Object(_)) {
        return None;
    }
    Some(match &resource[section][name] {
        Value::Undefined => &NO_CAUSE,
        found => found,
    })
}

fn candidates(given: &[Value]) -> Option<Value> {
    let [resource, argument] = given else { return None };
    linked(resource, &NAMES.references, argument).cloned()
}

fn referrers(given: &[Value]) -> Option<Value> {
    let [resource, kind, argument] = given else {
        return None;
    };
    let Value::Array(referrers) = linked(resource, &NAMES.referrers, kind)? else {
        return None;
    };
    let by_argument = referrers
        .iter()
        .filter(|referrer| referrer[&NAMES.argument] == *argument);
    Some(Value::from(by_argument.cloned().collect::<Vec<_>>()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    /// Values as a model has them, and others.
    const VALUES: &str = r#"[
        null, true, false, 0, "", "a", "unknown", [], ["a"], [null, "a", ""], {}, {"a": null}, {"a": ""}, {"a": []},
        {"a": "b"}, {"a": {"b": [{"c": 1}]}}, {"a": [{"b": 1}, null]}, {"a": [{"unknown": true, "from": ["x"]}]},
        {"unknown": true}, {"unknown": false}, {"unknown": null}, {"unknown": "true"}, {"unknown": true, "from": []},
        {"unknown": true, "from": ["x", "y"]}, {"unknown": true, "from": "x"}, {"unknown": true, "unset": true},
        {"unknown": true, "unset": true, "from": ["x"]}, {"unset": true}, {"sensitive": true}, {"sensitive": false},
        {"sensitive": null}, {"sensitive": true, "a": 1}, {"sensitive": true, "unknown": true, "from": ["x"]},
        {"a": {"sensitive": true}}, {"a": {"unknown": true, "from": ["x"]}},
        [{"unknown": true, "from": ["x"]}, "a", {"sensitive": true}, {"unknown": true, "from": []}, null],
        {"address": "r"}, {"address": "r", "values": null}, {"address": "r", "values": {}}, {"values": {"a": "b"}},
        {"address": null, "values": {"a": "b"}, "a": 1}, {"address": "r", "values": {"a": "b"}, "unknown": true},
        {"address": "r", "values": {"a": {"b": [{"c": 1}]}}}, {"address": "r", "values": {"a": [{"b": {"unknown": true}}]}},
        {"address": "r", "values": {"unknown": true, "from": ["x"]}}, {"address": "r", "values": {"sensitive": true}},
        {"address": "r", "values": {"sensitive": true, "a": ""}}, {"address": "r", "values": {"unknown": "x", "a": 1}},
        {"values": "x", "a": "b"}, {"values": "x", "unknown": true, "a": "b"}, {"values": "x", "sensitive": true, "a": "b"},
        {"referrers": {"a": []}}, {"referrers": {"a": null}}, {"referrers": []}, {"referrers": null},
        {"referrers": {"a": [{"argument": "a", "b": 1}, {"argument": "b"}, {}, null, "a"]}},
        {"referrers": {"a": {"x": {"argument": "a"}}}},
        {"references": {"a": []}}, {"references": {"a": null}}, {"references": []},
        {"references": {"a": [{"type": "b"}], "b": "x"}}
    ]"#;
    const PATHS: &str = r#"[
        "a", "b", "unknown", "address", "values", [], ["a"], ["a", 0], ["a", "b"], ["a", 0, "b"], ["a", "b", 0, "c"],
        ["b", "a"], ["values", "a"], ["unknown"], [0], null, 0, {}
    ]"#;

    const DETAILS: &str = r#"[
        {}, {"key": "a", "found": null}, {"address": "a", "message": "b"}, {"address": null, "expected": {"a": null}},
        {"cause": null}, {"cause": ""}, {"cause": "a"}, {"cause": []}, {"cause": ["b", "a", "b"], "key": 0},
        {"cause": [""]}, {"cause": ["a", 0]}, {"cause": {"a": "b"}}, {"cause": 0}, null, [], ["a"], "a"
    ]"#;

    /// What `lib.tf` says of these arguments; none where it is an error, after which the engine says wrong things.
    fn read(engine: &mut regorus::Engine, fresh: &regorus::Engine, function: &str, given: &[Value]) -> Option<Value> {
        engine.set_input(Value::from(given.to_vec()));
        match engine.eval_rule(format!("data.test.{function}")) {
            Ok(Value::Undefined) => None,
            Ok(said) => Some(said),
            Err(_) => {
                *engine = fresh.clone();
                None
            }
        }
    }

    #[test]
    fn a_built_in_says_what_its_rego_says() {
        let all = |text: &str| {
            Value::from_json_str(text)
                .unwrap()
                .as_array()
                .unwrap()
                .iter()
                .cloned()
                .collect::<Vec<_>>()
        };
        let (values, paths, details) = (all(VALUES), all(PATHS), all(DETAILS));
        let mut engine = regorus::Engine::new();
        // As a check has it.
        engine.set_strict_builtin_errors(true);
        let library = include_str!("../../../policies/lib/tf.rego");
        engine.add_policy("tf.rego".to_owned(), library.to_owned()).unwrap();
        let rule = |(name, _, arguments): &(&str, &str, u8)| {
            let given: Vec<String> = (0..*arguments).map(|at| format!("input[{at}]")).collect();
            format!("{name} := tf.{name}({})\n", given.join(", "))
        };
        let rules: String = names::VOCABULARY.iter().map(rule).collect();
        let text = format!("package test\n\nimport data.lib.tf\n\n{rules}");
        engine.add_policy("test.rego".to_owned(), text).unwrap();
        let fresh = engine.clone();
        let (mut same, mut given_up) = (0, 0);
        for (name, built_in, arguments) in names::VOCABULARY {
            let fallbacks = [Value::from("none"), Value::Null];
            let mut cases: Vec<Vec<Value>> = values.iter().map(|value| vec![value.clone()]).collect();
            if arguments > 1 {
                cases = cases
                    .into_iter()
                    .flat_map(|case| {
                        paths
                            .iter()
                            .map(move |path| [&case[..], std::slice::from_ref(path)].concat())
                    })
                    .collect();
            }
            if arguments > 2 {
                let last = match name {
                    "get" => &fallbacks[..],
                    "finding_with" => &details[..],
                    _ => &paths[..],
                };
                cases = cases
                    .into_iter()
                    .flat_map(|case| {
                        last.iter()
                            .map(move |value| [&case[..], std::slice::from_ref(value)].concat())
                    })
                    .collect();
            }
            assert_eq!(function(built_in).unwrap().1, arguments);
            for case in cases {
                let shown = Value::from(case.clone());
                match (answer(name, &case), read(&mut engine, &fresh, name, &case)) {
                    (None, Some(_)) => given_up += 1,
                    (said, read) => {
                        assert_eq!(said, read, "{name} {shown}");
                        same += 1;
                    }
                }
            }
        }
        assert!(same > given_up * 20, "{same} {given_up}");
    }
}
