//! Bundles of policies: built, trusted or refused, locked and fetched.

mod docs;
mod refused;
mod remote;
mod server;

use std::fs;
use std::path::Path;
use std::process::Command;

use super::support::{Folder, Run, demo, plangate_with};

pub(super) const PLAN: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/quickstart/plan.json");
const KEYS: &str = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/bundle");

/// A folder with a bundle of the policy `demo.named`, a lock file and a cache.
struct Desk {
    folder: Folder,
    _policies: Folder,
    policies: String,
}

impl Desk {
    fn new(name: &str) -> Self {
        let (policies, path) = demo(&format!("{name}-policies"));
        let desk = Desk {
            folder: Folder::new(name),
            _policies: policies,
            policies: path,
        };
        desk.build(&[]);
        fs::write(desk.lock(), "version = 1\n").unwrap();
        desk
    }

    /// Builds the bundle anew.
    fn build(&self, more: &[&str]) -> Run {
        let (policies, bundle) = (self.policies.clone(), self.bundle());
        let run = self.run(&[&["bundle", "build", &policies, "--output", &bundle], more].concat());
        assert_eq!(run.code, 0, "{}", run.stderr);
        run
    }

    fn bundle(&self) -> String {
        self.folder.path("b.tar.gz")
    }

    fn bytes(&self) -> Vec<u8> {
        fs::read(self.bundle()).unwrap()
    }

    fn lock(&self) -> String {
        self.folder.path("plangate.lock")
    }

    /// How many bundles the cache has.
    fn cached(&self) -> usize {
        fs::read_dir(self.folder.path("cache/bundles")).map_or(0, Iterator::count)
    }

    /// Runs plangate with the lock file and the cache of this folder.
    fn run(&self, arguments: &[&str]) -> Run {
        let lock = self.lock();
        let arguments = match arguments {
            ["bundle", "build", ..] => arguments.to_vec(),
            _ => [arguments, &["--lock", &lock]].concat(),
        };
        let cache = self.folder.path("cache");
        plangate_with(&arguments, "", &[("PLANGATE_CACHE", &cache), ("HOME", &cache)])
    }

    /// Judges the quickstart's plan by the policies of a bundle alone.
    fn check(&self, source: &str, more: &[&str]) -> Run {
        self.run(&[&["check", PLAN, "--only", "demo", "--bundle", source], more].concat())
    }
}

fn key(name: &str) -> String {
    Path::new(KEYS).join(name).to_str().unwrap().to_owned()
}

#[test]
fn bundle_judges_as_its_folder_does() {
    let desk = Desk::new("bundle-judges");
    let by_bundle = desk.check(&desk.bundle(), &["--format", "json"]);
    let policies = desk.policies.clone();
    let by_folder = desk.run(&[
        "check", PLAN, "--only", "demo", "--policy", &policies, "--format", "json",
    ]);
    assert_eq!(by_bundle.code, 1, "{}", by_bundle.stderr);
    assert!(
        by_bundle.stdout.contains("it has no name of ours"),
        "{}",
        by_bundle.stdout
    );
    assert_eq!(by_bundle.stdout, by_folder.stdout);
    let list = desk.run(&["list", "--only", "demo", "--bundle", &desk.bundle()]);
    assert!(list.stdout.contains("demo.named  low"), "{}", list.stdout);
}

#[test]
fn bundles_and_folders_judge_beside_the_policies_of_other_tools() {
    let desk = Desk::new("bundle-beside");
    let conftest = concat!(env!("CARGO_MANIFEST_DIR"), "/testdata/conftest/new/policy");
    let of = |more: &[&str]| {
        let run = desk.run(&[&["check", PLAN, "--conftest", conftest, "--format", "csv"], more].concat());
        assert_eq!(run.code, 1, "{}", run.stderr);
        ["demo.named", "aws.s3.", "conftest.main."].map(|policy| run.stdout.contains(policy))
    };
    assert_eq!(of(&[]), [false, false, true]);
    assert_eq!(of(&["--bundle", &desk.bundle()]), [true, true, true]);
    assert_eq!(of(&["--skip", "aws.iam"]), [false, true, true]);
    let config = desk
        .folder
        .write("plangate.toml", "[policy.\"aws.s3.lifecycle\"]\nseverity = \"low\"\n");
    assert_eq!(of(&["--config", &config]), [false, true, true]);
}

/// The lock file is found as the configuration file is: here or above, up to the repository's root.
#[cfg(unix)]
#[test]
fn lock_file_is_found_upwards_and_one_that_is_named_is_there() {
    let desk = Desk::new("bundle-lock-above");
    desk.folder.write("repository/.git/HEAD", "");
    let deep = desk.folder.path("repository/live/eu");
    fs::create_dir_all(&deep).unwrap();
    let lock = desk.folder.path("repository/plangate.lock");
    let check = |more: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_plangate"))
            .current_dir(&deep)
            .args(["check", PLAN, "--only", "demo", "--bundle", &desk.bundle()])
            .args(more)
            .output()
            .unwrap();
        let said = String::from_utf8(output.stderr).unwrap();
        (output.status.code().unwrap(), said)
    };
    // Beside the bundle, above the repository's root, there is one that is not looked at.
    fs::write(desk.lock(), "version = 9\n").unwrap();
    assert_eq!(check(&[]).0, 1, "{}", check(&[]).1);
    fs::write(&lock, "version = 9\n").unwrap();
    let (code, said) = check(&[]);
    assert!(code == 2 && said.contains("../../plangate.lock: "), "{said}");
    fs::remove_file(&lock).unwrap();
    std::os::unix::fs::symlink("nowhere", &lock).unwrap();
    let (code, said) = check(&["--lock", &lock]);
    assert!(code == 2 && said.contains("plangate.lock cannot be read"), "{said}");
    let (code, said) = check(&["--lock", "none.lock"]);
    assert!(code == 2 && said.contains("none.lock cannot be read"), "{said}");
}

#[test]
fn same_folder_gives_the_same_bytes_and_verify_says_what_is_in_it() {
    let desk = Desk::new("bundle-verify");
    let built = desk.build(&["--revision", "1.2.0"]);
    let bytes = desk.bytes();
    assert_eq!(desk.build(&["--revision", "1.2.0"]).stdout, built.stdout);
    assert_eq!(desk.bytes(), bytes);
    let run = desk.run(&["bundle", "verify", &desk.bundle()]);
    assert_eq!(run.code, 0, "{}", run.stderr);
    let digest = built.stdout.split(' ').next().unwrap();
    let expected = format!(
        "{}\n  digest     {digest}\n  revision   1.2.0\n  roots      demo\n  signature  none\n  holds      1 policy, 0 library files\n",
        desk.bundle()
    );
    assert_eq!(run.stdout, expected);
}

#[test]
fn what_does_not_load_is_not_built() {
    let folder = Folder::new("bundle-broken");
    folder.write("demo/named/named.rego", "package demo.named\n\ndeny contains 1 if {\n");
    let (policies, out) = (folder.path(""), folder.path("b.tar.gz"));
    let run = plangate_with(&["bundle", "build", &policies, "--output", &out], "", &[]);
    assert_eq!((run.code, &*run.stdout), (2, ""));
    assert!(run.stderr.contains("named.rego"), "{}", run.stderr);
    assert!(!Path::new(&out).exists());
}

#[test]
fn opa_loads_what_is_built_and_the_other_way_round() {
    if let Err(error) = Command::new("opa").arg("version").output() {
        crate::beside::skipped(&format!("opa does not run: {error}"));
        return;
    }
    let desk = Desk::new("bundle-opa");
    desk.build(&["--signing-key", &key("ec.pem")]);
    let opa = |arguments: &[&str]| {
        let output = Command::new("opa")
            .current_dir(desk.folder.path(""))
            .args(arguments)
            .output()
            .unwrap();
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    };
    let (public, private) = (key("ec.pub.pem"), key("rsa.pem"));
    opa(&[
        "build",
        "--bundle",
        "b.tar.gz",
        "--output",
        "again.tar.gz",
        "--verification-key",
        &public,
        "--verification-key-id",
        "default",
        "--signing-alg",
        "ES256",
    ]);
    let policies = desk.policies.clone();
    opa(&[
        "build",
        "--bundle",
        &policies,
        "--output",
        "theirs.tar.gz",
        "--signing-key",
        &private,
    ]);
    let theirs = desk.folder.path("theirs.tar.gz");
    let run = desk.check(&theirs, &["--verification-key", &key("rsa.pub.pem")]);
    assert_eq!(run.code, 1, "{}", run.stderr);
    assert!(run.stdout.contains("it has no name of ours"), "{}", run.stdout);
    assert_eq!(desk.check(&theirs, &["--verification-key", &public]).code, 2);
}
