//! Nothing of a question outlives it, although nobody listens to it any more and its agency gives nothing.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use ssbtx_audit::{AuditLog, AuditSettings, SubjectKey};
use ssbtx_broker::{Broker, BrokerSettings};
use ssbtx_observation::{FinishedSpan, Recorder, SpanFigures, SpanName, Trace, TraceId};
use ssbtx_upstream::Upstreams;

use crate::stage::{Stage, asker, question};

/// What happened on a test's thread: everything of a broker that a test runs on one thread does.
#[derive(Debug, PartialEq, Eq)]
enum Seen {
    /// The time was read: once when a question comes, and once for what is recorded of it.
    Time,
    /// Something of a question ended.
    Ended(SpanName),
}

thread_local! {
    static SEEN: RefCell<Vec<Seen>> = const { RefCell::new(Vec::new()) };
}

struct Watching;

impl Recorder for Watching {
    fn samples(&self, _trace: TraceId) -> bool {
        true
    }

    fn record(&self, span: FinishedSpan) {
        see(Seen::Ended(span.name));
    }

    fn figures(&self) -> SpanFigures {
        SpanFigures::default()
    }
}

fn now() -> Timestamp {
    see(Seen::Time);
    Timestamp::UNIX_EPOCH
}

fn see(seen: Seen) {
    SEEN.with_borrow_mut(|all| all.push(seen));
}

/// Waits until AF is being called: what may be seen of a protected person is decided beside the call and not before it.
async fn until_called(broker: &Broker) {
    while broker.figures().decisions.kept < 2 {
        tokio::task::yield_now().await;
    }
}

#[tokio::test]
async fn what_is_done_for_a_question_that_nobody_listens_to_is_over_before_it_is_recorded() {
    let stage = Stage::patient("endless-loop").await;
    let folder = tempfile::tempdir().unwrap();
    let audit = AuditLog::open(&folder.path().join("audit"), AuditSettings::default(), Timestamp::UNIX_EPOCH).unwrap();
    let broker = Broker::new(
        stage.broker.edition(),
        Upstreams::new(Vec::new()).unwrap(),
        audit,
        SubjectKey::from_bytes([7; 32]),
        BrokerSettings { deadline: Duration::from_mins(1), ..BrokerSettings::default() },
        now,
        Arc::new(()),
    );
    let request = Trace::begin(None, [[1; 16], [2; 16]], Timestamp::UNIX_EPOCH, Arc::new(Watching));
    let trace = request.trace().clone();
    let progress = broker.ask_progressively(asker(), question(), Some(trace), Box::new(())).await.unwrap();
    until_called(&broker).await;
    drop(progress);
    broker.finish().await;
    let in_order = [Seen::Time, Seen::Ended(SpanName::AgencyCall), Seen::Time, Seen::Ended(SpanName::Question)];
    assert_eq!(SEEN.take(), in_order);
}

#[tokio::test]
async fn an_edition_goes_with_its_last_question_although_nobody_listens_to_it() {
    let stage = Stage::patient("endless-loop").await;
    let next = stage.edition().await;
    let first = Arc::downgrade(&stage.broker.edition());
    let progress = stage.broker.ask_progressively(asker(), question(), None, Box::new(())).await.unwrap();
    until_called(&stage.broker).await;
    stage.broker.activate(Arc::new(next));
    assert!(first.upgrade().is_some(), "the edition went before its question");
    drop(progress);
    stage.broker.finish().await;
    assert!(first.upgrade().is_none(), "the edition stays after its last question");
}
