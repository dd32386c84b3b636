//! Nothing of a question or an answer reaches a log.

use std::io;
use std::sync::{Arc, Mutex};

use tracing_subscriber::fmt::MakeWriter;

use crate::peer::{Behaviour, Peer, request_to, response};
use crate::pki::Authority;
use crate::requests::{MAX, later, responded};
use ssbtx_core::AgencyId;
use ssbtx_upstream::UpstreamLimits;

#[tokio::test]
async fn no_log_at_any_level_holds_a_path_a_body_or_an_answer() {
    let log = Log::default();
    let subscriber = tracing_subscriber::fmt().with_max_level(tracing::Level::TRACE).with_writer(log.clone()).finish();
    // With one for every other thread too: what another test's thread came to first, without any, would be told to nobody else.
    tracing::subscriber::set_global_default(tracing_subscriber::registry()).unwrap();
    // The runtime of this test has one thread, so that everything is logged through this.
    let _logged = tracing::subscriber::set_default(subscriber);

    let authority = Authority::new();
    let sent = response("200 OK", "content-type: text/marker\r\nx-marker: marker\r\n", "marker");
    let peer = Peer::start(&authority, Behaviour::Respond(sent)).await;
    let upstreams = peer.upstreams(&authority);
    let marked = request_to("base-service", "/marker?marker=marker", "marker");
    responded(upstreams.send(AgencyId::AF, marked, MAX, later(), Some("marker")).await);
    upstreams.send(AgencyId::CSN, request_to("base-service", "/marker", "marker"), MAX, later(), None).await;
    let no_header = Some("marker\n");
    upstreams.send(AgencyId::AF, request_to("base-service", "/marker", "marker"), MAX, later(), no_header).await;
    upstreams.send(AgencyId::AF, request_to("base-service", "/marker", "marker"), 1, later(), None).await;

    // A breaker that opens, and closes again by an answer.
    let limits = UpstreamLimits { breaker_failures: 1, ..UpstreamLimits::default() };
    let upstreams = peer.upstreams_with(&authority, limits);
    peer.behave(Behaviour::RespondAndClose(b"marker\r\n\r\n".to_vec()));
    upstreams.send(AgencyId::AF, request_to("base-service", "/marker", "marker"), MAX, later(), None).await;
    tokio::time::pause();
    tokio::time::advance(limits.breaker_open_time).await;
    tokio::time::resume();
    peer.behave(Behaviour::Respond(response("200 OK", "", "marker")));
    responded(upstreams.send(AgencyId::AF, request_to("base-service", "/marker", "marker"), MAX, later(), None).await);

    let text = log.text();
    for message in [
        "upstream responded",
        "upstream gave no response",
        "upstream is not configured",
        "upstream has failed and is not asked for a while",
        "upstream answers and is asked again",
    ] {
        assert!(text.contains(message), "{text}");
    }
    assert!(!text.contains("marker"), "{text}");
}

/// A log in memory.
#[derive(Clone, Default)]
struct Log(Arc<Mutex<Vec<u8>>>);

impl Log {
    fn text(&self) -> String {
        String::from_utf8(self.0.lock().unwrap().clone()).unwrap()
    }
}

impl io::Write for Log {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0.lock().unwrap().extend_from_slice(bytes);
        Ok(bytes.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

impl MakeWriter<'_> for Log {
    type Writer = Self;

    fn make_writer(&self) -> Self {
        self.clone()
    }
}
