//! Sessions that calls share, one after the other.

use std::future::Future;
use std::sync::{Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use ssbtx_postgresql::{Database, DatabaseFault, Session};
use tokio::sync::{Semaphore, SemaphorePermit};
use tokio::time::timeout;

use super::opening;
use crate::store::StoreFault;

/// Sessions of one kind. Each is used by one call at a time, and only as long as nothing went wrong with it or with another that was opened before.
pub(super) struct Sessions {
    database: Database,
    key_id: [u8; 32],
    kind: Kind,
    places: Semaphore,
    idle: Mutex<Vec<Session>>,
}

/// What sessions are for.
#[derive(Clone, Copy)]
enum Kind {
    Reading,
    Writing,
}

impl Sessions {
    pub(super) fn to_read(database: Database, key_id: [u8; 32]) -> Self {
        Self::new(database, key_id, Kind::Reading, READERS)
    }

    pub(super) fn to_write(database: Database, key_id: [u8; 32]) -> Self {
        Self::new(database, key_id, Kind::Writing, WRITERS)
    }

    fn new(database: Database, key_id: [u8; 32], kind: Kind, places: usize) -> Self {
        Self { database, key_id, kind, places: Semaphore::new(places), idle: Mutex::default() }
    }

    /// Opens one for the first call.
    pub(super) async fn open_one(&self) -> Result<(), StoreFault> {
        let session = self.open().await?;
        self.idle().push(session);
        Ok(())
    }

    /// Lends a session, as soon as there is a place for one more.
    pub(super) async fn lend(&self) -> Result<Lent<'_>, StoreFault> {
        let place = self.places.acquire().await.map_err(|_| StoreFault::BrokenOff)?;
        let session = match self.usable() {
            Some(session) => session,
            None => self.open().await?,
        };
        Ok(Lent { sessions: self, session, place })
    }

    /// Lets a call take so long and no longer. One that is given up has its session closed: it adds nothing to what it has sent, which is done or undone.
    pub(super) async fn in_time<T>(
        &self,
        time: Duration,
        call: impl Future<Output = Result<T, StoreFault>>,
    ) -> Result<T, StoreFault> {
        timeout(time, call).await.unwrap_or_else(|_| {
            self.idle().clear();
            Err(DatabaseFault::TimedOut { server: self.database.shown().to_owned() }.into())
        })
    }

    async fn open(&self) -> Result<Session, StoreFault> {
        match self.kind {
            Kind::Reading => opening::to_read(&self.database, &self.key_id).await,
            Kind::Writing => opening::to_write(&self.database, &self.key_id).await,
        }
    }

    /// The session that was used last, if it has not ended since.
    fn usable(&self) -> Option<Session> {
        let mut idle = self.idle();
        idle.retain(|session| !session.client().is_closed());
        idle.pop()
    }

    /// What a panicking thread leaves is sessions that nobody uses.
    fn idle(&self) -> MutexGuard<'_, Vec<Session>> {
        self.idle.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// A session that a call has; it is closed unless it is given back.
pub(super) struct Lent<'s> {
    sessions: &'s Sessions,
    session: Session,
    place: SemaphorePermit<'s>,
}

impl Lent<'_> {
    pub(super) fn session(&self) -> &Session {
        &self.session
    }

    /// Gives the session back with what came of the call: after a fault no session is used again that was open then.
    pub(super) fn back<T>(self, came: Result<T, StoreFault>) -> Result<T, StoreFault> {
        let Self { sessions, session, place: _place } = self;
        match &came {
            Ok(_) => sessions.idle().push(session),
            Err(_) => sessions.idle().clear(),
        }
        came
    }
}

/// How long a look-up may take, with a new connection where one is needed. It takes some milliseconds; whoever asks has the rest of the question's time.
pub(super) const LOOKING: Duration = Duration::from_secs(2);
/// How long a change may take.
pub(super) const WRITING: Duration = Duration::from_secs(5);
/// How many look-ups are under way at once: many thousand in a second. Few, since each is a process of the database's.
const READERS: usize = 4;
/// How many changes are under way at once.
const WRITERS: usize = 2;
