//! The pipelines' scripts, as their files have them, run in a shell with a stub of terraform.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::Value;

use super::support::{Folder, plangate};

const GITHUB: &[&str] = &["bash", "--noprofile", "--norc", "-eo", "pipefail", "-c"];
const GITLAB: &[&str] = &["bash", "-eo", "pipefail", "-c"];
const JENKINS: &[&str] = &["sh", "-xe", "-c"];
const AZURE: &[&str] = &["bash", "--noprofile", "--norc", "-c"];
const ATLANTIS: &[&str] = &["sh", "-c"];

/// Logs what it is asked for; `show` prints the plan of the test, and fails where there is none.
const TERRAFORM: &str = r#"#!/bin/sh
echo "$*" >> terraform.log
case "$1" in
  plan) : > tfplan ;;
  show) cat "$STUB_PLAN" ;;
esac
"#;

/// Logs what it is asked for; answers a list of comments with the identifiers of the test.
const GH: &str = r#"#!/bin/sh
echo "$*" >> gh.log
case "$*" in *--paginate*) printf '%s' "$STUB_COMMENTS" ;; esac
"#;

fn project(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn text(path: &str) -> String {
    fs::read_to_string(project(path)).unwrap()
}

fn yaml(path: &str) -> Value {
    yaml_serde::from_str(&text(path)).unwrap()
}

fn items(value: &Value) -> &[Value] {
    value.as_array().unwrap()
}

/// A pipeline's folder, with the stubs.
struct Stage(Folder);

impl Stage {
    fn new(name: &str) -> Self {
        let folder = Folder::new(name);
        for (stub, script) in [("terraform", TERRAFORM), ("gh", GH)] {
            let path = folder.write(&format!("stubs/{stub}"), script);
            fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
        }
        folder.write("truncated.json", "{\"format_version\": \"1.2\", \"planned");
        Stage(folder)
    }

    /// What a script ends in.
    fn run(&self, shell: &[&str], script: &str, variables: &[(&str, &str)]) -> i32 {
        let built = Path::new(env!("CARGO_BIN_EXE_plangate")).parent().unwrap();
        let path = format!(
            "{}:{}:{}",
            self.0.path("stubs"),
            built.display(),
            std::env::var("PATH").unwrap()
        );
        Command::new(shell[0])
            .args(&shell[1..])
            .arg(script)
            .current_dir(self.0.path("."))
            .env("PATH", path)
            .envs(variables.iter().copied())
            .output()
            .unwrap()
            .status
            .code()
            .unwrap()
    }

    fn read(&self, file: &str) -> String {
        fs::read_to_string(self.0.path(file)).unwrap_or_default()
    }

    fn applied(&self) -> bool {
        self.read("terraform.log").lines().any(|line| line.starts_with("apply"))
    }
}

/// Runs the steps until one fails, for a plan that passes, one that fails, one that is cut off, and none at all.
fn prove(name: &str, shell: &[&str], steps: &[String], variables: &[(&str, &str)], reports: &[&str]) {
    let passing = project("policies/aws/config/recorder/pass_on/plan.json");
    let failing = project("testdata/quickstart/plan.json");
    for (case, plan, expected) in [
        ("passing", passing.to_str().unwrap(), Some(0)),
        ("failing", failing.to_str().unwrap(), Some(1)),
        ("truncated", "truncated.json", Some(2)),
        ("missing", "missing.json", None),
    ] {
        let stage = Stage::new(&format!("pipelines_{name}_{case}"));
        let mut variables = variables.to_vec();
        variables.push(("STUB_PLAN", plan));
        let ended = steps
            .iter()
            .map(|step| stage.run(shell, step, &variables))
            .find(|code| *code != 0)
            .unwrap_or(0);
        match expected {
            Some(code) => assert_eq!(ended, code, "{name}, {case}"),
            None => assert_ne!(ended, 0, "{name}, {case}"),
        }
        assert_eq!(stage.applied(), ended == 0, "{name}, {case}");
        for report in reports.iter().filter(|_| expected.is_some()) {
            assert_ne!(stage.read(report), "", "{name}, {case}: {report}");
        }
    }
}

fn step_of_action(name: &str) -> Value {
    let action = yaml("action.yml");
    let steps = items(&action["runs"]["steps"]);
    steps.iter().find(|step| step["name"] == name).unwrap().clone()
}

#[test]
fn github() {
    let gate = step_of_action("Judge the plan");
    let workflow = yaml("pipelines/github/workflow.yml");
    let mut steps = Vec::new();
    for step in items(&workflow["jobs"]["plan"]["steps"]) {
        match (step["run"].as_str(), step["uses"].as_str()) {
            (Some(script), _) => steps.push(script.to_owned()),
            (None, Some(uses)) if uses.contains("plangate@") => steps.push(gate["run"].as_str().unwrap().to_owned()),
            _ => {}
        }
    }
    assert_eq!(steps.len(), 5);
    let variables = [
        ("PLAN", "plan.json"),
        ("FAIL_ON", "low"),
        ("UNKNOWN", "warn"),
        ("REPORTS", "plangate-reports"),
        ("GITHUB_OUTPUT", "output"),
        ("GITHUB_STEP_SUMMARY", "summary"),
    ];
    let reports = [
        "output",
        "summary",
        "plangate-reports/plangate.sarif",
        "plangate-reports/plangate.json",
        "plangate-reports/comment.md",
    ];
    prove("github", GITHUB, &steps, &variables, &reports);
}

#[test]
fn github_updates_its_comment() {
    let step = step_of_action("Comment on the pull request");
    let script = step["run"].as_str().unwrap();
    for (case, comments, expected) in [
        (
            "none",
            "",
            "api --method POST all --field body=@reports/comment.md --silent",
        ),
        (
            "two",
            "7\n8\n",
            "api --method PATCH one/7 --field body=@reports/comment.md --silent",
        ),
    ] {
        let stage = Stage::new(&format!("pipelines_comment_{case}"));
        let variables = [
            ("COMMENTS", "all"),
            ("COMMENT", "one"),
            ("REPORTS", "reports"),
            ("STUB_COMMENTS", comments),
        ];
        assert_eq!(stage.run(GITHUB, script, &variables), 0);
        assert_eq!(stage.read("gh.log").lines().last(), Some(expected));
    }
    let first = plangate(&["check", "testdata/quickstart/plan.json", "--format", "markdown"], "").stdout;
    assert!(script.contains(first.lines().next().unwrap()), "the marker is another");
}

/// What GitHub says of a composite action: each script names its shell, and inputs are declared. An input within a script
/// would be run, so they come by the environment.
#[test]
fn the_action_is_one() {
    let action = yaml("action.yml");
    assert_eq!(action["runs"]["using"], "composite");
    for step in items(&action["runs"]["steps"]) {
        assert!(step["run"].is_string() != step["uses"].is_string(), "{step}");
        if let Some(script) = step["run"].as_str() {
            assert!(step["shell"].is_string(), "{step}");
            assert!(!script.contains("${{"), "{script}");
        }
        for used in step.to_string().split("inputs.").skip(1) {
            let name: String = used.chars().take_while(|c| c.is_alphanumeric() || *c == '-').collect();
            assert!(action["inputs"][&name].is_object(), "{name} is no input");
        }
    }
    let workflow = yaml("pipelines/github/workflow.yml");
    for step in items(&workflow["jobs"]["plan"]["steps"]) {
        if step["uses"].as_str().is_some_and(|uses| uses.contains("plangate@")) {
            for name in step["with"].as_object().unwrap().keys() {
                assert!(action["inputs"][name].is_object(), "{name} is no input");
            }
        }
    }
}

#[test]
fn gitlab() {
    let jobs = yaml("pipelines/gitlab/plangate.yml");
    let stages = items(&jobs["stages"]);
    let names = ["plan", "plangate", "apply"];
    let steps = names.map(|name| {
        assert!(stages.contains(&jobs[name]["stage"]), "{name}");
        let lines = items(&jobs[name]["script"]).iter().map(|line| line.as_str().unwrap());
        lines.collect::<Vec<_>>().join("\n")
    });
    assert!(items(&jobs["apply"]["needs"]).contains(&Value::from("plangate")));
    assert_eq!(jobs["plangate"]["allow_failure"], false);
    let kept = &jobs["plangate"]["artifacts"]["reports"];
    let reports = ["codequality", "junit"].map(|kind| kept[kind].as_str().unwrap());
    prove("gitlab", GITLAB, &steps, &[], &reports);
}

#[test]
fn jenkins() {
    let file = text("pipelines/jenkins/Jenkinsfile");
    let steps: Vec<String> = file
        .lines()
        .filter_map(|line| line.trim().strip_prefix("sh '")?.strip_suffix('\''))
        .map(str::to_owned)
        .collect();
    assert_eq!(steps.len(), 5);
    prove("jenkins", JENKINS, &steps, &[], &["plangate.xml", "plangate.html"]);
}

#[test]
fn azure() {
    let file = yaml("pipelines/azure/azure-pipelines.yml");
    let steps: Vec<String> = items(&file["steps"])
        .iter()
        .filter_map(|step| step["script"].as_str())
        .map(str::to_owned)
        .collect();
    assert_eq!(steps.len(), 5);
    prove("azure", AZURE, &steps, &[], &["plangate.xml", "plangate.sarif"]);
}

#[test]
fn atlantis() {
    let file = yaml("pipelines/atlantis/repos.yaml");
    assert_eq!(file["repos"][0]["workflow"], "plangate");
    let workflow = &file["workflows"]["plangate"];
    let steps_of = |stage: &str| -> Vec<String> {
        let steps = items(&workflow[stage]["steps"]).iter();
        steps
            .map(|step| match step.as_str() {
                Some(step @ ("init" | "plan" | "apply")) => format!("terraform {step}"),
                _ => step["run"].as_str().unwrap().to_owned(),
            })
            .collect()
    };
    let variables = [("PLANFILE", "tfplan")];
    let both = [steps_of("plan"), steps_of("apply")].concat();
    prove("atlantis", ATLANTIS, &both, &variables, &[]);
    // Apply keeps the gate by itself, too.
    prove("atlantis_apply", ATLANTIS, &steps_of("apply"), &variables, &[]);
}

#[test]
fn pre_commit() {
    let hooks = yaml(".pre-commit-hooks.yaml");
    for hook in items(&hooks) {
        for key in ["id", "name", "entry", "language", "files"] {
            assert!(hook[key].is_string(), "{hook}");
        }
    }
    let config = yaml("pipelines/pre-commit/.pre-commit-config.yaml");
    let hook = &hooks[0];
    assert_eq!(config["repos"][0]["hooks"][0]["id"], hook["id"]);
    let files = regex::Regex::new(hook["files"].as_str().unwrap()).unwrap();
    assert!(files.is_match("live/plan.json") && files.is_match("tfplan.json") && !files.is_match("myplan.json"));
    // A hook's files follow its entry.
    let steps = [
        "terraform show -json tfplan > plan.json".to_owned(),
        format!("{} plan.json", hook["entry"].as_str().unwrap()),
        "terraform apply tfplan".to_owned(),
    ];
    prove("pre_commit", &["sh", "-c"], &steps, &[], &[]);
    let stage = Stage::new("pipelines_lint");
    let lint = hooks[1]["entry"].as_str().unwrap();
    assert_eq!(stage.run(&["sh", "-c"], lint, &[]), 2, "there are no policies");
}

#[test]
fn the_page_shows_the_files() {
    let page = text("docs/pipelines.md");
    for (path, language) in [
        ("pipelines/github/workflow.yml", "yaml"),
        ("pipelines/gitlab/plangate.yml", "yaml"),
        ("pipelines/pre-commit/.pre-commit-config.yaml", "yaml"),
        ("pipelines/atlantis/repos.yaml", "yaml"),
        ("pipelines/jenkins/Jenkinsfile", "groovy"),
        ("pipelines/azure/azure-pipelines.yml", "yaml"),
        ("pipelines/docker/Dockerfile", "dockerfile"),
    ] {
        let block = format!("(../{path}):\n\n```{language}\n{}```\n", text(path));
        assert!(page.contains(&block), "docs/pipelines.md does not show {path} as it is");
    }
}

#[test]
fn completions_complete() {
    let stage = Stage::new("pipelines_completions");
    let script = "source <(plangate completions bash); COMP_WORDS=(plangate chec); COMP_CWORD=1; \
                  _plangate plangate chec plangate; [ \"${COMPREPLY[*]}\" = check ]";
    assert_eq!(stage.run(&["bash", "-c"], script, &[]), 0);
    for shell in ["bash", "elvish", "fish", "powershell", "zsh"] {
        let run = plangate(&["completions", shell], "");
        assert_eq!((run.code, &*run.stderr), (0, ""));
        assert!(run.stdout.contains("fail-on"), "{shell}");
    }
}

#[test]
fn each_command_has_a_manual_page() {
    let folder = Folder::new("pipelines_man");
    let pages = folder.path("made/man1");
    assert_eq!(plangate(&["man", &pages], "").code, 0);
    let page = fs::read_to_string(folder.path("made/man1/plangate-check.1")).unwrap();
    assert!(page.contains(".TH") && page.contains("fail\\-on"), "{page}");
    assert!(!Path::new(&folder.path("made/man1/plangate-apart.1")).exists());
    let file = folder.write("file", "");
    assert_eq!(plangate(&["man", &file], "").code, 2);
}

#[test]
fn the_readme_shows_parts_of_the_page() {
    let (readme, page) = (text("README.md"), text("docs/pipelines.md"));
    let blocks: Vec<&str> = readme
        .split("```yaml\n")
        .skip(1)
        .filter_map(|rest| rest.split("```").next())
        .collect();
    assert_eq!(blocks.len(), 2);
    for block in blocks {
        assert!(
            page.contains(block),
            "docs/pipelines.md does not have this part of the README:\n{block}"
        );
    }
}
