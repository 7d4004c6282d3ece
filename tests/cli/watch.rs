//! `plangate test --watch`, with files that change.

use std::fs;
use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};
use std::sync::mpsc::{Receiver, channel};
use std::thread;
use std::time::Duration;

use rustix::process::{Pid, Signal, kill_process};

use super::support::demo;

/// What a run says, line by line, on standard output and standard error.
struct Watching {
    child: Child,
    lines: Receiver<String>,
}

impl Watching {
    fn start(path: &str) -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_plangate"))
            .args(["test", path, "--filter", "test_", "--watch", "--color", "never"])
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let (sender, lines) = channel();
        let (stdout, stderr) = (child.stdout.take().unwrap(), child.stderr.take().unwrap());
        let of_stdout = sender.clone();
        thread::spawn(move || {
            BufReader::new(stdout)
                .lines()
                .map_while(Result::ok)
                .all(|line| of_stdout.send(line).is_ok())
        });
        thread::spawn(move || {
            BufReader::new(stderr)
                .lines()
                .map_while(Result::ok)
                .all(|line| sender.send(line).is_ok())
        });
        Watching { child, lines }
    }

    /// What it says until it waits for a change, and a little after, since it has two ways of saying it.
    fn round(&self) -> String {
        let mut said = String::new();
        while !said.contains("note: watching ") {
            let line = self.lines.recv_timeout(Duration::from_secs(60));
            said += &line.unwrap_or_else(|error| panic!("{error}: {said}"));
            said.push('\n');
        }
        while let Ok(line) = self.lines.recv_timeout(Duration::from_millis(100)) {
            said += &line;
            said.push('\n');
        }
        said
    }

    fn end(mut self) -> Option<i32> {
        kill_process(Pid::from_child(&self.child), Signal::INT).unwrap();
        self.child.wait().unwrap().code()
    }
}

impl Drop for Watching {
    fn drop(&mut self) {
        let _ = self.child.kill();
    }
}

#[test]
fn what_changes_is_tested_again_and_the_last_run_is_the_exit_code() {
    let (folder, path) = demo("watch");
    let policy = fs::read_to_string(folder.path("demo/named/named.rego")).unwrap();
    let test = |holds: &str| format!("package demo.named_test\n\ntest_it if {holds}\n");
    folder.write("demo/named/named_test.rego", &test("true"));
    folder.write("demo/other/other.rego", &policy.replace("demo.named", "demo.other"));
    folder.write("demo/other/other_test.rego", &test("true").replace("named", "other"));
    let watching = Watching::start(&path);
    let said = watching.round();
    assert!(
        said.contains("ok   demo.named") && said.contains("ok   demo.other"),
        "{said}"
    );
    assert!(!said.contains('\u{1b}'), "{said}");

    folder.write("demo/named/named_test.rego", &test("false"));
    let said = watching.round();
    assert!(said.contains("changed: ") && said.contains("named_test.rego"), "{said}");
    assert!(
        said.contains("FAIL demo.named") && !said.contains("demo.other"),
        "{said}"
    );

    // What did not pass is tested again with what changes, so that a run that passes means it.
    folder.write(
        "demo/other/other.rego",
        &policy.replace("demo.named", "demo.other").replace("low", "high"),
    );
    let said = watching.round();
    assert!(
        said.contains("FAIL demo.named") && said.contains("ok   demo.other"),
        "{said}"
    );

    folder.write("demo/named/named.rego", &policy[..policy.len() / 2]);
    let said = watching.round();
    assert!(said.contains("error: ") && said.contains("named.rego"), "{said}");

    folder.write("demo/named/named_test.rego", &test("true"));
    folder.write("demo/named/named.rego", &policy);
    let said = watching.round();
    assert!(
        said.contains("ok   demo.named") && said.contains("1 passed, 0 failed"),
        "{said}"
    );

    // A file of no policy may be read by any.
    folder.write("lib/ours/ours.rego", "package lib.ours\n\none := 1\n");
    let said = watching.round();
    assert!(
        said.contains("ok   demo.named") && said.contains("ok   demo.other"),
        "{said}"
    );
    assert_eq!(watching.end(), Some(0));
}

#[test]
fn a_run_that_fails_ends_with_one() {
    let (folder, path) = demo("watch-fails");
    folder.write(
        "demo/named/named_test.rego",
        "package demo.named_test\n\ntest_it if false\n",
    );
    let watching = Watching::start(&path);
    assert!(watching.round().contains("FAIL demo.named"));
    assert_eq!(watching.end(), Some(1));
}
