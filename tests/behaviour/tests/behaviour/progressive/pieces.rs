//! A client that reads an answer piece by piece.

use futures::StreamExt as _;
use futures::stream::BoxStream;
use http_body_util::BodyExt as _;
use serde_json::Value;
use ssbtx_stage::client::Client;
use ssbtx_stage::pki::Identity;

use crate::play::Play;

/// One event of an answer in pieces.
#[derive(Debug, Clone)]
pub(crate) struct Event {
    pub(crate) name: String,
    pub(crate) id: String,
    pub(crate) data: Value,
}

/// An answer that is being read. Dropping it goes away.
pub(crate) struct Reading {
    body: BoxStream<'static, Vec<u8>>,
    /// A line that has not come to its end: a piece of a body may end within a letter.
    begun: Vec<u8>,
    /// Every whole line that has come.
    pub(crate) text: String,
    /// How much of it has been given as events.
    read: usize,
    _client: Client,
}

impl Reading {
    /// Asks; the host has begun when it returns.
    pub(crate) async fn begin(play: &Play, identity: &Identity, question: &Value) -> Self {
        let client = play.client(identity);
        let response = client.post_for_pieces("/v1/questions", question.to_string()).await.unwrap();
        assert_eq!(response.status(), 200);
        assert_eq!(response.headers()["content-type"], "text/event-stream");
        let body = response.into_body().into_data_stream();
        let body = body.filter_map(|data| async { data.ok().map(|data| data.to_vec()) }).boxed();
        Self { body, begun: Vec::new(), text: String::new(), read: 0, _client: client }
    }

    /// The next event; nothing at the end of the stream.
    pub(crate) async fn next(&mut self) -> Option<Event> {
        loop {
            while let Some(length) = self.text[self.read..].find("\n\n") {
                let text = self.text[self.read..self.read + length].to_owned();
                self.read += length + 2;
                // A comment tells that the connection lives.
                if !text.starts_with(':') {
                    return Some(Event::parse(&text));
                }
            }
            self.begun.extend(self.body.next().await?);
            if let Some(end) = self.begun.iter().rposition(|byte| *byte == b'\n') {
                let whole = self.begun.drain(..=end).collect();
                self.text.push_str(&String::from_utf8(whole).unwrap());
            }
        }
    }

    /// All events that are left.
    pub(crate) async fn rest(&mut self) -> Vec<Event> {
        let mut events = Vec::new();
        while let Some(event) = self.next().await {
            events.push(event);
        }
        events
    }
}

impl Event {
    fn parse(text: &str) -> Self {
        let mut lines = text.lines();
        let mut value = |key: &str| lines.next().unwrap().strip_prefix(key).unwrap().to_owned();
        let (name, id, data) = (value("event: "), value("id: "), value("data: "));
        assert_eq!(lines.next(), None, "{text}");
        Self { name, id, data: serde_json::from_str(&data).unwrap() }
    }
}
