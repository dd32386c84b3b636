//! The bare relay: what the host is compared with.
//!
//! It takes the same question over the same TLS, sends the same requests to the same agencies through the same client, reads their answers with the
//! adapters' own code compiled natively, and writes them as JSON. It has no sandbox, no policy, no audit, no limits and no log.

mod asked;
mod document;
mod upstream;

use std::collections::BTreeMap;
use std::io::Write as _;
use std::net::SocketAddr;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use anyhow::{Context, Result};
use bytes::Bytes;
use futures::future::join_all;
use http::{Request, Response, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::body::Incoming;
use hyper::service::service_fn;
use hyper_util::rt::{TokioExecutor, TokioIo};
use hyper_util::server::conn::auto::Builder;
use serde::{Deserialize, Serialize};
use ssbtx_core::{AgencyId, BASE_SERVICES};
use ssbtx_gateway::{ServerPem, ServerTls};
use ssbtx_stage::lefi::AKTORSID;
use ssbtx_stage::pki::Pki;
use tokio::net::{TcpListener, TcpStream};
use tokio_rustls::TlsAcceptor;

use crate::natively::{self, Layout, Native};
use asked::Asked;
use upstream::Upstream;

/// Where a relay finds everything.
#[derive(Serialize, Deserialize)]
pub struct Settings {
    chain: PathBuf,
    key: PathBuf,
    client_roots: PathBuf,
    agency_roots: PathBuf,
    upstream_chain: PathBuf,
    upstream_key: PathBuf,
    agencies: BTreeMap<String, SocketAddr>,
    aktorsid: String,
}

impl Settings {
    /// A relay with the host's certificates in front of the same agencies.
    pub fn new(pki: &Pki, agencies: Vec<(String, SocketAddr)>) -> Self {
        Self {
            chain: pki.host.chain.clone(),
            key: pki.host.key.clone(),
            client_roots: pki.consumer_roots.clone(),
            agency_roots: pki.agency_roots.clone(),
            upstream_chain: pki.upstream.chain.clone(),
            upstream_key: pki.upstream.key.clone(),
            agencies: agencies.into_iter().collect(),
            aktorsid: AKTORSID.first().map_or_else(String::new, |(_, id)| (*id).to_owned()),
        }
    }
}

/// Relays until it is killed.
pub fn run(settings: &Path) -> Result<()> {
    let settings: Settings = serde_json::from_slice(&read(settings)?).context("read the relay's settings")?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start the runtime")?;
    runtime.block_on(serve(&settings))
}

/// What every question is relayed with.
struct Relay {
    agencies: BTreeMap<AgencyId, Agency>,
    aktorsid: String,
}

struct Agency {
    adapter: Native,
    layout: Layout,
    upstream: Upstream,
}

async fn serve(settings: &Settings) -> Result<()> {
    let (chain, key, roots) = (read(&settings.chain)?, read(&settings.key)?, read(&settings.client_roots)?);
    let tls = ServerTls::from_pem(&ServerPem { certificates: &chain, key: &key, client_roots: &roots })?;
    let acceptor = TlsAcceptor::from(tls.config());
    let mut agencies = BTreeMap::new();
    for (name, address) in &settings.agencies {
        let agency: AgencyId = name.parse()?;
        let adapter = Native::of(agency)?;
        let upstream = Upstream::new(settings, *address)?;
        agencies.insert(agency, Agency { adapter, layout: adapter.layout(), upstream });
    }
    let relay = Arc::new(Relay { agencies, aktorsid: settings.aktorsid.clone() });
    let listener = TcpListener::bind("127.0.0.1:0").await.context("listen")?;
    let mut out = std::io::stdout();
    writeln!(out, "{{\"address\":\"{}\"}}", listener.local_addr()?).and_then(|()| out.flush())?;
    loop {
        let (stream, _) = listener.accept().await?;
        tokio::spawn(connection(stream, acceptor.clone(), Arc::clone(&relay)));
    }
}

/// Serves a connection to its end, in the protocol that the handshake settled.
async fn connection(stream: TcpStream, acceptor: TlsAcceptor, relay: Arc<Relay>) {
    stream.set_nodelay(true).ok();
    let Ok(stream) = acceptor.accept(stream).await else { return };
    let service = service_fn(|request| {
        let relay = Arc::clone(&relay);
        async move { relay.answer(request).await }
    });
    Builder::new(TokioExecutor::new()).serve_connection(TokioIo::new(stream), service).await.ok();
}

impl Relay {
    async fn answer(&self, request: Request<Incoming>) -> Result<Response<Full<Bytes>>, hyper::Error> {
        let body = request.into_body().collect().await?.to_bytes();
        let mut response = Response::new(Full::default());
        match self.relay(&body).await {
            Ok(answer) => *response.body_mut() = answer.into(),
            Err(error) => {
                *response.status_mut() = StatusCode::BAD_GATEWAY;
                *response.body_mut() = format!("{error:#}").into();
            }
        }
        Ok(response)
    }

    async fn relay(&self, body: &[u8]) -> Result<String> {
        let asked: Asked = serde_json::from_slice(body).context("read a question")?;
        let included = BASE_SERVICES.into_iter().filter(|agency| asked.includes(*agency));
        let parts = join_all(included.map(|agency| self.part(agency, &asked))).await;
        let mut answer = String::from("{\"parts\":[");
        for (position, part) in parts.into_iter().enumerate() {
            if position > 0 {
                answer.push(',');
            }
            answer.push_str(&part?);
        }
        answer.push_str("]}");
        Ok(answer)
    }

    async fn part(&self, agency: AgencyId, asked: &Asked) -> Result<String> {
        let Agency { adapter, layout, upstream } =
            self.agencies.get(&agency).with_context(|| format!("no {agency}"))?;
        let question = asked.question(agency, layout, &self.aktorsid);
        let (request, state) = adapter.plan(&question)?;
        let (content_type, body) = upstream.send(request).await?;
        let document = adapter.absorb(&question, state, natively::reply(&content_type, body))?;
        let mut part = format!("{{\"agency\":\"{agency}\",\"state\":\"answered\",\"document\":");
        document::write(&mut part, layout, &document.nodes)?;
        part.push('}');
        Ok(part)
    }
}

fn read(path: &Path) -> Result<Vec<u8>> {
    std::fs::read(path).with_context(|| format!("read `{}`", path.display()))
}
