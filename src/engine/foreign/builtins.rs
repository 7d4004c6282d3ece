//! The built-ins that foreign policies call and the engine lacks, or has in another form; all are pure.

use std::net::IpAddr;

use regex::Regex;
use regorus::{Engine, Value};

use super::format;

type Builtin = fn(&[Value]) -> Option<Value>;

/// Each built-in and the number of its arguments, sorted.
const ADDED: &[(&str, u8, Builtin)] = &[
    ("all", 1, all),
    ("any", 1, any),
    ("div", 2, |arguments| {
        let exact = |one: i64, other: i64| (other != 0 && one % other == 0).then(|| one / other);
        arithmetic(arguments, exact, |one, other| one / other)
    }),
    ("eq", 2, |arguments| compare(arguments, |one, other| one == other)),
    ("equal", 2, |arguments| compare(arguments, |one, other| one == other)),
    ("gt", 2, |arguments| compare(arguments, |one, other| one > other)),
    ("gte", 2, |arguments| compare(arguments, |one, other| one >= other)),
    ("lt", 2, |arguments| compare(arguments, |one, other| one < other)),
    ("lte", 2, |arguments| compare(arguments, |one, other| one <= other)),
    ("minus", 2, |arguments| {
        set_diff(arguments).or_else(|| arithmetic(arguments, i64::checked_sub, |one, other| one - other))
    }),
    ("mul", 2, |arguments| {
        arithmetic(arguments, i64::checked_mul, |one, other| one * other)
    }),
    ("neq", 2, |arguments| compare(arguments, |one, other| one != other)),
    ("net.cidr_intersects", 2, cidr_intersects),
    ("net.cidr_overlap", 2, |arguments| cidr_contains(arguments)),
    ("plus", 2, |arguments| {
        arithmetic(arguments, i64::checked_add, |one, other| one + other)
    }),
    ("re_match", 2, re_match),
    ("regex.find_all_string_submatch_n", 3, submatches),
    ("rem", 2, |arguments| {
        arithmetic(arguments, i64::checked_rem, |_, _| f64::NAN)
    }),
    ("result.new", 2, result_new),
    ("set_diff", 2, set_diff),
    ("sprintf", 2, sprintf),
];

/// The time, which is that of the date of the check: the same plan gives the same verdict all day.
const NOW: &str = "time.now_ns";

/// The number of arguments of a built-in that is added for foreign policies.
pub(in super::super) fn arity(name: &str) -> Option<usize> {
    if name == NOW {
        return Some(0);
    }
    let added = ADDED.iter().find(|(added, ..)| *added == name);
    added.map(|(_, arguments, _)| usize::from(*arguments))
}

/// Adds them, with `now` in nanoseconds since 1970; what one makes of arguments that it does not take is undefined, as where these policies come from.
pub(super) fn add(engine: &mut Engine, now: i64) {
    let _ = engine.add_extension(NOW.to_owned(), 0, Box::new(move |_: Vec<Value>| Ok(Value::from(now))));
    for (name, arguments, builtin) in ADDED {
        let builtin = *builtin;
        let call = move |arguments: Vec<Value>| Ok(builtin(&arguments).unwrap_or(Value::Undefined));
        // Adding an extension fails only where its name is taken.
        let _ = engine.add_extension((*name).to_owned(), *arguments, Box::new(call));
    }
}

fn elements(value: &Value) -> Option<Vec<&Value>> {
    match value {
        Value::Array(elements) => Some(elements.iter().collect()),
        Value::Set(elements) => Some(elements.iter().collect()),
        _ => None,
    }
}

fn text(value: &Value) -> Option<&str> {
    match value {
        Value::String(text) => Some(text),
        _ => None,
    }
}

fn all(arguments: &[Value]) -> Option<Value> {
    let all = elements(arguments.first()?)?;
    Some(Value::from(all.iter().all(|value| **value == Value::Bool(true))))
}

fn any(arguments: &[Value]) -> Option<Value> {
    let all = elements(arguments.first()?)?;
    Some(Value::from(all.iter().any(|value| **value == Value::Bool(true))))
}

fn compare(arguments: &[Value], holds: fn(&Value, &Value) -> bool) -> Option<Value> {
    let [one, other] = arguments else { return None };
    Some(Value::from(holds(one, other)))
}

/// Of integers where that is one, else of fractions; what is no number is undefined.
fn arithmetic(arguments: &[Value], whole: fn(i64, i64) -> Option<i64>, fraction: fn(f64, f64) -> f64) -> Option<Value> {
    let [one, other] = arguments else { return None };
    let integers = one.as_i64().ok().zip(other.as_i64().ok());
    if let Some(result) = integers.and_then(|(one, other)| whole(one, other)) {
        return Some(Value::from(result));
    }
    let result = fraction(one.as_f64().ok()?, other.as_f64().ok()?);
    result.is_finite().then(|| Value::from(result))
}

fn re_match(arguments: &[Value]) -> Option<Value> {
    let [pattern, value] = arguments else { return None };
    Some(Value::from(Regex::new(text(pattern)?).ok()?.is_match(text(value)?)))
}

fn submatches(arguments: &[Value]) -> Option<Value> {
    let [pattern, value, most] = arguments else { return None };
    let most = most.as_i64().ok()?;
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let pattern = Regex::new(text(pattern)?).ok()?;
    let found = pattern.captures_iter(text(value)?).take(most).map(|captures| {
        let groups = captures.iter();
        let groups = groups.map(|group| Value::from(group.map_or("", |group| group.as_str())));
        Value::from(groups.collect::<Vec<_>>())
    });
    Some(Value::from(found.collect::<Vec<_>>()))
}

/// A result of Trivy's: its message, and the address of what it is about, where that has one.
fn result_new(arguments: &[Value]) -> Option<Value> {
    let [message, about] = arguments else { return None };
    text(message)?;
    let mut members = std::collections::BTreeMap::from([(Value::from("msg"), message.clone())]);
    let address = match about {
        Value::Object(about) => about.get(&Value::from("address")).cloned(),
        _ => None,
    };
    members.extend(address.map(|address| (Value::from("address"), address)));
    Some(Value::from(members))
}

fn set_diff(arguments: &[Value]) -> Option<Value> {
    let [Value::Set(one), Value::Set(other)] = arguments else {
        return None;
    };
    let left = one.iter().filter(|value| !other.contains(value)).cloned();
    Some(Value::from(left.collect::<std::collections::BTreeSet<_>>()))
}

fn sprintf(arguments: &[Value]) -> Option<Value> {
    let [format, Value::Array(values)] = arguments else {
        return None;
    };
    let values: Vec<Value> = values.iter().cloned().collect();
    Some(Value::from(format::sprintf(text(format)?, &values)))
}

fn cidr_intersects(arguments: &[Value]) -> Option<Value> {
    let [one, other] = arguments else { return None };
    let (one, other) = (Network::read(text(one)?)?, Network::read(text(other)?)?);
    Some(Value::from(one.contains(&other) || other.contains(&one)))
}

fn cidr_contains(arguments: &[Value]) -> Option<Value> {
    let [one, other] = arguments else { return None };
    let (one, other) = (Network::read(text(one)?)?, Network::read(text(other)?)?);
    Some(Value::from(one.contains(&other)))
}

/// A range of addresses of one of the two kinds.
struct Network {
    bits: u128,
    width: u32,
    length: u32,
}

impl Network {
    fn read(text: &str) -> Option<Network> {
        let (address, length) = match text.split_once('/') {
            Some((address, length)) => (address, Some(length.parse::<u32>().ok()?)),
            None => (text, None),
        };
        let (bits, width) = match address.parse().ok()? {
            IpAddr::V4(address) => (u128::from(u32::from(address)), 32),
            IpAddr::V6(address) => (u128::from(address), 128),
        };
        let length = length.unwrap_or(width);
        (length <= width).then_some(Network { bits, width, length })
    }

    fn contains(&self, other: &Network) -> bool {
        let host = self.width - self.length;
        let network = |bits: u128| bits.checked_shr(host).unwrap_or(0);
        self.width == other.width && self.length <= other.length && network(self.bits) == network(other.bits)
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn said(query: &str) -> String {
        let mut engine = Engine::new();
        add(&mut engine, 1_795_305_600_000_000_000);
        let results = engine.eval_query(query.to_owned(), false).unwrap().result;
        results
            .first()
            .map_or("undefined".to_owned(), |result| result.expressions[0].value.to_string())
    }

    /// Each as `opa eval` 1.22 says it.
    #[test]
    fn built_ins_are_those_of_opa() {
        for (query, expected) in [
            (r#"net.cidr_intersects("10.0.0.0/8", "10.1.0.0/16")"#, "true"),
            (r#"net.cidr_intersects("10.1.0.0/16", "10.0.0.0/8")"#, "true"),
            (r#"net.cidr_intersects("10.0.0.0/9", "10.128.0.0/9")"#, "false"),
            (r#"net.cidr_intersects("0.0.0.0/0", "::/0")"#, "false"),
            (r#"net.cidr_intersects("::/0", "2001:db8::/32")"#, "true"),
            (r#"net.cidr_intersects("10.0.0.0/33", "10.0.0.0/8")"#, "undefined"),
            (r#"re_match("^pub", "public")"#, "true"),
            (r#"re_match("(", "public")"#, "undefined"),
            ("any([false, true])", "true"),
            ("any(set())", "false"),
            ("all([])", "true"),
            ("all([true, false])", "false"),
            (
                r#"regex.find_all_string_submatch_n("a(b?)", "ab a", -1)"#,
                r#"[["ab","b"],["a",""]]"#,
            ),
            ("time.date(time.now_ns())", "[2026,11,22]"),
            ("set_diff({1, 2}, {2})", "[1]"),
            ("minus({1, 2}, {2})", "[1]"),
            ("minus(3, 5)", "-2"),
            ("div(5, 2)", "2.5"),
            ("div(4, 2)", "2"),
            ("div(4, 0)", "undefined"),
            ("plus(1.5, 2)", "3.5"),
            ("rem(7, 3)", "1"),
            ("gte(2, 2)", "true"),
            (r#"result.new("m", {"address": "a.b"}).address"#, "\"a.b\""),
            ("neq(2, 2)", "false"),
            (r#"sprintf("%s", ["a", "b"])"#, "\"a%!(EXTRA string=b)\""),
        ] {
            assert_eq!(said(query).replace(", ", ","), expected.replace(", ", ","), "{query}");
        }
    }
}
