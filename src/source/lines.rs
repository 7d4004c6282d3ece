//! Where in a file a byte stands.

/// The places of a text's line breaks.
pub(super) struct Lines {
    breaks: Vec<usize>,
    first: usize,
}

impl Lines {
    /// Those of a whole file.
    pub(super) fn of(text: &str) -> Self {
        let breaks = text
            .bytes()
            .enumerate()
            .filter(|(_, byte)| *byte == b'\n')
            .map(|(at, _)| at)
            .collect();
        Lines { breaks, first: 1 }
    }

    /// Those of a text that stands on one line of a file.
    pub(super) fn one(line: usize) -> Self {
        Lines {
            breaks: Vec::new(),
            first: line,
        }
    }

    /// The line of the byte at that offset, from 1.
    pub(super) fn line(&self, offset: usize) -> usize {
        self.breaks.partition_point(|at| *at < offset) + self.first
    }
}
