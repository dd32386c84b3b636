//! Where the host records, and how that says what it is.

use std::sync::Arc;

use ssbtx_audit::{CheckpointKey, CheckpointSettings, Origin, SubjectKey};

use super::Reading;
use crate::config::Audit;
use crate::config_file;

impl Reading<'_> {
    pub(super) fn audit(&mut self, audit: &config_file::Audit) -> Option<Audit> {
        let subject_key = self.parsed("audit.subject-key", SubjectKey::load(&self.path(&audit.subject_key)));
        let checkpoints = match &audit.checkpoints {
            Some(checkpoints) => self.checkpoints(checkpoints),
            None => Some(CheckpointSettings::Off),
        };
        Some(Audit { directory: self.path(&audit.directory), subject_key: subject_key?, checkpoints: checkpoints? })
    }

    fn checkpoints(&mut self, checkpoints: &config_file::Checkpoints) -> Option<CheckpointSettings> {
        let origin = self.parsed("audit.checkpoints.origin", checkpoints.origin.parse::<Origin>());
        let mut every = CheckpointSettings::DEFAULT_INTERVAL;
        self.time("audit.checkpoints.interval-ms", checkpoints.interval_ms, &CheckpointSettings::INTERVAL, &mut every);
        let key = CheckpointKey::load(&self.path(&checkpoints.key), origin?);
        let key = self.parsed("audit.checkpoints.key", key)?;
        Some(CheckpointSettings::Signed { key: Arc::new(key), every })
    }
}
