//! From the client's errors to the reasons that an adapter and an asker are told.

use std::error::Error;
use std::io::{self, ErrorKind};

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

/// Whether nothing of the request was written, for a reason that may be gone in a moment.
///
/// A certificate that is refused and a handshake that does not end will be the same the next time, and the second has taken its time already.
pub(crate) fn was_never_begun(error: &legacy::Error) -> bool {
    let closed = |cause: &io::Error| {
        matches!(
            cause.kind(),
            ErrorKind::ConnectionRefused
                | ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::UnexpectedEof
        )
    };
    if error.is_connect() {
        return has(error, |cause| cause.downcast_ref().is_some_and(closed));
    }
    // The client gives back a request that it had not begun, and only such a one, with this error.
    has(error, |cause| cause.downcast_ref().is_some_and(hyper::Error::is_canceled))
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
