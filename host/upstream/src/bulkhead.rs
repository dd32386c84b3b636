//! How many exchanges with one upstream are under way at once.

use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use ssbtx_observation::{Distribution, Histogram};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::{Instant, timeout_at};

/// The places of one upstream. A slow one fills its own, and nobody else's.
pub(crate) struct Bulkhead {
    places: Semaphore,
    size: usize,
    longest_wait: Duration,
    waiting: AtomicUsize,
    waits: Histogram,
}

impl Bulkhead {
    pub(crate) fn new(size: usize, longest_wait: Duration) -> Self {
        Self {
            places: Semaphore::new(size),
            size,
            longest_wait,
            waiting: AtomicUsize::new(0),
            waits: Histogram::default(),
        }
    }

    /// A place, in the order of coming. `None` where none is free in time.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the line.
    pub(crate) async fn place(&self, deadline: Instant) -> Option<SemaphorePermit<'_>> {
        let _wait = self.waits.start();
        // The common case takes no timer.
        if let Ok(place) = self.places.try_acquire() {
            return Some(place);
        }
        let _in_line = InLine::join(&self.waiting);
        let until = deadline.min(Instant::now() + self.longest_wait);
        timeout_at(until, self.places.acquire()).await.ok()?.ok()
    }

    pub(crate) fn size(&self) -> usize {
        self.size
    }

    pub(crate) fn in_flight(&self) -> usize {
        self.size.saturating_sub(self.places.available_permits())
    }

    pub(crate) fn waiting(&self) -> usize {
        self.waiting.load(Ordering::Relaxed)
    }

    /// How long those who came have waited, whether they got a place or not.
    pub(crate) fn waits(&self) -> Distribution {
        self.waits.distribution()
    }
}

/// Counts one who waits, for as long as it lives.
struct InLine<'w>(&'w AtomicUsize);

impl<'w> InLine<'w> {
    fn join(waiting: &'w AtomicUsize) -> Self {
        waiting.fetch_add(1, Ordering::Relaxed);
        Self(waiting)
    }
}

impl Drop for InLine<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn nobody_waits_longer_than_the_longest_wait_or_the_deadline() {
        let bulkhead = Bulkhead::new(1, Duration::from_secs(2));
        let began = Instant::now();
        let place = bulkhead.place(began + Duration::from_mins(1)).await.unwrap();
        assert!(bulkhead.place(began + Duration::from_mins(1)).await.is_none());
        assert_eq!(began.elapsed(), Duration::from_secs(2));
        assert!(bulkhead.place(Instant::now() + Duration::from_secs(1)).await.is_none());
        assert_eq!(began.elapsed(), Duration::from_secs(3));
        assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
        drop(place);
        assert_eq!(bulkhead.in_flight(), 0);
    }

    #[tokio::test(start_paused = true)]
    async fn who_waits_gets_the_place_that_becomes_free() {
        let bulkhead = Bulkhead::new(1, Duration::from_secs(2));
        let deadline = Instant::now() + Duration::from_mins(1);
        let place = bulkhead.place(deadline).await.unwrap();
        let freeing = async {
            tokio::time::advance(Duration::from_secs(1)).await;
            assert_eq!(bulkhead.waiting(), 1);
            drop(place);
        };
        let (waited, ()) = tokio::join!(bulkhead.place(deadline), freeing);
        assert!(waited.is_some());
        assert_eq!((bulkhead.in_flight(), bulkhead.waiting()), (1, 0));
    }
}
