//! Reading a response's body without ever holding more than allowed.

use http_body_util::BodyExt;
use hyper::body::{Body, Incoming};

use ssbtx_core::{TransportFailure, WipedBytes};

/// Reads a body of at most `max` bytes.
///
/// One that says in advance that it is larger is refused before any of it is read.
///
/// # Errors
///
/// [`TransportFailure::TooLarge`] past `max`, [`TransportFailure::BrokenOff`] where the body ends before it is whole.
pub(crate) async fn read(mut body: Incoming, max: usize) -> Result<WipedBytes, TransportFailure> {
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    if announced > max {
        return Err(TransportFailure::TooLarge);
    }
    // Memory follows what has arrived, not what was announced.
    let mut whole = WipedBytes::from(Vec::with_capacity(announced.min(FIRST_CAPACITY)));
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| TransportFailure::BrokenOff)?;
        let Ok(data) = frame.into_data() else { continue };
        if data.len() > max - whole.len() {
            return Err(TransportFailure::TooLarge);
        }
        if data.len() > whole.capacity() - whole.len() {
            whole = moved(&whole, data.len(), max);
        }
        whole.extend_from_slice(&data);
    }
    Ok(whole)
}

/// The same bytes with room for more: what a vector leaves behind where it grows by itself would not be wiped.
fn moved(whole: &[u8], more: usize, max: usize) -> WipedBytes {
    let capacity = whole.len().saturating_mul(2).max(whole.len() + more).min(max);
    let mut wider = WipedBytes::from(Vec::with_capacity(capacity));
    wider.extend_from_slice(whole);
    wider
}

const FIRST_CAPACITY: usize = 64 * 1024;
