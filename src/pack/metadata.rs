//! METADATA: the YAML in the comment before `package`, held to a closed schema.

use std::collections::BTreeMap;

use yaml_serde::{Mapping, Value as Yaml};

use super::nearest::hint;
use super::{Param, ParamType, Severity};
use crate::model::Value;

const TOP: [&str; 5] = ["title", "description", "scope", "related_resources", "custom"];
const CUSTOM: [&str; 8] = [
    "severity",
    "since",
    "examines",
    "remediation",
    "example",
    "reports",
    "controls",
    "params",
];
const PARAM: [&str; 3] = ["type", "default", "description"];

/// What METADATA says.
#[derive(Debug, Default)]
pub(super) struct Metadata {
    pub(super) title: String,
    pub(super) description: String,
    pub(super) severity: Option<Severity>,
    pub(super) since: String,
    pub(super) examines: Vec<String>,
    pub(super) remediation: String,
    pub(super) example: Option<String>,
    pub(super) reports: Vec<String>,
    pub(super) controls: BTreeMap<String, Vec<String>>,
    pub(super) related: Vec<String>,
    pub(super) params: BTreeMap<String, Param>,
}

/// The METADATA of an embedded policy, as the build has read it.
pub(super) struct Embedded {
    pub(super) title: &'static str,
    pub(super) description: &'static str,
    pub(super) severity: &'static str,
    pub(super) since: &'static str,
    pub(super) examines: &'static [&'static str],
    pub(super) remediation: &'static str,
    pub(super) example: Option<&'static str>,
    pub(super) reports: &'static [&'static str],
    pub(super) related: &'static [&'static str],
    pub(super) controls: &'static [(&'static str, &'static [&'static str])],
    /// The name, the type, the default as JSON, and the description of each.
    pub(super) params: &'static [(&'static str, &'static str, &'static str, &'static str)],
}

impl Embedded {
    /// What it says; none where it says what METADATA does not.
    pub(super) fn read(&self) -> Option<Metadata> {
        let texts = |texts: &[&str]| texts.iter().map(|text| (*text).to_owned()).collect();
        let param = |&(name, kind, default, description): &(&str, &str, &str, &str)| {
            let kind = ParamType::ALL.into_iter().find(|known| known.name() == kind)?;
            let default = serde_json::from_str(default).ok()?;
            let description = description.to_owned();
            let param = Param {
                kind,
                default,
                description,
            };
            Some((name.to_owned(), param))
        };
        let controls = self.controls.iter();
        Some(Metadata {
            title: self.title.to_owned(),
            description: self.description.to_owned(),
            severity: Some(self.severity.parse().ok()?),
            since: self.since.to_owned(),
            examines: texts(self.examines),
            remediation: self.remediation.to_owned(),
            example: self.example.map(str::to_owned),
            reports: texts(self.reports),
            controls: controls.map(|(name, ids)| ((*name).to_owned(), texts(ids))).collect(),
            related: texts(self.related),
            params: self.params.iter().map(param).collect::<Option<_>>()?,
        })
    }
}

/// A fault in a file: its line and what to do.
pub(super) type Fault = (usize, String);

/// The package of a Rego file and the line that names it.
pub(super) fn package(text: &str) -> Result<(usize, &str), Fault> {
    let missing = "the first statement must be `package <name>`";
    let (index, line) = text
        .lines()
        .enumerate()
        .find(|(_, line)| !line.trim().is_empty() && !line.trim_start().starts_with('#'))
        .ok_or((1, missing.to_owned()))?;
    let name = line
        .trim()
        .strip_prefix("package")
        .filter(|rest| rest.starts_with([' ', '\t']));
    let name = name.ok_or((index + 1, missing.to_owned()))?;
    Ok((index + 1, name.split('#').next().unwrap_or_default().trim()))
}

/// Reads the METADATA of a policy whose `package` is on the given line.
pub(super) fn read(text: &str, package_line: usize) -> Result<Metadata, Vec<Fault>> {
    let block = Block::find(text, package_line).map_err(|fault| vec![fault])?;
    let yaml = block.read().map_err(|fault| vec![fault])?;
    let Yaml::Mapping(top) = yaml else {
        return Err(vec![(
            block.first,
            "METADATA must be members, as in `# title: ...`".to_owned(),
        )]);
    };
    let mut reader = Reader {
        block: &block,
        faults: Vec::new(),
    };
    let metadata = reader.top(&top);
    if reader.faults.is_empty() {
        Ok(metadata)
    } else {
        Err(reader.faults)
    }
}

/// Whether the METADATA before a `package` is that of a policy; a library may have some of its own, without `examines`
/// and `severity`.
pub(super) fn is_of_policy(text: &str, package_line: usize) -> bool {
    Block::find(text, package_line).is_ok_and(|block| {
        let is_policy_s = |line: &str| {
            ["examines:", "severity:"]
                .iter()
                .any(|name| line.trim_start().starts_with(name))
        };
        block.yaml.lines().any(is_policy_s)
    })
}

/// The comment block that is METADATA, without its comment signs.
struct Block {
    /// The line of `# METADATA`.
    first: usize,
    yaml: String,
}

impl Block {
    fn find(text: &str, package_line: usize) -> Result<Block, Fault> {
        let before: Vec<&str> = text.lines().take(package_line - 1).collect();
        let start = before.iter().rposition(|line| line.trim_end() == "# METADATA").ok_or((
            package_line,
            "has no METADATA: begin the comment directly before `package` with the line `# METADATA`".to_owned(),
        ))?;
        let mut yaml = String::new();
        for (index, line) in before.iter().enumerate().skip(start + 1) {
            let Some(rest) = line.strip_prefix('#') else {
                let message = "METADATA must stand directly before `package`: every line between begins with `#`";
                return Err((index + 1, message.to_owned()));
            };
            yaml.push_str(rest.strip_prefix(' ').unwrap_or(rest));
            yaml.push('\n');
        }
        Ok(Block { first: start + 1, yaml })
    }

    fn read(&self) -> Result<Yaml, Fault> {
        yaml_serde::from_str(&self.yaml).map_err(|error| {
            let line = error.location().map_or(self.first, |place| self.first + place.line());
            (line, format!("METADATA is not valid YAML: {error}"))
        })
    }

    /// The line of the member of that name, else that of `# METADATA`.
    fn line(&self, member: &str) -> usize {
        let written = format!("{member}:");
        let named = |line: &str| {
            line.match_indices(&written)
                .any(|(at, _)| !line[..at].ends_with(|before: char| before.is_alphanumeric() || before == '_'))
        };
        self.yaml
            .lines()
            .position(named)
            .map_or(self.first, |index| self.first + 1 + index)
    }
}

struct Reader<'a> {
    block: &'a Block,
    faults: Vec<Fault>,
}

impl Reader<'_> {
    fn fault(&mut self, member: &str, message: impl Into<String>) {
        self.faults.push((self.block.line(member), message.into()));
    }

    fn top(&mut self, top: &Mapping) -> Metadata {
        self.closed(top, "METADATA", &TOP);
        let mut metadata = Metadata {
            title: self.required(top, "title", "title: <the fault in a few words>"),
            description: self.text(top, "description").unwrap_or_default(),
            related: self.related(top),
            ..Metadata::default()
        };
        if self.required(top, "scope", "scope: package") != "package" {
            self.fault("scope", "`scope` must be `package`");
        }
        match top.get("custom") {
            Some(Yaml::Mapping(custom)) => self.custom(custom, &mut metadata),
            Some(_) => self.fault("custom", "`custom` must be an object"),
            None => self.fault(
                "custom",
                "METADATA lacks `custom`, which holds severity, examines and remediation",
            ),
        }
        metadata
    }

    fn custom(&mut self, custom: &Mapping, metadata: &mut Metadata) {
        self.closed(custom, "`custom`", &CUSTOM);
        let severity = self.required(custom, "severity", "severity: high");
        if !severity.is_empty() {
            match severity.parse() {
                Ok(severity) => metadata.severity = Some(severity),
                Err(error) => self.fault("severity", error.to_string()),
            }
        }
        metadata.since = self.text(custom, "since").unwrap_or_default();
        metadata.remediation = self.required(custom, "remediation", "remediation: <one imperative sentence>");
        metadata.example = self.text(custom, "example");
        metadata.reports = self.texts(custom, "reports").unwrap_or_default();
        match self.texts(custom, "examines") {
            Some(types) if !types.is_empty() => metadata.examines = types,
            Some(_) => self.fault(
                "examines",
                "`examines` is empty: name the resource types that it examines",
            ),
            None if custom.contains_key("examines") => {}
            None => self.fault("custom", "`custom` lacks `examines`: write `examines: [aws_s3_bucket]`"),
        }
        if let Some(controls) = self.mapping(custom, "controls") {
            for name in self.names(&controls, "controls") {
                let ids = self.texts(&controls, &name).unwrap_or_default();
                metadata.controls.insert(name, ids);
            }
        }
        if let Some(params) = self.mapping(custom, "params") {
            for name in self.names(&params, "params") {
                match self.mapping(&params, &name) {
                    Some(param) => metadata
                        .params
                        .extend(self.param(&name, &param).map(|param| (name, param))),
                    None => self.fault(
                        &name,
                        format!("parameter `{name}` must be {{type, default, description}}"),
                    ),
                }
            }
        }
    }

    fn param(&mut self, name: &str, param: &Mapping) -> Option<Param> {
        self.closed(param, &format!("parameter `{name}`"), &PARAM);
        let written = self.text(param, "type").unwrap_or_default();
        let Some(kind) = ParamType::ALL.into_iter().find(|kind| kind.name() == written) else {
            let names = ParamType::ALL.map(ParamType::name).join(", ");
            self.fault(name, format!("parameter `{name}` needs a `type` of {names}"));
            return None;
        };
        let description = self.text(param, "description").unwrap_or_default();
        if description.is_empty() {
            self.fault(name, format!("parameter `{name}` needs a `description`"));
        }
        let default = param
            .get("default")
            .map(|default| yaml_serde::from_value::<Value>(default.clone()));
        match default {
            Some(Ok(default)) if kind.admits(&default) => Some(Param {
                kind,
                default,
                description,
            }),
            _ => {
                self.fault(name, format!("parameter `{name}` needs a `default` of type {kind}"));
                None
            }
        }
    }

    fn related(&mut self, top: &Mapping) -> Vec<String> {
        let how = "`related_resources` must be a list of `- ref: <address>`";
        let Some(list) = top.get("related_resources") else {
            return Vec::new();
        };
        let Yaml::Sequence(list) = list else {
            self.fault("related_resources", how);
            return Vec::new();
        };
        let mut refs = Vec::new();
        for entry in list {
            match entry {
                Yaml::Mapping(entry) => {
                    self.closed(entry, "a related resource", &["ref", "description"]);
                    refs.push(self.required(entry, "ref", "- ref: <address>"));
                }
                Yaml::String(address) => refs.push(address.clone()),
                _ => self.fault("related_resources", how),
            }
        }
        refs
    }

    fn closed(&mut self, object: &Mapping, of: &str, known: &[&str]) {
        for name in self.names(object, of) {
            if !known.contains(&name.as_str()) {
                let hint = hint(&name, known.iter().copied());
                self.fault(&name, format!("{of} has the unknown member `{name}`{hint}"));
            }
        }
    }

    fn names(&mut self, object: &Mapping, of: &str) -> Vec<String> {
        let named = object
            .keys()
            .filter_map(Yaml::as_str)
            .map(str::to_owned)
            .collect::<Vec<_>>();
        if named.len() < object.len() {
            self.fault(of, format!("the names in {of} must be strings: quote them"));
        }
        named
    }

    fn mapping(&mut self, object: &Mapping, name: &str) -> Option<Mapping> {
        match object.get(name)? {
            Yaml::Mapping(members) => Some(members.clone()),
            _ => {
                self.fault(name, format!("`{name}` must be an object"));
                None
            }
        }
    }

    fn required(&mut self, object: &Mapping, name: &str, how: &str) -> String {
        match self.text(object, name) {
            Some(text) if !text.is_empty() => text,
            Some(_) => {
                self.fault(name, format!("`{name}` is empty: write `{how}`"));
                String::new()
            }
            None => {
                if !object.contains_key(name) {
                    self.fault(name, format!("METADATA lacks `{name}`: write `{how}`"));
                }
                String::new()
            }
        }
    }

    fn text(&mut self, object: &Mapping, name: &str) -> Option<String> {
        match object.get(name)? {
            Yaml::String(text) => Some(text.trim_end().to_owned()),
            _ => {
                self.fault(name, format!("`{name}` must be a string: quote it"));
                None
            }
        }
    }

    fn texts(&mut self, object: &Mapping, name: &str) -> Option<Vec<String>> {
        let texts = match object.get(name)? {
            Yaml::Sequence(list) => list.iter().map(|text| text.as_str().map(str::to_owned)).collect(),
            _ => None,
        };
        if texts.is_none() {
            self.fault(
                name,
                format!("`{name}` must be a list of strings: quote what reads as a number"),
            );
        }
        texts
    }
}
