//! An issuer of certificates and revocation lists, for tests.

use std::fs;
use std::path::PathBuf;

use rcgen::{
    BasicConstraints, Certificate, CertificateParams, CertificateRevocationListParams, CertifiedIssuer, DnType, IsCa,
    KeyIdMethod, KeyPair, RevokedCertParams, SerialNumber, date_time_ymd,
};
use rustls_pki_types::CertificateDer;

/// The years in which lists are issued and expire.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Years {
    pub(crate) issued: i32,
    pub(crate) expires: i32,
}

/// A list that was issued a while ago and holds for long.
pub(crate) const VALID: Years = Years { issued: 2024, expires: 2999 };

pub(crate) struct TestIssuer(pub(crate) CertifiedIssuer<'static, KeyPair>);

/// A certificate in DER, and its key in PEM.
pub(crate) type Holder = (CertificateDer<'static>, String);

impl TestIssuer {
    pub(crate) fn new(name: &str) -> Self {
        let mut params = CertificateParams::new(Vec::new()).unwrap();
        params.distinguished_name.push(DnType::CommonName, name);
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        Self(CertifiedIssuer::self_signed(params, KeyPair::generate().unwrap()).unwrap())
    }

    /// A certificate for `localhost` and for an organisation.
    pub(crate) fn issue(&self, serial: u64) -> (Certificate, KeyPair) {
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".to_owned()]).unwrap();
        params.serial_number = Some(SerialNumber::from(serial));
        params.distinguished_name.push(DnType::CustomDnType(vec![2, 5, 4, 5]), "162020000001");
        (params.signed_by(&key, &self.0).unwrap(), key)
    }

    pub(crate) fn holder(&self, serial: u64) -> Holder {
        let (certificate, key) = self.issue(serial);
        (certificate.der().clone(), key.serialize_pem())
    }

    /// A list of these serial numbers, in PEM.
    pub(crate) fn list(&self, revoked: &[u64], years: Years) -> String {
        let revoked_certs = revoked
            .iter()
            .map(|serial| RevokedCertParams {
                serial_number: SerialNumber::from(*serial),
                revocation_time: date_time_ymd(2020, 1, 1),
                reason_code: None,
                invalidity_date: None,
            })
            .collect();
        let params = CertificateRevocationListParams {
            this_update: date_time_ymd(years.issued, 1, 1),
            next_update: date_time_ymd(years.expires, 1, 1),
            crl_number: SerialNumber::from(1),
            issuing_distribution_point: None,
            revoked_certs,
            key_identifier_method: KeyIdMethod::Sha256,
        };
        params.signed_by(&self.0).unwrap().pem().unwrap()
    }
}

/// Files in a folder that is gone with them.
pub(crate) struct Files(tempfile::TempDir);

impl Files {
    pub(crate) fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub(crate) fn write(&self, name: &str, content: impl AsRef<[u8]>) -> PathBuf {
        let path = self.0.path().join(name);
        fs::write(&path, content).unwrap();
        path
    }

    /// A text without the folder.
    pub(crate) fn without_folder(&self, text: &str) -> String {
        text.replace(&self.0.path().display().to_string(), "…")
    }
}
