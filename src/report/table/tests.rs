use std::time::Duration;

use super::super::testing::{not_applicable, plan, row};
use super::super::*;
use super::render;
use crate::model::Value;
use crate::pack::Severity;

/// What the gate says of a plan like those that people have.
fn sample() -> Report {
    let egress = |address: &str| Row {
        key: Some("egress[0]".into()),
        message: Some("its egress rule lets every port out to the whole internet".into()),
        attribute: Some("egress[0].cidr_blocks".into()),
        found: Value::Array(vec![Value::from("0.0.0.0/0")]),
        remediation: Some("Limit the rule to the ports and networks that are called.".into()),
        ..row(
            "aws.security_group.open_egress",
            address,
            Verdict::Fail,
            Severity::Medium,
        )
    };
    let https = |address: &str| Row {
        message: Some("no statement of its bucket policy denies requests over plain HTTP".into()),
        expected: Value::from("a Deny of s3:* where aws:SecureTransport is false"),
        remediation: Some("Add a statement that denies s3:* when aws:SecureTransport is false.".into()),
        ..row("aws.s3.https_only", address, Verdict::Fail, Severity::High)
    };
    let ssh = Row {
        key: Some("ingress[1]".into()),
        message: Some("port 22 is open to the whole internet".into()),
        attribute: Some("ingress[1].cidr_blocks".into()),
        found: Value::Array(vec![Value::from("0.0.0.0/0"), Value::from("::/0")]),
        remediation: Some("Limit the rule to known networks, or use Session Manager.".into()),
        source: Some(Source {
            file: "modules/net/main.tf".into(),
            line: 48,
        }),
        ..row(
            "aws.security_group.open_ssh",
            "module.net.aws_security_group.ssh[0]",
            Verdict::Fail,
            Severity::Critical,
        )
    };
    let encryption = Row {
        message: Some("whether it is encrypted with its own key is known after apply".into()),
        attribute: Some("kms_master_key_id".into()),
        found: Value::unknown(["aws_kms_key.main.arn".into()]),
        cause: Some("aws_kms_key.main.arn is known after apply".into()),
        remediation: Some("Name the key by a reference to its arn.".into()),
        ..row(
            "aws.s3.encryption",
            "aws_s3_bucket.data[\"transactions-input\"]",
            Verdict::Unknown,
            Severity::High,
        )
    };
    let pass = |policy: &str, address: &str| row(policy, address, Verdict::Pass, Severity::High);
    let rows = vec![
        egress("aws_security_group.alb"),
        egress("aws_security_group.app"),
        egress("module.net.aws_security_group.endpoints"),
        https("aws_s3_bucket.data[\"transactions-input\"]"),
        https("aws_s3_bucket.data[\"transactions-output\"]"),
        ssh,
        encryption,
        pass("aws.kms.rotation", "aws_kms_key.main"),
        pass("aws.lambda.runtime", "aws_lambda_function.a"),
        pass("aws.lambda.runtime", "aws_lambda_function.b"),
        pass("terraform.plan.empty", "plan"),
        not_applicable("aws.rds.public"),
    ];
    Report::new("2026-11-22", vec![plan("plan.json", rows)], &Gate::default())
}

fn options(width: Option<usize>) -> Options<'static> {
    Options {
        width,
        elapsed: Some(Duration::from_millis(14)),
        ..Options::default()
    }
}

fn text(report: &Report, options: &Options) -> String {
    String::from_utf8(render(report, options)).unwrap()
}

#[test]
fn pipe_is_one_line_per_finding() {
    let expected = r#"plan.json  (terraform 1.11.4)

VERDICT  SEVERITY  POLICY                          RESOURCE                                   KEY         SOURCE                  FOUND, EXPECTED, FIX
fail     critical  aws.security_group.open_ssh     module.net.aws_security_group.ssh[0]       ingress[1]  modules/net/main.tf:48  port 22 is open to the whole internet; found ingress[1].cidr_blocks = ["0.0.0.0/0", "::/0"]; fix: Limit the rule to known networks, or use Session Manager.
fail     high      aws.s3.https_only               aws_s3_bucket.data["transactions-input"]                                       no statement of its bucket policy denies requests over plain HTTP; expected a Deny of s3:* where aws:SecureTransport is false; fix: Add a statement that denies s3:* when aws:SecureTransport is false.
fail     high      aws.s3.https_only               aws_s3_bucket.data["transactions-output"]                                      no statement of its bucket policy denies requests over plain HTTP; expected a Deny of s3:* where aws:SecureTransport is false; fix: Add a statement that denies s3:* when aws:SecureTransport is false.
fail     medium    aws.security_group.open_egress  aws_security_group.alb                     egress[0]                           its egress rule lets every port out to the whole internet; found egress[0].cidr_blocks = ["0.0.0.0/0"]; fix: Limit the rule to the ports and networks that are called.
fail     medium    aws.security_group.open_egress  aws_security_group.app                     egress[0]                           its egress rule lets every port out to the whole internet; found egress[0].cidr_blocks = ["0.0.0.0/0"]; fix: Limit the rule to the ports and networks that are called.
fail     medium    aws.security_group.open_egress  module.net.aws_security_group.endpoints    egress[0]                           its egress rule lets every port out to the whole internet; found egress[0].cidr_blocks = ["0.0.0.0/0"]; fix: Limit the rule to the ports and networks that are called.
unknown  high      aws.s3.encryption               aws_s3_bucket.data["transactions-input"]                                       whether it is encrypted with its own key is known after apply; argument kms_master_key_id; because aws_kms_key.main.arn is known after apply; fix: Name the key by a reference to its arn.

pass  aws.kms.rotation      1 resource
pass  aws.lambda.runtime    2 resources
pass  terraform.plan.empty  the plan

6 fail (1 critical, 2 high, 3 medium), 1 unknown, 4 pass, 1 not applicable
12 resources, 9 of them judged by 8 policies

FAILED: 6 findings at low or above, in 14 ms
"#;
    assert_eq!(text(&sample(), &options(None)), expected);
}

#[test]
fn wide_terminal_has_three_columns_and_groups_what_is_the_same() {
    let expected = r#"
├──────────┼───────────────────────────────────────────┼───────────────────────────────────────────────────────────────┤
│ fail     │ aws.s3.https_only                         │ no statement of its bucket policy denies requests over plain  │
│ high     │ aws_s3_bucket.data["transactions-input"]  │ HTTP                                                          │
│          │ aws_s3_bucket.data["transactions-output"] │ expected a Deny of s3:* where aws:SecureTransport is false    │
│          │                                           │ fix      Add a statement that denies s3:* when                │
│          │                                           │          aws:SecureTransport is false.                        │
├──────────┼"#;
    let table = text(&sample(), &options(Some(120)));
    assert!(table.contains(expected), "{table}");
}

#[test]
fn narrow_terminal_has_two_columns() {
    let expected = r#"
├──────────┼─────────────────────────────────────────────────────────────────┤
│ unknown  │ aws.s3.encryption                                               │
│ high     │ aws_s3_bucket.data["transactions-input"]                        │
│          │   whether it is encrypted with its own key is known after apply │
│          │   argument kms_master_key_id                                    │
│          │   because  aws_kms_key.main.arn is known after apply            │
│          │   fix      Name the key by a reference to its arn.              │
╰──────────┴"#;
    let table = text(&sample(), &options(Some(78)));
    assert!(table.contains(expected), "{table}");
}

#[test]
fn no_line_is_wider_than_the_terminal_but_for_an_address() {
    let long = "module.platform.module.network[\"eu-central-1\"].aws_s3_bucket.logs[\"a b\"]";
    let mut report = sample();
    let other = row("aws.s3.encryption", long, Verdict::Fail, Severity::High);
    report.plans[0].results.push(Row {
        message: Some("it is plain".into()),
        ..other
    });
    for width in 20..200 {
        let table = text(&report, &options(Some(width)));
        for row in &report.plans[0].results {
            let shown = matches!(row.verdict, Verdict::Fail | Verdict::Unknown);
            let address = row.address.as_deref().unwrap_or_default();
            assert!(!shown || table.contains(address), "{width}: {address}\n{table}");
        }
        for line in table.lines().filter(|line| line.starts_with(['│', '├', '╭', '╰'])) {
            assert!(super::text::width(line) <= width, "{width}:\n{table}");
        }
    }
}

#[test]
fn existing_and_introduced_are_told_apart() {
    let since = |address, since| Row {
        since: Some(since),
        ..row("a.b", address, Verdict::Fail, Severity::High)
    };
    let rows = vec![
        since("x.new", Since::Introduced),
        since("x.old", Since::Existing),
        Row {
            since: Some(Since::Fixed),
            ..row("a.c", "x.new", Verdict::Pass, Severity::High)
        },
    ];
    let gate = Gate {
        new_only: true,
        ..Gate::default()
    };
    let report = Report::new("2026-11-22", vec![plan("plan.json", rows)], &gate);
    let pipe = text(&report, &Options { gate, ..options(None) });
    assert!(pipe.contains("fail     high      introduced  a.b     x.new"), "{pipe}");
    assert!(pipe.contains("fail     high      existing    a.b     x.old"), "{pipe}");
    assert!(
        pipe.contains("pass  a.c  1 resource, 1 mended by this plan\n"),
        "{pipe}"
    );
    assert!(
        pipe.contains("FAILED: 1 finding at low or above that this plan brings"),
        "{pipe}"
    );
    let terminal = text(
        &report,
        &Options {
            gate,
            ..options(Some(120))
        },
    );
    assert!(terminal.contains("│ introduced │"), "{terminal}");
}

#[test]
fn all_shows_each_passing_row_and_what_was_not_applicable() {
    let all = text(
        &sample(),
        &Options {
            all: true,
            ..options(None)
        },
    );
    assert!(
        all.contains("\npass  aws.lambda.runtime              aws_lambda_function.b\n"),
        "{all}"
    );
    assert!(
        all.contains("\nn/a   aws.rds.public                  nothing to examine\n"),
        "{all}"
    );
    let some = text(&sample(), &options(None));
    assert!(!some.contains("aws_lambda_function.b"), "{some}");
}

#[test]
fn what_broke_comes_first_and_an_unread_plan_is_named() {
    let error = Row {
        address: None,
        message: Some("broken.rego:3:5\n  |\n3 | x := 1 / 0\n  |      ^".into()),
        ..row("a.broken", "", Verdict::Error, Severity::Low)
    };
    let fail = row("a.b", "x.y", Verdict::Fail, Severity::Critical);
    let plans = vec![
        plan("a.json", vec![fail, error]),
        PlanReport::unreadable("b.json", "it is empty: write it with `terraform show -json`"),
    ];
    let report = Report::new("2026-11-22", plans, &Gate::default());
    let pipe = text(&report, &options(None));
    assert!(
        pipe.contains("\nerror    low       a.broken  -         broken.rego:3:5 | 3 | x := 1 / 0 | ^\nfail "),
        "{pipe}"
    );
    assert!(
        pipe.contains("b.json\n\ncannot decide: it is empty: write it with"),
        "{pipe}"
    );
    assert!(
        pipe.contains("2 plans: 1 fail (1 critical), 0 unknown, 0 pass, 1 error\n"),
        "{pipe}"
    );
    assert!(
        pipe.ends_with("CANNOT DECIDE: a.json met a policy that broke; b.json cannot be judged; 1 finding at low or above fails, in 14 ms\n"),
        "{pipe}"
    );
    let terminal = text(&report, &options(Some(100)));
    assert!(
        terminal.contains("│ 3 | x := 1 / 0 "),
        "the frame keeps its lines\n{terminal}"
    );
}

#[test]
fn only_what_cannot_be_decided_is_named_and_not_all_of_it() {
    let nothing = || PlanReport {
        judged: 0,
        ..plan("nothing.json", vec![not_applicable("a.b")])
    };
    let unread = |name: &str| PlanReport::unreadable(name, "it is empty");
    let last = |plans: Vec<PlanReport>, gate: Gate| {
        let report = Report::new("2026-11-22", plans, &gate);
        let table = text(&report, &Options { gate, ..options(None) });
        table.lines().last().unwrap_or_default().to_owned()
    };
    let fail = || row("a.b", "x.y", Verdict::Fail, Severity::High);
    let two = plan(
        "two.json",
        vec![fail(), row("a.b", "x.z", Verdict::Fail, Severity::Low)],
    );
    assert_eq!(
        last(vec![nothing(), unread("a.json"), two], Gate::default()),
        "CANNOT DECIDE: a.json cannot be judged; 2 findings at low or above fail, in 14 ms"
    );
    assert_eq!(
        last(["-", "b", "c", "d", "e"].map(unread).to_vec(), Gate::default()),
        "CANNOT DECIDE: standard input cannot be judged; b cannot be judged; c cannot be judged and 2 more, in 14 ms"
    );
    let strict = Gate {
        nothing: OnNothing::Fail,
        ..Gate::default()
    };
    assert_eq!(
        last(vec![nothing()], strict),
        "CANNOT DECIDE: nothing.json has nothing that a policy examines, in 14 ms"
    );
}

#[test]
fn a_terminal_points_to_the_example_and_a_pipe_does_not() {
    let pointed = |width| {
        let example_of = Some("aws.s3.https_only".into());
        let table = text(
            &sample(),
            &Options {
                example_of,
                ..options(width)
            },
        );
        table.contains("\n`plangate explain aws.s3.https_only` shows the Terraform to write\nFAILED: ")
    };
    assert!(pointed(Some(80)) && !pointed(None));
}

#[test]
fn below_the_threshold_passes_and_says_so() {
    let gate = Gate {
        fail_on: Severity::Critical,
        ..Gate::default()
    };
    let report = Report::new("2026-11-22", sample().plans, &gate);
    let failed = text(&report, &Options { gate, ..options(None) });
    assert!(
        failed.ends_with("FAILED: 1 finding at critical or above, in 14 ms\n"),
        "{failed}"
    );
    let low = vec![row("a.b", "x.y", Verdict::Fail, Severity::Low)];
    let report = Report::new("2026-11-22", vec![plan("-", low)], &gate);
    let passed = text(
        &report,
        &Options {
            gate,
            elapsed: None,
            ..options(None)
        },
    );
    assert!(passed.starts_with("standard input  (terraform 1.11.4)\n"), "{passed}");
    assert!(passed.ends_with("PASSED: 1 failure below critical\n"), "{passed}");
    let of = |severity, at| row("a.b", at, Verdict::Unknown, severity);
    let unknown = [(Severity::High, "x.a"), (Severity::Low, "x.b"), (Severity::High, "x.c")];
    let unknown = unknown.map(|(severity, at)| of(severity, at)).to_vec();
    let report = Report::new("2026-11-22", vec![plan("-", unknown)], &Gate::default());
    let passed = text(&report, &options(None));
    assert!(
        passed.ends_with("PASSED: no failure, 3 unknown (2 high), in 14 ms\n"),
        "{passed}"
    );
}

#[test]
fn nothing_from_a_plan_moves_the_cursor() {
    let evil = "x.y[\"\u{1b}[2J\u{1b}]0;pwned\u{7}\u{202e}\r\n\"]";
    let fail = Row {
        key: Some(evil.into()),
        message: Some(evil.into()),
        attribute: Some(evil.into()),
        found: Value::Array(vec![Value::from(evil)]),
        expected: Value::from(evil),
        cause: Some(evil.into()),
        remediation: Some(evil.into()),
        source: Some(Source {
            file: evil.into(),
            line: 1,
        }),
        ..row("a.\u{1b}[31mb", evil, Verdict::Fail, Severity::High)
    };
    let mut evil_plan = plan(evil, vec![fail, row("a.c", evil, Verdict::Pass, Severity::High)]);
    evil_plan.terraform = Some(evil.into());
    evil_plan.error = Some(evil.into());
    let report = Report::new("2026-11-22", vec![evil_plan], &Gate::default());
    for width in [None, Some(30), Some(90), Some(250)] {
        let table = text(
            &report,
            &Options {
                all: true,
                ..options(width)
            },
        );
        let bad = table
            .chars()
            .find(|letter| letter.is_control() && *letter != '\n' || *letter == '\u{202e}');
        assert_eq!(bad, None, "{table}");
    }
}

#[test]
fn colour_changes_nothing_but_colour() {
    for width in [None, Some(50), Some(90), Some(140)] {
        let plain = text(&sample(), &options(width));
        let coloured = text(
            &sample(),
            &Options {
                colour: true,
                ..options(width)
            },
        );
        assert!(
            !plain.contains('\u{1b}') && coloured.contains("\u{1b}[31m"),
            "{coloured}"
        );
        assert_eq!(anstream::adapter::strip_str(&coloured).to_string(), plain);
    }
}

#[test]
fn multiline_messages_stay_one_line_on_a_pipe() {
    let fail = Row {
        message: Some("first\n  second".into()),
        ..row("a.b", "x.y[\"ü 漢字\"]", Verdict::Fail, Severity::High)
    };
    let report = Report::new("2026-11-22", vec![plan("p", vec![fail])], &Gate::default());
    let pipe = text(&report, &options(None));
    assert!(
        pipe.contains("fail     high      a.b     x.y[\"ü 漢字\"]  first second\n"),
        "{pipe}"
    );
}
