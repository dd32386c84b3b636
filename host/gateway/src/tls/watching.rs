//! Looks at the files of revocation lists again and again, and says what comes of it.

use std::sync::Arc;
use std::time::Duration;

use jiff::Timestamp;
use tokio::task::spawn_blocking;
use tokio::time::sleep;
use tracing::{error, info, warn};

use super::revocation::{Reloaded, Revocation};
use crate::outside::Outside;

/// Watches until it is dropped. What stays as it is is said once; when the lists expire, the meters always show.
pub(crate) async fn watch(revocation: Arc<Revocation>, outside: Arc<dyn Outside>) {
    let (mut fault, mut freshness) = (None::<String>, Freshness::Fresh);
    let meters = outside.meters();
    loop {
        meters.lists_expire(Some(revocation.expires()));
        let now = Freshness::of(revocation.expires(), outside.now());
        if now != freshness {
            now.tell(revocation.expires());
            freshness = now;
        }
        sleep(INTERVAL).await;
        let reloading = Arc::clone(&revocation);
        let found = match spawn_blocking(move || reloading.reload()).await {
            Ok(Ok(Reloaded::Unchanged)) => None,
            Ok(Ok(Reloaded::Changed)) => {
                info!(expires = %revocation.expires(), "revocation lists are taken over");
                None
            }
            Ok(Err(invalid)) => Some(invalid.to_string()),
            Err(_) => Some("revocation lists could not be looked at".to_owned()),
        };
        if let Some(error) = &found
            && found != fault
        {
            error!(error, "revocation lists stay as they were");
        }
        fault = found;
    }
}

/// How far the lists in use are from their end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Freshness {
    Fresh,
    /// There is time to do something about it.
    Ending,
    /// Nobody with a certificate of the issuer is let in.
    Expired,
}

impl Freshness {
    fn of(expires: Timestamp, now: Timestamp) -> Self {
        match Duration::try_from(expires.duration_since(now)) {
            Ok(left) if left > ANNOUNCED => Self::Fresh,
            Ok(left) if !left.is_zero() => Self::Ending,
            Ok(_) | Err(_) => Self::Expired,
        }
    }

    fn tell(self, expires: Timestamp) {
        match self {
            Self::Fresh => info!(%expires, "no revocation list is near its end"),
            Self::Ending => warn!(%expires, "a revocation list is about to expire"),
            Self::Expired => error!(%expires, "a revocation list has expired: its issuer's certificates are refused"),
        }
    }
}

const INTERVAL: Duration = Duration::from_secs(10);
/// A quarter of the day for which many issuers make a list.
const ANNOUNCED: Duration = Duration::from_hours(6);

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_end_is_announced_six_hours_before() {
        let at = |text: &str| Freshness::of("2026-03-02T00:00:00Z".parse().unwrap(), text.parse().unwrap());
        assert_eq!(at("2026-03-01T17:59:59Z"), Freshness::Fresh);
        assert_eq!(at("2026-03-01T18:00:00Z"), Freshness::Ending);
        assert_eq!(at("2026-03-01T23:59:59Z"), Freshness::Ending);
        assert_eq!(at("2026-03-02T00:00:00Z"), Freshness::Expired);
    }
}
