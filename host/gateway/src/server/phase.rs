//! How far a gateway is from its end.

/// What becomes of connections.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Phase {
    /// They come and stay.
    Serving,
    /// They come, but are asked to go elsewhere as soon as nothing is lost by it.
    Draining,
    /// None comes any more, and those that are there end when their requests under way have.
    Stopping,
}
