//! What the service manager is told of the host's life, where one asked to be told (`sd_notify(3)`: `NOTIFY_SOCKET`).

use sd_notify::NotifyState;
use tracing::warn;

/// The host serves.
pub fn ready() {
    tell(NotifyState::Ready);
}

/// The host has begun to stop.
pub fn stopping() {
    tell(NotifyState::Stopping);
}

/// A service manager that cannot be told does not keep the host from serving; it will act as if nothing had come, which is its own to decide.
fn tell(state: NotifyState<'_>) {
    if let Err(error) = sd_notify::notify(&[state]) {
        warn!(kind = %error.kind(), "service manager cannot be told how the host is");
    }
}
