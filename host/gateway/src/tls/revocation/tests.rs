use std::fs;

use rustls::crypto::aws_lc_rs;

use super::*;
use crate::sample::{Measured, Still};
use crate::tls::issuer::{Files, TestIssuer, VALID, Years};
use crate::tls::watch;

/// An issuer, and a host that looks at one file of lists.
struct Place {
    issuer: TestIssuer,
    files: Files,
    file: PathBuf,
    revocation: Arc<Revocation>,
}

impl Place {
    /// The file holds a list of these serial numbers.
    fn new(revoked: &[u64], years: Years) -> Self {
        let issuer = TestIssuer::new("issuer");
        let list = issuer.list(revoked, years);
        Self::with(issuer, list)
    }

    fn with(issuer: TestIssuer, content: impl AsRef<[u8]>) -> Self {
        let files = Files::new();
        let file = files.write("lists.pem", content);
        let lists = RevocationLists::load(vec![file.clone()]).unwrap();
        let mut roots = RootCertStore::empty();
        roots.add(issuer.0.der().clone()).unwrap();
        let provider = Arc::new(aws_lc_rs::default_provider());
        let revocation = Arc::new(Revocation::new(Arc::new(roots), provider, lists).unwrap());
        Self { issuer, files, file, revocation }
    }

    /// What a certificate with this serial number is told.
    fn verify(&self, serial: u64) -> Result<(), Error> {
        let (certificate, _) = self.issuer.holder(serial);
        self.revocation.verify_client_cert(&certificate, &[], UnixTime::now()).map(drop)
    }

    /// What taking over this content gives.
    fn reload(&self, content: impl AsRef<[u8]>) -> Result<Reloaded, String> {
        fs::write(&self.file, content).unwrap();
        self.revocation.reload().map_err(|error| self.files.without_folder(&error.to_string()))
    }
}

fn refused_as(why: &str, result: &Result<(), Error>) -> bool {
    matches!(result, Err(Error::InvalidCertificate(error)) if super::why(error) == Some(why))
}

#[test]
fn a_certificate_on_the_list_is_refused_and_another_is_not() {
    let place = Place::new(&[17], VALID);
    assert_eq!(place.verify(16), Ok(()));
    assert!(refused_as("revoked", &place.verify(17)));
}

#[test]
fn a_list_in_der_is_as_good_as_one_in_pem() {
    let issuer = TestIssuer::new("issuer");
    let pem = issuer.list(&[17], VALID);
    let der = <rustls_pki_types::CertificateRevocationListDer<'_> as rustls_pki_types::pem::PemObject>::from_pem_slice(
        pem.as_bytes(),
    );
    let place = Place::with(issuer, der.unwrap().as_ref());
    assert_eq!(place.verify(16), Ok(()));
    assert!(refused_as("revoked", &place.verify(17)));
}

#[test]
fn nobody_is_let_in_on_a_list_that_has_expired() {
    let place = Place::new(&[], Years { issued: 2020, expires: 2021 });
    assert!(refused_as("revocation list has expired", &place.verify(16)));
}

#[test]
fn nobody_is_let_in_whose_issuer_has_no_list() {
    let list = TestIssuer::new("another issuer").list(&[], VALID);
    let place = Place::with(TestIssuer::new("issuer"), list);
    assert!(refused_as("no revocation list of its issuer", &place.verify(16)));
}

#[test]
fn a_list_that_the_issuer_has_not_signed_lets_nobody_in() {
    let list = TestIssuer::new("issuer").list(&[], VALID);
    let place = Place::with(TestIssuer::new("issuer"), list);
    assert!(place.verify(16).is_err());
}

#[test]
fn a_new_list_takes_the_place_of_the_old_one() {
    let place = Place::new(&[], VALID);
    assert_eq!(place.verify(17), Ok(()));
    assert_eq!(place.reload(place.issuer.list(&[17], VALID)), Ok(Reloaded::Changed));
    assert!(refused_as("revoked", &place.verify(17)));
    assert_eq!(place.revocation.reload().unwrap(), Reloaded::Unchanged);
}

#[test]
fn a_file_that_cannot_be_used_leaves_the_lists_as_they_were() {
    let place = Place::new(&[17], VALID);
    let list = place.issuer.list(&[], VALID);
    let (half, _) = list.split_at(list.len() / 2);
    let twice = list.repeat(2);
    for content in ["", half, "-----BEGIN X509 CRL-----\nMAA=\n-----END X509 CRL-----\n", "0", &twice] {
        assert!(place.reload(content).is_err(), "{content}");
        assert!(refused_as("revoked", &place.verify(17)), "{content}");
        assert_eq!(place.verify(16), Ok(()), "{content}");
    }
    fs::remove_file(&place.file).unwrap();
    assert!(place.revocation.reload().is_err());
    assert!(refused_as("revoked", &place.verify(17)));
}

#[test]
fn an_older_list_does_not_take_the_place_of_a_newer_one() {
    let place = Place::new(&[17], VALID);
    let older = place.issuer.list(&[], Years { issued: VALID.issued - 1, ..VALID });
    insta::assert_snapshot!(place.reload(older).unwrap_err(), @"revocation lists hold one issued `2023-01-01T00:00:00Z`, expected none older than `2024-01-01T00:00:00Z`");
    assert!(refused_as("revoked", &place.verify(17)));
}

#[tokio::test(start_paused = true)]
async fn a_changed_file_is_found_by_watching() {
    let place = Place::new(&[], VALID);
    let mut changes = place.revocation.changes.subscribe();
    let watching = tokio::spawn(watch(Arc::clone(&place.revocation), Arc::new(Still)));
    // First what cannot be used, which is no end of watching.
    fs::write(&place.file, "").unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(25)).await;
    fs::write(&place.file, place.issuer.list(&[17], VALID)).unwrap();
    changes.changed().await.unwrap();
    assert!(refused_as("revoked", &place.verify(17)));
    watching.abort();
}

#[tokio::test(start_paused = true)]
async fn the_meters_show_when_the_lists_in_use_expire() {
    let place = Place::new(&[], Years { issued: 2024, expires: 2030 });
    let (measured, mut changes) = (Measured::default(), place.revocation.changes.subscribe());
    let shown = || measured.0.figures().lists_expire.map(|at| at.to_string());
    let watching = tokio::spawn(watch(Arc::clone(&place.revocation), Arc::new(measured.clone())));
    tokio::task::yield_now().await;
    assert_eq!(shown().as_deref(), Some("2030-01-01T00:00:00Z"));
    fs::write(&place.file, place.issuer.list(&[], VALID)).unwrap();
    changes.changed().await.unwrap();
    tokio::time::sleep(std::time::Duration::from_secs(1)).await;
    assert_eq!(shown().as_deref(), Some("2999-01-01T00:00:00Z"));
    watching.abort();
}

#[test]
fn err_revocation_lists() {
    let files = Files::new();
    let fault = |names: &[&str]| {
        let paths = names.iter().map(|name| files.write(name, "")).collect();
        let fault = RevocationLists::load(paths).unwrap_err();
        files.without_folder(&fault.to_string())
    };
    insta::assert_snapshot!(fault(&[]), @"no revocation list, expected at least one");
    insta::assert_snapshot!(fault(&["empty.pem"]), @"revocation list `…/empty.pem` is no list in PEM or DER that says when it expires");
    let list = TestIssuer::new("issuer").list(&[], VALID);
    let twice = vec![files.write("a.pem", &list), files.write("b.pem", &list)];
    let fault = files.without_folder(&RevocationLists::load(twice).unwrap_err().to_string());
    insta::assert_snapshot!(fault, @"revocation list `…/b.pem` is about the same certificates as another");
    let absent = files.write("absent.pem", "");
    fs::remove_file(&absent).unwrap();
    let fault = files.without_folder(&RevocationLists::load(vec![absent]).unwrap_err().to_string());
    insta::assert_snapshot!(fault, @"revocation list `…/absent.pem` cannot be read");
    let large = files.write("large.pem", "");
    fs::File::options().write(true).open(&large).unwrap().set_len(64 * 1024 * 1024 + 1).unwrap();
    let fault = files.without_folder(&RevocationLists::load(vec![large]).unwrap_err().to_string());
    insta::assert_snapshot!(fault, @"revocation list `…/large.pem` is larger than 64 MiB");
}
