//! Waivers in the configuration: `# plangate:ignore aws.s3.versioning reason="..." expires=2027-01-31`.

use std::sync::Arc;

use super::{Excuse, Target, Waiver};
use crate::report::Source;
use crate::source::{Comment, Source as Configuration};

/// What such a comment begins with.
const MARK: &str = "plangate:ignore";
/// What a comment that may be meant as one begins with.
const NAME: &str = "plangate";
/// How one is written.
const FORM: &str = "write # plangate:ignore POLICY reason=\"...\" expires=2027-01-31";
/// What such comments are called here and by other tools.
const WORDS: [&str; 8] = [
    "ignore", "skip", "waive", "waiver", "disable", "suppress", "nolint", "exempt",
];

/// A comment that is meant as a waiver, and is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{file}:{line}: {message}")]
pub struct CommentError {
    /// The file, relative to the folder of configuration.
    pub file: Arc<str>,
    /// The line, from 1.
    pub line: u32,
    /// What is wrong, and how to write it.
    pub message: String,
}

/// The waivers in the comments of a configuration: above or in the block that they are for.
///
/// # Errors
///
/// Every comment that begins as a waiver does, or nearly so, and is none.
pub fn comments(configuration: &Configuration) -> Result<Vec<Waiver>, Vec<CommentError>> {
    let mut waivers = Vec::new();
    let mut errors = Vec::new();
    for comment in configuration.comments(NAME) {
        let said = comment.text.strip_prefix(MARK);
        let read = match said.filter(|said| said.is_empty() || said.starts_with(char::is_whitespace)) {
            Some(said) => waiver(&comment, said.trim()),
            None if is_near(&comment.text) => Err(format!(
                "`{}` is no waiver: {FORM}",
                comment.text.split(" reason=").next().unwrap_or_default()
            )),
            None => continue,
        };
        match read {
            Ok(waiver) => waivers.push(waiver),
            Err(message) => errors.push(CommentError {
                file: comment.file,
                line: number(comment.line),
                message,
            }),
        }
    }
    match errors.is_empty() {
        true => Ok(waivers),
        false => Err(errors),
    }
}

fn number(line: usize) -> u32 {
    u32::try_from(line).unwrap_or(u32::MAX)
}

/// Whether a comment that begins with plangate's name is meant as a waiver: `plangate: ignore`, `plangate-ignore`,
/// `plangate:skip`, and not a sentence about plangate.
fn is_near(text: &str) -> bool {
    let rest = text.get(NAME.len()..).unwrap_or_default();
    let said = rest.trim_start_matches(|letter: char| letter.is_whitespace() || ":-_.@/".contains(letter));
    let joint = &rest[..rest.len() - said.len()];
    let word = said.split(|letter: char| !letter.is_alphanumeric()).next();
    let word = word.unwrap_or_default().to_ascii_lowercase();
    let is_known = WORDS.contains(&&*word);
    match joint.trim() {
        // "plangate ignores it" is a sentence, and so is "plangate skip lists".
        "" => !joint.is_empty() && word == "ignore",
        ":" if joint.len() == 1 => !said.is_empty(),
        _ => is_known,
    }
}

/// `said` is what follows the mark.
fn waiver(comment: &Comment, said: &str) -> Result<Waiver, String> {
    let (policy, rest) = word(said);
    if policy.is_empty() || policy.contains('=') {
        return Err(format!("the waiver names no policy: {FORM}"));
    }
    let (mut reason, mut owner, mut ticket, mut expires) = (None, None, None, None);
    let mut rest = rest;
    while !rest.is_empty() {
        let (name, value, after) = member(rest).ok_or_else(|| format!("`{rest}` is no NAME=VALUE: {FORM}"))?;
        let slot = match name {
            "reason" => &mut reason,
            "owner" => &mut owner,
            "ticket" => &mut ticket,
            "expires" => &mut expires,
            _ => {
                return Err(format!(
                    "`{name}` is nothing that a waiver has: reason, owner, ticket, expires"
                ));
            }
        };
        if slot.replace(value.to_owned()).is_some() {
            return Err(format!("it has `{name}` twice"));
        }
        rest = after;
    }
    let reason = reason.filter(|reason| !reason.trim().is_empty());
    let reason = reason.ok_or_else(|| format!("the waiver of {policy} gives no reason: {FORM}"))?;
    if let Some(day) = expires.as_deref().filter(|day| !is_day(day)) {
        return Err(format!("`{day}` is no date: write it as 2027-01-31"));
    }
    let block = comment.block.ok_or_else(|| {
        format!("the waiver of {policy} stands above no block and in none: put it above the resource that it is for")
    })?;
    Ok(Waiver {
        policy: policy.to_owned(),
        target: Target::Block(Source {
            file: comment.file.clone(),
            line: number(block),
        }),
        key: None,
        plan: None,
        fingerprint: None,
        excuse: Arc::new(Excuse {
            reason: reason.into(),
            // Who answers for a comment is who keeps its file, unless it says otherwise.
            owner: owner.map_or_else(|| comment.file.clone(), Arc::from),
            ticket: ticket.map(Arc::from),
            expires: expires.map(Arc::from),
            source: Source {
                file: comment.file.clone(),
                line: number(comment.line),
            },
        }),
    })
}

/// The first word, and what follows it.
fn word(text: &str) -> (&str, &str) {
    let end = text.find(char::is_whitespace).unwrap_or(text.len());
    (&text[..end], text[end..].trim_start())
}

/// `name=value` or `name="a value"`, and what follows it.
fn member(text: &str) -> Option<(&str, &str, &str)> {
    let (name, rest) = text.split_once('=')?;
    let is_name = !name.is_empty()
        && name
            .chars()
            .all(|letter| letter.is_ascii_alphanumeric() || letter == '_');
    let (value, after) = match rest.strip_prefix('"') {
        Some(quoted) => quoted.split_once('"')?,
        None => word(rest),
    };
    is_name.then_some((name, value, after.trim_start()))
}

/// Whether a text is a day of the calendar, `2027-01-31`.
pub(crate) fn is_day(text: &str) -> bool {
    let bytes = text.as_bytes();
    let digits = |from: usize, to: usize| text.get(from..to)?.parse::<u32>().ok();
    let is_form = bytes.len() == 10
        && bytes.iter().enumerate().all(|(at, byte)| match at {
            4 | 7 => *byte == b'-',
            _ => byte.is_ascii_digit(),
        });
    let (Some(year), Some(month), Some(day)) = (digits(0, 4), digits(5, 7), digits(8, 10)) else {
        return false;
    };
    let leap = year.is_multiple_of(4) && (!year.is_multiple_of(100) || year.is_multiple_of(400));
    let last = match month {
        4 | 6 | 9 | 11 => 30,
        2 if leap => 29,
        2 => 28,
        1..=12 => 31,
        _ => 0,
    };
    is_form && (1..=last).contains(&day)
}
