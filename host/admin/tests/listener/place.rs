//! The listener with its own authority, and clients that the authority vouches for or not.

use std::io;
use std::sync::Arc;

use bytes::Bytes;
use http::{HeaderMap, Request, StatusCode};
use http_body_util::{BodyExt as _, Full};
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};
use rustls::{ClientConfig, RootCertStore};
use rustls_pki_types::pem::PemObject;
use rustls_pki_types::{CertificateDer, PrivateKeyDer, ServerName};
use ssbtx_admin::{Admin, AdminLimits, AdminSettings, Control, Insight};
use ssbtx_gateway::{ServerPem, ServerTls};
use tokio::net::TcpStream;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::operating::Operated;

pub struct Place {
    pub admin: Admin,
    pub operated: Arc<Operated>,
    settings: AdminSettings,
    roots: RootCertStore,
    client: (CertificateDer<'static>, String),
}

/// An answer, whole.
pub struct Answer {
    pub status: StatusCode,
    pub headers: HeaderMap,
    pub body: String,
}

impl Place {
    pub async fn new(insight: impl Insight, limits: AdminLimits) -> Self {
        let mut authority = CertificateParams::new(Vec::new()).unwrap();
        authority.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let authority = CertifiedIssuer::self_signed(authority, KeyPair::generate().unwrap()).unwrap();
        let (server_key, client_key) = (KeyPair::generate().unwrap(), KeyPair::generate().unwrap());
        let server =
            CertificateParams::new(vec!["localhost".to_owned()]).unwrap().signed_by(&server_key, &authority).unwrap();
        let client = CertificateParams::new(Vec::new()).unwrap().signed_by(&client_key, &authority).unwrap();
        let (certificates, key, client_roots) = (server.pem(), server_key.serialize_pem(), authority.pem());
        let pem = ServerPem {
            certificates: certificates.as_bytes(),
            key: key.as_bytes(),
            client_roots: client_roots.as_bytes(),
        };
        let tls = ServerTls::from_pem(&pem).unwrap();
        let settings = AdminSettings { listen: "127.0.0.1:0".parse().unwrap(), tls, limits };
        let operated = Arc::new(Operated::default());
        let control: Arc<dyn Control> = Arc::<Operated>::clone(&operated);
        let admin = Admin::start(settings.clone(), Arc::new(insight), control).await.unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(authority.der().clone()).unwrap();
        Self { admin, operated, settings, roots, client: (client.der().clone(), client_key.serialize_pem()) }
    }

    /// The listener's settings with other limits.
    pub fn settings(&self, limits: AdminLimits) -> AdminSettings {
        AdminSettings { limits, ..self.settings.clone() }
    }

    /// A client that the listener's authority vouches for.
    pub fn operator(&self) -> ClientConfig {
        self.client_of(self)
    }

    /// A client that trusts this listener and shows a certificate of another place.
    pub fn client_of(&self, other: &Self) -> ClientConfig {
        let (certificate, key) = &other.client;
        let key = PrivateKeyDer::from_pem_slice(key.as_bytes()).unwrap();
        let builder = self.builder();
        builder.with_client_auth_cert(vec![certificate.clone()], key).unwrap()
    }

    /// The certificate that its operator shows.
    pub fn certificate(&self) -> &[u8] {
        &self.client.0
    }

    /// A client without a certificate.
    pub fn anybody(&self) -> ClientConfig {
        self.builder().with_no_client_auth()
    }

    pub async fn connect(&self, config: ClientConfig) -> io::Result<TlsStream<TcpStream>> {
        let stream = TcpStream::connect(self.admin.address()).await?;
        TlsConnector::from(Arc::new(config)).connect(ServerName::try_from("localhost").unwrap(), stream).await
    }

    pub async fn get(&self, path: &str) -> Answer {
        self.send("GET", path, "").await
    }

    pub async fn send(&self, method: &str, path: &str, body: &'static str) -> Answer {
        let stream = TokioIo::new(self.connect(self.operator()).await.unwrap());
        let (mut sender, connection) = http1::handshake::<_, Full<Bytes>>(stream).await.unwrap();
        tokio::spawn(connection);
        let request = Request::builder().method(method).uri(path).header("host", "localhost");
        let response = sender.send_request(request.body(Full::from(Bytes::from(body))).unwrap()).await.unwrap();
        let (parts, body) = response.into_parts();
        let body = String::from_utf8(body.collect().await.unwrap().to_bytes().to_vec()).unwrap();
        Answer { status: parts.status, headers: parts.headers, body }
    }

    fn builder(&self) -> rustls::ConfigBuilder<ClientConfig, rustls::client::WantsClientCert> {
        let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
        ClientConfig::builder_with_provider(provider)
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(self.roots.clone())
    }
}
