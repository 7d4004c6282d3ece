//! What the tab key completes, and when a line goes on.

use std::collections::BTreeSet;

use rustyline::completion::Completer;
use rustyline::highlight::Highlighter;
use rustyline::hint::Hinter;
use rustyline::validate::{ValidationContext, ValidationResult, Validator};
use rustyline::{Context, Helper};

use super::super::explain_verdict::addresses;
use super::COMMANDS;
use crate::engine::{Session, is_unfinished};
use crate::model::{Model, Resource, Value};
use crate::pack::Pack;

/// The words that there are, by where they stand.
pub(super) struct Words {
    addresses: Vec<String>,
    policies: Vec<String>,
    /// Names of values, functions and paths from their root on.
    names: Vec<String>,
    /// The arguments of the plan's resources, and the members of a resource.
    arguments: Vec<String>,
}

/// The words of a plan, and of the policies and libraries that can be asked.
pub(super) fn words(model: &Model, pack: &Pack, session: &Session) -> Words {
    let mut names: BTreeSet<String> = session.functions().into_iter().collect();
    names.extend(Session::MEMBERS.iter().map(|member| format!("input.{member}")));
    let types = |section: &str, types: &crate::model::ByType| {
        types
            .keys()
            .map(|kind| format!("input.{section}.{kind}"))
            .collect::<Vec<_>>()
    };
    names.extend(types("resources", &model.resources));
    names.extend(types("data", &model.data));
    names.extend(types("removed", &model.removed));
    let policies: Vec<String> = pack.policies.iter().map(|policy| policy.id.to_string()).collect();
    for policy in &policies {
        names.extend(["deny", "unknown"].map(|rule| format!("data.{policy}.{rule}")));
    }
    let mut arguments: BTreeSet<String> = Resource::members().map(str::to_owned).collect();
    for resource in model.resources.values().chain(model.data.values()).flatten() {
        let values = resource
            .values
            .as_object()
            .into_iter()
            .chain(resource.config.as_object());
        arguments.extend(values.flatten().map(|(name, _): (_, &Value)| name.to_string()));
    }
    Words {
        addresses: addresses(model).into_iter().map(str::to_owned).collect(),
        policies,
        names: names.into_iter().collect(),
        arguments: arguments.into_iter().collect(),
    }
}

impl Words {
    /// Where the word before a position begins, and what it may become.
    fn completions(&self, line: &str) -> (usize, Vec<String>) {
        let starting = |words: &[String], start: &str| -> Vec<String> {
            words.iter().filter(|word| word.starts_with(start)).cloned().collect()
        };
        if let Some(command) = line.strip_prefix(':') {
            // An address may hold blanks only in a key.
            let (word, start) = match command.split_once(' ') {
                None => {
                    return (
                        0,
                        COMMANDS
                            .iter()
                            .filter(|word| word.starts_with(line))
                            .map(|word| word.to_string())
                            .collect(),
                    );
                }
                Some(("explain", rest)) => match rest.split_once(' ') {
                    Some((_, address)) => (&self.addresses, address),
                    None => (&self.policies, rest),
                },
                Some(("resource", address)) => (&self.addresses, address),
                Some(_) => return (line.len(), Vec::new()),
            };
            return (line.len() - start.len(), starting(word, start));
        }
        let is_name = |c: char| c.is_ascii_alphanumeric() || "_.".contains(c);
        let at = line
            .rfind(|c| !is_name(c))
            .map_or(0, |at| at + line[at..].chars().next().map_or(0, char::len_utf8));
        let word = &line[at..];
        if line[..at].ends_with('"') {
            let mut found = starting(&self.arguments, word);
            found.extend(starting(&self.addresses, word));
            return (at, found);
        }
        let found = starting(&self.names, word);
        match word.rfind('.') {
            Some(dot) if found.is_empty() || word.is_empty() => {
                (at + dot + 1, starting(&self.arguments, &word[dot + 1..]))
            }
            _ if word.is_empty() => (at, Vec::new()),
            _ => (at, found),
        }
    }
}

impl Completer for Words {
    type Candidate = String;

    fn complete(&self, line: &str, position: usize, _: &Context) -> rustyline::Result<(usize, Vec<String>)> {
        Ok(self.completions(&line[..position]))
    }
}

impl Hinter for Words {
    type Hint = String;
}

impl Highlighter for Words {}

impl Validator for Words {
    fn validate(&self, context: &mut ValidationContext) -> rustyline::Result<ValidationResult> {
        let text = context.input();
        Ok(match !text.starts_with(':') && is_unfinished(text) {
            true => ValidationResult::Incomplete,
            false => ValidationResult::Valid(None),
        })
    }
}

impl Helper for Words {}

#[cfg(test)]
mod tests {
    use super::*;

    fn completed(line: &str) -> (usize, Vec<String>) {
        let list = |words: &[&str]| words.iter().map(|word| word.to_string()).collect();
        let words = Words {
            addresses: list(&["aws_s3_bucket.a", "aws_s3_bucket.b[\"x y\"]"]),
            policies: list(&["aws.s3.https_only"]),
            names: list(&["input.resources.aws_s3_bucket", "tf.get"]),
            arguments: list(&["acl", "bucket", "values"]),
        };
        words.completions(line)
    }

    #[test]
    fn a_word_becomes_what_can_stand_there() {
        for (line, at, word) in [
            (":res", 0, ":resource "),
            (":resource aws_s3_bucket.b", 10, "aws_s3_bucket.b[\"x y\"]"),
            (":explain aws.s3.h", 9, "aws.s3.https_only"),
            (":explain aws.s3.https_only aws_s3_bucket.a", 27, "aws_s3_bucket.a"),
            ("count(input.res", 6, "input.resources.aws_s3_bucket"),
            ("x := tf.g", 5, "tf.get"),
            ("b.values.buc", 9, "bucket"),
            ("tf.get(b, \"ac", 11, "acl"),
        ] {
            assert_eq!(completed(line), (at, vec![word.to_owned()]), "{line}");
        }
        assert_eq!(completed("x :=  "), (6, Vec::new()));
    }
}
