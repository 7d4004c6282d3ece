//! Which versions of the format are read.

use super::PlanError;

/// The newest minor version whose additions are known: Terraform 1.4 to 1.15 write it.
const NEWEST_MINOR: u64 = 2;

/// Accepts 0 and 1; a newer minor version comes with a note.
///
/// Minor versions only add, and a newer major version must be rejected:
/// <https://developer.hashicorp.com/terraform/internals/json-format>, "Introduction".
pub(super) fn check(format_version: &str) -> Result<Option<String>, PlanError> {
    if format_version.is_empty() {
        return Err(PlanError::MissingVersion);
    }
    match numbers(format_version).ok_or(PlanError::MalformedVersion)? {
        (1, minor) if minor > NEWEST_MINOR => Ok(Some(format!(
            "the plan's `format_version` is 1.{minor}, newer than 1.{NEWEST_MINOR}: what that adds is not judged until \
             plangate is upgraded"
        ))),
        (0 | 1, _) => Ok(None),
        (major, minor) => Err(PlanError::UnsupportedVersion { major, minor }),
    }
}

fn numbers(version: &str) -> Option<(u64, u64)> {
    let (major, minor) = version.split_once('.')?;
    Some((number(major)?, number(minor)?))
}

/// Only digits: the parser of the standard library also takes a sign.
fn number(text: &str) -> Option<u64> {
    text.bytes()
        .all(|byte| byte.is_ascii_digit())
        .then(|| text.parse().ok())
        .flatten()
}

#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests {
    use super::*;

    #[test]
    fn known_versions_are_read_without_a_note() {
        for version in ["0.1", "0.2", "1.0", "1.1", "1.2"] {
            assert_eq!(check(version).unwrap(), None, "{version}");
        }
    }

    #[test]
    fn a_newer_minor_version_is_read_with_a_note() {
        assert!(check("1.3").unwrap().unwrap().contains("1.3, newer than 1.2"));
    }

    #[test]
    fn a_newer_major_version_says_to_upgrade() {
        let error = check("2.0").unwrap_err();
        assert!(matches!(error, PlanError::UnsupportedVersion { major: 2, minor: 0 }));
        assert!(error.to_string().contains("upgrade plangate"));
    }

    #[test]
    fn what_is_no_version_is_refused() {
        assert!(matches!(check(""), Err(PlanError::MissingVersion)));
        for version in ["1", "1.", ".1", "1.x", "+1.2", "1.2.3", "99999999999999999999.0"] {
            assert!(matches!(check(version), Err(PlanError::MalformedVersion)), "{version}");
        }
    }
}
