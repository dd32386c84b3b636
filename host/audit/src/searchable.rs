//! What is asked of a log, whatever it is kept in.

use std::ops::Range;
use std::path::PathBuf;

use jiff::Timestamp;

use crate::chain::ChainBroken;
use crate::indexed::{Indexed, NamedSubject};

/// A log whose lines can be found.
///
/// What is found is as new as the log when it is asked. A caller that waits for something else meanwhile blocks its thread.
pub trait Searchable: Send {
    /// Every line about a person, in the order of the log, given the person's names under the keys that there are.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    fn about(&mut self, names: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault>;

    /// The lines of a time that tell of a caseworker of an organisation, the first of them, and at most so many; the name as [`folded`](crate::folded)
    /// gives it.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    fn by_caseworker(
        &mut self,
        organisation: &str,
        folded: &str,
        time: &Range<Timestamp>,
        most: usize,
    ) -> Result<Vec<FoundLine>, SearchFault>;

    /// Gives what every line of a time is found by, to be counted. The lines themselves are not looked at again.
    ///
    /// # Errors
    ///
    /// [`SearchFault`]; `each` may have been given some of them.
    fn each(&mut self, time: &Range<Timestamp>, each: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault>;

    /// Whether a look-up was recorded, also a moment ago: this is never asked of a copy that is behind.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    fn was_answered(&mut self, look_up: &str) -> Result<bool, SearchFault>;

    /// The time of the first line that is there, if lines before it were removed.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault>;

    /// Takes in what the log has come to hold, so that the next question does not wait for it.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    fn catch_up(&mut self) -> Result<(), SearchFault>;
}

/// A line that was found, and looked at.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FoundLine {
    /// What it was found by.
    pub row: Indexed,
    /// The line as it stands in the log, without its line feed: its hash can be checked by whoever is shown it.
    pub line: String,
}

impl FoundLine {
    /// When it is of, if lines before it were removed.
    pub(crate) fn begins_after_others(&self) -> Option<Timestamp> {
        (self.row.sequence > 1).then_some(self.row.at)
    }
}

/// Why a log cannot be searched.
#[derive(Debug, thiserror::Error)]
pub enum SearchFault {
    /// The log does not hold.
    #[error(transparent)]
    Broken(#[from] ChainBroken),
    /// A line that holds tells of nothing that it could be found by.
    #[error("line `{sequence}` of the log tells of no time")]
    NotIndexed {
        /// Which line.
        sequence: u64,
    },
    /// The index cannot be made or read, not even anew.
    #[error("index `{path}` cannot be used")]
    Index {
        /// The index.
        path: PathBuf,
        /// Why.
        source: rusqlite::Error,
    },
    /// The index does not agree with the log, although it was just made from it: somebody writes to one of the two.
    #[error("index `{path}` does not agree with the log that it was made of")]
    Disagrees {
        /// The index.
        path: PathBuf,
    },
}
