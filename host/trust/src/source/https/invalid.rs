//! What a source cannot be made of.

/// Why an HTTPS source cannot be made. It quotes nothing of a file.
#[derive(Debug, thiserror::Error)]
pub enum InvalidHttpsSource {
    /// The roots are no PEM, or hold no certificate.
    #[error("roots hold no certificate, or a broken one, expected one or more in PEM")]
    NoCertificate,
    /// A certificate that cannot vouch for another.
    #[error("roots hold a certificate that cannot be a root")]
    Root {
        /// Why.
        source: rustls::Error,
    },
    /// TLS cannot be had with these roots.
    #[error("no TLS with these roots")]
    Tls {
        /// Why.
        source: rustls::Error,
    },
    /// A limit is out of its range.
    #[error("`{limit}` is out of its range")]
    Limit {
        /// The field of [`HttpsLimits`](super::HttpsLimits).
        limit: &'static str,
    },
}
