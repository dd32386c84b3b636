//! The log that questions are recorded in.

use std::fmt;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::timeout;

use crate::checkpoint_key::CheckpointKey;
use crate::gauge::{Condition, Gauge, Levels};
use crate::notes::Notes;
use crate::postgres::PostgresSettings;
use crate::record::{Begun, CaseChanged, Record, Refused};
use crate::recovery::AuditFault;
use crate::sink::{Opening, WriteFault};
use crate::writer::{Waiting, Writer};

/// The audit log, open for writing by this process alone.
///
/// Records are written by one thread, as many at once as are waiting, with one flush to the disk, or one commit, for all of them. If files fail once, the log
/// has failed: no later record is taken, since a gap would be a question that nobody can account for. A database may go away and come back: records wait
/// for it. Dropping the log writes what is waiting and gives up the directory or the database; one that is away is waited for as long as a question would.
pub struct AuditLog {
    // Dropped first: the writer ends when nothing more can come.
    queue: mpsc::Sender<Waiting>,
    gauge: Arc<Gauge>,
    _writer: Writer,
}

/// The limits of a log, and its checkpoints.
#[derive(Debug, Clone)]
pub struct AuditSettings {
    /// How large a segment grows before the next begins, in bytes. Default 64 MiB: some 30,000 questions, small enough to be copied and looked at.
    /// Smallest 0: every record in a segment of its own. One record may be larger than this.
    pub segment_bytes: u64,
    /// Whether it says in signed checkpoints what it is. Default: off, which needs no key.
    pub checkpoints: CheckpointSettings,
}

impl Default for AuditSettings {
    fn default() -> Self {
        Self { segment_bytes: 64 * 1024 * 1024, checkpoints: CheckpointSettings::Off }
    }
}

/// Whether a log has checkpoints.
#[derive(Debug, Clone)]
pub enum CheckpointSettings {
    /// It has none: lines that are removed at its end leave no trace in it.
    Off,
    /// It has.
    Signed {
        /// What they are signed with.
        key: Arc<CheckpointKey>,
        /// How long a record waits at most for a checkpoint that is of it. Where nothing is recorded, nothing is signed.
        every: Duration,
    },
}

impl CheckpointSettings {
    /// How long a record may wait for its checkpoint: long enough that a busy host does not write one for every few records, and short enough that
    /// they are copied elsewhere before somebody who came in has found the log.
    pub const INTERVAL: RangeInclusive<Duration> = Duration::from_secs(1)..=Duration::from_hours(1);
    /// The interval where nothing else is said.
    pub const DEFAULT_INTERVAL: Duration = Duration::from_mins(1);
}

impl AuditLog {
    /// Opens the log of a directory, or begins one; `now` is the time that is recorded if an unfinished line has to be cut off.
    ///
    /// # Errors
    ///
    /// [`AuditFault`]: a log that is damaged in any other way is not opened, and the fault names segment and line.
    pub fn open(directory: &Path, settings: AuditSettings, now: Timestamp) -> Result<Self, AuditFault> {
        let AuditSettings { segment_bytes, checkpoints } = settings;
        Self::begin(Opening::Files { directory: directory.to_owned(), segment_bytes, now }, checkpoints)
    }

    /// Opens a log in a database, or begins one. It waits some seconds for a host before it to let go of the log.
    ///
    /// # Errors
    ///
    /// [`AuditFault`]: [`PostgresFault`](crate::PostgresFault) where there is no database that keeps records as they must be kept, and what is wrong with the log
    /// where it is damaged.
    pub fn connect(settings: PostgresSettings, checkpoints: CheckpointSettings) -> Result<Self, AuditFault> {
        Self::begin(Opening::Postgres(settings), checkpoints)
    }

    fn begin(opening: Opening, checkpoints: CheckpointSettings) -> Result<Self, AuditFault> {
        let (queue, waiting) = mpsc::channel(QUEUE);
        let gauge = Arc::new(Gauge::default());
        let writer = Writer::start(opening, checkpoints, waiting, Arc::clone(&gauge))?;
        Ok(Self { queue, gauge, _writer: writer })
    }

    /// Records a question; when it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: the question must get no answer. After [`NotRecorded::Late`] the record may still come to the log, which then
    /// tells of an answer that nobody got: too much is accounted for, never too little.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future may leave the record in the log or out of it.
    pub async fn append(&self, record: Record) -> Result<(), NotRecorded> {
        let record = record.to_json().map_err(NotRecorded::Form)?;
        self.write(record).await
    }

    /// Records that a question has begun whose answer comes in pieces; when it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: nobody may be asked.
    ///
    /// # Cancel safety
    ///
    /// As [`append`](Self::append).
    pub async fn append_begun(&self, begun: Begun) -> Result<(), NotRecorded> {
        self.write(begun.to_json().map_err(NotRecorded::Form)?).await
    }

    /// Records a question that asked nobody; when it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: the asker must not be told that it was refused for what the record would say, but that it could not be recorded.
    ///
    /// # Cancel safety
    ///
    /// As [`append`](Self::append).
    pub async fn append_refused(&self, refused: Refused) -> Result<(), NotRecorded> {
        self.write(refused.to_json().map_err(NotRecorded::Form)?).await
    }

    /// Records what a consumer says of its open cases; when it returns, the record is on the disk.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: the consumer must not be told that it was taken.
    ///
    /// # Cancel safety
    ///
    /// As [`append`](Self::append).
    pub async fn append_case(&self, changed: CaseChanged) -> Result<(), NotRecorded> {
        self.write(changed.to_json().map_err(NotRecorded::Form)?).await
    }

    /// What records in this log beside whoever answers questions; it does not keep the log open.
    pub fn notes(&self) -> Notes {
        Notes::new(self.queue.downgrade(), Arc::clone(&self.gauge))
    }

    async fn write(&self, record: Vec<u8>) -> Result<(), NotRecorded> {
        write(&self.queue, &self.gauge, record).await
    }

    /// Whether records are taken now, for whoever would ask somebody what cannot be recorded.
    ///
    /// # Errors
    ///
    /// [`NotRecorded`]: what a record would meet.
    pub fn ready(&self) -> Result<(), NotRecorded> {
        match self.gauge.condition(WRITE_TIME) {
            _ if self.queue.is_closed() => Err(NotRecorded::Closed),
            Condition::Writing => Ok(()),
            Condition::Stalled { .. } => Err(NotRecorded::Away),
            Condition::Failed { .. } => Err(NotRecorded::Closed),
        }
    }

    /// Whether records are taken. A log of files that has failed takes none until it is opened again; one that waits for its database does as soon as that is back.
    pub fn is_writable(&self) -> bool {
        self.ready().is_ok()
    }

    /// How its writing goes.
    pub fn levels(&self) -> Levels {
        let levels = self.gauge.levels(self.queue.max_capacity() - self.queue.capacity(), WRITE_TIME);
        match levels.condition {
            // The writer ended without a word.
            Condition::Writing | Condition::Stalled { .. } if self.queue.is_closed() => {
                Levels { condition: Condition::Failed { label: "panicked" }, ..levels }
            }
            _ => levels,
        }
    }
}

impl fmt::Debug for AuditLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditLog").field("is_writable", &self.is_writable()).finish_non_exhaustive()
    }
}

/// Hands a record to the writer and waits until it is kept.
pub(crate) async fn write(queue: &mpsc::Sender<Waiting>, gauge: &Gauge, record: Vec<u8>) -> Result<(), NotRecorded> {
    let (written, outcome) = oneshot::channel();
    let writing = async {
        queue.send(Waiting { record, written }).await.map_err(|_| NotRecorded::Closed)?;
        match outcome.await {
            Ok(Ok(())) => Ok(()),
            Ok(Err(WriteFault::Io(kind))) => Err(NotRecorded::Write(kind)),
            Ok(Err(WriteFault::Displaced)) => Err(NotRecorded::Displaced),
            Ok(Err(WriteFault::GivenUp)) | Err(_) => Err(NotRecorded::Closed),
        }
    };
    match timeout(WRITE_TIME, writing).await {
        Ok(written) => written,
        Err(_) if gauge.is_obstructed() => Err(NotRecorded::Away),
        Err(_) => Err(NotRecorded::Late),
    }
}

/// Why a question is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum NotRecorded {
    /// The disk or the file system refused.
    #[error("audit log cannot be written: {0}")]
    Write(io::ErrorKind),
    /// The segment was removed or replaced, or somebody else wrote to it or to the database.
    #[error("audit log is not what the host wrote to")]
    Displaced,
    /// The disk hangs, or is slower than the questions come.
    #[error("audit log did not take the record within 10 seconds")]
    Late,
    /// What keeps the log has not answered for as long, and the log waits for it.
    #[error("audit log waits for what keeps it, which has not answered within 10 seconds")]
    Away,
    /// It failed earlier.
    #[error("audit log has failed and takes no more records")]
    Closed,
    /// The record has no form in JSON.
    #[error("record cannot be written as json")]
    Form(#[source] serde_json::Error),
}

/// How long a record may take to where it is kept: what is slower than this is nothing that questions can be answered on.
const WRITE_TIME: Duration = Duration::from_secs(10);
const QUEUE: usize = 1024;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_disk_that_hangs_is_given_up_and_the_question_is_not_recorded() {
        // Nobody takes anything out of the queue.
        let (queue, _hanging) = mpsc::channel(1);
        let log = AuditLog { queue, gauge: Arc::default(), _writer: Writer::none() };
        let began = tokio::time::Instant::now();
        // The first waits for the writer, the second for room in the queue.
        for _ in 0..2 {
            assert!(matches!(log.write(b"{}".to_vec()).await, Err(NotRecorded::Late)));
        }
        assert_eq!(began.elapsed(), 2 * WRITE_TIME);
    }
}
