//! What a check costs beside other tools and beside a bare parse of the same bytes: `make bench`.
//!
//! Every row is a process of its own, run in turn with the others, so that what else the machine does touches all of
//! them alike; medians are printed, and the ratios that plangate is held to. A tool that is not installed is left out,
//! with a word.
//!
//! ```sh
//! cargo bench --bench compare -- --sizes 10,1000 --rows plangate,opa --rounds 5
//! cargo bench --bench compare -- --each          # every policy alone: time and memory from 10k to 100k resources
//! ```

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    clippy::print_stderr,
    clippy::cast_precision_loss,
    reason = "a benchmark may panic and prints"
)]

mod support;

use std::collections::{BTreeMap, BTreeSet};
use std::fs::{self, File};
use std::io::BufWriter;
use std::path::{Path, PathBuf};
use std::process::Command;

use plangate::plan;
use serde::de::IgnoredAny;
use serde_json::Value;

use support::child::{self, Cost};
use support::generate;

const USAGE: &str = "usage: compare [--sizes N,...] [--rows NAME,...] [--rounds N] [--each] | --write N FILE";
const ROOT: &str = env!("CARGO_MANIFEST_DIR");
const PLANGATE: &str = env!("CARGO_BIN_EXE_plangate");
const DATE: &str = "2026-11-22";

/// What is measured.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
enum Row {
    /// A pass that keeps nothing.
    Ignored,
    /// A tree of `serde_json::Value`.
    Value,
    /// The library's reading of the plan, without policies.
    Plan,
    /// plangate with the fifteen policies of the bench.
    Plangate,
    /// plangate with all policies that it carries.
    PlangateAll,
    /// `opa eval` with the same fifteen, written for raw plans.
    Opa,
    /// `opa eval` with plangate's policies over what `plangate inspect` prints.
    OpaAll,
    /// Conftest with the fifteen.
    Conftest,
    /// Conftest with one policy.
    ConftestOne,
    /// Checkov with its own policies.
    Checkov,
}

const ROWS: [(Row, &str, usize); 10] = [
    (Row::Ignored, "ignored", usize::MAX),
    (Row::Value, "value", usize::MAX),
    (Row::Plan, "plan", usize::MAX),
    (Row::Plangate, "plangate", usize::MAX),
    (Row::PlangateAll, "plangate-all", usize::MAX),
    (Row::Opa, "opa", usize::MAX),
    // The others take minutes on more than that, and are run on it only where they are asked for by name.
    (Row::OpaAll, "opa-all", 10_000),
    (Row::Conftest, "conftest", 10_000),
    (Row::ConftestOne, "conftest-one", 10),
    (Row::Checkov, "checkov", 1_000),
];

impl Row {
    fn name(self) -> &'static str {
        ROWS.iter().find(|row| row.0 == self).map_or("", |row| row.1)
    }

    /// The program that is run on a plan, and its exit codes.
    fn command(self, plan: &Path) -> (Command, &'static [i32]) {
        let this = |what: &str| {
            let mut command = Command::new(std::env::current_exe().unwrap());
            command.args(["--parse", what]).arg(plan);
            (command, &[0][..])
        };
        let policies = Path::new(ROOT).join("benches/policies");
        let conftest = |policies: PathBuf| {
            let mut command = Command::new("conftest");
            command
                .args(["test", "--all-namespaces", "--output", "json", "--policy"])
                .arg(policies)
                .arg(plan);
            (command, &[0, 1][..])
        };
        match self {
            Row::Ignored | Row::Value | Row::Plan => this(self.name()),
            Row::Plangate => {
                let mut command = check(plan);
                command
                    .args(["--only", "bench", "--policy"])
                    .arg(policies.join("model"));
                (command, &[0, 1])
            }
            Row::PlangateAll => (check(plan), &[0, 1]),
            Row::Opa => {
                let mut command = Command::new("opa");
                command
                    .args(["eval", "--format", "json", "data.bench", "--data"])
                    .arg(policies.join("raw"));
                command.arg("--input").arg(plan);
                (command, &[0])
            }
            Row::OpaAll => {
                let mut command = Command::new("opa");
                command.args([
                    "eval",
                    "--format",
                    "json",
                    "{\"aws\": data.aws, \"terraform\": data.terraform}",
                ]);
                command
                    .args(["--ignore", "*_test.rego", "--bundle", "policies", "--input"])
                    .arg(model(plan));
                command.current_dir(ROOT);
                (command, &[0])
            }
            Row::Conftest => conftest(policies.join("raw")),
            Row::ConftestOne => conftest(policies.join("raw/key_rotation.rego")),
            Row::Checkov => {
                let mut command = Command::new("python3");
                let folder = std::env::var_os("PLANGATE_CHECKOV").unwrap_or_else(|| "/opt/checkov".into());
                command.args([
                    "-m",
                    "checkov.main",
                    "--quiet",
                    "--output",
                    "json",
                    "--skip-download",
                    "--file",
                ]);
                command.arg(plan).env("PYTHONPATH", folder);
                (command, &[0, 1])
            }
        }
    }

    /// Whether what it printed is what it prints where it runs: readings print nothing, and all others JSON.
    fn has_said(self, printed: &[u8]) -> bool {
        match self {
            Row::Ignored | Row::Value | Row::Plan => printed.is_empty(),
            _ => serde_json::from_slice::<IgnoredAny>(printed).is_ok(),
        }
    }

    /// The findings in what it printed; `None` where they are not those of the fifteen policies.
    fn findings(self, printed: &[u8]) -> Option<BTreeSet<String>> {
        let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
        let finding = |policy: &str, at: &Value| format!("{policy} {}", text(at));
        let said: Value = serde_json::from_slice(printed).ok()?;
        match self {
            Row::Plangate => {
                let rows = said["plans"][0]["results"].as_array()?.iter();
                let failed = rows.filter(|row| row["verdict"] == "fail");
                Some(
                    failed
                        .map(|row| finding(&text(&row["policy"])["bench.".len()..], &row["address"]))
                        .collect(),
                )
            }
            Row::Opa => {
                let policies = said["result"][0]["expressions"][0]["value"].as_object()?;
                let all = policies.iter().flat_map(|(policy, said)| {
                    said["deny"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(move |at| finding(policy, at))
                });
                Some(all.collect())
            }
            Row::Conftest => {
                let all = said.as_array()?.iter().flat_map(|said| {
                    let policy = &said["namespace"].as_str().unwrap_or_default()["bench.".len()..];
                    said["failures"]
                        .as_array()
                        .into_iter()
                        .flatten()
                        .map(move |one| finding(policy, &one["msg"]))
                });
                Some(all.collect())
            }
            _ => None,
        }
    }
}

fn check(plan: &Path) -> Command {
    let mut command = Command::new(PLANGATE);
    command
        .args(["check", "--as-of", DATE, "--format", "json"])
        .arg(plan)
        .env_remove("RUST_BACKTRACE");
    command
}

/// What `plangate inspect` prints of a plan, beside it.
fn model(plan: &Path) -> PathBuf {
    let model = plan.with_extension("model");
    if !model.exists() {
        let mut inspect = Command::new(PLANGATE);
        inspect
            .args(["inspect", "--as-of", DATE])
            .arg(plan)
            .stdout(File::create(&model).unwrap());
        assert!(inspect.status().unwrap().success());
    }
    model
}

/// A plan of that size, made where it is not there yet.
fn plan_of(resources: usize) -> PathBuf {
    let folder = Path::new(env!("CARGO_TARGET_TMPDIR")).join("bench");
    fs::create_dir_all(&folder).unwrap();
    let path = folder.join(format!("{resources}.json"));
    generate::write(resources, BufWriter::new(File::create(&path).unwrap())).unwrap();
    let _ = fs::remove_file(path.with_extension("model"));
    path
}

struct Arguments {
    sizes: Vec<usize>,
    rows: Option<Vec<Row>>,
    rounds: Option<usize>,
    each: bool,
}

fn arguments(mut all: impl Iterator<Item = String>) -> Option<Arguments> {
    let mut arguments = Arguments {
        sizes: vec![10, 1_000, 10_000, 100_000],
        rows: None,
        rounds: None,
        each: false,
    };
    while let Some(argument) = all.next() {
        match argument.as_str() {
            // What Cargo says to every bench.
            "--bench" => {}
            "--each" => arguments.each = true,
            "--sizes" => arguments.sizes = all.next()?.split(',').map(str::parse).collect::<Result<_, _>>().ok()?,
            "--rounds" => arguments.rounds = Some(all.next()?.parse().ok()?),
            "--rows" => {
                let named = |name: &str| ROWS.iter().find(|row| row.1 == name).map(|row| row.0);
                arguments.rows = Some(all.next()?.split(',').map(named).collect::<Option<_>>()?);
            }
            _ => return None,
        }
    }
    Some(arguments)
}

fn main() {
    let given: Vec<String> = std::env::args().skip(1).collect();
    match &given.iter().map(String::as_str).collect::<Vec<_>>()[..] {
        ["--parse", what, plan, ..] => return parse(what, plan),
        ["--write", resources, file, ..] => {
            let file = BufWriter::new(File::create(file).unwrap());
            return generate::write(resources.parse().unwrap(), file).unwrap();
        }
        _ => {}
    }
    let Some(arguments) = arguments(given.into_iter()) else {
        eprintln!("{USAGE}\nrows: {}", ROWS.map(|row| row.1).join(", "));
        std::process::exit(2);
    };
    if arguments.each {
        return each();
    }
    let mut table = Table::default();
    for resources in &arguments.sizes {
        table.measure(*resources, &arguments);
    }
    table.limits();
}

/// Reads a plan in one of the ways that are measured.
fn parse(what: &str, plan: &str) {
    let bytes = fs::read(plan).unwrap();
    match what {
        "ignored" => drop(serde_json::from_slice::<IgnoredAny>(&bytes).unwrap()),
        "value" => std::mem::forget(serde_json::from_slice::<Value>(&bytes).unwrap()),
        _ => {
            let decoded = plan::decode(bytes).unwrap();
            std::mem::forget(plan::parse(&decoded.text).unwrap());
        }
    }
}

#[derive(Default)]
struct Table {
    /// By size and row.
    costs: BTreeMap<(usize, Row), Cost>,
    /// By size, in MB.
    files: BTreeMap<usize, f64>,
}

impl Table {
    fn measure(&mut self, resources: usize, arguments: &Arguments) {
        let plan = plan_of(resources);
        let megabytes = fs::metadata(&plan).unwrap().len() as f64 / 1e6;
        self.files.insert(resources, megabytes);
        let rows: Vec<Row> = match &arguments.rows {
            Some(rows) => rows.clone(),
            None => ROWS.iter().filter(|row| resources <= row.2).map(|row| row.0).collect(),
        };
        let rounds = arguments.rounds.unwrap_or(match resources {
            0..=100 => 20,
            101..=1_000 => 5,
            _ => 3,
        });
        let mut costs: BTreeMap<Row, Vec<Cost>> = BTreeMap::new();
        let mut findings: BTreeMap<Row, BTreeSet<String>> = BTreeMap::new();
        for round in 0..rounds {
            for row in &rows {
                // What takes a quarter of a minute is run once.
                if round > 0 && costs.get(row).is_none_or(|costs| costs[0].wall > 15.0) {
                    continue;
                }
                let (mut command, codes) = row.command(&plan);
                match child::run(&mut command, codes) {
                    Some((cost, printed)) if row.has_said(&printed) => {
                        costs.entry(*row).or_default().push(cost);
                        if round == 0 {
                            findings.extend(row.findings(&printed).map(|found| (*row, found)));
                        }
                    }
                    _ => eprintln!("{}: skipped, since it does not run here", row.name()),
                }
            }
        }
        println!("\n{resources} resources, {megabytes:.1} MB; the median of {rounds} runs in turn");
        println!("{:<14}{:>10}{:>10}{:>10}  findings", "", "wall s", "CPU s", "peak MB");
        for (row, costs) in &costs {
            let cost = child::median(costs);
            self.costs.insert((resources, *row), cost);
            let found = findings
                .get(row)
                .map_or_else(String::new, |found| found.len().to_string());
            println!(
                "{:<14}{:>10.4}{:>10.4}{:>10.1}  {found}",
                row.name(),
                cost.wall,
                cost.cpu,
                cost.peak
            );
        }
        let mut all = findings.values();
        if let Some(first) = all.next() {
            assert!(resources < 1_000 || !first.is_empty(), "the policies find nothing");
            assert!(
                all.all(|other| other == first),
                "the two dialects of the policies differ in what they find"
            );
        }
    }

    /// Prints the ratios that plangate is held to, as far as both of their sides were measured.
    fn limits(&self) {
        println!("\nlimits");
        let wall: fn(&Cost) -> f64 = |cost| cost.wall;
        let peak: fn(&Cost) -> f64 = |cost| cost.peak;
        let of = |size, row, what: fn(&Cost) -> f64| self.costs.get(&(size, row)).map(what);
        let ratio = |one: Option<f64>, other: Option<f64>| Some(one? / other?);
        let sizes = |what: &str, row: Row, by: fn(&Cost) -> f64| {
            let grown = ratio(of(100_000, row, by), of(10_000, row, by));
            (format!("{} from 10k to 100k, {what}", row.name()), grown, 11.0)
        };
        let against = |what: &str, size: usize, row: Row, by: fn(&Cost) -> f64, other: Row, limit: f64| {
            let measured = ratio(of(size, row, by), of(size, other, by));
            (
                format!("{} at {size}, {what} by that of {}", row.name(), other.name()),
                measured,
                limit,
            )
        };
        let size = self.files.get(&100_000).copied();
        let limits = [
            against("time", 100_000, Row::Plangate, wall, Row::Opa, 1.0 / 7.0),
            against("memory", 100_000, Row::Plangate, peak, Row::Opa, 1.0 / 10.0),
            against("time", 100_000, Row::PlangateAll, wall, Row::OpaAll, 1.0 / 5.0),
            against("time", 10_000, Row::PlangateAll, wall, Row::OpaAll, 1.0 / 5.0),
            (
                "plangate-all at 100000, memory by the file's size".to_owned(),
                ratio(of(100_000, Row::PlangateAll, peak), size),
                3.0,
            ),
            against("time", 10_000, Row::Plangate, wall, Row::Conftest, 1.0 / 30.0),
            against("time", 1_000, Row::PlangateAll, wall, Row::Checkov, 1.0 / 100.0),
            against("time", 10, Row::PlangateAll, wall, Row::ConftestOne, 1.0 / 2.0),
            (
                "plangate-all at 10, CPU by 20 ms".to_owned(),
                ratio(of(10, Row::PlangateAll, |cost| cost.cpu), Some(0.020)),
                1.0,
            ),
            sizes("time", Row::Plangate, wall),
            sizes("memory", Row::Plangate, peak),
            sizes("time", Row::PlangateAll, wall),
            sizes("memory", Row::PlangateAll, peak),
            against("time", 100_000, Row::Plan, wall, Row::Ignored, 2.0),
        ];
        for (what, measured, limit) in limits {
            let Some(measured) = measured else { continue };
            let verdict = if measured <= limit { "held" } else { "NOT held" };
            println!("{what:<62}{measured:>9.3}  at most {limit:.3}  {verdict}");
        }
    }
}

/// Prints the policies that grow fastest from 10k to 100k resources, each on its own.
fn each() {
    const SHOWN: usize = 15;
    let plans = [plan_of(10_000), plan_of(100_000)];
    let listed = Command::new(PLANGATE)
        .args(["list", "--format", "json"])
        .output()
        .unwrap()
        .stdout;
    let listed: Value = serde_json::from_slice(&listed).unwrap();
    let ids = listed
        .as_array()
        .unwrap()
        .iter()
        .map(|policy| policy["policy"].as_str().unwrap());
    let mut grown: Vec<(f64, f64, f64, &str)> = ids
        .map(|id| {
            let run = |plan: &PathBuf| child::run(check(plan).args(["--only", id]), &[0, 1]).unwrap().0;
            let [small, large] = [run(&plans[0]), run(&plans[1])];
            (large.cpu / small.cpu, large.peak / small.peak, large.wall, id)
        })
        .collect();
    grown.sort_by(|one, other| other.0.total_cmp(&one.0));
    println!(
        "{} policies; those that grow fastest from 10k to 100k resources\n",
        grown.len()
    );
    println!("{:>10}{:>10}{:>10}  policy", "CPU", "memory", "100k s");
    for (cpu, peak, wall, id) in grown.iter().take(SHOWN) {
        println!("{cpu:>9.1}x{peak:>9.1}x{wall:>10.2}  {id}");
    }
    let over = grown
        .iter()
        .filter(|(cpu, peak, ..)| *cpu > 11.0 || *peak > 11.0)
        .count();
    println!("\n{over} of them grow more than elevenfold");
}
