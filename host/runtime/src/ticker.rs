//! The clock by which running guests are interrupted.

use std::io;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::thread;
use std::time::Duration;

use wasmtime::Engine;

/// Moves an engine's epoch on, one tick a millisecond, until it is dropped.
///
/// It is a thread of its own, since a guest that never yields would keep a task from running. It must live as long as anything of its engine can
/// be called: without it no call would ever be interrupted.
pub(crate) struct Ticker {
    // Dropping the sender ends the thread.
    _stop: mpsc::Sender<()>,
}

impl Ticker {
    /// Starts it.
    pub(crate) fn start(engine: &Engine) -> io::Result<Self> {
        let (stop, stopped) = mpsc::channel();
        let engine = engine.clone();
        thread::Builder::new().name("sandbox-ticker".to_owned()).spawn(move || {
            while stopped.recv_timeout(TICK) == Err(RecvTimeoutError::Timeout) {
                engine.increment_epoch();
            }
        })?;
        Ok(Self { _stop: stop })
    }
}

/// One tick.
pub(crate) const TICK: Duration = Duration::from_millis(1);
