//! What the folder of a policy must hold.

use std::fs;
use std::path::{Path, PathBuf};

use super::Fault;
use crate::author::{Expected, of_folder};
use crate::pack::Policy;

/// What a policy's folder lacks.
pub(super) fn faults(policy: &Policy, folder: &Path) -> Vec<Fault> {
    let mut faults = Vec::new();
    let mut say = |lint, path: PathBuf, problem: &str| {
        faults.push(Fault::of(lint, &path.display().to_string(), problem.to_owned()));
    };
    let name = policy.id.rsplit('.').next().unwrap_or(&policy.id);
    let tests = folder.join(format!("{name}_test.rego"));
    if !tests.is_file() {
        say(
            "missing-test",
            tests,
            "is missing: write Rego tests of the policy's edge cases",
        );
    }
    let fixtures = fixtures(folder);
    if fixtures.is_empty() {
        let how = "is missing: write the fixture, with resources called pass_*, fail_* and unknown_*";
        say("missing-fixture", folder.join("main.tf"), how);
    }
    for fixture in &fixtures {
        if !fixture.join("main.tf").is_file() && !fixture.join(crate::author::CUT).is_file() {
            let how = "is missing: a folder of that name is a case, so write its fixture or rename it";
            say("missing-fixture", fixture.join("main.tf"), how);
        }
        if !fixture.join("plan.json").is_file() {
            let how = "is missing: plan main.tf and put `terraform show -json` of it here";
            say("missing-plan", fixture.join("plan.json"), how);
        }
    }
    let fails = |fixture: &PathBuf| {
        let name = fixture.file_name().unwrap_or_default().to_string_lossy();
        of_folder(&name) == Some(Expected::Fail)
            || fs::read_to_string(fixture.join("main.tf")).is_ok_and(|text| text.contains("fail_"))
            || fs::read_to_string(fixture.join("plan.json")).is_ok_and(|text| text.contains("fail_"))
    };
    if !fixtures.is_empty() && !fixtures.iter().any(fails) {
        let how = "has nothing called fail_*, so nothing shows that the policy can fail: write what it must fail";
        say("no-failing-fixture", folder.join("main.tf"), how);
    }
    faults
}

/// The folders that hold a `main.tf` to be planned: its cases, and the policy's own where it has one.
fn fixtures(folder: &Path) -> Vec<PathBuf> {
    let mut fixtures: Vec<PathBuf> = fs::read_dir(folder)
        .into_iter()
        .flatten()
        .flatten()
        .filter(|entry| of_folder(&entry.file_name().to_string_lossy()).is_some())
        .map(|entry| entry.path())
        .filter(|case| case.is_dir())
        .chain(Some(folder.to_path_buf()).filter(|folder| folder.join("main.tf").is_file()))
        .collect();
    fixtures.sort();
    fixtures
}
