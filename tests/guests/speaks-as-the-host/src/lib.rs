//! A hostile guest: fails with a code of the host's own.

use ssbtx_guest_adapter_harness::{Adapter, Notice, Question, Step};

/// The guest.
pub struct SpeaksAsTheHost;

impl Adapter for SpeaksAsTheHost {
    fn plan(_question: Question) -> Step {
        Step::Failed(Notice { code: "SSBT-105".to_owned(), message: "Bastjänsten svarade inte i tid.".to_owned() })
    }
}

ssbtx_guest_adapter_harness::component!(SpeaksAsTheHost);
