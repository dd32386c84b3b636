//! Logs and records to test with.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use jiff::Timestamp;
use jiff::civil::Date;
use tempfile::TempDir;

use ssbtx_audit::{
    AgencyRecord, AuditLog, AuditSettings, Begun, ConsumerName, DiscloserRecord, ErrorCode, Record, SubjectKey,
};
use ssbtx_core::{
    AcceptedPending, AcceptedScope, AdapterIdentity, AgencyId, BrokerFault, CaseId, Caseworker, Context,
    EditionIdentity, Failure, Front, IdentityCheck, OpenCase, PersonId, PolicyIdentity, Purpose, PurposeCode,
    QuestionId, Relation, Sha256Digest, State,
};

pub(crate) const PERSON: &str = "197701172392";

pub(crate) fn now() -> Timestamp {
    "2026-01-01T08:00:00Z".parse().unwrap()
}

pub(crate) fn person() -> PersonId {
    PersonId::parse(PERSON, IdentityCheck::DateAndCheckDigit).unwrap()
}

/// A record of a question with this number.
pub(crate) fn record(number: u8) -> Record {
    let answered = AgencyRecord {
        agency: AgencyId::AF,
        asked: true,
        state: State::Answered,
        disclosers: vec![DiscloserRecord { agency: AgencyId::AF, state: State::Answered, disclosed: 12 }],
        adapter: Some(AdapterIdentity { version: "1.0.0".into(), sha256: Sha256Digest::of(b"adapter") }),
        mask: Some(Sha256Digest::of(b"mask")),
        disclosed: 12,
        withheld: 3,
        unknown: 1,
        elapsed: Duration::from_micros(345_678),
        failure: None,
    };
    let failed = AgencyRecord {
        agency: AgencyId::MIV,
        asked: false,
        state: State::Failed,
        disclosers: vec![DiscloserRecord { agency: AgencyId::MIV, state: State::Failed, disclosed: 0 }],
        adapter: None,
        mask: None,
        disclosed: 0,
        withheld: 0,
        unknown: 0,
        elapsed: Duration::ZERO,
        failure: Some(ErrorCode::of(&Failure::Broker(BrokerFault::AdapterMissing))),
    };
    let dataset = (AgencyId::AF, "inskrivning".parse().unwrap());
    Record {
        question: QuestionId([number; 16]),
        asked_at: now(),
        answered_at: now() + Duration::from_millis(350),
        front: Front::JsonV1,
        consumer: ConsumerName::new("Exempelkommun"),
        requester: "162020000001".parse().unwrap(),
        caseworker: Caseworker::parse("Åsa \"Exempel\"").unwrap(),
        case: CaseId::parse("2026-000123").unwrap(),
        open_case: OpenCase::Inside,
        household: None,
        purpose: Purpose::parse(&format!("Ansökan av {PERSON}")).unwrap(),
        subject: SubjectKey::from_bytes([7; 32]).subject(&person()),
        context: Context {
            role: "ekonomiskt-bistand".parse().unwrap(),
            purpose: PurposeCode::CASE_WORK.parse().unwrap(),
            relation: Relation::HouseholdAdult,
            consents: vec!["arbetsformedlingen".parse().unwrap()],
            protected_identity: true,
            asked_on: Date::constant(2026, 1, 1),
        },
        edition: EditionIdentity {
            trust_version: 5,
            policy: PolicyIdentity {
                name: "ekonomiskt-bistand".parse().unwrap(),
                version: "1.2.0".into(),
                sha256: Sha256Digest::of(b"policy"),
            },
            tightening: Some(Sha256Digest::of(b"tightening")),
            lifted: None,
            grants: [(AgencyId::AF, Sha256Digest::of(b"grant"))].into(),
        },
        accepted_pending: AcceptedPending::default()
            .with("a-practice".parse().unwrap(), AcceptedScope::Datasets([dataset].into()))
            .with("ssbtek-v10-practice".parse().unwrap(), AcceptedScope::EveryDataset),
        agencies: vec![answered, failed],
        broken_off: None,
    }
}

/// The record of the beginning of the same question.
pub(crate) fn begun(number: u8) -> Begun {
    let of = record(number);
    Begun {
        question: of.question,
        asked_at: of.asked_at,
        front: of.front,
        consumer: of.consumer,
        requester: of.requester,
        caseworker: of.caseworker,
        case: of.case,
        open_case: of.open_case,
        household: of.household,
        purpose: of.purpose,
        subject: of.subject,
        context: of.context,
        edition: of.edition,
        included: vec![AgencyId::AF],
    }
}

/// A log in a folder of its own.
pub(crate) struct Folder(TempDir);

impl Folder {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    /// A folder with a log of `count` records in segments of `per_segment`.
    pub(crate) async fn with(count: u8, per_segment: u64) -> Self {
        let folder = Self::new();
        let log = folder.open_with(per_segment * LINE_BYTES);
        for number in 1..=count {
            log.append(record(number)).await.unwrap();
        }
        folder
    }

    pub(crate) fn path(&self) -> PathBuf {
        self.0.path().join("audit")
    }

    pub(crate) fn open(&self) -> AuditLog {
        self.open_with(AuditSettings::default().segment_bytes)
    }

    pub(crate) fn open_with(&self, segment_bytes: u64) -> AuditLog {
        AuditLog::open(&self.path(), AuditSettings { segment_bytes, ..AuditSettings::default() }, now()).unwrap()
    }

    /// The segments in order.
    pub(crate) fn segments(&self) -> Vec<PathBuf> {
        let entries = fs::read_dir(self.path()).unwrap().map(|entry| entry.unwrap().path());
        let mut segments: Vec<PathBuf> =
            entries.filter(|path| path.extension().is_some_and(|it| it == "jsonl")).collect();
        segments.sort();
        segments
    }

    /// Every line of every segment.
    pub(crate) fn lines(&self) -> Vec<String> {
        self.segments().iter().flat_map(|segment| lines(segment)).collect()
    }
}

/// A segment's lines.
pub(crate) fn lines(segment: &Path) -> Vec<String> {
    fs::read_to_string(segment).unwrap().lines().map(str::to_owned).collect()
}

/// Writes a segment anew.
pub(crate) fn rewrite(segment: &Path, lines: &[String]) {
    let text: String = lines.iter().flat_map(|line| [line.as_str(), "\n"]).collect();
    fs::write(segment, text).unwrap();
}

/// A little more than the length of a test record's line, and less than twice that.
const LINE_BYTES: u64 = 2000;
