//! What `plangate.toml` may say, and reading it: everything that is wrong with it is told at once, with its place.

use std::collections::BTreeMap;
use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::reader::Reader;
use crate::cli::view::Target as Format;
use crate::model::{Map, Value};
use crate::pack::bundle::Reference;
use crate::pack::{Enforcement, Severity};
use crate::report::{OnNothing, OnUnknown, Source};
use crate::waiver::{Excuse, Target, Waiver};

/// A value and the line that it stands on, from 1.
#[derive(Clone, Debug, PartialEq)]
pub(in crate::cli) struct At<T> {
    pub(in crate::cli) value: T,
    pub(in crate::cli) line: usize,
}

/// What a configuration file says; paths are as they are written, from the file's folder.
#[derive(Clone, Debug, Default)]
pub(in crate::cli) struct File {
    pub(in crate::cli) plans: Option<At<Vec<String>>>,
    pub(in crate::cli) source: Option<At<String>>,
    pub(in crate::cli) formats: Option<At<Vec<String>>>,
    pub(in crate::cli) folders: Option<At<Vec<String>>>,
    pub(in crate::cli) bundles: Option<At<Vec<Reference>>>,
    pub(in crate::cli) verification_key: Option<At<String>>,
    pub(in crate::cli) only: Option<At<Vec<String>>>,
    pub(in crate::cli) controls: Option<At<Vec<String>>>,
    pub(in crate::cli) skip: Option<At<Vec<String>>>,
    pub(in crate::cli) fail_on: Option<At<Severity>>,
    pub(in crate::cli) unknown: Option<At<OnUnknown>>,
    pub(in crate::cli) unknown_by: BTreeMap<Severity, At<OnUnknown>>,
    pub(in crate::cli) nothing: Option<At<OnNothing>>,
    pub(in crate::cli) new_only: Option<At<bool>>,
    pub(in crate::cli) due_days: Option<At<u16>>,
    pub(in crate::cli) policies: BTreeMap<String, At<OfPolicy>>,
    pub(in crate::cli) waivers: Vec<Waiver>,
}

/// What is set of one policy.
#[derive(Clone, Debug, Default, PartialEq)]
pub(in crate::cli) struct OfPolicy {
    pub(in crate::cli) severity: Option<At<Severity>>,
    pub(in crate::cli) enforcement: Option<At<Enforcement>>,
    pub(in crate::cli) params: BTreeMap<Arc<str>, At<Value>>,
}

impl OfPolicy {
    /// The parameters, as the pack takes them.
    pub(in crate::cli) fn values(&self) -> Map {
        let values = self.params.iter();
        values.map(|(name, at)| (name.clone(), at.value.clone())).collect()
    }
}

const TOP: [&str; 8] = [
    "plans", "source", "format", "policies", "gate", "policy", "waivers", "waiver",
];
const POLICIES: [&str; 6] = ["folders", "bundles", "verification_key", "only", "controls", "skip"];
const GATE: [&str; 4] = ["fail_on", "unknown", "nothing", "new_only"];
const OF_POLICY: [&str; 3] = ["severity", "enforcement", "params"];
const WAIVERS: [&str; 1] = ["due_days"];
const WAIVER: [&str; 9] = [
    "policy",
    "address",
    "reason",
    "owner",
    "ticket",
    "expires",
    "key",
    "plan",
    "fingerprint",
];
const BUNDLE: [&str; 2] = ["source", "digest"];

/// The keys of every table, by its path; the schema has the same.
#[cfg(test)]
pub(super) const KEYS: [(&str, &[&str]); 7] = [
    ("", &TOP),
    ("policies", &POLICIES),
    ("gate", &GATE),
    ("policy", &OF_POLICY),
    ("waivers", &WAIVERS),
    ("waiver", &WAIVER),
    ("bundle", &BUNDLE),
];

impl File {
    /// Reads a `plangate.toml`; `shown` is its path for messages and in the report.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, a line each.
    pub(super) fn read(shown: &str, text: &str) -> Result<File, Vec<String>> {
        let mut reader = Reader::new(shown, text);
        let mut file = File::default();
        if let Some(top) = reader.parse() {
            let top = top.get_ref();
            reader.keys(top, "", &TOP);
            file.top(&mut reader, top);
        }
        reader.finish(file)
    }

    /// Reads a `plangate.waivers.toml`, which has waivers only.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with it, a line each.
    pub(super) fn read_waivers(shown: &str, text: &str) -> Result<Vec<Waiver>, Vec<String>> {
        let mut reader = Reader::new(shown, text);
        let mut file = File::default();
        if let Some(top) = reader.parse() {
            let top = top.get_ref();
            reader.keys(top, "", &["waiver"]);
            file.waiver_tables(&mut reader, top);
        }
        reader.finish(file.waivers)
    }

    fn top(&mut self, reader: &mut Reader, top: &DeTable) {
        self.plans = reader.texts(top, "plans");
        self.source = reader.text(top, "source");
        self.formats = reader.texts(top, "format");
        if let Some(formats) = &self.formats {
            for format in &formats.value {
                if let (Err(error), Some(entry)) = (format.parse::<Format>(), reader.entry(top, "format")) {
                    reader.wrong(&entry, &format!("has `{format}`: {error}"));
                }
            }
        }
        if let Some(policies) = reader.table(top, "policies", &POLICIES) {
            self.folders = reader.texts(policies, "folders");
            self.bundles = bundles(reader, policies);
            self.verification_key = reader.text(policies, "verification_key");
            self.only = reader.texts(policies, "only");
            self.controls = reader.texts(policies, "controls");
            self.skip = reader.texts(policies, "skip");
        }
        if let Some(gate) = reader.table(top, "gate", &GATE) {
            self.gate(reader, gate);
        }
        if let Some(waivers) = reader.table(top, "waivers", &WAIVERS) {
            self.due_days = reader.number(waivers, "due_days", 3_650);
        }
        if let Some(by_id) = reader.any_table(top, "policy") {
            for (id, value) in by_id {
                let Some(table) = reader.as_table(id.get_ref(), value, &OF_POLICY) else {
                    continue;
                };
                let of_policy = OfPolicy {
                    severity: reader.one_of(table, "severity", &Severity::ALL, Severity::name),
                    enforcement: reader.one_of(table, "enforcement", &Enforcement::ALL, Enforcement::name),
                    params: params(reader, table),
                };
                let line = reader.line(id.span().start);
                self.policies
                    .insert(id.get_ref().to_string(), At { value: of_policy, line });
            }
        }
        self.waiver_tables(reader, top);
    }

    fn gate(&mut self, reader: &mut Reader, gate: &DeTable) {
        self.fail_on = reader.one_of(gate, "fail_on", &Severity::ALL, Severity::name);
        match gate.get("unknown").map(Spanned::get_ref) {
            Some(DeValue::Table(by_severity)) => {
                let names = Severity::ALL.map(Severity::name);
                let names: Vec<&str> = ["default"].into_iter().chain(names).collect();
                reader.keys(by_severity, "gate.unknown", &names);
                self.unknown = reader.one_of(by_severity, "default", &OnUnknown::ALL, OnUnknown::name);
                for severity in Severity::ALL {
                    let what = reader.one_of(by_severity, severity.name(), &OnUnknown::ALL, OnUnknown::name);
                    if let Some(what) = what {
                        self.unknown_by.insert(severity, what);
                    }
                }
            }
            _ => self.unknown = reader.one_of(gate, "unknown", &OnUnknown::ALL, OnUnknown::name),
        }
        self.nothing = reader.one_of(gate, "nothing", &OnNothing::ALL, OnNothing::name);
        self.new_only = reader.flag(gate, "new_only");
    }

    fn waiver_tables(&mut self, reader: &mut Reader, top: &DeTable) {
        let Some(entry) = reader.entry(top, "waiver") else {
            return;
        };
        let DeValue::Array(tables) = entry.value.get_ref() else {
            return reader.wrong(&entry, "must be written [[waiver]]");
        };
        for table in tables.iter() {
            let at = table.span().start;
            let Some(table) = reader.as_table("waiver", table, &WAIVER) else {
                continue;
            };
            self.waivers.extend(waiver(reader, at, table));
        }
    }
}

fn bundles(reader: &mut Reader, policies: &DeTable) -> Option<At<Vec<Reference>>> {
    let entry = reader.entry(policies, "bundles")?;
    let line = reader.line(entry.at);
    let DeValue::Array(elements) = entry.value.get_ref() else {
        reader.wrong(&entry, "must be a list of sources");
        return None;
    };
    let mut references = Vec::new();
    for element in elements.iter() {
        let source = match element.get_ref() {
            DeValue::String(source) => source.to_string(),
            DeValue::Table(table) => {
                reader.keys(table, "policies.bundles", &BUNDLE);
                let Some(source) = reader.needed(table, "source", element.span().start) else {
                    continue;
                };
                match reader.text(table, "digest") {
                    Some(digest) => format!("{source}#{}", digest.value),
                    None => source,
                }
            }
            _ => {
                reader.problem(
                    element.span().start,
                    "policies.bundles: a bundle is a text or {source, digest}",
                );
                continue;
            }
        };
        match source.parse() {
            Ok(reference) => references.push(reference),
            Err(error) => reader.problem(element.span().start, &format!("policies.bundles: {error}")),
        }
    }
    Some(At {
        value: references,
        line,
    })
}

fn params(reader: &mut Reader, table: &DeTable) -> BTreeMap<Arc<str>, At<Value>> {
    let Some(params) = reader.any_table(table, "params") else {
        return BTreeMap::new();
    };
    let values = params.iter().filter_map(|(name, value)| {
        let line = reader.line(name.span().start);
        let value = reader.value(value)?;
        Some((Arc::from(&**name.get_ref()), At { value, line }))
    });
    values.collect()
}

/// A waiver; `at` is where it begins.
fn waiver(reader: &mut Reader, at: usize, table: &DeTable) -> Option<Waiver> {
    let policy = reader.needed(table, "policy", at);
    let address = reader.needed(table, "address", at);
    let reason = reader.needed(table, "reason", at);
    let owner = reader.needed(table, "owner", at);
    let expires = reader.day(table, "expires");
    let mut optional = |name| reader.text(table, name).map(|at| at.value);
    let (ticket, key, plan) = (optional("ticket"), optional("key"), optional("plan"));
    let fingerprint = reader.fingerprint(table, "fingerprint");
    let line = u32::try_from(reader.line(at)).unwrap_or(u32::MAX);
    Some(Waiver {
        policy: policy?,
        target: Target::Address(address?),
        key,
        plan,
        fingerprint,
        excuse: Arc::new(Excuse {
            reason: reason?.into(),
            owner: owner?.into(),
            ticket: ticket.map(Arc::from),
            expires: expires.map(Arc::from),
            source: Source {
                file: reader.shown().into(),
                line,
            },
        }),
    })
}
