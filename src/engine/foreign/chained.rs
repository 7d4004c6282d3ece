//! Rules with several bodies, `deny[msg] {...} {...}`, which the engine does not take: each body gets the head again.

use super::super::tokens::{Kind, Token, tokens};

/// The text with one body for each rule; lines stay where they are.
pub(super) fn split(text: &str) -> String {
    let tokens = tokens(text);
    let is = |token: &Token, sign: &str| text.get(token.start..token.end) == Some(sign);
    let is_blank = |token: &&Token| matches!(token.kind, Kind::Newline | Kind::Comment);
    let mut written = String::with_capacity(text.len());
    let mut done = 0;
    // The head of the rule that a body may follow, and whether the last thing was the end of a body.
    let mut head: Option<&str> = None;
    let mut begin: Option<usize> = None;
    let mut is_behind_body = false;
    for (at, token) in tokens.iter().enumerate().filter(|(_, token)| token.depth == 0) {
        if is_blank(&token) {
            continue;
        }
        if is(token, "{") {
            match (head, begin) {
                (Some(head), _) if is_behind_body => {
                    written.push_str(text.get(done..token.start).unwrap_or_default());
                    written.push_str(head);
                    written.push(' ');
                    done = token.start;
                }
                (None, Some(begin)) => {
                    let before = text.get(begin..token.start).unwrap_or_default().trim();
                    // What follows `=` is a value in braces and no body, and nothing repeats the body of an `else`.
                    let is_head = !before.ends_with('=') && !before.contains('\n');
                    head = is_head.then_some(before);
                }
                _ => {}
            }
            is_behind_body = false;
        } else if is(token, "}") {
            is_behind_body = head.is_some();
        } else {
            let begins_line = at == 0 || tokens[at - 1].kind == Kind::Newline;
            is_behind_body = false;
            if begins_line && token.kind == Kind::Word && !is(token, "else") {
                begin = Some(token.start);
                head = None;
            } else if is(token, "else") {
                begin = None;
                head = None;
            }
        }
    }
    written.push_str(text.get(done..).unwrap_or_default());
    written
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_body_has_the_head() {
        assert_eq!(
            split("package p\npolicy[j] {\n\ta\n} {\n\tb # }\n}\n\n{\n\tc\n}\nx = {\"a\"} { d }\n"),
            "package p\npolicy[j] {\n\ta\n} policy[j] {\n\tb # }\n}\n\npolicy[j] {\n\tc\n}\nx = {\"a\"} { d }\n"
        );
        assert_eq!(
            split("f(x) = y { y := {x} } { y := [x] }\ng { a } else = 3 { b }\nh { {1} }\n"),
            "f(x) = y { y := {x} } f(x) = y { y := [x] }\ng { a } else = 3 { b }\nh { {1} }\n"
        );
    }
}
