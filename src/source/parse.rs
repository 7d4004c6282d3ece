//! One file of HCL's native syntax: its blocks, with the line of each.

use std::borrow::Cow;
use std::sync::Arc;

use hcl_edit::structure::{Block as HclBlock, Body as HclBody};

use super::SourceError;
use super::block::{Argument, Block, Body, Dynamic, Nested};
use super::lines::Lines;
use super::lower::Lowering;

/// How many keys that repeat an earlier one a file may have; the parser nests no deeper than twice that.
const MOST_REPEATED: usize = 32;

/// A block at the top of a file, with its type.
pub(super) struct TopBlock {
    pub(super) kind: Arc<str>,
    pub(super) block: Block,
}

/// The blocks of a file, in order.
///
/// # Errors
///
/// [`SourceError::Syntax`] with the place where the text stops to be HCL.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Result<Vec<TopBlock>, SourceError> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let (body, text) = parse_body(text).map_err(|error| SourceError::Syntax {
        file: file.to_string(),
        line: error.location().line(),
        column: error.location().column(),
        message: error.message().to_owned(),
    })?;
    let lines = Lines::of(&text);
    let lowering = Lowering::new(&text, &lines, 0);
    let top = body.blocks().map(|block| {
        let line = lowering.line(block, 1);
        TopBlock {
            kind: Arc::from(block.ident.as_str()),
            block: Block {
                file: file.clone(),
                line,
                labels: labels(block),
                body: lower_body(&lowering, &block.body, line),
            },
        }
    });
    Ok(top.collect())
}

/// Parses a file, and says which text it made that of.
///
/// In Terraform an object may say a key twice, and the last one counts. The parser refuses that, but takes a key in
/// parentheses for another one: each key that it refuses gets as many pairs of them as no other has, on its line.
fn parse_body(text: &str) -> Result<(HclBody, Cow<'_, str>), hcl_edit::parser::Error> {
    let mut text = Cow::Borrowed(text);
    for pairs in 1..=MOST_REPEATED {
        match hcl_edit::parser::parse_body(&text) {
            Ok(body) => return Ok((body, text)),
            Err(error) if error.message().contains("redefined object key") => {
                let start = error.location().offset();
                let Some(key) = text.get(start..).and_then(constant_key) else {
                    return Err(error);
                };
                let (open, close) = ("(".repeat(pairs), ")".repeat(pairs));
                let quote = if key.starts_with('"') { "" } else { "\"" };
                let marked = format!("{open}{quote}{key}{quote}{close}");
                let end = start + key.len();
                text.to_mut().replace_range(start..end, &marked);
            }
            Err(error) => return Err(error),
        }
    }
    let body = hcl_edit::parser::parse_body(&text)?;
    Ok((body, text))
}

/// The name or plain string that the text starts with.
fn constant_key(text: &str) -> Option<&str> {
    let end = match text.strip_prefix('"') {
        Some(rest) => {
            2 + rest
                .find(['"', '\\', '$', '%'])
                .filter(|at| rest[*at..].starts_with('"'))?
        }
        None => text.find(|char: char| !(char.is_alphanumeric() || char == '_' || char == '-'))?,
    };
    text.get(..end).filter(|key| !key.is_empty())
}

fn labels(block: &HclBlock) -> Vec<Arc<str>> {
    block.labels.iter().map(|label| Arc::from(label.as_str())).collect()
}

fn lower_body(lowering: &Lowering, body: &HclBody, line: usize) -> Body {
    let arguments = body.attributes().map(|attribute| {
        let line = lowering.line(&attribute.key, line);
        let argument = Argument {
            line,
            expression: lowering.expression(&attribute.value, line),
            text: (attribute.key.as_str() == "type")
                .then(|| lowering.text(&attribute.value).map(|text| Arc::from(text.trim())))
                .flatten(),
        };
        (Arc::from(attribute.key.as_str()), argument)
    });
    Body {
        arguments: arguments.collect(),
        blocks: body
            .blocks()
            .filter_map(|block| nested(lowering, block, line))
            .collect(),
    }
}

/// A nested block; a dynamic one without `for_each` or `content` makes none.
fn nested(lowering: &Lowering, block: &HclBlock, line: usize) -> Option<Nested> {
    let line = lowering.line(block, line);
    let mut labels = labels(block);
    if block.ident.as_str() != "dynamic" || labels.is_empty() {
        let name = Arc::from(block.ident.as_str());
        return Some(Nested {
            name,
            line,
            labels,
            dynamic: None,
            body: lower_body(lowering, &block.body, line),
        });
    }
    let name = labels.remove(0);
    let for_each = block.body.get_attribute("for_each")?;
    let iterator = block
        .body
        .get_attribute("iterator")
        .and_then(|iterator| iterator.value.as_variable());
    let content = block.body.get_blocks("content").next()?;
    Some(Nested {
        line,
        labels,
        dynamic: Some(Dynamic {
            for_each: lowering.expression(&for_each.value, line),
            iterator: iterator.map_or_else(|| name.clone(), |iterator| Arc::from(iterator.as_str())),
        }),
        body: lower_body(lowering, &content.body, line),
        name,
    })
}
