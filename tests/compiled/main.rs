//! Rego that is compiled as the embedded policies are says what the interpreter says of it: in every form that the build's
//! mending and trimming go by, whether or not a policy that ships is written so.

#![allow(clippy::unwrap_used)]

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use regorus::rvm::program::{DeserializationResult, Program};
use regorus::rvm::vm::RegoVM;
use regorus::{Engine, Value};

#[path = "../../build/code.rs"]
mod code;
#[path = "../../src/engine/heads.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod heads;
#[path = "../../build/link.rs"]
mod link;
#[path = "../../build/mend.rs"]
mod mend;
#[path = "../../src/engine/code/names.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod names;
#[path = "../../build/native.rs"]
mod native;
#[path = "../../src/engine/code/own.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod own;
#[path = "../../build/places.rs"]
mod places;
#[path = "../../src/engine/tokens.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod tokens;
#[path = "../../build/trim/mod.rs"]
mod trim;
#[path = "../../src/engine/code/vocabulary.rs"]
#[allow(dead_code, reason = "the engine uses more of it")]
mod vocabulary;

/// The rules that are compared, in a library beside their policy.
const LIBRARY: &str = r#"package lib.forms

# An `else` after a body that fails.
first(x) := x.a if x.a

else := x.b if x.c

else := "none"

# An `else` after a body that fails, after parameters that are a pattern.
of("a", x) := x.a if x.a > 1

else := "small"

of("b", [x, y]) := x + y

# Several definitions, of which more than one may hold.
kind(x) := "number" if is_number(x)

kind(x) := "text" if is_string(x)

# An argument that is not used, and may be undefined.
known(_, y) := y

last := input.list[count(input.list) - 1]

default fallback := "default"

fallback := input.found
"#;

/// A value by several definitions, without parameters: where they differ, whoever reads a rule of their file breaks.
const FLAGS: &str = r#"package lib.flags

flag := "one" if input.one

flag := "two" if input.two
"#;

/// A rule in each paragraph, for a policy of its own.
const RULES: &str = r#"deny contains {"at": "first", "is": forms.first(x)} if some x in input.list

deny contains {"at": "of", "is": forms.of(name, x)} if {
	some name in ["a", "b"]
	some x in input.list
}

deny contains {"at": "kind", "is": forms.kind(x)} if some x in input.list

deny contains {"at": "known", "is": forms.known(input.missing, 1)}

deny contains {"at": "last", "is": forms.last}

deny contains {"at": "flag", "is": flags.flag}

deny contains {"at": "fallback", "is": forms.fallback}

# Loops over what may be no collection: of a built-in, of an index, of a call.
deny contains {"at": "get", "is": x} if some x in object.get(input, "list", [])

deny contains {"at": "get", "is": x} if some x in object.get(input, "scalar", [])

deny contains {"at": "split", "is": x} if some x in split(input.text, ",")

deny contains {"at": "index", "is": x} if some x in input.list[0]

deny contains {"at": "keys", "is": name} if some name, _ in input.object

# Comprehensions: one that fails outside of its loops, one without a loop, one in one.
deny contains {"at": "outside", "is": found} if {
	found := [x | input.one; some x in input.list; input.two]
}

deny contains {"at": "bare", "is": [1 | input.one]}

deny contains {"at": "nested", "is": found} if {
	found := [[y | some y in x.list; y > 1] | some x in input.list; x.a]
}

deny contains {"at": "object", "is": found} if {
	found := {name: [x | some x in input.list; x.a == value] | some name, value in input.object}
}

deny contains {"at": "set", "is": found} if {
	found := {x.a | some x in input.list}
}

deny contains {"at": "every"} if every x in input.list {
	x.a
}

deny contains {"at": "not", "is": x} if {
	some x in input.list
	not x.a
	y := x
	y.b
}

# A name for what may be undefined, and a copy of a copy.
deny contains {"at": "copies", "is": z} if {
	x := input.object
	y := x
	z := y.a
}

deny contains {"at": "call", "is": x} if some x in forms.first(input.object)

unknown contains {"at": "walk", "is": path} if {
	walk(input.object, [path, value])
	is_number(value)
}

examined contains x.a if some x in input.list
"#;

/// Inputs in which each of the rules finds something, nothing, or what it does not expect.
const INPUTS: &str = r#"[
	{},
	{"list": [], "object": {}, "text": ""},
	{"list": [{"a": 1}, {"a": 2, "b": 3, "c": true}, {"b": 4}], "object": {"a": 1, "b": 2}, "text": "x,y", "one": true},
	{"list": [{"a": 1, "list": [1, 2, 3]}, {"a": {"c": 1}, "list": []}], "two": true, "found": null, "object": {"a": 1}},
	{"list": [[1, 2], 3, "x", null, true], "one": true, "two": true, "text": "x"},
	{"list": [[1, 2]], "object": {"a": {"b": 1}}, "one": false, "two": true, "missing": 1},
	{"list": "x", "object": [1, 2], "text": ["x"], "scalar": [1]},
	{"list": {"k": {"a": 1, "b": 2, "c": 1}}, "object": "x", "scalar": 1, "text": "a", "found": false},
	{"list": [{"a": false, "b": 1, "c": false}, {"a": null, "list": 1}], "object": {"a": null}, "two": true},
	{"list": [{"b": 1}], "object": {"b": {"a": 1}}, "one": true, "two": false}
]"#;

/// Each rule as a policy: its id and its text.
fn policies() -> Vec<(String, String)> {
    let rules = RULES.split("\n\n").enumerate();
    rules
        .map(|(at, rule)| {
            let id = format!("forms.rule_{at}");
            let library = if rule.contains("flags.") { "flags" } else { "forms" };
            let text = format!("package {id}\n\nimport data.lib.{library}\n\n{}\n", rule.trim());
            (id, text)
        })
        .collect()
}

fn compiled(policies: &[(String, String)]) -> Arc<Program> {
    let file = |name: String, text: &str| link::File {
        name,
        text: text.to_owned(),
        has_facts: false,
    };
    let policies = policies.iter().map(|(id, text)| {
        let folder = id.replace('.', "/");
        file(format!("{folder}/rule.rego"), text)
    });
    let libraries = [("flags", FLAGS), ("forms", LIBRARY)];
    let libraries = libraries.map(|(name, text)| file(format!("lib/{name}.rego"), text));
    let files: Vec<link::File> = policies.chain(libraries).collect();
    let code = code::compile(&link::link(&files).unwrap()).unwrap();
    let (DeserializationResult::Complete(mut program) | DeserializationResult::Partial(mut program)) =
        Program::deserialize_binary(&code).unwrap();
    program.resolved_builtins = own::resolve(&program.builtin_info_table).unwrap();
    Arc::new(program)
}

/// What the compiled policy says; none where it leaves it to the interpreter.
fn said(program: &Arc<Program>, id: &str, input: &Value) -> Option<Value> {
    let mut input = input.clone();
    let asked = Value::from(BTreeMap::from([(Value::from(id), Value::from(true))]));
    input
        .as_object_mut()
        .unwrap()
        .insert(Value::from(names::PACKAGE), asked);
    let mut machine = RegoVM::new();
    machine.set_max_instructions(usize::MAX);
    machine.set_strict_builtin_errors(false);
    machine.load_program(program.clone());
    machine.set_data(Value::new_object()).unwrap();
    machine.set_input(input);
    let (said, is_right) = own::watched(|| machine.execute_entry_point_by_index(0));
    said.ok().filter(|_| is_right)
}

/// What the interpreter says of the same, as it stands; none where that is an error.
fn read(id: &str, text: &str, input: &Value) -> Option<Value> {
    let mut engine = Engine::new();
    engine.set_strict_builtin_errors(true);
    let library = if text.contains("import data.lib.flags") {
        FLAGS
    } else {
        LIBRARY
    };
    for text in [library, text] {
        let name = format!("{}.rego", text.len());
        engine.add_policy(name, heads::rewrite(text).unwrap()).unwrap();
    }
    let rule = names::RULES
        .iter()
        .find(|rule| text.contains(&format!("\n{rule} contains")))
        .unwrap();
    let asked = format!("package asked\n\nsaid contains [\"{id}\", {{\"{rule}\": data.{id}.{rule}}}] if true\n");
    engine.add_policy("asked.rego".to_owned(), asked).unwrap();
    engine.set_input(input.clone());
    engine.eval_rule("data.asked.said".to_owned()).ok()
}

#[test]
fn what_is_compiled_says_what_the_interpreter_says() {
    let policies = policies();
    let program = compiled(&policies);
    for (id, text) in &policies {
        let mut found = BTreeSet::new();
        for input in Value::from_json_str(INPUTS).unwrap().as_array().unwrap().iter() {
            if let Some(said) = said(&program, id, input) {
                assert_eq!(Some(&said), read(id, text, input).as_ref(), "{input} {text}");
                found.insert(said);
            }
        }
        assert!(found.len() > 1, "it says the same of all inputs: {text}");
    }
}
