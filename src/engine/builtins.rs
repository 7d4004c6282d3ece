//! The built-in functions that policies may call.

/// The names of the built-ins that can be called; what the engine calls itself begins with `_`.
pub(super) fn names() -> impl Iterator<Item = &'static str> {
    KNOWN
        .iter()
        .map(|(name, _)| *name)
        .filter(|name| !name.starts_with('_'))
}

/// Each built-in and the number of its arguments; a call may have one more, which takes the result.
const KNOWN: &[(&str, usize)] = &[
    ("__builtin_sets.intersection", 2),
    ("__builtin_sets.union", 2),
    ("abs", 1),
    ("array.concat", 2),
    ("array.reverse", 1),
    ("array.slice", 3),
    ("base64.decode", 1),
    ("base64.encode", 1),
    ("base64.is_valid", 1),
    ("bits.and", 2),
    ("bits.lsh", 2),
    ("bits.negate", 1),
    ("bits.or", 2),
    ("bits.rsh", 2),
    ("bits.xor", 2),
    ("ceil", 1),
    ("concat", 2),
    ("contains", 2),
    ("count", 1),
    ("endswith", 2),
    ("floor", 1),
    ("format_int", 2),
    ("glob.match", 3),
    ("glob.quote_meta", 1),
    ("graph.reachable", 2),
    ("graph.reachable_paths", 2),
    ("hex.decode", 1),
    ("hex.encode", 1),
    ("indexof", 2),
    ("indexof_n", 2),
    ("intersection", 1),
    ("is_array", 1),
    ("is_boolean", 1),
    ("is_null", 1),
    ("is_number", 1),
    ("is_object", 1),
    ("is_set", 1),
    ("is_string", 1),
    ("json.filter", 2),
    ("json.is_valid", 1),
    ("json.marshal", 1),
    ("json.marshal_with_options", 2),
    ("json.remove", 2),
    ("json.unmarshal", 1),
    ("lower", 1),
    ("max", 1),
    ("min", 1),
    ("net.cidr_contains", 2),
    ("net.cidr_is_valid", 1),
    ("numbers.range", 2),
    ("numbers.range_step", 3),
    ("object.filter", 2),
    ("object.get", 3),
    ("object.keys", 1),
    ("object.remove", 2),
    ("object.subset", 2),
    ("object.union", 2),
    ("object.union_n", 1),
    ("product", 1),
    ("regex.find_n", 3),
    ("regex.is_valid", 1),
    ("regex.match", 2),
    ("regex.replace", 3),
    ("regex.split", 2),
    ("regex.template_match", 4),
    ("replace", 3),
    ("round", 1),
    ("semver.compare", 2),
    ("semver.is_valid", 1),
    ("sort", 1),
    ("split", 2),
    ("sprintf", 2),
    ("startswith", 2),
    ("strings.any_prefix_match", 2),
    ("strings.any_suffix_match", 2),
    ("strings.count", 2),
    ("strings.replace_n", 2),
    ("strings.reverse", 1),
    ("substring", 3),
    ("sum", 1),
    ("time.add_date", 4),
    ("time.clock", 1),
    ("time.date", 1),
    ("time.diff", 2),
    ("time.format", 1),
    ("time.parse_duration_ns", 1),
    ("time.parse_ns", 2),
    ("time.parse_rfc3339_ns", 1),
    ("time.weekday", 1),
    ("to_number", 1),
    ("trace", 1),
    ("trim", 2),
    ("trim_left", 2),
    ("trim_prefix", 2),
    ("trim_right", 2),
    ("trim_space", 1),
    ("trim_suffix", 2),
    ("type_name", 1),
    ("union", 1),
    ("units.parse", 1),
    ("units.parse_bytes", 1),
    ("upper", 1),
    ("walk", 1),
    ("yaml.is_valid", 1),
    ("yaml.marshal", 1),
    ("yaml.unmarshal", 1),
];

/// What the language has and plangate refuses, and what to write instead.
const REFUSED: &[(&str, &str)] = &[
    (
        "http.send",
        "a policy reaches no network; put the facts into the `data.json` beside it",
    ),
    (
        "net.cidr_expand",
        "it makes lists without limit; `net.cidr_contains` compares networks",
    ),
    (
        "opa.runtime",
        "the same plan must give the same verdict; read `input.params`",
    ),
    ("rand.intn", "the same plan must give the same verdict"),
    (
        "time.now_ns",
        "the same plan must give the same verdict; the date of the check is `input.as_of`",
    ),
    ("uuid.rfc4122", "the same plan must give the same verdict"),
];

/// The number of arguments that a call of this built-in may have, where the engine has it.
pub(super) fn arity(name: &str) -> Option<usize> {
    KNOWN
        .binary_search_by_key(&name, |(known, _)| *known)
        .ok()
        .map(|index| KNOWN[index].1)
}

/// Why a call of this built-in is refused, where it is.
pub(super) fn refusal(name: &str) -> Option<&'static str> {
    REFUSED
        .iter()
        .find(|(refused, _)| *refused == name)
        .map(|(_, why)| *why)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn call(name: &str, arguments: usize) -> String {
        let arguments = vec!["null"; arguments].join(", ");
        let mut engine = regorus::Engine::new();
        match engine.eval_query(format!("{name}({arguments})"), false) {
            Ok(_) => String::new(),
            Err(error) => error.to_string(),
        }
    }

    #[test]
    fn the_table_is_sorted_and_the_engine_has_all_of_it_with_these_arguments() {
        assert!(KNOWN.is_sorted());
        for (name, arguments) in KNOWN {
            let message = call(name, *arguments);
            assert!(!message.contains("could not find function"), "{name}: {message}");
            assert!(
                !message.contains(&format!("expects {arguments} argument")),
                "{name}: {message}"
            );
            if *arguments > 1 {
                let fewer = call(name, arguments - 1);
                assert!(fewer.contains("arguments"), "{name}: {fewer}");
            }
        }
    }

    #[test]
    fn what_the_engine_lacks_is_not_in_the_table() {
        for name in [
            "net.cidr_intersects",
            "net.cidr_merge",
            "crypto.sha256",
            "uri.parse",
            "http.send",
        ] {
            assert_eq!(arity(name), None, "{name}");
            assert!(call(name, 1).contains("could not find function"), "{name}");
        }
    }
}
