//! Försäkringskassan's base service answers for two agencies and takes the caller's own question: it is held to the letter, and asked for no more
//! than the role may see.

mod disclosers;
mod narrowing;
mod refusing;

use serde_json::Value;
use ssbtx_stage::lefi::{AKTORSID, LefiAsking, everything};
use ssbtx_stage::questions::Asking;

use crate::play::ALVAR;

/// A question through SOAP with this one to Försäkringskassan.
fn with(lefi: LefiAsking) -> Asking {
    Asking { lefi, ..Asking::about(ALVAR) }
}

/// A question to Försäkringskassan for everything, with one member replaced.
fn for_everything_but(member: &str, value: Value) -> LefiAsking {
    let mut question: Value = serde_json::from_str(&everything(ALVAR, "2025-10-01", "2026-11-30")).unwrap();
    question[member] = value;
    LefiAsking::written(question.to_string())
}

#[test]
fn the_stage_has_the_names_that_forsakringskassan_knows() {
    assert_eq!(AKTORSID, ssbtx_base_services::AKTORSID);
}
