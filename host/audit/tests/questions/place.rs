//! A log with what the questions are about.

use std::path::Path;
use std::sync::Arc;

use jiff::Timestamp;

use crate::records::{now, record};
use ssbtx_audit::{
    AuditLog, AuditQuestions, AuditSettings, ConsumerName, MisuseSettings, Months, Officers, Record, Refused,
    RefusedWhy, SegmentIndex, SubjectKey,
};
use ssbtx_core::{Caseworker, Front, IdentityCheck, PersonId, QuestionId};

pub(crate) const ANOTHER: &str = "197701182383";

pub(crate) fn person(number: &str) -> PersonId {
    PersonId::parse(number, IdentityCheck::DateAndCheckDigit).unwrap()
}

pub(crate) fn key(byte: u8) -> SubjectKey {
    SubjectKey::from_bytes([byte; 32])
}

/// A question, and what tells it from others.
pub(crate) struct Asked<'a> {
    pub(crate) at: &'a str,
    pub(crate) caseworker: &'a str,
    pub(crate) person: &'a str,
    pub(crate) consumer: &'a str,
}

impl Default for Asked<'_> {
    fn default() -> Self {
        // A Wednesday.
        Self {
            at: "2026-01-14T10:00:00Z",
            caseworker: "Asa Exempel",
            person: crate::records::PERSON,
            consumer: "Exempelkommun",
        }
    }
}

impl Asked<'_> {
    pub(crate) fn record(&self) -> Record {
        let at: Timestamp = self.at.parse().unwrap();
        Record {
            asked_at: at,
            answered_at: at,
            consumer: ConsumerName::new(self.consumer),
            caseworker: Caseworker::parse(self.caseworker).unwrap(),
            subject: key(7).subject(&person(self.person)),
            ..record(1)
        }
    }

    pub(crate) fn refused(&self, why: RefusedWhy) -> Refused {
        let record = self.record();
        Refused {
            question: QuestionId([9; 16]),
            at: record.asked_at,
            front: Front::JsonV1,
            consumer: record.consumer,
            role: record.context.role,
            requester: record.requester,
            caseworker: record.caseworker,
            case: record.case,
            household: None,
            purpose: record.purpose,
            subject: record.subject,
            why,
        }
    }
}

/// A log with these records, open.
pub(crate) async fn log_of(folder: &Path, segment_bytes: u64, records: impl IntoIterator<Item = Record>) -> AuditLog {
    let log = AuditLog::open(folder, AuditSettings { segment_bytes, ..AuditSettings::default() }, now()).unwrap();
    let records: Vec<_> = records.into_iter().map(|record| log.append(record)).collect();
    // All at once: one flush for many.
    for written in records {
        written.await.unwrap();
    }
    log
}

/// The questions of a log whose persons have names under these keys.
pub(crate) fn questions(
    folder: &Path,
    log: &AuditLog,
    keys: Vec<SubjectKey>,
    officers: Option<Officers>,
) -> Arc<AuditQuestions> {
    let index = Box::new(SegmentIndex::open(folder).unwrap());
    Arc::new(AuditQuestions::new(index, keys, officers, MisuseSettings::default(), log.notes(), clock))
}

/// Some weeks after what is asked here.
pub(crate) fn clock() -> Timestamp {
    "2026-02-10T12:00:00Z".parse().unwrap()
}

pub(crate) fn january() -> Months {
    Months::new("2026-01".parse().unwrap(), "2026-01".parse().unwrap(), clock()).unwrap()
}
