//! The heads of sets, rewritten so that one element that is undefined does not lose the others.
//!
//! To the engine, `deny contains f(r) if some r in rs` is empty, without an error, as soon as `f` is undefined of one of
//! them; elsewhere in Rego that element alone is left out. A comprehension does leave it out, so the rule becomes
//! `deny contains x if some x in [f(r) | some r in rs]`, in its place: no line moves, and errors are shown as written.

/// What is put before the element of a set.
const PREFIX: &str = "__element if some __element in [";

/// The text with its sets rewritten, or the line of a rule whose body is in no form that can be.
pub(super) fn rewrite(text: &str) -> Result<String, u64> {
    let tokens = tokens(text);
    let mut edits: Vec<(usize, usize, String)> = Vec::new();
    for at in 0..tokens.len() {
        let begins_line = at == 0 || tokens[at - 1].kind == Kind::Newline;
        if begins_line && tokens[at].depth == 0 && tokens[at].kind == Kind::Word {
            let line = || 1 + text[..tokens[at].start].matches('\n').count() as u64;
            rule(text, &tokens, at, &mut edits).ok_or_else(line)?;
        }
    }
    edits.sort();
    let mut written = String::with_capacity(text.len() + 64 * edits.len());
    let mut done = 0;
    for (start, end, new) in edits {
        written.push_str(&text[done..start]);
        written.push_str(&new);
        done = end;
    }
    written.push_str(&text[done..]);
    Ok(written)
}

/// A message of the engine with its source lines, columns and carets as the author wrote them.
pub(super) fn as_written(message: &str) -> String {
    let mut lines: Vec<String> = message.lines().map(str::to_owned).collect();
    for index in 0..lines.len() {
        let Some(at) = lines[index].find(PREFIX) else {
            continue;
        };
        lines[index] = line_as_written(&lines[index]);
        if let Some(caret) = lines
            .get(index + 1)
            .and_then(|next| next.find('^'))
            .filter(|caret| *caret > at)
        {
            lines[index + 1].replace_range(caret - PREFIX.len().min(caret - at)..caret, "");
            let place = lines[..index].iter_mut().rev().find(|line| line.contains("--> "));
            if let Some((head, column)) = place.as_ref().and_then(|line| line.rsplit_once(':'))
                && let Ok(column) = column.parse::<usize>()
            {
                let moved = format!("{head}:{}", column.saturating_sub(PREFIX.len()));
                place.into_iter().for_each(|line| line.clone_from(&moved));
            }
        }
    }
    lines.join("\n")
}

fn line_as_written(line: &str) -> String {
    let line = line.replacen(PREFIX, "", 1);
    // The last bracket is ours where the others do not open it.
    let ends = line.matches(']').count() > line.matches('[').count();
    let (line, close) = if line.contains(" |    ") {
        (line.replacen(" |    ", " if { ", 1), "}")
    } else {
        (line.replacen(" |  ", " if ", 1), "")
    };
    match line.rfind(']').filter(|_| ends) {
        Some(at) => format!("{}{close}{}", &line[..at], &line[at + 1..]),
        None => line,
    }
}

/// Rewrites the rule that begins at a token, if it is a set with a body whose element may be undefined; none where its
/// body is in no form that can be rewritten.
fn rule(text: &str, tokens: &[Token], at: usize, edits: &mut Vec<(usize, usize, String)>) -> Option<()> {
    let word = |index: usize| {
        tokens
            .get(index)
            .filter(|t| t.kind == Kind::Word)
            .map(|t| &text[t.start..t.end])
    };
    let mut index = at + 1;
    // The name of the rule may have dots and brackets.
    while tokens
        .get(index)
        .is_some_and(|t| t.depth > 0 || t.kind != Kind::Word && t.kind != Kind::Newline)
        || (word(index).is_some() && &text[tokens[index].start - 1..tokens[index].start] == ".")
    {
        if tokens[index].kind == Kind::Comment || &text[tokens[index].start..tokens[index].end] == "(" {
            return Some(());
        }
        index += 1;
    }
    if word(index) != Some("contains") {
        return Some(());
    }
    let element = index + 1;
    let ends = |t: &Token| t.depth == 0 && matches!(t.kind, Kind::Newline | Kind::Comment);
    let length = tokens[element..]
        .iter()
        .position(|t| ends(t) || t.depth == 0 && t.kind == Kind::Word && &text[t.start..t.end] == "if");
    let Some(length) = length.filter(|length| *length > 0) else {
        return Some(());
    };
    let condition = element + length;
    let is_sure = length == 1 && matches!(tokens[element].kind, Kind::Word | Kind::String);
    if word(condition) != Some("if") || is_sure {
        return Some(());
    }
    let blank = |t: &Token| matches!(t.kind, Kind::Newline | Kind::Comment);
    let first = condition + 1 + tokens[condition + 1..].iter().position(|t| !blank(t))?;
    edits.push((tokens[element].start, tokens[element].start, PREFIX.to_owned()));
    edits.push((tokens[condition].start, tokens[condition].end, "| ".to_owned()));
    let body = &tokens[first];
    if &text[body.start..body.end] == "{" {
        let last = first + 1 + tokens[first + 1..].iter().position(|t| t.depth == 0)?;
        let rest = tokens.get(last + 1);
        edits.push((body.start, body.end, " ".to_owned()));
        edits.push((tokens[last].start, tokens[last].end, "]".to_owned()));
        return rest.is_none_or(blank).then_some(());
    }
    let mut last = first;
    for (offset, token) in tokens[first..].iter().enumerate() {
        let goes_on = || {
            let next = tokens[first + offset..]
                .iter()
                .position(|t| !blank(t))
                .map(|next| first + offset + next);
            next.and_then(word) == Some("with")
        };
        if ends(token) && !goes_on() {
            break;
        }
        if !blank(token) {
            last = first + offset;
        }
    }
    edits.push((tokens[last].end, tokens[last].end, "]".to_owned()));
    Some(())
}

#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub(super) enum Kind {
    Word,
    String,
    Comment,
    Newline,
    Sign,
}

/// A part of the text; a bracket is as deep as what is around it.
pub(super) struct Token {
    pub(super) kind: Kind,
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) depth: usize,
}

pub(super) fn tokens(text: &str) -> Vec<Token> {
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

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn sets_become_comprehensions_in_their_place() {
        for (written, becomes) in [
            (
                "deny contains f(r) if {\n\tr\n}",
                "deny contains __element if some __element in [f(r) |   \n\tr\n]",
            ),
            (
                "a.b contains r.x if some r in t # x",
                "a.b contains __element if some __element in [r.x |  some r in t] # x",
            ),
            (
                "a contains f({\n1: 2}) if\n\tx with y as 1\n\twith z as 2\n",
                "a contains __element if some __element in [f({\n1: 2}) | \n\tx with y as 1\n\twith z as 2]\n",
            ),
        ] {
            assert_eq!(rewrite(written).unwrap(), becomes);
        }
    }

    #[test]
    fn what_cannot_lose_an_element_stays_as_it_is() {
        for written in [
            "deny contains x if {\n\tx := 1\n}",
            "deny contains \"x\" if true",
            "deny contains f(1)\n\np if contains(f(1), \"x\")\n",
            "p if {\n\tcontains(\"a b\", x) # deny contains f(x) if {\n}\n",
            "x := `\ndeny contains f(r) if { r }`",
            "contains_all(a, b) if { b }",
        ] {
            assert_eq!(rewrite(written).unwrap(), written);
        }
    }

    #[test]
    fn a_body_of_another_form_is_refused_by_its_line() {
        assert_eq!(
            rewrite("package p\n\ndeny contains f(r) if { r } { s }").unwrap_err(),
            3
        );
    }

    #[test]
    fn a_message_shows_the_line_the_column_and_the_caret_as_written() {
        let text = "package p\n\ndeny contains f(r) if { some r in input.t; r + 1 }\nf(x) := x";
        let mut engine = regorus::Engine::new();
        engine.add_policy("p.rego".to_owned(), rewrite(text).unwrap()).unwrap();
        engine.set_input(regorus::Value::from_json_str("{\"t\": [\"x\"]}").unwrap());
        let message = as_written(&engine.eval_rule("data.p.deny".to_owned()).unwrap_err().to_string());
        let column = text.lines().nth(2).unwrap().find("r + 1").unwrap() + 1;
        assert!(message.contains(&format!("--> p.rego:3:{column}\n")), "{message}");
        assert!(
            message.contains(&format!("3 | {}\n", text.lines().nth(2).unwrap())),
            "{message}"
        );
        assert!(
            message.contains(&format!("  | {}^\n", " ".repeat(column - 1))),
            "{message}"
        );
    }
}
