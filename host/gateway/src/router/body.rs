//! A request's body, whole, within its limits.

use axum::body::Body;
use bytes::Bytes;
use http_body_util::{BodyExt as _, LengthLimitError, Limited};
use hyper::body::Body as _;
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

/// Reads a body. One that says beforehand that it is too large is not read at all.
pub(super) async fn read(body: Body, limits: &GatewayLimits) -> Result<Bytes, BodyFault> {
    let limit = limits.body_bytes;
    if body.size_hint().lower() > u64::try_from(limit).unwrap_or(u64::MAX) {
        return Err(BodyFault::TooLarge(limit));
    }
    match timeout(limits.body_timeout, Limited::new(body, limit).collect()).await {
        Ok(Ok(body)) => Ok(body.to_bytes()),
        Ok(Err(error)) if error.is::<LengthLimitError>() => Err(BodyFault::TooLarge(limit)),
        Ok(Err(_)) | Err(_) => Err(BodyFault::NotWhole),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;

    fn limits() -> GatewayLimits {
        GatewayLimits { body_bytes: 4, ..GatewayLimits::default() }
    }

    #[tokio::test]
    async fn a_body_at_the_limit_is_read_and_one_byte_more_is_refused() {
        assert_eq!(read(Body::from("1234"), &limits()).await.unwrap(), "1234");
        assert_eq!(read(Body::from("12345"), &limits()).await, Err(BodyFault::TooLarge(4)));
    }

    #[tokio::test]
    async fn a_body_that_does_not_say_its_size_is_refused_when_it_passes_the_limit() {
        let pieces = futures::stream::iter(["123", "45"].map(Ok::<_, std::convert::Infallible>));
        assert_eq!(read(Body::from_stream(pieces), &limits()).await, Err(BodyFault::TooLarge(4)));
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_given_up() {
        let pending = futures::stream::pending::<Result<Bytes, std::convert::Infallible>>();
        let began = tokio::time::Instant::now();
        assert_eq!(read(Body::from_stream(pending), &limits()).await, Err(BodyFault::NotWhole));
        assert_eq!(began.elapsed(), Duration::from_secs(10));
    }
}
