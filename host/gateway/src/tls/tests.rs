use rcgen::{CertificateParams, KeyPair};

use super::*;

fn pair() -> (String, String) {
    let key = KeyPair::generate().unwrap();
    let certificate = CertificateParams::new(vec!["localhost".to_owned()]).unwrap().self_signed(&key).unwrap();
    (certificate.pem(), key.serialize_pem())
}

fn fault(certificates: &str, key: &str, client_roots: &str) -> String {
    let pem =
        ServerPem { certificates: certificates.as_bytes(), key: key.as_bytes(), client_roots: client_roots.as_bytes() };
    ServerTls::from_pem(&pem).map_or_else(|fault| fault.to_string(), |_| "accepted".to_owned())
}

#[test]
fn ok_tls() {
    let (certificate, key) = pair();
    assert_eq!(fault(&certificate, &key, &certificate), "accepted");
}

#[test]
fn err_tls() {
    let ((certificate, key), (_, other_key)) = (pair(), pair());
    insta::assert_snapshot!(fault("", &key, &certificate), @"certificates hold no certificate in PEM");
    insta::assert_snapshot!(fault(&certificate, "", &certificate), @"key holds no private key in PEM");
    insta::assert_snapshot!(fault(&certificate, &other_key, &certificate), @"certificate and key cannot be used");
    insta::assert_snapshot!(fault(&certificate, &key, ""), @"client roots hold no certificate in PEM");
    let no_certificate = "-----BEGIN CERTIFICATE-----\nAAAA\n-----END CERTIFICATE-----\n";
    insta::assert_snapshot!(fault(&certificate, &key, no_certificate), @"client root cannot be used");
}

#[test]
fn a_key_never_prints() {
    let (certificate, key) = pair();
    let pem =
        ServerPem { certificates: certificate.as_bytes(), key: key.as_bytes(), client_roots: certificate.as_bytes() };
    assert_eq!(format!("{:?}", ServerTls::from_pem(&pem).unwrap()), "ServerTls(redacted)");
}
