//! `plangate test`: proves that policies catch what they should.

use std::collections::BTreeSet;
use std::fmt::Write;
use std::io::{IsTerminal, stdout};
use std::num::NonZeroUsize;
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use clap::builder::ValueParser;
use clap::{Args, ValueEnum};
use jiff::civil::Date;
use regex::Regex;

use super::limits::LimitArgs;
use super::watch::{self, Changed};
use super::{output, talk, values};
use crate::abreast;
use crate::author;
use crate::engine::{Engine, Limits, TestOutcome, TestResult, Tested};
use crate::pack::{Filter, Library, Pack, Policy};
use crate::report::proof::{self, Proof};
use crate::report::{Exit, text};

const EXAMPLES: &str = "\
Examples:
  plangate test
  plangate test our-policies --only acme.s3 --timings
  plangate test our-policies --filter test_unknown
  plangate test our-policies --format junit >tests.xml
  plangate test our-policies --coverage --min 90 --coverage-html coverage.html
  plangate test our-policies --mutate --max-survivors 5
  plangate test our-policies --watch

What is printed is for people; --format json and junit are for machines. It ends with 0 where everything does what its
fixtures and tests say, with 1 where something does not, and with 2 where that cannot be told.";

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

    /// Say which lines of the rules neither the Rego tests nor the fixtures evaluate
    #[arg(long, conflicts_with = "mutate")]
    coverage: bool,

    /// With --coverage, write it to this file too, as an LCOV trace file
    #[arg(long, value_name = "FILE", requires = "coverage")]
    coverage_lcov: Option<PathBuf>,

    /// With --coverage, write it to this file too, as a page for a browser
    #[arg(long, value_name = "FILE", requires = "coverage")]
    coverage_html: Option<PathBuf>,

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

    /// Test again what changes, with what did not pass, until ctrl-c; the exit code is then that of the last run
    #[arg(long, conflicts_with = "mutate")]
    watch: bool,
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
    if !test.watch {
        return once(test, None).map(|(exit, _)| exit);
    }
    watch::run(&test.folder, |changed| {
        if test.format == Format::Text && stdout().is_terminal() {
            // The screen is that of the last run.
            output::print(b"\x1b[2J\x1b[3J\x1b[H")?;
        }
        once(test, changed)
    })
}

/// Tests what is selected, or what of it changed; gives what did not pass, too.
fn once(test: &Test, changed: Option<&Changed>) -> anyhow::Result<(Exit, BTreeSet<String>)> {
    let pack = super::policies::of_folder(&test.folder)?;
    let selected = pack.select(Filter {
        only: &test.only,
        ..Filter::default()
    })?;
    // What is wrong with a library is wrong with every policy: it is said once.
    Engine::new(&pack.clone().without_policies(), Limits::default())?;
    if test.mutate {
        let as_of = test.as_of.to_string();
        let exit = super::mutate::run(&test.folder, &pack, &selected.policies, &as_of, test.max_survivors)?;
        return Ok((exit, BTreeSet::new()));
    }
    // Policies are tested at the same time, and each has one thread.
    let limits = Limits {
        workers: Some(NonZeroUsize::MIN),
        ..test.limits.limits()?
    };
    let libraries = pack.libraries.iter().filter(|library| library.tests.is_some());
    let libraries = libraries.filter(|_| test.only.is_empty()).map(Subject::Library);
    let mut all: Vec<Subject> = libraries.chain(selected.policies.iter().map(Subject::Policy)).collect();
    if let Some(changed) = changed.filter(|changed| is_of_policies(&test.folder, &pack, changed)) {
        all.retain(|subject| subject.is_meant(&test.folder, changed));
    }
    let proofs = abreast::each(all.iter(), all.len(), |subject| one(test, &pack, subject, &limits));
    let proofs: Vec<Proof> = proofs.into_iter().flatten().collect();
    if proofs.is_empty() && test.filter.is_some() && changed.is_none() {
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
    if let Some(file) = &test.coverage_html {
        output::save(file, &proof::html(&proofs))?;
    }
    let failed = proofs.iter().filter(|proof| !proof.passed());
    let failed: BTreeSet<String> = failed.map(|proof| proof.name.clone()).collect();
    if !failed.is_empty() {
        let those = match failed.len() {
            1 => "1 of them does not do what its".to_owned(),
            several => format!("{several} of them do not do what their"),
        };
        talk::error(&format!("{those} fixtures and tests say"));
        return Ok((Exit::Failed, failed));
    }
    let share = proof::share(proofs.iter().filter_map(|proof| proof.coverage.as_ref()));
    if let Some(min) = test.min.filter(|min| share < *min) {
        talk::error(&format!(
            "{share:.1} % of the lines are covered, less than {min} %: add fixtures or Rego tests that evaluate the others"
        ));
        return Ok((Exit::Failed, failed));
    }
    Ok((Exit::Passed, failed))
}

/// What is tested.
#[derive(Clone, Copy)]
enum Subject<'p> {
    Library(&'p Library),
    Policy(&'p Policy),
}

impl<'p> Subject<'p> {
    fn name(&self) -> &str {
        match self {
            Subject::Library(library) => &library.package,
            Subject::Policy(policy) => &policy.id,
        }
    }

    fn tested(&self, pack: &'p Pack) -> Tested<'p> {
        match self {
            Subject::Library(library) => Tested::library(library, &pack.libraries),
            Subject::Policy(policy) => Tested::policy(policy, &pack.libraries),
        }
    }

    /// Whether a file of its folder changed, or it did not pass before.
    fn is_meant(&self, folder: &Path, changed: &Changed) -> bool {
        let has_changed = match self {
            Subject::Library(_) => false,
            Subject::Policy(policy) => {
                let own = author::folder_of(folder, policy);
                changed.files.iter().any(|file| file.starts_with(&own))
            }
        };
        has_changed || changed.failed.contains(self.name())
    }
}

/// Whether what changed belongs to policies; what does not, as a library, may be read by all of them.
fn is_of_policies(folder: &Path, pack: &Pack, changed: &Changed) -> bool {
    let folders: Vec<PathBuf> = pack
        .policies
        .iter()
        .map(|policy| author::folder_of(folder, policy))
        .collect();
    let is_known = |file: &PathBuf| folders.iter().any(|own| file.starts_with(own));
    changed.files.iter().all(is_known)
}

/// What the fixtures and tests of a policy, or the tests of a library, show; none where no test is wanted.
fn one(test: &Test, pack: &Pack, subject: &Subject, limits: &Limits) -> Option<Proof> {
    let begin = Instant::now();
    let is_wanted = |name: &str| test.filter.as_ref().is_none_or(|filter| filter.is_match(name));
    let mut proof = Proof {
        name: subject.name().to_owned(),
        ..Proof::default()
    };
    let tested = subject.tested(pack);
    let as_of = test.as_of.to_string();
    let judged = match subject {
        Subject::Policy(policy) if test.filter.is_none() => Some((*policy, author::folder_of(&test.folder, policy))),
        _ => None,
    };
    if let Some((policy, folder)) = &judged {
        let fixtures = author::judge_fixtures(pack, policy, folder, &as_of, limits);
        let held = fixtures.held.iter();
        proof.fixtures = held.map(|(expected, number)| (expected.to_string(), *number)).collect();
        proof.problems = fixtures.problems;
    }
    // What does not hold may have been stopped at its limits, which hold in processes of their own only.
    let documents = match &judged {
        Some((policy, folder)) if test.coverage && proof.problems.is_empty() => {
            author::documents(pack, policy, folder, &as_of)
        }
        _ => Vec::new(),
    };
    match tested.run(limits, &is_wanted) {
        Ok(results) if results.is_empty() && test.filter.is_some() => return None,
        Ok(results) if results.is_empty() => proof.problems.push("it has no Rego tests".to_owned()),
        Ok(results) => proof.tests = results,
        Err(error) => proof.problems.push(error.to_string()),
    }
    if test.coverage {
        let ended = proof.tests.iter();
        let ended = ended.filter(|result| !matches!(result.outcome, TestOutcome::Error(_)));
        let ended: BTreeSet<&str> = ended.map(|result| &*result.name).collect();
        match tested.coverage(limits, &|name| ended.contains(name), &documents) {
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
