//! The thread that writes a log.

use std::future;
use std::pin::pin;
use std::sync::Arc;
use std::sync::mpsc::sync_channel;
use std::thread::{self, JoinHandle};

use tokio::runtime;
use tokio::sync::{mpsc, oneshot};
use tokio::time::{Instant, sleep_until};

use crate::checkpointing::Checkpointing;
use crate::gauge::Gauge;
use crate::log::CheckpointSettings;
use crate::pace::Pace;
use crate::recovery::AuditFault;
use crate::sink::{Opening, Sink, WriteFault};

/// A record that waits to be written, and who waits for it.
pub(crate) struct Waiting {
    pub(crate) record: Vec<u8>,
    pub(crate) written: oneshot::Sender<Result<(), WriteFault>>,
}

/// The thread, waited for when this is dropped.
pub(crate) struct Writer(Option<JoinHandle<()>>);

impl Writer {
    /// Opens a log in a thread of its own, which writes what comes from then on.
    pub(crate) fn start(
        opening: Opening,
        checkpoints: CheckpointSettings,
        queue: mpsc::Receiver<Waiting>,
        gauge: Arc<Gauge>,
    ) -> Result<Self, AuditFault> {
        // Its own clock and its own sockets: it must write whatever goes on elsewhere.
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(AuditFault::Writer)?;
        let (opened, outcome) = sync_channel(1);
        let working = async move {
            let fault = match Writing::open(opening, checkpoints, gauge).await {
                Ok(writing) => {
                    // Only a panic can have taken away whoever waits for this.
                    let _gone = opened.send(Ok(()));
                    return writing.run(queue).await;
                }
                Err(fault) => fault,
            };
            let _gone = opened.send(Err(fault));
        };
        let thread = thread::Builder::new().name("audit".into()).spawn(move || runtime.block_on(working));
        let writer = Self(Some(thread.map_err(AuditFault::Writer)?));
        let ended = |_| AuditFault::Writer(std::io::Error::other("it ended before the log was open"));
        outcome.recv().map_err(ended)??;
        Ok(writer)
    }

    /// No thread at all.
    #[cfg(test)]
    pub(crate) fn none() -> Self {
        Self(None)
    }
}

impl Drop for Writer {
    fn drop(&mut self) {
        if let Some(thread) = self.0.take()
            && thread.join().is_err()
        {
            tracing::error!("audit log's writer panicked");
        }
    }
}

/// A log that is being written.
struct Writing {
    sink: Sink,
    checkpoints: Option<Checkpointing>,
    gauge: Arc<Gauge>,
}

impl Writing {
    async fn open(opening: Opening, checkpoints: CheckpointSettings, gauge: Arc<Gauge>) -> Result<Self, AuditFault> {
        let mut sink = Sink::open(opening, Arc::clone(&gauge)).await?;
        let checkpoints = match checkpoints {
            CheckpointSettings::Off => None,
            CheckpointSettings::Signed { key, every } => Some(Checkpointing::resume(&mut sink, key, every)?),
        };
        Ok(Self { sink, checkpoints, gauge })
    }

    /// Writes what comes until nothing more can come, or until it cannot be written.
    async fn run(mut self, mut queue: mpsc::Receiver<Waiting>) {
        let mut batch = Vec::with_capacity(LARGEST_BATCH);
        let mut due = None;
        let mut pace = Pace::new(Instant::now());
        loop {
            // From the first line that waits for a checkpoint, however many follow it.
            let wait = self.checkpoints.as_ref().and_then(Checkpointing::wait);
            due = wait.map(|wait| due.unwrap_or_else(|| Instant::now() + wait));
            let received = tokio::select! {
                biased;
                received = queue.recv_many(&mut batch, LARGEST_BATCH) => Some(received),
                () = until(due) => None,
                () = self.sink.lost() => None,
            };
            if let Some(from) = pace.next_flush().filter(|_| received.is_some()) {
                gather(&mut queue, &mut batch, from).await;
            }
            pace.begin(Instant::now(), batch.len());
            let outcome = self.write(&batch, &queue).await;
            if let Err(fault) = outcome {
                // Closed before anybody is told, so that whoever is told finds it closed.
                self.fail(fault);
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
            if is_over || due.is_some_and(|due| due <= Instant::now()) {
                due = None;
                if let Err(fault) = self.sign(&queue).await {
                    return self.fail(fault);
                }
            }
            if is_over {
                return;
            }
        }
    }

    async fn write(&mut self, batch: &[Waiting], queue: &mpsc::Receiver<Waiting>) -> Result<(), WriteFault> {
        let lines = self.sink.head().link_all(batch.iter().map(|waiting| waiting.record.as_slice()));
        self.gauge.begin();
        self.sink.write(&lines, &|| queue.is_closed()).await?;
        if let Some(checkpoints) = &mut self.checkpoints {
            for linked in &lines {
                checkpoints.add(&linked.line);
            }
        }
        if self.gauge.written(lines.len()) {
            tracing::info!(records = lines.len(), "audit log is written again, without a gap");
        }
        Ok(())
    }

    async fn sign(&mut self, queue: &mpsc::Receiver<Waiting>) -> Result<(), WriteFault> {
        let Some(checkpoints) = &mut self.checkpoints else { return Ok(()) };
        let Some(checkpoint) = checkpoints.due() else { return Ok(()) };
        self.gauge.begin();
        self.sink.keep(&checkpoint, checkpoints.tree(), &|| queue.is_closed()).await?;
        checkpoints.signed();
        self.gauge.signed();
        Ok(())
    }

    fn fail(&self, fault: WriteFault) {
        self.gauge.failed(fault.label());
        tracing::error!(
            ?fault,
            head = self.sink.head().sequence,
            "audit log cannot be written and takes no more records"
        );
    }
}

/// Takes what else comes until a moment.
async fn gather(queue: &mut mpsc::Receiver<Waiting>, batch: &mut Vec<Waiting>, until: Instant) {
    let mut over = pin!(sleep_until(until));
    while let room @ 1.. = LARGEST_BATCH.saturating_sub(batch.len()) {
        tokio::select! {
            biased;
            () = &mut over => return,
            received = queue.recv_many(batch, room) => {
                // None are left to come.
                if received == 0 {
                    return;
                }
            }
        }
    }
}

/// Ends at a moment, and never where there is none.
async fn until(due: Option<Instant>) {
    match due {
        Some(due) => sleep_until(due).await,
        None => future::pending().await,
    }
}

const LARGEST_BATCH: usize = 256;

#[cfg(test)]
mod tests;
