//! A question as the broker takes it, for tests that need no front.

use anyhow::Result;
use jiff::civil::Date;
use ssbtx_core::{
    AgencyId, CaseId, Caseworker, IdentityCheck, Inclusion, Organisation, Period, PersonId, Purpose, Question,
    QuestionId, Requester,
};

use crate::pki::ORGANISATION;

/// A question to Arbetsförmedlingen alone, about a published test person, asked on a day from 1 August 2026 on.
///
/// # Errors
///
/// Where the day is before that, so that there is no such period.
pub fn to_af(asked_on: Date) -> Result<Question> {
    Ok(Question {
        id: QuestionId([7; 16]),
        asked_on,
        person: PersonId::parse("197701172392", IdentityCheck::DateAndCheckDigit)?,
        period: Period::new(Date::constant(2026, 8, 1), asked_on)?,
        requester: Requester {
            organisation: Organisation { number: ORGANISATION.parse()?, name: "Exempelkommun".to_owned() },
            caseworker: Caseworker::parse("Handläggare Ett")?,
            processors: Vec::new(),
        },
        case: CaseId::parse("EB-2026-0001")?,
        purpose: Purpose::parse("Prövning")?,
        correlation_id: None,
        include: [(AgencyId::AF, Inclusion::default())].into(),
    })
}
