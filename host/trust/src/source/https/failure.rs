//! From the client's errors to what an operator is told.

use std::error::Error;
use std::io;

use hyper_util::client::legacy;

use super::super::fault::FetchFault;

/// The reason why no answer began.
pub(super) fn before_response(error: &legacy::Error) -> FetchFault {
    if causes(error).any(|cause| matches!(cause.downcast_ref(), Some(rustls::Error::InvalidCertificate(_)))) {
        FetchFault::Certificate
    } else if error.is_connect() {
        FetchFault::Unreachable
    } else if causes(error).filter_map(|cause| cause.downcast_ref()).any(hyper::Error::is_parse_too_large) {
        FetchFault::LongHead
    } else {
        FetchFault::BrokenOff
    }
}

/// An error and everything that caused it.
fn causes<'e>(error: &'e (dyn Error + 'static)) -> impl Iterator<Item = &'e (dyn Error + 'static)> {
    std::iter::successors(Some(error), |cause| {
        // An I/O error gives the cause of what it wraps as its own, and so hides that.
        let cause: &'e (dyn Error + 'static) = *cause;
        match cause.downcast_ref::<io::Error>().and_then(io::Error::get_ref) {
            Some(wrapped) => Some(wrapped as &(dyn Error + 'static)),
            None => cause.source(),
        }
    })
}
