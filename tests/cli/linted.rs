//! The pipelines' files under the linters of their formats, and the completions in their shells, where these are installed.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};

use serde_json::Value;

use super::beside;
use super::support::{Folder, plangate};

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

/// Whether a tool is on the path; where it is not, that is said.
fn is_there(tool: &str) -> bool {
    let path = std::env::var_os("PATH").unwrap_or_default();
    let is_there = std::env::split_paths(&path).any(|folder| folder.join(tool).is_file());
    if !is_there {
        beside::skipped(&format!("{tool} is not on the path"));
    }
    is_there
}

/// Panics where the tool finds anything.
fn clean(tool: &str, arguments: &[&str], input: &str) {
    let mut child = Command::new(tool)
        .args(arguments)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(input.as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    let errors = String::from_utf8_lossy(&output.stderr);
    assert!(output.status.success(), "{tool} {arguments:?}: {said}{errors}\n{input}");
}

/// The scripts in a pipeline's file: what its steps run.
fn scripts(value: &Value, found: &mut Vec<String>) {
    match value {
        Value::Object(members) => {
            for (name, member) in members {
                match (name.as_str(), member) {
                    ("run" | "script", Value::String(script)) => found.push(script.clone()),
                    ("script", Value::Array(lines)) => {
                        let lines: Vec<&str> = lines.iter().filter_map(Value::as_str).collect();
                        found.push(lines.join("\n"));
                    }
                    _ => scripts(member, found),
                }
            }
        }
        Value::Array(elements) => elements.iter().for_each(|element| scripts(element, found)),
        _ => {}
    }
}

#[test]
fn scripts_are_clean() {
    if !is_there("shellcheck") {
        return;
    }
    let mut found = Vec::new();
    for file in [
        "action.yml",
        "pipelines/github/workflow.yml",
        "pipelines/gitlab/plangate.yml",
        "pipelines/azure/azure-pipelines.yml",
        "pipelines/atlantis/repos.yaml",
    ] {
        let before = found.len();
        let text = fs::read_to_string(project(file)).unwrap();
        scripts(&yaml_serde::from_str(&text).unwrap(), &mut found);
        assert!(found.len() > before, "{file} runs nothing");
    }
    let jenkins = fs::read_to_string(project("pipelines/jenkins/Jenkinsfile")).unwrap();
    let steps = jenkins
        .lines()
        .filter_map(|line| line.trim().strip_prefix("sh '")?.strip_suffix('\''));
    found.extend(steps.map(str::to_owned));
    found.push(plangate(&["completions", "bash"], "").stdout);
    let last = found.pop().unwrap();
    // The environment's variables and three matters of taste; a pipe into plangate is safe, since no plan is exit 2.
    for script in found {
        clean(
            "shellcheck",
            &[
                "--shell",
                "bash",
                "--enable",
                "all",
                "--exclude",
                "SC2154,SC2250,SC2292,SC2312",
                "-",
            ],
            &script,
        );
    }
    // What clap writes is not ours to restyle.
    clean("shellcheck", &["--shell", "bash", "--severity", "error", "-"], &last);
}

#[test]
fn files_are_what_their_services_read() {
    if is_there("actionlint") {
        clean(
            "actionlint",
            &["-"],
            &fs::read_to_string(project("pipelines/github/workflow.yml")).unwrap(),
        );
    }
    if is_there("hadolint") {
        clean(
            "hadolint",
            &["-"],
            &fs::read_to_string(project("pipelines/docker/Dockerfile")).unwrap(),
        );
    }
    if is_there("check-jsonschema") {
        for (schema, file) in [
            ("vendor.github-actions", "action.yml"),
            ("vendor.github-workflows", "pipelines/github/workflow.yml"),
            ("vendor.gitlab-ci", "pipelines/gitlab/plangate.yml"),
            ("vendor.azure-pipelines", "pipelines/azure/azure-pipelines.yml"),
        ] {
            let file = project(file);
            clean(
                "check-jsonschema",
                &["--builtin-schema", schema, file.to_str().unwrap()],
                "",
            );
        }
    }
    if is_there("pre-commit") {
        let manifest = project(".pre-commit-hooks.yaml");
        clean("pre-commit", &["validate-manifest", manifest.to_str().unwrap()], "");
    }
}

#[test]
fn completions_load_in_their_shells() {
    let folder = Folder::new("linted_completions");
    for (shell, file, script, said) in [
        (
            "fish",
            "plangate.fish",
            "source plangate.fish; complete -C 'plangate check --no-wai'",
            "--no-waivers\t",
        ),
        (
            "zsh",
            "_plangate",
            "fpath=($PWD $fpath); autoload -Uz compinit; compinit -D -u; autoload +X _plangate && print -r -- $_comps[plangate]",
            "_plangate\n",
        ),
    ] {
        if !is_there(shell) {
            continue;
        }
        folder.write(file, &plangate(&["completions", shell], "").stdout);
        let output = Command::new(shell)
            .args(
                ["-f", "-c", script]
                    .iter()
                    .filter(|word| shell == "zsh" || **word != "-f"),
            )
            .current_dir(folder.path(""))
            .output()
            .unwrap();
        let printed = String::from_utf8_lossy(&output.stdout);
        assert!(
            printed.starts_with(said),
            "{shell}: {printed}{}",
            String::from_utf8_lossy(&output.stderr)
        );
    }
}
