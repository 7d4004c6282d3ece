//! What the pages for those who come from other tools show is what the tools say.

use std::process::Command;

use super::beside;
use super::support::Folder;

const PLAN: &str = include_str!("../../testdata/quickstart/plan.json");

/// A block of code: what stands behind its fence, and its lines.
struct Block<'p> {
    info: &'p str,
    text: &'p str,
}

fn blocks(page: &str) -> Vec<Block<'_>> {
    let parts: Vec<&str> = page.split("```").collect();
    let inside = parts.chunks(2).filter_map(|pair| pair.get(1));
    inside
        .map(|block| {
            let (info, text) = block.split_once('\n').unwrap();
            Block { info, text }
        })
        .collect()
}

/// Runs what a page shows in a folder of its own, with the files that it shows; gives how many commands ran.
fn run(name: &str, page: &str) -> usize {
    let folder = Folder::new(&format!("guide-{name}"));
    folder.write("plan.json", PLAN);
    let mut ran = 0;
    for Block { info, text } in blocks(page) {
        if let Some((_, path)) = info.split_once(' ') {
            folder.write(path, text);
        }
        let Some(lines) = (info == "console").then(|| text.strip_prefix("$ ").unwrap()) else {
            continue;
        };
        let (command, expected) = lines.split_once('\n').unwrap();
        let (program, arguments) = command.split_once(' ').unwrap();
        let binary = match program {
            "plangate" => env!("CARGO_BIN_EXE_plangate"),
            other => other,
        };
        let output = Command::new(binary)
            .args(arguments.split(' '))
            .current_dir(folder.path(""))
            .env("NO_COLOR", "1")
            .output();
        let Ok(output) = output else {
            beside::skipped(&format!(
                "{program} does not run, so that what {name} shows of it is not compared"
            ));
            continue;
        };
        let shown = String::from_utf8(output.stdout).unwrap();
        let mut rest = shown.lines();
        for line in expected.lines().filter(|line| !line.is_empty()) {
            let is_next = rest.any(|shown| shown == line);
            assert!(
                is_next,
                "{name}: `{command}` does not show, or not there: {line}\n{shown}"
            );
        }
        ran += 1;
    }
    ran
}

#[test]
fn the_pages_show_what_the_tools_say() {
    for (name, page, least) in [
        ("from-conftest", include_str!("../../docs/from-conftest.md"), 2),
        ("from-regula", include_str!("../../docs/from-regula.md"), 2),
        ("from-sentinel", include_str!("../../docs/from-sentinel.md"), 1),
        ("from-checkov", include_str!("../../docs/from-checkov.md"), 1),
    ] {
        let ran = run(name, page);
        assert!(ran >= least, "{name}: {ran} commands ran");
    }
}
