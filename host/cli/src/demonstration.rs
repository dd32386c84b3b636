//! Keys that the demo made: whoever has the demo has them, so a host that is to be trusted takes none of them.

use anyhow::{Result, bail};
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde_json::Value;
use ssbtx_audit::SubjectKey;
use ssbtx_core::Sha256Digest;
use ssbtx_open_cases::CaseKey;
use x509_parser::prelude::{FromDer, X509Certificate, X509Name};

use crate::config::Config;

/// Whether a host may run with the demo's keys: `--demo`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Allowed(pub bool);

/// Refuses a configuration with keys of the demo, unless they are allowed.
///
/// # Errors
///
/// The keys of the configuration that name them.
pub fn refuse(config: &Config, Allowed(allowed): Allowed) -> Result<()> {
    let found = found(config);
    if allowed || found.is_empty() {
        return Ok(());
    }
    bail!(
        "{} made by the demo, which protects nothing: expected keys and certificates of your own, or `--demo` to run a demonstration",
        match found.as_slice() {
            [one] => format!("`{one}` was"),
            several => format!("`{}` were", several.join("`, `")),
        }
    )
}

fn found(config: &Config) -> Vec<String> {
    let certificates = config.certificates.iter().filter(|certificate| certificate.is_of_the_demo);
    let mut found: Vec<_> = certificates.map(|certificate| certificate.which.clone()).collect();
    let subject_key = SubjectKey::from_bytes(key_of_the_demo("subject key")).id();
    let audit = &config.audit;
    if audit.subject_key.id() == subject_key {
        found.push("audit.subject-key".to_owned());
    }
    if audit.subject_key.earlier_id() == Some(subject_key) {
        found.push("audit.overlapping-subject-key".to_owned());
    }
    // The first of them is the newest.
    if audit.questions.keys.iter().skip(1).any(|key| key.id() == subject_key) {
        found.push("audit.earlier-subject-keys".to_owned());
    }
    let case_key = CaseKey::from_bytes(key_of_the_demo("case key")).id();
    if config.cases.as_ref().is_some_and(|cases| cases.key.id() == case_key) {
        found.push("cases.key".to_owned());
    }
    if names_persons_of_the_demo(&config.trust.repository.trusted_root) {
        found.push("trust.root".to_owned());
    }
    found
}

/// Whether any certificate of a PEM text was issued by the demo: its subject's or its issuer's common name begins as all of the demo's do.
pub fn holds_a_certificate_of_the_demo(pem: &[u8]) -> bool {
    let certificates = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    certificates.into_iter().any(|certificate| {
        X509Certificate::from_der(&certificate)
            .is_ok_and(|(_, certificate)| is_named_so(certificate.subject()) || is_named_so(certificate.issuer()))
    })
}

fn is_named_so(name: &X509Name<'_>) -> bool {
    name.iter_common_name().any(|name| name.as_str().is_ok_and(|name| name.starts_with(COMMON_NAME)))
}

/// A key that is the same in every demo.
fn key_of_the_demo(what: &str) -> [u8; 32] {
    *Sha256Digest::of(format!("ssbtx demonstration {what}").as_bytes()).as_bytes()
}

/// Whether a root's keys are held by the demo's officers.
fn names_persons_of_the_demo(root: &[u8]) -> bool {
    let Ok(root) = serde_json::from_slice::<Value>(root) else { return false };
    let keys = root.pointer("/signed/keys").and_then(Value::as_object);
    keys.into_iter().flatten().any(|(_, key)| {
        key.get("x-ssbtx-person").and_then(Value::as_str).is_some_and(|person| person.ends_with(SURNAME))
    })
}

/// How the common names of the demo's certificates begin.
const COMMON_NAME: &str = "SSBTX demo ";
/// How the names of the demo's officers end.
const SURNAME: &str = " Prov";
