//! Where questions about the audit log are answered: one at a time.

use std::sync::Arc;

use tokio::sync::{Semaphore, oneshot};
use tokio::task::spawn_blocking;

use super::problem::Problem;
use crate::patience::Patience;

/// A desk at which one question about the audit log is answered at a time.
///
/// The log is read by one thread at a time in any case. Whoever comes meanwhile is told to come again, since whoever waited here would hold a thread that the
/// host needs for other things.
#[derive(Clone)]
pub(crate) struct Desk(Arc<Semaphore>);

impl Desk {
    /// A desk with nobody at it.
    pub(crate) fn new() -> Self {
        Self(Arc::new(Semaphore::new(1)))
    }

    /// Answers on a thread that may wait, in the longer time of such questions. What answers is told whether whoever asked still waits; where not, it may
    /// stop, and ends by itself if it does not.
    ///
    /// # Errors
    ///
    /// [`Problem::Busy`] where somebody is at the desk.
    pub(super) async fn answer<T, E>(
        &self,
        patience: &Patience,
        answer: impl FnOnce(&dyn Fn() -> bool) -> Result<T, E> + Send + 'static,
    ) -> Result<T, Problem>
    where
        T: Send + 'static,
        E: Into<Problem> + Send + 'static,
    {
        let place = Arc::clone(&self.0).try_acquire_owned().map_err(|_| Problem::Busy)?;
        patience.have();
        let (told, answered) = oneshot::channel();
        spawn_blocking(move || {
            let answer = answer(&|| !told.is_closed());
            drop(place);
            // Whoever asked may be gone.
            let _gone = told.send(answer);
        });
        match answered.await {
            Ok(answer) => answer.map_err(Into::into),
            // It panicked.
            Err(_) => Err(Problem::BrokenOff),
        }
    }
}
