//! One question about the audit log is answered at a time, and whoever goes away uses up nothing.

use std::ops::Range;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::time::Duration;

use http::{StatusCode, header};
use jiff::Timestamp;
use serde_json::json;
use ssbtx_admin::AdminLimits;
use ssbtx_audit::{FoundLine, Indexed, NamedSubject, SearchFault, Searchable, SegmentIndex};
use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};
use tokio::task::{spawn_blocking, yield_now};

use crate::audit::{Host, PERSON, problem};

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_look_up_whose_asker_is_gone_is_not_used_up() {
    let (slow, held) = Slow::and_held();
    // One connection at a time: the next is served when the host knows that the first is gone.
    let host = Host::with(AdminLimits { connections: 1, ..AdminLimits::default() }, slow).await;
    let body = json!({ "request": host.request(&["anna", "bo"]), "person": PERSON }).to_string();
    let mut gone = host.place.connect(host.place.operator()).await.unwrap();
    let head =
        "POST /admin/audit/person HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length";
    gone.write_all(format!("{head}: {}\r\n\r\n{body}", body.len()).as_bytes()).await.unwrap();
    let held = held.reached().await;
    drop(gone);
    assert_eq!(host.place.get("/livez").await.status, StatusCode::OK);
    held.let_go();
    let again = loop {
        let again = host.post("/admin/audit/person", body.clone()).await;
        if again.status != StatusCode::SERVICE_UNAVAILABLE {
            break again;
        }
        yield_now().await;
    };
    assert_eq!(again.status, StatusCode::OK, "{}", again.body);
    assert_eq!(host.log_text().matches(r#""kind":"lookedUp""#).count(), 1);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn who_asks_meanwhile_is_told_to_come_again() {
    let (slow, held) = Slow::and_held();
    let host = Host::with(AdminLimits::default(), slow).await;
    let body = json!({ "request": host.request(&["anna", "bo"]), "person": PERSON }).to_string();
    let first = async {
        let answer = host.post("/admin/audit/person", body.clone()).await;
        assert_eq!(answer.status, StatusCode::OK, "{}", answer.body);
    };
    let meanwhile = async {
        let held = held.reached().await;
        let busy = host.place.get("/admin/audit/usage?from=2026-01").await;
        assert_eq!(problem(&busy), (503, "busy".to_owned()));
        assert_eq!(busy.headers[header::RETRY_AFTER], "5");
        assert_eq!(host.place.get("/readyz").await.status, StatusCode::OK);
        held.let_go();
    };
    tokio::join!(first, meanwhile);
    assert_eq!(host.place.get("/admin/audit/usage?from=2026-01").await.status, StatusCode::OK);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_question_that_is_being_answered_has_longer_than_whoever_sends_slowly() {
    let (slow, held) = Slow::and_held();
    let limits = AdminLimits { request_timeout: Duration::from_millis(300), ..AdminLimits::default() };
    let host = Host::with(limits, slow).await;
    let body = json!({ "request": host.request(&["anna", "bo"]), "person": PERSON }).to_string();
    let first = async { host.post("/admin/audit/person", body).await.status };
    let meanwhile = async {
        let held = held.reached().await;
        // It began later and is broken off first.
        let mut slow = host.place.connect(host.place.operator()).await.unwrap();
        let head = b"POST /admin/audit/person HTTP/1.1\r\nhost: localhost\r\ncontent-type: application/json\r\ncontent-length: 9\r\n\r\n{";
        slow.write_all(head).await.unwrap();
        let mut answer = Vec::new();
        // Closed, in whichever way the time-out found it.
        let _ = slow.read_to_end(&mut answer).await;
        assert!(answer.is_empty());
        held.let_go();
    };
    let (status, ()) = tokio::join!(first, meanwhile);
    assert_eq!(status, StatusCode::OK);
}

/// A log in which finding everything about a person waits, once.
struct Slow {
    index: SegmentIndex,
    once: Option<(Sender<()>, Receiver<()>)>,
}

/// The other end of what waits.
struct Held {
    reached: Receiver<()>,
    go_on: Sender<()>,
}

impl Slow {
    fn and_held() -> (impl FnOnce(SegmentIndex) -> Box<dyn Searchable>, Held) {
        let ((tell, reached), (go_on, wait)) = (channel(), channel());
        let slow = |index| -> Box<dyn Searchable> { Box::new(Self { index, once: Some((tell, wait)) }) };
        (slow, Held { reached, go_on })
    }
}

impl Held {
    /// Comes back when somebody waits.
    async fn reached(self) -> Self {
        spawn_blocking(move || {
            self.reached.recv().unwrap();
            self
        })
        .await
        .unwrap()
    }

    fn let_go(self) {
        self.go_on.send(()).unwrap();
    }
}

impl Searchable for Slow {
    fn about(&mut self, names: &[NamedSubject]) -> Result<Vec<FoundLine>, SearchFault> {
        if let Some((tell, wait)) = self.once.take() {
            tell.send(()).unwrap();
            wait.recv().unwrap();
        }
        self.index.about(names)
    }

    fn by_caseworker(
        &mut self,
        organisation: &str,
        folded: &str,
        time: &Range<Timestamp>,
        most: usize,
    ) -> Result<Vec<FoundLine>, SearchFault> {
        self.index.by_caseworker(organisation, folded, time, most)
    }

    fn each(&mut self, time: &Range<Timestamp>, each: &mut dyn FnMut(Indexed)) -> Result<(), SearchFault> {
        self.index.each(time, each)
    }

    fn was_answered(&mut self, look_up: &str) -> Result<bool, SearchFault> {
        self.index.was_answered(look_up)
    }

    fn begins(&mut self) -> Result<Option<Timestamp>, SearchFault> {
        self.index.begins()
    }

    fn catch_up(&mut self) -> Result<(), SearchFault> {
        self.index.catch_up()
    }
}
