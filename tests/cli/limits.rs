//! `--time-limit` and `--memory-limit`.

use std::time::{Duration, Instant};

use super::support::{Folder, Run, plangate};

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");

/// Each takes without end, with the line of the rule that does, and what is said of it.
const GREEDY: [(&str, &str, &str); 5] = [
    (
        "endless",
        r#"deny contains {"address": "plan", "message": "m"} if {
	some a in numbers.range(1, 90000)
	some b in numbers.range(1, 90000)
	a * b == -1
}"#,
        "13: `deny`: it was given up after 1 s",
    ),
    (
        "exponential",
        r#"deny contains {"address": "plan", "message": "m"} if count(subsets) == -1

bits := numbers.range(1, 30)

subsets := {x |
	a := [0, 1]
	x := [a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_], a[_]]
	count(x) == count(bits)
}"#,
        "17: `subsets`: it was given up after 1 s",
    ),
    (
        "product",
        r#"deny contains {"address": "plan", "message": "m"} if count(pairs) == -1

pairs := [array.concat(numbers.range(1, 100), [a, b]) |
	some a in numbers.range(1, 90000)
	some b in numbers.range(1, 90000)
]"#,
        "15: `pairs`: it was stopped at 64 MiB",
    ),
    (
        "doubling",
        r#"deny contains {"address": "plan", "message": "m"} if contains(t5, "no")

t0 := concat("", [sprintf("%d", [n]) | some n in numbers.range(1, 1000)])

t1 := concat("", [t0, t0, t0, t0, t0, t0, t0, t0])

t2 := concat("", [t1, t1, t1, t1, t1, t1, t1, t1])

t3 := sprintf("%s%s%s%s%s%s%s%s", [t2, t2, t2, t2, t2, t2, t2, t2])

t4 := concat("", [t3, t3, t3, t3, t3, t3, t3, t3])

t5 := concat("", [t4, t4, t4, t4, t4, t4, t4, t4])"#,
        "25: `t5`: it was stopped at 64 MiB",
    ),
    (
        "one_step",
        r#"deny contains {"address": "plan", "message": "m"} if {
	line := concat("", [sprintf("%d", [n]) | some n in numbers.range(1, 1000)])
	contains(replace(line, "1", replace(replace(line, "2", line), "3", line)), "no")
}"#,
        "13: `deny`: it was stopped at 64 MiB",
    ),
];

fn write(folder: &Folder, name: &str, rules: &str) {
    let policy = format!(
        r#"# METADATA
# title: Takes without end
# description: |
#   It does not end.
# scope: package
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [plan]
#   remediation: End it.
package demo.{name}

{rules}
"#
    );
    folder.write(&format!("demo/{name}/{name}.rego"), &policy);
}

fn check(folder: &Folder, more: &[&str]) -> Run {
    let limits = ["--time-limit", "1s", "--memory-limit", "64MiB", "--color", "never"];
    let policies = folder.path("");
    plangate(
        &[&["check", PLAN, "--policy", &policies], &limits[..], more].concat(),
        "",
    )
}

#[test]
fn what_takes_without_end_is_stopped_and_the_others_are_judged() {
    let folder = Folder::new("limits");
    for (name, rules, _) in GREEDY {
        write(&folder, name, rules);
    }
    let fine = r#"deny contains {"address": "plan", "message": "it is seen"} if input.as_of"#;
    write(&folder, "afterwards", fine);
    write(&folder, "zuletzt", fine);
    let begin = Instant::now();
    let run = check(&folder, &["--only", "demo,aws.s3.https_only"]);
    assert!(begin.elapsed() < Duration::from_secs(60), "{:?}", begin.elapsed());
    assert_eq!(run.code, 2, "{}\n{}", run.stdout, run.stderr);
    for (name, _, said) in GREEDY {
        let file = folder.path(&format!("demo/{name}/{name}.rego"));
        assert!(
            run.stderr
                .contains(&format!("the policy demo.{name} broke: {file}:{said}")),
            "{name}: {}",
            run.stderr
        );
    }
    assert_eq!(run.stderr.matches(" broke").count(), GREEDY.len(), "{}", run.stderr);
    assert_eq!(run.stdout.matches("it is seen").count(), 2, "{}", run.stdout);
    assert!(run.stdout.contains("aws.s3.https_only"), "{}", run.stdout);
}

#[test]
fn what_calls_itself_is_refused_before_it_runs() {
    let folder = Folder::new("limits-recursion");
    let rules = r#"deny contains {"address": "plan", "message": "m"} if f(1) == 2

f(x) := g(x)

g(x) := f(x)"#;
    write(&folder, "recursion", rules);
    let run = check(&folder, &[]);
    assert_eq!(run.code, 2, "{}", run.stdout);
    let file = folder.path("demo/recursion/recursion.rego");
    assert!(run.stderr.contains(&format!("{file}:")), "{}", run.stderr);
    assert!(!run.stderr.contains("panic"), "{}", run.stderr);
}

#[test]
fn what_judges_apart_says_the_same() {
    let folder = Folder::new("limits-same");
    write(
        &folder,
        "same",
        r#"deny contains {"address": "plan", "message": "m", "found": {"b": [1.5, null], "a": {"x", "y"}}, "key": "k"}"#,
    );
    let run = check(&folder, &["--only", "demo", "--format", "json"]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let row = &report["plans"][0]["results"][0];
    let found: serde_json::Value = serde_json::from_str(r#"{"a": ["x", "y"], "b": [1.5, null]}"#).unwrap();
    assert_eq!((&row["found"], &row["key"]), (&found, &"k".into()), "{row}");
}

#[test]
fn a_limit_without_a_unit_is_refused_with_the_way_out() {
    for (flag, value, way_out) in [
        ("--time-limit", "10", "500ms, 10s or 2m"),
        ("--memory-limit", "1GB", "512MiB or 2GiB"),
    ] {
        let run = plangate(&["check", PLAN, flag, value], "");
        assert_eq!(run.code, 2, "{}", run.stdout);
        assert!(run.stderr.contains(way_out), "{}", run.stderr);
    }
}

/// Statements that take memory without end.
const GREEDY_QUERY: &str = r#"line := concat("", [sprintf("%d", [n]) | some n in numbers.range(1, 1000)]); contains(replace(line, "1", replace(replace(line, "2", line), "3", line)), "no")"#;

#[test]
fn a_query_is_stopped_at_its_limits_and_the_next_one_is_asked() {
    let limits = ["--plan", PLAN, "--time-limit", "2s", "--memory-limit", "64MiB"];
    // What is left behind in each round of a loop is taken back late, so this one has room.
    let roomy = ["--plan", PLAN, "--time-limit", "1s", "--memory-limit", "1GiB"];
    let endless = "xs := numbers.range(1, 3000); some a in xs; some b in xs; some c in xs; a * b * c == -1";
    for (query, limits, said) in [
        (GREEDY_QUERY, limits, "query:1: it was stopped at 64 MiB"),
        (endless, roomy, "query:1: it was given up after 1 s"),
    ] {
        let run = plangate(&[&["eval", query], &limits[..]].concat(), "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(said), "{}", run.stderr);
    }
    let asked = format!("{GREEDY_QUERY}\ncount(input.resources.aws_s3_bucket)\n");
    let run = plangate(&[&["repl"], &limits[..]].concat(), &asked);
    assert_eq!((run.code, &*run.stdout), (2, "2\n"), "{}", run.stderr);
    assert!(
        run.stderr.contains("query:1: it was stopped at 64 MiB"),
        "{}",
        run.stderr
    );
}

#[test]
fn other_tools_policies_are_stopped_at_their_limits() {
    let folder = Folder::new("limits-foreign");
    let greedy = GREEDY_QUERY.replace("; ", "\n\t");
    let rule = format!("deny contains msg if {{\n\tmsg := \"m\"\n\t{greedy}\n}}\n");
    let fine = "package fine\n\ndeny contains \"it is seen\" if input.format_version\n";
    folder.write("conftest/greedy.rego", &format!("package main\n\n{rule}"));
    folder.write("conftest/fine.rego", fine);
    folder.write("trivy/greedy.rego", &format!("package user.greedy\n\n{rule}"));
    let regula = format!("package rules.greedy\n\nresource_type := \"aws_s3_bucket\"\n\n{rule}");
    folder.write("regula/greedy.rego", &regula);
    for (tool, more, line) in [
        ("conftest", &["--all-namespaces"][..], 3),
        ("trivy", &[], 3),
        ("regula", &[], 5),
    ] {
        let dir = folder.path(tool);
        let limits = ["--time-limit", "2s", "--memory-limit", "64MiB", "--color", "never"];
        let flag = format!("--{tool}");
        let run = plangate(&[&["check", PLAN, &flag, &dir], &limits[..], more].concat(), "");
        assert_eq!(run.code, 2, "{tool}: {}\n{}", run.stdout, run.stderr);
        let said = format!("{dir}/greedy.rego:{line}: `deny`: it was stopped at 64 MiB");
        assert!(run.stderr.contains(&said), "{tool}: {}", run.stderr);
        if tool == "conftest" {
            assert!(run.stdout.contains("it is seen"), "{}", run.stdout);
        }
    }
}

#[test]
fn explaining_and_cutting_are_stopped_at_the_policy_s_limits() {
    let folder = Folder::new("limits-explain");
    let (name, rules, said) = GREEDY[GREEDY.len() - 1];
    write(&folder, name, rules);
    let (dir, policy) = (folder.path(""), format!("demo.{name}"));
    let limits = ["--memory-limit", "64MiB"];
    let explain = ["explain", &policy, "plan", "--plan", PLAN, "--policy", &dir];
    let fixture = [
        "fixture",
        PLAN,
        "--from",
        &dir,
        "--policy",
        &policy,
        "--address",
        "plan",
    ];
    for arguments in [&explain[..], &fixture] {
        let run = plangate(&[arguments, &limits].concat(), "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{}", run.stderr);
        assert!(run.stderr.contains(&format!("{name}.rego:{said}")), "{}", run.stderr);
    }
}
