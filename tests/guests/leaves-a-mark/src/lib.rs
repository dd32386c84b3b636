//! A hostile guest: leaves a mark in its memory and looks for it in the next call.
//!
//! It looks where a host that is careless with memory would have left it: in a static, and in memory that it has just been given and that must be zero.

use std::sync::atomic::{AtomicBool, Ordering};

use ssbtx_guest_adapter_harness::{Adapter, Notice, Question, Step};

/// The guest.
pub struct LeavesAMark;

static MARK: AtomicBool = AtomicBool::new(false);

impl Adapter for LeavesAMark {
    fn plan(_question: Question) -> Step {
        let static_mark = MARK.swap(true, Ordering::Relaxed);
        // The allocator takes new memory to be zero and does not clear it.
        let mut fresh = vec![0_u8; 4 << 20];
        let memory_mark = std::hint::black_box(&fresh).iter().any(|byte| *byte != 0);
        fresh.fill(0xA5);
        std::mem::forget(std::hint::black_box(fresh));
        let found = match (static_mark, memory_mark) {
            (false, false) => "nothing",
            (true, _) => "static",
            (false, true) => "memory",
        };
        Step::Failed(Notice { code: found.to_owned(), message: String::new() })
    }
}

ssbtx_guest_adapter_harness::component!(LeavesAMark);
