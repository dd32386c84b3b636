//! What this crate reads in the published contracts, and makes of them. Each says that it did not run where this machine does not have them.

#![allow(clippy::unwrap_used, reason = "a test fails by panicking, in its own functions too")]

mod declarations;
mod documents;
mod overrides;
mod variety;

use proptest::strategy::{Strategy, ValueTree};
use proptest::test_runner::{Config, TestRunner};
use ssbtx_published::{
    AF_ANSWER, CSN_ANSWER, DocumentType, LEFI_ANSWER, LEFI_AVAILABLE, LEFI_QUESTION, MIV_ANSWER, SO_ANSWER, TNS_ANSWER,
};

/// The types of answers that agencies write in XML.
const XML_ANSWERS: [DocumentType; 5] = [AF_ANSWER, CSN_ANSWER, SO_ANSWER, TNS_ANSWER, MIV_ANSWER];

/// The types of documents in JSON that are more than a few members.
const JSON_DOCUMENTS: [DocumentType; 3] = [LEFI_ANSWER, LEFI_QUESTION, LEFI_AVAILABLE];

/// So many documents of a strategy, the same each time.
fn samples(strategy: &impl Strategy<Value = String>, count: usize) -> Vec<String> {
    let mut runner = TestRunner::new_with_rng(Config::default(), deterministic());
    (0..count).map(|_| strategy.new_tree(&mut runner).unwrap().current()).collect()
}

fn deterministic() -> proptest::test_runner::TestRng {
    proptest::test_runner::TestRng::deterministic_rng(proptest::test_runner::RngAlgorithm::ChaCha)
}
