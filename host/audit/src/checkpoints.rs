//! The checkpoints of a log as they are read, wherever they lie.

use crate::checkpoint::SignedCheckpoint;
use crate::checkpoint_file::{self, CHECKPOINTS, CheckpointLines};
use crate::checkpoints_broken::CheckpointsBroken;
use crate::place::Place;
use crate::postgres::{self, CheckpointRows};
use crate::tree::Tree;

/// The checkpoints of a log, one in memory at a time, held to their order.
pub(crate) struct Checkpoints {
    texts: Texts,
    whole_bytes: u64,
    count: u64,
    last_size: u64,
}

/// Where their texts come from.
enum Texts {
    File(CheckpointLines),
    Rows(CheckpointRows),
}

impl Checkpoints {
    /// Opens the checkpoints of a log; `None` where there is no file of them.
    pub(crate) fn open(place: Place<'_>) -> Result<Option<Self>, CheckpointsBroken> {
        let texts = match place {
            Place::Folder(directory) => CheckpointLines::open(directory)?.map(Texts::File),
            Place::Postgres(settings) => Some(Texts::Rows(CheckpointRows::begin(settings))),
        };
        Ok(texts.map(|texts| Self { texts, whole_bytes: 0, count: 0, last_size: 0 }))
    }

    /// The next checkpoint, which is of more lines than the one before; `None` at the end.
    pub(crate) fn next(&mut self) -> Result<Option<SignedCheckpoint>, CheckpointsBroken> {
        let text = match &mut self.texts {
            Texts::File(lines) => lines.next()?,
            Texts::Rows(rows) => rows.next()?,
        };
        let Some(text) = text else { return Ok(None) };
        self.count += 1;
        let parsed = std::str::from_utf8(&text).ok().and_then(|text| text.parse::<SignedCheckpoint>().ok());
        let checkpoint = parsed.ok_or_else(|| CheckpointsBroken::Form { which: self.which() })?;
        if checkpoint.size() <= self.last_size {
            let (found, before) = (checkpoint.size(), self.last_size);
            return Err(CheckpointsBroken::Order { which: self.which(), found, before });
        }
        self.last_size = checkpoint.size();
        self.whole_bytes += text.len() as u64;
        Ok(Some(checkpoint))
    }

    /// How long the checkpoints that were read are together.
    pub(crate) fn whole_bytes(&self) -> u64 {
        self.whole_bytes
    }

    /// What the checkpoint that was read last is called in a fault.
    pub(crate) fn which(&self) -> String {
        let among = match self.texts {
            Texts::File(_) => CHECKPOINTS,
            Texts::Rows(_) => postgres::CHECKPOINTS,
        };
        format!("checkpoint {} of `{among}`", self.count)
    }
}

/// The edge that was kept with a checkpoint, where there is one that can be read. It is a word of nobody: only its root shows that it is right.
pub(crate) fn kept_edge(place: Place<'_>) -> Option<Tree> {
    match place {
        Place::Folder(directory) => checkpoint_file::kept_edge(directory),
        Place::Postgres(settings) => postgres::kept_edge(settings),
    }
}
