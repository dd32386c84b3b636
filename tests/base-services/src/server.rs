//! One agency's listener: accepts, demands a client certificate, and serves HTTP/1.1 and HTTP/2 until it is told to stop.

use std::convert::Infallible;
use std::sync::Arc;
use std::time::Duration;

use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo, TokioTimer};
use hyper_util::server::conn::auto;
use hyper_util::server::graceful::{GracefulShutdown, Watcher};
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::time::{sleep, timeout};
use tokio_rustls::TlsAcceptor;

use crate::exchange::Desk;
use crate::line::Line;

/// Serves until `stop` changes; then lets what is under way finish within [`GRACE`] and cuts the rest.
pub(crate) async fn serve(listener: TcpListener, tls: TlsAcceptor, desk: Arc<Desk>, mut stop: watch::Receiver<()>) {
    let graceful = GracefulShutdown::new();
    loop {
        tokio::select! {
            _ = stop.changed() => break,
            accepted = listener.accept() => match accepted {
                Ok((tcp, _)) => {
                    tokio::spawn(connection(tcp, tls.clone(), Arc::clone(&desk), graceful.watcher()));
                }
                // Out of file descriptors, say: trying again at once would only spin.
                Err(_) => sleep(PAUSE).await,
            },
        }
    }
    drop(listener);
    // An error here means that the grace is over, and the runtime's end cuts what is left.
    let _ = timeout(GRACE, graceful.shutdown()).await;
}

async fn connection(tcp: TcpStream, tls: TlsAcceptor, desk: Arc<Desk>, watcher: Watcher) {
    // Without it small answers wait for the peer's acknowledgement; a failure costs only that.
    let _ = tcp.set_nodelay(true);
    let line = Line::new(tcp);
    let scissors = line.scissors();
    let Ok(Ok(stream)) = timeout(HANDSHAKE, tls.accept(line)).await else { return };
    desk.connected();

    let service = service_fn(move |request| {
        let (desk, scissors) = (Arc::clone(&desk), scissors.clone());
        async move { Ok::<_, Infallible>(desk.respond(request, &scissors).await) }
    });
    let mut http = auto::Builder::new(TokioExecutor::new());
    http.http1().timer(TokioTimer::new());
    http.http2().timer(TokioTimer::new());
    // How a connection ends is the caller's business, and often the very fault that was asked for.
    let _ = watcher.watch(http.serve_connection(TokioIo::new(stream), service)).await;
}

/// How long a handshake may take.
const HANDSHAKE: Duration = Duration::from_secs(10);

/// How long what is under way may take once the listener stops.
const GRACE: Duration = Duration::from_secs(1);

/// How long to wait when nothing can be accepted.
const PAUSE: Duration = Duration::from_millis(20);
