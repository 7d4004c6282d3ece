//! Building a bundle: the same folder gives the same bytes.

use std::collections::BTreeMap;
use std::io::Write;

use flate2::{Compression, GzBuilder};
use tar::{Builder, EntryType, Header};

use super::{MANIFEST, Manifest, SIGNATURES, SigningKey, signature};
use crate::pack::{Library, Pack, Policy};

/// A bundle of all policies and libraries of a pack, with their tests and data: a tar with gzip.
///
/// # Errors
///
/// Where the key does not sign.
pub fn write(pack: &Pack, revision: &str, key: Option<&SigningKey>) -> Result<Vec<u8>, String> {
    let mut files = BTreeMap::new();
    for Policy {
        id, text, data, tests, ..
    } in &pack.policies
    {
        let folder = id.replace('.', "/");
        let last = id.rsplit('.').next().unwrap_or(id);
        let tests = tests.as_ref().map(|tests| &*tests.text);
        add(&mut files, &format!("{folder}/{last}"), text, tests);
        if let Some(data) = data {
            files.insert(
                format!("{folder}/data.json"),
                serde_json::to_vec(data).map_err(|error| error.to_string())?,
            );
        }
    }
    for library in &pack.libraries {
        let Library {
            package,
            path,
            text,
            data,
            tests,
            ..
        } = library;
        // A library may be several files of one package, each in its folder.
        let stem = path
            .rsplit(['/', '\\'])
            .next()
            .unwrap_or(path)
            .trim_end_matches(".rego");
        let of_package = package.replace('.', "/");
        let is_alone = package.rsplit('.').next() == Some(stem) && data.is_none();
        let name = if is_alone {
            of_package.clone()
        } else {
            format!("{of_package}/{stem}")
        };
        let tests = tests.as_ref().map(|tests| &*tests.text);
        add(&mut files, &name, text, tests);
        if let Some(data) = data {
            files.insert(
                format!("{of_package}/data.json"),
                serde_json::to_vec(data).map_err(|error| error.to_string())?,
            );
        }
    }
    let manifest = Manifest {
        revision: revision.to_owned(),
        roots: roots(pack),
        ..Manifest::default()
    };
    let manifest = serde_json::to_vec(&manifest).map_err(|error| error.to_string())?;
    files.insert(MANIFEST.to_owned(), manifest);
    if let Some(key) = key {
        files.insert(SIGNATURES.to_owned(), signature::sign(&files, key)?);
    }
    let mut gzip = GzBuilder::new().mtime(0).write(Vec::new(), Compression::best());
    let written = gzip.write_all(&canonical_tar(&files)?).and_then(|()| gzip.finish());
    written.map_err(|error| error.to_string())
}

fn add(files: &mut BTreeMap<String, Vec<u8>>, name: &str, text: &str, tests: Option<&str>) {
    files.insert(format!("{name}.rego"), text.as_bytes().to_vec());
    if let Some(tests) = tests {
        files.insert(format!("{name}_test.rego"), tests.as_bytes().to_vec());
    }
}

/// The shortest paths that every package is under: `aws`, `lib`.
fn roots(pack: &Pack) -> Vec<String> {
    let packages = pack.policies.iter().map(|policy| &policy.id);
    let packages = packages.chain(pack.libraries.iter().map(|library| &library.package));
    let mut roots: Vec<String> = packages
        .flat_map(|package| match package.split_once('.') {
            Some((root, _)) => vec![root.to_owned()],
            // The tests of a policy `a` are the package `a_test`.
            None => vec![package.to_string(), format!("{package}_test")],
        })
        .collect();
    roots.sort();
    roots.dedup();
    roots
}

/// A tar of these files whose bytes depend on nothing else: sorted, with no owner and no time.
///
/// # Errors
///
/// Where a name is longer than a tar can hold.
pub fn canonical_tar(files: &BTreeMap<String, Vec<u8>>) -> Result<Vec<u8>, String> {
    let mut tar = Builder::new(Vec::new());
    for (name, content) in files {
        let mut header = Header::new_ustar();
        header.set_entry_type(EntryType::Regular);
        header.set_mode(0o644);
        header.set_mtime(0);
        header.set_uid(0);
        header.set_gid(0);
        header.set_size(content.len() as u64);
        let added = tar.append_data(&mut header, name, content.as_slice());
        added.map_err(|error| format!("{name}: {error}"))?;
    }
    tar.into_inner().map_err(|error| error.to_string())
}
