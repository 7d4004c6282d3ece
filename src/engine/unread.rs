//! Rules of a policy that nothing reads: misnamed ones, which pass everything.

use std::collections::BTreeSet;

use super::check::Node;
use super::compile::RULES;
use super::error::Rejection;
use super::syntax::{Form, Module};
use crate::pack::nearest;

/// What other tools call the rule that fails.
const DENIES: [&str; 5] = ["deny", "denies", "violation", "warn", "fail"];

/// The sets of a policy that neither it nor its tests read, and what is called as other tools call `deny` and only the
/// tests read.
pub(super) fn unread(
    path: &str,
    module: &Module,
    by_policy: &BTreeSet<Node>,
    by_tests: &BTreeSet<Node>,
) -> Vec<Rejection> {
    let mut rejections: Vec<Rejection> = Vec::new();
    let mut seen = BTreeSet::new();
    for rule in &module.rules {
        let name = rule.name.as_str();
        let means_deny = DENIES.contains(&name.trim_end_matches('s')) || DENIES.iter().any(|known| begins(name, known));
        let is_verdict = rule.form == Form::Set || (rule.form == Form::Value && means_deny);
        let node = (module.package.clone(), rule.name.clone());
        let is_read = by_policy.contains(&node) || (by_tests.contains(&node) && !means_deny);
        if RULES.contains(&name) || !is_verdict || is_read || !seen.insert(name) {
            continue;
        }
        let hint = match means_deny {
            true => "; did you mean deny?".to_owned(),
            false => nearest::hint(name, RULES),
        };
        let message =
            format!("nothing reads the rule `{name}`: the rules that are read are deny, unknown and examined{hint}");
        rejections.push(Rejection {
            path: path.to_owned(),
            line: rule.line,
            message,
        });
    }
    rejections
}

/// Whether a name is this word or begins with it, as `deny_public` does.
fn begins(name: &str, word: &str) -> bool {
    name.strip_prefix(word)
        .is_some_and(|rest| rest.is_empty() || rest.starts_with('_'))
}
