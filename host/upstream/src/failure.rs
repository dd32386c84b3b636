//! From the client's errors to the reasons that an adapter and an asker are told.

use std::error::Error;
use std::io;

use hyper_util::client::legacy;
use rustls::AlertDescription;

use ssbtx_core::TransportFailure;

/// The reason why no response began.
///
/// The line between the two that matter is whether the agency may have had the question: [`TransportFailure::Unreachable`] says that it cannot,
/// [`TransportFailure::BrokenOff`] that it may.
pub(crate) fn before_response(error: &legacy::Error) -> TransportFailure {
    let rustls_says = |says: fn(&rustls::Error) -> bool| has(error, |cause| cause.downcast_ref().is_some_and(says));
    if error.is_connect() || rustls_says(refuses_certificate) {
        return TransportFailure::Unreachable;
    }
    let hyper_says = |says: fn(&hyper::Error) -> bool| has(error, |cause| cause.downcast_ref().is_some_and(says));
    if hyper_says(hyper::Error::is_canceled) {
        // The connection was gone before the request was written to it.
        TransportFailure::Unreachable
    } else if hyper_says(hyper::Error::is_parse_too_large) {
        TransportFailure::TooLarge
    } else {
        TransportFailure::BrokenOff
    }
}

/// Whether the server did not take our certificate. In TLS 1.3 it says so only after the client has shaken hands and begun to write.
fn refuses_certificate(error: &rustls::Error) -> bool {
    matches!(
        error,
        rustls::Error::AlertReceived(
            AlertDescription::AccessDenied
                | AlertDescription::BadCertificate
                | AlertDescription::CertificateExpired
                | AlertDescription::CertificateRequired
                | AlertDescription::CertificateRevoked
                | AlertDescription::CertificateUnknown
                | AlertDescription::UnknownCA
                | AlertDescription::UnsupportedCertificate
        )
    )
}

/// Whether an error, or anything that caused it, is such.
fn has(error: &(dyn Error + 'static), is_such: impl Fn(&(dyn Error + 'static)) -> bool) -> bool {
    let mut at = Some(error);
    while let Some(cause) = at {
        if is_such(cause) {
            return true;
        }
        // An I/O error gives the cause of what it wraps as its own, and so hides that.
        at = match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped),
            None => cause.source(),
        };
    }
    false
}
