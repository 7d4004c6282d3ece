//! The resource types of the AWS provider and their arguments, made by `make provider-schema`.

use std::collections::BTreeMap;
use std::sync::OnceLock;

use crate::pack::nearest::hint;

/// `aws.gz`, unpacked; see `.ci/provider-schema` for what its lines are.
const TABLE: &str = include_str!(concat!(env!("OUT_DIR"), "/schema.txt"));

/// Whether a type is of a resource or of a data source.
#[derive(Clone, Copy, Debug, Eq, PartialEq)]
pub enum Mode {
    /// `resource "aws_..."`.
    Managed,
    /// `data "aws_..."`.
    Data,
}

/// The types and arguments of a version of the AWS provider.
#[derive(Debug, Default)]
pub struct Schema {
    /// `hashicorp/aws 5.100.0`.
    pub version: &'static str,
    /// The line of each block, which is read when the block is asked for: a policy asks for a few of thousands.
    blocks: Vec<&'static str>,
    managed: BTreeMap<&'static str, usize>,
    data: BTreeMap<&'static str, usize>,
}

impl Schema {
    /// The table of this binary.
    pub fn aws() -> &'static Schema {
        static AWS: OnceLock<Schema> = OnceLock::new();
        AWS.get_or_init(|| Schema::parse(TABLE))
    }

    fn parse(text: &'static str) -> Schema {
        let mut schema = Schema::default();
        let mut lines = text.lines();
        schema.version = lines.next().unwrap_or_default();
        for line in lines {
            // Three arguments of a block may be called so, but no argument of AWS is a number.
            let of = |mode: &str| {
                let (name, number) = line.strip_prefix(mode)?.split_once(' ')?;
                Some((name, number.parse::<usize>().ok()?))
            };
            if let Some((name, number)) = of("resource ") {
                schema.managed.insert(name, number);
            } else if let Some((name, number)) = of("data ") {
                schema.data.insert(name, number);
            } else {
                schema.blocks.push(line);
            }
        }
        schema
    }

    /// What is wrong with the name of a type; nothing where it is another provider's.
    pub fn no_type(&self, mode: Mode, name: &str) -> Option<String> {
        let (types, others) = match mode {
            Mode::Managed => (&self.managed, &self.data),
            Mode::Data => (&self.data, &self.managed),
        };
        if !name.starts_with("aws_") || types.is_empty() || types.contains_key(name) {
            return None;
        }
        let (kind, other) = match mode {
            Mode::Managed => ("resource", "a data source"),
            Mode::Data => ("data source", "a resource"),
        };
        Some(match others.contains_key(name) {
            true => format!("`{name}` is {other}, no {kind}, in {}", self.version),
            false => {
                let hint = hint(name, types.keys().copied());
                format!("there is no {kind} `{name}` in {}{hint}", self.version)
            }
        })
    }

    /// What is wrong with the way to an argument of a type, its blocks without indices, and which step of it is; nothing
    /// where the type is not known.
    pub fn no_argument(&self, mode: Mode, name: &str, path: &[&str]) -> Option<(usize, String)> {
        let types = match mode {
            Mode::Managed => &self.managed,
            Mode::Data => &self.data,
        };
        let mut block = *self.blocks.get(*types.get(name)?)?;
        for (index, step) in path.iter().enumerate() {
            let Some((_, inner)) = arguments(block).find(|(name, _)| name == step) else {
                let hint = hint(step, arguments(block).map(|(name, _)| name));
                let of = [&[name], &path[..index]].concat().join(".");
                return Some((index, format!("`{of}` has no argument `{step}`{hint}")));
            };
            block = self.blocks.get(inner?)?;
        }
        None
    }
}

/// The arguments of a block, and what each has within it: the place of a block, where that has names of its own.
fn arguments(block: &str) -> impl Iterator<Item = (&str, Option<usize>)> {
    block.split(' ').map(|word| match word.split_once(':') {
        Some((name, number)) => (name, number.parse().ok()),
        None => (word, None),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_has_the_types_and_what_is_within_them() {
        let aws = Schema::aws();
        assert!(aws.version.starts_with("hashicorp/aws 5."), "{}", aws.version);
        assert!(aws.managed.len() > 1_000 && aws.data.len() > 300);
        let on = |path: &[&str]| aws.no_argument(Mode::Managed, "aws_s3_bucket", path);
        assert_eq!(on(&["versioning", "enabled"]), None);
        assert_eq!(on(&["tags", "Owner"]), None);
        let (step, message) = on(&["versioning", "enabld"]).unwrap_or_default();
        assert_eq!(step, 1);
        assert!(message.contains("did you mean enabled?"), "{message}");
    }

    #[test]
    fn a_type_that_is_not_there_has_a_near_one() {
        let aws = Schema::aws();
        let says = |mode, name| aws.no_type(mode, name).unwrap_or_default();
        assert!(says(Mode::Managed, "aws_s3_buckett").contains("did you mean aws_s3_bucket"));
        assert!(says(Mode::Managed, "aws_iam_policy_document").contains("is a data source"));
        assert_eq!(says(Mode::Managed, "google_storage_bucket"), "");
    }
}
