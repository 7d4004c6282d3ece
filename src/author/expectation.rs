//! What a fixture states by the names in it.
//!
//! A resource of a fixture is called for what a policy must say of it: `fail_public`, `pass_private`.
//! So a fixture needs no list of expectations beside it, and one harness judges every policy.

use std::fmt;

use crate::report::Verdict;

/// What a policy must say of an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Expected {
    /// `fail_*`: it fails.
    Fail,
    /// `unknown_*`: the plan cannot tell.
    Unknown,
    /// `pass_*`: it passes.
    Pass,
    /// `na_*`: the policy does not examine it.
    NotExamined,
}

impl Expected {
    /// Whether a verdict is what was expected; `None` stands for no verdict at all.
    pub fn is(self, verdict: Option<Verdict>) -> bool {
        match self {
            Expected::Fail => verdict == Some(Verdict::Fail),
            Expected::Unknown => verdict == Some(Verdict::Unknown),
            Expected::Pass => verdict == Some(Verdict::Pass),
            Expected::NotExamined => verdict.is_none(),
        }
    }

    fn of_name(name: &str) -> Option<Self> {
        match name.split('_').next()? {
            "fail" => Some(Expected::Fail),
            "unknown" => Some(Expected::Unknown),
            "pass" => Some(Expected::Pass),
            "na" => Some(Expected::NotExamined),
            _ => None,
        }
    }
}

impl fmt::Display for Expected {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(match self {
            Expected::Fail => "fail",
            Expected::Unknown => "unknown",
            Expected::Pass => "pass",
            Expected::NotExamined => "not examined",
        })
    }
}

/// What the names in an address state. The innermost one that states something counts: an
/// instance's key, then its resource's name, then the keys and names of the modules that it is in.
pub fn of_address(address: &str) -> Option<Expected> {
    names(address).rev().find_map(Expected::of_name)
}

/// What the name of a fixture's folder states of the whole plan.
pub fn of_folder(name: &str) -> Option<Expected> {
    Expected::of_name(name)
}

/// The names and text keys of an address, from the outside in.
fn names(address: &str) -> impl DoubleEndedIterator<Item = &str> {
    let mut names = Vec::new();
    let mut rest = address;
    while !rest.is_empty() {
        if let Some(inner) = rest.strip_prefix("[\"") {
            let end = inner.find("\"]").unwrap_or(inner.len());
            names.push(&inner[..end]);
            rest = inner.get(end + 2..).unwrap_or_default();
        } else {
            let end = rest.find(['.', '[']).unwrap_or(rest.len());
            names.push(&rest[..end]);
            rest = match &rest[end..] {
                keyed if keyed.starts_with("[\"") => keyed,
                other => other.get(1..).unwrap_or_default(),
            };
        }
    }
    names.into_iter()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_innermost_name_counts() {
        let of = of_address;
        assert_eq!(of("aws_s3_bucket.fail_public"), Some(Expected::Fail));
        assert_eq!(of("aws_s3_bucket.pass_one[0]"), Some(Expected::Pass));
        assert_eq!(of(r#"aws_s3_bucket.each["unknown_a.b"]"#), Some(Expected::Unknown));
        assert_eq!(
            of(r#"module.fail_all["x"].aws_s3_bucket.pass_this"#),
            Some(Expected::Pass)
        );
        assert_eq!(
            of(r#"module.each["fail_x"].aws_s3_bucket.this["a"]"#),
            Some(Expected::Fail)
        );
        assert_eq!(of("var.na_unused"), Some(Expected::NotExamined));
        assert_eq!(of("aws_s3_bucket.helper"), None);
    }

    #[test]
    fn a_word_that_only_begins_alike_states_nothing() {
        assert_eq!(of_address("aws_s3_bucket.failover"), None);
        assert_eq!(of_folder("passive"), None);
        assert_eq!(of_folder("fail"), Some(Expected::Fail));
    }
}
