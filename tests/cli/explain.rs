//! `plangate explain` with a plan.

use serde_json::Value;

use super::support::{Run, plangate};

const PLAN: &str = "testdata/quickstart/plan.json";

fn explain(arguments: &[&str]) -> Run {
    plangate(&[&["explain"], arguments].concat(), "")
}

#[test]
fn a_failure_shows_the_rule_the_values_and_a_change_that_passes() {
    let run = explain(&["aws.s3.https_only", "aws_s3_bucket.uploads", "--plan", PLAN]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    for part in [
        "fail: aws.s3.https_only\naws_s3_bucket.uploads  (main.tf:18)\n",
        "  deny at policies/aws/s3/https_only/https_only.rego:85\n    + 86   some gap in gaps\n",
        "    - 92   count(gap.doubts) > 0   <- does not hold here\n           count(gap.doubts) = 0\n",
        "  bucket = \"quickstart-uploads\"\n    written in the configuration at main.tf:19\n",
        "  policy\n    not set in the configuration, the provider fills it in; the policy takes it for null\n",
        "  no aws_s3_bucket_policy refers to it\n",
        "    bucket = aws_s3_bucket.uploads.id\n",
    ] {
        assert!(run.stdout.contains(part), "{part}\n{}", run.stdout);
    }
}

/// Failures of fixtures, by policy and case, with what the change that passes has to write.
const CHANGES: [(&str, &str, &[&str]); 8] = [
    (
        "aws.sns.encryption",
        "aws_sns_topic.fail_left_out",
        &["kms_master_key_id = aws_kms_key.main.id"],
    ),
    (
        "aws.sqs.dead_letter",
        "module.queues[\"fail_without\"].aws_sqs_queue.this",
        &[
            "deadLetterTargetArn = aws_sqs_queue.failed.arn",
            "# aws_sqs_queue.failed is not in the plan: declare it",
        ],
    ),
    (
        "aws.guardduty.notifications/fail_other_source",
        "aws_guardduty_detector.fail_other_source",
        &[
            "\"aws_cloudwatch_event_rule\" \"guardduty_2\"",
            "rule = aws_cloudwatch_event_rule.guardduty_2.name",
        ],
    ),
    (
        "aws.lb.web_acl",
        "aws_alb.fail_alb",
        &["resource_arn = aws_alb.fail_alb.arn"],
    ),
    (
        "aws.iam.trust_anyone",
        "aws_iam_role.fail_anyone",
        &[
            "assume_role_policy = data.aws_iam_policy_document.trust_2.json",
            "\"trust_2\"",
        ],
    ),
    (
        "aws.tags.required/fail_default_tags_source",
        "aws_vpc.fail_project",
        &["tags = {", "Project = \"...\""],
    ),
    (
        "terraform.portability.hardcoded_zone",
        "aws_ebs_volume.fail_letter_behind_data",
        &["availability_zone = data.aws_availability_zones.", ".names[0]"],
    ),
    (
        "terraform.output.description",
        "output.fail_empty",
        &["output \"fail_empty\" {", "description = "],
    ),
];

#[test]
fn the_smallest_change_names_what_it_needs_and_is_terraform() {
    for (policy, address, parts) in CHANGES {
        let (policy, case) = policy.split_once('/').unwrap_or((policy, "."));
        let plan = format!("policies/{}/{case}/plan.json", policy.replace('.', "/"));
        let run = explain(&[policy, address, "--plan", &plan]);
        assert_eq!(run.code, 0, "{}", run.stderr);
        let change = run.stdout.split("The smallest change").nth(1).unwrap_or_default();
        for part in parts {
            assert!(change.contains(part), "{policy}: {part}\n{}", run.stdout);
        }
        // What the model has taken apart is a text to Terraform.
        assert!(!change.contains("Statement {"), "{policy}: {change}");
    }
    // The trail of the example is one more resource of the plan.
    let folder = "policies/aws/cloudtrail/enabled";
    let cases = std::fs::read_dir(folder)
        .unwrap()
        .map(|case| case.unwrap().path().join("plan.json"));
    let failing: Vec<_> = cases
        .filter(|plan| plan.is_file() && plan.to_str().unwrap().contains("/fail_"))
        .collect();
    assert!(!failing.is_empty());
    for plan in failing {
        let run = explain(&["aws.cloudtrail.enabled", "plan", "--plan", plan.to_str().unwrap()]);
        assert!(run.stdout.contains("is_multi_region_trail"), "{}", run.stdout);
        assert!(run.stdout.contains("The smallest change"), "{}", run.stdout);
    }
}

#[test]
fn a_pass_shows_where_the_rules_stop_and_an_unknown_why() {
    let run = explain(&["aws.kms.rotation", "aws_kms_key.main", "--plan", PLAN]);
    assert!(run.stdout.starts_with("pass: aws.kms.rotation\n"), "{}", run.stdout);
    assert!(
        run.stdout
            .contains("off at policies/aws/kms/rotation/rotation.rego:49\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout
            .contains("enable_key_rotation = true\n    written in the configuration at main.tf:77\n")
    );
    let run = explain(&[
        "aws.security_group.open_ingress",
        "aws_security_group.admin",
        "--plan",
        PLAN,
    ]);
    assert!(
        run.stdout.contains("  because aws_eip.office.public_ip\n"),
        "{}",
        run.stdout
    );
    assert!(
        run.stdout.contains("from aws_eip.office.public_ip at main.tf:"),
        "{}",
        run.stdout
    );
    let run = explain(&["aws.kms.rotation", "aws_s3_bucket.uploads", "--plan", PLAN]);
    assert!(
        run.stdout.contains("Not examined: the policy examines aws_kms_key\n"),
        "{}",
        run.stdout
    );
}

#[test]
fn one_name_lists_verdicts_and_json_has_it_all() {
    let run = explain(&["aws.s3.https_only", "--plan", PLAN]);
    assert!(
        run.stdout.contains("fail     aws_s3_bucket.uploads  it has no policy"),
        "{}",
        run.stdout
    );
    let run = explain(&["aws_s3_bucket.uploads", "--plan", PLAN]);
    assert!(
        run.stdout.contains("fail     aws.s3.https_only  it has no policy"),
        "{}",
        run.stdout
    );
    let run = explain(&[
        "aws.s3.https_only",
        "aws_s3_bucket.uploads",
        "--plan",
        PLAN,
        "--format",
        "json",
    ]);
    let all: Value = serde_json::from_str(&run.stdout).unwrap();
    assert_eq!(all["verdict"], "fail");
    assert_eq!(all["rules"][0]["conditions"][0]["line"], 86);
    assert!(all["change"]["hcl"].as_str().unwrap().contains("aws_s3_bucket_policy"));
}

#[test]
fn wrong_names_are_answered_with_the_nearest() {
    for (arguments, said) in [
        (
            &["aws.s3.https_only", "aws_s3_bucket.upload", "--plan", PLAN][..],
            "did you mean aws_s3_bucket.uploads",
        ),
        (
            &["aws.s3.http_only", "aws_s3_bucket.uploads", "--plan", PLAN],
            "did you mean aws.s3.https_only",
        ),
        (
            &["aws_s3_bucket.upload", "--plan", PLAN],
            "did you mean aws_s3_bucket.uploads",
        ),
        (&["aws.s3.https_only", "aws_s3_bucket.uploads"], "--plan"),
        (&["aws.s3.https_only", "--plan", "none.json"], "no such file"),
        (
            &[
                "aws.s3.https_only",
                "aws_s3_bucket.uploads",
                "--key",
                "x",
                "--plan",
                PLAN,
            ],
            "leave --key out",
        ),
    ] {
        let run = explain(arguments);
        assert_eq!(run.code, 2, "{arguments:?}");
        assert!(run.stderr.contains(said), "{arguments:?}: {}", run.stderr);
        assert_eq!(run.stdout, "");
    }
}

#[test]
fn a_parameter_of_a_policy_that_is_left_out_is_no_unknown_policy() {
    let set = [
        "check",
        PLAN,
        "--only",
        "aws.s3.https_only",
        "--param",
        "aws.s3.encryption.require_kms=true",
    ];
    let run = plangate(&set, "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(
        run.stderr
            .contains("--param aws.s3.encryption: the policy is not among those that are used")
    );
    let run = plangate(&[&set[..5], &["aws.s3.encrypton.require_kms=true"]].concat(), "");
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("no such policy; did you mean aws.s3.encryption"),
        "{}",
        run.stderr
    );
}

/// The words of a command line, of which some are in single quotes.
fn words(line: &str) -> Vec<&str> {
    let parts = line.split('\'').enumerate();
    parts
        .flat_map(|(index, part)| match index % 2 {
            0 => part.split_whitespace().collect(),
            _ => vec![part],
        })
        .collect()
}

#[test]
fn the_page_shows_what_the_commands_show() {
    let page = include_str!("../../docs/explain.md");
    let samples: Vec<&str> = page.split("```\n$ plangate ").skip(1).collect();
    assert_eq!(samples.len(), 4);
    for sample in samples {
        let (command, rest) = sample.split_once('\n').unwrap();
        let shown = rest.split_once("```\n").unwrap().0;
        let run = plangate(&words(command), "");
        assert_eq!(run.stdout, shown, "{command}: {}", run.stderr);
    }
}
