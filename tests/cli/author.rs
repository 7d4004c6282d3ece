//! `plangate new` and `plangate docs`.

use super::support::{Folder, demo, plangate};

#[test]
fn a_new_policy_loads_lints_but_for_what_is_to_be_filled_and_fails_its_test() {
    for (index, examines) in [
        "aws_s3_bucket",
        "aws_s3_bucket,data.aws_ami",
        "plan",
        "var",
        "output",
        "provider",
        "module",
        "removed",
        "*",
    ]
    .into_iter()
    .enumerate()
    {
        let folder = Folder::new(&format!("new-{index}"));
        let dir = folder.path("");
        let made = plangate(
            &["new", "aws.s3.object_lock", "--examines", examines, "--dir", &dir],
            "",
        );
        assert_eq!(made.code, 0, "{examines}: {}", made.stderr);
        assert_eq!(made.stdout.lines().count(), 3, "{}", made.stdout);
        let listed = plangate(&["list", "--policy", &dir, "--only", "aws.s3.object_lock"], "");
        assert_eq!(listed.code, 0, "{examines}: {}", listed.stderr);
        let tested = plangate(&["test", &dir], "");
        assert_eq!(tested.code, 1, "{examines}: {}{}", tested.stdout, tested.stderr);
        assert!(
            tested.stdout.contains("test_fill_in fails"),
            "{examines}: {}",
            tested.stdout
        );
        assert!(tested.stdout.contains("plan.json"), "{examines}: {}", tested.stdout);
        let linted = plangate(&["lint", &dir], "");
        assert_eq!(linted.code, 1, "{examines}");
        for problem in linted.stdout.lines().filter(|line| line.ends_with(']')) {
            let is_left = ["FILL IN", "fill_in", "plan.json", "README.md"]
                .iter()
                .any(|left| problem.contains(left));
            assert!(is_left, "{examines}: {problem}");
        }
    }
}

#[test]
fn new_never_overwrites_and_says_what_is_wrong() {
    let folder = Folder::new("new-wrong");
    let dir = folder.path("");
    let new = |arguments: &[&str]| plangate(&[&["new", "--dir", &dir], arguments].concat(), "");
    let examines = ["--examines", "aws_s3_bucket"];
    for (arguments, expected) in [
        (&["aws.S3"][..], "lower-case"),
        (&["lib.s3"], "library"),
        (&["aws.s3.lock"], "--examines aws_s3_bucket"),
        (
            &["aws.s3.lock", "--examines", "aws_s3_buckett"],
            "did you mean aws_s3_bucket",
        ),
        (&["aws.s3.lock", "--examines", "outputs"], "did you mean output"),
        (
            &["aws.s3.lock", "--severity", "severe"],
            "info, low, medium, high or critical",
        ),
        (&[], "<POLICY>"),
    ] {
        let run = new(arguments);
        assert_eq!((run.code, &*run.stdout), (2, ""), "{arguments:?}");
        assert!(run.stderr.contains(expected), "{arguments:?}\n{}", run.stderr);
    }
    let again = [&["aws.s3.lock"], &examines[..]].concat();
    assert_eq!(new(&again).code, 0);
    folder.write("aws/s3/lock/lock.rego", "mine");
    let run = new(&again);
    assert_eq!(run.code, 2);
    assert!(run.stderr.contains("is there already"), "{}", run.stderr);
    assert_eq!(
        std::fs::read_to_string(folder.path("aws/s3/lock/lock.rego")).unwrap(),
        "mine"
    );
}

#[test]
fn docs_writes_its_own_pages_and_nobody_elses() {
    let (folder, demo) = demo("docs-pages");
    let (index, page) = (folder.path("README.md"), folder.path("demo/named/README.md"));
    let docs = |more: &[&str]| plangate(&[&["docs", &*demo], more].concat(), "");
    let missing = docs(&["--check"]);
    assert_eq!((missing.code, &*missing.stdout), (1, "2 pages, 2 to mend\n"));
    let says = format!("README.md: is missing: run `plangate docs {demo}`");
    assert!(missing.stderr.contains(&says), "{}", missing.stderr);
    assert!(plangate(&["lint", &demo], "").stdout.contains(&says));
    folder.write("README.md", "# Ours\n");
    for more in [&[][..], &["--check"]] {
        let run = docs(more);
        assert_eq!(run.code, 1);
        let says = format!("{index}: is not made by plangate: move it, or delete it\n");
        assert!(run.stderr.contains(&says), "{}", run.stderr);
        assert_eq!(std::fs::read_to_string(&index).unwrap(), "# Ours\n");
    }
    let made = std::fs::read_to_string(&page).unwrap();
    folder.write("demo/named/README.md", &format!("{made}more"));
    let stale = docs(&["--check"]).stderr;
    assert!(stale.contains(&format!("{page}: is out of date: run ")), "{stale}");
    docs(&[]);
    assert_eq!(std::fs::read_to_string(&page).unwrap(), made);
    std::fs::remove_file(&index).unwrap();
    assert_eq!(docs(&[]).code, 0);
    assert_eq!(
        (docs(&["--check"]).code, docs(&["--check"]).stdout),
        (0, "2 pages, 0 to mend\n".to_owned())
    );
}
