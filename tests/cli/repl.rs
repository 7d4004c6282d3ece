//! `plangate repl`, from a pipe and at a terminal.

use super::support::plangate;

const PLAN: &str = "testdata/quickstart/plan.json";

#[test]
fn what_comes_from_a_pipe_is_answered_as_it_comes() {
    let script = "\
count(input.resources.aws_s3_bucket) > 1
x := 1
x := 2
is_upload(r) if {
  r.name == \"uploads\"
}
some b in input.resources.aws_s3_bucket; is_upload(b); y := x + 1; true
input.resources.aws_nothing
:defined
:explain aws.kms.rotation aws_kms_key.main
count(data.aws.s3.https_only.deny) > 0
exit
1 +
";
    let run = plangate(&["repl", "--plan", PLAN], script);
    assert_eq!((run.code, &*run.stderr), (0, ""));
    let expected = "\
true
defined: x
defined: x
defined: is_upload
b = aws_s3_bucket.uploads
y = 3
undefined
x
is_upload
pass: aws.kms.rotation
";
    assert!(run.stdout.starts_with(expected), "{}", run.stdout);
    assert!(run.stdout.ends_with("true\n"), "{}", run.stdout);
}

#[test]
fn commands_show_the_plan_and_faults_the_way_out() {
    let run = plangate(
        &["repl", "--plan", PLAN],
        ":types\n:resource aws_s3_bucket.uploads\n:help\n",
    );
    assert!(run.stdout.contains("aws_s3_bucket  ") && run.stdout.contains("\"address\": \"aws_s3_bucket.uploads\""));
    assert!(run.stdout.contains(":explain POLICY ADDRESS"));
    for (line, said) in [
        (":resource aws_s3_bucket.upload", "did you mean aws_s3_bucket.uploads"),
        (":explain aws.s3.http_only plan", "did you mean aws.s3.https_only"),
        (":explain aws.s3.https_only", ":explain POLICY ADDRESS"),
        (":typs", "did you mean :types"),
        (":load none.rego", "none.rego cannot be read"),
        ("q := q", "is recursive"),
        ("1 +", "ends before it is complete"),
    ] {
        let run = plangate(&["repl", "--plan", PLAN], &format!("{line}\n"));
        assert_eq!(run.code, 2, "{line}");
        assert!(run.stderr.contains(said), "{line}: {}", run.stderr);
    }
    let run = plangate(&["repl", "--plan", "-"], "");
    assert!(
        run.code == 2 && run.stderr.contains("name a file for the plan"),
        "{}",
        run.stderr
    );
}

#[cfg(unix)]
#[test]
fn a_terminal_completes_and_keeps_its_history() {
    use std::fs::{self, File};
    use std::io::{Read, Write};
    use std::process::Command;

    use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};

    let folder = super::support::Folder::new("repl");
    let history = folder.path("state/history");
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
    let terminal = File::options().read(true).write(true).open(name).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_plangate"))
        .args(["repl", "--plan", PLAN, "--history", &history])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("TERM", "xterm")
        .stdin(terminal.try_clone().unwrap())
        .stdout(terminal.try_clone().unwrap())
        .stderr(terminal)
        .spawn()
        .unwrap();
    let mut controller = File::from(controller);
    let mut shown = Vec::new();
    // What is typed before there is a prompt is read by the terminal itself.
    let mut until = |controller: &mut File, text: &str| {
        let from = shown.len();
        let mut bytes = [0; 4096];
        while !String::from_utf8_lossy(&shown[from..]).contains(text) {
            match controller.read(&mut bytes) {
                Ok(read) if read > 0 => shown.extend_from_slice(&bytes[..read]),
                // Where the last writer has gone, Linux ends in an error.
                _ => break,
            }
        }
    };
    until(&mut controller, "> ");
    // The tab completes the only address that begins so.
    controller.write_all(b":resource aws_s3_bucket.upl\t").unwrap();
    until(&mut controller, "aws_s3_bucket.uploads");
    controller.write_all(b"\r").unwrap();
    until(&mut controller, "\u{1b}[K> ");
    controller.write_all(b":quit\r").unwrap();
    until(&mut controller, "no more of it");
    assert_eq!(child.wait().unwrap().code(), Some(0));
    let shown = String::from_utf8_lossy(&shown);
    assert!(shown.contains("\"address\": \"aws_s3_bucket.uploads\""), "{shown}");
    assert!(
        fs::read_to_string(history)
            .unwrap()
            .contains(":resource aws_s3_bucket.uploads")
    );
}
