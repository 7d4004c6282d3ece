//! A large plan without the resources that it repeats.
//!
//! `planned_values` and `prior_state` show most resources that `resource_changes` has, too, and a third to a half of a
//! plan's bytes is that. Those are left out while the file is read, so that they are neither held nor read twice. What
//! is left out is looked at first: a file with any fault is read whole, by [`parse`](super::parse), which explains it.

use std::collections::HashSet;
use std::io::{self, Read};
use std::sync::mpsc;
use std::thread;

use super::format::{Complete, Mode, Object, Plan, StateResource};
use super::raw;

/// So much of a file is looked at together; a longer resource is waited for.
const WINDOW: usize = 1 << 18;

/// So many batches of resources wait to be looked at.
const BATCHES: usize = 4;

/// A plan's text, without the resources that it repeats.
pub struct Sifted {
    text: String,
    /// The addresses of the planned resources that were left out: each has a change.
    planned: HashSet<Box<str>>,
    /// Whether managed resources of the state before were left out: there are changes.
    has_left_out_prior: bool,
}

impl Sifted {
    /// Reads a plan as Terraform writes it, of about so many bytes; none where it has to be read whole, as where the input
    /// cannot be read.
    pub fn read(input: impl Read, size: usize) -> Option<Self> {
        thread::scope(|scope| {
            let (sender, batches) = mpsc::sync_channel(BATCHES);
            let checks = thread::Builder::new().spawn_scoped(scope, || addresses(batches));
            let planned = checks.ok()?;
            let mut sieve = Sieve {
                input,
                window: vec![0; WINDOW],
                at: 0,
                end: 0,
                kept: Vec::with_capacity(size),
                batch: Batch::default(),
                sender,
                has_left_out_prior: false,
            };
            sieve.plan().ok()?;
            let (kept, has_left_out_prior) = (std::mem::take(&mut sieve.kept), sieve.has_left_out_prior);
            // The thread ends when there is no sender left.
            drop(sieve);
            Some(Sifted {
                text: String::from_utf8(kept).ok()?,
                planned: planned.join().ok()??,
                has_left_out_prior,
            })
        })
    }

    /// The plan, as far as the model of it goes; none where it has to be read whole.
    pub fn plan(&self) -> Option<Plan<'_>> {
        let plan = super::parse(&self.text).ok()?;
        // As the model has it: what has such a change is not looked for elsewhere.
        let changed = plan.resource_changes.iter().filter(|change| {
            matches!(change.mode, Mode::Managed | Mode::Data)
                && !change.is_deposed()
                && (!change.is_gone() || change.change.before.is_some())
        });
        let changed: HashSet<&str> = changed.map(|change| &*change.address).collect();
        let has_all = self.planned.iter().all(|address| changed.contains(&**address));
        let is_repeated = has_all && (!self.has_left_out_prior || !plan.resource_changes.is_empty());
        is_repeated.then_some(plan)
    }
}

/// Where it is no plan as Terraform writes it, the sieve stops.
fn not_as_written() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// The section that a module is in.
#[derive(Clone, Copy, PartialEq)]
enum Section {
    Planned,
    Prior,
}

/// Resources that were left out, to be looked at.
#[derive(Default)]
struct Batch {
    text: Vec<u8>,
    /// Where each ends, how many lists and objects it is in, and in which section.
    ends: Vec<(usize, usize, Section)>,
}

/// The addresses of the planned resources that are left out; none where one cannot be read.
fn addresses(batches: mpsc::Receiver<Batch>) -> Option<HashSet<Box<str>>> {
    let mut addresses = HashSet::new();
    for batch in batches {
        let mut begin = 0;
        for (end, depth, section) in batch.ends {
            let resource = read(&batch.text[begin..end], depth)?;
            match (section, resource.mode) {
                (Section::Planned, Mode::Managed | Mode::Data) => drop(addresses.insert((*resource.address).into())),
                // It was taken for a managed one.
                (Section::Prior, Mode::Data) => return None,
                _ => {}
            }
            begin = end;
        }
    }
    Some(addresses)
}

/// Whether a resource seems to be a managed one.
fn is_managed(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"\"mode\":\"managed\"").is_some()
}

/// A resource in so many lists and objects; none where it cannot be read.
fn read(text: &[u8], depth: usize) -> Option<StateResource<'_>> {
    let text = std::str::from_utf8(text).ok()?;
    let Object(resource) = serde_json::from_str::<Object<StateResource>>(text).ok()?;
    (resource.lacks().is_none() && raw::check_within(text, depth).is_ok()).then_some(resource)
}

struct Sieve<R> {
    input: R,
    /// What was read of the input; `at` to `end` of it is still to be looked at.
    window: Vec<u8>,
    at: usize,
    end: usize,
    /// What is kept.
    kept: Vec<u8>,
    /// What is left out and not sent yet, to be looked at by another thread.
    batch: Batch,
    sender: mpsc::SyncSender<Batch>,
    has_left_out_prior: bool,
}

impl<R: Read> Sieve<R> {
    fn plan(&mut self) -> io::Result<()> {
        let mut is_begun = false;
        self.object(&mut |sieve, name| {
            // Terraform writes this first; of what begins otherwise it has to be found out whether it is a log.
            if !std::mem::replace(&mut is_begun, true) && name != b"format_version" {
                return Err(not_as_written());
            }
            match name {
                b"planned_values" => sieve.values(Section::Planned),
                b"prior_state" => sieve.object(&mut |sieve, name| match name {
                    b"values" => sieve.values(Section::Prior),
                    _ => sieve.copy(),
                }),
                _ => sieve.copy(),
            }
        })?;
        self.send()?;
        // What follows is said to be ignored, or is why it is refused.
        match self.next_byte()? {
            None => Ok(()),
            Some(_) => Err(not_as_written()),
        }
    }

    fn values(&mut self, section: Section) -> io::Result<()> {
        self.object(&mut |sieve, name| match name {
            b"root_module" => sieve.module(section, 3),
            _ => sieve.copy(),
        })
    }

    /// A module in so many lists and objects.
    fn module(&mut self, section: Section, depth: usize) -> io::Result<()> {
        if depth > raw::MAX_DEPTH {
            return Err(not_as_written());
        }
        self.object(&mut |sieve, name| match name {
            b"resources" => sieve.items(b'[', b']', &mut |sieve| sieve.resource(section, depth + 2)),
            b"child_modules" => sieve.items(b'[', b']', &mut |sieve| {
                sieve.separate();
                sieve.module(section, depth + 2)
            }),
            _ => sieve.copy(),
        })
    }

    /// Leaves a resource out where it is repeated.
    fn resource(&mut self, section: Section, depth: usize) -> io::Result<()> {
        let length = self.value()?;
        let text = &self.window[self.at..self.at + length];
        let is_left_out = if section == Section::Planned || is_managed(text) {
            self.batch.text.extend_from_slice(text);
            self.batch.ends.push((self.batch.text.len(), depth, section));
            true
        } else {
            read(text, depth).ok_or_else(not_as_written)?.mode != Mode::Data
        };
        self.has_left_out_prior |= is_left_out && section == Section::Prior;
        if !is_left_out {
            self.separate();
            self.kept.extend_from_slice(&self.window[self.at..self.at + length]);
        }
        self.at += length;
        match self.batch.text.len() < WINDOW {
            true => Ok(()),
            false => self.send(),
        }
    }

    /// Hands on what is to be looked at; where the other thread has seen a fault, it has ended.
    fn send(&mut self) -> io::Result<()> {
        let batch = std::mem::take(&mut self.batch);
        self.sender.send(batch).map_err(|_| not_as_written())
    }

    /// Writes a comma, but after the beginning of a list or an object.
    fn separate(&mut self) {
        if !self.kept.ends_with(b"[") && !self.kept.ends_with(b"{") {
            self.kept.push(b',');
        }
    }

    /// Keeps an object, of whose members each is what `member` keeps of it; what is none as it is.
    fn object(&mut self, member: &mut dyn FnMut(&mut Self, &[u8]) -> io::Result<()>) -> io::Result<()> {
        self.items(b'{', b'}', &mut |sieve| {
            if sieve.next_byte()? != Some(b'"') {
                return Err(not_as_written());
            }
            sieve.separate();
            let length = sieve.value()?;
            let name = sieve.window[sieve.at..sieve.at + length].to_vec();
            sieve.at += length;
            sieve.kept.extend_from_slice(&name);
            sieve.expect(b':')?;
            member(sieve, &name[1..name.len() - 1])
        })
    }

    /// Keeps a list or an object, of which `item` keeps what it keeps of each element or member; what is none as it is.
    fn items(&mut self, open: u8, close: u8, item: &mut dyn FnMut(&mut Self) -> io::Result<()>) -> io::Result<()> {
        if self.next_byte()? != Some(open) {
            return self.copy();
        }
        self.expect(open)?;
        if self.next_byte()? != Some(close) {
            loop {
                item(self)?;
                match self.next_byte()? {
                    Some(b',') => self.at += 1,
                    Some(byte) if byte == close => break,
                    _ => return Err(not_as_written()),
                }
            }
        }
        self.expect(close)
    }

    /// Keeps a value as it is.
    fn copy(&mut self) -> io::Result<()> {
        self.next_byte()?;
        let mut scan = Scan::default();
        loop {
            let rest = &self.window[self.at..self.end];
            let found = scan.end_in(rest);
            let length = found.unwrap_or(rest.len());
            self.kept.extend_from_slice(&rest[..length]);
            self.at += length;
            if found.is_some() {
                return Ok(());
            }
            self.go_on()?;
        }
    }

    /// Waits until the value that begins here is all in the window, and tells its length.
    fn value(&mut self) -> io::Result<usize> {
        self.next_byte()?;
        let mut scan = Scan::default();
        let mut seen = 0;
        loop {
            let rest = &self.window[self.at + seen..self.end];
            if let Some(length) = scan.end_in(rest) {
                return Ok(seen + length);
            }
            seen += rest.len();
            self.go_on()?;
        }
    }

    /// Keeps a byte that has to come next.
    fn expect(&mut self, byte: u8) -> io::Result<()> {
        if self.next_byte()? != Some(byte) {
            return Err(not_as_written());
        }
        self.at += 1;
        self.kept.push(byte);
        Ok(())
    }

    /// The next byte that is no blank; none at the end.
    fn next_byte(&mut self) -> io::Result<Option<u8>> {
        loop {
            while let Some(byte) = self.window[..self.end].get(self.at) {
                if !matches!(byte, b' ' | b'\n' | b'\r' | b'\t') {
                    return Ok(Some(*byte));
                }
                self.at += 1;
            }
            if !self.fill()? {
                return Ok(None);
            }
        }
    }

    /// Reads more into the window; tells whether there was more.
    fn fill(&mut self) -> io::Result<bool> {
        self.window.copy_within(self.at..self.end, 0);
        self.end -= self.at;
        self.at = 0;
        if self.end == self.window.len() {
            self.window.resize(self.end * 2, 0);
        }
        loop {
            match self.input.read(&mut self.window[self.end..]) {
                Ok(length) => {
                    self.end += length;
                    return Ok(length > 0);
                }
                Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
                Err(error) => return Err(error),
            }
        }
    }

    /// As [`Sieve::fill`], where the file must not end.
    fn go_on(&mut self) -> io::Result<()> {
        self.fill()?.then_some(()).ok_or_else(not_as_written)
    }
}

/// Where a value ends; that it is one is found out by who reads it.
#[derive(Default)]
struct Scan {
    has_begun: bool,
    /// How many lists and objects are open.
    depth: usize,
    is_text: bool,
    is_escaped: bool,
}

impl Scan {
    /// Goes on with the next bytes; tells how many of them are of the value where it ends among them.
    fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
        let mut at = 0;
        while let Some(byte) = bytes.get(at) {
            if self.is_text {
                if self.is_escaped {
                    self.is_escaped = false;
                    at += 1;
                    continue;
                }
                at += raw::quote_or_escape(&bytes[at..])? + 1;
                if bytes[at - 1] == b'\\' {
                    self.is_escaped = true;
                    continue;
                }
                self.is_text = false;
                if self.depth == 0 {
                    return Some(at);
                }
                continue;
            }
            match byte {
                b'"' => self.is_text = true,
                b'{' | b'[' => self.depth += 1,
                b'}' | b']' if self.depth == 0 => return Some(at),
                b'}' | b']' => {
                    self.depth -= 1;
                    if self.depth == 0 {
                        return Some(at + 1);
                    }
                }
                b',' | b' ' | b'\n' | b'\r' | b'\t' if self.depth == 0 && self.has_begun => return Some(at),
                _ => {}
            }
            self.has_begun = true;
            at += 1;
        }
        None
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use std::path::Path;

    use super::*;
    use crate::model::{self, State};

    /// Gives a few bytes at a time.
    struct Drops<'t>(&'t [u8], usize);

    impl Read for Drops<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let length = self.1.min(into.len()).min(self.0.len());
            into[..length].copy_from_slice(&self.0[..length]);
            self.0 = &self.0[length..];
            Ok(length)
        }
    }

    fn sifted(text: &str) -> Option<Sifted> {
        Sifted::read(text.as_bytes(), text.len())
    }

    fn is_sifted(text: &str) -> bool {
        sifted(text).is_some_and(|sifted| sifted.plan().is_some())
    }

    fn models(plan: &Plan) -> [String; 2] {
        [State::After, State::Before].map(|state| serde_json::to_string(&model::build(plan, state, None)).unwrap())
    }

    #[test]
    fn a_sifted_plan_has_the_model_of_the_whole_one() {
        let own = ["policies", "testdata"].map(|folder| Path::new(env!("CARGO_MANIFEST_DIR")).join(folder));
        let beside = ["plans", "stacks"].into_iter().filter_map(crate::beside::folder);
        let folders = own.into_iter().chain(beside);
        let plans = folders.flat_map(|folder| crate::beside::json_below(&folder, 2_000_000));
        let (mut whole, mut alike) = (0, 0);
        for path in plans {
            let Ok(text) = std::fs::read_to_string(&path) else {
                continue;
            };
            let parsed = super::super::decode(text.clone().into_bytes()).ok();
            let parsed = parsed
                .as_ref()
                .and_then(|decoded| super::super::parse(&decoded.text).ok());
            let sifted = sifted(&text);
            let plan = sifted.as_ref().and_then(Sifted::plan);
            match (parsed, plan) {
                (None, Some(_)) => panic!("{}: it is sifted, and cannot be read", path.display()),
                (Some(parsed), Some(plan)) => {
                    assert!(models(&parsed) == models(&plan), "{}", path.display());
                    assert_eq!(parsed.notes, plan.notes, "{}", path.display());
                    alike += 1;
                }
                (Some(_), None) => whole += 1,
                (None, None) => {}
            }
        }
        assert!(alike > 20 * whole, "{alike} are sifted and {whole} are not");
    }

    const PLAN: &str = r#"{
        "format_version": "1.2", "terraform_version": "1.11.4",
        "planned_values": {"outputs": {"o": {"sensitive": false}}, "root_module": {
            "resources": [{"address": "a_b.c", "type": "a_b", "name": "c", "values": {"x": "}\"]\\"}, "sensitive_values": {}}],
            "child_modules": [{"address": "module.m", "resources": [
                {"address": "module.m.a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {"n": 1, "s": "\u00e9"}}
            ]}]
        }},
        "resource_changes": [
            {"address": "a_b.c", "type": "a_b", "name": "c", "change": {"actions": ["create"], "after": {"x": "}\"]\\"}}},
            {"address": "module.m.a_b.c", "module_address": "module.m", "type": "a_b", "name": "c",
             "change": {"actions": ["no-op"], "before": {"n": 1}, "after": {"n": 1}}}
        ],
        "prior_state": {"format_version": "1.0", "values": {"root_module": {"resources": [
            {"address": "module.m.a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {"n": 1}},
            {"address": "data.a_b.d", "mode": "data", "type": "a_b", "name": "d", "values": {"n": 2}},
            {"address": "data.a_b.e", "mode": "data", "type": "a_b", "name": "e", "values": {"n": 3}}
        ]}}}
    }
"#;

    #[test]
    fn what_is_repeated_is_left_out() {
        let all = sifted(PLAN).unwrap();
        for bytes in [1, 7, 100] {
            let drops = Sifted::read(Drops(PLAN.as_bytes(), bytes), 0).unwrap();
            assert_eq!(drops.text, all.text);
        }
        let plan = all.plan().unwrap();
        let planned = &plan.planned_values.as_ref().unwrap().root_module;
        assert!(planned.resources.is_empty() && planned.child_modules[0].resources.is_empty());
        let prior = plan.prior_state.as_ref().unwrap().values.as_ref().unwrap();
        let prior: Vec<&str> = prior
            .root_module
            .resources
            .iter()
            .map(|resource| &*resource.address)
            .collect();
        assert_eq!(prior, ["data.a_b.d", "data.a_b.e"]);
        assert_eq!(models(&plan), models(&super::super::parse(PLAN).unwrap()));
    }

    #[test]
    fn what_no_change_repeats_is_read_whole() {
        for (from, to) in [
            // Another address, an object that was replaced, a kind of block that is not known, and one that is gone.
            (
                r#""address": "a_b.c", "type": "a_b", "name": "c", "change""#,
                r#""address": "a_b.d", "type": "a_b", "name": "d", "change""#,
            ),
            (r#""name": "c", "change""#, r#""name": "c", "deposed": "00", "change""#),
            (r#""name": "c", "change""#, r#""name": "c", "mode": "other", "change""#),
            (r#""actions": ["create"], "after""#, r#""actions": ["delete"], "after""#),
        ] {
            let text = PLAN.replacen(from, to, 1);
            assert!(text != PLAN && !is_sifted(&text), "{to}");
        }
        let no_changes = r#"{"format_version": "1.2", "prior_state": {"values": {"root_module": {"resources": [
            {"address": "a_b.c", "mode": "managed", "type": "a_b", "name": "c", "values": {}}
        ]}}, "planned_values": {}}"#;
        assert!(!is_sifted(no_changes));
    }

    #[test]
    fn a_file_with_a_fault_is_read_whole() {
        for end in (0..PLAN.trim_end().len()).filter(|end| PLAN.is_char_boundary(*end)) {
            assert!(!is_sifted(&PLAN[..end]), "cut at {end}");
        }
        let deep = format!("{}1{}", "[".repeat(130), "]".repeat(130));
        for (from, to) in [
            ("\"n\": 1, \"s\"", "\"n\": 1e999, \"s\""),
            ("\"n\": 1, \"s\"", "\"n\": 01, \"s\""),
            ("\"n\": 1, \"s\"", &format!("\"n\": {deep}, \"s\"")),
            ("\\u00e9", "\\ud800"),
            (
                "\"address\": \"a_b.c\", \"type\": \"a_b\", \"name\": \"c\", \"values\"",
                "\"name\": \"c\", \"values\"",
            ),
            ("\"values\": {\"n\": 1}}", "\"values\": [1]}"),
            ("\"resource_changes\"", "\"planned_values\": {}, \"resource_changes\""),
            ("\"1.2\"", "\"9.0\""),
            (
                "\"format_version\"",
                "\"@level\": \"info\", \"@message\": \"\", \"format_version\"",
            ),
            ("{\n        \"format", "Terraform says\n{\n        \"format"),
            ("]}}}\n    }\n", "]}}}\n    }\nand more"),
            ("]}}}\n    }\n", "]}}}\n    }}"),
            ("[{\"address\": \"a_b.c\"", "[,{\"address\": \"a_b.c\""),
            ("{\"outputs\"", "{,\"outputs\""),
            // A data source that is taken for a managed resource at first.
            ("{\"n\": 2}", "{\"mode\":\"managed\"}"),
        ] {
            let text = PLAN.replacen(from, to, 1);
            assert!(text != PLAN && !is_sifted(&text), "{to}");
        }
        let mut bytes = PLAN.replacen("\"s\": \"", "\"s\": \"#", 1).into_bytes();
        let place = bytes.iter().position(|byte| *byte == b'#').unwrap();
        bytes[place] = 0xFF;
        assert!(Sifted::read(&*bytes, 0).is_none());
    }
}
