//! The examples in every command's `--help`, each run in a folder that has what it names.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;
use std::process::{Command, Stdio};

use super::help::commands;
use super::support::{Folder, plangate};

const ROOT: &str = env!("CARGO_MANIFEST_DIR");

/// Examples that cannot be run here, and why.
const NOT_RUN: [(&str, &str); 6] = [
    (
        "plangate bundle lock oci://registry.acme.test/policies:1.2.0",
        "needs a registry; tests/cli/bundle/remote.rs has one",
    ),
    (
        "plangate check plan.json --bundle oci://registry.acme.test/policies:1.2.0",
        "needs a registry; tests/cli/bundle/remote.rs has one",
    ),
    (
        "plangate bundle fetch",
        "needs what is locked, and so a registry; tests/cli/bundle/remote.rs has one",
    ),
    (
        "plangate new aws.s3.object_lock",
        "asks at a terminal; tests/cli/author.rs says what it wants without one",
    ),
    (
        "plangate test our-policies --watch",
        "does not end; tests/cli/watch.rs ends it",
    ),
    (
        "plangate repl --plan testdata/quickstart/plan.json",
        "asks at a terminal; tests/cli/repl.rs has one",
    ),
];

/// What an example ends with, and what it says: on standard output, or after the name of a file and a colon in that.
const RUN: &[(&str, i32, &str)] = &[
    (
        "terraform plan -out tfplan && terraform show -json tfplan | plangate check",
        1,
        "aws.s3.https_only",
    ),
    ("terraform show -json tfplan | plangate check", 1, "aws.s3.https_only"),
    (
        "plangate check plan.json --fail-on high",
        1,
        "FAILED: 5 findings at high or above",
    ),
    (
        "plangate check plans/ --policy our-policies/ --format json=report.json",
        1,
        "report.json: \"policy\": \"acme.s3.versioning\"",
    ),
    ("plangate explain aws.s3.https_only", 0, "aws_s3_bucket_policy"),
    (
        "plangate check plan.json --only aws.s3,aws.kms --fail-on high",
        1,
        "aws.s3.https_only",
    ),
    (
        "plangate check plan.json --new-only --unknown fail",
        1,
        "aws.s3.https_only",
    ),
    (
        "plangate check plans/ --format table --format json=report.json",
        1,
        "report.json: \"plans\"",
    ),
    (
        "plangate check network=net/plan.json app=app/plan.json --format sarif=out.sarif",
        1,
        "out.sarif: \"2.1.0\"",
    ),
    ("plangate check plan.json --timings", 1, "aws.s3.https_only"),
    (
        "plangate check plan.json --conftest policy/ --all-namespaces",
        1,
        "conftest.main.deny",
    ),
    ("plangate inspect plan.json", 0, "\"aws_s3_bucket\""),
    (
        "terraform show -json tfplan | plangate inspect --before",
        0,
        "\"resources\"",
    ),
    ("plangate list", 0, "aws.s3.https_only"),
    ("plangate list --only aws.s3", 0, "aws.s3.https_only"),
    (
        "plangate list --policy our-policies --format markdown",
        0,
        "acme.s3.versioning",
    ),
    (
        "plangate explain aws.s3.https_only aws_s3_bucket.uploads --plan testdata/quickstart/plan.json",
        0,
        "The smallest change",
    ),
    (
        "plangate explain aws_s3_bucket.uploads --plan testdata/quickstart/plan.json",
        0,
        "fail     aws.s3.https_only",
    ),
    (
        "plangate explain aws.s3.https_only --plan testdata/quickstart/plan.json",
        0,
        "fail     aws_s3_bucket.uploads",
    ),
    (
        "plangate explain aws.security_group.open_ingress aws_security_group.admin --plan plan.json --format json",
        0,
        "\"verdict\": \"unknown\"",
    ),
    (
        "plangate eval 'count(input.resources)' --plan testdata/quickstart/plan.json",
        0,
        "10\n",
    ),
    (
        "plangate eval 'some b in input.resources.aws_s3_bucket; b.address' --plan plan.json",
        0,
        "aws_s3_bucket.uploads",
    ),
    (
        "plangate eval 'tf.get(input.resources.aws_s3_bucket[0], \"force_destroy\", false)' --plan plan.json",
        1,
        "false",
    ),
    (
        "plangate eval 'data.aws.s3.https_only.deny' --plan plan.json --format json",
        0,
        "it answers over plain HTTP",
    ),
    (
        "terraform show -json tfplan | plangate eval 'input.terraform.version' --plan -",
        0,
        "1.11.4",
    ),
    ("plangate repl --plan plan.json --policy our-policies/", 0, "10\n"),
    (
        "echo 'count(input.resources)' | plangate repl --plan testdata/quickstart/plan.json",
        0,
        "10\n",
    ),
    ("plangate test", 0, "ok   acme.s3.versioning"),
    (
        "plangate test our-policies --only acme.s3 --timings",
        0,
        "ok   acme.s3.versioning: ",
    ),
    (
        "plangate test our-policies --filter test_unknown",
        0,
        "acme.s3.versioning: 1 test",
    ),
    (
        "plangate test our-policies --format junit >tests.xml",
        0,
        "tests.xml: testsuite name=\"acme.s3.versioning\"",
    ),
    (
        "plangate test our-policies --coverage --min 90 --coverage-html coverage.html",
        0,
        "coverage.html: % of the lines covered",
    ),
    (
        "plangate test our-policies --mutate --max-survivors 5",
        0,
        "ok   acme.s3.versioning: ",
    ),
    (
        "plangate fixture plan.json --policy aws.s3.https_only --address aws_s3_bucket.uploads",
        0,
        "fail_cut/plan.json",
    ),
    (
        "plangate fixture net/plan.json --from our-policies --policy acme.s3.versioning \
         --address 'module.many[\"x\"].aws_s3_bucket.this' --case nested",
        0,
        "our-policies/acme/s3/versioning/fail_nested/plan.json",
    ),
    (
        "plangate bundle build our-policies -o policies.tar.gz --revision 1.2.0",
        0,
        "sha256:",
    ),
    ("plangate bundle verify policies.tar.gz", 0, "sha256:"),
    ("plangate config init", 0, "plangate.toml: fail_on"),
    ("plangate config show", 0, "gate.fail_on"),
    ("plangate config show --fail-on high --format json", 0, "--fail-on"),
    (
        "plangate config schema > plangate.schema.json",
        0,
        "plangate.schema.json: \"$schema\"",
    ),
    (
        "plangate waive plan.json aws.s3.versioning aws_s3_bucket.uploads --reason 'Holds nothing that is kept' --owner \
         data@acme.test --expires 2027-01-31",
        0,
        "plangate.waivers.toml: aws_s3_bucket.uploads",
    ),
    ("plangate lint policies", 0, "0 problems"),
    ("plangate lint --fix our-policies", 0, "0 problems"),
    (
        "plangate lint our-policies --format sarif >lint.sarif",
        0,
        "lint.sarif: \"2.1.0\"",
    ),
    ("plangate lint --explain nested-loop", 0, "nested-loop"),
    (
        "plangate new aws.s3.object_lock --examines aws_s3_bucket --severity high --title \"S3 bucket has no object lock\"",
        0,
        "policies/aws/s3/object_lock/object_lock.rego",
    ),
    (
        "plangate new acme.naming.outputs --examines output --dir our-policies",
        0,
        "our-policies/acme/naming/outputs/outputs.rego",
    ),
    ("plangate docs policies", 0, "2 pages, 0 written"),
    ("plangate docs --check policies", 0, "0 to mend"),
    (
        "plangate schema >report.schema.json",
        0,
        "report.schema.json: \"$schema\"",
    ),
    ("source <(plangate completions bash)", 0, ""),
    (
        "plangate completions zsh > ~/.zfunc/_plangate",
        0,
        ".zfunc/_plangate: #compdef plangate",
    ),
    (
        "plangate completions fish > ~/.config/fish/completions/plangate.fish",
        0,
        ".config/fish/completions/plangate.fish: complete -c plangate",
    ),
    (
        "plangate man ~/.local/share/man/man1 && man plangate-check",
        0,
        "the manual of plangate-check",
    ),
];

/// The lines below `Examples:`; one that ends in a backslash goes on.
fn examples(help: &str) -> Vec<String> {
    let listed = help.split("Examples:\n").nth(1).unwrap_or_default();
    let lines = listed.lines().take_while(|line| line.starts_with("  "));
    let joined = lines.collect::<Vec<_>>().join("\n").replace("\\\n", " ");
    let words = |line: &str| line.split_whitespace().collect::<Vec<_>>().join(" ");
    joined.lines().map(words).collect()
}

fn copy(from: &Path, to: &Path, text: &dyn Fn(String) -> String) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let target = to.join(entry.file_name());
        match entry.path().is_dir() {
            true => copy(&entry.path(), &target, text),
            false => fs::write(target, text(fs::read_to_string(entry.path()).unwrap())).unwrap(),
        }
    }
}

/// A folder with all that examples name.
fn prepared(name: &str) -> Folder {
    let folder = Folder::new(&format!("examples-{name}"));
    let root = Path::new(ROOT);
    let plan = fs::read_to_string(root.join("testdata/quickstart/plan.json")).unwrap();
    let many = fs::read_to_string(root.join("testdata/model/for_each_module_outputs/plan.json")).unwrap();
    for (path, text) in [
        ("plan.json", &plan),
        ("testdata/quickstart/plan.json", &plan),
        ("plans/one.json", &plan),
        ("plans/two.json", &many),
        ("net/plan.json", &many),
        ("app/plan.json", &plan),
    ] {
        folder.write(path, text);
    }
    for policies in ["policies", "our-policies"] {
        let to = folder.path(&format!("{policies}/acme/s3/versioning"));
        let mine = |text: String| text.replace("aws.s3.versioning", "acme.s3.versioning");
        copy(&root.join("policies/aws/s3/versioning"), Path::new(&to), &mine);
        assert_eq!(plangate(&["docs", &folder.path(policies)], "").code, 0);
    }
    folder.write(
        "policy/main.rego",
        "package main\n\ndeny contains \"it creates\" if input.resource_changes[_].change.actions[_] == \"create\"\n",
    );
    for (name, text) in [
        (
            "terraform",
            "#!/bin/sh\ncase $1 in\nplan) : >\"$3\" ;;\nshow) cat plan.json ;;\n*) exit 1 ;;\nesac\n",
        ),
        ("man", "#!/bin/sh\necho \"the manual of $1\"\n"),
    ] {
        let path = folder.write(&format!("bin/{name}"), text);
        fs::set_permissions(path, fs::Permissions::from_mode(0o755)).unwrap();
    }
    for place in [".zfunc/x", ".config/fish/completions/x"] {
        folder.write(place, "");
    }
    folder
}

fn run(folder: &Folder, example: &str, exit: i32, shows: &str) -> Result<(), String> {
    let binary = Path::new(env!("CARGO_BIN_EXE_plangate")).parent().unwrap();
    let path = format!("{}:{}:/usr/bin:/bin", folder.path("bin"), binary.display());
    let script = |script: &str| {
        let mut command = Command::new("bash");
        command
            .args(["-c", script])
            .current_dir(folder.path(""))
            .env("PATH", &path);
        command
            .env("HOME", folder.path(""))
            .env_remove("CLICOLOR_FORCE")
            .env_remove("XDG_STATE_HOME");
        command
    };
    if example.starts_with("plangate bundle verify") {
        let build = script("plangate bundle build our-policies -o policies.tar.gz")
            .status()
            .unwrap();
        assert!(build.success());
    }
    let mut command = script(example);
    // The repl asks what standard input has.
    let asked = folder.write("asked", "count(input.resources)\n");
    let stdin = match example.starts_with("plangate repl") {
        true => Stdio::from(fs::File::open(asked).unwrap()),
        false => Stdio::null(),
    };
    let output = command.stdin(stdin).output().unwrap();
    let stdout = String::from_utf8_lossy(&output.stdout).into_owned();
    let stderr = String::from_utf8_lossy(&output.stderr);
    let shown = match shows.split_once(": ") {
        Some((file, _)) if Path::new(&folder.path(file)).is_file() => fs::read_to_string(folder.path(file)).unwrap(),
        _ => stdout.clone(),
    };
    let needle = match shows.split_once(": ") {
        Some((file, text)) if Path::new(&folder.path(file)).is_file() => text,
        _ => shows,
    };
    match output.status.code() == Some(exit) && shown.contains(needle) && !stderr.contains("panicked") {
        true => Ok(()),
        false => Err(format!("{example}\n{}\n{stdout}\n{stderr}", output.status)),
    }
}

#[test]
fn every_example_in_a_help_does_what_it_says() {
    let helps = commands(&[]).into_iter().flat_map(|command| {
        let arguments: Vec<&str> = command.iter().map(String::as_str).chain(["--help"]).collect();
        examples(&plangate(&arguments, "").stdout)
    });
    let written: BTreeSet<String> = helps.collect();
    let run_here = RUN.iter().map(|(example, ..)| (*example).to_owned());
    let known: BTreeSet<String> = run_here.chain(NOT_RUN.map(|(example, _)| example.to_owned())).collect();
    let missing: Vec<_> = written.difference(&known).collect();
    let gone: Vec<_> = known.difference(&written).collect();
    assert!(
        missing.is_empty() && gone.is_empty(),
        "not in the tables: {missing:#?}\nin no help: {gone:#?}"
    );
    let mut problems = BTreeMap::new();
    std::thread::scope(|scope| {
        let threads = [0, 1].map(|half| {
            scope.spawn(move || {
                let own = RUN.iter().enumerate().filter(move |(index, _)| index % 2 == half);
                let tried = own.map(|(index, (example, exit, shows))| {
                    let folder = prepared(&index.to_string());
                    (index, run(&folder, example, *exit, shows))
                });
                tried
                    .filter_map(|(index, tried)| Some((index, tried.err()?)))
                    .collect::<Vec<_>>()
            })
        });
        problems.extend(threads.into_iter().flat_map(|thread| thread.join().unwrap()));
    });
    let problems: Vec<String> = problems.into_values().collect();
    assert!(problems.is_empty(), "{}", problems.join("\n---\n"));
}
