//! Reading a response's body without ever holding more than allowed.

use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

use ssbtx_core::TransportFailure;

/// Reads a body of at most `max` bytes.
///
/// One that says in advance that it is larger is refused before any of it is read.
///
/// # Errors
///
/// [`TransportFailure::TooLarge`] past `max`, [`TransportFailure::BrokenOff`] where the body ends before it is whole.
pub(crate) async fn read(mut body: Incoming, max: usize) -> Result<Vec<u8>, TransportFailure> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > max {
        return Err(TransportFailure::TooLarge);
    }
    // Memory follows what has arrived, not what was announced.
    let mut whole = Vec::with_capacity(announced.min(FIRST_CAPACITY));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| TransportFailure::BrokenOff)?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > max - whole.len() {
            return Err(TransportFailure::TooLarge);
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole)
}

const FIRST_CAPACITY: usize = 64 * 1024;
