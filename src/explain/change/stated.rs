//! Changes to what is no resource: variables and outputs.

use super::candidates::{expected, is_plain};
use crate::engine::{Document, EngineError, Finding, Step};
use crate::explain::{Case, hcl};
use crate::model::Value;
use crate::source::{Part, Scope, body_value, snippet};

/// An argument of a variable or an output, set to a value.
pub(super) struct Stated {
    section: &'static str,
    position: usize,
    kind: &'static str,
    name: String,
    argument: String,
    value: Value,
}

/// An example's names mean nothing here.
struct Nothing;

impl Scope for Nothing {
    fn resolve(&self, _: &[Part]) -> Option<Value> {
        None
    }
}

/// What the findings expect of a variable or an output, or what the policy's example shows of one.
pub(super) fn of(case: &Case, address: &str, findings: &[Finding]) -> Vec<Stated> {
    let outputs = case.model.outputs.iter().map(|output| &output.address);
    let variables = case.model.variables.iter().map(|variable| &variable.address);
    let found = [
        ("outputs", "output", outputs.collect::<Vec<_>>()),
        ("variables", "variable", variables.collect()),
    ]
    .into_iter()
    .find_map(|(section, kind, all)| {
        let position = all.iter().position(|own| ***own == *address)?;
        Some((section, kind, position))
    });
    let Some((section, kind, position)) = found else {
        return Vec::new();
    };
    let stated = |finding: &Finding| {
        let argument = finding.attribute.as_deref()?;
        // Only these are in the document as they are in the configuration.
        let value = match argument {
            "sensitive" => expected(finding).cloned()?,
            "description" => shown(case, kind, argument)?,
            _ => return None,
        };
        Some(Stated {
            section,
            position,
            kind,
            name: address.split_once('.')?.1.to_owned(),
            argument: argument.to_owned(),
            value,
        })
    };
    findings.iter().filter_map(stated).collect()
}

/// What the first block of that kind has there in the policy's example.
fn shown(case: &Case, kind: &str, argument: &str) -> Option<Value> {
    let module = snippet(case.policy.example.as_deref()?).ok()?;
    let block = match kind {
        "output" => module.outputs().next()?.1,
        _ => return None,
    };
    let value = body_value(block, &Nothing, &module).get(argument).cloned();
    value.filter(is_plain)
}

impl Stated {
    pub(super) fn document(&self, case: &Case) -> Result<Document, EngineError> {
        let steps = [
            Step::Name(self.section.to_owned()),
            Step::Place(self.position),
            Step::Name(self.argument.clone()),
        ];
        case.document.with(&steps, &self.value)
    }

    pub(super) fn hcl(&self) -> String {
        let setting = hcl::setting(
            &crate::explain::reads::path_of(&self.argument),
            &self.value,
            &Value::Null,
        );
        format!("{} \"{}\" {{\n{setting}}}\n", self.kind, self.name)
    }
}
