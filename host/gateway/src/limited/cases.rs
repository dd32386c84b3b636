//! Open cases: registered, closed and looked at, within the same limits as questions.

use jiff::Timestamp;
use ssbtx_audit::{CaseChange, NotRecorded};
use ssbtx_broker::Asker;
use ssbtx_core::{CaseId, Front, OpenCase, OrganisationNumber, PersonId, Relation};
use ssbtx_open_cases::{CaseOf, KnownCase, NotRegistered, OpenCases, Registered, StoreFault};
use tracing::error;

use super::Limited;
use crate::case_gate::CaseRegister;
use crate::consumers::Caller;
use crate::limits::LimitReached;

/// Why nothing is done with a case.
#[derive(Debug, thiserror::Error)]
pub(crate) enum CaseRefused {
    /// The host keeps no cases.
    #[error("open cases are not kept here")]
    NotKept,
    /// The consumer's limits leave no room.
    #[error(transparent)]
    Limit(#[from] LimitReached),
    /// It cannot be registered like this.
    #[error(transparent)]
    NotRegistered(NotRegistered),
    /// There is no such open case.
    #[error("no case of this id is open for the organisation")]
    Unknown,
    /// It could not be recorded.
    #[error("case was not recorded")]
    NotRecorded(#[from] NotRecorded),
}

/// A case that is registered, and whether it was before.
pub(crate) struct Kept {
    pub(crate) known: KnownCase,
    pub(crate) registered: Registered,
}

impl Limited {
    /// Opens a case for these persons and no others. It is recorded first: a registration that fails after that is accounted for all the same.
    pub(crate) async fn register_case(
        &self,
        caller: &Caller,
        (organisation, case): (&OrganisationNumber, &CaseId),
        persons: &[(PersonId, Relation)],
        until: Option<Timestamp>,
    ) -> Result<Kept, CaseRefused> {
        let cases = self.cases()?;
        let now = self.now();
        let _place = self.usages.enter(caller.name(), caller.limits(), None, now)?;
        let until = until.unwrap_or_else(|| cases.last_end(now.time));
        cases.may_register(persons.len(), until, now.time)?;
        let of = CaseOf { consumer: caller.name(), organisation, case };
        cases.has_room(of, now.time).await?;
        let change = CaseChange::Registered { persons: persons.len(), until };
        self.broker.record_case(asker(caller), organisation.clone(), case.clone(), change).await?;
        let registered = cases.register(of, persons, until, now.time).await?;
        let persons = u64::try_from(persons.len()).unwrap_or(u64::MAX);
        Ok(Kept { known: KnownCase { persons, until }, registered })
    }

    /// Closes a case. It is recorded first.
    pub(crate) async fn close_case(
        &self,
        caller: &Caller,
        (organisation, case): (&OrganisationNumber, &CaseId),
    ) -> Result<(), CaseRefused> {
        let cases = self.cases()?;
        let now = self.now();
        let _place = self.usages.enter(caller.name(), caller.limits(), None, now)?;
        let of = CaseOf { consumer: caller.name(), organisation, case };
        cases.case(of, now.time).await?.ok_or(CaseRefused::Unknown)?;
        let change = CaseChange::Closed;
        self.broker.record_case(asker(caller), organisation.clone(), case.clone(), change).await?;
        let was_open = cases.close(of, now.time).await?;
        if was_open { Ok(()) } else { Err(CaseRefused::Unknown) }
    }

    /// Looks at a case.
    pub(crate) async fn known_case(
        &self,
        caller: &Caller,
        (organisation, case): (&OrganisationNumber, &CaseId),
    ) -> Result<KnownCase, CaseRefused> {
        let cases = self.cases()?;
        let now = self.now();
        let _place = self.usages.enter(caller.name(), caller.limits(), None, now)?;
        let of = CaseOf { consumer: caller.name(), organisation, case };
        cases.case(of, now.time).await?.ok_or(CaseRefused::Unknown)
    }

    fn cases(&self) -> Result<&OpenCases, CaseRefused> {
        match &self.register {
            CaseRegister::NotKept => Err(CaseRefused::NotKept),
            CaseRegister::Kept(cases) => Ok(cases),
        }
    }
}

impl From<NotRegistered> for CaseRefused {
    fn from(refused: NotRegistered) -> Self {
        if let NotRegistered::Store(fault) = &refused {
            error!(?fault, "open cases cannot be read or written");
        }
        Self::NotRegistered(refused)
    }
}

impl From<StoreFault> for CaseRefused {
    fn from(fault: StoreFault) -> Self {
        NotRegistered::from(fault).into()
    }
}

fn asker(caller: &Caller) -> Asker {
    Asker {
        consumer: caller.name().to_owned(),
        role: caller.role().clone(),
        front: Front::JsonV1,
        relation: Relation::Subject,
        open_case: OpenCase::NotChecked,
        household: None,
    }
}
