//! Small editions without end, each with components of its own.

use std::collections::BTreeMap;

use serde_json::Value;
use ssbtx_core::Sha256Digest;
use ssbtx_stage::repository::DemoTarget;
use ssbtx_stage::{components, grants};

use super::asker::Answered;
use super::points::Point;
use crate::play::part;

/// The edition of one version of the repository: an adapter and a policy that stand in no other.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) struct Version(pub(super) u64);

impl Version {
    /// What a repository begins with.
    pub(super) const FIRST: Self = Self(1);

    /// The one that is published after it.
    pub(super) fn next(self) -> Self {
        Self(self.0 + 1)
    }

    /// Every file of it.
    pub(super) fn targets(self) -> Vec<DemoTarget> {
        let [adapter, policy] = [ADAPTER, POLICY].map(|(name, guest)| DemoTarget::new(name, components::read(guest)));
        // A grant is of elements, whatever the digests are.
        let mut targets = grants::for_targets(&[adapter.clone(), policy.clone()]).unwrap();
        targets.extend([adapter, policy].map(|target| {
            let marked = components::marked(&target.bytes, &self.0.to_string());
            DemoTarget::new(target.name, marked)
        }));
        targets
    }

    /// The digests of its components, by what they are.
    pub(super) fn components(self) -> BTreeMap<String, String> {
        let digest = |(kind, (_, guest)): (&str, (&str, &str))| {
            let bytes = components::marked(&components::read(guest), &self.0.to_string());
            (kind.to_owned(), Sha256Digest::of(&bytes).to_string())
        };
        [("adapter", ADAPTER), ("policy", POLICY)].into_iter().map(digest).collect()
    }

    /// As [`components`](Self::components), of the edition that the host tells is active.
    pub(super) fn told_by(editions: &Value) -> BTreeMap<String, String> {
        let text = |value: &Value| value.as_str().unwrap().to_owned();
        let listed = editions["active"]["components"].as_array().unwrap().iter();
        listed.map(|component| (text(&component["role"]), text(&component["sha256"]))).collect()
    }

    /// An answer is this edition's and no other's.
    pub(super) fn assert_answered(self, answer: &Value, point: &Point) -> Answered {
        let (af, edition) = (part(answer, "AF"), &answer["edition"]);
        assert_eq!(af["state"], "answered", "{point}: {answer}");
        let shown = [("adapter", &af["adapter"]), ("policy", &edition["policy"])];
        let shown = shown.map(|(kind, of)| (kind.to_owned(), of["sha256"].as_str().unwrap().to_owned()));
        assert_eq!(BTreeMap::from(shown), self.components(), "{point}: {answer}");
        let answered = Answered::of(answer);
        assert_eq!(answered.version, self, "{point}: {answer}");
        answered
    }
}

/// Each target with the guest that it is.
pub(super) const ADAPTER: (&str, &str) = ("adapters/af/adapter.wasm", "guests/honest.wasm");
pub(super) const POLICY: (&str, &str) = ("policies/arbetsmarknad/policy.wasm", "guests/policy-honest.wasm");
