//! A repository on a server is one as in a folder.

use http::Version;
use ssbtx_trust::{HttpsLimits, HttpsSource, InvalidHttpsSource, Source, fingerprint, load};

use crate::pki::Authority;
use crate::server::{Server, Twist};
use crate::stage::{ADAPTER, Stage, adapter};

#[tokio::test]
async fn a_server_gives_the_same_set_as_a_folder_in_either_version_of_http() {
    let authority = Authority::new();
    for (protocols, version) in
        [(&["http/1.1"][..], Version::HTTP_11), (&["h2"], Version::HTTP_2), (&["h2", "http/1.1"], Version::HTTP_2)]
    {
        let mut stage = Stage::new();
        let from_folder = load(&stage.settings).await.unwrap();
        let server = Server::start(&authority, protocols, stage.repository.directory(), Twist::None).await;
        stage.settings.source = server.source(&authority).into();
        let set = load(&stage.settings).await.unwrap();
        assert_eq!(adapter(&set), adapter(&from_folder));
        assert_eq!(set.fingerprint(), from_folder.fingerprint());
        assert_eq!(set.roles(), from_folder.roles());
        let requests = server.requests();
        assert!(requests.iter().all(|(_, spoken)| *spoken == version), "{requests:?}");
        assert!(requests.iter().any(|(path, _)| path == "/base/metadata/timestamp.json"));
        assert!(requests.iter().any(|(path, _)| path.starts_with("/base/targets/") && path.ends_with(ADAPTER)));
    }
}

#[tokio::test]
async fn one_connection_serves_load_after_load() {
    let authority = Authority::new();
    for protocols in [&["http/1.1"], &["h2"]] {
        let mut stage = Stage::new();
        let server = Server::start(&authority, protocols, stage.repository.directory(), Twist::None).await;
        stage.settings.source = server.source(&authority).into();
        for _ in 0..3 {
            load(&stage.settings).await.unwrap();
            fingerprint(&stage.settings.clone()).await.unwrap();
        }
        assert_eq!(server.connections(), 1, "{protocols:?}");
    }
}

#[tokio::test]
async fn a_fingerprint_is_that_of_the_set_until_the_repository_changes() {
    let authority = Authority::new();
    let mut stage = Stage::new();
    let server = Server::start(&authority, &["h2"], stage.repository.directory(), Twist::None).await;
    for source in [stage.settings.source.clone(), server.source(&authority).into()] {
        stage.settings.source = source;
        let set = load(&stage.settings).await.unwrap();
        assert_eq!(fingerprint(&stage.settings).await.unwrap(), set.fingerprint());
        stage.publish(&[]);
        assert_ne!(fingerprint(&stage.settings).await.unwrap(), set.fingerprint());
    }
    assert_eq!(server.requests().iter().filter(|(path, _)| path.contains("/targets/")).count(), 1);
}

#[tokio::test]
async fn what_came_from_a_server_can_be_kept() {
    let authority = Authority::new();
    let mut stage = Stage::new();
    let server = Server::start(&authority, &["h2"], stage.repository.directory(), Twist::None).await;
    stage.settings.source = server.source(&authority).into();
    stage.load_and_keep().await;
    stage.lose_source();
    stage.refusal().await;
    let set = stage.copy.recall(&stage.settings, std::time::Duration::ZERO).await.unwrap();
    assert_eq!(adapter(&set), b"an adapter");
}

#[test]
fn a_source_shows_where_it_is() {
    let authority = Authority::new();
    let url = "https://tillit.example.se:8443/ssbtx/".parse().unwrap();
    let source: Source = HttpsSource::new(url, &authority.pem(), HttpsLimits::default()).unwrap().into();
    assert_eq!(source.to_string(), "https://tillit.example.se:8443/ssbtx");
    assert_eq!(Source::from(std::path::PathBuf::from("/srv/repository")).to_string(), "/srv/repository");
}

#[test]
fn err_https_source() {
    let authority = Authority::new();
    let source = |roots: &[u8], limits| {
        HttpsSource::new("https://tillit.example.se".parse().unwrap(), roots, limits).unwrap_err().to_string()
    };
    let no_certificate = "roots hold no certificate, or a broken one, expected one or more in PEM";
    assert_eq!(source(b"", HttpsLimits::default()), no_certificate);
    let broken = b"-----BEGIN CERTIFICATE-----\n!\n-----END CERTIFICATE-----\n";
    assert_eq!(source(broken, HttpsLimits::default()), no_certificate);
    let nonsense = b"-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    assert_eq!(source(nonsense, HttpsLimits::default()), "roots hold a certificate that cannot be a root");
    let limits = HttpsLimits { file_timeout: std::time::Duration::ZERO, ..HttpsLimits::default() };
    assert_eq!(source(&authority.pem(), limits), "`file_timeout` is out of its range");
    assert!(matches!(
        HttpsSource::new("https://tillit.example.se".parse().unwrap(), b"", HttpsLimits::default()),
        Err(InvalidHttpsSource::NoCertificate)
    ));
}
