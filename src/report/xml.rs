//! Text as XML 1.0 can hold it.

use std::fmt::{self, Display, Formatter, Write};

/// The text escaped, for an element or an attribute; what XML has no letter for is `\u{fffd}`.
pub(super) struct Escaped<'a>(pub(super) &'a str);

impl Display for Escaped<'_> {
    fn fmt(&self, formatter: &mut Formatter) -> fmt::Result {
        for letter in self.0.chars() {
            match letter {
                '&' => formatter.write_str("&amp;")?,
                '<' => formatter.write_str("&lt;")?,
                '>' => formatter.write_str("&gt;")?,
                '"' => formatter.write_str("&quot;")?,
                '\'' => formatter.write_str("&#39;")?,
                // An attribute would turn them into blanks.
                '\n' => formatter.write_str("&#10;")?,
                '\r' => formatter.write_str("&#13;")?,
                '\t' => formatter.write_str("&#9;")?,
                letter if letter.is_control() || matches!(letter, '\u{fffe}' | '\u{ffff}') => {
                    formatter.write_char('\u{fffd}')?;
                }
                letter => formatter.write_char(letter)?,
            }
        }
        Ok(())
    }
}
