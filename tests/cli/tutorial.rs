//! The tutorial's files and commands, one after another in an empty folder: what it shows is what they say.

use std::path::Path;
use std::process::Command;

use super::support::Folder;

const PAGE: &str = include_str!("../../docs/tutorial.md");

/// What a command says on standard output and standard error, as a terminal shows it.
fn said(command: &str, folder: &str) -> String {
    let binary = Path::new(env!("CARGO_BIN_EXE_plangate")).parent().unwrap();
    let path = format!("{}:/usr/bin:/bin", binary.display());
    let output = Command::new("sh")
        .args(["-c", &format!("{{ {command}\n}} 2>&1")])
        .current_dir(folder)
        .env("PATH", path)
        .env("NO_COLOR", "1")
        .env_remove("CLICOLOR_FORCE")
        .output()
        .unwrap();
    String::from_utf8(output.stdout).unwrap()
}

#[test]
fn the_tutorial_does_what_it_shows() {
    let folder = Folder::new("tutorial");
    let (mut commands, mut files) = (0, 0);
    let mut file = None;
    // Every second part stands between fences.
    for (index, part) in PAGE.split("\n```").enumerate() {
        if index % 2 == 0 {
            let quoted = part.split('`').skip(1).step_by(2);
            let named = quoted.filter(|text| text.ends_with(".json") || text.ends_with(".rego"));
            file = named.last().or(file);
            continue;
        }
        let (kind, body) = part.split_once('\n').unwrap();
        if kind != "console" {
            folder.write(file.unwrap(), &format!("{body}\n"));
            files += 1;
            continue;
        }
        for shown in format!("\n{body}").split("\n$ ").skip(1) {
            let (command, expected) = shown.split_once('\n').unwrap_or((shown, ""));
            assert_eq!(
                said(command, &folder.path("")).trim_end(),
                expected.trim_end(),
                "{command}"
            );
            commands += 1;
        }
    }
    assert!(commands >= 9 && files == 3, "{commands} commands, {files} files");
}
