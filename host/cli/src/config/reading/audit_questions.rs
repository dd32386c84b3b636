//! What questions to the audit log are answered by, and how long it is kept.

use std::path::Path;

use ssbtx_audit::{MisuseSettings, Officers, Retention, SubjectKey, WorkingHours};
use ssbtx_config_file::Table;

use crate::config::Questions;
use crate::config_file;

/// Reads what stands in `[audit]` for questions. Without the key that records name persons under there is nothing to answer them by, and the rest is
/// read all the same, so that every fault is told at once.
pub(super) fn questions(table: &Table<'_>, subject_key: Option<KeyFiles<'_>>) -> Option<Questions> {
    let officers = match table.optional_file("officers", "the public keys of those who may let a person be looked up") {
        Some(Some(file)) => table.taken("officers", Officers::load(&file.path)).map(Some),
        Some(None) => Some(None),
        None => None,
    };
    let keys = keys(table, subject_key);
    let misuse = misuse(&table.table("misuse", config_file::MISUSE));
    let retention = if table.has("retention-days") {
        let days = table.number("retention-days", &Retention::DAYS, *Retention::DAYS.end());
        // Out of the range there is a fault already.
        Retention::of_days(days)
    } else {
        None
    };
    Some(Questions { keys: keys?, officers: officers?, misuse: misuse?, retention })
}

/// The file of the key that records name persons under, and that of the one before it where the two overlap.
pub(super) type KeyFiles<'f> = (&'f Path, Option<&'f Path>);

/// Reads the key that records name persons under; where there is one before it that overlaps, under that as well.
pub(super) fn subject_key(table: &Table<'_>, (newest, overlapping): KeyFiles<'_>) -> Option<SubjectKey> {
    let newest = table.taken("subject-key", SubjectKey::load(newest))?;
    match overlapping {
        Some(path) => table.taken(OVERLAPPING, SubjectKey::load(path)).map(|key| newest.overlapping(key)),
        None => Some(newest),
    }
}

/// Reads every key that a person may have a name under, the newest first. Records have theirs, and look-ups have these.
fn keys(table: &Table<'_>, newest: Option<KeyFiles<'_>>) -> Option<Vec<SubjectKey>> {
    // It names the one that overlaps too.
    let newest = newest.and_then(|files| subject_key(table, files));
    let earlier = table.files(EARLIER, "a list of files of subject keys")?;
    let earlier: Vec<_> = earlier.iter().map(|file| table.taken(EARLIER, SubjectKey::load(&file.path))).collect();
    [newest].into_iter().chain(earlier).collect()
}

fn misuse(table: &Table<'_>) -> Option<MisuseSettings> {
    let default = MisuseSettings::default();
    let hour = |key: &str, default: u8| table.number(key, &(0..=24), default);
    let hours = WorkingHours::new(hour("working-hours-from", 6), hour("working-hours-until", 20));
    Some(MisuseSettings {
        hours: table.taken("working-hours-until", hours)?,
        volume_factor: table.number("volume-factor", &MisuseSettings::VOLUME_FACTOR, default.volume_factor),
        volume_at_least: table.number("volume-at-least", &MisuseSettings::VOLUME_AT_LEAST, default.volume_at_least),
        asked_often: table.number("asked-often", &MisuseSettings::ASKED_OFTEN, default.asked_often),
    })
}

/// The key of the file with the subject key before.
pub(super) const OVERLAPPING: &str = "overlapping-subject-key";
const EARLIER: &str = "earlier-subject-keys";
