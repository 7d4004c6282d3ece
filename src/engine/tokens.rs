//! The words and signs of Rego, as far as it takes to rewrite it.

/// What a part of the text is.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(crate) enum Kind {
    Word,
    String,
    Comment,
    Newline,
    Sign,
}

/// A part of the text; a bracket is as deep as what is around it.
pub(crate) struct Token {
    pub(crate) kind: Kind,
    pub(crate) start: usize,
    pub(crate) end: usize,
    pub(crate) depth: usize,
}

/// The parts of a text, without its blanks.
pub(crate) fn tokens(text: &str) -> Vec<Token> {
    let bytes = text.as_bytes();
    let mut tokens = Vec::new();
    let mut depth = 0usize;
    let mut start = 0;
    while start < bytes.len() {
        let rest = &bytes[start..];
        let until = |stop: fn(&u8) -> bool| rest.iter().position(stop).unwrap_or(rest.len());
        let (kind, length) = match rest[0] {
            b' ' | b'\t' | b'\r' => {
                start += 1;
                continue;
            }
            b'\n' => (Kind::Newline, 1),
            b'#' => (Kind::Comment, until(|b| *b == b'\n')),
            b'"' => (Kind::String, string(rest)),
            b'`' => (
                Kind::String,
                rest[1..]
                    .iter()
                    .position(|b| *b == b'`')
                    .map_or(rest.len(), |at| at + 2),
            ),
            b if is_word(&b) => (Kind::Word, until(|b| !is_word(b))),
            _ => (Kind::Sign, 1),
        };
        if matches!(rest[0], b')' | b']' | b'}') {
            depth = depth.saturating_sub(1);
        }
        tokens.push(Token {
            kind,
            start,
            end: start + length,
            depth,
        });
        if matches!(rest[0], b'(' | b'[' | b'{') {
            depth += 1;
        }
        start += length;
    }
    tokens
}

/// Part of a name, or of a letter past ASCII, which is cut nowhere.
fn is_word(byte: &u8) -> bool {
    byte.is_ascii_alphanumeric() || *byte == b'_' || *byte >= 0x80
}

/// The length of the string that the text begins with.
fn string(rest: &[u8]) -> usize {
    let mut at = 1;
    while at < rest.len() {
        match rest[at] {
            b'\\' => at += 2,
            b'"' => return at + 1,
            b'\n' => return at,
            _ => at += 1,
        }
    }
    rest.len()
}
