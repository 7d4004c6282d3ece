//! Binary plan files, as `terraform plan -out` writes them: Terraform itself turns them into JSON.

use std::ffi::OsString;
use std::fs;
use std::io::{self, Read};
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{anyhow, bail};

/// What can show a plan.
const TERRAFORM: &str = "terraform";
const TOFU: &str = "tofu";

/// Whether these bytes are a binary plan file, which is a zip archive.
pub(super) fn is_binary(bytes: &[u8]) -> bool {
    bytes.starts_with(b"PK\x03\x04")
}

/// Whether the file is a binary plan file: the first of what it packs is the plan.
pub(super) fn is_plan(file: &Path) -> bool {
    let mut head = [0; 36];
    let read = fs::File::open(file).and_then(|mut file| file.read_exact(&mut head));
    read.is_ok() && is_binary(&head) && head.ends_with(b"tfplan")
}

/// What `terraform show -json` (or `tofu`) makes of the file, run in its folder, where the providers are.
///
/// # Errors
///
/// Where neither program is on the path, or neither can show it; the message has the command to run.
pub(super) fn show(file: &Path) -> anyhow::Result<Vec<u8>> {
    let folder = super::input::folder_of(file).unwrap_or(Path::new("."));
    let mut said = Vec::new();
    for program in programs(folder) {
        let shown = Command::new(program)
            .args(["show", "-json", "-no-color"])
            .arg(argument(file))
            .current_dir(folder)
            .stdin(Stdio::null())
            .output();
        match shown {
            Ok(output) if output.status.success() => return Ok(output.stdout),
            Ok(output) => {
                let error = String::from_utf8_lossy(&output.stderr);
                said.push(format!("`{program} show` failed: {}", error.trim()));
            }
            Err(error) if error.kind() == io::ErrorKind::NotFound => {}
            Err(error) => said.push(format!("`{program}` cannot be run: {error}")),
        }
    }
    let advice = advice(file);
    if said.is_empty() {
        bail!("this is a binary plan file, and neither {TERRAFORM} nor {TOFU} is on the path: {advice}");
    }
    Err(anyhow!("this is a binary plan file: {advice}\n{}", said.join("\n")))
}

/// Which programs to try: first the one whose registry the folder's lock file names.
fn programs(folder: &Path) -> [&'static str; 2] {
    let lock = fs::read_to_string(folder.join(".terraform.lock.hcl")).unwrap_or_default();
    if lock.contains("registry.opentofu.org") {
        [TOFU, TERRAFORM]
    } else {
        [TERRAFORM, TOFU]
    }
}

/// The file as an argument in its own folder that no name can turn into an option.
fn argument(file: &Path) -> OsString {
    let mut argument = OsString::from("./");
    argument.push(file.file_name().unwrap_or_default());
    argument
}

fn advice(file: &Path) -> String {
    let name = file.file_name().unwrap_or_default().to_string_lossy();
    format!("in the folder where it was made, run `{TERRAFORM} show -json {name} > plan.json`, then check plan.json")
}

#[cfg(test)]
mod tests {
    use super::super::testing::Folder;
    use super::*;

    #[test]
    fn zip_is_binary_and_json_is_not() {
        assert!(is_binary(b"PK\x03\x04rest"));
        assert!(!is_binary(b"{}"));
        assert!(!is_binary(b""));
    }

    #[test]
    fn lock_file_says_which_program_comes_first() {
        let folder = Folder::new("binary");
        assert_eq!(programs(&folder.path("")), ["terraform", "tofu"]);
        folder.write(
            ".terraform.lock.hcl",
            b"provider \"registry.opentofu.org/hashicorp/aws\" {}",
        );
        assert_eq!(programs(&folder.path("")), ["tofu", "terraform"]);
    }

    #[test]
    fn name_is_no_option() {
        assert_eq!(argument(Path::new("a/-json")), "./-json");
    }
}
