//! From the parser's tree to [`syntax`](super::syntax): `hcl_edit` is named here, in `lower_template` and in `parse` only.

use std::sync::Arc;

use hcl_edit::expr::{self as hcl, BinaryOperator, ObjectKey, TraversalOperator, UnaryOperator};
use hcl_edit::{Number, Span};

use super::lines::Lines;
use super::lower_template;
use super::syntax::{Access, Expression, For, Kind, Operator};
use crate::model::Value;

/// Lowers the expressions of one file, of which it keeps the text.
pub(super) struct Lowering<'t> {
    text: &'t str,
    lines: &'t Lines,
    /// Where in the file the parsed text starts, where it is a piece of it.
    offset: usize,
}

impl<'t> Lowering<'t> {
    pub(super) fn new(text: &'t str, lines: &'t Lines, offset: usize) -> Self {
        Lowering { text, lines, offset }
    }

    /// The same, for a piece of the file that was parsed for itself.
    pub(super) fn at(&self, offset: usize) -> Lowering<'t> {
        Lowering {
            text: self.text,
            lines: self.lines,
            offset: self.offset + offset,
        }
    }

    /// The line that it starts on, or `fallback` where the parser did not keep it.
    pub(super) fn line(&self, item: &impl Span, fallback: usize) -> usize {
        item.span()
            .map_or(fallback, |span| self.lines.line(self.offset + span.start))
    }

    /// The text that it was parsed from.
    pub(super) fn text(&self, item: &impl Span) -> Option<&'t str> {
        let span = item.span()?;
        self.text.get(self.offset + span.start..self.offset + span.end)
    }

    /// Lowers an expression; `line` is that of what holds it.
    pub(super) fn expression(&self, expression: &hcl::Expression, line: usize) -> Expression {
        let line = self.line(expression, line);
        let boxed = |inner: &hcl::Expression| Box::new(self.expression(inner, line));
        let kind = match expression {
            hcl::Expression::Null(_) => Kind::Literal(Value::Null),
            hcl::Expression::Bool(flag) => Kind::Literal(Value::Bool(*flag.value())),
            hcl::Expression::Number(value) => Kind::Literal(number(value.value())),
            hcl::Expression::String(text) => Kind::Literal(Value::from(text.as_str())),
            hcl::Expression::Array(array) => {
                Kind::List(array.iter().map(|element| self.expression(element, line)).collect())
            }
            hcl::Expression::Object(object) => Kind::Object(
                object
                    .iter()
                    .map(|(key, value)| (self.key(key, line), self.expression(value.expr(), line)))
                    .collect(),
            ),
            hcl::Expression::StringTemplate(template) => lower_template::quoted(self, template, line),
            hcl::Expression::HeredocTemplate(heredoc) => lower_template::heredoc(self, heredoc, line),
            hcl::Expression::Parenthesis(inner) => self.expression(inner.inner(), line).kind,
            hcl::Expression::Variable(name) => Kind::Reference {
                root: Arc::from(name.as_str()),
                accesses: Vec::new(),
            },
            hcl::Expression::Conditional(conditional) => Kind::Conditional {
                condition: boxed(&conditional.cond_expr),
                yes: boxed(&conditional.true_expr),
                no: boxed(&conditional.false_expr),
            },
            hcl::Expression::FuncCall(call) => self.call(call, line),
            hcl::Expression::Traversal(traversal) => self.traversal(traversal, line),
            hcl::Expression::UnaryOp(operation) => match operation.operator.value() {
                UnaryOperator::Neg => Kind::Negate(boxed(&operation.expr)),
                UnaryOperator::Not => Kind::Not(boxed(&operation.expr)),
            },
            hcl::Expression::BinaryOp(operation) => Kind::Binary {
                operator: operator(*operation.operator.value()),
                left: boxed(&operation.lhs_expr),
                right: boxed(&operation.rhs_expr),
            },
            hcl::Expression::ForExpr(expression) => Kind::For(Box::new(For {
                key_name: expression.intro.key_var.as_ref().map(|name| Arc::from(name.as_str())),
                value_name: Arc::from(expression.intro.value_var.as_str()),
                collection: self.expression(&expression.intro.collection_expr, line),
                key: expression.key_expr.as_ref().map(|key| self.expression(key, line)),
                value: self.expression(&expression.value_expr, line),
                condition: expression
                    .cond
                    .as_ref()
                    .map(|condition| self.expression(&condition.expr, line)),
                grouping: expression.grouping,
            })),
        };
        Expression { line, kind }
    }

    /// A bare name is a constant key; in parentheses it would be a reference.
    fn key(&self, key: &ObjectKey, line: usize) -> Expression {
        match key {
            ObjectKey::Ident(name) => Expression {
                line: self.line(key, line),
                kind: Kind::Literal(Value::from(name.as_str())),
            },
            ObjectKey::Expression(expression) => self.expression(expression, line),
        }
    }

    fn call(&self, call: &hcl::FuncCall, line: usize) -> Kind {
        let mut name = String::new();
        for part in &call.name.namespace {
            name.push_str(part.as_str());
            name.push_str("::");
        }
        name.push_str(call.name.name.as_str());
        // Terraform's own functions go by `core::` as well: https://developer.hashicorp.com/terraform/language/functions
        let name = name.strip_prefix("core::").unwrap_or(&name);
        Kind::Call {
            name: Arc::from(name),
            arguments: call
                .args
                .iter()
                .map(|argument| self.expression(argument, line))
                .collect(),
            expand: call.args.expand_final(),
        }
    }

    fn traversal(&self, traversal: &hcl::Traversal, line: usize) -> Kind {
        let mut accesses: Vec<Access> = traversal
            .operators
            .iter()
            .map(|operator| match operator.value() {
                TraversalOperator::AttrSplat(_) => Access::AttributeSplat,
                TraversalOperator::FullSplat(_) => Access::FullSplat,
                TraversalOperator::GetAttr(name) => Access::Name(Arc::from(name.as_str())),
                TraversalOperator::Index(index) => Access::Index(self.expression(index, line)),
                TraversalOperator::LegacyIndex(index) => Access::Index(Expression {
                    line,
                    kind: Kind::Literal(Value::Number((*index.value()).into())),
                }),
            })
            .collect();
        let base = self.expression(&traversal.expr, line);
        match base.kind {
            Kind::Reference {
                root,
                accesses: mut first,
            } if traversal.expr.is_variable() => {
                first.append(&mut accesses);
                Kind::Reference { root, accesses: first }
            }
            kind => Kind::Access {
                base: Box::new(Expression { line: base.line, kind }),
                accesses,
            },
        }
    }
}

fn number(number: &Number) -> Value {
    let integer = number
        .as_i64()
        .map(serde_json::Number::from)
        .or_else(|| number.as_u64().map(serde_json::Number::from));
    let float = || number.as_f64().and_then(serde_json::Number::from_f64);
    integer.or_else(float).map_or(Value::Null, Value::Number)
}

fn operator(operator: BinaryOperator) -> Operator {
    match operator {
        BinaryOperator::Eq => Operator::Equal,
        BinaryOperator::NotEq => Operator::NotEqual,
        BinaryOperator::LessEq => Operator::LessOrEqual,
        BinaryOperator::GreaterEq => Operator::GreaterOrEqual,
        BinaryOperator::Less => Operator::Less,
        BinaryOperator::Greater => Operator::Greater,
        BinaryOperator::Plus => Operator::Add,
        BinaryOperator::Minus => Operator::Subtract,
        BinaryOperator::Mul => Operator::Multiply,
        BinaryOperator::Div => Operator::Divide,
        BinaryOperator::Mod => Operator::Remainder,
        BinaryOperator::And => Operator::And,
        BinaryOperator::Or => Operator::Or,
    }
}
