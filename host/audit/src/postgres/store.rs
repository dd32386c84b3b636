//! A log in a database, as it is written.

use std::future::pending;
use std::io;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::{Instant, sleep};

use super::checkpoint_rows;
use super::fault::PostgresFault;
use super::line_rows::LineRow;
use super::settings::PostgresSettings;
use super::writing_session::WritingSession;
use crate::chain::{Head, Linked};
use crate::checkpoint::SignedCheckpoint;
use crate::gauge::Gauge;
use crate::recovery::AuditFault;
use crate::sink::WriteFault;
use crate::tree::Tree;

/// A log that lines are added to, however often its database goes away and comes back.
pub(crate) struct Store {
    settings: PostgresSettings,
    /// Lost with every fault: what came of the last statement is then not known until another session has the lock.
    session: Option<WritingSession>,
    /// The end of what is known to be committed.
    head: Head,
    gauge: Arc<Gauge>,
}

impl Store {
    /// Opens a log and verifies its last lines, so that opening takes the same time however long it is.
    pub(crate) async fn open(settings: PostgresSettings, gauge: Arc<Gauge>) -> Result<Self, AuditFault> {
        let session = WritingSession::take(&settings, OPENING).await?;
        let mut head = None;
        for row in session.tail().await? {
            let line = LineRow::of(&settings, &row)?;
            // Nothing stands before line 1.
            let before = if line.is_first() { Some(Head::START) } else { head };
            head = Some(line.follow(&settings, before)?);
        }
        Ok(Self { settings, session: Some(session), head: head.unwrap_or(Head::START), gauge })
    }

    /// Where it is.
    pub(crate) fn settings(&self) -> &PostgresSettings {
        &self.settings
    }

    /// The end of what is known to be committed.
    pub(crate) fn head(&self) -> Head {
        self.head
    }

    /// Adds lines, all of which are committed when it returns, once each.
    pub(crate) async fn write(&mut self, lines: &[Linked], gone: &(dyn Fn() -> bool + Sync)) -> Result<(), WriteFault> {
        self.put(&Entry::Lines(lines), gone).await?;
        self.head = lines.last().map_or(self.head, |linked| linked.head);
        Ok(())
    }

    /// Keeps a checkpoint.
    pub(crate) async fn keep(
        &mut self,
        checkpoint: &SignedCheckpoint,
        tree: &Tree,
        gone: &(dyn Fn() -> bool + Sync),
    ) -> Result<(), WriteFault> {
        let size = i64::try_from(checkpoint.size()).map_err(|_| WriteFault::Displaced)?;
        let (note, edge) = (checkpoint.to_string(), checkpoint_rows::edge(tree));
        self.put(&Entry::Checkpoint { size, note, edge }, gone).await
    }

    /// Ends when the connection has.
    pub(crate) async fn lost(&mut self) {
        match &mut self.session {
            Some(session) => session.ended().await,
            // Every write ends with a session, or is the last.
            None => pending().await,
        }
        self.session = None;
    }

    /// Tries until it is kept, or cannot be, or nobody waits any more.
    async fn put(&mut self, entry: &Entry<'_>, gone: &(dyn Fn() -> bool + Sync)) -> Result<(), WriteFault> {
        let began = Instant::now();
        loop {
            let fault = match self.attempt(entry).await {
                Ok(Attempt::Kept) => return Ok(()),
                Ok(Attempt::Displaced) => return Err(WriteFault::Displaced),
                Err(fault) => fault,
            };
            self.session = None;
            if fault.is_final() {
                tracing::error!(%fault, "audit log's database will never take what is to be written");
                return Err(WriteFault::Io(io::ErrorKind::InvalidData));
            }
            if self.gauge.obstructed(fault.label()) {
                tracing::error!(%fault, "audit log cannot be written now, and is tried again");
            }
            if gone() && began.elapsed() >= STOPPING {
                return Err(WriteFault::GivenUp);
            }
            sleep(PAUSE).await;
        }
    }

    async fn attempt(&mut self, entry: &Entry<'_>) -> Result<Attempt, PostgresFault> {
        if self.session.is_none() {
            let session = WritingSession::take(&self.settings, RETURNING).await?;
            // With the lock, nothing of an earlier session is under way: what is there now is all that came of it.
            let found = session.head().await?;
            self.session = Some(session);
            match entry {
                Entry::Lines([.., last]) if found == last.head => return Ok(Attempt::Kept),
                Entry::Lines(_) | Entry::Checkpoint { .. } if found == self.head => {}
                Entry::Lines(_) | Entry::Checkpoint { .. } => return Ok(Attempt::Displaced),
            }
        }
        let Some(session) = &self.session else { return Ok(Attempt::Displaced) };
        match entry {
            Entry::Lines([]) => {}
            Entry::Lines(lines) => session.add(lines).await?,
            Entry::Checkpoint { size, note, edge } => session.keep(*size, note, edge).await?,
        }
        Ok(Attempt::Kept)
    }
}

/// What is to be kept.
enum Entry<'e> {
    Lines(&'e [Linked]),
    Checkpoint { size: i64, note: String, edge: Vec<u8> },
}

/// What came of trying to.
enum Attempt {
    Kept,
    /// The log does not end where it should: somebody else wrote to it, or what was committed is gone.
    Displaced,
}

/// How long a host that starts waits for the one before to let go.
const OPENING: Duration = Duration::from_secs(5);
/// How long a new connection waits for the lock that the lost one held; then it is tried again from the beginning.
const RETURNING: Duration = Duration::from_secs(3);
const PAUSE: Duration = Duration::from_millis(100);
/// How long a host that stops waits for its database: as long as a question would have.
const STOPPING: Duration = Duration::from_secs(10);
