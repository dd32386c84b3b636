//! A request's body, whole, within its limits.

use axum::body::Body;
use http_body_util::BodyExt as _;
use hyper::body::Body as _;
use ssbtx_core::WipedBytes;
use tokio::time::timeout;

use crate::settings::GatewayLimits;

/// Why a body was not read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub(super) enum BodyFault {
    /// It is larger than this many bytes.
    #[error("body is larger than {0} bytes")]
    TooLarge(usize),
    /// It did not arrive in time, or its connection ended within it.
    #[error("body did not arrive whole and in time")]
    NotWhole,
}

/// Reads a body, which is wiped from memory when it is dropped.
///
/// Of one that is too large, some more is taken and thrown away: a client that is still sending when its connection ends would mostly not see
/// why. One that says beforehand that it is larger than even that is not read at all.
pub(super) async fn read(body: Body, limits: &GatewayLimits) -> Result<WipedBytes, BodyFault> {
    let limit = limits.body_bytes;
    let most = limit.saturating_add(MOST_THROWN_AWAY);
    if body.size_hint().lower() > u64::try_from(most).unwrap_or(u64::MAX) {
        return Err(BodyFault::TooLarge(limit));
    }
    timeout(limits.body_timeout, collect(body, limit, most)).await.unwrap_or(Err(BodyFault::NotWhole))
}

async fn collect(mut body: Body, limit: usize, most: usize) -> Result<WipedBytes, BodyFault> {
    // As much as it says that it is, so that nothing is left behind where the vector would have to grow.
    let announced = usize::try_from(body.size_hint().lower()).unwrap_or(usize::MAX);
    let (mut whole, mut length) = (WipedBytes::from(Vec::with_capacity(announced.min(limit))), 0_usize);
    while let Some(frame) = body.frame().await {
        let Ok(data) = frame.map_err(|_| BodyFault::NotWhole)?.into_data() else { continue };
        length = length.saturating_add(data.len());
        if length <= limit {
            whole.extend_from_slice(&data);
        } else if length > most {
            break;
        } else {
            whole = WipedBytes::default();
        }
    }
    if length > limit { Err(BodyFault::TooLarge(limit)) } else { Ok(whole) }
}

/// As much as a client may have under way, in its own buffers and in the network's.
const MOST_THROWN_AWAY: usize = 1024 * 1024;

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use bytes::Bytes;

    use super::*;

    fn limits() -> GatewayLimits {
        GatewayLimits { body_bytes: 4, ..GatewayLimits::default() }
    }

    #[tokio::test]
    async fn a_body_at_the_limit_is_read_and_one_byte_more_is_refused() {
        assert_eq!(read(Body::from("1234"), &limits()).await.unwrap().as_slice(), b"1234");
        assert_eq!(read(Body::from("12345"), &limits()).await, Err(BodyFault::TooLarge(4)));
    }

    #[tokio::test]
    async fn a_body_that_does_not_say_its_size_is_refused_when_it_passes_the_limit() {
        let pieces = futures::stream::iter(["123", "45"].map(Ok::<_, std::convert::Infallible>));
        assert_eq!(read(Body::from_stream(pieces), &limits()).await, Err(BodyFault::TooLarge(4)));
    }

    #[tokio::test]
    async fn a_body_that_goes_on_and_on_is_read_no_further_than_it_may() {
        let endless = futures::stream::repeat_with(|| Ok::<_, std::convert::Infallible>([b' '; 1024].to_vec()));
        assert_eq!(read(Body::from_stream(endless), &limits()).await, Err(BodyFault::TooLarge(4)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_given_up() {
        let pending = futures::stream::pending::<Result<Bytes, std::convert::Infallible>>();
        let began = tokio::time::Instant::now();
        assert_eq!(read(Body::from_stream(pending), &limits()).await, Err(BodyFault::NotWhole));
        assert_eq!(began.elapsed(), Duration::from_secs(10));
    }
}
