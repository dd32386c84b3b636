//! What must hold before a person is looked up.

use jiff::{SignedDuration, Timestamp};
use uuid::Uuid;

use super::request::{LookUpRequest, Reason};
use crate::officers::Officers;
use ssbtx_core::PersonId;
use ssbtx_trust::Person;

/// A look-up that two officers have signed for, of a person who is named. Made by [`Granted::judge`] and nowhere else.
///
/// It stands for a person, so its `Debug` shows only the request's id.
pub struct Granted {
    id: Uuid,
    reason: Reason,
    officers: Vec<Person>,
    person: PersonId,
}

impl Granted {
    /// Judges a request: whether it is of today, about the person, and signed by two officers who are two persons.
    ///
    /// Whether it was answered before is for whoever has the log.
    ///
    /// # Errors
    ///
    /// [`LookUpRefused`]: the first thing that does not hold.
    pub fn judge(
        request: &LookUpRequest,
        person: PersonId,
        officers: &Officers,
        now: Timestamp,
    ) -> Result<Self, LookUpRefused> {
        let age = now.duration_since(request.at());
        if age > HOURS_24 {
            return Err(LookUpRefused::Stale { hours: age.as_hours() });
        }
        if age < -CLOCKS_DIFFER {
            return Err(LookUpRefused::FromTheFuture);
        }
        if !request.is_about(&person) {
            return Err(LookUpRefused::AnotherPerson);
        }
        let message = request.signed_text();
        let mut persons: Vec<Person> = Vec::new();
        for signature in request.each_signature() {
            let Some(key) = officers.by_point(&signature.point) else { return Err(LookUpRefused::NoOfficer) };
            if !key.signed(message.as_bytes(), &signature.signature) {
                return Err(LookUpRefused::DoesNotFit { officer: key.holder() });
            }
            // Every key of the list has its holder.
            if let Some(officer) = key.person()
                && !persons.contains(officer)
            {
                persons.push(officer.clone());
            }
        }
        if persons.len() < Officers::NEEDED {
            return Err(LookUpRefused::TooFew { found: persons.len() });
        }
        Ok(Self { id: request.id(), reason: request.reason().clone(), officers: persons, person })
    }

    /// Which request it is.
    pub fn id(&self) -> Uuid {
        self.id
    }

    pub(crate) fn reason(&self) -> &Reason {
        &self.reason
    }

    pub(crate) fn officers(&self) -> &[Person] {
        &self.officers
    }

    pub(crate) fn person(&self) -> &PersonId {
        &self.person
    }
}

impl std::fmt::Debug for Granted {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Granted").field("id", &self.id).finish_non_exhaustive()
    }
}

/// Why a person is not looked up.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum LookUpRefused {
    /// Signatures that were given once for something that was forgotten since.
    #[error("request is `{hours}` hours old, expected at most 24")]
    Stale {
        /// Its age in whole hours.
        hours: i64,
    },
    /// Its time is one that has not come.
    #[error("request is of a time that has not come")]
    FromTheFuture,
    /// The number is not the one that the officers signed for.
    #[error("request is not about the person whose number was given")]
    AnotherPerson,
    /// A signature by a key that no officer has.
    #[error("request has a signature by a key that is no officer's")]
    NoOfficer,
    /// The request was altered after it was signed, or the signature is another's.
    #[error("signature by `{officer}` does not fit the request")]
    DoesNotFit {
        /// Whose key it is said to be by.
        officer: String,
    },
    /// Too few persons, however many keys.
    #[error("request is signed by `{found}` officers, expected two persons")]
    TooFew {
        /// How many persons.
        found: usize,
    },
    /// It was answered before.
    #[error("request was answered before, expected a new one for every look-up")]
    Answered,
}

impl LookUpRefused {
    /// The stable name of the refusal.
    pub fn label(&self) -> &'static str {
        match self {
            Self::Stale { .. } => "stale",
            Self::FromTheFuture => "from-the-future",
            Self::AnotherPerson => "another-person",
            Self::NoOfficer => "no-officer",
            Self::DoesNotFit { .. } => "does-not-fit",
            Self::TooFew { .. } => "too-few-officers",
            Self::Answered => "answered",
        }
    }
}

const HOURS_24: SignedDuration = SignedDuration::from_hours(24);
/// How far an officer's clock may be ahead.
const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(5);
