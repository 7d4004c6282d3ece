//! The other thread's part: it looks at the resources and changes that are not simply kept.

use std::collections::HashSet;
use std::fmt;
use std::sync::mpsc;

use serde::de::{Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::Kept;
use super::written::Written;
use crate::plan::format::{Complete, Mode, Object, ResourceChange, StateResource, Text};

/// The section that a resource or a change is in.
#[derive(Clone, Copy, PartialEq)]
pub(super) enum Section {
    Planned,
    Prior,
    Changes,
    /// What is kept before the first change.
    Begun,
}

/// Resources that were left out, and changes of which a part may be, to be looked at.
#[derive(Default)]
pub(super) struct Batch {
    pub(super) text: Vec<u8>,
    /// Where each ends, and in which section it is.
    pub(super) ends: Vec<(usize, Section)>,
}

/// What was seen of them.
pub(super) struct Seen {
    /// The addresses of the planned resources.
    pub(super) planned: HashSet<Box<str>>,
    /// What was begun, and the changes with what is kept of each.
    pub(super) text: Written,
}

impl Seen {
    /// Looks at all batches; none where something cannot be read. There is room for so many bytes of changes.
    pub(super) fn of<'k>(batches: mpsc::Receiver<Batch>, kept: &dyn Fn(&str) -> Kept<'k>, room: usize) -> Option<Self> {
        let mut seen = Seen {
            planned: HashSet::new(),
            text: Written::with_room(room),
        };
        for batch in batches {
            let mut begin = 0;
            for (end, section) in batch.ends {
                seen.look(&batch.text[begin..end], section, kept)?;
                begin = end;
            }
        }
        Some(seen)
    }

    fn look<'k>(&mut self, text: &[u8], section: Section, kept: &dyn Fn(&str) -> Kept<'k>) -> Option<()> {
        match section {
            Section::Begun => self.text.extend_from_slice(text),
            Section::Changes => {
                let (text, change) = read::<ResourceChange>(text)?;
                if !self.text.ends_with(b"[") {
                    self.text.push(b',');
                }
                let kept = match change.mode {
                    Mode::Managed => kept(&change.resource_type),
                    _ => Kept::All,
                };
                narrow(text, &change, kept, &mut self.text)?;
            }
            Section::Planned => {
                let (_, resource) = read::<StateResource>(text)?;
                if matches!(resource.mode, Mode::Managed | Mode::Data) {
                    self.planned.insert((*resource.address).into());
                }
            }
            Section::Prior => {
                let (_, resource) = read::<StateResource>(text)?;
                // It was taken for a managed one.
                if resource.mode == Mode::Data {
                    return None;
                }
            }
        }
        Some(())
    }
}

/// A resource or a change with its text; none where it lacks what one has. Its values are only known to be well formed.
pub(super) fn read<'t, T: Complete + serde::Deserialize<'t>>(text: &'t [u8]) -> Option<(&'t str, T)> {
    let text = std::str::from_utf8(text).ok()?;
    let Object(read) = serde_json::from_str::<Object<T>>(text).ok()?;
    read.lacks().is_none().then_some((text, read))
}

/// Writes a managed resource's change with no more of its values than is kept.
fn narrow(text: &str, change: &ResourceChange, kept: Kept<'_>, into: &mut Written) -> Option<()> {
    let names = match kept {
        Kept::All => {
            into.extend_from_slice(text.as_bytes());
            return Some(());
        }
        Kept::Named(names) => Some(names),
        Kept::Nothing => None,
    };
    let change = &change.change;
    let values = [change.before, change.after, change.after_unknown];
    // Marks of one member also hide others, as those of `tags` do, so they go only where no value is left.
    let marks = [change.before_sensitive, change.after_sensitive];
    let marks = marks.into_iter().filter(|_| names.is_none());
    let objects = values.into_iter().chain(marks).flatten();
    let mut objects: Vec<&RawValue> = objects.filter(|raw| raw.get().starts_with('{')).collect();
    let place = |raw: &RawValue| raw.get().as_ptr().addr() - text.as_ptr().addr();
    objects.sort_by_key(|raw| place(raw));
    let mut at = 0;
    for raw in objects {
        into.extend_from_slice(&text.as_bytes()[at..place(raw)]);
        at = place(raw) + raw.get().len();
        match names {
            Some(names) => {
                let members = KeptMembers { names, into };
                let mut object = serde_json::Deserializer::from_str(raw.get());
                object.deserialize_map(members).ok()?;
            }
            None => into.extend_from_slice(b"{}"),
        }
    }
    into.extend_from_slice(&text.as_bytes()[at..]);
    Some(())
}

/// Writes an object with those of its members that have these names.
struct KeptMembers<'k> {
    names: &'k HashSet<Box<str>>,
    into: &'k mut Written,
}

impl<'de> Visitor<'de> for KeptMembers<'_> {
    type Value = ();

    fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
        formatter.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<(), A::Error> {
        self.into.push(b'{');
        while let Some(name) = object.next_key::<Text>()? {
            if !self.names.contains(name.as_str()) {
                object.next_value::<IgnoredAny>()?;
                continue;
            }
            if !self.into.ends_with(b"{") {
                self.into.push(b',');
            }
            serde_json::to_writer(&mut *self.into, name.as_str()).map_err(serde::de::Error::custom)?;
            self.into.push(b':');
            let value: &RawValue = object.next_value()?;
            self.into.extend_from_slice(value.get().as_bytes());
        }
        self.into.push(b'}');
        Ok(())
    }
}
