//! Where the host records, and how that says what it is.

use std::sync::Arc;

use ssbtx_audit::{CheckpointKey, CheckpointSettings, Origin};
use ssbtx_config_file::{Table, Unit};

use super::{Reading, audit_questions, audit_sink};
use crate::config::Audit;
use crate::config_file;

impl Reading<'_> {
    pub(super) fn audit(&self, table: &Table<'_>) -> Option<Audit> {
        let sink = audit_sink::sink(self, table);
        let key = table.file("subject-key", "the key under which persons are named in the log");
        let overlapping = table.optional_file(audit_questions::OVERLAPPING, "the file of the subject key before");
        let keys = key.zip(overlapping).map(|(newest, overlapping)| (newest.path, overlapping.map(|file| file.path)));
        let keys = keys.as_ref().map(|(newest, overlapping)| (newest.as_path(), overlapping.as_deref()));
        let subject_key = keys.and_then(|files| audit_questions::subject_key(table, files));
        // A key that cannot be used is told of once.
        let questions = audit_questions::questions(table, keys.filter(|_| subject_key.is_some()));
        let checkpoints = match table.optional_table("checkpoints", config_file::CHECKPOINTS) {
            Some(checkpoints) => signed(&checkpoints),
            None => Some(CheckpointSettings::Off),
        };
        Some(Audit { sink: sink?, subject_key: subject_key?, checkpoints: checkpoints?, questions: questions? })
    }
}

fn signed(table: &Table<'_>) -> Option<CheckpointSettings> {
    let file = table.file("key", "the key that checkpoints are signed with, PKCS#8 in PEM");
    let origin = table.text("origin", "the log's name, such as `ssbtx.example.se/audit/1`", str::parse::<Origin>);
    let every = table.time(
        "interval-ms",
        Unit::Milliseconds,
        &CheckpointSettings::INTERVAL,
        CheckpointSettings::DEFAULT_INTERVAL,
    );
    let key = table.taken("key", CheckpointKey::load(&file?.path, origin?))?;
    Some(CheckpointSettings::Signed { key: Arc::new(key), every })
}
