//! The plan as Terraform prints it, for policies that read that, without what it marks as sensitive.

use std::collections::BTreeMap;
use std::sync::Arc;

use serde_json::Number;

use super::values::tells;
use super::{Map, Value};

/// What stands in the place of a sensitive text.
const HIDDEN: &str = "(sensitive value)";

/// The plan in a text that [`crate::plan::parse`] has read, as Terraform prints it, but for what is sensitive: a text is
/// `(sensitive value)`, a number 0 and a boolean false. Null, the empty text, the names of members and the lengths of
/// lists stay.
///
/// Sensitive is what `after_sensitive`, `before_sensitive` and `sensitive_values` mark, the constants in the
/// configuration that such a value was made of, and the values of variables and outputs that are declared sensitive.
/// Plans of Terraform before 0.15 have no such marks.
pub fn raw(text: &str) -> Value {
    let mut documents = serde_json::Deserializer::from_str(text).into_iter::<Value>();
    let mut plan = documents.next().and_then(Result::ok).unwrap_or_default();
    let mut marks = Marks::new();
    for section in ["resource_changes", "resource_drift"] {
        for change in elements(&mut plan, &[section]) {
            let address = configured(change);
            if let Some(change) = member(change, &["change"]) {
                for (value, mirror) in [("before", "before_sensitive"), ("after", "after_sensitive")] {
                    let mirror = change.get(mirror).cloned().unwrap_or_default();
                    if let Some(address) = address.as_ref().filter(|_| tells(&mirror)) {
                        let known = marks.entry(address.clone()).or_default();
                        *known = merged(std::mem::take(known), &mirror);
                    }
                    if let Some(value) = member(change, &[value]) {
                        hide(value, &mirror);
                    }
                }
            }
        }
    }
    for change in members(&mut plan, &["output_changes"]) {
        for (value, mirror) in [("before", "before_sensitive"), ("after", "after_sensitive")] {
            let mirror = change.get(mirror).cloned().unwrap_or_default();
            if let Some(value) = member(change, &[value]) {
                hide(value, &mirror);
            }
        }
    }
    for values in [&["planned_values"][..], &["prior_state", "values"]] {
        if let Some(values) = member(&mut plan, values) {
            state(values, &mut marks);
        }
    }
    variables(&mut plan);
    if let Some(root) = member(&mut plan, &["configuration", "root_module"]) {
        module(root, "", &marks);
    }
    plan
}

/// By the address of a resource in the configuration, what is marked in any of its instances.
type Marks = BTreeMap<Arc<str>, Value>;

/// The address of an instance's resource in the configuration: without indices.
fn configured(instance: &Value) -> Option<Arc<str>> {
    let address = instance.get("address")?.as_str()?;
    let mut plain = String::with_capacity(address.len());
    let (mut depth, mut quoted, mut escaped) = (0_usize, false, false);
    for c in address.chars() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' if depth > 0 => quoted = !quoted,
            '[' if !quoted => depth += 1,
            ']' if !quoted => depth = depth.saturating_sub(1),
            _ if depth == 0 => plain.push(c),
            _ => {}
        }
    }
    Some(plain.into())
}

/// The resources and outputs of a state, or of what will be one.
fn state(values: &mut Value, marks: &mut Marks) {
    for output in members(values, &["outputs"]) {
        if output.get("sensitive") == Some(&Value::Bool(true))
            && let Some(value) = member(output, &["value"])
        {
            hide(value, &Value::Bool(true));
        }
    }
    if let Some(root) = member(values, &["root_module"]) {
        state_module(root, marks);
    }
}

fn state_module(module: &mut Value, marks: &mut Marks) {
    for resource in elements(module, &["resources"]) {
        let mirror = resource.get("sensitive_values").cloned().unwrap_or_default();
        if !tells(&mirror) {
            continue;
        }
        if let Some(address) = configured(resource) {
            let known = marks.entry(address).or_default();
            *known = merged(std::mem::take(known), &mirror);
        }
        if let Some(values) = member(resource, &["values"]) {
            hide(values, &mirror);
        }
    }
    for child in elements(module, &["child_modules"]) {
        state_module(child, marks);
    }
}

/// The values of root variables; where the plan has no declaration of one, there is no telling, and it is hidden.
fn variables(plan: &mut Value) {
    let declared = plan
        .get("configuration")
        .and_then(|configuration| configuration.get("root_module"))
        .and_then(|root| root.get("variables"))
        .cloned()
        .unwrap_or_default();
    let Some(Value::Object(variables)) = member(plan, &["variables"]) else {
        return;
    };
    for (name, variable) in variables {
        let is_open = declared
            .get(name)
            .is_some_and(|declared| declared.get("sensitive") != Some(&Value::Bool(true)));
        if let Some(value) = member(variable, &["value"]).filter(|_| !is_open) {
            hide(value, &Value::Bool(true));
        }
    }
}

/// A module of the configuration and those that it calls: the constants that sensitive values are made of.
fn module(module: &mut Value, path: &str, marks: &Marks) {
    for resource in elements(module, &["resources"]) {
        let address = resource.get("address").and_then(Value::as_str).unwrap_or_default();
        let address = format!("{path}{address}");
        if let (Some(marks), Some(expressions)) = (marks.get(&*address), member(resource, &["expressions"])) {
            hide_expression(expressions, marks);
        }
    }
    for declared in ["variables", "outputs"] {
        for declared in members(module, &[declared]) {
            if declared.get("sensitive") != Some(&Value::Bool(true)) {
                continue;
            }
            if let Some(default) = member(declared, &["default"]) {
                hide(default, &Value::Bool(true));
            }
            if let Some(expression) = member(declared, &["expression"]) {
                hide_expression(expression, &Value::Bool(true));
            }
        }
    }
    let Some(Value::Object(calls)) = member(module, &["module_calls"]) else {
        return;
    };
    for (name, call) in calls {
        let declared = call.get("module").and_then(|module| module.get("variables"));
        let sensitive: Vec<(&str, Value)> = declared
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
            .filter(|(_, declared)| declared.get("sensitive") == Some(&Value::Bool(true)))
            .map(|(name, _)| (&**name, Value::Bool(true)))
            .collect();
        let sensitive = sensitive.into_iter().map(|(name, mark)| (Arc::from(name), mark));
        let sensitive = Value::Object(sensitive.collect());
        if let Some(expressions) = member(call, &["expressions"]) {
            hide_expression(expressions, &sensitive);
        }
        if let Some(called) = member(call, &["module"]) {
            self::module(called, &format!("{path}module.{name}."), marks);
        }
    }
}

/// Hides the constants of an expression, or of the arguments of a block, whose values are marked.
fn hide_expression(expression: &mut Value, marks: &Value) {
    if !tells(marks) {
        return;
    }
    match expression {
        Value::Object(members) if members.contains_key("references") => {}
        Value::Object(members) if members.contains_key("constant_value") => {
            if let Some(constant) = members.get_mut("constant_value") {
                hide(constant, marks);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let of_member = match marks {
                    Value::Object(marks) => marks.get(name).cloned().unwrap_or_default(),
                    // A block of which there is one at most is an object here and a list in the values.
                    Value::Array(marks) => marks
                        .iter()
                        .filter_map(|marks| marks.get(name))
                        .fold(Value::Null, merged),
                    marks => marks.clone(),
                };
                hide_expression(member, &of_member);
            }
        }
        Value::Array(blocks) => {
            let of_each = match marks {
                Value::Array(marks) => marks.iter().fold(Value::Null, merged),
                marks => marks.clone(),
            };
            blocks.iter_mut().for_each(|block| hide_expression(block, &of_each));
        }
        _ => {}
    }
}

/// What either of two mirrors marks; the elements of lists are marked together, as their order may differ.
fn merged(one: Value, other: &Value) -> Value {
    match (one, other) {
        (Value::Bool(true), _) | (_, Value::Bool(true)) => Value::Bool(true),
        (Value::Object(mut members), Value::Object(others)) => {
            for (name, other) in others {
                let member = members.remove(name).unwrap_or_default();
                members.insert(name.clone(), merged(member, other));
            }
            Value::Object(members)
        }
        (Value::Array(elements), Value::Array(others)) => {
            let all = elements.iter().chain(others).fold(Value::Null, merged);
            Value::Array(vec![all])
        }
        (one, other) if tells(&one) && tells(other) => Value::Bool(true),
        (one, _) if tells(&one) => one,
        (_, other) => other.clone(),
    }
}

/// Hides what a mirror of a value marks; all of it where the mirror has another form, and so cannot say what of it.
fn hide(value: &mut Value, marks: &Value) {
    if !tells(marks) {
        return;
    }
    match (&mut *value, marks) {
        (Value::Object(members), Value::Object(marks)) => {
            for (name, member) in members {
                hide(member, marks.get(name).unwrap_or(&Value::Null));
            }
        }
        (Value::Array(elements), Value::Array(marks)) if elements.len() == marks.len() => {
            elements
                .iter_mut()
                .zip(marks)
                .for_each(|(element, marks)| hide(element, marks));
        }
        (Value::Array(elements), Value::Array(marks)) => {
            let of_each = marks.iter().fold(Value::Null, merged);
            elements.iter_mut().for_each(|element| hide(element, &of_each));
        }
        (Value::Object(members), _) => members.values_mut().for_each(|member| hide(member, &Value::Bool(true))),
        (Value::Array(elements), _) => elements
            .iter_mut()
            .for_each(|element| hide(element, &Value::Bool(true))),
        (Value::String(text), _) if !text.is_empty() => *value = Value::from(HIDDEN),
        (Value::Number(number), _) => *number = Number::from(0),
        (Value::Bool(flag), _) => *flag = false,
        _ => {}
    }
}

fn member<'a>(value: &'a mut Value, path: &[&str]) -> Option<&'a mut Value> {
    path.iter().try_fold(value, |value, name| match value {
        Value::Object(members) => members.get_mut(*name),
        _ => None,
    })
}

fn elements<'a>(value: &'a mut Value, path: &[&str]) -> impl Iterator<Item = &'a mut Value> {
    match member(value, path) {
        Some(Value::Array(elements)) => elements.as_mut_slice(),
        _ => &mut [],
    }
    .iter_mut()
}

fn members<'a>(value: &'a mut Value, path: &[&str]) -> impl Iterator<Item = &'a mut Value> {
    let members: Option<&mut Map> = match member(value, path) {
        Some(Value::Object(members)) => Some(members),
        _ => None,
    };
    members.into_iter().flat_map(|members| members.values_mut())
}
