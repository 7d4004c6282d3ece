//! `--help`, and what is said of wrong arguments.

use super::support::plangate;

#[test]
fn nothing_to_do_shows_the_help() {
    let run = plangate(&[], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("Usage: plangate") && run.stderr.contains("Examples:"));
    assert_eq!(run.stdout, "");
}

#[test]
fn help_and_version_go_to_standard_output() {
    for (arguments, expected) in [
        (&["--help"][..], "Exit codes:"),
        (&["check", "--help"], "--fail-on <SEVERITY>"),
        (&["--version"], concat!("plangate ", env!("CARGO_PKG_VERSION"), "\n")),
    ] {
        let run = plangate(arguments, "");
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert!(run.stdout.contains(expected), "{}", run.stdout);
    }
}

#[test]
fn wrong_arguments_say_what_is_right() {
    for (arguments, expected) in [
        (&["chek"][..], "'check'"),
        (&["check", "--fail_on", "high"], "'--fail-on'"),
        (&["check", "--fail-on", "hgh"], "'high'"),
        (&["check", "--fail-on", "severe"], "info, low, medium, high, critical"),
        (&["check", "--unknown", "maybe"], "pass, fail, warn"),
        (&["check", "--as-of", "2026-02-30"], "write a date as 2026-11-22"),
        (&["check", "--param", "require_kms=true"], "POLICY.NAME=VALUE"),
        (&["explain"], "<POLICY>"),
    ] {
        let run = plangate(arguments, "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{arguments:?}\n{}", run.stderr);
    }
}

#[test]
fn schema_is_the_one_that_ships() {
    let run = plangate(&["schema"], "");
    assert_eq!(run.code, 0);
    assert_eq!(run.stdout, include_str!("../../src/report/report.schema.json"));
}

/// The commands below these words, and those below them.
pub(super) fn commands(words: &[String]) -> Vec<Vec<String>> {
    let arguments: Vec<&str> = words.iter().map(String::as_str).chain(["--help"]).collect();
    let run = plangate(&arguments, "");
    assert_eq!(run.code, 0, "{arguments:?}\n{}", run.stderr);
    let listed = run.stdout.split("\nCommands:\n").nth(1).unwrap_or_default();
    let names = listed.lines().take_while(|line| !line.is_empty());
    let names = names.filter_map(|line| line.strip_prefix("  ")?.split(' ').next());
    let names = names.filter(|name| !name.is_empty() && *name != "help");
    let below = names.flat_map(|name| commands(&[words, &[name.to_owned()]].concat()));
    [vec![words.to_vec()], below.collect()].concat()
}

#[test]
fn every_command_s_help_has_examples() {
    let all = commands(&[]);
    let is_there = |words: &[&str]| all.iter().any(|command| command == words);
    assert!(is_there(&["test"]) && is_there(&["bundle", "lock"]), "{all:?}");
    for command in &all {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        let help = plangate(&arguments, "").stdout;
        let examples = help.split("Examples:\n").nth(1).unwrap_or_default();
        let name = format!("plangate {}", command.first().map_or("check", String::as_str));
        assert!(examples.contains(&name), "{arguments:?}\n{help}");
    }
}

#[test]
fn every_command_says_what_is_right_where_an_argument_is_wrong() {
    let plan = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");
    let policies = concat!(env!("CARGO_MANIFEST_DIR"), "/policies");
    let fixture = ["fixture", plan, "--policy", "aws.s3.https_only", "--address"];
    let uploads = "aws_s3_bucket.uploads";
    let waive = ["waive", plan, "aws.s3.versioning"];
    let by = ["--reason", "r", "--owner", "o"];
    for (arguments, expected) in [
        (
            &["check", plan, "--only", "nope"][..],
            "--only nope: no such policy; `plangate list` names them",
        ),
        (&["check", plan, "--control", "nope"], "write it as STANDARD:CONTROL"),
        (&["check", plan, "--format", "pdf"], "the formats are table, json"),
        (&["check", plan, "--namespace", "a"], "--conftest <DIR>"),
        (
            &["check", plan, "--policy", "none"],
            "none: there is no such folder: name the one",
        ),
        (&["inspect", "none.json"], "none.json: there is no such file"),
        (&["list", "--format", "xml"], "table, json, markdown"),
        (&["explain", "aws.s3.https_onl"], "did you mean aws.s3.https_only"),
        (&["explain", "aws.s3.https_only", uploads], "--plan <PLAN>"),
        (
            &["explain", "aws.s3.https_only", "aws_s3_bucket.upload", "--plan", plan],
            "did you mean aws_s3_bucket.uploads",
        ),
        (&["eval", "1"], "--plan <PLAN>"),
        (&["eval", "-", "--plan", "-"], "name a file for one of them"),
        (&["eval", "1", "--plan", plan, "--time-limit", "5"], "500ms, 10s or 2m"),
        (&["eval", "nobody", "--plan", plan], "`nobody` has no value: define it"),
        (&["repl", "--plan", "-"], "name a file for the plan"),
        (&["test", "none"], "none: there is no such folder: name the one"),
        (
            &["test", policies, "--only", "nope"],
            "--only nope: no such policy; `plangate list`",
        ),
        (
            &["test", policies, "--coverage", "--min", "101"],
            "a share from 0 to 100",
        ),
        (
            &["test", policies, "--coverage-html", "x"],
            "--coverage --coverage-html <FILE>",
        ),
        (
            &["test", policies, "--watch", "--mutate"],
            "'--watch' cannot be used with '--mutate'",
        ),
        (&["test", policies, "--filter", "("], "unclosed group"),
        (
            &["fixture", plan, "--policy", "aws.s3.https_onl", "--address", uploads],
            "did you mean aws.s3.https_only",
        ),
        (
            &[&fixture[..], &["aws_s3_bucket.nope"]].concat(),
            "it judges aws_s3_bucket.reports, aws_s3_bucket.uploads",
        ),
        (
            &[&fixture[..], &[uploads, "--case", "A b"]].concat(),
            "small letters, digits and _",
        ),
        (&["bundle", "verify", "none.tar.gz"], "none.tar.gz cannot be read"),
        (&["bundle", "build", "none", "-o", "x"], "none: there is no such folder"),
        (
            &["config", "show", "--fail-on", "severe"],
            "info, low, medium, high, critical",
        ),
        (
            &[&waive[..], &["aws_s3_bucket.upload"], &by].concat(),
            "it does at aws_s3_bucket.uploads",
        ),
        (
            &[&waive[..], &[uploads, "--expires", "soon"], &by].concat(),
            "write a date as 2026-11-22",
        ),
        (&["lint", "none"], "none: there is no such folder"),
        (&["lint", "--explain", "nested-lop"], "did you mean nested-loop?"),
        (&["new", "aws.S3"], "lower-case"),
        (&["docs", "none"], "none: there is no such folder"),
        (&["schema", "x"], "Usage: plangate schema"),
        (&["completions", "tcsh"], "bash, elvish, fish, powershell, zsh"),
        (&["man"], "<DIR>"),
    ] {
        let run = plangate(arguments, "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}\n{}", run.stderr);
        assert!(run.stderr.contains(expected), "{arguments:?}\n{}", run.stderr);
    }
}
