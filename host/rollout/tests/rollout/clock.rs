//! A clock that a test can set.

/// Declares a clock of a test's own: a module with `now`, which runs as the machine's clock does, ahead of it by what the test says.
macro_rules! clock {
    ($name:ident) => {
        mod $name {
            use std::sync::atomic::{AtomicBool, AtomicI64, Ordering};

            use jiff::{SignedDuration, Timestamp};

            static AHEAD_SECONDS: AtomicI64 = AtomicI64::new(0);
            static BROKEN: AtomicBool = AtomicBool::new(false);

            /// The time.
            pub(super) fn now() -> Timestamp {
                assert!(!BROKEN.swap(false, Ordering::SeqCst), "a fault of the host");
                Timestamp::now() + SignedDuration::from_secs(AHEAD_SECONDS.load(Ordering::SeqCst))
            }

            /// Sets it ahead of the machine's.
            #[allow(dead_code, reason = "not every test does")]
            pub(super) fn set_ahead(ahead: SignedDuration) {
                AHEAD_SECONDS.store(ahead.as_secs(), Ordering::SeqCst);
            }

            /// Makes it panic when it is asked next.
            #[allow(dead_code, reason = "not every test does")]
            pub(super) fn break_once() {
                BROKEN.store(true, Ordering::SeqCst);
            }

            /// Whether it has not been asked since it was made to panic.
            #[allow(dead_code, reason = "not every test does")]
            pub(super) fn is_broken() -> bool {
                BROKEN.load(Ordering::SeqCst)
            }
        }
    };
}

pub(crate) use clock;
