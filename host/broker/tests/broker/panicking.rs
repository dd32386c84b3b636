//! A fault of the host's in what is done for one agency ends the question: no answer leaves that only looks whole.

use std::sync::Arc;

use futures::StreamExt;
use jiff::Timestamp;
use ssbtx_broker::{Progressed, Unanswered};
use ssbtx_core::{AgencyId, State};
use ssbtx_observation::{FinishedSpan, Recorder, SpanFigures, SpanName, Trace, TraceId};

use crate::stage::{Stage, af, asker, question};

/// Panics when it is told of an agency's call: in the agency's task, after the agency was asked.
struct Panics;

impl Recorder for Panics {
    fn samples(&self, _trace: TraceId) -> bool {
        true
    }

    fn record(&self, span: FinishedSpan) {
        assert_ne!(span.name, SpanName::AgencyCall, "a fault of the host's");
    }

    fn figures(&self) -> SpanFigures {
        SpanFigures::default()
    }
}

fn trace() -> Trace {
    Trace::begin(None, [[1; 16], [2; 16]], Timestamp::UNIX_EPOCH, Arc::new(Panics)).trace().clone()
}

#[tokio::test]
async fn a_panic_in_an_agencys_task_ends_its_question_without_an_answer_and_no_other() {
    let stage = Stage::patient("honest").await;
    let asked = stage.broker.ask(asker(), question(), Some(trace())).await;
    assert!(matches!(asked, Err(Unanswered::BrokenOff)));
    let answer = stage.broker.ask(asker(), question(), None).await.unwrap();
    assert_eq!(af(&answer).0, State::Answered);
}

#[tokio::test]
async fn after_a_panic_it_is_on_record_who_may_have_been_asked_and_that_nothing_left() {
    let stage = Stage::patient("honest").await;
    drop(stage.broker.ask(asker(), question(), Some(trace())).await);
    let recorded = stage.recorded();
    assert_eq!(recorded.lines().count(), 1);
    assert!(recorded.contains(r#""agencies":[]"#), "{recorded}");
    assert!(recorded.contains(r#""brokenOff":{"undelivered":["AF"]}"#), "{recorded}");
}

#[tokio::test]
async fn after_a_panic_an_answer_in_pieces_ends_by_saying_so_and_what_left_is_on_record() {
    let stage = Stage::patient("honest").await;
    let asked = stage.broker.ask_progressively(asker(), question(), Some(trace()), Box::new(()));
    let mut pieces: Vec<_> = asked.await.unwrap().collect().await;
    assert!(matches!(pieces.pop(), Some(Progressed::Failed(Unanswered::BrokenOff))), "{pieces:?}");
    let is_anothers = |piece: &Progressed| matches!(piece, Progressed::Part(part) if part.agency != AgencyId::AF);
    assert!(pieces.iter().all(is_anothers), "{pieces:?}");
    stage.broker.finish().await;
    let recorded = stage.recorded();
    assert_eq!(recorded.lines().count(), 2);
    assert!(recorded.contains(r#""brokenOff":{"undelivered":["AF"]}"#), "{recorded}");
}
