//! Whether a connection has a request under way, and for how long it has had none.

use std::sync::Arc;
use std::time::Duration;

use tokio::sync::watch;
use tokio::time::timeout;

/// The number of requests under way on one connection.
#[derive(Clone)]
pub(super) struct UnderWay(Arc<watch::Sender<usize>>);

/// A request under way, until it is dropped.
pub(super) struct Request(UnderWay);

impl UnderWay {
    /// None yet.
    pub(super) fn new() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }

    /// Counts a request.
    pub(super) fn begin(&self) -> Request {
        self.0.send_modify(|count| *count += 1);
        Request(self.clone())
    }

    /// Waits until the first has not begun in time, or there has been none for a time after one.
    ///
    /// A request begins when its head is there whole, so this bounds the time for a head as well, and in HTTP/2 no less than in HTTP/1.1. The
    /// HTTP library's own time-out would not tell a slow head from a connection that is kept for the next question.
    pub(super) async fn idle_for(&self, first: Duration, between: Duration) {
        let mut count = self.0.subscribe();
        let mut limit = first;
        loop {
            let is_idle = *count.borrow_and_update() == 0;
            if is_idle {
                if timeout(limit, count.changed()).await.is_err() {
                    return;
                }
            } else {
                limit = between;
                if count.changed().await.is_err() {
                    return;
                }
            }
        }
    }
}

impl Drop for Request {
    fn drop(&mut self) {
        self.0.0.send_modify(|count| *count -= 1);
    }
}

#[cfg(test)]
mod tests {
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn a_connection_is_idle_only_when_its_last_request_has_ended_for_long_enough() {
        let under_way = UnderWay::new();
        let request = under_way.begin();
        let began = Instant::now();
        let watched = under_way.clone();
        let idle = tokio::spawn(async move { watched.idle_for(Duration::from_secs(1), Duration::from_secs(10)).await });
        tokio::time::sleep(Duration::from_mins(1)).await;
        assert!(!idle.is_finished());
        drop(request);
        idle.await.unwrap();
        assert_eq!(began.elapsed(), Duration::from_secs(70));
    }

    #[tokio::test(start_paused = true)]
    async fn a_first_request_that_does_not_come_is_waited_for_less() {
        let began = Instant::now();
        UnderWay::new().idle_for(Duration::from_secs(1), Duration::from_secs(10)).await;
        assert_eq!(began.elapsed(), Duration::from_secs(1));
    }
}
