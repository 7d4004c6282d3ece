//! Packs of policies: the embedded one and those in folders, their METADATA and their parameters.

mod assemble;
#[cfg(feature = "bundle")]
pub mod bundle;
mod enforcement;
mod error;
mod foreign;
pub(crate) mod hex;
pub(crate) mod linked;
mod metadata;
pub(crate) mod nearest;
mod params;
mod select;
mod severity;
mod source;

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::path::Path;
use std::sync::Arc;

pub use assemble::is_id;
pub use enforcement::Enforcement;
pub use error::{PackError, Problem};
pub use foreign::{Dialect, Foreign};
pub use params::{Param, ParamType};
pub use select::{Filter, Said};
pub use severity::{Severity, UnknownSeverity};

use serde::{Deserialize, Serialize};

use crate::model::Value;

/// Where a policy comes from, and so how far it is trusted before it is loaded.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Origin {
    /// Part of this binary; the project's own tests have checked it alone and together with the others.
    Embedded,
    /// A folder of the user's; it is checked when it is loaded.
    Folder,
}

/// One policy: its Rego and what its METADATA says.
#[derive(Clone, Debug)]
pub struct Policy {
    /// The package, which is the only name it has: `aws.s3.encryption`.
    pub id: Arc<str>,
    /// The fault, in a few words.
    pub title: String,
    /// Why it matters.
    pub description: String,
    /// How much a failure matters.
    pub severity: Severity,
    /// What a failure does to the gate; the policy itself does not say.
    pub enforcement: Enforcement,
    /// The version that brought it, or empty.
    pub since: String,
    /// The resource types it examines, or `plan`, `var`, `output`, `provider`, `module`, `removed`, `*`.
    pub examines: Vec<String>,
    /// One imperative sentence.
    pub remediation: String,
    /// The Terraform to write.
    pub example: Option<String>,
    /// The reports that the policy comes from.
    pub reports: Vec<String>,
    /// Per standard, the controls it serves.
    pub controls: BTreeMap<String, Vec<String>>,
    /// Addresses of pages to read on.
    pub related: Vec<String>,
    /// Its parameters, by name.
    pub params: BTreeMap<String, Param>,
    /// The file, for messages.
    pub path: String,
    /// The Rego.
    pub text: Cow<'static, str>,
    /// The object in the `data.json` beside it.
    pub data: Option<Value>,
    /// Its Rego tests, where it was loaded from a folder that has them.
    pub tests: Option<Source>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A Rego file that policies import, of a package under `lib.`.
#[derive(Clone, Debug)]
pub struct Library {
    /// The package: `lib.tf`.
    pub package: Arc<str>,
    /// The file, for messages.
    pub path: String,
    /// The Rego.
    pub text: Cow<'static, str>,
    /// The object in the `data.json` beside it.
    pub data: Option<Value>,
    /// Its Rego tests, where it was loaded from a folder that has them.
    pub tests: Option<Source>,
    /// Where it comes from.
    pub origin: Origin,
}

/// A Rego file.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Source {
    /// The file, for messages.
    pub path: String,
    /// The Rego.
    pub text: Cow<'static, str>,
}

/// Policies and the libraries that they import.
#[derive(Clone, Debug, Default)]
pub struct Pack {
    /// The policies, sorted by id.
    pub policies: Vec<Policy>,
    /// The libraries, sorted by package and file.
    pub libraries: Vec<Library>,
}

impl Pack {
    /// The pack that is part of this binary.
    ///
    /// # Errors
    ///
    /// Where an embedded policy is not as the contract wants it; the project's tests keep that from happening.
    pub fn embedded() -> Result<Pack, PackError> {
        assemble::assemble(source::embedded(), Origin::Embedded)
    }

    /// The pack in a folder: `<folder>/a/b/b.rego` holds the policy `a.b`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong in the folder, at once: it or a file in it cannot be read, it holds no Rego, a file is
    /// not UTF-8, a package is not where its name says, METADATA is missing or says what it should not.
    pub fn from_dir(folder: impl AsRef<Path>) -> Result<Pack, PackError> {
        let folder = folder.as_ref();
        let pack = assemble::assemble(source::read(folder)?, Origin::Folder)?;
        if pack.policies.is_empty() && pack.libraries.is_empty() {
            return Err(PackError::of(Problem::new(
                folder.display().to_string(),
                "holds no policy: name the folder under which `a/b/b.rego` is the policy `a.b`",
            )));
        }
        Ok(pack)
    }

    /// Both packs in one.
    ///
    /// # Errors
    ///
    /// Where both have a policy or a library of the same name.
    pub fn merge(mut self, other: Pack) -> Result<Pack, PackError> {
        let mut problems = Vec::new();
        for policy in &other.policies {
            if let Some(mine) = self.policy(&policy.id) {
                problems.push(Problem::new(
                    &policy.path,
                    format!(
                        "`{}` is also the name of {}: rename one, its folder and its package",
                        mine.id, mine.path
                    ),
                ));
            }
        }
        for library in &other.libraries {
            if let Some(mine) = self.libraries.iter().find(|mine| mine.package == library.package) {
                problems.push(Problem::new(
                    &library.path,
                    format!("`{}` is also the package of {}: rename yours", mine.package, mine.path),
                ));
            }
        }
        self.policies.extend(other.policies);
        self.libraries.extend(other.libraries);
        self.sort();
        PackError::unless(problems, self)
    }

    /// The libraries alone, for policies of one's own.
    #[must_use]
    pub fn without_policies(self) -> Pack {
        Pack {
            policies: Vec::new(),
            libraries: self.libraries,
        }
    }

    /// The policy of that id.
    pub fn policy(&self, id: &str) -> Option<&Policy> {
        self.policies
            .binary_search_by(|policy| (*policy.id).cmp(id))
            .ok()
            .map(|index| &self.policies[index])
    }

    fn sort(&mut self) {
        self.policies.sort_by(|a, b| a.id.cmp(&b.id));
        self.libraries
            .sort_by(|a, b| (&a.package, &a.path).cmp(&(&b.package, &b.path)));
    }
}

#[cfg(test)]
mod tests;
