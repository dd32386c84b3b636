//! The datasets that are missing, each with its reason, told once.

use ssbtx_adapter_kit::bindings::exports::ssbtx::adapter::translation::{DatasetFailure, Notice};

/// What is missing from an answer so far, of what is wanted.
pub(super) struct Failures<'w> {
    wanted: &'w [String],
    list: Vec<Missing>,
}

struct Missing {
    dataset: &'static str,
    reason: Reason,
    /// The codes of the groups that it is missing for; none if it is all of it.
    codes: Vec<&'static str>,
}

/// Why a dataset is missing: a code, and what it means in Swedish.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Reason {
    /// The stable code.
    pub(super) code: &'static str,
    /// The words, without the full stop: the groups may follow.
    pub(super) words: &'static str,
}

impl<'w> Failures<'w> {
    /// Nothing is missing yet.
    pub(super) fn new(wanted: &'w [String]) -> Self {
        Self { wanted, list: Vec::new() }
    }

    /// All of a dataset is missing.
    pub(super) fn add_whole(&mut self, dataset: &'static str, reason: Reason) {
        if self.is_wanted(dataset) && !self.list.iter().any(|missing| missing.dataset == dataset) {
            self.list.push(Missing { dataset, reason, codes: Vec::new() });
        }
    }

    /// A dataset is missing for this group. Nothing is added where all of it is missing.
    pub(super) fn add_group(&mut self, dataset: &'static str, reason: Reason, code: &'static str) {
        if !self.is_wanted(dataset) {
            return;
        }
        let mut of_dataset = self.list.iter_mut().filter(|missing| missing.dataset == dataset);
        match of_dataset.find(|missing| missing.codes.is_empty() || missing.reason == reason) {
            Some(missing) if missing.codes.is_empty() || missing.codes.contains(&code) => {}
            Some(missing) => missing.codes.push(code),
            None => self.list.push(Missing { dataset, reason, codes: vec![code] }),
        }
    }

    /// What is missing, as the contract tells it.
    pub(super) fn into_list(self) -> Vec<DatasetFailure> {
        self.list.into_iter().map(Missing::into_failure).collect()
    }

    fn is_wanted(&self, dataset: &str) -> bool {
        self.wanted.iter().any(|wanted| wanted == dataset)
    }
}

impl Missing {
    /// Codes are LEFI's own and ours to name: at most 27 of them fit the message.
    fn into_failure(self) -> DatasetFailure {
        let words = self.reason.words;
        let message =
            if self.codes.is_empty() { format!("{words}.") } else { format!("{words}: {}.", self.codes.join(", ")) };
        DatasetFailure {
            dataset: self.dataset.to_owned(),
            reason: Notice { code: self.reason.code.to_owned(), message },
        }
    }
}
