//! The open cases of every consumer.

use std::collections::BTreeMap;
use std::fmt;
use std::ops::RangeInclusive;
use std::sync::Arc;
use std::sync::atomic::{AtomicI64, Ordering};
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_core::{CaseId, OrganisationNumber, PersonId, Relation};
use tracing::warn;

use crate::figures::{ConsumerFigures, Figures, GateResult};
use crate::names::{CaseKey, PersonName};
use crate::store::{CaseStore, KnownCase, Registered, StoreFault, StoredCase};

/// The open cases of every consumer. Cheap to clone: all clones are one register.
#[derive(Clone)]
pub struct OpenCases(Arc<Parts>);

struct Parts {
    key: CaseKey,
    store: Arc<dyn CaseStore>,
    limits: CaseLimits,
    /// When what has ended was last forgotten, in seconds since 1970.
    purged: AtomicI64,
    figures: Figures,
}

/// How much is kept, and for how long.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CaseLimits {
    /// How long a case may be open before it is registered again. Default 400 days: whoever renews once a year never misses. Smallest 1 day, largest 1,100.
    pub longest: Duration,
    /// How many open cases one consumer may have. Default 50,000, well over what the largest municipality has; smallest 1, largest 1,000,000. With 20
    /// persons in each, 50,000 are some 150 MB on the disk.
    pub most_cases: u64,
}

impl CaseLimits {
    /// What `longest` may be.
    pub const LONGEST: RangeInclusive<Duration> = Duration::from_hours(24)..=Duration::from_hours(1100 * 24);
    /// What `most_cases` may be.
    pub const MOST_CASES: RangeInclusive<u64> = 1..=1_000_000;
    /// How many persons one case may have: more than any household that one nämnd treats as one.
    pub const MOST_PERSONS: usize = 20;
}

impl Default for CaseLimits {
    fn default() -> Self {
        Self { longest: Duration::from_hours(400 * 24), most_cases: 50_000 }
    }
}

/// A case: whose, for which organisation, and the consumer's own id of it.
///
/// Ids are compared byte for byte.
#[derive(Debug, Clone, Copy)]
pub struct CaseOf<'c> {
    /// The consumer, by its name in the operator's configuration.
    pub consumer: &'c str,
    /// The authority whose case it is.
    pub organisation: &'c OrganisationNumber,
    /// The id.
    pub case: &'c CaseId,
}

/// How a person stands to a case.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// Registered in it, and it is open.
    Inside(Relation),
    /// Not registered in it, or it is not open, or there is none.
    Outside,
}

/// Why a case is not registered.
#[derive(Debug, thiserror::Error)]
pub enum NotRegistered {
    /// No person, or too many.
    #[error("case has `{found}` persons, expected 1 to {}", CaseLimits::MOST_PERSONS)]
    Persons {
        /// How many.
        found: usize,
    },
    /// An end that has come, or is too far away.
    #[error("case ends at `{found}`, expected a time after now and not after `{last}`")]
    Until {
        /// When it would end.
        found: Timestamp,
        /// The last time that it may end at.
        last: Timestamp,
    },
    /// The consumer has as many as it may have.
    #[error("consumer has `{most}` open cases, which is as many as it may have")]
    NoRoom {
        /// How many.
        most: u64,
    },
    /// The store failed.
    #[error(transparent)]
    Store(#[from] StoreFault),
}

impl OpenCases {
    /// Brings the parts together.
    pub fn new(key: CaseKey, store: Arc<dyn CaseStore>, limits: CaseLimits) -> Self {
        Self(Arc::new(Parts { key, store, limits, purged: AtomicI64::new(i64::MIN), figures: Figures::default() }))
    }

    /// The last time that a case may end at which is registered now, in whole seconds.
    pub fn last_end(&self, now: Timestamp) -> Timestamp {
        let last = now.checked_add(self.0.limits.longest).unwrap_or(Timestamp::MAX);
        Timestamp::from_second(last.as_second()).unwrap_or(last)
    }

    /// Opens a case for these persons and no others until then, whatever was registered of it before. When it returns, that is on the disk.
    ///
    /// A person who is named twice counts as named last.
    ///
    /// # Errors
    ///
    /// [`NotRegistered`]
    pub async fn register(
        &self,
        of: CaseOf<'_>,
        persons: &[(PersonId, Relation)],
        until: Timestamp,
        now: Timestamp,
    ) -> Result<Registered, NotRegistered> {
        self.may_register(persons.len(), until, now)?;
        let Parts { key, store, limits, .. } = self.0.as_ref();
        let named: BTreeMap<[u8; 32], Relation> =
            persons.iter().map(|(person, relation)| (key.person(of, person).0, *relation)).collect();
        let case = StoredCase {
            consumer: key.consumer(of.consumer),
            case: key.case(of),
            persons: named.into_iter().map(|(name, relation)| (PersonName(name), relation)).collect(),
            until,
        };
        self.tidy(now).await?;
        match store.register(case, limits.most_cases, now).await? {
            Registered::NoRoom => Err(NotRegistered::NoRoom { most: limits.most_cases }),
            registered => {
                self.count_open(of.consumer, now).await;
                Ok(registered)
            }
        }
    }

    /// Whether a case with so many persons and this end is within the limits.
    ///
    /// # Errors
    ///
    /// [`NotRegistered::Persons`] and [`NotRegistered::Until`]
    pub fn may_register(&self, persons: usize, until: Timestamp, now: Timestamp) -> Result<(), NotRegistered> {
        if persons == 0 || persons > CaseLimits::MOST_PERSONS {
            return Err(NotRegistered::Persons { found: persons });
        }
        let last = self.last_end(now);
        if until <= now || until > last {
            return Err(NotRegistered::Until { found: until, last });
        }
        Ok(())
    }

    /// Whether the consumer may have this case open besides those that it has.
    ///
    /// # Errors
    ///
    /// [`NotRegistered::NoRoom`] and [`NotRegistered::Store`]
    pub async fn has_room(&self, of: CaseOf<'_>, now: Timestamp) -> Result<(), NotRegistered> {
        let most = self.0.limits.most_cases;
        let is_full = self.count(of.consumer, now).await? >= most && self.case(of, now).await?.is_none();
        if is_full { Err(NotRegistered::NoRoom { most }) } else { Ok(()) }
    }

    /// Closes a case. Whether there was an open one. When it returns, that is on the disk.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    pub async fn close(&self, of: CaseOf<'_>, now: Timestamp) -> Result<bool, StoreFault> {
        self.tidy(now).await?;
        let was_open = self.0.store.close(self.0.key.case(of), now).await?;
        self.count_open(of.consumer, now).await;
        Ok(was_open)
    }

    /// What is known of a case, where it is open.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    pub async fn case(&self, of: CaseOf<'_>, now: Timestamp) -> Result<Option<KnownCase>, StoreFault> {
        self.0.store.case(self.0.key.case(of), now).await
    }

    /// How a person stands to a case.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]: nobody knows, which is not the same as outside.
    pub async fn standing(&self, of: CaseOf<'_>, person: &PersonId, now: Timestamp) -> Result<Standing, StoreFault> {
        self.tidy(now).await?;
        let relation = self.0.store.person(self.0.key.person(of, person), now).await?;
        Ok(relation.map_or(Standing::Outside, Standing::Inside))
    }

    /// How many open cases a consumer has.
    ///
    /// # Errors
    ///
    /// [`StoreFault`]
    pub async fn count(&self, consumer: &str, now: Timestamp) -> Result<u64, StoreFault> {
        self.0.store.count(self.0.key.consumer(consumer), now).await
    }

    /// Counts what came of a question whose consumer is held to its open cases.
    pub fn count_result(&self, consumer: &str, result: GateResult) {
        self.0.figures.count(consumer, result);
    }

    /// The figures of every consumer that has used this since the host was started.
    pub fn figures(&self) -> Vec<ConsumerFigures> {
        self.0.figures.shown()
    }

    /// Notes how many there are; that it cannot be counted takes nothing back of what was done.
    async fn count_open(&self, consumer: &str, now: Timestamp) {
        match self.count(consumer, now).await {
            Ok(open) => self.0.figures.set_open(consumer, open),
            Err(fault) => warn!(?fault, "open cases cannot be counted"),
        }
    }

    /// Forgets what has ended, once an hour at most: it counts for nothing, and is not to be kept either.
    async fn tidy(&self, now: Timestamp) -> Result<(), StoreFault> {
        let last = self.0.purged.load(Ordering::Relaxed);
        let is_due = last.saturating_add(PURGE_SECONDS) <= now.as_second();
        // One of those who come at once does it.
        let is_mine = is_due
            && self.0.purged.compare_exchange(last, now.as_second(), Ordering::Relaxed, Ordering::Relaxed).is_ok();
        if is_mine { self.0.store.purge(now).await } else { Ok(()) }
    }
}

impl fmt::Debug for OpenCases {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("OpenCases").field("limits", &self.0.limits).finish_non_exhaustive()
    }
}

const PURGE_SECONDS: i64 = 3600;
