//! A policy's verdicts, where an agency that it does not know counts as withheld.

use ssbtx_core::{Catalogue, Refusal, Verdict, WithholdReason};
use ssbtx_runtime::DecideFailed;

/// Completes what a policy gave as the broker does: of an agency that it does not know, a policy opens nothing.
///
/// # Errors
///
/// Every other failure.
pub(crate) fn complete(
    given: Result<Vec<Verdict>, DecideFailed>,
    catalogue: &Catalogue,
) -> Result<Vec<Verdict>, DecideFailed> {
    match given {
        Err(DecideFailed::Refused(Refusal::UnknownAgency)) => {
            Ok(vec![Verdict::Withhold(WithholdReason::NoLegalBasis); catalogue.elements().len()])
        }
        given => given,
    }
}
