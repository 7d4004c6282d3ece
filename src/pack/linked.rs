//! The rules of the embedded policies and libraries as the build has linked them: all in one package, each with the rules
//! that it uses.

use super::{Library, Policy, source};

/// A rule's text and the rules that it uses.
type Rule = (&'static str, &'static [u16]);

/// A file, and its rules `deny`, `unknown` and `examined` where it has them.
type File = (&'static str, Verdicts);

type Verdicts = [Option<u16>; 3];

const LINKED: (&[Rule], &[File]) = include!(concat!(env!("OUT_DIR"), "/rules.rs"));

/// The names of the rules of [`Verdicts`].
const NAMES: [&str; 3] = ["deny", "unknown", "examined"];

/// Policies as one module of Rego.
pub(crate) struct Linked {
    /// Their rules and all that these use, without a `package`.
    pub(crate) text: String,
    /// For each policy, the object of its verdicts.
    pub(crate) verdicts: Vec<String>,
}

/// Links the policies; none where one of them, or a library, is not as the build embedded it.
pub(crate) fn link(policies: &[&Policy], libraries: &[Library]) -> Option<Linked> {
    let is_embedded = |library: &Library| source::is_embedded(&library.path, &library.text);
    if !libraries.iter().all(is_embedded) {
        return None;
    }
    let (rules, files) = LINKED;
    let mut needed = vec![false; rules.len()];
    let mut open = Vec::new();
    let mut verdicts = Vec::with_capacity(policies.len());
    for policy in policies {
        let name = policy.path.strip_prefix(source::ROOT)?;
        let found = files.binary_search_by_key(&name, |(name, _)| name).ok()?;
        if !source::is_embedded(&policy.path, &policy.text) {
            return None;
        }
        let mut members = Vec::new();
        for (name, rule) in NAMES.iter().zip(files[found].1) {
            let Some(rule) = rule else { continue };
            open.push(rule);
            members.push(format!("\"{name}\": R{rule}"));
        }
        verdicts.push(format!("{{{}}}", members.join(", ")));
    }
    while let Some(rule) = open.pop() {
        let at = usize::from(rule);
        if !std::mem::replace(&mut needed[at], true) {
            open.extend(rules[at].1);
        }
    }
    let needed = needed.iter().zip(rules).filter(|(needed, _)| **needed);
    Some(Linked {
        text: needed.map(|(_, (text, _))| *text).collect(),
        verdicts,
    })
}
