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
