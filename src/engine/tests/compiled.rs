//! What the compiled policies say is what the interpreter says of the same input: of all fixtures, of the plans beside the
//! project where they are, and of inputs in which something is not as a plan has it.

use std::fs;
use std::path::Path;

use serde_json::{Value as Json, json};

use super::*;
use crate::beside::json_below;
use crate::judge::Judge;
use crate::model::State;

/// The larger of the plans beside the project would be most of the time, and are no richer.
const LARGEST: u64 = 150_000;

/// Numbers that are as good as drawn, and the same each time.
struct Draw(u64);

impl Draw {
    fn below(&mut self, end: usize) -> usize {
        self.0 = self
            .0
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).unwrap() % end.max(1)
    }
}

/// Puts something else in some places of a document.
fn disturb(value: &mut Json, draw: &mut Draw, times: usize) {
    for _ in 0..times {
        let mut place = &mut *value;
        loop {
            let is_end = draw.below(12) == 0;
            let count = match &*place {
                Json::Object(members) => members.len(),
                Json::Array(elements) => elements.len(),
                _ => 0,
            };
            if is_end || count == 0 {
                break;
            }
            let at = draw.below(count);
            place = match place {
                Json::Object(members) => members.values_mut().nth(at).unwrap(),
                Json::Array(elements) => &mut elements[at],
                _ => unreachable!(),
            };
        }
        *place = match draw.below(16) {
            0 => Json::Null,
            1 => json!(""),
            2 => json!("*"),
            3 => json!(0),
            4 => json!(-1.5),
            5 => json!(true),
            6 => json!(false),
            7 => json!([]),
            8 => json!({}),
            9 => json!({"unknown": true}),
            10 => json!({"unknown": true, "unset": true}),
            11 => json!([place.take(), null]),
            12 => json!({"sensitive": true}),
            13 => json!("a:function:x:b:c:function:y"),
            14 => json!("arn:aws:s3:::*"),
            _ => json!([place.clone(), place.take()]),
        };
    }
}

struct Both {
    pack: Pack,
    compiled: Together,
    read: Together,
    policies: Vec<Arc<str>>,
}

impl Both {
    fn new() -> Self {
        let pack = Pack::embedded().unwrap();
        let policies: Vec<&Policy> = pack.policies.iter().collect();
        let limits = Limits::default();
        let compiled = Together::new(&policies, &pack.libraries, &limits).unwrap();
        assert!(
            matches!(compiled, Together::Compiled(..)),
            "the build's code is not used"
        );
        let read = Together::read(&policies, &pack.libraries, &limits).unwrap();
        let policies = policies.iter().map(|policy| policy.id.clone()).collect();
        Both {
            compiled,
            read,
            policies,
            pack,
        }
    }

    fn document(&self, path: &Path, state: State) -> Option<Json> {
        let judge = Judge {
            engine: Engine::new(&self.pack, Limits::default()).unwrap(),
            params: self.pack.params(&BTreeMap::new()).unwrap(),
            as_of: "2026-11-22".to_owned(),
            pack: &self.pack,
        };
        let decoded = crate::plan::decode(fs::read(path).unwrap()).ok()?;
        let plan = crate::plan::parse(&decoded.text).ok()?;
        serde_json::to_value(judge.document(&plan, state, None)).ok()
    }

    /// What the compiled policies say, if they do; they must not say anything else than the interpreter.
    fn compare(&self, document: &Json, what: &str) -> Option<regorus::Value> {
        let input = input::value(document).unwrap();
        let limit = std::time::Duration::from_secs(120);
        let compiled = self.compiled.clone().evaluate(&self.policies, &input, limit)?;
        let Together::Read(mut engine) = self.read.clone() else {
            unreachable!()
        };
        engine.set_input(together::asking(&input, &self.policies).unwrap());
        let read = engine.eval_rule(format!("data.{}.{}", code::PACKAGE, code::ASKED));
        let read = read.unwrap_or_else(|error| panic!("{what}: it is an error to the interpreter alone: {error}"));
        let (ours, theirs) = (
            verdicts::by_policy(&compiled).unwrap(),
            verdicts::by_policy(&read).unwrap(),
        );
        for policy in &self.policies {
            assert_eq!(ours.get(&**policy), theirs.get(&**policy), "{what}: {policy}");
        }
        Some(compiled)
    }
}

/// A loop of which one round gives nothing, and one of which two rounds give different things.
#[test]
fn a_loop_in_a_function_gives_what_one_of_its_rounds_gives() {
    let both = Both::new();
    let document = |name: &str| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("policies/aws/lambda/dead_letter/plan.json");
        let text = serde_json::to_string(&both.document(&path, State::After).unwrap()).unwrap();
        let mut document: Json = serde_json::from_str(&text).unwrap();
        for permission in document["resources"]["aws_lambda_permission"].as_array_mut().unwrap() {
            permission["values"]["function_name"] = json!(name);
        }
        document
    };
    assert!(
        both.compare(&document("a:function:x:b:c:function"), "one round")
            .is_some()
    );
    let input = input::value(&document("a:function:x:b:c:function:y")).unwrap();
    let limit = std::time::Duration::from_secs(60);
    let policy = ["aws.lambda.dead_letter".into()];
    assert_eq!(both.compiled.clone().evaluate(&policy, &input, limit), None);
    assert_eq!(both.read.clone().evaluate(&policy, &input, limit), None);
}

#[test]
fn compiled_policies_say_what_the_interpreter_says() {
    let mut plans = Vec::new();
    for folder in ["policies", "testdata/quickstart", "testdata/model"] {
        plans.extend(json_below(&Path::new(env!("CARGO_MANIFEST_DIR")).join(folder), LARGEST));
    }
    plans.retain(|plan| !plan.ends_with("data.json"));
    let own = plans.len();
    for folder in ["plans", "stacks"] {
        if let Some(folder) = crate::beside::folder(folder) {
            plans.extend(json_below(&folder, LARGEST));
        }
    }
    plans.sort();
    let next = std::sync::atomic::AtomicUsize::new(0);
    let both = Both::new();
    let judged = std::sync::atomic::AtomicUsize::new(0);
    let decided = std::sync::atomic::AtomicUsize::new(0);
    let count = |what: &std::sync::atomic::AtomicUsize| what.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
    let work = || {
        while let Some(plan) = plans.get(count(&next)) {
            for state in [State::After, State::Before] {
                let Some(mut document) = both.document(plan, state) else {
                    continue;
                };
                let what = plan.display().to_string();
                count(&judged);
                assert!(
                    both.compare(&document, &what).is_some(),
                    "{what}: it is an error to the machine alone"
                );
                let mut draw = Draw(what.len() as u64);
                for round in 1..=2 {
                    disturb(&mut document, &mut draw, round * 4);
                    if both
                        .compare(&document, &format!("{what}, disturbed {round} times"))
                        .is_some()
                    {
                        count(&decided);
                    }
                }
            }
        }
    };
    thread::scope(|scope| {
        for _ in 0..2 {
            thread::Builder::new()
                .stack_size(16 << 20)
                .spawn_scoped(scope, work)
                .unwrap();
        }
    });
    let (judged, decided) = (judged.into_inner(), decided.into_inner());
    assert!(judged >= own, "{judged} documents of {own} plans");
    assert!(
        decided > judged / 2,
        "of {judged} disturbed twice, the machine answered for {decided} alone"
    );
}
