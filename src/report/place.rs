//! Where a finding is, and what it is known by, for formats that another program reads.

use std::fmt::{self, Write};
use std::path::Path;

use super::fingerprint::digest;
use super::{PlanReport, Report, Row};

/// A line of a file.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Place {
    /// The path from the working folder, with `/`.
    pub(super) path: String,
    /// The line, counted from 1.
    pub(super) line: u32,
}

impl fmt::Display for Place {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        write!(formatter, "{}:{}", self.path, self.line)
    }
}

impl PlanReport {
    /// Where the configuration says what a row finds fault with; `None` where the configuration was not at hand.
    pub(super) fn place(&self, row: &Row) -> Option<Place> {
        let source = row.source.as_ref()?;
        Some(Place {
            path: joined(self.folder.as_deref().unwrap_or_default(), &source.file),
            line: source.line,
        })
    }

    /// As [`PlanReport::place`], and else the plan itself: some formats want a file of every finding.
    pub(super) fn place_or_plan(&self, row: &Row) -> Place {
        self.place(row).unwrap_or_else(|| self.own_place())
    }

    /// The plan itself.
    pub(super) fn own_place(&self) -> Place {
        let path = match self.path.as_str() {
            "-" => "standard-input".to_owned(),
            path => joined("", path),
        };
        Place { path, line: 1 }
    }
}

/// A path below a folder, without `.` and, as far as the folder tells, without `..`.
fn joined(folder: &str, file: &str) -> String {
    let whole = if Path::new(file).is_absolute() || folder.is_empty() {
        slashes(file)
    } else {
        format!("{}/{}", slashes(folder), slashes(file))
    };
    let root = if whole.starts_with('/') { "/" } else { "" };
    let mut parts: Vec<&str> = Vec::new();
    for part in whole.split('/').filter(|part| !matches!(*part, "" | ".")) {
        match (part, parts.last()) {
            ("..", Some(&last)) if last != ".." => {
                parts.pop();
            }
            ("..", None) if !root.is_empty() => {}
            _ => parts.push(part),
        }
    }
    format!("{root}{}", parts.join("/"))
}

/// Windows writes what it also reads with `/`; elsewhere a `\` is a letter.
fn slashes(path: &str) -> String {
    match cfg!(windows) {
        true => path.replace('\\', "/"),
        false => path.to_owned(),
    }
}

/// A path as a URI, RFC 3986: relative to the working folder, or with the scheme `file`.
pub(super) fn uri(path: &str) -> String {
    let mut uri = String::with_capacity(path.len() + 8);
    if path.starts_with('/') {
        uri.push_str("file://");
    } else if Path::new(path).is_absolute() {
        uri.push_str("file:///");
    }
    for byte in path.bytes() {
        if byte.is_ascii_alphanumeric() || b"-._~/".contains(&byte) {
            uri.push(char::from(byte));
        } else {
            let _ = write!(uri, "%{byte:02X}");
        }
    }
    uri
}

impl Report {
    /// What a finding is known by from run to run, 16 hexadecimal digits: its policy, address and key, and the plan's
    /// name where there are several plans, whose addresses may be the same.
    pub(super) fn identity(&self, plan: &PlanReport, row: &Row) -> String {
        let plan = (self.plans.len() > 1).then_some(&plan.name);
        let identity = (&row.policy, &row.address, &row.key, plan);
        digest(&serde_json::to_vec(&identity).unwrap_or_default())
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{plan, row};
    use super::super::{Gate, Source, Verdict};
    use super::*;
    use crate::pack::Severity;

    #[test]
    fn paths_are_from_the_working_folder() {
        for (folder, file, expected) in [
            ("", "main.tf", "main.tf"),
            (".", "main.tf", "main.tf"),
            ("./infra/", "modules/net/main.tf", "infra/modules/net/main.tf"),
            ("infra/prod", "../modules/net/main.tf", "infra/modules/net/main.tf"),
            ("../infra", "main.tf", "../infra/main.tf"),
            ("/srv/infra", "../../../main.tf", "/main.tf"),
            ("infra", "/srv/main.tf", "/srv/main.tf"),
        ] {
            assert_eq!(joined(folder, file), expected, "{folder} {file}");
        }
    }

    #[test]
    fn uris_are_escaped() {
        assert_eq!(uri("in fra/ü#?%:1.tf"), "in%20fra/%C3%BC%23%3F%25%3A1.tf");
        assert_eq!(uri("/srv/main.tf"), "file:///srv/main.tf");
    }

    #[test]
    fn without_configuration_the_plan_is_the_place() {
        let bare = row("a.b", "x.y", Verdict::Fail, Severity::High);
        let known = Row {
            source: Some(Source {
                file: "main.tf".into(),
                line: 3,
            }),
            ..bare.clone()
        };
        let report = PlanReport {
            folder: Some("infra".to_owned()),
            ..plan("plans/p.json", vec![])
        };
        assert_eq!(report.place_or_plan(&known).to_string(), "infra/main.tf:3");
        assert_eq!(report.place_or_plan(&bare).to_string(), "plans/p.json:1");
        assert_eq!(report.place(&bare), None);
        assert_eq!(plan("-", vec![]).own_place().path, "standard-input");
    }

    #[test]
    fn identity_is_of_policy_address_and_key() {
        let row = |key: Option<&str>, message: &str| Row {
            key: key.map(Into::into),
            message: Some(message.into()),
            ..row("a.b", "x.y", Verdict::Fail, Severity::High)
        };
        let one = |plans: Vec<PlanReport>, row: &Row| {
            let report = Report::new("2026-11-22", plans, &Gate::default());
            report
                .plans
                .iter()
                .map(|plan| report.identity(plan, row))
                .collect::<Vec<_>>()
        };
        let alone = one(vec![plan("a", vec![])], &row(None, "it is open"));
        assert_eq!(alone, one(vec![plan("b", vec![])], &row(None, "it is wide open")));
        assert_ne!(alone, one(vec![plan("a", vec![])], &row(Some("0"), "it is open")));
        let both = one(vec![plan("a", vec![]), plan("b", vec![])], &row(None, "it is open"));
        assert_ne!(both[0], both[1]);
    }
}
