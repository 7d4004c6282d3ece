//! What a check costs, and how the model grows with a plan: `make bench`.
//!
//! The first figure is the processor time of whole runs of the binary on the quickstart plan, all policies included.
//! The others are the time and the peak memory of reading a plan and building its model, each in a process of its own.

#![allow(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::print_stdout,
    reason = "a benchmark may panic and prints"
)]

use std::fmt::Write;
use std::fs;
use std::process::{Command, Stdio};
use std::time::Instant;

use plangate::model::{self, State};
use plangate::plan;

const RUNS: u32 = 40;
const SIZES: [usize; 3] = [1_000, 10_000, 100_000];

fn main() {
    match std::env::args().skip(1).find_map(|argument| argument.parse().ok()) {
        Some(resources) => grow(resources),
        None => {
            check();
            for resources in SIZES {
                let this = std::env::current_exe().unwrap();
                assert!(
                    Command::new(this)
                        .arg(resources.to_string())
                        .status()
                        .unwrap()
                        .success()
                );
            }
        }
    }
}

/// Prints the processor time of a check of the quickstart plan.
fn check() {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");
    let run = || {
        let mut command = Command::new(env!("CARGO_BIN_EXE_plangate"));
        command
            .args(["check", plan, "--as-of", "2026-11-22"])
            .env_remove("RUST_BACKTRACE");
        let status = command.stdout(Stdio::null()).stderr(Stdio::null()).status().unwrap();
        assert_eq!(status.code(), Some(1));
    };
    run();
    let (before, start) = (children_ticks(), Instant::now());
    (0..RUNS).for_each(|_| run());
    let wall = start.elapsed() / RUNS;
    let cpu = f64::from(u32::try_from(children_ticks() - before).unwrap()) * 10.0 / f64::from(RUNS);
    println!(
        "check of 12 resources, all policies: {cpu:.1} ms of CPU, {} ms wall, mean of {RUNS} runs",
        wall.as_millis()
    );
}

/// The processor time of the processes that were waited for, in hundredths of a second (Linux).
fn children_ticks() -> u64 {
    let stat = fs::read_to_string("/proc/self/stat").unwrap();
    let fields: Vec<&str> = stat.rsplit(')').next().unwrap().split_whitespace().collect();
    fields[13].parse::<u64>().unwrap() + fields[14].parse::<u64>().unwrap()
}

/// Prints what reading and modelling a plan of that many resources takes.
fn grow(resources: usize) {
    let text = synthetic(resources / 2);
    let start = Instant::now();
    let plan = plan::parse(&text).unwrap();
    let model = model::build(&plan, State::After, None);
    let time = start.elapsed();
    assert_eq!(model.resource_count(), resources);
    let linked = &model.resources["aws_s3_bucket"][0].referrers["aws_s3_bucket_public_access_block"];
    assert!(linked.len() == 1 && linked[0].certain);
    let status = fs::read_to_string("/proc/self/status").unwrap();
    let peak = status
        .lines()
        .find_map(|line| line.strip_prefix("VmHWM:"))
        .unwrap()
        .trim()
        .to_owned();
    println!(
        "model of {resources} resources ({} MB): {} ms, peak {peak} with the text",
        text.len() / 1_000_000,
        time.as_millis()
    );
}

/// A plan of so many buckets by `for_each`, and a public access block for each.
fn synthetic(buckets: usize) -> String {
    let mut changes = String::new();
    for bucket in 0..buckets {
        let pair = [
            (
                "aws_s3_bucket",
                format!(r#"{{"bucket":"bucket-{bucket}","force_destroy":null,"tags":{{"team":"a"}}}}"#),
                r#"{"arn":true,"id":true,"region":true}"#,
            ),
            (
                "aws_s3_bucket_public_access_block",
                r#"{"block_public_acls":true,"block_public_policy":true}"#.to_owned(),
                r#"{"bucket":true,"id":true}"#,
            ),
        ];
        for (kind, after, unknown) in pair {
            let _ = write!(
                changes,
                r#"{}{{"address":"{kind}.all[\"k{bucket}\"]","mode":"managed","type":"{kind}","name":"all","index":"k{bucket}","provider_name":"registry.terraform.io/hashicorp/aws","change":{{"actions":["create"],"before":null,"after":{after},"after_unknown":{unknown},"before_sensitive":false,"after_sensitive":{{}}}}}}"#,
                if changes.is_empty() { "" } else { "," }
            );
        }
    }
    let resource = |kind: &str, expressions: &str, for_each: &str| {
        format!(
            r#"{{"address":"{kind}.all","mode":"managed","type":"{kind}","name":"all","provider_config_key":"aws","expressions":{expressions},"schema_version":0,"for_each_expression":{{"references":["{for_each}"]}}}}"#
        )
    };
    let configuration = [
        resource(
            "aws_s3_bucket",
            r#"{"bucket":{"references":["each.key"]}}"#,
            "var.names",
        ),
        resource(
            "aws_s3_bucket_public_access_block",
            r#"{"bucket":{"references":["each.value.id","each.value"]},"block_public_acls":{"constant_value":true}}"#,
            "aws_s3_bucket.all",
        ),
    ];
    format!(
        r#"{{"format_version":"1.2","terraform_version":"1.11.4","resource_changes":[{changes}],"configuration":{{"root_module":{{"resources":[{}]}}}}}}"#,
        configuration.join(",")
    )
}
