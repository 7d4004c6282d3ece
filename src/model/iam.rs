//! IAM documents in one form, whatever they were made of.
//!
//! A JSON string is read; an `aws_iam_policy_document` that is only read at apply is rebuilt from its
//! planned blocks as the provider does
//! (<https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document>).
//! The form itself is described in `docs/policy-contract.md`.

use std::collections::HashMap;
use std::sync::Arc;

use super::map::Map;
use super::value::Value;

/// The arguments that hold a policy document, in the resources of the AWS provider.
pub(crate) const ARGUMENTS: [&str; 10] = [
    "access_policies",
    "access_policy",
    "assume_role_policy",
    "bucket_policy",
    "inline_policy",
    "json",
    "policy",
    "policy_document",
    "repository_policy",
    "resource_policy",
];

const DOCUMENT: &str = "data.aws_iam_policy_document.";

/// The documents of a plan's `aws_iam_policy_document` data sources that are not read yet, by address.
pub(crate) struct Documents(HashMap<Arc<str>, Value>);

impl Documents {
    /// Rebuilds them from the data sources' values, given by address.
    pub(crate) fn rebuild<'v>(data: impl Iterator<Item = (Arc<str>, &'v Value)>) -> Self {
        let unread = data.filter(|(_, values)| values.get("json").and_then(Value::as_str).is_none());
        let unread = Unread(unread.collect());
        let built = unread
            .0
            .keys()
            .filter_map(|address| Some((address.clone(), unread.build(address, &mut Vec::new())?)));
        Documents(built.collect())
    }

    /// Puts documents in the place of the strings and markers of a resource's policy arguments; a
    /// data source that is not read yet gets its own.
    pub(crate) fn place_in(&self, address: &str, values: &mut Value) {
        if let (Some(document), Value::Object(members)) = (self.0.get(address), &mut *values) {
            members.insert(Arc::from("json"), document.clone());
        }
        self.place(values);
    }

    /// Puts documents in the place of the strings and markers of policy arguments.
    pub(crate) fn place(&self, values: &mut Value) {
        match values {
            Value::Object(members) => {
                for (name, value) in members {
                    if ARGUMENTS.contains(&&**name) && !matches!(value, Value::Array(_)) {
                        if let Some(document) = self.document(value) {
                            *value = document;
                        }
                    } else {
                        self.place(value);
                    }
                }
            }
            Value::Array(elements) => elements.iter_mut().for_each(|element| self.place(element)),
            _ => {}
        }
    }

    fn document(&self, value: &Value) -> Option<Value> {
        match value {
            Value::String(text) => parse(text),
            Value::Object(_) => self.0.get(data_source(value)?).cloned(),
            _ => None,
        }
    }
}

/// The values of the data sources that are not read yet, by address.
struct Unread<'v>(HashMap<Arc<str>, &'v Value>);

impl Unread<'_> {
    fn build(&self, address: &str, within: &mut Vec<Arc<str>>) -> Option<Value> {
        let (address, values) = self.0.get_key_value(address)?;
        if within.contains(address) {
            return None;
        }
        within.push(address.clone());
        let mut statements = Vec::new();
        for argument in ["source_json", "source_policy_documents"] {
            self.merge_documents(values.get(argument), &mut statements, within);
        }
        match values.get("statement") {
            Some(Value::Array(blocks)) => {
                for block in blocks {
                    merge_statement(&mut statements, from_block(block));
                }
            }
            // Statements are not filled in: those that are not configured are dynamic ones.
            Some(marker) if marker.get("unset").is_some() => statements.push(Value::unknown([])),
            Some(marker @ Value::Object(_)) if is_marker(marker) => statements.push(marker.clone()),
            _ => {}
        }
        for argument in ["override_json", "override_policy_documents"] {
            self.merge_documents(values.get(argument), &mut statements, within);
        }
        within.pop();
        let version = values.get("version").filter(|version| version.as_str().is_some());
        Some(Value::object([
            ("Version", version.cloned().unwrap_or_else(|| Value::from("2012-10-17"))),
            ("Statement", Value::Array(statements)),
        ]))
    }

    /// Merges other documents in, given as JSON or as references to other data sources.
    fn merge_documents(&self, value: Option<&Value>, into: &mut Vec<Value>, within: &mut Vec<Arc<str>>) {
        let Some(value) = value.filter(|value| value.get("unset").is_none()) else {
            return;
        };
        let each = match value {
            Value::Array(elements) => elements.clone(),
            Value::Null => return,
            // A list that is unknown as a whole still names its documents.
            marker if is_marker(marker) => sources(marker).map(|from| Value::unknown([from.clone()])).collect(),
            other => vec![other.clone()],
        };
        let count = each.len();
        for (at, element) in each.into_iter().enumerate() {
            let document = match &element {
                Value::String(text) => parse(text),
                Value::Null => continue,
                marker => {
                    // One expression gives all elements: where it names as many, they stand in its order.
                    let from: Vec<&Arc<str>> = sources(marker).collect();
                    let source = if from.len() == count {
                        from.get(at)
                    } else {
                        from.first().filter(|_| from.len() == 1)
                    };
                    source.and_then(|source| self.build(address_of(source)?, within))
                }
            };
            match document
                .as_ref()
                .and_then(|document| document.get("Statement")?.as_array())
            {
                Some(statements) => {
                    for statement in statements {
                        merge_statement(into, statement.clone());
                    }
                }
                None => into.push(if is_marker(&element) {
                    element
                } else {
                    Value::unknown([])
                }),
            }
        }
    }
}

/// Reads a policy document; `None` where the text is JSON of another kind, or no JSON at all
/// that could have been meant as a document.
fn parse(text: &str) -> Option<Value> {
    if !text.trim_start().starts_with('{') {
        return None;
    }
    let document: Value = match serde_json::from_str(text) {
        Ok(document) => document,
        Err(error) => {
            let place = format!(
                "it is no valid JSON, at line {} column {}",
                error.line(),
                error.column()
            );
            return Some(Value::object([("invalid", Value::from(&*place))]));
        }
    };
    from_object(&document)
}

/// The document of an evaluated expression: the argument of its `jsonencode`, with unknown markers in it.
pub(crate) fn from_expression(value: &Value) -> Option<Value> {
    match value {
        Value::String(text) => parse(text),
        value => from_object(value),
    }
}

fn from_object(document: &Value) -> Option<Value> {
    let statements = match document.get("Statement")? {
        Value::Array(statements) => statements.iter().map(from_json).collect(),
        statement => vec![from_json(statement)],
    };
    let version = document
        .get("Version")
        .cloned()
        .unwrap_or_else(|| Value::from("2008-10-17"));
    let mut members = Map::from([
        (Arc::from("Version"), version),
        (Arc::from("Statement"), Value::Array(statements)),
    ]);
    if let Some(id) = document.get("Id") {
        members.insert(Arc::from("Id"), id.clone());
    }
    Some(Value::Object(members))
}

/// Brings a statement of a JSON document, or of an object with unknown markers in it, into our form.
fn from_json(statement: &Value) -> Value {
    if is_marker(statement) {
        return statement.clone();
    }
    let member = |name: &str| statement.get(name);
    Value::object([
        ("Sid", member("Sid").cloned().unwrap_or_else(|| Value::from(""))),
        ("Effect", member("Effect").cloned().unwrap_or_else(|| Value::from(""))),
        ("Action", list(member("Action"))),
        ("NotAction", list(member("NotAction"))),
        ("Resource", list(member("Resource"))),
        ("NotResource", list(member("NotResource"))),
        ("Principal", principal(member("Principal"))),
        ("NotPrincipal", principal(member("NotPrincipal"))),
        ("Condition", condition(member("Condition"))),
    ])
}

/// Brings a `statement` block of an `aws_iam_policy_document` into our form.
fn from_block(block: &Value) -> Value {
    if is_marker(block) {
        return block.clone();
    }
    let member = |name: &str| {
        block
            .get(name)
            .filter(|value| value.get("unset").is_none() && !value.is_null())
    };
    // A block that is not known and not configured is a dynamic one: nothing in a statement is filled in.
    let dynamic = Value::unknown([]);
    let blocks = |name: &str| match block.get(name) {
        Some(marker) if marker.get("unset").is_some() => Some(&dynamic),
        blocks => blocks.filter(|blocks| !blocks.is_null()),
    };
    Value::object([
        ("Sid", member("sid").cloned().unwrap_or_else(|| Value::from(""))),
        (
            "Effect",
            member("effect").cloned().unwrap_or_else(|| Value::from("Allow")),
        ),
        ("Action", list(member("actions"))),
        ("NotAction", list(member("not_actions"))),
        ("Resource", list(member("resources"))),
        ("NotResource", list(member("not_resources"))),
        ("Principal", principal_blocks(blocks("principals"))),
        ("NotPrincipal", principal_blocks(blocks("not_principals"))),
        ("Condition", condition_blocks(blocks("condition"))),
    ])
}

/// Adds a statement; one with the same `Sid` takes the place of the one there.
fn merge_statement(statements: &mut Vec<Value>, statement: Value) {
    let sid = statement
        .get("Sid")
        .and_then(Value::as_str)
        .filter(|sid| !sid.is_empty());
    let same = sid.and_then(|sid| {
        statements
            .iter()
            .position(|other| other.get("Sid").and_then(Value::as_str) == Some(sid))
    });
    match same {
        Some(at) => statements[at] = statement,
        None => statements.push(statement),
    }
}

fn list(value: Option<&Value>) -> Value {
    match value {
        None | Some(Value::Null) => Value::Array(Vec::new()),
        Some(list @ Value::Array(_)) => list.clone(),
        Some(one) => Value::Array(vec![one.clone()]),
    }
}

fn principal(value: Option<&Value>) -> Value {
    match value {
        Some(Value::String(text)) => {
            Value::Object([(text.clone(), Value::Array(vec![Value::String(text.clone())]))].into())
        }
        Some(marker) if is_marker(marker) => marker.clone(),
        Some(Value::Object(kinds)) => Value::Object(
            kinds
                .iter()
                .map(|(kind, names)| (kind.clone(), list(Some(names))))
                .collect(),
        ),
        _ => Value::Object(Map::new()),
    }
}

fn principal_blocks(value: Option<&Value>) -> Value {
    let mut kinds = Map::new();
    match value {
        Some(Value::Array(blocks)) => {
            for block in blocks {
                let Some(kind) = block.get("type").and_then(Value::as_str) else {
                    return Value::unknown([]);
                };
                append(&mut kinds, kind, block.get("identifiers"));
            }
        }
        Some(marker) => return marker.clone(),
        None => {}
    }
    Value::Object(kinds)
}

fn condition(value: Option<&Value>) -> Value {
    match value {
        Some(marker) if is_marker(marker) => marker.clone(),
        Some(Value::Object(tests)) => Value::Object(
            tests
                .iter()
                .map(|(test, keys)| {
                    let keys = match keys {
                        Value::Object(keys) if !is_marker(&Value::Object(keys.clone())) => Value::Object(
                            keys.iter()
                                .map(|(key, values)| (key.clone(), texts(Some(values))))
                                .collect(),
                        ),
                        other => other.clone(),
                    };
                    (test.clone(), keys)
                })
                .collect(),
        ),
        _ => Value::Object(Map::new()),
    }
}

fn condition_blocks(value: Option<&Value>) -> Value {
    let mut tests = Map::new();
    match value {
        Some(Value::Array(blocks)) => {
            for block in blocks {
                let name = |name: &str| block.get(name).and_then(Value::as_str);
                let (Some(test), Some(variable)) = (name("test"), name("variable")) else {
                    return Value::unknown([]);
                };
                let keys = tests
                    .entry(Arc::from(test))
                    .or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(keys) = keys {
                    append(keys, variable, Some(&texts(block.get("values"))));
                }
            }
        }
        Some(marker) => return marker.clone(),
        None => {}
    }
    Value::Object(tests)
}

/// Adds values to the list under a name.
fn append(lists: &mut Map, name: &str, values: Option<&Value>) {
    let entry = lists.entry(Arc::from(name)).or_insert_with(|| Value::Array(Vec::new()));
    if let (Value::Array(entry), Value::Array(values)) = (entry, list(values)) {
        entry.extend(values);
    }
}

/// A list of texts: IAM compares `true` and `"true"` alike.
fn texts(values: Option<&Value>) -> Value {
    let Value::Array(mut values) = list(values) else {
        return Value::Null;
    };
    for value in &mut values {
        match value {
            Value::Bool(flag) => *value = Value::from(if *flag { "true" } else { "false" }),
            Value::Number(number) => *value = Value::from(&*number.to_string()),
            _ => {}
        }
    }
    Value::Array(values)
}

fn is_marker(value: &Value) -> bool {
    value.get("unknown") == Some(&Value::Bool(true)) || value.get("sensitive") == Some(&Value::Bool(true))
}

/// The references that an unknown value comes from.
fn sources(marker: &Value) -> impl Iterator<Item = &Arc<str>> {
    let from = marker.get("from").and_then(Value::as_array).unwrap_or_default();
    from.iter().filter_map(|source| match source {
        Value::String(text) => Some(text),
        _ => None,
    })
}

/// The one data source whose document an unknown value will be.
fn data_source(marker: &Value) -> Option<&str> {
    let mut sources = sources(marker);
    match (sources.next(), sources.next()) {
        (Some(only), None) => address_of(only),
        _ => None,
    }
}

/// Whether a reference names a document without an attribute of it.
fn is_bare(source: &str) -> bool {
    source
        .rsplit_once(DOCUMENT)
        .is_some_and(|(_, name)| !name.contains('.'))
}

/// The address of the document that a reference names.
fn address_of(source: &str) -> Option<&str> {
    let address = source
        .strip_suffix(".json")
        .or_else(|| source.strip_suffix(".minified_json"))
        // The attribute behind a key that is not constant is cut off, and Terraform before 0.15 names none.
        .or_else(|| (source.ends_with(']') || is_bare(source)).then_some(source))?;
    address.contains(DOCUMENT).then_some(address)
}
