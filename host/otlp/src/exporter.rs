//! Sends what waits, until it is told to stop.

use std::mem;
use std::sync::Arc;
use std::time::Duration;

use ssbtx_observation::{FinishedSpan, Recorder};
use tokio::sync::{mpsc, oneshot};
use tokio::task::JoinHandle;
use tokio::time::{MissedTickBehavior, interval, timeout};
use tracing::{info, warn};

use crate::collector::{Collector, NotTaken};
use crate::message;
use crate::queue::Queue;
use crate::settings::OtlpSettings;

/// The task that sends spans to the collector.
///
/// Spans are sent in batches of at most 512, at the latest when the interval is over, and each batch once: what was not taken may have been taken all
/// the same, and by the time that a collector is back, newer spans are worth more. Dropping it gives up what waits.
#[derive(Debug)]
pub struct Exporter {
    queue: Arc<Queue>,
    stop: oneshot::Sender<()>,
    working: JoinHandle<()>,
}

impl Exporter {
    /// Starts the task. Nothing is connected before the first span. `None` where no path can stand below the endpoint.
    ///
    /// It must be called within a runtime.
    pub fn start(settings: &OtlpSettings) -> Option<Self> {
        let collector = Collector::new(settings)?;
        let (queue, waiting) = Queue::new(settings.share);
        let queue = Arc::new(queue);
        let (stop, stopped) = oneshot::channel();
        let work = Work { collector, queue: Arc::clone(&queue), waiting, batch: Vec::new(), silent: None };
        let working = tokio::spawn(work.until(stopped, settings.interval));
        Some(Self { queue, stop, working })
    }

    /// Whom spans are told to.
    pub fn recorder(&self) -> Arc<dyn Recorder> {
        Arc::<Queue>::clone(&self.queue)
    }

    /// Sends what waits and stops, within this time: whatever is left then is given up.
    pub async fn finish(self, within: Duration) {
        let Self { stop, mut working, .. } = self;
        stop.send(()).ok();
        if timeout(within, &mut working).await.is_err() {
            working.abort();
            warn!("spans were given up when the host stopped");
        }
    }
}

struct Work {
    collector: Collector,
    queue: Arc<Queue>,
    waiting: mpsc::Receiver<FinishedSpan>,
    batch: Vec<FinishedSpan>,
    /// Why the newest batch was not taken, where it was not.
    silent: Option<NotTaken>,
}

impl Work {
    async fn until(mut self, mut stopped: oneshot::Receiver<()>, every: Duration) {
        let mut due = interval(every);
        due.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            let room = BATCH - self.batch.len();
            tokio::select! {
                _ = &mut stopped => break,
                _ = due.tick() => {}
                _ = self.waiting.recv_many(&mut self.batch, room) => if self.batch.len() < BATCH { continue },
            }
            self.send().await;
        }
        self.waiting.close();
        self.send().await;
        while self.waiting.recv_many(&mut self.batch, BATCH).await > 0 {
            self.send().await;
        }
    }

    /// Sends the batch, if there is anything in it.
    async fn send(&mut self) {
        let spans = self.batch.len();
        if spans == 0 {
            return;
        }
        let request = message::request(mem::take(&mut self.batch));
        match self.collector.send(&request).await {
            Ok(refused) => {
                self.queue.exported(spans.saturating_sub(refused));
                self.queue.lost(refused.min(spans));
                if self.silent.take().is_some() {
                    info!("collector takes spans again");
                }
            }
            Err(why) => {
                self.queue.lost(spans);
                // Once for each reason: it would be said every few seconds for as long as a collector is away.
                if self.silent.replace(why) != Some(why) {
                    warn!(error = %why, "spans were not taken");
                }
            }
        }
    }
}

const BATCH: usize = 512;
