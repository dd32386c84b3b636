//! Whatever an agency may write leaves as it was written.

use proptest::prelude::*;
use proptest::test_runner::{Config, TestRunner};
use ssbtx_base_services::Agency;
use ssbtx_published::Contracts;
use tokio::runtime::Runtime;

use super::answers;
use super::passage::Passage;

/// Runs a check on many of these documents, on the thread's own runtime.
fn for_many(
    agency: Agency,
    documents: &impl Strategy<Value = String>,
    check: &impl AsyncFn(&str) -> Result<(), String>,
) {
    let runtime = Runtime::new().unwrap();
    // A failing document shrinks as far as is worth waiting for.
    let config = Config { cases: CASES, max_shrink_iters: 100, failure_persistence: None, ..Config::default() };
    let held = TestRunner::new(config)
        .run(documents, |document| runtime.block_on(check(&document)).map_err(TestCaseError::fail));
    assert!(held.is_ok(), "{agency}: {}", held.unwrap_err());
}

#[test]
fn every_document_that_an_agency_may_send_leaves_both_fronts_as_it_was_sent() {
    let contracts = Contracts::find();
    let passage = Passage::begin();
    for agency in Agency::ALL {
        let Some(schema) = answers::schema(agency, contracts.as_ref()) else { continue };
        let documents = answers::about_alvar(agency, &schema);
        for_many(agency, &documents, &async |document| passage.keeps(agency, document).await);
    }
}

#[test]
fn a_document_of_csns_older_schema_leaves_as_the_same_one_of_the_contracts() {
    let Some(schema) = answers::schema(Agency::Csn, Contracts::find().as_ref()) else { return };
    let passage = Passage::begin();
    let documents = answers::about_alvar(Agency::Csn, &schema);
    for_many(Agency::Csn, &documents, &async |document| {
        let newer = without_what_is_new(document);
        // A namespace that is written with references stays as it is: older documents are read beside newer ones.
        let older = newer.replace("http://schema.csn.se/v4.0/", "http://schema.csn.se/v3.0/");
        passage.makes(Agency::Csn, &older, &newer).await
    });
}

/// A document of CSN's without what its older schema does not have.
fn without_what_is_new(document: &str) -> String {
    let parsed = roxmltree::Document::parse(document).unwrap();
    let new = parsed.descendants().filter(|node| node.tag_name().name() == "Omstallningsstudiestod");
    let mut text = document.to_owned();
    for range in new.map(|node| node.range()).collect::<Vec<_>>().into_iter().rev() {
        text.replace_range(range, "");
    }
    text
}

/// Documents of each agency. With each, the host is asked twice and xmllint holds its answer to what is published.
const CASES: u32 = 32;
