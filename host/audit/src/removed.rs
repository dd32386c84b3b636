//! The line that says that the beginning of a log was removed, and what it leaves to go on from.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

use crate::chain::{ChainBroken, Head};
use crate::place::Place;
use crate::postgres;
use crate::segment::Segment;
use crate::tree::Tree;

/// Where a log begins: after nothing, or after lines that were removed and of which a later line tells.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Base {
    /// The chain's end before the first line that is there.
    pub(crate) head: Head,
    /// The tree over the lines before it.
    pub(crate) tree: Tree,
}

impl Base {
    /// Before line 1.
    const START: Self = Self { head: Head::START, tree: Tree::EMPTY };

    /// Where a log begins, by the word of its newest line that tells of a removal; that this line is in the chain is shown by following the chain.
    ///
    /// A log that lacks its beginning without such a line begins before line 1 all the same: whoever follows it finds that lines are missing. So it is
    /// where lines are missing that the newest such line does not tell of.
    pub(crate) fn of(place: Place<'_>) -> Result<Self, ChainBroken> {
        let (first, line) = match place {
            Place::Folder(directory) => {
                let segments = Segment::list(directory)?;
                let first = segments.first().map_or(1, |segment| segment.first());
                if first == 1 {
                    return Ok(Self::START);
                }
                let mut newest = None;
                for segment in segments.iter().rev() {
                    segment.each_line(directory, |line| {
                        if tells_of_a_removal(line) {
                            newest = Some(line.to_vec());
                        }
                    })?;
                    if newest.is_some() {
                        break;
                    }
                }
                (first, newest)
            }
            Place::Postgres(settings) => match postgres::first_line(settings)? {
                0 | 1 => return Ok(Self::START),
                first => (first, postgres::newest_removal(settings)?),
            },
        };
        let removal =
            line.and_then(|line| serde_json::from_slice::<Line>(&line).ok()).and_then(|line| line.record.base());
        Ok(removal.filter(|base| base.head.sequence + 1 >= first).unwrap_or(Self::START))
    }
}

/// The record of a removal.
///
/// # Shape
///
/// `{"kind":"removed","at":"<RFC 3339, UTC>","through":<sequence>,"hash":"<64 hex digits>","edge":["<64 hex digits>",…]}`: the last line that was removed, its hash,
/// and the roots of the full subtrees of the Merkle tree over all lines up to it, the largest first.
#[derive(Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub(crate) struct Removed {
    kind: String,
    at: String,
    through: u64,
    hash: String,
    edge: Vec<String>,
}

impl Removed {
    /// Of everything up to a line.
    pub(crate) fn new(base: &Base, at: Timestamp) -> Self {
        Self {
            kind: KIND.to_owned(),
            at: at.to_string(),
            through: base.head.sequence,
            hash: base.head.hash.to_string(),
            edge: base.tree.edge().iter().map(ToString::to_string).collect(),
        }
    }

    fn base(&self) -> Option<Base> {
        let edge = self.edge.iter().map(|hash| hash.parse().ok()).collect::<Option<_>>()?;
        let tree = Tree::of_edge(self.through, edge)?;
        Some(Base { head: Head { sequence: self.through, hash: self.hash.parse().ok()? }, tree })
    }
}

#[derive(Deserialize)]
struct Line {
    record: Removed,
}

/// Looked for in the bytes, since most lines are of something else. An asker's words stand further on in a line, after names that no such line has.
fn tells_of_a_removal(line: &[u8]) -> bool {
    let beginning = line.get(..BEGINNING).unwrap_or(line);
    beginning.windows(MARK.len()).any(|window| window == MARK)
}

const KIND: &str = "removed";
const MARK: &[u8] = br#","record":{"kind":"removed","#;
/// Sequence and hash come before the record.
const BEGINNING: usize = 160;
