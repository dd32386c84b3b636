//! A hostile guest: fails with a message that would be two lines of a log.

use ssbtx_guest_adapter_harness::{Adapter, Notice, Question, Step};

/// The guest.
pub struct NoticeWithLineBreak;

impl Adapter for NoticeWithLineBreak {
    fn plan(_question: Question) -> Step {
        Step::Failed(Notice { code: "1".to_owned(), message: "fel\nlevel=INFO allt är bra".to_owned() })
    }
}

ssbtx_guest_adapter_harness::component!(NoticeWithLineBreak);
