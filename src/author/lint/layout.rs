//! How a file of Rego is laid out: the little that every reader and `opa fmt` agree on.

use super::Fault;
use crate::pack::Source;

/// The longest line, in characters.
const MOST: usize = 120;

/// What is wrong with a file's layout.
pub(super) fn faults(source: &Source) -> Vec<Fault> {
    let (path, text) = (&source.path, &*source.text);
    let mut faults = Vec::new();
    let mut at = 0;
    let mut blank = 0;
    let raw = has_raw_lines(text);
    for (index, line) in text.split_inclusive('\n').enumerate() {
        let content = line.trim_end_matches(['\n', '\r']);
        let mut say = |lint, byte: usize, message: &str| {
            faults.push(Fault::at(lint, path, text, at + byte, message.to_owned()));
        };
        if let Some((byte, _)) = content.char_indices().nth(MOST) {
            say("long-line", byte, "is longer than 120 columns: break it");
        }
        if !raw {
            let trimmed = content.trim_end();
            if trimmed.len() < content.len() {
                say(
                    "trailing-blanks",
                    trimmed.len(),
                    "ends in blanks: remove them, or run `plangate lint --fix`",
                );
            }
            let indent = content.len() - content.trim_start().len();
            if !content.trim().is_empty() && content[..indent].contains(' ') {
                say(
                    "indentation",
                    0,
                    "is indented by blanks: use tabs, as `opa fmt` does, or run `plangate lint --fix`",
                );
            }
            if line.ends_with("\r\n") {
                say(
                    "line-end",
                    content.len(),
                    "ends as on Windows: run `plangate lint --fix`",
                );
            }
            blank = if content.trim().is_empty() { blank + 1 } else { 0 };
            if blank == 2 {
                say(
                    "blank-lines",
                    0,
                    "is a second blank line: one is enough; `plangate lint --fix` takes it out",
                );
            }
            if !line.ends_with('\n') {
                say("line-end", content.len(), "has no line end: run `plangate lint --fix`");
            }
            if content.trim().is_empty() && (index == 0 || at + line.len() == text.len()) && blank < 2 {
                say(
                    "blank-lines",
                    0,
                    "is blank at the file's begin or end: `plangate lint --fix` takes it out",
                );
            }
        }
        at += line.len();
    }
    faults
}

/// The text laid out as it is to be, but for long lines; the same where nothing is wrong.
pub fn mended(text: &str) -> String {
    if has_raw_lines(text) {
        return text.to_owned();
    }
    let mut mended = String::with_capacity(text.len());
    let mut blank = true;
    for line in text.lines() {
        let content = line.trim();
        if content.is_empty() {
            blank = blank || {
                mended.push('\n');
                true
            };
            continue;
        }
        blank = false;
        let indent = &line[..line.len() - line.trim_start().len()];
        // Two or four blanks are one step, whichever the file has.
        let step = if text
            .lines()
            .any(|line| line.starts_with("  ") && !line.starts_with("    "))
        {
            2
        } else {
            4
        };
        let blanks = indent.chars().filter(|c| *c == ' ').count();
        let tabs = indent.chars().filter(|c| *c == '\t').count();
        mended.extend(std::iter::repeat_n('\t', tabs + blanks.div_ceil(step)));
        mended.push_str(content);
        mended.push('\n');
    }
    while mended.ends_with("\n\n") {
        mended.pop();
    }
    mended
}

/// Whether a string may go over lines, so that blanks in it count.
fn has_raw_lines(text: &str) -> bool {
    let is_comment = |line: &&str| line.trim_start().starts_with('#');
    let opens = |line: &str| !line.matches('`').count().is_multiple_of(2);
    text.lines().any(|line| !is_comment(&line) && opens(line))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_mended_has_no_faults_and_stays_as_it_is() {
        let text = "package a  \r\n\n\n\nx if {\n    true\n\ty := 1 \n}\n\n";
        let mended = mended(text);
        assert_eq!(mended, "package a\n\nx if {\n\ttrue\n\ty := 1\n}\n");
        let source = |text: &str| Source {
            path: "a.rego".to_owned(),
            text: text.to_owned().into(),
        };
        assert_eq!(faults(&source(&mended)), []);
        assert!(faults(&source(text)).len() > 5);
        let raw = "x := `a  \n  b`\n";
        assert_eq!(super::mended(raw), raw);
    }
}
