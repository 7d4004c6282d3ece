//! Comments of a configuration that are meant for somebody, and the blocks that they stand above or in.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::sync::Arc;

use super::Source;

/// A comment that begins with a name.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Comment {
    /// The file, relative to the root folder.
    pub file: Arc<str>,
    /// The line that it stands on, from 1.
    pub line: usize,
    /// What it says, from the name on to the end of the line.
    pub text: String,
    /// The line of the block that it stands above or in; `None` where there is none.
    pub block: Option<usize>,
}

impl Source {
    /// The comments, `#`, `//` or `/* */`, that begin with a name, its letters in any case, sorted by file and line.
    ///
    /// One that stands in a block is for that; one on a line of its own outside of blocks is for that which follows, with
    /// nothing but comments between. A file that has gone since it was read has none.
    pub fn comments(&self, name: &str) -> Vec<Comment> {
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
            if text.to_ascii_lowercase().contains(name) {
                of_file(&Arc::from(file), &text, &blocks, name, &mut comments);
            }
        }
        comments
    }
}

fn of_file(file: &Arc<str>, text: &str, blocks: &BTreeSet<usize>, name: &str, comments: &mut Vec<Comment>) {
    let Layout {
        said,
        spans,
        commented,
        coded,
    } = Layout::of(text);
    let is_comment = |line: &usize| commented.contains(line) && !coded.contains(line);
    for (line, comment) in said {
        let said = comment.trim();
        if !said
            .get(..name.len())
            .is_some_and(|start| start.eq_ignore_ascii_case(name))
        {
            continue;
        }
        let above = (line..).find(|line| !is_comment(line)).filter(|end| *end > line);
        let within = spans.iter().find(|(first, last)| (*first..=*last).contains(&line));
        comments.push(Comment {
            file: Arc::clone(file),
            line,
            text: said.to_owned(),
            block: within
                .map(|(first, _)| *first)
                .or(above)
                .filter(|line| blocks.contains(line)),
        });
    }
}

/// Where comments and blocks are in a text: not what looks like them in strings and heredocs.
#[derive(Default)]
struct Layout {
    /// The lines of comments, and what stands there behind the sign.
    said: Vec<(usize, String)>,
    /// The first and last line of each block at the top.
    spans: Vec<(usize, usize)>,
    /// The lines that comments are in.
    commented: BTreeSet<usize>,
    /// The lines that anything else is in, but for the inner ones of heredocs.
    coded: BTreeSet<usize>,
}

/// What the reader of a text is in.
enum In {
    /// Braces, and how many of them are open; those of a template in a string end in it.
    Code(usize),
    String,
}

impl Layout {
    fn of(text: &str) -> Layout {
        let mut layout = Layout::default();
        let mut stack = vec![In::Code(0)];
        let (mut line, mut first) = (1, 1);
        let mut rest = text;
        // Where the block that is open at the top began.
        let mut began = None;
        while let Some(letter) = rest.chars().next() {
            let after = &rest[letter.len_utf8()..];
            let at_top = stack.len() == 1;
            match stack.last_mut() {
                Some(In::String) => match letter {
                    '\\' => {
                        let skipped = after.chars().next().map_or(0, char::len_utf8);
                        line += usize::from(after.starts_with('\n'));
                        rest = &after[skipped..];
                        continue;
                    }
                    '"' => drop(stack.pop()),
                    '$' | '%' if after.starts_with('{') => {
                        stack.push(In::Code(0));
                        rest = &after[1..];
                        continue;
                    }
                    _ => {}
                },
                Some(In::Code(open)) => match letter {
                    '"' => stack.push(In::String),
                    '{' => {
                        *open += 1;
                        if at_top && *open == 1 {
                            began = Some(first);
                        }
                    }
                    '}' if *open == 0 && !at_top => drop(stack.pop()),
                    '}' => {
                        *open = open.saturating_sub(1);
                        if let (true, 0, Some(began)) = (at_top, *open, began) {
                            layout.spans.push((began, line));
                        }
                    }
                    '#' | '/' if letter == '#' || after.starts_with('/') => {
                        let said = if letter == '#' { after } else { &after[1..] };
                        let end = said.find('\n').unwrap_or(said.len());
                        layout.said.push((line, said[..end].to_owned()));
                        layout.commented.insert(line);
                        rest = &said[end..];
                        continue;
                    }
                    '/' if after.starts_with('*') => {
                        let inner = &after[1..];
                        let end = inner.find("*/").unwrap_or(inner.len());
                        for (index, said) in inner[..end].split('\n').enumerate() {
                            line += usize::from(index > 0);
                            // Each line may begin with a sign of its own.
                            let said = said.trim_start().trim_start_matches('*');
                            layout.said.push((line, said.to_owned()));
                            layout.commented.insert(line);
                        }
                        rest = inner[end..].strip_prefix("*/").unwrap_or_default();
                        continue;
                    }
                    '<' if after.starts_with('<') => {
                        let (skipped, lines) = heredoc(&after[1..]);
                        layout.coded.insert(line);
                        line += lines;
                        rest = &after[1 + skipped..];
                        continue;
                    }
                    _ => {}
                },
                None => break,
            }
            if !letter.is_whitespace() && layout.coded.last() != Some(&line) {
                layout.coded.insert(line);
            }
            if letter == '\n' {
                line += 1;
                // A block begins in the line of its type.
                first = line;
            }
            rest = after;
        }
        layout
    }
}

/// How many bytes and lines a heredoc goes on for behind its `<<`; none where it is none.
fn heredoc(text: &str) -> (usize, usize) {
    let Some((head, body)) = text.split_once('\n') else {
        return (0, 0);
    };
    let mark = head.trim().trim_start_matches('-').trim();
    let is_name = !mark.is_empty()
        && mark
            .chars()
            .all(|letter| letter.is_alphanumeric() || "_-".contains(letter));
    if !is_name {
        return (0, 0);
    }
    let mut taken = head.len() + 1;
    for (index, line) in body.split_inclusive('\n').enumerate() {
        if line.trim() == mark {
            // The mark's own line is read on as code.
            return (taken + line.trim_end_matches(['\n', '\r']).len(), index + 1);
        }
        taken += line.len();
    }
    (text.len(), text.matches('\n').count())
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
locals {
  # ours g
  z = \"# ours h ${ f({ a = \"}\" }) }\" // ours i
  t = <<EOT
# ours j
EOT
}
/* # ours k
*/
# ours l
// ###

/* ours o */ # Ours p
/*
  ours q
*/
/*
 * OURS r
 *
 */
resource \"x\" \"c\" {
  t = <<-EOT
    } # ours m
  EOT
  # ours n
}
";
        let mut comments = Vec::new();
        of_file(
            &Arc::from("main.tf"),
            text,
            &BTreeSet::from([3, 10, 34]),
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
                ("ours a", 1, Some(3)),
                ("ours b", 4, Some(3)),
                ("ours c", 5, Some(3)),
                ("ours d", 8, None),
                ("ours e", 10, Some(10)),
                ("oursish", 12, None),
                ("ours f", 13, None),
                ("ours g", 15, None),
                ("ours i", 16, None),
                ("ours l", 23, None),
                ("ours o", 26, Some(34)),
                ("Ours p", 26, Some(34)),
                ("ours q", 28, Some(34)),
                ("OURS r", 31, Some(34)),
                ("ours n", 38, Some(34)),
            ]
        );
    }
}
