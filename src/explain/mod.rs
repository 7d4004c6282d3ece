//! Why a policy says what it says of one address, and the smallest change that would make it pass.

mod change;
mod hcl;
mod reads;
mod text;

use std::collections::BTreeSet;
use std::sync::Arc;

use serde::Serialize;

pub use change::Change;
pub use reads::{Link, ReadValue};
pub use text::render;

use crate::engine::{self, Clause, Document, EngineError, Finding, Limits, Trial, Tried, Verdicts};
use crate::model::{Model, Resource, Value};
use crate::pack::{Library, Policy};
use crate::source::Source;

/// A policy and a plan, of which addresses are explained.
pub struct Case<'a> {
    /// The policy.
    pub policy: &'a Policy,
    /// The libraries that it may import.
    pub libraries: &'a [Library],
    /// The plan, as policies read it.
    pub model: &'a Model,
    /// The same, as the engine holds it.
    pub document: &'a Document,
    /// The configuration that the plan was made from, if that is at hand.
    pub source: Option<&'a Source>,
    /// What the engine may take.
    pub limits: Limits,
}

/// How a policy judges an address.
#[derive(Clone, Copy, Debug, Eq, PartialEq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ruling {
    /// It is at fault.
    Fail,
    /// The plan cannot tell.
    Unknown,
    /// It was examined, and nothing was found.
    Pass,
    /// It is not examined.
    NotApplicable,
}

impl Ruling {
    /// As reports write it.
    pub fn name(self) -> &'static str {
        match self {
            Ruling::Fail => "fail",
            Ruling::Unknown => "unknown",
            Ruling::Pass => "pass",
            Ruling::NotApplicable => "not applicable",
        }
    }
}

/// What a policy says of an address, and why.
#[derive(Clone, Debug, Serialize)]
pub struct Explanation {
    /// The policy.
    pub policy: Arc<str>,
    /// The fault that it looks for.
    pub title: String,
    /// The file of its rules.
    pub file: String,
    /// The address.
    pub address: Arc<str>,
    /// Where the configuration declares it, `main.tf:12`, if that is at hand.
    pub declared: Option<String>,
    /// How it is judged.
    pub verdict: Ruling,
    /// Why it is not examined.
    pub not_examined: Option<String>,
    /// What is said of it.
    pub findings: Vec<Said>,
    /// The rules, and how far each comes.
    pub rules: Vec<Clause>,
    /// The values of the resource that the policy may read, and where each comes from.
    pub values: Vec<ReadValue>,
    /// The references that the policy may follow.
    pub references: Vec<Link>,
    /// The smallest change of those tried with which it passes; none where none did, or where it passes.
    pub change: Option<Change>,
    /// How many changes were judged.
    pub tried: usize,
}

/// A finding, without what the explanation says already.
#[derive(Clone, Debug, Serialize)]
pub struct Said {
    /// Which of several.
    pub key: Option<Arc<str>>,
    /// What was found and why that is a fault.
    pub message: Arc<str>,
    /// The argument at fault.
    pub attribute: Option<Arc<str>>,
    /// What should be there; null where the policy does not say.
    pub expected: Value,
    /// What is there; null where the policy does not say.
    pub found: Value,
    /// Why the plan cannot tell.
    pub cause: Option<Arc<str>>,
}

impl From<&Finding> for Said {
    fn from(finding: &Finding) -> Self {
        Said {
            key: finding.key.clone(),
            message: finding.message.clone(),
            attribute: finding.attribute.clone(),
            expected: finding.expected.clone(),
            found: finding.found.clone(),
            cause: finding.cause.clone(),
        }
    }
}

/// What a policy says of one address.
pub(crate) struct Standing {
    pub(crate) ruling: Ruling,
    pub(crate) findings: Vec<Finding>,
}

impl Case<'_> {
    /// Explains what the policy says of an address, or of that key of it.
    ///
    /// # Errors
    ///
    /// Where the policy does not load, breaks, or does not come to an end in time.
    pub fn explain(&self, address: &str, key: Option<&str>) -> Result<Explanation, EngineError> {
        let tried = self.tried()?;
        // What comes to an end there, here is asked again and again.
        let apart = engine::verdicts_apart(self.policy, self.libraries, self.document, &self.limits)?;
        let verdicts = match apart {
            Some(verdicts) => verdicts,
            None => judge(&tried, self.document, &self.limits)?,
        };
        let standing = self.standing(&verdicts, address, key);
        let resource = self.resource(address);
        let rules = match standing.ruling {
            Ruling::NotApplicable if verdicts.examined.is_none() => Vec::new(),
            _ => engine::conditions(self.policy, self.libraries, self.document, address, &self.limits)?,
        };
        let rules = rules
            .into_iter()
            .filter(|clause| match standing.ruling {
                Ruling::NotApplicable => clause.rule == "examined",
                _ => clause.rule != "examined",
            })
            .collect();
        let (values, references) = match resource {
            Some(resource) if standing.ruling != Ruling::NotApplicable => {
                let names = reads::names(self.policy, self.libraries, &standing.findings);
                (reads::values(self, resource, &names), reads::links(self, resource))
            }
            _ => Default::default(),
        };
        let (change, count) = match standing.ruling {
            Ruling::Fail | Ruling::Unknown => change::smallest(self, &tried, address, key, &standing.findings)?,
            _ => (None, 0),
        };
        Ok(Explanation {
            policy: self.policy.id.clone(),
            title: self.policy.title.trim().to_owned(),
            file: self.policy.path.clone(),
            address: Arc::from(address),
            declared: self
                .model
                .locations()
                .get(address)
                .map(|location| format!("{}:{}", location.file, location.line)),
            verdict: standing.ruling,
            not_examined: (standing.ruling == Ruling::NotApplicable).then(|| self.not_examined(address)),
            findings: standing.findings.iter().map(Said::from).collect(),
            rules,
            values,
            references,
            change,
            tried: count,
        })
    }

    fn tried(&self) -> Result<Tried, EngineError> {
        let policy = Policy {
            tests: None,
            ..self.policy.clone()
        };
        Trial::new(&policy, self.libraries, &self.limits)?.load(self.policy.text.to_string())
    }

    /// What the verdicts are for an address, or that key of it.
    pub(crate) fn standing(&self, verdicts: &Verdicts, address: &str, key: Option<&str>) -> Standing {
        let is_examined = match &verdicts.examined {
            Some(examined) => examined.contains(address),
            None => self.covers(address),
        };
        let of = |findings: &[Finding]| -> Vec<Finding> {
            let own = findings.iter().filter(|finding| *finding.address == *address);
            own.filter(|finding| key.is_none_or(|key| finding.key.as_deref() == Some(key)))
                .cloned()
                .collect()
        };
        let (denied, unknown) = (of(&verdicts.deny), of(&verdicts.unknown));
        let ruling = match (is_examined, denied.is_empty(), unknown.is_empty()) {
            (false, _, _) => Ruling::NotApplicable,
            (_, false, _) => Ruling::Fail,
            (_, _, false) => Ruling::Unknown,
            _ => Ruling::Pass,
        };
        let keys: BTreeSet<Option<Arc<str>>> = denied.iter().map(|finding| finding.key.clone()).collect();
        let mut findings = denied;
        findings.extend(unknown.into_iter().filter(|finding| !keys.contains(&finding.key)));
        Standing { ruling, findings }
    }

    fn covers(&self, address: &str) -> bool {
        self.policy
            .examines
            .iter()
            .any(|subject| self.model.addresses(subject).any(|own| **own == *address))
    }

    fn not_examined(&self, address: &str) -> String {
        let examines = self.policy.examines.join(", ");
        if self.covers(address) {
            "the policy examines such resources, but its rule `examined` leaves this one out".to_owned()
        } else if let Some(removed) = self
            .model
            .removed
            .values()
            .flatten()
            .find(|gone| *gone.address == *address)
        {
            format!(
                "apply removes it ({}), and the policy examines {examines}",
                removed.actions.join(", ")
            )
        } else {
            format!("the policy examines {examines}")
        }
    }

    /// The resource or data source at an address, and where it is in the document.
    pub(crate) fn resource(&self, address: &str) -> Option<Place<'_>> {
        let sections = [
            ("resources", &self.model.resources),
            ("data", &self.model.data),
            ("removed", &self.model.removed),
        ];
        sections.into_iter().find_map(|(section, types)| {
            types
                .values()
                .flatten()
                .find(|resource| *resource.address == *address)?;
            types.iter().find_map(|(_, list)| {
                let position = list.iter().position(|resource| *resource.address == *address)?;
                Some(Place {
                    section,
                    position,
                    resource: &list[position],
                })
            })
        })
    }
}

/// A resource, and where it is in the document.
#[derive(Clone, Copy)]
pub(crate) struct Place<'a> {
    pub(crate) section: &'static str,
    pub(crate) position: usize,
    pub(crate) resource: &'a Resource,
}

/// What a policy says of a document, in the time that it may take.
pub(crate) fn judge(tried: &Tried, document: &Document, limits: &Limits) -> Result<Verdicts, EngineError> {
    let (mine, document) = (tried.clone(), document.clone());
    let job: Box<dyn FnOnce() -> Result<Verdicts, EngineError> + Send> = Box::new(move || mine.judge(&document));
    engine::in_time([job], limits)
        .pop()
        .flatten()
        .unwrap_or_else(|| Err(tried.late()))
}
