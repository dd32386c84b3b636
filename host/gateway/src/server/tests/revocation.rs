//! Certificates that their issuer has taken back, on real connections.

use std::fs;
use std::path::PathBuf;

use super::*;
use crate::sample::Measured;
use crate::tls::RevocationLists;
use crate::tls::issuer::{Files, Holder, TestIssuer, VALID};

/// A gateway that looks at one file of revocation lists, and two who would ask.
struct Held {
    gateway: Gateway,
    issuer: TestIssuer,
    tls: ServerTls,
    measured: Measured,
    file: PathBuf,
    _files: Files,
    good: Holder,
    bad: Holder,
}

const BAD: u64 = 17;

impl Held {
    async fn new(revoked: &[u64]) -> Self {
        let (issuer, files) = (TestIssuer::new("issuer"), Files::new());
        let (server, key) = issuer.issue(1);
        let file = files.write("lists.pem", issuer.list(revoked, VALID));
        let (certificates, key, client_roots) = (server.pem(), key.serialize_pem(), issuer.0.pem());
        let pem = ServerPem {
            certificates: certificates.as_bytes(),
            key: key.as_bytes(),
            client_roots: client_roots.as_bytes(),
        };
        let tls = ServerTls::with_revocation(&pem, RevocationLists::load(vec![file.clone()]).unwrap()).unwrap();
        let (good, bad) = (issuer.holder(16), issuer.holder(BAD));
        let settings = GatewaySettings {
            listen: "127.0.0.1:0".parse().unwrap(),
            tls: tls.clone(),
            consumers: sample::consumers(&good.0, &[]),
            identity_check: IdentityCheck::DateAndCheckDigit,
            limits: GatewayLimits::default(),
            open_cases: CaseRegister::NotKept,
        };
        let measured = Measured::default();
        let outside = Arc::new(measured.clone());
        let gateway = Gateway::start(settings, Arc::new(Clerk::new()), outside).await.unwrap();
        Self { gateway, issuer, tls, measured, file, _files: files, good, bad }
    }

    /// Connects; a refusal is read, since in TLS 1.3 the client has finished before the server refuses it.
    async fn connect(&self, holder: &Holder) -> io::Result<TlsStream<TcpStream>> {
        let mut roots = RootCertStore::empty();
        roots.add(self.issuer.0.der().clone()).unwrap();
        let key = PrivateKeyDer::from_pem_slice(holder.1.as_bytes()).unwrap();
        let mut config =
            builder().with_root_certificates(roots).with_client_auth_cert(vec![holder.0.clone()], key).unwrap();
        config.alpn_protocols = vec![b"http/1.1".to_vec()];
        let stream = TcpStream::connect(self.gateway.address()).await?;
        let name = ServerName::try_from("localhost").unwrap();
        TlsConnector::from(Arc::new(config)).connect(name, stream).await
    }

    /// The first line of what a request is answered.
    async fn ask(&self, holder: &Holder) -> io::Result<String> {
        let mut stream = self.connect(holder).await?;
        stream.write_all(b"GET /v1/api-info HTTP/1.1\r\nhost: localhost\r\nconnection: close\r\n\r\n").await?;
        let mut answer = Vec::new();
        stream.read_to_end(&mut answer).await?;
        Ok(String::from_utf8_lossy(&answer).lines().next().unwrap_or_default().to_owned())
    }

    fn revoke_bad(&self) {
        fs::write(&self.file, self.issuer.list(&[BAD], VALID)).unwrap();
        self.tls.revocation().unwrap().reload().unwrap();
    }
}

#[tokio::test]
async fn a_revoked_certificate_is_refused_in_the_handshake_and_a_good_one_is_served() {
    let held = Held::new(&[BAD]).await;
    let refusal = held.ask(&held.bad).await.unwrap_err();
    assert!(refusal.to_string().contains("CertificateRevoked"), "{refusal}");
    assert_eq!(held.ask(&held.good).await.unwrap(), "HTTP/1.1 200 OK");
}

#[tokio::test]
async fn an_open_connection_ends_when_its_certificate_is_revoked_and_others_go_on() {
    let held = Held::new(&[]).await;
    let mut bad = held.connect(&held.bad).await.unwrap();
    let mut good = held.connect(&held.good).await.unwrap();
    for stream in [&mut bad, &mut good] {
        stream.write_all(b"GET /v1/api-info HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
    }
    held.revoke_bad();
    let mut rest = Vec::new();
    bad.read_to_end(&mut rest).await.unwrap_or_default();
    good.write_all(b"GET /v1/api-info HTTP/1.1\r\nhost: localhost\r\n\r\n").await.unwrap();
    assert!(good.read(&mut [0; 4096]).await.unwrap() > 0);
    assert!(held.ask(&held.bad).await.is_err());
}

#[tokio::test]
async fn when_the_lists_expire_is_measured_while_certificates_are_held_to_any() {
    let held = Held::new(&[]).await;
    let shown = async |expected: Option<&str>| {
        let expected = expected.map(|at| at.parse().unwrap());
        while held.measured.0.figures().lists_expire != expected {
            tokio::task::yield_now().await;
        }
    };
    shown(Some("2999-01-01T00:00:00Z")).await;
    let (server, key) = held.issuer.issue(2);
    let (certificates, key, client_roots) = (server.pem(), key.serialize_pem(), held.issuer.0.pem());
    let pem =
        ServerPem { certificates: certificates.as_bytes(), key: key.as_bytes(), client_roots: client_roots.as_bytes() };
    held.gateway.admit(ServerTls::from_pem(&pem).unwrap(), sample::consumers(&held.good.0, &[]));
    shown(None).await;
}
