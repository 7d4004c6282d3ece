//! Comments of a configuration that are meant for somebody, and the blocks that they stand above or in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use super::Source;

/// A comment that begins with a mark.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The file, relative to the root folder.
    pub file: Arc<str>,
    /// The line that it stands on, from 1.
    pub line: usize,
    /// What follows the mark.
    pub text: String,
    /// The line of the block that it stands above or in; `None` where there is none.
    pub block: Option<usize>,
}

impl Source {
    /// The comments, `#` or `//`, that begin with a mark, sorted by file and line.
    ///
    /// One that is followed by a block, with nothing but comments between, is for that; one on a line that is indented, or
    /// behind something else, is for the block that it stands in. A file that has gone since it was read has none.
    pub fn comments(&self, mark: &str) -> Vec<Comment> {
        let mut blocks: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        for module in self.modules() {
            for block in module.blocks() {
                blocks.entry(block.file()).or_default().insert(block.line());
            }
        }
        let mut comments = Vec::new();
        for (file, blocks) in blocks {
            let Ok(text) = fs::read_to_string(self.folder().join(file)) else {
                continue;
            };
            if text.contains(mark) {
                of_file(&Arc::from(file), &text, &blocks, mark, &mut comments);
            }
        }
        comments
    }
}

fn of_file(file: &Arc<str>, text: &str, blocks: &BTreeSet<usize>, mark: &str, comments: &mut Vec<Comment>) {
    let lines: Vec<&str> = text.lines().collect();
    for (index, line) in lines.iter().enumerate() {
        let Some((code, said)) = split(line, mark) else {
            continue;
        };
        let number = index + 1;
        let after = lines[index + 1..].iter().position(|line| !is_comment(line));
        let above = after
            .map(|skipped| number + 1 + skipped)
            .filter(|line| blocks.contains(line));
        let is_in = !code.trim().is_empty() || code.starts_with(char::is_whitespace);
        let within = blocks.range(..=number).next_back().copied().filter(|_| is_in);
        comments.push(Comment {
            file: Arc::clone(file),
            line: number,
            text: said.trim().to_owned(),
            block: above.filter(|_| code.trim().is_empty()).or(within),
        });
    }
}

fn is_comment(line: &str) -> bool {
    let line = line.trim_start();
    line.starts_with('#') || line.starts_with("//")
}

/// What stands before a comment with that mark, and what follows the mark.
fn split<'t>(line: &'t str, mark: &str) -> Option<(&'t str, &'t str)> {
    let at = line.find(mark)?;
    let before = line[..at].trim_end();
    let code = before.strip_suffix('#').or_else(|| before.strip_suffix("//"))?;
    let said = &line[at + mark.len()..];
    said.is_empty().then_some((code, said)).or_else(|| {
        let is_apart = said.starts_with(char::is_whitespace);
        is_apart.then_some((code, said))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comment_is_for_the_block_below_it_or_around_it() {
        let text = "\
# ours a
# and why
resource \"x\" \"a\" {
  // ours b
  y = 1 # ours c
}

# ours d

resource \"x\" \"b\" { # ours e
}
# oursish
# ours f
";
        let mut comments = Vec::new();
        of_file(
            &Arc::from("main.tf"),
            text,
            &BTreeSet::from([3, 10]),
            "ours",
            &mut comments,
        );
        let found: Vec<_> = comments
            .iter()
            .map(|comment| (comment.text.as_str(), comment.line, comment.block))
            .collect();
        assert_eq!(
            found,
            [
                ("a", 1, Some(3)),
                ("b", 4, Some(3)),
                ("c", 5, Some(3)),
                ("d", 8, None),
                ("e", 10, Some(10)),
                ("f", 13, None),
            ]
        );
    }
}
