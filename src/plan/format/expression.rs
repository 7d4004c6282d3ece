//! Expressions: what the configuration says of an argument.

use std::fmt;

use serde::Deserialize;
use serde::de::{Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::value::RawValue;

use super::absent::{exact, raw};
use super::{Block, Text};

/// What the configuration says of an argument or a block.
///
/// JSON does not tell an argument from a block, so the keys must: an object is a leaf where it is empty or has no keys
/// but `constant_value` and `references`, the latter a list of strings. An empty block that can occur only once
/// therefore reads as an empty leaf. A block in a list is never a leaf.
///
/// Source: json-format, "Expression Representation" and "Block Expressions Representation".
#[derive(Clone, Debug)]
pub enum Expression<'a> {
    /// An argument.
    Leaf(Leaf<'a>),
    /// A block that can occur only once, or blocks by their labels.
    Block(Block<'a>),
    /// Blocks of a kind that can occur several times.
    Blocks(Vec<Block<'a>>),
}

impl Default for Expression<'_> {
    fn default() -> Self {
        Expression::Leaf(Leaf::default())
    }
}

/// An argument's expression; with neither constant nor references it is computed from nothing but functions.
#[derive(Clone, Debug, Default, Deserialize)]
pub struct Leaf<'a> {
    /// The value, where the expression is constant; null where it is the constant null.
    #[serde(borrow, default, deserialize_with = "raw")]
    pub constant_value: Option<&'a RawValue>,
    /// What the expression refers to, each followed by its shorter forms, as in `["aws_vpc.main.id", "aws_vpc.main"]`.
    #[serde(borrow, default, deserialize_with = "exact")]
    pub references: Vec<Text<'a>>,
}

impl<'de: 'a, 'a> Deserialize<'de> for Expression<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(ExpressionVisitor)
    }
}

struct ExpressionVisitor;

impl<'de> Visitor<'de> for ExpressionVisitor {
    type Value = Expression<'de>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("an expression")
    }

    fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
        let mut members = Members::read(map)?;
        Ok(match members.take_leaf() {
            Some(leaf) => Expression::Leaf(leaf),
            None => Expression::Block(members.into_block()),
        })
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Self::Value, A::Error> {
        let mut blocks = Vec::with_capacity(list.size_hint().unwrap_or(0));
        while let Some(ListedBlock(block)) = list.next_element()? {
            blocks.push(block);
        }
        blocks.shrink_to_fit();
        Ok(Expression::Blocks(blocks))
    }

    // Terraform writes no bare values here. Read as leaves of which nothing is known, they can make no policy pass.

    fn visit_unit<E: Error>(self) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }

    fn visit_bool<E: Error>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }

    fn visit_i64<E: Error>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }

    fn visit_u64<E: Error>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }

    fn visit_f64<E: Error>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }

    fn visit_str<E: Error>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Expression::default())
    }
}

/// An element of a list of blocks.
struct ListedBlock<'a>(Block<'a>);

impl<'de: 'a, 'a> Deserialize<'de> for ListedBlock<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct ListedBlockVisitor;

        impl<'de> Visitor<'de> for ListedBlockVisitor {
            type Value = ListedBlock<'de>;

            fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
                formatter.write_str("a block")
            }

            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Self::Value, A::Error> {
                Ok(ListedBlock(Members::read(map)?.into_block()))
            }
        }

        deserializer.deserialize_map(ListedBlockVisitor)
    }
}

/// An object's members, while it is open whether they are a leaf's or a block's.
struct Members<'a> {
    constant_value: Option<&'a RawValue>,
    references: Option<&'a RawValue>,
    arguments: Vec<(Text<'a>, Expression<'a>)>,
}

impl<'de> Members<'de> {
    fn read<A: MapAccess<'de>>(mut map: A) -> Result<Self, A::Error> {
        let mut members = Members {
            constant_value: None,
            references: None,
            arguments: Vec::new(),
        };
        while let Some(key) = map.next_key::<Text<'de>>()? {
            match key.as_str() {
                "constant_value" => members.constant_value = Some(map.next_value()?),
                "references" => members.references = Some(map.next_value()?),
                _ => members.arguments.push((key, map.next_value()?)),
            }
        }
        Ok(members)
    }

    fn take_leaf(&mut self) -> Option<Leaf<'de>> {
        if !self.arguments.is_empty() {
            return None;
        }
        let references = match self.references {
            Some(list) => exact(&mut serde_json::Deserializer::from_str(list.get())).ok()?,
            None => Vec::new(),
        };
        Some(Leaf {
            constant_value: self.constant_value,
            references,
        })
    }

    fn into_block(mut self) -> Block<'de> {
        for (name, argument) in [("constant_value", self.constant_value), ("references", self.references)] {
            if let Some(argument) = argument {
                self.arguments.push((Text::from(name), unreserved(argument)));
            }
        }
        self.arguments.into_iter().collect()
    }
}

/// An argument whose name is that of a leaf's key.
///
/// It is read as a leaf and no deeper: another level would escape serde_json's limit on depth.
fn unreserved(argument: &RawValue) -> Expression<'_> {
    Expression::Leaf(serde_json::from_str(argument.get()).unwrap_or_default())
}

#[cfg(test)]
#[allow(clippy::unwrap_used, clippy::expect_used)]
mod tests {
    use super::*;

    fn read(text: &str) -> Expression<'_> {
        serde_json::from_str(text).expect("an expression")
    }

    fn leaf(expression: Expression<'_>) -> Leaf<'_> {
        match expression {
            Expression::Leaf(leaf) => leaf,
            other => panic!("no leaf: {other:?}"),
        }
    }

    #[test]
    fn a_constant_null_is_not_an_absent_constant() {
        assert_eq!(
            leaf(read(r#"{"constant_value": null}"#)).constant_value.unwrap().get(),
            "null"
        );
        assert!(leaf(read(r#"{"references": ["var.a"]}"#)).constant_value.is_none());
        let function = leaf(read("{}"));
        assert!(function.constant_value.is_none() && function.references.is_empty());
    }

    #[test]
    fn a_constant_stays_raw() {
        let constant = leaf(read(r#"{"constant_value": {"references": ["x"], "references": 1}}"#));
        assert_eq!(
            constant.constant_value.unwrap().get(),
            r#"{"references": ["x"], "references": 1}"#
        );
    }

    #[test]
    fn references_keep_their_order_and_escapes() {
        let references = leaf(read(r#"{"references": ["aws_x.y[\"a\"].id", "aws_x.y"]}"#)).references;
        assert_eq!(references, [Text::from("aws_x.y[\"a\"].id"), Text::from("aws_x.y")]);
    }

    #[test]
    fn blocks_nest() {
        let Expression::Blocks(blocks) = read(r#"[{"rule": [{"id": {"constant_value": 1}}], "once": {"a": {}}}, {}]"#)
        else {
            panic!("no blocks")
        };
        assert_eq!(blocks.len(), 2);
        assert!(matches!(blocks[0].get("rule").unwrap(), Expression::Blocks(rules) if rules[0].contains_key("id")));
        assert!(matches!(blocks[0].get("once").unwrap(), Expression::Block(once) if once.contains_key("a")));
        assert!(blocks[1].is_empty());
    }

    #[test]
    fn an_argument_may_be_called_as_a_leafs_key() {
        let text = r#"{"references": {"references": ["var.a"]}}"#;
        let Expression::Block(block) = read(text) else {
            panic!("no block")
        };
        assert_eq!(
            leaf(block.get("references").unwrap().clone()).references,
            [Text::from("var.a")]
        );

        let text = r#"{"constant_value": {"constant_value": 1}, "other": {}}"#;
        let Expression::Block(block) = read(text) else {
            panic!("no block")
        };
        assert_eq!(
            leaf(block.get("constant_value").unwrap().clone())
                .constant_value
                .unwrap()
                .get(),
            "1"
        );

        let text = r#"[{"constant_value": {"constant_value": 1}}]"#;
        let Expression::Blocks(blocks) = read(text) else {
            panic!("no blocks")
        };
        assert_eq!(
            leaf(blocks[0].get("constant_value").unwrap().clone())
                .constant_value
                .unwrap()
                .get(),
            "1"
        );
    }

    #[test]
    fn bare_values_are_leaves_of_which_nothing_is_known() {
        for text in ["null", "true", "1", "-1", "1.5", "\"a\""] {
            let bare = leaf(read(text));
            assert!(bare.constant_value.is_none() && bare.references.is_empty(), "{text}");
        }
    }

    #[test]
    fn nesting_is_limited() {
        let deep = format!("{}{}{}", "{\"a\":".repeat(200), "{}", "}".repeat(200));
        assert!(serde_json::from_str::<Expression<'_>>(&deep).is_err());
        let reserved = format!(
            "{}{}{}",
            "[{\"references\":".repeat(100_000),
            "{}",
            "}]".repeat(100_000)
        );
        assert!(matches!(read(&reserved), Expression::Blocks(_)));
    }
}
