//! Reading an object key by key, so that everything wrong with it is reported at once.

use std::fmt;

use serde_json::{Map, Value};

/// One thing that is wrong, and where. It quotes no value.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, utoipa::ToSchema)]
pub struct Fault {
    /// Where: a JSON pointer (RFC 6901) in a question, the consumer and the key in a configuration.
    pub pointer: String,
    /// What is expected there.
    pub detail: String,
}

impl fmt::Display for Fault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "`{}`: {}", self.pointer, self.detail)
    }
}

/// Everything found wrong so far, up to a hundred things: a body of nothing but faults must not have an answer many times its size.
#[derive(Debug, Default)]
pub(crate) struct Faults(Vec<Fault>);

impl Faults {
    /// Adds one.
    pub(crate) fn push(&mut self, pointer: impl Into<String>, detail: impl fmt::Display) {
        if self.0.len() < MOST_FAULTS {
            self.0.push(Fault { pointer: pointer.into(), detail: detail.to_string() });
        }
    }

    /// What was read, if all of it could be read and nothing is wrong.
    pub(crate) fn settle<T>(self, read: Option<T>) -> Result<T, Vec<Fault>> {
        match read {
            Some(read) if self.0.is_empty() => Ok(read),
            Some(_) | None => Err(self.0),
        }
    }
}

/// An object whose keys are known.
pub(crate) struct Object<'v> {
    pointer: String,
    entries: &'v Map<String, Value>,
}

impl<'v> Object<'v> {
    /// Opens an object and reports every key that is not known; one that may be more than a key is reported without being quoted.
    pub(crate) fn open(value: &'v Value, pointer: String, known: &[&str], faults: &mut Faults) -> Option<Self> {
        let Value::Object(entries) = value else {
            faults.push(pointer, "expected an object");
            return None;
        };
        for key in entries.keys().filter(|key| !known.contains(&key.as_str())) {
            let at = if is_quotable(key) { join(&pointer, key) } else { pointer.clone() };
            faults.push(at, format_args!("unknown key, expected one of {}", Listed(known)));
        }
        Some(Self { pointer, entries })
    }

    /// The pointer of one of its keys.
    pub(crate) fn at(&self, key: &str) -> String {
        join(&self.pointer, key)
    }

    /// The value of a key that may be absent, as it is.
    pub(crate) fn value(&self, key: &str) -> Option<&'v Value> {
        self.entries.get(key)
    }

    /// Reads a key that must be there.
    pub(crate) fn required<T, E: fmt::Display>(
        &self,
        key: &str,
        faults: &mut Faults,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<T> {
        if self.entries.contains_key(key) {
            self.optional(key, faults, read).flatten()
        } else {
            faults.push(self.at(key), "missing");
            None
        }
    }

    /// Reads a key that may be absent: `None` where it is wrong, `Some(None)` where it is absent.
    #[expect(clippy::option_option, reason = "wrong, absent and read are three things")]
    pub(crate) fn optional<T, E: fmt::Display>(
        &self,
        key: &str,
        faults: &mut Faults,
        read: impl FnOnce(&str) -> Result<T, E>,
    ) -> Option<Option<T>> {
        match self.entries.get(key) {
            None => Some(None),
            Some(Value::String(text)) => match read(text) {
                Ok(value) => Some(Some(value)),
                Err(fault) => {
                    faults.push(self.at(key), fault);
                    None
                }
            },
            Some(_) => {
                faults.push(self.at(key), "expected a text");
                None
            }
        }
    }
}

/// A pointer one step further down; `~` and `/` are escaped as RFC 6901 says.
pub(crate) fn join(pointer: &str, key: &str) -> String {
    format!("{pointer}/{}", key.replace('~', "~0").replace('/', "~1"))
}

/// Whether a key is short and of letters alone, or nearly so. Anything else may be a value that slipped into its place: a name, a number.
fn is_quotable(key: &str) -> bool {
    key.len() <= 32 && key.bytes().all(|byte| byte.is_ascii_alphabetic() || matches!(byte, b'-' | b'_' | b'/'))
}

/// Names in back-ticks, with commas between.
struct Listed<'n>(&'n [&'n str]);

impl fmt::Display for Listed<'_> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (position, name) in self.0.iter().enumerate() {
            write!(f, "{}`{name}`", if position == 0 { "" } else { ", " })?;
        }
        Ok(())
    }
}

const MOST_FAULTS: usize = 100;
