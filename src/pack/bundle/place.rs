//! Where a bundle comes from, as it is written on the command line, in the configuration and in the lock file.

use std::fmt;
use std::str::FromStr;

use super::Digest;

/// A bundle's source, and the digest that it is pinned to, if it is: `https://acme.test/b.tar.gz#sha256:...`.
#[derive(Clone, Debug, Eq, PartialEq)]
pub struct Reference {
    /// The source, without the digest.
    pub source: String,
    /// What kind of a source it is.
    pub place: Place,
    /// The digest of the archive that it must have.
    pub digest: Option<Digest>,
}

/// What kind of a source it is.
#[derive(Clone, Debug, Eq, PartialEq)]
pub enum Place {
    /// A file on this machine.
    File(String),
    /// An archive that a web server gives.
    Https(String),
    /// An artifact of an OCI registry, `ghcr.io/acme/policies:1.2`.
    Oci(String),
    /// A folder in a git repository.
    Git {
        /// The repository, as git takes it.
        repository: String,
        /// The folder in it; empty for all of it.
        folder: String,
        /// The tag, branch or commit.
        revision: String,
    },
}

impl Place {
    /// Whether the network is needed to get it.
    pub fn is_remote(&self) -> bool {
        !matches!(self, Place::File(_))
    }
}

impl FromStr for Reference {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let (source, digest) = match text.split_once('#') {
            Some((source, digest)) => (
                source,
                Some(digest.parse::<Digest>().map_err(|error| error.to_string())?),
            ),
            None => (text, None),
        };
        Ok(Reference {
            source: source.to_owned(),
            place: place(source)?,
            digest,
        })
    }
}

impl fmt::Display for Reference {
    fn fmt(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str(&self.source)
    }
}

fn place(source: &str) -> Result<Place, String> {
    if source.is_empty() {
        return Err("it is empty: write a file, https://, oci:// or git+https://".to_owned());
    }
    if source
        .chars()
        .any(|letter| letter.is_control() || letter.is_whitespace() && letter != ' ')
    {
        return Err("it has a control character in it".to_owned());
    }
    let Some((scheme, rest)) = source.split_once("://") else {
        return Ok(Place::File(source.to_owned()));
    };
    if rest.is_empty() {
        return Err(format!("`{source}` names nothing after ://"));
    }
    match scheme {
        "file" => Ok(Place::File(rest.to_owned())),
        "https" => Ok(Place::Https(source.to_owned())),
        "http" if is_loopback(rest) => Ok(Place::Https(source.to_owned())),
        "http" => Err(format!("`{source}` is not encrypted: write https://")),
        "oci" => Ok(Place::Oci(rest.to_owned())),
        "git+https" | "git+ssh" | "git+file" => git(source, scheme.trim_start_matches("git+"), rest),
        _ => Err(format!(
            "`{scheme}://` is no source of bundles: write a file, https://, oci://, git+https://, git+ssh:// or git+file://"
        )),
    }
}

/// `host/repository//folder?ref=v1`, where the folder may be left out.
fn git(source: &str, scheme: &str, rest: &str) -> Result<Place, String> {
    let (path, revision) = rest
        .split_once("?ref=")
        .ok_or_else(|| format!("`{source}` names no revision: end it in ?ref= and a tag or commit"))?;
    let is_plain = |letter: char| letter.is_ascii_alphanumeric() || "._-/+".contains(letter);
    if revision.is_empty() || revision.starts_with('-') || revision.contains("..") || !revision.chars().all(is_plain) {
        return Err(format!("`{revision}` is no name of a tag or commit"));
    }
    // The path of git+file begins with a slash, which is not the mark of the folder.
    let (repository, folder) = match path.get(1..).and_then(|after| after.find("//")) {
        Some(at) => (&path[..=at], path[at + 3..].trim_matches('/')),
        None => (path, ""),
    };
    if folder.split('/').any(|part| part == "..") || folder.contains(':') {
        return Err(format!("the folder `{folder}` leads out of the repository"));
    }
    Ok(Place::Git {
        repository: format!("{scheme}://{repository}"),
        folder: folder.to_owned(),
        revision: revision.to_owned(),
    })
}

/// Whether an address without its scheme is of this machine.
pub(crate) fn is_loopback(address: &str) -> bool {
    let authority = address.split(['/', '?']).next().unwrap_or(address);
    if authority.contains('@') {
        return false;
    }
    let host = match authority.strip_prefix('[') {
        Some(v6) => v6.split(']').next().unwrap_or(v6),
        None => authority.split(':').next().unwrap_or(authority),
    };
    host == "localhost"
        || host
            .parse::<std::net::IpAddr>()
            .is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn place(text: &str) -> Result<Place, String> {
        text.parse::<Reference>().map(|reference| reference.place)
    }

    #[test]
    fn sources_are_told_apart() {
        assert_eq!(place("a b/c.tar.gz"), Ok(Place::File("a b/c.tar.gz".to_owned())));
        assert_eq!(place("file:///c.tar.gz"), Ok(Place::File("/c.tar.gz".to_owned())));
        assert_eq!(place("oci://h/r:1"), Ok(Place::Oci("h/r:1".to_owned())));
        assert!(place("http://127.0.0.1:5000/x").is_ok() && place("http://[::1]/x").is_ok());
        let git = |repository: &str, folder: &str| Place::Git {
            repository: repository.to_owned(),
            folder: folder.to_owned(),
            revision: "v1.2".to_owned(),
        };
        assert_eq!(
            place("git+https://h/o/r//p/q?ref=v1.2"),
            Ok(git("https://h/o/r", "p/q"))
        );
        assert_eq!(place("git+https://h/o/r?ref=v1.2"), Ok(git("https://h/o/r", "")));
        assert_eq!(place("git+file:///o/r//p?ref=v1.2"), Ok(git("file:///o/r", "p")));
    }

    #[test]
    fn wrong_sources_are_refused() {
        for wrong in [
            "",
            "http://acme.test/b.tar.gz",
            "http://localhost@acme.test/b",
            "http://127.0.0.1.acme.test/b",
            "ftp://h/b",
            "https://",
            "git+https://h/r",
            "git+https://h/r?ref=",
            "git+https://h/r?ref=--upload-pack=x",
            "git+https://h/r?ref=a..b",
            "git+https://h/r//../x?ref=v1",
            "git+ext://sh -c x?ref=v1",
            "b.tar.gz#sha256:12",
            "b.tar.gz#v1",
        ] {
            assert!(place(wrong).is_err(), "{wrong}");
        }
    }

    #[test]
    fn digest_is_no_part_of_the_source() {
        let digest = Digest::of(b"x");
        let reference: Reference = format!("oci://h/r:1#{digest}").parse().unwrap();
        assert_eq!(
            (reference.digest, reference.source.as_str()),
            (Some(digest), "oci://h/r:1")
        );
    }
}
