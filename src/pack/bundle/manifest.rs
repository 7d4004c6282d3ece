//! What a bundle says of itself: <https://www.openpolicyagent.org/docs/management-bundles#bundle-file-format>.

use serde::{Deserialize, Serialize};
use serde_json::value::RawValue;

/// A bundle's `.manifest`.
#[derive(Clone, Debug, Eq, PartialEq, Serialize)]
pub struct Manifest {
    /// What whoever built it calls this state of it; may be empty.
    pub revision: String,
    /// The paths under which its packages and data stand, `aws/s3`; the empty one is all.
    pub roots: Vec<String>,
    /// The version of Rego: always 1.
    pub rego_version: u64,
}

impl Default for Manifest {
    fn default() -> Self {
        Manifest {
            revision: String::new(),
            roots: vec![String::new()],
            rego_version: 1,
        }
    }
}

#[derive(Deserialize)]
struct Written<'a> {
    #[serde(default)]
    revision: String,
    roots: Option<Vec<String>>,
    rego_version: Option<u64>,
    #[serde(borrow, default)]
    wasm: Option<&'a RawValue>,
}

impl Manifest {
    /// Reads a `.manifest`.
    ///
    /// # Errors
    ///
    /// Why it is refused, for after its name.
    pub(super) fn read(text: &[u8]) -> Result<Manifest, String> {
        let written: Written =
            serde_json::from_slice(text).map_err(|error| format!("is not as OPA's bundles have it: {error}"))?;
        if let Some(version) = written.rego_version.filter(|version| *version != 1) {
            return Err(format!(
                "says Rego version {version}: policies are written in version 1, `opa fmt` turns them"
            ));
        }
        if written.wasm.is_some_and(|wasm| wasm.get() != "[]") {
            return Err("has WebAssembly resolvers, which do not judge: build it from Rego".to_owned());
        }
        let all = Manifest::default();
        let roots = written.roots.unwrap_or(all.roots);
        Ok(Manifest {
            revision: written.revision,
            roots: roots.iter().map(|root| root.trim_matches('/').to_owned()).collect(),
            ..Manifest::default()
        })
    }

    /// Whether a package stands under one of the roots.
    pub(super) fn covers(&self, package: &str) -> bool {
        let path = package.replace('.', "/");
        self.roots.iter().any(|root| {
            let rest = path.strip_prefix(root.as_str());
            root.is_empty() || rest.is_some_and(|rest| rest.is_empty() || rest.starts_with('/'))
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn roots_cover_what_is_under_them() {
        let manifest = Manifest::read(br#"{"roots": ["aws/s3", "/acme"], "revision": "7", "metadata": {}}"#).unwrap();
        assert_eq!(manifest.revision, "7");
        for (package, covered) in [
            ("aws.s3", true),
            ("aws.s3.tls", true),
            ("aws.s3x", false),
            ("acme.a", true),
            ("x", false),
        ] {
            assert_eq!(manifest.covers(package), covered, "{package}");
        }
        assert!(Manifest::read(b"{}").unwrap().covers("anything"));
        assert!(!Manifest::read(br#"{"roots": []}"#).unwrap().covers("anything"));
    }

    #[test]
    fn what_is_not_rego_1_is_refused() {
        for wrong in [
            r#"{"rego_version": 0}"#,
            r#"{"wasm": [{"entrypoint": "a"}]}"#,
            "[]",
            "{",
            r#"{"roots": "a"}"#,
        ] {
            assert!(Manifest::read(wrong.as_bytes()).is_err(), "{wrong}");
        }
    }
}
