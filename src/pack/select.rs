//! Which policies of a pack are used.

use super::nearest::hint;
use super::{Pack, PackError, Problem};

impl Pack {
    /// The pack of the policies that `only` names (all where it is empty) and `skip` does not; a name is an id or what
    /// stands before one of its dots: `aws.s3` names `aws.s3.encryption`.
    ///
    /// # Errors
    ///
    /// Where a name matches no policy, and where no policy is left.
    pub fn select(&self, only: &[String], skip: &[String]) -> Result<Pack, PackError> {
        let mut problems = Vec::new();
        for (option, names) in [("--only", only), ("--skip", skip)] {
            for name in names {
                if !self.policies.iter().any(|policy| names_policy(name, &policy.id)) {
                    problems.push(Problem::new(
                        "",
                        format!("{option} {name}: no such policy{}", self.hint(name)),
                    ));
                }
            }
        }
        let policies: Vec<_> = self
            .policies
            .iter()
            .filter(|policy| only.is_empty() || only.iter().any(|name| names_policy(name, &policy.id)))
            .filter(|policy| !skip.iter().any(|name| names_policy(name, &policy.id)))
            .cloned()
            .collect();
        if problems.is_empty() && policies.is_empty() {
            let message = if self.policies.is_empty() {
                "there is no policy to judge by".to_owned()
            } else {
                format!(
                    "no policy is selected: --only and --skip leave out all {}",
                    self.policies.len()
                )
            };
            problems.push(Problem::new("", message));
        }
        PackError::unless(
            problems,
            Pack {
                policies,
                libraries: self.libraries.clone(),
            },
        )
    }

    /// `; did you mean ...?`, or nothing where no policy has a name like it.
    pub fn hint(&self, name: &str) -> String {
        hint(name, self.policies.iter().map(|policy| &*policy.id))
    }
}

fn names_policy(name: &str, id: &str) -> bool {
    !name.is_empty()
        && id
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}
