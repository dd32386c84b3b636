//! The log that questions are recorded in.

use std::fmt;
use std::io;
use std::ops::RangeInclusive;
use std::path::Path;
use std::sync::Arc;
use std::thread::{self, JoinHandle};
use std::time::Duration;

use jiff::Timestamp;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, timeout, timeout_at};

use crate::checkpoint_key::CheckpointKey;
use crate::checkpointing::Checkpointing;
use crate::journal::{Journal, WriteFault};
use crate::record::Record;
use crate::recovery::{self, AuditFault};

/// The audit log, open for writing by this process alone.
///
/// Records are written by one thread, as many at once as are waiting, with one flush to the disk for all of them. If that fails once, the log has
/// failed: no later record is taken, since a gap would be a question that nobody can account for. Dropping it writes what is waiting and
/// gives up the directory.
pub struct AuditLog {
    // Dropped first: the writer ends when nothing more can come.
    queue: mpsc::Sender<Waiting>,
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
        let journal = recovery::open(directory, settings.segment_bytes, now)?;
        let checkpoints = match settings.checkpoints {
            CheckpointSettings::Off => None,
            CheckpointSettings::Signed { key, every } => {
                Some(Checkpointing::resume(journal.directory(), journal.lines(), key, every)?)
            }
        };
        let (queue, waiting) = mpsc::channel(QUEUE);
        // Its own clock and nothing else: it must write whatever goes on elsewhere.
        let runtime =
            tokio::runtime::Builder::new_current_thread().enable_time().build().map_err(AuditFault::Writer)?;
        let writing = write_all(journal, checkpoints, waiting);
        let thread = thread::Builder::new().name("audit".into()).spawn(move || runtime.block_on(writing));
        Ok(Self { queue, _writer: Writer(Some(thread.map_err(AuditFault::Writer)?)) })
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

    async fn write(&self, record: Vec<u8>) -> Result<(), NotRecorded> {
        let (written, outcome) = oneshot::channel();
        let writing = async {
            self.queue.send(Waiting { record, written }).await.map_err(|_| NotRecorded::Closed)?;
            match outcome.await {
                Ok(Ok(())) => Ok(()),
                Ok(Err(WriteFault::Io(kind))) => Err(NotRecorded::Write(kind)),
                Ok(Err(WriteFault::Displaced)) => Err(NotRecorded::Displaced),
                Err(_) => Err(NotRecorded::Closed),
            }
        };
        timeout(WRITE_TIME, writing).await.unwrap_or(Err(NotRecorded::Late))
    }

    /// Whether records are taken. Once it is `false` it stays so.
    pub fn is_writable(&self) -> bool {
        !self.queue.is_closed()
    }
}

impl fmt::Debug for AuditLog {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("AuditLog").field("is_writable", &self.is_writable()).finish_non_exhaustive()
    }
}

/// Why a question is not recorded.
#[derive(Debug, thiserror::Error)]
pub enum NotRecorded {
    /// The disk or the file system refused.
    #[error("audit log cannot be written: {0}")]
    Write(io::ErrorKind),
    /// The segment was removed or replaced, or somebody else wrote to it.
    #[error("segment of the audit log is not the file that the host writes to")]
    Displaced,
    /// The disk hangs, or is slower than the questions come.
    #[error("audit log did not take the record within 10 seconds")]
    Late,
    /// It failed earlier.
    #[error("audit log has failed and takes no more records")]
    Closed,
    /// The record has no form in JSON.
    #[error("record cannot be written as json")]
    Form(#[source] serde_json::Error),
}

/// A record that waits to be written, and who waits for it.
struct Waiting {
    record: Vec<u8>,
    written: oneshot::Sender<Result<(), WriteFault>>,
}

/// The thread that writes, waited for when it is dropped.
struct Writer(Option<JoinHandle<()>>);

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take()
            && thread.join().is_err()
        {
            tracing::error!("audit log's writer panicked");
        }
    }
}

/// Writes what comes until nothing more can come, or until it cannot be written.
async fn write_all(mut journal: Journal, mut checkpoints: Option<Checkpointing>, mut queue: mpsc::Receiver<Waiting>) {
    let mut batch = Vec::with_capacity(LARGEST_BATCH);
    let mut due = None;
    loop {
        // From the first line that waits for a checkpoint, however many follow it.
        let wait = checkpoints.as_ref().and_then(Checkpointing::wait);
        due = wait.map(|wait| due.unwrap_or_else(|| Instant::now() + wait));
        let received = queue.recv_many(&mut batch, LARGEST_BATCH);
        let received = match due {
            Some(due) => timeout_at(due, received).await.ok(),
            None => Some(received.await),
        };
        let outcome = journal.write(batch.iter().map(|waiting| waiting.record.as_slice()), |line| {
            if let Some(checkpoints) = &mut checkpoints {
                checkpoints.add(line);
            }
        });
        if let Err(fault) = outcome {
            tracing::error!(
                segment = journal.segment(),
                ?fault,
                "audit log cannot be written and takes no more records"
            );
            // Closed before anybody is told, so that whoever is told finds it closed.
            queue.close();
        }
        for waiting in batch.drain(..) {
            // Whoever asked may have gone away; the record stays.
            let _gone = waiting.written.send(outcome);
        }
        if outcome.is_err() {
            return;
        }
        let is_over = received == Some(0);
        if let Some(checkpoints) = &mut checkpoints
            && (is_over || due.is_some_and(|due| due <= Instant::now()))
        {
            due = None;
            if let Err(error) = checkpoints.sign() {
                tracing::error!(
                    kind = %error.kind(),
                    "checkpoint of the audit log cannot be written, and the log takes no more records"
                );
                return;
            }
        }
        if is_over {
            return;
        }
    }
}

/// How long a record may take to the disk: a disk that is slower than this is none that questions can be answered on.
const WRITE_TIME: Duration = Duration::from_secs(10);
const QUEUE: usize = 1024;
const LARGEST_BATCH: usize = 256;

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_disk_that_hangs_is_given_up_and_the_question_is_not_recorded() {
        // Nobody takes anything out of the queue.
        let (queue, _hanging) = mpsc::channel(1);
        let log = AuditLog { queue, _writer: Writer(None) };
        let began = tokio::time::Instant::now();
        // The first waits for the writer, the second for room in the queue.
        for _ in 0..2 {
            assert!(matches!(log.write(b"{}".to_vec()).await, Err(NotRecorded::Late)));
        }
        assert_eq!(began.elapsed(), 2 * WRITE_TIME);
    }
}
