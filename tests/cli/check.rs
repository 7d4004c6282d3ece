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
            run.stdout.contains(&format!("{path}\n\ncannot decide: ")),
            "{}",
            run.stdout
        );
    }
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
