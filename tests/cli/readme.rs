//! What the README shows is what the binary does.

use std::fs::File;
use std::io::Read;
use std::process::{Command, Stdio};

use rustix::pty::{OpenptFlags, grantpt, openpt, ptsname, unlockpt};
use rustix::termios::{Winsize, tcsetwinsize};

const README: &str = include_str!("../../README.md");
const COMMAND: &str = "check testdata/quickstart/plan.json";

/// What these arguments show at a terminal of 80 columns, in the project's folder.
fn at_a_terminal(arguments: &[&str]) -> String {
    let controller = openpt(OpenptFlags::RDWR | OpenptFlags::NOCTTY).unwrap();
    grantpt(&controller).unwrap();
    unlockpt(&controller).unwrap();
    let name = ptsname(&controller, Vec::new()).unwrap().into_string().unwrap();
    let terminal = File::options().read(true).write(true).open(name).unwrap();
    let size = Winsize {
        ws_row: 24,
        ws_col: 80,
        ws_xpixel: 0,
        ws_ypixel: 0,
    };
    tcsetwinsize(&terminal, size).unwrap();
    let mut child = Command::new(env!("CARGO_BIN_EXE_plangate"))
        .args(arguments)
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .stdin(Stdio::null())
        .stdout(terminal)
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    let mut shown = Vec::new();
    // Where the last writer has gone, Linux ends in an error.
    let _ = File::from(controller).read_to_end(&mut shown);
    assert_eq!(child.wait().unwrap().code(), Some(1));
    String::from_utf8(shown).unwrap().replace("\r\n", "\n")
}

/// A line but for the time, which is another in each run.
fn timeless(line: &str) -> &str {
    line.rsplit_once(", in ").map_or(line, |(line, _)| line)
}

#[test]
fn the_readme_shows_what_a_terminal_shows() {
    let start = format!("```\n$ plangate {COMMAND}\n");
    let sample = README.split_once(&start).unwrap().1.split_once("\n```").unwrap().0;
    let mut arguments: Vec<&str> = COMMAND.split(' ').collect();
    arguments.extend(["--as-of", "2026-11-22"]);
    let shown = at_a_terminal(&arguments);
    let mut rest = shown.lines();
    // A line that stands for several says how many findings it leaves out.
    for line in sample.lines().filter(|line| !line.starts_with('┆')) {
        let is_next = rest.any(|shown| timeless(shown) == timeless(line));
        assert!(is_next, "not shown, or not there: {line}\n{shown}");
    }
    assert_eq!(rest.next(), None, "the sample ends before the table does");
}
