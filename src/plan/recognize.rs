//! What a file is that is no plan. Only files that are refused come here, so a second pass costs nothing.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};

use super::{PlanError, Text, version};

/// Why a document does not read as a plan.
pub(super) fn explain(text: &str, error: &serde_json::Error) -> PlanError {
    if error.is_data() {
        if let Err(other) = refuse_what_is_no_plan(text) {
            return other;
        }
        // A newer major version may well have another shape, and its number says more than the place of the difference.
        if let Some(unsupported @ PlanError::UnsupportedVersion { .. }) = version_error(text) {
            return unsupported;
        }
    }
    PlanError::of_json(text, error)
}

/// What is wrong with the version of a plan that does not read as a whole.
fn version_error(text: &str) -> Option<PlanError> {
    #[derive(Deserialize)]
    struct Versioned<'a> {
        #[serde(borrow)]
        format_version: Text<'a>,
    }

    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Versioned<'_>>();
    version::check(&documents.next()?.ok()?.format_version).err()
}

/// Refuses a document whose keys are those of something else.
pub(super) fn refuse_what_is_no_plan(text: &str) -> Result<(), PlanError> {
    match first_value(text) {
        Ok(Some(Value::Object(keys))) if keys.is_plan() => Ok(()),
        Ok(Some(Value::Object(keys))) => Err(keys.kind(text)),
        Ok(Some(Value::Other(found))) => Err(PlanError::OtherJson {
            found: found.to_owned(),
        }),
        Ok(None) => Err(PlanError::Empty),
        Err(error) => Err(PlanError::of_json(text, &error)),
    }
}

/// What text is in which no JSON document was found.
pub(super) fn kind_of_text(text: &str) -> PlanError {
    const FOR_PEOPLE: [&str; 9] = [
        "Terraform will perform the following actions",
        "OpenTofu will perform the following actions",
        "Terraform used the selected providers to generate the following execution",
        "OpenTofu used the selected providers to generate the following execution",
        "An execution plan has been generated",
        "Your infrastructure matches the configuration",
        "No changes. Infrastructure is up-to-date",
        "Changes to Outputs:",
        "Terraform planned the following actions, but then encountered a problem",
    ];
    if FOR_PEOPLE.iter().any(|sentence| text.contains(sentence)) {
        PlanError::HumanReadable
    } else if text
        .lines()
        .any(|line| line.starts_with("AWSTemplateFormatVersion:") || is_cloudformation_type(line))
    {
        PlanError::CloudFormation
    } else if text.lines().any(opens_a_block) {
        PlanError::Configuration
    } else {
        PlanError::NoJson
    }
}

/// As in `    Type: AWS::S3::Bucket`.
fn is_cloudformation_type(line: &str) -> bool {
    line.trim_start()
        .strip_prefix("Type:")
        .is_some_and(|name| name.trim_start().trim_start_matches(['"', '\'']).starts_with("AWS::"))
}

/// As in `resource "aws_vpc" "main" {`.
fn opens_a_block(line: &str) -> bool {
    const BLOCKS: [&str; 13] = [
        "check",
        "data",
        "ephemeral",
        "import",
        "locals",
        "module",
        "moved",
        "output",
        "provider",
        "removed",
        "resource",
        "terraform",
        "variable",
    ];
    let name = line.split([' ', '"', '{']).next().unwrap_or_default();
    line.contains('{') && BLOCKS.contains(&name)
}

/// The first JSON value of a text, as far as its kind shows.
pub(super) enum Value<'a> {
    /// An object's keys.
    Object(Keys<'a>),
    /// Any other value, and what to call it.
    Other(&'static str),
}

/// Reads the text's first value without keeping what is in it.
pub(super) fn first_value(text: &str) -> Result<Option<Value<'_>>, serde_json::Error> {
    serde_json::Deserializer::from_str(text).into_iter().next().transpose()
}

/// The keys of an object, each once for each time that it is there.
pub(super) struct Keys<'a>(Vec<Text<'a>>);

impl Keys<'_> {
    fn has(&self, key: &str) -> bool {
        self.0.iter().any(|one| *one == *key)
    }

    fn is_plan(&self) -> bool {
        ["planned_values", "resource_changes", "configuration"]
            .iter()
            .any(|section| self.has(section))
    }

    /// An event of `terraform plan -json`.
    pub(super) fn is_event(&self) -> bool {
        self.has("@level") && self.has("@message")
    }

    /// A line of the log of some other tool.
    pub(super) fn is_log(&self) -> bool {
        !self.is_plan()
            && ["level", "severity"].iter().any(|key| self.has(key))
            && (self.has("msg") || self.has("message"))
    }

    fn kind(&self, text: &str) -> PlanError {
        // An empty state is an object of nothing but its version.
        let is_empty_state = self.has("format_version") && self.0.len() == 1;
        let is_state_file = self.has("serial") && self.has("lineage");
        let is_template = self.has("AWSTemplateFormatVersion") || (self.has("Resources") && text.contains("\"AWS::"));
        if self.is_event() {
            PlanError::EventLog
        } else if self.has("values") || is_state_file || is_empty_state {
            PlanError::State
        } else if is_template {
            PlanError::CloudFormation
        } else {
            PlanError::OtherJson { found: self.describe() }
        }
    }

    fn describe(&self) -> String {
        const OUTPUTS: [(&str, &str); 4] = [
            ("provider_schemas", "the output of `terraform providers schema -json`"),
            ("diagnostics", "the output of `terraform validate -json`"),
            (
                "function_signatures",
                "the output of `terraform metadata functions -json`",
            ),
            ("terraform_outdated", "the output of `terraform version -json`"),
        ];
        if let Some((_, output)) = OUTPUTS.iter().find(|(key, _)| self.has(key)) {
            return (*output).to_owned();
        }
        if self.has("schema") && self.has("plangate") {
            return "a report of `plangate check --format json`, to be kept out of the folder of plans".to_owned();
        }
        if self.0.is_empty() {
            return "an empty JSON object".to_owned();
        }
        let shown: Vec<String> = self
            .0
            .iter()
            .take(5)
            .map(|key| format!("`{}`", printable(key)))
            .collect();
        let more = if self.0.len() > shown.len() { ", ..." } else { "" };
        format!("JSON of another kind (its keys: {}{more})", shown.join(", "))
    }
}

/// A key that is fit for a message on one line of a terminal.
fn printable(key: &str) -> String {
    const LONGEST: usize = 40;
    let shown: String = key
        .chars()
        .filter(|character| !character.is_control())
        .take(LONGEST)
        .collect();
    if key.chars().count() > LONGEST {
        format!("{shown}...")
    } else {
        shown
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Value<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ValueVisitor)
    }
}

struct ValueVisitor;

impl<'de> Visitor<'de> for ValueVisitor {
    type Value = Value<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("JSON")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
        let mut keys = Vec::new();
        while let Some((key, IgnoredAny)) = map.next_entry::<Text<'de>, IgnoredAny>()? {
            keys.push(key);
        }
        Ok(Value::Object(Keys(keys)))
    }

    fn visit_seq<A: serde::de::SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        while list.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Value::Other("a JSON list"))
    }

    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Value::Other("the JSON value null"))
    }

    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Value::Other("a JSON boolean"))
    }

    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Value::Other("a JSON number"))
    }

    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Value::Other("a JSON number"))
    }

    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Value::Other("a JSON number"))
    }

    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Value::Other("a JSON string"))
    }
}
