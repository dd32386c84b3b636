//! When the certificates expire that the host shows and trusts, and the warning before.

use std::time::Duration;

use jiff::Timestamp;
use rustls_pki_types::CertificateDer;
use rustls_pki_types::pem::PemObject;
use serde::Serialize;
use tracing::warn;
use x509_parser::prelude::{FromDer, X509Certificate};

/// The certificates of one file that the configuration names.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Certificate {
    /// Its key, such as `listen.certificate-chain` or `upstream.AF.base-service.roots`: a set that the configuration fixes.
    pub which: String,
    /// When the first of them expires.
    pub expires: Timestamp,
    /// Whether any of them was made by the demo.
    #[serde(skip)]
    pub is_of_the_demo: bool,
}

impl Certificate {
    /// How long it is still valid, where that is so short that somebody must act.
    pub fn ends_soon(&self, now: Timestamp) -> Option<Duration> {
        // What has expired has no time left.
        let left = Duration::try_from(self.expires.duration_since(now)).unwrap_or_default();
        (left < ANNOUNCED).then_some(left)
    }
}

/// When the first certificate of a PEM text expires; nothing where it holds none that can be read.
pub fn expires(pem: &[u8]) -> Option<Timestamp> {
    let certificates = CertificateDer::pem_slice_iter(pem).filter_map(Result::ok);
    let ends = certificates.filter_map(|certificate| {
        let (_, certificate) = X509Certificate::from_der(&certificate).ok()?;
        Timestamp::from_second(certificate.validity().not_after.timestamp()).ok()
    });
    ends.min()
}

/// Warns of every certificate that ends soon. To be called once a day.
pub fn warn_of(certificates: &[Certificate], now: Timestamp) {
    for certificate in certificates {
        if let Some(left) = certificate.ends_soon(now) {
            let (which, expires) = (&certificate.which, certificate.expires);
            warn!(which, %expires, days_left = left.as_secs() / SECONDS_OF_A_DAY, "certificate is about to expire");
        }
    }
}

/// As long before its end as a certificate authority may need for another.
const ANNOUNCED: Duration = Duration::from_hours(30 * 24);
const SECONDS_OF_A_DAY: u64 = 24 * 60 * 60;

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_certificate_is_announced_thirty_days_before() {
        let expires = "2026-07-31T00:00:00Z".parse().unwrap();
        let certificate = Certificate { which: String::new(), expires, is_of_the_demo: false };
        let left = |now: &str| certificate.ends_soon(now.parse().unwrap());
        assert_eq!(left("2026-07-01T00:00:00Z"), None);
        assert_eq!(left("2026-07-01T00:00:01Z"), ANNOUNCED.checked_sub(Duration::from_secs(1)));
        assert_eq!(left("2027-01-01T00:00:00Z"), Some(Duration::ZERO));
    }
}
