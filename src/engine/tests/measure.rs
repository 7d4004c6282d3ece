//! What judging costs: `cargo test --release measure -- --ignored --nocapture`.
#![allow(clippy::print_stderr)]

use super::*;

#[test]
#[ignore = "a measurement, to be run with --release and --nocapture"]
fn measure() {
    let body = "bucket_has_logging contains ref.address if {
	some bucket in input.resources.t
	some ref in bucket.references.bucket
	ref.certain
}

denied(r) if {
	tf.get(r, \"n\", null) == null
	not r.address in bucket_has_logging
}

deny contains tf.finding(r, sprintf(\"%s has no n\", [r.address])) if {
	some r in input.resources.t
	denied(r)
}

unknown contains tf.finding(r, \"it cannot be told whether there is an n\") if {
	some r in input.resources.t
	not denied(r)
	object.get(r.values, [\"n\", \"unknown\"], false)
}

message(r) := \"one\" if r.values.n == 1
else := \"two\" if r.values.n == 2
else := \"many\"

examined contains r.address if {
	some r in input.resources.t
	startswith(message(r), \"\")
}
";
    let mut all = pack((0..104).map(|n| policy(&format!("a.p{n:03}"), body)).collect());
    let helpers: String = (0..60)
        .map(|n| {
            format!("helper_{n}(x, y) := z if {{\n\tsome z in x.values\n\tz == y[_]\n}} else := {n} if x == {n}\n\n")
        })
        .collect();
    all.libraries[0].text = Cow::Owned(format!("{LIB}\n{helpers}"));
    let resources: Vec<String> = (0..10)
        .map(|n| format!("{{\"address\": \"t.r{n}\", \"values\": {{\"m\": {n}, \"tags\": {{\"a\": \"b\"}}}}}}"))
        .collect();
    let input: Value =
        serde_json::from_str(&format!("{{\"resources\": {{\"t\": [{}]}}}}", resources.join(","))).unwrap();
    let time = |name: &str, work: &mut dyn FnMut()| {
        let begin = Instant::now();
        work();
        eprintln!("{name}: {:.2} ms", begin.elapsed().as_secs_f64() * 1e3);
    };
    let folder = all.clone();
    all.policies
        .iter_mut()
        .for_each(|policy| policy.origin = Origin::Embedded);
    for _ in 0..2 {
        for (name, pack) in [("embedded", &all), ("folder", &folder)] {
            let mut engine = None;
            time(&format!("{name}: load"), &mut || {
                engine = Some(Engine::new(pack, Limits::default()).unwrap())
            });
            let engine = engine.unwrap();
            time(&format!("{name}: judge all"), &mut || {
                drop(engine.judge(&input, |_| true).unwrap())
            });
            time(&format!("{name}: judge a tenth"), &mut || {
                drop(engine.judge(&input, |policy| policy.id.ends_with('7')).unwrap());
            });
        }
        time("heads::rewrite of all", &mut || {
            all.policies
                .iter()
                .for_each(|policy| drop(heads::rewrite(&policy.text).unwrap()));
        });
        time("input", &mut || drop(input::value(&input).unwrap()));
    }
}
