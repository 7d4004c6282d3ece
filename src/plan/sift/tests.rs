#![allow(clippy::unwrap_used)]
use std::path::Path;

use super::*;
use crate::model::{self, Needs, Part, State};

/// Gives a few bytes at a time.
struct Drops<'t>(&'t [u8], usize);

impl Read for Drops<'_> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        let length = self.1.min(into.len()).min(self.0.len());
        into[..length].copy_from_slice(&self.0[..length]);
        self.0 = &self.0[length..];
        Ok(length)
    }
}

fn sifted(text: &str) -> Option<Sifted> {
    Sifted::read(text.as_bytes(), text.len(), None)
}

/// Without the values that are not needed.
fn narrowed(text: &str, needs: &Needs) -> Option<Sifted> {
    let kept = needs.kept().unwrap();
    Sifted::read(text.as_bytes(), text.len(), Some(&kept))
}

fn is_sifted(text: &str) -> bool {
    sifted(text).is_some_and(|mut sifted| sifted.plan().is_some())
}

fn models(plan: &Plan) -> [String; 2] {
    models_for(plan, &Needs::all())
}

fn models_for(plan: &Plan, needs: &Needs) -> [String; 2] {
    [State::After, State::Before].map(|state| {
        let model = model::build_for(plan, state, None, needs);
        format!("{}{:?}", serde_json::to_string(&model).unwrap(), model.unseen)
    })
}

/// Needs of every other type, and of every other name of its values.
fn half(plan: &Plan, parts: &[Part]) -> Needs {
    let names = |values: &serde_json::value::RawValue| {
        let members: std::collections::BTreeMap<String, serde::de::IgnoredAny> =
            serde_json::from_str(values.get()).unwrap_or_default();
        members.into_keys()
    };
    let changes = || plan.resource_changes.iter().map(|change| &change.change);
    let values = changes().flat_map(|change| [change.before, change.after]).flatten();
    let values: std::collections::BTreeSet<String> = values.flat_map(names).collect();
    let mut needs = Needs::default();
    let types: std::collections::BTreeSet<&str> = plan.types_after().into_iter().collect();
    needs.add(types.into_iter().step_by(2));
    needs.add_values(values.iter().map(String::as_str).step_by(2));
    needs.add_parts(parts.iter().copied());
    needs
}

#[test]
fn a_sifted_plan_has_the_model_of_the_whole_one() {
    let own = ["policies", "testdata"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
    let beside = ["plans", "stacks"].into_iter().filter_map(crate::beside::folder);
    let folders = own.into_iter().chain(beside);
    let plans = folders.flat_map(|folder| crate::beside::json_below(&folder, 2_000_000));
    let (mut whole, mut alike) = (0, 0);
    for path in plans {
        let Ok(text) = std::fs::read_to_string(&path) else {
            continue;
        };
        let parsed = super::super::decode(text.clone().into_bytes()).ok();
        let parsed = parsed
            .as_ref()
            .and_then(|decoded| super::super::parse(&decoded.text).ok());
        let mut sifted = sifted(&text);
        let plan = sifted.as_mut().and_then(Sifted::plan);
        match (parsed, plan) {
            (None, Some(_)) => panic!("{}: it is sifted, and cannot be read", path.display()),
            (Some(parsed), Some(plan)) => {
                assert!(models(&parsed) == models(&plan), "{}", path.display());
                assert_eq!(parsed.notes, plan.notes, "{}", path.display());
                alike += 1;
                for parts in [&[][..], &[Part::Before, Part::Config]] {
                    let needs = half(&parsed, parts);
                    let mut narrowed = narrowed(&text, &needs).unwrap();
                    let plan = narrowed.plan().unwrap();
                    assert!(
                        models_for(&parsed, &needs) == models_for(&plan, &needs),
                        "{} for {parts:?}",
                        path.display()
                    );
                }
            }
            (Some(_), None) => whole += 1,
            (None, None) => {}
        }
    }
    assert!(alike > 20 * whole, "{alike} are sifted and {whole} are not");
}

const PLAN: &str = r#"{
        "format_version": "1.2", "terraform_version": "1.11.4",
        "planned_values": {"outputs": {"o": {"sensitive": false}}, "root_module": {
            "resources": [{"address": "a_b.c", "type": "a_b", "name": "c", "values": {"x": "}\"]\\"}, "sensitive_values": {}}],
            "child_modules": [{"address": "module.m", "resources": [
                {"address": "module.m.a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {"n": 1, "s": "\u00e9"}}
            ]}]
        }},
        "resource_changes": [
            {"address": "a_b.c", "type": "a_b", "name": "c", "change": {"actions": ["create"], "after": {"x": "}\"]\\"}}},
            {"address": "module.m.a_b.c", "module_address": "module.m", "type": "a_b", "name": "c",
             "change": {"actions": ["no-op"], "before": {"n": 1}, "after": {"n": 1}}}
        ],
        "prior_state": {"format_version": "1.0", "values": {"root_module": {"resources": [
            {"address": "module.m.a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {"n": 1}},
            {"address": "data.a_b.d", "mode": "data", "type": "a_b", "name": "d", "values": {"n": 2}},
            {"address": "data.a_b.e", "mode": "data", "type": "a_b", "name": "e", "values": {"n": 3}}
        ]}}}
    }
"#;

#[test]
fn what_is_repeated_is_left_out() {
    let mut all = sifted(PLAN).unwrap();
    for bytes in [1, 7, 100] {
        let drops = Sifted::read(Drops(PLAN.as_bytes(), bytes), 0, None).unwrap();
        assert_eq!(drops.text.bytes(), all.text.bytes());
    }
    let plan = all.plan().unwrap();
    let planned = &plan.planned_values.as_ref().unwrap().root_module;
    assert!(planned.resources.is_empty() && planned.child_modules[0].resources.is_empty());
    let prior = plan.prior_state.as_ref().unwrap().values.as_ref().unwrap();
    let prior: Vec<&str> = prior
        .root_module
        .resources
        .iter()
        .map(|resource| &*resource.address)
        .collect();
    assert_eq!(prior, ["data.a_b.d", "data.a_b.e"]);
    assert_eq!(models(&plan), models(&super::super::parse(PLAN).unwrap()));
}

#[test]
fn what_nobody_asks_for_is_left_out() {
    let plan = r#"{"format_version": "1.2", "resource_changes": [
        {"type": "a_b", "address": "a_b.c", "mode": "managed", "name": "c",
         "change": {"after_unknown": {"x": true, "y": true}, "actions": ["create"], "before": null,
                    "after": {"y": [1], "\u007a": "}", "z": {"n": 1}}, "after_sensitive": {"y": true}}},
        {"address": "a_d.e", "mode": "managed", "type": "a_d", "name": "e",
         "change": {"actions": ["update"], "before": {"x": 1}, "after": {"x": 2}, "after_unknown": {"x": true}}},
        {"address": "data.a_d.f", "mode": "data", "type": "a_d", "name": "f",
         "change": {"actions": ["read"], "before": null, "after": {"x": 2}}}
    ]}"#;
    let mut needs = Needs::default();
    needs.add(["a_b"].into_iter());
    needs.add_values(["x", "z"].into_iter());
    let mut narrowed = narrowed(plan, &needs).unwrap();
    let changes = narrowed.plan().unwrap().resource_changes;
    let values = |change: &crate::plan::ResourceChange| {
        let change = &change.change;
        [
            change.before,
            change.after,
            change.after_unknown,
            change.after_sensitive,
        ]
        .map(|raw| raw.map(|raw| raw.get().to_owned()).unwrap_or_default())
    };
    assert_eq!(
        values(&changes[0]),
        ["null", r#"{"z":"}","z":{"n": 1}}"#, r#"{"x":true}"#, r#"{"y": true}"#]
    );
    assert_eq!(values(&changes[1]), ["{}", "{}", "{}", ""]);
    assert_eq!(values(&changes[2]), ["null", r#"{"x": 2}"#, "", ""]);

    needs.add_parts([Part::Referrers].into_iter());
    assert!(needs.kept().is_none(), "values name what they refer to");
}

#[test]
fn what_nobody_reads_need_not_be_readable() {
    let deep = format!("{}1{}", "[".repeat(130), "]".repeat(130));
    for (from, to) in [
        ("\"n\": 1, \"s\"", "\"n\": 1e999, \"s\""),
        ("\"n\": 1, \"s\"", &format!("\"n\": {deep}, \"s\"")),
        ("\\u00e9", "\\ud800"),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert!(text != PLAN && is_sifted(&text), "{to}");
    }
    let fault = PLAN.replacen("\"before\": {\"n\": 1}", "\"before\": {\"n\": 1e999}", 1);
    assert!(fault != PLAN && !is_sifted(&fault));
}

#[test]
fn what_no_change_repeats_is_read_whole() {
    for (from, to) in [
        // Another address, an object that was replaced, a kind of block that is not known, and one that is gone.
        (
            r#""address": "a_b.c", "type": "a_b", "name": "c", "change""#,
            r#""address": "a_b.d", "type": "a_b", "name": "d", "change""#,
        ),
        (r#""name": "c", "change""#, r#""name": "c", "deposed": "00", "change""#),
        (r#""name": "c", "change""#, r#""name": "c", "mode": "other", "change""#),
        (r#""actions": ["create"], "after""#, r#""actions": ["delete"], "after""#),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert!(text != PLAN && !is_sifted(&text), "{to}");
    }
    let no_changes = r#"{"format_version": "1.2", "prior_state": {"values": {"root_module": {"resources": [
            {"address": "a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {}}
        ]}}, "planned_values": {}}"#;
    assert!(!is_sifted(no_changes));
}

#[test]
fn a_file_with_a_fault_is_read_whole() {
    for end in (0..PLAN.trim_end().len()).filter(|end| PLAN.is_char_boundary(*end)) {
        assert!(!is_sifted(&PLAN[..end]), "cut at {end}");
    }
    for (from, to) in [
        ("\"n\": 1, \"s\"", "\"n\": 01, \"s\""),
        (
            "\"address\": \"a_b.c\", \"type\": \"a_b\", \"name\": \"c\", \"values\"",
            "\"name\": \"c\", \"values\"",
        ),
        ("\"values\": {\"n\": 1}}", "\"values\": [1]}"),
        ("\"resource_changes\"", "\"planned_values\": {}, \"resource_changes\""),
        ("\"1.2\"", "\"9.0\""),
        (
            "\"format_version\"",
            "\"@level\": \"info\", \"@message\": \"\", \"format_version\"",
        ),
        ("{\n        \"format", "Terraform says\n{\n        \"format"),
        ("]}}}\n    }\n", "]}}}\n    }\nand more"),
        ("]}}}\n    }\n", "]}}}\n    }}"),
        ("[{\"address\": \"a_b.c\"", "[,{\"address\": \"a_b.c\""),
        ("{\"outputs\"", "{,\"outputs\""),
        // A data source that is taken for a managed resource at first.
        ("{\"n\": 2}", "{\"mode\":\"managed\"}"),
    ] {
        let text = PLAN.replacen(from, to, 1);
        assert!(text != PLAN && !is_sifted(&text), "{to}");
    }
    let mut bytes = PLAN.replacen("\"s\": \"", "\"s\": \"#", 1).into_bytes();
    let place = bytes.iter().position(|byte| *byte == b'#').unwrap();
    bytes[place] = 0xFF;
    assert!(Sifted::read(&*bytes, 0, None).is_none());
}
