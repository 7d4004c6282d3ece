//! The folder of a new policy: all that it needs, with what only its author knows left to fill in.

use std::path::PathBuf;

use super::schema::{Mode, Schema};
use crate::pack::{Severity, nearest};

/// What stands where the author has to write; `plangate lint` finds it.
pub const TO_FILL: &str = "FILL IN";

/// Entries of `examines` that are no resource types.
const OTHER: [&str; 7] = ["plan", "var", "output", "provider", "module", "removed", "*"];

/// What is known of a policy before it is written.
#[derive(Clone, Debug)]
pub struct Scaffold {
    /// Its name: `aws.s3.object_lock`.
    pub id: String,
    /// What it examines, as METADATA has it; at least one.
    pub examines: Vec<String>,
    /// How much it matters.
    pub severity: Severity,
    /// The fault in a few words, where that is known.
    pub title: Option<String>,
    /// The version that brings it.
    pub since: String,
}

/// What is wrong with an entry of `examines`, with the way out.
pub fn no_subject(subject: &str) -> Option<String> {
    if OTHER.contains(&subject) {
        return None;
    }
    let (mode, name) = match subject.strip_prefix("data.") {
        Some(name) => (Mode::Data, name),
        None => (Mode::Managed, subject),
    };
    let is_word = |name: &str| {
        name.chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_')
    };
    if !name.contains('_') || !is_word(name) {
        let hint = nearest::hint(name, OTHER);
        return Some(format!(
            "`{subject}` is nothing that a policy examines{hint}; write a resource type such as aws_s3_bucket, a data \
             source such as data.aws_ami, or one of {}",
            OTHER.join(", ")
        ));
    }
    Schema::aws().no_type(mode, name)
}

impl Scaffold {
    /// The files, by their paths below the folder of policies.
    pub fn files(&self) -> Vec<(PathBuf, String)> {
        let folder = PathBuf::from(self.id.replace('.', "/"));
        let last = self.last();
        vec![
            (folder.join(format!("{last}.rego")), self.rego()),
            (folder.join(format!("{last}_test.rego")), self.tests()),
            (folder.join("main.tf"), self.fixture()),
        ]
    }

    fn last(&self) -> &str {
        self.id.rsplit('.').next().unwrap_or(&self.id)
    }

    fn rego(&self) -> String {
        let Scaffold {
            id, severity, since, ..
        } = self;
        let title = match &self.title {
            Some(title) => serde_json::Value::from(title.as_str()).to_string(),
            None => format!("\"{TO_FILL}: the fault in a few words\""),
        };
        let examines: Vec<String> = self.examines.iter().map(|subject| quoted(subject)).collect();
        let examines = examines.join(", ");
        let judged = match self.examines.as_slice() {
            [plan] if plan == "plan" => {
                let rule = |name: &str, condition: &str| {
                    format!(
                        "{name} contains tf.finding(tf.plan, \"{TO_FILL}: what was found\") if {{\n\t{condition}\n}}\n"
                    )
                };
                [
                    rule("deny", "input.terraform.version == \"fill in\""),
                    rule("unknown", "count(tf.gaps) > 0"),
                ]
                .join("\n")
            }
            _ => format!(
                "examines_it := {}\n\n\
                 deny contains tf.finding(resource, \"{TO_FILL}: what was found, and why that is a fault\") if {{\n\
                 \tsome resource in examines_it\n\
                 \ttf.is_false({found})\n}}\n\n\
                 unknown contains tf.finding_with(resource, message, details) if {{\n\
                 \tsome resource in examines_it\n\
                 \tfound := {found}\n\
                 \ttf.is_unknown(found)\n\
                 \tmessage := \"{TO_FILL}: what is known after apply\"\n\
                 \tdetails := {{\"attribute\": \"fill_in\", \"cause\": tf.cause(found)}}\n}}\n",
                self.subjects(),
                found = "tf.get(resource, \"fill_in\", true)",
            ),
        };
        let judged = judged.replace("examines_it", "subjects");
        format!(
            "# METADATA\n\
             # title: {title}\n\
             # description: |\n\
             #   {TO_FILL}: why it matters, in the words of who has to fix it.\n\
             # scope: package\n\
             # related_resources:\n\
             #   - ref: \"{TO_FILL}: the documentation\"\n\
             # custom:\n\
             #   severity: {severity}\n\
             #   since: {since}\n\
             #   examines: [{examines}]\n\
             #   remediation: \"{TO_FILL}: one imperative sentence.\"\n\
             #   example: |\n\
             #     # {TO_FILL}: the Terraform to write\n\
             package {id}\n\
             \n\
             import data.lib.tf\n\
             \n\
             {judged}"
        )
    }

    /// The list of what is examined, in Rego.
    fn subjects(&self) -> String {
        let of = |subject: &str| match subject {
            "var" => "input.variables".to_owned(),
            "output" => "input.outputs".to_owned(),
            "provider" => "input.providers".to_owned(),
            "module" => "input.modules".to_owned(),
            "plan" => "[tf.plan]".to_owned(),
            "removed" => "[resource | some resource in input.removed[_]]".to_owned(),
            "*" => "[resource | some resource in input.resources[_]]".to_owned(),
            subject => match subject.strip_prefix("data.") {
                Some(name) => format!("object.get(input.data, \"{name}\", [])"),
                None => format!("object.get(input.resources, \"{subject}\", [])"),
            },
        };
        match self.examines.as_slice() {
            [one] if one.contains('_') => of(one)
                .replace("object.get(input.resources, \"", "input.resources.")
                .replace("object.get(input.data, \"", "input.data.")
                .replace("\", [])", ""),
            [one] => of(one),
            several => {
                let lists: Vec<String> = several.iter().map(|subject| of(subject)).collect();
                format!(
                    "[subject |\n\tsome list in [\n\t\t{},\n\t]\n\tsome subject in list\n]",
                    lists.join(",\n\t\t")
                )
            }
        }
    }

    fn tests(&self) -> String {
        let Scaffold { id, .. } = self;
        let input = match self.examines.first().map(String::as_str) {
            Some("plan") => "{\"terraform\": {\"version\": \"1.11.4\"}}".to_owned(),
            Some("var") => "{\"variables\": [{\"address\": \"var.x\"}]}".to_owned(),
            Some("output") => "{\"outputs\": [{\"address\": \"output.x\"}]}".to_owned(),
            Some("provider") => "{\"providers\": [{\"address\": \"provider.x\"}]}".to_owned(),
            Some("module") => "{\"modules\": [{\"address\": \"module.x\"}]}".to_owned(),
            subject => {
                let subject = subject.unwrap_or("*");
                let (section, name) = match subject.strip_prefix("data.") {
                    Some(name) => ("data", name),
                    None if subject == "removed" => ("removed", "aws_s3_bucket"),
                    None if subject == "*" => ("resources", "aws_s3_bucket"),
                    None => ("resources", subject),
                };
                format!("{{\"{section}\": {{\"{name}\": [{{\"address\": \"{name}.x\", \"values\": values}}]}}}}")
            }
        };
        let takes_values = input.contains("values\": values");
        let (head, call) = match takes_values {
            true => ("plan(values)", "plan({\"fill_in\": false})"),
            false => ("plan", "plan"),
        };
        format!(
            "package {id}_test\n\n\
             import data.{id} as policy\n\n\
             {head} := {input}\n\n\
             # {TO_FILL}: the edge cases that are tedious to plan. This test fails until then.\n\
             test_fill_in if {{\n\
             \tcount(policy.deny) == 2 with input as {call}\n}}\n"
        )
    }

    fn fixture(&self) -> String {
        let mut text = format!(
            "# {TO_FILL}: what the policy must fail is called fail_*, what it must pass pass_*, what only apply can tell\n\
             # unknown_*. Then plan it:\n\
             #\n\
             #     terraform init && terraform plan -out tfplan && terraform show -json tfplan >plan.json\n"
        );
        let is_of_aws = |subject: &String| subject.trim_start_matches("data.").starts_with("aws_");
        if self.examines.iter().any(is_of_aws) {
            text.push_str(
                "\nterraform {\n  required_providers {\n    aws = {\n      source  = \"hashicorp/aws\"\n      \
                 version = \"~> 5.0\"\n    }\n  }\n}\n",
            );
        }
        for subject in &self.examines {
            for expected in ["fail", "pass", "unknown"] {
                let block = match subject.as_str() {
                    "var" => format!("variable \"{expected}_fill_in\"",),
                    "output" => format!("output \"{expected}_fill_in\""),
                    "module" => format!("module \"{expected}_fill_in\""),
                    "plan" | "provider" | "removed" | "*" => continue,
                    subject => match subject.strip_prefix("data.") {
                        Some(name) => format!("data \"{name}\" \"{expected}_fill_in\""),
                        None => format!("resource \"{subject}\" \"{expected}_fill_in\""),
                    },
                };
                text.push_str(&format!("\n{block} {{\n}}\n"));
            }
        }
        text
    }
}

/// An entry of a YAML list in one line: an asterisk alone would be an alias.
fn quoted(subject: &str) -> String {
    match subject {
        "*" => "\"*\"".to_owned(),
        subject => subject.to_owned(),
    }
}
