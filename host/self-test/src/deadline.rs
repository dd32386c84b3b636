//! How long a component's cases may take.

use std::future::Future;
use std::time::Duration;

use tokio::time::timeout;

use crate::broken::SelfTestFailed;

/// How long all cases of one component may take together: 30 s, many times what a hundred decisions or recordings take.
///
/// Every single call has the limits of every other call; this is for many slow ones, which would hold up an update. What it does not stop: a host
/// that is slow itself.
pub const DEADLINE: Duration = Duration::from_secs(30);

/// Runs cases to their end or to the deadline. It takes a runtime of tokio's with its clock.
pub(crate) async fn within_deadline(
    cases: impl Future<Output = Result<(), SelfTestFailed>>,
) -> Result<(), SelfTestFailed> {
    timeout(DEADLINE, cases).await.map_err(|_| SelfTestFailed::Deadline(DEADLINE))?
}

#[cfg(test)]
mod tests {
    use std::future;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn cases_that_do_not_end_are_ended_at_the_deadline() {
        let failed = within_deadline(future::pending()).await.unwrap_err();
        assert_eq!(failed.to_string(), "cases were not at their end after 30000 ms");
    }
}
