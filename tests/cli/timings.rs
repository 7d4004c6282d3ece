//! `--timings`, and many plans in one call.

use serde_json::Value;

use super::support::{Folder, Run, plangate};

const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");

fn check(arguments: &[&str]) -> Run {
    plangate(&[&["check", "--as-of", "2026-11-22"], arguments].concat(), "")
}

fn names<'a>(timings: &'a Value, of: &str, member: &str) -> Vec<&'a str> {
    let times = timings[of].as_array().unwrap();
    times.iter().map(|time| time[member].as_str().unwrap()).collect()
}

#[test]
fn timings_are_in_the_report_and_on_standard_error_only_where_they_are_asked_for() {
    let json = [PLAN, "--only", "aws.s3,aws.kms", "--format", "json"];
    let plain = check(&json);
    let timed = check(&[&json[..], &["--timings"]].concat());
    assert_eq!((plain.code, timed.code), (1, 1));
    assert!(!plain.stderr.contains("milliseconds"), "{}", plain.stderr);
    let mut report: Value = serde_json::from_str(&timed.stdout).unwrap();
    let timings = report.as_object_mut().unwrap().remove("timings").unwrap();
    assert_eq!(report, serde_json::from_str::<Value>(&plain.stdout).unwrap());
    assert_eq!(
        names(&timings, "stages", "stage"),
        [
            "load", "read", "decode", "parse", "source", "model", "compile", "evaluate", "report"
        ]
    );
    assert!(names(&timings, "policies", "policy").contains(&"aws.s3.versioning"));
    let times = timings["policies"].as_array().unwrap().iter();
    assert!(
        times
            .map(|time| time["milliseconds"].as_f64().unwrap())
            .is_sorted_by(|a, b| a >= b)
    );
    for name in ["stage", "evaluate", "policy", "aws.s3.versioning"] {
        assert!(timed.stderr.contains(name), "{}", timed.stderr);
    }
}

#[test]
fn plans_of_one_call_are_reported_in_their_order_and_as_each_alone() {
    let folder = Folder::new("abreast");
    let text = std::fs::read_to_string(PLAN).unwrap();
    let plans = ["c", "a", "d", "b"].map(|name| {
        let path = folder.path(&format!("{name}.json"));
        // Another set of policies judges them.
        let text = match name {
            "a" | "c" => text.replace("aws_s3_bucket", "aws_nothing"),
            _ => text.clone(),
        };
        std::fs::write(&path, text).unwrap();
        path
    });
    let report = |plans: &[&str]| -> Value {
        let run = check(&[plans, &["--format", "json"]].concat());
        serde_json::from_str(&run.stdout).unwrap()
    };
    let plans: Vec<&str> = plans.iter().map(String::as_str).collect();
    let together = report(&plans);
    for (number, plan) in plans.iter().enumerate() {
        assert_eq!(together["plans"][number], report(&[*plan])["plans"][0]);
    }
}
