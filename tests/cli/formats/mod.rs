//! Every format opens in its consumer's schema or parser: for every plan, for one without findings, for one that cannot
//! be read, and for what only an adversary would write.

mod consumers;

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use plangate::engine::{Engine, Limits};
use plangate::judge::Judge;
use plangate::model::Value;
use plangate::pack::{Filter, Pack, Severity};
use plangate::report::{
    Counts, FORMATS, Gate, OnUnknown, Options, PlanReport, Report, Row, Since, Source, Verdict, Waiver, fingerprint,
};
use plangate::{plan, source};

use super::beside;
use super::support::{Folder, demo, plangate};
use consumers::Consumers;

const DATE: &str = "2026-11-22";

fn judge(pack: &Pack) -> Judge<'_> {
    Judge {
        engine: Engine::new(pack, Limits::default()).unwrap(),
        params: pack.params(&BTreeMap::new()).unwrap(),
        as_of: DATE.to_owned(),
        pack,
    }
}

fn judged(judge: &Judge, path: &Path) -> PlanReport {
    let name = path.to_str().unwrap();
    let decoded = plan::decode(fs::read(path).unwrap()).unwrap();
    let plan = plan::parse(&decoded.text).unwrap();
    let folder = path.parent().unwrap();
    let source = source::Source::read(folder).ok();
    let mut report = judge.judge(name, &plan, source.as_ref()).unwrap();
    report.folder = source.map(|source| source.folder().display().to_string());
    report
}

/// Renders a report in every format, twice, and has each read.
fn open_all(consumers: &Consumers, plans: Vec<PlanReport>, gate: Gate, pack: Option<&Pack>) {
    let report = Report::new(DATE, plans, &gate);
    let options = Options {
        gate,
        pack,
        ..Options::default()
    };
    for format in FORMATS {
        let bytes = (format.render)(&report, &options);
        assert_eq!(
            bytes,
            (format.render)(&report, &options),
            "{}: the same report, other bytes",
            format.name
        );
        consumers.open(format.name, &bytes, &report, &gate);
    }
}

fn plans_of(folder: &Path, plans: &mut Vec<PathBuf>) {
    let mut entries: Vec<PathBuf> = fs::read_dir(folder)
        .unwrap()
        .map(|entry| entry.unwrap().path())
        .collect();
    entries.sort();
    for entry in entries {
        if entry.is_dir() {
            plans_of(&entry, plans);
        } else if entry.file_name().is_some_and(|name| name == "plan.json") {
            plans.push(entry);
        }
    }
}

fn root() -> &'static Path {
    Path::new(env!("CARGO_MANIFEST_DIR"))
}

#[test]
fn every_plan_opens_in_every_consumer() {
    let consumers = Consumers::new();
    let pack = Pack::embedded().unwrap();
    let judge = judge(&pack);
    let mut plans = vec![root().join("testdata/quickstart/plan.json")];
    plans_of(&root().join("testdata/model"), &mut plans);
    // Formats know nothing of models: some of their cases are as good as all.
    let mut plans: Vec<PathBuf> = plans.into_iter().step_by(9).collect();
    if let Some(stacks) = beside::folder("stacks") {
        plans_of(&stacks, &mut plans);
    }
    let strict = Gate {
        fail_on: Severity::Info,
        unknown: OnUnknown::Fail,
        ..Gate::default()
    };
    let reports: Vec<PlanReport> = plans.iter().map(|plan| judged(&judge, plan)).collect();
    for (number, report) in reports.iter().enumerate() {
        let (gate, pack) = match number % 2 {
            0 => (Gate::default(), Some(&pack)),
            _ => (strict, None),
        };
        open_all(&consumers, vec![report.clone()], gate, pack);
    }
    open_all(&consumers, reports, Gate::default(), Some(&pack));
}

#[test]
fn a_report_without_findings_opens_in_every_consumer() {
    let only = ["terraform.plan.empty".to_owned()];
    let filter = Filter {
        only: &only,
        ..Filter::default()
    };
    let pack = Pack::embedded().unwrap().select(filter).unwrap();
    let report = judged(&judge(&pack), &root().join("testdata/quickstart/plan.json"));
    assert_eq!((report.counts.pass, report.results.len()), (1, 1));
    open_all(&Consumers::new(), vec![report], Gate::default(), Some(&pack));
}

/// What nobody would call a resource.
const EVIL: &str = "x.y[\"</script><img src=x onerror=alert(1)>|`]]>&\u{1b}[2J\u{202e}\r\n::error::@admin,:%0A{0}[a](b)\u{0}\u{ffff}--><!--\"]";

fn evil(verdict: Verdict, address: &str) -> Row {
    let waiver = Waiver {
        reason: EVIL.into(),
        owner: EVIL.into(),
        ticket: Some(EVIL.into()),
        expires: Some("2027-01-31".into()),
        source: Source {
            file: "=plangate.toml".into(),
            line: 7,
        },
    };
    Row {
        policy: "a.b".into(),
        address: Some(address.into()),
        key: Some(format!("=cmd|' /C calc'!A0{EVIL}").into()),
        verdict,
        severity: Severity::High,
        enforcement: plangate::pack::Enforcement::default(),
        since: (verdict == Verdict::Fail).then_some(Since::Introduced),
        title: EVIL.into(),
        message: Some(EVIL.into()),
        attribute: Some(EVIL.into()),
        found: Value::Array(vec![Value::from(EVIL), Value::sensitive()]),
        expected: Value::from("@SUM(A1)"),
        cause: (verdict == Verdict::Unknown).then(|| EVIL.into()),
        remediation: Some(EVIL.into()),
        source: Some(Source {
            file: EVIL.into(),
            line: 3,
        }),
        waiver: (verdict == Verdict::Waived).then(|| Arc::new(waiver)),
        fingerprint: fingerprint(None, &Value::from(EVIL)),
    }
}

fn plan_report(name: &str, results: Vec<Row>) -> PlanReport {
    PlanReport {
        name: name.to_owned(),
        counts: Counts::of(&results),
        judged: results.len(),
        resources: results.len(),
        results,
        notes: vec![EVIL.to_owned()],
        error: None,
        ..PlanReport::unreadable(name, "")
    }
}

#[test]
fn nothing_in_a_plan_gets_out_of_its_place() {
    let every = [
        evil(Verdict::Fail, EVIL),
        evil(Verdict::Unknown, EVIL),
        evil(Verdict::Waived, EVIL),
        evil(Verdict::Pass, EVIL),
    ];
    let every = every.into_iter().enumerate().map(|(number, row)| Row {
        key: Some(format!("{number}{EVIL}").into()),
        ..row
    });
    let consumers = Consumers::new();
    let judged = plan_report(EVIL, every.collect());
    open_all(&consumers, vec![judged.clone()], Gate::default(), None);
    let broke = Row {
        address: None,
        key: None,
        ..evil(Verdict::Error, EVIL)
    };
    let broken = plan_report("-", vec![broke]);
    let unread = PlanReport::unreadable("b.json", EVIL);
    open_all(&consumers, vec![judged, broken, unread], Gate::default(), None);
}

fn text(format: &str, plans: Vec<PlanReport>) -> String {
    let report = Report::new(DATE, plans, &Gate::default());
    let format = FORMATS.iter().find(|other| other.name == format).unwrap();
    String::from_utf8((format.render)(&report, &Options::default())).unwrap()
}

#[test]
fn a_comment_that_would_be_too_long_says_what_it_leaves_out() {
    let fail = |number: usize, severity| Row {
        severity,
        message: Some(format!("finding {number} {}", "x".repeat(300)).into()),
        ..evil(Verdict::Fail, &format!("x.y[{number}]"))
    };
    let mut rows: Vec<Row> = (0..2000).map(|number| fail(number, Severity::Info)).collect();
    rows.push(fail(2000, Severity::Critical));
    let consumers = Consumers::new();
    open_all(&consumers, vec![plan_report("p", rows.clone())], Gate::default(), None);
    let comment = text("markdown", vec![plan_report("p", rows)]);
    assert!(comment.len() > 60_000, "{}", comment.len());
    let critical = comment.find("finding 2000 ").unwrap();
    assert!(
        comment.find("finding 0 ").is_some_and(|info| critical < info),
        "what gates comes first"
    );
    let shown = comment.matches("<details>").count();
    let last = format!("**{} lines of the report are left out here**", 2001 - shown);
    assert!(comment.contains(&last), "{last}");
    let many = (0..3000).map(|number| plan_report(&format!("plan {number} {}", "x".repeat(40)), vec![]));
    assert!(text("markdown", many.collect()).len() <= 65_536);
}

#[test]
fn instances_that_say_the_same_are_folded() {
    let rows = (0..30)
        .map(|number| evil(Verdict::Fail, &format!("x.y[{number}]")))
        .collect();
    let comment = text("markdown", vec![plan_report("p", rows)]);
    assert_eq!(comment.matches("<details>").count(), 1);
    assert!(comment.contains("</code> and 29 more</summary>"), "{comment}");
    assert!(comment.contains("<li>and at 10 more</li>"), "{comment}");
    let rows = (0..30)
        .map(|number| evil(Verdict::Fail, &format!("x.y[{number}]")))
        .collect();
    let annotations = text("github", vec![plan_report("p", rows)]);
    assert_eq!(annotations.lines().count(), 1);
    assert!(
        annotations.trim_end().ends_with("(and 29 more of the same)"),
        "{annotations}"
    );
}

#[test]
fn the_tenth_annotation_says_how_many_there_are_more() {
    let fail = |number: usize| Row {
        message: Some(format!("finding {number}").into()),
        ..evil(Verdict::Fail, &format!("x.y[{number}]"))
    };
    let of = |number: usize| text("github", vec![plan_report("p", (0..number).map(fail).collect())]);
    assert_eq!(of(10).matches("::error ").count(), 10);
    assert!(!of(10).contains(" more "), "{}", of(10));
    let many = of(25);
    assert_eq!(many.lines().count(), 10);
    assert!(many.contains("::error title=plangate::and 16 more "), "{many}");
}

#[test]
fn several_formats_are_written_in_one_run() {
    let (folder, demo) = demo("formats");
    let out = Folder::new("formats-out");
    let plan = root().join("testdata/quickstart/plan.json");
    let files: Vec<String> = FORMATS
        .iter()
        .map(|format| format!("{0}={1}", format.name, out.path(format.name)))
        .collect();
    let formats = files.join(",");
    let arguments = [
        "check",
        plan.to_str().unwrap(),
        "--policy",
        &demo,
        "--as-of",
        DATE,
        "--format",
        &formats,
    ];
    let run = plangate(&[&arguments[..], &["--format", "jsonl"]].concat(), "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.starts_with("{\"type\":\"plan\""), "{}", run.stdout);
    for format in FORMATS {
        assert!(
            fs::metadata(out.path(format.name)).unwrap().len() > 0,
            "{}",
            format.name
        );
    }
    assert_eq!(fs::read_to_string(out.path("jsonl")).unwrap(), run.stdout);
    let twice = plangate(
        &["check", plan.to_str().unwrap(), "--format", "json", "--format", "csv"],
        "",
    );
    assert_eq!((twice.code, &*twice.stdout), (2, ""));
    assert!(twice.stderr.contains("--format csv=FILE"), "{}", twice.stderr);
    drop(folder);
}

/// What a page shows is what the format writes: `┆` stands for lines that are left out.
#[test]
fn the_page_shows_what_each_format_writes() {
    let page = include_str!("../../../docs/formats.md");
    let only = ["aws.s3.https_only".to_owned(), "aws.s3.versioning".to_owned()];
    let filter = Filter {
        only: &only,
        ..Filter::default()
    };
    let pack = Pack::embedded().unwrap().select(filter).unwrap();
    let report = judged(&judge(&pack), Path::new("testdata/quickstart/plan.json"));
    let report = Report::new(DATE, vec![report], &Gate::default());
    let options = Options {
        pack: Some(&pack),
        ..Options::default()
    };
    for format in FORMATS {
        let heading = format!("\n## {}\n", format.name);
        let section = page
            .split_once(&heading)
            .unwrap_or_else(|| panic!("no section on {}", format.name))
            .1;
        let sample = section.split("```").nth(1).unwrap().split_once('\n').unwrap().1;
        let written = String::from_utf8((format.render)(&report, &options)).unwrap();
        let mut rest = written.lines().peekable();
        let mut skips = false;
        for line in sample.lines() {
            if line == "┆" {
                skips = true;
                continue;
            }
            let found = match std::mem::take(&mut skips) {
                true => rest.any(|written| written == line),
                false => rest.next() == Some(line),
            };
            assert!(found, "{}: not written, or not there: {line}\n{written}", format.name);
        }
        assert!(
            skips || rest.next().is_none(),
            "{}: the sample ends before the report",
            format.name
        );
    }
}

#[test]
fn several_plans_have_their_names_in_one_report() {
    let (folder, demo) = demo("formats-names");
    let quickstart = include_str!("../../../testdata/quickstart/plan.json");
    for path in [
        "net/plan.json",
        "app/plan.json",
        "live/vpc/.terragrunt-cache/h/m/tfplan.json",
    ] {
        folder.write(path, quickstart);
    }
    let named = format!("network={}", folder.path("net/plan.json"));
    let pattern = folder.path("*/plan.json");
    let live = folder.path("live");
    let arguments = [
        "check", &named, &pattern, &live, "--policy", &demo, "--only", "demo", "--as-of", DATE,
    ];
    let run = plangate(&[&arguments[..], &["--format", "json"]].concat(), "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stderr.contains("is named twice, and judged once"), "{}", run.stderr);
    let report: serde_json::Value = serde_json::from_str(&run.stdout).unwrap();
    let names: Vec<_> = report["plans"]
        .as_array()
        .unwrap()
        .iter()
        .map(|plan| plan["name"].as_str().unwrap())
        .collect();
    assert_eq!(
        names,
        ["network", &folder.path("app/plan.json"), &folder.path("live/vpc")]
    );
    let none = plangate(&["check", &folder.path("*/none.json"), "--policy", &demo], "");
    assert_eq!(none.code, 2);
    assert!(none.stderr.contains("no file matches the pattern"), "{}", none.stderr);
}
