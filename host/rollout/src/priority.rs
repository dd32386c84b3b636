//! Room for those who answer questions.

use rustix::process::setpriority_process;
use rustix::thread::gettid;
use tracing::debug;

/// Lets this thread, and those that it starts, stand back for the threads that answer questions.
///
/// Compiling a new set takes seconds of computing, which nobody waits for. Where the system does not allow it, an update costs others more.
pub(crate) fn stand_back() {
    // On Linux a niceness is a thread's own, whatever the function's name says.
    if let Err(error) = setpriority_process(Some(gettid()), NICENESS) {
        debug!(%error, "priority of the rollout is as that of questions");
    }
}

/// Half of the way to the lowest: it goes on under load, slowly.
const NICENESS: i32 = 10;
