//! The lock file: what each source was when it was locked.

use std::fmt::Write;

use serde::Deserialize;

use super::Digest;

const VERSION: u32 = 1;

/// What each source was when it was locked, sorted by source.
#[derive(Clone, Debug, Default, Eq, PartialEq)]
pub struct Lock {
    /// The sources.
    pub bundles: Vec<Locked>,
}

/// A source and what it was.
#[derive(Clone, Debug, Deserialize, Eq, PartialEq)]
#[serde(deny_unknown_fields)]
pub struct Locked {
    /// The source, as it is written where it is used.
    pub source: String,
    /// What the source calls it: a commit, or the digest of a registry's manifest; none of a file or a web server.
    pub revision: Option<String>,
    /// The digest of the archive.
    pub digest: Digest,
    /// The length of the archive in bytes.
    pub size: u64,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Written {
    version: u32,
    #[serde(default)]
    bundle: Vec<Locked>,
}

impl Lock {
    /// Reads a lock file.
    ///
    /// # Errors
    ///
    /// What is wrong with it, and where.
    pub fn read(text: &str) -> Result<Lock, String> {
        let written: Written = toml::from_str(text).map_err(|error| error.to_string().trim_end().to_owned())?;
        if written.version != VERSION {
            return Err(format!(
                "is of version {}, and this plangate reads {VERSION}",
                written.version
            ));
        }
        let mut lock = Lock {
            bundles: written.bundle,
        };
        lock.bundles.sort_by(|a, b| a.source.cmp(&b.source));
        match lock.bundles.windows(2).find(|pair| pair[0].source == pair[1].source) {
            Some(pair) => Err(format!("has {} twice: delete one", pair[0].source)),
            None => Ok(lock),
        }
    }

    /// The file's text.
    pub fn write(&self) -> String {
        let mut text =
            format!("# Made by `plangate bundle lock`; keep it beside the policies' users.\nversion = {VERSION}\n");
        for locked in &self.bundles {
            let quoted = |value: &str| toml::Value::from(value).to_string();
            let _ = write!(text, "\n[[bundle]]\nsource = {}\n", quoted(&locked.source));
            if let Some(revision) = &locked.revision {
                let _ = writeln!(text, "revision = {}", quoted(revision));
            }
            let _ = writeln!(text, "digest = \"{}\"\nsize = {}", locked.digest, locked.size);
        }
        text
    }

    /// What is locked of a source.
    pub fn of(&self, source: &str) -> Option<&Locked> {
        self.bundles.iter().find(|locked| locked.source == source)
    }

    /// Locks a source, in the place of what was locked of it.
    pub fn set(&mut self, locked: Locked) {
        self.bundles.retain(|other| other.source != locked.source);
        self.bundles.push(locked);
        self.bundles.sort_by(|a, b| a.source.cmp(&b.source));
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn locked(source: &str) -> Locked {
        Locked {
            source: source.to_owned(),
            revision: source.starts_with("git").then(|| "0123".to_owned()),
            digest: Digest::of(source.as_bytes()),
            size: 7,
        }
    }

    #[test]
    fn lock_is_read_as_it_is_written() {
        let mut lock = Lock::default();
        lock.set(locked("oci://h/r:1"));
        lock.set(locked("git+file:///a \"b\\c\"?ref=1"));
        lock.set(locked("oci://h/r:1"));
        assert_eq!(lock.bundles.len(), 2);
        assert_eq!(Lock::read(&lock.write()), Ok(lock.clone()));
        assert!(lock.of("oci://h/r:1").is_some() && lock.of("oci://h/r").is_none());
    }

    #[test]
    fn wrong_locks_are_refused() {
        let good = Lock {
            bundles: vec![locked("a")],
        }
        .write();
        let twice = good.clone() + good.split_once("\n\n").unwrap().1;
        for wrong in [
            "",
            "version = 2",
            "version = 1\nbundel = []",
            &good.replace("size", "length"),
            &good.replace("sha256:", "md5:"),
            &twice,
        ] {
            assert!(Lock::read(wrong).is_err(), "{wrong}");
        }
    }
}
