//! The questions that an audit log answers.

use std::ops::Range;
use std::sync::{Mutex, MutexGuard, PoisonError};

use jiff::Timestamp;
use serde::Serialize;
use serde::ser::SerializeStruct;
use serde_json::value::RawValue;
use tokio::runtime::Handle;
use uuid::Uuid;

use crate::caseworker::{NotListed, by_caseworker};
use crate::log::NotRecorded;
use crate::look_up::{Granted, LookUpRefused, LookUpRequest, LookedUp};
use crate::misuse::{Misuse, MisuseSettings};
use crate::month::Months;
use crate::notes::Notes;
use crate::officers::Officers;
use crate::searchable::{FoundLine, SearchFault, Searchable};
use crate::subject::SubjectKey;
use crate::usage::Usage;
use ssbtx_core::{OrganisationNumber, PersonId};

/// What is asked of an audit log that is open: everything about a person, everything by a caseworker, usage, and what may be misuse.
///
/// One question is answered at a time. Every method blocks its thread, for as long as it takes to read what the log has come to hold.
pub struct AuditQuestions {
    log: Mutex<Box<dyn Searchable>>,
    keys: Vec<SubjectKey>,
    officers: Option<Officers>,
    misuse: MisuseSettings,
    notes: Notes,
    now: fn() -> Timestamp,
}

impl AuditQuestions {
    /// Brings together what the questions need: the log's lines, the keys that persons have had names under with the newest first, and what
    /// records look-ups. Without officers nobody can be looked up.
    pub fn new(
        log: Box<dyn Searchable>,
        keys: Vec<SubjectKey>,
        officers: Option<Officers>,
        misuse: MisuseSettings,
        notes: Notes,
        now: fn() -> Timestamp,
    ) -> Self {
        Self { log: Mutex::new(log), keys, officers, misuse, notes, now }
    }

    /// Finds everything about a person, if two officers signed for it, and records that before it gives anything.
    ///
    /// `runtime` is what the record is written on. `waits` says whether whoever asked still waits: a request is used up by its answer, and an answer that
    /// nobody is there to take uses up none.
    ///
    /// # Errors
    ///
    /// [`NotAnswered`].
    pub fn person(
        &self,
        request: &LookUpRequest,
        person: PersonId,
        waits: &dyn Fn() -> bool,
        runtime: &Handle,
    ) -> Result<LookedUpPerson, NotAnswered> {
        let officers = self.officers.as_ref().ok_or(NotAnswered::NoOfficers)?;
        let granted = Granted::judge(request, person, officers, (self.now)())?;
        let subjects: Vec<_> = self.keys.iter().map(|key| key.subject(granted.person())).collect();
        let newest = subjects.first().ok_or(NotAnswered::NoKey)?;
        let names: Vec<_> =
            subjects.iter().flat_map(|subject| [Some(subject.named()), subject.earlier()]).flatten().collect();
        // Held until it is recorded, so that a request that comes twice at once is answered once.
        let mut log = self.lock();
        if log.was_answered(&granted.id().to_string())? {
            return Err(LookUpRefused::Answered.into());
        }
        let records = log.about(&names)?;
        if !waits() {
            return Err(NotAnswered::Gone);
        }
        let looked_up = LookedUp::new(&granted, newest, records.len(), (self.now)());
        runtime.block_on(self.notes.append(&looked_up))?;
        Ok(LookedUpPerson { look_up: granted.id(), records })
    }

    /// Finds everything that a caseworker asked in a time, of a month at most.
    ///
    /// # Errors
    ///
    /// [`NotListed`].
    pub fn caseworker(
        &self,
        organisation: &OrganisationNumber,
        name: &str,
        time: &Range<Timestamp>,
    ) -> Result<Vec<FoundLine>, NotListed> {
        by_caseworker(self.lock().as_mut(), organisation, name, time)
    }

    /// Counts what was asked.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn usage(&self, months: Months) -> Result<Usage, SearchFault> {
        Usage::of(self.lock().as_mut(), months)
    }

    /// Looks for what may be misuse.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn misuse(&self, months: Months) -> Result<Misuse, SearchFault> {
        Misuse::of(self.lock().as_mut(), months, &self.misuse)
    }

    /// Takes in what the log has come to hold, so that the next question does not wait for it.
    ///
    /// # Errors
    ///
    /// [`SearchFault`].
    pub fn catch_up(&self) -> Result<(), SearchFault> {
        self.lock().catch_up()
    }

    /// The clock that these questions go by.
    pub fn now(&self) -> Timestamp {
        (self.now)()
    }

    fn lock(&self) -> MutexGuard<'_, Box<dyn Searchable>> {
        // Whoever panicked left nothing half done: a question changes no line.
        self.log.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl std::fmt::Debug for AuditQuestions {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("AuditQuestions")
            .field("keys", &self.keys)
            .field("officers", &self.officers)
            .finish_non_exhaustive()
    }
}

/// Everything about a person.
///
/// # Shape
///
/// In JSON, `{"lookUp":"<UUID>","records":[…]}`, each record the log's line as it stands.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct LookedUpPerson {
    /// The request that was answered, as the log has it recorded.
    pub look_up: Uuid,
    /// The lines, in the order of the log.
    pub records: Vec<FoundLine>,
}

impl Serialize for LookedUpPerson {
    fn serialize<S: serde::Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let lines = self.records.iter().map(|found| serde_json::from_str::<&RawValue>(&found.line));
        let lines = lines.collect::<Result<Vec<_>, _>>().map_err(serde::ser::Error::custom)?;
        let mut answer = serializer.serialize_struct("LookedUpPerson", 2)?;
        answer.serialize_field("lookUp", &self.look_up.to_string())?;
        answer.serialize_field("records", &lines)?;
        answer.end()
    }
}

/// Why a person was not looked up.
#[derive(Debug, thiserror::Error)]
pub enum NotAnswered {
    /// Nobody can sign for it.
    #[error("there are no officers (`[audit] officers`), so that nobody can be looked up")]
    NoOfficers,
    /// There is no key that persons have names under.
    #[error("there is no subject key, so that nobody can be looked up")]
    NoKey,
    /// Something does not hold that must.
    #[error(transparent)]
    Refused(#[from] LookUpRefused),
    /// The log cannot be searched.
    #[error(transparent)]
    Search(#[from] SearchFault),
    /// Nobody is there to be shown it: nothing was recorded, and the request is as good as before.
    #[error("whoever asked is gone, so that nothing was looked up")]
    Gone,
    /// What cannot be recorded is not shown.
    #[error("look-up could not be recorded, so that nothing is shown")]
    NotRecorded(#[from] NotRecorded),
}
