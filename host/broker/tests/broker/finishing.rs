//! A host that stops leaves nothing unaccounted for.

use futures::FutureExt;

use crate::stage::{Stage, asker, question};

#[tokio::test]
async fn a_question_whose_asker_has_gone_is_recorded_before_the_broker_has_finished() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    // It has begun, and its asker goes away.
    assert!(stage.broker.ask(asker(), question(), None).now_or_never().is_none());
    stage.broker.finish().await;
    assert_eq!(ssbtx_audit::verify(&stage.audit_folder()).unwrap().records, 1);
}

#[tokio::test]
async fn a_broker_without_questions_has_finished() {
    let stage = Stage::with("honest", "policy-honest").await;
    stage.broker.finish().await;
}
