//! Whose turn it is to make a connection.

use std::io::{self, ErrorKind};
use std::sync::atomic::{AtomicUsize, Ordering};

use tokio::sync::{Semaphore, SemaphorePermit, TryAcquireError};

/// Lets a few connections to one upstream be made at once, and none that nobody waits for any more.
///
/// A handshake with certificates on both sides costs more than the rest of an exchange. Where every exchange of a burst shakes hands at once, nothing
/// is left for those that have a connection, and the questions that come meanwhile shake hands too. The client gives an exchange the first connection
/// that is free, its own or another's: so whoever waits for a turn seldom needs it.
pub(crate) struct Turns {
    places: Semaphore,
    wanting: AtomicUsize,
}

impl Turns {
    pub(crate) fn new(size: usize) -> Self {
        Self { places: Semaphore::new(size), wanting: AtomicUsize::new(0) }
    }

    /// A turn, in the order of coming. It ends with what is given back.
    ///
    /// # Errors
    ///
    /// An error like that of a connection that the other side did not take, where nobody wants a connection when the turn comes. The client goes on
    /// making the connection of an exchange that has been given another one, and hands this to nobody.
    ///
    /// # Cancel safety
    ///
    /// Dropping the future leaves the line.
    pub(crate) async fn turn(&self) -> io::Result<SemaphorePermit<'_>> {
        match self.places.try_acquire() {
            Err(TryAcquireError::NoPermits) => {}
            // Who comes first asks nobody: the client itself sends a request again that it has not begun, and that one is counted no more.
            place => return place.map_err(|_| unwanted()),
        }
        let place = self.places.acquire().await.map_err(|_| unwanted())?;
        if self.wanting.load(Ordering::Relaxed) == 0 { Err(unwanted()) } else { Ok(place) }
    }

    /// Counts an exchange that has no connection yet, for as long as what is given back lives.
    pub(crate) fn want(&self) -> Wanting<'_> {
        self.wanting.fetch_add(1, Ordering::Relaxed);
        Wanting(&self.wanting)
    }
}

/// An exchange that has no connection yet.
pub(crate) struct Wanting<'t>(&'t AtomicUsize);

impl Drop for Wanting<'_> {
    fn drop(&mut self) {
        self.0.fetch_sub(1, Ordering::Relaxed);
    }
}

fn unwanted() -> io::Error {
    io::Error::new(ErrorKind::ConnectionAborted, "nobody waits for this connection any more")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_turn_that_comes_when_nobody_wants_a_connection_is_passed_on() {
        let turns = Turns::new(1);
        let wanting = turns.want();
        let first = turns.turn().await.unwrap();
        let (second, ()) = tokio::join!(turns.turn(), async {
            drop(wanting);
            drop(first);
        });
        assert_eq!(second.unwrap_err().kind(), ErrorKind::ConnectionAborted);
        assert_eq!(turns.places.available_permits(), 1);
    }

    #[tokio::test]
    async fn a_turn_is_taken_by_who_still_wants_a_connection() {
        let turns = Turns::new(1);
        let _wanting = turns.want();
        let first = turns.turn().await.unwrap();
        let (second, ()) = tokio::join!(turns.turn(), async { drop(first) });
        assert!(second.is_ok());
    }
}
