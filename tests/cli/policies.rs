use super::support::{demo, plangate, plangate_with};

#[test]
fn list_has_a_line_per_selected_policy() {
    let (_folder, demo) = demo("list");
    let run = plangate(&["list", "--policy", &demo, "--only", "demo"], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    assert_eq!(
        run.stdout,
        "\
POLICY      SEVERITY  EXAMINES       TITLE
demo.named  low       aws_s3_bucket  Bucket has no name of ours

1 policy; `plangate explain POLICY` says more
"
    );
    let json = plangate(&["list", "--policy", &demo, "--only=demo", "--format=json"], "").stdout;
    let entries: serde_json::Value = serde_json::from_str(&json).unwrap();
    assert_eq!(entries[0]["policy"], "demo.named");
}

#[test]
fn list_writes_markdown_and_chooses_by_control() {
    let markdown = plangate(&["list", "--control", "cis_aws:3.6", "--format", "markdown"], "");
    assert_eq!(markdown.code, 0, "{}", markdown.stderr);
    let rows: Vec<&str> = markdown.stdout.lines().collect();
    assert_eq!(
        rows[0],
        "| policy | severity | the fault | examines | reports | controls |"
    );
    assert!(
        rows[2].starts_with("| `aws.kms.rotation` | medium | "),
        "{}",
        markdown.stdout
    );
    assert_eq!(rows.len(), 3, "{}", markdown.stdout);
    let none = plangate(&["list", "--control", "cis_aws:99"], "");
    assert_eq!((none.code, &*none.stdout), (2, ""));
    assert!(
        none.stderr.contains("--control cis_aws:99: no policy serves it"),
        "{}",
        none.stderr
    );
}

#[test]
fn explain_says_why_and_how() {
    let (_folder, demo) = demo("explain");
    let run = plangate(&["explain", "demo.named", "--policy", &demo], "");
    assert_eq!(run.code, 0, "{}", run.stderr);
    for expected in [
        "demo.named  (low)\nBucket has no name of ours\n",
        "\nWhy it matters\n  Names tell whose it is.\n",
        "\nHow to put it right\n  Name it.\n",
        "\nprefix (string, default \"ours-\")\n".trim_start(),
        "  --param 'demo.named.prefix=\"ours-\"'\n",
    ] {
        assert!(run.stdout.contains(expected), "{expected}\n{}", run.stdout);
    }
}

#[test]
fn unknown_policy_names_the_nearest() {
    let (_folder, demo) = demo("explain-unknown");
    let run = plangate(&["explain", "demo.name", "--policy", &demo], "");
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(
        run.stderr
            .starts_with("error: there is no policy `demo.name`; did you mean demo.named?"),
        "{}",
        run.stderr
    );
}

#[test]
fn colour_is_for_terminals_unless_it_is_asked_for() {
    let (_folder, demo) = demo("colour");
    let explain = |more: &[&str], variables: &[(&str, &str)]| {
        let arguments = [&["explain", "demo.named", "--policy", &demo], more].concat();
        plangate_with(&arguments, "", variables).stdout.contains('\u{1b}')
    };
    assert!(!explain(&[], &[]));
    assert!(explain(&["--color", "always"], &[("NO_COLOR", "1")]));
    assert!(explain(&[], &[("CLICOLOR_FORCE", "1")]));
    assert!(!explain(&[], &[("CLICOLOR_FORCE", "1"), ("NO_COLOR", "1")]));
    assert!(!explain(&["--color", "never"], &[("CLICOLOR_FORCE", "1")]));
}

#[test]
fn folder_without_policies_and_unknown_names_are_refused() {
    let (folder, demo) = demo("refused");
    for (arguments, expected) in [
        (vec!["list", "--policy", "no-such-folder"], "no-such-folder"),
        (vec!["list", "--policy", &demo, "--only", "demo.nmed"], "demo.named"),
        (
            vec!["list", "--policy", &demo, "--only", "demo", "--skip", "demo.named"],
            "no policy",
        ),
        (
            vec!["check", "--policy", &demo, "--param", "demo.named.prefx=x"],
            "prefix",
        ),
        (
            vec!["check", "--policy", &demo, "--param", "demo.named.prefix=1"],
            "string",
        ),
    ] {
        let run = plangate(&arguments, "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(run.stderr.starts_with("error: "), "{}", run.stderr);
        assert!(run.stderr.contains(expected), "{arguments:?}\n{}", run.stderr);
    }
    drop(folder);
}

#[test]
fn a_policy_without_anything_to_count_has_no_colon() {
    let (_folder, demo) = demo("no-colon");
    let run = plangate(&["test", &demo], "");
    assert_eq!(run.code, 1);
    assert!(run.stdout.starts_with("FAIL demo.named\n"), "{}", run.stdout);
    assert!(run.stderr.contains("1 of them does not do what its"), "{}", run.stderr);
}
