//! Unpacking an archive into memory, within limits.

use std::collections::BTreeMap;
use std::io::{self, BufReader, Read};

use flate2::read::MultiGzDecoder;
use tar::{Archive, EntryType};

/// How large a bundle may be: a small archive can unpack to more than there is memory.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub struct Limits {
    /// The bytes of the archive as it comes.
    pub packed: u64,
    /// The bytes of all that it unpacks to, the archive's own headers included.
    pub unpacked: u64,
    /// The entries in it.
    pub entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Limits {
            packed: 32 << 20,
            unpacked: 64 << 20,
            entries: 10_000,
        }
    }
}

/// The files of a tar, with gzip or without, by names without a `/` at their start.
///
/// # Errors
///
/// Why it is refused, for after its name.
pub(super) fn unpack(bytes: &[u8], limits: &Limits) -> Result<BTreeMap<String, Vec<u8>>, String> {
    if bytes.len() as u64 > limits.packed {
        return Err(format!("is {} bytes long, more than {}", bytes.len(), limits.packed));
    }
    let is_gzip = bytes.starts_with(&[0x1f, 0x8b]);
    let tar: Box<dyn Read + '_> = if is_gzip {
        Box::new(MultiGzDecoder::new(bytes))
    } else {
        Box::new(bytes)
    };
    let mut files = BTreeMap::new();
    let mut archive = Archive::new(BufReader::new(Limited {
        tar,
        left: limits.unpacked,
    }));
    let unreadable = |error: io::Error| match error.get_ref().is_some_and(|inner| inner.is::<TooLong>()) {
        true => format!("unpacks to more than {} bytes", limits.unpacked),
        // What the reader says quotes the bytes that it met, and they may be of a plan.
        false => "is no tar archive that can be read, with gzip or without".to_owned(),
    };
    for (index, entry) in archive.entries().map_err(unreadable)?.enumerate() {
        if index >= limits.entries {
            return Err(format!("has more than {} entries", limits.entries));
        }
        let mut entry = entry.map_err(unreadable)?;
        let kind = entry.header().entry_type();
        let name = std::str::from_utf8(&entry.path_bytes())
            .map(str::to_owned)
            .map_err(|_| "has a name that is not UTF-8".to_owned())?;
        match kind {
            EntryType::Regular | EntryType::Continuous => {}
            EntryType::Directory | EntryType::XGlobalHeader => continue,
            EntryType::Symlink | EntryType::Link => {
                return Err(format!("has a link, `{name}`: put the file itself in"));
            }
            _ => return Err(format!("has `{name}`, which is neither a file nor a folder")),
        }
        let name = under(&name)?;
        let mut content = Vec::new();
        entry.read_to_end(&mut content).map_err(unreadable)?;
        if files.insert(name.clone(), content).is_some() {
            return Err(format!("has `{name}` twice"));
        }
    }
    if files.is_empty() {
        return Err("has no file in it".to_owned());
    }
    Ok(files)
}

/// The name without the `/` or `./` at its start that OPA and tar write.
fn under(name: &str) -> Result<String, String> {
    let relative = name
        .strip_prefix("./")
        .or_else(|| name.strip_prefix('/'))
        .unwrap_or(name);
    let is_plain = |part: &str| !part.is_empty() && part != "." && part != "..";
    let leads_out = relative.contains(['\\', '\0', ':']) || !relative.split('/').all(is_plain);
    match leads_out {
        true => Err(format!("has the name `{}`, which leads out of it", name.escape_debug())),
        false => Ok(relative.to_owned()),
    }
}

/// A reader that fails past its limit, where `take` would end as if all had been read.
struct Limited<R> {
    tar: R,
    left: u64,
}

#[derive(Debug, thiserror::Error)]
#[error("it is longer than it may be")]
struct TooLong;

impl<R: Read> Read for Limited<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let read = self.tar.read(buffer)?;
        match self.left.checked_sub(read as u64) {
            Some(left) => {
                self.left = left;
                Ok(read)
            }
            None => Err(io::Error::other(TooLong)),
        }
    }
}
