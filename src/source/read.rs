//! Reading a configuration from its folders.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Component, Path, PathBuf};
use std::sync::{Arc, OnceLock};

use serde::Deserialize;

use super::module::{Mode, Module};
use super::{SourceError, json, parse};

/// How many files of the root folder are listed.
const MOST_FILES: usize = 10_000;
/// How many modules a configuration may have, each call counted.
const MOST_MODULES: usize = 2_000;
/// How deep calls of modules may nest.
const DEEPEST_MODULE: usize = 32;
/// How large a file of configuration may be.
const MOST_BYTES: u64 = 16 * 1024 * 1024;
/// Folders that hold no configuration of the user's.
const SKIPPED: [&str; 3] = [".git", ".terraform", "node_modules"];
/// The endings of configuration files. OpenTofu reads `main.tofu` in place of `main.tf`:
/// <https://opentofu.org/docs/language/files/#override-files>
const ENDINGS: [(&str, Syntax); 4] = [
    (".tofu.json", Syntax::Json),
    (".tf.json", Syntax::Json),
    (".tofu", Syntax::Native),
    (".tf", Syntax::Native),
];

#[derive(Clone, Copy, PartialEq)]
enum Syntax {
    Native,
    Json,
}

/// Whether a file of that name is configuration.
pub fn is_configuration(name: &str) -> bool {
    ENDINGS.iter().any(|(ending, _)| name.ends_with(ending))
}

/// A configuration: the root module, and the modules it calls as far as they are at hand.
#[derive(Clone, Debug)]
pub struct Source {
    folder: PathBuf,
    /// Listed when they are asked for: a folder that turns out not to be the plan's is not walked.
    files: OnceLock<Vec<String>>,
    root: Arc<Module>,
    /// By the names of the calls that lead to it.
    modules: BTreeMap<Vec<Arc<str>>, Arc<Module>>,
}

impl Source {
    /// Reads the configuration in a folder.
    ///
    /// That is `*.tf`, `*.tf.json`, `*.tofu` and `*.tofu.json`, with `override` and `*_override` files merged into
    /// the others; then the modules that are called by a local path (`./` or `../`), and those that
    /// `.terraform/modules/modules.json` has folders for. A module that is not at hand is left out. More than 2000
    /// calls of modules, or nested more than 32 deep, are left out as well.
    ///
    /// # Errors
    ///
    /// [`SourceError::Read`] where the folder or one of its files cannot be read, [`SourceError::TooLarge`] for a
    /// file beyond 16 MiB, [`SourceError::Syntax`] where one is no HCL or JSON.
    pub fn read(dir: &Path) -> Result<Source, SourceError> {
        let mut reader = Reader {
            root: dir,
            installed: installed(dir),
            parsed: BTreeMap::new(),
            modules: BTreeMap::new(),
        };
        let root = reader.parse(Path::new(""))?;
        reader.calls(&root, Path::new(""), &mut Vec::new(), &mut Vec::new())?;
        Ok(Source {
            folder: dir.to_path_buf(),
            files: OnceLock::new(),
            root,
            modules: reader.modules,
        })
    }

    /// The root folder, as it was given to [`Source::read`].
    pub fn folder(&self) -> &Path {
        &self.folder
    }

    /// Every file below the root folder, relative to it and sorted: `["README.md", "main.tf"]`.
    ///
    /// `.git`, `.terraform` and `node_modules` are left out, symbolic links are not followed, and the list ends
    /// after 10 000 files.
    pub fn files(&self) -> &[String] {
        self.files.get_or_init(|| {
            let mut files = Vec::new();
            list(&self.folder, "", &mut files);
            files.sort_unstable();
            files
        })
    }

    /// The text of the README of the root folder; `None` where it has none.
    ///
    /// It is the first file there that is called README, whatever its case and ending.
    pub fn readme(&self) -> Option<String> {
        let is_readme = |file: &&String| {
            let name = file.to_lowercase();
            !name.contains('/') && (name == "readme" || name.starts_with("readme."))
        };
        let bytes = fs::read(self.folder.join(self.files().iter().find(is_readme)?)).ok()?;
        Some(String::from_utf8_lossy(&bytes).into_owned())
    }

    /// All modules, the root first.
    pub(super) fn modules(&self) -> impl Iterator<Item = &Module> {
        std::iter::once(&*self.root).chain(self.modules.values().map(|module| &**module))
    }

    /// The module that those calls lead to: `[]` is the root module, `["net", "sub"]` is `module.net.module.sub`.
    pub fn module(&self, calls: &[&str]) -> Option<&Module> {
        if calls.is_empty() {
            return Some(&self.root);
        }
        let path: Vec<Arc<str>> = calls.iter().map(|name| Arc::from(*name)).collect();
        self.modules.get(&path).map(|module| &**module)
    }

    /// Whether the plan whose root module has these resources, data sources and module calls was made from here:
    /// `["aws_s3_bucket.logs", "data.aws_region.here", "module.net"]`.
    ///
    /// Each of them must be declared, and of what is declared nine in ten must be among them. A plan that has
    /// nothing in its root module matches no folder.
    pub fn matches<'p>(&self, plan: impl Iterator<Item = &'p str>) -> bool {
        let plan: BTreeSet<&str> = plan.collect();
        let resources = self.root.resources().map(|(mode, r#type, name, _)| match mode {
            Mode::Managed => format!("{type}.{name}"),
            Mode::Data => format!("data.{type}.{name}"),
        });
        let declared: BTreeSet<String> = resources
            .chain(self.root.calls().map(|(name, _)| format!("module.{name}")))
            .collect();
        let extra = declared
            .iter()
            .filter(|address| !plan.contains(address.as_str()))
            .count();
        !plan.is_empty() && plan.iter().all(|address| declared.contains(*address)) && extra * 10 <= declared.len()
    }
}

struct Reader<'r> {
    root: &'r Path,
    installed: BTreeMap<String, PathBuf>,
    /// By folder, relative to the root folder: several calls may share one.
    parsed: BTreeMap<PathBuf, Arc<Module>>,
    modules: BTreeMap<Vec<Arc<str>>, Arc<Module>>,
}

impl Reader<'_> {
    fn parse(&mut self, folder: &Path) -> Result<Arc<Module>, SourceError> {
        if let Some(module) = self.parsed.get(folder) {
            return Ok(module.clone());
        }
        let mut module = Module::default();
        let mut overrides = Vec::new();
        for (name, syntax, is_override) in configuration_files(&self.root.join(folder))? {
            let path = folder.join(name);
            let text = read(&self.root.join(&path))?;
            let file: Arc<str> = Arc::from(slashes(&path));
            let blocks = match syntax {
                Syntax::Native => parse::parse(&file, &text)?,
                Syntax::Json => json::parse(&file, &text)?,
            };
            if is_override {
                overrides.push(blocks);
            } else {
                module.declare(blocks);
            }
        }
        for blocks in overrides {
            module.merge(blocks);
        }
        let module = Arc::new(module);
        self.parsed.insert(folder.to_owned(), module.clone());
        Ok(module)
    }

    /// Reads what a module calls; `folders` are those that led here, so that a module that calls itself ends.
    fn calls(
        &mut self,
        module: &Module,
        folder: &Path,
        path: &mut Vec<Arc<str>>,
        folders: &mut Vec<PathBuf>,
    ) -> Result<(), SourceError> {
        if path.len() >= DEEPEST_MODULE {
            return Ok(());
        }
        folders.push(folder.to_owned());
        for (name, call) in module.calls() {
            path.push(Arc::from(name));
            let target = self.target(call.body.constant("source").as_deref(), folder, path);
            if let Some(target) = target
                && !folders.contains(&target)
                && self.modules.len() < MOST_MODULES
                && self.root.join(&target).is_dir()
            {
                let called = self.parse(&target)?;
                self.modules.insert(path.clone(), called.clone());
                self.calls(&called, &target, path, folders)?;
            }
            path.pop();
        }
        folders.pop();
        Ok(())
    }

    /// The folder that a call means, relative to the root folder.
    fn target(&self, source: Option<&str>, folder: &Path, path: &[Arc<str>]) -> Option<PathBuf> {
        let source = source?;
        if source.starts_with("./") || source.starts_with("../") || source == "." || source == ".." {
            return Some(normal(&folder.join(source)));
        }
        self.installed.get(&path.join(".")).cloned()
    }
}

/// What `terraform init` installed: the folder of each call's path.
fn installed(root: &Path) -> BTreeMap<String, PathBuf> {
    #[derive(Deserialize)]
    struct Manifest {
        #[serde(rename = "Modules")]
        modules: Vec<Installed>,
    }

    #[derive(Deserialize)]
    struct Installed {
        #[serde(rename = "Key")]
        key: String,
        #[serde(rename = "Dir")]
        dir: PathBuf,
    }

    let manifest = root.join(".terraform").join("modules").join("modules.json");
    let manifest: Option<Manifest> = read(&manifest).ok().and_then(|text| serde_json::from_str(&text).ok());
    let modules = manifest.map(|manifest| manifest.modules).unwrap_or_default();
    modules
        .into_iter()
        .map(|module| (module.key, normal(&module.dir)))
        .collect()
}

/// The names of a folder's configuration files, sorted, each with whether it is an override.
fn configuration_files(folder: &Path) -> Result<Vec<(String, Syntax, bool)>, SourceError> {
    let failed = |error| SourceError::Read {
        file: slashes(folder),
        error,
    };
    let mut names = BTreeSet::new();
    for entry in fs::read_dir(folder).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        if entry.path().is_file()
            && let Ok(name) = entry.file_name().into_string()
        {
            names.insert(name);
        }
    }
    let files = names.iter().filter_map(|name| {
        // Editors' and hidden files are not Terraform's: https://developer.hashicorp.com/terraform/language/files
        if name.starts_with('.') || name.ends_with('~') || (name.starts_with('#') && name.ends_with('#')) {
            return None;
        }
        let (stem, ending, syntax) = ENDINGS
            .iter()
            .find_map(|(ending, syntax)| Some((name.strip_suffix(ending)?, *ending, *syntax)))?;
        let shadow = ending.replace(".tf", ".tofu");
        if shadow != ending && names.contains(&format!("{stem}{shadow}")) {
            return None;
        }
        Some((name.clone(), syntax, stem == "override" || stem.ends_with("_override")))
    });
    Ok(files.collect())
}

fn read(path: &Path) -> Result<String, SourceError> {
    let failed = |error| SourceError::Read {
        file: slashes(path),
        error,
    };
    if fs::metadata(path).map_err(failed)?.len() > MOST_BYTES {
        return Err(SourceError::TooLarge { file: slashes(path) });
    }
    fs::read_to_string(path).map_err(failed)
}

fn list(folder: &Path, prefix: &str, files: &mut Vec<String>) {
    let Ok(entries) = fs::read_dir(folder) else {
        return;
    };
    let mut entries: Vec<_> = entries.flatten().collect();
    entries.sort_unstable_by_key(fs::DirEntry::file_name);
    for entry in entries {
        if files.len() >= MOST_FILES {
            return;
        }
        let (Ok(name), Ok(kind)) = (entry.file_name().into_string(), entry.file_type()) else {
            continue;
        };
        if kind.is_dir() && !SKIPPED.contains(&name.as_str()) {
            list(&entry.path(), &format!("{prefix}{name}/"), files);
        } else if kind.is_file() {
            files.push(format!("{prefix}{name}"));
        }
    }
}

/// The path without `.` and, as far as names go before it, `..`.
fn normal(path: &Path) -> PathBuf {
    let mut out = PathBuf::new();
    for component in path.components() {
        match component {
            Component::CurDir => {}
            Component::ParentDir if matches!(out.components().next_back(), Some(Component::Normal(_))) => {
                out.pop();
            }
            other => out.push(other),
        }
    }
    out
}

fn slashes(path: &Path) -> String {
    path.to_string_lossy().replace('\\', "/")
}
