//! Texts, numbers, times and lists.

use std::error::Error;
use std::fmt::Display;
use std::ops::RangeInclusive;
use std::time::Duration;

use ssbtx_core::Sha256Digest;

use super::Table;
use crate::setting::Value;
use crate::told::told;
use crate::tree::Node;

/// The unit that a key's name ends with.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// `…-ms`.
    Milliseconds,
    /// `…-hours`.
    Hours,
}

impl Table<'_> {
    /// Reads a text that must be there.
    pub fn text<T, E: Into<Box<dyn Error>>>(
        &self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.has(key) {
            self.optional_text(key, expected, parse).flatten()
        } else {
            self.missing(key, expected);
            None
        }
    }

    /// Reads a text that may be left out: `None` where it is wrong, `Some(None)` where it is left out.
    pub fn optional_text<T, E: Into<Box<dyn Error>>>(
        &self,
        key: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        let Some(found) = self.find(key) else {
            self.set(key, Value::NotSet);
            return Some(None);
        };
        let Node::Text(text) = &found.node else {
            self.mistaken(key, found, expected);
            return None;
        };
        self.set(key, Value::Text(text.clone()));
        self.taken(key, parse(text)).map(Some)
    }

    /// Reads a text that has a default, which is parsed as well.
    pub fn text_or<T, E: Into<Box<dyn Error>>>(
        &self,
        key: &str,
        default: &str,
        expected: &str,
        parse: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.has(key) {
            return self.optional_text(key, expected, parse).flatten();
        }
        self.set(key, Value::Text(default.to_owned()));
        self.taken(key, parse(default))
    }

    /// Reads one of some words; the first is the default.
    pub fn choice<T: Copy, const N: usize>(&self, key: &str, words: [(&str, T); N]) -> Option<T> {
        let (default, _) = words.first()?;
        let expected = format!("one of `{}`", words.map(|(word, _)| word).join("`, `"));
        self.text_or(key, default, &expected, |text| {
            let chosen = words.iter().find(|(word, _)| *word == text);
            chosen.map(|(_, choice)| *choice).ok_or_else(|| format!("`{text}` is not {expected}"))
        })
    }

    /// Reads a whole number in a range.
    pub fn number<N>(&self, key: &str, range: &RangeInclusive<N>, default: N) -> N
    where
        N: Copy + PartialOrd + Display + TryFrom<i64> + TryInto<i64>,
    {
        let expected = format!("a whole number, {} to {}", range.start(), range.end());
        let read = match self.find(key) {
            None => default,
            Some(found) => {
                if let Node::Number(number) = &found.node {
                    match N::try_from(*number) {
                        Ok(within) if range.contains(&within) => within,
                        Ok(_) | Err(_) => {
                            self.fault(key, format_args!("`{number}` is not {} to {}", range.start(), range.end()));
                            default
                        }
                    }
                } else {
                    self.mistaken(key, found, expected);
                    default
                }
            }
        };
        self.set(key, Value::Number(read.try_into().unwrap_or(i64::MAX)));
        read
    }

    /// Reads a time in a range; the key's name ends with the unit.
    pub fn time(&self, key: &str, unit: Unit, range: &RangeInclusive<Duration>, default: Duration) -> Duration {
        let range = unit.of(*range.start())..=unit.of(*range.end());
        unit.times(self.number(key, &range, unit.of(default)))
    }

    /// Reads a list of texts that may be left out: `None` where one of them is wrong, `Some(None)` where the list is left out.
    pub fn list<T, E: Into<Box<dyn Error>>>(
        &self,
        key: &str,
        expected: &str,
        parse: impl FnMut(&str) -> Result<T, E>,
    ) -> Option<Option<Vec<T>>> {
        self.list_with(key, expected, parse, |_| None)
    }

    /// Reads such a list, and keeps with its setting the digest of what it names.
    #[expect(clippy::option_option, reason = "wrong, left out and read are three things")]
    pub(super) fn list_with<T, E: Into<Box<dyn Error>>>(
        &self,
        key: &str,
        expected: &str,
        mut parse: impl FnMut(&str) -> Result<T, E>,
        digest: impl FnOnce(&[T]) -> Option<Sha256Digest>,
    ) -> Option<Option<Vec<T>>> {
        let Some(found) = self.find(key) else {
            self.set(key, Value::NotSet);
            return Some(None);
        };
        let Node::List(items) = &found.node else {
            self.mistaken(key, found, expected);
            return None;
        };
        let (mut texts, mut read) = (Vec::new(), Vec::new());
        for (position, item) in items.iter().enumerate() {
            let path = || format!("{}[{position}]", self.path_of(key));
            let Node::Text(text) = &item.node else {
                self.fault_at(item.line, path(), format_args!("found {}, expected a text", item.node.found()));
                continue;
            };
            texts.push(text.clone());
            match parse(text) {
                Ok(value) => read.push(value),
                Err(error) => self.fault_at(item.line, path(), told(error.into().as_ref())),
            }
        }
        self.set_with(key, Value::List(texts), digest(&read));
        (read.len() == items.len()).then_some(Some(read))
    }
}

impl Unit {
    fn of(self, time: Duration) -> u64 {
        match self {
            Self::Milliseconds => u64::try_from(time.as_millis()).unwrap_or(u64::MAX),
            Self::Hours => time.as_secs() / SECONDS_OF_AN_HOUR,
        }
    }

    fn times(self, number: u64) -> Duration {
        match self {
            Self::Milliseconds => Duration::from_millis(number),
            Self::Hours => Duration::from_secs(number.saturating_mul(SECONDS_OF_AN_HOUR)),
        }
    }
}

const SECONDS_OF_AN_HOUR: u64 = 60 * 60;
