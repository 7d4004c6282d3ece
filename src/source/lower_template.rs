//! Templates: white space as Terraform strips and unindents it, which it does line by line.
//!
//! <https://developer.hashicorp.com/terraform/language/expressions/strings#whitespace-stripping>,
//! <https://developer.hashicorp.com/terraform/language/expressions/strings#indented-heredocs>

use std::sync::Arc;

use hcl_edit::Span;
use hcl_edit::template::{Directive, Element, HeredocTemplate, StringTemplate, Strip, Template};

use super::lower::Lowering;
use super::syntax::{Expression, Kind, Piece};
use crate::model::Value;

/// A template as Terraform's scanner sees it: flat, its text cut after each line.
enum Token {
    Text(String),
    Value(Expression),
    If(Expression),
    Else,
    EndIf,
    For {
        key_name: Option<Arc<str>>,
        value_name: Arc<str>,
        collection: Expression,
    },
    EndFor,
}

/// How the text between two markers is written.
#[derive(Clone, Copy, PartialEq)]
enum Style {
    Quoted,
    Heredoc,
}

struct Scanner<'l, 't> {
    lowering: &'l Lowering<'t>,
    style: Style,
    line: usize,
    tokens: Vec<Token>,
    /// Whether the marker before said `~}`.
    strip_next: bool,
}

/// A quoted template: `"${var.name}-logs"`; a lone interpolation is its value, of any type.
pub(super) fn quoted(lowering: &Lowering, template: &StringTemplate, line: usize) -> Kind {
    unwrap(scan(lowering, template, Style::Quoted, line))
}

/// A heredoc, whose indentation goes where it starts with `<<-`.
///
/// The parser unindents by another rule, so that the text is parsed again without one.
pub(super) fn heredoc(lowering: &Lowering, heredoc: &HeredocTemplate, line: usize) -> Kind {
    let indented = heredoc.indent().is_some() || lowering.text(heredoc).is_some_and(|text| text.starts_with("<<-"));
    let again = || -> Option<Vec<Token>> {
        let start = heredoc.template.span()?.start;
        let template: Template = lowering.text(&heredoc.template)?.parse().ok()?;
        Some(scan(&lowering.at(start), &template, Style::Heredoc, line))
    };
    if !indented {
        return template(scan(lowering, &heredoc.template, Style::Heredoc, line));
    }
    match again() {
        Some(mut tokens) => {
            unindent(&mut tokens);
            template(tokens)
        }
        None => template(scan(lowering, &heredoc.template, Style::Heredoc, line)),
    }
}

/// A string of the JSON syntax, which is a template too.
pub(super) fn json(lowering: &Lowering, template: &Template, line: usize) -> Kind {
    unwrap(scan(lowering, template, Style::Heredoc, line))
}

fn scan(lowering: &Lowering, template: &Template, style: Style, line: usize) -> Vec<Token> {
    let mut scanner = Scanner {
        lowering,
        style,
        line,
        tokens: Vec::new(),
        strip_next: false,
    };
    scanner.elements(template, false);
    scanner.tokens
}

impl Scanner<'_, '_> {
    fn elements(&mut self, template: &Template, nested: bool) {
        for element in template.iter() {
            match element {
                Element::Literal(text) => self.text(text.as_str(), nested),
                Element::Interpolation(interpolation) => {
                    let value = self.lowering.expression(&interpolation.expr, self.line);
                    self.marker(interpolation.strip, Token::Value(value));
                }
                Element::Directive(directive) => self.directive(directive),
            }
        }
    }

    fn directive(&mut self, directive: &Directive) {
        match directive {
            Directive::If(directive) => {
                let condition = self.lowering.expression(&directive.if_expr.cond_expr, self.line);
                self.marker(directive.if_expr.strip, Token::If(condition));
                self.elements(&directive.if_expr.template, true);
                if let Some(otherwise) = &directive.else_expr {
                    self.marker(otherwise.strip, Token::Else);
                    self.elements(&otherwise.template, true);
                }
                self.marker(directive.endif_expr.strip, Token::EndIf);
            }
            Directive::For(directive) => {
                let collection = self.lowering.expression(&directive.for_expr.collection_expr, self.line);
                let key_name = directive.for_expr.key_var.as_ref().map(|name| Arc::from(name.as_str()));
                let value_name = Arc::from(directive.for_expr.value_var.as_str());
                self.marker(
                    directive.for_expr.strip,
                    Token::For {
                        key_name,
                        value_name,
                        collection,
                    },
                );
                self.elements(&directive.for_expr.template, true);
                self.marker(directive.endfor_expr.strip, Token::EndFor);
            }
        }
    }

    fn marker(&mut self, strip: Strip, token: Token) {
        if strip.strip_start()
            && let Some(Token::Text(text)) = self.tokens.last_mut()
        {
            text.truncate(text.trim_end().len());
        }
        self.strip_next = strip.strip_end();
        self.tokens.push(token);
    }

    /// The parser leaves escapes alone inside a directive of a quoted template.
    fn text(&mut self, text: &str, nested: bool) {
        match self.style {
            Style::Quoted if nested => self.line_of_text(unescape(text)),
            Style::Quoted => self.line_of_text(text.to_owned()),
            Style::Heredoc => text
                .split_inclusive('\n')
                .for_each(|line| self.line_of_text(line.to_owned())),
        }
    }

    fn line_of_text(&mut self, text: String) {
        let strip = std::mem::take(&mut self.strip_next);
        self.tokens
            .push(Token::Text(if strip { text.trim_start().to_owned() } else { text }));
    }
}

fn unescape(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text.chars();
    while let Some(char) = rest.next() {
        if char != '\\' {
            out.push(char);
            continue;
        }
        match rest.next() {
            Some('n') => out.push('\n'),
            Some('r') => out.push('\r'),
            Some('t') => out.push('\t'),
            Some(marker @ ('u' | 'U')) => {
                let digits: String = rest.by_ref().take(if marker == 'u' { 4 } else { 8 }).collect();
                out.extend(u32::from_str_radix(&digits, 16).ok().and_then(char::from_u32));
            }
            Some(other) => out.push(other),
            None => {}
        }
    }
    out
}

/// Removes the white space that all lines start with, blank lines aside.
fn unindent(tokens: &mut [Token]) {
    let mut least = usize::MAX;
    let mut starts = Vec::new();
    let mut starts_line = true;
    for (at, token) in tokens.iter().enumerate() {
        if starts_line {
            starts_line = false;
            match token {
                Token::Text(text) if text.trim_start().is_empty() && text.ends_with('\n') => {}
                Token::Text(text) => {
                    least = least.min(text.chars().take_while(|char| char.is_whitespace()).count());
                    starts.push(at);
                }
                _ => least = 0,
            }
        }
        if let Token::Text(text) = token
            && text.ends_with('\n')
        {
            starts_line = true;
        }
    }
    for at in starts {
        if let Some(Token::Text(text)) = tokens.get_mut(at) {
            *text = text.chars().skip(least).collect();
        }
    }
}

fn unwrap(mut tokens: Vec<Token>) -> Kind {
    match tokens.as_slice() {
        [Token::Value(_)] => match tokens.pop() {
            Some(Token::Value(expression)) => expression.kind,
            _ => Kind::Template(Vec::new()),
        },
        _ => template(tokens),
    }
}

fn template(tokens: Vec<Token>) -> Kind {
    let pieces = pieces(&mut tokens.into_iter()).0;
    match pieces.as_slice() {
        [] => Kind::Literal(Value::from("")),
        [Piece::Text(text)] => Kind::Literal(Value::String(text.clone())),
        _ => Kind::Template(pieces),
    }
}

/// What follows up to the end, an else or an end marker, and whether it was an else.
fn pieces(tokens: &mut impl Iterator<Item = Token>) -> (Vec<Piece>, bool) {
    let mut pieces = Vec::new();
    let mut text = String::new();
    let mut otherwise = false;
    while let Some(token) = tokens.next() {
        if let Token::Text(more) = &token {
            text.push_str(more);
            continue;
        }
        if !text.is_empty() {
            pieces.push(Piece::Text(Arc::from(std::mem::take(&mut text))));
        }
        match token {
            Token::Text(_) => {}
            Token::Value(value) => pieces.push(Piece::Value(value)),
            Token::If(condition) => {
                let (yes, more) = self::pieces(tokens);
                let no = if more { self::pieces(tokens).0 } else { Vec::new() };
                pieces.push(Piece::If { condition, yes, no });
            }
            Token::For {
                key_name,
                value_name,
                collection,
            } => {
                let (body, _) = self::pieces(tokens);
                pieces.push(Piece::For {
                    key_name,
                    value_name,
                    collection,
                    body,
                });
            }
            Token::Else => {
                otherwise = true;
                break;
            }
            Token::EndIf | Token::EndFor => break,
        }
    }
    if !text.is_empty() {
        pieces.push(Piece::Text(Arc::from(text)));
    }
    (pieces, otherwise)
}
