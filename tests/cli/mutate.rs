use super::support::{Folder, Run, plangate};

/// Its condition on the mode does nothing, no log group of the plan is kept for 364 days, and one day is as bad as none.
const KEPT: &str = r#"# METADATA
# title: Logs are not kept for a year
# description: |
#   What is found late is not to be found in them.
# scope: package
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_cloudwatch_log_group]
#   remediation: Keep them for a year.
package demo.kept

import data.lib.tf

groups := [group |
	some group in input.resources.aws_cloudwatch_log_group
	group.values.log_group_class != "DELIVERY"
]

examined contains group.address if some group in groups

days(group) := tf.get(group, "retention_in_days", 0)

deny contains tf.finding(group, "its logs are not kept for a year") if {
	some group in groups
	group.mode == "managed"
	days(group) < 365
}

unknown contains tf.finding(group, "how long its logs are kept is known after apply") if {
	some group in groups
	tf.is_unknown(days(group))
}
"#;

fn planted(name: &str, policy: &str) -> (Folder, String) {
    let plan = concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/policies/aws/cloudwatch/log_retention/plan.json"
    );
    let folder = Folder::new(name);
    folder.write("demo/kept/kept.rego", policy);
    folder.write("demo/kept/plan.json", &std::fs::read_to_string(plan).unwrap());
    let path = folder.path("");
    (folder, path)
}

fn mutate(path: &str, more: &[&str]) -> Run {
    plangate(&[&["test", path, "--mutate"], more].concat(), "")
}

#[test]
fn what_nothing_notices_is_shown_and_what_a_fixture_notices_is_not() {
    let (_folder, path) = planted("mutate", KEPT);
    let run = mutate(&path, &[]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    let file = format!("{path}demo/kept/kept.rego");
    let shown = |line: u32, change: &str, old: &str, new: &str| {
        format!("       {file}:{line}: {change}\n         - {old}\n         + {new}\n")
    };
    let days = "days(group) := tf.get(group, \"retention_in_days\", 0)";
    let survivors = [
        shown(22, "changes a constant", days, &days.replace('0', "1")),
        shown(26, "drops a condition", "group.mode == \"managed\"", "true"),
        shown(27, "changes a constant", "days(group) < 365", "days(group) < 364"),
    ];
    assert!(run.stdout.contains(&survivors.concat()), "{}", run.stdout);
    assert_eq!(run.stdout.matches("         - ").count(), 3, "{}", run.stdout);
    let totals = run.stdout.lines().last().unwrap();
    assert!(totals.contains(" 3 survived ("), "{totals}");
    assert!(
        run.stderr.contains("of the mutants survive, more than 0 %"),
        "{}",
        run.stderr
    );
    assert_eq!(mutate(&path, &[]).stdout, run.stdout);
}

#[test]
fn a_share_of_survivors_may_be_allowed() {
    let (_folder, path) = planted("mutate-share", KEPT);
    assert_eq!(mutate(&path, &["--max-survivors", "1%"]).code, 1);
    let run = mutate(&path, &["--max-survivors", "20"]);
    assert_eq!((run.code, &*run.stderr), (0, ""), "{}", run.stdout);
    let run = plangate(&["test", &path, "--max-survivors", "20"], "");
    assert_eq!(run.code, 2, "{}", run.stdout);
}

#[test]
fn a_policy_that_does_not_do_what_its_fixtures_say_is_not_changed() {
    let (_folder, path) = planted("mutate-broken", &KEPT.replace("365", "36"));
    let run = mutate(&path, &["--max-survivors", "100"]);
    assert_eq!(run.code, 1, "{}", run.stdout);
    assert!(run.stdout.contains("expected fail, found pass"), "{}", run.stdout);
    assert!(run.stdout.contains("\n0 mutants, "), "{}", run.stdout);
}
