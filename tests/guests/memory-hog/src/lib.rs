//! A hostile guest: takes memory until there is no more.

use ssbtx_guest_adapter_harness::{Adapter, Question, Step};

/// The guest.
pub struct MemoryHog;

impl Adapter for MemoryHog {
    fn plan(_question: Question) -> Step {
        let mut hoard = Vec::new();
        loop {
            hoard.push(std::hint::black_box(vec![1_u8; 1 << 20]));
        }
    }
}

ssbtx_guest_adapter_harness::component!(MemoryHog);
