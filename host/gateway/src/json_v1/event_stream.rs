//! A response of events that come one by one.

use std::convert::Infallible;
use std::pin::pin;
use std::time::Duration;

use axum::body::Body;
use axum::response::{IntoResponse, Response};
use bytes::Bytes;
use futures::stream;
use http::{HeaderValue, StatusCode, header};
use serde::Serialize;
use ssbtx_core::WipedBytes;
use tokio::sync::mpsc;
use tokio::time::{Instant, MissedTickBehavior, interval_at};

/// Where events go.
///
/// # Source
///
/// WHATWG HTML, section 9.2, server-sent events.
pub(super) struct Events(mpsc::Sender<Bytes>);

impl Events {
    /// Begins a response that has room for this many events, so that whoever writes them never waits for whoever reads them.
    pub(super) fn begin(events: usize) -> (Self, Response) {
        // One more, for a comment.
        let (events, written) = mpsc::channel(events.saturating_add(1));
        let body = stream::unfold(written, |mut written| async move {
            let event: Bytes = written.recv().await?;
            Some((Ok::<_, Infallible>(event), written))
        });
        let content_type = [(header::CONTENT_TYPE, HeaderValue::from_static(EVENT_STREAM))];
        (Self(events), (StatusCode::OK, content_type, Body::from_stream(body)).into_response())
    }

    /// Writes an event with its name, its id and its data as JSON in one line. It is wiped from memory when it has been sent. That the client has
    /// gone away is noticed where the work is [watched](Self::while_read).
    pub(super) fn send(&self, name: &'static str, id: &str, data: &impl Serialize) {
        let mut event = WipedBytes::from(format!("event: {name}\nid: {id}\ndata: ").into_bytes());
        // What has no form in JSON is left out; the client sees that the end of the stream is missing.
        if serde_json::to_writer(&mut *event, data).is_ok() {
            event.extend_from_slice(b"\n\n");
            drop(self.0.try_send(Bytes::from_owner(event)));
        }
    }

    /// Works until it is done, or until the client has gone away: then the work is dropped where it is. Meanwhile a comment now and then tells
    /// proxies and clients that the connection lives.
    pub(super) async fn while_read(&self, work: impl Future<Output = ()>) {
        let mut work = pin!(work);
        let mut comments = interval_at(Instant::now() + KEEP_ALIVE, KEEP_ALIVE);
        comments.set_missed_tick_behavior(MissedTickBehavior::Delay);
        loop {
            tokio::select! {
                biased;
                () = self.0.closed() => return,
                () = &mut work => return,
                _ = comments.tick() => self.comment(),
            }
        }
    }

    /// Writes a comment, where nothing waits to be read.
    fn comment(&self) {
        if self.0.capacity() == self.0.max_capacity() {
            drop(self.0.try_send(Bytes::from_static(b":\n\n")));
        }
    }
}

/// The media type of such a response.
pub(super) const EVENT_STREAM: &str = "text/event-stream";

/// Well within the time after which proxies give up a silent connection.
const KEEP_ALIVE: Duration = Duration::from_secs(5);

#[cfg(test)]
mod tests {
    use http_body_util::BodyExt as _;

    use super::*;
    use crate::sample;

    async fn written(response: Response) -> String {
        String::from_utf8(response.into_body().collect().await.unwrap().to_bytes().to_vec()).unwrap()
    }

    #[tokio::test]
    async fn an_event_is_four_lines_whatever_its_data_holds() {
        let (events, response) = Events::begin(1);
        events.send("part", "7", &["a\nb\r\n\u{2028}"]);
        drop(events);
        assert_eq!(response.headers()[header::CONTENT_TYPE], "text/event-stream");
        assert_eq!(written(response).await, "event: part\nid: 7\ndata: [\"a\\nb\\r\\n\u{2028}\"]\n\n");
    }

    #[tokio::test]
    async fn an_event_is_wiped_when_it_has_been_sent() {
        let (events, response) = Events::begin(1);
        events.send("part", "7", &"197701172392".repeat(100));
        drop(events);
        assert!(!sample::left_behind(response).await.windows(12).any(|window| window == b"197701172392"));
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_stream_says_now_and_then_that_it_lives() {
        let (events, response) = Events::begin(0);
        events.while_read(tokio::time::sleep(KEEP_ALIVE * 3)).await;
        drop(events);
        // One is enough for whoever does not read.
        assert_eq!(written(response).await, ":\n\n");
    }

    #[tokio::test(start_paused = true)]
    async fn work_that_nobody_reads_is_dropped() {
        let (events, response) = Events::begin(0);
        drop(response);
        events.while_read(std::future::pending()).await;
    }
}
