//! Which policies of a pack are used.

use super::nearest::hint;
use super::{Pack, PackError, Policy, Problem};

/// Which policies of a pack are used; the default is all of them.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter<'a> {
    /// Only these: an id or what stands before one of its dots, so that `aws.s3` names `aws.s3.encryption`. All where
    /// it is empty.
    pub only: &'a [String],
    /// Only those that serve one of these controls: `cis_aws:2.1.4`, what it begins with (`cis_aws:2.1`), or a whole
    /// standard (`cis_aws`). All where it is empty.
    pub controls: &'a [String],
    /// These not, whatever else names them; written as `only`.
    pub skip: &'a [String],
    /// Where each of the three is said, for messages.
    pub said: Said<'a>,
}

/// Where the names of a filter are said: options of the command line where nothing else is.
#[derive(Clone, Copy, Debug)]
pub struct Said<'a> {
    /// Where those are that are used alone, such as `plangate.toml:7: policies.only`.
    pub only: &'a str,
    /// Where the controls are.
    pub controls: &'a str,
    /// Where those are that are left out.
    pub skip: &'a str,
}

impl Default for Said<'_> {
    fn default() -> Self {
        Said {
            only: "--only",
            controls: "--control",
            skip: "--skip",
        }
    }
}

impl Filter<'_> {
    fn takes(&self, policy: &Policy) -> bool {
        let named = |names: &[String]| names.iter().any(|name| names_policy(name, &policy.id));
        (self.only.is_empty() || named(self.only))
            && (self.controls.is_empty() || self.controls.iter().any(|control| serves(policy, control)))
            && !named(self.skip)
    }
}

impl Pack {
    /// The pack of the policies that the filter takes.
    ///
    /// # Errors
    ///
    /// Where a name matches no policy or a control is served by none, and where no policy is left.
    pub fn select(&self, filter: Filter) -> Result<Pack, PackError> {
        let mut problems = Vec::new();
        let Said { only, controls, skip } = filter.said;
        for (option, names) in [(only, filter.only), (skip, filter.skip)] {
            for name in names {
                if !self.policies.iter().any(|policy| names_policy(name, &policy.id)) {
                    let hint = match self.hint(name) {
                        none if none.is_empty() => "; `plangate list` names them all".to_owned(),
                        hint => hint,
                    };
                    let message = format!("{option} {name}: no such policy{hint}");
                    problems.push(Problem::new("", message));
                }
            }
        }
        for control in filter.controls {
            if !self.policies.iter().any(|policy| serves(policy, control)) {
                let message = format!(
                    "{controls} {control}: no policy serves it{}",
                    self.hint_control(control)
                );
                problems.push(Problem::new("", message));
            }
        }
        let policies: Vec<_> = self
            .policies
            .iter()
            .filter(|policy| filter.takes(policy))
            .cloned()
            .collect();
        if problems.is_empty() && policies.is_empty() {
            let message = if self.policies.is_empty() {
                "there is no policy to judge by".to_owned()
            } else {
                format!(
                    "no policy is selected: {only}, {controls} and {skip} leave out all {}",
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

    /// The nearest controls of the standard that is named, else the standards that there are.
    fn hint_control(&self, control: &str) -> String {
        let standard = control.split(':').next().unwrap_or_default();
        let all = || self.policies.iter().flat_map(|policy| &policy.controls);
        let known: Vec<String> = all()
            .filter(|(key, _)| key.eq_ignore_ascii_case(standard))
            .flat_map(|(key, controls)| controls.iter().map(move |control| format!("{key}:{control}")))
            .collect();
        if !known.is_empty() {
            return hint(control, known.iter().map(String::as_str));
        }
        let mut standards: Vec<&str> = all().map(|(key, _)| key.as_str()).collect();
        standards.sort_unstable();
        standards.dedup();
        format!(
            "; write it as STANDARD:CONTROL, the standards are {}",
            standards.join(", ")
        )
    }
}

fn names_policy(name: &str, id: &str) -> bool {
    !name.is_empty()
        && id
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('.'))
}

/// Whether a policy serves a control, or one within it: `AC-6` holds `AC-6(1)`, and `2.1` holds `2.1.4` but not `2.10`. Letters may be of
/// any case.
fn serves(policy: &Policy, control: &str) -> bool {
    let (standard, number) = control.split_once(':').unwrap_or((control, ""));
    let is_named = |key: &str| key.eq_ignore_ascii_case(standard);
    let is_within = |served: &String| {
        let (start, rest) = served.split_at_checked(number.len()).unwrap_or(("", ""));
        start.eq_ignore_ascii_case(number)
            && (number.is_empty() || !rest.starts_with(|next: char| next.is_alphanumeric()))
    };
    let mut controls = policy.controls.iter().filter(|(key, _)| is_named(key));
    controls.any(|(_, controls)| controls.iter().any(is_within))
}
