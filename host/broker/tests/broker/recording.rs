//! Nobody is asked what cannot be accounted for.

use ssbtx_broker::Unanswered;
use ssbtx_core::State;

use crate::stage::{Stage, af, asker, question};

#[tokio::test]
async fn once_the_log_has_failed_no_agency_is_asked() {
    let stage = Stage::with("endless-loop", "policy-honest").await;
    std::fs::remove_dir_all(stage.audit_folder()).unwrap();
    // The first question finds out, after its agency.
    let first = stage.broker.ask(asker(), question(), None).await;
    assert!(matches!(first, Err(Unanswered::NotRecorded(_))));
    // The second ends before it would have to wait for one.
    let turns = async {
        for _ in 0..100 {
            tokio::task::yield_now().await;
        }
    };
    tokio::select! {
        biased;
        second = stage.broker.ask(asker(), question(), None) => assert!(matches!(second, Err(Unanswered::NotRecorded(_)))),
        () = turns => panic!("the adapter was called"),
    }
}

#[tokio::test]
async fn a_request_that_may_have_left_counts_as_asked() {
    let stage = Stage::with("honest", "policy-honest").await;
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer).0, State::Answered);
    assert!(stage.recorded().contains(r#""agency":"AF","asked":true,"state":"answered""#), "{}", stage.recorded());
}
