//! `plangate test`.

use super::support::{Folder, demo, plangate};

const TESTS: &str = r#"package demo.named_test

import data.demo.named

test_none if count(named.deny) == 0 with input as {}

test_printed if {
	print("seen", [1, 2])
	count(named.deny) == 0 with input as {}
}

test_wrong if count(named.deny) == 1 with input as {}
"#;

fn planted(name: &str) -> (Folder, String) {
    let (folder, path) = demo(name);
    folder.write("demo/named/named_test.rego", TESTS);
    (folder, path)
}

#[test]
fn only_the_tests_that_are_asked_for_run_and_what_they_print_is_shown() {
    let (_folder, path) = planted("proof-filter");
    let run = plangate(&["test", &path, "--filter", "test_(none|printed)"], "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("demo.named: 2 tests\n"), "{}", run.stdout);
    let printed = "data.demo.named_test.test_printed prints: demo/named/named_test.rego:8: seen [1, 2]";
    assert!(run.stdout.replace(&path, "").contains(printed), "{}", run.stdout);
    let run = plangate(&["test", &path, "--filter", "wrong", "--timings"], "");
    assert_eq!(run.code, 1, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("data.demo.named_test.test_wrong fails\n"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("test_wrong took "), "{}", run.stdout);
}

#[test]
fn a_filter_that_matches_nothing_proves_nothing() {
    let (_folder, path) = planted("proof-nothing");
    let run = plangate(&["test", &path, "--filter", "test_non$"], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
    assert!(run.stderr.contains("no Rego test matches --filter"), "{}", run.stderr);
    let run = plangate(&["test", &path, "--filter", "("], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
}

#[test]
fn a_policy_that_takes_all_memory_on_its_fixture_fails_its_test() {
    let (folder, path) = planted("proof-memory");
    let greedy = folder.path("demo/named/named.rego");
    let policy = std::fs::read_to_string(&greedy).unwrap();
    let rules = r#"
deny contains {"address": "aws_s3_bucket.none", "message": text} if {
	input.as_of
	line := concat("", [sprintf("%d", [n]) | some n in numbers.range(1, 1000)])
	text := replace(replace(line, "1", replace(line, "2", line)), "3", line)
}
"#;
    folder.write("demo/named/named.rego", &format!("{policy}{rules}"));
    let plan = std::fs::read_to_string(concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json"));
    folder.write("demo/named/plan.json", &plan.unwrap());
    let run = plangate(&["test", &path, "--memory-limit", "64MiB"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stdout.contains("`deny`: it was stopped at 64 MiB of memory"),
        "{}",
        run.stdout
    );
    assert!(run.stdout.contains("test_wrong fails"), "{}", run.stdout);
}

#[test]
fn the_formats_say_what_each_test_showed() {
    let (_folder, path) = planted("proof-formats");
    let run = plangate(&["test", &path, "--filter", "test_", "--format", "json"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let said: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!((&said["passed"], &said["failed"]), (&0.into(), &1.into()));
    let tests = said["tested"][0]["tests"].as_array().unwrap();
    let outcomes: Vec<_> = tests.iter().map(|test| test["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["pass", "pass", "fail"]);
    assert!(tests[0].get("milliseconds").is_none(), "{}", run.stdout);
    let run = plangate(&["test", &path, "--format", "junit"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let read = junit_parser::from_reader(run.stdout.as_bytes()).unwrap();
    assert_eq!(read.suites[0].name, "demo.named");
    let cases = &read.suites[0].cases;
    let failed: Vec<_> = cases
        .iter()
        .filter(|case| case.status.is_failure())
        .map(|case| &*case.original_name)
        .collect();
    assert_eq!(failed, ["fixtures", "data.demo.named_test.test_wrong"]);
    assert_eq!(cases.len(), 4);
}

#[test]
fn coverage_names_the_lines_that_no_test_evaluates() {
    let (folder, path) = planted("proof-coverage");
    // Without buckets the statement in the loop is not reached.
    let few = ["test", &path, "--filter", "test_none", "--coverage"];
    let lcov = folder.path("lcov.info");
    let run = plangate(&[&few[..], &["--coverage-lcov", &lcov]].concat(), "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(run.stdout.contains("named.rego: not covered: 15, 17"), "{}", run.stdout);
    let trace = std::fs::read_to_string(&lcov).unwrap();
    assert!(
        trace.contains("\nDA:15,0\nDA:16,1\nDA:17,0\nLF:3\nLH:1\nend_of_record\n"),
        "{trace}"
    );
    let run = plangate(&[&few[..], &["--min", "90"]].concat(), "");
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(
        run.stderr.contains("% of the lines are covered, less than 90 %"),
        "{}",
        run.stderr
    );
    let full = r#"package demo.named_test

import data.demo.named

test_deny if {
	count(named.deny) == 1 with input as {
		"resources": {"aws_s3_bucket": [{"address": "a", "values": {"bucket": "b"}}]},
		"params": {"demo.named": {"prefix": "ours-"}},
	}
}
"#;
    folder.write("demo/named/named_test.rego", full);
    let run = plangate(
        &["test", &path, "--filter", "test_deny", "--coverage", "--min", "100"],
        "",
    );
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    assert!(
        run.stdout.contains("1 test, 100.0 % of 3 lines covered"),
        "{}",
        run.stdout
    );
    let run = plangate(&["test", &path, "--min", "100"], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
}

#[test]
fn what_fixtures_evaluate_is_covered_and_shown_as_a_page() {
    let folder = Folder::new("proof-fixtures");
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/policies/aws/ecr/scan");
    for name in ["scan.rego", "plan.json"] {
        folder.write(
            &format!("aws/ecr/scan/{name}"),
            &std::fs::read_to_string(format!("{own}/{name}")).unwrap(),
        );
    }
    let test = "package aws.ecr.scan_test\n\ntest_nothing if true\n";
    folder.write("aws/ecr/scan/scan_test.rego", test);
    let (path, page) = (folder.path(""), folder.path("coverage.html"));
    let test = ["test", &path, "--coverage", "--coverage-html", &page, "--min", "50"];
    let run = plangate(&test, "");
    assert_eq!(run.code, 0, "{}{}", run.stdout, run.stderr);
    let page = std::fs::read_to_string(page).unwrap();
    let read = roxmltree::Document::parse_with_options(
        &page,
        roxmltree::ParsingOptions {
            allow_dtd: true,
            ..Default::default()
        },
    );
    let read = read.unwrap_or_else(|error| panic!("{error}\n{page}"));
    let lines = |kind: &str| {
        let lines = read.descendants().filter(|node| node.attribute("class") == Some(kind));
        lines.filter_map(|node| node.text()).collect::<Vec<_>>()
    };
    let denied = |line: &&str| line.contains("deny contains");
    assert!(lines("hit").iter().any(denied), "{page}");
    assert!(
        !page.contains("http:/") || page.matches("http:/").count() == 1,
        "it loads nothing"
    );
    let run = plangate(&["test", &path, "--coverage", "--filter", "test_nothing"], "");
    assert!(run.stdout.contains("1 test, 0.0 % of"), "{}", run.stdout);
}

#[test]
fn a_test_that_takes_without_end_is_stopped() {
    let (folder, path) = demo("proof-greedy");
    let tests = r#"package demo.named_test

test_greedy if {
	line := concat("", [sprintf("%d", [n]) | some n in numbers.range(1, 1000)])
	contains(replace(line, "1", replace(replace(line, "2", line), "3", line)), "no")
}

test_afterwards if true
"#;
    folder.write("demo/named/named_test.rego", tests);
    let run = plangate(&["test", &path, "--filter", "test_", "--memory-limit", "64MiB"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let said = "data.demo.named_test.test_greedy breaks: it was stopped at 64 MiB of memory";
    assert!(run.stdout.contains(said), "{}", run.stdout);
    assert!(!run.stdout.contains("test_afterwards"), "{}", run.stdout);
}
