//! TLS to the database, held to the operator's own roots.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use rcgen::{BasicConstraints, CertificateParams, CertifiedIssuer, IsCa, KeyPair};

use crate::postgres::Postgres;
use crate::records::record;
use crate::server::Log;
use ssbtx_audit::PostgresSettings;
use ssbtx_postgresql::{Database, DatabaseFiles, Server};

#[tokio::test]
async fn a_server_is_believed_under_the_roots_that_were_given_and_no_others() {
    let server = Postgres::start().unwrap();
    let folder = tempfile::tempdir().unwrap();
    let [ours, other] = ["ours", "other"].map(|name| authority(folder.path(), name));
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".into()]).unwrap().signed_by(&key, &ours.0).unwrap();
    for (name, pem) in [("server.crt", certificate.pem()), ("server.key", key.serialize_pem())] {
        let path = server.data().join(name);
        fs::write(&path, pem).unwrap();
        fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
        server.own(&path).unwrap();
    }
    server.sql("ALTER SYSTEM SET ssl = on").unwrap();
    server.sql("SELECT pg_reload_conf()").unwrap();
    let settings = |host: &str, roots: &Path| {
        let port = server.port();
        let target = Server { host: host.into(), port, database: "postgres".into(), user: "postgres".into() };
        let files = DatabaseFiles { roots: Some(roots.to_owned()), ..DatabaseFiles::default() };
        Log { settings: PostgresSettings::new(Database::new(target, &files).unwrap(), "test/tls".parse().unwrap()) }
    };
    let log = settings("localhost", &ours.1);
    log.open().append(record(1)).await.unwrap();
    assert_eq!(server.sql("SELECT count(*) FROM ssbtx_audit.line").unwrap(), "1");
    assert_eq!(log.verify().records, 1);
    for (host, roots) in [("localhost", &other.1), ("127.0.0.1", &ours.1)] {
        let fault = settings(host, roots).try_open().unwrap_err().to_string();
        assert!(fault.ends_with("cannot be reached"), "{host}: {fault}");
    }
}

/// An authority, and the file of its certificate.
fn authority(folder: &Path, name: &str) -> (CertifiedIssuer<'static, KeyPair>, PathBuf) {
    let mut params = CertificateParams::new(Vec::new()).unwrap();
    params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
    params.distinguished_name.push(rcgen::DnType::CommonName, name);
    let authority = CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap();
    let path = folder.join(format!("{name}.pem"));
    fs::write(&path, authority.pem()).unwrap();
    (authority, path)
}
