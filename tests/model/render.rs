//! A model as text of one fact per line, so that a case can be read, and a change to it reviewed.
//!
//! | line | it says |
//! |---|---|
//! | `ADDRESS  ARGUMENT -> TARGET ATTRIBUTE` | a certain reference |
//! | `ADDRESS  ARGUMENT ?> TARGET ATTRIBUTE  because CAUSE` | a reference that may be meant |
//! | `TYPE  ARGUMENT ??  CAUSE` | the plan does not tell what is referred to |
//! | `ADDRESS  PATH unknown from SOURCE, SOURCE` | a value that apply will know; without `from`, by a function only |
//! | `ADDRESS  PATH sensitive` | a value that is hidden |
//! | `ADDRESS  PATH = VALUE` | a value that `# show: ADDRESS PATH` in `main.tf` asks for |
//! | `ADDRESS  actions [...]` | what apply does, where that is not just `create` |
//!
//! What is left unset, and the provider fills in, is only shown where it is asked for.

use plangate::model::{Mode, Model, Resource, Value};

/// Renders a model; lines `# show:` of the configuration say which values to show.
pub(crate) fn render(model: &Model, configuration: &str) -> String {
    let mut lines = Vec::new();
    for resource in model.resources.values().chain(model.data.values()).flatten() {
        change(resource, &mut lines);
        references(resource, &mut lines);
        markers(&resource.address, "", &resource.values, &mut lines);
    }
    for resource in model.removed.values().flatten() {
        lines.push(format!("{}  removed", resource.address));
        change(resource, &mut lines);
    }
    for (kind, arguments) in &model.unresolved {
        for (argument, causes) in arguments {
            lines.extend(causes.iter().map(|cause| format!("{kind}  {argument} ??  {cause}")));
        }
    }
    let shown = configuration
        .lines()
        .filter_map(|line| line.trim().strip_prefix("# show: "));
    lines.extend(shown.flat_map(|asked| show(model, asked.trim())));
    lines.sort();
    lines.dedup();
    lines.into_iter().map(|line| line + "\n").collect()
}

/// All resources of a model, whatever happens to them.
pub(crate) fn all(model: &Model) -> impl Iterator<Item = &Resource> {
    [&model.resources, &model.data, &model.removed]
        .into_iter()
        .flat_map(|section| section.values().flatten())
}

fn change(resource: &Resource, lines: &mut Vec<String>) {
    let address = &resource.address;
    let actions: Vec<&str> = resource.actions.iter().map(|action| &**action).collect();
    match (resource.mode, &actions[..]) {
        (Mode::Managed, ["create"]) => {}
        (Mode::Managed, _) => lines.push(format!("{address}  actions [{}]", actions.join(", "))),
        (Mode::Data, []) => lines.push(format!("{address}  read while planning")),
        (Mode::Data, _) => lines.push(format!("{address}  read at apply")),
    }
    if resource.replaces {
        lines.push(format!(
            "{address}  replaces, because of {}",
            text(&resource.replace_paths)
        ));
    }
    if let Some(reason) = resource.reason.as_deref().filter(|_| resource.mode == Mode::Managed) {
        lines.push(format!("{address}  reason {reason}"));
    }
    if let Some(previous) = &resource.previous_address {
        lines.push(format!("{address}  moved from {previous}"));
    }
    if resource.imported {
        lines.push(format!("{address}  imported"));
    }
    if resource.drifted {
        lines.push(format!("{address}  drifted"));
    }
}

fn references(resource: &Resource, lines: &mut Vec<String>) {
    for (argument, targets) in &resource.references {
        for target in targets {
            let arrow = if target.certain { "->" } else { "?>" };
            let attribute = match &*target.attribute {
                "" => String::new(),
                attribute => format!(" {attribute}"),
            };
            let cause = target
                .cause
                .as_ref()
                .map(|cause| format!("  because {cause}"))
                .unwrap_or_default();
            let address = &resource.address;
            lines.push(format!(
                "{address}  {argument} {arrow} {}{attribute}{cause}",
                target.address
            ));
        }
    }
}

/// The unknown and sensitive markers anywhere in a value.
fn markers(address: &str, path: &str, value: &Value, lines: &mut Vec<String>) {
    match value {
        _ if is(value, "unset") => {}
        _ if is(value, "sensitive") || is(value, "unknown") => {
            lines.push(format!("{address}  {path} {}", marker(value)))
        }
        Value::Array(elements) => {
            for (at, element) in elements.iter().enumerate() {
                markers(address, &format!("{path}[{at}]"), element, lines);
            }
        }
        Value::Object(members) => {
            for (name, member) in members {
                let dot = if path.is_empty() { "" } else { "." };
                markers(address, &format!("{path}{dot}{name}"), member, lines);
            }
        }
        _ => {}
    }
}

/// The value that a comment asks for: `ADDRESS PATH` of a resource or a provider, or the address of a variable.
fn show(model: &Model, asked: &str) -> Vec<String> {
    if let Some(variable) = model.variables.iter().find(|variable| &*variable.address == asked) {
        let sensitive = if variable.sensitive { ", declared sensitive" } else { "" };
        let (value, default) = (text(&variable.value), text(&variable.default));
        return vec![format!("{asked} = {value}, default {default}{sensitive}")];
    }
    if let Some(output) = model.outputs.iter().find(|output| &*output.address == asked) {
        let sensitive = if output.sensitive { "is" } else { "is not" };
        return vec![format!("{asked} {sensitive} declared sensitive")];
    }
    let Some((address, path)) = asked.rsplit_once(' ') else {
        return vec![format!("{asked} is not there")];
    };
    if let Some(provider) = model.providers.iter().find(|provider| &*provider.address == address) {
        let value = match path {
            "region" => &provider.region,
            _ => &provider.default_tags,
        };
        return vec![format!("{asked} = {}", text(value))];
    }
    let Some(resource) = all(model).find(|resource| &*resource.address == address) else {
        return vec![format!("{address} is not there")];
    };
    if path == "provider_config" {
        let used = resource.provider_config.as_deref().unwrap_or("not told");
        return vec![format!("{address}  provider_config {used}")];
    }
    let (mut value, rest) = match path.split_once('.') {
        Some(("before", rest)) => (&resource.before, rest),
        Some(("config", rest)) => (&*resource.config, rest),
        _ if path == "before" => (&resource.before, ""),
        _ => (&resource.values, path),
    };
    for step in rest.split('.').filter(|step| !step.is_empty()) {
        let next = match (value, step.parse::<usize>()) {
            (Value::Array(elements), Ok(at)) => elements.get(at),
            _ => value.get(step),
        };
        match next {
            Some(next) => value = next,
            None => return vec![format!("{address}  {path} is absent")],
        }
    }
    match value.get("Statement").and_then(Value::as_array) {
        Some([]) => vec![format!("{address}  {path}.Statement is empty")],
        Some(statements) => {
            let line = |(at, statement)| format!("{address}  {path}.Statement[{at}] = {}", statement_text(statement));
            statements.iter().enumerate().map(line).collect()
        }
        None => vec![format!("{address}  {path} = {}", text(value))],
    }
}

/// A statement without the members that are empty: `invariants` sees that all are there.
fn statement_text(statement: &Value) -> String {
    match statement {
        Value::Object(members) if !is(statement, "unknown") => {
            let told = members.iter().filter(|(_, member)| !is_empty(member));
            text(&Value::Object(
                told.map(|(name, member)| (name.clone(), member.clone())).collect(),
            ))
        }
        other => text(other),
    }
}

fn is_empty(value: &Value) -> bool {
    match value {
        Value::String(text) => text.is_empty(),
        Value::Array(elements) => elements.is_empty(),
        Value::Object(members) => members.is_empty(),
        _ => false,
    }
}

fn is(value: &Value, marker: &str) -> bool {
    value.get(marker) == Some(&Value::Bool(true))
}

/// A value on one line, its markers in words.
fn text(value: &Value) -> String {
    match value {
        _ if is(value, "unset") => "<unset>".to_owned(),
        _ if is(value, "unknown") || is(value, "sensitive") => format!("<{}>", marker(value)),
        Value::Array(elements) => format!("[{}]", elements.iter().map(text).collect::<Vec<_>>().join(", ")),
        Value::Object(members) => {
            let members = members.iter().map(|(name, member)| format!("{name}: {}", text(member)));
            format!("{{{}}}", members.collect::<Vec<_>>().join(", "))
        }
        scalar => serde_json::to_string(scalar).unwrap(),
    }
}

fn marker(value: &Value) -> String {
    if is(value, "sensitive") {
        return "sensitive".to_owned();
    }
    let from = value.get("from").and_then(Value::as_array).unwrap_or_default();
    let from: Vec<&str> = from.iter().filter_map(Value::as_str).collect();
    if from.is_empty() {
        "unknown".to_owned()
    } else {
        format!("unknown from {}", from.join(", "))
    }
}
