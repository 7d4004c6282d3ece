//! A large plan without the resources that it repeats.
//!
//! `planned_values` and `prior_state` show most resources that `resource_changes` has, too, and a third to a half of a
//! plan's bytes is that. Those are left out while the file is read, so that they are neither held nor read twice, and so
//! is what nobody asks for of the values that change. What is left out has to be well formed, and no more is asked of what
//! nobody reads; a file with any other fault is read whole, by [`parse`](super::parse), which explains it.

mod look;
mod scan;
mod written;

use std::collections::HashSet;
use std::io::{self, Read};
use std::sync::mpsc;
use std::thread;

use look::{Batch, Section, Seen};
use scan::Scan;
use written::Written;

use super::format::{Mode, Plan, StateResource};
use super::raw;

/// So much of a file is looked at together; a longer resource is waited for.
const WINDOW: usize = 1 << 18;

/// So many batches of resources wait to be looked at.
const BATCHES: usize = 4;

/// What is kept of the values of a managed resource that changes.
#[derive(Clone, Copy, Debug)]
pub enum Kept<'k> {
    /// All of them.
    All,
    /// Those of these names.
    Named(&'k HashSet<Box<str>>),
    /// None.
    Nothing,
}

/// A plan's text, without the resources that it repeats.
pub struct Sifted {
    text: Written,
    /// The addresses of the planned resources that were left out: each has a change.
    planned: HashSet<Box<str>>,
    /// Whether managed resources of the state before were left out: there are changes.
    has_left_out_prior: bool,
}

impl Sifted {
    /// Reads a plan as Terraform writes it, of about so many bytes; none where it has to be read whole, as where the input
    /// cannot be read. `kept` tells by its type what is kept of a resource that changes; without it, all is.
    pub fn read<'k>(input: impl Read, size: usize, kept: Option<&(dyn Fn(&str) -> Kept<'k> + Sync)>) -> Option<Self> {
        thread::scope(|scope| {
            let (sender, batches) = mpsc::sync_channel(BATCHES);
            // Where all is kept, there is nothing that it writes.
            let room = kept.map_or(0, |_| size);
            let look = move || Seen::of(batches, kept.unwrap_or(&|_| Kept::All), room);
            let seen = thread::Builder::new().spawn_scoped(scope, look).ok()?;
            let mut sieve = Sieve {
                input,
                window: vec![0; WINDOW],
                at: 0,
                end: 0,
                kept: Written::with_room(size),
                batch: Batch::default(),
                sender,
                has_left_out_prior: false,
                narrows: kept.is_some(),
                has_changes: false,
            };
            sieve.plan().ok()?;
            let (rest, has_left_out_prior) = (
                std::mem::replace(&mut sieve.kept, Written::with_room(0)),
                sieve.has_left_out_prior,
            );
            // The thread ends when there is no sender left.
            drop(sieve);
            let seen = seen.join().ok()??;
            let mut text = seen.text;
            match text.is_empty() {
                true => text = rest,
                false => text.extend_from_slice(rest.bytes()),
            }
            Some(Sifted {
                text,
                planned: seen.planned,
                has_left_out_prior,
            })
        })
    }

    /// The plan, as far as the model of it goes; none where it has to be read whole.
    pub fn plan(&mut self) -> Option<Plan<'_>> {
        let Sifted { text, planned, .. } = self;
        let plan = super::parse(std::str::from_utf8(text.bytes()).ok()?).ok()?;
        // As the model has it: what has such a change is not looked for elsewhere.
        let changed = plan.resource_changes.iter().filter(|change| {
            matches!(change.mode, Mode::Managed | Mode::Data)
                && !change.is_deposed()
                && (!change.is_gone() || change.change.before.is_some())
        });
        // What has been found there need not be asked for again.
        for change in changed {
            planned.remove(&*change.address);
        }
        if !planned.is_empty() || (self.has_left_out_prior && plan.resource_changes.is_empty()) {
            return None;
        }
        Some(plan)
    }
}

/// Where it is no plan as Terraform writes it, the sieve stops.
fn not_as_written() -> io::Error {
    io::ErrorKind::InvalidData.into()
}

/// Whether a resource seems to be a managed one.
fn is_managed(text: &[u8]) -> bool {
    memchr::memmem::find(text, b"\"mode\":\"managed\"").is_some()
}

struct Sieve<R> {
    input: R,
    /// What was read of the input; `at` to `end` of it is still to be looked at.
    window: Vec<u8>,
    at: usize,
    end: usize,
    /// What is kept.
    kept: Written,
    /// What is left out and not sent yet, to be looked at by another thread.
    batch: Batch,
    sender: mpsc::SyncSender<Batch>,
    has_left_out_prior: bool,
    /// Whether the other thread finds out what is kept of the changes.
    narrows: bool,
    /// Whether there were any, in a section of their own.
    has_changes: bool,
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
                b"resource_changes" if sieve.narrows => sieve.changes(),
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

    fn changes(&mut self) -> io::Result<()> {
        if std::mem::replace(&mut self.has_changes, true) {
            return Err(not_as_written());
        }
        let mut is_first = true;
        self.items(b'[', b']', &mut |sieve| {
            if std::mem::take(&mut is_first) {
                // The other thread goes on behind what is kept so far.
                sieve.batch.text.extend_from_slice(sieve.kept.bytes());
                sieve.kept.clear();
                sieve.batch.ends.push((sieve.batch.text.len(), Section::Begun));
            }
            let length = sieve.value()?;
            sieve.put_off(length, Section::Changes)
        })
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
            b"resources" => sieve.items(b'[', b']', &mut |sieve| sieve.resource(section)),
            b"child_modules" => sieve.items(b'[', b']', &mut |sieve| {
                sieve.separate();
                sieve.module(section, depth + 2)
            }),
            _ => sieve.copy(),
        })
    }

    /// Leaves a resource out where it is repeated.
    fn resource(&mut self, section: Section) -> io::Result<()> {
        let length = self.value()?;
        let text = &self.window[self.at..self.at + length];
        if section == Section::Planned || is_managed(text) {
            self.has_left_out_prior |= section == Section::Prior;
            return self.put_off(length, section);
        }
        let (_, resource) = look::read::<StateResource>(text).ok_or_else(not_as_written)?;
        if resource.mode == Mode::Data {
            self.separate();
            self.kept.extend_from_slice(&self.window[self.at..self.at + length]);
        } else {
            self.has_left_out_prior |= section == Section::Prior;
        }
        self.at += length;
        Ok(())
    }

    /// Leaves what comes next, of so many bytes, to the other thread.
    fn put_off(&mut self, length: usize, section: Section) -> io::Result<()> {
        let end = self.at + length;
        self.batch.text.extend_from_slice(&self.window[self.at..end]);
        self.batch.ends.push((self.batch.text.len(), section));
        self.at = end;
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

#[cfg(test)]
mod tests;
