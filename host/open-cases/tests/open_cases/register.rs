//! A register, and a municipality's words to it.

use std::time::Duration;

use jiff::Timestamp;
use ssbtx_core::{CaseId, IdentityCheck, OrganisationNumber, PersonId, Relation};
use ssbtx_open_cases::{
    CaseKey, CaseLimits, CaseOf, KnownCase, NotRegistered, OpenCases, Registered, Standing, StoreFault,
};

use crate::place::Place;

pub(crate) const PERSON: &str = "197701172392";
pub(crate) const OTHER: &str = "197701182383";
pub(crate) const CASE: &str = "2026-000123";
pub(crate) const CONSUMER: &str = "Exempelkommun";
pub(crate) const INSIDE: Standing = Standing::Inside(Relation::Subject);

pub(crate) fn now() -> Timestamp {
    "2026-01-01T08:00:00Z".parse().unwrap()
}

pub(crate) fn later(days: u64) -> Timestamp {
    now() + Duration::from_hours(24 * days)
}

pub(crate) fn person(digits: &str) -> PersonId {
    PersonId::parse(digits, IdentityCheck::DateAndCheckDigit).unwrap()
}

pub(crate) fn key() -> CaseKey {
    CaseKey::from_bytes([7; 32])
}

/// A register, as one host has it.
#[derive(Clone)]
pub(crate) struct Register {
    pub(crate) cases: OpenCases,
    pub(crate) organisation: OrganisationNumber,
}

impl Register {
    pub(crate) async fn open(place: &Place) -> Self {
        Self::with(place, CaseLimits::default()).await
    }

    pub(crate) async fn with(place: &Place, limits: CaseLimits) -> Self {
        Self::of(OpenCases::new(key(), place.store(&key()).await.unwrap(), limits))
    }

    pub(crate) fn of(cases: OpenCases) -> Self {
        Self { cases, organisation: "162020000001".parse().unwrap() }
    }

    pub(crate) async fn register(
        &self,
        case: &str,
        persons: &[&str],
        until: Timestamp,
    ) -> Result<Registered, NotRegistered> {
        let persons: Vec<_> = persons.iter().map(|digits| (person(digits), Relation::Subject)).collect();
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.register(of, &persons, until, now()).await
    }

    pub(crate) async fn close(&self, case: &str) -> bool {
        self.try_close(case).await.unwrap()
    }

    pub(crate) async fn try_close(&self, case: &str) -> Result<bool, StoreFault> {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.close(of, now()).await
    }

    pub(crate) async fn standing_at(&self, at: Timestamp, consumer: &str, case: &str, digits: &str) -> Standing {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer, organisation: &self.organisation, case: &case };
        self.cases.standing(of, &person(digits), at).await.unwrap()
    }

    pub(crate) async fn standing(&self, case: &str, digits: &str) -> Standing {
        self.try_standing(case, digits).await.unwrap()
    }

    pub(crate) async fn try_standing(&self, case: &str, digits: &str) -> Result<Standing, StoreFault> {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.standing(of, &person(digits), now()).await
    }

    pub(crate) async fn known(&self, case: &str) -> Option<KnownCase> {
        let case = CaseId::parse(case).unwrap();
        let of = CaseOf { consumer: CONSUMER, organisation: &self.organisation, case: &case };
        self.cases.case(of, now()).await.unwrap()
    }
}
