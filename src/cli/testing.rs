//! Folders and policies for the tests of this module.

use std::fs;
use std::path::PathBuf;

use crate::model::Value;
use crate::pack::{Origin, Param, ParamType, Policy, Severity};

/// A folder of its own that goes when the test does.
pub(super) struct Folder(PathBuf);

impl Folder {
    pub(super) fn new(name: &str) -> Self {
        let path = std::env::temp_dir().join(format!("plangate-{name}-{}", std::process::id()));
        let _ = fs::remove_dir_all(&path);
        fs::create_dir_all(&path).unwrap();
        Folder(path)
    }

    pub(super) fn path(&self, name: &str) -> PathBuf {
        self.0.join(name)
    }

    pub(super) fn write(&self, name: &str, bytes: &[u8]) -> PathBuf {
        let path = self.path(name);
        fs::write(&path, bytes).unwrap();
        path
    }

    pub(super) fn names(&self) -> Vec<String> {
        let entries = fs::read_dir(&self.0).unwrap();
        let mut names: Vec<String> = entries
            .map(|entry| entry.unwrap().file_name().into_string().unwrap())
            .collect();
        names.sort();
        names
    }
}

impl Drop for Folder {
    fn drop(&mut self) {
        let _ = fs::remove_dir_all(&self.0);
    }
}

/// A policy that has all that a policy can have.
pub(super) fn policy(id: &str) -> Policy {
    let min_days = Param {
        kind: ParamType::Integer,
        default: Value::Number(7.into()),
        description: "The least number of days.".into(),
    };
    Policy {
        id: id.into(),
        title: "S3 bucket is not closed to the public".into(),
        description: "Anyone can read it.\n\nIt takes one wrong policy.\n".into(),
        severity: Severity::High,
        enforcement: crate::pack::Enforcement::default(),
        since: "0.1.0".into(),
        examines: vec!["aws_s3_bucket".into()],
        remediation: "Add a public access block.".into(),
        example: Some(
            "resource \"aws_s3_bucket_public_access_block\" \"logs\" {\n  bucket = aws_s3_bucket.logs.id\n}\n".into(),
        ),
        reports: vec!["online-education 10".into()],
        controls: [("cis_aws".into(), vec!["2.1.4".into()])].into(),
        related: vec!["https://docs.aws.amazon.com/".into()],
        params: [("min_days".into(), min_days)].into(),
        path: format!("{id}.rego"),
        text: "".into(),
        data: None,
        tests: None,
        origin: Origin::Folder,
    }
}
