//! `plangate test`: proves that policies catch what they should.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::num::NonZeroUsize;
use std::path::PathBuf;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use clap::Args;
use clap::builder::ValueParser;
use jiff::civil::Date;
use regex::Regex;

use super::limits::LimitArgs;
use super::{output, talk, values};
use crate::author;
use crate::engine::{self, Engine, Limits, TestOutcome, TestResult};
use crate::pack::{Filter, Library, Pack, Policy};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate test
  plangate test our-policies --only acme.ecr --timings
  plangate test our-policies --filter test_unknown
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

    /// Say how long each policy and each Rego test took
    #[arg(long)]
    timings: bool,

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
    let mut shown = Shown::default();
    for (tested, said) in all
        .iter()
        .zip(side_by_side(&all, |tested| one(test, &pack, tested, &limits)))
    {
        shown.add(tested.name(), &said);
    }
    if shown.passed + shown.failed == 0 {
        anyhow::bail!("no Rego test matches --filter: see the names by `plangate test --timings`");
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

/// What is printed of policies and libraries, and how many of them passed and failed.
#[derive(Default)]
struct Shown {
    out: String,
    passed: usize,
    failed: usize,
}

/// What was seen of one policy or library.
#[derive(Default)]
struct Seen {
    /// How many of what held, in a line; none where nothing of it was run.
    line: Option<String>,
    problems: Vec<String>,
    /// What its tests printed, and how long they took.
    notes: Vec<String>,
}

impl Shown {
    fn add(&mut self, name: &str, seen: &Seen) {
        let Some(line) = &seen.line else { return };
        let mark = if seen.problems.is_empty() { "ok  " } else { "FAIL" };
        let colon = if line.is_empty() { "" } else { ": " };
        let _ = writeln!(self.out, "{mark} {name}{colon}{line}");
        for more in seen.problems.iter().chain(&seen.notes) {
            let _ = writeln!(self.out, "       {}", more.replace('\n', "\n       "));
        }
        if seen.problems.is_empty() {
            self.passed += 1;
        } else {
            self.failed += 1;
        }
    }
}

/// What the fixtures and tests of a policy, or the tests of a library, show.
fn one(test: &Test, pack: &Pack, tested: &Tested, limits: &Limits) -> Seen {
    let begin = Instant::now();
    let is_wanted = |name: &str| test.filter.as_ref().is_none_or(|filter| filter.is_match(name));
    let mut seen = Seen::default();
    let mut line = Vec::new();
    let results = match tested {
        Tested::Library(library) => engine::run_library_tests(library, &pack.libraries, limits, &is_wanted),
        Tested::Policy(policy) => {
            if test.filter.is_none() {
                let folder = author::folder_of(&test.folder, policy);
                let fixtures = author::judge_fixtures(pack, policy, &folder, &test.as_of.to_string(), limits);
                line.extend(
                    fixtures
                        .held
                        .iter()
                        .map(|(expected, number)| format!("{number} {expected}")),
                );
                seen.problems = fixtures.problems;
            }
            engine::run_tests(policy, &pack.libraries, limits, &is_wanted)
        }
    };
    match results {
        Ok(results) if results.is_empty() && test.filter.is_some() => return Seen::default(),
        Ok(results) if results.is_empty() => seen.problems.push("it has no Rego tests".to_owned()),
        Ok(results) => {
            line.push(text::count(results.len(), "test", "tests"));
            results.iter().for_each(|result| seen.add(result, test.timings));
        }
        Err(error) => seen.problems.push(error.to_string()),
    }
    // What keeps a policy from being loaded keeps its fixtures and its tests from being judged.
    let mut said = BTreeSet::new();
    seen.problems.retain(|problem| said.insert(problem.clone()));
    if test.timings {
        line.push(format!("in {}", time(begin.elapsed())));
    }
    seen.line = Some(line.join(", "));
    seen
}

impl Seen {
    fn add(&mut self, result: &TestResult, timings: bool) {
        let name = &result.name;
        match &result.outcome {
            TestOutcome::Pass => {}
            TestOutcome::Fail => self.problems.push(format!("{name} fails")),
            TestOutcome::Error(error) => self.problems.push(format!("{name} breaks: {error}")),
        }
        self.notes.extend(
            result
                .printed
                .iter()
                .map(|line| format!("{name} prints: {}", line.trim_end())),
        );
        if timings {
            self.notes.push(format!("{name} took {}", time(result.took)));
        }
    }
}

fn time(took: Duration) -> String {
    format!("{:.1} ms", took.as_secs_f64() * 1000.0)
}
