//! Reading TOML by its places, and keeping all that is wrong with it.

use std::sync::Arc;

use toml::Spanned;
use toml::de::{DeTable, DeValue};

use super::file::At;
use crate::model::{Map, Value};
use crate::pack::nearest;
use crate::waiver::is_day;

/// Reads one file.
pub(super) struct Reader<'t> {
    shown: &'t str,
    text: &'t str,
    problems: Vec<(usize, String)>,
}

/// A member of a table.
pub(super) struct Entry<'a, 'i> {
    name: &'a str,
    /// Where its name stands.
    pub(super) at: usize,
    pub(super) value: &'a Spanned<DeValue<'i>>,
}

impl<'t> Reader<'t> {
    pub(super) fn new(shown: &'t str, text: &'t str) -> Self {
        Reader {
            shown,
            text,
            problems: Vec::new(),
        }
    }

    pub(super) fn shown(&self) -> &'t str {
        self.shown
    }

    /// The table of the whole file; where it is no TOML, that is kept.
    pub(super) fn parse(&mut self) -> Option<Spanned<DeTable<'t>>> {
        match DeTable::parse(self.text) {
            Ok(table) => Some(table),
            Err(error) => {
                let at = error.span().map_or(0, |span| span.start);
                self.problem(at, &format!("is no TOML: {}", error.message()));
                None
            }
        }
    }

    /// What was read, where nothing was wrong.
    pub(super) fn finish<T>(mut self, read: T) -> Result<T, Vec<String>> {
        if self.problems.is_empty() {
            return Ok(read);
        }
        self.problems.sort();
        self.problems.dedup();
        Err(self.problems.into_iter().map(|(_, problem)| problem).collect())
    }

    /// The line of a byte, from 1.
    pub(super) fn line(&self, at: usize) -> usize {
        self.before(at).matches('\n').count() + 1
    }

    fn before(&self, at: usize) -> &'t str {
        self.text.get(..at).unwrap_or(self.text)
    }

    /// Keeps what is wrong at a byte.
    pub(super) fn problem(&mut self, at: usize, message: &str) {
        let before = self.before(at);
        let column = before.rsplit('\n').next().unwrap_or(before).chars().count() + 1;
        let problem = format!("{}:{}:{column}: {message}", self.shown, self.line(at));
        self.problems.push((at, problem));
    }

    /// Keeps what is wrong with a member.
    pub(super) fn wrong(&mut self, entry: &Entry, message: &str) {
        self.problem(entry.value.span().start, &format!("{} {message}", entry.name));
    }

    /// Keeps what is no key of a table, with the nearest one that is.
    pub(super) fn keys(&mut self, table: &DeTable, path: &str, known: &[&str]) {
        for key in table.keys() {
            let name = &**key.get_ref();
            if known.contains(&name) {
                continue;
            }
            let hint = nearest::hint(name, known.iter().copied());
            let hint = if hint.is_empty() {
                format!("; its keys are {}", known.join(", "))
            } else {
                hint
            };
            let of = if path.is_empty() {
                "of this file".to_owned()
            } else {
                format!("of {path}")
            };
            self.problem(key.span().start, &format!("`{name}` is no key {of}{hint}"));
        }
    }

    pub(super) fn entry<'a, 'i>(&self, table: &'a DeTable<'i>, name: &'a str) -> Option<Entry<'a, 'i>> {
        let (key, value) = table.iter().find(|(key, _)| &**key.get_ref() == name)?;
        Some(Entry {
            name,
            at: key.span().start,
            value,
        })
    }

    fn read<T>(
        &mut self,
        table: &DeTable,
        name: &str,
        must: &str,
        read: impl Fn(&DeValue) -> Option<T>,
    ) -> Option<At<T>> {
        let entry = self.entry(table, name)?;
        match read(entry.value.get_ref()) {
            Some(value) => Some(At {
                value,
                line: self.line(entry.at),
            }),
            None => {
                let found = entry.value.get_ref().type_str();
                self.wrong(&entry, &format!("must be {must}, not of the type {found}"));
                None
            }
        }
    }

    /// A text, which must not be empty.
    pub(super) fn text(&mut self, table: &DeTable, name: &str) -> Option<At<String>> {
        let text = self.read(table, name, "a text", |value| value.as_str().map(str::to_owned))?;
        if text.value.trim().is_empty()
            && let Some(entry) = self.entry(table, name)
        {
            self.wrong(&entry, "is empty: write it, or leave the key out");
            return None;
        }
        Some(text)
    }

    /// A text that must be there; `at` is where the table begins.
    pub(super) fn needed(&mut self, table: &DeTable, name: &str, at: usize) -> Option<String> {
        if self.entry(table, name).is_none() {
            self.problem(at, &format!("`{name}` is missing"));
        }
        self.text(table, name).map(|text| text.value)
    }

    pub(super) fn texts(&mut self, table: &DeTable, name: &str) -> Option<At<Vec<String>>> {
        self.read(table, name, "a list of texts", |value| {
            let elements = value.as_array()?.iter();
            elements
                .map(|element| element.get_ref().as_str().map(str::to_owned))
                .collect()
        })
    }

    pub(super) fn flag(&mut self, table: &DeTable, name: &str) -> Option<At<bool>> {
        self.read(table, name, "true or false", |value| value.as_bool())
    }

    /// A whole number from 0 to `most`.
    pub(super) fn number(&mut self, table: &DeTable, name: &str, most: u16) -> Option<At<u16>> {
        self.read(table, name, &format!("a whole number from 0 to {most}"), |value| {
            let number = value.as_integer()?;
            let number = u16::from_str_radix(number.as_str(), number.radix()).ok()?;
            (number <= most).then_some(number)
        })
    }

    /// A day, as a text or as TOML's own.
    pub(super) fn day(&mut self, table: &DeTable, name: &str) -> Option<String> {
        let day = self.read(table, name, "a day, as \"2027-01-31\"", |value| match value {
            DeValue::String(text) => Some(text.to_string()),
            DeValue::Datetime(day) => Some(day.to_string()),
            _ => None,
        })?;
        if !is_day(&day.value)
            && let Some(entry) = self.entry(table, name)
        {
            self.wrong(
                &entry,
                &format!("is `{}`, which is no day: write it as 2027-01-31", day.value),
            );
            return None;
        }
        Some(day.value)
    }

    /// A fingerprint, as the report writes it.
    pub(super) fn fingerprint(&mut self, table: &DeTable, name: &str) -> Option<String> {
        let text = self.text(table, name)?.value;
        let is_one = text.len() == 16 && text.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
        if !is_one && let Some(entry) = self.entry(table, name) {
            let message = format!("is `{text}`, and must be 16 of 0-9 and a-f, as the JSON report has it");
            self.wrong(&entry, &message);
        }
        is_one.then_some(text)
    }

    /// One of several words, in any case.
    pub(super) fn one_of<T: Copy>(
        &mut self,
        table: &DeTable,
        name: &str,
        all: &[T],
        word: impl Fn(T) -> &'static str,
    ) -> Option<At<T>> {
        let text = self.text(table, name)?;
        let found = all
            .iter()
            .copied()
            .find(|one| word(*one).eq_ignore_ascii_case(&text.value));
        if found.is_none()
            && let Some(entry) = self.entry(table, name)
        {
            let words: Vec<&str> = all.iter().map(|one| word(*one)).collect();
            let hint = nearest::hint(&text.value, words.iter().copied());
            let message = format!("is `{}`, and must be one of {}{hint}", text.value, words.join(", "));
            self.wrong(&entry, &message);
        }
        Some(At {
            value: found?,
            line: text.line,
        })
    }

    /// A table whose keys are known.
    pub(super) fn table<'a, 'i>(
        &mut self,
        table: &'a DeTable<'i>,
        name: &'a str,
        known: &[&str],
    ) -> Option<&'a DeTable<'i>> {
        let inner = self.any_table(table, name)?;
        self.keys(inner, name, known);
        Some(inner)
    }

    /// A table with keys of any name.
    pub(super) fn any_table<'a, 'i>(&mut self, table: &'a DeTable<'i>, name: &'a str) -> Option<&'a DeTable<'i>> {
        let entry = self.entry(table, name)?;
        let inner = entry.value.get_ref().as_table();
        if inner.is_none() {
            self.wrong(&entry, "must be a table");
        }
        inner
    }

    /// A value that must be a table whose keys are known.
    pub(super) fn as_table<'a, 'i>(
        &mut self,
        name: &str,
        value: &'a Spanned<DeValue<'i>>,
        known: &[&str],
    ) -> Option<&'a DeTable<'i>> {
        match value.get_ref().as_table() {
            Some(table) => {
                self.keys(table, name, known);
                Some(table)
            }
            None => {
                self.problem(value.span().start, &format!("{name} must be a table"));
                None
            }
        }
    }

    /// Any value, as JSON has it.
    pub(super) fn value(&mut self, value: &Spanned<DeValue>) -> Option<Value> {
        let at = value.span().start;
        Some(match value.get_ref() {
            DeValue::String(text) => Value::from(&**text),
            DeValue::Boolean(flag) => Value::Bool(*flag),
            DeValue::Datetime(day) => Value::from(&*day.to_string()),
            DeValue::Integer(number) => {
                let read = i64::from_str_radix(number.as_str(), number.radix()).ok();
                let Some(read) = read else {
                    self.problem(at, "is a number out of range");
                    return None;
                };
                Value::Number(read.into())
            }
            DeValue::Float(number) => {
                let read = number
                    .as_str()
                    .parse::<f64>()
                    .ok()
                    .and_then(serde_json::Number::from_f64);
                let Some(read) = read else {
                    self.problem(at, "is no number that JSON has");
                    return None;
                };
                Value::Number(read)
            }
            DeValue::Array(elements) => Value::Array(
                elements
                    .iter()
                    .map(|element| self.value(element))
                    .collect::<Option<_>>()?,
            ),
            DeValue::Table(members) => {
                let members = members
                    .iter()
                    .map(|(name, value)| Some((Arc::from(&**name.get_ref()), self.value(value)?)));
                Value::Object(members.collect::<Option<Map>>()?)
            }
        })
    }
}
