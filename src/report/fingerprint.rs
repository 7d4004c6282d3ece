//! A short name of what was found, by which a waiver knows what it excused.

use std::sync::Arc;

use sha2::{Digest, Sha256};

use crate::model::Value;
use crate::pack::hex::hex;

/// How many bytes of a digest are kept: 64 bits tell the findings of a stack apart, and can still be copied by hand.
const BYTES: usize = 8;

/// The fingerprint of a found value: 16 hexadecimal digits, `null` where nothing was found.
///
/// It is the beginning of the SHA-256 of `[attribute, found]` as JSON with sorted members and no blanks: of what the plan
/// has, and of neither the policy nor its words. What is sensitive stands there as its marker, so that no fingerprint
/// tells anything of it.
pub fn fingerprint(attribute: Option<&str>, found: &Value) -> Option<Arc<str>> {
    if found.is_null() {
        return None;
    }
    let canonical = serde_json::to_vec(&(attribute, found)).ok()?;
    Some(digest(&canonical).into())
}

/// The first 16 hexadecimal digits of the SHA-256 of some bytes.
pub(super) fn digest(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes)[..BYTES])
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(attribute: Option<&str>, found: &str) -> Option<Arc<str>> {
        fingerprint(attribute, &serde_json::from_str(found).unwrap())
    }

    #[test]
    fn fingerprint_is_of_the_argument_and_its_value() {
        let open = of(Some("cidr_blocks"), r#"["0.0.0.0/0"]"#);
        assert_eq!(open.as_deref(), Some("d19fdb91f5a04990"));
        assert_eq!(of(Some("a"), r#"{"b": 1, "a": 2}"#), of(Some("a"), r#"{"a":2,"b":1}"#));
        for other in [
            of(Some("cidr_blocks"), r#"["::/0"]"#),
            of(Some("ipv6_cidr_blocks"), r#"["0.0.0.0/0"]"#),
            of(None, r#"["0.0.0.0/0"]"#),
            of(Some("a"), r#""1""#),
            of(Some("a"), "1"),
        ] {
            assert!(other.is_some() && other != open);
        }
        assert_ne!(of(Some("a"), r#""1""#), of(Some("a"), "1"));
    }

    #[test]
    fn nothing_found_has_none() {
        assert_eq!(of(Some("cidr_blocks"), "null"), None);
    }
}
