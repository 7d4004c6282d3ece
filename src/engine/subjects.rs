//! Whether a policy reads what its METADATA says that it examines.

use crate::pack::Policy;

/// Entries of `examines` that are no resource types.
const OTHER: [&str; 7] = ["plan", "var", "output", "provider", "module", "removed", "*"];

/// The members of `input` that hold resources by type.
const BY_TYPE: [&str; 3] = ["input.resources", "input.data", "input.removed"];

/// Why a policy is not run on the plans that it is about, if it reads other types than it examines.
pub(crate) fn astray(policy: &Policy) -> Option<String> {
    let types = strayed(&policy.text, &policy.examines)?;
    Some(format!(
        "it reads {} and nothing that it `examines` ({}), so it never runs for them: put right either",
        types.join(", "),
        policy.examines.join(", ")
    ))
}

/// Whether a text, such as a library's, names a type that the policy examines.
pub(super) fn names_any(text: &str, examines: &[String]) -> bool {
    examines
        .iter()
        .any(|subject| words(text).any(|word| word == kind(subject)))
}

fn kind(subject: &str) -> &str {
    subject.strip_prefix("data.").unwrap_or(subject)
}

/// The types that a policy's Rego names, where it names some but none that the policy examines: it is not run on the
/// plans that it is about.
fn strayed<'t>(text: &'t str, examines: &[String]) -> Option<Vec<&'t str>> {
    let (_, body) = text.split_once("\npackage ")?;
    let named = types(body);
    let is_read = |subject: &String| {
        let kind = kind(subject);
        OTHER.contains(&kind) || words(body).any(|word| word == kind)
    };
    (!named.is_empty() && !examines.iter().any(is_read)).then_some(named)
}

/// The types in `input.resources.aws_s3_bucket` and `input.resources["aws_s3_bucket"]`, sorted; none where a type is
/// chosen in another way.
fn types(body: &str) -> Vec<&str> {
    let read = BY_TYPE.iter().flat_map(|member| body.split(member).skip(1));
    let mut types = read.map(literal).collect::<Option<Vec<&str>>>().unwrap_or_default();
    types.sort_unstable();
    types.dedup();
    types
}

/// What follows a member that holds resources by type, as far as it is a type.
fn literal(rest: &str) -> Option<&str> {
    let rest = rest.strip_prefix('.').or_else(|| rest.strip_prefix("[\""))?;
    words(rest).next().filter(|word| !word.is_empty())
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split(|letter: char| !letter.is_alphanumeric() && letter != '_')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_that_reads_other_types_than_it_examines_is_astray() {
        let of = |examines: &str, body: &str| {
            let text = format!("# METADATA\n# examines: [{examines}]\npackage a.b\n\n{body}\n");
            strayed(&text, &[examines.to_owned()]).map(|types| types.join(" "))
        };
        let reads = "deny contains r.address if {\n\tsome r in input.resources.aws_security_group\n}";
        assert_eq!(of("aws_security_groups", reads).as_deref(), Some("aws_security_group"));
        assert_eq!(of("aws_security_group", reads), None);
        assert_eq!(of("*", reads), None);
        assert_eq!(
            of("aws_vpc", "x := input.data[\"aws_vpcs\"]").as_deref(),
            Some("aws_vpcs")
        );
        assert_eq!(of("data.aws_vpcs", "x := input.data[\"aws_vpcs\"]"), None);
        assert_eq!(
            of("aws_vpc", "some kind in kinds\nsome r in input.resources[kind]"),
            None
        );
    }
}
