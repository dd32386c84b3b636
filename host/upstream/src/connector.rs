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

#[cfg(test)]
mod tests {
    use rcgen::{BasicConstraints, CertificateParams, IsCa, KeyPair};
    use tokio::time::Instant;

    use super::*;

    #[tokio::test(start_paused = true)]
    async fn waiting_for_a_turn_ends_with_the_time_for_a_connection() {
        let turns = Arc::new(Turns::new(1));
        let (_wanting, _elsewhere) = (turns.want(), turns.turn().await.unwrap());
        let mut connector = Connector::new(&tls(), Duration::from_secs(2), Arc::clone(&turns));
        let began = Instant::now();
        // Nobody listens there: an attempt would end at once.
        let connecting = connector.call(Uri::from_static("https://127.0.0.1:1"));
        assert!(tokio::time::timeout(Duration::from_mins(1), connecting).await.unwrap().is_err());
        assert_eq!(began.elapsed(), Duration::from_secs(2));
    }

    /// TLS with roots that are of no account.
    fn tls() -> ClientTls {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let root = params.self_signed(&KeyPair::generate().unwrap()).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("roots.pem");
        std::fs::write(&path, root.pem()).unwrap();
        ClientTls::without_certificate(&path).unwrap()
    }
}
