//! The audit log: one durable record per question, chained to the one before.
//!
//! A question whose record cannot be written gets no answer: [`AuditLog::append`] returns when the record is on the disk, and the broker lets
//! the answer go only then. A [`Record`] says who asked, as what, for what, in which case, about whom (a keyed digest), which agencies were asked
//! and what came of it in states and counts. It has no field for a value from an agency.
//!
//! # Format
//!
//! A directory (mode 0700) of segments (mode 0600) named `audit-<sequence of their first line, 12 digits>.jsonl`, and an empty `audit.lock`
//! that the host holds locked. Each line is
//!
//! ```json
//! {"sequence":1,"previous":"<64 hex digits>","record":{…},"hash":"<64 hex digits>"}
//! ```
//!
//! with a line feed at its end, no white space between the parts, and the keys in this order. `sequence` counts from 1 without gaps, across
//! segments. `previous` is the `hash` of the line before, across segments; in line 1 it is 64 zeros. `hash` is SHA-256 over the 32 bytes that
//! `previous` writes in hexadecimal, followed by the bytes of `record` exactly as they stand in the line, from its `{` to its `}`.
//!
//! A record has a `kind`. `question` is a [`Record`], whose documentation lists its keys, as those of [`Begun`], [`Refused`] and [`CaseChanged`] do for `begun`, `refused`,
//! `caseRegistered` and `caseClosed`: a question whose answer begins to leave in pieces, one that was read and asked nobody, and what a consumer says of its open cases. `recovered` says that the end of a line was cut off
//! when the log was opened, because the host had stopped in the middle of writing it; the question of that line never got an answer:
//!
//! ```json
//! {"kind":"recovered","at":"2026-01-01T00:00:00Z","bytesCut":123}
//! ```
//!
//! `removed` says that all lines up to one were removed since they are kept no longer, and what the chain and the Merkle tree go on from; `lookedUp`, that
//! everything about a person was shown to two officers:
//!
//! ```json
//! {"kind":"removed","at":"2026-01-01T00:00:00Z","through":12,"hash":"<64 hex digits>","edge":["<64 hex digits>",…]}
//! {"kind":"lookedUp","lookUp":"<UUID>","at":"…","subject":{…},"officers":["…","…"],"reason":"…","records":3}
//! ```
//!
//! In PostgreSQL ([`AuditLog::connect`]) a line is a row, with the same bytes and without the line feed; the columns beside it are derived from it and are what it is
//! found by (`postgres/schema.sql`). There is no `recovered`: a batch is committed or it is not.
//!
//! # What the chain shows and what it does not
//!
//! [`verify()`] finds every line that was changed, removed, added or moved, and names the segment and the line. It cannot find that lines at the
//! very end were removed, nor that the whole log was written anew.
//!
//! # Checkpoints
//!
//! With [`CheckpointSettings::Signed`] the log says what it is in [`SignedCheckpoint`]s: how many lines, and the root of a Merkle tree over them (RFC 9162),
//! under an Ed25519 signature. They stand one after the other in `audit.checkpoints`, and the tree's right edge in `audit.edge`, which may be removed.
//! [`verify_checkpoints`] holds a log against them and against those that were kept elsewhere; [`prove`], [`prove_line`], [`prove_consistency`] and [`export`] make proofs that
//! [`Proof::verify`] judges with the [`VerifierKey`] alone.

mod caseworker;
mod chain;
mod checkpoint;
mod checkpoint_file;
mod checkpoint_key;
mod checkpointing;
mod checkpoints;
mod checkpoints_broken;
mod directory;
mod gauge;
mod hmac_key;
mod index;
mod indexed;
mod journal;
mod limits_reached;
mod log;
mod look_up;
mod misuse;
mod month;
mod notes;
mod officers;
mod pace;
mod place;
mod postgres;
mod proof;
mod proving;
mod questions;
mod record;
mod recovery;
mod removed;
mod retention;
mod searchable;
mod segment;
mod sink;
mod subject;
mod suppression;
mod tree;
mod usage;
mod verify;
mod walk;
mod writer;

pub use caseworker::{NotListed, by_caseworker};
pub use chain::{ChainBroken, Flaw};
pub use checkpoint::{InvalidCheckpoint, InvalidOrigin, Origin, SignedCheckpoint};
pub use checkpoint_key::{CheckpointKey, CheckpointKeyFault, InvalidVerifierKey, VerifierKey};
pub use checkpoints_broken::CheckpointsBroken;
pub use gauge::{Condition, Levels};
pub use hmac_key::{HmacKey, HmacKeyFault};
pub use index::SegmentIndex;
pub use indexed::{Indexed, NamedSubject, NotIndexed, folded};
pub use log::{AuditLog, AuditSettings, CheckpointSettings, NotRecorded};
pub use look_up::{Granted, InvalidRequest, LookUpRefused, LookUpRequest, NotSigned, Reason};
pub use misuse::{
    AskedOften, ByCaseworker, CaseworkerCount, InvalidHours, Limited, Misuse, MisuseOfConsumer, MisuseOfMonth,
    MisuseSettings, Volume, WorkingHours,
};
pub use month::{InvalidMonth, Month, Months};
pub use notes::Notes;
pub use officers::{InvalidOfficers, Officers, OfficersFault};
pub use place::Place;
pub use postgres::{POSTGRES_SCHEMA, PostgresFault, PostgresSearch, PostgresSettings};
pub use proof::{ConsistencyProof, InclusionProof, InvalidProof, Proof, ProofRefused};
pub use proving::{Exported, NoProof, export, prove, prove_consistency, prove_line};
pub use questions::{AuditQuestions, LookedUpPerson, NotAnswered};
pub use record::{
    AgencyRecord, Begun, BrokenOff, CaseChange, CaseChanged, ConsumerName, DiscloserRecord, ErrorCode, Record, Refused,
    RefusedWhy,
};
pub use recovery::AuditFault;
pub use retention::{NotRetained, Retained, Retention, retain};
pub use searchable::{FoundLine, SearchFault, Searchable};
pub use subject::{KeyId, Subject, SubjectKey};
pub use suppression::{Count, Precision};
pub use usage::{Usage, UsageOfMonth, UsageRow};
pub use verify::{Signers, Verified, VerifiedCheckpoints, read, verify, verify_checkpoints};
