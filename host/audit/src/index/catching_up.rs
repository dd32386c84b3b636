//! Taking in what a log has come to hold since.

use std::fs::File;
use std::io::{BufRead, BufReader, Read, Seek, SeekFrom};
use std::path::Path;

use rusqlite::{Connection, TransactionBehavior};

use super::rows::{self, Reached};
use super::{Place, Wrong};
use crate::chain::{ChainBroken, Head};
use crate::indexed::Indexed;
use crate::searchable::SearchFault;
use crate::segment::Segment;

/// Takes in every whole line that an index does not have yet, and forgets those that the log no longer has.
///
/// A host may be writing meanwhile: what it adds after the last segment was opened is for the next time.
pub(super) fn catch_up(connection: &mut Connection, directory: &Path) -> Result<(), Wrong> {
    while take_in_some(connection, directory)? {}
    Ok(())
}

/// Whether an index that has caught up has a row for every line of the log and no other.
pub(super) fn is_whole(connection: &Connection, directory: &Path) -> Result<bool, Wrong> {
    let first = Segment::list(directory)?.first().map_or(1, |segment| segment.first());
    let last = rows::reached(connection)?.map_or(0, |reached| reached.head.sequence);
    rows::is_whole(connection, first, last)
}

/// Takes in at most [`BATCH`] lines; whether there may be more.
fn take_in_some(connection: &mut Connection, directory: &Path) -> Result<bool, Wrong> {
    // Others wait here, and find what this one has taken in.
    let transaction = connection.transaction_with_behavior(TransactionBehavior::Immediate)?;
    let segments = Segment::list(directory)?;
    let Some(first) = segments.first() else { return Ok(false) };
    let mut at = match rows::reached(&transaction)? {
        Some(reached) => resumed(&reached, directory, first.first())?,
        None => beginning(*first, directory)?,
    };
    rows::forget_before(&transaction, first.first())?;
    let mut taken = 0;
    let mut last = None;
    let current = segments.partition_point(|segment| segment.first() <= at.segment.first()).saturating_sub(1);
    for segment in segments.iter().skip(current) {
        if taken == BATCH {
            break;
        }
        if *segment != at.segment {
            at = at.in_next(*segment)?;
        }
        let mut reader = at.open(directory)?;
        while taken < BATCH
            && let Some(line) = next_whole(&mut reader, &at.path(directory))?
        {
            let place = Place { segment: *segment, offset: at.offset, length: line.len() as u64 };
            let sequence = at.head.sequence + 1;
            at.head = at.head.follow(&line).map_err(|flaw| segment.broken_at(sequence, flaw))?;
            at.offset += place.length;
            let row = Indexed::of(&line).map_err(|_| Wrong::Log(SearchFault::NotIndexed { sequence }))?;
            rows::insert(&transaction, &row, place)?;
            last = Some(place);
            taken += 1;
        }
    }
    if let Some(last) = last {
        rows::keep_reached(&transaction, &Reached { head: at.head, last })?;
    }
    transaction.commit()?;
    Ok(taken == BATCH)
}

/// Where the next line is looked for.
struct Position {
    head: Head,
    segment: Segment,
    offset: u64,
}

impl Position {
    fn path(&self, directory: &Path) -> std::path::PathBuf {
        self.segment.path(directory)
    }

    fn open(&self, directory: &Path) -> Result<BufReader<File>, ChainBroken> {
        let path = self.path(directory);
        let opened = File::open(&path).and_then(|mut file| file.seek(SeekFrom::Start(self.offset)).map(|_| file));
        opened.map(BufReader::new).map_err(|source| ChainBroken::Read { path, source })
    }

    /// The beginning of the segment that follows.
    fn in_next(self, segment: Segment) -> Result<Self, ChainBroken> {
        let expected = Segment::after(self.head);
        if segment != expected {
            return Err(ChainBroken::Segment { found: segment.file_name(), expected: expected.file_name() });
        }
        Ok(Self { head: self.head, segment, offset: 0 })
    }
}

/// The beginning of a log, by the word of its first line where lines before it were removed: what shows that word to be true is looked at by whoever
/// verifies the log.
fn beginning(first: Segment, directory: &Path) -> Result<Position, Wrong> {
    let head = match first.first() {
        1 => Head::START,
        _ => first.head_before(directory)?.ok_or(Wrong::Disagrees)?,
    };
    Ok(Position { head, segment: first, offset: 0 })
}

/// Where an index stopped, if the log still says what it said there.
fn resumed(reached: &Reached, directory: &Path, first: u64) -> Result<Position, Wrong> {
    let Reached { head, last } = *reached;
    if head.sequence + 1 == first {
        // Everything that it had was removed.
        return Ok(Position { head, segment: Segment::beginning(first), offset: 0 });
    }
    if head.sequence + 1 < first {
        return Err(Wrong::Disagrees);
    }
    let line = last.read(directory)?;
    let is_that_line = Head::before(&line).and_then(|before| before.follow(&line)) == Ok(head);
    if !is_that_line {
        return Err(Wrong::Disagrees);
    }
    Ok(Position { head, segment: last.segment, offset: last.offset + last.length })
}

impl Place {
    /// The line that stands there, with its line feed; [`Wrong::Disagrees`] where there is none.
    pub(super) fn read(self, directory: &Path) -> Result<Vec<u8>, Wrong> {
        let length = usize::try_from(self.length).ok().filter(|length| *length <= LONGEST).ok_or(Wrong::Disagrees)?;
        let mut line = vec![0; length];
        let read = File::open(self.segment.path(directory)).and_then(|mut file| {
            file.seek(SeekFrom::Start(self.offset))?;
            file.read_exact(&mut line)
        });
        // A segment that is gone, or is shorter, is one that the index is wrong about.
        read.map_err(|_| Wrong::Disagrees)?;
        Ok(line)
    }
}

/// The next line with its line feed; one that is not finished is not taken.
fn next_whole(reader: &mut BufReader<File>, path: &Path) -> Result<Option<Vec<u8>>, ChainBroken> {
    let mut line = Vec::new();
    let read = reader.read_until(b'\n', &mut line);
    read.map_err(|source| ChainBroken::Read { path: path.to_owned(), source })?;
    Ok(line.ends_with(b"\n").then_some(line))
}

/// Large enough that a long log is taken in fast, small enough that others do not wait long for the lock.
const BATCH: usize = 20_000;
/// Longer than any line: names and texts of a record are bounded, and so are the agencies.
const LONGEST: usize = 16 * 1024 * 1024;
