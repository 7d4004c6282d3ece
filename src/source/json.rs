//! One file of Terraform's JSON syntax.
//!
//! <https://developer.hashicorp.com/terraform/language/syntax/json>

use std::fmt;
use std::sync::Arc;

use hcl_edit::template::Template;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};
use serde_json::value::RawValue;

use super::SourceError;
use super::block::{Argument, Block, Body, Dynamic, Nested};
use super::lines::Lines;
use super::lower::Lowering;
use super::lower_template;
use super::parse::TopBlock;
use super::syntax::{Expression, Kind};
use crate::model::Value;

/// How deep a file may nest, as deep as the native syntax may.
const DEPTH: usize = 64;

/// An object's members in order, each with its text, which says where it stands.
struct Members<'a>(Vec<(String, &'a RawValue)>);

impl<'de> Deserialize<'de> for Members<'de> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct MembersVisitor;

        impl<'de> Visitor<'de> for MembersVisitor {
            type Value = Members<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter) -> fmt::Result {
                formatter.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut object: A) -> Result<Members<'de>, A::Error> {
                let mut members = Vec::new();
                while let Some(member) = object.next_entry()? {
                    members.push(member);
                }
                Ok(Members(members))
            }
        }

        deserializer.deserialize_map(MembersVisitor)
    }
}

struct Reader<'t> {
    file: &'t Arc<str>,
    text: &'t str,
    lines: &'t Lines,
}

type Read<T> = Result<T, SourceError>;

/// What is done with each body: its labels, and its text.
type Found<'f, 't> = dyn FnMut(&[Arc<str>], &'t RawValue) -> Read<()> + 'f;

/// The blocks of a file, in order.
///
/// # Errors
///
/// [`SourceError::Syntax`] with the place where the text is no JSON or not the form that Terraform wants.
pub(super) fn parse(file: &Arc<str>, text: &str) -> Read<Vec<TopBlock>> {
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let lines = Lines::of(text);
    let root: &RawValue = serde_json::from_str(text).map_err(|error| SourceError::Syntax {
        file: file.to_string(),
        line: error.line(),
        column: error.column(),
        message: "invalid JSON".to_owned(),
    })?;
    let reader = Reader {
        file,
        text,
        lines: &lines,
    };
    let mut blocks = Vec::new();
    for (kind, raw) in reader.members(root)? {
        let labels = match kind.as_str() {
            "resource" | "data" | "ephemeral" => 2,
            "variable" | "output" | "module" | "provider" | "check" => 1,
            "locals" => 0,
            _ => continue,
        };
        let kind: Arc<str> = Arc::from(kind);
        reader.labelled(raw, labels, &mut Vec::new(), &mut |labels, raw| {
            let body = reader.body(raw, 0, &kind)?;
            let block = Block {
                file: file.clone(),
                line: reader.line(raw),
                labels: labels.to_vec(),
                body,
            };
            blocks.push(TopBlock {
                kind: kind.clone(),
                block,
            });
            Ok(())
        })?;
    }
    Ok(blocks)
}

impl<'t> Reader<'t> {
    fn offset(&self, raw: &RawValue) -> usize {
        (raw.get().as_ptr() as usize).saturating_sub(self.text.as_ptr() as usize)
    }

    fn line(&self, raw: &RawValue) -> usize {
        self.lines.line(self.offset(raw))
    }

    fn wrong(&self, raw: &RawValue, message: &str) -> SourceError {
        let offset = self.offset(raw);
        let before = self.text.get(..offset).unwrap_or_default();
        SourceError::Syntax {
            file: self.file.to_string(),
            line: self.lines.line(offset),
            column: before.len() - before.rfind('\n').map_or(0, |at| at + 1) + 1,
            message: message.to_owned(),
        }
    }

    fn members(&self, raw: &'t RawValue) -> Read<Vec<(String, &'t RawValue)>> {
        let members: Members = serde_json::from_str(raw.get()).map_err(|_| self.wrong(raw, "expected an object"))?;
        // "//" is a comment: https://developer.hashicorp.com/terraform/language/syntax/json#comment-properties
        Ok(members.0.into_iter().filter(|(name, _)| name != "//").collect())
    }

    fn elements(&self, raw: &'t RawValue) -> Read<Vec<&'t RawValue>> {
        serde_json::from_str(raw.get()).map_err(|_| self.wrong(raw, "expected a list"))
    }

    /// Calls `found` for each body below `depth` levels of labels, of which each may be a list.
    fn labelled(
        &self,
        raw: &'t RawValue,
        depth: usize,
        labels: &mut Vec<Arc<str>>,
        found: &mut Found<'_, 't>,
    ) -> Read<()> {
        if raw.get().starts_with('[') {
            for element in self.elements(raw)? {
                if element.get().starts_with('[') {
                    return Err(self.wrong(element, "expected an object"));
                }
                self.labelled(element, depth, labels, found)?;
            }
            return Ok(());
        }
        if depth == 0 {
            return found(labels, raw);
        }
        for (label, raw) in self.members(raw)? {
            labels.push(Arc::from(label));
            self.labelled(raw, depth - 1, labels, found)?;
            labels.pop();
        }
        Ok(())
    }

    /// A body: without the provider's schema its blocks cannot be told from arguments, `dynamic` ones aside.
    fn body(&self, raw: &'t RawValue, depth: usize, kind: &str) -> Read<Body> {
        let mut body = Body::default();
        for (name, raw) in self.members(raw)? {
            match (name.as_str(), kind) {
                ("dynamic", _) if depth < DEPTH => self.dynamic(raw, depth, &mut body)?,
                ("validation" | "precondition" | "postcondition", "variable" | "output") | ("data", "check") => {
                    self.nested(&name, raw, &mut body)?;
                }
                _ => {
                    let argument = Argument {
                        line: self.line(raw),
                        expression: self.expression(raw, depth)?,
                        text: (name == "type")
                            .then(|| serde_json::from_str::<String>(raw.get()).ok())
                            .flatten()
                            .map(Arc::from),
                    };
                    body.arguments.insert(Arc::from(name), argument);
                }
            }
        }
        Ok(body)
    }

    fn nested(&self, name: &str, raw: &'t RawValue, body: &mut Body) -> Read<()> {
        let labels = if name == "data" { 2 } else { 0 };
        self.labelled(raw, labels, &mut Vec::new(), &mut |labels, raw| {
            body.blocks.push(Nested {
                name: Arc::from(name),
                line: self.line(raw),
                labels: labels.to_vec(),
                dynamic: None,
                body: self.body(raw, 1, name)?,
            });
            Ok(())
        })
    }

    fn dynamic(&self, raw: &'t RawValue, depth: usize, body: &mut Body) -> Read<()> {
        self.labelled(raw, 1, &mut Vec::new(), &mut |labels, raw| {
            let mut made = self.body(raw, depth + 1, "dynamic")?;
            let (Some(name), Some(for_each)) = (labels.first(), made.arguments.remove("for_each")) else {
                return Ok(());
            };
            let iterator = made.constant("iterator").unwrap_or_else(|| name.clone());
            let content = self.members(raw)?.into_iter().find(|(name, _)| name == "content");
            let mut first = None;
            if let Some((_, content)) = content {
                self.labelled(content, 0, &mut Vec::new(), &mut |_, raw| {
                    first.get_or_insert(raw);
                    Ok(())
                })?;
            }
            if let Some(content) = first {
                body.blocks.push(Nested {
                    name: name.clone(),
                    line: self.line(raw),
                    labels: Vec::new(),
                    dynamic: Some(Dynamic {
                        for_each: for_each.expression,
                        iterator,
                    }),
                    body: self.body(content, depth + 1, "content")?,
                });
            }
            Ok(())
        })
    }

    fn expression(&self, raw: &'t RawValue, depth: usize) -> Read<Expression> {
        let line = self.line(raw);
        if depth >= DEPTH {
            return Err(self.wrong(raw, "nested too deeply"));
        }
        let kind = match raw.get().as_bytes().first() {
            Some(b'{') => Kind::Object(
                self.members(raw)?
                    .into_iter()
                    .map(|(name, raw)| Ok((self.template(&name, raw)?, self.expression(raw, depth + 1)?)))
                    .collect::<Read<_>>()?,
            ),
            Some(b'[') => Kind::List(
                self.elements(raw)?
                    .into_iter()
                    .map(|raw| self.expression(raw, depth + 1))
                    .collect::<Read<_>>()?,
            ),
            Some(b'"') => {
                let text: String = serde_json::from_str(raw.get()).map_err(|_| self.wrong(raw, "expected a string"))?;
                return self.template(&text, raw);
            }
            _ => Kind::Literal(
                serde_json::from_str::<Value>(raw.get()).map_err(|_| self.wrong(raw, "expected a value"))?,
            ),
        };
        Ok(Expression { line, kind })
    }

    /// A string is a template; its parts all stand on the string's line.
    fn template(&self, text: &str, raw: &RawValue) -> Read<Expression> {
        let line = self.line(raw);
        if !text.contains("${") && !text.contains("%{") {
            return Ok(Expression {
                line,
                kind: Kind::Literal(Value::from(text)),
            });
        }
        let template: Template = text.parse().map_err(|_| self.wrong(raw, "expected a template"))?;
        let lines = Lines::one(line);
        Ok(Expression {
            line,
            kind: lower_template::json(&Lowering::new(text, &lines, 0), &template, line),
        })
    }
}
