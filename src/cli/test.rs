//! `plangate test`: proves that policies catch what they should.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::path::PathBuf;

use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;

use super::{output, talk, values};
use crate::author;
use crate::engine::{self, Engine, EngineError, Limits, TestOutcome, TestResult};
use crate::pack::{Filter, Pack, Policy};
use crate::report::{Exit, text};

/// What `plangate test` is given.
#[derive(Args, Clone, Debug)]
pub(super) struct Test {
    /// The folder of policies
    #[arg(value_name = "DIR")]
    folder: PathBuf,

    /// Test only these policies: ids or what they begin with, such as aws.s3
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,

    /// The date that fixtures are judged by
    #[arg(long, value_name = "DATE", value_parser = ValueParser::new(values::date), default_value = "2026-11-22")]
    as_of: Date,

    /// Change each policy in one place at a time, and say which changes neither the fixtures nor the Rego tests notice
    #[arg(long)]
    mutate: bool,

    /// With --mutate, how many per cent of the changes may go unnoticed before it fails
    #[arg(long, value_name = "PERCENT", requires = "mutate", default_value = "0", value_parser = values::percent)]
    max_survivors: f64,
}

/// Judges the fixtures of each policy by the names in them, and runs its Rego tests; or shows what these miss.
///
/// # Errors
///
/// Where the policies cannot be loaded, or none is selected.
pub(super) fn run(test: &Test) -> anyhow::Result<Exit> {
    let pack = super::policies::of_folder(&test.folder)?;
    let selected = pack.select(Filter {
        only: &test.only,
        ..Filter::default()
    })?;
    // What is wrong with a library is wrong with every policy: it is said once.
    Engine::new(&pack.clone().without_policies(), Limits::default())?;
    if test.mutate {
        let as_of = test.as_of.to_string();
        return super::mutate::run(&test.folder, &pack, &selected.policies, &as_of, test.max_survivors);
    }
    let mut shown = Shown::default();
    if test.only.is_empty() {
        for library in pack.libraries.iter().filter(|library| library.tests.is_some()) {
            let results = engine::run_library_tests(library, &pack.libraries, &Limits::default());
            let (line, problems) = tests(results);
            shown.add(&library.package, &line.unwrap_or_default(), &problems);
        }
    }
    for policy in &selected.policies {
        let (line, problems) = one(test, &pack, policy);
        shown.add(&policy.id, &line, &problems);
    }
    let Shown {
        mut out,
        passed,
        failed,
    } = shown;
    let _ = writeln!(out, "\n{passed} passed, {failed} failed");
    output::print(out.as_bytes())?;
    if failed > 0 {
        let those = match failed {
            1 => "1 of them does not do what its".to_owned(),
            _ => format!("{failed} of them do not do what their"),
        };
        talk::error(&format!("{those} fixtures and tests say"));
        return Ok(Exit::Failed);
    }
    Ok(Exit::Passed)
}

/// What is printed of policies and libraries, and how many of them passed and failed.
#[derive(Default)]
struct Shown {
    out: String,
    passed: usize,
    failed: usize,
}

impl Shown {
    fn add(&mut self, name: &str, line: &str, problems: &[String]) {
        let mark = if problems.is_empty() { "ok  " } else { "FAIL" };
        let colon = if line.is_empty() { "" } else { ": " };
        let _ = writeln!(self.out, "{mark} {name}{colon}{line}");
        for problem in problems {
            let _ = writeln!(self.out, "       {}", problem.replace('\n', "\n       "));
        }
        if problems.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }
}

/// What a policy's fixtures and tests show, in a line, and what is wrong.
fn one(test: &Test, pack: &Pack, policy: &Policy) -> (String, Vec<String>) {
    let folder = author::folder_of(&test.folder, policy);
    let fixtures = author::judge_fixtures(pack, policy, &folder, &test.as_of.to_string());
    let mut line: Vec<String> = fixtures
        .held
        .iter()
        .map(|(expected, number)| format!("{number} {expected}"))
        .collect();
    let mut problems = fixtures.problems;
    let (tested, untrue) = tests(engine::run_tests(policy, &pack.libraries, &Limits::default()));
    line.extend(tested);
    // What keeps the policy from being loaded keeps its fixtures and its tests from being judged.
    problems.extend(untrue);
    let mut said = BTreeSet::new();
    problems.retain(|problem| said.insert(problem.clone()));
    (line.join(", "), problems)
}

/// How many Rego tests there are, if they could be run, and what is wrong.
fn tests(results: Result<Vec<TestResult>, EngineError>) -> (Option<String>, Vec<String>) {
    let results = match results {
        Ok(results) if results.is_empty() => return (None, vec!["it has no Rego tests".to_owned()]),
        Ok(results) => results,
        Err(error) => return (None, vec![error.to_string()]),
    };
    let number = text::count(results.len(), "test", "tests");
    let problems = results.into_iter().filter_map(|result| match result.outcome {
        TestOutcome::Pass => None,
        TestOutcome::Fail => Some(format!("{} fails", result.name)),
        TestOutcome::Error(error) => Some(format!("{} breaks: {error}", result.name)),
    });
    (Some(number), problems.collect())
}
