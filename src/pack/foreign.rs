//! Policies that were written for another tool: the files of its folders and the data beside them.

use std::fs;
use std::path::{Path, PathBuf};

use serde::{Deserialize, Serialize};

use super::{PackError, Problem, Source};
use crate::model::{Map, Value};

/// Folders deeper than this are a link that leads back.
const MAX_DEPTH: usize = 32;

/// The tool that policies were written for, which says what they read and which of their rules are asked.
#[derive(Clone, Copy, Debug, Deserialize, Eq, PartialEq, Serialize)]
pub enum Dialect {
    /// Conftest: `deny`, `warn` and `violation` read the raw plan.
    Conftest,
    /// Regula: `allow`, `deny` and `policy` read one resource, or all of them by the library `fugue`.
    Regula,
    /// Trivy: `deny` of packages under `user` reads the raw plan.
    Trivy,
}

impl Dialect {
    /// The name of the tool, in lower case: what ids of its policies begin with.
    pub const fn name(self) -> &'static str {
        match self {
            Dialect::Conftest => "conftest",
            Dialect::Regula => "regula",
            Dialect::Trivy => "trivy",
        }
    }
}

/// Policies of another tool, as they lie in its folders.
#[derive(Clone, Debug, Deserialize, Serialize)]
pub struct Foreign {
    /// Whose they are.
    pub dialect: Dialect,
    /// The folders, for messages.
    pub place: String,
    /// The files of Rego but for tests, sorted by path.
    pub files: Vec<Source>,
    /// What they read as `data` besides their own rules: an object.
    pub data: Value,
}

impl Foreign {
    /// Reads the `*.rego` in folders and below, but for `*_test.rego`, and the `*.json`, `*.yaml` and `*.yml` in others;
    /// either may be a file, too. In a folder of data, the folders below are members: `data/a/b.json` is `data.a`.
    ///
    /// # Errors
    ///
    /// Everything that is wrong with them, at once: what cannot be read, a folder without Rego, data that is no object,
    /// or has a member twice.
    pub fn read(dialect: Dialect, folders: &[PathBuf], data: &[PathBuf]) -> Result<Self, PackError> {
        let mut reader = Reader {
            files: Vec::new(),
            problems: Vec::new(),
        };
        for folder in folders {
            let before = reader.files.len();
            reader.walk(folder, 0, &|name| {
                name.ends_with(".rego") && !name.ends_with("_test.rego")
            });
            if reader.files.len() == before && reader.problems.is_empty() {
                let message = "holds no Rego: no file in it or below ends in .rego, tests aside";
                reader
                    .problems
                    .push(Problem::new(folder.display().to_string(), message));
            }
        }
        let rego = std::mem::take(&mut reader.files);
        let mut members = Value::Object(Map::new());
        for place in data {
            let before = reader.files.len();
            reader.walk(place, 0, &is_data);
            if reader.files.len() == before && reader.problems.is_empty() {
                let message = "holds no data: no file in it or below ends in .json, .yaml or .yml";
                reader.problems.push(Problem::new(place.display().to_string(), message));
            }
            for (file, text) in std::mem::take(&mut reader.files) {
                let shown = file.display().to_string();
                let added = read_data(&shown, &text).and_then(|read| add(&mut members, under(place, &file), read));
                reader
                    .problems
                    .extend(added.err().map(|message| Problem::new(shown, message)));
            }
        }
        let mut files: Vec<Source> = rego
            .into_iter()
            .map(|(file, text)| Source {
                path: file.display().to_string(),
                text: text.into(),
            })
            .collect();
        files.sort_by(|a, b| a.path.cmp(&b.path));
        files.dedup_by(|a, b| a.path == b.path);
        let data = members;
        let place = folders.iter().map(|folder| folder.display().to_string());
        let foreign = Foreign {
            dialect,
            place: place.collect::<Vec<_>>().join(", "),
            files,
            data,
        };
        PackError::unless(reader.problems, foreign)
    }
}

struct Reader {
    files: Vec<(PathBuf, String)>,
    problems: Vec<Problem>,
}

impl Reader {
    fn walk(&mut self, place: &Path, depth: usize, is_wanted: &dyn Fn(&str) -> bool) {
        let mut problem = |message: String| self.problems.push(Problem::new(place.display().to_string(), message));
        if depth > MAX_DEPTH {
            return problem(format!("is more than {MAX_DEPTH} folders deep: does a link lead back?"));
        }
        if !place.exists() {
            return problem("there is no such file or folder".to_owned());
        }
        if !place.is_dir() {
            let name = place.file_name().unwrap_or_default().to_string_lossy().into_owned();
            if depth == 0 && !is_wanted(&name) {
                return problem(
                    "is not of the kind that is read here: name a folder, or a file that ends as they do".to_owned(),
                );
            }
            match fs::read_to_string(place) {
                Ok(text) => self.files.push((place.to_owned(), text)),
                Err(error) => problem(format!("cannot be read: {error}")),
            }
            return;
        }
        let mut below = match fs::read_dir(place).and_then(Iterator::collect::<Result<Vec<_>, _>>) {
            Ok(below) => below,
            Err(error) => return problem(format!("cannot be read: {error}")),
        };
        below.sort_by_key(fs::DirEntry::file_name);
        for entry in below {
            let (path, name) = (entry.path(), entry.file_name());
            let name = name.to_string_lossy();
            if !name.starts_with('.') && (path.is_dir() || is_wanted(&name)) {
                self.walk(&path, depth + 1, is_wanted);
            }
        }
    }
}

fn is_data(name: &str) -> bool {
    [".json", ".yaml", ".yml"].iter().any(|end| name.ends_with(end))
}

fn read_data(path: &str, text: &str) -> Result<Map, String> {
    let read = match path.ends_with(".json") {
        true => serde_json::from_str(text).map_err(|error| format!("is not valid JSON: {error}")),
        false => yaml_serde::from_str(text).map_err(|error| format!("is not valid YAML: {error}")),
    };
    match read? {
        Value::Object(members) => Ok(members),
        _ => Err("must be an object: its members are those of `data`".to_owned()),
    }
}

/// The names of the folders that a file is in, below the place that was given.
fn under<'a>(place: &Path, file: &'a Path) -> Vec<std::borrow::Cow<'a, str>> {
    let folder = file.parent().and_then(|folder| folder.strip_prefix(place).ok());
    let parts = folder.into_iter().flat_map(Path::components);
    parts.map(|part| part.as_os_str().to_string_lossy()).collect()
}

fn add(data: &mut Value, path: Vec<std::borrow::Cow<str>>, read: Map) -> Result<(), String> {
    let mut read = Value::Object(read);
    for part in path.iter().rev() {
        read = Value::Object([((**part).into(), read)].into());
    }
    merge(data, read, "data")
}

fn merge(into: &mut Value, from: Value, path: &str) -> Result<(), String> {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (name, value) in from {
                match into.get_mut(&name) {
                    Some(known) => merge(known, value, &format!("{path}.{name}"))?,
                    None => drop(into.insert(name, value)),
                }
            }
            Ok(())
        }
        _ => Err(format!("gives `{path}`, which another file of data gives, too")),
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn data_of_several_files_is_one_document_and_never_twice() {
        let mut data = Value::Object(Map::new());
        let object = |text: &str| read_data("a.json", text).unwrap();
        add(&mut data, vec!["x".into()], object(r#"{"a": 1}"#)).unwrap();
        add(&mut data, vec!["x".into()], object(r#"{"b": {"c": 2}}"#)).unwrap();
        let expected = serde_json::from_str::<Value>(r#"{"x": {"a": 1, "b": {"c": 2}}}"#).unwrap();
        assert_eq!(data, expected);
        let twice = add(&mut data, vec!["x".into()], object(r#"{"a": 3}"#)).unwrap_err();
        assert!(twice.contains("`data.x.a`"), "{twice}");
        assert!(read_data("a.yaml", "- 1").unwrap_err().contains("must be an object"));
        let place = Path::new("d");
        assert_eq!(under(place, Path::new("d/a/b/c.yml")), ["a", "b"]);
        assert!(under(Path::new("d/c.yml"), Path::new("d/c.yml")).is_empty());
    }
}
