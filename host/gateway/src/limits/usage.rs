//! What every consumer and caseworker has asked, in the memory of this host and of no other.

use std::collections::HashMap;
use std::fmt;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_core::{Requester, Sha256Digest};
use tokio::time::Instant;

use super::counter::Counter;
use super::reached::{Limit, LimitReached, Whose};
use super::{Allowance, ConsumerLimits};

/// Every consumer's usage, by its name.
///
/// It is lost when the host ends, and every host of several counts for itself.
#[derive(Clone)]
pub(crate) struct Usages(Arc<Parts>);

struct Parts {
    /// Makes of a caseworker's name what cannot be made a name again: nobody knows it, and it ends with the host.
    salt: [u8; 16],
    consumers: Mutex<HashMap<String, Arc<Mutex<Usage>>>>,
}

/// Now: the time that passes evenly, for rates, and the time of day, for days.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Moment {
    pub(crate) instant: Instant,
    pub(crate) time: Timestamp,
}

/// A question's place within the limits, until it is dropped.
pub(crate) struct Place {
    usage: Arc<Mutex<Usage>>,
    caseworker: Option<Sha256Digest>,
}

/// One consumer's usage.
struct Usage {
    all: Counter,
    caseworkers: HashMap<Sha256Digest, Counter>,
    refusals: u64,
}

impl Usages {
    /// Nothing asked yet. The salt is random.
    pub(crate) fn new(salt: [u8; 16]) -> Self {
        Self(Arc::new(Parts { salt, consumers: Mutex::default() }))
    }

    /// Takes a place for a question of a consumer's, or of one of its caseworkers', who is known by organisation and name.
    ///
    /// # Errors
    ///
    /// [`LimitReached`]; then nothing is counted but the refusal.
    pub(crate) fn enter(
        &self,
        consumer: &str,
        limits: &ConsumerLimits,
        requester: Option<&Requester>,
        now: Moment,
    ) -> Result<Place, LimitReached> {
        let caseworker = requester.map(|requester| self.0.pseudonym(requester));
        let usage = self.0.usage(consumer, now);
        locked(&usage).enter(limits, caseworker, now)?;
        Ok(Place { usage, caseworker })
    }
}

impl Parts {
    fn usage(&self, consumer: &str, now: Moment) -> Arc<Mutex<Usage>> {
        let mut consumers = locked(&self.consumers);
        if let Some(usage) = consumers.get(consumer) {
            return Arc::clone(usage);
        }
        let usage = Usage { all: Counter::new(now), caseworkers: HashMap::new(), refusals: 0 };
        let usage = Arc::new(Mutex::new(usage));
        consumers.insert(consumer.to_owned(), Arc::clone(&usage));
        usage
    }

    /// One person is one, however a system writes capitals and spaces; one name in two organisations is two.
    fn pseudonym(&self, requester: &Requester) -> Sha256Digest {
        let mut bytes = self.salt.to_vec();
        bytes.extend_from_slice(requester.organisation.number.as_str().as_bytes());
        bytes.push(0);
        bytes.extend_from_slice(requester.caseworker.as_str().trim().to_lowercase().as_bytes());
        Sha256Digest::of(&bytes)
    }
}

impl Usage {
    fn enter(
        &mut self,
        limits: &ConsumerLimits,
        caseworker: Option<Sha256Digest>,
        now: Moment,
    ) -> Result<(), LimitReached> {
        let known = caseworker.and_then(|key| self.caseworkers.get_mut(&key));
        let is_known = known.is_some();
        let reached = |whose, counter: &mut Counter, allowance: &Allowance| {
            counter.reached(allowance, now).map(|(measure, wait)| (Limit { whose, measure }, wait))
        };
        let of_consumer = reached(Whose::Consumer, &mut self.all, &limits.consumer);
        let of_caseworker = known.and_then(|counter| reached(Whose::Caseworker, counter, &limits.caseworker));
        if let Some((limit, wait)) = [of_caseworker, of_consumer].into_iter().flatten().max_by_key(|(_, wait)| *wait) {
            self.refusals = self.refusals.saturating_add(1);
            return Err(LimitReached { limit, retry_after: whole_seconds(wait), refusals: self.refusals });
        }
        self.all.begin(&limits.consumer, now);
        if let Some(key) = caseworker {
            if !is_known {
                self.make_room(now);
            }
            self.caseworkers.entry(key).or_insert_with(|| Counter::new(now)).begin(&limits.caseworker, now);
        }
        Ok(())
    }

    /// Forgets a caseworker where there are too many: one who has asked least today, so that whoever has asked much stays counted.
    fn make_room(&mut self, now: Moment) {
        if self.caseworkers.len() < MOST_CASEWORKERS {
            return;
        }
        let lightest = self
            .caseworkers
            .iter()
            .filter_map(|(key, counter)| Some((*key, counter.weight(now)?)))
            .min_by_key(|(_, weight)| *weight);
        if let Some((key, _)) = lightest {
            self.caseworkers.remove(&key);
        }
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut usage = locked(&self.usage);
        usage.all.end();
        if let Some(counter) = self.caseworker.and_then(|key| usage.caseworkers.get_mut(&key)) {
            counter.end();
        }
    }
}

impl fmt::Debug for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Place")
    }
}

/// What a panicking thread leaves is counts, each whole.
fn locked<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

fn whole_seconds(wait: Duration) -> Duration {
    Duration::from_secs(wait.as_secs().saturating_add(u64::from(wait.subsec_nanos() > 0)).max(1))
}

/// How many caseworkers of one consumer are counted at once: under 3 MB for each consumer, and more caseworkers than any municipality has. It is
/// well over what may be under way, so that there always is one to forget. A consumer that makes up names passes the caseworker's limits; its own hold.
const MOST_CASEWORKERS: usize = 16_384;

#[cfg(test)]
mod tests;
