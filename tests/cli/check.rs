use std::fs;

use super::support::{Folder, demo, plangate};

#[test]
fn unreadable_plans_are_named_and_reported_and_cannot_be_decided() {
    let (folder, demo) = demo("unreadable");
    let truncated = folder.write("plans/a.json", "{\"format_version\": \"1.2\", ");
    let missing = folder.path("plans/missing.json");
    let run = plangate(&["check", &truncated, &missing, "--policy", &demo], "");
    assert_eq!(run.code, 2);
    for path in [&truncated, &missing] {
        assert!(run.stderr.contains(&format!("error: {path}: ")), "{}", run.stderr);
        assert!(
            run.stdout
                .contains(&format!("{path}\n\ncannot decide: standard error says why\n")),
            "{}",
            run.stdout
        );
    }
    let json = plangate(&["check", &truncated, "--policy", &demo, "--format", "json"], "").stdout;
    let report: serde_json::Value = serde_json::from_str(&json).unwrap();
    let error = report["plans"][0]["error"].as_str().unwrap();
    assert!(run.stderr.contains(error), "the JSON keeps it: {error}");
    assert!(run.stdout.contains("\nCANNOT DECIDE: "), "{}", run.stdout);
}

#[test]
fn standard_input_is_read_where_no_plan_is_named() {
    let (_folder, demo) = demo("stdin");
    for arguments in [&["check"][..], &["check", "-"]] {
        let run = plangate(&[arguments, &["--policy", &demo]].concat(), "");
        assert_eq!(run.code, 2);
        assert!(
            run.stderr.starts_with("error: standard input: the file is empty"),
            "{}",
            run.stderr
        );
    }
    let twice = plangate(&["check", "-", "-", "--policy", &demo], "");
    assert_eq!(twice.code, 2);
    assert!(twice.stderr.contains("only once"), "{}", twice.stderr);
}

#[test]
fn what_is_not_there_is_said_with_what_is_like_it() {
    let (folder, demo) = demo("not-there");
    let plan = folder.write("here/plan.json", include_str!("../../testdata/quickstart/plan.json"));
    for (missing, says) in [
        ("here/plan.jason", ": there is no such file; did you mean plan.json?\n"),
        (
            "here/zzzzzzzzzzzz",
            ": there is no such file: write it with `terraform show -json",
        ),
        (
            "nowhere/plan.json",
            ": there is no such file: write it with `terraform show -json",
        ),
    ] {
        let missing = folder.path(missing);
        let run = plangate(&["check", &missing, "--policy", &demo], "");
        assert_eq!(run.code, 2);
        assert!(run.stderr.contains(&format!("{missing}{says}")), "{}", run.stderr);
    }
    let source = folder.path("her");
    let run = plangate(&["check", &plan, "--policy", &demo, "--source", &source], "");
    assert_eq!(run.code, 2);
    let says = format!("--source {source}: there is no such folder; did you mean here?\n");
    assert!(run.stderr.contains(&says), "{}", run.stderr);
}

#[test]
fn folder_without_plans_cannot_be_decided() {
    let (_folder, demo) = demo("no-plans");
    let plans = Folder::new("no-plans-plans");
    plans.write("main.tf.json", "{}");
    let run = plangate(&["check", &plans.path(""), "--policy", &demo], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("the folder holds no plan"), "{}", run.stderr);
}

#[test]
fn report_goes_to_the_file_and_the_table_to_standard_output() {
    let (folder, demo) = demo("output");
    let file = folder.path("report.json");
    let arguments = ["check", "-", "--policy", &demo, "--format", "json", "--output", &file];
    let run = plangate(&[&arguments[..], &["--as-of", "2026-11-22"]].concat(), "");
    assert_eq!(run.code, 2);
    assert!(run.stdout.contains("CANNOT DECIDE"), "{}", run.stdout);
    assert!(
        run.stderr.contains(&format!("note: the report is in {file}")),
        "{}",
        run.stderr
    );
    let report: serde_json::Value = serde_json::from_slice(&fs::read(&file).unwrap()).unwrap();
    assert_eq!((&report["as_of"], &report["exit"]), (&"2026-11-22".into(), &2.into()));
    assert_eq!(report["plans"][0]["path"], "-");
    let nowhere = folder.path("no/report.json");
    let run = plangate(&["check", "-", "--policy", &demo, "--output", &nowhere], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("cannot be written"), "{}", run.stderr);
    assert!(
        run.stdout.contains("CANNOT DECIDE"),
        "the table is not lost\n{}",
        run.stdout
    );
}

#[test]
fn report_never_replaces_what_is_read() {
    let (folder, demo) = demo("output-apart");
    let plan = folder.write("plans/prod/p.json", "{}");
    let configuration = folder.write("plans/prod/main.tf", "");
    let policy = folder.path("demo/named/named.rego");
    let around = folder.path("plans/prod/../prod/p.json");
    for file in [&plan, &around, &configuration, &policy] {
        let before = fs::read(file).unwrap();
        let run = plangate(&["check", &plan, "--policy", &demo, "--output", file], "");
        assert_eq!((run.code, &*run.stdout), (2, ""), "{file}");
        assert!(run.stderr.contains("is a file that is read"), "{file}: {}", run.stderr);
        assert_eq!(fs::read(file).unwrap(), before, "{file}");
    }
    let (plans, inside) = (folder.path("plans"), folder.path("plans/prod/report.json"));
    let run = plangate(&["check", &plans, "--policy", &demo, "--output", &inside], "");
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("would be read as a plan of"), "{}", run.stderr);
    assert!(fs::metadata(&inside).is_err());
    let beside = folder.path("plans/prod/report.txt");
    let run = plangate(&["check", &plans, "--policy", &demo, "--output", &beside], "");
    assert!(run.stderr.contains("the report is in"), "{}", run.stderr);
}

#[test]
fn a_report_is_never_written_to_a_file_called_minus() {
    let (folder, demo) = demo("output-minus");
    let run = plangate(&["check", "-", "--policy", &demo, "--output", "-"], "{}");
    assert_eq!((run.code, &*run.stdout), (2, ""));
    let way_out = "standard output is where the report goes without --output";
    assert!(run.stderr.contains(way_out), "{}", run.stderr);
    assert!(fs::metadata("-").is_err());
    drop(folder);
}

#[test]
fn folder_is_walked_and_what_is_left_out_is_named() {
    let (folder, demo) = demo("walk");
    let plan = include_str!("../../testdata/quickstart/plan.json");
    folder.write("plans/a.json", plan);
    folder.write("plans/prod/plan.json", plan);
    let packed = format!("PK\u{3}\u{4}{}tfplan", "\0".repeat(26));
    let binary = folder.write("plans/prod/tfplan", &packed);
    folder.write(
        "plans/prod/lambda.zip",
        "PK\u{3}\u{4}index.js, and more than is looked at",
    );
    let run = plangate(&["check", &folder.path("plans"), "--policy", &demo, "--only=demo"], "");
    assert!(run.stdout.contains("\n2 plans: "), "{}\n{}", run.stdout, run.stderr);
    assert!(
        run.stderr.contains(&format!(".tfplan: {binary}; name what")),
        "{}",
        run.stderr
    );
}

#[test]
fn plans_of_other_names_in_terragrunt_s_folder_are_named() {
    let (folder, demo) = demo("terragrunt");
    let plan = include_str!("../../testdata/quickstart/plan.json");
    folder.write("live/vpc/.terragrunt-cache/h/m/tfplan.json", plan);
    let other = folder.write("live/vpc/.terragrunt-cache/h/m/vpc.tfplan", "");
    folder.write("live/eks/.terragrunt-cache/h/m/main.tf", "");
    let run = plangate(&["check", &folder.path("live"), "--policy", &demo, "--only=demo"], "");
    assert_eq!(run.code, 1, "{}", run.stderr);
    let without = folder.path("live/eks/.terragrunt-cache");
    assert!(
        run.stderr.contains(&format!("{without}, {other}; name what")),
        "{}",
        run.stderr
    );
}

#[test]
fn policy_that_can_never_fail_is_told_and_not_bundled() {
    let (folder, misspelt) = demo("never");
    let path = folder.path("demo/named/named.rego");
    let text = fs::read_to_string(&path).unwrap();
    fs::write(&path, text.replace("bucket.values.bucket,", "bucket.values.bukket,")).unwrap();
    let (member, no_member) = demo("never-member");
    let member = member.path("demo/named/named.rego");
    fs::write(&member, text.replace("bucket.values.bucket,", "bucket.valuess.bucket,")).unwrap();
    let other = Folder::new("never-new");
    let new = other.path("policies");
    let arguments = ["new", "acme.s3.lock", "--examines", "aws_s3_bucket", "--dir", &new];
    assert_eq!(plangate(&arguments, "").code, 0);
    let begun = other.path("policies/acme/s3/lock/lock.rego");
    let plan = "testdata/quickstart/plan.json";
    for (policies, only, told, lint) in [
        (
            &misspelt,
            "demo",
            format!("{path}:17: `aws_s3_bucket` has no argument `bukket`"),
            "[unknown-argument]",
        ),
        (
            &no_member,
            "demo",
            format!("{member}:17: a resource has no member `valuess`; did you mean values?"),
            "[unknown-member]",
        ),
        (&new, "acme", format!("{begun}:2: is left to fill in"), "[unfilled]"),
    ] {
        let run = plangate(&["check", plan, "--policy", policies, "--only", only], "");
        assert!(run.stderr.contains(&format!("warning: {told}")), "{}", run.stderr);
        assert!(!run.stderr.contains("_test.rego"), "{}", run.stderr);
        let bundle = folder.path("b.tar.gz");
        let run = plangate(&["bundle", "build", policies, "--output", &bundle], "");
        assert_eq!((run.code, &*run.stdout), (2, ""));
        assert!(
            run.stderr.contains(&told) && run.stderr.contains(lint),
            "{}",
            run.stderr
        );
        assert!(fs::metadata(bundle).is_err());
    }
}

#[test]
fn binary_plan_without_terraform_says_what_to_run() {
    let (folder, demo) = demo("binary");
    let plan = folder.write("tfplan", "PK\u{3}\u{4}rest");
    let run = super::support::plangate_with(
        &["check", &plan, "--policy", &demo],
        "",
        &[("PATH", &folder.path("nothing"))],
    );
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("terraform show -json tfplan > plan.json"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn binary_plan_is_shown_by_tofu_where_terraform_is_not() {
    use std::os::unix::fs::PermissionsExt;

    let (folder, demo) = demo("tofu");
    let plan = folder.write("tfplan", "PK\u{3}\u{4}rest");
    let tofu = folder.write("bin/tofu", "#!/bin/sh\necho \"$@\" >&2\nexit 3\n");
    fs::set_permissions(&tofu, fs::Permissions::from_mode(0o755)).unwrap();
    let run = super::support::plangate_with(
        &["check", &plan, "--policy", &demo],
        "",
        &[("PATH", &folder.path("bin"))],
    );
    assert_eq!(run.code, 2);
    assert!(
        run.stderr.contains("`tofu show` failed: show -json -no-color ./tfplan"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn reader_that_has_gone_is_no_fault() {
    use std::process::{Command, Stdio};

    let binary = assert_cmd::cargo::cargo_bin("plangate");
    let mut child = Command::new(binary)
        .arg("schema")
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    drop(child.stdout.take());
    let output = child.wait_with_output().unwrap();
    assert_eq!(String::from_utf8_lossy(&output.stderr), "");
    assert_eq!(output.status.code(), Some(0));
}
