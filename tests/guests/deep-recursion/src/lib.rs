//! A hostile guest: calls itself until the stack is used up.

use ssbtx_guest_adapter_harness::{Adapter, Notice, Question, Step};

/// The guest.
pub struct DeepRecursion;

impl Adapter for DeepRecursion {
    fn plan(_question: Question) -> Step {
        let depth = deeper(0);
        Step::Failed(Notice { code: "bottom".to_owned(), message: depth.to_string() })
    }
}

fn deeper(depth: u64) -> u64 {
    if depth == u64::MAX {
        return depth;
    }
    // What is done with the result keeps the compiler from making a loop of it.
    std::hint::black_box(deeper(std::hint::black_box(depth + 1))) + 1
}

ssbtx_guest_adapter_harness::component!(DeepRecursion);
