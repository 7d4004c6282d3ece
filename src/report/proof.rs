//! What `plangate test` saw, as JSON, as JUnit's XML and, what it covered, as LCOV and as a page.

mod html;

use std::collections::BTreeMap;
use std::fmt::Write;
use std::time::Duration;

use serde_json::{Value, json};

pub use html::html;

use super::junit::{self, Suite};
use crate::engine::{Coverage, TestOutcome, TestResult};

/// What was tested of one policy or library.
#[derive(Clone, Debug, Default)]
pub struct Proof {
    /// The policy's id or the library's package.
    pub name: String,
    /// What the names in its fixtures state, such as `fail` and `pass`, and how many addresses are so.
    pub fixtures: Vec<(String, usize)>,
    /// What is wrong but for the Rego tests that do not pass: fixtures, tests that do not load or are not there.
    pub problems: Vec<String>,
    /// Its Rego tests, in the order of their file.
    pub tests: Vec<TestResult>,
    /// The lines of its rules that its Rego tests and fixtures evaluated, where it was asked for and they load.
    pub coverage: Option<Coverage>,
    /// How long all of it took.
    pub took: Duration,
}

impl Proof {
    /// Whether it does what its fixtures and tests say.
    pub fn passed(&self) -> bool {
        self.problems.is_empty() && self.tests.iter().all(|test| test.outcome == TestOutcome::Pass)
    }
}

/// One JSON object; the times are in it where they are asked for.
pub fn json(proofs: &[Proof], timings: bool) -> Vec<u8> {
    let passed = proofs.iter().filter(|proof| proof.passed()).count();
    let all = json!({
        "passed": passed,
        "failed": proofs.len() - passed,
        "tested": proofs.iter().map(|proof| one(proof, timings)).collect::<Vec<_>>(),
    });
    format!("{all:#}\n").into_bytes()
}

fn one(proof: &Proof, timings: bool) -> Value {
    let mut one = json!({
        "name": proof.name,
        "passed": proof.passed(),
        "fixtures": proof.fixtures.iter().cloned().collect::<BTreeMap<_, _>>(),
        "problems": proof.problems,
        "tests": proof.tests.iter().map(|result| test(result, timings)).collect::<Vec<_>>(),
    });
    if let Some(coverage) = &proof.coverage {
        one["coverage"] = json!({
            "path": coverage.path,
            "lines": coverage.lines(),
            "covered": coverage.covered.len(),
            "not_covered": coverage.uncovered,
        });
    }
    if timings {
        one["milliseconds"] = milliseconds(proof.took);
    }
    one
}

fn test(result: &TestResult, timings: bool) -> Value {
    let (outcome, message) = match &result.outcome {
        TestOutcome::Pass => ("pass", None),
        TestOutcome::Fail => ("fail", None),
        TestOutcome::Error(message) => ("error", Some(message)),
    };
    let mut test = json!({"name": result.name, "outcome": outcome, "printed": result.printed});
    if let Some(message) = message {
        test["message"] = json!(message);
    }
    if timings {
        test["milliseconds"] = milliseconds(result.took);
    }
    test
}

fn milliseconds(took: Duration) -> Value {
    json!((took.as_secs_f64() * 10_000.0).round() / 10.0)
}

/// JUnit's XML: a suite for each policy or library, a case for each Rego test, and one for all else.
pub fn junit(proofs: &[Proof]) -> Vec<u8> {
    let suites = proofs.iter().map(|proof| (&*proof.name, suite(proof)));
    junit::document(&suites.collect::<Vec<_>>(), None)
}

fn suite(proof: &Proof) -> Suite {
    let mut suite = Suite::default();
    if let Some(first) = proof.problems.first() {
        suite.failures += 1;
        let problems = proof.problems.join("\n");
        suite.case(&proof.name, "fixtures", Some(("failure", first, &problems, "")));
    } else if !proof.fixtures.is_empty() {
        suite.case(&proof.name, "fixtures", None);
    }
    for result in &proof.tests {
        let printed = result.printed.concat();
        let outcome = match &result.outcome {
            TestOutcome::Pass => None,
            TestOutcome::Fail => {
                suite.failures += 1;
                Some(("failure", "it is not true", &*printed, ""))
            }
            TestOutcome::Error(message) => {
                suite.errors += 1;
                Some(("error", message.as_str(), message.as_str(), ""))
            }
        };
        suite.case(&proof.name, &result.name, outcome);
    }
    suite
}

/// How many per cent of the lines are covered; all of them where there is none.
pub fn share<'a>(coverage: impl IntoIterator<Item = &'a Coverage>) -> f64 {
    let sum = coverage.into_iter().fold((0, 0), |(covered, lines), one| {
        (covered + one.covered.len(), lines + one.lines())
    });
    match sum {
        (_, 0) => 100.0,
        // Both are numbers of lines of a few files.
        (covered, lines) => 100.0 * covered as f64 / lines as f64,
    }
}

/// The coverage as LCOV's trace file, a record for each file.
pub fn lcov(proofs: &[Proof]) -> Vec<u8> {
    let mut out = String::new();
    for coverage in proofs.iter().filter_map(|proof| proof.coverage.as_ref()) {
        let _ = writeln!(out, "TN:\nSF:{}", coverage.path);
        let hits = coverage.covered.iter().map(|line| (line, 1));
        let all: BTreeMap<_, _> = hits.chain(coverage.uncovered.iter().map(|line| (line, 0))).collect();
        for (line, hits) in all {
            let _ = writeln!(out, "DA:{line},{hits}");
        }
        let (lines, covered) = (coverage.lines(), coverage.covered.len());
        let _ = writeln!(out, "LF:{lines}\nLH:{covered}\nend_of_record");
    }
    out.into_bytes()
}
