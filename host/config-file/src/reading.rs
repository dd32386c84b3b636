//! What has been found while a document is read.

use std::fmt::Display;

use ssbtx_core::Sha256Digest;

use crate::fault::Fault;
use crate::setting::{Origin, Setting, Value};

/// Faults and settings of one document, so far.
#[derive(Default)]
pub(crate) struct Reading {
    pub(crate) faults: Vec<Fault>,
    pub(crate) settings: Vec<Setting>,
}

impl Reading {
    pub(crate) fn fault(&mut self, file: &str, line: usize, key: String, detail: impl Display) {
        self.faults.push(Fault { file: file.to_owned(), line, key, detail: detail.to_string() });
    }

    pub(crate) fn set(&mut self, key: String, value: Value, origin: Origin, content: Option<Sha256Digest>) {
        self.settings.push(Setting { key, value, origin, content });
    }
}
