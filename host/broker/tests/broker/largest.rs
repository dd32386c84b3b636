//! The default limits of size hold the largest catalogue that the contract allows.

use std::time::Duration;

use ssbtx_core::{AgencyId, Outcome};
use ssbtx_runtime::{Limit, SandboxSettings};

use crate::stage::{Stage, asker, question};

#[tokio::test]
async fn a_catalogue_of_8192_elements_is_admitted_decided_on_and_answered_under_the_default_limits_of_size() {
    let deadline = Duration::from_secs(20);
    // Time is not what is held here: writing every text into the policy takes a host that is not optimised, on a busy machine, far longer.
    let limits = SandboxSettings::default().with(Limit::CallTime, 5_000).unwrap();
    let stage = Stage::within(limits, deadline, "largest-catalogue", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    let part = answer.parts.iter().find(|part| part.agency == AgencyId::AF).unwrap();
    let Outcome::Answered { document, .. } = &part.outcome else { panic!("AF is {}", part.outcome.state()) };
    assert_eq!(document.nodes().len(), 8192);
}
