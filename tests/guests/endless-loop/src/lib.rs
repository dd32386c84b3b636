//! A hostile guest: plans for ever and answers pings.

use ssbtx_guest_adapter_harness::{Adapter, Question, Step};

/// The guest.
pub struct EndlessLoop;

impl Adapter for EndlessLoop {
    fn plan(_question: Question) -> Step {
        loop {
            std::hint::spin_loop();
        }
    }
}

ssbtx_guest_adapter_harness::component!(EndlessLoop);
