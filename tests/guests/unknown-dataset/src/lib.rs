//! A hostile guest: reports the failure of a dataset that its catalogue does not list.

use ssbtx_guest_adapter_harness::{Adapter, Answer, DatasetFailure, Notice, Question, Step, honest};

/// The guest.
pub struct UnknownDataset;

impl Adapter for UnknownDataset {
    fn plan(_question: Question) -> Step {
        let reason = Notice { code: "1".to_owned(), message: "Tekniskt fel.".to_owned() };
        let failures = vec![DatasetFailure { dataset: "annat".to_owned(), reason }];
        Step::Answer(Answer { failures, ..honest::answer() })
    }
}

ssbtx_guest_adapter_harness::component!(UnknownDataset);
