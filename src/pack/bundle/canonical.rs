//! The form in which JSON is hashed for a signature: members sorted, no blanks, numbers as they are written.
//!
//! See <https://www.openpolicyagent.org/docs/management-bundles#signature-format>.

use std::collections::BTreeMap;

use serde_json::value::RawValue;

/// JSON deeper than this is no data of a policy.
const MAX_DEPTH: usize = 100;

/// The canonical form of a JSON text.
///
/// # Errors
///
/// Where it is no JSON, or is nested too deep.
pub(super) fn json(text: &[u8]) -> Result<Vec<u8>, String> {
    let raw: &RawValue = serde_json::from_slice(text).map_err(|error| format!("is not valid JSON: {error}"))?;
    let mut out = Vec::with_capacity(text.len());
    write(raw, 0, &mut out)?;
    Ok(out)
}

fn write(raw: &RawValue, depth: usize, out: &mut Vec<u8>) -> Result<(), String> {
    if depth > MAX_DEPTH {
        return Err(format!("is nested more than {MAX_DEPTH} deep"));
    }
    let text = raw.get();
    let wrong = |error: serde_json::Error| error.to_string();
    match text.as_bytes().first() {
        Some(b'{') => {
            let members: BTreeMap<String, &RawValue> = serde_json::from_str(text).map_err(wrong)?;
            out.push(b'{');
            for (index, (name, value)) in members.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                string(&name, out)?;
                out.push(b':');
                write(value, depth + 1, out)?;
            }
            out.push(b'}');
        }
        Some(b'[') => {
            let elements: Vec<&RawValue> = serde_json::from_str(text).map_err(wrong)?;
            out.push(b'[');
            for (index, value) in elements.into_iter().enumerate() {
                if index > 0 {
                    out.push(b',');
                }
                write(value, depth + 1, out)?;
            }
            out.push(b']');
        }
        Some(b'"') => string(&serde_json::from_str::<String>(text).map_err(wrong)?, out)?,
        _ => out.extend_from_slice(text.as_bytes()),
    }
    Ok(())
}

/// A string as Go's encoder writes it without escaping HTML: as serde_json does, but for two separators of lines.
fn string(text: &str, out: &mut Vec<u8>) -> Result<(), String> {
    let written = serde_json::to_string(text).map_err(|error| error.to_string())?;
    let written = written.replace('\u{2028}', "\\u2028").replace('\u{2029}', "\\u2029");
    out.extend_from_slice(written.as_bytes());
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn members_are_sorted_and_numbers_stay_as_they_are_written() {
        let text = r#" {"b": [1.0, 1e3, "<a>\u2028\u0001é"], "a": {"z": null, "y": true}, "10": {}, "9": []} "#;
        let canonical = String::from_utf8(json(text.as_bytes()).unwrap()).unwrap();
        let expected = r#"{"10":{},"9":[],"a":{"y":true,"z":null},"b":[1.0,1e3,"<a>\u2028\u0001é"]}"#;
        assert_eq!(canonical, expected);
    }

    #[test]
    fn deep_nesting_is_refused() {
        let deep = format!("{}{}", "[".repeat(120), "]".repeat(120));
        assert!(json(deep.as_bytes()).is_err());
    }
}
