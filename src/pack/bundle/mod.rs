//! Bundles: a pack of policies in one archive, as OPA's bundles are, with a manifest and perhaps a signature.
//!
//! Nothing of a bundle touches the disk: it is unpacked into memory, within limits, and only what has passed every check
//! becomes a pack. See <https://www.openpolicyagent.org/docs/management-bundles>.

mod archive;
mod canonical;
mod digest;
mod error;
mod lock;
mod manifest;
mod place;
mod signature;
mod write;

use std::borrow::Cow;
use std::collections::BTreeMap;

pub use archive::Limits;
pub use digest::{Digest, NoDigest};
pub use error::BundleError;
pub use lock::{Lock, Locked};
pub use manifest::Manifest;
pub(crate) use place::is_loopback;
pub use place::{Place, Reference};
pub use signature::{SigningKey, VerificationKey};
pub use write::{canonical_tar, write};

use super::assemble::assemble;
use super::source::File;
use super::{Origin, Pack, PackError};
use crate::model::Value;

/// The files of a tar, by their names; nothing of it is taken for a bundle yet.
///
/// # Errors
///
/// As [`Bundle::read`], said for after the archive's name.
#[cfg(feature = "cli")]
pub(crate) fn unpack(bytes: &[u8]) -> Result<BTreeMap<String, Vec<u8>>, String> {
    archive::unpack(bytes, &Limits::default())
}

/// The file that describes a bundle.
const MANIFEST: &str = ".manifest";
/// The file with a bundle's signature.
const SIGNATURES: &str = ".signatures.json";

/// A bundle that was unpacked; nothing of it has been evaluated.
#[derive(Clone, Debug)]
pub struct Bundle {
    /// What it is called in messages: its source.
    pub shown: String,
    /// The digest of the archive.
    pub digest: Digest,
    /// What it says of itself.
    pub manifest: Manifest,
    files: BTreeMap<String, Vec<u8>>,
}

impl Bundle {
    /// Unpacks an archive, a tar with gzip or without.
    ///
    /// # Errors
    ///
    /// Where it is no archive, has an entry that leads out of it, a link or a name twice, unpacks to more than the limits,
    /// or its manifest cannot be read.
    pub fn read(shown: &str, bytes: &[u8], limits: &Limits) -> Result<Bundle, BundleError> {
        let files = archive::unpack(bytes, limits).map_err(|reason| BundleError::archive(shown, reason))?;
        let manifest = match files.get(MANIFEST) {
            Some(text) => Manifest::read(text).map_err(|reason| BundleError::manifest(shown, reason))?,
            None => Manifest::default(),
        };
        Ok(Bundle {
            shown: shown.to_owned(),
            digest: Digest::of(bytes),
            manifest,
            files,
        })
    }

    /// Whether it says that it is signed.
    pub fn is_signed(&self) -> bool {
        self.files.contains_key(SIGNATURES)
    }

    /// Whether its signature is by this key and covers every file of it as it is.
    ///
    /// # Errors
    ///
    /// Where it is not signed, or by another key, or a file is missing, was added or changed since.
    pub fn verify(&self, key: &VerificationKey) -> Result<(), BundleError> {
        let signatures = self.files.get(SIGNATURES).ok_or_else(|| BundleError::Unsigned {
            bundle: self.shown.clone(),
        })?;
        signature::verify(signatures, &self.files, key).map_err(|reason| BundleError::Signature {
            bundle: self.shown.clone(),
            reason,
        })
    }

    /// The policies and libraries in it.
    ///
    /// # Errors
    ///
    /// As [`Pack::from_dir`]; and where it holds data that belongs to no policy, policies outside of its roots, or
    /// what plangate does not judge by: WebAssembly, YAML.
    pub fn pack(&self) -> Result<Pack, PackError> {
        let rego = self.rego()?;
        let data = self.data(&rego)?;
        let pack = assemble(rego.into_iter().chain(data).collect(), Origin::Folder)?;
        if pack.policies.is_empty() && pack.libraries.is_empty() {
            return Err(self.problem("", "holds no policy".to_owned()));
        }
        Ok(pack)
    }

    /// How many files it has.
    pub fn file_count(&self) -> usize {
        self.files.len()
    }

    /// Its Rego, by names under the folder that its packages start at.
    fn rego(&self) -> Result<Vec<File>, PackError> {
        let mut rego = Vec::new();
        for (name, bytes) in &self.files {
            let last = name.rsplit('/').next().unwrap_or(name);
            if matches!(last, "data.yaml" | "data.yml") {
                return Err(self.problem(name, "is YAML, which is not read: make it a data.json".to_owned()));
            }
            if last.ends_with(".wasm") {
                return Err(self.problem(
                    name,
                    "is WebAssembly, which does not judge: build it from Rego".to_owned(),
                ));
            }
            if !last.ends_with(".rego") {
                continue;
            }
            let text = std::str::from_utf8(bytes)
                .map_err(|_| self.problem(name, "is not UTF-8: save the file as UTF-8".to_owned()))?;
            rego.push((name, text));
        }
        let prefix = prefix(&rego);
        rego.into_iter()
            .map(|(name, text)| {
                let under = name.strip_prefix(prefix).unwrap_or(name);
                self.ensure_in_roots(name, text)?;
                Ok(File {
                    name: under.to_owned(),
                    shown: format!("{}!{name}", self.shown),
                    text: Cow::Owned(text.to_owned()),
                    metadata: None,
                })
            })
            .collect()
    }

    fn ensure_in_roots(&self, name: &str, text: &str) -> Result<(), PackError> {
        // What has no package is refused when it is loaded.
        let Ok((_, package)) = super::metadata::package(text) else {
            return Ok(());
        };
        if self.manifest.covers(package) {
            return Ok(());
        }
        let message = format!(
            "has the package `{package}`, outside of the bundle's roots ({}): add it to `roots` in {MANIFEST}",
            self.manifest.roots.join(", ")
        );
        Err(self.problem(name, message))
    }

    /// The data of each policy, as a `data.json` beside it: OPA puts that of all of them into one file.
    fn data(&self, rego: &[File]) -> Result<Vec<File>, PackError> {
        let mut tree = Value::Object(crate::model::Map::default());
        for (name, bytes) in &self.files {
            let Some(folder) = name
                .strip_suffix("data.json")
                .map(|folder| folder.trim_end_matches('/'))
            else {
                continue;
            };
            if name != "data.json" && !name.ends_with("/data.json") {
                continue;
            }
            let value: Value = serde_json::from_slice(bytes)
                .map_err(|error| self.problem(name, format!("is not valid JSON: {error}")))?;
            merge_at(&mut tree, folder, value).map_err(|reason| self.problem(name, reason))?;
        }
        let mut folders: Vec<&str> = rego
            .iter()
            .filter_map(|file| Some(file.name.rsplit_once('/')?.0))
            .collect();
        folders.sort_unstable();
        folders.dedup();
        let mut files = Vec::new();
        // The deepest first, so that what is left of a folder is its own.
        for folder in folders.iter().rev() {
            let Some(value) = take_at(&mut tree, folder) else {
                continue;
            };
            let text = serde_json::to_string(&value).map_err(|error| self.problem(folder, error.to_string()))?;
            files.push(File {
                name: format!("{folder}/data.json"),
                shown: format!("{}!{folder}/data.json", self.shown),
                text: Cow::Owned(text),
                metadata: None,
            });
        }
        match first_leaf(&tree, "data".to_owned()) {
            None => Ok(files),
            Some(path) => Err(self.problem(
                "data.json",
                format!("has `{path}`, which belongs to no policy: a policy's facts stand under its own package"),
            )),
        }
    }

    fn problem(&self, name: &str, message: String) -> PackError {
        let path = match name {
            "" => self.shown.clone(),
            name => format!("{}!{name}", self.shown),
        };
        PackError::of(super::Problem::new(path, message))
    }
}

/// The folder that all the packages start in: `opa build` keeps that in which it found the policies.
fn prefix<'a>(rego: &[(&'a String, &str)]) -> &'a str {
    let found = rego.iter().find_map(|(name, text)| {
        let (_, package) = super::metadata::package(text).ok()?;
        let (folder, _) = name.rsplit_once('/')?;
        folder.strip_suffix(&package.replace('.', "/"))
    });
    found
        .filter(|prefix| prefix.ends_with('/'))
        .filter(|prefix| rego.iter().all(|(name, _)| name.starts_with(prefix)))
        .unwrap_or_default()
}

/// Puts a value into the tree, at a path with `/` between its members.
fn merge_at(tree: &mut Value, path: &str, value: Value) -> Result<(), String> {
    let mut at = tree;
    for member in path.split('/').filter(|member| !member.is_empty()) {
        let Value::Object(members) = at else {
            return Err(format!(
                "stands under `{member}`, which is no object in another data.json"
            ));
        };
        at = members
            .entry(member.into())
            .or_insert_with(|| Value::Object(crate::model::Map::default()));
    }
    match (at, value) {
        (Value::Object(members), Value::Object(more)) => {
            for (name, value) in more {
                match (members.get_mut(&name), value) {
                    (None, value) => {
                        members.insert(name, value);
                    }
                    (Some(there @ Value::Object(_)), value @ Value::Object(_)) => merge_at(there, "", value)?,
                    (Some(_), _) => return Err(format!("has `{name}`, which another data.json has, too")),
                }
            }
            Ok(())
        }
        (Value::Object(_), _) => Err("must be an object: name the facts in it".to_owned()),
        _ => Err("stands where another data.json has what is no object".to_owned()),
    }
}

/// Takes what is at a path out of the tree; none where that is nothing or an empty object.
fn take_at(tree: &mut Value, path: &str) -> Option<Value> {
    let (parents, last) = path.rsplit_once('/').unwrap_or(("", path));
    let mut at = tree;
    for member in parents.split('/').filter(|member| !member.is_empty()) {
        let Value::Object(members) = at else { return None };
        at = members.get_mut(member)?;
    }
    let Value::Object(members) = at else { return None };
    let taken = members.remove(last)?;
    first_leaf(&taken, String::new()).is_some().then_some(taken)
}

/// The path of the first value in a tree that is no object.
fn first_leaf(tree: &Value, path: String) -> Option<String> {
    match tree {
        Value::Object(members) => members
            .iter()
            .find_map(|(name, value)| first_leaf(value, format!("{path}.{name}"))),
        _ => Some(path),
    }
}

#[cfg(test)]
mod tests;
