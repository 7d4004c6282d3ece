//! Which libraries files of Rego need.

use crate::pack::{Library, Origin, Policy};

/// The libraries that files name, as `data.lib.tf`, and those that these name; where one is named otherwise, all.
pub(super) fn needed<'a>(libraries: &'a [Library], texts: impl Iterator<Item = &'a str>) -> Vec<Library> {
    let mut needed: Vec<Library> = Vec::new();
    let mut open: Vec<&str> = texts.collect();
    while let Some(text) = open.pop() {
        if names_otherwise(text) {
            return libraries.to_vec();
        }
        for (at, _) in text.match_indices("data.lib.") {
            let named = |library: &&Library| {
                let rest = text[at + "data.".len()..].strip_prefix(&*library.package);
                rest.is_some_and(|rest| !rest.starts_with(|next: char| next.is_alphanumeric() || next == '_'))
            };
            for library in libraries.iter().filter(named) {
                if needed.iter().all(|known| known.path != library.path) {
                    open.push(&library.text);
                    needed.push(library.clone());
                }
            }
        }
    }
    needed.sort_by(|one, other| one.path.cmp(&other.path));
    needed
}

/// Whether libraries may be named without their names: `data["lib"].tf`, `data.lib[name]`, `import data.lib as all`.
fn names_otherwise(text: &str) -> bool {
    let is_word = |letter: char| letter.is_alphanumeric() || letter == '_';
    text.match_indices("data").any(|(at, root)| {
        let (before, rest) = (&text[..at], &text[at + root.len()..]);
        let after = rest.strip_prefix(".lib").filter(|after| !after.starts_with(is_word));
        let is_root = !before.ends_with(|last| is_word(last) || last == '.');
        is_root && (rest.starts_with('[') || after.is_some_and(|after| !after.starts_with('.')))
    })
}

/// The libraries of the user, and those that these and these policies import.
pub(super) fn used<'a>(libraries: &[Library], policies: impl Iterator<Item = &'a Policy>) -> Vec<Library> {
    let own = || libraries.iter().filter(|library| library.origin == Origin::Folder);
    let texts = own().map(|library| &*library.text);
    let mut used = needed(libraries, texts.chain(policies.map(|policy| &*policy.text)));
    used.extend(own().cloned());
    used.sort_by(|one, other| one.path.cmp(&other.path));
    used.dedup_by(|one, other| one.path == other.path);
    used
}

/// The libraries that a policy imports, and those that these import.
pub(crate) fn needed_by(policy: &Policy, libraries: &[Library]) -> Vec<Library> {
    needed(libraries, [&*policy.text].into_iter())
}
