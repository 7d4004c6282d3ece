//! `plangate test`: proves that policies catch what they should.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::builder::ValueParser;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use regex::Regex;

use super::limits::LimitArgs;
use super::{output, talk, values};
use crate::author;
use crate::engine::{self, Engine, Limits, TestOutcome, TestResult};
use crate::pack::{Filter, Library, Pack, Policy};
use crate::report::proof::{self, Proof};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate test
  plangate test our-policies --only acme.ecr --timings
  plangate test our-policies --filter test_unknown
  plangate test our-policies --format junit >tests.xml
  plangate test our-policies --coverage --min 90
  plangate test our-policies --mutate --max-survivors 5";

/// What `plangate test` is given.
#[derive(Args, Clone, Debug)]
#[command(after_help = EXAMPLES)]
pub(super) struct Test {
    /// The folder of policies
    #[arg(value_name = "DIR", default_value = "policies")]
    folder: PathBuf,

    /// Test only these policies: ids or what they begin with, such as aws.s3
    #[arg(long, value_name = "ID", value_delimiter = ',')]
    only: Vec<String>,

    /// Run only the Rego tests whose names match, such as 'encryption_test\.test_key', and judge no fixtures
    #[arg(long, value_name = "REGEX", conflicts_with = "mutate")]
    filter: Option<Regex>,

    /// Say how long each policy and each Rego test took, in text and JSON
    #[arg(long)]
    timings: bool,

    /// What to write on standard output
    #[arg(
        long,
        value_enum,
        value_name = "FORMAT",
        default_value = "text",
        conflicts_with = "mutate"
    )]
    format: Format,

    /// Say which lines of the rules the Rego tests do not evaluate
    #[arg(long, conflicts_with = "mutate")]
    coverage: bool,

    /// With --coverage, write it to this file too, as an LCOV trace file
    #[arg(long, value_name = "FILE", requires = "coverage")]
    coverage_lcov: Option<PathBuf>,

    /// With --coverage, fail where less than so many per cent of all lines are covered
    #[arg(long, value_name = "PERCENT", requires = "coverage", value_parser = values::percent)]
    min: Option<f64>,

    #[command(flatten)]
    limits: LimitArgs,

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

#[derive(Clone, Copy, Debug, Eq, PartialEq, ValueEnum)]
enum Format {
    /// For people
    Text,
    /// For machines
    Json,
    /// JUnit XML, for test reports
    Junit,
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
    // Policies are tested at the same time, and each has one thread.
    let limits = Limits {
        workers: Some(NonZeroUsize::MIN),
        ..test.limits.limits()?
    };
    let libraries = pack.libraries.iter().filter(|library| library.tests.is_some());
    let libraries = libraries.filter(|_| test.only.is_empty()).map(Tested::Library);
    let all: Vec<Tested> = libraries.chain(selected.policies.iter().map(Tested::Policy)).collect();
    let proofs = side_by_side(&all, |tested| one(test, &pack, tested, &limits));
    let proofs: Vec<Proof> = proofs.into_iter().flatten().collect();
    if proofs.is_empty() {
        anyhow::bail!("no Rego test matches --filter: see the names by `plangate test --timings`");
    }
    output::print(&match test.format {
        Format::Text => shown(&proofs, test.timings).into_bytes(),
        Format::Json => proof::json(&proofs, test.timings),
        Format::Junit => proof::junit(&proofs),
    })?;
    if let Some(file) = &test.coverage_lcov {
        output::save(file, &proof::lcov(&proofs))?;
    }
    let failed = proofs.iter().filter(|proof| !proof.passed()).count();
    if failed > 0 {
        let those = match failed {
            1 => "1 of them does not do what its".to_owned(),
            _ => format!("{failed} of them do not do what their"),
        };
        talk::error(&format!("{those} fixtures and tests say"));
        return Ok(Exit::Failed);
    }
    let share = proof::share(proofs.iter().filter_map(|proof| proof.coverage.as_ref()));
    if let Some(min) = test.min.filter(|min| share < *min) {
        talk::error(&format!(
            "{share:.1} % of the lines are covered, less than {min} %: add Rego tests that evaluate the others"
        ));
        return Ok(Exit::Failed);
    }
    Ok(Exit::Passed)
}

/// What is tested.
enum Tested<'p> {
    Library(&'p Library),
    Policy(&'p Policy),
}

impl Tested<'_> {
    fn name(&self) -> &str {
        match self {
            Tested::Library(library) => &library.package,
            Tested::Policy(policy) => &policy.id,
        }
    }
}

/// The results for all of these in their order, worked out on as many threads as the machine has.
fn side_by_side<T: Sync, R: Send>(all: &[T], work: impl Fn(&T) -> R + Sync) -> Vec<R> {
    let next = AtomicUsize::new(0);
    let share = || {
        let mut results = Vec::new();
        while let Some((index, one)) =
            Some(next.fetch_add(1, Ordering::Relaxed)).and_then(|at| Some((at, all.get(at)?)))
        {
            results.push((index, work(one)));
        }
        results
    };
    let threads = thread::available_parallelism().map_or(1, NonZeroUsize::get);
    let mut results = thread::scope(|scope| {
        let threads: Vec<_> = (0..threads).map(|_| scope.spawn(share)).collect();
        let joined = threads.into_iter().map(|thread| thread.join());
        let joined = joined.flat_map(|results| results.unwrap_or_else(|panic| std::panic::resume_unwind(panic)));
        joined.collect::<Vec<_>>()
    });
    results.sort_by_key(|(index, _)| *index);
    results.into_iter().map(|(_, result)| result).collect()
}

/// What the fixtures and tests of a policy, or the tests of a library, show; none where no test is wanted.
fn one(test: &Test, pack: &Pack, tested: &Tested, limits: &Limits) -> Option<Proof> {
    let begin = Instant::now();
    let is_wanted = |name: &str| test.filter.as_ref().is_none_or(|filter| filter.is_match(name));
    let mut proof = Proof {
        name: tested.name().to_owned(),
        ..Proof::default()
    };
    let results = match tested {
        Tested::Library(library) => engine::run_library_tests(library, &pack.libraries, limits, &is_wanted),
        Tested::Policy(policy) => {
            if test.filter.is_none() {
                let folder = author::folder_of(&test.folder, policy);
                let fixtures = author::judge_fixtures(pack, policy, &folder, &test.as_of.to_string(), limits);
                let held = fixtures.held.iter();
                proof.fixtures = held.map(|(expected, number)| (expected.to_string(), *number)).collect();
                proof.problems = fixtures.problems;
            }
            engine::run_tests(policy, &pack.libraries, limits, &is_wanted)
        }
    };
    match results {
        Ok(results) if results.is_empty() && test.filter.is_some() => return None,
        Ok(results) if results.is_empty() => proof.problems.push("it has no Rego tests".to_owned()),
        Ok(results) => proof.tests = results,
        Err(error) => proof.problems.push(error.to_string()),
    }
    if test.coverage {
        let coverage = match tested {
            Tested::Library(library) => engine::library_coverage(library, &pack.libraries, limits, &is_wanted),
            Tested::Policy(policy) => engine::coverage(policy, &pack.libraries, limits, &is_wanted),
        };
        match coverage {
            Ok(coverage) => proof.coverage = Some(coverage),
            Err(error) => proof.problems.push(error.to_string()),
        }
    }
    // What keeps a policy from being loaded keeps its fixtures and its tests from being judged.
    let mut said = BTreeSet::new();
    proof.problems.retain(|problem| said.insert(problem.clone()));
    proof.took = begin.elapsed();
    Some(proof)
}

/// A line for each policy and library with what is wrong with it and what its tests printed, and the sum.
fn shown(proofs: &[Proof], timings: bool) -> String {
    let mut out = String::new();
    for proof in proofs {
        let mark = if proof.passed() { "ok  " } else { "FAIL" };
        let fixtures = proof.fixtures.iter();
        let mut line: Vec<String> = fixtures
            .map(|(expected, number)| format!("{number} {expected}"))
            .collect();
        if !proof.tests.is_empty() {
            line.push(text::count(proof.tests.len(), "test", "tests"));
        }
        if let Some(coverage) = &proof.coverage {
            let lines = text::count(coverage.lines(), "line", "lines");
            line.push(format!("{:.1} % of {lines} covered", proof::share([coverage])));
        }
        if timings {
            line.push(format!("in {}", time(proof.took)));
        }
        let colon = if line.is_empty() { "" } else { ": " };
        let _ = writeln!(out, "{mark} {}{colon}{}", proof.name, line.join(", "));
        let failed = proof.tests.iter().filter_map(|result| match &result.outcome {
            TestOutcome::Pass => None,
            TestOutcome::Fail => Some(format!("{} fails", result.name)),
            TestOutcome::Error(error) => Some(format!("{} breaks: {error}", result.name)),
        });
        let notes = proof.tests.iter().flat_map(|result| notes(result, timings));
        let coverage = proof.coverage.iter().filter(|coverage| !coverage.uncovered.is_empty());
        let uncovered =
            coverage.map(|coverage| format!("{}: not covered: {}", coverage.path, spans(&coverage.uncovered)));
        for more in proof
            .problems
            .iter()
            .cloned()
            .chain(failed)
            .chain(uncovered)
            .chain(notes)
        {
            let _ = writeln!(out, "       {}", more.replace('\n', "\n       "));
        }
    }
    let passed = proofs.iter().filter(|proof| proof.passed()).count();
    let _ = writeln!(out, "\n{passed} passed, {} failed", proofs.len() - passed);
    let mut coverage = proofs.iter().filter_map(|proof| proof.coverage.as_ref()).peekable();
    if coverage.peek().is_some() {
        let _ = writeln!(out, "{:.1} % of the lines covered", proof::share(coverage));
    }
    out
}

/// Lines as `7, 9-11`.
fn spans(lines: &BTreeSet<u32>) -> String {
    let mut spans: Vec<(u32, u32)> = Vec::new();
    for &line in lines {
        match spans.last_mut() {
            Some((_, last)) if *last + 1 == line => *last = line,
            _ => spans.push((line, line)),
        }
    }
    let shown = spans.into_iter().map(|(first, last)| match first == last {
        true => first.to_string(),
        false => format!("{first}-{last}"),
    });
    shown.collect::<Vec<_>>().join(", ")
}

/// What a test printed, and how long it took.
fn notes(result: &TestResult, timings: bool) -> Vec<String> {
    let name = &result.name;
    let printed = result.printed.iter();
    let mut notes: Vec<String> = printed
        .map(|line| format!("{name} prints: {}", line.trim_end()))
        .collect();
    notes.extend(timings.then(|| format!("{name} took {}", time(result.took))));
    notes
}

fn time(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}
