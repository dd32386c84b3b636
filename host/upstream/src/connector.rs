//! New connections: a turn, TCP and TLS under one time limit.

use std::error::Error;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::task::{Context, Poll};
use std::time::Duration;

use http::Uri;
use hyper_rustls::{DefaultServerNameResolver, HttpsConnector, MaybeHttpsStream};
use hyper_util::client::legacy::connect::HttpConnector;
use hyper_util::rt::TokioIo;
use tokio::net::TcpStream;
use tower::Service;

use crate::client_tls::ClientTls;
use crate::turns::Turns;

/// Makes connections over TLS and nothing else.
///
/// The time limit of the TCP connector alone would let a peer that accepts and then says nothing hold a question for as long as it lasts.
#[derive(Clone)]
pub(crate) struct Connector {
    https: HttpsConnector<HttpConnector>,
    timeout: Duration,
    turns: Arc<Turns>,
}

impl Connector {
    pub(crate) fn new(tls: &ClientTls, timeout: Duration, turns: Arc<Turns>) -> Self {
        let mut tcp = HttpConnector::new();
        // The scheme is checked by the TLS connector, which is told to take `https` alone.
        tcp.enforce_http(false);
        tcp.set_nodelay(true);
        let names = Arc::new(DefaultServerNameResolver::default());
        Self { https: HttpsConnector::new(tcp, tls.config(), true, names), timeout, turns }
    }
}

impl Service<Uri> for Connector {
    type Response = MaybeHttpsStream<TokioIo<TcpStream>>;
    type Error = Box<dyn Error + Send + Sync>;
    type Future = Pin<Box<dyn Future<Output = Result<Self::Response, Self::Error>> + Send>>;

    fn poll_ready(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Self::Error>> {
        self.https.poll_ready(cx)
    }

    fn call(&mut self, to: Uri) -> Self::Future {
        let connecting = self.https.call(to);
        let (timeout, turns) = (self.timeout, Arc::clone(&self.turns));
        let in_turn = async move {
            let _turn = turns.turn().await?;
            connecting.await
        };
        Box::pin(async move { tokio::time::timeout(timeout, in_turn).await? })
    }
}
