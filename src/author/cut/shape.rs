//! Words and numbers of the shape of others, which tell nothing of them.

use std::collections::{BTreeMap, BTreeSet};

/// Words that are the same in every plan: Terraform's, AWS's and those of documents.
const COMMON: &[&str] = &[
    "arn",
    "aws",
    "amazonaws",
    "com",
    "cn",
    "gov",
    "us",
    "http",
    "https",
    "Version",
    "Statement",
    "Sid",
    "Effect",
    "Allow",
    "Deny",
    "Action",
    "NotAction",
    "Resource",
    "NotResource",
    "Principal",
    "NotPrincipal",
    "Condition",
    "east",
    "west",
    "north",
    "south",
    "central",
    "northeast",
    "southeast",
    "northwest",
    "southwest",
    "eu",
    "ap",
    "ca",
    "sa",
    "Bool",
    "BoolIfExists",
    "StringEquals",
    "StringNotEquals",
    "StringLike",
    "StringNotLike",
    "StringEqualsIgnoreCase",
    "StringEqualsIfExists",
    "ArnEquals",
    "ArnLike",
    "ArnNotEquals",
    "ArnNotLike",
    "IpAddress",
    "NotIpAddress",
    "Null",
    "NumericLessThan",
    "NumericGreaterThan",
    "NumericEquals",
    "DateLessThan",
    "DateGreaterThan",
    "ForAllValues",
    "ForAnyValue",
    "SecureTransport",
    "CanonicalUser",
    "Id",
    "Service",
    "Federated",
    "AWS",
    "true",
    "false",
    "null",
    "2012",
    "2008",
    "registry",
    "terraform",
    "hashicorp",
];

/// Gives each word another, the same one each time.
#[derive(Clone, Debug, Default)]
pub(super) struct Words {
    vocabulary: BTreeSet<String>,
    given: BTreeMap<String, String>,
    addresses: BTreeMap<String, String>,
    accounts: usize,
}

impl Words {
    /// Words that are left as they are: the common ones, and those in these texts but for the names of the plan's own.
    pub(super) fn new<'t>(literals: impl Iterator<Item = &'t str>, names: &BTreeSet<String>) -> Self {
        let words = literals.flat_map(|text| text.split(|letter: char| !letter.is_ascii_alphanumeric()));
        let mut vocabulary: BTreeSet<String> = words
            .filter(|word| !word.is_empty() && !names.contains(*word))
            .map(ToOwned::to_owned)
            .collect();
        vocabulary.extend(COMMON.iter().map(|word| (*word).to_owned()));
        Words {
            vocabulary,
            ..Words::default()
        }
    }

    /// Whether all that a text says is said in the vocabulary; numbers of up to five digits say nothing.
    pub(super) fn is_vocabulary(&self, text: &str) -> bool {
        text.split(|letter: char| !letter.is_alphanumeric())
            .all(|word| self.is_known(word))
    }

    fn is_known(&self, word: &str) -> bool {
        let is_short_number = word.len() <= 5 && word.bytes().all(|byte| byte.is_ascii_digit());
        word.len() < 2 && word.is_ascii() || is_short_number || self.vocabulary.contains(word)
    }

    /// A text of the same shape in other words. Public addresses of the internet become those of documentation.
    pub(super) fn other(&mut self, text: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let mut rest = text;
        while let Some(letter) = rest.chars().next() {
            if !letter.is_alphanumeric() {
                out.push(letter);
                rest = &rest[letter.len_utf8()..];
                continue;
            }
            let address = rest
                .find(|letter: char| !(letter.is_ascii_digit() || letter == '.'))
                .unwrap_or(rest.len());
            if let Ok(parsed) = rest[..address].parse::<std::net::Ipv4Addr>() {
                out.push_str(&self.address(parsed));
                rest = &rest[address..];
                continue;
            }
            let end = rest
                .find(|letter: char| !letter.is_alphanumeric())
                .unwrap_or(rest.len());
            out.push_str(&self.word(&rest[..end]));
            rest = &rest[end..];
        }
        out
    }

    fn address(&mut self, address: std::net::Ipv4Addr) -> String {
        let text = address.to_string();
        let [_, second, ..] = address.octets();
        let is_shared = address.octets()[0] == 100 && (64..128).contains(&second);
        let says_nothing = address.is_private()
            || address.is_loopback()
            || address.is_link_local()
            || address.is_unspecified()
            || address.is_broadcast()
            || address.octets().ends_with(&[0, 0, 0])
            || is_shared;
        if says_nothing {
            return text;
        }
        let next = self.addresses.len() % 254;
        // One that ends in 0 is that of a network.
        let last = if address.octets()[3] == 0 { 0 } else { next + 1 };
        self.addresses
            .entry(text)
            .or_insert_with(|| format!("203.0.113.{last}"))
            .clone()
    }

    fn word(&mut self, word: &str) -> String {
        if self.is_known(word) {
            return word.to_owned();
        }
        if let Some(given) = self.given.get(word) {
            return given.clone();
        }
        let given = if word.len() == 12 && word.bytes().all(|byte| byte.is_ascii_digit()) {
            self.accounts += 1;
            format!("{:012}", 111_122_220_000_u64 + self.accounts as u64)
        } else {
            shaped(word, self.given.len())
        };
        self.given.insert(word.to_owned(), given.clone());
        given
    }
}

/// A word of the same length with letters, capitals and digits in the same places, made from a number.
fn shaped(word: &str, number: usize) -> String {
    let is_hex = word.len() >= 8
        && word
            .bytes()
            .all(|byte| byte.is_ascii_digit() || (b'a'..=b'f').contains(&byte));
    let mut state = (number as u64).wrapping_add(1).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    let mut next = |most: u64| {
        state = state
            .wrapping_mul(6_364_136_223_846_793_005)
            .wrapping_add(1_442_695_040_888_963_407);
        // Always below 26.
        u8::try_from((state >> 33) % most).unwrap_or_default()
    };
    word.chars()
        .map(|letter| match letter {
            '0'..='9' => char::from(b'0' + next(10)),
            'A'..='Z' => char::from(b'A' + next(26)),
            _ if is_hex => char::from(b'a' + next(6)),
            _ => char::from(b'a' + next(26)),
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_keep_their_shape_and_say_nothing() {
        let names = BTreeSet::from(["logs".to_owned()]);
        let mut words = Words::new(["s3:GetObject", "logs"].into_iter(), &names);
        let arn = words.other("arn:aws:s3:::acme-logs/*");
        assert!(arn.starts_with("arn:aws:s3:::") && arn.ends_with("/*"), "{arn}");
        assert!(!arn.contains("acme") && !arn.contains("logs"), "{arn}");
        assert_eq!(arn, words.other("arn:aws:s3:::acme-logs/*"));
        assert_eq!(words.other("123456789012"), "111122220001");
        assert_eq!(words.other("8.8.8.8/32"), "203.0.113.1/32");
        assert_eq!(words.other("10.1.0.0/16"), "10.1.0.0/16");
        assert_eq!(words.other("0.0.0.0/0"), "0.0.0.0/0");
        assert_eq!(words.other("s3:GetObject"), "s3:GetObject");
        assert!(words.is_vocabulary("s3:GetObject") && !words.is_vocabulary("logs"));
    }
}
