//! Leaves out of a document all that can be left out: by levels from the root, and in each by halves.

use serde_json::{Map, Value as Json};

/// More rounds than this gain nothing.
const ROUNDS: usize = 4;

/// What is left when whatever is not needed is left out.
pub(super) fn shrink(json: Json, is_same: &dyn Fn(&Json) -> bool) -> Json {
    let mut json = json;
    for _ in 0..ROUNDS {
        let before = json.clone();
        for depth in 0.. {
            let Some(number) = candidates(&json, depth) else { break };
            let mut level = Level {
                json: &json,
                depth,
                kept: vec![true; number],
                is_same,
            };
            level.reduce(0, number);
            json = level.document();
        }
        if json == before {
            break;
        }
    }
    json
}

/// One level of a document.
struct Level<'a> {
    json: &'a Json,
    depth: usize,
    kept: Vec<bool>,
    is_same: &'a dyn Fn(&Json) -> bool,
}

impl Level<'_> {
    /// Leaves out what can be of a range of its candidates.
    fn reduce(&mut self, from: usize, to: usize) {
        if from == to {
            return;
        }
        self.kept[from..to].fill(false);
        if (self.is_same)(&self.document()) {
            return;
        }
        self.kept[from..to].fill(true);
        if to - from > 1 {
            let middle = from + (to - from) / 2;
            self.reduce(from, middle);
            self.reduce(middle, to);
        }
    }

    fn document(&self) -> Json {
        let mut next = 0;
        pruned(self.json, self.depth, &mut next, &mut |index| {
            self.kept.get(index).copied().unwrap_or(true)
        })
    }
}

/// How many members and elements of a level can be left out; none where the document is not that deep.
fn candidates(json: &Json, depth: usize) -> Option<usize> {
    fn reaches(json: &Json, depth: usize) -> bool {
        let reach = |inner: &Json| depth == 0 || reaches(inner, depth - 1);
        match json {
            Json::Array(elements) => elements.iter().any(reach),
            Json::Object(members) => members.values().any(reach),
            _ => false,
        }
    }
    let mut next = 0;
    reaches(json, depth).then(|| {
        pruned(json, depth, &mut next, &mut |_| true);
        next
    })
}

/// A copy without the candidates of a level that are not kept.
fn pruned(json: &Json, depth: usize, next: &mut usize, keep: &mut dyn FnMut(usize) -> bool) -> Json {
    let mut child = |inner: &Json, is_fixed: bool| {
        if depth > 0 {
            return Some(pruned(inner, depth - 1, next, keep));
        }
        if !is_fixed {
            let index = *next;
            *next += 1;
            if !keep(index) {
                return None;
            }
        }
        Some(inner.clone())
    };
    match json {
        Json::Array(elements) => Json::Array(elements.iter().filter_map(|element| child(element, false)).collect()),
        Json::Object(members) => {
            let left = members.iter().filter_map(|(name, value)| {
                let value = child(value, is_fixed(members, name))?;
                Some((name.clone(), value))
            });
            Json::Object(left.collect())
        }
        other => other.clone(),
    }
}

/// What a resource, or a plan, is not without.
fn is_fixed(members: &Map<String, Json>, name: &str) -> bool {
    const OF_RESOURCES: [&str; 7] = [
        "address",
        "mode",
        "type",
        "name",
        "index",
        "module_address",
        "provider_name",
    ];
    match name {
        "format_version" | "terraform_version" | "resource_changes" => members.contains_key("format_version"),
        "actions" | "after" => members.contains_key("actions"),
        "change" => members.contains_key("address"),
        _ => OF_RESOURCES.contains(&name) && members.contains_key("address") && members.contains_key("type"),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn what_is_needed_is_left() {
        let text = r#"{"format_version": "1.2", "other": 1,
            "list": [{"address": "a", "type": "t", "x": 1}, {"y": [1, 2, {"z": 3}]}, 4]}"#;
        let needs = |json: &Json| json.to_string().contains(r#""z":3"#) && json.to_string().contains("\"a\"");
        let left = shrink(serde_json::from_str(text).unwrap(), &needs);
        let expected = r#"{"format_version":"1.2","list":[{"address":"a","type":"t"},{"y":[{"z":3}]}]}"#;
        assert_eq!(left.to_string(), expected);
    }
}
