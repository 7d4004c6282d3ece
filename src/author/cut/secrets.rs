//! Takes the secrets out of a plan before it is cut, since a mark that is cut off would leave its secret behind.

use serde_json::{Map, Value as Json};

/// What stands in the place of a text that is marked as sensitive.
const MASK: &str = "secret";

/// The values and the marks on them, as members of the same object.
const MARKED: [(&str, &str); 3] = [
    ("before", "before_sensitive"),
    ("after", "after_sensitive"),
    ("values", "sensitive_values"),
];

/// Replaces every value that is marked as sensitive, by the marks beside it, its variable's or its output's.
pub(super) fn mask(plan: &mut Json) {
    let declared = |section: &str| -> Vec<String> {
        let declared = plan.pointer(&format!("/configuration/root_module/{section}"));
        let declared = declared.and_then(Json::as_object).into_iter().flatten();
        let is_sensitive = |declared: &Json| declared.get("sensitive") == Some(&Json::Bool(true));
        let declared = declared.filter(|(_, declared)| is_sensitive(declared));
        declared.map(|(name, _)| name.clone()).collect()
    };
    for name in declared("variables") {
        if let Some(value) = plan.pointer_mut(&format!("/variables/{name}/value")) {
            hide(value);
        }
        if let Some(value) = plan.pointer_mut(&format!("/configuration/root_module/variables/{name}/default")) {
            hide(value);
        }
    }
    mask_marked(plan);
}

fn mask_marked(json: &mut Json) {
    match json {
        Json::Array(elements) => elements.iter_mut().for_each(mask_marked),
        Json::Object(members) => {
            for (values, marks) in MARKED {
                let marks = members.get(marks).cloned().unwrap_or_default();
                if let Some(values) = members.get_mut(values) {
                    mask_by(values, &marks);
                }
            }
            // An output has its mark and its value side by side.
            if members.get("sensitive") == Some(&Json::Bool(true)) {
                hide_in(members, "value");
            }
            members.values_mut().for_each(mask_marked);
        }
        _ => {}
    }
}

fn mask_by(value: &mut Json, marks: &Json) {
    match (value, marks) {
        (value, Json::Bool(true)) => hide(value),
        (Json::Array(values), Json::Array(marks)) => {
            values
                .iter_mut()
                .zip(marks)
                .for_each(|(value, marks)| mask_by(value, marks));
        }
        (Json::Object(values), Json::Object(marks)) => {
            for (name, marks) in marks {
                if let Some(value) = values.get_mut(name) {
                    mask_by(value, marks);
                }
            }
        }
        _ => {}
    }
}

fn hide_in(members: &mut Map<String, Json>, name: &str) {
    if let Some(value) = members.get_mut(name) {
        hide(value);
    }
}

fn hide(value: &mut Json) {
    match value {
        Json::String(text) if !text.is_empty() => MASK.clone_into(text),
        Json::Number(number) => *number = 0.into(),
        Json::Array(elements) => elements.iter_mut().for_each(hide),
        Json::Object(members) => {
            let hidden = std::mem::take(members).into_iter().enumerate();
            *members = hidden
                .map(|(index, (_, mut value))| {
                    hide(&mut value);
                    (format!("{MASK}_{index}"), value)
                })
                .collect();
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_marked_is_gone() {
        let text = r#"{"variables": {"token": {"value": "hunter2"}},
            "configuration": {"root_module": {"variables": {"token": {"sensitive": true, "default": "hunter2"}}}},
            "planned_values": {"outputs": {"o": {"sensitive": true, "value": ["hunter2"]}}},
            "resource_changes": [{"change": {"after": {"a": "hunter2", "b": [{"c": "hunter2", "d": "seen"}],
                "e": {"hunter2": 42}}, "after_sensitive": {"a": true, "b": [{"c": true}], "e": true}}}]}"#;
        let mut plan: Json = serde_json::from_str(text).unwrap();
        mask(&mut plan);
        let masked = plan.to_string();
        assert!(!masked.contains("hunter2") && !masked.contains("42"), "{masked}");
        assert!(masked.contains("seen"), "{masked}");
    }
}
