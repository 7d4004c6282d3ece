//! Runs the binary.

use std::fs;
use std::path::{Path, PathBuf};

use assert_cmd::Command;

/// What a run left behind.
pub(crate) struct Run {
    pub(crate) code: i32,
    pub(crate) stdout: String,
    pub(crate) stderr: String,
}

/// Runs `plangate` with these arguments, and this on standard input.
pub(crate) fn plangate(arguments: &[&str], stdin: &str) -> Run {
    plangate_with(arguments, stdin, &[])
}

/// Runs it with these variables in its environment.
pub(crate) fn plangate_with(arguments: &[&str], stdin: &str, variables: &[(&str, &str)]) -> Run {
    let output = Command::cargo_bin("plangate")
        .unwrap()
        .env_remove("NO_COLOR")
        .env_remove("CLICOLOR")
        .env_remove("CLICOLOR_FORCE")
        .envs(variables.iter().copied())
        .args(arguments)
        .write_stdin(stdin)
        .output()
        .unwrap();
    Run {
        code: output.status.code().unwrap(),
        stdout: String::from_utf8(output.stdout).unwrap(),
        stderr: String::from_utf8(output.stderr).unwrap(),
    }
}

/// The JSON files of a folder, sorted.
pub(crate) fn json_files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    let mut files: Vec<PathBuf> = entries
        .filter(|path| path.is_file() && path.extension().is_some_and(|end| end == "json"))
        .collect();
    files.sort();
    files
}

/// A folder of its own that goes when the test does.
pub(crate) struct Folder(PathBuf);

impl Folder {
    pub(crate) fn new(name: &str) -> Self {
        let path = Path::new(env!("CARGO_TARGET_TMPDIR")).join(name);
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(crate) fn path(&self, name: &str) -> String {
        self.0.join(name).to_str().unwrap().to_owned()
    }

    pub(crate) fn write(&self, name: &str, text: &str) -> String {
        let path = self.path(name);
        fs::create_dir_all(Path::new(&path).parent().unwrap()).unwrap();
        fs::write(&path, text).unwrap();
        path
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A folder with the policy `demo.named`, and its path.
pub(crate) fn demo(name: &str) -> (Folder, String) {
    let folder = Folder::new(name);
    folder.write(
        "demo/named/named.rego",
        r#"# METADATA
# title: Bucket has no name of ours
# description: |
#   Names tell whose it is.
# scope: package
# custom:
#   severity: low
#   since: 0.1.0
#   examines: [aws_s3_bucket]
#   remediation: Name it.
#   params:
#     prefix: {type: string, default: ours-, description: What names begin with.}
package demo.named

deny contains {"address": bucket.address, "message": "it has no name of ours"} if {
	some bucket in input.resources.aws_s3_bucket
	not startswith(bucket.values.bucket, input.params["demo.named"].prefix)
}
"#,
    );
    let path = folder.path("");
    (folder, path)
}
