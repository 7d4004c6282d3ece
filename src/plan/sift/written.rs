//! A plan's text while it is written: a large part of what a check holds at once, and let go before the policies judge.

use std::io;

use memmap2::MmapMut;

/// Bytes that are written one after the other, in memory that the system gets back when they are dropped. An allocator
/// would keep it for more of its kind, of which there is none.
pub(super) struct Written {
    room: Room,
    length: usize,
}

enum Room {
    Mapped(MmapMut),
    /// Where the system maps no memory, or none is asked for.
    Allocated(Vec<u8>),
}

impl Written {
    /// With room for so many bytes; room that is not written to takes no memory.
    pub(super) fn with_room(size: usize) -> Self {
        let mapped = (size > 0).then(|| MmapMut::map_anon(size));
        Written {
            room: match mapped {
                Some(Ok(mapped)) => Room::Mapped(mapped),
                _ => Room::Allocated(Vec::new()),
            },
            length: 0,
        }
    }

    /// What was written.
    pub(super) fn bytes(&self) -> &[u8] {
        let room = match &self.room {
            Room::Mapped(mapped) => &mapped[..],
            Room::Allocated(allocated) => allocated,
        };
        &room[..self.length]
    }

    /// Writes more; a text that outgrows its room gets another.
    pub(super) fn extend_from_slice(&mut self, more: &[u8]) {
        let end = self.length + more.len();
        if end > self.room.as_mut().len() {
            let mut larger = Written::with_room(end * 2);
            if let Room::Allocated(allocated) = &mut larger.room {
                allocated.resize(end * 2, 0);
            }
            larger.room.as_mut()[..self.length].copy_from_slice(self.bytes());
            self.room = larger.room;
        }
        self.room.as_mut()[self.length..end].copy_from_slice(more);
        self.length = end;
    }

    pub(super) fn push(&mut self, byte: u8) {
        self.extend_from_slice(&[byte]);
    }

    pub(super) fn ends_with(&self, end: &[u8]) -> bool {
        self.bytes().ends_with(end)
    }

    pub(super) fn is_empty(&self) -> bool {
        self.length == 0
    }

    /// Forgets what was written.
    pub(super) fn clear(&mut self) {
        self.length = 0;
    }
}

impl io::Write for Written {
    fn write(&mut self, more: &[u8]) -> io::Result<usize> {
        self.extend_from_slice(more);
        Ok(more.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl Room {
    fn as_mut(&mut self) -> &mut [u8] {
        match self {
            Room::Mapped(mapped) => mapped,
            Room::Allocated(allocated) => allocated,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_is_what_was_written_whatever_room_it_had() {
        for room in [0, 1, 5, 1 << 20] {
            let mut text = Written::with_room(room);
            assert!(text.is_empty());
            for word in ["[", "", "aws_s3_bucket"] {
                text.extend_from_slice(word.as_bytes());
            }
            text.push(b']');
            assert_eq!(text.bytes(), b"[aws_s3_bucket]", "{room}");
            assert!(text.ends_with(b"t]"));
            text.clear();
            text.push(b'{');
            assert_eq!(text.bytes(), b"{", "{room}");
        }
    }
}
