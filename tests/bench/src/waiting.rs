//! Agency calls that wait, all at once, in a process of their own.

mod kept;

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::atomic::{AtomicUsize, Ordering};
use std::time::Duration;

use anyhow::{Context, Result, ensure};
use bytes::Bytes;
use clap::ValueEnum;
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http2::{self, SendRequest};
use hyper_util::rt::{TokioExecutor, TokioIo};
use rustls::crypto::aws_lc_rs;
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject as _;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use ssbtx_core::{Reply, Response};
use ssbtx_runtime::{AgencyQuestion, Candidate, SandboxSettings, Step, Workbench};
use ssbtx_stage::components;
use tokio::net::TcpStream;
use tokio::task::JoinSet;
use tokio_rustls::TlsConnector;

use crate::process::resident_bytes;
use crate::product;
use kept::{Keeper, Kept};

/// What a waiting call holds beside its request.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
pub enum Holds {
    /// Nothing: the host's way.
    Nothing,
    /// The instance that planned it, as a host would have to whose components wait within.
    Instance,
}

/// The calls.
#[derive(clap::Args)]
pub struct Arguments {
    /// What each holds
    #[arg(long, value_enum)]
    holds: Holds,
    /// How many there are
    #[arg(long)]
    calls: usize,
    /// The agency's port
    #[arg(long)]
    port: u16,
    /// Who vouches for the agency
    #[arg(long)]
    roots: PathBuf,
    /// The certificate to show it
    #[arg(long)]
    chain: PathBuf,
    /// The certificate's key
    #[arg(long)]
    key: PathBuf,
}

/// Lets all calls wait, and prints how many bytes of memory each of them holds.
pub fn run(arguments: &Arguments) -> Result<()> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build().context("start a runtime")?;
    let bytes = runtime.block_on(held(arguments))?;
    println!("{bytes}");
    Ok(())
}

async fn held(arguments: &Arguments) -> Result<u64> {
    let workbench = Workbench::new(SandboxSettings::default())?;
    let component = components::read("adapters/af/adapter.wasm");
    let adapter = workbench.adapter(&Candidate::new(component.clone())).await?;
    let question = product::question()?;
    let wanted = product::every_dataset(adapter.catalogue());
    let keeper = match arguments.holds {
        Holds::Nothing => None,
        Holds::Instance => Some(Keeper::new(&component, arguments.calls)?),
    };
    let mut connections = Vec::new();
    for _ in 0..CONNECTIONS {
        connections.push(connect(arguments).await?);
    }
    let calls = Arc::new(Calls { adapter, question, wanted, keeper, waiting: AtomicUsize::new(0) });
    // Two rounds before anything is looked at: code that runs for the first time, and buffers of connections, are not a call's.
    for _ in 0..2 {
        Arc::clone(&calls).call(connections.first().context("no connection")?.clone()).await?;
    }
    calls.waiting.store(0, Ordering::Relaxed);
    let before = resident_bytes(std::process::id())?;
    let mut under_way = JoinSet::new();
    for connection in connections.iter().cycle().take(arguments.calls) {
        under_way.spawn(Arc::clone(&calls).call(connection.clone()));
    }
    while calls.waiting.load(Ordering::Relaxed) < arguments.calls {
        if let Some(ended) = under_way.try_join_next() {
            ended.context("call")??;
            anyhow::bail!("a call ended before all were waiting");
        }
        tokio::time::sleep(MOMENT).await;
    }
    tokio::time::sleep(MOMENT).await;
    let during = resident_bytes(std::process::id())?;
    while let Some(ended) = under_way.join_next().await {
        ended.context("call")??;
    }
    Ok(during.saturating_sub(before) / u64::try_from(arguments.calls)?)
}

struct Calls {
    adapter: ssbtx_runtime::Adapter,
    question: ssbtx_core::Question,
    wanted: Vec<ssbtx_core::DatasetId>,
    keeper: Option<Keeper>,
    waiting: AtomicUsize,
}

impl Calls {
    /// Plans, sends, waits and absorbs, as the broker does.
    async fn call(self: Arc<Self>, mut connection: SendRequest<Full<Bytes>>) -> Result<()> {
        let agency = self.adapter.catalogue().agency();
        let legal_text = product::LEGAL_TEXT;
        let question = AgencyQuestion { question: &self.question, agency, wanted: &self.wanted, legal_text };
        let Step::Send { requests, state } = self.adapter.plan(&question).await? else {
            anyhow::bail!("the adapter sends nothing");
        };
        let kept: Option<Kept> =
            self.keeper.as_ref().map(|keeper| keeper.planned(&self.question, &self.wanted)).transpose()?;
        let request = requests.into_iter().next().context("no request")?;
        let outgoing = http::Request::post(format!("https://localhost{}", request.path()));
        let response = connection.send_request(outgoing.body(Full::new(Bytes::from_owner(request.into_body())))?);
        self.waiting.fetch_add(1, Ordering::Relaxed);
        let (head, body) = response.await.context("wait for the agency")?.into_parts();
        drop(kept);
        let content_type = head.headers.get(http::header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
        let body = body.collect().await.context("read the agency's answer")?.to_bytes().to_vec();
        let reply =
            Response { status: head.status.as_u16(), content_type: content_type.map(str::to_owned), body: body.into() };
        let step = self.adapter.absorb(&question, state, vec![Reply::Response(reply)]).await?;
        ensure!(matches!(step, Step::Answer { .. }), "the agency gave no answer");
        Ok(())
    }
}

async fn connect(arguments: &Arguments) -> Result<SendRequest<Full<Bytes>>> {
    let mut roots = RootCertStore::empty();
    for root in CertificateDer::pem_file_iter(&arguments.roots)? {
        roots.add(root?)?;
    }
    let chain = CertificateDer::pem_file_iter(&arguments.chain)?.collect::<Result<_, _>>()?;
    let mut tls = ClientConfig::builder_with_provider(aws_lc_rs::default_provider().into())
        .with_safe_default_protocol_versions()?
        .with_root_certificates(roots)
        .with_client_auth_cert(chain, PrivateKeyDer::from_pem_file(&arguments.key)?)?;
    tls.alpn_protocols = vec![b"h2".to_vec()];
    let tcp = TcpStream::connect(("127.0.0.1", arguments.port)).await.context("connect to the agency")?;
    let stream = TlsConnector::from(Arc::new(tls)).connect(ServerName::try_from("localhost")?, tcp).await?;
    let (sender, connection) = http2::handshake(TokioExecutor::new(), TokioIo::new(stream)).await?;
    tokio::spawn(connection);
    Ok(sender)
}

const CONNECTIONS: usize = 4;
const MOMENT: Duration = Duration::from_millis(100);
