//! The files of a pack, wherever they are.

use std::borrow::Cow;
use std::fs;
use std::io;
use std::path::Path;

use super::metadata::Embedded;
use super::{PackError, Problem};

/// Folders deeper than this are a link that leads back.
const MAX_DEPTH: usize = 32;

/// A file of a pack.
pub(super) struct File {
    /// The path under the pack's folder, with `/` between its parts.
    pub(super) name: String,
    /// The path as messages show it.
    pub(super) shown: String,
    pub(super) text: Cow<'static, str>,
    /// Its METADATA, where the build has read it.
    pub(super) metadata: Option<&'static Embedded>,
}

/// What the paths of embedded files begin with.
pub(super) const ROOT: &str = "policies/";

/// The files that the build put in, sorted: the path, the text, the METADATA.
const FILES: &[(&str, &str, Option<Embedded>)] = include!(concat!(env!("OUT_DIR"), "/policies.rs"));

/// The files that the build put in.
pub(super) fn embedded() -> Vec<File> {
    FILES
        .iter()
        .map(|(name, text, metadata)| File {
            name: (*name).to_owned(),
            shown: format!("{ROOT}{name}"),
            text: Cow::Borrowed(text),
            metadata: metadata.as_ref(),
        })
        .collect()
}

/// Whether the build put in a file of this path and text.
pub(super) fn is_embedded(path: &str, text: &str) -> bool {
    let name = path.strip_prefix(ROOT);
    name.and_then(|name| FILES.binary_search_by_key(&name, |(name, ..)| name).ok())
        .is_some_and(|found| FILES[found].1 == text)
}

/// The `*.rego` and `data.json` under a folder, sorted; folders whose name begins with a dot are passed over.
pub(super) fn read(folder: &Path) -> Result<Vec<File>, PackError> {
    let mut reader = Reader {
        files: Vec::new(),
        problems: Vec::new(),
    };
    if folder.is_dir() {
        reader.walk(folder, "", 0);
    } else {
        let message = if folder.exists() {
            "is not a folder"
        } else {
            "there is no such folder: name the one that has the policies, or begin one by `plangate new`"
        };
        reader
            .problems
            .push(Problem::new(folder.display().to_string(), message));
    }
    reader.files.sort_by(|a, b| a.name.cmp(&b.name));
    PackError::unless(reader.problems, reader.files)
}

struct Reader {
    files: Vec<File>,
    problems: Vec<Problem>,
}

impl Reader {
    fn walk(&mut self, folder: &Path, prefix: &str, depth: usize) {
        if depth > MAX_DEPTH {
            let message = format!("is more than {MAX_DEPTH} folders deep: does a link lead back?");
            self.problems.push(Problem::new(folder.display().to_string(), message));
            return;
        }
        let entries = match fs::read_dir(folder).and_then(Iterator::collect::<io::Result<Vec<_>>>) {
            Ok(entries) => entries,
            Err(error) => return self.unreadable(folder, &error),
        };
        for entry in entries {
            let path = entry.path();
            let name = entry.file_name().to_string_lossy().into_owned();
            let under = format!("{prefix}{name}");
            match fs::metadata(&path) {
                // A link that leads nowhere: what may have been a folder of policies is not passed over.
                Err(error) if is_rego(&name) || !name.contains('.') => self.unreadable(&path, &error),
                Ok(found) if found.is_dir() && !name.starts_with('.') => {
                    self.walk(&path, &format!("{under}/"), depth + 1);
                }
                Ok(found) if found.is_file() && is_rego(&name) => self.read(&path, under),
                _ => {}
            }
        }
    }

    fn read(&mut self, path: &Path, name: String) {
        let shown = path.display().to_string();
        match fs::read(path).map(String::from_utf8) {
            Ok(Ok(text)) => self.files.push(File {
                name,
                shown,
                text: Cow::Owned(text),
                metadata: None,
            }),
            Ok(Err(error)) => {
                let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
                let line = 1 + valid.iter().filter(|byte| **byte == b'\n').count();
                self.problems
                    .push(Problem::at(shown, line, "is not UTF-8: save the file as UTF-8"));
            }
            Err(error) => self.unreadable(path, &error),
        }
    }

    fn unreadable(&mut self, path: &Path, error: &io::Error) {
        self.problems.push(Problem::new(
            path.display().to_string(),
            format!("cannot be read: {error}"),
        ));
    }
}

fn is_rego(name: &str) -> bool {
    name == "data.json" || name.ends_with(".rego")
}
