//! The index over a log in files: derived from the segments, and never believed over them.

mod catching_up;
mod file;
mod rows;

use std::ops::Range;
use std::path::{Path, PathBuf};

use jiff::Timestamp;
use rusqlite::{Connection, params};

use crate::chain::{ChainBroken, Head};
use crate::indexed::{Indexed, NamedSubject};
use crate::searchable::{FoundLine, SearchFault, Searchable};
use crate::segment::Segment;

/// The lines of a log in files, found through an index beside them.
///
/// The index is an SQLite database, `audit.index.sqlite`, mode 0600. It holds what [`Indexed`] holds and where the line stands. Before every question
/// it is held against the segments and reads on where it stopped, following the chain; every line that is found is read from its segment, its hash
/// computed, and what it was found by made again. An index that is missing, damaged, another log's or wrong about anything that was looked at is removed
/// and made anew from the first segment. Several processes may use it, beside a host that writes the log.
///
/// What this does not show: a row of the index that was changed so that it is no longer found. Whoever can do that can write to the log's directory;
/// [`SegmentIndex::anew`] makes the index from the lines alone.
pub struct SegmentIndex {
    directory: PathBuf,
    connection: Connection,
}

impl SegmentIndex {
    /// Opens the index of a log's directory, or makes it.
    ///
    /// # Errors
    ///
    /// [`SearchFault::Index`].
    pub fn open(directory: &Path) -> Result<Self, SearchFault> {
        let opened = file::open(directory).or_else(|_| file::anew(directory));
        let connection = opened.map_err(file::fault(directory))?;
        Ok(Self { directory: directory.to_owned(), connection })
    }

    /// Makes the index of a log's directory from its lines, whatever there was.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn anew(directory: &Path) -> Result<Self, SearchFault> {
        let connection = file::anew(directory).map_err(file::fault(directory))?;
        let mut index = Self { directory: directory.to_owned(), connection };
        index.catch_up()?;
        Ok(index)
    }

    /// Asks an index that is up to date and has every line; where it turns out to be wrong, once more after it was made anew.
    fn ask<T>(&mut self, mut question: impl FnMut(&Self) -> Result<T, Wrong>) -> Result<T, SearchFault> {
        self.or_anew(|index| {
            index.reach_the_end()?;
            if !catching_up::is_whole(&index.connection, &index.directory)? {
                return Err(Wrong::Disagrees);
            }
            question(index)
        })
    }

    fn or_anew<T>(&mut self, mut doing: impl FnMut(&mut Self) -> Result<T, Wrong>) -> Result<T, SearchFault> {
        let done = doing(self);
        let wrong = match done {
            Ok(done) => return Ok(done),
            Err(Wrong::Log(fault)) => return Err(fault),
            Err(wrong) => wrong,
        };
        tracing::warn!(why = %wrong, "index of the audit log is made anew");
        self.connection = file::anew(&self.directory).map_err(file::fault(&self.directory))?;
        doing(self).map_err(|wrong| self.told(wrong))
    }

    fn told(&self, wrong: Wrong) -> SearchFault {
        match wrong {
            Wrong::Log(fault) => fault,
            Wrong::Database(source) => file::fault(&self.directory)(source),
            Wrong::Disagrees => SearchFault::Disagrees { path: file::path(&self.directory) },
        }
    }

    fn reach_the_end(&mut self) -> Result<(), Wrong> {
        catching_up::catch_up(&mut self.connection, &self.directory)
    }

    fn rows(&self, time: &[&dyn rusqlite::ToSql], each: &mut dyn FnMut(Indexed)) -> Result<(), Wrong> {
        let mut statement = self.connection.prepare(&rows::select(rows::OF_TIME))?;
        let mut rows = statement.query(time)?;
        while let Some(row) = rows.next()? {
            each(rows::indexed(row)?);
        }
        Ok(())
    }

    /// Reads the lines of a selection, each from its segment, and at most so many.
    fn lines(&self, condition: &str, values: &[&dyn rusqlite::ToSql], most: usize) -> Result<Vec<FoundLine>, Wrong> {
        let mut statement = self.connection.prepare(&rows::select(condition))?;
        let mut rows = statement.query(values)?;
        let mut found = Vec::new();
        while found.len() < most
            && let Some(row) = rows.next()?
        {
            let (row, place) = (rows::indexed(row)?, rows::place(row)?);
            let line = place.read(&self.directory)?;
            // The line's own hash, over what it says the hash before it is: the chain itself was followed when the line was taken in.
            let holds = Head::before(&line).and_then(|before| before.follow(&line)).is_ok();
            if !holds || Indexed::of(&line).ok().as_ref() != Some(&row) {
                return Err(Wrong::Disagrees);
            }
            let line = String::from_utf8(line).map_err(|_| Wrong::Disagrees)?;
            found.push(FoundLine { row, line: line.trim_end().to_owned() });
        }
        Ok(found)
    }
}

impl Searchable for SegmentIndex {
    fn about(&mut self, names: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault> {
        let names: Vec<_> = names.iter().map(|name| [name.key.as_str(), name.hmac_sha256.as_str()]).collect();
        let names = serde_json::to_string(&names).map_err(|_| SearchFault::NotIndexed { sequence: 0 })?;
        self.ask(|index| index.lines(rows::ABOUT, params![names], ALL))
    }

    fn by_caseworker(
        &mut self,
        organisation: &str,
        folded: &str,
        time: &Range<Timestamp>,
        most: usize,
    ) -> Result<Vec<FoundLine>, SearchFault> {
        let (from, before) = (time.start.as_microsecond(), time.end.as_microsecond());
        self.ask(|index| index.lines(rows::BY_CASEWORKER, params![folded, organisation, from, before], most))
    }

    fn each(&mut self, time: &Range<Timestamp>, each: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault> {
        let (from, before) = (time.start.as_microsecond(), time.end.as_microsecond());
        self.ask(|_| Ok(()))?;
        // Not asked again where it fails in the middle: what was counted would be counted twice.
        self.rows(params![from, before], each).map_err(|wrong| self.told(wrong))
    }

    fn was_answered(&mut self, look_up: &str) -> Result<bool, SearchFault> {
        self.ask(|index| Ok(!index.lines(rows::OF_LOOK_UP, params![look_up], 1)?.is_empty()))
    }

    fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault> {
        self.ask(|index| Ok(index.lines(rows::FIRST, params![], 1)?.first().and_then(FoundLine::begins_after_others)))
    }

    fn catch_up(&mut self) -> Result<(), SearchFault> {
        self.or_anew(Self::reach_the_end)
    }
}

impl std::fmt::Debug for SegmentIndex {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("SegmentIndex").field("directory", &self.directory).finish_non_exhaustive()
    }
}

/// Why an index gave no answer.
#[derive(Debug, thiserror::Error)]
enum Wrong {
    /// The log itself does not hold: no index can be made of it.
    #[error(transparent)]
    Log(SearchFault),
    /// The database cannot be used.
    #[error("database cannot be used")]
    Database(#[from] rusqlite::Error),
    /// It says of the log what the log does not.
    #[error("it does not agree with the log")]
    Disagrees,
}

impl From<ChainBroken> for Wrong {
    fn from(broken: ChainBroken) -> Self {
        Self::Log(broken.into())
    }
}

/// As many as there are: what is about one person is little.
const ALL: usize = usize::MAX;

/// Where a line stands.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Place {
    segment: Segment,
    offset: u64,
    length: u64,
}
