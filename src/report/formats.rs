//! The formats of a report, by name. A new one is a file beside this with `render`, and a line here.

use super::{Options, Report, json};

/// A format that a report can be written in.
#[derive(Debug)]
pub struct Format {
    /// How it is asked for.
    pub name: &'static str,
    /// What it is for, in a few words.
    pub about: &'static str,
    /// Writes the report.
    pub render: fn(&Report, &Options) -> Vec<u8>,
}

/// Every format, in the order in which they are told.
pub const FORMATS: &[Format] = &[
    #[cfg(feature = "cli")]
    format("table", "for people", super::table::render),
    format("json", "the whole report, for machines", json::render),
];

const fn format(name: &'static str, about: &'static str, render: fn(&Report, &Options) -> Vec<u8>) -> Format {
    Format { name, about, render }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn names_are_words_and_no_two_are_the_same() {
        let names: BTreeSet<_> = FORMATS.iter().map(|format| format.name).collect();
        assert_eq!(names.len(), FORMATS.len());
        let is_plain = |letter: char| letter.is_ascii_lowercase() || letter == '-';
        assert!(names.iter().all(|name| name.chars().all(is_plain)), "{names:?}");
    }
}
