//! Where a value of JSON ends.

use crate::plan::raw;

/// Where a value ends; that it is one is found out by who reads it.
#[derive(Default)]
pub(super) struct Scan {
    has_begun: bool,
    /// How many lists and objects are open.
    depth: usize,
    is_text: bool,
    is_escaped: bool,
}

impl Scan {
    /// Goes on with the next bytes; tells how many of them are of the value where it ends among them.
    pub(super) fn end_in(&mut self, bytes: &[u8]) -> Option<usize> {
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
