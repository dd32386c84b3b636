use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tempfile::TempDir;
use tokio::sync::{mpsc, oneshot};
use tokio::task::{JoinHandle, yield_now};
use tokio::time::{Instant, sleep};

use super::{Waiting, Writing};
use crate::gauge::{Gauge, Levels};
use crate::log::CheckpointSettings;
use crate::sink::{Opening, WriteFault};

type Outcome = oneshot::Receiver<Result<(), WriteFault>>;

/// A log on a real disk, whose writer goes by a test's own clock: that one stands still while anything is done, a flush included.
struct Log {
    queue: mpsc::Sender<Waiting>,
    gauge: Arc<Gauge>,
    writing: JoinHandle<()>,
    _folder: TempDir,
}

impl Log {
    async fn open() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let directory = folder.path().join("audit");
        let opening = Opening::Files { directory, segment_bytes: u64::MAX, now: Timestamp::UNIX_EPOCH };
        let gauge = Arc::new(Gauge::default());
        let writing = Writing::open(opening, CheckpointSettings::Off, Arc::clone(&gauge)).await.unwrap();
        let (queue, waiting) = mpsc::channel(1024);
        Self { queue, gauge, writing: tokio::spawn(writing.run(waiting)), _folder: folder }
    }

    /// Hands over a record, and lets the writer look at it before another comes.
    async fn send(&self) -> Outcome {
        let (written, outcome) = oneshot::channel();
        assert!(self.queue.send(Waiting { record: b"{}".to_vec(), written }).await.is_ok());
        yield_now().await;
        outcome
    }

    /// Two records each millisecond, for so long.
    async fn come_many(&self, time: Duration) -> Vec<Outcome> {
        let over = Instant::now() + time;
        let mut outcomes = Vec::new();
        while Instant::now() < over {
            outcomes.extend([self.send().await, self.send().await]);
            sleep(Duration::from_millis(1)).await;
        }
        outcomes
    }

    /// Two records at once, then nothing for four milliseconds, over and over; each is on the disk in the moment in which it comes.
    async fn come_few(&self) {
        for _ in 0..40 {
            for _ in 0..2 {
                let came = Instant::now();
                assert_eq!(self.send().await.await, Ok(Ok(())));
                assert_eq!(came.elapsed(), Duration::ZERO);
            }
            sleep(Duration::from_millis(4)).await;
        }
    }

    fn flushes(&self) -> u64 {
        self.gauge.levels(0, Duration::MAX).batches
    }

    /// Lets the writer end, and says what it has written.
    async fn close(self) -> Levels {
        drop(self.queue);
        self.writing.await.unwrap();
        self.gauge.levels(0, Duration::MAX)
    }
}

#[tokio::test(start_paused = true)]
async fn while_few_come_each_is_flushed_at_once_and_alone() {
    let log = Log::open().await;
    log.come_few().await;
    let levels = log.close().await;
    assert_eq!((levels.records, levels.batches), (80, 80));
}

#[tokio::test(start_paused = true)]
async fn while_many_come_one_flush_is_for_all_of_two_milliseconds_and_none_is_lost() {
    let log = Log::open().await;
    // How fast they come is judged after a tenth of a second.
    let mut outcomes = log.come_many(Duration::from_millis(150)).await;
    let before = log.flushes();
    outcomes.extend(log.come_many(Duration::from_millis(100)).await);
    let flushes = log.flushes() - before;
    assert!((49..=51).contains(&flushes), "{flushes} flushes of 200 records in 100 ms");
    let levels = log.close().await;
    assert_eq!((levels.records, outcomes.len()), (500, 500));
    for outcome in outcomes {
        assert_eq!(outcome.await, Ok(Ok(())));
    }
}

#[tokio::test(start_paused = true)]
async fn once_fewer_come_again_each_is_flushed_at_once() {
    let log = Log::open().await;
    drop(log.come_many(Duration::from_millis(150)).await);
    sleep(Duration::from_secs(1)).await;
    log.come_few().await;
}
