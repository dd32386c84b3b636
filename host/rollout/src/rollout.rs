//! The rollout as its host sees it: a thread of its own.

use std::convert::Infallible;
use std::sync::Arc;
use std::thread;
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_broker::{Broker, Edition};
use tokio::runtime;
use tokio::sync::oneshot;
use tokio::task::JoinHandle;
use tokio::time::timeout;
use tracing::{error, warn};

use crate::beginning::{NotBegun, begin};
use crate::board::StatusBoard;
use crate::expiry::Expiry;
use crate::holding::Holding;
use crate::priority;
use crate::settings::RolloutSettings;
use crate::status::Watch;
use crate::watching::watch;

/// A rollout that has its first edition and watches nothing yet.
///
/// It lives on a thread of its own, so that verifying, compiling and testing a set never take the threads that answer questions.
#[must_use = "what is not watched never changes"]
pub struct Rollout {
    first: First,
    watch: oneshot::Sender<Arc<Holding>>,
    stop: oneshot::Sender<Infallible>,
    ended: oneshot::Receiver<Infallible>,
}

/// What the thread has found to begin with.
struct First {
    edition: Arc<Edition>,
    expiry: Expiry,
    board: StatusBoard,
    now: fn() -> Timestamp,
}

/// A rollout that watches. Dropping it tells it to stop.
#[must_use = "dropping it stops the watch"]
pub struct Watching {
    minding: Minding,
    stop: oneshot::Sender<Infallible>,
    ended: oneshot::Receiver<Infallible>,
}

impl Rollout {
    /// Finds the first edition: the source's, or where that cannot be used, loudly, the last good copy.
    ///
    /// # Errors
    ///
    /// [`NotBegun`], with both reasons where neither can be used.
    pub async fn begin(settings: RolloutSettings) -> Result<Self, NotBegun> {
        let (tell_first, first) = oneshot::channel();
        let (watch, to_watch) = oneshot::channel();
        let (stop, told_to_stop) = oneshot::channel();
        let (ending, ended) = oneshot::channel();
        let runtime = runtime::Builder::new_current_thread().enable_all().build().map_err(NotBegun::Thread)?;
        let run = move || {
            let _ending: oneshot::Sender<Infallible> = ending;
            priority::stand_back();
            runtime.block_on(live(settings, tell_first, to_watch, told_to_stop));
            // A component that is being compiled is not waited for: nothing comes of it.
            runtime.shutdown_background();
        };
        thread::Builder::new().name("rollout".to_owned()).spawn(run).map_err(NotBegun::Thread)?;
        let first = first.await.map_err(|_| NotBegun::Panicked)??;
        Ok(Self { first, watch, stop, ended })
    }

    /// The first edition, for the broker.
    pub fn edition(&self) -> Arc<Edition> {
        Arc::clone(&self.first.edition)
    }

    /// Where it tells how it stands.
    pub fn board(&self) -> StatusBoard {
        self.first.board.clone()
    }

    /// Watches the source and the clock from now on, for the broker that answers with [`edition`](Self::edition).
    ///
    /// The clock is minded on the runtime of whoever calls this: that does not depend on the rollout's own thread.
    ///
    /// # Panics
    ///
    /// Outside a runtime of tokio.
    pub fn watch(self, broker: Broker) -> Watching {
        let Self { first: First { edition, expiry, board, now }, watch, stop, ended } = self;
        let holding = Arc::new(Holding::new(broker, board.clone(), edition, expiry));
        let minded = Arc::clone(&holding);
        let minding = Minding(tokio::spawn(async move { minded.mind_always(now).await }));
        if watch.send(holding).is_err() {
            error!("rollout has ended before it was to watch");
            board.watching(Watch::Ended);
        }
        Watching { minding, stop, ended }
    }
}

impl Watching {
    /// Stops the watch, and waits until nothing more is written to the last good copy.
    pub async fn stop(self) {
        let Self { minding, stop, ended } = self;
        drop((minding, stop));
        if timeout(LONGEST_END, ended).await.is_err() {
            warn!("rollout has not ended in time");
        }
    }
}

/// The life of the rollout, on its own thread.
async fn live(
    settings: RolloutSettings,
    tell_first: oneshot::Sender<Result<First, NotBegun>>,
    to_watch: oneshot::Receiver<Arc<Holding>>,
    told_to_stop: oneshot::Receiver<Infallible>,
) {
    let begun = match begin(settings).await {
        Ok(begun) => begun,
        Err(failed) => {
            // Nobody listens where whoever began it has gone: then there is nobody to tell.
            tell_first.send(Err(failed)).ok();
            return;
        }
    };
    let board = begun.board.clone();
    let _ending = Ending(board.clone());
    let (edition, expiry) = (Arc::clone(begun.examined.edition()), begun.expiry);
    if tell_first.send(Ok(First { edition, expiry, board, now: begun.supply.settings().repository.now })).is_err() {
        return;
    }
    let Ok(holding) = to_watch.await else { return };
    tokio::select! {
        never = watch(begun, holding) => match never {},
        // It is told by dropping the other end.
        Err(_) = told_to_stop => {}
    }
}

/// The task that minds the clock; it ends with this.
struct Minding(JoinHandle<Infallible>);

impl Drop for Minding {
    fn drop(&mut self) {
        self.0.abort();
    }
}

/// Makes the end of the watch visible, however it ends.
struct Ending(StatusBoard);

impl Drop for Ending {
    fn drop(&mut self) {
        self.0.watching(Watch::Ended);
        if thread::panicking() {
            error!("watch has ended by a fault of the host: nothing new is taken over any more");
        }
    }
}

/// Longer than the largest set takes to write.
const LONGEST_END: Duration = Duration::from_secs(5);
