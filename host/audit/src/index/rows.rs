//! The rows of an index, and how they are selected.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rusqlite::types::Type;
use rusqlite::{Connection, OptionalExtension, Row, Transaction, TransactionBehavior, params};

use super::{Place, Wrong};
use crate::chain::Head;
use crate::indexed::{Indexed, NamedSubject};
use crate::segment::Segment;

/// How far an index has come.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct Reached {
    /// The chain's end there.
    pub(super) head: Head,
    /// The last line that was taken in.
    pub(super) last: Place,
}

/// Makes the tables where there are none; a table of another form is an error.
pub(super) fn prepare(connection: &mut Connection) -> rusqlite::Result<()> {
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let version: i64 = transaction.pragma_query_value(None, "user_version", |row| row.get(0))?;
    match version {
        VERSION => {}
        0 => {
            transaction.execute_batch(TABLES)?;
            transaction.pragma_update(None, "user_version", VERSION)?;
        }
        _ => return Err(rusqlite::Error::InvalidQuery),
    }
    transaction.commit()
}

pub(super) fn insert(transaction: &Transaction<'_>, row: &Indexed, place: Place) -> Result<(), Wrong> {
    let name = |named: &Option<NamedSubject>| named.clone().map(|named| (named.key, named.hmac_sha256)).unzip();
    let (subject_key, subject_hmac): (Option<String>, Option<String>) = name(&row.subject);
    let (earlier_key, earlier_hmac): (Option<String>, Option<String>) = name(&row.earlier_subject);
    let parts = serde_json::to_string(&row.parts).map_err(|_| Wrong::Disagrees)?;
    transaction.prepare_cached(INSERT)?.execute(params![
        number(row.sequence)?,
        number(place.segment.first())?,
        number(place.offset)?,
        number(place.length)?,
        row.at.as_nanosecond().to_string(),
        row.at.as_microsecond(),
        row.kind,
        row.question,
        row.front,
        row.consumer,
        row.organisation,
        row.caseworker,
        row.caseworker_folded(),
        row.case,
        row.role,
        row.open_case,
        row.why,
        number(row.unrecorded)?,
        subject_key,
        subject_hmac,
        earlier_key,
        earlier_hmac,
        row.look_up,
        parts,
    ])?;
    Ok(())
}

/// How far it has come; `None` for one that holds nothing.
pub(super) fn reached(connection: &Connection) -> Result<Option<Reached>, Wrong> {
    let found = connection.query_row("SELECT sequence, hash, segment, offset, length FROM head", [], |row| {
        let hash: String = row.get(1)?;
        let place = Place { segment: segment(row, 2)?, offset: natural(row, 3)?, length: natural(row, 4)? };
        Ok((natural(row, 0)?, hash, place))
    });
    let Some((sequence, hash, last)) = found.optional()? else { return Ok(None) };
    let hash = hash.parse().map_err(|_| Wrong::Disagrees)?;
    Ok(Some(Reached { head: Head { sequence, hash }, last }))
}

pub(super) fn keep_reached(transaction: &Transaction<'_>, reached: &Reached) -> Result<(), Wrong> {
    let Reached { head, last } = reached;
    transaction.execute(
        "INSERT OR REPLACE INTO head VALUES (1, ?1, ?2, ?3, ?4, ?5)",
        params![
            number(head.sequence)?,
            head.hash.to_string(),
            number(last.segment.first())?,
            number(last.offset)?,
            number(last.length)?
        ],
    )?;
    Ok(())
}

/// Forgets the lines before one that the log no longer has.
pub(super) fn forget_before(transaction: &Transaction<'_>, sequence: u64) -> Result<(), Wrong> {
    transaction.execute("DELETE FROM line WHERE sequence < ?1", params![number(sequence)?])?;
    Ok(())
}

/// Whether there is a row for every line from `first` to `last` and no other.
pub(super) fn is_whole(connection: &Connection, first: u64, last: u64) -> Result<bool, Wrong> {
    let (least, most, count): (Option<u64>, Option<u64>, u64) =
        connection.query_row("SELECT min(sequence), max(sequence), count(*) FROM line", [], |row| {
            Ok((natural(row, 0).ok(), natural(row, 1).ok(), natural(row, 2)?))
        })?;
    let expected = (last + 1).saturating_sub(first);
    Ok(count == expected && (expected == 0 || (least, most) == (Some(first), Some(last))))
}

/// The statement that selects what [`indexed`] and [`place`] read, in the order of the log.
pub(super) fn select(condition: &str) -> String {
    format!("SELECT {COLUMNS} FROM line WHERE {condition} ORDER BY sequence")
}

pub(super) fn indexed(row: &Row<'_>) -> rusqlite::Result<Indexed> {
    let named = |key: usize| -> rusqlite::Result<Option<NamedSubject>> {
        let (named, hmac): (Option<String>, Option<String>) = (row.get(key)?, row.get(key + 1)?);
        Ok(named.zip(hmac).map(|(key, hmac_sha256)| NamedSubject { key, hmac_sha256 }))
    };
    let at: String = row.get(1)?;
    let at = at.parse().ok().and_then(|nanos| Timestamp::from_nanosecond(nanos).ok());
    let parts: String = row.get(18)?;
    let parts: BTreeMap<String, u64> = serde_json::from_str(&parts).map_err(|_| misformed(18, Type::Text))?;
    Ok(Indexed {
        sequence: natural(row, 0)?,
        at: at.ok_or_else(|| misformed(1, Type::Text))?,
        kind: row.get(2)?,
        question: row.get(3)?,
        front: row.get(4)?,
        consumer: row.get(5)?,
        organisation: row.get(6)?,
        caseworker: row.get(7)?,
        case: row.get(8)?,
        role: row.get(9)?,
        open_case: row.get(10)?,
        why: row.get(11)?,
        unrecorded: natural(row, 12)?,
        subject: named(13)?,
        earlier_subject: named(15)?,
        look_up: row.get(17)?,
        parts,
    })
}

pub(super) fn place(row: &Row<'_>) -> rusqlite::Result<Place> {
    Ok(Place { segment: segment(row, 19)?, offset: natural(row, 20)?, length: natural(row, 21)? })
}

fn segment(row: &Row<'_>, column: usize) -> rusqlite::Result<Segment> {
    natural(row, column).map(Segment::beginning)
}

fn natural(row: &Row<'_>, column: usize) -> rusqlite::Result<u64> {
    let number: i64 = row.get(column)?;
    u64::try_from(number).map_err(|_| misformed(column, Type::Integer))
}

fn number(natural: u64) -> Result<i64, Wrong> {
    i64::try_from(natural).map_err(|_| Wrong::Disagrees)
}

fn misformed(column: usize, found: Type) -> rusqlite::Error {
    rusqlite::Error::InvalidColumnType(column, String::new(), found)
}

/// About one of the persons `?1`, a JSON list of key and name, by the name of today or the one before.
pub(super) const ABOUT: &str = "sequence IN (SELECT sequence FROM line JOIN json_each(?1) AS name
    ON subject_hmac = json_extract(name.value, '$[1]') AND subject_key = json_extract(name.value, '$[0]')
  UNION SELECT sequence FROM line JOIN json_each(?1) AS name
    ON earlier_hmac = json_extract(name.value, '$[1]') AND earlier_key = json_extract(name.value, '$[0]'))";
pub(super) const BY_CASEWORKER: &str = "caseworker_folded = ?1 AND organisation = ?2 AND at >= ?3 AND at < ?4";
pub(super) const OF_TIME: &str = "at >= ?1 AND at < ?2";
pub(super) const OF_LOOK_UP: &str = "look_up = ?1";
pub(super) const FIRST: &str = "sequence = (SELECT min(sequence) FROM line)";

const COLUMNS: &str = "sequence, at_nanoseconds, kind, question, front, consumer, organisation, caseworker, case_id, role,
    open_case, why, unrecorded, subject_key, subject_hmac, earlier_key, earlier_hmac, look_up, parts, segment, offset, length";
const INSERT: &str = "INSERT INTO line (sequence, segment, offset, length, at_nanoseconds, at, kind, question, front, consumer,
    organisation, caseworker, caseworker_folded, case_id, role, open_case, why, unrecorded, subject_key, subject_hmac,
    earlier_key, earlier_hmac, look_up, parts)
  VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8, ?9, ?10, ?11, ?12, ?13, ?14, ?15, ?16, ?17, ?18, ?19, ?20, ?21, ?22, ?23, ?24)";
const VERSION: i64 = 1;
const TABLES: &str = "
CREATE TABLE line (
  sequence INTEGER PRIMARY KEY, segment INTEGER NOT NULL, offset INTEGER NOT NULL, length INTEGER NOT NULL,
  at_nanoseconds TEXT NOT NULL, at INTEGER NOT NULL, kind TEXT NOT NULL, question TEXT, front TEXT, consumer TEXT,
  organisation TEXT, caseworker TEXT, caseworker_folded TEXT, case_id TEXT, role TEXT, open_case TEXT, why TEXT,
  unrecorded INTEGER NOT NULL, subject_key TEXT, subject_hmac TEXT, earlier_key TEXT, earlier_hmac TEXT, look_up TEXT,
  parts TEXT NOT NULL
) STRICT;
CREATE INDEX line_by_time ON line (at);
CREATE INDEX line_by_subject ON line (subject_hmac) WHERE subject_hmac IS NOT NULL;
CREATE INDEX line_by_earlier_subject ON line (earlier_hmac) WHERE earlier_hmac IS NOT NULL;
CREATE INDEX line_by_caseworker ON line (caseworker_folded, at) WHERE caseworker_folded IS NOT NULL;
CREATE INDEX line_by_look_up ON line (look_up) WHERE look_up IS NOT NULL;
CREATE TABLE head (
  only INTEGER PRIMARY KEY CHECK (only = 1), sequence INTEGER NOT NULL, hash TEXT NOT NULL, segment INTEGER NOT NULL,
  offset INTEGER NOT NULL, length INTEGER NOT NULL
) STRICT;
";
